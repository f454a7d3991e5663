//! Budget lines: raised and lowered by decisions, carried over at the end of a year.

use std::sync::Arc;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::Claim;
use crate::domain::budget_line::{Adjustment, BudgetLine};
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::booth::gone;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::money::carried_claims;
use crate::say;

fn decision_missing() -> Refusal {
    Refusal::new(
        "decision-missing",
        say!("Điều chỉnh nguồn cần số quyết định.", "An adjustment needs its decision's number."),
        say!("Ghi số quyết định, như 12/QĐ-SCT.", "Write it, as 12/QĐ-SCT."),
    )
    .at("decision_no")
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
        return Err(decision_missing());
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

/// Carries what is decided and unpaid over to the next year's line: the claims, and as much money as they still bind. What
/// was paid stays with the year in which it was.
pub(super) fn carry_over(
    desk: &mut Desk<'_>,
    from: Id,
    to: Id,
    decision_no: &Text,
    on: Option<Date>,
) -> Result<Words, Refusal> {
    if decision_no.is_empty() {
        return Err(decision_missing());
    }
    let old = desk.book.get::<BudgetLine>(from).cloned().ok_or_else(|| gone(Kind::BudgetLine))?;
    let new = desk.book.get::<BudgetLine>(to).cloned().ok_or_else(|| gone(Kind::BudgetLine))?;
    if old.fiscal_year.map(|year| year + 1) != new.fiscal_year {
        let (one, two) = (&old.code, &new.code);
        return Err(Refusal::new(
            "carry-years",
            say!("Nguồn {two} không phải của năm sau nguồn {one}.", "Line {two} is not of the year after line {one}."),
            say!("Chọn nguồn của năm kế tiếp.", "Choose a line of the year that follows."),
        )
        .at("to"));
    }
    let claims = carried_claims(&desk.book, &old)?;
    let sum = Money::sum(claims.iter().map(|(_, open)| *open))?;
    if sum.minor == 0 {
        let code = &old.code;
        return refuse(
            "nothing-to-carry",
            say!(
                "Nguồn {code} không còn khoản đã quyết định mà chưa chi.",
                "Nothing on line {code} is decided and unpaid."
            ),
            say!("Không cần chuyển nguồn.", "Nothing has to be carried over."),
        );
    }
    for (id, _) in &claims {
        let before = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let after = Claim { budget: Some(to), ..before.clone() };
        desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(after))));
    }
    let day = on.unwrap_or_else(|| desk.env.today());
    for (line, other, amount) in [(old.clone(), to, sum.negated()?), (new.clone(), from, sum)] {
        let mut after = line.clone();
        after.adjustments.push(Adjustment {
            amount,
            decision_no: decision_no.clone(),
            on: Some(day),
            reason: Text::new("chuyển nguồn"),
            carried: Some(other),
        });
        desk.push(Change::edited(Record::BudgetLine(Arc::new(line)), Record::BudgetLine(Arc::new(after))));
    }
    let (count, sum, one, two) = (claims.len(), sum.show(Lang::Vi), &old.code, &new.code);
    Ok(say!(
        "Chuyển nguồn {one} → {two}: {count} hồ sơ, {sum} ({decision_no})",
        "Carried over {one} → {two}, claims: {count}, {sum} ({decision_no})"
    ))
}
