//! What a form shows beside its lines: a text of several lines being written, and a scheme tried on a claim as it is written.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::words::{Lang, Words};
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::Outcome;
use crate::say;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Edited;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::notes::Notes;
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;

/// From this width on the example stands beside the text, else below it.
const BESIDE_FROM: u16 = 120;

/// Rows of the example below a text.
const BELOW_ROWS: u16 = 7;

/// A scheme tried on a claim: one line that says what came of it, and the way there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The whole in one line.
    pub line: String,
    /// Step by step.
    pub steps: Vec<(Role, String)>,
    /// True where the rules are not in order.
    pub fault: bool,
}

impl Example {
    /// What trying came to, in one language.
    #[must_use]
    pub fn of(tried: Result<(Words, Outcome), Refusal>, lang: Lang) -> Self {
        let said = |words: Words| words.in_lang(lang).to_owned();
        match tried {
            Err(refusal) => {
                let (what, fix) = (said(refusal.what), said(refusal.fix));
                Self { line: what.clone(), steps: vec![(Role::Bad, what), (Role::Notice, fix)], fault: true }
            }
            Ok((name, outcome)) => {
                let (grant, own) = (outcome.grant.show(lang), outcome.own_share.show(lang));
                let line = said(
                    say!("Ví dụ: hỗ trợ {grant}, tự chi {own} · {}", "Example: grant {grant}, own share {own} · {}"; name),
                );
                let mut steps = vec![(Role::Title, line.clone())];
                steps.extend(outcome.trace.into_iter().map(|step| {
                    let words = step.words.in_lang(lang);
                    let text = step.amount.map_or(words.to_owned(), |sum| format!("{words}: {}", sum.show(lang)));
                    (if step.amount.is_some() { Role::Text } else { Role::Notice }, text)
                }));
                Self { line, steps, fault: false }
            }
        }
    }

    /// True where there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Draws it step by step.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme) {
        let paragraphs: Vec<paragraph::Paragraph<'_>> =
            self.steps.iter().map(|(role, text)| (*role, text.as_str())).collect();
        paragraph::draw(&paragraphs, 0, place, buffer, theme);
    }
}

/// A text of several lines being written for one line of a form.
#[derive(Debug)]
pub struct Writer {
    notes: Notes,
    /// The width that it was drawn at, which up and down follow.
    columns: Cell<u16>,
}

impl Writer {
    /// The text to begin with.
    #[must_use]
    pub fn new(text: &str, chars_max: usize) -> Self {
        Self { notes: Notes::new(text, chars_max), columns: Cell::new(64) }
    }

    /// The text as it is.
    #[must_use]
    pub fn value(&self) -> &str {
        self.notes.value()
    }

    /// Takes a key; none when it leaves the text.
    pub fn key(&mut self, key: Key) -> Option<Edited> {
        if key.code == Code::Esc || key == Key::ctrl('s') {
            return None;
        }
        Some(self.notes.key(key, self.columns.get()))
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str) -> Edited {
        self.notes.paste(text)
    }

    /// Draws it over the form.
    pub fn draw(
        &self,
        (title, example): (&str, &Example),
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> Option<Position> {
        let hints = [Hint::new("Esc", Words::new("xong", "done").in_lang(lang).to_owned())];
        let popup = Popup {
            title,
            hints: &hints,
            columns: place.width.saturating_sub(6),
            rows: place.height.saturating_sub(2),
        };
        let (inside, _) = popup.draw(place, buffer, theme);
        let (text, beside) = if example.is_empty() {
            (inside, Rect::default())
        } else if place.width >= BESIDE_FROM {
            let half = inside.width / 2;
            let beside = Rect { x: inside.x + half + 2, width: inside.width.saturating_sub(half + 2), ..inside };
            (Rect { width: half, ..inside }, beside)
        } else {
            let rows = BELOW_ROWS.min(inside.height / 2);
            let below = Rect { y: inside.bottom() - rows, height: rows, ..inside };
            (Rect { height: inside.height.saturating_sub(rows + 1), ..inside }, below)
        };
        self.columns.set(text.width);
        example.draw(beside, buffer, theme);
        self.notes.draw(text, buffer, theme, true, example.fault)
    }
}
