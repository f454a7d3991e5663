//! A record with all it holds: every line that leads to other records opens them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::ids::Id;
use crate::base::text::{Align as Side, pad, width};
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::detail::{Line, View, detail};
use crate::domain::view::title::title;
use crate::tui::hit::Hits;
use crate::tui::layer::text::text_columns;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// One line: how it looks, what it says, and the records it leads to.
#[derive(Clone, Debug)]
pub struct RecordLine {
    /// How it looks.
    pub role: Role,
    /// What it says.
    pub text: String,
    /// The records it leads to.
    pub to: Vec<(Kind, Id)>,
}

/// A record as lines in so many columns; long values go on below themselves.
#[must_use]
pub fn lines(book: &Book, kind: Kind, id: Id, view: View, columns: u16) -> Vec<RecordLine> {
    let mut lines = Vec::new();
    for section in detail(book, kind, id, view) {
        let heading = section.title.in_lang(view.lang).to_owned();
        lines.push(RecordLine { role: Role::Title, text: heading, to: Vec::new() });
        let shown = || section.lines.iter().filter(|line| !line.text.is_empty());
        let widest = |of: fn(&Line) -> &str| shown().map(|line| width(of(line))).max().unwrap_or(0);
        // Short values leave their columns to the labels, which say why.
        let spare = usize::from(columns).saturating_sub(widest(|line| &line.text) + 3);
        let label_columns = widest(|line| &line.label).min(spare.max(usize::from(columns) * 2 / 5));
        let room = columns.saturating_sub(ink::cells(label_columns + 2)).max(8);
        for line in shown() {
            let labels = ink::wrap(&line.label, ink::cells(label_columns).max(1));
            let parts = ink::wrap(&line.text, room);
            for row in 0..labels.len().max(parts.len()) {
                let label = labels.get(row).and_then(|part| line.label.get(part.clone())).unwrap_or_default();
                let part = parts.get(row).and_then(|part| line.text.get(part.clone())).unwrap_or_default();
                let text = format!(" {} {part}", pad(label, label_columns, Side::Left));
                let role = if line.to.is_empty() { Role::Text } else { Role::Accent };
                lines.push(RecordLine { role, text, to: line.to.clone() });
            }
        }
        lines.push(RecordLine { role: Role::Text, text: String::new(), to: Vec::new() });
    }
    lines
}

/// A record over the screen.
#[derive(Debug)]
pub struct RecordLayer {
    /// Its kind.
    pub kind: Kind,
    /// Which one, in a slice, as commands take it.
    pub id: [Id; 1],
    cursor: usize,
}

impl RecordLayer {
    /// A record with the cursor on its first line.
    #[must_use]
    pub const fn new(kind: Kind, id: Id) -> Self {
        Self { kind, id: [id], cursor: 0 }
    }

    fn lines(&self, book: &Book, view: View, window_columns: u16) -> Vec<RecordLine> {
        lines(book, self.kind, self.id[0], view, text_columns(window_columns))
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move, book: &Book, view: View, window_columns: u16) {
        let Some(by) = lines_of(to, 12) else { return };
        self.cursor = window::step(self.cursor, by, self.lines(book, view, window_columns).len());
    }

    /// Puts the cursor on a line that was clicked.
    pub fn click(&mut self, line: usize) {
        self.cursor = line;
    }

    /// The records that the line under the cursor leads to.
    #[must_use]
    pub fn under_cursor(&self, book: &Book, view: View, window_columns: u16) -> Vec<(Kind, Id)> {
        self.lines(book, view, window_columns).into_iter().nth(self.cursor).map(|line| line.to).unwrap_or_default()
    }

    /// Draws it; hits are lines.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, book: &Book, view: View) -> Hits<usize> {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(view.lang).to_owned();
        let hints = [
            Hint::new("Enter", words("mở", "open")),
            Hint::new("e", words("sửa", "edit")),
            Hint::new(".", words("chuyển bước", "next step")),
            Hint::new("H", words("lịch sử", "history")),
            Hint::new("Esc", words("đóng", "close")),
        ];
        let lines = self.lines(book, view, place.width);
        let rows = ink::cells(lines.len()).min(place.height.saturating_sub(2)).max(1);
        let name = title(book, self.kind, self.id[0], view.lang);
        let popup = Popup { title: &name, hints: &hints, columns: text_columns(place.width), rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        let height = usize::from(inside.height);
        let offset = window::offset_from_cursor(self.cursor, height, lines.len());
        let mut hits = Hits::new();
        for (down, (at, line)) in lines.iter().enumerate().skip(offset).take(height).enumerate() {
            let row = ink::row(inside, ink::cells(down));
            ink::put(buffer, row, &ink::fit(&line.text, row.width), Align::Left, theme.style(line.role));
            if at == self.cursor {
                buffer.set_style(row, theme.style(Role::Selected));
            }
            hits.push(row, at);
        }
        hits
    }
}

/// The same for the pane beside a list: lines to read.
#[must_use]
pub fn read_only_lines(book: &Book, kind: Kind, id: Id, view: View, columns: u16) -> Vec<(Role, String)> {
    let plain = |line: RecordLine| (if line.role == Role::Accent { Role::Text } else { line.role }, line.text);
    lines(book, kind, id, view, columns).into_iter().map(plain).collect()
}

/// How a record is shown on the screen: personal data masked.
#[must_use]
pub const fn view(today: crate::base::dates::Date, lang: Lang) -> View {
    View { today, lang, mask: crate::domain::showing::Mask::Masked }
}
