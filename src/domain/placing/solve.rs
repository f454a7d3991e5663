//! The whole solver: start, search, proof.

use super::bound::{Fixed, Relaxed};
use super::ground::Ground;
use super::plan::Plan;
use super::problem::Problem;
use super::score::{Score, Tier};
use super::search::{self, Search, Watch};
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

/// Which part of the time the search has for itself, in thousandths.
const ALONE: u32 = 350;

/// Solves a sound problem.
#[must_use]
pub fn solve(problem: &Problem, settings: &Settings, watch: &dyn Watch) -> Solution {
    let ground = Ground::new(problem);
    let state = search::start(&ground);
    watch.better(&state.score);
    let mut first = Search::new(&ground, state.clone(), settings.seed);
    let half = settings.steps / 2;
    if settings.threads < 2 {
        first.run(half, ALONE, watch);
        let bounds = bounds(&ground, first.best(), &first.priced(), watch, 700);
        first.bound(bounds);
        first.run(settings.steps - half, 990, watch);
        return finish(&ground, first.best(), bounds);
    }
    let mut second = Search::new(&ground, state, settings.seed.wrapping_add(0x5eed));
    std::thread::scope(|scope| {
        scope.spawn(|| second.run(half, ALONE, &Quiet(watch)));
        first.run(half, ALONE, watch);
    });
    let better = second.best().score.compare(&first.best().score, &problem.order).is_gt();
    let state = if better { second.best().clone() } else { first.best().clone() };
    first.resume(&state);
    let prices = first.priced();
    let mut known = Score::default();
    std::thread::scope(|scope| {
        let proof = scope.spawn(|| bounds(&ground, &state, &prices, watch, 960));
        first.run(settings.steps - half, 960, watch);
        if let Ok(proven) = proof.join() {
            known = proven;
        }
    });
    finish(&ground, first.best(), known)
}

/// A watch that is not told of better plans.
struct Quiet<'a>(&'a dyn Watch);

impl Watch for Quiet<'_> {
    fn spent(&self) -> u32 {
        self.0.spent()
    }
}

fn finish(ground: &Ground<'_>, state: &State, bounds: Score) -> Solution {
    Solution { plan: state.plan(ground), score: state.score, bounds }
}

/// The bounds of all tiers, given what this plan reaches in those above each.
#[must_use]
pub fn bounds(ground: &Ground<'_>, state: &State, prices: &[i64], watch: &dyn Watch, until: u32) -> Score {
    let mut bounds = search::bounds(ground);
    let order = &ground.problem.order;
    for (at, &tier) in order.iter().enumerate() {
        let reached = state.score.get(tier);
        if tier == Tier::Partners && order[..at].contains(&Tier::Separation) {
            let contrary = search::contrary(ground);
            bounds.add(tier, -contrary + contrary.min(-state.score.get(Tier::Separation)));
        }
        if matches!(tier, Tier::Separation | Tier::Partners) || bounds.get(tier) <= reached || watch.spent() >= until {
            continue;
        }
        let mut relaxed = Relaxed::new(ground, at, &state.score, state, prices);
        let round = relaxed.close(&Fixed::default(), reached, &|| watch.spent() >= until);
        if let Some(round) = round {
            let known = bounds.get(tier);
            bounds.add(tier, round.bound.min(known) - known);
        }
        watch.bounded(tier, bounds.get(tier));
    }
    bounds
}
