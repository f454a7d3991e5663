//! Titles in one line, one of them chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{self, Align};
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// Draws the titles, the chosen one emphasised, closer together where room is short, with their numbers right before them where
/// it still is, and cut to their numbers where nothing else helps. Titles without numbers are shown by the page, with marks that lead to the pages before and after. Returns
/// their places by index.
pub fn draw(titles: &[&str], chosen: usize, place: Rect, buffer: &mut Buffer, theme: &Theme) -> Hits<usize> {
    let place = ink::row(place, 0).intersection(buffer.area);
    let room = usize::from(place.width);
    let wide: Vec<String> = titles.iter().map(|title| format!(" {title} ")).collect();
    let close: Vec<String> = titles.iter().map(|title| format!("{title} ")).collect();
    let numbered = titles.iter().all(|title| title.starts_with(|first: char| first.is_ascii_digit()));
    let all = 0..titles.len();
    if width(&wide) <= room {
        return put(&wide, all, chosen, place, buffer, theme);
    }
    if width(&close) <= room {
        return put(&close, all, chosen, place, buffer, theme);
    }
    if numbered {
        let tight: Vec<String> = close.iter().map(|title| title.replacen(' ', "", 1)).collect();
        if width(&tight) <= room {
            let hits = put(&tight, all, chosen, place, buffer, theme);
            let numbers: Vec<Rect> = hits.iter().filter(|(_, at)| **at != chosen).map(|(place, _)| place).collect();
            for number in numbers {
                buffer.set_style(Rect { width: 1, ..number }, theme.style(Role::Key));
            }
            return hits;
        }
        let number = |at: usize, title: &str| {
            if at == chosen { title.to_owned() } else { title.split(' ').next().unwrap_or(title).to_owned() }
        };
        let cut: Vec<String> =
            titles.iter().enumerate().map(|(at, title)| format!(" {} ", number(at, title))).collect();
        return put(&cut, all, chosen, place, buffer, theme);
    }
    paged(&wide, chosen, place, buffer, theme)
}

fn width(texts: &[String]) -> usize {
    texts.iter().map(|text| ink::width(text)).sum()
}

/// Draws the titles of a range, one behind the other.
fn put(
    texts: &[String],
    range: std::ops::Range<usize>,
    chosen: usize,
    place: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Hits<usize> {
    let (mut hits, mut x) = (Hits::new(), place.x);
    for at in range {
        let Some(text) = texts.get(at) else { break };
        let left = Rect { x, width: place.right().saturating_sub(x), ..place };
        let role = if at == chosen { Role::Selected } else { Role::Muted };
        let taken = ink::put(buffer, left, text, Align::Left, theme.style(role));
        hits.push(taken, at);
        x = x.saturating_add(taken.width);
    }
    hits
}

/// What a mark for a further page takes.
const MARK: u16 = 2;

/// Draws the page of titles that holds the chosen one.
fn paged(texts: &[String], chosen: usize, place: Rect, buffer: &mut Buffer, theme: &Theme) -> Hits<usize> {
    let room = usize::from(place.width.saturating_sub(2 * MARK));
    let (mut first, mut end, mut used) = (0, 0, 0);
    while let Some(text) = texts.get(end) {
        let wide = ink::width(text);
        if used + wide > room && end > first {
            if chosen < end {
                break;
            }
            (first, used) = (end, 0);
        }
        used += wide;
        end += 1;
    }
    let inside = Rect { x: place.x.saturating_add(MARK), width: place.width.saturating_sub(2 * MARK), ..place };
    let mut hits = put(texts, first..end, chosen, inside, buffer, theme);
    let muted = theme.style(Role::Muted);
    if first > 0 {
        let mark = Rect { width: MARK.min(place.width), ..place };
        hits.push(ink::put(buffer, mark, "‹", Align::Left, muted), first - 1);
    }
    if end < texts.len() {
        let mark = Rect { x: place.right().saturating_sub(MARK).max(place.x), width: MARK.min(place.width), ..place };
        hits.push(ink::put(buffer, mark, " ›", Align::Left, muted), end);
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
        assert_eq!(line(26).0, "1Hôm nay 2Hội chợ 3Sơ đồ");
        assert_eq!(line(20).0, " 1  2 Hội chợ  3");
        assert_eq!(line(40).1.at(12, 0), Some(&1));
        let lists = ["Hồ sơ 79", "Chứng từ 553", "Khoản chi 63", "Bảng kê"];
        let line = |width, chosen| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
            let area = buffer.area;
            let hits = draw(&lists, chosen, area, &mut buffer, &Theme::default());
            (picture(&buffer).remove(0), hits)
        };
        assert_eq!(line(40, 0).0, "   Hồ sơ 79  Chứng từ 553              ›");
        assert_eq!(line(40, 0).1.at(38, 0), Some(&2));
        assert_eq!(line(40, 3).0, "‹  Khoản chi 63  Bảng kê");
        assert_eq!(line(40, 2).1.at(0, 0), Some(&1));
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
