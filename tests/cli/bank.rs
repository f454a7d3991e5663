//! Vouchers, the bank's statement, codes and scans by shell.

use super::{Session, begun};

const FIRM: &str = "OCOP-2026/9900000016";

/// One claim paid by a voucher that was signed.
fn signed() -> Session {
    let mut session = Session::new("en");
    begun(&mut session);
    for name in ["Mai", "Hùng", "Nam", "Hà"] {
        session.done(&[&format!("person add --name {name}"), &format!("person passphrase {name}")]);
    }
    session.done(&["business edit 9900000016 --bank BIDV --account 990061295099"]);
    for state in ["under_review", "selected", "confirmed"] {
        session.done(&[&format!("registration step {FIRM} {state}")]);
    }
    session.done(&[
        &format!("registration place {FIRM} --booths A1"),
        &format!("registration claim {FIRM} --scheme BT-2026 --budget 2026-XTTM --cost 9000000"),
        &format!("claim check {FIRM}"),
        &format!("--as Hùng claim appraise {FIRM}"),
        &format!("--as Nam claim decide {FIRM} --budget 2026-XTTM"),
    ]);
    session
}

#[test]
fn a_scan_is_attached_and_whoever_changes_it_is_found() {
    let mut session = signed();
    std::fs::write(session.path().join("hop-dong.pdf"), b"abc").unwrap();
    session.done(&[&format!("evidence attach {FIRM} ev04 hop-dong.pdf")]);
    let kept = session.json("evidence list --filter document:ev04 --columns sha256,file_bytes,status");
    assert_eq!(kept[0]["sha256"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!((&kept[0]["file_bytes"], &kept[0]["status"]), (&3.into(), &"received".into()));
    session.done(&["evidence verify", &format!("evidence verify {FIRM}")]);
    std::fs::write(session.path().join("hop-dong.pdf"), b"abd").unwrap();
    assert_eq!(session.run("evidence verify"), 1, "{}", session.told);
    let found = session.json("evidence verify");
    assert_eq!((&found["wrong"], &found["files"][0]["is"]), (&1.into(), &"changed".into()));
    std::fs::remove_file(session.path().join("hop-dong.pdf")).unwrap();
    assert_eq!(session.json("evidence verify")["files"][0]["is"], "gone");
    session.done(&[&format!("evidence accept {FIRM}/ev04")]);
    std::fs::write(session.path().join("b.pdf"), b"b").unwrap();
    assert_eq!(session.json(&format!("evidence attach {FIRM} ev04 b.pdf"))["code"], "evidence-judged");
    assert_ne!(session.run(&format!("evidence attach {FIRM} ev99 b.pdf")), 0);
}

#[test]
fn a_voucher_has_a_code_until_it_is_sent_and_the_statement_confirms_it() {
    let mut session = signed();
    let papers = ["ev04", "ev05", "ev06", "ev07"].map(|paper| format!("{FIRM}/{paper}")).join(" ");
    session.done(&[
        &format!("evidence receive {papers}"),
        &format!("evidence accept {papers}"),
        &format!("claim accept {FIRM}"),
        &format!("--as Hà claim pay {FIRM}"),
    ]);
    let code = session.json("payment qr 1/2026");
    assert_eq!((&code["bin"], &code["amount"]), (&"970418".into(), &4_500_000.into()));
    assert!(code["text"].as_str().unwrap().starts_with("CT01 2026 HO TRO"), "{code}");
    session.done(&["payment qr 1/2026", "--as Nam payment sign 1/2026"]);
    let text = format!(
        "Ngày giao dịch,Ghi nợ,Ghi có,Nội dung,Số tham chiếu\n24/11/2026,4.500.000,,{},FT1\n24/11/2026,11.000,,PHI,FT2\n",
        code["text"].as_str().unwrap()
    );
    std::fs::write(session.path().join("sao-ke.csv"), text).unwrap();
    let found = session.json("payment match sao-ke.csv");
    assert_eq!(
        (&found["stored"], &found["lines"][0]["is"], &found["lines"][1]["is"]),
        (&false.into(), &"fits".into(), &"alone".into())
    );
    assert_eq!(session.json("payment show 1/2026")["fields"]["status"], "signed", "it only looked");
    session.done(&["payment match sao-ke.csv", "--as Hà payment match sao-ke.csv --confirm"]);
    let payment = session.json("payment show 1/2026");
    assert_eq!(
        (&payment["fields"]["status"], &payment["fields"]["bank_reference"]),
        (&"credited".into(), &"FT1".into())
    );
    assert_eq!(session.json("payment match sao-ke.csv")["lines"][0]["is"], "known");
    assert_eq!(session.json("payment qr 1/2026")["code"], "nothing-to-send");
    assert_eq!(session.json("payment match no-such.csv")["code"], "file-missing");
}
