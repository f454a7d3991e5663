//! What can be wrong with a store, each with words that say what, where and what to do next.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::base::words::Words;
use crate::say;

/// Who has a book open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The number of the process.
    pub pid: u32,
    /// The name of the machine.
    pub host: String,
    /// The name of the person's account.
    pub user: String,
    /// Since when, as it is shown.
    pub since: String,
}

/// What is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreFault {
    /// Another process has the book open.
    #[error("{} is in use", path.display())]
    Busy {
        /// The directory of the book.
        path: PathBuf,
        /// Who has it, as far as they left word.
        owner: Option<Owner>,
    },
    /// No space is left.
    #[error("no space left for {}", path.display())]
    DiskFull {
        /// What was being written.
        path: PathBuf,
    },
    /// The medium takes no writing.
    #[error("{} is on a read-only medium", path.display())]
    ReadOnlyMedium {
        /// What was being written.
        path: PathBuf,
    },
    /// The account may not read or write there.
    #[error("no right to {}", path.display())]
    Denied {
        /// What was being opened.
        path: PathBuf,
    },
    /// There is nothing at the path.
    #[error("{} does not exist", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// There is something at the path, but no book.
    #[error("{} is not a book", path.display())]
    NotABook {
        /// The path.
        path: PathBuf,
    },
    /// A new book or backup was to be made where something is already.
    #[error("{} exists already", path.display())]
    AlreadyThere {
        /// The path.
        path: PathBuf,
    },
    /// A newer program wrote it.
    #[error("{} has format {found}, this program knows up to {known}", path.display())]
    Newer {
        /// The path.
        path: PathBuf,
        /// The format version that was found.
        found: u16,
        /// The newest format version this program knows.
        known: u16,
    },
    /// Something stored is not what was written.
    #[error("{}: {}: {}", path.display(), place.en, reason.en)]
    Damaged {
        /// The book or the backup.
        path: PathBuf,
        /// Where in it: the key in words.
        place: Words,
        /// What is wrong there.
        reason: Box<Words>,
    },
    /// The journal itself is not what was written, so that the records cannot be made again from it.
    #[error("journal of {}: {}: {}", path.display(), place.en, reason.en)]
    JournalDamaged {
        /// The book.
        path: PathBuf,
        /// Where in it: the key in words.
        place: Words,
        /// What is wrong there.
        reason: Box<Words>,
    },
    /// Entries that were acknowledged are gone from the end of the journal.
    #[error("{} ends at entry {found}, entry {acknowledged} was acknowledged", path.display())]
    TailLost {
        /// The book.
        path: PathBuf,
        /// The last entry that was acknowledged.
        acknowledged: u64,
        /// The last entry that is there.
        found: u64,
    },
    /// The operating system refused for another reason.
    #[error("{}: {reason}", path.display())]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// The words of the operating system.
        reason: String,
    },
    /// The program asked for what does not follow from the journal; nothing was written.
    #[error("{}", reason.en)]
    Contract {
        /// What does not fit.
        reason: Words,
    },
}

impl StoreFault {
    /// The fault of something stored that is not what was written.
    #[must_use]
    pub fn damaged(path: &Path, place: Words, reason: Words) -> Self {
        Self::Damaged { path: path.to_path_buf(), place, reason: Box::new(reason) }
    }

    /// The fault behind an error of the operating system.
    #[must_use]
    pub fn from_io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::DiskFull { path }
            }
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyMedium { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::AlreadyExists => Self::AlreadyThere { path },
            _ => Self::Io { path, reason: error.to_string() },
        }
    }

    /// What is wrong, where, and what to do next.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Busy { path, owner } => busy_words(path, owner.as_ref()),
            Self::DiskFull { path } => {
                let path = path.display();
                say!(
                    "Đĩa đầy, không ghi được {path}. Chưa có gì được ghi nhận từ lúc đó. Hãy giải phóng dung lượng rồi mở lại sổ.",
                    "The disk is full: {path} could not be written. Nothing was acknowledged since. Free some space, then open the book again."
                )
            }
            Self::ReadOnlyMedium { path } => {
                let path = path.display();
                say!(
                    "{path} nằm trên ổ chỉ đọc. Hãy chép sổ sang nơi ghi được, hoặc gắn lại ổ cho phép ghi.",
                    "{path} is on a read-only medium. Copy the book to a place that can be written, or mount the medium for writing."
                )
            }
            Self::Denied { path } => {
                let path = path.display();
                say!(
                    "Tài khoản này không có quyền đọc và ghi {path}. Hãy nhờ người quản lý máy cấp quyền, hoặc chọn nơi khác.",
                    "This account may not read and write {path}. Ask whoever looks after the machine for the right, or choose another place."
                )
            }
            Self::Missing { path } => {
                let path = path.display();
                say!(
                    "Không có {path}. Hãy kiểm tra đường dẫn, hoặc tạo sổ mới ở đó.",
                    "{path} does not exist. Check the path, or make a new book there."
                )
            }
            Self::NotABook { path } => {
                let path = path.display();
                say!(
                    "{path} không phải là sổ của chương trình này. Hãy chọn đúng thư mục của sổ; không có gì bị thay đổi.",
                    "{path} is not a book of this program. Choose the directory of a book; nothing was changed."
                )
            }
            Self::AlreadyThere { path } => {
                let path = path.display();
                say!(
                    "{path} đã có sẵn và không bị ghi đè. Hãy chọn chỗ chưa có gì, hoặc mở cái đang có.",
                    "{path} exists already and is not overwritten. Choose a place where nothing is yet, or open what is there."
                )
            }
            Self::Newer { path, found, known } => {
                let path = path.display();
                say!(
                    "{path} được ghi bằng định dạng {found}, chương trình này chỉ biết đến định dạng {known}. Hãy dùng bản chương trình mới hơn; không có gì bị thay đổi.",
                    "{path} was written in format {found}, this program knows formats up to {known}. Use a newer version of the program; nothing was changed."
                )
            }
            Self::Damaged { path, place, reason } => {
                let path = path.display();
                say!(
                    "{path} bị hỏng ở {}: {} Hãy giữ nguyên bản này, dựng lại sổ từ nhật ký (rebuild) hoặc khôi phục từ bản sao lưu (restore).",
                    "{path} is damaged at {}: {} Keep this copy as it is; rebuild the book from its journal, or restore it from a backup.";
                    place, reason
                )
            }
            Self::JournalDamaged { path, place, reason } => {
                let path = path.display();
                say!(
                    "Nhật ký của {path} bị hỏng ở {}: {} Không dựng lại được từ đó. Hãy khôi phục từ bản sao lưu (restore), hoặc cứu các mục trước chỗ hỏng sang sổ mới (salvage).",
                    "The journal of {path} is damaged at {}: {} The book cannot be rebuilt from it. Restore it from a backup, or salvage the entries before the damage into a new book.";
                    place, reason
                )
            }
            Self::TailLost { path, acknowledged, found } => {
                let path = path.display();
                say!(
                    "{path} chỉ còn đến mục nhật ký {found}, dù mục {acknowledged} đã được ghi nhận. Hãy khôi phục từ bản sao lưu (restore), hoặc cứu lấy phần còn lại sang sổ mới (salvage).",
                    "{path} ends at journal entry {found}, although entry {acknowledged} was acknowledged. Restore it from a backup, or salvage what is left into a new book."
                )
            }
            Self::Io { path, reason } => {
                let path = path.display();
                say!(
                    "Không đọc hoặc ghi được {path}: {reason}. Hãy kiểm tra ổ đĩa rồi mở lại sổ.",
                    "{path} could not be read or written: {reason}. Check the medium, then open the book again."
                )
            }
            Self::Contract { reason } => say!(
                "Chương trình định ghi điều không khớp với nhật ký: {} Không có gì được ghi. Hãy báo lỗi này cho nơi cung cấp chương trình.",
                "The program was about to write what does not follow from the journal: {} Nothing was written. Please report this to the makers of the program.";
                reason
            ),
        }
    }
}

fn busy_words(path: &Path, owner: Option<&Owner>) -> Words {
    let path = path.display();
    let Some(Owner { pid, host, user, since }) = owner else {
        return say!(
            "Sổ {path} đang được một chương trình khác mở. Hãy đóng chương trình kia rồi thử lại.",
            "The book {path} is open in another program. Close it there, then try again."
        );
    };
    say!(
        "Sổ {path} đang được {user} mở trên máy {host} (tiến trình {pid}) từ {since}. Hãy đóng ở đó rồi thử lại.",
        "The book {path} is open by {user} on {host} (process {pid}) since {since}. Close it there, then try again."
    )
}
