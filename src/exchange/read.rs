//! The one door for tables from outside: picks the reader by what the file contains, then finds the table.

use std::io::Cursor;

use super::encoding::decode;
use super::find_table::find_table;
use super::read_csv::read_csv;
use super::read_workbook::{WorkbookKind, read_workbook};
use super::sheet::Sheet;
use super::vcard::is_cards;
use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::say;

/// Most bytes of a file. Real lists stay below 5 MiB; the reader holds a file whole, several times over.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// The file is larger than [`FILE_BYTES_MAX`].
    #[error("larger than {} bytes", FILE_BYTES_MAX)]
    TooLarge,
    /// The packed file states a size that no list has.
    #[error("unpacks to more than a list needs")]
    Unpacked,
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// A workbook under a password.
    #[error("locked by a password")]
    Locked,
    /// A workbook that cannot be read.
    #[error("broken")]
    Broken,
    /// A web page or an XML file under the name of a workbook.
    #[error("a web page or XML under the name of a workbook")]
    WebPage,
    /// Excel's binary variant (xlsb), whose reader takes the size of a sheet on trust.
    #[error("a binary workbook")]
    BinaryWorkbook,
    /// No table at all: a picture, a PDF, a Word file.
    #[error("not a table: {0}")]
    NotATable(&'static str),
    /// Cards of persons.
    #[error("a vCard")]
    Cards,
    /// The sheet that was asked for is not there.
    #[error("no sheet {wanted:?}")]
    NoSuchSheet {
        /// The name that was asked for.
        wanted: String,
        /// The sheets that are there.
        there: Vec<String>,
    },
}

impl ReadFault {
    /// What is wrong and what to do next.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::TooLarge => {
                let mebibytes = FILE_BYTES_MAX / 1024 / 1024;
                say!(
                    "Tệp lớn hơn {mebibytes} MiB. Hãy chia thành nhiều tệp rồi nhập từng tệp.",
                    "The file is larger than {mebibytes} MiB. Split it and import the parts one by one."
                )
            }
            Self::Unpacked => Words::new(
                "Tệp bung ra quá lớn so với một danh sách. Hãy xóa các dòng, cột trống và hình ảnh, rồi lưu lại.",
                "The file unpacks to far more than a list. Delete empty rows, columns and pictures, then save it again.",
            ),
            Self::Empty => {
                Words::new("Tệp trống, không có gì để nhập.", "The file is empty, there is nothing to import.")
            }
            Self::Locked => Words::new(
                "Tệp có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập.",
                "The file is locked by a password. Open it in Excel, remove the password, save and import again.",
            ),
            Self::Broken => Words::new(
                "Tệp bị hỏng, không đọc được. Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập.",
                "The file is damaged and cannot be read. Open it in Excel or LibreOffice, save it as .xlsx and import again.",
            ),
            Self::WebPage => Words::new(
                "Tệp này thật ra là trang web hoặc XML dù mang đuôi Excel. Hãy mở bằng Excel hoặc LibreOffice, \
                 lưu lại dạng .xlsx rồi nhập.",
                "This file is really a web page or XML under an Excel name. Open it in Excel or LibreOffice, \
                 save it as .xlsx and import again.",
            ),
            Self::BinaryWorkbook => Words::new(
                "Tệp .xlsb chưa đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập.",
                "An .xlsb file cannot be read. Open it in Excel, save it as .xlsx and import again.",
            ),
            Self::NotATable(kind) => say!(
                "Đây là tệp {kind}, không phải bảng. Hãy dùng tệp Excel, LibreOffice hoặc CSV.",
                "This is a {kind} file, not a table. Use an Excel, LibreOffice or CSV file."
            ),
            Self::Cards => Words::new(
                "Tệp này là danh thiếp (vCard), chỉ nhập được thành người liên hệ: “hoicho import contacts TỆP”.",
                "This file holds cards (vCard), which come in as contacts only: “hoicho import contacts FILE”.",
            ),
            Self::NoSuchSheet { wanted, there } => {
                let there = there.join(", ");
                say!(
                    "Không có trang tính “{wanted}”. Các trang tính trong tệp: {there}.",
                    "There is no sheet “{wanted}”. The sheets of this file: {there}."
                )
            }
        }
    }
}

/// Reads the table in a file: `name` is the file's name, `sheet` the sheet to read (`None`: the first that is not
/// empty), `known` says of a header whether it means something to whoever asks.
///
/// # Errors
///
/// The file is not a table, or one that cannot be read; the fault says what to do.
pub fn read_table(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    known: &dyn Fn(&str) -> bool,
) -> Result<Sheet, ReadFault> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(ReadFault::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadFault::Empty);
    }
    let Some(kind) = kind_of(name, bytes)? else {
        return Ok(find_table(read_csv(bytes), known));
    };
    let workbook = read_workbook(kind, bytes, sheet)?;
    let mut table = find_table(workbook.grid, known);
    table.sheet_names = workbook.sheet_names;
    Ok(table)
}

/// Which workbook the bytes are; `None` for text. Content comes first: offices rename files, programs lie.
fn kind_of(name: &str, bytes: &[u8]) -> Result<Option<WorkbookKind>, ReadFault> {
    if bytes.starts_with(b"PK") {
        return packed_kind(name, bytes).map(Some);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let holds = |text: &str| memchr::memmem::find(bytes, &utf16(text)).is_some();
        return if holds("EncryptedPackage") {
            Err(ReadFault::Locked)
        } else if holds("WordDocument") {
            Err(ReadFault::NotATable("Word"))
        } else {
            Ok(Some(WorkbookKind::Xls))
        };
    }
    for (start, kind) in [("%PDF", "PDF"), ("\u{89}PNG", "PNG"), ("{\\rtf", "RTF"), ("SQLite format 3", "SQLite")] {
        let start: Vec<u8> = start.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
        if bytes.starts_with(&start) {
            return Err(ReadFault::NotATable(kind));
        }
    }
    if is_cards(bytes) {
        return Err(ReadFault::Cards);
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(ReadFault::NotATable("JPEG"));
    }
    // Excel up to 4 has no container around its records.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, _, 0x00, ..]) {
        return Err(ReadFault::Broken);
    }
    let start = decode(bytes.get(..1_024).unwrap_or(bytes)).text.trim_start().to_lowercase();
    let web = ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<body", "<style", "mime-version:"];
    if web.iter().any(|tag| start.starts_with(tag)) {
        return Err(ReadFault::WebPage);
    }
    Ok(None)
}

fn packed_kind(name: &str, bytes: &[u8]) -> Result<WorkbookKind, ReadFault> {
    let holds = |part: &str| memchr::memmem::find(bytes, part.as_bytes()).is_some();
    let named = |ending: &str| name.to_lowercase().ends_with(ending);
    if holds("xl/workbook.bin") {
        Err(ReadFault::BinaryWorkbook)
    } else if holds("opendocument.spreadsheet") || named(".ods") {
        Ok(WorkbookKind::Ods)
    } else if holds("xl/") || named(".xlsx") || named(".xlsm") {
        Ok(WorkbookKind::Xlsx)
    } else if holds("word/document.xml") || holds("opendocument.text") {
        Err(ReadFault::NotATable("Word"))
    } else if calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(bytes)).is_ok() {
        Ok(WorkbookKind::Xlsx)
    } else {
        Err(ReadFault::NotATable("ZIP"))
    }
}

/// Why a file that somebody named cannot be read.
#[must_use]
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Refusal {
    let name = path.display();
    let (code, what, fix) = match error.kind() {
        std::io::ErrorKind::NotFound => (
            "file-missing",
            say!("Không có tệp {name}.", "There is no file {name}."),
            say!("Kiểm tra tên và thư mục của tệp.", "Check the name and the directory of the file."),
        ),
        std::io::ErrorKind::IsADirectory => (
            "file-is-directory",
            say!("{name} là một thư mục.", "{name} is a directory."),
            say!("Ghi tên một tệp trong đó.", "Name a file in it."),
        ),
        std::io::ErrorKind::PermissionDenied => (
            "file-denied",
            say!("Không được phép đọc {name}.", "{name} may not be read."),
            say!("Xin quyền đọc tệp đó.", "Ask for the right to read it."),
        ),
        _ => (
            "file-unreadable",
            say!("Không đọc được {name}: {error}.", "{name} cannot be read: {error}."),
            say!("Chép tệp sang chỗ khác rồi thử lại.", "Copy it elsewhere and try again."),
        ),
    };
    Refusal::new(code, what, fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        let read = |name, bytes: &[u8]| read_table(name, bytes, None, &|_| false).unwrap_err();
        assert_eq!(read("a.csv", b" \r\n"), ReadFault::Empty);
        assert_eq!(read("a.xls", b"\xef\xbb\xbf<html><table><tr><td>x"), ReadFault::WebPage);
        assert_eq!(read("a.xlsx", b"%PDF-1.7"), ReadFault::NotATable("PDF"));
        assert_eq!(read("a.xlsx", b"PK\x03\x04 nothing"), ReadFault::Broken);
        assert_eq!(read("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ReadFault::Broken);
        for fault in [ReadFault::TooLarge, ReadFault::Unpacked, ReadFault::Locked, read("a.zip", b"PK..")] {
            assert!(!fault.words().vi.is_empty() && !fault.words().en.is_empty());
        }
    }

    #[test]
    fn a_csv_named_xls_is_read() {
        let sheet = read_table("a.xls", "Tên\tSố\nA\t1\n".as_bytes(), None, &|_| false).unwrap();
        assert_eq!((sheet.headers.len(), sheet.rows.len()), (2, 1));
    }
}
