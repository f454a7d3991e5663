//! The waiting list of a fair: who is next, for how many booths of which size, and which free booths would do.

use std::collections::BTreeSet;

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::fair::FairStatus;
use crate::domain::needs::{lacks, wished, wishes};
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::derived::placements_on;
use crate::domain::view::priority::{order, priority};
use crate::domain::view::title::{holder, title};
use crate::domain::{Booth, Fair, Placement, Registration};
use crate::say;

/// Walls that touch over at least this length make two booths one.
const SHARED_WALL_CM: i64 = 150;
/// An offer is answered within 72 hours where the fair says nothing else.
const ANSWER_DAYS: i64 = 3;

/// One firm on the waiting list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The registration.
    pub registration: Id,
    /// Its priority points.
    pub points: i64,
    /// How many offers it let pass.
    pub missed: i64,
    /// How many booths it asks for.
    pub booths: i64,
    /// Whether it waits for a corner.
    pub corner: bool,
    /// The least area it can use.
    pub area_m2: i64,
    /// When it applied.
    pub received_at: Option<Moment>,
}

/// The waiting list in its order: those who let the fewest offers pass, then most points, then first received. Who has
/// an offer to answer does not wait.
#[must_use]
pub fn waiting_line(book: &Book, fair: Id, today: Date) -> Vec<Waiting> {
    let mut found: Vec<(i64, &Registration)> = book
        .pointing::<Registration>(fair)
        .filter(|registration| registration.fair == Some(fair) && registration.status == RegistrationStatus::Waiting)
        .filter(|registration| registration.host.is_none())
        .filter(|registration| !book.pointing::<Placement>(registration.id).any(|placement| placement.counts_on(today)))
        .map(|registration| (priority(book, registration, today).points, registration))
        .collect();
    found.sort_by_key(|(points, registration)| (registration.offers_missed.unwrap_or(0), order(*points, registration)));
    let waiting = |(points, registration): (i64, &Registration)| Waiting {
        registration: registration.id,
        points,
        missed: registration.offers_missed.unwrap_or(0),
        booths: registration.booths_wanted.unwrap_or(1).max(1),
        corner: registration.corner_wanted,
        area_m2: registration.area_wanted_m2.unwrap_or(0),
        received_at: registration.received_at,
    };
    found.into_iter().map(waiting).collect()
}

/// The booths of a fair that nobody has and anybody may have, by code.
#[must_use]
pub fn free_booths(book: &Book, fair: Id, today: Date) -> Vec<Id> {
    let mut booths: Vec<&Booth> = book
        .pointing::<Booth>(fair)
        .filter(|booth| booth.is_open() && placements_on(book, booth.id, today).next().is_none())
        .collect();
    booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    booths.into_iter().map(|booth| booth.id).collect()
}

/// Who on the waiting list gets which booths, when `freed` has become free: the next in line whose needs are met, then
/// the next one for what is left. Whoever wants several takes free booths beside the freed one as well.
#[must_use]
pub fn next_in_line(book: &Book, fair: Id, freed: &[Id], passed: &BTreeSet<Id>, today: Date) -> Vec<(Id, Vec<Id>)> {
    let mut free = free_booths(book, fair, today);
    let mut open: BTreeSet<Id> = free.iter().copied().filter(|booth| freed.contains(booth)).collect();
    let mut found = Vec::new();
    for waiting in waiting_line(book, fair, today) {
        if open.is_empty() {
            break;
        }
        if passed.contains(&waiting.registration) {
            continue;
        }
        let Some(registration) = book.get::<Registration>(waiting.registration) else { continue };
        if let Some(booths) = suits(book, registration, &free, &open) {
            free.retain(|booth| !booths.contains(booth));
            open.retain(|booth| !booths.contains(booth));
            found.push((waiting.registration, booths));
        }
    }
    found
}

/// The booths for one registration, at least one of them in `open`: a wish if one does, else the first by code.
fn suits(book: &Book, registration: &Registration, free: &[Id], open: &BTreeSet<Id>) -> Option<Vec<Id>> {
    let count = usize::try_from(registration.booths_wanted.unwrap_or(1).max(1)).ok()?;
    let booths: Vec<&Booth> = free.iter().filter_map(|id| book.get::<Booth>(*id)).collect();
    let wishes = wishes(book, registration);
    let mut best: Option<(usize, Vec<Id>)> = None;
    for first in &booths {
        for run in runs(&booths, first, count) {
            let does = run.iter().any(|booth| open.contains(&booth.id))
                && (!registration.corner_wanted || run.iter().any(|booth| is_corner(booth)))
                && lacks(book, registration, &run).is_none();
            let rank = wished(&wishes, &run);
            if does && best.as_ref().is_none_or(|(known, _)| rank < *known) {
                best = Some((rank, run.iter().map(|booth| booth.id).collect()));
            }
        }
    }
    best.map(|(_, booths)| booths)
}

const fn is_corner(booth: &Booth) -> bool {
    matches!(booth.kind, BoothKind::Corner | BoothKind::Peninsula | BoothKind::Island)
}

/// The straight runs of `count` booths wall to wall that begin with `first`, to the right and downwards.
fn runs<'a>(booths: &[&'a Booth], first: &'a Booth, count: usize) -> Vec<Vec<&'a Booth>> {
    if count == 1 {
        return vec![vec![first]];
    }
    [touches_right as fn(&Booth, &Booth) -> bool, touches_below]
        .into_iter()
        .filter_map(|touches| {
            let mut run = vec![first];
            while run.len() < count {
                let last = *run.last()?;
                run.push(booths.iter().copied().find(|next| touches(last, next))?);
            }
            Some(run)
        })
        .collect()
}

/// Left, top, right and bottom in centimetres, where the booth has a place.
fn edges(booth: &Booth) -> Option<(i64, i64, i64, i64)> {
    let ((x, y), (width, depth)) = (booth.x.zip(booth.y)?, booth.width.zip(booth.depth)?);
    Some((x, y, x.saturating_add(width), y.saturating_add(depth)))
}

fn touches_right(one: &Booth, other: &Booth) -> bool {
    let (Some(here), Some(there)) = (edges(one), edges(other)) else { return false };
    one.hall == other.hall && here.2 == there.0 && here.3.min(there.3) - here.1.max(there.1) >= SHARED_WALL_CM
}

fn touches_below(one: &Booth, other: &Booth) -> bool {
    let (Some(here), Some(there)) = (edges(one), edges(other)) else { return false };
    one.hall == other.hall && here.3 == there.1 && here.2.min(there.2) - here.0.max(there.0) >= SHARED_WALL_CM
}

/// What taking back the lapsed holds and offers of a fair comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LapsePlan {
    /// The holds and offers whose last day is over, by booth code.
    pub lapsed: Vec<Id>,
    /// The booths that nobody has then.
    pub freed: Vec<Id>,
    /// Who is offered which booths next.
    pub next: Vec<(Id, Vec<Id>)>,
}

/// The holds and offers of a fair that lapsed, and who is next in line for their booths. Whoever let an offer pass is
/// passed over this time. From the opening day on nobody is offered anything.
#[must_use]
pub fn lapse_plan(book: &Book, fair: Id, today: Date) -> LapsePlan {
    let mut placements: Vec<(&Booth, &Placement)> = book
        .pointing::<Booth>(fair)
        .flat_map(|booth| book.pointing::<Placement>(booth.id).map(move |placement| (booth, placement)))
        .filter(|(_, placement)| placement.has_lapsed(today))
        .collect();
    placements.sort_by(|one, other| natural_compare(one.0.code.as_str(), other.0.code.as_str()));
    let free = free_booths(book, fair, today);
    let mut freed: Vec<Id> = placements.iter().map(|(booth, _)| booth.id).filter(|id| free.contains(id)).collect();
    freed.dedup();
    let passed = placements.iter().filter_map(|(_, placement)| placement.registration).collect();
    let next = if may_offer(book, fair, today) { next_in_line(book, fair, &freed, &passed, today) } else { Vec::new() };
    LapsePlan { lapsed: placements.into_iter().map(|(_, placement)| placement.id).collect(), freed, next }
}

/// True while a fair is ahead and not called off.
#[must_use]
pub fn may_offer(book: &Book, fair: Id, today: Date) -> bool {
    book.get::<Fair>(fair)
        .is_some_and(|fair| fair.status != FairStatus::Cancelled && fair.opens_on.is_none_or(|opens| today < opens))
}

/// The last day to answer an offer made today: the fair's days, three where it says none, and not beyond the opening.
#[must_use]
pub fn answer_by(fair: Option<&Fair>, today: Date) -> Date {
    let days = fair.and_then(|fair| fair.answer_days).unwrap_or(ANSWER_DAYS).clamp(1, 90);
    let last =
        u64::try_from(days).ok().and_then(|days| today.checked_add_days(chrono::Days::new(days))).unwrap_or(today);
    fair.and_then(|fair| fair.opens_on).filter(|opens| today < *opens).map_or(last, |opens| last.min(opens))
}

impl LapsePlan {
    /// What lapses and who is next: `Hết hạn: A1 (Hà), A2 (Mai). Mời tiếp: A1 → Lan.`
    #[must_use]
    pub fn words(&self, book: &Book) -> Words {
        let code = |id: &Id| title(book, Kind::Booth, *id, Lang::Vi);
        let lapsed: Vec<String> = self
            .lapsed
            .iter()
            .filter_map(|id| book.get::<Placement>(*id))
            .map(|placement| {
                let booth = placement.booth.as_ref().map(code).unwrap_or_default();
                format!("{booth} ({})", holder(book, placement, Lang::Vi))
            })
            .collect();
        let next: Vec<String> = self
            .next
            .iter()
            .map(|(registration, booths)| {
                let codes: Vec<String> = booths.iter().map(code).collect();
                let who = book.get::<Registration>(*registration).and_then(|registration| registration.business);
                let who = who.map(|who| title(book, Kind::Business, who, Lang::Vi)).unwrap_or_default();
                format!("{} → {who}", codes.join("+"))
            })
            .collect();
        let lapsed = lapsed.join(", ");
        if next.is_empty() {
            return say!(
                "Hết hạn: {lapsed}. Không ai chờ gian này.",
                "Lapsed: {lapsed}. Nobody waits for these booths."
            );
        }
        let next = next.join(", ");
        say!("Hết hạn: {lapsed}. Mời tiếp: {next}.", "Lapsed: {lapsed}. Offered next: {next}.")
    }
}
