//! The first screen: what is due, each line opening its record; in an empty book, the first steps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::{fold, pad};
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::today::{Counts, Due, counts, due};
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::window;

/// What is due.
#[derive(Debug, Default)]
pub struct Today {
    lines: Vec<Due>,
    shown: Vec<usize>,
    cursor: usize,
    offset: usize,
    height: usize,
    seen: Option<(u64, Date)>,
    /// The filter, while one stands.
    pub filter: String,
}

/// A first step in an empty book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// Name the office.
    Office,
    /// Enter a fair.
    Fair,
    /// Bring in the register of businesses.
    Import,
    /// Lay the booths of the first fair.
    Booths,
}

impl FirstStep {
    /// The steps that are still to be taken.
    #[must_use]
    pub fn open(book: &Book) -> Vec<Self> {
        let steps = [
            (Self::Office, book.office().is_none()),
            (Self::Fair, book.count(Kind::Fair) == 0),
            (Self::Import, book.count(Kind::Business) == 0),
            (Self::Booths, book.count(Kind::Booth) == 0),
        ];
        steps.into_iter().filter(|(_, open)| *open).map(|(step, _)| step).collect()
    }

    const fn words(self) -> Words {
        match self {
            Self::Office => Words::new("Đặt tên cơ quan", "Name the office"),
            Self::Fair => Words::new("Thêm hội chợ đầu tiên", "Enter the first fair"),
            Self::Import => {
                Words::new("Nhập danh sách doanh nghiệp (CSV hoặc Excel)", "Bring in the businesses (CSV or Excel)")
            }
            Self::Booths => Words::new("Lập gian hàng: gõ A1..A12 3x3", "Lay the booths: type A1..A12 3x3"),
        }
    }
}

/// What stands under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A first step.
    First(FirstStep),
    /// A record.
    Record(Kind, Id),
}

impl Today {
    /// Makes the lines anew when the book or the day is another.
    pub fn follow(&mut self, book: &Book, today: Date) {
        if self.seen != Some((book.seq, today)) {
            self.seen = Some((book.seq, today));
            self.lines = due(book, today);
            self.refill();
        }
    }

    /// How many lines are late, of today, of the week.
    #[must_use]
    pub fn counted(&self) -> Words {
        let Counts { late, today, week, .. } = counts(&self.lines);
        if !self.filter.is_empty() {
            let (filter, shown) = (&self.filter, self.shown.len());
            return crate::say!("/{filter} · {shown} việc", "/{filter} · {shown} lines");
        }
        crate::say!(
            "Quá hạn {late} · hôm nay {today} · bảy ngày tới {week}",
            "Late {late} · today {today} · next seven days {week}"
        )
    }

    /// Shows only lines with these words.
    pub fn set_filter(&mut self, text: &str) {
        text.clone_into(&mut self.filter);
        self.refill();
    }

    fn refill(&mut self) {
        let query = crate::base::search::Query::new(&self.filter);
        let fits = |due: &Due| query.matches(&fold(&format!("{} {}", due.words.vi, due.words.en)));
        self.shown = (0..self.lines.len()).filter(|at| fits(&self.lines[*at])).collect();
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
    }

    /// What stands under the cursor.
    #[must_use]
    pub fn under_cursor(&self, book: &Book) -> Option<Line> {
        let first = FirstStep::open(book);
        if let Some(step) = first.get(self.cursor) {
            return Some(Line::First(*step));
        }
        let due = &self.lines[*self.shown.get(self.cursor - first.len())?];
        Some(Line::Record(due.subject.0, due.subject.1))
    }

    fn count(&self, book: &Book) -> usize {
        FirstStep::open(book).len() + self.shown.len()
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, book: &Book) {
        let Some(by) = lines_of(to, self.height) else { return };
        let count = self.count(book);
        self.cursor = window::step(self.cursor, by, count);
        self.offset = window::offset_for(self.cursor, self.offset, self.height, count);
    }

    /// Puts the cursor on a line that was clicked.
    pub fn click(&mut self, line: usize, book: &Book) {
        self.cursor = line.min(self.count(book).saturating_sub(1));
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, by: isize, book: &Book) {
        let count = self.count(book);
        (self.cursor, self.offset) = window::wheel(self.cursor, self.offset, by, self.height, count);
    }

    /// Remembers how many lines there is room for.
    pub fn fit(&mut self, rows: u16, book: &Book) {
        self.height = usize::from(rows).max(1);
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.count(book));
    }

    /// Draws it; hits are lines.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Hits<usize> {
        let mut hits = Hits::new();
        let first = FirstStep::open(book);
        let count = self.count(book);
        if count == 0 {
            let calm = if self.filter.is_empty() {
                Words::new("  Không có việc đến hạn.", "  Nothing is due.")
            } else {
                Words::new("  Không có dòng nào khớp. Esc bỏ lọc.", "  No line matches. Esc clears the filter.")
            };
            ink::put(buffer, ink::row(place, 0), calm.in_lang(lang), Align::Left, theme.style(Role::Muted));
        }
        for (down, at) in (self.offset..count).take(usize::from(place.height)).enumerate() {
            let row = ink::row(place, ink::cells(down));
            let under_cursor = at == self.cursor;
            match first.get(at) {
                Some(step) => draw_first(*step, at, row, buffer, theme, lang),
                None => draw_due(&self.lines[self.shown[at - first.len()]], row, buffer, theme, lang),
            }
            if under_cursor {
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
}

fn draw_first(step: FirstStep, at: usize, row: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
    let label = crate::say!("Bước {}", "Step {}"; Words::same((at + 1).to_string()));
    let text =
        format!("  {}  {}", pad(label.in_lang(lang), 12, crate::base::text::Align::Left), step.words().in_lang(lang));
    ink::put(buffer, row, &text, Align::Left, theme.style(Role::Accent));
}

/// The day and how far it is off at the left, then the words.
fn draw_due(due: &Due, row: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
    let role = match due.days {
        _ if due.on.is_none() => Role::Muted,
        days if days < 0 => Role::Bad,
        0 => Role::Warn,
        _ => Role::Text,
    };
    let when = due.on.map_or_else(String::new, |_| crate::base::dates::distance(due.days).in_lang(lang).to_owned());
    let left = Rect { x: row.x + 2.min(row.width), width: 15.min(row.width.saturating_sub(2)), ..row };
    ink::put(buffer, left, &when, Align::Left, theme.style(role));
    let right = Rect { x: row.x + 18.min(row.width), width: row.width.saturating_sub(18), ..row };
    ink::put(buffer, right, &ink::fit(due.words.in_lang(lang), right.width), Align::Left, theme.style(Role::Text));
}
