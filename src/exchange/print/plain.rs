//! A document as plain text: for a mail, a terminal, or a look at what a form says.

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Cell, Document, Side, Table, text_of};

/// How many letters stand in a line before a paragraph is broken.
const WIDTH: usize = 100;

/// Writes a document as text.
#[must_use]
pub fn write_plain(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.blocks, &mut out);
    out
}

fn blocks(parts: &[Block], out: &mut String) {
    for part in parts {
        match part {
            Block::Paragraph(paragraph) => lines(&paragraph.text(), paragraph.side, out),
            Block::Gap(_) | Block::Rule(_) => {}
            Block::NewPage => out.push_str("\n\u{c}\n"),
            Block::Columns(columns) => {
                for (_, parts) in columns {
                    blocks(parts, out);
                    out.push('\n');
                }
            }
            Block::Table(found) => table(found, out),
        }
    }
}

fn lines(text: &str, side: Side, out: &mut String) {
    let mut line = String::new();
    let end = |line: &mut String, out: &mut String| {
        let room = WIDTH.saturating_sub(line.width());
        let before = match side {
            Side::Left | Side::Both => 0,
            Side::Middle => room / 2,
            Side::Right => room,
        };
        out.push_str(&" ".repeat(before));
        out.push_str(line);
        out.push('\n');
        line.clear();
    };
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > WIDTH {
            end(&mut line, out);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        end(&mut line, out);
    }
}

/// Columns as wide as their widest cell; numbers to the right.
fn table(table: &Table, out: &mut String) {
    let shown = |cells: &Vec<Cell>| -> Vec<String> {
        cells.iter().map(|cell| text_of(&cell.runs).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let head: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(table.rows.iter().chain(&table.feet).map(shown)).collect();
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, column), width) in row.iter().zip(&table.columns).zip(&widths) {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            let (before, after) = if column.side == Side::Right { (pad.as_str(), "") } else { ("", pad.as_str()) };
            line.push_str(&format!("{before}{cell}{after}  "));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
