//! A budget line that is short: who fits in which order, and the smallest addition with which all do.

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::view::money::budget_sums;
use crate::domain::{BudgetLine, Business, Claim, Registration};

/// One claim in the queue for a budget line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The claim.
    pub claim: Id,
    /// What it asks.
    pub grant: Money,
    /// Whether what those before it leave is enough.
    pub fits: bool,
    /// What is left behind it.
    pub left: Money,
}

/// Who fits into a budget line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// What the line has free.
    pub free: Money,
    /// What the claims ask together.
    pub asked: Money,
    /// The smallest addition with which all of them fit; zero when they do.
    pub lacking: Money,
    /// The claims in their order.
    pub places: Vec<Place>,
}

/// First come, first served; among those of the same moment firms owned by women (Decree 80/2021/NĐ-CP), then points.
fn rank(book: &Book, claim: &Claim) -> (Moment, bool, i64, Id) {
    let registration = book.follow::<Registration>(claim.registration);
    let business = registration.and_then(|registration| book.follow::<Business>(registration.business));
    let received = registration.and_then(|registration| registration.received_at).unwrap_or(Moment(i64::MAX));
    let women = business.is_some_and(|business| business.women_owned);
    let points = registration.and_then(|registration| registration.points).unwrap_or(0);
    (received, !women, -points, claim.id)
}

/// The appraised claims that name a budget line, in their order.
#[must_use]
pub fn queue(book: &Book, line: Id) -> Vec<Id> {
    let claims = book.pointing::<Claim>(line).filter(|claim| claim.status == ClaimStatus::Appraised);
    claims.map(|claim| claim.id).collect()
}

/// Puts claims in their order and says which of them a budget line has money for. Whoever does not fit is left out, and
/// those behind may still fit.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn fit(book: &Book, line: &BudgetLine, claims: &[Id]) -> Result<Fit, MoneyFault> {
    let mut waiting: Vec<&Claim> = claims.iter().filter_map(|id| book.get::<Claim>(*id)).collect();
    waiting.sort_by_key(|claim| rank(book, claim));
    let free = budget_sums(book, line)?.free;
    let (mut left, mut asked, mut places) = (free, Money::ZERO, Vec::new());
    for claim in waiting {
        let grant = claim.grant.unwrap_or(Money::ZERO);
        asked = asked.plus(grant)?;
        let after = left.minus(grant)?;
        let fits = !after.is_negative();
        left = if fits { after } else { left };
        places.push(Place { claim: claim.id, grant, fits, left });
    }
    Ok(Fit { free, asked, lacking: asked.minus(free)?.at_least_zero(), places })
}
