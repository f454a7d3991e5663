//! Amounts beside each other: one line each, with a label, a bar as long as its share of the largest, and the figure.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::gauge::{self, FULL};
use super::ink::{self, Align};
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// One line of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar<'a> {
    /// What is counted.
    pub label: &'a str,
    /// How much.
    pub amount: u64,
    /// How much, as it is read.
    pub figure: &'a str,
}

/// Draws as many lines as there are rows. Returns their places by index.
pub fn draw(bars: &[Bar<'_>], place: Rect, buffer: &mut Buffer, theme: &Theme) -> Hits<usize> {
    let mut hits = Hits::new();
    let place = place.intersection(buffer.area);
    let widest = |texts: &mut dyn Iterator<Item = &str>| ink::cells(texts.map(ink::width).max().unwrap_or(0));
    // The figure is what must be read; the label gives way to it, and the bar to both.
    let figures = widest(&mut bars.iter().map(|bar| bar.figure)).min(place.width);
    let labels = widest(&mut bars.iter().map(|bar| bar.label)).min(place.width.saturating_sub(figures + 1) / 2);
    let room = place.width.saturating_sub(labels.saturating_add(figures).saturating_add(2));
    let most = bars.iter().map(|bar| bar.amount).max().unwrap_or(0);
    for ((at, bar), down) in bars.iter().enumerate().zip(0..place.height) {
        let line = ink::row(place, down);
        ink::put(buffer, Rect { width: labels, ..line }, bar.label, Align::Left, theme.style(Role::Text));
        let long = gauge::shares(&[bar.amount], most, room).first().copied().unwrap_or(0);
        let start = line.x.saturating_add(labels).saturating_add(1);
        ink::fill(buffer, Rect { x: start, width: long, ..line }, FULL, theme.style(Role::Chart));
        let figure = Rect { x: line.right() - figures, width: figures, ..line };
        ink::put(buffer, figure, bar.figure, Align::Right, theme.style(Role::Text));
        hits.push(line, at);
    }
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    #[test]
    fn the_largest_fills_its_line() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 28, 4));
        let bars = [
            Bar { label: "Nông sản", amount: 20, figure: "20" },
            Bar { label: "Thủ công", amount: 5, figure: "5" },
            Bar { label: "Dệt may", amount: 0, figure: "0" },
        ];
        let area = buffer.area;
        let hits = draw(&bars, area, &mut buffer, &Theme::default());
        assert_eq!(
            picture(&buffer),
            ["Nông sản ━━━━━━━━━━━━━━━━ 20", "Thủ công ━━━━              5", "Dệt may                    0", "",]
        );
        assert_eq!((hits.at(3, 1), hits.at(3, 3)), (Some(&1), None));
    }

    proptest! {
        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), amount: u64, count in 0usize..5) {
            let bars = vec![Bar { label: &text, amount, figure: &text }; count];
            draw(&bars, place, &mut Buffer::empty(whole), &Theme::default());
        }
    }
}
