//! `hoicho floor`: the checks of a plan, and the plan as a file.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::export::write_new;
use crate::cli::output::json_text;
use crate::cli::{Said, Shell};
use crate::domain::Fair;
use crate::domain::book::Book;
use crate::domain::geometry::metres;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::plan_check::check_plan;
use crate::domain::view::title::title;
use crate::exchange::plan_file::plan_file;
use crate::exchange::print::paper::Size;
use crate::say;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let fair = || Arg::new("fair").value_name("FAIR").required(true).help(say("Mã hội chợ", "The code of the fair"));
    let check = Command::new("check")
        .about(say("Kiểm tra mặt bằng: chồng nhau, lối đi, cửa", "Check the plan: overlaps, ways, doors"))
        .arg(fair());
    let export = Command::new("export")
        .about(say("Xuất mặt bằng ra tệp", "Write the plan to a file"))
        .arg(fair())
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("Tệp mới: .pdf .svg .json .txt .csv .xlsx", "A new file: .pdf .svg .json .txt .csv .xlsx")),
        )
        .arg(
            Arg::new("paper")
                .long("paper")
                .value_name("a4|a3")
                .value_parser(PossibleValuesParser::new(["a4", "a3"]))
                .hide_possible_values(true)
                .help(say("Khổ giấy; mặc định a4", "The sheet; a4 if not given")),
        );
    root.subcommand(
        Command::new("floor")
            .about(say("Mặt bằng của một hội chợ", "The plan of a fair"))
            .subcommand_required(true)
            .subcommand(check)
            .subcommand(export),
    )
}

/// Runs it.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let Some((verb, below)) = matches.subcommand() else { return Ok(Said::Text(String::new())) };
    let written = below.get_one::<String>("fair").map(String::as_str).unwrap_or_default();
    let reader = Reader { book: &book, today: shell.today(), fair: None };
    let fair = reader.read_link(Kind::Fair, written).map_err(|refusal| refusal.at("fair"))?;
    if verb == "check" { Ok(Said::Text(checked(shell, &book, fair))) } else { export(shell, &book, fair, below) }
}

fn checked(shell: &Shell, book: &Book, fair: crate::base::ids::Id) -> String {
    let lang = shell.lang();
    let findings = check_plan(book, fair);
    let hall = |id: Option<crate::base::ids::Id>| id.map(|id| title(book, Kind::Hall, id, lang)).unwrap_or_default();
    if shell.json {
        let rows = findings.iter().map(|finding| {
            let booths: Vec<String> = finding.booths.iter().map(|id| title(book, Kind::Booth, *id, lang)).collect();
            json!({
                "kind": finding.kind.key(),
                "hall": hall(finding.hall),
                "booths": booths,
                "x_cm": finding.at.map(|at| at.x),
                "y_cm": finding.at.map(|at| at.y),
                "what": finding.words.in_lang(lang),
            })
        });
        return json_text(&json!({"findings": rows.collect::<Vec<_>>()}));
    }
    if findings.is_empty() {
        return format!(
            "{}\n",
            Words::new("Mặt bằng không có gì sai.", "Nothing is wrong with the plan.").in_lang(lang)
        );
    }
    let line = |finding: &crate::domain::view::plan_check::Finding| {
        let at = finding.at.map_or(String::new(), |at| format!("{} × {} m", metres(at.x), metres(at.y)));
        let place: Vec<String> = [hall(finding.hall), at].into_iter().filter(|text| !text.is_empty()).collect();
        format!("{}  [{}]\n", finding.words.in_lang(lang), place.join(" · "))
    };
    findings.iter().map(line).collect()
}

fn export(shell: &Shell, book: &Book, fair: crate::base::ids::Id, matches: &ArgMatches) -> Result<Said, Trouble> {
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let size = match matches.get_one::<String>("paper").map(String::as_str) {
        Some("a3") => Size::A3,
        _ => Size::A4,
    };
    let name = file.to_string_lossy();
    let files = plan_file(book, fair, shell.today(), shell.lang(), &name, size).map_err(|why| {
        Refusal::new(
            "format-unfit",
            why,
            say!(
                "Đặt tên tệp .pdf, .svg, .json, .txt, .csv hoặc .xlsx.",
                "Name it .pdf, .svg, .json, .txt, .csv or .xlsx."
            ),
        )
    })?;
    let mut places = Vec::new();
    for (name, bytes) in files {
        write_new(std::path::Path::new(&name), &bytes)?;
        places.push(name);
    }
    let code = book.get::<Fair>(fair).map(|fair| fair.code.to_string()).unwrap_or_default();
    let written = places.join(", ");
    let words = say!("Đã xuất mặt bằng {code} ra {written}.", "Wrote the plan of {code} to {written}.");
    let text = words.in_lang(shell.lang());
    Ok(Said::Text(if shell.json { json_text(&json!({"files": places, "did": text})) } else { format!("{text}\n") }))
}
