//! Registrations: one business's application to one fair.

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::booth::BoothKind;
use crate::domain::field::{Chosen, Field, Several, Shape};
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

    /// True when the firm waits for a booth, or may be given one.
    #[must_use]
    pub const fn may_be_offered(self) -> bool {
        self.may_be_placed() || matches!(self, Self::Waiting)
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
        booths_wanted: Option<i64> = Field::count("booths_wanted", "Số gian xin", "Booths wanted", 1_000).listed().also(&["so gian", "so luong gian", "so gian hang"])
            .group("Xin gian", "Booth wanted");
        /// Whether it asks for a corner.
        corner_wanted: bool = Field::new("corner_wanted", "Xin gian góc", "Corner wanted", Shape::Flag).also(&["gian goc"]);
        /// Power it needs, in watts.
        power_wanted: Option<i64> = Field::new("power_wanted", "Cần điện", "Power wanted", Shape::Number(0, 1_000_000, "W")).also(&["cong suat dien", "dien"]);
        /// Whether it needs water.
        water_wanted: bool = Field::new("water_wanted", "Cần nước", "Water wanted", Shape::Flag).also(&["nuoc"]);
        /// The least area it can use in square metres, all its booths together.
        area_wanted_m2: Option<i64> = Field::new("area_wanted_m2", "Diện tích xin", "Area wanted", Shape::Number(1, 100_000, "m²")).also(&["dien tich", "dien tich xin thue"]);
        /// The kinds of booth it takes; empty is any.
        kinds_wanted: Several<BoothKind> = Field::new("kinds_wanted", "Loại gian nhận", "Kinds wanted", Shape::Choices(BoothKind::CHOICES));
        /// The zone it belongs to or asks for.
        zone_wanted: Text = Field::text("zone_wanted", "Khu vực xin", "Zone wanted").also(&["khu vuc", "khu"]);
        /// The booths it wishes for, by code, the dearest wish first.
        wishes: Text = Field::text("wishes", "Nguyện vọng (mã gian)", "Wishes (booth codes)").also(&["nguyen vong", "gian mong muon"]);
        /// The most rent before tax that it pays, all its booths together.
        rent_most: Option<Money> = Field::new("rent_most", "Tiền thuê tối đa", "Most rent", Shape::Money).also(&["gia toi da", "ngan sach thue gian"]);
        /// The registration on whose booths it stands, as a co-exhibitor.
        host: Option<Id> = Field::new("host", "Chung gian với", "Stands with", Shape::Link(Kind::Registration)).also(&["chung gian", "gian cua"]);
        /// What it brings.
        goods: Text = Field::text("goods", "Hàng mang theo", "Goods").listed().also(&["mat hang", "san pham trung bay", "san pham"])
            .group("Gian hàng và người", "Stand and people");
        /// The text on its sign.
        sign_text: Text = Field::text("sign_text", "Bảng hiệu", "Sign text").also(&["bang ten"]);
        /// How many people come.
        people: Option<i64> = Field::count("people", "Số người", "People", 1_000);
        /// Priority points of its own, on top of those by the fair's rules.
        points: Option<i64> = Field::count("points", "Điểm riêng", "Own points", 1_000_000)
            .also(&["diem uu tien", "priority points"])
            .group("Điểm và tiền gian", "Points and fee");
        /// Why it has those points.
        points_reason: Text = Field::text("points_reason", "Lý do điểm", "Reason for points").also(&["ly do diem"]);
        /// What it has paid the organiser for its booths, tax included.
        fee_paid: Option<Money> = Field::new("fee_paid", "Đã nộp tiền gian", "Booth fee paid", Shape::Money).also(&["da nop", "da dong tien"]);
        /// How many offers it let pass; it then waits behind those that let pass fewer.
        offers_missed: Option<i64> = Field::count("offers_missed", "Lời mời bỏ lỡ", "Offers missed", 1_000).kept()
            .group("Khác", "Other");
        /// The day on which it was withdrawn.
        withdrawn_on: Option<Date> = Field::new("withdrawn_on", "Ngày rút", "Withdrawn on", Shape::Date).kept();
        /// What the fair's table gave back on that day.
        refund: Option<Money> = Field::new("refund", "Được hoàn", "Refund", Shape::Money).kept();
        /// How far it has come.
        status: RegistrationStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(RegistrationStatus::CHOICES)).kept().listed();
        /// Why it was refused, withdrawn or moved back.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
