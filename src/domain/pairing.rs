//! Pairs of firms that ask to stand beside each other, or must not stand near each other.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How two firms want to stand to each other.
    PairWish {
        Apart = "apart" ("cách xa nhau", "apart"),
        Beside = "beside" ("cạnh nhau", "side by side"),
    }
}

noun! {
    /// Two firms that ask to stand beside each other, or rivals that must not stand near each other.
    Pairing {
        /// One firm.
        business: Option<Id> = Field::new("business", "Đơn vị", "Firm", Shape::Link(Kind::Business)).required().listed().also(&["don vi 1", "doanh nghiep"]);
        /// The other firm.
        other: Option<Id> = Field::new("other", "Đơn vị kia", "Other firm", Shape::Link(Kind::Business)).required().listed().also(&["don vi 2", "doi thu", "doi tac"]);
        /// How they want to stand.
        wish: PairWish = Field::new("wish", "Xếp", "Wish", Shape::Choice(PairWish::CHOICES)).listed();
        /// The fair for which this counts; empty is every fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).listed();
        /// Why.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
