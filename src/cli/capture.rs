//! `hoicho capture LINE`: a lead taken down in one line, as at the stand.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value as Json, json};

use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{done, json_text, labelled};
use crate::cli::{Said, Shell};
use crate::command::find;
use crate::domain::capture::{Captured, Stand, read};
use crate::domain::record::Kind;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let about = find("capture").map(|command| command.doc.in_lang(lang).trim_end_matches('.').to_owned());
    let capture = Command::new("capture")
        .about(about.unwrap_or_default())
        .arg(Arg::new("line").value_name("LINE").required(true).help(say(
            "đối tác | hàng | sản lượng | việc tiếp và ngày | @người | số máy; “DOANH NGHIỆP >” ở đầu",
            "partner | goods | volume | next step and day | @person | phone; “OUR FIRM >” at the start",
        )))
        .arg(
            Arg::new("business")
                .long("business")
                .value_name("RECORD")
                .help(say("Doanh nghiệp của tỉnh, nếu dòng không ghi", "Our business, where the line names none")),
        )
        .arg(
            Arg::new("fair").long("fair").value_name("CODE").help(say("Hội chợ nơi gặp", "The fair at which they met")),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help(say("Chỉ cho xem hiểu thế nào", "Only show how it is understood")),
        );
    root.subcommand(capture)
}

/// Understands the line and stores it, or only shows it.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let dry = matches.get_flag("dry-run");
    let engine = if dry { shell.open()? } else { shell.open_to_store()? };
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let business = match matches.get_one::<String>("business") {
        Some(written) => Some(reader.read_link(Kind::Business, written).map_err(|refusal| refusal.at("business"))?),
        None => None,
    };
    let at = Stand { today: shell.today(), business, fair: reader.fair };
    let line = matches.get_one::<String>("line").map(String::as_str).unwrap_or_default();
    let found = read(&book, line, at, shell.lang());
    if dry {
        return Ok(Said::Text(if shell.json {
            json_text(&understood(&found))
        } else {
            let parts = found.told(&book, at, shell.lang());
            labelled(&parts.into_iter().map(|part| (part.label, part.text)).collect::<Vec<_>>())
        }));
    }
    let receipt = desk.act(&shell.settings.who, found.intent(at.fair)?)?;
    Ok(Said::Text(done(&[receipt], shell.lang(), shell.json)))
}

fn understood(found: &Captured) -> Json {
    let mut object = Map::new();
    let ids = [("business_id", found.business), ("partner_id", found.partner), ("lead_id", found.known)];
    for (key, id) in ids {
        object.insert(key.to_owned(), json!(id.map(|id| id.to_string())));
    }
    let texts = [
        ("partner", &found.partner_name),
        ("person", &found.person),
        ("phone", &found.phone),
        ("email", &found.email),
        ("interest", &found.interest),
        ("volume", &found.volume),
        ("next_step", &found.next_step),
    ];
    for (key, text) in texts {
        object.insert(key.to_owned(), json!(text.as_str()));
    }
    object.insert("due_on".to_owned(), json!(found.due_on.map(crate::base::dates::iso)));
    let alike: Vec<String> = found.alike.iter().map(ToString::to_string).collect();
    object.insert("alike_ids".to_owned(), json!(alike));
    Json::Object(object)
}
