//! Expenses: only while the figures of their claim may change, and only of items that its scheme has.

use std::sync::Arc;

use crate::base::text::{Text, fold};
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus};
use crate::domain::decide::{Desk, settle};
use crate::domain::evidence::{Evidence, EvidenceKind, EvidenceStatus};
use crate::domain::expense::Expense;
use crate::domain::field::Chosen;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::scheme::Scheme;
use crate::domain::subsidy::BOOTH;
use crate::domain::subsidy::rules::Rules;
use crate::say;

/// Checks an expense against its claim. What was proved of it is said between decision and acceptance; its papers may come
/// in at any time.
pub(super) fn fits(desk: &Desk<'_>, before: Option<&Record>, expense: &mut Expense) -> Result<(), Refusal> {
    let Some(claim) = desk.book.follow::<Claim>(expense.claim) else { return Ok(()) };
    let before = match before {
        Some(Record::Expense(before)) => Some(before.as_ref()),
        _ => None,
    };
    if before.is_some_and(|before| before.claim != expense.claim) {
        return Err(Refusal::new(
            "expense-fixed",
            say!("Khoản chi phí không chuyển sang hồ sơ khác.", "An expense does not move to another claim."),
            say!("Xóa ở đây và thêm ở hồ sơ kia.", "Remove it here and add it there."),
        )
        .at("claim"));
    }
    let proves = before.is_none_or(|before| {
        (before.accepted_cost, before.accepted_vat) != (expense.accepted_cost, expense.accepted_vat)
    });
    let is_decided = matches!(claim.status, ClaimStatus::Decided | ClaimStatus::Advanced);
    if proves && !is_decided && (expense.accepted_cost.is_some() || before.is_some()) {
        return Err(Refusal::new(
            "expense-not-decided",
            say!(
                "Chi phí được chấp nhận chỉ ghi khi hồ sơ đã quyết định và chưa nghiệm thu.",
                "What is accepted is entered after the decision and before the claim is accepted."
            ),
            say!("Để trống lúc này.", "Leave it empty for now."),
        )
        .at("accepted_cost"));
    }
    if before.is_some_and(|before| with_papers_of(expense, before) == *before) {
        return Ok(());
    }
    may_change(claim)?;
    item_of(desk, claim, expense)
}

/// The expense with papers, notes and what was proved as another one has them.
fn with_papers_of(expense: &Expense, other: &Expense) -> Expense {
    let other = other.clone();
    Expense {
        invoice_no: other.invoice_no,
        invoice_on: other.invoice_on,
        accepted_cost: other.accepted_cost,
        accepted_vat: other.accepted_vat,
        note: other.note,
        ..expense.clone()
    }
}

/// Refuses once the figures of the claim stand.
pub(super) fn may_change(claim: &Claim) -> Result<(), Refusal> {
    if claim.status.may_change_amounts() && claim.status != ClaimStatus::Appraised {
        return Ok(());
    }
    let status = claim.status.words();
    refuse(
        "expense-frozen",
        say!("Hồ sơ {}: các khoản chi phí giữ nguyên.", "The claim is {}: its expenses stand."; status),
        say!(
            "Trả về kiểm tra rồi sửa; sau quyết định chỉ ghi số được chấp nhận.",
            "Take it back to check first; after the decision only what is accepted is entered."
        ),
    )
}

/// The item of the scheme, by its kind or its title in either language.
fn item_of(desk: &Desk<'_>, claim: &Claim, expense: &mut Expense) -> Result<(), Refusal> {
    let Some(scheme) = desk.book.follow::<Scheme>(claim.scheme) else { return Ok(()) };
    if expense.kind.is_empty() {
        return Ok(());
    }
    let rules = Rules::of(scheme)?;
    let wanted = fold(expense.kind.as_str());
    let items = || rules.items.iter().filter(|item| item.kind != BOOTH);
    let found = items().find(|item| [&item.kind, &item.title, &item.title_en].iter().any(|name| fold(name) == wanted));
    if let Some(item) = found {
        expense.kind = Text::new(&item.kind);
        return Ok(());
    }
    if wanted != BOOTH && items().any(|item| item.kind == "*") {
        return Ok(());
    }
    let (code, named): (_, Vec<&str>) = (&scheme.code, items().map(|item| item.kind.as_str()).collect());
    let fix = if named.is_empty() {
        say!(
            "Chương trình {code} chỉ hỗ trợ tiền thuê gian, ghi ở hồ sơ.",
            "Scheme {code} supports the rent alone, which stands in the claim."
        )
    } else {
        let named = named.join(", ");
        say!("Các khoản của chương trình {code}: {named}.", "The items of scheme {code}: {named}.")
    };
    let kind = &expense.kind;
    let what = if wanted == BOOTH {
        say!("Tiền thuê gian ghi ở hồ sơ, không phải ở đây.", "The rent stands in the claim, not here.")
    } else {
        say!("Chương trình {code} không có khoản “{kind}”.", "Scheme {code} has no item “{kind}”.")
    };
    Err(Refusal::new("expense-not-supported", what, fix).at("kind"))
}

/// What follows for the claim: it is computed again, and its checklist has the invoices of expenses.
pub(super) fn follow(desk: &mut Desk<'_>, record: &Record) -> Result<(), Refusal> {
    let Record::Expense(expense) = record else { return Ok(()) };
    let Some(before) = desk.book.follow::<Claim>(expense.claim).cloned() else { return Ok(()) };
    if !before.status.may_change_amounts() {
        return Ok(());
    }
    let (id, was) = (before.id, Record::Claim(Arc::new(before.clone())));
    let mut claim = before;
    settle::claim_figures(desk, Some(&was), &mut claim)?;
    desk.push(Change::edited(was, Record::Claim(Arc::new(claim))));
    let row = desk.book.pointing::<Evidence>(id).find(|row| row.document == EvidenceKind::Transport).cloned();
    let has_some = desk.book.pointing_ids(Kind::Expense, id).next().is_some();
    match row {
        None if has_some => {
            let document = EvidenceKind::Transport;
            let row = Evidence { id: desk.env.new_id(), claim: Some(id), document, ..Evidence::default() };
            desk.push(Change::added(Record::Evidence(Arc::new(row))));
        }
        Some(row) if !has_some && row.status == EvidenceStatus::Missing => {
            desk.push(Change::removed(Record::Evidence(Arc::new(row))));
        }
        _ => {}
    }
    Ok(())
}
