//! Timetables of conferences, each with the bound that it reaches, and an absence mended.

use hoicho::domain::conference::problem::{Pair, Person, Problem};
use hoicho::domain::conference::replan::replan;
use hoicho::domain::conference::solve::{Effort, Proof, solve};

use crate::measure::{Samples, once, plain, show};

pub fn run() {
    for (buyers, sellers, slots, wishes, away, tables) in
        [(30, 60, 16, 40, 20, 25), (100, 300, 20, 8, 0, 100), (100, 300, 20, 8, 30, 60), (100, 300, 20, 60, 10, 100)]
    {
        let problem = conference((buyers, sellers, slots), wishes, away, tables);
        let (_, found) = once(|| solve(&problem, Effort::default()));
        let times = Samples::take(5, |_| solve(&problem, Effort::default()));
        let (held, bound) = (found.held.iter().sum::<u32>(), found.bound.iter().sum::<u32>());
        let proof = match found.proof {
            Proof::Open => "open",
            Proof::Bound => "bound reached",
            Proof::Everything => "every way looked at",
        };
        let size = format!(
            "{buyers} buyers × {sellers} businesses × {slots} slots, {tables} tables, {} pairs",
            problem.pairs.len()
        );
        plain(
            &format!("timetable, {size}, {away} % not all day: {held} meetings of {bound} at most, {proof}"),
            "≤ 5 s",
            &show(times.median()),
        );
        let mut changed = problem.clone();
        changed.buyers[0].there = 0;
        let absent = Samples::take(5, |_| replan(&changed, &found.slot_of, Effort::default()));
        plain("the same, a buyer absent: mended, nobody moves", "≤ 1 s", &show(absent.median()));
        changed.buyers[0].there = problem.buyers[0].there & !0b11;
        let late = Samples::take(3, |_| replan(&changed, &found.slot_of, Effort::default()));
        let mended = replan(&changed, &found.slot_of, Effort::default());
        let (lost, moved) = (mended.lost.iter().sum::<u32>(), mended.moved);
        let least = if mended.is_least { "proved" } else { "not proved" };
        plain(
            &format!("the same, a buyer two slots late: {lost} dropped, {moved} moved, {least} least"),
            "≤ 1 s",
            &show(late.median()),
        );
    }
}

/// People with wishes at random; `away` percent of them are there a part of the day.
fn conference((buyers, sellers, slots): (usize, usize, usize), wishes: u64, away: u64, tables: u32) -> Problem {
    let mut state = 11_u64;
    let mut below = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let all = (1_u64 << slots) - 1;
    let mut people = |count: usize| -> Vec<Person> {
        let person = |_| {
            let part = below(100) < away;
            Person { there: if part { (below(1 << 30) | below(1 << 30)) & all } else { all }, most: 64 }
        };
        (0..count).map(person).collect()
    };
    let (buyers, sellers) = (people(buyers), people(sellers));
    let mut pairs = Vec::new();
    for buyer in 0..buyers.len() {
        for seller in 0..sellers.len() {
            if below(100) < wishes {
                pairs.push(Pair { buyer, seller, tier: usize::try_from(below(8)).unwrap() });
            }
        }
    }
    Problem { tables: vec![tables; slots], buyers, sellers, pairs }
}
