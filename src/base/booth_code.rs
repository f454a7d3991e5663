//! Booth codes as people write them: `F-010 E-019`, `M12-14`, `W76-79A`, `J2/3`, `005`, `라-2`.

use crate::base::text::Text;

/// Most codes that a range in a list stands for; `M12-2024` is a code, not two thousand booths.
const LISTED_RANGE_MAX: u32 = 200;

/// A code cut at its last number: `W`, `079`, `A`.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'a> {
    before: &'a str,
    digits: &'a str,
    number: u32,
    after: &'a str,
}

impl<'a> Numbered<'a> {
    /// Cuts a code; none without a number.
    #[must_use]
    pub fn read(code: &'a str) -> Option<Self> {
        let end = code.rfind(|c: char| c.is_ascii_digit())? + 1;
        let (front, after) = code.split_at_checked(end)?;
        let start = front.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, digits) = front.split_at_checked(start)?;
        Some(Self { before, digits, number: digits.parse().ok()?, after })
    }

    /// The codes from this one to `last`, which may leave out what both begin with; at most `most` of them.
    #[must_use]
    pub fn up_to(&self, last: &Self, most: u32) -> Option<Vec<String>> {
        let same = |a: &str, b: &str| a.to_uppercase() == b.to_uppercase();
        let alike = same(self.before, last.before) || last.before.is_empty();
        let steps = last.number.checked_sub(self.number).filter(|steps| *steps < most)?;
        if !alike
            || !(self.after.is_empty() || same(self.after, last.after))
            || (steps == 0 && last.after != self.after)
        {
            return None;
        }
        let width = if self.digits.starts_with('0') { self.digits.len() } else { 1 };
        let code = |number: u32| {
            let after = if number == last.number { last.after } else { self.after };
            format!("{}{number:0width$}{after}", self.before)
        };
        Some((self.number..=last.number).map(code).collect())
    }

    /// The code so many numbers further on; zeros in front stay.
    #[must_use]
    pub fn plus(&self, steps: i64) -> String {
        let width = self.digits.len();
        let number = i64::from(self.number).saturating_add(steps).max(0);
        let width = if self.digits.starts_with('0') { width } else { 1 };
        format!("{}{number:0width$}{}", self.before, self.after)
    }
}

/// A code as it is compared: capitals, no spaces, hyphens or dots, so that `F-010`, `F010` and `f 010` are one.
///
/// Between two digits a separator stays, as a hyphen: `10-1` is not `101`. Zeros stay.
#[must_use]
pub fn normal_code(code: &str) -> String {
    let upper: String = Text::lines(code).as_str().to_uppercase();
    let mut normal = String::with_capacity(upper.len());
    let mut separated = false;
    for c in upper.chars() {
        if c.is_alphanumeric() || c == '/' {
            if separated && c.is_ascii_digit() && normal.ends_with(|last: char| last.is_ascii_digit()) {
                normal.push('-');
            }
            normal.push(c);
            separated = false;
        } else {
            separated = true;
        }
    }
    normal
}

/// The codes that a list cell names: `M12-14` is three, `J2/3` is `J2` and `J3`, `F-010 E-019` is two. What is no
/// range stays one code; no code is given twice. What `is_known` of the plan is not taken apart (`10-1`, `F010/E019`).
#[must_use]
pub fn codes_in(text: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let text = Text::lines(text).as_str().replace(['–', '—'], "-");
    if is_known(text.trim()) {
        return vec![text.trim().to_owned()];
    }
    let mut codes: Vec<String> = Vec::new();
    let mut before = String::new();
    let at_commas = text.split([',', ';', '\n', '&', '+']);
    let known_apart = at_commas.flat_map(|part| known_apart(part, is_known));
    let at_slashes = known_apart.flat_map(|part| match is_known(&part) {
        true => vec![part],
        false => part.split('/').map(str::to_owned).collect(),
    });
    for piece in at_slashes.flat_map(|part| words_with_digits(&part)) {
        // `J2/3`: a bare number takes the letters of the code before it, unless it has zeros of its own to show.
        let bare = piece.starts_with(|c: char| c.is_ascii_digit()) && !before.is_empty() && !piece.starts_with('0');
        let bare = bare && !is_known(&piece);
        let piece = if bare { format!("{before}{piece}") } else { piece };
        let range = piece.contains('-') && !is_known(&piece);
        let listed = range.then(|| listed_range(&piece)).flatten().unwrap_or_else(|| vec![piece]);
        if let Some(numbered) = listed.last().and_then(|code| Numbered::read(code)) {
            before =
                if numbered.before.ends_with(|c: char| c.is_alphabetic()) { numbered.before } else { "" }.to_owned();
        }
        for code in listed {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes
}

/// Cuts out the words that the plan has whole and that hold a slash, which would else be taken apart at it.
fn known_apart(part: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<String> {
    if is_known(part.trim()) {
        return vec![part.trim().to_owned()];
    }
    let mut parts = vec![String::new()];
    for word in part.split_whitespace() {
        if word.contains('/') && is_known(word) {
            parts.extend([word.to_owned(), String::new()]);
        } else if let Some(open) = parts.last_mut() {
            open.push_str(word);
            open.push(' ');
        }
    }
    parts
}

/// Cuts at spaces, but keeps together what is one code with a space in it (`f 010`) and ranges with spaces (`M12 - 14`).
fn words_with_digits(piece: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = String::new();
    let together = piece.split_whitespace().collect::<Vec<_>>().join(" ").replace(" - ", "-");
    for word in together.split(' ').filter(|word| !matches!(word.to_lowercase().as_str(), "" | "và" | "and")) {
        open.push_str(word);
        if word.chars().any(|c| c.is_ascii_digit()) {
            words.push(std::mem::take(&mut open));
        } else {
            open.push(' ');
        }
    }
    if !open.trim().is_empty() {
        words.push(open.trim().to_owned());
    }
    words
}

fn listed_range(piece: &str) -> Option<Vec<String>> {
    let (first, last) = piece.rsplit_once('-')?;
    let (first, last) = (Numbered::read(first.trim())?, Numbered::read(last.trim())?);
    if last.digits.len() < first.digits.len() && first.digits.starts_with('0') {
        return None;
    }
    first.up_to(&last, LISTED_RANGE_MAX).filter(|codes| codes.len() > 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_compare_as_people_write_them() {
        assert_eq!(["F-010", "F010", "f 010", "F.010"].map(normal_code), ["F010"; 4]);
        assert_eq!(["005", "라-2", "10-1", "101"].map(normal_code), ["005", "라2", "10-1", "101"]);
    }

    #[test]
    fn lists_of_codes_are_taken_apart() {
        for (text, codes) in [
            ("F010/E019", "F010 E019"),
            ("F-010 E-019", "F-010 E-019"),
            ("M12-14", "M12 M13 M14"),
            ("M12 - M14", "M12 M13 M14"),
            ("W23-25, W28-29", "W23 W24 W25 W28 W29"),
            ("T1, T2, T3 và T4", "T1 T2 T3 T4"),
            ("J2/3", "J2 J3"),
            ("W76-79A", "W76 W77 W78 W79A"),
            ("A08-10", "A08 A09 A10"),
            ("005", "005"),
            ("라-2", "라-2"),
            ("10-1", "10-1"),
            ("A1, A1", "A1"),
            ("", ""),
        ] {
            assert_eq!(codes_in(text, &|_| false).join(" "), codes, "{text}");
        }
        assert_eq!(codes_in("f 010", &|_| false), ["f 010"]);
    }

    #[test]
    fn what_the_plan_has_whole_is_not_taken_apart() {
        let known = |code: &str| ["F010/E019", "M12-14", "J2", "3"].contains(&code);
        assert_eq!(codes_in("F010/E019", &known), ["F010/E019"]);
        assert_eq!(codes_in("F010/E019, M12-14", &known), ["F010/E019", "M12-14"]);
        assert_eq!(codes_in("J2/3", &known), ["J2", "3"]);
        assert_eq!(codes_in("F010/E019 T1/2", &known), ["F010/E019", "T1", "T2"]);
    }

    #[test]
    fn numbers_go_on_as_they_are_written() {
        let plus = |code: &str, steps| Numbered::read(code).map(|number| number.plus(steps)).unwrap_or_default();
        assert_eq!(
            [plus("A01", 9), plus("B-9", 1), plus("W079A", 2), plus("N1-098", 3)],
            ["A10", "B-10", "W081A", "N1-101"]
        );
    }

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in any::<String>(), near in "[A-C0-9.x=,;# \nrow-]{0,40}") {
            for text in [text, near] {
                let once = normal_code(&text);
                prop_assert_eq!(normal_code(&once), once);
                let _ = codes_in(&text, &|_| false);
                let _ = codes_in(&text, &|code| code.len() % 2 == 0);
            }
        }
    }
}
