//! `hoicho place explain`: why each stands where it stands and what it lost to whom; who has no booth, and which demands forbid it.

use std::fmt::Write as _;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use super::{as_it_stands, fair_of, firm, told};
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell};
use crate::domain::placing::conflict::{Conflict, conflicts, only_if_others_move};
use crate::domain::placing::explain::{Lost, Reasons, explain as reasons};
use crate::domain::placing::from_book::{Setting, setting};
use crate::domain::placing::problem::Problem;
use crate::domain::placing::what_if::WhatIf;
use crate::domain::reading::Reader;
use crate::domain::refusal::Refusal;
use crate::say;

/// How many lost booths are told of one firm.
const LOST: usize = 5;

/// Runs this command.
pub fn explain(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    let fair = fair_of(&reader, matches)?;
    let reader = Reader { fair: Some(fair), ..reader };
    let setting = setting(&book, fair, shell.today(), &as_it_stands())?;
    let what_if = WhatIf::new(&setting.problem, &setting.present);
    let lang = shell.lang();
    let found = conflicts(&setting.problem, &setting.present);
    let Some(written) = matches.get_one::<String>("firm") else {
        return Ok(Said::Text(everybody(&what_if, &found, lang, shell.json)));
    };
    let place = place_of(&setting, &reader, written)?;
    let told = reasons(&what_if, place, LOST);
    let own: Vec<&Conflict> = found.iter().filter(|conflict| conflict.firms.contains(&place)).collect();
    if shell.json {
        let conflicts: Vec<Json> = own.iter().map(|conflict| conflict_json(&setting.problem, conflict, lang)).collect();
        let mut firm = firm_json(&what_if, &told, lang);
        firm.insert("conflicts".to_owned(), json!(conflicts));
        return Ok(Said::Text(json_text(&Json::Object(firm))));
    }
    let mut text = String::new();
    for line in told.words(&what_if) {
        let _ = writeln!(text, "{}", line.in_lang(lang));
    }
    if let Some(words) = only_if_others_move(&setting.problem, &setting.present, place, &found) {
        let _ = writeln!(text, "{}", words.in_lang(lang));
    }
    for conflict in own {
        text.push_str(&conflict_text(&setting.problem, conflict, lang));
    }
    Ok(Said::Text(text))
}

fn place_of(setting: &Setting, reader: &Reader<'_>, written: &str) -> Result<usize, Trouble> {
    let wanted = firm(reader, written, "firm")?;
    setting.registrations.iter().position(|known| *known == wanted).ok_or_else(|| {
        Trouble::from(Refusal::new(
            "not-placed-here",
            say!("Đơn vị này không thuộc lượt xếp gian.", "This firm takes no part in the placing."),
            say!("Chọn hoặc xác nhận đăng ký trước.", "Select or confirm its registration first."),
        ))
    })
}

/// Every firm in one line, then each set of demands that cannot all be met.
fn everybody(what_if: &WhatIf<'_>, found: &[Conflict], lang: Lang, as_json: bool) -> String {
    let problem = what_if.problem;
    let all: Vec<Reasons> = (0..problem.firms.len()).map(|firm| reasons(what_if, firm, 1)).collect();
    if as_json {
        let firms: Vec<Json> = all.iter().map(|told| Json::Object(firm_json(what_if, told, lang))).collect();
        let conflicts: Vec<Json> = found.iter().map(|conflict| conflict_json(problem, conflict, lang)).collect();
        return json_text(&json!({ "firms": firms, "conflicts": conflicts }));
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Đơn vị", "Firm"), Align::Left),
        (say("Gian", "Booths"), Align::Left),
        (say("Vì", "Why"), Align::Left),
        (say("Mất gian tốt nhất", "Best one lost"), Align::Left),
    ]);
    for told in &all {
        let lost = told.lost.first().map(|lost| lost.words(what_if).in_lang(lang).to_owned()).unwrap_or_default();
        let name = problem.firms.get(told.firm).map(|firm| firm.name.clone()).unwrap_or_default();
        let booths = if told.booths.is_empty() { "—".to_owned() } else { codes(problem, &told.booths) };
        table.push(vec![name, booths, told.summary(problem).in_lang(lang).to_owned(), lost]);
    }
    let mut text = table.to_text();
    for conflict in found {
        let _ = write!(text, "\n{}", conflict_text(problem, conflict, lang));
    }
    text
}

fn conflict_text(problem: &Problem, conflict: &Conflict, lang: Lang) -> String {
    let mut text = format!("{}\n", conflict.words(problem).in_lang(lang));
    for repair in &conflict.repairs {
        let _ = writeln!(text, "  - {}", repair.words(problem).in_lang(lang));
    }
    text
}

fn codes(problem: &Problem, spots: &[usize]) -> String {
    let codes: Vec<&str> = spots.iter().filter_map(|spot| Some(problem.spots.get(*spot)?.code.as_str())).collect();
    codes.join("+")
}

fn codes_json(problem: &Problem, spots: &[usize]) -> Json {
    spots.iter().filter_map(|spot| problem.spots.get(*spot)).map(|spot| json!(spot.code)).collect()
}

fn names_json(problem: &Problem, firms: &[usize]) -> Json {
    firms.iter().filter_map(|firm| problem.firms.get(*firm)).map(|firm| json!(firm.name)).collect()
}

fn firm_json(what_if: &WhatIf<'_>, told: &Reasons, lang: Lang) -> Map<String, Json> {
    let problem = what_if.problem;
    let firm = problem.firms.get(told.firm);
    let excluded = told.excluded.iter().map(|(need, count)| (need.key().to_owned(), json!(count)));
    let lost = |lost: &Lost| {
        let forced = lost.forced.as_ref().map(|forced| {
            let change = told::points_json(&forced.after.less(&forced.before), &problem.order);
            json!({ "moves": forced.moved.len(), "change": change })
        });
        let points: Vec<i64> =
            lost.holders.iter().filter_map(|firm| problem.firms.get(*firm)).map(|firm| firm.priority).collect();
        json!({
            "booths": codes_json(problem, &lost.booths),
            "wish": lost.rank.map(|rank| rank + 1),
            "held_by": names_json(problem, &lost.holders),
            "holder_points": points,
            "gain": told::points_json(&lost.own_gain, &problem.order),
            "class": lost.class.key(),
            "if_given_over": forced,
            "why": lost.words(what_if).in_lang(lang),
        })
    };
    let told = json!({
        "firm": firm.map(|firm| firm.name.clone()),
        "booths": codes_json(problem, &told.booths),
        "points": firm.map(|firm| firm.priority),
        "tiers": told::points_json(&told.own, &problem.order),
        "wish": told.wish.map(|rank| rank + 1),
        "rivals_near": names_json(problem, &told.rivals_near),
        "beside": names_json(problem, &told.partners),
        "excluded": Json::Object(excluded.collect()),
        "lost": told.lost.iter().map(lost).collect::<Vec<_>>(),
    });
    if let Json::Object(told) = told { told } else { Map::new() }
}

fn conflict_json(problem: &Problem, conflict: &Conflict, lang: Lang) -> Json {
    let repairs: Vec<String> =
        conflict.repairs.iter().map(|repair| repair.words(problem).in_lang(lang).to_owned()).collect();
    json!({
        "firms": names_json(problem, &conflict.firms),
        "booths": codes_json(problem, &conflict.booths),
        "needs": conflict.needs.iter().map(|(need, _)| need.key()).collect::<Vec<_>>(),
        "why": conflict.words(problem).in_lang(lang),
        "repairs": repairs,
        "proof": conflict.proof.key(),
        "tries": conflict.proof.tries(),
        "others_stay": conflict.others_stay,
    })
}
