//! `hoicho scheme try|check|shipped`: scheme files tried on plain cases; nothing is stored and no book is needed. `hoicho scheme
//! text` writes a scheme of the book out, `what-if` tries a draft over a past year of it and stores nothing, `new` stores a shipped
//! one as a draft.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::dates::iso;
use crate::base::ids::Id;
use crate::base::money::{Currency, Money};
use crate::base::text::{Align, Text};
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::files::read_text;
use crate::cli::output::{Table, done, json_text, labelled};
use crate::cli::{Said, Shell, one_record};
use crate::domain::Scheme;
use crate::domain::book::Book;
use crate::domain::field::Value;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::shipped::{SHIPPED, shipped};
use crate::domain::subsidy::rules::{Outcome, Rules, compute, read_case, same_scheme};
use crate::domain::view::replay::{Replay, Replayed, replay};
use crate::domain::view::title::title;
use crate::say;

/// The most bytes of a scheme or a case: ten times what a book keeps of rules.
const TEXT_BYTES_MAX: usize = 200_000;

/// The verbs of this file.
pub(super) const VERBS: [&str; 6] = ["try", "check", "shipped", "text", "what-if", "new"];

/// Adds these verbs to the noun.
pub(super) fn grammar(noun: Command, record: Arg, lang: Lang) -> Command {
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
    .subcommand(
        Command::new("text")
            .about(say(
                "Quy tắc của một chương trình trong sổ, viết thành tệp để sửa và thử",
                "The rules of a scheme of the book as a file, to edit and to try",
            ))
            .arg(record.clone()),
    )
    .subcommand(what_if_grammar(record, scheme(), lang))
    .subcommand(new_grammar(scheme(), lang))
}

fn what_if_grammar(record: Arg, draft: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    Command::new("what-if")
        .about(say(
            "Thử một dự thảo trên các hồ sơ của một năm: ai được thêm, ai mất, tổng số, hạn mức nào hết; không lưu gì",
            "Try a draft over a year's claims: who gains, who loses, totals, limits newly exhausted; nothing is stored",
        ))
        .arg(record)
        .arg(draft.value_name("DRAFT").help(say(
            "Tệp TOML, chương trình có sẵn, hoặc mã một chương trình trong sổ",
            "A TOML file, a shipped scheme, or the code of a scheme of the book",
        )))
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .required(true)
                .value_parser(clap::value_parser!(i32).range(1990..=2200))
                .help(say("Năm khai mạc của hội chợ", "The year in which the fairs opened")),
        )
        .arg(Arg::new("budget").long("budget").value_name("VND").help(say("Nguồn giả định", "The budget supposed")))
}

fn new_grammar(scheme: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    Command::new("new")
        .about(say(
            "Đưa một chương trình có sẵn (hoặc một tệp) vào sổ làm dự thảo",
            "Put a shipped scheme (or a file) into the book as a draft",
        ))
        .arg(scheme)
        .arg(Arg::new("code").long("code").value_name("TEXT").help(say("Mã khác", "Another code")))
        .arg(
            Arg::new("valid_from")
                .long("valid-from")
                .value_name("DATE")
                .help(say("Áp dụng từ; để trống là hôm nay", "Valid from; today where it is left out")),
        )
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    match verb {
        "try" => tried(shell, matches),
        "check" => check(shell, matches),
        "text" => written_out(shell, matches),
        "what-if" => what_if(shell, matches),
        "new" => new(shell, matches),
        _ => list(shell, matches),
    }
}

/// The rules of a file, else of a shipped scheme.
fn rules_of(matches: &ArgMatches) -> Result<Rules, Trouble> {
    Ok(Rules::read(&rules_text(matches)?)?)
}

fn wanted(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("scheme").map(String::as_str).unwrap_or_default()
}

/// The text of a file, else of a shipped scheme.
fn rules_text(matches: &ArgMatches) -> Result<String, Trouble> {
    let wanted = wanted(matches);
    let path = Path::new(wanted);
    if path.is_file() {
        return read_text(path, TEXT_BYTES_MAX);
    }
    if let Some(text) = shipped(wanted) {
        return Ok(text.to_owned());
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
    let case = read_case(&read_text(path, TEXT_BYTES_MAX)?)?;
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
        let words = say!("{code}: dùng được, {items} khoản chi.", "{code}: in order, kinds of cost: {items}.");
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

fn written_out(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let id = one_record(&shell.reader(&book, matches)?, Kind::Scheme, matches)?;
    let Some(scheme) = book.get::<Scheme>(id) else { return Ok(Said::Text(String::new())) };
    let text = if scheme.rules.is_empty() { Rules::of(scheme)?.to_text()? } else { format!("{}\n", scheme.rules) };
    Ok(Said::Text(if shell.json { json_text(&json!({"code": scheme.code.as_str(), "rules": text})) } else { text }))
}

fn what_if(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, reader) = (shell.lang(), shell.reader(&book, matches)?);
    let id = one_record(&reader, Kind::Scheme, matches)?;
    let in_book = reader.read_link(Kind::Scheme, wanted(matches)).ok().and_then(|id| book.get::<Scheme>(id));
    let draft = match in_book {
        Some(scheme) if !Path::new(wanted(matches)).is_file() => Rules::of(scheme)?,
        _ => rules_of(matches)?,
    };
    let year = matches.get_one::<i32>("year").copied().unwrap_or_default();
    let budget = match matches.get_one::<String>("budget") {
        Some(written) => {
            let read = Money::read(written, Currency::VND).map_err(Refusal::from);
            Some(read.map_err(|refusal| refusal.at("budget"))?)
        }
        None => None,
    };
    let found = replay(&book, id, &draft, year, budget)?;
    Ok(Said::Text(if shell.json {
        json_text(&replay_json(&book, &found, lang))
    } else {
        replay_text(&book, &found, budget, lang)
    }))
}

fn replay_json(book: &Book, found: &Replay, lang: Lang) -> Json {
    let name = |id: Id| title(book, Kind::Claim, id, lang);
    let claims = found.claims.iter().map(|claim| {
        json!({
            "claim": name(claim.claim),
            "claim_id": claim.claim.to_string(),
            "was": claim.was.minor,
            "now": claim.now.minor,
            "reasons": claim.reasons.iter().map(both).collect::<Vec<_>>(),
            "limits": claim.hits.iter().map(|hit| hit.key()).collect::<Vec<_>>(),
            "newly": claim.newly && !claim.hits.is_empty(),
        })
    });
    json!({
        "claims": claims.collect::<Vec<_>>(),
        "was": found.was.minor,
        "now": found.now.minor,
        "gain": found.gain().count(),
        "lose": found.lose().count(),
        "exhausted": found.exhausted().count(),
        "short_from": found.short_from.map(|id| id.to_string()),
        "lacking": found.lacking.minor,
    })
}

fn replay_text(book: &Book, found: &Replay, budget: Option<Money>, lang: Lang) -> String {
    let head = |words: Words, align| (words.in_lang(lang).to_owned(), align);
    let mut table = Table::new(vec![
        head(Words::new("Hồ sơ", "Claim"), Align::Left),
        head(Words::new("Đã được", "Was"), Align::Right),
        head(Words::new("Theo dự thảo", "Under the draft"), Align::Right),
        head(Words::new("Chênh lệch", "Difference"), Align::Right),
        head(Words::new("Vì", "Because"), Align::Left),
    ]);
    let changed = |claim: &&Replayed| claim.was != claim.now || (claim.newly && !claim.hits.is_empty());
    for claim in found.claims.iter().filter(changed) {
        let difference = claim.now.minus(claim.was).map(|difference| difference.show(lang)).unwrap_or_default();
        let reasons: Vec<&str> = claim.reasons.iter().map(|reason| reason.in_lang(lang)).collect();
        let name = title(book, Kind::Claim, claim.claim, lang);
        table.push(vec![name, claim.was.show(lang), claim.now.show(lang), difference, reasons.join("; ")]);
    }
    let mut text = table.to_text();
    for words in found.summary(budget) {
        text.push_str(words.in_lang(lang));
        text.push('\n');
    }
    text
}

fn new(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open_to_store()?;
    let mut text = rules_text(matches)?;
    let rules = Rules::read(&text)?;
    let code = matches.get_one::<String>("code").unwrap_or(&rules.code);
    if !same_scheme(code, &rules.code) {
        // The text names its own code once, in its first table.
        let line = |text: &str| text.trim_start().starts_with("code") && text.contains(&format!("\"{}\"", rules.code));
        let lines: Vec<String> = text
            .lines()
            .map(|text| if line(text) { format!("code = {}", json!(code)) } else { text.to_owned() })
            .collect();
        text = lines.join("\n");
    }
    let from = match matches.get_one::<String>("valid_from") {
        Some(written) => shell.day("valid_from", written)?,
        None => rules.valid_from.0.unwrap_or_else(|| shell.today()),
    };
    let written = |text: &str| Value::Text(Text::new(text));
    let fields = vec![
        ("code".to_owned(), written(code)),
        ("title".to_owned(), written(&rules.title)),
        ("valid_from".to_owned(), Value::Date(from)),
        ("rules".to_owned(), Value::Text(Text::lines(&text))),
    ];
    let receipt = engine.desk().act(&shell.settings.who, Intent::Add { kind: Kind::Scheme, fields })?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}
