//! Bare assignment beside the crate `lapjv`, on the matrices of a fair and on small whole numbers with many ties.

use std::path::Path;

use hoicho::domain::placing::lap::{FORBIDDEN, assign, certify};
use lapjv::{Matrix, lapjv};

use crate::measure::{self, Samples};

pub fn run() {
    for size in [1_000, 2_000] {
        for (kind, aim, costs) in [("a fair's", "≤ 1 × lapjv", fair(size)), ("1–100, ties", "≤ 1 × lapjv", ties(size))]
        {
            let found = assign(&costs, size).unwrap();
            certify(&costs, size, &found).unwrap();
            let floats = costs.iter().map(|cost| if *cost >= FORBIDDEN { 1e12 } else { float(*cost) }).collect();
            let floats = Matrix::from_shape_vec((size, size), floats).unwrap();
            let (columns, _) = lapjv(&floats).unwrap();
            let theirs: i64 = columns.iter().enumerate().map(|(row, column)| costs[row * size + column]).sum();
            assert_eq!(found.total, theirs, "both are smallest");
            let here = Samples::take(5, |_| assign(&costs, size).unwrap());
            let theirs = Samples::take(5, |_| lapjv(&floats).unwrap());
            let figure = format!("assignment, {size} × {size}, {kind} costs, proven");
            measure::line(&figure, aim, here.median(), "lapjv 0.3", theirs.median());
            write_for_others(size, kind, &costs, found.total);
        }
    }
}

/// With `HOICHO_BENCH_MATRICES` set, the matrices for solvers outside Rust; see README.md.
fn write_for_others(size: usize, kind: &str, costs: &[i64], total: i64) {
    let Some(dir) = std::env::var_os("HOICHO_BENCH_MATRICES") else { return };
    let bytes: Vec<u8> = costs.iter().flat_map(|cost| cost.to_le_bytes()).collect();
    let name: String = kind.chars().filter(char::is_ascii_alphanumeric).collect();
    std::fs::write(Path::new(&dir).join(format!("{name}-{size}-{total}.i64")), bytes).unwrap();
}

#[expect(clippy::cast_precision_loss, reason = "the rival counts in floats; these costs are far below 2^53")]
fn float(cost: i64) -> f64 {
    cost as f64
}

/// Whole numbers from a seed; the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn ties(size: usize) -> Vec<i64> {
    let mut chance = Chance(5);
    (0..size * size).map(|_| 1 + i64::try_from(chance.below(100)).unwrap()).collect()
}

/// Businesses and booths of a fair: the zone first, then wishes by priority, all aimed at the same attractive booths, then
/// the quality of the place; one booth in eight lacks what a business in four needs.
fn fair(size: usize) -> Vec<i64> {
    let mut chance = Chance(11);
    let zones = size as u64 / 60;
    let booths: Vec<(u64, u64, bool)> =
        (0..size).map(|place| (place as u64 / 60, 40 + chance.below(61), chance.below(8) == 0)).collect();
    let mut costs = vec![0_i64; size * size];
    for row in costs.chunks_mut(size) {
        let zone = chance.below(zones);
        let priority = 10 + chance.below(80);
        let is_needy = chance.below(4) == 0;
        for (cost, booth) in row.iter_mut().zip(&booths) {
            let value = u64::from(booth.0 == zone) * 200_000_000 + (priority + 10) * booth.1 / 100;
            let is_fitting = !is_needy || !booth.2;
            *cost = if is_fitting { 300_000_000 - i64::try_from(value).unwrap() } else { FORBIDDEN };
        }
        for rank in 0..chance.below(6) {
            let wished = (0..12).map(|_| usize::try_from(chance.below(size as u64)).unwrap());
            let wished = wished.max_by_key(|place| booths[*place].1).unwrap();
            if row[wished] < FORBIDDEN {
                row[wished] -= i64::try_from((5 - rank) * (priority + 10) * 1_000).unwrap();
            }
        }
    }
    costs
}
