//! The plan of a fair as files: for print, for the eye in plain text, for a list, and to come back.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::field::Chosen;
use crate::domain::geometry::metres;
use crate::domain::record::Kind;
use crate::domain::view::floor::short_holder;
use crate::domain::{Booth, Fair, Hall};
use crate::exchange::outgoing::{Going, bytes, table};
use crate::exchange::plan_json::write_json;
use crate::exchange::poster::poster;
use crate::exchange::print::paper::Size;
use crate::exchange::print::pdf::write_pdf;
use crate::exchange::print::svg::write_svg;

/// How much floor a letter of the text map covers, in centimetres: to the right and down.
const LETTER_CM: (i64, i64) = (50, 100);

/// Most letters across a text map.
const ACROSS_MAX: i64 = 400;

/// The files that a plan comes to, by the ending of the name: one, or for SVG one a hall.
///
/// # Errors
/// When the ending says no format, or the fair has no plan.
pub fn plan_file(
    book: &Book,
    fair: Id,
    today: Date,
    lang: Lang,
    name: &str,
    size: Size,
) -> Result<Vec<(String, Vec<u8>)>, Words> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let one = |bytes: Vec<u8>| Ok(vec![(name.to_owned(), bytes)]);
    match ending.as_str() {
        "json" => one(write_json(book, fair).into_bytes()),
        "txt" => one(text_map(book, fair, today).into_bytes()),
        "csv" | "xlsx" => {
            let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).collect();
            booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
            let ids: Vec<Id> = booths.iter().map(|booth| booth.id).collect();
            let keys = [
                "hall",
                "code",
                "zone",
                "kind",
                "status",
                "holder",
                "x",
                "y",
                "width",
                "depth",
                "turn",
                "outline",
                "area_m2",
                "open_sides",
                "price_class",
                "rent",
                "power",
                "water",
                "note",
            ];
            let going = Going { lang, ..Going::default() };
            one(bytes(&table(book, Kind::Booth, &ids, &keys, today, going), name, lang)?)
        }
        "pdf" | "svg" => {
            let pages = poster(book, fair, today, lang, size);
            let title = book.get::<Fair>(fair).map(|fair| fair.name.to_string()).unwrap_or_default();
            if pages.is_empty() {
                return Err(Words::new("Hội chợ chưa có gian nào có vị trí.", "No booth of the fair has a place yet."));
            }
            if ending == "pdf" {
                return one(write_pdf(&pages, &title, lang)?);
            }
            let stem = name.get(..name.len().saturating_sub(4)).unwrap_or(name);
            let named = |place: usize| {
                if pages.len() == 1 { name.to_owned() } else { format!("{stem}-{}.svg", place + 1) }
            };
            Ok(pages.iter().enumerate().map(|(at, page)| (named(at), write_svg(page, &title).into_bytes())).collect())
        }
        _ => Err(Words::new("Đuôi tệp không nói dạng nào.", "The ending of the name says no format.")),
    }
}

/// Every hall drawn in letters, and below it the booths as they can be typed in again, each with who stands there. What is
/// drawn is a comment, so that the file comes back as the plan that it was.
#[must_use]
pub fn text_map(book: &Book, fair: Id, today: Date) -> String {
    let mut halls: Vec<Option<&Hall>> = book.pointing::<Hall>(fair).map(Some).collect();
    let code = |hall: &Option<&Hall>| hall.map(|hall| hall.code.to_string()).unwrap_or_default();
    halls.sort_by(|one, other| natural_compare(&code(one), &code(other)));
    halls.push(None);
    let mut text = String::new();
    for hall in halls {
        let id = hall.map(|hall| hall.id);
        let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).filter(|booth| booth.hall == id).collect();
        if booths.is_empty() {
            continue;
        }
        booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
        if let Some(hall) = hall {
            text.push_str(&format!("# == {} {}\n", hall.code, hall.name));
        }
        for row in drawn(&booths) {
            text.push_str(format!("# {row}").trim_end());
            text.push('\n');
        }
        for booth in booths {
            let who = short_holder(book, booth, today);
            let run = typed(booth, hall);
            let line = if who.is_empty() { run } else { format!("{run:<40} # {who}") };
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// A booth as one types it; behind a comment sign what cannot be typed: no place, or a code with signs that mean something.
fn typed(booth: &Booth, hall: Option<&Hall>) -> String {
    let quoted = |text: &str| if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() };
    let means = |text: &str| text.contains(['#', ';', '"', '=']) || text.contains("..");
    let side = |cm: Option<i64>| metres(cm.unwrap_or(0));
    let mut run = format!("{} {}x{}", quoted(booth.code.as_str()), side(booth.width), side(booth.depth));
    let (Some(x), Some(y)) = (booth.x, booth.y) else { return format!("# {run}") };
    run.push_str(&format!(" x={} y={}", metres(x), metres(y)));
    if let Some(hall) = hall {
        run.push_str(&format!(" hall={}", quoted(hall.code.as_str())));
    }
    if let Some(turn) = booth.turn {
        run.push_str(&format!(" turn={turn}"));
    }
    if !booth.outline.is_empty() {
        run.push_str(&format!(" outline={}", booth.outline.as_str().replace(' ', "/")));
    }
    if booth.kind != BoothKind::Inline {
        run.push_str(&format!(" {}", booth.kind.key()));
    }
    let cannot = means(booth.code.as_str()) || hall.is_some_and(|hall| means(hall.code.as_str()));
    if cannot { format!("# {run}") } else { run }
}

/// The booths as boxes of letters, each with its code.
fn drawn(booths: &[&Booth]) -> Vec<String> {
    let mut grid: Vec<Vec<char>> = Vec::new();
    let mut put = |column: i64, row: i64, letter: char| {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { return };
        if column > usize::try_from(ACROSS_MAX).unwrap_or(0) || row > 2_000 {
            return;
        }
        if grid.len() <= row {
            grid.resize(row + 1, Vec::new());
        }
        if grid[row].len() <= column {
            grid[row].resize(column + 1, ' ');
        }
        grid[row][column] = letter;
    };
    for booth in booths {
        let Some(shape) = booth.shape() else { continue };
        let bounds = shape.bounds();
        let (left, right) = (bounds.left / LETTER_CM.0, bounds.right / LETTER_CM.0);
        let (top, bottom) = (bounds.top / LETTER_CM.1, bounds.bottom / LETTER_CM.1);
        for column in left..=right {
            for row in [top, bottom] {
                put(column, row, if column == left || column == right { '+' } else { '-' });
            }
        }
        for row in top + 1..bottom {
            put(left, row, '|');
            put(right, row, '|');
        }
        let room = usize::try_from(right - left - 1).unwrap_or(0);
        let code: Vec<char> = booth.code.as_str().chars().take(room).collect();
        let spare = room.saturating_sub(code.len()) / 2;
        for (at, letter) in code.into_iter().enumerate() {
            let column = left + 1 + i64::try_from(at + spare).unwrap_or(0);
            put(column, i64::midpoint(top, bottom), letter);
        }
    }
    grid.into_iter().map(String::from_iter).collect()
}
