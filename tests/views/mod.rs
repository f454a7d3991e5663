//! What screens and shell read from a book.

mod detail;
mod floor;
mod list;
mod money_reports;
mod outcomes;
mod report;
mod retention;
mod today;
