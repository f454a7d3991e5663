//! Figures, each opening its records: support by year, budget, leads, and the fair.

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::Claim;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::report::{Amount, Asked, GoesBy, REPORTS, Report};
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::window;

/// One line of the screen.
#[derive(Clone, Debug)]
enum Line {
    /// A figure: its words, amount and records.
    Figure(Words, Amount, Vec<(Kind, Id)>),
    /// A heading or a note.
    Text(Role, Words),
    /// A row of a table, and the record it is about.
    Row(Vec<Amount>, Option<(Kind, Id)>),
    /// The headings of a table.
    Headings(Vec<Words>),
}

/// The reports.
#[derive(Debug)]
pub struct Reports {
    which: usize,
    year: i32,
    lines: Vec<Line>,
    cursor: usize,
    offset: usize,
    height: usize,
    seen: Option<(u64, Date, Option<Id>, usize, i32)>,
    made: Option<Report>,
    by_year: bool,
}

impl Reports {
    /// The reports of the newest year in which support was decided, else of this year.
    #[must_use]
    pub fn new(book: &Book, today: Date) -> Self {
        let decided = book.all::<Claim>().iter().filter_map(|claim| claim.decided_on).max();
        Self {
            which: 0,
            year: decided.unwrap_or(today).year(),
            lines: Vec::new(),
            cursor: 0,
            offset: 0,
            height: 1,
            seen: None,
            made: None,
            by_year: true,
        }
    }

    /// Makes the lines anew when anything they rest on is another.
    pub fn follow(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        let seen = Some((book.seq, today, fair, self.which, self.year));
        if self.seen == seen {
            return;
        }
        self.seen = seen;
        self.lines.clear();
        self.made = None;
        let asked = Asked { year: self.year, fair, today };
        let Some(offer) = REPORTS.get(self.which) else { return };
        self.by_year = offer.year(&asked).is_some();
        match (offer.make)(book, &asked) {
            Ok(_) if offer.goes_by == GoesBy::Fair && fair.is_none() => {
                let words = Words::new("Chưa chọn hội chợ (f).", "No fair is chosen (f).");
                self.lines.push(Line::Text(Role::Muted, words));
            }
            Ok(report) => {
                self.lines = report_lines(&report);
                self.made = Some(report);
            }
            Err(fault) => self.lines.push(Line::Text(Role::Bad, fault.words())),
        }
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
        if self.cursor == 0 && matches!(self.lines.get(1), Some(Line::Figure(..))) {
            self.cursor = 1;
        }
    }

    /// Remembers how many lines there is room for.
    pub fn fit(&mut self, rows: u16) {
        self.height = usize::from(rows).max(1);
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.lines.len());
    }

    /// The names of the reports.
    #[must_use]
    pub fn titles(&self, lang: Lang) -> Vec<&'static str> {
        REPORTS.iter().map(|offer| offer.name.in_lang(lang)).collect()
    }

    /// The year that the report goes by, if it goes by one.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.by_year.then_some(self.year)
    }

    /// The report as it is shown.
    #[must_use]
    pub const fn shown(&self) -> Option<&Report> {
        self.made.as_ref()
    }

    /// The key of the report.
    #[must_use]
    pub fn key(&self) -> &'static str {
        REPORTS.get(self.which).map_or("", |offer| offer.key)
    }

    /// Which report is shown.
    #[must_use]
    pub const fn chosen(&self) -> usize {
        self.which
    }

    /// The next report or the one before.
    pub fn next(&mut self, forward: bool) {
        self.which = (self.which + if forward { 1 } else { REPORTS.len() - 1 }) % REPORTS.len();
        self.cursor = 0;
    }

    /// Shows the report at a place of the table of reports.
    pub fn choose(&mut self, which: usize) {
        self.which = which.min(REPORTS.len() - 1);
        self.cursor = 0;
    }

    /// Moves the cursor; left and right go a year back and on.
    pub fn go(&mut self, to: Move) {
        let Some(by) = lines_of(to, self.height) else {
            let year = if to == Move::Left { self.year - 1 } else { self.year + 1 };
            self.year = year.clamp(2000, 2100);
            return;
        };
        self.cursor = window::step(self.cursor, by, self.lines.len());
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.lines.len());
    }

    /// Puts the cursor on a line that was clicked.
    pub fn click(&mut self, line: usize) {
        self.cursor = line.min(self.lines.len().saturating_sub(1));
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, by: isize) {
        (self.cursor, self.offset) = window::wheel(self.cursor, self.offset, by, self.height, self.lines.len());
    }

    /// The words and records of the figure or row under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<(Words, Vec<(Kind, Id)>)> {
        match self.lines.get(self.cursor)? {
            Line::Figure(words, _, records) => Some((words.clone(), records.clone())),
            Line::Row(cells, subject) => {
                if let Some(Amount::Group(words, records)) = cells.first()
                    && !records.is_empty()
                {
                    return Some((words.clone(), records.clone()));
                }
                let subject = subject.as_ref()?;
                let name =
                    cells.first().map(|cell| Words { vi: cell.show(Lang::Vi).into(), en: cell.show(Lang::En).into() });
                Some((name.unwrap_or_default(), vec![*subject]))
            }
            Line::Text(..) | Line::Headings(_) => None,
        }
    }

    /// The whole report as text with tabs between.
    #[must_use]
    pub fn as_text(&self, lang: Lang) -> String {
        let line = |line: &Line| match line {
            Line::Figure(words, amount, _) => format!("{}\t{}", words.in_lang(lang), amount.show(lang)),
            Line::Text(_, words) => words.in_lang(lang).to_owned(),
            Line::Row(cells, _) => cells.iter().map(|cell| cell.show(lang)).collect::<Vec<_>>().join("\t"),
            Line::Headings(words) => words.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join("\t"),
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Draws it; hits are lines.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Hits<usize> {
        let mut hits = Hits::new();
        let label = self.label_width(lang);
        let mut table = Columns { lines: 0..0, columns: Vec::new() };
        for (down, at) in (self.offset..self.lines.len()).take(usize::from(place.height)).enumerate() {
            let row = ink::row(place, ink::cells(down));
            let inside = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(3), ..row };
            if matches!(self.lines[at], Line::Row(..) | Line::Headings(_)) && !table.lines.contains(&at) {
                table = self.columns(at, lang, inside.width);
            }
            match &self.lines[at] {
                Line::Figure(words, amount, records) => {
                    ink::put(
                        buffer,
                        Rect { width: label.min(inside.width), ..inside },
                        words.in_lang(lang),
                        Align::Left,
                        theme.style(Role::Text),
                    );
                    let room = Rect {
                        x: inside.x + label.min(inside.width),
                        width: inside.width.saturating_sub(label).min(24),
                        ..inside
                    };
                    let role = if matches!(amount, Amount::Money(_)) { Role::Money } else { Role::Title };
                    let shown = ink::put(buffer, room, &amount.show(lang), Align::Right, theme.style(role));
                    let after = Rect {
                        x: shown.right() + 2,
                        width: inside.right().saturating_sub(shown.right() + 2),
                        ..inside
                    };
                    if !records.is_empty() {
                        let count = records.len();
                        ink::put(buffer, after, &format!("({count})"), Align::Left, theme.style(Role::Muted));
                    }
                }
                Line::Text(role, words) => {
                    ink::put(
                        buffer,
                        inside,
                        &ink::fit(words.in_lang(lang), inside.width),
                        Align::Left,
                        theme.style(*role),
                    );
                }
                Line::Row(cells, _) => {
                    let role =
                        |cell: &Amount| if matches!(cell, Amount::Picture(_)) { Role::Chart } else { Role::Text };
                    let cells: Vec<_> = cells.iter().map(|cell| (cell.show(lang), theme.style(role(cell)))).collect();
                    draw_cells(&cells, &table.columns, inside, buffer);
                }
                Line::Headings(words) => {
                    let muted = theme.style(Role::Muted);
                    let cells: Vec<_> = words.iter().map(|words| (words.in_lang(lang).to_owned(), muted)).collect();
                    draw_cells(&cells, &table.columns, inside, buffer);
                }
            }
            if at == self.cursor {
                buffer.set_style(row, theme.style(Role::Selected));
                ink::put(
                    buffer,
                    Rect { width: 1.min(row.width), ..row },
                    ">",
                    Align::Left,
                    theme.style(Role::Selected),
                );
            }
            hits.push(row, at);
        }
        hits
    }

    /// Where the table to which a line belongs begins, and its lines, the headings first.
    fn table_around(&self, at: usize) -> (usize, &[Line]) {
        let inside = |line: &Line| matches!(line, Line::Row(..) | Line::Headings(_));
        let first = (0..=at).rev().take_while(|place| inside(&self.lines[*place])).last().unwrap_or(at);
        let last = (at..self.lines.len()).take_while(|place| inside(&self.lines[*place])).last().unwrap_or(at);
        (first, &self.lines[first..=last])
    }

    /// The columns of the table to which a line belongs, and where the table begins.
    fn columns(&self, at: usize, lang: Lang, room: u16) -> Columns {
        let (first, table) = self.table_around(at);
        let mut columns: Vec<Column> = Vec::new();
        for line in table {
            match line {
                Line::Headings(words) => {
                    columns.resize(columns.len().max(words.len()), Column::default());
                    for (column, words) in columns.iter_mut().zip(words) {
                        column.width = column.width.max(ink::cells(ink::width(words.in_lang(lang))));
                    }
                }
                Line::Row(cells, _) => {
                    columns.resize(columns.len().max(cells.len()), Column::default());
                    for (column, cell) in columns.iter_mut().zip(cells) {
                        column.see(cell, lang);
                    }
                }
                Line::Figure(..) | Line::Text(..) => {}
            }
        }
        narrow(&mut columns, room);
        Columns { lines: first..first + table.len(), columns }
    }

    fn label_width(&self, lang: Lang) -> u16 {
        let width = |line: &Line| match line {
            Line::Figure(words, ..) => ink::width(words.in_lang(lang)),
            _ => 0,
        };
        ink::cells(self.lines.iter().map(width).max().unwrap_or(0) + 2).min(48)
    }
}

fn report_lines(report: &Report) -> Vec<Line> {
    let mut lines = vec![Line::Text(Role::Title, report.title.clone())];
    let figures = report.figures.iter().cloned();
    lines.extend(figures.map(|figure| Line::Figure(figure.words, figure.value, figure.records)));
    lines.extend(report.notes.iter().map(|note| Line::Text(Role::Notice, note.clone())));
    for table in &report.tables {
        lines.push(Line::Text(Role::Text, Words::default()));
        lines.push(Line::Text(Role::Title, table.title.clone()));
        lines.push(Line::Headings(table.headings.iter().map(|(_, words)| words.clone()).collect()));
        lines.extend(table.rows.iter().map(|row| Line::Row(row.cells.clone(), row.subject)));
    }
    lines
}

const fn is_number(amount: &Amount) -> bool {
    matches!(amount, Amount::Number(_) | Amount::Money(_) | Amount::Rate(_))
}

/// Room between two cells.
const GAP: u16 = 2;
/// What a column of words keeps when there is little room.
const WORDS_LEAST: u16 = 8;
/// What a column keeps for its heading.
const HEADING_LEAST: u16 = 4;

/// The columns of one table as they are drawn.
struct Columns {
    lines: std::ops::Range<usize>,
    columns: Vec<Column>,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    /// What it takes.
    width: u16,
    /// What its widest cell takes.
    cells: u16,
    /// True when a cell is words, which may be cut; half a number would be another number.
    is_words: bool,
    /// True when a cell is a number, which stands to the right.
    is_number: bool,
}

impl Column {
    fn see(&mut self, cell: &Amount, lang: Lang) {
        self.cells = self.cells.max(ink::cells(ink::width(&cell.show(lang))));
        self.width = self.width.max(self.cells);
        self.is_words |= matches!(cell, Amount::Words(_) | Amount::Group(..));
        self.is_number |= is_number(cell);
    }

    /// The narrowest that it may be.
    fn least(&self) -> u16 {
        let least = if self.is_words { self.cells.min(WORDS_LEAST) } else { self.cells };
        least.max(HEADING_LEAST).min(self.width)
    }
}

/// Makes columns narrower until they fit: the one that can give most gives first.
fn narrow(columns: &mut [Column], room: u16) {
    let all = |columns: &[Column]| columns.iter().map(|column| column.width + GAP).sum::<u16>().saturating_sub(GAP);
    while all(columns) > room {
        let spare = |column: &Column| column.width - column.least();
        let Some(column) = columns.iter_mut().max_by_key(|column| spare(column)) else { return };
        if spare(column) == 0 {
            return;
        }
        column.width -= 1;
    }
}

/// Draws the cells that fit, and a mark where more of them follow.
fn draw_cells(cells: &[(String, Style)], columns: &[Column], place: Rect, buffer: &mut Buffer) {
    let mut x = place.x;
    for ((text, style), column) in cells.iter().zip(columns) {
        let room = Rect { x, width: column.width, ..place }.intersection(place);
        if room.width < column.least() {
            let edge = Rect { x: place.right(), width: 1, ..place }.intersection(buffer.area);
            ink::put(buffer, edge, "›", Align::Left, *style);
            break;
        }
        let side = if column.is_number && !column.is_words { Align::Right } else { Align::Left };
        ink::put(buffer, room, &ink::fit(text, room.width), side, *style);
        x = x.saturating_add(column.width + GAP);
    }
}
