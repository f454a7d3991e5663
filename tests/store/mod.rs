//! The store: what it promises, tried out on histories, crashes, damage and full disks.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod backup;
mod crash;
mod damage;
mod model;
mod open;

use std::fs;
use std::path::Path;

use hoicho::store::{
    Erasure, NewChange, NewEntry, OpenMode, Owner, Piece, SledStore, Store, StoreFault, StoredEntry, StoredRecord,
    verify,
};
use proptest::prelude::*;

/// What one entry does, with small numbers instead of ids so that histories meet the same records again.
#[derive(Clone, Debug)]
struct Deed {
    /// Which record, and how long its payload is from now on; `None` removes it.
    changes: Vec<(u8, Option<u16>)>,
    /// Chooses an earlier entry whose story, or whose payloads as far as they are past, are erased.
    erases: Option<prop::sample::Index>,
    /// The length of the story.
    story_len: u16,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let len = prop_oneof![8 => 0_u16..200, 1 => 4000_u16..13_000];
    let change = (0_u8..8, prop::option::weighted(0.85, len.clone()));
    let erases = prop::option::weighted(0.25, any::<prop::sample::Index>());
    (prop::collection::vec(change, 0..4), erases, len).prop_map(|(changes, erases, story_len)| Deed {
        changes,
        erases,
        story_len,
    })
}

fn owner() -> Owner {
    Owner { pid: 7, host: "quầy-2".into(), user: "Lan".into(), since: "08:15".into() }
}

fn create(dir: &Path) -> SledStore {
    SledStore::open(dir, OpenMode::CreateNew, &owner()).unwrap()
}

fn reopen(dir: &Path) -> Result<SledStore, StoreFault> {
    SledStore::open(dir, OpenMode::Existing, &owner())
}

/// Bytes that tell which entry wrote them.
fn filled(seq: u64, len: u16) -> Vec<u8> {
    seq.to_be_bytes().into_iter().cycle().take(usize::from(len)).collect()
}

/// The entry of a deed that follows what is stored.
fn entry_of(store: &dyn Store, deed: &Deed) -> NewEntry {
    let seq = store.last_seq() + 1;
    let mut changes: Vec<NewChange> = Vec::new();
    for (number, len) in &deed.changes {
        let kind = if number % 2 == 0 { "business" } else { "booth" };
        let id = [*number; 16];
        if changes.iter().any(|change| change.id == id) {
            continue;
        }
        let previous_seq = store.touched(kind, id).unwrap().unwrap_or(0);
        changes.push(NewChange { kind: kind.into(), id, previous_seq, after: len.map(|len| filled(seq, len)) });
    }
    let mut erasures = Vec::new();
    if let Some(index) = deed.erases.filter(|_| seq > 1) {
        let held = index.index(usize::try_from(seq - 1).unwrap()) as u64 + 1;
        let gone = b"erased".to_vec();
        erasures.push(Erasure { seq: held, piece: Piece::Story, replacement: gone.clone() });
        for change in store.entry(held).unwrap().unwrap().changes {
            let present = store.touched(&change.kind, change.id).unwrap() == Some(held)
                && !changes.iter().any(|new| new.id == change.id);
            if change.after.is_some() && !present {
                let piece = Piece::Change { kind: change.kind, id: change.id };
                erasures.push(Erasure { seq: held, piece, replacement: gone.clone() });
            }
        }
    }
    let chance = *blake3::hash(&seq.to_be_bytes()).as_bytes();
    NewEntry { seq, head: filled(seq, 30), story: filled(seq, deed.story_len), changes, erasures, chance }
}

/// The deed of a number, for histories without chance.
fn deed(number: u64) -> Deed {
    let record = u8::try_from(number % 5).unwrap();
    let len = u16::try_from(40 + number * 37 % 300).unwrap();
    Deed { changes: vec![(record, Some(len)), (record + 1, Some(20))], erases: None, story_len: 60 }
}

fn append_deeds(store: &mut dyn Store, count: u64) {
    for _ in 0..count {
        let entry = entry_of(store, &deed(store.last_seq() + 1));
        store.append(&[entry]).unwrap();
    }
}

/// All that can be read.
type Content = (Vec<StoredEntry>, Vec<StoredRecord>);

fn content(store: &dyn Store) -> Result<Content, StoreFault> {
    let entries = store.entries(1, u64::MAX).collect::<Result<_, _>>()?;
    Ok((entries, store.records().collect::<Result<_, _>>()?))
}

fn assert_sound(store: &dyn Store) {
    if let Err(flaw) = verify(store, &mut |_, _| {}) {
        panic!("{}", flaw.words().en);
    }
}

fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for found in fs::read_dir(from).unwrap() {
        let found = found.unwrap();
        let into = to.join(found.file_name());
        if found.file_type().unwrap().is_dir() {
            copy_dir(&found.path(), &into);
        } else {
            fs::copy(found.path(), into).unwrap();
        }
    }
}
