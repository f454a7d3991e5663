//! Figures that open to their records.

use hoicho::base::money::{BasisPoints, Money};
use hoicho::domain::record::Kind;
use hoicho::domain::view::report::{Among, Amount, Report, budget, fair, leads, support};

use crate::kit::ledger::{hledger_agrees, ledger_agrees};
use crate::kit::{demo, find, small, today};

#[expect(clippy::panic, reason = "a missing piece fails its test")]
fn value(report: &Report, key: &str) -> Amount {
    report.figure(key).unwrap_or_else(|| panic!("no figure {key}")).value.clone()
}

#[test]
fn the_year_that_the_newspaper_reports() {
    let book = demo();
    let report = support(&book, 2024).unwrap();
    for (key, amount) in [
        ("businesses", Amount::Number(34)),
        ("participations", Amount::Number(41)),
        ("fairs", Amount::Number(4)),
        ("rate_bp", Amount::Rate(BasisPoints(5000))),
        ("rent", Amount::Money(Money::vnd(496_260_000))),
        ("paid", Amount::Money(Money::vnd(246_530_000))),
    ] {
        assert_eq!(value(&report, key), amount, "{key}");
    }
    assert!(report.notes.is_empty());
    assert_eq!(report.tables[0].rows.len(), 4);
    assert_eq!(report.figure("participations").unwrap().records.len(), 41);
    for line in [2024, 2025, 2026] {
        let report = budget(&book, line).unwrap();
        let of = |key| match value(&report, key) {
            Amount::Money(money) => money.minor,
            other => panic!("{other:?}"),
        };
        assert_eq!(of("whole"), of("free") + of("committed") + of("paid") - of("returned"), "{line}");
    }
}

#[test]
fn a_fair_is_counted_by_its_booths_and_its_leads() {
    let book = small();
    let report = fair(&book, find(&book, Kind::Fair, "OCOP-26"), today()).unwrap();
    for (key, amount) in [
        ("registrations", Amount::Number(2)),
        ("booths", Amount::Number(4)),
        ("booths_rented", Amount::Number(1)),
        ("booths_held", Amount::Number(1)),
        ("booths_free", Amount::Number(1)),
        ("booths_blocked", Amount::Number(1)),
        ("taken_bp", Amount::Rate(BasisPoints(5000))),
        ("rent", Amount::Money(Money::vnd(9_000_000))),
        ("granted", Amount::Money(Money::ZERO)),
        ("mou", Amount::Money(Money::vnd(50_000_000))),
        ("contract", Amount::Money(Money::ZERO)),
        ("visits", Amount::Empty),
    ] {
        assert_eq!(value(&report, key), amount, "{key}");
    }
}

#[test]
fn leads_are_counted_by_stage_and_person() {
    let book = small();
    let report = leads(&book, Among::Year(2026), today()).unwrap();
    assert_eq!(value(&report, "leads"), Amount::Number(2));
    assert_eq!(value(&report, "overdue"), Amount::Number(1));
    assert_eq!(value(&report, "without_step"), Amount::Number(1));
    assert_eq!(report.tables[0].rows.len(), 2);
    assert_eq!(value(&leads(&book, Among::Year(2025), today()).unwrap(), "leads"), Amount::Number(0));
}

#[test]
fn the_ledger_comes_to_the_sums_of_the_book() {
    assert_eq!(ledger_agrees(&demo()), Ok(()));
    assert_eq!(ledger_agrees(&small()), Ok(()));
    let text = hoicho::exchange::write_ledger::write_ledger(&demo(), hoicho::base::words::Lang::Vi).unwrap();
    assert_eq!(hledger_agrees(&text), Ok(()));
}
