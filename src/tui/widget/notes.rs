//! A field of several lines, for notes: wrapped as it is drawn, edited as one text.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::field::{self, Edited};
use super::ink::{self, Align};
use super::window;
use crate::tui::input::clean_paste;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};

/// Text of several lines with a cursor, of bounded length, always composed (NFC).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    text: String,
    /// In bytes, always on the edge of a grapheme.
    cursor: usize,
    chars_max: usize,
}

impl Notes {
    /// Notes with a text and the cursor behind it. What is longer than `chars_max` characters is cut.
    #[must_use]
    pub fn new(text: &str, chars_max: usize) -> Self {
        let mut notes = Self { text: String::new(), cursor: 0, chars_max };
        notes.paste(text);
        notes
    }

    /// The text; its lines end with `\n`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.text
    }

    /// Does what a key means here. `columns` is the width that the text is drawn at, which up and down follow.
    pub fn key(&mut self, key: Key, columns: u16) -> Edited {
        if let Some(letter) = key.typed() {
            return self.insert(&letter.to_string());
        }
        if key.shift || key.alt {
            return Edited::NotMine;
        }
        let (left, right) = self.halves();
        let before = left.graphemes(true).next_back().map_or(0, str::len);
        let after = right.graphemes(true).next().map_or(0, str::len);
        let word =
            left.split_word_bound_indices().rev().find(|(_, word)| !word.trim().is_empty()).map_or(0, |(at, _)| at);
        let line = left.rfind('\n').map_or(0, |at| at + 1);
        let (start, end) = (self.cursor - before, self.cursor + after);
        let line_end = self.cursor + right.find('\n').unwrap_or(right.len());
        match (key.code, key.ctrl) {
            (Code::Enter, false) => self.insert("\n"),
            (Code::Backspace, false) => self.remove(start..self.cursor),
            (Code::Delete, false) => self.remove(self.cursor..end),
            (Code::Backspace, true) | (Code::Char('w'), true) => self.remove(word..self.cursor),
            (Code::Char('u'), true) => self.remove(line..self.cursor),
            (Code::Char('k'), true) => self.remove(self.cursor..line_end),
            (Code::Left, false) => self.go(start),
            (Code::Right, false) => self.go(end),
            (Code::Left, true) => self.go(word),
            (Code::Home, false) | (Code::Char('a'), true) => self.go(line),
            (Code::End, false) | (Code::Char('e'), true) => self.go(line_end),
            (Code::Home, true) => self.go(0),
            (Code::End, true) => self.go(self.text.len()),
            (Code::Up, false) => self.go_line(-1, columns),
            (Code::Down, false) => self.go_line(1, columns),
            _ => Edited::NotMine,
        }
    }

    /// Takes a pasted text with its lines; tabs become spaces, and what there is no room for is left out.
    pub fn paste(&mut self, text: &str) -> Edited {
        self.insert(&clean_paste(text).replace('\t', " "))
    }

    /// Draws the lines around the cursor and tells where the terminal's cursor belongs.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        focused: bool,
        fault: bool,
    ) -> Option<Position> {
        let place = place.intersection(buffer.area);
        if place.is_empty() {
            return None;
        }
        let style = theme.base().patch(theme.style(if fault { Role::InputFault } else { Role::Input }));
        ink::wipe(buffer, place, style);
        let lines = ink::wrap(&self.text, place.width);
        let (line, column) = self.seen_at(&lines);
        let top = if focused { window::offset_from_cursor(line, usize::from(place.height), lines.len()) } else { 0 };
        for (range, down) in lines.into_iter().skip(top).zip(0..place.height) {
            let text = self.text.get(range).unwrap_or_default();
            ink::put(buffer, ink::row(place, down), text, Align::Left, style);
        }
        let x = place.x.saturating_add(ink::cells(column)).min(place.right() - 1);
        let y = place.y.saturating_add(ink::cells(line.saturating_sub(top))).min(place.bottom() - 1);
        focused.then_some(Position { x, y })
    }

    fn halves(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""))
    }

    /// The drawn line that the cursor is in, and the columns before it there.
    fn seen_at(&self, lines: &[Range<usize>]) -> (usize, usize) {
        let line = lines.partition_point(|line| line.start <= self.cursor).saturating_sub(1);
        let start = lines.get(line).map_or(0, |line| line.start);
        (line, ink::width(self.text.get(start..self.cursor).unwrap_or_default()))
    }

    fn go(&mut self, cursor: usize) -> Edited {
        self.cursor = cursor;
        Edited::Same
    }

    fn go_line(&mut self, by: isize, columns: u16) -> Edited {
        let lines = ink::wrap(&self.text, columns);
        let (line, column) = self.seen_at(&lines);
        let next = window::step(line, by, lines.len());
        if next == line {
            return Edited::NotMine;
        }
        let range = lines.get(next).cloned().unwrap_or_default();
        let start = range.start;
        let mut used = 0;
        let text = self.text.get(range).unwrap_or_default();
        let graphemes = text.graphemes(true).take_while(|grapheme| {
            used += ink::grapheme_width(grapheme);
            used <= column
        });
        self.cursor = start + graphemes.map(str::len).sum::<usize>();
        Edited::Same
    }

    fn insert(&mut self, text: &str) -> Edited {
        let (left, right) = self.halves();
        let joined = field::insert_within(left, text, right, self.chars_max);
        self.set(joined)
    }

    fn remove(&mut self, range: Range<usize>) -> Edited {
        let left = self.text.get(..range.start).unwrap_or_default();
        let right = self.text.get(range.end..).unwrap_or_default();
        let joined = field::compose(left, right);
        self.set(joined)
    }

    /// Takes over a new text with its cursor in characters.
    fn set(&mut self, (whole, cursor): (String, usize)) -> Edited {
        self.cursor = whole.char_indices().nth(cursor).map_or(whole.len(), |(at, _)| at);
        if whole == self.text {
            return Edited::Same;
        }
        self.text = whole;
        Edited::Text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    fn typed(notes: &mut Notes, keys: &[&str]) {
        for key in keys {
            notes.key(key.parse().unwrap(), 12);
        }
    }

    #[test]
    fn lines_are_split_and_joined() {
        let mut notes = Notes::new("Gọi lại", 100);
        typed(&mut notes, &["enter", "t", "h", "ứ", "space", "b", "a"]);
        assert_eq!(notes.value(), "Gọi lại\nthứ ba");
        typed(&mut notes, &["ctrl+a", "ctrl+h"]);
        assert_eq!(notes.value(), "Gọi lạithứ ba");
        typed(&mut notes, &["ctrl+w", "ctrl+k"]);
        assert_eq!(notes.value(), "Gọi ");
    }

    #[test]
    fn up_and_down_follow_what_is_drawn() {
        let mut notes = Notes::new("Khách hẹn gặp tại gian A12", 100);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        let area = buffer.area;
        typed(&mut notes, &["ctrl+home", "down", "X"]);
        assert_eq!(notes.value(), "Khách hẹn Xgặp tại gian A12");
        assert_eq!(notes.draw(area, &mut buffer, &Theme::default(), true, false), Some(Position::new(1, 1)));
        assert_eq!(picture(&buffer), ["Khách hẹn", "Xgặp tại"]);
        assert_eq!(notes.key(Key::plain(Code::Tab), 12), Edited::NotMine);
    }

    proptest! {
        #[test]
        fn no_keys_break_notes(
            (whole, place) in any_place(), text in any_text(), chars_max in 0usize..40, columns in 0u16..20,
            keys in proptest::collection::vec(proptest::sample::select(vec![
                "left", "right", "up", "down", "home", "end", "ctrl+home", "ctrl+end", "backspace", "delete", "ctrl+w",
                "ctrl+u", "ctrl+k", "enter", "ệ", "一", "\u{301}", "e", "space",
            ]), 0..40)
        ) {
            let mut notes = Notes::new(&text, chars_max);
            for key in keys {
                notes.key(key.parse().unwrap(), columns);
                prop_assert!(notes.text.is_char_boundary(notes.cursor));
                prop_assert!(is_nfc(notes.value()) && notes.value().chars().count() <= chars_max);
            }
            let mut buffer = Buffer::empty(whole);
            if let Some(cursor) = notes.draw(place, &mut buffer, &Theme::default(), true, false) {
                prop_assert!(place.intersection(whole).contains(cursor));
            }
        }
    }
}
