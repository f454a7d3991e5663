//! The office that keeps the book.

use crate::base::text::Text;
use crate::domain::field::{Field, Shape, Wording};
use crate::noun;

noun! {
    /// The office that keeps the book: its name stands at the head of documents.
    Office {
        /// Full name.
        name: Text = Field::text("name", "Tên cơ quan", "Office name").required().listed();
        /// Short name, as staff say it.
        short_name: Text = Field::text("short_name", "Tên viết tắt", "Short name").listed();
        /// What stands behind the slash of its document numbers (`07/QĐ-TTXT`).
        document_mark: Text = Field::worded("document_mark", "Ký hiệu văn bản", "Document mark", Wording::Code);
        /// The body above it, named in the head of documents.
        parent: Text = Field::text("parent", "Cơ quan chủ quản", "Parent body");
        /// Its province.
        province: Text = Field::text("province", "Tỉnh", "Province").listed();
        /// Its address.
        address: Text = Field::text("address", "Địa chỉ", "Address")
            .group("Liên hệ", "Contact");
        /// Its public phone.
        phone: Text = Field::worded("phone", "Điện thoại", "Phone", Wording::Phone);
        /// Its public e-mail address.
        email: Text = Field::worded("email", "Thư điện tử", "E-mail", Wording::Email);
        /// After how many days without a touch a lead counts as quiet; empty is 28.
        quiet_days: Option<i64> = Field::new("quiet_days", "Nhắc khi im lặng quá", "Quiet after", Shape::Number(1, 3_650, "d"))
            .group("Nhắc việc", "Reminders");
        /// After how many days without a touch a lead counts as silent; empty is 42.
        silent_days: Option<i64> = Field::new("silent_days", "Báo đỏ khi im lặng quá", "Silent after", Shape::Number(1, 3_650, "d"));
        /// Who signs.
        director: Text = Field::text("director", "Giám đốc", "Director")
            .group("Người ký", "Who signs");
    }
}
