//! One column of a list as plain numbers, row by row: what a filter on it compares, and what it is sorted by. Computed columns
//! look up much of the book for each row, so that they are made ready before somebody asks, a piece at a time.

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Currency, Money};
use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::field::{Shape, Value};
use crate::domain::record::Kind;
use crate::domain::view::columns::{Column, value};

/// What stands for an empty value.
const EMPTY: i64 = i64::MIN;

/// The numbers of one column, for as many of the first rows as are ready.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The column.
    pub(super) column: &'static Column,
    codes: Vec<i64>,
    /// A value that is no number was met: the column has to be looked up.
    is_odd: bool,
}

/// True for a column whose values are numbers, days, amounts or choices.
pub(super) const fn is_countable(column: &Column) -> bool {
    matches!(
        column.field.shape,
        Shape::Number(..)
            | Shape::Money
            | Shape::Percent
            | Shape::Length
            | Shape::Area
            | Shape::Date
            | Shape::Flag
            | Shape::Choice(_)
    )
}

impl Facts {
    pub(super) const fn new(column: &'static Column) -> Self {
        Self { column, codes: Vec::new(), is_odd: false }
    }

    /// Makes at most so many more rows ready; true when some are left.
    pub(super) fn prepare(&mut self, book: &Book, kind: Kind, ids: &[Id], today: Date, most: usize) -> bool {
        let from = self.codes.len();
        for id in ids.iter().skip(from).take(most) {
            if self.is_odd {
                return false;
            }
            self.push(book, kind, *id, today);
        }
        !self.is_odd && self.codes.len() < ids.len()
    }

    fn push(&mut self, book: &Book, kind: Kind, id: Id, today: Date) {
        let found = book.noun(kind, id).map_or(Value::Empty, |noun| value(book, self.column, noun, today));
        match self.code(&found) {
            Some(code) => self.codes.push(code),
            None => self.is_odd = true,
        }
    }

    /// True when this row is ready.
    pub(super) fn has(&self, row: usize) -> bool {
        !self.is_odd && row < self.codes.len()
    }

    /// True when every row can be asked for.
    pub(super) fn is_ready(&self, rows: usize) -> bool {
        !self.is_odd && self.codes.len() == rows
    }

    /// The same for rows in another order: `origins` says where each stood, if it stood here unchanged.
    pub(super) fn followed(&self, book: &Book, kind: Kind, ids: &[Id], origins: &[Option<usize>], today: Date) -> Self {
        let mut facts = Self::new(self.column);
        for (id, origin) in ids.iter().zip(origins) {
            match origin.and_then(|row| self.codes.get(row)) {
                Some(code) => facts.codes.push(*code),
                None => facts.push(book, kind, *id, today),
            }
        }
        facts
    }

    fn code(&self, value: &Value) -> Option<i64> {
        Some(match (value, self.column.field.shape) {
            (Value::Empty, _) => EMPTY,
            (Value::Number(number), _) => *number,
            (Value::Money(amount), _) if amount.currency == Currency::VND => amount.minor,
            (Value::Date(day), _) => i64::from(day.num_days_from_ce()),
            (Value::Flag(flag), _) => i64::from(*flag),
            (Value::Text(key), Shape::Choice(choices)) => {
                let place = choices.iter().position(|choice| choice.key == key.as_str())?;
                i64::try_from(place).ok()?
            }
            _ => return None,
        })
    }

    /// The number of a row; rows with the same number have the same value.
    pub(super) fn at(&self, row: usize) -> i64 {
        self.codes.get(row).copied().unwrap_or(EMPTY)
    }

    /// The value that a number stands for.
    pub(super) fn value(&self, code: i64) -> Value {
        if code == EMPTY {
            return Value::Empty;
        }
        match self.column.field.shape {
            Shape::Money => Value::Money(Money::vnd(code)),
            Shape::Date => {
                i32::try_from(code).ok().and_then(Date::from_num_days_from_ce_opt).map_or(Value::Empty, Value::Date)
            }
            Shape::Flag => Value::Flag(code != 0),
            Shape::Choice(choices) => {
                let choice = usize::try_from(code).ok().and_then(|place| choices.get(place));
                choice.map_or(Value::Empty, |choice| Value::Text(Text::new(choice.key)))
            }
            _ => Value::Number(code),
        }
    }
}
