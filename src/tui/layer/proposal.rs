//! A proposed placing: who gets which booth and why, to be accepted in one key or left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::placing::proposal::Proposal;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Booth, Registration};
use crate::say;
use crate::tui::key::Key;
use crate::tui::layer::text::TextLayer;
use crate::tui::theme::{Role, Theme};

/// A proposed placing to read, accept or leave.
#[derive(Debug)]
pub struct ProposalLayer {
    /// What is proposed.
    pub proposal: Proposal,
    text: TextLayer,
}

impl ProposalLayer {
    /// The proposal as lines: the aims, then each firm that moves or has no place.
    #[must_use]
    pub fn new(book: &Book, proposal: Proposal, lang: Lang) -> Self {
        let mut lines: Vec<(Role, String)> = Vec::new();
        for tier in &proposal.order {
            let (now, then) = (proposal.before.get(*tier), proposal.after.get(*tier));
            let role = if now == then { Role::Muted } else { Role::Text };
            let words = tier.words();
            let proof = proposal.proof(*tier);
            lines.push((role, format!("{}: {now} → {then}  {}", words.in_lang(lang), proof.in_lang(lang))));
        }
        lines.push((Role::Muted, String::new()));
        let codes = |ids: &[crate::base::ids::Id]| {
            let codes: Vec<&str> =
                ids.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| booth.code.as_str()).collect();
            if codes.is_empty() { "—".to_owned() } else { codes.join("+") }
        };
        for row in proposal.rows.iter().filter(|row| row.differs() || row.to.is_empty()) {
            let business = book.get::<Registration>(row.registration).and_then(|registration| registration.business);
            let who = business.map(|id| title(book, Kind::Business, id, lang)).unwrap_or_default();
            let role = if row.to.is_empty() { Role::Warn } else { Role::Text };
            lines.push((role, format!("{} → {}  {who}", codes(&row.from), codes(&row.to))));
            lines.push((Role::Muted, format!("    {}", row.why.in_lang(lang))));
        }
        let count = proposal.places().len();
        let heading = say!(
            "Đề xuất xếp gian: {count} đơn vị thay đổi. a nhận, Esc bỏ",
            "Proposed placing: {count} firms change. a accepts, Esc leaves it"
        );
        Self { proposal, text: TextLayer::new(heading, lines) }
    }

    /// The heading.
    #[must_use]
    pub const fn title(&self) -> &Words {
        &self.text.title
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
