//! What an import would do, before anything is stored: what is new, what changes, what is refused and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::decide::import::trial;
use crate::domain::decide::lead::{self, Taken};
use crate::domain::env::Env;
use crate::domain::field::Value;
use crate::domain::intent::{Draft, Fields, Intent, Meeting};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::exchange::incoming::{Incoming, RefusedRow, refused_rows};
use crate::exchange::question::Question;
use crate::exchange::sheet::Remark;
use crate::say;

/// What an import would come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What the rows are.
    pub kind: Kind,
    /// What comes along in the same act, as the fixtures of a plan.
    pub along: Vec<(Kind, Vec<Draft>)>,
    /// The meetings of a contact report that would be stored.
    pub meetings: Vec<(u32, Meeting)>,
    /// The rows that would be stored; of a record that the book has, only the fields that differ.
    pub drafts: Vec<Draft>,
    /// How many would be new records.
    pub new: usize,
    /// How many would change a record.
    pub changed: usize,
    /// How many say what the book says already.
    pub unchanged: usize,
    /// What cannot be stored, by line.
    pub refused: Vec<RefusedRow>,
    /// What a person who checks the result should know.
    pub warnings: Vec<Remark>,
    /// What the person who checks it may decide.
    pub questions: Vec<Question>,
    /// The rows that are left out by a decision.
    pub skipped: BTreeSet<u32>,
    /// Why the good rows could not be stored together, if they could not.
    pub whole: Option<Refusal>,
}

/// Sets the rows against the book and tries those that would change it.
#[must_use]
pub fn preview(book: &Book, incoming: Incoming, env: &Env) -> Preview {
    let Incoming { kind, drafts, mut refused, warnings, headers, along, questions, skipped } = incoming;
    let mut parts = vec![(kind, drafts)];
    parts.extend(along);
    // Those that others point to go first.
    parts.sort_by_key(|(kind, _)| *kind);
    let rows: usize = parts.iter().map(|(_, drafts)| drafts.len()).sum();
    for (kind, drafts) in &mut parts {
        let all = std::mem::take(drafts);
        drafts.extend(all.into_iter().filter_map(|draft| what_differs(book, *kind, draft)));
    }
    let unchanged = rows - parts.iter().map(|(_, drafts)| drafts.len()).sum::<usize>();
    let tried = trial(book, &parts, env);
    let mut refusals = tried.refusals.into_iter();
    let (mut new, mut changed) = (0, 0);
    for (_, drafts) in &mut parts {
        let all = std::mem::take(drafts);
        for (draft, refusal) in all.into_iter().zip(refusals.by_ref()) {
            match refusal {
                None => {
                    *(if draft.id.is_some() { &mut changed } else { &mut new }) += 1;
                    drafts.push(draft);
                }
                Some(refusal) => {
                    let column = headers.get(refusal.field.as_str()).cloned().unwrap_or_default();
                    refused.push(RefusedRow { line: draft.line, column, refusal });
                }
            }
        }
    }
    refused.sort_by_key(|row| row.line);
    let (main, along): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(own, _)| *own == kind);
    let drafts = main.into_iter().flat_map(|(_, drafts)| drafts).collect();
    let along = along.into_iter().filter(|(_, drafts)| !drafts.is_empty()).collect();
    let (meetings, whole) = (Vec::new(), tried.whole);
    Preview { kind, along, meetings, new, changed, drafts, unchanged, refused, warnings, questions, skipped, whole }
}

/// Tries the meetings of a contact report.
#[must_use]
pub fn preview_meetings(book: &Book, meetings: Vec<(u32, Meeting)>, incoming: Incoming, env: &Env) -> Preview {
    let Incoming { kind, mut refused, warnings, headers, questions, skipped, .. } = incoming;
    let outcomes = lead::trial(book, &meetings, env);
    let (mut new, mut changed, mut unchanged) = (0, 0, 0);
    let mut good = Vec::new();
    for ((line, meeting), outcome) in meetings.into_iter().zip(outcomes) {
        match outcome {
            Ok(Taken::Known) => unchanged += 1,
            Ok(taken) => {
                *(if taken == Taken::New { &mut new } else { &mut changed }) += 1;
                good.push((line, meeting));
            }
            Err(refusal) => {
                let column = headers.get(refusal.field.as_str()).cloned().unwrap_or_default();
                refused.push(RefusedRow { line, column, refusal });
            }
        }
    }
    refused.sort_by_key(|row| row.line);
    let (along, drafts, whole) = (Vec::new(), Vec::new(), None);
    let meetings = good;
    Preview { kind, along, meetings, new, changed, drafts, unchanged, refused, warnings, questions, skipped, whole }
}

/// The draft with only what differs from its record; none when nothing does.
fn what_differs(book: &Book, kind: Kind, mut draft: Draft) -> Option<Draft> {
    let Some(record) = draft.id.and_then(|id| book.record(kind, id)) else { return Some(draft) };
    let mut wanted = record.clone();
    let places: BTreeMap<&str, usize> =
        kind.fields().iter().enumerate().map(|(place, field)| (field.key, place)).collect();
    let differs = |key: &str, value: &Value, wanted: &mut Record| {
        let Some(place) = places.get(key) else { return true };
        let now = record.as_noun().get(*place);
        if same(&now, value) {
            return false;
        }
        // A value that the record holds as the same (one choice as a list of one) is no change.
        !wanted.set(*place, value.clone()) || wanted.as_noun().get(*place) != now
    };
    let fields: Fields = std::mem::take(&mut draft.fields);
    draft.fields = fields.into_iter().filter(|(key, value)| differs(key, value, &mut wanted)).collect();
    (!draft.fields.is_empty()).then_some(draft)
}

/// Moments are written to the minute, so that a file need not know more of one.
fn same(now: &Value, said: &Value) -> bool {
    match (now, said) {
        (Value::Moment(now), Value::Moment(said)) => now.show() == said.show(),
        _ => now == said,
    }
}

impl Preview {
    /// The import of the good rows, as one act and one undo.
    #[must_use]
    pub fn intent(&self, source: &Text) -> Intent {
        if !self.meetings.is_empty() {
            return Intent::Captures { meetings: self.meetings.clone(), source: source.clone() };
        }
        if self.along.is_empty() {
            return Intent::Import { kind: self.kind, drafts: self.drafts.clone(), source: source.clone() };
        }
        let mut parts = vec![(self.kind, self.drafts.clone())];
        parts.extend(self.along.iter().cloned());
        parts.sort_by_key(|(kind, _)| *kind);
        Intent::Plan { parts, source: source.clone() }
    }

    /// True when there is nothing to store.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.along.is_empty() && self.meetings.is_empty()
    }

    /// How many rows cannot be stored.
    #[must_use]
    pub fn refused_rows(&self) -> usize {
        refused_rows(&self.refused)
    }

    /// What new records of other kinds come along; nothing where none does.
    #[must_use]
    pub fn along_words(&self) -> Option<Words> {
        let parts = |lang: Lang| -> Vec<String> {
            let each = |(kind, drafts): &(Kind, Vec<Draft>)| match (lang, drafts.len()) {
                (Lang::Vi, count) => format!("{count} {}", kind.words().vi),
                (Lang::En, 1) => format!("1 {}", kind.words().en),
                (Lang::En, count) => format!("{count} {}", kind.plural()),
            };
            self.along.iter().map(each).collect()
        };
        let (vi, en) = (parts(Lang::Vi).join(", "), parts(Lang::En).join(", "));
        (!self.along.is_empty()).then(|| say!("Trong đó: {vi}.", "Of these: {en}."))
    }

    /// The sums in one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { new, changed, unchanged, .. } = self;
        let (refused, skipped) = (self.refused_rows(), self.skipped.len());
        if skipped > 0 {
            return say!(
                "{new} dòng mới, {changed} dòng sửa, {unchanged} dòng không đổi, {skipped} dòng bỏ qua, {refused} dòng không nhận.",
                "{new} new, {changed} changed, {unchanged} unchanged, {skipped} left out, {refused} refused."
            );
        }
        say!(
            "{new} dòng mới, {changed} dòng sửa, {unchanged} dòng không đổi, {refused} dòng không nhận.",
            "{new} new, {changed} changed, {unchanged} unchanged, {refused} refused."
        )
    }
}
