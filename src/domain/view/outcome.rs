//! What leads have come to, counted by stated rules: an MOU is an intention, a contract is signed, delivery is a third thing, and
//! the three are never added together. Foreign amounts count by their own rate; without one they are named and left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Currency, Money, MoneyFault};
use crate::domain::book::Book;
use crate::domain::capture::compact;
use crate::domain::lead::LeadStage;
use crate::domain::product::ProductGroup;
use crate::domain::touch::TouchMeans;
use crate::domain::{Fair, Lead, Partner, Product, Touch};

/// True for a lead with a memorandum, whatever has come of it since.
#[must_use]
pub fn has_mou(lead: &Lead) -> bool {
    lead.mou_on.is_some() || lead.mou_value.is_some() || lead.stage == LeadStage::Mou
}

/// True for a lead with a signed contract, whatever has come of it since.
#[must_use]
pub fn has_contract(lead: &Lead) -> bool {
    lead.signed_on.is_some()
        || lead.contract_value.is_some()
        || matches!(lead.stage, LeadStage::Contract | LeadStage::Delivering | LeadStage::Repeat)
}

/// True for a lead under which something was delivered.
#[must_use]
pub fn has_delivery(lead: &Lead) -> bool {
    lead.delivered_value.is_some() || matches!(lead.stage, LeadStage::Delivering | LeadStage::Repeat)
}

/// The day to which a lead belongs: its fair's first, else the one on which it was entered.
#[must_use]
pub fn day_of(book: &Book, lead: &Lead) -> Date {
    let opens = book.follow::<Fair>(lead.fair).and_then(|fair| fair.opens_on);
    opens.unwrap_or_else(|| lead.id.made_at().date())
}

/// An amount of a lead in đồng, by the lead's own rate where it is foreign; none without a rate.
///
/// # Errors
/// When it is too large.
pub fn in_dong(lead: &Lead, amount: Money) -> Result<Option<Money>, MoneyFault> {
    if amount.currency == Currency::VND {
        return Ok(Some(amount));
    }
    let Some(rate) = lead.fx_rate.filter(|rate| rate.currency == Currency::VND) else { return Ok(None) };
    let unit = 10_i128.pow(amount.currency.minor_digits());
    let dong = i128::from(amount.minor) * i128::from(rate.minor) / unit;
    i64::try_from(dong).map(|dong| Some(Money::vnd(dong))).map_err(|_| MoneyFault::TooLarge)
}

/// A sum in đồng, and what it could not take in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum.
    pub sum: Money,
    /// The leads it was counted from.
    pub leads: Vec<Id>,
    /// The leads whose foreign amount has no rate.
    pub without_rate: Vec<Id>,
}

/// The sum of one amount of some leads.
///
/// # Errors
/// When amounts overflow.
pub fn total<'a>(
    leads: impl IntoIterator<Item = &'a Lead>,
    of: fn(&Lead) -> Option<Money>,
) -> Result<Total, MoneyFault> {
    let mut total = Total::default();
    for lead in leads {
        let Some(amount) = of(lead) else { continue };
        match in_dong(lead, amount)? {
            Some(dong) => {
                total.sum = total.sum.plus(dong)?;
                total.leads.push(lead.id);
            }
            None => total.without_rate.push(lead.id),
        }
    }
    Ok(total)
}

/// Meetings about a lead: each time somebody met face to face; of a fair's lead without any touch, the one at the stand.
#[must_use]
pub fn meetings(book: &Book, lead: &Lead) -> (usize, Vec<Id>) {
    let mut touches = book.pointing::<Touch>(lead.id).peekable();
    if touches.peek().is_none() {
        return (usize::from(lead.fair.is_some()), Vec::new());
    }
    let met = |touch: &&Touch| matches!(touch.means, TouchMeans::Meeting | TouchMeans::Stand | TouchMeans::Visit);
    let found: Vec<Id> = touches.filter(met).map(|touch| touch.id).collect();
    (found.len(), found)
}

/// The product group of a lead: of the product it is about, else of the business's first; none where nothing is known.
#[must_use]
pub fn group_of(book: &Book, lead: &Lead) -> Option<ProductGroup> {
    let products = || lead.business.into_iter().flat_map(|business| book.pointing::<Product>(business));
    let wanted = compact(lead.interest.as_str());
    let named = products().find(|product| !wanted.is_empty() && compact(product.name.as_str()) == wanted);
    named.or_else(|| products().next()).map(|product| product.group)
}

/// The market in which a lead's partner is: its country, or at home its city or province.
#[must_use]
pub fn market_of(book: &Book, lead: &Lead) -> Option<String> {
    let partner = book.follow::<Partner>(lead.partner)?;
    let place = if partner.country.is_empty() { &partner.city } else { &partner.country };
    (!place.is_empty()).then(|| compact(place.as_str()))
}

/// The first contract of each business in each market, over the whole book: these leads opened a new market.
#[must_use]
pub fn market_openers(book: &Book) -> BTreeSet<Id> {
    let mut first: BTreeMap<(Id, String), (Date, Id)> = BTreeMap::new();
    for lead in book.all::<Lead>().iter().filter(|lead| has_contract(lead) && lead.stage != LeadStage::Duplicate) {
        let (Some(business), Some(market)) = (lead.business, market_of(book, lead)) else { continue };
        let signed = (lead.signed_on.unwrap_or_else(|| day_of(book, lead)), lead.id);
        let earliest = first.entry((business, market)).or_insert(signed);
        *earliest = signed.min(*earliest);
    }
    first.into_values().map(|(_, lead)| lead).collect()
}
