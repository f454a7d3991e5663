//! `hoicho budget fit` and `hoicho claim doctor`: who fits into a budget line, and what does not fit in a claim's file. Both
//! only look.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell, one_record};
use crate::domain::field::Chosen as _;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::budget_fit::{fit, queue};
use crate::domain::view::doctor::findings;
use crate::domain::view::title::title;
use crate::domain::{BudgetLine, Claim};
use crate::say;

/// Adds the verb of this file to a noun that has one.
pub(super) fn grammar(noun: Command, kind: Kind, record: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    match kind {
        Kind::BudgetLine => noun.subcommand(
            Command::new("fit")
                .about(say(
                    "Hồ sơ nào đủ nguồn, theo thứ tự, và cần bổ sung ít nhất bao nhiêu",
                    "Which claims the line has money for, in order, and the smallest addition that fits all",
                ))
                .arg(record),
        ),
        Kind::Claim => noun.subcommand(
            Command::new("doctor")
                .about(say(
                    "Những chỗ không khớp của hồ sơ và việc phải làm",
                    "What does not fit in a claim's file, and what to do",
                ))
                .arg(record),
        ),
        _ => noun,
    }
}

/// True for the verbs of this file.
pub(super) fn is_ours(kind: Kind, verb: &str) -> bool {
    matches!((kind, verb), (Kind::BudgetLine, "fit") | (Kind::Claim, "doctor"))
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    if kind == Kind::BudgetLine { fitting(shell, matches) } else { doctor(shell, matches) }
}

fn head(words: Words, lang: Lang, align: Align) -> (String, Align) {
    (words.in_lang(lang).to_owned(), align)
}

fn fitting(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, matches)?, Kind::BudgetLine, matches)?);
    let Some(line) = book.get::<BudgetLine>(id) else { return Ok(Said::Text(String::new())) };
    let found = fit(&book, line, &queue(&book, id)).map_err(Refusal::from)?;
    if shell.json {
        let places: Vec<Json> = found
            .places
            .iter()
            .map(|place| {
                json!({
                    "claim": title(&book, Kind::Claim, place.claim, lang),
                    "claim_id": place.claim.to_string(),
                    "grant": place.grant.minor,
                    "fits": place.fits,
                    "left": place.left.minor,
                })
            })
            .collect();
        return Ok(Said::Text(json_text(&json!({
            "free": found.free.minor,
            "asked": found.asked.minor,
            "lacking": found.lacking.minor,
            "claims": places,
        }))));
    }
    let mut table = Table::new(vec![
        head(Words::new("Hồ sơ", "Claim"), lang, Align::Left),
        head(Words::new("Đề nghị", "Grant"), lang, Align::Right),
        head(Words::new("Đủ nguồn", "Fits"), lang, Align::Left),
        head(Words::new("Còn lại", "Left"), lang, Align::Right),
    ]);
    for place in &found.places {
        let fits = if place.fits { Words::new("đủ", "yes") } else { Words::new("không", "no") };
        table.push(vec![
            title(&book, Kind::Claim, place.claim, lang),
            place.grant.show(lang),
            fits.in_lang(lang).to_owned(),
            place.left.show(lang),
        ]);
    }
    let (free, asked, lacking) = (found.free.show(lang), found.asked.show(lang), found.lacking.show(lang));
    let sum = say!(
        "Còn {free}, các hồ sơ đã thẩm định đề nghị {asked}, cần bổ sung ít nhất {lacking}.",
        "{free} free, appraised claims ask {asked}, the smallest addition that fits all is {lacking}."
    );
    Ok(Said::Text(format!("{}{}\n", table.to_text(), sum.in_lang(lang))))
}

fn doctor(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, matches)?, Kind::Claim, matches)?);
    let Some(claim) = book.get::<Claim>(id) else { return Ok(Said::Text(String::new())) };
    let found = findings(&book, claim, shell.today());
    if shell.json {
        let findings: Vec<Json> = found
            .iter()
            .map(|finding| {
                json!({
                    "code": finding.code,
                    "about": finding.about.as_str(),
                    "what": {"vi": finding.words.vi, "en": finding.words.en},
                    "fix": {"vi": finding.fix.vi, "en": finding.fix.en},
                    "stops": finding.stops.key(),
                    "open": finding.is_open(),
                })
            })
            .collect();
        return Ok(Said::Text(json_text(&Json::Array(findings))));
    }
    if found.is_empty() {
        let words = Words::new("Không thấy chỗ nào không khớp.", "Nothing was found that does not fit.");
        return Ok(Said::Text(format!("{}\n", words.in_lang(lang))));
    }
    let mut text = String::new();
    for finding in &found {
        let stops = finding.stops.words();
        let state = if finding.answered.is_some() {
            Words::new("đã có giải trình", "answered for")
        } else {
            say!("chặn: {}", "stops: {}"; stops)
        };
        text.push_str(&format!(
            "{}  [{}] ({})\n    {}\n",
            finding.words.in_lang(lang),
            finding.code,
            state.in_lang(lang),
            finding.fix.in_lang(lang)
        ));
    }
    Ok(Said::Text(text))
}
