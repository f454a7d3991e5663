//! One test binary; every file below `tests/` is a module of it.

<<<<<<< HEAD
mod store;
=======
mod exchange;
>>>>>>> mapping
