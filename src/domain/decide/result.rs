//! What businesses say of a fair: which days and reports fit, and what a report does to its registration.

use std::sync::Arc;

use crate::base::dates::show_date;
use crate::base::ids::Id;
use crate::base::words::Lang;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::field::Chosen;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::results::report_of;
use crate::domain::view::title::title;
use crate::domain::{Fair, FairReport, Registration, Sale, Target};
use crate::say;

/// Only who stood at the fair, or stands there, has something to say of it.
fn stood<'a>(desk: &'a Desk<'_>, id: Option<Id>) -> Result<Option<&'a Registration>, Refusal> {
    let Some(registration) = id.and_then(|id| desk.book.get::<Registration>(id)) else { return Ok(None) };
    if registration.status.took_part() {
        return Ok(Some(registration));
    }
    let (name, status) =
        (title(&desk.book, Kind::Registration, registration.id, Lang::Vi), registration.status.words());
    Err(Refusal::new(
        "was-not-there",
        say!("{name}: {}, chưa tham gia hội chợ.", "{name}: {}, not at the fair."; status),
        say!("Chuyển đăng ký sang “đang tham gia” trước.", "Move the registration on to “attending” first."),
    )
    .at("registration"))
}

/// A day of sales lies within the fair and is written once.
pub(super) fn sale_fits(desk: &Desk<'_>, sale: &mut Sale) -> Result<(), Refusal> {
    if sale.by.is_empty() {
        sale.by = desk.env.who.clone();
    }
    let Some(registration) = stood(desk, sale.registration)? else { return Ok(()) };
    let (Some(day), Some(fair)) = (sale.on, desk.book.follow::<Fair>(registration.fair)) else { return Ok(()) };
    let at_day = |code, what, fix| Err(Refusal::new(code, what, fix).at("on"));
    if !fair.is_on(day) {
        let (day, days) = (show_date(day), crate::domain::view::title::days(fair));
        return at_day(
            "day-outside-fair",
            say!("Ngày {day} ngoài ngày hội chợ ({days}).", "{day} is no day of the fair ({days})."),
            say!("Ghi một ngày của hội chợ.", "Write a day of the fair."),
        );
    }
    if day > desk.env.today() {
        let day = show_date(day);
        return at_day(
            "day-to-come",
            say!("Ngày {day} chưa đến.", "{day} is still to come."),
            say!("Ghi doanh số khi hết ngày.", "Write sales down when the day is over."),
        );
    }
    let written = desk.book.pointing::<Sale>(registration.id).find(|other| other.id != sale.id && other.on == sale.on);
    if written.is_some() {
        let day = show_date(day);
        return at_day(
            "day-written",
            say!("Ngày {day} đã ghi doanh số.", "The sales of {day} are written down already."),
            say!("Sửa bản ghi của ngày đó.", "Edit the record of that day."),
        );
    }
    Ok(())
}

/// A report is of somebody who was there, and there is one of each.
pub(super) fn report_fits(desk: &Desk<'_>, report: &mut FairReport) -> Result<(), Refusal> {
    report.received_on.get_or_insert(desk.env.today());
    let Some(registration) = stood(desk, report.registration)? else { return Ok(()) };
    if report_of(&desk.book, registration.id).is_some_and(|other| other.id != report.id) {
        let name = title(&desk.book, Kind::Registration, registration.id, Lang::Vi);
        return Err(Refusal::new(
            "report-exists",
            say!("{name} đã có báo cáo.", "{name} has its report already."),
            say!("Sửa báo cáo đã có.", "Edit the report that is there."),
        )
        .at("registration"));
    }
    Ok(())
}

/// A year has one target of each measure, a count or an amount as the measure is.
pub(super) fn target_once(desk: &Desk<'_>, target: &Target) -> Result<(), Refusal> {
    let (measure, year) = (target.measure.words(), target.year.unwrap_or_default());
    let same = |other: &&Target| other.id != target.id && (other.year, other.measure) == (target.year, target.measure);
    if desk.book.all::<Target>().iter().any(|other| same(&other)) {
        return Err(Refusal::new(
            "target-exists",
            say!("“{}” năm {year} đã có.", "“{}” of {year} is there already."; measure),
            say!("Sửa chỉ tiêu đã có.", "Edit the target that is there."),
        )
        .at("measure"));
    }
    let (wanted, other) =
        if target.measure.is_money() { ("value", target.count.is_some()) } else { ("count", target.value.is_some()) };
    let given = if target.measure.is_money() { target.value.is_some() } else { target.count.is_some() };
    if other || !given {
        return Err(Refusal::new(
            "target-misfit",
            if target.measure.is_money() {
                say!("“{}” là một số tiền.", "“{}” is an amount."; measure)
            } else {
                say!("“{}” là một số lượng.", "“{}” is a count."; measure)
            },
            say!("Ghi số đó, để trống ô kia.", "Write that one, leave the other empty."),
        )
        .at(wanted));
    }
    Ok(())
}

/// With its report a registration that attended has reported; without, it has not.
pub(super) fn follow(desk: &mut Desk<'_>, changed: &Record) {
    let Record::FairReport(report) = changed else { return };
    let Some(before) = report.registration.and_then(|id| desk.book.get::<Registration>(id)).cloned() else { return };
    let status = match (before.status, report_of(&desk.book, before.id).is_some()) {
        (RegistrationStatus::Attended, true) => RegistrationStatus::Reported,
        (RegistrationStatus::Reported, false) => RegistrationStatus::Attended,
        _ => return,
    };
    let after = Registration { status, ..before.clone() };
    desk.push(Change::edited(Record::Registration(Arc::new(before)), Record::Registration(Arc::new(after))));
}
