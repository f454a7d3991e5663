//! A box in the middle that lies over everything else: a title, a frame, and the keys that it knows at its foot.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::hint_bar::{self, Hint};
use super::ink::{self, Align};
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// A box as it is to be drawn.
pub struct Popup<'a> {
    /// What it is about, in the upper edge.
    pub title: &'a str,
    /// The keys that it knows, in the lower edge.
    pub hints: &'a [Hint<'a>],
    /// The columns wanted inside the frame.
    pub columns: u16,
    /// The rows wanted inside the frame.
    pub rows: u16,
}

impl Popup<'_> {
    /// Draws the empty box in the middle of a place, smaller where there is no room. Returns the place inside and the
    /// hints by their number.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme) -> (Rect, Hits<usize>) {
        let place = place.intersection(buffer.area);
        // One blank column at each side inside the frame.
        let (width, height) =
            (self.columns.saturating_add(4).min(place.width), self.rows.saturating_add(2).min(place.height));
        let x = place.x + (place.width - width) / 2;
        let y = place.y + (place.height - height) / 2;
        let whole = Rect { x, y, width, height };
        ink::wipe(buffer, whole, theme.base());
        frame(whole, buffer, theme, true);
        ink::put(buffer, edge(whole, 0), &spaced(self.title), Align::Left, theme.style(Role::Title));
        let hits = if height > 1 && !self.hints.is_empty() {
            let foot = edge(whole, height - 1);
            let room = Rect { width: hint_bar::width(self.hints).saturating_add(2).min(foot.width), ..foot };
            let room = Rect { x: foot.right() - room.width, ..room };
            ink::wipe(buffer, room, theme.base());
            let inside = Rect { x: room.x.saturating_add(1), width: room.width.saturating_sub(2), ..room };
            hint_bar::draw(self.hints, inside, buffer, theme)
        } else {
            Hits::new()
        };
        let inside = Rect {
            x: x.saturating_add(2),
            y: y.saturating_add(1),
            width: width.saturating_sub(4),
            height: height.saturating_sub(2),
        };
        (inside, hits)
    }
}

/// Draws the lines around a place. The part with the keyboard has double lines, so that it is not colour alone.
pub fn frame(place: Rect, buffer: &mut Buffer, theme: &Theme, focused: bool) {
    let place = place.intersection(buffer.area);
    if place.width < 2 || place.height < 2 {
        return;
    }
    let (style, [across, down, corners @ ..]) = if focused {
        (theme.style(Role::FrameFocus), ["═", "║", "╔", "╗", "╚", "╝"])
    } else {
        (theme.style(Role::Frame), ["─", "│", "┌", "┐", "└", "┘"])
    };
    let (right, bottom) = (place.right() - 1, place.bottom() - 1);
    for y in [place.y, bottom] {
        ink::fill(buffer, Rect { y, height: 1, ..place }, across, style);
    }
    for x in [place.x, right] {
        for y in place.y..=bottom {
            ink::fill(buffer, Rect { x, y, width: 1, height: 1 }, down, style);
        }
    }
    for ((x, y), corner) in
        [(place.x, place.y), (right, place.y), (place.x, bottom), (right, bottom)].into_iter().zip(corners)
    {
        ink::fill(buffer, Rect { x, y, width: 1, height: 1 }, corner, style);
    }
}

/// The row of a frame's edge that words may stand in.
fn edge(whole: Rect, down: u16) -> Rect {
    let line = ink::row(whole, down);
    Rect { x: line.x.saturating_add(1), width: line.width.saturating_sub(2), ..line }
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text} ") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    #[test]
    fn a_box_stands_in_the_middle() {
        let mut buffer = Buffer::filled(Rect::new(0, 0, 30, 6), ratatui::buffer::Cell::new("x"));
        let hints = [Hint::new("Enter", "Đồng ý"), Hint::new("Esc", "Thôi")];
        let popup = Popup { title: "Hủy giữ gian?", hints: &hints, columns: 24, rows: 2 };
        let area = buffer.area;
        let (inside, hits) = popup.draw(area, &mut buffer, &Theme::named("mono").unwrap());
        assert_eq!(inside, Rect::new(3, 2, 24, 2));
        assert_eq!(
            picture(&buffer),
            [
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "x╔ Hủy giữ gian? ═══════════╗x",
                "x║                          ║x",
                "x║                          ║x",
                "x╚══ Enter Đồng ý  Esc Thôi ╝x",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            ]
        );
        assert_eq!(hits.iter().count(), 2);
    }

    proptest! {
        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), columns: u16, rows: u16) {
            let mut buffer = Buffer::empty(whole);
            let hints = [Hint::new(&text, &text)];
            let (inside, _) = Popup { title: &text, hints: &hints, columns, rows }.draw(place, &mut buffer, &Theme::default());
            prop_assert!(inside.is_empty() || place.intersection(whole).union(inside) == place.intersection(whole));
            frame(place, &mut buffer, &Theme::default(), false);
        }
    }
}
