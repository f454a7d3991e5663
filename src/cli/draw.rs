//! `hoicho draw secret|minutes|verify`: what a public draw needs beside its stages. `verify` needs no book.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::base::words::{Lang, Words};
use crate::cli::exit::{Exit, Trouble};
use crate::cli::files::read_text;
use crate::cli::grammar::RECORD;
use crate::cli::output::json_text;
use crate::cli::{Said, Shell, one_record};
use crate::domain::Draw;
use crate::domain::draw::DrawStatus;
use crate::domain::placing::draw::{Minutes, commitment, hex};
use crate::domain::placing::draw_check::verify;
use crate::domain::placing::minutes::to_text;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::say;

/// Adds the verbs to the noun.
pub(super) fn grammar(noun: Command, record: Arg, fair: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let secret = Command::new("secret")
        .about(say(
            "Một số bí mật mới và cam kết của nó; không ghi vào sổ",
            "A new secret and its commitment; nothing is stored",
        ))
        .arg(record.clone())
        .arg(Arg::new("role").long("role").required(true).value_name("TEXT").help(say("Bên cam kết", "Who commits")));
    let minutes = Command::new("minutes")
        .about(say("Biên bản bốc thăm; --json là tệp để kiểm tra", "The minutes; with --json the file to verify"))
        .arg(record);
    let verify = Command::new("verify")
        .about(say(
            "Làm lại bốc thăm từ biên bản và nói chỗ khác",
            "Repeat a draw from its minutes and say what differs",
        ))
        .arg(
            Arg::new("minutes")
                .required(true)
                .value_name("MINUTES")
                .value_parser(value_parser!(PathBuf))
                .help(say("Tệp biên bản (JSON)", "The file of minutes (JSON)")),
        );
    noun.subcommand(secret.arg(fair.clone())).subcommand(minutes.arg(fair)).subcommand(verify)
}

/// Runs one of these verbs; none when the verb is another's.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Option<Result<Said, Trouble>> {
    match verb {
        "secret" => Some(secret(shell, matches)),
        "minutes" => Some(minutes(shell, matches)),
        "verify" => Some(check(shell, matches)),
        _ => None,
    }
}

fn draw(shell: &Shell, matches: &ArgMatches) -> Result<Draw, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    debug_assert!(matches.contains_id(RECORD), "the grammar asks for it");
    let id = one_record(&reader, Kind::Draw, matches)?;
    Ok(book.get::<Draw>(id).cloned().unwrap_or_default())
}

fn secret(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let draw = draw(shell, matches)?;
    let Some(rules) = &draw.published else {
        return Err(Refusal::new(
            "draw-stage",
            say!("Thể lệ chưa công bố.", "The rules are not published yet."),
            say!("Dùng “hoicho draw publish” trước.", "Use “hoicho draw publish” first."),
        )
        .into());
    };
    let role = matches.get_one::<String>("role").map(String::as_str).unwrap_or_default().trim();
    let role = crate::base::text::Text::new(role);
    let secret = hex(&shell.outside().chance());
    let promise = commitment(&rules.fair, role.as_str(), &secret);
    if shell.json {
        return Ok(Said::Text(json_text(&json!({"role": role.as_str(), "secret": secret, "commitment": promise}))));
    }
    let words = say!(
        "Số bí mật (giữ kín đến khi mở): {secret}\nCam kết (công bố ngay): {promise}\n",
        "Secret (keep it until it is shown): {secret}\nCommitment (publish it now): {promise}\n"
    );
    Ok(Said::Text(words.in_lang(shell.lang()).to_owned()))
}

fn minutes(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let draw = draw(shell, matches)?;
    let Some(minutes) = draw.minutes.filter(|_| draw.status >= DrawStatus::Drawn) else {
        return Err(Refusal::new(
            "draw-stage",
            say!("Chưa bốc thăm.", "It is not drawn yet."),
            say!(
                "Dùng “hoicho draw run” khi các bên đã mở số bí mật.",
                "Use “hoicho draw run” once the secrets are shown."
            ),
        )
        .into());
    };
    Ok(Said::Text(if shell.json { minutes.to_json() } else { to_text(&minutes, shell.lang()) }))
}

/// The most bytes of minutes: those of ten thousand firms are about two million.
const MINUTES_BYTES_MAX: usize = 20_000_000;

fn check(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let path = matches.get_one::<PathBuf>("minutes").map(PathBuf::as_path).unwrap_or(Path::new(""));
    let text = read_text(path, MINUTES_BYTES_MAX)?;
    let (minutes, found) = verify(&text).map_err(|what| differs(&[what], shell.lang()))?;
    if found.is_empty() { Ok(Said::Text(right(shell, &minutes))) } else { Err(differs(&found, shell.lang())) }
}

fn right(shell: &Shell, minutes: &Minutes) -> String {
    if shell.json {
        return json_text(&json!({"verified": true, "seed": minutes.seed, "sha256": minutes.sha256}));
    }
    let (count, hash) = (minutes.order.len(), &minutes.sha256);
    let mut text = String::new();
    let words = say!(
        "Biên bản đúng: làm lại ra cùng kết quả cho {count} đơn vị. SHA-256 {hash}",
        "The minutes are right: repeating gives the same result for {count} firms. SHA-256 {hash}"
    );
    let _ = writeln!(text, "{}", words.in_lang(shell.lang()));
    text
}

fn differs(found: &[Words], lang: Lang) -> Trouble {
    let lines: Vec<&str> = found.iter().take(20).map(|words| words.in_lang(lang)).collect();
    Trouble {
        exit: Exit::Refused,
        code: "draw-differs".to_owned(),
        field: "minutes".to_owned(),
        what: Words::same(lines.join("\n")),
        fix: say!(
            "Hỏi ban tổ chức biên bản gốc; so mã băm đã công bố.",
            "Ask the organiser for the original; compare the hashes that were published."
        ),
        rows: Vec::new(),
    }
}
