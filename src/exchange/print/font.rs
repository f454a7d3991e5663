//! The fonts that go with the program: how wide a text is, and which letters they have.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

/// A face that text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Documents: the widths of Times New Roman, as Decree 30/2020 wants it.
    Serif,
    /// Headings and what must stand out in documents.
    SerifBold,
    /// Places, dates and remarks in documents.
    SerifItalic,
    /// Drawings and dense tables.
    Sans,
    /// Headings of drawings.
    SansBold,
}

impl Face {
    /// Every face.
    pub const ALL: [Self; 5] = [Self::Serif, Self::SerifBold, Self::SerifItalic, Self::Sans, Self::SansBold];

    /// The font file, whole.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../../../data/fonts/LiberationSerif-Regular.ttf"),
            Self::SerifBold => include_bytes!("../../../data/fonts/LiberationSerif-Bold.ttf"),
            Self::SerifItalic => include_bytes!("../../../data/fonts/LiberationSerif-Italic.ttf"),
            Self::Sans => include_bytes!("../../../data/fonts/LiberationSans-Regular.ttf"),
            Self::SansBold => include_bytes!("../../../data/fonts/LiberationSans-Bold.ttf"),
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Serif => 0,
            Self::SerifBold => 1,
            Self::SerifItalic => 2,
            Self::Sans => 3,
            Self::SansBold => 4,
        }
    }

    fn measures(self) -> Option<&'static Measures> {
        static ALL: LazyLock<Vec<Option<Measures>>> =
            LazyLock::new(|| Face::ALL.iter().map(|face| Measures::of(face.bytes())).collect());
        ALL.get(self.place()).and_then(Option::as_ref)
    }

    /// True when the face has a picture of this character.
    #[must_use]
    pub fn covers(self, character: char) -> bool {
        self.measures().is_some_and(|measures| measures.letters.map(character).is_some())
    }

    /// The number of the picture of a character and how far it moves the pen, in parts of the type size. A character that the
    /// face lacks is an empty box, so that a reader sees that something is missing.
    #[must_use]
    pub fn glyph(self, character: char) -> (u32, f32) {
        let Some(measures) = self.measures() else { return (0, 0.5) };
        let glyph = measures.letters.map(character).unwrap_or_default();
        (glyph.to_u32(), measures.widths.advance_width(glyph).unwrap_or_default() / measures.units)
    }

    /// How wide a text is at this type size, in the unit of the size.
    #[must_use]
    pub fn width(self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.glyph(character).1).sum::<f32>() * size
    }
}

struct Measures {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    units: f32,
}

impl Measures {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em).max(1.0);
        Some(Self {
            letters: font.charmap(),
            widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of the twelve vowels with each of the five marks and none, đ, and what stands between words in documents.
    #[test]
    fn every_face_has_every_letter_of_vietnamese() {
        use unicode_normalization::UnicodeNormalization as _;
        let vowels = "aăâeêioôơuưy";
        let marks = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let mut wanted: Vec<char> = "đĐ₫“”‘’–—…§²³×÷±≤≥→•☐☑✓★/.,;:!?()[]%&@#*+-=_<>|'\"".chars().collect();
        wanted.retain(|character| !"☐☑✓★".contains(*character));
        for vowel in vowels.chars().chain(vowels.to_uppercase().chars()) {
            for mark in marks {
                let letter: Vec<char> = format!("{vowel}{mark}").nfc().collect();
                assert_eq!(letter.len(), 1, "{vowel}{mark}");
                wanted.extend(letter);
            }
        }
        wanted.extend(('a'..='z').chain('A'..='Z').chain('0'..='9'));
        for face in Face::ALL {
            let lacking: String = wanted.iter().filter(|character| !face.covers(**character)).collect();
            assert_eq!(lacking, "", "{face:?}");
        }
    }

    #[test]
    fn widths_are_those_of_times_new_roman() {
        let width = Face::Serif.width("0123456789", 100.0);
        assert!((width - 500.0).abs() < 0.5, "{width}");
        assert!(Face::SerifBold.width("Kế", 14.0) > Face::SerifBold.width("K", 14.0));
        assert!(Face::Sans.width("", 14.0).abs() < f32::EPSILON);
    }
}
