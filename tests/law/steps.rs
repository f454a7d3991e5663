//! The lives of records: every state can be reached, and what is said to be open is open.

use std::collections::BTreeSet;

use hoicho::base::money::Money;
use hoicho::domain::field::Choice;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::recovery::RecoveryCause;
use hoicho::domain::steps;

use super::world::{World, ids, on, state, step, text};
use hoicho::domain::field::Value;

fn with_states() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| steps::state_field(*kind).is_some())
}

#[test]
fn every_state_is_reached_from_the_first() {
    for kind in with_states() {
        let all: BTreeSet<&str> = steps::states(kind).iter().map(|choice| choice.key).collect();
        let mut reached: BTreeSet<&str> = steps::states(kind).first().map(|choice| choice.key).into_iter().collect();
        loop {
            let next: Vec<&Choice> =
                reached.iter().flat_map(|from| steps::open_steps(kind, from)).map(|(choice, _)| choice).collect();
            let before = reached.len();
            reached.extend(next.iter().map(|choice| choice.key));
            if reached.len() == before {
                break;
            }
        }
        assert_eq!(reached, all, "{kind:?}");
    }
}

#[test]
fn no_step_leads_where_it_starts() {
    for kind in with_states() {
        for choice in steps::states(kind) {
            assert_eq!(steps::find(kind, choice.key, choice.key), None, "{kind:?} {}", choice.key);
        }
    }
}

/// One record of every kind that has states.
fn one_of_each() -> World {
    let mut world = World::new();
    let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", 100_000_000));
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (business, booth) = (world.business("Hợp tác xã Cái Mơn"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    let claim = world.claim(registration, scheme, []);
    world.appraise(claim);
    world.decide(claim, budget);
    world.accept(claim);
    world.pay(claim);
    let draw = [("fair", Value::Link(fair)), ("code", text("BT1")), ("chance_from", text("Xổ số ngày 20/02/2026"))];
    world.add(Kind::Draw, draw);
    let recover = Intent::Recover {
        claim,
        amount: Money::vnd(500_000),
        cause: RecoveryCause::Audit,
        decision_no: "9/QĐ".into(),
        due_on: None,
    };
    world.act("Hà", recover);
    let (other, booth) = (world.business("Hợp tác xã Chợ Lách"), world.booth(fair, "A2"));
    let registration = world.registration(fair, other);
    world.place(registration, booth);
    let listed = world.claim(registration, scheme, []);
    world.appraise(listed);
    world.decide(listed, budget);
    world.accept(listed);
    world.act("Hà", Intent::PayList { claims: vec![listed], on: None, title: "".into() });
    let partner = world.add(Kind::Partner, [("name", text("Siêu thị Hàm Luông"))]);
    world.add(Kind::Lead, [("business", Value::Link(business)), ("partner", Value::Link(partner))]);
    let product = world.add(Kind::Product, [("business", Value::Link(business)), ("name", text("Kẹo dừa"))]);
    let certificate = [("product", Value::Link(product)), ("stars", Value::Number(4)), ("issued_on", on("01/02/2025"))];
    world.add(Kind::Certificate, certificate);
    let asked = [("asked_by", text("Nguyễn Thị Bông")), ("kind", text("access")), ("received_on", on("02/01/2026"))];
    world.add(Kind::Request, asked);
    let conference = [("code", text("KN")), ("on", on("12/03/2026")), ("tables", Value::Number(4))];
    let conference = world.add(Kind::Conference, conference);
    let meeting = [
        ("conference", Value::Link(conference)),
        ("partner", Value::Link(partner)),
        ("business", Value::Link(business)),
        ("slot", Value::Number(1)),
        ("table", Value::Number(1)),
    ];
    world.add(Kind::Meeting, meeting);
    world
}

#[test]
fn what_is_open_is_never_refused_as_no_step_and_the_rest_always_is() {
    // Walks outward from the records of a living office, so that most states are tried.
    let mut worlds = vec![one_of_each()];
    let mut seen = BTreeSet::new();
    while let Some(world) = worlds.pop() {
        for kind in with_states() {
            for id in ids(&world.book, kind) {
                let from = state(&world.book.record(kind, id).unwrap());
                if !seen.insert((kind, from.clone())) {
                    continue;
                }
                let open: Vec<&str> = steps::open_steps(kind, &from).iter().map(|(choice, _)| choice.key).collect();
                for choice in steps::states(kind) {
                    let mut next = world.clone();
                    let came = next.try_act("Hùng", &step(kind, id, choice.key));
                    let no_step = matches!(&came, Err(refusal) if refusal.code == "step-illegal");
                    assert_eq!(no_step, !open.contains(&choice.key), "{kind:?} {from} → {}: {came:?}", choice.key);
                    match came {
                        Ok(_) => worlds.push(next),
                        Err(refusal) => super::words::sound(&refusal),
                    }
                }
            }
        }
    }
    for kind in with_states() {
        assert!(seen.iter().any(|(tried, _)| *tried == kind), "{kind:?} was not tried");
    }
}

#[test]
fn a_step_that_needs_a_reason_is_refused_without_one() {
    let world = one_of_each();
    for kind in with_states() {
        for id in ids(&world.book, kind) {
            let from = state(&world.book.record(kind, id).unwrap());
            for (choice, reason) in steps::open_steps(kind, &from) {
                let silent = Intent::Step { kind, id, to: choice.key.into(), reason: "".into() };
                let came = world.clone().try_act("Hùng", &silent);
                let missing = matches!(&came, Err(refusal) if refusal.code == "reason-missing");
                assert_eq!(missing, reason, "{kind:?} {from} → {}: {came:?}", choice.key);
            }
        }
    }
}

#[test]
fn an_edit_is_no_way_around_the_steps() {
    let mut world = World::new();
    let business = world.business("Hợp tác xã Cái Mơn");
    world.step("Mai", Kind::Business, business, "dissolved");
    let edit = vec![("status".to_owned(), text("suspended"))];
    assert_eq!(
        world.refused("Mai", Intent::Edit { kind: Kind::Business, id: business, fields: edit }).code,
        "step-illegal"
    );
}
