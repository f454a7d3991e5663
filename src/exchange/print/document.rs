//! A document as its parts, before it is a page, a sheet of a workbook or plain text.

use super::paper::Size;
use crate::base::words::Lang;
use crate::exchange::table::Out;

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Upright.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The style.
    pub style: Style,
    /// The text; a line break in it is kept.
    pub text: String,
}

/// To which side lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
    /// Filled to both margins, but for the last line.
    Both,
}

/// Some lines of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The text.
    pub runs: Vec<Run>,
    /// To which side it stands.
    pub side: Side,
    /// The type size in points.
    pub size: f32,
    /// How far the first line goes in, in points.
    pub first_indent: f32,
    /// How far the other lines go in.
    pub indent: f32,
}

impl Paragraph {
    /// The text without styles.
    #[must_use]
    pub fn text(&self) -> String {
        text_of(&self.runs)
    }
}

/// The text of runs without their styles.
#[must_use]
pub fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// A cell of a table: what it shows, and what it is worth to a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What is printed.
    pub runs: Vec<Run>,
    /// Its value: a number stays a number, a code stays text.
    pub value: Out,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its part of the width, beside the parts of the others.
    pub weight: u16,
    /// To which side its cells stand.
    pub side: Side,
}

/// A table with a head that is said again on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// The rows of sums below; a filled cell goes on over the empty ones after it.
    pub feet: Vec<Vec<Cell>>,
}

/// A part of a document, from the top to the bottom.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Text.
    Paragraph(Paragraph),
    /// A line under what was said before, so many percent of the column; as wide as the text above with 0.
    Rule(u16),
    /// Room, in points.
    Gap(f32),
    /// Parts side by side, kept on one page: heads and signatures.
    Columns(Vec<(u16, Vec<Block>)>),
    /// A table.
    Table(Table),
    /// What follows begins on a new page.
    NewPage,
}

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is called, also in the properties of its file.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// The size of its sheets.
    pub size: Size,
    /// Whether the sheets lie on their long side.
    pub landscape: bool,
    /// Its parts.
    pub blocks: Vec<Block>,
}
