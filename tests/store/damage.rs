//! Torn and flipped bytes in the files of a book: named, or without effect, never silently something else.

use std::fs;
use std::path::Path;

use hoicho::store::{Closing, Store, StoreFault, backup, rebuild, restore, salvage, verify};
use proptest::prelude::*;

use super::{Content, append_deeds, content, copy_dir, create, owner, reopen};

/// What a damaged copy turned out to be.
fn judge(book: &Path) -> Result<Content, String> {
    let store = reopen(book).map_err(|fault| fault.words().en.to_string())?;
    verify(&store, &mut |_, _| {}).map_err(|flaw| flaw.words().en.to_string())?;
    content(&store).map_err(|fault: StoreFault| fault.words().en.to_string())
}

fn book_of(dir: &Path, count: u64) -> Content {
    let mut store = create(&dir.join("book"));
    append_deeds(&mut store, count);
    backup(&store, &dir.join("backup.hoicho")).unwrap();
    let whole = content(&store).unwrap();
    store.close().unwrap();
    whole
}

/// How far the file is in use, in bytes.
fn used(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte != 0).map_or(1, |at| at + 1)
}

#[test]
fn flipped_bytes_are_named_or_without_effect() {
    let dir = tempfile::tempdir().unwrap();
    let whole = book_of(dir.path(), 30);
    let book = dir.path().join("book");
    let mut files = vec!["db".to_owned(), "conf".to_owned(), "acknowledged".to_owned(), "hoicho-book".to_owned()];
    for found in fs::read_dir(&book).unwrap() {
        let name = found.unwrap().file_name().into_string().unwrap();
        if name.starts_with("snap.") {
            files.push(name);
        }
    }
    let (mut named, mut rebuilt) = (0_u32, 0_u32);
    for round in 0..60_usize {
        let copy = dir.path().join(format!("copy-{round}"));
        copy_dir(&book, &copy);
        let name = if round % 4 == 0 { &files[round / 4 % files.len()] } else { &files[0] };
        let mut bytes = fs::read(copy.join(name)).unwrap();
        let at = (round * 7_919 + 31) * 104_729 % used(&bytes);
        bytes[at] ^= 1 << (round % 8);
        fs::write(copy.join(name), bytes).unwrap();
        match judge(&copy) {
            Ok(found) => assert!(found == whole, "byte {at} of {name} changed the book silently"),
            Err(words) => {
                assert!(words.len() > 20, "{words}");
                named += 1;
                if rebuild(&copy, &owner()).is_ok() {
                    rebuilt += 1;
                    assert_eq!(judge(&copy).as_ref(), Ok(&whole));
                }
            }
        }
        fs::remove_dir_all(copy).unwrap();
    }
    assert!(named > 10, "{named} named, {rebuilt} rebuilt");
    let again = dir.path().join("again");
    restore(&dir.path().join("backup.hoicho"), &again, &owner()).unwrap();
    assert_eq!(judge(&again).as_ref(), Ok(&whole));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_torn_end_is_told_and_salvaged(cut in 1_usize..6_000, garbled in any::<bool>()) {
        let dir = tempfile::tempdir().unwrap();
        let whole = book_of(dir.path(), 12);
        let (book, into) = (dir.path().join("book"), dir.path().join("into"));
        let mut bytes = fs::read(book.join("db")).unwrap();
        let end = used(&bytes);
        let from = end.saturating_sub(cut);
        if garbled {
            bytes[from..end].fill(0xA5);
        } else {
            bytes.truncate(from);
        }
        fs::write(book.join("db"), bytes).unwrap();
        match judge(&book) {
            Ok(found) => prop_assert_eq!(found, whole),
            Err(_) => {
                let closing = Closing { head: Vec::new(), story: Vec::new(), chance: [3; 32] };
                // What the engine cannot open at all is left to a backup.
                if let Ok(salvaged) = salvage(&book, &into, closing, &owner()) {
                    let store = reopen(&into).unwrap();
                    verify(&store, &mut |_, _| {}).unwrap();
                    let saved = usize::try_from(salvaged.saved).unwrap();
                    prop_assert_eq!(store.last_seq(), salvaged.saved + 1);
                    prop_assert_eq!(&content(&store).unwrap().0[..saved], &whole.0[..saved]);
                }
            }
        }
    }

    #[test]
    fn a_forged_entry_is_named(at in 0_u64..8, byte in any::<prop::sample::Index>()) {
        // Whoever can write checksums still cannot change the past: the chain names the entry.
        let dir = tempfile::tempdir().unwrap();
        book_of(dir.path(), 8);
        let book = dir.path().join("book");
        {
            let db = sled::Config::new().path(&book).flush_every_ms(None).open().unwrap();
            let mut key = b"p".to_vec();
            key.extend_from_slice(&(at + 1).to_be_bytes());
            key.push(0);
            let payload_key = key.clone();
            key.extend_from_slice(&[0; 4]);
            let value = db.get(&key).unwrap().unwrap();
            let mut payload = hoicho::store::envelope::unwrap(&payload_key, 1, &value).unwrap().to_vec();
            let changed = 1 + byte.index(payload.len() - 1);
            payload[changed] ^= 1;
            db.insert(key, hoicho::store::envelope::wrap(&payload_key, 1, &payload).unwrap()).unwrap();
            db.flush().unwrap();
        }
        let store = loop {
            match reopen(&book) {
                Err(StoreFault::Busy { .. }) => {}
                other => break other.unwrap(),
            }
        };
        let flaw = verify(&store, &mut |_, _| {}).unwrap_err();
        prop_assert_eq!(flaw.entry, Some(at + 1));
    }
}
