//! Cutting a shape in two and joining neighbours into one.

use super::{Point, Polygon, cross, on_edge};

/// Cuts at a vertical line into what lies left and right of it. None when the line misses the shape, when a side falls
/// into several pieces, or when a corner of the cut is no whole centimetre.
#[must_use]
pub fn split_along_x(shape: &Polygon, x: i64) -> Option<(Polygon, Polygon)> {
    let left = clipped(shape, |p| x - p.x, |a, b| Some(Point { x, y: crossing((a.x, a.y), (b.x, b.y), x)? }))?;
    let right = clipped(shape, |p| p.x - x, |a, b| Some(Point { x, y: crossing((a.x, a.y), (b.x, b.y), x)? }))?;
    whole(shape, left, right)
}

/// Cuts at a horizontal line into what lies above and below it; as [`split_along_x`].
#[must_use]
pub fn split_along_y(shape: &Polygon, y: i64) -> Option<(Polygon, Polygon)> {
    let upper = clipped(shape, |p| y - p.y, |a, b| Some(Point { x: crossing((a.y, a.x), (b.y, b.x), y)?, y }))?;
    let lower = clipped(shape, |p| p.y - y, |a, b| Some(Point { x: crossing((a.y, a.x), (b.y, b.x), y)?, y }))?;
    whole(shape, upper, lower)
}

/// Nothing is lost or won by a cut.
fn whole(shape: &Polygon, one: Polygon, other: Polygon) -> Option<(Polygon, Polygon)> {
    (one.doubled_area() + other.doubled_area() == shape.doubled_area()).then_some((one, other))
}

/// The second coordinate where the edge has `at` as its first; none when that is no whole number.
fn crossing(a: (i64, i64), b: (i64, i64), at: i64) -> Option<i64> {
    let run = i128::from(b.0 - a.0);
    let rise = i128::from(b.1 - a.1) * i128::from(at - a.0);
    (run != 0 && rise % run == 0).then(|| a.1 + i64::try_from(rise / run).unwrap_or(0))
}

/// The part of the shape where `side` is not negative.
fn clipped(
    shape: &Polygon,
    side: impl Fn(Point) -> i64,
    cut: impl Fn(Point, Point) -> Option<Point>,
) -> Option<Polygon> {
    let mut corners = Vec::new();
    for (a, b) in shape.edges() {
        if side(a) >= 0 {
            corners.push(a);
        }
        if side(a).signum() * side(b).signum() < 0 {
            corners.push(cut(a, b)?);
        }
    }
    Polygon::new(&corners).ok()
}

/// One shape from several that lie wall to wall. None when they overlap, do not hang together, or leave a hole.
#[must_use]
pub fn join(shapes: &[Polygon]) -> Option<Polygon> {
    let corners: Vec<Point> = shapes.iter().flat_map(|shape| shape.corners().iter().copied()).collect();
    let mut edges: Vec<(Point, Point)> =
        shapes.iter().flat_map(Polygon::edges).flat_map(|(a, b)| pieces(a, b, &corners)).collect();
    // A wall between two of them is walked once in each direction.
    let all = edges.clone();
    edges.retain(|(a, b)| !all.contains(&(*b, *a)));
    let mut ring: Vec<Point> = Vec::new();
    let (first, mut at) = edges.pop()?;
    ring.push(first);
    while at != first {
        ring.push(at);
        let next = edges.iter().position(|(from, _)| *from == at)?;
        at = edges.swap_remove(next).1;
    }
    let joined = Polygon::new(&ring).ok().filter(|_| edges.is_empty())?;
    let sum: i128 = shapes.iter().map(Polygon::doubled_area).sum();
    (joined.doubled_area() == sum).then_some(joined)
}

/// An edge cut at every corner that lies on it.
fn pieces(a: Point, b: Point, corners: &[Point]) -> Vec<(Point, Point)> {
    let mut on: Vec<Point> = corners.iter().copied().filter(|p| on_edge(a, b, *p)).collect();
    on.extend([a, b]);
    on.sort_by_key(|p| (p.x - a.x).abs() + (p.y - a.y).abs());
    on.dedup();
    debug_assert!(on.iter().all(|p| cross(a, b, *p) == 0), "only what lies on the edge cuts it");
    on.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::staircase;
    use super::*;

    #[test]
    fn three_booths_become_one_corner_block() {
        let at = |x, y| Polygon::rectangle(x, y, 300, 300);
        let joined = join(&[at(0, 0), at(300, 0), at(0, 300)]).unwrap();
        assert_eq!((joined.corners().len(), joined.area_cm2()), (6, 270_000));
        assert_eq!(join(&[at(0, 0), at(300, 300)]), None, "a corner alone holds nothing together");
        assert_eq!(join(&[at(0, 0), at(400, 0)]), None);
        assert_eq!(join(&[at(0, 0), at(299, 0)]), None);
        let ring: Vec<Polygon> =
            [(0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2), (2, 2)].map(|(x, y)| at(x * 300, y * 300)).into();
        assert_eq!(join(&ring), None, "a yard in the middle is no booth");
    }

    proptest! {
        #[test]
        fn a_cut_loses_nothing_and_joins_again(shape in staircase(), at in 1..40_i64) {
            let bounds = shape.bounds();
            if let Some((left, right)) = split_along_x(&shape, bounds.left + at * 5) {
                prop_assert_eq!(left.doubled_area() + right.doubled_area(), shape.doubled_area());
                prop_assert!(!super::super::overlap(&left, &right));
                prop_assert_eq!(join(&[left, right]), Some(shape.clone()));
            }
            if let Some((upper, lower)) = split_along_y(&shape, bounds.top + at * 5) {
                prop_assert_eq!(join(&[lower, upper]), Some(shape));
            }
        }
    }
}
