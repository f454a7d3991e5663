//! Drawing at the plan: shift, turn, split, combine, renumber, and last year's plan for the next fair.

use crate::base::words::Words;
use crate::command::acts::{ask, subject, text};
use crate::command::form::Answers;
use crate::command::{Act, Here};
use crate::domain::Fair;
use crate::domain::field::Value;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::say;

fn number(answers: &Answers<'_>, key: &str) -> i64 {
    answers.get(key).as_number().unwrap_or(0)
}

/// What lies on the plan: booths, else fixtures.
const fn lying(here: &Here<'_>) -> Kind {
    match here.kind {
        Some(Kind::Fixture) => Kind::Fixture,
        _ => Kind::Booth,
    }
}

pub(in crate::command) fn shift(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-shift", lying(here), shift_intent, &[])
}

fn shift_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    let (right, down) = (number(answers, "right"), number(answers, "down"));
    Ok(Intent::Shift { kind, ids: here.chosen.to_vec(), right, down })
}

pub(in crate::command) fn turn(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-turn", lying(here), turn_intent, &[("degrees", Value::Number(90))])
}

fn turn_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::Turn { kind, ids: here.chosen.to_vec(), degrees: number(answers, "degrees") })
}

pub(in crate::command) fn split(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-split", Kind::Booth, split_intent, &[("parts", Value::Number(2))])
}

fn split_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, booth) = subject(here)?;
    let stacked = answers.get("stacked") == Value::Flag(true);
    Ok(Intent::Split { booth, parts: number(answers, "parts"), stacked })
}

pub(in crate::command) fn combine(here: &Here<'_>) -> Result<Act, Words> {
    crate::command::acts::writable(here)?;
    let booths = here.chosen(Kind::Booth)?.to_vec();
    if booths.len() < 2 {
        return Err(Words::new("Đánh dấu các gian kề nhau trước.", "Mark booths that lie side by side first."));
    }
    Ok(Act::Do(Box::new(Intent::Combine { booths })))
}

pub(in crate::command) fn renumber(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "booth-renumber", Kind::Booth, renumber_intent, &[("step", Value::Number(1))])
}

fn renumber_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    Ok(Intent::Renumber {
        booths: here.chosen.to_vec(),
        first: text(answers, "first"),
        step: number(answers, "step").max(1),
    })
}

pub(in crate::command) fn copy_fair(here: &Here<'_>) -> Result<Act, Words> {
    let fair = here.one(Kind::Fair)?;
    let name = here.book.get::<Fair>(fair).map(|fair| fair.name.clone()).unwrap_or_default();
    ask(here, "fair-copy", Kind::Fair, copy_intent, &[("name", Value::Text(name))])
}

fn copy_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, fair) = subject(here)?;
    let day = |key: &'static str| {
        answers.get(key).as_date().ok_or_else(|| {
            Refusal::new(
                "field-missing",
                say!("Chưa ghi ngày.", "The day is missing."),
                say!("Ghi như 05/02/2026.", "Write it as 05/02/2026."),
            )
            .at(key)
        })
    };
    let (opens_on, closes_on) = (day("opens_on")?, day("closes_on")?);
    Ok(Intent::CopyFair { fair, code: text(answers, "code"), name: text(answers, "name"), opens_on, closes_on })
}
