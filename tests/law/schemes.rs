//! The shipped schemes and the worked examples E1–E20: each example is a file that `hoicho scheme try` takes, and a test.

use std::path::Path;

use hoicho::base::money::{BasisPoints, Currency, Money};
use hoicho::domain::subsidy::rules::{
    Caps, Cost, Cut, Item, Outcome, Percent, PlainCase, Rules, Written, compute, read_case,
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
    assert!(case("{\"costs\": [{\"cost\": 1}], \"applied_on\": \"31/02/2025\"}").contains("applied_on"));
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
