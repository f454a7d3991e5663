//! A table to be written: what stands in each cell, before any file format.

use chrono::NaiveDate;

use crate::base::words::Words;

/// What is written into one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Out {
    /// Nothing.
    #[default]
    Empty,
    /// Text; codes and phone numbers stay text and keep their leading zeros.
    Text(String),
    /// A whole number.
    Number(i64),
    /// An amount in đồng.
    Money(i64),
    /// A day.
    Date(NaiveDate),
}

/// A table on its way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the table, also of its sheet.
    pub title: Option<Words>,
    /// The headers, in the language of the person who asked.
    pub headers: Vec<String>,
    /// The rows; a row shorter than the headers ends in empty cells.
    pub rows: Vec<Vec<Out>>,
}
