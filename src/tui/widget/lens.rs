//! How a plan is looked at: which of its points lies in the upper left corner, and how much of it one column shows.
//!
//! A cell is taken for twice as high as wide. It is divided into four quarters, two a row: the finest place that has a
//! colour of its own. All of it is whole numbers, and none is too large to be drawn.

use ratatui::layout::{Rect, Size};

/// No point of a plan is taken to lie farther out.
const FARTHEST_CM: i64 = 1_000_000_000_000;
/// The nearest look: a booth of three metres is a hundred columns wide.
pub const NEAREST_MM: i64 = 30;
/// The farthest look; a plan that is larger is cut.
const REMOTEST_MM: i64 = 1_000_000_000_000;

/// A look at a plan. Lengths of the plan are centimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What lies at the left edge.
    pub left: i64,
    /// What lies at the upper edge.
    pub top: i64,
    column_mm: i64,
}

/// Part of a plan: left, upper, right and lower edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Left edge.
    pub left: i64,
    /// Upper edge.
    pub top: i64,
    /// Right edge.
    pub right: i64,
    /// Lower edge.
    pub bottom: i64,
}

impl Span {
    /// What an outline takes; nothing of one without points.
    #[must_use]
    pub fn of(outline: &[(i64, i64)]) -> Option<Self> {
        let (mut points, first) = (outline.iter(), *outline.first()?);
        let start = Self { left: first.0, top: first.1, right: first.0, bottom: first.1 };
        Some(points.by_ref().fold(start, |span, (x, y)| Self {
            left: span.left.min(*x),
            top: span.top.min(*y),
            right: span.right.max(*x),
            bottom: span.bottom.max(*y),
        }))
    }

    /// The middle.
    #[must_use]
    pub const fn middle(self) -> (i64, i64) {
        (midway(self.left, self.right), midway(self.top, self.bottom))
    }
}

const fn midway(one: i64, other: i64) -> i64 {
    one.saturating_add(other.saturating_sub(one) / 2)
}

impl Lens {
    /// A look with the point at the upper left corner.
    #[must_use]
    pub fn new((left, top): (i64, i64), column_mm: i64) -> Self {
        Self { left: clip(left), top: clip(top), column_mm: column_mm.clamp(NEAREST_MM, REMOTEST_MM) }
    }

    /// The nearest look that shows all of a plan with one free cell on each side, the plan in the middle.
    #[must_use]
    pub fn whole(plan: Span, size: Size) -> Self {
        let (columns, rows) = (i64::from(size.width.max(3)) - 2, i64::from(size.height.max(3)) - 2);
        let (wide, deep) = (sized(plan.left, plan.right), sized(plan.top, plan.bottom));
        let column_mm = div_up(wide * 10, columns).max(div_up(deep * 10, rows * 2));
        Self::new((0, 0), column_mm).centred(plan.middle(), size)
    }

    /// How many millimetres of the plan one column shows; a row shows twice as much.
    #[must_use]
    pub const fn column_mm(self) -> i64 {
        self.column_mm
    }

    /// The same look with a point of the plan in the middle of the window.
    #[must_use]
    pub fn centred(self, (x, y): (i64, i64), size: Size) -> Self {
        let (wide, deep) = self.shown(size);
        Self { left: clip(x) - wide / 2, top: clip(y) - deep / 2, ..self }
    }

    /// Nearer or farther, the plan's point under a cell staying where it is.
    #[must_use]
    pub fn scaled(self, column_mm: i64, cell: (i64, i64)) -> Self {
        let (x, y) = self.point(cell);
        let new = Self { column_mm: column_mm.clamp(NEAREST_MM, REMOTEST_MM), ..self };
        let (now_x, now_y) = new.point(cell);
        Self { left: clip(new.left + x - now_x), top: clip(new.top + y - now_y), ..new }
    }

    /// The same look, its window moved over the plan by cells.
    #[must_use]
    pub fn moved(self, columns: i64, rows: i64) -> Self {
        let (x, y) = (columns.saturating_mul(self.column_mm) / 10, rows.saturating_mul(self.column_mm) / 5);
        Self { left: clip(self.left.saturating_add(x)), top: clip(self.top.saturating_add(y)), ..self }
    }

    /// How much of the plan a window shows, across and down.
    #[must_use]
    pub fn shown(self, size: Size) -> (i64, i64) {
        (i64::from(size.width) * self.column_mm / 10, i64::from(size.height) * self.column_mm / 5)
    }

    /// Moved by as little as brings a part of the plan into the window, with a rim of free cells around it.
    #[must_use]
    pub fn bring(self, part: Span, size: Size, rim: (i64, i64)) -> Self {
        let (wide, deep) = self.shown(size);
        let (rim_x, rim_y) = (rim.0 * self.column_mm / 10, rim.1 * self.column_mm / 5);
        let left = brought(self.left, wide, (clip(part.left), clip(part.right)), rim_x);
        let top = brought(self.top, deep, (clip(part.top), clip(part.bottom)), rim_y);
        Self { left, top, ..self }
    }

    /// Held so that the window does not leave the plan by more than a third of itself.
    #[must_use]
    pub fn held(self, plan: Span, size: Size) -> Self {
        let (wide, deep) = self.shown(size);
        let hold = |at: i64, shown: i64, from: i64, to: i64| {
            let (from, to) = (clip(from) - shown / 3, clip(to) + shown / 3 - shown);
            if from <= to { at.clamp(from, to) } else { midway(from, to) }
        };
        Self {
            left: hold(self.left, wide, plan.left, plan.right),
            top: hold(self.top, deep, plan.top, plan.bottom),
            ..self
        }
    }

    /// The point of the plan in the middle of a cell.
    #[must_use]
    pub fn point(self, (column, row): (i64, i64)) -> (i64, i64) {
        let x = self.left + (column * 2 + 1).saturating_mul(self.column_mm) / 20;
        (x, self.top + (row * 2 + 1).saturating_mul(self.column_mm) / 10)
    }

    /// The quarter of a column that an edge of the plan lies at: two a column.
    #[must_use]
    pub fn quarter_x(self, x: i64) -> i64 {
        div_round((clip(x) - self.left) * 20, self.column_mm)
    }

    /// The half of a row that an edge of the plan lies at.
    #[must_use]
    pub fn quarter_y(self, y: i64) -> i64 {
        div_round((clip(y) - self.top) * 10, self.column_mm)
    }

    /// The column that an edge of the plan lies at.
    #[must_use]
    pub fn column(self, x: i64) -> i64 {
        div_round((clip(x) - self.left) * 10, self.column_mm)
    }

    /// The row that an edge of the plan lies at.
    #[must_use]
    pub fn row(self, y: i64) -> i64 {
        div_round((clip(y) - self.top) * 5, self.column_mm)
    }

    /// The cells of a part of the plan before they are cut to a window: left, upper, right and lower edge.
    #[must_use]
    pub fn cells(self, part: Span) -> Span {
        let (left, top) = (self.column(part.left), self.row(part.top));
        Span { left, top, right: self.column(part.right).max(left), bottom: self.row(part.bottom).max(top) }
    }
}

/// Cells cut to a window; empty when they lie outside.
#[must_use]
pub fn cut(cells: Span, window: Rect) -> Rect {
    let along = |from: i64, to: i64, at: u16, length: u16| {
        let (from, to) = (from.clamp(0, i64::from(length)), to.clamp(0, i64::from(length)));
        let cell = |value: i64| u16::try_from(value).unwrap_or(0);
        (at.saturating_add(cell(from)), cell((to - from).max(0)))
    };
    let (x, width) = along(cells.left, cells.right, window.x, window.width);
    let (y, height) = along(cells.top, cells.bottom, window.y, window.height);
    Rect { x, y, width, height }
}

fn clip(length: i64) -> i64 {
    length.clamp(-FARTHEST_CM, FARTHEST_CM)
}

fn sized(from: i64, to: i64) -> i64 {
    (clip(to) - clip(from)).max(1)
}

const fn div_up(value: i64, by: i64) -> i64 {
    let by = if by < 1 { 1 } else { by };
    (value + by - 1) / by
}

const fn div_round(value: i64, by: i64) -> i64 {
    (2 * value + by).div_euclid(2 * by)
}

/// Where a window of a length begins so that a part lies in it; what is longer than the window shows its middle.
fn brought(at: i64, shown: i64, (from, to): (i64, i64), rim: i64) -> i64 {
    let rim = rim.min((shown - (to - from)) / 2);
    if rim < 0 {
        return midway(from, to) - shown / 2;
    }
    if from - rim < at {
        from - rim
    } else if to + rim > at + shown {
        to + rim - shown
    } else {
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: Size = Size { width: 50, height: 19 };

    fn span(left: i64, top: i64, right: i64, bottom: i64) -> Span {
        Span { left, top, right, bottom }
    }

    #[test]
    fn the_whole_plan_fits_with_a_free_cell_around() {
        for plan in [span(0, 0, 6_000, 3_000), span(0, 0, 100, 90_000), span(0, 0, 1, 1), span(-500, -500, 500, 0)] {
            let lens = Lens::whole(plan, WINDOW);
            let cells = lens.cells(plan);
            assert!(cells.left >= 1 && cells.top >= 1, "{cells:?}");
            assert!(cells.right < 50 && cells.bottom < 19, "{cells:?}");
        }
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let lens = Lens::new((0, 0), 1_000);
        let near = lens.scaled(250, (30, 10));
        assert_eq!(lens.point((30, 10)), near.point((30, 10)));
        assert_eq!(near.column_mm(), 250);
    }

    #[test]
    fn a_part_is_brought_by_as_little_as_does() {
        let lens = Lens::new((0, 0), 1_000);
        assert_eq!(lens.bring(span(100, 100, 400, 400), WINDOW, (0, 0)), lens);
        let right = lens.bring(span(5_200, 0, 5_500, 300), WINDOW, (2, 1));
        assert_eq!(right.column(5_500), 48);
        let huge = lens.bring(span(0, 0, 50_000, 300), WINDOW, (2, 1));
        assert_eq!(huge.point((25, 0)).0 / 100, 250);
    }

    #[test]
    fn edges_that_meet_on_the_plan_meet_in_the_cells() {
        let lens = Lens::new((7, 3), 777);
        for x in 0..200 {
            let (one, other) = (lens.cells(span(0, 0, x * 13, 10)), lens.cells(span(x * 13, 0, x * 13 + 500, 10)));
            assert_eq!(one.right, other.left);
        }
    }

    proptest! {
        #[test]
        fn no_number_is_too_large(
            numbers in prop::array::uniform8(any::<i64>()),
            (width, height) in (0u16..400, 0u16..200),
            cell in (-70_000i64..70_000, -70_000i64..70_000),
        ) {
            let [left, top, right, bottom, x, y, near, far] = numbers;
            let (plan, size) = (span(left, top, right, bottom), Size { width, height });
            for lens in [Lens::whole(plan, size), Lens::new((x, y), near)] {
                let lens = lens.scaled(far, cell).bring(plan, size, (3, 2)).held(plan, size);
                let _ = (lens.cells(plan), lens.quarter_x(x), lens.quarter_y(y), lens.centred((x, y), size));
                let window = Rect { x: 3, y: 4, width, height };
                let cells = cut(lens.cells(plan), window);
                prop_assert!(cells.is_empty() || window.union(cells) == window);
            }
        }
    }
}
