//! Leads as a board: a lane for each stage that has leads, in the order in which a lead lives through them.

use std::ops::Range;

use crate::base::dates::Date;
use crate::base::firm_name::without_form;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::view::lead_care::{Care, care};
use crate::domain::view::title::title;
use crate::domain::{Business, Lead};

/// The leads of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The stage.
    pub stage: LeadStage,
    /// Where they stand among the leads of the board.
    pub places: Range<usize>,
    /// How many of them are overdue.
    pub late: usize,
}

/// What is seen of a lead on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Our business, by its short name where it has one.
    pub business: String,
    /// The partner.
    pub partner: String,
    /// What is to be done next.
    pub next_step: Text,
    /// By when.
    pub due_on: Option<Date>,
    /// How well it is cared for.
    pub care: Care,
}

/// Puts leads into the order of their stages, within a stage as they stood, and says where each stage lies. What is no
/// lead of the book is left out.
#[must_use]
pub fn lanes(book: &Book, leads: &mut Vec<Id>, today: Date) -> Vec<Lane> {
    let stage = |id: &Id| book.get::<Lead>(*id).map(|lead| lead.stage);
    leads.retain(|id| stage(id).is_some());
    leads.sort_by_key(stage);
    let mut start = 0;
    let runs = leads.chunk_by(|one, other| stage(one) == stage(other));
    runs.filter_map(|run| {
        let places = start..start + run.len();
        start = places.end;
        let late = run.iter().filter_map(|id| book.get::<Lead>(*id));
        let late = late.filter(|lead| care(book, lead, today) == Care::Late).count();
        Some(Lane { stage: stage(run.first()?)?, places, late })
    })
    .collect()
}

/// The stage after this one on the way forward, or before it; none at the ends and beside the way.
#[must_use]
pub fn beside(stage: LeadStage, forward: bool) -> Option<LeadStage> {
    let place = LeadStage::CHOICES.iter().position(|choice| choice.key == stage.key())?;
    let other = if forward { place.checked_add(1)? } else { place.checked_sub(1)? };
    let other = LeadStage::from_key(LeadStage::CHOICES.get(other)?.key)?;
    (stage.is_on_the_way() && other.is_on_the_way()).then_some(other)
}

/// What is seen of a lead on a day.
#[must_use]
pub fn card(book: &Book, id: Id, lang: Lang, today: Date) -> Option<Card> {
    let lead = book.get::<Lead>(id)?;
    // A legal form tells nobody apart, and a card is narrow.
    let named = |kind: Kind, id: Option<Id>| {
        id.map(|id| without_form(&title(book, kind, id, lang)).to_owned()).unwrap_or_default()
    };
    let short = book.follow::<Business>(lead.business).map(|business| &business.short_name);
    Some(Card {
        business: match short {
            Some(short) if !short.is_empty() => short.to_string(),
            _ => named(Kind::Business, lead.business),
        },
        partner: named(Kind::Partner, lead.partner),
        next_step: lead.next_step.clone(),
        due_on: lead.due_on,
        care: care(book, lead, today),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::change::Change;
    use crate::domain::record::Record;
    use crate::domain::steps::find;

    fn book_of(stages: &[usize]) -> (Book, Vec<Id>) {
        let mut book = Book::default();
        let mut ids = Vec::new();
        for (place, stage) in stages.iter().enumerate() {
            let stage = LeadStage::from_key(LeadStage::CHOICES[*stage].key).unwrap();
            let lead = Lead { id: Id::from_bytes([place as u8 + 1; 16]), stage, ..Lead::default() };
            ids.push(lead.id);
            book.apply(&Change::added(Record::Lead(Arc::new(lead))), 1);
        }
        (book, ids)
    }

    proptest! {
        #[test]
        fn a_board_holds_every_lead_once_in_the_lane_of_its_stage(stages in proptest::collection::vec(0usize..13, 0..40)) {
            let (book, mut ids) = book_of(&stages);
            let before = ids.clone();
            ids.push(Id::MAX);
            let lanes = lanes(&book, &mut ids, Date::default());
            let mut all = 0;
            for lane in &lanes {
                prop_assert!(lane.places.start == all && !lane.places.is_empty());
                all = lane.places.end;
                let within = &ids[lane.places.clone()];
                prop_assert!(within.iter().all(|id| book.get::<Lead>(*id).unwrap().stage == lane.stage));
                let as_before: Vec<Id> = before.iter().copied().filter(|id| within.contains(id)).collect();
                prop_assert_eq!(within, &as_before[..]);
            }
            prop_assert!(all == ids.len() && all == before.len());
            prop_assert!(lanes.windows(2).all(|pair| pair[0].stage < pair[1].stage));
        }
    }

    #[test]
    fn one_lane_on_or_back_is_a_step_of_its_life() {
        for choice in LeadStage::CHOICES {
            let stage = LeadStage::from_key(choice.key).unwrap();
            for forward in [true, false] {
                if let Some(other) = beside(stage, forward) {
                    let step = find(Kind::Lead, stage.key(), other.key());
                    assert_eq!(step.map(|step| step.reason), Some(!forward), "{stage:?} {other:?}");
                    assert_eq!(beside(other, !forward), Some(stage));
                }
            }
        }
        assert_eq!(beside(LeadStage::New, false), None);
        assert_eq!(beside(LeadStage::Repeat, true), None);
        assert_eq!(beside(LeadStage::OnHold, false), None);
    }
}
