//! The timetable of a conference as a grid: slots down, tables, buyers or businesses across. Somebody who does not come is
//! cancelled in one key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::firm_name::without_form;
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::conference::day::show_clock;
use crate::domain::conference::from_book::{Away, Planning};
use crate::domain::field::Chosen as _;
use crate::domain::meeting::MeetingStatus;
use crate::domain::record::Kind;
use crate::domain::view::conferences::{in_order, is_of, outside, people};
use crate::domain::view::title::title;
use crate::domain::{Conference, Meeting};
use crate::say;
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// Columns of the times.
const TIME_COLUMNS: u16 = 6;
/// Columns of a cell: no fewer, and no more where there is room.
const CELL_COLUMNS: (u16, u16) = (18, 34);
/// Rows of a cell.
const CELL_ROWS: u16 = 2;

/// What stands across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Across {
    Tables,
    Buyers,
    Businesses,
}

/// A column of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Table(i64),
    Person(Away),
}

/// What a key came to.
#[derive(Debug)]
pub enum Grid {
    /// Nothing yet.
    Open,
    /// A meeting to be looked at.
    Look(Id),
    /// A timetable to be looked for.
    Plan(Planning),
    /// A form of the timetable to be printed.
    Print,
    /// The meetings of a column, and whose they are, to be written as a calendar.
    Calendar(Vec<Id>, String),
    /// Nothing is under the cursor.
    Nothing,
    /// It is left.
    Left,
}

/// The grid of one conference.
#[derive(Debug)]
pub struct TimetableLayer {
    /// The conference.
    pub conference: Id,
    across: Across,
    slot: usize,
    column: usize,
}

impl TimetableLayer {
    /// The timetable by tables, its first cell under the cursor.
    #[must_use]
    pub const fn new(conference: Id) -> Self {
        Self { conference, across: Across::Tables, slot: 0, column: 0 }
    }

    fn columns(&self, book: &Book) -> Vec<Column> {
        let all = || people(book, self.conference).into_iter();
        match self.across {
            Across::Tables => {
                let tables = book.get::<Conference>(self.conference).and_then(|found| found.tables).unwrap_or(0);
                (1..=tables).map(Column::Table).collect()
            }
            Across::Buyers => all().filter(|who| matches!(who, Away::Partner(_))).map(Column::Person).collect(),
            Across::Businesses => all().filter(|who| matches!(who, Away::Business(_))).map(Column::Person).collect(),
        }
    }

    fn slots(&self, book: &Book) -> Vec<u32> {
        book.get::<Conference>(self.conference).and_then(|found| found.slots().ok()).unwrap_or_default()
    }

    fn under_cursor<'a>(&self, book: &'a Book) -> Option<&'a Meeting> {
        let column = self.columns(book).get(self.column).copied()?;
        in_order(book, self.conference).into_iter().find(|one| is_at(one, self.slot, column))
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, book: &Book) -> Grid {
        let (slots, columns) = (self.slots(book).len(), self.columns(book).len());
        let (down, right) = match (key.code, key.typed()) {
            (Code::Esc, _) => return Grid::Left,
            (Code::Enter, _) => return self.under_cursor(book).map_or(Grid::Nothing, |one| Grid::Look(one.id)),
            (Code::Tab, _) => {
                self.across = match self.across {
                    Across::Tables => Across::Buyers,
                    Across::Buyers => Across::Businesses,
                    Across::Businesses => Across::Tables,
                };
                self.column = 0;
                return Grid::Open;
            }
            (_, Some('a')) => return self.cancel(book, true),
            (_, Some('A')) => return self.cancel(book, false),
            (_, Some('p')) => return Grid::Print,
            (_, Some('x')) => return self.calendar(book),
            (_, Some('P')) => return Grid::Plan(Planning::Anew),
            (_, Some('N')) => return Grid::Plan(Planning::Mend(None)),
            (Code::Up, _) | (_, Some('k')) => (-1, 0),
            (Code::Down, _) | (_, Some('j')) => (1, 0),
            (Code::Left, _) | (_, Some('h')) => (0, -1),
            (Code::Right, _) | (_, Some('l')) => (0, 1),
            (Code::PageUp, _) => (-6, 0),
            (Code::PageDown, _) => (6, 0),
            (Code::Home, _) => (isize::MIN / 2, isize::MIN / 2),
            (Code::End, _) => (isize::MAX / 2, 0),
            _ => return Grid::Open,
        };
        self.slot = window::step(self.slot, down, slots);
        self.column = window::step(self.column, right, columns);
        Grid::Open
    }

    /// The buyer, or our business, of the meeting under the cursor does not come; in a column of a person that person.
    fn cancel(&self, book: &Book, buyer: bool) -> Grid {
        let who = match self.columns(book).get(self.column) {
            Some(Column::Person(who)) => Some(*who),
            _ => self
                .under_cursor(book)
                .and_then(|one| if buyer { one.partner.map(Away::Partner) } else { one.business.map(Away::Business) }),
        };
        who.map_or(Grid::Nothing, |who| Grid::Plan(Planning::Mend(Some(who))))
    }

    /// The meetings of the column under the cursor.
    fn calendar(&self, book: &Book) -> Grid {
        let Some(column) = self.columns(book).get(self.column).copied() else { return Grid::Nothing };
        let slots = 0..self.slots(book).len();
        let of = |one: &&Meeting| slots.clone().any(|slot| is_at(one, slot, column));
        let meetings: Vec<Id> = in_order(book, self.conference).into_iter().filter(of).map(|one| one.id).collect();
        let name = match column {
            Column::Table(table) => format!("table-{table}"),
            Column::Person(Away::Partner(id)) => title(book, Kind::Partner, id, Lang::Vi),
            Column::Person(Away::Business(id)) => title(book, Kind::Business, id, Lang::Vi),
        };
        if meetings.is_empty() { Grid::Nothing } else { Grid::Calendar(meetings, name) }
    }

    /// Puts the cursor on a cell that was clicked.
    pub fn click(&mut self, cell: usize, book: &Book) {
        let columns = self.columns(book).len().max(1);
        (self.slot, self.column) = (cell / columns, cell % columns);
    }

    /// Draws it; hits are cells, row by row.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Hits<usize> {
        let hint = |key: &'static str, vi: &'static str, en: &'static str| {
            Hint::new(key, Words::new(vi, en).in_lang(lang).to_owned())
        };
        let hints = [
            hint("Tab", "bàn/người", "across"),
            hint("a", "bên mua vắng", "buyer absent"),
            hint("A", "đơn vị vắng", "firm absent"),
            hint("P", "xếp", "plan"),
            hint("N", "sửa", "mend"),
            hint("p", "in", "print"),
            hint("x", ".ics", ".ics"),
            hint("Esc", "đóng", "close"),
        ];
        let name = title(book, Kind::Conference, self.conference, lang);
        let heading = match self.across {
            Across::Tables => say!("{name} · theo bàn", "{name} · by tables"),
            Across::Buyers => say!("{name} · theo bên mua", "{name} · by buyers"),
            Across::Businesses => say!("{name} · theo doanh nghiệp", "{name} · by businesses"),
        };
        let heading = match outside(book, self.conference) {
            0 => heading,
            count => say!("{} · {count} nằm ngoài, N: sửa", "{} · {count} outside, N mends"; heading),
        };
        let popup = Popup {
            title: heading.in_lang(lang),
            hints: &hints,
            columns: place.width.saturating_sub(4),
            rows: place.height.saturating_sub(2),
        };
        let (inside, _) = popup.draw(place, buffer, theme);
        let (slots, columns) = (self.slots(book), self.columns(book));
        if slots.is_empty() || columns.is_empty() {
            let none = Words::new("Chưa có cuộc hẹn nào. P: xếp lịch.", "There is no meeting yet. P plans them.");
            ink::put(buffer, ink::row(inside, 0), none.in_lang(lang), Align::Left, theme.style(Role::Muted));
            return Hits::new();
        }
        let grid = Rect { height: inside.height.saturating_sub(2), ..inside };
        let hits = self.draw_cells(grid, buffer, theme, lang, book, (&slots, &columns));
        self.draw_foot(inside, buffer, theme, lang, book);
        hits
    }

    fn draw_cells(
        &self,
        grid: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
        book: &Book,
        (slots, columns): (&[u32], &[Column]),
    ) -> Hits<usize> {
        let mut hits = Hits::new();
        let meetings = in_order(book, self.conference);
        let room = grid.width.saturating_sub(TIME_COLUMNS);
        let wide = usize::from(room / CELL_COLUMNS.0).clamp(1, columns.len());
        let cell_columns = (room / ink::cells(wide)).clamp(CELL_COLUMNS.0, CELL_COLUMNS.1);
        let high = usize::from(grid.height.saturating_sub(1) / CELL_ROWS).max(1);
        let left = window::offset_from_cursor(self.column, wide, columns.len());
        let top = window::offset_from_cursor(self.slot, high, slots.len());
        for (across, (at, column)) in columns.iter().enumerate().skip(left).take(wide).enumerate() {
            let x = grid.x + TIME_COLUMNS + ink::cells(across) * cell_columns;
            let cell = |y: u16| Rect { x, y, width: (cell_columns - 1).min(grid.right().saturating_sub(x)), height: 1 };
            let head = match column {
                Column::Table(table) => say!("Bàn {table}", "Table {table}").in_lang(lang).to_owned(),
                Column::Person(Away::Partner(id)) => short(book, Kind::Partner, Some(*id), lang),
                Column::Person(Away::Business(id)) => short(book, Kind::Business, Some(*id), lang),
            };
            let head_place = cell(grid.y);
            let head_role = if at == self.column { Role::Accent } else { Role::Title };
            ink::put(buffer, head_place, &ink::fit(&head, head_place.width), Align::Left, theme.style(head_role));
            for (down, (slot, begins)) in slots.iter().enumerate().skip(top).take(high).enumerate() {
                let y = grid.y + 1 + ink::cells(down) * CELL_ROWS;
                if across == 0 {
                    let time = Rect { x: grid.x, y, width: TIME_COLUMNS, height: 1 };
                    ink::put(buffer, time, &show_clock(*begins), Align::Left, theme.style(Role::Muted));
                }
                let meeting = meetings.iter().find(|one| is_at(one, slot, *column));
                let is_here = (slot, at) == (self.slot, self.column);
                self.draw_cell(
                    [cell(y), cell(y + 1)],
                    buffer,
                    theme,
                    meeting.map(|one| lines(book, one, *column, lang)),
                    is_here,
                );
                hits.push(Rect { height: CELL_ROWS, ..cell(y) }, slot * columns.len() + at);
            }
        }
        hits
    }

    fn draw_cell(
        &self,
        places: [Rect; 2],
        buffer: &mut Buffer,
        theme: &Theme,
        found: Option<([String; 2], Role)>,
        is_here: bool,
    ) {
        let (texts, role) = found.unwrap_or_else(|| ([String::from("·"), String::new()], Role::Muted));
        for (place, text) in places.into_iter().zip(texts) {
            let style = theme.style(if is_here { Role::Selected } else { role });
            if is_here {
                buffer.set_style(place.intersection(buffer.area), style);
            }
            ink::put(buffer, place, &ink::fit(&text, place.width), Align::Left, style);
        }
    }

    /// The meeting under the cursor in full.
    fn draw_foot(&self, inside: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) {
        let row = ink::row(inside, inside.height.saturating_sub(1));
        let Some(one) = self.under_cursor(book) else { return };
        let name = |kind: Kind, id: Option<Id>| id.map(|id| title(book, kind, id, lang)).unwrap_or_default();
        let (partner, business) = (name(Kind::Partner, one.partner), name(Kind::Business, one.business));
        let text = format!("{partner} · {business} · {}", one.status.words().in_lang(lang));
        ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, theme.style(Role::Text));
    }
}

fn is_at(meeting: &Meeting, slot: usize, column: Column) -> bool {
    let here = meeting.slot.is_some_and(|at| usize::try_from(at - 1) == Ok(slot));
    here && match column {
        Column::Table(table) => meeting.table == Some(table),
        Column::Person(who) => is_of(meeting, who),
    }
}

/// A firm without its legal form, which all have and which tells nobody apart.
fn short(book: &Book, kind: Kind, id: Option<Id>, lang: Lang) -> String {
    id.map(|id| without_form(&title(book, kind, id, lang)).to_owned()).unwrap_or_default()
}

/// What a cell says: at a table who meets, in a person's column whom they meet and where.
fn lines(book: &Book, meeting: &Meeting, column: Column, lang: Lang) -> ([String; 2], Role) {
    let partner = short(book, Kind::Partner, meeting.partner, lang);
    let business = short(book, Kind::Business, meeting.business, lang);
    let table = meeting.table.unwrap_or(0);
    let at = say!("bàn {table}", "table {table}").in_lang(lang).to_owned();
    let texts = match column {
        Column::Table(_) => [partner, business],
        Column::Person(Away::Partner(_)) => [business, at],
        Column::Person(Away::Business(_)) => [partner, at],
    };
    let role = match meeting.status {
        MeetingStatus::Planned => Role::Text,
        MeetingStatus::Held => Role::Good,
        MeetingStatus::Missed => Role::Warn,
    };
    (texts, role)
}
