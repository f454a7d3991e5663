//! What businesses say of a fair: its report, filled beforehand with what is known, and a day of sales.

use crate::base::words::Words;
use crate::command::acts::{ask, subject};
use crate::command::form::Answers;
use crate::command::{Act, Here};
use crate::domain::Registration;
use crate::domain::field::Value;
use crate::domain::intent::{Fields, Intent};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::view::results::{day_to_write, known_before, report_of};

/// The report of the registration: the one that is there, else a new one with what its days and leads say.
pub(in crate::command) fn report(here: &Here<'_>) -> Result<Act, Words> {
    let found = here.first(Kind::Registration).ok().and_then(|id| here.book.get::<Registration>(id));
    let standing = found.map(|registration| {
        report_of(here.book, registration.id)
            .cloned()
            .unwrap_or_else(|| known_before(here.book, registration, here.today))
    });
    let given: Vec<(&str, Value)> = standing.iter().flat_map(values).collect();
    ask(here, "registration-report", Kind::Registration, report_intent, &given)
}

fn values(noun: &impl AnyNoun) -> Vec<(&'static str, Value)> {
    let fields = noun.kind().fields().iter().enumerate();
    fields.map(|(index, field)| (field.key, noun.get(index))).filter(|(_, value)| !value.is_empty()).collect()
}

fn report_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, registration) = subject(here)?;
    Ok(match report_of(here.book, registration) {
        Some(report) => Intent::Edit { kind: Kind::FairReport, id: report.id, fields: answers.all() },
        None => Intent::Add { kind: Kind::FairReport, fields: about(registration, answers) },
    })
}

fn about(registration: crate::base::ids::Id, answers: &Answers<'_>) -> Fields {
    let filled = answers.all().into_iter().filter(|(_, value)| !value.is_empty());
    [("registration".to_owned(), Value::Link(registration))].into_iter().chain(filled).collect()
}

/// What the registration sold on a day: the first that is missing stands in the form.
pub(in crate::command) fn sales(here: &Here<'_>) -> Result<Act, Words> {
    let found = here.first(Kind::Registration).ok().and_then(|id| here.book.get::<Registration>(id));
    let day = found.and_then(|registration| day_to_write(here.book, registration, here.today));
    let given: Vec<(&str, Value)> = day.map(|day| ("on", Value::Date(day))).into_iter().collect();
    ask(here, "registration-sales", Kind::Registration, sales_intent, &given)
}

fn sales_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, registration) = subject(here)?;
    Ok(Intent::Add { kind: Kind::Sale, fields: about(registration, answers) })
}
