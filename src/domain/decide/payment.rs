//! Payments: prepared for accepted claims with the next voucher number; reversed, never removed.

use std::sync::Arc;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, Rounding};
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus, PayeeMode};
use crate::domain::decide::booth::gone;
use crate::domain::decide::claim::examined;
use crate::domain::decide::record::reason_missing;
use crate::domain::decide::{Desk, not_before, recovery, step};
use crate::domain::field::Chosen;
use crate::domain::intent::BankLine;
use crate::domain::payee::payee_of;
use crate::domain::payment::{Payment, PaymentKind, PaymentStatus};
use crate::domain::payment_list::ListStatus;
use crate::domain::person::same_person;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::terms::{settle_by, terms_of};
use crate::domain::view::doctor::{Stage, year_is_over};
use crate::domain::view::money::paid_net;
use crate::domain::view::title::{list_no, title};
use crate::domain::{BudgetLine, Fair, PaymentList, Registration};
use crate::say;

pub(super) fn pay(desk: &mut Desk<'_>, claims: &[Id], on: Option<Date>) -> Result<Words, Refusal> {
    let sum = prepare(desk, claims, on, None)?;
    let (count, sum) = (claims.len(), sum.show(Lang::Vi));
    Ok(say!("Lập {count} chứng từ chi, {sum}", "Vouchers prepared: {count}, {sum}"))
}

/// Prepares a voucher for what is still due of each accepted claim; gives their sum.
pub(super) fn prepare(
    desk: &mut Desk<'_>,
    claims: &[Id],
    on: Option<Date>,
    list: Option<Id>,
) -> Result<Money, Refusal> {
    none_chosen(claims, &say!("Đánh dấu các hồ sơ đã nghiệm thu.", "Mark the accepted claims."))?;
    let mut sum = Money::ZERO;
    for id in claims {
        let claim = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let name = title(&desk.book, Kind::Claim, *id, Lang::Vi);
        if claim.status != ClaimStatus::Accepted {
            let status = claim.status.words();
            return refuse(
                "claim-not-accepted",
                say!("{name}: {}, chưa nghiệm thu.", "{name} is {}, not accepted."; status),
                say!("Kiểm tra chứng từ và nghiệm thu trước.", "Check its evidence and accept it first."),
            );
        }
        let amount = claim.due().minus(paid_net(&desk.book, *id)?)?;
        if amount.minor <= 0 {
            return refuse(
                "paid-already",
                say!("{name}: đã lập đủ chứng từ chi.", "{name}: its vouchers cover the whole grant."),
                say!("Xem các chứng từ của hồ sơ.", "See the claim's vouchers."),
            );
        }
        examined(desk, &claim, Stage::Payment, &name)?;
        let day = desk.day(on)?;
        not_before(day, claim.accepted_on, &name)?;
        year_open(desk, (&claim, claim.budget), day, &name)?;
        let kind = if claim.payee_mode == PayeeMode::Organiser { PaymentKind::Direct } else { PaymentKind::Final };
        voucher(desk, &claim, (kind, amount), day, list)?;
        sum = sum.plus(amount)?;
    }
    Ok(sum)
}

fn none_chosen(claims: &[Id], fix: &Words) -> Result<(), Refusal> {
    if claims.is_empty() {
        return refuse("claim-missing", say!("Chưa chọn hồ sơ nào.", "No claim is chosen."), fix.clone());
    }
    Ok(())
}

fn voucher(
    desk: &mut Desk<'_>,
    claim: &Claim,
    (kind, amount): (PaymentKind, Money),
    day: Date,
    list: Option<Id>,
) -> Result<(), Refusal> {
    let mut payment = Payment {
        id: desk.env.new_id(),
        claim: Some(claim.id),
        kind,
        amount: Some(amount),
        voucher_on: Some(day),
        list,
        prepared_by: desk.env.who.clone(),
        ..Payment::default()
    };
    complete(desk, &mut payment, last_voucher)?;
    desk.push(Change::added(Record::Payment(Arc::new(payment))));
    Ok(())
}

/// The books of a year are open until 31 January, in January for what was accepted in the year.
fn year_open(desk: &Desk<'_>, (claim, line): (&Claim, Option<Id>), day: Date, name: &str) -> Result<(), Refusal> {
    let Some(line) = desk.book.follow::<BudgetLine>(line) else { return Ok(()) };
    let Some(year) = line.fiscal_year.filter(|year| year_is_over(*year, day, claim.accepted_on)) else {
        return Ok(());
    };
    let (code, next) = (&line.code, year + 1);
    refuse(
        "budget-year-over",
        say!(
            "{name}: năm ngân sách {year} của nguồn {code} đã khóa (chỉ chi đến 31/01/{next} cho hồ sơ nghiệm thu trong năm).",
            "{name}: fiscal year {year} of line {code} is closed (open until 31/01/{next} for what was accepted in the year)."
        ),
        say!("Chuyển nguồn sang năm {next} rồi chi.", "Carry the line over to {next}, then pay."),
    )
}

/// Prepares an advance for each decided claim: a share of its grant, at most what the scheme allows, to be settled by a
/// day.
pub(super) fn advance(
    desk: &mut Desk<'_>,
    claims: &[Id],
    share: Option<BasisPoints>,
    on: Option<Date>,
) -> Result<Words, Refusal> {
    none_chosen(claims, &say!("Đánh dấu các hồ sơ đã quyết định.", "Mark the decided claims."))?;
    let day = desk.day(on)?;
    let mut sum = Money::ZERO;
    for id in claims {
        let before = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let name = title(&desk.book, Kind::Claim, *id, Lang::Vi);
        if before.status != ClaimStatus::Decided {
            let status = before.status.words();
            return refuse(
                "advance-not-decided",
                say!("{name}: {}, chỉ tạm ứng khi vừa quyết định.", "{name} is {}; only a decided claim is advanced."; status),
                say!("Quyết định trước, hoặc chi phần còn lại.", "Decide it first, or pay the rest."),
            );
        }
        let most = terms_of(&desk.book, &before).advance_most;
        let share = share.unwrap_or(most);
        if share.0 == 0 || share > most {
            let (share, most) = (share.show(Lang::Vi), most.show(Lang::Vi));
            return Err(Refusal::new(
                "advance-above",
                say!("Tạm ứng {share} vượt mức cho phép {most}.", "An advance of {share} is above the {most} allowed."),
                say!("Ghi nhiều nhất {most}.", "At most {most}."),
            )
            .at("share"));
        }
        examined(desk, &before, Stage::Payment, &name)?;
        not_before(day, before.decided_on, &name)?;
        year_open(desk, (&before, before.budget), day, &name)?;
        let amount = before.grant.unwrap_or(Money::ZERO).share_bp(share, Rounding::DOWN)?;
        if amount.is_zero() {
            let share = share.show(Lang::Vi);
            return Err(Refusal::new(
                "advance-zero",
                say!(
                    "{name}: {share} của mức hỗ trợ chưa tới 1 đồng.",
                    "{name}: {share} of the grant is less than one đồng."
                ),
                say!(
                    "Ghi tỷ lệ lớn hơn, hoặc chi một lần sau nghiệm thu.",
                    "Write a larger share, or pay all after acceptance."
                ),
            )
            .at("share"));
        }
        let settle_by = Some(settle_by(&desk.book, &before, day));
        let claim = Claim { status: ClaimStatus::Advanced, settle_by, ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(claim.clone()))));
        voucher(desk, &claim, (PaymentKind::Advance, amount), day, None)?;
        sum = sum.plus(amount)?;
    }
    let (count, sum) = (claims.len(), sum.show(Lang::Vi));
    Ok(say!("Lập {count} chứng từ tạm ứng, {sum}", "Advances prepared: {count}, {sum}"))
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
    if payment.payee.is_empty() {
        let payee = payee_of(&desk.book, claim);
        payment.payee = payee.name;
        payment.bank = payee.bank;
        payment.account = payee.account;
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
        recovery: paid.recovery,
        status: PaymentStatus::Sent,
        reason: reason.clone(),
        prepared_by: desk.env.who.clone(),
        note: Text::new(&format!("Ghi đảo chứng từ {voucher}")),
        ..Payment::default()
    };
    complete(desk, &mut opposite, last_voucher)?;
    desk.push(Change::added(Record::Payment(Arc::new(opposite))));
    if let Some(recovery) = paid.recovery {
        recovery::follow(desk, recovery)?;
    } else {
        reopen_claim(desk, paid.claim)?;
    }
    Ok(say!("Ghi đảo chứng từ {voucher} ({reason})", "Reversed voucher {voucher} ({reason})"))
}

/// The voucher that reverses this one.
pub(super) fn reversal_of(book: &Book, payment: Id) -> Option<&Payment> {
    book.pointing::<Payment>(payment).find(|other| other.reverses == Some(payment))
}

/// A claim whose money came back may be paid once more: it is accepted again, or decided when it was an advance.
pub(super) fn reopen_claim(desk: &mut Desk<'_>, claim: Option<Id>) -> Result<(), Refusal> {
    let Some(before) = desk.book.follow::<Claim>(claim).cloned() else { return Ok(()) };
    let paid = paid_net(&desk.book, before.id)?;
    if before.status == ClaimStatus::Recovering {
        return recovery::lower(desk, &before, paid.minus(before.due())?.at_least_zero());
    }
    let status = match before.status {
        ClaimStatus::Advanced if paid.is_zero() => ClaimStatus::Decided,
        ClaimStatus::Paid | ClaimStatus::Closed if paid.minor < before.due().minor => ClaimStatus::Accepted,
        _ => return Ok(()),
    };
    let after = Claim { status, ..before.clone() };
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    Ok(())
}

/// What a step of a voucher needs.
pub(super) fn stepped(desk: &Desk<'_>, before: PaymentStatus, payment: &mut Payment) -> Result<(), Refusal> {
    let list = desk.book.follow::<PaymentList>(payment.list);
    let bound = list.filter(|list| matches!(list.status, ListStatus::Prepared | ListStatus::Signed));
    if let (Some(list), PaymentStatus::Signed | PaymentStatus::Sent) = (bound, payment.status) {
        let no = list_no(list);
        return refuse(
            "on-a-list",
            say!("Chứng từ nằm trong bảng kê {no}.", "The voucher stands on list {no}."),
            say!("Ký và chuyển cả bảng kê.", "Sign and send the whole list."),
        );
    }
    match payment.status {
        PaymentStatus::Signed => {
            let signer = desk.signer()?;
            sign(desk, payment, signer)
        }
        PaymentStatus::Returned
            if matches!(payment.kind, PaymentKind::Reversal | PaymentKind::Repayment)
                || reversal_of(&desk.book, payment.id).is_some() =>
        {
            refuse(
                "reversed-already",
                say!("Chứng từ đã ghi đảo thì giữ nguyên.", "A voucher that is reversed, or reverses another, stands."),
                say!("Không cần làm gì.", "There is nothing to do."),
            )
        }
        PaymentStatus::Sent => {
            payment.sent_on = Some(desk.env.today());
            Ok(())
        }
        PaymentStatus::Credited => {
            payment.bank_on.get_or_insert(desk.env.today());
            Ok(())
        }
        PaymentStatus::Prepared if before == PaymentStatus::Returned => again(desk, payment),
        _ => Ok(()),
    }
}

/// Signs a voucher: somebody else than who prepared it, and the claim is examined once more as it is now.
pub(super) fn sign(desk: &Desk<'_>, payment: &mut Payment, signer: Text) -> Result<(), Refusal> {
    if same_person(&signer, &payment.prepared_by) {
        return refuse(
            "four-eyes",
            say!("{signer} đã lập chứng từ nên không được ký.", "{signer} prepared the voucher and may not sign it."),
            say!("Người khác ký bằng mật khẩu của mình.", "Somebody else signs with a passphrase of their own."),
        );
    }
    if let Some(claim) = desk.book.follow::<Claim>(payment.claim) {
        let name = title(&desk.book, Kind::Claim, claim.id, Lang::Vi);
        examined(desk, claim, Stage::Payment, &name)?;
        year_open(desk, (claim, payment.budget), desk.env.today(), &name)?;
    }
    payment.signed_by = signer;
    Ok(())
}

/// A voucher that the bank sent back is prepared again, with the account as it is now; it keeps its number.
fn again(desk: &Desk<'_>, payment: &mut Payment) -> Result<(), Refusal> {
    let Some(claim) = desk.book.follow::<Claim>(payment.claim) else { return Ok(()) };
    let name = title(&desk.book, Kind::Claim, claim.id, Lang::Vi);
    year_open(desk, (claim, payment.budget), desk.env.today(), &name)?;
    let due = claim.due().minus(paid_net(&desk.book, claim.id)?)?;
    if payment.amount.is_none_or(|amount| amount.minor > due.minor) {
        let due = due.at_least_zero().show(Lang::Vi);
        return refuse(
            "paid-already",
            say!("Hồ sơ chỉ còn phải chi {due}.", "Only {due} of the claim is still due."),
            say!("Đã có chứng từ khác thay chứng từ này.", "Another voucher stands in its place."),
        );
    }
    let payee = payee_of(&desk.book, claim);
    payment.payee = payee.name;
    payment.bank = payee.bank;
    payment.account = payee.account;
    payment.prepared_by = desk.env.who.clone();
    payment.signed_by = Text::default();
    payment.sent_on = None;
    payment.bank_on = None;
    payment.bank_reference = Text::default();
    Ok(())
}

/// What follows for a claim from a voucher's new state.
pub(super) fn claim_after(desk: &mut Desk<'_>, payment: &Payment) -> Result<(), Refusal> {
    match payment.status {
        PaymentStatus::Sent | PaymentStatus::Credited => step::claim_paid(desk, payment.claim),
        PaymentStatus::Returned | PaymentStatus::Cancelled => reopen_claim(desk, payment.claim),
        PaymentStatus::Prepared if payment.kind == PaymentKind::Advance => advanced_again(desk, payment.claim),
        _ => Ok(()),
    }
}

fn advanced_again(desk: &mut Desk<'_>, claim: Option<Id>) -> Result<(), Refusal> {
    if let Some(before) = desk.book.follow::<Claim>(claim).cloned()
        && before.status == ClaimStatus::Decided
    {
        let after = Claim { status: ClaimStatus::Advanced, ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    }
    Ok(())
}

/// Books what a bank statement says: vouchers sent, credited or sent back. A line is booked once.
pub(super) fn statement(desk: &mut Desk<'_>, lines: &[BankLine], source: &Text) -> Result<Words, Refusal> {
    if lines.is_empty() {
        return refuse(
            "statement-empty",
            say!("Không có dòng nào khớp chứng từ.", "No line fits a voucher."),
            say!("Xem các dòng gần khớp và lý do.", "See the lines that nearly fit, and why."),
        );
    }
    let mut sum = Money::ZERO;
    for line in lines {
        let before = desk.book.get::<Payment>(line.payment).cloned().ok_or_else(|| gone(Kind::Payment))?;
        let no = title(&desk.book, Kind::Payment, line.payment, Lang::Vi);
        let may = match line.outcome {
            PaymentStatus::Sent => before.status == PaymentStatus::Signed,
            // What was credited by hand learns the bank's day and reference, once.
            PaymentStatus::Credited if before.status == PaymentStatus::Credited => before.bank_reference.is_empty(),
            PaymentStatus::Credited => matches!(before.status, PaymentStatus::Signed | PaymentStatus::Sent),
            PaymentStatus::Returned => before.status.has_left() && reversal_of(&desk.book, before.id).is_none(),
            _ => false,
        };
        if !may || matches!(before.kind, PaymentKind::Reversal | PaymentKind::Repayment) {
            let (status, outcome) = (before.status.words(), line.outcome.words());
            return refuse(
                "statement-misfit",
                say!("Chứng từ {no} {}, sao kê nói “{}”.", "Voucher {no} is {}, the statement says “{}”."; status, outcome),
                say!("Ký chứng từ trước, hoặc bỏ dòng này.", "Sign the voucher first, or leave the line out."),
            );
        }
        let mut payment = before.clone();
        payment.status = line.outcome;
        payment.bank_on = Some(line.on);
        payment.bank_reference = line.reference.clone();
        payment.sent_on.get_or_insert(line.on);
        if line.outcome == PaymentStatus::Returned {
            payment.reason = line.reason.clone();
        }
        sum = sum.plus(payment.amount.unwrap_or(Money::ZERO))?;
        let after = payment.clone();
        desk.push(Change::edited(Record::Payment(Arc::new(before)), Record::Payment(Arc::new(payment))));
        claim_after(desk, &after)?;
    }
    let (count, sum) = (lines.len(), sum.show(Lang::Vi));
    Ok(say!("Sao kê {source}: {count} chứng từ, {sum}", "Statement {source}: {count} vouchers, {sum}"))
}
