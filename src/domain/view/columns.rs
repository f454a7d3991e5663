//! What a list can show of a kind: its stored fields, then what is computed from the book.

use std::sync::LazyLock;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::domain::book::Book;
use crate::domain::consent::Purpose;
use crate::domain::fair::EventScope;
use crate::domain::field::{Chosen, Field, Held, Several, Shape, Value, Wording};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::view::conferences;
use crate::domain::view::consent::{Leave, leave};
use crate::domain::view::derived::{self, BoothState, CertificateState};
use crate::domain::view::lead_care::{self, Care};
use crate::domain::view::priority::Source;
use crate::domain::view::results::{self, ReportState};
use crate::domain::{Contact, Request};

/// How a computed value comes about: from the book, the record and the day.
pub type Compute = fn(&Book, Id, Date) -> Value;

/// Where a column's value is found.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// In the field at this place of [`Kind::fields`].
    Stored(usize),
    /// Computed.
    Derived(Compute),
}

/// One column: its description and where its value is found.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Key, labels, shape and privacy.
    pub field: Field,
    /// Where the value is found.
    pub of: Of,
}

impl Column {
    /// True when it is computed rather than stored.
    #[must_use]
    pub const fn is_derived(&self) -> bool {
        matches!(self.of, Of::Derived(_))
    }
}

/// Every column of a kind: the stored fields in their order, then the computed ones.
#[must_use]
pub fn columns(kind: Kind) -> &'static [Column] {
    static TABLE: LazyLock<Vec<Vec<Column>>> = LazyLock::new(|| Kind::ALL.iter().map(|kind| built(*kind)).collect());
    let place = Kind::ALL.iter().position(|known| *known == kind);
    place.and_then(|place| TABLE.get(place)).map_or(&[], Vec::as_slice)
}

fn built(kind: Kind) -> Vec<Column> {
    let stored = kind.fields().iter().enumerate().map(|(place, field)| Column { field: *field, of: Of::Stored(place) });
    stored.chain(derived_columns(kind).iter().copied()).collect()
}

/// The column with this key.
#[must_use]
pub fn column(kind: Kind, key: &str) -> Option<&'static Column> {
    columns(kind).iter().find(|column| column.field.key == key)
}

/// What a record has in a column on a day. Computed columns read the book, so the record must be in it.
#[must_use]
pub fn value(book: &Book, column: &Column, noun: &dyn AnyNoun, today: Date) -> Value {
    match column.of {
        Of::Stored(place) => noun.get(place),
        Of::Derived(compute) => compute(book, noun.id(), today),
    }
}

/// The columns that a list shows at first, the most important first: a narrow screen drops the last ones.
#[must_use]
pub fn default_keys(kind: Kind) -> Vec<&'static str> {
    let first: &[&'static str] = match kind {
        Kind::Fair => &["code", "name", "opens_on", "status", "taken_percent", "days_left", "registrations"],
        Kind::Hall => &["code", "name", "booths"],
        Kind::Booth => &["code", "status", "holder", "area_m2", "rent", "zone", "kind"],
        Kind::Fixture => &["label", "kind", "hall"],
        Kind::Business => &["name", "kind", "stars", "commune", "phone", "tax_code", "fairs_year", "support_year"],
        Kind::Product => &["name", "business", "stars", "valid_until", "group"],
        Kind::Certificate => &["product", "stars", "state", "valid_until", "business"],
        Kind::Registration => &["business", "status", "booths", "fair", "booths_wanted", "rent", "grant", "commune"],
        Kind::Draw => &["code", "mode", "status", "entrants", "held_on"],
        Kind::Placement => &["booth", "status", "business", "held_for", "held_until", "rent"],
        Kind::Scheme => &["code", "title", "rate", "cap", "status", "granted"],
        Kind::BudgetLine => &["code", "title", "whole", "free", "committed", "paid", "advanced", "returned"],
        Kind::Claim => &["file_no", "business", "grant", "status", "fair", "missing", "paid"],
        Kind::Expense => &["kind", "label", "cost", "business", "quantity", "invoice_no"],
        Kind::Evidence => &["document", "status", "business"],
        Kind::Payment => &["voucher_no", "business", "amount", "status", "list_no"],
        Kind::Pairing => &["business", "wish", "other", "fair"],
        Kind::PaymentList => &["list_no", "title", "payments", "total", "status", "made_on"],
        Kind::Recovery => &["business", "amount", "repaid", "outstanding", "next_due", "status", "cause"],
        Kind::Person => &["name", "position", "passphrase_on"],
        Kind::Partner => &["name", "kind", "city", "leads_open", "wants"],
        Kind::Lead => &[
            "business",
            "partner",
            "due_on",
            "stage",
            "next_step",
            "care",
            "score",
            "owner",
            "due_days",
            "last_touch_on",
        ],
        Kind::Sale => &["on", "business", "amount", "orders", "contacts", "best_sellers", "fair"],
        Kind::FairReport => &["business", "turnover", "orders_value", "contacts", "satisfied", "received_on", "fair"],
        Kind::Touch => &["on", "lead", "means", "note", "by"],
        Kind::Request => &["kind", "contact", "status", "answer_by", "due_on", "received_on"],
        Kind::Contact => &["name", "partner", "phone", "role", "agreed"],
        Kind::ConsentText | Kind::Consent | Kind::Office => &[],
        Kind::Target => &["year", "measure", "count", "value", "basis"],
        Kind::Conference => &["code", "on", "name", "tables", "slots", "meetings", "wishes"],
        Kind::Wish => &["partner", "side", "business", "grade", "conference"],
        Kind::Attendance => &["partner", "business", "absent", "from", "until", "conference"],
        Kind::Meeting => &["starts", "table", "partner", "business", "status", "conference"],
    };
    let listed = kind.fields().iter().filter(|field| field.listed).map(|field| field.key);
    let mut keys = first.to_vec();
    for key in listed {
        if !keys.contains(&key) && !is_said_otherwise(kind, key) {
            keys.push(key);
        }
    }
    keys
}

/// True for a stored field that a computed column of the first ones already says.
fn is_said_otherwise(kind: Kind, key: &str) -> bool {
    matches!(
        (kind, key),
        (Kind::Placement | Kind::Claim | Kind::Sale | Kind::FairReport, "registration")
            | (Kind::Payment, "voucher_number")
            | (Kind::Recovery, "claim" | "due_on")
            | (Kind::BudgetLine, "amount")
    )
}

const fn of(field: Field, compute: Compute) -> Column {
    Column { field, of: Of::Derived(compute) }
}

const fn count(key: &'static str, vi: &'static str, en: &'static str, compute: Compute) -> Column {
    of(Field::count(key, vi, en, i64::MAX), compute)
}

const fn days(key: &'static str, vi: &'static str, en: &'static str, compute: Compute) -> Column {
    of(Field::new(key, vi, en, Shape::Number(i64::MIN, i64::MAX, "")), compute)
}

const fn stars(compute: Compute) -> Column {
    of(Field::new("stars", "Hạng sao", "Stars", Shape::Number(1, 5, "★")), compute)
}

const fn money(key: &'static str, vi: &'static str, en: &'static str, compute: Compute) -> Column {
    of(Field::new(key, vi, en, Shape::Money), compute)
}

const fn business(compute: Compute) -> Column {
    of(Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)), compute)
}

const fn fair(compute: Compute) -> Column {
    of(Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)), compute)
}

const FAIR: &[Column] = &[
    of(Field::new("scope", "Phạm vi", "Scope", Shape::Choice(EventScope::CHOICES)), derived::fair_scope),
    count("booths", "Số gian", "Booths", derived::fair_booths),
    count("taken", "Đã có người", "Taken", derived::fair_taken),
    of(Field::new("taken_percent", "Lấp đầy", "Taken %", Shape::Percent), derived::fair_taken_percent),
    count("registrations", "Số đăng ký", "Registrations", derived::fair_registrations),
    days("days_left", "Còn (ngày)", "Days left", derived::fair_days_left),
];

const HALL: &[Column] = &[count("booths", "Số gian", "Booths", derived::hall_booths)];

const BOOTH: &[Column] = &[
    of(Field::new("area_m2", "Diện tích", "Area", Shape::Area), derived::booth_area),
    money("rent", "Tiền thuê", "Rent", derived::booth_rent),
    of(Field::new("status", "Tình trạng", "Status", Shape::Choice(BoothState::CHOICES)), derived::booth_state),
    // A booth may be held for a person by name.
    of(Field::text("holder", "Người thuê", "Holder").personal(), derived::booth_holder),
];

const BUSINESS: &[Column] = &[
    stars(derived::business_stars),
    count("products", "Số sản phẩm", "Products", derived::business_products),
    count("fairs_year", "Hội chợ năm nay", "Fairs this year", derived::business_fairs),
    money("support_year", "Hỗ trợ năm nay", "Support this year", derived::business_support),
];

const PRODUCT: &[Column] = &[
    stars(derived::product_stars),
    of(Field::new("valid_until", "Hiệu lực đến", "Valid until", Shape::Date), derived::product_until),
];

const CERTIFICATE: &[Column] = &[of(
    Field::new("state", "Hiệu lực", "Validity", Shape::Choice(CertificateState::CHOICES)),
    derived::certificate_worth,
)];

const REGISTRATION: &[Column] = &[
    of(Field::worded("booths", "Gian", "Booths", Wording::Code), derived::registration_booths),
    money("rent", "Tiền thuê", "Rent", derived::registration_rent),
    money("grant", "Hỗ trợ", "Grant", derived::registration_grant),
    count("priority", "Điểm ưu tiên", "Priority points", derived::registration_priority),
    count("star_part", "Sao OCOP", "Stars", derived::registration_points::<{ Source::Stars as u8 }>),
    count("past_part", "Đã dự", "Past fairs", derived::registration_points::<{ Source::Past as u8 }>),
    count("early_part", "Sớm", "Early", derived::registration_points::<{ Source::Early as u8 }>),
    count("absence_part", "Vắng", "Absent", derived::registration_points::<{ Source::Absence as u8 }>),
    count("late_part", "Trễ báo cáo", "Late reports", derived::registration_points::<{ Source::Late as u8 }>),
    count("in_line", "Thứ tự chờ", "Place in line", derived::registration_in_line),
    money("refund_now", "Hoàn nếu rút hôm nay", "Refund if withdrawn today", derived::registration_refund),
    of(
        Field::new("report", "Báo cáo sau hội chợ", "Report", Shape::Choice(ReportState::CHOICES)),
        results::column_report,
    ),
    of(Field::new("report_by", "Hạn báo cáo", "Report by", Shape::Date), results::column_report_by),
    money("sold", "Doanh số tại hội chợ", "Sold at the fair", results::column_sold),
    count("sales_missing", "Thiếu ngày doanh số", "Days without sales", results::column_days_missing),
    of(Field::text("commune", "Xã, phường", "Commune"), derived::registration_commune),
    of(Field::worded("tax_code", "Mã số thuế", "Tax code", Wording::TaxCode), derived::registration_tax_code),
];

const RESULT: &[Column] = &[business(derived::result_business), fair(derived::result_fair)];

const PLACEMENT: &[Column] = &[business(derived::placement_business), fair(derived::placement_fair)];

const SCHEME: &[Column] = &[
    count("claims", "Số hồ sơ", "Claims", derived::scheme_claims),
    money("granted", "Đã quyết định", "Granted", derived::scheme_granted),
];

const BUDGET: &[Column] = &[
    money("whole", "Tổng nguồn", "Whole", derived::budget_whole),
    money("committed", "Đã cam kết", "Committed", derived::budget_committed),
    money("advanced", "Đang tạm ứng", "Advanced", derived::budget_advanced),
    money("paid", "Đã chi", "Paid", derived::budget_paid),
    money("returned", "Thu hồi", "Returned", derived::budget_returned),
    money("free", "Còn lại", "Free", derived::budget_free),
];

const CLAIM: &[Column] = &[
    business(derived::claim_business),
    fair(derived::claim_fair),
    money("paid", "Đã chi", "Paid", derived::claim_paid),
    money("due", "Phải chi", "Due", derived::claim_due),
    money("open", "Còn phải chi", "Still to pay", derived::claim_open),
    money("to_come_back", "Phải thu hồi", "To come back", derived::claim_to_come_back),
    count("missing", "Thiếu chứng từ", "Missing papers", derived::claim_missing),
];

const EVIDENCE: &[Column] = &[business(derived::evidence_business)];

const EXPENSE: &[Column] = &[business(derived::expense_business)];

const PAYMENT: &[Column] = &[
    business(derived::payment_business),
    of(Field::worded("voucher_no", "Chứng từ", "Voucher", Wording::Code), derived::payment_voucher),
    of(Field::worded("list_no", "Bảng kê số", "List no.", Wording::Code), derived::payment_list_no),
];

const PAYMENT_LIST: &[Column] = &[
    of(Field::worded("list_no", "Bảng kê", "List", Wording::Code), derived::list_no),
    count("payments", "Số chứng từ", "Vouchers", derived::list_payments),
    money("total", "Tổng tiền", "Total", derived::list_total),
    of(Field::text("in_words", "Bằng chữ", "In words"), derived::list_words),
];

const RECOVERY: &[Column] = &[
    business(derived::recovery_business),
    money("repaid", "Đã thu", "Repaid", derived::recovery_repaid),
    money("outstanding", "Còn phải thu", "Outstanding", derived::recovery_outstanding),
    of(Field::new("next_due", "Kỳ tới", "Next due", Shape::Date), derived::recovery_next_due),
    money("next_amount", "Số kỳ tới", "Next amount", derived::recovery_next_amount),
];

const PARTNER: &[Column] = &[
    count("leads_open", "Đầu mối đang mở", "Open leads", derived::partner_leads),
    count("contacts", "Người liên hệ", "Contacts", derived::partner_contacts),
];

const LEAD: &[Column] = &[
    days("due_days", "Còn (ngày)", "Days left", derived::lead_days),
    of(Field::new("care", "Chăm sóc", "Care", Shape::Choice(Care::CHOICES)), lead_care::column_care),
    of(Field::new("last_touch_on", "Liên hệ gần nhất", "Last touch", Shape::Date), lead_care::column_last_touch),
    days("score", "Điểm gọi", "Call score", lead_care::column_score),
];

const CONFERENCE: &[Column] = &[
    count("slots", "Số lượt", "Slots", conferences::slots),
    count("wishes", "Nguyện vọng", "Wishes", conferences::wishes),
    count("meetings", "Cuộc hẹn", "Meetings", conferences::meetings),
];

const MEETING: &[Column] = &[of(Field::worded("starts", "Lúc", "At", Wording::Code), conferences::meeting_starts)];

const fn derived_columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Pairing => &[],
        Kind::Fair => FAIR,
        Kind::Hall => HALL,
        Kind::Booth => BOOTH,
        Kind::Business => BUSINESS,
        Kind::Product => PRODUCT,
        Kind::Certificate => CERTIFICATE,
        Kind::Registration => REGISTRATION,
        Kind::Placement => PLACEMENT,
        Kind::Scheme => SCHEME,
        Kind::BudgetLine => BUDGET,
        Kind::Claim => CLAIM,
        Kind::Expense => EXPENSE,
        Kind::Evidence => EVIDENCE,
        Kind::Payment => PAYMENT,
        Kind::PaymentList => PAYMENT_LIST,
        Kind::Recovery => RECOVERY,
        Kind::Partner => PARTNER,
        Kind::Lead => LEAD,
        Kind::Sale | Kind::FairReport => RESULT,
        Kind::Request => REQUEST,
        Kind::Contact => CONTACT,
        Kind::ConsentText
        | Kind::Consent
        | Kind::Draw
        | Kind::Office
        | Kind::Person
        | Kind::Fixture
        | Kind::Target
        | Kind::Touch => &[],
        Kind::Conference => CONFERENCE,
        Kind::Meeting => MEETING,
        Kind::Wish | Kind::Attendance => &[],
    }
}

const REQUEST: &[Column] = &[
    of(Field::new("answer_by", "Trả lời trước", "Answer by", Shape::Date), column_answer_by),
    of(Field::new("due_on", "Làm xong trước", "Do by", Shape::Date), column_due_on),
];

const CONTACT: &[Column] =
    &[of(Field::new("agreed", "Được phép", "Agreed to", Shape::Choices(<Purpose as Chosen>::CHOICES)), column_agreed)];

fn column_answer_by(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Request>(id).and_then(Request::answer_by).map_or(Value::Empty, Value::Date)
}

fn column_due_on(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Request>(id).and_then(Request::due_on).map_or(Value::Empty, Value::Date)
}

fn column_agreed(book: &Book, id: Id, today: Date) -> Value {
    let Some(contact) = book.get::<Contact>(id) else { return Value::Empty };
    let given = Purpose::CHOICES.iter().filter_map(|choice| Purpose::from_key(choice.key));
    let given = given.filter(|purpose| leave(book, contact, *purpose, today) == Leave::Given).collect();
    Several(given).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_distinct_and_what_a_list_shows_first_exists() {
        for kind in Kind::ALL {
            let keys: Vec<&str> = columns(*kind).iter().map(|column| column.field.key).collect();
            for (place, key) in keys.iter().enumerate() {
                assert!(!keys[..place].contains(key), "{kind:?} has two columns {key}");
            }
            let first = default_keys(*kind);
            for (place, key) in first.iter().enumerate() {
                assert!(column(*kind, key).is_some(), "{kind:?} has no column {key}");
                assert!(!first[..place].contains(key), "{kind:?} shows {key} twice");
            }
            assert!(!first.is_empty(), "{kind:?} shows nothing");
        }
    }

    #[test]
    fn computed_columns_of_a_record_that_is_not_there_are_calm() {
        let today = Date::default();
        for kind in Kind::ALL {
            for column in columns(*kind) {
                let record = kind.blank(Id::MAX);
                let _ = value(&Book::default(), column, record.as_noun(), today);
            }
        }
    }
}
