//! Finding rows among a hundred thousand while somebody types, and putting them in order.

use std::sync::Arc;

use hoicho::base::text::{Text, fold};
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::view::list::{Filter, Rows, Scope, Sort, row_text};
use rusqlite::Connection;

use crate::measure::{Samples, line, once, plain, show};
use crate::supply;

const TYPED: &[&str] = &["k", "keo", "keo dua", "keo dua nguyen", "kẹo", "kẹo dừa", "0912", "zzz"];

/// Measures each text a person may have typed so far.
pub fn run() {
    let mut files = supply::mixed(200_000);
    files.truncate(6);
    let (engine, book) = supply::in_memory(&files);
    let (today, scope) = (supply::now().date(), Scope::all(Kind::Business));
    let mut rows = Rows::new(&book, scope, Sort::usual(Kind::Business), today);
    let texts = texts(&book);
    let db = sqlite(&texts);
    let mut cold = Rows::new(&book, scope, Sort::usual(Kind::Business), today);
    let (first, _) = once(|| cold.filtered(&book, &filter("k"), today));
    plain("first letter before anything is ready", "", &show(first));
    let (ready, ()) = once(|| while rows.prepare(&book, 500) {});
    plain("text and shown columns made ready", "", &show(ready));
    let (first, _) = once(|| rows.filtered(&book, &filter("k"), today));
    plain("first letter once that is done", "≤ 5 ms", &show(first));
    for typed in TYPED {
        let filter = filter(typed);
        let _ = rows.filtered(&book, &filter, today);
        let ours = Samples::take(30, |_| rows.filtered(&book, &filter, today));
        let small = typed.to_lowercase();
        let naive = Samples::take(3, |_| texts.iter().filter(|text| text.to_lowercase().contains(&small)).count());
        let like = Samples::take(5, |_| like(&db, &fold(typed)));
        let found = rows.filtered(&book, &filter, today).len();
        line(
            &format!("filter “{typed}” ({found} found)"),
            "≤ 5 ms",
            ours.median(),
            "lower-case contains",
            naive.median(),
        );
        line(
            &format!("filter “{typed}” ({found} found)"),
            "≤ 5 ms",
            ours.median(),
            "SQLite LIKE, folded",
            like.median(),
        );
    }
    for typed in ["stars>=4", "kind:cooperative", "stars>=4 keo"] {
        let filter = filter(typed);
        let ours = Samples::take(10, |_| rows.filtered(&book, &filter, today));
        plain(&format!("filter “{typed}”"), "≤ 5 ms", &show(ours.median()));
    }
    order(&book, scope);
    follow(&engine.desk(), &book, rows);
}

fn filter(typed: &str) -> Filter {
    Filter::parse(typed, Kind::Business).expect("the filter is right")
}

fn texts(book: &Book) -> Vec<String> {
    let mut texts = Vec::new();
    book.each(Kind::Business, &mut |noun| {
        let mut text = String::new();
        row_text(book, noun, supply::now().date(), &mut text);
        texts.push(text);
    });
    texts
}

fn sqlite(texts: &[String]) -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE row (text TEXT)").unwrap();
    let all = db.transaction().unwrap();
    for text in texts {
        all.execute("INSERT INTO row VALUES (?1)", [fold(text)]).unwrap();
    }
    all.commit().unwrap();
    db
}

fn like(db: &Connection, folded: &str) -> usize {
    let mut rows = db.prepare_cached("SELECT rowid FROM row WHERE text LIKE ?1").unwrap();
    rows.query_map([format!("%{folded}%")], |row| row.get::<_, i64>(0)).unwrap().count()
}

fn order(book: &Book, scope: Scope) {
    for key in ["name", "stars", "tax_code"] {
        let times = Samples::take(3, |_| Rows::new(book, scope, Sort::by(key), supply::now().date()));
        plain(&format!("order 100,000 rows by {key}"), "", &show(times.median()));
    }
    let mut rows = Rows::new(book, scope, Sort::usual(Kind::Business), supply::now().date());
    while rows.prepare(book, 500) {}
    for key in ["stars", "kind", "support_year"] {
        let times = Samples::take(3, |turn| {
            rows.resort(book, Sort { key, descending: turn % 2 == 1 }, supply::now().date());
        });
        plain(&format!("order a list that is open by {key}"), "", &show(times.median()));
    }
}

/// What a screen with the list open does when one record of it changes.
fn follow(desk: &hoicho::engine::Desk, book: &Arc<Book>, mut rows: Rows) {
    let id = rows.ids()[500];
    let keo = filter("keo");
    let (mut plain_times, mut filtered) = (Vec::new(), Vec::new());
    let mut unfiltered = Rows::new(book, rows.scope(), rows.sort(), supply::now().date());
    for turn in 0..5 {
        let fields = vec![("name".to_owned(), Value::Text(Text::new(&format!("Đổi tên {turn}"))))];
        desk.act(&supply::who(), Intent::Edit { kind: Kind::Business, id, fields }).unwrap();
        let book = desk.book();
        plain_times.push(once(|| unfiltered.refresh(&book, supply::now().date())).0);
        let anew = Rows::new(&book, rows.scope(), rows.sort(), supply::now().date());
        assert_eq!(unfiltered.ids(), anew.ids(), "following gives the order that sorting gives");
        filtered.push(once(|| rows.filtered(&book, &keo, supply::now().date())).0);
    }
    plain("follow one changed record of 100,000", "≤ 16 ms", &show(Samples::of(plain_times).median()));
    plain("follow one changed record, filtered", "≤ 16 ms", &show(Samples::of(filtered).median()));
}
