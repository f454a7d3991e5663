//! Bank accounts: the number, its mask, and the holder as banks write it. Sensitive personal data.

use super::checked::{checked_text, compact, quoted};
use super::limits::HOLDER_CHARS;
use super::text::fold;
use super::words::Words;
use crate::say;

/// An account number of 4 to 19 letters and digits, in capitals. `Debug` shows the mask only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(Box<str>);

checked_text!(AccountNumber, AccountFault, debug = masked);

/// Why a text is not an account number or a holder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    /// Something else than Latin letters and digits.
    #[error("{0:?} is not an account number")]
    Letters(String),
    /// Not 4 to 19 characters.
    #[error("{0} characters instead of 4 to 19")]
    Length(usize),
    /// No letter of the holder is left in capitals without marks.
    #[error("the holder is missing")]
    NoHolder,
    /// The holder is longer than banks accept.
    #[error("the holder has {0} characters, more than {HOLDER_CHARS}")]
    LongHolder(usize),
}

impl AccountFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Letters(text) => say!(
                "“{text}” không phải số tài khoản. Chỉ dùng chữ số và chữ cái không dấu.",
                "“{text}” is not an account number. Use digits and letters without marks only."
            ),
            Self::Length(count) => say!(
                "Số tài khoản có 4 đến 19 ký tự, ở đây có {count}. Kiểm tra lại với ngân hàng.",
                "An account number has 4 to 19 characters, here are {count}. Check it with the bank."
            ),
            Self::NoHolder => Words::new(
                "Chưa có tên chủ tài khoản. Ghi đúng như trên sổ ngân hàng.",
                "The account holder is missing. Write the name as the bank has it.",
            ),
            Self::LongHolder(count) => say!(
                "Tên chủ tài khoản dài {count} ký tự, ngân hàng nhận tối đa {HOLDER_CHARS}. Rút gọn tên.",
                "The account holder has {count} characters, banks accept {HOLDER_CHARS}. Shorten the name."
            ),
        }
    }
}

impl AccountNumber {
    /// Reads 4 to 19 letters and digits, with or without blanks, dots and dashes.
    ///
    /// # Errors
    /// [`AccountFault`] says what is wrong.
    pub fn read(text: &str) -> Result<Self, AccountFault> {
        let number = compact(text);
        if !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(AccountFault::Letters(quoted(text)));
        }
        if !(4..=19).contains(&number.len()) {
            return Err(AccountFault::Length(number.len()));
        }
        Ok(Self(number.to_ascii_uppercase().into()))
    }

    /// `**** 3456`; of a short number at most the last half.
    #[must_use]
    pub fn masked(&self) -> String {
        let shown = (self.0.len() / 2).min(4);
        format!("**** {}", self.0.get(self.0.len() - shown..).unwrap_or_default())
    }
}

/// The holder as banks write it: capitals without marks, at most [`HOLDER_CHARS`] of them.
///
/// # Errors
/// [`AccountFault::NoHolder`] and [`AccountFault::LongHolder`].
pub fn holder(name: &str) -> Result<String, AccountFault> {
    let kept = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '&' | '.' | '-' | '/');
    let plain = fold(name).to_ascii_uppercase();
    let words: Vec<&str> = plain.split(|letter| !kept(letter)).filter(|word| !word.is_empty()).collect();
    let holder = words.join(" ");
    match holder.len() {
        0 => Err(AccountFault::NoHolder),
        count if count > HOLDER_CHARS => Err(AccountFault::LongHolder(count)),
        _ => Ok(holder),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accounts_are_letters_and_digits() {
        let account = AccountNumber::read("0071 0012-3456").unwrap();
        assert_eq!((account.as_str(), account.masked().as_str()), ("007100123456", "**** 3456"));
        assert_eq!(format!("{account:?}"), "**** 3456");
        assert_eq!(AccountNumber::read("htxdua").unwrap().as_str(), "HTXDUA");
        assert_eq!(AccountNumber::read("1234").unwrap().masked(), "**** 34");
        assert_eq!(AccountNumber::read("123"), Err(AccountFault::Length(3)));
        assert_eq!(AccountNumber::read(&"1".repeat(20)), Err(AccountFault::Length(20)));
        assert!(matches!(AccountNumber::read("dừa1234"), Err(AccountFault::Letters(_))));
    }

    #[test]
    fn holders_are_capitals_without_marks() {
        assert_eq!(holder("Hợp tác xã Dừa  Đồng Khởi").unwrap(), "HOP TAC XA DUA DONG KHOI");
        assert_eq!(holder("Công ty A&B (Bến Tre)").unwrap(), "CONG TY A&B BEN TRE");
        assert_eq!(holder(" ?"), Err(AccountFault::NoHolder));
        assert_eq!(holder(&"a".repeat(71)), Err(AccountFault::LongHolder(71)));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[0-9A-Za-z]{0,22}"]) {
            match AccountNumber::read(&text) {
                Ok(account) => prop_assert_eq!(AccountNumber::read(account.as_str()), Ok(account)),
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
            match holder(&text) {
                Ok(name) => prop_assert_eq!(holder(&name), Ok(name)),
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
        }
    }
}
