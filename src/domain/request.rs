//! Requests of persons about their data, with the days by which the office has to answer and to act.

use chrono::Days;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::working_days;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

/// Working days in which a person gets an answer (Decree 356/2025/NĐ-CP).
pub const ANSWER_WORKING_DAYS: u32 = 2;

/// Days more, once, where the office has told the person why.
pub const EXTENSION_DAYS: u64 = 15;

/// Days more when processors or third parties have to act too.
pub const OTHERS_DAYS: u64 = 5;

choices! {
    /// What a person asks.
    RequestKind {
        Access = "access" ("cho xem dữ liệu", "access"),
        Correction = "correction" ("sửa dữ liệu", "correction"),
        Withdrawal = "withdrawal" ("rút đồng ý", "withdrawal of consent"),
        Restriction = "restriction" ("hạn chế xử lý", "restriction"),
        Objection = "objection" ("phản đối xử lý", "objection"),
        Erasure = "erasure" ("xóa dữ liệu", "erasure"),
    }
}

impl RequestKind {
    /// In how many days it has to be done: withdrawal, restriction and objection 15, access and correction 10, erasure 20.
    #[must_use]
    pub const fn days(self) -> u64 {
        match self {
            Self::Access | Self::Correction => 10,
            Self::Withdrawal | Self::Restriction | Self::Objection => 15,
            Self::Erasure => 20,
        }
    }
}

choices! {
    /// How far the office has come with it.
    RequestStatus {
        Received = "received" ("đã nhận", "received"),
        Answered = "answered" ("đã trả lời", "answered"),
        Done = "done" ("đã làm xong", "done"),
        Refused = "refused" ("từ chối", "refused"),
    }
}

impl RequestStatus {
    /// True while the office has something to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Answered)
    }
}

noun! {
    /// What one person asked of the office about their data.
    Request {
        /// The person, when on file.
        contact: Option<Id> = Field::new("contact", "Người", "Person", Shape::Link(Kind::Contact)).listed().also(&["nguoi lien he"]);
        /// The name of somebody who is not on file.
        asked_by: Text = Field::text("asked_by", "Người không có trong sổ", "Not on file").personal().also(&["nguoi yeu cau", "ho ten"]);
        /// What is asked.
        kind: RequestKind = Field::new("kind", "Yêu cầu", "Asks for", Shape::Choice(RequestKind::CHOICES)).listed().also(&["loai yeu cau"]);
        /// The day it came.
        received_on: Option<Date> = Field::new("received_on", "Ngày nhận", "Received on", Shape::Date).required().listed();
        /// How it came: letter, e-mail, in person.
        how: Text = Field::text("how", "Cách gửi", "How it came").also(&["hinh thuc"]);
        /// What was said.
        note: Text = Field::notes("note", "Nội dung", "What was said").personal();
        /// True when processors or third parties have to act too.
        others_act: bool = Field::new("others_act", "Bên khác cũng phải làm", "Others must act too", Shape::Flag);
        /// The day on which the person was told that it takes longer, and why.
        extended_on: Option<Date> = Field::new("extended_on", "Báo gia hạn ngày", "Extension told on", Shape::Date);
        /// How far the office has come.
        status: RequestStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(RequestStatus::CHOICES)).kept().listed();
        /// When the person got an answer.
        answered_on: Option<Date> = Field::new("answered_on", "Trả lời ngày", "Answered on", Shape::Date).kept();
        /// When it was done or refused.
        closed_on: Option<Date> = Field::new("closed_on", "Xong ngày", "Closed on", Shape::Date).kept();
        /// Who closed it.
        closed_by: Text = Field::text("closed_by", "Người làm", "Closed by").kept();
        /// What was done, or why it was refused.
        outcome: Text = Field::notes("outcome", "Đã làm gì", "What was done").kept().listed();
    }
}

impl Request {
    /// The last day to answer the person.
    #[must_use]
    pub fn answer_by(&self) -> Option<Date> {
        self.received_on.map(|day| working_days::after(day, ANSWER_WORKING_DAYS))
    }

    /// The last day to do what is asked; a day that is not worked moves to the next one that is.
    #[must_use]
    pub fn due_on(&self) -> Option<Date> {
        let more =
            if self.others_act { OTHERS_DAYS } else { 0 } + if self.extended_on.is_some() { EXTENSION_DAYS } else { 0 };
        let last = self.received_on?.checked_add_days(Days::new(self.kind.days() + more))?;
        Some(working_days::on_or_after(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::dates::read_date;

    fn day(text: &str) -> Date {
        read_date(text).unwrap_or_default()
    }

    #[test]
    fn days_run_as_the_law_says() {
        let request = Request { received_on: Some(day("13/02/2026")), ..Request::default() };
        // The lunar new year is not worked.
        assert_eq!(request.answer_by(), Some(day("24/02/2026")));
        assert_eq!(request.due_on(), Some(day("23/02/2026")));
        let erasure =
            Request { kind: RequestKind::Erasure, received_on: Some(day("02/11/2026")), ..Request::default() };
        // The twentieth day is a Sunday.
        assert_eq!(erasure.due_on(), Some(day("23/11/2026")));
        let restriction = Request { kind: RequestKind::Restriction, others_act: true, ..erasure.clone() };
        assert_eq!(restriction.due_on(), Some(day("23/11/2026")));
        let longer = Request { extended_on: Some(day("10/11/2026")), ..erasure };
        assert_eq!(longer.due_on(), Some(day("07/12/2026")));
    }
}
