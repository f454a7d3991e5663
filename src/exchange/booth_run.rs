//! What is typed to lay booths, `A01..A12 3x3 row y=0 gap=0`.

use crate::base::booth_code::Numbered;
use crate::base::words::Words;
use crate::domain::geometry::Polygon;
use crate::say;

/// Most booths that one text lays. The largest halls have a few thousand.
pub const BOOTHS_MAX: usize = 5_000;

/// The longest side, distance or gap, in centimetres: one kilometre.
const LENGTH_MAX_CM: u32 = 100_000;

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
    /// The code of the hall, when one was named.
    pub hall: Option<String>,
    /// Turned clockwise about the middle of each booth, in degrees.
    pub turn: u16,
    /// The corners from the booth's own left upper corner, when it is no rectangle.
    pub outline: Option<Polygon>,
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
/// `column`, a kind, `corners`, `hall=`, `turn=` (degrees) and `outline=` (corners joined by `/`):
/// `B1..B6 4,5x3 x=12 y=3.5 gap=0.5 column hall=N1`. What has spaces stands in quotes: `"F-010 E-019" 6x3`.
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
    let (mut inside, mut quoted) = (false, false);
    for (column, c) in (first_column..).zip(item.chars()) {
        if c == '"' {
            quoted = !quoted;
        } else if (c.is_whitespace() && !quoted) || c.is_control() {
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
        hall: None,
        turn: 0,
        outline: None,
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
            "hall" => run.hall = word.split_once('=').map(|(_, hall)| hall.to_owned()).filter(|hall| !hall.is_empty()),
            "turn" => {
                let turn = value.parse::<u16>().ok().filter(|turn| *turn < 360);
                run.turn =
                    turn.ok_or_else(|| at.fault(word, Words::new("góc từ 0 đến 359", "an angle from 0 to 359")))?;
            }
            "outline" => {
                let outline = Polygon::read(&value.replace('/', " ")).ok();
                let expected = || Words::new("các góc như outline=0,0/3,0/0,3", "corners such as outline=0,0/3,0/0,3");
                run.outline = Some(outline.ok_or_else(|| at.fault(word, expected()))?);
            }
            _ => {
                return Err(at.fault(
                    word,
                    Words::new("x=, y=, gap=, hall=, turn= hoặc outline=", "x=, y=, gap=, hall=, turn= or outline="),
                ));
            }
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
            hall: None,
            turn: 0,
            outline: None,
        };
        assert_eq!(runs[1], expected);
        assert_eq!(runs[2].kind, Some(RunKind::Island));
        assert_eq!(read_booth_runs("8..11 3x3").unwrap()[0].codes, ["8", "9", "10", "11"]);
        let runs = read_booth_runs("\"F-010 E-019\" 3x3 hall=\"Nhà 1\" turn=45 outline=0,0/3,0/0,3").unwrap();
        assert_eq!(
            (runs[0].codes[0].as_str(), runs[0].hall.as_deref(), runs[0].turn),
            ("F-010 E-019", Some("Nhà 1"), 45)
        );
        assert_eq!(runs[0].outline.as_ref().map(Polygon::area_cm2), Some(45_000));
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

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in any::<String>(), near in "[A-C0-9.x=,;# \nrow-]{0,40}") {
            for text in [text, near] {
                let _ = read_booth_runs(&text).map_err(|fault| fault.words());
            }
        }
    }
}
