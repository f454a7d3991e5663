//! What a person does at the terminal, as plain data: the terminal, a connection and a test script all produce it.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use unicode_normalization::UnicodeNormalization;

use super::key::{Code, F_MAX, Key};

/// One thing a person did, or that happened to the window. Columns and rows count from 0 at the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was struck, or repeats while it is held.
    Key(Key),
    /// A text was pasted: composed (NFC), free of control characters except newline and tab, of bounded length.
    Text(String),
    /// A button went down.
    Click {
        /// Where, from the left.
        column: u16,
        /// Where, from the top.
        row: u16,
        /// Which button.
        button: Button,
    },
    /// The pointer moved while a button was down.
    Drag {
        /// Where, from the left.
        column: u16,
        /// Where, from the top.
        row: u16,
        /// Which button.
        button: Button,
    },
    /// A button came up.
    Release {
        /// Where, from the left.
        column: u16,
        /// Where, from the top.
        row: u16,
        /// Which button.
        button: Button,
    },
    /// The wheel turned by one notch.
    Wheel {
        /// Where, from the left.
        column: u16,
        /// Where, from the top.
        row: u16,
        /// Towards the start of the list, or away from it.
        up: bool,
    },
    /// The pointer moved with no button down.
    Hover {
        /// Where, from the left.
        column: u16,
        /// Where, from the top.
        row: u16,
    },
    /// The window has a new size in cells.
    Resize {
        /// Its width.
        columns: u16,
        /// Its height.
        rows: u16,
    },
    /// The window came to the front (true) or left it.
    Focus(bool),
}

/// A mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Button {
    /// The main button.
    Left,
    /// The second button.
    Right,
    /// The wheel, pressed.
    Middle,
}

/// The most characters that are taken from one paste; ten thousand rows of a spreadsheet fit.
pub const PASTE_CHARS_MAX: usize = 4 << 20;

/// What an event of the terminal means to us; `None` for releases of keys, lone modifiers and keys without a meaning.
#[must_use]
pub fn from_crossterm(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) => key_from(event).map(Input::Key),
        Event::Paste(text) => Some(Input::Text(clean_paste(&text))),
        Event::Resize(columns, rows) => Some(Input::Resize { columns, rows }),
        Event::FocusGained => Some(Input::Focus(true)),
        Event::FocusLost => Some(Input::Focus(false)),
        Event::Mouse(mouse) => {
            let (column, row) = (mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(pressed) => Some(Input::Click { column, row, button: button(pressed) }),
                MouseEventKind::Drag(pressed) => Some(Input::Drag { column, row, button: button(pressed) }),
                MouseEventKind::Up(pressed) => Some(Input::Release { column, row, button: button(pressed) }),
                MouseEventKind::ScrollUp => Some(Input::Wheel { column, row, up: true }),
                MouseEventKind::ScrollDown => Some(Input::Wheel { column, row, up: false }),
                MouseEventKind::Moved => Some(Input::Hover { column, row }),
                MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => None,
            }
        }
    }
}

fn button(pressed: MouseButton) -> Button {
    match pressed {
        MouseButton::Left => Button::Left,
        MouseButton::Right => Button::Right,
        MouseButton::Middle => Button::Middle,
    }
}

fn key_from(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release
        || event.modifiers.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META)
    {
        return None;
    }
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(letter) if letter.is_control() => return None,
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) if (1..=F_MAX).contains(&number) => Code::F(number),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    Some(Key::new(code, held(KeyModifiers::CONTROL), held(KeyModifiers::ALT), shift))
}

/// A pasted text as a field or a grid may take it: escape sequences, control characters and invisible direction marks
/// are gone, every line end is `\n`, tabs stay (a block of cells has them), letters are composed (NFC).
#[must_use]
pub fn clean_paste(text: &str) -> String {
    let mut kept = String::with_capacity(text.len().min(PASTE_CHARS_MAX));
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => skip_sequence(&mut letters),
            '\r' => {
                letters.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push('\t'),
            letter if letter.is_control() || is_unseen(letter) => {}
            letter => kept.push(letter),
        }
    }
    kept.nfc().take(PASTE_CHARS_MAX).collect()
}

/// Characters that take no room and turn or split the text around them.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Passes over what follows an Escape: a control sequence to its final byte, a string to its terminator, or one letter.
fn skip_sequence(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match letters.peek() {
        Some('[') => {
            letters.next();
            while letters.next_if(|letter| matches!(letter, ' '..='?')).is_some() {}
            letters.next_if(|letter| matches!(letter, '@'..='~'));
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            letters.next();
            while let Some(letter) = letters.next_if(|letter| !matches!(letter, '\n' | '\r')) {
                if letter == '\u{7}' || letter == '\u{1b}' && letters.next_if_eq(&'\\').is_some() {
                    break;
                }
            }
        }
        _ => {
            letters.next_if(|letter| letter.is_ascii_graphic());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::crossterm::event::{KeyEventState, MouseEvent};

    use super::*;

    fn struck(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
        from_crossterm(Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn shift_is_dropped_from_letters_and_kept_on_tab() {
        assert_eq!(struck(KeyCode::Char('A'), KeyModifiers::SHIFT), Some(Input::Key(Key::char('A'))));
        let back = Key::new(Code::Tab, false, false, true);
        assert_eq!(struck(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Input::Key(back)));
        assert_eq!(struck(KeyCode::BackTab, KeyModifiers::NONE), Some(Input::Key(back)));
        assert_eq!(struck(KeyCode::Tab, KeyModifiers::SHIFT), Some(Input::Key(back)));
    }

    #[test]
    fn the_byte_of_input_methods_is_backspace() {
        let backspace = Some(Input::Key(Key::plain(Code::Backspace)));
        assert_eq!(struck(KeyCode::Char('h'), KeyModifiers::CONTROL), backspace);
        assert_eq!(struck(KeyCode::Backspace, KeyModifiers::NONE), backspace);
    }

    #[test]
    fn releases_and_foreign_modifiers_are_no_input() {
        let code = KeyCode::Char('a');
        let event = |kind| KeyEvent { code, modifiers: KeyModifiers::NONE, kind, state: KeyEventState::NONE };
        assert_eq!(from_crossterm(Event::Key(event(KeyEventKind::Release))), None);
        assert_eq!(from_crossterm(Event::Key(event(KeyEventKind::Repeat))), Some(Input::Key(Key::char('a'))));
        assert_eq!(struck(code, KeyModifiers::SUPER), None);
        assert_eq!(struck(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn the_mouse_is_told_in_cells() {
        let at =
            |kind| from_crossterm(Event::Mouse(MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE }));
        let (column, row) = (3, 4);
        assert_eq!(
            at(MouseEventKind::Down(MouseButton::Left)),
            Some(Input::Click { column, row, button: Button::Left })
        );
        assert_eq!(
            at(MouseEventKind::Up(MouseButton::Right)),
            Some(Input::Release { column, row, button: Button::Right })
        );
        assert_eq!(at(MouseEventKind::ScrollDown), Some(Input::Wheel { column, row, up: false }));
        assert_eq!(at(MouseEventKind::Moved), Some(Input::Hover { column, row }));
        assert_eq!(at(MouseEventKind::ScrollLeft), None);
    }

    #[test]
    fn a_paste_is_composed_and_keeps_lines_and_cells() {
        assert_eq!(clean_paste("Vie\u{323}\u{302}t\r\nNam\rA\tB\u{7}"), "Việt\nNam\nA\tB");
        assert_eq!(clean_paste("\u{1b}[31mđỏ\u{1b}[0m \u{1b}]0;tên\u{7}x\u{1b}]52;c;AA\u{1b}\\y\u{202e}z"), "đỏ xyz");
        assert_eq!(clean_paste("\u{1b}"), "");
    }

    proptest! {
        #[test]
        fn no_paste_carries_a_control(text in "[\\x00-\\x7f\u{80}-\u{9f}e\u{301}ộ\u{2028}\u{202e}]{0,60}") {
            let cleaned = clean_paste(&text);
            prop_assert!(cleaned.chars().all(|letter| matches!(letter, '\n' | '\t') || !letter.is_control()));
            prop_assert_eq!(clean_paste(&cleaned), cleaned);
        }
    }
}
