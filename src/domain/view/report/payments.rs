//! Reports of payments: the lists as they were paid, and every voucher as the treasury wants it.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::papers::about;
use super::{Amount, Asked, Report, Row, Table, amount, day, name, number, records, sum};
use crate::base::account::AccountNumber;
use crate::base::amount_in_words::{Spoken, amount_in_words};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::payment::PaymentStatus;
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::domain::view::derived::claimant;
use crate::domain::view::title::{list_no, voucher_no};
use crate::domain::{BudgetLine, Business, Claim, Payment, PaymentList};
use crate::say;

/// An amount in words, in both languages.
fn said(money: Money) -> Words {
    Words {
        vi: amount_in_words(money, Lang::Vi, Spoken::Standard).into(),
        en: amount_in_words(money, Lang::En, Spoken::Standard).into(),
    }
}

/// An account with all but its end hidden; one that cannot be read is hidden wholly.
fn masked(account: &str) -> Amount {
    if account.is_empty() {
        return Amount::Empty;
    }
    name(AccountNumber::read(account).map_or_else(|_| "***".to_owned(), |account| account.masked()))
}

/// Who is paid: the one named on the voucher, else the business itself.
fn payee_name<'a>(payment: &'a Payment, business: Option<&'a Business>) -> Option<&'a Text> {
    if payment.payee.is_empty() { business.map(|business| &business.name) } else { Some(&payment.payee) }
}

fn business_of<'a>(book: &'a Book, payment: &Payment) -> Option<&'a Business> {
    let claim = book.follow::<Claim>(payment.claim)?;
    book.follow::<Business>(claimant(book, claim).1)
}

/// A tax code as lists show it: a household's is its representative's citizen number.
fn tax_code(book: &Book, business: Option<&Business>) -> Amount {
    let Some((business, field)) = business.zip(Kind::Business.field("tax_code")) else { return Amount::Empty };
    let value = crate::domain::field::Held::to_value(&business.tax_code);
    name(show(book, business.id, field, &value, Lang::Vi, Mask::Masked))
}

/// The vouchers of the chosen fair, else of the year; a cancelled one keeps its place.
fn vouchers<'a>(book: &'a Book, asked: &Asked) -> Vec<&'a Payment> {
    let mut found: Vec<&Payment> = book
        .all::<Payment>()
        .iter()
        .filter(|payment| match asked.fair {
            Some(fair) => {
                book.follow::<Claim>(payment.claim).is_some_and(|claim| claimant(book, claim).0 == Some(fair))
            }
            None => year_of(payment) == Some(i64::from(asked.year)),
        })
        .collect();
    found.sort_by_key(|payment| (payment.voucher_year, payment.voucher_number, payment.id));
    found
}

fn year_of(payment: &Payment) -> Option<i64> {
    payment.voucher_year.or_else(|| payment.voucher_on.map(|on| i64::from(on.year())))
}

/// What counts of a voucher: nothing of one that was cancelled or sent back.
fn counted(payment: &Payment) -> Option<Money> {
    payment.amount.filter(|_| payment.status.is_alive())
}

fn ids<'a>(payments: impl IntoIterator<Item = &'a &'a Payment>) -> Vec<(Kind, Id)> {
    records(Kind::Payment, payments.into_iter().map(|payment| payment.id))
}

fn in_state<'a>(found: &'a [&'a Payment], wanted: fn(PaymentStatus) -> bool) -> Vec<(Kind, Id)> {
    ids(found.iter().filter(|payment| wanted(payment.status)))
}

/// The payment lists: who is paid how much on which account, with the total of each list in words.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn payment_lists(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let found = vouchers(book, asked);
    let mut by_list: BTreeMap<Option<Id>, Vec<&Payment>> = BTreeMap::new();
    for payment in &found {
        by_list.entry(book.follow::<PaymentList>(payment.list).map(|list| list.id)).or_default().push(payment);
    }
    let mut lists: Vec<(Option<&PaymentList>, Vec<&Payment>)> =
        by_list.into_iter().map(|(list, group)| (book.follow(list), group)).collect();
    lists.sort_by_key(|(list, _)| (list.is_none(), list.map(|list| (list.year, list.number))));
    let mut tables = Vec::new();
    for (list, group) in lists {
        let title = match list {
            Some(list) => {
                let no = list_no(list);
                let state = list.status.words();
                say!("{no} ({})", "{no} ({})"; state)
            }
            None => Words::new("Chứng từ lẻ", "Vouchers on no list"),
        };
        tables.push(Table { key: "list", title, headings: list_headings(), rows: list_rows(book, &group)? });
    }
    let total = Money::sum(found.iter().filter_map(|payment| counted(payment)))?;
    let figures = vec![
        number("vouchers", Words::new("Chứng từ", "Vouchers"), ids(&found)),
        number(
            "prepared",
            Words::new("Chờ ký", "To be signed"),
            in_state(&found, |status| status == PaymentStatus::Prepared),
        ),
        number(
            "signed",
            Words::new("Chờ chuyển", "To be sent"),
            in_state(&found, |status| status == PaymentStatus::Signed),
        ),
        number("left", Words::new("Đã chuyển", "Sent"), in_state(&found, PaymentStatus::has_left)),
        number(
            "dead",
            Words::new("Hủy, bị trả lại", "Cancelled or returned"),
            in_state(&found, |status| !status.is_alive()),
        ),
        sum(
            "total",
            Words::new("Tổng tiền", "Total"),
            total,
            ids(found.iter().filter(|payment| payment.status.is_alive())),
        ),
    ];
    let title = say!("Bảng kê thanh toán, {}", "Payment lists, {}"; about(book, asked));
    let notes = vec![say!("Bằng chữ: {}.", "In words: {}."; said(total))];
    Ok(Report { key: "payments", title, figures, notes, tables })
}

fn list_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("payee", Words::new("Người nhận", "Payee")),
        ("voucher_no", Words::new("Chứng từ", "Voucher")),
        ("tax_code", Words::new("Mã số thuế", "Tax code")),
        ("bank", Words::new("Ngân hàng", "Bank")),
        ("account", Words::new("Tài khoản", "Account")),
        ("amount", Words::new("Số tiền", "Amount")),
        ("status", Words::new("Tình trạng", "Status")),
        ("words", Words::new("Bằng chữ", "In words")),
    ]
}

fn list_rows(book: &Book, group: &[&Payment]) -> Result<Vec<Row>, MoneyFault> {
    let total = Money::sum(group.iter().filter_map(|payment| counted(payment)))?;
    let row = |payment: &&Payment| {
        let business = business_of(book, payment);
        let payee = payee_name(payment, business);
        Row {
            subject: Some((Kind::Payment, payment.id)),
            cells: vec![
                payee.map_or(Amount::Empty, |payee| name(payee.to_string())),
                name(voucher_no(payment)),
                tax_code(book, business),
                name(payment.bank.to_string()),
                masked(payment.account.as_str()),
                amount(payment.amount),
                Amount::Words(payment.status.words()),
                payment.amount.map_or(Amount::Empty, |money| Amount::Words(said(money))),
            ],
        }
    };
    let mut rows: Vec<Row> = group.iter().map(row).collect();
    let mut cells = vec![Amount::Empty; 8];
    cells[0] = Amount::Group(Words::new("Cộng", "Total"), ids(group));
    cells[5] = Amount::Money(total);
    cells[7] = Amount::Words(said(total));
    rows.push(Row { subject: None, cells });
    Ok(rows)
}

/// Every voucher of a year by budget line: payee, amount in figures and words, the line's treasury codes.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn treasury(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let found = vouchers(book, &Asked { fair: None, ..*asked });
    let mut by_line: BTreeMap<(Option<String>, Option<Id>), Vec<&Payment>> = BTreeMap::new();
    for payment in &found {
        let line = book.follow::<BudgetLine>(payment.budget);
        let code = line.map(|line| line.code.to_string());
        by_line.entry((code, line.map(|line| line.id))).or_default().push(payment);
    }
    let mut tables = Vec::new();
    for ((_, line), group) in by_line {
        let title = match book.follow::<BudgetLine>(line) {
            Some(line) => {
                let (code, codes) = (&line.code, &line.treasury_codes);
                if codes.is_empty() {
                    say!("Nguồn {code} (chưa ghi mã kho bạc)", "Line {code} (no treasury codes yet)")
                } else {
                    say!("Nguồn {code}, mã kho bạc {codes}", "Line {code}, treasury codes {codes}")
                }
            }
            None => Words::new("Chưa gắn nguồn", "On no budget line"),
        };
        tables.push(Table { key: "line", title, headings: treasury_headings(), rows: treasury_rows(book, &group)? });
    }
    let out = Money::sum(found.iter().filter_map(|payment| counted(payment)).filter(|money| !money.is_negative()))?;
    let back = Money::sum(found.iter().filter_map(|payment| counted(payment)).filter(|money| money.is_negative()))?;
    let of = |negative: bool| {
        ids(found.iter().filter(|payment| counted(payment).is_some_and(|money| money.is_negative() == negative)))
    };
    let figures = vec![
        number("vouchers", Words::new("Chứng từ", "Vouchers"), ids(&found)),
        number(
            "cancelled",
            Words::new("Hủy (giữ số)", "Cancelled (number kept)"),
            in_state(&found, |status| status == PaymentStatus::Cancelled),
        ),
        sum("paid", Words::new("Chi", "Paid out"), out, of(false)),
        sum("returned", Words::new("Thu hồi, ghi đảo", "Came back"), Money::ZERO.minus(back)?, of(true)),
        sum(
            "net",
            Words::new("Còn lại", "Net"),
            out.plus(back)?,
            ids(found.iter().filter(|payment| payment.status.is_alive())),
        ),
    ];
    let year = asked.year;
    let title = say!("Chứng từ gửi kho bạc năm {year}", "Vouchers for the treasury in {year}");
    Ok(Report { key: "treasury", title, figures, notes: Vec::new(), tables })
}

fn treasury_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("voucher_no", Words::new("Chứng từ", "Voucher")),
        ("voucher_on", Words::new("Ngày", "Date")),
        ("payee", Words::new("Người nhận", "Payee")),
        ("kind", Words::new("Loại", "Kind")),
        ("amount", Words::new("Số tiền", "Amount")),
        ("status", Words::new("Tình trạng", "Status")),
        ("note", Words::new("Nội dung", "Content")),
        ("words", Words::new("Bằng chữ", "In words")),
    ]
}

fn treasury_rows(book: &Book, group: &[&Payment]) -> Result<Vec<Row>, MoneyFault> {
    let total = Money::sum(group.iter().filter_map(|payment| counted(payment)))?;
    let row = |payment: &&Payment| {
        let business = business_of(book, payment);
        let payee = payee_name(payment, business);
        Row {
            subject: Some((Kind::Payment, payment.id)),
            cells: vec![
                name(voucher_no(payment)),
                day(payment.voucher_on),
                payee.map_or(Amount::Empty, |payee| name(payee.to_string())),
                Amount::Words(payment.kind.words()),
                amount(payment.amount),
                Amount::Words(payment.status.words()),
                name(payment.note.to_string()),
                payment.amount.map_or(Amount::Empty, |money| Amount::Words(said(money))),
            ],
        }
    };
    let mut rows: Vec<Row> = group.iter().map(row).collect();
    let mut cells = vec![Amount::Empty; 8];
    cells[0] = Amount::Group(Words::new("Cộng", "Total"), ids(group));
    cells[4] = Amount::Money(total);
    cells[7] = Amount::Words(said(total));
    rows.push(Row { subject: None, cells });
    Ok(rows)
}
