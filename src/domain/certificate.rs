//! OCOP certificates: valid 36 calendar months from the decision.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

/// How long an OCOP certificate lasts.
pub const VALID_MONTHS: u32 = 36;

choices! {
    /// Who issued it; three stars moved from district to province on 6 July 2025 (Decision 1489/QĐ-TTg).
    CertificateLevel {
        District = "district" ("cấp huyện", "district"),
        Province = "province" ("cấp tỉnh", "province"),
        National = "national" ("cấp quốc gia", "national"),
    }
}

choices! {
    /// What was decided about it; expiry is computed, not stored.
    CertificateStatus {
        Valid = "valid" ("còn hiệu lực", "valid"),
        Cancelled = "cancelled" ("đã thu hồi", "cancelled"),
        Replaced = "replaced" ("đã thay thế", "replaced"),
    }
}

noun! {
    /// An OCOP certificate of a product.
    Certificate {
        /// The product.
        product: Option<Id> = Field::new("product", "Sản phẩm", "Product", Shape::Link(Kind::Product)).required().listed()
            .also(&["ten san pham", "san pham", "ma san pham"]);
        /// The maker, as the certificate names it.
        business: Option<Id> = Field::new("business", "Chủ thể", "Business", Shape::Link(Kind::Business)).listed()
            .also(&["ten chu the", "doanh nghiep", "ten doanh nghiep"]);
        /// One to five stars.
        stars: Option<i64> = Field::new("stars", "Hạng sao", "Stars", Shape::Number(1, 5, "★")).required().listed().also(&["sao", "so sao", "hang"]);
        /// The decision that granted it.
        decision_no: Text = Field::text("decision_no", "Số quyết định", "Decision no.").also(&["quyet dinh", "so qd"]);
        /// Day of the decision.
        issued_on: Option<Date> = Field::new("issued_on", "Ngày cấp", "Issued", Shape::Date).required().listed().also(&["ngay quyet dinh", "ngay cong nhan"]);
        /// Last day; left empty it is 36 calendar months from the decision.
        valid_until: Option<Date> = Field::new("valid_until", "Hiệu lực đến", "Valid until", Shape::Date).listed().also(&["het han", "ngay het han"]);
        /// Who issued it.
        level: CertificateLevel = Field::new("level", "Cấp", "Level", Shape::Choice(CertificateLevel::CHOICES));
        /// What was decided about it.
        status: CertificateStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(CertificateStatus::CHOICES)).kept();
        /// Why it was cancelled.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
    }
}

impl Certificate {
    /// True when it counts on this day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.status == CertificateStatus::Valid
            && self.issued_on.is_some_and(|issued| issued <= day)
            && self.valid_until.is_some_and(|until| day <= until)
    }
}
