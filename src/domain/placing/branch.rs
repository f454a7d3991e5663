//! Proof by cases: where a linear programme alone leaves a gap, the fair is split by giving or barring one column.

use super::bound::{Closed, Prices, Relaxed, Share};

/// What is known of the part of a fair that a branch leaves open.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// Columns that are chosen, as firm and column.
    pub chosen: Vec<(usize, usize)>,
    /// Columns that are ruled out.
    pub barred: Vec<usize>,
}

/// A part of the fair that is still open.
struct Branch {
    bound: i64,
    fixed: Fixed,
    shares: Vec<Share>,
    /// Its programme knows every column and row that it should.
    settled: bool,
}

/// A proof under way: a programme, and the parts into which it was split by giving or barring one column. Each part carries
/// a bound of its own, so that the proof can be taken up where it was left.
pub struct Tree<'g, 'p> {
    relaxed: Relaxed<'g, 'p>,
    /// The bound and the prices of the whole.
    root: Option<(i64, Prices)>,
    open: Vec<Branch>,
    /// The highest bound of the parts that cannot be split further.
    leaf: i64,
    /// What a plan must surpass.
    enough: i64,
}

impl<'g, 'p> Tree<'g, 'p> {
    /// Nothing is split yet.
    #[must_use]
    pub fn new(relaxed: Relaxed<'g, 'p>) -> Self {
        Self { relaxed, root: None, open: Vec::new(), leaf: i64::MIN, enough: i64::MIN }
    }

    /// Proves as low a bound as `stop` leaves time for, with so many splits at most. Every relaxed optimum is shown to
    /// `seen`, which may find a plan in it and raise what is enough.
    pub fn prove(
        &mut self,
        enough: i64,
        parts: usize,
        stop: &dyn Fn() -> bool,
        seen: &mut dyn FnMut(&[Share]) -> i64,
    ) -> Option<i64> {
        self.enough = self.enough.max(enough);
        self.begin(stop)?;
        let mut splits = 0;
        while let Some(at) = (0..self.open.len()).max_by_key(|at| (self.open[*at].bound, *at)) {
            let mut branch = self.open.swap_remove(at);
            self.raise(seen(&branch.shares));
            splits += 1;
            if branch.bound <= self.enough {
                continue;
            }
            if splits > parts || stop() {
                self.open.push(branch);
                break;
            }
            if !branch.settled {
                if let Some(closed) = self.relaxed.close(&branch.fixed, self.enough, stop) {
                    branch.settled = closed.settled || !stop();
                    branch.bound = branch.bound.min(closed.bound);
                    branch.shares = closed.shares;
                    if branch.fixed.chosen.is_empty() && branch.fixed.barred.is_empty() {
                        self.root = Some((branch.bound, closed.prices));
                        self.narrow();
                    }
                }
                if !branch.settled {
                    self.open.push(branch);
                    continue;
                }
            }
            self.split(branch, stop);
        }
        self.bound()
    }

    fn begin(&mut self, stop: &dyn Fn() -> bool) -> Option<()> {
        if self.root.is_none() {
            let whole = self.relaxed.close(&Fixed::default(), self.enough, stop)?;
            let Closed { bound, shares, prices, settled } = whole;
            self.root = Some((bound, prices));
            self.open.push(Branch { bound, fixed: Fixed::default(), shares, settled });
            self.narrow();
        }
        Some(())
    }

    fn raise(&mut self, enough: i64) {
        if enough > self.enough {
            self.enough = enough;
            self.narrow();
        }
    }

    fn narrow(&mut self) {
        if let Some((bound, prices)) = &self.root {
            self.relaxed.narrow(prices, *bound, self.enough);
        }
    }

    fn split(&mut self, branch: Branch, stop: &dyn Fn() -> bool) {
        let halfway = |share: f64| (share - 0.5).abs();
        let split = branch.shares.iter().filter(|(_, _, share)| *share > 0.01 && *share < 0.99);
        let Some(&(firm, column, _)) = split.min_by(|a, b| halfway(a.2).total_cmp(&halfway(b.2))) else {
            self.leaf = self.leaf.max(branch.bound);
            return;
        };
        let (mut with, mut without) = (branch.fixed.clone(), branch.fixed);
        with.chosen.push((firm, column));
        without.barred.push(column);
        for fixed in [with, without] {
            let part = match self.relaxed.close(&fixed, self.enough, stop) {
                Some(Closed { bound, shares, settled, .. }) => {
                    Branch { bound: bound.min(branch.bound), fixed, shares, settled }
                }
                None => Branch { bound: branch.bound, fixed, shares: Vec::new(), settled: true },
            };
            if part.bound > self.enough {
                self.open.push(part);
            }
        }
    }

    /// What no plan surpasses, as far as it is proven.
    fn bound(&self) -> Option<i64> {
        let (root, _) = self.root.as_ref()?;
        let open = self.open.iter().map(|branch| branch.bound).max().unwrap_or(i64::MIN);
        Some(open.max(self.leaf).max(self.enough).min(*root))
    }

    /// The columns of each firm that a better plan may use.
    #[must_use]
    pub fn promising(&self) -> Vec<Vec<u32>> {
        self.relaxed.promising()
    }
}
