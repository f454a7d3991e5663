//! Recoveries: opened, planned in instalments, repaid, disputed, written off.

use std::sync::Arc;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus};
use crate::domain::decide::booth::gone;
use crate::domain::decide::{Desk, not_before, payment};
use crate::domain::payment::{Payment, PaymentKind, PaymentStatus};
use crate::domain::person::same_person;
use crate::domain::record::{Kind, Record};
use crate::domain::recovery::{Instalment, Recovery, RecoveryCause, RecoveryStatus};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::money::{outstanding, paid_net, repaid};
use crate::domain::view::title::title;
use crate::say;

/// Puts a recovery into the book.
pub(super) fn push(
    desk: &mut Desk<'_>,
    claim: Id,
    amount: Money,
    cause: RecoveryCause,
    decision_no: &Text,
    due_on: Date,
) {
    let budget = desk.book.get::<Claim>(claim).and_then(|claim| claim.budget);
    let recovery = Recovery {
        id: desk.env.new_id(),
        claim: Some(claim),
        budget,
        amount: Some(amount),
        cause,
        decision_no: decision_no.clone(),
        decided_on: Some(desk.env.today()),
        due_on: Some(due_on),
        opened_by: desk.env.who.clone(),
        ..Recovery::default()
    };
    desk.push(Change::added(Record::Recovery(Arc::new(recovery))));
}

/// Money that came back for a recovery, with a voucher of its own.
pub(super) fn repay(
    desk: &mut Desk<'_>,
    id: Id,
    amount: Money,
    on: Option<Date>,
    reference: &Text,
) -> Result<Words, Refusal> {
    let recovery = desk.book.get::<Recovery>(id).cloned().ok_or_else(|| gone(Kind::Recovery))?;
    let left = outstanding(&desk.book, &recovery)?;
    if !recovery.status.is_open() || amount.minor <= 0 || amount.minor > left.minor {
        let left = if recovery.status.is_open() { left } else { Money::ZERO }.show(Lang::Vi);
        return Err(Refusal::new(
            "repayment-amount",
            say!("Khoản này còn phải thu {left}.", "{left} of this recovery is outstanding."),
            say!("Ghi số tiền không quá số còn phải thu.", "Enter no more than what is outstanding."),
        )
        .at("amount"));
    }
    let day = desk.day(on)?;
    not_before(day, recovery.decided_on, &title(&desk.book, Kind::Recovery, id, Lang::Vi))?;
    let mut receipt = Payment {
        id: desk.env.new_id(),
        claim: recovery.claim,
        budget: recovery.budget,
        kind: PaymentKind::Repayment,
        amount: Some(amount.negated()?),
        voucher_on: Some(day),
        sent_on: Some(day),
        bank_on: Some(day),
        bank_reference: reference.clone(),
        recovery: Some(id),
        status: PaymentStatus::Credited,
        prepared_by: desk.env.who.clone(),
        note: Text::new("Thu hồi kinh phí hỗ trợ"),
        ..Payment::default()
    };
    payment::complete(desk, &mut receipt, payment::last_voucher)?;
    let voucher = receipt.id;
    desk.push(Change::added(Record::Payment(Arc::new(receipt))));
    follow(desk, id)?;
    let (sum, no) = (amount.show(Lang::Vi), title(&desk.book, Kind::Payment, voucher, Lang::Vi));
    let who = title(&desk.book, Kind::Recovery, id, Lang::Vi);
    Ok(say!("Thu {sum}, chứng từ {no}, khoản {who}", "{sum} came back, voucher {no}, for {who}"))
}

/// The state that what came back asks for.
pub(super) fn state_of(book: &Book, recovery: &Recovery) -> Result<RecoveryStatus, Refusal> {
    let came = repaid(book, recovery.id)?;
    Ok(match came.minor {
        ..=0 => RecoveryStatus::Open,
        _ if Some(came) == recovery.amount => RecoveryStatus::Settled,
        _ => RecoveryStatus::Partly,
    })
}

/// Brings a recovery and its claim to the state that what came back asks for.
pub(super) fn follow(desk: &mut Desk<'_>, id: Id) -> Result<(), Refusal> {
    let Some(before) = desk.book.get::<Recovery>(id).cloned() else { return Ok(()) };
    let status = state_of(&desk.book, &before)?;
    // A dispute about the rest goes on until it is ended; one that is paid is over.
    let stands = before.status == RecoveryStatus::WrittenOff
        || (before.status == RecoveryStatus::Disputed && status != RecoveryStatus::Settled);
    let claim = before.claim;
    if !stands {
        let after = Recovery { status, ..before.clone() };
        desk.push(Change::edited(Record::Recovery(Arc::new(before)), Record::Recovery(Arc::new(after))));
    }
    claim_follows(desk, claim)
}

/// Money came back by its voucher: of a claim's open recoveries no more is asked than is still paid above what is due.
pub(super) fn lower(desk: &mut Desk<'_>, claim: &Claim, mut above: Money) -> Result<(), Refusal> {
    let open: Vec<Recovery> =
        desk.book.pointing::<Recovery>(claim.id).filter(|recovery| recovery.status.is_open()).cloned().collect();
    for before in open {
        let left = outstanding(&desk.book, &before)?;
        let asked = left.min(above)?;
        above = above.minus(asked)?;
        if asked != left {
            let amount = Some(repaid(&desk.book, before.id)?.plus(asked)?);
            let after = Recovery { amount, instalments: Vec::new(), ..before.clone() };
            let status = if asked.is_zero() { RecoveryStatus::Settled } else { before.status };
            let after = Recovery { status, ..after };
            desk.push(Change::edited(Record::Recovery(Arc::new(before)), Record::Recovery(Arc::new(after))));
        }
    }
    claim_follows(desk, Some(claim.id))
}

/// A claim of which nothing has to come back any more is paid; one of which something has is recovering.
pub(super) fn claim_follows(desk: &mut Desk<'_>, claim: Option<Id>) -> Result<(), Refusal> {
    let Some(before) = desk.book.follow::<Claim>(claim).cloned() else { return Ok(()) };
    let open = desk.book.pointing::<Recovery>(before.id).any(|recovery| recovery.status.is_open());
    let lacking = before.due().minus(paid_net(&desk.book, before.id)?)?.minor > 0;
    let status = match before.status {
        ClaimStatus::Recovering if !open && lacking => ClaimStatus::Accepted,
        ClaimStatus::Recovering if !open => ClaimStatus::Paid,
        ClaimStatus::Accepted | ClaimStatus::Paid | ClaimStatus::Closed if open => ClaimStatus::Recovering,
        other => other,
    };
    let after = Claim { status, ..before.clone() };
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    Ok(())
}

/// A plan of instalments that come to the whole, each with its day.
pub(super) fn plan(desk: &mut Desk<'_>, id: Id, rows: &[Instalment]) -> Result<Words, Refusal> {
    let before = desk.book.get::<Recovery>(id).cloned().ok_or_else(|| gone(Kind::Recovery))?;
    let whole = before.amount.unwrap_or(Money::ZERO);
    let sum = Money::sum(rows.iter().map(|row| row.amount))?;
    let ordered = rows.windows(2).all(|pair| pair[0].due_on < pair[1].due_on);
    if !before.status.is_open() || sum != whole || !ordered || rows.iter().any(|row| row.amount.minor <= 0) {
        let (sum, whole) = (sum.show(Lang::Vi), whole.show(Lang::Vi));
        return Err(Refusal::new(
            "plan-wrong",
            say!(
                "Các kỳ cộng lại {sum}, phải bằng {whole}, ngày tăng dần, khoản chưa thu xong.",
                "The instalments come to {sum}; they have to come to {whole}, in order of days, on an open recovery."
            ),
            say!("Ghi như 01/03/2026 200000; 01/04/2026 150000.", "Write 01/03/2026 200000; 01/04/2026 150000."),
        )
        .at("instalments"));
    }
    let due_on = rows.last().map(|row| row.due_on).or(before.due_on);
    let after = Recovery { instalments: rows.to_vec(), due_on, ..before.clone() };
    desk.push(Change::edited(Record::Recovery(Arc::new(before)), Record::Recovery(Arc::new(after))));
    let (count, who) = (rows.len(), title(&desk.book, Kind::Recovery, id, Lang::Vi));
    Ok(say!("Chia {count} kỳ: {who}", "Instalments: {count}, {who}"))
}

/// What a step of a recovery needs: the states that follow from money are not taken by hand.
pub(super) fn stepped(desk: &Desk<'_>, recovery: &mut Recovery) -> Result<(), Refusal> {
    match recovery.status {
        RecoveryStatus::Open | RecoveryStatus::Partly | RecoveryStatus::Settled
            if recovery.status != state_of(&desk.book, recovery)? =>
        {
            refuse(
                "own-command",
                say!("Tình trạng này theo số tiền đã thu.", "This state follows from what came back."),
                say!("Dùng lệnh ghi tiền thu hồi.", "Use the command that books a repayment."),
            )
        }
        RecoveryStatus::WrittenOff => {
            let signer = desk.signer()?;
            if same_person(&signer, &recovery.opened_by) {
                return refuse(
                    "four-eyes",
                    say!(
                        "{signer} lập khoản thu hồi nên không được xóa nợ.",
                        "{signer} opened the recovery and may not write it off."
                    ),
                    say!("Người khác ký duyệt.", "Somebody else signs."),
                );
            }
            recovery.written_off_by = signer;
            Ok(())
        }
        _ => Ok(()),
    }
}
