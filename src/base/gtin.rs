//! The bar code of a product: EAN-13 (GTIN-13) with its check digit, as GS1 defines it.

use super::checked::{all_digits, checked_text, compact, digit_values, quoted};
use super::words::Words;
use crate::say;

/// A GTIN of thirteen digits, right in its check digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Box<str>);

checked_text!(Gtin, GtinFault, debug = to_string);

/// Why a text is not a GTIN.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GtinFault {
    /// Something else than digits.
    #[error("{0:?} is not all digits")]
    Letters(String),
    /// Not thirteen digits.
    #[error("{0} digits instead of 13")]
    Length(usize),
    /// Another check digit than the right one.
    #[error("{code} ends in the wrong check digit, {right} would be right")]
    CheckDigit {
        /// The thirteen digits as they were written.
        code: String,
        /// The digit that fits the first twelve.
        right: u32,
    },
}

impl GtinFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Letters(text) => say!(
                "“{text}” không phải mã vạch. Mã EAN-13 chỉ có 13 chữ số.",
                "“{text}” is not a bar code. An EAN-13 has 13 digits and nothing else."
            ),
            Self::Length(count) => say!(
                "Mã vạch EAN-13 có 13 chữ số, ở đây có {count}. Đếm lại dưới vạch.",
                "An EAN-13 has 13 digits, here are {count}. Count those below the bars again."
            ),
            Self::CheckDigit { code, right } => say!(
                "Mã vạch {code} sai số kiểm tra: nếu mười hai số đầu đúng thì số cuối phải là {right}.",
                "The check digit of {code} is wrong: if the first twelve digits are right, the last must be {right}."
            ),
        }
    }
}

impl Gtin {
    /// Reads thirteen digits, with or without blanks, dots and dashes.
    ///
    /// # Errors
    /// [`GtinFault`] says what is wrong and what would be right.
    pub fn read(text: &str) -> Result<Self, GtinFault> {
        let digits = compact(text);
        if !digits.is_empty() && !all_digits(&digits) {
            return Err(GtinFault::Letters(quoted(text)));
        }
        if digits.len() != 13 {
            return Err(GtinFault::Length(digits.len()));
        }
        let sum: u32 = digit_values(&digits).take(12).zip([1, 3].into_iter().cycle()).map(|(d, w)| d * w).sum();
        let right = (10 - sum % 10) % 10;
        if digit_values(&digits).next_back() == Some(right) {
            Ok(Self(digits.into()))
        } else {
            Err(GtinFault::CheckDigit { code: digits, right })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digit_is_checked() {
        for text in ["4006381333931", "5901234123457", "893 4563 13814 1", "9780306406157"] {
            let read = Gtin::read(text);
            assert!(read.is_ok(), "{read:?}");
        }
        assert_eq!(Gtin::read("4006381333932"), Err(GtinFault::CheckDigit { code: "4006381333932".into(), right: 1 }));
        assert_eq!(Gtin::read("400638133393"), Err(GtinFault::Length(12)));
        assert_eq!(Gtin::read(""), Err(GtinFault::Length(0)));
        assert!(matches!(Gtin::read("400638133393x"), Err(GtinFault::Letters(_))));
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_fits(prefix in "[0-9]{12}") {
            prop_assert_eq!((0..10).filter(|last| Gtin::read(&format!("{prefix}{last}")).is_ok()).count(), 1);
        }

        #[test]
        fn reading_never_panics(text: String) {
            if let Err(fault) = Gtin::read(&text) {
                prop_assert!(!fault.words().is_empty());
            }
        }
    }
}
