//! Payments: money sent or to be sent; never undone, only reversed.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What a payment is.
    PaymentKind {
        Final = "final" ("chi hỗ trợ", "grant"),
        Advance = "advance" ("tạm ứng", "advance"),
        Direct = "direct" ("trả thẳng đơn vị tổ chức", "direct to organiser"),
        Reversal = "reversal" ("ghi đảo", "reversal"),
        Repayment = "repayment" ("thu hồi", "repayment"),
    }
}

choices! {
    /// How far a payment has come.
    PaymentStatus {
        Prepared = "prepared" ("đã lập", "prepared"),
        Signed = "signed" ("đã ký", "signed"),
        Sent = "sent" ("đã chuyển", "sent"),
        Credited = "credited" ("đã ghi có", "credited"),
        Returned = "returned" ("bị trả lại", "returned"),
        Cancelled = "cancelled" ("hủy", "cancelled"),
    }
}

impl PaymentStatus {
    /// True when the money has left the house.
    #[must_use]
    pub const fn has_left(self) -> bool {
        matches!(self, Self::Sent | Self::Credited)
    }

    /// True when it takes part of what was decided.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        !matches!(self, Self::Returned | Self::Cancelled)
    }
}

noun! {
    /// Money sent, or to be sent, or its reversal.
    Payment {
        /// The claim it pays.
        claim: Option<Id> = Field::new("claim", "Hồ sơ", "Claim", Shape::Link(Kind::Claim)).required().listed().also(&["so ho so"]);
        /// The line it is charged to.
        budget: Option<Id> = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine)).kept().listed();
        /// What it is.
        kind: PaymentKind = Field::new("kind", "Loại", "Kind", Shape::Choice(PaymentKind::CHOICES));
        /// The amount; a reversal is negative.
        amount: Option<Money> = Field::new("amount", "Số tiền", "Amount", Shape::Money).required().listed().also(&["so tien chi"]);
        /// To whom.
        payee: Text = Field::text("payee", "Người nhận", "Payee").listed().also(&["don vi thu huong", "don vi nhan"]);
        /// The payee's bank.
        bank: Text = Field::text("bank", "Ngân hàng", "Bank");
        /// The payee's account.
        account: Text = Field::worded("account", "Số tài khoản", "Account", Wording::Account).sensitive();
        /// The voucher's year.
        voucher_year: Option<i64> = Field::new("voucher_year", "Năm chứng từ", "Voucher year", Shape::Number(2000, 2100, "")).kept();
        /// The voucher's number within its year, without gaps; a cancelled one keeps it.
        voucher_number: Option<i64> = Field::count("voucher_number", "Số chứng từ", "Voucher number", 1_000_000).kept().listed();
        /// The voucher's day.
        voucher_on: Option<Date> = Field::new("voucher_on", "Ngày chứng từ", "Voucher date", Shape::Date).listed().also(&["ngay chi", "ngay thanh toan"]);
        /// When the money left.
        sent_on: Option<Date> = Field::new("sent_on", "Ngày chuyển", "Sent", Shape::Date).kept();
        /// Which payment it reverses.
        reverses: Option<Id> = Field::new("reverses", "Ghi đảo cho", "Reverses", Shape::Link(Kind::Payment)).kept();
        /// The list it is paid with.
        list: Option<Id> = Field::new("list", "Bảng kê", "Payment list", Shape::Link(Kind::PaymentList)).kept();
        /// The recovery that this money came in for.
        recovery: Option<Id> = Field::new("recovery", "Khoản thu hồi", "Recovery", Shape::Link(Kind::Recovery)).kept();
        /// When the bank credited it, or sent it back.
        bank_on: Option<Date> = Field::new("bank_on", "Ngày ngân hàng báo", "Bank's date", Shape::Date).kept();
        /// The bank's reference on the statement.
        bank_reference: Text = Field::text("bank_reference", "Số tham chiếu ngân hàng", "Bank's reference").kept();
        /// How far it has come.
        status: PaymentStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(PaymentStatus::CHOICES)).kept().listed();
        /// Why it was returned, cancelled or reversed.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Who prepared it.
        prepared_by: Text = Field::text("prepared_by", "Người lập", "Prepared by").kept();
        /// Who signed it: somebody else.
        signed_by: Text = Field::text("signed_by", "Người ký", "Signed by").kept();
        /// The office's reference, when it came from an older list.
        reference: Text = Field::worded("reference", "Số tham chiếu", "Reference", Wording::Code).unique(Unique::Name);
        /// Anything else.
        note: Text = Field::notes("note", "Nội dung chi", "Remittance text");
    }
}
