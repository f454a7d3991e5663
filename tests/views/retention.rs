//! What is due to be looked through after years.

use hoicho::domain::record::Kind;
use hoicho::domain::view::report::{Amount, Asked, Row, Table, retention};

use crate::kit::{demo, today};

#[test]
fn what_nobody_has_touched_for_three_years_is_listed_and_nothing_before() {
    let book = demo();
    let at = |years: i32| {
        use chrono::Datelike as _;
        let day = today().with_year(today().year() + years).unwrap();
        retention(&book, &Asked { year: day.year(), fair: None, today: day }).unwrap()
    };
    let count = |years: i32, key: &str| at(years).figure(key).unwrap().records.len();
    assert_eq!(["leads", "persons", "photos", "drafts"].map(|key| count(0, key)), [0, 0, 0, 0]);
    assert_eq!((count(1, "photos"), count(2, "photos")), (0, 1), "24 months");
    let leads = [1, 2, 3, 4].map(|years| count(years, "leads"));
    assert!(leads.is_sorted() && leads[0] < leads[1] && leads[3] == book.count(Kind::Lead), "36 months: {leads:?}");
    assert_eq!(count(4, "persons"), book.count(Kind::Contact));
    let of_leads = |table: &Table| {
        table.rows.iter().filter(|row| matches!(row.subject, Some((Kind::Lead, _)))).cloned().collect::<Vec<_>>()
    };
    let in_order = |table: &Table| {
        let last = |row: &Row| row.cells[2].clone();
        of_leads(table).windows(2).all(
            |pair| matches!((last(&pair[0]), last(&pair[1])), (Amount::Date(one), Amount::Date(other)) if one <= other),
        )
    };
    assert!(at(4).tables.iter().all(in_order), "what is oldest comes first");
}
