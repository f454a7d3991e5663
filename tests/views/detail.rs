//! One record in full, and the price of a decision.

use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::showing::Mask;
use hoicho::domain::view::derived::rent_of_booth;
use hoicho::domain::view::detail::{Section, View, detail, price_lines, price_of};
use hoicho::domain::view::list::{Scope, ids};

use crate::kit::{after, demo, env, find, small, today};

fn view() -> View {
    View { today: today(), lang: Lang::En, mask: Mask::Masked }
}

#[expect(clippy::panic, reason = "a missing piece fails its test")]
fn text<'a>(sections: &'a [Section], section: &str, key: &str) -> &'a str {
    let section = sections.iter().find(|found| found.key == section).unwrap_or_else(|| panic!("no section {section}"));
    &section.lines.iter().find(|line| line.key == key).unwrap_or_else(|| panic!("no line {key}")).text
}

#[test]
fn a_booth_tells_its_state_its_price_and_who_points_to_it() {
    let book = small();
    let sections = detail(&book, Kind::Booth, find(&book, Kind::Booth, "OCOP-26/A1"), view());
    assert_eq!(text(&sections, "fields", "code"), "A1");
    assert_eq!(text(&sections, "computed", "status"), "rented");
    assert_eq!(text(&sections, "price", "grant"), Money::vnd(4_500_000).show(Lang::En));
    assert!(text(&sections, "related", "placements").starts_with("1 ("));
}

#[test]
fn the_price_is_what_claim_and_decision_come_to() {
    let book = small();
    let registration = find(&book, Kind::Registration, "OCOP-26/9900002246");
    let booth = find(&book, Kind::Booth, "OCOP-26/A10");
    let before = price_of(&book, booth, Some(registration)).unwrap().unwrap();
    assert_eq!((before.net, before.vat), (Money::vnd(13_500_000), Money::vnd(1_080_000)));
    assert_eq!(before.grant, Some(Money::vnd(6_750_000)));
    assert_eq!(before.own_share, Some(Money::vnd(7_830_000)));
    assert_eq!(before.budget_left, Some(Money::vnd(100_000_000)));
    assert_eq!(before.budget_after, Some(Money::vnd(93_250_000)), "what is left when it is granted");
    assert!(before.used.iter().all(|row| row.used.times == 0), "nothing this year yet");
    let place = Intent::Place { registration, booths: vec![booth], share: None, from_on: None, to_on: None };
    let book = after(&book, &place, &env(today(), "Mai", 70));
    // Placing it changes nothing of what it costs and brings.
    assert_eq!(price_of(&book, booth, Some(registration)).unwrap().unwrap(), before);
    let claim = Intent::Claim { registrations: vec![registration], scheme: None, fields: Vec::new() };
    let book = after(&book, &claim, &env(today(), "Mai", 71));
    let id = ids(&book, Scope::all(Kind::Claim))[0];
    assert_eq!(book.noun(Kind::Claim, id).unwrap().value("grant").as_money(), before.grant);
    let sections = detail(&book, Kind::Claim, id, view());
    let steps = sections.iter().find(|section| section.key == "calculation").unwrap();
    assert!(steps.lines.iter().any(|line| line.label == "Grant"));
    assert!(text(&sections, "related", "evidences").starts_with("7 ("));
    assert!(price_of(&book, booth, None).unwrap().unwrap().grant.is_none());
}

/// The book with another price of a square metre at the fair.
fn priced(book: &Book, price: Value, seed: u8) -> Book {
    let fields = vec![("price_m2".to_owned(), price)];
    after(
        book,
        &Intent::Edit { kind: Kind::Fair, id: find(book, Kind::Fair, "OCOP-26"), fields },
        &env(today(), "Mai", seed),
    )
}

#[test]
fn what_was_agreed_at_the_placing_holds_for_who_stands_there_and_the_present_price_for_others() {
    let book = small();
    let [one, other] =
        ["9900003810", "9900002246"].map(|tax_code| find(&book, Kind::Registration, &format!("OCOP-26/{tax_code}")));
    let [a1, a10] = ["A1", "A10"].map(|code| find(&book, Kind::Booth, &format!("OCOP-26/{code}")));
    let agreed = price_of(&book, a1, Some(one)).unwrap().unwrap();
    assert_eq!(
        (agreed.net, agreed.vat, agreed.total),
        (Money::vnd(9_000_000), Money::vnd(720_000), Money::vnd(9_720_000))
    );
    let book = priced(&book, Value::Money(Money::vnd(1_200_000)), 73);
    assert_eq!(price_of(&book, a1, Some(one)).unwrap().unwrap(), agreed);
    for tried in [Some(other), None] {
        let price = price_of(&book, a1, tried).unwrap().unwrap();
        assert_eq!((price.net, price.vat), (Money::vnd(10_800_000), Money::vnd(864_000)));
    }
    let sections = detail(&book, Kind::Booth, a1, view());
    assert_eq!(text(&sections, "price", "net"), agreed.net.show(Lang::En));
    assert_eq!(text(&sections, "computed", "rent"), agreed.net.show(Lang::En));
    assert_eq!(rent_of_booth(&book, a1), Some(agreed.net));
    assert_eq!(rent_of_booth(&book, a10), Some(Money::vnd(16_200_000)), "nobody has agreed on it");
}

#[test]
fn a_booth_without_a_price_says_so_before_it_is_rented_and_keeps_the_nothing_that_was_agreed() {
    let book = priced(&small(), Value::Empty, 74);
    let registration = find(&book, Kind::Registration, "OCOP-26/9900002246");
    let booth = find(&book, Kind::Booth, "OCOP-26/A10");
    let warned = |book: &Book| {
        let price = price_of(book, booth, Some(registration)).unwrap().unwrap();
        price_lines(book, &price, Some(registration), view()).iter().any(|line| line.key == "unpriced")
    };
    assert!(warned(&book));
    let place = Intent::Place { registration, booths: vec![booth], share: None, from_on: None, to_on: None };
    let book = after(&book, &place, &env(today(), "Mai", 75));
    let book = priced(&book, Value::Money(Money::vnd(500_000)), 76);
    assert_eq!(price_of(&book, booth, Some(registration)).unwrap().unwrap().net, Money::ZERO);
    assert_eq!(rent_of_booth(&book, booth), Some(Money::ZERO));
    assert!(!warned(&book));
}

#[test]
fn a_budget_line_lists_its_adjustments() {
    let book = small();
    let budget = find(&book, Kind::BudgetLine, "N-2026");
    let adjust = Intent::Adjust {
        budget,
        amount: Money::vnd(5_000_000),
        lower: false,
        decision_no: Text::new("12/QĐ-UBND"),
        on: Some(today()),
        reason: Text::new("bổ sung"),
    };
    let book = after(&book, &adjust, &env(today(), "Mai", 72));
    let sections = detail(&book, Kind::BudgetLine, budget, view());
    let lines = &sections.iter().find(|section| section.key == "adjustments").unwrap().lines;
    assert_eq!(lines[0].label, "24/11/2026 · 12/QĐ-UBND · bổ sung");
    assert_eq!(text(&sections, "computed", "free"), Money::vnd(105_000_000).show(Lang::En));
}

#[test]
fn every_record_of_the_demonstration_can_be_shown() {
    let book = demo();
    for kind in Kind::ALL {
        for id in ids(&book, Scope::all(*kind)).into_iter().step_by(7) {
            assert!(!detail(&book, *kind, id, view()).is_empty());
        }
    }
    assert!(detail(&book, Kind::Fair, hoicho::base::ids::Id::NIL, view()).is_empty());
}
