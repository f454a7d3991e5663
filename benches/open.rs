//! Opening a book until somebody can type, and the memory it then takes, each in a process of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hoicho::domain::record::{Kind, Record};
use hoicho::engine::open;
use hoicho::store::OpenMode;
use rusqlite::{Connection, params};

use crate::measure::{Samples, line, once, plain};
use crate::supply;

/// The word before the directory that a process of its own opens.
pub const ALONE: &str = "alone";

/// Measures books of two sizes.
pub fn run() {
    sized(10_000, "≤ 60 ms", "");
    sized(100_000, "≤ 400 ms", "≤ 150 MB");
}

fn sized(count: usize, aim: &str, memory_aim: &str) {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("book");
    let db = home.path().join("rows.db");
    {
        let engine = open(&dir, OpenMode::CreateNew, &supply::who(), supply::outside()).unwrap();
        supply::fill(&engine.desk(), &supply::mixed(count));
        let mut db = Connection::open(&db).unwrap();
        db.execute_batch("CREATE TABLE record (kind TEXT, id BLOB, seq INTEGER, bytes BLOB, PRIMARY KEY (kind, id))")
            .unwrap();
        let all = db.transaction().unwrap();
        let book = engine.desk().book();
        for kind in Kind::ALL {
            book.each(*kind, &mut |noun| {
                let bytes = book.record(*kind, noun.id()).unwrap().encode().unwrap();
                let id = noun.id();
                let row = params![kind.key(), id.as_bytes(), 1, bytes];
                all.execute("INSERT INTO record VALUES (?1, ?2, ?3, ?4)", row).unwrap();
            });
        }
        all.commit().unwrap();
    }
    let (mut ours, mut memory, mut kept) = (Vec::new(), 0, 0);
    for _ in 0..5 {
        let said = Command::new(std::env::current_exe().unwrap()).arg(ALONE).arg(&dir).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        let numbers: Vec<u64> = said.split_whitespace().map(|number| number.parse().unwrap()).collect();
        ours.push(Duration::from_micros(numbers[0]));
        (memory, kept) = (numbers[1], numbers[2]);
    }
    let rival = Samples::take(5, |_| read_rows(&db));
    line(
        &format!("open {kept} records"),
        aim,
        Samples::of(ours).median(),
        "SQLite: rows read and decoded",
        rival.median(),
    );
    let bytes = memory * 1024 / kept;
    plain(
        &format!("memory with {kept} records open"),
        memory_aim,
        &format!("{} MB, {bytes} B a record", memory / 1024),
    );
}

fn read_rows(db: &Path) -> Vec<(i64, Record)> {
    let db = Connection::open(db).unwrap();
    let mut rows = db.prepare("SELECT kind, seq, bytes FROM record").unwrap();
    let rows = rows.query_map([], |row| {
        let kind = Kind::read(row.get_ref(0)?.as_str()?).unwrap();
        Ok((row.get(1)?, Record::decode(kind, row.get_ref(2)?.as_blob()?).unwrap()))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// In a process of its own: microseconds to open, kilobytes in memory, records.
pub fn alone(dir: &Path) {
    let (time, engine) =
        once(|| open(dir, OpenMode::Existing, &supply::who(), supply::outside()).expect("the book opens"));
    let book = engine.desk().book();
    let kept: usize = Kind::ALL.iter().map(|kind| book.count(*kind)).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
    println!("{} {} {kept}", time.as_micros(), memory.unwrap_or("0"));
}
