//! What a shell hands over by slip or on purpose: files that are there, names that cannot be kept, escapes, endless files.

use super::{Session, begun};

#[test]
fn a_book_is_cared_for_by_any_way_to_its_directory() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.write("keep.txt", "mine");
    assert_eq!(session.run("book backup keep.txt"), 3);
    assert_eq!(std::fs::read_to_string(session.path().join("keep.txt")).unwrap(), "mine");
    session.done(&[
        "book backup safe.hoicho",
        "--book book/ book rebuild",
        "--book again/ book restore safe.hoicho",
        "--book again/ book verify",
        "fair list",
    ]);
    // The first act of the day left a backup of the day before it.
    assert!(session.path().join("book-backups/2026-11-23.hoicho").is_file());
}

#[test]
fn a_scan_is_kept_by_a_name_that_finds_it_again() {
    let mut session = Session::new("en");
    begun(&mut session);
    const FIRM: &str = "OCOP-2026/9900000016";
    for state in ["under_review", "selected", "confirmed"] {
        session.done(&[&format!("registration step {FIRM} {state}")]);
    }
    session.done(&[&format!("registration claim {FIRM} --scheme BT-2026 --budget 2026-XTTM --cost 9000000")]);
    session.write("hop dong  2.pdf", "scan");
    session.write("hợp đồng 2.pdf", "scan");
    assert_eq!(session.json("evidence attach OCOP-2026/9900000016 ev04 'hop dong  2.pdf'")["code"], "name-unusable");
    assert_eq!(session.run("evidence attach OCOP-2026/9900000016 ev04 /dev/zero"), 3);
    session.done(&["evidence attach OCOP-2026/9900000016 ev04 'hợp đồng 2.pdf'", "evidence verify"]);
    session.write("hợp đồng 2.pdf", "scan!");
    assert_eq!(session.run("evidence verify"), 1);
}

#[test]
fn no_file_steers_the_terminal_or_never_ends() {
    let mut session = Session::new("en");
    let scheme = "code = \"X\\u001b]0;mine\\u0007\"\ntitle = \"t\"\n[[item]]\nkind = \"booth\"\nrate = 50\n";
    session.write("x.toml", scheme);
    assert_eq!(session.run("scheme check x.toml"), 1);
    session.write("good.toml", &scheme.replace("\\u001b]0;mine\\u0007", ""));
    session.done(&["scheme check good.toml"]);
    session.write("case.json", "{\"costs\": [{\"kind\": \"booth\", \"label\": \"\\u001b[2J\", \"cost\": 1000}]}");
    assert_eq!(session.run("scheme try good.toml case.json"), 1);
    for line in ["scheme try good.toml /dev/zero", "draw verify /dev/zero"] {
        assert_eq!(session.json(line)["code"], "file-too-large", "{line}");
    }
}

#[test]
fn a_clock_far_behind_the_journal_is_told() {
    let mut session = Session::new("en");
    begun(&mut session);
    let told = |now: &str, json: bool| {
        let mut command = session.command(&["fair", "edit", "OCOP-2026", "--city", now]);
        if json {
            command.arg("--json");
        }
        String::from_utf8(command.env("HOICHO_NOW", now).output().unwrap().stderr).unwrap()
    };
    assert!(told("2026-11-21T09:00:00+07:00", false).contains("Check the clock"));
    assert_eq!(told("2026-11-21T09:00:00+07:00", true), "");
    assert_eq!(told("2026-11-22T12:00:00+07:00", false), "");
}
