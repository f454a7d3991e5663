//! Why not, where, and what to do about it.

use serde::Serialize;

use crate::base::words::Words;

/// A refusal: what is wrong, at which field, and what would be right. The stable code is for scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}: {} {}", code, what.en, fix.en)]
pub struct Refusal {
    /// The stable code (`booth-taken`).
    pub code: &'static str,
    /// The key of the field it is about; empty when it is about the whole.
    pub field: String,
    /// What is wrong.
    pub what: Words,
    /// What to do next.
    pub fix: Words,
}

impl Refusal {
    /// A refusal about the whole intent.
    #[must_use]
    pub const fn new(code: &'static str, what: Words, fix: Words) -> Self {
        Self { code, field: String::new(), what, fix }
    }

    /// What is wrong and what to do next, to be read in one go.
    #[must_use]
    pub fn words(&self) -> Words {
        crate::say!("{} {}", "{} {}"; self.what, self.fix)
    }

    /// The same refusal, about one field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        field.clone_into(&mut self.field);
        self
    }
}

/// Short for building a refusal: `refuse("code", say!(..), say!(..))`.
///
/// # Errors
/// Always.
pub const fn refuse<T>(code: &'static str, what: Words, fix: Words) -> Result<T, Refusal> {
    Err(Refusal::new(code, what, fix))
}
