//! A document as a workbook: text above and below its tables, numbers as numbers, codes as text.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::document::{Block, Cell, Document, Paragraph, Side, Style, Table};
use crate::exchange::sheet::{CELL_CHARS_MAX, clean};
use crate::exchange::write_workbook::{Formats, write_cell};

/// How wide the sheet is in letters, shared out among the columns of its first table.
const WIDTH: f64 = 110.0;

/// Writes a document on one sheet.
///
/// # Errors
/// More rows than a sheet holds.
pub fn write_document(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time of making, so that the file depends on nothing but the document.
    workbook.set_properties(
        &DocProperties::new().set_title(&document.title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let sheet = workbook.add_worksheet();
    let columns = first_table(&document.blocks).map_or(1, |table| table.columns.len());
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    match first_table(&document.blocks) {
        Some(table) => {
            let whole: f64 = table.columns.iter().map(|column| f64::from(column.weight)).sum::<f64>().max(1.0);
            for (at, column) in (0..).zip(&table.columns) {
                sheet.set_column_width(at, WIDTH * f64::from(column.weight) / whole)?;
            }
        }
        None => {
            sheet.set_column_width(0, WIDTH)?;
        }
    }
    if document.landscape {
        sheet.set_landscape();
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut writer = Writer { sheet, row: 0, last };
    writer.blocks(&document.blocks)?;
    workbook.save_to_buffer()
}

fn first_table(blocks: &[Block]) -> Option<&Table> {
    blocks.iter().find_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    last: u16,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), XlsxError> {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph)?,
                Block::Gap(_) | Block::NewPage => self.row += 1,
                Block::Rule(_) => {}
                Block::Columns(columns) => {
                    for (_, parts) in columns {
                        self.blocks(parts)?;
                    }
                }
                Block::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), XlsxError> {
        let text: String = clean(&paragraph.text()).chars().take(CELL_CHARS_MAX).collect();
        let side = match paragraph.side {
            Side::Left | Side::Both => FormatAlign::Left,
            Side::Middle => FormatAlign::Center,
            Side::Right => FormatAlign::Right,
        };
        let mut format = Format::new().set_num_format("@").set_align(side).set_align(FormatAlign::Top).set_text_wrap();
        if paragraph.runs.iter().all(|run| run.style == Style::Bold) && !text.is_empty() {
            format = format.set_bold();
        }
        if self.last == 0 {
            self.sheet.write_string_with_format(self.row, 0, &text, &format)?;
        } else {
            self.sheet.merge_range(self.row, 0, self.row, self.last, &text, &format)?;
        }
        // A merged cell does not grow by itself.
        let lines = text.chars().count() / 105 + 1;
        self.sheet.set_row_height(self.row, 16.0 * f64::from(u16::try_from(lines).unwrap_or(u16::MAX).min(25)))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
        for (at, column) in (0..).zip(&table.columns) {
            self.sheet.write_string_with_format(self.row, at, clean(&column.heading), &bold)?;
        }
        self.row += 1;
        let plain = Formats::with(|format| format.set_border(FormatBorder::Thin).set_text_wrap());
        let sums = Formats::with(|format| format.set_border(FormatBorder::Thin).set_bold());
        for row in &table.rows {
            self.cells(row, &plain)?;
        }
        for foot in &table.feet {
            self.cells(foot, &sums)?;
        }
        Ok(())
    }

    fn cells(&mut self, cells: &[Cell], formats: &Formats) -> Result<(), XlsxError> {
        for (at, cell) in (0..).zip(cells) {
            write_cell(self.sheet, self.row, at, &cell.value, formats)?;
        }
        self.row += 1;
        Ok(())
    }
}
