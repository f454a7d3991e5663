//! Tables as CSV that spreadsheet programs open with the right letters and without running anything.

use super::sheet::clean;
use super::table::{Out, Table};

/// Writes UTF-8 with a mark, CRLF, all text in quotes so that the delimiter is never in doubt. Text that a spreadsheet
/// would run as a formula gets an apostrophe in front, which our reader takes off again.
#[must_use]
pub fn write_csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::NonNumeric)
        .flexible(true)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    let width = table.headers.len();
    // Writing to memory has no way to fail.
    let _ = writer.write_record(table.headers.iter().map(|header| guarded(header)));
    for row in &table.rows {
        let mut fields: Vec<String> = row.iter().map(field).collect();
        fields.resize(fields.len().max(width), String::new());
        let _ = writer.write_record(fields);
    }
    writer.into_inner().unwrap_or_default()
}

fn field(out: &Out) -> String {
    match out {
        Out::Empty => String::new(),
        Out::Text(text) => guarded(text),
        Out::Number(number) | Out::Money(number) => number.to_string(),
        Out::Date(day) => day.format("%d/%m/%Y").to_string(),
    }
}

/// A plain number, such as `-5` or a phone number `+84 901 234 567`, runs nothing and stays as it is. Apostrophes that
/// already stand before such a sign get one more, so that taking one off always gives the text back.
fn guarded(text: &str) -> String {
    let text = clean(text);
    let rest = text.trim_start_matches('\'');
    let runs = rest.starts_with(['=', '+', '-', '@']);
    if runs && (rest.len() < text.len() || !is_plain_number(&text)) { format!("'{text}") } else { text }
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || " .,".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        let texts = ["=1+1", "-5", "+84 901 234 567", "-2+cmd|x", "@SUM(A1)", "'=x", "Tên"].map(guarded);
        assert_eq!(texts, ["'=1+1", "-5", "+84 901 234 567", "'-2+cmd|x", "'@SUM(A1)", "''=x", "Tên"]);
    }
}
