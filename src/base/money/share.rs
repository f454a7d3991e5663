//! Parts of money: rates, rounding, and cutting several amounts to one cap.

use serde::{Deserialize, Serialize};

use super::super::checked::quoted;
use super::super::words::Lang;
use super::{Money, MoneyFault};

/// A rate in hundredths of a percent: 50 % is 5 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);

    /// Reads `50%`, `12,5 %`, `12.5%` or `33.33`, from 0 to 1 000 with at most two decimals.
    ///
    /// # Errors
    /// [`MoneyFault::Percent`].
    pub fn read(text: &str) -> Result<Self, MoneyFault> {
        let fault = || MoneyFault::Percent(quoted(text));
        let number = text.trim();
        let number = number.strip_suffix('%').unwrap_or(number).trim();
        let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || whole.len() > 4 || decimals.len() > 2 {
            return Err(fault());
        }
        let points: u32 = format!("{whole}{decimals:0<2}").parse().map_err(|_| fault())?;
        if points > 100_000 { Err(fault()) } else { Ok(Self(points)) }
    }

    /// `12,5 %` in Vietnamese, `12.5%` in English.
    #[must_use]
    pub fn show(self, lang: Lang) -> String {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        let decimals = format!("{hundredths:02}");
        let decimals = decimals.trim_end_matches('0');
        let (point, percent) = match lang {
            Lang::Vi => (",", " %"),
            Lang::En => (".", "%"),
        };
        let point = if decimals.is_empty() { "" } else { point };
        format!("{whole}{point}{decimals}{percent}")
    }
}

/// The direction of rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// Down, so that a share never exceeds its percentage.
    #[default]
    Floor,
    /// To the nearest; a half goes up.
    HalfUp,
    /// Up.
    Ceil,
}

/// How a fraction becomes money; by default down to the whole minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rounding {
    /// The direction.
    pub mode: RoundingMode,
    /// The result is a multiple of this many minor units, at least one.
    pub unit: i64,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { mode: RoundingMode::Floor, unit: 1 }
    }
}

impl Rounding {
    /// Down to the minor unit: a share never exceeds its percentage.
    pub const DOWN: Self = Self::down_to(1);

    /// Down to a multiple of `unit` minor units.
    #[must_use]
    pub const fn down_to(unit: i64) -> Self {
        Self { mode: RoundingMode::Floor, unit }
    }

    /// Rounds the exact fraction `numerator / denominator` to minor units.
    ///
    /// # Errors
    /// Overflow, and a unit or a denominator below one.
    pub fn apply(self, numerator: i128, denominator: i128) -> Result<i64, MoneyFault> {
        if self.unit < 1 {
            return Err(MoneyFault::Unit(self.unit));
        }
        if denominator < 1 {
            return Err(MoneyFault::Unit(0));
        }
        let step = denominator.checked_mul(i128::from(self.unit)).ok_or(MoneyFault::TooLarge)?;
        let (down, left) = (numerator.div_euclid(step), numerator.rem_euclid(step));
        let up = match self.mode {
            RoundingMode::Floor => false,
            RoundingMode::HalfUp => left >= step - left,
            RoundingMode::Ceil => left > 0,
        };
        let rounded = (down + i128::from(up)).checked_mul(i128::from(self.unit)).ok_or(MoneyFault::TooLarge)?;
        i64::try_from(rounded).map_err(|_| MoneyFault::TooLarge)
    }
}

/// How amounts shrink when together they exceed a cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocation {
    /// Each by the same factor; the đồng that rounding leaves go to the largest remainders, earlier amounts first.
    #[default]
    Proportional,
    /// The earlier amounts stay whole, the later ones get what is left.
    InOrder,
}

/// Cuts `amounts` so that their sum is exactly `cap`; a sum below the cap stays, and a cap below zero counts as zero.
///
/// # Errors
/// Mixed currencies and negative amounts.
pub fn allocate(cap: Money, amounts: &[Money], by: Allocation) -> Result<Vec<Money>, MoneyFault> {
    for amount in amounts {
        cap.same_currency(*amount)?;
        if amount.is_negative() {
            return Err(MoneyFault::Negative);
        }
    }
    let room = cap.minor.max(0);
    let total: i128 = amounts.iter().map(|amount| i128::from(amount.minor)).sum();
    if total <= i128::from(room) {
        return Ok(amounts.to_vec());
    }
    match by {
        Allocation::InOrder => Ok(in_order(room, amounts)),
        Allocation::Proportional => proportional(room, amounts, total),
    }
}

fn in_order(room: i64, amounts: &[Money]) -> Vec<Money> {
    let mut left = room;
    let cut = |amount: &Money| {
        let minor = amount.minor.min(left);
        left -= minor;
        Money { minor, ..*amount }
    };
    amounts.iter().map(cut).collect()
}

/// The largest-remainder method; `total` is above `room`, hence above zero.
fn proportional(room: i64, amounts: &[Money], total: i128) -> Result<Vec<Money>, MoneyFault> {
    let mut shares = Vec::with_capacity(amounts.len());
    let mut missing = i128::from(room);
    for (place, amount) in amounts.iter().enumerate() {
        let exact = i128::from(room) * i128::from(amount.minor);
        missing -= exact / total;
        shares.push((exact % total, place, exact / total));
    }
    shares.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for share in &mut shares {
        if missing > 0 {
            share.2 += 1;
            missing -= 1;
        }
    }
    shares.sort_by_key(|share| share.1);
    let money = |(share, amount): (&(i128, usize, i128), &Money)| {
        Ok(Money { minor: i64::try_from(share.2).map_err(|_| MoneyFault::TooLarge)?, ..*amount })
    };
    shares.iter().zip(amounts).map(money).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::money::Currency;

    fn vnd(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().copied().map(Money::vnd).collect()
    }

    #[test]
    fn shares_are_rounded_as_told() {
        let half = BasisPoints(5_000);
        let odd = Money::vnd(9_555_555);
        let round = |mode, unit| odd.share_bp(half, Rounding { mode, unit }).map(|money| money.minor);
        assert_eq!(round(RoundingMode::Floor, 1), Ok(4_777_777));
        assert_eq!(round(RoundingMode::HalfUp, 1), Ok(4_777_778));
        assert_eq!(round(RoundingMode::Ceil, 1), Ok(4_777_778));
        assert_eq!(round(RoundingMode::Floor, 1_000), Ok(4_777_000));
        assert_eq!(round(RoundingMode::Ceil, 1_000), Ok(4_778_000));
        assert_eq!(round(RoundingMode::Floor, 0), Err(MoneyFault::Unit(0)));
        assert_eq!(Money::vnd(9_000_000).share_bp(half, Rounding::default()), Ok(Money::vnd(4_500_000)));
        assert_eq!(Money::vnd(14_000_002).share_bp(half, Rounding::default()), Ok(Money::vnd(7_000_001)));
        let euro = |cents| Money::new(cents, Currency::EUR);
        assert_eq!(euro(1_499_999).share_bp(BasisPoints(6_000), Rounding::default()), Ok(euro(899_999)));
        assert_eq!(euro(1_499_999).share_bp(half, Rounding::default()), Ok(euro(749_999)));
        assert_eq!(Rounding::default().apply(1, 0), Err(MoneyFault::Unit(0)));
        assert!(Rounding { mode: RoundingMode::HalfUp, unit: i64::MAX }.apply(i128::MAX, i128::MAX).is_err());
    }

    #[test]
    fn a_cap_is_met_exactly() {
        let cap = Money::vnd(10_000_000);
        let amounts = vnd(&[6_000_000, 3_000_000, 2_500_000]);
        assert_eq!(allocate(cap, &amounts, Allocation::InOrder), Ok(vnd(&[6_000_000, 3_000_000, 1_000_000])));
        assert_eq!(allocate(cap, &amounts, Allocation::Proportional), Ok(vnd(&[5_217_391, 2_608_696, 2_173_913])));
        assert_eq!(allocate(Money::vnd(1), &vnd(&[1, 1]), Allocation::Proportional), Ok(vnd(&[1, 0])));
        assert_eq!(allocate(Money::vnd(-1), &vnd(&[1, 1]), Allocation::InOrder), Ok(vnd(&[0, 0])));
        assert_eq!(allocate(cap, &vnd(&[-1]), Allocation::InOrder), Err(MoneyFault::Negative));
        assert_eq!(allocate(cap, &[], Allocation::Proportional), Ok(Vec::new()));
    }

    #[test]
    fn rates_are_read_and_shown() {
        for (text, points) in
            [("50%", 5_000), ("12,5 %", 1_250), ("12.5%", 1_250), ("33.33", 3_333), ("0", 0), ("100,05%", 10_005)]
        {
            assert_eq!(BasisPoints::read(text), Ok(BasisPoints(points)), "{text}");
        }
        for text in ["", "%", "-5%", "1.234%", "1001%", "5,", ",5", "a"] {
            assert!(BasisPoints::read(text).is_err(), "{text}");
        }
        assert_eq!(BasisPoints(1_250).show(Lang::Vi), "12,5 %");
        assert_eq!(BasisPoints(1_250).show(Lang::En), "12.5%");
        assert_eq!(BasisPoints(5_000).show(Lang::Vi), "50 %");
        assert_eq!(BasisPoints(1_005).show(Lang::En), "10.05%");
    }

    proptest! {
        #[test]
        fn rates_come_back(points in 0_u32..=100_000) {
            for lang in Lang::ALL {
                prop_assert_eq!(BasisPoints::read(&BasisPoints(points).show(lang)), Ok(BasisPoints(points)));
            }
        }

        #[test]
        fn allocation_keeps_its_laws(cap: i64, amounts in prop::collection::vec(0..=i64::MAX, 0..9), in_order: bool) {
            let by = if in_order { Allocation::InOrder } else { Allocation::Proportional };
            let cut = allocate(Money::vnd(cap), &vnd(&amounts), by).unwrap();
            let sum = |list: &[i64]| list.iter().map(|amount| i128::from(*amount)).sum::<i128>();
            let cut: Vec<i64> = cut.iter().map(|money| money.minor).collect();
            prop_assert_eq!(sum(&cut), sum(&amounts).min(i128::from(cap.max(0))));
            prop_assert!(cut.iter().zip(&amounts).all(|(less, amount)| (0..=*amount).contains(less)));
        }

        #[test]
        fn rounding_stays_within_one_unit(numerator: i64, denominator in 1_i64.., unit in 1_i64..1_000_000) {
            for mode in [RoundingMode::Floor, RoundingMode::HalfUp, RoundingMode::Ceil] {
                if let Ok(rounded) = (Rounding { mode, unit }).apply(i128::from(numerator), i128::from(denominator)) {
                    let off = i128::from(rounded) * i128::from(denominator) - i128::from(numerator);
                    prop_assert!(off.abs() < i128::from(denominator) * i128::from(unit));
                    prop_assert_eq!(rounded % unit, 0);
                    prop_assert!(mode != RoundingMode::Floor || off <= 0);
                    prop_assert!(mode != RoundingMode::Ceil || off >= 0);
                }
            }
        }
    }
}
