//! Commands about the whole book: a new one, its journal, undo, care; and what the shell itself needs.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use crate::base::text::{Align, Text, fold};
use crate::base::words::{Lang, Words, capital};
use crate::cli::exit::Trouble;
use crate::cli::grammar::{doc, field_arg, grammar as whole, typed_fields};
use crate::cli::output::{Table, done, json_text, labelled};
use crate::cli::{Said, Shell, noun};
use crate::domain::field::Value;
use crate::domain::intent::Intent;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::engine::{open, owner, salvage};
use crate::say;
use crate::store::{OpenMode, rebuild, restore};

/// Adds this family of commands.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let init = Command::new("init")
        .about(say("Tạo sổ mới với cơ quan của nó", "Make a new book with its office"))
        .args(typed_fields(Kind::Office).map(|field| field_arg(field, lang).required(field.key == "name")));
    let log = Command::new("log")
        .about(say("Nhật ký: ai làm gì, lúc nào", "The journal: who did what, and when"))
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .default_value("20")
                .hide_default_value(true)
                .help(say("Bấy nhiêu mục mới nhất (20)", "So many of the newest entries (20)")),
        )
        .arg(Arg::new("who").long("who").value_name("NAME").help(say("Chỉ của người này", "Of this person only")));
    let path = |id: &'static str, required: bool| {
        Arg::new(id.to_lowercase()).value_name(id).required(required).value_parser(value_parser!(PathBuf))
    };
    let care = Command::new("book")
        .about(say("Chăm sóc sổ", "Care of the book"))
        .subcommand_required(true)
        .subcommand(Command::new("info").about(say("Sổ ở đâu, có gì", "Where it is and what it holds")))
        .subcommand(
            Command::new("verify")
                .about(say("Phát lại nhật ký và so với bản ghi", "Replay the journal and compare it with the records")),
        )
        .subcommand(
            Command::new("rebuild")
                .about(say("Dựng lại bản ghi từ nhật ký", "Make the records again from the journal")),
        )
        .subcommand(
            Command::new("backup")
                .about(say("Sao lưu vào một tệp", "Write a backup into one file"))
                .arg(path("FILE", false)),
        )
        .subcommand(
            Command::new("restore")
                .about(say("Tạo sổ từ bản sao lưu, ở --book", "Make the book from a backup, at --book"))
                .arg(path("FILE", true)),
        )
        .subcommand(
            Command::new("salvage")
                .about(say(
                    "Cứu các mục trước chỗ hỏng sang sổ mới",
                    "Save the entries before the damage into a new book",
                ))
                .arg(path("INTO", true)),
        );
    let completions = Command::new("completions")
        .about(say("Tệp gợi ý lệnh cho shell", "Completions for a shell"))
        .arg(Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(clap_complete::Shell)));
    let man = Command::new("man")
        .about(say("Trang hướng dẫn; với DIR thì mỗi lệnh một tệp", "The manual page; with DIR one file a command"))
        .arg(path("DIR", false));
    let verb = |name: &'static str| Command::new(name).about(doc(name, lang)).arg_required_else_help(false);
    root.subcommand(init)
        .subcommand(verb("undo"))
        .subcommand(verb("redo"))
        .subcommand(log)
        .subcommand(care)
        .subcommand(completions)
        .subcommand(man)
}

/// Runs one of these commands.
pub(super) fn run(shell: &Shell, name: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    match name {
        "init" => init(shell, matches),
        "undo" => noun::take_back(shell, false),
        "redo" => noun::take_back(shell, true),
        "log" => log(shell, matches),
        "completions" => Ok(completions(shell, matches)),
        "man" => man(shell, matches),
        _ => care(shell, matches),
    }
}

fn init(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    shell.now_only()?;
    let nothing = crate::domain::book::Book::default();
    let reader = Reader { book: &nothing, today: shell.today(), fair: None };
    let mut fields = Vec::new();
    for field in typed_fields(Kind::Office) {
        if let Some(written) = matches.get_one::<String>(field.key) {
            match reader.read(field, written)? {
                Value::Empty if field.key == "name" => {
                    return Err(Trouble::wrong_use(
                        "argument-missing",
                        "name",
                        say!("Thiếu tên cơ quan.", "The office's name is missing."),
                        say!("Ghi --name.", "Give --name."),
                    ));
                }
                Value::Empty => {}
                value => fields.push((field.key.to_owned(), value)),
            }
        }
    }
    let dir = &shell.settings.book;
    make_room(dir)?;
    let engine = open(dir, OpenMode::CreateNew, &shell.settings.who, shell.outside())?;
    let receipt = engine.desk().act(&shell.settings.who, Intent::Add { kind: Kind::Office, fields })?;
    if shell.json {
        return Ok(Said::Text(done(&[receipt], shell.lang(), true)));
    }
    let place = dir.display();
    let made = say!("Sổ mới ở {place}", "A new book at {place}");
    Ok(Said::Text(format!("{}\n{}", made.in_lang(shell.lang()), done(&[receipt], shell.lang(), false))))
}

/// Makes the directories above a new book.
pub(super) fn make_room(dir: &Path) -> Result<(), Trouble> {
    match dir.parent() {
        Some(above) if !above.as_os_str().is_empty() => {
            std::fs::create_dir_all(above).map_err(|error| Trouble::file(above, &error))
        }
        _ => Ok(()),
    }
}

fn log(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let desk = engine.desk();
    let last = desk.book().seq;
    let most = usize::try_from(matches.get_one::<u64>("limit").copied().unwrap_or(20)).unwrap_or(usize::MAX);
    let who = matches.get_one::<String>("who").map(|name| fold(Text::new(name).as_str()));
    // With a person in mind the whole journal is looked through, in pieces.
    let mut found = Vec::new();
    let mut to = last;
    while to > 0 && found.len() < most {
        let from = to.saturating_sub(499).max(1);
        for entry in desk.wait(|desk, answer| desk.entries(from, to, answer))? {
            if found.len() < most
                && entry.at <= shell.until()
                && who.as_ref().is_none_or(|who| fold(entry.who.as_str()) == *who)
            {
                found.push(entry);
            }
        }
        to = from - 1;
    }
    if shell.json {
        let entries = found.iter().map(|entry| {
            json!({
                "seq": entry.seq,
                "at": entry.at.rfc3339(),
                "who": entry.who.as_str(),
                "intent": entry.intent.as_str(),
                "did": entry.words.in_lang(shell.lang()),
                "touched": entry.changes.len(),
            })
        });
        return Ok(Said::Text(json_text(&entries.collect())));
    }
    let headers = [
        (Words::new("Số", "No."), Align::Right),
        (Words::new("Lúc", "When"), Align::Left),
        (Words::new("Ai", "Who"), Align::Left),
        (Words::new("Việc", "What"), Align::Left),
    ];
    let mut table =
        Table::new(headers.iter().map(|(words, align)| (words.in_lang(shell.lang()).to_owned(), *align)).collect());
    for entry in &found {
        table.push(vec![
            entry.seq.to_string(),
            entry.at.show(),
            entry.who.to_string(),
            entry.words.in_lang(shell.lang()).to_owned(),
        ]);
    }
    Ok(Said::Text(table.to_text()))
}

fn care(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let Some((verb, below)) = matches.subcommand() else { return info(shell) };
    if verb != "info" {
        shell.now_only()?;
    }
    let dir = &shell.settings.book;
    let who = owner(&shell.settings.who, &shell.outside());
    let words = match verb {
        "verify" => shell.open()?.desk().wait(|desk, answer| desk.verify(answer))?,
        "rebuild" => rebuild(dir, &who)?.words(),
        "backup" => {
            let file = below.get_one::<PathBuf>("file").cloned().unwrap_or_else(|| backup_name(shell));
            shell.open()?.desk().wait(|desk, answer| desk.backup(&file, answer))?
        }
        "restore" => {
            let Some(file) = below.get_one::<PathBuf>("file") else { return info(shell) };
            std::fs::metadata(file).map_err(|error| Trouble::file(file, &error))?;
            make_room(dir)?;
            let restored = restore(file, dir, &who)?;
            let (entries, records, place) = (restored.entries, restored.records, dir.display());
            say!(
                "Đã khôi phục {records} bản ghi, {entries} mục nhật ký vào {place}.",
                "Restored {records} records and {entries} journal entries into {place}."
            )
        }
        "salvage" => {
            let Some(into) = below.get_one::<PathBuf>("into") else { return info(shell) };
            salvage(dir, into, &shell.settings.who, &shell.outside())?.words()
        }
        _ => return info(shell),
    };
    Ok(said(shell, &words))
}

fn said(shell: &Shell, words: &Words) -> Said {
    let text = words.in_lang(shell.lang());
    Said::Text(if shell.json { json_text(&json!({"did": text})) } else { format!("{text}\n") })
}

/// Beside the working directory's files, named so that backups sort by age.
fn backup_name(shell: &Shell) -> PathBuf {
    let now = shell.outside().now();
    let stamp: String = now.rfc3339().chars().take(19).map(|letter| if letter == ':' { '-' } else { letter }).collect();
    PathBuf::from(format!("{stamp}.hoicho"))
}

fn info(shell: &Shell) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let desk = engine.desk();
    let book = shell.seen(&desk)?;
    let counts: Vec<(Kind, usize)> =
        Kind::ALL.iter().map(|kind| (*kind, book.count(*kind))).filter(|(_, count)| *count > 0).collect();
    let office = book.office().map(|office| office.name.to_string()).unwrap_or_default();
    let stopped = desk.stopped().map(|words| words.in_lang(shell.lang()).to_owned());
    let place = shell.settings.book.display().to_string();
    if shell.json {
        let counts: serde_json::Map<String, Json> =
            counts.iter().map(|(kind, count)| (kind.plural().to_owned(), json!(count))).collect();
        return Ok(Said::Text(json_text(&json!({
            "book": place,
            "office": office,
            "seq": book.seq,
            "at": book.at.rfc3339(),
            "read_only": stopped,
            "records": counts,
        }))));
    }
    let label = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(shell.lang()).to_owned();
    let mut pairs = vec![
        (label("Sổ", "Book"), place),
        (label("Cơ quan", "Office"), office),
        (label("Mục nhật ký", "Journal entries"), book.seq.to_string()),
        (label("Mục cuối lúc", "Last entry at"), if book.seq == 0 { String::new() } else { book.at.show() }),
        (label("Chỉ đọc vì", "Read-only because"), stopped.unwrap_or_default()),
    ];
    pairs.extend(
        counts
            .iter()
            .filter(|(kind, _)| *kind != Kind::Office)
            .map(|(kind, count)| (capital(kind.words().in_lang(shell.lang())), count.to_string())),
    );
    Ok(Said::Text(labelled(&pairs)))
}

fn completions(shell: &Shell, matches: &ArgMatches) -> Said {
    let mut bytes = Vec::new();
    if let Some(kind) = matches.get_one::<clap_complete::Shell>("shell") {
        clap_complete::generate(*kind, &mut whole(shell.lang()), "hoicho", &mut bytes);
    }
    Said::Bytes(bytes)
}

fn man(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let command = whole(shell.lang());
    let Some(dir) = matches.get_one::<PathBuf>("dir") else {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command).render(&mut page);
        return rendered.map(|()| Said::Bytes(page)).map_err(|error| Trouble::file(Path::new("hoicho.1"), &error));
    };
    std::fs::create_dir_all(dir)
        .and_then(|()| clap_mangen::generate_to(command, dir))
        .map_err(|error| Trouble::file(dir, &error))?;
    let place = dir.display();
    Ok(said(shell, &say!("Trang hướng dẫn ở {place}.", "The manual pages are in {place}.")))
}
