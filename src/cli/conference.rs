//! `hoicho conference plan`, `mend`, `timetable`: the meetings of a conference.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, done, json_text};
use crate::cli::{Said, Shell, one_record};
use crate::domain::book::Book;
use crate::domain::conference::from_book::{Away, Planning, Proposal, change_line, propose};
use crate::domain::field::Chosen as _;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::view::conferences::{in_order, is_of, starts};
use crate::domain::view::title::{reference, title};

/// The verbs of this file.
pub(super) const VERBS: [&str; 3] = ["plan", "mend", "timetable"];

/// Adds what the command table does not say of these verbs.
pub(super) fn grammar(noun: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let dry = || {
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help(say("Chỉ cho xem, không ghi", "Only show, store nothing"))
    };
    let who = |id: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).value_name("NAME").help(say(vi, en))
    };
    noun.mut_subcommand("plan", |verb| verb.arg(dry()))
        .mut_subcommand("mend", |verb| {
            verb.arg(dry()).arg(who(
                "away",
                "Bên mua hoặc đơn vị không đến",
                "The buyer or business that does not come",
            ))
        })
        .mut_subcommand("timetable", |verb| {
            verb.arg(who("of", "Chỉ của bên mua hoặc đơn vị này", "Only of this buyer or business"))
        })
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "timetable" { timetable(shell, matches) } else { planned(shell, verb, matches) }
}

/// A buyer or a business by its name.
fn somebody(reader: &Reader<'_>, matches: &ArgMatches, key: &'static str) -> Result<Option<Away>, Trouble> {
    let Some(written) = matches.get_one::<String>(key) else { return Ok(None) };
    if let Ok(id) = reader.read_link(Kind::Partner, written) {
        return Ok(Some(Away::Partner(id)));
    }
    Ok(Some(Away::Business(reader.read_link(Kind::Business, written).map_err(|refusal| refusal.at(key))?)))
}

fn planned(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    let dry = matches.get_flag("dry-run");
    let engine = if dry { shell.open()? } else { shell.open_to_store()? };
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let id = one_record(&reader, Kind::Conference, matches)?;
    let planning = if verb == "plan" { Planning::Anew } else { Planning::Mend(somebody(&reader, matches, "away")?) };
    let found = propose(&book, id, planning)?;
    let shown = told(&book, &found, shell);
    if dry {
        return Ok(Said::Text(shown));
    }
    let receipt = desk.act(&shell.settings.who, found.intent())?;
    Ok(Said::Text(if shell.json { shown } else { format!("{shown}{}", done(&[receipt], shell.lang(), false)) }))
}

fn told(book: &Book, found: &Proposal, shell: &Shell) -> String {
    let lang = shell.lang();
    if shell.json {
        let meetings: Vec<Json> = found
            .meetings
            .iter()
            .map(|one| {
                json!({
                    "partner": reference(book, Kind::Partner, one.partner),
                    "business": reference(book, Kind::Business, one.business),
                    "slot": one.seat.slot,
                    "table": one.seat.table,
                })
            })
            .collect();
        return json_text(&json!({
            "held": found.held,
            "bound": found.bound,
            "proof": {"vi": found.proof.vi, "en": found.proof.en},
            "table_changes": found.walks,
            "changes": found.changes.len(),
            "meetings": meetings,
        }));
    }
    let changes = found.changes.iter().map(|change| change_line(book, found.conference, change, lang));
    let lines: Vec<String> = found.told().iter().map(|words| words.in_lang(lang).to_owned()).chain(changes).collect();
    format!("{}\n", lines.join("\n"))
}

fn timetable(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    let id: Id = one_record(&reader, Kind::Conference, matches)?;
    let of = somebody(&reader, matches, "of")?;
    let meetings = in_order(&book, id).into_iter().filter(|meeting| of.is_none_or(|who| is_of(meeting, who)));
    let lang = shell.lang();
    if shell.json {
        let meetings: Vec<Json> = meetings
            .map(|one| {
                json!({
                    "starts": starts(&book, one),
                    "slot": one.slot,
                    "table": one.table,
                    "partner": one.partner.map(|id| reference(&book, Kind::Partner, id)),
                    "business": one.business.map(|id| reference(&book, Kind::Business, id)),
                    "status": one.status.key(),
                })
            })
            .collect();
        return Ok(Said::Text(json_text(&Json::Array(meetings))));
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Lúc", "At"), Align::Left),
        (say("Bàn", "Table"), Align::Right),
        (say("Bên mua", "Buyer"), Align::Left),
        (say("Doanh nghiệp", "Business"), Align::Left),
        (say("Tình trạng", "Status"), Align::Left),
    ]);
    for one in meetings {
        table.push(vec![
            starts(&book, one),
            one.table.unwrap_or(0).to_string(),
            one.partner.map(|id| title(&book, Kind::Partner, id, lang)).unwrap_or_default(),
            one.business.map(|id| title(&book, Kind::Business, id, lang)).unwrap_or_default(),
            one.status.words().in_lang(lang).to_owned(),
        ]);
    }
    Ok(Said::Text(table.to_text()))
}
