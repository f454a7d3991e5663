//! Setting firms down: those of one booth all at once by an exact assignment, the others one by one.

use super::bound::Share;
use super::ground::{Ground, NEVER};
use super::lap;
use super::plan::Plan;
use super::score::Tier;
use super::state::{NONE, State};

/// The costs of firms of one booth over open booths, and what was added to each row to make them costs. Without a
/// state neighbours do not count. With `may_stay_out` each firm has a further column of its own for no place.
pub fn costs(
    ground: &Ground<'_>,
    state: Option<&State>,
    rows: &[usize],
    open: &[u32],
    may_stay_out: bool,
) -> (Vec<i64>, Vec<i64>) {
    let width = open.len() + if may_stay_out { rows.len() } else { 0 };
    let mut costs = vec![lap::FORBIDDEN; rows.len() * width];
    let mut tops = vec![0; rows.len()];
    for (at, &firm) in rows.iter().enumerate() {
        let weights = ground.singles_of(firm);
        let tied = !ground.rivals[firm].is_empty() || !ground.partners[firm].is_empty();
        let line = &mut costs[at * width..(at + 1) * width];
        let mut top = NEVER;
        for (cost, &booth) in line.iter_mut().zip(open) {
            let mut weight = weights[booth as usize];
            if weight == NEVER {
                continue;
            }
            if let (true, Some(state)) = (tied, state) {
                let (rivals, partners) = state.neighbours(ground, firm, &[booth]);
                weight += partners * ground.weights[Tier::Partners as usize]
                    - rivals * ground.weights[Tier::Separation as usize];
            }
            top = top.max(weight);
            *cost = -weight;
        }
        let top = if top == NEVER { 0 } else { top };
        for cost in line.iter_mut().filter(|cost| **cost != lap::FORBIDDEN) {
            *cost += top;
        }
        if may_stay_out {
            line[open.len() + at] = top.max(0);
        }
        tops[at] = top;
    }
    (costs, tops)
}

/// The best booths for firms of one booth, as pairs of row and booth; who finds none is left out.
#[must_use]
pub fn assign_singles(ground: &Ground<'_>, state: &State, rows: &[usize], open: &[u32]) -> Vec<(usize, u32)> {
    let mut answer = None;
    if rows.len() <= open.len() {
        let (costs, _) = costs(ground, Some(state), rows, open, false);
        answer = lap::assign(&costs, open.len()).ok();
    }
    let answer = answer.or_else(|| {
        let (costs, _) = costs(ground, Some(state), rows, open, true);
        lap::assign(&costs, open.len() + rows.len()).ok()
    });
    let Some(answer) = answer else { return Vec::new() };
    let booth = |column: &usize| open.get(*column).copied();
    answer
        .column_of
        .iter()
        .enumerate()
        .filter_map(|(row, column)| Some((row, column.as_ref().and_then(booth)?)))
        .collect()
}

/// A plan as offices make it: by priority, then by time of receipt, each firm the best place that is left.
#[must_use]
pub fn greedy(ground: &Ground<'_>) -> State {
    let mut state = State::pinned(ground);
    let firms = &ground.problem.firms;
    let mut order = ground.movable.clone();
    order.sort_by_key(|&firm| (std::cmp::Reverse(firms[firm].priority), firms[firm].received, firm));
    for firm in order {
        let free = ground.columns.of_firm(firm).filter(|column| state.is_free(ground, *column));
        let best = free.map(|column| (state.weight(ground, firm, column), std::cmp::Reverse(column))).max();
        if let Some((_, std::cmp::Reverse(column))) = best {
            state.put(ground, firm, column);
        }
    }
    state
}

/// A start: the largest firms first, then all firms of one booth at once; or what the office would do; or what stands, with
/// the others set down beside it.
#[must_use]
pub fn start(ground: &Ground<'_>) -> State {
    let firms = &ground.problem.firms;
    let mut best = State::pinned(ground);
    complete(ground, &mut best);
    let mut better = |other: State| {
        if other.score.compare(&best.score, &ground.problem.order).is_gt() {
            best = other;
        }
    };
    better(greedy(ground));
    if firms.iter().any(|firm| !firm.stands.is_empty()) {
        let mut state = State::of(ground, &Plan { spots: firms.iter().map(|firm| firm.stands.clone()).collect() });
        complete(ground, &mut state);
        better(state);
    }
    best
}

/// Sets down everybody who has no place and can have one, the largest firms first.
pub fn complete(ground: &Ground<'_>, state: &mut State) {
    let firms = &ground.problem.firms;
    let mut several = ground.several.clone();
    several.retain(|firm| state.column[*firm] == NONE);
    several.sort_by_key(|&firm| {
        (std::cmp::Reverse((firms[firm].booths, firms[firm].priority)), firms[firm].received, firm)
    });
    for firm in several {
        let free = ground.columns.of_firm(firm).filter(|column| state.is_free(ground, *column));
        let best = free.map(|column| (state.weight(ground, firm, column), std::cmp::Reverse(column))).max();
        if let Some((_, std::cmp::Reverse(column))) = best {
            state.put(ground, firm, column);
        }
    }
    let without = |firm: &usize| ground.row[*firm].is_some() && state.column[*firm] == NONE;
    let rows: Vec<usize> = ground.movable.iter().copied().filter(without).collect();
    let open: Vec<u32> = (0..state.holder.len() as u32).filter(|booth| state.holder[*booth as usize] == NONE).collect();
    if rows.is_empty() {
        return;
    }
    for (row, booth) in assign_singles(ground, state, &rows, &open) {
        if let Some(column) = ground.column_of(rows[row], booth) {
            state.put(ground, rows[row], column);
        }
    }
}

/// The plan that a relaxed optimum comes nearest to.
#[must_use]
pub fn rounded(ground: &Ground<'_>, shares: &[Share]) -> State {
    let mut state = State::pinned(ground);
    let mut shares = shares.to_vec();
    shares.sort_by(|a, b| b.2.total_cmp(&a.2));
    for (firm, column, _) in shares.into_iter().filter(|(_, _, share)| *share > 0.3) {
        if state.column[firm] == NONE && state.is_free(ground, column) {
            state.put(ground, firm, column);
        }
    }
    complete(ground, &mut state);
    state
}
