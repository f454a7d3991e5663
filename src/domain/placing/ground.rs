//! A problem made ready for the search: columns, neighbours and ties in flat lists, and each column's worth as one number.

use super::columns::Columns;
use super::problem::Problem;
use super::score::{self, Tier, Worth};

/// Booth beside booth, as bits.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    words: usize,
    bits: Vec<u64>,
}

impl Pairs {
    fn new(len: usize) -> Self {
        let words = len.div_ceil(64);
        Self { words, bits: vec![0; words * len] }
    }

    fn set(&mut self, one: usize, other: usize) {
        self.bits[one * self.words + other / 64] |= 1 << (other % 64);
    }

    /// True for a pair.
    #[inline]
    #[must_use]
    pub fn has(&self, one: u32, other: u32) -> bool {
        self.bits[one as usize * self.words + other as usize / 64] >> (other % 64) & 1 == 1
    }

    /// True when some booth of one list pairs with some booth of the other.
    #[must_use]
    pub fn any(&self, one: &[u32], other: &[u32]) -> bool {
        one.iter().any(|&a| other.iter().any(|&b| self.has(a, b)))
    }
}

/// Marks a single firm's booth that it may not have.
pub const NEVER: i64 = i64::MIN;

/// Everything that stays the same while plans change.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The fair.
    pub problem: &'a Problem,
    /// Its columns.
    pub columns: Columns,
    /// Booths near each other.
    pub near: Pairs,
    /// Booths that share a wall.
    pub touch: Pairs,
    /// For each booth those that share a wall with it.
    pub beside: Vec<Vec<u32>>,
    /// The rivals of each firm; twice in two groups counts twice.
    pub rivals: Vec<Vec<usize>>,
    /// Who each firm asked to stand beside, or was asked by.
    pub partners: Vec<Vec<usize>>,
    /// What a point of each tier weighs in one number. It orders plans that differ in few places as the tiers do; what is
    /// kept is decided by the tiers themselves.
    pub weights: [i64; Tier::COUNT],
    /// For firms of one booth: the weight of each booth, row by row; [`NEVER`] where it may not stand.
    pub single: Vec<i64>,
    /// The row of a firm in `single`.
    pub row: Vec<Option<usize>>,
    /// Firms of several booths that are not pinned.
    pub several: Vec<usize>,
    /// Firms that have a choice.
    pub movable: Vec<usize>,
}

/// How far plans that differ in a few dozen firms may differ in each tier.
const REACH: [i64; Tier::COUNT] = [1 << 6, 1 << 8, 1 << 6, 1 << 3, 1 << 3, 1 << 13, 1 << 12, 1 << 6];

impl<'a> Ground<'a> {
    /// Prepares a sound problem.
    #[must_use]
    pub fn new(problem: &'a Problem) -> Self {
        let columns = Columns::of(problem);
        let (spots, firms) = (problem.spots.len(), problem.firms.len());
        let (mut near, mut touch) = (Pairs::new(spots), Pairs::new(spots));
        let mut beside: Vec<Vec<u32>> = vec![Vec::new(); spots];
        for (one, walls) in beside.iter_mut().enumerate() {
            for other in (0..spots).filter(|other| *other != one) {
                if score::near(problem, one, other) {
                    near.set(one, other);
                }
                if score::adjacent(problem, one, other) {
                    touch.set(one, other);
                    walls.push(other as u32);
                }
            }
        }
        let mut rivals = vec![Vec::new(); firms];
        for group in &problem.rivals {
            for (at, &one) in group.iter().enumerate() {
                for &other in group.iter().skip(at + 1) {
                    rivals[one].push(other);
                    rivals[other].push(one);
                }
            }
        }
        let mut partners = vec![Vec::new(); firms];
        for &(one, other) in &problem.together {
            partners[one].push(other);
            partners[other].push(one);
        }
        let mut weights = [0; Tier::COUNT];
        let mut weight = 1_i64;
        for &tier in problem.order.iter().rev() {
            weights[tier as usize] = weight;
            weight = weight.saturating_mul(REACH[tier as usize]).min(1 << 46);
        }
        let mut ground = Self {
            problem,
            columns,
            near,
            touch,
            beside,
            rivals,
            partners,
            weights,
            single: Vec::new(),
            row: vec![None; firms],
            several: Vec::new(),
            movable: Vec::new(),
        };
        ground.fill();
        ground
    }

    fn fill(&mut self) {
        let spots = self.problem.spots.len();
        for (index, firm) in self.problem.firms.iter().enumerate() {
            let range = self.columns.of_firm(index);
            if range.is_empty() {
                continue;
            }
            if firm.pinned.is_empty() {
                self.movable.push(index);
            }
            if firm.booths == 1 {
                let from = self.single.len();
                self.row[index] = Some(from / spots);
                self.single.resize(from + spots, NEVER);
                for column in range {
                    let spot = self.columns.bundle[column] as usize;
                    self.single[from + spot] = self.weight(index, self.columns.worth[column]);
                }
            } else if firm.pinned.is_empty() {
                self.several.push(index);
            }
        }
    }

    /// A column's worth as one number.
    #[inline]
    #[must_use]
    pub fn weight(&self, firm: usize, worth: Worth) -> i64 {
        let weights = &self.weights;
        weights[Tier::Placed as usize]
            + weights[Tier::Priority as usize] * self.problem.firms[firm].priority
            + weights[Tier::Zone as usize] * i64::from(worth.zone)
            + weights[Tier::Wishes as usize] * i64::from(worth.wish)
            + weights[Tier::Quality as usize] * i64::from(worth.quality)
            + weights[Tier::Stays as usize] * i64::from(worth.stays)
    }

    /// The weight of a column by its number.
    #[inline]
    #[must_use]
    pub fn column_weight(&self, firm: usize, column: usize) -> i64 {
        self.weight(firm, self.columns.worth[column])
    }

    /// A single firm's weights by booth.
    #[must_use]
    pub fn singles_of(&self, firm: usize) -> &[i64] {
        let spots = self.problem.spots.len();
        self.row[firm].map_or(&[], |row| &self.single[row * spots..(row + 1) * spots])
    }

    /// The column by which a firm has this bundle.
    #[must_use]
    pub fn column_of(&self, firm: usize, bundle: u32) -> Option<usize> {
        let range = self.columns.of_firm(firm);
        self.columns.bundle[range.clone()].binary_search(&bundle).ok().map(|at| range.start + at)
    }
}
