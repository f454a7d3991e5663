//! A placing in text and JSON: who is to have which booth, what each gains, what the whole is worth.

use serde_json::{Map, Value as Json, json};

use crate::base::ids::Id;
use crate::base::text::Align;
use crate::base::words::{Lang, Words};
use crate::cli::output::{Table, json_text};
use crate::domain::book::Book;
use crate::domain::placing::proposal::{Proposal, Row};
use crate::domain::placing::{Score, Tier};
use crate::domain::record::Kind;
use crate::domain::view::title::{reference, title};
use crate::domain::{Booth, Registration};
use crate::say;

/// The business of a registration.
pub fn name(book: &Book, registration: Id, lang: Lang) -> String {
    let business = book.get::<Registration>(registration).and_then(|registration| registration.business);
    business.map(|id| title(book, Kind::Business, id, lang)).unwrap_or_default()
}

/// The codes of booths as a person writes several.
pub fn codes(book: &Book, booths: &[Id]) -> String {
    let codes: Vec<&str> =
        booths.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| booth.code.as_str()).collect();
    if codes.is_empty() { "—".to_owned() } else { codes.join("+") }
}

/// The codes of booths as a list.
pub fn booths_json(book: &Book, booths: &[Id]) -> Json {
    booths.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| json!(booth.code.as_str())).collect()
}

/// The tiers of an order that are not 0, by key.
pub fn points_json(points: &Score, order: &[Tier]) -> Json {
    let told = order.iter().filter(|tier| points.get(**tier) != 0);
    Json::Object(told.map(|tier| (tier.key().to_owned(), json!(points.get(*tier)))).collect())
}

/// The firms of a proposal as data: everybody, or only those who are to stand elsewhere.
pub fn firms_json(book: &Book, found: &Proposal, lang: Lang, only_moved: bool) -> Json {
    let firm = |row: &Row| {
        json!({
            "registration": reference(book, Kind::Registration, row.registration),
            "firm": name(book, row.registration, lang),
            "from": booths_json(book, &row.from),
            "to": booths_json(book, &row.to),
            "gains": points_json(&row.change, &found.order),
            "why": row.why.in_lang(lang),
        })
    };
    found.rows.iter().filter(|row| !only_moved || row.differs()).map(firm).collect()
}

/// What the tiers are worth now and then, and what is proved of it.
pub fn tiers_json(found: &Proposal) -> Json {
    let tier = |tier: &Tier| {
        let bound = found.bounds.map(|bounds| bounds.get(*tier));
        let value = json!({ "now": found.before.get(*tier), "proposed": found.after.get(*tier), "bound": bound });
        (tier.key().to_owned(), value)
    };
    Json::Object(found.order.iter().map(tier).collect::<Map<String, Json>>())
}

/// Those who are to stand elsewhere or have no place, each with what it gains and why.
pub fn firms_text(book: &Book, found: &Proposal, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut table = Table::new(vec![
        (say("Đơn vị", "Firm"), Align::Left),
        (say("Đang ở", "Now"), Align::Left),
        (say("Xếp vào", "To"), Align::Left),
        (say("Được, mất", "Gains and loses"), Align::Left),
        (say("Vì", "Why"), Align::Left),
    ]);
    for row in found.rows.iter().filter(|row| row.differs() || row.to.is_empty()) {
        let moved = !row.from.is_empty() && row.differs();
        table.push(vec![
            name(book, row.registration, lang),
            codes(book, &row.from),
            codes(book, &row.to),
            if moved { row.gains(&found.order).in_lang(lang).to_owned() } else { String::new() },
            row.why.in_lang(lang).to_owned(),
        ]);
    }
    table.to_text()
}

/// What each tier is worth now and then, and what is proved.
pub fn tiers_text(found: &Proposal, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let is_judged_only = found.bounds.is_none() && found.places().is_empty();
    let mut columns = vec![(say("Mục tiêu", "Aim"), Align::Left), (say("Hiện tại", "Now"), Align::Right)];
    if !is_judged_only {
        columns.extend([(say("Đề xuất", "Proposed"), Align::Right), (String::new(), Align::Left)]);
    }
    let width = columns.len();
    let mut table = Table::new(columns);
    for tier in &found.order {
        let mut cells = vec![
            tier.words().in_lang(lang).to_owned(),
            found.before.get(*tier).to_string(),
            found.after.get(*tier).to_string(),
            found.proof(*tier).in_lang(lang).to_owned(),
        ];
        cells.truncate(width);
        table.push(cells);
    }
    if found.bounds.is_none() {
        return table.to_text();
    }
    let given = say!(
        "Mỗi mục tiêu được xét khi các mục tiêu ở trên giữ nguyên.",
        "Of each aim this is said with the aims above it kept."
    );
    format!("{}{}\n", table.to_text(), given.in_lang(lang))
}

/// The whole proposal.
pub fn told(book: &Book, found: &Proposal, lang: Lang, as_json: bool) -> String {
    if as_json {
        return json_text(&json!({
            "tiers": tiers_json(found),
            "moves": found.moves(),
            "firms": firms_json(book, found, lang, false),
        }));
    }
    format!("{}\n{}", firms_text(book, found, lang), tiers_text(found, lang))
}
