//! What screens and shell read from a book.

mod list;
mod report;
mod today;
