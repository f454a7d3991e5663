//! A plan as JSON, out and in again.
//!
//! ```json
//! {"hoicho-plan": 1,
//!  "booths":   [{"code": "A1", "hall": "N1", "x": 0, "y": 0, "width": 3, "depth": 3, "zone": "OCOP"},
//!               {"code": "A2", "outline": [[3, 0], [6, 0], [6, 3], [4.5, 3], [3, 1.5]]}],
//!  "fixtures": [{"kind": "stage", "label": "Sân khấu", "x": 12, "y": 0, "width": 6, "depth": 4}]}
//! ```
//!
//! Lengths are metres, or in the `unit` that the file names. A shape is `x`, `y`, `width`, `depth` and perhaps `turn` in degrees,
//! or `outline` with its corners in the hall; with both, the outline counts from the corner at `x`, `y`. The other keys are the
//! fields of booths. What other programs write is taken where it means the same: `name` or `id` for the code, `polygon` or
//! `points` for the outline, the features of GeoJSON.

use serde_json::{Map, Value as Json, json};

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::text::fold;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Shape, Value};
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{FARTHEST_CM, Point, Polygon, metres};
use crate::domain::reading::Reader;
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::{Booth, Fixture, Hall};
use crate::exchange::length_unit::{LengthUnit, METRES, unit_called};
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

/// The keys under which programs write the same thing.
const CODES: [&str; 5] = ["code", "name", "number", "booth", "id"];
const OUTLINES: [&str; 6] = ["outline", "polygon", "points", "vertices", "corners", "coordinates"];
/// Most corners of one outline.
const CORNERS_MAX: usize = 500;

/// Reads a plan.
///
/// # Errors
/// When it is no JSON or no plan.
pub fn read_json(text: &str, reader: Reader<'_>) -> Result<Drawing, Words> {
    let plan: Json = serde_json::from_str(text)
        .map_err(|fault| say!("Không phải JSON đọc được: {fault}.", "This is no readable JSON: {fault}."))?;
    let list = |key: &str| plan.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
    let (mut booths, fixtures) = (list("booths"), list("fixtures"));
    booths.extend(plan.as_array().cloned().unwrap_or_default());
    booths.extend(list("features").iter().map(flat));
    if booths.is_empty() && fixtures.is_empty() {
        return Err(Words::new(
            "Tệp JSON không có danh sách “booths” hay “fixtures”.",
            "The JSON has no list “booths” or “fixtures”.",
        ));
    }
    let unit = match ["unit", "units"].iter().find_map(|key| plan.get(*key)).and_then(Json::as_str) {
        None => METRES,
        Some(name) => unit_called(&fold(name)).ok_or_else(|| {
            say!(
                "Không biết đơn vị đo “{name}”: ghi m, cm, mm, ft hoặc inch.",
                "The unit “{name}” is not known: write m, cm, mm, ft or inch."
            )
        })?,
    };
    let mut drawing = Drawing::default();
    let total = booths.len() + fixtures.len();
    let both: Vec<(&Json, bool)> =
        booths.iter().map(|one| (one, false)).chain(fixtures.iter().map(|one| (one, true))).take(PIECES_MAX).collect();
    if total > PIECES_MAX {
        drawing.remarks.push(Remark::on_file(say!(
            "Tệp có {total} mục, chỉ {PIECES_MAX} mục đầu được đọc.",
            "The file has {total} entries; only the first {PIECES_MAX} are read."
        )));
    }
    let (left, top) = corner(both.iter().map(|(piece, _)| *piece), unit);
    if (left, top) != (0, 0) {
        let (x, y) = (metres(-left), metres(-top));
        drawing.remarks.push(Remark::on_file(say!(
            "Mặt bằng có tọa độ âm: tất cả được dời {x} m sang phải, {y} m xuống dưới.",
            "The plan has negative places: all of it is moved {x} m to the right and {y} m down."
        )));
    }
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for (place, (piece, is_fixture)) in both.into_iter().enumerate() {
        let (number, list) = if is_fixture { (place + 1 - booths.len(), "fixtures") } else { (place + 1, "booths") };
        if let Some(kind) = unknown_kind(piece, is_fixture) {
            *unknown.entry(kind).or_default() += 1;
        }
        match read_piece(piece, is_fixture, unit, (left, top), reader) {
            Ok(piece) => drawing.pieces.push(piece),
            Err(why) => drawing.remarks.push(Remark::on_file(say!(
                "Mục {number} ({list}) bị bỏ qua: {}", "Entry {number} ({list}) is left out: {}"; why
            ))),
        }
    }
    for (kind, count) in unknown {
        drawing.remarks.push(Remark::on_file(say!(
            "Loại “{kind}” không biết, {count} vật được ghi là vật khác.",
            "The kind “{kind}” is not known; {count} things are taken as other."
        )));
    }
    Ok(drawing)
}

/// A feature of GeoJSON as one object: its properties with its outline.
fn flat(feature: &Json) -> Json {
    let mut object = feature.get("properties").and_then(Json::as_object).cloned().unwrap_or_default();
    if let Some(corners) = feature.get("geometry").and_then(|geometry| geometry.get("coordinates")) {
        object.insert("outline".to_owned(), corners.clone());
    }
    if let Some(id) = feature.get("id") {
        object.entry("id").or_insert_with(|| id.clone());
    }
    Json::Object(object)
}

/// The kind of a thing that no kind of ours has for its key.
fn unknown_kind(piece: &Json, is_fixture: bool) -> Option<String> {
    let kind = piece.get("kind").and_then(Json::as_str).filter(|kind| is_fixture && !kind.is_empty())?;
    FixtureKind::from_key(kind).is_none().then(|| kind.chars().take(40).collect())
}

fn written(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn read_piece(
    piece: &Json,
    is_fixture: bool,
    unit: LengthUnit,
    from: (i64, i64),
    reader: Reader<'_>,
) -> Result<Piece, Words> {
    let text = |key: &str| piece.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let name = if is_fixture {
        text("label")
    } else {
        let code = CODES.iter().find_map(|key| piece.get(*key).and_then(written));
        code.ok_or_else(|| Words::new("thiếu mã gian.", "its code is missing."))?
    };
    let laid = read_laid(piece, unit, from)
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

/// The corners of an outline, as pairs or as objects with x and y; of a ring within a list the first ring.
fn corners(piece: &Json, unit: LengthUnit) -> Option<Vec<Point>> {
    let mut list = OUTLINES.iter().find_map(|key| piece.get(*key).and_then(Json::as_array))?;
    while let Some(inner) =
        list.first().and_then(|first| first.get(0)).and_then(|one| one.get(0).and(list[0].as_array()))
    {
        list = inner;
    }
    let point = |pair: &Json| {
        let at = |place: usize, key: &str| pair.get(place).or_else(|| pair.get(key)).and_then(|value| cm(value, unit));
        Some(Point::new(at(0, "x")?, at(1, "y")?))
    };
    let mut corners: Vec<Point> = list.iter().take(CORNERS_MAX).map(point).collect::<Option<_>>()?;
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    Some(corners)
}

fn place_of(piece: &Json, unit: LengthUnit) -> Option<(i64, i64)> {
    let at = |key: &str| piece.get(key).and_then(|value| cm(value, unit));
    at("x").zip(at("y"))
}

/// How far the pieces reach to the left of the hall and above it; nothing where they do not.
fn corner<'a>(pieces: impl Iterator<Item = &'a Json>, unit: LengthUnit) -> (i64, i64) {
    let least = |piece: &Json| {
        let (x, y) = place_of(piece, unit).unwrap_or((0, 0));
        let outline = corners(piece, unit).unwrap_or_default();
        let left = outline.iter().map(|corner| corner.x).min().unwrap_or(0);
        let top = outline.iter().map(|corner| corner.y).min().unwrap_or(0);
        (x.saturating_add(left), y.saturating_add(top))
    };
    pieces.map(least).fold((0, 0), |(left, top), (x, y)| (left.min(x), top.min(y)))
}

fn read_laid(piece: &Json, unit: LengthUnit, (left, top): (i64, i64)) -> Option<Laid> {
    let at = |key: &str| piece.get(key).map(|value| cm(value, unit));
    let place = match (at("x"), at("y")) {
        (Some(x), Some(y)) => Some((x?, y?)),
        _ => None,
    };
    let turn = piece.get("turn").and_then(Json::as_i64).unwrap_or(0).rem_euclid(360);
    let laid = if OUTLINES.iter().any(|key| piece.get(*key).is_some_and(Json::is_array)) {
        let shape = Polygon::new(&corners(piece, unit)?).ok()?;
        let shape = place.map_or(shape.clone(), |(x, y)| shape.moved(x, y));
        Laid { turn, ..Laid::polygon(&shape.moved(-left, -top)) }
    } else {
        let (x, y) = place?;
        let (width, depth) = (at("width")??, at("depth")??);
        Laid { x: x - left, y: y - top, width, depth, turn, outline: None }
    };
    (laid.x >= 0 && laid.y >= 0 && laid.width > 0 && laid.depth > 0).then_some(laid)
}

/// A number of JSON as a length, to the nearest centimetre, without passing through a float.
fn cm(value: &Json, unit: LengthUnit) -> Option<i64> {
    let text = value.as_number()?.to_string();
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    // Programs write 3.0000000000000004.
    let end = text.find('.').map_or(text.len(), |point| text.len().min(point + 5));
    let length = unit.centimetres(text.get(..end)?).filter(|cm| *cm < FARTHEST_CM)?;
    Some(sign * length)
}
