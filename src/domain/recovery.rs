//! Recoveries: money paid that has to come back, at once or in instalments.

use serde::{Deserialize, Serialize};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// Why money has to come back.
    RecoveryCause {
        AdvanceAbove = "advance_above" ("tạm ứng vượt quyết toán", "advance above settlement"),
        NoShow = "no_show" ("vắng mặt", "no-show"),
        LeftEarly = "left_early" ("về sớm", "left early"),
        FalseDeclaration = "false_declaration" ("khai không đúng", "false declaration"),
        DoubleFunding = "double_funding" ("hỗ trợ trùng", "double funding"),
        Audit = "audit" ("kết luận kiểm toán, thanh tra", "audit"),
        Other = "other" ("lý do khác", "other"),
    }
}

choices! {
    /// How far a recovery has come.
    RecoveryStatus {
        Open = "open" ("chưa thu", "open"),
        Partly = "partly_repaid" ("thu một phần", "partly repaid"),
        Settled = "settled" ("đã thu đủ", "settled"),
        Disputed = "disputed" ("đang khiếu nại", "disputed"),
        WrittenOff = "written_off" ("được xóa nợ", "written off"),
    }
}

impl RecoveryStatus {
    /// True while money is still asked for.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Partly | Self::Disputed)
    }
}

/// One instalment: so much by that day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instalment {
    /// How much.
    pub amount: Money,
    /// By when.
    pub due_on: Date,
}

noun! {
    /// Money paid that has to come back. What came is a payment of its own that points here.
    Recovery {
        /// The claim it was paid for.
        claim: Option<Id> = Field::new("claim", "Hồ sơ", "Claim", Shape::Link(Kind::Claim)).required().listed();
        /// The line it goes back to.
        budget: Option<Id> = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine)).kept();
        /// How much.
        amount: Option<Money> = Field::new("amount", "Số phải thu", "Amount", Shape::Money).required().listed();
        /// Why.
        cause: RecoveryCause = Field::new("cause", "Nguyên nhân", "Cause", Shape::Choice(RecoveryCause::CHOICES)).listed();
        /// The decision that asks for it.
        decision_no: Text = Field::text("decision_no", "Số quyết định thu hồi", "Decision no.");
        /// Its day.
        decided_on: Option<Date> = Field::new("decided_on", "Ngày quyết định", "Decided", Shape::Date);
        /// By when all of it has to be back.
        due_on: Option<Date> = Field::new("due_on", "Hạn nộp", "Due", Shape::Date).required().listed();
        /// How far it has come.
        status: RecoveryStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(RecoveryStatus::CHOICES)).kept().listed();
        /// Why it is disputed or written off.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
        /// Who opened it.
        opened_by: Text = Field::text("opened_by", "Người lập", "Opened by").kept();
        /// Who approved writing it off.
        written_off_by: Text = Field::text("written_off_by", "Người duyệt xóa nợ", "Written off by").kept();
        /// The bank's or cashier's reference, for the note.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    } parts {
        /// The plan, earliest first; empty asks for all of it by the deadline.
        instalments: Vec<Instalment>;
    }
}
