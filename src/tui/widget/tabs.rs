//! Titles in one line, one of them chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{self, Align};
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// Draws the titles, the chosen one emphasised, closer together where room is short, and cut to their first word where
/// it still is. Returns their places by index.
pub fn draw(titles: &[&str], chosen: usize, place: Rect, buffer: &mut Buffer, theme: &Theme) -> Hits<usize> {
    let mut hits = Hits::new();
    let place = ink::row(place, 0).intersection(buffer.area);
    let width = |text: &dyn Fn(usize, &str) -> String| -> usize {
        titles.iter().enumerate().map(|(at, title)| ink::width(&text(at, title))).sum()
    };
    let wide = |_: usize, title: &str| format!(" {title} ");
    let close = |_: usize, title: &str| format!("{title} ");
    let cut = |at: usize, title: &str| {
        let first = if at == chosen { title } else { title.split(' ').next().unwrap_or(title) };
        format!(" {first} ")
    };
    let room = usize::from(place.width);
    let text: &dyn Fn(usize, &str) -> String = match () {
        () if width(&wide) <= room => &wide,
        () if width(&close) <= room => &close,
        () => &cut,
    };
    let mut x = place.x;
    for (at, title) in titles.iter().enumerate() {
        let left = Rect { x, width: place.right().saturating_sub(x), ..place };
        let role = if at == chosen { Role::Selected } else { Role::Muted };
        let taken = ink::put(buffer, left, &text(at, title), Align::Left, theme.style(role));
        hits.push(taken, at);
        x = x.saturating_add(taken.width);
    }
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    #[test]
    fn titles_give_way_to_the_chosen_one() {
        let titles = ["1 Hôm nay", "2 Hội chợ", "3 Sơ đồ"];
        let line = |width| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
            let area = buffer.area;
            let hits = draw(&titles, 1, area, &mut buffer, &Theme::default());
            (picture(&buffer).remove(0), hits)
        };
        assert_eq!(line(40).0, " 1 Hôm nay  2 Hội chợ  3 Sơ đồ");
        assert_eq!(line(20).0, " 1  2 Hội chợ  3");
        assert_eq!(line(40).1.at(12, 0), Some(&1));
        let mut nothing = Buffer::empty(Rect::ZERO);
        assert_eq!(draw(&[], 0, Rect::ZERO, &mut nothing, &Theme::default()), Hits::new());
    }

    proptest! {
        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), count in 0usize..5, chosen in 0usize..6) {
            draw(&vec![text.as_str(); count], chosen, place, &mut Buffer::empty(whole), &Theme::default());
        }
    }
}
