//! From a case to a grant, in one fixed order: tests, participation, items, minimum, cap per fair, caps per window, budget.

use crate::base::dates::{Date, show_date};
use crate::base::money::{BasisPoints, Currency, Money, MoneyFault, allocate};
use crate::base::words::{Lang, Words};
use crate::domain::subsidy::TraceStep;
use crate::domain::subsidy::rules::case::Cost;
use crate::domain::subsidy::rules::conditions::{Failed, conditions, window_words};
use crate::domain::subsidy::rules::window::{reference, usage};
use crate::domain::subsidy::rules::{
    Caps, Item, ItemBasis, PlainCase, RateRow, Rules, Stacking, UnitPick, Usage, Vat, WHOLE, amount,
};
use crate::say;

/// What a case comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What is granted.
    pub grant: Money,
    /// All accepted costs, less the grant.
    pub own_share: Money,
    /// All accepted costs with what tax the scheme counts.
    pub cost: Money,
    /// Item by item, in the order of the rules.
    pub items: Vec<ItemResult>,
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

/// One item of the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemResult {
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: Words,
    /// How many units count.
    pub counted: i64,
    /// How many were entered.
    pub quantity: i64,
    /// The part of the cost on which the rate is taken, rounded down.
    pub basis: Money,
    /// The rate.
    pub rate: BasisPoints,
    /// By rate, before any cap.
    pub by_rate: Money,
    /// What is granted for it.
    pub amount: Money,
    /// By how much caps reduced it.
    pub reduced_by: Money,
    /// Which cap did.
    pub reason: Words,
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
    let tested = conditions(rules, case, currency)?;
    for failed in &tested.failed {
        step(&mut trace, failed.words.clone(), None);
    }
    let before = usage(rules, case, &rules.participation, false, currency)?;
    let participation = before.times + 1;
    if !rules.items.iter().all(|item| item.rates.iter().all(|row| row.nth_from.is_none() && row.nth_to.is_none())) {
        step(
            &mut trace,
            say!("Đây là lần tham gia thứ {participation}", "This is participation no. {participation}"),
            None,
        );
    }
    let mut items = Vec::new();
    for item in &rules.items {
        if let Some(result) = of_item(rules, case, item, participation, currency)? {
            trace_item(&mut trace, &result);
            items.push(result);
        }
    }
    let cost = whole_cost(rules, case, currency)?;
    let mut outcome = Outcome {
        grant: Money::new(0, currency),
        own_share: cost,
        cost,
        items,
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

fn step(trace: &mut Vec<TraceStep>, words: Words, amount: Option<Money>) {
    trace.push(TraceStep { words, amount });
}

fn total(items: &[ItemResult], currency: Currency) -> Result<Money, MoneyFault> {
    items.iter().try_fold(Money::new(0, currency), |sum, item| sum.plus(item.amount))
}

/// An amount that may be a fraction of the smallest unit: never rounded before the rate is taken.
#[derive(Clone, Copy, Debug)]
struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    const ZERO: Self = Self { over: 0, under: 1 };

    fn new(over: i128, under: i128) -> Self {
        let common = gcd(over.unsigned_abs(), under.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1).max(1);
        Self { over: over / common, under: under / common }
    }

    fn plus(self, other: Self) -> Result<Self, MoneyFault> {
        let times = |a: i128, b: i128| a.checked_mul(b).ok_or(MoneyFault::TooLarge);
        let over = times(self.over, other.under)?.checked_add(times(other.over, self.under)?);
        Ok(Self::new(over.ok_or(MoneyFault::TooLarge)?, times(self.under, other.under)?))
    }

    fn minus_at_least_zero(self, other: Self) -> Result<Self, MoneyFault> {
        let less = self.plus(Self { over: -other.over, ..other })?;
        Ok(if less.over < 0 { Self::ZERO } else { less })
    }

    fn lesser(self, other: Self) -> Result<Self, MoneyFault> {
        let (one, two) = (self.over.checked_mul(other.under), other.over.checked_mul(self.under));
        match (one, two) {
            (Some(one), Some(two)) => Ok(if one <= two { self } else { other }),
            _ => Err(MoneyFault::TooLarge),
        }
    }

    fn floor(self, currency: Currency) -> Result<Money, MoneyFault> {
        let minor = i64::try_from(self.over.div_euclid(self.under)).map_err(|_| MoneyFault::TooLarge)?;
        Ok(Money { minor, currency })
    }
}

fn gcd(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { gcd(other, one % other) }
}

/// The costs of an item: those of its kind, and with `*` those of no other item.
fn rows_of<'a>(rules: &Rules, case: &'a PlainCase, item: &Item) -> Vec<&'a Cost> {
    let named = |cost: &Cost| rules.items.iter().any(|other| other.kind.eq_ignore_ascii_case(&cost.kind));
    case.costs
        .iter()
        .filter(|cost| {
            cost.kind.eq_ignore_ascii_case(&item.kind)
                || (item.kind == "*" && !named(cost))
                || cost.kind.is_empty() && rules.items.first().is_some_and(|first| first.kind == item.kind)
        })
        .collect()
}

fn counts_vat(rules: &Rules, case: &PlainCase) -> bool {
    match rules.vat {
        Vat::Exclude => false,
        Vat::Include => true,
        Vat::ByMethod => !case.applicant.deducts_vat,
    }
}

/// The cost of a row as the scheme sees it, in minor units.
fn cost_of(rules: &Rules, case: &PlainCase, row: &Cost, currency: Currency) -> Result<i128, MoneyFault> {
    let mut cost = i128::from(row.cost.in_currency(currency)?.minor);
    if counts_vat(rules, case)
        && let Some(vat) = amount(row.vat, currency)?
    {
        cost += i128::from(vat.minor);
    }
    Ok(cost)
}

fn whole_cost(rules: &Rules, case: &PlainCase, currency: Currency) -> Result<Money, MoneyFault> {
    case.costs.iter().try_fold(Money::new(0, currency), |sum, row| {
        let minor = i64::try_from(cost_of(rules, case, row, currency)?).map_err(|_| MoneyFault::TooLarge)?;
        sum.plus(Money { minor, currency })
    })
}

fn of_item(
    rules: &Rules,
    case: &PlainCase,
    item: &Item,
    participation: i64,
    currency: Currency,
) -> Result<Option<ItemResult>, MoneyFault> {
    let mut rows = rows_of(rules, case, item);
    if rows.is_empty() {
        return Ok(None);
    }
    sort_rows(&mut rows, item.unit_pick, currency)?;
    let mut room = item.unit_limit.unwrap_or(i64::MAX).max(0);
    let (mut basis, mut other, mut counted, mut quantity) = (Ratio::ZERO, 0_i128, 0_i64, 0_i64);
    for row in rows {
        let units = row.quantity.unwrap_or(1).max(1);
        let taken = units.min(room);
        room -= taken;
        counted += taken;
        quantity = quantity.saturating_add(units);
        basis = basis.plus(basis_of(rules, case, item, row, taken, currency)?)?;
        other += amount(row.other_public, currency)?.map_or(0, |sum| i128::from(sum.minor));
    }
    basis = basis.minus_at_least_zero(Ratio::new(other, 1))?;
    let rate = rate_of(case, item, participation);
    let over = basis.over.checked_mul(i128::from(rate.0)).ok_or(MoneyFault::TooLarge)?;
    let under = basis.under.checked_mul(i128::from(WHOLE.0)).ok_or(MoneyFault::TooLarge)?;
    let by_rate = Money { minor: rules.round().apply(over, under)?, currency };
    let mut result = ItemResult {
        kind: item.kind.clone(),
        title: item_title(item),
        counted,
        quantity,
        basis: basis.floor(currency)?,
        rate,
        by_rate,
        amount: by_rate,
        reduced_by: Money::new(0, currency),
        reason: Words::default(),
    };
    let booths = amount(rules.caps.per_booth, currency)?.filter(|_| item.kind == "booth");
    let per_booth = booths.map(|cap| cap.times(counted)).transpose()?;
    for (cap, reason) in [
        (amount(item.cap, currency)?, Words::new("mức tối đa của khoản", "the cap of the item")),
        (per_booth, Words::new("mức tối đa mỗi gian", "the cap per booth")),
    ] {
        if let Some(cap) = cap.filter(|cap| cap.minor < result.amount.minor) {
            reduce(&mut result, cap, reason)?;
        }
    }
    Ok(Some(result))
}

fn item_title(item: &Item) -> Words {
    let vi = if item.title.is_empty() { &item.kind } else { &item.title };
    let en = if item.title_en.is_empty() { vi } else { &item.title_en };
    Words { vi: vi.clone().into(), en: en.clone().into() }
}

fn reduce(item: &mut ItemResult, to: Money, reason: Words) -> Result<(), MoneyFault> {
    item.reduced_by = item.reduced_by.plus(item.amount.minus(to)?)?;
    item.amount = to;
    item.reason = reason;
    Ok(())
}

fn sort_rows(rows: &mut [&Cost], pick: UnitPick, currency: Currency) -> Result<(), MoneyFault> {
    for row in rows.iter() {
        row.cost.in_currency(currency)?;
    }
    let unit = |row: &Cost, times: &Cost| {
        let cost = row.cost.in_currency(currency).map_or(0, |sum| i128::from(sum.minor));
        cost * i128::from(times.quantity.unwrap_or(1).max(1))
    };
    match pick {
        UnitPick::Entry => {}
        UnitPick::Highest => rows.sort_by(|one, other| unit(other, one).cmp(&unit(one, other))),
        UnitPick::Lowest => rows.sort_by(|one, other| unit(one, other).cmp(&unit(other, one))),
    }
    Ok(())
}

/// The part of a row on which the rate is taken, for so many of its units.
fn basis_of(
    rules: &Rules,
    case: &PlainCase,
    item: &Item,
    row: &Cost,
    taken: i64,
    currency: Currency,
) -> Result<Ratio, MoneyFault> {
    let units = i128::from(row.quantity.unwrap_or(1).max(1));
    let part = |whole: i128| {
        whole.checked_mul(i128::from(taken)).map(|over| Ratio::new(over, units)).ok_or(MoneyFault::TooLarge)
    };
    let actual = part(cost_of(rules, case, row, currency)?)?;
    let each = |sum: Option<Money>| sum.map(|sum| Ratio::new(i128::from(sum.minor) * i128::from(taken), 1));
    let norm = each(amount(row.norm.or(item.norm), currency)?);
    Ok(match item.basis {
        ItemBasis::Actual => actual,
        ItemBasis::Norm => norm.unwrap_or(actual),
        ItemBasis::Tender => match amount(row.tender, currency)? {
            Some(tender) => part(i128::from(tender.minor))?,
            None => actual,
        },
        ItemBasis::MinOf => match norm {
            Some(norm) => actual.lesser(norm)?,
            None => actual,
        },
        ItemBasis::Flat => each(amount(item.flat, currency)?).unwrap_or(Ratio::ZERO),
    })
}

fn rate_of(case: &PlainCase, item: &Item, participation: i64) -> BasisPoints {
    let any =
        |wanted: &[String], found: &str| wanted.is_empty() || wanted.iter().any(|one| one.eq_ignore_ascii_case(found));
    let fits = |row: &&RateRow| {
        row.nth_from.is_none_or(|from| participation >= from)
            && row.nth_to.is_none_or(|to| participation <= to)
            && any(&row.applicants, &case.applicant.kind)
            && any(&row.grades, grade_of(case))
            && any(&row.sizes, &case.applicant.size)
            && row.stars_min.is_none_or(|least| case.applicant.stars.unwrap_or(0) >= least)
    };
    let row = item.rates.iter().find(fits).map(|row| row.rate);
    row.or(item.rate).unwrap_or_default().0
}

/// The fair's grade, else the tier of the firm.
fn grade_of(case: &PlainCase) -> &str {
    if case.event.grade.is_empty() { &case.applicant.tier } else { &case.event.grade }
}

fn trace_item(trace: &mut Vec<TraceStep>, item: &ItemResult) {
    let title = item.title.clone();
    let (counted, quantity) = (item.counted, item.quantity);
    let words = if counted == quantity {
        say!("{}: chi phí được tính", "{}: eligible cost"; title.clone())
    } else {
        say!("{}: tính {counted} trên {quantity}", "{}: {counted} of {quantity} counted"; title.clone())
    };
    step(trace, words, Some(item.basis));
    let (vi, en) = (item.rate.show(Lang::Vi), item.rate.show(Lang::En));
    let rate = Words { vi: vi.into(), en: en.into() };
    step(trace, say!("{}: mức hỗ trợ {}", "{}: rate {}"; title.clone(), rate), Some(item.by_rate));
    if item.reduced_by.minor > 0 {
        step(trace, say!("{}: giảm theo {}", "{}: cut to {}"; title, item.reason.clone()), Some(item.amount));
    }
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
            reduce(item, to, reason.clone())?;
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
    let Some(cap) = amount(row.map(|row| row.cap).or(rules.caps.per_event), currency)? else { return Ok(()) };
    if total(&outcome.items, currency)?.minor > cap.minor {
        let (vi, en) = (cap.show(Lang::Vi), cap.show(Lang::En));
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
        let named = rules.exclusive_with.iter().any(|code| code == "*" || code.eq_ignore_ascii_case(&other.scheme));
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
            let most = outcome.cost.share_bp(rules.stack_up_to.unwrap_or_default().0, rules.round())?;
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
    let closes = PlainCase::day(&case.event.closes_on).or_else(|| PlainCase::day(&case.event.opens_on));
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
            say!("Phải nộp trả trước {by}", "To be given back by {by}")
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
