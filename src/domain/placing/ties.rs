//! Who must not stand near whom and who wants to stand beside whom, firm by firm; and what a firm's place adds to a plan.

use super::Plan;
use super::problem::Problem;
use super::score::{Score, Tier, adjacent, near, worth};

/// The rivals and partners of each firm; twice in two groups counts twice.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    rivals: Vec<Vec<usize>>,
    partners: Vec<Vec<usize>>,
}

impl Ties {
    /// The ties of a sound problem.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let mut ties =
            Self { rivals: vec![Vec::new(); problem.firms.len()], partners: vec![Vec::new(); problem.firms.len()] };
        for group in &problem.rivals {
            for one in group {
                ties.rivals[*one].extend(group.iter().filter(|other| *other != one));
            }
        }
        for (one, other) in &problem.together {
            ties.partners[*one].push(*other);
            ties.partners[*other].push(*one);
        }
        ties
    }

    /// The rivals that stand near these booths, were the firm on them.
    #[must_use]
    pub fn rivals_near(&self, problem: &Problem, plan: &Plan, firm: usize, booths: &[usize]) -> Vec<usize> {
        so_placed(&self.rivals, near, problem, plan, firm, booths)
    }

    /// The partners that stand beside these booths, were the firm on them.
    #[must_use]
    pub fn partners_beside(&self, problem: &Problem, plan: &Plan, firm: usize, booths: &[usize]) -> Vec<usize> {
        so_placed(&self.partners, adjacent, problem, plan, firm, booths)
    }

    /// What a firm adds to the value of a plan by standing on these booths, all others being where they are.
    #[must_use]
    pub fn share(&self, problem: &Problem, plan: &Plan, firm: usize, booths: &[usize]) -> Score {
        let mut share = Score::default();
        let Some(own) = problem.firms.get(firm).filter(|_| !booths.is_empty()) else { return share };
        let numbers: Vec<u32> = booths.iter().filter_map(|booth| u32::try_from(*booth).ok()).collect();
        share.count(own, worth(problem, own, &numbers), 1);
        let count = |found: Vec<usize>| i64::try_from(found.len()).unwrap_or(i64::MAX);
        share.add(Tier::Separation, -count(self.rivals_near(problem, plan, firm, booths)));
        share.add(Tier::Partners, count(self.partners_beside(problem, plan, firm, booths)));
        share
    }
}

fn so_placed(
    pairs: &[Vec<usize>],
    so: fn(&Problem, usize, usize) -> bool,
    problem: &Problem,
    plan: &Plan,
    firm: usize,
    booths: &[usize],
) -> Vec<usize> {
    let theirs = |other: &usize| plan.spots.get(*other).map_or(&[][..], Vec::as_slice);
    let pairs = pairs.get(firm).map_or(&[][..], Vec::as_slice).iter();
    pairs
        .filter(|other| booths.iter().any(|one| theirs(other).iter().any(|two| so(problem, *one, *two))))
        .copied()
        .collect()
}
