//! Placements: who has which booth, or which share of one, on which days.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What somebody has of a booth.
    PlacementStatus {
        Held = "held" ("giữ chỗ", "held"),
        Offered = "offered" ("đang mời", "offered"),
        Rented = "rented" ("đã thuê", "rented"),
        HandedOver = "handed_over" ("đã bàn giao", "handed over"),
        Used = "used" ("đang dùng", "used"),
        Returned = "returned" ("đã trả gian", "returned"),
    }
}

impl PlacementStatus {
    /// True when the booth is rented, and not only held or offered.
    #[must_use]
    pub const fn is_firm(self) -> bool {
        !matches!(self, Self::Held | Self::Offered)
    }

    /// True once the firm stands, or stood, on it.
    #[must_use]
    pub const fn was_used(self) -> bool {
        matches!(self, Self::Used | Self::Returned)
    }
}

noun! {
    /// A booth, or a share of one, held for or rented by somebody.
    Placement {
        /// The booth.
        booth: Option<Id> = Field::new("booth", "Gian hàng", "Booth", Shape::Link(Kind::Booth)).required().listed();
        /// For which registration; empty for a hold by name.
        registration: Option<Id> = Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration)).listed();
        /// For whom it is held, when not on file.
        held_for: Text = Field::text("held_for", "Giữ cho", "Held for").listed().personal();
        /// Which share of the booth, the whole being 100 %.
        share: Option<BasisPoints> = Field::new("share", "Phần gian", "Share", Shape::Percent).listed();
        /// First day; empty is the fair's first.
        from_on: Option<Date> = Field::new("from_on", "Từ ngày", "From", Shape::Date);
        /// Last day; empty is the fair's last.
        to_on: Option<Date> = Field::new("to_on", "Đến ngày", "To", Shape::Date);
        /// The last day on which a hold counts, or an offer may be answered.
        held_until: Option<Date> = Field::new("held_until", "Giữ đến hết ngày", "Held until", Shape::Date).listed();
        /// The rent agreed before tax, frozen when rented.
        rent: Option<Money> = Field::new("rent", "Tiền thuê trước thuế", "Rent before tax", Shape::Money).kept().listed();
        /// Tax on the rent, frozen with it.
        vat: Option<Money> = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money).kept();
        /// What somebody has of the booth.
        status: PlacementStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(PlacementStatus::CHOICES)).kept().listed();
        /// Why it was moved or swapped.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
    }
}

impl Placement {
    /// The share of the booth in basis points; an empty one is the whole.
    #[must_use]
    pub fn share_bp(&self) -> u32 {
        self.share.map_or(10_000, |share| share.0)
    }

    /// True when it takes the booth on `today`: a hold or an offer only until its last day.
    #[must_use]
    pub fn counts_on(&self, today: Date) -> bool {
        self.status.is_firm() || self.held_until.is_none_or(|until| today <= until)
    }

    /// True when the day is one of those that it is for; without days it is for all of them.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from_on.is_none_or(|from| from <= day) && self.to_on.is_none_or(|to| day <= to)
    }

    /// True for a hold or an offer whose last day is over.
    #[must_use]
    pub fn has_lapsed(&self, today: Date) -> bool {
        !self.counts_on(today)
    }
}
