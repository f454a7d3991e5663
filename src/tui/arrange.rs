//! The placing of a fair at the screen: looked for beside all else, followed, ended, shown as a difference on the map, accepted.

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::command::{Act, Seek};
use crate::domain::Registration;
use crate::domain::intent::Intent;
use crate::domain::placing::proposal::Proposal;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::say;
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::proposal::{Answer, ProposalLayer};
use crate::tui::layer::text::TextLayer;
use crate::tui::screen::list::List;
use crate::tui::theme::Role;

impl App {
    /// Begins a search, ends the one under way with the best so far, or shows what was found meanwhile.
    pub(super) fn arrange(&mut self, fair: Id, seek: Seek) -> Vec<Effect> {
        if self.arranging {
            return vec![Effect::EndArranging];
        }
        if let Some(found) = self.found.take() {
            self.layers.push(Layer::Proposal(found));
            return Vec::new();
        }
        self.arranging = true;
        drop(self.arranging_at(0));
        vec![Effect::Arrange(fair, seek)]
    }

    /// Tries the firm picked up, or the one on the marked booth, on the booth under the cursor.
    pub(super) fn try_here(&mut self) -> Vec<Effect> {
        let tried = self.floor.tried(&self.book);
        match (self.fair_here(), tried) {
            (Some(fair), Ok((registration, booths))) => self.arrange(fair, Seek::Pin(registration, booths)),
            (_, Err(words)) => {
                self.say(Weight::Refused, words);
                Vec::new()
            }
            (None, Ok(_)) => Vec::new(),
        }
    }

    /// Asks for the reasons of a registration; on the map of the firm picked up, else of the one on the booth, else of the one
    /// that waits.
    pub(super) fn ask_reasons(&mut self, registration: Option<Id>) -> Vec<Effect> {
        let its_fair = |id| self.book.get::<Registration>(id).and_then(|registration| registration.fair);
        let (fair, asked) = match registration {
            Some(id) => (its_fair(id), Some(id)),
            None => (self.fair_here(), self.floor.asked_about(&self.book)),
        };
        match (fair, asked) {
            (Some(fair), Some(registration)) => vec![Effect::Explain(fair, registration)],
            _ => {
                self.say(
                    Weight::Refused,
                    Words::new(
                        "Chọn gian đã có đơn vị, hoặc một đơn vị chưa có gian (Tab).",
                        "Choose a booth with a firm on it, or a firm without a booth (Tab).",
                    ),
                );
                Vec::new()
            }
        }
    }

    /// The registrations of a fair that take part, the one of most points first; points are given and opened there.
    pub(super) fn show_points(&mut self, fair: Id) {
        let takes_part = |one: &&Registration| one.status.is_alive();
        let ids = self.book.pointing::<Registration>(fair).filter(takes_part).map(|one| one.id).collect();
        let keys = [
            "business",
            "priority",
            "star_part",
            "past_part",
            "early_part",
            "absence_part",
            "late_part",
            "points",
            "points_reason",
        ];
        let list = List::of_records(&self.book, Kind::Registration, ids, self.day());
        let list = list.laid_out(&keys, "priority", &self.book, self.day());
        let name = title(&self.book, Kind::Fair, fair, self.lang);
        let words = say!("Điểm ưu tiên: {name}", "Priority points: {name}");
        self.layers.push(Layer::Records(words, Box::new(list)));
    }

    /// Shows the reasons.
    pub(super) fn explained(&mut self, registration: Id, lines: Result<Vec<Words>, Words>) -> Vec<Effect> {
        match lines {
            // Whoever opened something else meanwhile is not disturbed.
            Ok(lines) if matches!(self.layers.last(), None | Some(Layer::Record(_) | Layer::Records(..))) => {
                let name = title(&self.book, Kind::Registration, registration, self.lang);
                let lines = lines.iter().map(|line| (Role::Text, line.in_lang(self.lang).to_owned())).collect();
                self.layers.push(Layer::Text(TextLayer::new(say!("Vì sao: {name}", "Why: {name}"), lines)));
            }
            Ok(_) => {}
            Err(words) => self.say(Weight::Refused, words),
        }
        Vec::new()
    }

    /// Tells how far the search is.
    pub(super) fn arranging_at(&mut self, thousandths: u32) -> Vec<Effect> {
        let percent = thousandths / 10;
        let words = say!(
            "Đang tìm cách xếp gian… {percent} % (B: dừng, lấy cách tốt nhất đã có)",
            "Looking for places… {percent} % (B: stop with the best so far)"
        );
        self.progress = Some(words);
        Vec::new()
    }

    /// Shows what was found; while something else has the keyboard it waits, so that no key meant for that accepts it.
    pub(super) fn arranged(&mut self, found: Result<Vec<Proposal>, Words>) -> Vec<Effect> {
        (self.arranging, self.progress) = (false, None);
        match found {
            Ok(found) if found.is_empty() => {
                self.say(
                    Weight::Done,
                    Words::new("Không còn lần đổi chỗ nào có lợi.", "No swap would make the placing better."),
                );
            }
            Ok(found) => {
                let layer = Box::new(ProposalLayer::new(&self.book, found, self.lang));
                if self.layers.is_empty() {
                    self.layers.push(Layer::Proposal(layer));
                } else {
                    self.found = Some(layer);
                    self.say(
                        Weight::Done,
                        Words::new("Đã tìm xong: B để xem đề xuất.", "Found: B shows the proposal."),
                    );
                }
            }
            Err(words) => self.say(Weight::Refused, words),
        }
        self.show_proposed();
        Vec::new()
    }

    /// Says that something found waits to be seen, as long as nothing else is said.
    pub(super) fn remind_of_found(&mut self) {
        if self.found.is_some() && self.layers.is_empty() && self.status.is_none() {
            let words = Words::new("Đã tìm xong: B để xem đề xuất.", "Found: B shows the proposal.");
            self.status = Some((Weight::Done, words));
        }
    }

    /// The proposal takes a key; keys of the map go on to the map while it shows the difference. False when it is left.
    pub(super) fn proposal_key(&mut self, proposal: &mut ProposalLayer, key: Key, effects: &mut Vec<Effect>) -> bool {
        let keep = match proposal.key(key, &self.book, self.lang) {
            Answer::Open => true,
            Answer::Left => false,
            Answer::OnMap => {
                self.screen = crate::command::Screen::Floor;
                if let Some(shown) = proposal.on_map() {
                    self.follow_fair(shown.fair);
                }
                true
            }
            Answer::Map => {
                let command = self.command_for(key);
                match command.map(|command| self.here(|here| (command.run)(here))) {
                    Some(Ok(act @ (Act::Move(_) | Act::Map(_)))) => {
                        effects.extend(self.act(act));
                    }
                    _ => self.say(
                        Weight::Refused,
                        Words::new(
                            "Đang xem đề xuất: a nhận, Esc bỏ, M xem danh sách.",
                            "A proposal is shown: a accepts, Esc leaves it, M shows the list.",
                        ),
                    ),
                }
                true
            }
            Answer::Accepted(taken) => {
                let ticket = self.ticket();
                let (fair, places) = (taken.fair, taken.places());
                effects.push(Effect::Submit(ticket, Box::new(Intent::Arrange { fair, places }), None));
                !proposal.is_empty()
            }
        };
        let shown = proposal.on_map().filter(|_| keep).map(Proposal::by_booth).unwrap_or_default();
        self.floor.propose(shown);
        keep
    }

    fn show_proposed(&mut self) {
        let shown = match self.layers.last() {
            Some(Layer::Proposal(proposal)) => proposal.on_map().map(Proposal::by_booth).unwrap_or_default(),
            _ => Default::default(),
        };
        self.floor.propose(shown);
    }
}
