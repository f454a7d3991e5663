//! One test binary; every file below `tests/` is a module of it.

mod cli;
mod exchange;
mod import;
mod kit;
mod law;
mod store;
mod tidy;
mod views;
