//! The map of the fair: to scale, moved through by arrows in space, and beside it the booth under the cursor, the price
//! of the decision, and those who have no booth yet.
//!
//! What the person does changes this state; drawing (`map`, `panel`) only reads it.

mod camera;
mod drawing;
mod faults;
mod legend;
mod map;
mod mouse;
mod panel;
mod piece;
mod proposed;
mod shade;
mod things;

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::search::Query;
use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::command::{Act, MapAct, Move, Scope};
use crate::domain::book::Book;
use crate::domain::geometry::{Bounds, Polygon};
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::floor::{Direction, Plan, Spot, neighbour, next_thing, plan};
use crate::domain::{Fair, Placement, Registration};
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::view::Areas;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::Span;
use crate::tui::widget::window;

use camera::Camera;
use mouse::Gesture;
use shade::{Colouring, Ground, Shading};

/// What has the arrows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Map,
    Waiting,
    Faults,
    /// While the plan is drawn: what is no booth.
    Things,
}

/// What was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorHit {
    /// The map; what lies there is asked of the plan.
    Map,
    /// A registration without a booth.
    Waiting(Id),
    /// A fault of the plan, by its place in the list.
    Fault(usize),
    /// A thing that is no booth.
    Thing(Id),
}

/// What Enter came to.
#[derive(Debug)]
pub enum Enter {
    /// The map took it, perhaps for an act.
    Taken(Option<Act>),
    /// The booth under the cursor is to be opened.
    Open,
}

/// The map and what lies beside it.
#[derive(Debug, Default)]
pub struct Floor {
    plan: Plan,
    fair: Option<Id>,
    /// The day that is shown.
    day: Date,
    /// A day of the fair, when it is not today that is shown.
    chosen_day: Option<Date>,
    seen: Option<(u64, Date, Option<Id>)>,
    cursor: Option<Id>,
    /// The thing under the cursor, while things are drawn.
    thing: Option<Id>,
    /// Booths, or things while those are drawn, marked to be acted on together.
    marks: BTreeSet<Id>,
    camera: Camera,
    panel_shut: bool,
    colouring: Colouring,
    shading: Shading,
    /// What the shading was made for.
    shaded: Option<(u64, Date, Colouring, Option<Id>)>,
    part: Part,
    /// Registrations that may be placed and have no booth, in the order of their receipt.
    waiting: Vec<Id>,
    waiting_at: usize,
    /// A registration that was picked up, to be put on a booth.
    carried: Option<Id>,
    /// The booth under the pointer.
    hover: Option<Id>,
    gesture: Option<Gesture>,
    /// What a proposal would change.
    proposed: proposed::Difference,
    /// What is wrong with the plan, while somebody goes through it.
    faults: Option<faults::Faults>,
    /// The plan is being drawn.
    drawing: Option<drawing::Drawing>,
    /// What was last laid down new, until it is in the book.
    drawn_last: Option<drawing::Fresh>,
}

/// What a part of the screen is drawn with.
#[derive(Clone, Copy)]
struct Look<'a> {
    theme: &'a Theme,
    lang: Lang,
    book: &'a Book,
}

/// Where map and panel lie.
#[derive(Clone, Copy)]
struct Parts {
    /// What is being done, above the map; empty when nothing is.
    banner: Rect,
    map: Rect,
    panel: Rect,
}

impl Floor {
    /// Makes the plan anew when the book, the day or the fair is another.
    pub fn follow(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        if self.fair != fair {
            self.chosen_day = None;
        }
        let day = self.chosen_day.unwrap_or(today);
        if self.seen != Some((book.seq, day, fair)) {
            self.see(book, fair, day);
        }
        self.find_faults(book);
        self.shade(book);
    }

    /// The scopes whose keys count now, the innermost first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let usual = [Scope::Floor, Scope::On(self.kind()), Scope::List, Scope::Lines, Scope::Global];
        match (self.part, self.is_drawing()) {
            (Part::Faults, _) => vec![Scope::Faults, Scope::Floor, Scope::Lines, Scope::Global],
            (_, true) => std::iter::once(Scope::Drawing).chain(usual).collect(),
            (_, false) => usual.to_vec(),
        }
    }

    fn see(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        if self.fair != fair {
            self.camera.show_all();
            self.cursor = None;
            self.thing = None;
            self.carried = None;
            self.faults = None;
            self.drawing = None;
            self.part = Part::Map;
        }
        self.seen = Some((book.seq, today, fair));
        (self.fair, self.day) = (fair, today);
        self.plan = fair.map(|fair| plan(book, fair, today)).unwrap_or_default();
        let stands = self.cursor.is_some_and(|id| self.plan.spot(id).is_some());
        if !stands {
            self.cursor = self.plan.spots().next().map(|spot| spot.id);
        }
        self.thing = self.thing.filter(|id| self.plan.thing(*id).is_some());
        self.thing = self.thing.or_else(|| self.plan.things().next().map(|thing| thing.id));
        self.marks.retain(|id| self.plan.spot(*id).is_some() || self.plan.thing(*id).is_some());
        self.hover = None;
        self.waiting = fair.map(|fair| unplaced(book, fair)).unwrap_or_default();
        self.waiting_at = self.waiting_at.min(self.waiting.len().saturating_sub(1));
        if self.waiting.is_empty() && self.part == Part::Waiting {
            self.part = Part::Map;
        }
        self.carried = self.carried.filter(|id| self.waiting.contains(id));
        self.go_on_drawing(book);
    }

    /// Takes the window's size; what is seen of the plan follows it.
    pub fn fit(&mut self, areas: &Areas) {
        if matches!(self.gesture, Some(Gesture::Pull { .. })) {
            // A look that follows what is pulled would pull it further.
            return;
        }
        let map = self.parts(areas.body).map;
        let sizes = self.sizes();
        self.camera.fit(Size::new(map.width, map.height), sizes);
    }

    fn sizes(&self) -> camera::Plan {
        let side = |spot: &Spot| spot.bounds().width().min(spot.bounds().depth());
        let mut sides: Vec<i64> = self.plan.spots().map(side).collect();
        let middle = sides.len() / 2;
        sides.sort_unstable();
        let typical_cm = sides.get(middle).copied().unwrap_or(300);
        let least = if self.is_drawing() { drawing::EMPTY_CM } else { (1, 1) };
        let ghost = self.ghost_span().map_or((0, 0), |span| (span.right, span.bottom));
        let span = Span {
            left: 0,
            top: 0,
            right: self.plan.width_cm.max(least.0).max(ghost.0),
            bottom: self.plan.depth_cm.max(least.1).max(ghost.1),
        };
        camera::Plan { span, typical_cm: typical_cm.clamp(50, 5_000) }
    }

    fn parts(&self, body: Rect) -> Parts {
        let width = if self.panel_shut { 0 } else { (body.width / 3).clamp(28, 52).min(body.width) };
        let left = Rect { width: body.width - width, ..body };
        let told = u16::from(self.carried.is_some() || self.is_drawing()).min(left.height);
        let banner = Rect { height: told, ..left };
        let map = Rect { y: left.y + told, height: left.height - told, ..left };
        Parts { banner, map, panel: Rect { x: left.right(), width, ..body } }
    }

    /// Colours the booths anew when what they are coloured by is another.
    fn shade(&mut self, book: &Book) {
        let looked_at = if self.colouring == Colouring::Fit { self.looked_at() } else { None };
        let wanted = (book.seq, self.day, self.colouring, looked_at);
        if self.shaded == Some(wanted) {
            return;
        }
        self.shaded = Some(wanted);
        let looked_at = looked_at.and_then(|id| book.get::<Registration>(id));
        self.shading = Shading::of(self.colouring, &Ground { book, plan: &self.plan, day: self.day, looked_at });
    }

    /// The registration whose decision is weighed: the one picked up, else the one chosen in the list.
    fn looked_at(&self) -> Option<Id> {
        self.carried.or_else(|| self.waiting.get(self.waiting_at).copied())
    }

    /// What an act is about: booths, or things while those are drawn.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        if matches!(self.part, Part::Things) { Kind::Fixture } else { Kind::Booth }
    }

    const fn under_cursor(&self) -> Option<Id> {
        if matches!(self.part, Part::Things) { self.thing } else { self.cursor }
    }

    /// The records that an act is about: those marked, else the one under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Vec<Id> {
        let marked: Vec<Id> = self.marks.iter().copied().collect();
        if marked.is_empty() { self.under_cursor().into_iter().collect() } else { marked }
    }

    /// Moves in space, or through those who wait.
    pub fn go(&mut self, to: Move) {
        self.hover = None;
        if self.pull(to) {
            return;
        }
        if self.part == Part::Faults {
            if let Some(by) = lines_of(to, 10) {
                self.next_fault(by > 0);
            }
            return;
        }
        if self.part == Part::Waiting {
            match lines_of(to, 10) {
                Some(by) => self.waiting_at = window::step(self.waiting_at, by, self.waiting.len()),
                None => self.part = Part::Map,
            }
            return;
        }
        let is_things = self.part == Part::Things;
        let Some(cursor) = self.under_cursor() else { return };
        let way = match to {
            Move::Up => Direction::Up,
            Move::Down => Direction::Down,
            Move::Left => Direction::Left,
            Move::Right => Direction::Right,
            Move::First | Move::Last => {
                let all: Vec<Id> = match is_things {
                    true => self.plan.things().map(|thing| thing.id).collect(),
                    false => self.plan.spots().map(|spot| spot.id).collect(),
                };
                return self.put_cursor(if to == Move::First { all.first() } else { all.last() }.copied());
            }
            Move::PageUp => return self.next_hall(false),
            Move::PageDown => return self.next_hall(true),
        };
        let next = if is_things { next_thing(&self.plan, cursor, way) } else { neighbour(&self.plan, cursor, way) };
        self.put_cursor(next);
    }

    fn put_cursor(&mut self, to: Option<Id>) {
        if self.part == Part::Things {
            self.thing = to.or(self.thing);
            if let Some(thing) = self.thing.and_then(|id| self.plan.thing(id)) {
                let Bounds { left, top, right, bottom } = thing.shape.bounds();
                self.camera.bring(Span { left, top, right, bottom });
            }
            return;
        }
        self.cursor = to.or(self.cursor);
        if let Some(spot) = self.cursor.and_then(|id| self.plan.spot(id)) {
            self.camera.bring(span_of(spot));
        }
    }

    /// The first booth of the next hall, or of the one before.
    fn next_hall(&mut self, forward: bool) {
        let halls: Vec<_> = self.plan.halls.iter().filter(|hall| !hall.booths.is_empty()).collect();
        let holds = |hall: &&_| {
            let hall: &crate::domain::view::floor::HallPlan = hall;
            hall.booths.iter().any(|spot| Some(spot.id) == self.cursor)
        };
        let at = halls.iter().position(holds).unwrap_or(0);
        let next = if forward { (at + 1).min(halls.len().saturating_sub(1)) } else { at.saturating_sub(1) };
        let booth = halls.get(next).and_then(|hall| hall.booths.first()).map(|spot| spot.id);
        self.put_cursor(booth);
    }

    /// Between the map and those who wait; while the plan is drawn between booths and things.
    pub fn next_part(&mut self) {
        if self.is_drawing() && self.part != Part::Faults {
            return self.choose_layer(if self.part == Part::Things { Part::Map } else { Part::Things });
        }
        self.part = match self.part {
            Part::Map if self.faults.is_some() => Part::Faults,
            Part::Map if !self.waiting.is_empty() => {
                self.panel_shut = false;
                Part::Waiting
            }
            _ => Part::Map,
        };
    }

    /// Enter: stores what is drawn, picks up the one who waits, or puts the picked one on the booth under the cursor.
    #[must_use]
    pub fn enter(&mut self) -> Enter {
        if let Some(act) = self.lay_ghost() {
            return Enter::Taken(Some(act));
        }
        match self.part {
            Part::Faults => {
                self.part = Part::Map;
                Enter::Taken(None)
            }
            Part::Waiting => {
                self.carried = self.waiting.get(self.waiting_at).copied();
                self.part = Part::Map;
                Enter::Taken(None)
            }
            Part::Things => Enter::Open,
            Part::Map => self.carried.map_or(Enter::Open, |carried| Enter::Taken(self.put(carried))),
        }
    }

    fn put(&mut self, registration: Id) -> Option<Act> {
        let booths = self.chosen();
        if booths.is_empty() {
            return None;
        }
        self.marks.clear();
        let intent = Intent::Place { registration, booths, share: None, from_on: None, to_on: None };
        Some(Act::Do(Box::new(intent)))
    }

    /// Leaves what was picked up, then the marks, the list, the near look; false when there is nothing to leave.
    pub fn back(&mut self) -> bool {
        if self.part == Part::Faults || (self.faults.is_some() && !self.is_drawing()) {
            self.shut_faults();
            return true;
        }
        if self.drop_ghost() || self.carried.take().is_some() {
            return true;
        }
        if !self.marks.is_empty() {
            self.marks.clear();
            return true;
        }
        if self.drawing.take().is_some() {
            self.part = Part::Map;
            return true;
        }
        if self.part == Part::Waiting || self.camera.is_near() {
            self.part = Part::Map;
            self.camera.show_all();
            return true;
        }
        false
    }

    /// Marks what is under the cursor, or takes its mark away.
    pub fn mark(&mut self) {
        if let Some(cursor) = self.under_cursor()
            && !self.marks.remove(&cursor)
        {
            self.marks.insert(cursor);
        }
    }

    /// Marks every booth that can be given, or takes all marks away.
    pub fn mark_all(&mut self) {
        if self.marks.is_empty() {
            self.marks = match self.part {
                Part::Things => self.plan.things().map(|thing| thing.id).collect(),
                _ => self.plan.spots().filter(|spot| spot.is_free()).map(|spot| spot.id).collect(),
            };
        } else {
            self.marks.clear();
        }
    }

    /// What the keys of the map do.
    pub fn act(&mut self, act: MapAct, book: &Book) {
        match act {
            MapAct::Faults => self.toggle_faults(book),
            MapAct::Fault(forward) => self.next_fault(forward),
            MapAct::Draw => self.toggle_drawing(),
            MapAct::Pen(pen) => self.take_pen(pen, book),
            MapAct::Grid(coarser) => self.coarser(coarser),
            MapAct::Day(forward) => self.next_day(forward, book),
            MapAct::Nearer | MapAct::Farther => {
                let middle = self.cursor.and_then(|id| self.plan.spot(id)).map(|spot| span_of(spot).middle());
                let cell = middle.map_or((0, 0), |point| self.camera.cell(point));
                self.camera.zoom(act == MapAct::Nearer, cell);
                self.put_cursor(None);
            }
            MapAct::Whole => self.camera.show_all(),
            MapAct::Panel => {
                self.panel_shut = !self.panel_shut;
                if self.panel_shut {
                    self.part = Part::Map;
                }
            }
            MapAct::Colouring => {
                self.colouring = self.colouring.next();
                if self.colouring == Colouring::Fit && self.looked_at().is_none() {
                    self.colouring = self.colouring.next();
                }
            }
        }
    }

    /// The next day of the fair, or the one before; before the first it is today again.
    fn next_day(&mut self, forward: bool, book: &Book) {
        let Some(days) = book.follow::<Fair>(self.fair).and_then(|fair| fair.opens_on.zip(fair.closes_on)) else {
            return;
        };
        self.chosen_day = match (self.chosen_day, forward) {
            (None, true) => Some(days.0),
            (None, false) => None,
            (Some(day), true) => day.succ_opt().filter(|next| *next <= days.1).or(Some(day)),
            (Some(day), false) => day.pred_opt().filter(|before| *before >= days.0),
        };
    }

    /// Flies to the booth whose code or holder has these words; false when none has.
    pub fn find(&mut self, text: &str) -> bool {
        let found = self.found(text);
        if let Some(spot) = found.and_then(|id| self.plan.spot(id)) {
            let span = span_of(spot);
            self.cursor = found;
            self.part = Part::Map;
            self.camera.fly(span);
        }
        found.is_some()
    }

    fn found(&self, text: &str) -> Option<Id> {
        let wanted = plain_code(text);
        if wanted.is_empty() {
            return None;
        }
        let query = Query::new(text);
        let with = |fits: &dyn Fn(&Spot) -> bool| self.plan.spots().find(|spot| fits(spot)).map(|spot| spot.id);
        with(&|spot| plain_code(&spot.code) == wanted)
            .or_else(|| with(&|spot| spot.code.split(['/', ',', ' ']).any(|part| plain_code(part) == wanted)))
            .or_else(|| with(&|spot| plain_code(&spot.code).starts_with(&wanted)))
            .or_else(|| with(&|spot| query.matches(&fold(&spot.holder))))
    }

    /// One line about the booth under the pointer or the cursor, for the status line.
    #[must_use]
    pub fn summary(&self, book: &Book, lang: Lang) -> String {
        if self.part == Part::Things {
            let thing = self.thing.and_then(|id| self.plan.thing(id));
            return thing.map(|thing| things::summary(thing, lang)).unwrap_or_default();
        }
        let Some(spot) = self.looked_at_booth() else { return String::new() };
        let marks = self.marks.len();
        let marked = crate::say!("{marks} gian đánh dấu", "{marks} marked");
        let rent = shade::rent_of(book, spot).map(|rent| rent.show(lang)).unwrap_or_default();
        let state = crate::domain::field::Chosen::words(spot.status);
        let parts = [
            if marks > 0 { marked.in_lang(lang) } else { "" },
            &spot.code,
            state.in_lang(lang),
            spot.holder.as_str(),
            rent.as_str(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The booth under the pointer, else the one under the cursor.
    fn looked_at_booth(&self) -> Option<&Spot> {
        self.hover.or(self.cursor).and_then(|id| self.plan.spot(id))
    }

    /// Draws map and panel; hits are the map and those who wait.
    pub fn draw(&self, areas: &Areas, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Hits<FloorHit> {
        let mut hits = Hits::new();
        let look = Look { theme, lang, book };
        let is_bare = self.plan.spots().next().is_none() && self.plan.things().next().is_none();
        if is_bare && !self.is_drawing() {
            self.draw_empty(areas, buffer, look);
            return hits;
        }
        let parts = self.parts(areas.body);
        legend::draw(self, areas.lists, buffer, look);
        map::draw(self, parts.map, buffer, look);
        if self.is_drawing() {
            drawing::draw_banner(self, parts.banner, buffer, look);
        } else {
            map::draw_banner(self, parts.banner, buffer, look);
        }
        hits.push(parts.map, FloorHit::Map);
        if self.faults.is_some() {
            faults::draw(self, parts.panel, buffer, look, &mut hits);
        } else if self.part == Part::Things {
            things::list(self, parts.panel, buffer, look, &mut hits);
        } else {
            panel::draw(self, parts.panel, buffer, look, &mut hits);
        }
        hits
    }

    fn draw_empty(&self, areas: &Areas, buffer: &mut Buffer, look: Look<'_>) {
        let lines: &[(&str, Words)] = if self.fair.is_some() {
            &[
                ("", Words::new("Hội chợ này chưa có gian hàng.", "This fair has no booths yet.")),
                (
                    "i",
                    Words::new(
                        "nhập: gõ A1..A12 3x3, hoặc tệp SVG, JSON, CSV, bảng tính tô màu",
                        "lays some: type A1..A12 3x3, or a file: SVG, JSON, CSV, a coloured sheet",
                    ),
                ),
                ("E", Words::new("vẽ bằng phím hoặc chuột", "draws by keys or mouse")),
            ]
        } else if look.book.count(Kind::Fair) == 0 {
            &[
                ("", Words::new("Chưa có hội chợ nào.", "There is no fair yet.")),
                ("2", Words::new("danh sách hội chợ; n ở đó để thêm", "the list of fairs; n there adds one")),
            ]
        } else {
            &[("", Words::new("Chưa chọn hội chợ.", "No fair is chosen.")), ("f", Words::new("chọn", "chooses one"))]
        };
        for (down, (key, words)) in lines.iter().enumerate() {
            let row = ink::row(areas.body, ink::cells(down + 1));
            let row = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let beside = if key.is_empty() { 0 } else { 3 };
            ink::put(buffer, row, key, Align::Left, look.theme.style(Role::Key));
            let right = Rect { x: row.x + beside, width: row.width.saturating_sub(beside), ..row };
            ink::put(buffer, right, words.in_lang(look.lang), Align::Left, look.theme.style(Role::Muted));
        }
    }
}

fn span_of(spot: &Spot) -> Span {
    let Bounds { left, top, right, bottom } = spot.bounds();
    Span { left, top, right, bottom }
}

/// The corners of an outline as a drawing takes them.
fn corners(shape: &Polygon) -> Vec<(i64, i64)> {
    shape.corners().iter().map(|corner| (corner.x, corner.y)).collect()
}

/// A code without case, marks, hyphens, spaces and leading zeros of its number, as people differ in writing it.
fn plain_code(code: &str) -> String {
    let mut plain = String::new();
    let mut number = String::new();
    for letter in fold(code).chars().chain([' ']) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        if !number.is_empty() {
            if plain.ends_with(|before: char| before.is_ascii_digit()) {
                plain.push('.');
            }
            let short = number.trim_start_matches('0');
            plain.push_str(if short.is_empty() { "0" } else { short });
            number.clear();
        }
        if letter.is_alphanumeric() {
            plain.push(letter);
        }
    }
    plain
}

/// Registrations that may be placed and have no booth, first received first.
fn unplaced(book: &Book, fair: Id) -> Vec<Id> {
    let may = |registration: &&Registration| {
        matches!(registration.status, RegistrationStatus::Selected | RegistrationStatus::Confirmed)
            && book.pointing::<Placement>(registration.id).next().is_none()
    };
    let mut found: Vec<&Registration> = book.pointing::<Registration>(fair).filter(may).collect();
    found.sort_by_key(|registration| (registration.received_at, registration.id));
    found.into_iter().map(|registration| registration.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_people_write_them() {
        for (one, other) in [("F010", "f-10"), ("A 12", "a12"), ("005", "5"), ("J2/3", "j2/3"), ("W79A", "w-079a")] {
            assert_eq!(plain_code(one), plain_code(other), "{one} {other}");
        }
        assert_ne!(plain_code("A1"), plain_code("A11"));
        assert_ne!(plain_code("A1-2"), plain_code("A12"));
        assert_eq!(plain_code("--"), "");
    }
}
