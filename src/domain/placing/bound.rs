//! What no plan can surpass, tier by tier, given the values of the tiers above.
//!
//! A linear programme over the columns (solved in floating point, column by column as they are needed) only suggests prices: of each
//! booth, of each tier above, of each pair of rivals kept apart. The prices are rounded to whole numbers, and the bound is added up from
//! them over all columns of the fair in 128-bit integers. Any prices at all give a true bound, so nothing here trusts the solver.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SupportedConeT, ZeroConeT};

use super::branch::Fixed;
use super::ground::Ground;
use super::score::{Score, Tier};
use super::state::{NONE, State};

/// Prices are counted in parts of a point.
const PARTS: i128 = 1_000_000;
/// How many columns of a firm one round of pricing adds.
const ADDED: usize = 8;

/// A row that ties the columns of two firms.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tie {
    one: usize,
    other: usize,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Rivals: the one on this booth, or the other on or near it, not both.
    Apart(u32),
    /// Partners of this number stand beside each other only if the one has a booth outside these, or the other one beside
    /// these: both as lists by booth.
    Beside(usize, Vec<bool>, Vec<bool>),
}

/// One linear programme.
pub struct Relaxed<'g, 'p> {
    ground: &'g Ground<'p>,
    tier: Tier,
    above: Vec<(Tier, i64)>,
    /// Everybody who can be placed must be.
    everybody: bool,
    apart: bool,
    /// Pairs who ask for each other and could have it; none when that does not matter here.
    pairs: Vec<(usize, usize)>,
    /// How many of them must.
    met: i64,
    pool: Vec<(u32, u32)>,
    pooled: Vec<bool>,
    /// The columns that no better plan can use.
    shut: Vec<bool>,
    cuts: Vec<Tie>,
    /// The rows of each firm in `cuts`.
    cuts_of: Vec<Vec<u32>>,
}

/// Whole-number prices that carry a bound.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    booths: Vec<i128>,
    tiers: Vec<i128>,
    cuts: Vec<i128>,
    met: i128,
}

/// The share of a column in a relaxed optimum, as firm, column and share.
pub type Share = (usize, usize, f64);

/// What the solver says.
struct Solved {
    shares: Vec<Share>,
    /// The shares of the pairs that stand beside each other.
    together: Vec<f64>,
    prices: Prices,
}

/// What rounds of solving and pricing brought.
pub(super) struct Closed {
    /// The certified bound.
    pub bound: i64,
    /// The shares of the columns in the relaxed optimum.
    pub shares: Vec<Share>,
    /// The prices that carry the bound.
    pub prices: Prices,
    /// Nothing was missing any more.
    pub settled: bool,
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
        Tier::Stays => i64::from(worth.stays),
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
        let wanted = tier == Tier::Partners || (upper.contains(&Tier::Partners) && reached.get(Tier::Partners) > 0);
        let pairs = ground
            .problem
            .together
            .iter()
            .copied()
            .filter(|(one, other)| wanted && one != other && !(apart && ground.rivals[*one].contains(other)));
        let mut relaxed = Self {
            ground,
            tier,
            pairs: pairs.collect(),
            met: if tier == Tier::Partners { 0 } else { reached.get(Tier::Partners) },
            above,
            everybody,
            apart,
            pool: Vec::new(),
            pooled: vec![false; ground.columns.bundle.len()],
            shut: vec![false; ground.columns.bundle.len()],
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

    /// How often this column counts in a row that ties two firms.
    fn times(&self, tie: &Tie, firm: usize, booths: &[u32]) -> i64 {
        let first = firm == tie.one;
        match &tie.kind {
            Kind::Apart(booth) if first => i64::from(booths.contains(booth)),
            Kind::Apart(booth) => {
                i64::from(booths.iter().any(|other| other == booth || self.ground.near.has(*booth, *other)))
            }
            Kind::Beside(_, within, _) if first => -i64::from(booths.iter().any(|booth| !within[*booth as usize])),
            Kind::Beside(_, _, around) => -i64::from(booths.iter().any(|booth| around[*booth as usize])),
        }
    }

    fn open(&self, fixed: &Fixed, firm: usize, column: usize) -> bool {
        !fixed.barred.contains(&column) && fixed.chosen.iter().all(|&(one, theirs)| one != firm || theirs == column)
    }

    /// The columns of the pool that what is fixed leaves open.
    fn open_pool(&self, fixed: &Fixed) -> Vec<(usize, usize)> {
        self.pool
            .iter()
            .map(|&(firm, column)| (firm as usize, column as usize))
            .filter(|&(firm, column)| self.open(fixed, firm, column))
            .collect()
    }

    /// Solves over the pool; the shares and the prices.
    fn solve(&self, fixed: &Fixed) -> Option<Solved> {
        let ground = self.ground;
        let (firms, spots) = (ground.problem.firms.len(), ground.problem.spots.len());
        let pool = self.open_pool(fixed);
        let mut has = vec![false; firms];
        pool.iter().for_each(|(firm, _)| has[*firm] = true);
        let mut row_of = vec![0; firms];
        let mut rows = 0;
        for firm in 0..firms {
            row_of[firm] = rows;
            rows += usize::from(has[firm]);
        }
        let pairs = self.pairs.len();
        let first_cut = rows + spots + self.above.len();
        let met = first_cut + self.cuts.len();
        let kept = met + usize::from(pairs > 0) + pairs;
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
                let times = self.times(&self.cuts[cut as usize], firm, booths);
                if times != 0 {
                    at.push(first_cut + cut as usize);
                    values.push(times as f64);
                }
            }
            at.push(kept + number);
            values.push(-1.0);
            starts.push(at.len());
            gain.push(-(points(ground, firm, column, self.tier) as f64));
        }
        for pair in 0..pairs {
            for (row, tie) in self.cuts.iter().enumerate() {
                if matches!(&tie.kind, Kind::Beside(number, _, _) if *number == pair) {
                    at.push(first_cut + row);
                    values.push(1.0);
                }
            }
            at.extend([met, met + 1 + pair, kept + pool.len() + pair]);
            values.extend([-1.0, 1.0, -1.0]);
            starts.push(at.len());
            gain.push(if self.tier == Tier::Partners { -1.0 } else { 0.0 });
        }
        let variables = pool.len() + pairs;
        let matrix = CscMatrix::new(kept + variables, variables, starts, at, values);
        let mut limits = vec![1.0; rows + spots];
        limits.extend(self.above.iter().map(|(_, reached)| -(*reached as f64)));
        limits.extend(self.cuts.iter().map(|tie| if matches!(tie.kind, Kind::Apart(_)) { 1.0 } else { 0.0 }));
        if pairs > 0 {
            limits.push(-(self.met as f64));
        }
        limits.resize(kept, 1.0);
        limits.resize(kept + variables, 0.0);
        let cones: Vec<SupportedConeT<f64>> = if self.everybody {
            vec![ZeroConeT(rows), NonnegativeConeT(kept - rows + variables)]
        } else {
            vec![NonnegativeConeT(kept + variables)]
        };
        let nothing = CscMatrix::zeros((variables, variables));
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
            cuts: part(first_cut, self.cuts.len()),
            met: part(met, usize::from(pairs > 0)).first().copied().unwrap_or_default(),
        };
        let together = solver.solution.x.get(pool.len()..).unwrap_or_default().to_vec();
        let shares = pool.iter().zip(&solver.solution.x).map(|(&(firm, column), share)| (firm, column, *share));
        Some(Solved { shares: shares.filter(|(_, _, share)| *share > 1e-5).collect(), together, prices })
    }

    /// What a column is worth beyond its prices, in parts of a point.
    fn value(&self, prices: &Prices, firm: usize, column: usize) -> i128 {
        let ground = self.ground;
        let booths = ground.columns.booths(column);
        let mut value = PARTS * i128::from(points(ground, firm, column, self.tier));
        for ((tier, _), price) in self.above.iter().zip(&prices.tiers) {
            value += price * i128::from(points(ground, firm, column, *tier));
        }
        for &booth in booths {
            value -= prices.booths[booth as usize];
        }
        for &cut in &self.cuts_of[firm] {
            // A row that is younger than the prices has none.
            let price = prices.cuts.get(cut as usize).copied().unwrap_or_default();
            if price > 0 {
                value -= price * i128::from(self.times(&self.cuts[cut as usize], firm, booths));
            }
        }
        value
    }

    /// Shuts every column that no plan better than `reached` can use: by these prices it loses more against its firm's best
    /// than lies between the bound and what is reached.
    pub(super) fn narrow(&mut self, prices: &Prices, bound: i64, reached: i64) {
        let room = i128::from(bound.saturating_sub(reached)) * PARTS;
        for firm in 0..self.ground.problem.firms.len() {
            let columns = self.ground.columns.of_firm(firm);
            let open = columns.filter(|column| !self.shut[*column]);
            let values: Vec<_> = open.map(|column| (column, self.value(prices, firm, column))).collect();
            let best =
                values.iter().map(|(_, value)| *value).fold(if self.everybody { i128::MIN } else { 0 }, i128::max);
            for (column, value) in values {
                self.shut[column] = best.saturating_sub(value) > room;
            }
        }
        let shut = &self.shut;
        self.pool.retain(|(_, column)| !shut[*column as usize]);
    }

    /// The columns of each firm that are not shut.
    pub(super) fn promising(&self) -> Vec<Vec<u32>> {
        let of_firm = |firm| self.ground.columns.of_firm(firm).filter(|column| !self.shut[*column]);
        (0..self.ground.problem.firms.len()).map(|firm| of_firm(firm).map(|column| column as u32).collect()).collect()
    }

    /// Adds the bound up over all columns, and finds the columns that the programme should have known.
    fn certify(&self, fixed: &Fixed, prices: &Prices) -> (i64, Vec<(usize, usize)>) {
        let ground = self.ground;
        let mut total: i128 = prices.booths.iter().sum();
        let mut of_pair = vec![prices.met + if self.tier == Tier::Partners { PARTS } else { 0 }; self.pairs.len()];
        for (tie, price) in self.cuts.iter().zip(&prices.cuts) {
            match &tie.kind {
                Kind::Apart(_) => total += price,
                Kind::Beside(pair, _, _) => of_pair[*pair] -= price,
            }
        }
        total += of_pair.iter().map(|value| (*value).max(0)).sum::<i128>() - prices.met * i128::from(self.met);
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
                let whole = fixed.chosen.is_empty() && fixed.barred.is_empty();
                if self.shut[column] || !(whole || self.open(fixed, firm, column)) {
                    continue;
                }
                let value = self.value(prices, firm, column);
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
                let mut worst: Option<(f64, Tie)> = None;
                for (booth, share) in mass {
                    let cut = Tie { one, other, kind: Kind::Apart(booth) };
                    let theirs = of_firm[other]
                        .iter()
                        .filter(|(column, _)| self.times(&cut, other, ground.columns.booths(*column)) > 0);
                    let sum: f64 = share + theirs.map(|(_, share)| share).sum::<f64>();
                    if sum > 1.02 && worst.as_ref().is_none_or(|(most, _)| sum > *most) && !self.cuts.contains(&cut) {
                        worst = Some((sum, cut));
                    }
                }
                if let Some((_, cut)) = worst {
                    self.tie(cut);
                }
            }
        }
        self.cuts.len() > before
    }

    fn tie(&mut self, tie: Tie) {
        self.cuts_of[tie.one].push(self.cuts.len() as u32);
        self.cuts_of[tie.other].push(self.cuts.len() as u32);
        self.cuts.push(tie);
    }

    /// Adds rows for pairs whose shares do not lie beside each other as often as claimed; true if there were any.
    fn bring_together(&mut self, solved: &Solved) -> bool {
        let ground = self.ground;
        let mut of_firm: Vec<Vec<(u32, f64)>> = vec![Vec::new(); ground.problem.firms.len()];
        let paired: Vec<usize> = self.pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        for &(firm, column, share) in solved.shares.iter().filter(|(firm, _, _)| paired.contains(firm)) {
            of_firm[firm].extend(ground.columns.booths(column).iter().map(|booth| (*booth, share)));
        }
        let before = self.cuts.len();
        for pair in 0..self.pairs.len() {
            let (one, other) = self.pairs[pair];
            let claimed = solved.together.get(pair).copied().unwrap_or_default();
            let (flow, within) = spread(ground, &of_firm[one], &of_firm[other]);
            if claimed <= flow + 0.01 {
                continue;
            }
            let mut around = vec![false; within.len()];
            for (booth, _) in within.iter().enumerate().filter(|(_, is)| **is) {
                ground.beside[booth].iter().for_each(|next| around[*next as usize] = true);
            }
            let tie = Tie { one, other, kind: Kind::Beside(pair, within, around) };
            if !self.cuts.contains(&tie) {
                self.tie(tie);
            }
        }
        self.cuts.len() > before
    }

    /// Rounds of solving and pricing until nothing is missing, `enough` is proven, or `stop` says so.
    pub(super) fn close(&mut self, fixed: &Fixed, enough: i64, stop: &dyn Fn() -> bool) -> Option<Closed> {
        let mut closed: Option<Closed> = None;
        for _ in 0..40 {
            let Some(solved) = self.solve(fixed) else { break };
            let (bound, missing) = self.certify(fixed, &solved.prices);
            let more = self.keep_apart(&solved.shares) | self.bring_together(&solved);
            let settled = missing.is_empty() && !more;
            let (bound, prices) = match closed {
                Some(before) if before.bound <= bound => (before.bound, before.prices),
                _ => (bound, solved.prices),
            };
            closed = Some(Closed { bound, shares: solved.shares, prices, settled });
            if bound <= enough || settled || stop() {
                break;
            }
            for (firm, column) in missing {
                self.pool(firm, column);
            }
        }
        closed
    }
}

/// The largest flow from the one list of shares to the other over shared walls, and the booths of the first list that are on the
/// near side of the smallest cut.
fn spread(ground: &Ground<'_>, one: &[(u32, f64)], other: &[(u32, f64)]) -> (f64, Vec<bool>) {
    let (mut left, mut right) = (one.to_vec(), other.to_vec());
    let mut flow = vec![0.0_f64; left.len() * right.len()];
    let mut total = 0.0;
    let width = right.len();
    for _ in 0..2000 {
        // A breadth-first search over the booths that still have something to give.
        let mut from = vec![None; left.len() + width];
        let mut queue: Vec<usize> = (0..left.len()).filter(|at| left[*at].1 > 1e-9).collect();
        let mut seen = vec![false; left.len() + width];
        queue.iter().for_each(|at| seen[*at] = true);
        let mut at = 0;
        let mut end = None;
        while at < queue.len() && end.is_none() {
            let node = queue[at];
            at += 1;
            if node < left.len() {
                for (next, (booth, room)) in right.iter().enumerate() {
                    if !seen[left.len() + next] && ground.touch.has(left[node].0, *booth) {
                        seen[left.len() + next] = true;
                        from[left.len() + next] = Some(node);
                        queue.push(left.len() + next);
                        if *room > 1e-9 {
                            end = Some(left.len() + next);
                            break;
                        }
                    }
                }
            } else {
                for back in (0..left.len()).filter(|back| flow[back * width + node - left.len()] > 1e-9) {
                    if !seen[back] {
                        seen[back] = true;
                        from[back] = Some(node);
                        queue.push(back);
                    }
                }
            }
        }
        let Some(end) = end else {
            let mut within = vec![false; ground.problem.spots.len()];
            for (node, (booth, _)) in left.iter().enumerate() {
                within[*booth as usize] |= seen[node];
            }
            return (total, within);
        };
        let mut path = vec![end];
        while let Some(before) = path.last().and_then(|node| from[*node]) {
            path.push(before);
        }
        path.reverse();
        let mut amount = left[path[0]].1.min(right[end - left.len()].1);
        for step in path.windows(2).filter(|step| step[0] >= left.len()) {
            amount = amount.min(flow[step[1] * width + step[0] - left.len()]);
        }
        for step in path.windows(2) {
            if step[0] < left.len() {
                flow[step[0] * width + step[1] - left.len()] += amount;
            } else {
                flow[step[1] * width + step[0] - left.len()] -= amount;
            }
        }
        left[path[0]].1 -= amount;
        right[end - left.len()].1 -= amount;
        total += amount;
    }
    (f64::INFINITY, Vec::new())
}
