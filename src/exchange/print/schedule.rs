//! The values of a conference's timetable: its meetings by person, by table and by slot.

use super::facts::{Fact, Facts};
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::conference::day::show_clock;
use crate::domain::conference::from_book::Away;
use crate::domain::record::Kind;
use crate::domain::view::conferences::{in_order, is_of, people, starts};
use crate::domain::view::title::title;
use crate::domain::{Conference, Meeting};
use crate::say;

/// Puts the timetables of conferences into a sheet.
pub(super) fn schedule(book: &Book, conferences: &[Id], facts: &mut Facts) {
    let found: Vec<&Conference> = conferences.iter().filter_map(|id| book.get(*id)).collect();
    let names: Vec<String> =
        found.iter().map(|one| if one.name.is_empty() { one.code.to_string() } else { one.name.to_string() }).collect();
    facts.put("conference", names.join("; "));
    facts.put("conference.day", found.iter().filter_map(|one| one.on).min());
    let (mut persons, mut tables, mut slots) = (Vec::new(), Vec::new(), Vec::new());
    for conference in found {
        let meetings = in_order(book, conference.id);
        let group = |name: Fact, of: Vec<&Meeting>, list: &mut Vec<Facts>| {
            let mut facts = Facts::default();
            facts.put("name", name);
            facts.put("later", Fact::Number(i64::try_from(list.len()).unwrap_or(0)));
            facts.put("meeting_count", Fact::Number(i64::try_from(of.len()).unwrap_or(0)));
            facts.list("meetings", of.into_iter().zip(1..).map(|(one, n)| meeting_facts(book, one, n)).collect());
            list.push(facts);
        };
        for who in people(book, conference.id) {
            let name = match who {
                Away::Partner(id) => title(book, Kind::Partner, id, Lang::Vi),
                Away::Business(id) => title(book, Kind::Business, id, Lang::Vi),
            };
            let own = meetings.iter().copied().filter(|one| is_of(one, who)).collect();
            group(Fact::from(name), own, &mut persons);
        }
        for table in 1..=conference.tables.unwrap_or(0) {
            let here: Vec<&Meeting> = meetings.iter().copied().filter(|one| one.table == Some(table)).collect();
            if !here.is_empty() {
                group(Fact::Words(say!("Bàn {table}", "Table {table}")), here, &mut tables);
            }
        }
        for (begins, slot) in conference.slots().unwrap_or_default().into_iter().zip(1_i64..) {
            let then: Vec<&Meeting> = meetings.iter().copied().filter(|one| one.slot == Some(slot)).collect();
            if !then.is_empty() {
                group(Fact::Words(Words::same(show_clock(begins))), then, &mut slots);
            }
        }
    }
    facts.list("people", persons);
    facts.list("tables", tables);
    facts.list("slots", slots);
}

fn meeting_facts(book: &Book, meeting: &Meeting, n: i64) -> Facts {
    let mut facts = Facts::default();
    facts.put("n", Fact::Number(n));
    facts.put("time", starts(book, meeting));
    facts.put("table", meeting.table);
    facts.put("buyer", meeting.partner.map(|id| title(book, Kind::Partner, id, Lang::Vi)).unwrap_or_default());
    facts.put("seller", meeting.business.map(|id| title(book, Kind::Business, id, Lang::Vi)).unwrap_or_default());
    facts
}
