//! Where the program runs in these tests: a home of its own, a fixed clock, no environment of ours.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a place that cannot be made fails its test")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::terminal::{Kind, Terminal};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hoicho");

/// A home with a book in it.
pub struct Place {
    dir: TempDir,
}

impl Place {
    /// A home with no book yet.
    pub fn empty() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    /// A home with a book of the demonstration.
    pub fn demo() -> Self {
        let place = Self::empty();
        copy(demo_book(), &place.book());
        place
    }

    /// Where the book is.
    pub fn book(&self) -> PathBuf {
        self.dir.path().join("book")
    }

    /// The whole environment of the program, with `more` over it.
    pub fn env(&self, more: &[(&str, &str)]) -> Vec<(String, String)> {
        let home = self.dir.path().display().to_string();
        let usual = [
            ("HOME", home.clone()),
            ("XDG_DATA_HOME", format!("{home}/data")),
            ("XDG_STATE_HOME", format!("{home}/state")),
            ("XDG_CONFIG_HOME", format!("{home}/config")),
            ("TMPDIR", home),
            ("HOICHO_BOOK", self.book().display().to_string()),
            ("HOICHO_NOW", "2026-11-23T09:00:00+07:00".to_owned()),
            ("HOICHO_USER", "Lê Thị Mai".to_owned()),
            ("HOICHO_LANG", "en".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("PATH", "/usr/bin:/bin".to_owned()),
        ];
        let replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
        let kept = usual.into_iter().filter(|(name, _)| !replaced(name)).map(|(name, value)| (name.to_owned(), value));
        kept.chain(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    }

    /// Starts the screen on the book.
    pub fn start(&self, kind: Kind, more: &[(&str, &str)]) -> Terminal {
        self.start_program(kind, Path::new(PROGRAM), &[], more)
    }

    /// Starts another program in this home.
    pub fn start_program(&self, kind: Kind, program: &Path, args: &[&str], more: &[(&str, &str)]) -> Terminal {
        let env = self.env(more);
        let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Terminal::start(kind, program, args, &env)
    }
}

/// A book of the demonstration, made once by the program itself.
fn demo_book() -> &'static Path {
    static DEMO: OnceLock<Place> = OnceLock::new();
    static BOOK: OnceLock<PathBuf> = OnceLock::new();
    BOOK.get_or_init(|| {
        let place = DEMO.get_or_init(Place::empty);
        let book = place.book();
        let made = Command::new(PROGRAM)
            .args(["demo", "--no-open", "--book"])
            .arg(&book)
            .env_clear()
            .envs(place.env(&[]))
            .output()
            .unwrap();
        if !made.status.success() {
            panic!("{}", String::from_utf8_lossy(&made.stderr));
        }
        book
    })
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
