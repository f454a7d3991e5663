//! The backup at the start of a day: one plain file a day beside the book, the oldest given up after two weeks.

use std::path::{Path, PathBuf};

use crate::base::dates::{Date, iso};
use crate::engine::Desk;
use crate::store::rotate;

/// How many daily backups are kept.
const KEPT: usize = 14;

/// Where the daily backups of a book lie.
#[must_use]
pub fn backup_dir(book: &Path) -> PathBuf {
    let mut name = book.file_name().unwrap_or_default().to_owned();
    name.push("-backups");
    book.with_file_name(name)
}

/// Makes today's backup in the background when there is none yet. It must never keep anybody from working, so a backup
/// that cannot be written is tried again at the next start; `hoicho book backup` says why.
pub fn back_up_daily(desk: &Desk, book: &Path, today: Date) {
    let dir = backup_dir(book);
    let file = dir.join(format!("{}.hoicho", iso(today)));
    if desk.book().seq == 0 || file.exists() || std::fs::create_dir_all(&dir).is_err() {
        return;
    }
    desk.backup(&file, move |written| {
        if written.is_ok() {
            let _ = rotate(&dir, KEPT);
        }
    });
}
