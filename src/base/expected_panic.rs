//! Panics of libraries that read damaged files: caught where they are known to happen, and told apart from our own bugs
//! by the panic hooks of screen and shell, which would otherwise end the program.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<u32> = const { Cell::new(0) };
}

/// Runs `work` and gives `None` when it panics.
///
/// What `work` was changing must be thrown away then, since it may be half done.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    CATCHING.set(CATCHING.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(CATCHING.get() - 1);
    result.ok()
}

/// True in a panic hook when the panic will be caught, so that nobody need hear of it.
#[must_use]
pub fn is_expected() -> bool {
    CATCHING.get() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_expected_and_one_outside_is_not() {
        assert!(!is_expected());
        assert_eq!(caught(is_expected), Some(true));
        assert_eq!(caught(|| -> u8 { panic!("a damaged file") }), None);
        assert!(!is_expected());
    }
}
