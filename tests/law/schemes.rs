//! The shipped schemes and the worked examples E1–E20: each example is a file that `hoicho scheme try` takes, and a test.

use std::path::Path;

use hoicho::base::dates::Date;
use hoicho::base::money::{BasisPoints, Currency, Money};
use hoicho::domain::subsidy::rules::{
    CapPer, Caps, Cost, Cut, Day, Event, Item, Outcome, Past, PastStatus, Percent, PlainCase, Rules, Same, Times,
    Window, Written, compute, read_case, same_scheme,
};
use proptest::prelude::*;

fn home() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schemes")
}

fn rules(name: &str) -> Rules {
    let text = std::fs::read_to_string(home().join(format!("{name}.toml"))).unwrap();
    Rules::read(&text).unwrap_or_else(|refusal| panic!("{name}: {}", refusal.what.en))
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

#[test]
fn the_twenty_schemes_are_read_and_have_codes_of_their_own() {
    let mut codes: Vec<String> =
        files(&home(), "toml").iter().map(|path| rules(&path.file_stem().unwrap().to_string_lossy()).code).collect();
    assert_eq!(codes.len(), 20);
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 20);
}

fn laws(rules: &Rules, outcome: &Outcome) {
    let sum: i64 = outcome.items.iter().map(|item| item.amount.minor).sum();
    assert_eq!(sum, outcome.grant.minor, "the items add up to the grant");
    assert_eq!(outcome.cost.minor, outcome.grant.minor + outcome.own_share.minor);
    for item in &outcome.items {
        assert_eq!(item.by_rate.minor, item.amount.minor + item.reduced_by.minor, "{}", item.kind);
        assert!(item.amount.minor >= 0);
    }
    if let Some(cap) = rules.caps.per_event.filter(|_| rules.caps.per_event_for.is_empty()) {
        assert!(outcome.grant.minor <= cap.in_currency(rules.money().unwrap()).unwrap().minor);
    }
    assert!(outcome.failed.is_empty() || outcome.grant.minor == 0);
}

#[test]
fn every_worked_example_comes_out_to_the_dong() {
    let cases = files(&home().join("cases"), "json");
    assert!(cases.len() >= 20);
    for path in cases {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = read_case(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|refusal| panic!("{name}: {}", refusal.what.en));
        let rules = rules(&case.scheme);
        let currency = rules.money().unwrap();
        let outcome = compute(&rules, &case).unwrap();
        laws(&rules, &outcome);
        let expected = case.expect.clone().unwrap();
        let minor = |written: Written| written.in_currency(currency).unwrap().minor;
        let told = || format!("{name}: {:#?}", outcome);
        assert_eq!(Some(outcome.grant.minor), expected.grant.map(minor), "{}", told());
        if let Some(own) = expected.own_share {
            assert_eq!(outcome.own_share.minor, minor(own), "{}", told());
        }
        if !expected.items.is_empty() {
            let items: Vec<i64> = outcome.items.iter().map(|item| item.amount.minor).collect();
            assert_eq!(items, expected.items.into_iter().map(minor).collect::<Vec<_>>(), "{}", told());
        }
        let failed: Vec<String> = outcome.failed.iter().map(|failed| failed.code.clone()).collect();
        assert_eq!(failed, expected.failed, "{}", told());
        if let Some(recover) = expected.recover {
            let settlement = outcome.settlement.clone().unwrap();
            assert_eq!(settlement.to_recover.minor, minor(recover), "{}", told());
            assert_eq!(Some(settlement.to_pay.minor), expected.pay.map(minor), "{}", told());
            if !expected.settle_by.is_empty() {
                assert_eq!(settlement.due_on.map(hoicho::base::dates::iso), Some(expected.settle_by), "{}", told());
            }
        }
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_with_its_line() {
    let refused = |text: &str| Rules::read(text).unwrap_err().what.en.into_owned();
    assert!(refused("code = \"X\"\nmax_moeny = 3\n").contains("Line 2"));
    assert!(refused("code = \"X\"\n[[item]]\nkind = \"booth\"\nrate = \"150%\"\n").contains("Line 4"));
    assert!(refused("code = \"X\"\n[[item]]\nkind = \"booth\"\n").contains("rate"));
    let case = |text: &str| read_case(text).unwrap_err().what.en.into_owned();
    assert!(case("{\"costs\": [{\"cost\": \"chín triệu\"}]}").contains("Line 1"));
    assert!(case("{\"costs\": [{\"cost\": -1}]}").contains("costs[0].cost"));
    assert!(case("{\"costs\": [], \"applied_on\": \"\"}").contains("costs"));
    assert!(case("{\"costs\": [{\"cost\": 1}], \"applied_on\": \"31/02/2025\"}").contains("Line 1"));
}

#[test]
fn schemes_that_stack_up_to_a_part_say_up_to_which() {
    let text = "code = \"X\"\nstacking = \"up_to\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n";
    let refusal = Rules::read(text).unwrap_err();
    assert!(refusal.what.en.contains("stack_up_to"), "{refusal}");
    Rules::read(&text.replace("[[item]]", "stack_up_to = \"70%\"\n[[item]]")).unwrap();
}

#[test]
fn a_kind_of_cost_is_the_same_in_large_and_small_letters() {
    let text = |kind: &str| {
        format!(
            "code = \"X\"\n[[item]]\nkind = \"{kind}\"\nrate = \"50%\"\nrequired = true\n[caps]\nper_booth = 1000000\n"
        )
    };
    let case = PlainCase { costs: vec![row("booth", 9_000_000, 1)], ..PlainCase::default() };
    for kind in ["booth", "Booth"] {
        let outcome = compute(&Rules::read(&text(kind)).unwrap(), &case).unwrap();
        assert_eq!((outcome.grant.minor, outcome.failed.len()), (1_000_000, 0), "{kind}");
    }
}

#[test]
fn versions_of_a_scheme_are_one_scheme() {
    for (one, other) in [("BT-2024", "bt-2024/2"), ("BT-2024/3", "BT-2024/12"), ("39/2012/QĐ", "39/2012/QĐ/2")] {
        assert!(same_scheme(one, other), "{one} {other}");
    }
    for (one, other) in [("39/2012", "39/2015"), ("BT-2024", "BT-2025"), ("BT/A", "BT/B")] {
        assert!(!same_scheme(one, other), "{one} {other}");
    }
}

#[test]
fn a_province_of_today_covers_those_merged_into_it() {
    let at = |wanted: &str, found: &str| {
        let rules = Rules { territory: vec![wanted.to_owned()], ..any_rules(5_000, 9_000, 1, false) };
        let mut case = PlainCase { costs: vec![row("booth", 100, 1)], ..PlainCase::default() };
        case.applicant.territory = found.to_owned();
        compute(&rules, &case).unwrap().failed.is_empty()
    };
    assert!(at("83", "old:83") && at("old:83", "old:83") && at("86", "old:83") && at("86", "old:86") && at("DT", "dt"));
    assert!(!at("84", "old:83") && !at("old:86", "old:83") && !at("86", "other"));
}

fn any_rules(rate: u32, cap: i64, limit: i64, cut: bool) -> Rules {
    let item = |kind: &str| Item {
        kind: kind.to_owned(),
        rate: Some(Percent(BasisPoints(rate))),
        unit_limit: Some(limit),
        ..Item::default()
    };
    Rules {
        code: "X".to_owned(),
        items: vec![item("booth"), item("transport"), item("*")],
        caps: Caps {
            per_event: Some(Written::whole(cap)),
            allocation: if cut { Cut::Proportional } else { Cut::InOrder },
            ..Caps::default()
        },
        ..Rules::default()
    }
}

/// A cap and a number of times over one window, counted together by one key.
fn any_windows(rate: u32, cap: i64, max: i64, (window, same): (usize, usize)) -> Rules {
    let window = [Window::Lifetime, Window::CalendarYear, Window::FiscalYear, Window::Rolling, Window::Edition][window];
    let same = [vec![], vec![Same::Series], vec![Same::Scope], vec![Same::Group]][same].clone();
    let (months, start_month) = (Some(18), Some(10));
    let times = Times { max, window, months, start_month, same: same.clone(), ..Times::default() };
    let cap = CapPer { cap: Written::whole(cap), window, months, start_month, same, ..CapPer::default() };
    Rules { cap_per: vec![cap], times: vec![times], caps: Caps::default(), ..any_rules(rate, 0, 9, false) }
}

fn row(kind: &str, cost: i64, quantity: i64) -> Cost {
    Cost { kind: kind.to_owned(), cost: Written::whole(cost), quantity: Some(quantity), ..Cost::default() }
}

proptest! {
    #[test]
    fn no_grant_is_above_its_cap_and_the_parts_are_the_whole(
        rate in 0_u32..=10_000, cap in 0_i64..40_000_000, limit in 1_i64..5, cut: bool,
        costs in prop::collection::vec((0_i64..30_000_000, 1_i64..6), 1..6)
    ) {
        let rules = any_rules(rate, cap, limit, cut);
        let kinds = ["booth", "transport", "stay"];
        let rows = costs.iter().enumerate().map(|(at, (cost, quantity))| row(kinds[at % 3], *cost, *quantity)).collect();
        let case = PlainCase { costs: rows, ..PlainCase::default() };
        let outcome = compute(&rules, &case).unwrap();
        laws(&rules, &outcome);
        prop_assert!(outcome.grant.minor <= cap);
        // More cost never brings less.
        let mut more = case.clone();
        more.costs[0] = row("booth", costs[0].0 + 1_000_001, costs[0].1);
        prop_assert!(compute(&rules, &more).unwrap().grant.minor >= outcome.grant.minor);
    }

    #[test]
    fn what_was_had_before_counts_in_any_order_and_never_lets_a_window_overflow(
        (rate, cap, max) in (0_u32..=10_000, 0_i64..60_000_000, 1_i64..6), window in 0_usize..5, same in 0_usize..4, cost in 0_i64..90_000_000,
        before in prop::collection::vec((0_i64..2_000, 0_i64..20_000_000, 0_usize..3, 0_usize..5, any::<bool>()), 0..8),
    ) {
        let rules = any_windows(rate, cap, max, (window, same));
        let statuses = [PastStatus::Decided, PastStatus::Attended, PastStatus::Paid, PastStatus::NoShow, PastStatus::Cancelled];
        let first = Date::from_ymd_opt(2022, 1, 1).unwrap();
        let history: Vec<Past> = before.iter().map(|(days, amount, series, status, group_member)| Past {
            on: Day(first.checked_add_signed(chrono::TimeDelta::days(*days))),
            amount: Some(Written::whole(*amount)),
            series: ["A", "B", ""][*series].to_owned(),
            scope: ["domestic", "abroad", ""][*series].to_owned(),
            status: statuses[*status],
            group_member: *group_member,
            ..Past::default()
        }).collect();
        let event = Event { opens_on: Day(Date::from_ymd_opt(2025, 6, 1)), series: "A".to_owned(), scope: "domestic".to_owned(), ..Event::default() };
        let case = PlainCase { costs: vec![row("booth", cost, 1)], history, event, ..PlainCase::default() };
        let outcome = compute(&rules, &case).unwrap();
        laws(&rules, &outcome);
        for (most, used) in &outcome.windows {
            prop_assert!(outcome.grant.minor == 0 || outcome.grant.minor + used.amount.minor <= most.minor);
        }
        let mut turned = case.clone();
        turned.history.reverse();
        let middle = turned.history.len() / 2;
        turned.history.rotate_left(middle);
        prop_assert_eq!(&compute(&rules, &turned).unwrap(), &outcome);
        let mut less = case.clone();
        less.history.pop();
        prop_assert!(compute(&rules, &less).unwrap().grant.minor >= outcome.grant.minor, "less before never brings less");
        let mut more = case;
        more.costs[0] = row("booth", cost + 1_234_567, 1);
        prop_assert!(compute(&rules, &more).unwrap().grant.minor >= outcome.grant.minor, "more cost never brings less");
    }

    #[test]
    fn rules_are_written_as_they_are_read(rate in 0_u32..=10_000, cap in 0_i64..60_000_000, window in 0_usize..5, same in 0_usize..4) {
        let rules = any_windows(rate, cap, 2, (window, same));
        let text = rules.to_text().unwrap();
        prop_assert_eq!(Rules::read(&text).unwrap(), rules, "{}", text);
    }

    #[test]
    fn any_text_is_refused_or_taken_calmly(text in "\\PC{0,200}") {
        let _ = Rules::read(&text);
        let _ = read_case(&text);
    }

    #[test]
    fn amounts_are_written_as_they_are_read(minor in -9_000_000_000_000_i64..9_000_000_000_000) {
        let euro = Money::new(minor, Currency::EUR);
        let text = format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100);
        prop_assert_eq!(Written::read(&text).unwrap().in_currency(Currency::EUR).unwrap(), euro);
    }
}
