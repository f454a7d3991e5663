//! Reports of what businesses say of fairs: sales day by day (R10), and which after-fair reports are there (R11).

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};

use super::{Amount, Asked, Figure, Report, Row, Table, amount, chart, count, day, name, number, records, sum};
use crate::base::dates::{Date, days_until};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::product::ProductGroup;
use crate::domain::record::Kind;
use crate::domain::view::results::{ReportState, days_missing, report_by, report_of, report_state, who_stood};
use crate::domain::view::title::title;
use crate::domain::{Fair, FairReport, Product, Registration, Sale};
use crate::say;

fn business(book: &Book, registration: &Registration) -> Words {
    let named = registration.business.map(|id| title(book, Kind::Business, id, Lang::Vi));
    Words::same(named.unwrap_or_default())
}

fn group_name(group: Option<ProductGroup>) -> Words {
    group.map_or_else(|| Words::new("chưa rõ nhóm", "no group known"), |group| group.words())
}

/// Sales of a fair: by day, by business, by product group.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn daily_sales(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let Some(fair) = book.follow::<Fair>(asked.fair) else { return Ok(Report::without_fair("sales")) };
    let stood: Vec<&Registration> = who_stood(book, fair.id).collect();
    let sales: Vec<&Sale> = stood.iter().flat_map(|registration| book.pointing::<Sale>(registration.id)).collect();
    let all = Money::sum(sales.iter().filter_map(|sale| sale.amount))?;
    let ids = |sales: &[&Sale]| records(Kind::Sale, sales.iter().map(|sale| sale.id));
    let with_orders: Vec<&Sale> = sales.iter().copied().filter(|sale| sale.orders_value.is_some()).collect();
    let orders = Money::sum(with_orders.iter().filter_map(|sale| sale.orders_value))?;
    let lacking: Vec<&Registration> = stood
        .iter()
        .copied()
        .filter(|registration| !days_missing(book, registration, asked.today).is_empty())
        .collect();
    let figures = vec![
        sum("sales", Words::new("Doanh số", "Sales"), all, ids(&sales)),
        number(
            "firms",
            Words::new("Đơn vị đã ghi", "Firms that told"),
            records(Kind::Registration, sales.iter().filter_map(|sale| sale.registration)),
        ),
        sum("orders_value", Words::new("Giá trị đơn hàng", "Value of orders"), orders, ids(&with_orders)),
        number(
            "missing",
            Words::new("Đơn vị thiếu ngày", "Firms with days missing"),
            records(Kind::Registration, lacking.iter().map(|registration| registration.id)),
        ),
    ];
    let mut notes = Vec::new();
    if let Some(whole) = fair.turnover.filter(|whole| whole.minor < all.minor) {
        let (vi, en) = (whole.show(Lang::Vi), whole.show(Lang::En));
        notes.push(say!(
            "Doanh số ghi được lớn hơn doanh thu cả hội chợ ({vi}): xem lại một trong hai.",
            "What was written down is more than the turnover of the whole fair ({en}): look at both."
        ));
    }
    let tables = vec![by_day(&sales)?, by_firm(book, fair, &stood, asked.today)?, by_group(book, &stood, all)?];
    let code = &fair.code;
    Ok(Report { key: "sales", title: say!("Doanh số tại {code}", "Sales at {code}"), figures, notes, tables })
}

fn weekday(on: Date) -> Words {
    match on.weekday() {
        Weekday::Mon => Words::new("thứ hai", "Monday"),
        Weekday::Tue => Words::new("thứ ba", "Tuesday"),
        Weekday::Wed => Words::new("thứ tư", "Wednesday"),
        Weekday::Thu => Words::new("thứ năm", "Thursday"),
        Weekday::Fri => Words::new("thứ sáu", "Friday"),
        Weekday::Sat => Words::new("thứ bảy", "Saturday"),
        Weekday::Sun => Words::new("chủ nhật", "Sunday"),
    }
}

fn by_day(sales: &[&Sale]) -> Result<Table, MoneyFault> {
    let mut days: BTreeMap<Date, Vec<&Sale>> = BTreeMap::new();
    for sale in sales {
        if let Some(on) = sale.on {
            days.entry(on).or_default().push(sale);
        }
    }
    let mut sums = Vec::new();
    for (on, sales) in &days {
        sums.push((*on, sales, Money::sum(sales.iter().filter_map(|sale| sale.amount))?));
    }
    let most = sums.iter().map(|(.., sum)| sum.minor).max().unwrap_or(0);
    let rows = sums
        .into_iter()
        .map(|(on, sales, total)| {
            let shown =
                Words { vi: crate::base::dates::show_date(on).into(), en: crate::base::dates::show_date(on).into() };
            let orders: i64 = sales.iter().filter_map(|sale| sale.orders).fold(0, i64::saturating_add);
            let contacts: i64 = sales.iter().filter_map(|sale| sale.contacts).fold(0, i64::saturating_add);
            Row {
                subject: None,
                cells: vec![
                    Amount::Group(shown, records(Kind::Sale, sales.iter().map(|sale| sale.id))),
                    Amount::Words(weekday(on)),
                    count(sales.len()),
                    Amount::Money(total),
                    Amount::Picture(chart::bar(total.minor, most)),
                    Amount::Number(orders),
                    Amount::Number(contacts),
                ],
            }
        })
        .collect();
    let headings = vec![
        ("day", Words::new("Ngày", "Day")),
        ("weekday", Words::new("Thứ", "Weekday")),
        ("firms", Words::new("Đơn vị", "Firms")),
        ("sales", Words::new("Doanh số", "Sales")),
        ("bar", Words::default()),
        ("orders", Words::new("Đơn hàng", "Orders")),
        ("contacts", Words::new("Liên hệ mới", "New contacts")),
    ];
    Ok(Table { key: "days", title: Words::new("Theo ngày", "By day"), headings, rows })
}

fn by_firm(book: &Book, fair: &Fair, stood: &[&Registration], today: Date) -> Result<Table, MoneyFault> {
    let days = crate::domain::view::results::days_until_now(fair, today);
    let mut found = Vec::new();
    for registration in stood {
        let sales: Vec<&Sale> = book.pointing::<Sale>(registration.id).collect();
        let total = Money::sum(sales.iter().filter_map(|sale| sale.amount))?;
        let line: Vec<Option<i64>> = days
            .iter()
            .map(|on| sales.iter().find(|sale| sale.on == Some(*on)).and_then(|sale| sale.amount))
            .map(|amount| amount.map(|amount| amount.minor))
            .collect();
        let missing = days_missing(book, registration, today).len();
        let ids = records(Kind::Sale, sales.iter().map(|sale| sale.id));
        found.push((total, *registration, ids, line, missing));
    }
    found.sort_by_key(|(total, registration, ..)| (std::cmp::Reverse(total.minor), registration.id));
    let rows = found
        .into_iter()
        .map(|(total, registration, ids, line, missing)| {
            let empty = ids.is_empty();
            let behind = if empty { vec![(Kind::Registration, registration.id)] } else { ids };
            Row {
                subject: Some((Kind::Registration, registration.id)),
                cells: vec![
                    Amount::Group(business(book, registration), behind),
                    if empty { Amount::Empty } else { Amount::Money(total) },
                    Amount::Picture(chart::line(&line)),
                    if missing == 0 { Amount::Empty } else { count(missing) },
                ],
            }
        })
        .collect();
    let headings = vec![
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("sales", Words::new("Doanh số", "Sales")),
        ("line", Words::new("Từng ngày", "Day by day")),
        ("missing", Words::new("Thiếu ngày", "Days missing")),
    ];
    Ok(Table { key: "firms", title: Words::new("Theo đơn vị", "By firm"), headings, rows })
}

fn by_group(book: &Book, stood: &[&Registration], all: Money) -> Result<Table, MoneyFault> {
    let mut groups: BTreeMap<Option<ProductGroup>, Vec<&Sale>> = BTreeMap::new();
    for registration in stood {
        let product = registration.business.and_then(|business| book.pointing::<Product>(business).next());
        let group = product.map(|product| product.group);
        groups.entry(group).or_default().extend(book.pointing::<Sale>(registration.id));
    }
    let mut sums = Vec::new();
    for (group, sales) in groups.into_iter().filter(|(_, sales)| !sales.is_empty()) {
        sums.push((group, Money::sum(sales.iter().filter_map(|sale| sale.amount))?, sales));
    }
    sums.sort_by_key(|(group, sum, _)| (std::cmp::Reverse(sum.minor), *group));
    let most = sums.iter().map(|(_, sum, _)| sum.minor).max().unwrap_or(0);
    let rows = sums
        .into_iter()
        .map(|(group, total, sales)| Row {
            subject: None,
            cells: vec![
                Amount::Group(group_name(group), records(Kind::Sale, sales.iter().map(|sale| sale.id))),
                Amount::Money(total),
                super::share(total.minor, all.minor),
                Amount::Picture(chart::bar(total.minor, most)),
            ],
        })
        .collect();
    let headings = vec![
        ("group", Words::new("Nhóm sản phẩm", "Product group")),
        ("sales", Words::new("Doanh số", "Sales")),
        ("share_bp", Words::new("Tỷ trọng", "Share")),
        ("bar", Words::default()),
    ];
    Ok(Table { key: "groups", title: Words::new("Theo nhóm sản phẩm", "By product group"), headings, rows })
}

/// Which firms reported on a fair, or on the fairs of a year, which have not, and what those that did say.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn collection(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let mut fairs: Vec<&Fair> = match asked.fair {
        Some(id) => book.get::<Fair>(id).into_iter().collect(),
        None => book.all::<Fair>().iter().filter(|fair| super::opens_in(fair, asked.year)).collect(),
    };
    fairs.sort_by_key(|fair| (fair.opens_on, fair.id));
    let asked_of: Vec<(&Fair, &Registration, ReportState)> = fairs
        .iter()
        .flat_map(|fair| who_stood(book, fair.id).map(move |registration| (*fair, registration)))
        .filter_map(|(fair, registration)| Some((fair, registration, report_state(book, registration, asked.today)?)))
        .collect();
    let of = |state: Option<ReportState>| {
        let wanted = asked_of.iter().filter(|(.., found)| state.is_none_or(|state| state == *found));
        records(Kind::Registration, wanted.map(|(_, registration, _)| registration.id))
    };
    let told: Vec<(&Registration, &FairReport)> = asked_of
        .iter()
        .filter_map(|(_, registration, _)| Some((*registration, report_of(book, registration.id)?)))
        .collect();
    let ids = || records(Kind::FairReport, told.iter().map(|(_, report)| report.id));
    let turnover = Money::sum(told.iter().filter_map(|(_, report)| report.turnover))?;
    let marks: Vec<i64> = told.iter().filter_map(|(_, report)| report.satisfied).collect();
    let (received, all) = (of(Some(ReportState::Received)).len(), asked_of.len());
    let mut figures = vec![
        number("asked", Words::new("Đơn vị phải báo cáo", "Firms that report"), of(None)),
        number("received", Words::new("Đã nộp", "Received"), of(Some(ReportState::Received))),
        number("due", Words::new("Chưa nộp, còn hạn", "Due"), of(Some(ReportState::Due))),
        number("late", Words::new("Quá hạn", "Late"), of(Some(ReportState::Late))),
        Figure {
            key: "received_bp",
            words: Words::new("Tỷ lệ nộp", "Share received"),
            value: super::share(i64::try_from(received).unwrap_or(0), i64::try_from(all).unwrap_or(0)),
            records: of(Some(ReportState::Received)),
        },
        sum("turnover", Words::new("Doanh thu theo báo cáo", "Turnover as reported"), turnover, ids()),
    ];
    if !marks.is_empty() {
        let tenths = marks.iter().sum::<i64>() * 10 / i64::try_from(marks.len()).unwrap_or(1);
        let shown = |comma: char| format!("{}{comma}{} / 5", tenths / 10, tenths % 10);
        let value = Amount::Words(Words { vi: shown(',').into(), en: shown('.').into() });
        figures.push(Figure { key: "satisfied", words: Words::new("Hài lòng", "Content"), value, records: ids() });
    }
    let about = match asked.fair {
        Some(id) => Words::same(title(book, Kind::Fair, id, Lang::Vi)),
        None => Words::same(asked.year.to_string()),
    };
    let tables = vec![owing(book, &asked_of, asked.today), received_table(book, &told), opinions(book, &told)];
    let title = say!("Báo cáo của đơn vị {}", "Reports of firms, {}"; about);
    Ok(Report { key: "reports", title, figures, notes: Vec::new(), tables })
}

fn owing(book: &Book, asked_of: &[(&Fair, &Registration, ReportState)], today: Date) -> Table {
    let mut found: Vec<(Option<Date>, Id, Row)> = Vec::new();
    for (fair, registration, state) in asked_of.iter().filter(|(.., state)| *state != ReportState::Received) {
        let by = report_by(book, registration);
        let late = by.map_or(0, |by| days_until(by, today)).max(0);
        let cells = vec![
            Amount::Words(business(book, registration)),
            name(fair.code.to_string()),
            day(by),
            Amount::Words(state.words()),
            if late == 0 { Amount::Empty } else { Amount::Number(late) },
        ];
        let subject = Some((Kind::Registration, registration.id));
        found.push((by, registration.id, Row { subject, cells }));
    }
    found.sort_by_key(|(by, id, _)| (*by, *id));
    Table {
        key: "owing",
        title: Words::new("Chưa nộp", "Still to come"),
        headings: vec![
            ("business", Words::new("Doanh nghiệp", "Business")),
            ("fair", Words::new("Hội chợ", "Fair")),
            ("by", Words::new("Hạn", "Due")),
            ("state", Words::new("Tình trạng", "State")),
            ("days", Words::new("Trễ (ngày)", "Days late")),
        ],
        rows: found.into_iter().map(|(.., row)| row).collect(),
    }
}

fn received_table(book: &Book, told: &[(&Registration, &FairReport)]) -> Table {
    let rows = told
        .iter()
        .map(|(registration, report)| Row {
            subject: Some((Kind::FairReport, report.id)),
            cells: vec![
                Amount::Words(business(book, registration)),
                day(report.received_on),
                amount(report.turnover),
                amount(report.orders_value),
                report.contacts.map_or(Amount::Empty, Amount::Number),
                report.satisfied.map_or(Amount::Empty, Amount::Number),
            ],
        })
        .collect();
    Table {
        key: "received",
        title: Words::new("Đã nộp", "Received"),
        headings: vec![
            ("business", Words::new("Doanh nghiệp", "Business")),
            ("on", Words::new("Ngày", "Day")),
            ("turnover", Words::new("Doanh thu", "Turnover")),
            ("orders_value", Words::new("Đơn hàng", "Orders")),
            ("contacts", Words::new("Liên hệ", "Contacts")),
            ("satisfied", Words::new("Hài lòng", "Content")),
        ],
        rows,
    }
}

/// What firms say, a line each; who said it is opened by its line.
pub(super) fn opinions(book: &Book, told: &[(&Registration, &FairReport)]) -> Table {
    let mut rows = Vec::new();
    for (registration, report) in told {
        let said = [
            (Words::new("thuận lợi", "good"), &report.opinion),
            (Words::new("khó khăn", "difficult"), &report.difficulties),
            (Words::new("kiến nghị", "proposal"), &report.proposals),
        ];
        for (what, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            let line = text.as_str().replace('\n', " ");
            let cells = vec![Amount::Words(what), name(line), Amount::Words(business(book, registration))];
            rows.push(Row { subject: Some((Kind::FairReport, report.id)), cells });
        }
    }
    rows.sort_by_key(|row| row.cells.first().map(|cell| cell.show(Lang::En)));
    Table {
        key: "opinions",
        title: Words::new("Ý kiến", "Opinions"),
        headings: vec![
            ("kind", Words::new("Loại", "Kind")),
            ("text", Words::new("Nội dung", "Text")),
            ("business", Words::new("Doanh nghiệp", "Business")),
        ],
        rows,
    }
}
