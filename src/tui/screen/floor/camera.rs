//! Which part of the plan is seen, how near, and how finely its booths are drawn then.

use ratatui::layout::Size;

use crate::tui::widget::canvas::Grain;
use crate::tui::widget::lens::{Lens, NEAREST_MM, Span};

/// How many half columns a booth of the usual size takes at each stage of nearness. Whole and half columns keep the
/// booths of a row alike.
const STAGES: [i64; 20] = [1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 40, 48, 64, 80, 112, 160, 200];
/// From this stage on codes and names can be read.
const READABLE: i64 = 20;
/// Free cells between the booth under the cursor and the edge of the window.
const RIM: (i64, i64) = (6, 3);

/// The look at one plan. It is moved by what the person does and by the size of the window, never by drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Camera {
    /// None shows the whole plan, whatever the window's size.
    lens: Option<Lens>,
    window: Size,
    plan: Plan,
}

/// The sizes of a plan that a look depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// All of it.
    pub span: Span,
    /// The side of a usual booth in centimetres.
    pub typical_cm: i64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { span: Span { left: 0, top: 0, right: 1, bottom: 1 }, typical_cm: 300 }
    }
}

impl Camera {
    /// Takes another window or plan.
    pub fn fit(&mut self, window: Size, plan: Plan) {
        self.window = window;
        self.plan = plan;
        if let Some(lens) = &mut self.lens {
            *lens = lens.held(plan.span, window);
        }
    }

    /// Shows the whole plan.
    pub const fn show_all(&mut self) {
        self.lens = None;
    }

    /// True when only a part is seen.
    pub const fn is_near(&self) -> bool {
        self.lens.is_some()
    }

    /// The look as it is.
    pub fn lens(&self) -> Lens {
        self.lens.unwrap_or_else(|| self.whole())
    }

    /// The whole plan, a little smaller than fits where that makes the booths of a row alike.
    fn whole(&self) -> Lens {
        let fits = Lens::whole(self.plan.span, self.window);
        let even = STAGES.iter().rev().map(|stage| self.stage_mm(*stage)).find(|mm| *mm >= fits.column_mm());
        match even {
            Some(even) if even * 10 <= fits.column_mm() * if self.quarters(fits) < 4 { 14 } else { 11 } => {
                Lens::new((0, 0), even).centred(self.plan.span.middle(), self.window)
            }
            _ => fits,
        }
    }

    /// How many quarters of a column a usual booth takes.
    const fn quarters(&self, lens: Lens) -> i64 {
        self.plan.typical_cm * 20 / lens.column_mm()
    }

    /// Millimetres a column at a stage.
    fn stage_mm(&self, stage: i64) -> i64 {
        (self.plan.typical_cm * 20 / stage).max(NEAREST_MM)
    }

    /// So near that a usual booth just fits into the window.
    fn nearest_mm(&self) -> i64 {
        let (columns, rows) = (i64::from(self.window.width), i64::from(self.window.height));
        (self.plan.typical_cm * 10 / columns.min(rows * 2).saturating_sub(4).max(4)).max(NEAREST_MM)
    }

    /// One stage nearer or farther; what lies under the cell stays there.
    pub fn zoom(&mut self, nearer: bool, cell: (i64, i64)) {
        let (now, whole) = (self.lens(), self.whole());
        let mut stages = STAGES.iter().map(|stage| self.stage_mm(*stage));
        let next = if nearer {
            stages.find(|mm| mm * 10 < now.column_mm() * 9 && *mm >= self.nearest_mm())
        } else {
            stages.rev().find(|mm| mm * 9 > now.column_mm() * 10)
        };
        match next {
            Some(mm) if mm < whole.column_mm() => {
                self.lens = Some(now.scaled(mm, cell).held(self.plan.span, self.window));
            }
            None if nearer => {}
            _ => self.lens = None,
        }
    }

    /// Moves the window by cells.
    pub fn pan(&mut self, columns: i64, rows: i64) {
        let moved = self.lens().moved(-columns, -rows);
        self.lens = Some(moved.held(self.plan.span, self.window));
    }

    /// Brings a booth into sight by as little as does.
    pub fn bring(&mut self, booth: Span) {
        if let Some(lens) = self.lens {
            self.lens = Some(lens.bring(booth, self.window, RIM).held(self.plan.span, self.window));
        }
    }

    /// Flies to a booth: it stands in the middle, so near that it can be read.
    pub fn fly(&mut self, booth: Span) {
        let readable = self.stage_mm(READABLE);
        let lens = self.lens();
        if lens.column_mm() <= readable {
            self.bring(booth);
        } else {
            let near = Lens::new((0, 0), readable).centred(booth.middle(), self.window);
            self.lens = Some(near.held(self.plan.span, self.window));
        }
    }

    /// The cell of the window in which a point of the plan lies.
    pub fn cell(&self, (x, y): (i64, i64)) -> (i64, i64) {
        let lens = self.lens();
        (lens.quarter_x(x).div_euclid(2), lens.quarter_y(y).div_euclid(2))
    }

    /// How finely booths are drawn; without colours walls are needed sooner.
    pub fn grain(&self, with_colours: bool) -> Grain {
        let quarters = self.quarters(self.lens());
        match quarters / 2 {
            ..2 => Grain::Half,
            2..4 => Grain::Cell,
            4 if with_colours => Grain::Cell,
            _ => Grain::Room,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Size = Size { width: 100, height: 35 };
    const HALL: Plan = Plan { span: Span { left: 0, top: 0, right: 15_000, bottom: 10_000 }, typical_cm: 300 };

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.fit(WINDOW, HALL);
        camera
    }

    #[test]
    fn from_the_whole_hall_to_one_booth_and_back() {
        let mut camera = camera();
        let whole = camera.lens().column_mm();
        let mut stages = vec![whole];
        for _ in 0..30 {
            camera.zoom(true, (50, 17));
            stages.push(camera.lens().column_mm());
        }
        assert!(stages.is_sorted_by(|one, other| one >= other), "{stages:?}");
        assert!(stages.last().is_some_and(|mm| *mm <= 60), "a booth fills the window: {stages:?}");
        for _ in 0..30 {
            camera.zoom(false, (50, 17));
        }
        assert!(!camera.is_near());
        assert_eq!(camera.lens().column_mm(), whole);
    }

    #[test]
    fn flying_makes_a_booth_readable_and_leaves_a_nearer_look() {
        let mut camera = camera();
        let booth = Span { left: 9_000, top: 6_000, right: 9_300, bottom: 6_300 };
        camera.fly(booth);
        assert_eq!(camera.grain(true), Grain::Room);
        let cell = camera.cell(booth.middle());
        assert!((0..100).contains(&cell.0) && (0..35).contains(&cell.1));
        camera.zoom(true, cell);
        let near = camera.lens().column_mm();
        camera.fly(Span { left: 0, top: 0, right: 300, bottom: 300 });
        assert_eq!(camera.lens().column_mm(), near);
    }
}
