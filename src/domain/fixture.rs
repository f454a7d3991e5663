//! What lies on a floor and is no booth: stages, pillars, entrances, exits, ways, and the zones painted under the booths.

use crate::base::ids::Id;
use crate::base::limits;
use crate::base::text::Text;
use crate::domain::booth::{laid_shape, outline_size};
use crate::domain::field::{Chosen, Field, Shape, Wording};
use crate::domain::geometry::Polygon;
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What a thing on the floor is.
    FixtureKind {
        Other = "other" ("vật khác", "other"),
        Stage = "stage" ("sân khấu", "stage"),
        Pillar = "pillar" ("cột", "pillar"),
        Wall = "wall" ("vách, tường", "wall"),
        Entrance = "entrance" ("cửa vào", "entrance"),
        Exit = "exit" ("lối thoát hiểm", "fire exit"),
        Aisle = "aisle" ("lối đi", "aisle"),
        Office = "office" ("ban tổ chức", "office"),
        Food = "food" ("khu ăn uống", "food court"),
        Seating = "seating" ("khu ghế ngồi", "seating"),
        Store = "store" ("kho", "store"),
        Toilet = "toilet" ("nhà vệ sinh", "toilets"),
        Power = "power" ("tủ điện", "power cabinet"),
        Water = "water" ("điểm cấp nước", "water point"),
        Zone = "zone" ("khu vực", "zone"),
    }
}

impl FixtureKind {
    /// True when nobody can walk through it.
    #[must_use]
    pub const fn blocks_way(self) -> bool {
        !matches!(self, Self::Aisle | Self::Entrance | Self::Exit | Self::Zone | Self::Seating)
    }

    /// True for doors: what a way must lead to.
    #[must_use]
    pub const fn is_door(self) -> bool {
        matches!(self, Self::Entrance | Self::Exit)
    }
}

noun! {
    /// A thing on the floor that is no booth.
    Fixture {
        /// The fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).required();
        /// The hall.
        hall: Option<Id> = Field::new("hall", "Nhà", "Hall", Shape::Link(Kind::Hall)).listed().also(&["nha trung bay", "khu nha"]);
        /// What it is.
        kind: FixtureKind = Field::new("kind", "Loại", "Kind", Shape::Choice(FixtureKind::CHOICES)).listed().also(&["loai vat", "type"]);
        /// What is written on it.
        label: Text = Field::text("label", "Tên", "Label").listed().also(&["nhan", "name", "ten goi"]);
        /// Left edge in centimetres from the hall's left wall.
        x: Option<i64> = Field::new("x", "X", "X", Shape::Length).listed();
        /// Upper edge in centimetres from the hall's upper wall.
        y: Option<i64> = Field::new("y", "Y", "Y", Shape::Length).listed();
        /// Width in centimetres.
        width: Option<i64> = Field::new("width", "Ngang", "Width", Shape::Length).required().listed();
        /// Depth in centimetres.
        depth: Option<i64> = Field::new("depth", "Sâu", "Depth", Shape::Length).required().listed();
        /// Corners from its own left upper corner, when it is no rectangle.
        outline: Text = Field::new("outline", "Đường viền", "Outline", Shape::Text(Wording::Outline, limits::NOTE_CHARS));
        /// Turned clockwise about its middle, in degrees.
        turn: Option<i64> = Field::new("turn", "Góc xoay", "Turn", Shape::Number(0, 359, "°"));
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

impl Fixture {
    /// Where it lies within its hall; none without a place.
    #[must_use]
    pub fn shape(&self) -> Option<Polygon> {
        laid_shape(self.x.zip(self.y)?, (self.width, self.depth), &self.outline, self.turn)
    }

    /// Width and depth follow the outline, where there is one.
    pub(crate) fn follow_outline(&mut self) {
        outline_size(&mut self.outline, &mut self.width, &mut self.depth);
    }
}
