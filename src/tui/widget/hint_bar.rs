//! One line of keys and what they do. Items that do not fit are left out whole; the last, which leads to help, stays.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{self, Align};
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// A key and what it does here and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The key as [`Key::show`](crate::tui::key::Key::show) writes it.
    pub key: Cow<'a, str>,
    /// What it does, in one or two words.
    pub words: Cow<'a, str>,
}

impl<'a> Hint<'a> {
    /// A key that does something here and now.
    pub fn new(key: impl Into<Cow<'a, str>>, words: impl Into<Cow<'a, str>>) -> Self {
        Self { key: key.into(), words: words.into() }
    }

    fn width(&self) -> usize {
        ink::width(&self.key) + 1 + ink::width(&self.words)
    }
}

/// Blank columns between two items.
const GAP: u16 = 2;

/// The columns that all items take together.
#[must_use]
pub fn width(hints: &[Hint<'_>]) -> u16 {
    let gaps = usize::from(GAP) * hints.len().saturating_sub(1);
    ink::cells(hints.iter().map(Hint::width).sum::<usize>() + gaps)
}

/// Draws as many of the items as fit, the last of them always. Returns their places by their number.
pub fn draw(hints: &[Hint<'_>], place: Rect, buffer: &mut Buffer, theme: &Theme) -> Hits<usize> {
    let mut hits = Hits::new();
    let place = ink::row(place, 0).intersection(buffer.area);
    let Some((last, others)) = hints.split_last() else { return hits };
    let mut room = usize::from(place.width).saturating_sub(last.width());
    let mut x = place.x;
    for (at, hint) in others.iter().enumerate() {
        let wide = hint.width() + usize::from(GAP);
        if wide > room {
            break;
        }
        room -= wide;
        let taken = draw_item(hint, x, place, buffer, theme);
        hits.push(taken, at);
        x = x.saturating_add(ink::cells(wide));
    }
    hits.push(draw_item(last, x, place, buffer, theme), others.len());
    hits
}

fn draw_item(hint: &Hint<'_>, x: u16, place: Rect, buffer: &mut Buffer, theme: &Theme) -> Rect {
    let room = Rect { x, width: place.right().saturating_sub(x), ..place };
    let taken = ink::put(buffer, room, &hint.key, Align::Left, theme.style(Role::Key));
    let after = taken.width.saturating_add(1).min(room.width);
    let rest = Rect { x: room.x.saturating_add(after), width: room.width - after, ..room };
    let said = ink::put(buffer, rest, &hint.words, Align::Left, theme.style(Role::Text));
    Rect { width: said.right().max(taken.right()).saturating_sub(x), ..room }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    fn hints() -> Vec<Hint<'static>> {
        vec![
            Hint::new("Enter", "Mở"),
            Hint::new("n", "Thêm"),
            Hint::new("/", "Lọc danh sách"),
            Hint::new("?", "Trợ giúp"),
        ]
    }

    fn line(width: u16) -> (String, Hits<usize>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let area = buffer.area;
        let hits = draw(&hints(), area, &mut buffer, &Theme::default());
        (picture(&buffer).remove(0), hits)
    }

    #[test]
    fn what_does_not_fit_is_left_out_whole() {
        assert_eq!(line(80).0, "Enter Mở  n Thêm  / Lọc danh sách  ? Trợ giúp");
        assert_eq!(width(&hints()), 45);
        assert_eq!(line(44).0, "Enter Mở  n Thêm  ? Trợ giúp");
        assert_eq!(line(12).0, "? Trợ giúp");
        assert_eq!(line(6).0, "? Trợ…");
    }

    #[test]
    fn an_item_can_be_clicked() {
        let (_, hits) = line(80);
        assert_eq!(
            (hits.at(0, 0), hits.at(8, 0), hits.at(10, 0), hits.at(40, 0)),
            (Some(&0), None, Some(&1), Some(&3))
        );
    }

    proptest! {
        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), count in 0usize..5) {
            let mut buffer = Buffer::empty(whole);
            let hints = vec![Hint::new(text.as_str(), text.as_str()); count];
            draw(&hints, place, &mut buffer, &Theme::default());
        }
    }
}
