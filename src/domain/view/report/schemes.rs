//! Reports of schemes: how much of its room each firm has used, and the register of support that anybody may read.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::papers::{Filed, filed};
use super::{Amount, Asked, Report, Row, Table, amount, count, day, name, number, records, sum};
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

/// What firms used of each scheme in a year: how often and how much, the room that is left, and when it begins anew.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn usage(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let (mut tables, mut full, mut firms_used, mut claims) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut whole = Money::ZERO;
    let resets = Date::from_ymd_opt(asked.year.saturating_add(1), 1, 1);
    for Used { scheme, firms } in used(book, asked) {
        let mut rows = Vec::new();
        for (business, group) in &firms {
            let granted = Money::sum(group.iter().filter_map(|filed| filed.claim.grant))?;
            whole = whole.plus(granted)?;
            let times = i64::try_from(group.len()).unwrap_or(i64::MAX);
            let times_left = scheme.times_year.map(|most| (most - times).max(0));
            let money_left = scheme.cap_year.map(|cap| cap.minus(granted)).transpose()?.map(Money::at_least_zero);
            let is_full = times_left == Some(0) || money_left.is_some_and(Money::is_zero);
            if is_full {
                full.push(business.id);
            }
            firms_used.push(business.id);
            claims.extend(group.iter().map(|filed| filed.claim.id));
            rows.push(Row {
                subject: Some((Kind::Business, business.id)),
                cells: vec![
                    name(business.name.to_string()),
                    Amount::Number(times),
                    times_left.map_or(Amount::Empty, Amount::Number),
                    Amount::Money(granted),
                    amount(money_left),
                    if is_full { day(resets) } else { Amount::Empty },
                ],
            });
        }
        let (code, title) = (&scheme.code, &scheme.title);
        tables.push(Table {
            key: "scheme",
            title: say!("{code}: {title}", "{code}: {title}"),
            headings: usage_headings(),
            rows,
        });
    }
    let figures = vec![
        number("businesses", Words::new("Đơn vị đã dùng", "Firms that used it"), records(Kind::Business, firms_used)),
        number("times", Words::new("Lượt hỗ trợ", "Times"), records(Kind::Claim, claims.iter().copied())),
        sum("granted", Words::new("Số tiền", "Granted"), whole, records(Kind::Claim, claims)),
        number("full", Words::new("Đã dùng hết", "Used up"), records(Kind::Business, full)),
    ];
    let year = asked.year;
    let notes = vec![say!(
        "Tính theo ngày khai mạc trong năm {year}; bỏ trống là không giới hạn.",
        "By fairs that open in {year}; an empty room is without limit."
    )];
    let title = say!("Mức sử dụng chương trình năm {year}", "Use of the schemes in {year}");
    Ok(Report { key: "usage", title, figures, notes, tables })
}

fn usage_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("times", Words::new("Lần", "Times")),
        ("times_left", Words::new("Còn lần", "Times left")),
        ("granted", Words::new("Đã hỗ trợ", "Granted")),
        ("money_left", Words::new("Còn được", "Room left")),
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
    let mut by_kind: BTreeMap<&'static str, (usize, Money)> = BTreeMap::new();
    let mut rows = Vec::new();
    for filed in &found {
        let claim = filed.claim;
        let entry = by_kind.entry(filed.business.kind.key()).or_insert((0, Money::ZERO));
        *entry = (entry.0 + 1, entry.1.plus(claim.due())?);
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

fn kinds(by_kind: &BTreeMap<&'static str, (usize, Money)>) -> Table {
    let rows = BusinessKind::CHOICES.iter().filter_map(|kind| {
        let (times, money) = by_kind.get(kind.key)?;
        Some(Row { subject: None, cells: vec![Amount::Words(kind.words()), count(*times), Amount::Money(*money)] })
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
