//! `hoicho contact data` and `hoicho contact search`: what is kept about one person, for that person, and where somebody is named.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::grammar::RECORD;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell, one_record};
use crate::domain::change::Entry;
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::domain::view::person_file::{mentions, person_file};
use crate::domain::view::title::{reference, title};
use crate::exchange::person_out::{person_json, person_text};

/// The verbs of persons that only look.
pub const VERBS: [&str; 2] = ["data", "search"];

/// Adds these verbs to the noun.
pub(super) fn grammar(contact: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let data = Command::new("data")
        .about(say(
            "Mọi điều trong sổ về một người, để trao cho người đó",
            "All the book keeps about one person, for that person",
        ))
        .arg(Arg::new(RECORD).value_name("PERSON").required(true).help(say("Tên hoặc id", "Name or id")));
    let search = Command::new("search")
        .about(say("Mọi nơi trong sổ có tên, số máy hoặc địa chỉ này", "Every place with this name, number or address"))
        .arg(
            Arg::new("text")
                .value_name("TEXT")
                .required(true)
                .help(say("Tên, số máy, địa chỉ", "Name, number, address")),
        )
        .arg(
            Arg::new("personal")
                .long("personal")
                .action(ArgAction::SetTrue)
                .help(say("Cả dữ liệu cá nhân đầy đủ", "Personal data in full")),
        );
    contact.subcommand(data).subcommand(search)
}

/// Runs one of these verbs.
pub(super) fn run(shell: &Shell, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "data" { data(shell, matches) } else { search(shell, matches) }
}

fn data(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let desk = engine.desk();
    let book = shell.seen(&desk)?;
    let id = one_record(&shell.reader(&book, matches)?, Kind::Contact, matches)?;
    let parts = person_file(&book, id, shell.today(), shell.lang());
    let entries: Vec<Entry> = desk.wait(|desk, answer| desk.history(Kind::Contact, id, answer))?;
    let entries: Vec<Entry> = entries.into_iter().filter(|entry| entry.at <= shell.until()).collect();
    Ok(Said::Text(if shell.json {
        person_json(&parts, &entries, shell.lang())
    } else {
        person_text(&parts, &entries, shell.lang())
    }))
}

fn search(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let lang = shell.lang();
    let wanted = matches.get_one::<String>("text").map(String::as_str).unwrap_or_default();
    let mask = if matches.get_flag("personal") { Mask::Whole } else { Mask::Masked };
    let found = mentions(&book, wanted);
    let text = |kind: Kind, id, index: usize| {
        let field = kind.fields().get(index)?;
        let value = book.noun(kind, id)?.get(index);
        Some((field, show(&book, id, field, &value, lang, mask)))
    };
    if shell.json {
        let rows = found.iter().filter_map(|mention| {
            let (field, text) = text(mention.kind, mention.id, mention.field)?;
            Some(json!({
                "kind": mention.kind.key(),
                "id": mention.id.to_string(),
                "record": reference(&book, mention.kind, mention.id),
                "field": field.key,
                "text": text,
            }))
        });
        return Ok(Said::Text(json_text(&rows.collect())));
    }
    let headers = [
        Words::new("Loại", "Kind"),
        Words::new("Bản ghi", "Record"),
        Words::new("Trường", "Field"),
        Words::new("Nội dung", "Text"),
    ];
    let mut table = Table::new(headers.iter().map(|words| (words.in_lang(lang).to_owned(), Align::Left)).collect());
    for mention in &found {
        let Some((field, text)) = text(mention.kind, mention.id, mention.field) else { continue };
        table.push(vec![
            mention.kind.words().in_lang(lang).to_owned(),
            title(&book, mention.kind, mention.id, lang),
            field.label().in_lang(lang).to_owned(),
            text.lines().next().unwrap_or_default().to_owned(),
        ]);
    }
    Ok(Said::Text(table.to_text()))
}
