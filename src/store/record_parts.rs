//! The records of a book on a disk, put together from the parts into which their values are cut.

use std::path::Path;

use super::layout::{self, Key, LAYOUT};
use super::sled_guard::guarded;
use super::{StoreFault, StoredRecord, damaged, envelope};
use crate::base::words::Words;

/// Walks the parts of all records and puts them together.
pub(super) struct RecordParts<'a> {
    dir: &'a Path,
    parts: sled::Iter,
    open: Option<(Key, Vec<u8>)>,
    ended: bool,
}

impl<'a> RecordParts<'a> {
    pub(super) fn new(dir: &'a Path, parts: sled::Iter) -> Self {
        Self { dir, parts, open: None, ended: false }
    }

    fn step(&mut self) -> Result<Option<StoredRecord>, StoreFault> {
        loop {
            let place = Words::new("các bản ghi", "the records");
            let next = guarded(self.dir, &place, || self.parts.next().transpose())?;
            let done = match next {
                None => {
                    self.ended = true;
                    self.open.take()
                }
                Some((bytes, value)) => {
                    let reason = || Words::new("khóa không đọc được.", "a key cannot be read.");
                    let (key, part) =
                        Key::record_from_bytes(&bytes).ok_or_else(|| StoreFault::damaged(self.dir, place, reason()))?;
                    match &mut self.open {
                        Some((open, whole)) if part > 0 && *open == key => {
                            whole.extend_from_slice(&value);
                            None
                        }
                        _ => self.open.replace((key, value.to_vec())),
                    }
                }
            };
            let Some((key, bytes)) = done else {
                if self.ended {
                    return Ok(None);
                }
                continue;
            };
            let payload =
                envelope::unwrap(&key.to_bytes(), LAYOUT, &bytes).map_err(|reason| damaged(self.dir, &key, reason))?;
            let (seq, payload) = layout::read_record_value(payload).ok_or_else(|| malformed(self.dir, &key))?;
            if let (Key::Record(kind, id), Some(payload)) = (key, payload) {
                return Ok(Some(StoredRecord { kind, id, seq, payload }));
            }
            if self.ended {
                return Ok(None);
            }
        }
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
