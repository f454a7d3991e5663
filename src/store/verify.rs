//! Walks a journal from its first entry, compares what it comes to with the records, and names the first thing wrong.

use std::collections::BTreeMap;

use super::commit::RecordKey;
use super::layout::Key;
use super::seal::{Hash, SealedEntry, SealedPiece};
use super::{Piece, Store, StoreFault};
use crate::base::words::Words;
use crate::say;

/// What a store was found to hold, all of it sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The number of entries.
    pub entries: u64,
    /// The number of records.
    pub records: u64,
}

/// The first thing that is wrong with a journal or its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where: the key in words.
    pub place: Words,
    /// What is wrong there.
    pub reason: Words,
    /// The entry at which the journal stops being sound; `None` when the journal is sound and only a record is wrong.
    pub entry: Option<u64>,
}

impl Flaw {
    /// Where it is and what is wrong, as one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        say!("{}: {}", "{}: {}"; self.place, self.reason)
    }

    pub(super) fn in_journal(seq: u64, key: &Key, reason: Words) -> Self {
        Self { place: key.words(), reason, entry: Some(seq) }
    }

    pub(super) fn from_fault(fault: StoreFault, entry: Option<u64>) -> Self {
        match fault {
            StoreFault::Damaged { place, reason, .. } => Self { place, reason: *reason, entry },
            fault => Self { place: Words::same(fault.to_string()), reason: fault.words(), entry },
        }
    }
}

/// Walks the whole journal and all records; `progress` is told how many entries of how many are done.
///
/// # Errors
/// The first flaw.
pub fn verify(store: &dyn Store, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, Flaw> {
    let total = store.last_seq();
    let mut replay = Replay::default();
    for seq in 1..=total {
        let sealed = store.sealed(seq).map_err(|fault| Flaw::from_fault(fault, Some(seq)))?;
        let key = Key::Entry(seq);
        let sealed =
            sealed.ok_or_else(|| Flaw::in_journal(seq, &key, Words::new("không còn ở đó.", "it is missing.")))?;
        replay.take(&sealed)?;
        progress(seq, total);
    }
    replay.finish()?;
    if replay.last_hash != store.last_hash() {
        let reason = Words::new("không phải là mục cuối của sổ.", "it is not the last entry of the book.");
        return Err(Flaw::in_journal(total, &Key::Entry(total), reason));
    }
    let records = compare(&replay, store)?;
    Ok(Verified { entries: total, records })
}

/// A record as a journal leaves it: the entry that touched it last, and the digest of its payload unless it was removed.
type Trace = (u64, Option<Hash>);

/// What a journal comes to, entry by entry.
#[derive(Default)]
pub(super) struct Replay {
    pub(super) last_seq: u64,
    pub(super) last_hash: Hash,
    state: BTreeMap<RecordKey, Trace>,
    erased: BTreeMap<(u64, Piece), Hash>,
    vouched: BTreeMap<(u64, Piece), Hash>,
}

impl Replay {
    /// Takes the next entry, or says what is wrong with it.
    pub(super) fn take(&mut self, entry: &SealedEntry) -> Result<(), Flaw> {
        let frame = &entry.frame;
        let seq = self.last_seq.saturating_add(1);
        let key = Key::Entry(seq);
        let flaw = |reason| Flaw::in_journal(seq, &key, reason);
        if frame.seq != seq {
            let found = frame.seq;
            return Err(flaw(say!("ở chỗ đó lại là mục {found}.", "entry {found} stands in its place.")));
        }
        if frame.previous_hash != self.last_hash {
            return Err(flaw(Words::new("không khớp với mục ngay trước.", "it does not match the entry before.")));
        }
        self.take_piece(seq, Piece::Story, &entry.story, frame.story)?;
        if frame.changes.len() != entry.payloads.len() {
            return Err(flaw(Words::new("thiếu nội dung thay đổi.", "payloads of its changes are missing.")));
        }
        for (change, payload) in frame.changes.iter().zip(&entry.payloads) {
            let record = (change.kind.clone(), change.id);
            let piece = Piece::Change { kind: change.kind.clone(), id: change.id };
            match (payload, change.digest) {
                (Some(payload), Some(digest)) => self.take_piece(seq, piece, payload, digest)?,
                (None, None) => {}
                _ => return Err(flaw(Words::new("thiếu nội dung thay đổi.", "payloads of its changes are missing."))),
            }
            let kept = payload.as_ref().map(|payload| *blake3::hash(&payload.bytes).as_bytes());
            let touched = self.state.insert(record, (seq, kept)).map_or(0, |(touched, _)| touched);
            if touched != change.previous_seq {
                let (key, named) = (Key::Record(change.kind.clone(), change.id).words(), change.previous_seq);
                return Err(flaw(say!(
                    "{} được ghi là thay đổi lần cuối ở mục {named}, thực tế là {touched}.",
                    "it takes it that {} was last changed by entry {named}, it was {touched}.";
                    key
                )));
            }
        }
        for erasure in &frame.erasures {
            self.vouched.insert((erasure.seq, erasure.piece.clone()), erasure.digest);
        }
        let hash = frame.hash();
        self.last_hash = hash.ok_or_else(|| flaw(Words::new("quá dài.", "it is too long.")))?;
        self.last_seq = seq;
        Ok(())
    }

    fn take_piece(&mut self, seq: u64, piece: Piece, kept: &SealedPiece, digest: Hash) -> Result<(), Flaw> {
        if kept.salt.is_none() {
            self.erased.insert((seq, piece), kept.digest());
        } else if kept.digest() != digest {
            let reason = Words::new("không phải là nội dung đã ghi.", "it is not what was written.");
            return Err(Flaw::in_journal(seq, &Key::Piece(seq, piece), reason));
        }
        Ok(())
    }

    /// The pieces that are erased though no entry taken so far says so.
    pub(super) fn unvouched(&self) -> impl Iterator<Item = &(u64, Piece)> {
        self.erased.iter().filter(|(at, digest)| self.vouched.get(at) != Some(digest)).map(|(at, _)| at)
    }

    /// After the last entry: whether every erasure is vouched for, and was carried out.
    pub(super) fn finish(&self) -> Result<(), Flaw> {
        if let Some((seq, piece)) = self.unvouched().next() {
            let reason =
                Words::new("bị xóa mà không có mục nào xác nhận.", "it was erased, and no entry vouches for that.");
            return Err(Flaw::in_journal(*seq, &Key::Piece(*seq, piece.clone()), reason));
        }
        if let Some((seq, piece)) = self.vouched.keys().find(|at| !self.erased.contains_key(at)) {
            let reason = Words::new("đã được xóa mà vẫn còn ở đó.", "it was erased and is there again.");
            return Err(Flaw::in_journal(*seq, &Key::Piece(*seq, piece.clone()), reason));
        }
        Ok(())
    }
}

/// Compares the records of a store with what its journal comes to; gives their number.
fn compare(replay: &Replay, store: &dyn Store) -> Result<u64, Flaw> {
    let flaw =
        |(kind, id): &RecordKey, reason| Flaw { place: Key::Record(kind.clone(), *id).words(), reason, entry: None };
    let lacking = || Words::new("không còn ở đó.", "it is missing.");
    let surplus = || Words::new("nhật ký không biết bản ghi này.", "the journal does not know it.");
    let differs = || Words::new("khác với nhật ký.", "it differs from the journal.");
    let mut expected = replay.state.iter().filter_map(|(key, (seq, digest))| Some((key, *seq, (*digest)?)));
    let mut count = 0_u64;
    for record in store.records() {
        let record = record.map_err(|fault| Flaw::from_fault(fault, None))?;
        let found = (record.kind, record.id);
        let Some((key, seq, digest)) = expected.next() else { return Err(flaw(&found, surplus())) };
        if *key != found {
            return Err(if *key < found { flaw(key, lacking()) } else { flaw(&found, surplus()) });
        }
        if seq != record.seq || digest != *blake3::hash(&record.payload).as_bytes() {
            return Err(flaw(key, differs()));
        }
        count = count.saturating_add(1);
    }
    if let Some((key, ..)) = expected.next() {
        return Err(flaw(key, lacking()));
    }
    for (key, (seq, _)) in replay.state.iter().filter(|(_, (_, digest))| digest.is_none()) {
        let touched = store.touched(&key.0, key.1).map_err(|fault| Flaw::from_fault(fault, None))?;
        if touched != Some(*seq) {
            return Err(flaw(key, differs()));
        }
    }
    Ok(count)
}
