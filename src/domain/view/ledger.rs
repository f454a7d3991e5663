//! The money of the book in double entry: what moved, when, and between which parts of a budget line.
//!
//! Each line has five accounts: what was allotted, what is free, committed, paid and came back. Their balances are the sums of
//! [`budget_sums`](super::money::budget_sums), which are computed in another way; a test holds the two together.

use std::collections::BTreeMap;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::view::money::open_grant;
use crate::domain::view::title::{decision_no, voucher_no};
use crate::domain::{BudgetLine, Claim, Payment};
use crate::say;

/// A part of a budget line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Where the money comes from; its balance is the whole of the line, below zero.
    Allotted,
    /// What may still be decided.
    Free,
    /// Decided and not yet paid.
    Committed,
    /// Paid, before what came back.
    Paid,
    /// What came back, below zero.
    Returned,
}

impl Account {
    /// Its name in a file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Allotted => "allotted",
            Self::Free => "free",
            Self::Committed => "committed",
            Self::Paid => "paid",
            Self::Returned => "returned",
        }
    }
}

/// One movement; its amounts add up to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Its day.
    pub on: Date,
    /// The budget line.
    pub line: Id,
    /// What moved it, without personal data.
    pub what: Words,
    /// What each account gains or loses.
    pub amounts: Vec<(Account, Money)>,
}

/// Everything that moved money of the budget lines, by day.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn movements(book: &Book) -> Result<Vec<Movement>, MoneyFault> {
    let mut found = Vec::new();
    for line in book.all::<BudgetLine>().iter() {
        allotted(line, &mut found)?;
    }
    for claim in book.all::<Claim>().iter() {
        of_claim(book, claim, &mut found)?;
    }
    // A payment whose claim is gone still left the house.
    for payment in book.all::<Payment>().iter().filter(|payment| book.follow::<Claim>(payment.claim).is_none()) {
        if let Some(line) = book.follow::<BudgetLine>(payment.budget) {
            paid(payment, line, start_of(line), &mut found)?;
        }
    }
    found.sort_by_key(|movement| movement.on);
    Ok(found)
}

/// The first day of the year of a line, for what has no day of its own.
fn start_of(line: &BudgetLine) -> Date {
    let year = line.fiscal_year.and_then(|year| i32::try_from(year).ok());
    line.decided_on.or_else(|| Date::from_ymd_opt(year?, 1, 1)).unwrap_or_default()
}

/// Two amounts against each other, unless there is nothing to move.
fn push(
    found: &mut Vec<Movement>,
    (on, line, what): (Date, Id, Words),
    (to, from): (Account, Account),
    amount: Money,
) -> Result<(), MoneyFault> {
    if !amount.is_zero() {
        let amounts = vec![(to, amount), (from, Money::ZERO.minus(amount)?)];
        found.push(Movement { on, line, what, amounts });
    }
    Ok(())
}

fn allotted(line: &BudgetLine, found: &mut Vec<Movement>) -> Result<(), MoneyFault> {
    let no = &line.decision_no;
    let what = say!("Giao dự toán {no}", "Budget given {no}");
    let way = (Account::Free, Account::Allotted);
    push(found, (start_of(line), line.id, what), way, line.amount.unwrap_or(Money::ZERO))?;
    for adjustment in &line.adjustments {
        let no = &adjustment.decision_no;
        let what = if adjustment.carried.is_some() {
            say!("Chuyển nguồn {no}", "Carried over {no}")
        } else {
            say!("Điều chỉnh dự toán {no}", "Budget adjusted {no}")
        };
        push(found, (adjustment.on.unwrap_or_else(|| start_of(line)), line.id, what), way, adjustment.amount)?;
    }
    Ok(())
}

fn paid(payment: &Payment, line: &BudgetLine, otherwise: Date, found: &mut Vec<Movement>) -> Result<(), MoneyFault> {
    if !payment.status.is_alive() {
        return Ok(());
    }
    let on = payment.voucher_on.or(payment.sent_on).or(payment.bank_on).unwrap_or(otherwise);
    let amount = payment.amount.unwrap_or(Money::ZERO);
    let (no, kind) = (voucher_no(payment), crate::domain::field::Chosen::words(payment.kind));
    let (vi, en) = (&kind.vi, &kind.en);
    let what = say!("Chứng từ {no}, {vi}", "Voucher {no}, {en}");
    let account = if amount.is_negative() { Account::Returned } else { Account::Paid };
    push(found, (on, line.id, what), (account, Account::Free), amount)
}

/// What a claim moves: each decision binds money, each payment unbinds it, and what is bound in the end is what the book says.
fn of_claim(book: &Book, claim: &Claim, found: &mut Vec<Movement>) -> Result<(), MoneyFault> {
    let mut payments: BTreeMap<Id, &Payment> = BTreeMap::new();
    payments.extend(book.pointing::<Payment>(claim.id).map(|payment| (payment.id, payment)));
    let line = book.follow::<BudgetLine>(claim.budget);
    let from = found.len();
    let decided = claim.decided_on.or_else(|| line.map(start_of)).unwrap_or_default();
    for payment in payments.values() {
        if let Some(line) = book.follow::<BudgetLine>(payment.budget) {
            paid(payment, line, decided, found)?;
        }
    }
    let Some(line) = line.filter(|_| claim.decision_number.is_some() || claim.status.binds_money()) else {
        return Ok(());
    };
    // Days on which what is due changed, and what was due from then on.
    let file = &claim.file_no;
    let first = claim.supplements.first().map(|supplement| supplement.before).or(claim.grant).unwrap_or(Money::ZERO);
    let no = claim.decision_number.map(|number| decision_no(book, number)).unwrap_or_default();
    let mut dues = vec![(decided, say!("Quyết định {no}, hồ sơ {file}", "Decision {no}, file {file}"), first)];
    for supplement in &claim.supplements {
        let no = decision_no(book, supplement.number);
        let what = say!("Quyết định bổ sung {no}, hồ sơ {file}", "Supplementary decision {no}, file {file}");
        dues.push((supplement.on.unwrap_or(decided), what, supplement.after));
    }
    if let Some(due) = claim.final_grant {
        let what = say!("Nghiệm thu, hồ sơ {file}", "Accepted, file {file}");
        dues.push((claim.accepted_on.unwrap_or(decided), what, due));
    }
    let way = (Account::Committed, Account::Free);
    let (mut due, mut bound) = (Money::ZERO, Money::ZERO);
    for (on, what, after) in dues {
        push(found, (on, line.id, what), way, after.minus(due)?)?;
        bound = bound.plus(after.minus(due)?)?;
        due = after;
    }
    for payment in payments.values().filter(|payment| payment.status.is_alive()) {
        let on = payment.voucher_on.or(payment.sent_on).or(payment.bank_on).unwrap_or(decided);
        let no = voucher_no(payment);
        let amount = payment.amount.unwrap_or(Money::ZERO);
        let what = say!("Chứng từ {no}, hồ sơ {file}", "Voucher {no}, file {file}");
        push(found, (on, line.id, what), way, Money::ZERO.minus(amount)?)?;
        bound = bound.minus(amount)?;
    }
    // What was paid above what is due, given up when the claim was closed, or set free by a cancellation.
    let last = found.iter().skip(from).map(|movement| movement.on).max().unwrap_or(decided);
    let status = crate::domain::field::Chosen::words(claim.status);
    let (vi, en) = (&status.vi, &status.en);
    let what = say!("Hồ sơ {file}: {vi}", "File {file}: {en}");
    push(found, (last, line.id, what), way, open_grant(book, claim)?.minus(bound)?)
}
