//! Plane geometry of a floor in whole centimetres: exact, without a float, so that the same plan gives the same answer on
//! every machine.
//!
//! x grows to the right, y downwards, as on a screen and in SVG.

mod cut;
mod meet;
mod turn;

use crate::base::words::Words;
use crate::say;

pub use cut::{join, split_along_x, split_along_y};
pub use meet::{gap_cm, overlap, overlap_beyond, shared_wall_cm};
pub use turn::turned_point;

/// The farthest that a point lies from the origin, in centimetres: ten kilometres. Products of two such lengths stay far
/// within 64 bits, products of four within 128.
pub const FARTHEST_CM: i64 = 1_000_000;

/// Most corners of one outline.
pub const CORNERS_MAX: usize = 200;

/// A point of the floor, in centimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the right.
    pub x: i64,
    /// Downwards.
    pub y: i64,
}

impl Point {
    /// A point, moved into the bounds of what the arithmetic carries.
    #[must_use]
    pub fn new(x: i64, y: i64) -> Self {
        Self { x: x.clamp(-FARTHEST_CM, FARTHEST_CM), y: y.clamp(-FARTHEST_CM, FARTHEST_CM) }
    }
}

/// An axis-parallel box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Left edge.
    pub left: i64,
    /// Upper edge.
    pub top: i64,
    /// Right edge.
    pub right: i64,
    /// Lower edge.
    pub bottom: i64,
}

impl Bounds {
    /// From left to right.
    #[must_use]
    pub const fn width(&self) -> i64 {
        self.right - self.left
    }

    /// From top to bottom.
    #[must_use]
    pub const fn depth(&self) -> i64 {
        self.bottom - self.top
    }

    /// True when the boxes, widened by `margin` on each side, have a point in common.
    #[must_use]
    pub const fn meets(&self, other: &Self, margin: i64) -> bool {
        self.left - margin <= other.right
            && other.left - margin <= self.right
            && self.top - margin <= other.bottom
            && other.top - margin <= self.bottom
    }
}

/// A simple polygon: its corners in order, at least three, the last joined to the first. Built by [`Polygon::new`], the
/// area is positive and no two edges cross.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    corners: Vec<Point>,
}

/// Why corners are no outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutlineFault {
    /// Fewer than three different corners, or all on one line.
    #[error("no area")]
    NoArea,
    /// Two edges cross or touch.
    #[error("edges cross")]
    Crosses,
    /// More corners than [`CORNERS_MAX`].
    #[error("too many corners")]
    TooMany,
    /// Text that is no list of points.
    #[error("unreadable")]
    Unreadable,
}

impl OutlineFault {
    /// What is wrong.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::NoArea => Words::new(
                "Đường viền cần ít nhất ba góc không thẳng hàng.",
                "An outline needs at least three corners that are not on one line.",
            ),
            Self::Crosses => Words::new("Các cạnh của đường viền cắt nhau.", "Edges of the outline cross."),
            Self::TooMany => {
                say!("Đường viền có quá {CORNERS_MAX} góc.", "The outline has more than {CORNERS_MAX} corners.")
            }
            Self::Unreadable => Words::new("Đường viền không đọc được.", "The outline is not understood."),
        }
    }
}

/// Twice the area of the triangle, positive when it turns right on the screen (y downwards).
const fn cross(a: Point, b: Point, c: Point) -> i128 {
    (b.x - a.x) as i128 * (c.y - a.y) as i128 - (b.y - a.y) as i128 * (c.x - a.x) as i128
}

/// True when `p`, which lies on the line through `a` and `b`, lies between them.
fn between(a: Point, b: Point, p: Point) -> bool {
    (a.x.min(b.x)..=a.x.max(b.x)).contains(&p.x) && (a.y.min(b.y)..=a.y.max(b.y)).contains(&p.y)
}

/// True when `p` lies on the edge from `a` to `b`, ends included.
fn on_edge(a: Point, b: Point, p: Point) -> bool {
    cross(a, b, p) == 0 && between(a, b, p)
}

/// True when two edges have a point in common.
fn edges_meet(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |value: i128| value.signum();
    let (one, two) = (side(cross(a, b, c)), side(cross(a, b, d)));
    let (three, four) = (side(cross(c, d, a)), side(cross(c, d, b)));
    (one * two < 0 && three * four < 0) || on_edge(a, b, c) || on_edge(a, b, d) || on_edge(c, d, a) || on_edge(c, d, b)
}

/// The corners without those that repeat or lie on a straight edge.
fn simplified(corners: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = corners.to_vec();
    loop {
        let count = kept.len();
        if count < 3 {
            return kept;
        }
        let needless = (0..count).find(|place| {
            let before = kept[(place + count - 1) % count];
            let after = kept[(place + 1) % count];
            before == kept[*place] || cross(before, kept[*place], after) == 0
        });
        match needless {
            Some(place) => drop(kept.remove(place)),
            None => return kept,
        }
    }
}

fn doubled_area(corners: &[Point]) -> i128 {
    let Some(first) = corners.first() else { return 0 };
    corners.windows(2).map(|edge| cross(*first, edge[0], edge[1])).sum()
}

impl Polygon {
    /// A polygon through these corners, in either direction; corners on a straight edge are dropped.
    ///
    /// # Errors
    /// When there are too few or too many corners, no area, or edges that cross.
    pub fn new(corners: &[Point]) -> Result<Self, OutlineFault> {
        if corners.len() > CORNERS_MAX {
            return Err(OutlineFault::TooMany);
        }
        let mut corners = simplified(corners);
        let area = doubled_area(&corners);
        if corners.len() < 3 || area == 0 {
            return Err(OutlineFault::NoArea);
        }
        if area < 0 {
            corners.reverse();
        }
        let count = corners.len();
        let edge = |place: usize| (corners[place], corners[(place + 1) % count]);
        for one in 0..count {
            for other in one + 2..count {
                let adjoining = one == 0 && other + 1 == count;
                let ((a, b), (c, d)) = (edge(one), edge(other));
                if !adjoining && edges_meet(a, b, c, d) {
                    return Err(OutlineFault::Crosses);
                }
            }
        }
        // One way of writing each outline: it begins with its first corner from the top.
        let first = (0..count).min_by_key(|place| (corners[*place].y, corners[*place].x)).unwrap_or(0);
        corners.rotate_left(first);
        Ok(Self { corners })
    }

    /// A rectangle; sides below 1 count as 1.
    #[must_use]
    pub fn rectangle(x: i64, y: i64, width: i64, depth: i64) -> Self {
        let from = Point::new(x.min(FARTHEST_CM - 1), y.min(FARTHEST_CM - 1));
        let to = Point::new(from.x.saturating_add(width.max(1)), from.y.saturating_add(depth.max(1)));
        let corners = vec![from, Point { x: to.x, y: from.y }, to, Point { x: from.x, y: to.y }];
        Self { corners }
    }

    /// The corners in order.
    #[must_use]
    pub fn corners(&self) -> &[Point] {
        &self.corners
    }

    /// The edges in order.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let next = self.corners.iter().cycle().skip(1);
        self.corners.iter().copied().zip(next.copied())
    }

    /// Twice the area in square centimetres, which is always whole.
    #[must_use]
    pub fn doubled_area(&self) -> i128 {
        doubled_area(&self.corners)
    }

    /// The area in square centimetres, a half rounded down.
    #[must_use]
    pub fn area_cm2(&self) -> i64 {
        i64::try_from(self.doubled_area() / 2).unwrap_or(i64::MAX)
    }

    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let xs = || self.corners.iter().map(|corner| corner.x);
        let ys = || self.corners.iter().map(|corner| corner.y);
        Bounds {
            left: xs().min().unwrap_or(0),
            top: ys().min().unwrap_or(0),
            right: xs().max().unwrap_or(0),
            bottom: ys().max().unwrap_or(0),
        }
    }

    /// True when it is its own box.
    #[must_use]
    pub fn is_rectangle(&self) -> bool {
        let bounds = self.bounds();
        self.corners.len() == 4 && self.doubled_area() == 2 * i128::from(bounds.width()) * i128::from(bounds.depth())
    }

    /// True when the point lies in it or on its edge.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let mut inside = false;
        for (a, b) in self.edges() {
            if on_edge(a, b, point) {
                return true;
            }
            // The ray to the right crosses the edge when the edge passes the point's height and lies right of it.
            if (a.y > point.y) != (b.y > point.y) {
                let side = cross(a, b, point);
                inside ^= if b.y > a.y { side > 0 } else { side < 0 };
            }
        }
        inside
    }

    /// The same shape elsewhere.
    #[must_use]
    pub fn moved(&self, right: i64, down: i64) -> Self {
        let moved = |corner: &Point| Point::new(corner.x.saturating_add(right), corner.y.saturating_add(down));
        Self { corners: self.corners.iter().map(moved).collect() }
    }

    /// The point where a label stands: the middle of the box where that lies inside, else the middle of the widest
    /// horizontal stretch through the shape.
    #[must_use]
    pub fn label_point(&self) -> Point {
        let bounds = self.bounds();
        let middle = Point { x: i64::midpoint(bounds.left, bounds.right), y: i64::midpoint(bounds.top, bounds.bottom) };
        if self.contains(middle) {
            return middle;
        }
        let rows = (1..8).map(|part| bounds.top + bounds.depth() * part / 8);
        let stretch = |y: i64| {
            let mut crossings: Vec<i64> = self
                .edges()
                .filter(|(a, b)| (a.y > y) != (b.y > y))
                .map(|(a, b)| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
                .collect();
            crossings.sort_unstable();
            let pairs = crossings.chunks_exact(2).map(|pair| (pair[1] - pair[0], i64::midpoint(pair[0], pair[1])));
            pairs.max().map(|(wide, x)| (wide, Point { x, y }))
        };
        rows.filter_map(stretch).max().map_or(middle, |(_, point)| point)
    }

    /// Reads corners in metres: `0,0 3,0 3,2.5 0,3`.
    ///
    /// # Errors
    /// When the text is no list of points, or the points are no outline.
    pub fn read(text: &str) -> Result<Self, OutlineFault> {
        let corners: Option<Vec<Point>> = text
            .split([' ', ';'])
            .filter(|pair| !pair.is_empty())
            .take(CORNERS_MAX + 1)
            .map(|pair| {
                let (x, y) = pair.split_once(',')?;
                Some(Point { x: read_cm(x)?, y: read_cm(y)? })
            })
            .collect();
        Self::new(&corners.ok_or(OutlineFault::Unreadable)?)
    }

    /// The corners in metres, as [`Polygon::read`] takes them.
    #[must_use]
    pub fn write(&self) -> String {
        let pairs: Vec<String> =
            self.corners.iter().map(|corner| format!("{},{}", metres(corner.x), metres(corner.y))).collect();
        pairs.join(" ")
    }
}

/// Metres with at most two decimals after a point, as centimetres.
fn read_cm(text: &str) -> Option<i64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let cm = whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?;
    (cm <= FARTHEST_CM).then_some(if negative { -cm } else { cm })
}

/// Centimetres as metres with a point: `3`, `4.5`, `-0.05`.
#[must_use]
pub fn metres(cm: i64) -> String {
    let (sign, cm) = (if cm < 0 { "-" } else { "" }, cm.unsigned_abs());
    match (cm / 100, cm % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

/// The whole square root, rounded down.
fn root(value: i128) -> i64 {
    i64::try_from(value.max(0).isqrt()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A random outline with right angles: a staircase.
    pub(super) fn staircase() -> impl Strategy<Value = Polygon> {
        (prop::collection::vec((1..9_i64, 1..9_i64), 1..6), -50..50_i64, -50..50_i64).prop_map(|(steps, left, top)| {
            let mut corners = vec![Point::new(left, top)];
            let (mut x, mut y) = (left, top + steps.iter().map(|(_, down)| down * 10).sum::<i64>());
            let foot = y;
            corners.push(Point::new(left, foot));
            for (right, down) in &steps {
                x += right * 10;
                corners.push(Point::new(x, y));
                y -= down * 10;
                corners.push(Point::new(x, y));
            }
            Polygon::new(&corners).unwrap()
        })
    }

    #[test]
    fn outlines_are_read_written_and_judged() {
        let six = Polygon::read("0,0 3,0 3,1.5 1.5,1.5 1.5,3 0,3").unwrap();
        assert_eq!((six.area_cm2(), six.corners().len(), six.is_rectangle()), (67_500, 6, false));
        assert_eq!(Polygon::read(&six.write()).unwrap(), six);
        assert_eq!(Polygon::read("3,3 0,3 0,0 3,0 3,1").unwrap(), Polygon::rectangle(0, 0, 300, 300));
        assert_eq!(Polygon::read("0,0 1,0"), Err(OutlineFault::NoArea));
        assert_eq!(Polygon::read("0,0 1,1 2,2"), Err(OutlineFault::NoArea));
        assert_eq!(Polygon::read("0,0 1,1 1,0 0,1.5"), Err(OutlineFault::Crosses));
        assert_eq!(Polygon::read("0,0 a,1 2,2"), Err(OutlineFault::Unreadable));
        assert_eq!([5, -5, 450, 300].map(metres), ["0.05", "-0.05", "4.5", "3"]);
    }

    #[test]
    fn points_lie_in_a_shape_with_a_notch() {
        let six = Polygon::read("0,0 3,0 3,1.5 1.5,1.5 1.5,3 0,3").unwrap();
        let holds = |x, y| six.contains(Point::new(x, y));
        assert!(holds(10, 290) && holds(290, 10) && holds(150, 200) && holds(0, 0) && holds(300, 150));
        assert!(!holds(200, 200) && !holds(-1, 0) && !holds(301, 100) && !holds(151, 151));
        assert!(six.contains(six.label_point()));
    }

    proptest! {
        #[test]
        fn every_outline_survives_its_text(shape in staircase()) {
            prop_assert_eq!(Polygon::read(&shape.write()).unwrap(), shape);
        }

        #[test]
        fn a_move_keeps_the_area(shape in staircase(), right in -500..500_i64, down in -500..500_i64) {
            prop_assert_eq!(shape.moved(right, down).doubled_area(), shape.doubled_area());
        }

        #[test]
        fn no_text_brings_it_down(text in any::<String>(), near in "[0-9,. -]{0,60}") {
            for text in [text, near] {
                if let Ok(shape) = Polygon::read(&text) {
                    prop_assert!(shape.doubled_area() > 0);
                    let _ = shape.contains(shape.label_point());
                }
            }
        }
    }
}
