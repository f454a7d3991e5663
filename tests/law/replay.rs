//! A draft tried over a past year: the same rules give the same, another rule says who gains, who loses and what runs out.

use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::domain::field::Value;
use hoicho::domain::record::Kind;
use hoicho::domain::scheme::Scheme;
use hoicho::domain::subsidy::rules::{Hit, Rules};
use hoicho::domain::view::replay::{Replay, replay, told};
use hoicho::domain::{Business, Claim, Registration};

use super::world::{World, same_records, text, vnd};

/// Two firms; the first three times, of which the third was refused by the rule, the second once.
fn year() -> (World, Id) {
    let mut world = World::new();
    let budget = world.budget("KP", 500_000_000);
    let scheme = world.scheme("BT", [("times_year", Value::Number(2))]);
    let (one, two) = (world.business("Một"), world.business("Hai"));
    for (business, code, opens) in
        [(one, "H1", "20/02/2026"), (one, "H2", "20/03/2026"), (one, "H3", "20/04/2026"), (two, "H4", "20/05/2026")]
    {
        let fair = world.fair(code, opens, opens);
        let (booth, registration) = (world.booth(fair, "A1"), world.registration(fair, business));
        world.place(registration, booth);
        let claim = world.claim(registration, scheme, []);
        if world.get::<Claim>(claim).grant.unwrap().is_zero() {
            world.step("Hùng", Kind::Claim, claim, "in_check");
            world.step("Hùng", Kind::Claim, claim, "rejected");
        } else {
            world.appraise(claim);
            world.decide(claim, budget);
        }
        world.wait(1);
    }
    (world, scheme)
}

fn under(world: &World, scheme: Id, change: impl FnOnce(&mut Scheme), budget: Option<i64>) -> Replay {
    let mut draft = world.get::<Scheme>(scheme).clone();
    change(&mut draft);
    let before = world.book.clone();
    let found = replay(&world.book, scheme, &Rules::of(&draft).unwrap(), 2026, budget.map(Money::vnd)).unwrap();
    assert!(same_records(&before, &world.book));
    let sum = |of: fn(&hoicho::domain::view::replay::Replayed) -> i64| found.claims.iter().map(of).sum::<i64>();
    assert_eq!((found.was.minor, found.now.minor), (sum(|one| one.was.minor), sum(|one| one.now.minor)));
    found
}

fn firms(world: &World, found: &[Id]) -> Vec<String> {
    let name = |id: &Id| {
        let registration = world.get::<Registration>(world.get::<Claim>(*id).registration.unwrap());
        world.get::<Business>(registration.business.unwrap()).name.to_string()
    };
    found.iter().map(name).collect()
}

#[test]
fn the_rules_as_they_are_change_nothing() {
    let (world, scheme) = year();
    let found = under(&world, scheme, |_| {}, Some(13_500_000));
    let amounts: Vec<(i64, i64)> = found.claims.iter().map(|claim| (claim.was.minor, claim.now.minor)).collect();
    assert_eq!(amounts.iter().filter(|(was, now)| was == now).count(), 4, "{amounts:?}");
    assert_eq!((found.gain().count(), found.lose().count(), found.exhausted().count()), (0, 0, 0));
    assert_eq!((found.now, found.lacking, found.short_from), (Money::vnd(13_500_000), Money::ZERO, None));
    assert!(replay(&world.book, scheme, &Rules::of(world.get(scheme)).unwrap(), 2025, None).unwrap().claims.is_empty());
}

#[test]
fn a_stricter_draft_says_who_loses_what_runs_out_and_where_the_budget_ends() {
    let (world, scheme) = year();
    let stricter = |draft: &mut Scheme| {
        draft.cap = Some(Money::vnd(4_000_000));
        draft.times_year = Some(1);
    };
    let found = under(&world, scheme, stricter, Some(6_000_000));
    assert_eq!((found.now, found.lacking), (Money::vnd(8_000_000), Money::vnd(2_000_000)));
    let lost: Vec<Id> = found.lose().map(|claim| claim.claim).collect();
    assert_eq!(firms(&world, &lost), ["Một", "Một", "Hai"]);
    assert_eq!(firms(&world, &[found.short_from.unwrap()]), ["Hai"]);
    let hits: Vec<Vec<Hit>> = found.exhausted().map(|claim| claim.hits.clone()).collect();
    assert_eq!(hits, [vec![Hit::Event], vec![Hit::Times], vec![Hit::Event]]);
    assert!(found.lose().all(|claim| !claim.reasons.is_empty()));
}

#[test]
fn a_wider_draft_gives_to_those_whom_the_rule_refused_and_its_own_days_are_left_aside() {
    let (world, scheme) = year();
    let wider = |draft: &mut Scheme| {
        draft.times_year = None;
        draft.valid_from = Some(super::world::day("01/01/2030"));
    };
    let found = under(&world, scheme, wider, None);
    let gain: Vec<(i64, i64)> = found.gain().map(|claim| (claim.was.minor, claim.now.minor)).collect();
    assert_eq!((gain, found.lose().count()), (vec![(0, 4_500_000)], 0));
}

#[test]
fn a_draft_of_another_code_is_tried_on_the_scheme_with_the_most_claims() {
    let (mut world, _) = year();
    let list = [("code", text("NEW")), ("title", text("Mới")), ("cap", vnd(1_000_000)), ("rate", Value::Number(9_000))];
    let draft = world.add(
        Kind::Scheme,
        [
            list[0].clone(),
            list[1].clone(),
            list[2].clone(),
            list[3].clone(),
            ("valid_from", super::world::on("01/01/2027")),
        ],
    );
    let (title, lines) = told(&world.book, draft).unwrap();
    assert!(title.en.contains("NEW over the 2026 claims of BT"), "{}", title.en);
    assert_eq!(lines[0].en, "4 claims: 13.500.000 ₫ before, 4.000.000 ₫ under the draft.");
    assert_eq!(lines.len(), 3 + 4);
    assert_eq!(told(&World::new().book, draft).unwrap_err().code, "nothing-to-try");
}
