//! Files that the command line names, read with a limit: what is longer is refused, not cut.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::cli::exit::Trouble;
use crate::domain::refusal::Refusal;
use crate::exchange::read::FILE_BYTES_MAX;
use crate::say;

/// The bytes of a file, or of standard input where the name is `-`. A reader of tables says itself that a byte more than it takes is
/// too much.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    bytes(path, FILE_BYTES_MAX)
}

/// The text of a file of at most so many bytes.
pub(super) fn read_text(path: &Path, bytes_max: usize) -> Result<String, Trouble> {
    let bytes = bytes(path, bytes_max)?;
    let name = path.display();
    if bytes.len() > bytes_max {
        return Err(Refusal::new(
            "file-too-large",
            say!("{name} dài hơn {bytes_max} byte.", "{name} is longer than {bytes_max} bytes."),
            say!("Kiểm tra xem có đúng tệp không.", "Check whether it is the right file."),
        )
        .into());
    }
    String::from_utf8(bytes).map_err(|_| {
        Refusal::new(
            "not-text",
            say!("{name} không phải chữ UTF-8.", "{name} is not UTF-8 text."),
            say!("Lưu lại tệp bằng mã UTF-8.", "Save the file as UTF-8."),
        )
        .into()
    })
}

/// At most one byte more than asked for.
fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, Trouble> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let result = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    result.map(|_| bytes).map_err(|error| Trouble::file(path, &error))
}
