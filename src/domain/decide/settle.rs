//! What follows for a record from what was filled in, and what may not be so: one function a noun.

use crate::base::dates::{plus_months, show_date};
use crate::base::money::{BasisPoints, Rounding};
use crate::domain::business::BusinessStatus;
use crate::domain::certificate::VALID_MONTHS;
use crate::domain::claim::ClaimStatus;
use crate::domain::decide::{Desk, conference, expense, people, privacy, result};
use crate::domain::fair::FairStatus;
use crate::domain::field::Chosen;
use crate::domain::person::same_person;
use crate::domain::record::{Kind, Noun as _, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::scheme::SchemeStatus;
use crate::domain::subsidy::plain_fields::follow_rules;
use crate::domain::subsidy::rules::Rules;
use crate::domain::subsidy::{calculate, case_of};
use crate::domain::{
    Booth, BudgetLine, Business, Certificate, Claim, Contact, Draw, Evidence, Fair, Payment, Person, Placement,
    Product, Recovery, Registration, Scheme,
};
use crate::say;
use std::sync::Arc;

/// Completes and checks a record that is about to be stored.
pub(super) fn settle(desk: &Desk<'_>, before: Option<&Record>, after: &mut Record) -> Result<(), Refusal> {
    match after {
        Record::Fair(fair) => people::fair_rules(fair).and_then(|()| fair_days(fair)),
        Record::Booth(booth) => {
            let booth = Arc::make_mut(booth);
            booth.follow_outline();
            booth_size(booth)
        }
        Record::Fixture(fixture) => {
            Arc::make_mut(fixture).follow_outline();
            Ok(())
        }
        Record::Certificate(certificate) => certificate_term(desk, Arc::make_mut(certificate)),
        Record::Registration(registration) => {
            let registration = Arc::make_mut(registration);
            registration_once(desk, before.and_then(of_registration), registration)?;
            people::stands_with(desk, registration)
        }
        Record::Placement(placement) => {
            placement_days(placement)?;
            match before {
                Some(Record::Placement(before)) => placement_kept(desk, before, Arc::make_mut(placement)),
                _ => charge(desk, Arc::make_mut(placement)),
            }
        }
        Record::Scheme(scheme) => {
            scheme_frozen(before, scheme)?;
            let before = before.and_then(Scheme::of).map(Arc::as_ref);
            follow_rules(before, Arc::make_mut(scheme))
        }
        Record::BudgetLine(line) => budget_frozen(desk, before, line),
        Record::Claim(claim) => {
            let claim = Arc::make_mut(claim);
            claim_figures(desk, before, claim)?;
            claim_kept(before, claim)
        }
        Record::Evidence(evidence) => {
            evidence_judged(before, evidence)?;
            evidence_once(desk, evidence)
        }
        Record::Expense(one) => expense::fits(desk, before, Arc::make_mut(one)),
        Record::Payment(payment) => payment_frozen(before, payment),
        Record::Recovery(recovery) => recovery_frozen(before, recovery),
        Record::Person(person) => person_kept(before, person),
        Record::Draw(draw) => draw_public(before, draw),
        Record::Contact(contact) => contact_belongs(contact),
        Record::Consent(consent) => privacy::consent_days(desk, consent),
        Record::ConsentText(text) => privacy::consent_text_frozen(desk, before, text),
        Record::Request(request) => privacy::request_of(desk, request),
        Record::Target(target) => result::target_once(desk, target),
        Record::Sale(sale) => result::sale_fits(desk, Arc::make_mut(sale)),
        Record::FairReport(report) => result::report_fits(desk, Arc::make_mut(report)),
        Record::Conference(found) => found.slots().map(drop),
        Record::Meeting(meeting) => conference::meeting_within(desk, before, meeting),
        Record::Wish(wish) => conference::wish_once(desk, wish),
        Record::Attendance(one) => conference::attendance_sound(desk, one),
        _ => Ok(()),
    }
}

fn of_registration(record: &Record) -> Option<&Registration> {
    match record {
        Record::Registration(registration) => Some(registration),
        _ => None,
    }
}

fn fair_days(fair: &Fair) -> Result<(), Refusal> {
    let (Some(opens), Some(closes)) = (fair.opens_on, fair.closes_on) else { return Ok(()) };
    if closes < opens {
        let opens = show_date(opens);
        return Err(Refusal::new(
            "days-reversed",
            say!("Bế mạc trước khai mạc ({opens}).", "It closes before it opens ({opens})."),
            say!("Sửa một trong hai ngày.", "Correct one of the two days."),
        )
        .at("closes_on"));
    }
    if fair.register_by.is_some_and(|last| last > opens) {
        let opens = show_date(opens);
        return Err(Refusal::new(
            "deadline-late",
            say!("Hạn đăng ký sau ngày khai mạc ({opens}).", "Registration ends after the opening ({opens})."),
            say!("Chọn ngày trước khai mạc.", "Choose a day before the opening."),
        )
        .at("register_by"));
    }
    Ok(())
}

fn booth_size(booth: &Booth) -> Result<(), Refusal> {
    for (key, side) in [("width", booth.width), ("depth", booth.depth)] {
        if side.is_some_and(|centimetres| centimetres <= 0) {
            return Err(Refusal::new(
                "booth-empty",
                say!("Gian hàng phải có kích thước lớn hơn 0.", "A booth's sides are more than 0."),
                say!("Ghi bằng mét, như 3 hoặc 4,5.", "Write metres, as 3 or 4,5."),
            )
            .at(key));
        }
    }
    Ok(())
}

fn certificate_term(desk: &Desk<'_>, certificate: &mut Certificate) -> Result<(), Refusal> {
    if certificate.business.is_none() {
        certificate.business = desk.book.follow::<Product>(certificate.product).and_then(|product| product.business);
    }
    if let (None, Some(issued)) = (certificate.valid_until, certificate.issued_on) {
        certificate.valid_until = Some(plus_months(issued, VALID_MONTHS));
    }
    if let (Some(issued), Some(until)) = (certificate.issued_on, certificate.valid_until)
        && until < issued
    {
        return Err(Refusal::new(
            "days-reversed",
            say!("Hết hiệu lực trước ngày cấp.", "It ends before it was issued."),
            say!("Để trống để tính 36 tháng.", "Leave it empty for 36 months."),
        )
        .at("valid_until"));
    }
    Ok(())
}

fn registration_once(
    desk: &Desk<'_>,
    before: Option<&Registration>,
    registration: &mut Registration,
) -> Result<(), Refusal> {
    registration.received_at.get_or_insert(desk.env.at);
    registration.booths_wanted.get_or_insert(1);
    if let Some(before) = before
        && (before.fair != registration.fair || before.business != registration.business)
    {
        return refuse(
            "registration-fixed",
            say!(
                "Đăng ký không chuyển sang hội chợ hay doanh nghiệp khác.",
                "A registration does not move to another fair or business."
            ),
            say!("Rút đăng ký này và lập đăng ký mới.", "Withdraw this one and make a new one."),
        );
    }
    if before.is_some() || !registration.status.is_alive() {
        return Ok(());
    }
    let (Some(fair), Some(business)) = (registration.fair, registration.business) else { return Ok(()) };
    if desk.book.get::<Fair>(fair).is_some_and(|fair| fair.status == FairStatus::Cancelled) {
        return Err(Refusal::new(
            "fair-cancelled",
            say!("Hội chợ này đã hủy.", "This fair is cancelled."),
            say!("Chọn hội chợ khác.", "Choose another fair."),
        )
        .at("fair"));
    }
    let twice =
        desk.book.pointing::<Registration>(business).any(|other| other.fair == Some(fair) && other.status.is_alive());
    if twice {
        let name = desk.book.get::<Business>(business).map(|business| business.name.clone()).unwrap_or_default();
        return Err(Refusal::new(
            "registered-twice",
            say!("{name} đã đăng ký hội chợ này.", "{name} is registered for this fair already."),
            say!("Sửa đăng ký hiện có.", "Edit the registration that is there."),
        )
        .at("business"));
    }
    if desk.book.get::<Business>(business).is_some_and(|business| business.status == BusinessStatus::Dissolved) {
        return Err(Refusal::new(
            "business-dissolved",
            say!("Doanh nghiệp đã giải thể.", "The business is dissolved."),
            say!("Kiểm tra lại trong danh bạ.", "Check the register."),
        )
        .at("business"));
    }
    Ok(())
}

/// Freezes rent and tax of a placement at the fair's prices, by its share.
pub(super) fn charge(desk: &Desk<'_>, placement: &mut Placement) -> Result<(), Refusal> {
    if !placement.status.is_firm() {
        return Ok(());
    }
    let Some(booth) = desk.book.follow::<Booth>(placement.booth) else { return Ok(()) };
    let Some(fair) = desk.book.follow::<Fair>(booth.fair) else { return Ok(()) };
    let whole = booth.rent(fair)?;
    let share = BasisPoints(placement.share_bp());
    placement.rent = Some(whole.net.share_bp(share, Rounding::DOWN)?);
    placement.vat = Some(whole.vat.share_bp(share, Rounding::DOWN)?);
    Ok(())
}

/// The share is some of the booth, at most its whole, and the days are in their order.
pub(super) fn placement_days(placement: &Placement) -> Result<(), Refusal> {
    if !(1..=10_000).contains(&placement.share_bp()) {
        return Err(Refusal::new(
            "share-out-of-range",
            say!("Phần gian phải trên 0 và không quá 100 %.", "A share is more than 0 and at most 100 %."),
            say!(
                "Ghi như 50 %, hoặc để trống cho cả gian.",
                "Write it as 50 %, or leave it empty for the whole booth."
            ),
        )
        .at("share"));
    }
    if let (Some(from), Some(to)) = (placement.from_on, placement.to_on)
        && to < from
    {
        let from = show_date(from);
        return Err(Refusal::new(
            "days-reversed",
            say!("Ngày cuối trước ngày đầu ({from}).", "The last day is before the first ({from})."),
            say!("Sửa một trong hai ngày.", "Correct one of the two days."),
        )
        .at("to_on"));
    }
    Ok(())
}

/// A placement keeps its booth and its registration under an edit; another share has another rent.
fn placement_kept(desk: &Desk<'_>, before: &Placement, placement: &mut Placement) -> Result<(), Refusal> {
    if before.booth != placement.booth || before.registration != placement.registration {
        return refuse(
            "own-command",
            say!("Gian và đăng ký không đổi bằng cách sửa.", "Booth and registration are not changed by an edit."),
            say!("Dùng lệnh chuyển, đổi chỗ hoặc trả gian.", "Use the command that moves, swaps or releases."),
        );
    }
    if before.share == placement.share { Ok(()) } else { charge(desk, placement) }
}

fn scheme_frozen(before: Option<&Record>, scheme: &Scheme) -> Result<(), Refusal> {
    if let Some(Record::Scheme(before)) = before
        && before.status != SchemeStatus::Draft
    {
        let mut allowed = scheme.clone();
        allowed.note.clone_from(&before.note);
        allowed.valid_to = before.valid_to;
        if allowed != **before {
            return refuse(
                "scheme-frozen",
                say!("Phiên bản đang áp dụng không được sửa.", "A version in force is not edited."),
                say!("Lập phiên bản mới với ngày áp dụng mới.", "Make a new version with its own dates."),
            );
        }
    }
    if scheme.valid_to.is_some_and(|to| scheme.valid_from.is_some_and(|from| to < from)) {
        return Err(Refusal::new(
            "days-reversed",
            say!("Hết áp dụng trước khi áp dụng.", "It ends before it begins."),
            say!("Sửa một trong hai ngày.", "Correct one of the two days."),
        )
        .at("valid_to"));
    }
    Ok(())
}

/// A line that decisions or vouchers name keeps its amount, its year and its code.
fn budget_frozen(desk: &Desk<'_>, before: Option<&Record>, line: &BudgetLine) -> Result<(), Refusal> {
    let Some(Record::BudgetLine(before)) = before else { return Ok(()) };
    let changed = [
        ("amount", before.amount != line.amount),
        ("fiscal_year", before.fiscal_year != line.fiscal_year),
        ("code", before.code != line.code),
    ];
    let Some((key, _)) = changed.into_iter().find(|(_, changed)| *changed) else { return Ok(()) };
    let decided = desk.book.pointing::<Claim>(line.id).any(|claim| claim.status.binds_money());
    if !decided && desk.book.pointing_ids(Kind::Payment, line.id).next().is_none() {
        return Ok(());
    }
    let fix = match key {
        "amount" => say!("Dùng lệnh điều chỉnh, có số quyết định.", "Adjust it by a decision with its number."),
        _ => say!("Lập nguồn khác cho năm hoặc mã khác.", "Make another line for another year or code."),
    };
    Err(Refusal::new(
        "budget-frozen",
        say!("Nguồn này đã có quyết định chi.", "Decisions already bind this line."),
        fix,
    )
    .at(key))
}

/// Somebody who signs keeps the name that stands below what was signed; spelling may be mended.
fn person_kept(before: Option<&Record>, person: &Person) -> Result<(), Refusal> {
    let Some(Record::Person(before)) = before else { return Ok(()) };
    if !before.signs() || same_person(&before.name, &person.name) {
        return Ok(());
    }
    let name = &before.name;
    Err(Refusal::new(
        "person-signs",
        say!(
            "{name} đã có mật khẩu để ký nên giữ nguyên tên.",
            "{name} has a passphrase to sign with and keeps the name."
        ),
        say!("Thêm người khác với tên mới.", "Add another person with the new name."),
    )
    .at("name"))
}

/// What was published of a draw stays: its rules are held by a law, fair and code here.
fn draw_public(before: Option<&Record>, draw: &Draw) -> Result<(), Refusal> {
    let Some(Record::Draw(before)) = before else { return Ok(()) };
    if before.published.is_none() || (before.fair == draw.fair && before.code == draw.code) {
        return Ok(());
    }
    Err(Refusal::new(
        "draw-published",
        say!("Bốc thăm đã công bố giữ nguyên hội chợ và mã.", "A draw that was published keeps its fair and its code."),
        say!("Hủy bốc thăm này và lập bốc thăm mới.", "Cancel this draw and make a new one."),
    )
    .at(if before.fair == draw.fair { "code" } else { "fair" }))
}

/// The claim with the notes and the facts of papers as another one has them: these come in at any time and are judged by
/// the checks, not by the calculation.
fn with_papers_of(claim: &Claim, other: &Claim) -> Claim {
    let other = other.clone();
    Claim {
        note: other.note,
        file_no: other.file_no,
        invoice_no: other.invoice_no,
        invoice_on: other.invoice_on,
        seller_tax_code: other.seller_tax_code,
        contract_no: other.contract_no,
        contract_on: other.contract_on,
        contract_amount: other.contract_amount,
        payer: other.payer,
        paid_by: other.paid_by,
        payee_mode: other.payee_mode,
        payee: other.payee,
        payee_bank: other.payee_bank,
        payee_account: other.payee_account,
        ..claim.clone()
    }
}

/// A claim keeps its registration; what was appraised stays as it was appraised until it is taken back to check.
fn claim_kept(before: Option<&Record>, claim: &Claim) -> Result<(), Refusal> {
    let Some(Record::Claim(before)) = before else { return Ok(()) };
    if before.registration != claim.registration {
        return Err(Refusal::new(
            "claim-fixed",
            say!("Hồ sơ không chuyển sang đăng ký khác.", "A claim does not move to another registration."),
            say!("Rút hồ sơ này và lập hồ sơ mới.", "Withdraw this one and open another."),
        )
        .at("registration"));
    }
    let stands = before.status == ClaimStatus::Appraised && claim.status == ClaimStatus::Appraised;
    if stands && with_papers_of(claim, before) != **before {
        return refuse(
            "claim-appraised",
            say!("Hồ sơ đã thẩm định, số liệu giữ nguyên.", "The claim is appraised; its figures stand."),
            say!("Trả về kiểm tra rồi sửa.", "Take it back to check, then edit it."),
        );
    }
    Ok(())
}

/// Computes a claim again while its amounts may change; keeps them untouched afterwards.
pub(super) fn claim_figures(desk: &Desk<'_>, before: Option<&Record>, claim: &mut Claim) -> Result<(), Refusal> {
    if let Some(Record::Claim(before)) = before
        && !before.status.may_change_amounts()
    {
        if with_papers_of(claim, before) != **before {
            return refuse(
                "claim-decided",
                say!("Hồ sơ đã quyết định, số liệu không đổi được nữa.", "The claim is decided; its figures stand."),
                say!(
                    "Hủy quyết định, hoặc ra quyết định bổ sung.",
                    "Cancel the decision, or make a supplementary one."
                ),
            );
        }
        return Ok(());
    }
    let registration = desk.book.follow::<Registration>(claim.registration);
    let fair = registration.and_then(|registration| desk.book.follow::<Fair>(registration.fair));
    if claim.scheme.is_none() {
        claim.scheme = fair.and_then(|fair| fair.scheme);
    }
    if claim.budget.is_none() {
        claim.budget = fair.and_then(|fair| fair.budget);
    }
    let Some(scheme) = desk.book.follow::<Scheme>(claim.scheme) else {
        return Err(Refusal::new(
            "scheme-missing",
            say!("Chưa chọn chương trình hỗ trợ.", "No scheme is chosen."),
            say!("Chọn ở hồ sơ, hoặc đặt cho hội chợ.", "Choose one here, or set it at the fair."),
        )
        .at("scheme"));
    };
    let rules = Rules::of(scheme)?;
    let Some(case) = case_of(&desk.book, claim, &rules)? else {
        return Err(Refusal::new(
            "claim-without-case",
            say!(
                "Đăng ký này thiếu hội chợ, ngày khai mạc hoặc doanh nghiệp.",
                "This registration lacks its fair, opening day or business."
            ),
            say!("Bổ sung đăng ký trước.", "Complete the registration first."),
        )
        .at("registration"));
    };
    let calculation = calculate(&rules, &case)?;
    let grant = match claim.grant {
        // An older decision may have given less than the rule allows; never more.
        Some(given) if before.is_none() && given.minor <= calculation.grant.minor => given,
        Some(given) if before.is_none() && claim.status != ClaimStatus::Draft => {
            let (given, most) = (given.show(Default::default()), calculation.grant.show(Default::default()));
            return Err(Refusal::new(
                "grant-above-calculation",
                say!("Số tiền {given} vượt mức tính được {most}.", "{given} is above the calculated {most}."),
                say!("Kiểm tra chi phí, mức và trần.", "Check cost, rate and cap."),
            )
            .at("grant"));
        }
        _ => calculation.grant,
    };
    claim.grant = Some(grant);
    claim.own_share = Some(calculation.cost.minus(grant)?);
    claim.calculation = Some(calculation);
    Ok(())
}

fn evidence_once(desk: &Desk<'_>, evidence: &Evidence) -> Result<(), Refusal> {
    let Some(claim) = evidence.claim else { return Ok(()) };
    let twice = desk
        .book
        .pointing::<Evidence>(claim)
        .any(|other| other.id != evidence.id && other.document == evidence.document);
    if twice {
        return Err(Refusal::new(
            "evidence-twice",
            say!("Hồ sơ đã có chứng từ này.", "The file has this document already."),
            say!("Sửa dòng hiện có.", "Edit the row that is there."),
        )
        .at("document"));
    }
    Ok(())
}

/// A voucher stays as it was prepared: payee and account come from its claim, its number goes with its day.
fn payment_frozen(before: Option<&Record>, payment: &Payment) -> Result<(), Refusal> {
    if let Some(Record::Payment(before)) = before {
        let mut allowed = payment.clone();
        allowed.note.clone_from(&before.note);
        if allowed != **before {
            return refuse(
                "payment-frozen",
                say!(
                    "Chứng từ đã lập giữ nguyên, chỉ sửa được nội dung chi.",
                    "A voucher stays as it was prepared; only its remittance text may change."
                ),
                say!(
                    "Sửa ở hồ sơ, hủy chứng từ và lập lại; đã chi thì ghi đảo.",
                    "Correct the claim, cancel the voucher and prepare another; reverse one that has left."
                ),
            );
        }
    }
    Ok(())
}

/// What has to come back is what was decided on; its days and notes may be mended.
fn recovery_frozen(before: Option<&Record>, recovery: &Recovery) -> Result<(), Refusal> {
    let Some(Record::Recovery(before)) = before else { return Ok(()) };
    let changed = [
        ("amount", before.amount != recovery.amount),
        ("claim", before.claim != recovery.claim),
        ("cause", before.cause != recovery.cause),
        ("due_on", before.due_on != recovery.due_on && !before.instalments.is_empty()),
    ];
    let Some((key, _)) = changed.into_iter().find(|(_, changed)| *changed) else { return Ok(()) };
    Err(Refusal::new(
        "recovery-frozen",
        say!(
            "Khoản thu hồi giữ nguyên số tiền, hồ sơ, nguyên nhân và ngày của các kỳ.",
            "A recovery keeps its amount, its claim, its cause and the days of its instalments."
        ),
        say!(
            "Ghi tiền thu về, chia kỳ lại, hoặc xóa nợ có người ký.",
            "Book what came back, plan other instalments, or have the rest written off."
        ),
    )
    .at(key))
}

/// The scan of a paper that was accepted or waived stays the one that was judged.
fn evidence_judged(before: Option<&Record>, evidence: &Evidence) -> Result<(), Refusal> {
    let Some(Record::Evidence(before)) = before else { return Ok(()) };
    let scan = |row: &Evidence| (row.claim, row.document, row.file.clone(), row.sha256.clone(), row.file_bytes);
    if !before.status.is_judged() || scan(before) == scan(evidence) {
        return Ok(());
    }
    let (paper, status) = (before.document.words(), before.status.words());
    refuse(
        "evidence-judged",
        say!("“{}” {}; không thay tệp.", "“{}” is {}; its file is not replaced."; paper, status),
        say!("Ghi “không đạt” có lý do rồi nộp lại.", "Reject it with a reason, then attach anew."),
    )
}

fn contact_belongs(contact: &Contact) -> Result<(), Refusal> {
    if contact.partner.is_none() && contact.business.is_none() {
        return Err(Refusal::new(
            "contact-nowhere",
            say!(
                "Người liên hệ phải thuộc một đối tác hoặc doanh nghiệp.",
                "A contact belongs to a partner or a business."
            ),
            say!("Chọn một trong hai.", "Choose one of the two."),
        )
        .at("partner"));
    }
    Ok(())
}
