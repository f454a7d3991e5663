//! The scheme engine: from a case to a grant, with every step kept so that it prints the same years later.

mod calculate;
mod case;
pub mod rules;

use serde::{Deserialize, Serialize};

use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::base::words::Words;

pub use calculate::calculate;
pub use case::{Case, CostRow, case_of, stars_on};

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
    /// Its rate.
    pub rate: BasisPoints,
    /// What the applicant bears in all before support.
    pub cost: Money,
    /// The part of the cost on which the rate is taken.
    pub basis: Money,
    /// What is granted.
    pub grant: Money,
    /// What the applicant bears after support.
    pub own_share: Money,
    /// Every step in its order.
    pub steps: Vec<TraceStep>,
    /// Why nothing is granted: all reasons at once.
    pub barred: Vec<Words>,
}
