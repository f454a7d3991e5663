//! The mouse on the map: hover looks, click chooses, the empty floor is dragged to pan, a booth or a business is dragged
//! onto a booth, the wheel comes nearer at the pointer; while the plan is drawn booths and things are dragged themselves.

use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::command::{Act, Pen, swap_with};
use crate::domain::book::Book;
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
    /// On what is drawn: where on the plan, and how far it came since.
    Pull { from: (i64, i64), by: (i64, i64), at_once: bool },
}

impl Floor {
    /// Takes what the mouse did; gives the act that it comes to.
    #[must_use]
    pub fn mouse(&mut self, input: &Input, hit: Option<FloorHit>, areas: &Areas, book: &Book) -> Option<Act> {
        let map = self.parts(areas.body).map;
        match *input {
            Input::Click { column, row, button: Button::Left } => self.press(hit?, (column, row), map),
            Input::Drag { column, row, button: Button::Left } => {
                self.drag((column, row), map, book);
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
            Some(FloorHit::Thing(_)) => self.step_thing(if up { -1 } else { 1 }),
            None => {}
        }
    }

    fn press(&mut self, hit: FloorHit, (column, row): (u16, u16), map: Rect) -> Option<Act> {
        match hit {
            FloorHit::Thing(id) => {
                self.thing = Some(id);
                None
            }
            FloorHit::Map if self.is_drawing() => {
                self.press_drawing((column, row), map);
                None
            }
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

    /// While the plan is drawn a booth or thing is chosen, and dragged somewhere else.
    fn press_drawing(&mut self, cell: (u16, u16), map: Rect) {
        let from = self.point(cell, map);
        if self.has_ghost() {
            self.gesture = Some(Gesture::Pull { from, by: (0, 0), at_once: false });
            return;
        }
        let thing = self.plan.thing_at(from.0, from.1).map(|thing| thing.id);
        let booth = self.booth_at(cell, map);
        // Of what lies there the layer at hand goes first.
        let (layer, found) = match (self.part, thing, booth) {
            (Part::Things, Some(_), _) | (_, Some(_), None) => (Part::Things, thing),
            _ => (Part::Map, booth),
        };
        let Some(found) = found else {
            self.gesture = Some(Gesture::Pan(cell.0, cell.1));
            return;
        };
        self.choose_layer(layer);
        if !self.marks.contains(&found) {
            self.marks.clear();
        }
        self.put_cursor(Some(found));
        self.gesture = Some(Gesture::Pull { from, by: (0, 0), at_once: true });
    }

    /// The point of the plan that a cell of the window shows.
    fn point(&self, (column, row): (u16, u16), map: Rect) -> (i64, i64) {
        self.camera.lens().point((i64::from(column) - i64::from(map.x), i64::from(row) - i64::from(map.y)))
    }

    fn drag(&mut self, (column, row): (u16, u16), map: Rect, book: &Book) {
        if let Some(Gesture::Pull { from, by, at_once }) = self.gesture {
            let to = self.point((column, row), map);
            if !self.has_ghost() && to != from {
                self.take_pen(Pen::Move, book);
            }
            let went = self.pull_by((to.0 - from.0 - by.0, to.1 - from.1 - by.1));
            self.gesture = Some(Gesture::Pull { from, by: (by.0 + went.0, by.1 + went.1), at_once });
            return;
        }
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
        if let Gesture::Pull { by, at_once, .. } = gesture {
            // What was only clicked stays where it is; what is drawn by keys waits for Enter.
            return match (at_once, by) {
                (true, (0, 0)) => {
                    self.drop_ghost();
                    None
                }
                (true, _) => self.lay_ghost(),
                (false, _) => None,
            };
        }
        let to = self.booth_at(cell, map)?;
        match gesture {
            Gesture::Pan(..) | Gesture::Pull { .. } => None,
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
