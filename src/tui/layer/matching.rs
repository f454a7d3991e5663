//! The businesses that fit a buyer's request, the best first, with the reasons of the one under the cursor; marked ones are
//! introduced in one key.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::command::introduce;
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::matching::{Match, Weight};
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::say;
use crate::tui::effect::Ticket;
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::layer::text::text_columns;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// The rows of reasons below the list.
const REASON_ROWS: u16 = 9;
/// A page of the list.
const PAGE: isize = 8;

/// What a key came to.
#[derive(Debug)]
pub enum Matched {
    /// Nothing yet.
    Open,
    /// Introductions to be stored.
    Introduce(Box<Intent>),
    /// The business under the cursor, to be looked at.
    Look(Id),
    /// It is left.
    Left,
}

/// The ranked list of one request.
#[derive(Debug)]
pub struct MatchLayer {
    request: Id,
    found: Vec<Match>,
    cursor: usize,
    marks: BTreeSet<Id>,
    /// The act that waits for its outcome.
    pub waiting: Option<Ticket>,
}

impl MatchLayer {
    /// What was found for a request, the best under the cursor.
    #[must_use]
    pub const fn new(request: Id, found: Vec<Match>) -> Self {
        Self { request, found, cursor: 0, marks: BTreeSet::new(), waiting: None }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, today: Date, lang: Lang) -> Matched {
        let by = match (key.code, key.typed()) {
            (Code::Esc, _) => return Matched::Left,
            (Code::Enter, _) => return self.introduce(today, lang),
            (_, Some(' ')) => {
                self.mark();
                1
            }
            (_, Some('o')) => return self.under_cursor().map_or(Matched::Open, |one| Matched::Look(one.business)),
            (Code::Up, _) | (_, Some('k')) => -1,
            (Code::Down, _) | (_, Some('j')) => 1,
            (Code::PageUp, _) => -PAGE,
            (Code::PageDown, _) => PAGE,
            (Code::Home, _) | (_, Some('g')) => isize::MIN / 2,
            (Code::End, _) | (_, Some('G')) => isize::MAX / 2,
            _ => return Matched::Open,
        };
        self.cursor = window::step(self.cursor, by, self.found.len());
        Matched::Open
    }

    /// Puts the cursor on a line that was clicked.
    pub const fn click(&mut self, line: usize) {
        self.cursor = line;
    }

    fn under_cursor(&self) -> Option<&Match> {
        self.found.get(self.cursor)
    }

    fn mark(&mut self) {
        let Some(one) = self.under_cursor().filter(|one| one.known.is_none()) else { return };
        let business = one.business;
        if !self.marks.remove(&business) {
            self.marks.insert(business);
        }
    }

    /// The marked businesses in their order, else the one under the cursor.
    fn introduce(&self, today: Date, lang: Lang) -> Matched {
        let marked = self.found.iter().map(|one| one.business).filter(|id| self.marks.contains(id));
        let mut businesses: Vec<Id> = marked.collect();
        if businesses.is_empty() {
            businesses.extend(self.under_cursor().map(|one| one.business));
        }
        if businesses.is_empty() || self.waiting.is_some() {
            return Matched::Open;
        }
        Matched::Introduce(Box::new(introduce(self.request, businesses, today, lang)))
    }

    /// Draws it; hits are lines.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Hits<usize> {
        let hint = |key: &'static str, vi: &'static str, en: &'static str| {
            Hint::new(key, Words::new(vi, en).in_lang(lang).to_owned())
        };
        let hints = [
            hint("Space", "đánh dấu", "mark"),
            hint("Enter", "giới thiệu", "introduce"),
            hint("o", "xem đơn vị", "see business"),
            hint("Esc", "đóng", "close"),
        ];
        let (count, name) = (self.found.len(), title(book, Kind::Lead, self.request, lang));
        let heading = say!("{count} đơn vị phù hợp · {name}", "{count} businesses fit · {name}");
        let columns = text_columns(place.width);
        let rows = place.height.saturating_sub(3);
        let heading = ink::fit(heading.in_lang(lang), columns.saturating_sub(2)).into_owned();
        let popup = Popup { title: &heading, hints: &hints, columns, rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        if self.found.is_empty() {
            let words = Words::new(
                "Không có sản phẩm nào trong sổ giống mặt hàng cần. Ghi mặt hàng ngắn hơn, hoặc nhập thêm sản phẩm.",
                "No product on file is like the goods wanted. Name them more shortly, or bring in more products.",
            );
            paragraph::draw(&[(Role::Muted, words.in_lang(lang))], 0, inside, buffer, theme);
            return Hits::new();
        }
        let list = Rect { height: inside.height.saturating_sub(REASON_ROWS), ..inside };
        let hits = self.draw_list(list, buffer, theme, lang, book);
        let below = Rect { y: list.bottom(), height: inside.height - list.height, ..inside };
        self.draw_reasons(below, buffer, theme, lang);
        hits
    }

    fn draw_list(&self, list: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Hits<usize> {
        let mut hits = Hits::new();
        let height = usize::from(list.height);
        let offset = window::offset_from_cursor(self.cursor, height, self.found.len());
        for (down, (at, one)) in self.found.iter().enumerate().skip(offset).take(height).enumerate() {
            let row = ink::row(list, ink::cells(down));
            let box_of = match (one.known, self.marks.contains(&one.business)) {
                (Some(_), _) => " ✓ ",
                (None, true) => "[x]",
                (None, false) => "[ ]",
            };
            let role = match (at == self.cursor, one.known.is_some(), one.is_whole()) {
                (true, ..) => Role::Selected,
                (_, true, _) => Role::Muted,
                (_, _, true) => Role::Good,
                _ => Role::Text,
            };
            if at == self.cursor {
                buffer.set_style(row, theme.style(role));
            }
            let business = title(book, Kind::Business, one.business, lang);
            let product = title(book, Kind::Product, one.product, lang);
            let text = format!("{box_of} {:>3}  {product} · {business}", one.points());
            ink::put(buffer, row, &ink::fit(&text, row.width), Align::Left, theme.style(role));
            hits.push(row, at);
        }
        hits
    }

    fn draw_reasons(&self, below: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let Some(one) = self.under_cursor() else { return };
        let mut lines: Vec<(Role, String)> = vec![(Role::Muted, "─".repeat(usize::from(below.width)))];
        if one.known.is_some() {
            let words = Words::new(
                "Đã biết nhau về mặt hàng này: không giới thiệu lần nữa.",
                "They know each other for these goods: not introduced again.",
            );
            lines.push((Role::Notice, words.in_lang(lang).to_owned()));
        }
        for finding in &one.findings {
            let (role, sign) = match finding.weight() {
                Weight::Good => (Role::Text, "+"),
                Weight::Unknown => (Role::Muted, "?"),
                Weight::Lacking => (Role::Warn, "!"),
            };
            lines.push((role, format!("{sign} {} ({:+})", finding.words().in_lang(lang), finding.points())));
        }
        let lines: Vec<paragraph::Paragraph<'_>> = lines.iter().map(|(role, line)| (*role, line.as_str())).collect();
        paragraph::draw(&lines, 0, below, buffer, theme);
    }
}
