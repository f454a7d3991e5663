//! A file looked into before anything is stored of it: a bank statement, or the scan of a paper.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::words::{Lang, Words};
use crate::command::FileUse;
use crate::domain::intent::Intent;
use crate::tui::effect::{FileRead, Ticket, Weighed};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// A file that somebody names and looks into.
#[derive(Debug)]
pub struct FileLayer {
    wanted: FileUse,
    path: Field,
    /// The file that is being read.
    pub reading: Option<Ticket>,
    read: Option<FileRead>,
    fault: Option<Words>,
    top: usize,
    /// The act that waits for its outcome.
    pub waiting: Option<Ticket>,
}

/// What a key came to.
#[derive(Debug)]
pub enum Step {
    /// Nothing yet.
    Open,
    /// Read this file.
    Read(FileUse, PathBuf),
    /// Store what was found in it.
    Store(Box<Intent>),
    /// Leave it.
    Left,
}

impl FileLayer {
    /// Asks for a file; scans are known already, and whoever opens it has them read.
    #[must_use]
    pub fn new(wanted: FileUse) -> Self {
        Self { wanted, path: Field::new("", 4_000), reading: None, read: None, fault: None, top: 0, waiting: None }
    }

    /// Takes what was read.
    pub fn arrived(&mut self, read: Result<FileRead, Words>) {
        self.reading = None;
        match read {
            Ok(read) => self.read = Some(read),
            Err(words) => self.fault = Some(words),
        }
    }

    /// Takes why it was not stored.
    pub fn failed(&mut self, words: Words) {
        self.waiting = None;
        self.fault = Some(words);
        self.read = None;
    }

    fn scroll(&mut self, by: isize) {
        let count = self.read.as_ref().map_or(0, |read| read.lines.len());
        self.top = window::step(self.top, by, count);
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str) {
        self.path.paste(text);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Step {
        if self.reading.is_some() || self.waiting.is_some() {
            return if key.code == Code::Esc { Step::Left } else { Step::Open };
        }
        let asks_for_none = matches!(self.wanted, FileUse::Scans(_));
        match (key.code, self.read.is_some()) {
            (Code::Esc | Code::Enter, true) if asks_for_none => return Step::Left,
            (Code::Esc, true) => self.read = None,
            (Code::Esc, false) => return Step::Left,
            (Code::Down, true) => self.scroll(1),
            (Code::Up, true) => self.scroll(-1),
            (Code::PageDown, true) => self.scroll(10),
            (Code::PageUp, true) => self.scroll(-10),
            (Code::Enter, true) => {
                let intent = self.read.as_ref().and_then(|read| read.intent.clone());
                return intent.map_or(Step::Left, |intent| Step::Store(Box::new(intent)));
            }
            (Code::Enter, false) => {
                let written = self.path.value().trim();
                if written.is_empty() {
                    self.fault = Some(Words::new("Ghi tên tệp trước.", "Name the file first."));
                    return Step::Open;
                }
                let path = PathBuf::from(written);
                (self.fault, self.top) = (None, 0);
                return Step::Read(self.wanted.clone(), path);
            }
            (_, false) => {
                self.path.key(key);
                self.fault = None;
            }
            (_, true) => {}
        }
        Step::Open
    }

    /// Draws it and tells where the terminal's cursor belongs.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Option<Position> {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
        let hints = match &self.read {
            Some(read) if read.intent.is_some() => {
                vec![
                    Hint::new("Enter", words("ghi vào sổ", "store")),
                    Hint::new("↑↓", words("cuộn", "scroll")),
                    Hint::new("Esc", words("quay lại", "back")),
                ]
            }
            Some(_) if matches!(self.wanted, FileUse::Scans(_)) => {
                vec![Hint::new("↑↓", words("cuộn", "scroll")), Hint::new("Esc", words("đóng", "close"))]
            }
            Some(_) => vec![Hint::new("↑↓", words("cuộn", "scroll")), Hint::new("Esc", words("quay lại", "back"))],
            None => {
                vec![Hint::new("Enter", words("xem trước", "look into it")), Hint::new("Esc", words("đóng", "close"))]
            }
        };
        let (title, about) = (self.wanted.title(), self.wanted.about());
        // As high as what there is to read, long lines broken once.
        let lines = self.read.as_ref().map_or(0, |read| ink::cells(2 * read.lines.len()));
        let rows = place.height.saturating_sub(4).min(30).min(lines).max(6);
        let popup =
            Popup { title: title.in_lang(lang), hints: &hints, columns: place.width.saturating_sub(6).min(110), rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        if let Some(read) = &self.read {
            let lines = read.lines.iter().map(|(weighed, words)| (role(*weighed), words.in_lang(lang)));
            paragraph::draw(&lines.collect::<Vec<_>>(), self.top, inside, buffer, theme);
            return None;
        }
        if matches!(self.wanted, FileUse::Scans(_)) {
            let words = Words::new("Đang đọc…", "Reading…");
            paragraph::draw(&[(Role::Notice, words.in_lang(lang))], 0, inside, buffer, theme);
            return None;
        }
        let line = ink::row(inside, 0);
        let label = ink::put(buffer, line, &words("Tệp  ", "File  "), Align::Left, theme.style(Role::Accent));
        let room = Rect { x: label.right(), width: line.right().saturating_sub(label.right()), ..line };
        let cursor = self.path.draw(room, buffer, theme, true, self.fault.is_some());
        let below = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
        let (role, said) = match (&self.fault, self.reading.is_some()) {
            (Some(fault), _) => (Role::Bad, fault.clone()),
            (None, true) => (Role::Notice, Words::new("Đang đọc…", "Reading…")),
            (None, false) => (Role::Muted, about),
        };
        paragraph::draw(&[(role, said.in_lang(lang))], 0, below, buffer, theme);
        cursor
    }
}

const fn role(weighed: Weighed) -> Role {
    match weighed {
        Weighed::Title => Role::Title,
        Weighed::Good => Role::Good,
        Weighed::Doubt => Role::Warn,
        Weighed::Bad => Role::Bad,
        Weighed::Plain => Role::Muted,
    }
}
