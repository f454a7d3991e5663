//! The records of a book on a disk, put together from the parts into which their values are cut.

use std::borrow::Cow;
use std::path::Path;

use super::layout::{self, Key, LAYOUT};
use super::sled_guard::guarded;
use super::{StoreFault, StoredRecord, damaged, envelope};
use crate::base::words::Words;

const PLACE: Words = Words::new("các bản ghi", "the records");

/// Walks the parts of all records and puts them together.
pub(super) struct RecordParts<'a> {
    dir: &'a Path,
    parts: sled::Iter,
    /// The key of the first part, that part, and what follows it.
    open: Option<(sled::IVec, sled::IVec, Vec<u8>)>,
    ended: bool,
}

impl<'a> RecordParts<'a> {
    pub(super) fn new(dir: &'a Path, parts: sled::Iter) -> Self {
        Self { dir, parts, open: None, ended: false }
    }

    fn step(&mut self) -> Result<Option<StoredRecord>, StoreFault> {
        while !self.ended {
            let next = guarded(self.dir, &PLACE, || self.parts.next().transpose())?;
            let done = match next {
                None => {
                    self.ended = true;
                    self.open.take()
                }
                Some((key, value)) => {
                    let (base, part) = layout::split_part(&key).ok_or_else(|| self.unreadable())?;
                    match &mut self.open {
                        Some((open, _, rest)) if part > 0 && open.starts_with(base) && open.len() == key.len() => {
                            rest.extend_from_slice(&value);
                            None
                        }
                        _ => self.open.replace((key, value, Vec::new())),
                    }
                }
            };
            if let Some((key, first, rest)) = done
                && let Some(record) = self.whole(&key, &first, &rest)?
            {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The record of a value that is whole; none for the mark of a removed one.
    fn whole(&self, key: &[u8], first: &[u8], rest: &[u8]) -> Result<Option<StoredRecord>, StoreFault> {
        let bytes = if rest.is_empty() { Cow::Borrowed(first) } else { Cow::Owned([first, rest].concat()) };
        let (base, _) = layout::split_part(key).ok_or_else(|| self.unreadable())?;
        let Some(key @ Key::Record(..)) = Key::record_from_bytes(base) else { return Err(self.unreadable()) };
        let payload = envelope::unwrap(base, LAYOUT, &bytes).map_err(|reason| damaged(self.dir, &key, reason))?;
        let (seq, payload) = layout::read_record_value(payload).ok_or_else(|| malformed(self.dir, &key))?;
        let Key::Record(kind, id) = key else { return Ok(None) };
        Ok(payload.map(|payload| StoredRecord { kind, id, seq, payload: payload.to_vec() }))
    }

    fn unreadable(&self) -> StoreFault {
        StoreFault::damaged(self.dir, PLACE, Words::new("khóa không đọc được.", "a key cannot be read."))
    }
}

impl Iterator for RecordParts<'_> {
    type Item = Result<StoredRecord, StoreFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let step = self.step().transpose();
        if !matches!(step, Some(Ok(_))) {
            self.ended = true;
        }
        step
    }
}

/// The fault of a value whose envelope is sound and whose content is not.
pub(super) fn malformed(dir: &Path, key: &Key) -> StoreFault {
    damaged(dir, key, Words::new("nội dung không đúng khuôn dạng.", "what is there does not have its form."))
}
