//! Reasons, what-if and conflicts over random small fairs, beside trying everything.

use hoicho::domain::placing::columns::Columns;
use hoicho::domain::placing::conflict::{Proof, conflicts, only_if_others_move};
use hoicho::domain::placing::explain::explain;
use hoicho::domain::placing::improve::improved;
use hoicho::domain::placing::score::score;
use hoicho::domain::placing::what_if::{Change, WhatIf};
use hoicho::domain::placing::{Firm, Plan, Problem, Rect, Score, Spot, Tier};
use proptest::prelude::*;

pub const SPOTS: usize = 7;

fn spot(place: usize, water: bool, attractiveness: i64) -> Spot {
    let across = i64::try_from(place).unwrap() * 300;
    Spot {
        code: format!("A{place}"),
        rect: Rect { x_cm: across, y_cm: 0, w_cm: 300, h_cm: 300 },
        zone: Some(u32::from(place > 3)),
        water,
        accessible: place.is_multiple_of(2),
        attractiveness,
        price: 10 + attractiveness,
        ..Spot::default()
    }
}

prop_compose! {
    fn firm()(
        booths in prop_oneof![5 => Just(1_usize), 1 => Just(2_usize)],
        zone in prop::option::of(0..2_u32),
        priority in 0..5_i64,
        needs_water in prop::bool::weighted(0.3),
        needs_accessible in prop::bool::weighted(0.2),
        wishes in prop::collection::vec(0..SPOTS, 0..3),
    ) -> Firm {
        Firm { booths, zone, priority, needs_water, needs_accessible, wishes, ..Firm::default() }
    }
}

/// A fair, and a plan that gives each in turn a place picked by chance where one is left.
pub fn fair(most: usize) -> impl Strategy<Value = (Problem, Plan)> {
    let spots = prop::collection::vec((any::<bool>(), 0..100_i64), SPOTS);
    let firms = prop::collection::vec(firm(), 1..most);
    (spots, firms, any::<bool>(), prop::collection::vec(any::<prop::sample::Index>(), most)).prop_map(
        |(spots, mut firms, has_ties, picks)| {
            for (number, firm) in firms.iter_mut().enumerate() {
                firm.name = format!("DN{number}");
            }
            let ties = has_ties && firms.len() > 3;
            let problem = Problem {
                spots: spots
                    .into_iter()
                    .enumerate()
                    .map(|(place, (water, points))| spot(place, water, points))
                    .collect(),
                rivals: if ties { vec![vec![0, 1, 2]] } else { vec![] },
                together: if ties { vec![(2, 3)] } else { vec![] },
                firms,
                ..Problem::default()
            };
            let columns = Columns::of(&problem);
            let mut plan = Plan::empty(problem.firms.len());
            for (firm, pick) in picks.iter().enumerate().take(problem.firms.len()) {
                let holders = plan.holders(SPOTS);
                let free: Vec<Vec<usize>> = columns
                    .of_firm(firm)
                    .map(|column| columns.booths(column).iter().map(|booth| *booth as usize).collect::<Vec<usize>>())
                    .filter(|booths| booths.iter().all(|booth| holders[*booth].is_none()))
                    .collect();
                if !free.is_empty() {
                    plan.spots[firm] = pick.get(&free).clone();
                }
            }
            (problem, plan)
        },
    )
}

/// A change keeps every hard rule, and its figures are those of an evaluation from scratch.
fn sound(problem: &Problem, plan: &Plan, change: &Change) -> Result<(), TestCaseError> {
    let columns = Columns::of(problem);
    prop_assert_eq!(change.after, score(problem, &change.plan));
    prop_assert_eq!(change.before, score(problem, plan));
    let mut used = [false; SPOTS];
    for (firm, booths) in change.plan.spots.iter().enumerate() {
        prop_assert!(booths.is_empty() || columns.find(firm, booths).is_some(), "{firm} on {booths:?}");
        for booth in booths {
            prop_assert!(!std::mem::replace(&mut used[*booth], true), "booth {booth} twice");
        }
    }
    for moved in &change.moved {
        prop_assert_eq!(&moved.to, &change.plan.spots[moved.firm]);
        prop_assert_ne!(&moved.from, &moved.to);
    }
    Ok(())
}

/// Every plan in which each firm has one of its bundles or nothing.
pub fn each_plan(columns: &Columns, plan: &mut Plan, firm: usize, used: u32, visit: &mut dyn FnMut(&Plan)) {
    if firm == plan.spots.len() {
        return visit(plan);
    }
    plan.spots[firm].clear();
    each_plan(columns, plan, firm + 1, used, visit);
    for column in columns.of_firm(firm) {
        let booths = columns.booths(column);
        let mask = booths.iter().fold(0_u32, |mask, booth| mask | 1 << booth);
        if used & mask == 0 {
            plan.spots[firm] = booths.iter().map(|booth| *booth as usize).collect();
            each_plan(columns, plan, firm + 1, used | mask, visit);
        }
    }
    plan.spots[firm].clear();
}

/// Lines of so many booths with a way between them, and firms that each want three side by side.
fn lines_of(lines: &[usize], firms: usize) -> Problem {
    let mut problem = Problem::default();
    for (down, length) in (0..).zip(lines) {
        for across in 0..i64::try_from(*length).unwrap() {
            let rect = Rect { x_cm: across * 300, y_cm: down * 1_000, w_cm: 300, h_cm: 300 };
            problem.spots.push(Spot { code: format!("{down}-{across}"), rect, ..Spot::default() });
        }
    }
    let firm = |number: usize| Firm { name: format!("DN{number}"), booths: 3, ..Firm::default() };
    problem.firms = (0..firms).map(firm).collect();
    problem
}

#[test]
fn what_is_too_much_to_try_is_said_to_be_open() {
    // In each line of five one firm of three finds room, whatever is tried; thirteen want twelve lines.
    let problem = lines_of(&[5; 12], 13);
    let mut plan = Plan::empty(13);
    for (firm, booths) in plan.spots.iter_mut().enumerate().take(12) {
        *booths = (firm * 5..firm * 5 + 3).collect();
    }
    let found = conflicts(&problem, &plan);
    assert!(matches!(found.as_slice(), [one] if one.proof == Proof::Open(40_000)), "{found:?}");
    let words = found[0].words(&problem);
    assert!(words.en.contains("40000 ways") && words.en.contains("not known"), "{}", words.en);
    assert!(words.vi.contains("chưa biết"), "{}", words.vi);
    assert_eq!(only_if_others_move(&problem, &plan, 12, &found), None);
}

#[test]
fn fewer_booths_than_are_wanted_need_no_trying() {
    let problem = lines_of(&[31], 11);
    let mut plan = Plan::empty(11);
    for (firm, booths) in plan.spots.iter_mut().enumerate().take(10) {
        *booths = (firm * 3..firm * 3 + 3).collect();
    }
    let found = conflicts(&problem, &plan);
    assert!(matches!(found.as_slice(), [one] if one.proof == Proof::Least && one.firms.len() == 11), "{found:?}");
}

#[test]
fn a_firm_that_fits_once_others_move_is_told_so() {
    let problem = lines_of(&[6], 2);
    let mut plan = Plan::empty(2);
    plan.spots[0] = vec![1, 2, 3];
    let found = conflicts(&problem, &plan);
    assert_eq!(found, []);
    assert!(only_if_others_move(&problem, &plan, 1, &found).unwrap().en.contains("can be placed if others move"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn reasons_add_up_to_the_score((problem, plan) in fair(7)) {
        let what_if = WhatIf::new(&problem, &plan);
        let mut sum = Score::default();
        let (mut rivals, mut partners) = (0, 0);
        for firm in 0..problem.firms.len() {
            let reasons = explain(&what_if, firm, 2);
            for (slot, own) in sum.0.iter_mut().zip(reasons.own.0) {
                *slot += own;
            }
            rivals += i64::try_from(reasons.rivals_near.len()).unwrap();
            partners += i64::try_from(reasons.partners.len()).unwrap();
            for forced in reasons.lost.iter().filter_map(|lost| lost.forced.as_ref()) {
                sound(&problem, &plan, forced)?;
            }
            prop_assert!(reasons.words(&what_if).iter().all(|line| !line.is_empty()));
        }
        sum.add(Tier::Separation, -rivals / 2);
        sum.add(Tier::Partners, partners / 2);
        prop_assert_eq!(sum, score(&problem, &plan));
    }

    #[test]
    fn changes_keep_the_rules_and_are_told_exactly((problem, plan) in fair(7), firm in 0..7_usize, booth in 0..SPOTS) {
        let what_if = WhatIf::new(&problem, &plan);
        let firm = firm % problem.firms.len();
        if let Ok(changes) = what_if.pin(firm, &[booth], 4) {
            prop_assert!(!changes.is_empty());
            for change in &changes {
                sound(&problem, &plan, change)?;
                prop_assert_eq!(&change.plan.spots[firm], &vec![booth]);
            }
        }
        for change in what_if.fill(booth, 3).iter().chain(&what_if.improvements(5)) {
            sound(&problem, &plan, change)?;
            prop_assert!(change.is_better(&problem));
            let first = problem.order.iter().find(|tier| change.by(**tier) != 0);
            prop_assert!(first.is_some_and(|tier| change.by(*tier) > 0), "a higher tier is never the price of a lower one");
        }
        let swaps = what_if.improvements(9);
        for (at, one) in swaps.iter().enumerate() {
            prop_assert!(swaps[at + 1..].iter().all(|other| !one.touches(other)), "taken singly, none spoils another");
        }
        let better = improved(&problem, &plan, 50);
        prop_assert!(score(&problem, &better).compare(&score(&problem, &plan), &problem.order).is_ge());
        prop_assert!(WhatIf::new(&problem, &better).improvements(1).is_empty());
    }

    #[test]
    fn conflicts_are_true_and_irreducible((mut problem, _) in fair(7)) {
        for firm in &mut problem.firms {
            firm.booths = 1;
            firm.needs_water = true;
        }
        let columns = Columns::of(&problem);
        let can_seat = |firms: &[usize]| {
            let mut most = 0;
            each_plan(&columns, &mut Plan::empty(problem.firms.len()), 0, 0, &mut |plan| {
                most = most.max(firms.iter().filter(|firm| !plan.spots[**firm].is_empty()).count());
            });
            most == firms.len()
        };
        let mut best = (Score::default(), Plan::empty(problem.firms.len()));
        each_plan(&columns, &mut Plan::empty(problem.firms.len()), 0, 0, &mut |plan| {
            let score = score(&problem, plan);
            if score.compare(&best.0, &problem.order).is_gt() {
                best = (score, plan.clone());
            }
        });
        let found = conflicts(&problem, &best.1);
        let unplaced = best.1.spots.iter().filter(|booths| booths.is_empty()).count();
        prop_assert_eq!(found.is_empty(), unplaced == 0);
        for conflict in found {
            prop_assert!(!can_seat(&conflict.firms), "{:?} can be placed", conflict.firms);
            prop_assert!(conflict.firms.len() > conflict.booths.len());
            for left_out in &conflict.firms {
                let fewer: Vec<usize> = conflict.firms.iter().copied().filter(|firm| firm != left_out).collect();
                prop_assert!(can_seat(&fewer), "{fewer:?} is a conflict of its own");
            }
            prop_assert!(conflict.words(&problem).en.contains("booth"));
            prop_assert!(conflict.repairs.iter().all(|repair| !repair.words(&problem).is_empty()));
        }
    }

    #[test]
    fn firms_of_several_booths_without_a_place_are_in_a_true_and_irreducible_conflict((problem, _) in fair(6)) {
        let columns = Columns::of(&problem);
        let most_of = |firms: &[usize]| {
            let mut most = 0;
            each_plan(&columns, &mut Plan::empty(problem.firms.len()), 0, 0, &mut |plan| {
                most = most.max(firms.iter().filter(|firm| !plan.spots[**firm].is_empty()).count());
            });
            most
        };
        let mut best = (Score::default(), Plan::empty(problem.firms.len()));
        each_plan(&columns, &mut Plan::empty(problem.firms.len()), 0, 0, &mut |plan| {
            let score = score(&problem, plan);
            if score.compare(&best.0, &problem.order).is_gt() {
                best = (score, plan.clone());
            }
        });
        let unplaced = |firm: &usize| best.1.spots[*firm].is_empty() && problem.firms[*firm].booths > 1;
        for conflict in conflicts(&problem, &best.1).iter().filter(|conflict| conflict.firms.iter().any(unplaced)) {
            prop_assert!(most_of(&conflict.firms) < conflict.firms.len());
            for left_out in &conflict.firms {
                let fewer: Vec<usize> = conflict.firms.iter().copied().filter(|firm| firm != left_out).collect();
                prop_assert_eq!(most_of(&fewer), fewer.len());
            }
            prop_assert!(!conflict.words(&problem).vi.is_empty());
        }
    }
}
