//! The stages of a public draw: each asks for what it needs and says why it cannot be done yet.

use crate::base::words::Words;
use crate::command::acts::{ask, subject, text, writable};
use crate::command::form::Answers;
use crate::command::{Act, Here};
use crate::domain::Draw;
use crate::domain::draw::DrawStatus;
use crate::domain::field::{Chosen, Value};
use crate::domain::intent::{DrawAct, Intent};
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::say;

/// The draw under the cursor, at one of these stages.
fn draw_at<'a>(here: &Here<'a>, stages: &[DrawStatus]) -> Result<&'a Draw, Words> {
    writable(here)?;
    let id = here.one(Kind::Draw)?;
    let draw = here.book.get::<Draw>(id).ok_or(Words::new("Bản ghi không còn.", "The record is gone."))?;
    if stages.contains(&draw.status) {
        return Ok(draw);
    }
    let (now, first) = (draw.status.words(), stages.first().copied().unwrap_or_default().words());
    Err(say!(
        "Bốc thăm đang ở bước “{}”, cần ở bước “{}”.",
        "The draw is at “{}”; it has to be at “{}”."; now, first
    ))
}

/// The minutes, once it is drawn.
pub(in crate::command) fn minutes(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Draw)?;
    let is_drawn = here.book.get::<Draw>(id).is_some_and(|draw| draw.minutes.is_some());
    if is_drawn { Ok(Act::Minutes(id)) } else { Err(Words::new("Chưa bốc thăm.", "It is not drawn yet.")) }
}

fn confirm(draw: &Draw, question: Words, act: DrawAct) -> Act {
    Act::Confirm(question, Box::new(Intent::Draw { draw: draw.id, act }))
}

pub(in crate::command) fn publish(here: &Here<'_>) -> Result<Act, Words> {
    let draw = draw_at(here, &[DrawStatus::Draft])?;
    let code = &draw.code;
    let question = say!(
        "Công bố thể lệ của {code}? Sau đó không sửa được.",
        "Publish the rules of {code}? They stay as they are."
    );
    Ok(confirm(draw, question, DrawAct::Publish))
}

pub(in crate::command) fn commit(here: &Here<'_>) -> Result<Act, Words> {
    draw_at(here, &[DrawStatus::Published, DrawStatus::Committed])?;
    ask(here, "draw-commit", Kind::Draw, commit_intent, &[])
}

fn commit_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, draw) = subject(here)?;
    let act = DrawAct::Commit { role: text(answers, "role"), commitment: text(answers, "commitment") };
    Ok(Intent::Draw { draw, act })
}

pub(in crate::command) fn freeze(here: &Here<'_>) -> Result<Act, Words> {
    let draw = draw_at(here, &[DrawStatus::Committed])?;
    let code = &draw.code;
    let question = say!(
        "Chốt danh sách của {code}? Sau đó không ai vào thêm.",
        "Freeze the list of {code}? Nobody joins after that."
    );
    Ok(confirm(draw, question, DrawAct::Freeze))
}

pub(in crate::command) fn reveal(here: &Here<'_>) -> Result<Act, Words> {
    let draw = draw_at(here, &[DrawStatus::Frozen, DrawStatus::Revealed])?;
    let next = draw.parties.iter().find(|party| party.secret.is_none());
    let next = next.map_or(Value::Empty, |party| Value::Text(crate::base::text::Text::new(&party.role)));
    ask(here, "draw-reveal", Kind::Draw, reveal_intent, &[("role", next)])
}

fn reveal_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, draw) = subject(here)?;
    Ok(Intent::Draw { draw, act: DrawAct::Reveal { role: text(answers, "role"), secret: text(answers, "secret") } })
}

pub(in crate::command) fn run(here: &Here<'_>) -> Result<Act, Words> {
    draw_at(here, &[DrawStatus::Revealed])?;
    ask(here, "draw-run", Kind::Draw, run_intent, &[("held_on", Value::Date(here.today))])
}

fn run_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, draw) = subject(here)?;
    let act = DrawAct::Run {
        chance: text(answers, "chance"),
        place: text(answers, "place"),
        held_on: answers.get("held_on").as_date(),
        present: text(answers, "present"),
    };
    Ok(Intent::Draw { draw, act })
}

pub(in crate::command) fn place(here: &Here<'_>) -> Result<Act, Words> {
    let draw = draw_at(here, &[DrawStatus::Drawn])?;
    let code = &draw.code;
    let question = say!("Xếp mọi đơn vị theo kết quả {code}?", "Place everybody as {code} drew?");
    Ok(confirm(draw, question, DrawAct::Place))
}
