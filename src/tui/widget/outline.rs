//! Outlines row by row: what a row of cells holds of a shape, and where in it letters find room.

use ratatui::layout::Rect;

use super::lens::Span;

/// A corner of an outline.
pub type Corner = (i64, i64);

/// A piece of a row: the first column, and the one behind the last.
pub type Run = (i64, i64);

/// The corners of an upright rectangle.
#[must_use]
pub const fn rectangle(span: Span) -> [Corner; 4] {
    let Span { left, top, right, bottom } = span;
    [(left, top), (right, top), (right, bottom), (left, bottom)]
}

/// True for a rectangle whose sides run along the axes.
#[must_use]
pub fn is_upright(outline: &[Corner], span: Span) -> bool {
    let corner = |(x, y): &Corner| (*x == span.left || *x == span.right) && (*y == span.top || *y == span.bottom);
    outline.len() == 4 && is_stepped(outline) && outline.iter().all(corner)
}

/// True when all sides run along the axes, whatever their number.
#[must_use]
pub fn is_stepped(outline: &[Corner]) -> bool {
    sides(outline).all(|(from, to)| from.0 == to.0 || from.1 == to.1)
}

/// The sides in order.
pub fn sides(outline: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    outline.iter().copied().zip(outline.iter().copied().cycle().skip(1))
}

/// Where the outline crosses a height, from left to right, in pairs.
pub fn crossed(outline: &[Corner], y: i64, into: &mut Vec<i64>) {
    into.clear();
    for (from, to) in sides(outline) {
        let (upper, lower) = if from.1 <= to.1 { (from, to) } else { (to, from) };
        if upper.1 <= y && y < lower.1 {
            let (run, rise) = (i128::from(lower.0) - i128::from(upper.0), i128::from(lower.1) - i128::from(upper.1));
            let x = i128::from(upper.0) + run * (i128::from(y) - i128::from(upper.1)) / rise.max(1);
            into.push(i64::try_from(x).unwrap_or(upper.0));
        }
    }
    into.sort_unstable();
}

/// What a row holds of an outline whose corners lie between the cells.
#[must_use]
pub fn runs(corners: &[Corner], row: i64) -> Vec<Run> {
    let mut crossings = Vec::new();
    // No corner has a height between two rows, so that each side is crossed or passed, never touched at its end.
    crossed(corners, row, &mut crossings);
    crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).filter(|(left, right)| left < right).collect()
}

/// What two rows have in common.
#[must_use]
pub fn common(one: &[Run], other: &[Run]) -> Vec<Run> {
    let both = |a: &Run, b: &Run| (a.0.max(b.0), a.1.min(b.1));
    one.iter().flat_map(|a| other.iter().map(move |b| both(a, b))).filter(|(left, right)| left < right).collect()
}

/// The place for letters among the longest pieces of rows that follow each other: a broad one rather than a high one.
#[must_use]
pub fn room(top: u16, rows: &[(u16, u16)]) -> Rect {
    let (mut best, mut best_rank) = (Rect::ZERO, 0);
    for (first, from) in rows.iter().enumerate() {
        let (mut left, mut right) = *from;
        for (last, (next_left, next_right)) in rows.iter().enumerate().skip(first) {
            (left, right) = (left.max(*next_left), right.min(*next_right));
            if left >= right {
                break;
            }
            let (width, height) = (right - left, last - first + 1);
            let rank = u64::from(width) * u64::from(width) * u64::try_from(height).unwrap_or(1);
            if rank > best_rank {
                let down = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX);
                best = Rect { x: left, y: top.saturating_add(down(first)), width, height: down(height) };
                best_rank = rank;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Corner; 6] = [(0, 0), (10, 0), (10, 2), (4, 2), (4, 5), (0, 5)];

    #[test]
    fn rows_of_a_stepped_outline_follow_its_steps() {
        assert!(is_stepped(&STEPS) && !is_upright(&STEPS, Span { left: 0, top: 0, right: 10, bottom: 5 }));
        assert_eq!(
            (0..5).flat_map(|row| runs(&STEPS, row)).collect::<Vec<_>>(),
            [(0, 10), (0, 10), (0, 4), (0, 4), (0, 4)]
        );
        assert_eq!(common(&[(0, 10)], &[(2, 4), (6, 12)]), [(2, 4), (6, 10)]);
    }

    #[test]
    fn letters_stand_where_it_is_broad() {
        assert_eq!(room(3, &[(0, 10), (0, 10), (0, 4), (0, 4)]), Rect::new(0, 3, 10, 2));
        assert_eq!(room(0, &[(4, 5), (3, 6), (2, 7), (3, 6), (4, 5)]), Rect::new(3, 1, 3, 3));
        assert_eq!(room(0, &[(5, 5)]), Rect::ZERO);
    }
}
