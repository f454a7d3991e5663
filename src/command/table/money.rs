//! What finance staff do: claims, payments, budget lines.

use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    row(
        "scheme-try",
        &["W"],
        On(Kind::Scheme),
        w("Thử trên một năm", "Try on a year"),
        w(
            "Thử chương trình trên hồ sơ của năm gần nhất: ai được thêm, ai mất; không lưu gì.",
            "Try the scheme on the claims of the latest year: who gains, who loses; nothing is stored.",
        ),
        acts::money::try_scheme,
    ),
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
            acts::money::claim,
        ),
        Verb(Some(Kind::Registration), "claim"),
        &[asks::SCHEME, asks::BUDGET, asks::COST, asks::VAT, asks::INVOICE_NO, asks::OTHER_PUBLIC],
    ),
    row(
        "claim-expense",
        &["a"],
        On(Kind::Claim),
        w("Thêm khoản chi", "Add an expense"),
        w(
            "Thêm khoản ngoài tiền thuê gian: vận chuyển, lưu trú, vé… theo chương trình.",
            "Add a cost beside the rent: transport, stay, tickets, as the scheme has them.",
        ),
        acts::money::expense,
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
            acts::money::decide,
        ),
        Verb(Some(Kind::Claim), "decide"),
        &[asks::BUDGET_NEEDED, asks::ON, asks::SIGNER, asks::PASSPHRASE],
    ),
    at_shell(
        row(
            "claim-pay",
            &["P"],
            On(Kind::Claim),
            w("Lập chứng từ chi", "Pay"),
            w("Lập chứng từ chi cho các hồ sơ đã nghiệm thu.", "Prepare vouchers for accepted claims."),
            acts::money::pay,
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
            acts::money::reverse,
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
            acts::money::adjust,
        ),
        Verb(Some(Kind::BudgetLine), "adjust"),
        &[asks::AMOUNT, asks::LOWER, asks::DECISION_NO, asks::ON, asks::REASON],
    ),
    at_shell(
        row(
            "claim-accept",
            &["N"],
            On(Kind::Claim),
            w("Nghiệm thu", "Accept"),
            w(
                "Nghiệm thu theo chi phí được chấp nhận; phần dư về nguồn, tạm ứng vượt phải thu hồi.",
                "Accept on what was proved; the rest goes back to the line, an advance above it is recovered.",
            ),
            acts::money::accept,
        ),
        Verb(Some(Kind::Claim), "accept"),
        &[asks::COST_PROVED, asks::VAT, asks::OTHER_PUBLIC, asks::ON],
    ),
    at_shell(
        row(
            "claim-advance",
            &["V"],
            On(Kind::Claim),
            w("Tạm ứng", "Advance"),
            w("Lập chứng từ tạm ứng cho hồ sơ đã quyết định.", "Prepare an advance for decided claims."),
            acts::money::advance,
        ),
        Verb(Some(Kind::Claim), "advance"),
        &[asks::ADVANCE, asks::ON],
    ),
    at_shell(
        row(
            "claim-supplement",
            &["M"],
            On(Kind::Claim),
            w("Quyết định bổ sung", "Supplement"),
            w(
                "Thay số đã quyết định bằng quyết định bổ sung, giữ quyết định cũ.",
                "Change what was decided by a supplementary decision that keeps the old one.",
            ),
            acts::money::supplement,
        ),
        Verb(Some(Kind::Claim), "supplement"),
        &[
            asks::GRANT,
            asks::COST_PROVED,
            asks::VAT,
            asks::OTHER_PUBLIC,
            asks::ON,
            asks::REASON_NEEDED,
            asks::SIGNER,
            asks::PASSPHRASE,
        ],
    ),
    at_shell(
        row(
            "claim-list",
            &["K"],
            On(Kind::Claim),
            w("Lập bảng kê", "Payment list"),
            w("Lập chứng từ chi trên một bảng kê có số riêng.", "Prepare vouchers on one list with its own number."),
            acts::money::pay_list,
        ),
        Verb(Some(Kind::Claim), "list-pay"),
        &[asks::LIST_TITLE, asks::ON],
    ),
    at_shell(
        row(
            "claim-answer",
            &["W"],
            On(Kind::Claim),
            w("Cho qua điểm kiểm tra", "Answer a finding"),
            w(
                "Ghi lý do cho qua một điểm kiểm tra; lý do luôn hiện.",
                "Answer for a finding with a reason that stays visible.",
            ),
            acts::money::answer,
        ),
        Verb(Some(Kind::Claim), "answer"),
        &[asks::FINDING, asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "claim-recover",
            &["R"],
            On(Kind::Claim),
            w("Thu hồi", "Recover"),
            w("Đòi lại tiền đã chi, có quyết định và hạn nộp.", "Ask money back, by a decision and a deadline."),
            acts::money::recover,
        ),
        Verb(Some(Kind::Claim), "recover"),
        &[asks::AMOUNT, asks::CAUSE, asks::DECISION_NO, asks::BACK_BY],
    ),
    at_shell(
        row(
            "recovery-repay",
            &["P"],
            On(Kind::Recovery),
            w("Ghi tiền thu hồi", "Repayment"),
            w("Ghi số tiền đã thu, có chứng từ riêng.", "Book money that came back, with a voucher of its own."),
            acts::money::repay,
        ),
        Verb(Some(Kind::Recovery), "repay"),
        &[asks::AMOUNT, asks::ON, asks::BANK_REFERENCE],
    ),
    at_shell(
        row(
            "recovery-plan",
            &["I"],
            On(Kind::Recovery),
            w("Chia kỳ", "Instalments"),
            w("Chia khoản thu hồi thành các kỳ có hạn.", "Divide a recovery into instalments with their days."),
            acts::money::plan,
        ),
        Verb(Some(Kind::Recovery), "plan"),
        &[asks::INSTALMENTS],
    ),
    at_shell(
        row(
            "budget-carry",
            &["N"],
            On(Kind::BudgetLine),
            w("Chuyển nguồn", "Carry over"),
            w(
                "Chuyển các khoản đã quyết định chưa chi sang nguồn năm sau.",
                "Carry what is decided and unpaid over to the next year.",
            ),
            acts::money::carry_over,
        ),
        Verb(Some(Kind::BudgetLine), "carry-over"),
        &[asks::TO_BUDGET, asks::DECISION_NO, asks::ON],
    ),
    at_shell(
        row(
            "person-passphrase",
            &["P"],
            On(Kind::Person),
            w("Đặt mật khẩu", "Passphrase"),
            w(
                "Đặt hoặc đổi mật khẩu để ký; từ người thứ hai, một người đang ký xác nhận.",
                "Set or change the passphrase to sign with; from the second person on, somebody who signs lets them in.",
            ),
            acts::money::passphrase,
        ),
        Verb(Some(Kind::Person), "passphrase"),
        &[asks::SIGNER_OTHER, asks::PASSPHRASE_OLD, asks::PASSPHRASE_NEW, asks::PASSPHRASE_AGAIN],
    ),
    row(
        "payment-match",
        &["M"],
        On(Kind::Payment),
        w("Đối chiếu sao kê", "Match a statement"),
        w(
            "Sao kê ngân hàng: dòng nào là chứng từ nào, dòng nào gần khớp và vì sao.",
            "A bank statement: which line is which voucher, what nearly is, and why not.",
        ),
        acts::money::match_statement,
    ),
    row(
        "payment-code",
        &["Q"],
        On(Kind::Payment),
        w("Mã VietQR", "VietQR code"),
        w(
            "Mã để ứng dụng ngân hàng quét, cho chứng từ chưa chuyển.",
            "A code for a bank app, of a voucher not sent yet.",
        ),
        acts::money::code,
    ),
    row(
        "evidence-attach",
        &["T"],
        On(Kind::Evidence),
        w("Gắn tệp quét", "Attach a scan"),
        w("Giữ tên, cỡ và SHA-256 của tệp quét.", "Keep name, size and SHA-256 of the scan."),
        acts::money::attach,
    ),
    row(
        "evidence-verify",
        &["Y"],
        On(Kind::Evidence),
        w("So tệp quét", "Verify scans"),
        w("Tệp nào đã đổi hay mất từ khi nộp.", "Which files changed or went since they were handed in."),
        acts::money::scans,
    ),
    row(
        "claim-scans",
        &["Y"],
        On(Kind::Claim),
        w("So tệp quét", "Verify scans"),
        w(
            "Mọi tệp quét của hồ sơ: tệp nào đã đổi hay mất từ khi nộp.",
            "All scans of the claim: which changed or went since they were handed in.",
        ),
        acts::money::scans,
    ),
    row(
        "claim-print",
        &["p"],
        On(Kind::Claim),
        w("In", "Print"),
        w("In một mẫu về các hồ sơ đã chọn.", "Print a form about the chosen claims."),
        acts::money::print,
    ),
    row(
        "payment-print",
        &["p"],
        On(Kind::Payment),
        w("In", "Print"),
        w("In bảng kê của các chứng từ đã chọn.", "Print a list of the chosen vouchers."),
        acts::money::print,
    ),
    row(
        "list-print",
        &["p"],
        On(Kind::PaymentList),
        w("In", "Print"),
        w("In bảng kê.", "Print the payment list."),
        acts::money::print,
    ),
];
