//! Who stands where: the forms of the booth commands and the intents they come to.

use crate::base::booth_code::codes_in;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::acts::{ask, kind_here, link, rate, subject, text, writable};
use crate::command::form::{Answers, Form, Making};
use crate::command::{Act, Here, Seek, find};
use crate::domain::field::{Field, Value};
use crate::domain::intent::Intent;
use crate::domain::placement::PlacementStatus;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::derived::placements_on;
use crate::domain::view::waiting::{answer_by, lapse_plan};
use crate::domain::{Booth, Fair, Placement, Registration};
use crate::say;

pub(in crate::command) fn place(here: &Here<'_>) -> Result<Act, Words> {
    match here.kind {
        Some(Kind::Booth) => ask(here, "booth-rent", Kind::Booth, rent_intent, &[]),
        _ => ask(here, "registration-place", Kind::Registration, place_intent, &[]),
    }
}

fn place_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, registration) = subject(here)?;
    let fair = here.book.get::<Registration>(registration).and_then(|registration| registration.fair).or(here.fair);
    let booths = booths(here, fair, &text(answers, "booths"))?;
    Ok(Intent::Place {
        registration,
        booths,
        share: rate(answers, "share"),
        from_on: answers.get("from_on").as_date(),
        to_on: answers.get("to_on").as_date(),
    })
}

/// Booth codes as people write several: `A1, A2`, `A1-4`, `J2/3`.
fn booths(here: &Here<'_>, fair: Option<Id>, written: &Text) -> Result<Vec<Id>, Refusal> {
    let reader = crate::domain::reading::Reader { book: here.book, today: here.today, fair };
    let is_known = |code: &str| reader.read_link(Kind::Booth, code).is_ok();
    codes_in(written.as_str(), &is_known)
        .iter()
        .map(|code| reader.read_link(Kind::Booth, code).map_err(|refusal| refusal.at("booths")))
        .collect()
}

/// Priority points of its own for one registration or many, with the reason.
pub(in crate::command) fn points(here: &Here<'_>) -> Result<Act, Words> {
    let found = here.first(Kind::Registration).ok().and_then(|id| here.book.get::<Registration>(id));
    let number = found.and_then(|registration| registration.points).map_or(Value::Empty, Value::Number);
    let reason = found.map(|registration| registration.points_reason.clone()).map_or(Value::Empty, Value::Text);
    ask(
        here,
        "registration-points",
        Kind::Registration,
        points_intent,
        &[("points", number), ("points_reason", reason)],
    )
}

fn points_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::EditAll { kind, ids: here.chosen.to_vec(), fields: answers.all() })
}

fn rent_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let registration = link(answers, "registration")?;
    Ok(Intent::Place {
        registration,
        booths: here.chosen.to_vec(),
        share: rate(answers, "share"),
        from_on: answers.get("from_on").as_date(),
        to_on: answers.get("to_on").as_date(),
    })
}

pub(in crate::command) fn hold(here: &Here<'_>) -> Result<Act, Words> {
    let week = here.today.checked_add_days(chrono::Days::new(7)).map_or(Value::Empty, Value::Date);
    ask(here, "booth-hold", Kind::Booth, hold_intent, &[("until", week)])
}

fn hold_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let until = answers.get("until").as_date().unwrap_or(here.today);
    Ok(Intent::Hold {
        booths: here.chosen.to_vec(),
        registration: answers.get("registration").as_link(),
        held_for: text(answers, "held_for"),
        until,
    })
}

pub(in crate::command) fn release(here: &Here<'_>) -> Result<Act, Words> {
    let kind = kind_here(here)?;
    let placements = placements(here, kind)?;
    if placements.is_empty() {
        return Err(Words::new("Gian này chưa ai giữ hay thuê.", "Nobody holds or rents this booth."));
    }
    ask(here, "booth-release", kind, release_intent, &[])
}

fn placements(here: &Here<'_>, kind: Kind) -> Result<Vec<Id>, Words> {
    Ok(match kind {
        Kind::Placement => here.chosen(Kind::Placement)?.to_vec(),
        Kind::Booth | Kind::Registration => {
            here.chosen(kind)?.iter().flat_map(|id| here.book.pointing_ids(Kind::Placement, *id)).collect()
        }
        _ => Vec::new(),
    })
}

fn release_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::Release { placements: placements(here, kind).unwrap_or_default(), reason: text(answers, "reason") })
}

pub(in crate::command) fn move_to(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-move", Kind::Booth, move_intent, &[])
}

fn move_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, booth) = subject(here)?;
    let mut there = placements_on(here.book, booth, here.today);
    let (Some(placement), None) = (there.next(), there.next()) else {
        return Err(Refusal::new(
            "move-unclear",
            say!("Gian này không có đúng một đơn vị.", "This booth does not have exactly one firm on it."),
            say!("Đổi chỗ cả gian, hoặc trả rồi xếp lại.", "Swap the booths, or release and place again."),
        ));
    };
    Ok(Intent::Move { placement: placement.id, booth: link(answers, "other")?, reason: text(answers, "reason") })
}

pub(in crate::command) fn swap(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-swap", Kind::Booth, swap_intent, &[])
}

/// The form of an exchange whose two booths are known already; it asks for the reason.
#[must_use]
pub fn swap_with(title: Words, one: Id, other: Id) -> Act {
    let fields: Vec<&'static Field> = find("booth-swap").map_or(&[][..], |command| command.asks).iter().collect();
    let values = vec![Value::Empty; fields.len()];
    let mut form = Form {
        title,
        fields,
        values,
        opened: Vec::new(),
        making: Making::Own(swap_intent),
        subject: Some((Kind::Booth, vec![one])),
        about: Vec::new(),
    };
    form.fill("other", Value::Link(other));
    Act::Ask(Box::new(form))
}

fn swap_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, one) = subject(here)?;
    Ok(Intent::Swap { one, other: link(answers, "other")?, reason: text(answers, "reason") })
}

pub(in crate::command) fn block(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Booth)?;
    let blocked = here.book.get::<Booth>(id).is_some_and(|booth| !booth.is_open());
    if blocked {
        writable(here)?;
        let fields = vec![("blocked".to_owned(), Value::Empty)];
        return Ok(Act::Do(Box::new(Intent::Edit { kind: Kind::Booth, id, fields })));
    }
    ask(here, "booth-block", Kind::Booth, block_intent, &[])
}

fn block_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, id) = subject(here)?;
    Ok(Intent::Edit { kind, id, fields: vec![("blocked".to_owned(), Value::Text(text(answers, "reason")))] })
}

/// Offers the booth, to somebody or to the next in line, by the fair's term.
pub(in crate::command) fn offer(here: &Here<'_>) -> Result<Act, Words> {
    let booth = here.first(Kind::Booth)?;
    let fair = here.book.get::<Booth>(booth).and_then(|booth| booth.fair);
    let until = answer_by(here.book.follow::<Fair>(fair), here.today);
    ask(here, "booth-offer", Kind::Booth, offer_intent, &[("until", Value::Date(until))])
}

fn offer_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    Ok(Intent::Offer {
        booths: here.chosen.to_vec(),
        registration: answers.get("registration").as_link(),
        until: answers.get("until").as_date(),
    })
}

/// The offers on the chosen booths, or of the chosen registrations.
fn offers(here: &Here<'_>) -> Result<Vec<Id>, Words> {
    let placements = placements(here, kind_here(here)?)?;
    let offered =
        |id: &Id| here.book.get::<Placement>(*id).is_some_and(|placement| placement.status == PlacementStatus::Offered);
    let found: Vec<Id> = placements.into_iter().filter(offered).collect();
    if found.is_empty() {
        Err(Words::new("Không có lời mời nào ở đây.", "Nothing is offered here."))
    } else {
        Ok(found)
    }
}

pub(in crate::command) fn accept(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let placements = offers(here)?;
    Ok(Act::Do(Box::new(Intent::Answer { placements, accepts: true, reason: Text::default() })))
}

pub(in crate::command) fn decline(here: &Here<'_>) -> Result<Act, Words> {
    let kind = kind_here(here)?;
    offers(here)?;
    ask(here, "booth-decline", kind, decline_intent, &[])
}

fn decline_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let placements = offers(here).unwrap_or_default();
    Ok(Intent::Answer { placements, accepts: false, reason: text(answers, "reason") })
}

/// What lapsed at the fair and who is next, to be confirmed: nothing is taken from anybody without a key.
pub(in crate::command) fn lapse(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let Some(fair) = fair_here(here) else {
        return Err(Words::new("Chọn hội chợ trước (phím f).", "Choose the fair first (key f)."));
    };
    let plan = lapse_plan(here.book, fair, here.today);
    if plan.lapsed.is_empty() {
        return Err(Words::new("Không có chỗ giữ hay lời mời nào hết hạn.", "No hold and no offer has lapsed."));
    }
    Ok(Act::Confirm(plan.words(here.book), Box::new(Intent::Lapse { fair })))
}

/// Looks for the best booths for all who have none.
pub(in crate::command) fn arrange(here: &Here<'_>) -> Result<Act, Words> {
    seek(here, Seek::Rest)
}

/// Looks for the placing that moves the fewest.
pub(in crate::command) fn mend(here: &Here<'_>) -> Result<Act, Words> {
    seek(here, Seek::FewMoves)
}

/// Looks for swaps that make what stands better.
pub(in crate::command) fn improve(here: &Here<'_>) -> Result<Act, Words> {
    seek(here, Seek::Swaps)
}

fn seek(here: &Here<'_>, seek: Seek) -> Result<Act, Words> {
    writable(here)?;
    fair_here(here)
        .map(|fair| Act::Arrange(fair, seek))
        .ok_or_else(|| Words::new("Chọn hội chợ trước (phím f).", "Choose the fair first (key f)."))
}

/// The fair that the chosen record belongs to, else the one that the screens follow.
fn fair_here(here: &Here<'_>) -> Option<Id> {
    let near = here.kind.zip(here.chosen.first()).and_then(|(kind, id)| match kind {
        Kind::Fair => Some(*id),
        kind => crate::domain::view::list::fair_of(here.book, kind, *id),
    });
    near.or(here.fair)
}
