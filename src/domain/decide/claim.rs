//! Claims: opened for a registration, appraised by one person, decided by another, accepted on what was proved.

use std::sync::Arc;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus, Override, Supplement};
use crate::domain::decide::booth::gone;
use crate::domain::decide::record::{Filling, fill, reason_missing, required};
use crate::domain::decide::{Desk, not_before, recovery, settle, step};
use crate::domain::evidence::{Evidence, EvidenceKind};
use crate::domain::field::{Chosen, Field};
use crate::domain::intent::Fields;
use crate::domain::payee::payee_of;
use crate::domain::record::{Kind, Record};
use crate::domain::recovery::RecoveryCause;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::subsidy::rules::Rules;
use crate::domain::subsidy::{Calculation, calculate, case_of};
use crate::domain::terms::{later, settle_by, terms_of};
use crate::domain::view::budget_fit::fit;
use crate::domain::view::derived::rent_of;
use crate::domain::view::doctor::{Stage, findings, stopping};
use crate::domain::view::money::{paid_net, to_come_back};
use crate::domain::view::title::title;
use crate::domain::{BudgetLine, Expense, Placement, Scheme};
use crate::say;

/// Opens a claim for each of these; what stands on one firm's papers is said of one.
pub(super) fn open_all(
    desk: &mut Desk<'_>,
    registrations: &[Id],
    scheme: Option<Id>,
    fields: &Fields,
) -> Result<Words, Refusal> {
    if let (Some((own, _)), true) = (fields.iter().find(|(key, _)| key != "budget"), registrations.len() > 1) {
        return of_one(own);
    }
    let mut told = Words::default();
    for registration in registrations {
        told = open(desk, *registration, scheme, fields)?;
    }
    let count = registrations.len();
    Ok(match count {
        0 => return Err(gone(Kind::Registration)),
        1 => told,
        _ => say!("Lập {count} hồ sơ hỗ trợ", "Opened {count} claims"),
    })
}

/// One firm's amount or paper was said of many.
fn of_one<T>(field: &str) -> Result<T, Refusal> {
    let label = Kind::Claim.field(field).map(Field::label).unwrap_or_default();
    Err(Refusal::new(
        "several-claims",
        say!("“{}” là của một hồ sơ, không chung cho nhiều hồ sơ.", "“{}” belongs to one claim, not to several."; label),
        say!("Để trống, hoặc làm riêng hồ sơ đó.", "Leave it empty, or do that claim by itself."),
    )
    .at(field))
}

fn open(desk: &mut Desk<'_>, registration: Id, scheme: Option<Id>, fields: &Fields) -> Result<Words, Refusal> {
    let mut record = Record::Claim(Arc::new(Claim {
        id: desk.env.new_id(),
        registration: Some(registration),
        scheme,
        ..Claim::default()
    }));
    fill(&mut record, fields, Filling::Typed)?;
    let registration = record.value("registration").as_link().unwrap_or(registration);
    let open = desk.book.pointing::<Claim>(registration).any(|claim| claim.status.is_alive());
    if open {
        return refuse(
            "claim-exists",
            say!("Đăng ký này đã có hồ sơ hỗ trợ.", "This registration has its claim already."),
            say!("Mở hồ sơ hiện có.", "Open the claim that is there."),
        );
    }
    settle::settle(desk, None, &mut record)?;
    let mut documents = Vec::new();
    if let Record::Claim(claim) = &mut record {
        let claim = Arc::make_mut(claim);
        claim.status = ClaimStatus::Submitted;
        claim.proposed_by = desk.env.who.clone();
        claim.submitted_on.get_or_insert(desk.env.today());
        documents = terms_of(&desk.book, claim).documents;
        if claim.calculation.as_ref().is_some_and(|calculation| calculation.cost.minor == 0) {
            return Err(without_cost(desk, registration)?);
        }
    }
    required(&record)?;
    let id = record.id();
    desk.push(Change::added(record));
    for document in documents {
        let evidence = Evidence { id: desk.env.new_id(), claim: Some(id), document, ..Evidence::default() };
        desk.push(Change::added(Record::Evidence(Arc::new(evidence))));
    }
    let who = title(&desk.book, Kind::Registration, registration, Lang::Vi);
    Ok(say!("Lập hồ sơ hỗ trợ cho {who}", "Opened a claim for {who}"))
}

/// Why there is nothing to support: nothing is rented, or it is rented for nothing.
fn without_cost(desk: &Desk<'_>, registration: Id) -> Result<Refusal, Refusal> {
    let is_rented = desk.book.pointing::<Placement>(registration).any(|placement| placement.status.is_firm());
    let (what, fix) = if is_rented && rent_of(&desk.book, registration)?.is_zero() {
        (
            say!(
                "Giá thỏa thuận là 0 ₫ từ lúc xếp và chưa ghi hóa đơn.",
                "The rent agreed at the placing is 0 ₫, and no invoice is entered."
            ),
            say!(
                "Ghi giá thuê của hội chợ, trả gian rồi xếp lại; hoặc ghi chi phí trên hóa đơn.",
                "Enter the fair's rent per m², release the booth and place it again; or enter the invoice's cost."
            ),
        )
    } else {
        (
            say!(
                "Chưa có chi phí: đăng ký chưa thuê gian và chưa ghi hóa đơn.",
                "There is no cost: nothing is rented and no invoice is entered."
            ),
            say!("Xếp gian, hoặc ghi chi phí trên hóa đơn.", "Place it on a booth, or enter the invoice's cost."),
        )
    };
    Ok(Refusal::new("claim-without-cost", what, fix).at("cost"))
}

pub(super) fn decide(desk: &mut Desk<'_>, claims: &[Id], budget: Id, on: Option<Date>) -> Result<Words, Refusal> {
    if claims.is_empty() {
        return refuse(
            "claim-missing",
            say!("Chưa chọn hồ sơ nào.", "No claim is chosen."),
            say!("Đánh dấu các hồ sơ đã thẩm định.", "Mark the appraised claims."),
        );
    }
    let day = desk.day(on)?;
    let line = desk.book.get::<BudgetLine>(budget).cloned().ok_or_else(|| gone(Kind::BudgetLine))?;
    let signer = desk.signer()?;
    line_of_year(&line, day)?;
    let (number, mut sum) = (next_decision(desk, day), Money::ZERO);
    for id in claims {
        let before = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let name = title(&desk.book, Kind::Claim, *id, Lang::Vi);
        ready(&before, &name)?;
        not_before(day, before.submitted_on, &name)?;
        approver(&signer, &before, &name)?;
        examined(desk, &before, Stage::Decision, &name)?;
        let was = Record::Claim(Arc::new(before.clone()));
        let mut claim = Claim { budget: Some(budget), decided_on: Some(day), ..before.clone() };
        // The proposal is computed again against the present book: a place used up since must not be paid twice.
        settle::claim_figures(desk, Some(&was), &mut claim)?;
        unchanged(&before, &claim, &name)?;
        sum = sum.plus(claim.grant.unwrap_or(Money::ZERO))?;
        enough(desk, &line, claims, &claim)?;
        let payee = payee_of(&desk.book, &claim);
        claim.status = ClaimStatus::Decided;
        claim.decided_by = signer.clone();
        claim.decision_number = Some(number);
        claim.decided_payee = payee.name;
        claim.decided_account = payee.account;
        desk.push(Change::edited(was, Record::Claim(Arc::new(claim))));
    }
    let (count, sum, code) = (claims.len(), sum.show(Lang::Vi), &line.code);
    Ok(say!("Quyết định {count} hồ sơ, {sum}, nguồn {code}", "Claims decided: {count}, {sum}, from line {code}"))
}

/// A line is decided on in its own fiscal year, or before it.
fn line_of_year(line: &BudgetLine, day: Date) -> Result<(), Refusal> {
    let Some(year) = line.fiscal_year.filter(|year| i64::from(day.year()) > *year) else { return Ok(()) };
    let code = &line.code;
    Err(Refusal::new(
        "budget-year-over",
        say!("Năm ngân sách {year} của nguồn {code} đã hết.", "Fiscal year {year} of line {code} is over."),
        say!("Chọn nguồn của năm nay.", "Choose a line of this year."),
    )
    .at("budget"))
}

/// Refuses where a line has too little for one of the claims, and says who fits and what is lacking for all.
fn enough(desk: &Desk<'_>, line: &BudgetLine, claims: &[Id], next: &Claim) -> Result<(), Refusal> {
    let one = fit(&desk.book, line, std::slice::from_ref(&next.id))?;
    if one.places.iter().all(|place| place.fits) {
        return Ok(());
    }
    // Those decided in this act are taken back out: the whole act is refused, so the order begins before it.
    let waiting: Vec<Id> = claims
        .iter()
        .copied()
        .filter(|id| desk.book.get::<Claim>(*id).is_some_and(|claim| claim.status == ClaimStatus::Appraised))
        .collect();
    let decided = claims.len() - waiting.len();
    let all = fit(&desk.book, line, &waiting)?;
    let named = |fits: bool| -> Vec<String> {
        let places = all.places.iter().filter(|place| place.fits == fits);
        places.map(|place| title(&desk.book, Kind::Claim, place.claim, Lang::Vi)).collect()
    };
    let (fitting, out) = (decided + named(true).len(), named(false).join("; "));
    let (code, lacking) = (&line.code, all.lacking.show(Lang::Vi));
    Err(Refusal::new(
        "budget-short",
        say!(
            "Nguồn {code} thiếu {lacking}. Đủ cho {fitting} hồ sơ; không đủ cho: {out}.",
            "Budget line {code} is {lacking} short. It is enough for {fitting}, not for: {out}."
        ),
        say!(
            "Bổ sung ít nhất {lacking} bằng quyết định điều chỉnh, hoặc bỏ bớt hồ sơ (xem “hoicho budget fit {code}”).",
            "Add at least {lacking} by an adjustment, or leave some out (see “hoicho budget fit {code}”)."
        ),
    )
    .at("budget"))
}

fn ready(claim: &Claim, name: &str) -> Result<(), Refusal> {
    if claim.status != ClaimStatus::Appraised {
        let status = claim.status.words();
        return refuse(
            "claim-not-appraised",
            say!("{name}: {}, chưa thẩm định.", "{name} is {}, not appraised."; status),
            say!("Thẩm định trước khi quyết định.", "Appraise it before deciding."),
        );
    }
    if claim.grant.is_none_or(|grant| grant.minor == 0) {
        return refuse(
            "grant-zero",
            say!("{name}: số tiền hỗ trợ bằng 0.", "{name}: the grant is 0."),
            say!("Xem bảng tính, rồi từ chối có lý do.", "See the calculation, then reject it with its reason."),
        );
    }
    Ok(())
}

/// Who proposed or appraised cannot approve.
fn approver(signer: &Text, claim: &Claim, name: &str) -> Result<(), Refusal> {
    if claim.was_prepared_by(signer) {
        return refuse(
            "four-eyes",
            say!(
                "{signer} đã đề nghị hoặc thẩm định {name} nên không được duyệt.",
                "{signer} proposed or appraised {name} and may not approve it."
            ),
            say!("Người khác ký duyệt bằng mật khẩu của mình.", "Somebody else signs with a passphrase of their own."),
        );
    }
    Ok(())
}

/// Refuses while a finding that stops this stage is neither mended nor answered for.
pub(super) fn examined(desk: &Desk<'_>, claim: &Claim, stage: Stage, name: &str) -> Result<(), Refusal> {
    let stopping = stopping(&desk.book, claim, stage, desk.env.today());
    let Some(first) = stopping.first() else { return Ok(()) };
    let (what, mend, code, more) = (&first.words, &first.fix, first.code, stopping.len() - 1);
    let more =
        if more == 0 { Words::default() } else { say!(" Còn {more} điểm nữa.", " There are {more} more.") };
    refuse(
        "finding-open",
        say!("{name}: {}{}", "{name}: {}{}"; what, more),
        say!(
            "{} Hoặc ghi lý do cho qua điểm “{code}” ở phần kiểm tra hồ sơ.",
            "{} Or answer for “{code}” with a reason in the claim's checks.";
            mend
        ),
    )
}

fn unchanged(before: &Claim, after: &Claim, name: &str) -> Result<(), Refusal> {
    if before.grant != after.grant {
        let (was, is) =
            (before.grant.unwrap_or(Money::ZERO).show(Lang::Vi), after.grant.unwrap_or(Money::ZERO).show(Lang::Vi));
        return refuse(
            "grant-changed",
            say!(
                "{name}: đã thẩm định {was}, nay tính được {is}.",
                "{name}: appraised at {was}, it now comes to {is}."
            ),
            say!("Trả về kiểm tra và thẩm định lại.", "Take it back to check and appraise it again."),
        );
    }
    Ok(())
}

/// Decisions and supplementary decisions share one series.
fn next_decision(desk: &Desk<'_>, day: Date) -> i64 {
    let of_year = |on: Option<Date>| on.is_some_and(|on| on.year() == day.year());
    let numbers = desk.book.all::<Claim>().iter().flat_map(|claim| {
        let first = claim.decision_number.filter(|_| of_year(claim.decided_on));
        first.into_iter().chain(claim.supplements.iter().filter(|later| of_year(later.on)).map(|later| later.number))
    });
    numbers.max().unwrap_or(0) + 1
}

/// What was proved, where it differs from what was claimed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proved {
    pub cost: Option<Money>,
    pub vat: Option<Money>,
    pub other_public: Option<Money>,
}

impl Proved {
    const fn says_something(self) -> bool {
        self.cost.is_some() || self.vat.is_some() || self.other_public.is_some()
    }

    /// The claim as if it had asked for this.
    fn asked(self, claim: &Claim) -> Claim {
        Claim {
            cost: self.cost.or(claim.accepted_cost).or(claim.cost),
            vat: self.vat.or(claim.accepted_vat).or(claim.vat),
            other_public: self.other_public.or(claim.other_public),
            ..claim.clone()
        }
    }
}

/// Calculates a claim by the version of the scheme that it was decided under.
fn calculated(desk: &Desk<'_>, claim: &Claim) -> Result<Calculation, Refusal> {
    let missing = || {
        Refusal::new(
            "claim-without-case",
            say!(
                "Hồ sơ thiếu chương trình, hội chợ hoặc doanh nghiệp.",
                "The claim lacks its scheme, fair or business."
            ),
            say!("Bổ sung đăng ký trước.", "Complete the registration first."),
        )
    };
    let scheme = desk.book.follow::<Scheme>(claim.scheme).ok_or_else(missing)?;
    let rules = Rules::of(scheme)?;
    let case = case_of(&desk.book, claim, &rules)?.ok_or_else(missing)?;
    Ok(calculate(&rules, &case)?)
}

/// Accepts claims: one on what was proved, many as they were claimed.
pub(super) fn accept_all(
    desk: &mut Desk<'_>,
    claims: &[Id],
    proved: Proved,
    on: Option<Date>,
) -> Result<Words, Refusal> {
    if claims.len() > 1 && proved.says_something() {
        return of_one("cost");
    }
    let (mut told, mut sum) = (Words::default(), Money::ZERO);
    for id in claims {
        told = accept(desk, *id, proved, on)?;
        sum = sum.plus(desk.book.get::<Claim>(*id).map(Claim::due).unwrap_or_default())?;
    }
    let (count, sum) = (claims.len(), sum.show(Lang::Vi));
    Ok(match count {
        0 => return Err(gone(Kind::Claim)),
        1 => told,
        _ => say!("Nghiệm thu {count} hồ sơ: {sum}", "Accepted {count} claims: {sum}"),
    })
}

/// Accepts a claim on what was proved: what is due is the lesser of what was decided and what that comes to. The rest
/// goes back to the budget line, and what was advanced above it has to come back.
pub(super) fn accept(desk: &mut Desk<'_>, id: Id, proved: Proved, on: Option<Date>) -> Result<Words, Refusal> {
    let before = desk.book.get::<Claim>(id).cloned().ok_or_else(|| gone(Kind::Claim))?;
    if !matches!(before.status, ClaimStatus::Decided | ClaimStatus::Advanced) {
        return step::no_such_step(Kind::Claim, before.status.key(), ClaimStatus::Accepted.key());
    }
    evidence_complete(desk, &before)?;
    let day = desk.day(on)?;
    not_before(day, before.decided_on, &title(&desk.book, Kind::Claim, id, Lang::Vi))?;
    let mut claim = Claim { status: ClaimStatus::Accepted, accepted_on: Some(day), ..before.clone() };
    let grant = claim.grant.unwrap_or(Money::ZERO);
    let mut due = grant;
    let is_less = desk.book.pointing::<Expense>(id).any(|expense| expense.accepted_cost.is_some());
    if proved.says_something() || is_less {
        let asked = proved.asked(&before);
        let calculation = calculated(desk, &asked)?;
        due = due.min(calculation.grant)?;
        claim.accepted_cost = asked.cost;
        claim.accepted_vat = asked.vat;
        claim.own_share = Some(calculation.cost.minus(due)?);
        claim.final_calculation = Some(calculation);
    }
    claim.final_grant = Some(due);
    let above = paid_net(&desk.book, id)?.minus(due)?;
    if above.minor > 0 {
        claim.status = ClaimStatus::Recovering;
    }
    let deadline = claim.settle_by.unwrap_or_else(|| settle_by(&desk.book, &claim, day));
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(claim))));
    if above.minor > 0 {
        let cause = RecoveryCause::AdvanceAbove;
        recovery::push(desk, id, above, cause, &Text::default(), deadline);
    } else {
        step::claim_paid(desk, Some(id))?;
    }
    let (name, sum) = (title(&desk.book, Kind::Claim, id, Lang::Vi), due.show(Lang::Vi));
    if due == grant {
        return Ok(say!("Nghiệm thu {name}: {sum}", "Accepted {name}: {sum}"));
    }
    let back = grant.minus(due)?.show(Lang::Vi);
    Ok(say!("Nghiệm thu {name}: {sum}, trả lại nguồn {back}", "Accepted {name}: {sum}, {back} back to the line"))
}

/// Acceptance needs its documents, or waivers.
fn evidence_complete(desk: &Desk<'_>, claim: &Claim) -> Result<(), Refusal> {
    let checklist: Vec<&Evidence> = desk.book.pointing::<Evidence>(claim.id).collect();
    let lacking: Vec<EvidenceKind> = terms_of(&desk.book, claim)
        .needed
        .into_iter()
        .filter(|document| !checklist.iter().any(|row| row.document == *document && row.status.is_judged()))
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let vi: Vec<String> = lacking.iter().map(|document| document.words().vi.into_owned()).collect();
    let en: Vec<String> = lacking.iter().map(|document| document.words().en.into_owned()).collect();
    refuse(
        "evidence-incomplete",
        Words {
            vi: format!("Chưa đạt: {}.", vi.join("; ")).into(),
            en: format!("Not accepted yet: {}.", en.join("; ")).into(),
        },
        say!("Kiểm tra từng chứng từ, hoặc miễn có lý do.", "Check each document, or waive it with a reason."),
    )
}

/// A later decision: another amount, or other costs, with the decision before kept in it.
pub(super) fn supplement(
    desk: &mut Desk<'_>,
    id: Id,
    grant: Option<Money>,
    proved: Proved,
    on: Option<Date>,
    reason: &Text,
) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    let before = desk.book.get::<Claim>(id).cloned().ok_or_else(|| gone(Kind::Claim))?;
    let name = title(&desk.book, Kind::Claim, id, Lang::Vi);
    let signer = desk.signer()?;
    use ClaimStatus as Status;
    if !matches!(before.status, Status::Decided | Status::Advanced | Status::Accepted | Status::Paid) {
        let status = before.status.words();
        return refuse(
            "not-decided",
            say!("{name}: {}, không có quyết định để bổ sung.", "{name} is {}: there is no decision to supplement."; status),
            say!("Quyết định bổ sung chỉ cho hồ sơ đã quyết định.", "Only a decided claim is supplemented."),
        );
    }
    approver(&signer, &before, &name)?;
    examined(desk, &before, Stage::Decision, &name)?;
    let day = desk.day(on)?;
    not_before(day, before.supplements.last().map_or(before.decided_on, |last| last.on), &name)?;
    if let Some(line) = desk.book.follow::<BudgetLine>(before.budget) {
        line_of_year(line, day)?;
    }
    let asked = proved.asked(&before);
    let calculation = calculated(desk, &asked)?;
    let was = before.grant.unwrap_or(Money::ZERO);
    let now = grant.unwrap_or(calculation.grant);
    if now == was || now.minor > calculation.grant.minor {
        let (now, most, was) = (now.show(Lang::Vi), calculation.grant.show(Lang::Vi), was.show(Lang::Vi));
        return Err(Refusal::new(
            "supplement-amount",
            say!(
                "{name}: {now} không khác mức cũ {was} hoặc vượt mức tính được {most}.",
                "{name}: {now} is the {was} of before, or above the calculated {most}."
            ),
            say!("Ghi chi phí đã thay đổi, hoặc số tiền khác.", "Enter the changed cost, or another amount."),
        )
        .at("grant"));
    }
    let mut claim = before.clone();
    claim.supplements.push(Supplement {
        number: next_decision(desk, day),
        on: Some(day),
        by: signer,
        reason: reason.clone(),
        before: was,
        after: now,
        calculation_before: before.calculation.clone(),
    });
    if claim.accepted_on.is_some() {
        claim.accepted_cost = asked.cost;
        claim.accepted_vat = asked.vat;
        claim.final_grant = Some(now);
        claim.final_calculation = Some(calculation.clone());
    } else {
        claim.cost = asked.cost;
        claim.vat = asked.vat;
    }
    claim.other_public = asked.other_public;
    claim.grant = Some(now);
    claim.own_share = Some(calculation.cost.minus(now)?);
    claim.calculation = Some(calculation);
    if claim.status == ClaimStatus::Paid && now.minor > was.minor {
        claim.status = ClaimStatus::Accepted;
    }
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(claim))));
    step::claim_paid(desk, Some(id))?;
    let (was, now) = (was.show(Lang::Vi), now.show(Lang::Vi));
    Ok(say!(
        "Quyết định bổ sung {name}: {was} → {now} ({reason})",
        "Supplementary decision on {name}: {was} → {now} ({reason})"
    ))
}

/// Somebody answers for a finding: the claim may go on, and the answer stays with it.
pub(super) fn answer(desk: &mut Desk<'_>, id: Id, code: &Text, reason: &Text) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    let before = desk.book.get::<Claim>(id).cloned().ok_or_else(|| gone(Kind::Claim))?;
    let found = findings(&desk.book, &before, desk.env.today());
    let Some(finding) = found.iter().find(|found| found.is_open() && found.code == code.as_str()) else {
        let open: Vec<&str> = found.iter().filter(|found| found.is_open()).map(|found| found.code).collect();
        let open = if open.is_empty() { "—".to_owned() } else { open.join(", ") };
        return Err(Refusal::new(
            "finding-unknown",
            say!("Hồ sơ không có điểm “{code}” đang mở.", "The claim has no open finding “{code}”."),
            say!("Đang mở: {open}.", "Open: {open}."),
        )
        .at("finding"));
    };
    let mut claim = before.clone();
    claim.overrides.push(Override {
        finding: code.clone(),
        about: finding.about.clone(),
        reason: reason.clone(),
        by: desk.env.who.clone(),
        on: Some(desk.env.today()),
    });
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(claim))));
    let name = title(&desk.book, Kind::Claim, id, Lang::Vi);
    Ok(say!("Cho qua điểm “{code}” của {name} ({reason})", "Answered for “{code}” of {name} ({reason})"))
}

/// Opens a recovery on a claim that was paid; what is due becomes less by it.
pub(super) fn recover(
    desk: &mut Desk<'_>,
    id: Id,
    amount: Money,
    (cause, decision_no, due_on): (RecoveryCause, &Text, Option<Date>),
) -> Result<Words, Refusal> {
    let before = desk.book.get::<Claim>(id).cloned().ok_or_else(|| gone(Kind::Claim))?;
    let name = title(&desk.book, Kind::Claim, id, Lang::Vi);
    use ClaimStatus as Status;
    let may = matches!(before.status, Status::Accepted | Status::Paid | Status::Closed | Status::Recovering);
    let most = paid_net(&desk.book, id)?.minus(to_come_back(&desk.book, id)?)?.min(before.due())?;
    if !may || amount.minor <= 0 || amount.minor > most.minor {
        let most = if may { most.at_least_zero() } else { Money::ZERO }.show(Lang::Vi);
        return Err(Refusal::new(
            "recovery-amount",
            say!("{name}: thu hồi được nhiều nhất {most}.", "{name}: at most {most} can be recovered."),
            say!("Chỉ thu hồi số đã chi và chưa đòi.", "Only what was paid and is not asked back yet."),
        )
        .at("amount"));
    }
    if decision_no.is_empty() {
        return Err(Refusal::new(
            "decision-missing",
            say!("Thu hồi cần số quyết định.", "A recovery needs its decision's number."),
            say!("Ghi số quyết định, như 12/QĐ-SCT.", "Write it, as 12/QĐ-SCT."),
        )
        .at("decision_no"));
    }
    let due_on = due_on.unwrap_or_else(|| later(desk.env.today(), 30));
    let due = before.due().minus(amount)?;
    let claim = Claim { status: Status::Recovering, final_grant: Some(due), ..before.clone() };
    desk.push(Change::edited(Record::Claim(Arc::new(before)), Record::Claim(Arc::new(claim))));
    recovery::push(desk, id, amount, cause, decision_no, due_on);
    let sum = amount.show(Lang::Vi);
    Ok(say!("Thu hồi {sum} của {name} ({decision_no})", "Recovery of {sum} from {name} ({decision_no})"))
}
