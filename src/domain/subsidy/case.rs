//! What a calculation needs to know, gathered from the book.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::business::BusinessKind;
use crate::domain::fair::EventScope;
use crate::domain::record::AnyNoun;
use crate::domain::{Booth, Business, Certificate, Claim, Fair, Placement, Registration, Scheme};

/// The cost of some booths at one price.
#[derive(Clone, Debug, PartialEq)]
pub struct CostRow {
    /// Which booth, or the invoice.
    pub what: Text,
    /// How many booths this is for.
    pub quantity: i64,
    /// Cost of all of them before tax.
    pub net: Money,
    /// Tax on it.
    pub vat: Money,
}

/// One applicant at one fair.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The day that decides the version, the stars and the year: the fair's opening.
    pub opening: Date,
    /// Where the fair lies.
    pub scope: EventScope,
    /// What kind of applicant it is.
    pub applicant: BusinessKind,
    /// The most stars on a certificate valid on the opening day; 0 for none.
    pub stars: i64,
    /// What the booths cost.
    pub costs: Vec<CostRow>,
    /// Public money from elsewhere for the same cost.
    pub other_public: Money,
    /// How often this scheme was used in the calendar year, this time not counted.
    pub times_used: i64,
    /// How much of it was used in the calendar year, this time not counted.
    pub amount_used: Money,
}

/// Gathers the case of a claim from the book.
///
/// # Errors
/// When amounts overflow or mix currencies. A claim whose registration, fair or business is missing gives `None`.
pub fn case_of(book: &Book, claim: &Claim, scheme: &Scheme) -> Result<Option<Case>, MoneyFault> {
    let Some(registration) = book.follow::<Registration>(claim.registration) else { return Ok(None) };
    let (Some(fair), Some(business)) =
        (book.follow::<Fair>(registration.fair), book.follow::<Business>(registration.business))
    else {
        return Ok(None);
    };
    let Some(opening) = fair.opens_on else { return Ok(None) };
    let (times_used, amount_used) = used_in_year(book, business, scheme, opening, claim.id)?;
    Ok(Some(Case {
        opening,
        scope: fair.kind.scope(),
        applicant: business.kind,
        stars: stars_on(book, business.id(), opening),
        costs: costs_of(book, claim, registration)?,
        other_public: claim.other_public.unwrap_or(Money::ZERO),
        times_used,
        amount_used,
    }))
}

/// The most stars on a certificate of this business that counts on this day.
#[must_use]
pub fn stars_on(book: &Book, business: Id, day: Date) -> i64 {
    book.pointing::<Certificate>(business)
        .filter(|certificate| certificate.is_valid_on(day))
        .filter_map(|certificate| certificate.stars)
        .max()
        .unwrap_or(0)
}

/// The invoice where one is entered, else the rents of the registration's placements.
fn costs_of(book: &Book, claim: &Claim, registration: &Registration) -> Result<Vec<CostRow>, MoneyFault> {
    let placements: Vec<&Placement> = book.pointing::<Placement>(registration.id).collect();
    if let Some(net) = claim.cost {
        let counted = i64::try_from(placements.len()).unwrap_or(i64::MAX).max(1);
        let quantity = claim.booths.filter(|booths| *booths > 0).unwrap_or(counted);
        let what = if claim.invoice_no.is_empty() { Text::new("hóa đơn") } else { claim.invoice_no.clone() };
        return Ok(vec![CostRow { what, quantity, net, vat: claim.vat.unwrap_or(Money::ZERO) }]);
    }
    let mut rows = Vec::new();
    for placement in placements {
        let code = book.follow::<Booth>(placement.booth).map(|booth| booth.code.clone()).unwrap_or_default();
        let net = placement.rent.unwrap_or(Money::ZERO);
        rows.push(CostRow { what: code, quantity: 1, net, vat: placement.vat.unwrap_or(Money::ZERO) });
    }
    Ok(rows)
}

/// How often and how much this scheme supported the business in the calendar year, decided and not cancelled; a
/// no-show keeps its place, a cancelled claim gives it back.
fn used_in_year(
    book: &Book,
    business: &Business,
    scheme: &Scheme,
    day: Date,
    without: Id,
) -> Result<(i64, Money), MoneyFault> {
    use chrono::Datelike;
    let (mut times, mut amount) = (0, Money::ZERO);
    for registration in book.pointing::<Registration>(business.id) {
        let same_year = book
            .follow::<Fair>(registration.fair)
            .and_then(|fair| fair.opens_on)
            .is_some_and(|opening| opening.year() == day.year());
        if !same_year {
            continue;
        }
        for claim in book.pointing::<Claim>(registration.id) {
            if claim.id != without && claim.scheme == Some(scheme.id) && claim.status.counts_as_used() {
                times += 1;
                amount = amount.plus(claim.grant.unwrap_or(Money::ZERO))?;
            }
        }
    }
    Ok((times, amount))
}
