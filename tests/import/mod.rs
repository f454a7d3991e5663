//! Files in and out through fields: the demonstration book, office lists, refusals, round trips.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calendar;
mod cards;
mod contact_report;
mod opportunities;
mod shapes;

use hoicho::base::dates::{Date, Moment};
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::book::Book;
use hoicho::domain::change::Change;
use hoicho::domain::check::check;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::env::Env;
use hoicho::domain::field::Shape;
use hoicho::domain::reading::Reader;
use hoicho::domain::record::{Kind, Record};
use hoicho::domain::{Booth, Business, Certificate, Claim, Fair, Payment, Registration};
use hoicho::engine::import::{Source, preview_file, sheet};
use hoicho::engine::{DEMO_FILES, Engine, Outside, fill_demo, opened};
use hoicho::exchange::ImportKind;
use hoicho::exchange::incoming::rows;
use hoicho::exchange::mapping::Mapping;
use hoicho::exchange::outgoing::{Going, all_columns, bytes, table};
use hoicho::exchange::preview::Preview;
use hoicho::exchange::question::{Decision, Decisions, UNDECIDED};
use hoicho::exchange::table::Out;
use hoicho::exchange::write_csv::write_csv;
use hoicho::store::MemoryStore;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use unicode_normalization::UnicodeNormalization;

fn now() -> Moment {
    Moment::read("23/11/2026 08:00").unwrap()
}

fn today() -> Date {
    now().date()
}

fn who() -> Text {
    Text::new("Lê Thị Mai")
}

fn env() -> Env {
    Env::new(now(), who(), [7; 32])
}

fn empty_engine() -> Engine {
    opened(Box::new(MemoryStore::new()), Outside::seeded(now(), 7)).unwrap()
}

/// The demonstration book, made once for all tests that only read it.
fn demo() -> Arc<Book> {
    static DEMO: OnceLock<Arc<Book>> = OnceLock::new();
    let made = DEMO.get_or_init(|| {
        let engine = empty_engine();
        fill_demo(&engine.desk(), &who(), today()).unwrap();
        engine.desk().book()
    });
    Arc::clone(made)
}

fn seen(book: &Book, kind: Kind, name: &str, bytes: &[u8]) -> Preview {
    let source = Source::of(name, bytes);
    preview_file(book, ImportKind::Records(kind), source, &env()).unwrap()
}

fn texts(found: &Preview) -> Vec<String> {
    found.refused.iter().map(|row| row.words().vi.to_string()).collect()
}

#[test]
fn the_demonstration_book_holds_its_figures() {
    let book = demo();
    assert_eq!(check(&book), []);
    let certified: BTreeSet<_> = book.all::<Certificate>().iter().filter_map(|one| one.business).collect();
    assert_eq!((certified.len(), book.count(Kind::Product), book.count(Kind::Certificate)), (174, 341, 341));
    let stars = |stars| book.all::<Certificate>().iter().filter(|one| one.stars == Some(stars)).count();
    assert_eq!([5, 4, 3].map(stars), [5, 90, 246]);
    let supported = |year: i32| {
        use chrono::Datelike;
        let of_year = |claim: &&Claim| {
            let registration = book.follow::<Registration>(claim.registration).unwrap();
            let opens = book.follow::<Fair>(registration.fair).unwrap().opens_on.unwrap();
            opens.year() == year && claim.status.binds_money()
        };
        let claims: Vec<&Claim> = book.all::<Claim>().iter().filter(of_year).collect();
        let firms: BTreeSet<_> = claims
            .iter()
            .map(|claim| book.follow::<Registration>(claim.registration).unwrap().business.unwrap())
            .collect();
        let cost = Money::sum(claims.iter().filter_map(|claim| claim.cost)).unwrap();
        let grants = Money::sum(claims.iter().filter_map(|claim| claim.grant)).unwrap();
        let paid = claims
            .iter()
            .flat_map(|claim| book.pointing::<Payment>(claim.id))
            .filter(|payment| payment.status.is_alive())
            .filter_map(|payment| payment.amount);
        let settled = claims.iter().all(|claim| matches!(claim.status, ClaimStatus::Paid | ClaimStatus::Closed));
        (firms.len(), claims.len(), cost.minor, grants.minor, Money::sum(paid).unwrap().minor, settled)
    };
    assert_eq!(supported(2024), (34, 41, 496_260_000, 246_530_000, 246_530_000, true));
    let (firms, claims, _, grants, paid, settled) = supported(2025);
    assert_eq!((firms, claims, grants, paid, settled), (20, 22, 133_830_000, 133_830_000, true));
}

#[test]
fn importing_the_demonstration_again_changes_nothing() {
    let book = demo();
    for (kind, name, text) in DEMO_FILES {
        let found = seen(&book, *kind, name, text.as_bytes());
        assert_eq!(texts(&found), Vec::<String>::new(), "{name}");
        assert_eq!((found.new, found.changed), (0, 0), "{name}: {:?}", found.drafts.first());
        assert_eq!(found.unchanged, text.lines().count() - 1, "{name}");
    }
}

#[test]
fn composed_and_decomposed_letters_are_one() {
    let book = demo();
    for (kind, name, text) in DEMO_FILES {
        let apart: String = text.nfd().collect();
        let found = seen(&book, *kind, name, apart.as_bytes());
        assert_eq!((found.new, found.changed, found.refused.len()), (0, 0, 0), "{name}");
    }
}

const OFFICE_LIST: &str = "\
SỞ CÔNG THƯƠNG TỈNH VĨNH LONG,,,,,
DANH SÁCH DOANH NGHIỆP,,,,,
STT,Tên doanh nghiệp,MST,Số điện thoại,Loại hình,Ý kiến
1,Công ty TNHH Dừa Xanh,0100112437,0901 234 567,doanh nghiệp,tốt
2,HTX Bưởi Ngọt,0100112438,,hợp tác xã,
3,Cơ sở Hoa Mai,,không có,hộ kinh doanh,
4,Hộ kinh doanh Bảy Tâm,,,hộ kinh doanh,
,Tổng cộng,,,,
";

#[test]
fn good_rows_go_in_and_refused_ones_are_named() {
    let engine = empty_engine();
    let desk = engine.desk();
    let found = seen(&desk.book(), Kind::Business, "danh sách.csv", OFFICE_LIST.as_bytes());
    assert_eq!((found.new, found.refused_rows()), (2, 2));
    let places: Vec<_> = found.refused.iter().map(|row| (row.line, row.column.as_str())).collect();
    assert_eq!(places, [(5, "MST"), (6, "Số điện thoại")]);
    assert!(found.refused.iter().all(|row| !row.refusal.what.vi.is_empty() && !row.refusal.what.en.is_empty()));
    assert!(found.warnings.iter().any(|remark| remark.words.vi.contains("Ý kiến")));
    assert!(found.warnings.iter().any(|remark| remark.words.vi.contains("Tổng cộng")));
    desk.act(&who(), found.intent(&Text::new("danh sách.csv"))).unwrap();
    let names: Vec<String> = desk.book().all::<Business>().iter().map(|one| one.name.to_string()).collect();
    assert_eq!(names, ["Công ty TNHH Dừa Xanh", "Hộ kinh doanh Bảy Tâm"]);
    desk.wait(|desk, answer| desk.take_back(who(), false, answer)).unwrap();
    assert_eq!(desk.book().count(Kind::Business), 0);
}

#[test]
fn amounts_follow_the_unit_of_the_table() {
    let list = "DỰ TOÁN,,,\n(ĐVT: triệu đồng),,,\nMã nguồn,Nội dung,Năm ngân sách,Dự toán giao\nA-1,Một,2026,\"1,5\"\nA-2,Hai,2026,320\n";
    let found = seen(&Book::default(), Kind::BudgetLine, "a.csv", list.as_bytes());
    let amounts: Vec<_> = found
        .drafts
        .iter()
        .map(|draft| draft.fields.iter().find(|(key, _)| key == "amount").unwrap().1.as_money().unwrap().minor)
        .collect();
    assert_eq!(amounts, [1_500_000, 320_000_000], "{:?}", texts(&found));
}

#[test]
fn rows_that_are_twice_in_a_file_are_refused() {
    let list = "name,tax_code\nA,0100112437\nB,0100 112 437\nC,\nc,\n";
    let found = seen(&Book::default(), Kind::Business, "a.csv", list.as_bytes());
    let lines: Vec<_> = found.refused.iter().map(|row| (row.line, row.refusal.code)).collect();
    assert_eq!((found.new, lines), (2, vec![(3, "row-twice"), (5, "row-twice")]));
}

#[test]
fn a_row_about_a_known_firm_changes_it_and_an_empty_cell_clears_nothing() {
    let engine = empty_engine();
    let desk = engine.desk();
    let first = "name,tax_code,goods\nCông ty Dừa,0100112437,Kẹo\nCơ sở Hoa,,Hoa\n";
    desk.act(&who(), seen(&desk.book(), Kind::Business, "a.csv", first.as_bytes()).intent(&Text::new("a.csv")))
        .unwrap();
    let second = "name,tax_code,goods\nCông ty Dừa Mới,100112437,\nCơ sở Hoa,0314409058,\nCo so Hoa,,Cây\n";
    let found = seen(&desk.book(), Kind::Business, "b.csv", second.as_bytes());
    assert_eq!((found.changed, found.new), (2, 1), "{:?}", texts(&found));
    let warned: Vec<_> = found.warnings.iter().filter_map(|remark| remark.line).collect();
    assert_eq!(warned, [2]);
    let asked: Vec<_> = found.questions.iter().map(|one| (one.line, one.candidates[0].told.as_str())).collect();
    assert_eq!(asked, [(4, "Cơ sở Hoa")], "a name that differs by its marks alone is asked about");
    desk.act(&who(), found.intent(&Text::new("b.csv"))).unwrap();
    let book = desk.book();
    let mut firms: Vec<_> = book
        .all::<Business>()
        .iter()
        .map(|one| (one.name.as_str(), one.tax_code.as_str(), one.goods.as_str()))
        .collect();
    firms.sort_unstable();
    assert_eq!(
        firms,
        [("Co so Hoa", "", "Cây"), ("Công ty Dừa Mới", "0100112437", "Kẹo"), ("Cơ sở Hoa", "0314409058", "Hoa")]
    );
}

fn goings() -> Vec<Going> {
    let keys = Going { keys: true, ids: true, with_personal: true, lang: Lang::Vi };
    vec![
        keys,
        Going { keys: false, ..keys },
        Going { keys: false, lang: Lang::En, ..keys },
        Going { with_personal: false, ..keys },
    ]
}

fn every_id(book: &Book, kind: Kind) -> Vec<hoicho::base::ids::Id> {
    let mut ids = Vec::new();
    book.each(kind, &mut |noun| ids.push(noun.id()));
    ids
}

#[test]
fn what_goes_out_comes_back_and_changes_nothing() {
    let book = demo();
    for kind in Kind::ALL {
        let ids = every_id(&book, *kind);
        for going in goings() {
            let out = table(&book, *kind, &ids, &all_columns(*kind), Date::default(), going);
            for (name, bytes) in ["a.csv", "a.xlsx"].map(|name| (name, bytes(&out, name, going.lang).unwrap())) {
                let found = seen(&book, *kind, name, &bytes);
                assert_eq!(texts(&found), Vec::<String>::new(), "{kind:?} {name} {going:?}");
                assert_eq!((found.new, found.changed), (0, 0), "{kind:?} {name} {going:?} {:?}", found.drafts.first());
                assert_eq!(found.unchanged, ids.len(), "{kind:?} {name} {going:?} {:?}", found.warnings);
            }
        }
    }
}

#[test]
fn workbooks_and_text_give_the_same_drafts() {
    let book = demo();
    for kind in Kind::ALL {
        let going = Going { keys: true, ids: false, with_personal: true, lang: Lang::Vi };
        let out = table(&book, *kind, &every_id(&book, *kind), &all_columns(*kind), Date::default(), going);
        let [text, workbook] =
            ["a.csv", "a.xlsx"].map(|name| (name, bytes(&out, name, Lang::Vi).unwrap())).map(|(name, bytes)| {
                let source = Source::of(name, &bytes);
                let sheet = sheet(ImportKind::Records(*kind), source).unwrap();
                let reader = Reader { book: &book, today: today(), fair: None };
                rows(&sheet, &Mapping::guess(*kind, &sheet.headers), reader, &UNDECIDED)
            });
        assert_eq!(text.drafts.len(), book.count(*kind), "{kind:?}");
        assert_eq!(text.drafts, workbook.drafts, "{kind:?}");
    }
}

#[test]
fn personal_data_stays_in_the_house_unless_asked_for() {
    let book = demo();
    for kind in Kind::ALL {
        let ids = every_id(&book, *kind);
        let out =
            table(&book, *kind, &ids, &all_columns(*kind), Date::default(), Going { keys: true, ..Going::default() });
        for field in kind
            .fields()
            .iter()
            .filter(|field| field.is_personal() || matches!(field.shape, Shape::Link(Kind::Contact)))
        {
            assert!(!out.headers.contains(&field.key.to_owned()), "{kind:?} {}", field.key);
        }
        let asked = table(
            &book,
            *kind,
            &ids,
            &all_columns(*kind),
            Date::default(),
            Going { with_personal: true, ..Going::default() },
        );
        assert_eq!(asked.headers.len(), kind.fields().len());
    }
    let household = Business { name: Text::new("Hộ A"), tax_code: Text::new("083190000123"), ..Business::default() };
    let mut book = Book::default();
    book.apply(&Change::added(Record::Business(Arc::new(household))), 1);
    let ids = every_id(&book, Kind::Business);
    assert_eq!(
        table(&book, Kind::Business, &ids, &["tax_code"], Date::default(), Going::default()).rows,
        [[Out::Empty]]
    );
}

#[test]
fn formulas_are_defused_in_what_goes_out() {
    let mut book = Book::default();
    let firm = Business { name: Text::new("=1+cmd|' /C calc'!A0"), ..Business::default() };
    book.apply(&Change::added(Record::Business(Arc::new(firm))), 1);
    let out =
        table(&book, Kind::Business, &every_id(&book, Kind::Business), &["name"], Date::default(), Going::default());
    let text = String::from_utf8(write_csv(&out)).unwrap();
    assert!(text.contains("\"'=1+cmd"), "{text}");
    let back = seen(&book, Kind::Business, "a.csv", text.as_bytes());
    assert_eq!((back.unchanged, back.new), (1, 0));
}

#[test]
fn a_floor_is_typed_or_listed() {
    let book = demo();
    let fair = book.named(Kind::Fair, "code", None, "HCDUA")[0];
    let floor = |text: &str, fair| {
        let source = Source { fair, ..Source::of("-", text.as_bytes()) };
        preview_file(&book, ImportKind::Floor, source, &env())
    };
    assert_eq!(floor("Z01..Z12 3x3 corners", Some(fair)).unwrap().new, 12);
    let listed = floor("Mã gian,Ngang,Sâu\nZ1,3,3\nZ2,\"4,5\",3\n", Some(fair)).unwrap();
    assert_eq!((listed.new, listed.refused.len()), (2, 0), "{:?}", texts(&listed));
    assert_eq!(floor("Z01..Z12 3x3", None).unwrap_err().code, "fair-missing");
    assert_eq!(floor("Z01..Z12", Some(fair)).unwrap_err().code, "floor-unreadable");
    let code = book.pointing::<Booth>(fair).next().unwrap().code.clone();
    assert_eq!(floor(&format!("{code} 3x3"), Some(fair)).unwrap().new, 0);
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+=0-9., /%]{0,12}",
        prop::sample::select(vec![
            "HCDUA",
            "+7",
            "x",
            "9900001034",
            "HCDUA/A01",
            "HS-2024-001",
            "TT",
            "x",
            "2024",
            "99999999999999999999"
        ])
        .prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_table_is_previewed(
        kind in prop::sample::select(Kind::ALL),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), cell()), 1..8),
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..9), 0..12),
        with_fair: bool,
    ) {
        let book = demo();
        let header = |(pick, how, any): &(prop::sample::Index, u8, String)| {
            let field = pick.get(kind.fields());
            match how % 4 { 0 => field.key.to_owned(), 1 => field.vi.to_owned(), 2 => "id".to_owned(), _ => any.clone() }
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        let width = picks.len();
        writer.write_record(picks.iter().map(header)).unwrap();
        for row in &rows {
            let mut row = row.clone();
            row.resize(width, String::new());
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let fair = with_fair.then(|| book.named(Kind::Fair, "code", None, "HCDUA")[0]);
        for what in [ImportKind::Records(kind), ImportKind::Floor] {
            let source = Source { fair, ..Source::of("a.csv", &bytes) };
            if let Ok(found) = preview_file(&book, what, source, &env()) {
                let _ = found.intent(&Text::new("a.csv"));
                prop_assert!(!found.words().is_empty());
            }
        }
    }
}
