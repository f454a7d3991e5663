//! Persons at the shell: cards in and out, duplicates merged, consent, and a request to be forgotten from its coming to its end.

use super::{Session, assert_story, begun};

#[test]
fn cards_come_in_duplicates_are_merged_and_a_request_is_closed() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.told.clear();
    let card = |name: &str, phone: &str| {
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:Lotte Mart\nTEL;TYPE=CELL:{phone}\nEND:VCARD\n")
    };
    let cards = card("Nguyễn Thị Bông", "0901234567") + &card("Bông Nguyễn", "0912345678");
    std::fs::write(session.path().join("cards.vcf"), cards).unwrap();
    let person = "'Nguyễn Thị Bông'";
    session.done(&[
        "import contacts cards.vcf",
        "import contacts cards.vcf",
        &format!("contact merge {person} 'Bông Nguyễn'"),
        "capture '9900000016 > Lotte Mart | kẹo dừa | gọi mai | 0901234567'",
        "export ics next.ics",
        "export contacts out.vcf --personal",
        "consent-text add --code v1 --text 'Tôi đồng ý để trung tâm liên hệ về hàng của tỉnh.'",
        &format!("consent add --contact {person} --text v1 --purposes contact --method ticked --given-on 23/11/2026"),
        &format!("request add --contact {person} --kind erasure --received-on 23/11/2026"),
        "today",
        "contact search 0901234567",
        &format!("contact data {person}"),
        &format!("contact restrict {person} --reason 'chị yêu cầu'"),
        "contact list",
        "export contacts",
        &format!("request close {person} --outcome 'đã xóa, đã trả lời bằng thư'"),
        "request list",
        "contact search Bông",
        "book verify",
    ]);
    assert_eq!(session.run("undo"), 1, "an erasure is for good");
    assert_story!("a_person_en", session.story());
    let lead = session.json("lead list");
    assert_eq!(lead.as_array().map(Vec::len), Some(1), "what the fair brought stays");
}

#[test]
fn somebody_removed_is_still_forgotten() {
    let mut session = Session::new("en");
    begun(&mut session);
    session.done(&["partner add --name Lotte", "contact add --name 'Trần Văn Bảy' --partner Lotte --phone 0901234567"]);
    let id = session.json("contact show 'Trần Văn Bảy'")["id"].as_str().unwrap().to_owned();
    session.done(&["contact remove 'Trần Văn Bảy'", &format!("contact erase {id} --reason 'thư ngày 20/11'")]);
    let log = String::from_utf8(session.output(&["log"], "").stdout).unwrap();
    assert!(!log.contains("Bảy"), "{log}");
    assert_eq!(session.run(&format!("contact erase {id} --reason 'lần nữa'")), 1);
    session.done(&["book verify"]);
}
