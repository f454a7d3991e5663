//! Tables in and out: the files offices really send, read with patience, and files that open well elsewhere.
//!
//! Reading goes in two steps. A reader ([`read_csv`](mod@read_csv), [`read_workbook`](mod@read_workbook)) turns bytes into a bare grid of
//! cells and knows nothing of headers; [`find_table`](mod@find_table) then finds the header, the rows that are records, and everything
//! that is neither, and says in words what it left out. [`read::read_table`] does both, picking the reader by what the
//! file contains. Writing goes the other way from one [`table::Table`], to CSV ([`write_csv`](mod@write_csv)) or a workbook
//! ([`write_workbook`](mod@write_workbook)). Nothing up to here knows what a
//! column means.
//!
//! [`mapping`], [`incoming`], [`floor`] and [`outgoing`] do: they go between tables and the fields of a [`Kind`], by the
//! descriptions of the fields alone.

pub mod booth_run;
pub mod contact_report;
pub mod content_line;
pub mod encoding;
pub mod find_table;
pub mod floor;
pub mod incoming;
pub mod length_unit;
pub mod mapping;
pub mod outgoing;
pub mod people_in;
pub mod person_out;
pub mod placing_file;
pub mod plan_draft;
pub mod plan_file;
pub mod plan_json;
pub mod plan_sheet;
pub mod plan_svg;
pub mod plan_words;
pub mod poster;
pub mod preview;
pub mod print;
pub mod question;
pub mod read;
pub mod read_csv;
pub mod read_workbook;
mod recognise;
pub mod report_out;
pub mod scan;
pub mod sheet;
mod spelling;
pub mod statement;
mod svg_shapes;
pub mod table;
pub mod vcard;
pub mod write_csv;
pub mod write_ics;
pub mod write_ledger;
pub mod write_workbook;
mod xls_check;

use crate::base::words::Words;
use crate::domain::field::Field;
use crate::domain::record::Kind;

/// What a file is imported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// A list of records.
    Records(Kind),
    /// Booths, as runs that somebody typed or as a list.
    Floor,
    /// The office's own contact report: a row a meeting.
    ContactReport,
}

impl ImportKind {
    /// The word at the shell: the plural of a kind, or `floor`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Records(kind) => kind.plural(),
            Self::Floor => "floor",
            Self::ContactReport => "contact-report",
        }
    }

    /// Every import in the order in which a new book is filled.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.iter().copied().map(Self::Records).chain([Self::Floor, Self::ContactReport])
    }

    /// The import with this word; a kind also by its singular.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let own = [Self::Floor, Self::ContactReport].into_iter().find(|own| own.word() == word);
        own.or_else(|| Kind::read(word).map(Self::Records))
    }

    /// The kind of the records that it makes.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Records(kind) => kind,
            Self::Floor => Kind::Booth,
            Self::ContactReport => Kind::Lead,
        }
    }

    /// What its columns may fill.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::ContactReport => contact_report::COLUMNS,
            other => other.kind().fields(),
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Records(kind) => kind.words(),
            Self::Floor => Words::new("mặt bằng", "floor plan"),
            Self::ContactReport => Words::new("phiếu tiếp xúc đối tác", "contact report"),
        }
    }
}
