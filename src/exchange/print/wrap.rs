//! Breaking text into lines by the widths of its letters.

use super::document::{Run, Style};
use super::font::Face;

/// The face of a style in documents.
#[must_use]
pub const fn face(style: Style) -> Face {
    match style {
        Style::Plain => Face::Serif,
        Style::Bold => Face::SerifBold,
        Style::Italic => Face::SerifItalic,
    }
}

/// A word: pieces without blanks between.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Its pieces, in their styles.
    pub pieces: Vec<Run>,
    /// How wide it is.
    pub width: f32,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its words.
    pub words: Vec<Word>,
    /// How wide it is with one blank between words.
    pub width: f32,
    /// True when the text ends here or a break was asked for.
    pub last: bool,
}

/// Breaks text into lines no wider than `first` for the first and `width` for the others. A word that is wider is broken.
#[must_use]
pub fn wrap(runs: &[Run], size: f32, first: f32, width: f32) -> Vec<Line> {
    let blank = Face::Serif.width(" ", size);
    let mut lines = Vec::new();
    for part in split_lines(runs) {
        let mut line = Line::default();
        for word in words(&part, size) {
            for word in fitting(word, size, width.min(first)) {
                let room = if lines.is_empty() { first } else { width };
                let wider = line.width + if line.words.is_empty() { 0.0 } else { blank } + word.width;
                if wider > room && !line.words.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    line.width = word.width;
                } else {
                    line.width = wider;
                }
                line.words.push(word);
            }
        }
        line.last = true;
        lines.push(line);
    }
    lines
}

/// The runs of each line that a break ends.
fn split_lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (at, text) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Run { style: run.style, text: text.to_owned() });
            }
        }
    }
    lines
}

fn words(runs: &[Run], size: f32) -> Vec<Word> {
    let mut words: Vec<Word> = vec![Word::default()];
    for run in runs {
        for (at, text) in run.text.split(' ').enumerate() {
            if at > 0 && words.last().is_some_and(|word| !word.pieces.is_empty()) {
                words.push(Word::default());
            }
            if let Some(word) = words.last_mut().filter(|_| !text.is_empty()) {
                word.width += face(run.style).width(text, size);
                word.pieces.push(Run { style: run.style, text: text.to_owned() });
            }
        }
    }
    words.retain(|word| !word.pieces.is_empty());
    words
}

/// The word, or parts of it when no line can hold it: a code at its hyphens; a link, a digest, an account anywhere.
fn fitting(word: Word, size: f32, width: f32) -> Vec<Word> {
    if word.width <= width {
        return vec![word];
    }
    if let [Run { style, text }] = word.pieces.as_slice()
        && let Some((at, _)) = text.rmatch_indices(['-', '/']).find(|(at, _)| *at > 0 && at + 1 < text.len())
    {
        let part = |text: &str| Word {
            width: face(*style).width(text, size),
            pieces: vec![Run { style: *style, text: text.to_owned() }],
        };
        let (before, after) = text.split_at(at + 1);
        return [before, after].into_iter().flat_map(|text| fitting(part(text), size, width)).collect();
    }
    let mut parts = vec![Word::default()];
    for piece in word.pieces {
        for letter in piece.text.chars() {
            let wide = face(piece.style).glyph(letter).1 * size;
            if parts.last().is_some_and(|part| !part.pieces.is_empty() && part.width + wide > width) {
                parts.push(Word::default());
            }
            let Some(part) = parts.last_mut() else { continue };
            part.width += wide;
            match part.pieces.last_mut().filter(|last| last.style == piece.style) {
                Some(last) => last.text.push(letter),
                None => part.pieces.push(Run { style: piece.style, text: letter.to_string() }),
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(text: &str) -> Vec<Run> {
        vec![Run { style: Style::Plain, text: text.to_owned() }]
    }

    proptest! {
        /// No line is wider than it may be, and no letter is lost, whatever is set.
        #[test]
        fn lines_fit_and_keep_every_letter(text in "[a-zA-ZđĐạếộ.,0-9 \n]{0,200}", width in 20.0_f32..400.0) {
            let lines = wrap(&run(&text), 12.0, width - 10.0, width);
            for line in &lines {
                prop_assert!(line.width <= width + 0.01, "{} > {width}", line.width);
            }
            let set: String =
                lines.iter().flat_map(|line| &line.words).flat_map(|word| &word.pieces).map(|run| run.text.as_str()).collect();
            let wanted: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            prop_assert_eq!(set, wanted);
        }
    }

    #[test]
    fn styles_may_change_inside_a_word() {
        let runs = [("Số: ", Style::Plain), ("07", Style::Bold), ("/QĐ", Style::Plain)];
        let runs: Vec<Run> = runs.map(|(text, style)| Run { style, text: text.to_owned() }).into();
        let lines = wrap(&runs, 13.0, 400.0, 400.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].words.len(), 2);
        assert_eq!(lines[0].words[1].pieces.len(), 2);
    }
}
