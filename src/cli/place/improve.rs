//! `hoicho place improve`: swaps that make a placing better, whoever made it; taken singly, together, or to the end.

use std::collections::BTreeSet;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::{all, as_it_stands, fair_of, told};
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, done, json_text};
use crate::cli::{Said, Shell};
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::placing::Plan;
use crate::domain::placing::from_book::{Setting, setting};
use crate::domain::placing::improve::improved;
use crate::domain::placing::proposal::{Proposal, changes, proposal};
use crate::domain::placing::score::score;
use crate::domain::placing::what_if::{Change, WhatIf};
use crate::domain::refusal::Refusal;
use crate::say;

/// Nobody swaps this often; it bounds the work.
const ROUNDS: usize = 1_000;

/// Runs this command.
pub fn improve(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let taken: Vec<&String> = all(matches, "take").collect();
    let engine = if taken.is_empty() { shell.open()? } else { shell.open_to_store()? };
    let desk = engine.desk();
    let book = if taken.is_empty() { shell.seen(&desk)? } else { desk.book() };
    let fair = fair_of(&shell.reader(&book, matches)?, matches)?;
    let setting = setting(&book, fair, shell.today(), &as_it_stands())?;
    let most = matches.get_one::<u32>("most").and_then(|most| usize::try_from(*most).ok()).unwrap_or(10);
    let swaps = WhatIf::new(&setting.problem, &setting.present).improvements(most);
    let lang = shell.lang();
    if taken.is_empty() {
        return Ok(Said::Text(listed(&book, &setting, &swaps, lang, shell.json)));
    }
    let found = proposal(&book, &setting, &plan_with(&setting, &swaps, &taken)?);
    let places = found.places();
    if places.is_empty() {
        return Ok(Said::Text(listed(&book, &setting, &[], lang, shell.json)));
    }
    let receipt = desk.act(&shell.settings.who, Intent::Arrange { fair, places })?;
    let shown = told::told(&book, &found, lang, shell.json);
    Ok(Said::Text(if shell.json { shown } else { format!("{shown}{}", done(&[receipt], lang, false)) }))
}

/// The plan after the swaps that were taken; they touch neither the same firm nor the same booth.
fn plan_with(setting: &Setting, swaps: &[Change], taken: &[&String]) -> Result<Plan, Trouble> {
    if taken.iter().any(|taken| *taken == "all") {
        return Ok(improved(&setting.problem, &setting.present, ROUNDS));
    }
    let mut plan = setting.present.clone();
    let numbers: BTreeSet<&str> = taken.iter().flat_map(|taken| taken.split(',')).map(str::trim).collect();
    for number in numbers {
        let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(swap) = place.and_then(|place| swaps.get(place)) else {
            let count = swaps.len();
            return Err(Trouble::wrong_use(
                "no-such-swap",
                "take",
                say!("Không có lần đổi số “{number}”.", "There is no swap “{number}”."),
                say!(
                    "Có {count} lần đổi; xem bằng lệnh không có --take.",
                    "There are {count}; see them without --take."
                ),
            ));
        };
        for moved in &swap.moved {
            if let Some(own) = plan.spots.get_mut(moved.firm) {
                own.clone_from(&moved.to);
            }
        }
    }
    let (before, after) = (score(&setting.problem, &setting.present), score(&setting.problem, &plan));
    if after.compare(&before, &setting.problem.order).is_gt() {
        return Ok(plan);
    }
    Err(Trouble::from(Refusal::new(
        "swaps-clash",
        say!("Các lần đổi này cùng lúc thì không có lợi.", "Together these swaps gain nothing."),
        say!("Nhận từng lần rồi xem lại.", "Take one, then look again."),
    )))
}

fn listed(book: &Book, setting: &Setting, swaps: &[Change], lang: Lang, as_json: bool) -> String {
    let found: Vec<Proposal> = swaps.iter().map(|change| proposal(book, setting, &change.plan)).collect();
    if as_json {
        let swap = |found: &Proposal| {
            json!({
                "gain": told::points_json(&found.after.less(&found.before), &found.order),
                "firms": told::firms_json(book, found, lang, true),
            })
        };
        return json_text(&Json::Array(found.iter().map(swap).collect()));
    }
    if found.is_empty() {
        let none = Words::new("Không còn lần đổi chỗ nào có lợi.", "No swap would make the placing better.");
        return format!("{}\n", none.in_lang(lang));
    }
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (String::new(), Align::Right),
        (say("Đơn vị", "Firm"), Align::Left),
        (say("Đang ở", "Now"), Align::Left),
        (say("Sang", "To"), Align::Left),
        (say("Được, mất", "Gains and loses"), Align::Left),
        (say("Cả hội chợ", "The whole fair"), Align::Left),
    ]);
    for (number, found) in (1..).zip(&found) {
        let whole = changes(&found.after.less(&found.before), &found.order);
        for (line, row) in found.rows.iter().filter(|row| row.differs()).enumerate() {
            let head = |text: String| if line == 0 { text } else { String::new() };
            table.push(vec![
                head(i32::to_string(&number)),
                told::name(book, row.registration, lang),
                told::codes(book, &row.from),
                told::codes(book, &row.to),
                row.gains(&found.order).in_lang(lang).to_owned(),
                head(whole.in_lang(lang).to_owned()),
            ]);
        }
    }
    table.to_text()
}
