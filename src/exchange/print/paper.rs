//! Sizes and margins of sheets. All lengths are typographic points, 72 to the inch, unless they say otherwise.

/// Points from millimetres.
#[must_use]
pub const fn mm(length_mm: f32) -> f32 {
    length_mm * 72.0 / 25.4
}

/// A size of sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// A sheet with its margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// Free space on the left, where the sheet is filed.
    pub left: f32,
    /// Free space on the right.
    pub right: f32,
    /// Free space at the top.
    pub top: f32,
    /// Free space at the bottom.
    pub bottom: f32,
}

impl Paper {
    /// A sheet with the margins of Decree 30/2020: left 30, right 15, top and bottom 20 mm. Landscape has its wide left margin
    /// at the top, where it is filed.
    #[must_use]
    pub const fn new(size: Size, landscape: bool) -> Self {
        let (short, long) = match size {
            Size::A4 => (mm(210.0), mm(297.0)),
            Size::A3 => (mm(297.0), mm(420.0)),
        };
        if landscape {
            Self { width: long, height: short, left: mm(20.0), right: mm(20.0), top: mm(25.0), bottom: mm(15.0) }
        } else {
            Self { width: short, height: long, left: mm(30.0), right: mm(15.0), top: mm(20.0), bottom: mm(20.0) }
        }
    }

    /// Width between the margins.
    #[must_use]
    pub const fn inner_width(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// Height between the margins.
    #[must_use]
    pub const fn inner_height(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}
