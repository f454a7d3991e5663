//! What every refusal owes the person: what is wrong and what to do next, in both languages, as whole sentences.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hoicho::domain::refusal::Refusal;

/// Fails when a refusal lacks its words in a language, or they are no sentences.
#[track_caller]
pub fn sound(refusal: &Refusal) {
    if let Err(fault) = fault(refusal) {
        panic!("{fault}");
    }
}

/// What is wrong with the words of a refusal.
pub fn fault(refusal: &Refusal) -> Result<(), String> {
    for (part, words) in [("what", &refusal.what), ("fix", &refusal.fix)] {
        for (lang, text) in [("vi", &words.vi), ("en", &words.en)] {
            if text.trim().len() < 4 || !text.ends_with('.') || text.contains("  ") {
                return Err(format!("{}: {part}.{lang} is no sentence: {text:?}", refusal.code));
            }
        }
    }
    let code_is_plain =
        !refusal.code.is_empty() && refusal.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if code_is_plain { Ok(()) } else { Err(format!("the code {:?} is not plain", refusal.code)) }
}

/// The refusal codes that the sources of a directory name.
fn codes(dir: &Path, found: &mut BTreeSet<String>) {
    for file in fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            codes(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for opening in ["refuse(", "Refusal::new("] {
            for rest in source.split(opening).skip(1) {
                if let Some(quoted) = rest.trim_start().strip_prefix('"')
                    && let Some((code, _)) = quoted.split_once('"')
                {
                    found.insert(code.to_owned());
                }
            }
        }
    }
}

#[test]
fn every_refusal_of_the_trade_is_named_by_a_plain_code() {
    let mut found = BTreeSet::new();
    codes(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain")), &mut found);
    assert!(found.len() > 50, "{found:?}");
    for code in &found {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
    }
}

#[test]
fn every_fix_and_what_written_in_the_sources_is_a_sentence() {
    fn walk(dir: &Path) {
        for file in fs::read_dir(dir).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                walk(&path);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            for opening in ["refuse(", "Refusal::new("] {
                for rest in source.split(opening).skip(1) {
                    if rest.trim_start().starts_with('"') {
                        sentences(&path, rest);
                    }
                }
            }
        }
    }
    /// The literals of the `say!` and `Words::new` behind a code, two each for what and fix.
    fn sentences(path: &Path, call: &str) {
        let ends = [";\n", ".at(", "\n        }"];
        let call = &call[..ends.iter().filter_map(|end| call.find(end)).min().unwrap_or(call.len())];
        for part in call.split("say!(").skip(1).chain(call.split("Words::new(").skip(1)) {
            let literals: Vec<&str> = part.split('"').skip(1).step_by(2).take(2).collect();
            for literal in literals {
                let ends = literal.ends_with('.') || literal.ends_with('}') || literal.ends_with('”');
                assert!(ends, "{}: {literal:?} is no sentence", path.display());
            }
        }
    }
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain")));
}
