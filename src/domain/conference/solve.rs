//! The best timetable that is found, and what is proved of it.

use crate::choices;

use super::bound::relax;
use super::exact;
use super::problem::{Held, Problem};
use super::search::Search;

/// How hard it is looked for; the same effort gives the same timetable.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The seed of chance.
    pub seed: u64,
    /// The steps of exchanges where not everything that the bound allows fits at once.
    pub steps: u64,
    /// The steps of looking at every timetable of a small conference.
    pub exact_steps: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { seed: 1, steps: 60_000, exact_steps: 200_000 }
    }
}

choices! {
    /// What is proved of a timetable.
    Proof {
        Open = "open" ("chưa chứng minh", "not proved"),
        Bound = "bound" ("đạt cận trên, không thể hơn", "reaches the bound, none can be better"),
        Everything = "everything" ("đã xét mọi cách, không thể hơn", "every way was looked at, none can be better"),
    }
}

/// A timetable with its bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The slot of each pair of the problem.
    pub slot_of: Vec<Option<usize>>,
    /// The meetings by tier.
    pub held: Held,
    /// No timetable has more, compared tier by tier.
    pub bound: Held,
    /// What is proved.
    pub proof: Proof,
}

/// Looks for the best timetable.
#[must_use]
pub fn solve(problem: &Problem, effort: Effort) -> Solution {
    let relaxed = relax(problem);
    let chosen = |wanted: bool| -> Vec<usize> {
        (0..problem.pairs.len()).filter(|pair| relaxed.chosen[*pair] == wanted).collect()
    };
    let mut search = Search::new(problem, effort.seed);
    let left = search.insert_all(chosen(true));
    let mut waiting = search.insert_all(chosen(false));
    waiting.extend(left);
    search.improve(waiting, &relaxed.bound, effort.steps);
    let (held, slot_of) = search.best();
    let mut slot_of = slot_of.to_vec();
    let mut proof = if held >= relaxed.bound { Proof::Bound } else { Proof::Open };
    if proof == Proof::Open {
        let (better, whole) = exact::search(problem, held, relaxed.bound, effort.exact_steps);
        slot_of = better.unwrap_or(slot_of);
        if whole {
            proof = Proof::Everything;
        }
    }
    let held = problem.held(&slot_of);
    if held >= relaxed.bound {
        proof = Proof::Bound;
    }
    Solution { slot_of, held, bound: relaxed.bound, proof }
}
