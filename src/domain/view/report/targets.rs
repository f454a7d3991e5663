//! The year against its targets (R19): each measure by quarter, what it came to, and what was wanted.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{Amount, Asked, Report, Row, Table, chart, records, share};
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::target::Measure;
use crate::domain::touch::TouchMeans;
use crate::domain::view::outcome::{day_of, has_contract, has_delivery, has_mou, in_dong, market_openers};
use crate::domain::view::results::{report_of, who_stood};
use crate::domain::{Fair, Lead, Target, Touch};
use crate::say;

/// One thing that counts towards a measure: the day, its record, what is counted once, and its amount.
struct Counted {
    on: Date,
    record: (Kind, Id),
    once: Id,
    amount: i64,
}

fn one(on: Date, kind: Kind, id: Id) -> Counted {
    Counted { on, record: (kind, id), once: id, amount: 1 }
}

/// Each measure of a year by quarter and against its target.
///
/// # Errors
/// When amounts overflow.
pub fn targets(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let mut rows = Vec::new();
    for choice in Measure::CHOICES {
        let Some(measure) = Measure::from_key(choice.key) else { continue };
        let mut counted = counted(book, measure)?;
        counted.retain(|one| one.on.year() == asked.year);
        rows.push(row(book, measure, &counted, asked.year)?);
    }
    let year = asked.year;
    let mut headings = vec![
        ("measure", Words::new("Chỉ tiêu", "Measure")),
        ("quarter1", Words::new("Quý I", "Q1")),
        ("quarter2", Words::new("Quý II", "Q2")),
        ("quarter3", Words::new("Quý III", "Q3")),
        ("quarter4", Words::new("Quý IV", "Q4")),
        ("year", Words::new("Cả năm", "Year")),
        ("target", Words::new("Kế hoạch", "Target")),
    ];
    headings.extend([("reached_bp", Words::new("Đạt", "Reached")), ("bar", Words::default())]);
    let notes = vec![Words::new(
        "Ghi nhớ, đã ký và đã giao là ba số riêng, không cộng với nhau. Doanh nghiệp và đối tác đếm một lần trong mỗi kỳ, nên cả năm có thể nhỏ hơn tổng bốn quý.",
        "MOU, signed and delivered are three figures that are never added. Firms and partners count once in each period, so the year may be less than its quarters together.",
    )];
    let table = Table { key: "measures", title: Words::new("Chỉ tiêu", "Measures"), headings, rows };
    let title = say!("Chỉ tiêu năm {year}", "Targets of {year}");
    Ok(Report { key: "targets", title, figures: Vec::new(), notes, tables: vec![table] })
}

fn row(book: &Book, measure: Measure, counted: &[Counted], year: i32) -> Result<Row, MoneyFault> {
    let of = |wanted: &dyn Fn(&Counted) -> bool| -> Result<i64, MoneyFault> {
        let found = counted.iter().filter(|one| wanted(one));
        if measure.is_money() {
            return Ok(Money::sum(found.map(|one| Money::vnd(one.amount)))?.minor);
        }
        Ok(i64::try_from(found.map(|one| one.once).collect::<BTreeSet<Id>>().len()).unwrap_or(i64::MAX))
    };
    let shown = |value: i64| if measure.is_money() { Amount::Money(Money::vnd(value)) } else { Amount::Number(value) };
    let wanted = |target: &&Target| target.year == Some(i64::from(year)) && target.measure == measure;
    let target = book.all::<Target>().iter().find(wanted);
    let wanted =
        target.and_then(|target| if measure.is_money() { target.value.map(|value| value.minor) } else { target.count });
    let mut behind: Vec<(Kind, Id)> = Vec::new();
    if let Some((kind, _)) = counted.first().map(|one| one.record) {
        behind = records(kind, counted.iter().map(|one| one.record.1));
    }
    let mut cells = vec![Amount::Group(measure.words(), behind)];
    for quarter in 0..4 {
        cells.push(shown(of(&|one| one.on.month0() / 3 == quarter)?));
    }
    let all = of(&|_| true)?;
    cells.push(shown(all));
    cells.push(wanted.map_or(Amount::Empty, shown));
    cells.push(wanted.map_or(Amount::Empty, |wanted| share(all, wanted)));
    cells.push(Amount::Picture(wanted.map(|wanted| chart::bar(all.min(wanted), wanted)).unwrap_or_default()));
    Ok(Row { subject: target.map(|target| (Kind::Target, target.id)), cells })
}

fn counted(book: &Book, measure: Measure) -> Result<Vec<Counted>, MoneyFault> {
    let leads = || book.all::<Lead>().iter().filter(|lead| lead.stage != LeadStage::Duplicate);
    let of_leads = |wanted: &dyn Fn(&Lead) -> bool, day: &dyn Fn(&Lead) -> Option<Date>| -> Vec<Counted> {
        let found = leads().filter(|lead| wanted(lead));
        found.map(|lead| one(day(lead).unwrap_or_else(|| day_of(book, lead)), Kind::Lead, lead.id)).collect()
    };
    let worth = |of: fn(&Lead) -> Option<Money>, day: fn(&Lead) -> Option<Date>| -> Result<Vec<Counted>, MoneyFault> {
        let mut found = Vec::new();
        for lead in leads() {
            if let Some(dong) = of(lead).map(|amount| in_dong(lead, amount)).transpose()?.flatten() {
                let on = day(lead).unwrap_or_else(|| day_of(book, lead));
                found.push(Counted { amount: dong.minor, ..one(on, Kind::Lead, lead.id) });
            }
        }
        Ok(found)
    };
    let fairs = || book.all::<Fair>().iter().filter_map(|fair| Some((fair, fair.closes_on?)));
    Ok(match measure {
        Measure::Fairs => {
            let stood = fairs().filter(|(fair, _)| who_stood(book, fair.id).next().is_some());
            stood.map(|(fair, on)| one(on, Kind::Fair, fair.id)).collect()
        }
        Measure::Firms => fairs()
            .flat_map(|(fair, on)| who_stood(book, fair.id).map(move |registration| (on, registration)))
            .filter_map(|(on, registration)| {
                Some(Counted { once: registration.business?, ..one(on, Kind::Registration, registration.id) })
            })
            .collect(),
        Measure::Turnover => fairs()
            .flat_map(|(fair, on)| who_stood(book, fair.id).map(move |registration| (on, registration)))
            .filter_map(|(on, registration)| {
                let report = report_of(book, registration.id)?;
                Some(Counted { amount: report.turnover?.minor, ..one(on, Kind::FairReport, report.id) })
            })
            .collect(),
        Measure::Meetings => {
            let met =
                |touch: &&Touch| matches!(touch.means, TouchMeans::Meeting | TouchMeans::Stand | TouchMeans::Visit);
            let touches = book.all::<Touch>().iter().filter(met);
            touches.filter_map(|touch| Some(one(touch.on?, Kind::Touch, touch.id))).collect()
        }
        Measure::Partners => leads()
            .filter_map(|lead| Some(Counted { once: lead.partner?, ..one(day_of(book, lead), Kind::Lead, lead.id) }))
            .collect(),
        Measure::Mous => of_leads(&has_mou, &|lead| lead.mou_on),
        Measure::Contracts => of_leads(&has_contract, &|lead| lead.signed_on),
        Measure::NewMarkets => {
            let openers = market_openers(book);
            of_leads(&|lead| openers.contains(&lead.id), &|lead| lead.signed_on)
        }
        Measure::RepeatOrders => of_leads(&|lead| lead.stage == LeadStage::Repeat, &|_| None),
        Measure::MouValue => worth(|lead| lead.mou_value, |lead| lead.mou_on)?,
        Measure::ContractValue => worth(|lead| lead.contract_value, |lead| lead.signed_on)?,
        Measure::DeliveredValue => {
            let with = worth(|lead| lead.delivered_value, |lead| lead.signed_on)?;
            with.into_iter().filter(|one| book.get::<Lead>(one.record.1).is_some_and(has_delivery)).collect()
        }
    })
}
