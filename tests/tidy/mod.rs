//! The house rules that a compiler does not hold: what a file may contain, how long it may be, and who may use whom.

mod layers;
mod pages;
mod readme;
mod source;

use source::{Source, is_letter, sources};

const FILE_LINES_MAX: usize = 700;
const FUNCTION_LINES_MAX: usize = 100;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[];

/// Functions that may be longer, and why.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];

/// What stands nowhere in `src`, except in the file or directory named beside it; and why.
const BANNED: &[(&str, &str, &str)] = &[
    ("todo!", "", "finish it"),
    ("unimplemented!", "", "finish it"),
    ("dbg!", "", "for the time of looking only"),
    ("#[allow(", "", "use #[expect(…, reason = \"…\")], which tells when it is no longer needed"),
    ("#![allow(", "", "use #[expect(…, reason = \"…\")], which tells when it is no longer needed"),
    ("unsafe", "", "nothing here needs it"),
    ("Color::", "src/tui/theme.rs", "widgets ask for a role, the theme knows colours"),
    ("SystemTime", "src/engine/env.rs", "time is asked for in one place and handed down"),
    ("Instant::now", "src/engine/env.rs", "time is asked for in one place and handed down"),
    ("env::var", "src/engine/env.rs", "the environment is read in one place and handed down"),
    ("env::var_os", "src/engine/env.rs", "the environment is read in one place and handed down"),
    ("getrandom", "src/engine/env.rs", "chance is asked for in one place and handed down"),
];

/// What stands in no test either.
const BANNED_IN_TESTS: &[&str] =
    &["todo!", "unimplemented!", "dbg!", "#[allow(", "#![allow(", "unsafe", "thread::sleep"];

/// Tests that may all the same, and why.
const REASONED: &[(&str, &str, &str)] = &[];

/// Words that say nothing about what a type is.
const EMPTY_WORDS: [&str; 7] = ["Manager", "Helper", "Util", "Handler", "Service", "Data", "Info"];

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn nothing_banned_stands_in_the_source() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        for (word, home, why) in BANNED {
            let at_home = !home.is_empty() && source.path.starts_with(home);
            let strays = source.places(word).into_iter().filter(|_| !at_home);
            faults.extend(strays.map(|at| format!("{}: {word} ({why})", source.place(at))));
        }
    }
    assert_none(&faults);
}

#[test]
fn nothing_banned_stands_in_the_tests() {
    let mut faults = Vec::new();
    for source in sources(&["tests", "benches"]) {
        for word in BANNED_IN_TESTS {
            let reasoned = REASONED.iter().any(|(path, known, _)| *path == source.path && known == word);
            let strays = source.places(word).into_iter().filter(|_| !reasoned);
            faults.extend(strays.map(|at| format!("{}: {word}", source.place(at))));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |source: &Source| !source.text.starts_with("//! ");
    let faults: Vec<String> =
        sources(&["src", "tests", "benches"]).into_iter().filter(silent).map(|source| source.path).collect();
    assert_none(&faults);
}

#[test]
fn files_and_functions_stay_short() {
    let mut faults = Vec::new();
    for source in sources(&["src", "tests", "benches"]) {
        let lines = source.text.lines().count();
        if lines > FILE_LINES_MAX && !LONG_FILES.iter().any(|(path, _)| *path == source.path) {
            faults.push(format!("{}: {lines} lines, {FILE_LINES_MAX} at most", source.path));
        }
        for (name, at, lines) in source.functions() {
            let reasoned = LONG_FUNCTIONS.iter().any(|(path, known, _)| *path == source.path && *known == name);
            if lines > FUNCTION_LINES_MAX && !reasoned {
                faults.push(format!("{}: {name} has {lines} lines, {FUNCTION_LINES_MAX} at most", source.place(at)));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_name_says_what_a_type_is() {
    let mut faults = Vec::new();
    for source in sources(&["src", "tests", "benches"]) {
        for keyword in ["struct", "enum", "trait", "type"] {
            for at in source.places(keyword) {
                let rest = source.code[at + keyword.len()..].trim_start();
                let name: String = rest.chars().take_while(|letter| is_letter(*letter)).collect();
                if words(&name).iter().any(|word| EMPTY_WORDS.contains(&word.trim_end_matches('s'))) {
                    faults.push(format!("{}: {name} says nothing", source.place(at)));
                }
            }
        }
    }
    assert_none(&faults);
}

/// The words of a name in capitals: `OwnerFile` is `Owner` and `File`.
fn words(name: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        name.char_indices().filter(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at).collect();
    starts.push(name.len());
    starts.windows(2).map(|pair| &name[pair[0]..pair[1]]).collect()
}

#[test]
fn every_file_is_a_module() {
    let all = sources(&["src", "tests"]);
    let roots = ["src/main.rs", "src/lib.rs", "tests/all.rs"];
    let mut faults = Vec::new();
    for source in all.iter().filter(|source| !roots.contains(&source.path.as_str())) {
        let module = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let (above, name) = module.rsplit_once('/').unwrap();
        let parents = match above {
            "src" => vec!["src/lib.rs".to_owned()],
            "tests" => vec!["tests/all.rs".to_owned()],
            _ => vec![format!("{above}/mod.rs"), format!("{above}.rs")],
        };
        let listed = format!("mod {name};");
        if !all.iter().any(|parent| parents.contains(&parent.path) && !parent.places(&listed).is_empty()) {
            faults.push(format!("{} is compiled by nobody: list `{listed}` in {}", source.path, parents[0]));
        }
    }
    assert_none(&faults);
}

#[test]
fn words_of_a_name() {
    assert_eq!(words("OwnerFile"), ["Owner", "File"]);
    assert_eq!(words("Handler"), ["Handler"]);
    assert!(words("data").is_empty());
}
