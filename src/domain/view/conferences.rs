//! What is computed of conferences: slots, wishes, meetings, and whose timetable it is.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::conference::from_book::Away;
use crate::domain::field::Value;
use crate::domain::meeting::MeetingStatus;
use crate::domain::record::Kind;
use crate::domain::{Conference, Meeting};

fn counted(count: usize) -> Value {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(super) fn slots(book: &Book, id: Id, _: Date) -> Value {
    let slots = book.get::<Conference>(id).and_then(|conference| conference.slots().ok());
    slots.map_or(Value::Empty, |slots| counted(slots.len()))
}

pub(super) fn wishes(book: &Book, id: Id, _: Date) -> Value {
    counted(book.pointing_ids(Kind::Wish, id).count())
}

pub(super) fn meetings(book: &Book, id: Id, _: Date) -> Value {
    counted(book.pointing_ids(Kind::Meeting, id).count())
}

pub(super) fn meeting_starts(book: &Book, id: Id, _: Date) -> Value {
    let time = book.get::<Meeting>(id).map(|meeting| starts(book, meeting)).unwrap_or_default();
    if time.is_empty() { Value::Empty } else { Value::Text(Text::new(&time)) }
}

/// When a meeting begins, as it is written.
#[must_use]
pub fn starts(book: &Book, meeting: &Meeting) -> String {
    let conference = book.follow::<Conference>(meeting.conference);
    conference.zip(meeting.slot).map(|(conference, slot)| conference.time(slot)).unwrap_or_default()
}

/// The meetings of a conference in the order of time and table.
#[must_use]
pub fn in_order(book: &Book, conference: Id) -> Vec<&Meeting> {
    let mut meetings: Vec<&Meeting> = book.pointing::<Meeting>(conference).collect();
    meetings.sort_by_key(|meeting| (meeting.slot, meeting.table, meeting.id));
    meetings
}

/// How many planned meetings the day has no slot, or the room no table, for any more: they wait to be mended.
#[must_use]
pub fn outside(book: &Book, id: Id) -> usize {
    let Some(day) = book.get::<Conference>(id) else { return 0 };
    let planned = book.pointing::<Meeting>(id).filter(|one| one.status == MeetingStatus::Planned);
    planned.filter_map(|one| one.slot.zip(one.table)).filter(|(slot, table)| !day.has(*slot, *table)).count()
}

/// Who has a meeting at a conference: the buyers, then our businesses.
#[must_use]
pub fn people(book: &Book, conference: Id) -> Vec<Away> {
    let (mut buyers, mut sellers) = (Vec::new(), Vec::new());
    for meeting in in_order(book, conference) {
        buyers.extend(meeting.partner.map(Away::Partner));
        sellers.extend(meeting.business.map(Away::Business));
    }
    let mut all: Vec<Away> = Vec::new();
    for who in buyers.into_iter().chain(sellers) {
        if !all.contains(&who) {
            all.push(who);
        }
    }
    all
}

/// True when a meeting is one of this person's.
#[must_use]
pub fn is_of(meeting: &Meeting, who: Away) -> bool {
    match who {
        Away::Partner(id) => meeting.partner == Some(id),
        Away::Business(id) => meeting.business == Some(id),
    }
}
