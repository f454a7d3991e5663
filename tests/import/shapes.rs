//! Every shape of value goes out and comes back as it was, in text and in workbooks, and percentages as sheets have them.

use hoicho::base::ids::Id;
use hoicho::base::money::BasisPoints;
use hoicho::domain::field::Value;
use rust_xlsxwriter::{Format, Workbook};

use super::*;
use crate::law::acts::fitting;
use crate::law::chance::Chance;

/// A record of the kind whose fields all hold something that fits.
fn full(book: &Book, kind: Kind, seed: u64) -> Record {
    let mut chance = Chance::new(seed);
    let mut record = kind.blank(Id::from_bytes([9; 16]));
    for (index, field) in kind.fields().iter().enumerate() {
        let value = fitting(book, field, today(), &mut chance);
        // Somebody restricted goes out in no file.
        let value = if field.key == "restricted_on" { Value::Empty } else { value };
        assert!(record.set(index, value), "{kind:?}.{}", field.key);
    }
    record
}

fn come_back(kind: Kind, seed: u64) {
    let demo = demo();
    let record = full(&demo, kind, seed);
    let mut book = Book::clone(&demo);
    book.apply(&Change::added(record.clone()), book.seq + 1);
    for going in goings().into_iter().filter(|going| going.with_personal) {
        let out = table(&book, kind, &[record.id()], &all_columns(kind), today(), going);
        for name in ["a.csv", "a.xlsx"] {
            let bytes = bytes(&out, name, going.lang).unwrap();
            let sheet = sheet(ImportKind::Records(kind), Source::of(name, &bytes)).unwrap();
            let reader = Reader { book: &book, today: today(), fair: None };
            let back = rows(&sheet, &Mapping::guess(kind, &sheet.headers), reader, &Default::default());
            assert_eq!(back.refused, [], "{kind:?} {name}");
            for (key, value) in back.drafts.iter().flat_map(|draft| &draft.fields) {
                assert_eq!(*value, record.value(key), "{kind:?}.{key} {name} {:?}", sheet.rows);
            }
        }
    }
}

#[test]
fn every_value_comes_back_as_it_went_out() {
    for kind in Kind::ALL {
        (0..4).for_each(|seed| come_back(*kind, seed));
    }
}

/// The rates that a column of a workbook comes to, each cell a number and whether it is shown as a percentage.
fn rates(cells: &[(f64, bool)]) -> Vec<Option<u32>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let percent = Format::new().set_num_format("0.##%");
    for (column, header) in (0..).zip(["Mã", "Tên gói", "Từ ngày", "Mức hỗ trợ"]) {
        sheet.write(0, column, header).unwrap();
    }
    for (row, (number, shown)) in (1..).zip(cells) {
        sheet.write(row, 0, format!("G-{row}")).unwrap();
        sheet.write(row, 1, "gói").unwrap();
        sheet.write(row, 2, "01/01/2026").unwrap();
        if *shown {
            sheet.write_number_with_format(row, 3, *number, &percent).unwrap();
        } else {
            sheet.write_number(row, 3, *number).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let found = super::sheet(ImportKind::Records(Kind::Scheme), Source::of("a.xlsx", &bytes)).unwrap();
    let mut mapping = Mapping::guess(Kind::Scheme, &found.headers);
    mapping.set(3, Kind::Scheme.field_index("rate"));
    let reader = Reader { book: &Book::default(), today: today(), fair: None };
    let back = rows(&found, &mapping, reader, &Default::default());
    let rate = |value: &Value| value.as_number().and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX);
    let mut read = vec![None; cells.len()];
    for draft in &back.drafts {
        let of = draft.fields.iter().find(|(key, _)| key == "rate").map(|(_, value)| rate(value));
        read[usize::try_from(draft.line).unwrap() - 2] = of;
    }
    read
}

#[test]
fn a_percentage_of_a_sheet_is_what_it_shows() {
    let whole = Some(BasisPoints::WHOLE.0);
    assert_eq!(
        rates(&[(1.0, true), (0.5, true), (0.125, true), (0.01, true)]),
        [whole, Some(5_000), Some(1_250), Some(100)]
    );
    // Where the file does not say, one part of one makes all of them such, and what is then too much is refused.
    assert_eq!(rates(&[(1.0, false), (0.5, false), (8.0, false)]), [whole, Some(5_000), None]);
    assert_eq!(rates(&[(1.0, false), (50.0, false), (12.5, false)]), [Some(100), Some(5_000), Some(1_250)]);
}
