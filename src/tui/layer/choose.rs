//! A choice among a few lines, by arrows, by number, by first letter or by mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// A choice.
#[derive(Debug)]
pub struct Choose<T> {
    title: Words,
    options: Vec<(Words, T)>,
    cursor: usize,
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing yet.
    Open,
    /// The option at this place.
    Taken(usize),
    /// None.
    Left,
}

impl<T> Choose<T> {
    /// A choice with the first line under the cursor.
    #[must_use]
    pub const fn new(title: Words, options: Vec<(Words, T)>) -> Self {
        Self { title, options, cursor: 0 }
    }

    /// The option at a place.
    #[must_use]
    pub fn option(&self, place: usize) -> Option<&T> {
        self.options.get(place).map(|(_, option)| option)
    }

    /// Changes the words of an option.
    pub fn reword(&mut self, place: usize, words: Words) {
        if let Some(option) = self.options.get_mut(place) {
            option.0 = words;
        }
    }

    /// Takes a key; a letter goes to the next option that begins with it.
    pub fn key(&mut self, key: Key, lang: Lang) -> Chosen {
        let by = match (key.code, key.typed()) {
            (Code::Esc, _) => return Chosen::Left,
            (Code::Enter, _) | (_, Some(' ')) => return self.taken(self.cursor),
            (Code::Up, _) | (_, Some('k')) => -1,
            (Code::Down, _) | (_, Some('j')) => 1,
            (Code::Home, _) => isize::MIN / 2,
            (Code::End, _) => isize::MAX / 2,
            (Code::PageUp, _) => -10,
            (Code::PageDown, _) => 10,
            (_, Some(digit @ '1'..='9')) => {
                let place = digit.to_digit(10).map_or(0, |digit| digit as usize - 1);
                return self.taken(place);
            }
            (_, Some(letter)) => {
                self.jump(letter, lang);
                return Chosen::Open;
            }
            _ => return Chosen::Open,
        };
        self.cursor = window::step(self.cursor, by, self.options.len());
        Chosen::Open
    }

    fn jump(&mut self, letter: char, lang: Lang) {
        let (wanted, count) = (fold(letter.encode_utf8(&mut [0; 4])), self.options.len());
        let begins = |at: &usize| {
            self.options.get(*at).is_some_and(|(words, _)| fold(words.in_lang(lang)).starts_with(wanted.as_str()))
        };
        let next = (1..=count).map(|by| (self.cursor + by) % count.max(1)).find(begins);
        self.cursor = next.unwrap_or(self.cursor);
    }

    fn taken(&mut self, place: usize) -> Chosen {
        if place < self.options.len() {
            self.cursor = place;
            Chosen::Taken(place)
        } else {
            Chosen::Open
        }
    }

    /// Draws it; hits are the places of the options.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Hits<usize> {
        let widest = self.options.iter().map(|(words, _)| ink::width(words.in_lang(lang))).max().unwrap_or(0);
        let columns = ink::cells(widest + 4).max(ink::cells(ink::width(self.title.in_lang(lang)) + 4)).max(30);
        let hints = [
            Hint::new("Enter", Words::new("chọn", "choose").in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("bỏ", "cancel").in_lang(lang).to_owned()),
        ];
        let rows = ink::cells(self.options.len());
        let popup = Popup { title: self.title.in_lang(lang), hints: &hints, columns, rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        let mut hits = Hits::new();
        let height = usize::from(inside.height);
        let offset = window::offset_from_cursor(self.cursor, height, self.options.len());
        for (line, (at, (words, _))) in self.options.iter().enumerate().skip(offset).take(height).enumerate() {
            let row = ink::row(inside, ink::cells(line));
            let style = if at == self.cursor { theme.style(Role::Selected) } else { theme.style(Role::Text) };
            if at == self.cursor {
                buffer.set_style(row, style);
            }
            let number = if at < 9 { format!("{} ", at + 1) } else { "  ".to_owned() };
            ink::put(buffer, row, &format!("{number}{}", words.in_lang(lang)), Align::Left, style);
            hits.push(row, at);
        }
        hits
    }
}
