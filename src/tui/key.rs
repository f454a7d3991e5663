//! One keystroke: how it is written in a keymap, how it is shown in a hint, and nothing of the terminal that sent it.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::base::words::Words;
use crate::say;

/// What was struck, without the keys that were held meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as it would be typed; a letter carries its own case.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab; back-tab is Tab with Shift.
    Tab,
    /// Deletes leftwards.
    Backspace,
    /// Deletes rightwards.
    Delete,
    /// Insert.
    Insert,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// Up arrow.
    Up,
    /// Down arrow.
    Down,
    /// Start of the line.
    Home,
    /// End of the line.
    End,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// A function key, from 1 to [`F_MAX`].
    F(u8),
}

/// The highest function key that keyboards and terminals know.
pub const F_MAX: u8 = 24;

/// Every code with a name of its own: the name in a keymap and the name in a hint.
const NAMED: [(Code, &str, &str); 15] = [
    (Code::Char(' '), "space", "Space"),
    (Code::Enter, "enter", "Enter"),
    (Code::Esc, "esc", "Esc"),
    (Code::Tab, "tab", "Tab"),
    (Code::Backspace, "backspace", "Backspace"),
    (Code::Delete, "delete", "Delete"),
    (Code::Insert, "insert", "Insert"),
    (Code::Left, "left", "←"),
    (Code::Right, "right", "→"),
    (Code::Up, "up", "↑"),
    (Code::Down, "down", "↓"),
    (Code::Home, "home", "Home"),
    (Code::End, "end", "End"),
    (Code::PageUp, "pageup", "PgUp"),
    (Code::PageDown, "pagedown", "PgDn"),
];

/// One keystroke. Made by [`Key::new`] or read from text, it is in normal form, so that equal strokes are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What was struck.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; never with a character, which carries its own case.
    pub shift: bool,
}

impl Key {
    /// A keystroke in normal form: no Shift with a character, no capital with Ctrl, and Ctrl+H is Backspace, because
    /// input methods and some terminals send the byte 0x08 for it.
    #[must_use]
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            Code::Char('h' | 'H') if ctrl => Self { code: Code::Backspace, ctrl: false, alt, shift: false },
            Code::Char(letter) if ctrl => {
                Self { code: Code::Char(letter.to_ascii_lowercase()), ctrl, alt, shift: false }
            }
            Code::Char(_) => Self { code, ctrl, alt, shift: false },
            _ => Self { code, ctrl, alt, shift },
        }
    }

    /// A keystroke with nothing held.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character with nothing held.
    #[must_use]
    pub const fn char(letter: char) -> Self {
        Self::plain(Code::Char(letter))
    }

    /// A character with Ctrl held.
    #[must_use]
    pub fn ctrl(letter: char) -> Self {
        Self::new(Code::Char(letter), true, false, false)
    }

    /// The character that this stroke types into a field, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt && !letter.is_control() => Some(letter),
            _ => None,
        }
    }

    /// The stroke as a hint shows it: `Ctrl+P`, `Enter`, `↑`, `g`.
    #[must_use]
    pub fn show(self) -> String {
        let mut shown = String::new();
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                shown.push_str(name);
            }
        }
        match (self.code, NAMED.iter().find(|(code, _, _)| *code == self.code)) {
            (_, Some((_, _, name))) => shown.push_str(name),
            (Code::Char(letter), None) if self.ctrl => shown.push(letter.to_ascii_uppercase()),
            (Code::Char(letter), None) => shown.push(letter),
            (Code::F(number), None) => shown.push_str(&format!("F{number}")),
            (_, None) => {}
        }
        shown
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl+"), (self.alt, "alt+"), (self.shift, "shift+")] {
            if held {
                out.write_str(name)?;
            }
        }
        match (self.code, NAMED.iter().find(|(code, _, _)| *code == self.code)) {
            (_, Some((_, name, _))) => out.write_str(name),
            (Code::Char(letter), None) => write!(out, "{letter}"),
            (Code::F(number), None) => write!(out, "f{number}"),
            (_, None) => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = Words;

    /// Reads what [`Display`](fmt::Display) prints; names are read in any case, single characters as they stand.
    fn from_str(text: &str) -> Result<Self, Words> {
        let refused = || {
            let shown: String = text.chars().filter(|letter| !letter.is_control()).take(40).collect();
            say!(
                "“{shown}” không phải là phím. Hãy viết như ctrl+p, shift+tab, enter, f1 hoặc một ký tự.",
                "“{shown}” is not a key. Write it as ctrl+p, shift+tab, enter, f1 or one character."
            )
        };
        let mut rest = text.trim_matches([' ', '\t']);
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        while let Some((word, after)) =
            rest.split_once('+').filter(|(word, after)| !word.is_empty() && !after.is_empty())
        {
            let held = match word.to_ascii_lowercase().as_str() {
                "ctrl" => &mut ctrl,
                "alt" => &mut alt,
                "shift" => &mut shift,
                _ => return Err(refused()),
            };
            if std::mem::replace(held, true) {
                return Err(refused());
            }
            rest = after;
        }
        let code = read_code(rest).ok_or_else(refused)?;
        if shift && matches!(code, Code::Char(_)) {
            return Err(refused());
        }
        Ok(Self::new(code, ctrl, alt, shift))
    }
}

/// Reads what is left of a stroke when the held keys are taken off.
fn read_code(text: &str) -> Option<Code> {
    let composed: String = text.nfc().collect();
    let mut letters = composed.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control() && !letter.is_whitespace()).then_some(Code::Char(letter));
    }
    let name = composed.to_ascii_lowercase();
    if let Some((code, _, _)) = NAMED.iter().find(|(_, named, _)| *named == name) {
        return Some(*code);
    }
    let number = name.strip_prefix('f').filter(|digits| !digits.starts_with(['0', '+']))?.parse().ok()?;
    (1..=F_MAX).contains(&number).then_some(Code::F(number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes() -> impl Strategy<Value = Code> {
        prop_oneof![
            proptest::sample::select(NAMED.map(|(code, _, _)| code).to_vec()),
            (1..=F_MAX).prop_map(Code::F),
            any::<char>().prop_filter_map("a typed character is composed and visible", |letter| {
                let composed: Vec<char> = letter.nfc().collect();
                match composed.as_slice() {
                    [one] if !one.is_control() && !one.is_whitespace() => Some(Code::Char(*one)),
                    _ => None,
                }
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(code in codes(), ctrl: bool, alt: bool, shift: bool) {
            let key = Key::new(code, ctrl, alt, shift);
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            prop_assert!(!key.show().is_empty());
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,20}") {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            }
        }
    }

    #[test]
    fn strokes_are_written_as_people_write_them() {
        for (text, key, shown) in [
            ("ctrl+p", Key::ctrl('p'), "Ctrl+P"),
            ("enter", Key::plain(Code::Enter), "Enter"),
            ("space", Key::char(' '), "Space"),
            ("shift+tab", Key::new(Code::Tab, false, false, true), "Shift+Tab"),
            ("f1", Key::plain(Code::F(1)), "F1"),
            ("?", Key::char('?'), "?"),
            (":", Key::char(':'), ":"),
            ("G", Key::char('G'), "G"),
            ("+", Key::char('+'), "+"),
            ("ctrl++", Key::ctrl('+'), "Ctrl++"),
            ("đ", Key::char('đ'), "đ"),
            ("pageup", Key::plain(Code::PageUp), "PgUp"),
            ("up", Key::plain(Code::Up), "↑"),
            ("ctrl+alt+delete", Key::new(Code::Delete, true, true, false), "Ctrl+Alt+Delete"),
        ] {
            assert_eq!(text.parse::<Key>(), Ok(key), "{text}");
            assert_eq!(key.to_string(), text);
            assert_eq!(key.show(), shown);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", " ", "ctrl+", "ctrl+ctrl+p", "hyper+p", "f0", "f25", "f+1", "shift+a", "gg", "\u{1b}"] {
            assert!(text.parse::<Key>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn ctrl_h_is_backspace() {
        assert_eq!(Key::ctrl('h'), Key::plain(Code::Backspace));
        assert_eq!("Ctrl+H".parse::<Key>(), Ok(Key::plain(Code::Backspace)));
    }

    #[test]
    fn only_bare_characters_are_typed() {
        assert_eq!(Key::char('ệ').typed(), Some('ệ'));
        assert_eq!(Key::ctrl('p').typed(), None);
        assert_eq!(Key::plain(Code::Enter).typed(), None);
    }
}
