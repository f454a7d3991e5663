//! A report on its way out: its figures and tables one below the other in CSV, one sheet each in a workbook.

use super::outgoing::decimal;
use super::table::{Out, Table};
use super::write_csv::write_csv;
use super::write_workbook::write_sheets;
use crate::base::money::Currency;
use crate::base::words::{Lang, Words};
use crate::domain::view::report::{Amount, Report};
use crate::say;

fn out(amount: &Amount, lang: Lang) -> Out {
    match amount {
        Amount::Empty => Out::Empty,
        Amount::Words(words) => Out::Text(words.in_lang(lang).to_owned()),
        Amount::Number(number) => Out::Number(*number),
        Amount::Money(money) if money.currency == Currency::VND => Out::Money(money.minor),
        Amount::Money(money) => Out::Text(money.show(lang)),
        Amount::Rate(rate) => decimal(i64::from(rate.0), 2),
        Amount::Date(day) => Out::Date(*day),
        Amount::Group(words, _) => Out::Text(words.in_lang(lang).to_owned()),
        Amount::Picture(drawn) => Out::Text(drawn.clone()),
    }
}

/// The figures of a report, then its tables.
#[must_use]
pub fn report_tables(report: &Report, lang: Lang) -> Vec<Table> {
    let headers = [Words::new("Chỉ tiêu", "Figure"), Words::new("Giá trị", "Value")];
    let figures = Table {
        title: Some(report.title.clone()),
        headers: headers.iter().map(|words| words.in_lang(lang).to_owned()).collect(),
        rows: report
            .figures
            .iter()
            .map(|figure| vec![Out::Text(figure.words.in_lang(lang).to_owned()), out(&figure.value, lang)])
            .chain(report.notes.iter().map(|note| vec![Out::Text(note.in_lang(lang).to_owned())]))
            .collect(),
    };
    let tables = report.tables.iter().map(|table| Table {
        title: Some(table.title.clone()),
        headers: table.headings.iter().map(|(_, words)| words.in_lang(lang).to_owned()).collect(),
        rows: table.rows.iter().map(|row| row.cells.iter().map(|cell| out(cell, lang)).collect()).collect(),
    });
    std::iter::once(figures).chain(tables).collect()
}

/// The bytes of a file with this name: a workbook when it ends in `.xlsx`, CSV when it ends in `.csv`.
///
/// # Errors
/// When the name asks for another format, or a table is larger than a workbook can be.
pub fn report_bytes(report: &Report, name: &str, lang: Lang) -> Result<Vec<u8>, Words> {
    let tables = report_tables(report, lang);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(write_csv(&stacked(&tables, lang))),
        "xlsx" => write_sheets(&tables, lang).map_err(|fault| {
            say!("Không lập được tệp Excel: {fault}. Chọn .csv.", "The workbook cannot be made: {fault}. Choose .csv.")
        }),
        _ => Err(say!(
            "Không ghi được tệp “{name}”: chọn tên .csv hoặc .xlsx.",
            "“{name}” cannot be written: choose a name in .csv or .xlsx."
        )),
    }
}

/// All tables as one, each below its title and headers, an empty line between.
fn stacked(tables: &[Table], lang: Lang) -> Table {
    let mut rows: Vec<Vec<Out>> = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        if place > 0 {
            rows.push(Vec::new());
            rows.extend(table.title.iter().map(|title| vec![Out::Text(title.in_lang(lang).to_owned())]));
        }
        rows.push(table.headers.iter().cloned().map(Out::Text).collect());
        rows.extend(table.rows.iter().cloned());
    }
    let title = tables.first().and_then(|table| table.title.clone());
    Table { headers: title.iter().map(|words| words.in_lang(lang).to_owned()).collect(), title, rows }
}
