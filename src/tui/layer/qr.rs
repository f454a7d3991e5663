//! A payment as a code for a bank app, black on white whatever the theme, beside what it says in words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::vietqr::{half_blocks, payload};
use crate::base::words::{Lang, Words};
use crate::domain::view::transfer::Transfer;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;

/// A code to scan.
#[derive(Debug)]
pub struct QrLayer {
    transfer: Transfer,
}

impl QrLayer {
    /// The code of a transfer.
    #[must_use]
    pub const fn new(transfer: Transfer) -> Self {
        Self { transfer }
    }

    /// Draws it over the whole window.
    pub fn draw(&self, whole: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        ink::wipe(buffer, whole, theme.base());
        let code = half_blocks(&payload(self.transfer.asked()), usize::from(whole.height), false).unwrap_or_default();
        let columns = ink::cells(code.first().map_or(0, |line| line.chars().count()));
        let rows = ink::cells(code.len());
        let ink_style = Theme::code();
        let paper = Rect { width: columns.min(whole.width), height: rows.min(whole.height), ..whole };
        for y in paper.top()..paper.bottom() {
            for x in paper.left()..paper.right() {
                buffer[(x, y)].set_char('█').set_style(ink_style);
            }
        }
        for (down, line) in code.iter().enumerate() {
            for (across, block) in line.chars().enumerate() {
                let (x, y) = (paper.x + ink::cells(across), paper.y + ink::cells(down));
                if paper.contains((x, y).into()) {
                    buffer[(x, y)].set_char(block).set_style(ink_style);
                }
            }
        }
        let x = paper.right() + 2;
        let beside = Rect {
            x,
            y: whole.y + 1,
            width: whole.right().saturating_sub(x + 1),
            height: whole.height.saturating_sub(2),
        };
        let mut lines: Vec<(Role, String)> =
            vec![(Role::Title, Words::new("Chuyển khoản", "Bank transfer").in_lang(lang).to_owned())];
        if code.is_empty() {
            let words = Words::new("Cửa sổ quá thấp cho mã QR.", "The window is too low for the code.");
            lines.push((Role::Warn, words.in_lang(lang).to_owned()));
        }
        for (label, text) in self.transfer.lines(lang) {
            lines.push((Role::Muted, label));
            lines.push((Role::Text, text));
        }
        let shown: Vec<paragraph::Paragraph<'_>> = lines.iter().map(|(role, line)| (*role, line.as_str())).collect();
        paragraph::draw(&shown, 0, beside, buffer, theme);
        let foot = Rect { y: whole.bottom().saturating_sub(1), height: 1, x, width: beside.width };
        let hint = Words::new("Esc đóng", "Esc closes");
        ink::put(buffer, foot, hint.in_lang(lang), Align::Left, theme.style(Role::Key));
    }
}
