//! Who stands where: place, hold, release, move, swap.

use std::sync::Arc;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::money::BasisPoints;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::Booth;
use crate::domain::change::Change;
use crate::domain::decide::record::reason_missing;
use crate::domain::decide::{Desk, offer, settle};
use crate::domain::needs::fits;
use crate::domain::placement::{Placement, PlacementStatus};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::registration::{Registration, RegistrationStatus};
use crate::domain::view::title::title;
use crate::say;

pub(super) fn place(
    desk: &mut Desk<'_>,
    registration: Id,
    booths: &[Id],
    share: Option<BasisPoints>,
    days: (Option<Date>, Option<Date>),
) -> Result<Words, Refusal> {
    let record = registration_of(desk, registration)?;
    if booths.is_empty() {
        return no_booth();
    }
    if !record.status.may_be_placed() {
        let status = crate::domain::field::Chosen::words(record.status);
        return refuse(
            "not-selected",
            say!("Đăng ký này đang ở bước “{}”, chưa được xếp gian.", "This registration is “{}”; it may not be placed yet."; status),
            say!("Chọn và xác nhận đăng ký trước.", "Select and confirm it first."),
        );
    }
    not_a_guest(desk, &record)?;
    fits_with_own(desk, booths, &record)?;
    for id in booths {
        clear_lapsed(desk, *id)?;
        let own_hold = desk
            .book
            .pointing::<Placement>(*id)
            .find(|held| !held.status.is_firm() && held.registration == Some(registration))
            .cloned();
        let mut placement = own_hold.clone().unwrap_or_else(|| Placement {
            id: desk.env.new_id(),
            booth: Some(*id),
            ..Placement::default()
        });
        placement.registration = Some(registration);
        placement.share = share.or(placement.share);
        placement.from_on = days.0.or(placement.from_on);
        placement.to_on = days.1.or(placement.to_on);
        placement.held_until = None;
        placement.status = PlacementStatus::Rented;
        settle::placement_days(&placement)?;
        settle::charge(desk, &mut placement)?;
        push(desk, own_hold, placement);
    }
    offer::placed(desk, registration, booths)
}

pub(super) fn hold(
    desk: &mut Desk<'_>,
    booths: &[Id],
    registration: Option<Id>,
    held_for: &Text,
    until: Date,
) -> Result<Words, Refusal> {
    if booths.is_empty() {
        return no_booth();
    }
    if registration.is_none() && held_for.is_empty() {
        return Err(Refusal::new(
            "hold-for-nobody",
            say!("Chưa ghi giữ chỗ cho ai.", "Nobody is named for the hold."),
            say!("Chọn một đăng ký hoặc ghi tên.", "Choose a registration or write a name."),
        )
        .at("held_for"));
    }
    if until < desk.env.today() {
        let today = show_date(desk.env.today());
        return Err(Refusal::new(
            "hold-past",
            say!("Ngày giữ chỗ đã qua (hôm nay {today}).", "The hold would be over already (today is {today})."),
            say!("Chọn hôm nay hoặc ngày sau.", "Choose today or later."),
        )
        .at("until"));
    }
    let wanted = registration.map(|id| registration_of(desk, id)).transpose()?;
    if let Some(wanted) = wanted.as_ref().filter(|wanted| !wanted.status.is_alive()) {
        let status = crate::domain::field::Chosen::words(wanted.status);
        return refuse(
            "registration-over",
            say!("Đăng ký này {}, không giữ chỗ được.", "This registration is {}; nothing is held for it."; status),
            say!("Giữ cho đăng ký khác, hoặc ghi tên.", "Hold for another registration, or write a name."),
        );
    }
    if let Some(wanted) = &wanted {
        not_a_guest(desk, wanted)?;
        fits_with_own(desk, booths, wanted)?;
    }
    for id in booths {
        booth_of(desk, *id)?;
        clear_lapsed(desk, *id)?;
        let placement = Placement {
            id: desk.env.new_id(),
            booth: Some(*id),
            registration,
            held_for: held_for.clone(),
            held_until: Some(until),
            status: PlacementStatus::Held,
            ..Placement::default()
        };
        push(desk, None, placement);
    }
    let (codes, until) = (codes(desk, booths), show_date(until));
    let who = match registration {
        Some(id) => title(&desk.book, Kind::Registration, id, Lang::Vi),
        None => held_for.to_string(),
    };
    Ok(say!("Giữ gian {codes} cho {who} đến hết {until}", "Held booth {codes} for {who} until {until}"))
}

pub(super) fn release(desk: &mut Desk<'_>, placements: &[Id], reason: &Text) -> Result<Words, Refusal> {
    if placements.is_empty() {
        return no_booth();
    }
    let mut booths = Vec::new();
    for id in placements {
        let placement = placement_of(desk, *id)?;
        if placement.status.is_firm() && reason.is_empty() {
            return reason_missing();
        }
        not_used(&placement)?;
        booths.extend(placement.booth);
        let registration = placement.registration;
        desk.push(Change::removed(Record::Placement(Arc::new(placement))));
        if let Some(registration) = registration
            && !has_booth(desk, registration)
        {
            unassign(desk, registration)?;
        }
    }
    let codes = codes(desk, &booths);
    let because = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    Ok(say!("Trả gian {codes}{because}", "Released booth {codes}{because}"))
}

/// Who has used a booth stays charged for it.
fn not_used(placement: &Placement) -> Result<(), Refusal> {
    if !placement.status.was_used() {
        return Ok(());
    }
    refuse(
        "booth-used",
        say!(
            "Gian đã dùng, không trả, chuyển hay đổi được nữa.",
            "The booth was used; it is not given back, moved or swapped."
        ),
        say!("Ghi vắng mặt hoặc về sớm ở đăng ký.", "Mark the registration as no-show or left early."),
    )
}

pub(super) fn move_to(desk: &mut Desk<'_>, placement: Id, booth: Id, reason: &Text) -> Result<Words, Refusal> {
    let before = placement_of(desk, placement)?;
    not_used(&before)?;
    let target = booth_of(desk, booth)?;
    if let Some(registration) = before.registration {
        let registration = registration_of(desk, registration)?;
        let others = own_booths(desk, registration.id, before.booth);
        fits(&booths_of(desk, &[vec![booth], others].concat())?, &registration)?;
    }
    if let Some(here) = desk.book.follow::<Booth>(before.booth) {
        same_fair(here, &target)?;
    }
    let from = before.booth.map(|id| title(&desk.book, Kind::Booth, id, Lang::Vi)).unwrap_or_default();
    clear_lapsed(desk, booth)?;
    let mut after = Placement { booth: Some(booth), reason: reason.clone(), ..before.clone() };
    settle::charge(desk, &mut after)?;
    let who = crate::domain::view::title::holder(&desk.book, &after, Lang::Vi);
    push(desk, Some(before), after);
    let to = &target.code;
    Ok(say!("Chuyển {who} từ gian {from} sang {to}", "Moved {who} from booth {from} to {to}"))
}

pub(super) fn swap(desk: &mut Desk<'_>, one: Id, other: Id, reason: &Text) -> Result<Words, Refusal> {
    let (first, second) = (booth_of(desk, one)?, booth_of(desk, other)?);
    if one == other {
        return refuse(
            "swap-same",
            say!("Cần hai gian khác nhau.", "It takes two different booths."),
            say!("Chọn gian thứ hai.", "Choose the other booth."),
        );
    }
    same_fair(&first, &second)?;
    let of = |desk: &Desk<'_>, id: Id| -> Vec<Placement> { desk.book.pointing::<Placement>(id).cloned().collect() };
    let (here, there) = (of(desk, one), of(desk, other));
    for (placements, target) in [(here, &second), (there, &first)] {
        for before in placements {
            not_used(&before)?;
            if let Some(registration) = before.registration {
                let registration = registration_of(desk, registration)?;
                let others = own_booths(desk, registration.id, before.booth);
                fits(&booths_of(desk, &[vec![target.id], others].concat())?, &registration)?;
            }
            let mut after = Placement { booth: Some(target.id), reason: reason.clone(), ..before.clone() };
            settle::charge(desk, &mut after)?;
            push(desk, Some(before), after);
        }
    }
    let (first, second) = (&first.code, &second.code);
    Ok(say!("Đổi chỗ hai gian {first} và {second}", "Swapped booths {first} and {second}"))
}

pub(super) fn push(desk: &mut Desk<'_>, before: Option<Placement>, after: Placement) {
    let after = Record::Placement(Arc::new(after));
    desk.push(match before {
        Some(before) => Change::edited(Record::Placement(Arc::new(before)), after),
        None => Change::added(after),
    });
}

/// A hold whose last day is over leaves the booth when somebody else takes it.
pub(super) fn clear_lapsed(desk: &mut Desk<'_>, booth: Id) -> Result<(), Refusal> {
    let today = desk.env.today();
    let lapsed: Vec<Placement> =
        desk.book.pointing::<Placement>(booth).filter(|placement| !placement.counts_on(today)).cloned().collect();
    lapsed.into_iter().try_for_each(|placement| offer::end_lapsed(desk, placement))
}

/// A co-exhibitor stands on the booths of its host and has none of its own.
fn not_a_guest(desk: &Desk<'_>, registration: &Registration) -> Result<(), Refusal> {
    let Some(host) = registration.host else { return Ok(()) };
    let host = title(&desk.book, Kind::Registration, host, Lang::Vi);
    refuse(
        "stands-with-host",
        say!("Đăng ký này đứng chung gian của {host}.", "This registration stands on the booths of {host}."),
        say!("Xếp đơn vị chủ gian, hoặc bỏ “chung gian với”.", "Place the host, or empty “stands with”."),
    )
}

/// The hard rules over these booths and those that the registration has already.
pub(super) fn fits_with_own(desk: &Desk<'_>, booths: &[Id], registration: &Registration) -> Result<(), Refusal> {
    let own = own_booths(desk, registration.id, None);
    fits(&booths_of(desk, &[booths.to_vec(), own].concat())?, registration)
}

/// The booths that a registration rents, but for one.
fn own_booths(desk: &Desk<'_>, registration: Id, but: Option<Id>) -> Vec<Id> {
    desk.book
        .pointing::<Placement>(registration)
        .filter(|placement| placement.status.is_firm() && placement.booth != but)
        .filter_map(|placement| placement.booth)
        .collect()
}

fn booths_of<'a>(desk: &'a Desk<'_>, ids: &[Id]) -> Result<Vec<&'a Booth>, Refusal> {
    ids.iter().map(|id| desk.book.get::<Booth>(*id).ok_or_else(|| gone(Kind::Booth))).collect()
}

/// Nobody changes to another fair by a move.
fn same_fair(here: &Booth, there: &Booth) -> Result<(), Refusal> {
    if here.fair == there.fair {
        return Ok(());
    }
    let (here, there) = (&here.code, &there.code);
    refuse(
        "other-fair",
        say!("Gian {here} và {there} thuộc hai hội chợ.", "Booths {here} and {there} belong to two fairs."),
        say!("Chọn gian của cùng hội chợ.", "Choose a booth of the same fair."),
    )
}

/// True when a registration has a booth, more than held for it; a co-exhibitor has those of its host.
pub(super) fn has_booth(desk: &Desk<'_>, registration: Id) -> bool {
    let rents = |id: Id| desk.book.pointing::<Placement>(id).any(|placement| placement.status.is_firm());
    let host = desk.book.get::<Registration>(registration).and_then(|registration| registration.host);
    rents(registration) || host.is_some_and(rents)
}

/// Moves a registration and its co-exhibitors to "booth assigned", through the legal steps between.
pub(super) fn assign(desk: &mut Desk<'_>, id: Id) -> Result<(), Refusal> {
    for id in with_guests(desk, id) {
        let before = registration_of(desk, id)?;
        if before.status.may_be_offered() && before.status != RegistrationStatus::Attending {
            set_status(desk, before, RegistrationStatus::BoothAssigned);
        }
    }
    Ok(())
}

/// Moves a registration and its co-exhibitors back to "confirmed".
pub(super) fn unassign(desk: &mut Desk<'_>, id: Id) -> Result<(), Refusal> {
    for id in with_guests(desk, id) {
        let before = registration_of(desk, id)?;
        if before.status == RegistrationStatus::BoothAssigned {
            set_status(desk, before, RegistrationStatus::Confirmed);
        }
    }
    Ok(())
}

fn with_guests(desk: &Desk<'_>, host: Id) -> Vec<Id> {
    std::iter::once(host).chain(desk.book.pointing_ids(Kind::Registration, host)).collect()
}

fn set_status(desk: &mut Desk<'_>, before: Registration, status: RegistrationStatus) {
    let after = Registration { status, ..before.clone() };
    desk.push(Change::edited(Record::Registration(Arc::new(before)), Record::Registration(Arc::new(after))));
}

pub(super) fn registration_of(desk: &Desk<'_>, id: Id) -> Result<Registration, Refusal> {
    desk.book.get::<Registration>(id).cloned().ok_or_else(|| gone(Kind::Registration))
}

pub(super) fn booth_of(desk: &Desk<'_>, id: Id) -> Result<Booth, Refusal> {
    desk.book.get::<Booth>(id).cloned().ok_or_else(|| gone(Kind::Booth))
}

pub(super) fn placement_of(desk: &Desk<'_>, id: Id) -> Result<Placement, Refusal> {
    desk.book.get::<Placement>(id).cloned().ok_or_else(|| gone(Kind::Placement))
}

/// The refusal for a record that is no longer in the book.
pub(super) fn gone(kind: Kind) -> Refusal {
    let words = kind.words();
    Refusal::new(
        "not-found",
        say!("Không còn {} này trong sổ.", "This {} is no longer in the book."; words),
        say!("Có thể người khác vừa xóa; xem lịch sử.", "Somebody may have removed it; see the history."),
    )
}

pub(super) fn no_booth<T>() -> Result<T, Refusal> {
    Err(Refusal::new(
        "booth-missing",
        say!("Chưa chọn gian nào.", "No booth is chosen."),
        say!("Chọn ít nhất một gian.", "Choose at least one booth."),
    )
    .at("booths"))
}

pub(super) fn codes(desk: &Desk<'_>, booths: &[Id]) -> String {
    let codes: Vec<String> = booths.iter().map(|id| title(&desk.book, Kind::Booth, *id, Lang::Vi)).collect();
    codes.join(", ")
}

pub(super) fn said(desk: &Desk<'_>, verb: &Words, registration: Id, booths: &[Id]) -> Words {
    let (codes, who) = (codes(desk, booths), title(&desk.book, Kind::Registration, registration, Lang::Vi));
    say!("{} {who} vào gian {codes}", "{} {who} on booth {codes}"; verb)
}
