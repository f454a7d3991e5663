//! Offers of booths: made, answered, lapsed; and who is next in line when a booth comes free.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::decide::booth::{
    assign, booth_of, clear_lapsed, codes, fits_with_own, gone, has_booth, no_booth, placement_of, push,
    registration_of, said,
};
use crate::domain::decide::{Desk, settle, step};
use crate::domain::field::Chosen;
use crate::domain::placement::{Placement, PlacementStatus};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::registration::Registration;
use crate::domain::view::title::title;
use crate::domain::view::waiting::{answer_by, lapse_plan, may_offer, next_in_line};
use crate::domain::{Booth, Fair};
use crate::say;

/// Offers booths to a registration, or to the next in line, to be answered until the end of a day.
pub(super) fn offer(
    desk: &mut Desk<'_>,
    booths: &[Id],
    registration: Option<Id>,
    until: Option<Date>,
) -> Result<Words, Refusal> {
    let today = desk.env.today();
    let Some(first) = booths.first() else { return no_booth() };
    let fair = booth_of(desk, *first)?.fair.unwrap_or(Id::NIL);
    let until = until.unwrap_or_else(|| answer_by(desk.book.get::<Fair>(fair), today));
    if until < today {
        let today = show_date(today);
        return Err(Refusal::new(
            "offer-past",
            say!("Hạn trả lời đã qua (hôm nay {today}).", "The day to answer is over already (today is {today})."),
            say!("Chọn hôm nay hoặc ngày sau.", "Choose today or later."),
        )
        .at("until"));
    }
    for booth in booths {
        clear_lapsed(desk, *booth)?;
    }
    let Some(registration) = registration else {
        let next = next_in_line(&desk.book, fair, booths, &BTreeSet::new(), today);
        if next.is_empty() {
            return refuse(
                "nobody-waits",
                say!("Không ai trong danh sách chờ hợp với gian này.", "Nobody on the waiting list suits this booth."),
                say!("Chọn một đăng ký để mời.", "Choose a registration to offer it to."),
            );
        }
        return offer_all(desk, &next, until);
    };
    let record = registration_of(desk, registration)?;
    if !record.status.may_be_offered() {
        let status = record.status.words();
        return refuse(
            "not-waiting",
            say!("Đăng ký này đang ở bước “{}”, chưa mời được.", "This registration is “{}”; nothing is offered to it."; status),
            say!(
                "Chọn, xác nhận hoặc đưa vào danh sách chờ trước.",
                "Select it, confirm it or put it on the waiting list first."
            ),
        );
    }
    fits_with_own(desk, booths, &record)?;
    make_offer(desk, booths, registration, until)?;
    let (who, codes, day) = (name(desk, registration), codes(desk, booths), show_date(until));
    Ok(say!(
        "Mời {who} nhận gian {codes}, trả lời đến hết {day}",
        "Offered booth {codes} to {who}, to be answered until {day}"
    ))
}

fn make_offer(desk: &mut Desk<'_>, booths: &[Id], registration: Id, until: Date) -> Result<(), Refusal> {
    for id in booths {
        let own_hold = desk
            .book
            .pointing::<Placement>(*id)
            .find(|held| !held.status.is_firm() && held.registration == Some(registration))
            .cloned();
        let new = || Placement { id: desk.env.new_id(), booth: Some(*id), ..Placement::default() };
        let mut placement = own_hold.clone().unwrap_or_else(new);
        placement.registration = Some(registration);
        placement.held_until = Some(until);
        placement.status = PlacementStatus::Offered;
        settle::placement_days(&placement)?;
        push(desk, own_hold, placement);
    }
    Ok(())
}

fn offer_all(desk: &mut Desk<'_>, next: &[(Id, Vec<Id>)], until: Date) -> Result<Words, Refusal> {
    let mut said: Vec<String> = Vec::new();
    for (registration, booths) in next {
        make_offer(desk, booths, *registration, until)?;
        said.push(format!("{} → {}", codes(desk, booths), name(desk, *registration)));
    }
    let (said, day) = (said.join(", "), show_date(until));
    Ok(say!("Mời tiếp {said}, trả lời đến hết {day}", "Offered next {said}, to be answered until {day}"))
}

/// Offers what came free to the next in line; nothing to say when nobody waits or the fair is on.
pub(super) fn offer_freed(
    desk: &mut Desk<'_>,
    fair: Id,
    freed: &[Id],
    passed: &BTreeSet<Id>,
) -> Result<Option<Words>, Refusal> {
    let today = desk.env.today();
    if !may_offer(&desk.book, fair, today) {
        return Ok(None);
    }
    let next = next_in_line(&desk.book, fair, freed, passed, today);
    if next.is_empty() {
        return Ok(None);
    }
    let until = answer_by(desk.book.get::<Fair>(fair), today);
    offer_all(desk, &next, until).map(Some)
}

/// Offers accepted become rents; offers declined leave the booth to the next in line.
pub(super) fn answer(desk: &mut Desk<'_>, placements: &[Id], accepts: bool, reason: &Text) -> Result<Words, Refusal> {
    if placements.is_empty() {
        return no_booth();
    }
    let mut answered: Vec<(Id, Id)> = Vec::new();
    for id in placements {
        let before = placement_of(desk, *id)?;
        open_offer(desk, &before)?;
        let (Some(booth), Some(registration)) = (before.booth, before.registration) else {
            return Err(gone(Kind::Registration));
        };
        answered.push((registration, booth));
        if accepts {
            let mut after = Placement { status: PlacementStatus::Rented, held_until: None, ..before.clone() };
            settle::charge(desk, &mut after)?;
            push(desk, Some(before), after);
        } else {
            desk.push(Change::removed(Record::Placement(Arc::new(before))));
        }
    }
    let firms: BTreeSet<Id> = answered.iter().map(|(registration, _)| *registration).collect();
    let booths: Vec<Id> = answered.iter().map(|(_, booth)| *booth).collect();
    let mut rest = Vec::new();
    for firm in &firms {
        if accepts {
            fits_with_own(desk, &[], &registration_of(desk, *firm)?)?;
            assign(desk, *firm)?;
            rest.extend(leave_rest(desk, *firm)?);
        } else {
            let_pass(desk, *firm)?;
            free_money(desk, *firm, &Text::new("không nhận gian được mời"))?;
        }
    }
    let who: Vec<String> = firms.iter().map(|firm| name(desk, *firm)).collect();
    let (who, codes) = (who.join(", "), codes(desk, &booths));
    let mut words = if accepts {
        say!("{who} nhận gian {codes}", "{who} accepted booth {codes}")
    } else {
        let because = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
        say!("{who} không nhận gian {codes}{because}", "{who} declined booth {codes}{because}")
    };
    let freed = if accepts { rest } else { booths };
    if let Some(fair) = freed.first().and_then(|id| desk.book.get::<Booth>(*id)).and_then(|booth| booth.fair) {
        words = joined(words, offer_freed(desk, fair, &freed, &firms)?);
    }
    Ok(words)
}

/// An offer can be answered until its last day.
fn open_offer(desk: &Desk<'_>, placement: &Placement) -> Result<(), Refusal> {
    let code = placement.booth.map(|id| title(&desk.book, Kind::Booth, id, Lang::Vi)).unwrap_or_default();
    if placement.status != PlacementStatus::Offered {
        let state = placement.status.words();
        return refuse(
            "no-offer",
            say!("Gian {code} “{}”, không phải đang mời.", "Booth {code} is “{}”, not offered."; state),
            say!("Mời trước, hoặc xếp thẳng.", "Offer it first, or place directly."),
        );
    }
    if placement.has_lapsed(desk.env.today()) {
        let until = placement.held_until.map(show_date).unwrap_or_default();
        return refuse(
            "offer-over",
            say!("Lời mời gian {code} đã hết hạn {until}.", "The offer of booth {code} ended on {until}."),
            say!("Mời lại nếu gian còn trống.", "Offer it again if it is still free."),
        );
    }
    Ok(())
}

/// When a firm has as many booths as it asked for, what else was held for it or offered to it is free again; gives
/// the booths.
pub(super) fn leave_rest(desk: &mut Desk<'_>, registration: Id) -> Result<Vec<Id>, Refusal> {
    let wanted = registration_of(desk, registration)?.booths_wanted.unwrap_or(1).max(1);
    let own: Vec<Placement> = desk.book.pointing::<Placement>(registration).cloned().collect();
    let has: BTreeSet<Id> =
        own.iter().filter(|placement| placement.status.is_firm()).filter_map(|placement| placement.booth).collect();
    if i64::try_from(has.len()).unwrap_or(i64::MAX) < wanted {
        return Ok(Vec::new());
    }
    let rest: Vec<Placement> = own.into_iter().filter(|placement| !placement.status.is_firm()).collect();
    let freed = rest.iter().filter_map(|placement| placement.booth).collect();
    for placement in rest {
        desk.push(Change::removed(Record::Placement(Arc::new(placement))));
    }
    Ok(freed)
}

/// Every hold and offer of a fair whose last day is over is taken back, with the money bound for it, and the booths are
/// offered to the next in line.
pub(super) fn lapse(desk: &mut Desk<'_>, fair: Id) -> Result<Words, Refusal> {
    let today = desk.env.today();
    let plan = lapse_plan(&desk.book, fair, today);
    if plan.lapsed.is_empty() {
        return refuse(
            "nothing-lapsed",
            say!("Không có chỗ giữ hay lời mời nào hết hạn.", "No hold and no offer has lapsed."),
            say!("Không cần làm gì.", "There is nothing to do."),
        );
    }
    let words = plan.words(&desk.book);
    for id in &plan.lapsed {
        let placement = placement_of(desk, *id)?;
        end_lapsed(desk, placement)?;
    }
    let until = answer_by(desk.book.get::<Fair>(fair), today);
    for (registration, booths) in &plan.next {
        make_offer(desk, booths, *registration, until)?;
    }
    Ok(words)
}

/// Takes a lapsed hold or offer back: the booth is free, the money bound for it as well, and an offer counts as missed.
pub(super) fn end_lapsed(desk: &mut Desk<'_>, placement: Placement) -> Result<(), Refusal> {
    let (registration, offered) = (placement.registration, placement.status == PlacementStatus::Offered);
    desk.push(Change::removed(Record::Placement(Arc::new(placement))));
    let Some(registration) = registration else { return Ok(()) };
    if offered {
        let_pass(desk, registration)?;
    }
    let reason = if offered { "hết hạn trả lời lời mời" } else { "hết hạn giữ chỗ" };
    free_money(desk, registration, &Text::new(reason))
}

/// One more offer that the firm let pass.
fn let_pass(desk: &mut Desk<'_>, registration: Id) -> Result<(), Refusal> {
    let before = registration_of(desk, registration)?;
    let missed = before.offers_missed.unwrap_or(0).saturating_add(1);
    let after = Registration { offers_missed: Some(missed), ..before.clone() };
    desk.push(Change::edited(Record::Registration(Arc::new(before)), Record::Registration(Arc::new(after))));
    Ok(())
}

/// A firm without any booth binds no money: what was decided and not paid is cancelled.
fn free_money(desk: &mut Desk<'_>, registration: Id, reason: &Text) -> Result<(), Refusal> {
    let today = desk.env.today();
    if has_booth(desk, registration)
        || desk.book.pointing::<Placement>(registration).any(|placement| placement.counts_on(today))
    {
        return Ok(());
    }
    step::cancel_unpaid(desk, registration, reason)
}

/// Two sentences of the journal in one.
pub(super) fn joined(first: Words, second: Option<Words>) -> Words {
    match second {
        Some(second) => Words {
            vi: format!("{}; {}", first.vi, lower(&second.vi)).into(),
            en: format!("{}; {}", first.en, lower(&second.en)).into(),
        },
        None => first,
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn name(desk: &Desk<'_>, registration: Id) -> String {
    let business = desk.book.get::<Registration>(registration).and_then(|registration| registration.business);
    business.map(|id| title(&desk.book, Kind::Business, id, Lang::Vi)).unwrap_or_default()
}

/// The words for booths placed, and for what was held or offered beside them and is given up.
pub(super) fn placed(desk: &mut Desk<'_>, registration: Id, booths: &[Id]) -> Result<Words, Refusal> {
    assign(desk, registration)?;
    let freed = leave_rest(desk, registration)?;
    let mut words = said(desk, &Words::new("Xếp", "Placed"), registration, booths);
    if !freed.is_empty() {
        let codes = codes(desk, &freed);
        words = joined(words, Some(say!("Bỏ giữ chỗ {codes}", "Gave up {codes}")));
    }
    Ok(words)
}
