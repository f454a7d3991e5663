//! What every reader makes of a file: a grid of clean cells first, then a sheet with headers, rows and remarks.

use chrono::{NaiveDate, NaiveDateTime};
use unicode_normalization::UnicodeNormalization;

use crate::base::words::Words;

/// Most rows of one sheet. The longest real list at hand has 3,321; a sheet above this is a dump, not a list, and would
/// fill the memory of an office machine.
pub const ROWS_MAX: usize = 200_000;

/// Most columns of one sheet. Wide office tables have about 30; a cell further right is a slip of the hand.
pub const COLUMNS_MAX: usize = 200;

/// Most characters of one cell, the limit of spreadsheet programs. What is longer is cut.
pub const CELL_CHARS_MAX: usize = 32_767;

/// What a cell holds, as far as the file itself says so. A CSV file says nothing: all its cells are text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Typed {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Text, also text that looks like a number.
    Text,
    /// A number in exact decimal notation: `-12.5`, no exponent, no grouping, no trailing zeros.
    Number(String),
    /// A day.
    Date(NaiveDate),
    /// A day with a time of day.
    DateTime(NaiveDateTime),
    /// Yes or no.
    Flag(bool),
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text as a person would read it: clean (see [`clean`]), dates as `dd/mm/yyyy`.
    pub text: String,
    /// The same with its type.
    pub typed: Typed,
}

impl Cell {
    /// A cell of text; white space alone makes it empty.
    #[must_use]
    pub fn text(raw: &str) -> Self {
        let text = clean(raw);
        let typed = if text.is_empty() { Typed::Empty } else { Typed::Text };
        Self { text, typed }
    }

    /// A cell with a number in exact decimal notation.
    #[must_use]
    pub fn number(decimal: String) -> Self {
        Self { text: decimal.clone(), typed: Typed::Number(decimal) }
    }

    /// A cell that shows a number as a percentage: the text as a person reads it, a hundred times the number.
    #[must_use]
    pub fn percent(decimal: &str) -> Self {
        Self::text(&format!("{} %", hundredfold(decimal)))
    }

    /// A cell with a day.
    #[must_use]
    pub fn date(day: NaiveDate) -> Self {
        Self { text: day.format("%d/%m/%Y").to_string(), typed: Typed::Date(day) }
    }

    /// A cell with a day and a time.
    #[must_use]
    pub fn date_time(moment: NaiveDateTime) -> Self {
        Self { text: moment.format("%d/%m/%Y %H:%M:%S").to_string(), typed: Typed::DateTime(moment) }
    }

    /// A cell with yes or no.
    #[must_use]
    pub fn flag(yes: bool) -> Self {
        Self { text: if yes { "TRUE" } else { "FALSE" }.to_owned(), typed: Typed::Flag(yes) }
    }

    /// True when the cell shows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// True for a number, a date or text that is nothing but digits and their signs, such as `1.000.000` or `98 %`.
    #[must_use]
    pub fn looks_numeric(&self) -> bool {
        match self.typed {
            Typed::Number(_) | Typed::Date(_) | Typed::DateTime(_) => true,
            Typed::Empty | Typed::Flag(_) => false,
            Typed::Text => {
                self.text.chars().any(|c| c.is_ascii_digit())
                    && self.text.chars().all(|c| c.is_ascii_digit() || " .,-+%()/:₫đ$€".contains(c))
            }
        }
    }
}

/// Cells that the file shows as one: first and last row and column, all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

/// The cells of one sheet as they lie in the file; the first row is the file's row 1 and blank rows are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name, or empty.
    pub name: String,
    /// The rows, of any length.
    pub rows: Vec<Vec<Cell>>,
    /// Cells shown as one; only their first cell holds text.
    pub merges: Vec<Merge>,
    /// What the reader had to guess or to cut.
    pub remarks: Vec<Remark>,
}

/// One record of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The row's number as a spreadsheet program shows it, from 1.
    pub line: u32,
    /// As many cells as the sheet has headers.
    pub cells: Vec<Cell>,
}

/// Something that a person who checks the result against the file should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The row it is about, from 1; `None` for the whole file.
    pub line: Option<u32>,
    /// What was done and why.
    pub words: Words,
}

impl Remark {
    /// A remark on one row, counted from 0.
    #[must_use]
    pub fn on_row(row: usize, words: Words) -> Self {
        Self { line: Some(line_of(row)), words }
    }

    /// A remark on the whole file.
    #[must_use]
    pub const fn on_file(words: Words) -> Self {
        Self { line: None, words }
    }
}

/// A table with its headers found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name, or empty.
    pub name: String,
    /// All sheets of the file, in its order; empty where a file holds only one table.
    pub sheet_names: Vec<String>,
    /// One name for each column, no two alike. A column without a header is named by its letter: `(C)`.
    pub headers: Vec<String>,
    /// The row of the (lowest) header, from 1; 0 when no header was found.
    pub header_line: u32,
    /// The records.
    pub rows: Vec<SheetRow>,
    /// By how much money amounts are to be multiplied to give đồng, when a unit line above the table says so.
    pub unit_factor: Option<i64>,
    /// What was skipped and why.
    pub remarks: Vec<Remark>,
}

/// The number a spreadsheet program shows for a row counted from 0.
#[must_use]
pub fn line_of(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX - 1).saturating_add(1)
}

/// The letters a spreadsheet program shows for a column counted from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let place = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + place));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Cleans the text of a cell: NFC, plain spaces for unusual ones, `\n` for every line break, no control or invisible
/// characters, no terminal escape sequences, no white space at the ends. Cleaning twice changes nothing.
#[must_use]
pub fn clean(raw: &str) -> String {
    let plain = raw.bytes().all(|b| (0x20..0x7f).contains(&b));
    let text: String = if plain {
        raw.trim().chars().take(CELL_CHARS_MAX).collect()
    } else {
        let visible: String = without_escapes(&raw.replace("\r\n", "\n")).chars().filter_map(plain_character).collect();
        visible.trim().nfc().take(CELL_CHARS_MAX).collect()
    };
    if text.ends_with(char::is_whitespace) { text.trim_end().to_owned() } else { text }
}

/// A hundred times a number in exact decimal notation, with a decimal comma: `0.125` is `12,5`.
#[must_use]
pub fn hundredfold(decimal: &str) -> String {
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = format!("{part:0<2}");
    let (up, rest) = part.split_at_checked(2).unwrap_or((&part, ""));
    let whole = format!("{whole}{up}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{rest}") }
}

/// A header on one line: inner line breaks and runs of white space become one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for a character in clean text; `None` when nothing does.
fn plain_character(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        _ if c.is_control() => None,
        _ if c.is_whitespace() => Some(' '),
        _ => Some(c),
    }
}

/// Takes out `ESC [ … letter` sequences whole, so that no rest such as `[31m` stays behind.
fn without_escapes(raw: &str) -> String {
    if !raw.contains(['\u{1b}', '\u{9b}']) {
        return raw.to_owned();
    }
    let mut kept = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let sequence = c == '\u{9b}' || (c == '\u{1b}' && chars.next_if_eq(&'[').is_some());
        if sequence {
            while chars.next_if(|c| (' '..='?').contains(c)).is_some() {}
            chars.next_if(|c| ('@'..='~').contains(c));
        } else if c != '\u{1b}' {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clean_text_is_composed_and_visible() {
        assert_eq!(clean(" Be\u{302}\u{301}n Tre\u{a0}\r\n"), "Bến Tre");
        assert_eq!(clean("a\u{ad}b\u{feff}c\u{1b}[31md\u{7}"), "abcd");
        assert_eq!(clean("một\r\nhai\rba"), "một\nhai\nba");
        assert_eq!(Cell::text("\u{a0} \t").typed, Typed::Empty);
    }

    #[test]
    fn a_percentage_is_a_hundred_times_its_number() {
        let shown = ["1", "0.5", "0.125", "0.08", "1.5", "0", "-0.005"].map(hundredfold);
        assert_eq!(shown, ["100", "50", "12,5", "8", "150", "0", "-0,5"]);
    }

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let letters: Vec<_> = [0, 25, 26, 51, 701, 702].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in any::<String>()) {
            let once = clean(&raw);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
