//! Booths: where they lie, what they are, what they cost.

use crate::base::ids::Id;
use crate::base::limits;
use crate::base::money::{BasisPoints, Money, MoneyFault, Rounding};
use crate::base::text::Text;
use crate::domain::fair::Fair;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::geometry::Polygon;
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
        x: Option<i64> = Field::new("x", "X", "X", Shape::Length).also(&["x m", "toa do x"])
            .group("Vị trí và kích thước", "Place and size");
        /// Upper edge in centimetres from the hall's upper wall.
        y: Option<i64> = Field::new("y", "Y", "Y", Shape::Length).also(&["y m", "toa do y"]);
        /// Width in centimetres.
        width: Option<i64> = Field::new("width", "Ngang", "Width", Shape::Length).required().also(&["rong", "chieu ngang", "w", "width m"]);
        /// Depth in centimetres.
        depth: Option<i64> = Field::new("depth", "Sâu", "Depth", Shape::Length).required().also(&["dai", "chieu sau", "d", "h", "depth m"]);
        /// Corners in metres from its own left upper corner, when it is no rectangle; width and depth follow it.
        outline: Text = Field::new("outline", "Đường viền", "Outline", Shape::Text(Wording::Outline, limits::NOTE_CHARS)).also(&["polygon", "shape"]);
        /// Turned clockwise about its middle, in degrees.
        turn: Option<i64> = Field::new("turn", "Góc xoay", "Turn", Shape::Number(0, 359, "°")).also(&["xoay", "rotation", "angle"]);
        /// The area that the contract states, where it is not what is drawn.
        stated_area: Option<i64> = Field::new("stated_area", "Diện tích ghi", "Stated area", Shape::Area).also(&["dien tich", "area", "area m2", "dien tich m2", "sqm", "m2"]);
        /// How many sides lie open to a way; empty is what its kind says.
        open_sides: Option<i64> = Field::new("open_sides", "Mặt mở", "Open sides", Shape::Number(0, 4, "")).also(&["so mat mo", "mat thoang", "so mat tien"]);
        /// The class by which the organiser prices it.
        price_class: Text = Field::text("price_class", "Hạng giá", "Price class").also(&["hang", "hang gian", "class", "category"])
            .group("Giá và tiện ích", "Price and services");
        /// How high may be built, in centimetres.
        height: Option<i64> = Field::new("height", "Chiều cao tối đa", "Height limit", Shape::Length).also(&["cao", "chieu cao", "height m", "gioi han chieu cao"]);
        /// Rent of the whole booth, when it is not area by price.
        price: Option<Money> = Field::new("price", "Giá riêng", "Own price", Shape::Money).also(&["gia", "gia thue", "rent"]);
        /// Power supplied, in watts.
        power: Option<i64> = Field::new("power", "Công suất điện", "Power", Shape::Number(0, 1_000_000, "W")).also(&["dien", "power w"]);
        /// Whether water is laid on.
        water: bool = Field::new("water", "Có nước", "Water", Shape::Flag).also(&["nuoc"]);
        /// Whether a network line is laid on.
        internet: bool = Field::new("internet", "Có mạng", "Internet", Shape::Flag).also(&["mang", "wifi", "lan"]);
        /// Entrance, pillar and the like.
        features: Text = Field::text("features", "Đặc điểm", "Features");
        /// Why nobody may stand on it; empty when somebody may.
        blocked: Text = Field::text("blocked", "Khóa vì", "Blocked because")
            .group("Khác", "Other");
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
    /// The area that is charged, in square centimetres: as stated, else as drawn.
    #[must_use]
    pub fn area_cm2(&self) -> i64 {
        self.stated_area.filter(|area| *area > 0).unwrap_or_else(|| self.drawn_area_cm2())
    }

    /// The area of the outline, in square centimetres.
    #[must_use]
    pub fn drawn_area_cm2(&self) -> i64 {
        if self.outline.is_empty() {
            return self.width.unwrap_or(0).saturating_mul(self.depth.unwrap_or(0));
        }
        self.outline().map_or(0, |outline| outline.area_cm2())
    }

    /// Its outline from its own left upper corner, before it is turned; none without sizes.
    #[must_use]
    pub fn outline(&self) -> Option<Polygon> {
        own_outline((self.width, self.depth), &self.outline)
    }

    /// Where it lies within its hall; none without a place.
    #[must_use]
    pub fn shape(&self) -> Option<Polygon> {
        laid_shape(self.x.zip(self.y)?, (self.width, self.depth), &self.outline, self.turn)
    }

    /// How many sides lie open: as stated, else as its kind says.
    #[must_use]
    pub fn open_side_count(&self) -> i64 {
        self.open_sides.unwrap_or(match self.kind {
            BoothKind::Inline | BoothKind::Table => 1,
            BoothKind::Corner => 2,
            BoothKind::Peninsula => 3,
            BoothKind::Island | BoothKind::Raw => 4,
        })
    }

    /// Width and depth follow the outline, where there is one.
    pub(crate) fn follow_outline(&mut self) {
        outline_size(&mut self.outline, &mut self.width, &mut self.depth);
    }

    /// True when somebody may stand on it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.blocked.is_empty()
    }

    /// What a square metre of it costs at the fair.
    const fn price_m2(&self, fair: &Fair) -> Option<Money> {
        match (self.kind, fair.raw_price_m2) {
            (BoothKind::Raw | BoothKind::Island, Some(raw)) => Some(raw),
            _ => fair.price_m2,
        }
    }

    /// True when neither the fair nor the booth says what it costs.
    #[must_use]
    pub const fn is_unpriced(&self, fair: &Fair) -> bool {
        self.price.is_none() && self.price_m2(fair).is_none()
    }

    /// The rent of the whole booth: area by the fair's price, a corner's extra, then tax; each product is rounded down
    /// to the đồng.
    ///
    /// # Errors
    /// When the amounts are too large or in two currencies.
    pub fn rent(&self, fair: &Fair) -> Result<Rent, MoneyFault> {
        let base = match (self.price, self.price_m2(fair)) {
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

fn own_outline(size: (Option<i64>, Option<i64>), outline: &Text) -> Option<Polygon> {
    if !outline.is_empty() {
        return Polygon::read(outline.as_str()).ok();
    }
    let (width, depth) = (size.0.filter(|side| *side > 0)?, size.1.filter(|side| *side > 0)?);
    Some(Polygon::rectangle(0, 0, width, depth))
}

/// An outline at its place: the left upper corner of its box before it is turned about the middle of that box.
pub(super) fn laid_shape(
    place: (i64, i64),
    size: (Option<i64>, Option<i64>),
    outline: &Text,
    turn: Option<i64>,
) -> Option<Polygon> {
    Some(own_outline(size, outline)?.moved(place.0, place.1).turned(turn.unwrap_or(0)))
}

/// Moves an outline to its own left upper corner and takes width and depth from it; a plain rectangle needs no outline.
pub(super) fn outline_size(outline: &mut Text, width: &mut Option<i64>, depth: &mut Option<i64>) {
    let Ok(shape) = Polygon::read(outline.as_str()) else { return };
    let bounds = shape.bounds();
    (*width, *depth) = (Some(bounds.width()), Some(bounds.depth()));
    *outline =
        if shape.is_rectangle() { Text::default() } else { Text::new(&shape.moved(-bounds.left, -bounds.top).write()) };
}
