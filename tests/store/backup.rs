//! Backups, restoring, rebuilding and salvaging.

use std::fs;

use hoicho::store::{Closing, Store, StoreFault, backup, check_backup, rebuild, restore, rotate, salvage, verify};
use proptest::prelude::*;

use super::{Deed, any_deed, append_deeds, assert_sound, content, create, entry_of, owner, reopen};

fn closing() -> Closing {
    Closing { head: b"who".to_vec(), story: b"salvaged".to_vec(), chance: [5; 32] }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_restored_or_rebuilt_book_is_the_same_book(deeds in prop::collection::vec(any_deed(), 0..12)) {
        let dir = tempfile::tempdir().unwrap();
        let (book, file, again) = (dir.path().join("book"), dir.path().join("b.hoicho"), dir.path().join("again"));
        let mut store = create(&book);
        for deed in &deeds {
            let entry = entry_of(&store, deed);
            store.append(&[entry]).unwrap();
        }
        let whole = content(&store).unwrap();
        let report = backup(&store, &file).unwrap();
        prop_assert_eq!((report.entries, check_backup(&file).unwrap()), (store.last_seq(), store.last_seq()));
        let hash = store.last_hash();
        store.close().unwrap();
        restore(&file, &again, &owner()).unwrap();
        let rebuilt = rebuild(&book, &owner()).unwrap();
        let aside = format!("book.before-rebuild-{}", report.entries);
        prop_assert!(rebuilt.kept.ends_with(aside));
        for place in [&again, &book, &rebuilt.kept] {
            let mut store = reopen(place).unwrap();
            prop_assert_eq!(&content(&store).unwrap(), &whole);
            prop_assert_eq!(store.last_hash(), hash);
            append_deeds(&mut store, 2);
            assert_sound(&store);
        }
        prop_assert_eq!(restore(&file, &again, &owner()), Err(StoreFault::AlreadyThere { path: again }));
    }
}

#[test]
fn every_flipped_byte_of_a_backup_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let (file, into) = (dir.path().join("b.hoicho"), dir.path().join("into"));
    let mut store = create(&dir.path().join("book"));
    append_deeds(&mut store, 4);
    backup(&store, &file).unwrap();
    let bytes = fs::read(&file).unwrap();
    for at in (0..bytes.len()).step_by(3) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        fs::write(&file, flipped).unwrap();
        assert!(check_backup(&file).is_err(), "byte {at}");
        fs::write(&file, &bytes[..at]).unwrap();
        assert!(check_backup(&file).is_err(), "cut at {at}");
    }
    assert!(restore(&file, &into, &owner()).is_err());
    assert!(!into.exists() && fs::read_dir(dir.path()).unwrap().count() == 2, "nothing was left behind");
}

#[test]
fn a_rotation_keeps_the_newest() {
    let dir = tempfile::tempdir().unwrap();
    for day in ["2026-11-21", "2026-11-23", "2026-11-20", "2026-11-22"] {
        fs::write(dir.path().join(format!("{day}.hoicho")), "").unwrap();
    }
    fs::write(dir.path().join("2026-01-01.xlsx"), "").unwrap();
    assert_eq!(rotate(dir.path(), 2).unwrap().len(), 2);
    let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|found| found.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["2026-01-01.xlsx", "2026-11-22.hoicho", "2026-11-23.hoicho"]);
}

/// Replaces the value of the first key that `chosen` accepts by the same bytes with one flipped.
fn doctor(book: &std::path::Path, chosen: impl Fn(&[u8]) -> bool) {
    let db = sled::Config::new().path(book).flush_every_ms(None).open().unwrap();
    let (key, value) = db.iter().map(Result::unwrap).find(|(key, _)| chosen(key)).unwrap();
    let mut value = value.to_vec();
    *value.last_mut().unwrap() ^= 1;
    db.insert(key, value).unwrap();
    db.flush().unwrap();
}

/// Tries again while the lock of a database that was just dropped is not free yet.
fn patiently<T>(mut act: impl FnMut() -> Result<T, StoreFault>) -> Result<T, StoreFault> {
    loop {
        match act() {
            Err(StoreFault::Busy { .. }) => {}
            other => return other,
        }
    }
}

#[test]
fn damaged_records_are_named_and_rebuilt() {
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    let mut store = create(&book);
    append_deeds(&mut store, 9);
    let whole = content(&store).unwrap();
    store.close().unwrap();
    doctor(&book, |key| key.first() == Some(&b'r'));
    let store = patiently(|| reopen(&book)).unwrap();
    let fault = content(&store).unwrap_err();
    assert!(fault.words().en.contains("record booth 0101"), "{}", fault.words().en);
    let flaw = verify(&store, &mut |_, _| {}).unwrap_err();
    assert!(flaw.entry.is_none() && flaw.words().vi.contains("bản ghi booth"));
    store.close().unwrap();
    rebuild(&book, &owner()).unwrap();
    let store = reopen(&book).unwrap();
    assert_eq!(content(&store).unwrap(), whole);
    assert_sound(&store);
}

#[test]
fn a_damaged_journal_is_salvaged_up_to_the_damage() {
    let dir = tempfile::tempdir().unwrap();
    let (book, into) = (dir.path().join("book"), dir.path().join("into"));
    let mut store = create(&book);
    append_deeds(&mut store, 5);
    let erasing = Deed { changes: (0..6).map(|n| (n, Some(9))).collect(), erases: None, story_len: 3 };
    let mut entry = entry_of(&store, &erasing);
    entry.erasures.push(hoicho::store::Erasure {
        seq: 2,
        piece: hoicho::store::Piece::Story,
        replacement: b"gone".to_vec(),
    });
    store.append(&[entry]).unwrap();
    append_deeds(&mut store, 3);
    let (entries, _) = content(&store).unwrap();
    store.close().unwrap();
    let sixth = 6_u64.to_be_bytes();
    doctor(&book, |key| key.first() == Some(&b'e') && key[1..9] == sixth);
    let fault = patiently(|| rebuild(&book, &owner())).unwrap_err();
    assert!(matches!(fault, StoreFault::JournalDamaged { .. }));
    assert!(fault.words().en.contains("journal entry 6"), "{}", fault.words().en);
    let salvaged = salvage(&book, &into, closing(), &owner()).unwrap();
    assert_eq!((salvaged.saved, salvaged.flaw.as_ref().and_then(|flaw| flaw.entry)), (5, Some(6)));
    let store = reopen(&into).unwrap();
    assert_sound(&store);
    let (saved, _) = content(&store).unwrap();
    assert_eq!(saved[..5], entries[..5]);
    assert_eq!((saved.len(), saved[5].story.bytes.as_slice()), (6, b"salvaged".as_slice()));
}
