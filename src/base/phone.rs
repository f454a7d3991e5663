//! Phone numbers: stored as E.164, shown in the national form, masked in lists.

use super::checked::{all_digits, checked_text, compact, quoted};
use super::words::Words;
use crate::say;

/// A phone number in E.164: `+84938123456`. `Debug` shows the mask only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(Box<str>);

checked_text!(Phone, PhoneFault, debug = masked);

/// Why a text is not a phone number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// Something else than digits behind an optional `+`.
    #[error("{0:?} is not a phone number")]
    Shape(String),
    /// Digits that are no Vietnamese number and have no country in front.
    #[error("{0:?} is not a Vietnamese number and has no country code")]
    National(String),
    /// A mobile number in the form that ended in 2018.
    #[error("{0:?} is a mobile number of eleven digits, which ended in 2018")]
    Old(String),
    /// Not 8 to 15 digits behind the `+`.
    #[error("{0} digits instead of 8 to 15 behind the +")]
    Length(usize),
}

impl PhoneFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Shape(text) if text.is_empty() => Words::new(
                "Chưa có số điện thoại. Ghi ví dụ 0938 123 456.",
                "The phone number is missing. Write it as 0938 123 456.",
            ),
            Self::Shape(text) => say!(
                "“{text}” không phải số điện thoại. Ghi ví dụ 0938 123 456 hoặc +84938123456.",
                "“{text}” is not a phone number. Write it as 0938 123 456 or +84938123456."
            ),
            Self::National(text) => say!(
                "“{text}” không phải số trong nước. Di động có 10 số, cố định 11 số bắt đầu bằng 02; số nước ngoài ghi + và mã nước.",
                "“{text}” is not a Vietnamese number. Mobiles have 10 digits, fixed lines 11 from 02 on; foreign numbers begin with + and the country."
            ),
            Self::Old(text) => say!(
                "“{text}” là số di động 11 số cũ, đã đổi sang 10 số năm 2018. Hỏi lại số mới.",
                "“{text}” is an old mobile number of 11 digits; they became 10 digits in 2018. Ask for the new one."
            ),
            Self::Length(count) => say!(
                "Sau dấu + phải có 8 đến 15 chữ số, ở đây có {count}. Kiểm tra lại số.",
                "Behind the + stand 8 to 15 digits, here are {count}. Check the number."
            ),
        }
    }
}

/// The kinds of a number, by its national form.
enum Kind<'a> {
    /// Ten digits from `03`, `05`, `07`, `08` or `09` on.
    Mobile(&'a str),
    /// Eleven digits from `02` on.
    Fixed(&'a str),
    /// `1800` or `1900` and four to six digits.
    Hotline(&'a str),
    Foreign,
}

impl Phone {
    /// Reads `0938 123 456`, `(0275) 3.822.123`, `1900 6017`, `+84 938 123 456`, `0084938123456` or a foreign `+…`.
    ///
    /// # Errors
    /// [`PhoneFault`] says what is wrong.
    pub fn read(text: &str) -> Result<Self, PhoneFault> {
        let joined: String = compact(text).chars().filter(|letter| !matches!(letter, '(' | ')' | '/')).collect();
        let (international, digits) = match joined.strip_prefix('+').or_else(|| joined.strip_prefix("00")) {
            Some(digits) => (true, digits),
            None => (false, joined.as_str()),
        };
        if !all_digits(digits) {
            return Err(PhoneFault::Shape(quoted(text)));
        }
        let home = digits.strip_prefix("84").filter(|rest| international || rest.len() >= 9);
        let Some(home) = home.or((!international).then_some(digits)) else {
            let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
            return if fits { Ok(Self(format!("+{digits}").into())) } else { Err(PhoneFault::Length(digits.len())) };
        };
        // The trunk zero is dropped abroad, kept at home, and often written behind +84 all the same.
        let written_home = home.len() == digits.len();
        let bare = home.strip_prefix('0').unwrap_or(home);
        let trunk = home.len() > bare.len() || !written_home;
        if is_hotline(home) || (trunk && is_subscriber(bare)) {
            return Ok(Self(format!("+84{bare}").into()));
        }
        if trunk && bare.len() == 10 && bare.starts_with('1') {
            return Err(PhoneFault::Old(quoted(text)));
        }
        Err(PhoneFault::National(quoted(text)))
    }

    fn kind(&self) -> Kind<'_> {
        match self.0.strip_prefix("+84") {
            Some(rest) if is_hotline(rest) => Kind::Hotline(rest),
            Some(rest) if rest.starts_with('2') => Kind::Fixed(rest),
            Some(rest) => Kind::Mobile(rest),
            None => Kind::Foreign,
        }
    }

    /// The national form `0938 123 456`, `0275 3822 123`, `1900 6017`; foreign numbers stay E.164.
    #[must_use]
    pub fn show(&self) -> String {
        let part =
            |text: &str, from: usize, to: usize| text.get(from..to.min(text.len())).unwrap_or_default().to_owned();
        match self.kind() {
            Kind::Mobile(rest) => format!("0{} {} {}", part(rest, 0, 3), part(rest, 3, 6), part(rest, 6, 9)),
            // The two largest cities have area codes of two digits, the provinces of three.
            Kind::Fixed(rest) if rest.starts_with("24") || rest.starts_with("28") => {
                format!("0{} {} {}", part(rest, 0, 2), part(rest, 2, 6), part(rest, 6, 10))
            }
            Kind::Fixed(rest) => format!("0{} {} {}", part(rest, 0, 3), part(rest, 3, 7), part(rest, 7, 10)),
            Kind::Hotline(rest) => format!("{} {}", part(rest, 0, 4), part(rest, 4, 10)),
            Kind::Foreign => self.0.to_string(),
        }
    }

    /// `0938 *** 456`; a hotline belongs to no person and is shown whole.
    #[must_use]
    pub fn masked(&self) -> String {
        let national = match self.kind() {
            Kind::Hotline(_) => return self.show(),
            Kind::Foreign => self.0.to_string(),
            Kind::Mobile(rest) | Kind::Fixed(rest) => format!("0{rest}"),
        };
        let front = if national.starts_with('+') { 3 } else { 4 };
        let back = national.len().saturating_sub(3);
        format!("{} *** {}", national.get(..front).unwrap_or_default(), national.get(back..).unwrap_or_default())
    }

    /// A warning when a mobile number has a prefix that no operator is known to use.
    #[must_use]
    pub fn doubt(&self) -> Option<Words> {
        let Kind::Mobile(rest) = self.kind() else { return None };
        let known = match rest.as_bytes() {
            [b'3', second, ..] => (b'2'..=b'9').contains(second),
            [b'5', second, ..] => b"25689".contains(second),
            [b'7', second, ..] => b"06789".contains(second),
            [b'8', second, ..] => (b'1'..=b'9').contains(second),
            _ => true,
        };
        let prefix = rest.get(..2).unwrap_or_default();
        (!known).then(|| {
            say!(
                "Đầu số 0{prefix} chưa có nhà mạng nào dùng. Kiểm tra lại số.",
                "No operator is known to use 0{prefix}. Check the number."
            )
        })
    }
}

/// Mobile or fixed, without the trunk zero.
fn is_subscriber(bare: &str) -> bool {
    match bare.as_bytes() {
        [b'3' | b'5' | b'7' | b'8' | b'9', rest @ ..] => rest.len() == 8,
        [b'2', rest @ ..] => rest.len() == 9,
        _ => false,
    }
}

fn is_hotline(home: &str) -> bool {
    (home.starts_with("1800") || home.starts_with("1900")) && (8..=10).contains(&home.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_stored_as_e164_and_shown_nationally() {
        for (text, stored, shown) in [
            ("0938123456", "+84938123456", "0938 123 456"),
            ("0938.123.456", "+84938123456", "0938 123 456"),
            ("+84 (0)938 123-456", "+84938123456", "0938 123 456"),
            ("84938123456", "+84938123456", "0938 123 456"),
            ("0084 938 123 456", "+84938123456", "0938 123 456"),
            ("0842123456", "+84842123456", "0842 123 456"),
            ("(0275) 3.822.123", "+842753822123", "0275 3822 123"),
            ("024 3825 1234", "+842438251234", "024 3825 1234"),
            ("1900 6017", "+8419006017", "1900 6017"),
            ("1800545415", "+841800545415", "1800 545415"),
            ("+49 30 1234567", "+49301234567", "+49301234567"),
        ] {
            let phone = Phone::read(text).unwrap();
            assert_eq!((phone.as_str(), phone.show().as_str()), (stored, shown), "{text}");
        }
    }

    #[test]
    fn numbers_are_masked() {
        let masked = |text: &str| Phone::read(text).unwrap().masked();
        assert_eq!(masked("0938123456"), "0938 *** 456");
        assert_eq!(masked("02753822123"), "0275 *** 123");
        assert_eq!(masked("+49301234567"), "+49 *** 567");
        assert_eq!(masked("19006017"), "1900 6017");
        assert_eq!(format!("{:?}", Phone::read("0938123456").unwrap()), "0938 *** 456");
    }

    #[test]
    fn wrong_numbers_have_a_reason() {
        assert_eq!(Phone::read(""), Err(PhoneFault::Shape(String::new())));
        assert!(matches!(Phone::read("zalo"), Err(PhoneFault::Shape(_))));
        assert!(matches!(Phone::read("093812345"), Err(PhoneFault::National(_))));
        assert!(matches!(Phone::read("938123456"), Err(PhoneFault::National(_))));
        assert!(matches!(Phone::read("0123 456 7890"), Err(PhoneFault::Old(_))));
        assert_eq!(Phone::read("+4912345"), Err(PhoneFault::Length(7)));
        assert!(matches!(Phone::read("+84 1"), Err(PhoneFault::National(_))));
    }

    #[test]
    fn unknown_prefixes_are_doubted_only() {
        for known in ["0321234567", "0521234567", "0701234567", "0811234567", "0901234567", "02753822123", "19006017"] {
            assert_eq!(Phone::read(known).unwrap().doubt(), None, "{known}");
        }
        for unknown in ["0301234567", "0511234567", "0711234567", "0801234567"] {
            assert!(Phone::read(unknown).unwrap().doubt().is_some(), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[+0][0-9]{7,15}", "(84|1900|1800|0084)[0-9]{0,12}"]) {
            match Phone::read(&text) {
                Ok(phone) => {
                    prop_assert_eq!(Phone::read(phone.as_str()), Ok(phone.clone()));
                    prop_assert_eq!(Phone::read(&phone.show()), Ok(phone.clone()));
                    prop_assert!(!phone.masked().is_empty());
                    let _ = phone.doubt();
                }
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
        }
    }
}
