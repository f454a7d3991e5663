//! One line asked for: the name of a file to write.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::record::Kind;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;

/// One line asked for.
#[derive(Debug)]
pub struct Prompt {
    /// What is asked.
    pub title: Words,
    /// What helps to answer.
    pub hint: Words,
    /// The answer.
    pub field: Field,
    /// What is written.
    pub purpose: Purpose,
}

/// What is done with the answer: mostly, what is written into the file that it names.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// What is on the screen.
    Export,
    /// A form about some records.
    Print(&'static str, Kind, Vec<Id>),
    /// The minutes of a draw.
    Minutes(Id),
    /// Meetings as a calendar.
    Calendar(Vec<Id>),
    /// All that is kept about a person.
    Person(Id),
    /// Nothing: the words are looked for in every record.
    Mentions,
}

impl Purpose {
    const fn verb(&self) -> Words {
        match self {
            Self::Mentions => Words::new("tìm", "find"),
            _ => Words::new("ghi", "write"),
        }
    }
}

impl Prompt {
    /// A question with a likely answer standing in it.
    #[must_use]
    pub fn new(title: Words, hint: Words, likely: &str, purpose: Purpose) -> Self {
        Self { title, hint, field: Field::new(likely, 1_000), purpose }
    }

    /// Draws it and tells where the terminal's cursor belongs.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Option<Position> {
        let hints = [
            Hint::new("Enter", self.purpose.verb().in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("bỏ", "cancel").in_lang(lang).to_owned()),
        ];
        let popup = Popup { title: self.title.in_lang(lang), hints: &hints, columns: 60, rows: 3 };
        let (inside, _) = popup.draw(place, buffer, theme);
        ink::put(buffer, ink::row(inside, 0), self.hint.in_lang(lang), Align::Left, theme.style(Role::Muted));
        self.field.draw(ink::row(inside, 1), buffer, theme, true, false)
    }
}
