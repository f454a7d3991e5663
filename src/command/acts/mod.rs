//! What the storing commands do: the forms they open and the intents these come to.

pub(super) mod conference;
pub(super) mod draw;
pub(super) mod floor;
pub(super) mod leads;
pub(super) mod persons;
pub(super) mod plan;
pub(super) mod results;

use crate::base::ids::Id;
use crate::base::money::BasisPoints;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::about::about;
use crate::command::form::{Answers, Form, Making};
use crate::command::table::{asks, takes_several};
use crate::command::{Act, Here, Screen, find, open_steps};
use crate::domain::field::{Chosen, Field, Value};
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refund::refund_on;
use crate::domain::refusal::Refusal;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::report::REPORTS;
use crate::domain::view::title::title;
use crate::domain::{Fair, Registration};
use crate::say;

pub(super) mod money;

/// Nothing is stored in a read-only book; the reason is the one it turned read-only for.
pub(in crate::command) fn writable(here: &Here<'_>) -> Result<(), Words> {
    here.read_only.map_or(Ok(()), |why| Err(why.clone()))
}

pub(super) fn kind_here(here: &Here<'_>) -> Result<Kind, Words> {
    here.kind.ok_or_else(|| Words::new("Ở đây không có danh sách bản ghi.", "There is no list of records here."))
}

/// The figures of a report have no filter; the records behind one have.
pub(super) fn filter(here: &Here<'_>) -> Result<Act, Words> {
    if here.screen == Screen::Reports && here.kind.is_none() {
        return Err(Words::new("Báo cáo không có lọc.", "Reports have no filter."));
    }
    Ok(Act::Filter)
}

/// All reports to choose from.
pub(super) fn reports(_: &Here<'_>) -> Result<Act, Words> {
    let options = REPORTS.iter().enumerate().map(|(place, offer)| (offer.name.clone(), Act::Report(place)));
    Ok(Act::Choose(Words::new("Báo cáo", "Reports"), options.collect()))
}

pub(super) fn add(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    match kind_here(here)? {
        Kind::Placement => Err(Words::new(
            "Xếp gian ở danh sách đăng ký hoặc trên sơ đồ.",
            "Place from the registrations or on the map.",
        )),
        Kind::Claim => {
            Err(Words::new("Lập hồ sơ từ danh sách đăng ký (phím C).", "Open a claim from the registrations (key C)."))
        }
        Kind::Payment => Err(Words::new("Lập chứng từ từ danh sách hồ sơ (phím P).", "Pay from the claims (key P).")),
        Kind::PaymentList => {
            Err(Words::new("Lập bảng kê từ danh sách hồ sơ (phím K).", "Make a list from the claims (key K)."))
        }
        Kind::Recovery => {
            Err(Words::new("Lập khoản thu hồi từ danh sách hồ sơ (phím R).", "Recover from the claims (key R)."))
        }
        kind => Ok(Act::Ask(Box::new(Form::add(kind, here.fair)))),
    }
}

pub(super) fn edit(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let kind = kind_here(here)?;
    let form = Form::edit(here.book, kind, here.one(kind)?);
    form.map(|form| Act::Ask(Box::new(form))).ok_or_else(|| Words::new("Bản ghi không còn.", "The record is gone."))
}

pub(super) fn remove(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let kind = kind_here(here)?;
    let id = here.one(kind)?;
    let (noun, name) = (kind.words(), named(here, kind, id));
    let question = Words {
        vi: format!("Xóa {} {}?", noun.vi, name.vi).into(),
        en: format!("Remove the {} {}?", noun.en, name.en).into(),
    };
    Ok(Act::Confirm(question, Box::new(Intent::Remove { kind, id })))
}

pub(super) fn history(here: &Here<'_>) -> Result<Act, Words> {
    let kind = kind_here(here)?;
    Ok(Act::History(kind, here.one(kind)?))
}

/// The steps of the record's life that are open now; one that needs a reason asks for it.
pub(super) fn step(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    let kind = kind_here(here)?;
    let ids = here.chosen(kind)?;
    let open = open_steps(here.book, kind, ids[0]);
    let own = |key: &str| {
        matches!(
            (kind, key),
            (Kind::Claim, "decided" | "advanced" | "accepted" | "paid" | "recovering")
                | (Kind::Request, "done")
                | (Kind::Recovery, "partly_repaid" | "settled")
                | (Kind::Registration, "booth_assigned")
                | (Kind::Placement, "offered")
        )
    };
    let choices: Vec<(Words, Act)> = open
        .into_iter()
        .filter(|(choice, _)| !own(choice.key))
        .map(|(choice, reason)| (choice.words(), step_act(here, kind, ids, choice.key, reason)))
        .collect();
    if choices.is_empty() {
        return Err(Words::new(
            "Trạng thái này không có bước tiếp bằng tay.",
            "From this state there is no step to take by hand.",
        ));
    }
    Ok(Act::Choose(Words::new("Chuyển sang", "Move on to"), choices))
}

pub(super) fn step_act(here: &Here<'_>, kind: Kind, ids: &[Id], to: &'static str, reason: bool) -> Act {
    let step = Intent::stepping(kind, ids, Text::new(to), Text::default());
    let mut fields: Vec<&'static Field> = vec![&asks::TO, &asks::REASON];
    if !reason && !step.is_signed() {
        return Act::Do(Box::new(step));
    }
    if step.is_signed() {
        fields.extend([&asks::SIGNER, &asks::PASSPHRASE]);
    }
    Act::Ask(Box::new(Form {
        title: step_title(here, kind, ids, to),
        values: fields
            .iter()
            .map(|field| if field.key == "to" { Value::Text(Text::new(to)) } else { Value::Empty })
            .collect(),
        fields,
        opened: Vec::new(),
        making: Making::Own(step_intent),
        about: about(here, kind, ids),
        subject: Some((kind, ids.to_vec())),
    }))
}

/// A withdrawal says beforehand what the fair's table gives back.
fn step_title(here: &Here<'_>, kind: Kind, ids: &[Id], to: &str) -> Words {
    let registration = ids.first().and_then(|id| here.book.get::<Registration>(*id));
    let withdraws = kind == Kind::Registration && to == RegistrationStatus::Withdrawn.key();
    let refund = registration.filter(|_| withdraws).and_then(|registration| {
        let fair = here.book.follow::<Fair>(registration.fair)?;
        refund_on(fair, registration, here.today).ok().flatten()
    });
    match refund {
        Some(refund) => {
            let words = refund.words();
            say!("Rút: hoàn {}", "Withdraw: refund {}"; words)
        }
        None => Words::new("Chuyển trạng thái", "Change of state"),
    }
}

pub(super) fn step_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::stepping(kind, here.chosen, text(answers, "to"), text(answers, "reason")))
}

pub(super) fn subject(here: &Here<'_>) -> Result<(Kind, Id), Refusal> {
    let nothing = || {
        Refusal::new(
            "nothing-chosen",
            say!("Chưa chọn bản ghi nào.", "No record is chosen."),
            say!("Chọn một bản ghi.", "Choose one."),
        )
    };
    Ok((here.kind.ok_or_else(nothing)?, here.chosen.first().copied().ok_or_else(nothing)?))
}

/// A form of a command's own questions about the chosen records.
pub(super) fn ask(
    here: &Here<'_>,
    id: &str,
    kind: Kind,
    making: fn(&Here<'_>, &Answers<'_>) -> Result<Intent, Refusal>,
    given: &[(&str, Value)],
) -> Result<Act, Words> {
    writable(here)?;
    let ids = if takes_several(id) { here.chosen(kind)?.to_vec() } else { vec![here.one(kind)?] };
    let command = find(id).ok_or_else(|| Words::same(id))?;
    let fields: Vec<&'static Field> = command.asks.iter().collect();
    let mut form = Form {
        title: command.title.clone(),
        values: vec![Value::Empty; fields.len()],
        fields,
        opened: Vec::new(),
        making: Making::Own(making),
        about: about(here, kind, &ids),
        subject: Some((kind, ids)),
    };
    for (key, value) in given {
        form.fill(key, value.clone());
    }
    Ok(Act::Ask(Box::new(form)))
}

pub(super) fn erase(here: &Here<'_>) -> Result<Act, Words> {
    let kind = kind_here(here)?;
    let mut act = ask(here, "person-erase", kind, erase_intent, &[])?;
    if let Act::Ask(form) = &mut act {
        form.about.push(Words::new(
            "Xóa hẳn khỏi sổ và khỏi nhật ký: không hoàn tác nào lấy lại được.",
            "Gone from the book and from the journal for good: no undo brings it back.",
        ));
    }
    Ok(act)
}

fn erase_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, id) = subject(here)?;
    Ok(Intent::Erase { kind, id, reason: text(answers, "reason") })
}

pub(super) fn named(here: &Here<'_>, kind: Kind, id: Id) -> Words {
    use crate::base::words::Lang;
    Words { vi: title(here.book, kind, id, Lang::Vi).into(), en: title(here.book, kind, id, Lang::En).into() }
}

pub(super) fn text(answers: &Answers<'_>, key: &str) -> Text {
    Text::new(answers.get(key).as_text())
}

pub(super) fn rate(answers: &Answers<'_>, key: &str) -> Option<BasisPoints> {
    answers.get(key).as_number().and_then(|number| u32::try_from(number).ok()).map(BasisPoints)
}

pub(super) fn link(answers: &Answers<'_>, key: &'static str) -> Result<Id, Refusal> {
    answers.get(key).as_link().ok_or_else(|| {
        Refusal::new(
            "field-missing",
            say!("Chưa chọn.", "Nothing is chosen."),
            say!("Chọn một bản ghi.", "Choose a record."),
        )
        .at(key)
    })
}
