//! A timetable in the making: who is where in each slot, and the moves that keep every rule.

use super::problem::{Held, Problem, TIERS};

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Buyer,
    Seller,
}

/// A timetable that keeps every rule at any time.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub problem: &'a Problem,
    /// The slot of each pair.
    pub slot_of: Vec<Option<usize>>,
    /// The pair of each person in each slot.
    at: [Vec<Option<usize>>; 2],
    busy: [Vec<u64>; 2],
    pub used: Vec<u32>,
    pub held: Held,
    common: Vec<u64>,
}

impl<'a> State<'a> {
    pub fn new(problem: &'a Problem) -> Self {
        let slots = problem.slots();
        Self {
            problem,
            slot_of: vec![None; problem.pairs.len()],
            at: [vec![None; problem.buyers.len() * slots], vec![None; problem.sellers.len() * slots]],
            busy: [vec![0; problem.buyers.len()], vec![0; problem.sellers.len()]],
            used: vec![0; slots],
            held: [0; TIERS],
            common: problem.pairs.iter().map(|pair| problem.common(pair)).collect(),
        }
    }

    /// The slots in which both of a pair are there.
    pub fn common(&self, pair: usize) -> u64 {
        self.common[pair]
    }

    pub fn person(&self, side: Side, pair: usize) -> usize {
        match side {
            Side::Buyer => self.problem.pairs[pair].buyer,
            Side::Seller => self.problem.pairs[pair].seller,
        }
    }

    /// The pair of a person in a slot.
    pub fn meeting(&self, side: Side, person: usize, slot: usize) -> Option<usize> {
        self.at[side as usize][person * self.used.len() + slot]
    }

    pub fn busy(&self, side: Side, person: usize) -> u64 {
        self.busy[side as usize][person]
    }

    /// True when a person has as many meetings as they take.
    pub fn is_full(&self, side: Side, person: usize) -> bool {
        let most = match side {
            Side::Buyer => self.problem.buyers[person].most,
            Side::Seller => self.problem.sellers[person].most,
        };
        self.busy(side, person).count_ones() >= most
    }

    /// The slots in which a pair could meet without anybody else moving, tables left out of account.
    pub fn open(&self, pair: usize) -> u64 {
        let both = self.problem.pairs[pair];
        self.common[pair] & !self.busy[0][both.buyer] & !self.busy[1][both.seller]
    }

    /// Neither of the two has all the meetings they take.
    pub fn may_have_more(&self, pair: usize) -> bool {
        let both = self.problem.pairs[pair];
        !self.is_full(Side::Buyer, both.buyer) && !self.is_full(Side::Seller, both.seller)
    }

    pub fn has_table(&self, slot: usize) -> bool {
        self.used[slot] < self.problem.tables[slot]
    }

    pub fn put(&mut self, pair: usize, slot: usize) {
        let slots = self.used.len();
        let both = self.problem.pairs[pair];
        for (side, person) in [(0, both.buyer), (1, both.seller)] {
            self.at[side][person * slots + slot] = Some(pair);
            self.busy[side][person] |= 1 << slot;
        }
        self.used[slot] += 1;
        self.held[both.tier] += 1;
        self.slot_of[pair] = Some(slot);
    }

    pub fn take(&mut self, pair: usize) {
        let Some(slot) = self.slot_of[pair].take() else { return };
        let slots = self.used.len();
        let both = self.problem.pairs[pair];
        for (side, person) in [(0, both.buyer), (1, both.seller)] {
            self.at[side][person * slots + slot] = None;
            self.busy[side][person] &= !(1 << slot);
        }
        self.used[slot] -= 1;
        self.held[both.tier] -= 1;
    }

    /// The meetings that change slots between `from` and `to` when a person's meeting in `from` moves to `to`, where the person
    /// is free: theirs, the one that its other side has in `to`, and so on; none when somebody is away in the other slot. With
    /// them, by how many the meetings in `from` become fewer (or more, below zero).
    pub fn chain(&self, side: Side, person: usize, from: usize, to: usize) -> Option<(Vec<usize>, i32)> {
        let (mut side, mut person, mut here, mut there) = (side, person, from, to);
        let (mut moved, mut fewer) = (Vec::new(), 0);
        while let Some(pair) = self.meeting(side, person, here) {
            if self.common[pair] >> there & 1 == 0 {
                return None;
            }
            moved.push(pair);
            fewer += if here == from { 1 } else { -1 };
            side = if side == Side::Buyer { Side::Seller } else { Side::Buyer };
            person = self.person(side, pair);
            (here, there) = (there, here);
        }
        Some((moved, fewer))
    }

    /// True when the tables of both slots allow a chain, and `more` meetings in `from` after it.
    pub fn fits(&self, fewer: i32, more: u32, from: usize, to: usize) -> bool {
        let count = |slot: usize, change: i64| {
            let used = i64::from(self.used[slot]) + change;
            used <= i64::from(self.problem.tables[slot])
        };
        count(from, i64::from(more) - i64::from(fewer)) && count(to, i64::from(fewer))
    }

    /// Moves the meetings of a chain to the other one of two slots.
    pub fn flip(&mut self, moved: &[usize], one: usize, other: usize) {
        let old: Vec<Option<usize>> = moved.iter().map(|pair| self.slot_of[*pair]).collect();
        for pair in moved {
            self.take(*pair);
        }
        for (pair, old) in moved.iter().zip(old) {
            self.put(*pair, if old == Some(one) { other } else { one });
        }
    }

    /// How unevenly the meetings are shared out: the squares of everybody's number.
    pub fn unevenness(&self) -> u64 {
        let squares = |busy: &u64| u64::from(busy.count_ones()).pow(2);
        self.busy.iter().flatten().map(squares).sum()
    }
}

/// The slots of a set, the first first.
pub(super) fn slots_of(set: u64) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        if rest == 0 {
            return None;
        }
        let slot = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        Some(slot)
    })
}
