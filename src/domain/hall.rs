//! Halls of a fair.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::noun;

noun! {
    /// A hall, or an open ground, of a fair.
    Hall {
        /// The fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).required().listed();
        /// Its code within the fair.
        code: Text = Field::worded("code", "Mã nhà", "Code", Wording::Code).required().listed().unique(Unique::Within("fair"));
        /// Its name.
        name: Text = Field::text("name", "Tên nhà trưng bày", "Name").listed().unique(Unique::Name);
        /// Width in centimetres.
        width: Option<i64> = Field::new("width", "Chiều ngang", "Width", Shape::Length).listed();
        /// Depth in centimetres.
        depth: Option<i64> = Field::new("depth", "Chiều sâu", "Depth", Shape::Length).listed();
        /// The least width of a way between booths, in centimetres; empty is the fair's.
        gangway: Option<i64> = Field::new("gangway", "Lối đi tối thiểu", "Least gangway", Shape::Length).also(&["loi di", "gangway m"]);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
