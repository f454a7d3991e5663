//! OCOP certificates that ended or end within 30, 90 and 180 days (R20), and what depends on them.

use super::{Amount, Asked, Report, Row, Table, count, day, name, number, records};
use crate::base::ids::Id;
use crate::base::money::MoneyFault;
use crate::base::words::{Lang, Words};
use crate::domain::Certificate;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::expiry::{Touched, WINDOWS, days_left, touched, touched_by_all};
use crate::domain::view::title::title;
use crate::say;

/// A certificate that ends, and in how many days.
struct Ending<'a> {
    certificate: &'a Certificate,
    days: i64,
    touched: Touched,
}

/// Which certificates end, by window, and the registrations and claims that depend on them.
///
/// # Errors
/// None today; the signature is that of every report.
pub fn certificates(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let last = WINDOWS.last().copied().unwrap_or(0);
    let mut found: Vec<Ending<'_>> = book
        .all::<Certificate>()
        .iter()
        .filter_map(|certificate| Some((certificate, days_left(book, certificate, asked.today)?)))
        .filter(|(_, days)| *days <= last)
        .map(|(certificate, days)| Ending { certificate, days, touched: touched(book, certificate, asked.today) })
        .collect();
    found.sort_by_key(|ending| (ending.days, ending.certificate.id));
    let within = |least: i64, most: i64| -> Vec<&Ending<'_>> {
        found.iter().filter(|ending| (least..=most).contains(&ending.days)).collect()
    };
    let ids = |endings: &[&Ending<'_>]| records(Kind::Certificate, endings.iter().map(|ending| ending.certificate.id));
    let expired = within(i64::MIN, -1);
    let mut figures = vec![number("expired", Words::new("Đã hết hạn", "Expired"), ids(&expired))];
    for (key, days) in ["within30", "within90", "within180"].into_iter().zip(WINDOWS) {
        figures.push(number(key, say!("Hết hạn trong {days} ngày", "Ends within {days} days"), ids(&within(0, days))));
    }
    let all = touched_by_all(book, found.iter().map(|ending| ending.certificate), asked.today);
    figures.push(number(
        "registrations",
        Words::new("Đăng ký hội chợ bị ảnh hưởng", "Registrations that depend on them"),
        records(Kind::Registration, all.registrations.iter().copied()),
    ));
    figures.push(number(
        "claims",
        Words::new("Hồ sơ hỗ trợ bị ảnh hưởng", "Claims that depend on them"),
        records(Kind::Claim, all.claims.iter().copied()),
    ));
    let mut tables = Vec::new();
    let mut least = 0;
    for (key, days) in ["ends30", "ends90", "ends180"].into_iter().zip(WINDOWS) {
        let words = if least == 0 {
            say!("Trong {days} ngày", "Within {days} days")
        } else {
            say!("Từ {least} đến {days} ngày", "In {least} to {days} days")
        };
        tables.push(table(book, key, words, &within(least, days)));
        least = days + 1;
    }
    tables.push(table(book, "expired", Words::new("Đã hết hạn", "Expired"), &expired));
    tables.retain(|table| !table.rows.is_empty());
    let title = Words::new("Giấy chứng nhận OCOP hết hạn", "OCOP certificates that end");
    Ok(Report { key: "ocop", title, figures, notes: Vec::new(), tables })
}

fn table(book: &Book, key: &'static str, words: Words, endings: &[&Ending<'_>]) -> Table {
    let named = |kind: Kind, id: Option<Id>| name(id.map(|id| title(book, kind, id, Lang::Vi)).unwrap_or_default());
    let depends = |ids: &[Id]| if ids.is_empty() { Amount::Empty } else { count(ids.len()) };
    let rows = endings
        .iter()
        .map(|ending| {
            let certificate = ending.certificate;
            Row {
                subject: Some((Kind::Certificate, certificate.id)),
                cells: vec![
                    named(Kind::Product, certificate.product),
                    certificate.stars.map_or(Amount::Empty, Amount::Number),
                    day(certificate.valid_until),
                    Amount::Number(ending.days),
                    depends(&ending.touched.registrations),
                    depends(&ending.touched.claims),
                    named(Kind::Business, certificate.business),
                ],
            }
        })
        .collect();
    Table {
        key,
        title: words,
        headings: vec![
            ("product", Words::new("Sản phẩm", "Product")),
            ("stars", Words::new("Sao", "Stars")),
            ("until", Words::new("Hiệu lực đến", "Valid until")),
            ("days", Words::new("Còn (ngày)", "Days left")),
            ("registrations", Words::new("Đăng ký", "Registrations")),
            ("claims", Words::new("Hồ sơ", "Claims")),
            ("business", Words::new("Doanh nghiệp", "Business")),
        ],
        rows,
    }
}
