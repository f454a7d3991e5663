//! `hoicho report` and `hoicho today`: the figures and what is due, from the same views as the screens.

use chrono::Datelike as _;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Map, Value as Json, json};

use crate::base::dates::iso;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use std::path::{Path, PathBuf};

use crate::cli::exit::Trouble;
use crate::cli::export::write_new;
use crate::cli::output::{Table, json_text, labelled};
use crate::cli::{Said, Shell};
use crate::domain::field::Chosen as _;
use crate::domain::refusal::Refusal;
use crate::domain::view::report::{Amount, Asked, GoesBy, REPORTS, Report, offered};
use crate::domain::view::title::reference;
use crate::domain::view::today::due;
use crate::exchange::report_out::report_bytes;
use crate::say;

/// Adds these commands.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let names: Vec<String> = REPORTS
        .iter()
        .map(|offer| match lower(offer.name.in_lang(lang)) {
            name if name == offer.key => name,
            name => format!("{} ({name})", offer.key),
        })
        .collect();
    let report = Command::new("report")
        .about(say("Báo cáo: các con số", "Reports: the figures"))
        .arg(
            Arg::new("report")
                .value_name("REPORT")
                .required(true)
                .value_parser(PossibleValuesParser::new(REPORTS.iter().map(|offer| offer.key)))
                .hide_possible_values(true)
                .help(names.join(", ")),
        )
        .arg(Arg::new("file").value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(
            "Tệp mới .csv hoặc .xlsx; không ghi là chữ ra màn hình",
            "A new file .csv or .xlsx; text on standard output if not given",
        )))
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

fn lower(name: &str) -> String {
    name.to_lowercase()
}

/// One report.
pub(super) fn report(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let fair = shell.reader(&book, matches)?.fair;
    let given = matches.get_one::<i32>("year").copied();
    let asked = Asked { year: given.unwrap_or_else(|| shell.today().year()), fair, today: shell.today() };
    let which = matches.get_one::<String>("report").map(String::as_str).unwrap_or_default();
    let Some(offer) = offered(which) else { return Ok(Said::Text(String::new())) };
    if offer.goes_by == GoesBy::Fair && fair.is_none() {
        return Err(Trouble::wrong_use(
            "argument-missing",
            "fair",
            say!("Báo cáo của hội chợ nào?", "The report of which fair?"),
            say!("Ghi --fair MÃ.", "Give --fair CODE."),
        ));
    }
    let made = (offer.make)(&book, &asked).map_err(Refusal::from)?;
    let (lang, year) = (shell.lang(), offer.year(&asked));
    if let Some(file) = matches.get_one::<PathBuf>("file") {
        return to_file(shell, &made, file);
    }
    Ok(Said::Text(if shell.json {
        json_text(&report_json(&made, year, lang, &|kind, id| reference(&book, kind, id)))
    } else {
        report_text(&made, lang)
    }))
}

/// A report as a file that is not there yet.
fn to_file(shell: &Shell, report: &Report, file: &Path) -> Result<Said, Trouble> {
    let lang = shell.lang();
    let bytes = report_bytes(report, &file.to_string_lossy(), lang)
        .map_err(|why| Refusal::new("format-unfit", why, say!("Ghi tên .csv hoặc .xlsx.", "Name it .csv or .xlsx.")))?;
    write_new(file, &bytes)?;
    let place = file.display().to_string();
    let words = say!("Đã xuất báo cáo ra {place}.", "Wrote the report to {place}.");
    let text = words.in_lang(lang);
    Ok(Said::Text(if shell.json { json_text(&json!({"file": place, "did": text})) } else { format!("{text}\n") }))
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
    for table in &report.tables {
        let parted = report.tables.iter().filter(|other| other.key == table.key).count() > 1;
        let rows: Vec<Json> = table
            .rows
            .iter()
            .map(|row| {
                let mut cells = Map::new();
                if parted {
                    cells.insert("part".to_owned(), json!(table.title.in_lang(lang)));
                }
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
        // The first table is the report's own; those below it go by their names. Tables of one name are parts of one list.
        let key = if report.tables.first().is_some_and(|first| first.key == table.key) { "rows" } else { table.key };
        extend(&mut object, key, rows);
    }
    Json::Object(object)
}

fn extend(object: &mut Map<String, Json>, key: &str, rows: Vec<Json>) {
    match object.get_mut(key) {
        Some(Json::Array(known)) => known.extend(rows),
        _ => {
            object.insert(key.to_owned(), Json::Array(rows));
        }
    }
}

fn amount_json(amount: &Amount, lang: Lang) -> Json {
    match amount {
        Amount::Empty => Json::Null,
        Amount::Words(words) => json!(words.in_lang(lang)),
        Amount::Number(number) => json!(number),
        Amount::Money(money) => json!(money.minor),
        Amount::Rate(rate) => json!(rate.0),
        Amount::Date(day) => json!(iso(*day)),
        Amount::Group(words, _) => json!(words.in_lang(lang)),
        // A drawing says what the figure beside it says.
        Amount::Picture(_) => Json::Null,
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
