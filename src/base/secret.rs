//! A word that is never shown: its debug form says nothing, and it has no stored form.

use std::fmt;

/// A passphrase on its way to be compared or hashed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a word out of sight.
    #[must_use]
    pub const fn new(word: String) -> Self {
        Self(word)
    }

    /// The word itself, for the one place that compares or hashes it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Secret")
    }
}
