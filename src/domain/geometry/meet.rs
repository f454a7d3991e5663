//! How two shapes lie to each other: overlapping, wall to wall, or so far apart.

use super::{Bounds, Point, Polygon, between, cross, root};

type Triangle = [Point; 3];

/// A convex part of a shape with the box around it.
fn triangles(shape: &Polygon) -> Vec<Triangle> {
    let mut corners = shape.corners.clone();
    let mut cut = Vec::with_capacity(corners.len());
    while corners.len() > 3 {
        let count = corners.len();
        let ear = (0..count).find(|place| {
            let (a, b, c) = (corners[(place + count - 1) % count], corners[*place], corners[(place + 1) % count]);
            cross(a, b, c) > 0
                && corners.iter().all(|p| {
                    let outside = cross(a, b, *p) < 0 || cross(b, c, *p) < 0 || cross(c, a, *p) < 0;
                    *p == a || *p == b || *p == c || outside
                })
        });
        // Every simple polygon has an ear; a shape that lost its form by rounding is cut as it comes.
        let place = ear.unwrap_or(0);
        cut.push([corners[(place + count - 1) % count], corners[place], corners[(place + 1) % count]]);
        corners.remove(place);
    }
    if let [a, b, c] = corners[..] {
        cut.push([a, b, c]);
    }
    cut
}

fn is_convex(shape: &Polygon) -> bool {
    let corners = &shape.corners;
    let count = corners.len();
    (0..count).all(|at| cross(corners[at], corners[(at + 1) % count], corners[(at + 2) % count]) > 0)
}

fn parts(shape: &Polygon) -> Vec<Vec<Point>> {
    if is_convex(shape) {
        vec![shape.corners.clone()]
    } else {
        triangles(shape).into_iter().map(|triangle| triangle.to_vec()).collect()
    }
}

/// True when an edge of `one` is a line that keeps `other` outside, but for `slack` centimetres.
fn keeps_apart(one: &[Point], other: &[Point], slack: i64) -> bool {
    (0..one.len()).any(|at| {
        let (a, b) = (one[at], one[(at + 1) % one.len()]);
        let deepest = other.iter().map(|p| cross(a, b, *p)).max().unwrap_or(0);
        let (dx, dy) = (i128::from(b.x - a.x), i128::from(b.y - a.y));
        let length_squared = dx * dx + dy * dy;
        // `deepest / length` is how far the other reaches in.
        deepest <= 0 || deepest * deepest <= i128::from(slack) * i128::from(slack) * length_squared
    })
}

/// True when the shapes share more than an edge or a corner.
#[must_use]
pub fn overlap(one: &Polygon, other: &Polygon) -> bool {
    overlap_beyond(one, other, 0)
}

/// True when each shape reaches more than `slack` centimetres into the other: turned corners are rounded, so that what
/// touches on paper may overlap by a hair.
#[must_use]
pub fn overlap_beyond(one: &Polygon, other: &Polygon, slack: i64) -> bool {
    if !one.bounds().meets(&other.bounds(), 0) {
        return false;
    }
    let (ours, theirs) = (parts(one), parts(other));
    ours.iter().any(|our| theirs.iter().any(|their| !keeps_apart(our, their, slack) && !keeps_apart(their, our, slack)))
}

/// How long the wall is that two shapes share, where edges lie on each other within `slack` centimetres.
#[must_use]
pub fn shared_wall_cm(one: &Polygon, other: &Polygon, slack: i64) -> i64 {
    if !one.bounds().meets(&other.bounds(), slack) {
        return 0;
    }
    let mut shared = 0;
    for (a, b) in one.edges() {
        for (c, d) in other.edges() {
            shared += wall(a, b, c, d, slack);
        }
    }
    shared
}

/// How far two edges that run against each other lie side by side.
fn wall(a: Point, b: Point, c: Point, d: Point, slack: i64) -> i64 {
    let (dx, dy) = (i128::from(b.x - a.x), i128::from(b.y - a.y));
    let squared = dx * dx + dy * dy;
    let near = |p: Point| cross(a, b, p).pow(2) <= i128::from(slack).pow(2) * squared;
    if squared == 0 || !near(c) || !near(d) {
        return 0;
    }
    let along = |p: Point| i128::from(p.x - a.x) * dx + i128::from(p.y - a.y) * dy;
    let (from, to) = (along(c), along(d));
    if from <= to {
        return 0;
    }
    let both = from.min(squared) - to.max(0);
    // `both / length`, with the length as a whole number's root.
    if both <= 0 { 0 } else { root(both * both / squared) }
}

/// The least distance between two shapes in centimetres, rounded down; 0 when they touch or overlap.
#[must_use]
pub fn gap_cm(one: &Polygon, other: &Polygon) -> i64 {
    if overlap(one, other) {
        return 0;
    }
    let reach = |from: &Polygon, to: &Polygon| {
        let near = |p: &Point| to.edges().map(|(a, b)| distance(a, b, *p)).min().unwrap_or(i64::MAX);
        from.corners.iter().map(near).min().unwrap_or(i64::MAX)
    };
    reach(one, other).min(reach(other, one))
}

/// From a point to an edge.
fn distance(a: Point, b: Point, p: Point) -> i64 {
    let (dx, dy) = (i128::from(b.x - a.x), i128::from(b.y - a.y));
    let squared = dx * dx + dy * dy;
    let along = i128::from(p.x - a.x) * dx + i128::from(p.y - a.y) * dy;
    if squared == 0 || along <= 0 {
        return apart(a, p);
    }
    if along >= squared {
        return apart(b, p);
    }
    if cross(a, b, p) == 0 && between(a, b, p) { 0 } else { root(cross(a, b, p).pow(2) / squared) }
}

fn apart(a: Point, b: Point) -> i64 {
    root(i128::from(a.x - b.x).pow(2) + i128::from(a.y - b.y).pow(2))
}

impl Bounds {
    /// The box around several.
    #[must_use]
    pub fn around(all: impl Iterator<Item = Self>) -> Option<Self> {
        all.reduce(|one, other| Self {
            left: one.left.min(other.left),
            top: one.top.min(other.top),
            right: one.right.max(other.right),
            bottom: one.bottom.max(other.bottom),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::staircase;
    use super::*;

    #[test]
    fn neighbours_share_a_wall_and_do_not_overlap() {
        let (a, b) = (Polygon::rectangle(0, 0, 300, 300), Polygon::rectangle(300, 100, 300, 300));
        assert_eq!((overlap(&a, &b), shared_wall_cm(&a, &b, 0), gap_cm(&a, &b)), (false, 200, 0));
        let far = Polygon::rectangle(700, 0, 300, 300);
        assert_eq!((shared_wall_cm(&b, &far, 0), gap_cm(&b, &far)), (0, 100));
        let (one, two) = (Polygon::rectangle(0, 0, 300, 300), Polygon::rectangle(299, 0, 300, 300));
        assert!(overlap(&one, &two) && !overlap_beyond(&one, &two, 2));
    }

    #[test]
    fn a_booth_in_the_notch_of_another_does_not_overlap_it() {
        let six = Polygon::read("0,0 3,0 3,1.5 1.5,1.5 1.5,3 0,3").unwrap();
        let notch = Polygon::rectangle(150, 150, 150, 150);
        assert_eq!((overlap(&six, &notch), shared_wall_cm(&six, &notch, 0)), (false, 300));
        assert!(overlap(&six, &Polygon::rectangle(140, 150, 150, 150)));
    }

    proptest! {
        #[test]
        fn overlap_wall_and_gap_are_symmetric(one in staircase(), other in staircase()) {
            prop_assert_eq!(overlap(&one, &other), overlap(&other, &one));
            prop_assert_eq!(shared_wall_cm(&one, &other, 0), shared_wall_cm(&other, &one, 0));
            prop_assert_eq!(gap_cm(&one, &other), gap_cm(&other, &one));
            prop_assert!(overlap(&one, &one));
        }

        #[test]
        fn overlap_is_a_common_square(one in staircase(), other in staircase()) {
            // All edges lie on multiples of one centimetre, shapes of tens: sampling every square finds any overlap.
            let bounds = one.bounds();
            let inside = |shape: &Polygon, x: i64, y: i64| {
                let scaled: Vec<Point> =
                    shape.corners().iter().map(|p| Point { x: 2 * p.x, y: 2 * p.y }).collect();
                Polygon::new(&scaled).unwrap().contains(Point { x: 2 * x + 1, y: 2 * y + 1 })
            };
            let scan = (bounds.left..bounds.right).step_by(1).any(|x| {
                (bounds.top..bounds.bottom).step_by(9).any(|y| inside(&one, x, y) && inside(&other, x, y))
            });
            prop_assert!(!scan || overlap(&one, &other));
        }
    }
}
