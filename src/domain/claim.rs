//! Claims: one registration asking one scheme version for money, with the calculation frozen at the decision.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::person::same_person;
use crate::domain::record::Kind;
use crate::domain::subsidy::Calculation;
use crate::{choices, noun};
use serde::{Deserialize, Serialize};

choices! {
    /// How far a claim has come.
    ClaimStatus {
        Draft = "draft" ("nháp", "draft"),
        Submitted = "submitted" ("đã nộp", "submitted"),
        InCheck = "in_check" ("đang kiểm tra", "in check"),
        Returned = "returned_for_evidence" ("trả bổ sung", "returned for evidence"),
        Appraised = "appraised" ("đã thẩm định", "appraised"),
        Decided = "decided" ("đã quyết định", "decided"),
        Advanced = "advanced" ("đã tạm ứng", "advanced"),
        Accepted = "accepted" ("đã nghiệm thu", "accepted"),
        Paid = "paid" ("đã chi", "paid"),
        Recovering = "recovering" ("đang thu hồi", "recovering"),
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
        matches!(self, Self::Decided | Self::Advanced | Self::Accepted | Self::Paid | Self::Recovering | Self::Closed)
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

choices! {
    /// To whom the money of a claim goes.
    PayeeMode {
        Business = "business" ("hoàn trả cho doanh nghiệp", "reimburse the business"),
        Organiser = "organiser" ("trả thẳng đơn vị tổ chức", "pay the organiser"),
        Other = "other" ("trả cho đơn vị khác", "pay somebody else"),
    }
}

choices! {
    /// How the invoice was paid, by the proof of payment.
    PaidBy {
        Unknown = "unknown" ("chưa rõ", "not known"),
        Bank = "bank" ("qua ngân hàng", "through a bank"),
        Cash = "cash" ("tiền mặt", "cash"),
    }
}

/// A later decision about a claim that is decided already; the one before is kept in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Supplement {
    /// Its number within its year, from the same series as decisions.
    pub number: i64,
    /// Its day.
    pub on: Option<Date>,
    /// Who approved it.
    pub by: Text,
    /// What for.
    pub reason: Text,
    /// What had been decided until then.
    pub before: Money,
    /// What is decided since.
    pub after: Money,
    /// The calculation that the decision before rested on.
    pub calculation_before: Option<Calculation>,
}

/// A finding of the checks that somebody has answered for; it stays visible.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Override {
    /// The stable code of the finding.
    pub finding: Text,
    /// What exactly was found; a finding about something else is not answered by this.
    pub about: Text,
    /// Why it may stand.
    pub reason: Text,
    /// Who answers for it.
    pub by: Text,
    /// When.
    pub on: Option<Date>,
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
        cost: Option<Money> = Field::new("cost", "Chi phí trước thuế", "Cost before tax", Shape::Money)
            .group("Chi phí", "Costs");
        /// Tax on it.
        vat: Option<Money> = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money);
        /// How many booths this is for; empty takes its placements.
        booths: Option<i64> = Field::count("booths", "Số gian", "Booths", 1_000);
        /// Public money from elsewhere for the same cost.
        other_public: Option<Money> = Field::new("other_public", "Đã nhận hỗ trợ công khác", "Other public money", Shape::Money);
        /// The organiser's invoice: symbol and number.
        invoice_no: Text = Field::worded("invoice_no", "Hóa đơn", "Invoice", Wording::Code).unique(Unique::Name)
            .group("Hóa đơn và hợp đồng", "Invoice and contract");
        /// Its day.
        invoice_on: Option<Date> = Field::new("invoice_on", "Ngày hóa đơn", "Invoice date", Shape::Date);
        /// Tax code of the seller on the invoice.
        seller_tax_code: Text = Field::text("seller_tax_code", "MST bên bán", "Seller's tax code").also(&["ma so thue ben ban"]);
        /// The booth contract.
        contract_no: Text = Field::text("contract_no", "Số hợp đồng", "Contract no.").also(&["hop dong"]);
        /// Its day.
        contract_on: Option<Date> = Field::new("contract_on", "Ngày hợp đồng", "Contract date", Shape::Date);
        /// Its value before tax.
        contract_amount: Option<Money> = Field::new("contract_amount", "Giá trị hợp đồng trước thuế", "Contract before tax", Shape::Money);
        /// Who paid the invoice, by the proof of payment.
        payer: Text = Field::text("payer", "Người trả tiền", "Payer").also(&["don vi tra tien"])
            .group("Trả và nhận tiền", "Paying and payee");
        /// How it was paid; from 5,000,000 đồng on only a bank's record counts.
        paid_by: PaidBy = Field::new("paid_by", "Hình thức trả tiền", "Paid by", Shape::Choice(PaidBy::CHOICES));
        /// To whom the money goes.
        payee_mode: PayeeMode = Field::new("payee_mode", "Cách chi", "Paid to", Shape::Choice(PayeeMode::CHOICES));
        /// The payee's name where it is not the applicant; empty takes the organiser's or the business's.
        payee: Text = Field::text("payee", "Đơn vị thụ hưởng", "Payee");
        /// The payee's bank.
        payee_bank: Text = Field::text("payee_bank", "Ngân hàng thụ hưởng", "Payee's bank");
        /// The payee's account.
        payee_account: Text = Field::worded("payee_account", "Tài khoản thụ hưởng", "Payee's account", Wording::Account).sensitive();
        /// When it was handed in.
        submitted_on: Option<Date> = Field::new("submitted_on", "Ngày nộp", "Handed in", Shape::Date)
            .group("Hồ sơ", "File");
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
        /// The decision's number within its year, without gaps; claims that were decided together have one.
        decision_number: Option<i64> = Field::count("decision_number", "Số quyết định", "Decision number", 1_000_000).kept();
        /// Day of the decision.
        decided_on: Option<Date> = Field::new("decided_on", "Ngày quyết định", "Decided", Shape::Date).kept().listed();
        /// Day of acceptance, which decides the fiscal year.
        accepted_on: Option<Date> = Field::new("accepted_on", "Ngày nghiệm thu", "Accepted", Shape::Date).kept();
        /// Rent before tax, as accepted.
        accepted_cost: Option<Money> = Field::new("accepted_cost", "Chi phí được nghiệm thu", "Accepted cost", Shape::Money).kept();
        /// Tax on what was accepted.
        accepted_vat: Option<Money> = Field::new("accepted_vat", "Thuế GTGT được nghiệm thu", "VAT accepted", Shape::Money).kept();
        /// What is due in the end: the lesser of what was decided and what the accepted costs come to.
        final_grant: Option<Money> = Field::new("final_grant", "Được quyết toán", "Final grant", Shape::Money).kept();
        /// By when an advance has to be settled.
        settle_by: Option<Date> = Field::new("settle_by", "Hạn quyết toán tạm ứng", "Settle by", Shape::Date).kept();
        /// The payee as decided.
        decided_payee: Text = Field::text("decided_payee", "Người nhận theo quyết định", "Payee decided").personal().kept();
        /// The account as decided.
        decided_account: Text = Field::worded("decided_account", "Tài khoản theo quyết định", "Account decided", Wording::Account).sensitive().kept();
        /// Number of the file as the office writes it.
        file_no: Text = Field::worded("file_no", "Số hồ sơ", "File no.", Wording::Code).unique(Unique::Book);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    } parts {
        /// Every step from cost to grant; frozen when decided.
        calculation: Option<Calculation>;
        /// The calculation on the accepted costs, by the same version of the scheme.
        final_calculation: Option<Calculation>;
        /// Supplementary decisions, oldest first; each keeps what it changed.
        supplements: Vec<Supplement>;
        /// Findings that somebody has answered for.
        overrides: Vec<Override>;
        /// Who else appraised it, before it was taken back to check.
        appraised_before: Vec<Text>;
    }
}

impl Claim {
    /// What is due: the final grant once accepted, until then what was decided.
    #[must_use]
    pub fn due(&self) -> Money {
        self.final_grant.or(self.grant).unwrap_or(Money::ZERO)
    }

    /// True for whoever proposed it or has ever appraised it, and so may not approve it.
    #[must_use]
    pub fn was_prepared_by(&self, who: &Text) -> bool {
        let mut preparers = [&self.proposed_by, &self.appraised_by].into_iter().chain(&self.appraised_before);
        preparers.any(|preparer| same_person(who, preparer))
    }
}
