//! From a case to a grant, in one fixed order: tests, participation, items, minimum, cap per fair, caps per window, budget.

use crate::base::dates::{Date, show_date};
use crate::base::money::{Currency, Money, MoneyFault, allocate};
use crate::base::words::{Lang, Words};
use crate::domain::subsidy::TraceStep;
use crate::domain::subsidy::rules::conditions::{Failed, conditions, window_words};
use crate::domain::subsidy::rules::items::{ItemResult, cost_of, counts_vat, grade_of, of_item, taken_by};
use crate::domain::subsidy::rules::window::{reference, usage};
use crate::domain::subsidy::rules::{Caps, PlainCase, RateRow, Rules, Stacking, Usage, amount, same_scheme};
use crate::say;

/// A limit that a case ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The number of times in a window.
    Times,
    /// The cap per fair.
    Event,
    /// A cap over a window.
    Window,
}

impl Hit {
    /// The stable word, for scripts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::Event => "event",
            Self::Window => "window",
        }
    }
}

/// What a case comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What is granted.
    pub grant: Money,
    /// All accepted costs with their tax, less the grant.
    pub own_share: Money,
    /// All accepted costs with their tax, whether the scheme counts it or not: what is paid is paid.
    pub cost: Money,
    /// The cap per fair that applies.
    pub cap: Option<Money>,
    /// Item by item, in the order of the rules.
    pub items: Vec<ItemResult>,
    /// The limits that it ran into.
    pub hits: Vec<Hit>,
    /// Every test that failed; with any, nothing is granted.
    pub failed: Vec<Failed>,
    /// What the case did not say.
    pub unchecked: Vec<Words>,
    /// Which participation this is.
    pub participation: i64,
    /// Each cap over a window: its cap and what was used of it.
    pub windows: Vec<(Money, Usage)>,
    /// What an advance that was paid leads to.
    pub settlement: Option<Settlement>,
    /// What the budget line lacks; the grant is never cut to it.
    pub budget_missing: Option<Money>,
    /// Every step, in words.
    pub trace: Vec<TraceStep>,
}

/// An advance set against the grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The advance.
    pub advance: Money,
    /// What is still to be paid.
    pub to_pay: Money,
    /// What is to be given back.
    pub to_recover: Money,
    /// By when it is to be settled.
    pub due_on: Option<Date>,
}

/// Computes one case. Rules and case are checked before ([`Rules::read`], [`super::read_case`]).
///
/// # Errors
/// When an amount overflows or does not fit the currency.
pub fn compute(rules: &Rules, case: &PlainCase) -> Result<Outcome, MoneyFault> {
    let currency = rules.money()?;
    let mut trace = Vec::new();
    let cost = whole_cost(case, true, currency)?;
    step(&mut trace, Words::new("Tổng chi phí, gồm thuế", "Whole cost, tax included"), Some(cost));
    let tested = conditions(rules, case, currency)?;
    for words in tested.failed.iter().map(|failed| &failed.words).chain(&tested.unchecked) {
        step(&mut trace, words.clone(), None);
    }
    let participation = usage(rules, case, &rules.participation, false, currency)?.times + 1;
    let by_turn = |row: &RateRow| row.nth_from.is_some() || row.nth_to.is_some();
    if rules.items.iter().any(|item| item.rates.iter().any(by_turn)) {
        step(
            &mut trace,
            say!("Đây là lần tham gia thứ {participation}", "This is participation no. {participation}"),
            None,
        );
    }
    let mut items = Vec::new();
    for place in 0..rules.items.len() {
        items.extend(of_item(rules, case, place, participation, &mut trace)?);
    }
    not_taken(rules, case, &mut trace);
    let mut outcome = Outcome {
        grant: Money::new(0, currency),
        own_share: cost,
        cost,
        cap: None,
        items,
        hits: if tested.failed.iter().any(|failed| failed.code == "max_times") { vec![Hit::Times] } else { vec![] },
        failed: tested.failed,
        unchecked: tested.unchecked,
        participation,
        windows: Vec::new(),
        settlement: None,
        budget_missing: None,
        trace,
    };
    least_base(&rules.caps, &mut outcome, currency)?;
    if !outcome.failed.is_empty() {
        nothing(&mut outcome);
    }
    cap_event(rules, case, &mut outcome, currency)?;
    cap_windows(rules, case, &mut outcome, currency)?;
    with_others(rules, case, &mut outcome, currency)?;
    least_grant(&rules.caps, &mut outcome, currency)?;
    outcome.grant = total(&outcome.items, currency)?;
    outcome.own_share = cost.minus(outcome.grant)?;
    let (grant, own_share) = (outcome.grant, outcome.own_share);
    step(&mut outcome.trace, Words::new("Số tiền hỗ trợ", "Grant"), Some(grant));
    step(&mut outcome.trace, Words::new("Đơn vị tự chi", "Own share"), Some(own_share));
    settle(rules, case, &mut outcome, currency)?;
    budget(case, &mut outcome, currency)?;
    Ok(outcome)
}

/// All costs, with tax or without.
fn whole_cost(case: &PlainCase, with_vat: bool, currency: Currency) -> Result<Money, MoneyFault> {
    let minor =
        case.costs.iter().try_fold(0_i128, |sum, row| Ok::<_, MoneyFault>(sum + cost_of(row, with_vat, currency)?))?;
    Ok(Money { minor: i64::try_from(minor).map_err(|_| MoneyFault::TooLarge)?, currency })
}

/// Costs that no item of the scheme takes are named: they bring nothing.
fn not_taken(rules: &Rules, case: &PlainCase, trace: &mut Vec<TraceStep>) {
    for cost in case.costs.iter().filter(|cost| taken_by(rules, cost).is_none()) {
        let what = if cost.label.is_empty() { &cost.kind } else { &cost.label };
        let words = say!("{what}: chương trình không hỗ trợ khoản này", "{what}: the scheme does not pay for this");
        step(trace, words, None);
    }
}

pub(super) fn step(trace: &mut Vec<TraceStep>, words: Words, amount: Option<Money>) {
    trace.push(TraceStep { words, amount });
}

fn total(items: &[ItemResult], currency: Currency) -> Result<Money, MoneyFault> {
    items.iter().try_fold(Money::new(0, currency), |sum, item| sum.plus(item.amount))
}

/// Nothing is granted: every item is 0, and says so by the tests that failed.
fn nothing(outcome: &mut Outcome) {
    for item in &mut outcome.items {
        item.reduced_by = item.by_rate;
        item.amount = Money { minor: 0, ..item.amount };
        item.reason = Words::new("không đủ điều kiện", "not eligible");
    }
}

fn least_base(caps: &Caps, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let Some(least) = amount(caps.min_base, currency)? else { return Ok(()) };
    let base = outcome.items.iter().try_fold(Money::new(0, currency), |sum, item| sum.plus(item.basis))?;
    if base.minor < least.minor {
        let (vi, en) = (least.show(Lang::Vi), least.show(Lang::En));
        let words = say!("Chi phí được tính dưới mức tối thiểu {vi}", "Eligible cost below the minimum {en}");
        step(&mut outcome.trace, words.clone(), Some(base));
        outcome.failed.push(Failed { code: "min_base".to_owned(), words });
    }
    Ok(())
}

fn least_grant(caps: &Caps, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let Some(least) = amount(caps.min_grant, currency)? else { return Ok(()) };
    let sum = total(&outcome.items, currency)?;
    if sum.minor > 0 && sum.minor < least.minor {
        let (vi, en) = (least.show(Lang::Vi), least.show(Lang::En));
        let words = say!("Số tiền dưới mức tối thiểu {vi}", "Below the least grant {en}");
        outcome.failed.push(Failed { code: "min_grant".to_owned(), words: words.clone() });
        cut_to(outcome, Money::new(0, currency), super::Cut::InOrder, words)?;
    }
    Ok(())
}

/// Cuts the items so that their sum is the cap.
fn cut_to(outcome: &mut Outcome, cap: Money, by: super::Cut, reason: Words) -> Result<(), MoneyFault> {
    let amounts: Vec<Money> = outcome.items.iter().map(|item| item.amount).collect();
    let cut = allocate(cap, &amounts, by.into())?;
    for (item, to) in outcome.items.iter_mut().zip(cut) {
        if to.minor < item.amount.minor {
            item.reduce(to, reason.clone())?;
        }
    }
    step(&mut outcome.trace, reason, Some(cap));
    Ok(())
}

fn cap_event(rules: &Rules, case: &PlainCase, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let any =
        |wanted: &[String], found: &str| wanted.is_empty() || wanted.iter().any(|one| one.eq_ignore_ascii_case(found));
    let row = rules.caps.per_event_for.iter().find(|row| {
        any(&row.applicants, &case.applicant.kind)
            && any(&row.grades, grade_of(case))
            && any(&row.scopes, &case.event.scope)
    });
    outcome.cap = amount(row.map(|row| row.cap).or(rules.caps.per_event), currency)?;
    let Some(cap) = outcome.cap else { return Ok(()) };
    if total(&outcome.items, currency)?.minor > cap.minor {
        let (vi, en) = (cap.show(Lang::Vi), cap.show(Lang::En));
        outcome.hits.push(Hit::Event);
        let reason = say!("Không vượt mức tối đa mỗi lần {vi}", "Not above the cap per fair {en}");
        cut_to(outcome, cap, rules.caps.allocation, reason)?;
    }
    Ok(())
}

fn cap_windows(rules: &Rules, case: &PlainCase, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    for limit in &rules.cap_per {
        let (counter, cap) = (limit.counter(), limit.cap.in_currency(currency)?);
        let used = usage(rules, case, &counter, true, currency)?;
        let room = cap.minus(used.amount)?.at_least_zero();
        if total(&outcome.items, currency)?.minor > room.minor {
            outcome.hits.push(Hit::Window);
            let span = window_words(&counter, reference(rules, case));
            let of = |lang| (used.amount.show(lang), cap.show(lang));
            let ((used_vi, cap_vi), (used_en, cap_en)) = (of(Lang::Vi), of(Lang::En));
            let words = Words {
                vi: format!("Đã dùng {used_vi} trên {cap_vi}{}, còn {}", span.vi, room.show(Lang::Vi)).into(),
                en: format!("{used_en} of {cap_en}{} used, {} left", span.en, room.show(Lang::En)).into(),
            };
            cut_to(outcome, room, rules.caps.allocation, words)?;
        }
        outcome.windows.push((cap, used));
    }
    Ok(())
}

/// Other schemes for the same cost, where the rules let them be added or chosen.
fn with_others(rules: &Rules, case: &PlainCase, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let mut others = Money::new(0, currency);
    for other in &case.other_schemes {
        let named = rules.exclusive_with.iter().any(|code| code == "*" || same_scheme(code, &other.scheme));
        if named || rules.stacking == Stacking::UpTo {
            others = others.plus(amount(other.amount, currency)?.unwrap_or(Money::new(0, currency)))?;
        }
    }
    if others.minor == 0 {
        return Ok(());
    }
    match rules.stacking {
        Stacking::Forbid => Ok(()),
        Stacking::Best if others.minor >= total(&outcome.items, currency)?.minor => {
            let words =
                Words::new("Chương trình kia có lợi hơn cho đơn vị", "The other scheme is more favourable to the firm");
            outcome.failed.push(Failed { code: "other_is_better".to_owned(), words: words.clone() });
            cut_to(outcome, Money::new(0, currency), super::Cut::InOrder, words)
        }
        Stacking::Best => Ok(()),
        Stacking::UpTo => {
            let counted = whole_cost(case, counts_vat(rules, case), currency)?;
            let most = counted.share_bp(rules.stack_up_to.unwrap_or_default().0, rules.round())?;
            let room = most.minus(others)?.at_least_zero();
            if total(&outcome.items, currency)?.minor <= room.minor {
                return Ok(());
            }
            let (vi, en) = (most.show(Lang::Vi), most.show(Lang::En));
            let words = say!("Cùng chương trình khác không quá {vi}", "With the other schemes not above {en}");
            cut_to(outcome, room, rules.caps.allocation, words)
        }
    }
}

fn settle(rules: &Rules, case: &PlainCase, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let Some(advance) = amount(case.advance_paid, currency)? else { return Ok(()) };
    let days = rules.advance.as_ref().and_then(|advance| advance.settle_days);
    let closes = case.event.closes_on.0.or(case.event.opens_on.0);
    let due_on = closes.zip(days).and_then(|(end, days)| end.checked_add_signed(chrono::TimeDelta::try_days(days)?));
    let settlement = Settlement {
        advance,
        to_pay: outcome.grant.minus(advance)?.at_least_zero(),
        to_recover: advance.minus(outcome.grant)?.at_least_zero(),
        due_on,
    };
    step(&mut outcome.trace, Words::new("Đã tạm ứng", "Advanced"), Some(advance));
    if settlement.to_recover.minor > 0 {
        let by = due_on.map(show_date).unwrap_or_default();
        let words = if by.is_empty() {
            Words::new("Phải nộp trả", "To be given back")
        } else {
            say!("Phải nộp trả chậm nhất {by}", "To be given back by {by}")
        };
        step(&mut outcome.trace, words, Some(settlement.to_recover));
    } else {
        step(&mut outcome.trace, Words::new("Còn phải chi", "Still to be paid"), Some(settlement.to_pay));
    }
    outcome.settlement = Some(settlement);
    Ok(())
}

fn budget(case: &PlainCase, outcome: &mut Outcome, currency: Currency) -> Result<(), MoneyFault> {
    let Some(free) = amount(case.budget_free, currency)? else { return Ok(()) };
    if free.minor < outcome.grant.minor {
        let missing = outcome.grant.minus(free)?;
        let words = Words::new("Nguồn còn thiếu (không tự cắt giảm)", "The budget lacks (nothing is cut silently)");
        step(&mut outcome.trace, words, Some(missing));
        outcome.budget_missing = Some(missing);
    }
    Ok(())
}
