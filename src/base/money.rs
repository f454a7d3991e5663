//! The one money type: whole minor units of one currency, checked at every step, never a float.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::checked::quoted;
use super::words::{Lang, Words};
use crate::say;

mod reading;
mod share;

pub use share::{Allocation, BasisPoints, Rounding, RoundingMode, allocate};

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The đồng, in which the books are kept.
    pub const VND: Self = Self(*b"VND");
    /// The dollar of the United States.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code of three Latin letters, in either case.
    ///
    /// # Errors
    /// [`MoneyFault::Currency`] for anything else.
    pub fn read(text: &str) -> Result<Self, MoneyFault> {
        match text.trim().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(MoneyFault::Currency(quoted(text))),
        }
    }

    /// The code, three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The decimal digits of the minor unit: none for VND, JPY and KRW, two for the others.
    #[must_use]
    pub const fn minor_digits(self) -> u32 {
        match &self.0 {
            b"VND" | b"JPY" | b"KRW" => 0,
            _ => 2,
        }
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::VND
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::read(&code).map_err(D::Error::custom)
    }
}

/// Why money could not be read or reckoned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyFault {
    /// The result does not fit.
    #[error("the amount is too large")]
    TooLarge,
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be reckoned together")]
    Mixed(Currency, Currency),
    /// No digits where an amount should be.
    #[error("{0:?} is not an amount")]
    Shape(String),
    /// Separators that do not stand between groups of three digits.
    #[error("the digits of {0:?} are not in groups of three")]
    Groups(String),
    /// One separator and three digits: thousands in one country, decimals in another.
    #[error("{0:?} can be read in two ways")]
    Ambiguous(String),
    /// A fraction of the smallest unit.
    #[error("{0:?} has more decimals than {1}")]
    Decimals(String, Currency),
    /// Not a currency code.
    #[error("{0:?} is not a currency code")]
    Currency(String),
    /// Not a percentage between 0 and 1 000 with at most two decimals.
    #[error("{0:?} is not a percentage")]
    Percent(String),
    /// A rounding unit or a divisor below one.
    #[error("cannot round to units of {0}")]
    Unit(i64),
    /// A negative amount where money is shared out.
    #[error("a negative amount cannot be cut to a cap")]
    Negative,
}

impl MoneyFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::TooLarge => Words::new(
                "Số tiền quá lớn, không tính được. Kiểm tra lại số chữ số.",
                "The amount is too large to reckon with. Check the number of digits.",
            ),
            Self::Mixed(one, other) => say!(
                "Không cộng trừ {one} với {other}. Đổi về cùng một loại tiền trước.",
                "{one} and {other} cannot be reckoned together. Convert one of them first."
            ),
            Self::Shape(text) if text.is_empty() => Words::new(
                "Chưa có số tiền. Ghi bằng chữ số, ví dụ 1.234.567.",
                "The amount is missing. Write digits, as 1.234.567.",
            ),
            Self::Shape(text) => say!(
                "“{text}” không phải là số tiền. Ghi bằng chữ số, ví dụ 1.234.567.",
                "“{text}” is not an amount. Write digits, as 1.234.567."
            ),
            Self::Groups(text) => say!(
                "Dấu tách trong “{text}” không chia đúng từng nhóm ba chữ số. Ghi 1.234.567 hoặc 1234567.",
                "The separators of “{text}” do not make groups of three digits. Write 1.234.567 or 1234567."
            ),
            Self::Ambiguous(text) => say!(
                "“{text}” có thể hiểu hai cách. Viết liền 1250 hoặc thêm phần lẻ 1,250.00.",
                "“{text}” can be read in two ways. Write 1250, or 1,250.00 with its decimals."
            ),
            Self::Decimals(text, currency) => {
                let digits = currency.minor_digits();
                say!(
                    "“{text}” có quá nhiều số lẻ: {currency} có {digits} chữ số sau dấu thập phân.",
                    "“{text}” has too many decimals: {currency} has {digits}."
                )
            }
            Self::Currency(text) => say!(
                "“{text}” không phải mã tiền tệ. Ghi mã ISO ba chữ cái, ví dụ VND, USD, EUR.",
                "“{text}” is not a currency. Write its ISO code of three letters, as VND, USD, EUR."
            ),
            Self::Percent(text) => say!(
                "“{text}” không phải là tỷ lệ từ 0 đến 1.000 % với tối đa hai số lẻ. Ghi ví dụ 50 % hoặc 12,5 %.",
                "“{text}” is not a percentage from 0 to 1000 with at most two decimals. Write it as 50% or 12.5%."
            ),
            Self::Unit(unit) => say!(
                "Không làm tròn đến {unit} được. Đơn vị làm tròn phải từ 1 trở lên.",
                "Cannot round to {unit}. The rounding unit must be at least 1."
            ),
            Self::Negative => Words::new(
                "Không phân bổ được số tiền âm. Kiểm tra lại từng khoản.",
                "A negative amount cannot be shared out. Check the single amounts.",
            ),
        }
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units: đồng for VND, cents for USD and EUR.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// No đồng.
    pub const ZERO: Self = Self::vnd(0);

    /// An amount in đồng.
    #[must_use]
    pub const fn vnd(dong: i64) -> Self {
        Self { minor: dong, currency: Currency::VND }
    }

    /// An amount in minor units of `currency`.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// True below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// True for nothing at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// `self + other`.
    ///
    /// # Errors
    /// Mixed currencies and overflow.
    pub fn plus(self, other: Self) -> Result<Self, MoneyFault> {
        self.same_currency(other)?;
        self.with(self.minor.checked_add(other.minor))
    }

    /// `self - other`.
    ///
    /// # Errors
    /// Mixed currencies and overflow.
    pub fn minus(self, other: Self) -> Result<Self, MoneyFault> {
        self.same_currency(other)?;
        self.with(self.minor.checked_sub(other.minor))
    }

    /// `self × factor`.
    ///
    /// # Errors
    /// Overflow.
    pub fn times(self, factor: i64) -> Result<Self, MoneyFault> {
        self.with(self.minor.checked_mul(factor))
    }

    /// The amount with the other sign.
    ///
    /// # Errors
    /// Overflow, at the least amount alone.
    pub fn negated(self) -> Result<Self, MoneyFault> {
        self.with(self.minor.checked_neg())
    }

    /// The amount, or zero where it is negative.
    #[must_use]
    pub const fn at_least_zero(self) -> Self {
        if self.minor < 0 { Self { minor: 0, currency: self.currency } } else { self }
    }

    /// The sum of all amounts; nothing to add is [`Money::ZERO`].
    ///
    /// # Errors
    /// Mixed currencies and overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyFault> {
        let mut amounts = amounts.into_iter();
        let Some(first) = amounts.next() else { return Ok(Self::ZERO) };
        amounts.try_fold(first, Self::plus)
    }

    /// The part of `self` that `rate` gives, rounded as told.
    ///
    /// # Errors
    /// Overflow and a rounding unit below one.
    pub fn share_bp(self, rate: BasisPoints, rounding: Rounding) -> Result<Self, MoneyFault> {
        let share = rounding.apply(i128::from(self.minor) * i128::from(rate.0), 10_000)?;
        Ok(Self { minor: share, ..self })
    }

    /// The smaller of two amounts.
    ///
    /// # Errors
    /// Mixed currencies.
    pub fn min(self, other: Self) -> Result<Self, MoneyFault> {
        Ok(if self.compare(other)?.is_gt() { other } else { self })
    }

    /// Compares two amounts.
    ///
    /// # Errors
    /// Mixed currencies.
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyFault> {
        self.same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyFault> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyFault::Mixed(self.currency, other.currency)) }
    }

    fn with(self, minor: Option<i64>) -> Result<Self, MoneyFault> {
        Ok(Self { minor: minor.ok_or(MoneyFault::TooLarge)?, ..self })
    }

    /// `1.234.567 ₫` on every paper; foreign money as the language writes it: `1.250,00 USD`, `USD 1,250.00`.
    #[must_use]
    pub fn show(self, lang: Lang) -> String {
        let currency = self.currency;
        match lang {
            _ if currency == Currency::VND => format!("{} ₫", self.digits('.', ',')),
            Lang::Vi => format!("{} {currency}", self.digits('.', ',')),
            Lang::En => format!("{currency} {}", self.digits(',', '.')),
        }
    }

    /// The digits without the currency: `1.234.567`, `1,250.00`.
    #[must_use]
    pub fn show_plain(self) -> String {
        if self.currency == Currency::VND { self.digits('.', ',') } else { self.digits(',', '.') }
    }

    fn digits(self, thousands: char, point: char) -> String {
        let unit = 10_u64.pow(self.currency.minor_digits());
        let minor = self.minor.unsigned_abs();
        let whole = (minor / unit).to_string();
        let mut shown = String::with_capacity(whole.len() * 4 / 3 + 5);
        if self.minor < 0 {
            shown.push('-');
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                shown.push(thousands);
            }
            shown.push(digit);
        }
        if unit > 1 {
            let decimals = self.currency.minor_digits() as usize;
            shown.push_str(&format!("{point}{:0decimals$}", minor % unit));
        }
        shown
    }
}

impl PartialOrd for Money {
    /// Amounts of different currencies have no order.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.compare(*other).ok()
    }
}

impl Serialize for Money {
    /// A bare integer for VND, `[minor, "USD"]` for every other currency.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.currency == Currency::VND {
            to.serialize_i64(self.minor)
        } else {
            (self.minor, self.currency).serialize(to)
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(MoneyVisitor)
    }
}

struct MoneyVisitor;

impl<'de> Visitor<'de> for MoneyVisitor {
    type Value = Money;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("whole đồng, or [minor units, currency code]")
    }

    fn visit_i64<E: serde::de::Error>(self, dong: i64) -> Result<Money, E> {
        Ok(Money::vnd(dong))
    }

    fn visit_u64<E: serde::de::Error>(self, dong: u64) -> Result<Money, E> {
        i64::try_from(dong).map(Money::vnd).map_err(|_| E::custom(MoneyFault::TooLarge))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Money, A::Error> {
        let minor = items.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let currency = items.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        Ok(Money { minor, currency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_one_way() {
        assert_eq!(Money::vnd(1_234_567).show(Lang::Vi), "1.234.567 ₫");
        assert_eq!(Money::vnd(-350_000).show(Lang::En), "-350.000 ₫");
        assert_eq!(Money::vnd(999).show_plain(), "999");
        assert_eq!(Money::new(125_000, Currency::USD).show(Lang::En), "USD 1,250.00");
        assert_eq!(Money::new(125_000, Currency::USD).show(Lang::Vi), "1.250,00 USD");
        assert_eq!(Money::new(-5, Currency::EUR).show_plain(), "-0.05");
        assert_eq!(Money::vnd(i64::MIN).show_plain(), "-9.223.372.036.854.775.808");
    }

    #[test]
    fn reckoning_is_checked() {
        let dollar = Money::new(1, Currency::USD);
        assert_eq!(Money::ZERO.plus(dollar), Err(MoneyFault::Mixed(Currency::VND, Currency::USD)));
        assert_eq!(Money::vnd(i64::MAX).plus(Money::vnd(1)), Err(MoneyFault::TooLarge));
        assert_eq!(Money::vnd(i64::MIN).times(-1), Err(MoneyFault::TooLarge));
        assert_eq!(Money::sum([dollar, dollar]), Ok(Money::new(2, Currency::USD)));
        assert_eq!(Money::sum([]), Ok(Money::ZERO));
        assert_eq!(Money::vnd(3).min(Money::vnd(2)), Ok(Money::vnd(2)));
        assert!(Money::vnd(2) < Money::vnd(3));
        assert_eq!(Money::ZERO.partial_cmp(&dollar), None);
    }

    #[test]
    fn dong_are_stored_as_bare_integers() {
        let dollar = Money::new(-125_000, Currency::USD);
        assert_eq!(serde_json::to_string(&Money::vnd(5)).unwrap(), "5");
        assert_eq!(serde_json::to_string(&dollar).unwrap(), "[-125000,\"USD\"]");
        for money in [Money::ZERO, Money::vnd(i64::MIN), Money::vnd(i64::MAX), dollar] {
            assert_eq!(serde_json::from_str::<Money>(&serde_json::to_string(&money).unwrap()).unwrap(), money);
            assert_eq!(rmp_serde::from_slice::<Money>(&rmp_serde::to_vec(&money).unwrap()).unwrap(), money);
        }
        for wrong in ["1.5", "[1]", "[1,\"US\"]", "[1,\"USD\",2]", "\"5\"", "18446744073709551615"] {
            assert!(serde_json::from_str::<Money>(wrong).is_err(), "{wrong}");
        }
    }
}
