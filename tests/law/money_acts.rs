//! Random acts about money: advances, acceptance on other costs, supplements, lists, recoveries, statements, carry-over.

use hoicho::base::dates::Date;
use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::evidence::EvidenceKind;
use hoicho::domain::field::{Chosen, Value};
use hoicho::domain::intent::{BankLine, Intent};
use hoicho::domain::payment::PaymentStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::recovery::{Instalment, RecoveryCause};
use hoicho::domain::view::doctor::findings;
use hoicho::domain::view::money::outstanding;
use hoicho::domain::{BudgetLine, Claim, Payment, Recovery};

use super::acts::{any, forward, later, reason};
use super::chance::Chance;
use super::world::{fields, text, vnd};

fn of_status(book: &Book, wanted: &[ClaimStatus], chance: &mut Chance) -> Id {
    let fitting: Vec<Id> =
        book.all::<Claim>().iter().filter(|claim| wanted.contains(&claim.status)).map(|claim| claim.id).collect();
    if chance.one_in(10) { any(book, Kind::Claim, chance) } else { chance.pick(&fitting).unwrap_or(Id::NIL) }
}

fn amount(chance: &mut Chance) -> Option<Money> {
    (!chance.one_in(3)).then(|| Money::vnd(chance.between(0, 12_000_000)))
}

pub fn act(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    use ClaimStatus as Status;
    let on = chance.one_in(3).then_some(today);
    match chance.below(23) {
        0..=2 => Intent::Advance {
            claims: vec![of_status(book, &[Status::Decided], chance)],
            share: chance
                .pick(&[None, Some(BasisPoints(5_000)), Some(BasisPoints(7_000)), Some(BasisPoints(9_000))])
                .flatten(),
            on,
        },
        3..=5 => Intent::Accept {
            claims: vec![of_status(book, &[Status::Decided, Status::Advanced], chance)],
            cost: amount(chance),
            vat: amount(chance),
            other_public: chance.one_in(5).then(|| Money::vnd(1_000_000)),
            on,
        },
        6..=7 => Intent::Supplement {
            claim: of_status(book, &[Status::Decided, Status::Advanced, Status::Accepted, Status::Paid], chance),
            grant: amount(chance),
            cost: amount(chance),
            vat: None,
            other_public: None,
            on,
            reason: reason(chance),
        },
        8..=9 => {
            let claims = (0..chance.between(1, 3)).map(|_| of_status(book, &[Status::Accepted], chance)).collect();
            Intent::PayList { claims, on, title: Text::default() }
        }
        10 => forward(book, Kind::PaymentList, chance),
        11 => answer(book, today, chance),
        12 => {
            let document = chance.pick(&[EvidenceKind::Contract, EvidenceKind::Invoice]).unwrap_or_default();
            Intent::Attach {
                claim: any(book, Kind::Claim, chance),
                document,
                file: Text::new("hop-dong.pdf"),
                sha256: Text::new(&format!("{:064x}", chance.below(5))),
                file_bytes: 9_000,
                on,
            }
        }
        13 => Intent::Recover {
            claim: of_status(book, &[Status::Paid, Status::Closed, Status::Accepted, Status::Recovering], chance),
            amount: Money::vnd(chance.between(-1, 5_000_000)),
            cause: RecoveryCause::Audit,
            decision_no: Text::new(if chance.one_in(8) { "" } else { "15/QĐ-SCT" }),
            due_on: chance.one_in(2).then(|| later(today, chance.between(-3, 40))),
        },
        14 => plan(book, today, chance),
        15..=16 => repay(book, today, chance),
        17 => forward(book, Kind::Recovery, chance),
        18 => carry(book, on, chance),
        19..=21 => expense(book, chance),
        _ => statement(book, today, chance),
    }
}

/// A cost beside the rent of a claim in check, or what of one was proved.
fn expense(book: &Book, chance: &mut Chance) -> Intent {
    use ClaimStatus as Status;
    if chance.one_in(3) {
        let id = any(book, Kind::Expense, chance);
        let fields = vec![("accepted_cost".to_owned(), vnd(chance.between(0, 3_000_000)))];
        return Intent::Edit { kind: Kind::Expense, id, fields };
    }
    let claim = of_status(book, &[Status::Submitted, Status::InCheck, Status::Returned], chance);
    let kind = chance.pick(&["transport", "stay", "transport", "vé"]).unwrap_or_default();
    let list = [
        ("claim", Value::Link(claim)),
        ("kind", text(kind)),
        ("cost", vnd(chance.between(0, 5_000_000))),
        ("quantity", Value::Number(chance.between(1, 4))),
    ];
    Intent::Add { kind: Kind::Expense, fields: fields(list) }
}

fn answer(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let claim = any(book, Kind::Claim, chance);
    let open = book.get::<Claim>(claim).and_then(|claim| {
        findings(book, claim, today).into_iter().find(hoicho::domain::view::doctor::Finding::is_open)
    });
    let finding = Text::new(open.map_or("payer-unlike", |open| open.code));
    Intent::Override { claim, finding, reason: reason(chance) }
}

fn plan(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let recovery = any(book, Kind::Recovery, chance);
    let whole = book.get::<Recovery>(recovery).and_then(|recovery| recovery.amount).unwrap_or(Money::vnd(9));
    let first = Money::vnd(chance.between(1, whole.minor.max(2)));
    let rest = whole.minus(first).unwrap_or_default();
    let rows = [(first, 10), (rest, chance.between(8, 40))];
    let instalments =
        rows.into_iter().map(|(amount, days)| Instalment { amount, due_on: later(today, days) }).collect();
    Intent::Instalments { recovery, instalments }
}

fn repay(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let recovery = any(book, Kind::Recovery, chance);
    let left = book.get::<Recovery>(recovery).and_then(|recovery| outstanding(book, recovery).ok());
    let left = left.unwrap_or(Money::vnd(1));
    let amount = if chance.one_in(2) { left } else { Money::vnd(chance.between(0, left.minor.max(1))) };
    Intent::Repay { recovery, amount, on: Some(today), reference: Text::new("FT26001") }
}

fn carry(book: &Book, on: Option<Date>, chance: &mut Chance) -> Intent {
    let from = any(book, Kind::BudgetLine, chance);
    let year = book.get::<BudgetLine>(from).and_then(|line| line.fiscal_year).map(|year| year + 1);
    let next = book.all::<BudgetLine>().iter().find(|line| line.fiscal_year == year).map(|line| line.id);
    let to = next.unwrap_or_else(|| any(book, Kind::BudgetLine, chance));
    Intent::CarryOver { from, to, decision_no: Text::new(if chance.one_in(9) { "" } else { "20/QĐ-SCT" }), on }
}

fn statement(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let waiting: Vec<Id> = book
        .all::<Payment>()
        .iter()
        .filter(|payment| matches!(payment.status, PaymentStatus::Signed | PaymentStatus::Sent))
        .map(|payment| payment.id)
        .collect();
    let payment = chance.pick(&waiting).unwrap_or_else(|| any(book, Kind::Payment, chance));
    let outcome =
        chance.pick(&[PaymentStatus::Sent, PaymentStatus::Credited, PaymentStatus::Returned]).unwrap_or_default();
    let line = BankLine {
        payment,
        outcome,
        on: today,
        reference: Text::new(&format!("FT{}", chance.below(50))),
        reason: Text::new(outcome.key()),
    };
    Intent::Statement { lines: vec![line], source: Text::new("sao-ke.csv") }
}
