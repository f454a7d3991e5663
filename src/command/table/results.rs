//! What came of a fair: reports of businesses, sales day by day.

use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::table::{at_shell, row, w};
use crate::command::{Command, acts};
use crate::domain::field::Field;
use crate::domain::record::{Kind, Noun};
use crate::domain::{FairReport, Sale};

/// The fields of a report, without the registration that it is about.
const REPORT: &[Field] = FairReport::FIELDS.split_at(1).1;
/// The fields of a day, without the registration and without who wrote it down, which is whoever acts.
const SALE: &[Field] = Sale::FIELDS.split_at(1).1.split_at(8).0;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "registration-report",
            &["r"],
            On(Kind::Registration),
            w("Báo cáo sau hội chợ", "After-fair report"),
            w(
                "Ghi báo cáo của đơn vị; doanh số ngày và đầu mối điền sẵn.",
                "The firm's report; its days of sales and leads stand in it beforehand.",
            ),
            acts::results::report,
        ),
        Verb(Some(Kind::Registration), "report"),
        REPORT,
    ),
    at_shell(
        row(
            "registration-sales",
            &["d"],
            On(Kind::Registration),
            w("Doanh số ngày", "Daily sales"),
            w("Ghi doanh số một ngày của đơn vị.", "What the firm sold on a day."),
            acts::results::sales,
        ),
        Verb(Some(Kind::Registration), "sales"),
        SALE,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_what_a_person_may_type() {
        assert_eq!(REPORT.len() + 1, FairReport::FIELDS.len());
        assert!(REPORT.iter().chain(SALE).all(Field::is_typed));
        assert_eq!(SALE.first().map(|field| field.key), Some("on"));
        assert_eq!(SALE.last().map(|field| field.key), Some("shortage"));
    }
}
