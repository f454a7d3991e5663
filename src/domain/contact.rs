//! Persons at a business or a partner.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How consent was given (it must be provable: Law 91/2025/QH15).
    ConsentMethod {
        None = "none" ("chưa có", "none yet"),
        Written = "written" ("bằng văn bản", "in writing"),
        Ticked = "ticked" ("đánh dấu vào ô đồng ý", "ticked box"),
        Recorded = "recorded" ("ghi âm", "recorded"),
        Card = "card" ("đưa danh thiếp tại hội chợ", "card handed over at a fair"),
    }
}

noun! {
    /// A person at a business or a partner.
    Contact {
        /// The person's name.
        name: Text = Field::text("name", "Họ tên", "Name").required().listed().personal().unique(Unique::Name).also(&["ho va ten", "nguoi lien he", "full name"]);
        /// The partner the person works for.
        partner: Option<Id> = Field::new("partner", "Đối tác", "Partner", Shape::Link(Kind::Partner)).listed().also(&["ten doi tac", "cong ty"]);
        /// The business the person works for.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).listed().also(&["ten doanh nghiep"]);
        /// What the person does there.
        role: Text = Field::text("role", "Chức vụ", "Role").listed().also(&["chuc danh", "title"]);
        /// Phone.
        phone: Text = Field::worded("phone", "Điện thoại", "Phone", Wording::Phone).personal().listed().also(&["so dien thoai", "sdt"]);
        /// E-mail address.
        email: Text = Field::worded("email", "Thư điện tử", "E-mail", Wording::Email).personal();
        /// Other ways to reach the person, between semicolons.
        other_ways: Text = Field::worded("other_ways", "Cách liên hệ khác", "Other ways to reach", Wording::Ways).personal().also(&["zalo", "wechat", "whatsapp"]);
        /// How consent to keep these was given, in a book older than the records of consent; a newer consent goes before it.
        consent: ConsentMethod = Field::new("consent", "Đồng ý lưu (ghi trước đây)", "Consent (recorded before)", Shape::Choice(ConsentMethod::CHOICES)).kept();
        /// When.
        consent_on: Option<Date> = Field::new("consent_on", "Ngày đồng ý", "Consent on", Shape::Date).kept();
        /// For what.
        consent_for: Text = Field::text("consent_for", "Đồng ý cho việc", "Consent for").kept();
        /// Since when the person's data is restricted: masked, not exported, not called.
        restricted_on: Option<Date> = Field::new("restricted_on", "Hạn chế từ ngày", "Restricted since", Shape::Date).kept();
        /// The record into which this one was merged.
        merged_into: Option<Id> = Field::new("merged_into", "Đã gộp vào", "Merged into", Shape::Link(Kind::Contact)).kept();
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note").personal();
    }
}
