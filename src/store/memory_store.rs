//! The store in memory, for simulations: the same rules, nothing on a disk.

use std::collections::BTreeMap;
use std::path::Path;

use super::commit::{Left, plan};
use super::seal::{Hash, SealedEntry, SealedPiece};
use super::{NewEntry, Piece, Records, Store, StoreFault, StoredRecord};

/// A journal and its records in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    entries: BTreeMap<u64, SealedEntry>,
    left: Left,
    last_seq: u64,
    last_hash: Hash,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Store for MemoryStore {
    fn path(&self) -> &Path {
        Path::new("memory")
    }

    fn last_seq(&self) -> u64 {
        self.last_seq
    }

    fn last_hash(&self) -> Hash {
        self.last_hash
    }

    fn append(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault> {
        let plan = plan(self, entries)?;
        for (seq, piece, replacement) in plan.replaced {
            if let Some(kept) = self.entries.get_mut(&seq).and_then(|entry| entry.piece_mut(&piece)) {
                *kept = replacement;
            }
        }
        self.entries.extend(plan.sealed.into_iter().map(|entry| (entry.frame.seq, entry)));
        self.left.extend(plan.left);
        (self.last_seq, self.last_hash) = (plan.last_seq, plan.last_hash);
        Ok(())
    }

    fn records(&self) -> Records<'_> {
        Box::new(self.left.iter().filter_map(|((kind, id), (seq, payload))| {
            let payload = payload.clone()?;
            Some(Ok(StoredRecord { kind: kind.clone(), id: *id, seq: *seq, payload }))
        }))
    }

    fn touched(&self, kind: &str, id: [u8; 16]) -> Result<Option<u64>, StoreFault> {
        Ok(self.left.get(&(kind.to_owned(), id)).map(|(seq, _)| *seq))
    }

    fn sealed(&self, seq: u64) -> Result<Option<SealedEntry>, StoreFault> {
        Ok(self.entries.get(&seq).cloned())
    }

    fn piece(&self, seq: u64, piece: &Piece) -> Result<Option<SealedPiece>, StoreFault> {
        Ok(self.entries.get(&seq).and_then(|entry| entry.piece(piece)).cloned())
    }

    fn read_only(&self) -> Option<&StoreFault> {
        None
    }
}
