//! The laws of a timetable: nobody in two places, no table twice, no two who meet twice, all within the day and the tables.

use std::collections::BTreeSet;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::check::Breach;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Conference, Meeting};
use crate::say;

/// The laws of one conference's meetings.
pub(super) fn timetable_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(conference) = book.get::<Conference>(id) else { return };
    let slots = conference.slots().map_or(0, |slots| i64::try_from(slots.len()).unwrap_or(0));
    let tables = conference.tables.unwrap_or(0);
    let (mut taken, mut pairs) = (BTreeSet::new(), BTreeSet::new());
    for meeting in book.pointing::<Meeting>(id) {
        let mut breach = |law: &'static str, words: Words| {
            breaches.push(Breach { law, words, subject: (Kind::Meeting, meeting.id) });
        };
        let (Some(slot), Some(table)) = (meeting.slot, meeting.table) else { continue };
        if slot > slots || table > tables {
            breach(
                "meeting-outside",
                say!(
                    "Lượt {slot}, bàn {table} không có: hội nghị có {slots} lượt, {tables} bàn.",
                    "There is no slot {slot} at table {table}: the conference has {slots} slots and {tables} tables."
                ),
            );
        }
        if !pairs.insert((meeting.partner, meeting.business)) {
            breach("meeting-twice", say!("Hai bên đã có cuộc hẹn.", "These two have a meeting already."));
        }
        if !taken.insert((slot, None, Some(table))) {
            breach(
                "table-taken",
                say!("Bàn {table} lượt {slot} đã có người.", "Table {table} is taken in slot {slot}."),
            );
        }
        for (kind, who) in [(Kind::Partner, meeting.partner), (Kind::Business, meeting.business)] {
            if let Some(who) = who
                && !taken.insert((slot, Some(who), None))
            {
                let name = title(book, kind, who, Lang::Vi);
                breach(
                    "two-places",
                    say!("{name} đã có cuộc hẹn ở lượt {slot}.", "{name} has a meeting in slot {slot} already."),
                );
            }
        }
    }
}
