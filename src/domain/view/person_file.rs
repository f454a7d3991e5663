//! Everything the book keeps about one person, to be handed to that person, and every place where somebody is named.

use std::collections::BTreeSet;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::phone::Phone;
use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::consent::Purpose;
use crate::domain::decide::copies;
use crate::domain::field::{Chosen, Shape, Wording};
use crate::domain::record::{AnyNoun, Kind, Record};
use crate::domain::showing::{Mask, show};
use crate::domain::view::consent::leave;
use crate::domain::{Contact, Lead};

/// One field of a record, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The field's key.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// What stands in it, whole.
    pub text: String,
}

/// Records of one kind about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The kind's key in the plural, or `may` for what the data may be used for.
    pub key: &'static str,
    /// What they are.
    pub title: Words,
    /// Each record, field by field; empty fields are left out.
    pub records: Vec<Vec<Said>>,
}

/// Everything about one person, kind by kind: who it is, what was agreed to and asked, the leads and what was said.
#[must_use]
pub fn person_file(book: &Book, id: Id, today: Date, lang: Lang) -> Vec<Part> {
    let Some(contact) = book.get::<Contact>(id) else { return Vec::new() };
    let record = Record::Contact(std::sync::Arc::new(contact.clone()));
    let repeated = copies(book, &record);
    let merged: BTreeSet<Id> = repeated.iter().filter(|(kind, _)| *kind == Kind::Contact).map(|(_, id)| *id).collect();
    let is_own = |lead: Id| {
        let person = book.get::<Lead>(lead).and_then(|lead| lead.contact);
        person.is_some_and(|person| person == id || merged.contains(&person))
    };
    let leads: BTreeSet<Id> =
        repeated.iter().filter(|(kind, id)| *kind == Kind::Lead && is_own(*id)).map(|(_, id)| *id).collect();
    let about = |kind: Kind, at: Id| match kind {
        Kind::Lead => leads.contains(&at),
        Kind::Touch => book.noun(kind, at).and_then(|touch| touch.value("lead").as_link()).is_some_and(is_own),
        Kind::Partner => contact.partner == Some(at),
        _ => true,
    };
    let mut parts = vec![part(book, Kind::Contact, std::iter::once(id), lang), may(book, contact, today, lang)];
    for kind in [Kind::Contact, Kind::Consent, Kind::Request, Kind::Lead, Kind::Touch] {
        let ids = repeated.iter().filter(|(own, id)| *own == kind && about(kind, *id)).map(|(_, id)| *id);
        parts.push(part(book, kind, ids, lang));
    }
    if let Some(first) = parts.get_mut(2) {
        first.key = "merged";
        first.title = Words::new("Bản ghi đã gộp", "Merged records");
    }
    parts.retain(|part| !part.records.is_empty());
    parts
}

fn part(book: &Book, kind: Kind, ids: impl Iterator<Item = Id>, lang: Lang) -> Part {
    let records = ids.filter_map(|id| book.noun(kind, id)).map(|noun| said(book, noun, lang)).collect();
    Part { key: kind.plural(), title: kind.words(), records }
}

fn said(book: &Book, noun: &dyn AnyNoun, lang: Lang) -> Vec<Said> {
    let fields = noun.kind().fields().iter().enumerate();
    fields
        .map(|(index, field)| Said {
            key: field.key,
            label: field.label().in_lang(lang).to_owned(),
            text: show(book, noun.id(), field, &noun.get(index), lang, Mask::Whole),
        })
        .filter(|said| !said.text.is_empty())
        .collect()
}

/// What the data may be used for today, purpose by purpose.
fn may(book: &Book, contact: &Contact, today: Date, lang: Lang) -> Part {
    let purposes = Purpose::CHOICES.iter().filter_map(|choice| Some((choice, Purpose::from_key(choice.key)?)));
    let said = purposes.map(|(choice, purpose)| {
        let given = Words::new("đã đồng ý", "agreed");
        let leave = leave(book, contact, purpose, today);
        Said {
            key: choice.key,
            label: choice.words().in_lang(lang).to_owned(),
            text: leave.words().unwrap_or(&given).in_lang(lang).to_owned(),
        }
    });
    Part {
        key: "may", title: Words::new("Được dùng cho việc", "May be used for"), records: vec![said.collect()]
    }
}

/// One place where somebody is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The record.
    pub kind: Kind,
    /// Its identity.
    pub id: Id,
    /// The place of the field among the kind's.
    pub field: usize,
}

/// Every place in the book where these words stand, without marks and case, or this number in any usual form; persons first.
#[must_use]
pub fn mentions(book: &Book, wanted: &str) -> Vec<Mention> {
    let words = fold(wanted.trim());
    let phone = Phone::read(wanted).ok();
    let digits: String = phone.as_ref().map(|phone| phone.show().replace(' ', "")).unwrap_or_default();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |text: &str| {
        let folded = fold(text);
        folded.contains(&words)
            || phone.as_ref().is_some_and(|phone| text.contains(phone.as_str()))
            || (!digits.is_empty()
                && folded.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().contains(&digits))
    };
    let mut found = Vec::new();
    for kind in std::iter::once(Kind::Contact).chain(Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Contact)) {
        let fields: Vec<usize> = kind
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| matches!(field.shape, Shape::Text(wording, _) if wording != Wording::Secret))
            .map(|(index, _)| index)
            .collect();
        book.each(kind, &mut |noun| {
            let own = fields.iter().filter(|index| fits(noun.get(**index).as_text()));
            found.extend(own.map(|index| Mention { kind, id: noun.id(), field: *index }));
        });
    }
    found
}
