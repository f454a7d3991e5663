//! Laws about what businesses say of a fair: one report a registration, one record a day.

use std::collections::BTreeSet;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::check::Breach;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{FairReport, Sale};
use crate::say;

/// A registration has at most one report, and at most one record of sales a day.
pub(super) fn result_law(book: &Book, registration: Id, breaches: &mut Vec<Breach>) {
    let subject = (Kind::Registration, registration);
    if book.pointing::<FairReport>(registration).nth(1).is_some() {
        let name = title(book, Kind::Registration, registration, Lang::Vi);
        let words = say!("{name} có hai báo cáo sau hội chợ.", "{name} has two after-fair reports.");
        breaches.push(Breach { law: "report-exists", words, subject });
    }
    let mut seen: BTreeSet<Date> = BTreeSet::new();
    let twice = book.pointing::<Sale>(registration).filter_map(|sale| sale.on).find(|day| !seen.insert(*day));
    if let Some(day) = twice {
        let (name, day) = (title(book, Kind::Registration, registration, Lang::Vi), show_date(day));
        let words = say!("{name}: ngày {day} ghi doanh số hai lần.", "{name}: the sales of {day} are written twice.");
        breaches.push(Breach { law: "day-written", words, subject });
    }
}
