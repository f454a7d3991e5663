//! Units that the headers of a plan name: `rộng (cm)`, `width ft`. Without one, lengths are metres.

use crate::base::text::fold;
use crate::domain::field::Value;
use crate::domain::refusal::Refusal;
use crate::say;

/// A unit as a fraction of centimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthUnit {
    centimetres: i128,
    per: i128,
}

/// What lengths are in where nothing is said.
pub const METRES: LengthUnit = LengthUnit { centimetres: 100, per: 1 };

const UNITS: &[(&[&str], LengthUnit)] = &[
    (&["m", "met", "metre", "metres", "meter", "meters"], METRES),
    (&["cm", "centimet", "xentimet", "centimetres", "centimeters"], LengthUnit { centimetres: 1, per: 1 }),
    (&["mm", "milimet", "millimetres", "millimeters"], LengthUnit { centimetres: 1, per: 10 }),
    (&["ft", "foot", "feet"], LengthUnit { centimetres: 3_048, per: 100 }),
    (&["inch", "inches"], LengthUnit { centimetres: 254, per: 100 }),
];

/// Most digits of a length, decimals counted.
const DIGITS_MAX: usize = 12;

/// The unit that a header ends with, bracketed or not.
#[must_use]
pub fn unit_in(header: &str) -> Option<LengthUnit> {
    let folded = fold(header);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = words.next_back()?;
    words.next()?;
    unit_called(last)
}

/// A unit by one of its names.
#[must_use]
pub fn unit_called(word: &str) -> Option<LengthUnit> {
    UNITS.iter().find(|(names, _)| names.contains(&word)).map(|(_, unit)| *unit)
}

impl LengthUnit {
    /// The length that a cell states in this unit, in centimetres, rounded to the nearest.
    ///
    /// # Errors
    /// When the cell is no number that is not negative.
    pub fn read(self, text: &str) -> Result<Value, Refusal> {
        self.centimetres(text).map(Value::Number).ok_or_else(|| {
            Refusal::new(
                "length-unreadable",
                say!("“{text}” không phải chiều dài.", "“{text}” is no length."),
                say!("Ghi một số như 300 hoặc 9,5.", "Write a number such as 300 or 9.5."),
            )
        })
    }

    /// The same; nothing for what is no number that is not negative.
    #[must_use]
    pub fn centimetres(self, text: &str) -> Option<i64> {
        let bare: String = text.trim().chars().filter(|letter| !letter.is_whitespace()).collect();
        let bare = bare.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '\'');
        let (whole, part) = bare.split_once([',', '.']).unwrap_or((bare, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() + part.len() > DIGITS_MAX || !digits(whole) || !digits(part) {
            return None;
        }
        let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let value = format!("{whole}{part}").parse::<i128>().ok()?;
        let (doubled, by) = (2 * value * self.centimetres, self.per * scale);
        i64::try_from((doubled + by) / (2 * by)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_units_and_cells_follow_them() {
        let cm = |header: &str, cell: &str| unit_in(header).and_then(|unit| unit.centimetres(cell));
        assert_eq!(cm("Rộng (cm)", "300"), Some(300));
        assert_eq!(cm("width ft", "9.84"), Some(300));
        assert_eq!(cm("Chiều sâu [mm]", "3 000"), Some(300));
        assert_eq!(cm("depth_inches", "118,11"), Some(300));
        assert_eq!(cm("Ngang (m)", "4,5"), Some(450));
        assert_eq!(cm("cm", "4"), None, "a unit alone names no field");
        assert_eq!(cm("Rộng", "3"), None);
        assert_eq!(cm("Rộng (cm)", "3x3"), None);
        assert_eq!(cm("Rộng (cm)", &"9".repeat(40)), None);
    }
}
