//! `hoicho lead match` and `hoicho lead introduce`: which of our businesses fit a buyer's request, and introducing them.

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::{Align, Text};
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, done, json_text};
use crate::cli::{Said, Shell, one_record};
use crate::command::introduce;
use crate::domain::Lead;
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::matching::{Match, Weight, matches, request_of};
use crate::domain::record::Kind;
use crate::domain::view::title::{reference, title};

/// The verbs of this file.
pub(super) const VERBS: [&str; 2] = ["match", "introduce"];
/// How many lines are shown when nobody says how many.
const USUAL_LINES: usize = 20;

/// Adds what the command table does not say of these verbs.
pub(super) fn grammar(noun: Command, record: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    noun.mut_subcommand("match", |verb| {
        verb.arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(value_parser!(usize))
                .help(say("Nhiều nhất bấy nhiêu dòng", "At most so many lines")),
        )
    })
    .subcommand(
        Command::new("introduce")
            .about(say(
                "Giới thiệu đơn vị cho bên mua, mỗi đơn vị một đầu mối riêng",
                "Introduce businesses to the buyer, each by a lead of its own",
            ))
            .arg(record)
            .arg(
                Arg::new("businesses")
                    .value_name("BUSINESS")
                    .required(true)
                    .num_args(1..)
                    .help(say("Đơn vị: mã số thuế, tên hoặc id", "Business: tax code, name or id")),
            )
            .arg(
                Arg::new("next_step")
                    .long("next-step")
                    .value_name("TEXT")
                    .requires("due_on")
                    .help(say("Việc tiếp theo", "Next step")),
            )
            .arg(Arg::new("due_on").long("due-on").value_name("DATE").requires("next_step").help(say("Hạn", "Due"))),
    )
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "match" { ranked(shell, matches) } else { introduced(shell, matches) }
}

fn ranked(shell: &Shell, given: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, given)?, Kind::Lead, given)?);
    let Some(lead) = book.get::<Lead>(id) else { return Ok(Said::Text(String::new())) };
    let mut found = matches(&book, request_of(&book, lead), shell.today())?;
    let most = given.get_one::<usize>("limit").copied();
    if shell.json {
        found.truncate(most.unwrap_or(usize::MAX));
        return Ok(Said::Text(json_text(&found.iter().map(|one| told(&book, one)).collect())));
    }
    let count = found.len();
    found.truncate(most.unwrap_or(USUAL_LINES));
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Điểm", "Points"), Align::Right),
        (say("Doanh nghiệp", "Business"), Align::Left),
        (say("Sản phẩm", "Product"), Align::Left),
        (say("Vì", "Why"), Align::Left),
        (say("Còn thiếu", "Missing"), Align::Left),
    ]);
    for one in &found {
        let known = one.known.map(|_| say("đã biết nhau", "they know each other"));
        let missing: Vec<String> = known.into_iter().chain(reasons(one, false, lang)).collect();
        table.push(vec![
            one.points().to_string(),
            title(&book, Kind::Business, one.business, lang),
            title(&book, Kind::Product, one.product, lang),
            reasons(one, true, lang).join(", "),
            missing.join(", "),
        ]);
    }
    let shown = found.len();
    let sum = crate::say!("{shown} trong {count} đơn vị.", "{shown} of {count} businesses.");
    Ok(Said::Text(format!("{}{}\n", table.to_text(), sum.in_lang(lang))))
}

fn reasons(one: &Match, good: bool, lang: Lang) -> Vec<String> {
    let found = one.findings.iter().filter(|finding| (finding.weight() == Weight::Good) == good);
    found.map(|finding| finding.words().in_lang(lang).to_owned()).collect()
}

fn told(book: &Book, one: &Match) -> Json {
    let findings: Vec<Json> = one
        .findings
        .iter()
        .map(|finding| {
            let (words, weight) = (finding.words(), finding.weight());
            let weight = match weight {
                Weight::Good => "good",
                Weight::Unknown => "unknown",
                Weight::Lacking => "lacking",
            };
            json!({
                "about": finding.key(),
                "points": finding.points(),
                "weight": weight,
                "what": {"vi": words.vi, "en": words.en},
            })
        })
        .collect();
    json!({
        "business": reference(book, Kind::Business, one.business),
        "business_id": one.business.to_string(),
        "product": reference(book, Kind::Product, one.product),
        "product_id": one.product.to_string(),
        "points": one.points(),
        "known_id": one.known.map(|id| id.to_string()),
        "findings": findings,
    })
}

fn introduced(shell: &Shell, given: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open_to_store()?;
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, given)?;
    let request = one_record(&reader, Kind::Lead, given)?;
    let mut businesses: Vec<Id> = Vec::new();
    for written in given.get_many::<String>("businesses").into_iter().flatten() {
        businesses.push(reader.read_link(Kind::Business, written).map_err(|refusal| refusal.at("businesses"))?);
    }
    let mut intent = introduce(request, businesses, shell.today(), shell.lang());
    if let (Intent::Introduce { next_step, due_on, .. }, Some(step), Some(due)) =
        (&mut intent, given.get_one::<String>("next_step"), given.get_one::<String>("due_on"))
    {
        *next_step = Text::new(step);
        *due_on = Some(shell.day("due_on", due)?);
    }
    let receipt = desk.act(&shell.settings.who, intent)?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}
