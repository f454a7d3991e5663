//! Placing anew after a change: as many as possible have a place, and of these ways the one that moves the fewest, by trying
//! every plan; what stands may be kept whatever the needs say; a change that is thought is the change that is made.

use hoicho::domain::placing::columns::{self, Columns};
use hoicho::domain::placing::score::score;
use hoicho::domain::placing::search::Unwatched;
use hoicho::domain::placing::solve::{Settings, solve};
use hoicho::domain::placing::{Plan, Problem, Score, Tier};
use proptest::prelude::*;

use super::reasons::{SPOTS, each_plan, fair};

/// The order in which as many as possible have a place first, then as many as possible keep theirs.
fn moving_few(problem: &mut Problem, plan: &Plan) {
    problem.order = [Tier::Placed, Tier::Stays].into_iter().chain(Tier::USUAL.into_iter().skip(1)).collect();
    for (firm, stands) in problem.firms.iter_mut().zip(&plan.spots) {
        firm.stands.clone_from(stands);
        firm.booths = if stands.is_empty() { firm.booths } else { stands.len() };
    }
}

fn best(problem: &Problem) -> Score {
    let mut best: Option<Score> = None;
    each_plan(&Columns::of(problem), &mut Plan::empty(problem.firms.len()), 0, 0, &mut |plan| {
        let value = score(problem, plan);
        if best.is_none_or(|known| value.compare(&known, &problem.order).is_gt()) {
            best = Some(value);
        }
    });
    best.unwrap_or_default()
}

fn as_good_as_trying_everything(problem: &Problem, plan: &Plan) -> Result<(), TestCaseError> {
    let solution = solve(problem, &Settings { seed: 7, steps: 1_200, threads: 1 }, &Unwatched);
    let best = best(problem);
    prop_assert_eq!(solution.score, score(problem, &solution.plan));
    prop_assert!(solution.score.compare(&best, &problem.order).is_eq(), "{:?} for {best:?}", solution.score);
    for tier in &problem.order {
        prop_assert!(solution.bounds.get(*tier) >= best.get(*tier), "{} is proved too low", tier.key());
    }
    let stands = plan.spots.iter().filter(|spots| !spots.is_empty()).count();
    let moved = plan.moved(&solution.plan).into_iter().filter(|firm| !plan.spots[*firm].is_empty()).count();
    prop_assert_eq!(i64::try_from(stands - moved).unwrap(), solution.score.get(Tier::Stays));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_fewest_move_after_a_change(
        (mut problem, plan) in fair(6),
        firm in 0..6_usize,
        booth in 0..SPOTS,
        change in 0..4_u8,
    ) {
        moving_few(&mut problem, &plan);
        let firm = firm % problem.firms.len();
        match change {
            0 => (problem.firms[firm].booths, problem.firms[firm].pinned) = (1, vec![booth]),
            1 => {
                let mut allowed = vec![true; SPOTS];
                allowed[booth] = false;
                problem.firms[firm].allowed = Some(allowed);
                if problem.firms[firm].stands.contains(&booth) {
                    problem.firms[firm].stands.clear();
                }
            }
            2 => problem.spots[booth].standing = hoicho::domain::placing::Standing::Blocked,
            _ => {}
        }
        let counted = Plan { spots: problem.firms.iter().map(|firm| firm.stands.clone()).collect() };
        as_good_as_trying_everything(&problem, &counted)?;
    }

    #[test]
    fn what_stands_may_be_kept_whatever_the_needs_say((mut problem, plan) in fair(7)) {
        moving_few(&mut problem, &plan);
        for firm in &mut problem.firms {
            firm.needs_power = true;
            firm.allowed = Some(vec![false; SPOTS]);
        }
        for (firm, stands) in plan.spots.iter().enumerate().filter(|(_, stands)| !stands.is_empty()) {
            let booths: Vec<u32> = stands.iter().map(|spot| u32::try_from(*spot).unwrap()).collect();
            prop_assert_eq!(columns::obstacle(&problem, firm, &booths), None);
        }
        let solution = solve(&problem, &Settings { seed: 3, steps: 200, threads: 1 }, &Unwatched);
        prop_assert_eq!(solution.plan, plan);
    }
}
