//! The pages under `docs/` say what the two tables say.
//!
//! Written by `cargo test --test all tidy::pages::write -- --ignored`.

use std::fs;
use std::path::Path;

use hoicho::command::reference::{commands_page, fields_page};

fn pages() -> [(&'static str, String); 2] {
    [("docs/commands.md", commands_page()), ("docs/fields.md", fields_page())]
}

#[test]
fn the_pages_follow_the_tables() {
    for (path, page) in pages() {
        let kept = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default();
        assert!(kept == page, "{path} is older than the tables; `just pages` writes it anew");
    }
}

#[test]
#[ignore = "writes the pages anew"]
fn write() {
    for (path, page) in pages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page).unwrap();
    }
}
