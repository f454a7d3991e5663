//! The best placing of a fair, looked for beside all else: begun, followed, ended, shown.

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::placing::proposal::Proposal;
use crate::say;
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::layer::Layer;
use crate::tui::layer::proposal::ProposalLayer;

impl App {
    /// Begins the search, or ends it with the best so far.
    pub(super) fn arrange(&mut self, fair: Id) -> Effect {
        if self.arranging {
            return Effect::EndArranging;
        }
        self.arranging = true;
        drop(self.arranging_at(0));
        Effect::Arrange(fair)
    }

    /// Tells how far the search is.
    pub(super) fn arranging_at(&mut self, thousandths: u32) -> Vec<Effect> {
        let percent = thousandths / 10;
        let words = say!("Đang tìm cách xếp gian… {percent} % (B: dừng)", "Looking for places… {percent} % (B: stop)");
        self.status = Some((Weight::Done, words));
        Vec::new()
    }

    /// Shows what was found.
    pub(super) fn arranged(&mut self, found: Result<Proposal, Words>) -> Vec<Effect> {
        self.arranging = false;
        match found {
            Ok(proposal) => {
                self.status = None;
                let layer = ProposalLayer::new(&self.book, proposal, self.lang);
                self.layers.push(Layer::Proposal(Box::new(layer)));
            }
            Err(words) => self.say(Weight::Trouble, words),
        }
        Vec::new()
    }
}
