//! Who comes late to a conference, leaves early, does not come, or takes fewer meetings. Whoever has no such record is there all day.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape};
use crate::domain::record::Kind;
use crate::noun;

noun! {
    /// When somebody is at a conference.
    Attendance {
        /// The conference.
        conference: Option<Id> = Field::new("conference", "Hội nghị", "Conference", Shape::Link(Kind::Conference)).required().listed().also(&["ma hoi nghi"]);
        /// The buyer.
        partner: Option<Id> = Field::new("partner", "Bên mua", "Buyer", Shape::Link(Kind::Partner)).listed().also(&["doi tac"]);
        /// Or our business.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).listed().also(&["don vi"]);
        /// Does not come at all.
        absent: bool = Field::new("absent", "Vắng", "Absent", Shape::Flag).listed().also(&["khong den"]);
        /// From when; empty is from the start.
        from: Text = Field::text("from", "Đến lúc (giờ:phút)", "From (hh:mm)").listed().also(&["gio den"]);
        /// Until when; empty is to the end.
        until: Text = Field::text("until", "Về lúc (giờ:phút)", "Until (hh:mm)").listed().also(&["gio ve"]);
        /// The most meetings; empty is the conference's.
        meetings_most: Option<i64> = Field::new("meetings_most", "Tối đa", "At most", Shape::Number(1, 64, "")).listed();
        /// Anything else.
        note: Text = Field::text("note", "Ghi chú", "Note");
    }
}
