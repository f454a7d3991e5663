//! A firm forced elsewhere, reasons and improvements on a fair of 300 firms and 360 booths.

use hoicho::domain::placing::columns::Columns;
use hoicho::domain::placing::explain::explain;
use hoicho::domain::placing::what_if::WhatIf;
use hoicho::domain::placing::{Firm, Plan, Problem, Rect, Spot};

use crate::measure::{Samples, plain, show};

const BOOTHS: usize = 360;
const FIRMS: usize = 300;

pub fn run() {
    let problem = fair();
    let plan = in_turn(&problem);
    let made = Samples::take(5, |_| WhatIf::new(&problem, &plan));
    plain("what-if, a fair of 300 firms and 360 booths made ready", "≤ 100 ms", &show(made.median()));
    let what_if = WhatIf::new(&problem, &plan);
    let pin = Samples::take(20, |turn| what_if.pin(turn * 13 % FIRMS, &[turn * 37 % BOOTHS], 6));
    line("a firm pinned elsewhere, chains of at most 6", &pin);
    let explained = Samples::take(20, |turn| explain(&what_if, turn * 11 % FIRMS, 3));
    line("reasons of a firm with three lost booths", &explained);
    let improved = Samples::take(3, |_| what_if.improvements(20));
    line("proposals that improve the plan", &improved);
}

fn line(figure: &str, samples: &Samples) {
    let (middle, most) = (show(samples.median()), show(samples.percentile(95)));
    plain(&format!("what-if, {figure}"), "≤ 100 ms", &format!("{middle}, p95 {most}"));
}

/// Islands of two rows of six booths; firms with zones, needs, wishes for the same good places, rivals and partners.
fn fair() -> Problem {
    let mut state = 3_u64;
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most
    };
    let spots: Vec<Spot> = (0..BOOTHS)
        .map(|place| {
            let (island, within) = (place / 12, place % 12);
            let x_cm = i64::try_from(island % 5 * 2_200 + within % 6 * 300).unwrap();
            let y_cm = i64::try_from(island / 5 * 900 + within / 6 * 300).unwrap();
            Spot {
                code: format!("{island}-{within}"),
                rect: Rect { x_cm, y_cm, w_cm: 300, h_cm: 300 },
                zone: u32::try_from(place / 60).ok(),
                water: below(5) == 0,
                power: below(3) == 0,
                accessible: below(2) == 0,
                prime: below(10) == 0,
                attractiveness: 40 + i64::try_from(below(61)).unwrap(),
                price: 7_000 + i64::try_from(below(5_000)).unwrap(),
                ..Spot::default()
            }
        })
        .collect();
    let firms: Vec<Firm> = (0..FIRMS)
        .map(|number| Firm {
            name: format!("DN{number}"),
            booths: if number % 9 == 0 { 2 } else { 1 },
            zone: u32::try_from(below(6)).ok(),
            priority: 10 + i64::try_from(below(80)).unwrap(),
            needs_water: below(9) == 0,
            needs_power: below(9) == 0,
            price_limit: (below(4) == 0).then_some(20_000),
            wishes: (0..below(6)).map(|_| below(BOOTHS)).collect(),
            ..Firm::default()
        })
        .collect();
    let rivals = (0..20).map(|group| vec![group * 3 + 1, group * 3 + 2, group * 3 + 100]).collect();
    let together = (0..10).map(|pair| (200 + pair, 220 + pair)).collect();
    Problem { spots, firms, rivals, together, ..Problem::default() }
}

/// Each takes the best that is left, those of several booths first.
fn in_turn(problem: &Problem) -> Plan {
    let columns = Columns::of(problem);
    let mut plan = Plan::empty(problem.firms.len());
    let mut order: Vec<usize> = (0..problem.firms.len()).collect();
    order.sort_by_key(|firm| std::cmp::Reverse((problem.firms[*firm].booths, problem.firms[*firm].priority)));
    let mut taken = vec![false; problem.spots.len()];
    for firm in order {
        let free =
            columns.of_firm(firm).filter(|column| columns.booths(*column).iter().all(|booth| !taken[*booth as usize]));
        let best = free.max_by_key(|column| {
            (columns.worth[*column].zone, columns.worth[*column].wish, columns.worth[*column].quality)
        });
        for booth in best.map_or(&[][..], |column| columns.booths(column)) {
            taken[*booth as usize] = true;
            plan.spots[firm].push(*booth as usize);
        }
    }
    plan
}
