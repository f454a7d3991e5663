//! What finance staff do: claims, payments, budget lines.

use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "registration-claim",
            &["C"],
            On(Kind::Registration),
            w("Lập hồ sơ hỗ trợ", "Open a claim"),
            w(
                "Lập hồ sơ hỗ trợ với bảng tính và danh mục chứng từ.",
                "Open a claim with its calculation and checklist.",
            ),
            acts::claim,
        ),
        Verb(Some(Kind::Registration), "claim"),
        &[asks::SCHEME, asks::BUDGET, asks::COST, asks::VAT, asks::INVOICE_NO, asks::OTHER_PUBLIC],
    ),
    at_shell(
        row(
            "claim-decide",
            &["A"],
            On(Kind::Claim),
            w("Quyết định", "Decide"),
            w(
                "Duyệt các hồ sơ đã thẩm định, gắn nguồn kinh phí, cấp số.",
                "Approve appraised claims, bind the budget line, give numbers.",
            ),
            acts::decide,
        ),
        Verb(Some(Kind::Claim), "decide"),
        &[asks::BUDGET_NEEDED, asks::ON],
    ),
    at_shell(
        row(
            "claim-pay",
            &["P"],
            On(Kind::Claim),
            w("Lập chứng từ chi", "Pay"),
            w("Lập chứng từ chi cho các hồ sơ đã nghiệm thu.", "Prepare vouchers for accepted claims."),
            acts::pay,
        ),
        Verb(Some(Kind::Claim), "pay"),
        &[asks::ON],
    ),
    at_shell(
        row(
            "payment-reverse",
            &["R"],
            On(Kind::Payment),
            w("Ghi đảo", "Reverse"),
            w(
                "Ghi đảo khoản đã chuyển, có lý do; không bao giờ xóa.",
                "Reverse a payment that has left, with a reason; never remove it.",
            ),
            acts::reverse,
        ),
        Verb(Some(Kind::Payment), "reverse"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "budget-adjust",
            &["A"],
            On(Kind::BudgetLine),
            w("Điều chỉnh nguồn", "Adjust"),
            w("Tăng hoặc giảm nguồn theo quyết định.", "Raise or lower the line by a decision."),
            acts::adjust,
        ),
        Verb(Some(Kind::BudgetLine), "adjust"),
        &[asks::AMOUNT, asks::LOWER, asks::DECISION_NO, asks::ON, asks::REASON],
    ),
];
