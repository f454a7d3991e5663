//! Fairs and the other events of domain kind: who organises, when, where, at which price.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What kind of event it is (contents of Circular 11/2019/TT-BCT and provincial programmes).
    EventKind {
        FairOut = "fair_out" ("Hội chợ ngoài tỉnh", "Fair in another province"),
        FairIn = "fair_in" ("Hội chợ trong tỉnh", "Fair in the home province"),
        Week = "week" ("Tuần hàng", "Product week"),
        Connection = "conn" ("Hội nghị kết nối giao thương", "Trade-connection conference"),
        Workshop = "wshop" ("Hội thảo, tập huấn", "Workshop, training"),
        Abroad = "abroad" ("Hội chợ nước ngoài", "Foreign fair"),
        Mission = "mission" ("Đoàn giao dịch thương mại", "Trade mission abroad"),
        Inbound = "inbound" ("Đoàn vào mua hàng", "Inbound buying delegation"),
        Online = "online" ("Xúc tiến trực tuyến", "Online fair"),
        Market = "market" ("Phiên chợ hàng Việt", "Rural or mountain market"),
    }
}

choices! {
    /// Where an event lies, as subsidy rules tell events apart.
    EventScope {
        InProvince = "in_province" ("trong tỉnh", "in the province"),
        Domestic = "domestic" ("trong nước", "domestic"),
        Abroad = "abroad" ("nước ngoài", "abroad"),
        Online = "online" ("trực tuyến", "online"),
    }
}

choices! {
    /// How far an event has come.
    FairStatus {
        Draft = "draft" ("dự kiến", "draft"),
        Approved = "approved" ("đã duyệt", "approved"),
        Open = "open" ("đang nhận đăng ký", "open"),
        Closed = "closed" ("hết hạn đăng ký", "closed"),
        Assigned = "assigned" ("đã bố trí", "assigned"),
        Running = "running" ("đang diễn ra", "running"),
        Finished = "finished" ("đã kết thúc", "finished"),
        Reported = "reported" ("đã báo cáo", "reported"),
        Archived = "archived" ("lưu trữ", "archived"),
        Cancelled = "cancelled" ("hủy", "cancelled"),
    }
}

impl EventKind {
    /// The scope that subsidy rules ask for.
    #[must_use]
    pub const fn scope(self) -> EventScope {
        match self {
            Self::FairIn | Self::Market => EventScope::InProvince,
            Self::Abroad | Self::Mission => EventScope::Abroad,
            Self::Online => EventScope::Online,
            Self::FairOut | Self::Week | Self::Connection | Self::Workshop | Self::Inbound => EventScope::Domestic,
        }
    }
}

noun! {
    /// A fair or another event.
    Fair {
        /// The code by which people and the shell name it.
        code: Text = Field::worded("code", "Mã hội chợ", "Code", Wording::Code)
            .required().listed().unique(Unique::Book).also(&["ma su kien", "ma", "fair code", "event code"]);
        /// Its full name.
        name: Text = Field::text("name", "Tên hội chợ", "Name")
            .required().listed().unique(Unique::Name).also(&["ten su kien", "hoi cho", "fair", "event"]);
        /// What kind of event it is.
        kind: EventKind = Field::new("kind", "Loại", "Kind", Shape::Choice(EventKind::CHOICES)).also(&["loai hinh", "event kind"]);
        /// The series whose editions subsidy rules count.
        series: Text = Field::text("series", "Chuỗi hội chợ", "Series");
        /// The venue.
        venue: Text = Field::text("venue", "Địa điểm", "Venue").also(&["dia diem to chuc", "noi to chuc"]);
        /// The city or province.
        city: Text = Field::text("city", "Tỉnh, thành phố", "City").listed().also(&["tinh thanh", "tinh"]);
        /// The country; empty is Vietnam.
        country: Text = Field::text("country", "Quốc gia", "Country");
        /// First day.
        opens_on: Option<Date> = Field::new("opens_on", "Khai mạc", "Opens", Shape::Date)
            .required().listed().also(&["ngay khai mac", "tu ngay", "from", "start", "open date"]);
        /// Last day.
        closes_on: Option<Date> = Field::new("closes_on", "Bế mạc", "Closes", Shape::Date)
            .required().listed().also(&["ngay be mac", "den ngay", "to", "end", "close date"]);
        /// Last day of registration.
        register_by: Option<Date> = Field::new("register_by", "Hạn đăng ký", "Register by", Shape::Date).also(&["han nop", "deadline"]);
        /// Who sells the booths.
        organiser: Option<Id> = Field::new("organiser", "Đơn vị tổ chức", "Organiser", Shape::Link(Kind::Partner));
        /// Rent of one square metre for the whole fair.
        price_m2: Option<Money> = Field::new("price_m2", "Giá thuê 1 m²", "Rent per m²", Shape::Money).also(&["don gia m2", "gia m2"])
            .group("Giá và rút lui", "Prices and withdrawal");
        /// Rent of one square metre of raw space and islands; empty is the same as the others.
        raw_price_m2: Option<Money> = Field::new("raw_price_m2", "Giá 1 m² đất trống", "Raw space per m²", Shape::Money);
        /// What a corner costs on top.
        corner_extra: Option<BasisPoints> = Field::new("corner_extra", "Phụ thu gian góc", "Corner extra", Shape::Percent);
        /// The least width of a way between booths, in centimetres.
        gangway: Option<i64> = Field::new("gangway", "Lối đi tối thiểu", "Least gangway", Shape::Length).also(&["loi di"]);
        /// Value added tax on the rent.
        vat: Option<BasisPoints> = Field::new("vat", "Thuế GTGT", "VAT", Shape::Percent).also(&["thue suat"]);
        /// Which part of the paid fee a withdrawal gives back, by days before the opening: `90:50, 60:25, 30:0`.
        refund_table: Text = Field::text("refund_table", "Bảng hoàn tiền (ngày:%)", "Refund table (days:%)").also(&["hoan tien", "bang hoan phi"]);
        /// What the organiser keeps of every refund.
        refund_fee: Option<Money> = Field::new("refund_fee", "Phí giữ lại khi rút", "Withdrawal fee", Shape::Money);
        /// How many days an offer may be answered; empty is three.
        answer_days: Option<i64> = Field::new("answer_days", "Số ngày trả lời lời mời", "Days to answer", Shape::Number(1, 90, ""));
        /// Priority points for each OCOP star on the opening day.
        star_points: Option<i64> = Field::count("star_points", "Điểm mỗi sao OCOP", "Points a star", 1_000)
            .group("Điểm ưu tiên và xếp gian", "Priority points and placing");
        /// Priority points for each earlier fair at which the firm stood.
        past_points: Option<i64> = Field::count("past_points", "Điểm mỗi lần đã tham gia", "Points a past fair", 1_000);
        /// Priority points for each full day before the end of registration, 30 at most.
        early_points: Option<i64> = Field::count("early_points", "Điểm mỗi ngày đăng ký sớm", "Points a day early", 1_000);
        /// Points taken for each earlier fair at which the firm was absent or left early.
        absence_points: Option<i64> = Field::count("absence_points", "Điểm trừ mỗi lần vắng", "Minus points an absence", 1_000);
        /// Points taken for each earlier fair whose report is late.
        late_points: Option<i64> = Field::count("late_points", "Điểm trừ mỗi báo cáo trễ", "Minus points a late report", 1_000);
        /// The order of what placing tries for, the first counting most; empty is the usual order.
        tiers: Text = Field::worded("tiers", "Thứ tự mục tiêu xếp gian", "Order of placing aims", Wording::Aims);
        /// Whether firms of one connected group are kept apart like rivals.
        groups_apart: bool = Field::new("groups_apart", "Tách nhóm liên kết", "Keep groups apart", Shape::Flag);
        /// The scheme offered to those who register.
        scheme: Option<Id> = Field::new("scheme", "Chương trình hỗ trợ", "Scheme", Shape::Link(Kind::Scheme))
            .group("Hỗ trợ", "Support");
        /// The budget line that pays the support.
        budget: Option<Id> = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine));
        /// What it cost the office beside the support of firms.
        cost: Option<Money> = Field::new("cost", "Chi phí của cơ quan", "Cost to the office", Shape::Money).also(&["chi phi to chuc", "kinh phi"])
            .group("Sau hội chợ", "After the fair");
        /// Visits counted after the fair.
        visits: Option<i64> = Field::count("visits", "Lượt khách", "Visits", 100_000_000);
        /// How many days after its end the reports of businesses are due; empty is 15.
        report_days: Option<i64> = Field::new("report_days", "Hạn báo cáo sau bế mạc", "Reports due after", Shape::Number(1, 365, "d")).also(&["han bao cao"]);
        /// Turnover at the fair, as reported.
        turnover: Option<Money> = Field::new("turnover", "Doanh thu tại hội chợ", "Turnover", Shape::Money);
        /// How far it has come.
        status: FairStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(FairStatus::CHOICES)).kept().listed()
            .group("Khác", "Other");
        /// Why it was cancelled or taken back a step.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

impl Fair {
    /// True on its days, both ends included.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        matches!((self.opens_on, self.closes_on), (Some(first), Some(last)) if first <= day && day <= last)
    }
}
