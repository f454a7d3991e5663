//! A draft rule over a year that is known: every claim of a scheme computed again in the order in which money was given, each
//! seeing what the draft gave before it. Nothing is stored.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault, Rounding};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::Calculation;
use crate::domain::subsidy::from_book::{Groups, as_it_stands, case_with};
use crate::domain::subsidy::rules::{Day, Hit, Outcome, Rules, compute, same_scheme};
use crate::domain::view::title::title;
use crate::domain::{Claim, Fair, Registration, Scheme};
use crate::say;

/// One claim under the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// The claim.
    pub claim: Id,
    /// What it got, or would get as things stand.
    pub was: Money,
    /// What it gets under the draft.
    pub now: Money,
    /// Why it gets no more: tests that fail, caps that cut.
    pub reasons: Vec<Words>,
    /// The limits that the draft runs into here.
    pub hits: Vec<Hit>,
    /// True where the calculation of its time ran into none.
    pub newly: bool,
}

/// A year under a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    /// Every claim, in the order in which money was given.
    pub claims: Vec<Replayed>,
    /// All that was given.
    pub was: Money,
    /// All that the draft gives.
    pub now: Money,
    /// Where a budget is given: the first claim for which it is too little.
    pub short_from: Option<Id>,
    /// Where a budget is given: what it lacks.
    pub lacking: Money,
}

impl Replay {
    /// Those who get more.
    pub fn gain(&self) -> impl Iterator<Item = &Replayed> {
        self.claims.iter().filter(|claim| claim.now.minor > claim.was.minor)
    }

    /// Those who get less.
    pub fn lose(&self) -> impl Iterator<Item = &Replayed> {
        self.claims.iter().filter(|claim| claim.now.minor < claim.was.minor)
    }

    /// The whole in a few sentences.
    #[must_use]
    pub fn summary(&self, budget: Option<Money>) -> Vec<Words> {
        let (count, gain, lose, hit) =
            (self.claims.len(), self.gain().count(), self.lose().count(), self.exhausted().count());
        let mut said = vec![
            say!("{count} hồ sơ: trước {}, theo dự thảo {}.", "{count} claims: {} before, {} under the draft."; shown(self.was), shown(self.now)),
            say!("{gain} được thêm, {lose} mất bớt.", "{gain} gain, {lose} lose."),
            say!("{hit} chạm hạn mức mà trước không chạm.", "{hit} run into a limit and did not before."),
        ];
        if let Some(budget) = budget {
            said.push(if self.lacking.is_zero() {
                say!("Nguồn {} đủ.", "A budget of {} is enough."; shown(budget))
            } else {
                say!("Nguồn {} thiếu {}.", "A budget of {} is {} short."; shown(budget), shown(self.lacking))
            });
        }
        said
    }

    /// Those who run into a limit under the draft and did not before.
    pub fn exhausted(&self) -> impl Iterator<Item = &Replayed> {
        self.claims.iter().filter(|claim| claim.newly && !claim.hits.is_empty())
    }
}

/// On what a draft is tried unasked: the scheme of its own code, else the one with the most claims, in its latest year.
fn ground(book: &Book, draft: &Scheme) -> Option<(Id, i32)> {
    let years = |scheme: &Scheme| {
        book.pointing::<Claim>(scheme.id)
            .filter(|claim| claim.scheme == Some(scheme.id) && claim.status.is_alive())
            .filter_map(|claim| opened(book, claim))
            .map(|day| day.year())
            .collect::<Vec<_>>()
    };
    let own = |scheme: &Scheme| same_scheme(scheme.code.as_str(), draft.code.as_str());
    let found =
        book.all::<Scheme>().iter().map(|scheme| (scheme, years(scheme))).filter(|(_, years)| !years.is_empty());
    let (scheme, years) = found.max_by_key(|(scheme, years)| (own(scheme), years.len()))?;
    Some((scheme.id, years.into_iter().max()?))
}

/// A scheme tried on the claims of the latest year, as lines to read: the whole first, then whoever gets another amount.
///
/// # Errors
/// As [`replay`], and where there is no claim to try it on.
pub fn told(book: &Book, scheme: Id) -> Result<(Words, Vec<Words>), Refusal> {
    let none = || {
        Refusal::new(
            "nothing-to-try",
            say!("Chưa có hồ sơ nào để thử.", "There is no claim to try it on yet."),
            say!("Lập hồ sơ hỗ trợ trước.", "Open a claim first."),
        )
    };
    let draft = book.get::<Scheme>(scheme).ok_or_else(none)?;
    let (ground, year) = ground(book, draft).ok_or_else(none)?;
    let found = replay(book, ground, &Rules::of(draft)?, year, None)?;
    let name =
        |kind, id| Words { vi: title(book, kind, id, Lang::Vi).into(), en: title(book, kind, id, Lang::En).into() };
    let mut lines = found.summary(None);
    for claim in found.claims.iter().filter(|claim| claim.was != claim.now) {
        let who = name(Kind::Claim, claim.claim);
        let mut line = say!("{}: {} → {}", "{}: {} → {}"; who, shown(claim.was), shown(claim.now));
        for reason in &claim.reasons {
            line = say!("{}. {}", "{}. {}"; line, reason);
        }
        lines.push(line);
    }
    let (draft, ground) = (name(Kind::Scheme, scheme), name(Kind::Scheme, ground));
    Ok((say!("{} trên hồ sơ {year} của {}", "{} over the {year} claims of {}"; draft, ground), lines))
}

fn shown(amount: Money) -> Words {
    Words { vi: amount.show(Lang::Vi).into(), en: amount.show(Lang::En).into() }
}

/// Computes the claims of a scheme, all its versions, whose fairs opened in a year, under a draft. The draft's own days are
/// left aside: it is tried on a year before it.
///
/// # Errors
/// When amounts overflow or are in another currency than the draft.
pub fn replay(book: &Book, scheme: Id, draft: &Rules, year: i32, budget: Option<Money>) -> Result<Replay, Refusal> {
    let Some(scheme) = book.get::<Scheme>(scheme) else { return Ok(Replay::default()) };
    let draft = Rules { code: scheme.code.to_string(), valid_from: Day(None), valid_to: Day(None), ..draft.clone() };
    let claims = claims_of(book, scheme, year);
    let groups = if draft.looks_at_group() { Groups::of(book) } else { Groups::default() };
    // None: not computed yet, so that later money does not count against earlier.
    let mut given: BTreeMap<Id, Option<Money>> = claims.iter().map(|claim| (claim.id, None)).collect();
    let mut replay = Replay::default();
    for claim in claims {
        let counted = |past: &Claim| match given.get(&past.id) {
            Some(given) => given.filter(|amount| amount.minor > 0),
            None => as_it_stands(past).filter(|_| opened(book, past).is_some_and(|day| day.year() <= year)),
        };
        let Some(case) = case_with(book, &as_proved(claim), &draft, &groups, &counted)? else { continue };
        let outcome = compute(&draft, &case)?;
        given.insert(claim.id, Some(outcome.grant));
        replay.add(book, claim, outcome, budget)?;
    }
    Ok(replay)
}

/// The claims of a scheme and year in the order of their decisions; without one, of their arrival. Among those that were
/// refused stand the ones that the rule refused: another rule may not.
fn claims_of<'a>(book: &'a Book, scheme: &Scheme, year: i32) -> Vec<&'a Claim> {
    let versions: Vec<Id> = book
        .all::<Scheme>()
        .iter()
        .filter(|other| same_scheme(other.code.as_str(), scheme.code.as_str()))
        .map(|other| other.id)
        .collect();
    let by_rule = |claim: &Claim| {
        claim.status == ClaimStatus::Rejected
            && claim.calculation.as_ref().is_some_and(|calculation| calculation.grant.is_zero())
    };
    let mut claims: Vec<&Claim> = versions
        .iter()
        .flat_map(|version| book.pointing::<Claim>(*version))
        .filter(|claim| claim.status != ClaimStatus::Draft && (claim.status.is_alive() || by_rule(claim)))
        .filter(|claim| opened(book, claim).is_some_and(|day| day.year() == year))
        .collect();
    claims.sort_by_key(|claim| (claim.decided_on.or(claim.submitted_on).or(opened(book, claim)), claim.id));
    claims
}

fn opened(book: &Book, claim: &Claim) -> Option<Date> {
    let registration = book.follow::<Registration>(claim.registration)?;
    book.follow::<Fair>(registration.fair)?.opens_on
}

/// What of a claim its case needs, with the costs as they were proved where they were.
fn as_proved(claim: &Claim) -> Claim {
    Claim {
        id: claim.id,
        registration: claim.registration,
        scheme: claim.scheme,
        cost: claim.accepted_cost.or(claim.cost),
        vat: claim.accepted_vat.or(claim.vat),
        booths: claim.booths,
        other_public: claim.other_public,
        contract_on: claim.contract_on,
        submitted_on: claim.submitted_on,
        decided_on: claim.decided_on,
        ..Claim::default()
    }
}

impl Replay {
    fn add(&mut self, book: &Book, claim: &Claim, outcome: Outcome, budget: Option<Money>) -> Result<(), MoneyFault> {
        let was = if claim.status.is_alive() { claim.due() } else { Money::ZERO };
        let now = outcome.grant;
        self.was = self.was.plus(was)?;
        self.now = self.now.plus(now)?;
        if let Some(budget) = budget {
            self.lacking = self.now.minus(budget)?.at_least_zero();
            if self.lacking.minor > 0 && self.short_from.is_none() {
                self.short_from = Some(claim.id);
            }
        }
        let cut = outcome.items.iter().filter(|item| item.reduced_by.minor > 0).map(|item| &item.reason);
        let mut reasons: Vec<Words> = outcome.failed.iter().map(|failed| failed.words.clone()).collect();
        if reasons.is_empty() {
            reasons.extend(cut.cloned());
        }
        let newly = !claim.calculation.as_ref().is_some_and(|frozen| was_cut(book, claim, frozen));
        self.claims.push(Replayed { claim: claim.id, was, now, reasons, hits: outcome.hits, newly });
        Ok(())
    }
}

/// True where the calculation of its time gave less than the rate.
fn was_cut(book: &Book, claim: &Claim, frozen: &Calculation) -> bool {
    let by_rate = if frozen.items.is_empty() {
        let unit = book.follow::<Scheme>(claim.scheme).and_then(|scheme| scheme.rounding_unit);
        let rounding = Rounding::down_to(unit.map_or(1, |unit| unit.minor.max(1)));
        frozen.basis.share_bp(frozen.rate, rounding)
    } else {
        frozen.items.iter().try_fold(Money::ZERO, |sum, item| sum.plus(item.by_rate))
    };
    !frozen.barred.is_empty() || by_rate.is_ok_and(|by_rate| frozen.grant.minor < by_rate.minor)
}
