//! Working days: Saturdays, Sundays and the holidays of `data/holidays` do not count, made-up Saturdays do.
//!
//! The list is a file with a year in every entry, because the lunar new year and the swapped days are announced each year.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Weekday};

use crate::base::dates::{Date, read_date, show_date};
use crate::base::words::Words;
use crate::say;

const LIST: &str = include_str!("../../data/holidays/vietnam.csv");

/// Days that are not what their weekday says: true for one that is worked.
static EXCEPTIONS: LazyLock<BTreeMap<Date, bool>> = LazyLock::new(|| {
    let rows = LIST.lines().skip(1).map(|line| line.split(','));
    rows.filter_map(|mut row| Some((read_date(row.next()?).ok()?, row.next()? == "working"))).collect()
});

/// True when offices work on this day.
#[must_use]
pub fn is_working(day: Date) -> bool {
    let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    EXCEPTIONS.get(&day).copied().unwrap_or(weekday)
}

/// True when the list of holidays says something about this year; otherwise only weekends are left out.
#[must_use]
pub fn is_listed(year: i32) -> bool {
    EXCEPTIONS.keys().any(|day| day.year() == year)
}

/// The `days`-th working day after `date`; no days is `date` itself.
#[must_use]
pub fn after(date: Date, days: u32) -> Date {
    let (mut left, mut day) = (days, date);
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return Date::MAX };
        day = next;
        left -= u32::from(is_working(day));
    }
    day
}

/// The day itself when it is worked, else the next one that is: a deadline on a holiday ends on the day after it
/// (Civil Code 2015, article 148).
#[must_use]
pub fn on_or_after(date: Date) -> Date {
    if is_working(date) { date } else { after(date, 1) }
}

/// The working days after `from` up to and with `to`; negative when `to` has passed.
#[must_use]
pub fn between(from: Date, to: Date) -> i64 {
    let count = |early: Date, late: Date| {
        let days = early.iter_days().skip(1).take_while(|day| *day <= late).filter(|day| is_working(*day)).count();
        i64::try_from(days).unwrap_or(i64::MAX)
    };
    if from <= to { count(from, to) } else { -count(to, from) }
}

/// `hạn 05/02/2026, còn 3 ngày làm việc`, `… trễ 2 ngày làm việc`; says so where a year's holidays are not listed, and so count as
/// worked.
#[must_use]
pub fn left(today: Date, by: Date) -> Words {
    let (days, shown) = (between(today, by), show_date(by));
    let words = match days {
        1 => say!("hạn {shown}, còn 1 ngày làm việc", "by {shown}, 1 working day left"),
        2.. => say!("hạn {shown}, còn {days} ngày làm việc", "by {shown}, {days} working days left"),
        0 if by >= today => say!("hạn hôm nay {shown}", "by today, {shown}"),
        _ => {
            let late = -days;
            say!("hạn {shown}, trễ {late} ngày làm việc", "by {shown}, {late} working days late")
        }
    };
    match (today.min(by).year()..=today.max(by).year()).find(|year| !is_listed(*year)) {
        None => words,
        Some(year) => say!(
            "{}, chưa trừ ngày lễ năm {year} vì chưa có danh sách",
            "{}, the holidays of {year} not taken off, since they are not listed";
            words
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        read_date(text).unwrap_or_default()
    }

    #[test]
    fn the_lunar_new_year_is_not_worked() {
        assert_eq!(after(day("13/02/2026"), 1), day("23/02/2026"));
        assert_eq!(after(day("13/02/2026"), 7), day("03/03/2026"));
        assert_eq!(between(day("13/02/2026"), day("23/02/2026")), 1);
        assert_eq!(between(day("23/02/2026"), day("13/02/2026")), -1);
    }

    #[test]
    fn a_swapped_saturday_is_worked_and_its_friday_is_not() {
        assert!(is_working(day("26/04/2025")) && !is_working(day("02/05/2025")));
        assert!(is_working(day("10/01/2026")) && !is_working(day("02/01/2026")));
        assert!(is_working(day("22/08/2026")) && !is_working(day("31/08/2026")));
        assert_eq!(on_or_after(day("30/04/2025")), day("05/05/2025"));
        assert_eq!(on_or_after(day("06/05/2025")), day("06/05/2025"));
    }

    #[test]
    fn a_year_without_a_list_of_holidays_is_told() {
        let said = |today: &str, by: &str| left(day(today), day(by)).en.to_string();
        assert_eq!(said("05/03/2026", "09/03/2026"), "by 09/03/2026, 2 working days left");
        assert!(
            said("27/12/1990", "02/01/1991").ends_with("the holidays of 1990 not taken off, since they are not listed")
        );
        let last = EXCEPTIONS.keys().last().map_or(0, |day| day.year());
        assert!(said(&format!("30/12/{last}"), &format!("05/01/{}", last + 1)).contains(&format!("of {}", last + 1)));
    }

    #[test]
    fn every_line_of_the_list_is_understood() {
        assert_eq!(EXCEPTIONS.len(), LIST.lines().count() - 1);
        assert!(is_listed(2026) && !is_listed(1990));
        assert_eq!(after(day("05/03/2026"), 0), day("05/03/2026"));
    }
}
