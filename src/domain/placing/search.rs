//! The search for better plans: a start by priority, then again and again a few dozen firms are taken up and set down anew.
//! Firms of one booth are set down by an exact assignment, which sees rivals and partners that stand still; firms of several booths
//! go first, by weight less the price of what they would stand on. The same seed and count of steps give the same plan.

use super::chance::Chance;
use super::counting;
use super::ground::{Ground, NEVER};
use super::lap;
use super::plan::Plan;
use super::problem::Problem;
use super::score::{Score, Tier};
use super::setting::{assign_singles, costs};
use super::state::{NONE, State};

/// Who watches a search and may end it.
pub trait Watch: Sync {
    /// How much of the time that may be used is used, in thousandths. At 1,000 the search ends with the best it has.
    fn spent(&self) -> u32;
    /// A better plan was found.
    fn better(&self, _score: &Score) {}
    /// No plan surpasses this in a tier.
    fn bounded(&self, _tier: Tier, _bound: i64) {}
}

/// Nobody watches: the count of steps alone ends the search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn spent(&self) -> u32 {
        0
    }
}

/// How many of the nearest booths a window can reach.
const WINDOW: usize = 160;

/// A search under way.
pub struct Search<'g, 'p> {
    ground: &'g Ground<'p>,
    state: State,
    best: State,
    chance: Chance,
    prices: Vec<i64>,
    nearest: Vec<Vec<u32>>,
    mark: Vec<u32>,
    stamp: u32,
    /// How many tiers a step must not make worse.
    depth: usize,
    bounds: Score,
    patience: usize,
    /// Columns of each firm that a proof left open, one list of lists for each tier that is open.
    guides: Vec<Vec<Vec<u32>>>,
}

impl<'g, 'p> Search<'g, 'p> {
    /// Begins from a plan.
    #[must_use]
    pub fn new(ground: &'g Ground<'p>, state: State, seed: u64) -> Self {
        let nearest = nearest(ground.problem);
        let mut search = Self {
            ground,
            best: state.clone(),
            mark: vec![0; state.column.len()],
            state,
            chance: Chance::new(seed),
            prices: Vec::new(),
            nearest,
            stamp: 0,
            depth: ground.problem.order.len(),
            bounds: counting::bounds(ground),
            patience: usize::MAX,
            guides: Vec::new(),
        };
        search.prices = search.priced();
        search
    }

    /// The best plan so far.
    #[must_use]
    pub fn best(&self) -> &State {
        &self.best
    }

    /// Goes on for so many steps, or until so many thousandths of the time are spent. Returns the steps that were made.
    ///
    /// The search climbs until it stands still, then walks for a while over plans that are no worse in the upper tiers alone,
    /// and climbs again from where that led.
    pub fn run(&mut self, steps: u64, until: u32, watch: &dyn Watch) -> u64 {
        if self.ground.movable.is_empty() {
            return 0;
        }
        let climb = (self.ground.movable.len() as u64 * 6).max(300);
        let (mut left, mut since, mut walks, mut vain) = (climb, Score::default(), 0_usize, 0_usize);
        for step in 0..steps {
            if step % 16 == 0 && watch.spent() >= until.min(1000) {
                return step;
            }
            left -= 1;
            if left == 0 {
                let order = &self.ground.problem.order;
                if self.depth < order.len() {
                    self.depth = order.len();
                    since = self.state.score;
                    left = climb;
                } else if self.state.score.compare(&since, order).is_gt() {
                    since = self.state.score;
                    left = climb;
                } else {
                    walks += 1;
                    vain += 1;
                    if vain > self.patience || self.is_done() {
                        return step;
                    }
                    if self.state.score.compare(&self.best.score, order).is_ne() && !self.chance.percent(30) {
                        self.state.clone_from(&self.best);
                    }
                    left = self.begin_walk();
                }
                if walks % 4 == 0 {
                    self.prices = self.priced();
                }
            }
            if self.step() {
                vain = 0;
                watch.better(&self.best.score);
            }
        }
        steps
    }

    /// Chooses how many tiers a walk must keep, and for how many steps.
    fn begin_walk(&mut self) -> u64 {
        let order = &self.ground.problem.order;
        let score = &self.best.score;
        let open: Vec<usize> = (0..order.len())
            .filter(|at| {
                *at + 1 == order.len().min(5)
                    || order.get(*at).is_some_and(|tier| score.get(*tier) < self.bounds.get(*tier))
            })
            .map(|at| at + 1)
            .collect();
        self.depth = self.chance.of(&open).copied().unwrap_or(order.len());
        let firms = self.ground.movable.len() as u64;
        let length = [firms / 8, firms / 3, firms, firms * 3];
        self.chance.of(&length).copied().unwrap_or(1).max(8)
    }

    /// Tells the search what no plan can surpass, so that it does not look for it.
    pub fn bound(&mut self, bounds: Score) {
        self.bounds = bounds;
    }

    /// Takes some firms up and sets them down anew; true when that made the best plan so far.
    fn step(&mut self) -> bool {
        self.stamp += 1;
        let mut set = Vec::with_capacity(64);
        let mut forced = Vec::new();
        let mut out = None;
        let most = if self.chance.percent(10) { 120 } else { 44 };
        let size = 8 + self.chance.below(most);
        match self.chance.below(100) {
            0..25 => self.window(&mut set, size),
            25..45 => self.chain(&mut set, size),
            45..75 => self.force(&mut set, &mut forced, size),
            75..83 => self.pair(&mut set, &mut forced, size),
            83..90 if self.is_short() => out = self.evict(&mut set, size),
            _ => self.discontent(&mut set, size),
        }
        if set.is_empty() {
            return false;
        }
        self.try_out(&set, &forced, out)
    }

    fn try_out(&mut self, set: &[usize], forced: &[(usize, usize)], out: Option<usize>) -> bool {
        let ground = self.ground;
        let before = self.state.score;
        let old: Vec<(usize, u32)> = set.iter().map(|&firm| (firm, self.state.column[firm])).collect();
        for &firm in set {
            self.state.take(ground, firm);
        }
        let mut freed: Vec<u32> = Vec::with_capacity(set.len() + 16);
        for &(_, column) in old.iter().filter(|(_, column)| *column != NONE) {
            freed.extend_from_slice(ground.columns.booths(column as usize));
        }
        for &(firm, column) in forced {
            if self.state.is_free(ground, column) {
                self.state.put(ground, firm, column);
            }
        }
        self.set_several(set, out);
        self.set_singles(set, &mut freed);
        let order = &ground.problem.order;
        if self.state.score.compare(&before, &order[..self.depth.min(order.len())]).is_lt() {
            for &firm in set {
                self.state.take(ground, firm);
            }
            for (firm, column) in old.into_iter().filter(|(_, column)| *column != NONE) {
                self.state.put(ground, firm, column as usize);
            }
            return false;
        }
        if self.state.score.compare(&self.best.score, order).is_gt() {
            self.best.clone_from(&self.state);
            return true;
        }
        false
    }

    /// Goes on from this plan, whether it is better than the best or not.
    pub fn follow(&mut self, state: &State) {
        self.state.clone_from(state);
        self.depth = self.ground.problem.order.len();
        if state.score.compare(&self.best.score, &self.ground.problem.order).is_gt() {
            self.best.clone_from(state);
        }
    }

    /// Goes on from this plan if it is better than the best.
    pub fn follow_better(&mut self, state: &State) {
        if state.score.compare(&self.best.score, &self.ground.problem.order).is_gt() {
            self.follow(state);
        }
    }

    /// Tells the search which columns of each firm a better plan may use, for each tier in which there may be one.
    pub fn guide(&mut self, guides: Vec<Vec<Vec<u32>>>) {
        self.guides = guides;
    }

    /// True when nothing can be better than the best plan.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let score = &self.best.score;
        self.ground.problem.order.iter().all(|tier| score.get(*tier) >= self.bounds.get(*tier))
    }

    /// Gives up after so many walks that led to nothing better.
    pub fn patience(&mut self, walks: usize) {
        self.patience = walks;
    }

    fn set_several(&mut self, set: &[usize], out: Option<usize>) {
        let ground = self.ground;
        let mut several: Vec<(i64, usize)> = Vec::new();
        for &firm in set {
            if Some(firm) != out && self.state.column[firm] == NONE && ground.problem.firms[firm].booths != 1 {
                several.push((-(ground.problem.firms[firm].booths as i64 * 4) + self.chance.below(6) as i64, firm));
            }
        }
        several.sort_unstable();
        let noise = ground.weights[Tier::Wishes as usize].max(1) as usize * 60;
        for (_, firm) in several {
            let mut best: Option<(i64, usize)> = None;
            let shaken = self.chance.percent(50);
            for column in ground.columns.of_firm(firm) {
                if !self.state.is_free(ground, column) {
                    continue;
                }
                let price: i64 = ground.columns.booths(column).iter().map(|b| self.prices[*b as usize]).sum();
                let mut value = self.state.weight(ground, firm, column) - price;
                if shaken {
                    value += self.chance.below(noise) as i64;
                }
                if best.is_none_or(|(most, _)| value > most) {
                    best = Some((value, column));
                }
            }
            if let Some((_, column)) = best {
                self.state.put(ground, firm, column);
            }
        }
    }

    fn set_singles(&mut self, set: &[usize], freed: &mut Vec<u32>) {
        let ground = self.ground;
        let rows: Vec<usize> = set
            .iter()
            .copied()
            .filter(|firm| self.state.column[*firm] == NONE && ground.row[*firm].is_some())
            .collect();
        if rows.is_empty() {
            return;
        }
        freed.retain(|booth| self.state.holder[*booth as usize] == NONE);
        let mut empty: Vec<u32> = (0..self.state.holder.len() as u32)
            .filter(|booth| self.state.holder[*booth as usize] == NONE && !freed.contains(booth))
            .collect();
        let most = rows.len() + 24;
        while empty.len() > most {
            let at = self.chance.below(empty.len());
            empty.swap_remove(at);
        }
        freed.append(&mut empty);
        for (row, booth) in assign_singles(ground, &self.state, &rows, freed) {
            if let Some(column) = ground.column_of(rows[row], booth) {
                self.state.put(ground, rows[row], column);
            }
        }
    }

    /// What each booth would bring to the firms of one booth, were it theirs, given who stands where with several.
    pub fn priced(&self) -> Vec<i64> {
        let ground = self.ground;
        let mut prices = vec![0; ground.problem.spots.len()];
        let rows: Vec<usize> = ground
            .movable
            .iter()
            .copied()
            .filter(|firm| ground.row[*firm].is_some() && self.best.column[*firm] != NONE)
            .collect();
        let open: Vec<u32> = (0..self.best.holder.len())
            .filter(|booth| {
                let holder = self.best.holder[*booth];
                holder == NONE
                    || (ground.row[holder as usize].is_some()
                        && ground.problem.firms[holder as usize].pinned.is_empty())
            })
            .map(|booth| booth as u32)
            .collect();
        let costs = costs(ground, None, &rows, &open, false);
        let Ok(assignment) = lap::assign(&costs.0, open.len()) else { return prices };
        for (row, &firm) in rows.iter().enumerate() {
            let mine = costs.1[row] - assignment.row_prices[row];
            for (booth, &weight) in ground.singles_of(firm).iter().enumerate() {
                if weight != NEVER {
                    prices[booth] = prices[booth].max(weight - mine);
                }
            }
        }
        prices
    }

    fn add(&mut self, set: &mut Vec<usize>, firm: usize, strict: bool) -> bool {
        let ground = self.ground;
        if self.mark[firm] == self.stamp || !ground.problem.firms[firm].pinned.is_empty() {
            return false;
        }
        if ground.columns.of_firm(firm).is_empty() {
            return false;
        }
        if strict
            && ground.rivals[firm].iter().chain(&ground.partners[firm]).any(|other| self.mark[*other] == self.stamp)
            && self.chance.percent(80)
        {
            return false;
        }
        self.mark[firm] = self.stamp;
        set.push(firm);
        true
    }

    fn add_holder(&mut self, set: &mut Vec<usize>, booth: usize) {
        let holder = self.state.holder[booth];
        if holder != NONE {
            self.add(set, holder as usize, true);
        }
    }

    fn window(&mut self, set: &mut Vec<usize>, size: usize) {
        let from = self.chance.below(self.nearest.len());
        for at in 0..self.nearest[from].len() {
            let booth = self.nearest[from][at] as usize;
            if set.len() >= size {
                break;
            }
            if self.chance.percent(85) {
                self.add_holder(set, booth);
            }
        }
    }

    fn chain(&mut self, set: &mut Vec<usize>, size: usize) {
        let firm = self.ground.movable[self.chance.below(self.ground.movable.len())];
        self.add(set, firm, true);
        self.spread(set, size);
    }

    /// Adds who stands where the firms of the set wish to be, and who stands where those wish to be.
    fn spread(&mut self, set: &mut Vec<usize>, size: usize) {
        let problem = self.ground.problem;
        let mut at = 0;
        while at < set.len() && set.len() < size {
            let firm = &problem.firms[set[at]];
            for &wish in &firm.wishes {
                if set.len() < size && self.chance.percent(70) {
                    self.add_holder(set, wish);
                }
            }
            let column = self.state.column[set[at]];
            if column != NONE && self.chance.percent(40) {
                let booth = self.ground.columns.booths(column as usize)[0] as usize;
                let near = &self.nearest[booth];
                let near = near[self.chance.below(near.len().min(20))] as usize;
                self.add_holder(set, near);
            }
            at += 1;
            if at == set.len() && set.len() < size {
                let booth = self.chance.below(self.state.holder.len());
                self.add_holder(set, booth);
                if at == set.len() {
                    let firm = self.ground.movable[self.chance.below(self.ground.movable.len())];
                    if !self.add(set, firm, false) {
                        break;
                    }
                }
            }
        }
    }

    /// Gives a firm another column that is worth its price, and takes up who stands there.
    fn force(&mut self, set: &mut Vec<usize>, forced: &mut Vec<(usize, usize)>, size: usize) {
        let ground = self.ground;
        let list =
            if !ground.several.is_empty() && self.chance.percent(65) { &ground.several } else { &ground.movable };
        let firm = list[self.chance.below(list.len())];
        let range = ground.columns.of_firm(firm);
        if range.is_empty() {
            return;
        }
        let mut best: Option<(i64, usize)> = None;
        let samples = if self.chance.percent(50) { 6 } else { 24 };
        let guided = self.chance.percent(60);
        let promising = self.chance.of(&self.guides).filter(|_| guided).and_then(|guide| guide.get(firm));
        let promising = promising.filter(|columns| columns.len() > 1);
        for _ in 0..promising.map_or(samples, |columns| samples.min(columns.len().div_ceil(4))) {
            let column = match promising.and_then(|columns| self.chance.of(columns)) {
                Some(column) => *column as usize,
                None => range.start + self.chance.below(range.len()),
            };
            if column as u32 == self.state.column[firm] {
                continue;
            }
            let price: i64 = ground.columns.booths(column).iter().map(|b| self.prices[*b as usize]).sum();
            let value = ground.column_weight(firm, column) - price;
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, column));
            }
        }
        let Some((_, column)) = best else { return };
        self.place_there(set, forced, firm, column);
        if forced.is_empty() {
            set.clear();
            return;
        }
        self.spread(set, size.max(set.len() + 8));
    }

    fn place_there(&mut self, set: &mut Vec<usize>, forced: &mut Vec<(usize, usize)>, firm: usize, column: usize) {
        let ground = self.ground;
        self.add(set, firm, false);
        for &booth in ground.columns.booths(column) {
            let holder = self.state.holder[booth as usize];
            if holder != NONE && self.mark[holder as usize] != self.stamp && !self.add(set, holder as usize, false) {
                return;
            }
        }
        forced.push((firm, column));
    }

    /// Brings two who asked for each other together.
    fn pair(&mut self, set: &mut Vec<usize>, forced: &mut Vec<(usize, usize)>, size: usize) {
        let ground = self.ground;
        let Some(&(one, other)) = self.chance.of(&ground.problem.together) else { return self.chain(set, size) };
        let (one, other) = if self.chance.percent(50) { (one, other) } else { (other, one) };
        let range = ground.columns.of_firm(one);
        if range.is_empty() || ground.columns.of_firm(other).is_empty() {
            return self.chain(set, size);
        }
        let mut best: Option<(i64, usize, usize)> = None;
        for _ in 0..12 {
            let first = if self.chance.percent(30) && self.state.column[one] != NONE {
                self.state.column[one] as usize
            } else {
                range.start + self.chance.below(range.len())
            };
            let booths = ground.columns.booths(first);
            let from = booths[self.chance.below(booths.len())] as usize;
            let Some(&beside) = self.chance.of(&ground.beside[from]) else { continue };
            let theirs = ground.columns.of_firm(other);
            let second = if ground.problem.firms[other].booths == 1 {
                ground.column_of(other, beside)
            } else {
                let mut containing = theirs.filter(|column| ground.columns.booths(*column).contains(&beside));
                containing.nth(self.chance.below(4))
            };
            let Some(second) = second else { continue };
            if ground.columns.booths(second).iter().any(|booth| booths.contains(booth)) {
                continue;
            }
            let price: i64 = booths.iter().chain(ground.columns.booths(second)).map(|b| self.prices[*b as usize]).sum();
            let value = ground.column_weight(one, first) + ground.column_weight(other, second) - price;
            if best.is_none_or(|(most, _, _)| value > most) {
                best = Some((value, first, second));
            }
        }
        let Some((_, first, second)) = best else { return self.chain(set, size) };
        self.place_there(set, forced, one, first);
        self.place_there(set, forced, other, second);
        if forced.len() < 2 && !ground.problem.firms[one].pinned.is_empty() {
            forced.clear();
        }
        self.spread(set, size.max(set.len() + 8));
    }

    /// True while others could have a place than have one.
    fn is_short(&self) -> bool {
        [Tier::Placed, Tier::Priority].iter().any(|tier| self.state.score.get(*tier) < self.bounds.get(*tier))
    }

    /// Takes the place from a firm, mostly one of several booths, so that others who have none can have one.
    fn evict(&mut self, set: &mut Vec<usize>, size: usize) -> Option<usize> {
        let ground = self.ground;
        let several = self.chance.percent(70);
        let firm = *self.chance.of(if several { &ground.several } else { &ground.movable })?;
        self.add(set, firm, false);
        let mut outside: Vec<usize> =
            ground.movable.iter().copied().filter(|firm| self.state.column[*firm] == NONE).collect();
        for _ in 0..12 {
            if let Some(other) = self.chance.of(&outside).copied() {
                self.add(set, other, false);
            }
        }
        outside.clear();
        self.spread(set, size);
        Some(firm)
    }

    /// Begins from a firm without a place or outside its zone, or from rivals near each other.
    fn discontent(&mut self, set: &mut Vec<usize>, size: usize) {
        let ground = self.ground;
        for _ in 0..60 {
            let firm = ground.movable[self.chance.below(ground.movable.len())];
            let column = self.state.column[firm];
            let content = column != NONE && ground.columns.worth[column as usize].zone == 2 && {
                let clash = self.state.neighbours(ground, firm, ground.columns.booths(column as usize)).0;
                clash == 0
            };
            if content {
                continue;
            }
            self.add(set, firm, true);
            let zone = ground.problem.firms[firm].zone;
            for _ in 0..size * 4 {
                if set.len() * 2 >= size {
                    break;
                }
                let booth = self.chance.below(self.state.holder.len());
                if ground.problem.spots[booth].zone == zone {
                    self.add_holder(set, booth);
                }
            }
            break;
        }
        if set.is_empty() {
            return self.chain(set, size);
        }
        self.spread(set, size);
    }
}

/// The nearest booths of each booth in its hall, itself first.
fn nearest(problem: &Problem) -> Vec<Vec<u32>> {
    let middle = |at: usize| {
        let rect = problem.spots[at].rect;
        (rect.x_cm * 2 + rect.w_cm, rect.y_cm * 2 + rect.h_cm, problem.spots[at].hall)
    };
    let middles: Vec<_> = (0..problem.spots.len()).map(middle).collect();
    let from = |&(x, y, hall): &(i64, i64, u32)| {
        let mut list: Vec<(i64, u32)> = middles
            .iter()
            .zip(0_u32..)
            .map(|((a, b, other), at)| {
                let apart = (a - x).abs().saturating_add((b - y).abs());
                (apart.saturating_add(if *other == hall { 0 } else { i64::MAX / 4 }), at)
            })
            .collect();
        if list.len() > WINDOW {
            list.select_nth_unstable(WINDOW - 1);
            list.truncate(WINDOW);
        }
        list.sort_unstable();
        list.into_iter().map(|(_, at)| at).collect()
    };
    middles.iter().map(from).collect()
}

/// Betters any plan, a hand-made one too, by so many steps. What breaks a hard need is taken out first.
#[must_use]
pub fn improve(problem: &Problem, plan: &Plan, seed: u64, steps: u64, watch: &dyn Watch) -> (Plan, Score) {
    let ground = Ground::new(problem);
    let state = State::of(&ground, plan);
    let mut search = Search::new(&ground, state, seed);
    search.run(steps, 1000, watch);
    (search.best().plan(&ground), search.best().score)
}
