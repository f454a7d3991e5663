//! What the colours of the map mean, how many booths are of each, and by what they are coloured.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::Role;
use crate::tui::widget::ink::{self, Align};

use super::{Floor, Look};

/// Draws the legend into one row; where it is short, the words of the last entries give way first.
pub fn draw(floor: &Floor, row: Rect, buffer: &mut Buffer, look: Look<'_>) {
    let theme = look.theme;
    let day = floor.chosen_day.map(|day| format!(" ( ) {} ", crate::base::dates::show_date(day))).unwrap_or_default();
    let how = format!("{day} z: {} ", floor.colouring.words().in_lang(look.lang));
    let right = ink::put(buffer, row, &how, Align::Right, theme.style(Role::Key));
    let mut entries: Vec<Entry> = floor
        .shading
        .classes
        .iter()
        .filter(|class| class.count > 0)
        .map(|class| Entry {
            role: class.role,
            sample: format!(" {} ", class.sign),
            text: format!(" {} {}  ", class.words.in_lang(look.lang), class.count),
            short: format!(" {} ", class.count),
        })
        .collect();
    let room = usize::from(right.x.saturating_sub(row.x + 1));
    let wide =
        |entries: &[Entry]| entries.iter().map(|entry| ink::width(&entry.sample) + ink::width(&entry.text)).sum();
    for at in (0..entries.len()).rev() {
        let all: usize = wide(&entries);
        if all <= room + 2 {
            break;
        }
        if let Some(entry) = entries.get_mut(at) {
            entry.text = std::mem::take(&mut entry.short);
        }
    }
    let mut x = row.x + 1;
    for entry in entries {
        let place = Rect { x, width: right.x.saturating_sub(x), ..row };
        x = ink::put(buffer, place, &entry.sample, Align::Left, theme.style(entry.role)).right();
        let place = Rect { x, width: right.x.saturating_sub(x), ..row };
        x = ink::put(buffer, place, &entry.text, Align::Left, theme.style(Role::Text)).right();
    }
}

/// One class as it is written.
struct Entry {
    role: Role,
    sample: String,
    text: String,
    /// What stands there instead of the text where room is short.
    short: String,
}
