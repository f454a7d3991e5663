//! What would follow from one change: a firm pinned to booths, a booth forbidden, a newcomer, a cancellation. The answer moves as
//! few firms as it can: chains along which each takes the booth of the next, and what they gain and cost in each tier.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::Plan;
use super::columns::{Columns, obstacle};
use super::problem::{Problem, Standing};
use super::score::{Score, Tier, score};
use super::ties::Ties;
use crate::base::words::Words;
use crate::say;

/// A firm that stands elsewhere afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub firm: usize,
    /// The booths it had.
    pub from: Vec<usize>,
    /// The booths it has now; none when it lost its place.
    pub to: Vec<usize>,
}

/// Another plan, and what it gains and costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The plan afterwards.
    pub plan: Plan,
    /// Who moves.
    pub moved: Vec<Moved>,
    /// The value before.
    pub before: Score,
    /// The value afterwards, evaluated from scratch.
    pub after: Score,
}

impl Change {
    /// What changes in a tier.
    #[must_use]
    pub const fn by(&self, tier: Tier) -> i64 {
        self.after.get(tier) - self.before.get(tier)
    }

    /// True when both concern the same firm or booth.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        let booths = |moved: &Moved| moved.from.iter().chain(&moved.to).copied().collect::<Vec<usize>>();
        let theirs: BTreeSet<usize> = other.moved.iter().flat_map(booths).collect();
        self.moved.iter().any(|moved| {
            booths(moved).iter().any(|booth| theirs.contains(booth))
                || other.moved.iter().any(|other| other.firm == moved.firm)
        })
    }

    /// True when the plan is better afterwards.
    #[must_use]
    pub fn is_better(&self, problem: &Problem) -> bool {
        self.after.compare(&self.before, &problem.order).is_gt()
    }
}

pub(super) fn name(problem: &Problem, firm: usize) -> &str {
    problem.firms.get(firm).map_or("?", |firm| firm.name.as_str())
}

pub(super) fn codes(problem: &Problem, spots: &[usize]) -> String {
    let codes: Vec<&str> = spots.iter().filter_map(|spot| Some(problem.spots.get(*spot)?.code.as_str())).collect();
    codes.join(", ")
}

/// A value in the fair's order of tiers: compared from the front, added place by place.
pub(super) type Key = [i64; Tier::COUNT];

/// The values of a firm by booth; none where it may not stand.
pub(super) type Row = Rc<[Option<Key>]>;

/// No chain is longer than this.
const LONGEST: usize = 6;

/// A plan to which changes are tried.
pub struct WhatIf<'a> {
    /// The fair.
    pub problem: &'a Problem,
    /// The plan as it is.
    pub plan: &'a Plan,
    /// Every bundle that each firm may have.
    pub columns: Columns,
    /// The value of the plan.
    pub score: Score,
    ties: Ties,
}

impl std::fmt::Debug for WhatIf<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("WhatIf").field("score", &self.score).finish_non_exhaustive()
    }
}

impl<'a> WhatIf<'a> {
    /// Prepares a sound problem and a plan for it.
    #[must_use]
    pub fn new(problem: &'a Problem, plan: &'a Plan) -> Self {
        Self { problem, plan, columns: Columns::of(problem), score: score(problem, plan), ties: Ties::of(problem) }
    }

    /// The rivals that stand near these booths, were the firm on them.
    #[must_use]
    pub fn rivals_near(&self, firm: usize, booths: &[usize]) -> Vec<usize> {
        self.ties.rivals_near(self.problem, self.plan, firm, booths)
    }

    /// The partners that stand beside these booths, were the firm on them.
    #[must_use]
    pub fn partners_beside(&self, firm: usize, booths: &[usize]) -> Vec<usize> {
        self.ties.partners_beside(self.problem, self.plan, firm, booths)
    }

    /// What a firm adds to the value of a plan by standing on these booths, all others being where they are.
    #[must_use]
    pub fn share(&self, plan: &Plan, firm: usize, booths: &[usize]) -> Score {
        self.ties.share(self.problem, plan, firm, booths)
    }

    pub(super) fn key(&self, score: &Score) -> Key {
        let mut key = [0; Tier::COUNT];
        for (slot, tier) in key.iter_mut().zip(&self.problem.order) {
            *slot = score.get(*tier);
        }
        key
    }

    pub(super) fn change(&self, plan: Plan) -> Change {
        let booths = |plan: &Plan, firm: usize| plan.spots.get(firm).cloned().unwrap_or_default();
        let moved = self
            .plan
            .moved(&plan)
            .into_iter()
            .map(|firm| Moved { firm, from: booths(self.plan, firm), to: booths(&plan, firm) })
            .collect();
        let after = score(self.problem, &plan);
        Change { plan, moved, before: self.score, after }
    }

    /// Keeps, of changes with ever longer chains, those that are worth their further moves.
    fn worth_their_moves(&self, changes: impl Iterator<Item = Change>) -> Vec<Change> {
        let mut kept: Vec<Change> = Vec::new();
        let mut changes: Vec<Change> = changes.collect();
        changes.sort_by_key(|change| change.moved.len());
        for change in changes {
            let best = kept.last();
            if best.is_none_or(|best| change.after.compare(&best.after, &self.problem.order).is_gt()) {
                if best.is_some_and(|best| best.moved.len() == change.moved.len()) {
                    kept.pop();
                }
                kept.push(change);
            }
        }
        kept
    }

    /// A firm put on these booths, whoever stands there now: the ways to go on with ever longer chains, each better than those
    /// with fewer moves.
    ///
    /// # Errors
    /// In words, when the firm may not have these booths.
    pub fn pin(&self, firm: usize, booths: &[usize], most: usize) -> Result<Vec<Change>, Words> {
        let mut booths = booths.to_vec();
        booths.sort_unstable();
        booths.dedup();
        self.may_have(firm, &booths)?;
        let mut plan = self.plan.clone();
        let mut homeless = Vec::new();
        for (other, theirs) in plan.spots.iter_mut().enumerate() {
            if other != firm && theirs.iter().any(|spot| booths.contains(spot)) {
                theirs.clear();
                homeless.push(other);
            }
        }
        if let Some(own) = plan.spots.get_mut(firm) {
            own.clone_from(&booths);
        }
        Ok(self.reseat(&plan, &homeless, &[firm], most))
    }

    fn may_have(&self, firm: usize, booths: &[usize]) -> Result<(), Words> {
        let Some(own) = self.problem.firms.get(firm) else {
            return Err(say!("Không có đơn vị này.", "There is no such firm."));
        };
        let numbers: Vec<u32> = booths.iter().filter_map(|booth| u32::try_from(*booth).ok()).collect();
        let (who, where_to) = (&own.name, codes(self.problem, booths));
        if booths.iter().any(|booth| *booth >= self.problem.spots.len()) {
            return Err(say!("Không có gian này.", "There is no such booth."));
        }
        match obstacle(self.problem, firm, &numbers) {
            None => Ok(()),
            Some(why) => {
                let why = why.words();
                Err(say!("{who} không đứng được ở {where_to}: {}.", "{who} cannot stand on {where_to}: {}."; why))
            }
        }
    }

    /// The ways to use a free booth, with ever longer chains; nothing when leaving it free is best.
    #[must_use]
    pub fn fill(&self, booth: usize, most: usize) -> Vec<Change> {
        let changes = (1..=most.min(LONGEST)).map(|most| self.change(self.filled(self.plan, booth, &[], most)));
        let kept = self.worth_their_moves(changes);
        kept.into_iter().filter(|change| change.is_better(self.problem)).collect()
    }

    pub(super) fn is_open(&self, booth: usize) -> bool {
        self.problem.spots.get(booth).is_some_and(|spot| spot.standing == Standing::Free)
    }

    /// Finds places for the homeless with chains of at most `1..=most` moves each.
    fn reseat(&self, plan: &Plan, homeless: &[usize], stays: &[usize], most: usize) -> Vec<Change> {
        self.worth_their_moves(
            (1..=most.clamp(1, LONGEST)).map(|most| self.change(self.seated(plan, homeless, stays, most))),
        )
    }

    fn seated(&self, plan: &Plan, homeless: &[usize], stays: &[usize], most: usize) -> Plan {
        let mut plan = plan.clone();
        let mut stays = stays.to_vec();
        let size = |firm: &usize| self.problem.firms.get(*firm).map_or((0, 0), |firm| (firm.booths, firm.priority));
        let mut waiting: BTreeSet<((usize, i64), usize)> = homeless.iter().map(|firm| (size(firm), *firm)).collect();
        while let Some((_, firm)) = waiting.pop_last() {
            if self.problem.firms.get(firm).is_some_and(|firm| firm.booths == 1) {
                plan = self.chain(&plan, firm, &stays, most);
            } else if let Some((booths, out)) = self.several(&plan, firm, &stays) {
                for other in out {
                    plan.spots[other].clear();
                    waiting.insert((size(&other), other));
                }
                plan.spots[firm] = booths;
                stays.push(firm);
            }
        }
        plan
    }

    /// The best bundle for a firm of several booths, and the firms of one booth that it drives out.
    fn several(&self, plan: &Plan, firm: usize, stays: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
        let trial = Trial::new(self, plan, stays);
        let mut best: Option<(Key, Vec<usize>, Vec<usize>)> = None;
        for column in self.columns.of_firm(firm) {
            let booths: Vec<usize> = self.columns.booths(column).iter().map(|booth| *booth as usize).collect();
            let out: Vec<usize> = booths.iter().filter_map(|booth| trial.holders[*booth]).collect();
            if out.iter().any(|other| trial.movable(*other).is_none()) {
                continue;
            }
            let value = out
                .iter()
                .fold(self.key(&self.share(plan, firm, &booths)), |value, other| less(value, trial.own(*other)));
            if best.as_ref().is_none_or(|(known, ..)| value > *known) {
                best = Some((value, booths, out));
            }
        }
        best.map(|(_, booths, out)| (booths, out))
    }

    /// The best chain that gives a firm of one booth a place: it takes a booth, whose holder takes another, and so on to a free
    /// one. When none is worth it the firm stays without.
    fn chain(&self, plan: &Plan, firm: usize, stays: &[usize], most: usize) -> Plan {
        let trial = Trial::new(self, plan, stays);
        let mut links = vec![Link { firm, booth: usize::MAX, value: Key::default(), before: None }];
        let mut front = vec![0];
        let mut best: (Key, usize, Option<usize>) = (Key::default(), 0, None);
        for _ in 0..most {
            let mut next: Vec<Option<usize>> = vec![None; plan.spots.len()];
            for at in front {
                let Link { firm, value, .. } = links[at];
                for (booth, worth) in trial.choices(firm) {
                    let value = added(value, worth);
                    if is_on(&links, at, booth) {
                        continue;
                    }
                    let Some(holder) = trial.holders[booth] else {
                        if value > best.0 {
                            best = (value, at, Some(booth));
                        }
                        continue;
                    };
                    let value = less(value, trial.own(holder));
                    let is_worse = next[holder].is_some_and(|known| links[known].value >= value);
                    if is_worse || trial.movable(holder).is_none() {
                        continue;
                    }
                    links.push(Link { firm: holder, booth, value, before: Some(at) });
                    next[holder] = Some(links.len() - 1);
                    if value > best.0 {
                        best = (value, links.len() - 1, None);
                    }
                }
            }
            front = next.into_iter().flatten().collect();
        }
        let mut plan = plan.clone();
        let (_, mut at, end) = best;
        let mut booth = end.map_or_else(Vec::new, |booth| vec![booth]);
        loop {
            let link = &links[at];
            plan.spots[link.firm] = booth;
            booth = vec![link.booth];
            match link.before {
                Some(before) => at = before,
                None => return plan,
            }
        }
    }

    /// The best chain into a free booth: somebody takes it, another takes the booth left behind, and so on; it ends where somebody
    /// without a place is given one, or a booth is left free.
    fn filled(&self, plan: &Plan, booth: usize, stays: &[usize], most: usize) -> Plan {
        let trial = Trial::new(self, plan, stays);
        if booth >= trial.holders.len() || trial.holders[booth].is_some() || !self.is_open(booth) {
            return plan.clone();
        }
        let mut links = vec![Link { firm: usize::MAX, booth, value: Key::default(), before: None }];
        let mut front = vec![0];
        let mut best = (Key::default(), 0);
        for _ in 0..most {
            let mut next: Vec<Option<usize>> = vec![None; trial.holders.len()];
            for at in front {
                let Link { booth, value, .. } = links[at];
                for firm in 0..plan.spots.len() {
                    let (placed, lost) = match trial.movable(firm) {
                        Some(own) if own != booth && !is_on(&links, at, own) => (Some(own), trial.own(firm)),
                        None if trial.is_waiting(firm) && !has_moved(&links, at, firm) => (None, Key::default()),
                        _ => continue,
                    };
                    let Some(worth) = trial.on(firm, booth) else { continue };
                    let value = less(added(value, worth), lost);
                    let is_shorter =
                        placed.is_some_and(|own| next[own].is_some_and(|known| links[known].value >= value));
                    if is_shorter || (placed.is_none() && value <= best.0) {
                        continue;
                    }
                    links.push(Link { firm, booth: placed.unwrap_or(usize::MAX), value, before: Some(at) });
                    if let Some(own) = placed {
                        next[own] = Some(links.len() - 1);
                    }
                    if value > best.0 {
                        best = (value, links.len() - 1);
                    }
                }
            }
            front = next.into_iter().flatten().collect();
        }
        let mut plan = plan.clone();
        let mut at = best.1;
        while let Some(before) = links[at].before {
            plan.spots[links[at].firm] = vec![links[before].booth];
            at = before;
        }
        let several = self.with_several(trial.plan.clone(), booth, stays);
        let is_better = score(self.problem, &several).compare(&score(self.problem, &plan), &self.problem.order).is_gt();
        if is_better { several } else { plan }
    }

    /// A waiting firm of several booths takes a bundle that has become free with this booth.
    fn with_several(&self, mut plan: Plan, booth: usize, stays: &[usize]) -> Plan {
        let holders = plan.holders(self.problem.spots.len());
        let waiting = (0..plan.spots.len())
            .filter(|firm| plan.spots[*firm].is_empty() && !stays.contains(firm))
            .filter(|firm| self.problem.firms[*firm].booths > 1)
            .flat_map(|firm| self.columns.of_firm(firm).map(move |column| (firm, column)));
        let best = waiting
            .filter_map(|(firm, column)| {
                let booths: Vec<usize> = self.columns.booths(column).iter().map(|booth| *booth as usize).collect();
                let is_free = booths.contains(&booth) && booths.iter().all(|booth| holders[*booth].is_none());
                is_free.then(|| (self.key(&self.share(&plan, firm, &booths)), firm, booths))
            })
            .max();
        if let Some((_, firm, booths)) = best {
            plan.spots[firm] = booths;
        }
        plan
    }
}

/// One link of a chain.
#[derive(Clone, Copy)]
struct Link {
    firm: usize,
    booth: usize,
    value: Key,
    before: Option<usize>,
}

fn is_on(links: &[Link], at: usize, booth: usize) -> bool {
    std::iter::successors(Some(at), |at| links[*at].before).any(|at| links[at].booth == booth)
}

fn has_moved(links: &[Link], at: usize, firm: usize) -> bool {
    std::iter::successors(Some(at), |at| links[*at].before).any(|at| links[at].firm == firm)
}

pub(super) fn added(mut one: Key, other: Key) -> Key {
    one.iter_mut().zip(other).for_each(|(slot, other)| *slot += other);
    one
}

pub(super) fn less(mut one: Key, other: Key) -> Key {
    one.iter_mut().zip(other).for_each(|(slot, other)| *slot -= other);
    one
}

/// A plan while chains are tried on it: what each firm of one booth is worth on each booth, worked out when first asked.
pub(super) struct Trial<'a> {
    what_if: &'a WhatIf<'a>,
    plan: &'a Plan,
    stays: &'a [usize],
    holders: Vec<Option<usize>>,
    rows: RefCell<Vec<Option<Row>>>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(what_if: &'a WhatIf<'a>, plan: &'a Plan, stays: &'a [usize]) -> Self {
        let holders = plan.holders(what_if.problem.spots.len());
        Self { what_if, plan, stays, holders, rows: RefCell::new(vec![None; plan.spots.len()]) }
    }

    fn row(&self, firm: usize) -> Row {
        if let Some(row) = self.rows.borrow()[firm].clone() {
            return row;
        }
        let mut row = vec![None; self.holders.len()];
        if self.what_if.problem.firms[firm].booths == 1 {
            for column in self.what_if.columns.of_firm(firm) {
                let &[booth] = self.what_if.columns.booths(column) else { continue };
                let booth = booth as usize;
                row[booth] = Some(self.what_if.key(&self.what_if.share(self.plan, firm, &[booth])));
            }
        }
        let row: Row = row.into();
        self.rows.borrow_mut()[firm] = Some(row.clone());
        row
    }

    /// What a firm of one booth is worth on this booth; none where it may not stand.
    pub(super) fn on(&self, firm: usize, booth: usize) -> Option<Key> {
        self.row(firm)[booth]
    }

    fn choices(&self, firm: usize) -> Vec<(usize, Key)> {
        self.row(firm).iter().enumerate().filter_map(|(booth, key)| Some((booth, (*key)?))).collect()
    }

    /// What a firm is worth where it stands.
    pub(super) fn own(&self, firm: usize) -> Key {
        let booths = &self.plan.spots[firm];
        match booths.as_slice() {
            [booth] => self.on(firm, *booth),
            _ => None,
        }
        .unwrap_or_else(|| self.what_if.key(&self.what_if.share(self.plan, firm, booths)))
    }

    /// The booth of a firm that has one and may be moved.
    pub(super) fn movable(&self, firm: usize) -> Option<usize> {
        let is_free = self.what_if.problem.firms[firm].pinned.is_empty() && !self.stays.contains(&firm);
        match self.plan.spots[firm].as_slice() {
            [booth] if is_free && self.what_if.problem.firms[firm].booths == 1 => Some(*booth),
            _ => None,
        }
    }

    /// True for a firm of one booth that has none and may be given one.
    fn is_waiting(&self, firm: usize) -> bool {
        self.plan.spots[firm].is_empty() && self.what_if.problem.firms[firm].booths == 1 && !self.stays.contains(&firm)
    }
}
