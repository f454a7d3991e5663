//! A record found by typing part of its name: the fair that the screens follow.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::suggest::suggest;
use crate::domain::view::title::title;
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// How many records are offered at once.
const OFFERED_MAX: usize = 200;

/// A search for one record.
#[derive(Debug)]
pub struct Picker {
    kind: Kind,
    field: Field,
    found: Vec<Id>,
    cursor: usize,
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet.
    Open,
    /// This record.
    Taken(Id),
    /// None.
    Left,
}

impl Picker {
    /// All records of a kind, to be narrowed down by typing.
    #[must_use]
    pub fn new(book: &Book, kind: Kind) -> Self {
        let mut picker = Self { kind, field: Field::new("", 80), found: Vec::new(), cursor: 0 };
        picker.refill(book);
        picker
    }

    fn refill(&mut self, book: &Book) {
        self.found = suggest(book, self.kind, None, self.field.value(), OFFERED_MAX);
        self.cursor = 0;
    }

    /// A paste narrows down like typing.
    pub fn paste(&mut self, text: &str, book: &Book) {
        self.field.paste(text);
        self.refill(book);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, book: &Book) -> Found {
        match key.code {
            Code::Esc => return Found::Left,
            Code::Enter => return self.found.get(self.cursor).map_or(Found::Open, |id| Found::Taken(*id)),
            Code::Up => self.cursor = window::step(self.cursor, -1, self.found.len()),
            Code::Down => self.cursor = window::step(self.cursor, 1, self.found.len()),
            _ => {
                self.field.key(key);
                self.refill(book);
            }
        }
        Found::Open
    }

    /// The record at a line that was clicked.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<Id> {
        self.found.get(line).copied()
    }

    /// Draws it; hits are lines.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
        book: &Book,
    ) -> (Hits<usize>, Option<Position>) {
        let hints = [
            Hint::new("Enter", Words::new("chọn", "choose").in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("bỏ", "cancel").in_lang(lang).to_owned()),
        ];
        let noun = self.kind.words();
        let name = crate::say!("Chọn {}", "Choose a {}"; noun);
        let rows = place.height.saturating_sub(6).min(16);
        let popup = Popup { title: name.in_lang(lang), hints: &hints, columns: 76, rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        let cursor = self.field.draw(ink::row(inside, 0), buffer, theme, true, false);
        let height = usize::from(inside.height.saturating_sub(1));
        let offset = window::offset_from_cursor(self.cursor, height, self.found.len());
        let mut hits = Hits::new();
        for (line, at) in (offset..self.found.len()).take(height).enumerate() {
            let row = ink::row(inside, ink::cells(line + 1));
            let style = if at == self.cursor { theme.style(Role::Selected) } else { theme.style(Role::Text) };
            if at == self.cursor {
                buffer.set_style(row, style);
            }
            let text = described(book, self.kind, self.found[at], lang);
            ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, style);
            hits.push(row, at);
        }
        (hits, cursor)
    }
}

/// A record in one line: for a fair its code, name, days and state.
fn described(book: &Book, kind: Kind, id: Id, lang: Lang) -> String {
    use crate::domain::field::Chosen;
    match book.get::<crate::domain::Fair>(id) {
        Some(fair) if kind == Kind::Fair => {
            let days = crate::domain::view::title::days(fair);
            format!("{}  {}  {days}  {}", fair.code, fair.name, fair.status.words().in_lang(lang))
        }
        _ => title(book, kind, id, lang),
    }
}
