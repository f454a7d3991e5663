//! Ways that are too narrow. Not every gap is a way: between booths that stand back to back there is a joint, or a gap for
//! cables and goods, and nobody who visits a fair walks there.

use crate::domain::geometry::{Bounds, Point, Polygon, gap_cm};

/// A narrower gap is a joint between walls, no way that somebody meant.
pub(super) const JOINT_CM: i64 = 30;

/// From this width on a gap is taken for a way, whatever stands beside it with its back.
const SERVICE_CM: i64 = 100;

/// Gaps along one way that differ by no more are one finding.
const ALIKE_CM: i64 = 10;

/// The sides of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Up,
    Down,
}

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Up, Side::Down];

impl Side {
    const fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    const fn is_across(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}

/// What a side looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    Nothing,
    Wall,
    Thing(usize),
}

/// A side with how far it is to what it looks at.
#[derive(Clone, Copy, Debug)]
struct Facing {
    sight: Sight,
    gap: i64,
    is_open: bool,
}

/// Which sides of things lie open.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    shapes: Vec<&'a Polygon>,
    is_booth: Vec<bool>,
    boxes: Vec<Bounds>,
    facing: Vec<[Facing; 4]>,
}

/// A thing with the number of its sides that are open.
pub(super) struct Standing<'a> {
    /// Its outline.
    pub shape: &'a Polygon,
    /// False for what is no booth: between two such things the house itself is narrow.
    pub is_booth: bool,
    /// How many sides are open.
    pub open_sides: i64,
}

/// A way below the set width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Narrow {
    /// Its least width.
    pub gap_cm: i64,
    /// The middle of its narrowest place.
    pub at: Point,
    /// The things on one side.
    pub one: Vec<usize>,
    /// The things on the other; none is a wall.
    pub other: Vec<usize>,
}

/// How two boxes lie to each other: the side of the first that looks at the second, and the gap.
fn sight(one: &Bounds, other: &Bounds) -> Option<(Side, i64)> {
    let beside = one.top < other.bottom - JOINT_CM && other.top < one.bottom - JOINT_CM;
    let above = one.left < other.right - JOINT_CM && other.left < one.right - JOINT_CM;
    let (dx, dy) = (other.left + other.right - one.left - one.right, other.top + other.bottom - one.top - one.bottom);
    let across = match (beside, above) {
        (false, false) => return None,
        (true, true) => dx.abs() >= dy.abs(),
        (beside, _) => beside,
    };
    Some(match (across, dx < 0, dy < 0) {
        (true, false, _) => (Side::Right, (other.left - one.right).max(0)),
        (true, true, _) => (Side::Left, (one.left - other.right).max(0)),
        (false, _, false) => (Side::Down, (other.top - one.bottom).max(0)),
        (false, _, true) => (Side::Up, (one.top - other.bottom).max(0)),
    })
}

impl<'a> Sides<'a> {
    /// Looks from every side. A booth's open sides are those from which one looks farthest, as many as it has.
    pub(super) fn of(things: &[Standing<'a>], size: Option<(i64, i64)>, gangway: i64) -> Self {
        // Where no wall is known, a way is taken to lead around all that stands.
        let far = Facing { sight: Sight::Nothing, gap: gangway, is_open: false };
        let boxes: Vec<Bounds> = things.iter().map(|thing| thing.shape.bounds()).collect();
        let mut facing = vec![[far; 4]; things.len()];
        for (own, sides) in boxes.iter().zip(&mut facing) {
            let Some((width, depth)) = size else { continue };
            for (side, gap) in [own.left, width - own.right, own.top, depth - own.bottom].into_iter().enumerate() {
                sides[side] = Facing { sight: Sight::Wall, gap: gap.max(0), is_open: false };
            }
        }
        for (place, own) in boxes.iter().enumerate() {
            for (next, its) in boxes.iter().enumerate().skip(place + 1) {
                let Some((side, apart)) = sight(own, its) else { continue };
                let exact = |one: &Polygon, other: &Polygon| {
                    if apart > gangway || (one.is_rectangle() && other.is_rectangle()) {
                        apart
                    } else {
                        gap_cm(one, other)
                    }
                };
                let gap = exact(things[place].shape, things[next].shape);
                for (from, to, side) in [(place, next, side), (next, place, side.opposite())] {
                    let known = &mut facing[from][side as usize];
                    if gap < known.gap || known.sight == Sight::Nothing {
                        *known = Facing { sight: Sight::Thing(to), gap, is_open: false };
                    }
                }
            }
        }
        for (thing, sides) in things.iter().zip(&mut facing) {
            let mut gaps = sides.map(|facing| facing.gap);
            gaps.sort_unstable_by_key(|gap| std::cmp::Reverse(*gap));
            let count = usize::try_from(thing.open_sides).unwrap_or(0).min(4);
            let Some(least) = count.checked_sub(1).and_then(|last| gaps.get(last)) else { continue };
            for facing in sides {
                facing.is_open = facing.gap >= *least && facing.gap >= JOINT_CM;
            }
        }
        let shapes = things.iter().map(|thing| thing.shape).collect();
        let is_booth = things.iter().map(|thing| thing.is_booth).collect();
        Self { shapes, is_booth, boxes, facing }
    }

    /// True when an open side of the thing looks towards a point.
    pub(super) fn looks_at(&self, thing: usize, point: Point) -> bool {
        let (Some(own), Some(facing)) = (self.boxes.get(thing), self.facing.get(thing)) else { return false };
        let side = match point {
            Point { x, y } if y > own.top && y < own.bottom && x <= own.left => Side::Left,
            Point { x, y } if y > own.top && y < own.bottom && x >= own.right => Side::Right,
            Point { y, .. } if y <= own.top => Side::Up,
            _ => Side::Down,
        };
        facing[side as usize].is_open
    }

    /// The ways below the set width, each once, however many booths stand along it.
    pub(super) fn narrow(&self, gangway: i64) -> Vec<Narrow> {
        let mut gaps: Vec<Gap> = Vec::new();
        for (place, sides) in self.facing.iter().enumerate() {
            for side in SIDES {
                let Facing { sight, gap, is_open } = sides[side as usize];
                if !(JOINT_CM..gangway).contains(&gap) {
                    continue;
                }
                match sight {
                    Sight::Nothing => {}
                    Sight::Wall if is_open => gaps.push(self.to_wall(place, side, gap)),
                    Sight::Wall => {}
                    Sight::Thing(other) => {
                        let back = self.facing[other][side.opposite() as usize];
                        let twice = back.sight == Sight::Thing(place) && other < place;
                        let counts = self.is_booth[place] || self.is_booth[other];
                        if counts && !twice && (is_open || back.is_open || gap >= SERVICE_CM) {
                            gaps.push(self.between(place, other, side, gap));
                        }
                    }
                }
            }
        }
        gaps.retain(|gap| {
            let stands = |(place, shape): (usize, &&Polygon)| {
                Some(place) != gap.one && Some(place) != gap.other && shape.contains(gap.at)
            };
            // Where a third thing stands between the two, nobody walks between them.
            !self.shapes.iter().enumerate().any(stands)
        });
        gaps.sort_by_key(|gap| (gap.is_across, gap.middle, gap.from));
        let mut narrow: Vec<(Gap, Narrow)> = Vec::new();
        for gap in gaps {
            let goes_on = narrow.iter_mut().rev().find(|(last, _)| last.goes_on(&gap, gangway));
            let Some((last, whole)) = goes_on else {
                let own = Narrow {
                    gap_cm: gap.gap,
                    at: gap.at,
                    one: gap.one.into_iter().collect(),
                    other: gap.other.into_iter().collect(),
                };
                narrow.push((gap, own));
                continue;
            };
            last.to = last.to.max(gap.to);
            if gap.gap < whole.gap_cm {
                (whole.gap_cm, whole.at) = (gap.gap, gap.at);
            }
            for (all, one) in [(&mut whole.one, gap.one), (&mut whole.other, gap.other)] {
                all.extend(one.filter(|one| !all.contains(one)));
            }
        }
        narrow.into_iter().map(|(_, narrow)| narrow).collect()
    }

    fn between(&self, place: usize, other: usize, side: Side, gap: i64) -> Gap {
        let (own, its) = (&self.boxes[place], &self.boxes[other]);
        let at = middle(own, its);
        let across = side.is_across();
        let (from, to) = if across {
            (own.top.max(its.top), own.bottom.min(its.bottom))
        } else {
            (own.left.max(its.left), own.right.min(its.right))
        };
        let first_is_own = matches!(side, Side::Right | Side::Down);
        let (one, second) = if first_is_own { (place, other) } else { (other, place) };
        Gap {
            is_across: across,
            middle: if across { at.x } else { at.y },
            from,
            to,
            gap,
            at,
            one: Some(one),
            other: Some(second),
        }
    }

    fn to_wall(&self, place: usize, side: Side, gap: i64) -> Gap {
        let own = &self.boxes[place];
        let (x, y) = (i64::midpoint(own.left, own.right), i64::midpoint(own.top, own.bottom));
        let at = match side {
            Side::Left => Point { x: own.left - gap / 2, y },
            Side::Right => Point { x: own.right + gap / 2, y },
            Side::Up => Point { x, y: own.top - gap / 2 },
            Side::Down => Point { x, y: own.bottom + gap / 2 },
        };
        let across = side.is_across();
        let (from, to) = if across { (own.top, own.bottom) } else { (own.left, own.right) };
        Gap {
            is_across: across,
            middle: if across { at.x } else { at.y },
            from,
            to,
            gap,
            at,
            one: Some(place),
            other: None,
        }
    }
}

/// The floor between two things, along which one would walk.
#[derive(Clone, Debug)]
struct Gap {
    is_across: bool,
    middle: i64,
    from: i64,
    to: i64,
    gap: i64,
    at: Point,
    one: Option<usize>,
    other: Option<usize>,
}

impl Gap {
    /// True when the other gap is a further piece of the same way.
    const fn goes_on(&self, other: &Self, gangway: i64) -> bool {
        self.is_across == other.is_across
            && self.other.is_some() == other.other.is_some()
            && (self.gap - other.gap).abs() <= ALIKE_CM
            && (self.middle - other.middle).abs() <= ALIKE_CM
            && other.from <= self.to + 2 * gangway
    }
}

/// The middle of the floor between two boxes.
pub(super) fn middle(one: &Bounds, other: &Bounds) -> Point {
    let between = |a: i64, b: i64, c: i64, d: i64| i64::midpoint(a.max(c), b.min(d));
    Point {
        x: between(one.left, one.right, other.left, other.right),
        y: between(one.top, one.bottom, other.top, other.bottom),
    }
}

/// How near a thing stands before a door, when it stands before it at all: a door opens away from the wall that it is in,
/// or where none is near it to both sides across it.
pub(super) fn before_door(door: &Bounds, size: Option<(i64, i64)>, thing: &Bounds, gangway: i64) -> Option<i64> {
    let walls = size.map(|(width, depth)| {
        [
            (Side::Left, door.left),
            (Side::Right, width - door.right),
            (Side::Up, door.top),
            (Side::Down, depth - door.bottom),
        ]
    });
    let wall = walls.and_then(|walls| {
        walls.into_iter().min_by_key(|(side, gap)| {
            // Of two walls at a corner, the one along which the door is longer.
            let along = if side.is_across() { door.depth() } else { door.width() };
            (gap.max(&0) / JOINT_CM, std::cmp::Reverse(along))
        })
    });
    let (side, apart) = sight(door, thing)?;
    let opens = match wall {
        Some((wall, gap)) if gap < gangway => side == wall.opposite(),
        _ => side.is_across() == (door.depth() >= door.width()) || door.depth() == door.width(),
    };
    (opens && apart < gangway).then_some(apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of booths of 3 by 3 metres, each row from `x` to the right at `y`.
    fn rows(rows: &[(i64, i64, i64)]) -> Vec<Polygon> {
        let row = |(x, y, count): &(i64, i64, i64)| {
            let (x, y) = (*x, *y);
            (0..*count).map(move |place| Polygon::rectangle(x + place * 300, y, 300, 300))
        };
        rows.iter().flat_map(row).collect()
    }

    fn narrow(shapes: &[Polygon], open_sides: i64, size: Option<(i64, i64)>) -> Vec<(i64, usize, usize)> {
        let things: Vec<Standing<'_>> =
            shapes.iter().map(|shape| Standing { shape, is_booth: true, open_sides }).collect();
        let found = Sides::of(&things, size, 200).narrow(200);
        found.iter().map(|way| (way.gap_cm, way.one.len(), way.other.len())).collect()
    }

    #[test]
    fn a_service_gap_behind_booths_is_no_way() {
        let back_to_back = rows(&[(0, 300, 8), (0, 690, 8), (0, 1_400, 8)]);
        assert_eq!(narrow(&back_to_back, 1, None), []);
        assert_eq!(narrow(&back_to_back, 4, None), [(90, 8, 8)], "an island has no back");
    }

    #[test]
    fn a_narrow_way_is_one_finding_however_long() {
        assert_eq!(narrow(&rows(&[(0, 0, 8), (0, 450, 8)]), 1, None), [(150, 8, 8)]);
        let with_a_passage = rows(&[(0, 0, 4), (1_500, 0, 4), (0, 450, 4), (1_500, 450, 4)]);
        assert_eq!(narrow(&with_a_passage, 1, None), [(150, 8, 8)]);
    }

    #[test]
    fn a_row_that_looks_at_a_near_wall_has_a_narrow_way() {
        // The booths touch a row behind them, so that only the wall is before them.
        let rows = rows(&[(0, 150, 5), (0, 450, 5)]);
        assert_eq!(narrow(&rows, 1, Some((1_500, 1_200))), [(150, 5, 0)]);
    }

    #[test]
    fn what_stands_before_a_door_is_seen() {
        let door = Bounds { left: 400, top: 0, right: 600, bottom: 50 };
        let at = |left, top| Bounds { left, top, right: left + 300, bottom: top + 300 };
        let hall = Some((2_000, 2_000));
        assert_eq!(before_door(&door, hall, &at(400, 130), 200), Some(80));
        assert_eq!(before_door(&door, hall, &at(600, 0), 200), None, "beside it");
        assert_eq!(before_door(&door, hall, &at(400, 300), 200), None, "far enough");
        assert_eq!(before_door(&door, None, &at(400, 130), 200), Some(80));
    }
}
