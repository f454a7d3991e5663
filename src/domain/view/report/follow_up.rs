//! Whom to call (R18): leads by who follows them, and those that wait longest.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Amount, Asked, Report, Row, Table, chart, count, day, name, number, records};
use crate::base::dates::{Date, days_until, show_date};
use crate::base::ids::Id;
use crate::base::money::MoneyFault;
use crate::base::words::{Lang, Words};
use crate::domain::Lead;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::view::lead_care::{Care, care, follow_up, score};
use crate::domain::view::title::title;

/// How many leads are named, those to call first first.
const NAMED: usize = 50;
/// How many weeks the calendar shows.
const WEEKS: usize = 8;

/// The open leads by owner: overdue, due within the week, without a step, silent; and whom to call first.
///
/// # Errors
/// None today; the signature is that of every report.
pub fn follow_ups(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let leads: Vec<(&Lead, Care)> = book
        .all::<Lead>()
        .iter()
        .filter(|lead| lead.stage.is_open() && asked.fair.is_none_or(|fair| lead.fair == Some(fair)))
        .map(|lead| (lead, care(book, lead, asked.today)))
        .collect();
    let of = |wanted: &dyn Fn(Care) -> bool| {
        records(Kind::Lead, leads.iter().filter(|(_, care)| wanted(*care)).map(|(lead, _)| lead.id))
    };
    let asked_again = leads.iter().filter(|(lead, _)| follow_up(book, lead, asked.today).is_some());
    let figures = vec![
        number("open", Words::new("Đang mở", "Open"), of(&|_| true)),
        number("overdue", Words::new("Quá hạn", "Overdue"), of(&|care| care == Care::Late)),
        number(
            "week",
            Words::new("Đến hạn trong tuần", "Due within the week"),
            of(&|care| matches!(care, Care::Today | Care::Soon)),
        ),
        number(
            "without_step",
            Words::new("Chưa có việc tiếp theo", "Without a next step"),
            of(&|care| care == Care::NoStep),
        ),
        number(
            "silent",
            Words::new("Im lặng", "Gone quiet or silent"),
            of(&|care| matches!(care, Care::Quiet | Care::Silent)),
        ),
        number(
            "follow_up",
            Words::new("Đến kỳ hỏi lại sau hội chợ", "Follow-up after the fair due"),
            records(Kind::Lead, asked_again.map(|(lead, _)| lead.id)),
        ),
    ];
    let tables = vec![by_owner(&leads), weeks(&leads, asked.today), first(book, &leads, asked)];
    let title = Words::new("Theo dõi đầu mối", "Follow-up of leads");
    Ok(Report { key: "follow-up", title, figures, notes: Vec::new(), tables })
}

/// Leads of one person, and how each is cared for.
type Followed = Vec<(Id, Care)>;

fn by_owner(leads: &[(&Lead, Care)]) -> Table {
    let mut owners: BTreeMap<Vec<u8>, (String, Followed)> = BTreeMap::new();
    for (lead, care) in leads {
        let owner = lead.owner.to_string();
        let key = crate::base::order::person_key(&owner);
        owners.entry(key).or_insert_with(|| (owner, Vec::new())).1.push((lead.id, *care));
    }
    let of =
        |leads: &[(Id, Care)], wanted: &dyn Fn(Care) -> bool| leads.iter().filter(|(_, care)| wanted(*care)).count();
    let most = owners.values().map(|(_, leads)| of(leads, &|care| care == Care::Late)).max().unwrap_or(0);
    let rows = owners
        .into_values()
        .map(|(owner, leads)| {
            let shown = if owner.is_empty() { Words::new("chưa giao ai", "nobody") } else { Words::same(owner) };
            let late = of(&leads, &|care| care == Care::Late);
            Row {
                subject: None,
                cells: vec![
                    Amount::Group(shown, records(Kind::Lead, leads.iter().map(|(id, _)| *id))),
                    count(leads.len()),
                    count(late),
                    Amount::Picture(chart::bar(as_i64(late), as_i64(most))),
                    count(of(&leads, &|care| matches!(care, Care::Today | Care::Soon))),
                    count(of(&leads, &|care| care == Care::NoStep)),
                    count(of(&leads, &|care| matches!(care, Care::Quiet | Care::Silent))),
                ],
            }
        })
        .collect();
    Table {
        key: "owners",
        title: Words::new("Theo người", "By person"),
        headings: vec![
            ("owner", Words::new("Người theo dõi", "Owner")),
            ("open", Words::new("Đang mở", "Open")),
            ("overdue", Words::new("Quá hạn", "Overdue")),
            ("bar", Words::default()),
            ("week", Words::new("Trong tuần", "This week")),
            ("without_step", Words::new("Chưa có việc", "No step")),
            ("silent", Words::new("Im lặng", "Silent")),
        ],
        rows,
    }
}

/// The weeks to come, a shade for each day from Monday: how many leads have their day then.
fn weeks(leads: &[(&Lead, Care)], today: Date) -> Table {
    let monday = today - chrono::Days::new(u64::from(today.weekday().num_days_from_monday()));
    let days: Vec<(Date, Vec<Id>)> = monday
        .iter_days()
        .take(7 * WEEKS)
        .map(|day| (day, leads.iter().filter(|(lead, _)| lead.due_on == Some(day)).map(|(lead, _)| lead.id).collect()))
        .collect();
    let most = days.iter().map(|(_, leads)| as_i64(leads.len())).max().unwrap_or(0);
    let rows = days
        .chunks(7)
        .filter_map(|week| {
            let first = show_date(week.first()?.0);
            let drawn: Vec<&str> = week.iter().map(|(_, leads)| chart::shade(as_i64(leads.len()), most)).collect();
            let behind = records(Kind::Lead, week.iter().flat_map(|(_, leads)| leads.iter().copied()));
            let count = count(behind.len());
            let cells = vec![Amount::Group(Words::same(first), behind), Amount::Picture(drawn.join(" ")), count];
            Some(Row { subject: None, cells })
        })
        .collect();
    Table {
        key: "weeks",
        title: Words::new("Lịch hẹn", "Calendar"),
        headings: vec![
            ("monday", Words::new("Tuần từ", "Week of")),
            ("days", Words::new("T2 T3 T4 T5 T6 T7 CN", "Mo Tu We Th Fr Sa Su")),
            ("due", Words::new("Đến hạn", "Due")),
        ],
        rows,
    }
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn first(book: &Book, leads: &[(&Lead, Care)], asked: &Asked) -> Table {
    let mut found: Vec<(i64, &Lead, Care)> = leads
        .iter()
        .filter(|(_, care)| !matches!(care, Care::Planned | Care::Resting))
        .map(|(lead, care)| (score(book, lead, asked.today), *lead, *care))
        .collect();
    found.sort_by_key(|(score, lead, _)| (std::cmp::Reverse(*score), lead.id));
    let rows = found
        .into_iter()
        .take(NAMED)
        .map(|(score, lead, care)| {
            let late = lead.due_on.map_or(0, |due| days_until(due, asked.today)).max(0);
            Row {
                subject: Some((Kind::Lead, lead.id)),
                cells: vec![
                    name(title(book, Kind::Lead, lead.id, Lang::Vi)),
                    name(lead.next_step.to_string()),
                    day(lead.due_on),
                    if late == 0 { Amount::Empty } else { Amount::Number(late) },
                    Amount::Words(care.words()),
                    name(lead.owner.to_string()),
                    Amount::Number(score),
                ],
            }
        })
        .collect();
    Table {
        key: "first",
        title: Words::new("Gọi trước", "To call first"),
        headings: vec![
            ("lead", Words::new("Đầu mối", "Lead")),
            ("next_step", Words::new("Việc tiếp theo", "Next step")),
            ("due_on", Words::new("Hạn", "Due")),
            ("days", Words::new("Trễ", "Late")),
            ("care", Words::new("Chăm sóc", "Care")),
            ("owner", Words::new("Người theo dõi", "Owner")),
            ("score", Words::new("Điểm", "Score")),
        ],
        rows,
    }
}
