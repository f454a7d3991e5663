//! Amounts, percentages and days as a file writes them, exactly: `10000000`, `"10.000.000"`, `14999.99`, `"33.33%"`,
//! `"2025-05-10"`.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::dates::{Date, iso, read_date};
use crate::base::money::{BasisPoints, Currency, Money, MoneyFault};

/// An amount before its currency is known: so many units of which the last `decimals` digits are decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    units: i128,
    decimals: u32,
}

impl Written {
    /// A whole number.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self { units: units as i128, decimals: 0 }
    }

    /// An amount of money, under rules that reckon in `currency`.
    ///
    /// # Errors
    /// When it is in another currency.
    pub fn of(amount: Money, currency: Currency) -> Result<Self, MoneyFault> {
        if amount.currency != currency {
            return Err(MoneyFault::Mixed(amount.currency, currency));
        }
        Ok(Self { units: i128::from(amount.minor), decimals: currency.minor_digits() })
    }

    /// The number, where it is whole and not beyond all bounds.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        let scale = 10_i128.checked_pow(self.decimals)?;
        if self.units % scale == 0 { i64::try_from(self.units / scale).ok() } else { None }
    }

    /// True below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Reads plain decimals, else money as people write it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, MoneyFault> {
        if let Some(plain) = plain(text.trim()) {
            return Ok(plain);
        }
        let text = text.replace('_', "");
        if let Ok(dong) = Money::read(&text, Currency::VND) {
            return Ok(Self { units: i128::from(dong.minor), decimals: 0 });
        }
        Money::read(&text, Currency::USD).map(|cents| Self { units: i128::from(cents.minor), decimals: 2 })
    }

    /// The amount in a currency.
    ///
    /// # Errors
    /// When it has more decimals than the currency, or is too large.
    pub fn in_currency(self, currency: Currency) -> Result<Money, MoneyFault> {
        let digits = currency.minor_digits();
        let minor = if self.decimals <= digits {
            self.units.checked_mul(10_i128.pow(digits - self.decimals)).ok_or(MoneyFault::TooLarge)?
        } else {
            let over = 10_i128.checked_pow(self.decimals - digits).ok_or(MoneyFault::TooLarge)?;
            if self.units % over != 0 {
                return Err(MoneyFault::Decimals(self.to_string(), currency));
            }
            self.units / over
        };
        Ok(Money { minor: i64::try_from(minor).map_err(|_| MoneyFault::TooLarge)?, currency })
    }

    /// Compares two amounts exactly.
    #[must_use]
    pub fn compare(self, other: Self) -> std::cmp::Ordering {
        let most = self.decimals.max(other.decimals);
        let scaled = |one: Self| one.units.saturating_mul(10_i128.saturating_pow(most - one.decimals));
        scaled(self).cmp(&scaled(other))
    }
}

/// `-123.45` without any grouping, where the decimals cannot be a group of three.
fn plain(text: &str) -> Option<Written> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !all(whole) || !all(decimals) || decimals.len() == 3 || decimals.len() > 9 {
        return None;
    }
    let units: i128 = format!("{whole}{decimals}").parse().ok()?;
    Some(Written { units: sign * units, decimals: u32::try_from(decimals.len()).ok()? })
}

impl fmt::Display for Written {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_i128.pow(self.decimals.min(18));
        if self.decimals == 0 {
            return write!(to, "{}", self.units);
        }
        let width = usize::try_from(self.decimals).unwrap_or(0);
        let sign = if self.units < 0 { "-" } else { "" };
        write!(to, "{sign}{}.{:0width$}", self.units.abs() / scale, self.units.abs() % scale)
    }
}

struct Reading;

impl Visitor<'_> for Reading {
    type Value = Written;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an amount as 10000000 or \"10.000.000\"")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
        Ok(Written::whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Written, E> {
        i64::try_from(number).map(Written::whole).map_err(|_| E::custom("the amount is too large"))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
        // The shortest text of a number that a file wrote in decimals is what the file wrote.
        plain_or_thousandths(&format!("{number}")).ok_or_else(|| E::custom(format!("{number} is no amount")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
        Written::read(text).map_err(|fault| E::custom(fault.words().en))
    }
}

fn plain_or_thousandths(text: &str) -> Option<Written> {
    // A number of a file has no groups, so three decimals are decimals.
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => plain(&format!("{text}0")),
        _ => plain(text),
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reading)
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match (self.decimals, i64::try_from(self.units)) {
            (0, Ok(units)) => to.serialize_i64(units),
            _ => to.serialize_str(&self.to_string()),
        }
    }
}

/// A percentage: `50` or `"33.33%"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percent(pub BasisPoints);

struct ReadingPercent;

impl Visitor<'_> for ReadingPercent {
    type Value = Percent;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a percentage as 50 or \"33.33%\"")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Percent, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Percent, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Percent, E> {
        self.visit_str(&format!("{number}"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Percent, E> {
        match BasisPoints::read(text) {
            Ok(rate) if rate <= BasisPoints::WHOLE => Ok(Percent(rate)),
            Ok(_) => Err(E::custom("a rate is at most 100 %")),
            Err(fault) => Err(E::custom(fault.words().en)),
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ReadingPercent)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.show(crate::base::words::Lang::En))
    }
}

/// A day, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day(pub Option<Date>);

impl Day {
    /// True when none is given.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text.trim().is_empty() {
            return Ok(Self(None));
        }
        read_date(&text).map(|day| Self(Some(day))).map_err(|fault| Error::custom(fault.words().en))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.map(iso).unwrap_or_default())
    }
}
