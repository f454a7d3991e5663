//! The program in a real terminal.
#![cfg(all(unix, feature = "tui"))]

mod desk;
mod endings;
mod place;
mod terminal;
