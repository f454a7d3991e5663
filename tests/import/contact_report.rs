//! The office's contact report: rows that firms filled in become leads by the rules of the stand, once.

use hoicho::domain::lead::LeadStage;
use hoicho::domain::{Contact, Lead, Partner, Touch};
use hoicho::exchange::contact_report::blank;

use super::*;

const FILE: &str = "SỞ CÔNG THƯƠNG,,,,,,,,\nPHIẾU TIẾP XÚC ĐỐI TÁC,,,,,,,,\n\
    STT,Doanh nghiệp,Đối tác,Người gặp,Chức vụ,SĐT,Sản phẩm,Số lượng,Việc tiếp theo,Hạn,Ngày gặp,Ghi chú\n\
    1,Vườn dừa Mộc Mai,Co.opmart,Chị Hà,Thu mua,0938123456,kẹo dừa,2 tấn/tháng,Gửi mẫu,30/11/2026,21/11/2026,hỏi giá sỉ\n\
    2,Vườn dừa Mộc Mai,COOP MART,chị hà,,,mật hoa dừa,,,,21/11/2026,\n\
    3,Không Có,Lotte,,,,bưởi,,Gọi,01/12/2026,,\n\
    4,Vườn dừa Mộc Mai,,,,,xoài,,Gọi,01/12/2026,,\n\
    5,Vườn dừa Mộc Mai,Metro,,,,xoài,,Gọi,01/12/2026,24/11/2026,\n\
    6,Vườn dừa Mộc Mai,Co.opmart Cần Thơ,,,12,xoài,,Gọi,01/12/2026,,\n";

fn office() -> Engine {
    let engine = empty_engine();
    let list = "Tên doanh nghiệp,Ghi chú\nVườn dừa Mộc Mai,mẫu\n";
    let found = seen(&engine.desk().book(), Kind::Business, "a.csv", list.as_bytes());
    engine.desk().act(&who(), found.intent(&Text::new("a.csv"))).unwrap();
    engine
}

fn report(book: &Book, bytes: &[u8], business: Option<hoicho::base::ids::Id>) -> Preview {
    let source = Source { business, ..Source::of("phieu.csv", bytes) };
    preview_file(book, ImportKind::ContactReport, source, &env()).unwrap()
}

#[test]
fn rows_become_leads_with_partner_person_and_touch() {
    let engine = office();
    let found = report(&engine.desk().book(), FILE.as_bytes(), None);
    let codes: Vec<&str> = found.refused.iter().map(|row| row.refusal.code).collect();
    assert_eq!(codes, ["not-found", "partner-missing", "day-ahead", "text-unreadable"], "{:?}", found.refused);
    assert_eq!(found.refused[0].column, "Doanh nghiệp");
    assert_eq!((found.new, found.changed, found.unchanged), (2, 0, 0));
    engine.desk().act(&who(), found.intent(&Text::new("phieu.csv"))).unwrap();
    let book = engine.desk().book();
    let counts =
        (book.count(Kind::Partner), book.count(Kind::Contact), book.count(Kind::Lead), book.count(Kind::Touch));
    assert_eq!(counts, (1, 1, 2, 2), "a name written otherwise is the same partner and the same person");
    let lead = book.all::<Lead>().iter().find(|lead| lead.interest.as_str() == "kẹo dừa").unwrap();
    assert_eq!((lead.next_step.as_str(), lead.volume.as_str(), lead.stage), ("Gửi mẫu", "2 tấn/tháng", LeadStage::New));
    assert_eq!(lead.due_on, Date::from_ymd_opt(2026, 11, 30));
    let person = book.follow::<Contact>(lead.contact).unwrap();
    assert_eq!((person.name.as_str(), person.role.as_str()), ("Chị Hà", "Thu mua"));
    let touch = book.pointing::<Touch>(lead.id).next().unwrap();
    assert_eq!((touch.note.as_str(), touch.on), ("hỏi giá sỉ", Date::from_ymd_opt(2026, 11, 21)));
    assert_eq!(book.follow::<Partner>(lead.partner).unwrap().name.as_str(), "Co.opmart");
    // The same report again says nothing new; one undo takes all of it back.
    let again = report(&book, FILE.as_bytes(), None);
    assert!(again.is_empty(), "{again:?}");
    assert_eq!(again.unchanged, 2);
    engine.desk().wait(|desk, answer| desk.take_back(who(), false, answer)).unwrap();
    assert_eq!(engine.desk().book().count(Kind::Lead), 0);
}

#[test]
fn the_blank_form_is_what_import_reads_and_one_firm_need_not_name_itself() {
    let engine = office();
    let book = engine.desk().book();
    for lang in Lang::ALL {
        let mut form = blank(lang);
        let cell = |text: &str| Out::Text(text.to_owned());
        let mut row = vec![Out::Empty; form.headers.len()];
        row[2] = cell("Lotte");
        row[7] = cell("bưởi da xanh");
        form.rows.push(row);
        let business = book.all::<Business>().iter().next().map(|firm| firm.id);
        let found = report(&book, &bytes(&form, "a.xlsx", lang).unwrap(), business);
        assert!(found.refused.is_empty() && found.warnings.is_empty() && found.new == 1, "{found:?}");
        assert_eq!(found.meetings[0].1.interest.as_str(), "bưởi da xanh");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_report_is_previewed_and_what_is_good_can_be_stored(
        rows in proptest::collection::vec("[ -~\u{c0}-\u{1ef9}]{0,20}(,[0-9/+ A-Za-zđ.-]{0,12}){0,12}", 0..12)
    ) {
        let book = demo();
        let firm = book.all::<Business>().iter().next().map(|firm| firm.id);
        let text = format!("Đối tác,Người gặp,SĐT,Sản phẩm,Hạn,Ngày gặp\n{}", rows.join("\n"));
        let found = report(&book, text.as_bytes(), firm);
        if !found.is_empty() {
            let intent = found.intent(&Text::new("a.csv"));
            let decision = hoicho::domain::decide::decide(&book, &intent, &env(), book.seq + 1);
            prop_assert!(decision.is_ok(), "{decision:?}");
        }
    }
}
