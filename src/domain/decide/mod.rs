//! From an intent to changes, or to a refusal. Pure: the same book, intent and environment give the same answer.

mod arrange;
mod booth;
mod budget;
mod claim;
mod conference;
mod draw;
mod entry;
mod erase;
mod evidence;
mod expense;
pub mod import;
mod introduce;
pub mod lead;
mod list;
mod merge;
mod offer;
mod payment;
mod people;
mod person;
mod plan;
mod privacy;
mod record;
mod recovery;
mod result;
mod settle;
mod step;

use std::collections::BTreeMap;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::check;
use crate::domain::env::Env;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::say;

pub use entry::{finality, take_back};
pub use erase::{copies, without_person, without_words, words_of};

/// What an intent comes to: the changes, the words for the journal, and the book after them.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The records before and after.
    pub changes: Vec<Change>,
    /// What was done, in words.
    pub words: Words,
    /// The book after the changes, as the entry `seq` of the call left it.
    pub next: Book,
}

/// Decides an intent. `seq` is the number that the entry will have.
///
/// # Errors
/// A [`Refusal`] when a rule or a law of the book forbids it; the book is as it was.
pub fn decide(book: &Book, intent: &Intent, env: &Env, seq: u64) -> Result<Decision, Refusal> {
    let mut desk = Desk::new(book, env, seq);
    desk.book.at = env.at;
    let words = match intent {
        Intent::Add { kind, fields } => record::add(&mut desk, *kind, fields)?,
        Intent::Edit { kind, id, fields } => record::edit(&mut desk, *kind, *id, fields)?,
        Intent::Remove { kind, id } => record::remove(&mut desk, *kind, *id)?,
        Intent::Erase { kind, id, reason } => erase::erase(&mut desk, *kind, *id, reason)?,
        Intent::CloseRequest { request, outcome } => privacy::close(&mut desk, *request, outcome)?,
        Intent::Look { kind, ids, reason } => privacy::look(&mut desk, *kind, ids, reason)?,
        Intent::Restrict { contacts, on, reason } => privacy::restrict_all(&mut desk, contacts, *on, reason)?,
        Intent::Import { kind, drafts, source } => import::import(&mut desk, *kind, drafts, source)?,
        Intent::Plan { parts, source } => import::plan(&mut desk, parts, source)?,
        Intent::Shift { kind, ids, right, down } => plan::shift(&mut desk, *kind, ids, (*right, *down))?,
        Intent::Turn { kind, ids, degrees } => plan::turn(&mut desk, *kind, ids, *degrees)?,
        Intent::Split { booth, parts, stacked } => plan::split(&mut desk, *booth, *parts, *stacked)?,
        Intent::Combine { booths } => plan::combine(&mut desk, booths)?,
        Intent::Renumber { booths, first, step } => plan::renumber(&mut desk, booths, first, *step)?,
        Intent::CopyFair { fair, code, name, opens_on, closes_on } => {
            plan::copy_fair(&mut desk, *fair, code, name, (*opens_on, *closes_on))?
        }
        Intent::Step { kind, id, to, reason } => step::step(&mut desk, *kind, *id, to, reason)?,
        Intent::StepAll { kind, ids, to, reason } => step::all(&mut desk, *kind, ids, to, reason)?,
        Intent::Place { registration, booths, share, from_on, to_on } => {
            booth::place(&mut desk, *registration, booths, *share, (*from_on, *to_on))?
        }
        Intent::Hold { booths, registration, held_for, until } => {
            booth::hold(&mut desk, booths, *registration, held_for, *until)?
        }
        Intent::Offer { booths, registration, until } => offer::offer(&mut desk, booths, *registration, *until)?,
        Intent::Answer { placements, accepts, reason } => offer::answer(&mut desk, placements, *accepts, reason)?,
        Intent::Lapse { fair } => offer::lapse(&mut desk, *fair)?,
        Intent::Arrange { fair, places } => arrange::arrange(&mut desk, *fair, places)?,
        Intent::Release { placements, reason } => booth::release(&mut desk, placements, reason)?,
        Intent::Move { placement, booth, reason } => booth::move_to(&mut desk, *placement, *booth, reason)?,
        Intent::Swap { one, other, reason } => booth::swap(&mut desk, *one, *other, reason)?,
        Intent::Draw { draw, act } => draw::act(&mut desk, *draw, act)?,
        Intent::Claim { registrations, scheme, fields } => claim::open_all(&mut desk, registrations, *scheme, fields)?,
        Intent::Decide { claims, budget, on } => claim::decide(&mut desk, claims, *budget, *on)?,
        Intent::Pay { claims, on } => payment::pay(&mut desk, claims, *on)?,
        Intent::Reverse { payment, reason } => payment::reverse(&mut desk, *payment, reason)?,
        Intent::Capture { meeting } => lead::capture(&mut desk, meeting)?,
        Intent::Captures { meetings, source } => lead::captures(&mut desk, meetings, source)?,
        Intent::Touch { lead, means, note, next_step, due_on } => {
            lead::touch(&mut desk, *lead, means, note, (next_step, *due_on))?
        }
        Intent::Merge { kind, into, from } => merge::merge(&mut desk, *kind, *into, from)?,
        Intent::Introduce { request, businesses, next_step, due_on } => {
            introduce::introduce(&mut desk, *request, businesses, (next_step, *due_on))?
        }
        Intent::AnswerIntroduction { lead, side, answer, on, reason } => {
            introduce::answer(&mut desk, *lead, *side, *answer, (*on, reason))?
        }
        Intent::Timetable { conference, meetings, away } => {
            conference::timetable(&mut desk, *conference, meetings, *away)?
        }
        Intent::EditAll { kind, ids, fields } => record::edit_all(&mut desk, *kind, ids, fields)?,
        Intent::Accept { claims, cost, vat, other_public, on } => {
            let proved = claim::Proved { cost: *cost, vat: *vat, other_public: *other_public };
            claim::accept_all(&mut desk, claims, proved, *on)?
        }
        Intent::Supplement { claim, grant, cost, vat, other_public, on, reason } => {
            let proved = claim::Proved { cost: *cost, vat: *vat, other_public: *other_public };
            claim::supplement(&mut desk, *claim, *grant, proved, *on, reason)?
        }
        Intent::Advance { claims, share, on } => payment::advance(&mut desk, claims, *share, *on)?,
        Intent::PayList { claims, on, title } => list::pay(&mut desk, claims, *on, title)?,
        Intent::Override { claim, finding, reason } => claim::answer(&mut desk, *claim, finding, reason)?,
        Intent::Attach { claim, document, file, sha256, file_bytes, on } => {
            let scan = evidence::Scan { file, sha256, file_bytes: *file_bytes };
            evidence::attach(&mut desk, *claim, *document, scan, *on)?
        }
        Intent::Recover { claim, amount, cause, decision_no, due_on } => {
            claim::recover(&mut desk, *claim, *amount, (*cause, decision_no, *due_on))?
        }
        Intent::Instalments { recovery, instalments } => recovery::plan(&mut desk, *recovery, instalments)?,
        Intent::Repay { recovery, amount, on, reference } => {
            recovery::repay(&mut desk, *recovery, *amount, *on, reference)?
        }
        Intent::CarryOver { from, to, decision_no, on } => budget::carry_over(&mut desk, *from, *to, decision_no, *on)?,
        Intent::Statement { lines, source } => payment::statement(&mut desk, lines, source)?,
        Intent::Passphrase { person, hash } => person::passphrase(&mut desk, *person, hash)?,
        Intent::Adjust { budget, amount, lower, decision_no, on, reason } => budget::adjust(
            &mut desk,
            *budget,
            if *lower { amount.negated()? } else { *amount },
            decision_no,
            *on,
            reason,
        )?,
    };
    desk.finish(words)
}

/// A decision in the making: each change is applied at once, so that later ones see it.
struct Desk<'a> {
    book: Book,
    changes: Vec<Change>,
    /// Records that were looked at in full: they stay as they are, and belong to the entry all the same.
    looked: Vec<Change>,
    env: &'a Env,
    seq: u64,
}

impl<'a> Desk<'a> {
    fn new(book: &Book, env: &'a Env, seq: u64) -> Self {
        Self { book: book.clone(), changes: Vec::new(), looked: Vec::new(), env, seq }
    }

    /// Who signs this act.
    fn signer(&self) -> Result<Text, Refusal> {
        self.env.signer.clone().ok_or_else(|| {
            Refusal::new(
                "signature-missing",
                say!("Việc này phải được ký bằng mật khẩu.", "This has to be signed with a passphrase."),
                say!(
                    "Người duyệt nhập tên và mật khẩu của mình.",
                    "Whoever approves enters a name and a passphrase of their own."
                ),
            )
        })
    }

    /// The day of an act about money: today unless an earlier one is told. No number is given in advance.
    fn day(&self, on: Option<Date>) -> Result<Date, Refusal> {
        let today = self.env.today();
        let day = on.unwrap_or(today);
        if day <= today {
            return Ok(day);
        }
        let (day, today) = (show_date(day), show_date(today));
        Err(Refusal::new(
            "day-future",
            say!("Ngày {day} chưa tới (hôm nay {today}).", "{day} is still to come (today is {today})."),
            say!("Ghi hôm nay hoặc ngày trước đó.", "Write today or an earlier day."),
        )
        .at("on"))
    }

    fn push(&mut self, change: Change) {
        if change.before == change.after {
            return;
        }
        self.book.apply(&change, self.seq);
        self.changes.push(change);
    }

    fn finish(mut self, words: Words) -> Result<Decision, Refusal> {
        self.changes = joined(self.changes);
        if let Some(breach) = check::check_around(&self.book, &self.changes).into_iter().next() {
            return Err(breach.into_refusal());
        }
        for look in self.looked {
            self.book.apply(&look, self.seq);
            self.changes.push(look);
        }
        self.book.seq = self.seq;
        Ok(Decision { changes: self.changes, words, next: self.book })
    }
}

/// An act has its day on or after that of the act that it rests on.
fn not_before(day: Date, earlier: Option<Date>, name: &str) -> Result<(), Refusal> {
    let Some(earlier) = earlier.filter(|earlier| day < *earlier) else { return Ok(()) };
    let (day, earlier) = (show_date(day), show_date(earlier));
    Err(Refusal::new(
        "day-before",
        say!(
            "{name}: ngày {day} trước bước liền trước ({earlier}).",
            "{name}: {day} is before the step that it follows ({earlier})."
        ),
        say!("Ghi ngày {earlier} hoặc sau đó.", "Write {earlier} or a later day."),
    )
    .at("on"))
}

/// The changes with each record at most once: as it was before the first and after the last.
fn joined(changes: Vec<Change>) -> Vec<Change> {
    let mut places: BTreeMap<(Kind, Id), usize> = BTreeMap::new();
    let mut joined: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let Some(subject) = change.subject() else { continue };
        match places.get(&subject) {
            Some(place) => joined[*place].after = change.after,
            None => {
                places.insert(subject, joined.len());
                joined.push(change);
            }
        }
    }
    joined.retain(|change| change.before != change.after);
    joined
}
