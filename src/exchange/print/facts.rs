//! The named values that a form may print, and how each is written.

use std::collections::BTreeMap;

use crate::base::amount_in_words::{Spoken, amount_in_words};
use crate::base::dates::{Date, in_document, show_date};
use crate::base::money::{BasisPoints, Currency, Money};
use crate::base::words::{Lang, Words};
use crate::exchange::table::Out;

/// A value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fact {
    /// Nothing is known.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// Words in both languages.
    Words(Words),
    /// A count.
    Number(i64),
    /// Money.
    Money(Money),
    /// A rate.
    Rate(BasisPoints),
    /// A day.
    Date(Date),
}

impl From<Option<Money>> for Fact {
    fn from(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, Self::Money)
    }
}

impl From<Option<Date>> for Fact {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Date)
    }
}

impl From<Option<i64>> for Fact {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// How a value is asked for beyond its plain form: `{total.words}`.
pub const ENDINGS: [(&str, Words); 4] = [
    ("upper", Words::new("chữ hoa", "in capitals")),
    ("words", Words::new("số tiền bằng chữ", "an amount in words")),
    ("long", Words::new("ngày viết đủ như trong văn bản", "a day as documents write it")),
    ("year", Words::new("năm của ngày", "the year of a day")),
];

impl Fact {
    /// True when there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            Self::Words(words) => words.is_empty(),
            Self::Number(number) => *number == 0,
            Self::Money(amount) => amount.is_zero(),
            Self::Rate(rate) => rate.0 == 0,
            Self::Date(_) => false,
        }
    }

    /// The value as it is printed, with one of [`ENDINGS`] or none.
    #[must_use]
    pub fn show(&self, ending: &str, lang: Lang, spoken: Spoken) -> String {
        match (self, ending) {
            (Self::Money(amount), "words") => amount_in_words(*amount, lang, spoken),
            (Self::Date(day), "long") => in_document(*day, lang),
            (Self::Date(day), "year") => day.format("%Y").to_string(),
            (Self::Empty, "long") => blank_day(lang).to_owned(),
            (Self::Empty, "year") => "20.…".to_owned(),
            (_, "upper") => self.plain(lang).to_uppercase(),
            _ => self.plain(lang),
        }
    }

    fn plain(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Words(words) => words.in_lang(lang).to_owned(),
            Self::Number(number) => number.to_string(),
            // The unit stands in the heading or behind the value in the form.
            Self::Money(amount) if amount.currency == Currency::VND => amount.show_plain(),
            Self::Money(amount) => amount.show(lang),
            Self::Rate(rate) => rate.show(lang),
            Self::Date(day) => show_date(*day),
        }
    }

    /// The value for a workbook.
    #[must_use]
    pub fn out(&self, lang: Lang) -> Out {
        match self {
            Self::Empty => Out::Empty,
            Self::Number(number) => Out::Number(*number),
            Self::Money(amount) if amount.currency == Currency::VND => Out::Money(amount.minor),
            Self::Date(day) => Out::Date(*day),
            other => Out::Text(other.plain(lang)),
        }
    }
}

/// A day to be filled in by hand.
const fn blank_day(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "ngày …… tháng …… năm ………",
        Lang::En => "…… ………………… ………",
    }
}

/// The values of one sheet or of one item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Values by name.
    pub values: BTreeMap<&'static str, Fact>,
    /// Lists by name.
    pub lists: BTreeMap<&'static str, Vec<Facts>>,
}

impl Facts {
    /// Names a value.
    pub fn put(&mut self, name: &'static str, value: impl Into<Fact>) {
        self.values.insert(name, value.into());
    }

    /// Names a list.
    pub fn list(&mut self, name: &'static str, items: Vec<Self>) {
        self.lists.insert(name, items);
    }
}
