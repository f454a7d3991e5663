//! The main job by shell: from an empty directory to booths assigned, a subsidy paid and a lead followed up.

use super::{Session, assert_story, begun};

const FIRM: &str = "OCOP-2026/9900000016";

fn confirmed(session: &mut Session) {
    begun(session);
    for state in ["under_review", "selected", "confirmed"] {
        session.done(&[&format!("registration step {FIRM} OCOP-2026/9900000023 {state}")]);
    }
    session.done(&[
        &format!("registration place {FIRM} --booths A1,A2"),
        "booth rent OCOP-2026/A3 --registration OCOP-2026/9900000023",
        "booth hold OCOP-2026/A4 OCOP-2026/A5 --held-for 'Hội nông dân' --until +3",
        "booth swap OCOP-2026/A1 --other A6",
        "booth release OCOP-2026/A4 --reason 'không đến'",
        "booth block A12 --fair OCOP-2026 --reason 'cột nhà'",
    ]);
}

#[test]
fn booths_are_assigned() {
    let mut session = Session::new("vi");
    confirmed(&mut session);
    session.told.push_str("—\n");
    session.done(&[
        "booth list --fair OCOP-2026 --columns code,status,holder,rent --filter status:rented",
        "registration list --fair OCOP-2026",
        "fair show OCOP-2026",
    ]);
    assert_story!("booths_assigned_vi", session.story());
}

#[test]
fn a_subsidy_is_paid_and_reversed() {
    let mut session = Session::new("en");
    confirmed(&mut session);
    for name in ["Mai", "Hùng", "Nam", "Hà"] {
        session.done(&[&format!("person add --name {name}"), &format!("person passphrase {name}")]);
    }
    session.told.clear();
    session.done(&[
        &format!("registration claim {FIRM} --scheme BT-2026 --budget 2026-XTTM"),
        &format!("claim show {FIRM}"),
        &format!("claim check {FIRM}"),
        &format!("evidence receive {FIRM}/ev04 {FIRM}/ev05 {FIRM}/ev06 {FIRM}/ev07"),
        &format!("--as Hùng claim appraise {FIRM}"),
    ]);
    let decide = format!("claim decide {FIRM} --budget 2026-XTTM");
    assert_eq!(session.run(&decide), 1, "who proposed may not approve");
    assert_eq!(session.json(&decide)["code"], "four-eyes");
    assert_eq!(session.run(&format!("--as Hùng {decide}")), 1, "who appraised may not approve");
    session.done(&[&format!("--as Nam {decide}")]);
    assert_eq!(session.run(&format!("claim accept {FIRM}")), 1, "evidence is not accepted yet");
    session.done(&[
        &format!("evidence accept {FIRM}/ev04 {FIRM}/ev05 {FIRM}/ev06"),
        &format!("evidence waive {FIRM}/ev07 --reason 'biên bản chung'"),
        &format!("claim accept {FIRM}"),
        &format!("--as Hà claim pay {FIRM}"),
    ]);
    assert_eq!(session.run("--as Hà payment sign 1/2026"), 1, "who prepared may not sign");
    session.done(&[
        "--as Nam payment sign 1/2026",
        "--as Hà payment send 01/2026",
        "report support --year 2026",
        "budget show 2026-XTTM",
        "--as Hà payment reverse 1/2026 --reason 'sai tài khoản'",
        "payment list --sort voucher_no",
        "report support --year 2026",
    ]);
    assert_story!("subsidy_paid_en", session.story());
    let report = session.json("report support --year 2026");
    assert_eq!((&report["businesses"], &report["rate_bp"]), (&1.into(), &5000.into()));
    assert_eq!((&report["rent"], &report["paid"]), (&9_000_000.into(), &0.into()));
    let claim = session.json(&format!("claim show {FIRM}"));
    assert_eq!(claim["fields"]["grant"], 4_500_000);
    assert_eq!(claim["calculation"]["rate_bp"], 5000);
    assert!(claim["calculation"]["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
}

#[test]
fn a_lead_is_followed_up() {
    let mut session = Session::new("vi");
    begun(&mut session);
    session.told.clear();
    let lead = "'Công ty Dừa Mẫu/Siêu thị Mẫu'";
    session.done(&[
        "partner add --name 'Siêu thị Mẫu' --kind supermarket --city 'TP. Hồ Chí Minh' --wants 'kẹo dừa'",
        "contact add --name 'Nguyễn Thị Lan' --partner 'Siêu thị Mẫu' --phone 0912345678 --email lan@example.vn",
        "lead add --business 9900000016 --partner 'Siêu thị Mẫu' --interest 'Kẹo dừa' --next-step 'Gọi lại' --due-on +0 --owner Mai",
        "today",
        &format!("lead step {lead} quoted"),
        &format!("lead next {lead} --next-step 'Gửi hợp đồng mẫu' --due-on +7"),
        &format!("lead edit {lead} --contract-value 120.000.000"),
        "contact list",
        "contact show 'Nguyễn Thị Lan' --personal",
        &format!("lead history {lead} --field stage"),
        "undo",
        "redo",
        &format!("lead show {lead}"),
        "log --limit 3",
    ]);
    assert_eq!(session.run(&format!("lead step {lead} new")), 1, "a lead goes back one stage only");
    assert_story!("lead_followed_vi", session.story());
}

#[test]
fn undo_and_redo_reach_across_processes_and_persons() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.done(&["--as Hùng business edit 9900000016 --short-name 'Đông Á'", "undo"]);
    assert!(session.json("budget list").as_array().unwrap().is_empty(), "mine was the budget line");
    assert_eq!(session.json("business show 9900000016")["fields"]["short_name"], "Đông Á");
    session.done(&["redo"]);
    assert_eq!(session.json("budget list").as_array().unwrap().len(), 1);
    assert_eq!(session.run("redo"), 1);
    session.done(&["--as Hùng undo", "book verify"]);
}
