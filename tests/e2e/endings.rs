//! However the program ends or stops, the terminal is given back.

use std::path::Path;

use rustix::process::Signal;

use super::place::{PROGRAM, Place};
use super::terminal::{Kind, USUAL};

#[test]
fn q_leaves_and_gives_the_terminal_back() {
    for kitty in [false, true] {
        let place = Place::demo();
        let mut terminal = place.start(Kind { kitty, ..USUAL }, &[]);
        terminal.see("1 Today").until("the screen's own modes", |screen| {
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
        });
        assert_eq!(terminal.text("q").end(), 0);
        terminal.expect_given_back();
        assert_eq!(terminal.bytes.windows(5).any(|window| window == b"\x1b[>1u"), kitty);
    }
}

#[test]
fn a_signal_to_end_is_an_ordinary_end() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[]);
    terminal.see("1 Today");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), 0);
    terminal.expect_given_back();
}

/// Set for the process that [`a_child_that_panics`] is run in.
const CHILD: &str = "HOICHO_TEST_PANICS";

#[test]
fn a_panic_gives_the_terminal_back_and_says_where_the_report_is() {
    let place = Place::empty();
    let report = place.book().with_extension("crash");
    let shown = report.display().to_string();
    let tests = std::env::current_exe().unwrap();
    let args = ["--exact", "e2e::endings::a_child_that_panics", "--nocapture", "--test-threads=1"];
    let mut terminal = place.start_program(USUAL, &tests, &args, &[(CHILD, &shown)]);
    assert_eq!(terminal.end(), 70, "{}", terminal.screen());
    terminal.expect_given_back();
    assert!(terminal.bytes.windows(8).any(|window| window == b"\x1b[?1049h"), "the screen was open");
    assert!(terminal.screen().contains("The report is kept."), "{}", terminal.screen());
    let written = std::fs::read_to_string(report).unwrap();
    assert!(written.contains("said: the test panics"), "{written}");
}

/// Does nothing among the tests; in a terminal of its own it opens the screen and panics.
#[test]
fn a_child_that_panics() {
    use hoicho::tui::term::{CrashPlan, Screen, TerminalWishes, on_panic};
    let Some(file) = std::env::var_os(CHILD) else { return };
    on_panic(CrashPlan {
        file: file.into(),
        opening: Box::new(|| "test".to_owned()),
        paragraph: "The report is kept.".to_owned(),
    });
    let mut screen = Screen::open(TerminalWishes { kitty: true, mouse: true }).unwrap();
    screen.draw(|_| {}).unwrap();
    panic!("the test panics");
}

#[test]
fn ctrl_z_stops_the_program_and_fg_brings_its_screen_back() {
    let place = Place::demo();
    let script = format!("set -m; {PROGRAM}; echo \"stopped=$?\"; read line; fg >/dev/null; echo \"ended=$?\"");
    let mut terminal = place.start_program(USUAL, Path::new("/bin/sh"), &["-c", &script], &[]);
    terminal.see("1 Today").send(b"\x1a").see("stopped=");
    assert!(!terminal.cells().alternate_screen() && !terminal.cells().bracketed_paste());
    terminal.send(b"\r").see("1 Today").until("the alternate screen", vt100::Screen::alternate_screen);
    terminal.text("2").see("Days left").text("q").see("ended=0");
    assert_eq!(terminal.end(), 0);
    terminal.expect_given_back();
}

#[test]
fn a_terminal_that_can_do_nothing_is_refused_politely() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[("TERM", "dumb")]);
    assert_eq!(terminal.end(), 2);
    assert!(terminal.screen().contains("The screen needs a terminal."), "{}", terminal.screen());
    assert!(!terminal.bytes.contains(&0x1b), "{:?}", String::from_utf8_lossy(&terminal.bytes));
}

#[test]
fn a_second_program_is_told_who_has_the_book() {
    let place = Place::demo();
    let mut first = place.start(USUAL, &[]);
    first.see("1 Today");
    let mut second = place.start(USUAL, &[("HOICHO_USER", "Khoa")]);
    assert_eq!(second.end(), 3);
    assert!(second.screen().contains("Lê Thị Mai"), "{}", second.screen());
    second.expect_given_back();
    assert_eq!(first.text("q").end(), 0);
}
