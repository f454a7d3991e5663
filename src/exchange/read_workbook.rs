//! Workbooks: xlsx, xls and ods, read without trusting what they declare about themselves.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Style, Xls, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};

use super::encoding::{is_masked_tcvn3, masked_tcvn3_words, unmask_tcvn3};
use super::read::ReadFault;
use super::sheet::{COLUMNS_MAX, Cell, Grid, Merge, ROWS_MAX, Remark};
use super::xls_check::names_impossible_cells;
use crate::say;

/// Most bytes of a workbook once unpacked. A list of 200,000 rows unpacks to about 150 MiB; a packed file that grows
/// far beyond is built to exhaust memory.
const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// A sheet of a workbook and the names of all its sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// All sheets, in the order of the file.
    pub sheet_names: Vec<String>,
    /// The sheet that was asked for, or the first one that is not empty.
    pub grid: Grid,
}

/// The kinds of workbook, told apart by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookKind {
    /// Excel since 2007.
    Xlsx,
    /// Excel up to 2003.
    Xls,
    /// LibreOffice.
    Ods,
}

/// Reads one sheet.
///
/// # Errors
///
/// The workbook is locked by a password, broken, too large, or has no sheet of that name.
pub fn read_workbook(kind: WorkbookKind, bytes: &[u8], sheet: Option<&str>) -> Result<Workbook, ReadFault> {
    if kind != WorkbookKind::Xls && unpacked_bytes(bytes) > UNPACKED_BYTES_MAX {
        return Err(ReadFault::Unpacked);
    }
    if kind == WorkbookKind::Xls && names_impossible_cells(bytes) {
        return Err(ReadFault::Broken);
    }
    // The xls reader is known to panic on damaged files (subtraction and slices out of range); that must end only the
    // reading.
    crate::base::expected_panic::caught(|| match kind {
        WorkbookKind::Xlsx => read_xlsx(bytes, sheet),
        WorkbookKind::Xls => read_whole(Xls::new(Cursor::new(bytes)), sheet, |workbook, name| {
            workbook.merge_cells_by_sheet_name(name).unwrap_or_default()
        }),
        WorkbookKind::Ods => read_whole(Ods::new(Cursor::new(bytes)), sheet, |_, _| Vec::new()),
    })
    .unwrap_or(Err(ReadFault::Broken))
}

/// The sum of the sizes that a packed file states for its parts.
fn unpacked_bytes(bytes: &[u8]) -> u64 {
    let at =
        |start: usize| bytes.get(start..start + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
    memchr::memmem::find_iter(bytes, b"PK\x01\x02").map(|start| u64::from(at(start + 24))).sum()
}

fn fault(error: &impl std::fmt::Display) -> ReadFault {
    let text = error.to_string().to_lowercase();
    if text.contains("password") || text.contains("encrypt") { ReadFault::Locked } else { ReadFault::Broken }
}

/// A sheet as found, each cell still with its raw text, since the encoding is judged over all of them.
#[derive(Default)]
struct Found {
    cells: Vec<(usize, usize, Data)>,
    beyond: bool,
}

impl Found {
    fn add(&mut self, row: u32, column: u32, value: Data) {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else { return };
        let blank = match &value {
            Data::Empty => true,
            Data::String(text) => text.trim().is_empty(),
            _ => false,
        };
        if blank {
            return;
        }
        if row < ROWS_MAX && column < COLUMNS_MAX {
            self.cells.push((row, column, value));
        } else {
            self.beyond = true;
        }
    }

    fn into_grid(self, name: String, merges: &[calamine::Dimensions]) -> Grid {
        let mut grid = Grid { name, ..Grid::default() };
        let texts = self
            .cells
            .iter()
            .filter_map(|(_, _, value)| if let Data::String(text) = value { Some(text) } else { None });
        let masked = is_masked_tcvn3(texts.map(String::as_str));
        if masked {
            grid.remarks.push(Remark::on_file(masked_tcvn3_words()));
        }
        if self.beyond {
            grid.remarks.push(Remark::on_file(say!(
                "Trang tính vượt quá {ROWS_MAX} dòng hoặc {COLUMNS_MAX} cột; phần vượt quá không được đọc.",
                "The sheet goes beyond {ROWS_MAX} rows or {COLUMNS_MAX} columns; what lies beyond was not read."
            )));
        }
        for (row, column, value) in self.cells {
            if grid.rows.len() <= row {
                grid.rows.resize(row + 1, Vec::new());
            }
            if let Some(cells) = grid.rows.get_mut(row) {
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::default());
                }
                if let Some(cell) = cells.get_mut(column) {
                    *cell = cell_of(value, masked);
                }
            }
        }
        let place = |n: u32| usize::try_from(n).ok();
        grid.merges = merges
            .iter()
            .filter(|m| m.start.0 <= m.end.0 && m.start.1 <= m.end.1)
            .filter_map(|m| {
                Some(Merge {
                    top: place(m.start.0)?,
                    bottom: place(m.end.0)?,
                    left: place(m.start.1)?,
                    right: place(m.end.1)?,
                })
            })
            .collect();
        grid
    }
}

/// True when a cell of this style shows its number as a percentage.
fn shows_percent(style: &Style) -> bool {
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let (mut quoted, mut escaped) = (false, false);
    for letter in code.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            // Negative numbers and text have formats of their own.
            ';' if !quoted => return false,
            _ => {}
        }
    }
    false
}

/// A number as the percentage that the sheet shows.
fn as_percent(value: Data) -> Data {
    match value {
        Data::Int(number) => Data::String(Cell::percent(&number.to_string()).text),
        Data::Float(number) => Data::String(Cell::percent(&number_cell(number).text).text),
        other => other,
    }
}

/// Which sheets to try: the one asked for, or all in order.
fn candidates(names: &[String], sheet: Option<&str>) -> Result<Vec<String>, ReadFault> {
    match sheet {
        None => Ok(names.to_vec()),
        Some(wanted) => match names.iter().find(|name| name.as_str() == wanted) {
            Some(name) => Ok(vec![name.clone()]),
            None => Err(ReadFault::NoSuchSheet { wanted: wanted.to_owned(), there: names.to_vec() }),
        },
    }
}

/// Reads an xlsx cell by cell: a single cell at the far end of a sheet must not make a rectangle of empty ones.
fn read_xlsx(bytes: &[u8], sheet: Option<&str>) -> Result<Workbook, ReadFault> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let sheet_names = workbook.sheet_names();
    let mut grid = Grid::default();
    for name in candidates(&sheet_names, sheet)? {
        let mut found = Found::default();
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart sheet has no cells.
            Err(_) if sheet.is_none() => continue,
            Err(error) => return Err(fault(&error)),
        };
        let percent: Vec<bool> = cells.styles().iter().map(shows_percent).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| fault(&error))? {
            let (row, column) = cell.get_position();
            let value = owned(cell.get_value());
            let is_percent = percent.get(style).is_some_and(|percent| *percent);
            found.add(row, column, if is_percent { as_percent(value) } else { value });
        }
        drop(cells);
        let empty = found.cells.is_empty();
        let merges = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        grid = found.into_grid(name, &merges);
        if !empty {
            break;
        }
    }
    Ok(Workbook { sheet_names, grid })
}

fn read_whole<'a, R: Reader<Cursor<&'a [u8]>>>(
    opened: Result<R, R::Error>,
    sheet: Option<&str>,
    merges: impl Fn(&R, &str) -> Vec<calamine::Dimensions>,
) -> Result<Workbook, ReadFault>
where
    R::Error: std::fmt::Display,
{
    let mut workbook = opened.map_err(|error| fault(&error))?;
    let sheet_names = workbook.sheet_names();
    let mut grid = Grid::default();
    for name in candidates(&sheet_names, sheet)? {
        let range = workbook.worksheet_range(&name).map_err(|error| fault(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut found = Found::default();
        for (row, cells) in (top..).zip(range.rows()) {
            for (column, value) in (left..).zip(cells) {
                if *value != Data::Empty {
                    found.add(row, column, value.clone());
                }
            }
        }
        let empty = found.cells.is_empty();
        let merged = merges(&workbook, &name);
        grid = found.into_grid(name, &merged);
        if !empty {
            break;
        }
    }
    Ok(Workbook { sheet_names, grid })
}

fn owned(value: &DataRef<'_>) -> Data {
    match value {
        DataRef::Int(number) => Data::Int(*number),
        DataRef::Float(number) => Data::Float(*number),
        DataRef::String(text) => Data::String(text.clone()),
        DataRef::SharedString(text) => Data::String((*text).to_owned()),
        DataRef::Bool(yes) => Data::Bool(*yes),
        DataRef::DateTime(moment) => Data::DateTime(*moment),
        DataRef::DateTimeIso(text) => Data::DateTimeIso(text.clone()),
        DataRef::DurationIso(text) => Data::DurationIso(text.clone()),
        DataRef::Error(error) => Data::Error(error.clone()),
        DataRef::Empty => Data::Empty,
    }
}

fn cell_of(value: Data, masked: bool) -> Cell {
    match value {
        Data::Empty => Cell::default(),
        Data::Int(number) => Cell::number(number.to_string()),
        Data::Float(number) => number_cell(number),
        Data::String(text) => {
            let unmasked = if masked { unmask_tcvn3(&text) } else { None };
            Cell::text(unmasked.as_deref().unwrap_or(&text))
        }
        Data::Bool(yes) => Cell::flag(yes),
        Data::DateTime(moment) => date_cell(&moment),
        Data::DateTimeIso(text) => iso_cell(&text),
        Data::DurationIso(text) => Cell::text(&text),
        Data::Error(error) => Cell::text(&error.to_string()),
    }
}

/// A number as a spreadsheet shows it: whole numbers exactly, others to the 15 digits that a spreadsheet keeps, so
/// that 0.1 + 0.2 is 0.3.
fn number_cell(number: f64) -> Cell {
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    if !number.is_finite() {
        return Cell::default();
    }
    let rounded = if number.fract().abs() > 0.0 { format!("{number:.14e}").parse().unwrap_or(number) } else { number };
    if rounded.abs() > WHOLE_MAX || (rounded.abs() > 0.0 && rounded.abs() < 1e-15) {
        return Cell::text(&format!("{rounded:e}"));
    }
    // Rust prints the shortest decimal that is this number, never with an exponent.
    let decimal = format!("{rounded}");
    Cell::number(if decimal == "-0" { "0".to_owned() } else { decimal })
}

fn date_cell(moment: &ExcelDateTime) -> Cell {
    if !moment.is_datetime() || !(0.0..2_958_466.0).contains(&moment.as_f64()) {
        return number_cell(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    let whole = date.and_then(|date| {
        date.and_hms_milli_opt(u32::from(hour), u32::from(minute), u32::from(second), u32::from(milli))
    });
    match (date, whole) {
        // A time without a day is stored as a part of day nought.
        (_, Some(whole)) if moment.as_f64() < 1.0 => Cell::text(&whole.format("%H:%M:%S").to_string()),
        (Some(date), Some(whole)) if whole == date.and_hms_opt(0, 0, 0).unwrap_or_default() => Cell::date(date),
        (_, Some(whole)) => Cell::date_time(whole),
        _ => number_cell(moment.as_f64()),
    }
}

fn iso_cell(text: &str) -> Cell {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Cell::date(day);
    }
    match text.parse::<NaiveDateTime>() {
        Ok(moment) if moment.time() == chrono::NaiveTime::MIN => Cell::date(moment.date()),
        Ok(moment) => Cell::date_time(moment),
        Err(_) => Cell::text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_spreadsheet_shows_them() {
        let shown = [1.0, -0.0, 0.1 + 0.2, 1_234_567.5, 9.598_186, 1e15, 1e300].map(|number| number_cell(number).text);
        assert_eq!(shown, ["1", "0", "0.3", "1234567.5", "9.598186", "1000000000000000", "1e300"]);
        assert_eq!(number_cell(f64::NAN), Cell::default());
    }
}
