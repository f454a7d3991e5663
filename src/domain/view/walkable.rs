//! Where one can walk in a hall, on squares of half a metre or so.

use std::collections::{BTreeSet, VecDeque};

use crate::domain::geometry::{Bounds, Point, Polygon};

/// The side of a square, in centimetres; larger where the hall would have too many.
const SQUARE_CM: i64 = 50;

/// Most squares of one hall.
const SQUARES_MAX: i64 = 400_000;

/// A shorter pocket between booths is a niche, no dead end.
const DEAD_END_CM: i64 = 400;

/// What lies on a square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Square {
    Free,
    /// The place of the thing that stands on it.
    Taken(usize),
}

/// The floor of a hall as squares.
#[derive(Debug)]
pub(super) struct Ground {
    left: i64,
    top: i64,
    side: i64,
    columns: i64,
    rows: i64,
    squares: Vec<Square>,
    reached: Vec<bool>,
    /// Which things have a reached square beside them.
    beside: BTreeSet<usize>,
    doors_open: Vec<bool>,
    gangway: i64,
}

/// A way that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeadEnd {
    /// Its end.
    pub at: Point,
    /// How far it is out of it.
    pub length_cm: i64,
    /// The things around its end.
    pub beside: Vec<usize>,
}

const AROUND: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

impl Ground {
    /// The floor with these things on it. Without sizes, the hall is taken to have a way around all that lies in it.
    pub(super) fn of(things: &[&Polygon], doors: &[&Polygon], size: Option<(i64, i64)>, gangway: i64) -> Self {
        let all = Bounds::around(things.iter().chain(doors).map(|shape| shape.bounds())).unwrap_or_default();
        let walls = size.map(|(right, bottom)| Bounds { left: 0, top: 0, right, bottom });
        let bounds = walls.unwrap_or(Bounds {
            left: all.left - gangway,
            top: all.top - gangway,
            right: all.right + gangway,
            bottom: all.bottom + gangway,
        });
        let mut side = SQUARE_CM;
        while (bounds.width() / side + 1) * (bounds.depth() / side + 1) > SQUARES_MAX {
            side *= 2;
        }
        let (columns, rows) = ((bounds.width() / side).max(1), (bounds.depth() / side).max(1));
        let count = usize::try_from(columns * rows).unwrap_or(0);
        let mut ground = Self {
            left: bounds.left,
            top: bounds.top,
            side,
            columns,
            rows,
            squares: vec![Square::Free; count],
            reached: vec![false; count],
            beside: BTreeSet::new(),
            doors_open: Vec::new(),
            gangway,
        };
        for (place, shape) in things.iter().enumerate() {
            ground.put(place, shape);
        }
        ground.walk(doors);
        ground.doors_open = doors.iter().map(|door| ground.around(door).any(|place| ground.reached[place])).collect();
        for (column, row) in ground.all() {
            if ground.is_walked(column, row) {
                for (right, down) in AROUND {
                    if let Some(Square::Taken(thing)) = ground.at(column + right, row + down) {
                        ground.beside.insert(thing);
                    }
                }
            }
        }
        ground
    }

    fn all(&self) -> impl Iterator<Item = (i64, i64)> + use<> {
        let columns = self.columns;
        (0..self.rows).flat_map(move |row| (0..columns).map(move |column| (column, row)))
    }

    fn place(&self, column: i64, row: i64) -> Option<usize> {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        inside.then(|| usize::try_from(row * self.columns + column).ok()).flatten()
    }

    fn at(&self, column: i64, row: i64) -> Option<Square> {
        self.squares.get(self.place(column, row)?).copied()
    }

    fn is_walked(&self, column: i64, row: i64) -> bool {
        self.place(column, row).is_some_and(|place| self.reached[place])
    }

    fn middle(&self, column: i64, row: i64) -> Point {
        Point { x: self.left + column * self.side + self.side / 2, y: self.top + row * self.side + self.side / 2 }
    }

    /// The squares that a box covers, and one more on each side.
    fn span(&self, bounds: &Bounds) -> impl Iterator<Item = (i64, i64)> + use<> {
        let from = |at: i64, first: i64| (at - first).div_euclid(self.side) - 1;
        let (columns, rows) = (
            from(bounds.left, self.left)..=from(bounds.right, self.left) + 2,
            from(bounds.top, self.top)..=from(bounds.bottom, self.top) + 2,
        );
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
    }

    fn put(&mut self, thing: usize, shape: &Polygon) {
        for (column, row) in self.span(&shape.bounds()) {
            let middle = self.middle(column, row);
            if let Some(place) = self.place(column, row).filter(|_| shape.contains(middle)) {
                self.squares[place] = Square::Taken(thing);
            }
        }
    }

    /// The squares on a shape and beside it.
    fn around<'a>(&'a self, shape: &Polygon) -> impl Iterator<Item = usize> + 'a + use<'a> {
        let bounds = shape.bounds();
        self.span(&bounds).filter_map(|(column, row)| self.place(column, row))
    }

    /// Walks from the doors, or where there is none through the largest connected floor.
    fn walk(&mut self, doors: &[&Polygon]) {
        let mut regions: Vec<Vec<usize>> = Vec::new();
        let mut seen = vec![false; self.squares.len()];
        for (column, row) in self.all() {
            let Some(first) = self.place(column, row) else { continue };
            if seen[first] || self.squares[first] != Square::Free {
                continue;
            }
            seen[first] = true;
            let mut region = Vec::new();
            let mut open = VecDeque::from([(column, row)]);
            while let Some((column, row)) = open.pop_front() {
                region.extend(self.place(column, row));
                for (right, down) in AROUND {
                    let next = (column + right, row + down);
                    if let Some(place) = self.place(next.0, next.1)
                        && !seen[place]
                        && self.squares[place] == Square::Free
                    {
                        seen[place] = true;
                        open.push_back(next);
                    }
                }
            }
            regions.push(region);
        }
        // Of several doors the one that opens on the largest floor is the way in; the others must be reached from there.
        let beside: BTreeSet<usize> = doors.iter().flat_map(|door| self.around(door)).collect();
        let entered = regions.iter().filter(|region| region.iter().any(|place| beside.contains(place)));
        let main =
            entered.max_by_key(|region| region.len()).or_else(|| regions.iter().max_by_key(|region| region.len()));
        for place in main.cloned().unwrap_or_default() {
            self.reached[place] = true;
        }
    }

    /// True when one can walk up to a thing.
    pub(super) fn is_reached(&self, thing: usize) -> bool {
        self.beside.contains(&thing)
    }

    /// True when one can walk to a door.
    pub(super) fn is_door_open(&self, door: usize) -> bool {
        self.doors_open.get(door).copied().unwrap_or(true)
    }

    /// How many free squares follow in a direction.
    fn run(&self, from: (i64, i64), step: (i64, i64), most: i64) -> i64 {
        (1..=most)
            .find(|steps| self.at(from.0 + step.0 * steps, from.1 + step.1 * steps) != Some(Square::Free))
            .map_or(most, |steps| steps - 1)
    }

    /// The ends of ways with walls on both sides, each once.
    pub(super) fn dead_ends(&self) -> Vec<DeadEnd> {
        let widest = (2 * self.gangway / self.side).max(2);
        let width = |at: (i64, i64), (right, down): (i64, i64)| {
            1 + self.run(at, (down, right), widest) + self.run(at, (-down, -right), widest)
        };
        let mut ends: Vec<DeadEnd> = Vec::new();
        for (column, row) in self.all().filter(|(column, row)| self.is_walked(*column, *row)) {
            for step in AROUND {
                let ahead = (column + step.0, row + step.1);
                let is_walled = self.at(ahead.0, ahead.1) != Some(Square::Free);
                if !is_walled || width((column, row), step) > widest {
                    continue;
                }
                // Back along the way, as long as it has walls on both sides.
                let back = |steps: i64| (column - step.0 * steps, row - step.1 * steps);
                let long = (0..2 * self.columns.max(self.rows))
                    .find(|steps| {
                        let at = back(*steps);
                        self.at(at.0, at.1) != Some(Square::Free) || width(at, step) > widest
                    })
                    .unwrap_or(0);
                let open = back(long);
                let leads_out = self.at(open.0, open.1) == Some(Square::Free);
                let length_cm = long * self.side;
                let at = self.middle(column, row);
                let near =
                    |end: &DeadEnd| (end.at.x - at.x).abs() + (end.at.y - at.y).abs() <= 2 * self.gangway + self.side;
                if leads_out && length_cm >= DEAD_END_CM && !ends.iter().any(near) {
                    let beside = self.things_near((column, row), widest);
                    ends.push(DeadEnd { at, length_cm, beside });
                }
            }
        }
        ends
    }

    fn things_near(&self, from: (i64, i64), far: i64) -> Vec<usize> {
        let mut things = BTreeSet::new();
        for step in AROUND {
            let steps = self.run(from, step, far) + 1;
            if let Some(Square::Taken(thing)) = self.at(from.0 + step.0 * steps, from.1 + step.1 * steps) {
                things.insert(thing);
            }
        }
        things.into_iter().collect()
    }
}
