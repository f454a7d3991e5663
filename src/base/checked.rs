//! What all checked numbers and addresses share: they are text that only `read` can make, and serde reads by `read`.

use super::limits::QUOTE_CHARS;
use super::text::{Text, ellipsis};

/// `raw` cleaned, and without the blanks, dots and dashes that people put between groups.
pub(super) fn compact(raw: &str) -> String {
    let clean = Text::new(raw);
    let between = [' ', '.', '-', '‐', '‑', '–', '—'];
    clean.as_str().chars().filter(|letter| !between.contains(letter)).collect()
}

/// `raw` cleaned and cut to what a message can repeat.
pub(super) fn quoted(raw: &str) -> String {
    ellipsis(Text::new(raw).as_str(), QUOTE_CHARS).into_owned()
}

/// True when there is at least one letter and all are digits `0` to `9`.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The values of the ASCII digits in `text`.
pub(super) fn digit_values(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.bytes().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'))
}

/// Gives a newtype over `Box<str>` its text, `Display`, `FromStr` and serde; `Debug` shows what `$debug` returns.
macro_rules! checked_text {
    ($name:ident, $fault:ident, debug = $debug:ident) => {
        impl $name {
            /// The text as it is stored.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str(&self.$debug())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $fault;

            fn from_str(text: &str) -> Result<Self, $fault> {
                Self::read(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                Self::read(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(super) use checked_text;
