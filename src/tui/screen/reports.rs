//! Figures, each opening its records: support by year, budget, leads, and the fair.

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::Claim;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::report::{self, Among, Amount, Report};
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::window;

/// Which report is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Support,
    Fair,
    Budget,
    Leads,
}

const ALL: [Which; 4] = [Which::Support, Which::Fair, Which::Budget, Which::Leads];

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
        }
    }

    /// Makes the lines anew when anything they rest on is another.
    pub fn follow(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        let seen = Some((book.seq, today, fair, self.which, self.year));
        if self.seen == seen {
            return;
        }
        self.seen = seen;
        let made = match ALL[self.which] {
            Which::Support => report::support(book, self.year).map(Some),
            Which::Budget => report::budget(book, self.year).map(Some),
            Which::Leads => report::leads(book, Among::Year(self.year), today).map(Some),
            Which::Fair => fair.map(|fair| report::fair(book, fair, today)).transpose(),
        };
        self.lines = match made {
            Ok(Some(report)) => report_lines(report),
            Ok(None) => vec![Line::Text(Role::Muted, Words::new("Chưa chọn hội chợ (f).", "No fair is chosen (f)."))],
            Err(fault) => vec![Line::Text(Role::Bad, fault.words())],
        };
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
    pub fn titles(&self, lang: Lang) -> Vec<String> {
        let year = self.year;
        ALL.iter()
            .map(|which| {
                let words = match which {
                    Which::Support => crate::say!("Hỗ trợ {year}", "Support {year}"),
                    Which::Fair => Words::new("Hội chợ", "Fair"),
                    Which::Budget => crate::say!("Nguồn {year}", "Budget {year}"),
                    Which::Leads => crate::say!("Đầu mối {year}", "Leads {year}"),
                };
                words.in_lang(lang).to_owned()
            })
            .collect()
    }

    /// Which report is shown.
    #[must_use]
    pub const fn chosen(&self) -> usize {
        self.which
    }

    /// The next report or the one before.
    pub fn next(&mut self, forward: bool) {
        self.which = (self.which + if forward { 1 } else { ALL.len() - 1 }) % ALL.len();
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
            Line::Row(cells, Some(subject)) => {
                let name =
                    cells.first().map(|cell| Words { vi: cell.show(Lang::Vi).into(), en: cell.show(Lang::En).into() });
                Some((name.unwrap_or_default(), vec![*subject]))
            }
            Line::Row(_, None) | Line::Text(..) | Line::Headings(_) => None,
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
        for (down, at) in (self.offset..self.lines.len()).take(usize::from(place.height)).enumerate() {
            let row = ink::row(place, ink::cells(down));
            let inside = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(3), ..row };
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
                    let cells: Vec<(String, bool)> =
                        cells.iter().map(|cell| (cell.show(lang), is_number(cell))).collect();
                    draw_cells(&cells, &self.widths(at, lang), inside, buffer, theme.style(Role::Text));
                }
                Line::Headings(words) => {
                    let numbers = self.is_number_column(at);
                    let cells: Vec<(String, bool)> = words
                        .iter()
                        .enumerate()
                        .map(|(column, words)| (words.in_lang(lang).to_owned(), numbers.get(column) == Some(&true)))
                        .collect();
                    draw_cells(&cells, &self.widths(at, lang), inside, buffer, theme.style(Role::Muted));
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

    /// The lines of the table to which a line belongs, its headings first.
    fn table_around(&self, at: usize) -> &[Line] {
        let inside = |line: &Line| matches!(line, Line::Row(..) | Line::Headings(_));
        let first = (0..=at).rev().take_while(|place| inside(&self.lines[*place])).last().unwrap_or(at);
        let last = (at..self.lines.len()).take_while(|place| inside(&self.lines[*place])).last().unwrap_or(at);
        &self.lines[first..=last]
    }

    /// How wide each column of the table must be to show every cell.
    fn widths(&self, at: usize, lang: Lang) -> Vec<u16> {
        let mut widths: Vec<u16> = Vec::new();
        for line in self.table_around(at) {
            let cells: Vec<usize> = match line {
                Line::Row(cells, _) => cells.iter().map(|cell| ink::width(&cell.show(lang))).collect(),
                Line::Headings(words) => words.iter().map(|words| ink::width(words.in_lang(lang))).collect(),
                _ => continue,
            };
            widths.resize(widths.len().max(cells.len()), 0);
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(ink::cells(cell));
            }
        }
        widths
    }

    /// Which columns of the table hold numbers, by its first row.
    fn is_number_column(&self, at: usize) -> Vec<bool> {
        let row = self.table_around(at).iter().find_map(|line| match line {
            Line::Row(cells, _) => Some(cells.iter().map(is_number).collect()),
            _ => None,
        });
        row.unwrap_or_default()
    }

    fn label_width(&self, lang: Lang) -> u16 {
        let width = |line: &Line| match line {
            Line::Figure(words, ..) => ink::width(words.in_lang(lang)),
            _ => 0,
        };
        ink::cells(self.lines.iter().map(width).max().unwrap_or(0) + 2).min(48)
    }
}

fn report_lines(report: Report) -> Vec<Line> {
    let mut lines = vec![Line::Text(Role::Title, report.title)];
    lines.extend(report.figures.into_iter().map(|figure| Line::Figure(figure.words, figure.value, figure.records)));
    lines.extend(report.notes.into_iter().map(|note| Line::Text(Role::Notice, note)));
    for table in report.tables {
        lines.push(Line::Text(Role::Text, Words::default()));
        lines.push(Line::Text(Role::Title, table.title));
        lines.push(Line::Headings(table.headings.into_iter().map(|(_, words)| words).collect()));
        lines.extend(table.rows.into_iter().map(|row| Line::Row(row.cells, row.subject)));
    }
    lines
}

const fn is_number(amount: &Amount) -> bool {
    matches!(amount, Amount::Number(_) | Amount::Money(_) | Amount::Rate(_))
}

/// Two columns of room between cells; the first column gives way when the table is wider than the screen.
fn draw_cells(
    cells: &[(String, bool)],
    widths: &[u16],
    place: Rect,
    buffer: &mut Buffer,
    style: ratatui::style::Style,
) {
    const GAP: u16 = 2;
    let all: u16 = widths.iter().map(|width| width + GAP).sum();
    let over = all.saturating_sub(place.width);
    let mut x = place.x;
    for (at, ((text, right), width)) in cells.iter().zip(widths).enumerate() {
        let width = if at == 0 { width.saturating_sub(over).max(8) } else { *width };
        let room = Rect { x, width, ..place }.intersection(place);
        if room.is_empty() {
            break;
        }
        let side = if *right { Align::Right } else { Align::Left };
        ink::put(buffer, room, &ink::fit(text, room.width), side, style);
        x = x.saturating_add(width + GAP);
    }
}
