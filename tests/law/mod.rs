//! The laws of the trade and of the one writer, tried on worked cases and on random histories.

mod acts;
mod arranging;
mod booths;
mod chance;
mod changed;
mod claims;
mod erasure;
mod frozen;
mod history;
mod life;
mod merging;
mod money;
mod money_acts;
mod offers;
mod placing;
mod plan;
mod reading;
mod reasons;
mod replay;
mod results;
mod scheme_book;
mod schemes;
mod signers;
mod simulator;
mod steps;
mod words;
pub mod world;
