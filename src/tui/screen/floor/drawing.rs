//! Drawing at the plan by keys: what is drawn is seen on the map before it is stored, and one Enter is one act and one undo.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::booth_code::Numbered;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::{Act, Move, Pen};
use crate::domain::Booth;
use crate::domain::book::Book;
use crate::domain::field::Value;
use crate::domain::geometry::{Polygon, metres, overlap_beyond};
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::tui::theme::Role;
use crate::tui::widget::canvas::{Canvas, Grain, Patch, Weight};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::Span;

use super::{Floor, Look, Part, corners};

/// The steps that an arrow goes, in centimetres.
const STEPS_CM: [i64; 5] = [5, 10, 50, 100, 300];
/// The step to begin with.
const USUAL_STEP: usize = 2;
/// The booth that is drawn first, in centimetres.
const USUAL_CM: i64 = 300;
/// The floor that is shown where nothing lies yet, in centimetres.
pub(super) const EMPTY_CM: (i64, i64) = (3_000, 2_000);
/// Corners of turned booths are rounded: what reaches in no farther touches.
const SLACK_CM: i64 = 2;

/// The plan is being drawn.
#[derive(Debug)]
pub struct Drawing {
    step: usize,
    ghost: Option<Ghost>,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { step: USUAL_STEP, ghost: None }
    }
}

/// What would be stored: booths as they are and as they would be.
#[derive(Debug)]
pub struct Ghost {
    pen: Pen,
    before: Vec<Booth>,
    now: Vec<Booth>,
    /// The left edge of their hall within the plan.
    hall_x: i64,
}

impl Ghost {
    /// Their outlines within the plan.
    fn shapes(&self) -> impl Iterator<Item = Polygon> + '_ {
        self.now.iter().filter_map(Booth::shape).map(|shape| shape.moved(self.hall_x, 0))
    }
}

impl Floor {
    /// True while the plan is drawn.
    #[must_use]
    pub const fn is_drawing(&self) -> bool {
        self.drawing.is_some()
    }

    pub(super) fn toggle_drawing(&mut self) {
        self.drawing = if self.drawing.is_some() { None } else { Some(Drawing::default()) };
        self.carried = None;
        self.part = Part::Map;
    }

    pub(super) fn coarser(&mut self, coarser: bool) {
        if let Some(drawing) = &mut self.drawing {
            let step = if coarser { drawing.step + 1 } else { drawing.step.saturating_sub(1) };
            drawing.step = step.min(STEPS_CM.len() - 1);
        }
    }

    /// Takes up a pen: nothing is stored before Enter.
    pub(super) fn take_pen(&mut self, pen: Pen, book: &Book) {
        let ghost = if pen == Pen::New { self.new_booth(book) } else { self.lifted(pen, book) };
        if let Some(drawing) = &mut self.drawing {
            drawing.ghost = ghost;
        }
        self.follow_ghost();
    }

    /// A booth beside the one under the cursor, with the next code that is free.
    fn new_booth(&self, book: &Book) -> Option<Ghost> {
        let beside = self.cursor.and_then(|id| book.get::<Booth>(id));
        let hall = beside.map_or_else(|| self.plan.halls.first().and_then(|hall| hall.id), |booth| booth.hall);
        let hall_x = self.plan.halls.iter().find(|known| known.id == hall).map_or(0, |hall| hall.x);
        let code = next_code(book, self.fair?, beside.map_or("A0", |booth| booth.code.as_str()));
        let usual = |side: Option<i64>| side.filter(|side| *side > 0).unwrap_or(USUAL_CM);
        let (width, depth) = beside.map_or((USUAL_CM, USUAL_CM), |booth| (usual(booth.width), usual(booth.depth)));
        let bounds = beside.and_then(Booth::shape).map(|shape| shape.bounds());
        let mut booth = Booth {
            fair: self.fair,
            hall,
            code: Text::new(&code),
            width: Some(width),
            depth: Some(depth),
            x: Some(bounds.map_or(0, |bounds| bounds.right)),
            y: Some(bounds.map_or(0, |bounds| bounds.top)),
            ..Booth::default()
        };
        if let Some(beside) = beside {
            (booth.zone, booth.kind, booth.price_class) =
                (beside.zone.clone(), beside.kind, beside.price_class.clone());
        }
        Some(Ghost { pen: Pen::New, before: Vec::new(), now: vec![booth], hall_x })
    }

    /// The chosen booths, to be moved, sized or turned.
    fn lifted(&self, pen: Pen, book: &Book) -> Option<Ghost> {
        let mut booths: Vec<Booth> = self.chosen().iter().filter_map(|id| book.get::<Booth>(*id).cloned()).collect();
        if pen == Pen::Size {
            booths.truncate(1);
        }
        let first = booths.first()?;
        let hall_x = self.plan.halls.iter().find(|hall| hall.id == first.hall)?.x;
        booths.retain({
            let hall = first.hall;
            move |booth| booth.hall == hall
        });
        Some(Ghost { pen, before: booths.clone(), now: booths, hall_x })
    }

    /// Takes an arrow for what is drawn; false when nothing is.
    pub(super) fn pull(&mut self, to: Move) -> bool {
        let Some(drawing) = &mut self.drawing else { return false };
        let step = STEPS_CM.get(drawing.step).copied().unwrap_or(50);
        let Some(ghost) = &mut drawing.ghost else { return false };
        let (right, down) = match to {
            Move::Left => (-step, 0),
            Move::Right => (step, 0),
            Move::Up => (0, -step),
            Move::Down => (0, step),
            Move::First => (-10 * step, 0),
            Move::Last => (10 * step, 0),
            Move::PageUp => (0, -10 * step),
            Move::PageDown => (0, 10 * step),
        };
        let least = |side: Option<i64>, by: i64| Some((side.unwrap_or(0) + by).max(step.min(50)));
        for booth in &mut ghost.now {
            match ghost.pen {
                Pen::New | Pen::Move => {
                    booth.x = Some((booth.x.unwrap_or(0) + right).max(0));
                    booth.y = Some((booth.y.unwrap_or(0) + down).max(0));
                }
                Pen::Size => {
                    (booth.width, booth.depth) = (least(booth.width, right), least(booth.depth, down));
                    booth.outline = Text::default();
                }
                Pen::Turn => {
                    let by = right.signum() * 15 + down.signum();
                    booth.turn = Some((booth.turn.unwrap_or(0) + by).rem_euclid(360)).filter(|turn| *turn != 0);
                }
            }
        }
        // Several move together: the one at the wall holds the others.
        if ghost.pen == Pen::Move {
            let by = |of: fn(&Booth) -> Option<i64>| {
                let moved =
                    ghost.now.iter().zip(&ghost.before).map(|(now, old)| of(now).unwrap_or(0) - of(old).unwrap_or(0));
                moved.max_by_key(|by| if right + down < 0 { *by } else { -*by }).unwrap_or(0)
            };
            let (x, y) = (by(|booth| booth.x), by(|booth| booth.y));
            for (now, old) in ghost.now.iter_mut().zip(&ghost.before) {
                (now.x, now.y) = (Some(old.x.unwrap_or(0) + x), Some(old.y.unwrap_or(0) + y));
            }
        }
        self.follow_ghost();
        true
    }

    /// Everything that is drawn, for the camera.
    pub(super) fn ghost_span(&self) -> Option<Span> {
        let ghost = self.drawing.as_ref()?.ghost.as_ref()?;
        let points: Vec<(i64, i64)> = ghost.shapes().flat_map(|shape| corners(&shape)).collect();
        Span::of(&points)
    }

    fn follow_ghost(&mut self) {
        if let Some(span) = self.ghost_span() {
            self.camera.bring(span);
        }
    }

    /// Enter: the act that stores what is drawn. A new booth is followed by the next one.
    pub(super) fn lay_ghost(&mut self) -> Option<Act> {
        let drawing = self.drawing.as_mut()?;
        let ghost = drawing.ghost.take()?;
        let first = ghost.now.first()?;
        let ids: Vec<Id> = ghost.before.iter().map(|booth| booth.id).collect();
        let old = ghost.before.first();
        let number = |value: Option<i64>| value.map_or(Value::Empty, Value::Number);
        let intent = match ghost.pen {
            Pen::New => {
                let mut fields = vec![
                    ("fair".to_owned(), first.fair.map_or(Value::Empty, Value::Link)),
                    ("code".to_owned(), Value::Text(first.code.clone())),
                    ("zone".to_owned(), Value::Text(first.zone.clone())),
                    ("kind".to_owned(), Value::Text(Text::new(crate::domain::field::Chosen::key(first.kind)))),
                    ("price_class".to_owned(), Value::Text(first.price_class.clone())),
                ];
                fields.extend(first.hall.map(|hall| ("hall".to_owned(), Value::Link(hall))));
                for (key, value) in [("x", first.x), ("y", first.y), ("width", first.width), ("depth", first.depth)] {
                    fields.push((key.to_owned(), number(value)));
                }
                self.drawn_last = Some((first.code.clone(), Pen::New));
                Intent::Add { kind: Kind::Booth, fields }
            }
            Pen::Move => {
                let by = |of: fn(&Booth) -> Option<i64>| of(first).unwrap_or(0) - old.and_then(of).unwrap_or(0);
                Intent::Shift { kind: Kind::Booth, ids, right: by(|booth| booth.x), down: by(|booth| booth.y) }
            }
            Pen::Size => {
                let fields =
                    [("outline", Value::Empty), ("width", number(first.width)), ("depth", number(first.depth))];
                let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                Intent::Edit { kind: Kind::Booth, id: first.id, fields }
            }
            Pen::Turn => {
                let degrees = first.turn.unwrap_or(0) - old.and_then(|old| old.turn).unwrap_or(0);
                Intent::Turn { kind: Kind::Booth, ids, degrees }
            }
        };
        Some(Act::Do(Box::new(intent)))
    }

    /// Once the new booth is in the book, the cursor stands on it and the next one is drawn beside it.
    pub(super) fn go_on_drawing(&mut self, book: &Book) {
        let Some((code, pen)) = self.drawn_last.clone() else { return };
        let there = self.fair.map(|fair| book.named(Kind::Booth, "code", Some(fair), code.as_str()));
        let Some(id) = there.and_then(|found| found.first().copied()) else { return };
        self.drawn_last = None;
        self.cursor = Some(id);
        if self.is_drawing() {
            self.take_pen(pen, book);
        }
    }

    /// Leaves what is drawn; false when nothing was.
    pub(super) fn drop_ghost(&mut self) -> bool {
        self.drawn_last = None;
        self.drawing.as_mut().is_some_and(|drawing| drawing.ghost.take().is_some())
    }
}

/// The next code after one that no booth of the fair has.
fn next_code(book: &Book, fair: Id, after: &str) -> String {
    let free = |code: &String| book.named(Kind::Booth, "code", Some(fair), code).is_empty();
    let numbered = Numbered::read(after).or_else(|| Numbered::read("A0"));
    let codes = numbered.into_iter().flat_map(|number| (1..100_000).map(move |step| number.plus(step)));
    codes.into_iter().find(free).unwrap_or_default()
}

/// Fills what is drawn; as something wrong where it lies on a booth.
pub fn fill<'a>(
    floor: &'a Floor,
    canvas: &mut Canvas,
    grain: Grain,
    look: Look<'_>,
) -> Vec<(&'a Booth, Polygon, Patch)> {
    let Some(ghost) = floor.drawing.as_ref().and_then(|drawing| drawing.ghost.as_ref()) else { return Vec::new() };
    let role = if under(floor, ghost).is_empty() { Role::Proposed } else { Role::Problem };
    let laid = ghost.now.iter().zip(ghost.shapes()).filter_map(|(booth, shape)| {
        let patch = canvas.fill(&corners(&shape), look.theme.style(role), '+', grain)?;
        Some((booth, shape, patch))
    });
    laid.collect()
}

/// Writes the codes and the frame of what is drawn.
pub fn write(floor: &Floor, laid: &[(&Booth, Polygon, Patch)], canvas: &Canvas, buffer: &mut Buffer, look: Look<'_>) {
    let Some(ghost) = floor.drawing.as_ref().and_then(|drawing| drawing.ghost.as_ref()) else { return };
    let role = if under(floor, ghost).is_empty() { Role::Proposed } else { Role::Problem };
    for (booth, shape, patch) in laid {
        if patch.has_walls {
            canvas.walls(&corners(shape), Weight::Heavy, look.theme.style(Role::MapFrame), buffer);
        }
        let room = if patch.room.is_empty() { patch.place } else { patch.room };
        ink::put(buffer, ink::row(room, 0), booth.code.as_str(), Align::Left, look.theme.style(role));
    }
}

/// The codes of the booths that what is drawn would lie on.
fn under(floor: &Floor, ghost: &Ghost) -> Vec<String> {
    let is_own = |id: Id| ghost.before.iter().any(|booth| booth.id == id);
    let shapes: Vec<Polygon> = ghost.shapes().collect();
    let meets = |shape: &Polygon| shapes.iter().any(|own| overlap_beyond(own, shape, SLACK_CM));
    floor.plan.spots().filter(|spot| !is_own(spot.id) && meets(&spot.shape)).map(|spot| spot.code.clone()).collect()
}

/// What is being drawn, and what the keys do.
pub fn banner(floor: &Floor, look: Look<'_>) -> Option<(Role, String)> {
    let drawing = floor.drawing.as_ref()?;
    let step = metres(STEPS_CM.get(drawing.step).copied().unwrap_or(50));
    let Some(ghost) = &drawing.ghost else {
        let words = crate::say!(
            " Vẽ mặt bằng · N gian mới · M dời · T cỡ · R xoay · | chia · & gộp · # số · Esc: xong ",
            " Drawing · N new · M move · T size · R turn · | split · & combine · # renumber · Esc: done "
        );
        return Some((Role::Selected, words.in_lang(look.lang).to_owned()));
    };
    let first = ghost.now.first()?;
    let side = |value: Option<i64>| metres(value.unwrap_or(0));
    let (code, x, y) = (&first.code, side(first.x), side(first.y));
    let (width, depth, turn) = (side(first.width), side(first.depth), first.turn.unwrap_or(0));
    let many = ghost.now.len();
    let what = match ghost.pen {
        Pen::New => crate::say!(
            "Gian mới {code} {width} × {depth} m ở {x} × {y}",
            "New {code} {width} × {depth} m at {x} × {y}"
        ),
        Pen::Move if many > 1 => {
            crate::say!("Dời {many} gian, {code} đến {x} × {y}", "Move {many} booths, {code} to {x} × {y}")
        }
        Pen::Move => crate::say!("Dời {code} đến {x} × {y} m", "Move {code} to {x} × {y} m"),
        Pen::Size => crate::say!("{code}: {width} × {depth} m", "{code}: {width} × {depth} m"),
        Pen::Turn => crate::say!("Xoay {code}: {turn}°", "Turn {code}: {turn}°"),
    };
    let over = under(floor, ghost);
    let keys = match ghost.pen {
        Pen::Turn => Words::new("←→ 15°, ↑↓ 1°", "←→ 15°, ↑↓ 1°"),
        _ => crate::say!("mũi tên {step} m (< >)", "arrows {step} m (< >)"),
    };
    let enter = Words::new("Enter: ghi", "Enter: store");
    let (role, warning) = if over.is_empty() {
        (Role::Selected, String::new())
    } else {
        let codes = over.into_iter().take(3).collect::<Vec<_>>().join(", ");
        let words = crate::say!(" · chồng lên {codes}", " · upon {codes}");
        (Role::Problem, words.in_lang(look.lang).to_owned())
    };
    Some((
        role,
        format!(" {}{warning} · {} · {} ", what.in_lang(look.lang), enter.in_lang(look.lang), keys.in_lang(look.lang)),
    ))
}

/// Draws the banner.
pub fn draw_banner(floor: &Floor, row: Rect, buffer: &mut Buffer, look: Look<'_>) {
    if let Some((role, text)) = banner(floor, look) {
        let style = look.theme.style(role);
        ink::wipe(buffer, row, style);
        ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, style);
    }
}
