//! The laws of a timetable: nobody in two places, no table twice, no two who meet twice. When a day
//! grows shorter, what no longer fits it stays planned until the timetable is mended.

use std::collections::BTreeSet;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::Meeting;
use crate::domain::book::Book;
use crate::domain::check::Breach;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::say;

/// The laws of one conference's meetings.
pub(super) fn timetable_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let (mut taken, mut pairs) = (BTreeSet::new(), BTreeSet::new());
    for meeting in book.pointing::<Meeting>(id) {
        let mut breach = |law: &'static str, words: Words| {
            breaches.push(Breach { law, words, subject: (Kind::Meeting, meeting.id) });
        };
        let (Some(slot), Some(table)) = (meeting.slot, meeting.table) else { continue };
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
