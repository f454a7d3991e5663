//! What was used before, in which window, and when it resets.

use chrono::{Datelike, Months};

use crate::base::dates::Date;
use crate::base::money::{Currency, Money, MoneyFault};
use crate::domain::subsidy::rules::{Counter, Group, Past, PastStatus, PlainCase, Rules, Same, Used, Window, amount};

/// What was used of a limit in its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// How often.
    pub times: i64,
    /// How much.
    pub amount: Money,
    /// First day of the window; none is open.
    pub from: Option<Date>,
    /// The first day on which the window is another, of a rolling one the first on which the oldest use has left it; none
    /// when that never comes.
    pub resets_on: Option<Date>,
}

/// The day that windows are counted from: the opening, or the day that the scheme names.
pub(in crate::domain) fn reference(rules: &Rules, case: &PlainCase) -> Option<Date> {
    use super::Basis;
    let opening = case.event.opens_on.0;
    match rules.validity_basis {
        Basis::Opening => opening.or(case.decided_on.0),
        Basis::Application => case.applied_on.0.or(opening),
        Basis::Decision => case.decided_on.0.or(opening),
    }
}

/// The first day of a window and the first day after it, seen from a day.
pub(super) fn span(counter: &Counter, on: Date) -> (Option<Date>, Option<Date>) {
    let first_of = |year: i32, month: u32| Date::from_ymd_opt(year, month, 1);
    match counter.window {
        Window::Lifetime | Window::Edition => (counter.since.0, None),
        Window::CalendarYear => (first_of(on.year(), 1), first_of(on.year() + 1, 1)),
        Window::FiscalYear => {
            let month = counter.start_month.unwrap_or(1).clamp(1, 12);
            let year = if on.month() >= month { on.year() } else { on.year() - 1 };
            (first_of(year, month), first_of(year + 1, month))
        }
        Window::Rolling => (on.checked_sub_months(Months::new(counter.months.unwrap_or(12))), None),
    }
}

/// What the case's history used of a limit. Money of connected firms counts where the scheme shares limits, times where the
/// counter itself names the group.
///
/// # Errors
/// When amounts overflow.
pub(in crate::domain) fn usage(
    rules: &Rules,
    case: &PlainCase,
    counter: &Counter,
    money: bool,
    currency: Currency,
) -> Result<Usage, MoneyFault> {
    let on = reference(rules, case);
    let (from, resets_on) = on.map_or((None, None), |on| span(counter, on));
    let shared = counter.same.contains(&Same::Group) || (money && rules.group != Group::None);
    let mut oldest: Option<Date> = None;
    let mut used = Usage { times: 0, amount: Money::new(0, currency), from, resets_on };
    for past in &case.history {
        let inside = match (past.on.0, on) {
            (Some(day), Some(on)) => {
                from.is_none_or(|from| from <= day)
                    && (day <= on || counter.window != Window::Rolling)
                    && resets_on.is_none_or(|end| day < end)
            }
            _ => true,
        };
        if !inside || (past.group_member && !shared) || !is_used(rules, past) || !is_same(rules, case, counter, past) {
            continue;
        }
        used.times += 1;
        oldest = oldest.into_iter().chain(past.on.0).min();
        if let Some(sum) = amount(past.amount, currency)? {
            used.amount = used.amount.plus(sum)?;
        }
    }
    if counter.window == Window::Rolling {
        let months = Months::new(counter.months.unwrap_or(12));
        used.resets_on = oldest.and_then(|day| day.checked_add_months(months)?.succ_opt());
    }
    Ok(used)
}

fn is_used(rules: &Rules, past: &Past) -> bool {
    match past.status {
        PastStatus::Cancelled => false,
        PastStatus::NoShow => rules.no_show_counts.unwrap_or(true),
        PastStatus::Paid => true,
        PastStatus::Attended => rules.used != Used::Paid,
        PastStatus::Decided => rules.used == Used::Decided,
    }
}

/// True for versions of one scheme: `BT-2024` and `BT-2024/2`. One or two digits behind the last stroke are a version.
#[must_use]
pub fn same_scheme(one: &str, other: &str) -> bool {
    family(one).eq_ignore_ascii_case(family(other))
}

fn family(code: &str) -> &str {
    match code.trim().rsplit_once('/') {
        Some((family, version))
            if (1..=2).contains(&version.len()) && version.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            family
        }
        _ => code.trim(),
    }
}

fn is_same(rules: &Rules, case: &PlainCase, counter: &Counter, past: &Past) -> bool {
    let any_scheme = counter.same.contains(&Same::AnyScheme);
    if !any_scheme && !past.scheme.is_empty() && !same_scheme(&past.scheme, &rules.code) {
        return false;
    }
    let event = &case.event;
    let same = |ours: &str, theirs: &str| theirs.is_empty() || ours.eq_ignore_ascii_case(theirs);
    let edition =
        counter.window != Window::Edition || (same(&event.series, &past.series) && same(&event.edition, &past.edition));
    edition
        && counter.same.iter().all(|key| match key {
            Same::Scope => same(&event.scope, &past.scope),
            Same::Series => same(&event.series, &past.series),
            Same::Country => same(&event.country, &past.country),
            Same::Market => same(&event.market, &past.market),
            Same::AnyScheme | Same::Group => true,
        })
}
