//! Entries and records as the store keeps them: MessagePack with named fields, so that later versions can add some.

use serde::{Deserialize, Serialize};

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::change::{Change, Entry, TakesBack};
use crate::domain::record::{Kind, Record};
use crate::engine::failure::Failure;
use crate::say;
use crate::store::{NewChange, StoredChange, StoredEntry, StoredRecord};

/// What of an entry is never erased.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) at: Moment,
    pub(super) who: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) takes_back: Option<TakesBack>,
}

/// What of an entry may hold personal text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Story {
    pub(super) intent: Text,
    pub(super) words: Words,
}

pub(super) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    rmp_serde::to_vec_named(value).map_err(|error| Failure::bug(&error))
}

pub(super) fn new_change(change: &Change, previous_seq: u64) -> Result<NewChange, Failure> {
    let (kind, id) = change.subject().unwrap_or((Kind::Office, Id::NIL));
    let after = change.after.as_ref().map(Record::encode).transpose().map_err(|error| Failure::bug(&error))?;
    Ok(NewChange { kind: kind.key().to_owned(), id: *id.as_bytes(), previous_seq, after })
}

pub(super) fn record(stored: &StoredRecord) -> Result<Record, Failure> {
    decode(&stored.kind, &stored.payload, stored.seq)
}

pub(super) fn decode(kind: &str, payload: &[u8], seq: u64) -> Result<Record, Failure> {
    let Some(known) = Kind::read(kind) else {
        return Err(unreadable(
            seq,
            say!("loại bản ghi “{kind}” chưa biết", "the kind of record “{kind}” is not known"),
        ));
    };
    Record::decode(known, payload).map_err(|error| unreadable(seq, Words::same(error.to_string())))
}

pub(super) fn head(bytes: &[u8], seq: u64) -> Result<Head, Failure> {
    rmp_serde::from_slice(bytes).map_err(|error| unreadable(seq, Words::same(error.to_string())))
}

pub(super) fn entry(stored: &StoredEntry) -> Result<Entry, Failure> {
    let head = head(&stored.head, stored.seq)?;
    let story: Story = rmp_serde::from_slice(&stored.story.bytes)
        .map_err(|error| unreadable(stored.seq, Words::same(error.to_string())))?;
    let changes = stored.changes.iter().map(|change| self::change(change, stored.seq)).collect::<Result<_, _>>()?;
    Ok(Entry {
        seq: stored.seq,
        at: head.at,
        who: head.who,
        words: story.words,
        intent: story.intent,
        takes_back: head.takes_back,
        changes,
    })
}

fn change(stored: &StoredChange, seq: u64) -> Result<Change, Failure> {
    let side = |kept: &Option<crate::store::Kept>| {
        kept.as_ref().map(|kept| decode(&stored.kind, &kept.bytes, seq)).transpose()
    };
    Ok(Change { before: side(&stored.before)?, after: side(&stored.after)? })
}

fn unreadable(seq: u64, reason: Words) -> Failure {
    Failure::Book {
        code: "entry-unreadable",
        words: say!(
            "Không đọc được mục {seq} của nhật ký: {}. Chạy “hoicho book verify”.",
            "Journal entry {seq} cannot be read: {}. Run “hoicho book verify”.";
            reason
        ),
    }
}
