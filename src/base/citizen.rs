//! The citizen number (số định danh cá nhân, số căn cước): twelve digits, personal data, always masked in lists.

use chrono::Datelike;

use super::checked::{all_digits, checked_text, compact, digit_values, quoted};
use super::dates::Date;
use super::words::Words;
use crate::say;

/// A citizen number of twelve digits. `Debug` shows the mask only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitizenNumber(Box<str>);

checked_text!(CitizenNumber, CitizenFault, debug = masked);

/// Why a text is not a citizen number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CitizenFault {
    /// Something else than digits.
    #[error("{0:?} is not all digits")]
    Letters(String),
    /// Not twelve digits.
    #[error("{0} digits instead of 12")]
    Length(usize),
    /// The first three digits name no province.
    #[error("no province has the code {0}")]
    Place(String),
}

impl CitizenFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Letters(text) => say!(
                "“{text}” không phải số căn cước. Số này chỉ có 12 chữ số.",
                "“{text}” is not a citizen number. It has 12 digits and nothing else."
            ),
            Self::Length(count) => say!(
                "Số căn cước có 12 chữ số, ở đây có {count}. Kiểm tra lại trên thẻ.",
                "A citizen number has 12 digits, here are {count}. Compare it with the card."
            ),
            Self::Place(code) => say!(
                "Ba số đầu {code} không phải mã tỉnh (001–096). Kiểm tra lại trên thẻ.",
                "The first three digits {code} are no province code (001–096). Compare them with the card."
            ),
        }
    }
}

impl CitizenNumber {
    /// Reads twelve digits, with or without blanks, dots and dashes. There is no check digit.
    ///
    /// # Errors
    /// [`CitizenFault`] says what is wrong.
    pub fn read(text: &str) -> Result<Self, CitizenFault> {
        let digits = compact(text);
        if !all_digits(&digits) {
            return Err(if digits.is_empty() { CitizenFault::Length(0) } else { CitizenFault::Letters(quoted(text)) });
        }
        if digits.len() != 12 {
            return Err(CitizenFault::Length(digits.len()));
        }
        let place = digits.get(..3).unwrap_or_default();
        if !("001"..="096").contains(&place) {
            return Err(CitizenFault::Place(place.to_owned()));
        }
        Ok(Self(digits.into()))
    }

    /// The year of birth: the fourth digit gives century and sex, the next two the year.
    #[must_use]
    pub fn birth_year(&self) -> i32 {
        let years = digit_values(&self.0).skip(3).take(3).fold(0, |sum, digit| sum * 10 + digit);
        let (century, year) = (years / 200, years % 100);
        i32::try_from(1900 + century * 100 + year).unwrap_or_default()
    }

    /// A warning when the holder would be younger than 16 or older than 110 years on `today`.
    #[must_use]
    pub fn doubt(&self, today: Date) -> Option<Words> {
        let year = self.birth_year();
        let age = today.year() - year;
        (!(16..=110).contains(&age)).then(|| {
            say!(
                "Số căn cước cho năm sinh {year}, không hợp với người đại diện. Kiểm tra lại trên thẻ.",
                "This citizen number gives the birth year {year}, unlikely for a representative. Compare it with the card."
            )
        })
    }

    /// `083***456`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}***{}", self.0.get(..3).unwrap_or_default(), self.0.get(9..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn twelve_digits_with_a_province_are_a_citizen_number() {
        let number = CitizenNumber::read("083 204 012 456").unwrap();
        assert_eq!(number.as_str(), "083204012456");
        assert_eq!(number.masked(), "083***456");
        assert_eq!(format!("{number:?}"), "083***456");
        assert_eq!(number.birth_year(), 2004);
        assert_eq!(CitizenNumber::read("084175000001").unwrap().birth_year(), 1975);
        assert_eq!(CitizenNumber::read("097204012456"), Err(CitizenFault::Place("097".into())));
        assert_eq!(CitizenNumber::read("000204012456"), Err(CitizenFault::Place("000".into())));
        assert_eq!(CitizenNumber::read("08320401245"), Err(CitizenFault::Length(11)));
        assert_eq!(CitizenNumber::read(""), Err(CitizenFault::Length(0)));
        assert!(matches!(CitizenNumber::read("08320401245x"), Err(CitizenFault::Letters(_))));
    }

    #[test]
    fn an_unlikely_age_is_doubted() {
        let today = Date::from_ymd_opt(2025, 2, 5).unwrap();
        assert_eq!(CitizenNumber::read("083204012456").unwrap().doubt(today), None);
        assert!(CitizenNumber::read("083215012456").unwrap().doubt(today).is_some());
        assert!(CitizenNumber::read("083905012456").unwrap().doubt(today).is_some());
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "0[0-9]{11}", "[0-9 .]{0,16}"]) {
            match CitizenNumber::read(&text) {
                Ok(number) => {
                    prop_assert_eq!(CitizenNumber::read(number.as_str()), Ok(number.clone()));
                    prop_assert!(number.birth_year() >= 1900 && number.masked().len() == 9);
                }
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
        }
    }
}
