//! One item of a grant: its units, its base, its rate, the one rounding, its caps.

use serde::{Deserialize, Serialize};

use crate::base::money::{BasisPoints, Currency, Money, MoneyFault, RoundingMode};
use crate::base::words::{Lang, Words};
use crate::domain::subsidy::TraceStep;
use crate::domain::subsidy::rules::case::Cost;
use crate::domain::subsidy::rules::compute::step;
use crate::domain::subsidy::rules::ratio::Ratio;
use crate::domain::subsidy::rules::{Item, ItemBasis, PlainCase, RateRow, Rules, UnitPick, Vat, WHOLE, amount};
use crate::say;

/// One item of the grant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

impl ItemResult {
    pub(super) fn reduce(&mut self, to: Money, reason: Words) -> Result<(), MoneyFault> {
        self.reduced_by = self.reduced_by.plus(self.amount.minus(to)?)?;
        self.amount = to;
        self.reason = reason;
        Ok(())
    }
}

/// The place of the item that takes a cost: the one of its kind, without a kind the first, else `*`.
pub(super) fn taken_by(rules: &Rules, cost: &Cost) -> Option<usize> {
    let named = |kind: &str| rules.items.iter().position(|item| item.is_of(kind));
    if cost.kind.is_empty() && !rules.items.is_empty() { Some(0) } else { named(&cost.kind).or_else(|| named("*")) }
}

pub(super) fn counts_vat(rules: &Rules, case: &PlainCase) -> bool {
    match rules.vat {
        Vat::Exclude => false,
        Vat::Include => true,
        Vat::ByMethod => case.applicant.deducts_vat == Some(false),
    }
}

/// The cost of a row in minor units, with tax or without.
pub(super) fn cost_of(row: &Cost, with_vat: bool, currency: Currency) -> Result<i128, MoneyFault> {
    let cost = i128::from(row.cost.in_currency(currency)?.minor);
    let vat = if with_vat { amount(row.vat, currency)? } else { None };
    Ok(cost + vat.map_or(0, |vat| i128::from(vat.minor)))
}

fn units_of(row: &Cost) -> i64 {
    row.quantity.unwrap_or(1).max(1)
}

/// What one item comes to; none where nothing was spent on it.
pub(super) fn of_item(
    rules: &Rules,
    case: &PlainCase,
    place: usize,
    participation: i64,
    trace: &mut Vec<TraceStep>,
) -> Result<Option<ItemResult>, MoneyFault> {
    let Some(item) = rules.items.get(place) else { return Ok(None) };
    let (currency, with_vat) = (rules.money()?, counts_vat(rules, case));
    let mut rows = Vec::new();
    for row in case.costs.iter().filter(|cost| taken_by(rules, cost) == Some(place)) {
        rows.push((row, cost_of(row, with_vat, currency)?));
    }
    if rows.is_empty() {
        return Ok(None);
    }
    sort_rows(&mut rows, item.unit_pick);
    let mut room = item.unit_limit.unwrap_or(i64::MAX).max(0);
    let (mut basis, mut other, mut counted, mut quantity) = (Ratio::ZERO, 0_i128, 0_i64, 0_i64);
    for (row, cost) in rows {
        let units = units_of(row);
        let taken = units.min(room);
        room -= taken;
        counted = counted.saturating_add(taken);
        quantity = quantity.saturating_add(units);
        let part = basis_of(item, row, (cost, taken), currency)?;
        basis = basis.plus(part)?;
        // Money said to be negative is none.
        other += amount(row.other_public, currency)?.map_or(0, |sum| i128::from(sum.minor.max(0)));
        if !row.label.is_empty() {
            step(trace, row_words(row, taken, with_vat), Some(part.floor(currency)?));
        }
    }
    if other > 0 {
        basis = basis.minus_at_least_zero(Ratio::whole(other))?;
        let words = Words::new("Trừ hỗ trợ công khác cho cùng chi phí", "Less other public money for the same cost");
        step(trace, words, Some(basis.floor(currency)?));
    }
    let rate = rate_of(case, item, participation);
    let over = basis.over.checked_mul(i128::from(rate.0)).ok_or(MoneyFault::TooLarge)?;
    let under = basis.under.checked_mul(i128::from(WHOLE.0)).ok_or(MoneyFault::TooLarge)?;
    // The only rounding there is.
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
    let booths = amount(rules.caps.per_booth, currency)?.filter(|_| item.is_of("booth"));
    let per_booth = booths.map(|cap| cap.times(counted)).transpose()?;
    for (cap, reason) in [
        (amount(item.cap, currency)?, Words::new("mức tối đa của khoản", "the cap of the item")),
        (per_booth, Words::new("mức tối đa mỗi gian", "the cap per booth")),
    ] {
        if let Some(cap) = cap.filter(|cap| cap.minor < result.amount.minor) {
            result.reduce(cap, reason)?;
        }
    }
    trace_item(trace, rules, &result);
    Ok(Some(result))
}

/// What an item is called.
#[must_use]
pub fn item_title(item: &Item) -> Words {
    let vi = if item.title.is_empty() { &item.kind } else { &item.title };
    let en = if item.title_en.is_empty() { vi } else { &item.title_en };
    Words { vi: vi.clone().into(), en: en.clone().into() }
}

/// Rows by the cost of one unit as the scheme sees it; rows at one price keep their order.
fn sort_rows(rows: &mut [(&Cost, i128)], pick: UnitPick) {
    let dearer = |(one, cost): &(&Cost, i128), (other, than): &(&Cost, i128)| {
        (cost * i128::from(units_of(other))).cmp(&(than * i128::from(units_of(one))))
    };
    match pick {
        UnitPick::Entry => {}
        UnitPick::Highest => rows.sort_by(|one, other| dearer(other, one)),
        UnitPick::Lowest => rows.sort_by(dearer),
    }
}

/// The part of a row on which the rate is taken, for so many of its units.
fn basis_of(item: &Item, row: &Cost, (cost, taken): (i128, i64), currency: Currency) -> Result<Ratio, MoneyFault> {
    let units = i128::from(units_of(row));
    let part = |whole: i128| {
        if i128::from(taken) == units {
            return Ok(Ratio::whole(whole));
        }
        whole.checked_mul(i128::from(taken)).map(|over| Ratio::new(over, units)).ok_or(MoneyFault::TooLarge)
    };
    let actual = part(cost)?;
    let each = |sum: Option<Money>| sum.map(|sum| Ratio::whole(i128::from(sum.minor) * i128::from(taken)));
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
pub(super) fn grade_of(case: &PlainCase) -> &str {
    if case.event.grade.is_empty() { &case.applicant.tier } else { &case.event.grade }
}

fn row_words(row: &Cost, taken: i64, with_vat: bool) -> Words {
    let (what, units) = (&row.label, units_of(row));
    let vat =
        if with_vat { Words::new("gồm thuế", "with VAT") } else { Words::new("trước thuế", "without VAT") };
    if taken == 0 {
        say!("{what}: vượt số được hỗ trợ, không tính", "{what}: beyond the number that counts, left out")
    } else if taken == units {
        say!("{what}: {}", "{what}: {}"; vat)
    } else {
        say!("{what}: tính {taken} trên {units}, {}", "{what}: {taken} of {units}, {}"; vat)
    }
}

fn trace_item(trace: &mut Vec<TraceStep>, rules: &Rules, item: &ItemResult) {
    let title = item.title.clone();
    let (counted, quantity) = (item.counted, item.quantity);
    let words = if counted == quantity {
        say!("{}: chi phí được tính", "{}: eligible cost"; title)
    } else {
        say!("{}: tính {counted} trên {quantity}", "{}: {counted} of {quantity} counted"; title)
    };
    step(trace, words, Some(item.basis));
    let (vi, en) = (item.rate.show(Lang::Vi), item.rate.show(Lang::En));
    let title = item.title.clone();
    let rounded = rounding_words(rules, item.by_rate.currency);
    step(trace, say!("{}: mức hỗ trợ {vi}, {}", "{}: rate {en}, {}"; title, rounded), Some(item.by_rate));
    if item.reduced_by.minor > 0 {
        let title = item.title.clone();
        step(trace, say!("{}: giảm theo {}", "{}: cut to {}"; title, item.reason), Some(item.amount));
    }
}

fn rounding_words(rules: &Rules, currency: Currency) -> Words {
    let rounding = rules.round();
    let unit = Money::new(rounding.unit, currency);
    let (vi, en) = if unit == Money::vnd(1) {
        ("đồng".to_owned(), "the đồng".to_owned())
    } else {
        (unit.show(Lang::Vi), unit.show(Lang::En))
    };
    match rounding.mode {
        RoundingMode::Floor => say!("làm tròn xuống đến {vi}", "rounded down to {en}"),
        RoundingMode::HalfUp => say!("làm tròn đến {vi}", "rounded to {en}"),
        RoundingMode::Ceil => say!("làm tròn lên đến {vi}", "rounded up to {en}"),
    }
}
