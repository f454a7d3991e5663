//! A public draw at the shell, from its rules to booths, and its minutes verified by a second run.

use super::{Session, begun};

/// A fair with two selected firms and a draw whose rules are published.
fn published(session: &mut Session) {
    begun(session);
    session.done(&[
        "registration step OCOP-2026/9900000016 under_review",
        "registration step OCOP-2026/9900000016 selected",
        "registration step OCOP-2026/9900000023 under_review",
        "registration step OCOP-2026/9900000023 selected",
        "draw add --fair OCOP-2026 --code BT1 --mode booth --rules 'Mỗi đơn vị được chọn.' --chance-from 'Xổ số 25/11/2026'",
    ]);
    assert_eq!(session.run("draw freeze OCOP-2026/BT1"), 1, "nothing was committed to");
    session.done(&["draw publish OCOP-2026/BT1"]);
}

#[test]
fn a_draw_goes_by_its_stages_and_is_repeated_from_its_minutes() {
    let mut session = Session::new("en");
    published(&mut session);
    assert_eq!(session.run("draw edit OCOP-2026/BT1 --chance-from Khác"), 1, "what was published stays");
    let secrets: Vec<(&str, serde_json::Value)> = ["Organiser", "Association"]
        .into_iter()
        .map(|role| (role, session.json(&format!("draw secret OCOP-2026/BT1 --role {role}"))))
        .collect();
    for (role, secret) in &secrets {
        let commitment = secret["commitment"].as_str().unwrap();
        session.done(&[&format!("draw commit OCOP-2026/BT1 --role {role} --commitment {commitment}")]);
    }
    let shown = |role: &str, secret: &serde_json::Value| {
        format!("draw reveal OCOP-2026/BT1 --role {role} --secret {}", secret["secret"].as_str().unwrap())
    };
    assert_eq!(session.run(&shown(secrets[0].0, &secrets[0].1)), 1, "the list is not frozen yet");
    session.done(&["draw freeze OCOP-2026/BT1"]);
    assert_eq!(session.run(&shown(secrets[0].0, &secrets[1].1)), 1, "another's secret");
    for (role, secret) in &secrets {
        session.done(&[&shown(role, secret)]);
    }
    session.done(&["draw run OCOP-2026/BT1 --chance 482913 --place 'Sở Công Thương' --present 'Bà Hoa'"]);

    let before = session.json("draw show OCOP-2026/BT1");
    session.run("undo");
    assert_eq!(session.json("draw show OCOP-2026/BT1"), before, "what was drawn is not drawn again");

    let minutes = session.output(&["draw", "minutes", "OCOP-2026/BT1", "--json"], "");
    let minutes = String::from_utf8(minutes.stdout).unwrap();
    session.write("minutes.json", &minutes);
    session.write("changed.json", &minutes.replace("482913", "482914"));
    session.write("moved.json", &minutes.replace("Sở Công Thương", "Nhà riêng"));
    session.write("other.json", "{}");
    session.done(&["draw verify minutes.json", "draw minutes OCOP-2026/BT1", "--lang vi draw minutes OCOP-2026/BT1"]);
    for file in ["changed.json", "moved.json", "other.json"] {
        assert_eq!(session.run(&format!("draw verify {file}")), 1, "{file}");
    }
    assert_eq!(session.run("draw verify nowhere.json"), 3);
    // Anybody can do it, in an empty directory, with the file alone; a line that was changed is named.
    let mut anybody = Session::new("en");
    anybody.write("minutes.json", &minutes);
    anybody.write("changed.json", &minutes.replace("\"tickets\": 1", "\"tickets\": 9000"));
    anybody.done(&["draw verify minutes.json"]);
    assert!(!anybody.path().join("book").exists());
    assert_eq!(anybody.run("draw verify changed.json"), 1);
    let line = minutes.lines().position(|line| line.contains("\"tickets\": 1")).unwrap() + 1;
    assert!(anybody.told.contains(&format!("Line {line}: the 9000 tickets of")), "{}", anybody.told);
    assert!(minutes.contains("Ticket n of a firm is the SHA-256 of SEED:CODE:n"));
    assert!(session.told.contains("| sha256sum"), "{}", session.told);

    session.done(&["draw place OCOP-2026/BT1"]);
    let placed = session.json("placement list --fair OCOP-2026").as_array().map_or(0, Vec::len);
    assert!(placed > 0, "{}", session.told);
    session.done(&["undo", "draw place OCOP-2026/BT1"]);
}
