//! What lies under the pen: a booth or a thing on the floor, moved, sized and turned by the same keys.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::Polygon;
use crate::domain::record::Kind;
use crate::domain::{Booth, Fixture};

/// A booth or a thing as it is or would be.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A booth.
    Booth(Box<Booth>),
    /// A thing that is no booth.
    Thing(Box<Fixture>),
}

/// How it lies.
struct Lie<'a> {
    x: &'a mut Option<i64>,
    y: &'a mut Option<i64>,
    width: &'a mut Option<i64>,
    depth: &'a mut Option<i64>,
    turn: &'a mut Option<i64>,
    outline: &'a mut Text,
}

impl Piece {
    /// The booth or thing with this identity.
    pub fn find(book: &Book, id: Id) -> Option<Self> {
        let booth = book.get::<Booth>(id).map(|booth| Self::Booth(Box::new(booth.clone())));
        booth.or_else(|| book.get::<Fixture>(id).map(|thing| Self::Thing(Box::new(thing.clone()))))
    }

    /// Which of the two it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Booth(_) => Kind::Booth,
            Self::Thing(_) => Kind::Fixture,
        }
    }

    /// Its identity.
    pub const fn id(&self) -> Id {
        match self {
            Self::Booth(booth) => booth.id,
            Self::Thing(thing) => thing.id,
        }
    }

    /// Its hall.
    pub const fn hall(&self) -> Option<Id> {
        match self {
            Self::Booth(booth) => booth.hall,
            Self::Thing(thing) => thing.hall,
        }
    }

    /// What is written on it.
    pub fn name(&self, lang: Lang) -> String {
        match self {
            Self::Booth(booth) => booth.code.to_string(),
            Self::Thing(thing) if thing.label.is_empty() => thing.kind.words().in_lang(lang).to_owned(),
            Self::Thing(thing) => thing.label.to_string(),
        }
    }

    /// Where it lies within its hall.
    pub fn shape(&self) -> Option<Polygon> {
        match self {
            Self::Booth(booth) => booth.shape(),
            Self::Thing(thing) => thing.shape(),
        }
    }

    /// True when nothing else can stand where it lies.
    pub fn stands_in_way(&self) -> bool {
        match self {
            Self::Booth(_) => true,
            Self::Thing(thing) => thing.kind.blocks_way(),
        }
    }

    /// Left and upper edge.
    pub fn place(&self) -> (i64, i64) {
        let (x, y) = match self {
            Self::Booth(booth) => (booth.x, booth.y),
            Self::Thing(thing) => (thing.x, thing.y),
        };
        (x.unwrap_or(0), y.unwrap_or(0))
    }

    /// Width and depth.
    pub fn sides(&self) -> (i64, i64) {
        let (width, depth) = match self {
            Self::Booth(booth) => (booth.width, booth.depth),
            Self::Thing(thing) => (thing.width, thing.depth),
        };
        (width.unwrap_or(0), depth.unwrap_or(0))
    }

    /// Degrees, clockwise.
    pub fn turn(&self) -> i64 {
        match self {
            Self::Booth(booth) => booth.turn,
            Self::Thing(thing) => thing.turn,
        }
        .unwrap_or(0)
    }

    fn lie(&mut self) -> Lie<'_> {
        match self {
            Self::Booth(booth) => {
                let Booth { x, y, width, depth, turn, outline, .. } = &mut **booth;
                Lie { x, y, width, depth, turn, outline }
            }
            Self::Thing(thing) => {
                let Fixture { x, y, width, depth, turn, outline, .. } = &mut **thing;
                Lie { x, y, width, depth, turn, outline }
            }
        }
    }

    /// Lays it somewhere else.
    pub fn put(&mut self, (x, y): (i64, i64)) {
        let lie = self.lie();
        (*lie.x, *lie.y) = (Some(x), Some(y));
    }

    /// Makes it a rectangle of this size.
    pub fn resize(&mut self, (width, depth): (i64, i64)) {
        let lie = self.lie();
        (*lie.width, *lie.depth) = (Some(width), Some(depth));
        *lie.outline = Text::default();
    }

    /// Turns it about its middle.
    pub fn turn_by(&mut self, degrees: i64) {
        let turn = (self.turn() + degrees).rem_euclid(360);
        *self.lie().turn = Some(turn).filter(|turn| *turn != 0);
    }
}

/// The size that a thing is drawn with first, in centimetres.
pub const fn usual_sides(kind: FixtureKind) -> (i64, i64) {
    match kind {
        FixtureKind::Stage => (800, 500),
        FixtureKind::Pillar | FixtureKind::Power | FixtureKind::Water => (60, 60),
        FixtureKind::Wall => (300, 20),
        FixtureKind::Entrance => (400, 100),
        FixtureKind::Exit => (200, 100),
        FixtureKind::Aisle => (1_000, 300),
        FixtureKind::Food | FixtureKind::Seating => (600, 600),
        FixtureKind::Zone => (1_200, 900),
        FixtureKind::Office | FixtureKind::Store | FixtureKind::Toilet | FixtureKind::Other => (300, 300),
    }
}
