//! From a [`Value`] to what a person reads, with personal data masked where a list shows it.

use crate::base::account::AccountNumber;
use crate::base::citizen::CitizenNumber;
use crate::base::email::Email;
use crate::base::ids::Id;
use crate::base::phone::Phone;
use crate::base::tax_code::TaxCode;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::{Choice, Field, Privacy, Shape, Value, Wording};
use crate::domain::placing::Tier;
use crate::domain::view::title;

/// Whether personal data is shown whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// As lists and exports show it.
    Masked,
    /// Whole, because somebody asked for it.
    Whole,
}

/// The text of a value in one language; empty for [`Value::Empty`].
#[must_use]
pub fn show(book: &Book, field: &Field, value: &Value, lang: Lang, mask: Mask) -> String {
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
    let masked = mask == Mask::Masked && field.is_personal();
    let hidden = || if field.privacy == Privacy::Sensitive { "***".to_owned() } else { text.to_owned() };
    match wording {
        Wording::Phone => Phone::read(text)
            .map_or_else(|_| text.to_owned(), |phone| if masked { phone.masked() } else { phone.show() }),
        Wording::Citizen if masked => CitizenNumber::read(text).map_or_else(|_| hidden(), |number| number.masked()),
        Wording::Account if masked => AccountNumber::read(text).map_or_else(|_| hidden(), |account| account.masked()),
        Wording::Email if masked => Email::read(text).map_or_else(|_| hidden(), |email| email.masked()),
        // A household's tax code is its representative's citizen number.
        Wording::TaxCode if mask == Mask::Masked => TaxCode::read(text)
            .map_or_else(|_| text.to_owned(), |code| if code.is_personal() { code.masked() } else { text.to_owned() }),
        Wording::Aims => aims(text, lang),
        _ if masked => hidden(),
        _ => text.to_owned(),
    }
}
