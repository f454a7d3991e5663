//! Somebody does not come, comes later, or leaves earlier: another timetable with as few changes as can be.
//!
//! Of the meetings that were planned as many are kept as can be, tier by tier; of the ways to do that the one that moves the fewest
//! is taken; only then are gaps filled with wishes that had found no place, and for those nobody moves.

use super::problem::{Held, Problem, TIERS};
use super::solve::{Effort, solve};
use super::state::{Side, State, slots_of};

/// The timetable after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replan {
    /// The slot of each pair of the problem.
    pub slot_of: Vec<Option<usize>>,
    /// Planned meetings that can no longer be, by tier.
    pub lost: Held,
    /// Planned meetings that go to another slot.
    pub moved: usize,
    /// True when it is proved that nobody could move less: every way was looked at.
    pub is_least: bool,
}

/// The timetable nearest to `planned` that keeps the rules of the problem, which already says who is there when.
#[must_use]
pub fn replan(problem: &Problem, planned: &[Option<usize>], effort: Effort) -> Replan {
    let mut state = State::new(problem);
    let (mut waiting, mut lost, mut crowded) = (Vec::new(), [0; TIERS], false);
    for (pair, slot) in planned.iter().enumerate() {
        let Some(slot) = *slot else { continue };
        let is_open = state.open(pair) >> slot & 1 == 1;
        if is_open && state.has_table(slot) && state.may_have_more(pair) {
            state.put(pair, slot);
        } else if state.common(pair) == 0 {
            lost[problem.pairs[pair].tier] += 1;
        } else {
            // With fewer tables than meetings, who gives way is not looked into.
            crowded |= is_open;
            waiting.push(pair);
        }
    }
    waiting.sort_by_key(|pair| std::cmp::Reverse(problem.pairs[*pair].tier));
    let fixed = vec![false; problem.pairs.len()];
    let mut nearest = Nearest { state, fixed, best: None, steps: effort.exact_steps };
    let whole = nearest.place(&mut waiting, lost, 0);
    let (lost, _, kept) = nearest.best.unwrap_or_else(|| (lost, 0, nearest.state.slot_of.clone()));
    let moved = kept.iter().zip(planned).filter(|(now, then)| now.is_some() && then.is_some() && now != then).count();
    let slot_of = filled(problem, &kept, effort);
    Replan { slot_of, lost, moved, is_least: whole && !crowded }
}

/// Every way to place those that wait, each at the cost of moving others, but for ways that cannot be better.
struct Nearest<'a> {
    state: State<'a>,
    /// Placed on the way here: not to be moved again.
    fixed: Vec<bool>,
    best: Option<(Held, usize, Vec<Option<usize>>)>,
    steps: u64,
}

impl Nearest<'_> {
    /// Places those that wait; false when the steps are used up.
    fn place(&mut self, waiting: &mut Vec<usize>, lost: Held, moved: usize) -> bool {
        let at_least = (lost, moved + waiting.len());
        if self.best.as_ref().is_some_and(|(known, moves, _)| at_least.0 > *known || at_least >= (*known, *moves)) {
            return true;
        }
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let Some(pair) = waiting.pop() else {
            self.best = Some((lost, moved, self.state.slot_of.clone()));
            return true;
        };
        let mut ways: Vec<(usize, Vec<usize>)> =
            slots_of(self.state.common(pair)).flat_map(|slot| self.ways(pair, slot)).collect();
        ways.sort_by_key(|(_, out)| out.len());
        // Crowded slots have many ways each.
        self.steps = self.steps.saturating_sub(u64::try_from(ways.len() / 16).unwrap_or(0));
        let mut whole = true;
        for (slot, out) in ways {
            let old: Vec<Option<usize>> = out.iter().map(|other| self.state.slot_of[*other]).collect();
            let before = waiting.len();
            for other in &out {
                self.state.take(*other);
                waiting.push(*other);
            }
            self.state.put(pair, slot);
            self.fixed[pair] = true;
            whole &= self.place(waiting, lost, moved + 1);
            self.fixed[pair] = false;
            self.state.take(pair);
            waiting.truncate(before);
            for (other, slot) in out.into_iter().zip(old) {
                if let Some(slot) = slot {
                    self.state.put(other, slot);
                }
            }
        }
        let mut without = lost;
        without[self.state.problem.pairs[pair].tier] += 1;
        whole &= self.place(waiting, without, moved);
        waiting.push(pair);
        whole
    }

    /// The ways to put a pair into a slot: who has to leave it. None where somebody would have to who was placed already.
    fn ways(&self, pair: usize, slot: usize) -> Vec<(usize, Vec<usize>)> {
        let out: Vec<usize> = [Side::Buyer, Side::Seller]
            .into_iter()
            .filter_map(|side| self.state.meeting(side, self.state.person(side, pair), slot))
            .collect();
        if out.iter().any(|other| self.fixed[*other]) {
            return Vec::new();
        }
        if !out.is_empty() || self.state.has_table(slot) {
            return vec![(slot, out)];
        }
        let buyers = 0..self.state.problem.buyers.len();
        let others = buyers.filter_map(|buyer| self.state.meeting(Side::Buyer, buyer, slot));
        others.filter(|other| !self.fixed[*other]).map(|other| (slot, vec![other])).collect()
    }
}

/// The same timetable with the gaps filled as well as can be, nobody moving.
fn filled(problem: &Problem, kept: &[Option<usize>], effort: Effort) -> Vec<Option<usize>> {
    let mut rest = problem.clone();
    for (pair, slot) in problem.pairs.iter().zip(kept) {
        let Some(slot) = *slot else { continue };
        rest.tables[slot] = rest.tables[slot].saturating_sub(1);
        for person in [&mut rest.buyers[pair.buyer], &mut rest.sellers[pair.seller]] {
            person.there &= !(1 << slot);
            person.most = person.most.saturating_sub(1);
        }
    }
    let open: Vec<usize> = (0..kept.len()).filter(|pair| kept[*pair].is_none()).collect();
    rest.pairs = open.iter().map(|pair| problem.pairs[*pair]).collect();
    let found = solve(&rest, effort);
    let mut slot_of = kept.to_vec();
    for (pair, slot) in open.into_iter().zip(found.slot_of) {
        slot_of[pair] = slot;
    }
    slot_of
}
