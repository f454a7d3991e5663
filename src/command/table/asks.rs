//! The questions of commands, where they are no fields of the record.

use crate::domain::field::{Chosen, Field, Need, Shape, Wording};
use crate::domain::lead::{Answer, Side};
use crate::domain::record::Kind;
use crate::domain::recovery::RecoveryCause;
use crate::domain::touch::TouchMeans;

const fn must(mut field: Field) -> Field {
    field.need = Need::Required;
    field
}

/// The state to move to.
pub const TO: Field = must(Field::text("to", "Chuyển sang", "To"));
/// Why.
pub const REASON: Field = Field::text("reason", "Lý do", "Reason");
/// Why, and it must be said.
pub const REASON_NEEDED: Field = must(REASON);
/// Booth codes.
pub const BOOTHS: Field = must(Field::text("booths", "Gian hàng", "Booths"));
/// Another booth.
pub const OTHER: Field = must(Field::new("other", "Gian kia", "Other booth", Shape::Link(Kind::Booth)));
/// Priority points of its own.
pub const POINTS: Field = must(Field::count("points", "Điểm riêng", "Own points", 1_000_000));
/// Why it has them.
pub const POINTS_REASON: Field = must(Field::text("points_reason", "Lý do điểm", "Reason for points"));
/// A registration.
pub const REGISTRATION: Field = Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration));
/// A registration, and there must be one.
pub const REGISTRATION_NEEDED: Field = must(REGISTRATION);
/// Which share of each booth.
pub const SHARE: Field = Field::new("share", "Phần gian", "Share", Shape::Percent);
/// First day.
pub const FROM_ON: Field = Field::new("from_on", "Từ ngày", "From", Shape::Date);
/// Last day.
pub const TO_ON: Field = Field::new("to_on", "Đến ngày", "To", Shape::Date);
/// For whom, when not on file.
pub const HELD_FOR: Field = Field::text("held_for", "Giữ cho", "Held for");
/// The last day of a hold.
pub const UNTIL: Field = must(Field::new("until", "Giữ đến hết ngày", "Until", Shape::Date));
/// The last day to answer an offer.
pub const ANSWER_BY: Field = Field::new("until", "Trả lời đến hết ngày", "Answer by", Shape::Date);
/// The scheme.
pub const SCHEME: Field = Field::new("scheme", "Chương trình hỗ trợ", "Scheme", Shape::Link(Kind::Scheme));
/// The budget line.
pub const BUDGET: Field = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine));
/// The budget line, and there must be one.
pub const BUDGET_NEEDED: Field = must(BUDGET);
/// Rent before tax, as invoiced.
pub const COST: Field = Field::new("cost", "Chi phí trước thuế", "Cost before tax", Shape::Money);
/// Tax on it.
pub const VAT: Field = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money);
/// The invoice.
pub const INVOICE_NO: Field = Field::text("invoice_no", "Hóa đơn", "Invoice");
/// Public money from elsewhere.
pub const OTHER_PUBLIC: Field = Field::new("other_public", "Hỗ trợ công khác", "Other public money", Shape::Money);
/// The day of a decision or voucher.
pub const ON: Field = Field::new("on", "Ngày", "Date", Shape::Date);
/// An amount.
pub const AMOUNT: Field = must(Field::new("amount", "Số tiền", "Amount", Shape::Money));
/// Whether the amount lowers.
pub const LOWER: Field = Field::new("lower", "Giảm", "Lower", Shape::Flag);
/// A decision's number.
pub const DECISION_NO: Field = must(Field::text("decision_no", "Số quyết định", "Decision no."));
/// How somebody was in touch.
pub const MEANS: Field = Field::new("means", "Cách liên hệ", "Means", Shape::Choice(<TouchMeans as Chosen>::CHOICES));
/// What was said.
pub const TOUCH_NOTE: Field = Field::notes("note", "Nội dung", "Note");
/// Who follows it.
pub const OWNER: Field = must(Field::text("owner", "Người theo dõi", "Owner"));
/// Which side answers.
pub const SIDE: Field = must(Field::new("side", "Bên", "Side", Shape::Choice(<Side as Chosen>::CHOICES)));
/// What it answers.
pub const ANSWER: Field = must(Field::new("answer", "Trả lời", "Answer", Shape::Choice(<Answer as Chosen>::CHOICES)));
/// What is to be done next.
pub const NEXT_STEP: Field = must(Field::text("next_step", "Việc tiếp theo", "Next step"));
/// By when.
pub const DUE_ON: Field = must(Field::new("due_on", "Hạn", "Due", Shape::Date));
/// The partner that stays.
pub const KEEP_PARTNER: Field = must(Field::new("keep", "Giữ lại", "The one that stays", Shape::Link(Kind::Partner)));
/// The person who stays.
pub const KEEP_CONTACT: Field = must(Field::new("keep", "Giữ lại", "The one that stays", Shape::Link(Kind::Contact)));
/// What was done about a request.
pub const OUTCOME: Field = must(Field::notes("outcome", "Đã làm gì", "What was done"));
/// Who vouches for a draw.
pub const ROLE: Field = must(Field::text("role", "Bên", "Party"));
/// The hash of a secret.
pub const COMMITMENT: Field = must(Field::text("commitment", "Cam kết (SHA-256)", "Commitment (SHA-256)"));
/// The secret.
pub const SECRET: Field = must(Field::text("secret", "Số bí mật", "Secret"));
/// The public chance of a draw.
pub const CHANCE: Field = must(Field::text("chance", "Kết quả ngẫu nhiên công khai", "Public chance"));
/// Where a draw is held.
pub const PLACE: Field = Field::text("place", "Nơi bốc thăm", "Place");
/// When a draw is held.
pub const HELD_ON: Field = Field::new("held_on", "Ngày bốc thăm", "Held", Shape::Date);
/// Who is there.
pub const PRESENT: Field = Field::text("present", "Người dự", "Present");
/// Who signs.
pub const SIGNER: Field = must(Field::new("signer", "Người ký", "Signed by", Shape::Link(Kind::Person)));
/// The signer's passphrase.
pub const PASSPHRASE: Field = must(Field::worded("passphrase", "Mật khẩu", "Passphrase", Wording::Secret));
/// Who signs that somebody may sign from now on; empty for a person who changes an own passphrase, or is the first.
pub const SIGNER_OTHER: Field =
    Field::new("signer", "Người ký, nếu là người khác", "Signed by, if another", Shape::Link(Kind::Person));
/// The passphrase until now of whoever signs, where there is one.
pub const PASSPHRASE_OLD: Field =
    Field::worded("passphrase", "Mật khẩu đang dùng của người ký", "Signer's passphrase now", Wording::Secret);
/// A new passphrase.
pub const PASSPHRASE_NEW: Field =
    must(Field::worded("passphrase_new", "Mật khẩu mới", "New passphrase", Wording::Secret));
/// The new one once more.
pub const PASSPHRASE_AGAIN: Field =
    must(Field::worded("passphrase_again", "Gõ lại mật khẩu mới", "New passphrase again", Wording::Secret));
/// The cost before tax that was proved.
pub const COST_PROVED: Field = Field::new("cost", "Chi phí được chấp nhận", "Cost accepted", Shape::Money);
/// The grant of a supplementary decision.
pub const GRANT: Field = Field::new("grant", "Mức hỗ trợ mới", "New grant", Shape::Money);
/// The share that is advanced.
pub const ADVANCE: Field = Field::new("share", "Tỷ lệ tạm ứng", "Share advanced", Shape::Percent);
/// What a payment list is for.
pub const LIST_TITLE: Field = Field::text("title", "Nội dung bảng kê", "What for");
/// The finding that somebody answers for.
pub const FINDING: Field = must(Field::text("finding", "Điểm kiểm tra", "Finding"));
/// Why money has to come back.
pub const CAUSE: Field = Field::new("cause", "Nguyên nhân", "Cause", Shape::Choice(RecoveryCause::CHOICES));
/// By when it has to be back.
pub const BACK_BY: Field = Field::new("due_on", "Hạn nộp", "Due", Shape::Date);
/// Instalments: days and amounts.
pub const INSTALMENTS: Field =
    must(Field::text("instalments", "Các kỳ (ngày số tiền; …)", "Instalments (day amount; …)"));
/// The bank's reference.
pub const BANK_REFERENCE: Field = Field::text("reference", "Số tham chiếu", "Reference");
/// The line of the next year.
pub const TO_BUDGET: Field = must(Field::new("to", "Nguồn năm sau", "Next year's line", Shape::Link(Kind::BudgetLine)));

/// True for what a signature asks for: at the shell it comes from whoever acts, never from an argument.
#[must_use]
pub fn is_signature(field: &Field) -> bool {
    field.key == SIGNER.key || matches!(field.shape, Shape::Text(Wording::Secret, _))
}
