//! The screens: each keeps its own cursor, scroll and filter, and draws itself from the book.

pub mod floor;
pub mod history;
pub mod list;
pub mod reports;
pub mod today;
