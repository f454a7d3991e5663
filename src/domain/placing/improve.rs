//! Changes that make a plan better, whoever made it: free booths filled, better bundles, exchanges, and those who gain most put
//! where they would be. No higher tier is ever the price of a lower one.

use super::Plan;
use super::problem::Problem;
use super::what_if::{Change, Key, Trial, WhatIf, added, less};

/// So many firms are put where they gain most.
const FORCED: usize = 24;

impl WhatIf<'_> {
    /// Moves and exchanges that make the plan better, the best first. Each stands for itself, and no two of them touch the same
    /// firm or booth.
    #[must_use]
    pub fn improvements(&self, most: usize) -> Vec<Change> {
        let holders = self.plan.holders(self.problem.spots.len());
        let mut found: Vec<Change> = Vec::new();
        for booth in (0..holders.len()).filter(|booth| holders[*booth].is_none() && self.is_open(*booth)) {
            found.extend(self.fill(booth, 2));
        }
        found.extend(self.better_bundles(&holders));
        found.extend(self.exchanges());
        found.extend(self.forced());
        found.retain(|change| change.is_better(self.problem));
        found.sort_by(|one, two| {
            two.after.compare(&one.after, &self.problem.order).then(one.moved.len().cmp(&two.moved.len()))
        });
        let mut kept: Vec<Change> = Vec::new();
        for change in found {
            if kept.len() < most && !kept.iter().any(|other| other.touches(&change)) {
                kept.push(change);
            }
        }
        kept
    }

    /// For each firm of several booths that may move the best bundle that is free.
    fn better_bundles(&self, holders: &[Option<usize>]) -> Vec<Change> {
        let firms = self.problem.firms.iter().enumerate();
        let movable = firms.filter(|(_, firm)| firm.booths > 1 && firm.pinned.is_empty()).map(|(firm, _)| firm);
        let best = movable.filter_map(|firm| {
            let is_free = |booths: &[usize]| booths.iter().all(|booth| holders[*booth].is_none_or(|by| by == firm));
            let bundles = self.columns.of_firm(firm).map(|column| self.columns.booths(column));
            let bundles = bundles.map(|booths| booths.iter().map(|booth| *booth as usize).collect::<Vec<usize>>());
            let free = bundles.filter(|booths| is_free(booths));
            let best = free.max_by_key(|booths| self.key(&self.share(self.plan, firm, booths)))?;
            let mut plan = self.plan.clone();
            plan.spots[firm] = best;
            Some(self.change(plan))
        });
        best.collect()
    }

    /// Two firms that change places, where both may stand on the other's booths; those that promise most.
    fn exchanges(&self) -> Vec<Change> {
        let trial = Trial::new(self, self.plan, &[]);
        let mut swaps: Vec<(Key, usize, usize)> = Vec::new();
        let movable: Vec<(usize, usize)> =
            (0..self.plan.spots.len()).filter_map(|firm| Some((firm, trial.movable(firm)?))).collect();
        for (at, (one, here)) in movable.iter().enumerate() {
            for (two, there) in &movable[at + 1..] {
                let (Some(forth), Some(back)) = (trial.on(*one, *there), trial.on(*two, *here)) else { continue };
                let now = added(trial.own(*one), trial.own(*two));
                swaps.push((less(added(forth, back), now), *one, *two));
            }
        }
        let several: Vec<usize> = (0..self.plan.spots.len())
            .filter(|firm| self.plan.spots[*firm].len() > 1 && self.problem.firms[*firm].pinned.is_empty())
            .collect();
        for (at, one) in several.iter().enumerate() {
            for two in &several[at + 1..] {
                let (here, there) = (&self.plan.spots[*one], &self.plan.spots[*two]);
                if self.columns.find(*one, there).is_some() && self.columns.find(*two, here).is_some() {
                    let value = |firm: usize, booths: &[usize]| self.key(&self.share(self.plan, firm, booths));
                    let now = added(value(*one, here), value(*two, there));
                    swaps.push((less(added(value(*one, there), value(*two, here)), now), *one, *two));
                }
            }
        }
        swaps.retain(|(gain, ..)| *gain > Key::default());
        swaps.sort_unstable_by(|one, two| two.cmp(one));
        let swapped = swaps.into_iter().take(50).map(|(_, one, two)| {
            let mut plan = self.plan.clone();
            plan.spots.swap(one, two);
            self.change(plan)
        });
        swapped.collect()
    }

    /// Those who would gain most by other booths are put there, whoever has to give way; a few, because each is a search.
    fn forced(&self) -> Vec<Change> {
        let firms = self.problem.firms.iter().enumerate();
        let movable = firms.filter(|(_, firm)| firm.pinned.is_empty()).map(|(firm, _)| firm);
        let mut dearest: Vec<(Key, usize, Vec<usize>)> = movable
            .filter_map(|firm| {
                let own = self.plan.spots.get(firm)?;
                let here = self.key(&self.share(self.plan, firm, own));
                let bundles = self.columns.of_firm(firm).map(|column| self.columns.booths(column));
                let bundles = bundles.map(|booths| booths.iter().map(|booth| *booth as usize).collect::<Vec<usize>>());
                let gains = bundles.map(|booths| (less(self.key(&self.share(self.plan, firm, &booths)), here), booths));
                gains.max().map(|(gain, booths)| (gain, firm, booths)).filter(|(gain, ..)| *gain > Key::default())
            })
            .collect();
        dearest.sort_unstable_by(|one, two| two.cmp(one));
        dearest.truncate(FORCED);
        let ways = dearest.into_iter().filter_map(|(_, firm, booths)| self.pin(firm, &booths, 3).ok()?.pop());
        ways.collect()
    }
}

/// The plan made better by the best change again and again, until none is found or so many were made.
#[must_use]
pub fn improved(problem: &Problem, plan: &Plan, most: usize) -> Plan {
    let mut plan = plan.clone();
    for _ in 0..most {
        let Some(next) = WhatIf::new(problem, &plan).improvements(1).pop() else { break };
        plan = next.plan;
    }
    plan
}
