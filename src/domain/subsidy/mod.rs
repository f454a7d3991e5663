//! The scheme engine and what the book says to it: from a claim to a grant, with every step kept so that it prints the same
//! years later. There is one engine ([`rules`]); a scheme is written as a text or by its plain fields ([`plain_fields`]), a
//! case comes from a file or from the book ([`from_book`]).

pub mod from_book;
pub mod plain_fields;
pub mod rules;

use serde::{Deserialize, Serialize};

use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::text::Text;
use crate::base::words::Words;
use rules::{ItemResult, Outcome, PlainCase, Rules, compute};

pub use from_book::{BOOTH, case_of, stars_on};

/// One step of a calculation, as an appraisal sheet prints it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStep {
    /// What was done and why.
    pub words: Words,
    /// The amount after the step, where it has one.
    pub amount: Option<Money>,
}

/// The whole way from cost to grant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    /// The scheme version.
    pub scheme: Text,
    /// Its rate; with several items the first one's.
    pub rate: BasisPoints,
    /// What the applicant bears in all before support, tax included.
    pub cost: Money,
    /// The part of the cost on which the rates are taken.
    pub basis: Money,
    /// What is granted.
    pub grant: Money,
    /// What the applicant bears after support, tax included.
    pub own_share: Money,
    /// Every step in its order.
    pub steps: Vec<TraceStep>,
    /// Why nothing is granted: all reasons at once.
    pub barred: Vec<Words>,
    /// Item by item; none in what was frozen by an earlier version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemResult>,
    /// The cap per fair that applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
}

/// Computes a case under the rules of a scheme version, as a claim keeps it.
///
/// # Errors
/// When an amount overflows or is in another currency.
pub fn calculate(rules: &Rules, case: &PlainCase) -> Result<Calculation, MoneyFault> {
    let Outcome { grant, own_share, cost, cap, items, failed, trace, .. } = compute(rules, case)?;
    let basis = items.iter().try_fold(Money::new(0, grant.currency), |sum, item| sum.plus(item.basis))?;
    Ok(Calculation {
        scheme: Text::new(&rules.code),
        rate: items.first().map(|item| item.rate).unwrap_or_default(),
        cost,
        basis,
        grant,
        own_share,
        steps: trace,
        barred: failed.into_iter().map(|failed| failed.words).collect(),
        items,
        cap,
    })
}
