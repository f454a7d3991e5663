//! Whether a business fits a booth, and why not: what a map colours by while somebody is looked at.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::needs;
use crate::domain::view::derived::{holders, placements_on};
use crate::domain::view::floor::{Plan, Spot};
use crate::domain::view::priority::priority;
use crate::domain::{Booth, Placement, Registration};
use crate::say;

/// How well a business fits a booth, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It stands there.
    Own,
    /// It may stand there and has what it wished.
    Good,
    /// It may stand there, and something it wished is missing.
    Short,
    /// Somebody else has the booth.
    Taken,
    /// It may not stand there.
    Barred,
}

/// The grade and what speaks against the booth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// How well it fits.
    pub grade: Grade,
    /// What speaks against it, the gravest first; nothing for a good booth.
    pub reasons: Vec<Words>,
}

/// How well a registration fits a booth of the plan on a day.
#[must_use]
pub fn fitting(book: &Book, plan: &Plan, booth: &Booth, registration: &Registration, today: Date) -> Fitting {
    let there: Vec<&Placement> = placements_on(book, booth.id, today).collect();
    if there.iter().any(|placement| placement.registration == Some(registration.id)) {
        return Fitting { grade: Grade::Own, reasons: Vec::new() };
    }
    let mut reasons = Vec::new();
    if !booth.is_open() {
        let why = booth.blocked.clone();
        reasons.push(say!("Gian bị khóa: {why}.", "The booth is blocked: {why}."));
    }
    reasons.extend(needs::fits(&[booth], registration).err().map(|refusal| refusal.what));
    if !reasons.is_empty() {
        return Fitting { grade: Grade::Barred, reasons };
    }
    if there.iter().map(|placement| placement.share_bp()).sum::<u32>() >= 10_000 {
        return Fitting { grade: Grade::Taken, reasons: taken(book, booth, &there, registration, today) };
    }
    if registration.corner_wanted && !matches!(booth.kind, BoothKind::Corner | BoothKind::Peninsula | BoothKind::Island)
    {
        reasons.push(Words::new("Xin gian góc, đây không phải góc.", "A corner is wished; this is none."));
    }
    reasons.extend(room_beside(book, plan, booth.id, registration, today));
    let grade = if reasons.is_empty() { Grade::Good } else { Grade::Short };
    Fitting { grade, reasons }
}

/// Who has the booth, and who of both has more points; what it would cost to put the firm here all the same is a question of its own.
fn taken(book: &Book, booth: &Booth, there: &[&Placement], registration: &Registration, today: Date) -> Vec<Words> {
    let who = holders(book, booth.id, today);
    let points = |registration: &Registration| priority(book, registration, today).points;
    let theirs =
        there.iter().filter_map(|placement| book.follow::<Registration>(placement.registration)).map(points).max();
    let own = points(registration);
    match theirs {
        Some(theirs) if theirs.max(own) > 0 => vec![say!(
            "Đã có {who} ({theirs} điểm; đơn vị này {own}).",
            "{who} has it ({theirs} points; this firm has {own})."
        )],
        _ => vec![say!("Đã có {who}.", "{who} has it.")],
    }
}

/// Whoever wishes several booths wishes them side by side.
fn room_beside(book: &Book, plan: &Plan, booth: Id, registration: &Registration, today: Date) -> Option<Words> {
    let had = book.pointing::<Placement>(registration.id).filter(|placement| placement.counts_on(today)).count();
    let wanted = usize::try_from(registration.booths_wanted.unwrap_or(1)).unwrap_or(1).saturating_sub(had);
    if wanted < 2 {
        return None;
    }
    let together = connected_free(plan, booth, wanted);
    (together < wanted).then(|| {
        say!(
            "Xin {wanted} gian liền nhau, ở đây trống {together}.",
            "{wanted} booths side by side are wished; {together} are free here."
        )
    })
}

/// How many free booths lie side by side with this one, itself counted, as far as `enough`.
fn connected_free(plan: &Plan, booth: Id, enough: usize) -> usize {
    let Some(first) = plan.spot(booth) else { return 0 };
    let free: Vec<&Spot> = plan.spots().filter(|spot| spot.is_free() && spot.id != booth).collect();
    let mut group = vec![first];
    let mut next = 0;
    while next < group.len() && group.len() < enough {
        let from = group[next];
        let touching: Vec<&Spot> = free
            .iter()
            .copied()
            .filter(|spot| from.touches(spot) && group.iter().all(|known| known.id != spot.id))
            .collect();
        group.extend(touching);
        next += 1;
    }
    group.len().min(enough)
}
