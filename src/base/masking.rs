//! Free text with the numbers and addresses of persons masked: names stay, so that one still knows who is meant.

use crate::base::email::Email;
use crate::base::phone::Phone;

/// Fewest digits of a number that reaches or identifies somebody.
const DIGITS_MIN: usize = 9;

/// The text with each phone number, account, citizen number and e-mail address in it masked. Amounts in groups of three and
/// days stay.
#[must_use]
pub fn masked_within(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.split(char::is_whitespace).next().unwrap_or(rest);
        if let Some((address, shown)) = address(word) {
            masked.push_str(&shown);
            rest = rest.get(address..).unwrap_or_default();
            continue;
        }
        let number = number(rest);
        if number.is_empty() {
            // On to the next place at which a number or an address may begin.
            let own = word.find(is_inner).unwrap_or(word.len()).max(first.len_utf8());
            let (plain, after) = rest.split_at_checked(own).unwrap_or((rest, ""));
            masked.push_str(plain);
            rest = after;
        } else {
            masked.push_str(&shown_number(number));
            rest = rest.get(number.len()..).unwrap_or_default();
        }
    }
    masked
}

/// The ways to reach somebody, between semicolons: what is neither number nor address is a name there, and hidden whole.
#[must_use]
pub fn masked_ways(text: &str) -> String {
    let hidden = |way: &str| {
        let masked = masked_within(way);
        if masked == way { "***".to_owned() } else { masked }
    };
    text.split(';').map(|way| hidden(way.trim())).collect::<Vec<_>>().join("; ")
}

/// A sign at which a number may begin.
const fn is_inner(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '+')
}

/// The address that a word is, marks around it left out: how many bytes it takes of the word, and how it is shown.
fn address(word: &str) -> Option<(usize, String)> {
    let around = |letter: char| ",;:()[]<>\"'.!?".contains(letter);
    let front = word.len() - word.trim_start_matches(around).len();
    let core = word.trim_matches(around);
    let (name, domain) = core.split_once('@')?;
    if name.is_empty() || domain.is_empty() {
        return None;
    }
    let shown = Email::read(core).map_or_else(|_| "***".to_owned(), |email| email.masked());
    Some((front + core.len(), format!("{}{shown}", word.get(..front).unwrap_or_default())))
}

/// The digits that the text begins with, with what people write between them; empty where it begins with none.
fn number(text: &str) -> &str {
    let (mut end, mut gap) = (0, 0);
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_digit() {
            (end, gap) = (at + 1, 0);
        } else if (at == 0 && letter == '+') || (at > 0 && gap < 2 && " .-()".contains(letter)) {
            gap += 1;
        } else {
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

fn shown_number(number: &str) -> String {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits < DIGITS_MIN || is_amount(number) {
        return number.to_owned();
    }
    Phone::read(number).map_or_else(|_| "***".to_owned(), |phone| phone.masked())
}

/// Digits in groups of three behind points are an amount, unless a zero or a plus leads them as in a number to call.
fn is_amount(number: &str) -> bool {
    let mut groups = number.split('.');
    let first = groups.next().unwrap_or_default();
    let all_digits = |group: &str| group.bytes().all(|digit| digit.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && all_digits(first)
        && number.contains('.')
        && groups.all(|group| group.len() == 3 && all_digits(group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_and_addresses_are_masked_and_words_stay() {
        for (text, shown) in [
            ("gọi chị Bông 0901 234 567 sau 9 giờ", "gọi chị Bông 0901 *** 567 sau 9 giờ"),
            ("0901.234.567", "0901 *** 567"),
            ("Zalo:+84901234567, bong@congty.vn.", "Zalo:0901 *** 567, b***@congty.vn."),
            ("CCCD 083190000123", "CCCD ***"),
            ("hẹn 05/02/2026, đặt 1.500.000.000 đ, gian A12", "hẹn 05/02/2026, đặt 1.500.000.000 đ, gian A12"),
            ("(bong@x)", "(***)"),
            ("mail@", "mail@"),
            ("", ""),
        ] {
            assert_eq!(masked_within(text), shown);
        }
        assert_eq!(
            masked_ways("+84900000287; nguoi018@viettrade.vn; wechat bong83"),
            "0900 *** 287; n***@viettrade.vn; ***"
        );
    }

    proptest! {
        #[test]
        fn no_number_to_call_is_left(before in "[a-zđ ,]{0,8}", number in 10_000_000_u64..99_999_999, after in "[a-zđ ,;]{0,8}") {
            let text = format!("{before}09{number}{after}");
            let digits = number.to_string();
            prop_assert!(!masked_within(&text).contains(&digits), "{text}");
            prop_assert!(!masked_ways(&text).contains(&digits), "{text}");
        }

        #[test]
        fn any_text_is_masked(text in any::<String>()) {
            let once = masked_within(&text);
            prop_assert_eq!(masked_within(&once), once);
            let _ = masked_ways(&text);
        }
    }
}
