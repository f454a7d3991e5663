//! All that the book keeps about one person, as text and as JSON, to be handed to that person.

use serde_json::{Map, Value as Json, json};

use crate::base::text::{Align, Text, pad, width};
use crate::base::words::{Lang, Words};
use crate::domain::change::Entry;
use crate::domain::view::person_file::Part;

/// As an object: a list of records for each part, and the journal.
#[must_use]
pub fn person_json(parts: &[Part], entries: &[Entry], lang: Lang) -> String {
    let mut object = Map::new();
    for part in parts {
        let records = part.records.iter().map(|record| {
            record.iter().map(|said| (said.key.to_owned(), json!(said.text))).collect::<Map<String, Json>>()
        });
        object.insert(part.key.to_owned(), records.map(Json::Object).collect());
    }
    let history = entries.iter().map(|entry| {
        json!({"seq": entry.seq, "at": entry.at.rfc3339(), "who": entry.who.as_str(), "did": entry.words.in_lang(lang)})
    });
    object.insert("history".to_owned(), history.collect());
    serde_json::to_string_pretty(&Json::Object(object)).map(|text| text + "\n").unwrap_or_default()
}

/// As text to read.
#[must_use]
pub fn person_text(parts: &[Part], entries: &[Entry], lang: Lang) -> String {
    let mut text = String::new();
    let head = |text: &mut String, words: &Words| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&words.in_lang(lang).to_uppercase());
        text.push('\n');
    };
    for part in parts {
        for record in &part.records {
            head(&mut text, &part.title);
            let columns = record.iter().map(|said| width(&said.label)).max().unwrap_or(0);
            for said in record {
                for (place, line) in said.text.lines().enumerate() {
                    let label = if place == 0 { said.label.as_str() } else { "" };
                    text.push_str(&format!("  {}  {}\n", pad(label, columns, Align::Left), Text::new(line)));
                }
            }
        }
    }
    if !entries.is_empty() {
        head(&mut text, &Words::new("Lịch sử", "History"));
    }
    for entry in entries {
        text.push_str(&format!("{} · {} · {}\n", entry.at.show(), entry.who, entry.words.in_lang(lang)));
    }
    text
}
