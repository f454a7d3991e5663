//! Booths: where they lie, what they are, what they cost.

use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault, Rounding};
use crate::base::text::Text;
use crate::domain::fair::Fair;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How a booth lies among its neighbours.
    BoothKind {
        Inline = "inline" ("gian thường", "inline"),
        Corner = "corner" ("gian góc", "corner"),
        Peninsula = "peninsula" ("gian đầu dãy", "peninsula"),
        Island = "island" ("gian đảo", "island"),
        Raw = "raw" ("đất trống", "raw space"),
        Table = "table" ("bàn trưng bày", "table"),
    }
}

noun! {
    /// A booth of a fair.
    Booth {
        /// The fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).required();
        /// The hall.
        hall: Option<Id> = Field::new("hall", "Nhà", "Hall", Shape::Link(Kind::Hall)).also(&["nha trung bay", "khu nha"]);
        /// Its code within the fair.
        code: Text = Field::worded("code", "Mã gian", "Code", Wording::Code)
            .required().listed().unique(Unique::Within("fair")).also(&["gian", "gian hang", "so gian", "booth", "stand", "ma gian hang", "booth no"]);
        /// The zone, by product group or sponsor.
        zone: Text = Field::text("zone", "Khu vực", "Zone").listed().also(&["khu"]);
        /// How it lies.
        kind: BoothKind = Field::new("kind", "Loại gian", "Kind", Shape::Choice(BoothKind::CHOICES)).listed().also(&["loai", "type"]);
        /// Left edge in centimetres from the hall's left wall.
        x: Option<i64> = Field::new("x", "X", "X", Shape::Length).also(&["x m", "toa do x"]);
        /// Upper edge in centimetres from the hall's upper wall.
        y: Option<i64> = Field::new("y", "Y", "Y", Shape::Length).also(&["y m", "toa do y"]);
        /// Width in centimetres.
        width: Option<i64> = Field::new("width", "Ngang", "Width", Shape::Length).required().also(&["rong", "chieu ngang", "w", "width m"]);
        /// Depth in centimetres.
        depth: Option<i64> = Field::new("depth", "Sâu", "Depth", Shape::Length).required().also(&["dai", "chieu sau", "d", "h", "depth m"]);
        /// Rent of the whole booth, when it is not area by price.
        price: Option<Money> = Field::new("price", "Giá riêng", "Own price", Shape::Money).also(&["gia", "gia thue", "rent"]);
        /// Power supplied, in watts.
        power: Option<i64> = Field::new("power", "Công suất điện", "Power", Shape::Number(0, 1_000_000, "W")).also(&["dien", "power w"]);
        /// Whether water is laid on.
        water: bool = Field::new("water", "Có nước", "Water", Shape::Flag).also(&["nuoc"]);
        /// Entrance, pillar and the like.
        features: Text = Field::text("features", "Đặc điểm", "Features");
        /// Why nobody may stand on it; empty when somebody may.
        blocked: Text = Field::text("blocked", "Khóa vì", "Blocked because");
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

/// How a booth's rent comes about, each step in đồng.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rent {
    /// Area by price, or the booth's own price.
    pub base: Money,
    /// What the corner costs on top.
    pub corner: Money,
    /// Base and corner, before tax.
    pub net: Money,
    /// Value added tax.
    pub vat: Money,
    /// What is to be paid.
    pub total: Money,
}

impl Booth {
    /// The area in square centimetres.
    #[must_use]
    pub fn area_cm2(&self) -> i64 {
        self.width.unwrap_or(0).saturating_mul(self.depth.unwrap_or(0))
    }

    /// True when somebody may stand on it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.blocked.is_empty()
    }

    /// The rent of the whole booth: area by the fair's price, a corner's extra, then tax; each product is rounded down
    /// to the đồng.
    ///
    /// # Errors
    /// When the amounts are too large or in two currencies.
    pub fn rent(&self, fair: &Fair) -> Result<Rent, MoneyFault> {
        let price_m2 = match self.kind {
            BoothKind::Raw | BoothKind::Island => fair.raw_price_m2.or(fair.price_m2),
            _ => fair.price_m2,
        };
        let base = match (self.price, price_m2) {
            (Some(own), _) => own,
            (None, Some(price)) => {
                let minor = i128::from(price.minor) * i128::from(self.area_cm2()) / 10_000;
                Money { minor: i64::try_from(minor).map_err(|_| MoneyFault::TooLarge)?, currency: price.currency }
            }
            (None, None) => Money::ZERO,
        };
        let extra = match self.kind {
            BoothKind::Corner | BoothKind::Peninsula => fair.corner_extra.unwrap_or(BasisPoints(0)),
            _ => BasisPoints(0),
        };
        let corner = base.share_bp(extra, Rounding::DOWN)?;
        let net = base.plus(corner)?;
        let vat = net.share_bp(fair.vat.unwrap_or(BasisPoints(0)), Rounding::DOWN)?;
        Ok(Rent { base, corner, net, vat, total: net.plus(vat)? })
    }
}
