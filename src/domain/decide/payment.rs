//! Payments: prepared for accepted claims with the next voucher number; reversed, never removed.

use std::sync::Arc;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::budget_line::Adjustment;
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus};
use crate::domain::decide::Desk;
use crate::domain::decide::booth::gone;
use crate::domain::decide::record::reason_missing;
use crate::domain::payment::{Payment, PaymentKind, PaymentStatus};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::money::paid_net;
use crate::domain::view::title::title;
use crate::domain::{BudgetLine, Business, Fair, Registration};
use crate::say;

pub(super) fn pay(desk: &mut Desk<'_>, claims: &[Id], on: Option<Date>) -> Result<Words, Refusal> {
    if claims.is_empty() {
        return refuse(
            "claim-missing",
            say!("Chưa chọn hồ sơ nào.", "No claim is chosen."),
            say!("Đánh dấu các hồ sơ đã nghiệm thu.", "Mark the accepted claims."),
        );
    }
    let mut sum = Money::ZERO;
    for id in claims {
        let claim = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let name = title(&desk.book, Kind::Claim, *id, Lang::Vi);
        if claim.status != ClaimStatus::Accepted {
            let status = crate::domain::field::Chosen::words(claim.status);
            return refuse(
                "claim-not-accepted",
                say!("{name}: {}, chưa nghiệm thu.", "{name} is {}, not accepted."; status),
                say!("Kiểm tra chứng từ và nghiệm thu trước.", "Check its evidence and accept it first."),
            );
        }
        let amount = claim.grant.unwrap_or(Money::ZERO).minus(paid_net(&desk.book, *id)?)?;
        if amount.minor <= 0 {
            return refuse(
                "paid-already",
                say!("{name}: đã lập đủ chứng từ chi.", "{name}: its vouchers cover the whole grant."),
                say!("Xem các chứng từ của hồ sơ.", "See the claim's vouchers."),
            );
        }
        let mut payment = Payment {
            id: desk.env.new_id(),
            claim: Some(*id),
            amount: Some(amount),
            voucher_on: Some(on.unwrap_or_else(|| desk.env.today())),
            prepared_by: desk.env.who.clone(),
            ..Payment::default()
        };
        complete(desk, &mut payment, last_voucher)?;
        sum = sum.plus(amount)?;
        desk.push(Change::added(Record::Payment(Arc::new(payment))));
    }
    let (count, sum) = (claims.len(), sum.show(Lang::Vi));
    Ok(say!("Lập {count} chứng từ chi, {sum}", "Vouchers prepared: {count}, {sum}"))
}

/// Fills in what follows from the claim: budget line, payee, account, voucher year and the next number.
///
/// `last` gives the last voucher number of a year.
pub(super) fn complete(
    desk: &Desk<'_>,
    payment: &mut Payment,
    last: impl FnOnce(&Book, i64) -> i64,
) -> Result<(), Refusal> {
    let Some(claim) = desk.book.follow::<Claim>(payment.claim) else { return Ok(()) };
    payment.budget = payment.budget.or(claim.budget);
    let registration = desk.book.follow::<Registration>(claim.registration);
    if let Some(business) = registration.and_then(|registration| desk.book.follow::<Business>(registration.business))
        && payment.payee.is_empty()
    {
        payment.payee =
            if business.account_holder.is_empty() { business.name.clone() } else { business.account_holder.clone() };
        payment.bank = business.bank.clone();
        payment.account = business.account.clone();
    }
    if payment.note.is_empty() {
        let fair = registration.and_then(|registration| desk.book.follow::<Fair>(registration.fair));
        payment.note = fair.map(|fair| Text::new(&format!("Hỗ trợ thuê gian hàng {}", fair.code))).unwrap_or_default();
    }
    let day = *payment.voucher_on.get_or_insert(desk.env.today());
    let year = *payment.voucher_year.get_or_insert(i64::from(day.year()));
    if payment.voucher_number.is_none() {
        payment.voucher_number = Some(last(&desk.book, year) + 1);
    }
    Ok(())
}

/// The last voucher number of a year; 0 when there is none.
pub(super) fn last_voucher(book: &Book, year: i64) -> i64 {
    let used = book.all::<Payment>().iter().filter(|payment| payment.voucher_year == Some(year));
    used.filter_map(|payment| payment.voucher_number).max().unwrap_or(0)
}

pub(super) fn reverse(desk: &mut Desk<'_>, id: Id, reason: &Text) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    let paid = desk.book.get::<Payment>(id).cloned().ok_or_else(|| gone(Kind::Payment))?;
    let voucher = title(&desk.book, Kind::Payment, id, Lang::Vi);
    if !paid.status.has_left() || paid.kind == PaymentKind::Reversal {
        return refuse(
            "nothing-to-reverse",
            say!("Chứng từ {voucher} chưa chuyển tiền.", "Voucher {voucher} has not left the house."),
            say!("Hủy chứng từ thay vì ghi đảo.", "Cancel it instead of reversing it."),
        );
    }
    if reversal_of(&desk.book, id).is_some() {
        return refuse(
            "reversed-already",
            say!("Chứng từ {voucher} đã ghi đảo.", "Voucher {voucher} is reversed already."),
            say!("Không cần làm gì.", "There is nothing to do."),
        );
    }
    let mut opposite = Payment {
        id: desk.env.new_id(),
        claim: paid.claim,
        budget: paid.budget,
        kind: PaymentKind::Reversal,
        amount: Some(paid.amount.unwrap_or(Money::ZERO).negated()?),
        payee: paid.payee.clone(),
        bank: paid.bank.clone(),
        account: paid.account.clone(),
        voucher_on: Some(desk.env.today()),
        sent_on: Some(desk.env.today()),
        reverses: Some(id),
        status: PaymentStatus::Sent,
        reason: reason.clone(),
        prepared_by: desk.env.who.clone(),
        note: Text::new(&format!("Ghi đảo chứng từ {voucher}")),
        ..Payment::default()
    };
    complete(desk, &mut opposite, last_voucher)?;
    desk.push(Change::added(Record::Payment(Arc::new(opposite))));
    reopen_claim(desk, paid.claim);
    Ok(say!("Ghi đảo chứng từ {voucher} ({reason})", "Reversed voucher {voucher} ({reason})"))
}

/// The voucher that reverses this one.
pub(super) fn reversal_of(book: &Book, payment: Id) -> Option<&Payment> {
    book.pointing::<Payment>(payment).find(|other| other.reverses == Some(payment))
}

/// A claim whose money came back is accepted again and may be paid once more.
pub(super) fn reopen_claim(desk: &mut Desk<'_>, claim: Option<Id>) {
    if let Some(before) = desk.book.follow::<Claim>(claim).cloned()
        && matches!(before.status, ClaimStatus::Paid | ClaimStatus::Closed)
    {
        let after = Claim { status: ClaimStatus::Accepted, ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    }
}

pub(super) fn adjust(
    desk: &mut Desk<'_>,
    budget: Id,
    amount: Money,
    decision_no: &Text,
    on: Option<Date>,
    reason: &Text,
) -> Result<Words, Refusal> {
    if decision_no.is_empty() {
        return Err(Refusal::new(
            "decision-missing",
            say!("Điều chỉnh nguồn cần số quyết định.", "An adjustment needs its decision's number."),
            say!("Ghi số quyết định, như 12/QĐ-SCT.", "Write it, as 12/QĐ-SCT."),
        )
        .at("decision_no"));
    }
    let before = desk.book.get::<BudgetLine>(budget).cloned().ok_or_else(|| gone(Kind::BudgetLine))?;
    let mut after = before.clone();
    after.adjustments.push(Adjustment {
        amount,
        decision_no: decision_no.clone(),
        on: Some(on.unwrap_or_else(|| desk.env.today())),
        reason: reason.clone(),
        carried: None,
    });
    let (code, amount) = (before.code.clone(), amount.show(Lang::Vi));
    desk.push(Change::edited(Record::BudgetLine(Arc::new(before)), Record::BudgetLine(Arc::new(after))));
    Ok(say!("Điều chỉnh nguồn {code}: {amount} ({decision_no})", "Adjusted line {code} by {amount} ({decision_no})"))
}
