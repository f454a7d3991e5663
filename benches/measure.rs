//! A timing loop and the table that it fills.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Durations of one thing done again and again, the shortest first.
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Sorts what was measured elsewhere.
    pub fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        Self(all)
    }

    /// Does it `count` times; the number of the turn is passed.
    pub fn take<T>(count: usize, mut turn: impl FnMut(usize) -> T) -> Self {
        Self::of((0..count).map(|number| once(|| turn(number)).0).collect())
    }

    /// The duration that so many of a hundred stay below.
    pub fn percentile(&self, percent: usize) -> Duration {
        let last = self.0.len() - 1;
        self.0[(self.0.len() * percent / 100).min(last)]
    }

    /// The middle one.
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// Does it once: how long it took, and what came of it.
pub fn once<T>(turn: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = black_box(turn());
    (start.elapsed(), made)
}

/// The head of the table.
pub fn heading() {
    println!("| figure | aim | here | rival | rival's | ratio |");
    println!("|---|---|---|---|---|---|");
}

/// A line that compares two durations.
pub fn line(figure: &str, aim: &str, here: Duration, rival: &str, theirs: Duration) {
    let ratio = here.as_secs_f64() / theirs.as_secs_f64();
    println!("| {figure} | {aim} | {} | {rival} | {} | {ratio:.2} |", show(here), show(theirs));
}

/// A line without a rival, or one that is counted and not timed.
pub fn plain(figure: &str, aim: &str, here: &str) {
    println!("| {figure} | {aim} | {here} | | | |");
}

/// A duration in the unit that suits it.
pub fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros >= 10_000.0 {
        format!("{:.1} ms", micros / 1e3)
    } else if micros >= 1_000.0 {
        format!("{:.2} ms", micros / 1e3)
    } else {
        format!("{micros:.1} µs")
    }
}
