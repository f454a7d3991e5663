//! A bar that is filled as far as its parts go: of a budget what is paid, what is committed and what is free.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{self, Align};
use crate::tui::theme::{Role, Theme};

/// One part of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// How much, in the unit of the whole.
    pub amount: u64,
    /// How it looks.
    pub role: Role,
    /// One narrow sign that fills it; parts that stand side by side have different ones.
    pub sign: &'a str,
}

/// The sign of what is done.
pub const FULL: &str = "━";
/// The sign of what is promised.
pub const PROMISED: &str = "╍";
/// The sign of what is left.
pub const REST: &str = "─";

/// Draws the parts side by side in one row, the rest of `whole` as a thin line, and a label at the right. A part that
/// is not nothing has at least one cell while there is one to have; parts beyond the whole share its length.
pub fn draw(parts: &[Part<'_>], whole: u64, label: &str, place: Rect, buffer: &mut Buffer, theme: &Theme) {
    let place = ink::row(place, 0).intersection(buffer.area);
    let shown = ink::put(buffer, place, label, Align::Right, theme.style(Role::Text));
    let gap = u16::from(shown.width > 0);
    let bar = Rect { width: place.width.saturating_sub(shown.width.saturating_add(gap)), ..place };
    let amounts: Vec<u64> = parts.iter().map(|part| part.amount).collect();
    let mut x = bar.x;
    for (part, columns) in parts.iter().zip(shares(&amounts, whole, bar.width)) {
        ink::fill(buffer, Rect { x, width: columns, ..bar }, part.sign, theme.style(part.role));
        x = x.saturating_add(columns);
    }
    ink::fill(buffer, Rect { x, width: bar.right().saturating_sub(x), ..bar }, REST, theme.style(Role::Muted));
}

/// How many of `columns` each part takes; together never more than all.
#[must_use]
pub fn shares(parts: &[u64], whole: u64, columns: u16) -> Vec<u16> {
    let sum: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    let whole = u128::from(whole).max(sum).max(1);
    let mut left = columns;
    let mut before = 0u128;
    let mut shares = Vec::with_capacity(parts.len());
    for part in parts {
        // Each part ends where the sum up to it ends, so that roundings do not add up.
        let start = before * u128::from(columns) / whole;
        before += u128::from(*part);
        let end = before * u128::from(columns) / whole;
        let wanted = u16::try_from(end - start).unwrap_or(columns).max(u16::from(*part > 0));
        let got = wanted.min(left);
        left -= got;
        shares.push(got);
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ink::tests::{any_place, any_text, picture};
    use super::*;

    fn budget(paid: u64, promised: u64, whole: u64) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 1));
        let parts = [
            Part { amount: paid, role: Role::Good, sign: FULL },
            Part { amount: promised, role: Role::Warn, sign: PROMISED },
        ];
        let area = buffer.area;
        draw(&parts, whole, "còn 50%", area, &mut buffer, &Theme::default());
        picture(&buffer).remove(0)
    }

    #[test]
    fn parts_are_as_long_as_their_share() {
        assert_eq!(budget(25, 25, 100), "━━━━╍╍╍╍──────── còn 50%");
        assert_eq!(budget(0, 0, 100), "──────────────── còn 50%");
        assert_eq!(budget(1, 0, 1_000_000), "━─────────────── còn 50%");
        assert_eq!(budget(100, 100, 100), "━━━━━━━━╍╍╍╍╍╍╍╍ còn 50%");
        assert_eq!(budget(0, 0, 0), "──────────────── còn 50%");
    }

    proptest! {
        #[test]
        fn parts_never_outgrow_the_bar(parts in proptest::collection::vec(any::<u64>(), 0..6), whole: u64, columns: u16) {
            let shares = shares(&parts, whole, columns);
            prop_assert!(shares.iter().map(|share| u32::from(*share)).sum::<u32>() <= u32::from(columns));
        }

        #[test]
        fn no_size_is_too_small((whole, place) in any_place(), text in any_text(), amount: u64) {
            let part = Part { amount, role: Role::Bad, sign: FULL };
            draw(&[part, part], amount, &text, place, &mut Buffer::empty(whole), &Theme::default());
        }
    }
}
