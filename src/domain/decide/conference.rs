//! The timetable of a conference stored as a whole, and who does not come.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::conference::from_book::{Away, Both, Planned, attendance, is_vetoed, person};
use crate::domain::decide::Desk;
use crate::domain::decide::booth::gone;
use crate::domain::decide::record::find;
use crate::domain::meeting::{Meeting, MeetingStatus};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::conferences::outside;
use crate::domain::view::title::title;
use crate::domain::{Attendance, Conference, Wish};
use crate::say;

/// What is planned becomes exactly these meetings: some move, some are new, the others are no more; who does not come is
/// kept as absent. What was held or missed stays.
pub(super) fn timetable(
    desk: &mut Desk<'_>,
    conference: Id,
    meetings: &[Planned],
    away: Option<Away>,
) -> Result<Words, Refusal> {
    let day = desk.book.get::<Conference>(conference).cloned().ok_or_else(|| gone(Kind::Conference))?;
    let slots = day.slots()?;
    if let Some(away) = away {
        absent(desk, conference, away)?;
    }
    let planned: BTreeMap<Both, Meeting> = desk
        .book
        .pointing::<Meeting>(conference)
        .filter(|meeting| meeting.status == MeetingStatus::Planned)
        .filter_map(|meeting| Some(((meeting.partner?, meeting.business?), meeting.clone())))
        .collect();
    let wanted: BTreeMap<Both, &Planned> = meetings.iter().map(|one| ((one.partner, one.business), one)).collect();
    let (mut dropped, mut moved, mut new) = (0_usize, 0_usize, 0_usize);
    // Those that are no more go first, so that their tables are free.
    for meeting in planned.iter().filter(|(both, _)| !wanted.contains_key(*both)).map(|(_, meeting)| meeting) {
        dropped += 1;
        desk.push(Change::removed(Record::Meeting(Arc::new(meeting.clone()))));
    }
    for ((partner, business), one) in wanted {
        find(desk, Kind::Partner, partner)?;
        find(desk, Kind::Business, business)?;
        if is_vetoed(&desk.book, conference, partner, business) {
            return vetoed(desk, partner, business);
        }
        within(&day, one.seat.slot, one.seat.table)?;
        for who in [Away::Partner(partner), Away::Business(business)] {
            let there = person(&desk.book, &day, who, &slots).there;
            if u32::try_from(one.seat.slot - 1)
                .is_ok_and(|slot| there.checked_shr(slot).is_none_or(|there| there & 1 == 0))
            {
                return not_there(desk, who, &day.time(one.seat.slot));
            }
        }
        let (slot, table) = (Some(one.seat.slot), Some(one.seat.table));
        match planned.get(&(partner, business)) {
            Some(before) => {
                let after = Meeting { slot, table, ..before.clone() };
                moved += usize::from(after != *before);
                desk.push(Change::edited(Record::Meeting(Arc::new(before.clone())), Record::Meeting(Arc::new(after))));
            }
            None => {
                new += 1;
                let meeting = Meeting {
                    id: desk.env.new_id(),
                    conference: Some(conference),
                    partner: Some(partner),
                    business: Some(business),
                    slot,
                    table,
                    ..Meeting::default()
                };
                desk.push(Change::added(Record::Meeting(Arc::new(meeting))));
            }
        }
    }
    let name = |lang| title(&desk.book, Kind::Conference, conference, lang);
    let (vi, en) = (name(Lang::Vi), name(Lang::En));
    Ok(say!(
        "Xếp lịch {vi}: thêm {new}, dời {moved}, bỏ {dropped} cuộc hẹn",
        "Timetable of {en}: {new} meetings new, {moved} moved, {dropped} dropped"
    ))
}

/// A slot of the day, a table of the room.
fn within(day: &Conference, slot: i64, table: i64) -> Result<(), Refusal> {
    if day.has(slot, table) {
        return Ok(());
    }
    let (slots, tables) = (day.slots()?.len(), day.tables.unwrap_or(0));
    refuse(
        "meeting-outside",
        say!(
            "Lượt {slot}, bàn {table} không có: hội nghị có {slots} lượt, {tables} bàn.",
            "There is no slot {slot} at table {table}: the conference has {slots} slots and {tables} tables."
        ),
        say!(
            "Chọn lượt và bàn có thật, hoặc xếp lịch lại.",
            "Choose a slot and a table that are there, or plan again."
        ),
    )
}

/// A meeting that is put somewhere is put within the day.
pub(super) fn meeting_within(desk: &Desk<'_>, before: Option<&Record>, meeting: &Meeting) -> Result<(), Refusal> {
    let place = |meeting: &Meeting| (meeting.conference, meeting.slot, meeting.table);
    if matches!(before, Some(Record::Meeting(before)) if place(before) == place(meeting)) {
        return Ok(());
    }
    let Some(day) = desk.book.follow::<Conference>(meeting.conference) else { return Ok(()) };
    let (Some(slot), Some(table)) = (meeting.slot, meeting.table) else { return Ok(()) };
    within(day, slot, table)
}

/// What a change of a conference's times or tables leaves outside of them, to be said with it.
pub(super) fn left_outside(desk: &Desk<'_>, id: Id) -> Option<Words> {
    let count = outside(&desk.book, id);
    let code = &desk.book.get::<Conference>(id)?.code;
    (count > 0).then(|| {
        say!(
            "{count} cuộc hẹn nằm ngoài, chờ sửa lịch (hoicho conference mend {code})",
            "{count} planned meetings lie outside; mend the timetable (hoicho conference mend {code})"
        )
    })
}

fn not_there<T>(desk: &Desk<'_>, who: Away, time: &str) -> Result<T, Refusal> {
    let name = match who {
        Away::Partner(id) => title(&desk.book, Kind::Partner, id, Lang::Vi),
        Away::Business(id) => title(&desk.book, Kind::Business, id, Lang::Vi),
    };
    refuse(
        "meeting-absent",
        say!("{name} không có mặt lúc {time}.", "{name} is not there at {time}."),
        say!("Xếp hoặc sửa lịch lại với giờ dự mới.", "Plan or mend the timetable again with the new times."),
    )
}

fn vetoed<T>(desk: &Desk<'_>, partner: Id, business: Id) -> Result<T, Refusal> {
    let (one, other) =
        (title(&desk.book, Kind::Partner, partner, Lang::Vi), title(&desk.book, Kind::Business, business, Lang::Vi));
    refuse(
        "meeting-vetoed",
        say!("{one} và {other}: một bên không muốn gặp.", "{one} and {other}: one of them does not want to meet."),
        say!("Xếp lịch lại, hoặc sửa nguyện vọng.", "Make the timetable again, or change the wish."),
    )
}

fn absent(desk: &mut Desk<'_>, conference: Id, away: Away) -> Result<(), Refusal> {
    let (partner, business) = match away {
        Away::Partner(id) => (Some(id), None),
        Away::Business(id) => (None, Some(id)),
    };
    for (kind, id) in [(Kind::Partner, partner), (Kind::Business, business)] {
        if let Some(id) = id {
            find(desk, kind, id)?;
        }
    }
    let before = attendance(&desk.book, conference, away).cloned();
    let after = match &before {
        Some(before) => Attendance { absent: true, ..before.clone() },
        None => Attendance {
            id: desk.env.new_id(),
            conference: Some(conference),
            partner,
            business,
            absent: true,
            ..Attendance::default()
        },
    };
    let after = Record::Attendance(Arc::new(after));
    desk.push(match before {
        Some(before) => Change::edited(Record::Attendance(Arc::new(before)), after),
        None => Change::added(after),
    });
    Ok(())
}

/// One wish of a side about the other.
pub(super) fn wish_once(desk: &Desk<'_>, wish: &Wish) -> Result<(), Refusal> {
    let same = |other: &&Wish| {
        other.id != wish.id && (other.partner, other.business, other.side) == (wish.partner, wish.business, wish.side)
    };
    let Some(conference) = wish.conference else { return Ok(()) };
    if desk.book.pointing::<Wish>(conference).find(same).is_none() {
        return Ok(());
    }
    refuse(
        "wish-twice",
        say!("Bên này đã có nguyện vọng về bên kia.", "This side has a wish about the other already."),
        say!("Sửa nguyện vọng đã có.", "Change the one that is there."),
    )
}

/// Of one side, once, at times that can be read.
pub(super) fn attendance_sound(desk: &Desk<'_>, one: &Attendance) -> Result<(), Refusal> {
    if one.partner.is_some() == one.business.is_some() {
        return Err(Refusal::new(
            "attendance-of-one",
            say!("Ghi bên mua hoặc doanh nghiệp, chỉ một.", "Either a buyer or a business attends."),
            say!("Điền đúng một trong hai.", "Fill in one of the two."),
        )
        .at("partner"));
    }
    for (key, text) in [("from", &one.from), ("until", &one.until)] {
        if !text.is_empty() && crate::domain::conference::day::clock(text.as_str()).is_none() {
            return Err(Refusal::new(
                "clock-unreadable",
                say!("“{text}” không phải là giờ.", "“{text}” is no time of day."),
                say!("Ghi như 08:30.", "Write it as 08:30."),
            )
            .at(key));
        }
    }
    let same =
        |other: &&Attendance| other.id != one.id && (other.partner, other.business) == (one.partner, one.business);
    let Some(conference) = one.conference else { return Ok(()) };
    if desk.book.pointing::<Attendance>(conference).find(same).is_none() {
        return Ok(());
    }
    refuse(
        "attendance-twice",
        say!("Đã có giờ dự của bên này.", "The times of this one are on file already."),
        say!("Sửa bản ghi đã có.", "Change the record that is there."),
    )
}
