//! Reports: figures, each with the records behind it, so that every number opens to what it was counted from.
//!
//! What a report consists of is here; the reports are in one file a family.

mod chart;
mod fairs;
mod follow_up;
mod leads;
mod money;
mod ocop;
mod outcomes;
mod papers;
mod payments;
mod retention;
mod schemes;
mod targets;
mod told;
mod year_end;

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::Fair;
use crate::domain::book::Book;
use crate::domain::record::Kind;

pub use fairs::fair;
pub use follow_up::follow_ups;
pub use leads::{Among, leads};
pub use money::{budget, support};
pub use ocop::certificates;
pub use outcomes::{after_fair, outcomes};
pub use papers::{appraisals, checklists, contracts};
pub use payments::{payment_lists, treasury};
pub use retention::retention;
pub use schemes::{public_register, usage};
pub use targets::targets;
pub use told::{collection, daily_sales};
pub use year_end::{carried, recoveries};

/// What a report is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The year.
    pub year: i32,
    /// The fair, where one is chosen.
    pub fair: Option<Id>,
    /// Today.
    pub today: Date,
}

/// What a report goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesBy {
    /// A year.
    Year,
    /// One fair, without which there is no report.
    Fair,
    /// The chosen fair, else a year.
    FairOrYear,
    /// The day on which it is asked for.
    Today,
}

/// A report that can be asked for.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How the shell calls it.
    pub key: &'static str,
    /// A short name.
    pub name: Words,
    /// What it goes by.
    pub goes_by: GoesBy,
    /// Makes it.
    pub make: fn(&Book, &Asked) -> Result<Report, MoneyFault>,
}

impl Offer {
    /// The year that this report goes by, if it goes by one.
    #[must_use]
    pub const fn year(&self, asked: &Asked) -> Option<i32> {
        match self.goes_by {
            GoesBy::Year => Some(asked.year),
            GoesBy::FairOrYear if asked.fair.is_none() => Some(asked.year),
            GoesBy::Fair | GoesBy::FairOrYear | GoesBy::Today => None,
        }
    }
}

const fn offer(
    key: &'static str,
    name: Words,
    goes_by: GoesBy,
    make: fn(&Book, &Asked) -> Result<Report, MoneyFault>,
) -> Offer {
    Offer { key, name, goes_by, make }
}

/// Every report, in the order in which it is offered.
pub static REPORTS: &[Offer] = &[
    offer("support", Words::new("Hỗ trợ", "Support"), GoesBy::Year, |book, asked| support(book, asked.year)),
    offer("fair", Words::new("Hội chợ", "Fair"), GoesBy::Fair, |book, asked| match asked.fair {
        Some(id) => fair(book, id, asked.today),
        None => Ok(Report::without_fair("fair")),
    }),
    offer("budget", Words::new("Nguồn", "Budget"), GoesBy::Year, |book, asked| budget(book, asked.year)),
    offer("leads", Words::new("Đầu mối", "Leads"), GoesBy::FairOrYear, |book, asked| {
        leads(book, asked.fair.map_or(Among::Year(asked.year), Among::Fair), asked.today)
    }),
    offer("outcomes", Words::new("Kết quả", "Outcomes"), GoesBy::FairOrYear, outcomes),
    offer("targets", Words::new("Chỉ tiêu", "Targets"), GoesBy::Year, targets),
    offer("follow-up", Words::new("Theo dõi", "Follow-up"), GoesBy::Today, follow_ups),
    offer("sales", Words::new("Doanh số", "Sales"), GoesBy::Fair, daily_sales),
    offer("reports", Words::new("Đơn vị báo cáo", "Firms’ reports"), GoesBy::FairOrYear, collection),
    offer("after-fair", Words::new("Sau hội chợ", "After the fair"), GoesBy::Fair, after_fair),
    offer("ocop", Words::new("OCOP", "OCOP"), GoesBy::Today, certificates),
    offer("retention", Words::new("Lưu giữ", "Data review"), GoesBy::Today, retention),
    offer("contracts", Words::new("Hợp đồng", "Contracts"), GoesBy::FairOrYear, contracts),
    offer("evidence", Words::new("Chứng từ", "Evidence"), GoesBy::FairOrYear, checklists),
    offer("appraisal", Words::new("Thẩm định", "Appraisal"), GoesBy::FairOrYear, appraisals),
    offer("payments", Words::new("Bảng kê", "Payments"), GoesBy::FairOrYear, payment_lists),
    offer("treasury", Words::new("Kho bạc", "Treasury"), GoesBy::Year, treasury),
    offer("carry-over", Words::new("Chuyển nguồn", "Carry-over"), GoesBy::Year, carried),
    offer("recoveries", Words::new("Thu hồi", "Recoveries"), GoesBy::Today, recoveries),
    offer("usage", Words::new("Mức sử dụng", "Usage"), GoesBy::Year, usage),
    offer("register", Words::new("Công khai", "Register"), GoesBy::Year, public_register),
];

/// The report with this key.
#[must_use]
pub fn offered(key: &str) -> Option<&'static Offer> {
    REPORTS.iter().find(|offer| offer.key == key)
}

/// One value of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Nothing is known.
    Empty,
    /// A name or a word.
    Words(Words),
    /// A count.
    Number(i64),
    /// Money.
    Money(Money),
    /// A rate in basis points.
    Rate(BasisPoints),
    /// A day.
    Date(Date),
    /// A group of records by its name, which it opens.
    Group(Words, Vec<(Kind, Id)>),
    /// A small chart, drawn with letters; the figure stands beside it.
    Picture(String),
}

impl Amount {
    /// As a person reads it.
    #[must_use]
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) => words.in_lang(lang).to_owned(),
            // Counts are grouped as đồng are.
            Self::Number(number) => Money::vnd(*number).show_plain(),
            Self::Money(money) => money.show(lang),
            Self::Rate(rate) => rate.show(lang),
            Self::Date(day) => crate::base::dates::show_date(*day),
            Self::Group(words, _) => words.in_lang(lang).to_owned(),
            Self::Picture(drawn) => drawn.clone(),
        }
    }
}

/// One figure and the records it was counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The stable key.
    pub key: &'static str,
    /// What it is.
    pub words: Words,
    /// How much it is.
    pub value: Amount,
    /// The records behind it.
    pub records: Vec<(Kind, Id)>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The record it is about, where there is one.
    pub subject: Option<(Kind, Id)>,
    /// The cells, in the order of the headings.
    pub cells: Vec<Amount>,
}

/// A table of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The stable key.
    pub key: &'static str,
    /// What it shows.
    pub title: Words,
    /// Keys and labels of its columns.
    pub headings: Vec<(&'static str, Words)>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The stable key.
    pub key: &'static str,
    /// What it is about.
    pub title: Words,
    /// The figures, the most important first.
    pub figures: Vec<Figure>,
    /// What a reader must know about them.
    pub notes: Vec<Words>,
    /// The tables below them.
    pub tables: Vec<Table>,
}

impl Report {
    /// A report of one fair when none is chosen.
    #[must_use]
    pub fn without_fair(key: &'static str) -> Self {
        let title = Words::new("Chưa chọn hội chợ nào", "No fair is chosen");
        Self { key, title, figures: Vec::new(), notes: Vec::new(), tables: Vec::new() }
    }

    /// The figure with this key.
    #[must_use]
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}

fn number(key: &'static str, words: Words, records: Vec<(Kind, Id)>) -> Figure {
    let value = Amount::Number(i64::try_from(records.len()).unwrap_or(i64::MAX));
    Figure { key, words, value, records }
}

const fn sum(key: &'static str, words: Words, total: Money, records: Vec<(Kind, Id)>) -> Figure {
    Figure { key, words, value: Amount::Money(total), records }
}

fn records(kind: Kind, ids: impl IntoIterator<Item = Id>) -> Vec<(Kind, Id)> {
    let distinct: BTreeSet<Id> = ids.into_iter().collect();
    distinct.into_iter().map(|id| (kind, id)).collect()
}

fn count(number: usize) -> Amount {
    Amount::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn name(text: impl Into<String>) -> Amount {
    let text = text.into();
    if text.is_empty() { Amount::Empty } else { Amount::Words(Words::same(text)) }
}

fn day(day: Option<Date>) -> Amount {
    day.map_or(Amount::Empty, Amount::Date)
}

fn amount(money: Option<Money>) -> Amount {
    money.map_or(Amount::Empty, Amount::Money)
}

/// A part of a whole in basis points, rounded half up; nothing where there is no whole.
fn share(part: i64, whole: i64) -> Amount {
    let whole = i128::from(whole);
    let share = (i128::from(part) * 10_000 + whole / 2).checked_div(whole);
    share.and_then(|share| u32::try_from(share).ok()).map_or(Amount::Empty, |share| Amount::Rate(BasisPoints(share)))
}

/// True for a fair that opens in a year.
fn opens_in(fair: &Fair, year: i32) -> bool {
    fair.opens_on.is_some_and(|opens| opens.year() == year)
}
