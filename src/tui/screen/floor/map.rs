//! The plan in cells: floors of halls, booths in the colours of their classes, walls and words where there is room, the
//! booth under the cursor, and where one is when only a part is seen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};

use crate::domain::field::Chosen;
use crate::domain::showing::{show_area, show_length};
use crate::domain::view::floor::{HallPlan, Spot};
use crate::domain::{Booth, Registration};
use crate::tui::theme::Role;
use crate::tui::widget::canvas::{Canvas, Grain, Patch, Weight};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::{Lens, Span, cut};
use crate::tui::widget::outline::rectangle;
use crate::tui::widget::popup;

use super::panel::short_name;
use super::shade::{Class, Colouring, rent_of};
use super::{Floor, Look, Part, corners, drawing, faults, span_of, things};

/// The least window that has room for a small map of the whole.
const SMALL_MAP_FROM: Size = Size { width: 44, height: 14 };

/// A booth as it was laid into the cells.
struct Laid<'a> {
    spot: &'a Spot,
    class: Option<&'a Class>,
    patch: Patch,
}

/// Draws the map into its window.
pub fn draw(floor: &Floor, window: Rect, buffer: &mut Buffer, look: Look<'_>) {
    if window.is_empty() {
        return;
    }
    let with_colours = look.theme.has_colours();
    let (lens, grain) = (floor.camera.lens(), floor.camera.grain(with_colours));
    let mut canvas = Canvas::new(window, lens);
    if grain == Grain::Room {
        canvas = canvas.between_walls();
    }
    for hall in &floor.plan.halls {
        canvas.fill(&rectangle(hall_span(hall)), look.theme.style(Role::Ground), ' ', Grain::Floor);
    }
    let mut laid_things = things::lay(floor, false, &mut canvas, grain, look);
    let laid = lay(floor, &mut canvas, grain, look);
    // What stands in the way is drawn over the booths: a pillar often stands in one.
    laid_things.append(&mut things::lay(floor, true, &mut canvas, grain, look));
    let drawn = drawing::fill(floor, &mut canvas, grain, look);
    canvas.paint(buffer);
    draw_halls(floor, &canvas, grain, window, buffer, look);
    draw_walls(&laid, &canvas, buffer, look);
    things::write(&laid_things, &canvas, buffer, look);
    for booth in &laid {
        write_booth(floor, booth, buffer, look);
    }
    if floor.part == Part::Things {
        things::draw_cursor(floor, &canvas, buffer, look);
    } else {
        draw_cursor(floor, &laid, &canvas, window, buffer, look);
    }
    drawing::write(floor, &drawn, &canvas, buffer, look);
    faults::mark(floor, window, buffer, look);
    let small = draw_small_map(floor, window, buffer, look);
    draw_foot(floor, lens, small, window, buffer, look);
}

/// Fills the booths; those that lie outside the window are left out of what follows.
fn lay<'a>(floor: &'a Floor, canvas: &mut Canvas, grain: Grain, look: Look<'_>) -> Vec<Laid<'a>> {
    let mut laid = Vec::new();
    for (at, spot) in floor.plan.spots().enumerate() {
        let class = floor.shading.class(at);
        let (role, sign) = class.map_or((Role::BoothFree, ' '), |class| (class.role, class.sign));
        let (role, sign) = sign_of(floor, spot, (role, sign));
        let sign = if grain == Grain::Half { sign } else { ' ' };
        let patch = canvas.fill(&corners(&spot.shape), look.theme.style(role), sign, grain);
        if let Some(patch) = patch.filter(|patch| !patch.place.is_empty()) {
            laid.push(Laid { spot, class, patch });
        }
    }
    laid
}

/// A mark and what a proposal changes are seen before the class.
fn sign_of(floor: &Floor, spot: &Spot, class: (Role, char)) -> (Role, char) {
    if floor.marks.contains(&spot.id) {
        (Role::MapMark, '*')
    } else if floor.proposed.contains_key(&spot.id) {
        (Role::Proposed, '≈')
    } else {
        class
    }
}

fn hall_span(hall: &HallPlan) -> Span {
    Span { left: hall.x, top: 0, right: hall.x + hall.width_cm, bottom: hall.depth_cm }
}

/// The halls' outer walls, just outside the floor while booths have no walls of their own, with the hall's name.
fn draw_halls(floor: &Floor, canvas: &Canvas, grain: Grain, window: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let lens = floor.camera.lens();
    for hall in &floor.plan.halls {
        let cells = lens.cells(hall_span(hall));
        let walls =
            if grain == Grain::Room { cells } else { Span { left: cells.left - 1, top: cells.top - 1, ..cells } };
        let name = if hall.name.is_empty() { &hall.code } else { &hall.name };
        canvas.frame(walls, Weight::Light, look.theme.style(Role::Frame), buffer);
        let edge = Span { left: walls.left + 2, right: walls.right - 1, bottom: walls.top + 1, ..walls };
        let room = cut(edge, window);
        if !name.is_empty() && room.width > 3 {
            let text = ink::fit(name, room.width - 2);
            ink::put(
                buffer,
                room,
                &format!(" {text} "),
                Align::Left,
                look.theme.base().patch(look.theme.style(Role::Title)),
            );
        }
    }
}

fn draw_walls(laid: &[Laid<'_>], canvas: &Canvas, buffer: &mut Buffer, look: Look<'_>) {
    let style = look.theme.style(Role::Frame);
    for booth in laid {
        if booth.patch.has_walls {
            canvas.walls(&corners(&booth.spot.shape), Weight::Light, style, buffer);
        }
    }
}

/// Writes what the room of a booth has place for: a sign, the code, the holder, and so on down.
fn write_booth(floor: &Floor, booth: &Laid<'_>, buffer: &mut Buffer, look: Look<'_>) {
    let room = booth.patch.room;
    let Some(class) = booth.class.filter(|_| !room.is_empty()) else { return };
    let spot = booth.spot;
    let (role, sign) = sign_of(floor, spot, (class.role, class.sign));
    let style = look.theme.style(role);
    let code = ink::cells(ink::width(&spot.code));
    if room.width < code {
        let mut letters = [0; 4];
        // The sign of a booth that is cut by the window's edge is told by its code elsewhere.
        ink::put(buffer, room, sign.encode_utf8(&mut letters), Align::Centre, style);
        return;
    }
    let head = ink::row(room, 0);
    ink::put(buffer, head, &spot.code, Align::Left, style.add_modifier(Modifier::BOLD));
    if room.width > code + 1 {
        let mut letters = [0; 4];
        ink::put(buffer, head, sign.encode_utf8(&mut letters), Align::Right, style);
    }
    let mut down = 1;
    for (text, fit) in below_code(floor, spot, class, room, look) {
        let left = usize::from(room.height.saturating_sub(down));
        let is_cut = ink::width(&text) > usize::from(room.width);
        let lines: Vec<&str> = match fit {
            Fit::Wrapped => {
                ink::wrap(&text, room.width).into_iter().take(left.min(3)).filter_map(|line| text.get(line)).collect()
            }
            Fit::Cut if left > 0 => vec![&text],
            Fit::Whole if left > 0 && !is_cut => vec![&text],
            Fit::Cut | Fit::Whole => Vec::new(),
        };
        for line in lines {
            ink::put(buffer, ink::row(room, down), line, Align::Left, style);
            down += 1;
        }
    }
}

/// What happens to a line that is longer than its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It takes more lines.
    Wrapped,
    /// Its end is cut off.
    Cut,
    /// It is left out: a part of a figure is another figure.
    Whole,
}

/// The lines below the code, the weightiest first.
fn below_code(floor: &Floor, spot: &Spot, class: &Class, room: Rect, look: Look<'_>) -> Vec<(String, Fit)> {
    let mut lines = Vec::new();
    if room.height < 2 {
        return lines;
    }
    if let Some(newcomer) = floor.proposed_there(spot.id, look.book, look.lang) {
        lines.push((newcomer, Fit::Wrapped));
    }
    let state = spot.status.words().in_lang(look.lang).to_owned();
    let rent = || rent_of(look.book, spot).map(|rent| (rent.show(look.lang), Fit::Whole));
    match floor.colouring {
        Colouring::Status => {}
        Colouring::Price => lines.extend(rent()),
        Colouring::Zone | Colouring::Support | Colouring::Fit => {
            lines.push((class.words.in_lang(look.lang).to_owned(), Fit::Cut));
        }
    }
    lines.push(if spot.holder.is_empty() { (state.clone(), Fit::Whole) } else { (spot.holder.clone(), Fit::Wrapped) });
    if room.height < 4 {
        return lines;
    }
    if !spot.holder.is_empty() && floor.colouring == Colouring::Status {
        lines.push((state, Fit::Whole));
    }
    if let Some(booth) = look.book.get::<Booth>(spot.id) {
        let width = show_length(booth.width.unwrap_or(0));
        let size = format!("{} × {}", width.trim_end_matches(" m"), show_length(booth.depth.unwrap_or(0)));
        let area = show_area(booth.area_cm2());
        let both = format!("{size} · {area}");
        let fits = ink::width(&both) <= usize::from(room.width);
        lines.extend(if fits { vec![both] } else { vec![size, area] }.into_iter().map(|line| (line, Fit::Whole)));
    }
    lines.push((spot.kind.words().in_lang(look.lang).to_owned(), Fit::Cut));
    if floor.colouring != Colouring::Price {
        lines.extend(rent());
    }
    if !spot.zone.is_empty() && floor.colouring != Colouring::Zone {
        lines.push((spot.zone.clone(), Fit::Cut));
    }
    lines
}

/// The booth under the cursor and the one under the pointer.
fn draw_cursor(floor: &Floor, laid: &[Laid<'_>], canvas: &Canvas, window: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let booth = |id| laid.iter().find(|booth| Some(booth.spot.id) == id);
    let accent = look.theme.style(Role::MapFrame);
    if let Some(hovered) = booth(floor.hover).filter(|hovered| Some(hovered.spot.id) != floor.cursor) {
        if hovered.patch.has_walls {
            canvas.walls(&corners(&hovered.spot.shape), Weight::Heavy, look.theme.style(Role::Frame), buffer);
        } else {
            buffer.set_style(hovered.patch.place, Style::new().add_modifier(Modifier::UNDERLINED));
        }
    }
    let Some(booth) = booth(floor.cursor) else { return };
    if booth.patch.has_walls {
        canvas.walls(&corners(&booth.spot.shape), Weight::Heavy, accent, buffer);
        return;
    }
    let style = look.theme.style(Role::MapCursor);
    let place = booth.patch.place;
    let mut letters = [0; 4];
    let sign = booth.class.map_or("", |class| class.sign.encode_utf8(&mut letters));
    let code = booth.spot.code.as_str();
    let wide = ink::width(code);
    if booth.spot.shape.is_rectangle() {
        ink::wipe(buffer, place, style);
        let (text, fits) = if usize::from(place.width) >= wide { (code, true) } else { (sign, false) };
        ink::put(buffer, place, text, Align::Left, style);
        if fits {
            return;
        }
    } else {
        // Its box would hide what lies in its notch or beside its slanting sides.
        canvas.tint(&corners(&booth.spot.shape), style, buffer);
        if usize::from(booth.patch.room.width) >= wide {
            ink::put(buffer, booth.patch.room, code, Align::Left, style);
            return;
        }
    }
    // A flag with the code stands beside the booth, on the side that has room.
    let text = format!(" {code} ");
    let wide = ink::cells(ink::width(&text));
    let x =
        if place.right().saturating_add(wide) <= window.right() { place.right() } else { place.x.saturating_sub(wide) };
    let flag = Rect { x: x.max(window.x), y: place.y, width: wide, height: 1 }.intersection(window);
    ink::put(buffer, flag, &text, Align::Left, style);
}

/// The whole plan in a corner away from the cursor, with the part that is seen framed.
fn draw_small_map(floor: &Floor, window: Rect, buffer: &mut Buffer, look: Look<'_>) -> Rect {
    if !floor.camera.is_near() || window.width < SMALL_MAP_FROM.width || window.height < SMALL_MAP_FROM.height {
        return Rect::ZERO;
    }
    let plan = floor.sizes().span;
    let (wide, deep) = ((plan.right - plan.left).max(1), (plan.bottom - plan.top).max(1));
    let (most_wide, most_deep) = ((window.width / 4).min(32), (window.height / 3).min(12));
    let width = i64::from(most_wide).min(i64::from(most_deep) * 2 * wide / deep).max(6);
    let height = (width * deep / wide / 2).clamp(2, i64::from(most_deep));
    let size = Size {
        width: ink::cells(usize::try_from(width).unwrap_or(6)) + 2,
        height: ink::cells(usize::try_from(height).unwrap_or(2)) + 2,
    };
    let cursor = floor.cursor.and_then(|id| floor.plan.spot(id)).map(|spot| floor.camera.cell(span_of(spot).middle()));
    let is_left = cursor.is_none_or(|(column, _)| column > i64::from(window.width) / 2);
    let is_low = cursor.is_none_or(|(_, row)| row < i64::from(window.height) / 2);
    let place = Rect {
        x: if is_left { window.x } else { window.right() - size.width },
        y: if is_low { window.bottom() - size.height } else { window.y },
        width: size.width,
        height: size.height,
    };
    ink::wipe(buffer, place, look.theme.base());
    popup::frame(place, buffer, look.theme, false);
    // The frame lies in the free cells that the look at the whole leaves at each side.
    let lens = Lens::whole(plan, size);
    let mut canvas = Canvas::new(place, lens);
    for hall in &floor.plan.halls {
        canvas.fill(&rectangle(hall_span(hall)), look.theme.style(Role::Ground), ' ', Grain::Floor);
    }
    for (at, spot) in floor.plan.spots().enumerate() {
        if let Some(class) = floor.shading.class(at) {
            canvas.fill(&corners(&spot.shape), look.theme.style(class.role), ' ', Grain::Half);
        }
    }
    things::lay(floor, true, &mut canvas, Grain::Half, look);
    canvas.paint(buffer);
    let seen = floor.camera.lens();
    let (shown_wide, shown_deep) = seen.shown(Size { width: window.width, height: window.height });
    let seen = Span { left: seen.left, top: seen.top, right: seen.left + shown_wide, bottom: seen.top + shown_deep };
    let cells = lens.cells(seen);
    let inside = |at: i64, most: u16| at.clamp(0, i64::from(most) - 1);
    let cells = Span {
        left: inside(cells.left, size.width),
        top: inside(cells.top, size.height),
        right: inside(cells.right, size.width),
        bottom: inside(cells.bottom, size.height),
    };
    canvas.frame(cells, Weight::Heavy, look.theme.style(Role::MapFrame), buffer);
    place
}

/// At the foot of the map: the key to what is no booth, and how long four or so columns are.
fn draw_foot(floor: &Floor, lens: Lens, small: Rect, window: Rect, buffer: &mut Buffer, look: Look<'_>) {
    const LENGTHS: [i64; 13] = [50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000];
    let row = ink::row(window, window.height - 1);
    let is_small_right = small.bottom() == window.bottom() && small.x > window.x;
    let is_small_left = small.bottom() == window.bottom() && small.x == window.x && !small.is_empty();
    let row = Rect {
        x: if is_small_left { small.right() } else { row.x },
        width: row.width.saturating_sub(if is_small_left || is_small_right { small.width } else { 0 }),
        ..row
    };
    let columns = |length: i64| length * 10 / lens.column_mm();
    let length = LENGTHS.into_iter().find(|length| columns(*length) >= 4);
    let text = length.map(|length| {
        let across = usize::try_from(columns(length)).unwrap_or(4).min(40);
        format!(" ├{}┤ {} ", "─".repeat(across.saturating_sub(2)), show_length(length))
    });
    let text = text.filter(|text| usize::from(row.width) >= ink::width(text) * 2).unwrap_or_default();
    let wide = ink::cells(ink::width(&text));
    let (scale, rest) = if is_small_right {
        (Rect { width: wide, ..row }, Rect { x: row.x + wide, width: row.width - wide, ..row })
    } else {
        (Rect { x: row.right() - wide, width: wide, ..row }, Rect { width: row.width - wide, ..row })
    };
    ink::wipe(buffer, scale, look.theme.base());
    ink::put(buffer, scale, &text, Align::Left, look.theme.style(Role::Muted));
    things::key(floor, rest, is_small_right, buffer, look);
}

/// Whom one is placing, and how.
pub fn draw_banner(floor: &Floor, row: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let Some(carried) = floor.carried.and_then(|id| look.book.get::<Registration>(id)) else { return };
    let name = carried.business.map(|id| short_name(look.book, id, look.lang)).unwrap_or_default();
    let booths = floor.chosen();
    let codes: Vec<&str> = booths.iter().filter_map(|id| floor.plan.spot(*id)).map(|spot| spot.code.as_str()).collect();
    let codes = codes.join(", ");
    let words =
        crate::say!(" Enter: xếp {name} vào {codes} · Esc: thôi ", " Enter: place {name} on {codes} · Esc: leave ");
    let style = look.theme.style(Role::Selected);
    ink::wipe(buffer, row, style);
    ink::put(buffer, row, &ink::fit(words.in_lang(look.lang), row.width), Align::Left, style);
}
