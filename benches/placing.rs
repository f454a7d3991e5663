//! Placing a fair of 300 firms on 360 booths and one of 2,000 on 2,200: the first plan, and quality against the proven bound.

use std::time::{Duration, Instant};

use hoicho::domain::placing::chance::Chance;
use hoicho::domain::placing::ground::Ground;
use hoicho::domain::placing::search::Watch;
use hoicho::domain::placing::solve::{Settings, solve};
use hoicho::domain::placing::{Firm, Problem, Rect, Spot, Tier, setting};

use crate::measure::{once, plain, show};

/// The time that may be used.
struct Clock(Instant, Duration);

impl Watch for Clock {
    fn spent(&self) -> u32 {
        (self.0.elapsed().as_secs_f64() / self.1.as_secs_f64() * 1000.0) as u32
    }
}

/// A fair in islands of two rows of ten, wishes aimed at the best places.
fn fair(booths: usize, firms: usize) -> Problem {
    let mut chance = Chance::new(1);
    let mut problem = Problem::default();
    for index in 0..booths {
        let (island, place) = (index / 20, index % 20);
        let end = place % 10 == 0 || place % 10 == 9;
        problem.spots.push(Spot {
            rect: Rect {
                x_cm: (island % 6) as i64 * 3_400 + (place % 10) as i64 * 300,
                y_cm: (island / 6) as i64 * 900 + (place / 10) as i64 * 300,
                w_cm: 300,
                h_cm: 300,
            },
            zone: Some((island / 3) as u32),
            water: chance.percent(50),
            power: chance.percent(40),
            accessible: chance.percent(70),
            prime: end && chance.percent(40),
            attractiveness: 20 + chance.below(60) as i64 + if end { 20 } else { 0 },
            price: if end { 12_000 } else { 9_000 },
            ..Spot::default()
        });
    }
    for _ in 0..firms {
        let wishes = (0..chance.below(6)).filter_map(|_| {
            let spots = (0..4).map(|_| chance.below(booths));
            spots.max_by_key(|spot| problem.spots[*spot].attractiveness)
        });
        let wishes = wishes.collect();
        problem.firms.push(Firm {
            booths: if chance.percent(94) { 1 } else { 2 + chance.below(3) },
            zone: Some(chance.below(booths / 60) as u32),
            priority: 10 + chance.below(80) as i64,
            needs_water: chance.percent(15),
            needs_power: chance.percent(10),
            wishes,
            ..Firm::default()
        });
    }
    problem.rivals = (0..firms / 15).map(|_| (0..3).map(|_| chance.below(firms)).collect()).collect();
    problem.rivals.retain(|group| group[0] != group[1] && group[1] != group[2] && group[0] != group[2]);
    problem.together = (0..firms / 30).map(|_| (chance.below(firms), chance.below(firms))).collect();
    problem.together.retain(|(one, other)| one != other);
    problem
}

/// Measures both sizes.
pub fn run() {
    for (booths, firms, seconds) in [(360, 300, 20), (2_200, 2_000, 60)] {
        let problem = fair(booths, firms);
        let (first, _) = once(|| setting::start(&Ground::new(&problem)));
        plain(&format!("{firms} firms on {booths} booths, first plan"), "≤ 500 ms", &show(first));
        let watch = Clock(Instant::now(), Duration::from_secs(seconds));
        let solution = solve(&problem, &Settings { steps: u64::MAX, ..Settings::default() }, &watch);
        for tier in Tier::USUAL {
            let figure = format!("{firms} firms in {seconds} s, {}", tier.key());
            let bound = solution.bounds.get(tier);
            plain(&figure, &format!("≤ {bound} (proven)"), &solution.score.get(tier).to_string());
        }
    }
}
