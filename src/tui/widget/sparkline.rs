//! A row of small columns: how something went from day to day.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Sparkline, Widget};

use crate::tui::theme::{Role, Theme};

/// Draws the last amounts that fit, one column each, as high as their share of the largest.
pub fn draw(amounts: &[u64], place: Rect, buffer: &mut Buffer, theme: &Theme) {
    let place = place.intersection(buffer.area);
    let skipped = amounts.len().saturating_sub(usize::from(place.width));
    let seen = amounts.iter().skip(skipped).copied();
    let most = seen.clone().max().unwrap_or(0);
    // The widget multiplies by the height, so that very large amounts are brought down first.
    let scale = most / u64::from(u32::MAX) + 1;
    Sparkline::default().data(seen.map(|amount| amount / scale)).style(theme.style(Role::Chart)).render(place, buffer);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, picture};
    use super::*;

    #[test]
    fn the_last_amounts_are_seen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let area = buffer.area;
        draw(&[9, 9, 0, 4, 8, 8], area, &mut buffer, &Theme::default());
        assert_eq!(picture(&buffer), [" ▄██"]);
        draw(&[], area, &mut buffer, &Theme::default());
    }

    proptest! {
        #[test]
        fn no_size_and_no_amount_is_too_much((whole, place) in any_place(), amounts in proptest::collection::vec(any::<u64>(), 0..50)) {
            draw(&amounts, place, &mut Buffer::empty(whole), &Theme::default());
        }
    }
}
