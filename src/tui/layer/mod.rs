//! What lies over a screen and takes the keys first: forms, choices, help, palette, records, import.

pub mod capture;
pub mod choose;
pub mod file;
pub mod form;
pub mod import;
pub mod matching;
pub mod meetings;
pub mod offers;
mod order;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod proposal;
pub mod qr;
pub mod record;
pub mod text;
pub mod timetable;
pub mod write;

use crate::base::words::Words;
use crate::command::Act;
use crate::domain::intent::Intent;
use crate::tui::screen::list::List;

/// A layer; the topmost has the keyboard.
#[derive(Debug)]
pub enum Layer {
    /// A form to fill in.
    Form(Box<form::FormLayer>),
    /// A choice among a few acts.
    Choose(choose::Choose<Act>),
    /// Which columns a list shows.
    Columns(choose::Choose<&'static str>),
    /// A question that is confirmed by another key than the one that raised it.
    Confirm(Words, Box<Intent>),
    /// The command palette.
    Palette(palette::Palette),
    /// A record to be found by typing.
    Picker(picker::Picker),
    /// Leads taken down, a line each.
    Capture(Box<capture::Capture>),
    /// A file name.
    Prompt(prompt::Prompt),
    /// A file to be brought in.
    Import(Box<import::Import>),
    /// Who fits a buyer's request.
    Match(Box<matching::MatchLayer>),
    /// A file to be looked into.
    File(Box<file::FileLayer>),
    /// A payment as a code to scan.
    Code(Box<qr::QrLayer>),
    /// The timetable of a conference.
    Timetable(Box<timetable::TimetableLayer>),
    /// A proposed timetable.
    Meetings(Box<meetings::MeetingsLayer>),
    /// A proposed placing.
    Proposal(Box<proposal::ProposalLayer>),
    /// Lines of text: help, messages, a record's history.
    Text(text::TextLayer),
    /// A record with all it holds.
    Record(record::RecordLayer),
    /// The records behind a figure.
    Records(Words, Box<List>),
}
