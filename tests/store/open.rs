//! Opening: what is no book, what is newer, what is in use.

use std::fs;

use hoicho::store::{OpenMode, SledStore, Store, StoreFault};

use super::{append_deeds, content, create, owner, reopen};

#[test]
fn what_cannot_be_opened_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    assert!(matches!(reopen(&at("nowhere")), Err(StoreFault::Missing { .. })));
    fs::create_dir(at("other")).unwrap();
    fs::write(at("other/letter.txt"), "x").unwrap();
    assert!(matches!(reopen(&at("other")), Err(StoreFault::NotABook { .. })));
    assert!(matches!(reopen(&at("other/letter.txt")), Err(StoreFault::NotABook { .. })));
    let made = SledStore::open(&at("other"), OpenMode::CreateNew, &owner());
    assert!(matches!(made, Err(StoreFault::AlreadyThere { .. })));
    assert_eq!(fs::read_dir(at("other")).unwrap().count(), 1, "nothing was left behind");
    create(&at("book")).close().unwrap();
    fs::write(at("book/hoicho-book"), "hoicho book, format 9\n").unwrap();
    let newer = reopen(&at("book")).err().unwrap();
    assert!(matches!(newer, StoreFault::Newer { found: 9, .. }));
    assert!(newer.words().en.contains("format 9") && newer.words().vi.contains("định dạng 9"));
    fs::write(at("book/hoicho-book"), "hoicho book, format 1\n").unwrap();
    fs::remove_file(at("book/db")).unwrap();
    assert!(matches!(reopen(&at("book")), Err(StoreFault::Damaged { .. })));
    assert!(!at("book/db").exists(), "no empty database takes the place of one that is gone");
}

#[test]
fn a_second_one_is_told_who_has_the_book() {
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    let mut store = create(&book);
    append_deeds(&mut store, 3);
    let StoreFault::Busy { owner: Some(found), .. } = reopen(&book).err().unwrap() else { panic!("not busy") };
    assert_eq!(found, owner());
    let words = reopen(&book).err().unwrap().words();
    for part in ["Lan", "quầy-2", "7", "08:15"] {
        assert!(words.vi.contains(part) && words.en.contains(part), "{words:?}");
    }
    let before = content(&store).unwrap();
    store.close().unwrap();
    assert!(!book.join("owner").exists());
    for _ in 0..5 {
        let store = reopen(&book).unwrap();
        assert_eq!(content(&store).unwrap(), before);
        drop(store);
    }
    fs::write(book.join("owner"), b"\x1b[2J{").unwrap();
    assert_eq!(reopen(&book).unwrap().last_seq(), 3, "a word that stayed behind bars nobody");
}
