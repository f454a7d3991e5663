//! One test binary; every file below `tests/` is a module of it.

#[cfg(test)]
mod law;
