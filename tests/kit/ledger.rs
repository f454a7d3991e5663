//! A tiny reader of ledgers, which shares nothing with the writer.

use std::collections::BTreeMap;

use hoicho::base::words::Lang;
use hoicho::domain::BudgetLine;
use hoicho::domain::book::Book;
use hoicho::domain::view::money::budget_sums;
use hoicho::exchange::write_ledger::write_ledger;

/// The balances of a ledger; each transaction comes to nothing, and each assertion holds.
pub fn balances(text: &str) -> Result<BTreeMap<String, i64>, String> {
    let (mut found, mut open) = (BTreeMap::<String, i64>::new(), 0);
    for line in text.lines().chain([""]) {
        let Some((account, amount)) = line.strip_prefix("    ").and_then(|line| line.split_once("  ")) else {
            if open != 0 {
                return Err(format!("a transaction before {line:?} comes to {open}"));
            }
            continue;
        };
        let (amount, wanted) =
            amount.split_once(" = ").map_or((amount, None), |(amount, wanted)| (amount, Some(wanted)));
        let number =
            |text: &str| text.trim_end_matches(" VND").parse::<i64>().map_err(|_| format!("no amount: {text}"));
        let balance = found.entry(account.to_owned()).or_default();
        *balance += number(amount)?;
        open += number(amount)?;
        if let Some(wanted) = wanted
            && number(wanted)? != *balance
        {
            return Err(format!("{account} is {balance}, said {wanted}"));
        }
    }
    Ok(found)
}

/// The ledger of a book comes to the sums of its budget lines.
pub fn ledger_agrees(book: &Book) -> Result<(), String> {
    let text = write_ledger(book, Lang::En).map_err(|fault| fault.to_string())?;
    let found = balances(&text).map_err(|fault| format!("{fault}\n{text}"))?;
    for line in book.all::<BudgetLine>().iter() {
        let sums = budget_sums(book, line).map_err(|fault| fault.to_string())?;
        let of = |part: &str| {
            let name = format!("budget:{}:{}:{part}", line.fiscal_year.unwrap_or_default(), line.code);
            found.get(&name).copied().ok_or(format!("no {name}"))
        };
        let said = (of("allotted")?, of("free")?, of("committed")?, of("paid")?, of("returned")?);
        let wanted = (-sums.whole.minor, sums.free.minor, sums.committed.minor, sums.paid.minor, -sums.returned.minor);
        if said != wanted {
            return Err(format!("{}: {said:?}, not {wanted:?}\n{text}", line.code));
        }
    }
    Ok(())
}
