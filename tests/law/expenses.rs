//! What a claim asks beside the rent: by the scheme's items, in one calculation, proved before it is accepted.

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::evidence::{EvidenceKind, EvidenceStatus};
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::view::doctor::findings;
use hoicho::domain::{Claim, Evidence, Expense};

use super::world::{World, dong, fields, on, records, text, vnd};

/// Half of one booth, transport and stay in full, at most 10,000,000 in all, in this order.
const RULES: &str = r#"
code = "DT-2021"
[[item]]
kind = "booth"
rate = "50%"
unit_limit = 1
[[item]]
kind = "transport"
title = "Vận chuyển hàng"
title_en = "Transport of goods"
rate = "100%"
[[item]]
kind = "stay"
rate = "100%"
basis = "min_of"
unit_limit = 1
[caps]
per_event = "10.000.000"
allocation = "in_order"
"#;

/// A claim of 12,000,000 for a booth, under these rules.
fn claimed(world: &mut World, code: &str) -> Id {
    let scheme = world.add(
        Kind::Scheme,
        [
            ("code", text("DT-2021")),
            ("title", text("Hội chợ trong nước")),
            ("valid_from", on("01/01/2024")),
            ("rules", Value::Text(Text::lines(RULES))),
        ],
    );
    world.step("Mai", Kind::Scheme, scheme, "active");
    let fair = world.fair(code, "20/03/2026", "25/03/2026");
    let (booth, business) = (world.booth(fair, "A1"), world.business(&format!("Hợp tác xã {code}")));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    world.claim(registration, scheme, [("cost", vnd(12_000_000))])
}

fn expense(claim: Id, kind: &str, cost: i64) -> Intent {
    let list = [("claim", Value::Link(claim)), ("kind", text(kind)), ("cost", vnd(cost))];
    Intent::Add { kind: Kind::Expense, fields: fields(list) }
}

fn grants(world: &World, claim: Id) -> Vec<i64> {
    let made = world.get::<Claim>(claim).calculation.clone().unwrap();
    made.items.iter().map(|item| item.amount.minor).collect()
}

#[test]
fn expenses_are_computed_with_the_rent_in_the_order_of_the_items() {
    let mut world = World::new();
    let claim = claimed(&mut world, "H1");
    assert_eq!(dong(world.get::<Claim>(claim).grant), 6_000_000);
    let stay = world.act("Mai", expense(claim, "stay", 2_500_000));
    assert_eq!(grants(&world, claim), [6_000_000, 2_500_000]);
    // An item is known by its title too, marks or not; the order of entry is not the order of items.
    let transport = world.act("Mai", expense(claim, "van chuyen hang", 3_000_000));
    assert_eq!(world.get::<Expense>(transport).kind, Text::new("transport"));
    assert_eq!(grants(&world, claim), [6_000_000, 3_000_000, 1_000_000], "the worked example E2");
    let asked = world.get::<Claim>(claim);
    assert_eq!((dong(asked.grant), dong(asked.own_share)), (10_000_000, 7_500_000));
    world.edit(Kind::Expense, stay, [("quantity", Value::Number(2)), ("norm", vnd(400_000))]);
    assert_eq!(grants(&world, claim), [6_000_000, 3_000_000, 400_000], "one person, by the norm");
    world.edit(Kind::Expense, transport, [("other_public", vnd(1_000_000))]);
    assert_eq!(grants(&world, claim), [6_000_000, 2_000_000, 400_000]);
    let before = records(&world.book);
    world.act("Mai", Intent::Remove { kind: Kind::Expense, id: stay });
    assert_eq!(grants(&world, claim), [6_000_000, 2_000_000]);
    world.try_take_back("Mai", false).unwrap();
    let strip = |all: &std::collections::BTreeMap<_, (hoicho::domain::record::Record, u64)>| {
        all.values().map(|(record, _)| record.clone()).collect::<Vec<_>>()
    };
    assert_eq!(strip(&records(&world.book)), strip(&before), "one undo brings expense, figures and checklist back");
}

#[test]
fn only_items_of_the_scheme_are_taken_and_the_rent_stands_in_the_claim() {
    let mut world = World::new();
    let claim = claimed(&mut world, "H1");
    let refusal = world.refused("Mai", expense(claim, "ticket", 1));
    assert_eq!((refusal.code, refusal.field.as_str()), ("expense-not-supported", "kind"));
    assert!(refusal.fix.en.contains("transport, stay"), "{refusal:?}");
    let refusal = world.refused("Mai", expense(claim, "booth", 1));
    assert!(refusal.what.en.contains("rent stands in the claim"), "{refusal:?}");
}

#[test]
fn expenses_stand_once_appraised_and_what_is_proved_of_them_lowers_what_is_due() {
    let mut world = World::new();
    let (claim, budget) = (claimed(&mut world, "H1"), world.budget("KP", 50_000_000));
    let transport = world.act("Mai", expense(claim, "transport", 3_000_000));
    let early = Intent::Edit { kind: Kind::Expense, id: transport, fields: fields([("accepted_cost", vnd(1))]) };
    assert_eq!(world.refused("Mai", early).code, "expense-not-decided");
    world.appraise(claim);
    for intent in [
        expense(claim, "stay", 1_000_000),
        Intent::Remove { kind: Kind::Expense, id: transport },
        Intent::Edit { kind: Kind::Expense, id: transport, fields: fields([("cost", vnd(9))]) },
    ] {
        assert_eq!(world.refused("Mai", intent).code, "expense-frozen");
    }
    world.decide(claim, budget);
    assert_eq!(dong(world.get::<Claim>(claim).grant), 9_000_000);
    world.edit(Kind::Expense, transport, [("invoice_no", text("1C26TVC/12")), ("accepted_cost", vnd(2_200_000))]);
    assert_eq!(dong(world.get::<Claim>(claim).grant), 9_000_000, "what was decided stands");
    // Its invoice is a paper of the file, without which nothing is accepted.
    let rows: Vec<Id> = world.book.pointing::<Evidence>(claim).map(|row| row.id).collect();
    for row in rows {
        if world.get::<Evidence>(row).document != EvidenceKind::Transport {
            world.step("Hà", Kind::Evidence, row, "received");
            world.step("Hà", Kind::Evidence, row, "accepted");
        }
    }
    let accept = Intent::Accept { claims: vec![claim], cost: None, vat: None, other_public: None, on: None };
    assert_eq!(world.refused("Hà", accept).code, "evidence-incomplete");
    world.accept(claim);
    let accepted = world.get::<Claim>(claim);
    assert_eq!((dong(accepted.final_grant), dong(accepted.own_share)), (8_200_000, 6_000_000));
    let late = Intent::Edit { kind: Kind::Expense, id: transport, fields: fields([("accepted_cost", vnd(1))]) };
    assert_eq!(world.refused("Mai", late).code, "expense-not-decided");
}

#[test]
fn the_checklist_has_the_invoices_of_expenses_as_long_as_there_are_some() {
    let mut world = World::new();
    let claim = claimed(&mut world, "H1");
    let papers = |world: &World| {
        let rows = world.book.pointing::<Evidence>(claim);
        rows.filter(|row| row.document == EvidenceKind::Transport).map(|row| row.status).collect::<Vec<_>>()
    };
    assert_eq!(papers(&world), []);
    let first = world.act("Mai", expense(claim, "transport", 3_000_000));
    let second = world.act("Mai", expense(claim, "stay", 1_000_000));
    assert_eq!(papers(&world), [EvidenceStatus::Missing]);
    world.act("Mai", Intent::Remove { kind: Kind::Expense, id: first });
    assert_eq!(papers(&world), [EvidenceStatus::Missing]);
    world.act("Mai", Intent::Remove { kind: Kind::Expense, id: second });
    assert_eq!(papers(&world), []);
    world.act("Mai", expense(claim, "stay", 1_000_000));
    world.act("Mai", Intent::Remove { kind: Kind::Claim, id: claim });
    assert_eq!((world.book.count(Kind::Expense), world.book.count(Kind::Evidence)), (0, 0));
}

#[test]
fn an_invoice_is_found_wherever_it_was_used_before() {
    let mut world = World::new();
    let first = claimed(&mut world, "H1");
    let transport = world.act("Mai", expense(first, "transport", 3_000_000));
    world.edit(Kind::Expense, transport, [("invoice_no", text("1C26TVC/0012"))]);
    let scheme = world.get::<Claim>(first).scheme.unwrap();
    let fair = world.fair("H2", "20/04/2026", "25/04/2026");
    let (booth, business) = (world.booth(fair, "A1"), world.business("Cơ sở Mỏ Cày"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    let second = world.claim(registration, scheme, [("cost", vnd(1_000_000))]);
    let other = world.act("Mai", expense(second, "transport", 2_000_000));
    let today = world.book.at.date();
    let used = |world: &World, claim: Id| {
        let found = findings(&world.book, world.get::<Claim>(claim), today);
        found.iter().filter(|found| found.code == "invoice-used").filter_map(|found| found.other).collect::<Vec<_>>()
    };
    assert_eq!(used(&world, second), []);
    world.edit(Kind::Expense, other, [("invoice_no", text("1C26TVC/12"))]);
    assert_eq!((used(&world, first), used(&world, second)), (vec![(Kind::Claim, second)], vec![(Kind::Claim, first)]));
    world.edit(Kind::Expense, other, [("invoice_no", Value::Empty)]);
    world.edit(Kind::Claim, second, [("invoice_no", text("1C26TVC/00000012"))]);
    assert_eq!((used(&world, first), used(&world, second)), (vec![(Kind::Claim, second)], vec![(Kind::Claim, first)]));
}
