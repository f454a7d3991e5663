//! The life of money beyond the plain case: advances, settlement, supplements, recoveries, findings, lists, years.

use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::{BankLine, Intent};
use hoicho::domain::payment::{PaymentKind, PaymentStatus};
use hoicho::domain::payment_list::ListStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::recovery::{Instalment, RecoveryCause, RecoveryStatus};
use hoicho::domain::view::budget_fit::{fit, queue};
use hoicho::domain::view::doctor::findings;
use hoicho::domain::view::money::{budget_sums, open_grant, outstanding, paid_net, total_of_list};
use hoicho::domain::{BudgetLine, Claim, Evidence, Payment, PaymentList, Recovery};

use super::world::{World, day, dong, fields, payments, text, vnd};

/// An office with a budget line, a scheme of half the rent, and one fair that ends on 13 March 2026.
pub struct Office {
    pub world: World,
    pub scheme: Id,
    pub budget: Id,
    pub fair: Id,
    booths: usize,
}

impl Office {
    pub fn new(budget: i64) -> Self {
        let mut world = World::new();
        let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", budget));
        let fair = world.fair("HC", "10/03/2026", "13/03/2026");
        Self { world, scheme, budget, fair, booths: 0 }
    }

    /// A claim of a new firm on a booth of 9,000,000 ₫, appraised.
    pub fn appraised(&mut self, name: &str) -> Id {
        self.booths += 1;
        let business = self.world.business(name);
        let booth = self.world.booth(self.fair, &format!("A{}", self.booths));
        let registration = self.world.registration(self.fair, business);
        self.world.place(registration, booth);
        let claim = self.world.claim(registration, self.scheme, []);
        self.world.appraise(claim);
        claim
    }

    pub fn decided(&mut self, name: &str) -> Id {
        let claim = self.appraised(name);
        self.world.decide(claim, self.budget);
        claim
    }

    pub fn waive(&mut self, claim: Id) {
        let rows: Vec<Id> = self.world.book.pointing::<Evidence>(claim).map(|row| row.id).collect();
        for row in rows {
            self.world.step("Hà", Kind::Evidence, row, "waived");
        }
    }

    pub fn accepted(&mut self, name: &str) -> Id {
        let claim = self.decided(name);
        self.world.accept(claim);
        claim
    }

    /// An advance of 70 % that has left the house.
    pub fn advanced(&mut self, name: &str) -> Id {
        let claim = self.decided(name);
        let voucher = self.advance(claim);
        self.send(voucher);
        claim
    }

    pub fn advance(&mut self, claim: Id) -> Id {
        self.world.act("Hà", Intent::Advance { claims: vec![claim], share: None, on: None });
        payments(&self.world.book).last().unwrap().id
    }

    pub fn send(&mut self, voucher: Id) {
        self.world.step("Nam", Kind::Payment, voucher, "signed");
        self.world.step("Hà", Kind::Payment, voucher, "sent");
    }

    pub fn sums(&self) -> [i64; 5] {
        let sums = budget_sums(&self.world.book, self.world.get::<BudgetLine>(self.budget)).unwrap();
        [sums.free, sums.committed, sums.advanced, sums.paid, sums.returned].map(|sum| sum.minor)
    }

    pub fn edit(&mut self, claim: Id, list: &[(&str, Value)]) {
        let list = list.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        self.world.act("Mai", Intent::Edit { kind: Kind::Claim, id: claim, fields: list });
    }

    pub fn codes(&self, claim: Id) -> Vec<&'static str> {
        let found = findings(&self.world.book, self.world.get::<Claim>(claim), self.world.at.date());
        found.iter().filter(|finding| finding.is_open()).map(|finding| finding.code).collect()
    }
}

fn accept(claim: Id, cost: i64) -> Intent {
    Intent::Accept { claims: vec![claim], cost: Some(Money::vnd(cost)), vat: None, other_public: None, on: None }
}

fn decide_all(claims: &[Id], budget: Id) -> Intent {
    Intent::Decide { claims: claims.to_vec(), budget, on: None }
}

#[test]
fn an_advance_above_the_settlement_is_recovered_by_the_day_and_goes_back_to_the_line() {
    // E17.
    let mut office = Office::new(100_000_000);
    let claim = office.advanced("Hợp tác xã Cái Mơn");
    assert_eq!(office.sums(), [95_500_000, 1_350_000, 3_150_000, 3_150_000, 0]);
    office.waive(claim);
    office.world.act("Hà", accept(claim, 5_600_000));
    let settled = office.world.get::<Claim>(claim);
    assert_eq!((settled.status, dong(settled.final_grant)), (ClaimStatus::Recovering, 2_800_000));
    let recovery = office.world.book.all::<Recovery>().iter().next().unwrap().clone();
    assert_eq!((dong(recovery.amount), recovery.due_on), (350_000, Some(day("27/04/2026"))));
    assert_eq!(recovery.cause, RecoveryCause::AdvanceAbove);
    assert_eq!(office.sums(), [96_850_000, 0, 0, 3_150_000, 0], "what was not granted is free again");
    let repay = |amount| Intent::Repay {
        recovery: recovery.id,
        amount: Money::vnd(amount),
        on: None,
        reference: Text::default(),
    };
    assert_eq!(office.world.refused("Hà", repay(350_001)).code, "repayment-amount");
    let parts = [(200_000, "27/03/2026"), (150_000, "10/04/2026")];
    let instalments = parts.map(|(amount, due)| Instalment { amount: Money::vnd(amount), due_on: day(due) }).to_vec();
    office.world.act("Hà", Intent::Instalments { recovery: recovery.id, instalments });
    office.world.act("Hà", repay(200_000));
    assert_eq!(office.world.get::<Recovery>(recovery.id).status, RecoveryStatus::Partly);
    office.world.act("Hà", repay(150_000));
    assert_eq!(office.world.get::<Recovery>(recovery.id).status, RecoveryStatus::Settled);
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
    assert_eq!(office.sums(), [97_200_000, 0, 0, 3_150_000, 350_000]);
    office.world.step("Hà", Kind::Claim, claim, "closed");
    assert_eq!(office.world.refused("Hà", repay(1)).code, "repayment-amount");
}

#[test]
fn an_advance_below_the_settlement_is_paid_up() {
    // E18.
    let mut office = Office::new(100_000_000);
    let claim = office.advanced("Hợp tác xã Cái Mơn");
    office.world.accept(claim);
    let rest = office.world.pay(claim);
    assert_eq!(dong(office.world.get::<Payment>(rest).amount), 1_350_000);
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
    assert_eq!(office.sums(), [95_500_000, 0, 0, 4_500_000, 0]);
}

#[test]
fn an_advance_is_at_most_what_the_scheme_allows_and_comes_back_as_it_went() {
    let mut office = Office::new(100_000_000);
    let claim = office.decided("Hợp tác xã Cái Mơn");
    let more = Intent::Advance { claims: vec![claim], share: Some(hoicho::base::money::BasisPoints(7_001)), on: None };
    assert_eq!(office.world.refused("Hà", more).code, "advance-above");
    let voucher = office.advance(claim);
    assert_eq!(office.world.get::<Payment>(voucher).kind, PaymentKind::Advance);
    assert_eq!(office.world.get::<Claim>(claim).settle_by, Some(day("27/04/2026")));
    let pay = Intent::Pay { claims: vec![claim], on: None };
    assert_eq!(office.world.refused("Hà", pay).code, "claim-not-accepted");
    office.world.step("Hà", Kind::Payment, voucher, "cancelled");
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Decided);
    assert_eq!(office.sums(), [95_500_000, 4_500_000, 0, 0, 0]);
}

#[test]
fn what_is_accepted_is_never_more_than_was_decided_and_a_supplement_keeps_the_old_decision() {
    let mut office = Office::new(100_000_000);
    let claim = office.decided("Hợp tác xã Cái Mơn");
    office.waive(claim);
    office.world.act("Hà", accept(claim, 12_000_000));
    assert_eq!(dong(office.world.get::<Claim>(claim).final_grant), 4_500_000);
    let supplement = |grant: Option<i64>, reason: &str| Intent::Supplement {
        claim,
        grant: grant.map(Money::vnd),
        cost: None,
        vat: None,
        other_public: None,
        on: None,
        reason: Text::new(reason),
    };
    assert_eq!(office.world.refused("Nam", supplement(None, "")).code, "reason-missing");
    assert_eq!(office.world.refused("Hùng", supplement(None, "thêm gian")).code, "four-eyes");
    assert_eq!(office.world.refused("Nam", supplement(Some(6_000_001), "thêm gian")).code, "supplement-amount");
    office.world.act("Nam", supplement(None, "thêm gian"));
    let after = office.world.get::<Claim>(claim);
    let kept = &after.supplements[0];
    assert_eq!((kept.number, kept.before, kept.after), (2, Money::vnd(4_500_000), Money::vnd(6_000_000)));
    assert_eq!(dong(after.grant), 6_000_000);
    assert_eq!(kept.calculation_before.as_ref().map(|old| old.grant), Some(Money::vnd(4_500_000)));
    assert_eq!(office.world.refused("Hà", Intent::Remove { kind: Kind::Claim, id: claim }).code, "never-removed");
    office.world.pay(claim);
    assert_eq!(paid_net(&office.world.book, claim).unwrap(), Money::vnd(6_000_000));
}

#[test]
fn an_overdue_recovery_stops_new_decisions_until_somebody_answers() {
    let mut office = Office::new(100_000_000);
    let claim = office.accepted("Hợp tác xã Cái Mơn");
    office.world.pay(claim);
    let recover = |amount| Intent::Recover {
        claim,
        amount: Money::vnd(amount),
        cause: RecoveryCause::Audit,
        decision_no: Text::new("9/QĐ"),
        due_on: Some(day("01/04/2026")),
    };
    assert_eq!(office.world.refused("Hà", recover(4_500_001)).code, "recovery-amount");
    office.world.act("Hà", recover(500_000));
    let recovery = office.world.book.all::<Recovery>().iter().next().unwrap().id;
    let business = super::world::ids(&office.world.book, Kind::Business)[0];
    let next = office.world.fair("HC2", "10/05/2026", "13/05/2026");
    let booth = office.world.booth(next, "B1");
    let registration = office.world.registration(next, business);
    office.world.place(registration, booth);
    let second = office.world.claim(registration, office.scheme, []);
    office.world.appraise(second);
    assert!(office.codes(second).is_empty(), "its day has not passed");
    office.world.wait(120);
    assert_eq!(office.codes(second), ["recovery-overdue"]);
    assert_eq!(office.world.refused("Nam", decide_all(&[second], office.budget)).code, "finding-open");
    let answer = |reason: &str| Intent::Override {
        claim: second,
        finding: Text::new("recovery-overdue"),
        reason: Text::new(reason),
    };
    assert_eq!(office.world.refused("Hà", answer("")).code, "reason-missing");
    office.world.act("Hà", answer("đã thỏa thuận trừ dần"));
    office.world.decide(second, office.budget);
    assert_eq!(office.world.get::<Claim>(second).overrides[0].reason, "đã thỏa thuận trừ dần");
    let write_off =
        Intent::Step { kind: Kind::Recovery, id: recovery, to: Text::new("written_off"), reason: Text::new("QĐ 33") };
    assert_eq!(office.world.refused("Hà", write_off.clone()).code, "four-eyes");
    office.world.act("Nam", write_off);
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
    assert_eq!(outstanding(&office.world.book, office.world.get::<Recovery>(recovery)).unwrap(), Money::vnd(500_000));
    office.world.step("Hà", Kind::Claim, claim, "closed");
}

#[test]
fn what_does_not_fit_is_found_and_stops_the_payment_until_it_is_mended_or_answered() {
    let mut office = Office::new(100_000_000);
    let (one, two) = (office.accepted("Công ty TNHH Dừa Xanh"), office.accepted("Công ty TNHH Dừa Vàng"));
    office.edit(one, &[("invoice_no", text("1C26THC/00000077")), ("seller_tax_code", text("0100233488"))]);
    office.edit(two, &[("invoice_no", text("1C26THC/77")), ("seller_tax_code", text("0100233488"))]);
    assert_eq!((office.codes(one), office.codes(two)), (vec!["invoice-used"], vec!["invoice-used"]));
    office.edit(two, &[("invoice_no", text("1C26THC/78")), ("seller_tax_code", text("1501122331"))]);
    assert_eq!(office.codes(two), ["seller-code-wrong"]);
    office.edit(two, &[("seller_tax_code", text("0100233488")), ("payer", text("Nguyễn Văn Tám"))]);
    assert_eq!(office.codes(two), ["payer-unlike"]);
    office.edit(two, &[("payer", text("DUA VANG, CTY TNHH"))]);
    assert_eq!(office.codes(two), [""; 0]);
    office.edit(two, &[("contract_amount", vnd(8_000_000)), ("cost", Value::Empty)]);
    let papers: [(&str, &[(&str, Value)]); 3] = [
        (
            "invoice-before-contract",
            &[("invoice_on", super::world::on("01/01/2026")), ("contract_on", super::world::on("02/01/2026"))],
        ),
        ("contract-late", &[("contract_on", super::world::on("11/03/2026")), ("invoice_on", Value::Empty)]),
        ("invoice-future", &[("contract_on", Value::Empty), ("invoice_on", super::world::on("12/03/2026"))]),
    ];
    for (code, list) in papers {
        office.edit(two, list);
        assert_eq!(office.codes(two), [code]);
        assert_eq!(office.world.refused("Hà", Intent::Pay { claims: vec![two], on: None }).code, "finding-open");
    }
    office.world.wait(80);
    office.world.pay(two);
}

#[test]
fn booths_paid_in_cash_are_found_without_an_invoice_and_holds_are_no_booths() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    let registration = office.world.get::<Claim>(claim).registration.unwrap();
    office.world.step("Hùng", Kind::Claim, claim, "in_check");
    office.edit(claim, &[("paid_by", text("cash"))]);
    assert_eq!(office.codes(claim), ["bank-record"]);
    office.edit(claim, &[("paid_by", text("bank"))]);
    // A booth that is only held costs nothing and takes no unit of the one that counts.
    let held = office.world.booth(office.fair, "B1");
    office.world.act("Mai", super::world::hold(held, Some(registration), "", day("20/01/2026")));
    office.edit(claim, &[("cost", vnd(9_000_000))]);
    let calculation = office.world.get::<Claim>(claim).calculation.clone().unwrap();
    assert_eq!(calculation.items[0].quantity, 1);
}

#[test]
fn an_account_changed_after_the_decision_stops_payment_and_signature() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Hợp tác xã Cái Mơn");
    let business = super::world::ids(&office.world.book, Kind::Business)[0];
    let account = |number: &str| Intent::Edit {
        kind: Kind::Business,
        id: business,
        fields: fields([("account", text(number)), ("bank", text("Vietcombank"))]),
    };
    office.world.act("Mai", account("0071000123456"));
    office.world.decide(claim, office.budget);
    office.world.accept(claim);
    let voucher = office.world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
    office.world.act("Mai", account("0071000999999"));
    let sign = super::world::step(Kind::Payment, voucher, "signed");
    assert_eq!(office.world.refused("Nam", sign).code, "finding-open");
    assert_eq!(office.codes(claim), ["account-changed"]);
    office.world.act("Mai", account("0071000123456"));
    office.send(voucher);
}

#[test]
fn a_short_line_says_who_fits_in_which_order_and_the_least_addition() {
    let mut office = Office::new(10_000_000);
    let claims: Vec<Id> = ["Một", "Hai", "Ba"].into_iter().map(|name| office.appraised(name)).collect();
    let line = office.world.get::<BudgetLine>(office.budget).clone();
    let found = fit(&office.world.book, &line, &claims).unwrap();
    assert_eq!(found.places.iter().map(|place| place.fits).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!((found.asked.minor, found.lacking.minor), (13_500_000, 3_500_000));
    assert_eq!(found.places.iter().map(|place| place.claim).collect::<Vec<_>>(), claims, "first come, first served");
    assert!(queue(&office.world.book, office.budget).is_empty(), "nobody named the line yet");
    let refusal = office.world.refused("Nam", decide_all(&claims, office.budget));
    assert!(refusal.code == "budget-short" && refusal.what.vi.contains("3.500.000"), "{refusal}");
    assert!(refusal.what.vi.contains("Ba") && !refusal.what.vi.contains("Hai"), "{refusal}");
    office.world.act("Nam", decide_all(&claims[..2], office.budget));
}

#[test]
fn a_list_is_signed_and_sent_whole_and_its_number_stays_when_it_is_cancelled() {
    let mut office = Office::new(100_000_000);
    let claims: Vec<Id> = ["Một", "Hai", "Ba"].into_iter().map(|name| office.accepted(name)).collect();
    let pay = Intent::PayList { claims: claims.clone(), on: None, title: Text::new("Đợt 1") };
    let list = office.world.act("Hà", pay.clone());
    assert_eq!(total_of_list(&office.world.book, list).unwrap(), Money::vnd(13_500_000));
    let voucher = payments(&office.world.book)[0].id;
    let alone = super::world::step(Kind::Payment, voucher, "signed");
    assert_eq!(office.world.refused("Nam", alone).code, "on-a-list");
    assert_eq!(office.world.refused("Hà", super::world::step(Kind::PaymentList, list, "signed")).code, "four-eyes");
    office.world.step("Nam", Kind::PaymentList, list, "cancelled");
    let again = office.world.act("Hà", pay);
    let kept: Vec<(Option<i64>, ListStatus)> =
        office.world.book.all::<PaymentList>().iter().map(|list| (list.number, list.status)).collect();
    assert_eq!(kept, [(Some(1), ListStatus::Cancelled), (Some(2), ListStatus::Prepared)]);
    office.world.step("Nam", Kind::PaymentList, again, "signed");
    office.world.step("Hà", Kind::PaymentList, again, "sent");
    assert!(claims.iter().all(|claim| office.world.get::<Claim>(*claim).status == ClaimStatus::Paid));
    let vouchers: Vec<Option<i64>> =
        payments(&office.world.book).iter().map(|payment| payment.voucher_number).collect();
    assert_eq!(vouchers, (1..=6).map(Some).collect::<Vec<_>>());
}

#[test]
fn what_the_bank_says_is_booked_once_and_a_returned_voucher_is_prepared_again() {
    let mut office = Office::new(100_000_000);
    let claim = office.accepted("Hợp tác xã Cái Mơn");
    let voucher = office.world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
    let told = |outcome| Intent::Statement {
        lines: vec![BankLine {
            payment: voucher,
            outcome,
            on: day("05/01/2026"),
            reference: Text::new("FT1"),
            reason: Text::new("sai số tài khoản"),
        }],
        source: Text::new("sao-ke.csv"),
    };
    assert_eq!(office.world.refused("Hà", told(PaymentStatus::Credited)).code, "statement-misfit");
    office.world.step("Nam", Kind::Payment, voucher, "signed");
    office.world.act("Hà", told(PaymentStatus::Credited));
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
    office.world.act("Hà", told(PaymentStatus::Returned));
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Accepted);
    office.world.step("Hà", Kind::Payment, voucher, "prepared");
    let again = office.world.get::<Payment>(voucher);
    assert_eq!((again.voucher_number, again.signed_by.is_empty(), again.sent_on), (Some(1), true, None));
    office.send(voucher);
    assert_eq!(office.world.get::<Claim>(claim).status, ClaimStatus::Paid);
}

#[test]
fn the_old_year_is_paid_in_january_for_what_was_accepted_in_it_and_carried_over_after() {
    let mut office = Office::new(100_000_000);
    let (early, open) = (office.accepted("Một"), office.decided("Hai"));
    office.world.wait(375);
    let pay = |claim| Intent::Pay { claims: vec![claim], on: None };
    office.world.act("Hà", pay(early));
    office.world.accept(open);
    assert_eq!(office.world.refused("Hà", pay(open)).code, "budget-year-over");
    let next = office.world.add(
        Kind::BudgetLine,
        [
            ("code", text("KP27")),
            ("title", text("Kinh phí 2027")),
            ("fiscal_year", Value::Number(2027)),
            ("amount", vnd(0)),
        ],
    );
    let carry = |to| Intent::CarryOver { from: office.budget, to, decision_no: Text::new("20/QĐ"), on: None };
    assert_eq!(office.world.refused("Nam", carry(office.budget)).code, "carry-years");
    office.world.act("Nam", carry(next));
    assert_eq!(office.world.refused("Nam", carry(next)).code, "nothing-to-carry");
    assert_eq!(office.world.get::<Claim>(open).budget, Some(next));
    let new = budget_sums(&office.world.book, office.world.get::<BudgetLine>(next)).unwrap();
    assert_eq!((new.whole.minor, new.committed.minor, new.free.minor), (4_500_000, 4_500_000, 0));
    assert_eq!(office.sums(), [91_000_000, 0, 0, 4_500_000, 0]);
    office.world.act("Hà", pay(open));
    assert_eq!(open_grant(&office.world.book, office.world.get::<Claim>(open)).unwrap(), Money::ZERO);
}

#[test]
fn nothing_is_approved_without_a_signature() {
    let mut office = Office::new(100_000_000);
    let claim = office.appraised("Một");
    let env = hoicho::domain::env::Env::new(office.world.at, Text::new("Nam"), [0; 32]);
    let decide = decide_all(&[claim], office.budget);
    let refusal = hoicho::domain::decide::decide(&office.world.book, &decide, &env, 1_000).unwrap_err();
    assert_eq!(refusal.code, "signature-missing");
}

#[test]
fn money_goes_to_the_organiser_where_the_claim_says_so() {
    let mut office = Office::new(100_000_000);
    let claim = office.accepted("Một");
    let direct = [("payee_mode", text("organiser")), ("payee", text("Công ty Hội chợ Miền Tây"))];
    office.edit(claim, &direct);
    assert_eq!(office.codes(claim), ["account-missing"]);
    office.edit(claim, &[("payee_bank", text("BIDV")), ("payee_account", text("12010001234"))]);
    let voucher = office.world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
    let made = office.world.get::<Payment>(voucher);
    assert_eq!((made.kind, made.payee.as_str()), (PaymentKind::Direct, "Công ty Hội chợ Miền Tây"));
}
