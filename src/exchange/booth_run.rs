//! What is typed to lay booths, `A01..A12 3x3 row y=0 gap=0`, and booth codes as people write them in lists.

use crate::base::words::Words;
use crate::say;

/// Most booths that one text lays. The largest halls have a few thousand.
pub const BOOTHS_MAX: usize = 5_000;

/// The longest side, distance or gap, in centimetres: one kilometre.
const LENGTH_MAX_CM: u32 = 100_000;

/// Most codes that a range in a list stands for; `M12-2024` is a code, not two thousand booths.
const LISTED_RANGE_MAX: u32 = 200;

/// The direction in which a run of booths goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Along {
    /// One beside the other.
    #[default]
    Row,
    /// One below the other.
    Column,
}

/// The kind of booth that was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// One open side.
    Inline,
    /// Two open sides.
    Corner,
    /// Three open sides.
    Peninsula,
    /// Four open sides.
    Island,
    /// Bare floor.
    Raw,
    /// A table.
    Table,
}

/// Booths of one size laid in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoothRun {
    /// The codes in order; numbers keep the zeros in front of them.
    pub codes: Vec<String>,
    /// The side along the front, in centimetres.
    pub width_cm: u32,
    /// The other side, in centimetres.
    pub depth_cm: u32,
    /// Where the run begins, from the left, in centimetres.
    pub x_cm: Option<u32>,
    /// Where the run begins, from the top, in centimetres.
    pub y_cm: Option<u32>,
    /// The space between two booths, in centimetres.
    pub gap_cm: u32,
    /// The direction.
    pub along: Along,
    /// The kind, when one was named.
    pub kind: Option<RunKind>,
    /// True when the first and the last booth are corner booths.
    pub corners: bool,
}

/// Where a text stops being booths, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {found:?}")]
pub struct RunFault {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What stands there; empty at the end of an item.
    pub found: String,
    /// What was expected.
    pub expected: Words,
}

impl RunFault {
    /// Where it went wrong and what to write.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { line, column, found, expected } = self;
        if found.is_empty() {
            say!(
                "Dòng {line}, ký tự {column}: còn thiếu {}.", "Line {line}, character {column}: {} is missing.";
                expected
            )
        } else {
            say!(
                "Dòng {line}, ký tự {column}: “{found}” không hiểu được, cần {}.",
                "Line {line}, character {column}: “{found}” is not understood, expected {}.";
                expected
            )
        }
    }
}

/// Reads items separated by `;` or line ends; what follows `#` on a line is a comment.
///
/// An item is one code or a range, a size in metres, then in any order `x=`, `y=`, `gap=` (metres, `,` or `.`), `row` or
/// `column`, a kind, and `corners`: `B1..B6 4,5x3 x=12 y=3.5 gap=0.5 column`.
///
/// # Errors
///
/// The first place that is not understood.
pub fn read_booth_runs(text: &str) -> Result<Vec<BoothRun>, RunFault> {
    let mut runs = Vec::new();
    let mut laid = 0;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.split('#').next().unwrap_or_default();
        let mut column = 1;
        for item in content.split(';') {
            let words = words_of(item, line, column);
            if !words.is_empty() {
                let run = read_run(&words, At { line, column: column + item.trim_end().chars().count() })?;
                laid += run.codes.len();
                if laid > BOOTHS_MAX {
                    return Err(words.first().map_or(At { line, column }, |(at, _)| *at).fault(
                        item.trim(),
                        say!("không quá {BOOTHS_MAX} gian hàng một lần", "at most {BOOTHS_MAX} booths at a time"),
                    ));
                }
                runs.push(run);
            }
            column += item.chars().count() + 1;
        }
    }
    Ok(runs)
}

#[derive(Clone, Copy)]
struct At {
    line: usize,
    column: usize,
}

impl At {
    fn fault(self, found: &str, expected: Words) -> RunFault {
        RunFault { line: self.line, column: self.column, found: found.chars().take(40).collect(), expected }
    }
}

fn words_of(item: &str, line: usize, first_column: usize) -> Vec<(At, String)> {
    let mut words: Vec<(At, String)> = Vec::new();
    let mut inside = false;
    for (column, c) in (first_column..).zip(item.chars()) {
        if c.is_whitespace() || c.is_control() {
            inside = false;
        } else if let (true, Some((_, word))) = (inside, words.last_mut()) {
            word.push(c);
        } else {
            words.push((At { line, column }, c.to_string()));
            inside = true;
        }
    }
    words
}

fn read_run(words: &[(At, String)], end: At) -> Result<BoothRun, RunFault> {
    let mut words = words.iter();
    let next = |word: Option<&(At, String)>| word.map_or((end, String::new()), |(at, word)| (*at, word.clone()));
    let (at, word) = next(words.next());
    let codes = read_codes(&word, at)?;
    let (at, word) = next(words.next());
    let size = word.to_lowercase().replace('×', "x");
    let sides = size.split_once('x').and_then(|(width, depth)| Some((read_cm(width)?, read_cm(depth)?)));
    let Some((width_cm, depth_cm)) = sides.filter(|(width, depth)| *width > 0 && *depth > 0) else {
        return Err(at.fault(&word, Words::new("kích thước như 3x3 (mét)", "a size such as 3x3 (metres)")));
    };
    let mut run = BoothRun {
        codes,
        width_cm,
        depth_cm,
        x_cm: None,
        y_cm: None,
        gap_cm: 0,
        along: Along::Row,
        kind: None,
        corners: false,
    };
    for (at, word) in words {
        read_option(&mut run, &word.to_lowercase(), word, *at)?;
    }
    Ok(run)
}

fn read_option(run: &mut BoothRun, lower: &str, word: &str, at: At) -> Result<(), RunFault> {
    if let Some((name, value)) = lower.split_once('=') {
        let length = || {
            let column = at.column + name.chars().count() + 1;
            let expected = Words::new("độ dài bằng mét như 3,5", "a length in metres such as 3.5");
            read_cm(value).ok_or_else(|| At { column, ..at }.fault(value, expected))
        };
        match name {
            "x" => run.x_cm = Some(length()?),
            "y" => run.y_cm = Some(length()?),
            "gap" => run.gap_cm = length()?,
            _ => return Err(at.fault(word, Words::new("x=, y= hoặc gap=", "x=, y= or gap="))),
        }
        return Ok(());
    }
    match lower {
        "row" => run.along = Along::Row,
        "column" => run.along = Along::Column,
        "corners" => run.corners = true,
        "inline" => run.kind = Some(RunKind::Inline),
        "corner" => run.kind = Some(RunKind::Corner),
        "peninsula" => run.kind = Some(RunKind::Peninsula),
        "island" => run.kind = Some(RunKind::Island),
        "raw" => run.kind = Some(RunKind::Raw),
        "table" => run.kind = Some(RunKind::Table),
        _ => {
            return Err(at.fault(
                word,
                Words::new(
                    "row, column, x=, y=, gap=, corners hoặc loại gian: inline, corner, peninsula, island, raw, table",
                    "row, column, x=, y=, gap=, corners or a kind: inline, corner, peninsula, island, raw, table",
                ),
            ));
        }
    }
    Ok(())
}

/// Metres with at most two decimals, as centimetres.
fn read_cm(text: &str) -> Option<u32> {
    let text = text.strip_suffix('m').unwrap_or(text);
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let hundredths = part.parse::<u32>().ok()? * if part.len() == 1 { 10 } else { 1 };
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths).filter(|cm| *cm <= LENGTH_MAX_CM)
}

fn read_codes(word: &str, at: At) -> Result<Vec<String>, RunFault> {
    let Some((first, last)) = word.split_once("..") else {
        return if word.chars().any(char::is_alphanumeric) && !word.contains('=') {
            Ok(vec![word.to_owned()])
        } else {
            Err(at.fault(word, Words::new("mã gian như A01 hoặc A01..A12", "a code such as A01 or A01..A12")))
        };
    };
    let most = u32::try_from(BOOTHS_MAX).unwrap_or(u32::MAX);
    let range = Numbered::read(first).zip(Numbered::read(last)).and_then(|(first, last)| first.up_to(&last, most));
    range.ok_or_else(|| {
        at.fault(
            word,
            Words::new(
                "dãy mã cùng chữ, số tăng dần, như A01..A12",
                "a range of codes with the same letters and rising numbers, such as A01..A12",
            ),
        )
    })
}

/// A code cut at its last number: `W`, `079`, `A`.
struct Numbered<'a> {
    before: &'a str,
    digits: &'a str,
    number: u32,
    after: &'a str,
}

impl<'a> Numbered<'a> {
    fn read(code: &'a str) -> Option<Self> {
        let end = code.rfind(|c: char| c.is_ascii_digit())? + 1;
        let (front, after) = code.split_at_checked(end)?;
        let start = front.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, digits) = front.split_at_checked(start)?;
        Some(Self { before, digits, number: digits.parse().ok()?, after })
    }

    /// The codes from this one to `last`, which may leave out what both begin with; at most `most` of them.
    fn up_to(&self, last: &Self, most: u32) -> Option<Vec<String>> {
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
}

/// A code as it is compared: capitals, no spaces, hyphens or dots, so that `F-010`, `F010` and `f 010` are one.
///
/// Between two digits a separator stays, as a hyphen: `10-1` is not `101`. Zeros stay.
#[must_use]
pub fn normal_code(code: &str) -> String {
    let upper: String = super::sheet::clean(code).to_uppercase();
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
/// range stays one code; no code is given twice.
#[must_use]
pub fn split_codes(text: &str) -> Vec<String> {
    let text = super::sheet::clean(text).replace(['–', '—'], "-");
    let mut codes: Vec<String> = Vec::new();
    let mut before = String::new();
    for piece in text.split([',', ';', '/', '\n', '&', '+']).flat_map(words_with_digits) {
        // `J2/3`: a bare number takes the letters of the code before it, unless it has zeros of its own to show.
        let bare = piece.starts_with(|c: char| c.is_ascii_digit()) && !before.is_empty() && !piece.starts_with('0');
        let piece = if bare { format!("{before}{piece}") } else { piece };
        let listed = piece.split_once('-').and_then(|_| listed_range(&piece)).unwrap_or_else(|| vec![piece]);
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
    fn runs_are_read_as_they_are_typed() {
        let text =
            "A01..A12 3x3 row y=0 gap=0 # lối vào\nB1..B6 4,5x3 x=12 y=3.5 gap=0.5 column corners; C5 6×6 island\n\n";
        let runs = read_booth_runs(text).unwrap();
        assert_eq!(runs.iter().map(|run| run.codes.len()).collect::<Vec<_>>(), [12, 6, 1]);
        assert_eq!((runs[0].codes[0].as_str(), runs[0].codes[11].as_str(), runs[0].y_cm), ("A01", "A12", Some(0)));
        let expected = BoothRun {
            codes: ["B1", "B2", "B3", "B4", "B5", "B6"].map(String::from).into(),
            width_cm: 450,
            depth_cm: 300,
            x_cm: Some(1_200),
            y_cm: Some(350),
            gap_cm: 50,
            along: Along::Column,
            kind: None,
            corners: true,
        };
        assert_eq!(runs[1], expected);
        assert_eq!(runs[2].kind, Some(RunKind::Island));
        assert_eq!(read_booth_runs("8..11 3x3").unwrap()[0].codes, ["8", "9", "10", "11"]);
    }

    #[test]
    fn faults_name_the_place() {
        let place =
            |text: &str| read_booth_runs(text).map_err(|fault| (fault.line, fault.column, fault.found)).unwrap_err();
        assert_eq!(place("A1..A3"), (1, 7, String::new()));
        assert_eq!(place("A1 3x3; B1 3y3"), (1, 12, "3y3".to_owned()));
        assert_eq!(place("# đầu\nA1 3x3 gap=a"), (2, 12, "a".to_owned()));
        assert_eq!(place("A9..A3 3x3"), (1, 1, "A9..A3".to_owned()));
        assert_eq!(place("A1..A99999 3x3"), (1, 1, "A1..A99999".to_owned()));
        assert_eq!(place("A1 3x3 wide"), (1, 8, "wide".to_owned()));
        assert!(read_booth_runs("A1").unwrap_err().words().vi.contains("còn thiếu"));
    }

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
            assert_eq!(split_codes(text).join(" "), codes, "{text}");
        }
        assert_eq!(split_codes("f 010"), ["f 010"]);
    }

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in any::<String>(), near in "[A-C0-9.x=,;# \nrow-]{0,40}") {
            for text in [text, near] {
                let _ = read_booth_runs(&text).map_err(|fault| fault.words());
                let once = normal_code(&text);
                prop_assert_eq!(normal_code(&once), once);
                let _ = split_codes(&text);
            }
        }
    }
}
