//! A plan under change: who is where, and its score kept up with every step.

use super::ground::Ground;
use super::plan::Plan;
use super::score::{Score, Tier};

/// No column, no firm.
pub const NONE: u32 = u32::MAX;

/// A plan under change.
#[derive(Clone, Debug)]
pub struct State {
    /// The column of each firm, or [`NONE`].
    pub column: Vec<u32>,
    /// The firm on each booth, or [`NONE`].
    pub holder: Vec<u32>,
    /// Its value.
    pub score: Score,
}

impl State {
    /// Nobody has a place but the pinned.
    #[must_use]
    pub fn pinned(ground: &Ground<'_>) -> Self {
        let (firms, spots) = (ground.problem.firms.len(), ground.problem.spots.len());
        let mut state = Self { column: vec![NONE; firms], holder: vec![NONE; spots], score: Score::default() };
        for (index, firm) in ground.problem.firms.iter().enumerate() {
            if let (false, Some(column)) = (firm.pinned.is_empty(), ground.columns.of_firm(index).next()) {
                state.put(ground, index, column);
            }
        }
        state
    }

    /// Takes up a plan as far as it keeps every hard need.
    #[must_use]
    pub fn of(ground: &Ground<'_>, plan: &Plan) -> Self {
        let mut state = Self::pinned(ground);
        for (firm, theirs) in plan.spots.iter().enumerate().take(ground.problem.firms.len()) {
            if let (NONE, Some(column)) = (state.column[firm], ground.columns.find(firm, theirs))
                && state.is_free(ground, column)
            {
                state.put(ground, firm, column);
            }
        }
        state
    }

    /// The plan as it is.
    #[must_use]
    pub fn plan(&self, ground: &Ground<'_>) -> Plan {
        let booths = |column: u32| -> Vec<usize> {
            if column == NONE {
                return Vec::new();
            }
            ground.columns.booths(column as usize).iter().map(|booth| *booth as usize).collect()
        };
        Plan { spots: self.column.iter().map(|column| booths(*column)).collect() }
    }

    /// True when nobody is on any booth of a column.
    #[must_use]
    pub fn is_free(&self, ground: &Ground<'_>, column: usize) -> bool {
        ground.columns.booths(column).iter().all(|booth| self.holder[*booth as usize] == NONE)
    }

    /// How many rivals would be near and how many partners beside, were the firm on these booths.
    #[must_use]
    pub fn neighbours(&self, ground: &Ground<'_>, firm: usize, booths: &[u32]) -> (i64, i64) {
        let count = |list: &[usize], pairs: &super::ground::Pairs| {
            list.iter()
                .filter(|other| {
                    let column = self.column[**other];
                    column != NONE && pairs.any(booths, ground.columns.booths(column as usize))
                })
                .count() as i64
        };
        (count(&ground.rivals[firm], &ground.near), count(&ground.partners[firm], &ground.touch))
    }

    fn count(&mut self, ground: &Ground<'_>, firm: usize, column: usize, times: i64) {
        self.score.count(&ground.problem.firms[firm], ground.columns.worth[column], times);
        if !ground.rivals[firm].is_empty() || !ground.partners[firm].is_empty() {
            let (rivals, partners) = self.neighbours(ground, firm, ground.columns.booths(column));
            self.score.add(Tier::Separation, -rivals * times);
            self.score.add(Tier::Partners, partners * times);
        }
    }

    /// Puts a firm that has no place on a free column.
    pub fn put(&mut self, ground: &Ground<'_>, firm: usize, column: usize) {
        self.count(ground, firm, column, 1);
        self.column[firm] = column as u32;
        for &booth in ground.columns.booths(column) {
            self.holder[booth as usize] = firm as u32;
        }
    }

    /// Takes a firm's place from it.
    pub fn take(&mut self, ground: &Ground<'_>, firm: usize) {
        let column = std::mem::replace(&mut self.column[firm], NONE);
        if column == NONE {
            return;
        }
        for &booth in ground.columns.booths(column as usize) {
            self.holder[booth as usize] = NONE;
        }
        self.count(ground, firm, column as usize, -1);
    }

    /// A column's weight for a firm with its present neighbours.
    #[must_use]
    pub fn weight(&self, ground: &Ground<'_>, firm: usize, column: usize) -> i64 {
        let alone = ground.column_weight(firm, column);
        if ground.rivals[firm].is_empty() && ground.partners[firm].is_empty() {
            return alone;
        }
        let (rivals, partners) = self.neighbours(ground, firm, ground.columns.booths(column));
        alone - rivals * ground.weights[Tier::Separation as usize] + partners * ground.weights[Tier::Partners as usize]
    }
}
