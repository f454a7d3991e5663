//! Claims: opened for a registration, appraised by one person, decided by another.

use std::sync::Arc;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::claim::{Claim, ClaimStatus};
use crate::domain::decide::booth::gone;
use crate::domain::decide::record::{Filling, fill, required};
use crate::domain::decide::{Desk, settle};
use crate::domain::evidence::{Evidence, EvidenceKind};
use crate::domain::intent::Fields;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::domain::{BudgetLine, Scheme};
use crate::say;

/// The documents every booth-rental file needs.
const CHECKLIST: [EvidenceKind; 7] = [
    EvidenceKind::Contract,
    EvidenceKind::Invoice,
    EvidenceKind::PaymentProof,
    EvidenceKind::Acceptance,
    EvidenceKind::Attendance,
    EvidenceKind::NoDoubleFunding,
    EvidenceKind::BankDetails,
];

pub(super) fn open(
    desk: &mut Desk<'_>,
    registration: Id,
    scheme: Option<Id>,
    fields: &Fields,
) -> Result<Words, Refusal> {
    let mut record = Record::Claim(Arc::new(Claim {
        id: desk.env.new_id(),
        registration: Some(registration),
        scheme,
        ..Claim::default()
    }));
    fill(&mut record, fields, Filling::Typed)?;
    let registration = record.value("registration").as_link().unwrap_or(registration);
    let open = desk
        .book
        .pointing::<Claim>(registration)
        .any(|claim| !matches!(claim.status, ClaimStatus::Rejected | ClaimStatus::Withdrawn | ClaimStatus::Cancelled));
    if open {
        return refuse(
            "claim-exists",
            say!("Đăng ký này đã có hồ sơ hỗ trợ.", "This registration has its claim already."),
            say!("Mở hồ sơ hiện có.", "Open the claim that is there."),
        );
    }
    settle::settle(desk, None, &mut record)?;
    if let Record::Claim(claim) = &mut record {
        let claim = Arc::make_mut(claim);
        claim.status = ClaimStatus::Submitted;
        claim.proposed_by = desk.env.who.clone();
        if claim.calculation.as_ref().is_some_and(|calculation| calculation.cost.minor == 0) {
            return Err(Refusal::new(
                "claim-without-cost",
                say!(
                    "Chưa có chi phí: đăng ký chưa thuê gian và chưa ghi hóa đơn.",
                    "There is no cost: nothing is rented and no invoice is entered."
                ),
                say!("Xếp gian, hoặc ghi chi phí trên hóa đơn.", "Place it on a booth, or enter the invoice's cost."),
            )
            .at("cost"));
        }
    }
    required(&record)?;
    let id = record.id();
    let needs_certificate =
        desk.book.follow::<Scheme>(record.value("scheme").as_link()).is_some_and(|scheme| scheme.stars_min.is_some());
    desk.push(Change::added(record));
    let documents = CHECKLIST.into_iter().chain(needs_certificate.then_some(EvidenceKind::Certificate));
    for document in documents {
        let evidence = Evidence { id: desk.env.new_id(), claim: Some(id), document, ..Evidence::default() };
        desk.push(Change::added(Record::Evidence(Arc::new(evidence))));
    }
    let who = title(&desk.book, Kind::Registration, registration, Lang::Vi);
    Ok(say!("Lập hồ sơ hỗ trợ cho {who}", "Opened a claim for {who}"))
}

pub(super) fn decide(desk: &mut Desk<'_>, claims: &[Id], budget: Id, on: Option<Date>) -> Result<Words, Refusal> {
    if claims.is_empty() {
        return refuse(
            "claim-missing",
            say!("Chưa chọn hồ sơ nào.", "No claim is chosen."),
            say!("Đánh dấu các hồ sơ đã thẩm định.", "Mark the appraised claims."),
        );
    }
    let day = on.unwrap_or_else(|| desk.env.today());
    let line = desk.book.get::<BudgetLine>(budget).cloned().ok_or_else(|| gone(Kind::BudgetLine))?;
    let mut sum = Money::ZERO;
    for id in claims {
        let before = desk.book.get::<Claim>(*id).cloned().ok_or_else(|| gone(Kind::Claim))?;
        let name = title(&desk.book, Kind::Claim, *id, Lang::Vi);
        ready(&before, &name)?;
        approver(desk, &before, &name)?;
        let was = Record::Claim(Arc::new(before.clone()));
        let mut claim = Claim { budget: Some(budget), ..before.clone() };
        // The proposal is computed again against the present book: a place used up since must not be paid twice.
        settle::claim_figures(desk, Some(&was), &mut claim)?;
        unchanged(&before, &claim, &name)?;
        let number = next_decision(desk, day);
        claim.status = ClaimStatus::Decided;
        claim.decided_by = desk.env.who.clone();
        claim.decided_on = Some(day);
        claim.decision_number = Some(number);
        sum = sum.plus(claim.grant.unwrap_or(Money::ZERO))?;
        desk.push(Change::edited(was, Record::Claim(Arc::new(claim))));
    }
    let (count, sum, code) = (claims.len(), sum.show(Lang::Vi), &line.code);
    Ok(say!("Quyết định {count} hồ sơ, {sum}, nguồn {code}", "Claims decided: {count}, {sum}, from line {code}"))
}

fn ready(claim: &Claim, name: &str) -> Result<(), Refusal> {
    if claim.status != ClaimStatus::Appraised {
        let status = crate::domain::field::Chosen::words(claim.status);
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
fn approver(desk: &Desk<'_>, claim: &Claim, name: &str) -> Result<(), Refusal> {
    let who = &desk.env.who;
    if *who == claim.proposed_by || *who == claim.appraised_by {
        return refuse(
            "four-eyes",
            say!(
                "{who} đã đề nghị hoặc thẩm định {name} nên không được duyệt.",
                "{who} proposed or appraised {name} and may not approve it."
            ),
            say!(
                "Người khác duyệt (đổi người dùng bằng --as).",
                "Somebody else approves (change the person with --as)."
            ),
        );
    }
    Ok(())
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

fn next_decision(desk: &Desk<'_>, day: Date) -> i64 {
    let last = desk
        .book
        .all::<Claim>()
        .iter()
        .filter(|claim| claim.decided_on.is_some_and(|decided| decided.year() == day.year()))
        .filter_map(|claim| claim.decision_number)
        .max();
    last.unwrap_or(0) + 1
}
