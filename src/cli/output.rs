//! Standard output: tables aligned by the width of their letters, records, and JSON; never an escape sequence.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde_json::{Map, Value as Json, json};

use crate::base::dates::iso;
use crate::base::ids::Id;
use crate::base::money::Currency;
use crate::base::tax_code::TaxCode;
use crate::base::text::{Align, Text, pad, width};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::{Field, Shape, Value, Wording};
use crate::domain::showing::{Mask, show};
use crate::domain::view::title::reference;
use crate::engine::Receipt;

/// A table of text: headers and rows of cells.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headers; numbers stand at the right.
    #[must_use]
    pub fn new(columns: Vec<(String, Align)>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; a cell of several lines becomes one.
    pub fn push(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| Text::new(cell).to_string()).collect());
    }

    /// The table as text, each line without blanks at its end.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut widths: Vec<usize> = self.columns.iter().map(|(header, _)| width(header)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(cell));
            }
        }
        let mut text = String::new();
        let headers: Vec<String> = self.columns.iter().map(|(header, _)| header.clone()).collect();
        for row in std::iter::once(&headers).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, columns), (_, align)) in row.iter().zip(&widths).zip(&self.columns) {
                line.push_str(&pad(cell, *columns, *align));
                line.push_str("  ");
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }
}

/// Labels and their values below each other, the values aligned; empty values are left out.
#[must_use]
pub fn labelled(pairs: &[(String, String)]) -> String {
    let shown: Vec<&(String, String)> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    let columns = shown.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let mut text = String::new();
    for (label, value) in shown {
        for (place, line) in value.lines().enumerate() {
            let label = if place == 0 { label.as_str() } else { "" };
            let _ = writeln!(text, "  {}  {}", pad(label, columns, Align::Left), Text::new(line));
        }
    }
    text
}

/// Puts a value into an object: amounts in đồng (foreign ones as text), days as ISO, percentages as percent, lengths in metres, areas in square
/// metres, links as their reference and beside it `<key>_id`.
pub fn put(object: &mut Map<String, Json>, book: &Book, of: Id, field: &Field, value: &Value, mask: Mask) {
    let key = field.key.to_owned();
    let hidden = mask == Mask::Masked && is_hidden(field, value);
    let written = match value {
        Value::Empty => Json::Null,
        _ if hidden => match show(book, of, field, value, Lang::Vi, mask) {
            nothing if nothing.is_empty() => Json::Null,
            shown => json!(shown),
        },
        Value::Text(text) => json!(text.as_str()),
        Value::Texts(keys) => keys.iter().map(|key| json!(key.as_str())).collect(),
        Value::Flag(flag) => json!(flag),
        Value::Number(number) => match field.shape {
            Shape::Percent | Shape::Length => parts(*number, 100),
            Shape::Area => parts(*number, 10_000),
            _ => json!(number),
        },
        Value::Money(amount) if amount.currency == Currency::VND => json!(amount.minor),
        Value::Money(amount) => json!(amount.show(Lang::En)),
        Value::Date(day) => json!(iso(*day)),
        Value::Moment(moment) => json!(moment.rfc3339()),
        Value::Link(id) => {
            object.insert(format!("{key}_id"), json!(id.to_string()));
            match field.shape {
                Shape::Link(kind) => json!(reference(book, kind, *id)),
                _ => json!(id.to_string()),
            }
        }
    };
    object.insert(key, written);
}

/// So many parts of a whole as a number of wholes; never an amount.
fn parts(number: i64, of: i64) -> Json {
    if number % of == 0 {
        return json!(number / of);
    }
    let (sign, number, of) = (if number < 0 { "-" } else { "" }, number.unsigned_abs(), of.unsigned_abs());
    let digits = of.ilog10() as usize;
    let written = format!("{sign}{}.{:0digits$}", number / of, number % of);
    serde_json::from_str(&written).unwrap_or(Json::Null)
}

/// True for values that a list shows only in part; a household's tax code is its owner's citizen number.
fn is_hidden(field: &Field, value: &Value) -> bool {
    let household = matches!(field.shape, Shape::Text(Wording::TaxCode, _))
        && TaxCode::read(value.as_text()).is_ok_and(|code| code.is_personal());
    household || (field.is_personal() && matches!(value, Value::Text(_)))
}

/// What was stored, as one line or one object.
#[must_use]
pub fn done(receipts: &[Receipt], lang: Lang, as_json: bool) -> String {
    let nothing = Words::new("Không có gì thay đổi.", "Nothing changed.");
    let seq = receipts.iter().map(|receipt| receipt.seq).max().unwrap_or(0);
    let said: Vec<&str> = receipts.iter().map(|receipt| receipt.words.in_lang(lang)).collect();
    if as_json {
        let touched: Vec<Json> = receipts
            .iter()
            .flat_map(|receipt| &receipt.touched)
            .map(|(kind, id)| json!({"kind": kind.key(), "id": id.to_string()}))
            .collect();
        return json_text(&json!({"seq": seq, "did": said.join("\n"), "touched": touched}));
    }
    if seq == 0 {
        return format!("{}\n", nothing.in_lang(lang));
    }
    said.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{}", Text::new(line));
        text
    })
}

/// JSON as it is printed: indented, with a line end.
#[must_use]
pub fn json_text(value: &Json) -> String {
    format!("{value:#}\n")
}

/// Writes to standard output. That nobody reads on (`| head`) is no trouble.
///
/// # Errors
/// When the output cannot be written for another reason.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes to standard error; when even that is gone, nobody is left to be told.
pub fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_width_and_numbers_to_the_right() {
        let mut table = Table::new(vec![("Tên".into(), Align::Left), ("Số".into(), Align::Right)]);
        table.push(vec!["Đông Á\u{1b}[1m".into(), "7".into()]);
        table.push(vec!["X".into(), "1.000".into()]);
        assert_eq!(table.to_text(), "Tên        Số\nĐông Á      7\nX       1.000\n");
    }

    #[test]
    fn parts_of_a_whole_are_numbers_of_wholes() {
        let shown = [(900, 100), (450, 100), (-5, 100), (3_333, 100), (135_000, 10_000)]
            .map(|(n, of)| parts(n, of).to_string());
        assert_eq!(shown, ["9", "4.5", "-0.05", "33.33", "13.5"]);
    }
}
