//! How a record is called where another one mentions it.

use crate::base::dates::show_date;
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Unique};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::{
    Attendance, Booth, Business, Certificate, Claim, Conference, Consent, Contact, Draw, Evidence, Expense, Fair,
    FairReport, Fixture, Hall, Lead, Meeting, Partner, Payment, PaymentList, Placement, Product, Recovery,
    Registration, Request, Sale, Target, Touch, Wish,
};
use crate::say;

/// The name of a record in one language; a short identity when it is not in the book.
#[must_use]
pub fn title(book: &Book, kind: Kind, id: Id, lang: Lang) -> String {
    title_of(book, kind, id, lang).unwrap_or_else(|| format!("#{}", id.short()))
}

fn title_of(book: &Book, kind: Kind, id: Id, lang: Lang) -> Option<String> {
    let name = |link: Option<Id>, kind: Kind| link.map_or_else(String::new, |id| title(book, kind, id, lang));
    Some(match kind {
        Kind::Fair => book.get::<Fair>(id)?.code.to_string(),
        Kind::Business => book.get::<Business>(id)?.name.to_string(),
        Kind::Partner => book.get::<Partner>(id)?.name.to_string(),
        Kind::Product => book.get::<Product>(id)?.name.to_string(),
        Kind::Hall => book.get::<Hall>(id)?.code.to_string(),
        Kind::Booth => book.get::<Booth>(id)?.code.to_string(),
        Kind::Fixture => {
            let fixture = book.get::<Fixture>(id)?;
            if fixture.label.is_empty() {
                fixture.kind.words().in_lang(lang).to_owned()
            } else {
                fixture.label.to_string()
            }
        }
        Kind::Registration => {
            let registration = book.get::<Registration>(id)?;
            let business = name(registration.business, Kind::Business);
            match book.follow::<Fair>(registration.fair) {
                Some(fair) => format!("{business} · {}", fair.code),
                None => business,
            }
        }
        Kind::Draw => {
            let draw = book.get::<Draw>(id)?;
            let fair = book.follow::<Fair>(draw.fair).map(|fair| fair.code.to_string()).unwrap_or_default();
            format!("{} · {fair}", draw.code)
        }
        Kind::Placement => {
            let placement = book.get::<Placement>(id)?;
            format!("{} · {}", name(placement.booth, Kind::Booth), holder(book, placement, lang))
        }
        Kind::Pairing => {
            let pairing = book.get::<crate::domain::Pairing>(id)?;
            format!("{} · {}", name(pairing.business, Kind::Business), name(pairing.other, Kind::Business))
        }
        Kind::Claim => {
            let claim = book.get::<Claim>(id)?;
            if claim.file_no.is_empty() {
                name(claim.registration, Kind::Registration)
            } else {
                format!("{} · {}", claim.file_no, name(claim.registration, Kind::Registration))
            }
        }
        Kind::Expense => {
            let expense = book.get::<Expense>(id)?;
            let what = if expense.name().is_empty() { expense.kind.as_str() } else { expense.name() };
            format!("{what} · {}", name(expense.claim, Kind::Claim))
        }
        Kind::Evidence => book.get::<Evidence>(id)?.document.words().in_lang(lang).to_owned(),
        Kind::Payment => voucher_no(book.get::<Payment>(id)?),
        Kind::PaymentList => list_no(book.get::<PaymentList>(id)?),
        Kind::Recovery => {
            let recovery = book.get::<Recovery>(id)?;
            let amount = recovery.amount.unwrap_or_default().show(lang);
            format!("{amount} · {}", name(recovery.claim, Kind::Claim))
        }
        Kind::Certificate => {
            let certificate = book.get::<Certificate>(id)?;
            format!("{} {}★", name(certificate.product, Kind::Product), certificate.stars.unwrap_or(0))
        }
        Kind::Office | Kind::Person | Kind::BudgetLine | Kind::Scheme | Kind::ConsentText => {
            first_naming(book.noun(kind, id)?)
        }
        _ => return title_of_lead(book, kind, id, lang),
    })
}

/// Titles of what leads bring with them: touches, sales, persons, conferences.
fn title_of_lead(book: &Book, kind: Kind, id: Id, lang: Lang) -> Option<String> {
    let name = |link: Option<Id>, kind: Kind| link.map_or_else(String::new, |id| title(book, kind, id, lang));
    Some(match kind {
        Kind::Lead => {
            let lead = book.get::<Lead>(id)?;
            let partner = name(lead.partner, Kind::Partner);
            match lead.business {
                Some(id) => format!("{} → {partner}", title(book, Kind::Business, id, lang)),
                None => format!("{} → {partner}", Words::new("yêu cầu", "request").in_lang(lang)),
            }
        }
        Kind::Sale => {
            let sale = book.get::<Sale>(id)?;
            let day = sale.on.map(show_date).unwrap_or_default();
            format!("{day} · {}", name(sale.registration, Kind::Registration))
        }
        Kind::Target => {
            let target = book.get::<Target>(id)?;
            format!("{} {}", target.measure.words().in_lang(lang), target.year.unwrap_or_default())
        }
        Kind::FairReport => name(book.get::<FairReport>(id)?.registration, Kind::Registration),
        Kind::Touch => {
            let touch = book.get::<Touch>(id)?;
            let day = touch.on.map(show_date).unwrap_or_default();
            format!("{day} · {}", name(touch.lead, Kind::Lead))
        }
        Kind::Contact => person_name(book.get::<Contact>(id)?, lang),
        Kind::Consent => {
            let consent = book.get::<Consent>(id)?;
            let day = consent.given_on.map(show_date).unwrap_or_default();
            format!("{} · {day}", name(consent.contact, Kind::Contact))
        }
        Kind::Request => {
            let request = book.get::<Request>(id)?;
            let day = request.received_on.map(show_date).unwrap_or_default();
            let who = match request.contact {
                Some(_) => name(request.contact, Kind::Contact),
                None => request.asked_by.to_string(),
            };
            format!("{} · {who} · {day}", request.kind.words().in_lang(lang))
        }
        Kind::Conference => book.get::<Conference>(id)?.code.to_string(),
        Kind::Wish => {
            let wish = book.get::<Wish>(id)?;
            format!("{} · {}", name(wish.partner, Kind::Partner), name(wish.business, Kind::Business))
        }
        Kind::Attendance => {
            let one = book.get::<Attendance>(id)?;
            format!("{}{}", name(one.partner, Kind::Partner), name(one.business, Kind::Business))
        }
        Kind::Meeting => {
            let meeting = book.get::<Meeting>(id)?;
            let (partner, business) = (name(meeting.partner, Kind::Partner), name(meeting.business, Kind::Business));
            format!("{} {partner} · {business}", crate::domain::view::conferences::starts(book, meeting))
        }
        _ => first_naming(book.noun(kind, id)?),
    })
}

/// A person whose data is restricted is not named where others read.
fn person_name(contact: &Contact, lang: Lang) -> String {
    if contact.restricted_on.is_none() {
        return contact.name.to_string();
    }
    let short = contact.id.short();
    say!("[hạn chế] #{short}", "[restricted] #{short}").in_lang(lang).to_owned()
}

/// The first field that names the record: its code, else its name.
fn first_naming(noun: &dyn AnyNoun) -> String {
    let fields = noun.kind().fields();
    (0..fields.len())
        .filter(|index| fields[*index].unique != Unique::No || fields[*index].key == "name")
        .map(|index| noun.get(index).as_text().to_owned())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Who has a placement: the registered business, or the name it is held for.
#[must_use]
pub fn holder(book: &Book, placement: &Placement, lang: Lang) -> String {
    match book.follow::<Registration>(placement.registration) {
        Some(registration) => {
            registration.business.map_or_else(String::new, |id| title(book, Kind::Business, id, lang))
        }
        None => placement.held_for.to_string(),
    }
}

/// A voucher's number as paper has it: `07/2026`, the two digits of Decree 30/2020/NĐ-CP kept below ten.
#[must_use]
pub fn voucher_no(payment: &Payment) -> String {
    match (payment.voucher_number, payment.voucher_year) {
        (Some(number), Some(year)) => format!("{number:02}/{year}"),
        _ => format!("#{}", payment.id.short()),
    }
}

/// A payment list's number as paper has it: `BK 02/2026`.
#[must_use]
pub fn list_no(list: &PaymentList) -> String {
    match (list.number, list.year) {
        (Some(number), Some(year)) => format!("BK {number:02}/{year}"),
        _ => format!("#{}", list.id.short()),
    }
}

/// A decision's number as paper has it: `07/QĐ-TTXT`.
#[must_use]
pub fn decision_no(book: &Book, number: i64) -> String {
    let mark = book.office().map(|office| office.document_mark.to_string()).unwrap_or_default();
    if mark.is_empty() { format!("{number:02}/QĐ") } else { format!("{number:02}/QĐ-{mark}") }
}

/// How a link is written in a file so that it is found again: by code, tax code or name, below its fair where needed.
#[must_use]
pub fn reference(book: &Book, kind: Kind, id: Id) -> String {
    let fair_code = |fair: Option<Id>| book.follow::<Fair>(fair).map(|fair| fair.code.to_string()).unwrap_or_default();
    match kind {
        Kind::Business => {
            let Some(business) = book.get::<Business>(id) else { return id.to_string() };
            let name = business.name.to_string();
            let plain = business.tax_code.as_str();
            // A household's tax code is personal, so its name stands in when only one has it.
            let alone = book.named(Kind::Business, "name", None, &name).len() == 1;
            if plain.is_empty() || plain.len() == 12 {
                if alone { name } else { id.to_string() }
            } else {
                plain.to_owned()
            }
        }
        Kind::Booth | Kind::Hall | Kind::Draw => {
            let Some(noun) = book.noun(kind, id) else { return id.to_string() };
            format!("{}/{}", fair_code(noun.value("fair").as_link()), noun.value("code").as_text())
        }
        Kind::Payment => book.get::<Payment>(id).map_or_else(
            || id.to_string(),
            |payment| if payment.voucher_number.is_none() { id.to_string() } else { voucher_no(payment) },
        ),
        Kind::PaymentList => book
            .get::<PaymentList>(id)
            .map_or_else(|| id.to_string(), |list| if list.number.is_none() { id.to_string() } else { list_no(list) }),
        Kind::Registration => book.get::<Registration>(id).map_or_else(
            || id.to_string(),
            |registration| {
                let business = registration.business.map(|id| reference(book, Kind::Business, id)).unwrap_or_default();
                format!("{}/{business}", fair_code(registration.fair))
            },
        ),
        Kind::Claim => match book.get::<Claim>(id) {
            Some(claim) if !claim.file_no.is_empty() => claim.file_no.to_string(),
            _ => id.to_string(),
        },
        _ => naming_alone(book, kind, id).unwrap_or_else(|| id.to_string()),
    }
}

fn naming_alone(book: &Book, kind: Kind, id: Id) -> Option<String> {
    let noun = book.noun(kind, id)?;
    kind.fields().iter().enumerate().find_map(|(index, field)| {
        let text = noun.get(index);
        let text = text.as_text();
        let names = matches!(field.unique, Unique::Book | Unique::Name) && !text.is_empty();
        (names && book.named(kind, field.key, None, text).len() == 1).then(|| text.to_owned())
    })
}

/// The days of a fair: `20/11–25/11/2026`.
#[must_use]
pub fn days(fair: &Fair) -> String {
    match (fair.opens_on, fair.closes_on) {
        (Some(first), Some(last)) if first == last => show_date(first),
        (Some(first), Some(last)) => {
            let short: String = show_date(first).chars().take(5).collect();
            format!("{short}–{}", show_date(last))
        }
        (Some(day), None) | (None, Some(day)) => show_date(day),
        (None, None) => String::new(),
    }
}

/// The words “not named” for an empty name.
#[must_use]
pub const fn unnamed() -> Words {
    Words::new("chưa đặt tên", "not named")
}
