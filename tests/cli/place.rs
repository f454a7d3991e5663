//! Placing at the shell: what would be, few moves, swaps, reasons; text and JSON in both languages.

use super::{Session, assert_story, begun};

/// Two firms of a fair with twelve booths, the first on two of them.
fn placed(session: &mut Session) {
    begun(session);
    for firm in ["OCOP-2026/9900000016", "OCOP-2026/9900000023"] {
        for state in ["under_review", "selected", "confirmed"] {
            session.done(&[&format!("registration step {firm} {state}")]);
        }
    }
    session.done(&[
        "registration edit OCOP-2026/9900000023 --wishes A2",
        "registration place OCOP-2026/9900000016 --booths A1,A2",
    ]);
    session.told.clear();
}

fn told(session: &mut Session) {
    placed(session);
    session.done(&[
        "place score OCOP-2026",
        "place what-if OCOP-2026 --pin 9900000023=A2",
        "place what-if OCOP-2026 --without 9900000016 --add-booth A13=A12",
        "place explain OCOP-2026",
        "place explain OCOP-2026 9900000023",
        "place OCOP-2026 --few-moves --pin 9900000023=A2",
        "place improve OCOP-2026",
        "undo",
        "place OCOP-2026 --pin 9900000023=A12",
        "place improve OCOP-2026",
        "place improve OCOP-2026 --take 1",
        "place improve OCOP-2026",
    ]);
    for (line, code) in [
        ("place OCOP-2026 --pin 9900000023=A3", 1),
        ("place what-if OCOP-2026 --pin 9900000023=A99", 1),
        ("place what-if OCOP-2026 --pin 9900000023", 2),
        ("place what-if OCOP-2026 --add-booth A12=A1", 1),
        ("place improve OCOP-2026 --take 9", 2),
        ("place explain OCOP-2026 nobody", 1),
    ] {
        assert_eq!(session.run(line), code, "{line}\n{}", session.told);
    }
}

#[test]
fn what_would_be_is_told_and_stored_only_when_asked_for() {
    let mut session = Session::new("vi");
    told(&mut session);
    assert_story!("placing_vi", session.story());
    let mut session = Session::new("en");
    told(&mut session);
    assert_story!("placing_en", session.story());
}

#[test]
fn a_placing_is_data() {
    let mut session = Session::new("en");
    placed(&mut session);
    let pinned = session.json("place what-if OCOP-2026 --pin 9900000023=A2");
    assert_eq!(pinned["few_moves"]["moves"], 1);
    assert_eq!(pinned["few_moves"]["firms"].as_array().map(Vec::len), Some(2));
    assert_eq!(pinned["few_moves"]["change"]["placed"], 1);
    assert_eq!(session.json("place what-if OCOP-2026 --pin 9900000023=A1+A2")["few_moves"]["moves"], 1);
    let added = session.json("place what-if OCOP-2026 --add-booth A13=A12");
    assert_eq!(added["few_moves"]["moves"], 0);
    let told = session.json("place explain OCOP-2026 9900000023");
    assert_eq!(told["lost"][0]["held_by"][0], "Công ty Dừa Mẫu");
    assert!(told["booths"].as_array().is_some_and(Vec::is_empty));
    let all = session.json("place explain OCOP-2026");
    assert_eq!(all["firms"].as_array().map(Vec::len), Some(2));
    session.done(&["place OCOP-2026 --pin 9900000023=A12"]);
    let swaps = session.json("place improve OCOP-2026");
    assert!(swaps[0]["gain"].as_object().is_some_and(|gain| !gain.is_empty()), "{swaps}");
    assert_eq!(session.json("placement list --fair OCOP-2026").as_array().map(Vec::len), Some(3));
    assert_eq!(session.json("place OCOP-2026 --pin 9900000023=A1")["code"], "pin-unfit");
}

#[test]
fn a_bad_plan_is_a_sentence_and_stores_nothing() {
    let mut session = Session::new("en");
    begun(&mut session);
    let before = session.json("booth list --fair OCOP-2026");
    for (name, text, said) in [
        ("a.json", "{\"booths\":", "no readable JSON"),
        ("b.json", "{\"booths\":[]}", "no list “booths”"),
        ("c.json", "[{\"code\":\"Z1\",\"x\":1e9,\"y\":0,\"width\":3,\"depth\":3}]", "Entry 1 (booths) is left out"),
        ("d.svg", "<svg><rect", "no readable SVG"),
        ("e.svg", "", "The file is empty"),
        ("f.svg", "<svg xmlns='x'><rect width='3' height='3'/></svg>", "No shape carries the code of a booth"),
        ("g.txt", "Z1..Z99999 3x3", "“Z1..Z99999” is not understood"),
        ("h.xlsx", "PK\u{3}\u{4}nothing", "damaged"),
        ("i.csv", "Code,Width (ft),Depth (ft)\nZ1,ten,10\n", "“ten” is no length"),
    ] {
        session.write(name, text);
        session.told.clear();
        let code = session.run(&format!("import booths {name} --fair OCOP-2026"));
        assert!(session.told.contains(said), "{name}: {}", session.told);
        assert_eq!(code, 1, "{name}");
    }
    assert_eq!(session.json("booth list --fair OCOP-2026"), before);
    // A compact file is no list of columns; a code that is there twice and an unknown hall are told.
    session.write(
        "good.json",
        "{\"booths\":[{\"code\":\"Z1\",\"x\":90,\"y\":0,\"width\":3,\"depth\":3},{\"code\":\"z-1\",\"x\":93,\"y\":0,\"width\":3,\"depth\":3},{\"code\":\"Z2\",\"hall\":\"?\",\"x\":96,\"y\":0,\"width\":3,\"depth\":3}]}",
    );
    session.done(&["import booths good.json --fair OCOP-2026"]);
    for said in ["1 new", "The code z-1 is there twice", "Entry 3 (booths) is left out"] {
        assert!(session.told.contains(said), "{said}: {}", session.told);
    }
}
