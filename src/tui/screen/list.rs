//! A list of records: filter, sort, marks, columns. It finds its place again by identity when the book changes.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::command::Move;
use crate::domain::book::Book;
use crate::domain::field::{Field as Description, Shape, Value};
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::showing::{Mask, show};
use crate::domain::view::columns::{Column, column, columns, default_keys, value};
use crate::domain::view::list::{Filter, Rows, Scope, Sort, has_fair};
use crate::say;
use crate::tui::hit::Hits;
use crate::tui::key::Key;
use crate::tui::screen::board::{Board, Cards};
use crate::tui::screen::lines_of;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::{Edited, Field};
use crate::tui::widget::ink::Align;
use crate::tui::widget::table::{self, Cell, Place, Row, Sorted, Table, Width};
use crate::tui::widget::window;

/// The longest filter that is taken.
const FILTER_CHARS_MAX: usize = crate::base::limits::QUERY_CHARS;

/// So many rows are made ready at a time: a few milliseconds of work, which no key waits for longer than that.
const PIECE_ROWS: usize = 500;

/// A list with its own cursor, filter, sort and marks.
#[derive(Debug)]
pub struct List {
    /// The kind of its records.
    pub kind: Kind,
    scope: Scope,
    /// The records of one figure, when the list shows those alone.
    fixed: Option<Vec<Id>>,
    rows: Rows,
    shown: Vec<Id>,
    cursor: usize,
    offset: usize,
    /// How many lines were seen last.
    height: usize,
    marks: BTreeSet<Id>,
    range_from: Option<usize>,
    filter: Field,
    filtering: bool,
    filter_refusal: Option<Refusal>,
    keys: Vec<&'static str>,
    /// The lanes, while it is seen as a board.
    board: Option<Board>,
    /// The sequence of the book the lines were made from.
    seq: u64,
}

impl List {
    /// The list of a kind, below the fair that the screens follow.
    #[must_use]
    pub fn new(book: &Book, kind: Kind, fair: Option<Id>, today: Date) -> Self {
        let scope = Scope { kind, fair: fair.filter(|_| has_fair(kind)), of: None };
        Self::over(book, scope, None, today)
    }

    /// The records behind a figure.
    #[must_use]
    pub fn of_records(book: &Book, kind: Kind, ids: Vec<Id>, today: Date) -> Self {
        Self::over(book, Scope { kind, fair: None, of: None }, Some(ids), today)
    }

    fn over(book: &Book, scope: Scope, fixed: Option<Vec<Id>>, today: Date) -> Self {
        let mut list = Self {
            kind: scope.kind,
            rows: Rows::new(book, scope, Sort::usual(scope.kind), today),
            scope,
            fixed,
            shown: Vec::new(),
            cursor: 0,
            offset: 0,
            height: 1,
            marks: BTreeSet::new(),
            range_from: None,
            filter: Field::new("", FILTER_CHARS_MAX),
            filtering: false,
            filter_refusal: None,
            keys: default_keys(scope.kind),
            board: None,
            seq: book.seq,
        };
        list.refill(book, today);
        list
    }

    /// Makes the lines anew when the book or the fair is another, and finds the cursor's record again.
    pub fn follow(&mut self, book: &Book, fair: Option<Id>, today: Date) {
        let fair = fair.filter(|_| has_fair(self.kind));
        if self.fixed.is_none() && self.scope.fair != fair {
            self.scope.fair = fair;
            self.marks.clear();
        } else if self.seq == book.seq && self.rows.day() == today {
            return;
        }
        self.rebuild(book, today);
    }

    /// True when it shows what is below this fair, where its kind is below fairs at all.
    #[must_use]
    pub fn follows(&self, fair: Option<Id>) -> bool {
        self.scope.fair == fair.filter(|_| has_fair(self.kind))
    }

    /// True when there are records of this kind, and none of them is below the fair that is followed.
    #[must_use]
    pub fn is_emptied_by_fair(&self, book: &Book) -> bool {
        self.scope.fair.is_some() && self.rows.is_empty() && book.count(self.kind) > 0
    }

    fn rebuild(&mut self, book: &Book, today: Date) {
        self.seq = book.seq;
        if self.rows.scope() == self.scope && self.rows.day() == today {
            self.rows.refresh(book, today);
        } else {
            self.rows = Rows::new(book, self.scope, self.rows.sort(), today);
        }
        self.refill(book, today);
    }

    fn refill(&mut self, book: &Book, today: Date) {
        let under = self.under_cursor();
        match Filter::parse(self.filter.value(), self.kind) {
            Ok(filter) => {
                self.filter_refusal = None;
                self.shown = self.rows.filtered(book, &filter, today);
            }
            Err(refusal) => self.filter_refusal = Some(refusal),
        }
        if let Some(fixed) = &self.fixed {
            let fixed: BTreeSet<Id> = fixed.iter().copied().collect();
            self.shown.retain(|id| fixed.contains(id));
        }
        if let Some(board) = &mut self.board {
            *board = Board::new(book, &mut self.shown, today);
        }
        self.marks.retain(|id| book.noun(self.kind, *id).is_some());
        let again = under.and_then(|id| self.shown.iter().position(|shown| *shown == id));
        self.cursor = again.unwrap_or(self.cursor.min(self.shown.len().saturating_sub(1)));
        self.range_from = None;
    }

    /// Makes ready a piece of what filters will need; true when there is more to do.
    pub fn prepare(&mut self, book: &Book) -> bool {
        self.rows.prepare(book, PIECE_ROWS)
    }

    /// The record under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<Id> {
        self.shown.get(self.cursor).copied()
    }

    /// The marked records that the filter shows, in the order shown; without marks the one under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Vec<Id> {
        if self.marks.is_empty() {
            return self.under_cursor().into_iter().collect();
        }
        self.shown.iter().copied().filter(|id| self.marks.contains(id)).collect()
    }

    /// Shows leads as a board, or as a list again; the cursor stays on its lead.
    pub fn turn_board(&mut self, book: &Book, today: Date) {
        self.board = if self.board.is_none() { Some(Board::default()) } else { None };
        self.refill(book, today);
    }

    /// True while it is seen as a board.
    #[must_use]
    pub const fn is_board(&self) -> bool {
        self.board.is_some()
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move) {
        if let Some(board) = &self.board {
            self.cursor = board.go(self.cursor, to, self.height);
            return;
        }
        let Some(by) = lines_of(to, self.height) else { return };
        self.cursor = window::step(self.cursor, by, self.shown.len());
        self.keep_in_sight();
    }

    /// Puts the cursor on a line that was clicked.
    pub fn click(&mut self, line: usize) {
        self.cursor = line.min(self.shown.len().saturating_sub(1));
    }

    /// Turns the wheel by so many lines.
    pub fn wheel(&mut self, by: isize) {
        if self.board.is_some() {
            return self.go(if by < 0 { Move::Up } else { Move::Down });
        }
        (self.cursor, self.offset) = window::wheel(self.cursor, self.offset, by, self.height, self.shown.len());
    }

    /// Remembers how many lines there is room for.
    pub fn fit(&mut self, rows: u16) {
        let filter_line = u16::from(self.filter_line());
        let rows = rows.saturating_sub(filter_line);
        self.height = match self.board {
            Some(_) => Board::cards_in(rows),
            None => usize::from(rows.saturating_sub(1)).max(1),
        };
        self.keep_in_sight();
    }

    fn keep_in_sight(&mut self) {
        self.offset = window::offset_for(self.cursor, self.offset, self.height, self.shown.len());
    }

    const fn filter_line(&self) -> bool {
        self.filtering || self.filter_refusal.is_some()
    }

    /// Marks or unmarks the line and goes on to the next.
    pub fn mark(&mut self) {
        if let Some(id) = self.under_cursor() {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.go(Move::Down);
        }
    }

    /// The first call remembers the line, the second marks all lines between.
    pub fn mark_range(&mut self) -> Option<Words> {
        match self.range_from.take() {
            None => {
                self.range_from = Some(self.cursor);
                Some(Words::new(
                    "Đi đến dòng cuối của đoạn rồi bấm v.",
                    "Go to the last line of the range and press v.",
                ))
            }
            Some(from) => {
                let (first, last) = (from.min(self.cursor), from.max(self.cursor));
                self.marks.extend(self.shown.iter().take(last + 1).skip(first).copied());
                None
            }
        }
    }

    /// Marks every line shown, or none when all are.
    pub fn mark_all(&mut self) {
        if self.shown.iter().all(|id| self.marks.contains(id)) {
            self.marks.clear();
        } else {
            self.marks.extend(self.shown.iter().copied());
        }
    }

    /// Back one stage: the filter that is being typed, the range, the marks, the filter; false when there was nothing to leave.
    pub fn back(&mut self, book: &Book, today: Date) -> bool {
        if self.filtering {
            self.filtering = false;
            self.filter.set("");
            self.refill(book, today);
        } else if self.range_from.is_some() {
            self.range_from = None;
        } else if !self.marks.is_empty() {
            self.marks.clear();
        } else if !self.filter.value().is_empty() {
            self.filter.set("");
            self.refill(book, today);
        } else {
            return false;
        }
        true
    }

    /// Takes the marks away.
    pub fn leave_marks(&mut self) {
        self.marks.clear();
    }

    /// Closes the filter line; the filter stays.
    pub fn close_filter(&mut self) {
        self.filtering = false;
    }

    /// Opens the filter line.
    pub fn start_filter(&mut self) {
        self.filtering = true;
        self.filter.select_all();
    }

    /// True while keys go into the filter line.
    #[must_use]
    pub const fn is_filtering(&self) -> bool {
        self.filtering
    }

    /// A key while the filter line is open; false when the line does not know it.
    pub fn filter_key(&mut self, key: Key, book: &Book, today: Date) -> bool {
        match self.filter.key(key) {
            Edited::Text => {
                self.refill(book, today);
                true
            }
            Edited::Same => true,
            Edited::NotMine => false,
        }
    }

    /// A paste while the filter line is open.
    pub fn filter_paste(&mut self, text: &str, book: &Book, today: Date) {
        if self.filter.paste(text) == Edited::Text {
            self.refill(book, today);
        }
    }

    /// Sorts by the next column, or turns the order round.
    pub fn sort(&mut self, reverse: bool, book: &Book, today: Date) {
        let sort = self.rows.sort();
        let next = self.keys.iter().position(|key| *key == sort.key).map_or(0, |place| (place + 1) % self.keys.len());
        let sort = match (reverse, self.keys.get(next)) {
            (true, _) | (_, None) => Sort { descending: !sort.descending, ..sort },
            (false, Some(key)) => Sort { key, descending: false },
        };
        self.rows.resort(book, sort, today);
        self.refill(book, today);
    }

    /// Sorts by a column whose heading was clicked; a second click turns the order round.
    pub fn sort_by(&mut self, place: usize, book: &Book, today: Date) {
        let Some(key) = self.keys.get(place).copied() else { return };
        let sort = self.rows.sort();
        let descending = sort.key == key && !sort.descending;
        self.rows.resort(book, Sort { key, descending }, today);
        self.refill(book, today);
    }

    /// The same list with these columns, the greatest of one of them first.
    #[must_use]
    pub fn laid_out(mut self, keys: &[&'static str], greatest: &'static str, book: &Book, today: Date) -> Self {
        self.keys = keys.to_vec();
        self.rows.resort(book, Sort { key: greatest, descending: true }, today);
        self.refill(book, today);
        self.cursor = 0;
        self
    }

    /// The keys of the columns shown.
    #[must_use]
    pub fn keys(&self) -> &[&'static str] {
        &self.keys
    }

    /// Shows or hides a column; the last one stays.
    pub fn toggle_column(&mut self, key: &'static str) {
        match self.keys.iter().position(|shown| *shown == key) {
            Some(place) if self.keys.len() > 1 => drop(self.keys.remove(place)),
            Some(_) => {}
            None => self.keys.push(key),
        }
    }

    /// The records shown, in their order.
    #[must_use]
    pub fn shown(&self) -> &[Id] {
        &self.shown
    }

    /// How many are shown, of how many, and of the marked ones count and sum.
    #[must_use]
    pub fn summary(&self, book: &Book, today: Date) -> Words {
        let (shown, all) = (self.shown.len(), self.fixed.as_ref().map_or(self.rows.ids().len(), Vec::len));
        let mut count = if shown == all { format!("{shown}") } else { format!("{shown}/{all}") };
        if !self.filtering && !self.filter.value().is_empty() {
            count = format!("/{} · {count}", self.filter.value());
        }
        if self.marks.is_empty() {
            return Words::same(count);
        }
        let chosen = self.chosen();
        let (marked, hidden) = (chosen.len(), self.marks.len() - chosen.len());
        let count = if hidden == 0 {
            Words::same(count)
        } else {
            say!("{count} · {hidden} đã chọn bị lọc ẩn", "{count} · {hidden} marked hidden by the filter")
        };
        match self.sum(&chosen, book, today) {
            Some(sum) => say!("{} · chọn {marked} · {sum}", "{} · {marked} marked · {sum}"; count),
            None => say!("{} · chọn {marked}", "{} · {marked} marked"; count),
        }
    }

    /// The sum of the first amount column over these records.
    fn sum(&self, ids: &[Id], book: &Book, today: Date) -> Option<String> {
        let money = self.columns().find(|column| matches!(column.field.shape, Shape::Money))?;
        let mut sum = Money::ZERO;
        for id in ids {
            let noun = book.noun(self.kind, *id)?;
            sum = sum.plus(value(book, money, noun, today).as_money().unwrap_or_default()).ok()?;
        }
        Some(sum.show(Lang::Vi))
    }

    /// The columns shown; the fair needs none while the list is of one fair.
    fn columns(&self) -> impl Iterator<Item = &'static Column> {
        let (kind, of_one) = (self.kind, self.scope.fair.is_some());
        self.keys.iter().filter(move |key| !(of_one && **key == "fair")).filter_map(move |key| column(kind, key))
    }

    /// The chosen lines as text with tabs between, as a spreadsheet takes it.
    #[must_use]
    pub fn as_text(&self, book: &Book, lang: Lang, today: Date) -> String {
        let lines: Vec<String> = self
            .chosen()
            .into_iter()
            .filter_map(|id| {
                let noun = book.noun(self.kind, id)?;
                let cells: Vec<String> = self
                    .columns()
                    .map(|column| show(book, id, &column.field, &value(book, column, noun, today), lang, Mask::Masked))
                    .collect();
                Some(cells.join("\t"))
            })
            .collect();
        lines.join("\n")
    }

    /// Every column that can be shown, with its label, and whether it is.
    #[must_use]
    pub fn choosable(&self, lang: Lang) -> Vec<(&'static str, String, bool)> {
        columns(self.kind)
            .iter()
            .map(|column| {
                let key = column.field.key;
                (key, column.field.label().in_lang(lang).to_owned(), self.keys.contains(&key))
            })
            .collect()
    }

    /// Draws the list; hits are lines and headings. Returns where the terminal's cursor belongs, in the filter line.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        seen: &Seen<'_>,
    ) -> (Hits<Place>, Option<ratatui::layout::Position>) {
        let Seen { book, lang, today, focused, empty } = *seen;
        let mut place = place;
        let mut cursor = None;
        if self.filter_line() {
            let (line, rest) = split_top(place);
            place = rest;
            cursor = self.draw_filter(line, buffer, theme, lang);
        }
        let query = crate::base::search::Query::new(self.filter.value());
        let empty = match (self.filter.value().is_empty(), lang) {
            (true, _) => empty,
            (false, Lang::Vi) => NO_MATCH.0,
            (false, Lang::En) => NO_MATCH.1,
        };
        if let Some(board) = &self.board {
            let is_marked = |id| self.marks.contains(&id);
            let cards = Cards { shown: &self.shown, cursor: self.cursor, is_marked: &is_marked, query: &query };
            return (board.draw(place, buffer, theme, &Seen { empty, ..*seen }, &cards), cursor);
        }
        let shown: Vec<&'static Column> = self.columns().collect();
        let mut headings: Vec<table::Column<'_>> = shown.iter().map(|column| self.heading(column, lang)).collect();
        self.widen(&mut headings, &shown, place.height, seen);
        let table = Table {
            columns: &headings,
            count: self.shown.len(),
            cursor: self.cursor,
            offset: self.offset,
            focused,
            empty,
        };
        let drawn = table.draw(place, buffer, theme, |line| {
            let Some((id, noun)) = self.shown.get(line).and_then(|id| Some((*id, book.noun(self.kind, *id)?))) else {
                return Row::default();
            };
            let cells = shown
                .iter()
                .map(|column| {
                    let value = value(book, column, noun, today);
                    let text = show(book, id, &column.field, &value, lang, Mask::Masked);
                    let role = role_of(&column.field, &value, today);
                    let found = query.spans(&text);
                    Cell { text: text.into(), role, found }
                })
                .collect();
            Row { cells, marked: self.marks.contains(&id) }
        });
        (drawn.hits, cursor)
    }

    /// An amount is never cut: its column is as wide as the widest on the page.
    fn widen(&self, headings: &mut [table::Column<'_>], shown: &[&'static Column], rows: u16, seen: &Seen<'_>) {
        let page = self.shown.get(self.offset..).unwrap_or_default();
        for (heading, column) in headings.iter_mut().zip(shown) {
            let (Shape::Money, Width::Fixed(columns)) = (column.field.shape, heading.width) else { continue };
            let wide = |id: &Id| {
                let noun = seen.book.noun(self.kind, *id)?;
                let amount = value(seen.book, column, noun, seen.today);
                let shown = show(seen.book, *id, &column.field, &amount, seen.lang, Mask::Masked);
                Some(crate::tui::widget::ink::cells(crate::base::text::width(&shown)))
            };
            let widest = page.iter().take(usize::from(rows)).filter_map(wide).max();
            heading.width = Width::Fixed(columns.max(widest.unwrap_or(0)));
        }
    }

    fn draw_filter(
        &self,
        line: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> Option<ratatui::layout::Position> {
        use crate::tui::widget::ink;
        let sign = ink::put(buffer, line, "/", Align::Left, theme.style(Role::Key));
        let room = Rect { x: line.x + sign.width + 1, width: line.width.saturating_sub(sign.width + 1), ..line };
        match &self.filter_refusal {
            Some(refusal) => {
                let half = room.width / 2;
                let cursor = self.filter.draw(Rect { width: half, ..room }, buffer, theme, self.filtering, true);
                let beside = Rect { x: room.x + half + 1, width: room.width.saturating_sub(half + 1), ..room };
                ink::put(buffer, beside, refusal.what.in_lang(lang), Align::Left, theme.style(Role::Bad));
                cursor
            }
            None => self.filter.draw(room, buffer, theme, self.filtering, false),
        }
    }

    fn heading(&self, column: &Column, lang: Lang) -> table::Column<'static> {
        let (vi, en) = (column.field.vi, column.field.en);
        let sorted = Some(self.rows.sort())
            .filter(|sort| sort.key == column.field.key)
            .map(|sort| if sort.descending { Sorted::Down } else { Sorted::Up });
        table::Column {
            title: if lang == Lang::Vi { vi } else { en },
            width: width_of(&column.field, if lang == Lang::Vi { vi } else { en }),
            align: if column.field.is_numeric() { Align::Right } else { Align::Left },
            sorted,
        }
    }
}

const NO_MATCH: (&str, &str) = ("Không có dòng nào khớp. Esc bỏ lọc.", "No line matches. Esc clears the filter.");

/// What a list is drawn with.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The newest book.
    pub book: &'a Book,
    /// The language.
    pub lang: Lang,
    /// Today.
    pub today: Date,
    /// True when it has the keyboard.
    pub focused: bool,
    /// What stands in an empty list.
    pub empty: &'a str,
}

fn split_top(place: Rect) -> (Rect, Rect) {
    let top = Rect { height: place.height.min(1), ..place };
    let rest = Rect { y: place.y + top.height, height: place.height - top.height, ..place };
    (top, rest)
}

fn width_of(field: &Description, title: &str) -> Width {
    let title = crate::tui::widget::ink::cells(crate::base::text::width(title) + 2);
    match field.shape {
        Shape::Date => Width::Fixed(title.max(10)),
        Shape::Moment => Width::Fixed(title.max(16)),
        Shape::Money => Width::Fixed(title.clamp(14, 18)),
        Shape::Number(..) | Shape::Percent | Shape::Length | Shape::Area | Shape::Flag => {
            Width::Fixed(title.clamp(6, 14))
        }
        Shape::Choice(_) | Shape::Choices(_) => Width::Fixed(title.clamp(15, 18)),
        Shape::Text(crate::domain::field::Wording::Code, _) => Width::Fixed(title.max(13)),
        Shape::Text(crate::domain::field::Wording::Phone | crate::domain::field::Wording::TaxCode, _) => {
            Width::Fixed(title.max(14))
        }
        _ if matches!(field.key, "name" | "business" | "partner" | "product" | "title") => Width::AtLeast(24),
        _ if field.key == "fair" => Width::Fixed(15),
        Shape::Text(..) | Shape::Link(_) => Width::AtLeast(14),
    }
}

/// The colour of a cell; its words say the same, so that nothing depends on colour.
fn role_of(field: &Description, value: &Value, today: Date) -> Role {
    match (field.shape, value) {
        (Shape::Money, Value::Money(amount)) if amount.is_negative() => Role::Negative,
        (Shape::Money, _) => Role::Money,
        (Shape::Date, Value::Date(day)) if field.key == "due_on" && *day < today => Role::Bad,
        (Shape::Date, Value::Date(day)) if field.key == "due_on" && *day == today => Role::Warn,
        (Shape::Choice(_), Value::Text(key)) => match key.as_str() {
            "cancelled" | "refused" | "rejected" | "lost" | "expired" | "no_show" | "blocked" | "missing" => Role::Bad,
            "held" | "waiting" | "returned_for_evidence" | "expiring" | "on_hold" | "in_check" => Role::Warn,
            "running" | "attending" | "rented" | "decided" | "paid" | "credited" | "active" | "accepted" => Role::Good,
            _ => Role::Text,
        },
        _ => Role::Text,
    }
}
