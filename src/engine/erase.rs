//! What an erasure takes out of old entries: the person's fields and the words that may name the person.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::decide::{copies, without_person, without_words, words_of};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::engine::codec::{Story, decode, encode};
use crate::engine::past::{never_was, touching};
use crate::engine::{Failure, codec};
use crate::say;
use crate::store::{Erasure, Piece, Store, StoredEntry};

/// Every version of a record that the journal still holds, the newest first: what the person was ever called.
///
/// # Errors
/// When no entry ever touched such a record.
pub(super) fn versions(store: &dyn Store, (kind, id): (Kind, Id)) -> Result<Vec<Record>, Failure> {
    let entries = touching(store, kind, id)?;
    if entries.is_empty() {
        return Err(never_was(kind).into());
    }
    let held = entries.iter().filter_map(|stored| held(stored, kind, id).transpose());
    held.collect()
}

/// The pieces of earlier entries to replace: of each entry that touched the erased record, or one that repeats something of
/// it, the record as it was, and the words where they may name the person. `book` is the book before the act.
///
/// # Errors
/// When neither the act nor any entry holds anything of the person.
pub(super) fn erasures(
    store: &dyn Store,
    book: &Book,
    subject: (Kind, Id),
    versions: &[Record],
    changes: &[Change],
) -> Result<Vec<Erasure>, Failure> {
    let words: BTreeSet<String> = versions.iter().flat_map(words_of).collect();
    let last = book.record(subject.0, subject.1).or_else(|| versions.first().cloned());
    let mut subjects = vec![subject];
    let repeated = last.map(|last| copies(book, &last)).unwrap_or_default();
    for other in repeated.into_iter().chain(changes.iter().filter_map(Change::subject)) {
        if !subjects.contains(&other) {
            subjects.push(other);
        }
    }
    let mut found = Vec::new();
    let mut texts = BTreeSet::new();
    let mut told: Vec<(StoredEntry, bool)> = Vec::new();
    for (kind, id) in subjects {
        let now = changes.iter().find(|change| change.subject() == Some((kind, id)));
        let now = now.and_then(|change| change.after.as_ref());
        for stored in touching(store, kind, id)? {
            let mut about_it_alone = false;
            if let Some(record) = held(&stored, kind, id)? {
                let erased = without_copy(without_words(&without_person(&record), &words), now, &texts);
                if erased != record {
                    texts.extend(differing(&record, &erased));
                    let replacement = erased.encode().map_err(|error| Failure::bug(&error))?;
                    let piece = Piece::Change { kind: kind.key().to_owned(), id: *id.as_bytes() };
                    found.push(Erasure { seq: stored.seq, piece, replacement });
                    about_it_alone = (kind, id) == subject && stored.changes.len() == 1;
                }
            }
            told.push((stored, about_it_alone));
        }
    }
    let mut done = BTreeSet::new();
    for (stored, about_it_alone) in told {
        if stored.story.erased || !done.insert(stored.seq) {
            continue;
        }
        let entry = codec::entry(&stored)?;
        let names = |text: &String| entry.words.vi.contains(text.as_str()) || entry.words.en.contains(text.as_str());
        if about_it_alone || texts.iter().any(names) {
            let replacement = encode(&Story { intent: entry.intent.clone(), words: erased_words(&entry.changes) })?;
            found.push(Erasure { seq: stored.seq, piece: Piece::Story, replacement });
        }
    }
    if found.is_empty() && changes.is_empty() {
        return Err(Refusal::new(
            "nothing-to-erase",
            say!("Bản ghi này không còn dữ liệu cá nhân.", "This record holds no personal data any more."),
            say!("Không cần làm gì.", "There is nothing to do."),
        )
        .into());
    }
    Ok(found)
}

/// The record as an entry left it; none when it was removed by it.
fn held(stored: &StoredEntry, kind: Kind, id: Id) -> Result<Option<Record>, Failure> {
    let own = stored.changes.iter().find(|change| change.kind == kind.key() && change.id == *id.as_bytes());
    let after = own.and_then(|own| own.after.as_ref());
    after.map(|after| decode(kind.key(), &after.bytes, stored.seq)).transpose()
}

/// An older voucher names the person as its payee; it gets the payee that it has from now on.
fn without_copy(record: Record, now: Option<&Record>, texts: &BTreeSet<String>) -> Record {
    match (record, now) {
        (Record::Payment(mut payment), Some(Record::Payment(now))) if texts.contains(payment.payee.as_str()) => {
            Arc::make_mut(&mut payment).payee.clone_from(&now.payee);
            Record::Payment(payment)
        }
        (record, _) => record,
    }
}

/// The texts that an erasure took out of a record.
fn differing(record: &Record, erased: &Record) -> Vec<String> {
    let fields = 0..record.kind().fields().len();
    fields
        .map(|index| (record.as_noun().get(index), erased.as_noun().get(index)))
        .filter(|(was, is)| was != is)
        .map(|(was, _)| was.as_text().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

fn erased_words(changes: &[Change]) -> Words {
    let noun = changes.first().and_then(Change::subject).map(|(kind, _)| kind.words()).unwrap_or_default();
    Words { vi: format!("[đã xóa] {}", noun.vi).into(), en: format!("[erased] {}", noun.en).into() }
}
