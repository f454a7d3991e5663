//! An amount that may be a fraction of the smallest unit: never rounded before the rate is taken.

use crate::base::money::{Currency, Money, MoneyFault};

/// An exact fraction of minor units; what it is divided by is positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    pub(super) over: i128,
    pub(super) under: i128,
}

impl Ratio {
    pub(super) const ZERO: Self = Self::whole(0);

    /// So many minor units.
    pub(super) const fn whole(units: i128) -> Self {
        Self { over: units, under: 1 }
    }

    /// A part of an amount; `under` is 1 or more.
    pub(super) fn new(over: i128, under: i128) -> Self {
        if under == 1 {
            return Self::whole(over);
        }
        let common = gcd(over.unsigned_abs(), under.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1).max(1);
        Self { over: over / common, under: under / common }
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, MoneyFault> {
        let times = |a: i128, b: i128| a.checked_mul(b).ok_or(MoneyFault::TooLarge);
        let over = times(self.over, other.under)?.checked_add(times(other.over, self.under)?);
        Ok(Self::new(over.ok_or(MoneyFault::TooLarge)?, times(self.under, other.under)?))
    }

    pub(super) fn minus_at_least_zero(self, other: Self) -> Result<Self, MoneyFault> {
        let less = self.plus(Self { over: other.over.checked_neg().ok_or(MoneyFault::TooLarge)?, ..other })?;
        Ok(if less.over < 0 { Self::ZERO } else { less })
    }

    pub(super) fn lesser(self, other: Self) -> Result<Self, MoneyFault> {
        let (one, two) = (self.over.checked_mul(other.under), other.over.checked_mul(self.under));
        match (one, two) {
            (Some(one), Some(two)) => Ok(if one <= two { self } else { other }),
            _ => Err(MoneyFault::TooLarge),
        }
    }

    pub(super) fn floor(self, currency: Currency) -> Result<Money, MoneyFault> {
        let minor = i64::try_from(self.over.div_euclid(self.under)).map_err(|_| MoneyFault::TooLarge)?;
        Ok(Money { minor, currency })
    }
}

fn gcd(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { gcd(other, one % other) }
}
