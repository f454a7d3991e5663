//! What no plan surpasses, seen without solving anything.

use super::ground::Ground;
use super::score::{Score, Tier, Worth};

/// What no plan surpasses, by counting alone.
#[must_use]
pub fn bounds(ground: &Ground<'_>) -> Score {
    let mut bounds = Score::default();
    let placeable = |firm: usize| !ground.columns.of_firm(firm).is_empty();
    for (firm, asked) in ground.problem.firms.iter().enumerate() {
        let worths = &ground.columns.worth[ground.columns.of_firm(firm)];
        if worths.is_empty() {
            continue;
        }
        let most = |points: fn(&Worth) -> i64| worths.iter().map(points).max().unwrap_or_default().max(0);
        bounds.add(Tier::Placed, 1);
        bounds.add(Tier::Priority, asked.priority.max(0));
        bounds.add(Tier::Zone, most(|worth| i64::from(worth.zone)));
        bounds.add(Tier::Wishes, most(|worth| i64::from(worth.wish)));
        bounds.add(Tier::Quality, most(|worth| i64::from(worth.quality)));
        bounds.add(Tier::Stays, most(|worth| i64::from(worth.stays)));
    }
    let pairs = ground.problem.together.iter().filter(|(one, other)| placeable(*one) && placeable(*other));
    bounds.add(Tier::Partners, pairs.count() as i64);
    bounds
}

/// How many pairs ask to stand beside each other although they are rivals, who must not stand near each other.
#[must_use]
pub fn contrary(ground: &Ground<'_>) -> i64 {
    let together = ground.problem.together.iter();
    together
        .filter(|(one, other)| {
            let placeable = |firm: usize| !ground.columns.of_firm(firm).is_empty();
            placeable(*one) && placeable(*other) && ground.rivals[*one].contains(other)
        })
        .count() as i64
}
