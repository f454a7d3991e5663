//! Amounts in words, as vouchers carry them so that no digit can be changed afterwards.

use crate::base::money::{Currency, Money};
use crate::base::words::Lang;

/// How numbers are said in Vietnamese: the same rules, other words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spoken {
    /// `linh`, `nghìn`, `tư`: the written standard.
    #[default]
    Standard,
    /// `lẻ`, `ngàn`, `bốn`: the south.
    Southern,
}

/// An amount in words with a capital, `Bốn triệu năm trăm nghìn đồng chẵn` or `Four million five hundred thousand dong`. Whole
/// thousands of đồng are `chẵn`. Of other currencies the parts below one follow as a fraction: `… USD 50/100`.
#[must_use]
pub fn amount_in_words(amount: Money, lang: Lang, spoken: Spoken) -> String {
    let parts = 10_u64.pow(amount.currency.minor_digits());
    let (whole, rest) = (amount.minor.unsigned_abs() / parts, amount.minor.unsigned_abs() % parts);
    let mut said = Vec::new();
    if amount.is_negative() {
        said.push(if lang == Lang::Vi { "âm" } else { "minus" });
    }
    match lang {
        Lang::Vi => vietnamese(whole, spoken, &mut said),
        Lang::En => english(whole, &mut said),
    }
    let mut text = said.join(" ");
    if amount.currency == Currency::VND {
        text.push_str(if lang == Lang::Vi { " đồng" } else { " dong" });
        if lang == Lang::Vi && whole > 0 && whole.is_multiple_of(1_000) {
            text.push_str(" chẵn");
        }
    } else {
        text.push(' ');
        text.push_str(amount.currency.code());
        if rest > 0 {
            text.push_str(&format!(" {rest}/{parts}"));
        }
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|place| DIGITS.get(place)).copied().unwrap_or_default()
}

/// A number in Vietnamese words.
fn vietnamese(number: u64, spoken: Spoken, said: &mut Vec<&'static str>) {
    if number == 0 {
        said.push(digit(0));
    } else {
        nine_digits(number, true, spoken, said);
    }
}

/// What lies above nine digits is said by the same rules with `tỷ` behind it; only the very first group may leave out its
/// hundreds.
fn nine_digits(number: u64, mut leading: bool, spoken: Spoken, said: &mut Vec<&'static str>) {
    let (above, block) = (number / 1_000_000_000, number % 1_000_000_000);
    if above > 0 {
        nine_digits(above, leading, spoken, said);
        said.push("tỷ");
        leading = false;
    }
    let thousand = if spoken == Spoken::Southern { "ngàn" } else { "nghìn" };
    let groups = [(block / 1_000_000, "triệu"), (block / 1_000 % 1_000, thousand), (block % 1_000, "")];
    for (value, unit) in groups.into_iter().filter(|(value, _)| *value > 0) {
        three_digits(value, leading, spoken, said);
        if !unit.is_empty() {
            said.push(unit);
        }
        leading = false;
    }
}

fn three_digits(value: u64, leading: bool, spoken: Spoken, said: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    let with_hundreds = hundreds > 0 || !leading;
    if with_hundreds {
        said.extend([digit(hundreds), "trăm"]);
    }
    match (tens, ones) {
        (0, 0) => {}
        (0, _) => {
            if with_hundreds {
                said.push(if spoken == Spoken::Southern { "lẻ" } else { "linh" });
            }
            said.push(digit(ones));
        }
        (1, _) => said.push("mười"),
        _ => said.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (0, _) | (_, 0) => {}
        (_, 5) => said.push("lăm"),
        (2.., 1) => said.push("mốt"),
        (2.., 4) if spoken == Spoken::Standard => said.push("tư"),
        _ => said.push(digit(ones)),
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in English words.
fn english(number: u64, said: &mut Vec<&'static str>) {
    let word = |list: &[&'static str], value: u64| {
        usize::try_from(value).ok().and_then(|place| list.get(place)).copied().unwrap_or_default()
    };
    if number < 20 {
        said.push(word(&ONES, number));
        return;
    }
    let scales = [
        (1_000_000_000_000_000_000, "quintillion"),
        (1_000_000_000_000_000, "quadrillion"),
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
        (100, "hundred"),
    ];
    let (mut rest, from) = (number, said.len());
    for (scale, name) in scales {
        if rest >= scale {
            english(rest / scale, said);
            said.push(name);
            rest %= scale;
        }
    }
    if rest >= 20 {
        said.push(word(&TENS, rest / 10));
        rest %= 10;
    }
    if rest > 0 || said.len() == from {
        said.push(word(&ONES, rest));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vi(dong: i64) -> String {
        amount_in_words(Money::vnd(dong), Lang::Vi, Spoken::Standard)
    }

    #[test]
    fn the_written_standard() {
        let examples = [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (15, "Mười lăm đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi tư đồng"),
            (101, "Một trăm linh một đồng"),
            (105, "Một trăm linh năm đồng"),
            (1_000, "Một nghìn đồng chẵn"),
            (1_001, "Một nghìn không trăm linh một đồng"),
            (1_021, "Một nghìn không trăm hai mươi mốt đồng"),
            (4_500_000, "Bốn triệu năm trăm nghìn đồng chẵn"),
            (4_777_777, "Bốn triệu bảy trăm bảy mươi bảy nghìn bảy trăm bảy mươi bảy đồng"),
            (6_000_004, "Sáu triệu không trăm linh bốn đồng"),
            (10_005_000, "Mười triệu không trăm linh năm nghìn đồng chẵn"),
            (15_024_055, "Mười lăm triệu không trăm hai mươi tư nghìn không trăm năm mươi lăm đồng"),
            (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
            (1_005_000_000, "Một tỷ không trăm linh năm triệu đồng chẵn"),
            (1_001_001_001, "Một tỷ không trăm linh một triệu không trăm linh một nghìn không trăm linh một đồng"),
            (2_005_000_000_000, "Hai nghìn không trăm linh năm tỷ đồng chẵn"),
            (2_000_005_000_000, "Hai nghìn tỷ không trăm linh năm triệu đồng chẵn"),
            (-350_000, "Âm ba trăm năm mươi nghìn đồng chẵn"),
            (50_000_000_000, "Năm mươi tỷ đồng chẵn"),
        ];
        for (dong, words) in examples {
            assert_eq!(vi(dong), words);
        }
    }

    #[test]
    fn the_south_says_the_same_in_other_words() {
        let southern = |dong| amount_in_words(Money::vnd(dong), Lang::Vi, Spoken::Southern);
        assert_eq!(southern(1_234_567), "Một triệu hai trăm ba mươi bốn ngàn năm trăm sáu mươi bảy đồng");
        assert_eq!(southern(105), "Một trăm lẻ năm đồng");
    }

    #[test]
    fn english_and_other_currencies() {
        let en = |amount| amount_in_words(amount, Lang::En, Spoken::Standard);
        assert_eq!(en(Money::vnd(4_500_021)), "Four million five hundred thousand twenty one dong");
        assert_eq!(en(Money::vnd(0)), "Zero dong");
        assert_eq!(en(Money::vnd(20)), "Twenty dong");
        assert_eq!(en(Money::new(125_050, Currency::USD)), "One thousand two hundred fifty USD 50/100");
        let usd = Money::new(-125_000, Currency::USD);
        assert_eq!(amount_in_words(usd, Lang::Vi, Spoken::Standard), "Âm một nghìn hai trăm năm mươi USD");
    }

    /// Reads the words back: a second way to the same number.
    fn read(words: &str) -> u64 {
        let (mut whole, mut group, mut last) = (0_u64, 0_u64, 0_u64);
        for word in words.to_lowercase().split(' ') {
            match word {
                "trăm" => (group, last) = (group + last * 100, 0),
                "mươi" => (group, last) = (group + last * 10, 0),
                "mười" => group += 10,
                "nghìn" => (whole, group, last) = (whole + (group + last) * 1_000, 0, 0),
                "triệu" => (whole, group, last) = (whole + (group + last) * 1_000_000, 0, 0),
                "tỷ" => (whole, group, last) = ((whole + group + last) * 1_000_000_000, 0, 0),
                "mốt" => last = 1,
                "tư" => last = 4,
                "lăm" => last = 5,
                other => {
                    if let Some(place) = DIGITS.iter().position(|digit| *digit == other) {
                        last = u64::try_from(place).unwrap();
                    }
                }
            }
        }
        whole + group + last
    }

    proptest! {
        #[test]
        fn words_say_the_number(dong in 0_i64..2_000_000_000_000_000_000) {
            prop_assert_eq!(read(&vi(dong)), dong.unsigned_abs());
        }

        #[test]
        fn no_amount_is_without_words(minor: i64) {
            for lang in Lang::ALL {
                let said = amount_in_words(Money::vnd(minor), lang, Spoken::Standard);
                prop_assert!(said.chars().next().is_some_and(char::is_uppercase));
                prop_assert!(!said.contains("  "));
            }
        }
    }
}
