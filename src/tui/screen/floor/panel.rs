//! Beside the map: the booth with everything, the price of the decision, why a business does not fit, and those who have
//! no booth yet with what they need.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::show_date;
use crate::base::ids::Id;
use crate::base::money::BasisPoints;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show_area, show_length};
use crate::domain::view::derived::standing_on;
use crate::domain::view::detail::{View, price_lines, price_of};
use crate::domain::view::fit::Grade;
use crate::domain::view::floor::Spot;
use crate::domain::view::title::{holder, title};
use crate::domain::{Booth, Business, Placement, Registration};
use crate::tui::hit::Hits;
use crate::tui::theme::Role;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::{popup, window};

use super::shade::{Ground, fit_of, standing};
use super::{Floor, FloorHit, Look, Part};

/// The least number of lines that the list of those without a booth keeps.
const WAITING_MIN: u16 = 5;

/// And the least where there is little room and the map has the keyboard.
const WAITING_SHORT: u16 = 2;

/// In a panel with fewer rows only the sums are told.
const ROOMY: u16 = 24;

/// A line of the panel: a label at the left and, for some, a value at the right.
struct Line {
    role: Role,
    label: String,
    value: String,
}

impl Line {
    fn of(role: Role, label: impl Into<String>) -> Self {
        Self { role, label: label.into(), value: String::new() }
    }
}

/// Draws the panel; hits are those who wait.
pub fn draw(floor: &Floor, panel: Rect, buffer: &mut Buffer, look: Look<'_>, hits: &mut Hits<FloorHit>) {
    if panel.width < 4 {
        return;
    }
    popup::frame(panel, buffer, look.theme, floor.part == Part::Waiting);
    let inside = Rect {
        x: panel.x + 1,
        y: panel.y + 1,
        width: panel.width.saturating_sub(2),
        height: panel.height.saturating_sub(2),
    };
    let is_short = inside.height < ROOMY;
    let kept = match floor.part {
        _ if floor.waiting.is_empty() => 0,
        Part::Map if is_short => WAITING_SHORT,
        _ => WAITING_MIN.min(inside.height / 2),
    };
    let upper = Rect { height: inside.height.saturating_sub(kept), ..inside };
    let used = draw_lines(&booth_lines(floor, is_short, look), upper, buffer, look);
    let lower = Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside };
    draw_waiting(floor, lower, buffer, look, hits);
}

/// Draws lines from the top, long ones without a value over several rows; gives the rows used.
fn draw_lines(lines: &[Line], place: Rect, buffer: &mut Buffer, look: Look<'_>) -> u16 {
    let mut down = 0;
    for line in lines {
        let row = ink::row(place, down);
        if row.is_empty() {
            break;
        }
        if line.value.is_empty() {
            for part in ink::wrap(&line.label, place.width).into_iter().take(3) {
                let text = line.label.get(part).unwrap_or_default();
                ink::put(buffer, ink::row(place, down), text, Align::Left, look.theme.style(line.role));
                down += 1;
            }
            continue;
        }
        let right = ink::put(buffer, row, &line.value, Align::Right, look.theme.style(line.role));
        let left = Rect { width: right.x.saturating_sub(row.x + 1), ..row };
        ink::put(buffer, left, &ink::fit(&line.label, left.width), Align::Left, look.theme.style(Role::Muted));
        down += 1;
    }
    down.min(place.height)
}

/// The booth, who has it, whether the one looked at fits it, and what deciding for it costs.
fn booth_lines(floor: &Floor, is_short: bool, look: Look<'_>) -> Vec<Line> {
    let Look { lang, book, .. } = look;
    let Some(spot) = floor.looked_at_booth() else { return Vec::new() };
    let Some(booth) = book.get::<Booth>(spot.id) else { return Vec::new() };
    let mut lines = vec![Line::of(Role::Title, format!("{}  {}", booth.code, spot.status.words().in_lang(lang)))];
    lines.extend(sizes(booth, is_short, lang));
    lines.extend(people(floor, spot, look));
    if !booth.blocked.is_empty() {
        lines.push(Line::of(Role::Bad, booth.blocked.to_string()));
    }
    lines.extend(fit_lines(floor, spot, look));
    lines.extend(price(floor, spot, is_short, look));
    lines.push(Line::of(Role::Text, " "));
    lines
}

fn sizes(booth: &Booth, is_short: bool, lang: Lang) -> Vec<Line> {
    let width = show_length(booth.width.unwrap_or(0));
    let sides = format!("{} × {}", width.trim_end_matches(" m"), show_length(booth.depth.unwrap_or(0)));
    let mut lines = vec![Line::of(
        Role::Text,
        format!("{sides} · {} · {}", show_area(booth.area_cm2()), booth.kind.words().in_lang(lang)),
    )];
    let power = booth.power.map(|power| crate::say!("điện {power} W", "power {power} W"));
    let water = Words::new("có nước", "water");
    let parts = [
        booth.zone.to_string(),
        power.map(|words| words.in_lang(lang).to_owned()).unwrap_or_default(),
        if booth.water { water.in_lang(lang).to_owned() } else { String::new() },
        if is_short { String::new() } else { booth.features.to_string() },
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        lines.push(Line::of(Role::Text, parts.join(" · ")));
    }
    lines
}

/// Who has the booth or a part of it, until when.
fn people(floor: &Floor, spot: &Spot, look: Look<'_>) -> Vec<Line> {
    let placements = standing_on(look.book, spot.id, floor.day);
    let line = |placement: &Placement| {
        let mut text = holder(look.book, placement, look.lang);
        if placement.share_bp() != 10_000 {
            text = format!("{text} {}", BasisPoints(placement.share_bp()).show(look.lang));
        }
        if let Some(until) = placement.held_until {
            let until = show_date(until);
            text = format!("{text} {}", crate::say!("đến {until}", "until {until}").in_lang(look.lang));
        }
        if placement.from_on.is_some() || placement.to_on.is_some() {
            let day = |day: Option<crate::base::dates::Date>| day.map(show_date).unwrap_or_default();
            text = format!("{text} {}–{}", day(placement.from_on), day(placement.to_on));
        }
        Line::of(Role::Accent, text)
    };
    placements.map(line).collect()
}

/// What speaks against the booth for the one that is looked at.
fn fit_lines(floor: &Floor, spot: &Spot, look: Look<'_>) -> Vec<Line> {
    let shown = floor.carried.is_some() || floor.part == Part::Waiting || floor.colouring == super::Colouring::Fit;
    let looked_at = floor.looked_at().filter(|_| shown).and_then(|id| look.book.get::<Registration>(id));
    let ground = Ground { book: look.book, plan: &floor.plan, day: floor.day, looked_at };
    let Some(fitting) = fit_of(&ground, spot) else { return Vec::new() };
    let role = match fitting.grade {
        Grade::Own | Grade::Good => Role::Good,
        Grade::Short => Role::Warn,
        Grade::Taken | Grade::Barred => Role::Bad,
    };
    if fitting.reasons.is_empty() {
        return vec![Line::of(role, Words::new("+ Hợp với đơn vị này.", "+ Fits this firm.").in_lang(look.lang))];
    }
    let sign = if fitting.grade == Grade::Short { '~' } else { 'x' };
    fitting.reasons.iter().map(|reason| Line::of(role, format!("{sign} {}", reason.in_lang(look.lang)))).collect()
}

/// The price of the decision, for the one carried or looked at, else for whoever stands there.
fn price(floor: &Floor, spot: &Spot, is_short: bool, look: Look<'_>) -> Vec<Line> {
    let from_list = if floor.part == Part::Waiting { floor.looked_at() } else { floor.carried };
    let registration = from_list.or_else(|| standing(look.book, spot, floor.day));
    let Ok(Some(price)) = price_of(look.book, spot.id, registration) else { return Vec::new() };
    let view = View { today: floor.day, lang: look.lang, mask: Mask::Masked };
    let heading = Words::new("Giá của quyết định", "Price of the decision");
    let priced = price_lines(look.book, &price, registration, view);
    let mut lines = vec![Line::of(Role::Text, " "), Line::of(Role::Title, heading.in_lang(look.lang))];
    if is_short {
        lines.remove(0);
    }
    let is_there = registration.is_some() && registration == standing(look.book, spot, floor.day);
    let is_after = priced.iter().any(|line| line.key == "budget_after");
    // In a short panel what was used of limits takes the rows that are left.
    let mut last = Vec::new();
    for line in priced {
        // The name takes a line of its own: beside its label it would be cut.
        lines.push(match line.key {
            "net" | "vat" if is_short => continue,
            // Who stands there is named above already; what is left later says more than what is left now.
            "registration" if is_short && is_there => continue,
            "budget_left" if is_short && is_after => continue,
            "registration" => Line::of(Role::Accent, line.text),
            "unpriced" => Line::of(Role::Warn, line.text),
            "used" if is_short => {
                last.push(Line::of(Role::Muted, format!("{}: {}", line.label, line.text)));
                continue;
            }
            "used" => Line::of(Role::Muted, format!("{}: {}", line.label, line.text)),
            _ => Line { role: Role::Money, label: line.label, value: line.text },
        });
    }
    lines.extend(last);
    lines
}

fn draw_waiting(floor: &Floor, place: Rect, buffer: &mut Buffer, look: Look<'_>, hits: &mut Hits<FloorHit>) {
    let count = floor.waiting.len();
    let heading = crate::say!("Chưa có gian: {count}", "Without a booth: {count}");
    let role = if floor.part == Part::Waiting { Role::Accent } else { Role::Title };
    let head = ink::row(place, 0);
    let right =
        if count > 0 { ink::put(buffer, head, "Tab", Align::Right, look.theme.style(Role::Key)) } else { Rect::ZERO };
    let left = Rect { width: head.width.saturating_sub(right.width + 1), ..head };
    ink::put(buffer, left, heading.in_lang(look.lang), Align::Left, look.theme.style(role));
    let room = usize::from(place.height.saturating_sub(1));
    let offset = window::offset_from_cursor(floor.waiting_at, room, count);
    for (line, at) in (offset..count).take(room).enumerate() {
        let row = ink::row(place, 1 + ink::cells(line));
        if let Some(id) = floor.waiting.get(at) {
            draw_one(floor, at, *id, row, buffer, look);
            hits.push(row, FloorHit::Waiting(*id));
        }
    }
}

fn draw_one(floor: &Floor, at: usize, id: Id, row: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let Some(registration) = look.book.get::<Registration>(id) else { return };
    let carried = floor.carried == Some(id);
    let under_cursor = at == floor.waiting_at;
    let role = match (under_cursor, floor.part, carried) {
        (true, Part::Waiting, _) => Role::Selected,
        (_, _, true) => Role::Marked,
        (true, Part::Map, _) => Role::SelectedIdle,
        _ => Role::Text,
    };
    let style = look.theme.style(role);
    if under_cursor {
        buffer.set_style(row, style);
    }
    let sign = match (carried, under_cursor && floor.part == Part::Waiting) {
        (true, _) => "*",
        (false, true) => ">",
        (false, false) => " ",
    };
    let name = registration.business.map(|id| short_name(look.book, id, look.lang)).unwrap_or_default();
    let needs = ink::put(buffer, row, &needs(registration, look.lang), Align::Right, style);
    let left = Rect { width: needs.x.saturating_sub(row.x + 1), ..row };
    ink::put(buffer, left, &ink::fit(&format!("{sign}{name}"), left.width), Align::Left, style);
}

/// What a business needs, short: booths, corner, power, water.
fn needs(registration: &Registration, lang: Lang) -> String {
    let mut parts = vec![registration.booths_wanted.unwrap_or(1).to_string()];
    if registration.corner_wanted {
        parts.push(Words::new("góc", "corner").in_lang(lang).to_owned());
    }
    if let Some(power) = registration.power_wanted.filter(|power| *power > 0) {
        parts.push(if power % 1_000 == 0 { format!("{}kW", power / 1_000) } else { format!("{power}W") });
    }
    if registration.water_wanted {
        parts.push(Words::new("nước", "water").in_lang(lang).to_owned());
    }
    parts.join(" ")
}

/// The sign name of a business, else its name.
pub fn short_name(book: &Book, id: Id, lang: Lang) -> String {
    match book.get::<Business>(id) {
        Some(business) if !business.short_name.is_empty() => business.short_name.to_string(),
        _ => title(book, Kind::Business, id, lang),
    }
}
