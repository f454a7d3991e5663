//! Text to be read: wrapped at words, scrolled by lines.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{self, Align};
use crate::tui::theme::{Role, Theme};

/// A paragraph and how it looks; line ends in it stay.
pub type Paragraph<'a> = (Role, &'a str);

/// How many lines the paragraphs take at a width, for a place that is made to measure and for the scroll bar.
#[must_use]
pub fn height(paragraphs: &[Paragraph<'_>], columns: u16) -> usize {
    paragraphs.iter().map(|(_, text)| ink::wrap(text, columns).len()).sum()
}

/// Draws the paragraphs from line `top` on. Returns the first line that is really seen, which is never so far down
/// that room is wasted, to be given as `top` next time.
pub fn draw(paragraphs: &[Paragraph<'_>], top: usize, place: Rect, buffer: &mut Buffer, theme: &Theme) -> usize {
    let place = place.intersection(buffer.area);
    if place.is_empty() {
        return top;
    }
    let lines: Vec<Paragraph<'_>> = paragraphs
        .iter()
        .flat_map(|(role, text)| {
            ink::wrap(text, place.width).into_iter().map(|line| (*role, text.get(line).unwrap_or_default()))
        })
        .collect();
    let top = top.min(lines.len().saturating_sub(usize::from(place.height)));
    for ((role, line), down) in lines.into_iter().skip(top).zip(0..place.height) {
        ink::put(buffer, ink::row(place, down), line, Align::Left, theme.style(role));
    }
    top
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    #[test]
    fn a_text_is_wrapped_and_scrolled() {
        let text = [(Role::Title, "Hỗ trợ"), (Role::Text, "Tối đa 50% tiền thuê gian hàng")];
        assert_eq!(height(&text, 12), 4);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        let area = buffer.area;
        assert_eq!(draw(&text, 0, area, &mut buffer, &Theme::default()), 0);
        assert_eq!(picture(&buffer), ["Hỗ trợ", "Tối đa 50%"]);
        buffer.reset();
        assert_eq!(draw(&text, 99, area, &mut buffer, &Theme::default()), 2);
        assert_eq!(picture(&buffer), ["tiền thuê", "gian hàng"]);
        assert_eq!(draw(&[], 3, area, &mut buffer, &Theme::default()), 0);
    }

    proptest! {
        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), top: usize) {
            draw(&[(Role::Text, &text), (Role::Bad, &text)], top, place, &mut Buffer::empty(whole), &Theme::default());
        }
    }
}
