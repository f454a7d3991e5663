//! Schemes at the shell: a shipped one becomes a draft, a draft is tried on a year, limits and schemes are compared.

use super::{Session, begun};

#[test]
fn a_shipped_scheme_becomes_a_draft_and_a_draft_is_tried_on_a_year() {
    let mut session = Session::new("en");
    begun(&mut session);
    let firm = "OCOP-2026/9900000016";
    session.done(&[
        &format!("registration step {firm} under_review"),
        &format!("registration step {firm} selected"),
        &format!("registration step {firm} confirmed"),
        &format!("registration place {firm} --booths A1,A2"),
        &format!("registration claim {firm} --scheme BT-2026 --budget 2026-XTTM"),
        "scheme new 06 --valid-from 01/01/2027",
        "scheme new 06 --code HN-2027 --valid-from 01/01/2027",
    ]);
    session.told.clear();
    assert_eq!(session.run("scheme show HN-2021-TH"), 0);
    assert!(["draft", "50%", "lines"].iter().all(|part| session.told.contains(part)), "{}", session.told);
    assert_eq!(session.run("scheme new 06"), 1, "its code is taken");
    session
        .write("draft.toml", "code = \"X\"\n[[item]]\nkind = \"booth\"\nrate = \"30%\"\n[caps]\nper_event = 2000000\n");
    let tried = session.json("scheme what-if BT-2026 draft.toml --year 2026 --budget 1000000");
    assert_eq!(
        (&tried["was"], &tried["now"], &tried["lacking"]),
        (&4_500_000.into(), &2_000_000.into(), &1_000_000.into())
    );
    assert_eq!((&tried["lose"], &tried["exhausted"]), (&1.into(), &1.into()));
    let same = session.json("scheme what-if BT-2026 HN-2027 --year 2026");
    assert_eq!((&same["was"], &same["now"]), (&4_500_000.into(), &4_500_000.into()));
    assert_eq!(session.run("scheme what-if BT-2026 draft.toml --year 2026"), 0);
    assert!(session.told.contains("1 claims: 4.500.000 ₫ before, 2.000.000 ₫ under the draft."), "{}", session.told);
    let own = session.json("scheme text BT-2026")["rules"].as_str().unwrap().to_owned();
    session.write("own.toml", &own);
    let same = session.json("scheme what-if BT-2026 own.toml --year 2026");
    assert_eq!((&same["now"], &same["lose"]), (&4_500_000.into(), &0.into()), "{own}");
    let used = session.json("business usage 9900000016");
    assert!(used.as_array().unwrap().is_empty(), "the scheme limits nothing over time: {used}");
    let suits = session.json(&format!("registration suits {firm}"));
    assert_eq!((&suits["schemes"][0]["scheme"], &suits["schemes"][0]["grant"]), (&"BT-2026".into(), &4_500_000.into()));
}

#[test]
fn a_claim_asks_for_more_than_the_rent() {
    let mut session = Session::new("en");
    begun(&mut session);
    let firm = "OCOP-2026/9900000016";
    let rules = "code = \"VC-2026\"\ntitle = \"Gian và vận chuyển\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n\
                 [[item]]\nkind = \"transport\"\ntitle = \"Vận chuyển hàng\"\ntitle_en = \"Transport of goods\"\nrate = \"100%\"\n\
                 cap = 2000000\n";
    session.write("vc.toml", rules);
    for state in ["under_review", "selected", "confirmed"] {
        session.done(&[&format!("registration step {firm} {state}")]);
    }
    session.done(&[
        "scheme new vc.toml --valid-from 01/01/2026",
        "scheme step VC-2026 active",
        &format!("registration place {firm} --booths A1"),
        &format!("registration claim {firm} --scheme VC-2026 --budget 2026-XTTM"),
        &format!("expense add --claim {firm} --kind 'Vận chuyển hàng' --label 'Xe tải 2 tấn' --cost 3000000"),
    ]);
    assert_eq!(session.run(&format!("expense add --claim {firm} --kind ticket --cost 1")), 1, "{}", session.told);
    assert!(session.told.contains("The items of scheme VC-2026: transport."), "{}", session.told);
    assert_eq!(session.json("claim list")[0]["grant"], 2_250_000 + 2_000_000);
    session.write("expenses.csv", &format!("Hồ sơ,Khoản,Nội dung,Số tiền\n{firm},transport,Xe về,500000\n"));
    session.done(&[&format!("expense edit {firm}/transport --cost 1000000"), "import expenses expenses.csv"]);
    assert_eq!(session.json("claim list")[0]["grant"], 2_250_000 + 1_500_000);
    session.told.clear();
    session.done(&[&format!("print claim {firm}"), &format!("print appraisal {firm}")]);
    for part in ["Further expenses", "Transport of goods", "Xe tải 2 tấn", "1.000.000", "Xe về", "3.750.000"] {
        assert!(session.told.contains(part), "{part}\n{}", session.told);
    }
}
