//! Priority points of a registration: the fair's weights by what is known of the firm, each with its reason.

use std::cmp::Reverse;

use crate::base::dates::{Date, Moment, days_until};
use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::registration::RegistrationStatus;
use crate::domain::subsidy::stars_on;
use crate::domain::view::results::{ReportState, report_state};
use crate::domain::{Fair, Registration};
use crate::say;

/// Early days count up to so many.
const EARLY_DAYS: i64 = 30;

/// Where points come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Given to the firm by hand.
    Own,
    /// OCOP stars.
    Stars,
    /// Earlier fairs at which it stood.
    Past,
    /// Registering early.
    Early,
    /// Earlier fairs at which it was absent.
    Absence,
    /// Reports that are late.
    Late,
}

/// The points of one registration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Priority {
    /// All of them; never less than 0.
    pub points: i64,
    /// What each reason gives or takes; reasons without weight are left out.
    pub reasons: Vec<(Words, i64)>,
    /// The sources of the reasons, in the same order.
    sources: Vec<Source>,
}

impl Priority {
    fn add(&mut self, source: Source, weight: Option<i64>, times: i64, words: Words) {
        let sign = if matches!(source, Source::Absence | Source::Late) { -1 } else { 1 };
        let points = weight.unwrap_or(0).saturating_mul(times).saturating_mul(sign);
        if points != 0 {
            self.reasons.push((words, points));
            self.sources.push(source);
        }
    }

    /// What one source gives or takes, by its number.
    #[must_use]
    pub fn part(&self, source: u8) -> i64 {
        let own = self.sources.iter().zip(&self.reasons).filter(|(from, _)| **from as u8 == source);
        own.fold(0, |sum, (_, (_, points))| sum.saturating_add(*points))
    }

    /// The reasons in one line: `OCOP 4 sao +40, tham gia 2 lần +10`.
    #[must_use]
    pub fn words(&self) -> Words {
        let said = |text: fn(&Words) -> &str| {
            let parts: Vec<String> =
                self.reasons.iter().map(|(words, points)| format!("{} {points:+}", text(words))).collect();
            parts.join(", ")
        };
        Words { vi: said(|words| &words.vi).into(), en: said(|words| &words.en).into() }
    }
}

/// The points of a registration by its fair's weights, as of a day.
#[must_use]
pub fn priority(book: &Book, registration: &Registration, today: Date) -> Priority {
    let mut priority = Priority::default();
    let Some(fair) = book.follow::<Fair>(registration.fair) else { return priority };
    if let Some(own) = registration.points.filter(|points| *points != 0) {
        let why = &registration.points_reason;
        let words = match why.is_empty() {
            true => say!("điểm riêng", "own points"),
            false => say!("điểm riêng ({why})", "own points ({why})"),
        };
        priority.add(Source::Own, Some(own), 1, words);
    }
    if let Some(business) = registration.business {
        let day = fair.opens_on.unwrap_or(today);
        if fair.star_points.is_some() {
            let stars = stars_on(book, business, day);
            priority.add(Source::Stars, fair.star_points, stars, say!("OCOP {stars} sao", "OCOP {stars} stars"));
        }
        if fair.past_points.or(fair.absence_points).or(fair.late_points).is_some() {
            past(book, fair, business, today, &mut priority);
        }
    }
    if let (Some(_), Some(last), Some(received)) = (fair.early_points, fair.register_by, registration.received_at) {
        let early = days_until(received.date(), last).clamp(0, EARLY_DAYS);
        priority.add(Source::Early, fair.early_points, early, say!("sớm {early} ngày", "{early} days early"));
    }
    priority.points = priority.reasons.iter().fold(0_i64, |sum, (_, points)| sum.saturating_add(*points)).max(0);
    priority
}

/// Earlier fairs: stood there, was absent, owes the report.
fn past(book: &Book, fair: &Fair, business: Id, today: Date, priority: &mut Priority) {
    let (mut stood, mut absent, mut late) = (0, 0, 0);
    for earlier in book.pointing::<Registration>(business) {
        let Some(there) = book.follow::<Fair>(earlier.fair).filter(|there| there.id != fair.id) else { continue };
        if !matches!((there.closes_on, fair.opens_on), (Some(closed), Some(opens)) if closed < opens) {
            continue;
        }
        stood += i64::from(earlier.status.took_part());
        absent += i64::from(matches!(earlier.status, RegistrationStatus::NoShow | RegistrationStatus::LeftEarly));
        late += i64::from(report_state(book, earlier, today) == Some(ReportState::Late));
    }
    priority.add(Source::Past, fair.past_points, stood, say!("đã tham gia {stood} lần", "took part {stood} times"));
    priority.add(
        Source::Absence,
        fair.absence_points,
        absent,
        say!("vắng hoặc về sớm {absent} lần", "absent {absent} times"),
    );
    priority.add(Source::Late, fair.late_points, late, say!("trễ báo cáo {late} lần", "{late} reports late"));
}

/// How two registrations stand to each other where points are equal: the earlier received first, then the older.
#[must_use]
pub fn order(points: i64, registration: &Registration) -> (Reverse<i64>, Moment, Id) {
    (Reverse(points), registration.received_at.unwrap_or(Moment(i64::MAX)), registration.id)
}
