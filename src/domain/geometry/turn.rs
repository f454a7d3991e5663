//! Turning by whole degrees, with the sine as a table of whole numbers.

use super::{Point, Polygon};

/// The unit of the table.
const ONE: i128 = 1_000_000_000;

/// The sine of each whole degree up to a right angle, in billionths.
const SINES: [i64; 91] = [
    0,
    17_452_406,
    34_899_497,
    52_335_956,
    69_756_474,
    87_155_743,
    104_528_463,
    121_869_343,
    139_173_101,
    156_434_465,
    173_648_178,
    190_808_995,
    207_911_691,
    224_951_054,
    241_921_896,
    258_819_045,
    275_637_356,
    292_371_705,
    309_016_994,
    325_568_154,
    342_020_143,
    358_367_950,
    374_606_593,
    390_731_128,
    406_736_643,
    422_618_262,
    438_371_147,
    453_990_500,
    469_471_563,
    484_809_620,
    500_000_000,
    515_038_075,
    529_919_264,
    544_639_035,
    559_192_903,
    573_576_436,
    587_785_252,
    601_815_023,
    615_661_475,
    629_320_391,
    642_787_610,
    656_059_029,
    669_130_606,
    681_998_360,
    694_658_370,
    707_106_781,
    719_339_800,
    731_353_702,
    743_144_825,
    754_709_580,
    766_044_443,
    777_145_961,
    788_010_754,
    798_635_510,
    809_016_994,
    819_152_044,
    829_037_573,
    838_670_568,
    848_048_096,
    857_167_301,
    866_025_404,
    874_619_707,
    882_947_593,
    891_006_524,
    898_794_046,
    906_307_787,
    913_545_458,
    920_504_853,
    927_183_855,
    933_580_426,
    939_692_621,
    945_518_576,
    951_056_516,
    956_304_756,
    961_261_696,
    965_925_826,
    970_295_726,
    974_370_065,
    978_147_601,
    981_627_183,
    984_807_753,
    987_688_341,
    990_268_069,
    992_546_152,
    994_521_895,
    996_194_698,
    997_564_050,
    998_629_535,
    999_390_827,
    999_847_695,
    1_000_000_000,
];

/// Sine and cosine of an angle in degrees, in billionths.
fn sine_cosine(degrees: i64) -> (i128, i128) {
    let sine = |degrees: i64| {
        let degrees = degrees.rem_euclid(360);
        let (half, within) = (degrees / 180, degrees % 180);
        let place = usize::try_from(if within > 90 { 180 - within } else { within }).unwrap_or(0);
        let value = i128::from(SINES.get(place).copied().unwrap_or(0));
        if half == 1 { -value } else { value }
    };
    (sine(degrees), sine(degrees.rem_euclid(360) + 90))
}

/// The nearest whole number to `doubled / (2 · ONE)`.
fn nearest(doubled: i128) -> i64 {
    i64::try_from((doubled + ONE).div_euclid(2 * ONE)).unwrap_or(0)
}

/// The point turned clockwise (as the screen shows it) about the point whose doubled coordinates are `centre`, rounded to
/// the centimetre.
#[must_use]
pub fn turned_point(point: Point, centre: (i64, i64), degrees: i64) -> Point {
    let (sine, cosine) = sine_cosine(degrees);
    let dx = i128::from(2 * point.x - centre.0);
    let dy = i128::from(2 * point.y - centre.1);
    let x = i128::from(centre.0) * ONE + dx * cosine - dy * sine;
    let y = i128::from(centre.1) * ONE + dx * sine + dy * cosine;
    Point::new(nearest(x), nearest(y))
}

impl Polygon {
    /// Twice the middle of the box around it, so that it is whole.
    #[must_use]
    pub fn doubled_middle(&self) -> (i64, i64) {
        let bounds = self.bounds();
        (bounds.left + bounds.right, bounds.top + bounds.bottom)
    }

    /// The shape turned clockwise about the middle of its box. Corners are rounded to the centimetre; a shape so small
    /// that nothing of it would be left stays as it is.
    #[must_use]
    pub fn turned(&self, degrees: i64) -> Self {
        self.turned_about(self.doubled_middle(), degrees)
    }

    /// The shape turned clockwise about the point with these doubled coordinates.
    #[must_use]
    pub fn turned_about(&self, centre: (i64, i64), degrees: i64) -> Self {
        if degrees.rem_euclid(360) == 0 {
            return self.clone();
        }
        let corners: Vec<Point> = self.corners.iter().map(|corner| turned_point(*corner, centre, degrees)).collect();
        Self::new(&corners).unwrap_or_else(|_| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::staircase;
    use super::*;

    #[test]
    fn a_square_on_its_corner() {
        let square = Polygon::rectangle(0, 0, 200, 200);
        let turned = square.turned(45);
        let bounds = turned.bounds();
        assert_eq!((bounds.left, bounds.right, bounds.top, bounds.bottom), (-41, 241, -41, 241));
        assert_eq!(square.turned(90), square);
        assert_eq!(Polygon::rectangle(0, 0, 400, 200).turned(90), Polygon::rectangle(100, -100, 200, 400));
    }

    proptest! {
        #[test]
        fn four_right_angles_come_back(shape in staircase()) {
            let centre = (0, 0);
            let mut turned = shape.clone();
            for _ in 0..4 {
                turned = turned.turned_about(centre, 90);
                prop_assert_eq!(turned.doubled_area(), shape.doubled_area());
            }
            prop_assert_eq!(turned, shape);
        }
    }
}
