//! `hoicho place`: who stands where, proposed by the solver and stored as one act; or what a placing is worth.

use std::sync::atomic::AtomicBool;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, done, json_text};
use crate::cli::{Said, Shell};
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::placing::from_book::{Wanted, setting};
use crate::domain::placing::proposal::{Proposal, Row, proposal};
use crate::domain::placing::score::Tier;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::view::title::{reference, title};
use crate::domain::{Booth, Registration};
use crate::engine::placing::{Effort, place};
use crate::say;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let fair = || Arg::new("place_fair").value_name("FAIR").required(true).help(say("Hội chợ", "The fair"));
    let pairs = |key: &'static str, name: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(key).long(key).value_name(name).action(ArgAction::Append).help(say(vi, en))
    };
    let place = Command::new("place")
        .about(say(
            "Tìm cách xếp gian tốt nhất cho mọi đơn vị, ghi thành một việc",
            "Find the best booths for everybody and store it as one act",
        ))
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .arg(fair())
        .arg(pairs("pin", "FIRM=A1+A2", "Ghim đơn vị vào gian", "Pin a firm to booths"))
        .arg(pairs("forbid", "FIRM=A1", "Cấm đơn vị ở gian này", "Keep a firm off a booth"))
        .arg(pairs(
            "release",
            "FIRM",
            "Cho đơn vị này được chuyển; all là mọi đơn vị",
            "Let this firm move; all for everybody",
        ))
        .arg(
            Arg::new("seconds")
                .long("seconds")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..=3_600))
                .default_value("20")
                .hide_default_value(true)
                .help(say("Nhiều nhất bấy nhiêu giây (20)", "At most so many seconds (20)")),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help(say("Chỉ xem, không ghi", "Only show it, store nothing")),
        )
        .subcommand(
            Command::new("score")
                .about(say("Cách xếp hiện tại được bao nhiêu điểm", "What the placing as it stands is worth"))
                .arg(fair()),
        )
        .subcommand(
            Command::new("explain")
                .about(say("Vì sao một đơn vị ở gian đó", "Why a firm stands where it stands"))
                .arg(fair())
                .arg(Arg::new("firm").value_name("FIRM").required(true).help(say("Đơn vị", "The firm"))),
        );
    root.subcommand(place)
}

/// Runs this command.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    match matches.subcommand() {
        Some(("score", below)) => score(shell, below),
        Some((_, below)) => explain(shell, below),
        None => arrange(shell, matches),
    }
}

fn fair_of(reader: &Reader<'_>, matches: &ArgMatches) -> Result<Id, Trouble> {
    let written = matches.get_one::<String>("place_fair").map(String::as_str).unwrap_or_default();
    Ok(reader.read_link(Kind::Fair, written).map_err(|refusal| refusal.at("fair"))?)
}

fn arrange(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let dry = matches.get_flag("dry-run");
    let engine = if dry { shell.open()? } else { shell.open_to_store()? };
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let fair = fair_of(&reader, matches)?;
    let reader = Reader { fair: Some(fair), ..reader };
    let setting = setting(&book, fair, shell.today(), &wanted(&reader, matches)?)?;
    let seconds = matches.get_one::<u32>("seconds").copied().unwrap_or(20);
    let stop = AtomicBool::new(false);
    let found = place(&book, &setting, Effort { seconds, seed: 1, stop: &stop }, |_, _| {});
    let shown = told(&book, &found, shell.lang(), shell.json);
    let places = found.places();
    if dry || places.is_empty() {
        return Ok(Said::Text(shown));
    }
    let receipt = desk.act(&shell.settings.who, Intent::Arrange { fair, places })?;
    if shell.json {
        return Ok(Said::Text(shown));
    }
    Ok(Said::Text(format!("{shown}{}", done(&[receipt], shell.lang(), false))))
}

/// What was pinned, forbidden and released on the command line.
fn wanted(reader: &Reader<'_>, matches: &ArgMatches) -> Result<Wanted, Trouble> {
    let mut wanted = Wanted::default();
    let given = |key: &str| matches.get_many::<String>(key).into_iter().flatten();
    let firm =
        |written: &str, key: &'static str| reader.read_link(Kind::Registration, written).map_err(|fault| fault.at(key));
    for pair in given("pin") {
        let (who, codes) = halves(pair, "pin")?;
        let booths: Result<Vec<Id>, _> =
            codes.split(['+', ',']).map(|code| reader.read_link(Kind::Booth, code)).collect();
        let who = firm(who, "pin")?;
        wanted.released.insert(who);
        wanted.pins.insert(who, booths.map_err(|fault| fault.at("pin"))?);
    }
    for pair in given("forbid") {
        let (who, code) = halves(pair, "forbid")?;
        let booth = reader.read_link(Kind::Booth, code).map_err(|fault| fault.at("forbid"))?;
        let who = firm(who, "forbid")?;
        wanted.released.insert(who);
        wanted.forbidden.insert((who, booth));
    }
    for who in given("release") {
        if who == "all" {
            wanted.all_released = true;
        } else {
            wanted.released.insert(firm(who, "release")?);
        }
    }
    Ok(wanted)
}

fn halves<'a>(pair: &'a str, key: &'static str) -> Result<(&'a str, &'a str), Trouble> {
    pair.rsplit_once('=').ok_or_else(|| {
        Trouble::wrong_use(
            "pair-unreadable",
            key,
            say!("Thiếu dấu = giữa đơn vị và gian.", "There is no = between firm and booth."),
            say!("Ghi như MST=A12.", "Write it as TAXCODE=A12."),
        )
    })
}

fn score(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let fair = fair_of(&shell.reader(&book, matches)?, matches)?;
    let setting = setting(&book, fair, shell.today(), &Wanted { all_released: true, ..Wanted::default() })?;
    let found = proposal(&book, &setting, &setting.present);
    let lang = shell.lang();
    if shell.json {
        return Ok(Said::Text(json_text(&json!({ "tiers": tiers_json(&found) }))));
    }
    Ok(Said::Text(tiers_text(&found, lang)))
}

fn explain(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    let fair = fair_of(&reader, matches)?;
    let written = matches.get_one::<String>("firm").map(String::as_str).unwrap_or_default();
    let reader = Reader { fair: Some(fair), ..reader };
    let firm = reader.read_link(Kind::Registration, written).map_err(|refusal| refusal.at("firm"))?;
    let setting = setting(&book, fair, shell.today(), &Wanted { all_released: true, ..Wanted::default() })?;
    let found = proposal(&book, &setting, &setting.present);
    let rows: Vec<&Row> = found.rows.iter().filter(|row| row.registration == firm).collect();
    let Some(row) = rows.first() else {
        return Err(Trouble::from(crate::domain::refusal::Refusal::new(
            "not-placed-here",
            say!("Đơn vị này không thuộc lượt xếp gian.", "This firm takes no part in the placing."),
            say!("Chọn hoặc xác nhận đăng ký trước.", "Select or confirm its registration first."),
        )));
    };
    let why = row.why.in_lang(shell.lang());
    let who = name(&book, row.registration, shell.lang());
    let booths = codes(&book, &row.to);
    Ok(Said::Text(if shell.json {
        json_text(&json!({ "firm": who, "booths": booths_json(&book, &row.to), "why": why }))
    } else {
        format!("{who}: {}. {why}.\n", if booths.is_empty() { "—" } else { &booths })
    }))
}

fn name(book: &Book, registration: Id, lang: Lang) -> String {
    let business = book.get::<Registration>(registration).and_then(|registration| registration.business);
    business.map(|id| title(book, Kind::Business, id, lang)).unwrap_or_default()
}

fn codes(book: &Book, booths: &[Id]) -> String {
    let codes: Vec<&str> =
        booths.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| booth.code.as_str()).collect();
    codes.join("+")
}

fn booths_json(book: &Book, booths: &[Id]) -> Json {
    booths.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| json!(booth.code.as_str())).collect()
}

/// The proposal as a list of firms and the value of each aim.
fn told(book: &Book, found: &Proposal, lang: Lang, as_json: bool) -> String {
    if as_json {
        let firms: Vec<Json> = found
            .rows
            .iter()
            .map(|row| {
                json!({
                    "registration": reference(book, Kind::Registration, row.registration),
                    "from": booths_json(book, &row.from),
                    "to": booths_json(book, &row.to),
                    "why": row.why.in_lang(lang),
                })
            })
            .collect();
        return json_text(&json!({ "tiers": tiers_json(found), "firms": firms }));
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Đơn vị", "Firm"), Align::Left),
        (say("Đang ở", "Now"), Align::Left),
        (say("Xếp vào", "To"), Align::Left),
        (say("Vì", "Why"), Align::Left),
    ]);
    for row in found.rows.iter().filter(|row| row.differs() || row.to.is_empty()) {
        let why = row.why.in_lang(lang).to_owned();
        table.push(vec![name(book, row.registration, lang), codes(book, &row.from), codes(book, &row.to), why]);
    }
    format!("{}\n{}", table.to_text(), tiers_text(found, lang))
}

fn tiers_text(found: &Proposal, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Mục tiêu", "Aim"), Align::Left),
        (say("Hiện tại", "Now"), Align::Right),
        (say("Đề xuất", "Proposed"), Align::Right),
        (String::new(), Align::Left),
    ]);
    for tier in &found.order {
        let words = tier.words();
        table.push(vec![
            words.in_lang(lang).to_owned(),
            found.before.get(*tier).to_string(),
            found.after.get(*tier).to_string(),
            found.proof(*tier).in_lang(lang).to_owned(),
        ]);
    }
    table.to_text()
}

fn tiers_json(found: &Proposal) -> Json {
    let tier = |tier: &Tier| {
        let bound = found.bounds.map(|bounds| bounds.get(*tier));
        let value = json!({ "now": found.before.get(*tier), "proposed": found.after.get(*tier), "bound": bound });
        (tier.key().to_owned(), value)
    };
    Json::Object(found.order.iter().map(tier).collect::<Map<String, Json>>())
}
