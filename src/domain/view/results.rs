//! What businesses say of a fair: which reports and days of sales are there, which are due, late or missing, and what a
//! report can be filled with beforehand.

use std::collections::BTreeSet;

use crate::base::dates::{Date, days_until};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::choices;
use crate::domain::book::Book;
use crate::domain::field::{Held, Value};
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::terms::later;
use crate::domain::{Fair, FairReport, Lead, Registration, Sale};

/// A report is due so many days after the fair, where the fair has not said.
const REPORT_DAYS: i64 = 15;
/// Days of sales are looked for over at most so many days of a fair.
const DAYS_MAX: usize = 60;

choices! {
    /// How it stands with the report of a firm that stood at a fair.
    ReportState {
        Due = "due" ("chưa nộp", "due"),
        Late = "late" ("quá hạn", "late"),
        Received = "received" ("đã nộp", "received"),
    }
}

/// The report of a registration.
#[must_use]
pub fn report_of(book: &Book, registration: Id) -> Option<&FairReport> {
    book.pointing::<FairReport>(registration).next()
}

/// By when a registration's report is due.
#[must_use]
pub fn report_by(book: &Book, registration: &Registration) -> Option<Date> {
    let fair = book.follow::<Fair>(registration.fair)?;
    let days = fair.report_days.unwrap_or(REPORT_DAYS);
    Some(later(fair.closes_on?, u64::try_from(days).unwrap_or(0)))
}

/// How it stands with the report; none while there is none to be had: before the end, or of a firm that was not there.
#[must_use]
pub fn report_state(book: &Book, registration: &Registration, today: Date) -> Option<ReportState> {
    if report_of(book, registration.id).is_some() || registration.status == RegistrationStatus::Reported {
        return Some(ReportState::Received);
    }
    let closed = book.follow::<Fair>(registration.fair)?.closes_on?;
    if !registration.status.took_part() || closed >= today {
        return None;
    }
    let by = report_by(book, registration)?;
    Some(if by < today { ReportState::Late } else { ReportState::Due })
}

/// The days of a fair up to a day, on which somebody may have sold.
#[must_use]
pub fn days_until_now(fair: &Fair, until: Date) -> Vec<Date> {
    let (Some(first), Some(last)) = (fair.opens_on, fair.closes_on) else { return Vec::new() };
    first.iter_days().take_while(|day| *day <= last && *day <= until).take(DAYS_MAX).collect()
}

/// The days before `today` for which a firm that is at a fair has not said what it sold.
#[must_use]
pub fn days_missing(book: &Book, registration: &Registration, today: Date) -> Vec<Date> {
    let Some(fair) = book.follow::<Fair>(registration.fair) else { return Vec::new() };
    if !registration.status.took_part() || registration.status == RegistrationStatus::LeftEarly {
        return Vec::new();
    }
    let told: BTreeSet<Date> = book.pointing::<Sale>(registration.id).filter_map(|sale| sale.on).collect();
    let past = days_until_now(fair, today.pred_opt().unwrap_or(today));
    past.into_iter().filter(|day| !told.contains(day)).collect()
}

/// The day for which sales are most likely written down now: the first that is missing, else today within the fair.
#[must_use]
pub fn day_to_write(book: &Book, registration: &Registration, today: Date) -> Option<Date> {
    let missing = days_missing(book, registration, today).into_iter().next();
    let fair = book.follow::<Fair>(registration.fair)?;
    missing.or_else(|| fair.is_on(today).then_some(today)).or(fair.closes_on)
}

/// What a registration sold at its fair, day by day together.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn sold(book: &Book, registration: Id) -> Result<Money, MoneyFault> {
    Money::sum(book.pointing::<Sale>(registration).filter_map(|sale| sale.amount))
}

/// What is known before a business has said anything: sums of its days, and what its leads of the fair have come to. The report
/// is received `today`.
#[must_use]
pub fn known_before(book: &Book, registration: &Registration, today: Date) -> FairReport {
    let sales: Vec<&Sale> = book.pointing::<Sale>(registration.id).collect();
    let total = |of: fn(&Sale) -> Option<i64>| {
        let told: Vec<i64> = sales.iter().filter_map(|sale| of(sale)).collect();
        (!told.is_empty()).then(|| told.iter().fold(0_i64, |sum, one| sum.saturating_add(*one)))
    };
    let money = |amounts: Vec<Money>| (!amounts.is_empty()).then(|| Money::sum(amounts).ok()).flatten();
    let leads: Vec<&Lead> = registration
        .business
        .into_iter()
        .flat_map(|business| book.pointing::<Lead>(business))
        .filter(|lead| lead.fair == registration.fair && lead.stage != LeadStage::Duplicate)
        .collect();
    let partners: BTreeSet<Id> = leads.iter().filter_map(|lead| lead.partner).collect();
    let met = i64::try_from(partners.len()).ok().filter(|count| *count > 0);
    let signed: Vec<Money> = leads.iter().filter_map(|lead| lead.contract_value).collect();
    FairReport {
        registration: Some(registration.id),
        received_on: Some(today),
        turnover: money(sales.iter().filter_map(|sale| sale.amount).collect()),
        orders: total(|sale| sale.orders),
        orders_value: money(sales.iter().filter_map(|sale| sale.orders_value).collect()),
        contacts: total(|sale| sale.contacts).max(met),
        contracts: i64::try_from(signed.len()).ok().filter(|count| *count > 0),
        contracts_value: money(signed),
        ..FairReport::default()
    }
}

/// The registrations of a fair whose report or days are asked for, in the order of the book.
pub fn who_stood(book: &Book, fair: Id) -> impl Iterator<Item = &Registration> {
    book.pointing::<Registration>(fair).filter(|registration| registration.status.took_part())
}

/// The last day on which a missing day of sales is still asked for: three days after the fair.
#[must_use]
pub fn sales_are_asked(fair: &Fair, today: Date) -> bool {
    matches!((fair.opens_on, fair.closes_on), (Some(first), Some(last)) if first < today && days_until(last, today) <= 3)
}

pub(super) fn column_report(book: &Book, id: Id, today: Date) -> Value {
    let registration = book.get::<Registration>(id);
    let state = registration.and_then(|registration| report_state(book, registration, today));
    state.map_or(Value::Empty, |state| state.to_value())
}

pub(super) fn column_report_by(book: &Book, id: Id, today: Date) -> Value {
    let Some(registration) = book.get::<Registration>(id) else { return Value::Empty };
    let asked = report_state(book, registration, today).is_some_and(|state| state != ReportState::Received);
    report_by(book, registration).filter(|_| asked).map_or(Value::Empty, Value::Date)
}

pub(super) fn column_sold(book: &Book, id: Id, _: Date) -> Value {
    match book.pointing_ids(Kind::Sale, id).next() {
        Some(_) => sold(book, id).map_or(Value::Empty, Value::Money),
        None => Value::Empty,
    }
}

pub(super) fn column_days_missing(book: &Book, id: Id, today: Date) -> Value {
    let missing = book.get::<Registration>(id).map_or(0, |registration| days_missing(book, registration, today).len());
    if missing == 0 { Value::Empty } else { Value::Number(i64::try_from(missing).unwrap_or(i64::MAX)) }
}
