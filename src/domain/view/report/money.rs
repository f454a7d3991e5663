//! Reports of money: what the office granted and paid, and what its budget lines still have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::{Amount, Figure, Report, Row, Table, chart, count, name, number, records, sum};
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::order::natural_compare;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::fair::EventScope;
use crate::domain::record::Kind;
use crate::domain::view::derived::{claimant, rent_of};
use crate::domain::view::money::{budget_sums, paid_net};
use crate::domain::{BudgetLine, Claim, Fair, Payment};
use crate::say;

/// A decided claim with what it follows from.
pub(super) struct Support<'a> {
    pub(super) claim: &'a Claim,
    pub(super) fair: &'a Fair,
    pub(super) business: Option<Id>,
    pub(super) net: Money,
    pub(super) paid: Money,
}

/// The decided claims of the fairs that `wanted` holds for.
pub(super) fn supports<'a>(book: &'a Book, wanted: impl Fn(&Fair) -> bool) -> Result<Vec<Support<'a>>, MoneyFault> {
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
pub(super) struct Sums {
    pub(super) rent: Money,
    pub(super) granted: Money,
    pub(super) paid: Money,
    pub(super) own_share: Money,
}

pub(super) fn sums<'a>(supports: impl IntoIterator<Item = &'a Support<'a>>) -> Result<Sums, MoneyFault> {
    let mut sums = Sums { rent: Money::ZERO, granted: Money::ZERO, paid: Money::ZERO, own_share: Money::ZERO };
    for support in supports {
        sums.rent = sums.rent.plus(support.net)?;
        sums.granted = sums.granted.plus(support.claim.due())?;
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
        sum("rent", Words::new("Tiền thuê gian trước thuế", "Booth rent before tax"), sums.rent, claims()),
        sum("granted", Words::new("Đã quyết định hỗ trợ", "Granted"), sums.granted, claims()),
        sum("paid", Words::new("Đã chi", "Paid"), sums.paid, records(Kind::Payment, payments)),
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

/// What the budget lines of a fiscal year were given, have bound, paid and left.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn budget(book: &Book, year: i32) -> Result<Report, MoneyFault> {
    let mut lines: Vec<&BudgetLine> =
        book.all::<BudgetLine>().iter().filter(|line| line.fiscal_year == Some(i64::from(year))).collect();
    lines.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    let parts = [
        ("whole", Words::new("Tổng nguồn", "Whole")),
        ("committed", Words::new("Đã cam kết", "Committed")),
        ("paid", Words::new("Đã chi", "Paid")),
        ("returned", Words::new("Thu hồi", "Returned")),
        ("free", Words::new("Còn lại", "Free")),
        ("advanced", Words::new("Tạm ứng chưa quyết toán", "Advances not settled")),
        ("amount", Words::new("Dự toán giao", "First given")),
        ("adjusted", Words::new("Điều chỉnh", "Adjusted")),
    ];
    let mut totals = [Money::ZERO; 8];
    let mut rows = Vec::new();
    for line in &lines {
        let sums = budget_sums(book, line)?;
        let given = line.amount.unwrap_or(Money::ZERO);
        let adjusted = sums.whole.minus(given)?;
        let amounts = [sums.whole, sums.committed, sums.paid, sums.returned, sums.free, sums.advanced, given, adjusted];
        for (total, amount) in totals.iter_mut().zip(amounts) {
            *total = total.plus(amount)?;
        }
        rows.push(line_row(line, used(sums.whole, sums.free), amounts));
    }
    let ids = || lines.iter().map(|line| (Kind::BudgetLine, line.id)).collect::<Vec<_>>();
    let mut figures: Vec<Figure> =
        parts.iter().zip(totals).map(|((key, words), total)| sum(key, words.clone(), total, ids())).collect();
    let rate = used(totals[0], totals[4]);
    figures.push(Figure { key: "used_bp", words: Words::new("Đã dùng", "Used"), value: rate, records: ids() });
    let [whole, committed, paid, returned, free, advanced, amount, adjusted] = parts;
    let (code, used) = (("code", Words::new("Mã nguồn", "Code")), ("used_bp", Words::new("Đã dùng", "Used")));
    let advanced = (advanced.0, Words::new("Tạm ứng", "Advanced"));
    let title = ("title", Words::new("Nội dung", "Title"));
    let headings = vec![
        code,
        whole,
        committed,
        paid,
        free,
        used,
        ("bar", Words::default()),
        returned,
        advanced,
        amount,
        adjusted,
        title,
    ];
    let table = Table { key: "lines", title: Words::new("Theo nguồn", "By line"), headings, rows };
    let title = say!("Kinh phí năm {year}", "Budget of {year}");
    Ok(Report { key: "budget", title, figures, notes: Vec::new(), tables: vec![table] })
}

/// What stands first is what a narrow screen shows.
fn line_row(line: &BudgetLine, used: Amount, amounts: [Money; 8]) -> Row {
    let taken = amounts[0].minor.saturating_sub(amounts[4].minor);
    let drawn = Amount::Picture(chart::bar(taken, amounts[0].minor));
    let [whole, committed, paid, returned, free, advanced, given, adjusted] = amounts.map(Amount::Money);
    let [code, title] = [&line.code, &line.title].map(|text| name(text.to_string()));
    let cells = vec![code, whole, committed, paid, free, used, drawn, returned, advanced, given, adjusted, title];
    Row { subject: Some((Kind::BudgetLine, line.id)), cells }
}

/// How much of a whole is bound or paid, in basis points rounded down; nothing of nothing.
fn used(whole: Money, free: Money) -> Amount {
    let taken = i128::from(whole.minor) - i128::from(free.minor);
    let share = (taken * 10_000).checked_div(i128::from(whole.minor)).and_then(|share| u32::try_from(share).ok());
    share.map_or(Amount::Empty, |share| Amount::Rate(BasisPoints(share)))
}
