//! A record moved to another state of its life, with what follows from it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words, capital};
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus};
use crate::domain::decide::record::{find, reason_missing, state};
use crate::domain::decide::{Desk, booth, claim, list, offer, payment, privacy, recovery, settle};
use crate::domain::draw::DrawStatus;
use crate::domain::evidence::{Evidence, EvidenceStatus};
use crate::domain::fair::FairStatus;
use crate::domain::field::{Chosen, Value};
use crate::domain::lead::LeadStage;
use crate::domain::person::same_person;
use crate::domain::placement::PlacementStatus;
use crate::domain::record::{Kind, Record};
use crate::domain::refund::{Refund, refund_on};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::registration::RegistrationStatus;
use crate::domain::steps;
use crate::domain::subsidy::plain_fields::follow_rules;
use crate::domain::view::money::{paid_net, to_come_back};
use crate::domain::view::title::title;
use crate::domain::{Fair, Lead, Placement, Registration};
use crate::say;

/// The same step for many records: each by its own rules, and none when one is refused.
pub(super) fn all(desk: &mut Desk<'_>, kind: Kind, ids: &[Id], to: &Text, reason: &Text) -> Result<Words, Refusal> {
    let mut told = Words::default();
    for id in ids {
        told = step(desk, kind, *id, to, reason)?;
    }
    let (count, noun, state) = (ids.len(), kind.words(), steps::state_words(kind, to.as_str()));
    Ok(if count == 1 { told } else { say!("{count} {}: {}", "{count} {}: {}"; noun, state) })
}

pub(super) fn step(desk: &mut Desk<'_>, kind: Kind, id: Id, to: &Text, reason: &Text) -> Result<Words, Refusal> {
    let before = find(desk, kind, id)?;
    let from = state(&before);
    let Some(step) = steps::find(kind, &from, to.as_str()) else { return no_such_step(kind, &from, to.as_str()) };
    if step.reason && reason.is_empty() {
        return reason_missing();
    }
    if kind == Kind::Claim && to.as_str() == ClaimStatus::Accepted.key() && is_decided(&before) {
        return claim::accept(desk, id, claim::Proved::default(), None);
    }
    let mut after = before.clone();
    let filled = set(&mut after, steps::state_field(kind).unwrap_or("status"), Value::Text(to.clone()))
        && (reason.is_empty() || set(&mut after, "reason", Value::Text(reason.clone())));
    debug_assert!(filled, "every kind with states has these fields");
    match &mut after {
        Record::Claim(claim) => claim_step(desk, &before, Arc::make_mut(claim))?,
        Record::Evidence(evidence) => evidence_step(desk, Arc::make_mut(evidence)),
        Record::Payment(payment) => {
            let from = match &before {
                Record::Payment(before) => before.status,
                _ => payment.status,
            };
            payment::stepped(desk, from, Arc::make_mut(payment))?;
        }
        Record::PaymentList(list) => list::stepped(desk, Arc::make_mut(list))?,
        Record::Recovery(recovery) => recovery::stepped(desk, Arc::make_mut(recovery))?,
        Record::Request(request) => privacy::stepped(desk, Arc::make_mut(request), reason)?,
        Record::Lead(lead) => lead_step(desk, Arc::make_mut(lead)),
        Record::Fair(fair) => fair_step(fair)?,
        Record::Scheme(scheme) => follow_rules(Some(&scheme.clone()), Arc::make_mut(scheme))?,
        Record::Registration(registration) => registration_step(desk, Arc::make_mut(registration))?,
        Record::Placement(placement) => placement_step(desk, Arc::make_mut(placement))?,
        Record::Draw(draw) if draw.status != DrawStatus::Cancelled => {
            return refuse(
                "own-command",
                say!("Mỗi bước bốc thăm có lệnh riêng.", "Each stage of a draw has its own command."),
                say!(
                    "Dùng lệnh của bước đó ở danh sách bốc thăm.",
                    "Use the command of that stage in the list of draws."
                ),
            );
        }
        _ => {}
    }
    desk.push(Change::edited(before, after.clone()));
    let more = follow(desk, &after)?;
    let (vi, en) = (title(&desk.book, kind, id, Lang::Vi), title(&desk.book, kind, id, Lang::En));
    let (noun, state) = (kind.words(), steps::state_words(kind, to.as_str()));
    let because = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let words = Words {
        vi: format!("{} {vi}: {}{because}", capital(&noun.vi), state.vi).into(),
        en: format!("{} {en}: {}{because}", capital(&noun.en), state.en).into(),
    };
    Ok(more.into_iter().fold(words, |words, more| offer::joined(words, Some(more))))
}

fn set(record: &mut Record, key: &str, value: Value) -> bool {
    record.kind().field_index(key).is_none_or(|index| record.set(index, value))
}

pub(super) fn no_such_step(kind: Kind, from: &str, to: &str) -> Result<Words, Refusal> {
    let open = steps::open_steps(kind, from);
    let vi: Vec<&str> = open.iter().map(|(choice, _)| choice.vi).collect();
    let en: Vec<&str> = open.iter().map(|(choice, _)| choice.en).collect();
    let (from, to) = (steps::state_words(kind, from), if to.is_empty() { "—" } else { to });
    let fix = if open.is_empty() {
        say!("Trạng thái này là cuối cùng.", "This state is the last.")
    } else {
        Words { vi: format!("Có thể: {}.", vi.join(", ")).into(), en: format!("Open: {}.", en.join(", ")).into() }
    };
    refuse(
        "step-illegal",
        say!("Từ “{}” không chuyển sang “{to}” được.", "From “{}” there is no step to “{to}”."; from),
        fix,
    )
}

fn claim_step(desk: &Desk<'_>, before: &Record, claim: &mut Claim) -> Result<(), Refusal> {
    let own_command = || {
        refuse(
            "own-command",
            say!("Bước này có lệnh riêng.", "This step has its own command."),
            say!("Dùng lệnh quyết định, lệnh chi hoặc ghi đảo.", "Use the command that decides, pays or reverses."),
        )
    };
    match claim.status {
        ClaimStatus::Decided
        | ClaimStatus::Advanced
        | ClaimStatus::Accepted
        | ClaimStatus::Paid
        | ClaimStatus::Recovering => own_command(),
        ClaimStatus::Submitted => {
            claim.proposed_by = desk.env.who.clone();
            claim.submitted_on.get_or_insert(desk.env.today());
            Ok(())
        }
        ClaimStatus::Appraised => {
            settle::claim_figures(desk, Some(before), claim)?;
            let (last, who) = (claim.appraised_by.clone(), &desk.env.who);
            if !last.is_empty() && !same_person(&last, who) && !claim.appraised_before.contains(&last) {
                claim.appraised_before.push(last);
            }
            claim.appraised_by = who.clone();
            Ok(())
        }
        ClaimStatus::Cancelled if paid_net(&desk.book, claim.id)?.minor > 0 => refuse(
            "paid-not-cancelled",
            say!("Đã có chứng từ chi cho hồ sơ này.", "Vouchers exist for this claim."),
            say!("Hủy hoặc ghi đảo chứng từ trước.", "Cancel or reverse them first."),
        ),
        ClaimStatus::Closed
            if paid_net(&desk.book, claim.id)? != claim.due().plus(to_come_back(&desk.book, claim.id)?)? =>
        {
            refuse(
                "not-paid-up",
                say!("Chưa chi đủ số đã quyết định.", "Less than decided has been paid."),
                say!("Chi phần còn lại trước khi tất toán.", "Pay the rest before closing."),
            )
        }
        _ => Ok(()),
    }
}

/// True for a claim that was decided and waits to be accepted.
fn is_decided(claim: &Record) -> bool {
    matches!(claim, Record::Claim(claim) if matches!(claim.status, ClaimStatus::Decided | ClaimStatus::Advanced))
}

fn evidence_step(desk: &Desk<'_>, evidence: &mut Evidence) {
    match evidence.status {
        EvidenceStatus::Received => {
            evidence.received_on.get_or_insert(desk.env.today());
            evidence.received_by = desk.env.who.clone();
        }
        EvidenceStatus::Missing => {}
        _ => {
            evidence.checked_by = desk.env.who.clone();
            evidence.checked_on = Some(desk.env.today());
        }
    }
}

/// A memorandum and a contract have the day on which their stage was reached, unless another is known.
fn lead_step(desk: &Desk<'_>, lead: &mut Lead) {
    match lead.stage {
        LeadStage::Mou => lead.mou_on = lead.mou_on.or(Some(desk.env.today())),
        LeadStage::Contract | LeadStage::Delivering | LeadStage::Repeat => {
            lead.signed_on = lead.signed_on.or(Some(desk.env.today()));
        }
        _ => {}
    }
}

fn fair_step(fair: &Fair) -> Result<(), Refusal> {
    if fair.status == FairStatus::Reported && (fair.visits.is_none() || fair.turnover.is_none()) {
        return Err(Refusal::new(
            "result-missing",
            say!("Chưa có lượt khách và doanh thu.", "Visits and turnover are missing."),
            say!("Sửa hội chợ và ghi hai số này.", "Edit the fair and enter both."),
        )
        .at("visits"));
    }
    Ok(())
}

/// A hold becomes a rent at the price of the day; it needs to be filed for a registration first.
fn placement_step(desk: &Desk<'_>, placement: &mut Placement) -> Result<(), Refusal> {
    match placement.status {
        PlacementStatus::Rented => {}
        PlacementStatus::Offered => {
            return refuse(
                "own-command",
                say!("Lời mời có hạn trả lời.", "An offer has its day to answer."),
                say!("Dùng lệnh mời nhận gian.", "Use the command that offers."),
            );
        }
        _ => return Ok(()),
    }
    if placement.registration.is_none() {
        let who = &placement.held_for;
        return refuse(
            "hold-by-name",
            say!(
                "Chỗ này giữ theo tên {who}, chưa có đăng ký.",
                "This is held by the name of {who}, without a registration."
            ),
            say!("Lập đăng ký rồi xếp gian.", "Make the registration, then place it."),
        );
    }
    placement.held_until = None;
    settle::charge(desk, placement)
}

fn registration_step(desk: &Desk<'_>, registration: &mut Registration) -> Result<(), Refusal> {
    if registration.status == RegistrationStatus::Withdrawn {
        registration.withdrawn_on = Some(desk.env.today());
        registration.refund = refund_of(desk, registration)?.map(|refund| refund.amount);
    }
    if registration.status == RegistrationStatus::BoothAssigned && !booth::has_booth(desk, registration.id) {
        return refuse(
            "own-command",
            say!("Đăng ký chưa có gian nào.", "No booth is assigned to it."),
            say!("Dùng lệnh xếp gian.", "Use the command that places it."),
        );
    }
    Ok(())
}

/// What follows from the new state for other records, and what is to be said of it.
fn follow(desk: &mut Desk<'_>, after: &Record) -> Result<Vec<Words>, Refusal> {
    match after {
        Record::Registration(registration) if !registration.status.is_alive() => {
            if registration.status == RegistrationStatus::NoShow {
                return Ok(Vec::new());
            }
            let freed = free_booths(desk, registration.id);
            release_guests(desk, registration.id)?;
            end_claims(desk, registration.id)?;
            withdrawn(desk, registration, &freed)
        }
        Record::Placement(placement) => {
            if let (PlacementStatus::Rented, Some(registration)) = (placement.status, placement.registration) {
                booth::assign(desk, registration)?;
            }
            Ok(Vec::new())
        }
        Record::Fair(fair) => follow_fair(desk, fair).map(|()| Vec::new()),
        Record::Payment(paid) => payment::claim_after(desk, paid).map(|()| Vec::new()),
        Record::Recovery(recovery) => recovery::claim_follows(desk, recovery.claim).map(|()| Vec::new()),
        _ => Ok(Vec::new()),
    }
}

/// What goes back to a firm that withdrew, and who is offered its booths.
fn withdrawn(desk: &mut Desk<'_>, registration: &Registration, freed: &[Id]) -> Result<Vec<Words>, Refusal> {
    if registration.status != RegistrationStatus::Withdrawn {
        return Ok(Vec::new());
    }
    let mut said: Vec<Words> = refund_of(desk, registration)?
        .map(|refund| refund.words())
        .map(|words| say!("Hoàn {}", "Refund {}"; words))
        .into_iter()
        .collect();
    if let Some(fair) = registration.fair {
        said.extend(offer::offer_freed(desk, fair, freed, &BTreeSet::from([registration.id]))?);
    }
    Ok(said)
}

/// What goes back to a firm that withdraws today.
fn refund_of(desk: &Desk<'_>, registration: &Registration) -> Result<Option<Refund>, Refusal> {
    let fair = desk.book.follow::<Fair>(registration.fair);
    Ok(fair.map(|fair| refund_on(fair, registration, desk.env.today())).transpose()?.flatten())
}

fn free_booths(desk: &mut Desk<'_>, registration: Id) -> Vec<Id> {
    let placements: Vec<Placement> = desk.book.pointing::<Placement>(registration).cloned().collect();
    let freed = placements.iter().filter_map(|placement| placement.booth).collect();
    for placement in placements {
        desk.push(Change::removed(Record::Placement(Arc::new(placement))));
    }
    freed
}

/// Those who stood on the booths of a firm that is gone stand for themselves again.
fn release_guests(desk: &mut Desk<'_>, host: Id) -> Result<(), Refusal> {
    booth::unassign(desk, host)?;
    let guests: Vec<Registration> = desk.book.pointing::<Registration>(host).cloned().collect();
    for before in guests {
        let after = Registration { host: None, ..before.clone() };
        desk.push(Change::edited(Record::Registration(Arc::new(before)), Record::Registration(Arc::new(after))));
    }
    Ok(())
}

/// What was decided for a registration and nothing of it paid is cancelled.
pub(super) fn cancel_unpaid(desk: &mut Desk<'_>, registration: Id, reason: &Text) -> Result<(), Refusal> {
    let claims: Vec<Claim> = desk.book.pointing::<Claim>(registration).cloned().collect();
    for before in claims {
        let unpaid = matches!(before.status, ClaimStatus::Decided | ClaimStatus::Accepted)
            && paid_net(&desk.book, before.id)?.minor == 0;
        if unpaid {
            let after = Claim { status: ClaimStatus::Cancelled, reason: reason.clone(), ..before.clone() };
            desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
        }
    }
    Ok(())
}

/// Opening a fair ends the waiting list and seats the assigned; its end marks those who stayed; its cancellation ends
/// every open registration and the decisions not yet paid.
fn follow_fair(desk: &mut Desk<'_>, fair: &Fair) -> Result<(), Refusal> {
    use RegistrationStatus as Status;
    let registrations: Vec<Registration> = desk.book.pointing::<Registration>(fair.id).cloned().collect();
    for before in registrations {
        let status = match (fair.status, before.status) {
            (FairStatus::Running, Status::Waiting) => Status::Expired,
            (FairStatus::Running, Status::BoothAssigned) => Status::Attending,
            (FairStatus::Finished, Status::Attending) => Status::Attended,
            (FairStatus::Cancelled, state)
                if steps::find(Kind::Registration, state.key(), Status::EventCancelled.key()).is_some() =>
            {
                Status::EventCancelled
            }
            _ => continue,
        };
        let after = Registration { status, ..before.clone() };
        let id = before.id;
        desk.push(Change::edited(Record::Registration(Arc::new(before)), Record::Registration(Arc::new(after))));
        if status == Status::EventCancelled {
            free_booths(desk, id);
            release_guests(desk, id)?;
            end_claims(desk, id)?;
        }
    }
    Ok(())
}

/// A registration that comes to nothing takes its claims with it: those before their decision are withdrawn, those decided
/// and not paid are cancelled. Where money is on its way, a person has to look.
fn end_claims(desk: &mut Desk<'_>, registration: Id) -> Result<(), Refusal> {
    let claims: Vec<Claim> = desk.book.pointing::<Claim>(registration).cloned().collect();
    for before in claims {
        let status = match before.status {
            state if state.may_change_amounts() => ClaimStatus::Withdrawn,
            ClaimStatus::Decided | ClaimStatus::Accepted if paid_net(&desk.book, before.id)?.minor == 0 => {
                ClaimStatus::Cancelled
            }
            _ => continue,
        };
        let reason = desk
            .book
            .get::<Registration>(registration)
            .map(|registration| Text::new(&registration.status.words().vi))
            .unwrap_or_default();
        let after = Claim { status, reason, ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    }
    Ok(())
}

/// An accepted claim whose vouchers have all left and cover the grant is paid.
pub(super) fn claim_paid(desk: &mut Desk<'_>, claim: Option<Id>) -> Result<(), Refusal> {
    let Some(before) = desk.book.follow::<Claim>(claim).cloned() else { return Ok(()) };
    let left = desk
        .book
        .pointing::<crate::domain::Payment>(before.id)
        .filter(|payment| payment.status.has_left())
        .try_fold(Money::ZERO, |sum, payment| sum.plus(payment.amount.unwrap_or(Money::ZERO)))?;
    if before.status == ClaimStatus::Accepted && before.due() == left {
        let after = Claim { status: ClaimStatus::Paid, ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    }
    Ok(())
}
