//! Reports of leads: what was intended, signed and delivered, and who has to act.

use chrono::Datelike;

use super::{Amount, Figure, Report, Row, Table, chart, count, number, records, sum};
use crate::base::dates::{Date, Moment, days_until};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::view::outcome::total;
use crate::domain::view::title::title;
use crate::domain::{Fair, Lead};
use crate::say;

/// Which leads a report counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Those of fairs that open in a year; those without a fair by the year in which they were entered.
    Year(i32),
    /// Those of one fair.
    Fair(Id),
}

/// What came of leads; duplicates count nowhere but in the table of stages.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn leads(book: &Book, among: Among, today: Date) -> Result<Report, MoneyFault> {
    let every: Vec<&Lead> = book.all::<Lead>().iter().filter(|lead| is_among(book, lead, among)).collect();
    let counted: Vec<&Lead> = every.iter().copied().filter(|lead| lead.stage != LeadStage::Duplicate).collect();
    let of = |wanted: &dyn Fn(&Lead) -> bool| {
        counted.iter().filter(|lead| wanted(lead)).map(|lead| (Kind::Lead, lead.id)).collect::<Vec<_>>()
    };
    let mut figures = vec![
        number("leads", Words::new("Đầu mối", "Leads"), of(&|_| true)),
        number("open", Words::new("Đang mở", "Open"), of(&|lead| lead.stage.is_open())),
        number("overdue", Words::new("Quá hạn", "Overdue"), of(&|lead| is_overdue(lead, today))),
        number("without_step", Words::new("Chưa có việc tiếp theo", "Without a next step"), of(&is_without_step)),
    ];
    figures.extend(lead_sums(&counted)?);
    let title = match among {
        Among::Year(year) => say!("Đầu mối giao thương năm {year}", "Trade leads of {year}"),
        Among::Fair(fair) => {
            let code = title(book, Kind::Fair, fair, Lang::Vi);
            say!("Đầu mối giao thương tại {code}", "Trade leads of {code}")
        }
    };
    let tables = vec![by_stage(&every)?, by_owner(&counted, today)?];
    Ok(Report { key: "leads", title, figures, notes: Vec::new(), tables })
}

pub(super) fn is_among(book: &Book, lead: &Lead, among: Among) -> bool {
    match among {
        Among::Fair(fair) => lead.fair == Some(fair),
        Among::Year(year) => {
            let opens = book.follow::<Fair>(lead.fair).and_then(|fair| fair.opens_on);
            opens.unwrap_or_else(|| entered_at(lead.id).date()).year() == year
        }
    }
}

/// The moment at which an identity was made: its first 48 bits are milliseconds (RFC 9562, version 7).
fn entered_at(id: Id) -> Moment {
    let [a, b, c, d, e, f, ..] = *id.as_bytes();
    Moment(i64::from_be_bytes([0, 0, a, b, c, d, e, f]))
}

fn is_overdue(lead: &Lead, today: Date) -> bool {
    lead.stage.is_open() && lead.stage != LeadStage::OnHold && lead.due_on.is_some_and(|due| days_until(today, due) < 0)
}

fn is_without_step(lead: &Lead) -> bool {
    lead.stage.is_open() && lead.stage != LeadStage::OnHold && (lead.next_step.is_empty() || lead.due_on.is_none())
}

fn group<'a>(words: Words, leads: impl Iterator<Item = &'a Lead>) -> Amount {
    Amount::Group(words, records(Kind::Lead, leads.map(|lead| lead.id)))
}

/// The cells that every table of leads ends with: count, and the three sums.
fn lead_cells<'a>(leads: impl Iterator<Item = &'a Lead> + Clone) -> Result<Vec<Amount>, MoneyFault> {
    Ok(vec![
        count(leads.clone().count()),
        Amount::Money(total(leads.clone(), |lead| lead.mou_value)?.sum),
        Amount::Money(total(leads.clone(), |lead| lead.contract_value)?.sum),
        Amount::Money(total(leads, |lead| lead.delivered_value)?.sum),
    ])
}

fn lead_headings(first: (&'static str, Words)) -> Vec<(&'static str, Words)> {
    vec![
        first,
        ("count", Words::new("Số lượng", "Count")),
        ("mou", Words::new("Ghi nhớ", "MOU")),
        ("contract", Words::new("Hợp đồng", "Contract")),
        ("delivered", Words::new("Đã giao", "Delivered")),
    ]
}

fn by_stage(leads: &[&Lead]) -> Result<Table, MoneyFault> {
    let most = i64::try_from(leads.len()).unwrap_or(i64::MAX);
    let mut rows = Vec::new();
    for choice in LeadStage::CHOICES {
        let found = leads.iter().copied().filter(|lead| lead.stage.key() == choice.key);
        if found.clone().next().is_some() {
            let mut cells = vec![group(choice.words(), found.clone())];
            let part = i64::try_from(found.clone().count()).unwrap_or(i64::MAX);
            cells.extend(lead_cells(found)?);
            cells.push(Amount::Picture(chart::bar(part, most)));
            rows.push(Row { subject: None, cells });
        }
    }
    let mut headings = lead_headings(("stage", Words::new("Giai đoạn", "Stage")));
    headings.push(("bar", Words::default()));
    Ok(Table { key: "stages", title: Words::new("Theo giai đoạn", "By stage"), headings, rows })
}

fn by_owner(leads: &[&Lead], today: Date) -> Result<Table, MoneyFault> {
    let mut owners: Vec<&str> = leads.iter().map(|lead| lead.owner.as_str()).collect();
    owners.sort_by_cached_key(|owner| crate::base::order::person_key(owner));
    owners.dedup();
    let mut rows = Vec::new();
    for owner in owners {
        let found = leads.iter().copied().filter(|lead| lead.owner.as_str() == owner);
        let name = if owner.is_empty() { Words::new("chưa giao ai", "nobody") } else { Words::same(owner) };
        let mut cells = vec![group(name, found.clone())];
        cells.extend(lead_cells(found.clone())?);
        cells.push(count(found.filter(|lead| is_overdue(lead, today)).count()));
        rows.push(Row { subject: None, cells });
    }
    let mut headings = lead_headings(("owner", Words::new("Người theo dõi", "Owner")));
    headings.push(("overdue", Words::new("Quá hạn", "Overdue")));
    Ok(Table { key: "owners", title: Words::new("Theo người", "By person"), headings, rows })
}

/// What was intended, signed and delivered: three sums that are never added.
pub(super) fn lead_sums(leads: &[&Lead]) -> Result<Vec<Figure>, MoneyFault> {
    let one = |key, words, of: fn(&Lead) -> Option<Money>| {
        let total = total(leads.iter().copied(), of)?;
        Ok(sum(key, words, total.sum, records(Kind::Lead, total.leads)))
    };
    Ok(vec![
        one("mou", Words::new("Giá trị ghi nhớ", "MOU value"), |lead| lead.mou_value)?,
        one("contract", Words::new("Giá trị hợp đồng đã ký", "Contracts signed"), |lead| {
            lead.contract_value
        })?,
        one("delivered", Words::new("Giá trị đã giao", "Delivered"), |lead| lead.delivered_value)?,
    ])
}
