//! `hoicho business usage`, `hoicho registration usage` and `hoicho registration suits`: what was used of every limit, and which
//! scheme is the most favourable. They only look.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::base::dates::iso;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::{Table, json_text};
use crate::cli::{Said, Shell, one_record};
use crate::domain::record::Kind;
use crate::domain::view::suits::suits;
use crate::domain::view::title::title;
use crate::domain::view::usage::{Limit, Row, of_business, of_registration};

/// Adds the verbs of this file to a noun that has some.
pub(super) fn grammar(noun: Command, kind: Kind, record: &Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let usage = || {
        Command::new("usage")
            .about(say(
                "Đã dùng bao nhiêu của từng hạn mức hỗ trợ, còn lại bao nhiêu, khi nào tính lại",
                "What was used of each limit of support, what is left, when it begins anew",
            ))
            .arg(record.clone())
    };
    let suits = || {
        Command::new("suits")
            .about(say(
                "So sánh các chương trình đang áp dụng, có lợi nhất trước, và vì sao chương trình khác không được",
                "The schemes in force compared, the most favourable first, and why others do not apply",
            ))
            .arg(record.clone())
    };
    match kind {
        Kind::Business => noun.subcommand(usage()),
        Kind::Registration => noun.subcommand(usage()).subcommand(suits()),
        _ => noun,
    }
}

/// True for the verbs of this file.
pub(super) fn is_ours(kind: Kind, verb: &str) -> bool {
    matches!((kind, verb), (Kind::Business | Kind::Registration, "usage") | (Kind::Registration, "suits"))
}

/// Runs one of them.
pub(super) fn run(shell: &Shell, kind: Kind, verb: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    if verb == "suits" { compared(shell, matches) } else { used(shell, kind, matches) }
}

fn both(words: &Words) -> Json {
    json!({"vi": words.vi, "en": words.en})
}

fn head(words: Words, lang: Lang, align: Align) -> (String, Align) {
    (words.in_lang(lang).to_owned(), align)
}

fn used(shell: &Shell, kind: Kind, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, matches)?, kind, matches)?);
    let rows =
        if kind == Kind::Business { of_business(&book, id, shell.today())? } else { of_registration(&book, id)? };
    let scheme = |row: &Row| title(&book, Kind::Scheme, row.scheme, lang);
    if shell.json {
        let rows = rows.iter().map(|row| {
            let (kind, most, left) = match row.limit {
                Limit::Times { most, left } => ("times", most, left),
                Limit::Amount { most, left } => ("amount", most.minor, left.minor),
            };
            json!({
                "scheme": scheme(row),
                "limit": kind,
                "most": most,
                "used": if kind == "times" { row.used.times } else { row.used.amount.minor },
                "left": left,
                "window": both(&row.window),
                "of": both(&row.of),
                "shared": row.shared,
                "from": row.used.from.map(iso),
                "resets_on": row.used.resets_on.map(iso),
            })
        });
        return Ok(Said::Text(json_text(&Json::Array(rows.collect()))));
    }
    if rows.is_empty() {
        let words = Words::new("Không có hạn mức nào đang áp dụng.", "No limit is in force.");
        return Ok(Said::Text(format!("{}\n", words.in_lang(lang))));
    }
    let mut table = Table::new(vec![
        head(Words::new("Chương trình", "Scheme"), lang, Align::Left),
        head(Words::new("Hạn mức", "Limit"), lang, Align::Left),
        head(Words::new("Tình hình", "Usage"), lang, Align::Left),
    ]);
    for row in &rows {
        let (label, state) = (row.label(), row.state());
        table.push(vec![scheme(row), label.in_lang(lang).to_owned(), state.in_lang(lang).to_owned()]);
    }
    Ok(Said::Text(table.to_text()))
}

fn compared(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let (lang, id) = (shell.lang(), one_record(&shell.reader(&book, matches)?, Kind::Registration, matches)?);
    let found = suits(&book, id)?;
    if shell.json {
        let suits = found.suits.iter().map(|suit| {
            json!({
                "scheme": title(&book, Kind::Scheme, suit.scheme, lang),
                "grant": suit.grant.minor,
                "own_share": suit.own_share.minor,
                "applies": suit.barred.is_empty(),
                "barred": suit.barred.iter().map(both).collect::<Vec<_>>(),
                "unchecked": suit.unchecked.iter().map(both).collect::<Vec<_>>(),
            })
        });
        return Ok(Said::Text(json_text(&json!({
            "schemes": suits.collect::<Vec<_>>(),
            "estimated": found.estimated.as_ref().map(both),
        }))));
    }
    let mut table = Table::new(vec![
        head(Words::new("Chương trình", "Scheme"), lang, Align::Left),
        head(Words::new("Hỗ trợ", "Grant"), lang, Align::Right),
        head(Words::new("Đơn vị tự chi", "Own share"), lang, Align::Right),
    ]);
    let mut reasons = String::new();
    for suit in &found.suits {
        let name = title(&book, Kind::Scheme, suit.scheme, lang);
        for words in suit.barred.iter().chain(&suit.unchecked) {
            reasons.push_str(&format!("  {name}: {}\n", words.in_lang(lang)));
        }
        table.push(vec![name, suit.grant.show(lang), suit.own_share.show(lang)]);
    }
    let estimated = found.estimated.map(|words| format!("{}\n", words.in_lang(lang))).unwrap_or_default();
    Ok(Said::Text(format!("{}{reasons}{estimated}", table.to_text())))
}
