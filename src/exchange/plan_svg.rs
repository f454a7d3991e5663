//! A plan as drawing programs export it: outlines anywhere below nested transforms, labels apart from them.
//!
//! A label belongs to the smallest outline in whose inside its middle lies. What has the code of a booth is a booth, what has
//! another label is a thing on the floor, and what has none is left out.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use svgtypes::{PointsParser, SimplePathSegment, SimplifyingPathParser, Transform};

use crate::base::words::Words;
use crate::domain::fixture::FixtureKind;
use crate::domain::geometry::{Point, Polygon};
use crate::exchange::plan_draft::{Laid, Piece, fixture_named, is_code};
use crate::exchange::sheet::{Remark, clean, one_line};
use crate::say;

/// Most outlines of one drawing.
const OUTLINES_MAX: usize = 20_000;

/// A drawing nested deeper was not drawn by anybody.
const DEPTH_MAX: usize = 64;

/// The side of the usual booth, when nobody says another, in centimetres.
const USUAL_CM: f64 = 300.0;

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

struct Outline {
    corners: Vec<(f64, f64)>,
    name: Option<String>,
    labels: Vec<String>,
}

struct Label {
    at: (f64, f64),
    text: String,
}

#[derive(Default)]
struct Found {
    outlines: Vec<Outline>,
    labels: Vec<Label>,
    copies: usize,
}

/// Reads a drawing.
///
/// # Errors
/// When it is no SVG, or nothing in it is a booth.
pub fn read_svg(text: &str, scale: Scale) -> Result<Drawing, Words> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: 2_000_000, ..Default::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|fault| say!("Không phải tệp SVG đọc được: {fault}.", "This is no readable SVG: {fault}."))?;
    let mut found = Found::default();
    visit(document.root_element(), Transform::default(), None, 0, &mut found);
    let mut remarks = Vec::new();
    if found.copies > 0 {
        let copies = found.copies;
        remarks.push(Remark::on_file(say!(
            "{copies} hình là bản sao (use) không được đọc.",
            "{copies} shapes are copies (use) and were not read."
        )));
    }
    let Found { mut outlines, labels, .. } = found;
    without_doubles(&mut outlines);
    let usual = commonest(&outlines)
        .ok_or_else(|| Words::new("Không có hình chữ nhật nào trong tệp.", "There is no rectangle in the file."))?;
    join_labels(&mut outlines, &labels, usual, &mut remarks);
    let cm = cm_per_unit(scale, usual, &mut remarks);
    let pieces = pieces(&outlines, usual, cm, &mut remarks);
    if pieces.iter().all(|piece| piece.fixture.is_some()) {
        return Err(Words::new("Không có hình nào mang mã gian.", "No shape carries the code of a booth."));
    }
    Ok(Drawing { pieces, remarks })
}

fn visit(node: Node<'_, '_>, outer: Transform, name: Option<String>, depth: usize, found: &mut Found) {
    if depth > DEPTH_MAX || found.outlines.len() > OUTLINES_MAX || is_hidden(node) {
        return;
    }
    let tag = node.tag_name().name();
    if matches!(tag, "defs" | "symbol" | "clipPath" | "mask" | "pattern" | "marker" | "metadata" | "style") {
        return;
    }
    let own = node.attribute("transform").and_then(|text| text.parse::<Transform>().ok()).unwrap_or_default();
    let here = product(outer, own);
    let named = node.attribute("data-name").or_else(|| node.attribute("id")).map(|id| id.trim_matches('_').to_owned());
    let name = named.filter(|name| is_code(name)).or(name);
    let mut add = |corners: Vec<(f64, f64)>| {
        let corners: Vec<(f64, f64)> = corners.into_iter().map(|point| apply(here, point)).collect();
        if corners.iter().all(|(x, y)| x.is_finite() && y.is_finite()) && corners.len() >= 3 {
            found.outlines.push(Outline { corners, name: name.clone(), labels: Vec::new() });
        }
    };
    match tag {
        "rect" => {
            let (x, y) = (number(node, "x"), number(node, "y"));
            let (w, h) = (number(node, "width"), number(node, "height"));
            if w > 0.0 && h > 0.0 {
                add(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]);
            }
        }
        "polygon" | "polyline" => {
            let points: Vec<(f64, f64)> = PointsParser::from(node.attribute("points").unwrap_or_default()).collect();
            if tag == "polygon" || is_closed(&points) {
                add(points);
            }
        }
        "path" => {
            for ring in rings(node.attribute("d").unwrap_or_default()) {
                add(ring);
            }
        }
        "text" => found.labels.extend(label(node, here)),
        "use" => found.copies += 1,
        _ => {}
    }
    if tag != "text" {
        for child in node.children().filter(Node::is_element) {
            visit(child, here, name.clone(), depth + 1, found);
        }
    }
}

fn is_hidden(node: Node<'_, '_>) -> bool {
    let style = node.attribute("style").unwrap_or_default().replace(' ', "");
    node.attribute("display") == Some("none") || style.contains("display:none") || style.contains("visibility:hidden")
}

fn product(a: Transform, b: Transform) -> Transform {
    Transform::new(
        a.a * b.a + a.c * b.b,
        a.b * b.a + a.d * b.b,
        a.a * b.c + a.c * b.d,
        a.b * b.c + a.d * b.d,
        a.a * b.e + a.c * b.f + a.e,
        a.b * b.e + a.d * b.f + a.f,
    )
}

fn apply(t: Transform, (x, y): (f64, f64)) -> (f64, f64) {
    (t.a * x + t.c * y + t.e, t.b * x + t.d * y + t.f)
}

/// The first number of an attribute; units are those of the drawing.
fn number(node: Node<'_, '_>, key: &str) -> f64 {
    let text = node.attribute(key).unwrap_or_default().trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(text.len());
    text.get(..end).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

fn is_closed(points: &[(f64, f64)]) -> bool {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => points.len() > 3 && (first.0 - last.0).abs() + (first.1 - last.1).abs() < 1e-6,
        _ => false,
    }
}

/// The closed parts of a path that have straight edges; a curve counts as the line between its ends.
fn rings(path: &str) -> Vec<Vec<(f64, f64)>> {
    let mut rings = Vec::new();
    let mut open: Vec<(f64, f64)> = Vec::new();
    for segment in SimplifyingPathParser::from(path).map_while(Result::ok) {
        match segment {
            SimplePathSegment::MoveTo { x, y } => {
                if is_closed(&open) {
                    rings.push(std::mem::take(&mut open));
                }
                open = vec![(x, y)];
            }
            SimplePathSegment::LineTo { x, y }
            | SimplePathSegment::CurveTo { x, y, .. }
            | SimplePathSegment::Quadratic { x, y, .. } => open.push((x, y)),
            SimplePathSegment::ClosePath => rings.push(std::mem::take(&mut open)),
        }
    }
    if is_closed(&open) {
        rings.push(open);
    }
    rings
}

/// A text with its middle: its parts on one line are one word, those on other lines follow after a space.
fn label(node: Node<'_, '_>, here: Transform) -> Option<Label> {
    let mut text = String::new();
    let (mut first, mut line): (Option<(f64, f64)>, Option<f64>) = (None, None);
    let (mut widest, mut row, mut last_y) = (0_usize, 0_usize, 0.0);
    for part in node.descendants().filter(Node::is_text) {
        let written = part.text().unwrap_or_default();
        let Some(parent) = part.parent_element().filter(|_| !written.trim().is_empty()) else {
            continue;
        };
        let y = if parent.has_attribute("y") { number(parent, "y") } else { line.unwrap_or(number(node, "y")) };
        let falls = number(parent, "dy").abs() > 0.1 && parent.tag_name().name() == "tspan";
        if line.is_some_and(|line| (line - y).abs() > 0.1) || (falls && line.is_some()) {
            text.push(' ');
            row = 0;
        }
        let x = if parent.has_attribute("x") { number(parent, "x") } else { number(node, "x") };
        first.get_or_insert((x, y));
        line = Some(y);
        last_y = y;
        let written = if node.descendants().filter(Node::is_element).count() > 1 { written } else { written.trim() };
        row += written.chars().count();
        widest = widest.max(row);
        text.push_str(written);
    }
    let text = one_line(&clean(&text));
    let (x, y) = first.filter(|_| !text.is_empty())?;
    let size = font_size(node).unwrap_or(1.0);
    let wide = f64::from(u32::try_from(widest).unwrap_or(0)) * size * 0.55;
    let anchor = style(node, "text-anchor").unwrap_or_default();
    let centre = match anchor.as_str() {
        "middle" => x,
        "end" => x - wide / 2.0,
        _ => x + wide / 2.0,
    };
    Some(Label { at: apply(here, (centre, f64::midpoint(y, last_y) - size * 0.35)), text })
}

fn font_size(node: Node<'_, '_>) -> Option<f64> {
    node.descendants().chain(node.ancestors()).find_map(|node| {
        let text = style(node, "font-size")?;
        text.trim_end_matches(|c: char| c.is_alphabetic() || c == '%').trim().parse::<f64>().ok()
    })
}

/// A property from its own attribute or from `style`.
fn style(node: Node<'_, '_>, key: &str) -> Option<String> {
    if let Some(value) = node.attribute(key) {
        return Some(value.to_owned());
    }
    let style = node.attribute("style")?;
    let found = style.split(';').filter_map(|part| part.split_once(':')).find(|(name, _)| name.trim() == key);
    found.map(|(_, value)| value.trim().to_owned())
}

fn area(corners: &[(f64, f64)]) -> f64 {
    let next = corners.iter().cycle().skip(1);
    let sum: f64 = corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    sum.abs() / 2.0
}

fn centre(corners: &[(f64, f64)]) -> (f64, f64) {
    let by = |pick: fn(&(f64, f64)) -> f64| {
        let all = || corners.iter().map(pick);
        f64::midpoint(all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max))
    };
    (by(|point| point.0), by(|point| point.1))
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
fn without_doubles(outlines: &mut Vec<Outline>) {
    let mut seen: BTreeMap<(i64, i64, i64), usize> = BTreeMap::new();
    let mut kept: Vec<Outline> = Vec::new();
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
fn commonest(outlines: &[Outline]) -> Option<(f64, f64)> {
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
            let long = crate::domain::geometry::metres(long);
            remarks.push(Remark::on_file(say!(
                "Không ghi tỷ lệ: hình chữ nhật gặp nhiều nhất được lấy là 3 × {long} m. Nếu khác, ghi --booth 3x3 (kích thước thật của nó).",
                "No scale was given: the commonest rectangle is taken for 3 × {long} m. If it is not, give its real size as --booth 3x3."
            )));
            cm
        }
    }
}

/// Gives each label to the smallest outline around its middle. A frame around half the plan is nobody's outline.
fn join_labels(outlines: &mut [Outline], labels: &[Label], usual: (f64, f64), remarks: &mut Vec<Remark>) {
    let areas: Vec<f64> = outlines.iter().map(|outline| area(&outline.corners)).collect();
    let largest = usual.0 * usual.1 * 80.0;
    // What holds several other shapes is a frame around them, not the thing that the label names.
    let roomy = usual.0 * usual.1 * 8.0;
    let frames: Vec<bool> = outlines
        .iter()
        .zip(&areas)
        .map(|(outline, area)| {
            let holds =
                |other: &&Outline| other.corners.first().is_some_and(|corner| inside(&outline.corners, *corner));
            *area > roomy && outlines.iter().filter(holds).take(4).count() > 3
        })
        .collect();
    let mut loose: Vec<&str> = Vec::new();
    for label in labels {
        let around = outlines
            .iter()
            .enumerate()
            .filter(|(place, outline)| {
                areas[*place] <= largest && !frames[*place] && inside(&outline.corners, label.at)
            })
            .min_by(|(one, _), (other, _)| areas[*one].total_cmp(&areas[*other]))
            .map(|(place, _)| place);
        // A group that bears the code itself knows better than a label that sits a little aside.
        let own = outlines.iter().position(|outline| outline.name.as_ref() == Some(&label.text));
        match own.or(around) {
            Some(place) => outlines[place].labels.push(label.text.clone()),
            None => loose.push(&label.text),
        }
    }
    if !loose.is_empty() {
        let count = loose.len();
        let some: Vec<&str> = loose.iter().take(12).copied().collect();
        let some = some.join(" | ");
        remarks.push(Remark::on_file(say!(
            "{count} nhãn không nằm trong hình nào: {some}.",
            "{count} labels lie in no shape: {some}."
        )));
    }
}

fn pieces(outlines: &[Outline], usual: (f64, f64), cm: f64, remarks: &mut Vec<Remark>) -> Vec<Piece> {
    let named: Vec<(&Outline, Option<FixtureKind>, String)> =
        outlines.iter().filter_map(|outline| what_is(outline).map(|(kind, name)| (outline, kind, name))).collect();
    let corners = || named.iter().flat_map(|(outline, ..)| outline.corners.iter());
    let left = corners().map(|corner| corner.0).fold(f64::MAX, f64::min);
    let top = corners().map(|corner| corner.1).fold(f64::MAX, f64::min);
    let booth_sized = |outline: &&Outline| {
        sides(&outline.corners)
            .is_some_and(|(w, h, _)| (w.min(h) / usual.0 - 1.0).abs() < 0.03 && (w.max(h) / usual.1 - 1.0).abs() < 0.03)
    };
    let bare: Vec<&Outline> = outlines.iter().filter(|outline| what_is(outline).is_none()).collect();
    let lost: Vec<String> = bare
        .iter()
        .filter(|outline| booth_sized(outline))
        .map(|outline| {
            let (x, y) = centre(&outline.corners);
            let at = |value: f64| crate::domain::geometry::metres(whole(value * cm));
            format!("{} × {}", at(x - left), at(y - top))
        })
        .collect();
    if !lost.is_empty() {
        let (count, places) = (lost.len(), lost.iter().take(20).cloned().collect::<Vec<_>>().join("; "));
        remarks.push(Remark::on_file(say!(
            "{count} hình cỡ một gian không có mã, bị bỏ qua; tâm ở (m): {places}.",
            "{count} shapes of a booth's size have no code and are left out; their middles (m): {places}."
        )));
    }
    let others = bare.len() - lost.len();
    if others > 0 {
        remarks.push(Remark::on_file(say!(
            "{others} hình khác không có nhãn, bị bỏ qua.",
            "{others} other shapes have no label and are left out."
        )));
    }
    let mut pieces = Vec::new();
    for (outline, fixture, name) in named {
        match laid(&outline.corners, (left, top), cm) {
            Some(laid) => pieces.push(Piece { laid, name, fixture, fields: Vec::new() }),
            None => remarks.push(Remark::on_file(say!(
                "Hình “{name}” không phải đường viền (cạnh cắt nhau hoặc không có diện tích), bị bỏ qua.",
                "The shape “{name}” is no outline (edges cross, or no area) and is left out."
            ))),
        }
    }
    pieces
}

/// A booth by its code, a thing by its label, or nothing.
fn what_is(outline: &Outline) -> Option<(Option<FixtureKind>, String)> {
    if let Some(code) = outline.labels.iter().find(|label| is_code(label)) {
        return Some((None, code.clone()));
    }
    if !outline.labels.is_empty() {
        let label = outline.labels.join(" ");
        return Some((Some(fixture_named(&label).unwrap_or(FixtureKind::Other)), label));
    }
    outline.name.clone().map(|name| (None, name))
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

    #[test]
    fn labels_are_told_apart() {
        assert!(["A01", "F010/E019", "라-2", "005", "N1-12"].iter().all(|label| is_code(label)));
        assert!(["Lối thoát hiểm 2", "STAGE 1", "(5 VEHICLES)", "Cột"].iter().all(|label| !is_code(label)));
        assert_eq!(fixture_named("Lối thoát hiểm số 2"), Some(FixtureKind::Exit));
    }

    proptest! {
        #[test]
        fn no_drawing_brings_it_down(text in any::<String>(), inner in "(<(rect|path|text|g) (x|d|width|transform)=\"[-M0-9 a-z(),.eE]{0,20}\"/>){0,6}") {
            let _ = read_svg(&text, Scale::Guess);
            let _ = read_svg(&format!("<svg>{inner}</svg>"), Scale::CmPerUnit(1e30));
        }
    }
}
