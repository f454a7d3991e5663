//! Small charts in a cell, where people look rather than read: a bar, a line of days, a shade. They are letters, so that screen,
//! shell and paper show the same; the figure always stands beside them.

/// The eighths of a column, from one to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/// The heights of a column, the lowest first.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Shades, the lightest first.
const SHADES: [&str; 5] = ["··", "░░", "▒▒", "▓▓", "██"];
/// How long the longest bar is.
const BAR_COLUMNS: i128 = 16;

/// A bar as long as its share of the largest; something that is there has at least the thinnest.
#[must_use]
pub fn bar(part: i64, most: i64) -> String {
    if part <= 0 || most <= 0 {
        return String::new();
    }
    let eighths = (i128::from(part) * BAR_COLUMNS * 8 / i128::from(most)).clamp(1, BAR_COLUMNS * 8);
    let whole = usize::try_from(eighths / 8).unwrap_or(0);
    let rest = usize::try_from(eighths % 8).unwrap_or(0);
    let rest = rest.checked_sub(1).and_then(|rest| EIGHTHS.get(rest));
    "█".repeat(whole) + &rest.map(char::to_string).unwrap_or_default()
}

/// One column for each amount, as high as its share of the largest; `None` is a gap.
#[must_use]
pub fn line(amounts: &[Option<i64>]) -> String {
    let most = amounts.iter().flatten().copied().max().unwrap_or(0);
    amounts.iter().map(|amount| amount.map_or(' ', |amount| height(amount, most))).collect()
}

fn height(amount: i64, most: i64) -> char {
    let last = HEIGHTS.len() - 1;
    let step = if most <= 0 { 0 } else { i128::from(amount.max(0)) * last as i128 / i128::from(most) };
    HEIGHTS.get(usize::try_from(step).unwrap_or(0).min(last)).copied().unwrap_or(' ')
}

/// A shade as dark as its share of the largest; nothing at all has the lightest.
#[must_use]
pub fn shade(amount: i64, most: i64) -> &'static str {
    let last = SHADES.len() - 1;
    let step =
        if most <= 0 || amount <= 0 { 0 } else { 1 + i128::from(amount) * (last as i128 - 1) / i128::from(most) };
    SHADES.get(usize::try_from(step).unwrap_or(0).min(last)).copied().unwrap_or("··")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_chart_shows_shares() {
        assert_eq!(bar(10, 10), "█".repeat(16));
        assert_eq!(bar(5, 10), "█".repeat(8));
        assert_eq!((bar(1, 1_000_000).as_str(), bar(0, 10).as_str(), bar(3, 0).as_str()), ("▏", "", ""));
        assert_eq!(line(&[Some(0), None, Some(50), Some(100)]), "▁ ▄█");
        assert_eq!((shade(0, 9), shade(1, 9), shade(9, 9)), ("··", "░░", "██"));
    }

    proptest! {
        #[test]
        fn more_is_never_drawn_smaller(one: i64, other: i64, most: i64) {
            let (small, large) = (one.min(other), one.max(other));
            let eighths = |text: String| text.chars().fold(0, |sum, sign| {
                sum + EIGHTHS.iter().position(|eighth| *eighth == sign).map_or(8, |at| at + 1)
            });
            prop_assert!(eighths(bar(small, most)) <= eighths(bar(large, most)));
            prop_assert!(bar(large, most).chars().count() <= 16);
            let step = |amount| SHADES.iter().position(|sign| *sign == shade(amount, most));
            prop_assert!(step(small) <= step(large));
            prop_assert_eq!(line(&[Some(small), Some(large)]).chars().count(), 2);
        }
    }
}
