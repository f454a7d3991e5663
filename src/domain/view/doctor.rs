//! The checks of a claim: what does not fit, what to do about it, and who has answered for it.

mod expenses;
mod taxpayers;

use chrono::Datelike;

use crate::base::dates::{Date, show_date};
use crate::base::firm_name::alike;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::tax_code::TaxCode;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::claim::{ClaimStatus, Override, PaidBy, PayeeMode};
use crate::domain::evidence::{EvidenceKind, EvidenceStatus};
use crate::domain::field::Chosen;
use crate::domain::payee::payee_of;
use crate::domain::payment::PaymentStatus;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::subsidy::rules::Rules;
use crate::domain::subsidy::stars_on;
use crate::domain::terms::{claim_by, later, terms_of};
use crate::domain::view::derived::{claimant, rent_with_vat_of};
use crate::domain::view::money::{open_grant, overdue_recoveries};
use crate::domain::view::results::{ReportState, report_by, report_state};
use crate::domain::view::title::title;
use crate::domain::{Business, Claim, Evidence, Fair, Partner, Payment, Registration, Scheme};
use crate::{choices, say};

/// From this amount on, tax included, only a bank's record proves a payment (VAT law from 1 July 2025).
pub const BANK_RECORD_FROM: Money = Money::vnd(5_000_000);

choices! {
    /// What an open finding stops.
    Stage {
        Nothing = "nothing" ("chỉ nhắc", "a reminder"),
        Decision = "decision" ("quyết định", "decision"),
        Payment = "payment" ("chi", "payment"),
    }
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The stable code.
    pub code: &'static str,
    /// What exactly was found, for the answer to hold on to.
    pub about: Text,
    /// What does not fit.
    pub words: Words,
    /// What to do.
    pub fix: Words,
    /// What it stops until it is mended or answered for.
    pub stops: Stage,
    /// The other record that it is about.
    pub other: Option<(Kind, Id)>,
    /// Who has answered for it, and why.
    pub answered: Option<Override>,
}

impl Finding {
    /// True while it stops something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stops != Stage::Nothing && self.answered.is_none()
    }
}

/// One claim under examination.
struct Case<'a> {
    book: &'a Book,
    claim: &'a Claim,
    today: Date,
    registration: Option<&'a Registration>,
    business: Option<&'a Business>,
    fair: Option<&'a Fair>,
    found: Vec<Finding>,
}

impl Case<'_> {
    fn find(&mut self, code: &'static str, stops: Stage, about: &str, words: Words, fix: Words) -> &mut Finding {
        let about = Text::new(about);
        let answered =
            self.claim.overrides.iter().rev().find(|answer| answer.finding == *code && answer.about == about).cloned();
        self.found.push(Finding { code, about, words, fix, stops, other: None, answered });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// Everything that does not fit of one claim on a day, what stops something first.
#[must_use]
pub fn findings(book: &Book, claim: &Claim, today: Date) -> Vec<Finding> {
    let registration = book.follow::<Registration>(claim.registration);
    let mut case = Case {
        book,
        claim,
        today,
        registration,
        business: registration.and_then(|registration| book.follow::<Business>(registration.business)),
        fair: registration.and_then(|registration| book.follow::<Fair>(registration.fair)),
        found: Vec::new(),
    };
    payer(&mut case);
    seller(&mut case);
    invoice(&mut case);
    dates(&mut case);
    contract(&mut case);
    expenses::expenses(&mut case);
    bank_record(&mut case);
    certificate(&mut case);
    account(&mut case);
    listed_twice(&mut case);
    second_funding(&mut case);
    taxpayers::taxpayers(&mut case);
    scans(&mut case);
    attendance(&mut case);
    recoveries(&mut case);
    report(&mut case);
    let mut found = case.found;
    found.sort_by_key(|finding| (!finding.is_open(), finding.stops == Stage::Nothing));
    found
}

/// The findings that stop this stage. What would have stopped a decision that is made stops no payment.
#[must_use]
pub fn stopping(book: &Book, claim: &Claim, stage: Stage, today: Date) -> Vec<Finding> {
    let stops = |found: &Finding| match stage {
        Stage::Nothing => false,
        // What was decided is decided; its own checks were made then.
        Stage::Decision => found.stops == Stage::Decision,
        Stage::Payment => found.stops == Stage::Payment,
    };
    findings(book, claim, today).into_iter().filter(|found| found.is_open() && stops(found)).collect()
}

fn payer(case: &mut Case<'_>) {
    let Some(business) = case.business else { return };
    let payer = case.claim.payer.clone();
    let known =
        [&business.name, &business.short_name, &business.name_en, &business.account_holder, &business.representative];
    if payer.is_empty() || known.iter().any(|name| alike(name.as_str(), payer.as_str())) {
        return;
    }
    let name = &business.name;
    case.find(
        "payer-unlike",
        Stage::Payment,
        payer.as_str(),
        say!("Người trả tiền là “{payer}”, đơn vị đề nghị là “{name}”.", "“{payer}” paid; the applicant is “{name}”."),
        say!(
            "Xin chứng từ trả tiền của đúng đơn vị, hoặc giấy ủy quyền trả thay.",
            "Ask for the applicant's own proof of payment, or a letter that somebody paid for it."
        ),
    );
}

fn seller(case: &mut Case<'_>) {
    let code = case.claim.seller_tax_code.clone();
    if code.is_empty() {
        return;
    }
    if let Err(fault) = TaxCode::read(code.as_str()) {
        let why = fault.words();
        case.find(
            "seller-code-wrong",
            Stage::Payment,
            code.as_str(),
            say!("MST bên bán {code} không đúng: {}", "The seller's tax code {code} is wrong: {}"; why),
            say!("Tra lại trên hóa đơn và cổng hóa đơn điện tử.", "Look again at the invoice and the invoice portal."),
        );
        return;
    }
    let organiser = case.fair.and_then(|fair| case.book.follow::<Partner>(fair.organiser));
    if let Some(organiser) = organiser.filter(|organiser| !organiser.tax_no.is_empty())
        && bare(organiser.tax_no.as_str()) != bare(code.as_str())
    {
        let (name, id) = (organiser.name.clone(), organiser.id);
        case.find(
            "seller-not-organiser",
            Stage::Nothing,
            code.as_str(),
            say!("Bên bán {code} không phải đơn vị tổ chức {name}.", "The seller {code} is not the organiser {name}."),
            say!("Hỏi ai bán gian hàng này.", "Ask who sold the booth."),
        )
        .other = Some((Kind::Partner, id));
    }
}

fn bare(code: &str) -> String {
    fold(code).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Symbol and number of an invoice: `1C26THC/00000077` is `1c26thc` and `77`.
#[must_use]
pub fn invoice_parts(written: &str) -> (String, String) {
    let folded = fold(written);
    let parts: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = parts.last().filter(|last| last.chars().all(|letter| letter.is_ascii_digit()));
    match number {
        Some(number) => {
            let symbol = parts[..parts.len() - 1].concat();
            (symbol, number.trim_start_matches('0').to_owned())
        }
        None => (parts.concat(), String::new()),
    }
}

/// The spellings of one invoice number that differ by leading zeros only, each found by name.
fn spellings(written: &str) -> Vec<String> {
    let (symbol, number) = invoice_parts(written);
    let mut spelt = vec![written.to_owned()];
    if !number.is_empty() {
        spelt.push(format!("{symbol}/{number}"));
        spelt.extend((number.len() + 1..=8).map(|width| format!("{symbol}/{number:0>width$}")));
    }
    spelt
}

fn invoice(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    if claim.invoice_no.is_empty() {
        return;
    }
    let seller = bare(claim.seller_tax_code.as_str());
    let used = spellings(claim.invoice_no.as_str())
        .into_iter()
        .flat_map(|spelt| book.named(Kind::Claim, "invoice_no", None, &spelt))
        .filter(|id| *id != claim.id)
        .filter_map(|id| book.get::<Claim>(id))
        .filter(|other| other.status.is_alive())
        // Where either does not say who sold, the number alone is enough to ask.
        .find(|other| {
            let sold = bare(other.seller_tax_code.as_str());
            seller.is_empty() || sold.is_empty() || seller == sold
        });
    if let Some(other) = used {
        let (number, name) = (&claim.invoice_no, title(book, Kind::Claim, other.id, Lang::Vi));
        case.find(
            "invoice-used",
            Stage::Payment,
            &format!("{number} {}", other.id),
            say!("Hóa đơn {number} đã dùng ở hồ sơ {name}.", "Invoice {number} was used in claim {name}."),
            say!(
                "Mở hồ sơ kia; một hóa đơn chỉ được hỗ trợ một lần.",
                "Open the other claim; an invoice is supported once."
            ),
        )
        .other = Some((Kind::Claim, other.id));
    }
}

fn dates(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    let (Some(fair), Some(invoiced)) = (case.fair, claim.invoice_on) else {
        return late(case);
    };
    let shown = show_date(invoiced);
    if let Some(signed) = claim.contract_on
        && invoiced < signed
    {
        let signed = show_date(signed);
        case.find(
            "invoice-before-contract",
            Stage::Payment,
            &shown,
            say!(
                "Hóa đơn {shown} lập trước hợp đồng {signed}.",
                "The invoice of {shown} is older than the contract of {signed}."
            ),
            say!("Kiểm tra lại hai ngày trên bản gốc.", "Check both days on the originals."),
        );
    }
    let window = claim_by(book, claim);
    if let (Some(last), Some(closes)) = (window, fair.closes_on.or(fair.opens_on))
        && invoiced > closes
    {
        let stops = if invoiced > last { Stage::Payment } else { Stage::Nothing };
        let (closes, last) = (show_date(closes), show_date(last));
        case.find(
            "invoice-late",
            stops,
            &shown,
            say!(
                "Hóa đơn {shown} sau ngày bế mạc {closes} (hạn {last}).",
                "The invoice of {shown} is after the fair's end on {closes} (the window ends {last})."
            ),
            say!("Xin giải trình của đơn vị tổ chức.", "Ask the organiser to explain."),
        );
    }
    if invoiced > case.today {
        case.find(
            "invoice-future",
            Stage::Payment,
            &shown,
            say!("Hóa đơn ghi ngày {shown}, chưa tới.", "The invoice bears {shown}, which has not come."),
            say!("Kiểm tra lại ngày trên hóa đơn.", "Check the day on the invoice."),
        );
    }
    late(case);
}

fn late(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    if let (Some(submitted), Some(last)) = (claim.submitted_on, claim_by(book, claim))
        && submitted > last
    {
        let (shown, last) = (show_date(submitted), show_date(last));
        case.find(
            "claim-late",
            Stage::Decision,
            &shown,
            say!("Nộp ngày {shown}, hạn là {last}.", "Handed in on {shown}; the window ended {last}."),
            say!("Từ chối, hoặc ghi lý do được nhận muộn.", "Reject it, or say why it is taken late."),
        );
    }
}

fn contract(case: &mut Case<'_>) {
    let claim = case.claim;
    if let (Some(cost), Some(most)) = (claim.accepted_cost.or(claim.cost), claim.contract_amount)
        && cost.currency == most.currency
        && cost.minor > most.minor
    {
        let (cost, most) = (cost.show(Lang::Vi), most.show(Lang::Vi));
        case.find(
            "above-contract",
            Stage::Payment,
            &cost,
            say!("Chi phí {cost} vượt hợp đồng {most}.", "The cost of {cost} is above the contract's {most}."),
            say!(
                "Chỉ nhận tới giá trị hợp đồng, hoặc xin phụ lục.",
                "Accept up to the contract, or ask for its annex."
            ),
        );
    }
    let opens = case.fair.and_then(|fair| fair.opens_on);
    if let (Some(signed), Some(opens)) = (claim.contract_on, opens)
        && signed > opens
    {
        let (signed, opens) = (show_date(signed), show_date(opens));
        case.find(
            "contract-late",
            Stage::Payment,
            &signed,
            say!(
                "Hợp đồng {signed} ký sau khai mạc {opens}.",
                "The contract of {signed} is later than the opening on {opens}."
            ),
            say!("Xin giải trình, hoặc hợp đồng nguyên tắc trước đó.", "Ask why, or for the agreement made before it."),
        );
    }
}

fn bank_record(case: &mut Case<'_>) {
    let claim = case.claim;
    let Ok(total) = (match claim.cost {
        Some(cost) => cost.plus(claim.vat.unwrap_or(Money::ZERO)),
        None => claim.registration.map_or(Ok(Money::ZERO), |registration| rent_with_vat_of(case.book, registration)),
    }) else {
        return;
    };
    if total.currency != BANK_RECORD_FROM.currency || total.minor < BANK_RECORD_FROM.minor {
        return;
    }
    let (shown, least) = (total.show(Lang::Vi), BANK_RECORD_FROM.show(Lang::Vi));
    match claim.paid_by {
        PaidBy::Bank => {}
        PaidBy::Cash => {
            case.find(
                "bank-record",
                Stage::Payment,
                "cash",
                say!(
                    "{shown} trả bằng tiền mặt; từ {least} phải qua ngân hàng.",
                    "{shown} was paid in cash; from {least} on a bank's record is needed."
                ),
                say!("Xin ủy nhiệm chi hoặc sao kê.", "Ask for the payment order or statement."),
            );
        }
        PaidBy::Unknown => {
            case.find(
                "bank-record-unknown",
                Stage::Nothing,
                "unknown",
                say!(
                    "Chưa ghi {shown} trả qua ngân hàng hay tiền mặt.",
                    "It is not noted whether {shown} was paid through a bank."
                ),
                say!("Ghi hình thức trả tiền theo chứng từ.", "Enter how it was paid, by the proof."),
            );
        }
    }
}

fn certificate(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    let rules = book.follow::<Scheme>(claim.scheme).and_then(|scheme| Rules::of(scheme).ok());
    let Some(stars) = rules.and_then(|rules| rules.stars_least()) else { return };
    let (Some(business), Some(fair)) = (case.business, case.fair) else { return };
    let days = [fair.opens_on, fair.closes_on, claim.decided_on.or(Some(case.today))];
    let lapsed = days.into_iter().flatten().find(|day| stars_on(book, business.id, *day) < stars);
    if let Some(day) = lapsed {
        let shown = show_date(day);
        case.find(
            "certificate-lapsed",
            Stage::Decision,
            &shown,
            say!(
                "Ngày {shown} không có chứng nhận OCOP từ {stars} sao.",
                "On {shown} there is no OCOP certificate of {stars} stars."
            ),
            say!(
                "Xin chứng nhận còn hiệu lực, hoặc chương trình khác.",
                "Ask for a valid certificate, or take another scheme."
            ),
        );
    }
}

fn account(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    let payee = payee_of(book, claim);
    if claim.status.binds_money() && !claim.decided_account.is_empty() && payee.account != claim.decided_account {
        // The account itself is personal: the answer holds on to its digest.
        let about = blake3::hash(payee.account.as_str().as_bytes()).to_hex();
        case.find(
            "account-changed",
            Stage::Payment,
            &about.as_str()[..16],
            say!("Tài khoản nhận tiền đã đổi sau quyết định.", "The account was changed since the decision."),
            say!(
                "Gọi số điện thoại đã có từ trước để xác nhận, không gọi số trong thư mới.",
                "Confirm by a phone number known before, not by one in the new letter."
            ),
        );
    }
    if payee.account.is_empty() {
        let stops = if claim.payee_mode == PayeeMode::Business { Stage::Nothing } else { Stage::Payment };
        case.find(
            "account-missing",
            stops,
            "none",
            say!("Chưa có tài khoản nhận tiền.", "There is no account to pay to."),
            say!("Ghi ngân hàng và số tài khoản.", "Enter bank and account."),
        );
    } else if !payee.bank.is_empty() && crate::base::vietqr::bank(payee.bank.as_str()).is_none() {
        let bank = payee.bank.clone();
        case.find(
            "bank-unknown",
            Stage::Nothing,
            bank.as_str(),
            say!(
                "Không biết ngân hàng “{bank}”; không làm được mã QR.",
                "The bank “{bank}” is not known; there is no QR code."
            ),
            say!("Ghi tên như trong danh sách ngân hàng.", "Write it as the list of banks has it."),
        );
    }
}

fn listed_twice(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    let Some(business) = case.business else { return };
    let lists = book
        .pointing::<Payment>(claim.id)
        .filter(|payment| matches!(payment.status, PaymentStatus::Prepared | PaymentStatus::Signed))
        .filter_map(|payment| payment.list);
    for list in lists {
        let twin = book.pointing::<Payment>(list).find(|other| {
            other.list == Some(list)
                && other.status != PaymentStatus::Cancelled
                && other.claim != Some(claim.id)
                && book.follow::<Claim>(other.claim).is_some_and(|other| claimant(book, other).1 == Some(business.id))
        });
        if let Some(twin) = twin {
            let (name, no, id) = (&business.name, title(book, Kind::Payment, twin.id, Lang::Vi), twin.id);
            case.find(
                "listed-twice",
                Stage::Payment,
                &list.to_string(),
                say!(
                    "{name} có hai dòng trong bảng kê (chứng từ {no}).",
                    "{name} stands twice on the list (voucher {no})."
                ),
                say!(
                    "Hủy một chứng từ, hoặc ghi lý do hai khoản khác nhau.",
                    "Cancel one voucher, or say why there are two."
                ),
            )
            .other = Some((Kind::Payment, id));
        }
    }
}

fn second_funding(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    if let Some(other) = claim.other_public.filter(|other| other.minor > 0) {
        let shown = other.show(Lang::Vi);
        case.find(
            "second-funding",
            Stage::Nothing,
            &shown,
            say!(
                "Đơn vị khai đã nhận {shown} tiền công khác; đã trừ khi tính.",
                "The firm declares {shown} of other public money; it was deducted."
            ),
            say!("Đối chiếu với quyết định của nơi kia.", "Compare it with the other body's decision."),
        );
    }
    let (fair, business) = claimant(book, claim);
    let (Some(fair), Some(business)) = (fair, business) else { return };
    let twin = book
        .pointing::<Registration>(business)
        .filter(|registration| registration.fair == Some(fair))
        .flat_map(|registration| book.pointing::<Claim>(registration.id))
        .find(|other| other.id != claim.id && other.status.is_alive());
    if let Some(twin) = twin {
        let name = title(book, Kind::Claim, twin.id, Lang::Vi);
        case.find(
            "funded-twice",
            Stage::Decision,
            &twin.id.to_string(),
            say!("Hội chợ này đơn vị đã có hồ sơ {name}.", "For this fair the firm already has claim {name}."),
            say!("Chọn một hồ sơ, rút hồ sơ kia.", "Keep one claim, withdraw the other."),
        )
        .other = Some((Kind::Claim, twin.id));
    }
}

/// A scan that lies in another file too, and the statement about other public money.
fn scans(case: &mut Case<'_>) {
    let (book, claim) = (case.book, case.claim);
    let rows: Vec<&Evidence> = book.pointing::<Evidence>(claim.id).collect();
    for row in &rows {
        if row.sha256.is_empty() {
            continue;
        }
        let twin = book
            .named(Kind::Evidence, "sha256", None, row.sha256.as_str())
            .into_iter()
            .filter_map(|id| book.get::<Evidence>(id))
            .find(|other| other.claim != Some(claim.id));
        if let Some(other) =
            twin.and_then(|twin| book.follow::<Claim>(twin.claim)).filter(|other| other.status.is_alive())
        {
            let (paper, name) = (row.document.words(), title(book, Kind::Claim, other.id, Lang::Vi));
            let about = row.sha256.as_str().to_owned();
            case.find(
                "scan-used",
                Stage::Payment,
                &about,
                say!("Tệp của “{}” cũng nằm trong hồ sơ {name}.", "The scan of “{}” also lies in claim {name}."; paper),
                say!("Xin bản của đúng hồ sơ này.", "Ask for the paper of this claim."),
            )
            .other = Some((Kind::Claim, other.id));
        }
    }
    let stated = rows.iter().any(|row| {
        row.document == EvidenceKind::NoDoubleFunding
            && matches!(row.status, EvidenceStatus::Accepted | EvidenceStatus::Waived | EvidenceStatus::Received)
    });
    if !stated && matches!(claim.status, ClaimStatus::Decided | ClaimStatus::Advanced | ClaimStatus::Accepted) {
        case.find(
            "statement-missing",
            Stage::Nothing,
            "ev10",
            say!("Chưa có cam kết không nhận hỗ trợ trùng.", "The statement about other public money is missing."),
            say!("Xin bản cam kết có ký.", "Ask for it, signed."),
        );
    }
}

fn attendance(case: &mut Case<'_>) {
    let Some(registration) = case.registration else { return };
    if !matches!(registration.status, RegistrationStatus::NoShow | RegistrationStatus::LeftEarly) {
        return;
    }
    let (state, id) = (registration.status.words(), registration.id);
    case.find(
        "not-attended",
        Stage::Payment,
        registration.status.key(),
        say!("Đăng ký ghi “{}”.", "The registration says “{}”."; state),
        say!("Hủy quyết định, hoặc thu hồi nếu đã chi.", "Cancel the decision, or recover what was paid."),
    )
    .other = Some((Kind::Registration, id));
}

fn recoveries(case: &mut Case<'_>) {
    let (book, today) = (case.book, case.today);
    let Some(business) = case.business else { return };
    let overdue: Vec<Id> = overdue_recoveries(book, business.id, today)
        .filter(|recovery| recovery.claim != Some(case.claim.id))
        .map(|recovery| recovery.id)
        .collect();
    for id in overdue {
        let name = title(book, Kind::Recovery, id, Lang::Vi);
        case.find(
            "recovery-overdue",
            Stage::Decision,
            &id.to_string(),
            say!("Đơn vị còn khoản thu hồi quá hạn: {name}.", "The firm has an overdue recovery: {name}."),
            say!("Thu xong rồi quyết định.", "Collect it, then decide."),
        )
        .other = Some((Kind::Recovery, id));
    }
}

/// A scheme may let the last payment wait for the firm's report of the fair; otherwise a late report is a reminder.
fn report(case: &mut Case<'_>) {
    let (Some(registration), ClaimStatus::Accepted) = (case.registration, case.claim.status) else { return };
    let terms = terms_of(case.book, case.claim);
    let closed = case.fair.and_then(|fair| fair.closes_on);
    let by = match (terms.report_days, closed) {
        (Some(days), Some(closed)) => Some(later(closed, days)),
        _ => report_by(case.book, registration),
    };
    let is_late = by.is_some_and(|by| by < case.today);
    let is_there = report_state(case.book, registration, case.today) == Some(ReportState::Received);
    if is_there || !(terms.report_first || is_late) {
        return;
    }
    let by = by.map(show_date).unwrap_or_default();
    let stops = if terms.report_first { Stage::Payment } else { Stage::Nothing };
    case.find(
        "report-missing",
        stops,
        "",
        say!("Chưa có báo cáo kết quả hội chợ (hạn {by}).", "The firm's report of the fair is missing (due {by})."),
        say!(
            "Nhận và ghi báo cáo của đơn vị (phím r ở đăng ký).",
            "Get and enter the firm's report (r on its registration)."
        ),
    )
    .other = Some((Kind::Registration, registration.id));
}

/// True while a claim may still be paid or decided, so that its findings matter.
#[must_use]
pub fn matters(book: &Book, claim: &Claim) -> bool {
    claim.status.may_change_amounts()
        || (claim.status.binds_money() && open_grant(book, claim).is_ok_and(|open| open.minor > 0))
}

/// True when the year of a day is beyond what a budget line of `fiscal_year` may pay: its books close on 31 January, and
/// in January only what was accepted in the year is paid for it.
#[must_use]
pub fn year_is_over(fiscal_year: i64, day: Date, accepted_on: Option<Date>) -> bool {
    let year = i64::from(day.year());
    if year <= fiscal_year {
        return false;
    }
    let in_closing = year == fiscal_year + 1 && day.month() == 1;
    !(in_closing && accepted_on.is_some_and(|accepted| i64::from(accepted.year()) <= fiscal_year))
}
