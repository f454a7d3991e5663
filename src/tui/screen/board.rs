//! The board of leads: lanes side by side by stage, a card for each lead. It draws what its list shows, and moves the list's
//! own cursor; filter, order and marks are the list's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::search::Query;
use crate::command::Move;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::view::board::{Card, Lane, card, lanes};
use crate::domain::view::lead_care::Care;
use crate::tui::hit::Hits;
use crate::tui::screen::lines_of;
use crate::tui::screen::list::Seen;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::table::{Cell, Place, put_found};
use crate::tui::widget::window;

/// A lane is no narrower than this.
const LANE_COLUMNS_MIN: u16 = 20;
/// Nor wider than this, however few there are.
const LANE_COLUMNS_MAX: u16 = 40;
/// Lines of a card: business, partner, next step.
const CARD_LINES: u16 = 3;
/// A card with the blank line below it.
const CARD_ROWS: u16 = CARD_LINES + 1;
/// Columns at the left edge of a card for the signs of the cursor and of marks.
const GUTTER: u16 = 2;

/// Where the lanes lie in what a list shows.
#[derive(Debug, Default)]
pub struct Board {
    lanes: Vec<Lane>,
}

/// What a board is drawn with, beside what every list is.
pub struct Cards<'a> {
    /// The leads in their order.
    pub shown: &'a [Id],
    /// The place of the cursor among them.
    pub cursor: usize,
    /// Whether a lead is marked.
    pub is_marked: &'a dyn Fn(Id) -> bool,
    /// What is searched.
    pub query: &'a Query,
}

impl Board {
    /// A board of these leads, which it puts into its own order.
    #[must_use]
    pub fn new(book: &Book, shown: &mut Vec<Id>, today: Date) -> Self {
        Self { lanes: lanes(book, shown, today) }
    }

    /// How many cards stand below each other in so many rows.
    #[must_use]
    pub fn cards_in(rows: u16) -> usize {
        // A heading above, and below it what is not seen.
        usize::from(rows.saturating_sub(2) / CARD_ROWS).max(1)
    }

    /// The lane and the card within it at a place of the list.
    fn spot(&self, cursor: usize) -> (usize, usize) {
        let lane = self.lanes.iter().position(|lane| lane.places.contains(&cursor)).unwrap_or(0);
        (lane, self.lanes.get(lane).map_or(0, |lane| cursor.saturating_sub(lane.places.start)))
    }

    /// Where a move leads from a place: up and down within the lane, to the sides to the card beside.
    #[must_use]
    pub fn go(&self, cursor: usize, to: Move, page: usize) -> usize {
        let (at, down) = self.spot(cursor);
        let (lane, down) = match lines_of(to, page) {
            Some(by) => (at, self.lanes.get(at).map_or(0, |lane| window::step(down, by, lane.places.len()))),
            None => (window::step(at, if to == Move::Left { -1 } else { 1 }, self.lanes.len()), down),
        };
        self.lanes.get(lane).map_or(0, |lane| lane.places.start + down.min(lane.places.len().saturating_sub(1)))
    }

    /// Draws the lanes around the cursor; hits are the places of cards.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        seen: &Seen<'_>,
        cards: &Cards<'_>,
    ) -> Hits<Place> {
        let mut hits = Hits::new();
        if self.lanes.is_empty() {
            ink::put(buffer, ink::row(place, 1), &format!("  {}", seen.empty), Align::Left, theme.style(Role::Muted));
            return hits;
        }
        let room = usize::from(place.width / LANE_COLUMNS_MIN).clamp(1, self.lanes.len());
        let (at, down) = self.spot(cards.cursor);
        let first = window::offset_from_cursor(at, room, self.lanes.len());
        let wide = (place.width / ink::cells(room)).min(LANE_COLUMNS_MAX);
        for (index, lane) in self.lanes.iter().enumerate().skip(first).take(room) {
            let left = place.x + wide * ink::cells(index - first);
            let inside = Rect { x: left, width: wide - 1, ..place };
            self.draw_lane(lane, down, inside, buffer, theme, seen, cards, &mut hits);
        }
        let foot = ink::row(place, place.height.saturating_sub(1));
        let beyond = self.lanes.len() - (first + room);
        let arrows = [(first, Align::Left, format!("◂ {first}")), (beyond, Align::Right, format!("{beyond} ▸"))];
        for (count, side, text) in arrows {
            if count > 0 {
                ink::put(buffer, foot, &text, side, theme.style(Role::Key));
            }
        }
        hits
    }

    #[expect(clippy::too_many_arguments, reason = "a lane is drawn in place of one list")]
    fn draw_lane(
        &self,
        lane: &Lane,
        down: usize,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        seen: &Seen<'_>,
        cards: &Cards<'_>,
        hits: &mut Hits<Place>,
    ) {
        let (count, page) = (lane.places.len(), Self::cards_in(place.height));
        let offset = window::offset_from_cursor(down.min(count.saturating_sub(1)), page, count);
        for (within, at) in lane.places.clone().enumerate().skip(offset).take(page) {
            let Some(found) = cards.shown.get(at).and_then(|id| card(seen.book, *id, seen.lang, seen.today)) else {
                continue;
            };
            let top = 1 + CARD_ROWS * ink::cells(within - offset);
            let rows = place.height.saturating_sub(top).min(CARD_LINES);
            let spot = Rect { y: place.y + top.min(place.height), height: rows, ..place };
            draw_card(&found, at, spot, buffer, theme, seen, cards);
            hits.push(spot, Place::Row(at));
        }
        let late = lane.late;
        let head = ink::row(place, 0);
        let inside = Rect { x: head.x + GUTTER.min(head.width), width: head.width.saturating_sub(GUTTER), ..head };
        let tail = if late > 0 { format!("{count} !{late}") } else { count.to_string() };
        let role = if late > 0 { Role::Bad } else { Role::Muted };
        let taken = ink::put(buffer, inside, &tail, Align::Right, theme.style(role));
        let room = Rect { width: inside.width.saturating_sub(taken.width + 1), ..inside };
        let name = lane.stage.words();
        ink::put(buffer, room, name.in_lang(seen.lang), Align::Left, theme.style(Role::Title));
        let (above, below) = (offset, count.saturating_sub(offset + page));
        let mut hidden: Vec<String> = Vec::new();
        hidden.extend((above > 0).then(|| format!("↑{above}")));
        hidden.extend((below > 0).then(|| format!("↓{below}")));
        let foot = ink::row(place, place.height.saturating_sub(1));
        ink::put(buffer, foot, &hidden.join(" "), Align::Centre, theme.style(Role::Muted));
    }
}

fn draw_card(
    found: &Card,
    at: usize,
    place: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    seen: &Seen<'_>,
    cards: &Cards<'_>,
) {
    let is_marked = cards.shown.get(at).is_some_and(|id| (cards.is_marked)(*id));
    let under_cursor = at == cards.cursor;
    let (sign, care_role) = sign_of(found.care);
    let day = found.due_on.map(|day| show_date(day).get(..5).unwrap_or_default().to_owned());
    let next: Vec<&str> = [day.as_deref(), Some(found.next_step.as_str())]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    let care = found.care.words();
    // Without a next step the card says how it is cared for.
    let next = if next.is_empty() { care.in_lang(seen.lang).to_owned() } else { next.join(" ") };
    let lines = [
        (Role::Text, if under_cursor { ">" } else { "" }, found.business.as_str()),
        (Role::Muted, if is_marked { " *" } else { "" }, found.partner.as_str()),
        (care_role, sign, next.as_str()),
    ];
    for (down, (role, sign, text)) in lines.into_iter().enumerate() {
        let line = ink::row(place, ink::cells(down));
        let role = if is_marked && role == Role::Text { Role::Marked } else { role };
        ink::put(buffer, Rect { width: line.width.min(GUTTER), ..line }, sign, Align::Left, theme.style(role));
        let inside = Rect { x: line.x + GUTTER.min(line.width), width: line.width.saturating_sub(GUTTER), ..line };
        let cell = Cell { text: text.into(), role, found: cards.query.spans(text) };
        put_found(buffer, inside, &cell, Align::Left, theme.style(role), theme.style(Role::Match));
        if under_cursor {
            buffer.set_style(line, theme.style(if seen.focused { Role::Selected } else { Role::SelectedIdle }));
        }
    }
}

/// The sign of how a lead is cared for, and its colour.
const fn sign_of(care: Care) -> (&'static str, Role) {
    match care {
        Care::Late => ("!", Role::Bad),
        Care::Today => ("=", Role::Warn),
        Care::Soon => ("-", Role::Notice),
        Care::Planned => ("", Role::Good),
        Care::NoStep => ("?", Role::Warn),
        Care::Quiet => ("~", Role::Warn),
        Care::Silent => ("≈", Role::Bad),
        Care::Resting => ("z", Role::Muted),
        Care::Over => ("", Role::Muted),
    }
}
