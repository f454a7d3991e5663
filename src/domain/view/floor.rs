//! The floor of a fair as a map needs it: halls side by side, every booth somewhere, and the booth that lies next in a
//! direction.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Bounds, Point, Polygon, shared_wall_cm};
use crate::domain::view::derived::{BoothState, booth_status, holders};
use crate::domain::{Booth, Business, Fixture, Hall, Registration};

/// Between two halls, and between the booths that have no place.
const GAP_CM: i64 = 300;
/// A booth without sizes is drawn as the usual one.
const USUAL_CM: i64 = 300;
/// A hall without sizes is at least this wide.
const HALL_CM: i64 = 3_000;
/// Nothing of a fair lies farther out; damaged numbers must not make the arithmetic overflow.
const FARTHEST_CM: i64 = crate::domain::geometry::FARTHEST_CM;
/// Corners of turned booths are rounded: what lies no farther apart touches.
const SLACK_CM: i64 = 2;

/// The floor of one fair; all lengths are centimetres from the upper left corner of the whole plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its halls from left to right; booths without a hall stand in one of their own without an identity.
    pub halls: Vec<HallPlan>,
    /// Width of everything.
    pub width_cm: i64,
    /// Depth of everything.
    pub depth_cm: i64,
}

/// One hall of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HallPlan {
    /// The hall; none for booths without one.
    pub id: Option<Id>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Left edge within the plan.
    pub x: i64,
    /// Width, enough for every booth.
    pub width_cm: i64,
    /// Depth, enough for every booth.
    pub depth_cm: i64,
    /// Its booths, by code.
    pub booths: Vec<Spot>,
    /// What lies on its floor and is no booth, the ways first: what stands in the way is drawn over them.
    pub things: Vec<Thing>,
}

/// A thing of a plan that is no booth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// The fixture.
    pub id: Id,
    /// What it is.
    pub kind: FixtureKind,
    /// What is written on it; empty for what its kind says.
    pub label: String,
    /// Its outline, as it lies within the plan.
    pub shape: Polygon,
}

/// One booth of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The booth.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its outline, as it lies within the plan.
    pub shape: Polygon,
    /// False when the book has no place for it and it was laid below the others.
    pub is_placed: bool,
    /// What is to be seen of it.
    pub status: BoothState,
    /// Who has it, by short name; empty when nobody has.
    pub holder: String,
    /// Its zone.
    pub zone: String,
    /// How it lies among its neighbours.
    pub kind: BoothKind,
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards smaller x.
    Left,
    /// Towards larger x.
    Right,
    /// Towards smaller y.
    Up,
    /// Towards larger y.
    Down,
}

impl Direction {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Up, Self::Down];
}

impl Spot {
    /// True when nobody has it and somebody may.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.status == BoothState::Free
    }

    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.shape.bounds()
    }

    /// True when the booths share a piece of a side.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        shared_wall_cm(&self.shape, &other.shape, SLACK_CM) > 0
    }
}

impl Plan {
    /// Every booth, hall by hall.
    pub fn spots(&self) -> impl Iterator<Item = &Spot> {
        self.halls.iter().flat_map(|hall| &hall.booths)
    }

    /// One booth of the plan.
    #[must_use]
    pub fn spot(&self, booth: Id) -> Option<&Spot> {
        self.spots().find(|spot| spot.id == booth)
    }

    /// The booth at a point of the plan, the last one drawn where several overlap.
    #[must_use]
    pub fn at(&self, x: i64, y: i64) -> Option<&Spot> {
        self.spots().filter(|spot| spot.shape.contains(Point { x, y })).last()
    }

    /// Everything that is no booth, hall by hall.
    pub fn things(&self) -> impl Iterator<Item = &Thing> {
        self.halls.iter().flat_map(|hall| &hall.things)
    }

    /// One thing of the plan.
    #[must_use]
    pub fn thing(&self, fixture: Id) -> Option<&Thing> {
        self.things().find(|thing| thing.id == fixture)
    }

    /// The thing at a point of the plan, the one drawn last where several overlap.
    #[must_use]
    pub fn thing_at(&self, x: i64, y: i64) -> Option<&Thing> {
        self.things().filter(|thing| thing.shape.contains(Point { x, y })).last()
    }
}

/// The floor of a fair on a day.
#[must_use]
pub fn plan(book: &Book, fair: Id, today: Date) -> Plan {
    let mut halls: Vec<&Hall> = book.pointing::<Hall>(fair).collect();
    halls.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).collect();
    booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    let known = |hall: Option<Id>| hall.filter(|hall| halls.iter().any(|known| known.id == *hall));
    let mut fixtures: Vec<&Fixture> = book.pointing::<Fixture>(fair).collect();
    fixtures.sort_by_key(|fixture| (fixture.kind.blocks_way(), fixture.kind != FixtureKind::Zone, fixture.id));
    let mut plan = Plan::default();
    let mut x = 0;
    for hall in halls.iter().copied().map(Some).chain([None]) {
        let id = hall.map(|hall| hall.id);
        let own: Vec<&Booth> = booths.iter().copied().filter(|booth| known(booth.hall) == id).collect();
        let things: Vec<&Fixture> = fixtures.iter().copied().filter(|one| known(one.hall) == id).collect();
        if hall.is_none() && own.is_empty() && things.is_empty() {
            continue;
        }
        let laid = hall_plan(book, hall, (&own, &things), x, today);
        x = laid.x + laid.width_cm + GAP_CM;
        plan.width_cm = laid.x + laid.width_cm;
        plan.depth_cm = plan.depth_cm.max(laid.depth_cm);
        plan.halls.push(laid);
    }
    plan
}

fn hall_plan(book: &Book, hall: Option<&Hall>, lying: (&[&Booth], &[&Fixture]), left: i64, today: Date) -> HallPlan {
    let mut spots: Vec<Spot> = lying.0.iter().map(|booth| spot(book, booth, today)).collect();
    let mut things: Vec<Thing> = lying.1.iter().filter_map(|fixture| thing(fixture)).collect();
    let placed = || {
        let booths = spots.iter().filter(|spot| spot.is_placed).map(|spot| &spot.shape);
        booths.chain(things.iter().map(|thing| &thing.shape)).map(Polygon::bounds)
    };
    let right = placed().map(|bounds| bounds.right).max().unwrap_or(0);
    let bottom = placed().map(|bounds| bounds.bottom).max().unwrap_or(0);
    let drawn = hall.and_then(|hall| hall.width.zip(hall.depth)).filter(|(width, depth)| *width > 0 && *depth > 0);
    let (width, depth) = drawn.map_or((0, 0), |(width, depth)| (width.min(FARTHEST_CM), depth.min(FARTHEST_CM)));
    let row_width = width.max(right).max(if right == 0 && width == 0 { HALL_CM } else { 0 });
    // Loose booths stand below the walls, where nothing that has its place can lie.
    let from = depth.max(bottom);
    let loose = lay_loose(&mut spots, row_width, if from > 0 { from + GAP_CM } else { 0 });
    for shape in spots.iter_mut().map(|spot| &mut spot.shape).chain(things.iter_mut().map(|thing| &mut thing.shape)) {
        *shape = shape.moved(left, 0);
    }
    HallPlan {
        id: hall.map(|hall| hall.id),
        code: hall.map(|hall| hall.code.to_string()).unwrap_or_default(),
        name: hall.map(|hall| hall.name.to_string()).unwrap_or_default(),
        x: left,
        width_cm: width.max(right).max(loose.0),
        depth_cm: depth.max(bottom).max(loose.1),
        booths: spots,
        things,
    }
}

fn spot(book: &Book, booth: &Booth, today: Date) -> Spot {
    let placed = booth.shape().map(|shape| within(&shape));
    let loose = || booth.outline().unwrap_or_else(|| Polygon::rectangle(0, 0, USUAL_CM, USUAL_CM));
    Spot {
        id: booth.id,
        code: booth.code.to_string(),
        is_placed: placed.is_some(),
        shape: placed.unwrap_or_else(|| within(&loose().turned(booth.turn.unwrap_or(0)))),
        status: booth_status(book, booth, today),
        holder: short_holder(book, booth, today),
        zone: booth.zone.to_string(),
        kind: booth.kind,
    }
}

fn thing(fixture: &Fixture) -> Option<Thing> {
    let shape = within(&fixture.shape()?);
    Some(Thing { id: fixture.id, kind: fixture.kind, label: fixture.label.to_string(), shape })
}

/// The shape moved to where no corner lies left of the hall or above it, as a turn about the middle may bring it.
fn within(shape: &Polygon) -> Polygon {
    let bounds = shape.bounds();
    shape.moved((-bounds.left).max(0), (-bounds.top).max(0))
}

/// Lays the booths without a place in rows from `top` on; gives the right and lower edge of what it laid.
fn lay_loose(spots: &mut [Spot], row_width: i64, top: i64) -> (i64, i64) {
    let (mut x, mut y, mut row_depth, mut right) = (0, top, 0, 0);
    for spot in spots.iter_mut().filter(|spot| !spot.is_placed) {
        let bounds = spot.bounds();
        if x > 0 && x + bounds.width() > row_width {
            (x, y, row_depth) = (0, y + row_depth + GAP_CM, 0);
        }
        spot.shape = spot.shape.moved(x - bounds.left, y - bounds.top);
        right = right.max(x + bounds.width());
        row_depth = row_depth.max(bounds.depth());
        x += bounds.width() + GAP_CM / 3;
    }
    (right, if right > 0 { y + row_depth } else { 0 })
}

/// The sign name of the business that has a booth, where it has one.
#[must_use]
pub fn short_holder(book: &Book, booth: &Booth, today: Date) -> String {
    let short = crate::domain::view::derived::standing_on(book, booth.id, today).find_map(|placement| {
        let registration = book.follow::<Registration>(placement.registration)?;
        let business = book.follow::<Business>(registration.business)?;
        [&registration.sign_text, &business.short_name].into_iter().find(|name| !name.is_empty()).cloned()
    });
    short.map_or_else(|| holders(book, booth.id, today), |name| name.to_string())
}

/// The booth that lies next in a direction: of those within 45° of it the nearest, counting both ways along the aisles.
/// From every booth every other can be reached by such steps.
#[must_use]
pub fn neighbour(plan: &Plan, booth: Id, direction: Direction) -> Option<Id> {
    next(plan.spots().map(|spot| (spot.id, &spot.shape)), booth, direction)
}

/// The same among what is no booth.
#[must_use]
pub fn next_thing(plan: &Plan, fixture: Id, direction: Direction) -> Option<Id> {
    next(plan.things().map(|thing| (thing.id, &thing.shape)), fixture, direction)
}

fn next<'a>(all: impl Iterator<Item = (Id, &'a Polygon)>, from: Id, direction: Direction) -> Option<Id> {
    // Twice the middle, so that it is a whole number.
    let middles: Vec<(Id, (i64, i64))> = all.map(|(id, shape)| (id, shape.doubled_middle())).collect();
    let own_place = middles.iter().position(|(id, _)| *id == from)?;
    let (_, (x, y)) = middles.get(own_place).copied()?;
    let others = middles.iter().enumerate().filter(|(place, _)| *place != own_place);
    let ahead = others.filter_map(|(place, (id, (other_x, other_y)))| {
        let (dx, dy) = (other_x - x, other_y - y);
        let lies = towards(dx, dy).unwrap_or(if place > own_place { Direction::Right } else { Direction::Left });
        let apart = place.abs_diff(own_place);
        (lies == direction).then_some(((dx.abs() + dy.abs(), dx.abs().max(dy.abs()), apart), *id))
    });
    ahead.min_by_key(|(distance, _)| *distance).map(|(_, id)| id)
}

/// The direction in which a point lies; each diagonal belongs to one of the two directions beside it, in turn, so that
/// none belongs to both. None for the point itself.
const fn towards(dx: i64, dy: i64) -> Option<Direction> {
    let (falling, rising) = (dx + dy, dx - dy);
    if falling == 0 && rising == 0 {
        None
    } else if falling > 0 && rising >= 0 {
        Some(Direction::Right)
    } else if falling >= 0 && rising < 0 {
        Some(Direction::Down)
    } else if falling < 0 && rising <= 0 {
        Some(Direction::Left)
    } else {
        Some(Direction::Up)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spot(number: u8, (x, y): (i64, i64)) -> Spot {
        let mut bytes = [0; 16];
        bytes[15] = number;
        Spot {
            id: Id::from_bytes(bytes),
            code: number.to_string(),
            shape: Polygon::rectangle(x, y, 1, 1),
            is_placed: true,
            status: BoothState::Free,
            holder: String::new(),
            zone: String::new(),
            kind: BoothKind::Inline,
        }
    }

    fn plan_of(points: &[(i64, i64)]) -> Plan {
        let booths = points.iter().zip(0_u8..).map(|(point, number)| spot(number, *point)).collect();
        let hall = HallPlan {
            id: None,
            code: String::new(),
            name: String::new(),
            x: 0,
            width_cm: 9,
            depth_cm: 9,
            booths,
            things: Vec::new(),
        };
        Plan { halls: vec![hall], width_cm: 9, depth_cm: 9 }
    }

    fn reached(plan: &Plan, from: Id) -> usize {
        let (mut seen, mut open) = (vec![from], vec![from]);
        while let Some(booth) = open.pop() {
            for next in Direction::ALL.into_iter().filter_map(|direction| neighbour(plan, booth, direction)) {
                if !seen.contains(&next) {
                    seen.push(next);
                    open.push(next);
                }
            }
        }
        seen.len()
    }

    #[test]
    fn arrows_follow_rows_and_aisles() {
        let plan = plan_of(&[(0, 0), (3, 0), (6, 0), (0, 6), (3, 6), (6, 6)]);
        let go = |from: u8, direction| neighbour(&plan, spot(from, (0, 0)).id, direction).map(|id| id.as_bytes()[15]);
        assert_eq!(go(0, Direction::Right), Some(1));
        assert_eq!(go(1, Direction::Down), Some(4));
        assert_eq!(go(5, Direction::Left), Some(4));
        assert_eq!(go(5, Direction::Up), Some(2));
        assert_eq!(go(2, Direction::Right), None);
        assert_eq!(neighbour(&plan, Id::MAX, Direction::Up), None);
    }

    #[test]
    fn a_damaged_size_is_calm() {
        let mut spots = vec![spot(0, (FARTHEST_CM, FARTHEST_CM)), spot(1, (0, 0))];
        spots[1].is_placed = false;
        assert_eq!(lay_loose(&mut spots, 0, FARTHEST_CM).0, 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn every_booth_is_reached_from_every_other(points in prop::collection::vec((0..7_i64, 0..7_i64), 1..9)) {
            let plan = plan_of(&points);
            for spot in plan.spots() {
                prop_assert_eq!(reached(&plan, spot.id), points.len());
            }
        }

        #[test]
        fn a_scattered_floor_is_walked_through(points in prop::collection::vec((0..900_i64, 0..900_i64), 1..14)) {
            let plan = plan_of(&points);
            for spot in plan.spots() {
                prop_assert_eq!(reached(&plan, spot.id), points.len());
            }
        }
    }
}
