//! A long list brought in: read, tried and stored, beside reading alone and beside SQLite.

use hoicho::base::text::Text;
use hoicho::domain::record::Kind;
use hoicho::engine::open;
use hoicho::store::OpenMode;
use rusqlite::{Connection, params_from_iter};

use crate::measure::{line, once, plain, show};
use crate::supply;

/// Measures a register of businesses and a list of payments.
pub fn run() {
    brought("100,000 businesses", Kind::Business, &[], &supply::businesses(100_000));
    brought("20,000 payments", Kind::Payment, &supply::claimed(20_000), &supply::payments(20_000));
}

fn brought(what: &str, kind: Kind, before: &[(Kind, String)], file: &str) {
    let home = tempfile::tempdir().unwrap();
    let engine = open(&home.path().join("book"), OpenMode::CreateNew, &supply::who(), supply::outside()).unwrap();
    let desk = engine.desk();
    supply::fill(&desk, before);
    let (tried, found) = once(|| supply::tried(&desk.book(), kind, file));
    let (acted, _) = once(|| desk.act(&supply::who(), found.intent(&Text::new("list.csv"))).unwrap());
    let (read, rows) = once(|| records(file));
    let (bulk, ()) = once(|| sqlite(home.path(), &rows));
    line(&format!("{what}: preview"), "", tried, "csv crate alone", read);
    line(&format!("{what}: stored"), "", acted, "SQLite bulk insert of the cells", bulk);
    let each = (tried + acted) / u32::try_from(rows.len()).unwrap();
    plain(&format!("{what}: preview and act, a row"), "", &show(each));
}

fn records(file: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(file.as_bytes()).records().map(Result::unwrap).collect()
}

fn sqlite(dir: &std::path::Path, rows: &[csv::StringRecord]) {
    let mut db = Connection::open(dir.join("rows.db")).unwrap();
    let width = rows[0].len();
    let columns: Vec<String> = (0..width).map(|column| format!("c{column} TEXT")).collect();
    let marks = vec!["?"; width].join(",");
    db.execute_batch(&format!(
        "PRAGMA journal_mode=wal; PRAGMA synchronous=FULL; CREATE TABLE row ({})",
        columns.join(",")
    ))
    .unwrap();
    let all = db.transaction().unwrap();
    {
        let mut insert = all.prepare(&format!("INSERT INTO row VALUES ({marks})")).unwrap();
        for row in rows {
            insert.execute(params_from_iter(row.iter())).unwrap();
        }
    }
    all.commit().unwrap();
}
