//! Reports: figures, each with the records behind it, so that every number opens to what it was counted from.
//!
//! What a report consists of is here; the reports are in one file a family.

mod fairs;
mod leads;
mod money;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money};
use crate::base::words::{Lang, Words};
use crate::domain::record::Kind;

pub use fairs::fair;
pub use leads::{Among, leads};
pub use money::{budget, support};

/// One value of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Nothing is known.
    Empty,
    /// A name or a word.
    Words(Words),
    /// A count.
    Number(i64),
    /// Money.
    Money(Money),
    /// A rate in basis points.
    Rate(BasisPoints),
    /// A day.
    Date(Date),
}

impl Amount {
    /// As a person reads it.
    #[must_use]
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) => words.in_lang(lang).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Money(money) => money.show(lang),
            Self::Rate(rate) => rate.show(lang),
            Self::Date(day) => crate::base::dates::show_date(*day),
        }
    }
}

/// One figure and the records it was counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The stable key.
    pub key: &'static str,
    /// What it is.
    pub words: Words,
    /// How much it is.
    pub value: Amount,
    /// The records behind it.
    pub records: Vec<(Kind, Id)>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The record it is about, where there is one.
    pub subject: Option<(Kind, Id)>,
    /// The cells, in the order of the headings.
    pub cells: Vec<Amount>,
}

/// A table of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The stable key.
    pub key: &'static str,
    /// What it shows.
    pub title: Words,
    /// Keys and labels of its columns.
    pub headings: Vec<(&'static str, Words)>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The stable key.
    pub key: &'static str,
    /// What it is about.
    pub title: Words,
    /// The figures, the most important first.
    pub figures: Vec<Figure>,
    /// What a reader must know about them.
    pub notes: Vec<Words>,
    /// The tables below them.
    pub tables: Vec<Table>,
}

impl Report {
    /// The figure with this key.
    #[must_use]
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}

fn number(key: &'static str, words: Words, records: Vec<(Kind, Id)>) -> Figure {
    let value = Amount::Number(i64::try_from(records.len()).unwrap_or(i64::MAX));
    Figure { key, words, value, records }
}

const fn sum(key: &'static str, words: Words, total: Money, records: Vec<(Kind, Id)>) -> Figure {
    Figure { key, words, value: Amount::Money(total), records }
}

fn records(kind: Kind, ids: impl IntoIterator<Item = Id>) -> Vec<(Kind, Id)> {
    let distinct: BTreeSet<Id> = ids.into_iter().collect();
    distinct.into_iter().map(|id| (kind, id)).collect()
}

fn count(number: usize) -> Amount {
    Amount::Number(i64::try_from(number).unwrap_or(i64::MAX))
}
