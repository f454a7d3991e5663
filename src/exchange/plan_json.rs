//! A plan as JSON, out and in again.
//!
//! ```json
//! {"hoicho-plan": 1,
//!  "booths":   [{"code": "A1", "hall": "N1", "x": 0, "y": 0, "width": 3, "depth": 3, "zone": "OCOP"},
//!               {"code": "A2", "outline": [[3, 0], [6, 0], [6, 3], [4.5, 3], [3, 1.5]]}],
//!  "fixtures": [{"kind": "stage", "label": "Sân khấu", "x": 12, "y": 0, "width": 6, "depth": 4}]}
//! ```
//!
//! Lengths are metres. A shape is `x`, `y`, `width`, `depth` and perhaps `turn` in degrees, or `outline` with its corners in
//! the hall; with both, the outline counts from the corner at `x`, `y`. The other keys are the fields of booths.

use serde_json::{Map, Value as Json, json};

use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Shape, Value};
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Point, Polygon, metres};
use crate::domain::reading::Reader;
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::{Booth, Fixture, Hall};
use crate::exchange::plan_draft::{Laid, Piece};
use crate::exchange::plan_svg::Drawing;
use crate::exchange::sheet::Remark;
use crate::say;

/// The fields of a booth that are carried beside its shape.
const CARRIED: [&str; 12] = [
    "zone",
    "kind",
    "stated_area",
    "open_sides",
    "price_class",
    "height",
    "price",
    "power",
    "water",
    "internet",
    "features",
    "note",
];

/// Most things of one plan.
const PIECES_MAX: usize = 20_000;

/// The plan of a fair; equal plans give equal text.
#[must_use]
pub fn write_json(book: &Book, fair: Id) -> String {
    let hall_code = |hall: Option<Id>| book.follow::<Hall>(hall).map(|hall| hall.code.to_string());
    let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).filter(|booth| booth.shape().is_some()).collect();
    booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    let place = |noun: &dyn AnyNoun, hall: Option<Id>| {
        let mut object = Map::new();
        if let Some(hall) = hall_code(hall) {
            object.insert("hall".to_owned(), json!(hall));
        }
        for key in ["x", "y", "width", "depth"] {
            object.insert(key.to_owned(), length(noun.value(key).as_number().unwrap_or(0)));
        }
        if let Some(turn) = noun.value("turn").as_number() {
            object.insert("turn".to_owned(), json!(turn));
        }
        if let Ok(outline) = Polygon::read(noun.value("outline").as_text()) {
            let corners: Vec<Json> =
                outline.corners().iter().map(|corner| json!([length(corner.x), length(corner.y)])).collect();
            object.insert("outline".to_owned(), Json::Array(corners));
        }
        object
    };
    let booths: Vec<Json> = booths
        .iter()
        .map(|booth| {
            let mut object = place(*booth, booth.hall);
            object.insert("code".to_owned(), json!(booth.code.as_str()));
            for key in CARRIED {
                if let Some(value) = out(booth, key) {
                    object.insert(key.to_owned(), value);
                }
            }
            Json::Object(object)
        })
        .collect();
    let fixtures: Vec<Json> = book
        .pointing::<Fixture>(fair)
        .filter(|fixture| fixture.shape().is_some())
        .map(|fixture| {
            let mut object = place(fixture, fixture.hall);
            object.insert("kind".to_owned(), json!(fixture.kind.key()));
            if !fixture.label.is_empty() {
                object.insert("label".to_owned(), json!(fixture.label.as_str()));
            }
            Json::Object(object)
        })
        .collect();
    let plan = json!({"hoicho-plan": 1, "booths": booths, "fixtures": fixtures});
    serde_json::to_string_pretty(&plan).map(|text| text + "\n").unwrap_or_default()
}

/// A length in metres: exact, since two decimals are what a centimetre needs.
fn length(cm: i64) -> Json {
    serde_json::from_str(&metres(cm)).unwrap_or(Json::Null)
}

fn out(booth: &Booth, key: &str) -> Option<Json> {
    let shape = Kind::Booth.field(key)?.shape;
    let noun: &dyn AnyNoun = booth;
    match (noun.value(key), shape) {
        (Value::Text(text), Shape::Choice(_)) if text.as_str() == "inline" => None,
        (Value::Text(text), _) => Some(json!(text.as_str())),
        (Value::Flag(true), _) => Some(json!(true)),
        (Value::Number(number), Shape::Length) => Some(length(number)),
        (Value::Number(number), Shape::Area) => Some(json!(square_metres(number))),
        (Value::Number(number), _) => Some(json!(number)),
        (Value::Money(amount), _) => Some(json!(amount.minor)),
        _ => None,
    }
}

/// Square centimetres as square metres, as exact text.
fn square_metres(cm2: i64) -> String {
    let text = format!("{},{:04}", cm2 / 10_000, cm2 % 10_000);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// Reads a plan; `hall` is the code of the hall that is meant where a piece names none.
///
/// # Errors
/// When it is no JSON or no plan.
pub fn read_json(text: &str, reader: Reader<'_>) -> Result<Drawing, Words> {
    let plan: Json = serde_json::from_str(text)
        .map_err(|fault| say!("Không phải JSON đọc được: {fault}.", "This is no readable JSON: {fault}."))?;
    let list = |key: &str| plan.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
    let (booths, fixtures) = (list("booths"), list("fixtures"));
    if booths.is_empty() && fixtures.is_empty() {
        return Err(Words::new(
            "Tệp JSON không có danh sách “booths” hay “fixtures”.",
            "The JSON has no list “booths” or “fixtures”.",
        ));
    }
    let mut drawing = Drawing::default();
    let both = booths.iter().map(|one| (one, false)).chain(fixtures.iter().map(|one| (one, true)));
    for (place, (piece, is_fixture)) in both.take(PIECES_MAX).enumerate() {
        let number = place + 1;
        let list = if is_fixture { "fixtures" } else { "booths" };
        match read_piece(piece, is_fixture, reader) {
            Ok(piece) => drawing.pieces.push(piece),
            Err(why) => drawing.remarks.push(Remark::on_file(say!(
                "Mục {number} ({list}) bị bỏ qua: {}", "Entry {number} ({list}) is left out: {}"; why
            ))),
        }
    }
    Ok(drawing)
}

fn read_piece(piece: &Json, is_fixture: bool, reader: Reader<'_>) -> Result<Piece, Words> {
    let text = |key: &str| piece.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let name = if is_fixture { text("label") } else { text("code") };
    if name.trim().is_empty() && !is_fixture {
        return Err(Words::new("thiếu mã gian.", "its code is missing."));
    }
    let laid = read_laid(piece)
        .ok_or_else(|| Words::new("không đọc được vị trí và kích thước.", "its place and size are not understood."))?;
    let mut fields = Vec::new();
    let mut keys: Vec<&str> = if is_fixture { vec!["note"] } else { CARRIED.to_vec() };
    keys.push("hall");
    let kind = if is_fixture { Kind::Fixture } else { Kind::Booth };
    for key in keys {
        let Some(field) = kind.field(key) else { continue };
        let written = match piece.get(key) {
            Some(Json::String(text)) => text.clone(),
            Some(Json::Number(number)) => number.to_string().replace('.', ","),
            Some(Json::Bool(true)) => "x".to_owned(),
            _ => continue,
        };
        let value = reader.read(field, &written).map_err(|refusal| refusal.what)?;
        fields.push((key.to_owned(), value));
    }
    let fixture = is_fixture.then(|| FixtureKind::from_key(&text("kind")).unwrap_or_default());
    Ok(Piece { laid, name, fixture, fields })
}

fn read_laid(piece: &Json) -> Option<Laid> {
    let at = |key: &str| piece.get(key).map(cm);
    let place = match (at("x"), at("y")) {
        (Some(x), Some(y)) => Some((x?, y?)),
        _ => None,
    };
    let turn = piece.get("turn").and_then(Json::as_i64).unwrap_or(0).rem_euclid(360);
    if let Some(corners) = piece.get("outline").and_then(Json::as_array) {
        let corners: Vec<Point> = corners
            .iter()
            .take(500)
            .map(|pair| Some(Point::new(cm(pair.get(0)?)?, cm(pair.get(1)?)?)))
            .collect::<Option<_>>()?;
        let shape = Polygon::new(&corners).ok()?;
        let shape = place.map_or(shape.clone(), |(x, y)| shape.moved(x, y));
        return Some(Laid { turn, ..Laid::polygon(&shape) }).filter(|laid| laid.x >= 0 && laid.y >= 0);
    }
    let (x, y) = place?;
    let (width, depth) = (at("width")??, at("depth")??);
    (x >= 0 && y >= 0 && width > 0 && depth > 0).then_some(Laid { x, y, width, depth, turn, outline: None })
}

/// Metres as a number of JSON, to the nearest centimetre, without passing through a float.
fn cm(value: &Json) -> Option<i64> {
    let text = value.as_number()?.to_string();
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() > 5 || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: i64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()? * 100 + (thousandths + 5) / 10))
}
