//! The solver at work: outside the writer, within a time, to be ended at any moment with the best it has.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::words::Words;
use crate::command::Seek;
use crate::domain::book::Book;
use crate::domain::placing::conflict::{conflicts, only_if_others_move};
use crate::domain::placing::explain::explain;
use crate::domain::placing::from_book::{Regard, Setting, Wanted, setting};
use crate::domain::placing::proposal::{Proposal, proposal};
use crate::domain::placing::score::Score;
use crate::domain::placing::search::Watch;
use crate::domain::placing::solve::{Settings, solve};
use crate::domain::placing::what_if::WhatIf;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::{Placement, Registration};
use crate::engine::env::Stopwatch;
use crate::say;

/// So many swaps are proposed at once.
const SWAPS: usize = 12;
/// So many lost booths are told of one firm.
const LOST: usize = 5;

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

/// What is sought of a fair, as proposals of which each can be accepted: one placing, or swaps that do not touch each other.
///
/// # Errors
/// The refusal of a fair that cannot be placed, or of a pin that cannot be kept.
pub fn sought(
    book: &Book,
    fair: Id,
    today: Date,
    seek: &Seek,
    effort: Effort<'_>,
    told: impl Fn(u32, &Score) + Sync,
) -> Result<Vec<Proposal>, Refusal> {
    let wanted = wanted(book, fair, today, seek);
    let setting = setting(book, fair, today, &wanted)?;
    if *seek != Seek::Swaps {
        return Ok(vec![place(book, &setting, effort, told)]);
    }
    let swaps = WhatIf::new(&setting.problem, &setting.present).improvements(SWAPS);
    Ok(swaps.iter().map(|change| proposal(book, &setting, &change.plan)).collect())
}

fn wanted(book: &Book, fair: Id, today: Date, seek: &Seek) -> Wanted {
    match seek {
        Seek::Rest => Wanted::default(),
        Seek::FewMoves => Wanted { all_released: true, regard: Regard::MoveFew, ..Wanted::default() },
        Seek::Swaps => Wanted { all_released: true, regard: Regard::AsStanding, ..Wanted::default() },
        Seek::Pin(registration, booths) => {
            // What it costs the others is seen best when nobody else comes in at the same time.
            let stands = |one: &Registration| book.pointing::<Placement>(one.id).any(|own| own.counts_on(today));
            let waits = |one: &&Registration| one.id != *registration && !stands(one);
            Wanted {
                pins: [(*registration, booths.clone())].into(),
                without: book.pointing::<Registration>(fair).filter(waits).map(|one| one.id).collect(),
                ..wanted(book, fair, today, &Seek::FewMoves)
            }
        }
    }
}

/// Why a registration stands where it stands, or has no place, line by line.
///
/// # Errors
/// A refusal when it takes no part in the placing.
pub fn reasons(book: &Book, fair: Id, today: Date, registration: Id) -> Result<Vec<Words>, Refusal> {
    let setting = setting(book, fair, today, &wanted(book, fair, today, &Seek::Swaps))?;
    let Some(firm) = setting.registrations.iter().position(|known| *known == registration) else {
        return refuse(
            "not-placed-here",
            say!("Đơn vị này không thuộc lượt xếp gian.", "This firm takes no part in the placing."),
            say!("Chọn hoặc xác nhận đăng ký trước.", "Select or confirm its registration first."),
        );
    };
    let what_if = WhatIf::new(&setting.problem, &setting.present);
    let mut lines = explain(&what_if, firm, LOST).words(&what_if);
    let found = conflicts(&setting.problem, &setting.present);
    lines.extend(only_if_others_move(&setting.problem, &setting.present, firm, &found));
    for conflict in found {
        if conflict.firms.contains(&firm) {
            lines.push(conflict.words(&setting.problem));
            lines.extend(conflict.repairs.iter().map(|repair| repair.words(&setting.problem)));
        }
    }
    Ok(lines)
}

/// Enough steps for the size of a fair: a small one is done long before the time is over.
fn steps(setting: &Setting) -> u64 {
    u64::try_from(setting.problem.firms.len()).unwrap_or(1_000).saturating_mul(150).clamp(2_000, 150_000)
}
