//! The screens: each keeps its own cursor, scroll and filter, and draws itself from the book.

pub mod board;
pub mod floor;
pub mod history;
pub mod list;
pub mod reports;
pub mod today;

use crate::command::Move;

/// By how many lines a move goes, where a page has so many; `None` for moves to the side. Moves to an end go farther
/// than any list is long.
#[must_use]
pub fn lines_of(to: Move, page: usize) -> Option<isize> {
    let page = isize::try_from(page.max(1)).unwrap_or(1);
    match to {
        Move::Up => Some(-1),
        Move::Down => Some(1),
        Move::PageUp => Some(-page),
        Move::PageDown => Some(page),
        Move::First => Some(isize::MIN / 2),
        Move::Last => Some(isize::MAX / 2),
        Move::Left | Move::Right => None,
    }
}
