//! The format of a book on disk, and the steps from an older one to the present one.
//!
//! The format is named by a small text file in the directory of the book, which is read before anything else is touched.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::{SledStore, StoreFault};
use crate::base::words::Words;

/// The format this program writes.
pub const FORMAT: u16 = 1;

/// The file that makes a directory a book and names its format.
pub(super) const MARKER: &str = "hoicho-book";

/// One step from a format to the next; once released it is never edited.
pub(super) type MigrationStep = fn(&mut SledStore) -> Result<(), StoreFault>;

/// The step that leads away from each format before the present one, oldest first: `STEPS[0]` leads from 1 to 2.
const STEPS: &[MigrationStep] = &[];

const FIRST: &str = "hoicho book, format ";

/// The steps that bring the book in a directory to the present format; none when it has it.
pub(super) fn steps(dir: &Path) -> Result<&'static [MigrationStep], StoreFault> {
    let path = dir.join(MARKER);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreFault::NotABook { path: dir.to_path_buf() });
        }
        Err(error) => return Err(StoreFault::from_io(&path, &error)),
    };
    let unreadable = || {
        StoreFault::damaged(
            dir,
            Words::same(MARKER),
            Words::new("không đọc được số định dạng.", "the number of the format cannot be read."),
        )
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
    let number = text.strip_prefix(FIRST).and_then(|rest| rest.strip_suffix('\n')).ok_or_else(unreadable)?;
    let found: u16 = number.parse().map_err(|_| unreadable())?;
    if found > FORMAT {
        return Err(StoreFault::Newer { path: dir.to_path_buf(), found, known: FORMAT });
    }
    let first = found.checked_sub(1).ok_or_else(unreadable)?;
    STEPS.get(usize::from(first)..).ok_or_else(unreadable)
}

/// Makes a directory a book of the present format; the caller makes the directory durable.
pub(super) fn mark(dir: &Path) -> Result<(), StoreFault> {
    let (path, beside) = (dir.join(MARKER), dir.join(format!("{MARKER}.new")));
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(format!("{FIRST}{FORMAT}\n").as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    write().map_err(|error| StoreFault::from_io(&path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_step_from_every_older_format() {
        assert_eq!(STEPS.len(), usize::from(FORMAT - 1));
    }

    #[test]
    fn a_newer_format_is_refused_and_an_unreadable_one_is_named() {
        let dir = tempfile::tempdir().unwrap();
        mark(dir.path()).unwrap();
        assert!(steps(dir.path()).unwrap().is_empty());
        fs::write(dir.path().join(MARKER), "hoicho book, format 2\n").unwrap();
        assert!(matches!(steps(dir.path()), Err(StoreFault::Newer { found: 2, known: FORMAT, .. })));
        for text in ["", "hoicho book, format 0\n", "hoicho book, format 1", "hoicho cook, format 1\n"] {
            fs::write(dir.path().join(MARKER), text).unwrap();
            assert!(matches!(steps(dir.path()), Err(StoreFault::Damaged { .. })), "{text:?}");
        }
    }
}
