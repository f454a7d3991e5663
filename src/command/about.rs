//! What a form says of the records it is about, so that nobody signs for what they do not see.

use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::command::Here;
use crate::domain::claim::ClaimStatus;
use crate::domain::record::Kind;
use crate::domain::view::money::{budget_sums, open_grant};
use crate::domain::view::title::title;
use crate::domain::{BudgetLine, Claim, Payment};
use crate::say;

/// How many records are named one by one.
const NAMED_MAX: usize = 4;

/// The records by name, of claims and vouchers with their amounts, the sum of several, and what their budget line has left.
#[must_use]
pub fn about(here: &Here<'_>, kind: Kind, ids: &[Id]) -> Vec<Words> {
    let amounts: Vec<Option<Money>> = ids.iter().map(|id| amount(here, kind, *id)).collect();
    let mut told: Vec<Words> =
        ids.iter().zip(&amounts).take(NAMED_MAX).map(|(id, sum)| named(here, kind, *id, *sum)).collect();
    let more = ids.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        told.push(say!("… và {more} nữa", "… and {more} more"));
    }
    let count = ids.len();
    let whole = amounts.iter().flatten().try_fold(Money::ZERO, |sum, amount| sum.plus(*amount));
    if let (Ok(whole), true) = (whole, count > 1 && amounts.iter().any(Option::is_some)) {
        told.push(say!("Cộng {count}: {}", "{count} in all: {}"; shown(whole)));
    }
    told.extend(left(here, kind, ids));
    told
}

fn shown(sum: Money) -> Words {
    Words { vi: sum.show(Lang::Vi).into(), en: sum.show(Lang::En).into() }
}

fn named(here: &Here<'_>, kind: Kind, id: Id, sum: Option<Money>) -> Words {
    let name = |lang| title(here.book, kind, id, lang);
    let name = Words { vi: name(Lang::Vi).into(), en: name(Lang::En).into() };
    let payee = here.book.get::<Payment>(id).map(|payment| payment.payee.clone()).unwrap_or_default();
    // Where room is short the name gives way, never the amount.
    match sum {
        Some(sum) if payee.is_empty() => say!("{} · {}", "{} · {}"; shown(sum), name),
        Some(sum) => say!("{} cho {payee} · {}", "{} to {payee} · {}"; shown(sum), name),
        None => name,
    }
}

/// What the act would be about: of a claim its grant, or what of it is not paid yet; of a voucher its amount.
fn amount(here: &Here<'_>, kind: Kind, id: Id) -> Option<Money> {
    match kind {
        Kind::Claim => {
            let claim = here.book.get::<Claim>(id)?;
            if claim.status < ClaimStatus::Decided { claim.grant } else { open_grant(here.book, claim).ok() }
        }
        Kind::Payment => here.book.get::<Payment>(id)?.amount,
        _ => None,
    }
}

/// What the one budget line of all these claims has left.
fn left(here: &Here<'_>, kind: Kind, ids: &[Id]) -> Option<Words> {
    if kind != Kind::Claim {
        return None;
    }
    let mut lines = ids.iter().map(|id| here.book.get::<Claim>(*id).and_then(|claim| claim.budget));
    let first = lines.next().flatten()?;
    let line = here.book.get::<BudgetLine>(first).filter(|_| lines.all(|line| line == Some(first)))?;
    let code = &line.code;
    let free = budget_sums(here.book, line).ok()?.free;
    Some(say!("Nguồn {code} còn {}", "Budget line {code} has {} left"; shown(free)))
}
