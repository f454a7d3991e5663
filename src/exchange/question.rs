//! What an import asks of the person who checks it: a name that is new and close to one on file. Until somebody decides, it is
//! new, and that is told; a decision goes through the whole import again, so that the preview stays the outcome.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words, capital};
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::exchange::sheet::Remark;
use crate::say;

/// What becomes of the rows with a name that is close to one on file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decision {
    /// It is another one.
    #[default]
    New,
    /// It is this record.
    Same(Id),
    /// The rows are left out.
    Skip,
}

/// What was decided, by what is asked about and the first line that raised the question.
pub type Decisions = BTreeMap<(Kind, u32), Decision>;

/// What is asked when nobody has decided anything yet.
pub static UNDECIDED: Decisions = Decisions::new();

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about: a firm, a partner, a person.
    pub kind: Kind,
    /// The first line with this name.
    pub line: u32,
    /// The name in the file.
    pub name: Text,
    /// The records on file that it may be.
    pub candidates: Vec<Candidate>,
    /// What was decided.
    pub decision: Decision,
}

/// A record that may be meant, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub id: Id,
    /// Its name, with its place where that tells it from others.
    pub told: String,
}

impl Candidate {
    /// A record by its title.
    pub(super) fn titled(book: &Book, kind: Kind, id: Id) -> Self {
        Self { id, told: title(book, kind, id, Lang::Vi) }
    }
}

impl Question {
    /// What was decided, or what will be if nobody does.
    #[must_use]
    pub fn outcome(&self) -> Words {
        match self.decision {
            Decision::New => Words::new("mới", "new"),
            Decision::Skip => Words::new("bỏ qua", "left out"),
            Decision::Same(id) => {
                let told = self.candidates.iter().find(|one| one.id == id).map_or("", |one| one.told.as_str());
                say!("là {told}", "is {told}")
            }
        }
    }

    /// The next decision, round and round: new, each record that it may be, left out.
    #[must_use]
    pub fn next(&self) -> Decision {
        let ids = || self.candidates.iter().map(|one| one.id);
        match self.decision {
            Decision::New => ids().next().map_or(Decision::Skip, Decision::Same),
            Decision::Same(id) => ids().skip_while(|one| *one != id).nth(1).map_or(Decision::Skip, Decision::Same),
            Decision::Skip => Decision::New,
        }
    }

    /// The question and its answer in a sentence.
    #[must_use]
    pub fn remark(&self) -> Remark {
        let names: Vec<&str> = self.candidates.iter().map(|one| one.told.as_str()).collect();
        let (name, noun, names) = (&self.name, self.kind.words(), names.join("; "));
        let words = match self.decision {
            Decision::New => Words {
                vi: format!("{} “{name}” là mới, gần giống: {names}.", capital(&noun.vi)).into(),
                en: format!("The {} “{name}” is new, and close to {names}.", noun.en).into(),
            },
            Decision::Same(_) | Decision::Skip => say!("“{name}”: {}.", "“{name}”: {}."; self.outcome()),
        };
        Remark { line: Some(self.line), words }
    }
}

/// The questions of one import in the making.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    decisions: &'a Decisions,
    asked: Vec<Question>,
    skipped: BTreeSet<u32>,
}

impl<'a> Asking<'a> {
    pub(super) const fn new(decisions: &'a Decisions) -> Self {
        Self { decisions, asked: Vec::new(), skipped: BTreeSet::new() }
    }

    /// Asks whether a name means one of these; nothing to ask where there are none.
    pub(super) fn ask(&mut self, kind: Kind, line: u32, name: &Text, candidates: Vec<Candidate>) -> Decision {
        if candidates.is_empty() {
            return Decision::New;
        }
        let decision = self.decisions.get(&(kind, line)).copied().unwrap_or_default();
        self.asked.push(Question { kind, line, name: name.clone(), candidates, decision });
        decision
    }

    /// A row that is left out because of what was decided.
    pub(super) fn skip(&mut self, line: u32) {
        self.skipped.insert(line);
    }

    /// The questions, and the lines left out.
    pub(super) fn into_asked(self) -> (Vec<Question>, BTreeSet<u32>) {
        (self.asked, self.skipped)
    }
}
