//! Leads: taken down at the stand, followed afterwards.

use std::sync::Arc;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::capture::{compact, partners_called, person_at};
use crate::domain::change::Change;
use crate::domain::check;
use crate::domain::consent::Purpose;
use crate::domain::contact::Contact;
use crate::domain::decide::Desk;
use crate::domain::decide::record::find;
use crate::domain::env::Env;
use crate::domain::field::Chosen;
use crate::domain::intent::Meeting;
use crate::domain::lead::{Lead, LeadStage};
use crate::domain::partner::Partner;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::touch::{Touch, TouchMeans};
use crate::domain::view::consent::{Leave, leave};
use crate::domain::view::title::title;
use crate::say;

/// What a meeting comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A new lead.
    New,
    /// One more touch of a lead on file.
    Again,
    /// The book has this very meeting.
    Known,
}

/// A lead with its partner and person, at the stand.
pub(super) fn capture(desk: &mut Desk<'_>, meeting: &Meeting) -> Result<Words, Refusal> {
    let (taken, id) = take(desk, meeting)?;
    let (vi, en) = (title(&desk.book, Kind::Lead, id, Lang::Vi), title(&desk.book, Kind::Lead, id, Lang::En));
    Ok(if taken == Taken::New {
        say!("Ghi đầu mối {vi}", "Took down lead {en}")
    } else {
        say!("Ghi thêm {vi}", "Added to {en}")
    })
}

/// The meetings of a contact report, all or none.
pub(super) fn captures(desk: &mut Desk<'_>, meetings: &[(u32, Meeting)], source: &Text) -> Result<Words, Refusal> {
    let (mut new, mut again) = (0, 0);
    for (line, meeting) in meetings {
        let taken = take(desk, meeting)
            .map_err(|refusal| Refusal {
                what: say!("Dòng {line}: {}", "Line {line}: {}"; refusal.what), ..refusal
            })?;
        match taken.0 {
            Taken::New => new += 1,
            Taken::Again => again += 1,
            Taken::Known => {}
        }
    }
    Ok(say!(
        "Nhập phiếu tiếp xúc {source}: {new} đầu mối mới, {again} lần liên hệ thêm",
        "Imported the contact report {source}: {new} new leads, {again} more touches"
    ))
}

/// What each meeting of a report would come to; one that is refused is left out for those behind it.
#[must_use]
pub fn trial(book: &Book, meetings: &[(u32, Meeting)], env: &Env) -> Vec<Result<Taken, Refusal>> {
    let mut desk = Desk::new(book, env, book.seq + 1);
    desk.book.at = env.at;
    let mut outcomes = Vec::with_capacity(meetings.len());
    for (_, meeting) in meetings {
        let (book, first) = (desk.book.clone(), desk.changes.len());
        let taken = take(&mut desk, meeting).and_then(|(taken, _)| {
            let breach = check::check_around(&desk.book, desk.changes.get(first..).unwrap_or_default());
            breach.into_iter().next().map_or(Ok(taken), |breach| Err(breach.into_refusal()))
        });
        if taken.is_err() {
            desk.book = book;
            desk.changes.truncate(first);
        }
        outcomes.push(taken);
    }
    outcomes
}

/// What is on file already is taken as it is: the same partner by name, the same person by phone, address or name, and for
/// the same product the same lead, which gets one more touch. The same words on the same day are the same meeting.
fn take(desk: &mut Desk<'_>, meeting: &Meeting) -> Result<(Taken, Id), Refusal> {
    let Meeting { business, fair, interest, .. } = meeting;
    find(desk, Kind::Business, *business)?;
    let partner = partner_of(desk, meeting.partner, &meeting.partner_name)?;
    let wanted = compact(interest.as_str());
    let known = desk
        .book
        .pointing::<Lead>(partner)
        .find(|lead| {
            lead.business == Some(*business)
                && lead.stage.is_open()
                && lead.fair == *fair
                && compact(lead.interest.as_str()) == wanted
        })
        .cloned();
    let said = if meeting.note.is_empty() { interest.clone() } else { meeting.note.clone() };
    if let (Some(lead), Some(_)) = (&known, meeting.met_on) {
        let same = |touch: &Touch| touch.on == meeting.met_on && touch.means == TouchMeans::Stand && touch.note == said;
        if desk.book.pointing::<Touch>(lead.id).any(same) {
            return Ok((Taken::Known, lead.id));
        }
    }
    let contact = contact_of(desk, partner, meeting);
    let taken = if known.is_none() { Taken::New } else { Taken::Again };
    let before = known.clone().map(|lead| Record::Lead(Arc::new(lead)));
    let mut lead = known.unwrap_or_else(|| Lead {
        id: desk.env.new_id(),
        business: Some(*business),
        partner: Some(partner),
        fair: *fair,
        interest: interest.clone(),
        owner: desk.env.who.clone(),
        ..Lead::default()
    });
    lead.contact = contact.or(lead.contact);
    if !meeting.next_step.is_empty() || meeting.due_on.is_some() {
        lead.next_step = meeting.next_step.clone();
        lead.due_on = meeting.due_on;
    }
    if !meeting.volume.is_empty() {
        lead.volume = meeting.volume.clone();
    }
    let id = lead.id;
    put(desk, before, Record::Lead(Arc::new(lead)));
    add_touch(desk, id, TouchMeans::Stand, said, meeting.met_on);
    Ok((taken, id))
}

/// What was done about a lead is kept, and its next step and day are set; a new lead has been contacted by it.
pub(super) fn touch(
    desk: &mut Desk<'_>,
    id: Id,
    means: &Text,
    note: &Text,
    (next_step, due_on): (&Text, Option<Date>),
) -> Result<Words, Refusal> {
    let before = find(desk, Kind::Lead, id)?;
    let Record::Lead(found) = &before else { return Ok(Words::default()) };
    let mut lead = found.as_ref().clone();
    let means = means_of(means)?;
    if !lead.stage.is_open() && lead.stage != LeadStage::Repeat {
        let stage = lead.stage.words();
        return refuse(
            "lead-over",
            say!("Đầu mối này {}.", "This lead is {}."; stage),
            say!("Mở lại bằng chuyển bước trước.", "Open it again by a step first."),
        );
    }
    if matches!(means, TouchMeans::Call | TouchMeans::Chat | TouchMeans::Email)
        && let Some(contact) = desk.book.follow::<Contact>(lead.contact)
        && let Leave::Barred(why) = leave(&desk.book, contact, Purpose::Contact, desk.env.today())
    {
        return Err(Refusal::new(
            "person-barred",
            why,
            say!("Chọn người khác của đối tác cho đầu mối này.", "Choose another person at the partner for this lead."),
        )
        .at("means"));
    }
    if lead.stage == LeadStage::New {
        lead.stage = LeadStage::Contacted;
    }
    step_and_day(next_step, due_on)?;
    lead.next_step = next_step.clone();
    lead.due_on = due_on;
    put(desk, Some(before), Record::Lead(Arc::new(lead)));
    add_touch(desk, id, means, note.clone(), None);
    let (means, vi, en) =
        (means.words(), title(&desk.book, Kind::Lead, id, Lang::Vi), title(&desk.book, Kind::Lead, id, Lang::En));
    Ok(Words { vi: format!("Đã {}: {vi}", means.vi).into(), en: format!("Done, {}: {en}", means.en).into() })
}

/// A next step and its day go together.
pub(super) fn step_and_day(next_step: &Text, due_on: Option<Date>) -> Result<(), Refusal> {
    if next_step.is_empty() == due_on.is_none() {
        return Ok(());
    }
    Err(Refusal::new(
        "next-step-half",
        say!("Việc tiếp theo và hạn đi cùng nhau.", "A next step and its day go together."),
        say!("Ghi cả hai, hoặc để trống cả hai.", "Enter both, or neither."),
    )
    .at(if next_step.is_empty() { "next_step" } else { "due_on" }))
}

fn means_of(means: &Text) -> Result<TouchMeans, Refusal> {
    if means.is_empty() {
        return Ok(TouchMeans::default());
    }
    TouchMeans::from_key(means.as_str()).ok_or_else(|| {
        let keys: Vec<&str> = TouchMeans::CHOICES.iter().map(|choice| choice.key).collect();
        let keys = keys.join(", ");
        Refusal::new(
            "choice-unknown",
            say!("Không có cách liên hệ “{means}”.", "There is no means “{means}”."),
            say!("Chọn trong: {keys}.", "Choose among: {keys}."),
        )
        .at("means")
    })
}

fn put(desk: &mut Desk<'_>, before: Option<Record>, after: Record) {
    desk.push(match before {
        Some(before) => Change::edited(before, after),
        None => Change::added(after),
    });
}

fn add_touch(desk: &mut Desk<'_>, lead: Id, means: TouchMeans, note: Text, on: Option<Date>) {
    let touch = Touch {
        id: desk.env.new_id(),
        lead: Some(lead),
        on: on.or(Some(desk.env.today())),
        means,
        note,
        by: desk.env.who.clone(),
    };
    desk.push(Change::added(Record::Touch(Arc::new(touch))));
}

fn partner_of(desk: &mut Desk<'_>, given: Option<Id>, name: &Text) -> Result<Id, Refusal> {
    let id = match given {
        Some(id) => {
            find(desk, Kind::Partner, id)?;
            return Ok(id);
        }
        None => partners_called(&desk.book, name.as_str()).0,
    };
    if let Some(id) = id {
        return Ok(id);
    }
    if name.is_empty() {
        return Err(Refusal::new(
            "partner-missing",
            say!("Chưa ghi đối tác.", "The partner is missing."),
            say!("Ghi tên đối tác.", "Write the partner's name."),
        )
        .at("partner"));
    }
    let partner = Partner { id: desk.env.new_id(), name: name.clone(), ..Partner::default() };
    let id = partner.id;
    desk.push(Change::added(Record::Partner(Arc::new(partner))));
    Ok(id)
}

fn contact_of(desk: &mut Desk<'_>, partner: Id, meeting: &Meeting) -> Option<Id> {
    let Meeting { person, role, phone, email, .. } = meeting;
    if person.is_empty() && phone.is_empty() && email.is_empty() {
        return None;
    }
    if let Some(known) = person_at(&desk.book, partner, person, phone, email) {
        let before = desk.book.get::<Contact>(known)?.clone();
        let fill = |old: &Text, new: &Text| if old.is_empty() { new.clone() } else { old.clone() };
        let after = Contact {
            name: fill(&before.name, person),
            phone: fill(&before.phone, phone),
            email: fill(&before.email, email),
            role: fill(&before.role, role),
            ..before.clone()
        };
        put(desk, Some(Record::Contact(Arc::new(before))), Record::Contact(Arc::new(after)));
        return Some(known);
    }
    // A person without a name is called by what reaches them, so that the record can be found.
    let name = [person, phone, email].into_iter().find(|text| !text.is_empty())?.clone();
    let contact = Contact {
        id: desk.env.new_id(),
        name,
        partner: Some(partner),
        phone: phone.clone(),
        email: email.clone(),
        role: role.clone(),
        ..Contact::default()
    };
    let id = contact.id;
    desk.push(Change::added(Record::Contact(Arc::new(contact))));
    Some(id)
}
