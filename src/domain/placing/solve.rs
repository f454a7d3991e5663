//! The whole solver: start, search, proof.

use super::ground::Ground;
use super::plan::Plan;
use super::problem::Problem;
use super::score::Score;
use super::search::{self, Search, Watch};

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
}

/// Solves a sound problem.
#[must_use]
pub fn solve(problem: &Problem, settings: &Settings, watch: &dyn Watch) -> Solution {
    let ground = Ground::new(problem);
    let state = search::start(&ground);
    watch.better(&state.score);
    let mut search = Search::new(&ground, state, settings.seed);
    search.run(settings.steps, 1000, watch);
    Solution { plan: search.best().plan(&ground), score: search.best().score }
}
