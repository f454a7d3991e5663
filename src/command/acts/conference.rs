//! What planners of a conference do: looking at its timetable, planning and mending it.

use crate::base::words::Words;
use crate::command::acts::writable;
use crate::command::{Act, Here};
use crate::domain::conference::from_book::Planning;
use crate::domain::record::Kind;

/// The timetable, to be looked at.
pub(in crate::command) fn timetable(here: &Here<'_>) -> Result<Act, Words> {
    Ok(Act::Timetable(here.one(Kind::Conference)?))
}

/// The best timetable, to be accepted or left.
pub(in crate::command) fn plan(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let conference = here.one(Kind::Conference)?;
    if here.book.pointing_ids(Kind::Wish, conference).next().is_none() {
        return Err(Words::new(
            "Hội nghị này chưa có nguyện vọng gặp nào.",
            "Nobody of this conference has a wish yet.",
        ));
    }
    Ok(Act::PlanMeetings(conference, Planning::Anew))
}

/// The nearest timetable that fits who is there now.
pub(in crate::command) fn mend(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let conference = here.one(Kind::Conference)?;
    if here.book.pointing_ids(Kind::Meeting, conference).next().is_none() {
        return Err(Words::new("Hội nghị này chưa có lịch hẹn.", "This conference has no timetable yet."));
    }
    Ok(Act::PlanMeetings(conference, Planning::Mend(None)))
}
