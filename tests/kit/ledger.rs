//! A tiny reader of ledgers, which shares nothing with the writer.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

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

/// Where hledger is installed it reads the ledger, finds nothing wrong in it and comes to the same balances.
pub fn hledger_agrees(text: &str) -> Result<(), String> {
    if Command::new("hledger").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Ok(());
    }
    hledger(text, &["check", "--strict", "ordereddates"])?;
    let table = hledger(text, &["balance", "--flat", "--empty", "--no-total", "-O", "csv"])?;
    let mut said = BTreeMap::<String, i64>::new();
    for line in table.lines().skip(1) {
        let cells = line.trim_matches('"').split_once("\",\"");
        let (account, amount) = cells.ok_or_else(|| format!("no balance: {line}"))?;
        let amount = amount.trim_end_matches(" VND").parse().map_err(|_| format!("no amount: {line}"))?;
        said.insert(account.to_owned(), amount);
    }
    let found = balances(text)?;
    if said == found { Ok(()) } else { Err(format!("hledger says {said:?}, not {found:?}")) }
}

fn hledger(text: &str, args: &[&str]) -> Result<String, String> {
    let mut child = Command::new("hledger")
        .args(["-f", "-"])
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let written = child.stdin.take().map(|mut input| input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if !output.status.success() || !matches!(written, Some(Ok(()))) {
        return Err(format!("hledger {args:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
