//! Registrations: one business's application to one fair.

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How far a registration has come.
    RegistrationStatus {
        Received = "received" ("đã nhận", "received"),
        UnderReview = "under_review" ("đang xét", "under review"),
        Selected = "selected" ("được chọn", "selected"),
        Waiting = "waiting" ("danh sách chờ", "waiting list"),
        Refused = "refused" ("không chọn", "refused"),
        Confirmed = "confirmed" ("đã xác nhận", "confirmed"),
        BoothAssigned = "booth_assigned" ("đã có gian", "booth assigned"),
        Attending = "attending" ("đang tham gia", "attending"),
        Attended = "attended" ("đã tham gia", "attended"),
        Reported = "reported" ("đã báo cáo", "reported"),
        Declined = "declined" ("từ chối", "declined"),
        Withdrawn = "withdrawn" ("rút", "withdrawn"),
        NoShow = "no_show" ("vắng mặt", "no-show"),
        LeftEarly = "left_early" ("về sớm", "left early"),
        Expired = "expired" ("hết chờ", "expired"),
        EventCancelled = "event_cancelled" ("hội chợ hủy", "event cancelled"),
    }
}

impl RegistrationStatus {
    /// True while the firm may be given a booth.
    #[must_use]
    pub const fn may_be_placed(self) -> bool {
        matches!(self, Self::Selected | Self::Confirmed | Self::BoothAssigned | Self::Attending)
    }

    /// True when the firm took part or still may.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        !matches!(
            self,
            Self::Refused | Self::Declined | Self::Withdrawn | Self::Expired | Self::EventCancelled | Self::NoShow
        )
    }

    /// True when the firm stood at the fair.
    #[must_use]
    pub const fn took_part(self) -> bool {
        matches!(self, Self::Attending | Self::Attended | Self::Reported | Self::LeftEarly)
    }
}

noun! {
    /// One business's application to one fair.
    Registration {
        /// The fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).required().listed().also(&["ma hoi cho", "ten hoi cho"]);
        /// The business.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).required().listed()
            .also(&["mst", "ma so thue", "ten doanh nghiep", "ten don vi", "don vi", "company", "exhibitor"]);
        /// When the application arrived; first come, first served (Decree 80/2021/NĐ-CP).
        received_at: Option<Moment> = Field::new("received_at", "Nhận lúc", "Received", Shape::Moment).listed().also(&["ngay nhan", "ngay dang ky", "thoi gian dang ky"]);
        /// How many booths it asks for.
        booths_wanted: Option<i64> = Field::count("booths_wanted", "Số gian xin", "Booths wanted", 1_000).listed().also(&["so gian", "so luong gian", "so gian hang"]);
        /// Whether it asks for a corner.
        corner_wanted: bool = Field::new("corner_wanted", "Xin gian góc", "Corner wanted", Shape::Flag).also(&["gian goc"]);
        /// Power it needs, in watts.
        power_wanted: Option<i64> = Field::new("power_wanted", "Cần điện", "Power wanted", Shape::Number(0, 1_000_000, "W")).also(&["cong suat dien", "dien"]);
        /// Whether it needs water.
        water_wanted: bool = Field::new("water_wanted", "Cần nước", "Water wanted", Shape::Flag).also(&["nuoc"]);
        /// What it brings.
        goods: Text = Field::text("goods", "Hàng mang theo", "Goods").listed().also(&["mat hang", "san pham trung bay", "san pham"]);
        /// The text on its sign.
        sign_text: Text = Field::text("sign_text", "Bảng hiệu", "Sign text").also(&["bang ten"]);
        /// How many people come.
        people: Option<i64> = Field::count("people", "Số người", "People", 1_000);
        /// Priority points for placing.
        points: Option<i64> = Field::count("points", "Điểm ưu tiên", "Priority points", 1_000_000);
        /// How far it has come.
        status: RegistrationStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(RegistrationStatus::CHOICES)).kept().listed();
        /// Why it was refused, withdrawn or moved back.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
