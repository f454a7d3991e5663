//! The whole solver: start, search, proof.

use std::cell::Cell;

use super::bound::{Relaxed, Share};
use super::branch::Tree;
use super::counting;
use super::ground::Ground;
use super::plan::Plan;
use super::problem::Problem;
use super::score::{Score, Tier};
use super::search::{Search, Watch};
use super::setting;
use super::state::State;

/// How to solve.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Where chance begins.
    pub seed: u64,
    /// How many steps the search makes at most, per thread.
    pub steps: u64,
    /// One or two threads.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, steps: 40_000, threads: 2 }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Solution {
    /// Who stands where.
    pub plan: Plan,
    /// Its value.
    pub score: Score,
    /// What no plan with the same values in the tiers above can surpass, tier by tier, certified in whole numbers.
    pub bounds: Score,
}

/// When the rounds of the work end, in thousandths of the time. In the first two searches run side by side; in each of the
/// others one search runs beside the proof, and they tell each other what they found when it ends.
const ENDS: [u32; 5] = [160, 380, 600, 800, 970];
/// After how many walks that led nowhere a search waits for the proof.
const PATIENCE: usize = 40;

/// Solves a sound problem.
#[must_use]
pub fn solve(problem: &Problem, settings: &Settings, watch: &dyn Watch) -> Solution {
    let ground = Ground::new(problem);
    let state = setting::start(&ground);
    watch.better(&state.score);
    let part = settings.steps / 4;
    let mut first = Search::new(&ground, state.clone(), settings.seed);
    let mut second = Search::new(&ground, state, settings.seed.wrapping_add(0x5eed));
    first.patience(PATIENCE);
    second.patience(PATIENCE);
    if settings.threads < 2 {
        first.run(part, ENDS[0], watch);
    } else {
        std::thread::scope(|scope| {
            scope.spawn(|| second.run(part, ENDS[0], &Quiet(watch)));
            first.run(part, ENDS[0], watch);
        });
        first.follow_better(second.best());
    }
    let mut proof = Proof::new(&ground, settings.steps);
    for end in &ENDS[1..] {
        first.bound(proof.against(&first.best().score));
        if first.is_done() || watch.spent() >= *end {
            continue;
        }
        let (state, prices) = (first.best().clone(), first.priced());
        if settings.threads < 2 {
            proof.work(&state, &prices, watch, (watch.spent() + end) / 2);
            first.run(part, *end, watch);
        } else {
            std::thread::scope(|scope| {
                scope.spawn(|| proof.work(&state, &prices, watch, *end));
                first.run(part, *end, watch);
            });
        }
        for hint in std::mem::take(&mut proof.hints) {
            first.follow(&hint);
        }
        first.guide(proof.promising());
    }
    Solution { plan: first.best().plan(&ground), score: first.best().score, bounds: proof.against(&first.best().score) }
}

/// A watch that is not told of better plans.
struct Quiet<'a>(&'a dyn Watch);

impl Watch for Quiet<'_> {
    fn spent(&self) -> u32 {
        self.0.spent()
    }
}

/// What is proven so far.
struct Proof<'g, 'p> {
    ground: &'g Ground<'p>,
    /// By counting alone, whatever the plan.
    counted: Score,
    bounds: Score,
    /// The plan that the bounds of lower tiers suppose.
    given: Score,
    /// Plans that were seen in relaxed optima.
    hints: Vec<State>,
    /// The proof of each tier as far as it was led, and the values of the tiers above that it supposes.
    trees: [Option<(Vec<i64>, Tree<'g, 'p>)>; Tier::COUNT],
    /// How often a programme may be split in a round.
    parts: usize,
    /// The longest that one round of a programme took, in thousandths of the time: none begins that could not end.
    round: Cell<u32>,
}

impl<'g, 'p> Proof<'g, 'p> {
    fn new(ground: &'g Ground<'p>, steps: u64) -> Self {
        let counted = counting::bounds(ground);
        Self {
            ground,
            counted,
            bounds: counted,
            given: Score::default(),
            hints: Vec::new(),
            trees: [const { None }; Tier::COUNT],
            parts: (steps / 100).clamp(4, 4000) as usize,
            round: Cell::new(0),
        }
    }

    /// The bounds that hold for a plan of this value: a bound of a tier supposes what the tiers above reach at least.
    fn against(&self, score: &Score) -> Score {
        let mut bounds = self.counted;
        let mut holds = true;
        for &tier in &self.ground.problem.order {
            if holds {
                bounds.0[tier as usize] = self.bounds.get(tier);
            }
            holds &= score.get(tier) >= self.given.get(tier);
        }
        bounds
    }

    /// For each tier that is still open, the columns of each firm that a better plan may use.
    fn promising(&self) -> Vec<Vec<Vec<u32>>> {
        let open = |tier: &Tier| self.bounds.get(*tier) > self.given.get(*tier);
        let trees = self.ground.problem.order.iter().filter(|tier| open(tier)).map(|tier| &self.trees[*tier as usize]);
        trees.flatten().map(|(_, tree)| tree.promising()).collect()
    }

    /// Proves a bound for each tier, given what this plan reaches in those above.
    fn work(&mut self, state: &State, prices: &[i64], watch: &dyn Watch, until: u32) {
        let order = &self.ground.problem.order;
        self.bounds = self.against(&state.score);
        self.given = state.score;
        for (at, &tier) in order.iter().enumerate() {
            let reached = state.score.get(tier);
            if tier == Tier::Partners && order[..at].contains(&Tier::Separation) {
                let contrary = counting::contrary(self.ground);
                let most = self.counted.get(tier) - contrary + contrary.min(-state.score.get(Tier::Separation));
                self.bounds.0[tier as usize] = self.bounds.get(tier).min(most);
            }
            if tier == Tier::Separation
                || self.bounds.get(tier) <= reached
                || watch.spent() + self.round.get() * 5 / 4 >= until
            {
                continue;
            }
            // What is left of the time is shared with the tiers below.
            let from = watch.spent();
            let share = from + until.saturating_sub(from) * if at + 2 >= order.len() { 6 } else { 3 } / 8;
            let limit = if at + 1 == order.len() { until } else { share };
            let last = Cell::new(from);
            let stop = || {
                let now = watch.spent();
                self.round.set(self.round.get().max(now.saturating_sub(last.replace(now))));
                // A round may well take longer than those before it.
                now + self.round.get() * 5 / 4 >= limit
            };
            let supposed: Vec<i64> = order[..at].iter().map(|tier| state.score.get(*tier)).collect();
            let slot = &mut self.trees[tier as usize];
            if slot.as_ref().is_none_or(|(known, _)| *known != supposed) {
                let relaxed = Relaxed::new(self.ground, at, &state.score, state, prices);
                *slot = Some((supposed, Tree::new(relaxed)));
            }
            let Some((_, tree)) = slot else { continue };
            let (ground, mut best) = (self.ground, None::<State>);
            let mut seen = |shares: &[Share]| {
                let plan = setting::rounded(ground, shares);
                let known = best.as_ref().map_or(state.score, |best| best.score);
                if plan.score.compare(&known, order).is_gt() || best.is_none() {
                    best = Some(plan);
                }
                // Only a plan that keeps the tiers above may end the proof of this one.
                let best = best.as_ref().map_or(state.score, |best| best.score);
                let kept = order[..at].iter().all(|tier| best.get(*tier) >= state.score.get(*tier));
                if kept { best.get(tier) } else { i64::MIN }
            };
            if let Some(bound) = tree.prove(reached, self.parts, &stop, &mut seen) {
                self.bounds.0[tier as usize] = self.bounds.get(tier).min(bound);
            }
            let raised = best.as_ref().is_some_and(|best| best.score.compare(&state.score, order).is_gt());
            self.hints.extend(best);
            watch.bounded(tier, self.bounds.get(tier));
            if raised {
                break;
            }
        }
    }
}
