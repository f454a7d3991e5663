//! Letters into cells: how wide a text is, how it is cut, wrapped and put into a line of the buffer.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where a text stands in a place that is wider than it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// At the right edge, as numbers do.
    Right,
    /// In the middle.
    Centre,
}

/// What stands for the part that was cut off.
const CUT: &str = "…";

/// The columns that a text takes. Control characters take none, since they are never drawn.
#[must_use]
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(grapheme_width).sum()
}

/// The columns that one grapheme takes.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.width() }
}

/// A number of cells as the buffer counts them; more than it can count is as much as it can.
#[must_use]
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The text, or as many of its first graphemes as fit with `…` behind them.
#[must_use]
pub fn fit(text: &str, columns: u16) -> Cow<'_, str> {
    let room = usize::from(columns);
    // A byte takes one column at most, except that wide letters have three bytes and two columns.
    if text.len() <= room || width(text) <= room {
        return Cow::Borrowed(text);
    }
    if room == 0 {
        return Cow::Borrowed("");
    }
    let mut used = 0;
    let kept: usize = text
        .graphemes(true)
        .take_while(|grapheme| {
            used += grapheme_width(grapheme);
            used < room
        })
        .map(str::len)
        .sum();
    let (start, _) = text.split_at(kept);
    Cow::Owned(format!("{}{CUT}", start.trim_end()))
}

/// Puts one line of text into the first row of a place, cut where it does not fit. Returns the cells it took.
pub fn put(buffer: &mut Buffer, place: Rect, text: &str, align: Align, style: Style) -> Rect {
    let place = first_row(buffer, place);
    if place.is_empty() {
        return place;
    }
    let shown = fit(text, place.width);
    let taken = cells(width(&shown)).min(place.width);
    let left = place.width - taken;
    let x = place.x
        + match align {
            Align::Left => 0,
            Align::Right => left,
            Align::Centre => left / 2,
        };
    buffer.set_stringn(x, place.y, &shown, usize::from(taken), style);
    Rect { x, width: taken, ..place }
}

/// Fills the first row of a place with one narrow sign.
pub fn fill(buffer: &mut Buffer, place: Rect, sign: &str, style: Style) {
    let place = first_row(buffer, place);
    for x in place.left()..place.right() {
        if let Some(cell) = buffer.cell_mut((x, place.y)) {
            cell.set_symbol(sign).set_style(style);
        }
    }
}

/// Empties a place: blanks in one style, whatever was drawn there before.
pub fn wipe(buffer: &mut Buffer, place: Rect, style: Style) {
    for row in place.intersection(buffer.area).rows() {
        for cell in row.columns() {
            if let Some(cell) = buffer.cell_mut(cell.as_position()) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// One row of a place, counted from its top; empty when the place has not so many.
#[must_use]
pub fn row(place: Rect, down: u16) -> Rect {
    if down < place.height {
        Rect { y: place.y.saturating_add(down), height: 1, ..place }
    } else {
        Rect { height: 0, ..place }
    }
}

fn first_row(buffer: &Buffer, place: Rect) -> Rect {
    row(place, 0).intersection(buffer.area)
}

/// Breaks a text into lines of at most `columns`, after spaces where there are some, inside a word where a word is
/// longer than a line. The ranges are bytes of `text`, in order; only line ends and the spaces at a break lie between.
#[must_use]
pub fn wrap(text: &str, columns: u16) -> Vec<Range<usize>> {
    let room = usize::from(columns.max(1));
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(line, start, room, &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(line: &str, base: usize, room: usize, lines: &mut Vec<Range<usize>>) {
    let (mut start, mut used) = (0, 0);
    // Where the line could be broken: the end of a word, and the start of the next with the columns before it.
    let mut gap: Option<(usize, usize)> = None;
    for (at, grapheme) in line.grapheme_indices(true) {
        let wide = grapheme_width(grapheme);
        let blank = grapheme == " ";
        if used + wide > room && at > start && !blank {
            let (end, next) = gap.take().unwrap_or((at, at));
            lines.push(base + start..base + end);
            start = next;
            used = width(line.get(next..at).unwrap_or_default());
        }
        if blank {
            let end = gap.filter(|(_, next)| *next == at).map_or(at, |(end, _)| end);
            gap = (end > start).then_some((end, at + grapheme.len()));
        }
        used += wide;
    }
    let rest = line.get(start..).unwrap_or_default();
    let end = if width(rest) > room { start + rest.trim_end_matches(' ').len() } else { line.len() };
    lines.push(base + start..base + end);
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a buffer as text, blanks at their ends cut off.
    pub(crate) fn picture(buffer: &Buffer) -> Vec<String> {
        let width = usize::from(buffer.area.width).max(1);
        let line =
            |cells: &[ratatui::buffer::Cell]| cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>();
        buffer.content().chunks(width).map(|cells| line(cells).trim_end().to_owned()).collect()
    }

    /// Text as offices write it, with wide letters, marks not yet composed, controls and nothing at all.
    pub(crate) fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            "[ a-zđộữ]{1,40}",
            "[\\x00-\\x1f\u{301}一二ệ\\u{200d} ]{0,12}",
            Just("Công ty TNHH Một thành viên Thực phẩm Chánh Thu".to_owned()),
        ]
    }

    /// Places of every small size, also some that reach out of the buffer.
    pub(crate) fn any_place() -> impl Strategy<Value = (Rect, Rect)> {
        let side = || prop_oneof![0u16..4, 0u16..40];
        (side(), side(), 0u16..6, 0u16..6, side(), side()).prop_map(
            |(width, height, x, y, inner_width, inner_height)| {
                (Rect::new(0, 0, width, height), Rect::new(x, y, inner_width, inner_height))
            },
        )
    }

    #[test]
    fn a_text_is_cut_at_a_grapheme() {
        assert_eq!(fit("Nguyễn Thị Việt", 15), "Nguyễn Thị Việt");
        assert_eq!(fit("Nguyễn Thị Việt", 14), "Nguyễn Thị Vi…");
        assert_eq!(fit("Nguyễn Thị Việt", 8), "Nguyễn…");
        assert_eq!(fit("Nguye\u{302}\u{303}n", 5), "Nguy…");
        assert_eq!(fit("一二三", 4), "一…");
        assert_eq!(fit("Việt", 1), "…");
        assert_eq!(fit("Việt", 0), "");
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        let lines =
            |text: &str, columns| wrap(text, columns).into_iter().map(|line| text[line].to_owned()).collect::<Vec<_>>();
        assert_eq!(lines("Hội chợ hàng Việt Nam", 8), ["Hội chợ", "hàng", "Việt Nam"]);
        assert_eq!(lines("một\n\nhai", 8), ["một", "", "hai"]);
        assert_eq!(lines("nghiêngngả", 4), ["nghi", "êngn", "gả"]);
        assert_eq!(lines("", 4), [""]);
    }

    proptest! {
        #[test]
        fn what_fits_is_never_too_wide(text in any_text(), columns in 0u16..50) {
            prop_assert!(width(&fit(&text, columns)) <= usize::from(columns));
        }

        #[test]
        fn wrapped_lines_fit_and_leave_out_only_spaces(text in any_text(), columns in 2u16..30) {
            let mut last = 0;
            for line in wrap(&text, columns) {
                prop_assert!(line.start >= last && line.end >= line.start && line.end <= text.len());
                prop_assert!(text[last..line.start].chars().all(|letter| matches!(letter, ' ' | '\n')));
                prop_assert!(width(&text[line.clone()]) <= usize::from(columns));
                last = line.end;
            }
            prop_assert!(text[last..].chars().all(|letter| letter == ' '));
        }

        #[test]
        fn putting_never_leaves_the_place((whole, place) in any_place(), text in any_text()) {
            let mut buffer = Buffer::empty(whole);
            for align in [Align::Left, Align::Right, Align::Centre] {
                let taken = put(&mut buffer, place, &text, align, Style::new());
                prop_assert!(taken.is_empty() || place.intersection(whole).union(taken) == place.intersection(whole));
            }
            wipe(&mut buffer, place, Style::new());
            fill(&mut buffer, place, "─", Style::new());
        }
    }
}
