//! Meetings of a conference: one buyer and one business in a slot at a table.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What came of a meeting.
    MeetingStatus {
        Planned = "planned" ("đã xếp lịch", "planned"),
        Held = "held" ("đã gặp", "held"),
        Missed = "missed" ("không gặp", "missed"),
    }
}

noun! {
    /// A meeting of a conference.
    Meeting {
        /// The conference.
        conference: Option<Id> = Field::new("conference", "Hội nghị", "Conference", Shape::Link(Kind::Conference)).required().listed();
        /// The buyer.
        partner: Option<Id> = Field::new("partner", "Bên mua", "Buyer", Shape::Link(Kind::Partner)).required().listed().also(&["doi tac"]);
        /// Our business.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).required().listed().also(&["don vi"]);
        /// Its slot, from 1.
        slot: Option<i64> = Field::new("slot", "Lượt", "Slot", Shape::Number(1, 64, "")).required().listed();
        /// Its table, from 1.
        table: Option<i64> = Field::new("table", "Bàn", "Table", Shape::Number(1, 1_000, "")).required().listed();
        /// What came of it.
        status: MeetingStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(MeetingStatus::CHOICES)).kept().listed();
        /// Why it was missed.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// What was said.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
