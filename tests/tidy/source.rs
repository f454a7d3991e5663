//! Source files as the tidy tests read them: with comments and literals blanked out, so that only code is judged.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the project.
pub struct Source {
    /// Its path from the root of the project, with `/` between its parts.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The same text with spaces for comments, strings and characters; lines stay where they are.
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: blanked(text) }
    }

    /// The place of an offset, for a person to go to.
    pub fn place(&self, offset: usize) -> String {
        let line = self.code.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("{}:{line}", self.path)
    }

    /// The places of a word that stands by itself: no letter goes on before or after it where it has letters itself.
    pub fn places(&self, word: &str) -> Vec<usize> {
        let bytes = self.code.as_bytes();
        let goes_on = |at: Option<usize>, edge: Option<char>| {
            edge.is_some_and(is_letter)
                && at.and_then(|at| bytes.get(at)).is_some_and(|byte| is_letter(char::from(*byte)))
        };
        let found = self.code.match_indices(word).map(|(at, _)| at);
        found
            .filter(|at| !goes_on(at.checked_sub(1), word.chars().next()))
            .filter(|at| !goes_on(Some(at + word.len()), word.chars().last()))
            .collect()
    }

    /// Each function with a body: its name, where it starts and how many lines it has.
    pub fn functions(&self) -> Vec<(String, usize, usize)> {
        let mut found = Vec::new();
        for at in self.places("fn") {
            let rest = &self.code[at + 2..];
            let name: String = rest.trim_start().chars().take_while(|letter| is_letter(*letter)).collect();
            // A signature may hold braces only behind its first one, so that the first of both decides.
            let Some(begin) = rest.find(['{', ';']) else { continue };
            if name.is_empty() || !rest[begin..].starts_with('{') {
                continue;
            }
            let length = closing(&rest[begin..]);
            found.push((name, at, rest[..begin + length].matches('\n').count() + 1));
        }
        found
    }
}

pub fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The length of the text up to the brace that closes its first one.
pub fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// Every Rust file below these directories, by path.
pub fn sources(under: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for dir in under {
        collect(&root.join(dir), &mut paths);
    }
    paths.sort();
    assert!(!paths.is_empty(), "no source file below {under:?}");
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        Source::new(&name, &fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

fn collect(dir: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(inside) = fs::read_dir(dir) else { return };
    for path in inside.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// The text with each comment, string and character replaced by as many bytes of space; line ends stay.
fn blanked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + literal_len(&text[at..], at > 0 && is_letter(char::from(bytes[at - 1])));
        if end == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        code[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at = end;
    }
    String::from_utf8(code).unwrap()
}

/// How long the comment or literal is with which the text begins; 0 when it begins with neither.
fn literal_len(text: &str, inside_a_word: bool) -> usize {
    let to_end = |end: Option<usize>| end.unwrap_or(text.len());
    if text.starts_with("//") {
        return to_end(text.find('\n'));
    }
    if text.starts_with("/*") {
        return to_end(text.find("*/").map(|end| end + 2));
    }
    if text.starts_with('"') {
        return quoted_len(text);
    }
    if !inside_a_word {
        let raw = text.strip_prefix("br").or_else(|| text.strip_prefix('r'));
        if let Some(raw) = raw {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            if raw[hashes..].starts_with('"') {
                let begin = text.len() - raw.len() + hashes + 1;
                let close = format!("\"{}", "#".repeat(hashes));
                return to_end(text[begin..].find(&close).map(|end| begin + end + close.len()));
            }
        }
    }
    let mut letters = text.char_indices();
    if letters.next().is_none_or(|(_, first)| first != '\'') {
        return 0;
    }
    match (letters.next(), letters.next()) {
        // A quoted backslash or quote is escaped, so that the next quote but that one ends it.
        (Some((_, '\\')), Some(_)) => to_end(letters.find(|(_, letter)| *letter == '\'').map(|(end, _)| end + 1)),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 0,
    }
}

fn quoted_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "a // todo!()\nb /* dbg! */ \"x \\\" y\" r#\"z \" z\"# '\\'' 'c' &'d e \"\n\" f";
        let words: Vec<&str> = text.split_whitespace().filter(|word| blanked(text).contains(word)).collect();
        assert_eq!(words, ["a", "b", "&'d", "e", "f"]);
        assert_eq!(blanked(text).len(), text.len());
    }

    #[test]
    fn a_function_is_measured_to_its_last_brace() {
        let source = Source::new(
            "x.rs",
            "trait T { fn without(); }\nfn with(a: u8) {\n    if a > 0 { \"}\"; }\n}\nfn next() {}\n",
        );
        let found: Vec<(String, usize)> =
            source.functions().into_iter().map(|(name, _, lines)| (name, lines)).collect();
        assert_eq!(found, [("with".to_owned(), 3), ("next".to_owned(), 1)]);
    }
}
