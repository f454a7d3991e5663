//! Reports of what is open: decided and unpaid at the end of a year, advances not settled, money that has to come back.

use super::{Amount, Asked, Report, Row, Table, amount, day, name, number, records, sum};
use crate::base::dates::days_until;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::payment::PaymentKind;
use crate::domain::record::Kind;
use crate::domain::recovery::RecoveryStatus;
use crate::domain::view::derived::claimant;
use crate::domain::view::money::{carried_claims, is_open_advance, next_instalment, outstanding, repaid};
use crate::domain::view::title::{decision_no, voucher_no};
use crate::domain::{BudgetLine, Business, Claim, Payment, Recovery};
use crate::say;

fn firm(book: &Book, claim: &Claim) -> Amount {
    let business = book.follow::<Business>(claimant(book, claim).1);
    business.map_or(Amount::Empty, |business| name(business.name.to_string()))
}

/// What the budget lines of a year have decided and not paid, and the advances that are not settled: the list to carry over.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn carried(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let year = asked.year;
    let (mut open, mut advances) = (Money::ZERO, Money::ZERO);
    let (mut claims, mut payments): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    let lines = book.all::<BudgetLine>().iter().filter(|line| line.fiscal_year == Some(i64::from(year)));
    for line in lines {
        for (id, left) in carried_claims(book, line)? {
            let Some(claim) = book.get::<Claim>(id) else { continue };
            open = open.plus(left)?;
            let no = claim.decision_number.map(|number| decision_no(book, number)).unwrap_or_default();
            claims.push(Row {
                subject: Some((Kind::Claim, id)),
                cells: vec![
                    name(claim.file_no.to_string()),
                    firm(book, claim),
                    name(line.code.to_string()),
                    name(no),
                    day(claim.decided_on),
                    day(claim.accepted_on),
                    amount(Some(claim.due())),
                    amount(Some(left)),
                ],
            });
        }
        for payment in book.pointing::<Payment>(line.id).filter(|payment| payment.kind == PaymentKind::Advance) {
            if !payment.status.is_alive() || !is_open_advance(book, payment) {
                continue;
            }
            let claim = book.follow::<Claim>(payment.claim);
            advances = advances.plus(payment.amount.unwrap_or(Money::ZERO))?;
            payments.push(Row {
                subject: Some((Kind::Payment, payment.id)),
                cells: vec![
                    name(voucher_no(payment)),
                    claim.map_or(Amount::Empty, |claim| firm(book, claim)),
                    name(line.code.to_string()),
                    day(payment.voucher_on),
                    amount(payment.amount),
                    day(claim.and_then(|claim| claim.settle_by)),
                ],
            });
        }
    }
    let of = |rows: &[Row]| rows.iter().filter_map(|row| row.subject).collect::<Vec<(Kind, Id)>>();
    let figures = vec![
        number("claims", Words::new("Hồ sơ chưa chi hết", "Claims not wholly paid"), of(&claims)),
        sum("open", Words::new("Đã quyết định, chưa chi", "Decided, not paid"), open, of(&claims)),
        number("advances", Words::new("Tạm ứng chưa quyết toán", "Advances not settled"), of(&payments)),
        sum("advanced", Words::new("Số dư tạm ứng", "Advanced"), advances, of(&payments)),
    ];
    let next = year + 1;
    let note = say!(
        "Chi tiếp đến 31/01/{next} chỉ với hồ sơ nghiệm thu trong năm {year}; còn lại phải chuyển nguồn.",
        "Until 31/01/{next} only what was accepted in {year} is still paid; the rest is carried over."
    );
    let tables = vec![
        Table {
            key: "claims",
            title: Words::new("Đã quyết định, chưa chi", "Decided, not paid"),
            headings: claim_headings(),
            rows: claims,
        },
        Table {
            key: "advances",
            title: Words::new("Tạm ứng chưa quyết toán", "Advances not settled"),
            headings: advance_headings(),
            rows: payments,
        },
    ];
    let title = say!("Chuyển nguồn cuối năm {year}", "Carry-over at the end of {year}");
    Ok(Report { key: "carry-over", title, figures, notes: vec![note], tables })
}

fn claim_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("file_no", Words::new("Số hồ sơ", "File")),
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("budget", Words::new("Nguồn", "Line")),
        ("decision_no", Words::new("Quyết định", "Decision")),
        ("decided_on", Words::new("Ngày", "Date")),
        ("accepted_on", Words::new("Nghiệm thu", "Accepted")),
        ("due", Words::new("Được chi", "Due")),
        ("open", Words::new("Chưa chi", "Not paid")),
    ]
}

fn advance_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("voucher_no", Words::new("Chứng từ", "Voucher")),
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("budget", Words::new("Nguồn", "Line")),
        ("voucher_on", Words::new("Ngày", "Date")),
        ("amount", Words::new("Tạm ứng", "Advanced")),
        ("settle_by", Words::new("Hạn quyết toán", "Settle by")),
    ]
}

/// Money that has to come back: how much of it came, what is lacking by when, and how many days it is late.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn recoveries(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let (mut asked_back, mut came, mut lacking) = (Money::ZERO, Money::ZERO, Money::ZERO);
    let (mut open, mut late, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    let mut found: Vec<&Recovery> = book.all::<Recovery>().iter().collect();
    found.sort_by_key(|recovery| (!recovery.status.is_open(), recovery.due_on, recovery.id));
    for recovery in &found {
        let back = repaid(book, recovery.id)?;
        let is_open = recovery.status.is_open();
        let left = if is_open { outstanding(book, recovery)? } else { Money::ZERO };
        asked_back = asked_back.plus(recovery.amount.unwrap_or(Money::ZERO))?;
        came = came.plus(back)?;
        lacking = lacking.plus(left)?;
        let next = next_instalment(book, recovery)?;
        let by = next.as_ref().map(|next| next.due_on).or(recovery.due_on);
        let days = by.map_or(0, |by| days_until(by, asked.today));
        // A disputed one waits for its outcome.
        let is_late = is_open && days > 0 && recovery.status != RecoveryStatus::Disputed;
        if is_open {
            open.push(recovery.id);
        }
        if is_late {
            late.push(recovery.id);
        }
        let claim = book.follow::<Claim>(recovery.claim);
        rows.push(Row {
            subject: Some((Kind::Recovery, recovery.id)),
            cells: vec![
                claim.map_or(Amount::Empty, |claim| firm(book, claim)),
                amount(recovery.amount),
                amount(Some(back)),
                amount(Some(left)),
                day(by),
                if is_late { Amount::Number(days) } else { Amount::Empty },
                Amount::Words(recovery.status.words()),
                Amount::Words(recovery.cause.words()),
                name(recovery.decision_no.to_string()),
            ],
        });
    }
    let every = || records(Kind::Recovery, found.iter().map(|recovery| recovery.id));
    let figures = vec![
        number("recoveries", Words::new("Khoản thu hồi", "Recoveries"), every()),
        number("open", Words::new("Chưa thu đủ", "Open"), records(Kind::Recovery, open.iter().copied())),
        number("late", Words::new("Quá hạn", "Overdue"), records(Kind::Recovery, late)),
        sum("asked", Words::new("Phải thu", "To come back"), asked_back, every()),
        sum("repaid", Words::new("Đã thu", "Came back"), came, every()),
        sum("outstanding", Words::new("Còn phải thu", "Outstanding"), lacking, records(Kind::Recovery, open)),
    ];
    let headings = vec![
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("amount", Words::new("Phải thu", "Amount")),
        ("repaid", Words::new("Đã thu", "Came back")),
        ("outstanding", Words::new("Còn", "Left")),
        ("due_on", Words::new("Hạn", "Due")),
        ("days_late", Words::new("Trễ (ngày)", "Days late")),
        ("status", Words::new("Tình trạng", "Status")),
        ("cause", Words::new("Nguyên nhân", "Cause")),
        ("decision_no", Words::new("Quyết định", "Decision")),
    ];
    let table = Table { key: "recoveries", title: Words::new("Từng khoản", "Each"), headings, rows };
    let today = crate::base::dates::show_date(asked.today);
    let title = say!("Thu hồi, tính đến {today}", "Recoveries as of {today}");
    Ok(Report { key: "recoveries", title, figures, notes: Vec::new(), tables: vec![table] })
}
