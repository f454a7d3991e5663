//! What no plan can surpass, tier by tier, given the values of the tiers above.
//!
//! A linear programme over the columns (solved in floating point, column by column as they are needed) only suggests prices: of each
//! booth, of each tier above, of each pair of rivals kept apart. The prices are rounded to whole numbers, and the bound is added up from
//! them over all columns of the fair in 128-bit integers. Any prices at all give a true bound, so nothing here trusts the solver.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SupportedConeT, ZeroConeT};

use super::ground::Ground;
use super::score::{Score, Tier};
use super::state::{NONE, State};

/// Prices are counted in parts of a point.
const PARTS: i128 = 1_000_000;
/// How many columns of a firm one round of pricing adds.
const ADDED: usize = 8;

/// A row that keeps rivals apart: one firm on this booth, or the other on or near it, not both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Apart {
    one: usize,
    other: usize,
    booth: u32,
}

/// What is known of the part of a fair that a branch leaves open.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// Columns that are chosen, as firm and column.
    pub chosen: Vec<(usize, usize)>,
    /// Columns that are ruled out.
    pub barred: Vec<usize>,
}

/// One linear programme.
pub struct Relaxed<'g, 'p> {
    ground: &'g Ground<'p>,
    tier: Tier,
    above: Vec<(Tier, i64)>,
    /// Everybody who can be placed must be.
    everybody: bool,
    apart: bool,
    pool: Vec<(u32, u32)>,
    pooled: Vec<bool>,
    cuts: Vec<Apart>,
    /// The rows of each firm in `cuts`.
    cuts_of: Vec<Vec<u32>>,
}

/// Whole-number prices that carry a bound.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    booths: Vec<i128>,
    tiers: Vec<i128>,
    cuts: Vec<i128>,
}

/// The share of a column in a relaxed optimum, as firm, column and share.
pub type Share = (usize, usize, f64);

/// What a round brought.
#[derive(Clone, Debug)]
pub struct Round {
    /// The certified bound.
    pub bound: i64,
    /// The shares of the columns in the relaxed optimum, as firm, column and share.
    pub shares: Vec<Share>,
}

/// What a column gives to a tier.
fn points(ground: &Ground<'_>, firm: usize, column: usize, tier: Tier) -> i64 {
    let worth = ground.columns.worth[column];
    match tier {
        Tier::Placed => 1,
        Tier::Priority => ground.problem.firms[firm].priority,
        Tier::Zone => i64::from(worth.zone),
        Tier::Wishes => i64::from(worth.wish),
        Tier::Quality => i64::from(worth.quality),
        Tier::Separation | Tier::Partners => 0,
    }
}

/// True for a tier that is a sum over columns.
const fn is_sum(tier: Tier) -> bool {
    !matches!(tier, Tier::Separation | Tier::Partners)
}

impl<'g, 'p> Relaxed<'g, 'p> {
    /// The programme of the tier at this place of the order, given what was reached in those above.
    #[must_use]
    pub fn new(ground: &'g Ground<'p>, at: usize, reached: &Score, state: &State, prices: &[i64]) -> Self {
        let order = &ground.problem.order;
        let tier = order.get(at).copied().unwrap_or(Tier::Quality);
        let upper = order.get(..at).unwrap_or_default();
        let placeable =
            (0..ground.problem.firms.len()).filter(|firm| !ground.columns.of_firm(*firm).is_empty()).count() as i64;
        let everybody = upper.contains(&Tier::Placed) && reached.get(Tier::Placed) == placeable;
        let settled = |tier: &Tier| everybody && matches!(tier, Tier::Placed | Tier::Priority);
        let above = upper
            .iter()
            .filter(|tier| is_sum(**tier) && !settled(tier))
            .map(|tier| (*tier, reached.get(*tier)))
            .collect();
        let apart = upper.contains(&Tier::Separation) && reached.get(Tier::Separation) == 0;
        let mut relaxed = Self {
            ground,
            tier,
            above,
            everybody,
            apart,
            pool: Vec::new(),
            pooled: vec![false; ground.columns.bundle.len()],
            cuts: Vec::new(),
            cuts_of: vec![Vec::new(); ground.problem.firms.len()],
        };
        relaxed.begin(state, prices);
        relaxed
    }

    fn pool(&mut self, firm: usize, column: usize) {
        if !std::mem::replace(&mut self.pooled[column], true) {
            self.pool.push((firm as u32, column as u32));
        }
    }

    /// The columns in use, those with wishes, and the best of each firm by weight less price.
    fn begin(&mut self, state: &State, prices: &[i64]) {
        let ground = self.ground;
        for firm in 0..ground.problem.firms.len() {
            if state.column[firm] != NONE {
                self.pool(firm, state.column[firm] as usize);
            }
            let mut best: Vec<(i64, usize)> = Vec::new();
            for column in ground.columns.of_firm(firm) {
                if self.tier == Tier::Wishes && ground.columns.worth[column].wish > 0 {
                    self.pool(firm, column);
                }
                let price: i64 = ground.columns.booths(column).iter().map(|booth| prices[*booth as usize]).sum();
                best.push((price - ground.column_weight(firm, column), column));
            }
            let most = if ground.problem.firms[firm].booths == 1 { 16 } else { 40 };
            if best.len() > most {
                best.select_nth_unstable(most);
                best.truncate(most);
            }
            for (_, column) in best {
                self.pool(firm, column);
            }
        }
    }

    /// True when this column has a share in a row that keeps rivals apart.
    fn is_in(&self, cut: &Apart, firm: usize, booths: &[u32]) -> bool {
        if firm == cut.one {
            booths.contains(&cut.booth)
        } else {
            booths.iter().any(|booth| *booth == cut.booth || self.ground.near.has(cut.booth, *booth))
        }
    }

    fn open(&self, fixed: &Fixed, firm: usize, column: usize) -> bool {
        !fixed.barred.contains(&column) && fixed.chosen.iter().all(|&(one, theirs)| one != firm || theirs == column)
    }

    /// Solves over the pool; the shares and the prices.
    fn solve(&self, fixed: &Fixed) -> Option<(Vec<Share>, Prices)> {
        let ground = self.ground;
        let (firms, spots) = (ground.problem.firms.len(), ground.problem.spots.len());
        let pool: Vec<(usize, usize)> = self
            .pool
            .iter()
            .map(|&(firm, column)| (firm as usize, column as usize))
            .filter(|&(firm, column)| self.open(fixed, firm, column))
            .collect();
        let mut has = vec![false; firms];
        pool.iter().for_each(|(firm, _)| has[*firm] = true);
        let mut row_of = vec![0; firms];
        let mut rows = 0;
        for firm in 0..firms {
            row_of[firm] = rows;
            rows += usize::from(has[firm]);
        }
        let kept = rows + spots + self.above.len() + self.cuts.len();
        let (mut starts, mut at, mut values) = (vec![0], Vec::new(), Vec::new());
        let mut gain = Vec::with_capacity(pool.len());
        for (number, &(firm, column)) in pool.iter().enumerate() {
            let booths = ground.columns.booths(column);
            at.push(row_of[firm]);
            at.extend(booths.iter().map(|booth| rows + *booth as usize));
            values.extend(std::iter::repeat_n(1.0, 1 + booths.len()));
            for (row, (tier, _)) in self.above.iter().enumerate() {
                let given = points(ground, firm, column, *tier);
                if given != 0 {
                    at.push(rows + spots + row);
                    values.push(-(given as f64));
                }
            }
            for &cut in &self.cuts_of[firm] {
                if self.is_in(&self.cuts[cut as usize], firm, booths) {
                    at.push(rows + spots + self.above.len() + cut as usize);
                    values.push(1.0);
                }
            }
            at.push(kept + number);
            values.push(-1.0);
            starts.push(at.len());
            gain.push(-(points(ground, firm, column, self.tier) as f64));
        }
        let matrix = CscMatrix::new(kept + pool.len(), pool.len(), starts, at, values);
        let mut limits = vec![1.0; rows + spots];
        limits.extend(self.above.iter().map(|(_, reached)| -(*reached as f64)));
        limits.resize(kept, 1.0);
        limits.resize(kept + pool.len(), 0.0);
        let cones: Vec<SupportedConeT<f64>> = if self.everybody {
            vec![ZeroConeT(rows), NonnegativeConeT(kept - rows + pool.len())]
        } else {
            vec![NonnegativeConeT(kept + pool.len())]
        };
        let nothing = CscMatrix::zeros((pool.len(), pool.len()));
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .max_threads(1_u32)
            .tol_gap_rel(1e-7)
            .tol_feas(1e-7)
            .build()
            .ok()?;
        let mut solver = DefaultSolver::new(&nothing, &gain, &matrix, &limits, &cones, settings).ok()?;
        solver.solve();
        let whole = |price: &f64| {
            if price.is_finite() { ((*price).clamp(0.0, 1e12) * PARTS as f64).round() as i128 } else { 0 }
        };
        let duals = &solver.solution.z;
        let part = |from: usize, len: usize| -> Vec<i128> {
            duals.get(from..from + len).unwrap_or_default().iter().map(whole).collect()
        };
        let prices = Prices {
            booths: part(rows, spots),
            tiers: part(rows + spots, self.above.len()),
            cuts: part(rows + spots + self.above.len(), self.cuts.len()),
        };
        let shares = pool.iter().zip(&solver.solution.x).map(|(&(firm, column), share)| (firm, column, *share));
        Some((shares.filter(|(_, _, share)| *share > 1e-5).collect(), prices))
    }

    /// Adds the bound up over all columns, and finds the columns that the programme should have known.
    fn certify(&self, fixed: &Fixed, prices: &Prices) -> (i64, Vec<(usize, usize)>) {
        let ground = self.ground;
        let mut total: i128 = prices.booths.iter().chain(&prices.cuts).sum();
        total -= self
            .above
            .iter()
            .zip(&prices.tiers)
            .map(|((_, reached), price)| i128::from(*reached) * price)
            .sum::<i128>();
        let mut missing = Vec::new();
        let mut better: Vec<(i128, usize)> = Vec::new();
        for firm in 0..ground.problem.firms.len() {
            let floor = if self.everybody { i128::MIN } else { 0 };
            let (mut best, mut known) = (floor, floor);
            better.clear();
            for column in ground.columns.of_firm(firm) {
                if (!fixed.chosen.is_empty() || !fixed.barred.is_empty()) && !self.open(fixed, firm, column) {
                    continue;
                }
                let booths = ground.columns.booths(column);
                let mut value = PARTS * i128::from(points(ground, firm, column, self.tier));
                for ((tier, _), price) in self.above.iter().zip(&prices.tiers) {
                    value += price * i128::from(points(ground, firm, column, *tier));
                }
                for &booth in booths {
                    value -= prices.booths[booth as usize];
                }
                for &cut in &self.cuts_of[firm] {
                    let price = prices.cuts[cut as usize];
                    if price > 0 && self.is_in(&self.cuts[cut as usize], firm, booths) {
                        value -= price;
                    }
                }
                best = best.max(value);
                if self.pooled[column] {
                    known = known.max(value);
                } else {
                    better.push((value, column));
                }
            }
            if best == i128::MIN {
                continue;
            }
            total += best;
            better.retain(|(value, _)| *value > known.saturating_add(PARTS / 500));
            better.sort_unstable_by(|a, b| b.cmp(a));
            missing.extend(better.iter().take(ADDED).map(|(_, column)| (firm, *column)));
        }
        (total.div_euclid(PARTS).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64, missing)
    }

    /// Adds rows for rivals that the shares bring near each other; true if there were any.
    fn keep_apart(&mut self, shares: &[Share]) -> bool {
        if !self.apart {
            return false;
        }
        let ground = self.ground;
        let mut of_firm: Vec<Vec<(usize, f64)>> = vec![Vec::new(); ground.problem.firms.len()];
        for &(firm, column, share) in shares.iter().filter(|(firm, _, _)| !ground.rivals[*firm].is_empty()) {
            of_firm[firm].push((column, share));
        }
        let before = self.cuts.len();
        for one in 0..of_firm.len() {
            for &other in &ground.rivals[one] {
                let mut mass = std::collections::BTreeMap::new();
                for (column, share) in &of_firm[one] {
                    for &booth in ground.columns.booths(*column) {
                        *mass.entry(booth).or_insert(0.0) += share;
                    }
                }
                let mut worst: Option<(f64, Apart)> = None;
                for (booth, share) in mass {
                    let cut = Apart { one, other, booth };
                    let theirs = of_firm[other]
                        .iter()
                        .filter(|(column, _)| self.is_in(&cut, other, ground.columns.booths(*column)));
                    let sum: f64 = share + theirs.map(|(_, share)| share).sum::<f64>();
                    if sum > 1.02 && worst.is_none_or(|(most, _)| sum > most) && !self.cuts.contains(&cut) {
                        worst = Some((sum, cut));
                    }
                }
                if let Some((_, cut)) = worst {
                    self.cuts_of[one].push(self.cuts.len() as u32);
                    self.cuts_of[other].push(self.cuts.len() as u32);
                    self.cuts.push(cut);
                }
            }
        }
        self.cuts.len() > before
    }

    /// Rounds of solving and pricing until nothing is missing, `enough` is proven, or `stop` says so.
    pub fn close(&mut self, fixed: &Fixed, enough: i64, stop: &dyn Fn() -> bool) -> Option<Round> {
        let mut best: Option<Round> = None;
        for _ in 0..40 {
            let Some((shares, prices)) = self.solve(fixed) else { break };
            let (bound, missing) = self.certify(fixed, &prices);
            let bound = best.as_ref().map_or(bound, |best| best.bound.min(bound));
            let more = self.keep_apart(&shares);
            best = Some(Round { bound, shares });
            if bound <= enough || (missing.is_empty() && !more) || stop() {
                break;
            }
            for (firm, column) in missing {
                self.pool(firm, column);
            }
        }
        best
    }
}
