//! The commands of the README run as they stand, from an empty directory.

use std::process::Command;

const README: &str = include_str!("../../README.md");

/// The blocks that a reader is told to type, one after another.
fn blocks(text: &str) -> String {
    let from_each = text.split("```sh\n").skip(1);
    from_each.filter_map(|rest| rest.split_once("```").map(|(block, _)| block)).collect()
}

#[test]
fn blocks_of_commands_are_found() {
    assert_eq!(blocks("a\n```sh\none\n```\n```\nnot\n```\n```sh\ntwo\n```\n"), "one\ntwo\n");
}

#[test]
#[cfg(unix)]
fn the_commands_run_as_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_hoicho")).parent().unwrap().display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    // The clock stands still, so that the fair of the README is always ahead.
    let script = format!("set -e\n{}", blocks(README).replace("$(date +%Y)", "2026"));
    let run = Command::new("sh")
        .args(["-c", &script])
        .current_dir(dir.path())
        .env("PATH", format!("{program}:{path}"))
        .env("HOME", dir.path())
        .env("HOICHO_NOW", "2026-11-24T09:00:00+07:00")
        .output()
        .unwrap();
    let (told, wrong) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(run.status.success(), "{told}\n{wrong}");
    // What the README shows is what comes out.
    let shown =
        README.split("```\n").filter(|block| block.starts_with("Code  Status") || block.starts_with("Calculation"));
    for block in shown {
        assert!(told.contains(block), "the README shows something else than the program says:\n{block}\n{told}");
    }
    assert!(told.contains("Paid                      4.500.000 ₫"), "{told}");
}
