//! Which part of a long list is seen. Scrolling changes every cell of a page, so it is done seldom and by half pages;
//! within a page only the cursor moves.

/// The first visible row. The page stays where it is as long as the cursor is on it; when the cursor leaves it, the
/// page moves so that the cursor is in its middle. `cursor` beyond the list counts as its last row.
#[must_use]
pub fn offset_for(cursor: usize, offset: usize, height: usize, count: usize) -> usize {
    let last_offset = count.saturating_sub(height);
    let cursor = cursor.min(count.saturating_sub(1));
    let offset = offset.min(last_offset);
    if height == 0 || (offset..offset.saturating_add(height)).contains(&cursor) {
        return offset;
    }
    cursor.saturating_sub(height / 2).min(last_offset)
}

/// The first visible row when nothing was remembered: steps of half a page, so that it changes as seldom as with memory.
#[must_use]
pub fn offset_from_cursor(cursor: usize, height: usize, count: usize) -> usize {
    let cursor = cursor.min(count.saturating_sub(1));
    let half = (height / 2).max(1);
    let beyond = cursor.saturating_add(1).saturating_sub(height);
    if height == 0 {
        0
    } else {
        beyond.div_ceil(half).saturating_mul(half).min(count.saturating_sub(height).max(beyond))
    }
}

/// Scrolls by `by` rows (below zero is upwards) and takes the cursor along only where it would be left behind.
/// Returns the new offset and the new cursor.
#[must_use]
pub fn wheel(cursor: usize, offset: usize, by: isize, height: usize, count: usize) -> (usize, usize) {
    let offset = offset.saturating_add_signed(by).min(count.saturating_sub(height));
    let last = offset.saturating_add(height.max(1)).min(count.max(1)) - 1;
    (offset, cursor.clamp(offset.min(last), last))
}

/// Moves the cursor by `by` rows and stops at both ends.
#[must_use]
pub fn step(cursor: usize, by: isize, count: usize) -> usize {
    cursor.saturating_add_signed(by).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_page_moves_late_and_by_half() {
        assert_eq!(offset_for(9, 0, 10, 100), 0);
        assert_eq!(offset_for(10, 0, 10, 100), 5);
        assert_eq!(offset_for(4, 5, 10, 100), 0);
        assert_eq!(offset_for(99, 0, 10, 100), 90);
        assert_eq!(offset_for(usize::MAX, usize::MAX, 10, 3), 0);
        assert_eq!(offset_for(5, 0, 0, 100), 0);
    }

    #[test]
    fn walking_down_moves_the_page_seldom() {
        let (mut offset, mut moves) = (0, 0);
        for cursor in 0..1000 {
            let next = offset_for(cursor, offset, 20, 1000);
            moves += usize::from(next != offset);
            offset = next;
        }
        assert!(moves <= 100, "{moves}");
    }

    proptest! {
        #[test]
        fn the_cursor_is_seen_and_no_row_is_wasted(cursor: usize, offset: usize, height in 1usize..60, count in 1usize..500) {
            let cursor = cursor % count;
            for offset in [offset_for(cursor, offset, height, count), offset_from_cursor(cursor, height, count)] {
                prop_assert!(offset <= cursor && cursor < offset + height);
                prop_assert!(offset + height <= count.max(height));
                prop_assert_eq!(offset_for(cursor, offset, height, count), offset);
            }
        }

        #[test]
        fn the_wheel_keeps_the_cursor_on_the_page(cursor: usize, offset: usize, by: isize, height in 0usize..60, count in 0usize..500) {
            let (offset, cursor) = wheel(cursor, offset, by, height, count);
            prop_assert!(offset <= count.saturating_sub(height));
            prop_assert!(cursor < count.max(1));
            prop_assert_eq!(offset_for(cursor, offset, height, count), offset);
            prop_assert!(step(cursor, by, count) < count.max(1));
        }

        #[test]
        fn no_number_is_too_large(cursor: usize, offset: usize, height: usize, count: usize, by: isize) {
            let _ = (offset_for(cursor, offset, height, count), offset_from_cursor(cursor, height, count));
            let _ = (wheel(cursor, offset, by, height, count), step(cursor, by, count));
        }
    }
}
