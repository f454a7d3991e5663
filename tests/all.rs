//! One test binary; every file below `tests/` is a module of it.

mod cli;
mod e2e;
mod exchange;
mod import;
mod kit;
mod law;
mod store;
#[cfg(feature = "tui")]
mod tui;
mod views;
