//! The writer's thread: takes what waits, decides one after another, makes all of it durable with one flush, then
//! publishes and answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::{Entry, TakesBack};
use crate::domain::check::check;
use crate::domain::decide::{Decision, decide, finality};
use crate::domain::env::Env;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::engine::codec::{Head, Story, encode, new_change};
use crate::engine::{Answer, Desk, Failure, News, Outside, Receipt, Signer, closed, erase, past, take_back};
use crate::say;
use crate::store::{Erasure, NewEntry, Store};

/// How many acts share one flush at most.
const GROUP_MAX: usize = 64;

pub(super) enum Request {
    Act { who: Text, signer: Option<Signer>, intent: Box<Intent>, answer: Answer<Receipt> },
    TakeBack { who: Text, redo: bool, answer: Answer<Receipt> },
    Entries { from: u64, to: u64, answer: Answer<Vec<Entry>> },
    History { kind: Kind, id: Id, answer: Answer<Vec<Entry>> },
    Past { until: Moment, answer: Answer<Book> },
    Verify { answer: Answer<Words> },
    Backup { file: PathBuf, answer: Answer<Words> },
    Close,
}

impl Request {
    /// Answers with a failure, whatever was asked.
    pub(super) fn refuse(self, failure: &Failure) {
        match self {
            Self::Act { answer, .. } | Self::TakeBack { answer, .. } => answer(Err(failure.clone())),
            Self::Entries { answer, .. } | Self::History { answer, .. } => answer(Err(failure.clone())),
            Self::Past { answer, .. } => answer(Err(failure.clone())),
            Self::Verify { answer } | Self::Backup { answer, .. } => answer(Err(failure.clone())),
            Self::Close => {}
        }
    }
}

/// An act that was decided and waits for the disk.
struct Waiting {
    receipt: Receipt,
    answer: Answer<Receipt>,
}

/// True when an act needs every entry before it in the store.
fn reads_the_journal(request: &Request) -> bool {
    match request {
        Request::TakeBack { .. } => true,
        Request::Act { intent, .. } => matches!(**intent, Intent::Erase { .. } | Intent::CloseRequest { .. }),
        _ => false,
    }
}

pub(super) struct Writer {
    pub(super) store: Box<dyn Store>,
    pub(super) book: Book,
    pub(super) desk: Desk,
    pub(super) outside: Arc<Outside>,
    /// Why nothing is stored any more, once a write has failed or the book was found broken.
    pub(super) stopped: Option<Failure>,
}

impl Writer {
    /// Works until the book is closed.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        let mut next = requests.recv().ok();
        while let Some(request) = next.take() {
            match request {
                Request::Close => break,
                Request::Act { .. } | Request::TakeBack { .. } => next = self.group(request, requests),
                other => self.read(other),
            }
            if next.is_none() {
                next = requests.recv().ok();
            }
        }
        while let Ok(request) = requests.try_recv() {
            request.refuse(&closed());
        }
    }

    /// Decides an act and those that wait behind it, writes them with one flush; gives back the request that ended the
    /// group.
    fn group(&mut self, first: Request, requests: &Receiver<Request>) -> Option<Request> {
        let mut book = self.book.clone();
        let (mut entries, mut waiting) = (Vec::new(), Vec::new());
        let mut ended = None;
        let mut request = Some(first);
        while let Some(taken) = request.take() {
            // What is taken back or erased is read from the store, so that it must be there.
            let reads = reads_the_journal(&taken);
            if reads && !entries.is_empty() {
                ended = Some(taken);
                break;
            }
            match taken {
                Request::Act { who, signer, intent, answer } => {
                    let act = self.act(&book, who, signer.as_ref(), &intent);
                    let act = act.map(|(decision, entry)| {
                        let may_be_undone = finality(intent.name(), &decision.changes).is_none();
                        (decision, entry, may_be_undone)
                    });
                    self.take(act, answer, &mut book, &mut entries, &mut waiting);
                }
                Request::TakeBack { who, redo, answer } => {
                    let act = self.back(&book, who, redo).map(|(decision, entry)| (decision, entry, false));
                    self.take(act, answer, &mut book, &mut entries, &mut waiting);
                }
                other => {
                    ended = Some(other);
                    break;
                }
            }
            if reads || entries.len() >= GROUP_MAX {
                break;
            }
            request = requests.try_recv().ok();
        }
        self.commit(book, &entries, waiting);
        ended
    }

    fn take(
        &self,
        act: Result<(Decision, Option<NewEntry>, bool), Failure>,
        answer: Answer<Receipt>,
        book: &mut Book,
        entries: &mut Vec<NewEntry>,
        waiting: &mut Vec<Waiting>,
    ) {
        match act {
            Err(failure) => answer(Err(failure)),
            Ok((decision, None, _)) => {
                answer(Ok(Receipt { seq: 0, words: decision.words, touched: Vec::new(), may_be_undone: false }));
            }
            Ok((decision, Some(entry), may_be_undone)) => {
                let touched = decision.changes.iter().filter_map(crate::domain::change::Change::subject).collect();
                let receipt = Receipt { seq: entry.seq, words: decision.words, touched, may_be_undone };
                waiting.push(Waiting { receipt, answer });
                *book = decision.next;
                entries.push(entry);
            }
        }
    }

    fn act(
        &self,
        book: &Book,
        who: Text,
        signer: Option<&Signer>,
        intent: &Intent,
    ) -> Result<(Decision, Option<NewEntry>), Failure> {
        self.still_open()?;
        let signer = signer.map(|signer| signer.name_in(book)).transpose()?;
        let env = self.env(book, who).signed(signer);
        let erased = intent.erases(book);
        let env = match erased {
            Some(subject) => env.forgetting(erase::versions(self.store.as_ref(), subject)?),
            None => env,
        };
        let decision = decide(book, intent, &env, book.seq + 1)?;
        let erasures = match erased {
            Some(subject) => erase::erasures(self.store.as_ref(), book, subject, &env.forgotten, &decision.changes)?,
            None => Vec::new(),
        };
        let entry = self.entry(book, &decision, &env, intent.name(), None, erasures)?;
        Ok((decision, entry))
    }

    fn back(&self, book: &Book, who: Text, redo: bool) -> Result<(Decision, Option<NewEntry>), Failure> {
        self.still_open()?;
        let target = take_back::find(self.store.as_ref(), &who, redo)?;
        let env = self.env(book, who);
        let mut decision = crate::domain::decide::take_back(book, &target, &env, book.seq + 1)?;
        let takes_back = if redo {
            decision.words = say!("Làm lại: {}", "Redid: {}"; take_back::undone_words(&target.words));
            TakesBack::Redo(target.seq)
        } else {
            TakesBack::Undo(target.seq)
        };
        let name = if redo { "redo" } else { "undo" };
        let entry = self.entry(book, &decision, &env, name, Some(takes_back), Vec::new())?;
        Ok((decision, entry))
    }

    /// The journal's time never goes back, whatever the machine's clock does: the book as at a moment rests on it.
    fn env(&self, book: &Book, who: Text) -> Env {
        Env::new(self.outside.now().max(book.at), who, self.outside.chance())
    }

    fn still_open(&self) -> Result<(), Failure> {
        self.stopped.clone().map_or(Ok(()), Err)
    }

    fn entry(
        &self,
        book: &Book,
        decision: &Decision,
        env: &Env,
        intent: &str,
        takes_back: Option<TakesBack>,
        erasures: Vec<Erasure>,
    ) -> Result<Option<NewEntry>, Failure> {
        if decision.changes.is_empty() && erasures.is_empty() {
            return Ok(None);
        }
        // Laws are held around the changes by the decision; here, in builds with assertions, over the whole book.
        debug_assert_eq!(check(&decision.next), Vec::new(), "BUG: a decision broke a law");
        let mut changes = Vec::with_capacity(decision.changes.len());
        for change in &decision.changes {
            let previous = match change.subject() {
                Some((kind, id)) => match book.touched(kind, id) {
                    // A record that comes back was touched by the entry that removed it.
                    0 => self.store.touched(kind.key(), *id.as_bytes())?.unwrap_or(0),
                    seq => seq,
                },
                None => 0,
            };
            changes.push(new_change(change, previous)?);
        }
        Ok(Some(NewEntry {
            seq: book.seq + 1,
            head: encode(&Head { at: env.at, who: env.who.clone(), takes_back })?,
            story: encode(&Story { intent: Text::new(intent), words: decision.words.clone() })?,
            changes,
            erasures,
            chance: env.salt(),
        }))
    }

    /// Durable first, visible second.
    fn commit(&mut self, book: Book, entries: &[NewEntry], waiting: Vec<Waiting>) {
        if entries.is_empty() {
            return;
        }
        match self.store.append(entries) {
            Ok(()) => {
                self.book = book;
                self.desk.publish(Arc::new(self.book.clone()));
                for act in waiting {
                    (act.answer)(Ok(act.receipt));
                }
            }
            Err(fault) => {
                let failure = Failure::from(fault);
                self.desk.tell(&News::ReadOnly(failure.words()));
                self.stopped = Some(failure.clone());
                for act in waiting {
                    (act.answer)(Err(failure.clone()));
                }
            }
        }
    }

    fn read(&mut self, request: Request) {
        let store = self.store.as_ref();
        match request {
            Request::Entries { from, to, answer } => answer(past::entries(store, from, to)),
            Request::History { kind, id, answer } => answer(past::history(store, kind, id)),
            Request::Past { until, answer } => answer(past::as_at(store, until)),
            Request::Verify { answer } => answer(past::verified(store, &self.book)),
            Request::Backup { file, answer } => {
                answer(crate::store::backup(store, &file).map(|report| report.words()).map_err(Failure::from));
            }
            Request::Act { .. } | Request::TakeBack { .. } | Request::Close => {}
        }
    }
}
