//! Claims: one registration asking one scheme version for money, with the calculation frozen at the decision.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::domain::subsidy::Calculation;
use crate::{choices, noun};

choices! {
    /// How far a claim has come.
    ClaimStatus {
        Draft = "draft" ("nháp", "draft"),
        Submitted = "submitted" ("đã nộp", "submitted"),
        InCheck = "in_check" ("đang kiểm tra", "in check"),
        Returned = "returned_for_evidence" ("trả bổ sung", "returned for evidence"),
        Appraised = "appraised" ("đã thẩm định", "appraised"),
        Decided = "decided" ("đã quyết định", "decided"),
        Accepted = "accepted" ("đã nghiệm thu", "accepted"),
        Paid = "paid" ("đã chi", "paid"),
        Closed = "closed" ("đã tất toán", "closed"),
        Rejected = "rejected" ("từ chối", "rejected"),
        Withdrawn = "withdrawn" ("rút", "withdrawn"),
        Cancelled = "cancelled" ("hủy sau quyết định", "cancelled"),
    }
}

impl ClaimStatus {
    /// True when a decision binds the budget line.
    #[must_use]
    pub const fn binds_money(self) -> bool {
        matches!(self, Self::Decided | Self::Accepted | Self::Paid | Self::Closed)
    }

    /// True when the place counts in "how many times this year": decided and not cancelled.
    #[must_use]
    pub const fn counts_as_used(self) -> bool {
        self.binds_money()
    }

    /// True unless it was rejected, withdrawn or cancelled.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn | Self::Cancelled)
    }

    /// True while amounts may still change.
    #[must_use]
    pub const fn may_change_amounts(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::InCheck | Self::Returned | Self::Appraised)
    }
}

noun! {
    /// One registration asking one scheme for money.
    Claim {
        /// The registration.
        registration: Option<Id> = Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration)).required().listed();
        /// The scheme version it is decided under.
        scheme: Option<Id> = Field::new("scheme", "Chương trình hỗ trợ", "Scheme", Shape::Link(Kind::Scheme)).required().listed();
        /// The budget line that pays.
        budget: Option<Id> = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine));
        /// Rent before tax, as invoiced; empty takes the rents of its placements.
        cost: Option<Money> = Field::new("cost", "Chi phí trước thuế", "Cost before tax", Shape::Money);
        /// Tax on it.
        vat: Option<Money> = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money);
        /// How many booths this is for; empty takes its placements.
        booths: Option<i64> = Field::count("booths", "Số gian", "Booths", 1_000);
        /// Public money from elsewhere for the same cost.
        other_public: Option<Money> = Field::new("other_public", "Đã nhận hỗ trợ công khác", "Other public money", Shape::Money);
        /// The organiser's invoice: symbol and number.
        invoice_no: Text = Field::worded("invoice_no", "Hóa đơn", "Invoice", Wording::Code);
        /// Its day.
        invoice_on: Option<Date> = Field::new("invoice_on", "Ngày hóa đơn", "Invoice date", Shape::Date);
        /// What was decided, or is proposed.
        grant: Option<Money> = Field::new("grant", "Số tiền hỗ trợ", "Grant", Shape::Money).kept().listed();
        /// What the firm bears.
        own_share: Option<Money> = Field::new("own_share", "Doanh nghiệp tự chi", "Own share", Shape::Money).kept();
        /// How far it has come.
        status: ClaimStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(ClaimStatus::CHOICES)).kept().listed();
        /// Why it was returned, rejected, withdrawn or cancelled.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Who proposed it.
        proposed_by: Text = Field::text("proposed_by", "Người đề nghị", "Proposed by").kept();
        /// Who appraised it.
        appraised_by: Text = Field::text("appraised_by", "Người thẩm định", "Appraised by").kept();
        /// Who approved it: neither of the two.
        decided_by: Text = Field::text("decided_by", "Người duyệt", "Decided by").kept();
        /// The decision's number within its year, without gaps.
        decision_number: Option<i64> = Field::count("decision_number", "Số quyết định", "Decision number", 1_000_000).kept();
        /// Day of the decision.
        decided_on: Option<Date> = Field::new("decided_on", "Ngày quyết định", "Decided", Shape::Date).kept().listed();
        /// Day of acceptance, which decides the fiscal year.
        accepted_on: Option<Date> = Field::new("accepted_on", "Ngày nghiệm thu", "Accepted", Shape::Date).kept();
        /// Number of the file as the office writes it.
        file_no: Text = Field::worded("file_no", "Số hồ sơ", "File no.", Wording::Code).unique(Unique::Book);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    } parts {
        /// Every step from cost to grant; frozen when decided.
        calculation: Option<Calculation>;
    }
}
