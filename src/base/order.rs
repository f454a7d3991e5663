//! Vietnamese alphabetical order (a ă â b c d đ e ê …, tones after letters), names by given name, codes by number.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;

static VIETNAMESE: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| CollatorBorrowed::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// Compares as a Vietnamese dictionary does; what it holds equal is ordered by code point.
#[must_use]
pub fn compare(one: &str, other: &str) -> Ordering {
    let by_letters = VIETNAMESE.as_ref().map_or(Ordering::Equal, |collator| collator.compare(one, other));
    by_letters.then_with(|| one.cmp(other))
}

/// Bytes that sort as [`compare`] does, for lists that are sorted often.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 3);
    push_letters(text, &mut key);
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

/// Bytes that sort people by given name, which is the last word, and then by the words before it.
#[must_use]
pub fn person_key(name: &str) -> Vec<u8> {
    let name = name.trim();
    let (before, given) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    let mut key = Vec::with_capacity(name.len() * 4);
    push_letters(given, &mut key);
    key.push(0);
    push_letters(before.trim_end(), &mut key);
    key.push(0);
    key.extend_from_slice(name.as_bytes());
    key
}

/// The collation key alone; it contains no zero byte.
fn push_letters(text: &str, key: &mut Vec<u8>) {
    if let Some(collator) = VIETNAMESE.as_ref() {
        let Ok(()) = collator.write_sort_key_to(text, key);
    }
}

/// Compares codes of booths and papers: numbers by value and letters without case, so that `A2` < `a10` < `B1`.
#[must_use]
pub fn natural_compare(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (Parts(one), Parts(other));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return one.cmp(other),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Part::Number(a)), Some(Part::Number(b))) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
            (Some(Part::Number(_)), Some(Part::Word(_))) => Ordering::Less,
            (Some(Part::Word(_)), Some(Part::Number(_))) => Ordering::Greater,
            (Some(Part::Word(a)), Some(Part::Word(b))) => compare(&a.to_lowercase(), &b.to_lowercase()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Bytes that sort as [`natural_compare`] does, for lists that are sorted often.
#[must_use]
pub fn natural_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 4);
    for part in Parts(text) {
        match part {
            Part::Number(digits) => {
                key.push(1);
                key.extend_from_slice(&u32::try_from(digits.len()).unwrap_or(u32::MAX).to_be_bytes());
                key.extend_from_slice(digits.as_bytes());
            }
            Part::Word(word) => {
                key.push(2);
                key.extend_from_slice(&sort_key(&word.to_lowercase()));
                key.push(0);
            }
        }
    }
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

/// A run of digits without leading zeros, or a run of anything else.
enum Part<'a> {
    Number(&'a str),
    Word(&'a str),
}

struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let is_number = self.0.chars().next()?.is_ascii_digit();
        let end = self.0.find(|letter: char| letter.is_ascii_digit() != is_number).unwrap_or(self.0.len());
        let (part, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(if is_number { Part::Number(part.trim_start_matches('0')) } else { Part::Word(part) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_alphabet_is_vietnamese() {
        let alphabet = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y";
        for list in [alphabet, "ca cà cả cã cá cạ", "An Ánh Ăn Ân Dân Đan Đông", "Ba Tri|Bến Tre|Bình Đại|Châu Thành"]
        {
            let sorted: Vec<&str> = list.split(if list.contains('|') { '|' } else { ' ' }).collect();
            let mut again = sorted.clone();
            again.reverse();
            again.sort_by(|a, b| compare(a, b));
            assert_eq!(again, sorted);
        }
        assert_eq!(compare("x", "x"), Ordering::Equal);
    }

    #[test]
    fn people_are_sorted_by_given_name() {
        let mut people = vec!["Trần Thị Đào", "Nguyễn Văn An", "Lê Ánh", "Bùi Văn An", "Dũng"];
        people.sort_by_key(|name| person_key(name));
        assert_eq!(people, ["Bùi Văn An", "Nguyễn Văn An", "Lê Ánh", "Dũng", "Trần Thị Đào"]);
    }

    #[test]
    fn codes_are_sorted_by_number() {
        let mut codes = vec!["B1", "A10", "a2", "A1-2", "A1", "10", "9", "A02", "Đ1", "D3", "E1"];
        codes.sort_by(|a, b| natural_compare(a, b));
        assert_eq!(codes, ["9", "10", "A1", "A1-2", "A02", "a2", "A10", "B1", "D3", "Đ1", "E1"]);
        assert_eq!(natural_compare("A99999999999999999999999", "A100000000000000000000000"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn keys_sort_as_comparing_does(a: String, b: String) {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b));
        }

        #[test]
        fn keys_of_names_sort_as_comparing_does(a in "[a-eA-EăâđĐếờ ]{0,6}", b in "[a-eA-EăâđĐếờ ]{0,6}") {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b));
        }

        #[test]
        fn natural_order_is_an_order(a in "[aAbđ0-2]{0,4}", b in "[aAbđ0-2]{0,4}", c in "[aAbđ0-2]{0,4}") {
            prop_assert_eq!(natural_compare(&a, &b), natural_compare(&b, &a).reverse());
            if natural_compare(&a, &b).is_le() && natural_compare(&b, &c).is_le() {
                prop_assert!(natural_compare(&a, &c).is_le());
            }
        }

        #[test]
        fn natural_keys_sort_as_comparing_does(a in "[aAbđ0-2 -]{0,5}", b in "[aAbđ0-2 -]{0,5}") {
            prop_assert_eq!(natural_key(&a).cmp(&natural_key(&b)), natural_compare(&a, &b));
        }

        #[test]
        fn ordering_never_panics(a: String, b: String) {
            let _ = (natural_compare(&a, &b), person_key(&a));
        }
    }
}
