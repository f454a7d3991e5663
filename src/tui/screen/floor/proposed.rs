//! Placings that are only thought, on the map: the difference that a proposal makes, and which firm is tried or asked about.

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::Registration;
use crate::domain::book::Book;

use super::panel::short_name;
use super::shade::standing;
use super::{Floor, Part};

/// Who stands on a booth now and who is to stand there.
pub type Difference = BTreeMap<Id, (Option<Id>, Option<Id>)>;

impl Floor {
    /// Shows a difference on the map; none at all takes it away.
    pub fn propose(&mut self, difference: Difference) {
        self.proposed = difference;
    }

    /// Who is to come to a booth, where a proposal changes that.
    pub(super) fn proposed_there(&self, booth: Id, book: &Book, lang: Lang) -> Option<String> {
        let (_, to) = self.proposed.get(&booth)?;
        let business = to.and_then(|id| book.get::<Registration>(id)).and_then(|registration| registration.business);
        Some(format!("→{}", business.map_or_else(|| "—".to_owned(), |id| short_name(book, id, lang))))
    }

    /// The firm picked up with the booth under the cursor or those marked; else the firm on the one marked booth with the booth
    /// under the cursor.
    ///
    /// # Errors
    /// In words, what has to be chosen first.
    pub fn tried(&self, book: &Book) -> Result<(Id, Vec<Id>), Words> {
        if let Some(carried) = self.carried {
            return Ok((carried, self.chosen()));
        }
        let marked = match self.marks.iter().collect::<Vec<_>>()[..] {
            [marked] => Some(*marked).filter(|marked| Some(*marked) != self.cursor),
            _ => None,
        };
        let firm = marked.and_then(|id| self.plan.spot(id)).and_then(|spot| standing(book, spot, self.day));
        firm.zip(self.cursor).map(|(firm, booth)| (firm, vec![booth])).ok_or_else(|| {
            Words::new(
                "Cầm một đơn vị (Tab, Enter) hoặc đánh dấu gian của đơn vị (Space), rồi đến gian muốn thử.",
                "Pick up a firm (Tab, Enter) or mark its booth (Space), then go to the booth to try.",
            )
        })
    }

    /// The firm that a question on the map is about: the one picked up or chosen in the list, else the one on the booth.
    #[must_use]
    pub fn asked_about(&self, book: &Book) -> Option<Id> {
        let listed = self.carried.or_else(|| self.looked_at().filter(|_| self.part == Part::Waiting));
        let there = || self.cursor.and_then(|id| self.plan.spot(id)).and_then(|spot| standing(book, spot, self.day));
        listed.or_else(there).or_else(|| self.looked_at())
    }
}
