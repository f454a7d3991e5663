//! One thing that speaks for a product, or that is missing, with its points and its words.

use crate::base::dates::{Date, show_date};
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::domain::field::Chosen as _;
use crate::domain::lead::LossReason;
use crate::domain::product::Paper;
use crate::say;

/// How much a finding weighs in the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It speaks for the product.
    Good,
    /// It is not on file, or cannot be compared.
    Unknown,
    /// It is known not to be as asked for.
    Lacking,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// So many percent of the words of the goods are in the product's name.
    Goods(i64),
    /// It is of the set wanted.
    OfSet,
    /// It has so many stars when the goods are needed, until a day before they are needed last, if there is one.
    Stars {
        /// The stars.
        stars: i64,
        /// The day on which they end too early.
        until: Option<Date>,
    },
    /// It has fewer stars than asked for.
    StarsBelow {
        /// The stars.
        stars: i64,
        /// How many are asked for.
        least: i64,
    },
    /// It has a paper that is asked for.
    Paper(Paper),
    /// It has not.
    PaperMissing(Paper),
    /// Its papers end before the goods are needed.
    PaperOver(Paper, Date),
    /// It covers the volume, so many percent of it.
    CapacityCovers(i64),
    /// It covers a part of the volume.
    CapacityPart(i64),
    /// No capacity is on file.
    CapacityUnknown,
    /// Capacity and volume are in units that cannot be compared.
    CapacityUnclear,
    /// It can be had in all months asked for.
    InSeason,
    /// It cannot be had in these months.
    OutOfSeason(Vec<u32>),
    /// Its price, in the buyer's unit, is within the limit.
    PriceWithin(Money),
    /// Its price is above the limit by this.
    PriceAbove(Money),
    /// No price is on file.
    PriceUnknown,
    /// The prices are for units that cannot be compared.
    PriceUnclear,
    /// So many contracts with this buyer.
    SignedHere(i64),
    /// A lead with this buyer came to nothing.
    LostHere(LossReason),
    /// So many contracts with others.
    SignedElsewhere(i64),
}

impl Finding {
    /// Its points. Goods count most, and another name against it; then what a buyer cannot do without, then what can be talked about.
    #[must_use]
    pub fn points(&self) -> i64 {
        match self {
            Self::Goods(share) => share * 2 / 5 - (100 - share) / 2,
            Self::OfSet => 15,
            Self::Stars { stars, until } => stars * 2 - if until.is_some() { 4 } else { 0 },
            Self::StarsBelow { .. } => -20,
            Self::Paper(_) => 6,
            Self::PaperMissing(_) => -12,
            Self::PaperOver(..) => -8,
            Self::CapacityCovers(_) => 20,
            Self::CapacityPart(percent) => percent / 5 - 10,
            Self::CapacityUnknown | Self::CapacityUnclear | Self::PriceUnknown | Self::PriceUnclear => -3,
            Self::InSeason => 8,
            Self::OutOfSeason(months) => -4 * i64::try_from(months.len()).unwrap_or(12).min(5),
            Self::PriceWithin(_) => 10,
            Self::PriceAbove(_) | Self::LostHere(_) => -10,
            Self::SignedHere(_) => 15,
            Self::SignedElsewhere(count) => (*count).min(5),
        }
    }

    /// How much it weighs.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Goods(..100)
            | Self::CapacityUnknown
            | Self::CapacityUnclear
            | Self::PriceUnknown
            | Self::PriceUnclear => Weight::Unknown,
            Self::StarsBelow { .. }
            | Self::PaperMissing(_)
            | Self::PaperOver(..)
            | Self::CapacityPart(_)
            | Self::OutOfSeason(_)
            | Self::PriceAbove(_)
            | Self::LostHere(_)
            | Self::Stars { until: Some(_), .. } => Weight::Lacking,
            _ => Weight::Good,
        }
    }

    /// The stable key for scripts.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Goods(_) => "goods",
            Self::OfSet => "product_set",
            Self::Stars { .. } | Self::StarsBelow { .. } => "stars",
            Self::Paper(_) | Self::PaperMissing(_) | Self::PaperOver(..) => "papers",
            Self::CapacityCovers(_) | Self::CapacityPart(_) | Self::CapacityUnknown | Self::CapacityUnclear => {
                "capacity"
            }
            Self::InSeason | Self::OutOfSeason(_) => "season",
            Self::PriceWithin(_) | Self::PriceAbove(_) | Self::PriceUnknown | Self::PriceUnclear => "price",
            Self::SignedHere(_) | Self::LostHere(_) | Self::SignedElsewhere(_) => "dealings",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Goods(100) => Words::new("đúng mặt hàng", "the goods wanted"),
            Self::Goods(share) => say!("tên hàng khớp {share} %", "{share} % of the name fits"),
            Self::OfSet => Words::new("đúng bộ sản phẩm", "of the set wanted"),
            Self::Stars { stars, until: None } => say!("OCOP {stars}★ còn hiệu lực", "OCOP {stars}★ valid then"),
            Self::Stars { stars, until: Some(until) } => {
                let day = show_date(*until);
                say!("OCOP {stars}★ nhưng hết hạn {day}", "OCOP {stars}★, but it ends on {day}")
            }
            Self::StarsBelow { stars: 0, least } => {
                say!("cần {least}★, lúc đó không có sao nào", "{least}★ needed, none valid then")
            }
            Self::StarsBelow { stars, least } => say!("cần {least}★, có {stars}★", "{least}★ needed, {stars}★ there"),
            Self::Paper(paper) => {
                let paper = paper.words();
                say!("có {}", "has {}"; paper)
            }
            Self::PaperMissing(paper) => {
                let paper = paper.words();
                say!("thiếu {}", "lacks {}"; paper)
            }
            Self::PaperOver(paper, until) => {
                let (paper, day) = (paper.words(), show_date(*until));
                Words {
                    vi: format!("{} hết hạn {day}", paper.vi).into(),
                    en: format!("{} ends on {day}", paper.en).into(),
                }
            }
            Self::CapacityCovers(percent) => {
                say!("đủ sản lượng ({percent} %)", "covers the volume ({percent} %)")
            }
            Self::CapacityPart(percent) => {
                say!("chỉ đủ {percent} % sản lượng", "covers {percent} % of the volume only")
            }
            Self::CapacityUnknown => Words::new("chưa ghi năng lực", "capacity not on file"),
            Self::CapacityUnclear => Words::new(
                "năng lực khác đơn vị (ghi như “hộp x 0,5 kg”)",
                "capacity in another unit (write “box x 0.5 kg”)",
            ),
            Self::InSeason => Words::new("đúng mùa vụ", "in season"),
            Self::OutOfSeason(months) => {
                let months: Vec<String> = months.iter().map(u32::to_string).collect();
                let months = months.join(", ");
                say!("không có hàng tháng {months}", "no goods in month {months}")
            }
            Self::PriceWithin(asked) => money(asked, "giá", "price"),
            Self::PriceAbove(by) => money(by, "cao hơn giá trần", "above the limit by"),
            Self::PriceUnknown => Words::new("chưa ghi giá", "price not on file"),
            Self::PriceUnclear => Words::new("giá khác đơn vị", "price for another unit"),
            Self::SignedHere(count) => {
                say!("đã ký {count} lần với bên mua này", "signed {count} times with this buyer")
            }
            Self::LostHere(loss) => {
                let loss = loss.words();
                say!("từng không thành với bên mua này: {}", "came to nothing with this buyer: {}"; loss)
            }
            Self::SignedElsewhere(count) => say!("đã ký {count} lần nơi khác", "signed {count} times elsewhere"),
        }
    }
}

fn money(amount: &Money, vi: &str, en: &str) -> Words {
    Words { vi: format!("{vi} {}", amount.show(Lang::Vi)).into(), en: format!("{en} {}", amount.show(Lang::En)).into() }
}
