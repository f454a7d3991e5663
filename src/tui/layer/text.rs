//! Lines of text to read and scroll: help, messages, a record's history.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;

/// Lines of text.
#[derive(Debug)]
pub struct TextLayer {
    /// What it is.
    pub title: Words,
    /// The lines, each with its role.
    pub lines: Vec<(Role, String)>,
    /// The person whose data it is, which may be written into a file.
    pub person: Option<Id>,
    top: usize,
}

impl TextLayer {
    /// The text from its beginning.
    #[must_use]
    pub const fn new(title: Words, lines: Vec<(Role, String)>) -> Self {
        Self { title, lines, person: None, top: 0 }
    }

    /// Takes a key; false when it closes the layer.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code, key.typed()) {
            (Code::Up, _) | (_, Some('k')) => self.top = self.top.saturating_sub(1),
            (Code::Down, _) | (_, Some('j')) => self.top = (self.top + 1).min(self.lines.len()),
            (Code::PageUp, _) => self.top = self.top.saturating_sub(15),
            (Code::PageDown, _) | (_, Some(' ')) => self.top = (self.top + 15).min(self.lines.len()),
            (Code::Home, _) | (_, Some('g')) => self.top = 0,
            (Code::End, _) | (_, Some('G')) => self.top = self.lines.len(),
            _ => return false,
        }
        true
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, up: bool) {
        self.top = if up { self.top.saturating_sub(3) } else { (self.top + 3).min(self.lines.len()) };
    }

    /// Draws it.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let mut hints = vec![
            Hint::new("↑↓", Words::new("cuộn", "scroll").in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("đóng", "close").in_lang(lang).to_owned()),
        ];
        if self.person.is_some() {
            hints.insert(1, Hint::new("x", Words::new("ra tệp", "into a file").in_lang(lang).to_owned()));
        }
        self.draw_with(&hints, place, buffer, theme, lang);
    }

    /// Draws it with these keys at its foot.
    pub fn draw_with(&self, hints: &[Hint<'_>], place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let columns = text_columns(place.width);
        let paragraphs: Vec<paragraph::Paragraph<'_>> =
            self.lines.iter().map(|(role, line)| (*role, line.as_str())).collect();
        let rows = paragraph::height(&paragraphs, columns);
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(place.height.saturating_sub(4)).max(1);
        let popup = Popup { title: self.title.in_lang(lang), hints, columns, rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        paragraph::draw(&paragraphs, self.top, inside, buffer, theme);
    }
}

/// How many columns of text a window has room for.
#[must_use]
pub fn text_columns(window: u16) -> u16 {
    window.saturating_sub(8).min(96)
}
