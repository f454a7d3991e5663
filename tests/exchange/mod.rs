//! Tables in and out: a public set of awkward CSV files, the round trip, and bytes that nobody meant to send.

mod placing_file;
mod statement;

use chrono::NaiveDate;
use hoicho::base::words::{Lang, Words};
use hoicho::exchange::read::read_table;
use hoicho::exchange::sheet::{Sheet, Typed, clean};
use hoicho::exchange::table::{Out, Table};
use hoicho::exchange::write_csv::write_csv;
use hoicho::exchange::write_workbook::write_workbook;
use proptest::prelude::*;

fn known(header: &str) -> bool {
    header.starts_with("Cột ")
}

#[expect(clippy::unwrap_used, reason = "what we wrote ourselves is read")]
fn read(name: &str, bytes: &[u8]) -> Sheet {
    read_table(name, bytes, None, &known).unwrap()
}

#[test]
fn csv_spectrum_is_read_as_it_says() {
    let set = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/csv-spectrum");
    let mut seen = 0;
    for entry in std::fs::read_dir(set.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let expected = std::fs::read(set.join("json").join(format!("{stem}.json"))).unwrap();
        let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
        let sheet = read_table(&stem, &std::fs::read(&path).unwrap(), None, &|_| false).unwrap();
        seen += 1;
        // The expected file of this one disagrees with its table: it holds another telephone number.
        if stem == "location_coordinates" {
            assert_eq!(sheet.rows[0].cells[0].text, "2095257564");
            continue;
        }
        let records = expected.as_array().unwrap();
        assert_eq!(sheet.rows.len(), records.len(), "{stem}");
        for (row, record) in sheet.rows.iter().zip(records) {
            assert_eq!(sheet.headers.len(), record.as_object().unwrap().len(), "{stem}");
            for (header, cell) in sheet.headers.iter().zip(&row.cells) {
                assert_eq!(cell.text, clean(record[header].as_str().unwrap()), "{stem}: {header}");
            }
        }
    }
    assert_eq!(seen, 12);
}

fn out() -> impl Strategy<Value = Out> {
    prop_oneof![
        Just(Out::Empty),
        any::<String>().prop_map(Out::Text),
        "['=+@,;|\"\n0-9A-Zđế -]{0,12}".prop_map(Out::Text),
        any::<i64>().prop_map(Out::Number),
        (-5_000_000_000_i64..5_000_000_000).prop_map(Out::Money),
        (0_i32..1_200_000).prop_filter_map("a day", NaiveDate::from_num_days_from_ce_opt).prop_map(Out::Date),
    ]
}

/// Tables whose rows begin with a number as lists do, so that no row can be taken for a title, a total or a note.
fn table() -> impl Strategy<Value = Table> {
    (2_usize..6).prop_flat_map(|width| {
        prop::collection::vec(prop::collection::vec(out(), width), 0..8).prop_map(move |mut rows| {
            for (number, row) in (1_001..).zip(&mut rows) {
                row.insert(0, Out::Number(number));
            }
            let headers = (0..=width).map(|column| format!("Cột {column}")).collect();
            Table { title: Some(Words::same("Danh sách")), headers, rows }
        })
    })
}

fn shown(out: &Out) -> String {
    match out {
        Out::Empty => String::new(),
        Out::Text(text) => clean(text),
        Out::Number(number) | Out::Money(number) => number.to_string(),
        Out::Date(day) => day.format("%d/%m/%Y").to_string(),
    }
}

fn assert_same(table: &Table, sheet: &Sheet) {
    assert_eq!(sheet.headers, table.headers);
    assert_eq!(sheet.rows.len(), table.rows.len());
    for (row, outs) in sheet.rows.iter().zip(&table.rows) {
        let texts: Vec<_> = row.cells.iter().map(|cell| cell.text.clone()).collect();
        assert_eq!(texts, outs.iter().map(shown).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn csv_comes_back(table in table()) {
        assert_same(&table, &read("a.csv", &write_csv(&table)));
    }

    #[test]
    fn a_workbook_comes_back_with_its_types(table in table()) {
        let bytes = write_workbook(&table, Lang::Vi).unwrap();
        prop_assert_eq!(&bytes, &write_workbook(&table, Lang::Vi).unwrap());
        let sheet = read("a.xlsx", &bytes);
        assert_same(&table, &sheet);
        for (cell, out) in sheet.rows.iter().flat_map(|row| &row.cells).zip(table.rows.iter().flatten()) {
            match out {
                Out::Date(day) if *day >= NaiveDate::from_ymd_opt(1901, 1, 1).unwrap() => {
                    prop_assert_eq!(&cell.typed, &Typed::Date(*day));
                }
                Out::Money(amount) => prop_assert_eq!(&cell.typed, &Typed::Number(amount.to_string())),
                Out::Text(text) if !clean(text).is_empty() => prop_assert_eq!(&cell.typed, &Typed::Text),
                _ => {}
            }
        }
    }

    #[test]
    fn no_bytes_bring_a_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..600), kind in 0_usize..7) {
        let starts: [&[u8]; 7] = [
            b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<html>", b"a;\"b\n", b"\xef\xbb\xbf",
        ];
        let bytes = [starts[kind], &bytes].concat();
        for name in ["a", "a.xlsx", "a.xls", "a.ods"] {
            if let Err(fault) = read_table(name, &bytes, None, &known) {
                prop_assert!(!fault.words().is_empty());
            }
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        table in table(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        for mut bytes in [write_csv(&table), write_workbook(&table, Lang::En).unwrap()] {
            for (place, byte) in &flips {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            if let Ok(sheet) = read_table("a", &bytes, None, &known) {
                prop_assert!(sheet.rows.iter().all(|row| row.cells.len() == sheet.headers.len()));
            }
        }
    }
}
