//! From a [`Value`] to what a person reads, with personal data masked where a list shows it.

use crate::base::account::AccountNumber;
use crate::base::citizen::CitizenNumber;
use crate::base::email::Email;
use crate::base::ids::Id;
use crate::base::masking::{masked_ways, masked_within};
use crate::base::phone::Phone;
use crate::base::tax_code::TaxCode;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::Contact;
use crate::domain::book::Book;
use crate::domain::field::{Choice, Field, Privacy, Shape, Value, Wording};
use crate::domain::placing::Tier;
use crate::domain::record::Kind;
use crate::domain::view::title;

/// Whether personal data is shown whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// As lists and exports show it.
    Masked,
    /// Whole, because somebody asked for it.
    Whole,
}

/// The text of a value of the record `of` in one language; empty for [`Value::Empty`], and for what is personal of somebody
/// whose data is restricted unless it is asked for whole.
#[must_use]
pub fn show(book: &Book, of: Id, field: &Field, value: &Value, lang: Lang, mask: Mask) -> String {
    if mask == Mask::Masked && field.is_personal() && is_restricted(book, of) {
        let named = field.key == "name" && !value.is_empty();
        return if named { title::title(book, Kind::Contact, of, lang) } else { String::new() };
    }
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => show_text(field, text, lang, mask),
        Value::Texts(keys) => {
            let shown: Vec<String> = keys.iter().map(|key| show_text(field, key, lang, mask)).collect();
            shown.join("; ")
        }
        Value::Flag(true) => Words::new("có", "yes").in_lang(lang).to_owned(),
        Value::Flag(false) => String::new(),
        Value::Number(number) => show_number(field, *number, lang),
        Value::Money(amount) => amount.show(lang),
        Value::Date(day) => crate::base::dates::show_date(*day),
        Value::Moment(moment) => moment.show(),
        Value::Link(id) => show_link(book, field, *id, lang),
    }
}

/// True for a person whose data is restricted: masked, in no file, not called.
#[must_use]
pub fn is_restricted(book: &Book, contact: Id) -> bool {
    book.get::<Contact>(contact).is_some_and(|contact| contact.restricted_on.is_some())
}

fn show_link(book: &Book, field: &Field, id: Id, lang: Lang) -> String {
    match field.shape {
        Shape::Link(kind) => title::title(book, kind, id, lang),
        _ => id.short(),
    }
}

fn show_number(field: &Field, number: i64, lang: Lang) -> String {
    match field.shape {
        Shape::Percent => crate::base::money::BasisPoints(u32::try_from(number).unwrap_or(0)).show(lang),
        Shape::Length => show_length(number),
        Shape::Area => show_area(number),
        Shape::Number(_, _, "") => number.to_string(),
        Shape::Number(_, _, "★") => format!("{number}★"),
        Shape::Number(_, _, unit) => format!("{number} {unit}"),
        _ => number.to_string(),
    }
}

/// Centimetres as metres: `3 m`, `4,5 m`.
#[must_use]
pub fn show_length(centimetres: i64) -> String {
    let (metres, rest) = (centimetres / 100, centimetres % 100);
    match rest {
        0 => format!("{metres} m"),
        _ if rest % 10 == 0 => format!("{metres},{} m", rest / 10),
        _ => format!("{metres},{rest:02} m"),
    }
}

/// Square centimetres as square metres, exact: `9 m²`, `13,5 m²`, `9,15 m²`.
#[must_use]
pub fn show_area(square_centimetres: i64) -> String {
    match (square_centimetres / 10_000, square_centimetres % 10_000) {
        (whole, 0) => format!("{whole} m²"),
        (whole, rest) => format!("{whole},{} m²", format!("{rest:04}").trim_end_matches('0')),
    }
}

fn show_text(field: &Field, text: &Text, lang: Lang, mask: Mask) -> String {
    match field.shape {
        Shape::Choice(choices) | Shape::Choices(choices) => choices
            .iter()
            .find(|choice| choice.key == text.as_str())
            .map(Choice::words)
            .map_or_else(|| text.to_string(), |words| words.in_lang(lang).to_owned()),
        Shape::Text(Wording::Rules, _) if mask == Mask::Masked => {
            let lines = text.as_str().lines().count();
            crate::say!("{lines} dòng", "{lines} lines").in_lang(lang).to_owned()
        }
        Shape::Text(wording, _) => show_wording(field, wording, text.as_str(), lang, mask),
        _ => text.to_string(),
    }
}

/// The aims in their order: `số đơn vị có gian › đúng khu vực › …`.
fn aims(text: &str, lang: Lang) -> String {
    let order = Tier::read_order(text).unwrap_or_default();
    let words: Vec<Words> = order.into_iter().map(Tier::words).collect();
    words.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join(" › ")
}

fn show_wording(field: &Field, wording: Wording, text: &str, lang: Lang, mask: Mask) -> String {
    match wording {
        // A household's tax code is its representative's citizen number.
        Wording::TaxCode if mask == Mask::Masked => TaxCode::read(text)
            .map_or_else(|_| text.to_owned(), |code| if code.is_personal() { code.masked() } else { text.to_owned() }),
        Wording::Aims => aims(text, lang),
        _ if mask == Mask::Masked && field.is_personal() => masked(field.privacy, wording, text),
        Wording::Phone => Phone::read(text).map_or_else(|_| text.to_owned(), |phone| phone.show()),
        _ => text.to_owned(),
    }
}

/// What is personal, as lists show it: of what is sensitive the ends at most, of the rest all but numbers and addresses.
fn masked(privacy: Privacy, wording: Wording, text: &str) -> String {
    let read = match wording {
        Wording::Phone => Phone::read(text).ok().map(|phone| phone.masked()),
        Wording::Email => Email::read(text).ok().map(|email| email.masked()),
        Wording::Citizen => CitizenNumber::read(text).ok().map(|number| number.masked()),
        Wording::Account => AccountNumber::read(text).ok().map(|account| account.masked()),
        Wording::Ways => Some(masked_ways(text)),
        _ => None,
    };
    read.unwrap_or_else(|| if privacy == Privacy::Sensitive { "***".to_owned() } else { masked_within(text) })
}
