//! A drawing to scale in the cells of a terminal: outlines filled in quarters of a cell, walls in box-drawing lines that
//! join where they meet, slanting lines in dots. It knows shapes and styles, and nothing of what they stand for.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::merge::MergeStrategy;

use super::lens::{Lens, Span, cut};
use super::outline::{Run, common, crossed, is_stepped, is_upright, room, runs, sides};

/// How finely a shape is laid into the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// By whole cells without a seam: what other shapes stand on. Between walls it ends where a wall would run.
    Floor,
    /// By whole cells without a seam or walls: what stands on a floor and takes letters.
    Solid,
    /// By halves of a cell, one above the other, so that each has its own colour: many small shapes.
    Half,
    /// By whole cells, so that letters find room; a seam of a quarter parts it from its neighbours.
    Cell,
    /// By whole cells with a line of cells around it, which neighbours share.
    Room,
}

/// Where a shape came to lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The cells that it touches, cut to the window.
    pub place: Rect,
    /// The cells that are its own and take letters; empty where it is too small.
    pub room: Rect,
    /// True when lines of cells run around it.
    pub has_walls: bool,
    ink: u16,
}

/// How thick a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A wall.
    Light,
    /// What should be seen first.
    Heavy,
}

/// The quarters of the cells of a window and what each is filled with.
pub struct Canvas {
    window: Rect,
    lens: Lens,
    across: usize,
    quarters: Vec<u16>,
    inks: Vec<Ink>,
    /// By how many quarters what has no walls of its own is moved: lines run through the middle of their cells.
    shift: i64,
}

/// What fills a shape: a style, and the sign that stands for it where no colour can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ink {
    style: Style,
    sign: char,
}

/// The quarters of a cell as block characters, by the bits upper left, upper right, lower left, lower right.
const BLOCKS: [&str; 16] = [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"];

impl Canvas {
    /// An empty drawing for a window.
    #[must_use]
    pub fn new(window: Rect, lens: Lens) -> Self {
        let across = usize::from(window.width) * 2;
        let quarters = vec![0; across * usize::from(window.height) * 2];
        Self { window, lens, across, quarters, inks: Vec::new(), shift: 0 }
    }

    /// The same drawing in line with walls: what is filled without walls ends where a wall would run.
    #[must_use]
    pub const fn between_walls(mut self) -> Self {
        self.shift = 1;
        self
    }

    /// Fills an outline. A shape that is smaller than the grain still gets its smallest part, so that none is lost.
    /// The sign fills the cells of a style without a colour of its own.
    pub fn fill(&mut self, outline: &[(i64, i64)], style: Style, sign: char, grain: Grain) -> Option<Patch> {
        let span = Span::of(outline)?;
        let ink = self.ink(style, sign);
        let upright = is_upright(outline, span);
        Some(match grain {
            Grain::Floor if upright => self.fill_cells(span, ink, false, self.shift),
            Grain::Solid if upright => self.fill_cells(span, ink, false, 0),
            Grain::Half if upright => self.fill_halves(span, ink),
            Grain::Cell if upright => self.fill_cells(span, ink, true, 0),
            Grain::Room if upright => self.fill_room(span, ink),
            _ if is_stepped(outline) => self.fill_stepped(outline, span, ink, grain),
            _ => self.fill_slanting(outline, span, ink, grain),
        })
    }

    fn ink(&mut self, style: Style, sign: char) -> u16 {
        let ink = Ink { style, sign };
        let at = self.inks.iter().position(|known| *known == ink).unwrap_or_else(|| {
            self.inks.push(ink);
            self.inks.len() - 1
        });
        u16::try_from(at + 1).unwrap_or(u16::MAX)
    }

    fn fill_halves(&mut self, span: Span, ink: u16) -> Patch {
        let (left, top) = (self.lens.column(span.left), self.lens.quarter_y(span.top));
        let right = self.lens.column(span.right).max(left + 1);
        let bottom = self.lens.quarter_y(span.bottom).max(top + 1);
        self.spread(Span { left: left * 2, top, right: right * 2, bottom }, ink);
        let cells = Span { left, top: top.div_euclid(2), right, bottom: (bottom + 1).div_euclid(2) };
        Patch { place: cut(cells, self.window), room: Rect::ZERO, has_walls: false, ink }
    }

    fn fill_cells(&mut self, span: Span, ink: u16, seam: bool, shift: i64) -> Patch {
        let cells = self.lens.cells(span);
        let cells = Span { right: cells.right.max(cells.left + 1), bottom: cells.bottom.max(cells.top + 1), ..cells };
        let spare = |from: i64, to: i64| i64::from(seam && to - from > 1);
        let (wide, deep) = (spare(cells.left, cells.right), spare(cells.top, cells.bottom));
        let quarters = Span {
            left: cells.left * 2 + shift,
            top: cells.top * 2 + shift,
            right: cells.right * 2 - wide + shift,
            bottom: cells.bottom * 2 - deep + shift,
        };
        self.spread(quarters, ink);
        let room = Span { right: cells.right - wide, bottom: cells.bottom - deep, ..cells };
        Patch { place: cut(cells, self.window), room: cut(room, self.window), has_walls: false, ink }
    }

    fn fill_room(&mut self, span: Span, ink: u16) -> Patch {
        let walls = self.lens.cells(span);
        if walls.right - walls.left < 2 || walls.bottom - walls.top < 2 {
            return self.fill_cells(span, ink, true, 0);
        }
        let inside = Span { left: walls.left + 1, top: walls.top + 1, ..walls };
        let quarters =
            Span { left: inside.left * 2, top: inside.top * 2, right: inside.right * 2, bottom: inside.bottom * 2 };
        self.spread(quarters, ink);
        let place = Span { right: walls.right + 1, bottom: walls.bottom + 1, ..walls };
        Patch { place: cut(place, self.window), room: cut(inside, self.window), has_walls: true, ink }
    }

    /// Fills quarters given by their edges, as far as they lie in the window.
    fn spread(&mut self, quarters: Span, ink: u16) {
        let (columns, rows) = (i64::from(self.window.width) * 2, i64::from(self.window.height) * 2);
        let (left, right) = (index(quarters.left, columns), index(quarters.right, columns));
        for row in index(quarters.top, rows)..index(quarters.bottom, rows) {
            let start = row * self.across;
            if let Some(run) = self.quarters.get_mut(start + left..start + right.max(left)) {
                run.fill(ink);
            }
        }
    }

    /// Fills an outline whose sides run along the axes but that is no rectangle: its steps follow the grain.
    fn fill_stepped(&mut self, outline: &[(i64, i64)], span: Span, ink: u16, grain: Grain) -> Patch {
        let cells = self.lens.cells(span);
        let is_small = cells.right - cells.left < 2 || cells.bottom - cells.top < 2;
        match grain {
            Grain::Half => {
                let corner = |(x, y): &(i64, i64)| (self.lens.column(*x) * 2, self.lens.quarter_y(*y));
                let corners: Vec<(i64, i64)> = outline.iter().map(corner).collect();
                let rows = i64::from(self.window.height) * 2;
                let (top, bottom) = (self.lens.quarter_y(span.top), self.lens.quarter_y(span.bottom));
                for row in top.clamp(0, rows)..bottom.clamp(0, rows) {
                    for (left, right) in runs(&corners, row) {
                        self.spread(Span { left, top: row, right, bottom: row + 1 }, ink);
                    }
                }
                Patch { place: cut(cells, self.window), room: Rect::ZERO, has_walls: false, ink }
            }
            _ if is_small => self.fill_cells(span, ink, grain != Grain::Solid, 0),
            Grain::Floor | Grain::Solid => self.fill_slanting(outline, span, ink, grain),
            Grain::Cell | Grain::Room => self.fill_steps(outline, cells, ink, grain == Grain::Room),
        }
    }

    /// Fills by whole cells, between walls or with a seam to the right and below.
    fn fill_steps(&mut self, outline: &[(i64, i64)], cells: Span, ink: u16, between_walls: bool) -> Patch {
        let corner = |(x, y): &(i64, i64)| (self.lens.column(*x), self.lens.row(*y));
        let corners: Vec<(i64, i64)> = outline.iter().map(corner).collect();
        let (height, width) = (i64::from(self.window.height), i64::from(self.window.width));
        let top = (cells.top + i64::from(between_walls)).clamp(0, height);
        let mut longest = Vec::new();
        for row in top..cells.bottom.clamp(top, height) {
            let (here, below) = (runs(&corners, row), runs(&corners, row + 1));
            let inside: Vec<Run> = if between_walls {
                // A wall takes the first row of cells and the first column of each piece.
                common(&runs(&corners, row - 1), &here).iter().map(|(left, right)| (left + 1, *right)).collect()
            } else {
                here
            };
            for (left, right) in &inside {
                let quarters = Span { left: left * 2, top: row * 2, right: right * 2, bottom: row * 2 + 2 };
                if between_walls {
                    self.spread(quarters, ink);
                    continue;
                }
                let right = quarters.right - 1;
                self.spread(Span { right, bottom: quarters.top + 1, ..quarters }, ink);
                for (left, goes_on) in common(&[(*left, quarters.right / 2)], &below) {
                    let lower =
                        Span { left: left * 2, top: row * 2 + 1, right: right.min(goes_on * 2), bottom: row * 2 + 2 };
                    self.spread(lower, ink);
                }
            }
            let run = inside.into_iter().max_by_key(|(left, right)| right - left).unwrap_or((0, 0));
            let spare = i64::from(!between_walls);
            longest.push((index_u16(run.0, width), index_u16(run.1 - spare, width)));
        }
        let room = room(u16::try_from(top).unwrap_or(0), &longest);
        let room = Rect { x: self.window.x.saturating_add(room.x), y: self.window.y.saturating_add(room.y), ..room };
        let place =
            if between_walls { Span { right: cells.right + 1, bottom: cells.bottom + 1, ..cells } } else { cells };
        Patch { place: cut(place, self.window), room: room.intersection(self.window), has_walls: between_walls, ink }
    }

    /// Fills an outline with slanting sides, row of quarters by row of quarters.
    fn fill_slanting(&mut self, outline: &[(i64, i64)], span: Span, ink: u16, grain: Grain) -> Patch {
        let cells = self.lens.cells(span);
        let seam = grain == Grain::Cell && cells.right - cells.left > 1;
        let (rows, shift) = (i64::from(self.window.height) * 2, self.shift);
        let top = self.lens.quarter_y(span.top) + shift;
        let bottom = (self.lens.quarter_y(span.bottom) + shift).max(top + 1);
        let mut crossings = Vec::new();
        for row in top.clamp(0, rows)..bottom.clamp(0, rows) {
            let y = self.lens.top.saturating_add(((row - shift) * 2 + 1).saturating_mul(self.lens.column_mm()) / 20);
            crossed(outline, y, &mut crossings);
            for pair in crossings.chunks_exact(2) {
                let (left, right) = (self.lens.quarter_x(pair[0]) + shift, self.lens.quarter_x(pair[1]) + shift);
                let right = if seam && right - left > 2 { right - 1 } else { right.max(left + 1) };
                self.spread(Span { left, top: row, right, bottom: row + 1 }, ink);
            }
        }
        let cells = Span { right: cells.right.max(cells.left + 1), bottom: cells.bottom.max(cells.top + 1), ..cells };
        let place = cut(Span { right: cells.right + shift, bottom: cells.bottom + shift, ..cells }, self.window);
        let room = if grain == Grain::Half { Rect::ZERO } else { self.inked_room(place, ink, |_, _| true) };
        Patch { place, room, has_walls: grain == Grain::Room && cells.right - cells.left > 3, ink }
    }

    /// Where letters find room among the cells of a place that are wholly of one ink.
    fn inked_room(&self, place: Rect, ink: u16, is_free: impl Fn(u16, u16) -> bool) -> Rect {
        let longest: Vec<(u16, u16)> = (place.top()..place.bottom())
            .map(|y| {
                let (mut best, mut start) = ((0, 0), place.left());
                for x in place.left()..=place.right() {
                    if x < place.right() && self.is_all(x, y, ink) && is_free(x, y) {
                        continue;
                    }
                    if x.saturating_sub(start) > best.1 - best.0 {
                        best = (start, x);
                    }
                    start = x.saturating_add(1);
                }
                best
            })
            .collect();
        room(place.top(), &longest).intersection(place)
    }

    /// Where letters find room on a shape, over which others and walls may have been laid since.
    #[must_use]
    pub fn room_left(&self, patch: &Patch, buffer: &Buffer) -> Rect {
        let place = Rect { width: patch.place.width + 1, height: patch.place.height + 1, ..patch.place };
        let is_free = |x: u16, y: u16| buffer.cell((x, y)).is_some_and(|cell| !is_line(cell));
        self.inked_room(place.intersection(self.window), patch.ink, is_free)
    }

    fn is_all(&self, x: u16, y: u16, ink: u16) -> bool {
        self.cell(x.saturating_sub(self.window.x), y.saturating_sub(self.window.y)) == [ink; 4]
    }

    /// The four quarters of a cell, counted from the window's corner.
    fn cell(&self, column: u16, row: u16) -> [u16; 4] {
        let start = usize::from(row) * 2 * self.across + usize::from(column) * 2;
        let at = |place: usize| self.quarters.get(place).copied().unwrap_or(0);
        [at(start), at(start + 1), at(start + self.across), at(start + self.across + 1)]
    }

    /// Puts the filled quarters into the cells of the buffer; what was not filled stays as it is.
    pub fn paint(&self, buffer: &mut Buffer) {
        for row in 0..self.window.height {
            for column in 0..self.window.width {
                let quarters = self.cell(column, row);
                if quarters != [0; 4]
                    && let Some(cell) = buffer.cell_mut((self.window.x + column, self.window.y + row))
                {
                    self.paint_cell(quarters, cell);
                }
            }
        }
    }

    fn ink_of(&self, quarter: u16) -> Option<Ink> {
        self.inks.get(usize::from(quarter).checked_sub(1)?).copied()
    }

    fn paint_cell(&self, quarters: [u16; 4], cell: &mut Cell) {
        let ground = cell.bg;
        if quarters == [quarters[0]; 4]
            && let Some(ink) = self.ink_of(quarters[0])
        {
            cell.set_char(if ink.style.bg.is_some() { ' ' } else { ink.sign }).set_style(ink.style);
            return;
        }
        let inks = quarters.map(|quarter| self.ink_of(quarter));
        let solid = mask(&inks, |ink| ink.is_some_and(|ink| ink.style.add_modifier.contains(Modifier::REVERSED)));
        let hollow = inks.iter().flatten().find(|ink| ink.style.bg.is_none() && ink.sign != ' ');
        match (solid, hollow) {
            (1.., _) => drop(cell.set_symbol(BLOCKS[solid])),
            (0, Some(ink)) => drop(cell.set_char(ink.sign).set_style(ink.style)),
            (0, None) => {
                let colours = inks.map(|ink| ink.and_then(|ink| ink.style.bg).unwrap_or(ground));
                let (under, over) = two_of(colours, quarters);
                let block = mask(&colours, |colour| *colour == over);
                cell.set_symbol(BLOCKS[if under == over { 0 } else { block }]).set_fg(over).set_bg(under);
            }
        }
    }

    /// Colours the cells that an outline covers at least half of, and leaves their signs.
    pub fn tint(&self, outline: &[(i64, i64)], style: Style, buffer: &mut Buffer) {
        let mut own = Self { shift: self.shift, ..Self::new(self.window, self.lens) };
        own.fill(outline, style, ' ', Grain::Half);
        for row in 0..self.window.height {
            for column in 0..self.window.width {
                let covered = own.cell(column, row).iter().filter(|quarter| **quarter != 0).count();
                if covered >= 2
                    && let Some(cell) = buffer.cell_mut((self.window.x + column, self.window.y + row))
                {
                    cell.set_symbol(if is_block(cell) { " " } else { cell.symbol() }.to_owned().as_str())
                        .set_style(style);
                }
            }
        }
    }

    /// Draws the walls along an outline: upright ones in lines that join with those already there, slanting ones in dots.
    pub fn walls(&self, outline: &[(i64, i64)], weight: Weight, style: Style, buffer: &mut Buffer) {
        for (from, to) in sides(outline) {
            if from.0 == to.0 || from.1 == to.1 {
                let cells = |(x, y): (i64, i64)| (self.lens.column(x), self.lens.row(y));
                self.wall(cells(from), cells(to), weight, style, buffer);
            } else {
                self.dots(from, to, style, buffer);
            }
        }
    }

    /// Draws a frame through cells, counted from the window's corner.
    pub fn frame(&self, cells: Span, weight: Weight, style: Style, buffer: &mut Buffer) {
        let Span { left, top, right, bottom } = cells;
        for (from, to) in [
            ((left, top), (right, top)),
            ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)),
            ((right, top), (right, bottom)),
        ] {
            self.wall(from, to, weight, style, buffer);
        }
    }

    fn wall(&self, from: (i64, i64), to: (i64, i64), weight: Weight, style: Style, buffer: &mut Buffer) {
        let across = from.1 == to.1;
        let [first, middle, last] = match (across, weight) {
            (true, Weight::Light) => ["╶", "─", "╴"],
            (false, Weight::Light) => ["╷", "│", "╵"],
            (true, Weight::Heavy) => ["╺", "━", "╸"],
            (false, Weight::Heavy) => ["╻", "┃", "╹"],
        };
        let (fixed, start, end) = if across { (from.1, from.0, to.0) } else { (from.0, from.1, to.1) };
        let (start, end) = (start.min(end), start.max(end));
        let limit = if across { self.window.width } else { self.window.height };
        if start == end {
            return;
        }
        for at in start.max(0)..=end.min(i64::from(limit) - 1) {
            let symbol = if at == start {
                first
            } else if at == end {
                last
            } else {
                middle
            };
            let place = if across { (at, fixed) } else { (fixed, at) };
            if let Some(cell) = self.cell_mut(place, buffer) {
                // What is no line gives way to the wall; lines join.
                let strategy = if is_line(cell) { MergeStrategy::Exact } else { MergeStrategy::Replace };
                cell.merge_symbol(symbol, strategy).set_style(style);
            }
        }
    }

    /// A slanting line in the eight dots of each cell.
    fn dots(&self, from: (i64, i64), to: (i64, i64), style: Style, buffer: &mut Buffer) {
        let scaled = |(x, y): (i64, i64)| {
            // Half a cell further, as upright walls run through the middle of their cells.
            (self.lens.quarter_x(x) + 1, 2 * self.lens.quarter_y(y) + 2)
        };
        let (mut from, mut to) = (scaled(from), scaled(to));
        let flat = (to.0 - from.0).abs() >= (to.1 - from.1).abs();
        if !flat {
            (from, to) = ((from.1, from.0), (to.1, to.0));
        }
        if from.0 > to.0 {
            (from, to) = (to, from);
        }
        let limit = if flat { i64::from(self.window.width) * 2 } else { i64::from(self.window.height) * 4 };
        let (run, rise) = (i128::from((to.0 - from.0).max(1)), i128::from(to.1 - from.1));
        for at in from.0.max(0)..=to.0.min(limit - 1) {
            let side = i128::from(from.1) + rise * i128::from(at - from.0) / run;
            let side = i64::try_from(side).unwrap_or(-1);
            let (x, y) = if flat { (at, side) } else { (side, at) };
            if let Some(cell) = self.cell_mut((x.div_euclid(2), y.div_euclid(4)), buffer) {
                dot(cell, x.rem_euclid(2), y.rem_euclid(4), style);
            }
        }
    }

    fn cell_mut<'b>(&self, (column, row): (i64, i64), buffer: &'b mut Buffer) -> Option<&'b mut Cell> {
        let (column, row) = (u16::try_from(column).ok()?, u16::try_from(row).ok()?);
        if column >= self.window.width || row >= self.window.height {
            return None;
        }
        buffer.cell_mut((self.window.x + column, self.window.y + row))
    }
}

/// Sets one dot of a cell, beside those already set; a wall is not crossed out.
fn dot(cell: &mut Cell, x: i64, y: i64, style: Style) {
    const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    if is_line(cell) {
        return;
    }
    let shown = letter(cell);
    let standing = if (0x2800..0x2900).contains(&shown) { shown - 0x2800 } else { 0 };
    let (x, y) = (usize::try_from(x).unwrap_or(0), usize::try_from(y).unwrap_or(0));
    let bit = BITS.get(x).and_then(|column| column.get(y)).copied().unwrap_or(0);
    if let Some(letter) = char::from_u32(0x2800 + (standing | bit)) {
        cell.set_char(letter).set_style(style);
    }
}

/// True for a part of a cell in one colour.
fn is_block(cell: &Cell) -> bool {
    (0x2580..0x25a0).contains(&letter(cell))
}

fn letter(cell: &Cell) -> u32 {
    cell.symbol().chars().next().map_or(0, u32::from)
}

/// True for a box-drawing line.
fn is_line(cell: &Cell) -> bool {
    (0x2500..0x2580).contains(&letter(cell))
}

fn index(at: i64, limit: i64) -> usize {
    usize::try_from(at.clamp(0, limit)).unwrap_or(0)
}

fn mask<T>(quarters: &[T; 4], is_set: impl Fn(&T) -> bool) -> usize {
    quarters.iter().enumerate().map(|(bit, quarter)| usize::from(is_set(quarter)) << bit).sum()
}

/// The two commonest colours of four, the commoner first; of equals the one that was laid first, as the floor is.
fn two_of(colours: [Color; 4], quarters: [u16; 4]) -> (Color, Color) {
    let rank = |at: &usize| {
        let count = colours.iter().filter(|other| **other == colours[*at]).count();
        (count, std::cmp::Reverse(quarters[*at]))
    };
    let under = (0..4).max_by_key(rank).unwrap_or(0);
    let over = (0..4).filter(|at| colours[*at] != colours[under]).max_by_key(rank).unwrap_or(under);
    (colours[under], colours[over])
}

/// A column counted from the window's corner, cut to the window.
fn index_u16(at: i64, limit: i64) -> u16 {
    u16::try_from(at.clamp(0, limit)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::ink::tests::picture;
    use crate::tui::widget::outline::rectangle;

    fn green() -> Style {
        Style::new().on_green()
    }

    fn blue() -> Style {
        Style::new().on_blue()
    }

    fn span(left: i64, top: i64, right: i64, bottom: i64) -> Span {
        Span { left, top, right, bottom }
    }

    fn canvas(width: u16, height: u16, column_mm: i64) -> (Canvas, Buffer) {
        let window = Rect::new(0, 0, width, height);
        (Canvas::new(window, Lens::new((0, 0), column_mm)), Buffer::empty(window))
    }

    #[test]
    fn walls_join_where_they_meet() {
        let (canvas, mut buffer) = canvas(11, 5, 1_000);
        let style = Style::new();
        for left in [0, 500] {
            canvas.walls(&rectangle(span(left, 0, left + 500, 400)), Weight::Light, style, &mut buffer);
            canvas.walls(&rectangle(span(left, 400, left + 500, 800)), Weight::Light, style, &mut buffer);
        }
        assert_eq!(picture(&buffer), ["┌────┬────┐", "│    │    │", "├────┼────┤", "│    │    │", "└────┴────┘"]);
        canvas.frame(span(5, 2, 10, 4), Weight::Heavy, style, &mut buffer);
        assert_eq!(picture(&buffer), ["┌────┬────┐", "│    │    │", "├────╆━━━━┪", "│    ┃    ┃", "└────┺━━━━┛"]);
    }

    #[test]
    fn each_half_of_a_cell_has_its_own_colour() {
        let (mut canvas, mut buffer) = canvas(3, 1, 3_000);
        for (at, style) in [(0, green()), (1, blue())] {
            canvas.fill(&rectangle(span(0, at * 300, 300, at * 300 + 300)), style, 'x', Grain::Half);
        }
        canvas.paint(&mut buffer);
        let cell = &buffer[(0, 0)];
        let shown = (cell.symbol().to_owned(), Some(cell.fg), Some(cell.bg));
        assert!([("▄".to_owned(), blue().bg, green().bg), ("▀".to_owned(), green().bg, blue().bg)].contains(&shown));
        assert_eq!(buffer[(1, 0)].symbol(), " ");
    }

    #[test]
    fn a_style_without_colour_is_told_by_its_sign() {
        let (mut canvas, mut buffer) = canvas(3, 1, 3_000);
        canvas.fill(&rectangle(span(0, 0, 300, 600)), Style::new(), 'o', Grain::Half);
        canvas.fill(&rectangle(span(300, 0, 600, 300)), Style::new().reversed(), 'x', Grain::Half);
        canvas.fill(&rectangle(span(300, 300, 600, 600)), Style::new(), 'o', Grain::Half);
        canvas.paint(&mut buffer);
        assert_eq!(picture(&buffer), ["o▀"]);
    }

    #[test]
    fn a_turned_booth_is_filled_and_has_room_in_its_middle() {
        let (mut canvas, mut buffer) = canvas(20, 10, 100);
        let diamond = [(100, 0), (200, 100), (100, 200), (0, 100)];
        let patch = canvas.fill(&diamond, green(), ' ', Grain::Room).unwrap();
        canvas.paint(&mut buffer);
        assert_eq!(Some(buffer[(10, 5)].bg), green().bg);
        assert_ne!(Some(buffer[(0, 0)].bg), green().bg);
        assert!(patch.room.width > 10 && patch.has_walls, "{patch:?}");
        canvas.walls(&diamond, Weight::Light, Style::new(), &mut buffer);
        assert!(picture(&buffer).iter().any(|row| row.contains(|letter| ('⠁'..='⣿').contains(&letter))));
    }

    #[test]
    fn a_booth_with_six_corners_follows_its_notch() {
        let steps = [(0, 0), (100, 0), (100, 40), (50, 40), (50, 80), (0, 80)];
        let (mut fine, mut buffer) = canvas(12, 5, 100);
        let patch = fine.fill(&steps, Style::new().reversed(), ' ', Grain::Room).unwrap();
        fine.paint(&mut buffer);
        fine.walls(&steps, Weight::Light, Style::new(), &mut buffer);
        assert_eq!(picture(&buffer), ["┌─────────┐", "│         │", "│    ┌────┘", "│    │", "└────┘"]);
        assert_eq!(patch.room, Rect::new(1, 1, 9, 1));
        assert!(
            buffer[(1, 3)].modifier.contains(Modifier::REVERSED)
                && !buffer[(7, 3)].modifier.contains(Modifier::REVERSED)
        );
        for (grain, drawn) in [
            (Grain::Half, ["##########", "##########", "#####", "#####"]),
            (Grain::Cell, ["#########▌", "#####▀▀▀▀▘", "####▌", "▀▀▀▀▘"]),
        ] {
            let (mut coarse, mut buffer) = canvas(12, 4, 100);
            coarse.fill(&steps, Style::new().reversed(), '#', grain);
            coarse.paint(&mut buffer);
            assert_eq!(picture(&buffer), drawn);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_large_or_too_odd(
            points in prop::collection::vec((any::<i64>(), any::<i64>()), 0..8),
            near in prop::collection::vec((-500i64..900, -500i64..900), 0..8),
            column_mm in any::<i64>(),
            (width, height) in (0u16..60, 0u16..30),
        ) {
            let window = Rect::new(2, 1, width, height);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 50, 20));
            for outline in [&points, &near] {
                let mut canvas = Canvas::new(window, Lens::new((0, 0), column_mm));
                for grain in [Grain::Floor, Grain::Solid, Grain::Half, Grain::Cell, Grain::Room] {
                    let patch = canvas.fill(outline, green(), 'x', grain);
                    if let Some(patch) = patch {
                        prop_assert!(patch.place.is_empty() || window.union(patch.place) == window);
                        prop_assert!(patch.room.is_empty() || patch.place.union(patch.room) == patch.place);
                    }
                    if let Some(span) = Span::of(outline) {
                        canvas.fill(&rectangle(span), blue(), ' ', grain);
                    }
                }
                canvas.paint(&mut buffer);
                canvas.walls(outline, Weight::Light, Style::new(), &mut buffer);
            }
        }
    }
}
