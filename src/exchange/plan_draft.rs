//! What every reader of a drawn plan makes of it, and how that becomes drafts of halls, booths and fixtures.

use std::collections::BTreeMap;

use crate::base::booth_code::normal_code;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::Fixture;
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Value};
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Polygon, metres, overlap_beyond};
use crate::domain::intent::{Draft, Fields};
use crate::domain::record::Kind;
use crate::exchange::incoming::Incoming;
use crate::exchange::sheet::Remark;
use crate::say;

/// Turned corners are rounded; what reaches in no farther touches.
const SLACK_CM: i64 = 2;

/// Most overlaps that are told one by one.
const TOLD_MAX: usize = 40;

/// A shape at its place, as records keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Left edge before it is turned.
    pub x: i64,
    /// Upper edge before it is turned.
    pub y: i64,
    /// Width before it is turned.
    pub width: i64,
    /// Depth before it is turned.
    pub depth: i64,
    /// Degrees, clockwise.
    pub turn: i64,
    /// The corners from its own left upper corner; none for a rectangle.
    pub outline: Option<Polygon>,
}

impl Laid {
    /// Where it lies.
    #[must_use]
    pub fn shape(&self) -> Polygon {
        let own = self.outline.clone().unwrap_or_else(|| Polygon::rectangle(0, 0, self.width, self.depth));
        own.moved(self.x, self.y).turned(self.turn)
    }

    /// A polygon as it lies.
    #[must_use]
    pub fn polygon(shape: &Polygon) -> Self {
        let bounds = shape.bounds();
        let outline = (!shape.is_rectangle()).then(|| shape.moved(-bounds.left, -bounds.top));
        Self { x: bounds.left, y: bounds.top, width: bounds.width(), depth: bounds.depth(), turn: 0, outline }
    }

    /// The fields that say so.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let number = |key: &str, value: i64| (key.to_owned(), Value::Number(value));
        let mut fields = vec![
            number("x", self.x),
            number("y", self.y),
            number("width", self.width),
            number("depth", self.depth),
            (
                "outline".to_owned(),
                self.outline.as_ref().map_or(Value::Empty, |shape| Value::Text(Text::new(&shape.write()))),
            ),
        ];
        fields.push(("turn".to_owned(), if self.turn == 0 { Value::Empty } else { Value::Number(self.turn) }));
        fields
    }
}

/// One thing of a drawn plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it lies.
    pub laid: Laid,
    /// The code of a booth, or what is written on a thing.
    pub name: String,
    /// What it is, when it is no booth.
    pub fixture: Option<FixtureKind>,
    /// Anything more that the file says.
    pub fields: Fields,
}

/// The drafts of a plan: a code twice and what cannot be a record is left out with its place and reason; overlaps and
/// what lies beyond the walls are taken, with a warning.
#[must_use]
pub fn incoming(book: &Book, fair: Id, hall: Option<Id>, pieces: Vec<Piece>, warnings: Vec<Remark>) -> Incoming {
    let mut coming = Incoming::of(Kind::Booth, warnings);
    let mut fixtures: Vec<Draft> = Vec::new();
    let mut known: Vec<&Fixture> = book.pointing(fair).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut shapes: Vec<(String, Polygon)> = Vec::new();
    for (place, piece) in pieces.into_iter().enumerate() {
        let line = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let (x, y) = (metres(piece.laid.x), metres(piece.laid.y));
        let name = Text::new(&piece.name);
        let mut fields: Fields = vec![("fair".to_owned(), Value::Link(fair))];
        fields.extend(hall.map(|hall| ("hall".to_owned(), Value::Link(hall))));
        fields.extend(piece.laid.fields());
        fields.extend(piece.fields);
        if let Some(kind) = piece.fixture {
            // A thing has no code: what is of its kind at its place is the same one.
            let at = (Some(piece.laid.x), Some(piece.laid.y));
            let same = |thing: &&Fixture| thing.kind == kind && thing.hall == hall && (thing.x, thing.y) == at;
            let id = known.iter().position(same).map(|place| known.swap_remove(place).id);
            fields.push(("kind".to_owned(), Value::Text(Text::new(kind.key()))));
            if !name.is_empty() {
                fields.push(("label".to_owned(), Value::Text(name)));
            }
            fixtures.push(Draft { id, fields, line });
            continue;
        }
        if let Some(first) = seen.insert(normal_code(name.as_str()), place) {
            let first = first + 1;
            coming.warnings.push(Remark::on_file(say!(
                "Mã {name} có hai lần (hình {first} và {line}); hình ở {x} × {y} m bị bỏ qua.",
                "The code {name} is there twice (shapes {first} and {line}); the one at {x} × {y} m is left out."
            )));
            continue;
        }
        shapes.push((name.to_string(), piece.laid.shape()));
        let there = book.named(Kind::Booth, "code", Some(fair), name.as_str()).first().copied();
        fields.push(("code".to_owned(), Value::Text(name)));
        coming.drafts.push(Draft { id: there, fields, line });
    }
    warn_of_overlaps(&shapes, &mut coming.warnings);
    if !fixtures.is_empty() {
        coming.along.push((Kind::Fixture, fixtures));
    }
    coming
}

fn warn_of_overlaps(shapes: &[(String, Polygon)], warnings: &mut Vec<Remark>) {
    let mut order: Vec<(i64, i64, &str, &Polygon)> =
        shapes.iter().map(|(name, shape)| (shape.bounds().left, shape.bounds().right, name.as_str(), shape)).collect();
    order.sort_by_key(|(left, ..)| *left);
    let mut told = 0;
    for (place, (_, right, one, shape)) in order.iter().enumerate() {
        for (left, _, other, its) in order.iter().skip(place + 1) {
            if left > right {
                break;
            }
            if told < TOLD_MAX && overlap_beyond(shape, its, SLACK_CM) {
                told += 1;
                let at = its.label_point();
                let (x, y) = (metres(at.x), metres(at.y));
                warnings.push(Remark::on_file(say!(
                    "Gian {one} và {other} chồng lên nhau ở {x} × {y} m.",
                    "Booths {one} and {other} overlap at {x} × {y} m."
                )));
            }
        }
    }
}
