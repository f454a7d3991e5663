//! What the line for taking down leads does to the app.

use crate::domain::capture::Stand;
use crate::domain::record::Kind;
use crate::tui::app::App;
use crate::tui::effect::{Effect, Ticket};
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::capture::{Capture, Taken};

impl App {
    /// The line for taking down leads: for the firm under the cursor, else for the one of the last line.
    pub(super) fn open_capture(&mut self) {
        let business = self.here(|here| match (here.kind, here.chosen.first()) {
            (Some(Kind::Business), Some(id)) => Some(*id),
            (Some(Kind::Registration), Some(id)) => {
                here.book.get::<crate::domain::Registration>(*id).and_then(|registration| registration.business)
            }
            _ => None,
        });
        let stand = Stand { today: self.day(), business: business.or(self.captured_for), fair: self.fair };
        let mut capture = Capture::new(stand);
        if let Some(line) = self.captured_line.take() {
            let book = std::sync::Arc::clone(&self.book);
            capture.go_on(&line, &book, self.lang);
        }
        self.layers.push(Layer::Capture(Box::new(capture)));
    }

    /// The line takes a key; false when it is left.
    pub(super) fn capture_key(&mut self, capture: &mut Capture, key: Key, effects: &mut Vec<Effect>) -> bool {
        let book = std::sync::Arc::clone(&self.book);
        match capture.key(key, &book, self.lang) {
            Taken::Open => true,
            Taken::Store(intent) => {
                let ticket = self.ticket();
                capture.waiting = Some(ticket);
                effects.push(Effect::Submit(ticket, intent, None));
                true
            }
            Taken::Left => {
                self.captured_for = capture.business();
                self.captured_line = Some(capture.line().to_owned()).filter(|line| !line.trim().is_empty());
                false
            }
        }
    }

    pub(super) fn waiting_capture(&mut self, ticket: Ticket) -> Option<&mut Capture> {
        self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Capture(capture) if capture.waiting == Some(ticket) => Some(capture.as_mut()),
            _ => None,
        })
    }
}
