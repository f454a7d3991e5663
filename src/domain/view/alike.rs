//! Records on file that are like one being typed, told while it is typed: a second record of the same partner, person or firm
//! is easier not made than merged.

use crate::base::email::Email;
use crate::base::ids::Id;
use crate::base::phone::Phone;
use crate::domain::book::Book;
use crate::domain::capture::{closeness, compact, partners_called};
use crate::domain::record::Kind;
use crate::domain::{Business, Contact};

/// Most records that are told.
const TOLD_MAX: usize = 3;

/// The records of a kind that a value typed into this field suggests are meant; `own` is the record that is edited.
#[must_use]
pub fn alike(book: &Book, kind: Kind, key: &str, typed: &str, own: Option<Id>) -> Vec<Id> {
    let mut found = match (kind, key) {
        (Kind::Partner, "name" | "tax_no") => {
            let (same, near) = partners_called(book, typed);
            same.into_iter().chain(near).collect()
        }
        (Kind::Contact, "name") => contacts(book, |contact| {
            let wanted = compact(typed);
            !wanted.is_empty() && compact(contact.name.as_str()) == wanted
        }),
        (Kind::Contact, "phone") => {
            Phone::read(typed).map(|phone| contacts(book, |one| one.phone == *phone.as_str())).unwrap_or_default()
        }
        (Kind::Contact, "email") => {
            Email::read(typed).map(|email| contacts(book, |one| one.email == *email.as_str())).unwrap_or_default()
        }
        (Kind::Business, "name") => businesses(book, typed),
        (Kind::Business, "tax_code") if !typed.trim().is_empty() => book.named(kind, key, None, typed),
        _ => Vec::new(),
    };
    found.retain(|id| Some(*id) != own);
    found.truncate(TOLD_MAX);
    found
}

fn contacts(book: &Book, is: impl Fn(&Contact) -> bool) -> Vec<Id> {
    let known = book.all::<Contact>().iter().filter(|contact| contact.merged_into.is_none() && is(contact));
    known.map(|contact| contact.id).collect()
}

fn businesses(book: &Book, typed: &str) -> Vec<Id> {
    let wanted = compact(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let distance = |business: &Business| {
        let known = compact(business.name.as_str());
        if known == wanted { Some(0) } else { closeness(&known, &wanted).map(|apart| apart + 1) }
    };
    let mut near: Vec<(usize, Id)> =
        book.all::<Business>().iter().filter_map(|business| Some((distance(business)?, business.id))).collect();
    near.sort_unstable();
    near.into_iter().map(|(_, id)| id).collect()
}
