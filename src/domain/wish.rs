//! Wishes of a conference: whom a buyer or a business wants to meet, and whom not.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::lead::Side;
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How much somebody wants to meet.
    WishGrade {
        Want = "want" ("muốn gặp", "wants to"),
        Must = "must" ("rất cần gặp", "must"),
        Gladly = "gladly" ("gặp cũng được", "gladly"),
        Veto = "veto" ("không gặp", "not at all"),
    }
}

impl WishGrade {
    /// 1 for who must, 3 for who only gladly would; none for a veto.
    #[must_use]
    pub const fn rank(self) -> Option<usize> {
        match self {
            Self::Must => Some(1),
            Self::Want => Some(2),
            Self::Gladly => Some(3),
            Self::Veto => None,
        }
    }
}

noun! {
    /// One side's wish about the other.
    Wish {
        /// The conference.
        conference: Option<Id> = Field::new("conference", "Hội nghị", "Conference", Shape::Link(Kind::Conference)).required().listed().also(&["ma hoi nghi"]);
        /// Who wishes.
        side: Side = Field::new("side", "Ai muốn", "Who wishes", Shape::Choice(Side::CHOICES)).listed().also(&["ben"]);
        /// The buyer.
        partner: Option<Id> = Field::new("partner", "Bên mua", "Buyer", Shape::Link(Kind::Partner)).required().listed().also(&["doi tac", "ben mua"]);
        /// Our business.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).required().listed().also(&["don vi", "ben ban"]);
        /// How much.
        grade: WishGrade = Field::new("grade", "Mức độ", "How much", Shape::Choice(WishGrade::CHOICES)).listed().also(&["uu tien", "muc uu tien"]);
        /// Why, or about what.
        note: Text = Field::text("note", "Ghi chú", "Note").also(&["noi dung"]);
    }
}
