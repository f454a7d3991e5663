//! What an erasure takes out of the book: a person's fields, what repeats them elsewhere, and the person's name, numbers and
//! addresses where somebody wrote them into notes. Amounts, states, links and dates stay.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::phone::Phone;
use crate::base::text::{Text, fold};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::decide::Desk;
use crate::domain::decide::record::{find, reason_missing};
use crate::domain::field::{Field, Need, Shape, Value, Wording};
use crate::domain::record::{Kind, Noun as _, Record};
use crate::domain::refusal::Refusal;
use crate::domain::{Business, Partner};
use crate::say;

/// What an erased text becomes.
pub(crate) const ERASED: &str = "[erased]";

/// Letters from which a word stands for one person alone; a shorter one, as a given name, is part of too many others.
const WORD_CHARS_MIN: usize = 8;

/// Takes a person's fields out of a record and out of what repeats them. A record that is gone, or holds nothing of the
/// person any more, leaves the book as it is: the engine looks into old entries, and refuses when they hold nothing either.
pub(super) fn erase(desk: &mut Desk<'_>, kind: Kind, id: Id, reason: &Text) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    let now = desk.book.record(kind, id);
    let versions = now.iter().chain(&desk.env.forgotten);
    let words: BTreeSet<String> = versions.clone().flat_map(words_of).collect();
    let repeated = versions.clone().next().map(|last| copies(&desk.book, last)).unwrap_or_default();
    let holders: BTreeSet<Text> = versions.filter_map(Business::of).map(|one| one.account_holder.clone()).collect();
    if let Some(before) = now {
        let after = without_person(&before);
        desk.push(Change::edited(before, after));
    }
    for (copy_kind, copy_id) in repeated {
        let copy = find(desk, copy_kind, copy_id)?;
        let mut after = without_words(&without_person(&copy), &words);
        if let (Record::Payment(payment), Some(business)) = (&mut after, desk.book.get::<Business>(id))
            && holders.contains(&payment.payee)
        {
            Arc::make_mut(payment).payee = business.name.clone();
        }
        desk.push(Change::edited(copy, after));
    }
    let (noun, short) = (kind.words(), id.short());
    Ok(say!(
        "Xóa dữ liệu cá nhân: {} #{short} ({reason})",
        "Erased personal data: {} #{short} ({reason})";
        noun
    ))
}

/// The records that repeat something of a person. A decision and a voucher repeat the account and its holder of a business;
/// of a contact, the records merged into it, its consents and requests, its leads and those of its partner with their
/// touches, and the partner itself may name the person.
#[must_use]
pub fn copies(book: &Book, of: &Record) -> Vec<(Kind, Id)> {
    let mut found: Vec<(Kind, Id)> = Vec::new();
    let pointing = |kind: Kind, to: Id| book.pointing_ids(kind, to).map(move |id| (kind, id));
    match of {
        Record::Business(business) => {
            let registrations: Vec<(Kind, Id)> = pointing(Kind::Registration, business.id).collect();
            let claims: Vec<(Kind, Id)> = registrations.iter().flat_map(|(_, id)| pointing(Kind::Claim, *id)).collect();
            found.extend(&claims);
            found.extend(claims.iter().flat_map(|(_, id)| pointing(Kind::Payment, *id)));
        }
        Record::Contact(contact) => {
            let merged: Vec<(Kind, Id)> = pointing(Kind::Contact, contact.id).collect();
            let persons = || std::iter::once(contact.id).chain(merged.iter().map(|(_, id)| *id));
            found.extend(&merged);
            found.extend(persons().flat_map(|id| pointing(Kind::Consent, id)));
            found.extend(persons().flat_map(|id| pointing(Kind::Request, id)));
            let partner = book.follow::<Partner>(contact.partner).map(|partner| partner.id);
            let of_partner = partner.into_iter().flat_map(|id| pointing(Kind::Lead, id));
            let leads: BTreeSet<(Kind, Id)> =
                persons().flat_map(|id| pointing(Kind::Lead, id)).chain(of_partner).collect();
            found.extend(&leads);
            found.extend(leads.iter().flat_map(|(_, id)| pointing(Kind::Touch, *id)));
            found.extend(partner.map(|id| (Kind::Partner, id)));
        }
        _ => {}
    }
    found
}

/// The record with its personal fields replaced; amounts, states and links stay.
#[must_use]
pub fn without_person(record: &Record) -> Record {
    let mut after = record.clone();
    if let Record::Person(person) = &mut after {
        Arc::make_mut(person).passphrase = Text::default();
    }
    for (index, field) in record.kind().fields().iter().enumerate() {
        let value = record.as_noun().get(index);
        if value.is_empty() || !(field.is_personal() || is_household_code(field, &value)) {
            continue;
        }
        // Who holds a booth or asked something cannot be nobody.
        let named = field.need == Need::Required
            || record.kind() == Kind::Placement
            || (record.kind() == Kind::Request && field.key == "asked_by");
        let blank = if named { Value::Text(Text::new(ERASED)) } else { Value::Empty };
        let kept = after.set(index, blank);
        debug_assert!(kept, "personal fields are texts");
    }
    after
}

/// A household's tax code is its representative's citizen number (Circular 86/2024/TT-BTC).
fn is_household_code(field: &Field, value: &Value) -> bool {
    matches!(field.shape, Shape::Text(Wording::TaxCode, _)) && value.as_text().len() == 12
}

/// The ways in which a person is written in the notes of others: the full name, numbers in every usual form, addresses.
#[must_use]
pub fn words_of(record: &Record) -> BTreeSet<String> {
    let Record::Contact(contact) = record else { return BTreeSet::new() };
    let mut words = BTreeSet::new();
    let name = contact.name.as_str();
    if name != ERASED && (name.split_whitespace().count() > 1 || name.chars().count() >= WORD_CHARS_MIN) {
        words.insert(name.to_owned());
    }
    let Contact { phone, email, other_ways, .. } = contact.as_ref();
    let ways = [phone.as_str(), email.as_str()].into_iter().chain(other_ways.as_str().split(';')).map(str::trim);
    for way in ways.filter(|way| way.chars().count() >= WORD_CHARS_MIN) {
        words.insert(way.to_owned());
        if let Ok(phone) = Phone::read(way) {
            let shown = phone.show();
            words.insert(shown.replace(' ', "."));
            words.insert(shown.replace(' ', ""));
            words.insert(shown);
        }
    }
    words
}

/// The record with these words taken out of its texts.
#[must_use]
pub fn without_words(record: &Record, words: &BTreeSet<String>) -> Record {
    let mut after = record.clone();
    if words.is_empty() {
        return after;
    }
    for (index, field) in record.kind().fields().iter().enumerate() {
        let (Shape::Text(Wording::Plain | Wording::Notes | Wording::Ways, _), Value::Text(text)) =
            (field.shape, record.as_noun().get(index))
        else {
            continue;
        };
        let mended = words.iter().fold(text.to_string(), |text, word| replaced(&text, word));
        if mended != text.as_str() {
            let kept = after.set(index, Value::Text(Text::lines(&mended)));
            debug_assert!(kept, "the field is a text");
        }
    }
    after
}

/// The text with every place of a word replaced, in capitals or small letters, with marks or without, but not inside a
/// longer word.
fn replaced(text: &str, word: &str) -> String {
    let wanted: Vec<char> = fold(word).chars().collect();
    let letters: Vec<char> = text.chars().collect();
    // One letter folds to one in all of Vietnamese; where it does not, the text is left to exact places.
    let folded: Vec<char> = letters.iter().map(|letter| one_folded(*letter)).collect();
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let end = at + wanted.len();
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let apart = |letter: Option<&char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        if !wanted.is_empty()
            && folded.get(at..end) == Some(wanted.as_slice())
            && apart(before)
            && apart(letters.get(end))
        {
            result.push_str(ERASED);
            at = end;
        } else {
            result.push(*letter);
            at += 1;
        }
    }
    result
}

fn one_folded(letter: char) -> char {
    let mut buffer = [0_u8; 4];
    let folded = fold(letter.encode_utf8(&mut buffer));
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_go_out_of_notes_and_other_words_stay() {
        let out = |text: &str, word: &str| replaced(text, word);
        assert_eq!(out("gọi chị Nguyễn Thị Hà, rồi gửi mẫu", "Nguyễn Thị Hà"), "gọi chị [erased], rồi gửi mẫu");
        assert_eq!(out("NGUYEN THI HA hẹn", "Nguyễn Thị Hà"), "[erased] hẹn");
        assert_eq!(out("Nguyễn Thị Hàn", "Nguyễn Thị Hà"), "Nguyễn Thị Hàn");
        assert_eq!(out("số 0938 123 456.", "0938 123 456"), "số [erased].");
    }
}
