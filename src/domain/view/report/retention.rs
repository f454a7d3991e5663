//! What has been kept long enough to be looked through: leads that nobody has touched, persons nobody deals with, photographs,
//! drafts (domain rules on privacy: 36, 24 and 12 months). Nothing is removed by itself; accounts stay ten years.

use super::{Amount, Asked, Report, Row, Table, day, name, number, records};
use crate::base::dates::{Date, plus_months};
use crate::base::ids::Id;
use crate::base::money::MoneyFault;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::consent::Purpose;
use crate::domain::record::Kind;
use crate::domain::view::lead_care::last_touch_on;
use crate::domain::view::title::title;
use crate::domain::{Claim, Consent, Contact, Lead};
use crate::say;

/// Months after which a lead or a person without anything done is looked through.
const QUIET_MONTHS: u32 = 36;
/// Months after which photographs are looked through.
const PHOTO_MONTHS: u32 = 24;
/// Months after which a draft is looked through.
const DRAFT_MONTHS: u32 = 12;

/// Records of one sort, each with the day on which something was done last.
type Old = Vec<(Id, Date)>;

/// What to look through today.
///
/// # Errors
/// None today; the signature is that of every report.
pub fn retention(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let today = asked.today;
    let parts: [(&'static str, Kind, Words, Old); 4] = [
        (
            "leads",
            Kind::Lead,
            say!("Đầu mối im {QUIET_MONTHS} tháng", "Leads quiet for {QUIET_MONTHS} months"),
            leads(book, today),
        ),
        (
            "persons",
            Kind::Contact,
            say!("Người không có việc gì {QUIET_MONTHS} tháng", "Persons with nothing done for {QUIET_MONTHS} months"),
            persons(book, today),
        ),
        (
            "photos",
            Kind::Consent,
            say!("Hình ảnh quá {PHOTO_MONTHS} tháng", "Photographs older than {PHOTO_MONTHS} months"),
            photos(book, today),
        ),
        (
            "drafts",
            Kind::Claim,
            say!("Bản nháp quá {DRAFT_MONTHS} tháng", "Drafts older than {DRAFT_MONTHS} months"),
            drafts(book, today),
        ),
    ];
    let figures = parts
        .iter()
        .map(|(key, kind, words, old)| number(key, words.clone(), records(*kind, old.iter().map(|(id, _)| *id))))
        .collect();
    let rows = parts.into_iter().flat_map(|(_, kind, words, old)| rows(book, kind, &words, old)).collect();
    let headings = vec![
        ("why", Words::new("Vì sao", "Why")),
        ("record", Words::new("Bản ghi", "Record")),
        ("last", Words::new("Lần cuối", "Last")),
    ];
    let table = Table { key: "rows", title: Words::new("Xem lại", "To look through"), headings, rows };
    let notes = vec![Words::new(
        "Xem từng mục rồi xóa dữ liệu cá nhân (X) hoặc giữ, có lý do. Chứng từ kế toán giữ 10 năm.",
        "Look at each, then erase the person (X) or keep it, with a reason. Accounting records stay for 10 years.",
    )];
    let title = Words::new("Dữ liệu đến hạn xem lại", "Data due for review");
    Ok(Report { key: "retention", title, figures, notes, tables: vec![table] })
}

/// A row each, the oldest first.
fn rows(book: &Book, kind: Kind, words: &Words, mut old: Old) -> Vec<Row> {
    old.sort_by_key(|(id, on)| (*on, *id));
    let row = |(id, on): (Id, Date)| Row {
        subject: Some((kind, id)),
        cells: vec![Amount::Words(words.clone()), name(title(book, kind, id, Lang::Vi)), day(Some(on))],
    };
    old.into_iter().map(row).collect()
}

fn is_past(on: Date, months: u32, today: Date) -> bool {
    plus_months(on, months) <= today
}

/// Leads that nobody touched, and that wait for nothing to come.
fn leads(book: &Book, today: Date) -> Old {
    let waits = |lead: &Lead| [lead.due_on, lead.held_until].into_iter().flatten().any(|on| on > today);
    let all = book.all::<Lead>().iter().filter(|lead| !waits(lead));
    all.map(|lead| (lead.id, last_touch_on(book, lead, today)))
        .filter(|(_, on)| is_past(*on, QUIET_MONTHS, today))
        .collect()
}

/// Persons with no lead, consent or request since; whoever was erased is none any more.
fn persons(book: &Book, today: Date) -> Old {
    let last = |contact: &Contact| {
        let touched = book.pointing::<Lead>(contact.id).map(|lead| last_touch_on(book, lead, today));
        let agreed = book.pointing::<Consent>(contact.id).filter_map(|consent| consent.given_on);
        let known = contact.consent_on.into_iter().chain(touched).chain(agreed).max();
        known.unwrap_or_else(|| contact.id.made_at().date())
    };
    let is_person = |contact: &&Contact| contact.merged_into.is_none() && !contact.name.as_str().starts_with('[');
    let all = book.all::<Contact>().iter().filter(is_person);
    all.map(|contact| (contact.id, last(contact))).filter(|(_, on)| is_past(*on, QUIET_MONTHS, today)).collect()
}

/// Consents to photographs that were given long ago: the photographs themselves lie elsewhere.
fn photos(book: &Book, today: Date) -> Old {
    let all = book.all::<Consent>().iter().filter(|consent| consent.purposes.0.contains(&Purpose::Photos));
    all.filter_map(|consent| Some((consent.id, consent.given_on?)))
        .filter(|(_, on)| is_past(*on, PHOTO_MONTHS, today))
        .collect()
}

fn drafts(book: &Book, today: Date) -> Old {
    let all = book.all::<Claim>().iter().filter(|claim| claim.status == ClaimStatus::Draft);
    all.map(|claim| (claim.id, claim.id.made_at().date())).filter(|(_, on)| is_past(*on, DRAFT_MONTHS, today)).collect()
}
