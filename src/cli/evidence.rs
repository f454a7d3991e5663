//! `hoicho evidence attach` and `hoicho evidence verify`: the scan of a paper is kept by its digest, and whether it still is
//! what was handed in can be asked at any time.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::{Exit, Trouble};
use crate::cli::output::{Table, done, json_text};
use crate::cli::{Said, Shell};
use crate::domain::book::Book;
use crate::domain::evidence::EvidenceKind;
use crate::domain::field::Chosen as _;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Claim, Evidence};
use crate::exchange::scan::{ScanState, advice, attached, known};
use crate::say;

/// Adds the verbs of this file to the evidence.
pub(super) fn grammar(noun: Command, kind: Kind, lang: Lang) -> Command {
    if kind != Kind::Evidence {
        return noun;
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let claim = |id: &'static str| Arg::new(id).value_name("CLAIM").help(say("Hồ sơ", "The claim"));
    let codes: Vec<String> =
        EvidenceKind::CHOICES.iter().map(|choice| format!("{} {}", choice.key, choice.words().in_lang(lang))).collect();
    noun.subcommand(
        Command::new("attach")
            .about(say(
                "Gắn tệp quét vào một chứng từ; giữ tên, cỡ và SHA-256",
                "Put a scan to a paper; its name, size and SHA-256 are kept",
            ))
            .arg(claim("claim").required(true))
            .arg(
                Arg::new("item")
                    .value_name("ITEM")
                    .required(true)
                    .value_parser(PossibleValuesParser::new(EvidenceKind::CHOICES.iter().map(|choice| choice.key)))
                    .hide_possible_values(true)
                    .help(codes.join(", ")),
            )
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .value_parser(value_parser!(PathBuf))
                    .help(say("Tệp quét", "The scan")),
            ),
    )
    .subcommand(
        Command::new("verify")
            .about(say("Tệp nào đã đổi hay mất từ khi nộp", "Which files changed or went since they were handed in"))
            .arg(claim("claim").num_args(0..)),
    )
}

/// True for the verbs of this file.
pub(super) fn is_ours(kind: Kind, verb: &str) -> bool {
    kind == Kind::Evidence && matches!(verb, "attach" | "verify")
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "attach" { attach(shell, matches) } else { verify(shell, matches) }
}

fn claims(shell: &Shell, book: &Book, matches: &ArgMatches) -> Result<Vec<Id>, Trouble> {
    let reader = shell.reader(book, matches)?;
    let mut found = Vec::new();
    for written in matches.get_many::<String>("claim").into_iter().flatten() {
        found.push(reader.read_link(Kind::Claim, written).map_err(|refusal| refusal.at("claim"))?);
    }
    Ok(found)
}

fn attach(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    shell.now_only()?;
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let known = regular(&path).and_then(known).map_err(|error| Trouble::file(&path, &error))?;
    let engine = shell.open_to_store()?;
    let desk = engine.desk();
    let Some(claim) = claims(shell, &desk.book(), matches)?.first().copied() else {
        return Ok(Said::Text(String::new()));
    };
    let item = matches.get_one::<String>("item").map(String::as_str).unwrap_or_default();
    let intent = attached(claim, EvidenceKind::from_key(item).unwrap_or_default(), &path, &known)?;
    let receipt = desk.act(&shell.settings.who, intent)?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}

/// A file that ends; a device need not.
fn regular(path: &Path) -> std::io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(std::io::ErrorKind::InvalidInput.into()) }
}

fn verify(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, wanted) = (shell.lang(), claims(shell, &book, matches)?);
    let scans = book.all::<Evidence>().iter().filter(|row| !row.sha256.is_empty());
    let scans = scans.filter(|row| wanted.is_empty() || row.claim.is_some_and(|claim| wanted.contains(&claim)));
    let found: Vec<(&Evidence, ScanState)> =
        scans.map(|row| (row, ScanState::of(row, |path| regular(path).and_then(known).ok()))).collect();
    let wrong = found.iter().filter(|(_, state)| *state != ScanState::Same).count();
    let claim_of = |row: &Evidence| {
        let claim = book.follow::<Claim>(row.claim);
        claim.map(|claim| title(&book, Kind::Claim, claim.id, lang)).unwrap_or_default()
    };
    if wrong > 0 && !shell.json {
        let mut listed = String::new();
        for (row, state) in found.iter().filter(|(_, state)| *state != ScanState::Same) {
            let (paper, file) = (row.document.words(), &row.file);
            let (claim, state) = (claim_of(row), state.words());
            let line = say!("{claim}, {}: {file} {}; ", "{claim}, {}: {file} {}; "; paper, state);
            listed.push_str(line.in_lang(lang));
        }
        return Err(Trouble {
            exit: Exit::Refused,
            code: "scan-changed".to_owned(),
            field: String::new(),
            what: say!(
                "{wrong} tệp không còn như đã nộp: {listed}",
                "{wrong} files are not what was handed in: {listed}"
            ),
            fix: advice(),
            rows: Vec::new(),
        });
    }
    if shell.json {
        let rows: Vec<Json> = found
            .iter()
            .map(|(row, state)| {
                json!({
                    "claim": claim_of(row),
                    "document": row.document.key(),
                    "file": row.file.as_str(),
                    "sha256": row.sha256.as_str(),
                    "is": state.key(),
                })
            })
            .collect();
        return Ok(Said::Text(json_text(&json!({"wrong": wrong, "files": rows}))));
    }
    let heads = [Words::new("Hồ sơ", "Claim"), Words::new("Chứng từ", "Paper"), Words::new("Tệp", "File")];
    let mut table = Table::new(heads.iter().map(|words| (words.in_lang(lang).to_owned(), Align::Left)).collect());
    for (row, _) in &found {
        table.push(vec![claim_of(row), row.document.words().in_lang(lang).to_owned(), row.file.to_string()]);
    }
    let count = found.len();
    let sum = say!("{count} tệp, tất cả như đã nộp.", "{count} files, all as they were handed in.");
    let text = if found.is_empty() { String::new() } else { table.to_text() };
    Ok(Said::Text(format!("{text}{}\n", sum.in_lang(lang))))
}
