//! Who has a book open: the word left beside it, and the wait until its lock is free again.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Owner, StoreFault};

/// The file in which whoever has the book open leaves word.
pub(super) const OWNER: &str = "owner";

/// The file that sled keeps and locks.
pub(super) const DATABASE: &str = "db";

/// The longest text of an owner's file that is read, in bytes.
const OWNER_LEN: usize = 4096;

/// The word left beside an open book; removed when it is dropped.
pub(super) struct OwnerFile {
    pub(super) dir: PathBuf,
}

impl OwnerFile {
    /// Leaves word; the lock must be held.
    pub(super) fn write(dir: &Path, owner: &Owner) -> Result<Self, StoreFault> {
        let path = dir.join(OWNER);
        let text = serde_json::to_vec(owner)
            .map_err(|error| StoreFault::Io { path: path.clone(), reason: error.to_string() })?;
        fs::write(&path, text).map_err(|error| StoreFault::from_io(&path, &error))?;
        Ok(Self { dir: dir.to_path_buf() })
    }
}

impl Drop for OwnerFile {
    fn drop(&mut self) {
        // The word only informs: when it stays behind, the next owner writes over it.
        let _ = fs::remove_file(self.dir.join(OWNER));
    }
}

/// Who left word at a book, as far as it can be read.
pub(super) fn read_owner(dir: &Path) -> Option<Owner> {
    let bytes = fs::read(dir.join(OWNER)).ok()?;
    let owner: Owner = serde_json::from_slice(bytes.get(..OWNER_LEN.min(bytes.len()))?).ok()?;
    let clean = |text: String| text.chars().filter(|c| !c.is_control()).take(100).collect();
    Some(Owner { pid: owner.pid, host: clean(owner.host), user: clean(owner.user), since: clean(owner.since) })
}

/// The lock of a book; waits until it is free when it is dropped, because sled lets go of it from another thread.
///
/// It has to be dropped after the database.
pub(super) struct LockWait {
    pub(super) dir: PathBuf,
}

impl LockWait {
    /// Waits until nobody holds the lock; a fault after five seconds.
    pub(super) fn wait(&self) -> Result<(), StoreFault> {
        for _ in 0..2500 {
            if !is_locked(&self.dir) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Err(StoreFault::Busy { path: self.dir.clone(), owner: None })
    }
}

impl Drop for LockWait {
    fn drop(&mut self) {
        // Nobody is left to be told; whoever opens the book next is told that it is in use.
        let _ = self.wait();
    }
}

/// True while a process holds the lock of a book.
pub(super) fn is_locked(dir: &Path) -> bool {
    File::open(dir.join(DATABASE)).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}
