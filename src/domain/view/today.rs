//! What is due: the first screen, `hoicho today` and the header's counts.

use std::collections::BTreeMap;

use crate::base::dates::{Date, days_until, distance, show_date};
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::base::working_days;
use crate::choices;
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::evidence::EvidenceStatus;
use crate::domain::fair::FairStatus;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::payment::PaymentStatus;
use crate::domain::placement::PlacementStatus;
use crate::domain::record::Kind;
use crate::domain::recovery::RecoveryStatus;
use crate::domain::request::{Request, RequestStatus};
use crate::domain::terms::terms_of;
use crate::domain::view::consent::is_contact_barred;
use crate::domain::view::derived::{EXPIRING_DAYS, claimant, occupancy, share_of};
use crate::domain::view::expiry;
use crate::domain::view::lead_care;
use crate::domain::view::money::{next_instalment, open_grant};
use crate::domain::view::results::{self, ReportState};
use crate::domain::view::title::{holder, title, voucher_no};
use crate::domain::view::waiting::waiting_line;
use crate::domain::{
    Booth, Business, Certificate, Claim, Evidence, Fair, Lead, Payment, Placement, Product, Recovery, Registration,
};
use crate::say;

/// Calls and other steps of leads are shown this many days ahead.
const LEAD_DAYS: i64 = 7;
/// Holds are shown this many days before they end.
const HOLD_DAYS: i64 = 3;
/// Registration deadlines are shown this many days ahead.
const DEADLINE_DAYS: i64 = 14;
/// Reports of firms are chased this many days after a fair.
const REPORT_CHASE_DAYS: i64 = 365;
/// What persons ask is shown this many days before it has to be done.
const REQUEST_DAYS: i64 = 7;
/// Certificates on which something depends are shown this many days before they end.
const CERTIFICATE_DAYS: i64 = 180;
/// Fairs are shown this many days before they open.
const FAIR_DAYS: i64 = 30;

choices! {
    /// What kind of thing is due.
    DueKind {
        LeadStep = "lead_step" ("việc với đầu mối", "lead step"),
        RequestToAnswer = "request_to_answer" ("trả lời yêu cầu dữ liệu", "data request to answer"),
        RequestToDo = "request_to_do" ("làm yêu cầu dữ liệu", "data request to do"),
        Lapsed = "lapsed" ("chỗ hết hạn", "lapsed holds"),
        HoldEnds = "hold_ends" ("hết giữ chỗ", "hold ends"),
        OfferEnds = "offer_ends" ("chờ trả lời", "offer to answer"),
        PaymentToSend = "payment_to_send" ("chuyển tiền", "payment to send"),
        PaymentToSign = "payment_to_sign" ("ký chứng từ", "payment to sign"),
        ClaimToPay = "claim_to_pay" ("chi hỗ trợ", "claim to pay"),
        ClaimToAccept = "claim_to_accept" ("nghiệm thu hồ sơ", "claim to accept"),
        ClaimToDecide = "claim_to_decide" ("quyết định hỗ trợ", "claim to decide"),
        RecoveryDue = "recovery_due" ("thu hồi đến hạn", "recovery due"),
        AdvanceToSettle = "advance_to_settle" ("quyết toán tạm ứng", "advance to settle"),
        ClaimToAppraise = "claim_to_appraise" ("thẩm định hồ sơ", "claim to appraise"),
        ClaimToCheck = "claim_to_check" ("kiểm tra hồ sơ", "claim to check"),
        ClaimReturned = "claim_returned" ("hồ sơ chờ bổ sung", "claim returned"),
        EvidenceMissing = "evidence_missing" ("thiếu chứng từ", "evidence missing"),
        FairRunning = "fair_running" ("hội chợ đang diễn ra", "fair running"),
        FairOpens = "fair_opens" ("hội chợ sắp khai mạc", "fair opens"),
        FairToReport = "fair_to_report" ("báo cáo hội chợ", "fair to report"),
        RegistrationEnds = "registration_ends" ("hạn đăng ký", "registration ends"),
        CertificateEnds = "certificate_ends" ("chứng nhận hết hạn", "certificate ends"),
        LeadFollowUp = "lead_follow_up" ("hỏi lại sau hội chợ", "follow-up after the fair"),
        LeadWithoutStep = "lead_without_step" ("đầu mối chưa có việc tiếp theo", "lead without a next step"),
        ReportMissing = "report_missing" ("báo cáo của đơn vị", "reports of firms"),
        SalesMissing = "sales_missing" ("doanh số ngày", "daily sales"),
        LeadSilent = "lead_silent" ("đầu mối im lặng lâu", "lead long silent"),
    }
}

/// One thing that is due, and the record it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What kind of thing it is.
    pub kind: DueKind,
    /// The record to open.
    pub subject: (Kind, Id),
    /// By when; none waits without a day.
    pub on: Option<Date>,
    /// What is to be done, and about whom.
    pub words: Words,
    /// Days until then, negative when late; 0 without a day.
    pub days: i64,
}

impl Due {
    fn new(kind: DueKind, subject: (Kind, Id), on: Option<Date>, today: Date, words: Words) -> Self {
        Self { kind, subject, on, words, days: on.map_or(0, |on| days_until(today, on)) }
    }

    /// How far away the day is, in words; what waits without a day says so.
    #[must_use]
    pub fn when(&self) -> Words {
        if self.on.is_some() { distance(self.days) } else { Words::new("đang chờ", "waiting") }
    }

    /// What cannot be late waits behind what can.
    const fn urgency(&self) -> i64 {
        match self.kind {
            DueKind::LeadWithoutStep | DueKind::LeadFollowUp | DueKind::LeadSilent => LEAD_DAYS,
            DueKind::EvidenceMissing | DueKind::ClaimReturned => 1,
            _ => self.days,
        }
    }
}

/// How much is due, for the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Past its day.
    pub late: usize,
    /// Today, or waiting without a day.
    pub today: usize,
    /// Within seven days.
    pub week: usize,
    /// Later than that.
    pub later: usize,
}

/// How many things are late, for today, for this week and for later.
#[must_use]
pub fn counts(dues: &[Due]) -> Counts {
    let mut counts = Counts::default();
    for due in dues {
        match due.days {
            ..0 => counts.late += 1,
            0 => counts.today += 1,
            1..=7 => counts.week += 1,
            _ => counts.later += 1,
        }
    }
    counts
}

/// Everything that is due on a day, the most urgent first.
#[must_use]
pub fn due(book: &Book, today: Date) -> Vec<Due> {
    let mut dues = Vec::new();
    leads(book, today, &mut dues);
    requests(book, today, &mut dues);
    holds(book, today, &mut dues);
    claims(book, today, &mut dues);
    payments(book, today, &mut dues);
    advances(book, today, &mut dues);
    recoveries(book, today, &mut dues);
    certificates(book, today, &mut dues);
    fairs(book, today, &mut dues);
    told(book, today, &mut dues);
    dues.sort_by_key(|due| (due.urgency(), due.kind, due.subject));
    dues
}

fn named(book: &Book, kind: Kind, id: Option<Id>) -> String {
    id.map_or_else(String::new, |id| title(book, kind, id, Lang::Vi))
}

/// Requests of persons: an answer within days of coming, and what is asked within weeks.
fn requests(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for request in book.all::<Request>().iter().filter(|request| request.status.is_open()) {
        let subject = (Kind::Request, request.id);
        let (vi, en) =
            (title(book, Kind::Request, request.id, Lang::Vi), title(book, Kind::Request, request.id, Lang::En));
        if request.status == RequestStatus::Received {
            let words = say!("Trả lời yêu cầu: {vi}", "Answer the request: {en}");
            dues.push(Due::new(DueKind::RequestToAnswer, subject, request.answer_by(), today, words));
        }
        let by = request.due_on();
        if by.is_some_and(|by| days_until(today, by) <= REQUEST_DAYS) {
            let words = say!("Làm xong yêu cầu: {vi}", "Do what is asked: {en}");
            dues.push(Due::new(DueKind::RequestToDo, subject, by, today, words));
        }
    }
}

fn leads(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for lead in book.all::<Lead>().iter().filter(|lead| lead.stage.is_open()) {
        let subject = (Kind::Lead, lead.id);
        let resting = lead.stage == LeadStage::OnHold;
        let on = if resting { lead.held_until } else { lead.due_on };
        let who = || title(book, Kind::Lead, lead.id, Lang::Vi);
        match on {
            Some(day) if days_until(today, day) <= LEAD_DAYS => {
                let (who, step) = (who(), &lead.next_step);
                let words = if is_contact_barred(book, lead, today) {
                    say!(
                        "Không được liên hệ người này, chọn người khác: {who}",
                        "Not this person, choose another: {who}"
                    )
                } else if resting {
                    say!("Hết thời gian hoãn: {who}", "Rest is over: {who}")
                } else if step.is_empty() {
                    say!("Chưa ghi việc tiếp theo: {who}", "No next step: {who}")
                } else {
                    say!("{step}: {who}", "{step}: {who}")
                };
                dues.push(Due::new(DueKind::LeadStep, subject, Some(day), today, words));
            }
            None if !resting => {
                let who = who();
                let words = say!("Chưa hẹn ngày cho việc tiếp theo: {who}", "No day for a next step: {who}");
                dues.push(Due::new(DueKind::LeadWithoutStep, subject, None, today, words));
            }
            Some(_) if !resting && lead.next_step.is_empty() => {
                let who = who();
                let words = say!("Chưa ghi việc tiếp theo: {who}", "No next step: {who}");
                dues.push(Due::new(DueKind::LeadWithoutStep, subject, None, today, words));
            }
            _ => care_for(book, lead, today, dues),
        }
    }
}

/// What waits about a lead that has no step within the week: the follow-up after its fair, or its silence.
fn care_for(book: &Book, lead: &Lead, today: Date, dues: &mut Vec<Due>) {
    let subject = (Kind::Lead, lead.id);
    let who = || title(book, Kind::Lead, lead.id, Lang::Vi);
    if let Some((months, since)) = lead_care::follow_up(book, lead, today) {
        let (who, day) = (who(), show_date(since));
        let words =
            say!("Hỏi lại sau {months} tháng (từ {day}): {who}", "The {months}-month follow-up (since {day}): {who}");
        dues.push(Due::new(DueKind::LeadFollowUp, subject, None, today, words));
    } else if lead_care::care(book, lead, today) == lead_care::Care::Silent {
        let (who, days) = (who(), days_until(lead_care::last_touch_on(book, lead, today), today));
        let words = say!("Im lặng {days} ngày: {who}", "{days} days of silence: {who}");
        dues.push(Due::new(DueKind::LeadSilent, subject, None, today, words));
    }
}

fn holds(book: &Book, today: Date, dues: &mut Vec<Due>) {
    let open = book.all::<Placement>().iter().filter(|placement| !placement.status.is_firm());
    let mut lapsed: BTreeMap<Id, (usize, Date)> = BTreeMap::new();
    for placement in open {
        let Some(until) = placement.held_until else { continue };
        if until < today {
            if let Some(fair) = book.follow::<Booth>(placement.booth).and_then(|booth| booth.fair) {
                let (count, first) = lapsed.entry(fair).or_insert((0, until));
                (*count, *first) = (*count + 1, until.min(*first));
            }
            continue;
        }
        if !(0..=HOLD_DAYS).contains(&days_until(today, until)) {
            continue;
        }
        let (code, who) = (named(book, Kind::Booth, placement.booth), holder(book, placement, Lang::Vi));
        let fair = named(book, Kind::Fair, book.follow::<Booth>(placement.booth).and_then(|booth| booth.fair));
        let (kind, words) = if placement.status == PlacementStatus::Offered {
            let words = say!(
                "{who} trả lời lời mời gian {code} ({fair})",
                "{who} to answer the offer of booth {code} ({fair})"
            );
            (DueKind::OfferEnds, words)
        } else {
            (DueKind::HoldEnds, say!("Giữ gian {code} ({fair}) cho {who}", "Booth {code} ({fair}) held for {who}"))
        };
        dues.push(Due::new(kind, (Kind::Placement, placement.id), Some(until), today, words));
    }
    for (fair, (count, first)) in lapsed {
        let over = book.get::<Fair>(fair).and_then(|fair| fair.closes_on).is_some_and(|closes| closes < today);
        if over {
            continue;
        }
        let (code, waiting) = (named(book, Kind::Fair, Some(fair)), waiting_line(book, fair, today).len());
        let words = say!(
            "{code}: {count} chỗ giữ hết hạn, {waiting} đơn vị đang chờ",
            "{code}: {count} holds lapsed, {waiting} firms waiting"
        );
        dues.push(Due::new(DueKind::Lapsed, (Kind::Fair, fair), Some(first), today, words));
    }
}

fn claims(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for claim in book.all::<Claim>().iter() {
        let kind = match claim.status {
            ClaimStatus::Submitted => DueKind::ClaimToCheck,
            ClaimStatus::InCheck => DueKind::ClaimToAppraise,
            ClaimStatus::Returned => DueKind::ClaimReturned,
            ClaimStatus::Appraised => DueKind::ClaimToDecide,
            ClaimStatus::Decided if fair_is_over(book, claim, today) => DueKind::ClaimToAccept,
            ClaimStatus::Accepted if !left_to_pay(book, claim).is_zero() => DueKind::ClaimToPay,
            _ => continue,
        };
        let subject = (Kind::Claim, claim.id);
        let who = title(book, Kind::Claim, claim.id, Lang::Vi);
        let by = answer_by(book, claim);
        let sum = if kind == DueKind::ClaimToPay { left_to_pay(book, claim) } else { claim.grant.unwrap_or_default() };
        let (vi, en) = (sum.show(Lang::Vi), sum.show(Lang::En));
        let words = match kind {
            DueKind::ClaimToCheck => say!("Kiểm tra hồ sơ {who}", "Check claim {who}"),
            DueKind::ClaimToAppraise => say!("Thẩm định hồ sơ {who}", "Appraise claim {who}"),
            DueKind::ClaimReturned => say!("Chờ bổ sung hồ sơ {who}", "Waiting for papers of claim {who}"),
            DueKind::ClaimToDecide => say!("Quyết định {vi} cho {who}", "Decide {en} for {who}"),
            DueKind::ClaimToAccept => say!("Nghiệm thu hồ sơ {who}", "Accept claim {who}"),
            _ => say!("Chi {vi} cho {who}", "Pay {en} for {who}"),
        };
        // The days run while the office has the file, not while the firm is asked for papers.
        let on =
            by.filter(|_| matches!(kind, DueKind::ClaimToCheck | DueKind::ClaimToAppraise | DueKind::ClaimToDecide));
        let words = match on {
            Some(by) => say!("{} ({})", "{} ({})"; words, working_days::left(today, by)),
            None => words,
        };
        dues.push(Due::new(kind, subject, on, today, words));
        if matches!(kind, DueKind::ClaimToCheck | DueKind::ClaimToAppraise | DueKind::ClaimReturned) {
            dues.extend(missing(book, claim, today, &who));
        }
    }
}

/// By when the office answers a claim: so many working days after it was handed in.
fn answer_by(book: &Book, claim: &Claim) -> Option<Date> {
    claim.submitted_on.map(|submitted| working_days::after(submitted, terms_of(book, claim).answer_days))
}

/// Advances whose settlement is near or over. A deadline on a day off ends on the next day that is worked.
fn advances(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for claim in book.all::<Claim>().iter().filter(|claim| claim.status == ClaimStatus::Advanced) {
        let Some(by) = claim.settle_by.map(working_days::on_or_after) else { continue };
        if days_until(today, by) > DEADLINE_DAYS {
            continue;
        }
        let who = title(book, Kind::Claim, claim.id, Lang::Vi);
        let left = working_days::left(today, by);
        let words = say!("Quyết toán tạm ứng của {who} ({})", "Settle the advance of {who} ({})"; left);
        dues.push(Due::new(DueKind::AdvanceToSettle, (Kind::Claim, claim.id), Some(by), today, words));
    }
}

/// Instalments of recoveries that are near or over. A disputed one waits for its outcome.
fn recoveries(book: &Book, today: Date, dues: &mut Vec<Due>) {
    let open = book.all::<Recovery>().iter().filter(|recovery| recovery.status != RecoveryStatus::Disputed);
    for recovery in open {
        let Ok(Some(next)) = next_instalment(book, recovery) else { continue };
        let by = working_days::on_or_after(next.due_on);
        if days_until(today, by) > DEADLINE_DAYS {
            continue;
        }
        let who = named(book, Kind::Claim, recovery.claim);
        let (vi, en) = (next.amount.show(Lang::Vi), next.amount.show(Lang::En));
        let left = working_days::left(today, by);
        let words = say!("Thu hồi {vi} của {who} ({})", "Collect {en} from {who} ({})"; left);
        dues.push(Due::new(DueKind::RecoveryDue, (Kind::Recovery, recovery.id), Some(by), today, words));
    }
}

/// What is due of a claim and on no voucher yet.
fn left_to_pay(book: &Book, claim: &Claim) -> Money {
    open_grant(book, claim).unwrap_or_default()
}

/// True once the papers of a claim can be complete: its fair has closed.
fn fair_is_over(book: &Book, claim: &Claim, today: Date) -> bool {
    book.follow::<Fair>(claimant(book, claim).0).and_then(|fair| fair.closes_on).is_none_or(|closes| closes < today)
}

fn missing(book: &Book, claim: &Claim, today: Date, who: &str) -> Option<Due> {
    let papers: Vec<Words> = book
        .pointing::<Evidence>(claim.id)
        .filter(|evidence| matches!(evidence.status, EvidenceStatus::Missing | EvidenceStatus::Rejected))
        .map(|evidence| evidence.document.words())
        .collect();
    if papers.is_empty() {
        return None;
    }
    let count = papers.len();
    let listed = |lang| papers.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join(", ");
    let (vi, en) = (listed(Lang::Vi), listed(Lang::En));
    let words = say!("{who} thiếu {count} chứng từ: {vi}", "{who} lacks {count} papers: {en}");
    Some(Due::new(DueKind::EvidenceMissing, (Kind::Claim, claim.id), None, today, words))
}

fn payments(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for payment in book.all::<Payment>().iter() {
        let (number, sum) = (voucher_no(payment), payment.amount.unwrap_or_default());
        let (vi, en) = (sum.show(Lang::Vi), sum.show(Lang::En));
        let payee = if payment.payee.is_empty() {
            let claim = book.follow::<Claim>(payment.claim);
            named(book, Kind::Business, claim.and_then(|claim| claimant(book, claim).1))
        } else {
            payment.payee.to_string()
        };
        let (kind, words) = match payment.status {
            PaymentStatus::Prepared => (
                DueKind::PaymentToSign,
                say!("Ký chứng từ {number}: {vi} cho {payee}", "Sign voucher {number}: {en} to {payee}"),
            ),
            PaymentStatus::Signed => (
                DueKind::PaymentToSend,
                say!("Chuyển tiền chứng từ {number}: {vi} cho {payee}", "Send voucher {number}: {en} to {payee}"),
            ),
            _ => continue,
        };
        dues.push(Due::new(kind, (Kind::Payment, payment.id), None, today, words));
    }
}

/// One line a business: how many of its certificates end, when the first does, and what depends on them. Those that others
/// depend on are said earlier. A certificate that a later one of the same product follows is left out.
fn certificates(book: &Book, today: Date, dues: &mut Vec<Due>) {
    let ending = |certificate: &&Certificate| match expiry::days_left(book, certificate, today) {
        Some(0..=EXPIRING_DAYS) => true,
        Some(0..=CERTIFICATE_DAYS) => !expiry::touched(book, certificate, today).is_empty(),
        _ => false,
    };
    let mut found: Vec<(Id, Date, &Certificate)> = book
        .all::<Certificate>()
        .iter()
        .filter(ending)
        .filter_map(|certificate| Some((certificate.business?, certificate.valid_until?, certificate)))
        .collect();
    found.sort_by_key(|(business, until, certificate)| (*business, *until, certificate.id));
    for group in found.chunk_by(|one, other| one.0 == other.0) {
        let Some((business, until, first)) = group.first() else { continue };
        let Some(business) = book.get::<Business>(*business) else { continue };
        let (name, count, day) = (&business.name, group.len(), show_date(*until));
        let product = book.follow::<Product>(first.product).map(|product| product.name.clone()).unwrap_or_default();
        let depends = depending(&expiry::touched_by_all(book, group.iter().map(|(.., one)| *one), today));
        let words = if count == 1 {
            say!(
                "Chứng nhận OCOP {product} ({name}) hết hạn {day}{}",
                "OCOP certificate of {product} ({name}) ends {day}{}";
                depends
            )
        } else {
            say!(
                "{name}: {count} chứng nhận OCOP sắp hết hạn, sớm nhất {product} {day}{}",
                "{name}: {count} OCOP certificates end, first {product} on {day}{}";
                depends
            )
        };
        let subject = if count == 1 { (Kind::Certificate, first.id) } else { (Kind::Business, business.id) };
        dues.push(Due::new(DueKind::CertificateEnds, subject, Some(*until), today, words));
    }
}

/// What depends on certificates, as the end of a line.
fn depending(touched: &expiry::Touched) -> Words {
    let (registrations, claims) = (touched.registrations.len(), touched.claims.len());
    match (registrations, claims) {
        (0, 0) => Words::default(),
        (_, 0) => say!("; ảnh hưởng {registrations} đăng ký", "; {registrations} registrations depend on it"),
        (0, _) => say!("; ảnh hưởng {claims} hồ sơ", "; {claims} claims depend on it"),
        _ => say!(
            "; ảnh hưởng {registrations} đăng ký, {claims} hồ sơ",
            "; {registrations} registrations and {claims} claims depend on it"
        ),
    }
}

fn fairs(book: &Book, today: Date, dues: &mut Vec<Due>) {
    for fair in book.all::<Fair>().iter() {
        let (code, name, subject) = (&fair.code, &fair.name, (Kind::Fair, fair.id));
        let over = matches!(fair.status, FairStatus::Cancelled | FairStatus::Archived | FairStatus::Reported);
        let (Some(opens), Some(closes)) = (fair.opens_on, fair.closes_on) else { continue };
        if over {
            continue;
        }
        if (1..=FAIR_DAYS).contains(&days_until(today, opens)) {
            let full = fullness(book, fair.id, today);
            let words = say!("{code} khai mạc, {}: {name}", "{code} opens, {}: {name}"; full);
            dues.push(Due::new(DueKind::FairOpens, subject, Some(opens), today, words));
        } else if fair.is_on(today) {
            let (full, day) = (fullness(book, fair.id, today), show_date(closes));
            let words = say!("{code} đang diễn ra đến {day}, {}", "{code} runs until {day}, {}"; full);
            dues.push(Due::new(DueKind::FairRunning, subject, Some(today), today, words));
        } else if closes < today && fair.status != FairStatus::Draft {
            let words = say!("{code} đã kết thúc, chưa báo cáo: {name}", "{code} is over and not reported: {name}");
            dues.push(Due::new(DueKind::FairToReport, subject, Some(closes), today, words));
        }
        if let Some(last) = fair.register_by
            && matches!(fair.status, FairStatus::Approved | FairStatus::Open)
            && (0..=DEADLINE_DAYS).contains(&days_until(today, last))
        {
            let count = book.pointing_ids(Kind::Registration, fair.id).count();
            let words = say!("{code} hết hạn đăng ký, đã nhận {count}", "{code}: registration ends, {count} received");
            dues.push(Due::new(DueKind::RegistrationEnds, subject, Some(last), today, words));
        }
    }
}

/// One line a fair: the reports and the days of sales that its firms still owe. Where one firm alone owes something, the line
/// is about that firm.
fn told(book: &Book, today: Date, dues: &mut Vec<Due>) {
    let ended = |fair: &&Fair| fair.opens_on.is_some_and(|opens| opens < today) && fair.status != FairStatus::Cancelled;
    for fair in book.all::<Fair>().iter().filter(ended) {
        let recent = fair.closes_on.is_some_and(|closes| days_until(closes, today) <= REPORT_CHASE_DAYS);
        if !recent {
            continue;
        }
        let owing = |owes: &dyn Fn(&Registration) -> bool| -> Vec<&Registration> {
            results::who_stood(book, fair.id).filter(|registration| owes(registration)).collect()
        };
        let line = |who: &[&Registration]| match who {
            [one] => ((Kind::Registration, one.id), named(book, Kind::Registration, Some(one.id))),
            _ => ((Kind::Fair, fair.id), fair.code.to_string()),
        };
        let reports = owing(&|registration| {
            matches!(results::report_state(book, registration, today), Some(ReportState::Due | ReportState::Late))
        });
        if let Some(first) = reports.first() {
            let (by, count) = (results::report_by(book, first), reports.len());
            let (subject, name) = line(&reports);
            let words = say!("{name}: còn {count} báo cáo sau hội chợ", "{name}: {count} after-fair reports to come");
            dues.push(Due::new(DueKind::ReportMissing, subject, by, today, words));
        }
        if !results::sales_are_asked(fair, today) {
            continue;
        }
        let silent = owing(&|registration| !results::days_missing(book, registration, today).is_empty());
        if !silent.is_empty() {
            let days: usize = silent.iter().map(|who| results::days_missing(book, who, today).len()).sum();
            let (count, (subject, name)) = (silent.len(), line(&silent));
            let words = say!(
                "{name}: thiếu doanh số {days} ngày của {count} đơn vị",
                "{name}: {days} days of sales of {count} firms are missing"
            );
            dues.push(Due::new(DueKind::SalesMissing, subject, None, today, words));
        }
    }
}

/// How full a fair is: `45/60 gian (75%)`.
fn fullness(book: &Book, fair: Id, today: Date) -> Words {
    let (booths, taken) = occupancy(book, fair, today);
    match share_of(taken, booths) {
        Some(share) => {
            let (vi, en) = (share.show(Lang::Vi), share.show(Lang::En));
            say!("{taken}/{booths} gian ({vi})", "{taken}/{booths} booths ({en})")
        }
        None => Words::new("chưa có gian", "no booths yet"),
    }
}
