//! What happened: whole records before and after, and the entry that binds the changes of one intent.

use serde::{Deserialize, Serialize};

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::record::{Kind, Record};

/// One record before and after; the same kind and identity on both sides.
///
/// Whole records make undo, history, the book as at a day and rebuilding the same code for every kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The record before; none when it is new.
    pub before: Option<Record>,
    /// The record after; none when it is removed.
    pub after: Option<Record>,
}

impl Change {
    /// A new record.
    #[must_use]
    pub const fn added(record: Record) -> Self {
        Self { before: None, after: Some(record) }
    }

    /// A record that is no more.
    #[must_use]
    pub const fn removed(record: Record) -> Self {
        Self { before: Some(record), after: None }
    }

    /// A record that changes.
    #[must_use]
    pub const fn edited(before: Record, after: Record) -> Self {
        Self { before: Some(before), after: Some(after) }
    }

    /// What takes this change back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    /// The record that stands for the change: the one after, or the one that was removed.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// Kind and identity of the record.
    #[must_use]
    pub fn subject(&self) -> Option<(Kind, Id)> {
        self.record().map(|record| (record.kind(), record.id()))
    }
}

/// What an entry takes back, when it takes something back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TakesBack {
    /// It undoes the entry with this number.
    Undo(u64),
    /// It does again what the entry with this number undid.
    Redo(u64),
}

/// The changes of one intent, with who, when and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number in the journal, from 1, without gaps.
    pub seq: u64,
    /// When it was made.
    pub at: Moment,
    /// By whom.
    pub who: Text,
    /// What was done, in words; empty when it has been erased.
    pub words: Words,
    /// The intent's name.
    pub intent: Text,
    /// What it takes back, if anything.
    pub takes_back: Option<TakesBack>,
    /// The records it changed.
    pub changes: Vec<Change>,
}

impl Book {
    /// Brings the book forward by one entry: all that another process needs to keep its own book.
    pub fn follow_entry(&mut self, entry: &Entry) {
        for change in &entry.changes {
            self.apply(change, entry.seq);
        }
        self.seq = entry.seq;
        self.at = entry.at;
    }
}
