//! `hoicho NOUN …`: lists, records and their history to look at; the storing verbs go to the command table.

use std::fmt::Write as _;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::{Align, Text};
use crate::base::words::{Lang, Words, capital};
use crate::cli::exit::Trouble;
use crate::cli::grammar::{RECORD, STEP_VERBS};
use crate::cli::output::{Table, done, json_text, labelled, put};
use crate::cli::{Said, Shell, board, draw, one_record, verbs};
use crate::command::{COMMANDS, Shell as Reach, find};
use crate::domain::book::Book;
use crate::domain::change::{Change, Entry};
use crate::domain::field::{Field, Value};
use crate::domain::intent::Intent;
use crate::domain::record::{Kind, Record};
use crate::domain::showing::{Mask, show};
use crate::domain::view::columns::{Column, column, columns, default_keys, value};
use crate::domain::view::list::{Filter, Rows, Scope, Sort};
use crate::domain::view::title::{reference, title};
use crate::domain::{BudgetLine, Claim};
use crate::engine::never_was;
use crate::say;

/// Runs one verb of a noun.
pub(super) fn run(shell: &Shell, kind: Kind, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    let of_table = |id: &str| match find(id) {
        Some(command) => verbs::act(shell, kind, command, matches),
        None => Err(unknown(verb)),
    };
    if kind == Kind::Draw
        && let Some(said) = draw::run(shell, verb, matches)
    {
        return said;
    }
    match verb {
        "list" => list(shell, kind, matches),
        "board" if kind == Kind::Lead => board::board(shell, matches),
        "show" => record(shell, kind, matches),
        "history" => history(shell, kind, matches),
        "add" => of_table("record-add"),
        "edit" => of_table("record-edit"),
        "remove" => of_table("record-remove"),
        "erase" => erase(shell, kind, matches),
        "step" => {
            let to = matches.get_one::<String>("to").map(String::as_str).unwrap_or_default();
            verbs::step(shell, kind, to, matches)
        }
        _ => {
            if let Some(step) = STEP_VERBS.iter().find(|step| step.kind == kind && step.verb == verb) {
                return verbs::step(shell, kind, step.to, matches);
            }
            match COMMANDS.iter().find(|command| command.shell == Reach::Verb(Some(kind), own_verb(verb))) {
                Some(command) => verbs::act(shell, kind, command, matches),
                None => Err(unknown(verb)),
            }
        }
    }
}

/// Erases a person's data. A record that is gone is named by its id: the journal still knows it.
fn erase(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    let of_table = || match find("person-erase") {
        Some(command) => verbs::act(shell, kind, command, matches),
        None => Err(unknown("erase")),
    };
    let written = matches.get_one::<String>(RECORD).map(String::as_str).unwrap_or_default();
    let Ok(id) = written.parse::<Id>() else { return of_table() };
    let engine = shell.open_to_store()?;
    let desk = engine.desk();
    if desk.book().noun(kind, id).is_some() {
        drop(engine);
        return of_table();
    }
    let reason = matches.get_one::<String>("reason").map(|text| Text::new(text)).unwrap_or_default();
    let receipt = desk.act(&shell.settings.who, Intent::Erase { kind, id, reason })?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}

/// The verb as the table writes it; the grammar lets no other pass.
fn own_verb(verb: &str) -> &'static str {
    COMMANDS
        .iter()
        .find_map(|command| match command.shell {
            Reach::Verb(Some(_), own) if own == verb => Some(own),
            _ => None,
        })
        .unwrap_or_default()
}

fn unknown(verb: &str) -> Trouble {
    Trouble::wrong_use(
        "command-unknown",
        verb,
        say!("Không có lệnh “{verb}”.", "There is no command “{verb}”."),
        say!("Xem --help.", "See --help."),
    )
}

fn list(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    let mut ids = chosen(shell, &book, kind, reader.fair, matches)?;
    if let Some(most) = matches.get_one::<usize>("limit") {
        ids.truncate(*most);
    }
    let shown = match matches.get_one::<String>("columns") {
        Some(keys) => keys.split(',').map(|key| known_column(kind, key.trim())).collect::<Result<Vec<_>, _>>()?,
        None => default_keys(kind).into_iter().filter_map(|key| column(kind, key)).collect(),
    };
    if shell.json {
        // Without a choice a script gets every column.
        let all = matches.get_one::<String>("columns").is_none();
        let shown: Vec<&Column> = if all { columns(kind).iter().collect() } else { shown };
        let rows = ids.iter().map(|id| row_json(shell, &book, kind, *id, &shown)).collect();
        return Ok(Said::Text(json_text(&Json::Array(rows))));
    }
    let cells = |id: &Id| -> Vec<String> {
        let Some(noun) = book.noun(kind, *id) else { return Vec::new() };
        shown
            .iter()
            .map(|column| {
                let value = value(&book, column, noun, shell.today());
                show(&book, *id, &column.field, &value, shell.lang(), Mask::Masked)
            })
            .collect()
    };
    if matches.get_flag("csv") {
        return Ok(super::export::listed(shell, &shown, ids.iter().map(cells)));
    }
    let aligned = |column: &&Column| if column.field.is_numeric() { Align::Right } else { Align::Left };
    let headers = shown.iter().map(|column| (column.field.label().in_lang(shell.lang()).to_owned(), aligned(column)));
    let mut table = Table::new(headers.collect());
    for id in &ids {
        table.push(cells(id));
    }
    Ok(Said::Text(table.to_text()))
}

/// The records of a list, filtered and sorted as the command line says.
pub(super) fn chosen(
    shell: &Shell,
    book: &Book,
    kind: Kind,
    fair: Option<Id>,
    matches: &ArgMatches,
) -> Result<Vec<Id>, Trouble> {
    let given = |key: &str| matches.try_get_one::<String>(key).ok().flatten().map(String::as_str);
    let filter = Filter::parse(given("filter").unwrap_or_default(), kind).map_err(|refusal| refusal.at("filter"))?;
    let sort = match given("sort") {
        Some(key) => Sort::parse(key, kind).map_err(|refusal| refusal.at("sort"))?,
        None => Sort::usual(kind),
    };
    // A fair itself lies in no fair: the one that was named is the one to be listed.
    if kind == Kind::Fair && fair.is_some() {
        return Ok(fair.into_iter().collect());
    }
    let today = shell.today();
    Ok(Rows::new(book, Scope::within(kind, fair), sort, today).filtered(book, &filter, today))
}

fn known_column(kind: Kind, key: &str) -> Result<&'static Column, Trouble> {
    column(kind, &key.replace('-', "_")).ok_or_else(|| {
        let keys: Vec<&str> = columns(kind).iter().map(|column| column.field.key).collect();
        let keys = keys.join(", ");
        Trouble::wrong_use(
            "column-unknown",
            "columns",
            say!("Không có cột “{key}”.", "There is no column “{key}”."),
            say!("Chọn trong: {keys}.", "Choose among: {keys}."),
        )
    })
}

fn row_json(shell: &Shell, book: &Book, kind: Kind, id: Id, shown: &[&Column]) -> Json {
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(id.to_string()));
    if let Some(noun) = book.noun(kind, id) {
        for column in shown {
            let value = value(book, column, noun, shell.today());
            put(&mut object, book, id, &column.field, &value, Mask::Masked);
        }
    }
    Json::Object(object)
}

fn record(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let id = one_record(&shell.reader(&book, matches)?, kind, matches)?;
    let mask = if matches.get_flag("personal") { Mask::Whole } else { Mask::Masked };
    let Some(noun) = book.noun(kind, id) else { return Err(unknown(RECORD)) };
    let values: Vec<(&Column, Value)> =
        columns(kind).iter().map(|column| (column, value(&book, column, noun, shell.today()))).collect();
    let related = related(&book, id);
    let text = if shell.json {
        json_text(&record_json(&book, kind, id, &values, &related, mask))
    } else {
        record_text(shell.lang(), &book, kind, id, &values, &related, mask)
    };
    Ok(Said::Text(text))
}

/// How many records of each kind point to this one.
fn related(book: &Book, id: Id) -> Vec<(Kind, usize)> {
    let mut counts: Vec<(Kind, usize)> = Vec::new();
    for (kind, _) in book.pointing_any(id) {
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    counts
}

fn record_json(
    book: &Book,
    kind: Kind,
    id: Id,
    values: &[(&Column, Value)],
    related: &[(Kind, usize)],
    mask: Mask,
) -> Json {
    let (mut fields, mut derived) = (Map::new(), Map::new());
    for (column, value) in values {
        let into = if column.is_derived() { &mut derived } else { &mut fields };
        put(into, book, id, &column.field, value, mask);
    }
    let counts: Map<String, Json> =
        related.iter().map(|(kind, count)| (kind.plural().to_owned(), json!(count))).collect();
    let mut object = json!({
        "kind": kind.key(),
        "id": id.to_string(),
        "reference": reference(book, kind, id),
        "fields": fields,
        "derived": derived,
        "related": counts,
    });
    if let Some(calculation) = book.get::<Claim>(id).and_then(|claim| claim.calculation.as_ref()) {
        let steps: Vec<Json> = calculation
            .steps
            .iter()
            .map(|step| json!({"vi": step.words.vi, "en": step.words.en, "amount": step.amount.map(|amount| amount.minor)}))
            .collect();
        object["calculation"] = json!({
            "scheme": calculation.scheme.as_str(),
            "rate_bp": calculation.rate.0,
            "cost": calculation.cost.minor,
            "basis": calculation.basis.minor,
            "grant": calculation.grant.minor,
            "own_share": calculation.own_share.minor,
            "steps": steps,
            "barred": calculation.barred.iter().map(|why| json!({"vi": why.vi, "en": why.en})).collect::<Vec<_>>(),
        });
    }
    if let Some(line) = book.get::<BudgetLine>(id) {
        let adjustments = line.adjustments.iter().map(|adjustment| {
            json!({
                "amount": adjustment.amount.minor,
                "decision_no": adjustment.decision_no.as_str(),
                "on": adjustment.on.map(crate::base::dates::iso),
                "reason": adjustment.reason.as_str(),
            })
        });
        object["adjustments"] = adjustments.collect();
    }
    object
}

fn record_text(
    lang: Lang,
    book: &Book,
    kind: Kind,
    id: Id,
    values: &[(&Column, Value)],
    related: &[(Kind, usize)],
    mask: Mask,
) -> String {
    let noun = kind.words();
    let head = capital(noun.in_lang(lang));
    let mut text = format!("{head}: {}\n", title(book, kind, id, lang));
    for derived in [false, true] {
        let pairs: Vec<(String, String)> = values
            .iter()
            .filter(|(column, _)| column.is_derived() == derived)
            .map(|(column, value)| {
                (column.field.label().in_lang(lang).to_owned(), show(book, id, &column.field, value, lang, mask))
            })
            .collect();
        let block = labelled(&pairs);
        if derived && !block.is_empty() {
            text.push('\n');
        }
        text.push_str(&block);
    }
    if let Some(calculation) = book.get::<Claim>(id).and_then(|claim| claim.calculation.as_ref()) {
        let head = Words::new("Cách tính", "Calculation");
        let steps: Vec<(String, String)> = calculation
            .steps
            .iter()
            .map(|step| {
                let amount = step.amount.map_or_else(|| "–".to_owned(), |amount| amount.show(lang));
                (step.words.in_lang(lang).to_owned(), amount)
            })
            .collect();
        let _ = write!(text, "\n{}\n{}", head.in_lang(lang), labelled(&steps));
        for why in &calculation.barred {
            let _ = writeln!(text, "  ! {}", why.in_lang(lang));
        }
    }
    if let Some(line) = book.get::<BudgetLine>(id)
        && !line.adjustments.is_empty()
    {
        let pairs: Vec<(String, String)> = line
            .adjustments
            .iter()
            .map(|adjustment| (adjustment.decision_no.to_string(), adjustment.amount.show(lang)))
            .collect();
        let head = Words::new("Điều chỉnh", "Adjustments");
        let _ = write!(text, "\n{}\n{}", head.in_lang(lang), labelled(&pairs));
    }
    if !related.is_empty() {
        let head = Words::new("Liên quan", "Related");
        let pairs: Vec<(String, String)> =
            related.iter().map(|(kind, count)| (capital(kind.words().in_lang(lang)), count.to_string())).collect();
        let _ = write!(text, "\n{}\n{}", head.in_lang(lang), labelled(&pairs));
    }
    text
}

fn history(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    let only = match matches.get_one::<String>("field") {
        Some(key) => Some(known_column(kind, key)?.field.key),
        None => None,
    };
    let engine = shell.open()?;
    let desk = engine.desk();
    let book = desk.book();
    let written = matches.get_one::<String>(RECORD).map(String::as_str).unwrap_or_default();
    // A record that was removed is still named by its identity.
    let id = match written.parse::<Id>() {
        Ok(id) => id,
        Err(_) => one_record(&shell.reader(&book, matches)?, kind, matches)?,
    };
    let entries: Vec<Entry> = desk.wait(|desk, answer| desk.history(kind, id, answer))?;
    let entries: Vec<Entry> = entries.into_iter().filter(|entry| entry.at <= shell.until()).collect();
    if entries.is_empty() {
        return Err(never_was(kind).at("record").into());
    }
    Ok(Said::Text(if shell.json {
        json_text(&entries.iter().filter_map(|entry| entry_json(shell, &book, (kind, id), only, entry)).collect())
    } else {
        entries_text(shell, &book, (kind, id), only, &entries)
    }))
}

/// An entry with what it changed in the record; none when it did not change the one field that is asked for.
fn entry_json(shell: &Shell, book: &Book, (kind, id): (Kind, Id), only: Option<&str>, entry: &Entry) -> Option<Json> {
    let mut changes = Vec::new();
    for (field, before, after) in changed(kind, only, entry) {
        let (mut from, mut to) = (Map::new(), Map::new());
        put(&mut from, book, id, field, &before, Mask::Masked);
        put(&mut to, book, id, field, &after, Mask::Masked);
        changes.push(json!({"field": field.key, "from": from.remove(field.key), "to": to.remove(field.key)}));
    }
    let told = json!({
        "seq": entry.seq,
        "at": entry.at.rfc3339(),
        "who": entry.who.as_str(),
        "did": entry.words.in_lang(shell.lang()),
        "changes": changes,
    });
    (only.is_none() || !changes.is_empty()).then_some(told)
}

fn entries_text(shell: &Shell, book: &Book, (kind, id): (Kind, Id), only: Option<&str>, entries: &[Entry]) -> String {
    let lang = shell.lang();
    let headers = [
        Words::new("Lúc", "When"),
        Words::new("Ai", "Who"),
        Words::new("Trường", "Field"),
        Words::new("Trước", "From"),
        Words::new("Sau", "To"),
    ];
    let mut table = Table::new(headers.iter().map(|words| (words.in_lang(lang).to_owned(), Align::Left)).collect());
    for entry in entries {
        for (field, before, after) in changed(kind, only, entry) {
            table.push(vec![
                entry.at.show(),
                entry.who.to_string(),
                field.label().in_lang(lang).to_owned(),
                show(book, id, field, &before, lang, Mask::Masked),
                show(book, id, field, &after, lang, Mask::Masked),
            ]);
        }
    }
    table.to_text()
}

/// What an entry changed in a record: all fields, or the one that is asked for.
fn changed<'a>(
    kind: Kind,
    only: Option<&'a str>,
    entry: &'a Entry,
) -> impl Iterator<Item = (&'static Field, Value, Value)> + 'a {
    let all = entry.changes.iter().flat_map(move |change| differences(kind, change));
    all.filter(move |(field, ..)| only.is_none_or(|key| key == field.key))
}

/// The fields in which a record differs before and after a change.
fn differences(kind: Kind, change: &Change) -> Vec<(&'static Field, Value, Value)> {
    let blank = kind.blank(Id::NIL);
    let side = |record: &Option<Record>, index: usize| record.as_ref().unwrap_or(&blank).as_noun().get(index);
    kind.fields()
        .iter()
        .enumerate()
        .map(|(index, field)| (field, side(&change.before, index), side(&change.after, index)))
        .filter(|(_, before, after)| before != after)
        .collect()
}

/// Undo and redo.
pub(super) fn take_back(shell: &Shell, redo: bool) -> Result<Said, Trouble> {
    let engine = shell.open_to_store()?;
    let who = shell.settings.who.clone();
    let receipt = engine.desk().wait(|desk, answer| desk.take_back(who, redo, answer))?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}
