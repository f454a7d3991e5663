//! The order of a fair's aims in placing: each with what it means, moved up and down by keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::field::Value;
use crate::domain::placing::Tier;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// An order being changed.
#[derive(Debug)]
pub struct Order {
    tiers: Vec<Tier>,
    cursor: usize,
}

impl Order {
    /// The order that a text says; the usual one where it says none.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { tiers: Tier::read_order(text).unwrap_or_else(|_| Tier::USUAL.to_vec()), cursor: 0 }
    }

    /// The order as it is stored: nothing for the usual one.
    #[must_use]
    pub fn value(&self) -> Value {
        if self.tiers == Tier::USUAL { Value::Empty } else { Value::Text(Text::new(&Tier::write_order(&self.tiers))) }
    }

    /// Takes a key; false when the order is done.
    pub fn key(&mut self, key: Key) -> bool {
        let last = self.tiers.len().saturating_sub(1);
        match (key.code, key.typed()) {
            (Code::Esc | Code::Enter | Code::Tab, _) => return false,
            (Code::Up, _) | (_, Some('k')) => self.cursor = window::step(self.cursor, -1, self.tiers.len()),
            (Code::Down, _) | (_, Some('j')) => self.cursor = window::step(self.cursor, 1, self.tiers.len()),
            (Code::Home, _) => self.cursor = 0,
            (Code::End, _) => self.cursor = last,
            (_, Some('+' | '=')) => self.carry(self.cursor.saturating_sub(1)),
            (_, Some('-')) => self.carry((self.cursor + 1).min(last)),
            (_, Some('0')) => self.tiers = Tier::USUAL.to_vec(),
            (_, Some(digit @ '1'..='9')) => {
                let place = digit.to_digit(10).map_or(0, |digit| digit as usize - 1);
                self.carry(place.min(last));
            }
            _ if key == Key::ctrl('s') => return false,
            _ => {}
        }
        true
    }

    /// Puts the aim under the cursor at another place.
    fn carry(&mut self, to: usize) {
        if self.cursor < self.tiers.len() {
            let tier = self.tiers.remove(self.cursor);
            self.tiers.insert(to, tier);
            self.cursor = to;
        }
    }

    /// Draws it.
    pub fn draw(&self, title: &str, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
        let hints = [
            Hint::new("↑↓", words("chọn", "choose")),
            Hint::new("+ -", words("lên, xuống", "up, down")),
            Hint::new("0", words("như thường", "usual order")),
            Hint::new("Enter", words("xong", "done")),
        ];
        let columns = place.width.saturating_sub(8).min(88);
        let rows = ink::cells(self.tiers.len() + 3);
        let (inside, _) = Popup { title, hints: &hints, columns, rows }.draw(place, buffer, theme);
        let told = Words::new(
            "Mục tiêu ở trên luôn thắng mọi mục tiêu ở dưới cộng lại.",
            "A higher aim always outweighs all lower ones together.",
        );
        ink::put(buffer, ink::row(inside, 0), told.in_lang(lang), Align::Left, theme.style(Role::Muted));
        let widest = self.tiers.iter().map(|tier| ink::width(tier.words().in_lang(lang))).max().unwrap_or(0);
        let (list, beside) = (Rect { y: inside.y + 2, ..inside }, ink::cells(widest + 6));
        let room = usize::from(inside.height.saturating_sub(2));
        let offset = window::offset_from_cursor(self.cursor, room, self.tiers.len());
        for (down, (at, tier)) in self.tiers.iter().enumerate().skip(offset).take(room).enumerate() {
            let row = ink::row(list, ink::cells(down));
            let is_here = at == self.cursor;
            let (role, about) = if is_here { (Role::Selected, Role::Selected) } else { (Role::Text, Role::Muted) };
            if is_here {
                buffer.set_style(row, theme.style(role));
            }
            let text = format!(" {}  {}", at + 1, tier.words().in_lang(lang));
            ink::put(buffer, row, &text, Align::Left, theme.style(role));
            let right = Rect { x: row.x + beside, width: row.width.saturating_sub(beside), ..row };
            let about_words = tier.about();
            let fitted = ink::fit(about_words.in_lang(lang), right.width);
            ink::put(buffer, right, &fitted, Align::Left, theme.style(about));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aim_goes_up_down_and_to_a_number_and_the_usual_order_is_none() {
        let mut order = Order::of("");
        assert_eq!(order.value(), Value::Empty);
        order.key(Key::plain(Code::Down));
        order.key(Key::plain(Code::Down));
        order.key(Key::plain(Code::Char('+')));
        assert_eq!(order.value().as_text(), "placed, zone");
        order.key(Key::plain(Code::Char('7')));
        assert_eq!(order.value().as_text(), "placed, priority, apart, beside, wishes, quality");
        order.key(Key::plain(Code::Char('0')));
        assert_eq!(order.value(), Value::Empty);
        assert!(!order.key(Key::plain(Code::Enter)));
    }
}
