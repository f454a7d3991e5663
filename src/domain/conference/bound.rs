//! How many meetings there can be at most, tier by tier, whatever the timetable.
//!
//! Without times the question is a choice of pairs in which everybody has at most so many: a flow. A flow of largest worth gives
//! both the pairs that a timetable should have and prices that prove that none can have more: [`Prices::bound`] holds for any
//! prices at all, so that the flow need not be trusted. Where all are there all day, a timetable for the pairs of the flow always
//! exists (a graph of two sides with at most so many edges at a point is coloured with so many colours, evenly), and so
//! the bound is reached.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::{Held, Pair, Person, Problem, TIERS};

const FAR: i128 = i128::MAX / 4;

/// The largest choice of pairs without times, and the bound that it proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// Whether each pair is chosen.
    pub chosen: Vec<bool>,
    /// No timetable has more, compared tier by tier.
    pub bound: Held,
}

/// What a meeting of each person and of the whole is priced at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// Of the buyers.
    pub buyers: Vec<i128>,
    /// Of the sellers.
    pub sellers: Vec<i128>,
    /// Of a table in a slot; not below zero.
    pub table: i128,
}

/// The most meetings of each person and of the whole, and what a meeting of each tier weighs.
#[derive(Clone, Debug)]
pub struct Limits {
    buyers: Vec<u32>,
    sellers: Vec<u32>,
    whole: u32,
    /// A tier weighs more than all meetings of the later ones together.
    weights: [i128; TIERS],
    /// What one unit of weight is worth beside the fairness of a choice.
    scale: i128,
}

impl Limits {
    /// The limits of a problem.
    #[must_use]
    pub fn new(problem: &Problem) -> Self {
        let mut of_buyer = vec![Vec::new(); problem.buyers.len()];
        let mut of_seller = vec![Vec::new(); problem.sellers.len()];
        for pair in &problem.pairs {
            let common = problem.common(pair);
            of_buyer[pair.buyer].push(common);
            of_seller[pair.seller].push(common);
        }
        let most = |people: &[Person], common: &[Vec<u64>]| -> Vec<u32> {
            people.iter().zip(common).map(|(person, common)| person.most.min(reachable(common))).collect()
        };
        let there = |people: &[Person], slot: usize| {
            let count = people.iter().filter(|person| person.there >> slot & 1 == 1).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let (buyers, sellers) = (most(&problem.buyers, &of_buyer), most(&problem.sellers, &of_seller));
        let whole = (0..problem.slots())
            .map(|slot| problem.tables[slot].min(there(&problem.buyers, slot)).min(there(&problem.sellers, slot)))
            .sum();
        let fairness: i128 = buyers.iter().chain(&sellers).map(|most| i128::from(*most) * i128::from(*most)).sum();
        Self { buyers, sellers, whole, weights: weights(&problem.pairs), scale: fairness + 1 }
    }

    /// The tiers of a weight that no timetable exceeds.
    fn tiers(&self, weight: i128) -> Held {
        let (mut rest, mut held) = (weight.max(0), [0; TIERS]);
        for (count, worth) in held.iter_mut().zip(self.weights) {
            if worth > 0 {
                *count = u32::try_from(rest / worth).unwrap_or(u32::MAX);
                rest %= worth;
            }
        }
        held
    }
}

/// What a meeting of each tier weighs; nothing where a tier has no pair.
fn weights(pairs: &[Pair]) -> [i128; TIERS] {
    let mut counts = [0_i128; TIERS];
    for pair in pairs {
        counts[pair.tier] += 1;
    }
    let (mut weights, mut later) = ([0; TIERS], 0_i128);
    for tier in (0..TIERS).rev().filter(|tier| counts[*tier] > 0) {
        weights[tier] = later + 1;
        later += counts[tier] * weights[tier];
    }
    weights
}

/// The most of these meetings that one person can have, each in one of its slots and no two at once.
fn reachable(common: &[u64]) -> u32 {
    fn seat(meeting: usize, common: &[u64], seen: &mut u64, taken: &mut [Option<usize>; 64]) -> bool {
        let mut open = common[meeting] & !*seen;
        while open != 0 {
            let slot = open.trailing_zeros() as usize;
            *seen |= 1 << slot;
            if taken[slot].is_none_or(|other| seat(other, common, seen, taken)) {
                taken[slot] = Some(meeting);
                return true;
            }
            open = common[meeting] & !*seen;
        }
        false
    }
    let mut taken = [None; 64];
    let count = (0..common.len()).filter(|meeting| seat(*meeting, common, &mut 0, &mut taken)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Prices {
    /// No timetable weighs more than this, whatever the prices: each person takes as many meetings as pay at their price, each
    /// pair is worth at most what it brings beyond its two prices and that of the table. In units of the scale of `limits`.
    #[must_use]
    pub fn bound(&self, problem: &Problem, limits: &Limits) -> i128 {
        let people = |prices: &[i128], most: &[u32]| -> i128 {
            let best = |(price, most): (&i128, &u32)| {
                (0..=*most).map(|count| i128::from(count) * price - uneven(count)).max().unwrap_or(0)
            };
            prices.iter().zip(most).map(best).sum()
        };
        let pairs: i128 = problem
            .pairs
            .iter()
            .filter(|pair| problem.common(pair) != 0)
            .map(|pair| {
                let worth = limits.weights[pair.tier] * limits.scale;
                (worth - self.buyers[pair.buyer] - self.sellers[pair.seller] - self.table).max(0)
            })
            .sum();
        people(&self.buyers, &limits.buyers)
            + people(&self.sellers, &limits.sellers)
            + i128::from(limits.whole) * self.table.max(0)
            + pairs
    }
}

/// What so many meetings of one person count against a choice: it grows faster than they do, so that many for one are
/// worse than some for each.
fn uneven(count: u32) -> i128 {
    i128::from(count) * i128::from(count)
}

/// The choice of pairs of largest worth, and the bound that its prices prove.
#[must_use]
pub fn relax(problem: &Problem) -> Relaxed {
    let limits = Limits::new(problem);
    let mut flow = Flow::new(problem, &limits);
    flow.fill();
    let prices = flow.prices();
    // The fairness that is subtracted is less than one unit of weight.
    let bound = limits.tiers(prices.bound(problem, &limits).div_euclid(limits.scale) + 1);
    let exact = limits.tiers(flow.weight());
    // Prices of whole numbers prove the flow to the unit; anything else only loosens the bound.
    let proved = prices.bound(problem, &limits) <= flow.weight() * limits.scale;
    Relaxed { chosen: flow.taken, bound: if proved { exact } else { bound } }
}

/// A flow from the buyers to the sellers; each unit of a person costs more than the one before.
struct Flow<'a> {
    problem: &'a Problem,
    limits: &'a Limits,
    taken: Vec<bool>,
    counts: [Vec<u32>; 2],
    whole: u32,
    /// The pairs of each person, buyers first.
    of: [Vec<Vec<usize>>; 2],
    /// The price of each node: buyers, sellers, and the sink; the source stands at zero.
    price: [Vec<i128>; 2],
    sink: i128,
}

/// A node of the flow but the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Buyer(usize),
    Seller(usize),
    Sink,
}

impl<'a> Flow<'a> {
    fn new(problem: &'a Problem, limits: &'a Limits) -> Self {
        let mut of = [vec![Vec::new(); problem.buyers.len()], vec![Vec::new(); problem.sellers.len()]];
        for (at, pair) in problem.pairs.iter().enumerate().filter(|(_, pair)| problem.common(pair) != 0) {
            of[0][pair.buyer].push(at);
            of[1][pair.seller].push(at);
        }
        let counts = [vec![0; problem.buyers.len()], vec![0; problem.sellers.len()]];
        // Buyers stand at zero; a seller at the dearest way to it, so that no way is cheaper than its prices.
        let worth = |at: &usize| limits.weights[problem.pairs[*at].tier] * limits.scale;
        let dearest = |pairs: &Vec<usize>| -pairs.iter().map(worth).max().unwrap_or(0);
        let sellers: Vec<i128> = of[1].iter().map(dearest).collect();
        let sink = sellers.iter().copied().min().unwrap_or(0);
        let price = [vec![0; problem.buyers.len()], sellers];
        Self { problem, limits, taken: vec![false; problem.pairs.len()], counts, whole: 0, of, price, sink }
    }

    fn weight(&self) -> i128 {
        let taken = self.problem.pairs.iter().zip(&self.taken).filter(|(_, taken)| **taken);
        taken.map(|(pair, _)| self.limits.weights[pair.tier]).sum()
    }

    fn prices(&self) -> Prices {
        let through = self.sink.min(0);
        Prices {
            buyers: self.price[0].clone(),
            sellers: self.price[1].iter().map(|price| through - price).collect(),
            table: -through,
        }
    }

    fn most(&self, side: usize, at: usize) -> u32 {
        if side == 0 { self.limits.buyers[at] } else { self.limits.sellers[at] }
    }

    /// What one more meeting of a person costs; none when they can have no more.
    fn next(&self, side: usize, at: usize) -> Option<i128> {
        let count = self.counts[side][at];
        (count < self.most(side, at)).then(|| uneven(count + 1) - uneven(count))
    }

    fn cost(&self, pair: usize) -> i128 {
        -self.limits.weights[self.problem.pairs[pair].tier] * self.limits.scale
    }

    /// Sends as much as pays, the cheapest ways first.
    fn fill(&mut self) {
        while self.whole < self.limits.whole && self.raise() {
            let mut sent = false;
            for buyer in 0..self.counts[0].len() {
                while self.whole < self.limits.whole
                    && self.next(0, buyer).is_some_and(|cost| cost == self.price[0][buyer])
                {
                    let mut seen = [vec![false; self.counts[0].len()], vec![false; self.counts[1].len()]];
                    if !self.send(buyer, &mut seen) {
                        break;
                    }
                    self.counts[0][buyer] += 1;
                    self.whole += 1;
                    sent = true;
                }
            }
            if !sent {
                break;
            }
        }
    }

    /// Sends one unit from a buyer to the sink along ways without reduced cost.
    fn send(&mut self, buyer: usize, seen: &mut [Vec<bool>; 2]) -> bool {
        seen[0][buyer] = true;
        for place in 0..self.of[0][buyer].len() {
            let pair = self.of[0][buyer][place];
            let seller = self.problem.pairs[pair].seller;
            let tight = self.cost(pair) + self.price[0][buyer] == self.price[1][seller];
            if self.taken[pair] || seen[1][seller] || !tight {
                continue;
            }
            seen[1][seller] = true;
            if self.next(1, seller).is_some_and(|cost| cost + self.price[1][seller] == self.sink) {
                self.counts[1][seller] += 1;
                self.taken[pair] = true;
                return true;
            }
            for place in 0..self.of[1][seller].len() {
                let back = self.of[1][seller][place];
                let other = self.problem.pairs[back].buyer;
                let tight = self.price[1][seller] - self.cost(back) == self.price[0][other];
                if self.taken[back] && !seen[0][other] && tight && self.send(other, seen) {
                    self.taken[back] = false;
                    self.taken[pair] = true;
                    return true;
                }
            }
        }
        false
    }

    /// Raises the prices to the shortest ways; false when no way to the sink pays any more.
    fn raise(&mut self) -> bool {
        let mut far = [vec![FAR; self.counts[0].len()], vec![FAR; self.counts[1].len()]];
        let mut to_sink = FAR;
        let mut open: BinaryHeap<Reverse<(i128, Node)>> = BinaryHeap::new();
        for (buyer, way) in far[0].iter_mut().enumerate() {
            if let Some(cost) = self.next(0, buyer) {
                *way = cost - self.price[0][buyer];
                open.push(Reverse((*way, Node::Buyer(buyer))));
            }
        }
        while let Some(Reverse((way, node))) = open.pop() {
            match node {
                Node::Sink => break,
                Node::Buyer(buyer) if way == far[0][buyer] => {
                    for pair in self.of[0][buyer].iter().filter(|pair| !self.taken[**pair]) {
                        let seller = self.problem.pairs[*pair].seller;
                        let next = way + self.cost(*pair) + self.price[0][buyer] - self.price[1][seller];
                        if next < far[1][seller] {
                            far[1][seller] = next;
                            open.push(Reverse((next, Node::Seller(seller))));
                        }
                    }
                }
                Node::Seller(seller) if way == far[1][seller] => {
                    for pair in self.of[1][seller].iter().filter(|pair| self.taken[**pair]) {
                        let buyer = self.problem.pairs[*pair].buyer;
                        let next = way - self.cost(*pair) + self.price[1][seller] - self.price[0][buyer];
                        if next < far[0][buyer] {
                            far[0][buyer] = next;
                            open.push(Reverse((next, Node::Buyer(buyer))));
                        }
                    }
                    if let Some(cost) = self.next(1, seller) {
                        let next = way + cost + self.price[1][seller] - self.sink;
                        if next < to_sink {
                            to_sink = next;
                            open.push(Reverse((next, Node::Sink)));
                        }
                    }
                }
                Node::Buyer(_) | Node::Seller(_) => {}
            }
        }
        // A way that costs pays no more: the prices rise to where it would cost nothing, and stand as the proof.
        let pays = to_sink < FAR && self.sink + to_sink < 0;
        let limit = if pays { to_sink } else { to_sink.min((-self.sink).max(0)) };
        for side in 0..2 {
            for (price, far) in self.price[side].iter_mut().zip(&far[side]) {
                *price += (*far).min(limit);
            }
        }
        self.sink += limit;
        pays
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_day(slots: usize, most: u32) -> Person {
        Person { there: (1 << slots) - 1, most }
    }

    fn problem(slots: usize, tables: u32, buyers: usize, sellers: usize, pairs: &[(usize, usize, usize)]) -> Problem {
        Problem {
            tables: vec![tables; slots],
            buyers: vec![all_day(slots, 64); buyers],
            sellers: vec![all_day(slots, 64); sellers],
            pairs: pairs
                .iter()
                .map(|(buyer, seller, tier)| Pair { buyer: *buyer, seller: *seller, tier: *tier })
                .collect(),
        }
    }

    #[test]
    fn the_first_tier_counts_before_any_number_of_the_second() {
        // One seller with one slot: the first tier takes it, though the other choice would have two meetings.
        let found = relax(&problem(1, 9, 2, 2, &[(0, 0, 0), (0, 1, 1), (1, 0, 1)]));
        assert_eq!((found.bound[0], found.bound[1]), (1, 0));
        assert_eq!(found.chosen, [true, false, false]);
    }

    #[test]
    fn tables_limit_the_whole() {
        let pairs: Vec<(usize, usize, usize)> = (0..4).flat_map(|b| (0..4).map(move |s| (b, s, 2))).collect();
        assert_eq!(relax(&problem(3, 2, 4, 4, &pairs)).bound[2], 6);
        assert_eq!(relax(&problem(3, 9, 4, 4, &pairs)).bound[2], 12);
    }

    #[test]
    fn meetings_are_shared_out() {
        // Five pairs for two of one tier: nobody gets both while another gets none.
        let found = relax(&problem(4, 1, 4, 1, &[(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0)]));
        assert_eq!(found.bound[0], 4);
        let found = relax(&problem(2, 1, 2, 2, &[(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0)]));
        let of_first = found.chosen[..2].iter().filter(|chosen| **chosen).count();
        assert_eq!((found.bound[0], of_first), (2, 1));
    }
}
