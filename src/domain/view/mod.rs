//! What screens, shell and reports read from the book: names, columns, lists, totals. Pure functions of a book.

pub mod alike;
pub mod board;
pub mod budget_fit;
pub mod columns;
pub mod derived;
pub mod detail;
pub mod doctor;
pub mod filter;
pub mod fit;
pub mod floor;
pub mod lead_care;
pub mod ledger;
pub mod list;
pub mod money;
mod narrow_way;
pub mod plan_check;
pub mod priority;
pub mod report;
pub mod results;
pub mod suggest;
pub mod suits;
pub mod title;
pub mod today;
pub mod usage;
pub mod waiting;
mod walkable;
