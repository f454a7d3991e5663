//! What an erasure takes out of old entries: the person's fields and the words that may name the person.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::change::Change;
use crate::domain::decide::without_person;
use crate::domain::record::{Kind, Record};
use crate::engine::codec::{Story, decode, encode};
use crate::engine::{Failure, codec};
use crate::store::{Erasure, Piece, Store, StoredEntry};

/// The pieces of earlier entries to replace: of each entry that touched an erased record, the record as it was, and the
/// words where they may name the person.
pub(super) fn erasures(store: &dyn Store, changes: &[Change]) -> Result<Vec<Erasure>, Failure> {
    let mut found = Vec::new();
    let mut texts = BTreeSet::new();
    let mut told: Vec<(StoredEntry, bool)> = Vec::new();
    for (place, change) in changes.iter().enumerate() {
        let Some((kind, id)) = change.subject() else { continue };
        for stored in earlier(store, kind, id)? {
            let own = stored.changes.iter().find(|change| change.kind == kind.key() && change.id == *id.as_bytes());
            if let Some(after) = own.and_then(|own| own.after.as_ref()).filter(|after| !after.erased) {
                let record = decode(kind.key(), &after.bytes, stored.seq)?;
                let erased = without_copy(without_person(&record), change.after.as_ref(), &texts);
                texts.extend(differing(&record, &erased));
                let replacement = erased.encode().map_err(|error| Failure::bug(&error))?;
                let piece = Piece::Change { kind: kind.key().to_owned(), id: *id.as_bytes() };
                found.push(Erasure { seq: stored.seq, piece, replacement });
            }
            // The first change is the record that was named; what follows only repeats a part of it.
            let about_it_alone = place == 0 && stored.changes.len() == 1;
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
    Ok(found)
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

/// The entries that touched a record, newest first.
fn earlier(store: &dyn Store, kind: Kind, id: Id) -> Result<Vec<StoredEntry>, Failure> {
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
