//! Leads: one of our businesses and one partner, in a stage, with a next step and a date.
//!
//! What a buyer asks for stands in a lead too, before any of our businesses is found for it; those that are introduced
//! get a lead each, which points back to the request.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Several, Shape};
use crate::domain::product::Paper;
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How far a lead has come; an MOU is an intention, a contract is signed, delivery is a third thing.
    LeadStage {
        New = "new" ("mới", "new", "prospecting", "lead", "open"),
        Contacted = "contacted" ("đã liên hệ", "contacted", "engaging", "qualified", "qualification"),
        Sample = "sample" ("gửi mẫu", "sample"),
        Quoted = "quoted" ("đã báo giá", "quoted", "proposal", "quote", "quotation", "bao gia"),
        Negotiating = "negotiating" ("đang đàm phán", "negotiating", "negotiation", "negotiation/review", "dam phan"),
        Mou = "mou" ("biên bản ghi nhớ", "MOU"),
        Principle = "principle" ("hợp đồng nguyên tắc", "principle contract"),
        Contract = "contract" ("hợp đồng", "contract", "won", "closed won", "da ky", "thanh cong"),
        Delivering = "delivering" ("đang giao hàng", "delivering"),
        Repeat = "repeat" ("mua lại", "repeat order"),
        Lost = "lost" ("không thành", "lost", "closed lost", "that bai", "mat"),
        OnHold = "on_hold" ("tạm hoãn", "on hold"),
        Duplicate = "duplicate" ("trùng", "duplicate"),
    }
}

impl LeadStage {
    /// True while somebody has to do something about it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Lost | Self::Duplicate | Self::Repeat)
    }

    /// True on the way from a first talk to repeat orders; false beside it.
    #[must_use]
    pub const fn is_on_the_way(self) -> bool {
        !matches!(self, Self::Lost | Self::Duplicate | Self::OnHold)
    }
}

choices! {
    /// Why a lead came to nothing.
    LossReason {
        Unknown = "unknown" ("chưa rõ", "not known"),
        Price = "price" ("giá", "price"),
        Capacity = "capacity" ("năng lực cung ứng", "capacity"),
        Certificate = "certificate" ("thiếu chứng nhận", "certificate"),
        Quality = "quality" ("chất lượng", "quality"),
        Logistics = "logistics" ("vận chuyển", "logistics"),
        NoAnswer = "no_answer" ("không phản hồi", "no answer"),
        Other = "other" ("khác", "other"),
    }
}

choices! {
    /// What one side says to being introduced.
    Answer {
        NotAsked = "not_asked" ("không hỏi", "not asked"),
        Pending = "pending" ("chờ trả lời", "pending"),
        Accepted = "accepted" ("đồng ý", "accepted"),
        Declined = "declined" ("từ chối", "declined"),
    }
}

choices! {
    /// One of the two who are introduced.
    Side {
        Seller = "seller" ("bên bán", "seller"),
        Buyer = "buyer" ("bên mua", "buyer"),
    }
}

noun! {
    /// One of our businesses and one partner, in a stage.
    Lead {
        /// Our business; none while a buyer's request waits for one.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).listed().also(&["ten doanh nghiep", "don vi", "ben ban"]);
        /// The partner.
        partner: Option<Id> = Field::new("partner", "Đối tác", "Partner", Shape::Link(Kind::Partner)).required().listed().also(&["ten doi tac", "khach hang", "ben mua", "account"]);
        /// The fair that brought it.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).also(&["ma hoi cho", "su kien"]);
        /// The person at the partner.
        contact: Option<Id> = Field::new("contact", "Người liên hệ", "Contact", Shape::Link(Kind::Contact));
        /// Which products.
        interest: Text = Field::text("interest", "Quan tâm", "Interest").listed().also(&["mat hang", "san pham", "product"])
            .group("Nhu cầu", "Request");
        /// How much and how often.
        volume: Text = Field::text("volume", "Sản lượng", "Volume").also(&["so luong"]);
        /// The set of products that the buyer wants.
        product_set: Text = Field::text("product_set", "Bộ sản phẩm cần", "Product set wanted").also(&["bo san pham"]);
        /// The fewest OCOP stars that the buyer takes.
        stars_min: Option<i64> = Field::new("stars_min", "Sao tối thiểu", "Stars at least", Shape::Number(1, 5, "★")).also(&["so sao toi thieu"]);
        /// The papers that the buyer asks for.
        papers: Several<Paper> = Field::new("papers", "Giấy tờ yêu cầu", "Papers required", Shape::Choices(Paper::CHOICES)).also(&["chung nhan yeu cau"]);
        /// First day on which the goods are needed; empty is now.
        needed_from: Option<Date> = Field::new("needed_from", "Cần hàng từ", "Needed from", Shape::Date).also(&["giao tu ngay"]);
        /// Last day on which the goods are needed.
        needed_until: Option<Date> = Field::new("needed_until", "Cần hàng đến", "Needed until", Shape::Date).also(&["giao den ngay"]);
        /// The most that the buyer pays for one `price_per`.
        price_most: Option<Money> = Field::new("price_most", "Giá cao nhất", "Price at most", Shape::Money).also(&["gia toi da"]);
        /// What that price buys: `kg`, `hộp x 0,5 kg`.
        price_per: Text = Field::text("price_per", "Đơn vị giá", "Price for").also(&["don vi tinh"]);
        /// The request for which our business was introduced.
        request: Option<Id> = Field::new("request", "Giới thiệu cho yêu cầu", "Introduced for", Shape::Link(Kind::Lead)).kept()
            .group("Giới thiệu", "Introduction");
        /// What our business says to it.
        seller_answer: Answer = Field::new("seller_answer", "Bên bán trả lời", "Seller's answer", Shape::Choice(Answer::CHOICES)).kept();
        /// On which day it said so.
        seller_answered_on: Option<Date> = Field::new("seller_answered_on", "Bên bán trả lời ngày", "Seller answered", Shape::Date).kept();
        /// What the partner says to it.
        buyer_answer: Answer = Field::new("buyer_answer", "Bên mua trả lời", "Buyer's answer", Shape::Choice(Answer::CHOICES)).kept();
        /// On which day it said so.
        buyer_answered_on: Option<Date> = Field::new("buyer_answered_on", "Bên mua trả lời ngày", "Buyer answered", Shape::Date).kept();
        /// How far it has come.
        stage: LeadStage = Field::new("stage", "Giai đoạn", "Stage", Shape::Choice(LeadStage::CHOICES)).kept().listed().also(&["tinh trang", "deal stage"])
            .group("Theo dõi", "Follow-up");
        /// What is to be done next.
        next_step: Text = Field::text("next_step", "Việc tiếp theo", "Next step").listed().also(&["viec can lam"]);
        /// By when.
        due_on: Option<Date> = Field::new("due_on", "Hạn", "Due", Shape::Date).listed().also(&["ngay hen", "han xu ly"]);
        /// By whom.
        owner: Text = Field::text("owner", "Người theo dõi", "Owner").listed().also(&["phu trach", "sales agent"]);
        /// What an MOU names: an intention.
        mou_value: Option<Money> = Field::new("mou_value", "Giá trị ghi nhớ", "MOU value", Shape::Money).also(&["gia tri mou"])
            .group("Giá trị", "Values");
        /// When it was signed as a memorandum.
        mou_on: Option<Date> = Field::new("mou_on", "Ngày ghi nhớ", "MOU on", Shape::Date).also(&["ngay ky ghi nho"]);
        /// What was signed.
        contract_value: Option<Money> = Field::new("contract_value", "Giá trị hợp đồng", "Contract value", Shape::Money).also(&["gia tri ky", "close value"]);
        /// When the contract was signed.
        signed_on: Option<Date> = Field::new("signed_on", "Ngày ký hợp đồng", "Signed on", Shape::Date).also(&["ngay ky", "close date"]);
        /// What was delivered.
        delivered_value: Option<Money> = Field::new("delivered_value", "Giá trị đã giao", "Delivered value", Shape::Money).also(&["gia tri giao"]);
        /// How many đồng one unit of its foreign currency is worth; sums of years count foreign amounts by it.
        fx_rate: Option<Money> = Field::new("fx_rate", "Tỷ giá (đồng)", "Rate in đồng", Shape::Money).also(&["ty gia"]);
        /// The day of that rate.
        fx_on: Option<Date> = Field::new("fx_on", "Ngày tỷ giá", "Rate of", Shape::Date).also(&["ngay ty gia"]);
        /// Why it came to nothing.
        loss: LossReason = Field::new("loss", "Vì sao không thành", "Loss reason", Shape::Choice(LossReason::CHOICES))
            .group("Khác", "Other");
        /// Until when it rests.
        held_until: Option<Date> = Field::new("held_until", "Hoãn đến", "On hold until", Shape::Date);
        /// Why the stage went back, or rests.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
