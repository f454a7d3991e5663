//! What a person's data may be used for on a day: what was agreed to, what was withdrawn, and who asked to be left alone.

use crate::base::dates::{Date, show_date};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::consent::Purpose;
use crate::domain::contact::ConsentMethod;
use crate::domain::field::Chosen;
use crate::domain::{Consent, Contact, Lead};
use crate::say;

/// Whether something may be done with a person's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The person agreed.
    Given,
    /// Nothing was agreed: a card handed over can be answered, and consent should be asked for.
    Unasked(Words),
    /// The person said no.
    Barred(Words),
}

impl Leave {
    /// True when it must not be done.
    #[must_use]
    pub const fn is_barred(&self) -> bool {
        matches!(self, Self::Barred(_))
    }

    /// What is to be told, if anything.
    #[must_use]
    pub const fn words(&self) -> Option<&Words> {
        match self {
            Self::Given => None,
            Self::Unasked(words) | Self::Barred(words) => Some(words),
        }
    }
}

/// Whether a person's data may be used for a purpose on a day. A restriction goes before any consent; the newest word counts.
#[must_use]
pub fn leave(book: &Book, contact: &Contact, purpose: Purpose, today: Date) -> Leave {
    if let Some(since) = contact.restricted_on.filter(|since| *since <= today) {
        let day = show_date(since);
        return Leave::Barred(say!(
            "Người này yêu cầu hạn chế xử lý dữ liệu từ {day}.",
            "This person asked on {day} that the data be restricted."
        ));
    }
    let about = || book.pointing::<Consent>(contact.id).filter(|consent| consent.purposes.0.contains(&purpose));
    let given = about().filter(|consent| consent.stands_on(today)).filter_map(|consent| consent.given_on).max();
    let withdrawn = about().filter_map(|consent| consent.withdrawn_on).filter(|day| *day <= today).max();
    if given.is_some() && given >= withdrawn {
        return Leave::Given;
    }
    let what = purpose.words();
    if let Some(day) = withdrawn {
        let day = show_date(day);
        return Leave::Barred(say!(
            "Người này rút đồng ý ({}) ngày {day}.",
            "This person withdrew consent ({}) on {day}.";
            what
        ));
    }
    // Books kept before consents were records of their own say it with the person.
    if purpose == Purpose::Contact && contact.consent != ConsentMethod::None {
        return Leave::Given;
    }
    Leave::Unasked(Words::new("Chưa ghi sự đồng ý.", "No consent is on file."))
}

/// True when the person at a lead must not be contacted: somebody else of the partner has to be chosen.
#[must_use]
pub fn is_contact_barred(book: &Book, lead: &Lead, today: Date) -> bool {
    let contact = book.follow::<Contact>(lead.contact);
    contact.is_some_and(|contact| leave(book, contact, Purpose::Contact, today).is_barred())
}
