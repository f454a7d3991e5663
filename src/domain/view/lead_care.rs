//! Who cares for a lead: when somebody was last in touch, who has gone quiet, which follow-ups after a fair are due, and
//! whom to call first.

use crate::base::dates::{Date, days_until, plus_months};
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::choices;
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Held, Value};
use crate::domain::lead::LeadStage;
use crate::domain::subsidy::stars_on;
use crate::domain::view::consent::is_contact_barred;
use crate::domain::view::outcome::in_dong;
use crate::domain::{Fair, Lead, Touch};
use crate::say;

/// After how many days a lead is quiet, where the office has not said.
const QUIET_DAYS: i64 = 28;
/// After how many days it is silent.
const SILENT_DAYS: i64 = 42;
/// The months after a fair at which each of its leads is asked about (contacts, orders, repeat orders).
const FOLLOW_UP_MONTHS: [u32; 3] = [3, 6, 12];
/// A touch so many days before such a day already is the follow-up.
const FOLLOW_UP_EARLY_DAYS: i64 = 14;
/// A follow-up is due no longer than this; then the next one is.
const FOLLOW_UP_LATE_DAYS: i64 = 60;
/// A lead whose day comes within so many days is soon due.
const SOON_DAYS: i64 = 7;

choices! {
    /// How well a lead is cared for on a day.
    Care {
        Planned = "planned" ("đã hẹn", "planned"),
        Soon = "soon" ("trong tuần", "this week"),
        Today = "today" ("hôm nay", "today"),
        Late = "late" ("quá hạn", "overdue"),
        NoStep = "no_step" ("chưa có việc tiếp", "no next step"),
        Quiet = "quiet" ("im lặng", "gone quiet"),
        Silent = "silent" ("im lặng lâu", "long silent"),
        Resting = "resting" ("tạm hoãn", "resting"),
        Over = "over" ("đã xong", "over"),
    }
}

/// The last day on which somebody was in touch: the latest touch, else the fair's last day, else when it was taken down.
#[must_use]
pub fn last_touch_on(book: &Book, lead: &Lead, today: Date) -> Date {
    let touched = book.pointing::<Touch>(lead.id).filter_map(|touch| touch.on).max();
    touched
        .or_else(|| book.follow::<Fair>(lead.fair).and_then(|fair| fair.closes_on))
        .unwrap_or_else(|| lead.id.made_at().date())
        .min(today)
}

/// After how many days without a touch a lead is quiet, and after how many silent, as the office has set it.
#[must_use]
pub fn limits(book: &Book) -> (i64, i64) {
    let office = book.office();
    let quiet = office.and_then(|office| office.quiet_days).unwrap_or(QUIET_DAYS);
    let silent = office.and_then(|office| office.silent_days).unwrap_or(SILENT_DAYS);
    (quiet, silent.max(quiet))
}

/// How well a lead is cared for. What is overdue or missing comes before silence; a planned step that is not yet due
/// does not hide that nobody has been in touch for long.
#[must_use]
pub fn care(book: &Book, lead: &Lead, today: Date) -> Care {
    if !lead.stage.is_open() {
        return Care::Over;
    }
    if lead.stage == LeadStage::OnHold {
        return match lead.held_until {
            Some(until) if until > today => Care::Resting,
            Some(until) if until == today => Care::Today,
            _ => Care::Late,
        };
    }
    let silence = days_until(last_touch_on(book, lead, today), today);
    let (quiet, silent) = limits(book);
    match lead.due_on.map(|due| days_until(today, due)) {
        Some(..0) => Care::Late,
        Some(0) => Care::Today,
        _ if silence >= silent => Care::Silent,
        _ if silence >= quiet => Care::Quiet,
        None => Care::NoStep,
        Some(_) if lead.next_step.is_empty() => Care::NoStep,
        Some(..=SOON_DAYS) => Care::Soon,
        Some(_) => Care::Planned,
    }
}

/// The follow-ups after the fair that are still to come or are due: after how many months, and on which day.
#[must_use]
pub fn follow_ups(book: &Book, lead: &Lead, today: Date) -> Vec<(u32, Date)> {
    let Some(closed) = book.follow::<Fair>(lead.fair).and_then(|fair| fair.closes_on) else { return Vec::new() };
    if !matches!(lead.stage, LeadStage::Repeat) && !lead.stage.is_open() {
        return Vec::new();
    }
    let due = follow_up(book, lead, today);
    let days = FOLLOW_UP_MONTHS.into_iter().map(|months| (months, plus_months(closed, months)));
    days.filter(|(months, day)| *day > today || due == Some((*months, *day))).collect()
}

/// The follow-up after the fair that is due: after how many months, and since when. A touch near the day settles it.
#[must_use]
pub fn follow_up(book: &Book, lead: &Lead, today: Date) -> Option<(u32, Date)> {
    let closed = book.follow::<Fair>(lead.fair).and_then(|fair| fair.closes_on)?;
    if !matches!(lead.stage, LeadStage::Repeat) && !lead.stage.is_open() || closed >= today {
        return None;
    }
    let due = FOLLOW_UP_MONTHS.into_iter().map(|months| (months, plus_months(closed, months)));
    let (months, day) = due.rev().find(|(_, day)| (0..=FOLLOW_UP_LATE_DAYS).contains(&days_until(*day, today)))?;
    let settled = book
        .pointing::<Touch>(lead.id)
        .filter_map(|touch| touch.on)
        .any(|on| days_until(on, day) <= FOLLOW_UP_EARLY_DAYS);
    (!settled).then_some((months, day))
}

/// One reason for calling a lead first, and its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The points it gives; negative ones speak against it.
    pub points: i64,
    /// In words.
    pub words: Words,
}

/// Why a lead should be called before others: stated rules, each with its points. An over or resting lead has none.
#[must_use]
pub fn reasons(book: &Book, lead: &Lead, today: Date) -> Vec<Reason> {
    let state = care(book, lead, today);
    if matches!(state, Care::Over | Care::Resting) {
        return Vec::new();
    }
    let mut reasons = Vec::new();
    let mut give = |points: i64, words: Words| {
        if points != 0 {
            reasons.push(Reason { points, words });
        }
    };
    let stage = lead.stage.words();
    give(stage_points(lead.stage), say!("giai đoạn {}", "stage {}"; stage));
    if let Some(days) = lead.due_on.map(|due| days_until(due, today)).filter(|days| *days >= 0) {
        give(20 + days.min(30), say!("hẹn quá {days} ngày", "{days} days past its day"));
    }
    let silence = days_until(last_touch_on(book, lead, today), today);
    match state {
        Care::Silent => give(-10, say!("im lặng {silence} ngày", "{silence} days of silence")),
        Care::Quiet => give(10, say!("im lặng {silence} ngày", "{silence} days of silence")),
        _ => {}
    }
    let amounts = [lead.contract_value, lead.mou_value].into_iter().flatten();
    let worth = amounts.filter_map(|amount| in_dong(lead, amount).ok().flatten()).max_by_key(|amount| amount.minor);
    if let Some(worth) = worth.filter(|worth| worth.minor >= 10_000_000) {
        let (vi, en) = (worth.show(Lang::Vi), worth.show(Lang::En));
        give((worth.minor / 10_000_000).clamp(0, 25), say!("giá trị {vi}", "worth {en}"));
    }
    if let Some(business) = lead.business {
        let stars = stars_on(book, business, today);
        give(stars * 2, say!("hàng OCOP {stars} sao", "{stars}-star OCOP goods"));
    }
    if lead.contact.is_some() && !is_contact_barred(book, lead, today) {
        give(5, Words::new("có người liên hệ", "a person to call"));
    }
    if let Some((months, _)) = follow_up(book, lead, today) {
        give(15, say!("đến kỳ hỏi lại sau {months} tháng", "the {months}-month follow-up is due"));
    }
    reasons
}

/// How near a stage is to a signature: the nearer, the sooner it is worth a call.
const fn stage_points(stage: LeadStage) -> i64 {
    match stage {
        LeadStage::New => 15,
        LeadStage::Contacted => 10,
        LeadStage::Sample => 20,
        LeadStage::Quoted => 25,
        LeadStage::Negotiating => 35,
        LeadStage::Mou | LeadStage::Principle => 30,
        LeadStage::Contract => 15,
        LeadStage::Delivering | LeadStage::Repeat => 5,
        LeadStage::Lost | LeadStage::OnHold | LeadStage::Duplicate => 0,
    }
}

/// The points of a lead; those with the most are called first.
#[must_use]
pub fn score(book: &Book, lead: &Lead, today: Date) -> i64 {
    reasons(book, lead, today).iter().map(|reason| reason.points).sum()
}

pub(super) fn column_care(book: &Book, id: Id, today: Date) -> Value {
    book.get::<Lead>(id).map_or(Value::Empty, |lead| care(book, lead, today).to_value())
}

pub(super) fn column_last_touch(book: &Book, id: Id, today: Date) -> Value {
    book.get::<Lead>(id).map_or(Value::Empty, |lead| Value::Date(last_touch_on(book, lead, today)))
}

pub(super) fn column_score(book: &Book, id: Id, today: Date) -> Value {
    match book.get::<Lead>(id).map(|lead| score(book, lead, today)) {
        Some(0) | None => Value::Empty,
        Some(points) => Value::Number(points),
    }
}
