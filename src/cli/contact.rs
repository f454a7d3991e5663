//! `hoicho contact data` and `hoicho contact search`: what is kept about one person, for that person, and where somebody is named.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value as Json, json};

use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::grammar::RECORD;
use crate::cli::output::{Table, json_text, labelled};
use crate::cli::{Said, Shell, one_record};
use crate::domain::change::Entry;
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::domain::view::person_file::{Part, mentions, person_file};
use crate::domain::view::title::{reference, title};

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
        as_json(&parts, &entries, shell.lang())
    } else {
        as_text(&parts, &entries, shell.lang())
    }))
}

fn as_json(parts: &[Part], entries: &[Entry], lang: Lang) -> String {
    let mut object = Map::new();
    for part in parts {
        let records = part.records.iter().map(|record| {
            record.iter().map(|said| (said.key.to_owned(), json!(said.text))).collect::<Map<String, Json>>()
        });
        object.insert(part.key.to_owned(), records.map(Json::Object).collect());
    }
    let history = entries.iter().map(|entry| {
        json!({"seq": entry.seq, "at": entry.at.rfc3339(), "who": entry.who.as_str(), "did": entry.words.in_lang(lang)})
    });
    object.insert("history".to_owned(), history.collect());
    json_text(&Json::Object(object))
}

fn as_text(parts: &[Part], entries: &[Entry], lang: Lang) -> String {
    let mut text = String::new();
    let head = |text: &mut String, words: &Words| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&words.in_lang(lang).to_uppercase());
        text.push('\n');
    };
    for part in parts {
        for record in &part.records {
            head(&mut text, &part.title);
            let lines: Vec<(String, String)> =
                record.iter().map(|said| (said.label.clone(), said.text.clone())).collect();
            text.push_str(&labelled(&lines));
        }
    }
    head(&mut text, &Words::new("Lịch sử", "History"));
    for entry in entries {
        text.push_str(&format!("{} · {} · {}\n", entry.at.show(), entry.who, entry.words.in_lang(lang)));
    }
    text
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
