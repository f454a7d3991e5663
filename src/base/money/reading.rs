//! Money as people write it, in the conventions of both languages.

use super::super::checked::quoted;
use super::super::text::nfc;
use super::{Currency, Money, MoneyFault};

impl Money {
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
}

/// The foreign currencies that are known by their code in an amount; `$` and `€` are known by their signs.
const FOREIGN: [&str; 17] = [
    "USD", "EUR", "JPY", "CNY", "KRW", "THB", "SGD", "AUD", "CAD", "GBP", "HKD", "TWD", "MYR", "LAK", "KHR", "CHF",
    "INR",
];

impl Currency {
    /// The currency that an amount names on either side; the đồng where it names none.
    #[must_use]
    pub fn named_in(amount: &str) -> Self {
        let letters: String = amount.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
        match letters.as_str() {
            "" | "US" if amount.contains('$') => Self::USD,
            "" if amount.contains('€') => Self::EUR,
            code if FOREIGN.contains(&code) => Self::read(code).unwrap_or_default(),
            _ => Self::VND,
        }
    }
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
    use crate::base::money::BasisPoints;
    use crate::base::words::Lang;

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
    fn an_amount_names_its_currency() {
        for (text, code) in [
            ("1.000 USD", "USD"),
            ("usd 1000", "USD"),
            ("US$ 1000", "USD"),
            ("$ 12.50", "USD"),
            ("12,50 €", "EUR"),
            ("1 000 thb", "THB"),
            ("1.000.000 đ", "VND"),
            ("VND 5", "VND"),
            ("5 tri", "VND"),
            ("12", "VND"),
        ] {
            assert_eq!(Currency::named_in(text).code(), code, "{text}");
        }
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
    }
}
