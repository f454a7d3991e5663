//! Making a book again from its journal: in a fresh directory, verified, then put in the place of the old one.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::commit::Left;
use super::seal::SealedEntry;
use super::sled_store::sync_parent;
use super::verify::{Flaw, Replay, Verified, verify};
use super::{Erasure, Key, NewEntry, OpenMode, Owner, SledStore, Store, StoreFault, missing};
use crate::base::words::Words;
use crate::say;

/// How many entries or records are copied at once.
const GROUP: usize = 256;

/// A book that was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// What it holds.
    pub verified: Verified,
    /// Where the old one is kept.
    pub kept: PathBuf,
}

impl Rebuilt {
    /// What was done, as one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        let Verified { entries, records } = self.verified;
        let kept = self.kept.display();
        say!(
            "Đã dựng lại {records} bản ghi từ {entries} mục nhật ký và kiểm tra xong. Sổ cũ được giữ ở {kept}; khi đã yên tâm thì có thể xóa.",
            "{records} records were made again from {entries} journal entries and verified. The old book is kept at {kept}; it may be deleted once you are content."
        )
    }
}

/// What the last entry of a salvaged book says: who salvaged it, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The head of the entry.
    pub head: Vec<u8>,
    /// The story of the entry.
    pub story: Vec<u8>,
    /// Chance for its salts.
    pub chance: [u8; 32],
}

/// A book that was saved up to the first bad entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// How many entries were saved, the closing one not counted.
    pub saved: u64,
    /// What stopped it; `None` when all that is there was saved.
    pub flaw: Option<Flaw>,
}

impl Salvaged {
    /// What was done, as one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        let saved = self.saved;
        match &self.flaw {
            None => say!("Đã cứu được cả {saved} mục nhật ký.", "All {saved} journal entries were saved."),
            Some(flaw) => say!(
                "Đã cứu được {saved} mục nhật ký, sau đó là chỗ hỏng: {}",
                "{saved} journal entries were saved; after them comes the damage: {}";
                flaw.words()
            ),
        }
    }
}

/// Makes the records of a book again from its journal, and the book small again; keeps the old one aside as
/// `NAME.before-rebuild-<last entry>`.
///
/// # Errors
/// When the journal itself is damaged: where, and that [`restore`](super::restore) or [`salvage`] is left; the book stays
/// as it is.
pub fn rebuild(dir: &Path, owner: &Owner) -> Result<Rebuilt, StoreFault> {
    let dir = &settled(dir);
    let mut old = SledStore::open_to_rescue(dir, owner)?;
    old.check_note().map_err(beyond_rebuilding)?;
    let last = old.last_seq();
    let mut seq = 0;
    let (beside, verified) = build(dir, owner, &mut || {
        if seq == last {
            return Ok(None);
        }
        seq += 1;
        old.sealed(seq)?.ok_or_else(|| missing(dir, &Key::Entry(seq))).map(Some)
    })
    .map_err(beyond_rebuilding)?;
    let kept = free_name(dir, &format!(".before-rebuild-{last}"));
    // The lock of the old book is held all the while, so that nothing is written to it in between.
    if let Err(error) = fs::rename(dir, &kept) {
        give_up(&beside);
        return Err(StoreFault::from_io(dir, &error));
    }
    old.moved(&kept);
    put_in_place(&beside, dir)?;
    // The old book is of no more use; that its engine fails while closing changes nothing.
    let _ = old.close();
    Ok(Rebuilt { verified, kept })
}

/// Copies all entries before the first bad one into a new book, and closes it with an entry that says so.
///
/// The closing entry also vouches for erased pieces whose own erasing entry was lost.
///
/// # Errors
/// When the book cannot be read at all, or the new one cannot be made.
pub fn salvage(dir: &Path, into: &Path, closing: Closing, owner: &Owner) -> Result<Salvaged, StoreFault> {
    let old = SledStore::open_to_rescue(dir, owner)?;
    let mut replay = Replay::default();
    let mut builder = Builder::create(into, owner)?;
    let mut flaw = None;
    for seq in 1..=old.last_seq() {
        let read = old.sealed(seq).map_err(|fault| Flaw::from_fault(fault, Some(seq)));
        let taken = read.and_then(|entry| {
            let lacking = || Words::new("không còn ở đó.", "it is missing.");
            let entry = entry.ok_or_else(|| Flaw::in_journal(seq, &Key::Entry(seq), lacking()))?;
            replay.take(&entry)?;
            Ok(entry)
        });
        match taken {
            Ok(entry) => builder.add(entry)?,
            Err(first) => {
                flaw = Some(first);
                break;
            }
        }
    }
    let mut store = builder.complete()?;
    let mut erasures = Vec::new();
    // The pieces of the entry that failed were seen, and are not copied.
    let saved = store.last_seq();
    for (seq, piece) in replay.unvouched().filter(|(seq, _)| *seq <= saved) {
        let kept = store.piece(*seq, piece)?.ok_or_else(|| missing(into, &Key::Piece(*seq, piece.clone())))?;
        erasures.push(Erasure { seq: *seq, piece: piece.clone(), replacement: kept.bytes });
    }
    let Closing { head, story, chance } = closing;
    let seq = saved.saturating_add(1);
    let closing = NewEntry { seq, head, story, changes: Vec::new(), erasures, chance };
    // The pieces are erased already, so the entry is all there is to write.
    let previous_hash = store.last_hash();
    store.copy_entries(&[SealedEntry::seal(&closing, previous_hash)])?;
    verify(&store, &mut |_, _| {}).map_err(|flaw| damaged_by(into, flaw))?;
    store.close()?;
    Ok(Salvaged { saved, flaw })
}

/// Builds a verified book beside `dir` from entries given one by one, closes it and says where it is.
pub(super) fn build(
    dir: &Path,
    owner: &Owner,
    next: &mut dyn FnMut() -> Result<Option<SealedEntry>, StoreFault>,
) -> Result<(PathBuf, Verified), StoreFault> {
    let beside = free_name(dir, ".being-built");
    let built = fill(dir, &beside, owner, next);
    if built.is_err() {
        give_up(&beside);
    }
    built.map(|verified| (beside, verified))
}

/// Puts a built book into its place, where nothing is any more.
pub(super) fn put_in_place(beside: &Path, dir: &Path) -> Result<(), StoreFault> {
    if let Err(error) = fs::rename(beside, dir) {
        give_up(beside);
        return Err(StoreFault::from_io(dir, &error));
    }
    sync_parent(dir)
}

/// Removes a book that cannot be used; that it cannot be removed either would only hide why.
pub(super) fn give_up(beside: &Path) {
    let _ = fs::remove_dir_all(beside);
}

/// The directory by its whole name, without a slash at its end or a link on its way: what is built beside it must not lie in it.
pub(super) fn settled(dir: &Path) -> PathBuf {
    let whole = fs::canonicalize(dir).or_else(|_| std::path::absolute(dir));
    whole.map_or_else(|_| dir.to_path_buf(), |whole| whole.components().collect())
}

fn fill(
    dir: &Path,
    beside: &Path,
    owner: &Owner,
    next: &mut dyn FnMut() -> Result<Option<SealedEntry>, StoreFault>,
) -> Result<Verified, StoreFault> {
    let mut builder = Builder::create(beside, owner)?;
    let mut replay = Replay::default();
    while let Some(entry) = next()? {
        replay.take(&entry).map_err(|flaw| damaged_by(dir, flaw))?;
        builder.add(entry)?;
    }
    replay.finish().map_err(|flaw| damaged_by(dir, flaw))?;
    let store = builder.complete()?;
    let verified = verify(&store, &mut |_, _| {}).map_err(|flaw| damaged_by(beside, flaw))?;
    store.close()?;
    Ok(verified)
}

/// A book that is being filled with entries, whose records follow at the end.
struct Builder {
    store: SledStore,
    waiting: Vec<SealedEntry>,
    left: Left,
}

impl Builder {
    fn create(dir: &Path, owner: &Owner) -> Result<Self, StoreFault> {
        let store = SledStore::open(dir, OpenMode::CreateNew, owner)?;
        Ok(Self { store, waiting: Vec::new(), left: BTreeMap::new() })
    }

    fn add(&mut self, entry: SealedEntry) -> Result<(), StoreFault> {
        for (change, payload) in entry.frame.changes.iter().zip(&entry.payloads) {
            let kept = payload.as_ref().map(|payload| payload.bytes.clone());
            self.left.insert((change.kind.clone(), change.id), (entry.frame.seq, kept));
        }
        self.waiting.push(entry);
        if self.waiting.len() < GROUP {
            return Ok(());
        }
        self.store.copy_entries(&std::mem::take(&mut self.waiting))
    }

    fn complete(mut self) -> Result<SledStore, StoreFault> {
        self.store.copy_entries(&self.waiting)?;
        let mut left = self.left.into_iter().peekable();
        while left.peek().is_some() {
            self.store.copy_records(&left.by_ref().take(GROUP).collect())?;
        }
        Ok(self.store)
    }
}

fn damaged_by(dir: &Path, Flaw { place, reason, .. }: Flaw) -> StoreFault {
    StoreFault::damaged(dir, place, reason)
}

/// Says of damage that stops a rebuild that it is the journal itself.
fn beyond_rebuilding(fault: StoreFault) -> StoreFault {
    match fault {
        StoreFault::Damaged { path, place, reason } => StoreFault::JournalDamaged { path, place, reason },
        other => other,
    }
}

fn free_name(dir: &Path, ending: &str) -> PathBuf {
    let named = |ending: &str| {
        let mut name: OsString = dir.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut name = named(ending);
    let mut number = 1_u32;
    while name.exists() {
        number = number.saturating_add(1);
        name = named(&format!("{ending}-{number}"));
    }
    name
}
