//! Who has which booths.

/// The booths of each firm, as sorted indices; none for a firm without a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One list a firm, in the order of the problem's firms.
    pub spots: Vec<Vec<usize>>,
}

impl Plan {
    /// Nobody has a place.
    #[must_use]
    pub fn empty(firms: usize) -> Self {
        Self { spots: vec![Vec::new(); firms] }
    }

    /// The firm on each of so many booths. A booth that two share counts for the first.
    #[must_use]
    pub fn holders(&self, spots: usize) -> Vec<Option<usize>> {
        let mut holders = vec![None; spots];
        for (firm, theirs) in self.spots.iter().enumerate() {
            for &spot in theirs {
                if let Some(holder) = holders.get_mut(spot) {
                    *holder = holder.or(Some(firm));
                }
            }
        }
        holders
    }

    /// Who stands elsewhere in the other plan.
    #[must_use]
    pub fn moved(&self, other: &Self) -> Vec<usize> {
        let len = self.spots.len().max(other.spots.len());
        (0..len).filter(|&firm| self.spots.get(firm) != other.spots.get(firm)).collect()
    }
}
