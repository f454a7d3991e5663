//! Which scheme suits a registration: all in force compared on its case, the most favourable first, and why others do not
//! apply.

use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, Rounding};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::refusal::Refusal;
use crate::domain::scheme::SchemeStatus;
use crate::domain::subsidy::case_of;
use crate::domain::subsidy::from_book::BOOTH;
use crate::domain::subsidy::rules::{Cost, Rules, Written, compute};
use crate::domain::{Claim, Fair, Registration, Scheme};
use crate::say;

/// What one scheme would come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Suit {
    /// The scheme.
    pub scheme: Id,
    /// What it would grant.
    pub grant: Money,
    /// What the firm would bear.
    pub own_share: Money,
    /// Why it does not apply; empty where it does.
    pub barred: Vec<Words>,
    /// What the book does not say.
    pub unchecked: Vec<Words>,
}

/// The comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Every scheme in force, the most favourable first.
    pub suits: Vec<Suit>,
    /// What stood for the cost where nothing is rented or invoiced yet.
    pub estimated: Option<Words>,
}

/// Square metres of the booth that stands for one that is not chosen yet.
const STANDARD_M2: i64 = 9;

/// Compares the schemes in force on the case of a registration.
///
/// # Errors
/// When amounts overflow or mix currencies. A scheme that cannot be computed is listed with the reason.
pub fn suits(book: &Book, registration: Id) -> Result<Comparison, Refusal> {
    let Some(registration) = book.get::<Registration>(registration) else { return Ok(Comparison::default()) };
    let standing = book.pointing::<Claim>(registration.id).find(|claim| claim.status.is_alive());
    let asked = match standing {
        Some(claim) => claim.clone(),
        None => Claim { registration: Some(registration.id), ..Claim::default() },
    };
    let mut comparison = Comparison::default();
    for scheme in book.all::<Scheme>().iter().filter(|scheme| scheme.status == SchemeStatus::Active) {
        let claim = Claim { scheme: Some(scheme.id), ..asked.clone() };
        match suit(book, &claim, registration, scheme) {
            Ok(Some((suit, estimated))) => {
                comparison.suits.push(suit);
                comparison.estimated = comparison.estimated.or(estimated);
            }
            Ok(None) => {}
            Err(refusal) => comparison.suits.push(Suit {
                scheme: scheme.id,
                grant: Money::ZERO,
                own_share: Money::ZERO,
                barred: vec![refusal.what],
                unchecked: Vec::new(),
            }),
        }
    }
    // What applies stands before what does not; of two alike the older scheme.
    comparison.suits.sort_by_key(|suit| (!suit.barred.is_empty(), std::cmp::Reverse(suit.grant.minor)));
    Ok(comparison)
}

fn suit(
    book: &Book,
    claim: &Claim,
    registration: &Registration,
    scheme: &Scheme,
) -> Result<Option<(Suit, Option<Words>)>, Refusal> {
    let rules = Rules::of(scheme)?;
    let Some(mut case) = case_of(book, claim, &rules)? else { return Ok(None) };
    let mut estimated = None;
    if case.costs.is_empty()
        && let Some(fair) = book.follow::<Fair>(registration.fair)
        && let Some(price) = fair.price_m2
    {
        let booths = registration.booths_wanted.unwrap_or(1).clamp(1, 1_000);
        let net = price.times(STANDARD_M2 * booths)?;
        let vat = net.share_bp(fair.vat.unwrap_or(BasisPoints(0)), Rounding::DOWN)?;
        case.costs.push(Cost {
            kind: BOOTH.to_owned(),
            quantity: Some(booths),
            cost: Written::of(net, rules.money()?)?,
            vat: Some(Written::of(vat, rules.money()?)?),
            other_public: claim.other_public.map(|sum| Written::of(sum, rules.money()?)).transpose()?,
            ..Cost::default()
        });
        estimated = Some(say!(
            "Chưa thuê gian: tạm tính {booths} gian {STANDARD_M2} m²",
            "Nothing is rented yet: reckoned with {booths} booths of {STANDARD_M2} m²"
        ));
    }
    let outcome = compute(&rules, &case)?;
    let suit = Suit {
        scheme: scheme.id,
        grant: outcome.grant,
        own_share: outcome.own_share,
        barred: outcome.failed.into_iter().map(|failed| failed.words).collect(),
        unchecked: outcome.unchecked,
    };
    Ok(Some((suit, estimated)))
}
