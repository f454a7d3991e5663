//! Who stands where, best: the model of a fair's demands, the solver, its reasons, and the public draw.

pub mod bound;
pub mod branch;
pub mod chance;
pub mod columns;
pub mod conflict;
pub mod counting;
pub mod draw;
pub mod draw_check;
pub mod explain;
pub mod from_book;
pub mod ground;
pub mod improve;
pub mod lap;
pub mod minutes;
pub mod plan;
pub mod problem;
pub mod proposal;
pub mod score;
pub mod search;
pub mod setting;
pub mod solve;
pub mod state;
pub mod ties;
pub mod turns;
pub mod what_if;

pub use plan::Plan;
pub use problem::{Firm, Problem, Rect, Spot, Standing};
pub use score::{Score, Tier};
