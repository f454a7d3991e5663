//! Looking back: entries, a record's history, the book as at a moment, and whether it all still agrees.

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Entry;
use crate::domain::check::check;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::engine::{Failure, codec};
use crate::say;
use crate::store::{Store, StoredEntry, verify};

pub(super) fn entries(store: &dyn Store, from: u64, to: u64) -> Result<Vec<Entry>, Failure> {
    store.entries(from, to).rev().map(|stored| codec::entry(&stored?)).collect()
}

/// The entries that touched a record with what they changed in it, newest first.
pub(super) fn history(store: &dyn Store, kind: Kind, id: Id) -> Result<Vec<Entry>, Failure> {
    let own = |stored: StoredEntry| -> Result<Entry, Failure> {
        let mut entry = codec::entry(&stored)?;
        entry.changes.retain(|change| change.subject() == Some((kind, id)));
        Ok(entry)
    };
    touching(store, kind, id)?.into_iter().map(own).collect()
}

/// The entries that touched a record as they are stored, newest first: each names the one before it.
pub(super) fn touching(store: &dyn Store, kind: Kind, id: Id) -> Result<Vec<StoredEntry>, Failure> {
    let mut found = Vec::new();
    let mut seq = store.touched(kind.key(), *id.as_bytes())?.unwrap_or(0);
    while seq > 0 {
        let Some(stored) = store.entry(seq)? else { break };
        let own = stored.changes.iter().find(|change| change.kind == kind.key() && change.id == *id.as_bytes());
        let previous = own.map_or(0, |own| own.previous_seq);
        found.push(stored);
        // Numbers only go down, so that a damaged link cannot make this run for ever.
        seq = if previous < seq { previous } else { 0 };
    }
    Ok(found)
}

/// There never was a record of this kind that somebody names.
#[must_use]
pub fn never_was(kind: Kind) -> Refusal {
    let noun = kind.words();
    Refusal::new(
        "not-found",
        say!("Chưa từng có {} này.", "There never was such a {}."; noun),
        say!("Ghi mã hoặc id đúng như trong sổ.", "Write the code or id as the book has it."),
    )
}

/// The book as it was at the end of a moment, replayed from the journal.
///
/// # Errors
/// When an entry cannot be read.
pub fn as_at(store: &dyn Store, until: Moment) -> Result<Book, Failure> {
    let mut book = Book::default();
    for stored in store.entries(1, store.last_seq()) {
        let entry = codec::entry(&stored?)?;
        if entry.at > until {
            break;
        }
        book.follow_entry(&entry);
    }
    Ok(book)
}

/// Journal, records and laws, checked; the first thing that is wrong is the failure.
pub(super) fn verified(store: &dyn Store, book: &Book) -> Result<Words, Failure> {
    let report =
        verify(store, &mut |_, _| {}).map_err(|flaw| Failure::Book { code: "book-damaged", words: flaw.words() })?;
    if let Some(breach) = check(book).into_iter().next() {
        return Err(Failure::Book { code: "law-broken", words: breach.words });
    }
    let (entries, records) = (report.entries, report.records);
    Ok(say!(
        "Sổ nguyên vẹn: {entries} mục nhật ký, {records} bản ghi, mọi quy tắc đều đúng.",
        "The book is whole: {entries} journal entries, {records} records, every law holds."
    ))
}
