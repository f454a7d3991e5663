//! What is to be timetabled: people on two sides, slots, tables, and the pairs that may meet.

/// How many tiers of wishes there are.
pub const TIERS: usize = 8;
/// The most slots of a day: free times are kept as bits.
pub const SLOTS_MAX: usize = 64;
/// The most pairs: beyond it the weights of the tiers would leave the range of whole numbers.
pub const PAIRS_MAX: usize = 60_000;

/// How many meetings of each tier; compared as they stand, the first tier first.
pub type Held = [u32; TIERS];

/// Somebody on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The slots in which they are there, the first as the lowest bit.
    pub there: u64,
    /// The most meetings they take.
    pub most: u32,
}

/// Two who may meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The place of the buyer.
    pub buyer: usize,
    /// The place of the seller.
    pub seller: usize,
    /// The tier of their wish, 0 the first.
    pub tier: usize,
}

/// A conference as it is reckoned with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The tables of each slot; there are as many slots as these.
    pub tables: Vec<u32>,
    /// The buyers.
    pub buyers: Vec<Person>,
    /// The sellers.
    pub sellers: Vec<Person>,
    /// Who may meet; each two at most once.
    pub pairs: Vec<Pair>,
}

impl Problem {
    /// The number of slots.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.tables.len().min(SLOTS_MAX)
    }

    /// The slots in which both of a pair are there and a table is to be had.
    #[must_use]
    pub fn common(&self, pair: &Pair) -> u64 {
        let with_table = (0..self.slots()).filter(|slot| self.tables[*slot] > 0).fold(0, |all, slot| all | 1 << slot);
        self.buyers[pair.buyer].there & self.sellers[pair.seller].there & with_table
    }

    /// The meetings of a timetable, tier by tier.
    #[must_use]
    pub fn held(&self, slot_of: &[Option<usize>]) -> Held {
        let mut held = [0; TIERS];
        for (pair, slot) in self.pairs.iter().zip(slot_of) {
            held[pair.tier] += u32::from(slot.is_some());
        }
        held
    }

    /// True when a timetable keeps every rule: nobody is in two places or away, nobody has more meetings than they take, no
    /// slot more meetings than tables.
    #[must_use]
    pub fn is_kept(&self, slot_of: &[Option<usize>]) -> bool {
        let mut used = vec![0_u32; self.slots()];
        let (mut buyers, mut sellers) = (vec![0_u64; self.buyers.len()], vec![0_u64; self.sellers.len()]);
        for (pair, slot) in self.pairs.iter().zip(slot_of) {
            let Some(slot) = *slot else { continue };
            let bit = 1_u64.checked_shl(u32::try_from(slot).unwrap_or(u32::MAX)).unwrap_or(0);
            let taken = (buyers[pair.buyer] | sellers[pair.seller]) & bit != 0;
            if taken || self.common(pair) & bit == 0 || slot >= used.len() {
                return false;
            }
            buyers[pair.buyer] |= bit;
            sellers[pair.seller] |= bit;
            used[slot] += 1;
        }
        let within = |people: &[Person], busy: &[u64]| {
            people.iter().zip(busy).all(|(person, busy)| busy.count_ones() <= person.most)
        };
        slot_of.len() == self.pairs.len()
            && used.iter().zip(&self.tables).all(|(used, tables)| used <= tables)
            && within(&self.buyers, &buyers)
            && within(&self.sellers, &sellers)
    }
}
