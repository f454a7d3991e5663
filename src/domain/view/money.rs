//! Sums of money: what a budget line still has, what a claim was paid, what has to come back.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::payment::{PaymentKind, PaymentStatus};
use crate::domain::recovery::{Instalment, RecoveryStatus};
use crate::domain::{BudgetLine, Claim, Payment, Recovery};

/// The sums of one budget line; `whole = free + committed + paid - returned` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetSums {
    /// Amount and adjustments.
    pub whole: Money,
    /// Decided and not yet paid.
    pub committed: Money,
    /// Of what is paid: advances that are not settled yet.
    pub advanced: Money,
    /// Paid, before what came back.
    pub paid: Money,
    /// What came back by reversal and by recovery.
    pub returned: Money,
    /// What may still be decided.
    pub free: Money,
}

/// The sums of a budget line, each part counted once.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn budget_sums(book: &Book, line: &BudgetLine) -> Result<BudgetSums, MoneyFault> {
    let mut whole = line.amount.unwrap_or(Money::ZERO);
    for adjustment in &line.adjustments {
        whole = whole.plus(adjustment.amount)?;
    }
    let (mut paid, mut returned, mut advanced) = (Money::ZERO, Money::ZERO, Money::ZERO);
    for payment in book.pointing::<Payment>(line.id).filter(|payment| payment.status.is_alive()) {
        let amount = payment.amount.unwrap_or(Money::ZERO);
        if amount.is_negative() {
            returned = returned.minus(amount)?;
        } else {
            paid = paid.plus(amount)?;
            if is_open_advance(book, payment) {
                advanced = advanced.plus(amount)?;
            }
        }
    }
    let mut committed = Money::ZERO;
    for claim in book.pointing::<Claim>(line.id).filter(|claim| claim.status.binds_money()) {
        committed = committed.plus(open_grant(book, claim)?)?;
    }
    let free = whole.minus(committed)?.minus(paid)?.plus(returned)?;
    Ok(BudgetSums { whole, committed, advanced, paid, returned, free })
}

/// True for an advance whose claim is not accepted yet.
#[must_use]
pub fn is_open_advance(book: &Book, payment: &Payment) -> bool {
    payment.kind == PaymentKind::Advance
        && book.follow::<Claim>(payment.claim).is_some_and(|claim| claim.status == ClaimStatus::Advanced)
}

/// What a claim still binds of its budget line: due and not yet paid.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn open_grant(book: &Book, claim: &Claim) -> Result<Money, MoneyFault> {
    if !claim.status.binds_money() || claim.status == ClaimStatus::Closed {
        return Ok(Money::ZERO);
    }
    Ok(claim.due().minus(paid_net(book, claim.id)?)?.at_least_zero())
}

/// What a claim was paid, less what was reversed or repaid.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn paid_net(book: &Book, claim: Id) -> Result<Money, MoneyFault> {
    book.pointing::<Payment>(claim)
        .filter(|payment| payment.status.is_alive())
        .try_fold(Money::ZERO, |sum, payment| sum.plus(payment.amount.unwrap_or(Money::ZERO)))
}

/// What of a recovery has come back.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn repaid(book: &Book, recovery: Id) -> Result<Money, MoneyFault> {
    book.pointing::<Payment>(recovery)
        .filter(|payment| payment.recovery == Some(recovery) && payment.status.is_alive())
        .try_fold(Money::ZERO, |sum, payment| sum.minus(payment.amount.unwrap_or(Money::ZERO)))
}

/// What of a recovery has not come back, written off or not.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn outstanding(book: &Book, recovery: &Recovery) -> Result<Money, MoneyFault> {
    Ok(recovery.amount.unwrap_or(Money::ZERO).minus(repaid(book, recovery.id)?)?.at_least_zero())
}

/// What a claim was paid above what is due, by its recoveries.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn to_come_back(book: &Book, claim: Id) -> Result<Money, MoneyFault> {
    book.pointing::<Recovery>(claim).try_fold(Money::ZERO, |sum, recovery| sum.plus(outstanding(book, recovery)?))
}

/// The instalments of a recovery; one for all of it where no plan was made.
#[must_use]
pub fn plan_of(recovery: &Recovery) -> Vec<Instalment> {
    if recovery.instalments.is_empty() {
        let whole = recovery.amount.zip(recovery.due_on);
        return whole.map(|(amount, due_on)| Instalment { amount, due_on }).into_iter().collect();
    }
    recovery.instalments.clone()
}

/// The next instalment that what came back does not cover yet: how much of it is lacking, and by when.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn next_instalment(book: &Book, recovery: &Recovery) -> Result<Option<Instalment>, MoneyFault> {
    if !recovery.status.is_open() {
        return Ok(None);
    }
    let (came, mut asked) = (repaid(book, recovery.id)?, Money::ZERO);
    for instalment in plan_of(recovery) {
        asked = asked.plus(instalment.amount)?;
        let lacking = asked.minus(came)?;
        if lacking.minor > 0 {
            return Ok(Some(Instalment { amount: lacking, due_on: instalment.due_on }));
        }
    }
    Ok(None)
}

/// The recoveries of a business that are past a deadline on a day. A disputed one waits for its outcome.
pub fn overdue_recoveries(book: &Book, business: Id, today: Date) -> impl Iterator<Item = &Recovery> {
    book.pointing::<crate::domain::Registration>(business)
        .flat_map(|registration| book.pointing::<Claim>(registration.id))
        .flat_map(|claim| book.pointing::<Recovery>(claim.id))
        .filter(move |recovery| {
            recovery.status != RecoveryStatus::Disputed
                && matches!(next_instalment(book, recovery), Ok(Some(next)) if next.due_on < today)
        })
}

/// The vouchers of a list that are not cancelled. One that the bank sent back stays: the list was signed with it.
pub fn listed(book: &Book, list: Id) -> impl Iterator<Item = &Payment> {
    book.pointing::<Payment>(list)
        .filter(move |payment| payment.list == Some(list) && payment.status != PaymentStatus::Cancelled)
}

/// What is decided and unpaid on a budget line: the claims and what each still binds.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn carried_claims(book: &Book, line: &BudgetLine) -> Result<Vec<(Id, Money)>, MoneyFault> {
    let mut open = Vec::new();
    for claim in book.pointing::<Claim>(line.id).filter(|claim| claim.status.binds_money()) {
        let left = open_grant(book, claim)?;
        if left.minor > 0 {
            open.push((claim.id, left));
        }
    }
    Ok(open)
}

/// What the vouchers of a list come to.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn total_of_list(book: &Book, list: Id) -> Result<Money, MoneyFault> {
    listed(book, list).try_fold(Money::ZERO, |sum, payment| sum.plus(payment.amount.unwrap_or(Money::ZERO)))
}
