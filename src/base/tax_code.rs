//! The tax code (mã số thuế): ten digits with a check digit, three more for a branch, or a citizen number.

use super::checked::{all_digits, checked_text, compact, digit_values, quoted};
use super::citizen::{CitizenFault, CitizenNumber};
use super::words::Words;
use crate::say;

/// A valid tax code: `0100233488`, `0314409058-002`, or the citizen number of a household's representative.
///
/// Since 1 July 2025 households use citizen numbers (Circular 86/2024/TT-BTC); these are personal data.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxCode(Box<str>);

checked_text!(TaxCode, TaxCodeFault, debug = masked);

/// Why a text is not a tax code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeFault {
    /// Something else than digits.
    #[error("{0:?} is not all digits")]
    Letters(String),
    /// Not 10, 12 or 13 digits.
    #[error("{0} digits instead of 10, 12 or 13")]
    Length(usize),
    /// The province part is 00.
    #[error("no province has the code 00")]
    Province,
    /// The sequence is 0000000.
    #[error("the sequence 0000000 is never given")]
    Sequence,
    /// The branch is 000.
    #[error("the branch 000 is never given")]
    Branch,
    /// No check digit fits, so these nine digits are never given.
    #[error("the prefix {0} is never given")]
    Impossible(String),
    /// Another check digit than the right one.
    #[error("{code} ends in the wrong check digit, {right} would be right")]
    CheckDigit {
        /// The ten digits as they were written.
        code: String,
        /// The digit that fits the first nine.
        right: u32,
    },
    /// Twelve digits that are not a citizen number.
    #[error("not a citizen number: {0}")]
    Citizen(#[from] CitizenFault),
}

impl TaxCodeFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Letters(text) => say!(
                "“{text}” không phải mã số thuế. Mã chỉ gồm chữ số, ví dụ 0314409058 hoặc 0314409058-002.",
                "“{text}” is not a tax code. It has digits only, as 0314409058 or 0314409058-002."
            ),
            Self::Length(0) => Words::new(
                "Chưa có mã số thuế. Mã có 10 chữ số, ví dụ 0314409058.",
                "The tax code is missing. It has 10 digits, as 0314409058.",
            ),
            Self::Length(count) => say!(
                "Mã số thuế có 10 chữ số, chi nhánh 13, hộ kinh doanh 12; ở đây có {count}. Đếm lại các chữ số.",
                "A tax code has 10 digits, 13 for a branch, 12 for a household; here are {count}. Count the digits again."
            ),
            Self::Province => Words::new(
                "Mã số thuế không bắt đầu bằng 00. Hai số đầu là mã tỉnh, kiểm tra lại.",
                "No tax code begins with 00. The first two digits are the province, check them.",
            ),
            Self::Sequence => Words::new(
                "Mã số thuế không có dãy 0000000 sau mã tỉnh. Kiểm tra lại bảy chữ số này.",
                "No tax code has 0000000 behind the province. Check these seven digits.",
            ),
            Self::Branch => Words::new(
                "Mã chi nhánh đi từ 001 đến 999, không có 000. Ghi mười số đầu nếu là trụ sở chính.",
                "Branches run from 001 to 999, never 000. Write the first ten digits alone for the head office.",
            ),
            Self::Impossible(prefix) => say!(
                "Không có mã số thuế nào bắt đầu bằng {prefix}: dãy này không có số kiểm tra. Kiểm tra lại chín số đầu.",
                "No tax code begins with {prefix}: no check digit fits it. Check the first nine digits."
            ),
            Self::CheckDigit { code, right } => say!(
                "Mã số thuế {code} sai số kiểm tra: nếu chín số đầu đúng thì số thứ mười phải là {right}.",
                "The check digit of {code} is wrong: if the first nine digits are right, the tenth must be {right}."
            ),
            Self::Citizen(fault) => fault.words(),
        }
    }
}

impl TaxCode {
    /// Reads 10, 13 or 12 digits, with or without blanks, dots and dashes.
    ///
    /// # Errors
    /// [`TaxCodeFault`] says what is wrong and what would be right.
    pub fn read(text: &str) -> Result<Self, TaxCodeFault> {
        let digits = compact(text);
        if !digits.is_empty() && !all_digits(&digits) {
            return Err(TaxCodeFault::Letters(quoted(text)));
        }
        let (main, branch) = match digits.len() {
            12 => return Ok(Self(CitizenNumber::read(&digits)?.as_str().into())),
            10 | 13 => digits.split_at(10),
            count => return Err(TaxCodeFault::Length(count)),
        };
        check_main(main)?;
        match branch {
            "" => Ok(Self(main.into())),
            "000" => Err(TaxCodeFault::Branch),
            _ => Ok(Self(format!("{main}-{branch}").into())),
        }
    }

    /// True for a household's citizen number, which is personal data and stays out of lists and exports.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.0.len() == 12
    }

    /// The ten digits of the firm without its branch, or the whole citizen number.
    #[must_use]
    pub fn firm(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The code as lists may show it: `083***456` for a person, whole for a firm.
    #[must_use]
    pub fn masked(&self) -> String {
        match CitizenNumber::read(&self.0) {
            Ok(number) => number.masked(),
            Err(_) => self.0.to_string(),
        }
    }
}

/// Checks the ten digits: weights 31 29 23 19 17 13 7 5 3, and the tenth digit is 10 minus the sum modulo 11.
fn check_main(main: &str) -> Result<(), TaxCodeFault> {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let (prefix, check) = main.split_at(9);
    if main.starts_with("00") {
        return Err(TaxCodeFault::Province);
    }
    if prefix.ends_with("0000000") {
        return Err(TaxCodeFault::Sequence);
    }
    let sum: u32 = digit_values(prefix).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let right = 10 - sum % 11;
    if right == 10 {
        return Err(TaxCodeFault::Impossible(prefix.to_owned()));
    }
    if digit_values(check).next() == Some(right) {
        Ok(())
    } else {
        Err(TaxCodeFault::CheckDigit { code: main.to_owned(), right })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_codes_are_valid() {
        for code in [
            "0100112437",
            "0102641429-066",
            "0105869220",
            "0107371744",
            "0108100828",
            "0201900138",
            "0303025606",
            "0305000124",
            "0310213840",
            "0312273838",
            "0313844499",
            "0314817730",
            "0316079077",
            "0900283167",
            "2000102580-001",
            "2300376864",
            "3400416992-007",
            "3700751416",
            "4000107409",
            "5200327611",
            "0100233488",
            "0314409058-002",
            "0300588569",
            "1300281233",
            "1300000080",
            "9900000016",
            "9900000023",
            "9900000030",
            "9900000048",
        ] {
            assert_eq!(TaxCode::read(code).map(|code| code.to_string()), Ok(code.to_owned()));
        }
    }

    #[test]
    fn separators_do_not_matter() {
        for text in ["01.00.112.437", " 0100 112 437 ", "0100-112-437"] {
            assert_eq!(TaxCode::read(text).unwrap().as_str(), "0100112437");
        }
        for text in ["0314409058002", "03 1440 9058 - 002"] {
            assert_eq!(TaxCode::read(text).unwrap().as_str(), "0314409058-002");
        }
        assert_eq!(TaxCode::read("0314409058-002").unwrap().firm(), "0314409058");
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        let fault = |text: &str| TaxCode::read(text).unwrap_err();
        assert_eq!(fault("1501122331"), TaxCodeFault::CheckDigit { code: "1501122331".into(), right: 9 });
        assert!(fault("1501122331").words().vi.ends_with("phải là 9."));
        for last in 0..10 {
            assert_eq!(fault(&format!("130000001{last}")), TaxCodeFault::Impossible("130000001".into()));
        }
        assert_eq!(fault("0012345678"), TaxCodeFault::Province);
        assert_eq!(fault("1300000000"), TaxCodeFault::Sequence);
        assert_eq!(fault("0314409058-000"), TaxCodeFault::Branch);
        assert_eq!(fault("031440905"), TaxCodeFault::Length(9));
        assert_eq!(fault(""), TaxCodeFault::Length(0));
        assert!(matches!(fault("O314409058"), TaxCodeFault::Letters(_)));
        assert_eq!(fault("999204012456"), TaxCodeFault::Citizen(CitizenFault::Place("999".into())));
    }

    #[test]
    fn a_household_is_known_by_a_masked_citizen_number() {
        let household = TaxCode::read("083 204 012 456").unwrap();
        assert!(household.is_personal());
        assert_eq!((household.masked().as_str(), household.as_str()), ("083***456", "083204012456"));
        assert_eq!(format!("{household:?}"), "083***456");
        let firm = TaxCode::read("0314409058-002").unwrap();
        assert!(!firm.is_personal());
        assert_eq!(firm.masked(), "0314409058-002");
    }

    proptest! {
        #[test]
        fn one_check_digit_fits_at_most(prefix in "[0-9]{9}") {
            let valid = (0..10).filter(|last| TaxCode::read(&format!("{prefix}{last}")).is_ok()).count();
            let impossible = matches!(TaxCode::read(&format!("{prefix}0")), Err(TaxCodeFault::Impossible(_)));
            let never = prefix.starts_with("00") || prefix.ends_with("0000000");
            prop_assert_eq!(valid, usize::from(!impossible && !never));
        }

        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[0-9]{10}", "[0-9]{13}", "[0-9 .-]{0,16}"]) {
            match TaxCode::read(&text) {
                Ok(code) => prop_assert_eq!(TaxCode::read(code.as_str()), Ok(code)),
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
        }
    }
}
