//! Leads taken down at the stand: one line of typing, shown as it is understood before it is stored; the next line follows
//! at once, for the same firm.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::capture::told::Tone;
use crate::domain::capture::{Captured, Stand, read};
use crate::domain::intent::Intent;
use crate::domain::refusal::Refusal;
use crate::tui::effect::Ticket;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;

/// Columns of the labels.
const LABEL_COLUMNS: u16 = 15;
/// The longest line that is taken.
const LINE_CHARS: usize = 400;

/// What a key came to.
#[derive(Debug)]
pub enum Taken {
    /// Nothing yet.
    Open,
    /// A lead to be stored.
    Store(Box<Intent>),
    /// It is left.
    Left,
}

/// The line in the making.
#[derive(Debug)]
pub struct Capture {
    at: Stand,
    field: Field,
    found: Captured,
    /// Which of the partners with a like name was picked.
    picked: Option<usize>,
    refusal: Option<Refusal>,
    /// The line that is being stored; what is typed meanwhile is the next one.
    sent: Option<(String, Captured)>,
    /// What was typed while a line was stored that was refused: it comes again once that line is settled.
    typed_on: String,
    /// How many were stored since it was opened.
    stored: usize,
    /// The act that waits for its outcome.
    pub waiting: Option<Ticket>,
}

impl Capture {
    /// An empty line for a firm at a fair.
    #[must_use]
    pub fn new(at: Stand) -> Self {
        Self {
            at,
            field: Field::new("", LINE_CHARS),
            found: Captured::default(),
            picked: None,
            refusal: None,
            sent: None,
            typed_on: String::new(),
            stored: 0,
            waiting: None,
        }
    }

    /// The firm for which the next line is.
    #[must_use]
    pub const fn business(&self) -> Option<Id> {
        self.at.business
    }

    /// Goes on with a line that was left.
    pub fn go_on(&mut self, line: &str, book: &Book, lang: Lang) {
        self.field.set(line);
        self.understand(book, lang);
    }

    /// The line as far as it is typed, to go on with another time.
    #[must_use]
    pub fn line(&self) -> &str {
        self.field.value()
    }

    fn understand(&mut self, book: &Book, lang: Lang) {
        self.found = read(book, self.field.value(), self.at, lang);
        self.picked = None;
        self.refusal = None;
    }

    fn meant(&self, book: &Book) -> Captured {
        match self.picked.and_then(|place| self.found.alike.get(place)) {
            Some(partner) => self.found.clone().with_partner(book, self.at.fair, *partner),
            None => self.found.clone(),
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, book: &Book, lang: Lang) -> Taken {
        match key.code {
            Code::Esc => return Taken::Left,
            Code::Down | Code::Tab if !self.found.alike.is_empty() => {
                let next = self.picked.map_or(0, |place| place + 1);
                self.picked = (next < self.found.alike.len()).then_some(next);
            }
            Code::Up if !self.found.alike.is_empty() => {
                self.picked = match self.picked {
                    None => Some(self.found.alike.len() - 1),
                    Some(place) => place.checked_sub(1),
                };
            }
            Code::Enter if self.waiting.is_some() || self.field.value().trim().is_empty() => {}
            Code::Enter => match self.meant(book).intent(self.at.fair) {
                Ok(intent) => {
                    self.sent = Some((self.field.value().to_owned(), std::mem::take(&mut self.found)));
                    self.field.set("");
                    (self.picked, self.refusal) = (None, None);
                    return Taken::Store(Box::new(intent));
                }
                Err(refusal) => self.refusal = Some(refusal),
            },
            _ => {
                self.field.key(key);
                self.understand(book, lang);
            }
        }
        Taken::Open
    }

    /// A paste goes into the line.
    pub fn paste(&mut self, text: &str, book: &Book, lang: Lang) {
        self.field.paste(text);
        self.understand(book, lang);
    }

    /// The line is stored; the next one, as far as it is typed, is for the same firm.
    pub fn done(&mut self, book: &Book, lang: Lang) {
        let business = self.sent.take().and_then(|(_, found)| found.business);
        self.at.business = business.or(self.at.business);
        self.waiting = None;
        self.stored += 1;
        let next = format!("{}{}", std::mem::take(&mut self.typed_on), self.field.value());
        self.go_on(&next, book, lang);
    }

    /// The line was not stored and stands as it was, with the reason; what was typed after it comes again later.
    pub fn put_back(&mut self, refusal: Option<Refusal>) {
        self.waiting = None;
        self.refusal = refusal;
        if let Some((line, found)) = self.sent.take() {
            self.typed_on.push_str(self.field.value());
            self.field.set(&line);
            self.found = found;
        }
    }

    /// Draws it and tells where the terminal's cursor belongs.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang, book: &Book) -> Option<Position> {
        let hints = [
            Hint::new("Enter", Words::new("ghi", "store").in_lang(lang).to_owned()),
            Hint::new("↓", Words::new("đối tác giống tên", "partner of a like name").in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("xong", "done").in_lang(lang).to_owned()),
        ];
        let name = match self.stored {
            0 => Words::new("Ghi nhanh đầu mối", "Take down a lead"),
            count => crate::say!("Ghi nhanh đầu mối · đã ghi {count}", "Take down a lead · {count} stored"),
        };
        let popup = Popup { title: name.in_lang(lang), hints: &hints, columns: 76, rows: 14 };
        let (inside, _) = popup.draw(place, buffer, theme);
        let form = Words::new(
            "[DOANH NGHIỆP >] đối tác | hàng | sản lượng | việc tiếp và ngày | @người | số máy",
            "[OUR FIRM >] partner | goods | volume | next step and day | @person | phone",
        );
        ink::put(buffer, ink::row(inside, 0), form.in_lang(lang), Align::Left, theme.style(Role::Muted));
        let cursor = self.field.draw(ink::row(inside, 1), buffer, theme, true, false);
        for (line, part) in (3..).zip(self.meant(book).told(book, self.at, lang)) {
            let row = ink::row(inside, line);
            let label = Rect { width: LABEL_COLUMNS.min(row.width), ..row };
            ink::put(buffer, label, &part.label, Align::Left, theme.style(Role::Muted));
            let room = Rect { x: label.right(), width: row.width.saturating_sub(LABEL_COLUMNS), ..row };
            let role = match part.tone {
                Tone::Plain => Role::Text,
                Tone::Known => Role::Good,
                Tone::New => Role::Accent,
                Tone::Doubt => Role::Warn,
            };
            ink::put(buffer, room, &ink::fit(&part.text, room.width), Align::Left, theme.style(role));
        }
        if let Some(refusal) = &self.refusal {
            let text = format!("! {} {}", refusal.what.in_lang(lang), refusal.fix.in_lang(lang));
            let rows = Rect { y: inside.y + 12, height: inside.height.saturating_sub(12), ..inside };
            paragraph::draw(&[(Role::Bad, &text)], 0, rows, buffer, theme);
        }
        cursor
    }
}
