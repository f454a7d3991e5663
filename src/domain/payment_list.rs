//! Payment lists (bảng kê): vouchers that are signed and sent together, under one number.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How far a list has come.
    ListStatus {
        Prepared = "prepared" ("đã lập", "prepared"),
        Signed = "signed" ("đã ký", "signed"),
        Sent = "sent" ("đã chuyển", "sent"),
        Cancelled = "cancelled" ("hủy", "cancelled"),
    }
}

noun! {
    /// Vouchers that are signed and sent together, under one number.
    PaymentList {
        /// Its number within its year, without gaps; a cancelled one keeps it.
        number: Option<i64> = Field::count("number", "Số bảng kê", "List number", 1_000_000).kept();
        /// Its year.
        year: Option<i64> = Field::new("year", "Năm", "Year", Shape::Number(2000, 2100, "")).kept();
        /// Its day.
        made_on: Option<Date> = Field::new("made_on", "Ngày lập", "Made", Shape::Date).kept().listed();
        /// What it is for.
        title: Text = Field::text("title", "Nội dung", "Title").listed();
        /// The budget line that all of it is charged to; none when there are several.
        budget: Option<Id> = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine)).kept();
        /// How far it has come.
        status: ListStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(ListStatus::CHOICES)).kept().listed();
        /// Why it was cancelled.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Who prepared it.
        prepared_by: Text = Field::text("prepared_by", "Người lập", "Prepared by").kept();
        /// Who signed it: somebody else.
        signed_by: Text = Field::text("signed_by", "Người ký", "Signed by").kept();
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
