//! Daily sales: what one business sold on one day of a fair.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape};
use crate::domain::record::Kind;
use crate::noun;

noun! {
    /// What one business sold on one day of a fair; at most one a registration and day. A day without a sale is written as
    /// 0: a day that is not written is missing.
    Sale {
        /// The registration it is about.
        registration: Option<Id> = Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration)).required().listed().also(&["don vi", "ten don vi"]);
        /// The day.
        on: Option<Date> = Field::new("on", "Ngày", "Day", Shape::Date).required().listed().also(&["ngay ban"]);
        /// What was sold.
        amount: Option<Money> = Field::new("amount", "Doanh số", "Sales", Shape::Money).required().listed().also(&["doanh thu", "ban duoc"]);
        /// How many orders were taken.
        orders: Option<i64> = Field::count("orders", "Số đơn hàng", "Orders", 1_000_000).listed().also(&["don hang"]);
        /// What those orders are worth.
        orders_value: Option<Money> = Field::new("orders_value", "Giá trị đơn hàng", "Value of orders", Shape::Money).also(&["gia tri don hang"]);
        /// How many new contacts were made.
        contacts: Option<i64> = Field::count("contacts", "Số liên hệ mới", "New contacts", 1_000_000).listed().also(&["lien he moi"]);
        /// How many samples were given away.
        samples: Option<i64> = Field::count("samples", "Số mẫu đã phát", "Samples given", 10_000_000).also(&["mau phat"]);
        /// What sold best.
        best_sellers: Text = Field::text("best_sellers", "Hàng bán chạy", "Best sellers").listed().also(&["ban chay"]);
        /// What was short.
        shortage: Text = Field::text("shortage", "Thiếu hàng", "Out of stock").also(&["het hang"]);
        /// Who wrote it down.
        by: Text = Field::text("by", "Người ghi", "By").kept();
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
