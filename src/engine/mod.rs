//! The one writer: every act of every person goes through it, is decided, made durable, and only then seen.
//!
//! Screens and shell hold a [`Desk`], which sends requests and receives answers; the same messages could cross a
//! socket.

mod codec;
mod daily;
mod demo;
pub mod env;
mod erase;
mod failure;
pub mod import;
mod opening;
mod past;
pub mod placing;
mod salvage;
pub mod signing;
mod take_back;
mod writer;

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Entry;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;

pub use daily::{back_up_daily, backup_dir};
pub use demo::{DEMO_PASSPHRASE, FILES as DEMO_FILES, fill_demo};
pub use env::Outside;
pub use failure::Failure;
pub use opening::{open, open_or_create, opened, owner};
pub use past::{as_at, never_was};
pub use salvage::salvage;
pub use signing::Signer;
use writer::Request;

/// What an acknowledged act came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The journal entry; 0 when nothing changed.
    pub seq: u64,
    /// What was done, in words.
    pub words: Words,
    /// The records it touched.
    pub touched: Vec<(Kind, Id)>,
    /// True when it can be undone.
    pub may_be_undone: bool,
}

/// What a watcher is told, after the book is durable.
#[derive(Clone, Debug)]
pub enum News {
    /// A newer book.
    Book(Arc<Book>),
    /// The store takes no more acts; the words say why and what to do.
    ReadOnly(Words),
}

type Watcher = Box<dyn Fn(News) + Send>;
type Answer<T> = Box<dyn FnOnce(Result<T, Failure>) + Send>;

/// Everybody's way to the book.
#[derive(Clone)]
pub struct Desk {
    requests: Sender<Request>,
    book: Arc<RwLock<Arc<Book>>>,
    watchers: Arc<Mutex<Vec<Watcher>>>,
    stopped: Option<Words>,
}

/// The writer's thread; dropping it finishes what was asked and closes the book.
pub struct Engine {
    desk: Desk,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// A way to the book.
    #[must_use]
    pub fn desk(&self) -> Desk {
        self.desk.clone()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The writer may be gone already when the store failed; then there is nothing left to finish.
        let _ = self.desk.requests.send(Request::Close);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Desk {
    /// The newest durable book.
    #[must_use]
    pub fn book(&self) -> Arc<Book> {
        Arc::clone(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why the book took no acts from the moment it was opened, if it did not.
    #[must_use]
    pub const fn stopped(&self) -> Option<&Words> {
        self.stopped.as_ref()
    }

    /// Tells `watcher` of every newer book, from the writer's thread: it should only pass the news on.
    pub fn watch(&self, watcher: impl Fn(News) + Send + 'static) {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(watcher));
    }

    /// Asks for an act; `answer` is called once, when it is durable or refused.
    pub fn submit(&self, who: Text, intent: Intent, answer: impl FnOnce(Result<Receipt, Failure>) + Send + 'static) {
        self.submit_signed(who, None, intent, answer);
    }

    /// Asks for an act that somebody has signed.
    pub fn submit_signed(
        &self,
        who: Text,
        signer: Option<Signer>,
        intent: Intent,
        answer: impl FnOnce(Result<Receipt, Failure>) + Send + 'static,
    ) {
        self.ask(Request::Act { who, signer, intent: Box::new(intent), answer: Box::new(answer) });
    }

    /// Asks to take back the newest act of this person that still stands, or with `redo` to do again what was last
    /// taken back.
    pub fn take_back(&self, who: Text, redo: bool, answer: impl FnOnce(Result<Receipt, Failure>) + Send + 'static) {
        self.ask(Request::TakeBack { who, redo, answer: Box::new(answer) });
    }

    /// Asks for the entries `from..=to`, newest first.
    pub fn entries(&self, from: u64, to: u64, answer: impl FnOnce(Result<Vec<Entry>, Failure>) + Send + 'static) {
        self.ask(Request::Entries { from, to, answer: Box::new(answer) });
    }

    /// Asks for the entries that touched a record, newest first.
    pub fn history(&self, kind: Kind, id: Id, answer: impl FnOnce(Result<Vec<Entry>, Failure>) + Send + 'static) {
        self.ask(Request::History { kind, id, answer: Box::new(answer) });
    }

    /// Asks for the book as it was at the end of a moment.
    pub fn past(&self, until: Moment, answer: impl FnOnce(Result<Book, Failure>) + Send + 'static) {
        self.ask(Request::Past { until, answer: Box::new(answer) });
    }

    /// Asks to replay the journal and compare it with the records; the answer is in words.
    pub fn verify(&self, answer: impl FnOnce(Result<Words, Failure>) + Send + 'static) {
        self.ask(Request::Verify { answer: Box::new(answer) });
    }

    /// Asks for a backup in one plain file.
    pub fn backup(&self, file: &Path, answer: impl FnOnce(Result<Words, Failure>) + Send + 'static) {
        self.ask(Request::Backup { file: file.to_path_buf(), answer: Box::new(answer) });
    }

    /// Does an act and waits until it is durable.
    ///
    /// # Errors
    /// When it is refused, or the store fails.
    pub fn act(&self, who: &Text, intent: Intent) -> Result<Receipt, Failure> {
        wait(|answer| self.submit(who.clone(), intent, answer))
    }

    /// Does an act that somebody has signed and waits until it is durable.
    ///
    /// # Errors
    /// When it is refused, or the store fails.
    pub fn act_signed(&self, who: &Text, signer: Option<Signer>, intent: Intent) -> Result<Receipt, Failure> {
        wait(|answer| self.submit_signed(who.clone(), signer, intent, answer))
    }

    /// Waits for the answer to one of the questions above.
    ///
    /// # Errors
    /// The question's own failure, or that the writer is gone.
    pub fn wait<T: Send + 'static>(&self, question: impl FnOnce(&Self, Answer<T>)) -> Result<T, Failure> {
        wait(|answer| question(self, Box::new(answer)))
    }

    fn ask(&self, request: Request) {
        if let Err(unsent) = self.requests.send(request) {
            unsent.0.refuse(&closed());
        }
    }

    fn publish(&self, book: Arc<Book>) {
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&book);
        self.tell(&News::Book(book));
    }

    fn tell(&self, news: &News) {
        for watcher in self.watchers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            watcher(news.clone());
        }
    }
}

fn closed() -> Failure {
    Failure::Book {
        code: "book-closed",
        words: Words::new("Sổ đã đóng. Mở lại chương trình.", "The book is closed. Start the program again."),
    }
}

fn wait<T: Send + 'static>(question: impl FnOnce(Box<dyn FnOnce(Result<T, Failure>) + Send>)) -> Result<T, Failure> {
    let (answer, answered) = channel();
    question(Box::new(move |result| {
        let _ = answer.send(result);
    }));
    answered.recv().unwrap_or_else(|_| Err(closed()))
}
