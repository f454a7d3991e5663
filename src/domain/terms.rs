//! What a scheme asks of a claim beside the amount: documents, windows, advance. One place, so that decisions, checks and
//! the list of what is due cannot disagree. They come from the scheme's rules where these say so, else from the usual ones.

use chrono::Days;

use crate::base::dates::Date;
use crate::base::money::BasisPoints;
use crate::domain::book::Book;
use crate::domain::evidence::EvidenceKind;
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::subsidy::rules::Rules;
use crate::domain::{Claim, Fair, Registration, Scheme};

/// The terms of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The documents of the file.
    pub documents: Vec<EvidenceKind>,
    /// Those without which nothing is accepted.
    pub needed: Vec<EvidenceKind>,
    /// The share of a grant that may be advanced.
    pub advance_most: BasisPoints,
    /// Days after the fair in which an advance is settled.
    pub settle_days: u64,
    /// Days after the fair in which a claim is handed in.
    pub claim_days: u64,
    /// Working days in which the office answers.
    pub answer_days: u32,
    /// Days after the fair in which the firm reports, where the scheme says so.
    pub report_days: Option<u64>,
    /// Whether the last payment waits for that report.
    pub report_first: bool,
}

/// The documents every booth-rental file needs.
const DOCUMENTS: [EvidenceKind; 7] = [
    EvidenceKind::Contract,
    EvidenceKind::Invoice,
    EvidenceKind::PaymentProof,
    EvidenceKind::Acceptance,
    EvidenceKind::Attendance,
    EvidenceKind::NoDoubleFunding,
    EvidenceKind::BankDetails,
];

/// Without these nothing is accepted.
const NEEDED: [EvidenceKind; 4] =
    [EvidenceKind::Contract, EvidenceKind::Invoice, EvidenceKind::PaymentProof, EvidenceKind::Acceptance];

/// What holds where a scheme says nothing: the terms of the national programme of 2009 (70 % advanced, settled in 45 days).
fn usual() -> Terms {
    Terms {
        documents: DOCUMENTS.to_vec(),
        needed: NEEDED.to_vec(),
        advance_most: BasisPoints(7_000),
        settle_days: 45,
        claim_days: 45,
        answer_days: 7,
        report_days: None,
        report_first: false,
    }
}

/// The terms of a scheme: its own where its rules say them.
#[must_use]
pub fn terms(scheme: Option<&Scheme>) -> Terms {
    let mut terms = usual();
    let Some(rules) = scheme.and_then(|scheme| Rules::of(scheme).ok()) else { return terms };
    let papers = || rules.evidence.iter().filter_map(|paper| Some((EvidenceKind::from_key(&paper.code)?, paper)));
    if papers().next().is_some() {
        terms.documents = papers().map(|(document, _)| document).collect();
        terms.needed =
            papers().filter(|(_, paper)| paper.required != Some(false)).map(|(document, _)| document).collect();
    }
    if rules.stars_least().is_some() && !terms.documents.contains(&EvidenceKind::Certificate) {
        terms.documents.push(EvidenceKind::Certificate);
    }
    let days = |days: Option<i64>| days.and_then(|days| u64::try_from(days).ok());
    if let Some(advance) = &rules.advance {
        terms.advance_most = advance.most.0;
        terms.settle_days = days(advance.settle_days).unwrap_or(terms.settle_days);
    }
    terms.claim_days = days(rules.claim_within_days).unwrap_or(terms.claim_days);
    if let Some(report) = &rules.report {
        terms.report_days = days(report.within_days);
        terms.report_first = report.payment_waits;
    }
    terms
}

/// The terms of a claim.
#[must_use]
pub fn terms_of(book: &Book, claim: &Claim) -> Terms {
    let mut terms = terms(book.follow::<Scheme>(claim.scheme));
    // Expenses are proved like the rent is.
    if book.pointing_ids(Kind::Expense, claim.id).next().is_some() {
        for list in [&mut terms.documents, &mut terms.needed] {
            if !list.contains(&EvidenceKind::Transport) {
                list.push(EvidenceKind::Transport);
            }
        }
    }
    terms
}

/// The last day of the fair of a claim.
#[must_use]
pub fn fair_ends(book: &Book, claim: &Claim) -> Option<Date> {
    let registration = book.follow::<Registration>(claim.registration)?;
    let fair = book.follow::<Fair>(registration.fair)?;
    fair.closes_on.or(fair.opens_on)
}

/// By when an advance of a claim is settled: so many days after the fair, or after `day` where the fair has no end yet.
#[must_use]
pub fn settle_by(book: &Book, claim: &Claim, day: Date) -> Date {
    let from = fair_ends(book, claim).unwrap_or(day);
    later(from, terms_of(book, claim).settle_days)
}

/// By when a claim has to be handed in; none where the fair has no end yet.
#[must_use]
pub fn claim_by(book: &Book, claim: &Claim) -> Option<Date> {
    fair_ends(book, claim).map(|end| later(end, terms_of(book, claim).claim_days))
}

/// So many calendar days later.
#[must_use]
pub fn later(day: Date, days: u64) -> Date {
    day.checked_add_days(Days::new(days)).unwrap_or(Date::MAX)
}
