//! The one money type: whole minor units of one currency, checked at every step, never a float.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::checked::quoted;
use super::text::nfc;
use super::words::{Lang, Words};
use crate::say;

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

    /// Reads `1234567`, `1.234.567`, `1 234 567` or `1,234,567`, with a sign before and a currency on either side.
    ///
    /// Foreign money may have decimals behind a point or a comma. What two countries would read differently is refused.
    ///
    /// # Errors
    /// [`MoneyFault`] says what is wrong.
    pub fn read(text: &str, currency: Currency) -> Result<Self, MoneyFault> {
        let spaced: String = nfc(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let (before, unsigned) = strip_sign(spaced.trim());
        let digits = strip_currency(unsigned, currency);
        let (after, digits) = if before.is_none() { strip_sign(digits) } else { (None, digits) };
        let minor = read_minor(digits, text, currency)?;
        let negative = before.or(after).unwrap_or(false);
        let minor = if negative { -minor } else { minor };
        Ok(Self { minor: i64::try_from(minor).map_err(|_| MoneyFault::TooLarge)?, currency })
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

/// A rate in hundredths of a percent: 50 % is 5 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);

    /// Reads `50%`, `12,5 %`, `12.5%` or `33.33`, from 0 to 1 000 with at most two decimals.
    ///
    /// # Errors
    /// [`MoneyFault::Percent`].
    pub fn read(text: &str) -> Result<Self, MoneyFault> {
        let fault = || MoneyFault::Percent(quoted(text));
        let number = text.trim();
        let number = number.strip_suffix('%').unwrap_or(number).trim();
        let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || whole.len() > 4 || decimals.len() > 2 {
            return Err(fault());
        }
        let points: u32 = format!("{whole}{decimals:0<2}").parse().map_err(|_| fault())?;
        if points > 100_000 { Err(fault()) } else { Ok(Self(points)) }
    }

    /// `12,5 %` in Vietnamese, `12.5%` in English.
    #[must_use]
    pub fn show(self, lang: Lang) -> String {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        let decimals = format!("{hundredths:02}");
        let decimals = decimals.trim_end_matches('0');
        let (point, percent) = match lang {
            Lang::Vi => (",", " %"),
            Lang::En => (".", "%"),
        };
        let point = if decimals.is_empty() { "" } else { point };
        format!("{whole}{point}{decimals}{percent}")
    }
}

/// The direction of rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// Down, so that a share never exceeds its percentage.
    #[default]
    Floor,
    /// To the nearest; a half goes up.
    HalfUp,
    /// Up.
    Ceil,
}

/// How a fraction becomes money; by default down to the whole minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rounding {
    /// The direction.
    pub mode: RoundingMode,
    /// The result is a multiple of this many minor units, at least one.
    pub unit: i64,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { mode: RoundingMode::Floor, unit: 1 }
    }
}

impl Rounding {
    /// Down to the minor unit: a share never exceeds its percentage.
    pub const DOWN: Self = Self::down_to(1);

    /// Down to a multiple of `unit` minor units.
    #[must_use]
    pub const fn down_to(unit: i64) -> Self {
        Self { mode: RoundingMode::Floor, unit }
    }

    /// Rounds the exact fraction `numerator / denominator` to minor units.
    ///
    /// # Errors
    /// Overflow, and a unit or a denominator below one.
    pub fn apply(self, numerator: i128, denominator: i128) -> Result<i64, MoneyFault> {
        if self.unit < 1 {
            return Err(MoneyFault::Unit(self.unit));
        }
        if denominator < 1 {
            return Err(MoneyFault::Unit(0));
        }
        let step = denominator.checked_mul(i128::from(self.unit)).ok_or(MoneyFault::TooLarge)?;
        let (down, left) = (numerator.div_euclid(step), numerator.rem_euclid(step));
        let up = match self.mode {
            RoundingMode::Floor => false,
            RoundingMode::HalfUp => left >= step - left,
            RoundingMode::Ceil => left > 0,
        };
        let rounded = (down + i128::from(up)).checked_mul(i128::from(self.unit)).ok_or(MoneyFault::TooLarge)?;
        i64::try_from(rounded).map_err(|_| MoneyFault::TooLarge)
    }
}

/// How amounts shrink when together they exceed a cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// Each by the same factor; the đồng that rounding leaves go to the largest remainders, earlier amounts first.
    #[default]
    Proportional,
    /// The earlier amounts stay whole, the later ones get what is left.
    InOrder,
}

/// Cuts `amounts` so that their sum is exactly `cap`; a sum below the cap stays, and a cap below zero counts as zero.
///
/// # Errors
/// Mixed currencies and negative amounts.
pub fn allocate(cap: Money, amounts: &[Money], by: Allocation) -> Result<Vec<Money>, MoneyFault> {
    for amount in amounts {
        cap.same_currency(*amount)?;
        if amount.is_negative() {
            return Err(MoneyFault::Negative);
        }
    }
    let room = cap.minor.max(0);
    let total: i128 = amounts.iter().map(|amount| i128::from(amount.minor)).sum();
    if total <= i128::from(room) {
        return Ok(amounts.to_vec());
    }
    match by {
        Allocation::InOrder => Ok(in_order(room, amounts)),
        Allocation::Proportional => proportional(room, amounts, total),
    }
}

fn in_order(room: i64, amounts: &[Money]) -> Vec<Money> {
    let mut left = room;
    let cut = |amount: &Money| {
        let minor = amount.minor.min(left);
        left -= minor;
        Money { minor, ..*amount }
    };
    amounts.iter().map(cut).collect()
}

/// The largest-remainder method; `total` is above `room`, hence above zero.
fn proportional(room: i64, amounts: &[Money], total: i128) -> Result<Vec<Money>, MoneyFault> {
    let mut shares = Vec::with_capacity(amounts.len());
    let mut missing = i128::from(room);
    for (place, amount) in amounts.iter().enumerate() {
        let exact = i128::from(room) * i128::from(amount.minor);
        missing -= exact / total;
        shares.push((exact % total, place, exact / total));
    }
    shares.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for share in &mut shares {
        if missing > 0 {
            share.2 += 1;
            missing -= 1;
        }
    }
    shares.sort_by_key(|share| share.1);
    let money = |(share, amount): (&(i128, usize, i128), &Money)| {
        Ok(Money { minor: i64::try_from(share.2).map_err(|_| MoneyFault::TooLarge)?, ..*amount })
    };
    shares.iter().zip(amounts).map(money).collect()
}

/// The sign in front, true for minus, and the rest.
fn strip_sign(text: &str) -> (Option<bool>, &str) {
    let mut letters = text.chars();
    match letters.next() {
        Some('-' | '−' | '–') => (Some(true), letters.as_str().trim_start()),
        Some('+') => (Some(false), letters.as_str().trim_start()),
        _ => (None, text),
    }
}

/// Takes one name of `currency` off the front or the back.
fn strip_currency(text: &str, currency: Currency) -> &str {
    let names: &[&str] = match currency {
        Currency::VND => &["đồng", "vnđ", "vnd", "₫", "đ", "d"],
        Currency::USD => &["usd", "us$", "$"],
        Currency::EUR => &["eur", "€"],
        _ => &[],
    };
    for name in names.iter().copied().chain([currency.code()]) {
        let count = name.chars().count();
        let front = text.char_indices().nth(count).map_or(text.len(), |(place, _)| place);
        let back = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(place, _)| place);
        let same = |part: &str| part.to_lowercase() == name.to_lowercase();
        if let Some((_, rest)) = text.split_at_checked(front).filter(|(part, _)| same(part)) {
            return rest.trim();
        }
        if let Some((rest, _)) = text.split_at_checked(back).filter(|(_, part)| same(part)) {
            return rest.trim();
        }
    }
    text
}

/// The minor units in unsigned `digits`; `text` is what the person wrote, for the fault.
fn read_minor(digits: &str, text: &str, currency: Currency) -> Result<i128, MoneyFault> {
    let is_separator = |letter: char| matches!(letter, '.' | ',' | ' ');
    if !digits.starts_with(|c: char| c.is_ascii_digit())
        || !digits.ends_with(|c: char| c.is_ascii_digit())
        || !digits.chars().all(|letter| letter.is_ascii_digit() || is_separator(letter))
    {
        return Err(MoneyFault::Shape(quoted(text)));
    }
    let (whole, decimals) = split_decimals(digits, text, currency)?;
    let mut groups = whole.split(is_separator);
    let first = groups.next().unwrap_or_default();
    let mut separators = whole.chars().filter(|letter| is_separator(*letter));
    if let Some(separator) = separators.next() {
        let leading = (1..=3).contains(&first.len()) && !first.starts_with('0');
        if !leading || separators.any(|other| other != separator) || groups.any(|group| group.len() != 3) {
            return Err(MoneyFault::Groups(quoted(text)));
        }
    }
    let places = currency.minor_digits() as usize;
    let all: String = whole.chars().filter(char::is_ascii_digit).collect();
    let all = format!("{all}{decimals:0<places$}");
    let significant = all.trim_start_matches('0');
    if significant.len() > 19 {
        return Err(MoneyFault::TooLarge);
    }
    if significant.is_empty() { Ok(0) } else { significant.parse().map_err(|_| MoneyFault::TooLarge) }
}

/// Parts the decimals from the whole; a point or a comma begins decimals when not exactly three digits follow it.
fn split_decimals<'a>(digits: &'a str, text: &str, currency: Currency) -> Result<(&'a str, &'a str), MoneyFault> {
    let Some(place) = digits.rfind(['.', ',']) else { return Ok((digits, "")) };
    let (whole, rest) = digits.split_at(place);
    let (mark, decimals) = rest.split_at(1);
    let alone = !whole.contains(['.', ',', ' ']);
    let places = currency.minor_digits() as usize;
    if whole.contains(mark) || decimals.contains(' ') {
        return Ok((digits, ""));
    }
    if alone && decimals.len() == 3 {
        // Thousands in the books; with cents the same characters are decimals elsewhere.
        return if places == 0 { Ok((digits, "")) } else { Err(MoneyFault::Ambiguous(quoted(text))) };
    }
    if decimals.len() <= places {
        return Ok((whole, decimals));
    }
    if places == 0 && decimals.len() <= 2 && decimals.bytes().all(|digit| digit == b'0') {
        // Spreadsheets write whole đồng as 1.234.567,00.
        return Ok((whole, ""));
    }
    Err(MoneyFault::Decimals(quoted(text), currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vnd(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().copied().map(Money::vnd).collect()
    }

    #[test]
    fn dong_are_read_as_people_write_them() {
        for text in [
            "1234567",
            "1.234.567",
            "1 234 567",
            "1,234,567",
            "1.234.567 ₫",
            "1.234.567đ",
            "1234567 Đồng",
            "VND 1,234,567",
            "1\u{a0}234\u{a0}567 VNĐ",
            "+1.234.567",
            "1.234.567 đo\u{302}\u{300}ng",
            "1.234.567,00",
            "1,234,567.00",
            "1234567.0",
            " 001234567 ",
        ] {
            assert_eq!(Money::read(text, Currency::VND), Ok(Money::vnd(1_234_567)), "{text}");
        }
        assert_eq!(Money::read("-350.000 ₫", Currency::VND), Ok(Money::vnd(-350_000)));
        assert_eq!(Money::read("₫ -350.000", Currency::VND), Ok(Money::vnd(-350_000)));
        assert_eq!(Money::read("0", Currency::VND), Ok(Money::ZERO));
        assert_eq!(Money::read("-9223372036854775808", Currency::VND), Ok(Money::vnd(i64::MIN)));
    }

    #[test]
    fn unclear_amounts_are_refused() {
        let read = |text| Money::read(text, Currency::VND);
        for text in ["1.23.456", "1.234,567", "0.500", "1234.567", "12 34", "1 234.567", "1..234", "1.234 567"] {
            assert!(
                matches!(read(text), Err(MoneyFault::Groups(_) | MoneyFault::Decimals(..))),
                "{text} {:?}",
                read(text)
            );
        }
        for text in ["", "đ", "-", "--5", "1.234.", ".5", "1e5", "năm", "١٢٣", "5 5đ đ"] {
            assert!(matches!(read(text), Err(MoneyFault::Shape(_) | MoneyFault::Groups(_))), "{text} {:?}", read(text));
        }
        assert!(matches!(read("1,5"), Err(MoneyFault::Decimals(..))));
        assert_eq!(read("9223372036854775808"), Err(MoneyFault::TooLarge));
        assert_eq!(read(&"9".repeat(400)), Err(MoneyFault::TooLarge));
    }

    #[test]
    fn foreign_money_has_decimals_when_they_are_clear() {
        let read = |text| Money::read(text, Currency::USD).map(|money| money.minor);
        for text in ["1,250.00", "1.250,00", "1250", "1250.0", "1250,00", "USD 1,250.00", "$1,250.00", "1 250,00 usd"] {
            assert_eq!(read(text), Ok(125_000), "{text}");
        }
        assert_eq!(read("1,250,000"), Ok(125_000_000));
        assert_eq!(read("0.05"), Ok(5));
        assert!(matches!(read("1,250"), Err(MoneyFault::Ambiguous(_))));
        assert!(matches!(read("1.2345"), Err(MoneyFault::Decimals(..))));
        assert!(matches!(read("12,34.56"), Err(MoneyFault::Groups(_))));
        assert!(matches!(Money::read("1.250 €", Currency::EUR), Err(MoneyFault::Ambiguous(_))));
        assert_eq!(Money::read("CHF 5.20", Currency::read("chf").unwrap()).unwrap().minor, 520);
    }

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
    fn shares_are_rounded_as_told() {
        let half = BasisPoints(5_000);
        let odd = Money::vnd(9_555_555);
        let round = |mode, unit| odd.share_bp(half, Rounding { mode, unit }).map(|money| money.minor);
        assert_eq!(round(RoundingMode::Floor, 1), Ok(4_777_777));
        assert_eq!(round(RoundingMode::HalfUp, 1), Ok(4_777_778));
        assert_eq!(round(RoundingMode::Ceil, 1), Ok(4_777_778));
        assert_eq!(round(RoundingMode::Floor, 1_000), Ok(4_777_000));
        assert_eq!(round(RoundingMode::Ceil, 1_000), Ok(4_778_000));
        assert_eq!(round(RoundingMode::Floor, 0), Err(MoneyFault::Unit(0)));
        assert_eq!(Money::vnd(9_000_000).share_bp(half, Rounding::default()), Ok(Money::vnd(4_500_000)));
        assert_eq!(Money::vnd(14_000_002).share_bp(half, Rounding::default()), Ok(Money::vnd(7_000_001)));
        let euro = |cents| Money::new(cents, Currency::EUR);
        assert_eq!(euro(1_499_999).share_bp(BasisPoints(6_000), Rounding::default()), Ok(euro(899_999)));
        assert_eq!(euro(1_499_999).share_bp(half, Rounding::default()), Ok(euro(749_999)));
        assert_eq!(Rounding::default().apply(1, 0), Err(MoneyFault::Unit(0)));
        assert!(Rounding { mode: RoundingMode::HalfUp, unit: i64::MAX }.apply(i128::MAX, i128::MAX).is_err());
    }

    #[test]
    fn a_cap_is_met_exactly() {
        let cap = Money::vnd(10_000_000);
        let amounts = vnd(&[6_000_000, 3_000_000, 2_500_000]);
        assert_eq!(allocate(cap, &amounts, Allocation::InOrder), Ok(vnd(&[6_000_000, 3_000_000, 1_000_000])));
        assert_eq!(allocate(cap, &amounts, Allocation::Proportional), Ok(vnd(&[5_217_391, 2_608_696, 2_173_913])));
        assert_eq!(allocate(Money::vnd(1), &vnd(&[1, 1]), Allocation::Proportional), Ok(vnd(&[1, 0])));
        assert_eq!(allocate(Money::vnd(-1), &vnd(&[1, 1]), Allocation::InOrder), Ok(vnd(&[0, 0])));
        assert_eq!(allocate(cap, &vnd(&[-1]), Allocation::InOrder), Err(MoneyFault::Negative));
        assert_eq!(allocate(cap, &[], Allocation::Proportional), Ok(Vec::new()));
    }

    #[test]
    fn rates_are_read_and_shown() {
        for (text, points) in
            [("50%", 5_000), ("12,5 %", 1_250), ("12.5%", 1_250), ("33.33", 3_333), ("0", 0), ("100,05%", 10_005)]
        {
            assert_eq!(BasisPoints::read(text), Ok(BasisPoints(points)), "{text}");
        }
        for text in ["", "%", "-5%", "1.234%", "1001%", "5,", ",5", "a"] {
            assert!(BasisPoints::read(text).is_err(), "{text}");
        }
        assert_eq!(BasisPoints(1_250).show(Lang::Vi), "12,5 %");
        assert_eq!(BasisPoints(1_250).show(Lang::En), "12.5%");
        assert_eq!(BasisPoints(5_000).show(Lang::Vi), "50 %");
        assert_eq!(BasisPoints(1_005).show(Lang::En), "10.05%");
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

    fn currency() -> impl Strategy<Value = Currency> {
        prop::sample::select(vec![Currency::VND, Currency::USD, Currency::EUR, Currency(*b"JPY")])
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[0-9., +đ₫$-]{0,24}"], currency in currency()) {
            for fault in [Money::read(&text, currency).err(), BasisPoints::read(&text).err(), Currency::read(&text).err()] {
                prop_assert!(fault.is_none_or(|fault| !fault.words().is_empty()));
            }
        }

        #[test]
        fn shown_money_comes_back(minor: i64, currency in currency()) {
            let money = Money::new(minor, currency);
            for shown in [money.show(Lang::Vi), money.show(Lang::En), money.show_plain()] {
                prop_assert_eq!(Money::read(&shown, currency), Ok(money), "{}", shown);
            }
        }

        #[test]
        fn rates_come_back(points in 0_u32..=100_000) {
            for lang in Lang::ALL {
                prop_assert_eq!(BasisPoints::read(&BasisPoints(points).show(lang)), Ok(BasisPoints(points)));
            }
        }

        #[test]
        fn allocation_keeps_its_laws(cap: i64, amounts in prop::collection::vec(0..=i64::MAX, 0..9), in_order: bool) {
            let by = if in_order { Allocation::InOrder } else { Allocation::Proportional };
            let cut = allocate(Money::vnd(cap), &vnd(&amounts), by).unwrap();
            let sum = |list: &[i64]| list.iter().map(|amount| i128::from(*amount)).sum::<i128>();
            let cut: Vec<i64> = cut.iter().map(|money| money.minor).collect();
            prop_assert_eq!(sum(&cut), sum(&amounts).min(i128::from(cap.max(0))));
            prop_assert!(cut.iter().zip(&amounts).all(|(less, amount)| (0..=*amount).contains(less)));
        }

        #[test]
        fn rounding_stays_within_one_unit(numerator: i64, denominator in 1_i64.., unit in 1_i64..1_000_000) {
            for mode in [RoundingMode::Floor, RoundingMode::HalfUp, RoundingMode::Ceil] {
                if let Ok(rounded) = (Rounding { mode, unit }).apply(i128::from(numerator), i128::from(denominator)) {
                    let off = i128::from(rounded) * i128::from(denominator) - i128::from(numerator);
                    prop_assert!(off.abs() < i128::from(denominator) * i128::from(unit));
                    prop_assert_eq!(rounded % unit, 0);
                    prop_assert!(mode != RoundingMode::Floor || off <= 0);
                    prop_assert!(mode != RoundingMode::Ceil || off >= 0);
                }
            }
        }
    }
}
