//! What the list of matches does to the app.

use crate::base::ids::Id;
use crate::domain::Lead;
use crate::domain::matching::matches;
use crate::domain::record::Kind;
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::matching::{MatchLayer, Matched};

impl App {
    /// Shows which businesses fit a request.
    pub(super) fn open_matches(&mut self, request: Id) {
        let Some(lead) = self.book.get::<Lead>(request) else { return };
        match matches(&self.book, lead, self.day()) {
            Ok(found) => self.layers.push(Layer::Match(Box::new(MatchLayer::new(request, found)))),
            Err(refusal) => self.say(Weight::Refused, refusal.words()),
        }
    }

    /// The list takes the key; it stays until what it introduces is stored.
    pub(super) fn match_key(&mut self, mut layer: Box<MatchLayer>, key: Key) -> Vec<Effect> {
        let (mut effects, mut look) = (Vec::new(), None);
        match layer.key(key, self.day(), self.lang) {
            Matched::Open => {}
            Matched::Left => return effects,
            Matched::Look(business) => look = Some(business),
            Matched::Introduce(intent) => {
                let ticket = self.ticket();
                layer.waiting = Some(ticket);
                effects.push(Effect::Submit(ticket, intent, None));
            }
        }
        self.layers.push(Layer::Match(layer));
        if let Some(business) = look {
            self.show_record(Kind::Business, business);
        }
        effects
    }
}
