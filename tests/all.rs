//! One test binary; every file below `tests/` is a module of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails by panicking")]

mod cli;
mod e2e;
mod exchange;
mod import;
mod kit;
mod law;
mod store;
mod tidy;
#[cfg(feature = "tui")]
mod tui;
mod views;
