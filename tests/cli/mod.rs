//! The shell by the real binary: text and JSON in both languages, exit codes, and the main job from an empty directory.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a session that cannot go on fails its test")]

mod bank;
mod conference;
mod draw;
mod edges;
mod files;
mod main_job;
mod matches;
mod persons;
mod place;
mod schemes;
mod twelve;
mod use_of;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A person at the shell, in a directory of their own, with a clock that stands still.
struct Session {
    dir: TempDir,
    lang: &'static str,
    told: String,
}

impl Session {
    fn new(lang: &'static str) -> Self {
        Self { dir: tempfile::tempdir().unwrap(), lang, told: String::new() }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoicho"));
        command
            .args(args)
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .env("TMPDIR", self.path())
            .env("HOICHO_BOOK", "book")
            .env("HOICHO_NOW", "2026-11-23T09:00:00+07:00")
            .env("HOICHO_USER", "Mai")
            .env("HOICHO_LANG", self.lang)
            .env("HOICHO_PASSPHRASE", "correct horse")
            .stdin(Stdio::null());
        command
    }

    fn output(&self, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "an escape sequence: {args:?}");
        output
    }

    /// Runs a line as somebody types it (words in `'…'` stay together) and writes down what came of it.
    fn run(&mut self, line: &str) -> i32 {
        self.run_with(line, "")
    }

    fn run_with(&mut self, line: &str, input: &str) -> i32 {
        let words = words(line);
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = self.output(&args, input);
        let code = output.status.code().unwrap();
        let _ = writeln!(self.told, "$ hoicho {line}");
        self.told.push_str(&String::from_utf8(output.stdout).unwrap());
        self.told.push_str(&String::from_utf8(output.stderr).unwrap());
        if code != 0 {
            let _ = writeln!(self.told, "[{code}]");
        }
        self.told.push('\n');
        code
    }

    /// Runs lines that must all be done.
    fn done(&mut self, lines: &[&str]) {
        for line in lines {
            assert_eq!(self.run(line), 0, "{line}\n{}", self.told);
        }
    }

    fn json(&self, line: &str) -> serde_json::Value {
        let words = words(line);
        let args: Vec<&str> = words.iter().map(String::as_str).chain(["--json"]).collect();
        let output = self.output(&args, "");
        let text = if output.status.success() { output.stdout } else { output.stderr };
        serde_json::from_slice(&text)
            .unwrap_or_else(|error| panic!("{line}: {error}\n{}", String::from_utf8_lossy(&text)))
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    /// What was written down, with identities and places that differ each time taken out.
    fn story(&self) -> String {
        masked(&self.told.replace(&self.path().display().to_string(), "[dir]"))
    }
}

/// The words of a line; those in single quotes stay together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (place, piece) in line.split('\'').enumerate() {
        if place % 2 == 1 {
            words.last_mut().unwrap().push_str(piece);
            continue;
        }
        for (place, part) in piece.split(' ').enumerate() {
            if place > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(part);
        }
    }
    // An empty word is one only where quotes stand for it.
    let quoted_empty = line.contains("''");
    words.retain(|word| !word.is_empty() || quoted_empty);
    words
}

/// The text with every identity replaced, whole or as it is shown short (`#0a1b2c3d`).
fn masked(text: &str) -> String {
    let is_short = |part: &str| part.starts_with('#') && part[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_id = |part: &str| {
        part.len() == 36
            && part.char_indices().all(|(place, letter)| match place {
                8 | 13 | 18 | 23 => letter == '-',
                _ => letter.is_ascii_hexdigit(),
            })
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(part) = rest.get(..9).filter(|part| is_short(part)) {
            out.push_str("#[id]");
            rest = &rest[part.len()..];
            continue;
        }
        match rest.get(..36) {
            Some(part) if is_id(part) => {
                out.push_str("[id]");
                rest = &rest[36..];
            }
            _ => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// Compares a story with the file of this name beside the tests.
macro_rules! assert_story {
    ($name:expr, $story:expr) => {
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $story);
        })
    };
}
use assert_story;

/// A book with an office, a fair with twelve booths, two businesses that register, a scheme and a budget line.
fn begun(session: &mut Session) {
    session.write(
        "businesses.csv",
        "Tên doanh nghiệp,MST,Điện thoại,Số tài khoản,Ngân hàng,Xã\n\
         Công ty Dừa Mẫu,9900000016,0901234567,990011112222,BIDV,An Hội\n\
         HTX Bến Tre,9900000023,0901234568,990033334444,Agribank,Chợ Lách\n",
    );
    session.write("registrations.csv", "Doanh nghiệp,Số gian\nCông ty Dừa Mẫu,2\nHTX Bến Tre,1\n");
    session.done(&[
        "init --name 'Trung tâm Xúc tiến thương mại' --province 'Vĩnh Long' --document-mark TTXT",
        "fair add --code OCOP-2026 --name 'Hội chợ OCOP 2026' --kind fair_out --opens-on 01/12/2026 --closes-on 05/12/2026 --price-m2 500000 --corner-extra 20 --vat 8",
    ]);
    assert_eq!(session.run_with("import booths - --fair OCOP-2026", "A1..A12 3x3\n"), 0, "{}", session.told);
    session.done(&[
        "import businesses businesses.csv",
        "import registrations registrations.csv --fair OCOP-2026",
        "scheme add --code BT-2026 --title 'Hỗ trợ 50%' --valid-from 01/01/2026 --rate 50 --cap 10000000",
        "scheme step BT-2026 active",
        "budget add --code 2026-XTTM --title 'Hỗ trợ gian hàng' --fiscal-year 2026 --amount 100000000",
    ]);
}
