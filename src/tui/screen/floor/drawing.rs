//! Drawing at the plan by keys and by mouse: what is drawn is seen on the map before it is stored, and one Enter is one act
//! and one undo. Booths and things that are no booths are two layers of one plan; the keys are the same on both.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::booth_code::Numbered;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::{Act, Move, Pen};
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Value};
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Bounds, Polygon, metres, overlap_beyond};
use crate::domain::intent::{Fields, Intent};
use crate::domain::record::Kind;
use crate::domain::{Booth, Fixture};
use crate::tui::theme::Role;
use crate::tui::widget::canvas::{Canvas, Grain, Patch, Weight};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::Span;

use super::piece::{Piece, usual_sides};
use super::{Floor, Look, Part, corners};

/// The steps that an arrow goes, in centimetres.
const STEPS_CM: [i64; 5] = [5, 10, 50, 100, 300];
/// The step to begin with.
const USUAL_STEP: usize = 2;
/// The booth that is drawn first, in centimetres.
const USUAL_CM: i64 = 300;
/// Nothing is drawn narrower, in centimetres.
const LEAST_CM: i64 = 10;
/// The floor that is shown where nothing lies yet, in centimetres.
pub(super) const EMPTY_CM: (i64, i64) = (3_000, 2_000);
/// Corners of turned booths are rounded: what reaches in no farther touches.
const SLACK_CM: i64 = 2;

/// The plan is being drawn.
#[derive(Debug)]
pub struct Drawing {
    step: usize,
    ghost: Option<Ghost>,
    /// What is being stored: it is drawn again when it is refused.
    laid: Option<Ghost>,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { step: USUAL_STEP, ghost: None, laid: None }
    }
}

impl Drawing {
    fn step_cm(&self) -> i64 {
        STEPS_CM.get(self.step).copied().unwrap_or(50)
    }
}

/// What would be stored: pieces as they are and as they would be.
#[derive(Debug)]
pub struct Ghost {
    pen: Pen,
    before: Vec<Piece>,
    now: Vec<Piece>,
    /// The left edge of their hall within the plan.
    hall_x: i64,
}

/// What was drawn new, until it is in the book.
#[derive(Debug)]
pub enum Fresh {
    /// A booth, by its code.
    Booth(Text),
    /// A thing, by what it is and where it lies.
    Thing(FixtureKind, (i64, i64)),
}

impl Ghost {
    /// Their outlines within the plan.
    fn shapes(&self) -> impl Iterator<Item = Polygon> + '_ {
        self.now.iter().filter_map(Piece::shape).map(|shape| shape.moved(self.hall_x, 0))
    }

    /// Moves all of it, the one at the wall holding the others; says how far.
    fn shift(&mut self, (right, down): (i64, i64)) -> (i64, i64) {
        let least = |of: fn((i64, i64)) -> i64| self.now.iter().map(|piece| of(piece.place())).min().unwrap_or(0);
        let (right, down) = (right.max(-least(|at| at.0)), down.max(-least(|at| at.1)));
        for piece in &mut self.now {
            let (x, y) = piece.place();
            piece.put((x + right, y + down));
        }
        (right, down)
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
        self.choose_layer(Part::Map);
    }

    /// Booths or things: what the arrows walk through and the pens take up.
    pub(super) fn choose_layer(&mut self, part: Part) {
        if self.part != part {
            self.marks.clear();
            self.drop_ghost();
        }
        self.part = part;
        if part == Part::Things && self.thing.is_none() {
            self.thing = self.plan.things().next().map(|thing| thing.id);
        }
    }

    pub(super) fn coarser(&mut self, coarser: bool) {
        if let Some(drawing) = &mut self.drawing {
            let step = if coarser { drawing.step + 1 } else { drawing.step.saturating_sub(1) };
            drawing.step = step.min(STEPS_CM.len() - 1);
        }
    }

    /// Takes up a pen: nothing is stored before Enter.
    pub(super) fn take_pen(&mut self, pen: Pen, book: &Book) {
        let ghost = match pen {
            Pen::New => self.new_booth(book),
            Pen::Thing(kind) => self.new_thing(kind),
            Pen::Move | Pen::Size | Pen::Turn => self.lifted(pen, book),
        };
        if let Some(drawing) = &mut self.drawing {
            drawing.ghost = ghost;
        }
        self.follow_ghost();
    }

    /// The hall in which something new is drawn, and its left edge.
    fn hall_to_draw_in(&self, beside: Option<Option<Id>>) -> (Option<Id>, i64) {
        let hall = beside.unwrap_or_else(|| self.plan.halls.first().and_then(|hall| hall.id));
        (hall, self.plan.halls.iter().find(|known| known.id == hall).map_or(0, |hall| hall.x))
    }

    /// A booth beside the one under the cursor, with the next code that is free.
    fn new_booth(&self, book: &Book) -> Option<Ghost> {
        let beside = self.cursor.and_then(|id| book.get::<Booth>(id));
        let (hall, hall_x) = self.hall_to_draw_in(beside.map(|booth| booth.hall));
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
        Some(Ghost { pen: Pen::New, before: Vec::new(), now: vec![Piece::Booth(Box::new(booth))], hall_x })
    }

    /// A thing beside the one under the cursor, else below the booths of the hall, and within its walls.
    fn new_thing(&self, kind: FixtureKind) -> Option<Ghost> {
        let holds = |hall: &&crate::domain::view::floor::HallPlan| {
            hall.things.iter().any(|thing| Some(thing.id) == self.thing)
                || hall.booths.iter().any(|spot| Some(spot.id) == self.cursor)
        };
        let hall = self.plan.halls.iter().find(holds).or_else(|| self.plan.halls.first());
        let (hall_id, hall_x) = self.hall_to_draw_in(hall.map(|hall| hall.id));
        let beside = hall.and_then(|hall| hall.things.iter().find(|thing| Some(thing.id) == self.thing));
        let (width, depth) = usual_sides(kind);
        let (x, y) = match beside.map(|thing| thing.shape.bounds()) {
            Some(Bounds { right, top, .. }) => (right - hall_x, top),
            None => {
                let booths = hall.map_or(&[][..], |hall| &hall.booths[..]);
                let below = booths.iter().map(|spot| spot.bounds().bottom).max().unwrap_or(0);
                let wall = hall.filter(|hall| hall.id.is_some()).map_or(i64::MAX, |hall| hall.depth_cm - depth);
                (0, below.min(wall))
            }
        };
        let thing = Fixture {
            fair: Some(self.fair?),
            hall: hall_id,
            kind,
            x: Some(x.max(0)),
            y: Some(y.max(0)),
            width: Some(width),
            depth: Some(depth),
            ..Fixture::default()
        };
        Some(Ghost { pen: Pen::Thing(kind), before: Vec::new(), now: vec![Piece::Thing(Box::new(thing))], hall_x })
    }

    /// The chosen booths or things, to be moved, sized or turned.
    fn lifted(&self, pen: Pen, book: &Book) -> Option<Ghost> {
        let mut pieces: Vec<Piece> = self.chosen().iter().filter_map(|id| Piece::find(book, *id)).collect();
        if pen == Pen::Size {
            pieces.truncate(1);
        }
        let hall = pieces.first()?.hall();
        let hall_x = self.plan.halls.iter().find(|known| known.id == hall)?.x;
        pieces.retain(|piece| piece.hall() == hall);
        Some(Ghost { pen, before: pieces.clone(), now: pieces, hall_x })
    }

    /// Takes an arrow for what is drawn; false when nothing is.
    pub(super) fn pull(&mut self, to: Move) -> bool {
        let Some(drawing) = &mut self.drawing else { return false };
        let step = drawing.step_cm();
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
        match ghost.pen {
            Pen::New | Pen::Thing(_) | Pen::Move => {
                ghost.shift((right, down));
            }
            Pen::Size => ghost.now.iter_mut().for_each(|piece| {
                let (width, depth) = piece.sides();
                piece.resize(((width + right).max(LEAST_CM), (depth + down).max(LEAST_CM)));
            }),
            Pen::Turn => ghost.now.iter_mut().for_each(|piece| piece.turn_by(right.signum() * 15 + down.signum())),
        }
        self.follow_ghost();
        true
    }

    /// Pulls what is drawn by the mouse, in whole steps; says how far it went.
    pub(super) fn pull_by(&mut self, (right, down): (i64, i64)) -> (i64, i64) {
        let Some(drawing) = &mut self.drawing else { return (0, 0) };
        let step = drawing.step_cm();
        let whole = |length: i64| (length + length.signum() * step / 2) / step * step;
        match &mut drawing.ghost {
            Some(ghost) if !matches!(ghost.pen, Pen::Size | Pen::Turn) => ghost.shift((whole(right), whole(down))),
            _ => (0, 0),
        }
    }

    /// True when something is drawn that is not stored yet.
    pub(super) fn has_ghost(&self) -> bool {
        self.drawing.as_ref().is_some_and(|drawing| drawing.ghost.is_some())
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
        let kind = first.kind();
        let ids: Vec<Id> = ghost.before.iter().map(Piece::id).collect();
        let (now, old) = (first.place(), ghost.before.first());
        let intent = match ghost.pen {
            Pen::New | Pen::Thing(_) => {
                self.drawn_last = Some(match first {
                    Piece::Booth(booth) => Fresh::Booth(booth.code.clone()),
                    Piece::Thing(thing) => Fresh::Thing(thing.kind, now),
                });
                Intent::Add { kind, fields: new_fields(first) }
            }
            Pen::Move => {
                let before = old.map_or(now, Piece::place);
                Intent::Shift { kind, ids, right: now.0 - before.0, down: now.1 - before.1 }
            }
            Pen::Size => {
                let (width, depth) = first.sides();
                let fields =
                    [("outline", Value::Empty), ("width", Value::Number(width)), ("depth", Value::Number(depth))];
                let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                Intent::Edit { kind, id: first.id(), fields }
            }
            Pen::Turn => Intent::Turn { kind, ids, degrees: first.turn() - old.map_or(0, Piece::turn) },
        };
        if let Some(drawing) = &mut self.drawing {
            drawing.laid = Some(ghost);
        }
        Some(Act::Do(Box::new(intent)))
    }

    /// What was being stored was refused: it is drawn as it was.
    pub fn put_back(&mut self) {
        if let Some(drawing) = &mut self.drawing
            && let Some(laid) = drawing.laid.take()
        {
            drawing.ghost = Some(laid);
            self.drawn_last = None;
        }
    }

    /// Once what is new is in the book, the cursor stands on it; a booth is followed by the next one beside it.
    pub(super) fn go_on_drawing(&mut self, book: &Book) {
        if let Some(drawing) = &mut self.drawing {
            drawing.laid = None;
        }
        let Some(fair) = self.fair else { return };
        match &self.drawn_last {
            Some(Fresh::Booth(code)) => {
                let Some(id) = book.named(Kind::Booth, "code", Some(fair), code.as_str()).first().copied() else {
                    return;
                };
                self.cursor = Some(id);
                if self.is_drawing() {
                    self.take_pen(Pen::New, book);
                }
            }
            Some(Fresh::Thing(kind, place)) => {
                let is_it = |thing: &&Fixture| thing.kind == *kind && thing.x.zip(thing.y) == Some(*place);
                let Some(newest) = book.pointing::<Fixture>(fair).filter(is_it).map(|thing| thing.id).max() else {
                    return;
                };
                self.thing = Some(newest);
            }
            None => return,
        }
        self.drawn_last = None;
    }

    /// Leaves what is drawn; false when nothing was.
    pub(super) fn drop_ghost(&mut self) -> bool {
        self.drawn_last = None;
        self.drawing.as_mut().is_some_and(|drawing| drawing.ghost.take().is_some())
    }
}

/// What a new piece is stored with.
fn new_fields(piece: &Piece) -> Fields {
    let link = |id: Option<Id>| id.map_or(Value::Empty, Value::Link);
    let ((x, y), (width, depth)) = (piece.place(), piece.sides());
    let own = match piece {
        Piece::Booth(booth) => vec![
            ("fair", link(booth.fair)),
            ("code", Value::Text(booth.code.clone())),
            ("zone", Value::Text(booth.zone.clone())),
            ("kind", Value::Text(Text::new(booth.kind.key()))),
            ("price_class", Value::Text(booth.price_class.clone())),
        ],
        Piece::Thing(thing) => {
            vec![("fair", link(thing.fair)), ("kind", Value::Text(Text::new(thing.kind.key())))]
        }
    };
    let hall = piece.hall().map(|hall| ("hall", Value::Link(hall)));
    let laid = [("x", x), ("y", y), ("width", width), ("depth", depth)].map(|(key, cm)| (key, Value::Number(cm)));
    own.into_iter().chain(hall).chain(laid).map(|(key, value)| (key.to_owned(), value)).collect()
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
) -> Vec<(&'a Piece, Polygon, Patch)> {
    let Some(ghost) = floor.drawing.as_ref().and_then(|drawing| drawing.ghost.as_ref()) else { return Vec::new() };
    let role = if under(floor, ghost, look).is_empty() { Role::Proposed } else { Role::Problem };
    let laid = ghost.now.iter().zip(ghost.shapes()).filter_map(|(piece, shape)| {
        let patch = canvas.fill(&corners(&shape), look.theme.style(role), '+', grain)?;
        Some((piece, shape, patch))
    });
    laid.collect()
}

/// Writes the names and the frame of what is drawn.
pub fn write(floor: &Floor, laid: &[(&Piece, Polygon, Patch)], canvas: &Canvas, buffer: &mut Buffer, look: Look<'_>) {
    let Some(ghost) = floor.drawing.as_ref().and_then(|drawing| drawing.ghost.as_ref()) else { return };
    let role = if under(floor, ghost, look).is_empty() { Role::Proposed } else { Role::Problem };
    for (piece, shape, patch) in laid {
        if patch.has_walls {
            canvas.walls(&corners(shape), Weight::Heavy, look.theme.style(Role::MapFrame), buffer);
        }
        let room = if patch.room.is_empty() { patch.place } else { patch.room };
        let name = piece.name(look.lang);
        // A part of a name looks like another name.
        if ink::width(&name) <= usize::from(room.width) {
            ink::put(buffer, ink::row(room, 0), &name, Align::Left, look.theme.style(role));
        }
    }
}

/// The booths and things that what is drawn would lie on; a way or a zone lies under others without harm.
fn under(floor: &Floor, ghost: &Ghost, look: Look<'_>) -> Vec<String> {
    let is_own = |id: Id| ghost.before.iter().any(|piece| piece.id() == id);
    let solid = ghost.now.iter().zip(ghost.shapes()).filter(|(piece, _)| piece.stands_in_way());
    let shapes: Vec<Polygon> = solid.map(|(_, shape)| shape).collect();
    let meets = |shape: &Polygon| shapes.iter().any(|own| overlap_beyond(own, shape, SLACK_CM));
    let booths = floor.plan.spots().filter(|spot| !is_own(spot.id) && meets(&spot.shape)).map(|spot| spot.code.clone());
    let things = floor.plan.things().filter(|thing| thing.kind.blocks_way() && !is_own(thing.id));
    booths
        .chain(things.filter(|thing| meets(&thing.shape)).map(|thing| super::things::name(thing, look.lang)))
        .collect()
}

/// What is being drawn, and what the keys do.
fn banner(floor: &Floor, columns: u16, look: Look<'_>) -> Option<(Role, String)> {
    let drawing = floor.drawing.as_ref()?;
    let step = metres(drawing.step_cm());
    let Some(ghost) = &drawing.ghost else {
        let words = match floor.part {
            Part::Things => Words::new(
                " Vẽ vật · Tab: gian · Esc: xong · e: tên · D: xóa ",
                " Drawing things · Tab: booths · Esc: done · e: name · D: remove ",
            ),
            _ => Words::new(
                " Vẽ gian · Tab: vật · Esc: xong · |: chia · &: gộp · #: đánh số ",
                " Drawing booths · Tab: things · Esc: done · |: split · &: combine · #: number ",
            ),
        };
        return Some((Role::Selected, words.in_lang(look.lang).to_owned()));
    };
    let first = ghost.now.first()?;
    let (code, (x, y), (width, depth)) = (first.name(look.lang), first.place(), first.sides());
    let (x, y, width, depth, turn) = (metres(x), metres(y), metres(width), metres(depth), first.turn());
    let many = ghost.now.len();
    let what = match ghost.pen {
        Pen::New => crate::say!(
            "Gian mới {code} {width} × {depth} m ở {x} × {y}",
            "New {code} {width} × {depth} m at {x} × {y}"
        ),
        Pen::Thing(_) => crate::say!(
            "Vật mới: {code} {width} × {depth} m ở {x} × {y}",
            "New: {code} {width} × {depth} m at {x} × {y}"
        ),
        Pen::Move if many > 1 && first.kind() == Kind::Fixture => {
            crate::say!("Dời {many} vật, {code} đến {x} × {y}", "Move {many} things, {code} to {x} × {y}")
        }
        Pen::Move if many > 1 => {
            crate::say!("Dời {many} gian, {code} đến {x} × {y}", "Move {many} booths, {code} to {x} × {y}")
        }
        Pen::Move => crate::say!("Dời {code} đến {x} × {y} m", "Move {code} to {x} × {y} m"),
        Pen::Size => crate::say!("{code}: {width} × {depth} m", "{code}: {width} × {depth} m"),
        Pen::Turn => crate::say!("Xoay {code}: {turn}°", "Turn {code}: {turn}°"),
    };
    let over = under(floor, ghost, look);
    let keys = match ghost.pen {
        Pen::Turn => Words::new("←→ 15°, ↑↓ 1°", "←→ 15°, ↑↓ 1°"),
        _ => crate::say!("←→↑↓ {step} m (< >)", "←→↑↓ {step} m (< >)"),
    };
    let enter = Words::new("Enter ghi", "Enter stores");
    let (role, warning) = if over.is_empty() {
        (Role::Selected, String::new())
    } else {
        let codes = over.into_iter().take(3).collect::<Vec<_>>().join(", ");
        let words = crate::say!(" · chồng lên {codes}", " · upon {codes}");
        (Role::Problem, words.in_lang(look.lang).to_owned())
    };
    let what = format!(" {}{warning}", what.in_lang(look.lang));
    let long = format!("{what} · {} · {} ", enter.in_lang(look.lang), keys.in_lang(look.lang));
    // In a narrow window the keys are named, no more.
    let is_long = ink::width(&long) > usize::from(columns);
    let short = if ghost.pen == Pen::Turn { "←→ ↑↓".to_owned() } else { format!("{step} m < >") };
    Some((role, if is_long { format!("{what} · Enter · {short} ") } else { long }))
}

/// Draws the banner.
pub fn draw_banner(floor: &Floor, row: Rect, buffer: &mut Buffer, look: Look<'_>) {
    if let Some((role, text)) = banner(floor, row.width, look) {
        let style = look.theme.style(role);
        ink::wipe(buffer, row, style);
        ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, style);
    }
}
