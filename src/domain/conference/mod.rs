//! The timetable of a trade-connection conference: who meets whom, when, at which table.
//!
//! Wishes are met tier by tier: the number of meetings of the first tier is as large as can be, given that the number of the
//! second, and so on. A bound that owes nothing to the search says how many there can be at most ([`bound`]); where both meet, the
//! timetable is proved. Pure: the same problem, seed and steps give the same timetable.

pub mod bound;
pub mod day;
mod exact;
pub mod from_book;
pub mod problem;
pub mod replan;
mod search;
pub mod solve;
mod state;
pub mod tables;
