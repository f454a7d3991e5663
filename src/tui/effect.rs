//! What comes into the app and what it asks for: plain data both ways, so that a test or a connection can stand at
//! either end.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::dates::Moment;
use crate::base::ids::Id;
use crate::base::words::Words;
use crate::command::form::Signature;
use crate::command::{FileUse, Seek};
use crate::domain::book::Book;
use crate::domain::change::Entry;
use crate::domain::conference::from_book as meeting_plan;
use crate::domain::intent::Intent;
use crate::domain::placing::proposal::Proposal;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::ImportKind;
use crate::exchange::preview::Preview;
use crate::exchange::question::Decisions;
use crate::tui::input::Input;

/// What comes in.
#[derive(Debug)]
pub enum Msg {
    /// What the person did.
    Input(Input),
    /// A newer durable book.
    Book(Arc<Book>),
    /// The book takes no more acts.
    ReadOnly(Words),
    /// The moment, told with every batch.
    Now(Moment),
    /// An act was stored, or not.
    Outcome(Ticket, Result<Stored, Fault>),
    /// Entries of the journal, newest first.
    Entries(Result<Vec<Entry>, Words>),
    /// The entries that touched a record, newest first.
    RecordHistory(Kind, Id, Result<Vec<Entry>, Words>),
    /// What an import would do.
    Previewed(Ticket, Box<Result<Preview, Words>>),
    /// What was found in a file, or why it cannot be read.
    FileRead(Ticket, Box<Result<FileRead, Words>>),
    /// A placing is under way: so many thousandths of its time are over.
    Arranging(u32),
    /// Placings were found, or cannot be looked for.
    Arranged(Box<Result<Vec<Proposal>, Words>>),
    /// Why a registration stands where it stands.
    Explained(Id, Result<Vec<Words>, Words>),
    /// A timetable was found, or cannot be looked for.
    MeetingsPlanned(Box<Result<meeting_plan::Proposal, Words>>),
    /// A file was written, or not.
    Written(Result<PathBuf, Words>),
    /// The program is asked to end (a signal).
    End,
}

/// An act that was stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What was done.
    pub words: Words,
    /// True when it can be undone.
    pub may_be_undone: bool,
}

/// Why an act was not stored.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The person can mend it.
    Refused(Refusal),
    /// The disk or the program.
    Failed(Words),
}

/// Which act, or which file that is read, an answer belongs to.
pub type Ticket = u64;

/// What the app asks for.
#[derive(Debug)]
pub enum Effect {
    /// Store an act, signed where it has to be.
    Submit(Ticket, Box<Intent>, Option<Box<Signature>>),
    /// Take the newest act back, or do it again.
    TakeBack(Ticket, bool),
    /// Read entries `from..=to` of the journal.
    Entries(u64, u64),
    /// Read the entries that touched a record.
    RecordHistory(Kind, Id),
    /// Read a file and say what an import would do.
    Preview(Ticket, ImportFile),
    /// Look for something in the placing of a fair.
    Arrange(Id, Seek),
    /// Say why a registration of the fair stands where it stands.
    Explain(Id, Id),
    /// Look into a file.
    ReadFile(Ticket, FileUse, PathBuf),
    /// End the search for a placing with the best so far.
    EndArranging,
    /// Look for a timetable of a conference.
    PlanMeetings(Id, meeting_plan::Planning),
    /// Write a file that is not there yet.
    Write(PathBuf, Vec<u8>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Stop until the shell continues.
    Suspend,
    /// The end.
    Quit,
}

/// How a line of what was found in a file is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// What it is all about.
    Title,
    /// It is in order.
    Good,
    /// Somebody has to look.
    Doubt,
    /// Something is wrong.
    Bad,
    /// Nothing follows from it.
    Plain,
}

/// What was found in a file.
#[derive(Clone, Debug)]
pub struct FileRead {
    /// What there is to read.
    pub lines: Vec<(Weighed, Words)>,
    /// What would be stored; none when there is nothing to store.
    pub intent: Option<Intent>,
}

/// A file to be brought in, or lines typed in its stead.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// What its rows become.
    pub kind: ImportKind,
    /// Where it lies.
    pub path: PathBuf,
    /// What was typed in its stead.
    pub typed: Option<String>,
    /// The fair that its rows belong to.
    pub fair: Option<Id>,
    /// What was decided of names that are close to others on file.
    pub decisions: Decisions,
}
