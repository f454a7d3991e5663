//! Reports of schemes: how much of its room each firm has used, and the register of support that anybody may read.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::papers::{Filed, filed};
use super::{Amount, Asked, Report, Row, Table, count, day, name, number, records, sum};
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::order::natural_compare;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::business::BusinessKind;
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::view::derived::claimant;
use crate::domain::view::title::decision_no;
use crate::domain::view::usage::{self, Limit, of_business};
use crate::domain::{Business, Claim, Fair, Scheme};
use crate::say;

/// What one scheme gave in a year: the decided claims of each firm.
struct Used<'a> {
    scheme: &'a Scheme,
    firms: Vec<(&'a Business, Vec<Filed<'a>>)>,
}

/// The decided claims of a year by scheme and business, the schemes by their codes and the firms by their names.
fn used<'a>(book: &'a Book, asked: &Asked) -> Vec<Used<'a>> {
    let mut by_scheme: BTreeMap<Id, BTreeMap<Id, Vec<Filed<'a>>>> = BTreeMap::new();
    for filed in filed(book, &Asked { fair: None, ..*asked }) {
        if let (true, Some(scheme)) = (filed.claim.status.counts_as_used(), filed.claim.scheme) {
            by_scheme.entry(scheme).or_default().entry(filed.business.id).or_default().push(filed);
        }
    }
    let mut found = Vec::new();
    for (scheme, firms) in by_scheme {
        let Some(scheme) = book.get::<Scheme>(scheme) else { continue };
        let mut firms: Vec<(&Business, Vec<Filed<'a>>)> =
            firms.into_values().filter_map(|group| Some((group.first()?.business, group))).collect();
        firms.sort_by(|one, other| natural_compare(one.0.name.as_str(), other.0.name.as_str()));
        found.push(Used { scheme, firms });
    }
    found.sort_by(|one, other| natural_compare(one.scheme.code.as_str(), other.scheme.code.as_str()));
    found
}

/// What firms used of the limits of each scheme: how often and how much, what is left, and when it begins anew.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn usage(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let (mut tables, mut full, mut firms_used, mut claims) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut whole = Money::ZERO;
    // A past year is looked at from its end.
    let last = Date::from_ymd_opt(asked.year, 12, 31).unwrap_or(asked.today);
    let on = if asked.today.year() == asked.year { asked.today } else { last };
    let mut notes = Vec::new();
    for Used { scheme, firms } in used(book, asked) {
        let mut rows = Vec::new();
        for (business, group) in &firms {
            let granted = Money::sum(group.iter().map(|filed| filed.claim.due()))?;
            whole = whole.plus(granted)?;
            firms_used.push(business.id);
            claims.extend(group.iter().map(|filed| filed.claim.id));
            let limits = match of_business(book, business.id, on) {
                Ok(limits) => limits,
                Err(refusal) => {
                    let code = &scheme.code;
                    notes.push(say!("{code}: {}", "{code}: {}"; refusal.what));
                    Vec::new()
                }
            };
            let limits: Vec<usage::Row> = limits.into_iter().filter(|row| row.scheme == scheme.id).collect();
            if limits.iter().any(is_used_up) {
                full.push(business.id);
            }
            let times = group.len();
            if limits.is_empty() {
                rows.push(usage_row(business, times, granted, None));
            }
            rows.extend(limits.iter().map(|limit| usage_row(business, times, granted, Some(limit))));
        }
        let (code, title) = (&scheme.code, &scheme.title);
        let title = say!("{code}: {title}", "{code}: {title}");
        tables.push(Table { key: "scheme", title, headings: usage_headings(), rows });
    }
    let figures = vec![
        number("businesses", Words::new("Đơn vị đã dùng", "Firms that used it"), records(Kind::Business, firms_used)),
        number("times", Words::new("Lượt hỗ trợ", "Times"), records(Kind::Claim, claims.iter().copied())),
        sum("granted", Words::new("Số tiền", "Granted"), whole, records(Kind::Claim, claims)),
        number("full", Words::new("Đã dùng hết", "Used up"), records(Kind::Business, full)),
    ];
    notes.dedup();
    let year = asked.year;
    let title = say!("Mức sử dụng chương trình năm {year}", "Use of the schemes in {year}");
    Ok(Report { key: "usage", title, figures, notes, tables })
}

fn is_used_up(row: &usage::Row) -> bool {
    match row.limit {
        Limit::Times { left, .. } => left == 0,
        Limit::Amount { left, .. } => left.is_zero(),
    }
}

/// One limit of a scheme as a firm has used it; without one there is no room to be told.
fn usage_row(business: &Business, times: usize, granted: Money, limit: Option<&usage::Row>) -> Row {
    let left = limit.map_or(Amount::Empty, |row| match row.limit {
        Limit::Times { left, .. } => Amount::Number(left),
        Limit::Amount { left, .. } => Amount::Money(left),
    });
    let resets = limit.filter(|row| is_used_up(row)).and_then(|row| row.used.resets_on);
    Row {
        subject: Some((Kind::Business, business.id)),
        cells: vec![
            name(business.name.to_string()),
            count(times),
            Amount::Money(granted),
            limit.map_or(Amount::Empty, |row| Amount::Words(row.label())),
            left,
            day(resets),
        ],
    }
}

fn usage_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("times", Words::new("Lần", "Times")),
        ("granted", Words::new("Đã hỗ trợ", "Granted")),
        ("limit", Words::new("Hạn mức", "Limit")),
        ("left", Words::new("Còn", "Left")),
        ("resets_on", Words::new("Tính lại", "Begins anew")),
    ]
}

/// The register of support that anybody may read: firm, commune, scheme, amount and day, and no personal data.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn public_register(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let mut found: Vec<Filed<'_>> = decided_in(book, asked.year);
    found.sort_by_key(|filed| (filed.claim.decided_on, filed.claim.decision_number, filed.claim.id));
    let mut by_kind: BTreeMap<&'static str, (Vec<Id>, Money)> = BTreeMap::new();
    let mut rows = Vec::new();
    for filed in &found {
        let claim = filed.claim;
        let (claims, money) = by_kind.entry(filed.business.kind.key()).or_default();
        claims.push(claim.id);
        *money = money.plus(claim.due())?;
        let scheme = book.follow::<Scheme>(claim.scheme);
        let no = claim.decision_number.map(|number| decision_no(book, number)).unwrap_or_default();
        rows.push(Row {
            subject: Some((Kind::Claim, claim.id)),
            cells: vec![
                name(filed.business.name.to_string()),
                name(filed.business.commune.to_string()),
                name(scheme.map(|scheme| scheme.code.to_string()).unwrap_or_default()),
                Amount::Money(claim.due()),
                day(claim.decided_on),
                name(no),
                name(filed.fair.name.to_string()),
            ],
        });
    }
    let total = Money::sum(found.iter().map(|filed| filed.claim.due()))?;
    let ids = || records(Kind::Claim, found.iter().map(|filed| filed.claim.id));
    let figures = vec![
        number(
            "businesses",
            Words::new("Đơn vị", "Firms"),
            records(Kind::Business, found.iter().map(|filed| filed.business.id)),
        ),
        number("decisions", Words::new("Lượt hỗ trợ", "Grants"), ids()),
        sum("total", Words::new("Tổng số tiền", "Total"), total, ids()),
    ];
    let headings = vec![
        ("business", Words::new("Đơn vị", "Firm")),
        ("commune", Words::new("Xã, phường", "Commune")),
        ("scheme", Words::new("Chương trình", "Scheme")),
        ("amount", Words::new("Số tiền", "Amount")),
        ("decided_on", Words::new("Ngày", "Date")),
        ("decision_no", Words::new("Quyết định", "Decision")),
        ("fair", Words::new("Hội chợ", "Fair")),
    ];
    let year = asked.year;
    let title = say!("Công khai hỗ trợ năm {year}", "Register of support in {year}");
    let tables =
        vec![Table { key: "grants", title: Words::new("Từng lượt", "Each grant"), headings, rows }, kinds(&by_kind)];
    Ok(Report { key: "register", title, figures, notes: Vec::new(), tables })
}

/// What was decided in a year and still stands, whenever its fair opened.
fn decided_in(book: &Book, year: i32) -> Vec<Filed<'_>> {
    let decided = book
        .all::<Claim>()
        .iter()
        .filter(|claim| claim.status.binds_money() && claim.decided_on.is_some_and(|decided| decided.year() == year));
    decided
        .filter_map(|claim| {
            let (fair, business) = claimant(book, claim);
            Some(Filed { claim, fair: book.follow::<Fair>(fair)?, business: book.follow::<Business>(business)? })
        })
        .collect()
}

fn kinds(by_kind: &BTreeMap<&'static str, (Vec<Id>, Money)>) -> Table {
    let rows = BusinessKind::CHOICES.iter().filter_map(|kind| {
        let (claims, money) = by_kind.get(kind.key)?;
        let group = Amount::Group(kind.words(), records(Kind::Claim, claims.iter().copied()));
        Some(Row { subject: None, cells: vec![group, count(claims.len()), Amount::Money(*money)] })
    });
    Table {
        key: "kinds",
        title: Words::new("Theo loại hình", "By kind of firm"),
        rows: rows.collect(),
        headings: vec![
            ("kind", Words::new("Loại hình", "Kind")),
            ("times", Words::new("Lượt", "Grants")),
            ("amount", Words::new("Số tiền", "Amount")),
        ],
    }
}
