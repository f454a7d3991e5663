//! Amounts in words, as payment papers require them so that no digit can be changed afterwards.

use super::money::{Currency, Money};
use super::words::Lang;

/// The words in which Vietnamese regions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// For the empty tens place: `linh` or `lẻ`.
    pub zero_ten: &'static str,
    /// For a thousand: `nghìn` or `ngàn`.
    pub thousand: &'static str,
    /// For a four after tens: `tư` or `bốn`.
    pub four: &'static str,
}

impl Style {
    /// The written standard.
    pub const STANDARD: Self = Self { zero_ten: "linh", thousand: "nghìn", four: "tư" };
    /// The usage of the south.
    pub const SOUTHERN: Self = Self { zero_ten: "lẻ", thousand: "ngàn", four: "bốn" };
}

impl Default for Style {
    fn default() -> Self {
        Self::STANDARD
    }
}

const BILLION: u64 = 1_000_000_000;

/// `amount` in words, with a capital and the currency: `Bốn triệu năm trăm nghìn đồng chẵn`.
///
/// Whole thousands of đồng end in `chẵn`, so that nothing can be written behind them. `style` is for Vietnamese only.
#[must_use]
pub fn amount_in_words(amount: Money, lang: Lang, style: Style) -> String {
    let unit = 10_u64.pow(amount.currency.minor_digits());
    let (whole, cents) = (amount.minor.unsigned_abs() / unit, amount.minor.unsigned_abs() % unit);
    let spell = |number: u64| match lang {
        Lang::Vi => vietnamese(number, style),
        Lang::En => english(number),
    };
    let (minus, and) = match lang {
        Lang::Vi => ("âm ", "và"),
        Lang::En => ("minus ", "and"),
    };
    let (name, cent) = unit_names(amount.currency, lang);
    let mut words = format!("{}{} {name}", if amount.is_negative() { minus } else { "" }, spell(whole));
    if cents > 0 {
        words.push_str(&format!(" {and} {} {cent}", spell(cents)));
    }
    if lang == Lang::Vi && amount.currency == Currency::VND && whole > 0 && whole.is_multiple_of(1_000) {
        words.push_str(" chẵn");
    }
    capitalised(&words)
}

/// The names of the unit and of its hundredth; a currency without known names goes by its code.
fn unit_names(currency: Currency, lang: Lang) -> (String, &'static str) {
    let (vi, en) = match currency {
        Currency::VND => ("đồng", "dong"),
        Currency::USD => ("đô la Mỹ", "US dollars"),
        Currency::EUR => ("euro", "euros"),
        _ => (currency.code(), currency.code()),
    };
    match lang {
        Lang::Vi => (vi.to_owned(), "xu"),
        Lang::En => (en.to_owned(), "cents"),
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number in Vietnamese words, in lower case.
#[must_use]
pub fn vietnamese(number: u64, style: Style) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let mut words = Vec::new();
    say_number(number, style, &mut words);
    words.join(" ")
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

fn digit(value: u64) -> &'static str {
    DIGITS.get(usize::try_from(value).unwrap_or_default()).copied().unwrap_or_default()
}

/// Blocks of nine digits; whatever stands above the last one is itself a number of `tỷ`.
fn say_number(number: u64, style: Style, words: &mut Vec<&'static str>) {
    if number >= BILLION {
        say_number(number / BILLION, style, words);
        words.push("tỷ");
    }
    let block = number % BILLION;
    let groups = [(block / 1_000_000, "triệu"), (block / 1_000 % 1_000, style.thousand), (block % 1_000, "")];
    for (group, unit) in groups.into_iter().filter(|(group, _)| *group > 0) {
        say_group(group, style, words);
        if !unit.is_empty() {
            words.push(unit);
        }
    }
}

/// Three digits; behind anything already said the hundreds are said even when there are none.
fn say_group(group: u64, style: Style, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let with_hundreds = hundreds > 0 || !words.is_empty();
    if with_hundreds {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && with_hundreds => words.push(style.zero_ten),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push(style.four),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
}

/// A number in English words, in lower case, British style.
#[must_use]
pub fn english(number: u64) -> String {
    const SCALES: [(u64, &str); 6] = [
        (1_000_000_000_000_000_000, "quintillion"),
        (1_000_000_000_000_000, "quadrillion"),
        (1_000_000_000_000, "trillion"),
        (BILLION, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
    ];
    if number == 0 {
        return "zero".to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for (scale, name) in SCALES {
        let group = number / scale % 1_000;
        if group > 0 {
            words.push(format!("{} {name}", english_group(group)));
        }
    }
    let last = number % 1_000;
    if last > 0 {
        let and = if last < 100 && !words.is_empty() { "and " } else { "" };
        words.push(format!("{and}{}", english_group(last)));
    }
    words.join(" ")
}

fn english_group(group: u64) -> String {
    const ONES: [&str; 20] = [
        "",
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
    let word = |list: &'static [&'static str], value: u64| {
        list.get(usize::try_from(value).unwrap_or_default()).copied().unwrap_or_default()
    };
    let (hundreds, below) = (group / 100, group % 100);
    let small = match (below / 10, below % 10) {
        (0 | 1, _) => word(&ONES, below).to_owned(),
        (tens, 0) => word(&TENS, tens).to_owned(),
        (tens, ones) => format!("{}-{}", word(&TENS, tens), word(&ONES, ones)),
    };
    match (hundreds, below) {
        (0, _) => small,
        (_, 0) => format!("{} hundred", word(&ONES, hundreds)),
        _ => format!("{} hundred and {small}", word(&ONES, hundreds)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const EXAMPLES: [(i64, &str); 23] = [
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

    #[test]
    fn vietnamese_words_are_the_formal_ones() {
        for (amount, words) in EXAMPLES {
            assert_eq!(amount_in_words(Money::vnd(amount), Lang::Vi, Style::STANDARD), words);
        }
        assert_eq!(
            amount_in_words(Money::vnd(1_234_567), Lang::Vi, Style::SOUTHERN),
            "Một triệu hai trăm ba mươi bốn ngàn năm trăm sáu mươi bảy đồng"
        );
        assert_eq!(vietnamese(BILLION * BILLION + 5, Style::STANDARD), "một tỷ tỷ không trăm linh năm");
        assert_eq!(vietnamese(14, Style::STANDARD), "mười bốn");
    }

    #[test]
    fn english_words_are_plain() {
        for (amount, words) in [
            (0, "Zero dong"),
            (15, "Fifteen dong"),
            (101, "One hundred and one dong"),
            (1_021, "One thousand and twenty-one dong"),
            (4_500_000, "Four million five hundred thousand dong"),
            (15_024_055, "Fifteen million twenty-four thousand and fifty-five dong"),
            (-350_000, "Minus three hundred and fifty thousand dong"),
        ] {
            assert_eq!(amount_in_words(Money::vnd(amount), Lang::En, Style::STANDARD), words);
        }
    }

    #[test]
    fn foreign_money_names_its_cents() {
        let dollars = Money::new(125_050, Currency::USD);
        assert_eq!(
            amount_in_words(dollars, Lang::Vi, Style::STANDARD),
            "Một nghìn hai trăm năm mươi đô la Mỹ và năm mươi xu"
        );
        assert_eq!(
            amount_in_words(dollars, Lang::En, Style::STANDARD),
            "One thousand two hundred and fifty US dollars and fifty cents"
        );
    }

    #[test]
    fn the_extremes_have_words() {
        for amount in [i64::MIN, i64::MAX] {
            for lang in Lang::ALL {
                assert!(amount_in_words(Money::vnd(amount), lang, Style::SOUTHERN).len() > 100);
            }
        }
        assert!(!vietnamese(u64::MAX, Style::STANDARD).is_empty() && !english(u64::MAX).is_empty());
    }

    #[test]
    fn small_numbers_have_words_of_their_own() {
        let mut seen = BTreeMap::new();
        for number in 0..20_000 {
            for words in [vietnamese(number, Style::STANDARD), english(number)] {
                assert_eq!(seen.insert(words.clone(), number), None, "{words}");
            }
        }
    }

    proptest! {
        #[test]
        fn distinct_numbers_have_distinct_words(one: u64, cut in 0_u32..64, step in 1_u64..5_000_000_000) {
            let one = one >> cut;
            let other = one.wrapping_add(step);
            for style in [Style::STANDARD, Style::SOUTHERN] {
                prop_assert_ne!(vietnamese(one, style), vietnamese(other, style));
            }
            prop_assert_ne!(english(one), english(other));
        }
    }
}
