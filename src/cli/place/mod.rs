//! `hoicho place`: who stands where, proposed by the solver and stored as one act; what would be if; what a placing is worth.

mod explain;
mod improve;
mod told;
mod what_if;

use std::sync::atomic::AtomicBool;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{done, json_text};
use crate::cli::{Said, Shell};
use crate::domain::intent::Intent;
use crate::domain::placing::from_book::{Regard, Wanted, setting};
use crate::domain::placing::proposal::proposal;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::engine::placing::{Effort, place};
use crate::say;

/// Where chance begins: the same book gives the same placing.
const SEED: u64 = 1;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let place = Command::new("place")
        .about(say(
            "Giữ ai đã có gian, tìm gian tốt nhất cho các đơn vị còn lại, ghi thành một việc",
            "Keep those who have a booth, find the best booths for all others, and store it as one act",
        ))
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .arg(fair(lang))
        .args(pins(lang))
        .arg(flag(
            "few-moves",
            say(
                "Được chuyển người đang có gian, nhưng ít nhất có thể: khi có đơn vị rút, gian hỏng, gian thêm",
                "Those who have a booth may move, as few as possible: for a late cancellation, a lost or a new booth",
            ),
        ))
        .arg(time("20", say("Nhiều nhất bấy nhiêu giây (20)", "At most so many seconds (20)")))
        .arg(flag("dry-run", say("Chỉ xem, không ghi", "Only show it, store nothing")))
        .subcommand(
            Command::new("score")
                .about(say("Cách xếp hiện tại được bao nhiêu điểm", "What the placing as it stands is worth"))
                .arg(fair(lang)),
        )
        .subcommand(
            Command::new("what-if")
                .about(say(
                    "Nếu ghim, cấm, bớt, thêm thì ai phải dời, được mất gì; không ghi gì",
                    "If somebody is pinned, kept off or left out, or a booth added: who moves, at what gain and loss; stores nothing",
                ))
                .arg(fair(lang))
                .args(pins(lang))
                .arg(given("without", "FIRM", say("Như không có đơn vị này", "As if this firm were not there")))
                .arg(given(
                    "add-booth",
                    "A13=A12",
                    say("Như có thêm gian A13 giống A12", "As if there were a booth A13 like A12"),
                ))
                .arg(time("10", say("Nhiều nhất bấy nhiêu giây (10)", "At most so many seconds (10)"))),
        )
        .subcommand(
            Command::new("improve")
                .about(say(
                    "Đề xuất các lần đổi chỗ làm cách xếp đang có tốt hơn, kể cả xếp tay; --take để ghi",
                    "Propose swaps that make the placing as it stands better, made by hand or not; --take stores them",
                ))
                .arg(fair(lang))
                .arg(
                    Arg::new("most")
                        .long("most")
                        .value_name("N")
                        .value_parser(value_parser!(u32).range(1..=200))
                        .default_value("10")
                        .hide_default_value(true)
                        .help(say("Nhiều nhất bấy nhiêu lần đổi (10)", "At most so many swaps (10)")),
                )
                .arg(given(
                    "take",
                    "N|all",
                    say(
                        "Ghi lần đổi số N của danh sách; all là đổi tiếp đến khi không còn lần nào có lợi",
                        "Store the swap with this number; all goes on until no swap gains",
                    ),
                )),
        )
        .subcommand(
            Command::new("explain")
                .about(say(
                    "Vì sao mỗi đơn vị ở gian đó, mất gian nào vào tay ai; ai chưa có gian thì vì sao",
                    "Why each firm stands where it stands, what it lost to whom; and who has no booth, why",
                ))
                .arg(fair(lang))
                .arg(Arg::new("firm").value_name("FIRM").help(say("Chỉ đơn vị này, đủ lý do", "This firm alone, with all reasons"))),
        );
    root.subcommand(place)
}

fn fair(lang: Lang) -> Arg {
    let help = Words::new("Hội chợ", "The fair").in_lang(lang).to_owned();
    Arg::new("place_fair").value_name("FAIR").required(true).help(help)
}

/// What a person may ask of who stands where.
fn pins(lang: Lang) -> [Arg; 3] {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let release = say("Cho đơn vị này được chuyển; all là mọi đơn vị", "Let this firm move; all for everybody");
    [
        given("pin", "FIRM=A1+A2", say("Ghim đơn vị vào gian", "Pin a firm to booths")),
        given("forbid", "FIRM=A1", say("Cấm đơn vị ở gian này", "Keep a firm off a booth")),
        given("release", "FIRM", release),
    ]
}

fn given(key: &'static str, name: &'static str, help: String) -> Arg {
    Arg::new(key).long(key).value_name(name).action(ArgAction::Append).help(help)
}

fn flag(key: &'static str, help: String) -> Arg {
    Arg::new(key).long(key).action(ArgAction::SetTrue).help(help)
}

fn time(usual: &'static str, help: String) -> Arg {
    let arg = Arg::new("seconds").long("seconds").value_name("N").help(help);
    arg.value_parser(value_parser!(u32).range(1..=3_600)).default_value(usual).hide_default_value(true)
}

/// Runs this command.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    match matches.subcommand() {
        Some(("score", below)) => score(shell, below),
        Some(("what-if", below)) => what_if::what_if(shell, below),
        Some(("improve", below)) => improve::improve(shell, below),
        Some((_, below)) => explain::explain(shell, below),
        None => arrange(shell, matches),
    }
}

fn fair_of(reader: &Reader<'_>, matches: &ArgMatches) -> Result<Id, Trouble> {
    let written = matches.get_one::<String>("place_fair").map(String::as_str).unwrap_or_default();
    Ok(reader.read_link(Kind::Fair, written).map_err(|refusal| refusal.at("fair"))?)
}

fn seconds(matches: &ArgMatches) -> u32 {
    matches.get_one::<u32>("seconds").copied().unwrap_or(20)
}

/// Everybody may move and keep what they have: how a placing is judged that stands.
fn as_it_stands() -> Wanted {
    Wanted { all_released: true, regard: Regard::AsStanding, ..Wanted::default() }
}

fn arrange(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let dry = matches.get_flag("dry-run");
    let engine = if dry { shell.open()? } else { shell.open_to_store()? };
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let fair = fair_of(&reader, matches)?;
    let reader = Reader { fair: Some(fair), ..reader };
    let mut wanted = wanted(&reader, matches)?;
    if matches.get_flag("few-moves") {
        wanted.regard = Regard::MoveFew;
        wanted.all_released |= wanted.released.is_empty();
    }
    let setting = setting(&book, fair, shell.today(), &wanted)?;
    let stop = AtomicBool::new(false);
    let effort = Effort { seconds: seconds(matches), seed: SEED, stop: &stop };
    let found = place(&book, &setting, effort, |_, _| {});
    let shown = told::told(&book, &found, shell.lang(), shell.json);
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
    for pair in all(matches, "pin") {
        let (who, codes) = halves(pair, "pin")?;
        let booths: Result<Vec<Id>, _> =
            codes.split(['+', ',']).map(|code| reader.read_link(Kind::Booth, code)).collect();
        wanted.pins.insert(firm(reader, who, "pin")?, booths.map_err(|fault| fault.at("pin"))?);
    }
    for pair in all(matches, "forbid") {
        let (who, code) = halves(pair, "forbid")?;
        let booth = reader.read_link(Kind::Booth, code).map_err(|fault| fault.at("forbid"))?;
        wanted.forbidden.insert((firm(reader, who, "forbid")?, booth));
    }
    for who in all(matches, "release") {
        if who == "all" {
            wanted.all_released = true;
        } else {
            wanted.released.insert(firm(reader, who, "release")?);
        }
    }
    Ok(wanted)
}

fn all<'a>(matches: &'a ArgMatches, key: &str) -> impl Iterator<Item = &'a String> {
    matches.get_many::<String>(key).into_iter().flatten()
}

fn firm(reader: &Reader<'_>, written: &str, key: &'static str) -> Result<Id, Trouble> {
    Ok(reader.read_link(Kind::Registration, written).map_err(|fault| fault.at(key))?)
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
    let setting = setting(&book, fair, shell.today(), &as_it_stands())?;
    let found = proposal(&book, &setting, &setting.present);
    let lang = shell.lang();
    if shell.json {
        return Ok(Said::Text(json_text(&json!({ "tiers": told::tiers_json(&found) }))));
    }
    Ok(Said::Text(told::tiers_text(&found, lang)))
}
