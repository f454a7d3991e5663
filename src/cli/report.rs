//! `hoicho report` and `hoicho today`: the figures and what is due, from the same views as the screens.

use chrono::Datelike as _;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Map, Value as Json, json};

use crate::base::dates::iso;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, json_text, labelled};
use crate::cli::{Said, Shell};
use crate::domain::field::Chosen as _;
use crate::domain::refusal::Refusal;
use crate::domain::view::report::{self, Among, Amount, Report};
use crate::domain::view::title::reference;
use crate::domain::view::today::due;
use crate::say;

/// Adds these commands.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let report = Command::new("report")
        .about(say("Báo cáo: các con số", "Reports: the figures"))
        .arg(
            Arg::new("report")
                .value_name("REPORT")
                .required(true)
                .value_parser(PossibleValuesParser::new(["support", "fair", "budget", "leads"]))
                .hide_possible_values(true)
                .help(say(
                    "support (hỗ trợ), fair (hội chợ), budget (nguồn), leads (đầu mối)",
                    "support, fair, budget or leads",
                )),
        )
        .arg(
            Arg::new("year")
                .long("year")
                .value_name("YEAR")
                .value_parser(value_parser!(i32).range(1900..=9999))
                .help(say("Năm; mặc định năm nay", "The year; this year if not given")),
        )
        .arg(
            Arg::new("fair")
                .long("fair")
                .value_name("CODE")
                .help(say("Hội chợ; cần cho báo cáo fair", "The fair; needed for the report fair")),
        );
    let today = Command::new("today").about(say("Việc đến hạn", "What is due"));
    root.subcommand(report).subcommand(today)
}

/// One report.
pub(super) fn report(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let fair = shell.reader(&book, matches)?.fair;
    let given = matches.get_one::<i32>("year").copied();
    let year = given.unwrap_or_else(|| shell.today().year());
    let which = matches.get_one::<String>("report").map(String::as_str).unwrap_or_default();
    let made = match (which, fair) {
        ("fair", Some(fair)) => report::fair(&book, fair, shell.today()),
        ("fair", None) => {
            return Err(Trouble::wrong_use(
                "argument-missing",
                "fair",
                say!("Báo cáo của hội chợ nào?", "The report of which fair?"),
                say!("Ghi --fair MÃ.", "Give --fair CODE."),
            ));
        }
        ("budget", _) => report::budget(&book, year),
        ("leads", Some(fair)) => report::leads(&book, Among::Fair(fair), shell.today()),
        ("leads", None) => report::leads(&book, Among::Year(year), shell.today()),
        _ => report::support(&book, year),
    };
    let made = made.map_err(Refusal::from)?;
    // A report of a year says which one.
    let year = (which != "fair" && (fair.is_none() || which != "leads")).then_some(year);
    Ok(Said::Text(if shell.json {
        json_text(&report_json(&made, year, shell.lang(), &|kind, id| reference(&book, kind, id)))
    } else {
        report_text(&made, shell.lang())
    }))
}

type Named<'a> = &'a dyn Fn(crate::domain::record::Kind, crate::base::ids::Id) -> String;

fn report_json(report: &Report, year: Option<i32>, lang: Lang, named: Named<'_>) -> Json {
    let mut object = Map::new();
    object.insert("report".to_owned(), json!(report.key));
    if let Some(year) = year {
        object.insert("year".to_owned(), json!(year));
    }
    for figure in &report.figures {
        object.insert(figure.key.to_owned(), amount_json(&figure.value, lang));
    }
    object.insert("notes".to_owned(), report.notes.iter().map(|note| json!(note.in_lang(lang))).collect());
    for (place, table) in report.tables.iter().enumerate() {
        let rows: Json = table
            .rows
            .iter()
            .map(|row| {
                let mut cells = Map::new();
                if let Some((kind, id)) = row.subject {
                    cells.insert("id".to_owned(), json!(id.to_string()));
                    cells.insert("reference".to_owned(), json!(named(kind, id)));
                }
                for ((key, _), cell) in table.headings.iter().zip(&row.cells) {
                    cells.insert((*key).to_owned(), amount_json(cell, lang));
                }
                Json::Object(cells)
            })
            .collect();
        // The first table is the report's own; those below it go by their names.
        let key = if place == 0 { "rows" } else { table.key };
        object.insert(key.to_owned(), rows);
    }
    Json::Object(object)
}

fn amount_json(amount: &Amount, lang: Lang) -> Json {
    match amount {
        Amount::Empty => Json::Null,
        Amount::Words(words) => json!(words.in_lang(lang)),
        Amount::Number(number) => json!(number),
        Amount::Money(money) => json!(money.minor),
        Amount::Rate(rate) => json!(rate.0),
        Amount::Date(day) => json!(iso(*day)),
    }
}

fn report_text(report: &Report, lang: Lang) -> String {
    let figures: Vec<(String, String)> =
        report.figures.iter().map(|figure| (figure.words.in_lang(lang).to_owned(), figure.value.show(lang))).collect();
    let mut text = format!("{}\n{}", report.title.in_lang(lang), labelled(&figures));
    for note in &report.notes {
        text.push_str(&format!("  ! {}\n", note.in_lang(lang)));
    }
    for table in report.tables.iter().filter(|table| !table.rows.is_empty()) {
        let numeric = |place: usize| {
            table.rows.iter().all(|row| {
                matches!(
                    row.cells.get(place),
                    None | Some(Amount::Empty | Amount::Number(_) | Amount::Money(_) | Amount::Rate(_))
                )
            })
        };
        let align = |place: usize| if numeric(place) { Align::Right } else { Align::Left };
        let headings = table.headings.iter().enumerate();
        let mut shown =
            Table::new(headings.map(|(place, (_, words))| (words.in_lang(lang).to_owned(), align(place))).collect());
        for row in &table.rows {
            shown.push(row.cells.iter().map(|cell| cell.show(lang)).collect());
        }
        text.push_str(&format!("\n{}\n{}", table.title.in_lang(lang), shown.to_text()));
    }
    text
}

/// What is due.
pub(super) fn today(shell: &Shell) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, dues) = (shell.lang(), due(&book, shell.today()));
    if shell.json {
        let rows = dues.iter().map(|due| {
            let (kind, id) = due.subject;
            json!({
                "due": due.kind.key(),
                "on": due.on.map(iso),
                "days": due.on.map(|_| due.days),
                "what": due.words.in_lang(lang),
                "kind": kind.key(),
                "id": id.to_string(),
                "reference": reference(&book, kind, id),
            })
        });
        return Ok(Said::Text(json_text(&rows.collect())));
    }
    if dues.is_empty() {
        let nothing = Words::new("Không có việc đến hạn.", "Nothing is due.");
        return Ok(Said::Text(format!("{}\n", nothing.in_lang(lang))));
    }
    let headers = [Words::new("Khi nào", "When"), Words::new("Việc", "What"), Words::new("Bản ghi", "Record")];
    let mut table = Table::new(headers.iter().map(|words| (words.in_lang(lang).to_owned(), Align::Left)).collect());
    for due in &dues {
        let (kind, id) = due.subject;
        table.push(vec![
            due.when().in_lang(lang).to_owned(),
            due.words.in_lang(lang).to_owned(),
            format!("{} {}", kind.key(), reference(&book, kind, id)),
        ]);
    }
    Ok(Said::Text(table.to_text()))
}
