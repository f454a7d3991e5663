//! How a form is drawn: its lines under the headings of their groups, offers below the line under the cursor, refusals.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{FormHit, FormLayer, is_secret};
use crate::base::words::{Lang, Words};
use crate::domain::field::Need;
use crate::domain::refusal::Refusal;
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::layer::offers::advice;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// How many offers stand below a field.
const OFFERS_MAX: usize = 6;

impl FormLayer {
    /// Draws it; hits are lines and offers.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> (Hits<FormHit>, Option<Position>) {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
        if let (Some(writer), Some(line)) = (&self.writing, self.lines.get(self.focus)) {
            let label = line.description.label();
            let cursor = writer.draw((label.in_lang(lang), &self.example), place, buffer, theme, lang);
            return (Hits::new(), cursor);
        }
        if let (Some(order), Some(line)) = (&self.ordering, self.lines.get(self.focus)) {
            order.draw(line.description.label().in_lang(lang), place, buffer, theme, lang);
            return (Hits::new(), None);
        }
        let mut hints = vec![
            Hint::new("Tab", words("ô sau", "next")),
            Hint::new("Ctrl+S", words("lưu", "save")),
            Hint::new("Esc", words("đóng, giữ nháp", "close, keep draft")),
        ];
        if self.takes_lines() {
            hints.insert(1, Hint::new("Ctrl+E", words("nhiều dòng", "several lines")));
        }
        let columns = place.width.saturating_sub(8).min(88);
        // The example stands below the lines where there is room for all of both.
        let steps = ink::cells(self.example.steps.len() + 1);
        let rows = self.rows();
        // Offers stand below their line rather than over what is said of the records.
        let room_for_offers = if self.form.about.is_empty() { 0 } else { 4 };
        let (least, most) = (ink::cells(rows.len() + 3 + room_for_offers), place.height.saturating_sub(2));
        let shown = if !self.example.is_empty() && least + steps <= most { steps } else { 0 };
        let popup =
            Popup { title: self.form.title.in_lang(lang), hints: &hints, columns, rows: (least + shown).min(most) };
        let (inside, _) = popup.draw(place, buffer, theme);
        let label_width = self.label_width(lang, inside.width);
        let below = Rect { y: inside.bottom().saturating_sub(shown), height: shown, ..inside };
        self.example.draw(below, buffer, theme);
        let inside = Rect { height: inside.height.saturating_sub(shown), ..inside };
        let foot_rows = self.foot_rows(inside.width, lang).min(inside.height / 2).max(2).min(inside.height);
        let foot = Rect { y: inside.bottom().saturating_sub(foot_rows), height: foot_rows, ..inside };
        let body = Rect { height: inside.height.saturating_sub(foot_rows), ..inside };
        let focus = rows.iter().position(|row| matches!(row, Row::Line(at) if *at == self.focus)).unwrap_or(0);
        let offset = window::offset_from_cursor(focus, usize::from(body.height), rows.len());
        let (mut hits, mut cursor) = (Hits::new(), None);
        let (above, below) = (offset > 0, offset + usize::from(body.height) < rows.len());
        for (down, row) in rows.iter().skip(offset).take(usize::from(body.height)).enumerate() {
            let place = ink::row(body, ink::cells(down));
            match row {
                Row::Heading(words) => {
                    ink::put(buffer, place, words.in_lang(lang), Align::Left, theme.style(Role::Title));
                }
                Row::Told(words) => {
                    let text = ink::fit(words.in_lang(lang), place.width);
                    ink::put(buffer, place, &text, Align::Left, theme.style(Role::Accent));
                }
                Row::Line(at) => {
                    let found = self.draw_line(*at, place, label_width, buffer, theme, lang);
                    cursor = cursor.or(found);
                    hits.push(place, FormHit::Line(*at));
                }
            }
        }
        for (there, row, sign) in [(above, 0, "▴"), (below, body.height.saturating_sub(1), "▾")] {
            if there {
                ink::put(buffer, ink::row(body, row), sign, Align::Right, theme.style(Role::Accent));
            }
        }
        self.draw_foot(foot, buffer, theme, lang);
        if self.offering() && !self.offers.is_empty() {
            let line = ink::cells(focus.saturating_sub(offset) + 1);
            self.draw_offers(body, line, label_width, buffer, theme, &mut hits);
        }
        (hits, cursor)
    }

    /// The lines with the headings of their groups; a group of which nothing is typed has none.
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.form.about.iter().cloned().map(Row::Told).collect();
        let mut told = 0;
        for (at, line) in self.lines.iter().enumerate() {
            let begun = self.form.fields.get(told..=line.place).unwrap_or_default();
            let group = begun.iter().rev().find_map(|field| field.group);
            rows.extend(group.map(|(vi, en)| Row::Heading(Words::new(vi, en))));
            told = line.place + 1;
            rows.push(Row::Line(at));
        }
        rows
    }

    fn label_width(&self, lang: Lang, room: u16) -> u16 {
        let widest =
            self.lines.iter().map(|line| ink::width(line.description.label().in_lang(lang))).max().unwrap_or(0);
        (ink::cells(widest + 3) + self.indent()).min(room / 2)
    }

    /// Lines stand below their headings a little to the right.
    fn indent(&self) -> u16 {
        u16::from(self.lines.iter().any(|line| line.description.group.is_some()))
    }

    fn draw_line(
        &self,
        at: usize,
        row: Rect,
        label_width: u16,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> Option<Position> {
        let line = &self.lines[at];
        let focused = at == self.focus;
        let label = line.description.label();
        let needed = if line.description.need == Need::Required { " *" } else { "" };
        let role = if focused { Role::Accent } else { Role::Text };
        let left = Rect { x: row.x + self.indent(), width: label_width.saturating_sub(self.indent()), ..row };
        ink::put(buffer, left, &format!("{}{needed}", label.in_lang(lang)), Align::Left, theme.style(role));
        let right = Rect { x: row.x + label_width, width: row.width.saturating_sub(label_width), ..row };
        match &line.refusal {
            // Away from the cursor a refusal takes the room beside the text; at the cursor it stands at the foot.
            Some(refusal) if !focused => {
                let half = right.width / 2;
                line.input.draw(Rect { width: half, ..right }, buffer, theme, false, true);
                let beside = Rect { x: right.x + half + 1, width: right.width.saturating_sub(half + 1), ..right };
                ink::put(
                    buffer,
                    beside,
                    &ink::fit(refusal.what.in_lang(lang), beside.width),
                    Align::Left,
                    theme.style(Role::Bad),
                );
                None
            }
            refusal if is_secret(line.description) => {
                let mut dots = Field::new(&"•".repeat(line.input.value().chars().count()), 400);
                dots.key(Key::plain(Code::End));
                dots.draw(right, buffer, theme, focused, refusal.is_some())
            }
            refusal => line.input.draw(right, buffer, theme, focused, refusal.is_some()),
        }
    }

    /// The refusal at the cursor, else the one about the whole.
    fn told(&self) -> Option<&Refusal> {
        let here = self.lines.get(self.focus).and_then(|line| line.refusal.as_ref());
        here.or(self.refusal.as_ref())
    }

    /// How many rows the foot takes: a refusal is read whole.
    fn foot_rows(&self, columns: u16, lang: Lang) -> u16 {
        let rows = self.told().map(|refusal| paragraph::height(&told_lines(refusal, lang), columns));
        ink::cells(rows.unwrap_or(2))
    }

    /// The refusal, else what the line under the cursor takes.
    fn draw_foot(&self, foot: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        match self.told() {
            Some(refusal) => {
                paragraph::draw(&told_lines(refusal, lang), 0, foot, buffer, theme);
            }
            None => {
                let (role, said) = match &self.alike {
                    Some(alike) => (Role::Warn, alike.in_lang(lang)),
                    None if self.example.fault => (Role::Bad, self.example.line.as_str()),
                    None => (Role::Accent, self.example.line.as_str()),
                };
                let said = ink::fit(said, foot.width);
                ink::put(buffer, ink::row(foot, 0), &said, Align::Left, theme.style(role));
                if let Some(line) = self.lines.get(self.focus) {
                    let advice = advice(line.description);
                    ink::put(
                        buffer,
                        ink::row(foot, 1),
                        &ink::fit(advice.in_lang(lang), foot.width),
                        Align::Left,
                        theme.style(Role::Muted),
                    );
                }
            }
        }
    }

    fn draw_offers(
        &self,
        body: Rect,
        below: u16,
        label_width: u16,
        buffer: &mut Buffer,
        theme: &Theme,
        hits: &mut Hits<FormHit>,
    ) {
        let count = ink::cells(self.offers.len().min(OFFERS_MAX));
        let above = below > count && below + count > body.height + 1;
        let first = if above { below - 1 - count } else { below };
        let cursor = self.offer.unwrap_or(0);
        let skip = cursor.saturating_sub(OFFERS_MAX - 1);
        for (down, (at, offer)) in self.offers.iter().enumerate().skip(skip).take(OFFERS_MAX).enumerate() {
            let row = Rect {
                x: body.x + label_width,
                y: body.y + first + ink::cells(down),
                width: body.width.saturating_sub(label_width),
                height: 1,
            };
            if row.y >= body.bottom() {
                break;
            }
            let style =
                if self.offer == Some(at) { theme.style(Role::Selected) } else { theme.style(Role::SelectedIdle) };
            ink::wipe(buffer, row, theme.base().patch(style));
            ink::put(buffer, row, &ink::fit(&offer.words, row.width), Align::Left, theme.base().patch(style));
            hits.push(row, FormHit::Offer(at));
        }
    }
}

fn told_lines(refusal: &Refusal, lang: Lang) -> [paragraph::Paragraph<'_>; 2] {
    [(Role::Bad, refusal.what.in_lang(lang)), (Role::Notice, refusal.fix.in_lang(lang))]
}

/// One row of a form as it is drawn.
enum Row {
    /// What the form says of the records it is about.
    Told(Words),
    /// The heading of a group.
    Heading(Words),
    /// The line at this place.
    Line(usize),
}
