//! What reviewers do: taking leads down, following them, handing them on.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::acts::{ask, link, step_act, subject, text, writable};
use crate::command::form::Answers;
use crate::command::{Act, Here};
use crate::domain::Lead;
use crate::domain::field::{Chosen, Value};
use crate::domain::intent::Intent;
use crate::domain::lead::{Answer, LeadStage, Side};
use crate::domain::matching::request_of;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::board;
use crate::say;

/// The days after which a lead is most often called again.
const NEXT_DAYS: u64 = 7;

/// The days in which both sides of an introduction are asked.
const ASK_DAYS: u64 = 3;

fn in_days(today: Date, days: u64) -> Value {
    today.checked_add_days(chrono::Days::new(days)).map_or(Value::Empty, Value::Date)
}

/// One line at the stand; the firm and the fair of the last one stay.
pub(in crate::command) fn capture(here: &Here<'_>) -> Result<Act, Words> {
    writable(here)?;
    Ok(Act::Capture)
}

/// The call is made: what was said, what comes next and when, in one form.
pub(in crate::command) fn next_step(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "lead-next", Kind::Lead, next_intent, &[("due_on", in_days(here.today, NEXT_DAYS))])
}

fn next_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, lead) = subject(here)?;
    Ok(Intent::Touch {
        lead,
        means: text(answers, "means"),
        note: Text::lines(answers.get("note").as_text()),
        next_step: text(answers, "next_step"),
        due_on: answers.get("due_on").as_date(),
    })
}

/// One stage on, or one back with a reason: on the board the card goes to the lane beside it.
fn beside(here: &Here<'_>, forward: bool) -> Result<Act, Words> {
    writable(here)?;
    let ids = here.chosen(Kind::Lead)?;
    let mut stages: Vec<LeadStage> =
        ids.iter().filter_map(|id| here.book.get::<Lead>(*id)).map(|lead| lead.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    let [stage] = stages.as_slice() else {
        return Err(Words::new(
            "Các đầu mối đã chọn ở nhiều giai đoạn; . chọn giai đoạn mới.",
            "The chosen leads stand at several stages; . chooses the new one.",
        ));
    };
    let Some(to) = board::beside(*stage, forward) else {
        let stage = stage.words();
        return Err(say!(
            "Từ “{}” không có giai đoạn kề; . chọn giai đoạn mới.",
            "Beside “{}” there is no stage that way; . chooses the new one.";
            stage
        ));
    };
    Ok(step_act(here, Kind::Lead, ids, to.key(), !forward))
}

pub(in crate::command) fn forward(here: &Here<'_>) -> Result<Act, Words> {
    beside(here, true)
}

pub(in crate::command) fn backward(here: &Here<'_>) -> Result<Act, Words> {
    beside(here, false)
}

/// Another day for the next step of one or many leads.
pub(in crate::command) fn snooze(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "lead-snooze", Kind::Lead, all_intent, &[("due_on", in_days(here.today, NEXT_DAYS))])
}

/// Another owner for one or many leads.
pub(in crate::command) fn assign(here: &Here<'_>) -> Result<Act, Words> {
    let owner = here.first(Kind::Lead).ok().and_then(|id| here.book.get::<Lead>(id)).map(|lead| lead.owner.clone());
    ask(here, "lead-assign", Kind::Lead, all_intent, &[("owner", owner.map_or(Value::Empty, Value::Text))])
}

/// The businesses that fit a request, to be read and introduced; a lead that says no goods has none.
pub(in crate::command) fn matching(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Lead)?;
    let Some(lead) = here.book.get::<Lead>(id) else {
        return Err(Words::new("Đầu mối không còn.", "The lead is gone."));
    };
    let request = request_of(here.book, lead);
    if request.interest.is_empty() && request.product_set.is_empty() {
        return Err(Words::new(
            "Yêu cầu chưa ghi cần mặt hàng nào.",
            "The request does not say which goods are wanted.",
        ));
    }
    Ok(Act::Match(request.id))
}

/// What one side of an introduction says to it; the side that is still to answer stands in the form.
pub(in crate::command) fn answer(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Lead)?;
    let lead = here.book.get::<Lead>(id).filter(|lead| lead.request.is_some()).ok_or_else(|| {
        Words::new("Đầu mối này không do giới thiệu mà có.", "This lead does not come from an introduction.")
    })?;
    let side = if lead.seller_answer == Answer::Pending { Side::Seller } else { Side::Buyer };
    let given = [
        ("side", Value::Text(Text::new(side.key()))),
        ("answer", Value::Text(Text::new(Answer::Accepted.key()))),
        ("on", Value::Date(here.today)),
    ];
    ask(here, "lead-answer", Kind::Lead, answer_intent, &given)
}

fn answer_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, lead) = subject(here)?;
    Ok(Intent::AnswerIntroduction {
        lead,
        side: Side::from_key(answers.get("side").as_text()).unwrap_or_default(),
        answer: Answer::from_key(answers.get("answer").as_text()).unwrap_or_default(),
        on: answers.get("on").as_date(),
        reason: text(answers, "reason"),
    })
}

/// The act of introducing businesses for a request: both sides are asked within a few days.
#[must_use]
pub fn introduce(request: Id, businesses: Vec<Id>, today: Date, lang: Lang) -> Intent {
    let next_step = Words::new("Hỏi ý hai bên", "Ask both sides");
    Intent::Introduce {
        request,
        businesses,
        next_step: Text::new(next_step.in_lang(lang)),
        due_on: in_days(today, ASK_DAYS).as_date(),
    }
}

fn all_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::EditAll { kind, ids: here.chosen.to_vec(), fields: answers.all() })
}

/// Several records of one partner made one; the first stays unless somebody says otherwise.
pub(in crate::command) fn merge_partners(here: &Here<'_>) -> Result<Act, Words> {
    merge(here, "partner-merge", Kind::Partner)
}

/// Several records of one person made one.
pub(in crate::command) fn merge_contacts(here: &Here<'_>) -> Result<Act, Words> {
    merge(here, "contact-merge", Kind::Contact)
}

fn merge(here: &Here<'_>, id: &str, kind: Kind) -> Result<Act, Words> {
    let chosen = here.chosen(kind)?;
    // With one line under the cursor the other is asked for; of several the first stays.
    let keep = if chosen.len() > 1 { chosen.first().copied() } else { None };
    ask(here, id, kind, merge_intent, &[("keep", keep.map_or(Value::Empty, Value::Link))])
}

fn merge_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (kind, _) = subject(here)?;
    Ok(Intent::Merge { kind, into: link(answers, "keep")?, from: here.chosen.to_vec() })
}
