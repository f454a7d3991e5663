//! Which booths a firm could have: every bundle that meets all its hard needs, with what it is worth, and for every other
//! bundle the need that speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Firm, Problem, Standing};
use super::score::{self, Worth};
use crate::base::words::Words;

/// A hard need that a bundle of booths does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A booth is held or blocked.
    Taken,
    /// A booth is pinned to another firm.
    PinnedToOther,
    /// The firm is pinned to other booths.
    PinnedElsewhere,
    /// Not as many booths as asked for, or not beside each other.
    Shape,
    /// No water.
    Water,
    /// No strong power.
    Power,
    /// Not reachable without steps.
    Accessible,
    /// Dearer than the firm's limit.
    Price,
    /// A further need of the firm, such as size or days.
    Further,
}

impl Obstacle {
    /// The key that is written.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::PinnedToOther => "pinned_to_other",
            Self::PinnedElsewhere => "pinned_elsewhere",
            Self::Shape => "side_by_side",
            Self::Water => "water",
            Self::Power => "power",
            Self::Accessible => "accessible",
            Self::Price => "price",
            Self::Further => "kind_area_power",
        }
    }

    /// The need in words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Taken => Words::new("đã có người hoặc khóa", "taken or blocked"),
            Self::PinnedToOther => Words::new("đã ghim cho đơn vị khác", "pinned to another firm"),
            Self::PinnedElsewhere => Words::new("đơn vị đã ghim ở gian khác", "the firm is pinned elsewhere"),
            Self::Shape => Words::new("không đủ gian liền nhau", "not enough booths side by side"),
            Self::Water => Words::new("không có nước", "no water"),
            Self::Power => Words::new("thiếu điện", "too little power"),
            Self::Accessible => Words::new("không có lối tiếp cận", "not accessible"),
            Self::Price => Words::new("vượt mức giá", "above the price limit"),
            Self::Further => Words::new("sai loại, diện tích hoặc điện", "wrong kind, area or power"),
        }
    }
}

/// The booths of a bundle, sorted.
pub type Bundle = Box<[u32]>;

/// All columns of a fair. A bundle with a number below the number of booths is that booth alone.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The booths of each bundle, sorted.
    pub bundles: Vec<Bundle>,
    /// Where each firm's columns begin in the lists below; one more than firms.
    pub starts: Vec<usize>,
    /// The bundle of each column.
    pub bundle: Vec<u32>,
    /// What each column is worth to its firm.
    pub worth: Vec<Worth>,
    /// For each firm, how many bundles each need excludes.
    pub excluded: Vec<BTreeMap<Obstacle, usize>>,
}

impl Columns {
    /// Every column of a sound problem.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let (mut bundles, sizes) = bundles(problem);
        let owners = pin_owners(problem);
        let known: BTreeMap<Box<[u32]>, u32> = bundles.iter().cloned().zip(0..).collect();
        let mut columns = Self { starts: vec![0], ..Self::default() };
        for (index, firm) in problem.firms.iter().enumerate() {
            let mut excluded = BTreeMap::new();
            if firm.pinned.is_empty() {
                let mut own_is_known = firm.stands.len() != firm.booths;
                for &bundle in sizes.get(&firm.booths).map_or(&[][..], Vec::as_slice) {
                    let Some(booths) = bundles.get(bundle as usize) else { continue };
                    own_is_known |= stands_on(firm, booths);
                    match unmet(problem, &owners, index, firm, booths) {
                        Some(obstacle) => *excluded.entry(obstacle).or_insert(0) += 1,
                        None => {
                            columns.bundle.push(bundle);
                            columns.worth.push(score::worth(problem, firm, booths));
                        }
                    }
                }
                let own: Bundle = firm.stands.iter().map(|spot| *spot as u32).collect();
                if !own_is_known && unmet(problem, &owners, index, firm, &own).is_none() {
                    columns.worth.push(score::worth(problem, firm, &own));
                    columns.bundle.push(bundles.len() as u32);
                    bundles.push(own);
                }
            } else {
                let mut pinned: Vec<u32> = firm.pinned.iter().map(|spot| *spot as u32).collect();
                pinned.sort_unstable();
                match obstacle_with(problem, &owners, index, &pinned) {
                    Some(obstacle) => *excluded.entry(obstacle).or_insert(0) += 1,
                    None => {
                        let booths = pinned.into_boxed_slice();
                        columns.worth.push(score::worth(problem, firm, &booths));
                        columns.bundle.push(known.get(&booths).copied().unwrap_or_else(|| {
                            bundles.push(booths);
                            bundles.len() as u32 - 1
                        }));
                    }
                }
            }
            columns.excluded.push(excluded);
            columns.starts.push(columns.bundle.len());
        }
        columns.bundles = bundles;
        columns
    }

    /// The columns of a firm.
    #[must_use]
    pub fn of_firm(&self, firm: usize) -> std::ops::Range<usize> {
        match (self.starts.get(firm), self.starts.get(firm + 1)) {
            (Some(&from), Some(&to)) => from..to,
            _ => 0..0,
        }
    }

    /// The booths of a column.
    #[must_use]
    pub fn booths(&self, column: usize) -> &[u32] {
        self.bundle.get(column).and_then(|bundle| self.bundles.get(*bundle as usize)).map_or(&[], |booths| booths)
    }

    /// The column by which a firm would have exactly these (sorted) booths.
    #[must_use]
    pub fn find(&self, firm: usize, booths: &[usize]) -> Option<usize> {
        self.of_firm(firm).find(|&column| {
            let theirs = self.booths(column);
            theirs.len() == booths.len() && theirs.iter().zip(booths).all(|(a, b)| *a as usize == *b)
        })
    }
}

/// The first hard need that speaks against these booths for a firm; none if it may have them.
#[must_use]
pub fn obstacle(problem: &Problem, firm: usize, booths: &[u32]) -> Option<Obstacle> {
    obstacle_with(problem, &pin_owners(problem), firm, booths)
}

fn obstacle_with(problem: &Problem, owners: &[Option<usize>], firm: usize, booths: &[u32]) -> Option<Obstacle> {
    let theirs = problem.firms.get(firm)?;
    let pinned: BTreeSet<usize> = theirs.pinned.iter().copied().collect();
    let asked: BTreeSet<usize> = booths.iter().map(|spot| *spot as usize).collect();
    if !pinned.is_empty() && pinned != asked {
        return Some(Obstacle::PinnedElsewhere);
    }
    let is_known = !pinned.is_empty() || stands_on(theirs, booths);
    if asked.len() != theirs.booths || !(is_known || in_shape(problem, &asked)) {
        return Some(Obstacle::Shape);
    }
    unmet(problem, owners, firm, theirs, booths)
}

/// True for the booths that a firm stands on.
fn stands_on(firm: &Firm, booths: &[u32]) -> bool {
    firm.stands.len() == booths.len() && firm.stands.iter().zip(booths).all(|(own, booth)| *own == *booth as usize)
}

/// The needs apart from the shape. Against what a firm has been given already its needs say nothing.
fn unmet(problem: &Problem, owners: &[Option<usize>], index: usize, firm: &Firm, booths: &[u32]) -> Option<Obstacle> {
    let (mut water, mut power, mut accessible, mut price) = (false, false, false, 0_i64);
    let is_own = stands_on(firm, booths);
    for &booth in booths {
        let spot = problem.spots.get(booth as usize)?;
        if spot.standing != Standing::Free {
            return Some(Obstacle::Taken);
        }
        if owners.get(booth as usize).copied().flatten().is_some_and(|owner| owner != index) {
            return Some(Obstacle::PinnedToOther);
        }
        if !is_own && firm.allowed.as_ref().is_some_and(|allowed| allowed.get(booth as usize) != Some(&true)) {
            return Some(Obstacle::Further);
        }
        water |= spot.water;
        power |= spot.power;
        accessible |= spot.accessible;
        price = price.saturating_add(spot.price);
    }
    if is_own {
        return None;
    }
    if firm.needs_water && !water {
        return Some(Obstacle::Water);
    }
    if firm.needs_power && !power {
        return Some(Obstacle::Power);
    }
    if firm.needs_accessible && !accessible {
        return Some(Obstacle::Accessible);
    }
    firm.price_limit.is_some_and(|limit| price > limit).then_some(Obstacle::Price)
}

/// To whom each booth is pinned; the first who is, if several are.
fn pin_owners(problem: &Problem) -> Vec<Option<usize>> {
    let mut owners = vec![None; problem.spots.len()];
    for (index, firm) in problem.firms.iter().enumerate() {
        for &spot in &firm.pinned {
            if let Some(owner) = owners.get_mut(spot) {
                *owner = owner.or(Some(index));
            }
        }
    }
    owners
}

/// The booths that follow each other in a row, and the two by two blocks.
struct Layout {
    /// The next booth of the row, wall to wall.
    next: Vec<Option<usize>>,
    /// The booth behind or before it, wall to wall across the row.
    across: Vec<Option<usize>>,
}

/// Finds rows: booths that follow each other wall to wall along the longer side of their island.
fn layout(problem: &Problem) -> Layout {
    let len = problem.spots.len();
    let mut at = BTreeMap::new();
    for (index, spot) in problem.spots.iter().enumerate() {
        at.entry((spot.hall, spot.rect.x_cm, spot.rect.y_cm)).or_insert(index);
    }
    let beside = |index: usize, right: bool| {
        let spot = problem.spots.get(index)?;
        let rect = spot.rect;
        let (x, y) = if right { (rect.x_cm + rect.w_cm, rect.y_cm) } else { (rect.x_cm, rect.y_cm + rect.h_cm) };
        let other = *at.get(&(spot.hall, x, y))?;
        let theirs = problem.spots.get(other)?.rect;
        let flush = if right { theirs.h_cm == rect.h_cm } else { theirs.w_cm == rect.w_cm };
        (other != index && flush).then_some(other)
    };
    let right: Vec<Option<usize>> = (0..len).map(|index| beside(index, true)).collect();
    let below: Vec<Option<usize>> = (0..len).map(|index| beside(index, false)).collect();
    let mut island: Vec<usize> = (0..len).collect();
    let root = |island: &[usize], mut at: usize| {
        while let Some(&up) = island.get(at).filter(|up| **up != at) {
            at = up;
        }
        at
    };
    for (index, other) in right.iter().enumerate().chain(below.iter().enumerate()) {
        let Some(other) = *other else { continue };
        let (a, b) = (root(&island, index), root(&island, other));
        if let Some(up) = island.get_mut(a.max(b)) {
            *up = a.min(b);
        }
    }
    let mut longest: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let run = |links: &[Option<usize>], from: usize| {
        let mut run = 1;
        let mut at = from;
        while let Some(next) = links.get(at).copied().flatten().filter(|_| run <= len) {
            (at, run) = (next, run + 1);
        }
        run
    };
    for index in 0..len {
        let entry = longest.entry(root(&island, index)).or_default();
        *entry = (entry.0.max(run(&right, index)), entry.1.max(run(&below, index)));
    }
    let mut layout = Layout { next: right.clone(), across: below.clone() };
    for index in 0..len {
        let (along, down) = longest.get(&root(&island, index)).copied().unwrap_or_default();
        if down > along
            && let (Some(next), Some(across)) = (layout.next.get_mut(index), layout.across.get_mut(index))
        {
            std::mem::swap(next, across);
        }
    }
    layout
}

/// The straight run of so many booths that begins here.
fn run_from(layout: &Layout, from: usize, booths: usize) -> Option<Vec<u32>> {
    let mut run = vec![from as u32];
    let mut at = from;
    while run.len() < booths {
        at = layout.next.get(at).copied().flatten()?;
        run.push(at as u32);
    }
    run.sort_unstable();
    Some(run)
}

/// The block of two by two whose first corner is here.
fn block_from(layout: &Layout, from: usize) -> Option<Vec<u32>> {
    let next = layout.next.get(from).copied().flatten()?;
    let across = layout.across.get(from).copied().flatten()?;
    let last = layout.next.get(across).copied().flatten()?;
    if layout.across.get(next).copied().flatten() != Some(last) {
        return None;
    }
    let mut block = vec![from as u32, next as u32, across as u32, last as u32];
    block.sort_unstable();
    Some(block)
}

/// Every bundle of a size that a firm asks for, and their numbers by size.
fn bundles(problem: &Problem) -> (Vec<Bundle>, BTreeMap<usize, Vec<u32>>) {
    let len = problem.spots.len();
    let mut bundles: Vec<Bundle> = (0..len).map(|index| Box::from([index as u32])).collect();
    let mut sizes = BTreeMap::from([(1, (0..len as u32).collect::<Vec<u32>>())]);
    let layout = layout(problem);
    let wanted: BTreeSet<usize> = problem.firms.iter().map(|firm| firm.booths).filter(|booths| *booths > 1).collect();
    for booths in wanted {
        let runs = (0..len).filter_map(|from| run_from(&layout, from, booths));
        let blocks = (0..len).filter(|_| booths == 4).filter_map(|from| block_from(&layout, from));
        let shapes: BTreeSet<Vec<u32>> = runs.chain(blocks).collect();
        let mut numbers = Vec::new();
        for shape in shapes {
            numbers.push(bundles.len() as u32);
            bundles.push(shape.into_boxed_slice());
        }
        sizes.insert(booths, numbers);
    }
    (bundles, sizes)
}

/// True when these booths are one booth, a straight run or a two by two block.
fn in_shape(problem: &Problem, booths: &BTreeSet<usize>) -> bool {
    if booths.len() < 2 {
        return booths.len() == 1;
    }
    let layout = layout(problem);
    let asked: Vec<u32> = booths.iter().map(|spot| *spot as u32).collect();
    booths.iter().any(|&from| {
        run_from(&layout, from, booths.len()).as_deref() == Some(&asked)
            || (booths.len() == 4 && block_from(&layout, from).as_deref() == Some(&asked))
    })
}
