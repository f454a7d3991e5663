//! What screens, shell and reports read from the book: names, columns, lists, totals. Pure functions of a book.

pub mod money;
pub mod suggest;
pub mod title;
