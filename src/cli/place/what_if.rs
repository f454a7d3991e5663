//! `hoicho place what-if`: a change that is only thought, placed once with as few moves as it takes and once as well as can be.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use super::{SEED, all, as_it_stands, fair_of, firm, halves, seconds, told, wanted};
use crate::base::ids::Id;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell};
use crate::domain::book::Book;
use crate::domain::env::Env;
use crate::domain::placing::from_book::{Regard, setting, with_booth_like};
use crate::domain::placing::proposal::Proposal;
use crate::domain::placing::score::score;
use crate::domain::placing::{Score, Tier};
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::engine::placing::{Effort, place};
use crate::say;

/// What stands, and the two ways on after a change.
struct Outlook<'a> {
    book: &'a Book,
    order: Vec<Tier>,
    now: Score,
    few: Proposal,
    best: Proposal,
    lang: Lang,
}

/// Runs this command.
pub fn what_if(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let present = shell.seen(&engine.desk())?;
    let fair = fair_of(&shell.reader(&present, matches)?, matches)?;
    let book = supposed(shell, matches, &present, fair)?;
    let reader = Reader { fair: Some(fair), ..shell.reader(&book, matches)? };
    let mut wanted = wanted(&reader, matches)?;
    for who in all(matches, "without") {
        wanted.without.insert(firm(&reader, who, "without")?);
    }
    wanted.all_released |= wanted.released.is_empty();
    let effort = Effort { seconds: seconds(matches).div_ceil(2), seed: SEED, stop: &AtomicBool::new(false) };
    let mut found = |regard| {
        wanted.regard = regard;
        setting(&book, fair, shell.today(), &wanted).map(|setting| place(&book, &setting, effort, |_, _| {}))
    };
    let (best, few) = (found(Regard::AsStanding)?, found(Regard::MoveFew)?);
    let stands = setting(&present, fair, shell.today(), &as_it_stands())?;
    let now = score(&stands.problem, &stands.present);
    let outlook = Outlook { book: &book, order: best.order.clone(), now, few, best, lang: shell.lang() };
    Ok(Said::Text(if shell.json { outlook.to_json() } else { outlook.to_text() }))
}

/// The book with the booths that are thought to be there.
fn supposed(shell: &Shell, matches: &ArgMatches, present: &Book, fair: Id) -> Result<Book, Trouble> {
    let mut book = present.clone();
    let env = Env::new(shell.outside().now(), shell.settings.who.clone(), shell.outside().chance());
    for pair in all(matches, "add-booth") {
        let (code, like) = halves(pair, "add-booth")?;
        let reader = Reader { book: &book, today: shell.today(), fair: Some(fair) };
        let like = reader.read_link(Kind::Booth, like).map_err(|fault| fault.at("add-booth"))?;
        book = with_booth_like(&book, like, code, &env).map_err(|refusal| refusal.at("add-booth"))?;
    }
    Ok(book)
}

impl Outlook<'_> {
    fn to_text(&self) -> String {
        let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(self.lang).to_owned();
        let (few, best) = (self.few.moves(), self.best.moves());
        let mut text = String::new();
        let head = if self.few.places().is_empty() {
            Words::new("Không ai phải dời.", "Nobody has to move.")
        } else {
            say!(
                "Cách ít dời nhất: {few} đơn vị đang có gian đổi chỗ hoặc mất chỗ.",
                "The way with the fewest moves: {few} of those who have a booth move or lose it."
            )
        };
        let _ = writeln!(text, "{}", head.in_lang(self.lang));
        if self.few.rows.iter().any(|row| row.differs() || row.to.is_empty()) {
            let _ = writeln!(text, "{}", told::firms_text(self.book, &self.few, self.lang));
        }
        let few = say!("Ít dời ({few} dời)", "Few moves ({few})");
        let best = say!("Tốt nhất ({best} dời)", "Best ({best} moves)");
        let mut table = Table::new(vec![
            (say("Mục tiêu", "Aim"), Align::Left),
            (say("Hiện tại", "Now"), Align::Right),
            (few.in_lang(self.lang).to_owned(), Align::Right),
            (best.in_lang(self.lang).to_owned(), Align::Right),
        ]);
        for tier in &self.order {
            let now = self.now.get(*tier);
            let against =
                |value: i64| if value == now { value.to_string() } else { format!("{value} ({:+})", value - now) };
            let (few, best) = (self.few.after.get(*tier), self.best.after.get(*tier));
            table.push(vec![tier.words().in_lang(self.lang).to_owned(), now.to_string(), against(few), against(best)]);
        }
        text.push_str(&table.to_text());
        text
    }

    fn to_json(&self) -> String {
        let tiers = |value: &Score| {
            let tiers = self.order.iter().map(|tier| (tier.key().to_owned(), json!(value.get(*tier))));
            Json::Object(tiers.collect::<Map<String, Json>>())
        };
        let way = |found: &Proposal| {
            let unplaced = found.rows.iter().filter(|row| row.to.is_empty());
            let unplaced = unplaced.map(|row| told::name(self.book, row.registration, self.lang));
            json!({
                "tiers": tiers(&found.after),
                "change": told::points_json(&found.after.less(&self.now), &self.order),
                "moves": found.moves(),
                "firms": told::firms_json(self.book, found, self.lang, true),
                "unplaced": unplaced.collect::<Vec<_>>(),
            })
        };
        json_text(&json!({ "now": tiers(&self.now), "few_moves": way(&self.few), "best": way(&self.best) }))
    }
}
