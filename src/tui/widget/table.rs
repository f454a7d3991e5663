//! A table of any length that draws only the rows that are seen.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::ink::{self, Align};
use super::window;
use crate::tui::hit::Hits;
use crate::tui::theme::{Role, Theme};

/// How wide a column is, in columns of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Always so wide: codes, dates, amounts.
    Fixed(u16),
    /// At least so wide, with one part of what is left over.
    AtLeast(u16),
    /// At least [`SHARE_COLUMNS_MIN`], with so many parts of what is left over.
    Share(u16),
}

/// A column that lives on what is left over is left out when it would be narrower than this.
pub const SHARE_COLUMNS_MIN: u16 = 8;

/// Blank columns between two columns of a table.
const GAP: u16 = 2;

/// Columns at the left edge for the signs of the cursor and of marks.
const GUTTER: u16 = 2;

impl Width {
    fn least(self) -> u16 {
        match self {
            Self::Fixed(columns) | Self::AtLeast(columns) => columns,
            Self::Share(_) => SHARE_COLUMNS_MIN,
        }
    }

    fn parts(self) -> u32 {
        match self {
            Self::Fixed(_) => 0,
            Self::AtLeast(_) => 1,
            Self::Share(parts) => u32::from(parts),
        }
    }
}

/// The direction in which a column sorts the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// One column: its heading and its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<'a> {
    /// The heading.
    pub title: &'a str,
    /// How wide it is.
    pub width: Width,
    /// Where its cells and its heading stand.
    pub align: Align,
    /// Set on the column that the table is sorted by.
    pub sorted: Option<Sorted>,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What it says, on one line.
    pub text: Cow<'a, str>,
    /// How it looks.
    pub role: Role,
    /// The bytes of the text that a search found, in order; a range that is no part of the text is not shown.
    pub found: Vec<Range<usize>>,
}

impl<'a> Cell<'a> {
    /// A cell of plain text.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self::with_role(text, Role::Text)
    }

    /// A cell that plays a role.
    pub fn with_role(text: impl Into<Cow<'a, str>>, role: Role) -> Self {
        Self { text: text.into(), role, found: Vec::new() }
    }
}

/// One row: a cell for each column, and whether the person marked it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// The cells, in the order of the columns; a missing one is blank.
    pub cells: Vec<Cell<'a>>,
    /// The person marked this row.
    pub marked: bool,
}

/// A table as it is to be drawn.
pub struct Table<'a> {
    /// The columns from left to right. Where room is short the last are left out.
    pub columns: &'a [Column<'a>],
    /// How many rows there are in all.
    pub count: usize,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row of the last frame; see [`Drawn::offset`].
    pub offset: usize,
    /// The table has the keyboard.
    pub focused: bool,
    /// What stands in a table without rows.
    pub empty: &'a str,
}

/// What lies under a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The heading of a column.
    Heading(usize),
    /// A row.
    Row(usize),
    /// The scroll bar, at the height of this row.
    Bar(usize),
}

/// What a drawn table tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The first row that is seen; to be given as [`Table::offset`] next time.
    pub offset: usize,
    /// How many rows the page has room for.
    pub height: usize,
    /// What lies where.
    pub hits: Hits<Place>,
}

/// The widths of as many of the first columns as fit into `room` with the gaps between them; the first column is
/// always there, as wide as it can be.
#[must_use]
pub fn widths(columns: &[Width], room: u16) -> Vec<u16> {
    let mut used = 0u16;
    let mut shown: Vec<u16> = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let gap = if at == 0 { 0 } else { GAP };
        let wide = if at == 0 { column.least().min(room) } else { column.least() };
        if wide.saturating_add(gap) > room.saturating_sub(used) {
            break;
        }
        used += gap + wide;
        shown.push(wide);
    }
    let left = u32::from(room.saturating_sub(used));
    let growing = || columns.iter().take(shown.len()).map(|column| column.parts());
    let all: u32 = growing().sum();
    if all == 0 {
        return shown;
    }
    let extra: Vec<u32> = growing().map(|parts| (u64::from(left) * u64::from(parts) / u64::from(all)) as u32).collect();
    let mut over = left - extra.iter().sum::<u32>();
    for ((wide, extra), column) in shown.iter_mut().zip(extra).zip(columns) {
        let one = u32::from(over > 0 && column.parts() > 0);
        over -= one;
        *wide = wide.saturating_add(ink::cells((extra + one) as usize));
    }
    shown
}

impl<'a> Table<'a> {
    /// Draws the headings and the rows that are seen, asking `row` for those alone.
    pub fn draw<'r>(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        mut row: impl FnMut(usize) -> Row<'r>,
    ) -> Drawn {
        let place = place.intersection(buffer.area);
        let mut hits = Hits::new();
        let height = usize::from(place.height.saturating_sub(1));
        let offset = window::offset_for(self.cursor, self.offset, height, self.count);
        let bar = if self.count > height { 1 } else { 0 };
        let body = Rect { width: place.width.saturating_sub(bar), ..place };
        let columns = self.places(body);
        self.draw_headings(&columns, buffer, theme, &mut hits);
        if self.count == 0 {
            let line = ink::row(
                Rect {
                    x: place.x.saturating_add(GUTTER.min(place.width)),
                    width: place.width.saturating_sub(GUTTER),
                    ..place
                },
                1,
            );
            ink::put(buffer, line, self.empty, Align::Left, theme.style(Role::Muted));
        }
        let rows = (offset..self.count).zip(1..place.height);
        for (at, down) in rows {
            let line = ink::row(body, down);
            self.draw_row(at, &row(at), line, &columns, buffer, theme);
            hits.push(line, Place::Row(at));
        }
        if bar == 1 && height > 0 && place.width > GUTTER {
            self.draw_bar(offset, height, place, buffer, theme, &mut hits);
        }
        Drawn { offset, height, hits }
    }

    /// The place of each column that is shown, as high as the table.
    fn places(&self, body: Rect) -> Vec<Rect> {
        let rules: Vec<Width> = self.columns.iter().map(|column| column.width).collect();
        let mut x = body.x.saturating_add(GUTTER.min(body.width));
        let room = body.width.saturating_sub(GUTTER);
        widths(&rules, room)
            .into_iter()
            .map(|width| {
                let place = Rect { x, width, ..body };
                x = x.saturating_add(width).saturating_add(GAP);
                place
            })
            .collect()
    }

    fn draw_headings(&self, places: &[Rect], buffer: &mut Buffer, theme: &Theme, hits: &mut Hits<Place>) {
        for ((at, column), place) in self.columns.iter().enumerate().zip(places) {
            let place = ink::row(*place, 0);
            let style = theme.style(Role::Title);
            match column.sorted {
                None => ink::put(buffer, place, column.title, column.align, style),
                Some(sorted) => {
                    let sign = if sorted == Sorted::Up { "↑" } else { "↓" };
                    let title = ink::fit(column.title, place.width.saturating_sub(2));
                    ink::put(buffer, place, &format!("{title} {sign}"), column.align, style)
                }
            };
            hits.push(place, Place::Heading(at));
        }
    }

    fn draw_row(&self, at: usize, row: &Row<'_>, line: Rect, columns: &[Rect], buffer: &mut Buffer, theme: &Theme) {
        let under_cursor = at == self.cursor.min(self.count.saturating_sub(1));
        let signs = match (under_cursor, row.marked) {
            (true, true) => ">*",
            (true, false) => ">",
            (false, true) => " *",
            (false, false) => "",
        };
        let marked = theme.style(Role::Marked);
        ink::put(buffer, Rect { width: line.width.min(GUTTER), ..line }, signs, Align::Left, marked);
        for ((cell, place), column) in row.cells.iter().zip(columns).zip(self.columns) {
            let place = Rect { y: line.y, height: line.height, ..*place };
            let style = theme.style(if row.marked && cell.role == Role::Text { Role::Marked } else { cell.role });
            put_found(buffer, place, cell, column.align, style, theme.style(Role::Match));
        }
        if under_cursor {
            buffer.set_style(line, theme.style(if self.focused { Role::Selected } else { Role::SelectedIdle }));
        }
    }

    fn draw_bar(
        &self,
        offset: usize,
        height: usize,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        hits: &mut Hits<Place>,
    ) {
        let (first, long) = thumb(offset, height, self.count);
        let column = Rect { x: place.right() - 1, width: 1, ..place };
        for (at, down) in (0..height).zip(1..place.height) {
            let line = ink::row(column, down);
            let seen = (first..first + long).contains(&at);
            let (sign, role) = if seen { ("┃", Role::FrameFocus) } else { ("│", Role::Frame) };
            ink::fill(buffer, line, sign, theme.style(role));
            let target =
                (at as u128 * self.count.saturating_sub(1) as u128) / (height.saturating_sub(1).max(1) as u128);
            hits.push(line, Place::Bar(usize::try_from(target).unwrap_or(usize::MAX)));
        }
    }
}

/// Where the thumb of a scroll bar starts and how long it is; it touches an end only where the list does.
fn thumb(offset: usize, height: usize, count: usize) -> (usize, usize) {
    let share = |rows: usize| rows as u128 * height as u128 / count.max(1) as u128;
    let long = usize::try_from(share(height)).unwrap_or(height).clamp(1, height.max(1));
    let free = height.saturating_sub(long);
    let last = count.saturating_sub(height);
    let first = match offset {
        0 => 0,
        offset if offset >= last => free,
        offset => usize::try_from(offset as u128 * free as u128 / last.max(1) as u128)
            .unwrap_or(free)
            .clamp(1.min(free), free.saturating_sub(1).max(1).min(free)),
    };
    (first, long)
}

/// Puts a cell and lays the style of a find over the letters that were found.
pub fn put_found(buffer: &mut Buffer, place: Rect, cell: &Cell<'_>, align: Align, style: Style, found: Style) {
    let taken = ink::put(buffer, place, &cell.text, align, style);
    if cell.found.is_empty() {
        return;
    }
    let mut x = taken.x;
    for (at, grapheme) in cell.text.grapheme_indices(true) {
        let wide = ink::cells(ink::grapheme_width(grapheme));
        if x.saturating_add(wide) > taken.right() {
            break;
        }
        if cell.found.iter().any(|range| range.start < at + grapheme.len() && at < range.end) {
            buffer.set_style(Rect { x, width: wide, ..taken }, found);
        }
        x += wide;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    fn columns() -> [Column<'static>; 3] {
        [
            Column { title: "Gian", width: Width::Fixed(6), align: Align::Left, sorted: Some(Sorted::Up) },
            Column { title: "Doanh nghiệp", width: Width::Share(1), align: Align::Left, sorted: None },
            Column { title: "Tiền thuê", width: Width::Fixed(12), align: Align::Right, sorted: None },
        ]
    }

    fn line(at: usize) -> Row<'static> {
        let cells = vec![
            Cell::new(format!("A{at:02}")),
            Cell::new("Hợp tác xã Bưởi da xanh Bến Tre"),
            Cell::with_role("12.500.000", Role::Money),
        ];
        Row { cells, marked: at == 1 }
    }

    fn drawn(count: usize, cursor: usize, width: u16, height: u16) -> (Drawn, Buffer) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let columns = columns();
        let table =
            Table { columns: &columns, count, cursor, offset: 0, focused: true, empty: "Chưa có gian hàng nào." };
        let area = buffer.area;
        (table.draw(area, &mut buffer, &Theme::named("mono").unwrap(), line), buffer)
    }

    #[test]
    fn rows_stand_under_their_headings() {
        let (table, buffer) = drawn(3, 0, 44, 5);
        assert_eq!(
            picture(&buffer),
            [
                "  Gian ↑  Doanh nghiệp             Tiền thuê",
                "> A00     Hợp tác xã Bưởi da…     12.500.000",
                " *A01     Hợp tác xã Bưởi da…     12.500.000",
                "  A02     Hợp tác xã Bưởi da…     12.500.000",
                "",
            ]
        );
        assert_eq!(table.hits.at(10, 2), Some(&Place::Row(1)));
        assert_eq!(table.hits.at(10, 0), Some(&Place::Heading(1)));
        assert!(buffer.cell((0, 1)).unwrap().modifier.contains(Modifier::REVERSED));
        assert!(!buffer.cell((0, 2)).unwrap().modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn an_empty_table_says_so() {
        let (table, buffer) = drawn(0, 0, 44, 3);
        assert_eq!(picture(&buffer)[1], "  Chưa có gian hàng nào.");
        assert_eq!(table.hits.at(10, 1), None);
    }

    #[test]
    fn only_what_is_seen_is_asked_for() {
        let columns = columns();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 11));
        let table =
            Table { columns: &columns, count: 1_000_000, cursor: 500_000, offset: 0, focused: false, empty: "" };
        let mut asked = Vec::new();
        let area = buffer.area;
        let seen = table.draw(area, &mut buffer, &Theme::default(), |at| {
            asked.push(at);
            line(at)
        });
        assert_eq!((seen.offset, seen.height), (499_995, 10));
        assert_eq!(asked, (499_995..500_005).collect::<Vec<_>>());
        assert_eq!(seen.hits.at(59, 1), Some(&Place::Bar(0)));
        assert_eq!(seen.hits.at(59, 10), Some(&Place::Bar(999_999)));
    }

    #[test]
    fn found_letters_are_underlined_where_they_stand() {
        let columns = [Column { title: "Tên", width: Width::Share(1), align: Align::Left, sorted: None }];
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
        let table = Table { columns: &columns, count: 2, cursor: 0, offset: 0, focused: true, empty: "" };
        let text = "Việt Nam";
        let nam = text.find("Nam").unwrap();
        let area = buffer.area;
        table.draw(area, &mut buffer, &Theme::named("mono").unwrap(), |_| {
            let found = vec![nam..text.len(), 900..901];
            Row { cells: vec![Cell { text: text.into(), role: Role::Text, found }], marked: false }
        });
        let under = |x| buffer.cell((x, 2)).unwrap().modifier.contains(Modifier::UNDERLINED);
        assert_eq!((0..20).filter(|x| under(*x)).collect::<Vec<u16>>(), [7, 8, 9]);
    }

    #[test]
    fn short_room_leaves_out_the_last_columns() {
        let rules = [Width::Fixed(5), Width::Share(1), Width::Fixed(12)];
        assert_eq!(widths(&rules, 42), [5, 21, 12]);
        assert_eq!(widths(&rules, 28), [5, 21]);
        assert_eq!(widths(&rules, 8), [5]);
        assert_eq!(widths(&rules, 3), [3]);
        assert_eq!(widths(&[Width::AtLeast(10), Width::Share(3)], 40), [15, 23]);
        assert_eq!(widths(&[], 40), Vec::<u16>::new());
    }

    fn any_width() -> impl Strategy<Value = Width> {
        prop_oneof![
            any::<u16>().prop_map(Width::Fixed),
            (0u16..40).prop_map(Width::AtLeast),
            (0u16..9).prop_map(Width::Share)
        ]
    }

    proptest! {
        #[test]
        fn columns_never_take_more_than_there_is(rules in proptest::collection::vec(any_width(), 0..8), room: u16) {
            let shown = widths(&rules, room);
            let gaps = u64::from(GAP) * (shown.len().saturating_sub(1) as u64);
            prop_assert!(shown.iter().map(|width| u64::from(*width)).sum::<u64>() + gaps <= u64::from(room));
            prop_assert!(rules.is_empty() || !shown.is_empty());
        }

        #[test]
        fn the_thumb_stays_on_its_bar(offset: usize, height in 1usize..100, count: usize) {
            let (first, long) = thumb(offset.min(count.saturating_sub(height)), height, count);
            prop_assert!(long >= 1 && first + long <= height);
        }

        #[test]
        fn no_size_and_no_text_is_too_much(
            (whole, place) in any_place(), text in any_text(), count in 0usize..50, cursor: usize, offset: usize, cut in 0usize..9
        ) {
            let columns = columns();
            let mut buffer = Buffer::empty(whole);
            let table = Table { columns: &columns, count, cursor, offset, focused: true, empty: &text };
            table.draw(place, &mut buffer, &Theme::default(), |_| {
                let cell = Cell { text: (&text).into(), role: Role::Bad, found: vec![cut..cut + 3, 0..1] };
                Row { cells: vec![cell; 4], marked: true }
            });
        }
    }
}
