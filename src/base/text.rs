//! Clean text: what every name, note and code passes through before the program keeps or shows it.

use std::borrow::{Borrow, Cow};
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Text in NFC without control characters, escape sequences or invisible characters.
///
/// Runs of white space are one space and there is none at either end. Only [`Text::lines`] keeps line breaks.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// Cleans `raw` to one line. Total, and cleaning twice changes nothing.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        if is_clean_line(raw) {
            return Self(raw.into());
        }
        Self(nfc(&clean_line(&without_escapes(raw))).into())
    }

    /// Cleans `raw` line by line and keeps `\n` between the lines; empty lines at both ends go.
    #[must_use]
    pub fn lines(raw: &str) -> Self {
        if is_clean_line(raw) {
            return Self(raw.into());
        }
        let raw = without_escapes(raw);
        let mut kept = String::with_capacity(raw.len());
        for line in raw.replace("\r\n", "\n").split(is_line_break) {
            kept.push_str(&clean_line(line));
            kept.push('\n');
        }
        Self(nfc(kept.trim_matches('\n')).into())
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, to)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    /// Cleans again, because a stored or imported file may have been changed by another hand.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Cleaned;
        impl serde::de::Visitor<'_> for Cleaned {
            type Value = Text;
            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("text")
            }
            fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<Text, E> {
                Ok(Text::lines(raw))
            }
        }
        from.deserialize_str(Cleaned)
    }
}

/// The side of a column at which text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words: blanks behind.
    #[default]
    Left,
    /// Numbers: blanks before.
    Right,
}

/// The NFC form: one code point for each Vietnamese letter, however it was typed.
#[must_use]
pub fn nfc(text: &str) -> String {
    if is_composed(text) { text.to_owned() } else { text.nfc().collect() }
}

/// True when `text` is in NFC for certain. The letters of Vietnamese need no look into the tables of Unicode.
fn is_composed(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'))
        || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// The search key of `text`: lower case, no marks, `đ` as `d`, other scripts in Latin letters. Always ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the search key of `text` to `folded`; see [`fold`].
pub fn fold_into(text: &str, folded: &mut String) {
    if is_composed(text) {
        text.chars().for_each(|letter| fold_letter(letter, folded));
    } else {
        text.nfc().for_each(|letter| fold_letter(letter, folded));
    }
}

fn fold_letter(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
    } else {
        folded.extend(any_ascii::any_ascii_char(letter).chars().map(|plain| plain.to_ascii_lowercase()));
    }
}

/// The columns that `text` takes in a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    // Grapheme by grapheme, as the screen draws it; the width of the whole may differ from the sum of its cells.
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// `text` in at most `columns` columns, cut between graphemes and marked with `…` when it had to be cut.
#[must_use]
pub fn ellipsis(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut used = 0;
    let mut cut = String::new();
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        cut.push_str(grapheme);
    }
    cut.push('…');
    Cow::Owned(cut)
}

/// `text` in exactly `columns` columns: filled with blanks, or cut as [`ellipsis`] cuts.
#[must_use]
pub fn pad(text: &str, columns: usize, align: Align) -> String {
    let shown = ellipsis(text, columns);
    let blanks = " ".repeat(columns.saturating_sub(width(&shown)));
    match align {
        Align::Left => format!("{shown}{blanks}"),
        Align::Right => format!("{blanks}{shown}"),
    }
}

/// True when cleaning to one line would change nothing; most text is, and then costs no second pass.
fn is_clean_line(raw: &str) -> bool {
    let mut after_space = true;
    for letter in raw.chars() {
        let space = letter == ' ';
        let common = matches!(letter, '!'..='~' | '\u{c0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}');
        if (space && after_space) || (!common && !space && (letter.is_whitespace() || is_unwanted(letter))) {
            return false;
        }
        after_space = space;
    }
    (raw.is_empty() || !after_space) && is_composed(raw)
}

/// Drops unwanted characters first and joins white space second, so that nothing dropped can part two spaces.
fn clean_line(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    for letter in line.chars() {
        if letter.is_whitespace() {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_unwanted(letter) {
            clean.push(letter);
        }
    }
    clean.truncate(clean.trim_end_matches(' ').len());
    clean
}

fn is_line_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Controls, characters without a shape of their own, overrides of the writing direction, and non-characters.
fn is_unwanted(letter: char) -> bool {
    let code = letter as u32;
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || (0xfdd0..=0xfdef).contains(&code)
        || code & 0xfffe == 0xfffe
}

/// Removes ECMA-48 control sequences with all they carry, in the 7-bit (`ESC [`) and the 8-bit form (`U+009B`).
///
/// A string sequence (title, hyperlink, clipboard) that nobody ends is taken to end with its line.
fn without_escapes(raw: &str) -> Cow<'_, str> {
    if !raw.chars().any(|letter| letter == '\u{1b}' || ('\u{80}'..='\u{9f}').contains(&letter)) {
        return Cow::Borrowed(raw);
    }
    // Composed first, so that a sequence ends at the same letter however that letter was typed.
    let raw = nfc(raw);
    let mut kept = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(letter) = rest.next() {
        let introducer = match letter {
            '\u{1b}' => match rest.as_str().chars().next() {
                Some(next @ '@'..='_') => {
                    rest.next();
                    next
                }
                Some(' '..='~') => {
                    skip_short_sequence(&mut rest);
                    continue;
                }
                _ => continue,
            },
            '\u{90}' => 'P',
            '\u{98}' => 'X',
            '\u{9b}' => '[',
            '\u{9d}' => ']',
            '\u{9e}' => '^',
            '\u{9f}' => '_',
            _ => {
                kept.push(letter);
                continue;
            }
        };
        match introducer {
            '[' => skip_control_sequence(&mut rest),
            'P' | 'X' | ']' | '^' | '_' => skip_string_sequence(&mut rest),
            _ => {}
        }
    }
    Cow::Owned(kept)
}

/// Skips `ESC`-led intermediates and the one final byte, as in `ESC ( B` or `ESC c`.
fn skip_short_sequence(rest: &mut std::str::Chars<'_>) {
    skip_while(rest, |letter| (' '..='/').contains(&letter));
    skip_one_of(rest, |letter| ('0'..='~').contains(&letter));
}

/// Skips the parameters and the final byte of `CSI`.
fn skip_control_sequence(rest: &mut std::str::Chars<'_>) {
    skip_while(rest, |letter| ('0'..='?').contains(&letter));
    skip_while(rest, |letter| (' '..='/').contains(&letter));
    skip_one_of(rest, |letter| ('@'..='~').contains(&letter));
}

/// Skips to the terminator of a string sequence; a new `ESC` ends it and is read again by the caller.
fn skip_string_sequence(rest: &mut std::str::Chars<'_>) {
    let ends = |letter: char| matches!(letter, '\u{7}' | '\u{18}' | '\u{1a}' | '\u{1b}' | '\u{80}'..='\u{9f}');
    let body = rest.as_str();
    match body.find(ends) {
        Some(_) => {
            skip_while(rest, |letter| !ends(letter));
            skip_one_of(rest, |letter| matches!(letter, '\u{7}' | '\u{18}' | '\u{1a}' | '\u{9c}'));
        }
        None => skip_while(rest, |letter| !is_line_break(letter)),
    }
}

fn skip_while(rest: &mut std::str::Chars<'_>, skips: impl Fn(char) -> bool) {
    *rest = rest.as_str().trim_start_matches(skips).chars();
}

fn skip_one_of(rest: &mut std::str::Chars<'_>, skips: impl Fn(char) -> bool) {
    if rest.as_str().starts_with(skips) {
        rest.next();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every vowel of Vietnamese with every tone, and the seventeen consonant letters.
    const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

    #[test]
    fn one_line_is_cleaned() {
        for (raw, clean) in [
            ("  Hợp\u{a0}tác  xã\t\r\nBến Tre ", "Hợp tác xã Bến Tre"),
            ("Gia\u{ad}ng\u{200b} \u{200d}\u{feff} Nam\u{202e}", "Giang Nam"),
            ("do\u{302}\u{300}ng", "dồng"),
            ("a\u{200b}\u{301}", "á"),
            ("\u{1b}[31mđỏ\u{1b}[0m", "đỏ"),
            ("\u{1b}]0;title\u{7}dừa", "dừa"),
            ("\u{1b}]8;;https://x.example\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{1b}]52;c;aGVsbG8=\nnext", "next"),
            ("\u{9b}2Jsạch\u{9d}0;x\u{9c}.", "sạch."),
            ("\u{1b}(Babc\u{1b}c", "abc"),
            ("\u{1b}", ""),
            ("\0\u{8}\u{7f}", ""),
            ("một \u{2028} hai", "một hai"),
        ] {
            assert_eq!(Text::new(raw).as_str(), clean, "{raw:?}");
        }
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(Text::lines("\n  a  b\r\n\r\nc\u{2028}d\t\n\n"), "a b\n\nc\nd");
        assert_eq!(Text::lines("\u{1b}]0;a\nb\u{7}c"), "c");
    }

    #[test]
    fn text_is_a_string_to_serde_and_is_cleaned_when_read() {
        let note = Text::lines("một\nhai");
        let bytes = rmp_serde::to_vec(&note).unwrap();
        assert_eq!(rmp_serde::from_slice::<Text>(&bytes).unwrap(), note);
        assert_eq!(serde_json::to_string(&note).unwrap(), "\"một\\nhai\"");
        assert_eq!(serde_json::from_str::<Text>("\" a\\u001b[1mb \"").unwrap(), "ab");
    }

    #[test]
    fn folding_is_right_for_every_vietnamese_letter() {
        for letter in LETTERS.chars().chain(LETTERS.to_uppercase().chars()) {
            let base = letter.nfd().next().unwrap().to_lowercase().to_string().replace('đ', "d");
            assert_eq!(fold(&letter.to_string()), base, "{letter}");
            assert_eq!(fold(&letter.nfd().collect::<String>()), base, "{letter} taken apart");
        }
        assert_eq!(fold("Kẹo Dừa ĐƯỜNG Bến Tre"), "keo dua duong ben tre");
    }

    #[test]
    fn width_counts_cells() {
        assert_eq!(width("Kẹo dừa"), 7);
        assert_eq!(width("Ke\u{323}o du\u{300}a"), 7);
        assert_eq!(width("東京"), 4);
        assert_eq!(ellipsis("Hợp tác xã", 5), "Hợp …");
        assert_eq!(ellipsis("Hợp tác xã", 10), "Hợp tác xã");
        assert_eq!(ellipsis("東京都", 4), "東…");
        assert_eq!(ellipsis("ab", 0), "");
        assert_eq!(pad("dừa", 5, Align::Left), "dừa  ");
        assert_eq!(pad("12", 5, Align::Right), "   12");
        assert_eq!(pad("東京都", 4, Align::Left), "東… ");
    }

    /// Arbitrary text with more of the characters that hurt than chance would give.
    fn hostile() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            any::<String>(),
            "[ \\t\\n\\r\u{1b}\\[\\];\u{7}\\\\\u{9b}\u{9d}\u{9c}\u{200b}\u{300}\u{301}\u{302}\u{323}aou0-9m]{0,12}",
        ];
        prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn the_short_way_for_common_letters_agrees_with_the_tables() {
        for letter in ('\0'..='\u{2ff}').chain('\u{1e00}'..='\u{1eff}') {
            let text = format!("a{letter}a");
            assert_eq!(is_nfc_quick(text.chars()), IsNormalized::Yes, "{letter:?}");
        }
        for letter in ('!'..='~').chain('\u{c0}'..='\u{2ff}').chain('\u{1e00}'..='\u{1eff}') {
            assert!(!letter.is_whitespace() && !is_unwanted(letter), "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_clean(raw in hostile()) {
            let line = Text::new(&raw);
            prop_assert_eq!(&Text::new(line.as_str()), &line);
            prop_assert_eq!(&Text::lines(line.as_str()), &line);
            prop_assert!(line.as_str().chars().all(|letter| !is_unwanted(letter)));
            prop_assert!(is_clean_line(line.as_str()) || is_nfc_quick(line.as_str().chars()) == IsNormalized::Maybe);
            let note = Text::lines(&raw);
            prop_assert_eq!(&Text::lines(note.as_str()), &note);
            prop_assert!(note.as_str().chars().all(|letter| letter == '\n' || !is_unwanted(letter)));
            prop_assert_eq!(nfc(note.as_str()), note.as_str());
        }

        #[test]
        fn both_normal_forms_are_the_same_text(raw in hostile()) {
            let apart: String = raw.nfd().collect();
            let joined = nfc(&raw);
            prop_assert_eq!(Text::new(&apart), Text::new(&joined));
            prop_assert_eq!(fold(&apart), fold(&joined));
        }

        #[test]
        fn folding_is_ascii_and_idempotent(raw in any::<String>()) {
            let once = fold(&raw);
            prop_assert!(once.is_ascii());
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn padding_fills_its_columns(raw in any::<String>(), columns in 0_usize..40) {
            let text = Text::new(&raw);
            prop_assert!(width(&ellipsis(text.as_str(), columns)) <= columns);
            prop_assert_eq!(width(&pad(text.as_str(), columns, Align::Right)), columns);
            prop_assert_eq!(width(&pad(text.as_str(), columns, Align::Left)), columns);
        }
    }
}
