//! `hoicho payment match` and `hoicho payment qr`: a bank statement set against the payments, and a payment as a code.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use crate::base::dates::{iso, show_date};
use crate::base::text::{Align, Text};
use crate::base::vietqr::{half_blocks, payload};
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::files::read;
use crate::cli::output::{Table, done, json_text, labelled};
use crate::cli::{Said, Shell, one_record};
use crate::domain::Payment;
use crate::domain::book::Book;
use crate::domain::field::Chosen as _;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::view::statement::{Found, Matching, Movement, match_statement};
use crate::domain::view::title::voucher_no;
use crate::domain::view::transfer::transfer_of;
use crate::exchange::sheet::Remark;
use crate::exchange::statement::read_statement;
use crate::say;

/// The most rows of a code at the shell.
const CODE_ROWS: usize = 40;

/// Adds the verbs of this file to the payments.
pub(super) fn grammar(noun: Command, kind: Kind, record: Arg, lang: Lang) -> Command {
    if kind != Kind::Payment {
        return noun;
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let flag = |id: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(say(vi, en))
    };
    noun.subcommand(
        Command::new("match")
            .about(say(
                "Đối chiếu sao kê ngân hàng: dòng nào là chứng từ nào, dòng nào gần khớp và vì sao",
                "Set a bank statement against the payments: which line is which voucher, and what nearly is",
            ))
            .arg(Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(say(
                "Sao kê CSV hoặc Excel; - là đầu vào chuẩn",
                "The statement, CSV or workbook; - is standard input",
            )))
            .arg(Arg::new("sheet").long("sheet").value_name("NAME").help(say("Trang tính", "The sheet")))
            .arg(flag("confirm", "Ghi vào sổ các dòng khớp", "Store what fits")),
    )
    .subcommand(
        Command::new("qr")
            .about(say("Mã VietQR của một chứng từ chưa chuyển", "The VietQR code of a voucher that is not sent yet"))
            .arg(record)
            .arg(flag("paper", "Cho nền sáng", "For a light terminal")),
    )
}

/// True for the verbs of this file.
pub(super) fn is_ours(kind: Kind, verb: &str) -> bool {
    kind == Kind::Payment && matches!(verb, "match" | "qr")
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "qr" { code(shell, matches) } else { statement(shell, matches) }
}

fn code(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, matches)?, Kind::Payment, matches)?);
    let Some(payment) = book.get::<Payment>(id) else { return Ok(Said::Text(String::new())) };
    let transfer = transfer_of(payment)?;
    let text = payload(transfer.asked());
    if shell.json {
        return Ok(Said::Text(json_text(&json!({
            "voucher": transfer.voucher,
            "payee": transfer.payee.as_str(),
            "bank": transfer.bank,
            "bin": transfer.bin,
            "account": transfer.account,
            "amount": transfer.dong,
            "text": transfer.text,
            "payload": text,
        }))));
    }
    let lines = half_blocks(&text, CODE_ROWS, matches.get_flag("paper")).unwrap_or_default();
    Ok(Said::Text(format!("{}{}\n{text}\n", labelled(&transfer.lines(lang)), lines.join("\n"))))
}

fn statement(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let confirm = matches.get_flag("confirm");
    if confirm {
        shell.now_only()?;
    }
    let bytes = read(&path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let found = read_statement(&name, &bytes, matches.get_one::<String>("sheet").map(String::as_str))?;
    let engine = shell.open()?;
    let desk = engine.desk();
    let book = shell.seen(&desk)?;
    let matching = match_statement(&book, found.movements);
    let lines = matching.to_store();
    let receipt = match confirm && !lines.is_empty() {
        true => {
            let intent = Intent::Statement { lines, source: Text::new(&name) };
            Some(desk.act(&shell.settings.who, intent)?)
        }
        false => None,
    };
    if shell.json {
        return Ok(Said::Text(json_text(&as_json(&book, &matching, &found.remarks, receipt.is_some(), shell.lang()))));
    }
    let stored = receipt.map(|receipt| done(&[receipt], shell.lang(), false)).unwrap_or_default();
    Ok(Said::Text(format!("{}{stored}", as_text(&book, &matching, &found.remarks, shell.lang()))))
}

const fn key(found: &Found) -> &'static str {
    match found {
        Found::Fits(..) => "fits",
        Found::Known(_) => "known",
        Found::Nearly(..) => "nearly",
        Found::Alone => "alone",
    }
}

fn as_json(book: &Book, matching: &Matching, remarks: &[Remark], stored: bool, lang: Lang) -> Json {
    let voucher = |id| book.get::<Payment>(id).map(voucher_no);
    let line = |(movement, found): &(Movement, Found)| {
        let (outcome, why) = match found {
            Found::Fits(_, outcome) => (Some(outcome.key()), Vec::new()),
            Found::Nearly(_, why) => (None, why.iter().map(|why| why.in_lang(lang).to_owned()).collect()),
            Found::Known(_) | Found::Alone => (None, Vec::new()),
        };
        json!({
            "line": movement.line,
            "on": iso(movement.on),
            "amount": if movement.is_out { -movement.amount.minor } else { movement.amount.minor },
            "content": movement.content.as_str(),
            "reference": movement.reference.as_str(),
            "is": key(found),
            "payment_id": found.payment().map(|id| id.to_string()),
            "voucher": found.payment().and_then(voucher),
            "becomes": outcome,
            "why": why,
        })
    };
    let missing = |id: &crate::base::ids::Id| {
        let payment = book.get::<Payment>(*id);
        json!({
            "payment_id": id.to_string(),
            "voucher": voucher(*id),
            "amount": payment.and_then(|payment| payment.amount).map(|amount| amount.minor),
        })
    };
    let remark = |remark: &Remark| json!({"line": remark.line, "what": remark.words.in_lang(lang)});
    json!({
        "stored": stored,
        "lines": matching.lines.iter().map(line).collect::<Vec<_>>(),
        "not_on_statement": matching.missing.iter().map(missing).collect::<Vec<_>>(),
        "remarks": remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

fn as_text(book: &Book, matching: &Matching, remarks: &[Remark], lang: Lang) -> String {
    let head = |vi: &'static str, en: &'static str, align| (Words::new(vi, en).in_lang(lang).to_owned(), align);
    let mut table = Table::new(vec![
        head("Dòng", "Line", Align::Right),
        head("Ngày", "Date", Align::Left),
        head("Số tiền", "Amount", Align::Right),
        head("Chứng từ", "Voucher", Align::Left),
        head("Là", "Is", Align::Left),
        head("Vì sao, nội dung", "Why, content", Align::Left),
    ]);
    for (movement, found) in &matching.lines {
        let sum = movement.amount.show(lang);
        let (is, why) = match found {
            Found::Fits(_, outcome) => (say!("khớp: {}", "fits: {}"; outcome.words()), movement.content.to_string()),
            Found::Known(_) => (Words::new("đã ghi", "known"), movement.content.to_string()),
            Found::Nearly(_, why) => {
                let why: Vec<&str> = why.iter().map(|why| why.in_lang(lang)).collect();
                (Words::new("gần khớp", "nearly"), why.join(" "))
            }
            Found::Alone => (Words::new("chỉ có trên sao kê", "statement alone"), movement.content.to_string()),
        };
        table.push(vec![
            movement.line.to_string(),
            show_date(movement.on),
            if movement.is_out { format!("-{sum}") } else { sum },
            found.payment().and_then(|id| book.get::<Payment>(id)).map(voucher_no).unwrap_or_default(),
            is.in_lang(lang).to_owned(),
            why,
        ]);
    }
    let mut text = table.to_text();
    for id in &matching.missing {
        let Some(payment) = book.get::<Payment>(*id) else { continue };
        let (no, payee, sum) = (voucher_no(payment), &payment.payee, payment.amount.unwrap_or_default());
        let (vi, en) = (sum.show(Lang::Vi), sum.show(Lang::En));
        let words = say!(
            "Không có trên sao kê: chứng từ {no}, {vi}, {payee}",
            "Not on the statement: voucher {no}, {en}, {payee}"
        );
        text.push_str(&format!("{}\n", words.in_lang(lang)));
    }
    for remark in remarks {
        let words = match remark.line {
            Some(line) => say!("Dòng {line}: {}", "Line {line}: {}"; remark.words),
            None => remark.words.clone(),
        };
        text.push_str(&format!("  ! {}\n", words.in_lang(lang)));
    }
    text.push_str(&format!("{}\n", matching.summary().in_lang(lang)));
    text
}
