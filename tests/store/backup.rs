//! Backups, restoring, rebuilding and salvaging.

use std::fs;

use hoicho::store::{Closing, Store, StoreFault, backup, check_backup, expire, rebuild, restore, salvage, verify};
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
fn old_backups_and_what_was_broken_off_are_given_up() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "2026-11-08.hoicho",
        "2026-11-09.hoicho",
        "2026-11-23.hoicho",
        "2026-11-07.hoicho.being-written",
        "2026-01-01.xlsx",
    ] {
        fs::write(dir.path().join(name), "").unwrap();
    }
    expire(dir.path(), "2026-11-09").unwrap();
    let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|found| found.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["2026-01-01.xlsx", "2026-11-09.hoicho", "2026-11-23.hoicho"]);
}

/// The names in a directory.
fn names(dir: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|found| found.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_takes_the_place_of_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (book, file) = (dir.path().join("book"), dir.path().join("keep.txt"));
    let mut store = create(&book);
    append_deeds(&mut store, 2);
    fs::write(&file, "mine").unwrap();
    assert_eq!(backup(&store, &file), Err(StoreFault::AlreadyThere { path: file.clone() }));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(names(dir.path()), ["book", "keep.txt"]);
}

#[test]
fn a_directory_with_a_slash_behind_it_is_the_same_directory() {
    let dir = tempfile::tempdir().unwrap();
    let (book, file, again) = (dir.path().join("book"), dir.path().join("b.hoicho"), dir.path().join("again"));
    let mut store = create(&book);
    append_deeds(&mut store, 3);
    let whole = content(&store).unwrap();
    backup(&store, &file).unwrap();
    store.close().unwrap();
    fs::create_dir(&again).unwrap();
    restore(&file, &again.join(""), &owner()).unwrap();
    rebuild(&book.join(""), &owner()).unwrap();
    for place in [&again, &book] {
        assert_eq!(content(&reopen(place).unwrap()).unwrap(), whole);
    }
    assert_eq!(names(dir.path()), ["again", "b.hoicho", "book", "book.before-rebuild-3"]);
}

#[cfg(unix)]
#[test]
fn a_book_behind_a_link_is_rebuilt_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    let mut store = create(&real);
    append_deeds(&mut store, 2);
    store.close().unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    rebuild(&link, &owner()).unwrap();
    assert_eq!(names(dir.path()), ["link", "real", "real.before-rebuild-2"]);
    assert_eq!(reopen(&link).unwrap().last_seq(), 2);
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

#[test]
fn a_damaged_entry_with_an_erased_story_does_not_stop_a_salvage() {
    let dir = tempfile::tempdir().unwrap();
    let (book, into) = (dir.path().join("book"), dir.path().join("into"));
    let mut store = create(&book);
    append_deeds(&mut store, 4);
    let mut entry = entry_of(&store, &Deed { changes: vec![(0, Some(9))], erases: None, story_len: 3 });
    let (piece, replacement) = (hoicho::store::Piece::Story, b"gone".to_vec());
    entry.erasures.push(hoicho::store::Erasure { seq: 3, piece, replacement });
    store.append(&[entry]).unwrap();
    store.close().unwrap();
    // A payload of the third entry, whose story is erased already.
    let third = 3_u64.to_be_bytes();
    doctor(&book, |key| key.first() == Some(&b'p') && key[1..9] == third && key[9] != 0);
    let salvaged = patiently(|| salvage(&book, &into, closing(), &owner())).unwrap();
    assert_eq!(salvaged.saved, 2);
    assert_sound(&reopen(&into).unwrap());
}
