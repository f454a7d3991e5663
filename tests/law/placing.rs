//! The laws of placing, over random small fairs: hard needs hold, nothing is worse than what an office does by hand, small fairs are
//! solved as well as by trying everything, and no bound lies below what is possible.

use std::sync::atomic::{AtomicU32, Ordering};

use hoicho::domain::placing::columns::{self, Columns};
use hoicho::domain::placing::ground::Ground;
use hoicho::domain::placing::search::{self, Unwatched, Watch};
use hoicho::domain::placing::solve::{Settings, Solution, solve};
use hoicho::domain::placing::{Firm, Plan, Problem, Rect, Score, Spot, Standing, Tier, score, setting};

use super::chance::Chance;

/// A fair of so many booths in islands of two rows, and so many firms.
fn fair(seed: u64, booths: usize, firms: usize) -> Problem {
    let mut chance = Chance::new(seed);
    let mut problem = Problem::default();
    for index in 0..booths {
        let (island, place) = (index / 6, index % 6);
        problem.spots.push(Spot {
            code: format!("A{index}"),
            rect: Rect {
                x_cm: island as i64 * 1300 + (place % 3) as i64 * 300,
                y_cm: (place / 3) as i64 * 300,
                w_cm: 300,
                h_cm: 300,
            },
            zone: Some(island as u32),
            water: chance.one_in(2),
            power: chance.one_in(3),
            accessible: !chance.one_in(4),
            prime: chance.one_in(4),
            attractiveness: chance.between(20, 100),
            price: chance.between(6, 12),
            standing: if chance.one_in(12) { Standing::Held } else { Standing::Free },
            ..Spot::default()
        });
    }
    for index in 0..firms {
        problem.firms.push(Firm {
            name: format!("DN{index}"),
            booths: *chance.pick(&[1, 1, 1, 2, 3, 4]).as_ref().unwrap(),
            zone: Some(chance.below(booths.div_ceil(6)) as u32),
            priority: chance.between(1, 90),
            received: chance.between(0, 1000),
            needs_water: chance.one_in(4),
            needs_power: chance.one_in(6),
            needs_accessible: chance.one_in(6),
            price_limit: chance.one_in(4).then(|| chance.between(8, 40)),
            prime_last_year: chance.one_in(3),
            wishes: (0..chance.below(4)).map(|_| chance.below(booths)).collect(),
            ..Firm::default()
        });
    }
    if chance.one_in(3) {
        let spot = chance.below(booths);
        problem.firms[0].booths = 1;
        problem.firms[0].pinned = vec![spot];
    }
    problem.rivals = vec![vec![0, 1], vec![1, 2, 3 % firms]];
    problem.rivals.iter_mut().for_each(|group| group.dedup());
    problem.together = vec![(0, 2), (2, 3 % firms)];
    problem
}

fn keeps_hard_needs(problem: &Problem, plan: &Plan) {
    let mut used = vec![false; problem.spots.len()];
    for (firm, spots) in plan.spots.iter().enumerate().filter(|(_, spots)| !spots.is_empty()) {
        let booths: Vec<u32> = spots.iter().map(|spot| *spot as u32).collect();
        assert_eq!(columns::obstacle(problem, firm, &booths), None, "firm {firm} on {spots:?}");
        for &spot in spots {
            assert!(!std::mem::replace(&mut used[spot], true), "booth {spot} twice");
        }
    }
}

/// The best value by trying every plan.
fn by_trying(problem: &Problem) -> Score {
    fn go(
        problem: &Problem,
        columns: &Columns,
        firm: usize,
        plan: &mut Plan,
        used: &mut [bool],
        best: &mut Option<Score>,
    ) {
        if firm == problem.firms.len() {
            let value = score::score(problem, plan);
            if best.is_none_or(|known| value.compare(&known, &problem.order).is_gt()) {
                *best = Some(value);
            }
            return;
        }
        go(problem, columns, firm + 1, plan, used, best);
        for column in columns.of_firm(firm) {
            let booths: Vec<usize> = columns.booths(column).iter().map(|booth| *booth as usize).collect();
            if booths.iter().any(|booth| used[*booth]) {
                continue;
            }
            booths.iter().for_each(|booth| used[*booth] = true);
            plan.spots[firm].clone_from(&booths);
            go(problem, columns, firm + 1, plan, used, best);
            plan.spots[firm].clear();
            booths.iter().for_each(|booth| used[*booth] = false);
        }
    }
    let mut best = None;
    let mut plan = Plan::empty(problem.firms.len());
    go(problem, &Columns::of(problem), 0, &mut plan, &mut vec![false; problem.spots.len()], &mut best);
    best.unwrap()
}

fn solved(problem: &Problem) -> Solution {
    solve(problem, &Settings { seed: 7, steps: 1_200, threads: 1 }, &Unwatched)
}

#[test]
fn small_fairs_are_placed_as_well_as_by_trying_everything() {
    for seed in 0..24 {
        let mut problem = fair(seed, 6 + (seed as usize % 2) * 3, 4 + seed as usize % 2);
        if seed % 5 == 4 {
            problem.order.swap(2, 5);
        }
        let solution = solved(&problem);
        let best = by_trying(&problem);
        assert_eq!(solution.score, score::score(&problem, &solution.plan), "seed {seed}");
        assert!(
            solution.score.compare(&best, &problem.order).is_eq(),
            "seed {seed}: {:?} for {best:?}",
            solution.score
        );
        for &tier in &problem.order {
            assert!(solution.bounds.get(tier) >= best.get(tier), "seed {seed}: {} proven too low", tier.key());
        }
        keeps_hard_needs(&problem, &solution.plan);
    }
}

#[test]
fn larger_fairs_keep_their_laws() {
    for seed in 100..103 {
        let problem = fair(seed, 36, 22);
        let ground = Ground::new(&problem);
        let office = setting::greedy(&ground);
        let solution = solved(&problem);
        keeps_hard_needs(&problem, &solution.plan);
        assert_eq!(solution.score, score::score(&problem, &solution.plan), "the terms add up");
        assert_eq!(office.score, score::score(&problem, &office.plan(&ground)), "the terms add up");
        assert!(solution.score.compare(&office.score, &problem.order).is_ge(), "worse than by hand");
        for &tier in &problem.order {
            assert!(solution.bounds.get(tier) >= solution.score.get(tier), "seed {seed}: {}", tier.key());
        }
        let (better, value) = search::improve(&problem, &office.plan(&ground), 3, 200, &Unwatched);
        assert!(value.compare(&office.score, &problem.order).is_ge());
        keeps_hard_needs(&problem, &better);
    }
}

#[test]
fn the_same_seed_and_steps_give_the_same_plan() {
    let problem = fair(5, 30, 20);
    for threads in [1, 2] {
        let settings = Settings { seed: 11, steps: 600, threads };
        let (one, other) = (solve(&problem, &settings, &Unwatched), solve(&problem, &settings, &Unwatched));
        assert_eq!(one.plan, other.plan);
        assert_eq!(one.bounds, other.bounds);
    }
}

/// Time that passes with every look at the clock, so that proofs are broken off and taken up again.
struct Passing(AtomicU32, u32);

impl Watch for Passing {
    fn spent(&self) -> u32 {
        self.0.fetch_add(1, Ordering::Relaxed).saturating_mul(1000) / self.1
    }
}

#[test]
fn no_plan_surpasses_what_an_interrupted_proof_says() {
    for seed in 200..203 {
        let problem = fair(seed, 30, 20);
        let strong = solve(&problem, &Settings { seed: 3, steps: 1_500, threads: 1 }, &Unwatched);
        for looks in [25, 60, 150] {
            let watch = Passing(AtomicU32::new(0), looks);
            let weak = solve(&problem, &Settings { seed: 5, steps: 120, threads: 1 }, &watch);
            for &tier in &problem.order {
                let (reached, most) = (strong.score.get(tier), weak.bounds.get(tier));
                assert!(reached <= most, "seed {seed}, {looks} looks: {} {reached} above {most}", tier.key());
                if reached < weak.score.get(tier) {
                    break;
                }
            }
        }
    }
}

/// Time that is over at once.
struct Over;

impl Watch for Over {
    fn spent(&self) -> u32 {
        1000
    }
}

#[test]
fn a_search_that_is_ended_at_once_has_a_plan() {
    for (booths, firms) in [(1, 1), (6, 9), (48, 60), (30, 1)] {
        let mut problem = fair(3, booths, firms);
        problem.rivals.clear();
        problem.together.clear();
        let solution = solve(&problem, &Settings::default(), &Over);
        keeps_hard_needs(&problem, &solution.plan);
        for &tier in &problem.order {
            assert!(solution.bounds.get(tier) >= solution.score.get(tier));
        }
    }
}

#[test]
fn an_empty_fair_has_an_empty_plan() {
    for problem in [
        Problem::default(),
        Problem { firms: vec![Firm { booths: 1, ..Firm::default() }], ..Problem::default() },
        Problem { spots: vec![Spot::default()], ..Problem::default() },
    ] {
        let solution = solve(&problem, &Settings::default(), &Unwatched);
        assert_eq!(solution.score, Score::default());
        assert_eq!(solution.bounds.get(Tier::Placed), 0);
    }
}
