//! The map of the fair: to scale, moved through by arrows in space, and beside it the booth under the cursor, the price
//! of the decision, and those who have no booth yet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::command::{Act, Move};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::showing::{Mask, show_area, show_length};
use crate::domain::view::derived::BoothState;
use crate::domain::view::detail::{View, price_lines, price_of};
use crate::domain::view::floor::{Direction, Plan, Spot, neighbour, plan};
use crate::domain::view::title::title;
use crate::domain::{Booth, Business, Placement, Registration};
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::view::Areas;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::{popup, window};

/// How often the map can be enlarged.
const ZOOM_MAX: i8 = 6;

/// By what the booths are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Colouring {
    #[default]
    Status,
    Zone,
    Price,
}

/// What has the arrows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Map,
    Waiting,
}

/// What was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorHit {
    /// A booth.
    Booth(Id),
    /// A registration without a booth.
    Waiting(Id),
}

/// The map and what lies beside it.
#[derive(Debug, Default)]
pub struct Floor {
    plan: Plan,
    fair: Option<Id>,
    seen: Option<(u64, Date, Option<Id>)>,
    cursor: Option<Id>,
    zoom: i8,
    colouring: Colouring,
    part: Part,
    /// Registrations that may be placed and have no booth, in the order of their receipt.
    waiting: Vec<Id>,
    waiting_at: usize,
    /// A registration that was picked up, to be put on a booth.
    carried: Option<Id>,
    /// The booth on which the mouse button went down.
    pressed: Option<Id>,
}

impl Floor {
    /// Makes the plan anew when the book, the day or the fair is another.
    pub fn follow(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        if self.seen == Some((book.seq, today, fair)) {
            return;
        }
        if self.fair != fair {
            self.zoom = 0;
            self.cursor = None;
            self.carried = None;
        }
        self.seen = Some((book.seq, today, fair));
        self.fair = fair;
        self.plan = fair.map(|fair| plan(book, fair, today)).unwrap_or_default();
        let stands = self.cursor.is_some_and(|id| self.plan.spot(id).is_some());
        if !stands {
            self.cursor = self.plan.spots().next().map(|spot| spot.id);
        }
        self.waiting = fair.map(|fair| unplaced(book, fair)).unwrap_or_default();
        self.waiting_at = self.waiting_at.min(self.waiting.len().saturating_sub(1));
        if self.waiting.is_empty() {
            self.part = Part::Map;
        }
        self.carried = self.carried.filter(|id| self.waiting.contains(id));
    }

    /// The booth under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Vec<Id> {
        self.cursor.into_iter().collect()
    }

    /// The registration that Enter puts on the booth under the cursor.
    #[must_use]
    pub const fn carried(&self) -> Option<Id> {
        self.carried
    }

    /// Moves in space, or through those who wait.
    pub fn go(&mut self, to: Move, _book: &Book) {
        if self.part == Part::Waiting {
            let Some(by) = lines_of(to, 10) else {
                self.part = Part::Map;
                return;
            };
            self.waiting_at = window::step(self.waiting_at, by, self.waiting.len());
            return;
        }
        let Some(cursor) = self.cursor else { return };
        let way = match to {
            Move::Up => Direction::Up,
            Move::Down => Direction::Down,
            Move::Left => Direction::Left,
            Move::Right => Direction::Right,
            Move::First | Move::PageUp => {
                self.cursor = self.plan.spots().next().map(|spot| spot.id);
                return;
            }
            Move::Last | Move::PageDown => {
                self.cursor = self.plan.spots().last().map(|spot| spot.id);
                return;
            }
        };
        self.cursor = neighbour(&self.plan, cursor, way).or(Some(cursor));
    }

    /// Between the map and those who wait.
    pub fn next_part(&mut self, _forward: bool) {
        self.part = match self.part {
            Part::Map if !self.waiting.is_empty() => Part::Waiting,
            _ => Part::Map,
        };
    }

    /// Enter: picks up the one who waits, or puts the picked one on the booth under the cursor.
    #[must_use]
    pub fn enter(&mut self) -> Option<Act> {
        match self.part {
            Part::Waiting => {
                self.carried = self.waiting.get(self.waiting_at).copied();
                self.part = Part::Map;
                None
            }
            Part::Map => self.put(self.carried?, self.cursor?),
        }
    }

    fn put(&self, registration: Id, booth: Id) -> Option<Act> {
        let intent = Intent::Place { registration, booths: vec![booth], share: None, from_on: None, to_on: None };
        Some(Act::Do(Box::new(intent)))
    }

    /// Leaves what was picked up; false when nothing was.
    pub fn back(&mut self) -> bool {
        if self.carried.take().is_some() {
            return true;
        }
        if self.part == Part::Waiting || self.zoom > 0 {
            self.part = Part::Map;
            self.zoom = 0;
            return true;
        }
        false
    }

    /// Enlarges, makes smaller, or shows the whole with 0.
    pub fn zoom(&mut self, by: i8) {
        self.zoom = if by == 0 { 0 } else { (self.zoom + by).clamp(0, ZOOM_MAX) };
    }

    /// The next colouring.
    pub fn next_colouring(&mut self) {
        self.colouring = match self.colouring {
            Colouring::Status => Colouring::Zone,
            Colouring::Zone => Colouring::Price,
            Colouring::Price => Colouring::Status,
        };
    }

    /// Flies to the booth whose code or holder has these words; false when none has.
    pub fn find(&mut self, _book: &Book, text: &str) -> bool {
        let query = crate::base::search::Query::new(text);
        let wanted = fold(text);
        let exact = self.plan.spots().find(|spot| fold(&spot.code) == wanted);
        let found = exact
            .or_else(|| self.plan.spots().find(|spot| query.matches(&fold(&format!("{} {}", spot.code, spot.holder)))));
        if let (Some(spot), false) = (found, text.trim().is_empty()) {
            self.cursor = Some(spot.id);
            return true;
        }
        false
    }

    /// The mouse button went down.
    pub fn press(&mut self, hit: FloorHit) {
        match hit {
            FloorHit::Booth(id) => {
                self.cursor = Some(id);
                self.part = Part::Map;
                self.pressed = Some(id);
            }
            FloorHit::Waiting(id) => {
                self.waiting_at = self.waiting.iter().position(|waiting| *waiting == id).unwrap_or(0);
                self.carried = Some(id);
            }
        }
    }

    /// The button came up over a booth: a firm dragged from the list is placed, a booth dragged onto another swaps.
    #[must_use]
    pub fn drop_on(&mut self, to: Id) -> Option<Act> {
        let pressed = self.pressed.take();
        match (pressed, self.carried) {
            (None, Some(registration)) => {
                self.cursor = Some(to);
                self.put(registration, to)
            }
            (Some(from), _) if from != to => {
                let (one, other) = (self.plan.spot(from)?, self.plan.spot(to)?);
                let (one, other) = (one.code.clone(), other.code.clone());
                let question = crate::say!("Đổi chỗ hai gian {one} và {other}?", "Swap booths {one} and {other}?");
                let intent =
                    Intent::Swap {
                        one: from, other: to, reason: crate::base::text::Text::new("kéo thả trên sơ đồ")
                    };
                Some(Act::Confirm(question, Box::new(intent)))
            }
            _ => None,
        }
    }

    /// Draws map and panel; hits are booths and those who wait.
    pub fn draw(
        &self,
        areas: &Areas,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
        book: &Book,
        today: Date,
    ) -> Hits<FloorHit> {
        let mut hits = Hits::new();
        let body = areas.body;
        if self.plan.spots().next().is_none() {
            let words = if self.fair.is_some() {
                Words::new(
                    "Hội chợ này chưa có gian hàng. i để nhập: A1..A12 3x3.",
                    "This fair has no booths yet. i lays some: A1..A12 3x3.",
                )
            } else {
                Words::new("Chưa chọn hội chợ. f để chọn.", "No fair is chosen. f chooses one.")
            };
            ink::put(
                buffer,
                ink::row(body, 1),
                &format!("  {}", words.in_lang(lang)),
                Align::Left,
                theme.style(Role::Muted),
            );
            return hits;
        }
        let panel_width = (body.width / 3).clamp(28, 46);
        let map = Rect { width: body.width - panel_width, ..body };
        let panel = Rect { x: map.right(), width: panel_width, ..body };
        self.draw_legend(areas.lists, buffer, theme, lang);
        self.draw_map(map, buffer, theme, book, &mut hits);
        self.draw_panel(panel, buffer, theme, lang, book, today, &mut hits);
        hits
    }

    /// Each state with its sign and how many booths have it.
    fn draw_legend(&self, row: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let mut x = row.x + 1;
        for choice in BoothState::CHOICES {
            let count = self.plan.spots().filter(|spot| spot.status.key() == choice.key).count();
            if count == 0 {
                continue;
            }
            let state = BoothState::from_key(choice.key).unwrap_or_default();
            let sample = format!(" {} ", sign(state));
            let room = Rect { x, width: row.right().saturating_sub(x), ..row };
            let shown = ink::put(buffer, room, &sample, Align::Left, theme.style(role(state)));
            let room = Rect { x: shown.right(), width: row.right().saturating_sub(shown.right()), ..row };
            let text = format!(" {} {count}  ", choice.words().in_lang(lang));
            x = ink::put(buffer, room, &text, Align::Left, theme.style(Role::Muted)).right();
        }
        let how = match self.colouring {
            Colouring::Status => Words::new("theo tình trạng", "by status"),
            Colouring::Zone => Words::new("theo khu", "by zone"),
            Colouring::Price => Words::new("theo giá", "by rent"),
        };
        let text = format!("z: {} ", how.in_lang(lang));
        let room = Rect { x, width: row.right().saturating_sub(x), ..row };
        ink::put(buffer, room, &text, Align::Right, theme.style(Role::Muted));
    }

    /// Centimetres of one column; a row is two of them high, since cells are about twice as high as wide.
    fn scale(&self, map: Rect) -> i64 {
        let across = self.plan.width_cm.max(1) / i64::from(map.width.max(1)) + 1;
        let down = self.plan.depth_cm.max(1) / (2 * i64::from(map.height.max(1))) + 1;
        let whole = across.max(down);
        (0..self.zoom).fold(whole, |scale, _| scale * 2 / 3).max(8)
    }

    /// The plan's corner that stands at the upper left of the map, so that the cursor's booth is in sight.
    fn corner(&self, map: Rect, scale: i64) -> (i64, i64) {
        let (seen_w, seen_h) = (i64::from(map.width) * scale, i64::from(map.height) * scale * 2);
        let spot = self.cursor.and_then(|id| self.plan.spot(id));
        let centre = spot.map_or((0, 0), |spot| (spot.x + spot.w / 2, spot.y + spot.h / 2));
        let along = |centre: i64, seen: i64, whole: i64| (centre - seen / 2).clamp(0, (whole - seen).max(0));
        (along(centre.0, seen_w, self.plan.width_cm), along(centre.1, seen_h, self.plan.depth_cm))
    }

    fn draw_map(&self, map: Rect, buffer: &mut Buffer, theme: &Theme, book: &Book, hits: &mut Hits<FloorHit>) {
        let scale = self.scale(map);
        let corner = self.corner(map, scale);
        for hall in &self.plan.halls {
            let outline = cells_of((hall.x, 0, hall.width_cm, hall.depth_cm), corner, scale, map);
            popup::frame(outline, buffer, theme, false);
            let name = Rect {
                x: outline.x + 2,
                width: outline.width.saturating_sub(4),
                height: outline.height.min(1),
                ..outline
            };
            ink::put(
                buffer,
                name,
                &ink::fit(&format!(" {} ", hall.code), name.width),
                Align::Left,
                theme.style(Role::Muted),
            );
        }
        let dearest = self.plan.spots().filter_map(|spot| rent_of(book, spot)).max().unwrap_or(1);
        let zones: Vec<&str> = {
            let mut zones: Vec<&str> = self.plan.spots().map(|spot| spot.zone.as_str()).collect();
            zones.sort_unstable();
            zones.dedup();
            zones
        };
        for spot in self.plan.spots() {
            let place = cells_of((spot.x, spot.y, spot.w, spot.h), corner, scale, map);
            if place.is_empty() {
                continue;
            }
            let role = match self.colouring {
                Colouring::Status => role(spot.status),
                Colouring::Zone => {
                    let at = zones.iter().position(|zone| *zone == spot.zone).unwrap_or(0);
                    Role::heat(u8::try_from(at * 100 / zones.len().max(1)).unwrap_or(100))
                }
                Colouring::Price => {
                    let share = rent_of(book, spot).unwrap_or(0) * 100 / dearest.max(1);
                    Role::heat(u8::try_from(share).unwrap_or(100))
                }
            };
            let under_cursor = Some(spot.id) == self.cursor;
            self.draw_booth(spot, place, theme.style(role), under_cursor, buffer, theme);
            hits.push(place, FloorHit::Booth(spot.id));
        }
    }

    /// A booth leaves its last column, and where it is high enough its last row, as a seam to its neighbours.
    fn draw_booth(
        &self,
        spot: &Spot,
        place: Rect,
        style: ratatui::style::Style,
        under_cursor: bool,
        buffer: &mut Buffer,
        theme: &Theme,
    ) {
        // The booth under the cursor is turned inside out, whatever its colour.
        let style = match (under_cursor, style.add_modifier.contains(Modifier::REVERSED)) {
            (false, _) => style,
            (true, false) => style.add_modifier(Modifier::REVERSED | Modifier::BOLD),
            (true, true) => {
                style.remove_modifier(Modifier::REVERSED).add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
            }
        };
        let seam = u16::from(place.width > 3);
        let sill = u16::from(place.height > 2);
        let inner = Rect { width: place.width - seam, height: place.height - sill, ..place };
        ink::wipe(buffer, place, theme.base());
        ink::wipe(buffer, inner, style);
        let mark = if under_cursor { ">" } else { "" };
        let code = if usize::from(inner.width) > ink::width(&spot.code) {
            format!("{mark}{}", spot.code)
        } else {
            spot.code.clone()
        };
        ink::put(buffer, ink::row(inner, 0), &code, Align::Left, style);
        if inner.height > 1 {
            let who = if spot.holder.is_empty() || inner.width < 8 {
                sign(spot.status).to_owned()
            } else {
                spot.holder.clone()
            };
            ink::put(buffer, ink::row(inner, 1), &ink::fit(&who, inner.width), Align::Left, style);
        } else if usize::from(inner.width) > ink::width(&code) {
            ink::put(buffer, ink::row(inner, 0), sign(spot.status), Align::Right, style);
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "what a panel is drawn with is one idea; a struct would only rename it"
    )]
    fn draw_panel(
        &self,
        panel: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
        book: &Book,
        today: Date,
        hits: &mut Hits<FloorHit>,
    ) {
        popup::frame(panel, buffer, theme, false);
        let inside = Rect {
            x: panel.x + 1,
            y: panel.y + 1,
            width: panel.width.saturating_sub(2),
            height: panel.height.saturating_sub(2),
        };
        let lines = self.booth_lines(book, lang, today);
        let mut down = 0;
        for (role, label, value) in &lines {
            if down >= inside.height {
                return;
            }
            let row = ink::row(inside, down);
            let right = ink::put(buffer, row, value, Align::Right, theme.style(*role));
            let left =
                Rect { width: row.width.saturating_sub(if value.is_empty() { 0 } else { right.width + 1 }), ..row };
            ink::put(
                buffer,
                left,
                &ink::fit(label, left.width),
                Align::Left,
                theme.style(if value.is_empty() { *role } else { Role::Muted }),
            );
            down += 1;
        }
        down += 1;
        let count = self.waiting.len();
        let heading = crate::say!("Chưa có gian: {count}", "Without a booth: {count}");
        if down < inside.height {
            let role = if self.part == Part::Waiting { Role::Accent } else { Role::Title };
            ink::put(buffer, ink::row(inside, down), heading.in_lang(lang), Align::Left, theme.style(role));
            down += 1;
        }
        let room = usize::from(inside.height.saturating_sub(down));
        let offset = window::offset_from_cursor(self.waiting_at, room, count);
        for (line, at) in (offset..count).take(room).enumerate() {
            let row = ink::row(inside, down + ink::cells(line));
            self.draw_waiting(at, row, buffer, theme, lang, book);
            hits.push(row, FloorHit::Waiting(self.waiting[at]));
        }
    }

    fn draw_waiting(&self, at: usize, row: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) {
        let id = self.waiting[at];
        let Some(registration) = book.get::<Registration>(id) else { return };
        let carried = self.carried == Some(id);
        let under_cursor = self.part == Part::Waiting && at == self.waiting_at;
        let style = match (under_cursor, carried) {
            (true, _) => theme.style(Role::Selected),
            (false, true) => theme.style(Role::Marked),
            (false, false) => theme.style(Role::Text),
        };
        let sign = if carried {
            "*"
        } else if under_cursor {
            ">"
        } else {
            " "
        };
        let name = registration.business.map(|id| short_name(book, id, lang)).unwrap_or_default();
        let wants = registration.booths_wanted.unwrap_or(1);
        let corner = if registration.corner_wanted {
            Words::new(" góc", " corner").in_lang(lang).to_owned()
        } else {
            String::new()
        };
        if under_cursor {
            buffer.set_style(row, style);
        }
        let right = ink::put(buffer, row, &format!("{wants}{corner}"), Align::Right, style);
        let left = Rect { width: right.x.saturating_sub(row.x + 1), ..row };
        ink::put(buffer, left, &ink::fit(&format!("{sign}{name}"), left.width), Align::Left, style);
    }

    /// The booth under the cursor and the price of deciding for it.
    fn booth_lines(&self, book: &Book, lang: Lang, today: Date) -> Vec<(Role, String, String)> {
        let Some(booth) = self.cursor.and_then(|id| book.get::<Booth>(id)) else { return Vec::new() };
        let spot = self.plan.spot(booth.id);
        let state = spot.map(|spot| spot.status).unwrap_or_default();
        let sides = format!("{} × {}", show_length(booth.width.unwrap_or(0)), show_length(booth.depth.unwrap_or(0)));
        let mut lines = vec![
            (Role::Title, format!("{}  {}", booth.code, state.words().in_lang(lang)), String::new()),
            (
                Role::Text,
                format!("{} · {} · {}", sides, show_area(booth.area_cm2()), booth.kind.words().in_lang(lang)),
                String::new(),
            ),
        ];
        if !booth.zone.is_empty() {
            lines.push((Role::Text, booth.zone.to_string(), String::new()));
        }
        for placement in book.pointing::<Placement>(booth.id) {
            let who = crate::domain::view::title::holder(book, placement, lang);
            let until = placement
                .held_until
                .map(|day| format!(" → {}", crate::base::dates::show_date(day)))
                .unwrap_or_default();
            let share = if placement.share_bp() == 10_000 {
                String::new()
            } else {
                format!(" {}", crate::base::money::BasisPoints(placement.share_bp()).show(lang))
            };
            lines.push((Role::Accent, format!("{who}{share}{until}"), String::new()));
        }
        if !booth.blocked.is_empty() {
            lines.push((Role::Bad, booth.blocked.to_string(), String::new()));
        }
        let standing = book.pointing::<Placement>(booth.id).find_map(|placement| placement.registration);
        let registration = self.carried.or(standing);
        if let Ok(Some(price)) = price_of(book, booth.id, registration) {
            let view = View { today, lang, mask: Mask::Masked };
            let priced = price_lines(book, &price, registration, view);
            lines.extend(priced.into_iter().map(|line| (Role::Money, line.label, line.text)));
        }
        if let Some(carried) = self.carried {
            let name = title(book, Kind::Registration, carried, lang);
            lines.push((
                Role::Notice,
                crate::say!("Enter: xếp {name} vào đây", "Enter: place {name} here").in_lang(lang).to_owned(),
                String::new(),
            ));
        }
        lines
    }
}

fn short_name(book: &Book, id: Id, lang: Lang) -> String {
    match book.get::<Business>(id) {
        Some(business) if !business.short_name.is_empty() => business.short_name.to_string(),
        _ => title(book, Kind::Business, id, lang),
    }
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

fn rent_of(book: &Book, spot: &Spot) -> Option<i64> {
    let booth = book.get::<Booth>(spot.id)?;
    let fair = book.follow::<crate::domain::Fair>(booth.fair)?;
    booth.rent(fair).ok().map(|rent| rent.net.minor)
}

/// The cells of a part of the plan, cut to the map; edges that meet on the plan meet on the map.
fn cells_of(part: (i64, i64, i64, i64), corner: (i64, i64), scale: i64, map: Rect) -> Rect {
    let (x, y, w, h) = part;
    let column = |x: i64| ((x - corner.0) / scale).clamp(-1, i64::from(map.width));
    let row = |y: i64| ((y - corner.1) / (2 * scale)).clamp(-1, i64::from(map.height));
    let (left, right) = (column(x).max(0), column(x + w).max(column(x) + 1));
    let (top, bottom) = (row(y).max(0), row(y + h).max(row(y) + 1));
    if x + w <= corner.0 || y + h <= corner.1 || left >= i64::from(map.width) || top >= i64::from(map.height) {
        return Rect::default();
    }
    let cell = |at: i64| u16::try_from(at).unwrap_or(0);
    let width = cell((right.min(i64::from(map.width)) - left).max(0));
    let height = cell((bottom.min(i64::from(map.height)) - top).max(0));
    Rect { x: map.x + cell(left), y: map.y + cell(top), width, height }
}

const fn role(state: BoothState) -> Role {
    match state {
        BoothState::Free => Role::BoothFree,
        BoothState::Held | BoothState::Offered => Role::BoothHeld,
        BoothState::Blocked => Role::BoothBlocked,
        BoothState::Rented | BoothState::HandedOver | BoothState::Used | BoothState::Returned => Role::BoothRented,
    }
}

/// The state as a sign, for those who do not see the colours.
const fn sign(state: BoothState) -> &'static str {
    match state {
        BoothState::Free => "○",
        BoothState::Held => "?",
        BoothState::Offered => "!",
        BoothState::Blocked => "x",
        BoothState::Rented => "●",
        BoothState::HandedOver => "▸",
        BoothState::Used => "■",
        BoothState::Returned => "□",
    }
}
