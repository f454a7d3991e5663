//! Dates and moments of the office: Vietnamese time is UTC+7 all year, days are written dd/mm/yyyy.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::checked::quoted;
use super::words::{Lang, Words};
use crate::say;

/// A day of the calendar.
pub type Date = NaiveDate;

/// A moment in milliseconds since 1970-01-01 UTC.
///
/// Shown and written in the range of the years 1 to 9999; a number outside of it is shown as the nearest end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// Why a date or a moment could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Not three numbers in a known order.
    #[error("{0:?} is not a date")]
    Shape(String),
    /// A year of two digits, which could be in two centuries.
    #[error("the year {0:?} has two digits")]
    ShortYear(String),
    /// A year in which no office keeps books.
    #[error("the year {0} is not between 1900 and 2199")]
    Year(i32),
    /// Not a month.
    #[error("there is no month {0}")]
    Month(u32),
    /// A day that its month does not have.
    #[error("there is no day {day} in {month}/{year}, which has {last}")]
    Day {
        /// The day as it was written.
        day: u32,
        /// The month, 1 to 12.
        month: u32,
        /// The year.
        year: i32,
        /// The last day of that month.
        last: u32,
    },
    /// The time behind the day is not `HH:MM`.
    #[error("{0:?} is not a time")]
    Time(String),
}

impl DateFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Shape(text) if text.is_empty() => say!(
                "Chưa có ngày. Ghi theo ngày/tháng/năm, ví dụ 05/02/2025.",
                "The date is missing. Write day/month/year, as 05/02/2025."
            ),
            Self::Shape(text) => say!(
                "“{text}” không phải là ngày. Ghi theo ngày/tháng/năm, ví dụ 05/02/2025.",
                "“{text}” is not a date. Write day/month/year, as 05/02/2025."
            ),
            Self::ShortYear(year) => say!(
                "Năm “{year}” chỉ có hai chữ số, không rõ thế kỷ nào. Ghi đủ bốn chữ số, ví dụ 05/02/2025.",
                "The year “{year}” has only two digits, so its century is unclear. Write four digits, as 05/02/2025."
            ),
            Self::Year(year) => say!(
                "Năm {year} nằm ngoài khoảng 1900–2199. Kiểm tra lại năm.",
                "The year {year} is not between 1900 and 2199. Check the year."
            ),
            Self::Month(month) => say!(
                "Không có tháng {month}. Ghi theo ngày/tháng/năm, tháng từ 1 đến 12.",
                "There is no month {month}. Write day/month/year with a month from 1 to 12."
            ),
            Self::Day { day, month, year, last } => say!(
                "Không có ngày {day}/{month}/{year}: tháng này có {last} ngày.",
                "There is no {day}/{month}/{year}: that month has {last} days."
            ),
            Self::Time(time) => say!(
                "“{time}” không phải là giờ. Ghi giờ:phút, ví dụ 09:30.",
                "“{time}” is not a time. Write hours:minutes, as 09:30."
            ),
        }
    }
}

/// Vietnamese time, seven hours ahead of UTC, without summer time.
#[expect(clippy::expect_used, reason = "seven hours are less than a day")]
const fn vietnam() -> FixedOffset {
    FixedOffset::east_opt(7 * 3600).expect("seven hours are less than a day")
}

impl Moment {
    /// 0001-01-01 and the end of 9999-12-31 in Vietnamese time.
    const RANGE_MS: (i64, i64) = (-62_135_622_000_000, 253_402_275_599_999);

    /// The first moment of `date` in Vietnamese time.
    #[must_use]
    pub fn start_of(date: Date) -> Self {
        Self::of(date.and_time(NaiveTime::MIN))
    }

    fn of(local: NaiveDateTime) -> Self {
        Self(local.and_utc().timestamp_millis() - 7 * 3_600_000)
    }

    fn local(self) -> DateTime<FixedOffset> {
        let ms = self.0.clamp(Self::RANGE_MS.0, Self::RANGE_MS.1);
        DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&vietnam())
    }

    /// The day in Vietnam.
    #[must_use]
    pub fn date(self) -> Date {
        self.local().date_naive()
    }

    /// `dd/mm/yyyy HH:MM` in Vietnamese time.
    #[must_use]
    pub fn show(self) -> String {
        self.local().format("%d/%m/%Y %H:%M").to_string()
    }

    /// RFC 3339 with milliseconds and `+07:00`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.local().to_rfc3339_opts(SecondsFormat::Millis, false)
    }

    /// Reads RFC 3339 with any offset, or a date as [`read_date`] reads it, a space and `HH:MM` in Vietnamese time.
    ///
    /// # Errors
    /// [`DateFault`] says which part is wrong.
    pub fn read(text: &str) -> Result<Self, DateFault> {
        let text = text.trim();
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(moment.timestamp_millis()));
        }
        let (day, time) = text.rsplit_once(' ').ok_or_else(|| DateFault::Shape(quoted(text)))?;
        let date = read_date(day)?;
        let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| DateFault::Time(quoted(time)))?;
        Ok(Self::of(date.and_time(time)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.show())
    }
}

impl Serialize for Moment {
    /// The number of milliseconds, or RFC 3339 in a format for people.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.serialize_str(&self.rfc3339()) } else { to.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            let text = String::deserialize(from)?;
            Self::read(&text).map_err(serde::de::Error::custom)
        } else {
            i64::deserialize(from).map(Self)
        }
    }
}

/// The years in which a day can be written: others are a slip of the hand.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads `5/2/2025`, `05/02/2025`, `05-02-2025`, `5.2.2025` or `2025-02-05`.
///
/// # Errors
/// [`DateFault`] says which part is wrong; a year of two digits is refused.
pub fn read_date(text: &str) -> Result<Date, DateFault> {
    let text = text.trim();
    let shape = || DateFault::Shape(quoted(text));
    let separator = text.chars().find(|letter| !letter.is_ascii_digit() && *letter != ' ').ok_or_else(shape)?;
    if !matches!(separator, '/' | '-' | '.') {
        return Err(shape());
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let &[first, month, last] = parts.as_slice() else { return Err(shape()) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(day, 2) || !is_number(month, 2) || !is_number(year, 4) {
        return Err(shape());
    }
    if year.len() == 2 {
        return Err(DateFault::ShortYear(year.to_owned()));
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| shape());
    let (day, month) = (number(day)?, number(month)?);
    let year = year.parse::<i32>().map_err(|_| shape())?;
    if !YEARS.contains(&year) {
        return Err(DateFault::Year(year));
    }
    let first_day = Date::from_ymd_opt(year, month, 1).ok_or(DateFault::Month(month))?;
    let last = u32::from(first_day.num_days_in_month());
    Date::from_ymd_opt(year, month, day).ok_or(DateFault::Day { day, month, year, last })
}

/// `dd/mm/yyyy`.
#[must_use]
pub fn show_date(date: Date) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `yyyy-mm-dd` (ISO 8601), as in files.
#[must_use]
pub fn iso(date: Date) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// The date as a document writes it: `ngày 05 tháng 02 năm 2025`, `5 February 2025`.
///
/// Decree 30/2020/NĐ-CP puts a zero before days below 10 and before months 1 and 2 only.
#[must_use]
pub fn in_document(date: Date, lang: Lang) -> String {
    match (lang, date.month()) {
        (Lang::Vi, month @ 1..=2) => format!("ngày {:02} tháng {month:02} năm {}", date.day(), date.year()),
        (Lang::Vi, month) => format!("ngày {:02} tháng {month} năm {}", date.day(), date.year()),
        (Lang::En, _) => format!("{} {} {}", date.day(), month_name(date).en, date.year()),
    }
}

/// The same day `months` later, or the last day of that month when it has no such day.
#[must_use]
pub fn plus_months(date: Date, months: u32) -> Date {
    date.checked_add_months(Months::new(months)).unwrap_or(Date::MAX)
}

/// The days from `today` to `date`; negative when it has passed.
#[must_use]
pub fn days_until(today: Date, date: Date) -> i64 {
    date.signed_duration_since(today).num_days()
}

/// How far a deadline is away, in words: `hôm nay`, `còn 5 ngày`, `quá 3 ngày`.
#[must_use]
pub fn distance(days: i64) -> Words {
    let far = days.unsigned_abs();
    match days {
        0 => Words::new("hôm nay", "today"),
        1 => Words::new("ngày mai", "tomorrow"),
        -1 => Words::new("quá 1 ngày", "1 day late"),
        2.. => say!("còn {far} ngày", "in {far} days"),
        _ => say!("quá {far} ngày", "{far} days late"),
    }
}

/// The month of `date`: `tháng 2`, `February`.
#[must_use]
pub fn month_name(date: Date) -> Words {
    match date.month() {
        1 => Words::new("tháng 1", "January"),
        2 => Words::new("tháng 2", "February"),
        3 => Words::new("tháng 3", "March"),
        4 => Words::new("tháng 4", "April"),
        5 => Words::new("tháng 5", "May"),
        6 => Words::new("tháng 6", "June"),
        7 => Words::new("tháng 7", "July"),
        8 => Words::new("tháng 8", "August"),
        9 => Words::new("tháng 9", "September"),
        10 => Words::new("tháng 10", "October"),
        11 => Words::new("tháng 11", "November"),
        _ => Words::new("tháng 12", "December"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_are_read_in_the_usual_ways() {
        for text in ["5/2/2025", "05/02/2025", "05-02-2025", "5.2.2025", "2025-02-05", " 5 / 2 / 2025 ", "2025/2/5"] {
            assert_eq!(read_date(text), Ok(day(2025, 2, 5)), "{text}");
        }
    }

    #[test]
    fn wrong_dates_are_refused_with_their_reason() {
        assert_eq!(read_date("05/02/25"), Err(DateFault::ShortYear("25".into())));
        assert_eq!(read_date("29/02/2025"), Err(DateFault::Day { day: 29, month: 2, year: 2025, last: 28 }));
        assert_eq!(read_date("0/02/2025"), Err(DateFault::Day { day: 0, month: 2, year: 2025, last: 28 }));
        assert_eq!(read_date("02/13/2025"), Err(DateFault::Month(13)));
        assert_eq!(read_date("02/12/0025"), Err(DateFault::Year(25)));
        for text in
            ["", "5/2", "5/2-2025", "5 2 2025", "2025", "a/b/c", "05/02/2025/", "+5/2/2025", "5/2/205x", "٥/2/2025"]
        {
            assert!(matches!(read_date(text), Err(DateFault::Shape(_))), "{text}");
        }
        assert_eq!(read_date("31/04/2025").unwrap_err().words().vi, "Không có ngày 31/4/2025: tháng này có 30 ngày.");
    }

    #[test]
    fn documents_put_zeros_where_the_decree_does() {
        assert_eq!(in_document(day(2025, 2, 5), Lang::Vi), "ngày 05 tháng 02 năm 2025");
        assert_eq!(in_document(day(2025, 3, 5), Lang::Vi), "ngày 05 tháng 3 năm 2025");
        assert_eq!(in_document(day(2025, 12, 25), Lang::Vi), "ngày 25 tháng 12 năm 2025");
        assert_eq!(in_document(day(2025, 2, 5), Lang::En), "5 February 2025");
        assert_eq!((show_date(day(2025, 2, 5)).as_str(), iso(day(2025, 2, 5)).as_str()), ("05/02/2025", "2025-02-05"));
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(plus_months(day(2021, 8, 31), 36), day(2024, 8, 31));
        assert_eq!(plus_months(day(2024, 2, 29), 36), day(2027, 2, 28));
        assert_eq!(plus_months(day(2025, 1, 31), 1), day(2025, 2, 28));
        assert_eq!(plus_months(day(2025, 1, 31), u32::MAX), Date::MAX);
    }

    #[test]
    fn distance_is_told_in_days() {
        let today = day(2025, 2, 27);
        assert_eq!(days_until(today, day(2025, 3, 2)), 3);
        assert_eq!(days_until(day(2025, 3, 2), today), -3);
        assert_eq!(distance(3).vi, "còn 3 ngày");
        assert_eq!(distance(-3).en, "3 days late");
        assert!(!distance(i64::MIN).is_empty());
    }

    #[test]
    fn moments_are_vietnamese_time() {
        let moment = Moment::read("2025-02-04T23:30:00Z").unwrap();
        assert_eq!(moment.date(), day(2025, 2, 5));
        assert_eq!(moment.show(), "05/02/2025 06:30");
        assert_eq!(moment.rfc3339(), "2025-02-05T06:30:00.000+07:00");
        assert_eq!(Moment::read("05/02/2025 06:30"), Ok(moment));
        assert_eq!(Moment::read("2025-02-05 6:30"), Ok(moment));
        assert_eq!(Moment::start_of(day(2025, 2, 5)).show(), "05/02/2025 00:00");
        assert_eq!(Moment::read("05/02/2025 25:00"), Err(DateFault::Time("25:00".into())));
        assert!(Moment::read("05/02/2025").is_err());
        assert_eq!(serde_json::to_string(&moment).unwrap(), "\"2025-02-05T06:30:00.000+07:00\"");
        assert_eq!(serde_json::from_str::<Moment>("\"2025-02-05T06:30:00.000+07:00\"").unwrap(), moment);
        let packed = rmp_serde::to_vec(&moment).unwrap();
        assert_eq!(packed, rmp_serde::to_vec(&moment.0).unwrap());
        assert_eq!(rmp_serde::from_slice::<Moment>(&packed).unwrap(), moment);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[0-9/:. \\-TZ+]{0,26}"]) {
            for fault in [read_date(&text).err(), Moment::read(&text).err()].into_iter().flatten() {
                prop_assert!(!fault.words().is_empty());
            }
        }

        #[test]
        fn dates_come_back(days in 693_600_i32..803_000) {
            let date = Date::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(read_date(&show_date(date)), Ok(date));
            prop_assert_eq!(read_date(&iso(date)), Ok(date));
        }

        #[test]
        fn moments_come_back(ms: i64) {
            let shown = Moment(ms).rfc3339();
            let near = Moment(ms.clamp(Moment::RANGE_MS.0, Moment::RANGE_MS.1));
            prop_assert_eq!(Moment::read(&shown), Ok(near), "{}", shown);
            prop_assert!(!Moment(ms).show().is_empty());
        }
    }
}
