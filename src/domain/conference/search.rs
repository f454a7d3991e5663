//! Pairs into slots: each straight into a slot where both are free, else by a chain of exchanges between two slots, else in the
//! place of others that are put elsewhere. What was tried in vain weighs more the next time.

use crate::domain::placing::chance::Chance;

use super::problem::{Held, Problem};
use super::state::{Side, State, slots_of};

/// A search over timetables.
pub(super) struct Search<'a> {
    pub state: State<'a>,
    chance: Chance,
    /// How often a pair was put out.
    pushed: Vec<u32>,
    best: (Held, u64, Vec<Option<usize>>),
}

impl<'a> Search<'a> {
    pub fn new(problem: &'a Problem, seed: u64) -> Self {
        let state = State::new(problem);
        let best = (state.held, u64::MAX, state.slot_of.clone());
        Self { state, chance: Chance::new(seed), pushed: vec![0; problem.pairs.len()], best }
    }

    /// The best timetable so far.
    pub fn best(&self) -> (Held, &[Option<usize>]) {
        (self.best.0, &self.best.2)
    }

    fn keep_best(&mut self) {
        if self.state.held < self.best.0 {
            return;
        }
        let uneven = self.state.unevenness();
        if self.state.held > self.best.0 || uneven < self.best.1 {
            self.best = (self.state.held, uneven, self.state.slot_of.clone());
        }
    }

    /// Puts as many of these pairs as can be without putting others out; the rest comes back.
    pub fn insert_all(&mut self, mut pairs: Vec<usize>) -> Vec<usize> {
        let state = &self.state;
        pairs.sort_by_key(|pair| (state.problem.pairs[*pair].tier, state.common(*pair).count_ones(), *pair));
        pairs.retain(|pair| !self.insert(*pair));
        self.keep_best();
        pairs
    }

    /// Puts a pair without putting another out; false when it cannot be.
    fn insert(&mut self, pair: usize) -> bool {
        if self.state.slot_of[pair].is_some() {
            return true;
        }
        if !self.state.may_have_more(pair) {
            return false;
        }
        if let Some(slot) = slots_of(self.state.open(pair)).min_by_key(|slot| self.fullness(*slot))
            && (self.state.has_table(slot) || self.make_room(slot))
        {
            self.state.put(pair, slot);
            return true;
        }
        self.insert_by_chain(pair)
    }

    /// How little room the tables of a slot leave.
    fn fullness(&self, slot: usize) -> i64 {
        i64::from(self.state.used[slot]) - i64::from(self.state.problem.tables[slot])
    }

    /// Frees a table in a slot by a chain to another one.
    fn make_room(&mut self, slot: usize) -> bool {
        for to in (0..self.state.used.len()).filter(|to| *to != slot) {
            if !self.state.has_table(to) {
                continue;
            }
            for (side, count) in
                [(Side::Buyer, self.state.problem.buyers.len()), (Side::Seller, self.state.problem.sellers.len())]
            {
                for person in 0..count {
                    let starts = self.state.meeting(side, person, slot).is_some()
                        && self.state.busy(side, person) >> to & 1 == 0;
                    if starts && let Some((moved, 1)) = self.state.chain(side, person, slot, to) {
                        self.state.flip(&moved, slot, to);
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Frees one side in a slot in which the other is free, by exchanging that slot with one in which it is free itself.
    fn insert_by_chain(&mut self, pair: usize) -> bool {
        let both = self.state.problem.pairs[pair];
        let common = self.state.common(pair);
        for (side, person, other_side, other) in
            [(Side::Seller, both.seller, Side::Buyer, both.buyer), (Side::Buyer, both.buyer, Side::Seller, both.seller)]
        {
            // The person has a meeting in `slot`, in which the other is free, and none in `to`.
            let wanted = common & !self.state.busy(other_side, other) & self.state.busy(side, person);
            let there = if side == Side::Seller {
                self.state.problem.sellers[person].there
            } else {
                self.state.problem.buyers[person].there
            };
            let free = there & !self.state.busy(side, person) & all(self.state.used.len());
            for slot in slots_of(wanted) {
                for to in slots_of(free) {
                    if let Some((moved, fewer)) = self.state.chain(side, person, slot, to)
                        && self.state.fits(fewer, 1, slot, to)
                    {
                        self.state.flip(&moved, slot, to);
                        self.state.put(pair, slot);
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Goes on for so many steps, or until the goal is reached: a pair that is out takes the place of those that matter least
    /// and were put out least often, and these are put elsewhere.
    pub fn improve(&mut self, waiting: Vec<usize>, goal: &Held, steps: u64) {
        let mut waiting = waiting;
        let mut since_best = 0_u64;
        let mut known = self.best.0;
        for _ in 0..steps {
            if self.best.0 >= *goal || waiting.is_empty() {
                return;
            }
            let place = self.next_of(&waiting, goal);
            let pair = waiting.swap_remove(place);
            if !self.insert(pair) {
                match self.cheapest(pair) {
                    Some((slot, out)) => {
                        for other in out {
                            self.state.take(other);
                            self.pushed[other] += 1;
                            waiting.push(other);
                        }
                        self.state.put(pair, slot);
                    }
                    None => waiting.push(pair),
                }
            }
            self.keep_best();
            since_best = if self.best.0 > known { 0 } else { since_best + 1 };
            known = self.best.0;
            if since_best > 4_000 {
                self.go_back(&mut waiting);
                since_best = 0;
            }
        }
    }

    /// Begins again from the best timetable.
    fn go_back(&mut self, waiting: &mut Vec<usize>) {
        let best = self.best.2.clone();
        for pair in 0..best.len() {
            self.state.take(pair);
        }
        for (pair, slot) in best.iter().enumerate() {
            if let Some(slot) = slot {
                self.state.put(pair, *slot);
            }
        }
        waiting.retain(|pair| self.state.slot_of[*pair].is_none());
        for (pair, slot) in best.iter().enumerate() {
            if slot.is_none() && !waiting.contains(&pair) && self.pushed[pair] > 0 {
                waiting.push(pair);
            }
        }
        self.pushed.iter_mut().for_each(|pushed| *pushed /= 2);
    }

    /// The place of a waiting pair, most often one of a tier that is short of the goal.
    fn next_of(&mut self, waiting: &[usize], goal: &Held) -> usize {
        let short = (0..goal.len()).find(|tier| self.state.held[*tier] < goal[*tier]);
        let tries = 6.min(waiting.len());
        let mut best = self.chance.below(waiting.len());
        for _ in 0..tries {
            let place = self.chance.below(waiting.len());
            let tier = |place: usize| self.state.problem.pairs[waiting[place]].tier;
            let away = |place: usize| short.map_or(0, |short| tier(place).abs_diff(short));
            if (away(place), tier(place)) < (away(best), tier(best)) {
                best = place;
            }
        }
        best
    }

    /// The slot in which a pair puts out what matters least, and what that is.
    fn cheapest(&mut self, pair: usize) -> Option<(usize, Vec<usize>)> {
        let both = self.state.problem.pairs[pair];
        let mut found = None;
        let takes = self.state.problem.buyers[both.buyer].most.min(self.state.problem.sellers[both.seller].most);
        for slot in slots_of(self.state.common(pair)).take_while(|_| takes > 0) {
            let mut out: Vec<usize> = [(Side::Buyer, both.buyer), (Side::Seller, both.seller)]
                .into_iter()
                .filter_map(|(side, person)| self.state.meeting(side, person, slot))
                .collect();
            for (side, person) in [(Side::Buyer, both.buyer), (Side::Seller, both.seller)] {
                let leaves = out.iter().any(|other| self.state.person(side, *other) == person);
                if self.state.is_full(side, person) && !leaves {
                    out.extend(self.weakest_of(side, person));
                }
            }
            let leaves = out.iter().any(|other| self.state.slot_of[*other] == Some(slot));
            if !leaves && !self.state.has_table(slot) {
                out.extend(self.weakest_in(slot));
            }
            out.dedup();
            let mut tiers: Vec<usize> = out.iter().map(|other| 99 - self.state.problem.pairs[*other].tier).collect();
            tiers.sort_unstable_by(|one, other| other.cmp(one));
            let weight =
                out.iter().map(|other| u64::from(self.pushed[*other]) * 8).sum::<u64>() + self.chance.next() % 8;
            let worth = (if self.chance.percent(70) { tiers } else { Vec::new() }, weight);
            if found.as_ref().is_none_or(|(known, _)| worth < *known) {
                found = Some((worth, (slot, out)));
            }
        }
        found.map(|(_, cheapest)| cheapest)
    }

    fn weakest_of(&self, side: Side, person: usize) -> Option<usize> {
        let own = slots_of(self.state.busy(side, person)).filter_map(|slot| self.state.meeting(side, person, slot));
        own.max_by_key(|pair| (self.state.problem.pairs[*pair].tier, std::cmp::Reverse(self.pushed[*pair])))
    }

    fn weakest_in(&self, slot: usize) -> Option<usize> {
        let buyers = 0..self.state.problem.buyers.len();
        let meetings = buyers.filter_map(|buyer| self.state.meeting(Side::Buyer, buyer, slot));
        meetings.max_by_key(|pair| (self.state.problem.pairs[*pair].tier, std::cmp::Reverse(self.pushed[*pair])))
    }
}

/// The set of the first so many slots.
pub(super) const fn all(slots: usize) -> u64 {
    if slots >= 64 { u64::MAX } else { (1 << slots) - 1 }
}
