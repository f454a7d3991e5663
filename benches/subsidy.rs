//! The engine of grants: claims a second, and a draft rule over a year of ten thousand.

use hoicho::domain::record::Kind;
use hoicho::domain::subsidy::case_of;
use hoicho::domain::subsidy::rules::{PlainCase, Rules, compute, read_case};
use hoicho::domain::view::replay::replay;
use hoicho::domain::{Claim, Scheme};

use crate::measure::{Samples, once, plain, show};
use crate::supply;

const CLAIMS: usize = 10_000;

pub fn run() {
    let (_engine, book) = supply::in_memory(&supply::claimed(CLAIMS));
    let scheme = book.all::<Scheme>().iter().next().expect("the lists have a scheme");
    let rules = Rules::of(scheme).expect("it is in order");
    let cases: Vec<PlainCase> =
        book.all::<Claim>().iter().filter_map(|claim| case_of(&book, claim, &rules).ok().flatten()).collect();
    per_second("grants computed, the common case of an office", &rules, &cases);
    let text = hoicho::domain::subsidy::rules::shipped::shipped("02").expect("it is shipped");
    let rich = Rules::read(text).expect("it is in order");
    let case = read_case(include_str!("../data/schemes/cases/e08.json")).expect("it is in order");
    per_second("grants computed, three items and a history", &rich, &vec![case; CLAIMS]);
    let draft = Rules { title: "dự thảo".to_owned(), ..rules };
    let tried = Samples::take(5, |_| replay(&book, scheme.id, &draft, 2025, None).map(|found| found.claims.len()));
    plain("a draft rule over 10,000 claims", "≤ 200 ms", &show(tried.median()));
    assert_eq!(book.count(Kind::Claim), CLAIMS);
}

fn per_second(figure: &str, rules: &Rules, cases: &[PlainCase]) {
    let turns = Samples::take(5, |_| {
        once(|| cases.iter().filter_map(|case| compute(rules, case).ok()).map(|made| made.grant.minor).sum::<i64>())
    });
    let each = turns.median().as_secs_f64() / cases.len() as f64;
    plain(figure, "≥ 100,000 a second", &format!("{:.0} a second", 1.0 / each));
}
