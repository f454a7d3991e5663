//! Linear assignment on whole numbers: every row gets a column of its own, at the smallest total cost.
//!
//! The method is the one of Jonker and Volgenant: cheap reductions first, then shortest augmenting paths. It works on
//! whole numbers only, so that its prices are exact and [`certify`] can prove the answer without trusting the method.
//!
//! ```
//! use hoicho::domain::placing::lap::{FORBIDDEN, assign, certify};
//!
//! // Three businesses and four booths; the second business must not stand on the first booth.
//! let costs = [
//!     4, 1, 3, 9,
//!     FORBIDDEN, 0, 5, 8,
//!     4, 2, 2, 7,
//! ];
//! let found = assign(&costs, 4).unwrap();
//! assert_eq!(found.total, 6);
//! assert_eq!(found.column_of, [Some(0), Some(1), Some(2)]);
//! certify(&costs, 4, &found).unwrap();
//! ```

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Sub, SubAssign};

/// A pair that must not be, in a matrix of `i64`; any type has its own in [`Cost::FORBIDDEN`].
pub const FORBIDDEN: i64 = i64::MAX / 4;

/// A whole number that costs are counted in.
pub trait Cost: Copy + Ord + Debug + Default + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign {
    /// Nothing.
    const ZERO: Self;
    /// A pair that must not be.
    const FORBIDDEN: Self;
    /// True when a path of so many steps over costs of this size stays far below [`Cost::FORBIDDEN`].
    fn is_small(self, steps: usize) -> bool;
}

macro_rules! cost {
    ($($number:ty),+) => {$(
        impl Cost for $number {
            const ZERO: Self = 0;
            const FORBIDDEN: Self = <$number>::MAX / 4;
            fn is_small(self, steps: usize) -> bool {
                <$number>::try_from(steps)
                    .ok()
                    .and_then(|steps| self.checked_abs()?.checked_mul(steps)?.checked_mul(8))
                    .is_some_and(|sum| sum < Self::FORBIDDEN)
            }
        }
    )+};
}

cost!(i64, i128);

/// A smallest assignment with the prices that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment<C> {
    /// The column of each row. With more rows than columns some rows have none.
    pub column_of: Vec<Option<usize>>,
    /// The sum over the pairs.
    pub total: C,
    /// What each row is worth.
    pub row_prices: Vec<C>,
    /// What each column is worth: no pair costs less than its two prices together, and a chosen one costs exactly that.
    pub column_prices: Vec<C>,
}

/// Why there is no assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unassigned {
    /// The costs do not fill whole rows.
    Ragged,
    /// A cost is so large that sums could run over.
    TooLarge,
    /// These rows together may use only these columns, which are one fewer (a Hall set). With more rows than columns
    /// the two change places.
    Blocked {
        /// The rows that compete.
        rows: Vec<usize>,
        /// All the columns they may use.
        columns: Vec<usize>,
    },
}

/// What is wrong with a claimed assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The lengths do not fit the matrix.
    Shape,
    /// A column is used twice, or a row or column that needs a partner has none, or a forbidden pair is used.
    Pairing,
    /// The total is not the sum of the pairs.
    Total,
    /// A pair costs less than its prices, or a column that stays empty has a price, or the prices do not add up.
    Prices,
}

const NONE: usize = usize::MAX;

/// The cheapest assignment that gives every row a column (with more rows than columns: every column a row).
/// `costs` is the matrix row by row; a cost of [`Cost::FORBIDDEN`] or more is a pair that must not be.
///
/// # Errors
/// [`Unassigned`]: the matrix is ragged, too large to be added up, or no full assignment exists.
pub fn assign<C: Cost>(costs: &[C], columns: usize) -> Result<Assignment<C>, Unassigned> {
    if columns == 0 && costs.is_empty() {
        return Ok(Assignment { column_of: vec![], total: C::ZERO, row_prices: vec![], column_prices: vec![] });
    }
    if columns == 0 || !costs.len().is_multiple_of(columns) {
        return Err(Unassigned::Ragged);
    }
    let rows = costs.len() / columns;
    if rows > columns {
        return turned(costs, rows, columns);
    }
    let steps = rows + columns;
    let (least, most) = costs
        .iter()
        .filter(|cost| **cost < C::FORBIDDEN)
        .fold((C::ZERO, C::ZERO), |(low, high), cost| (low.min(*cost), high.max(*cost)));
    if !least.is_small(steps) || !most.is_small(steps) {
        return Err(Unassigned::TooLarge);
    }
    let mut work = Work {
        costs,
        columns,
        price: vec![C::ZERO; columns],
        row_of: vec![NONE; columns],
        column_of: vec![NONE; rows],
    };
    let free = if rows == columns { work.reduce_columns() } else { (0..rows).collect() };
    let free = work.reduce_rows(free);
    work.augment(&free)?;
    Ok(work.finish())
}

/// The matrix with rows and columns exchanged, and the answer exchanged back.
fn turned<C: Cost>(costs: &[C], rows: usize, columns: usize) -> Result<Assignment<C>, Unassigned> {
    let mut other = Vec::with_capacity(costs.len());
    for column in 0..columns {
        other.extend(costs.iter().skip(column).step_by(columns).copied());
    }
    match assign(&other, rows) {
        Ok(found) => {
            let mut column_of = vec![None; rows];
            for (column, row) in found.column_of.iter().enumerate() {
                if let Some(row) = row {
                    column_of[*row] = Some(column);
                }
            }
            Ok(Assignment {
                column_of,
                total: found.total,
                row_prices: found.column_prices,
                column_prices: found.row_prices,
            })
        }
        Err(Unassigned::Blocked { rows, columns }) => Err(Unassigned::Blocked { rows: columns, columns: rows }),
        Err(other) => Err(other),
    }
}

struct Work<'a, C> {
    costs: &'a [C],
    columns: usize,
    /// The price of each column. One that was never used keeps the price zero, which a matrix wider than high needs.
    price: Vec<C>,
    row_of: Vec<usize>,
    column_of: Vec<usize>,
}

impl<C: Cost> Work<'_, C> {
    fn row(&self, row: usize) -> &[C] {
        &self.costs[row * self.columns..][..self.columns]
    }

    /// Square only: each column is priced at its smallest cost and given to the row that has it, as far as rows are free; what
    /// such a row could lose elsewhere is taken off its column's price. Returns the rows still free.
    fn reduce_columns(&mut self) -> Vec<usize> {
        let size = self.columns;
        let mut price = self.row(0).to_vec();
        let mut cheapest = vec![0_usize; size];
        for row in 1..size {
            for ((cost, price), cheapest) in self.row(row).iter().zip(&mut price).zip(&mut cheapest) {
                if *cost < *price {
                    *price = *cost;
                    *cheapest = row;
                }
            }
        }
        let mut matches = vec![0_usize; size];
        for column in (0..size).rev() {
            if price[column] >= C::FORBIDDEN {
                price[column] = C::ZERO;
                continue;
            }
            let row = cheapest[column];
            matches[row] += 1;
            if matches[row] == 1 {
                self.column_of[row] = column;
                self.row_of[column] = row;
            }
        }
        self.price = price;
        for row in (0..size).filter(|row| matches[*row] == 1) {
            let column = self.column_of[row];
            let second = (self.row(row).iter().zip(&self.price).enumerate())
                .filter(|(other, _)| *other != column)
                .map(|(_, (cost, price))| *cost - *price)
                .min();
            if let Some(second) = second.filter(|second| within(*second)) {
                // The column's reduced cost in its own row is zero, so the difference is what the row would lose.
                self.price[column] -= second;
            }
        }
        (0..size).filter(|row| matches[*row] == 0).collect()
    }

    /// Each free row takes the column that is cheapest for it at the present prices, which lowers the price to where its second
    /// choice is as good; who is driven out looks again. Bounded, because near-ties could bid for very long.
    fn reduce_rows(&mut self, mut free: Vec<usize>) -> Vec<usize> {
        for _ in 0..2 {
            let mut later = Vec::new();
            let mut bids = free.len() * 4 + 64;
            free.reverse();
            while let Some(row) = free.pop() {
                bids = bids.saturating_sub(1);
                let Some(offer) = self.two_cheapest(row).filter(|_| bids > 0) else {
                    later.push(row);
                    continue;
                };
                let is_better = offer.second_cost > offer.first_cost;
                let mut column = offer.first;
                let mut driven_out = self.row_of[column];
                if is_better {
                    self.price[column] -= offer.second_cost - offer.first_cost;
                } else if driven_out != NONE {
                    column = offer.second;
                    driven_out = self.row_of[column];
                }
                self.column_of[row] = column;
                self.row_of[column] = row;
                if driven_out != NONE {
                    self.column_of[driven_out] = NONE;
                    if is_better { free.push(driven_out) } else { later.push(driven_out) }
                }
            }
            free = later;
        }
        free
    }

    /// The two columns that are cheapest for a row at the present prices; none when it may use fewer than two.
    fn two_cheapest(&self, row: usize) -> Option<Offer<C>> {
        let mut offer = Offer { first: NONE, first_cost: C::FORBIDDEN, second: NONE, second_cost: C::FORBIDDEN };
        for (column, (cost, price)) in self.row(row).iter().zip(&self.price).enumerate() {
            let reduced = *cost - *price;
            if reduced < offer.second_cost {
                if reduced < offer.first_cost {
                    offer.second = offer.first;
                    offer.second_cost = offer.first_cost;
                    offer.first = column;
                    offer.first_cost = reduced;
                } else {
                    offer.second = column;
                    offer.second_cost = reduced;
                }
            }
        }
        within(offer.second_cost).then_some(offer)
    }

    /// A shortest augmenting path for each row that is still free.
    fn augment(&mut self, free: &[usize]) -> Result<(), Unassigned> {
        let mut path = Path {
            cost: vec![C::ZERO; self.columns],
            before: vec![NONE; self.columns],
            order: (0..self.columns).collect(),
            at_of: (0..self.columns).collect(),
        };
        for start in free {
            let (end, settled, least) = self.shortest(*start, &mut path)?;
            for column in &path.order[..settled] {
                self.price[*column] += path.cost[*column];
                self.price[*column] -= least;
            }
            let mut column = end;
            loop {
                let row = path.before[column];
                self.row_of[column] = row;
                std::mem::swap(&mut self.column_of[row], &mut column);
                if row == *start {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Dijkstra over the reduced costs from a free row to the nearest free column: that column, how many columns at the front of
    /// the order are settled, and the length. The order keeps settled columns first, then those at the present
    /// distance, then the rest.
    fn shortest(&self, start: usize, path: &mut Path<C>) -> Result<(usize, usize, C), Unassigned> {
        let Path { cost, before, order, at_of } = path;
        for ((cost, own), price) in cost.iter_mut().zip(self.row(start)).zip(&self.price) {
            *cost = *own - *price;
        }
        before.fill(start);
        let (mut scanned, mut reached) = (0, 0);
        loop {
            let settled = scanned;
            let mut least = cost[order[reached]];
            reached += 1;
            for place in settled + 1..order.len() {
                let here = cost[order[place]];
                if here <= least {
                    if here < least {
                        reached = scanned;
                        least = here;
                    }
                    order.swap(place, reached);
                    reached += 1;
                }
            }
            for (place, column) in order.iter().enumerate().skip(settled) {
                at_of[*column] = place;
            }
            if !within(least) {
                return Err(self.blocked(start, &order[..settled]));
            }
            if let Some(end) = order[scanned..reached].iter().find(|column| self.row_of[**column] == NONE) {
                return Ok((*end, settled, least));
            }
            while scanned < reached {
                let column = order[scanned];
                scanned += 1;
                let row = self.row_of[column];
                let costs = self.row(row);
                let over = costs[column] - self.price[column] - least;
                // Over all columns in their order, without branching on which are settled: none of these can get shorter, and memory
                // read in a row is faster than the columns left read in disorder.
                for (other, ((through, price), known)) in costs.iter().zip(&self.price).zip(cost.iter_mut()).enumerate()
                {
                    let through = *through - *price - over;
                    if through < *known {
                        before[other] = row;
                        *known = through;
                        if through == least {
                            if self.row_of[other] == NONE {
                                return Ok((other, settled, least));
                            }
                            let at = at_of[other];
                            let front = order[reached];
                            order.swap(at, reached);
                            at_of[front] = at;
                            at_of[other] = reached;
                            reached += 1;
                        }
                    }
                }
            }
            if reached == order.len() {
                return Err(self.blocked(start, order));
            }
        }
    }

    fn blocked(&self, start: usize, settled: &[usize]) -> Unassigned {
        let mut columns = settled.to_vec();
        columns.sort_unstable();
        let mut rows: Vec<usize> = columns.iter().map(|column| self.row_of[*column]).chain([start]).collect();
        rows.sort_unstable();
        Unassigned::Blocked { rows, columns }
    }

    fn finish(self) -> Assignment<C> {
        let mut total = C::ZERO;
        let mut row_prices = Vec::with_capacity(self.column_of.len());
        for (row, column) in self.column_of.iter().enumerate() {
            let cost = self.row(row)[*column];
            total += cost;
            row_prices.push(cost - self.price[*column]);
        }
        Assignment {
            column_of: self.column_of.into_iter().map(Some).collect(),
            total,
            row_prices,
            column_prices: self.price,
        }
    }
}

/// Distances from one row.
struct Path<C> {
    cost: Vec<C>,
    before: Vec<usize>,
    order: Vec<usize>,
    /// The place of each column in the order, for those not settled.
    at_of: Vec<usize>,
}

/// The two cheapest columns of a row.
struct Offer<C> {
    first: usize,
    first_cost: C,
    second: usize,
    second_cost: C,
}

/// True for a distance that uses no forbidden pair: prices and sums of real costs stay below an eighth of one.
fn within<C: Cost>(cost: C) -> bool {
    cost + cost < C::FORBIDDEN
}

/// Proves that an assignment is one and that none is cheaper, from its prices alone and in whole numbers: the prices are a
/// solution of the dual programme with the same value.
///
/// # Errors
/// The first [`Flaw`].
pub fn certify<C: Cost>(costs: &[C], columns: usize, claimed: &Assignment<C>) -> Result<(), Flaw> {
    let rows = claimed.column_of.len();
    if rows.checked_mul(columns) != Some(costs.len())
        || claimed.row_prices.len() != rows
        || claimed.column_prices.len() != columns
    {
        return Err(Flaw::Shape);
    }
    let mut used = vec![false; columns];
    let mut total = C::ZERO;
    let mut pairs = 0;
    for (row, column) in claimed.column_of.iter().enumerate() {
        let Some(column) = *column else { continue };
        let cost = costs.get(row * columns..).and_then(|own| own[..columns].get(column));
        let cost = cost.filter(|cost| **cost < C::FORBIDDEN).ok_or(Flaw::Pairing)?;
        if std::mem::replace(&mut used[column], true) {
            return Err(Flaw::Pairing);
        }
        pairs += 1;
        total += *cost;
    }
    if pairs != rows.min(columns) {
        return Err(Flaw::Pairing);
    }
    if total != claimed.total {
        return Err(Flaw::Total);
    }
    let row_free = claimed.column_of.iter().zip(&claimed.row_prices);
    let column_free = used.iter().zip(&claimed.column_prices);
    let slack = |is_paired: bool, price: C| if is_paired { price <= C::ZERO } else { price == C::ZERO };
    let holds = (columns <= rows || column_free.clone().all(|(used, price)| slack(*used, *price)))
        && (rows <= columns || row_free.clone().all(|(column, price)| slack(column.is_some(), *price)))
        && (0..rows).all(|row| {
            let own = claimed.row_prices[row];
            costs[row * columns..][..columns]
                .iter()
                .zip(&claimed.column_prices)
                .all(|(cost, price)| *cost >= C::FORBIDDEN || *cost - *price >= own)
        });
    let sum = claimed.row_prices.iter().chain(&claimed.column_prices).fold(C::ZERO, |sum, price| sum + *price);
    if holds && sum == total { Ok(()) } else { Err(Flaw::Prices) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cheapest full assignment by trying all, with the shorter side first.
    fn by_trying(costs: &[i64], rows: usize, columns: usize) -> Option<i64> {
        fn go(costs: &[i64], columns: usize, row: usize, rows: usize, used: u32, skips: usize) -> Option<i64> {
            if row == rows {
                return Some(0);
            }
            let skipped = if skips > 0 { go(costs, columns, row + 1, rows, used, skips - 1) } else { None };
            (0..columns)
                .filter(|column| used >> column & 1 == 0 && costs[row * columns + column] < FORBIDDEN)
                .filter_map(|column| {
                    let rest = go(costs, columns, row + 1, rows, used | 1 << column, skips)?;
                    Some(rest + costs[row * columns + column])
                })
                .chain(skipped)
                .min()
        }
        go(costs, columns, 0, rows, 0, rows.saturating_sub(columns))
    }

    fn matrix() -> impl Strategy<Value = (usize, usize, Vec<i64>)> {
        (1..7_usize, 1..7_usize, 1..30_i64).prop_flat_map(|(rows, columns, most)| {
            let cell = prop_oneof![8 => -most..most, 2 => Just(FORBIDDEN)];
            (Just(rows), Just(columns), prop::collection::vec(cell, rows * columns))
        })
    }

    proptest! {
        #[test]
        fn the_total_is_the_smallest_and_proven((rows, columns, costs) in matrix()) {
            let best = by_trying(&costs, rows, columns);
            match assign(&costs, columns) {
                Ok(found) => {
                    prop_assert_eq!(Some(found.total), best);
                    prop_assert_eq!(certify(&costs, columns, &found), Ok(()));
                }
                Err(Unassigned::Blocked { rows: short, columns: all }) => {
                    prop_assert_eq!(best, None);
                    let open = |row: usize, column: usize| costs[row * columns + column] < FORBIDDEN;
                    if rows <= columns {
                        prop_assert_eq!(short.len(), all.len() + 1);
                        let reaches = |column| short.iter().any(|row| open(*row, column));
                        prop_assert!((0..columns).all(|column| all.contains(&column) || !reaches(column)));
                    } else {
                        prop_assert_eq!(all.len(), short.len() + 1);
                        let reaches = |row| all.iter().any(|column| open(row, *column));
                        prop_assert!((0..rows).all(|row| short.contains(&row) || !reaches(row)));
                    }
                }
                Err(other) => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn both_widths_of_number_agree((_, columns, costs) in matrix()) {
            let wide: Vec<i128> =
                costs.iter().map(|cost| if *cost < FORBIDDEN { i128::from(*cost) } else { i128::FORBIDDEN }).collect();
            match (assign(&costs, columns), assign(&wide, columns)) {
                (Ok(one), Ok(two)) => {
                    prop_assert_eq!(i128::from(one.total), two.total);
                    prop_assert_eq!(one.column_of, two.column_of);
                }
                (one, two) => prop_assert_eq!(one.err(), two.err()),
            }
        }

        #[test]
        fn a_changed_answer_is_not_certified((_, columns, costs) in matrix(), place in 0..7_usize, by in 1..5_i64) {
            if let Ok(found) = assign(&costs, columns) {
                let mut dearer = found.clone();
                dearer.total += by;
                prop_assert_eq!(certify(&costs, columns, &dearer), Err(Flaw::Total));
                let mut priced = found.clone();
                let row = place % priced.row_prices.len();
                priced.row_prices[row] += by;
                prop_assert_eq!(certify(&costs, columns, &priced), Err(Flaw::Prices));
                let mut moved = found;
                moved.column_of[row] = None;
                prop_assert!(certify(&costs, columns, &moved).is_err() || columns < moved.column_of.len());
            }
        }
    }

    #[test]
    fn many_ties_and_large_matrices_are_certified() {
        let mut state = 7_u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((state >> 33) % most).unwrap_or(0)
        };
        for (rows, columns, most) in [(200, 200, 3), (150, 220, 100), (220, 150, 1_000_000), (90, 90, 1)] {
            let costs: Vec<i64> = (0..rows * columns).map(|_| next(most)).collect();
            let found = assign(&costs, columns).unwrap();
            assert_eq!(certify(&costs, columns, &found), Ok(()), "{rows} × {columns} up to {most}");
        }
    }

    #[test]
    fn what_cannot_be_added_up_or_read_is_refused() {
        assert_eq!(assign(&[1_i64, 2, 3], 2).unwrap_err(), Unassigned::Ragged);
        assert_eq!(assign(&[i64::MAX / 5; 4], 2).unwrap_err(), Unassigned::TooLarge);
        assert_eq!(assign(&[i64::MIN; 4], 2).unwrap_err(), Unassigned::TooLarge);
        assert_eq!(assign::<i64>(&[], 0).unwrap().total, 0);
    }
}
