//! `hoicho scheme try|check|shipped`: scheme files tried on plain cases; nothing is stored and no book is needed.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::dates::iso;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{json_text, labelled};
use crate::cli::{Said, Shell};
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::shipped::{SHIPPED, shipped};
use crate::domain::subsidy::rules::{Outcome, Rules, compute, read_case};
use crate::say;

/// The verbs of this file.
pub(super) const VERBS: [&str; 3] = ["try", "check", "shipped"];

/// Adds these verbs to the noun.
pub(super) fn grammar(noun: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let scheme = || {
        Arg::new("scheme").value_name("SCHEME").required(true).help(say(
            "Tệp TOML, hoặc tên, số, mã của chương trình có sẵn",
            "A TOML file, or the name, number or code of a shipped scheme",
        ))
    };
    noun.subcommand(
        Command::new("try")
            .about(say(
                "Tính thử một hồ sơ theo một chương trình, không lưu gì",
                "Compute one plain case under a scheme; nothing is stored",
            ))
            .arg(scheme())
            .arg(
                Arg::new("case")
                    .value_name("CASE.json")
                    .required(true)
                    .value_parser(clap::value_parser!(PathBuf))
                    .help(say(
                        "Tệp JSON của hồ sơ (xem data/schemes/README.md)",
                        "The case as JSON (see data/schemes/README.md)",
                    )),
            ),
    )
    .subcommand(
        Command::new("check")
            .about(say("Kiểm tra một tệp chương trình, báo dòng và lý do", "Check a scheme file; says line and reason"))
            .arg(scheme()),
    )
    .subcommand(
        Command::new("shipped")
            .about(say(
                "Các chương trình có sẵn; với TÊN thì in cả tệp",
                "The shipped schemes; with NAME prints the file",
            ))
            .arg(Arg::new("name").value_name("NAME").help(say("Tên, số hoặc mã", "Name, number or code"))),
    )
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    match verb {
        "try" => tried(shell, matches),
        "check" => check(shell, matches),
        _ => list(shell, matches),
    }
}

fn text_of(path: &Path) -> Result<String, Trouble> {
    let bytes = std::fs::read(path).map_err(|error| Trouble::file(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The rules of a file, else of a shipped scheme.
fn rules_of(matches: &ArgMatches) -> Result<Rules, Trouble> {
    let wanted = matches.get_one::<String>("scheme").map(String::as_str).unwrap_or_default();
    let path = Path::new(wanted);
    if path.is_file() {
        return Ok(Rules::read(&text_of(path)?)?);
    }
    if let Some(text) = shipped(wanted) {
        return Ok(Rules::read(text)?);
    }
    let wanted = Text::new(wanted);
    Err(Refusal::new(
        "scheme-unknown",
        say!("Không có tệp hay chương trình “{wanted}”.", "There is no file or scheme “{wanted}”."),
        say!("Xem tên bằng “hoicho scheme shipped”.", "See the names with “hoicho scheme shipped”."),
    )
    .at("scheme")
    .into())
}

fn tried(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let rules = rules_of(matches)?;
    let path = matches.get_one::<PathBuf>("case").map(PathBuf::as_path).unwrap_or(Path::new(""));
    let case = read_case(&text_of(path)?)?;
    let outcome = compute(&rules, &case).map_err(Refusal::from)?;
    Ok(Said::Text(if shell.json {
        json_text(&as_json(&rules, &outcome))
    } else {
        as_text(&rules, &outcome, shell.lang())
    }))
}

/// An amount for a script: a whole number of đồng, else the decimals of its currency as text.
fn plain(money: Money) -> Json {
    if money.currency.minor_digits() == 0 { json!(money.minor) } else { json!(decimals(money)) }
}

fn decimals(money: Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let minor = money.minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

fn both(words: &Words) -> Json {
    json!({"vi": words.vi, "en": words.en})
}

fn as_json(rules: &Rules, outcome: &Outcome) -> Json {
    let items: Vec<Json> = outcome
        .items
        .iter()
        .map(|item| {
            json!({
                "kind": item.kind,
                "counted": item.counted,
                "quantity": item.quantity,
                "basis": plain(item.basis),
                "rate": item.rate.show(Lang::En),
                "rate_bp": item.rate.0,
                "by_rate": plain(item.by_rate),
                "amount": plain(item.amount),
                "reduced_by": plain(item.reduced_by),
                "reason": if item.reason.is_empty() { Json::Null } else { both(&item.reason) },
            })
        })
        .collect();
    let failed =
        outcome.failed.iter().map(|failed| json!({"code": failed.code, "vi": failed.words.vi, "en": failed.words.en}));
    let windows = outcome.windows.iter().map(|(cap, used)| {
        json!({
            "cap": plain(*cap),
            "used": plain(used.amount),
            "times": used.times,
            "from": used.from.map(iso),
            "resets_on": used.resets_on.map(iso),
        })
    });
    let trace = outcome
        .trace
        .iter()
        .map(|step| json!({"vi": step.words.vi, "en": step.words.en, "amount": step.amount.map(plain)}));
    json!({
        "scheme": rules.code,
        "currency": outcome.grant.currency.code(),
        "grant": plain(outcome.grant),
        "own_share": plain(outcome.own_share),
        "cost": plain(outcome.cost),
        "eligible": outcome.failed.is_empty(),
        "participation": outcome.participation,
        "items": items,
        "failed": failed.collect::<Vec<_>>(),
        "unchecked": outcome.unchecked.iter().map(both).collect::<Vec<_>>(),
        "windows": windows.collect::<Vec<_>>(),
        "settlement": outcome.settlement.as_ref().map(|settled| json!({
            "advance": plain(settled.advance),
            "to_pay": plain(settled.to_pay),
            "to_recover": plain(settled.to_recover),
            "due_on": settled.due_on.map(iso),
        })),
        "budget_missing": outcome.budget_missing.map(plain),
        "trace": trace.collect::<Vec<_>>(),
    })
}

fn as_text(rules: &Rules, outcome: &Outcome, lang: Lang) -> String {
    let mut text = format!("{} · {}\n", rules.code, rules.words().in_lang(lang));
    let steps: Vec<(String, String)> = outcome
        .trace
        .iter()
        .map(|step| {
            let amount = step.amount.map_or_else(|| "–".to_owned(), |amount| amount.show(lang));
            (step.words.in_lang(lang).to_owned(), amount)
        })
        .collect();
    text.push_str(&labelled(&steps));
    for (head, lines) in [
        (
            Words::new("Không được hỗ trợ vì", "Not supported because"),
            outcome.failed.iter().map(|f| &f.words).collect::<Vec<_>>(),
        ),
        (Words::new("Hồ sơ chưa ghi", "The case does not say"), outcome.unchecked.iter().collect()),
    ] {
        if lines.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", head.in_lang(lang)));
        for line in lines {
            text.push_str(&format!("  ! {}\n", line.in_lang(lang)));
        }
    }
    text
}

fn check(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let rules = rules_of(matches)?;
    let (code, items) = (&rules.code, rules.items.len());
    Ok(Said::Text(if shell.json {
        json_text(&json!({"code": code, "title": rules.title, "items": items}))
    } else {
        let words = say!("{code}: dùng được, {items} khoản chi.", "{code}: in order, {items} kinds of cost.");
        format!("{}\n", words.in_lang(shell.lang()))
    }))
}

fn list(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    if let Some(name) = matches.get_one::<String>("name") {
        return match shipped(name) {
            Some(text) => Ok(Said::Text(text.to_owned())),
            None => {
                let name = Text::new(name);
                Err(Refusal::new(
                    "scheme-unknown",
                    say!("Không có chương trình “{name}”.", "There is no scheme “{name}”."),
                    say!("Xem tên bằng “hoicho scheme shipped”.", "See the names with “hoicho scheme shipped”."),
                )
                .at("name")
                .into())
            }
        };
    }
    let mut rows = Vec::new();
    for (name, text) in SHIPPED {
        rows.push((*name, Rules::read(text)?));
    }
    Ok(Said::Text(if shell.json {
        json_text(
            &rows
                .iter()
                .map(|(name, rules)| json!({"name": name, "code": rules.code, "title": both(&rules.words())}))
                .collect(),
        )
    } else {
        labelled(
            &rows
                .iter()
                .map(|(name, rules)| ((*name).to_owned(), rules.words().in_lang(shell.lang()).to_owned()))
                .collect::<Vec<_>>(),
        )
    }))
}
