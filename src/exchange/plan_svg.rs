//! A plan as drawing programs export it: outlines anywhere below nested transforms, labels apart from them.
//!
//! A label belongs to the outline around its middle; where there are several, to the one in which it sits as the other
//! labels sit in theirs. What has the code of a booth is a booth, what has another label is a thing on the floor, and what
//! has none is left out, and said.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::booth_code::normal_code;
use crate::base::words::Words;
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Point, Polygon, metres};
use crate::domain::intent::Fields;
use crate::exchange::plan_draft::{Laid, Piece};
use crate::exchange::plan_words::{Written, fixture_named, is_code};
use crate::exchange::sheet::Remark;
use crate::exchange::svg_shapes::{Label, Outline, Shapes, is_closed, read_shapes};
use crate::say;

/// The side of the usual booth, when nobody says another, in centimetres.
const USUAL_CM: f64 = 300.0;

/// A group of more shapes than these is a layer, no booth with what is drawn in it.
const IN_BOOTH_MAX: usize = 4;

/// Most places that one remark names.
const NAMED_MAX: usize = 20;

/// How the drawing's units become metres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Scale {
    /// The commonest rectangle is a booth of three metres.
    #[default]
    Guess,
    /// The commonest rectangle has these sides, in centimetres.
    Booth(i64, i64),
    /// So many centimetres a unit of the drawing.
    CmPerUnit(f64),
}

/// The pieces of a drawing with what a person should know about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Booths and fixtures.
    pub pieces: Vec<Piece>,
    /// What was guessed and what was left out.
    pub remarks: Vec<Remark>,
}

/// An outline with what is written in it.
struct Drawn {
    corners: Vec<(f64, f64)>,
    area: f64,
    name: Option<String>,
    labels: Vec<String>,
}

impl Drawn {
    fn has_code(&self) -> bool {
        self.name.is_some() || self.labels.iter().any(|label| is_code(label))
    }
}

/// Reads a drawing.
///
/// # Errors
/// When it is no SVG, or nothing in it is a booth.
pub fn read_svg(text: &str, scale: Scale) -> Result<Drawing, Words> {
    let shapes = read_shapes(text)?;
    let mut remarks = Vec::new();
    tell_of_rest(&shapes, &mut remarks);
    let mut outlines = named(shapes.outlines);
    without_doubles(&mut outlines);
    let usual = commonest(&outlines)
        .ok_or_else(|| Words::new("Không có hình chữ nhật nào trong tệp.", "There is no rectangle in the file."))?;
    join_labels(&mut outlines, shapes.labels, usual, &mut remarks);
    let cm = cm_per_unit(scale, usual, &mut remarks);
    let pieces = pieces(&outlines, cm, &mut remarks);
    if pieces.iter().all(|piece| piece.fixture.is_some()) {
        return Err(Words::new("Không có hình nào mang mã gian.", "No shape carries the code of a booth."));
    }
    Ok(Drawing { pieces, remarks })
}

/// What the drawing has and no plan can use.
fn tell_of_rest(shapes: &Shapes, remarks: &mut Vec<Remark>) {
    let (open, copies) = (shapes.open_lines, shapes.lost_copies);
    if open > 0 {
        remarks.push(Remark::on_file(say!(
            "{open} nét không khép kín, không phải đường viền, bị bỏ qua.",
            "{open} lines do not close, are no outlines and are left out."
        )));
    }
    if copies > 0 {
        remarks.push(Remark::on_file(say!(
            "{copies} bản sao (use) của hình không có trong tệp, bị bỏ qua.",
            "{copies} copies (use) of shapes that are not in the file are left out."
        )));
    }
    if shapes.is_cut {
        remarks.push(Remark::on_file(Words::new(
            "Bản vẽ quá lớn: phần cuối không được đọc.",
            "The drawing is too large: its end was not read.",
        )));
    }
}

/// The outlines with the codes that their names tell. A name over several shapes is the largest's if that holds the
/// others, else it is a layer's.
fn named(outlines: Vec<Outline>) -> Vec<Drawn> {
    let mut drawn: Vec<Drawn> = outlines
        .into_iter()
        .map(|Outline { corners, names }| Drawn {
            area: area(&corners),
            name: names.into_iter().find(|name| is_code(name)),
            corners,
            labels: Vec::new(),
        })
        .collect();
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, outline) in drawn.iter().enumerate() {
        if let Some(name) = &outline.name {
            bearers.entry(name.clone()).or_default().push(place);
        }
    }
    for places in bearers.into_values().filter(|places| places.len() > 1) {
        let largest = places.iter().copied().max_by(|one, other| drawn[*one].area.total_cmp(&drawn[*other].area));
        let around = largest.filter(|largest| {
            places.len() <= IN_BOOTH_MAX
                && places.iter().all(|place| inside(&drawn[*largest].corners, centre(&drawn[*place].corners)))
        });
        for place in places {
            if around != Some(place) {
                drawn[place].name = None;
            }
        }
    }
    drawn
}

fn area(corners: &[(f64, f64)]) -> f64 {
    let next = corners.iter().cycle().skip(1);
    let sum: f64 = corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    sum.abs() / 2.0
}

/// Left, upper, right and lower edge.
fn bounds(corners: &[(f64, f64)]) -> [f64; 4] {
    let all = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick);
    let (least, most) = (
        |of: fn(&(f64, f64)) -> f64| all(of).fold(f64::MAX, f64::min),
        |of: fn(&(f64, f64)) -> f64| all(of).fold(f64::MIN, f64::max),
    );
    [least(|at| at.0), least(|at| at.1), most(|at| at.0), most(|at| at.1)]
}

fn centre(corners: &[(f64, f64)]) -> (f64, f64) {
    let [left, top, right, bottom] = bounds(corners);
    (f64::midpoint(left, right), f64::midpoint(top, bottom))
}

fn inside(corners: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).fold(false, |is_in, (a, b)| {
        let crosses = (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0;
        is_in != crosses
    })
}

/// The sides and the angle of a rectangle, turned or not.
fn sides(corners: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    let corners = match corners {
        [ring @ .., last] if ring.len() == 4 && is_closed(&[ring, &[*last]].concat()) => ring,
        _ => corners,
    };
    let [a, b, c, d] = corners else { return None };
    let (across, down) = ((b.0 - a.0, b.1 - a.1), (d.0 - a.0, d.1 - a.1));
    let (w, h) = (across.0.hypot(across.1), down.0.hypot(down.1));
    let square = (across.0 * down.0 + across.1 * down.1).abs() < 0.01 * w * h;
    let closes = (a.0 + c.0 - b.0 - d.0).hypot(a.1 + c.1 - b.1 - d.1) < 0.01 * (w + h);
    (square && closes && w > 0.0 && h > 0.0).then(|| (w, h, across.1.atan2(across.0).to_degrees()))
}

/// What was drawn twice at one place counts once.
fn without_doubles(outlines: &mut Vec<Drawn>) {
    let mut seen: BTreeMap<(i64, i64, i64), usize> = BTreeMap::new();
    let mut kept: Vec<Drawn> = Vec::new();
    for outline in outlines.drain(..) {
        let middle = centre(&outline.corners);
        let key = (whole(middle.0 * 20.0), whole(middle.1 * 20.0), whole(area(&outline.corners)));
        match seen.get(&key).and_then(|place| kept.get_mut(*place)) {
            Some(known) => known.name = known.name.take().or(outline.name),
            None => {
                seen.insert(key, kept.len());
                kept.push(outline);
            }
        }
    }
    *outlines = kept;
}

/// The nearest whole number within the bounds of what we reckon with.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what 64 bits hold")]
fn whole(value: f64) -> i64 {
    if value.is_finite() { value.clamp(-1e12, 1e12).round() as i64 } else { 0 }
}

/// The sides of the rectangle that is drawn most often, the shorter first; of several the smaller.
fn commonest(outlines: &[Drawn]) -> Option<(f64, f64)> {
    let mut counts: BTreeMap<(i64, i64), (usize, f64, f64)> = BTreeMap::new();
    for outline in outlines {
        let Some((w, h, _)) = sides(&outline.corners) else { continue };
        let (short, long) = (w.min(h), w.max(h));
        // Sides within about 2 % are the same.
        let step = |side: f64| whole(side.ln() * 50.0);
        counts.entry((step(short), step(long))).or_insert((0, short, long)).0 += 1;
    }
    let best = counts.values().max_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)))?;
    Some((best.1, best.2))
}

fn cm_per_unit(scale: Scale, usual: (f64, f64), remarks: &mut Vec<Remark>) -> f64 {
    match scale {
        Scale::CmPerUnit(cm) => cm,
        #[expect(clippy::cast_precision_loss, reason = "sides of booths are small numbers")]
        Scale::Booth(one, other) => one.min(other) as f64 / usual.0,
        Scale::Guess => {
            let cm = USUAL_CM / usual.0;
            let long = whole(usual.1 * cm);
            let long = metres(long);
            remarks.push(Remark::on_file(say!(
                "Không ghi tỷ lệ: hình chữ nhật gặp nhiều nhất được lấy là 3 × {long} m. Nếu khác, ghi --booth 3x3 (kích thước thật của nó).",
                "No scale was given: the commonest rectangle is taken for 3 × {long} m. If it is not, give its real size as --booth 3x3."
            )));
            cm
        }
    }
}

/// Which outlines lie around each label.
struct Joining<'a> {
    outlines: &'a mut [Drawn],
    /// What holds several other shapes is a frame around them, not the thing that the label names.
    frames: Vec<bool>,
    usual: (f64, f64),
}

/// Gives each label to its outline, and says which found none.
fn join_labels(outlines: &mut [Drawn], labels: Vec<Label>, usual: (f64, f64), remarks: &mut Vec<Remark>) {
    let roomy = usual.0 * usual.1 * 8.0;
    let holds = |frame: &Drawn, other: &&Drawn| other.corners.first().is_some_and(|at| inside(&frame.corners, *at));
    let is_frame = |frame: &Drawn| {
        let largest = usual.0 * usual.1 * 80.0;
        frame.area > largest
            || frame.area > roomy && outlines.iter().filter(|other| holds(frame, other)).take(4).count() > 3
    };
    let frames = outlines.iter().map(is_frame).collect();
    let mut joining = Joining { outlines, frames, usual };
    let (coded, others): (Vec<Label>, Vec<Label>) = labels.into_iter().partition(|label| code_of(label).is_some());
    let mut loose = joining.give_codes(coded, remarks);
    for label in others {
        let around = joining.around(label.at);
        let smallest = around.into_iter().min_by(|one, other| joining.area(*one).total_cmp(&joining.area(*other)));
        match smallest {
            Some(place) => joining.outlines[place].labels.extend(label.lines),
            None => loose.push(label.lines.join(" ")),
        }
    }
    if !loose.is_empty() {
        let count = loose.len();
        let some = loose.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(" | ");
        remarks.push(Remark::on_file(say!(
            "{count} nhãn không nằm trong hình nào: {some}.",
            "{count} labels lie in no shape: {some}."
        )));
    }
}

/// The code that a label tells: all its lines where each is one, as `F-010` above `E-019`, else the first that is.
fn code_of(label: &Label) -> Option<String> {
    if label.lines.iter().all(|line| is_code(line)) {
        return Some(label.lines.join(" "));
    }
    label.lines.iter().find(|line| is_code(line)).cloned()
}

impl Joining<'_> {
    fn area(&self, place: usize) -> f64 {
        self.outlines[place].area
    }

    /// The outlines that a label at this point can belong to.
    fn around(&self, at: (f64, f64)) -> Vec<usize> {
        let places = self.outlines.iter().enumerate();
        places.filter(|(place, one)| !self.frames[*place] && inside(&one.corners, at)).map(|(place, _)| place).collect()
    }

    fn give(&mut self, place: usize, label: &Label, code: String) {
        let lines = label.lines.iter().filter(|line| !is_code(line)).cloned();
        let labels = &mut self.outlines[place].labels;
        labels.push(code);
        labels.extend(lines);
    }

    /// Gives the codes to their outlines: by the name of the outline, else to the only one around, else to the one that
    /// fits what was seen so far, else to a bare one close by. Those that are left are returned.
    fn give_codes(&mut self, labels: Vec<Label>, remarks: &mut Vec<Remark>) -> Vec<String> {
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for (place, outline) in self.outlines.iter().enumerate() {
            by_name.extend(outline.name.as_deref().map(|name| (normal_code(name), place)));
        }
        let mut seats: Vec<Seat> = Vec::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut doubtful: Vec<(Label, String)> = Vec::new();
        for label in labels {
            let Some(code) = code_of(&label) else { continue };
            let own = by_name.get(&normal_code(&code)).copied();
            let around = self.around(label.at);
            let only = if let [only] = around.as_slice() { Some(*only) } else { None };
            match own.or(only) {
                Some(place) => {
                    seats.push(Seat::of(&self.outlines[place].corners, label.at));
                    taken.insert(place);
                    self.give(place, &label, code);
                }
                None => doubtful.push((label, code)),
            }
        }
        let mut loose: Vec<(Label, String)> = Vec::new();
        for (label, code) in doubtful {
            let around = self.around(label.at);
            let untaken = around.iter().copied().filter(|place| !taken.contains(place));
            let fits = |place: usize| {
                let seat = Seat::of(&self.outlines[place].corners, label.at);
                seats.iter().map(|other| seat.is_like(other, self.usual)).sum::<usize>()
            };
            let best = untaken
                .max_by(|one, other| fits(*one).cmp(&fits(*other)).then(self.area(*other).total_cmp(&self.area(*one))));
            match best.or_else(|| around.first().copied()) {
                Some(place) => {
                    taken.insert(place);
                    self.give(place, &label, code);
                }
                None => loose.push((label, code)),
            }
        }
        loose.into_iter().filter_map(|(label, code)| self.give_near(&label, code, remarks)).collect()
    }

    /// A code just beside a shape without one is that shape's; what is farther off is given back.
    fn give_near(&mut self, label: &Label, code: String, remarks: &mut Vec<Remark>) -> Option<String> {
        let least = self.usual.0 * self.usual.1 / 2.0;
        let near = self
            .outlines
            .iter()
            .enumerate()
            .filter(|(place, outline)| !self.frames[*place] && outline.area >= least && !outline.has_code());
        let near = near.map(|(place, outline)| (place, distance(&outline.corners, label.at)));
        let nearest = near.min_by(|one, other| one.1.total_cmp(&other.1)).filter(|near| near.1 <= self.usual.0 / 2.0);
        let Some((place, _)) = nearest else { return Some(code) };
        remarks.push(Remark::on_file(say!(
            "Mã {code} nằm cạnh hình không có mã, được coi là mã của hình đó.",
            "The code {code} lies beside a shape without one and is taken for that shape's."
        )));
        self.give(place, label, code);
        None
    }
}

/// How far a label's middle is from the left, right, upper and lower edge of its outline.
struct Seat([f64; 4]);

impl Seat {
    fn of(corners: &[(f64, f64)], (x, y): (f64, f64)) -> Self {
        let [left, top, right, bottom] = bounds(corners);
        Self([x - left, right - x, y - top, bottom - y])
    }

    /// 2 when both sit alike from some side and from above or below, 1 when one does.
    fn is_like(&self, other: &Self, usual: (f64, f64)) -> usize {
        let same = |edge: usize| (self.0[edge] - other.0[edge]).abs() < usual.0 * 0.04;
        usize::from(same(0) || same(1)) + usize::from(same(2) || same(3))
    }
}

/// How far a point is from a shape's edges.
fn distance(corners: &[(f64, f64)], (x, y): (f64, f64)) -> f64 {
    let next = corners.iter().cycle().skip(1);
    let from_edge = corners.iter().zip(next).map(|(a, b)| {
        let (along, up) = (b.0 - a.0, b.1 - a.1);
        let length = along * along + up * up;
        let part = if length > 0.0 { (((x - a.0) * along + (y - a.1) * up) / length).clamp(0.0, 1.0) } else { 0.0 };
        (a.0 + part * along - x).hypot(a.1 + part * up - y)
    });
    from_edge.fold(f64::MAX, f64::min)
}

fn pieces(outlines: &[Drawn], cm: f64, remarks: &mut Vec<Remark>) -> Vec<Piece> {
    let known: Vec<(&Drawn, Seen)> = outlines.iter().filter_map(|one| Some((one, what_is(one)?))).collect();
    let corners = || known.iter().flat_map(|(outline, _)| outline.corners.iter());
    let left = corners().map(|corner| corner.0).fold(f64::MAX, f64::min);
    let top = corners().map(|corner| corner.1).fold(f64::MAX, f64::min);
    let at = |outline: &Drawn| {
        let (x, y) = centre(&outline.corners);
        let length = |value: f64| metres(whole(value * cm));
        format!("{} × {}", length(x - left), length(y - top))
    };
    let (like_booths, others): (Vec<&Drawn>, Vec<&Drawn>) =
        outlines.iter().filter(|outline| what_is(outline).is_none()).partition(|outline| {
            // As large as a booth that is known, not only as the usual one.
            let alike = |known: &Drawn| match (sides(&outline.corners), sides(&known.corners)) {
                (Some(one), Some(other)) => same_sides(one, other),
                _ => false,
            };
            known.iter().any(|(known, seen)| seen.fixture.is_none() && alike(known))
        });
    let places = |some: &[&Drawn]| {
        let named: Vec<String> = some.iter().take(NAMED_MAX).map(|outline| at(outline)).collect();
        let more = if some.len() > NAMED_MAX { "; …" } else { "" };
        format!("{}{more}", named.join("; "))
    };
    if !like_booths.is_empty() {
        let (count, places) = (like_booths.len(), places(&like_booths));
        remarks.push(Remark::on_file(say!(
            "{count} hình cỡ một gian không có mã, bị bỏ qua; tâm ở (m): {places}.",
            "{count} shapes of a booth's size have no code and are left out; their middles (m): {places}."
        )));
    }
    if !others.is_empty() {
        let (count, places) = (others.len(), places(&others));
        remarks.push(Remark::on_file(say!(
            "{count} hình khác không có nhãn, bị bỏ qua; tâm ở (m): {places}.",
            "{count} other shapes have no label and are left out; their middles (m): {places}."
        )));
    }
    let mut pieces = Vec::new();
    for (outline, seen) in known {
        let name = seen.name.clone();
        if !seen.more_codes.is_empty() {
            let more = seen.more_codes.join(", ");
            remarks.push(Remark::on_file(say!(
                "Trong hình của gian {name} còn có {more}: chia gian nếu đó là gian riêng.",
                "The shape of booth {name} also holds {more}: split it if that is a booth of its own."
            )));
        }
        match laid(&outline.corners, (left, top), cm) {
            Some(laid) => pieces.push(Piece { laid, name, fixture: seen.fixture, fields: seen.fields }),
            None => remarks.push(Remark::on_file(say!(
                "Hình “{name}” không phải đường viền (cạnh cắt nhau hoặc không có diện tích), bị bỏ qua.",
                "The shape “{name}” is no outline (edges cross, or no area) and is left out."
            ))),
        }
    }
    pieces
}

/// What an outline is.
struct Seen {
    name: String,
    fixture: Option<FixtureKind>,
    more_codes: Vec<String>,
    fields: Fields,
}

/// A booth by its code, a thing by its label, or nothing.
fn what_is(outline: &Drawn) -> Option<Seen> {
    let written = Written::read(outline.labels.iter().map(String::as_str));
    if let Some(name) = written.code.clone().or_else(|| outline.name.clone()) {
        let fields = written.fields();
        return Some(Seen { name, fixture: None, more_codes: written.more_codes, fields });
    }
    let fixture = Some(fixture_named(&written.words).unwrap_or(FixtureKind::Other));
    let is_labelled = !written.words.is_empty();
    is_labelled.then(|| Seen { name: written.words, fixture, more_codes: Vec::new(), fields: Vec::new() })
}

fn same_sides(one: (f64, f64, f64), other: (f64, f64, f64)) -> bool {
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 0.03;
    near(one.0.min(one.1), other.0.min(other.1)) && near(one.0.max(one.1), other.0.max(other.1))
}

/// Where a shape lies in centimetres from the upper left corner of the plan.
fn laid(corners: &[(f64, f64)], (left, top): (f64, f64), cm: f64) -> Option<Laid> {
    if let Some((w, h, angle)) = sides(corners) {
        let (x, y) = centre(corners);
        let angle = whole(angle).rem_euclid(180);
        // A quarter turn of a rectangle is a rectangle with its sides exchanged.
        let (w, h, turn) = if angle >= 90 { (h, w, angle - 90) } else { (w, h, angle) };
        let (width, depth) = (whole(w * cm), whole(h * cm));
        let at = |middle: f64, from: f64, side: f64| whole((middle - from) * cm - side * cm / 2.0).max(0);
        let laid = Laid { x: at(x, left, w), y: at(y, top, h), width, depth, turn, outline: None };
        return (width > 0 && depth > 0).then_some(laid);
    }
    let corners: Vec<Point> =
        corners.iter().map(|(x, y)| Point::new(whole((x - left) * cm), whole((y - top) * cm))).collect();
    Polygon::new(&corners).ok().map(|shape| Laid::polygon(&shape))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::text::Text;
    use crate::domain::field::Value;

    const SMALL: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">
      <rect x="0" y="0" width="100" height="60"/>
      <g transform="translate(10 10)"><g transform="scale(2)">
        <rect x="0" y="0" width="5" height="5"/><rect x="5" y="0" width="5" height="5"/>
        <path d="M10,0 h5 v5 h-5 z"/><rect x="10" y="0" width="5" height="5"/>
        <polygon points="20,0 30,0 30,5 25,5 25,10 20,10"/></g></g>
      <rect x="60" y="40" width="10" height="10" transform="rotate(45 65 45)"/>
      <rect x="80" y="40" width="15" height="10"/><rect x="0" y="45" width="10" height="10"/>
      <text transform="translate(12 16)" style="font-size:3px"><tspan x="0" y="0">A</tspan><tspan x="2" y="0">01</tspan></text>
      <text x="25" y="16" text-anchor="middle" font-size="3">A02</text>
      <text x="32" y="16" font-size="3">A02</text>
      <text x="52" y="15" font-size="3">B1</text><text x="62" y="46" font-size="3">C1</text>
      <text x="81" y="46" font-size="3">Sân khấu</text><text x="5" y="3" font-size="3">HALL</text></svg>"#;

    #[test]
    fn labels_find_their_outlines_through_transforms() {
        let drawing = read_svg(SMALL, Scale::Booth(300, 300)).unwrap();
        let of = |name: &str| drawing.pieces.iter().find(|piece| piece.name == name).unwrap();
        assert_eq!(of("A01").laid, Laid { x: 0, y: 0, width: 300, depth: 300, ..Laid::default() });
        assert_eq!(of("A02").laid.x, 300);
        assert_eq!(drawing.pieces.iter().filter(|piece| piece.name == "A02").count(), 2);
        let six = of("B1").laid.outline.as_ref().unwrap();
        assert_eq!((six.corners().len(), six.area_cm2()), (6, 270_000));
        assert_eq!((of("C1").laid.turn, of("C1").laid.width), (45, 300));
        assert_eq!(of("Sân khấu").fixture, Some(FixtureKind::Stage));
        let told: Vec<String> = drawing.remarks.iter().map(|remark| remark.words.en.to_string()).collect();
        assert!(told.iter().any(|words| words.starts_with("1 shapes of a booth's size")), "{told:?}");
    }

    /// Booths and things by their names, with what was told in English.
    fn read(inner: &str) -> (Drawing, Vec<String>) {
        let drawing = read_svg(&format!("<svg xmlns='a'>{inner}</svg>"), Scale::Booth(300, 300)).unwrap();
        let told = drawing.remarks.iter().map(|remark| remark.words.en.to_string()).collect();
        (drawing, told)
    }

    fn place(drawing: &Drawing, name: &str) -> (i64, i64, i64, i64) {
        let piece = drawing.pieces.iter().find(|piece| piece.name == name);
        let Laid { x, y, width, depth, .. } =
            piece.unwrap_or_else(|| panic!("{name}: {:?}", drawing.pieces)).laid.clone();
        (x, y, width, depth)
    }

    #[test]
    fn a_label_where_shapes_overlap_goes_where_its_like_sit() {
        // Long booths with the code at their right end; left-over squares lie across the third, and the label is in both.
        let inner = "<rect width='40' height='7'/><rect y='17' width='40' height='7'/><rect y='34' width='40' height='7'/>
            <rect x='30' y='28' width='9' height='9'/><rect x='60' width='9' height='9'/><rect x='70' width='9' height='9'/>
            <rect x='62' y='26' width='9' height='9'/><rect x='60' y='28' width='9' height='9'/>
            <g font-size='3'><text x='32' y='2.8'>B1</text><text x='32' y='19.8'>B2</text><text x='32' y='36.8'>B3</text>
            <text x='60.6' y='2.8'>334</text><text x='70.6' y='2.8'>335</text><text x='62.6' y='30.8'>336</text></g>";
        let (drawing, told) = read(inner);
        assert_eq!(place(&drawing, "B3"), (0, 1_133, 1_333, 233), "not the square that is smaller");
        assert_eq!(
            place(&drawing, "336"),
            (2_000, 933, 300, 300),
            "of two as large, the one in which it sits as the others"
        );
        assert!(told.iter().any(|words| words.starts_with("2 shapes of a booth's size have no code")), "{told:?}");
        // A name of the shape itself is stronger than the place of the label.
        let named = inner.replace("<rect x='62' y='26'", "<rect id='_336' x='62' y='26'");
        assert_eq!(place(&read(&named).0, "336").0, 2_067);
    }

    #[test]
    fn spaces_between_the_parts_of_a_label_stay_and_those_of_the_file_go() {
        let inner = "<rect width='9' height='9'/><rect x='9' width='9' height='9'/><rect x='30' width='26' height='60'/>
            <text transform='translate(2 5)' style='font-size:3px'>
              <tspan x='0' y='0'>A</tspan>
              <tspan x='2' y='0'>01</tspan>
            </text>
            <text x='10' y='4' font-size='3'><tspan x='10' dy='0'>F-010</tspan><tspan x='10' dy='1.2em'>E-019</tspan></text>
            <text transform='translate(31 20)' style='font-size:3px'><tspan x='0' y='0'>SE</tspan><tspan x='4' y='0'>A</tspan><tspan
              x='6' y='0'>TING</tspan><tspan x='13' y='0'> </tspan><tspan x='14' y='0'>ARE</tspan><tspan x='20' y='0'>A</tspan></text>";
        let (drawing, _) = read(inner);
        assert_eq!((place(&drawing, "A01").0, place(&drawing, "F-010 E-019").0), (0, 300));
        let seating = drawing.pieces.iter().find(|piece| piece.name == "SEATING AREA").unwrap();
        assert_eq!(seating.fixture, Some(FixtureKind::Seating));
    }

    #[test]
    fn a_firm_and_a_size_beside_the_code_stay_with_the_booth() {
        let inner = "<rect width='9' height='9'/><rect x='9' width='9' height='9'/>
            <g font-size='2'><text x='1' y='3'>3x3</text><text x='1' y='5'>A1</text><text x='1' y='7'>9 m²</text>
            <text x='10' y='4'><tspan x='10'>A2</tspan><tspan x='10' dy='2'>Mỏ Cày</tspan></text></g>";
        let (drawing, _) = read(inner);
        let fields = |name: &str| drawing.pieces.iter().find(|piece| piece.name == name).unwrap().fields.clone();
        assert_eq!(fields("A1"), [("stated_area".to_owned(), Value::Number(90_000))]);
        assert_eq!(fields("A2"), [("note".to_owned(), Value::Text(Text::new("Mỏ Cày")))]);
    }

    #[test]
    fn copies_classes_and_layers_are_read_as_they_are_drawn() {
        let inner = "<style>.small { font-size: 3px; text-anchor: middle } .off{display:none}</style>
            <defs><rect id='booth9' width='9' height='9'/></defs>
            <g id='Hall 5'><rect x='-9' y='-9' width='110' height='60'/><use href='#booth9'/><use href='#booth9' x='9'/><use id='A3' href='#booth9' transform='translate(18 0)'/>
            <rect id='rect77' x='40' width='9' height='9'/><use href='#nothing'/><g class='off'><rect width='90' height='90'/></g>
            <circle cx='64' cy='4' r='4'/><line x1='0' y1='0' x2='9' y2='0'/><path d='M0,20 L9,20 L9,29 L0,29 L0.001,20'/></g>
            <g class='small'><text x='4.5' y='5'>A1</text><text x='13.5' y='5'>A2</text><text x='64' y='5'>T1</text>
            <text x='4.5' y='25'>A5</text></g>";
        let (drawing, told) = read(inner);
        let mut names: Vec<&str> = drawing.pieces.iter().map(|piece| piece.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["A1", "A2", "A3", "A5", "T1"], "{told:?}");
        assert_eq!((place(&drawing, "A3").0, place(&drawing, "T1").2), (600, 267));
        let all = told.join(" ");
        for words in ["1 lines do not close", "1 copies (use)", "1 shapes of a booth's size have no code"] {
            assert!(all.contains(words), "{words}: {all}");
        }
    }

    #[test]
    fn a_code_just_beside_a_bare_shape_is_its_code_and_one_far_off_is_told() {
        let inner =
            "<rect width='9' height='9'/><rect x='9' width='9' height='9'/><g font-size='3'><text x='1' y='5'>A1</text>
            <text x='11' y='-1'>A2</text><text x='60' y='60'>A9</text></g>";
        let (drawing, told) = read(inner);
        assert_eq!(place(&drawing, "A2").0, 300);
        let all = told.join(" ");
        assert!(all.contains("A2 lies beside a shape") && all.contains("1 labels lie in no shape: A9"), "{all}");
    }

    #[test]
    fn copies_of_copies_end() {
        let mut inner = "<rect id='a0' width='9' height='9'/>".to_owned();
        for level in 1..30 {
            let below = level - 1;
            inner.push_str(&format!("<g id='a{level}'><use href='#a{below}'/><use href='#a{below}' x='9'/></g>"));
        }
        assert!(read_shapes(&format!("<svg xmlns='a'>{inner}<use href='#me' id='me'/></svg>")).unwrap().is_cut);
    }

    proptest! {
        #[test]
        fn no_drawing_brings_it_down(text in any::<String>(), inner in "(<(rect|path|text|g) (x|d|width|transform)=\"[-M0-9 a-z(),.eE]{0,20}\"/>){0,6}") {
            let _ = read_svg(&text, Scale::Guess);
            let _ = read_svg(&format!("<svg>{inner}</svg>"), Scale::CmPerUnit(1e30));
        }
    }
}
