//! The life of a claim: four eyes, evidence, the budget, and money that is reversed and never undone.

use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::decide::take_back;
use hoicho::domain::env::Env;
use hoicho::domain::evidence::EvidenceStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::payment::PaymentStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::view::money::{budget_sums, paid_net};
use hoicho::domain::{BudgetLine, Claim, Evidence, Payment};

use super::world::{World, dong, fields, payments, step, text, vnd};

struct Case {
    world: World,
    scheme: Id,
    budget: Id,
    registration: Id,
}

/// A firm on a booth of 9,000,000 ₫ and a budget line of so much.
fn case(budget: i64) -> Case {
    let mut world = World::new();
    let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", budget));
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (business, booth) = (world.business("Hợp tác xã Cái Mơn"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    Case { world, scheme, budget, registration }
}

fn decide(claim: Id, budget: Id) -> Intent {
    Intent::Decide { claims: vec![claim], budget, on: None }
}

fn pay(claim: Id) -> Intent {
    Intent::Pay { claims: vec![claim], on: None }
}

/// A claim that is accepted, with the line it binds.
fn accepted() -> (World, Id, Id) {
    let Case { mut world, scheme, budget, registration } = case(100_000_000);
    let claim = world.claim(registration, scheme, []);
    world.appraise(claim);
    world.decide(claim, budget);
    world.accept(claim);
    (world, claim, budget)
}

#[test]
fn who_proposed_or_appraised_may_not_approve() {
    let Case { mut world, scheme, budget, registration } = case(100_000_000);
    let claim = world.claim(registration, scheme, []);
    assert_eq!(world.refused("Nam", decide(claim, budget)).code, "claim-not-appraised");
    world.appraise(claim);
    for who in ["Mai", "Hùng"] {
        let refusal = world.refused(who, decide(claim, budget));
        assert!(refusal.code == "four-eyes" && refusal.what.vi.contains(who), "{refusal}");
    }
    world.decide(claim, budget);
    let decided = world.get::<Claim>(claim);
    assert_eq!(
        (decided.status, decided.decision_number, dong(decided.grant)),
        (ClaimStatus::Decided, Some(1), 4_500_000)
    );
    assert_eq!(decided.decided_by, "Nam");
}

#[test]
fn who_prepared_a_voucher_may_not_sign_it() {
    let (mut world, claim, _) = accepted();
    let payment = world.act("Hà", pay(claim));
    assert_eq!(world.refused("Hà", step(Kind::Payment, payment, "signed")).code, "four-eyes");
    world.step("Nam", Kind::Payment, payment, "signed");
    assert_eq!(world.get::<Payment>(payment).signed_by, "Nam");
}

#[test]
fn acceptance_needs_four_documents_or_waivers_with_a_reason() {
    let Case { mut world, scheme, budget, registration } = case(100_000_000);
    let claim = world.claim(registration, scheme, []);
    world.appraise(claim);
    world.decide(claim, budget);
    let refusal = world.refused("Hà", step(Kind::Claim, claim, "accepted"));
    assert_eq!(refusal.code, "evidence-incomplete");
    assert!(
        refusal.what.vi.contains("Hợp đồng thuê gian hàng") && refusal.what.vi.contains("Hóa đơn GTGT"),
        "{refusal}"
    );
    let rows: Vec<Evidence> = world.book.pointing::<Evidence>(claim).cloned().collect();
    assert!(rows.iter().all(|row| row.status == EvidenceStatus::Missing));
    let silent =
        Intent::Step { kind: Kind::Evidence, id: rows[0].id, to: Text::new("waived"), reason: Text::default() };
    assert_eq!(world.refused("Hà", silent).code, "reason-missing");
    for row in &rows {
        world.step("Hà", Kind::Evidence, row.id, "waived");
    }
    world.step("Hà", Kind::Claim, claim, "accepted");
    assert_eq!(world.get::<Claim>(claim).accepted_on, Some(world.at.date()));
}

#[test]
fn a_budget_that_is_short_is_refused_with_what_it_lacks() {
    let Case { mut world, scheme, budget, registration } = case(4_000_000);
    let claim = world.claim(registration, scheme, []);
    world.appraise(claim);
    let refusal = world.refused("Nam", decide(claim, budget));
    assert_eq!(refusal.code, "budget-short");
    assert!(refusal.what.vi.contains("500.000") && refusal.what.en.contains("500.000"), "{refusal}");
    let adjust = |amount: i64, lower| Intent::Adjust {
        budget,
        amount: Money::vnd(amount),
        lower,
        decision_no: Text::new("12/QĐ-SCT"),
        on: None,
        reason: Text::default(),
    };
    world.act("Nam", adjust(500_000, false));
    world.decide(claim, budget);
    assert_eq!(world.refused("Nam", adjust(1, true)).code, "budget-short");
    let lower = Intent::Edit { kind: Kind::BudgetLine, id: budget, fields: fields([("amount", vnd(9))]) };
    assert_eq!(world.refused("Nam", lower).code, "budget-frozen");
}

#[test]
fn a_proposal_is_computed_again_at_its_approval() {
    let mut world = World::new();
    let (scheme, budget) = (world.scheme("BT", [("times_year", Value::Number(1))]), world.budget("KP", 100_000_000));
    let business = world.business("Hợp tác xã Cái Mơn");
    let claims: Vec<Id> = [("HC-1", "10/03/2026", "12/03/2026"), ("HC-2", "10/04/2026", "12/04/2026")]
        .into_iter()
        .map(|(code, opens, closes)| {
            let fair = world.fair(code, opens, closes);
            let (booth, registration) = (world.booth(fair, "A1"), world.registration(fair, business));
            world.place(registration, booth);
            let claim = world.claim(registration, scheme, []);
            world.appraise(claim);
            claim
        })
        .collect();
    // Both at once must not slip through either.
    let both = Intent::Decide { claims: claims.clone(), budget, on: None };
    assert_eq!(world.refused("Nam", both).code, "grant-changed");
    world.decide(claims[0], budget);
    assert_eq!(world.refused("Nam", decide(claims[1], budget)).code, "grant-changed");
    world.step("Hùng", Kind::Claim, claims[1], "in_check");
    world.step("Hùng", Kind::Claim, claims[1], "appraised");
    assert_eq!(world.refused("Nam", decide(claims[1], budget)).code, "grant-zero");
    // A cancelled decision gives the place in the year back.
    world.step("Nam", Kind::Claim, claims[0], "cancelled");
    world.step("Hùng", Kind::Claim, claims[1], "in_check");
    world.step("Hùng", Kind::Claim, claims[1], "appraised");
    world.decide(claims[1], budget);
    assert_eq!(world.get::<Claim>(claims[1]).decision_number, Some(2));
}

#[test]
fn what_was_appraised_is_not_edited_before_it_is_taken_back_to_check() {
    let Case { mut world, scheme, registration, .. } = case(100_000_000);
    let claim = world.claim(registration, scheme, []);
    world.appraise(claim);
    let edit = |list| Intent::Edit { kind: Kind::Claim, id: claim, fields: list };
    assert_eq!(world.refused("Nam", edit(fields([("cost", vnd(20_000_000))]))).code, "claim-appraised");
    world.act("Nam", edit(fields([("note", text("đã gọi điện"))])));
    world.step("Hùng", Kind::Claim, claim, "in_check");
    world.act("Mai", edit(fields([("cost", vnd(20_000_000))])));
    assert_eq!(dong(world.get::<Claim>(claim).grant), 10_000_000);
}

#[test]
fn a_claim_on_a_rent_of_nothing_says_that_nothing_was_agreed_and_placing_again_agrees_anew() {
    let mut world = World::new();
    let scheme = world.scheme("BT", []);
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    world.edit(Kind::Fair, fair, [("price_m2", Value::Empty)]);
    let (business, booth) = (world.business("Hợp tác xã Cái Mơn"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    let claim = || Intent::Claim { registrations: vec![registration], scheme: Some(scheme), fields: Vec::new() };
    let nothing_rented = world.refused("Mai", claim());
    world.place(registration, booth);
    world.edit(Kind::Fair, fair, [("price_m2", vnd(500_000))]);
    let refusal = world.refused("Mai", claim());
    assert_eq!((refusal.code, refusal.field), ("claim-without-cost", nothing_rented.field));
    assert_ne!(refusal.what, nothing_rented.what);
    assert!(refusal.what.vi.starts_with("Giá thỏa thuận là 0 ₫ từ lúc xếp"), "{}", refusal.what.vi);
    let placements = world.placements_of(registration).iter().map(|placement| placement.id).collect();
    world.act("Mai", Intent::Release { placements, reason: Text::new("thỏa thuận lại giá") });
    world.place(registration, booth);
    world.act("Mai", claim());
    let grants: Vec<i64> = world.book.all::<Claim>().iter().map(|claim| dong(claim.grant)).collect();
    assert_eq!(grants, [2_250_000]);
}

#[test]
fn a_registration_has_one_open_claim() {
    let Case { mut world, scheme, registration, .. } = case(100_000_000);
    let claim = world.claim(registration, scheme, []);
    let again = |list| Intent::Claim { registrations: vec![registration], scheme: Some(scheme), fields: list };
    assert_eq!(world.refused("Mai", again(Vec::new())).code, "claim-exists");
    world.step("Mai", Kind::Claim, claim, "withdrawn");
    world.act("Mai", again(Vec::new()));
    let named = fields([("registration", Value::Link(registration))]);
    assert_eq!(world.refused("Mai", again(named)).code, "claim-exists");
}

#[test]
fn a_payment_is_what_was_decided_and_no_more() {
    let (mut world, claim, budget) = accepted();
    let payment = world.act("Hà", pay(claim));
    assert_eq!(dong(world.get::<Payment>(payment).amount), 4_500_000);
    assert_eq!(world.refused("Hà", pay(claim)).code, "paid-already");
    let more = Intent::Edit { kind: Kind::Payment, id: payment, fields: fields([("amount", vnd(4_500_001))]) };
    assert_eq!(world.refused("Hà", more).code, "payment-frozen");
    assert_eq!(world.refused("Hà", Intent::Remove { kind: Kind::Payment, id: payment }).code, "never-removed");
    assert_eq!(world.refused("Hà", step(Kind::Claim, claim, "cancelled")).code, "paid-not-cancelled");
    world.step("Nam", Kind::Payment, payment, "signed");
    world.step("Hà", Kind::Payment, payment, "sent");
    assert_eq!(world.get::<Claim>(claim).status, ClaimStatus::Paid);
    let sums = budget_sums(&world.book, world.get::<BudgetLine>(budget)).unwrap();
    assert_eq!((sums.committed, sums.paid, sums.free), (Money::ZERO, Money::vnd(4_500_000), Money::vnd(95_500_000)));
    world.step("Hà", Kind::Claim, claim, "closed");
}

#[test]
fn a_reversal_reopens_the_claim_even_when_it_was_closed() {
    let (mut world, claim, budget) = accepted();
    let payment = world.pay(claim);
    world.step("Hà", Kind::Claim, claim, "closed");
    let reverse = |reason: &str| Intent::Reverse { payment, reason: Text::new(reason) };
    assert_eq!(world.refused("Hà", reverse("")).code, "reason-missing");
    let reversal = world.act("Hà", reverse("chuyển nhầm tài khoản"));
    assert_eq!(world.get::<Claim>(claim).status, ClaimStatus::Accepted);
    assert_eq!(paid_net(&world.book, claim).unwrap(), Money::ZERO);
    let opposite = world.get::<Payment>(reversal);
    assert_eq!((dong(opposite.amount), opposite.voucher_number), (-4_500_000, Some(2)));
    let sums = budget_sums(&world.book, world.get::<BudgetLine>(budget)).unwrap();
    assert_eq!(
        (sums.paid, sums.returned, sums.free),
        (Money::vnd(4_500_000), Money::vnd(4_500_000), Money::vnd(95_500_000))
    );
    assert_eq!(world.refused("Hà", reverse("lần nữa")).code, "reversed-already");
    for voucher in [payment, reversal] {
        assert_eq!(world.refused("Hà", step(Kind::Payment, voucher, "returned")).code, "reversed-already");
    }
    assert_eq!(
        world.refused("Hà", Intent::Reverse { payment: reversal, reason: Text::new("x") }).code,
        "nothing-to-reverse"
    );
    let again = world.pay(claim);
    assert_eq!(world.get::<Payment>(again).voucher_number, Some(3));
    assert_eq!(world.get::<Claim>(claim).status, ClaimStatus::Paid);
}

#[test]
fn a_paid_claim_is_reopened_by_its_money_only() {
    let (mut world, claim, _) = accepted();
    let payment = world.pay(claim);
    assert_eq!(world.refused("Hà", step(Kind::Claim, claim, "accepted")).code, "own-command");
    world.step("Hà", Kind::Payment, payment, "returned");
    assert_eq!(world.get::<Claim>(claim).status, ClaimStatus::Accepted);
}

#[test]
fn a_cancelled_voucher_keeps_its_number() {
    let (mut world, claim, _) = accepted();
    let payment = world.act("Hà", pay(claim));
    world.step("Hà", Kind::Payment, payment, "cancelled");
    let kept = world.get::<Payment>(payment);
    assert_eq!((kept.status, kept.voucher_number), (PaymentStatus::Cancelled, Some(1)));
    world.act("Hà", pay(claim));
    let numbers: Vec<Option<i64>> = payments(&world.book).iter().map(|payment| payment.voucher_number).collect();
    assert_eq!(numbers, [Some(1), Some(2)]);
}

#[test]
fn money_is_never_undone_and_the_refusal_says_what_to_do() {
    let (mut world, claim, _) = accepted();
    world.act("Hà", pay(claim));
    for index in 0..world.journal.len() {
        let entry = world.journal[index].clone();
        let env = Env::new(world.at, entry.who.clone(), [0; 32]);
        if let Err(refusal) = take_back(&world.book, &entry, &env, world.book.seq + 1) {
            super::words::sound(&refusal);
        }
    }
    let refusal = world.try_take_back("Hà", false).unwrap_err();
    assert_eq!(refusal.code, "money-never-undone");
    assert!(refusal.fix.vi.contains("Hủy chứng từ"), "{refusal}");
    let decided = world.journal.iter().find(|entry| entry.intent == "decide").cloned().unwrap();
    let env = Env::new(world.at, Text::new("Nam"), [0; 32]);
    assert_eq!(take_back(&world.book, &decided, &env, world.book.seq + 1).unwrap_err().code, "money-never-undone");
}

#[test]
fn an_acceptance_under_a_voucher_is_not_undone() {
    let (mut world, claim, _) = accepted();
    let accepting = world.journal.last().cloned().unwrap();
    world.act("Hà", pay(claim));
    let env = Env::new(world.at, Text::new("Hà"), [0; 32]);
    assert_eq!(take_back(&world.book, &accepting, &env, world.book.seq + 1).unwrap_err().code, "paid-not-accepted");
}

#[test]
fn amounts_below_zero_and_other_currencies_are_refused() {
    let Case { mut world, scheme, registration, .. } = case(100_000_000);
    let open = |cost| Intent::Claim {
        registrations: vec![registration],
        scheme: Some(scheme),
        fields: fields([("cost", cost)]),
    };
    assert_eq!(world.refused("Mai", open(vnd(-1))).code, "value-out-of-range");
    let dollars = Value::Money(Money::new(100, hoicho::base::money::Currency::USD));
    let claim = Intent::Claim {
        registrations: vec![registration],
        scheme: Some(scheme),
        fields: fields([("cost", vnd(9)), ("vat", dollars)]),
    };
    assert_eq!(world.refused("Mai", claim).code, "money-foreign");
}

#[test]
fn claims_decided_together_have_one_number_and_the_next_decision_has_the_next() {
    let mut world = World::new();
    let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", 100_000_000));
    let fair = world.fair("HC-1", "10/03/2026", "12/03/2026");
    let claims: Vec<Id> = (0..3)
        .map(|place| {
            let (booth, business) =
                (world.booth(fair, &format!("A{place}")), world.business(&format!("Cơ sở {place}")));
            let registration = world.registration(fair, business);
            world.place(registration, booth);
            let claim = world.claim(registration, scheme, []);
            world.appraise(claim);
            claim
        })
        .collect();
    world.act("Nam", Intent::Decide { claims: claims[..2].to_vec(), budget, on: None });
    world.decide(claims[2], budget);
    let numbers = claims.iter().map(|id| world.get::<Claim>(*id).decision_number).collect::<Vec<_>>();
    assert_eq!(numbers, [Some(1), Some(1), Some(2)]);
    // Another day or another signer under the same number is another decision.
    let mut book = world.book.clone();
    let mut strange = world.get::<Claim>(claims[2]).clone();
    strange.decision_number = Some(1);
    strange.decided_by = Text::new("Hà");
    let (was, now) = (world.get::<Claim>(claims[2]).clone(), strange);
    let wrap = |claim| hoicho::domain::record::Record::Claim(std::sync::Arc::new(claim));
    book.apply(&hoicho::domain::change::Change::edited(wrap(was), wrap(now)), book.seq);
    let laws: Vec<&str> = hoicho::domain::check::check(&book).into_iter().map(|breach| breach.law).collect();
    assert!(laws.contains(&"number-twice"), "{laws:?}");
}
