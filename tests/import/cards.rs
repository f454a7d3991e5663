//! Cards of persons in and out: what phones write, who is on file already, one act and one undo.

use hoicho::domain::{Contact, Partner};
use hoicho::exchange::vcard::{read_cards, write_cards};

use super::*;

const PHONE: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nguy=E1=BB=85n;H=C3=A0;Th=E1=BB=8B;;\r\n\
    TEL;WORK:0275 3822 123\r\nTEL;CELL:0938123456\r\nTEL;FAX:0275 3822 124\r\nEMAIL;PREF;INTERNET:ha@lotte.vn\r\n\
    ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lotte Mart C=E1=BA=A7n =\r\nTh=C6=A1;Thu mua\r\n\
    PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAQABAAD\r\n\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lê Văn Bé\r\nORG:Lotte Mart Cần Thơ\r\n\
    TEL;TYPE=CELL:+84 912 345 678\r\nNOTE:gặp ở gian A12\\, hẹn\r\n  gọi lại\r\nEND:VCARD\r\n\
    BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Siêu thị Sen\nTEL;VALUE=uri:tel:+842923111222\nADR:;;;Ninh Kiều;Cần Thơ;;\nEND:VCARD\n";

fn stored(engine: &Engine, found: &Preview) {
    engine.desk().act(&who(), found.intent(&Text::new("danh-ba.vcf"))).unwrap();
}

fn contact<'a>(book: &'a Book, name: &str) -> &'a Contact {
    book.all::<Contact>().iter().find(|contact| contact.name.as_str() == name).unwrap()
}

#[test]
fn cards_of_all_versions_come_in_with_their_partners_as_one_act() {
    let engine = empty_engine();
    let found = seen(&engine.desk().book(), Kind::Contact, "a.vcf", PHONE.as_bytes());
    assert_eq!((found.new, found.refused.len()), (4, 0), "{found:?}");
    stored(&engine, &found);
    let book = engine.desk().book();
    assert_eq!((book.count(Kind::Contact), book.count(Kind::Partner)), (2, 2));
    let ha = contact(&book, "Nguyễn Thị Hà");
    assert_eq!(
        (ha.phone.as_str(), ha.email.as_str(), ha.role.as_str(), ha.other_ways.as_str()),
        ("+84938123456", "ha@lotte.vn", "Thu mua", "+842753822123")
    );
    let be = contact(&book, "Lê Văn Bé");
    assert_eq!((be.partner, be.note.as_str()), (ha.partner, "gặp ở gian A12, hẹn gọi lại"));
    let sen = book.all::<Partner>().iter().find(|partner| partner.name.as_str() == "Siêu thị Sen").unwrap();
    assert_eq!((sen.phone.as_str(), sen.city.as_str()), ("+842923111222", "Cần Thơ"));
    // The same file again says nothing new, and one undo takes everything back.
    let again = seen(&book, Kind::Contact, "a.vcf", PHONE.as_bytes());
    assert!(again.is_empty() && again.refused.is_empty(), "{again:?}");
    engine.desk().wait(|desk, answer| desk.take_back(who(), false, answer)).unwrap();
    assert_eq!((engine.desk().book().count(Kind::Contact), engine.desk().book().count(Kind::Partner)), (0, 0));
}

#[test]
fn who_is_on_file_is_found_and_who_is_near_is_told() {
    let engine = empty_engine();
    let cards = |text: &str| -> String {
        text.split('|').map(|card| format!("BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n")).collect()
    };
    stored(&engine, &seen(&engine.desk().book(), Kind::Contact, "a.vcf", PHONE.as_bytes()));
    let book = engine.desk().book();
    let text = cards(
        "FN:Chị Hà\nTEL:0938 123 456\nTITLE:Trưởng phòng|FN:Trần Văn Tư\nTEL:0938123456\nORG:Lotte Mart Cần Thơ|FN:LE VAN BE\nORG:LOTTE MART CAN THO|\
         FN:Lê Văn Năm\nORG:Lotte Mart|FN:Lê Văn Năm\nORG:Lotte Mart\nEMAIL:nam@lotte.vn|FN:Ai Đó",
    );
    let found = seen(&book, Kind::Contact, "b.vcf", text.as_bytes());
    let told: Vec<&str> = found.warnings.iter().map(|remark| &*remark.words.en).collect();
    assert!(told[0].contains("on file as Nguyễn Thị Hà"), "{told:?}");
    assert!(told[1].contains("on file as Lê Văn Bé"), "{told:?}");
    assert!(told[2].contains("line 18 as well"), "{told:?}");
    let asked: Vec<String> = found.questions.iter().map(|one| one.remark().words.en.to_string()).collect();
    assert!(asked[0].contains("“Trần Văn Tư” is new"), "a shared phone with another name is another person: {asked:?}");
    assert!(asked[1].contains("close to Lotte Mart Cần Thơ"), "{asked:?}");
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!((found.new, found.changed, found.unchanged, found.refused.len()), (3, 1, 1, 1), "{found:?}");
    assert_eq!(found.refused[0].refusal.code, "contact-nowhere");
    // Decided otherwise: the person is the one of that number, and the other organisation's cards are left out.
    let [person, partner] = [0, 1].map(|place| &found.questions[place]);
    let decisions = Decisions::from([
        ((Kind::Contact, person.line), Decision::Same(person.candidates[0].id)),
        ((Kind::Partner, partner.line), Decision::Skip),
    ]);
    let source = Source { decisions: &decisions, ..Source::of("b.vcf", text.as_bytes()) };
    let decided = preview_file(&book, ImportKind::Records(Kind::Contact), source, &env()).unwrap();
    assert_eq!((decided.new, decided.skipped.len(), decided.refused.len()), (0, 2, 1), "{decided:?}");
    stored(&engine, &found);
    let book = engine.desk().book();
    assert_eq!(contact(&book, "Nguyễn Thị Hà").role.as_str(), "Trưởng phòng");
    assert_eq!(contact(&book, "Lê Văn Năm").email.as_str(), "nam@lotte.vn");
}

#[test]
fn cards_that_go_out_come_back() {
    let engine = empty_engine();
    stored(&engine, &seen(&engine.desk().book(), Kind::Contact, "a.vcf", PHONE.as_bytes()));
    let book = engine.desk().book();
    let bytes = write_cards(&book, book.all::<Contact>().iter());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert!(text.contains("N:Nguyễn;Hà;Thị;;\r\n"), "{text}");
    let again = seen(&book, Kind::Contact, "b.vcf", &bytes);
    assert!(again.is_empty() && again.refused.is_empty(), "{again:?}");
}

#[test]
fn cards_are_no_list_of_anything_else() {
    let source = Source::of("a.vcf", PHONE.as_bytes());
    let refusal = preview_file(&demo(), ImportKind::Records(Kind::Business), source, &env()).unwrap_err();
    assert!(refusal.what.en.contains("contacts"), "{refusal:?}");
}

fn card_line() -> impl Strategy<Value = String> {
    let head = "(FN|N|ORG|TEL|EMAIL|NOTE|TITLE|KIND|ADR|item1\\.TEL|BEGIN|END|VERSION|PHOTO|\u{e9})";
    let parameters =
        "(;(CELL|PREF|QUOTED-PRINTABLE|ENCODING=QUOTED-PRINTABLE|CHARSET=windows-1258|BASE64|TYPE=\"a:b\"|X))*";
    (head, parameters, "[ -~\u{c0}-\u{1ef9}]{0,40}|VCARD|org|=C3=A0=|a;b\\\\,c", "(\r\n|\n|\r\n |\n\t)")
        .prop_map(|(head, parameters, value, end)| format!("{head}{parameters}:{value}{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_cards_are_taken_or_left_out_with_a_reason(lines in proptest::collection::vec(card_line(), 0..40)) {
        let text = format!("BEGIN:VCARD\n{}", lines.concat());
        let book = demo();
        let found = seen(&book, Kind::Contact, "a.vcf", text.as_bytes());
        let intent = found.intent(&Text::new("a.vcf"));
        if !found.is_empty() && found.whole.is_none() {
            let decision = hoicho::domain::decide::decide(&book, &intent, &env(), book.seq + 1);
            prop_assert!(decision.is_ok(), "{decision:?}");
        }
    }

    #[test]
    fn any_bytes_are_no_danger(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut all = b"BEGIN:VCARD\r\n".to_vec();
        all.extend(bytes);
        let _ = read_cards(&all);
        let _ = seen(&demo(), Kind::Contact, "a.vcf", &all);
    }
}
