//! The command palette: every command by its name in either language, with its key, and why it cannot run now.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::search::Query;
use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::command::{COMMANDS, Command, Here, Scope};
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// The palette.
#[derive(Debug)]
pub struct Palette {
    field: Field,
    /// Those that fit what was typed.
    shown: Vec<usize>,
    cursor: usize,
}

/// What a key came to.
pub enum Picked {
    /// Nothing yet.
    Open,
    /// This command.
    Run(&'static Command),
    /// None.
    Left,
}

impl Palette {
    /// All commands that belong to the place, those of the kind in focus first.
    #[must_use]
    pub fn new(scopes: &[Scope]) -> Self {
        let mut palette = Self { field: Field::new("", 80), shown: Vec::new(), cursor: 0 };
        palette.refill(scopes);
        palette
    }

    fn refill(&mut self, scopes: &[Scope]) {
        let query = Query::new(self.field.value());
        let fits = |command: &Command| {
            let words = format!("{} {} {} {}", command.title.vi, command.title.en, command.doc.vi, command.doc.en);
            query.matches(&fold(&words))
        };
        let mut shown: Vec<usize> = (0..COMMANDS.len())
            .filter(|place| scopes.contains(&COMMANDS[*place].scope) && fits(COMMANDS[*place]))
            .collect();
        let named = |place: &usize| {
            let command = COMMANDS[*place];
            let title = fold(&format!("{} {}", command.title.vi, command.title.en));
            let scope = scopes.iter().position(|scope| *scope == command.scope).unwrap_or(usize::MAX);
            (!query.matches(&title), scope, *place)
        };
        shown.sort_by_key(named);
        self.shown = shown;
        self.cursor = 0;
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, scopes: &[Scope]) -> Picked {
        match key.code {
            Code::Esc => return Picked::Left,
            Code::Enter => {
                return self.shown.get(self.cursor).map_or(Picked::Open, |place| Picked::Run(COMMANDS[*place]));
            }
            Code::Up => self.cursor = window::step(self.cursor, -1, self.shown.len()),
            Code::Down => self.cursor = window::step(self.cursor, 1, self.shown.len()),
            Code::PageUp => self.cursor = window::step(self.cursor, -10, self.shown.len()),
            Code::PageDown => self.cursor = window::step(self.cursor, 10, self.shown.len()),
            _ => {
                self.field.key(key);
                self.refill(scopes);
            }
        }
        Picked::Open
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str, scopes: &[Scope]) {
        self.field.paste(text);
        self.refill(scopes);
    }

    /// The command at a line that was clicked.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<&'static Command> {
        self.shown.get(line).map(|place| COMMANDS[*place])
    }

    /// Draws it; hits are lines.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
        here: &Here<'_>,
    ) -> (Hits<usize>, Option<Position>) {
        let hints = [
            Hint::new("Enter", Words::new("chạy", "run").in_lang(lang).to_owned()),
            Hint::new("Esc", Words::new("bỏ", "cancel").in_lang(lang).to_owned()),
        ];
        let title = Words::new("Lệnh", "Commands");
        let rows = place.height.saturating_sub(6).min(18);
        let popup = Popup { title: title.in_lang(lang), hints: &hints, columns: 76, rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        let cursor = self.field.draw(ink::row(inside, 0), buffer, theme, true, false);
        let height = usize::from(inside.height.saturating_sub(1));
        let offset = window::offset_from_cursor(self.cursor, height, self.shown.len());
        let mut hits = Hits::new();
        for (line, at) in (offset..self.shown.len()).take(height).enumerate() {
            let command = COMMANDS[self.shown[at]];
            let row = ink::row(inside, ink::cells(line + 1));
            draw_command(command, row, at == self.cursor, buffer, theme, lang, here);
            hits.push(row, at);
        }
        (hits, cursor)
    }
}

fn draw_command(
    command: &Command,
    row: Rect,
    under_cursor: bool,
    buffer: &mut Buffer,
    theme: &Theme,
    lang: Lang,
    here: &Here<'_>,
) {
    let refused = (command.run)(here).err();
    let style = match (under_cursor, &refused) {
        (true, _) => theme.style(Role::Selected),
        (false, Some(_)) => theme.style(Role::Muted),
        (false, None) => theme.style(Role::Text),
    };
    if under_cursor {
        buffer.set_style(row, style);
    }
    let key = command.keys.first().and_then(|key| key.parse::<Key>().ok()).map(Key::show).unwrap_or_default();
    let right = ink::put(buffer, row, &key, Align::Right, if under_cursor { style } else { theme.style(Role::Key) });
    let title = command.title.in_lang(lang);
    let left = Rect { width: row.width.saturating_sub(right.width + 1), ..row };
    let shown = ink::put(buffer, left, title, Align::Left, style);
    let rest = Rect { x: shown.right() + 2, width: left.right().saturating_sub(shown.right() + 2), ..left };
    let doc = refused.as_ref().unwrap_or(&command.doc).in_lang(lang);
    let style = if under_cursor { style } else { theme.style(Role::Muted) };
    ink::put(buffer, rest, &ink::fit(doc, rest.width), Align::Left, style);
}
