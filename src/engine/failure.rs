//! Why an act did not happen: refused by a rule, or stopped by the disk.

use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::say;
use crate::store::StoreFault;

/// Why an act did not happen. In every case nothing was stored.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// A rule or a law forbids it; the person can mend it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store cannot be opened, read or written.
    #[error("{}", words.en)]
    Book {
        /// The stable code.
        code: &'static str,
        /// What is wrong, where, and what to do next.
        words: Words,
    },
}

impl Failure {
    /// A failure that only a bug can cause.
    pub(super) fn bug(error: &dyn std::fmt::Display) -> Self {
        Self::Book {
            code: "bug",
            words: say!(
                "Lỗi chương trình: {error}. Không có gì được ghi. Hãy báo lỗi này cho nơi cung cấp chương trình.",
                "A bug in the program: {error}. Nothing was stored. Please report this to the makers of the program."
            ),
        }
    }

    /// The whole failure in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Refused(refusal) => refusal.words(),
            Self::Book { words, .. } => words.clone(),
        }
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        let code = match &fault {
            StoreFault::Busy { .. } => "book-busy",
            StoreFault::DiskFull { .. } => "disk-full",
            StoreFault::ReadOnlyMedium { .. } => "medium-read-only",
            StoreFault::Denied { .. } => "no-right",
            StoreFault::Missing { .. } => "book-missing",
            StoreFault::NotABook { .. } => "not-a-book",
            StoreFault::AlreadyThere { .. } => "already-there",
            StoreFault::Newer { .. } => "book-newer",
            StoreFault::Damaged { .. } => "book-damaged",
            StoreFault::JournalDamaged { .. } => "journal-damaged",
            StoreFault::TailLost { .. } => "tail-lost",
            StoreFault::Io { .. } => "disk-trouble",
            StoreFault::Contract { .. } => "bug",
        };
        Self::Book { code, words: fault.words() }
    }
}
