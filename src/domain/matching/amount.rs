//! How much: `2 tấn/tháng`, `500 hộp x 0,5 kg/quý`, `50 thùng (24 chai x 330 ml)/tháng`.
//!
//! A unit counts in grams, in millilitres or by itself; boxes become kilograms only where the text says how much is in
//! one. A `chục` is 12 fruits in the Mekong delta and 10 elsewhere, so that it counts by itself until the text says which.

use crate::base::text::fold;

/// Decimals that are kept of a number.
const DECIMALS: u32 = 3;
const ONE: i128 = 1_000;

/// What an amount is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Weight.
    Grams,
    /// Volume.
    Millilitres,
    /// Pieces of this name, without marks.
    Pieces(String),
}

/// In what time an amount is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Each day.
    Day,
    /// Each week.
    Week,
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
    /// Each harvest, however many there are.
    Harvest,
    /// Once.
    Once,
}

impl Period {
    /// How many of it are in a year; none for a harvest and for what is delivered once.
    const fn a_year(self) -> Option<i128> {
        match self {
            Self::Day => Some(365),
            Self::Week => Some(52),
            Self::Month => Some(12),
            Self::Quarter => Some(4),
            Self::Year => Some(1),
            Self::Harvest | Self::Once => None,
        }
    }
}

/// An amount of goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Thousandths of the measure.
    thousandths: i128,
    /// What it is counted in.
    pub measure: Measure,
    /// In what time.
    pub per: Period,
}

/// Units of weight and volume with what they hold; written with marks where two differ by them alone.
const KNOWN: &[(&str, i128, Measure)] = &[
    ("g", 1, Measure::Grams),
    ("gr", 1, Measure::Grams),
    ("gram", 1, Measure::Grams),
    ("lạng", 100, Measure::Grams),
    ("kg", 1_000, Measure::Grams),
    ("ký", 1_000, Measure::Grams),
    ("kí", 1_000, Measure::Grams),
    ("yến", 10_000, Measure::Grams),
    ("tạ", 100_000, Measure::Grams),
    ("tấn", 1_000_000, Measure::Grams),
    ("tan", 1_000_000, Measure::Grams),
    ("ton", 1_000_000, Measure::Grams),
    ("tons", 1_000_000, Measure::Grams),
    ("tonne", 1_000_000, Measure::Grams),
    ("ml", 1, Measure::Millilitres),
    ("lít", 1_000, Measure::Millilitres),
    ("lit", 1_000, Measure::Millilitres),
    ("l", 1_000, Measure::Millilitres),
    ("litre", 1_000, Measure::Millilitres),
];

/// Pieces under several names.
const PIECES: &[(&str, &str)] = &[
    ("quả", "trai"),
    ("trái", "trai"),
    ("fruit", "trai"),
    ("fruits", "trai"),
    ("chiếc", "cai"),
    ("piece", "cai"),
    ("pieces", "cai"),
    ("box", "hop"),
    ("boxes", "hop"),
    ("bottle", "chai"),
    ("bottles", "chai"),
    ("carton", "thung"),
    ("cartons", "thung"),
    ("bag", "tui"),
    ("bags", "tui"),
    ("jar", "hu"),
    ("jars", "hu"),
    ("can", "lon"),
    ("cans", "lon"),
];

impl Amount {
    /// Reads an amount; none where number or unit are not to be made out. `usual` is the period when none is written.
    #[must_use]
    pub fn read(text: &str, usual: Period) -> Option<Self> {
        let small = text.to_lowercase().replace('(', " x ").replace([')', '~', '≈'], " ").replace(['×', '*'], " x ");
        let (amount, per) = match small.split_once('/') {
            Some((amount, period)) => (amount.to_owned(), period_of(period)?),
            None => spoken_period(&small).unwrap_or_else(|| (small.clone(), usual)),
        };
        let mut thousandths = ONE;
        let mut measure = None;
        for (place, part) in amount.split(" x ").map(str::trim).filter(|part| !part.is_empty()).enumerate() {
            let (number, unit) = number_and_unit(part, place > 0)?;
            thousandths = thousandths.checked_mul(number)? / ONE;
            let (factor, of) = unit_of(unit)?;
            thousandths = thousandths.checked_mul(factor)?;
            measure = Some(of);
        }
        Some(Self { thousandths, measure: measure?, per }).filter(|amount| amount.thousandths > 0)
    }

    /// How many percent of what is wanted this capacity delivers, more than 100 where it is more. Something wanted once is
    /// set against a month. None where the two cannot be compared.
    #[must_use]
    pub fn percent_of(&self, wanted: &Self) -> Option<i64> {
        if self.measure != wanted.measure {
            return None;
        }
        let (have, want) = match (self.per, wanted.per) {
            (one, other) if one == other => (1, 1),
            (have, Period::Once) => (have.a_year()?, 12),
            (have, want) => (have.a_year()?, want.a_year()?),
        };
        let have = self.thousandths.checked_mul(have)?.checked_mul(100)?;
        i64::try_from(have / wanted.thousandths.checked_mul(want)?.max(1)).ok()
    }

    /// A price for this amount as a price for that of another text: the amount of money times `numerator / denominator`.
    #[must_use]
    pub fn ratio_to(&self, other: &Self) -> Option<(i128, i128)> {
        (self.measure == other.measure).then_some((other.thousandths, self.thousandths))
    }
}

/// `2,5 tấn`: the number in thousandths and the unit. A number alone is refused, a unit alone is one of it.
fn number_and_unit(part: &str, may_lack_number: bool) -> Option<(i128, &str)> {
    let end = part.find(|letter: char| !(letter.is_ascii_digit() || ".,".contains(letter))).unwrap_or(part.len());
    let (number, unit) = part.split_at(end);
    let unit = unit.trim();
    if number.is_empty() {
        return may_lack_number.then_some((ONE, unit)).filter(|(_, unit)| !unit.is_empty());
    }
    Some((number_of(number)?, unit)).filter(|(_, unit)| !unit.is_empty())
}

/// A number as it is written in Vietnam (`1.000`, `0,5`) or abroad (`1,000`, `0.5`), in thousandths. Of two signs the last one
/// parts the decimals. A comma before three digits groups where they end in a zero, which no decimal does; else it is unclear.
fn number_of(text: &str) -> Option<i128> {
    let groups = |part: &str, by: char| {
        let mut groups = part.split(by);
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
        first && groups.all(|group| group.len() == 3)
    };
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let plain = match (points, commas) {
        (0, 0) => text.to_owned(),
        (_, 0) if groups(text, '.') => text.replace('.', ""),
        (1, 0) => text.to_owned(),
        (0, 1) if groups(text, ',') => text.ends_with('0').then(|| text.replace(',', ""))?,
        (0, 1) => text.replace(',', "."),
        (0, _) if groups(text, ',') => text.replace(',', ""),
        (_, 0) | (0, _) => return None,
        _ => {
            let (by, decimal) = if text.rfind('.') < text.rfind(',') { ('.', ',') } else { (',', '.') };
            let (whole, part) = text.rsplit_once(decimal)?;
            let whole = groups(whole, by).then(|| whole.replace(by, ""))?;
            format!("{whole}.{part}")
        }
    };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > 12 || part.len() > DECIMALS as usize || part.contains('.') {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let part: i128 = format!("{part:0<3}").parse().ok()?;
    Some(whole * ONE + part)
}

/// What a unit holds and in what it is counted. Words behind the unit (`kg tươi`) say nothing about it.
fn unit_of(unit: &str) -> Option<(i128, Measure)> {
    let first = unit.split_whitespace().next()?.trim_matches(|letter: char| !letter.is_alphanumeric());
    if first.is_empty() {
        return None;
    }
    if let Some((_, factor, measure)) = KNOWN.iter().find(|(name, ..)| *name == first) {
        return Some((*factor, measure.clone()));
    }
    let pieces =
        PIECES.iter().find(|(name, _)| *name == first).map_or_else(|| fold(first), |(_, name)| (*name).to_owned());
    Some((1, Measure::Pieces(pieces)))
}

fn period_of(text: &str) -> Option<Period> {
    let folded = fold(text.trim());
    let first = folded.split(' ').next().unwrap_or_default();
    match first {
        "ngay" | "day" => Some(Period::Day),
        "tuan" | "week" => Some(Period::Week),
        "thang" | "month" => Some(Period::Month),
        "quy" | "quarter" => Some(Period::Quarter),
        "nam" | "year" => Some(Period::Year),
        "vu" | "mua" | "season" | "harvest" => Some(Period::Harvest),
        "lan" | "dot" | "once" => Some(Period::Once),
        _ => None,
    }
}

/// `2 tấn mỗi tháng`, `2 tấn một vụ`, `2 tons a month`, `1.000 hộp dịp Tết`.
fn spoken_period(text: &str) -> Option<(String, Period)> {
    for each in [" mỗi ", " moi ", " một ", " a ", " per ", " each "] {
        if let Some((amount, period)) = text.split_once(each)
            && let Some(period) = period_of(period)
        {
            return Some((amount.to_owned(), period));
        }
    }
    let (amount, _) = text.split_once(" dịp ").or_else(|| text.split_once(" dip "))?;
    Some((amount.to_owned(), Period::Once))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(have: &str, want: &str) -> Option<i64> {
        Amount::read(have, Period::Month)?.percent_of(&Amount::read(want, Period::Month)?)
    }

    #[test]
    fn amounts_are_compared_across_units_and_periods() {
        assert_eq!(percent("2 tấn", "500 kg/tháng"), Some(400));
        assert_eq!(percent("1,5 tấn/tháng", "3.000kg mỗi tháng"), Some(50));
        assert_eq!(percent("12 tấn/năm", "1 tấn/tháng"), Some(100));
        assert_eq!(percent("3 tạ", "300 kg"), Some(100));
        assert_eq!(percent("5 tấn/vụ", "5 tấn/vụ"), Some(100));
        assert_eq!(percent("500 hộp/tháng", "1.000 hộp dịp Tết"), Some(50));
        assert_eq!(percent("1200 lít/quý", "400 l/tháng"), Some(100));
        assert_eq!(percent("100 quả", "100 trái"), Some(100));
    }

    #[test]
    fn a_box_holds_what_is_written_and_nothing_else() {
        assert_eq!(percent("200 hộp x 0,5 kg/tháng", "100 kg/tháng"), Some(100));
        assert_eq!(percent("50 thùng (24 chai x 330 ml)/tháng", "396 lít/tháng"), Some(100));
        assert_eq!(percent("200 hộp/tháng", "100 kg/tháng"), None);
        assert_eq!(percent("100 chục x 12 trái/tháng", "1.200 trái/tháng"), Some(100));
        assert_eq!(percent("100 chục/tháng", "1.200 trái/tháng"), None);
        assert_eq!(percent("100 chục/tháng", "50 chục/tháng"), Some(200));
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        for text in ["", "nhiều", "12", "vài tấn", "1 chuyến/chuyến", "0 kg", "9999999999999 tấn", "1,2345 kg"]
        {
            assert_eq!(Amount::read(text, Period::Month), None, "{text}");
        }
        assert_eq!(percent("5 tấn/vụ", "1 tấn/tháng"), None);
        assert_eq!(percent("5 tấn", "5 lít"), None);
        assert_eq!(number_of("1.000"), Some(1_000_000));
        assert_eq!(number_of("1.5"), Some(1_500));
        assert_eq!(number_of("0.500"), Some(500));
    }

    #[test]
    fn numbers_are_read_as_they_are_written_at_home_and_abroad() {
        for (written, thousandths) in [
            ("1,000", Some(1_000_000)),
            ("1,500", Some(1_500_000)),
            ("12,000,000", Some(12_000_000_000)),
            ("1.000.000", Some(1_000_000_000)),
            ("1,234.5", Some(1_234_500)),
            ("1.234,5", Some(1_234_500)),
            ("2,5", Some(2_500)),
            ("0,125", Some(125)),
            ("1,125", None),
            ("1,00,000", None),
            ("1.00.000", None),
            ("1,23.4", None),
        ] {
            assert_eq!(number_of(written), thousandths, "{written}");
        }
        assert_eq!(percent("1,000 tons", "1 tấn"), Some(100_000));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_calmly(one in "\\PC{0,40}", other in "[0-9]{1,14}[.,]?[0-9]{0,4} ?(kg|tấn|hộp|x 2 kg)(/tháng)?") {
            let _ = Amount::read(&one, Period::Month);
            let _ = percent(&other, &one);
            let _ = percent(&one, &other);
        }

        #[test]
        fn twice_as_much_is_twice_as_many_percent(kilograms in 1_i64..1_000_000, times in 1_i64..50) {
            let want = format!("{kilograms} kg/tháng");
            proptest::prop_assert_eq!(percent(&format!("{} kg", kilograms * times), &want), Some(times * 100));
            proptest::prop_assert_eq!(percent(&format!("{} g/tháng", kilograms * times * 1_000), &want), Some(times * 100));
        }
    }
}
