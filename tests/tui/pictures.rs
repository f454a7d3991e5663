//! What the screens look like: as text, and for three of them the styles too.
//!
//! `INSTA_UPDATE=always cargo test tui::pictures` takes the pictures anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hoicho::base::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use super::driver::Driver;

const SIZES: [Size; 2] = [Size::new(80, 24), Size::new(140, 40)];

/// Takes the picture of what `strokes` lead to, in both sizes, languages and books.
fn take(name: &str, strokes: &str, with_styles: bool) {
    for size in SIZES {
        for (lang, tag) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
            for (demo, book) in [(true, "demo"), (false, "empty")] {
                let mut driver = Driver::at(demo, lang, size);
                // An empty book begins with a form about the office.
                driver.keys("esc").keys(strokes);
                let screen = driver.screen();
                assert!(!names_an_id(&screen), "an identity is shown\n{screen}");
                let picture = format!("{name}-{}x{}-{tag}-{book}", size.width, size.height);
                keep(&picture, &screen);
                if with_styles && lang == Lang::Vi {
                    keep(&format!("{picture}-styles"), &styles(driver.buffer()));
                }
            }
        }
    }
}

pub(super) fn keep(name: &str, picture: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, picture));
}

/// True when the text has 32 hexadecimal digits in a row, hyphens between them left out of account.
fn names_an_id(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-')
        .any(|word| word.len() >= 36 && word.matches('-').count() == 4)
}

/// The styles of a frame: one letter a cell in place of its text, and below what each letter stands for.
pub(super) fn styles(buffer: &Buffer) -> String {
    const LETTERS: &[u8] = b".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut known: BTreeMap<String, char> = BTreeMap::new();
    let mut legend = String::new();
    let mut drawn = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        for x in buffer.area.left()..buffer.area.right() {
            let cell = &buffer[(x, y)];
            let style = format!("{} on {} {:?}", cell.fg, cell.bg, cell.modifier);
            let next = known.len();
            let letter = *known.entry(style.clone()).or_insert_with(|| {
                let letter = char::from(LETTERS.get(next).copied().unwrap_or(b'?'));
                let _ = writeln!(legend, "{letter} {style}");
                letter
            });
            drawn.push(letter);
        }
        drawn.push('\n');
    }
    format!("{drawn}\n{legend}")
}

#[test]
fn today() {
    take("today", "1", true);
}

#[test]
fn fairs() {
    take("fairs", "2", false);
}

#[test]
fn floor() {
    take("floor", "3", true);
}

#[test]
fn businesses() {
    take("businesses", "4", true);
}

#[test]
fn subsidies() {
    take("subsidies", "5", false);
}

#[test]
fn leads() {
    take("leads", "6", false);
}

#[test]
fn reports() {
    take("reports", "7", false);
}

#[test]
fn history() {
    take("history", "8", false);
}

#[test]
fn form() {
    take("form", "4 n", false);
}

#[test]
fn help() {
    take("help", "2 ?", false);
}

#[test]
fn palette() {
    take("palette", "4 :", false);
}
