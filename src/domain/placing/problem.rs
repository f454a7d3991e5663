//! A fair as the solver sees it: booths as rectangles on the floor, firms with what they need and wish, and who must not or
//! wants to stand beside whom. Nothing of the book is in it, so that it can be built from a file as well.

use super::score::Tier;

/// The distance over which two booths that face each other still are near, in centimetres.
pub const FACING_CM: i64 = 350;
/// The length of wall that makes two booths adjacent, in centimetres.
pub const SHARED_WALL_CM: i64 = 150;
/// The length over which two booths have to face each other to be near, in centimetres.
pub const FACING_OVER_CM: i64 = 100;

/// A rectangle on the floor of a hall, in whole centimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x_cm: i64,
    /// Upper edge.
    pub y_cm: i64,
    /// Width.
    pub w_cm: i64,
    /// Depth.
    pub h_cm: i64,
}

impl Rect {
    /// The gaps to another rectangle in both directions; what is negative is an overlap of that length.
    fn gaps(&self, other: &Self) -> (i64, i64) {
        let gap = |a: i64, a_len: i64, b: i64, b_len: i64| {
            a.max(b).saturating_sub(a.saturating_add(a_len).min(b.saturating_add(b_len)))
        };
        (gap(self.x_cm, self.w_cm, other.x_cm, other.w_cm), gap(self.y_cm, self.h_cm, other.y_cm, other.h_cm))
    }

    /// True when the two share a wall of at least [`SHARED_WALL_CM`].
    #[must_use]
    pub fn adjacent(&self, other: &Self) -> bool {
        let (x, y) = self.gaps(other);
        x.max(y) <= 0 && x.min(y) <= -SHARED_WALL_CM
    }

    /// True when the two touch, or face each other within [`FACING_CM`] over at least [`FACING_OVER_CM`].
    #[must_use]
    pub fn near(&self, other: &Self) -> bool {
        let (x, y) = self.gaps(other);
        let (across, down) = (i128::from(x.max(0)), i128::from(y.max(0)));
        let square = across * across + down * down;
        square == 0 || (square <= i128::from(FACING_CM * FACING_CM) && x.min(y) <= -FACING_OVER_CM)
    }
}

/// Whether a booth can be given away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    #[default]
    Free,
    /// Somebody holds it.
    Held,
    /// Nobody may use it.
    Blocked,
}

/// One booth.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    /// How people call it.
    pub code: String,
    /// Booths of different halls are never near each other.
    pub hall: u32,
    /// Where it lies in its hall.
    pub rect: Rect,
    /// Its zone.
    pub zone: Option<u32>,
    /// It has water and a drain.
    pub water: bool,
    /// It has the strong supply of power.
    pub power: bool,
    /// It can be reached without steps.
    pub accessible: bool,
    /// It lies at a corner.
    pub corner: bool,
    /// It is one of the places that nobody should have two years running.
    pub prime: bool,
    /// How good a place it is, from 0 to 100.
    pub attractiveness: i64,
    /// Its price, in the unit of [`Firm::price_limit`].
    pub price: i64,
    /// Whether it can be given away.
    pub standing: Standing,
}

/// One business that wants to stand at the fair.
#[derive(Clone, Debug, Default)]
pub struct Firm {
    /// How people call it.
    pub name: String,
    /// How many booths it wants, beside each other.
    pub booths: usize,
    /// The zone it wants.
    pub zone: Option<u32>,
    /// Its priority points.
    pub priority: i64,
    /// When its registration came in, as any number that grows with time.
    pub received: i64,
    /// One of its booths must have water.
    pub needs_water: bool,
    /// One of its booths must have the strong supply of power.
    pub needs_power: bool,
    /// One of its booths must be reachable without steps.
    pub needs_accessible: bool,
    /// What its booths together may cost at most.
    pub price_limit: Option<i64>,
    /// It had a prime place last year.
    pub prime_last_year: bool,
    /// The booths it wishes for, dearest first, as indices into [`Problem::spots`].
    pub wishes: Vec<usize>,
    /// The booths it must have. They may lie in any shape, and nobody else gets them.
    pub pinned: Vec<usize>,
    /// The booths it stands on, sorted. It may keep them whatever its needs say, because somebody gave them to it.
    pub stands: Vec<usize>,
    /// For further hard needs (size, height, days on which a booth is taken): which booths it may use at all.
    pub allowed: Option<Vec<bool>>,
}

/// A fair whose booths are to be given out.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The booths.
    pub spots: Vec<Spot>,
    /// The firms.
    pub firms: Vec<Firm>,
    /// Groups of firms that must not stand near one another, as indices into `firms`.
    pub rivals: Vec<Vec<usize>>,
    /// Pairs that ask to stand beside each other.
    pub together: Vec<(usize, usize)>,
    /// What counts, the most important first. A tier that is not named does not count.
    pub order: Vec<Tier>,
    /// What a prime place for who had one last year costs in points of quality.
    pub prime_again: i64,
}

impl Default for Problem {
    fn default() -> Self {
        Self {
            spots: Vec::new(),
            firms: Vec::new(),
            rivals: Vec::new(),
            together: Vec::new(),
            order: Tier::USUAL.to_vec(),
            prime_again: 60,
        }
    }
}

/// Why a fair cannot be worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// This firm names a booth that there is not.
    NoSuchSpot {
        /// The firm.
        firm: usize,
        /// What it names.
        spot: usize,
    },
    /// A group or pair names a firm that there is not.
    NoSuchFirm(usize),
    /// This firm's list of allowed booths is not as long as the list of booths.
    AllowedLength(usize),
    /// This firm's points or limit, or this fair's points together, are too large to be counted with.
    TooLarge,
}

/// Points and prices beyond this are no points and prices.
const LARGEST: i64 = 1_000_000_000_000;
/// Priorities beyond this would make sums run over.
const HIGHEST_PRIORITY: i64 = 1_000_000;

impl Problem {
    /// Checks that every index leads somewhere and that no sum can run over.
    ///
    /// # Errors
    /// [`Unsound`]: the first thing that is wrong.
    pub fn check(&self) -> Result<(), Unsound> {
        for (index, firm) in self.firms.iter().enumerate() {
            if let Some(&spot) =
                firm.wishes.iter().chain(&firm.pinned).chain(&firm.stands).find(|spot| **spot >= self.spots.len())
            {
                return Err(Unsound::NoSuchSpot { firm: index, spot });
            }
            if firm.allowed.as_ref().is_some_and(|allowed| allowed.len() != self.spots.len()) {
                return Err(Unsound::AllowedLength(index));
            }
            if firm.priority.unsigned_abs() > HIGHEST_PRIORITY.unsigned_abs() {
                return Err(Unsound::TooLarge);
            }
        }
        let named = self.rivals.iter().flatten().copied().chain(self.together.iter().flat_map(|&(a, b)| [a, b]));
        if let Some(firm) = named.into_iter().find(|firm| *firm >= self.firms.len()) {
            return Err(Unsound::NoSuchFirm(firm));
        }
        let far = |number: i64| number.unsigned_abs() > LARGEST.unsigned_abs();
        if self.spots.iter().any(|spot| {
            let Rect { x_cm, y_cm, w_cm, h_cm } = spot.rect;
            spot.attractiveness.unsigned_abs() > 1_000_000 || [x_cm, y_cm, w_cm, h_cm, spot.price].into_iter().any(far)
        }) {
            return Err(Unsound::TooLarge);
        }
        Ok(())
    }
}
