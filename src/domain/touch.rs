//! Touches: each time somebody spoke with, wrote to or met a partner about a lead.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// By which means.
    TouchMeans {
        Call = "call" ("gọi điện", "call"),
        Chat = "chat" ("nhắn tin", "chat"),
        Email = "email" ("thư điện tử", "e-mail"),
        Meeting = "meeting" ("gặp mặt", "meeting"),
        Stand = "stand" ("gặp tại gian hàng", "met at the stand"),
        Sample = "sample" ("gửi mẫu", "sample sent"),
        Quote = "quote" ("gửi báo giá", "quotation sent"),
        Visit = "visit" ("thăm cơ sở", "visit"),
        Other = "other" ("khác", "other"),
    }
}

noun! {
    /// One time that somebody was in touch about a lead.
    Touch {
        /// The lead.
        lead: Option<Id> = Field::new("lead", "Đầu mối", "Lead", Shape::Link(Kind::Lead)).required().listed();
        /// The day.
        on: Option<Date> = Field::new("on", "Ngày", "Date", Shape::Date).required().listed().also(&["ngay lien he", "contacted on"]);
        /// By which means.
        means: TouchMeans = Field::new("means", "Cách liên hệ", "Means", Shape::Choice(TouchMeans::CHOICES)).listed().also(&["hinh thuc"]);
        /// What was said.
        note: Text = Field::notes("note", "Nội dung", "Note").listed().also(&["noi dung trao doi"]);
        /// Who of the office it was.
        by: Text = Field::text("by", "Người thực hiện", "By").listed().also(&["nguoi lien he"]);
    }
}
