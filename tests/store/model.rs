//! The store on a disk does what the store in memory does, whatever happens and however often it is opened again.

use hoicho::store::{MemoryStore, NewChange, NewEntry, Piece, Store, StoreFault};
use proptest::prelude::*;

use super::{Deed, any_deed, assert_sound, content, create, entry_of, reopen};

#[derive(Clone, Debug)]
enum Event {
    Append(Vec<Deed>),
    Reopen,
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![5 => prop::collection::vec(any_deed(), 1..4).prop_map(Event::Append), 1 => Just(Event::Reopen)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_disk_does_what_memory_does(events in prop::collection::vec(any_event(), 1..14)) {
        let dir = tempfile::tempdir().unwrap();
        let book = dir.path().join("book");
        let mut model = MemoryStore::new();
        let mut store = create(&book);
        for event in events {
            match event {
                Event::Append(deeds) => {
                    let mut ahead = model.clone();
                    let mut group = Vec::new();
                    for deed in &deeds {
                        let entry = entry_of(&ahead, deed);
                        ahead.append(std::slice::from_ref(&entry)).unwrap();
                        group.push(entry);
                    }
                    model.append(&group).unwrap();
                    store.append(&group).unwrap();
                    prop_assert_eq!(model.last_hash(), ahead.last_hash(), "a group comes to what its entries come to");
                }
                Event::Reopen => {
                    store.close().unwrap();
                    store = reopen(&book).unwrap();
                }
            }
        }
        prop_assert_eq!((store.last_seq(), store.last_hash()), (model.last_seq(), model.last_hash()));
        prop_assert_eq!(content(&store).unwrap(), content(&model).unwrap());
        for seq in 1..=model.last_seq() {
            prop_assert_eq!(store.sealed(seq).unwrap(), model.sealed(seq).unwrap());
        }
        assert_sound(&store);
        assert_sound(&model);
        let mut backwards = store.entries(2, 4).rev().collect::<Result<Vec<_>, _>>().unwrap();
        backwards.reverse();
        prop_assert_eq!(backwards, model.entries(2, 4).collect::<Result<Vec<_>, _>>().unwrap());
    }
}

fn entry(seq: u64, changes: Vec<NewChange>) -> NewEntry {
    NewEntry { seq, head: vec![1], story: b"Lan".to_vec(), changes, erasures: Vec::new(), chance: [9; 32] }
}

fn change(previous_seq: u64, after: Option<&[u8]>) -> NewChange {
    NewChange { kind: "business".into(), id: [1; 16], previous_seq, after: after.map(<[u8]>::to_vec) }
}

#[test]
fn what_does_not_follow_is_refused_and_nothing_is_written() {
    let mut store = MemoryStore::new();
    store.append(&[entry(1, vec![change(0, Some(b"a"))])]).unwrap();
    let before = content(&store).unwrap();
    let erase = |seq, piece| {
        let mut entry = entry(2, Vec::new());
        entry.erasures.push(hoicho::store::Erasure { seq, piece, replacement: Vec::new() });
        entry
    };
    let present = Piece::Change { kind: "business".into(), id: [1; 16] };
    let mut nameless = change(0, None);
    nameless.kind = "Tên\u{1b}".into();
    for wrong in [
        entry(1, Vec::new()),
        entry(3, Vec::new()),
        entry(2, vec![change(0, None)]),
        entry(2, vec![change(1, None), change(2, None)]),
        entry(2, vec![nameless]),
        erase(2, Piece::Story),
        erase(0, Piece::Story),
        erase(1, present),
        erase(1, Piece::Change { kind: "booth".into(), id: [1; 16] }),
    ] {
        assert!(matches!(store.append(std::slice::from_ref(&wrong)), Err(StoreFault::Contract { .. })), "{wrong:?}");
        assert_eq!(content(&store).unwrap(), before);
    }
    store.append(&[entry(2, vec![change(1, None)])]).unwrap();
    assert_eq!(store.touched("business", [1; 16]).unwrap(), Some(2), "a removed record is remembered");
    store.append(&[entry(3, vec![change(2, Some(b"b"))])]).unwrap();
    assert_sound(&store);
}

#[test]
fn a_whole_import_is_one_entry_and_stays_in_the_durable_file() {
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    let mut store = create(&book);
    let id = |number: u32| {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        id
    };
    for (seq, len) in [(1, 900), (2, 9000)] {
        let mut import = entry(seq, Vec::new());
        import.story = vec![7; 1 << 20];
        for number in 0..2000 {
            let after = Some(vec![b'x'; len]);
            import.changes.push(NewChange { kind: "business".into(), id: id(number), previous_seq: seq - 1, after });
        }
        store.append(&[import]).unwrap();
    }
    // The storage engine never syncs what it puts into files of their own, so nothing may be large enough for that.
    assert_eq!(std::fs::read_dir(book.join("blobs")).unwrap().count(), 0);
    assert_eq!(store.records().count(), 2000);
    store.close().unwrap();
    let store = reopen(&book).unwrap();
    assert_sound(&store);
    assert_eq!(store.entry(2).unwrap().unwrap().changes[1999].before.as_ref().unwrap().bytes.len(), 900);
}

#[test]
fn an_erased_piece_is_gone_from_every_file_once_rebuilt() {
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    let mut store = create(&book);
    store.append(&[entry(1, vec![change(0, Some(b"0903-PERSONAL-777"))])]).unwrap();
    let mut second = entry(2, vec![change(1, Some(b"redacted"))]);
    for piece in [Piece::Story, Piece::Change { kind: "business".into(), id: [1; 16] }] {
        second.erasures.push(hoicho::store::Erasure { seq: 1, piece, replacement: b"(gone)".to_vec() });
    }
    store.append(&[second]).unwrap();
    assert_sound(&store);
    let first = store.entry(1).unwrap().unwrap();
    assert!(first.story.erased && first.changes[0].after.as_ref().unwrap().erased);
    let before = store.entry(2).unwrap().unwrap().changes.remove(0).before.unwrap();
    assert_eq!((before.erased, before.bytes.as_slice()), (true, b"(gone)".as_slice()));
    store.close().unwrap();
    hoicho::store::rebuild(&book, &super::owner()).unwrap();
    let bytes = std::fs::read(book.join("db")).unwrap();
    assert!(memchr::memmem::find(&bytes, b"PERSONAL").is_none(), "not even the free space of the file remembers");
    assert_sound(&reopen(&book).unwrap());
}
