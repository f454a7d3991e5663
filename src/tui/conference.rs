//! What the timetable of a conference does to the app: looked at, looked for, accepted.

use std::path::PathBuf;

use crate::base::ids::Id;
use crate::base::text::fold;
use crate::base::words::Words;
use crate::domain::conference::from_book::{Planning, Proposal};
use crate::domain::record::Kind;
use crate::exchange::outgoing::{Going, file};
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Layer;
use crate::tui::layer::meetings::MeetingsLayer;
use crate::tui::layer::prompt::{Prompt, Purpose};
use crate::tui::layer::timetable::{Grid, TimetableLayer};

impl App {
    /// Begins to look for a timetable, or shows the one that was found meanwhile.
    pub(super) fn plan_meetings(&mut self, conference: Id, planning: Planning) -> Vec<Effect> {
        if let Some(found) = self.found_meetings.take_if(|found| found.proposal.conference == conference) {
            self.layers.push(Layer::Meetings(found));
            return Vec::new();
        }
        self.progress = Some(Words::new("Đang xếp lịch…", "Looking for a timetable…"));
        vec![Effect::PlanMeetings(conference, planning)]
    }

    /// Shows what was found; while something else has the keyboard it waits, so that no key meant for that accepts it.
    pub(super) fn meetings_planned(&mut self, found: Result<Proposal, Words>) -> Vec<Effect> {
        self.progress = None;
        match found {
            Ok(proposal) => {
                let layer = Box::new(MeetingsLayer::new(&self.book, proposal, self.lang));
                if matches!(self.layers.last(), None | Some(Layer::Timetable(_))) {
                    self.layers.push(Layer::Meetings(layer));
                } else {
                    self.found_meetings = Some(layer);
                    self.say(
                        Weight::Done,
                        Words::new(
                            "Đã xếp xong lịch: xếp lại lần nữa để xem.",
                            "A timetable was found: plan again to see it.",
                        ),
                    );
                }
            }
            Err(words) => self.say(Weight::Refused, words),
        }
        Vec::new()
    }

    /// The grid takes the key.
    pub(super) fn timetable_key(&mut self, mut grid: Box<TimetableLayer>, key: Key) -> Vec<Effect> {
        let book = std::sync::Arc::clone(&self.book);
        let (found, conference) = (grid.key(key, &book), grid.conference);
        if matches!(found, Grid::Left) {
            return Vec::new();
        }
        self.layers.push(Layer::Timetable(grid));
        match found {
            Grid::Look(meeting) => self.show_record(Kind::Meeting, meeting),
            Grid::Plan(_) if self.read_only.is_some() => {
                let why = self.read_only.clone().unwrap_or_default();
                self.say(Weight::Refused, why);
            }
            Grid::Print => self.choose_form(Kind::Conference, &[conference]),
            Grid::Calendar(meetings, name) => self.ask_calendar(meetings, &name),
            Grid::Plan(planning) => return self.plan_meetings(conference, planning),
            Grid::Nothing => {
                self.say(Weight::Refused, Words::new("Ô này không có cuộc hẹn.", "There is no meeting in this cell."));
            }
            Grid::Open | Grid::Left => {}
        }
        Vec::new()
    }

    /// Asks for the name of the calendar's file.
    fn ask_calendar(&mut self, meetings: Vec<Id>, name: &str) {
        let (count, name) = (meetings.len(), fold(name).replace(' ', "-"));
        let name: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        let title = Words::new("Lịch ra tệp", "Calendar into a file");
        let hint = crate::say!(
            "{count} cuộc hẹn; .ics cho máy và điện thoại.",
            "{count} meetings; .ics for desks and phones."
        );
        let prompt = Prompt::new(title, hint, &format!("{name}.ics"), Purpose::Calendar(meetings));
        self.layers.push(Layer::Prompt(prompt));
    }

    /// Writes meetings as a calendar.
    pub(super) fn calendar_to(&mut self, path: &str, meetings: &[Id]) -> Option<Effect> {
        let going = Going { lang: self.lang, ..Going::default() };
        match file(&self.book, (Kind::Meeting, meetings), &[], self.day(), going, path) {
            Ok(bytes) => Some(Effect::Write(PathBuf::from(path), bytes)),
            Err(words) => {
                self.say(Weight::Trouble, words);
                None
            }
        }
    }

    /// The proposal takes the key: `a` stores it, Esc leaves it.
    pub(super) fn meetings_key(&mut self, mut layer: Box<MeetingsLayer>, key: Key) -> Vec<Effect> {
        if key.typed() == Some('a') {
            return vec![self.submit(Box::new(layer.proposal.intent()))];
        }
        if key.code != Code::Esc {
            layer.key(key);
            self.layers.push(Layer::Meetings(layer));
        }
        Vec::new()
    }
}
