//! The journal: who did what, when; beside it, which fields of which records.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::text::{Align as Side, fold, pad};
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::book::Book;
use crate::domain::change::{Change, Entry};
use crate::domain::showing::{Mask, show};
use crate::domain::view::title::title;
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::window;

/// How many entries are read at once.
pub const READ_ENTRIES: u64 = 500;

/// The journal as far as it was read.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
    shown: Vec<usize>,
    cursor: usize,
    offset: usize,
    height: usize,
    /// The last entry when it was read; the journal is read again when there are newer ones.
    pub read_to: Option<u64>,
    /// The filter, while one stands.
    pub filter: String,
}

impl History {
    /// Takes entries, newest first.
    pub fn take(&mut self, entries: Vec<Entry>) {
        self.entries = entries;
        self.refill();
    }

    /// Shows only entries with these words.
    pub fn set_filter(&mut self, text: &str) {
        text.clone_into(&mut self.filter);
        self.refill();
    }

    fn refill(&mut self) {
        let query = crate::base::search::Query::new(&self.filter);
        let fits =
            |entry: &Entry| query.matches(&fold(&format!("{} {} {}", entry.who, entry.words.vi, entry.words.en)));
        self.shown = (0..self.entries.len()).filter(|at| fits(&self.entries[*at])).collect();
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
    }

    /// The entry under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<&Entry> {
        self.shown.get(self.cursor).and_then(|at| self.entries.get(*at))
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move) {
        let Some(by) = lines_of(to, self.height) else { return };
        self.cursor = window::step(self.cursor, by, self.shown.len());
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.shown.len());
    }

    /// Puts the cursor on a line that was clicked.
    pub fn click(&mut self, line: usize) {
        self.cursor = line.min(self.shown.len().saturating_sub(1));
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, by: isize) {
        (self.cursor, self.offset) = window::wheel(self.cursor, self.offset, by, self.height, self.shown.len());
    }

    /// Remembers how many lines there is room for.
    pub fn fit(&mut self, rows: u16) {
        self.height = usize::from(rows).max(1);
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.shown.len());
    }

    /// Draws it; hits are lines.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Hits<usize> {
        let mut hits = Hits::new();
        if self.shown.is_empty() {
            let empty = if self.entries.is_empty() {
                Words::new("Chưa có gì trong nhật ký.", "The journal is empty.")
            } else {
                let count = self.entries.len();
                crate::say!("Không có trong {count} mục mới nhất.", "Not among the newest {count} entries.")
            };
            ink::put(buffer, ink::row(place, 0), empty.in_lang(lang), Align::Left, theme.style(Role::Muted));
        }
        for (down, at) in (self.offset..self.shown.len()).take(usize::from(place.height)).enumerate() {
            let entry = &self.entries[self.shown[at]];
            let row = ink::row(place, ink::cells(down));
            let who = pad(entry.who.as_str(), 10, Side::Left);
            let text = format!("  {:>5}  {}  {who}  {}", entry.seq, entry.at.show(), entry.words.in_lang(lang));
            let under_cursor = at == self.cursor;
            let style = if under_cursor { theme.style(Role::Selected) } else { theme.style(Role::Text) };
            if under_cursor {
                buffer.set_style(row, style);
            }
            ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, style);
            if under_cursor {
                ink::put(buffer, Rect { width: 1.min(row.width), ..row }, ">", Align::Left, style);
            }
            hits.push(row, at);
        }
        hits
    }
}

/// An entry as lines to read: each record with the fields that changed, before and after.
#[must_use]
pub fn entry_lines(book: &Book, entry: &Entry, lang: Lang) -> Vec<(Role, String)> {
    let mut lines = vec![
        (Role::Title, entry.words.in_lang(lang).to_owned()),
        (Role::Muted, format!("{} · {} · #{}", entry.at.show(), entry.who, entry.seq)),
    ];
    for change in entry.changes.iter().take(CHANGES_MAX) {
        lines.extend(change_lines(book, change, lang));
    }
    if entry.changes.len() > CHANGES_MAX {
        let more = entry.changes.len() - CHANGES_MAX;
        lines.push((
            Role::Muted,
            crate::say!("… và {more} bản ghi nữa", "… and {more} more records").in_lang(lang).to_owned(),
        ));
    }
    lines
}

/// How many records of one entry are listed.
const CHANGES_MAX: usize = 200;

fn change_lines(book: &Book, change: &Change, lang: Lang) -> Vec<(Role, String)> {
    let Some((kind, id)) = change.subject() else { return Vec::new() };
    let verb = match (&change.before, &change.after) {
        (None, _) => Words::new("thêm", "added"),
        (_, None) => Words::new("xóa", "removed"),
        _ => Words::new("sửa", "changed"),
    };
    let heading = format!("{} {} · {}", kind.words().in_lang(lang), title(book, kind, id, lang), verb.in_lang(lang));
    let mut lines = vec![(Role::Accent, heading)];
    for (index, field) in kind.fields().iter().enumerate() {
        let of = |record: &Option<crate::domain::record::Record>| {
            let value = record.as_ref().map(|record| record.as_noun().get(index)).unwrap_or_default();
            show(book, id, field, &value, lang, Mask::Masked)
        };
        let (before, after) = (of(&change.before), of(&change.after));
        if before != after {
            let arrow = if before.is_empty() { String::new() } else { format!("{before} → ") };
            lines.push((Role::Text, format!("  {}: {arrow}{after}", field.label().in_lang(lang))));
        }
    }
    lines
}
