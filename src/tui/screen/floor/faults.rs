//! The faults of the plan as a list beside the map: one key flies to the next, and each says what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::view::plan_check::{Finding, FindingKind, check_plan};
use crate::tui::hit::Hits;
use crate::tui::theme::Role;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::lens::Span;
use crate::tui::widget::{popup, window};

use super::{Floor, FloorHit, Look, Part};

/// How much of the floor around a fault is brought into sight, in centimetres to each side.
const AROUND_CM: i64 = 250;

/// The faults of the plan that is shown.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Finding>,
    at: usize,
    /// The state of the book that they were found in.
    seq: u64,
}

impl Floor {
    /// Opens the list, gives it the arrows, or shuts it.
    pub(super) fn toggle_faults(&mut self, book: &Book) {
        if self.part == Part::Faults {
            return self.shut_faults();
        }
        self.panel_shut = false;
        self.part = Part::Faults;
        if self.faults.is_none() {
            self.faults = Some(Faults { seq: u64::MAX, ..Faults::default() });
            self.find_faults(book);
            self.fly_to_fault();
        }
    }

    pub(super) fn shut_faults(&mut self) {
        self.faults = None;
        self.part = Part::Map;
    }

    /// Looks for the faults anew when the book is another and somebody looks.
    pub(super) fn find_faults(&mut self, book: &Book) {
        let Some(faults) = self.faults.as_mut().filter(|faults| faults.seq != book.seq) else { return };
        faults.seq = book.seq;
        faults.found = self.fair.map(|fair| check_plan(book, fair)).unwrap_or_default();
        faults.at = faults.at.min(faults.found.len().saturating_sub(1));
    }

    /// To the next fault or the one before, round at the ends.
    pub(super) fn next_fault(&mut self, forward: bool) {
        let Some(faults) = &mut self.faults else { return };
        let count = faults.found.len();
        if count > 0 {
            faults.at = (faults.at + if forward { 1 } else { count - 1 }) % count;
        }
        self.fly_to_fault();
    }

    pub(super) fn choose_fault(&mut self, at: usize) {
        if let Some(faults) = &mut self.faults {
            faults.at = at.min(faults.found.len().saturating_sub(1));
            self.part = Part::Faults;
            self.fly_to_fault();
        }
    }

    /// Brings the fault into sight, the cursor on its first booth.
    fn fly_to_fault(&mut self) {
        let Some(finding) = self.faults.as_ref().and_then(|faults| faults.found.get(faults.at)) else { return };
        let (place, booth) = (self.place_of(finding), finding.booths.first().copied());
        self.cursor = booth.filter(|id| self.plan.spot(*id).is_some()).or(self.cursor);
        let span = match (place, booth.and_then(|id| self.plan.spot(id))) {
            (Some((x, y)), _) => {
                Span { left: x - AROUND_CM, top: y - AROUND_CM, right: x + AROUND_CM, bottom: y + AROUND_CM }
            }
            (None, Some(spot)) => super::span_of(spot),
            (None, None) => return,
        };
        self.camera.fly(span);
    }

    /// Where a fault lies on the whole plan.
    fn place_of(&self, finding: &Finding) -> Option<(i64, i64)> {
        let at = finding.at?;
        let hall = self.plan.halls.iter().find(|hall| hall.id == finding.hall)?;
        Some((hall.x + at.x, at.y))
    }
}

/// Where something is wrong, on the map; the chosen fault stands out.
pub fn mark(floor: &Floor, window: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let Some(faults) = &floor.faults else { return };
    let style = look.theme.style(Role::Problem);
    for (at, finding) in faults.found.iter().enumerate() {
        let Some(place) = floor.place_of(finding) else { continue };
        let (column, row) = floor.camera.cell(place);
        let text = if at == faults.at { " ! " } else { "!" };
        let wide = i64::try_from(text.len()).unwrap_or(1);
        let (column, most) = (column - wide / 2, i64::from(window.width) - wide);
        if row < 0 || row >= i64::from(window.height) || column < 0 || column > most {
            continue;
        }
        let cell = |at: i64| u16::try_from(at).unwrap_or(0);
        let place = Rect { x: window.x + cell(column), y: window.y + cell(row), width: cell(wide), height: 1 };
        ink::put(buffer, place, text, Align::Left, style);
    }
}

/// How grave a fault is.
const fn role(kind: FindingKind) -> Role {
    match kind {
        FindingKind::Overlap | FindingKind::BeyondHall | FindingKind::NoWay | FindingKind::BlockedDoor => Role::Bad,
        FindingKind::NarrowWay | FindingKind::DeadEnd | FindingKind::StatedArea | FindingKind::NoPlace => Role::Warn,
    }
}

/// Draws the list into the panel: the chosen fault with what to do, below it all of them.
pub fn draw(floor: &Floor, panel: Rect, buffer: &mut Buffer, look: Look<'_>, hits: &mut Hits<FloorHit>) {
    let Some(faults) = &floor.faults else { return };
    popup::frame(panel, buffer, look.theme, floor.part == Part::Faults);
    let inside = Rect {
        x: panel.x + 1,
        y: panel.y + 1,
        width: panel.width.saturating_sub(2),
        height: panel.height.saturating_sub(2),
    };
    let (count, number) = (faults.found.len(), (faults.at + 1).min(faults.found.len()));
    let heading = match count {
        0 => Words::new("Lỗi mặt bằng", "Faults"),
        _ => crate::say!("Lỗi mặt bằng: {number}/{count}", "Faults: {number} of {count}"),
    };
    let head = ink::row(inside, 0);
    let keys = if count > 1 { "n N" } else { "" };
    let keys = ink::put(buffer, head, keys, Align::Right, look.theme.style(Role::Key));
    let left = Rect { width: head.width.saturating_sub(keys.width + 1), ..head };
    ink::put(
        buffer,
        left,
        &ink::fit(heading.in_lang(look.lang), left.width),
        Align::Left,
        look.theme.style(Role::Title),
    );
    let Some(chosen) = faults.found.get(faults.at) else {
        let words = Words::new("Mặt bằng không có gì sai.", "Nothing is wrong with the plan.");
        ink::put(buffer, ink::row(inside, 2), words.in_lang(look.lang), Align::Left, look.theme.style(Role::Good));
        return;
    };
    let mut down = 2;
    let most = inside.height / 2;
    for (words, role) in [(&chosen.words, role(chosen.kind)), (&chosen.kind.advice(), Role::Text)] {
        let text = words.in_lang(look.lang);
        for line in ink::wrap(text, inside.width).into_iter().filter_map(|line| text.get(line)) {
            if down < most.max(4) {
                ink::put(buffer, ink::row(inside, down), line, Align::Left, look.theme.style(role));
                down += 1;
            }
        }
    }
    let from = down + 1;
    let room = usize::from(inside.height.saturating_sub(from));
    let offset = window::offset_from_cursor(faults.at, room, count);
    for (line, at) in (offset..count).take(room).enumerate() {
        let Some(finding) = faults.found.get(at) else { continue };
        let row = ink::row(inside, from + ink::cells(line));
        let is_chosen = at == faults.at;
        let style = look.theme.style(match (is_chosen, floor.part) {
            (true, Part::Faults) => Role::Selected,
            (true, _) => Role::SelectedIdle,
            (false, _) => role(finding.kind),
        });
        if is_chosen {
            buffer.set_style(row, style);
        }
        let sign = if is_chosen { ">" } else { " " };
        let text = format!("{sign}{}", finding.words.in_lang(look.lang));
        ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, style);
        hits.push(row, FloorHit::Fault(at));
    }
}
