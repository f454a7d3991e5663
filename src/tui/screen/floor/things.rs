//! What lies on the floor and is no booth: how each kind looks, and the key to their signs at the foot of the map.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::field::Chosen;
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Bounds, metres};
use crate::domain::view::floor::Thing;
use crate::tui::hit::Hits;
use crate::tui::theme::Role;
use crate::tui::widget::canvas::{Canvas, Grain, Patch, Weight};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::Span;
use crate::tui::widget::{popup, window};

use super::{Floor, FloorHit, Look, corners};

impl Floor {
    /// The thing before or after the one under the cursor, in the order of the list.
    pub(super) fn step_thing(&mut self, by: isize) {
        let all: Vec<Id> = self.plan.things().map(|thing| thing.id).collect();
        let at = all.iter().position(|id| Some(*id) == self.thing).unwrap_or(0);
        self.thing = all.get(window::step(at, by, all.len())).copied();
    }
}

/// The colour and the sign of a kind of thing. No booth has one of these signs.
pub const fn look(kind: FixtureKind) -> (Role, char) {
    match kind {
        FixtureKind::Stage => (Role::Fixture, '='),
        FixtureKind::Pillar => (Role::Fixture, '#'),
        FixtureKind::Wall => (Role::Fixture, '|'),
        FixtureKind::Entrance => (Role::Entrance, '»'),
        FixtureKind::Exit => (Role::Exit, '«'),
        FixtureKind::Aisle => (Role::Aisle, ':'),
        FixtureKind::Office => (Role::Fixture, 'i'),
        FixtureKind::Food => (Role::Fixture, '%'),
        FixtureKind::Seating => (Role::Aisle, '"'),
        FixtureKind::Store => (Role::Fixture, '&'),
        FixtureKind::Toilet => (Role::Fixture, 'w'),
        FixtureKind::Power => (Role::Fixture, '^'),
        FixtureKind::Water => (Role::Fixture, ','),
        FixtureKind::Zone => (Role::Aisle, '.'),
        FixtureKind::Other => (Role::Fixture, '§'),
    }
}

/// A thing as it was laid into the cells.
pub struct LaidThing<'a> {
    thing: &'a Thing,
    patch: Patch,
}

/// Fills the things that stand in the way, or those that are walked through.
pub fn lay<'a>(
    floor: &'a Floor,
    blocking: bool,
    canvas: &mut Canvas,
    grain: Grain,
    look: Look<'_>,
) -> Vec<LaidThing<'a>> {
    // No seam and no walls around what is no booth: it is part of the building.
    let grain = match (grain, blocking) {
        (Grain::Half, _) => Grain::Half,
        (_, true) => Grain::Solid,
        (_, false) => Grain::Floor,
    };
    let wanted = |thing: &&Thing| (thing.kind.blocks_way() || thing.kind.is_door()) == blocking;
    let lay = |thing: &'a Thing| {
        let (role, sign) = self::look(thing.kind);
        let patch = canvas.fill(&corners(&thing.shape), look.theme.style(role), sign, grain)?;
        (!patch.place.is_empty()).then_some(LaidThing { thing, patch })
    };
    floor.plan.things().filter(wanted).filter_map(lay).collect()
}

/// Writes on the things what they are: the label where it fits, else the sign.
pub fn write(laid: &[LaidThing<'_>], canvas: &Canvas, buffer: &mut Buffer, look: Look<'_>) {
    for LaidThing { thing, patch } in laid {
        let (role, sign) = self::look(thing.kind);
        let style = look.theme.style(role);
        let is_door = thing.kind.is_door() && thing.shape.is_rectangle();
        let room = if is_door { patch.place } else { canvas.room_left(patch, buffer) };
        if is_door {
            // A door is an opening in the wall that it lies in, however thin.
            let mut letters = [0; 4];
            let filled = if style.bg.is_some() { " " } else { sign.encode_utf8(&mut letters) };
            (0..room.height).for_each(|row| ink::fill(buffer, ink::row(room, row), filled, style));
        }
        let words = name(thing, look.lang);
        let lines: Vec<&str> = ink::wrap(&words, room.width).into_iter().filter_map(|line| words.get(line)).collect();
        let longest = words.split_whitespace().map(ink::width).max().unwrap_or(0);
        let fits = longest <= usize::from(room.width) && lines.len() <= usize::from(room.height) && !lines.is_empty();
        let is_told = style.bg.is_some() && !thing.kind.blocks_way() && !is_door;
        if is_told && !fits {
            // Its colour says what it is, and a lone sign on a floor looks like a thing.
            continue;
        }
        let mut letters = [0; 4];
        let lines = if fits { lines } else { vec![&*sign.encode_utf8(&mut letters)] };
        let above = usize::from(room.height).saturating_sub(lines.len()) / 2;
        for (down, line) in lines.into_iter().enumerate() {
            let row = ink::row(room, ink::cells(above + down));
            // Among signs that stand for a colour, letters need a margin to be read.
            let padded = format!(" {} ", line.trim());
            let needs_margin = fits && style.bg.is_none() && ink::width(&padded) <= usize::from(room.width);
            ink::put(buffer, row, if needs_margin { &padded } else { line.trim() }, Align::Centre, style);
        }
    }
}

/// One line about a thing.
pub fn summary(thing: &Thing, lang: Lang) -> String {
    let bounds = thing.shape.bounds();
    let [width, depth] = [bounds.width(), bounds.depth()].map(metres);
    let kind = thing.kind.words();
    let kind = kind.in_lang(lang);
    let named = if thing.label.is_empty() { kind.to_owned() } else { format!("{} · {kind}", thing.label) };
    format!("{named} · {width} × {depth} m")
}

/// Beside the map while things are drawn: all of them, each with its size.
pub fn list(floor: &Floor, panel: Rect, buffer: &mut Buffer, look: Look<'_>, hits: &mut Hits<FloorHit>) {
    if panel.width < 4 {
        return;
    }
    popup::frame(panel, buffer, look.theme, true);
    let inside = Rect {
        x: panel.x + 1,
        y: panel.y + 1,
        width: panel.width.saturating_sub(2),
        height: panel.height.saturating_sub(2),
    };
    let things: Vec<&Thing> = floor.plan.things().collect();
    let count = things.len();
    let heading = crate::say!("Vật trên sàn: {count}", "Things on the floor: {count}");
    ink::put(buffer, ink::row(inside, 0), heading.in_lang(look.lang), Align::Left, look.theme.style(Role::Title));
    if things.is_empty() {
        let words = Words::new("N vẽ sân khấu, cột, cửa, lối đi.", "N draws a stage, pillar, door, way.");
        ink::put(buffer, ink::row(inside, 2), words.in_lang(look.lang), Align::Left, look.theme.style(Role::Muted));
        return;
    }
    let at = things.iter().position(|thing| Some(thing.id) == floor.thing).unwrap_or(0);
    let room = usize::from(inside.height.saturating_sub(2));
    let offset = window::offset_from_cursor(at, room, count);
    for (line, (place, thing)) in things.iter().enumerate().skip(offset).take(room).enumerate() {
        let row = ink::row(inside, ink::cells(line + 2));
        let is_marked = floor.marks.contains(&thing.id);
        let role = match (place == at, is_marked) {
            (true, _) => Role::Selected,
            (_, true) => Role::Marked,
            _ => Role::Text,
        };
        let style = look.theme.style(role);
        if place == at {
            buffer.set_style(row, style);
        }
        let bounds = thing.shape.bounds();
        let size = format!("{} × {} m", metres(bounds.width()), metres(bounds.depth()));
        let right = ink::put(buffer, row, &size, Align::Right, style);
        let left = Rect { width: right.x.saturating_sub(row.x + 1), ..row };
        let (_, sign) = self::look(thing.kind);
        let mark = if is_marked { '*' } else { ' ' };
        let text = format!("{mark}{sign} {}", name(thing, look.lang));
        ink::put(buffer, left, &ink::fit(&text, left.width), Align::Left, style);
        hits.push(row, FloorHit::Thing(thing.id));
    }
}

/// The thing under the cursor, while things are drawn.
pub fn draw_cursor(floor: &Floor, canvas: &Canvas, buffer: &mut Buffer, look: Look<'_>) {
    let Some(thing) = floor.thing.and_then(|id| floor.plan.thing(id)) else { return };
    let Bounds { left, top, right, bottom } = thing.shape.bounds();
    let cells = floor.camera.lens().cells(Span { left, top, right, bottom });
    if cells.right - cells.left > 2 && cells.bottom - cells.top > 2 {
        // A floor that things stand on is framed: filled, it would hide them.
        canvas.walls(&corners(&thing.shape), Weight::Heavy, look.theme.style(Role::MapFrame), buffer);
        return;
    }
    canvas.tint(&corners(&thing.shape), look.theme.style(Role::MapCursor), buffer);
}

/// What is written on a thing, else what it is.
pub fn name(thing: &Thing, lang: Lang) -> String {
    if thing.label.is_empty() { thing.kind.words().in_lang(lang).to_owned() } else { thing.label.clone() }
}

/// The signs of the kinds that the plan has, with their words as far as they fit; at the left of a row, or at its right.
pub fn key(floor: &Floor, row: Rect, is_right: bool, buffer: &mut Buffer, look: Look<'_>) {
    let kinds = FixtureKind::CHOICES.iter().filter_map(|choice| FixtureKind::from_key(choice.key));
    let there = kinds.filter(|kind| floor.plan.things().any(|thing| thing.kind == *kind));
    let entries: Vec<(Role, String, String)> = there
        .map(|kind| {
            let (role, sign) = self::look(kind);
            (role, format!(" {sign} "), format!(" {} ", kind.words().in_lang(look.lang)))
        })
        .collect();
    let wide = |(_, sign, words): &(Role, String, String)| ink::width(sign) + ink::width(words);
    let mut used = 0;
    let shown: Vec<_> = entries
        .into_iter()
        .take_while(|entry| {
            used += wide(entry);
            used < usize::from(row.width)
        })
        .collect();
    let all = ink::cells(shown.iter().map(wide).sum());
    let mut x = if is_right { row.right().saturating_sub(all + 1) } else { row.x + 1 };
    for (role, sign, words) in shown {
        for (text, style) in
            [(sign, look.theme.style(role)), (words, look.theme.base().patch(look.theme.style(Role::Muted)))]
        {
            let place = Rect { x, width: ink::cells(ink::width(&text)), ..row };
            ink::wipe(buffer, place, style);
            x = ink::put(buffer, place, &text, Align::Left, style).right();
        }
    }
}
