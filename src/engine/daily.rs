//! The backup at the start of a day: one plain file a day beside the book, given up after two weeks.

use std::path::{Path, PathBuf};

use crate::base::dates::{Date, iso};
use crate::engine::Desk;
use crate::store::expire;

/// How many days a daily backup is kept.
const DAYS_KEPT: u64 = 14;

/// Where the daily backups of a book lie: beside it, wherever it really is.
#[must_use]
pub fn backup_dir(book: &Path) -> PathBuf {
    let book = std::fs::canonicalize(book).unwrap_or_else(|_| book.to_path_buf());
    let mut name = book.file_name().unwrap_or_default().to_owned();
    name.push("-backups");
    book.with_file_name(name)
}

/// Makes today's backup when there is none yet, and gives up those older than two weeks; acts asked for later wait for it. It must
/// never keep anybody from working, so a backup that cannot be written is tried again at the next start; `hoicho book backup` says why.
pub fn back_up_daily(desk: &Desk, book: &Path, today: Date) {
    let dir = backup_dir(book);
    let file = dir.join(format!("{}.hoicho", iso(today)));
    if desk.book().seq == 0 || file.exists() || std::fs::create_dir_all(&dir).is_err() {
        return;
    }
    let oldest = today.checked_sub_days(chrono::Days::new(DAYS_KEPT)).map(iso).unwrap_or_default();
    desk.backup(&file, move |written| {
        if written.is_ok() {
            let _ = expire(&dir, &oldest);
        }
    });
}
