//! sled behind a guard: how it is configured, and its errors and panics as faults.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::StoreFault;
use super::hold::{DATABASE, read_owner};
use crate::base::expected_panic::caught;
use crate::base::words::Words;

/// Small, because the book is read into memory once and not from here again.
const CACHE_BYTES: u64 = 8 << 20;
/// How often a lock that is free again a moment later is tried.
const LOCK_TRIES: u32 = 20;

/// Opens the database of a book, or says who has it open.
pub(super) fn open_sled(dir: &Path) -> Result<sled::Db, StoreFault> {
    let config =
        sled::Config::new().path(dir).cache_capacity(CACHE_BYTES).flush_every_ms(None).mode(sled::Mode::LowSpace);
    let mut tries = 0_u32;
    loop {
        match guarded(dir, &Words::same(DATABASE), || config.open()) {
            // Somebody who waits for the lock to become free holds it for an instant.
            Err(StoreFault::Io { reason, .. }) if reason.contains("could not acquire lock") => {
                tries += 1;
                if tries == LOCK_TRIES {
                    return Err(StoreFault::Busy { path: dir.to_path_buf(), owner: read_owner(dir) });
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            other => return other,
        }
    }
}

/// Runs sled, which panics on some damaged files, and gives its errors and panics as faults.
pub(super) fn guarded<T>(dir: &Path, place: &Words, act: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreFault> {
    let damage = |reason: Words| StoreFault::damaged(dir, place.clone(), reason);
    match caught(act) {
        Some(Ok(value)) => Ok(value),
        Some(Err(sled::Error::Io(error))) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(damage(Words::new("tệp bị cụt.", "the file ends too early.")))
        }
        Some(Err(sled::Error::Io(error))) => Err(StoreFault::from_io(dir, &error)),
        Some(Err(_)) => Err(damage(Words::new(
            "nội dung không qua được kiểm tra của kho lưu trữ.",
            "what is there fails the checks of the storage engine.",
        ))),
        None => Err(damage(Words::new(
            "kho lưu trữ không đọc nổi nội dung ở đó.",
            "the storage engine cannot make sense of what is there.",
        ))),
    }
}
