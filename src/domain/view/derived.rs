//! What is computed from records rather than stored in them: the columns behind the stored ones.

use chrono::Datelike;

use crate::base::amount_in_words::{Spoken, amount_in_words};
use crate::base::dates::{Date, days_until};
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::text::Text;
use crate::base::words::Lang;
use crate::choices;
use crate::domain::book::Book;
use crate::domain::certificate::CertificateStatus;
use crate::domain::evidence::EvidenceStatus;
use crate::domain::field::{Held, Value};
use crate::domain::placement::PlacementStatus;
use crate::domain::record::Kind;
use crate::domain::recovery::Instalment;
use crate::domain::refund::refund_on;
use crate::domain::registration::RegistrationStatus;
use crate::domain::subsidy::stars_on;
use crate::domain::view::money::{
    BudgetSums, budget_sums, listed, next_instalment, open_grant, outstanding, paid_net, repaid, to_come_back,
    total_of_list,
};
use crate::domain::view::priority::priority;
use crate::domain::view::title;
use crate::domain::view::waiting::waiting_line;
use crate::domain::{
    Booth, BudgetLine, Business, Certificate, Claim, Contact, Evidence, Expense, Fair, FairReport, Lead, Partner,
    Payment, PaymentList, Placement, Recovery, Registration, Sale,
};

/// How many days before its last one a certificate counts as ending.
pub const EXPIRING_DAYS: i64 = 90;

choices! {
    /// What is to be seen of a booth on a day.
    BoothState {
        Free = "free" ("trống", "free"),
        Held = "held" ("giữ chỗ", "held"),
        Offered = "offered" ("đang mời", "offered"),
        Rented = "rented" ("đã thuê", "rented"),
        HandedOver = "handed_over" ("đã bàn giao", "handed over"),
        Used = "used" ("đang dùng", "used"),
        Returned = "returned" ("đã trả gian", "returned"),
        Blocked = "blocked" ("khóa", "blocked"),
    }
}

choices! {
    /// What a certificate is worth on a day.
    CertificateState {
        Valid = "valid" ("còn hiệu lực", "valid"),
        Expiring = "expiring" ("sắp hết hạn", "expiring"),
        Expired = "expired" ("hết hạn", "expired"),
        Future = "future" ("chưa có hiệu lực", "not yet valid"),
        Cancelled = "cancelled" ("đã thu hồi", "cancelled"),
        Replaced = "replaced" ("đã thay thế", "replaced"),
    }
}

/// The placements that take a booth on a day, oldest first; a hold whose last day is over takes nothing.
pub fn placements_on(book: &Book, booth: Id, today: Date) -> impl Iterator<Item = &Placement> {
    book.pointing::<Placement>(booth).filter(move |placement| placement.counts_on(today))
}

/// Who has a booth on a day. On a day of the fair only those whose days it is: a booth may have another firm each day.
/// Before and after, everybody who has it on any day.
pub fn standing_on(book: &Book, booth: Id, day: Date) -> impl Iterator<Item = &Placement> {
    let fair = book.get::<Booth>(booth).and_then(|booth| book.follow::<Fair>(booth.fair));
    let is_of_fair =
        fair.and_then(|fair| fair.opens_on.zip(fair.closes_on)).is_some_and(|(from, to)| from <= day && day <= to);
    placements_on(book, booth, day).filter(move |placement| !is_of_fair || placement.covers(day))
}

/// What is to be seen of a booth: the furthest of those who have a part of it, else whether anybody may.
#[must_use]
pub fn booth_status(book: &Book, booth: &Booth, today: Date) -> BoothState {
    let furthest = standing_on(book, booth.id, today).map(|placement| placement.status).max_by_key(|status| {
        // Somebody who still stands there outweighs somebody who has gone.
        if *status == PlacementStatus::Returned { 0 } else { 1 + *status as u8 }
    });
    match furthest {
        Some(PlacementStatus::Held) => BoothState::Held,
        Some(PlacementStatus::Offered) => BoothState::Offered,
        Some(PlacementStatus::Rented) => BoothState::Rented,
        Some(PlacementStatus::HandedOver) => BoothState::HandedOver,
        Some(PlacementStatus::Used) => BoothState::Used,
        Some(PlacementStatus::Returned) => BoothState::Returned,
        None if booth.is_open() => BoothState::Free,
        None => BoothState::Blocked,
    }
}

/// Everybody who has a part of a booth on a day, by name.
#[must_use]
pub fn holders(book: &Book, booth: Id, today: Date) -> String {
    let mut names: Vec<String> = Vec::new();
    for placement in standing_on(book, booth, today) {
        // A business has the same name in both languages.
        let guests = placement.registration.into_iter().flat_map(|host| book.pointing::<Registration>(host));
        let guests =
            guests.filter_map(|guest| guest.business).map(|id| title::title(book, Kind::Business, id, Lang::Vi));
        for name in std::iter::once(title::holder(book, placement, Lang::Vi)).chain(guests) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

/// What a certificate is worth on a day.
#[must_use]
pub fn certificate_state(certificate: &Certificate, today: Date) -> CertificateState {
    match certificate.status {
        CertificateStatus::Cancelled => CertificateState::Cancelled,
        CertificateStatus::Replaced => CertificateState::Replaced,
        CertificateStatus::Valid => match certificate.valid_until.map(|until| days_until(today, until)) {
            None | Some(..0) => CertificateState::Expired,
            _ if certificate.issued_on.is_none_or(|issued| today < issued) => CertificateState::Future,
            Some(..=EXPIRING_DAYS) => CertificateState::Expiring,
            Some(_) => CertificateState::Valid,
        },
    }
}

/// The booths of a fair and how many of them somebody has on a day.
#[must_use]
pub fn occupancy(book: &Book, fair: Id, today: Date) -> (usize, usize) {
    let mut counts = (0, 0);
    for booth in book.pointing_ids(Kind::Booth, fair) {
        counts.0 += 1;
        counts.1 += usize::from(placements_on(book, booth, today).next().is_some());
    }
    counts
}

/// `part` of `whole` in basis points, rounded down; none of nothing.
#[must_use]
pub fn share_of(part: usize, whole: usize) -> Option<BasisPoints> {
    let rate = part.checked_mul(10_000)?.checked_div(whole)?;
    u32::try_from(rate).ok().map(BasisPoints)
}

/// Rent before tax and tax of a booth: what was agreed with those of its placements that are meant, else what it costs now.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn agreed_or_asked(
    book: &Book,
    (booth, fair): (&Booth, &Fair),
    meant: impl Fn(&Placement) -> bool,
) -> Result<(Money, Money), MoneyFault> {
    let meant = |placement: &&Placement| placement.rent.is_some() && meant(placement);
    let mut agreed = book.pointing::<Placement>(booth.id).filter(meant).peekable();
    if agreed.peek().is_none() {
        return booth.rent(fair).map(|rent| (rent.net, rent.vat));
    }
    agreed.try_fold((Money::ZERO, Money::ZERO), |(net, vat), placement| {
        Ok((net.plus(placement.rent.unwrap_or_default())?, vat.plus(placement.vat.unwrap_or_default())?))
    })
}

/// The rent of a booth before tax, as agreed with those who rent it, else at the fair's present price.
#[must_use]
pub fn rent_of_booth(book: &Book, id: Id) -> Option<Money> {
    let booth = book.get::<Booth>(id)?;
    let fair = book.follow::<Fair>(booth.fair)?;
    agreed_or_asked(book, (booth, fair), |_| true).ok().map(|(net, _)| net)
}

/// The rent before tax of everything a registration has, holds left out.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn rent_of(book: &Book, registration: Id) -> Result<Money, MoneyFault> {
    book.pointing::<Placement>(registration)
        .try_fold(Money::ZERO, |sum, placement| sum.plus(placement.rent.unwrap_or(Money::ZERO)))
}

/// The rent of a registration's booths with its tax.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn rent_with_vat_of(book: &Book, registration: Id) -> Result<Money, MoneyFault> {
    let vat = book.pointing::<Placement>(registration).filter_map(|placement| placement.vat);
    rent_of(book, registration)?.plus(Money::sum(vat)?)
}

/// The fair and the business of a claim.
#[must_use]
pub fn claimant(book: &Book, claim: &Claim) -> (Option<Id>, Option<Id>) {
    book.follow::<Registration>(claim.registration)
        .map_or((None, None), |registration| (registration.fair, registration.business))
}

/// How many documents of a claim's file are missing or were rejected.
#[must_use]
pub fn missing_evidence(book: &Book, claim: Id) -> usize {
    book.pointing::<Evidence>(claim)
        .filter(|evidence| matches!(evidence.status, EvidenceStatus::Missing | EvidenceStatus::Rejected))
        .count()
}

fn number(count: usize) -> Value {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn amount(sum: Result<Money, MoneyFault>) -> Value {
    sum.map_or(Value::Empty, Value::Money)
}

fn link(to: Option<Id>) -> Value {
    to.map_or(Value::Empty, Value::Link)
}

pub(super) fn fair_scope(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Fair>(id).map_or(Value::Empty, |fair| fair.kind.scope().to_value())
}

pub(super) fn fair_booths(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing_ids(Kind::Booth, id).count())
}

pub(super) fn fair_taken(book: &Book, id: Id, today: Date) -> Value {
    number(occupancy(book, id, today).1)
}

pub(super) fn fair_taken_percent(book: &Book, id: Id, today: Date) -> Value {
    let (booths, taken) = occupancy(book, id, today);
    share_of(taken, booths).to_value()
}

pub(super) fn fair_registrations(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing::<Registration>(id).filter(|registration| registration.status.is_alive()).count())
}

/// Days to the opening; 0 on the fair's days, nothing afterwards.
pub(super) fn fair_days_left(book: &Book, id: Id, today: Date) -> Value {
    let Some(fair) = book.get::<Fair>(id) else { return Value::Empty };
    match fair.opens_on.map(|opens| days_until(today, opens)) {
        Some(days @ 0..) => Value::Number(days),
        _ if fair.is_on(today) => Value::Number(0),
        _ => Value::Empty,
    }
}

pub(super) fn booth_area(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Booth>(id).map_or(Value::Empty, |booth| Value::Number(booth.area_cm2()))
}

pub(super) fn booth_rent(book: &Book, id: Id, _: Date) -> Value {
    rent_of_booth(book, id).map_or(Value::Empty, Value::Money)
}

pub(super) fn booth_state(book: &Book, id: Id, today: Date) -> Value {
    book.get::<Booth>(id).map_or(Value::Empty, |booth| booth_status(book, booth, today).to_value())
}

pub(super) fn booth_holder(book: &Book, id: Id, today: Date) -> Value {
    Text::new(&holders(book, id, today)).to_value()
}

pub(super) fn hall_booths(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing_ids(Kind::Booth, id).count())
}

pub(super) fn business_stars(book: &Book, id: Id, today: Date) -> Value {
    match stars_on(book, id, today) {
        0 => Value::Empty,
        stars => Value::Number(stars),
    }
}

pub(super) fn business_products(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing_ids(Kind::Product, id).count())
}

/// The registrations of a business, not refused or withdrawn, for fairs that open in the year of `today`.
fn registrations_of_year(book: &Book, business: Id, today: Date) -> impl Iterator<Item = &Registration> {
    book.pointing::<Registration>(business).filter(move |registration| {
        let opens = book.follow::<Fair>(registration.fair).and_then(|fair| fair.opens_on);
        opens.is_some_and(|opens| opens.year() == today.year())
    })
}

pub(super) fn business_fairs(book: &Book, id: Id, today: Date) -> Value {
    number(registrations_of_year(book, id, today).filter(|registration| registration.status.is_alive()).count())
}

pub(super) fn business_support(book: &Book, id: Id, today: Date) -> Value {
    let claims = registrations_of_year(book, id, today)
        .flat_map(|registration| book.pointing::<Claim>(registration.id))
        .filter(|claim| claim.status.binds_money());
    let mut dues = claims.map(Claim::due).peekable();
    if dues.peek().is_none() { Value::Empty } else { amount(Money::sum(dues)) }
}

/// The certificate of a product with the most stars on a day; of several the one that lasts longest.
fn best_certificate(book: &Book, product: Id, today: Date) -> Option<&Certificate> {
    book.pointing::<Certificate>(product)
        .filter(|certificate| certificate.is_valid_on(today))
        .max_by_key(|certificate| (certificate.stars, certificate.valid_until))
}

pub(super) fn product_stars(book: &Book, id: Id, today: Date) -> Value {
    best_certificate(book, id, today).map_or(Value::Empty, |certificate| certificate.stars.to_value())
}

pub(super) fn product_until(book: &Book, id: Id, today: Date) -> Value {
    best_certificate(book, id, today).map_or(Value::Empty, |certificate| certificate.valid_until.to_value())
}

pub(super) fn certificate_worth(book: &Book, id: Id, today: Date) -> Value {
    book.get::<Certificate>(id).map_or(Value::Empty, |certificate| certificate_state(certificate, today).to_value())
}

pub(super) fn registration_booths(book: &Book, id: Id, today: Date) -> Value {
    // A co-exhibitor stands on the booths of its host.
    let host = book.get::<Registration>(id).and_then(|registration| registration.host);
    let mut codes: Vec<&str> = book
        .pointing::<Placement>(host.unwrap_or(id))
        .filter(|placement| placement.counts_on(today))
        .filter_map(|placement| book.follow::<Booth>(placement.booth))
        .map(|booth| booth.code.as_str())
        .collect();
    codes.sort_by(|one, other| crate::base::order::natural_compare(one, other));
    Text::new(&codes.join(", ")).to_value()
}

/// What one source gives or takes of the priority points; nothing where it does neither.
pub(super) fn registration_points<const SOURCE: u8>(book: &Book, id: Id, today: Date) -> Value {
    let found = book.get::<Registration>(id).map(|registration| priority(book, registration, today));
    let part = found.map_or(0, |found| found.part(SOURCE));
    if part == 0 { Value::Empty } else { Value::Number(part) }
}

pub(super) fn registration_priority(book: &Book, id: Id, today: Date) -> Value {
    let points = book.get::<Registration>(id).map(|registration| priority(book, registration, today).points);
    points.map_or(Value::Empty, Value::Number)
}

/// The place on the fair's waiting list, from 1.
pub(super) fn registration_in_line(book: &Book, id: Id, today: Date) -> Value {
    let Some(registration) = book.get::<Registration>(id) else { return Value::Empty };
    if registration.status != RegistrationStatus::Waiting {
        return Value::Empty;
    }
    let line = registration.fair.map(|fair| waiting_line(book, fair, today)).unwrap_or_default();
    line.iter().position(|waiting| waiting.registration == id).map_or(Value::Empty, |place| number(place + 1))
}

/// What the fair's table would give back if the registration were withdrawn on this day.
pub(super) fn registration_refund(book: &Book, id: Id, today: Date) -> Value {
    let Some(registration) = book.get::<Registration>(id).filter(|registration| registration.status.is_alive()) else {
        return Value::Empty;
    };
    let Some(fair) = book.follow::<Fair>(registration.fair) else { return Value::Empty };
    refund_on(fair, registration, today).ok().flatten().map_or(Value::Empty, |refund| Value::Money(refund.amount))
}

pub(super) fn registration_rent(book: &Book, id: Id, _: Date) -> Value {
    match rent_of(book, id) {
        Ok(rent) if rent.is_zero() => Value::Empty,
        rent => amount(rent),
    }
}

/// What the registration's living claim proposes or grants.
pub(super) fn registration_grant(book: &Book, id: Id, _: Date) -> Value {
    let claim = book.pointing::<Claim>(id).filter(|claim| claim.status.is_alive()).last();
    claim.map_or(Value::Empty, |claim| claim.grant.to_value())
}

fn result_registration(book: &Book, id: Id) -> Option<&Registration> {
    let sale = book.get::<Sale>(id).and_then(|sale| sale.registration);
    book.follow::<Registration>(sale.or_else(|| book.get::<FairReport>(id)?.registration))
}

pub(super) fn result_business(book: &Book, id: Id, _: Date) -> Value {
    result_registration(book, id).map_or(Value::Empty, |registration| registration.business.to_value())
}

pub(super) fn result_fair(book: &Book, id: Id, _: Date) -> Value {
    result_registration(book, id).map_or(Value::Empty, |registration| registration.fair.to_value())
}

fn business_of(book: &Book, registration: Id) -> Option<&Business> {
    book.follow::<Business>(book.get::<Registration>(registration)?.business)
}

pub(super) fn registration_commune(book: &Book, id: Id, _: Date) -> Value {
    business_of(book, id).map_or(Value::Empty, |business| business.commune.to_value())
}

pub(super) fn registration_tax_code(book: &Book, id: Id, _: Date) -> Value {
    business_of(book, id).map_or(Value::Empty, |business| business.tax_code.to_value())
}

pub(super) fn placement_business(book: &Book, id: Id, _: Date) -> Value {
    let registration = book.get::<Placement>(id).and_then(|placement| placement.registration);
    link(book.follow::<Registration>(registration).and_then(|registration| registration.business))
}

pub(super) fn placement_fair(book: &Book, id: Id, _: Date) -> Value {
    let booth = book.get::<Placement>(id).and_then(|placement| placement.booth);
    link(book.follow::<Booth>(booth).and_then(|booth| booth.fair))
}

pub(super) fn scheme_claims(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing::<Claim>(id).filter(|claim| claim.status.binds_money()).count())
}

pub(super) fn scheme_granted(book: &Book, id: Id, _: Date) -> Value {
    let granted = book.pointing::<Claim>(id).filter(|claim| claim.status.binds_money());
    amount(Money::sum(granted.map(Claim::due)))
}

fn budget_part(book: &Book, id: Id, part: fn(&BudgetSums) -> Money) -> Value {
    let Some(line) = book.get::<BudgetLine>(id) else { return Value::Empty };
    amount(budget_sums(book, line).map(|sums| part(&sums)))
}

pub(super) fn budget_whole(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.whole)
}

pub(super) fn budget_committed(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.committed)
}

pub(super) fn budget_paid(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.paid)
}

pub(super) fn budget_advanced(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.advanced)
}

pub(super) fn budget_returned(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.returned)
}

pub(super) fn budget_free(book: &Book, id: Id, _: Date) -> Value {
    budget_part(book, id, |sums| sums.free)
}

pub(super) fn claim_business(book: &Book, id: Id, _: Date) -> Value {
    link(book.get::<Claim>(id).and_then(|claim| claimant(book, claim).1))
}

pub(super) fn claim_fair(book: &Book, id: Id, _: Date) -> Value {
    link(book.get::<Claim>(id).and_then(|claim| claimant(book, claim).0))
}

pub(super) fn claim_paid(book: &Book, id: Id, _: Date) -> Value {
    amount(paid_net(book, id))
}

pub(super) fn claim_due(book: &Book, id: Id, _: Date) -> Value {
    match book.get::<Claim>(id) {
        Some(claim) if claim.status.binds_money() => Value::Money(claim.due()),
        _ => Value::Empty,
    }
}

pub(super) fn claim_open(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Claim>(id).map_or(Value::Empty, |claim| amount(open_grant(book, claim)))
}

/// What has to come back; nothing where there is none.
pub(super) fn claim_to_come_back(book: &Book, id: Id, _: Date) -> Value {
    match to_come_back(book, id) {
        Ok(sum) if sum.is_zero() => Value::Empty,
        sum => amount(sum),
    }
}

pub(super) fn claim_missing(book: &Book, id: Id, _: Date) -> Value {
    number(missing_evidence(book, id))
}

pub(super) fn evidence_business(book: &Book, id: Id, _: Date) -> Value {
    let claim = book.get::<Evidence>(id).and_then(|evidence| book.follow::<Claim>(evidence.claim));
    link(claim.and_then(|claim| claimant(book, claim).1))
}

pub(super) fn expense_business(book: &Book, id: Id, _: Date) -> Value {
    let claim = book.get::<Expense>(id).and_then(|expense| book.follow::<Claim>(expense.claim));
    link(claim.and_then(|claim| claimant(book, claim).1))
}

pub(super) fn payment_business(book: &Book, id: Id, _: Date) -> Value {
    let claim = book.get::<Payment>(id).and_then(|payment| book.follow::<Claim>(payment.claim));
    link(claim.and_then(|claim| claimant(book, claim).1))
}

pub(super) fn payment_voucher(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Payment>(id)
        .filter(|payment| payment.voucher_number.is_some())
        .map_or(Value::Empty, |payment| Text::new(&title::voucher_no(payment)).to_value())
}

pub(super) fn payment_list_no(book: &Book, id: Id, _: Date) -> Value {
    let list = book.get::<Payment>(id).and_then(|payment| book.follow::<PaymentList>(payment.list));
    list.map_or(Value::Empty, |list| Text::new(&title::list_no(list)).to_value())
}

pub(super) fn list_no(book: &Book, id: Id, _: Date) -> Value {
    book.get::<PaymentList>(id).map_or(Value::Empty, |list| Text::new(&title::list_no(list)).to_value())
}

pub(super) fn list_payments(book: &Book, id: Id, _: Date) -> Value {
    number(listed(book, id).count())
}

pub(super) fn list_total(book: &Book, id: Id, _: Date) -> Value {
    amount(total_of_list(book, id))
}

pub(super) fn list_words(book: &Book, id: Id, _: Date) -> Value {
    total_of_list(book, id)
        .map_or(Value::Empty, |total| Text::new(&amount_in_words(total, Lang::Vi, Spoken::Standard)).to_value())
}

pub(super) fn recovery_business(book: &Book, id: Id, _: Date) -> Value {
    let claim = book.get::<Recovery>(id).and_then(|recovery| book.follow::<Claim>(recovery.claim));
    link(claim.and_then(|claim| claimant(book, claim).1))
}

pub(super) fn recovery_repaid(book: &Book, id: Id, _: Date) -> Value {
    amount(repaid(book, id))
}

pub(super) fn recovery_outstanding(book: &Book, id: Id, _: Date) -> Value {
    book.get::<Recovery>(id).map_or(Value::Empty, |recovery| amount(outstanding(book, recovery)))
}

fn next(book: &Book, id: Id) -> Option<Instalment> {
    next_instalment(book, book.get::<Recovery>(id)?).ok().flatten()
}

pub(super) fn recovery_next_due(book: &Book, id: Id, _: Date) -> Value {
    next(book, id).map_or(Value::Empty, |next| Value::Date(next.due_on))
}

pub(super) fn recovery_next_amount(book: &Book, id: Id, _: Date) -> Value {
    next(book, id).map_or(Value::Empty, |next| Value::Money(next.amount))
}

pub(super) fn partner_leads(book: &Book, id: Id, _: Date) -> Value {
    if book.get::<Partner>(id).is_none() {
        return Value::Empty;
    }
    number(book.pointing::<Lead>(id).filter(|lead| lead.stage.is_open()).count())
}

pub(super) fn partner_contacts(book: &Book, id: Id, _: Date) -> Value {
    number(book.pointing::<Contact>(id).count())
}

/// Days until an open lead's next step; negative when it is late.
pub(super) fn lead_days(book: &Book, id: Id, today: Date) -> Value {
    let lead = book.get::<Lead>(id).filter(|lead| lead.stage.is_open());
    lead.and_then(|lead| lead.due_on).map_or(Value::Empty, |due| Value::Number(days_until(today, due)))
}
