//! What is written on a plan: codes of booths, measures, and the words for things that are no booths.

use crate::base::text::{Text, fold};
use crate::domain::field::Value;
use crate::domain::fixture::FixtureKind;
use crate::domain::intent::Fields;

/// Longest words that a booth keeps as its note.
const NOTE_CHARS: usize = 200;

/// What is written in one shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The code of a booth.
    pub code: Option<String>,
    /// More codes than the one.
    pub more_codes: Vec<String>,
    /// A stated area in square centimetres.
    pub area_cm2: Option<i64>,
    /// All other words in their order.
    pub words: String,
}

impl Written {
    /// Takes apart what is written.
    #[must_use]
    pub fn read<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        let mut written = Self::default();
        let mut codes: Vec<&str> = Vec::new();
        for label in labels {
            match measure(label) {
                Some(Measure::Area(cm2)) => written.area_cm2 = Some(cm2),
                Some(Measure::Sides) => {}
                None if is_code(label) => codes.push(label),
                None => {
                    let gap = if written.words.is_empty() { "" } else { " " };
                    written.words.push_str(gap);
                    written.words.push_str(label);
                }
            }
        }
        // 3.50 is more likely a length than the name of a booth, where there is another.
        let is_decimal = |label: &str| label.contains(['.', ',']) && !label.contains(char::is_alphabetic);
        let best = codes.iter().position(|code| !is_decimal(code)).unwrap_or(0);
        if best < codes.len() {
            written.code = Some(codes.remove(best).to_owned());
        }
        codes.retain(|code| !is_decimal(code) && written.code.as_deref() != Some(*code));
        written.more_codes = codes.into_iter().map(str::to_owned).collect();
        written
    }

    /// What a booth keeps of it beside its code.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Vec::new();
        fields.extend(self.area_cm2.map(|area| ("stated_area".to_owned(), Value::Number(area))));
        let note: String = self.words.chars().take(NOTE_CHARS).collect();
        if !note.is_empty() {
            fields.push(("note".to_owned(), Value::Text(Text::new(&note))));
        }
        fields
    }
}

enum Measure {
    Area(i64),
    Sides,
}

/// `9 m²`, `3x3`, `3 x 3 m`, `4.5m`: what a plan says of sizes.
fn measure(label: &str) -> Option<Measure> {
    let plain: String = label.to_lowercase().replace(['×', '*'], "x").split_whitespace().collect();
    let number = |text: &str| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
        (is_number && text.starts_with(|c: char| c.is_ascii_digit())).then(|| hundredths(text)).flatten()
    };
    for unit in ["m2", "m²", "sqm", "sq.m"] {
        if let Some(area) = plain.strip_suffix(unit).and_then(number) {
            return Some(Measure::Area(area.saturating_mul(100)));
        }
    }
    let without = |text: &str| text.trim_end_matches(['m', '\'', '"']).trim_end_matches("ft").to_owned();
    if let Some((wide, deep)) = plain.split_once('x') {
        return number(&without(wide)).and(number(&without(deep))).map(|_| Measure::Sides);
    }
    // 12M in capitals may be a booth's code.
    let has_unit = ["m", "cm", "mm", "ft"].iter().any(|unit| label.ends_with(unit)) || plain.ends_with(['\'', '"']);
    let bare = plain.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '\'' || letter == '"');
    (has_unit && number(bare).is_some()).then_some(Measure::Sides)
}

/// A number with a point or comma, in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let part = format!("{part:0<2}");
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() > 6 || !is_digits(whole) || !is_digits(&part) {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + part.get(..2)?.parse::<i64>().ok()?)
}

/// The thing that a label names, when it is no booth: by the words that plans use for it, in both languages.
#[must_use]
pub fn fixture_named(label: &str) -> Option<FixtureKind> {
    const WORDS: &[(&str, FixtureKind)] = &[
        ("san khau", FixtureKind::Stage),
        ("stage", FixtureKind::Stage),
        ("thoat hiem", FixtureKind::Exit),
        ("fire exit", FixtureKind::Exit),
        ("emergency", FixtureKind::Exit),
        ("exit", FixtureKind::Exit),
        ("loi ra", FixtureKind::Exit),
        ("cua vao", FixtureKind::Entrance),
        ("loi vao", FixtureKind::Entrance),
        ("cong vao", FixtureKind::Entrance),
        ("cong chinh", FixtureKind::Entrance),
        ("entrance", FixtureKind::Entrance),
        ("entry", FixtureKind::Entrance),
        ("loi di", FixtureKind::Aisle),
        ("aisle", FixtureKind::Aisle),
        ("cot", FixtureKind::Pillar),
        ("pillar", FixtureKind::Pillar),
        ("column", FixtureKind::Pillar),
        ("ban to chuc", FixtureKind::Office),
        ("btc", FixtureKind::Office),
        ("office", FixtureKind::Office),
        ("registration", FixtureKind::Office),
        ("information", FixtureKind::Office),
        ("am thuc", FixtureKind::Food),
        ("food", FixtureKind::Food),
        ("concession", FixtureKind::Food),
        ("cafe", FixtureKind::Food),
        ("seating", FixtureKind::Seating),
        ("lounge", FixtureKind::Seating),
        ("khu ghe", FixtureKind::Seating),
        ("kho", FixtureKind::Store),
        ("storage", FixtureKind::Store),
        ("ve sinh", FixtureKind::Toilet),
        ("wc", FixtureKind::Toilet),
        ("toilet", FixtureKind::Toilet),
        ("restroom", FixtureKind::Toilet),
        ("tu dien", FixtureKind::Power),
    ];
    let folded = format!(" {} ", fold(label));
    let holds = |word: &str| folded.contains(&format!(" {word} ")) || folded.contains(&format!(" {word}s "));
    WORDS.iter().find(|(word, _)| holds(word)).map(|(_, kind)| *kind)
}

/// True for what booths are called: short, with a digit, no measure and no thing's name.
#[must_use]
pub fn is_code(label: &str) -> bool {
    let letters = label.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let whole = label.chars().count();
    digits > 0
        && whole <= 14
        && letters <= 6
        && !label.contains(['(', ')', '\'', '"'])
        && measure(label).is_none()
        && fixture_named(label).is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_told_apart() {
        assert!(["A01", "F010/E019", "라-2", "005", "N1-12", "12M", "A3x"].iter().all(|label| is_code(label)));
        let others =
            ["Lối thoát hiểm 2", "STAGE 1", "(5 VEHICLES)", "Cột", "3x3", "3 × 4,5 m", "9 m²", "18m2", "3.0m", "10'"];
        assert!(others.iter().all(|label| !is_code(label)), "{others:?}");
        assert_eq!(fixture_named("Lối thoát hiểm số 2"), Some(FixtureKind::Exit));
    }

    #[test]
    fn a_booth_keeps_what_is_written_in_it() {
        let written = Written::read(["3.50", "A12", "Cơ sở", "Mỏ Cày", "9,5 m²", "3x3", "A13"]);
        assert_eq!((written.code.as_deref(), written.area_cm2), (Some("A12"), Some(95_000)));
        assert_eq!((written.words.as_str(), written.more_codes), ("Cơ sở Mỏ Cày", vec!["A13".to_owned()]));
        assert_eq!(Written::read(["3.50"]).code.as_deref(), Some("3.50"));
    }

    proptest! {
        #[test]
        fn no_label_brings_it_down(text in any::<String>(), near in "[0-9.,x×m²'\" ]{0,20}") {
            for label in [&text, &near] {
                let _ = Written::read([label.as_str()]);
            }
        }
    }
}
