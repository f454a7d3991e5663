//! Schemes of a book that are written as a text: what is checked at the door, what follows from it, what counts.

use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::evidence::EvidenceKind;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::refusal::Refusal;
use hoicho::domain::scheme::Scheme;
use hoicho::domain::terms::terms;
use hoicho::domain::view::suits::suits;
use hoicho::domain::view::usage::{Limit, of_business, of_registration};
use hoicho::domain::{Claim, Evidence};

use super::world::{World, day, dong, fields, on, text, vnd};

const TEXT: &str = r#"
code = "DT-2021"
title = "Hội chợ trong nước"
scopes = ["domestic"]
validity_basis = "opening"

[[item]]
kind = "booth"
title = "Một gian"
title_en = "One booth"
rate = "50%"
unit_limit = 1

[caps]
per_event = "10.000.000"

[[times]]
max = 2
window = "calendar_year"

[[cap_per]]
cap = 11000000
window = "calendar_year"

[advance]
most = "40%"
settle_days = 20

[[evidence]]
code = "ev05"
[[evidence]]
code = "ev09"
required = false
"#;

fn lines(text: &str) -> Value {
    Value::Text(Text::lines(text))
}

fn add<const N: usize>(list: [(&str, Value); N]) -> Intent {
    let mut all = fields([("title", text("Chương trình")), ("valid_from", on("01/01/2024"))]);
    all.extend(fields(list));
    Intent::Add { kind: Kind::Scheme, fields: all }
}

fn refused<const N: usize>(list: [(&str, Value); N]) -> Refusal {
    World::new().refused("Mai", add(list))
}

fn written(world: &mut World, code: &str) -> Id {
    let id = world.act("Mai", add([("code", text(code)), ("rules", lines(TEXT))]));
    world.step("Mai", Kind::Scheme, id, "active");
    id
}

#[test]
fn the_plain_fields_follow_the_text_and_what_contradicts_it_is_refused_at_its_field() {
    let mut world = World::new();
    let id = world.act("Mai", add([("code", text("DT-2021")), ("rules", lines(TEXT))]));
    let scheme = world.get::<Scheme>(id);
    assert_eq!((scheme.rate, scheme.booths_max, scheme.times_year), (Some(BasisPoints(5_000)), Some(1), Some(2)));
    assert_eq!((dong(scheme.cap), dong(scheme.cap_year)), (10_000_000, 11_000_000));
    // Another text: what stood there from the text before is replaced, not held against it.
    let other = TEXT.replace("50%", "60%").replace("[caps]\nper_event = \"10.000.000\"\n", "");
    world.edit(Kind::Scheme, id, [("rules", lines(&other))]);
    let scheme = world.get::<Scheme>(id);
    assert_eq!((scheme.rate, scheme.cap), (Some(BasisPoints(6_000)), None));
    let typed = Intent::Edit { kind: Kind::Scheme, id, fields: fields([("rate", Value::Number(7_000))]) };
    assert_eq!(world.refused("Mai", typed).field, "rate");

    let rules = || ("rules", lines(TEXT));
    let at = |refusal: Refusal| (refusal.code, refusal.field);
    assert_eq!(at(refused([("code", text("BT"))])), ("field-missing", "rate".to_owned()));
    assert_eq!(at(refused([("code", text("BT")), rules()])), ("scheme-contradicts", "code".to_owned()));
    assert_eq!(
        at(refused([("code", text("DT-2021/2")), ("cap", vnd(9_000_000)), rules()])),
        ("scheme-contradicts", "cap".to_owned())
    );
    let broken = refused([("code", text("DT-2021")), ("rules", lines("code = \"DT-2021\"\nrates = 3"))]);
    assert!(broken.field == "rules" && broken.what.en.contains("Line 2"), "{broken}");
    let unknown = TEXT.replace("ev09", "ev99");
    assert_eq!(refused([("code", text("DT-2021")), ("rules", lines(&unknown))]).code, "paper-unknown");
}

#[test]
fn a_version_in_force_is_frozen_and_reckons_in_dong() {
    let mut world = World::new();
    let id = written(&mut world, "DT-2021");
    let edit = Intent::Edit { kind: Kind::Scheme, id, fields: fields([("rules", lines(&TEXT.replace("50%", "60%")))]) };
    assert_eq!(world.refused("Mai", edit).code, "scheme-frozen");
    world.edit(Kind::Scheme, id, [("valid_to", on("31/12/2026"))]);
    let euro = "code = \"EU\"\ncurrency = \"EUR\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"";
    let foreign = world.act("Mai", add([("code", text("EU")), ("rules", lines(euro))]));
    let step = super::world::step(Kind::Scheme, foreign, "active");
    assert_eq!(world.refused("Mai", step).code, "scheme-currency");
}

#[test]
fn papers_and_advance_are_the_schemes_where_it_says_them() {
    let mut world = World::new();
    let id = written(&mut world, "DT-2021");
    let own = terms(Some(world.get::<Scheme>(id)));
    assert_eq!((own.advance_most, own.settle_days, own.claim_days), (BasisPoints(4_000), 20, 45));
    assert_eq!(own.documents, [EvidenceKind::Invoice, EvidenceKind::Report]);
    assert_eq!(own.needed, [EvidenceKind::Invoice]);
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (business, booth) = (world.business("Cơ sở Mỏ Cày"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    let claim = world.claim(registration, id, []);
    assert_eq!(world.book.pointing::<Evidence>(claim).count(), 2);
}

/// A decided claim for a booth of 9,000,000 ₫ at a fair that opens on this day.
fn decided(world: &mut World, (business, scheme, budget): (Id, Id, Id), code: &str, opens: &str) -> Id {
    let fair = world.fair(code, opens, opens);
    let (booth, registration) = (world.booth(fair, "A1"), world.registration(fair, business));
    world.place(registration, booth);
    let claim = world.claim(registration, scheme, []);
    if !world.get::<Claim>(claim).grant.unwrap().is_zero() {
        world.appraise(claim);
        world.decide(claim, budget);
    }
    claim
}

#[test]
fn the_past_counts_over_versions_and_connected_firms_with_what_is_really_due() {
    let mut world = World::new();
    let budget = world.budget("KP", 500_000_000);
    let first = written(&mut world, "DT-2021");
    let business = world.business("Cơ sở Mỏ Cày");
    let claim = decided(&mut world, (business, first, budget), "H1", "20/02/2026");
    let second = written(&mut world, "DT-2021/2");
    let fair = world.fair("H2", "20/03/2026", "22/03/2026");
    let (booth, registration) = (world.booth(fair, "A1"), world.registration(fair, business));
    world.place(registration, booth);
    let list = [("cost", vnd(30_000_000)), ("booths", Value::Number(1))];
    let later = world.claim(registration, second, list);
    assert_eq!(
        dong(world.get::<Claim>(later).grant),
        11_000_000 - 4_500_000,
        "the year has one cap over both versions"
    );
    // Accepted at less: what is due makes room again.
    let rows: Vec<Id> = world.book.pointing::<Evidence>(claim).map(|row| row.id).collect();
    for row in rows {
        world.step("Hà", Kind::Evidence, row, "received");
        world.step("Hà", Kind::Evidence, row, "accepted");
    }
    let accepted = Intent::Accept {
        claims: vec![claim],
        cost: Some(Money::vnd(4_000_000)),
        vat: None,
        other_public: None,
        on: None,
    };
    world.act("Hà", accepted);
    world.edit(Kind::Claim, later, [("invoice_no", text("1C26TMH/9"))]);
    assert_eq!(dong(world.get::<Claim>(later).grant), 11_000_000 - 2_000_000);
}

#[test]
fn connected_firms_share_a_cap_where_the_scheme_says_so() {
    let mut world = World::new();
    let budget = world.budget("KP", 500_000_000);
    let shared = "code = \"NH\"\ngroup = \"connected\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n[[cap_per]]\ncap = 6000000\n";
    let scheme = world.act("Mai", add([("code", text("NH")), ("rules", lines(shared))]));
    world.step("Mai", Kind::Scheme, scheme, "active");
    let firm = |world: &mut World, name: &str, group: &str| {
        world.add(Kind::Business, [("name", text(name)), ("group", text(group))])
    };
    let (one, two, three) =
        (firm(&mut world, "Một", "Nhóm A"), firm(&mut world, "Hai", "nhóm a"), firm(&mut world, "Ba", ""));
    let grants = [(one, "H1"), (two, "H2"), (three, "H3")].map(|(business, code)| {
        let claim = decided(&mut world, (business, scheme, budget), code, "20/02/2026");
        dong(world.get::<Claim>(claim).grant)
    });
    assert_eq!(grants, [4_500_000, 1_500_000, 4_500_000]);
}

#[test]
fn every_limit_says_what_is_used_what_is_left_and_when_it_begins_anew() {
    let mut world = World::new();
    let budget = world.budget("KP", 500_000_000);
    let scheme = written(&mut world, "DT-2021");
    let more = "code = \"CH\"\ngroup = \"connected\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n\
        [[cap_per]]\ncap = 9000000\nwindow = \"rolling\"\nmonths = 36\nsame = [\"any_scheme\"]\n[[times]]\nmax = 3\nsame = [\"series\"]\n";
    let other = world.act("Mai", add([("code", text("CH")), ("rules", lines(more))]));
    world.step("Mai", Kind::Scheme, other, "active");
    let business = world.business("Cơ sở Mỏ Cày");
    let claim = decided(&mut world, (business, scheme, budget), "H1", "20/02/2026");
    let rows = of_business(&world.book, business, day("01/03/2026")).unwrap();
    let said: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.label().en, row.state().en)).collect();
    assert_eq!(
        said,
        [
            "2 times, year 2026: 1 used, 1 left, anew from 01/01/2027",
            "11.000.000 ₫, year 2026: 4.500.000 ₫ used, 6.500.000 ₫ left, anew from 01/01/2027",
            "3 times, of all time, series H1: 0 used, 3 left",
            "9.000.000 ₫, 36 months, from 01/03/2023, the connected group together: \
             4.500.000 ₫ used, 4.500.000 ₫ left, anew from 21/02/2029",
        ]
    );
    // What the views say is what the next claim meets.
    let registration = world.get::<Claim>(claim).registration.unwrap();
    let own = of_registration(&world.book, registration).unwrap();
    assert!(own.iter().all(|row| row.used.times == 0), "its own claim is left out");
    let next = decided(&mut world, (business, scheme, budget), "H2", "20/03/2026");
    assert_eq!(dong(world.get::<Claim>(next).grant), 4_500_000);
    let third = decided(&mut world, (business, scheme, budget), "H3", "20/04/2026");
    assert_eq!(world.get::<Claim>(third).calculation.as_ref().unwrap().barred.len(), 1);
    let rows = of_business(&world.book, business, day("01/05/2026")).unwrap();
    assert!(matches!(rows[0].limit, Limit::Times { left: 0, .. }));
}

#[test]
fn schemes_are_compared_the_most_favourable_first_with_the_reasons_of_the_others() {
    let mut world = World::new();
    let (less, more) = (world.scheme("MỘT", [("cap", vnd(2_000_000))]), world.scheme("HAI", []));
    let none = world.scheme("BA", [("stars_min", Value::Number(3)), ("rate", Value::Number(9_000))]);
    world.act("Mai", add([("code", text("NHÁP")), ("rate", Value::Number(9_900))]));
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (business, booth) = (world.business("Cơ sở Mỏ Cày"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    let grants = |world: &World| {
        let found = suits(&world.book, registration).unwrap();
        let all = found.suits.iter().map(|suit| (suit.scheme, suit.grant.minor, suit.barred.len())).collect::<Vec<_>>();
        (all, found.estimated.is_some())
    };
    let expected = vec![(more, 4_500_000, 0), (less, 2_000_000, 0), (none, 0, 1)];
    assert_eq!(grants(&world), (expected.clone(), true), "a booth of 9 m² stands for the one that is not rented yet");
    world.place(registration, booth);
    assert_eq!(grants(&world), (expected, false));
    let claim = world.claim(registration, less, []);
    assert_eq!(dong(world.get::<Claim>(claim).grant), 2_000_000);
    assert_eq!(grants(&world).0[0].0, more, "a claim that stands does not stop the comparison");
}
