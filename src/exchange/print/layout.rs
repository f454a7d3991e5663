//! From a document to pages: paragraphs, tables that go on over pages, parts side by side, page numbers.

use super::document::{Block, Cell, Document, Paragraph, Run, Side, Style, Table};
use super::font::Face;
use super::mark::{Colour, Mark, Page, Pen};
use super::paper::Paper;
use super::wrap::{Line, face, wrap};

/// From one base line to the next, in parts of the type size.
const LEADING: f32 = 1.3;
/// The same inside tables, which are denser.
const TABLE_LEADING: f32 = 1.15;
/// The type size of tables.
const TABLE_SIZE: f32 = 11.0;
/// Room between the rules of a table and its text.
const PADDING: f32 = 3.0;
/// Room for a rule: it stands in the middle, clear of marks below letters.
const RULE_ROOM: f32 = 6.0;
/// The type size of page numbers.
const NUMBER_SIZE: f32 = 13.0;

/// Sets a document on pages. Page numbers stand in the middle of the upper margin from the second page on (Decree 30/2020).
#[must_use]
pub fn lay_out(document: &Document) -> Vec<Page> {
    let paper = Paper::new(document.size, document.landscape);
    let mut setter = Setter { paper, pages: vec![Vec::new()], y: paper.top, above: 0.0 };
    for (at, block) in document.blocks.iter().enumerate() {
        setter.keep(document.blocks.get(at..).unwrap_or_default());
        setter.block(block);
    }
    let many = setter.pages.len() > 1;
    let page = |(at, mut marks): (usize, Vec<Mark>)| {
        if many && at > 0 {
            let place = (paper.width / 2.0, paper.top / 2.0 + NUMBER_SIZE / 3.0);
            marks.push(Mark::text_around(place, Face::Serif, NUMBER_SIZE, (at + 1).to_string()));
        }
        Page { width: paper.width, height: paper.height, marks }
    };
    setter.pages.into_iter().enumerate().map(page).collect()
}

struct Setter {
    paper: Paper,
    pages: Vec<Vec<Mark>>,
    y: f32,
    /// How wide the last line was, for a rule below it.
    above: f32,
}

impl Setter {
    fn bottom(&self) -> f32 {
        self.paper.height - self.paper.bottom
    }

    fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.paper.top;
    }

    fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() + 0.01 && self.y > self.paper.top {
            self.new_page();
        }
    }

    fn put(&mut self, marks: impl IntoIterator<Item = Mark>) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(marks);
        }
    }

    /// A paragraph goes over the page with the signatures that follow it: these never stand on a page alone.
    fn keep(&mut self, blocks: &[Block]) {
        let (left, width) = (self.paper.left, self.paper.inner_width());
        let Some((Block::Paragraph(paragraph), after)) = blocks.split_first() else { return };
        let lines = u16::try_from(wrapped(paragraph, width).len()).unwrap_or(u16::MAX);
        let mut height = paragraph.size * (0.3 + LEADING * f32::from(lines));
        for block in after {
            match block {
                Block::Gap(room) => height += room,
                Block::Columns(columns) => {
                    height += columns_at(columns, left, width).1;
                    if height <= self.bottom() - self.paper.top {
                        self.need(height);
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let (left, width) = (self.paper.left, self.paper.inner_width());
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Rule(share) => {
                let mark = rule(*share, self.above, left, width, self.y);
                self.put([mark]);
                self.y += RULE_ROOM;
            }
            Block::Gap(room) => self.y += room,
            Block::NewPage => self.new_page(),
            Block::Columns(columns) => {
                let (marks, height) = columns_at(columns, left, width);
                self.need(height);
                let down = self.y;
                self.put(marks.into_iter().map(|mark| moved(mark, down)));
                self.y += height;
            }
            Block::Table(table) => self.table(table),
        }
    }

    /// Line by line, so that a long paragraph goes on over the page; never one line of it alone at the foot.
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let (left, width) = (self.paper.left, self.paper.inner_width());
        let lines = wrapped(paragraph, width);
        let height = paragraph.size * LEADING;
        for (at, line) in lines.iter().enumerate() {
            let wanted = if at == 0 && lines.len() > 1 { height * 2.0 } else { height };
            self.need(wanted);
            let base = self.y + paragraph.size;
            self.above = line.width;
            let marks = line_marks(line, paragraph, at == 0, (left, width), base);
            self.put(marks);
            self.y += height;
        }
        self.y += paragraph.size * 0.3;
    }

    fn table(&mut self, table: &Table) {
        let width = self.paper.inner_width();
        let edges = edges(table, self.paper.left, width);
        let head: Vec<Cell> = table.columns.iter().map(|column| heading(&column.heading)).collect();
        let head = set_row(&head, table, &edges, Some(Side::Middle), false);
        // A head alone at the foot of a page helps nobody.
        let first = table.rows.first().map_or(0.0, |row| set_row(row, table, &edges, None, false).height);
        self.need(head.height + first);
        self.row(&head, Some(Colour::PALE));
        let feet = table.feet.iter().map(|row| (row, true));
        for (cells, is_foot) in table.rows.iter().map(|row| (row, false)).chain(feet) {
            let row = set_row(cells, table, &edges, None, is_foot);
            for part in row.parts(self.bottom() - self.paper.top - head.height) {
                if self.y + part.height > self.bottom() + 0.01 && self.y > self.paper.top {
                    self.new_page();
                    self.row(&head, Some(Colour::PALE));
                }
                self.row(&part, None);
            }
        }
        self.y += PADDING;
        self.above = width;
    }

    fn row(&mut self, row: &SetRow, ground: Option<Colour>) {
        let top = self.y;
        for cell in &row.cells {
            self.put([Mark::rectangle((cell.left, top), (cell.width, row.height), ground, Some(Pen::RULE))]);
            for (at, line) in (0_u16..).zip(&cell.lines) {
                let base = top + PADDING + TABLE_SIZE * TABLE_LEADING * f32::from(at) + TABLE_SIZE * 0.92;
                let paragraph = Paragraph { side: cell.side, size: TABLE_SIZE, ..Paragraph::default() };
                let inside = (cell.left + PADDING, cell.width - 2.0 * PADDING);
                self.put(line_marks(line, &paragraph, false, inside, base));
            }
        }
        self.y += row.height;
    }
}

/// The borders between columns, from the left edge to the right.
fn edges(table: &Table, left: f32, width: f32) -> Vec<f32> {
    let whole: f32 = table.columns.iter().map(|column| f32::from(column.weight)).sum::<f32>().max(1.0);
    let mut edges = vec![left];
    let mut gone = 0.0;
    for column in &table.columns {
        gone += f32::from(column.weight);
        edges.push(left + width * gone / whole);
    }
    edges
}

fn heading(text: &str) -> Cell {
    Cell { runs: vec![Run { style: Style::Bold, text: text.to_owned() }], ..Cell::default() }
}

struct SetCell {
    left: f32,
    width: f32,
    side: Side,
    lines: Vec<Line>,
}

struct SetRow {
    cells: Vec<SetCell>,
    height: f32,
}

impl SetRow {
    fn of(cells: Vec<SetCell>) -> Self {
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let most = f32::from(u16::try_from(most).unwrap_or(u16::MAX));
        Self { cells, height: most * TABLE_SIZE * TABLE_LEADING + 2.0 * PADDING }
    }

    /// The row whole, or in parts that each fit on a page.
    fn parts(self, room: f32) -> Vec<Self> {
        if self.height <= room {
            return vec![self];
        }
        let mut fit = 1;
        while f32::from(fit + 1_u16) * TABLE_SIZE * TABLE_LEADING + 2.0 * PADDING <= room {
            fit += 1;
        }
        let most = self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let part = |from: usize| {
            let cells = self.cells.iter().map(|cell| SetCell {
                lines: cell.lines.iter().skip(from).take(usize::from(fit)).cloned().collect(),
                ..*cell
            });
            Self::of(cells.collect())
        };
        (0..most).step_by(usize::from(fit)).map(part).collect()
    }
}

/// A row with its lines broken. In a foot a filled cell goes on over the empty ones after it.
fn set_row(cells: &[Cell], table: &Table, edges: &[f32], side: Option<Side>, is_foot: bool) -> SetRow {
    let mut set: Vec<SetCell> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let runs = cells.get(at).map_or(&[][..], |cell| cell.runs.as_slice());
        let (Some(left), Some(right)) = (edges.get(at), edges.get(at + 1)) else { continue };
        let empty = runs.iter().all(|run| run.text.is_empty());
        if let Some(before) = set.last_mut().filter(|_| is_foot && empty) {
            before.width = right - before.left;
            continue;
        }
        set.push(SetCell { left: *left, width: right - left, side: side.unwrap_or(column.side), lines: Vec::new() });
        if let Some(cell) = set.last_mut() {
            cell.lines = wrap_cell(runs, cell.width);
        }
    }
    if is_foot {
        // What was widened has more room for its lines.
        let mut filled = cells.iter().filter(|cell| cell.runs.iter().any(|run| !run.text.is_empty()));
        for cell in set.iter_mut().filter(|cell| !cell.lines.is_empty()) {
            if let Some(found) = filled.next() {
                cell.lines = wrap_cell(&found.runs, cell.width);
            }
        }
    }
    SetRow::of(set)
}

fn wrap_cell(runs: &[Run], width: f32) -> Vec<Line> {
    if runs.iter().all(|run| run.text.is_empty()) {
        return Vec::new();
    }
    let inside = (width - 2.0 * PADDING).max(TABLE_SIZE);
    wrap(runs, TABLE_SIZE, inside, inside)
}

fn wrapped(paragraph: &Paragraph, width: f32) -> Vec<Line> {
    let least = paragraph.size * 2.0;
    let first = (width - paragraph.first_indent).max(least);
    let lines = wrap(&paragraph.runs, paragraph.size, first, (width - paragraph.indent).max(least));
    if paragraph.side == Side::Middle && lines.len() > 1 { balanced(paragraph, lines, width) } else { lines }
}

/// A heading of several lines with its lines about equally long, in as many lines: no word is left alone in the last.
fn balanced(paragraph: &Paragraph, mut lines: Vec<Line>, width: f32) -> Vec<Line> {
    let (mut narrow, mut wide) = (width / 2.0, width);
    for _ in 0..8 {
        let middle = (narrow + wide) / 2.0;
        let tried = wrap(&paragraph.runs, paragraph.size, middle, middle);
        if tried.len() > lines.len() {
            narrow = middle;
        } else {
            (wide, lines) = (middle, tried);
        }
    }
    lines
}

/// Parts side by side from the height 0 down: their marks and their height.
fn columns_at(columns: &[(u16, Vec<Block>)], left: f32, width: f32) -> (Vec<Mark>, f32) {
    let whole: f32 = columns.iter().map(|(weight, _)| f32::from(*weight)).sum::<f32>().max(1.0);
    let (mut x, mut marks, mut tallest) = (left, Vec::new(), 0.0_f32);
    for (weight, blocks) in columns {
        let wide = width * f32::from(*weight) / whole;
        let (mut y, mut above) = (0.0, 0.0);
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    for (at, line) in wrapped(paragraph, wide).iter().enumerate() {
                        above = line.width;
                        marks.extend(line_marks(line, paragraph, at == 0, (x, wide), y + paragraph.size));
                        y += paragraph.size * LEADING;
                    }
                }
                Block::Rule(share) => {
                    marks.push(rule(*share, above, x, wide, y));
                    y += RULE_ROOM;
                }
                Block::Gap(room) => y += room,
                Block::Columns(_) | Block::Table(_) | Block::NewPage => {}
            }
        }
        tallest = tallest.max(y);
        x += wide;
    }
    (marks, tallest)
}

fn rule(share: u16, above: f32, left: f32, width: f32, y: f32) -> Mark {
    let long = if share == 0 { above } else { width * f32::from(share.min(100)) / 100.0 };
    let middle = left + width / 2.0;
    let y = y + RULE_ROOM / 2.0;
    Mark::line((middle - long / 2.0, y), (middle + long / 2.0, y), Pen { width: 0.75, ..Pen::RULE })
}

fn moved(mark: Mark, down: f32) -> Mark {
    match mark {
        Mark::Text { at, face, size, colour, text } => Mark::Text { at: (at.0, at.1 + down), face, size, colour, text },
        Mark::Shape { points, closed, fill, pen } => {
            Mark::Shape { points: points.into_iter().map(|(x, y)| (x, y + down)).collect(), closed, fill, pen }
        }
    }
}

/// The marks of one line. Words in one style are one mark, unless blanks are widened to fill the line.
fn line_marks(line: &Line, paragraph: &Paragraph, first: bool, (left, width): (f32, f32), base: f32) -> Vec<Mark> {
    let size = paragraph.size;
    let indent = if first { paragraph.first_indent } else { paragraph.indent };
    let room = width - indent;
    let blank = Face::Serif.width(" ", size);
    let gaps = u16::try_from(line.words.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let filled = paragraph.side == Side::Both && !line.last && gaps > 0;
    let extra = if filled { ((room - line.width) / f32::from(gaps)).max(0.0) } else { 0.0 };
    let mut x = left
        + indent
        + match paragraph.side {
            Side::Left | Side::Both => 0.0,
            Side::Middle => (room - line.width) / 2.0,
            Side::Right => room - line.width,
        };
    let mut marks: Vec<Mark> = Vec::new();
    for (at, word) in line.words.iter().enumerate() {
        if at > 0 {
            if let Some(Mark::Text { text, .. }) = marks.last_mut() {
                text.push(' ');
            }
            x += blank + extra;
        }
        for (nth, piece) in word.pieces.iter().enumerate() {
            let wanted = face(piece.style);
            let wide = wanted.width(&piece.text, size);
            match marks.last_mut() {
                Some(Mark::Text { face, text, .. }) if *face == wanted && (extra <= 0.0 || nth > 0) => {
                    text.push_str(&piece.text);
                }
                _ => marks.push(Mark::text((x, base), wanted, size, piece.text.clone())),
            }
            x += wide;
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;
    use crate::exchange::print::paper::Size;

    fn paragraph(text: &str) -> Block {
        let runs = vec![Run { style: Style::Plain, text: text.to_owned() }];
        Block::Paragraph(Paragraph { runs, size: 13.0, ..Paragraph::default() })
    }

    fn texts(page: &Page) -> Vec<String> {
        let text = |mark: &Mark| if let Mark::Text { text, .. } = mark { Some(text.clone()) } else { None };
        page.marks.iter().filter_map(text).collect()
    }

    /// Wherever the page ends, signatures have the last words before them on their page.
    #[test]
    fn signatures_never_stand_alone() {
        for lines in 20..60 {
            let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("dòng")).collect();
            blocks.extend([
                paragraph("cuối"),
                Block::Gap(10.0),
                Block::Columns(vec![(1, vec![paragraph("ký"), Block::Gap(60.0), paragraph("tên")])]),
            ]);
            let document = Document { title: String::new(), lang: Lang::Vi, size: Size::A4, landscape: false, blocks };
            let pages = lay_out(&document);
            let last = pages.last().map(texts).unwrap_or_default();
            assert!(
                ["cuối", "ký", "tên"].iter().all(|wanted| last.iter().any(|text| text == wanted)),
                "{lines}: {last:?}"
            );
        }
    }
}
