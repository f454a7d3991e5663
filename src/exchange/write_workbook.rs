//! Tables as workbooks (xlsx) in which codes stay text, dates are dates and money is grouped.

use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sheet::{CELL_CHARS_MAX, clean};
use super::table::{Out, Table};
use crate::base::words::Lang;

/// The widest column, in pixels: about 60 characters; longer text is cut on the screen only.
const COLUMN_WIDTH_MAX_PIXELS: u32 = 430;

/// The largest whole number that a spreadsheet keeps exactly; beyond it digits would be lost, so it is written as text.
const WHOLE_MAX: i64 = 999_999_999_999_999;

/// Writes one sheet with a bold, frozen header, filters and fitting columns. Equal tables give equal bytes.
///
/// # Errors
///
/// The table has more rows or columns than a workbook can hold.
pub fn write_workbook(table: &Table, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    write_sheets(std::slice::from_ref(table), lang)
}

/// Writes one such sheet a table, in their order.
///
/// # Errors
///
/// A table has more rows or columns than a workbook can hold.
pub fn write_sheets(tables: &[Table], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time of making, so that the file depends on nothing but the tables.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        if let Some(title) = &table.title {
            let name = unlike(sheet_name(title.in_lang(lang)), &names);
            sheet.set_name(&name)?;
            names.push(name.to_lowercase());
        }
        write_sheet(sheet, table)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, header) in (0..).zip(&table.headers) {
        sheet.write_string_with_format(0, column, clean(header), &bold)?;
    }
    let formats = Formats::with(|format| format);
    for (row, outs) in (1..).zip(&table.rows) {
        for (column, out) in (0..).zip(outs) {
            write_cell(sheet, row, column, out, &formats)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last_column), Ok(last_row)) = (table.headers.len().checked_sub(1), u32::try_from(table.rows.len())) {
        sheet.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    sheet.set_autofit_max_width(COLUMN_WIDTH_MAX_PIXELS).autofit();
    Ok(())
}

/// The name, numbered where a sheet before has it, whatever its letters' case.
fn unlike(name: String, before: &[String]) -> String {
    let taken = |name: &str| before.contains(&name.to_lowercase());
    if !taken(&name) {
        return name;
    }
    let short: String = name.chars().take(13).collect();
    (2..=before.len() + 2).map(|number| format!("{short} {number}")).find(|name| !taken(name)).unwrap_or(name)
}

/// How each sort of value is written.
pub(super) struct Formats {
    text: Format,
    number: Format,
    money: Format,
    date: Format,
}

impl Formats {
    /// The formats, each with what else a table wants: borders, bold.
    pub(super) fn with(more: impl Fn(Format) -> Format) -> Self {
        let format = |number: &str| more(Format::new().set_num_format(number));
        Self { text: format("@"), number: format("0"), money: format("#,##0"), date: format("dd/mm/yyyy") }
    }
}

/// Writes a value into a cell as what it is.
pub(super) fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    out: &Out,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match out {
        Out::Empty => {}
        Out::Text(text) => {
            let text: String = clean(text).chars().take(CELL_CHARS_MAX).collect();
            sheet.write_string_with_format(row, column, text, &formats.text)?;
        }
        Out::Number(number) | Out::Money(number) if number.unsigned_abs() > WHOLE_MAX.unsigned_abs() => {
            sheet.write_string_with_format(row, column, number.to_string(), &formats.text)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which a float holds exactly")]
        Out::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which a float holds exactly")]
        Out::Money(amount) => {
            sheet.write_number_with_format(row, column, *amount as f64, &formats.money)?;
        }
        Out::Date(day) => {
            let parts = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
            let date = match parts {
                // Before March 1900 the calendar of spreadsheets has a day that never was.
                (Ok(year), Ok(month), Ok(day)) if (1901..=9999).contains(&year) => {
                    Some(ExcelDateTime::from_ymd(year, month, day)?)
                }
                _ => None,
            };
            match date {
                Some(date) => sheet.write_datetime_with_format(row, column, &date, &formats.date)?,
                None => {
                    sheet.write_string_with_format(row, column, day.format("%d/%m/%Y").to_string(), &formats.text)?
                }
            };
        }
    }
    Ok(())
}

/// A name that a workbook accepts: at most 31 characters, none of `[]:*?/\`, no apostrophe at the ends.
fn sheet_name(title: &str) -> String {
    let kept: String = clean(title).chars().map(|c| if "[]:*?/\\\n".contains(c) { ' ' } else { c }).collect();
    let mut name = String::new();
    for c in kept.trim_matches(['\'', ' ']).chars() {
        if name.encode_utf16().count() + c.len_utf16() > 31 {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches(['\'', ' ']);
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { name.to_owned() }
}
