//! The fair that the screens follow: guessed at first, then chosen.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::command::Screen;
use crate::domain::Fair;
use crate::domain::book::Book;
use crate::domain::fair::FairStatus;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::tui::app::{App, Weight};

impl App {
    /// The fair that the screen is about: a map shows one even while the lists show all.
    pub(super) fn fair_here(&self) -> Option<Id> {
        let kept = self.fair_before.filter(|_| self.screen == Screen::Floor);
        self.fair.or(kept)
    }

    /// Has all screens follow this fair.
    pub(super) const fn follow_fair(&mut self, fair: Id) {
        (self.fair, self.fair_is_guess) = (Some(fair), false);
    }

    /// All fairs, or again the one before.
    pub(super) fn turn_to_all_fairs(&mut self) {
        self.fair_is_guess = false;
        (self.fair, self.fair_before) = match self.fair {
            Some(fair) => (None, Some(fair)),
            None => (self.fair_before.or_else(|| likely(&self.book, self.day())), None),
        };
    }

    /// Finds another fair where the one that was followed is gone, and the first one of a new book.
    pub(super) fn find_fair(&mut self) {
        let gone = self.fair.is_some_and(|fair| self.book.get::<Fair>(fair).is_none());
        if gone || (self.fair.is_none() && self.fair_before.is_none()) {
            self.fair = likely(&self.book, self.day());
        }
    }

    pub(super) fn choose_fair(&mut self, id: Id) {
        self.follow_fair(id);
        let name = title(&self.book, Kind::Fair, id, self.lang);
        self.say(Weight::Done, crate::say!("Hội chợ: {name}.", "Fair: {name}."));
    }
}

/// The fair that most likely matters: one whose booths are being given out, else one running, else the next to open, else
/// the last.
pub(super) fn likely(book: &Book, today: Date) -> Option<Id> {
    let rank = |fair: &Fair| {
        let days = fair.opens_on.map_or(i64::MAX, |opens| (opens - today).num_days());
        let stage = match fair.status {
            FairStatus::Closed | FairStatus::Assigned => 0,
            FairStatus::Running => 1,
            FairStatus::Open => 2,
            FairStatus::Approved | FairStatus::Draft => 3,
            FairStatus::Finished => 4,
            FairStatus::Reported | FairStatus::Archived | FairStatus::Cancelled => 5,
        };
        (stage, days.saturating_abs())
    };
    book.all::<Fair>().iter().min_by_key(|fair| rank(fair)).map(|fair| fair.id)
}
