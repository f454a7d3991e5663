//! What stands on a page: plain values that a test can look at and [`super::pdf`] draws.

use super::font::Face;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Ink.
    pub const BLACK: Self = Self(0, 0, 0);
    /// Paper.
    pub const WHITE: Self = Self(255, 255, 255);
    /// The ground of table heads.
    pub const PALE: Self = Self(236, 239, 241);
    /// Remarks at the edge.
    pub const GREY: Self = Self(96, 96, 96);
}

/// A pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Width of the line.
    pub width: f32,
    /// Its colour.
    pub colour: Colour,
}

impl Pen {
    /// The rule of tables and signatures.
    pub const RULE: Self = Self { width: 0.5, colour: Colour::BLACK };
}

/// One mark on a page. Points count from the upper left corner of the sheet, to the right and down.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line of text from its left end; `at` is a point of the base line.
    Text {
        /// Where it begins.
        at: (f32, f32),
        /// The face.
        face: Face,
        /// The type size.
        size: f32,
        /// Its colour.
        colour: Colour,
        /// The text, without line breaks.
        text: String,
    },
    /// Straight lines through points, closed to a shape when it is filled or `closed`.
    Shape {
        /// The corners, at least two.
        points: Vec<(f32, f32)>,
        /// Whether the last corner joins the first.
        closed: bool,
        /// What it is filled with.
        fill: Option<Colour>,
        /// What it is drawn with.
        pen: Option<Pen>,
    },
}

impl Mark {
    /// Black text from its left end.
    #[must_use]
    pub fn text(at: (f32, f32), face: Face, size: f32, text: impl Into<String>) -> Self {
        Self::Text { at, face, size, colour: Colour::BLACK, text: text.into() }
    }

    /// Black text that ends at a point.
    #[must_use]
    pub fn text_to(end: (f32, f32), face: Face, size: f32, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::text((end.0 - face.width(&text, size), end.1), face, size, text)
    }

    /// Black text around a point.
    #[must_use]
    pub fn text_around(middle: (f32, f32), face: Face, size: f32, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::text((middle.0 - face.width(&text, size) / 2.0, middle.1), face, size, text)
    }

    /// A line.
    #[must_use]
    pub fn line(from: (f32, f32), to: (f32, f32), pen: Pen) -> Self {
        Self::Shape { points: vec![from, to], closed: false, fill: None, pen: Some(pen) }
    }

    /// An upright rectangle: left, top, width, height.
    #[must_use]
    pub fn rectangle(corner: (f32, f32), size: (f32, f32), fill: Option<Colour>, pen: Option<Pen>) -> Self {
        let ((left, top), (width, height)) = (corner, size);
        let points = vec![(left, top), (left + width, top), (left + width, top + height), (left, top + height)];
        Self::Shape { points, closed: true, fill, pen }
    }
}

/// A page: how large it is and what stands on it, from the ground up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Its marks.
    pub marks: Vec<Mark>,
}

impl Page {
    /// The lines of text on the page, in the order in which they were set.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text.as_str()),
            Mark::Shape { .. } => None,
        })
    }
}
