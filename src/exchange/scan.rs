//! The scan of a paper: its digest, and whether a file still is what it was.

use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::Evidence;
use crate::domain::evidence::EvidenceKind;
use crate::domain::intent::Intent;
use crate::domain::refusal::Refusal;
use crate::say;

/// What a file is known by, however it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// SHA-256 of its bytes, in hexadecimal, as `sha256sum` prints it.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Reads a file to its end, a piece at a time, so that no scan is too long.
///
/// # Errors
/// When it cannot be read.
pub fn known(mut file: impl Read) -> io::Result<Known> {
    let (mut hasher, mut piece, mut bytes) = (Sha256::new(), vec![0_u8; 64 * 1024], 0_u64);
    loop {
        let read = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(piece.get(..read).unwrap_or_default());
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
    }
    let sha256 = hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write as _;
        // Writing to a text has no way to fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok(Known { sha256, bytes })
}

/// The intent to put a scan to a paper of a claim, its file by its whole path.
///
/// # Errors
/// When the path would not be found again as it is kept: text of one line, in composed letters.
pub fn attached(claim: Id, document: EvidenceKind, path: &Path, known: &Known) -> Result<Intent, Refusal> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let file = Text::new(&whole.to_string_lossy());
    if whole.to_str() != Some(file.as_str()) {
        return Err(Refusal::new(
            "name-unusable",
            say!(
                "Tên tệp “{file}” có khoảng trắng liền nhau hoặc ký tự lạ, sau này không tìm lại được.",
                "The name “{file}” has blanks in a row or unusual characters, and would not be found again."
            ),
            say!("Đổi tên tệp rồi gắn lại.", "Rename the file, then attach it."),
        )
        .at("file"));
    }
    Ok(Intent::Attach {
        claim,
        document,
        file,
        sha256: Text::new(&known.sha256),
        file_bytes: i64::try_from(known.bytes).unwrap_or(i64::MAX),
        on: None,
    })
}

/// What became of a scan since it was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanState {
    /// The file is what was handed in.
    Same,
    /// Another file lies in its place.
    Changed,
    /// Nothing can be read where it lay.
    Gone,
}

impl ScanState {
    /// The state of a paper's scan, by what can be read where it lies.
    #[must_use]
    pub fn of(evidence: &Evidence, read: impl Fn(&Path) -> Option<Known>) -> Self {
        match read(Path::new(evidence.file.as_str())) {
            Some(known) if evidence.sha256 == *known.sha256 => Self::Same,
            Some(_) => Self::Changed,
            None => Self::Gone,
        }
    }

    /// Its key in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Same => Words::new("như đã nộp", "as handed in"),
            Self::Changed => Words::new("ĐÃ ĐỔI", "CHANGED"),
            Self::Gone => Words::new("không đọc được", "cannot be read"),
        }
    }
}

/// What to do about a scan that is not what it was.
#[must_use]
pub fn advice() -> Words {
    say!("Tìm lại bản gốc, hoặc ghi “không đạt” rồi nộp lại.", "Find the original, or reject it and attach anew.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_one_that_everybody_gets() {
        let sha256 = |bytes: &[u8]| known(bytes).unwrap().sha256;
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let million = vec![b'a'; 1_000_000];
        assert_eq!(sha256(&million), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
        assert_eq!(known(million.as_slice()).unwrap().bytes, 1_000_000);
    }

    #[test]
    fn a_path_is_kept_as_it_is_or_refused() {
        let whole = Known { sha256: "00".to_owned(), bytes: 1 };
        let attach = |path: &str| attached(Id::NIL, EvidenceKind::default(), Path::new(path), &whole);
        assert!(
            matches!(attach("/scans/hợp đồng 2.pdf"), Ok(Intent::Attach { file, .. }) if file == *"/scans/hợp đồng 2.pdf")
        );
        for path in ["/scans/hop dong  2.pdf", "/scans/ho\u{323}p.pdf", "/scans/a\u{1b}[1m.pdf", "/scans/a.pdf "] {
            assert_eq!(attach(path).unwrap_err().code, "name-unusable", "{path:?}");
        }
    }
}
