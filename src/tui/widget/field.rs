//! A field of one line. Letters are composed as they come, so that every way of typing Vietnamese ends in the same text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::{Input as Line, InputRequest};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use super::{ink, window};
use crate::tui::input::clean_paste;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Text,
    /// The key was the field's, and the text is as it was.
    Same,
    /// The key is not the field's: it may mean something around it.
    NotMine,
}

/// Text with a cursor, of bounded length, always composed (NFC) and free of control characters.
#[derive(Clone, Debug)]
pub struct Field {
    line: Line,
    chars_max: usize,
    all: bool,
}

impl Field {
    /// A field with a text and the cursor behind it. What is longer than `chars_max` characters is cut.
    #[must_use]
    pub fn new(text: &str, chars_max: usize) -> Self {
        let mut field = Self { line: Line::default(), chars_max, all: false };
        field.insert(&one_line(text));
        field
    }

    /// The text.
    #[must_use]
    pub fn value(&self) -> &str {
        self.line.value()
    }

    /// Replaces the whole text; the cursor goes behind it.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text, self.chars_max);
    }

    /// Selects the whole text, so that what is typed next replaces it; any other key lets it be.
    pub fn select_all(&mut self) {
        self.all = !self.value().is_empty();
    }

    /// Does what a key means in a field.
    pub fn key(&mut self, key: Key) -> Edited {
        if let Some(letter) = key.typed() {
            return self.typed(&letter.to_string());
        }
        let Some(request) = request(key) else { return Edited::NotMine };
        let all = std::mem::take(&mut self.all);
        let deletes = matches!(
            request,
            InputRequest::DeletePrevChar
                | InputRequest::DeleteNextChar
                | InputRequest::DeletePrevWord
                | InputRequest::DeleteNextWord
        );
        let request = match request {
            _ if all && deletes => InputRequest::DeleteLine,
            InputRequest::GoToPrevChar if all => InputRequest::GoToStart,
            InputRequest::GoToNextChar if all => InputRequest::GoToEnd,
            request => request,
        };
        let changed = self.line.handle(request).is_some_and(|changed| changed.value);
        if changed { self.compose_again() } else { Edited::Same }
    }

    /// Takes a pasted text: its first line that is not empty, tabs as spaces, as much as there is room for.
    pub fn paste(&mut self, text: &str) -> Edited {
        self.typed(&one_line(text))
    }

    /// Draws the text and tells where the terminal's cursor belongs, which is inside the place.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        focused: bool,
        fault: bool,
    ) -> Option<Position> {
        let place = ink::row(place, 0).intersection(buffer.area);
        if place.is_empty() {
            return None;
        }
        // Only where one types stands out; a form of empty lines is no wall of grey.
        let role = match (fault, focused) {
            (true, _) => Role::InputFault,
            (false, true) => Role::Input,
            (false, false) => Role::Text,
        };
        let style = theme.base().patch(theme.style(role));
        ink::wipe(buffer, place, style);
        let scrolled = if focused { self.scrolled(place.width) } else { 0 };
        let mut column = 0;
        let mut shown = String::new();
        for grapheme in self.value().graphemes(true) {
            // A wide letter that is cut by the left edge leaves a blank, so that the rest stays in its columns.
            let wide = ink::grapheme_width(grapheme);
            if column >= scrolled {
                shown.push_str(grapheme);
            } else if column + wide > scrolled {
                shown.push_str(&" ".repeat(column + wide - scrolled));
            }
            column += wide;
        }
        let style = if focused && self.all { theme.style(Role::Selected) } else { style };
        ink::put(buffer, place, &shown, ink::Align::Left, style);
        let cursor = ink::cells(self.line.visual_cursor().saturating_sub(scrolled));
        focused.then(|| Position::new(place.x.saturating_add(cursor).min(place.right() - 1), place.y))
    }

    /// How many columns of the text lie left of the place, one column being kept for a cursor behind the text.
    fn scrolled(&self, columns: u16) -> usize {
        let columns = usize::from(columns);
        window::offset_from_cursor(self.line.visual_cursor(), columns, ink::width(self.value()) + 1)
    }

    fn typed(&mut self, text: &str) -> Edited {
        if std::mem::take(&mut self.all) {
            self.line.reset();
        }
        if self.insert(text) { Edited::Text } else { Edited::Same }
    }

    /// Inserts at the cursor what there is room for; true when the text is another.
    fn insert(&mut self, text: &str) -> bool {
        let (left, right) = self.halves();
        let (whole, cursor) = insert_within(&left, text, &right, self.chars_max);
        let changed = whole != self.value();
        self.line = std::mem::take(&mut self.line).with_value(whole).with_cursor(cursor);
        changed
    }

    /// A deletion can bring a mark to a letter.
    fn compose_again(&mut self) -> Edited {
        if !is_nfc(self.value()) {
            let (left, right) = self.halves();
            let (whole, cursor) = compose(&left, &right);
            self.line = std::mem::take(&mut self.line).with_value(whole).with_cursor(cursor);
        }
        Edited::Text
    }

    fn halves(&self) -> (String, String) {
        let letters = self.value().chars();
        (letters.clone().take(self.line.cursor()).collect(), letters.skip(self.line.cursor()).collect())
    }
}

/// Puts between left and right as much of a text as there is room for; see [`compose`] for the result.
pub(super) fn insert_within(left: &str, text: &str, right: &str, chars_max: usize) -> (String, usize) {
    let whole = compose(&format!("{left}{text}"), right);
    if whole.0.chars().count() <= chars_max {
        return whole;
    }
    let mut room = chars_max.saturating_sub(left.chars().count() + right.chars().count());
    let mut fits = left.to_owned();
    for grapheme in text.graphemes(true) {
        let Some(rest) = room.checked_sub(grapheme.nfc().count()) else { break };
        room = rest;
        fits.push_str(grapheme);
    }
    let cut = compose(&fits, right);
    if cut.0.chars().count() <= chars_max { cut } else { compose(left, right) }
}

/// Joins what is left and right of the cursor, composed, and gives the cursor in characters, on a grapheme's edge.
pub(super) fn compose(left: &str, right: &str) -> (String, usize) {
    let whole: String = left.chars().chain(right.chars()).nfc().collect();
    let wanted = left.nfc().count();
    let mut cursor = 0;
    for grapheme in whole.graphemes(true) {
        if cursor >= wanted {
            break;
        }
        cursor += grapheme.chars().count();
    }
    (whole, cursor)
}

/// The part of a pasted text that a field of one line takes.
fn one_line(text: &str) -> String {
    let cleaned = clean_paste(text);
    let line = cleaned.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.replace('\t', " ")
}

fn request(key: Key) -> Option<InputRequest> {
    let word = key.ctrl || key.alt;
    let request = match key.code {
        _ if key.shift => return None,
        Code::Backspace if word => InputRequest::DeletePrevWord,
        Code::Backspace => InputRequest::DeletePrevChar,
        Code::Delete if word => InputRequest::DeleteNextWord,
        Code::Delete => InputRequest::DeleteNextChar,
        Code::Left if word => InputRequest::GoToPrevWord,
        Code::Left => InputRequest::GoToPrevChar,
        Code::Right if word => InputRequest::GoToNextWord,
        Code::Right => InputRequest::GoToNextChar,
        Code::Home => InputRequest::GoToStart,
        Code::End => InputRequest::GoToEnd,
        Code::Char(letter) if key.ctrl && !key.alt => match letter {
            'a' => InputRequest::GoToStart,
            'e' => InputRequest::GoToEnd,
            'w' => InputRequest::DeletePrevWord,
            'u' => InputRequest::DeleteFromStart,
            'k' => InputRequest::DeleteTillEnd,
            _ => return None,
        },
        _ => return None,
    };
    Some(request)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    fn typed(field: &mut Field, keys: &[&str]) {
        for key in keys {
            field.key(key.parse().unwrap());
        }
    }

    #[test]
    fn a_mark_joins_the_letter_before_it() {
        let mut field = Field::new("", 20);
        for letter in "Vie\u{323}\u{302}t".chars() {
            field.key(Key::char(letter));
        }
        assert_eq!(field.value(), "Việt");
        typed(&mut field, &["backspace", "backspace"]);
        assert_eq!(field.value(), "Vi");
    }

    #[test]
    fn input_methods_write_with_backspace() {
        let mut field = Field::new("", 20);
        typed(&mut field, &["c", "h", "a", "o", "ctrl+h", "ctrl+h", "à", "o"]);
        assert_eq!(field.value(), "chào");
    }

    #[test]
    fn words_and_line_parts_go_at_once() {
        let mut field = Field::new("Hội chợ Bến Tre", 40);
        typed(&mut field, &["ctrl+w"]);
        assert_eq!(field.value(), "Hội chợ Bến ");
        typed(&mut field, &["ctrl+left", "ctrl+k"]);
        assert_eq!(field.value(), "Hội chợ ");
        typed(&mut field, &["home", "right", "ctrl+u"]);
        assert_eq!(field.value(), "ội chợ ");
    }

    #[test]
    fn a_deletion_can_bring_a_mark_to_a_letter() {
        let mut field = Field::new("e", 20);
        typed(&mut field, &["space"]);
        field.insert("\u{301}");
        typed(&mut field, &["home", "right", "delete"]);
        assert!(is_nfc(field.value()));
    }

    #[test]
    fn a_selected_text_is_replaced_by_typing_and_kept_by_moving() {
        let mut field = Field::new("12.000.000", 20);
        field.select_all();
        typed(&mut field, &["5"]);
        assert_eq!(field.value(), "5");
        field.select_all();
        typed(&mut field, &["left", "1"]);
        assert_eq!(field.value(), "15");
        field.select_all();
        typed(&mut field, &["backspace"]);
        assert_eq!(field.value(), "");
    }

    #[test]
    fn a_paste_gives_one_clean_line_of_bounded_length() {
        let mut field = Field::new("", 12);
        assert_eq!(field.paste("\n  Bến\tTre\r\nhàng hai"), Edited::Text);
        assert_eq!(field.value(), "  Bến Tre");
        field.paste("abcdefgh");
        assert_eq!(field.value(), "  Bến Treabc");
        assert_eq!(field.key(Key::char('x')), Edited::Same);
        assert_eq!(field.key(Key::plain(Code::Enter)), Edited::NotMine);
    }

    #[test]
    fn a_long_text_scrolls_to_its_cursor() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        let mut field = Field::new("Nguyễn Thị Minh Khai", 40);
        let area = buffer.area;
        let cursor = field.draw(area, &mut buffer, &Theme::default(), true, false).unwrap();
        assert!(picture(&buffer)[0].ends_with("Khai"));
        assert_eq!(cursor.y, 0);
        typed(&mut field, &["home"]);
        assert_eq!(field.draw(area, &mut buffer, &Theme::default(), true, false), Some(Position::new(0, 0)));
        assert_eq!(picture(&buffer)[0], "Nguyễn Th…");
    }

    proptest! {
        #[test]
        fn no_keys_break_a_field(
            (whole, place) in any_place(), texts in proptest::collection::vec(any_text(), 0..4),
            keys in proptest::collection::vec(proptest::sample::select(vec![
                "left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left",
                "ctrl+right", "ctrl+delete", "ệ", "一", "\u{301}", "e", "space",
            ]), 0..40), chars_max in 0usize..30
        ) {
            let mut field = Field::new("", chars_max);
            for (at, key) in keys.iter().enumerate() {
                field.key(key.parse().unwrap());
                if let Some(text) = texts.get(at) {
                    field.paste(text);
                }
                if at % 7 == 3 {
                    field.select_all();
                }
                prop_assert!(is_nfc(field.value()), "{:?}", field.value());
                prop_assert!(field.value().chars().count() <= chars_max);
                prop_assert!(!field.value().contains(char::is_control));
            }
            let mut buffer = Buffer::empty(whole);
            if let Some(cursor) = field.draw(place, &mut buffer, &Theme::default(), true, true) {
                prop_assert!(place.intersection(whole).contains(cursor));
            }
        }
    }
}
