//! A durable act: a business added through the engine, beside the bare append and beside SQLite with the same bytes.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use hoicho::base::text::Text;
use hoicho::domain::Business;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::engine::open;
use hoicho::store::OpenMode;
use rusqlite::{Connection, params};

use crate::measure::{Samples, line, once, plain, show};
use crate::supply;

const TURNS: usize = 300;
/// What an entry of the journal takes besides the record: who, when, words, hashes.
const ENTRY_REST: usize = 400;

fn sqlite(dir: &Path, mode: &str) -> Connection {
    let db = Connection::open(dir.join(mode)).unwrap();
    let got: String = db.query_row(&format!("PRAGMA journal_mode={mode}"), [], |row| row.get(0)).unwrap();
    assert_eq!(got.to_lowercase(), mode);
    db.execute_batch(
        "PRAGMA synchronous=FULL;
         CREATE TABLE entry (seq INTEGER PRIMARY KEY, bytes BLOB);
         CREATE TABLE record (id BLOB PRIMARY KEY, bytes BLOB);",
    )
    .unwrap();
    db
}

fn sqlite_act(db: &mut Connection, turn: usize, record: &[u8], entry: &[u8]) {
    let act = db.transaction().unwrap();
    act.execute("INSERT INTO entry VALUES (?1, ?2)", params![turn as i64, entry]).unwrap();
    act.execute("INSERT INTO record VALUES (?1, ?2)", params![blake(turn), record]).unwrap();
    act.commit().unwrap();
}

fn blake(turn: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(turn as u64).to_be_bytes());
    id
}

/// Measures all four turn by turn, so that a slow spell of the disk meets each alike.
pub fn run() {
    let home = tempfile::tempdir().unwrap();
    let engine = open(&home.path().join("book"), OpenMode::CreateNew, &supply::who(), supply::outside()).unwrap();
    let desk = engine.desk();
    supply::fill(&desk, &[(Kind::Business, supply::businesses(10_000))]);
    let record = {
        let book = desk.book();
        let id = book.all::<Business>().iter().next().unwrap().id;
        book.record(Kind::Business, id).unwrap().encode().unwrap()
    };
    let entry = [record.as_slice(), &[7; ENTRY_REST]].concat();
    let mut floor = File::create(home.path().join("floor")).unwrap();
    let mut wal = sqlite(home.path(), "wal");
    let mut rollback = sqlite(home.path(), "delete");
    let mut times: [Vec<Duration>; 4] = Default::default();
    for turn in 0..TURNS {
        let fields =
            [("name", format!("Công ty mới {turn}")), ("commune", "Xã Ba Tri".into()), ("goods", "Kẹo".into())];
        let fields = fields.map(|(key, text)| (key.to_owned(), Value::Text(Text::new(&text)))).to_vec();
        let intent = Intent::Add { kind: Kind::Business, fields };
        times[0].push(once(|| desk.act(&supply::who(), intent).unwrap()).0);
        times[1].push(
            once(|| {
                floor.write_all(&entry).unwrap();
                floor.write_all(&record).unwrap();
                floor.sync_data().unwrap();
            })
            .0,
        );
        times[2].push(once(|| sqlite_act(&mut wal, turn, &record, &entry)).0);
        times[3].push(once(|| sqlite_act(&mut rollback, turn, &record, &entry)).0);
    }
    let [ours, floor, wal, rollback] = times.map(Samples::of);
    let aim = "≤ 2 × SQLite";
    line("a durable act, median", "", ours.median(), "append + fdatasync", floor.median());
    line("a durable act, median", aim, ours.median(), "SQLite WAL, FULL", wal.median());
    line("a durable act, median", aim, ours.median(), "SQLite rollback, FULL", rollback.median());
    line("a durable act, p99", aim, ours.percentile(99), "SQLite WAL, FULL", wal.percentile(99));
    in_memory();
}

/// What of an act is ours and not the disk's.
fn in_memory() {
    let (engine, _) = supply::in_memory(&[(Kind::Business, supply::businesses(100_000))]);
    let desk = engine.desk();
    let times = Samples::take(TURNS, |turn| {
        let fields = vec![("name".to_owned(), Value::Text(Text::new(&format!("Công ty mới {turn}"))))];
        desk.act(&supply::who(), Intent::Add { kind: Kind::Business, fields }).unwrap()
    });
    plain("the same without a disk, 100,000 businesses, median", "", &show(times.median()));
}
