//! Every text a person sees, in Vietnamese and in English at once, so that a missing one does not compile.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A language of the screen and the shell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese, the language of the office.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// Reads `vi`, `en` or a locale such as `en_GB.UTF-8`; anything else is `None`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let tag = text.split(['_', '-', '.']).next().unwrap_or_default();
        match tag.to_ascii_lowercase().as_str() {
            "vi" => Some(Self::Vi),
            "en" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Words {
    /// The Vietnamese text.
    pub vi: Cow<'static, str>,
    /// The English text.
    pub en: Cow<'static, str>,
}

impl Words {
    /// Words that are known when the program is built.
    #[must_use]
    pub const fn new(vi: &'static str, en: &'static str) -> Self {
        Self { vi: Cow::Borrowed(vi), en: Cow::Borrowed(en) }
    }

    /// A name, code or number that reads the same in both languages.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { vi: Cow::Owned(text.clone()), en: Cow::Owned(text) }
    }

    /// The text in one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// True when nothing would be shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty() && self.en.is_empty()
    }
}

/// The text with its first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Formats one sentence in both languages: `say!("Thiếu {name}.", "{name} is missing.")`.
///
/// An argument that itself is [`Words`] is given as `say!("… {}", "… {}"; words)`.
#[macro_export]
macro_rules! say {
    ($vi:literal, $en:literal $(,)?) => {
        $crate::base::words::Words { vi: format!($vi).into(), en: format!($en).into() }
    };
    ($vi:literal, $en:literal; $($words:expr),+ $(,)?) => {
        $crate::base::words::Words {
            vi: format!($vi, $($words.vi),+).into(),
            en: format!($en, $($words.en),+).into(),
        }
    };
}
