//! What is done about the data of persons.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::acts::{ask, kind_here, subject, text, writable};
use crate::command::form::{Answers, Form, Making};
use crate::command::{Act, Here, find};
use crate::domain::field::{Field, Value};
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::request::RequestKind;
use crate::domain::{ConsentText, Request};
use crate::say;

/// A form for what the chosen person agrees to, under the newest words of the office.
pub(in crate::command) fn consent(here: &Here<'_>) -> Result<Act, Words> {
    let texts = here.book.all::<ConsentText>().iter().filter(|text| text.from_on.is_none_or(|from| from <= here.today));
    let newest = texts.max_by_key(|text| (text.from_on, text.id)).map_or(Value::Empty, |text| Value::Link(text.id));
    about(here, Kind::Consent, &[("text", newest), ("given_on", Value::Date(here.today))])
}

/// A form for what the chosen person asks.
pub(in crate::command) fn request(here: &Here<'_>) -> Result<Act, Words> {
    about(here, Kind::Request, &[("received_on", Value::Date(here.today))])
}

fn about(here: &Here<'_>, kind: Kind, given: &[(&str, Value)]) -> Result<Act, Words> {
    writable(here)?;
    let mut form = Form::add(kind, None);
    form.fill("contact", Value::Link(here.one(Kind::Contact)?));
    for (key, value) in given {
        form.fill(key, value.clone());
    }
    Ok(Act::Ask(Box::new(form)))
}

/// The chosen record with its personal data in full, once somebody has said why.
pub(in crate::command) fn look(here: &Here<'_>) -> Result<Act, Words> {
    let kind = kind_here(here)?;
    if !kind.fields().iter().any(Field::is_personal) {
        let noun = kind.words();
        return Err(say!("{} không có dữ liệu cá nhân.", "A {} holds no personal data."; noun));
    }
    match ask(here, "person-look", kind, look_intent, &[])? {
        Act::Ask(form) => Ok(Act::Look(form)),
        other => Ok(other),
    }
}

/// A form that asks why these persons' data goes out.
#[must_use]
pub fn look_form(kind: Kind, ids: Vec<Id>) -> Form {
    let fields: Vec<&'static Field> = find("person-look").into_iter().flat_map(|command| command.asks).collect();
    Form {
        title: Words::new("Dữ liệu cá nhân ra tệp: vì sao?", "Personal data into a file: why?"),
        values: vec![Value::Empty; fields.len()],
        fields,
        opened: Vec::new(),
        making: Making::Own(look_intent),
        subject: Some((kind, ids)),
        about: Vec::new(),
    }
}

fn look_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let kind = here.kind.unwrap_or(Kind::Contact);
    Ok(Intent::Look { kind, ids: here.chosen.to_vec(), reason: text(answers, "reason") })
}

/// The chosen persons are left alone from now on.
pub(in crate::command) fn restrict(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "contact-restrict", Kind::Contact, |here, answers| Ok(restriction(here, true, answers)), &[])
}

/// The restriction of the chosen persons ends.
pub(in crate::command) fn unrestrict(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "contact-unrestrict", Kind::Contact, |here, answers| Ok(restriction(here, false, answers)), &[])
}

fn restriction(here: &Here<'_>, on: bool, answers: &Answers<'_>) -> Intent {
    Intent::Restrict { contacts: here.chosen.to_vec(), on, reason: text(answers, "reason") }
}

/// What is asked is done, and kept with what was done.
pub(in crate::command) fn close(here: &Here<'_>) -> Result<Act, Words> {
    let mut act = ask(here, "request-close", Kind::Request, close_intent, &[])?;
    let request = here.book.get::<Request>(here.one(Kind::Request)?);
    if let (Act::Ask(form), Some(RequestKind::Erasure)) = (&mut act, request.map(|request| request.kind)) {
        form.title = Words::new("Xóa hẳn dữ liệu, không lấy lại được", "Erase the data for good");
    }
    Ok(act)
}

fn close_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, request) = subject(here)?;
    Ok(Intent::CloseRequest { request, outcome: Text::lines(answers.get("outcome").as_text()) })
}
