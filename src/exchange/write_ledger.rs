//! The ledger as a text that hledger reads. It ends with assertions of every balance, so that `hledger check` proves the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::Datelike as _;

use crate::base::dates::Date;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Lang;
use crate::domain::BudgetLine;
use crate::domain::book::Book;
use crate::domain::view::ledger::{Account, movements};
use crate::domain::view::money::budget_sums;

/// Writes the ledger of a book.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn write_ledger(book: &Book, lang: Lang) -> Result<String, MoneyFault> {
    let lines: BTreeMap<_, _> = book.all::<BudgetLine>().iter().map(|line| (line.id, name(line))).collect();
    let mut out = String::from("; hoicho\ncommodity 1000. VND\n\n");
    for name in lines.values() {
        for account in [Account::Allotted, Account::Free, Account::Committed, Account::Paid, Account::Returned] {
            let _ = writeln!(out, "account {name}:{}", account.key());
        }
    }
    let mut last = Date::default();
    for movement in movements(book)? {
        let Some(name) = lines.get(&movement.line) else { continue };
        last = last.max(movement.on);
        let _ = writeln!(out, "\n{} {}", day(movement.on), plain(movement.what.in_lang(lang)));
        for (account, amount) in movement.amounts {
            let _ = writeln!(out, "    {name}:{}  {} VND", account.key(), amount.minor);
        }
    }
    let _ =
        writeln!(out, "\n{} {}", day(last), if lang == Lang::Vi { "Số dư theo sổ" } else { "Balances of the book" });
    for line in book.all::<BudgetLine>().iter() {
        let Some(name) = lines.get(&line.id) else { continue };
        let sums = budget_sums(book, line)?;
        for (account, amount) in [
            (Account::Allotted, Money::ZERO.minus(sums.whole)?),
            (Account::Free, sums.free),
            (Account::Committed, sums.committed),
            (Account::Paid, sums.paid),
            (Account::Returned, Money::ZERO.minus(sums.returned)?),
        ] {
            let _ = writeln!(out, "    {name}:{}  0 VND = {} VND", account.key(), amount.minor);
        }
    }
    Ok(out)
}

fn day(on: Date) -> String {
    format!("{:04}-{:02}-{:02}", on.year(), on.month(), on.day())
}

/// `budget:2026:2026-XTTM`: two blanks would end an account's name, a colon would begin a part of it.
fn name(line: &BudgetLine) -> String {
    let year = line.fiscal_year.unwrap_or_default();
    format!("budget:{year}:{}", plain(line.code.as_str()).replace(':', "-"))
}

/// Text on one line without the signs that mean something to hledger.
fn plain(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() || ";|".contains(c) { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
