//! A proposed timetable: how many meetings beside the most there can be, and what changes; accepted in one key or left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::conference::from_book::{Away, Change, Proposal, change_line};
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::say;
use crate::tui::key::Key;
use crate::tui::layer::text::TextLayer;
use crate::tui::theme::{Role, Theme};

/// A proposed timetable to read, accept or leave.
#[derive(Debug)]
pub struct MeetingsLayer {
    /// What is proposed.
    pub proposal: Proposal,
    text: TextLayer,
}

impl MeetingsLayer {
    /// The proposal as lines: what it comes to, then each meeting that changes.
    #[must_use]
    pub fn new(book: &Book, proposal: Proposal, lang: Lang) -> Self {
        let mut lines: Vec<(Role, String)> = Vec::new();
        let away = proposal.away.map(|away| match away {
            Away::Partner(id) => title(book, Kind::Partner, id, lang),
            Away::Business(id) => title(book, Kind::Business, id, lang),
        });
        if let Some(name) = away {
            lines.push((Role::Warn, say!("Báo vắng: {name}", "Absent: {name}").in_lang(lang).to_owned()));
        }
        lines.extend(proposal.told().iter().map(|words| (Role::Text, words.in_lang(lang).to_owned())));
        lines.push((Role::Muted, String::new()));
        for change in &proposal.changes {
            let role = match change.1 {
                Change::New(_) => Role::Good,
                Change::Moved(..) => Role::Changed,
                Change::Dropped(_) => Role::Bad,
            };
            lines.push((role, change_line(book, proposal.conference, change, lang)));
        }
        let (count, changes) = (proposal.meetings.len(), proposal.changes.len());
        let heading = say!(
            "Đề xuất lịch: {count} cuộc hẹn, {changes} thay đổi. a nhận, Esc bỏ",
            "Proposed timetable: {count} meetings, {changes} changes. a accepts, Esc leaves it"
        );
        Self { proposal, text: TextLayer::new(heading, lines) }
    }

    /// Takes a key that scrolls; false for any other.
    pub fn key(&mut self, key: Key) -> bool {
        self.text.key(key)
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, up: bool) {
        self.text.wheel(up);
    }

    /// Draws it.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        self.text.draw(place, buffer, theme, lang);
    }
}
