//! What was sent, signed, judged, used or published is changed by no side door: no list, edit, import or removal.

use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::env::Env;
use hoicho::domain::field::Value;
use hoicho::domain::intent::{BankLine, Draft, DrawAct, Fields, Intent};
use hoicho::domain::payment::PaymentStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::recovery::{Instalment, RecoveryCause, RecoveryStatus};
use hoicho::domain::registration::RegistrationStatus;
use hoicho::domain::view::money::paid_net;
use hoicho::domain::{Claim, Evidence, Payment, PaymentList, Recovery, Registration};

use super::life::Office;
use super::world::{World, day, fields, ids, on, payments, place, step, text, vnd};

fn credited(voucher: Id) -> Intent {
    let line = BankLine {
        payment: voucher,
        outcome: PaymentStatus::Credited,
        on: day("03/01/2026"),
        reference: Text::new("FT1"),
        reason: Text::default(),
    };
    Intent::Statement { lines: vec![line], source: Text::new("sao-ke.csv") }
}

fn edit<const N: usize>(kind: Kind, id: Id, list: [(&str, Value); N]) -> Intent {
    Intent::Edit { kind, id, fields: fields(list) }
}

fn remove(kind: Kind, id: Id) -> Intent {
    Intent::Remove { kind, id }
}

fn row(kind: Kind, id: Id, list: Fields) -> Intent {
    let drafts = vec![Draft { id: Some(id), fields: list, line: 2 }];
    Intent::Import { kind, drafts, source: Text::new("ho-so.csv") }
}

fn statuses(office: &Office) -> Vec<PaymentStatus> {
    payments(&office.world.book).iter().map(|payment| payment.status).collect()
}

#[test]
fn a_list_does_not_take_back_what_the_bank_has_said_of_its_vouchers() {
    let mut office = Office::new(100_000_000);
    let claims = vec![office.accepted("Một"), office.accepted("Hai")];
    let list = office.world.act("Hà", Intent::PayList { claims: claims.clone(), on: None, title: Text::default() });
    office.world.step("Nam", Kind::PaymentList, list, "signed");
    let first = payments(&office.world.book)[0].id;
    office.world.act("Hà", credited(first));
    assert_eq!(office.world.refused("Hà", step(Kind::PaymentList, list, "cancelled")).code, "list-left");
    office.world.step("Hà", Kind::PaymentList, list, "sent");
    assert_eq!(statuses(&office), [PaymentStatus::Credited, PaymentStatus::Sent]);
    assert!(claims.iter().all(|claim| office.world.get::<Claim>(*claim).status == ClaimStatus::Paid));
    let again = Intent::Pay { claims, on: None };
    assert_eq!(office.world.refused("Hà", again).code, "claim-not-accepted");
}

#[test]
fn a_list_is_cancelled_without_what_came_back_before_it_was_sent() {
    let mut office = Office::new(100_000_000);
    let claims = vec![office.accepted("Một"), office.accepted("Hai")];
    let list = office.world.act("Hà", Intent::PayList { claims, on: None, title: Text::default() });
    office.world.step("Nam", Kind::PaymentList, list, "signed");
    let first = payments(&office.world.book)[0].id;
    office.world.act("Hà", credited(first));
    office.world.step("Hà", Kind::Payment, first, "returned");
    office.world.step("Hà", Kind::PaymentList, list, "cancelled");
    assert_eq!(statuses(&office), [PaymentStatus::Returned, PaymentStatus::Cancelled]);
    office.world.step("Hà", Kind::Payment, first, "prepared");
    office.send(first);
    assert_eq!(office.world.get::<PaymentList>(list).signed_by, "Nam");
}

#[test]
fn nobody_signs_under_the_name_of_somebody_else_by_removing_or_renaming_them() {
    let mut world = World::new();
    let person = world.add(Kind::Person, [("name", text("Nam"))]);
    world.edit(Kind::Person, person, [("name", text("Trần Văn Nam"))]);
    world.act("Nam", Intent::Passphrase { person, hash: Text::new("băm") });
    assert_eq!(world.refused("Hà", remove(Kind::Person, person)).code, "kept-on-file");
    let renamed = [("name", text("Ai đó"))];
    assert_eq!(world.refused("Hà", edit(Kind::Person, person, renamed.clone())).code, "person-signs");
    assert_eq!(world.refused("Hà", row(Kind::Person, person, fields(renamed))).code, "person-signs");
    world.edit(Kind::Person, person, [("name", text("Trần văn Nam")), ("position", text("Giám đốc"))]);
    let unsigned = world.add(Kind::Person, [("name", text("Hà"))]);
    // Nor by making somebody up: once somebody signs, everybody else is let in under a signature.
    let env = Env::new(world.at, Text::new("Hà"), [0; 32]);
    let let_in = Intent::Passphrase { person: unsigned, hash: Text::new("băm") };
    let refusal = hoicho::domain::decide::decide(&world.book, &let_in, &env, 1_000).unwrap_err();
    assert_eq!(refusal.code, "signature-missing");
    world.act("Hà", remove(Kind::Person, unsigned));
}

#[test]
fn a_row_about_a_claim_on_file_decides_nothing() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    let decided = fields([
        ("status", text("decided")),
        ("decided_by", text("Nam")),
        ("decision_number", Value::Number(1)),
        ("decided_on", on("03/01/2026")),
        ("budget", Value::Link(office.budget)),
    ]);
    assert_eq!(office.world.refused("Mai", row(Kind::Claim, claim, decided[1..4].to_vec())).code, "field-kept");
    assert_eq!(office.world.refused("Mai", row(Kind::Claim, claim, decided)).code, "field-kept");
    let only = fields([("status", text("decided"))]);
    assert_eq!(office.world.refused("Mai", row(Kind::Claim, claim, only)).code, "own-command");
    let same = fields([("status", text("appraised")), ("appraised_by", text("Hùng")), ("note", text("xem lại"))]);
    office.world.act("Mai", row(Kind::Claim, claim, same));
    assert_eq!(office.world.get::<Claim>(claim).note.as_str(), "xem lại");
}

#[test]
fn a_row_moves_a_record_on_file_by_a_step_that_is_open_with_all_that_follows() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (business, booth) = (world.business("Một"), world.booth(fair, "A1"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    let to = |status: &str| row(Kind::Registration, registration, fields([("status", text(status))]));
    assert_eq!(world.refused("Mai", to("received")).code, "step-illegal");
    assert_eq!(world.refused("Mai", to("withdrawn")).code, "reason-missing");
    let because = fields([("status", text("withdrawn")), ("reason", text("mất mùa")), ("goods", text("Dừa"))]);
    world.act("Mai", row(Kind::Registration, registration, because));
    let after = world.get::<Registration>(registration);
    assert_eq!((after.status, after.goods.as_str()), (RegistrationStatus::Withdrawn, "Dừa"));
    assert!(world.placements_of(registration).is_empty(), "whoever withdraws leaves the booth");
}

#[test]
fn an_advance_of_a_claim_carried_over_is_not_taken_back_where_the_new_line_is_too_short() {
    let mut office = Office::new(100_000_000);
    let claim = office.decided("Một");
    let voucher = office.advance(claim);
    office.world.accept(claim);
    let next = office.world.add(
        Kind::BudgetLine,
        [
            ("code", text("KP27")),
            ("title", text("Kinh phí 2027")),
            ("fiscal_year", Value::Number(2027)),
            ("amount", vnd(0)),
        ],
    );
    let carry = Intent::CarryOver { from: office.budget, to: next, decision_no: Text::new("20/QĐ"), on: None };
    office.world.act("Nam", carry);
    let cancel = step(Kind::Payment, voucher, "cancelled");
    assert_eq!(office.world.refused("Hà", cancel.clone()).code, "budget-short");
    let more = Intent::Adjust {
        budget: next,
        amount: Money::vnd(3_150_000),
        lower: false,
        decision_no: Text::new("21/QĐ"),
        on: None,
        reason: Text::new("bù tạm ứng"),
    };
    office.world.act("Nam", more);
    office.world.act("Hà", cancel);
}

#[test]
fn a_line_that_was_decided_on_keeps_its_year_its_code_and_its_amount() {
    let mut office = Office::new(100_000_000);
    let budget = office.budget;
    office.world.edit(Kind::BudgetLine, budget, [("fiscal_year", Value::Number(2027))]);
    office.world.edit(Kind::BudgetLine, budget, [("fiscal_year", Value::Number(2026))]);
    office.decided("Một");
    for list in [("fiscal_year", Value::Number(2031)), ("code", text("KP-KHAC")), ("amount", vnd(1))] {
        let refusal = office.world.refused("Mai", edit(Kind::BudgetLine, budget, [list.clone()]));
        assert_eq!((refusal.code, refusal.field.as_str()), ("budget-frozen", list.0));
    }
    office.world.edit(Kind::BudgetLine, budget, [("title", text("Kinh phí xúc tiến"))]);
}

#[test]
fn a_voucher_stays_as_it_was_prepared() {
    let mut office = Office::new(100_000_000);
    let claim = office.accepted("Một");
    let voucher = office.world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
    for list in [("voucher_on", on("01/01/2026")), ("payee", text("Ai đó")), ("account", text("0071000123456"))] {
        assert_eq!(office.world.refused("Mai", edit(Kind::Payment, voucher, [list])).code, "payment-frozen");
    }
    office.world.edit(Kind::Payment, voucher, [("note", text("Hỗ trợ đợt 1"))]);
}

#[test]
fn no_act_about_money_has_a_day_to_come_or_one_before_what_it_rests_on() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    let (before, after) = (Some(day("01/01/2026")), Some(day("01/02/2026")));
    let decide = |on| Intent::Decide { claims: vec![claim], budget: office.budget, on };
    assert_eq!(office.world.refused("Nam", decide(before)).code, "day-before");
    assert_eq!(office.world.refused("Nam", decide(after)).code, "day-future");
    office.world.act("Nam", decide(None));
    office.waive(claim);
    let accept = |on| Intent::Accept { claims: vec![claim], cost: None, vat: None, other_public: None, on };
    assert_eq!(office.world.refused("Hà", accept(before)).code, "day-before");
    assert_eq!(office.world.refused("Hà", accept(after)).code, "day-future");
    let advance = |on| Intent::Advance { claims: vec![claim], share: None, on };
    assert_eq!(office.world.refused("Hà", advance(before)).code, "day-before");
    office.world.act("Hà", accept(None));
    let pay = |on| Intent::Pay { claims: vec![claim], on };
    assert_eq!(office.world.refused("Hà", pay(before)).code, "day-before");
    assert_eq!(office.world.refused("Hà", pay(after)).code, "day-future");
    let list = Intent::PayList { claims: vec![claim], on: after, title: Text::default() };
    assert_eq!(office.world.refused("Hà", list).code, "day-future");
    office.world.wait(20);
    office.world.act("Hà", pay(Some(day("05/01/2026"))));
}

#[test]
fn what_has_to_come_back_is_not_edited_away() {
    let mut office = Office::new(100_000_000);
    let (claim, other) = (office.accepted("Một"), office.accepted("Hai"));
    office.world.pay(claim);
    office.world.act(
        "Hà",
        Intent::Recover {
            claim,
            amount: Money::vnd(1_000_000),
            cause: RecoveryCause::Audit,
            decision_no: Text::new("9/QĐ"),
            due_on: None,
        },
    );
    let recovery = office.world.book.all::<Recovery>().iter().next().unwrap().id;
    for list in [("amount", vnd(5_000_000)), ("claim", Value::Link(other)), ("cause", text("no_show"))] {
        let refusal = office.world.refused("Hà", edit(Kind::Recovery, recovery, [list.clone()]));
        assert_eq!((refusal.code, refusal.field.as_str()), ("recovery-frozen", list.0));
    }
    office.world.edit(Kind::Recovery, recovery, [("due_on", on("01/04/2026")), ("note", text("đã gửi thư"))]);
    let part = |amount, due_on| Instalment { amount: Money::vnd(amount), due_on: day(due_on) };
    let instalments = vec![part(400_000, "01/03/2026"), part(600_000, "01/05/2026")];
    office.world.act("Hà", Intent::Instalments { recovery, instalments });
    let later = edit(Kind::Recovery, recovery, [("due_on", on("01/06/2026"))]);
    assert_eq!(office.world.refused("Hà", later).field, "due_on", "it is the day of the last instalment");
}

#[test]
fn the_scan_of_a_paper_that_was_accepted_is_not_replaced_by_an_edit() {
    let mut office = Office::new(100_000_000);
    let (claim, other) = (office.decided("Một"), office.decided("Hai"));
    let row = office.world.book.pointing::<Evidence>(claim).next().unwrap().id;
    office.world.edit(Kind::Evidence, row, [("file", text("hop-dong.pdf"))]);
    office.world.step("Hà", Kind::Evidence, row, "received");
    office.world.step("Hà", Kind::Evidence, row, "accepted");
    for list in [("file", text("khac.pdf")), ("sha256", text("00ff")), ("claim", Value::Link(other))] {
        assert_eq!(office.world.refused("Mai", edit(Kind::Evidence, row, [list])).code, "evidence-judged");
    }
    assert_eq!(office.world.refused("Mai", remove(Kind::Evidence, row)).code, "kept-on-file");
    office.world.edit(Kind::Evidence, row, [("received_on", on("02/01/2026"))]);
}

#[test]
fn a_draw_that_was_published_keeps_its_fair_and_its_code_and_is_not_removed() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let other = world.fair("HC2", "10/03/2026", "13/03/2026");
    let made = |world: &mut World, code: &str| {
        let (rules, chance) = (text("Mỗi đơn vị một thăm."), text("Xổ số Vĩnh Long 06/03/2026"));
        let link = Value::Link(fair);
        world.add(Kind::Draw, [("fair", link), ("code", text(code)), ("rules", rules), ("chance_from", chance)])
    };
    let (draft, draw) = (made(&mut world, "D1"), made(&mut world, "D2"));
    world.act("Mai", Intent::Draw { draw, act: DrawAct::Publish });
    for list in [("fair", Value::Link(other)), ("code", text("D3")), ("rules", text("Khác"))] {
        assert_eq!(world.refused("Mai", edit(Kind::Draw, draw, [list])).code, "draw-published");
    }
    assert_eq!(world.refused("Mai", remove(Kind::Draw, draw)).code, "kept-on-file");
    world.act("Mai", remove(Kind::Draw, draft));
    world.step("Mai", Kind::Draw, draw, "cancelled");
}

#[test]
fn a_closed_request_and_a_consent_stay_on_file() {
    let mut world = World::new();
    let business = world.business("Một");
    let contact = world.add(Kind::Contact, [("name", text("Chị Hà")), ("business", Value::Link(business))]);
    let asked = [("contact", Value::Link(contact)), ("kind", text("access")), ("received_on", on("02/01/2026"))];
    let (request, open) = (world.add(Kind::Request, asked.clone()), world.add(Kind::Request, asked));
    world.act("Mai", Intent::CloseRequest { request, outcome: Text::new("đã gửi bản in") });
    assert_eq!(world.refused("Mai", remove(Kind::Request, request)).code, "kept-on-file");
    world.act("Mai", remove(Kind::Request, open));
    let given = [
        ("contact", Value::Link(contact)),
        ("purposes", Value::Texts(vec![Text::new("contact")])),
        ("given_on", on("02/01/2026")),
    ];
    let consent = world.add(Kind::Consent, given);
    assert_eq!(world.refused("Mai", remove(Kind::Consent, consent)).code, "kept-on-file");
}

#[test]
fn a_booth_that_was_used_is_neither_moved_nor_swapped() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let booths = ["A1", "A2"].map(|code| world.booth(fair, code));
    let registration = {
        let business = world.business("Một");
        world.registration(fair, business)
    };
    let placement = world.place(registration, booths[0]);
    for to in ["handed_over", "used"] {
        world.step("Mai", Kind::Placement, placement, to);
    }
    let reason = Text::new("đơn vị đề nghị");
    let moved = Intent::Move { placement, booth: booths[1], reason: reason.clone() };
    assert_eq!(world.refused("Mai", moved).code, "booth-used");
    let swapped = Intent::Swap { one: booths[1], other: booths[0], reason };
    assert_eq!(world.refused("Mai", swapped).code, "booth-used");
}

#[test]
fn who_got_a_booth_by_hand_after_the_draw_gets_no_second_one() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let booths: Vec<Id> = ["A1", "A2", "A3"].iter().map(|code| world.booth(fair, code)).collect();
    let firms: Vec<Id> = ["Một", "Hai"]
        .iter()
        .map(|name| {
            let business = world.business(name);
            world.registration(fair, business)
        })
        .collect();
    let draw = world.add(
        Kind::Draw,
        [
            ("fair", Value::Link(fair)),
            ("code", text("D1")),
            ("mode", text("booth")),
            ("rules", text("Mỗi đơn vị một thăm.")),
            ("chance_from", text("Xổ số")),
        ],
    );
    let secrets = [("tổ chức", "1".repeat(64)), ("giám sát", "2".repeat(64))];
    let act = |world: &mut World, act: DrawAct| world.act("Mai", Intent::Draw { draw, act });
    act(&mut world, DrawAct::Publish);
    for (role, secret) in &secrets {
        let commitment = hoicho::domain::placing::draw::commitment("HC", role, secret);
        act(&mut world, DrawAct::Commit { role: Text::new(role), commitment: Text::new(&commitment) });
    }
    act(&mut world, DrawAct::Freeze);
    for (role, secret) in &secrets {
        act(&mut world, DrawAct::Reveal { role: Text::new(role), secret: Text::new(secret) });
    }
    let run = DrawAct::Run {
        chance: Text::new("123456"),
        place: Text::new("Vĩnh Long"),
        held_on: None,
        present: Text::default(),
    };
    act(&mut world, run);
    let drawn = world.get::<hoicho::domain::Draw>(draw).minutes.clone().unwrap();
    let taken: Vec<&str> = drawn.order.iter().map(|drawn| drawn.booth.as_str()).collect();
    let free = ["A1", "A2", "A3"].iter().position(|code| !taken.contains(code)).unwrap();
    world.act("Mai", place(firms[0], booths[free], None, None, None));
    act(&mut world, DrawAct::Place);
    let told = world.journal.last().unwrap().words.en.to_string();
    assert!(told.ends_with("firms placed: 1, left out as withdrawn or placed already: 1"), "{told}");
    assert_eq!(world.placements_of(firms[0]).len(), 1);
    assert_eq!(world.placements_of(firms[1]).len(), 1);
}

#[test]
fn whoever_has_ever_appraised_a_claim_does_not_decide_it() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    office.world.step("Hùng", Kind::Claim, claim, "in_check");
    office.world.step("Hà", Kind::Claim, claim, "appraised");
    let decide = Intent::Decide { claims: vec![claim], budget: office.budget, on: None };
    for who in ["Mai", "Hùng", "Hà"] {
        assert_eq!(office.world.refused(who, decide.clone()).code, "four-eyes");
    }
    office.world.act("Nam", decide);
}

#[test]
fn no_voucher_is_made_for_nothing() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    office.world.step("Hùng", Kind::Claim, claim, "in_check");
    office.edit(claim, &[("cost", vnd(18_000))]);
    office.world.step("Hùng", Kind::Claim, claim, "appraised");
    office.world.decide(claim, office.budget);
    let advance = |share| Intent::Advance { claims: vec![claim], share: Some(BasisPoints(share)), on: None };
    assert_eq!(office.world.refused("Hà", advance(1)).code, "advance-zero");
    office.world.act("Hà", advance(2));
    assert_eq!(paid_net(&office.world.book, claim).unwrap(), Money::vnd(1));
    assert_eq!(ids(&office.world.book, Kind::Payment).len(), 1);
    assert_eq!(office.world.book.all::<Payment>().iter().count(), 1);
}

#[test]
fn what_came_back_by_its_voucher_is_not_asked_back_once_more() {
    let mut office = Office::new(100_000_000);
    let claim = office.accepted("Một");
    let voucher = office.world.pay(claim);
    let recover = Intent::Recover {
        claim,
        amount: Money::vnd(500_000),
        cause: RecoveryCause::Audit,
        decision_no: Text::new("9/QĐ"),
        due_on: None,
    };
    office.world.act("Hà", recover);
    office.world.act("Hà", Intent::Reverse { payment: voucher, reason: Text::new("sai tài khoản") });
    let recovery = office.world.book.all::<Recovery>().iter().next().unwrap();
    assert_eq!((recovery.status, recovery.amount), (RecoveryStatus::Settled, Some(Money::ZERO)));
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Accepted);
    let again = office.world.pay(claim);
    assert_eq!(office.world.get::<Payment>(again).amount, Some(Money::vnd(4_000_000)));
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
}

#[test]
fn the_books_of_a_year_stay_closed_for_vouchers_that_were_prepared_in_it() {
    let mut office = Office::new(100_000_000);
    let (one, two) = (office.accepted("Một"), office.accepted("Hai"));
    let sent = office.world.pay(one);
    let waiting = office.world.act("Hà", Intent::Pay { claims: vec![two], on: None });
    office.world.wait(420);
    assert_eq!(office.world.refused("Nam", step(Kind::Payment, waiting, "signed")).code, "budget-year-over");
    office.world.step("Hà", Kind::Payment, sent, "returned");
    assert_eq!(office.world.refused("Hà", step(Kind::Payment, sent, "prepared")).code, "budget-year-over");
}

#[test]
fn what_is_final_says_so_before_and_after() {
    let mut world = World::new();
    let person = world.add(Kind::Person, [("name", text("Nam"))]);
    world.act("Nam", Intent::Passphrase { person, hash: Text::new("băm") });
    assert_eq!(world.try_take_back("Nam", false).unwrap_err().code, "passphrase-never-undone");
    for entry in &world.journal {
        let is_final = hoicho::domain::decide::finality(entry.intent.as_str(), &entry.changes).is_some();
        assert_eq!(is_final, entry.intent.as_str() == "passphrase");
    }
}
