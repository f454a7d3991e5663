//! The scan of a paper: its digest, and whether a file still is what it was.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::words::Words;
use crate::domain::Evidence;
use crate::say;

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
    pub fn of(evidence: &Evidence, read: impl Fn(&Path) -> Option<Vec<u8>>) -> Self {
        match read(Path::new(evidence.file.as_str())) {
            Some(bytes) if evidence.sha256 == *digest(&bytes) => Self::Same,
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

/// SHA-256 of a file's bytes, in hexadecimal, as `sha256sum` prints it.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text has no way to fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_one_that_everybody_gets() {
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
