//! Sums of money: what a budget line still has, what a claim was paid.

use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::{BudgetLine, Claim, Payment};

/// The sums of one budget line; `whole = free + committed + paid - returned` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetSums {
    /// Amount and adjustments.
    pub whole: Money,
    /// Decided and not yet paid.
    pub committed: Money,
    /// Paid, before what came back.
    pub paid: Money,
    /// What came back by reversal.
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
    let (mut paid, mut returned) = (Money::ZERO, Money::ZERO);
    for payment in book.pointing::<Payment>(line.id).filter(|payment| payment.status.is_alive()) {
        let amount = payment.amount.unwrap_or(Money::ZERO);
        if amount.is_negative() {
            returned = returned.minus(amount)?;
        } else {
            paid = paid.plus(amount)?;
        }
    }
    let mut committed = Money::ZERO;
    for claim in book.pointing::<Claim>(line.id).filter(|claim| claim.status.binds_money()) {
        committed = committed.plus(open_grant(book, claim)?)?;
    }
    let free = whole.minus(committed)?.minus(paid)?.plus(returned)?;
    Ok(BudgetSums { whole, committed, paid, returned, free })
}

/// What a claim still binds of its budget line: decided and not yet paid.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn open_grant(book: &Book, claim: &Claim) -> Result<Money, MoneyFault> {
    if !claim.status.binds_money() || claim.status == ClaimStatus::Closed {
        return Ok(Money::ZERO);
    }
    Ok(claim.grant.unwrap_or(Money::ZERO).minus(paid_net(book, claim.id)?)?.at_least_zero())
}

/// What a claim was paid, less what was reversed.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn paid_net(book: &Book, claim: Id) -> Result<Money, MoneyFault> {
    book.pointing::<Payment>(claim)
        .filter(|payment| payment.status.is_alive())
        .try_fold(Money::ZERO, |sum, payment| sum.plus(payment.amount.unwrap_or(Money::ZERO)))
}
