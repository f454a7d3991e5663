//! One test binary; every file below `tests/` is a module of it.

mod exchange;
mod import;
mod law;
mod store;
