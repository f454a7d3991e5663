//! The durable layer, in bytes: a journal of entries chained by their hashes, and the records the entries leave behind.
//!
//! It knows no noun of the trade, only kinds as short strings, 16-byte ids and payloads. One entry and the records it
//! changes are written in one atomic batch and made durable before [`Store::append`] returns. A *piece* (the story of
//! an entry, or the payload of one of its changes) is hashed with a salt of its own, so that it can be erased later
//! without breaking the chain.

mod backup;
mod bytes;
mod commit;
pub mod envelope;
pub mod fault;
mod hold;
mod layout;
mod memory_store;
mod migrate;
mod rebuild;
mod record_parts;
pub mod seal;
mod sled_guard;
mod sled_store;
mod store_fault;
mod verify;

use std::path::Path;

pub use backup::{BackupReport, backup, check_backup, expire, restore};
pub use memory_store::MemoryStore;
pub use migrate::FORMAT;
pub use rebuild::{Closing, Rebuilt, Salvaged, rebuild, salvage};
pub use sled_store::{OpenMode, SledStore};
pub use store_fault::{Owner, StoreFault};
pub use verify::{Flaw, Verified, verify};

use crate::base::words::Words;
use layout::Key;
use seal::{Hash, SealedEntry, SealedPiece};

/// One change of a new entry: the record as it is from now on.
///
/// What the record was before is not given: it is what the entry `previous_seq` left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// The kind of record, 1 to 64 bytes, such as `business`.
    pub kind: String,
    /// The id of the record.
    pub id: [u8; 16],
    /// The entry that touched this record before; 0 when none did.
    pub previous_seq: u64,
    /// The whole record from now on; `None` removes it.
    pub after: Option<Vec<u8>>,
}

/// An erasable part of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// The story of the entry.
    Story,
    /// The payload that the entry left in one record.
    Change {
        /// The kind of record.
        kind: String,
        /// The id of the record.
        id: [u8; 16],
    },
}

/// The wish to take one piece out of an earlier entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The entry that holds the piece; earlier than the entry that erases.
    pub seq: u64,
    /// The piece. A payload that still is the present state of its record cannot be erased unless the erasing entry
    /// changes that record too.
    pub piece: Piece,
    /// What stands in its place from now on, readable for whoever reads the entry: the redacted payload.
    pub replacement: Vec<u8>,
}

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Its number: one more than the last.
    pub seq: u64,
    /// Who, when, what it takes back: never erasable, so nothing personal but the actor.
    pub head: Vec<u8>,
    /// The words and the intent: erasable.
    pub story: Vec<u8>,
    /// The records it changes, each at most once.
    pub changes: Vec<NewChange>,
    /// The pieces of earlier entries it erases.
    pub erasures: Vec<Erasure>,
    /// Chance, from which the salts of the pieces are derived; never stored, never used twice.
    pub chance: [u8; 32],
}

/// The bytes of a piece as they are kept today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The bytes; the replacement when the piece was erased.
    pub bytes: Vec<u8>,
    /// True when the piece was erased and `bytes` is what was put in its place.
    pub erased: bool,
}

/// One change of a stored entry, with what the record was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    /// The kind of record.
    pub kind: String,
    /// The id of the record.
    pub id: [u8; 16],
    /// The entry that touched this record before; 0 when none did.
    pub previous_seq: u64,
    /// The record before; `None` when it did not exist.
    pub before: Option<Kept>,
    /// The record after; `None` when it was removed.
    pub after: Option<Kept>,
}

/// An entry read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its number; the first is 1.
    pub seq: u64,
    /// Who, when, what it takes back.
    pub head: Vec<u8>,
    /// The words and the intent.
    pub story: Kept,
    /// The records it changed, in the order in which they were given.
    pub changes: Vec<StoredChange>,
    /// The pieces of earlier entries it erased.
    pub erased: Vec<(u64, Piece)>,
    /// Its hash, which the next entry repeats.
    pub hash: [u8; 32],
    /// The hash of the entry before; zeros for the first.
    pub previous_hash: [u8; 32],
}

/// A record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// The kind of record.
    pub kind: String,
    /// The id of the record.
    pub id: [u8; 16],
    /// The last entry that touched it.
    pub seq: u64,
    /// The whole record.
    pub payload: Vec<u8>,
}

/// The records of a store, in the order of kind and id.
pub type Records<'a> = Box<dyn Iterator<Item = Result<StoredRecord, StoreFault>> + 'a>;

/// Entries of a store, in the order of their numbers; may be walked from the end.
pub type Entries<'a> = Box<dyn DoubleEndedIterator<Item = Result<StoredEntry, StoreFault>> + 'a>;

/// A journal and its records.
pub trait Store: Send {
    /// Where it is, to be named in a fault.
    fn path(&self) -> &Path;

    /// The number of the last entry; 0 when there is none.
    fn last_seq(&self) -> u64;

    /// The hash of the last entry; zeros when there is none.
    fn last_hash(&self) -> Hash;

    /// Writes the entries and the records they leave behind as one batch and makes it durable: all or nothing.
    ///
    /// # Errors
    /// [`StoreFault::Contract`] when the entries do not continue the journal; nothing was written and the store goes on.
    /// Any other fault makes the store read-only until it has been opened again: nothing was acknowledged, and after
    /// reopening either all of the entries are there or none.
    fn append(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault>;

    /// All records as they are now.
    fn records(&self) -> Records<'_>;

    /// The last entry that touched a record, also when it was removed since; `None` when none did.
    ///
    /// # Errors
    /// A fault that names the key when what is stored cannot be read.
    fn touched(&self, kind: &str, id: [u8; 16]) -> Result<Option<u64>, StoreFault>;

    /// One entry as it is sealed; `None` when the journal has no such number.
    ///
    /// # Errors
    /// A fault that names the key when what is stored cannot be read.
    fn sealed(&self, seq: u64) -> Result<Option<SealedEntry>, StoreFault>;

    /// One piece of an entry; `None` when there is none.
    ///
    /// # Errors
    /// A fault that names the key when what is stored cannot be read.
    fn piece(&self, seq: u64, piece: &Piece) -> Result<Option<SealedPiece>, StoreFault>;

    /// Why the store takes no more entries, when it does not.
    fn read_only(&self) -> Option<&StoreFault>;

    /// One entry with what its records were before; `None` when the journal has no such number.
    ///
    /// # Errors
    /// A fault that names the key when what is stored cannot be read.
    fn entry(&self, seq: u64) -> Result<Option<StoredEntry>, StoreFault> {
        let Some(SealedEntry { frame, story, payloads }) = self.sealed(seq)? else { return Ok(None) };
        let hash = frame.hash().unwrap_or_default();
        let mut changes = Vec::with_capacity(payloads.len());
        for (change, after) in frame.changes.into_iter().zip(payloads) {
            let (kind, id, previous_seq) = (change.kind, change.id, change.previous_seq);
            let before = match previous_seq {
                0 => None,
                _ => self.piece(previous_seq, &Piece::Change { kind: kind.clone(), id })?,
            };
            let (before, after) = (before.map(Kept::from), after.map(Kept::from));
            changes.push(StoredChange { kind, id, previous_seq, before, after });
        }
        let erased = frame.erasures.into_iter().map(|erasure| (erasure.seq, erasure.piece)).collect();
        let (head, previous_hash) = (frame.head, frame.previous_hash);
        Ok(Some(StoredEntry { seq, head, story: story.into(), changes, erased, hash, previous_hash }))
    }

    /// What of an entry is never erased; `None` beyond the journal.
    ///
    /// # Errors
    /// A fault that names the key when what is stored cannot be read.
    fn head(&self, seq: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        Ok(self.sealed(seq)?.map(|entry| entry.frame.head))
    }

    /// The entries `from..=to`, as far as the journal goes; an entry that is missing within it is a fault.
    fn entries(&self, from: u64, to: u64) -> Entries<'_> {
        let numbers = from.max(1)..=to.min(self.last_seq());
        Box::new(numbers.map(|seq| self.entry(seq)?.ok_or_else(|| missing(self.path(), &Key::Entry(seq)))))
    }
}

impl From<SealedPiece> for Kept {
    fn from(piece: SealedPiece) -> Self {
        Self { erased: piece.salt.is_none(), bytes: piece.bytes }
    }
}

/// The fault of a value that should be there.
fn missing(path: &Path, key: &Key) -> StoreFault {
    damaged(path, key, Words::new("không còn ở đó.", "it is missing."))
}

/// The fault of a value that is not what was written.
fn damaged(path: &Path, key: &Key, reason: Words) -> StoreFault {
    StoreFault::damaged(path, key.words(), reason)
}
