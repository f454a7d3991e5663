//! Files that hold nothing of what was asked for, and files that are brought in twice.

use super::Session;

#[test]
fn a_file_of_which_nothing_is_understood_is_refused() {
    let mut session = Session::new("en");
    session.run("init --name Centre");
    std::fs::write(session.path().join("odd.txt"), "14 3 9\n2 7 1\n").unwrap();
    let output = session.output(&["import", "businesses", "odd.txt"], "");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("headers such as: Name"), "{told}");
}

#[test]
fn an_unknown_theme_is_refused_and_every_theme_is_known() {
    let mut session = Session::new("en");
    session.run("init --name Centre");
    assert_eq!(session.output(&["--theme", "pink", "today"], "").status.code(), Some(2));
    let known: Vec<&str> = hoicho::tui::theme::Theme::names().collect();
    assert_eq!(known, hoicho::cli::grammar::THEMES);
}

#[test]
fn a_plan_that_comes_again_brings_nothing_twice() {
    let mut session = Session::new("en");
    session.run("init --name Centre");
    session.run("fair add --code F --name Fair --kind fair_out --opens-on 10/03/2027 --closes-on 14/03/2027");
    session.write("plan.json", include_str!("../data/plan-shapes.json"));
    assert_eq!(session.run("import floor plan.json --fair F"), 0);
    let count = |session: &Session| {
        let told = session.output(&["fixture", "list", "--fair", "F", "--json"], "").stdout;
        let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
        told.as_array().map(Vec::len)
    };
    let first = count(&session);
    assert_eq!(session.run("import floor plan.json --fair F"), 0);
    assert!(first.is_some_and(|count| count > 0));
    assert_eq!(count(&session), first);
}
