//! The mouse on the map: hover looks, click chooses, the empty floor is dragged to pan, a booth or a business is dragged
//! onto a booth, the wheel comes nearer at the pointer.

use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::command::{Act, swap_with};
use crate::domain::geometry::Point;
use crate::tui::input::{Button, Input};
use crate::tui::view::Areas;

use super::{Floor, FloorHit, Part, Spot, span_of};

/// A button that is down: where it went down, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// On a booth.
    Booth(Id),
    /// On the empty floor; the cell that the pointer is at.
    Pan(u16, u16),
    /// On one who waits.
    Waiting(Id),
}

impl Floor {
    /// Takes what the mouse did; gives the act that it comes to.
    #[must_use]
    pub fn mouse(&mut self, input: &Input, hit: Option<FloorHit>, areas: &Areas) -> Option<Act> {
        let map = self.parts(areas.body).map;
        match *input {
            Input::Click { column, row, button: Button::Left } => self.press(hit?, (column, row), map),
            Input::Drag { column, row, button: Button::Left } => {
                self.drag((column, row), map);
                None
            }
            Input::Release { column, row, button: Button::Left } => self.release((column, row), map),
            Input::Wheel { column, row, up } => {
                self.wheel(hit, (column, row), up, map);
                None
            }
            _ => None,
        }
    }

    /// The pointer moved with no button down; true when it came to another booth.
    #[must_use]
    pub fn hover(&mut self, cell: (u16, u16), areas: &Areas) -> bool {
        let map = self.parts(areas.body).map;
        let hover = self.booth_at(cell, map);
        std::mem::replace(&mut self.hover, hover) != hover
    }

    /// Leaves the booth that the pointer was on.
    pub const fn leave_hover(&mut self) {
        self.hover = None;
    }

    fn wheel(&mut self, hit: Option<FloorHit>, (column, row): (u16, u16), up: bool, map: Rect) {
        match hit {
            Some(FloorHit::Waiting(_)) => {
                let by = if up { -1 } else { 1 };
                self.waiting_at = crate::tui::widget::window::step(self.waiting_at, by, self.waiting.len());
            }
            Some(FloorHit::Map) => {
                let cell = (i64::from(column.saturating_sub(map.x)), i64::from(row.saturating_sub(map.y)));
                self.camera.zoom(up, cell);
            }
            Some(FloorHit::Fault(_)) => self.next_fault(!up),
            None => {}
        }
    }

    fn press(&mut self, hit: FloorHit, (column, row): (u16, u16), map: Rect) -> Option<Act> {
        match hit {
            FloorHit::Map => {
                self.part = Part::Map;
                let Some(booth) = self.booth_at((column, row), map) else {
                    self.gesture = Some(Gesture::Pan(column, row));
                    return None;
                };
                self.gesture = Some(Gesture::Booth(booth));
                // Whoever carries a business and clicks the chosen booth again puts it there.
                let again = self.cursor.replace(booth) == Some(booth);
                self.carried.filter(|_| again).and_then(|registration| self.put(registration))
            }
            FloorHit::Fault(at) => {
                self.choose_fault(at);
                None
            }
            FloorHit::Waiting(id) => {
                self.part = Part::Waiting;
                self.waiting_at = self.waiting.iter().position(|waiting| *waiting == id).unwrap_or(0);
                self.carried = Some(id);
                self.gesture = Some(Gesture::Waiting(id));
                None
            }
        }
    }

    fn drag(&mut self, (column, row): (u16, u16), map: Rect) {
        if let Some(Gesture::Pan(from_column, from_row)) = self.gesture {
            let (columns, rows) = (i64::from(column) - i64::from(from_column), i64::from(row) - i64::from(from_row));
            self.camera.pan(columns, rows);
            self.gesture = Some(Gesture::Pan(column, row));
        } else {
            self.hover = self.booth_at((column, row), map);
        }
    }

    /// The button came up: a firm dragged from the list is placed, a booth dragged onto another swaps.
    fn release(&mut self, cell: (u16, u16), map: Rect) -> Option<Act> {
        let gesture = self.gesture.take()?;
        let to = self.booth_at(cell, map)?;
        match gesture {
            Gesture::Pan(..) => None,
            Gesture::Waiting(registration) => {
                self.cursor = Some(to);
                self.part = Part::Map;
                self.marks.clear();
                self.put(registration)
            }
            Gesture::Booth(from) if from == to => None,
            Gesture::Booth(from) => {
                let (one, other) = (self.plan.spot(from)?, self.plan.spot(to)?);
                Some(exchange(one, other))
            }
        }
    }

    /// The booth that is drawn at a cell of the window; where several share it the one whose middle is nearest.
    fn booth_at(&self, (column, row): (u16, u16), map: Rect) -> Option<Id> {
        if !map.contains(Position { x: column, y: row }) {
            return None;
        }
        let lens = self.camera.lens();
        let (column, row) = (i64::from(column - map.x), i64::from(row - map.y));
        let (x, y) = lens.point((column, row));
        let covers = |spot: &&Spot| {
            let cells = lens.cells(span_of(spot));
            (cells.left..=cells.right).contains(&column) && (cells.top..=cells.bottom).contains(&row)
        };
        let apart = |spot: &&Spot| {
            if spot.shape.contains(Point { x, y }) {
                return 0;
            }
            let span = span_of(spot);
            let outside = |at: i64, from: i64, to: i64| (from - at).max(at - to).max(0);
            // In the box of a turned booth and not on the booth: what lies there goes before it.
            (outside(x, span.left, span.right) + outside(y, span.top, span.bottom)).max(1)
        };
        self.plan
            .spots()
            .filter(covers)
            .min_by_key(apart)
            .filter(|spot| {
                // Half a cell beside a booth is the floor, and so is all beside a slanting side.
                let is_near = apart(spot) * 20 <= lens.column_mm() * 2;
                apart(spot) == 0 || (is_near && spot.shape.is_rectangle())
            })
            .map(|spot| spot.id)
    }
}

/// Two booths exchange those on them; onto a free booth that is a move.
fn exchange(one: &Spot, other: &Spot) -> Act {
    let (from, to) = (one.code.clone(), other.code.clone());
    let question = match (one.is_free(), other.is_free()) {
        (_, true) => {
            let who = if one.holder.is_empty() { from.clone() } else { one.holder.clone() };
            crate::say!("Chuyển {who} từ gian {from} sang gian {to}?", "Move {who} from booth {from} to booth {to}?")
        }
        _ => crate::say!("Đổi chỗ hai gian {from} và {to}?", "Swap booths {from} and {to}?"),
    };
    swap_with(question, one.id, other.id)
}
