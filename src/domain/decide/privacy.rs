//! What may be written about persons' consents and requests, and what closing a request does.

use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::consent::{Consent, Purpose};
use crate::domain::consent_text::ConsentText;
use crate::domain::contact::{ConsentMethod, Contact};
use crate::domain::decide::Desk;
use crate::domain::decide::erase::erase;
use crate::domain::decide::record::{find, reason_missing};
use crate::domain::field::{Chosen, Several};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::request::{Request, RequestKind, RequestStatus};
use crate::domain::view::title::title;
use crate::say;

/// Consent is withdrawn after it was given, and given under words that were in use.
pub(super) fn consent_days(desk: &Desk<'_>, consent: &Consent) -> Result<(), Refusal> {
    let today = desk.env.today();
    let wrong =
        |code, what, key: &str| Err(Refusal::new(code, what, say!("Sửa lại ngày.", "Correct the day.")).at(key));
    if consent.given_on.is_some_and(|day| day > today) {
        return wrong(
            "day-ahead",
            say!("Ngày đồng ý chưa đến.", "The day of the consent has not come yet."),
            "given_on",
        );
    }
    if let (Some(given), Some(withdrawn)) = (consent.given_on, consent.withdrawn_on)
        && withdrawn < given
    {
        return wrong(
            "days-reversed",
            say!("Rút trước khi đồng ý.", "It would be withdrawn before it was given."),
            "withdrawn_on",
        );
    }
    let text = desk.book.follow::<ConsentText>(consent.text);
    if let (Some(from), Some(given)) = (text.and_then(|text| text.from_on), consent.given_on)
        && given < from
    {
        let from = crate::base::dates::show_date(from);
        return wrong(
            "text-later",
            say!("Văn bản này chỉ dùng từ {from}.", "These words are in use only from {from} on."),
            "text",
        );
    }
    Ok(())
}

/// Words that somebody agreed to stay as they were shown.
pub(super) fn consent_text_frozen(
    desk: &Desk<'_>,
    before: Option<&Record>,
    after: &ConsentText,
) -> Result<(), Refusal> {
    let Some(Record::ConsentText(before)) = before else { return Ok(()) };
    let same = (&before.code, &before.text, &before.text_foreign) == (&after.code, &after.text, &after.text_foreign);
    if same || desk.book.pointing_ids(Kind::Consent, after.id).next().is_none() {
        return Ok(());
    }
    Err(Refusal::new(
        "consent-text-used",
        say!("Đã có người đồng ý với văn bản này.", "Somebody has agreed to these words."),
        say!("Thêm một phiên bản mới.", "Add a new version."),
    )
    .at("text"))
}

/// A request is of somebody, and came on a day that has come.
pub(super) fn request_of(desk: &Desk<'_>, request: &Request) -> Result<(), Refusal> {
    if request.contact.is_none() && request.asked_by.is_empty() {
        return Err(Refusal::new(
            "request-nobody",
            say!("Chưa ghi ai yêu cầu.", "Who asks is missing."),
            say!("Chọn người trong sổ, hoặc ghi tên người ngoài sổ.", "Choose somebody on file, or write a name."),
        )
        .at("contact"));
    }
    let today = desk.env.today();
    let ahead = |day: Option<crate::base::dates::Date>| day.is_some_and(|day| day > today);
    for (key, day) in [("received_on", request.received_on), ("extended_on", request.extended_on)] {
        if ahead(day) {
            let what = say!("Ngày này chưa đến.", "This day has not come yet.");
            return Err(Refusal::new("day-ahead", what, say!("Sửa lại ngày.", "Correct the day.")).at(key));
        }
    }
    Ok(())
}

/// What a step of a request keeps: when it was answered, and when and why it was refused. Closing it has a command of its own,
/// because it does what is asked.
pub(super) fn stepped(desk: &Desk<'_>, request: &mut Request, reason: &Text) -> Result<(), Refusal> {
    if request.status == RequestStatus::Done {
        return refuse(
            "own-command",
            say!(
                "Xong yêu cầu có lệnh riêng, làm luôn điều được yêu cầu.",
                "Closing a request has a command of its own that does what is asked."
            ),
            say!("Dùng lệnh xong yêu cầu (phím W).", "Use the command that closes it (key W)."),
        );
    }
    let today = Some(desk.env.today());
    request.answered_on = request.answered_on.or(today);
    if request.status == RequestStatus::Refused {
        request.closed_on = today;
        request.closed_by = desk.env.who.clone();
        request.outcome = reason.clone();
    }
    Ok(())
}

/// Does what a request asks for, and keeps what was done.
pub(super) fn close(desk: &mut Desk<'_>, id: Id, outcome: &Text) -> Result<Words, Refusal> {
    if outcome.is_empty() {
        return reason_missing().map_err(|refusal: Refusal| refusal.at("outcome"));
    }
    let Record::Request(request) = find(desk, Kind::Request, id)? else { return Ok(Words::default()) };
    if !request.status.is_open() {
        let status = request.status.words();
        return refuse(
            "request-closed",
            say!("Yêu cầu này {}.", "This request is {}."; status),
            say!("Ghi một yêu cầu mới.", "Register a new one."),
        );
    }
    if let Some(contact) = request.contact {
        match request.kind {
            RequestKind::Erasure => drop(erase(desk, Kind::Contact, contact, outcome)?),
            RequestKind::Restriction | RequestKind::Objection => restrict(desk, contact, true)?,
            RequestKind::Withdrawal => withdraw(desk, contact)?,
            RequestKind::Access | RequestKind::Correction => {}
        }
    }
    // An erasure has touched the request itself.
    let before = find(desk, Kind::Request, id)?;
    let Record::Request(now) = &before else { return Ok(Words::default()) };
    let today = Some(desk.env.today());
    let after = Request {
        status: RequestStatus::Done,
        answered_on: now.answered_on.or(today),
        closed_on: today,
        closed_by: desk.env.who.clone(),
        outcome: outcome.clone(),
        ..now.as_ref().clone()
    };
    desk.push(Change::edited(before, Record::Request(Arc::new(after))));
    let kind = request.kind.words();
    let short = id.short();
    Ok(say!("Xong yêu cầu #{short}: {}", "Closed request #{short}: {}"; kind))
}

/// A person's data is restricted, or free again.
pub(super) fn restrict(desk: &mut Desk<'_>, id: Id, on: bool) -> Result<(), Refusal> {
    let before = find(desk, Kind::Contact, id)?;
    let Record::Contact(contact) = &before else { return Ok(()) };
    let since = if on { contact.restricted_on.or(Some(desk.env.today())) } else { None };
    let after = Contact { restricted_on: since, ..contact.as_ref().clone() };
    desk.push(Change::edited(before, Record::Contact(Arc::new(after))));
    Ok(())
}

/// The restriction of persons, or its end, by a command of its own.
pub(super) fn restrict_all(desk: &mut Desk<'_>, ids: &[Id], on: bool, reason: &Text) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    for id in ids {
        restrict(desk, *id, on)?;
    }
    let names = |desk: &Desk<'_>, lang| {
        ids.iter().map(|id| title(&desk.book, Kind::Contact, *id, lang)).collect::<Vec<_>>().join(", ")
    };
    let (vi, en) = (names(desk, Lang::Vi), names(desk, Lang::En));
    Ok(if on {
        say!("Hạn chế dữ liệu của {vi} ({reason})", "Restricted the data of {en} ({reason})")
    } else {
        say!("Thôi hạn chế dữ liệu của {vi} ({reason})", "Ended the restriction of {en} ({reason})")
    })
}

/// How many of those that were looked at are named; the journal of each record has the rest.
const NAMED_MAX: usize = 3;

/// Personal data is seen in full: the records stay as they are, and their history says who saw them and why.
pub(super) fn look(desk: &mut Desk<'_>, kind: Kind, ids: &[Id], reason: &Text) -> Result<Words, Refusal> {
    if reason.is_empty() {
        return reason_missing();
    }
    for id in ids {
        let record = find(desk, kind, *id)?;
        desk.looked.push(Change::edited(record.clone(), record));
    }
    let names = |lang| {
        let named: Vec<String> = ids.iter().take(NAMED_MAX).map(|id| title(&desk.book, kind, *id, lang)).collect();
        let more = ids.len().saturating_sub(NAMED_MAX);
        if more > 0 { format!("{} (+{more})", named.join(", ")) } else { named.join(", ") }
    };
    let (vi, en) = (names(Lang::Vi), names(Lang::En));
    Ok(say!("Xem đầy đủ dữ liệu cá nhân: {vi} ({reason})", "Saw personal data in full: {en} ({reason})"))
}

/// Everything that stands of a person's consent is withdrawn today.
fn withdraw(desk: &mut Desk<'_>, contact: Id) -> Result<(), Refusal> {
    let today = desk.env.today();
    let standing: Vec<Id> = desk
        .book
        .pointing::<Consent>(contact)
        .filter(|consent| consent.withdrawn_on.is_none())
        .map(|consent| consent.id)
        .collect();
    for id in standing {
        let before = find(desk, Kind::Consent, id)?;
        let Record::Consent(consent) = &before else { continue };
        let after = Consent { withdrawn_on: Some(today), ..consent.as_ref().clone() };
        desk.push(Change::edited(before, Record::Consent(Arc::new(after))));
    }
    // What an older book says with the person is withdrawn by a record of its own.
    let Record::Contact(person) = find(desk, Kind::Contact, contact)? else { return Ok(()) };
    if person.consent != ConsentMethod::None && desk.book.pointing_ids(Kind::Consent, contact).next().is_none() {
        let consent = Consent {
            id: desk.env.new_id(),
            contact: Some(contact),
            purposes: Several(vec![Purpose::Contact]),
            method: person.consent,
            given_on: person.consent_on.or(Some(today)),
            withdrawn_on: Some(today),
            ..Consent::default()
        };
        desk.push(Change::added(Record::Consent(Arc::new(consent))));
    }
    Ok(())
}
