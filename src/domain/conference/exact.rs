//! Every timetable of a small problem, but for those that cannot be better than the best known one.

use super::problem::{Held, Problem};
use super::state::{State, slots_of};

struct Everything<'a> {
    state: State<'a>,
    /// The pairs in the order in which they are decided.
    order: Vec<usize>,
    /// How many pairs of each tier are still to be decided, by the place in the order.
    rest: Vec<Held>,
    best: (Held, Option<Vec<Option<usize>>>),
    steps: u64,
}

/// A timetable better than `known`, and whether all were looked at: then there is none better than what comes back. Ends after so
/// many steps.
pub(super) fn search(problem: &Problem, known: Held, goal: Held, steps: u64) -> (Option<Vec<Option<usize>>>, bool) {
    let state = State::new(problem);
    let mut order: Vec<usize> = (0..problem.pairs.len()).filter(|pair| state.common(*pair) != 0).collect();
    order.sort_by_key(|pair| (problem.pairs[*pair].tier, state.common(*pair).count_ones()));
    let mut rest = vec![[0; super::problem::TIERS]; order.len() + 1];
    for (place, pair) in order.iter().enumerate().rev() {
        rest[place] = rest[place + 1];
        rest[place][problem.pairs[*pair].tier] += 1;
    }
    let mut all = Everything { state, order, rest, best: (known, None), steps };
    let whole = all.decide(0, &goal);
    (all.best.1, whole)
}

impl Everything<'_> {
    /// Decides the pair at this place and those after it; false when the steps are used up.
    fn decide(&mut self, place: usize, goal: &Held) -> bool {
        if self.best.0 >= *goal {
            return true;
        }
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let mut most = self.state.held;
        for (most, rest) in most.iter_mut().zip(self.rest[place]) {
            *most += rest;
        }
        if most <= self.best.0 {
            return true;
        }
        let Some(pair) = self.order.get(place).copied() else {
            self.best = (self.state.held, Some(self.state.slot_of.clone()));
            return true;
        };
        if self.state.may_have_more(pair) {
            for slot in slots_of(self.state.open(pair)) {
                if !self.state.has_table(slot) {
                    continue;
                }
                self.state.put(pair, slot);
                let whole = self.decide(place + 1, goal);
                self.state.take(pair);
                if !whole {
                    return false;
                }
            }
        }
        self.decide(place + 1, goal)
    }
}
