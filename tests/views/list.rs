//! Columns, order and filters of lists.

use hoicho::base::ids::Id;
use hoicho::base::words::Lang;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::showing::{Mask, show};
use hoicho::domain::view::columns::{column, columns, value};
use hoicho::domain::view::list::{Filter, Rows, Scope, Sort, fair_of, has_fair, ids};
use hoicho::domain::view::title::title;
use proptest::prelude::*;

use crate::kit::{after, env, find, small, today};

#[expect(clippy::unwrap_used, reason = "a missing piece fails its test")]
fn shown(book: &Book, kind: Kind, id: Id, key: &str) -> String {
    let column = column(kind, key).unwrap();
    let noun = book.noun(kind, id).unwrap();
    show(book, id, &column.field, &value(book, column, noun, today()), Lang::En, Mask::Masked)
}

#[expect(clippy::panic, reason = "a missing piece fails its test")]
fn left(book: &Book, kind: Kind, typed: &str) -> Vec<String> {
    let filter = Filter::parse(typed, kind).unwrap_or_else(|refusal| panic!("{typed}: {refusal}"));
    let mut rows = Rows::new(book, Scope::all(kind), Sort::usual(kind), today());
    rows.filtered(book, &filter, today()).iter().map(|id| title(book, kind, *id, Lang::En)).collect()
}

#[test]
fn computed_columns_follow_from_the_book() {
    let book = small();
    let fair = find(&book, Kind::Fair, "OCOP-26");
    let of_fair = |key| shown(&book, Kind::Fair, fair, key);
    // A10's hold is over, so that two of four booths are taken.
    assert_eq!((of_fair("booths"), of_fair("taken"), of_fair("taken_percent")), ("4".into(), "2".into(), "50%".into()));
    assert_eq!(
        (of_fair("registrations"), of_fair("days_left"), of_fair("scope")),
        ("2".into(), "10".into(), "domestic".into())
    );
    for (code, status, holder, area, rent) in [
        ("A1", "rented", "Công ty TNHH Kẹo dừa Đông Á", "9 m²", "9,000,000 ₫"),
        ("A2", "held", "Ông Đường", "9 m²", "9,900,000 ₫"),
        ("A10", "free", "", "13,5 m²", "13,500,000 ₫"),
        ("B1", "blocked", "", "9 m²", "9,000,000 ₫"),
    ] {
        let booth = find(&book, Kind::Booth, &format!("OCOP-26/{code}"));
        let of_booth = |key| shown(&book, Kind::Booth, booth, key);
        assert_eq!(
            (of_booth("status"), of_booth("holder"), of_booth("area_m2")),
            (status.into(), holder.into(), area.into())
        );
        assert_eq!(of_booth("rent").replace(['.', ','], ""), rent.replace(['.', ','], ""), "{code}");
    }
    let firm = find(&book, Kind::Business, "9900003810");
    assert_eq!(shown(&book, Kind::Business, firm, "stars"), "5★");
    assert_eq!(shown(&book, Kind::Business, firm, "fairs_year"), "1");
    let certificates: Vec<String> = ids(&book, Scope::all(Kind::Certificate))
        .iter()
        .map(|id| shown(&book, Kind::Certificate, *id, "state"))
        .collect();
    assert_eq!(certificates, ["valid", "expiring"]);
    let registration = find(&book, Kind::Registration, "OCOP-26/9900003810");
    assert_eq!(shown(&book, Kind::Registration, registration, "booths"), "A1");
    assert_eq!(shown(&book, Kind::Registration, registration, "commune"), "Phường Phú Tân");
}

#[test]
fn words_and_terms_narrow_a_list() {
    let book = small();
    for (kind, typed, names) in [
        (Kind::Booth, "", vec!["A1", "A2", "A10", "B1"]),
        (Kind::Booth, "status:held", vec!["A2"]),
        (Kind::Booth, "tình_trạng:giữ", vec!["A2"]),
        (Kind::Booth, "status!=free", vec!["A1", "A2", "B1"]),
        (Kind::Booth, "-status:free zone=dừa", vec!["A1", "A2"]),
        (Kind::Booth, "area>9", vec!["A10"]),
        (Kind::Booth, "code>=A2 code<B", vec!["A2", "A10"]),
        (Kind::Booth, "zone=", vec!["B1"]),
        (Kind::Booth, "dua", vec!["A1", "A2"]),
        (Kind::Booth, "dua -a2", vec!["A1"]),
        (Kind::Booth, "\"trai cay\"", vec!["A10"]),
        (Kind::Booth, "rent<9500000 status:rented,blocked", vec!["A1", "B1"]),
        (Kind::Business, "stars>=4", vec!["Công ty TNHH Kẹo dừa Đông Á"]),
        (Kind::Business, "0900000002", vec!["Hợp tác xã Dương Hòa"]),
        (Kind::Business, "phone:0900000002", vec!["Hợp tác xã Dương Hòa"]),
        (Kind::Business, "kind:hợp", vec!["Hợp tác xã Dương Hòa"]),
        (Kind::Lead, "due<7d", vec!["Công ty TNHH Kẹo dừa Đông Á → Siêu thị Bình Tây"]),
        (Kind::Lead, "han<-2d", vec![]),
        (Kind::Lead, "stage>=quoted", vec!["Công ty TNHH Kẹo dừa Đông Á → Siêu thị Bình Tây"]),
        (Kind::Lead, "due=", vec!["Hợp tác xã Dương Hòa → Siêu thị Bình Tây"]),
        (Kind::Lead, "mou>=50.000.000", vec!["Công ty TNHH Kẹo dừa Đông Á → Siêu thị Bình Tây"]),
        (Kind::Fair, "opens:12/2026", vec!["OCOP-26"]),
        (Kind::Fair, "opens>=01/12/2026 opens<2w", vec!["OCOP-26"]),
        (Kind::Fair, "khai_mạc:2027", vec!["TET-27"]),
        (Kind::Registration, "ben tre", vec![]),
    ] {
        if typed.starts_with("mou") {
            assert!(Filter::parse(typed, kind).is_err(), "a short key is refused with close ones");
            continue;
        }
        assert_eq!(left(&book, kind, typed), names, "{kind:?} {typed}");
    }
}

#[test]
fn rows_with_the_marks_as_typed_come_first() {
    let book = small();
    assert_eq!(left(&book, Kind::Booth, "đường"), ["A2"], "a booth is found by the name it is held for");
    assert_eq!(left(&book, Kind::Registration, "a1"), ["Công ty TNHH Kẹo dừa Đông Á · OCOP-26"]);
    // "Hộ kinh doanh" has a d without its stroke, and so comes after those that have it.
    let names = ["Công ty TNHH Kẹo dừa Đông Á", "Hợp tác xã Dương Hòa", "Hộ kinh doanh Bánh tráng Mỹ Lồng"];
    assert_eq!(left(&book, Kind::Business, "đ"), names);
    assert_eq!(left(&book, Kind::Business, "d"), [names[0], names[2], names[1]]);
    assert_eq!(left(&book, Kind::Business, "đào"), ["Hợp tác xã Dương Hòa"]);
}

#[test]
fn a_bad_term_says_what_would_be_right() {
    let refusal = Filter::parse("statos:held", Kind::Booth).unwrap_err();
    assert_eq!((refusal.code, refusal.field.as_str()), ("filter-key", "filter"));
    assert!(refusal.fix.en.contains("status"), "{}", refusal.fix.en);
    let refusal = Filter::parse("status:gone", Kind::Booth).unwrap_err();
    assert!(refusal.fix.en.contains("handed over"), "{}", refusal.fix.en);
    for typed in ["rent>abc", "status:", "opens>31/31/2026", "area<x"] {
        let kind = if typed.starts_with("opens") { Kind::Fair } else { Kind::Booth };
        assert!(Filter::parse(typed, kind).is_err(), "{typed}");
    }
    assert!(Sort::parse("-rent", Kind::Booth).is_ok_and(|sort| sort == Sort::down("rent")));
}

#[test]
fn lists_follow_the_fair_and_the_record_they_belong_to() {
    let book = small();
    let (fair, other) = (find(&book, Kind::Fair, "OCOP-26"), find(&book, Kind::Fair, "TET-27"));
    for kind in Kind::ALL.iter().copied().filter(|kind| has_fair(*kind)) {
        let within = ids(&book, Scope::within(kind, Some(fair)));
        let naive: Vec<Id> =
            ids(&book, Scope::all(kind)).into_iter().filter(|id| fair_of(&book, kind, *id) == Some(fair)).collect();
        assert_eq!(within, naive, "{kind:?}");
        assert!(ids(&book, Scope::within(kind, Some(other))).is_empty());
    }
    let firm = find(&book, Kind::Business, "9900003810");
    assert_eq!(ids(&book, Scope::of(Kind::Lead, firm)).len(), 1);
    assert_eq!(ids(&book, Scope { kind: Kind::Lead, fair: Some(other), of: Some(firm) }).len(), 0);
}

#[test]
fn a_list_is_in_vietnamese_order_with_empty_values_last() {
    let book = small();
    let order = |kind, sort| -> Vec<String> {
        Rows::new(&book, Scope::all(kind), sort, today())
            .ids()
            .iter()
            .map(|id| title(&book, kind, *id, Lang::En))
            .collect()
    };
    assert_eq!(order(Kind::Booth, Sort::by("code")), ["A1", "A2", "A10", "B1"]);
    assert_eq!(order(Kind::Booth, Sort::down("code")), ["B1", "A10", "A2", "A1"]);
    assert_eq!(order(Kind::Booth, Sort::down("zone")), ["A10", "A1", "A2", "B1"]);
    assert_eq!(order(Kind::Business, Sort::by("representative"))[0], "Công ty TNHH Kẹo dừa Đông Á");
    assert_eq!(order(Kind::Booth, Sort::by("no_such")), ["A1", "A2", "A10", "B1"]);
}

#[test]
fn rows_follow_the_book() {
    let book = small();
    let mut rows = Rows::new(&book, Scope::all(Kind::Business), Sort::usual(Kind::Business), today());
    let filter = Filter::parse("xoai", Kind::Business).unwrap();
    assert!(rows.filtered(&book, &filter, today()).is_empty());
    let id = rows.ids()[0];
    let fields = vec![("goods".to_owned(), Value::Text("Xoài cát".into()))];
    let next = after(&book, &Intent::Edit { kind: Kind::Business, id, fields }, &env(today(), "Mai", 99));
    assert_eq!(rows.filtered(&next, &filter, today()), [id]);
    assert!(!rows.refresh(&next, today()));
}

proptest! {
    #[test]
    fn parsing_never_panics(typed: String, kind in 0..Kind::ALL.len()) {
        let _ = Filter::parse(&typed, Kind::ALL[kind]);
        let _ = Sort::parse(&typed, Kind::ALL[kind]);
    }

    #[test]
    fn terms_of_any_column_are_read_or_refused(kind in 0..Kind::ALL.len(), place: prop::sample::Index, sign in "[:=<>!]{1,2}", wanted in "[-0-9a-zđ/., %dwm\"]{0,8}") {
        let kind = Kind::ALL[kind];
        let key = place.get(columns(kind)).field.key;
        let _ = Filter::parse(&format!("{key}{sign}{wanted}"), kind);
    }

    #[test]
    fn a_list_shows_just_the_rows_that_fit(typed in "(-?(dua|đ|a|\"keo d\"|0900|status(:|!=)(re|free|h)|zone:d|stars>=[345]|tax_code=|a1) ?){0,3}", kind in prop::sample::select(vec![Kind::Booth, Kind::Business, Kind::Fair, Kind::Lead])) {
        thread_local!(static BOOK: Book = small());
        BOOK.with(|book| {
            let Ok(filter) = Filter::parse(&typed, kind) else { return Ok(()) };
            let mut rows = Rows::new(book, Scope::all(kind), Sort::usual(kind), today());
            let mut found = rows.filtered(book, &filter, today());
            let mut naive: Vec<Id> = rows
                .ids()
                .iter()
                .copied()
                .filter(|id| book.noun(kind, *id).is_some_and(|noun| filter.fits(book, noun, today())))
                .collect();
            if !filter.query().has_marks() {
                prop_assert_eq!(&found, &naive);
            }
            found.sort_unstable();
            naive.sort_unstable();
            prop_assert_eq!(found, naive);
            Ok(())
        })?;
    }
}

#[test]
fn what_is_made_ready_beforehand_changes_nothing() {
    let book = crate::kit::demo();
    for kind in [Kind::Business, Kind::Lead, Kind::Claim, Kind::Certificate] {
        let typed: &[&str] = match kind {
            Kind::Business => &["dừa", "stars>=4", "-stars>=4 ben tre", "kind:cooperative", "support_year>0", "stars="],
            Kind::Lead => {
                &["care:late", "score>40", "due_on<7d sieu thi", "stage:mou", "-stage:lost", "mou_value>1000"]
            }
            Kind::Claim => &["status:decided", "grant>=4500000", "missing>0"],
            _ => &["state:expiring", "valid_until<90d", "stars>3 keo"],
        };
        let keys = ["stars", "due_on", "care", "grant", "valid_until", "name"];
        let sorts: Vec<Sort> = keys.iter().filter_map(|key| Sort::parse(key, kind).ok()).collect();
        for sort in sorts {
            let mut ready = Rows::new(&book, Scope::all(kind), Sort::usual(kind), today());
            // A piece of an odd size, then another order, then the rest.
            ready.prepare(&book, 7);
            ready.resort(&book, sort, today());
            while ready.prepare(&book, 13) {}
            assert_eq!(ready.ids(), Rows::new(&book, Scope::all(kind), sort, today()).ids(), "{kind:?} {sort:?}");
            ready.resort(&book, Sort { descending: !sort.descending, ..sort }, today());
            ready.resort(&book, sort, today());
            for text in typed {
                let filter = Filter::parse(text, kind).unwrap();
                let mut cold = Rows::new(&book, Scope::all(kind), sort, today());
                assert_eq!(ready.filtered(&book, &filter, today()), cold.filtered(&book, &filter, today()), "{text}");
                let one_by_one: Vec<Id> = cold
                    .ids()
                    .iter()
                    .copied()
                    .filter(|id| filter.fits(&book, book.noun(kind, *id).unwrap(), today()))
                    .collect();
                let mut found = cold.filtered(&book, &filter, today());
                found.sort_unstable();
                let mut one_by_one = one_by_one;
                one_by_one.sort_unstable();
                assert_eq!(found, one_by_one, "{text}");
            }
        }
    }
}
