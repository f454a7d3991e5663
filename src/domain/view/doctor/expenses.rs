//! The checks of what a claim asks beside the rent.

use super::{Case, Stage, spellings};
use crate::base::dates::show_date;
use crate::base::ids::Id;
use crate::base::words::Lang;
use crate::domain::record::Kind;
use crate::domain::subsidy::rules::Rules;
use crate::domain::view::title::title;
use crate::domain::{Claim, Expense, Scheme};
use crate::say;

/// Looks at each expense of the claim, and whether the claim's own invoice is an expense elsewhere.
pub(super) fn expenses(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    used(case, claim.invoice_no.as_str(), &[Kind::Expense]);
    let rules = book.follow::<Scheme>(claim.scheme).and_then(|scheme| Rules::of(scheme).ok());
    for expense in book.pointing::<Expense>(claim.id) {
        used(case, expense.invoice_no.as_str(), &[Kind::Expense, Kind::Claim]);
        let name = title(book, Kind::Expense, expense.id, Lang::Vi);
        let about = expense.id.to_string();
        if let Some(on) = expense.invoice_on.filter(|on| *on > case.today) {
            let shown = show_date(on);
            case.find(
                "invoice-future",
                Stage::Payment,
                &format!("{about} {shown}"),
                say!(
                    "{name}: hóa đơn ghi ngày {shown}, chưa tới.",
                    "{name}: its invoice bears {shown}, which has not come."
                ),
                say!("Kiểm tra lại ngày trên hóa đơn.", "Check the day on the invoice."),
            )
            .other = Some((Kind::Expense, expense.id));
        }
        if let Some(other) = expense.other_public.filter(|other| other.minor > 0) {
            let shown = other.show(Lang::Vi);
            case.find(
                "second-funding",
                Stage::Nothing,
                &format!("{about} {shown}"),
                say!(
                    "{name}: đã nhận {shown} tiền công khác; đã trừ khi tính.",
                    "{name}: {shown} of other public money was received; it was deducted."
                ),
                say!("Đối chiếu với quyết định của nơi kia.", "Compare it with the other body's decision."),
            )
            .other = Some((Kind::Expense, expense.id));
        }
        let has_item = rules.as_ref().is_none_or(|rules| {
            rules.items.iter().any(|item| item.kind == "*" || item.kind.eq_ignore_ascii_case(expense.kind.as_str()))
        });
        if !has_item {
            let kind = &expense.kind;
            case.find(
                "expense-not-supported",
                Stage::Nothing,
                &about,
                say!(
                    "{name}: chương trình của hồ sơ không có khoản “{kind}”.",
                    "{name}: the claim's scheme has no item “{kind}”."
                ),
                say!("Đơn vị tự chi; hoặc chọn lại chương trình.", "The firm bears it; or choose the scheme again."),
            )
            .other = Some((Kind::Expense, expense.id));
        }
    }
}

/// An invoice number that another claim has used, for its rent or for an expense.
fn used(case: &mut Case<'_>, number: &str, where_else: &[Kind]) {
    let (book, own) = (case.book, case.claim.id);
    if number.is_empty() {
        return;
    }
    let claim_of = |kind: Kind, id: Id| match kind {
        Kind::Claim => Some(id),
        _ => book.get::<Expense>(id).and_then(|expense| expense.claim),
    };
    let other = where_else.iter().find_map(|kind| {
        let named = spellings(number).into_iter().flat_map(|spelt| book.named(*kind, "invoice_no", None, &spelt));
        let mut claims = named.filter_map(|id| claim_of(*kind, id)).filter(|id| *id != own);
        claims.find(|id| book.get::<Claim>(*id).is_some_and(|other| other.status.is_alive()))
    });
    let Some(other) = other else { return };
    let name = title(book, Kind::Claim, other, Lang::Vi);
    case.find(
        "invoice-used",
        Stage::Payment,
        &format!("{number} {other}"),
        say!("Hóa đơn {number} đã dùng ở hồ sơ {name}.", "Invoice {number} was used in claim {name}."),
        say!(
            "Mở hồ sơ kia; một hóa đơn chỉ được hỗ trợ một lần.",
            "Open the other claim; an invoice is supported once."
        ),
    )
    .other = Some((Kind::Claim, other));
}
