//! The layer law: it is read from the table at the head of `src/lib.rs`, and every path of every file is held to it.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, closing, is_letter, sources};

/// Where the macros that live at the root of the crate belong to.
const MACROS: [(&str, &str); 3] = [("say", "base"), ("choices", "domain"), ("noun", "domain")];

/// What each layer may use, and which single module may use more.
struct Law {
    layers: BTreeMap<String, BTreeSet<String>>,
    /// The module as a path below `src`, and what it may use besides.
    more: Vec<(String, BTreeSet<String>)>,
}

impl Law {
    /// Reads the table of a crate's own description.
    fn read(description: &str) -> Self {
        let mut law = Self { layers: BTreeMap::new(), more: Vec::new() };
        for line in description.lines() {
            let cells: Vec<&str> = line.trim_start_matches("//!").split('|').map(str::trim).collect();
            let (["", name, uses, ""], true) = (cells.as_slice(), line.contains("| `")) else { continue };
            let (uses, more) = uses.split_once(';').unwrap_or((uses, ""));
            let allowed = if uses == "all of the above" { law.layers.keys().cloned().collect() } else { named(uses) };
            law.layers.extend(named(name).into_iter().map(|name| (name, allowed.clone())));
            if let Some((module, also)) = more.split_once(" also ") {
                law.more.extend(named(module).into_iter().map(|module| (module.replace("::", "/"), named(also))));
            }
        }
        law
    }

    /// Every path of a file that the law forbids.
    fn breaches(&self, source: &Source) -> Vec<String> {
        let Some(inside) = source.path.strip_prefix("src/") else { return Vec::new() };
        let Some((layer, _)) = inside.split_once('/') else { return Vec::new() };
        let Some(allowed) = self.layers.get(layer) else {
            return vec![format!("{}: no layer of the table", source.path)];
        };
        let module = inside.trim_end_matches(".rs").trim_end_matches("/mod");
        let below =
            |place: &str| module == place || module.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
        let more = self.more.iter().filter(|(place, _)| below(place)).flat_map(|(_, also)| also);
        let allowed: BTreeSet<&String> = allowed.iter().chain(more).collect();
        let mut breaches = Vec::new();
        for (offset, name) in roots(source, module, &self.layers) {
            let target = MACROS.iter().find(|(known, _)| *known == name).map_or(name.as_str(), |(_, home)| *home);
            if target != layer && !allowed.iter().any(|allowed| *allowed == target) {
                breaches.push(format!("{}: `{layer}` may not use `{target}`", source.place(offset)));
            }
        }
        breaches
    }
}

/// The names between backticks.
fn named(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What a file reaches from the root of the crate: by `crate::`, or by so many `super::` that they arrive there.
fn roots(source: &Source, module: &str, layers: &BTreeMap<String, BTreeSet<String>>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in source.places("crate::") {
        found.extend(firsts(&source.code[at + "crate::".len()..]).into_iter().map(|name| (at, name)));
    }
    let depth = module.split('/').count();
    for at in source.places("super::") {
        let supers = source.code[at..].split("super::").take_while(|between| between.is_empty()).count();
        let rest = &source.code[at + supers * "super::".len()..];
        if supers >= depth && !source.code[..at].ends_with("super::") {
            found.extend(firsts(rest).into_iter().filter(|name| layers.contains_key(name)).map(|name| (at, name)));
        }
    }
    found
}

/// The first names of a path, or of each path within braces.
fn firsts(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|letter| is_letter(*letter)).collect::<String>();
    if !path.starts_with('{') {
        return vec![name(path)];
    }
    let mut depth = 0_usize;
    let items = path[1..closing(path) - 1].split(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    });
    items.map(name).filter(|name| !name.is_empty()).collect()
}

fn law() -> Law {
    Law::read(include_str!("../../src/lib.rs"))
}

#[test]
fn no_layer_uses_one_above_it() {
    let law = law();
    assert_eq!(law.layers.len(), 8, "the table of src/lib.rs was not understood");
    let breaches: Vec<String> = sources(&["src"]).iter().flat_map(|source| law.breaches(source)).collect();
    assert!(breaches.is_empty(), "the layer law of src/lib.rs is broken:\n{}", breaches.join("\n"));
}

#[test]
fn the_libraries_of_a_layer_stay_in_it() {
    let homes = [
        ("sled::", "src/store/"),
        ("calamine::", "src/exchange/"),
        ("rust_xlsxwriter::", "src/exchange/"),
        ("csv::", "src/exchange/"),
        ("clap::", "src/cli/"),
        ("crossterm::", "src/tui/"),
        ("ratatui::", "src/tui/"),
    ];
    for source in sources(&["src"]) {
        for (library, home) in homes {
            let used = source.places(library).into_iter().find(|at| {
                // A module of ours may have the name of a library.
                !source.code[..*at].ends_with("::")
            });
            let strays = used.filter(|_| !source.path.starts_with(home));
            assert_eq!(strays.map(|at| source.place(at)), None, "{library} belongs into {home}");
        }
    }
}

#[test]
fn the_law_sees_every_way_upward() {
    let law = law();
    let breaks = |path: &str, text: &str| law.breaches(&Source::new(path, text)).len();
    assert_eq!(breaks("src/domain/book.rs", "use crate::store::Store;"), 1);
    assert_eq!(breaks("src/domain/book.rs", "fn f() -> crate::engine::Desk { crate::cli::run() }"), 2);
    assert_eq!(breaks("src/store/mod.rs", "use crate::{base::text::Text, domain::{book::Book, record}, engine};"), 2);
    assert_eq!(
        breaks(
            "src/store/mod.rs",
            "use crate::{\n    base::text::Text,\n    domain::{\n        book::Book,\n    },\n};"
        ),
        1
    );
    assert_eq!(breaks("src/base/text.rs", "use super::super::tui::run;"), 1);
    assert_eq!(breaks("src/base/mod.rs", "use super::domain::{book::Book};"), 1);
    assert_eq!(breaks("src/store/mod.rs", "crate::choices! {}"), 1);
    assert_eq!(breaks("src/domain/record.rs", "macro_rules! m { () => { $crate::tui::run() } }"), 1);
    assert_eq!(breaks("src/cli/mod.rs", "use crate::tui::run;"), 1);
    assert_eq!(breaks("src/tui/app.rs", "use crate::{cli, engine::Desk};"), 2);
    assert_eq!(breaks("src/attic/mod.rs", ""), 1);
}

#[test]
fn the_law_lets_pass_what_is_lawful() {
    let law = law();
    let breaks = |path: &str, text: &str| law.breaches(&Source::new(path, text));
    let none = Vec::<String>::new();
    assert_eq!(breaks("src/tui/run.rs", "use crate::engine::Desk; use crate::tui::app::App;"), none);
    assert_eq!(breaks("src/domain/view/list.rs", "use super::super::book::Book; crate::say!(\"\", \"\");"), none);
    assert_eq!(breaks("src/base/text.rs", "// use crate::store::Store;\nconst A: &str = \"crate::tui\";"), none);
    assert_eq!(breaks("src/cli/mod.rs", "use crate::{base, domain, store, exchange, command, engine};"), none);
    assert_eq!(breaks("src/main.rs", "use hoicho::cli;"), none);
}
