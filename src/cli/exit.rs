//! How the shell ends: the exit code, and what is told on standard error when something went wrong.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::refusal::Refusal;
use crate::engine::Failure;
use crate::exchange::read::unreadable;
use crate::say;
use crate::store::StoreFault;

/// An exit code of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Done,
    /// A rule or a law forbids it; nothing was stored.
    Refused,
    /// The command line is wrong.
    WrongUse,
    /// The book or a file cannot be opened, read or written.
    Disk,
    /// The program itself is wrong.
    Bug,
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::WrongUse => 2,
            Self::Disk => 3,
            Self::Bug => 70,
        }
    }
}

/// Why a command was not done.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// How the program ends.
    pub exit: Exit,
    /// The stable code.
    pub code: String,
    /// The field or argument it is about; empty when it is about the whole.
    pub field: String,
    /// What is wrong.
    pub what: Words,
    /// What to do next.
    pub fix: Words,
    /// The rows of a file that were refused, each with its line.
    pub rows: Vec<(u32, Refusal)>,
}

impl Trouble {
    /// A command line that cannot be meant.
    #[must_use]
    pub fn wrong_use(code: &str, field: &str, what: Words, fix: Words) -> Self {
        Self { exit: Exit::WrongUse, code: code.to_owned(), field: field.to_owned(), what, fix, rows: Vec::new() }
    }

    /// A file that cannot be read or written.
    #[must_use]
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        let trouble = Self::from(StoreFault::from_io(path, error));
        // A file that is missing is no book that is missing, and a directory no disk that fails.
        match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::IsADirectory => {
                let Refusal { code, what, fix, .. } = unreadable(path, error);
                Self { code: code.to_owned(), what, fix, ..trouble }
            }
            _ => trouble,
        }
    }

    /// The terminal cannot be used.
    #[must_use]
    pub fn terminal(words: Words) -> Self {
        Failure::Book { code: "terminal-trouble", words }.into()
    }

    /// What is told on standard error.
    #[must_use]
    pub fn told(&self, lang: Lang, json: bool) -> String {
        if json { format!("{}\n", self.to_json(lang)) } else { self.to_text(lang) }
    }

    fn to_json(&self, lang: Lang) -> Value {
        let mut told = json!({
            "code": self.code,
            "field": self.field,
            "what": self.what.in_lang(lang),
            "fix": self.fix.in_lang(lang),
        });
        if !self.rows.is_empty() {
            told["rows"] = self.rows.iter().map(|(line, refusal)| row_json(*line, refusal, lang)).collect();
        }
        told
    }

    fn to_text(&self, lang: Lang) -> String {
        let word = Words::new("Lỗi", "Error");
        let mut told = format!("{}: {}\n", word.in_lang(lang), plain(self.what.in_lang(lang)));
        if !self.fix.in_lang(lang).is_empty() {
            let _ = writeln!(told, "{}", plain(self.fix.in_lang(lang)));
        }
        for (line, refusal) in &self.rows {
            let _ = writeln!(told, "{}", row_text(*line, refusal, lang));
        }
        told
    }
}

/// One refused row of a file, as an object.
#[must_use]
pub fn row_json(line: u32, refusal: &Refusal, lang: Lang) -> Value {
    json!({
        "line": line,
        "code": refusal.code,
        "field": refusal.field,
        "what": refusal.what.in_lang(lang),
        "fix": refusal.fix.in_lang(lang),
    })
}

/// One refused row of a file, as a line.
#[must_use]
pub fn row_text(line: u32, refusal: &Refusal, lang: Lang) -> String {
    let head = Words::new("Dòng", "Line");
    let (what, fix) = (plain(refusal.what.in_lang(lang)), plain(refusal.fix.in_lang(lang)));
    format!("{} {line}: {what} {fix}", head.in_lang(lang)).trim_end().to_owned()
}

/// Text without anything that a terminal obeys.
fn plain(text: &str) -> Text {
    Text::lines(text)
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self {
            exit: Exit::Refused,
            code: refusal.code.to_owned(),
            field: refusal.field,
            what: refusal.what,
            fix: refusal.fix,
            rows: Vec::new(),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Book { code, words } => {
                let exit = if code == "bug" { Exit::Bug } else { Exit::Disk };
                let (what, fix) = match code {
                    "book-missing" => (sentences(&words).0, no_book_yet()),
                    _ => sentences(&words),
                };
                Self { exit, code: code.to_owned(), field: String::new(), what, fix, rows: Vec::new() }
            }
        }
    }
}

impl From<StoreFault> for Trouble {
    fn from(fault: StoreFault) -> Self {
        Failure::from(fault).into()
    }
}

fn no_book_yet() -> Words {
    say!(
        "Tạo sổ mới bằng “hoicho init --name TÊN-CƠ-QUAN”, xem thử bằng “hoicho demo”, hoặc chỉ đúng sổ bằng --book.",
        "Make a book with “hoicho init --name OFFICE”, look at one with “hoicho demo”, or name yours with --book."
    )
}

/// The first sentence, which says what is wrong, and the rest, which says what to do.
fn sentences(words: &Words) -> (Words, Words) {
    let cut = |text: &str| match text.split_once(". ") {
        Some((what, fix)) => (format!("{what}."), fix.to_owned()),
        None => (text.to_owned(), String::new()),
    };
    let ((what_vi, fix_vi), (what_en, fix_en)) = (cut(&words.vi), cut(&words.en));
    (Words { vi: what_vi.into(), en: what_en.into() }, Words { vi: fix_vi.into(), en: fix_en.into() })
}

/// Lets a panic end with a sentence and [`Exit::Bug`] instead of a trace.
pub fn guard_against_bugs(lang: Lang) {
    std::panic::set_hook(Box::new(move |panic| {
        if crate::base::expected_panic::is_expected() {
            return;
        }
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = say!(
            "Lỗi: chương trình có lỗi ở {place}. Mọi việc đã báo là xong đều còn trong sổ.\nHãy báo dòng trên cho nơi cung cấp chương trình.",
            "Error: a bug in the program at {place}. Everything reported as done is in the book.\nPlease report the line above to the makers of the program."
        );
        // There is nobody left to tell when standard error is gone.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{}\n", words.in_lang(lang)).as_bytes());
        std::process::exit(i32::from(Exit::Bug.code()));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_two_sentences_and_as_an_object() {
        let fault = StoreFault::Missing { path: "/nowhere".into() };
        let trouble = Trouble::from(fault);
        assert_eq!(trouble.exit, Exit::Disk);
        let told = trouble.told(Lang::En, false);
        assert!(told.starts_with("Error: /nowhere does not exist.\nMake a book with"), "{told}");
        let object: Value = serde_json::from_str(&trouble.told(Lang::Vi, true)).unwrap();
        assert_eq!(object["code"], "book-missing");
    }

    #[test]
    fn escape_sequences_never_pass() {
        let refusal = Refusal::new("x", Words::same("a\u{1b}[31mb"), Words::default());
        assert!(!Trouble::from(refusal).told(Lang::En, false).contains('\u{1b}'));
    }
}
