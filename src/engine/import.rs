//! A file as an import: read, mapped, set against the book and tried, so that shell and screens show the same before
//! anything is stored.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::env::Env;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::ImportKind;
use crate::exchange::contact_report::{Origin, meetings};
use crate::exchange::encoding::decode;
use crate::exchange::floor;
use crate::exchange::incoming::{Incoming, rows};
use crate::exchange::mapping::{Mapping, known};
use crate::exchange::people_in::contacts;
use crate::exchange::plan_draft::incoming;
use crate::exchange::plan_json::read_json;
use crate::exchange::plan_sheet::read_sheet_plan;
use crate::exchange::plan_svg::{Scale, read_svg};
use crate::exchange::preview::{Preview, preview, preview_meetings};
use crate::exchange::question::{Decisions, UNDECIDED};
use crate::exchange::read::read_table;
use crate::exchange::sheet::Sheet;
use crate::exchange::vcard::{is_cards, read_cards};
use crate::say;

/// What a file holds and what importing it means.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name of the file, for the choice of the reader.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
    /// Which sheet; none is the first that is not empty.
    pub sheet: Option<&'a str>,
    /// The fair whose booths, halls, registrations or leads these are.
    pub fair: Option<Id>,
    /// Our firm, for the rows of a contact report that name none.
    pub business: Option<Id>,
    /// The hall in which typed booths lie.
    pub hall: Option<Id>,
    /// How the units of a drawing become metres.
    pub scale: Scale,
    /// What was decided of names that are close to others on file.
    pub decisions: &'a Decisions,
}

impl<'a> Source<'a> {
    /// A file of which nothing else is said.
    #[must_use]
    pub const fn of(name: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            name,
            bytes,
            sheet: None,
            fair: None,
            business: None,
            hall: None,
            scale: Scale::Guess,
            decisions: &UNDECIDED,
        }
    }
}

/// What importing a file would come to, with the columns mapped by their headers.
///
/// # Errors
/// When the file cannot be read as a table, or a floor plan has no fair or a place that is not understood.
pub fn preview_file(book: &Book, what: ImportKind, source: Source<'_>, env: &Env) -> Result<Preview, Refusal> {
    if what == ImportKind::Floor && !is_booth_list(source) {
        return Ok(preview(book, floor_plan(book, source, env)?, env));
    }
    if what == ImportKind::Records(Kind::Contact) && is_cards(source.bytes) {
        let (cards, remarks) = read_cards(source.bytes);
        return Ok(preview(book, contacts(book, cards, remarks, source.decisions), env));
    }
    let sheet = sheet(what, source)?;
    let mapping = Mapping::among(what.kind(), what.fields(), &sheet.headers);
    Ok(preview_sheet(book, what, &sheet, &mapping, source, env))
}

/// What importing a sheet would come to, with columns mapped by hand.
#[must_use]
pub fn preview_sheet(
    book: &Book,
    what: ImportKind,
    sheet: &Sheet,
    mapping: &Mapping,
    source: Source<'_>,
    env: &Env,
) -> Preview {
    let Source { fair, business, decisions, .. } = source;
    let reader = Reader { book, today: env.today(), fair };
    if what == ImportKind::ContactReport {
        let (meetings, incoming) = meetings(sheet, mapping, Origin { business, fair }, reader, decisions);
        return preview_meetings(book, meetings, incoming, env);
    }
    preview(book, rows(sheet, mapping, reader, decisions), env)
}

/// The table in a file, its header found by what its columns may fill.
///
/// # Errors
/// When the file is no table, or one that cannot be read.
pub fn sheet(what: ImportKind, source: Source<'_>) -> Result<Sheet, Refusal> {
    read_table(source.name, source.bytes, source.sheet, &known(what.fields())).map_err(|fault| {
        Refusal::new("file-unreadable", fault.words(), Words::new("Không có gì được ghi lại.", "Nothing was stored."))
    })
}

/// How a plan is written that is no list and no drawn sheet.
enum Written {
    Drawing,
    Json,
    Typed,
}

/// By what the file begins with, else by its name.
fn written(name: &str, text: &str) -> Written {
    let start = text.trim_start();
    let name = name.to_lowercase();
    // A table of a web page begins with < too; what spreadsheets save as such is a list.
    let head: String = start.chars().take(4_000).collect();
    if head.starts_with('<') && head.contains("<svg") || name.ends_with(".svg") {
        Written::Drawing
    } else if head.starts_with(['{', '[']) || name.ends_with(".json") {
        Written::Json
    } else {
        Written::Typed
    }
}

/// True when a floor comes as a list with the columns of booths.
fn is_booth_list(source: Source<'_>) -> bool {
    let is_text = !source.bytes.starts_with(b"PK");
    if is_text && !matches!(written(source.name, &decode(source.bytes).text), Written::Typed) {
        return false;
    }
    sheet(ImportKind::Records(Kind::Booth), source).is_ok_and(|sheet| {
        let mapping = Mapping::guess(Kind::Booth, &sheet.headers);
        ["code", "width", "depth"].iter().filter(|key| mapping.column_of(key).is_some()).count() >= 2
    })
}

/// A plan by what the file contains: a drawing, a drawn sheet, JSON, or runs that somebody typed.
fn floor_plan(book: &Book, source: Source<'_>, env: &Env) -> Result<Incoming, Refusal> {
    let Some(fair) = source.fair else {
        return Err(Refusal::new(
            "fair-missing",
            say!("Chưa chọn hội chợ cho mặt bằng.", "No fair is chosen for the floor plan."),
            say!("Chọn hội chợ (phím f, hoặc --fair MÃ).", "Choose the fair (key f, or --fair CODE)."),
        )
        .at("fair"));
    };
    if source.bytes.starts_with(b"PK") {
        let drawing = read_sheet_plan(source.bytes, source.sheet, source.scale).map_err(unreadable)?;
        return Ok(incoming(book, fair, source.hall, drawing.pieces, drawing.remarks));
    }
    let text = decode(source.bytes).text;
    if text.trim().is_empty() {
        return Err(unreadable(Words::new("Tệp trống.", "The file is empty.")));
    }
    let reader = Reader { book, today: env.today(), fair: Some(fair) };
    let drawing = match written(source.name, &text) {
        Written::Drawing => Some(read_svg(&text, source.scale)),
        Written::Json => Some(read_json(&text, reader)),
        Written::Typed => None,
    };
    if let Some(drawing) = drawing {
        let drawing = drawing.map_err(unreadable)?;
        return Ok(incoming(book, fair, source.hall, drawing.pieces, drawing.remarks));
    }
    floor::typed(book, fair, source.hall, &text).map_err(|fault| {
        Refusal::new(
            "floor-unreadable",
            fault.words(),
            say!("Ghi như A01..A12 3x3; mỗi dãy một dòng.", "Write it as A01..A12 3x3, one run a line."),
        )
    })
}

fn unreadable(why: Words) -> Refusal {
    Refusal::new("floor-unreadable", why, Words::new("Không có gì được ghi lại.", "Nothing was stored."))
}

/// The name of a file as the journal keeps it.
#[must_use]
pub fn source_name(name: &str) -> Text {
    Text::new(name.rsplit(['/', '\\']).next().unwrap_or(name))
}
