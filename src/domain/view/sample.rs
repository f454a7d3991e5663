//! A scheme while it is written, tried on one claim: what a changed cap or rate does is seen before anything is stored.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::case_of;
use crate::domain::subsidy::from_book::BOOTH;
use crate::domain::subsidy::rules::{
    Applicant, Cost, Day, Event, Outcome, PlainCase, Rules, Written, compute, same_scheme,
};
use crate::domain::view::title::title;
use crate::domain::{Claim, Scheme};
use crate::say;

/// A booth of 9 m² at a million a square metre, for a book that has no claim yet.
const BOOTH_RENT: Money = Money::vnd(9_000_000);

/// The newest claim under a scheme, else the newest of all, else a common booth, computed under what is written so far. The
/// scheme's own days are left aside.
///
/// # Errors
/// What is wrong with the rules, or an amount that cannot be reckoned with.
pub fn sample(book: &Book, scheme: &Scheme, today: Date) -> Result<(Words, Outcome), Refusal> {
    let dated = Scheme { valid_from: scheme.valid_from.or(Some(today)), ..scheme.clone() };
    let rules = Rules { valid_from: Day(None), valid_to: Day(None), ..Rules::of(&dated)? };
    let claims = || book.all::<Claim>().iter().filter(|claim| claim.status.is_alive());
    let under = |claim: &&Claim| {
        let code = book.follow::<Scheme>(claim.scheme).map(|scheme| scheme.code.clone()).unwrap_or_default();
        same_scheme(code.as_str(), scheme.code.as_str())
    };
    let newest = claims().rev().find(under).or_else(|| claims().next_back());
    if let Some(claim) = newest {
        let asked = Claim { scheme: (scheme.id != Id::NIL).then_some(scheme.id), ..claim.clone() };
        if let Some(case) = case_of(book, &asked, &rules)? {
            let name = |lang| title(book, Kind::Claim, claim.id, lang);
            let words = Words { vi: name(Lang::Vi).into(), en: name(Lang::En).into() };
            return Ok((words, compute(&rules, &case)?));
        }
    }
    let case = PlainCase {
        applicant: Applicant { kind: "enterprise".to_owned(), ..Applicant::default() },
        event: Event { scope: "domestic".to_owned(), opens_on: Day(Some(today)), ..Event::default() },
        costs: vec![Cost { kind: BOOTH.to_owned(), cost: Written::of(BOOTH_RENT, rules.money()?)?, ..Cost::default() }],
        ..PlainCase::default()
    };
    let (vi, en) = (BOOTH_RENT.show(Lang::Vi), BOOTH_RENT.show(Lang::En));
    Ok((say!("một gian {vi}", "one booth of {en}"), compute(&rules, &case)?))
}
