//! Evidence: the documents of a claim's file and what was found of each.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// Which document of a booth-rental file.
    EvidenceKind {
        Registration = "ev01" ("Phiếu đăng ký có ký", "Signed registration form"),
        BusinessPaper = "ev02" ("Bản sao đăng ký kinh doanh", "Copy of business registration"),
        Certificate = "ev03" ("Giấy chứng nhận OCOP", "OCOP certificate"),
        Contract = "ev04" ("Hợp đồng thuê gian hàng", "Booth contract"),
        Invoice = "ev05" ("Hóa đơn GTGT", "VAT invoice"),
        PaymentProof = "ev06" ("Chứng từ thanh toán", "Proof of payment"),
        Acceptance = "ev07" ("Biên bản nghiệm thu, thanh lý", "Acceptance and liquidation minutes"),
        Attendance = "ev08" ("Xác nhận tham gia, ảnh gian hàng", "Attendance confirmation, photos"),
        Report = "ev09" ("Báo cáo kết quả tham gia", "After-fair report"),
        NoDoubleFunding = "ev10" ("Cam kết không nhận hỗ trợ trùng", "Statement: no other public money"),
        BankDetails = "ev11" ("Thông tin tài khoản", "Bank details form"),
        Transport = "ev12" ("Chứng từ các khoản chi khác", "Papers of other expenses"),
    }
}

choices! {
    /// What was found of a document.
    EvidenceStatus {
        Missing = "missing" ("còn thiếu", "missing"),
        Received = "received" ("đã nhận", "received"),
        Accepted = "accepted" ("đạt", "accepted"),
        Rejected = "rejected" ("không đạt", "rejected"),
        Waived = "waived" ("được miễn", "waived"),
    }
}

impl EvidenceStatus {
    /// True once somebody answers for it: it was found good, or is not asked for.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Accepted | Self::Waived)
    }
}

noun! {
    /// One document of a claim's file.
    Evidence {
        /// The claim.
        claim: Option<Id> = Field::new("claim", "Hồ sơ", "Claim", Shape::Link(Kind::Claim)).required().listed();
        /// Which document.
        document: EvidenceKind = Field::new("document", "Chứng từ", "Document", Shape::Choice(EvidenceKind::CHOICES)).listed();
        /// Where the scan lies.
        file: Text = Field::text("file", "Tệp", "File");
        /// SHA-256 of the scan, in hexadecimal.
        sha256: Text = Field::text("sha256", "SHA-256", "SHA-256").unique(Unique::Name);
        /// How many bytes the scan has.
        file_bytes: Option<i64> = Field::new("file_bytes", "Cỡ tệp", "File size", Shape::Number(0, 1_000_000_000_000, "B"));
        /// When it arrived.
        received_on: Option<Date> = Field::new("received_on", "Ngày nhận", "Received", Shape::Date).listed();
        /// What was found.
        status: EvidenceStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(EvidenceStatus::CHOICES)).kept().listed();
        /// Who found it.
        checked_by: Text = Field::text("checked_by", "Người kiểm tra", "Checked by").kept().listed();
        /// Who brought it to the file.
        received_by: Text = Field::text("received_by", "Người nhận", "Received by").kept();
        /// When it was judged.
        checked_on: Option<Date> = Field::new("checked_on", "Ngày kiểm tra", "Checked", Shape::Date).kept();
        /// Why it was rejected or waived.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept().listed();
    }
}
