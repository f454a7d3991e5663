//! Budget lines: money of one fiscal year and source, with its adjustments.

use serde::{Deserialize, Serialize};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::{choices, noun};

choices! {
    /// Where the money comes from.
    BudgetSource {
        Province = "province" ("ngân sách tỉnh", "province"),
        National = "national" ("chương trình quốc gia", "national programme"),
        Business = "business" ("doanh nghiệp đóng góp", "businesses"),
        Sponsor = "sponsor" ("tài trợ", "sponsor"),
    }
}

/// A later decision that raises or lowers a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjustment {
    /// The difference; negative lowers the line.
    pub amount: Money,
    /// The decision.
    pub decision_no: Text,
    /// Its day.
    pub on: Option<Date>,
    /// What for.
    pub reason: Text,
    /// The line that the money went to or came from, when it was carried over.
    #[serde(default)]
    pub carried: Option<Id>,
}

noun! {
    /// Money of one fiscal year and source.
    BudgetLine {
        /// Its code (`2026-XTTM`).
        code: Text = Field::worded("code", "Mã nguồn", "Code", Wording::Code).required().listed().unique(Unique::Book);
        /// What it is for.
        title: Text = Field::text("title", "Nội dung", "Title").required().listed().unique(Unique::Name);
        /// The fiscal year, which is the calendar year (State Budget Law).
        fiscal_year: Option<i64> = Field::new("fiscal_year", "Năm ngân sách", "Fiscal year", Shape::Number(2000, 2100, "")).required().listed();
        /// Where the money comes from.
        source: BudgetSource = Field::new("source", "Nguồn", "Source", Shape::Choice(BudgetSource::CHOICES)).listed();
        /// The amount first decided.
        amount: Option<Money> = Field::new("amount", "Dự toán giao", "Amount", Shape::Money).required().listed();
        /// The decision that gave it.
        decision_no: Text = Field::text("decision_no", "Số quyết định", "Decision no.");
        /// Its day.
        decided_on: Option<Date> = Field::new("decided_on", "Ngày quyết định", "Decided", Shape::Date);
        /// Treasury codes, as the finance department writes them.
        treasury_codes: Text = Field::text("treasury_codes", "Mã kho bạc", "Treasury codes");
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    } parts {
        /// Later decisions, oldest first.
        adjustments: Vec<Adjustment>;
    }
}
