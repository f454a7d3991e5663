//! One test binary; every file below `tests/` is a module of it.

mod kit;
mod views;
