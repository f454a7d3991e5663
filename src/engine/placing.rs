//! The solver at work: outside the writer, within a time, to be ended at any moment with the best it has.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::book::Book;
use crate::domain::placing::from_book::Setting;
use crate::domain::placing::proposal::{Proposal, proposal};
use crate::domain::placing::score::Score;
use crate::domain::placing::search::Watch;
use crate::domain::placing::solve::{Settings, solve};
use crate::engine::env::Stopwatch;

/// How long a placing is worked on, and who may end it.
#[derive(Clone, Copy, Debug)]
pub struct Effort<'a> {
    /// So many seconds at most.
    pub seconds: u32,
    /// The same seed and the same steps give the same plan.
    pub seed: u64,
    /// Set by whoever wants the best so far now.
    pub stop: &'a AtomicBool,
}

struct Watched<'a, T> {
    effort: Effort<'a>,
    clock: Stopwatch,
    told: T,
}

impl<T: Fn(u32, &Score) + Sync> Watch for Watched<'_, T> {
    fn spent(&self) -> u32 {
        if self.effort.stop.load(Ordering::Relaxed) { 1_000 } else { self.clock.thousandths_of(self.effort.seconds) }
    }

    fn better(&self, score: &Score) {
        (self.told)(self.spent(), score);
    }
}

/// Looks for the best placing of a fair; `told` hears of every better one.
pub fn place(book: &Book, setting: &Setting, effort: Effort<'_>, told: impl Fn(u32, &Score) + Sync) -> Proposal {
    let watched = Watched { effort, clock: Stopwatch::start(), told };
    let settings = Settings { seed: effort.seed, steps: steps(setting), ..Settings::default() };
    let solution = solve(&setting.problem, &settings, &watched);
    Proposal { bounds: Some(solution.bounds), ..proposal(book, setting, &solution.plan) }
}

/// Enough steps for the size of a fair: a small one is done long before the time is over.
fn steps(setting: &Setting) -> u64 {
    u64::try_from(setting.problem.firms.len()).unwrap_or(1_000).saturating_mul(150).clamp(2_000, 150_000)
}
