//! Reports: figures, each with the records behind it, so that every number opens to what it was counted from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Serialize;

use crate::base::dates::{Date, Moment, days_until};
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::fair::EventScope;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::derived::{BoothState, booth_status, claimant, rent_of, share_of};
use crate::domain::view::money::{budget_sums, paid_net};
use crate::domain::view::title::title;
use crate::domain::{Booth, BudgetLine, Claim, Fair, Lead, Payment, Registration};
use crate::say;

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
}

impl Amount {
    /// As a person reads it.
    #[must_use]
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) => words.in_lang(lang).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Money(money) => money.show(lang),
            Self::Rate(rate) => rate.show(lang),
            Self::Date(day) => crate::base::dates::show_date(*day),
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
    /// The figure with this key.
    #[must_use]
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}

/// Which leads a report counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Those of fairs that open in a year; those without a fair by the year in which they were entered.
    Year(i32),
    /// Those of one fair.
    Fair(Id),
}

fn number(key: &'static str, words: Words, records: Vec<(Kind, Id)>) -> Figure {
    let value = Amount::Number(i64::try_from(records.len()).unwrap_or(i64::MAX));
    Figure { key, words, value, records }
}

const fn money(key: &'static str, words: Words, sum: Money, records: Vec<(Kind, Id)>) -> Figure {
    Figure { key, words, value: Amount::Money(sum), records }
}

fn records(kind: Kind, ids: impl IntoIterator<Item = Id>) -> Vec<(Kind, Id)> {
    let distinct: BTreeSet<Id> = ids.into_iter().collect();
    distinct.into_iter().map(|id| (kind, id)).collect()
}

fn count(number: usize) -> Amount {
    Amount::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A decided claim with what it follows from.
struct Support<'a> {
    claim: &'a Claim,
    fair: &'a Fair,
    business: Option<Id>,
    net: Money,
    paid: Money,
}

/// The decided claims of the fairs that `wanted` holds for.
fn supports<'a>(book: &'a Book, wanted: impl Fn(&Fair) -> bool) -> Result<Vec<Support<'a>>, MoneyFault> {
    let mut found = Vec::new();
    for claim in book.all::<Claim>().iter().filter(|claim| claim.status.binds_money()) {
        let (fair, business) = claimant(book, claim);
        let Some(fair) = book.follow::<Fair>(fair).filter(|fair| wanted(fair)) else { continue };
        let net = match (claim.cost, claim.registration) {
            (Some(cost), _) => cost,
            (None, Some(registration)) => rent_of(book, registration)?,
            (None, None) => Money::ZERO,
        };
        found.push(Support { claim, fair, business, net, paid: paid_net(book, claim.id)? });
    }
    Ok(found)
}

/// The sums of some decided claims.
struct Sums {
    rent: Money,
    granted: Money,
    paid: Money,
    own_share: Money,
}

fn sums<'a>(supports: impl IntoIterator<Item = &'a Support<'a>>) -> Result<Sums, MoneyFault> {
    let mut sums = Sums { rent: Money::ZERO, granted: Money::ZERO, paid: Money::ZERO, own_share: Money::ZERO };
    for support in supports {
        sums.rent = sums.rent.plus(support.net)?;
        sums.granted = sums.granted.plus(support.claim.grant.unwrap_or(Money::ZERO))?;
        sums.paid = sums.paid.plus(support.paid)?;
        sums.own_share = sums.own_share.plus(support.claim.own_share.unwrap_or(Money::ZERO))?;
    }
    Ok(sums)
}

/// Whom the office supported at fairs that opened in a year: by claims that were decided and not cancelled.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn support(book: &Book, year: i32) -> Result<Report, MoneyFault> {
    let found = supports(book, |fair| fair.opens_on.is_some_and(|opens| opens.year() == year))?;
    let sums = sums(&found)?;
    let claims = || found.iter().map(|support| (Kind::Claim, support.claim.id)).collect::<Vec<_>>();
    let rates: BTreeSet<u32> = found
        .iter()
        .filter_map(|support| support.claim.calculation.as_ref())
        .map(|calculation| calculation.rate.0)
        .collect();
    let mut notes = Vec::new();
    if rates.len() > 1 {
        let listed: Vec<String> = rates.iter().map(|rate| BasisPoints(*rate).show(Lang::Vi)).collect();
        let listed = listed.join(", ");
        notes.push(say!("Có nhiều mức hỗ trợ: {listed}.", "There are several rates: {listed}."));
    }
    let rate = if rates.len() == 1 { rates.first().copied().unwrap_or(0) } else { 0 };
    let payments = found.iter().flat_map(|support| {
        book.pointing::<Payment>(support.claim.id).filter(|payment| payment.status.is_alive()).map(|payment| payment.id)
    });
    let figures = vec![
        number(
            "businesses",
            Words::new("Doanh nghiệp được hỗ trợ", "Businesses supported"),
            records(Kind::Business, found.iter().filter_map(|support| support.business)),
        ),
        number(
            "participations",
            Words::new("Lượt tham gia được hỗ trợ", "Participations supported"),
            records(Kind::Registration, found.iter().filter_map(|support| support.claim.registration)),
        ),
        number(
            "fairs",
            Words::new("Hội chợ", "Fairs"),
            records(Kind::Fair, found.iter().map(|support| support.fair.id)),
        ),
        Figure {
            key: "rate_bp",
            words: Words::new("Mức hỗ trợ", "Rate"),
            value: Amount::Rate(BasisPoints(rate)),
            records: records(Kind::Scheme, found.iter().filter_map(|support| support.claim.scheme)),
        },
        money("rent", Words::new("Tiền thuê gian trước thuế", "Booth rent before tax"), sums.rent, claims()),
        money("granted", Words::new("Đã quyết định hỗ trợ", "Granted"), sums.granted, claims()),
        money("paid", Words::new("Đã chi", "Paid"), sums.paid, records(Kind::Payment, payments)),
    ];
    let tables = support_tables(&found)?;
    let title = say!("Hỗ trợ tiền thuê gian hàng năm {year}", "Booth-rental support in {year}");
    Ok(Report { key: "support", title, figures, notes, tables })
}

/// One table a scope, so that fairs abroad are never added to those at home.
fn support_tables(found: &[Support<'_>]) -> Result<Vec<Table>, MoneyFault> {
    let mut tables = Vec::new();
    for (key, abroad, title) in [
        ("domestic", false, Words::new("Hội chợ trong nước", "Fairs in the country")),
        ("abroad", true, Words::new("Hội chợ nước ngoài", "Fairs abroad")),
    ] {
        let mut by_fair: BTreeMap<(Option<Date>, Id), Vec<&Support<'_>>> = BTreeMap::new();
        for support in found.iter().filter(|support| (support.fair.kind.scope() == EventScope::Abroad) == abroad) {
            by_fair.entry((support.fair.opens_on, support.fair.id)).or_default().push(support);
        }
        let mut rows = Vec::new();
        for ((opens, fair), group) in by_fair {
            let Some(first) = group.first() else { continue };
            let businesses: BTreeSet<Id> = group.iter().filter_map(|support| support.business).collect();
            let sums = sums(group.iter().copied())?;
            rows.push(Row {
                subject: Some((Kind::Fair, fair)),
                cells: vec![
                    Amount::Words(Words::same(first.fair.code.to_string())),
                    opens.map_or(Amount::Empty, Amount::Date),
                    count(businesses.len()),
                    count(group.len()),
                    Amount::Money(sums.rent),
                    Amount::Money(sums.granted),
                    Amount::Money(sums.paid),
                ],
            });
        }
        let headings = vec![
            ("fair", Words::new("Hội chợ", "Fair")),
            ("opens_on", Words::new("Khai mạc", "Opens")),
            ("businesses", Words::new("Doanh nghiệp", "Businesses")),
            ("participations", Words::new("Lượt", "Participations")),
            ("rent", Words::new("Tiền thuê", "Rent")),
            ("granted", Words::new("Hỗ trợ", "Granted")),
            ("paid", Words::new("Đã chi", "Paid")),
        ];
        if !rows.is_empty() || !abroad {
            tables.push(Table { key, title, headings, rows });
        }
    }
    Ok(tables)
}

/// How a fair went: who came, how full it was, what it cost, what came of it.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn fair(book: &Book, fair: Id, today: Date) -> Result<Report, MoneyFault> {
    let Some(record) = book.get::<Fair>(fair) else {
        let title = Words::new("Không còn hội chợ này", "This fair is no longer in the book");
        return Ok(Report { key: "fair", title, figures: Vec::new(), notes: Vec::new(), tables: Vec::new() });
    };
    let registrations: Vec<&Registration> = book.pointing::<Registration>(fair).collect();
    let alive = || registrations.iter().filter(|registration| registration.status.is_alive());
    let mut figures = vec![
        number(
            "registrations",
            Words::new("Đăng ký", "Registrations"),
            records(Kind::Registration, alive().map(|registration| registration.id)),
        ),
        number(
            "businesses",
            Words::new("Doanh nghiệp", "Businesses"),
            records(Kind::Business, alive().filter_map(|registration| registration.business)),
        ),
    ];
    booth_figures(book, fair, today, &mut figures);
    let mut rent = Money::ZERO;
    for registration in &registrations {
        rent = rent.plus(rent_of(book, registration.id)?)?;
    }
    let ids = || records(Kind::Registration, registrations.iter().map(|registration| registration.id));
    figures.push(money("rent", Words::new("Tiền thuê gian trước thuế", "Booth rent before tax"), rent, ids()));
    let found = supports(book, |other| other.id == fair)?;
    let sums = sums(&found)?;
    let claims = || records(Kind::Claim, found.iter().map(|support| support.claim.id));
    figures.push(money("granted", Words::new("Hỗ trợ", "Support"), sums.granted, claims()));
    figures.push(money("own_share", Words::new("Doanh nghiệp tự chi", "Own share"), sums.own_share, claims()));
    let leads: Vec<&Lead> = book.pointing::<Lead>(fair).filter(|lead| lead.stage != LeadStage::Duplicate).collect();
    figures.push(number(
        "leads",
        Words::new("Đầu mối", "Leads"),
        records(Kind::Lead, leads.iter().map(|lead| lead.id)),
    ));
    figures.extend(lead_sums(&leads)?);
    let own = || vec![(Kind::Fair, fair)];
    let visits = record.visits.map_or(Amount::Empty, Amount::Number);
    figures
        .push(Figure { key: "visits", words: Words::new("Lượt khách", "Visits"), value: visits, records: own() });
    let turnover = record.turnover.map_or(Amount::Empty, Amount::Money);
    let words = Words::new("Doanh thu tại hội chợ", "Turnover at the fair");
    figures.push(Figure { key: "turnover", words, value: turnover, records: own() });
    let (code, name) = (&record.code, &record.name);
    Ok(Report {
        key: "fair",
        title: say!("Kết quả {code}: {name}", "Results of {code}: {name}"),
        figures,
        notes: Vec::new(),
        tables: vec![by_state(&registrations)],
    })
}

fn booth_figures(book: &Book, fair: Id, today: Date, figures: &mut Vec<Figure>) {
    let booths: Vec<(Id, BoothState)> =
        book.pointing::<Booth>(fair).map(|booth| (booth.id, booth_status(book, booth, today))).collect();
    let of = |wanted: &dyn Fn(BoothState) -> bool| {
        booths.iter().filter(|(_, state)| wanted(*state)).map(|(id, _)| (Kind::Booth, *id)).collect::<Vec<_>>()
    };
    let rented =
        of(&|state| !matches!(state, BoothState::Free | BoothState::Held | BoothState::Offered | BoothState::Blocked));
    let held = of(&|state| matches!(state, BoothState::Held | BoothState::Offered));
    let taken: Vec<(Kind, Id)> = rented.iter().chain(&held).copied().collect();
    let share = share_of(taken.len(), booths.len()).map_or(Amount::Empty, Amount::Rate);
    figures.push(number("booths", Words::new("Gian hàng", "Booths"), of(&|_| true)));
    figures.push(number("booths_rented", Words::new("Gian đã thuê", "Booths rented"), rented));
    figures.push(number("booths_held", Words::new("Gian giữ chỗ", "Booths held"), held));
    figures.push(number(
        "booths_free",
        Words::new("Gian trống", "Booths free"),
        of(&|state| state == BoothState::Free),
    ));
    let blocked = of(&|state| state == BoothState::Blocked);
    figures.push(number("booths_blocked", Words::new("Gian khóa", "Booths blocked"), blocked));
    figures.push(Figure { key: "taken_bp", words: Words::new("Lấp đầy", "Taken"), value: share, records: taken });
}

fn by_state(registrations: &[&Registration]) -> Table {
    let rows = RegistrationStatus::CHOICES
        .iter()
        .filter_map(|choice| {
            let found = registrations.iter().filter(|registration| registration.status.key() == choice.key).count();
            (found > 0).then(|| Row { subject: None, cells: vec![Amount::Words(choice.words()), count(found)] })
        })
        .collect();
    Table {
        key: "registrations",
        title: Words::new("Đăng ký theo tình trạng", "Registrations by state"),
        headings: vec![("status", Words::new("Tình trạng", "Status")), ("count", Words::new("Số lượng", "Count"))],
        rows,
    }
}

/// What was intended, signed and delivered: three sums that are never added.
fn lead_sums(leads: &[&Lead]) -> Result<Vec<Figure>, MoneyFault> {
    let sum = |key, words, of: fn(&Lead) -> Option<Money>| {
        let with: Vec<&&Lead> = leads.iter().filter(|lead| of(lead).is_some()).collect();
        let total = Money::sum(with.iter().filter_map(|lead| of(lead)))?;
        Ok(money(key, words, total, records(Kind::Lead, with.iter().map(|lead| lead.id))))
    };
    Ok(vec![
        sum("mou", Words::new("Giá trị ghi nhớ", "MOU value"), |lead| lead.mou_value)?,
        sum("contract", Words::new("Giá trị hợp đồng đã ký", "Contracts signed"), |lead| {
            lead.contract_value
        })?,
        sum("delivered", Words::new("Giá trị đã giao", "Delivered"), |lead| lead.delivered_value)?,
    ])
}

/// What the budget lines of a fiscal year have, owe and paid.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn budget(book: &Book, year: i32) -> Result<Report, MoneyFault> {
    let mut lines: Vec<&BudgetLine> =
        book.all::<BudgetLine>().iter().filter(|line| line.fiscal_year == Some(i64::from(year))).collect();
    lines.sort_by(|one, other| crate::base::order::natural_compare(one.code.as_str(), other.code.as_str()));
    let parts = [
        ("whole", Words::new("Tổng nguồn", "Whole")),
        ("committed", Words::new("Đã cam kết", "Committed")),
        ("paid", Words::new("Đã chi", "Paid")),
        ("returned", Words::new("Thu hồi", "Returned")),
        ("free", Words::new("Còn lại", "Free")),
    ];
    let mut totals = [Money::ZERO; 5];
    let mut rows = Vec::new();
    for line in &lines {
        let sums = budget_sums(book, line)?;
        let amounts = [sums.whole, sums.committed, sums.paid, sums.returned, sums.free];
        for (total, amount) in totals.iter_mut().zip(amounts) {
            *total = total.plus(amount)?;
        }
        let name = [&line.code, &line.title].map(|text| Amount::Words(Words::same(text.to_string())));
        let cells = name.into_iter().chain(amounts.map(Amount::Money)).collect();
        rows.push(Row { subject: Some((Kind::BudgetLine, line.id)), cells });
    }
    let ids = || lines.iter().map(|line| (Kind::BudgetLine, line.id)).collect::<Vec<_>>();
    let figures =
        parts.iter().zip(totals).map(|((key, words), total)| money(key, words.clone(), total, ids())).collect();
    let names = [("code", Words::new("Mã nguồn", "Code")), ("title", Words::new("Nội dung", "Title"))];
    let headings = names.into_iter().chain(parts).collect();
    let table = Table { key: "lines", title: Words::new("Theo nguồn", "By line"), headings, rows };
    let title = say!("Kinh phí năm {year}", "Budget of {year}");
    Ok(Report { key: "budget", title, figures, notes: Vec::new(), tables: vec![table] })
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

fn is_among(book: &Book, lead: &Lead, among: Among) -> bool {
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

/// The cells that every table of leads ends with: count, and the three sums.
fn lead_cells<'a>(leads: impl Iterator<Item = &'a Lead> + Clone) -> Result<Vec<Amount>, MoneyFault> {
    Ok(vec![
        count(leads.clone().count()),
        Amount::Money(Money::sum(leads.clone().filter_map(|lead| lead.mou_value))?),
        Amount::Money(Money::sum(leads.clone().filter_map(|lead| lead.contract_value))?),
        Amount::Money(Money::sum(leads.filter_map(|lead| lead.delivered_value))?),
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
    let mut rows = Vec::new();
    for choice in LeadStage::CHOICES {
        let found = leads.iter().copied().filter(|lead| lead.stage.key() == choice.key);
        if found.clone().next().is_some() {
            let mut cells = vec![Amount::Words(choice.words())];
            cells.extend(lead_cells(found)?);
            rows.push(Row { subject: None, cells });
        }
    }
    let headings = lead_headings(("stage", Words::new("Giai đoạn", "Stage")));
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
        let mut cells = vec![Amount::Words(name)];
        cells.extend(lead_cells(found.clone())?);
        cells.push(count(found.filter(|lead| is_overdue(lead, today)).count()));
        rows.push(Row { subject: None, cells });
    }
    let mut headings = lead_headings(("owner", Words::new("Người theo dõi", "Owner")));
    headings.push(("overdue", Words::new("Quá hạn", "Overdue")));
    Ok(Table { key: "owners", title: Words::new("Theo người", "By person"), headings, rows })
}
