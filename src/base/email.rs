//! E-mail addresses: a light check for slips of the hand, since only sending proves an address.

use super::checked::{checked_text, quoted};
use super::limits::EMAIL_BYTES;
use super::text::Text;
use super::words::Words;
use crate::say;

/// An e-mail address with its domain in lower case. `Debug` shows the mask only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(Box<str>);

checked_text!(Email, EmailFault, debug = masked);

/// Why a text is not an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    /// Not exactly one `@` with something before it.
    #[error("{0:?} has no name before one @")]
    At(String),
    /// A blank, comma or bracket that no address has.
    #[error("{0:?} has the character {1:?}, which no address has")]
    Character(String, char),
    /// The part behind the `@` is not a domain.
    #[error("{0:?} has no domain behind the @")]
    Domain(String),
    /// Longer than mail servers accept.
    #[error("{0} bytes, more than {EMAIL_BYTES}")]
    Length(usize),
}

impl EmailFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::At(text) if text.is_empty() => Words::new(
                "Chưa có địa chỉ email. Ghi ví dụ ten@congty.vn.",
                "The e-mail address is missing. Write it as name@company.vn.",
            ),
            Self::At(text) => say!(
                "“{text}” không phải địa chỉ email: cần đúng một dấu @, ví dụ ten@congty.vn.",
                "“{text}” is not an e-mail address: it needs exactly one @, as in name@company.vn."
            ),
            Self::Character(text, ' ') => say!(
                "Địa chỉ email “{text}” có khoảng trắng. Xóa khoảng trắng.",
                "The e-mail address “{text}” contains a blank. Remove it."
            ),
            Self::Character(text, letter) => say!(
                "Địa chỉ email “{text}” có ký tự “{letter}” không dùng được. Sửa lại ký tự này.",
                "The e-mail address “{text}” contains “{letter}”, which none may have. Correct it."
            ),
            Self::Domain(text) => say!(
                "Phần sau @ của “{text}” không phải tên miền. Ghi ví dụ ten@congty.vn.",
                "Behind the @ of “{text}” stands no domain. Write it as name@company.vn."
            ),
            Self::Length(count) => say!(
                "Địa chỉ email dài {count} byte, tối đa {EMAIL_BYTES}. Kiểm tra lại địa chỉ.",
                "The e-mail address has {count} bytes, at most {EMAIL_BYTES} are possible. Check it."
            ),
        }
    }
}

impl Email {
    /// Reads an address; `mailto:` and angle brackets around it are dropped.
    ///
    /// # Errors
    /// [`EmailFault`] says what is wrong.
    pub fn read(text: &str) -> Result<Self, EmailFault> {
        let clean = Text::new(text);
        let address = clean.as_str().trim_start_matches("mailto:");
        let address = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(address);
        if address.len() > EMAIL_BYTES {
            return Err(EmailFault::Length(address.len()));
        }
        let Some((name, domain)) =
            address.split_once('@').filter(|(name, rest)| !name.is_empty() && !rest.contains('@'))
        else {
            return Err(EmailFault::At(quoted(address)));
        };
        let unusable = |letter: char| letter.is_whitespace() || ",;:<>()[]\"\\".contains(letter);
        if let Some(letter) = address.chars().find(|letter| unusable(*letter)) {
            return Err(EmailFault::Character(quoted(address), letter));
        }
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|letter| letter == '-' || letter.is_alphanumeric())
        };
        let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !domain.split('.').all(is_label) || ending.chars().count() < 2 || ending.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(EmailFault::Domain(quoted(address)));
        }
        Ok(Self(format!("{name}@{}", domain.to_ascii_lowercase()).into()))
    }

    /// `n***@company.vn`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (name, domain) = self.0.split_once('@').unwrap_or_default();
        let first: String = name.chars().take(1).collect();
        format!("{first}***@{domain}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_checked_lightly() {
        for (text, address) in [
            ("Lan.Anh@CongTy.VN", "Lan.Anh@congty.vn"),
            (" <htx+dua@bentre.gov.vn> ", "htx+dua@bentre.gov.vn"),
            ("mailto:a@b.co", "a@b.co"),
        ] {
            assert_eq!(Email::read(text).unwrap().as_str(), address);
        }
        assert_eq!(Email::read("lan@congty.vn").unwrap().masked(), "l***@congty.vn");
        assert_eq!(format!("{:?}", Email::read("lan@congty.vn").unwrap()), "l***@congty.vn");
    }

    #[test]
    fn slips_of_the_hand_are_refused() {
        for text in ["", "lan", "@congty.vn", "a@b@c.vn"] {
            assert!(matches!(Email::read(text), Err(EmailFault::At(_))), "{text}");
        }
        assert!(matches!(Email::read("lan@gmail,com"), Err(EmailFault::Character(_, ','))));
        assert!(matches!(Email::read("lan anh@gmail.com"), Err(EmailFault::Character(_, ' '))));
        for text in ["lan@gmail", "lan@.vn", "lan@congty.", "lan@-a.vn", "lan@1.2.3.4", "lan@a..vn"] {
            assert!(matches!(Email::read(text), Err(EmailFault::Domain(_))), "{text}");
        }
        assert!(matches!(Email::read(&format!("{}@b.vn", "a".repeat(250))), Err(EmailFault::Length(255))));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in prop_oneof![any::<String>(), "[a-zA-Zđİ.<>:-]{1,6}@[a-zA-Zđİ.-]{1,8}"]) {
            match Email::read(&text) {
                Ok(email) => {
                    prop_assert_eq!(Email::read(email.as_str()), Ok(email.clone()));
                    prop_assert!(email.masked().contains("***@"));
                }
                Err(fault) => prop_assert!(!fault.words().is_empty()),
            }
        }
    }
}
