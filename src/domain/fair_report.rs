//! After-fair reports: what a business says of a fair at which it stood.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape};
use crate::domain::record::Kind;
use crate::noun;

noun! {
    /// What one business says of one fair; at most one a registration.
    FairReport {
        /// The registration it is about.
        registration: Option<Id> = Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration)).required().listed().also(&["don vi", "ten don vi"]);
        /// The day on which the office had it.
        received_on: Option<Date> = Field::new("received_on", "Ngày nhận", "Received", Shape::Date).required().listed().also(&["ngay nop", "ngay bao cao"]);
        /// What was sold at the fair.
        turnover: Option<Money> = Field::new("turnover", "Doanh thu", "Turnover", Shape::Money).required().listed().also(&["doanh so", "doanh thu tai hoi cho"]);
        /// How many orders were taken.
        orders: Option<i64> = Field::count("orders", "Số đơn hàng", "Orders", 10_000_000).listed().also(&["don hang"]);
        /// What those orders are worth, delivered or not.
        orders_value: Option<Money> = Field::new("orders_value", "Giá trị đơn hàng", "Value of orders", Shape::Money).listed().also(&["gia tri don hang"]);
        /// How many new contacts were made.
        contacts: Option<i64> = Field::count("contacts", "Số liên hệ mới", "New contacts", 10_000_000).listed().also(&["lien he moi", "so doi tac"]);
        /// How many contracts were signed.
        contracts: Option<i64> = Field::count("contracts", "Số hợp đồng", "Contracts", 1_000_000).also(&["hop dong"]);
        /// What those contracts are worth.
        contracts_value: Option<Money> = Field::new("contracts_value", "Giá trị hợp đồng", "Value of contracts", Shape::Money).also(&["gia tri hop dong"]);
        /// How content it is with the fair, from 1 to 5.
        satisfied: Option<i64> = Field::new("satisfied", "Hài lòng (1–5)", "Content (1–5)", Shape::Number(1, 5, "")).listed().also(&["muc do hai long", "danh gia"]);
        /// What sold best.
        best_sellers: Text = Field::text("best_sellers", "Hàng bán chạy", "Best sellers").also(&["ban chay"]);
        /// What was good.
        opinion: Text = Field::notes("opinion", "Thuận lợi, ý kiến", "Opinion").also(&["thuan loi", "y kien"]);
        /// What was not.
        difficulties: Text = Field::notes("difficulties", "Khó khăn", "Difficulties").also(&["kho khan"]);
        /// What it asks for.
        proposals: Text = Field::notes("proposals", "Kiến nghị", "Proposals").also(&["kien nghi", "de xuat"]);
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
    }
}
