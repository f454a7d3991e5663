//! `hoicho lead board`: the leads by stage, as the screen's board has them.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::dates::{iso, show_date};
use crate::base::text::Align;
use crate::base::words::{Lang, Words, capital};
use crate::cli::exit::Trouble;
use crate::cli::noun::chosen;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell};
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::view::board::{card, lanes};
use crate::domain::view::title::reference;

/// Adds the verb to the noun; it is filtered and sorted as its list is.
pub(super) fn grammar(noun: Command, list: Command, lang: Lang) -> Command {
    let about = Words::new("Bảng đầu mối theo giai đoạn", "The board of leads by stage");
    let args = list.get_arguments().filter(|arg| ["filter", "sort", "fair"].contains(&arg.get_id().as_str())).cloned();
    let board = Command::new("board").about(about.in_lang(lang).to_owned()).args(args.collect::<Vec<_>>());
    noun.subcommand(board)
}

/// The lanes with their cards.
pub(super) fn board(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let fair = shell.reader(&book, matches)?.fair;
    let mut ids = chosen(shell, &book, Kind::Lead, fair, matches)?;
    let (lang, today) = (shell.lang(), shell.today());
    let lanes = lanes(&book, &mut ids, today);
    let cards_of = |places: std::ops::Range<usize>| {
        ids.get(places).unwrap_or_default().iter().filter_map(|id| Some((*id, card(&book, *id, lang, today)?)))
    };
    if shell.json {
        let lanes = lanes.iter().map(|lane| {
            let cards: Vec<Json> = cards_of(lane.places.clone())
                .map(|(id, card)| {
                    json!({
                        "id": id.to_string(),
                        "reference": reference(&book, Kind::Lead, id),
                        "business": card.business,
                        "partner": card.partner,
                        "next_step": card.next_step.as_str(),
                        "due_on": card.due_on.map(iso),
                        "care": card.care.key(),
                    })
                })
                .collect();
            json!({"stage": lane.stage.key(), "count": lane.places.len(), "late": lane.late, "leads": cards})
        });
        return Ok(Said::Text(json_text(&lanes.collect())));
    }
    let mut text = String::new();
    for lane in &lanes {
        let (stage, count, late) = (lane.stage.words(), lane.places.len(), lane.late);
        let head = crate::say!("{}: {count}, quá hạn {late}", "{}: {count}, {late} overdue"; stage);
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", capital(head.in_lang(lang)));
        let heads = [
            Words::new("Doanh nghiệp", "Business"),
            Words::new("Đối tác", "Partner"),
            Words::new("Hạn", "Due"),
            Words::new("Việc tiếp theo", "Next step"),
            Words::new("Chăm sóc", "Care"),
        ];
        let mut table = Table::new(heads.iter().map(|head| (head.in_lang(lang).to_owned(), Align::Left)).collect());
        for (_, card) in cards_of(lane.places.clone()) {
            table.push(vec![
                card.business,
                card.partner,
                card.due_on.map(show_date).unwrap_or_default(),
                card.next_step.to_string(),
                card.care.words().in_lang(lang).to_owned(),
            ]);
        }
        text.push_str(&table.to_text());
    }
    Ok(Said::Text(text))
}
