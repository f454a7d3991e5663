//! What a drawing shows: outlines and labels where nested transforms, copies and style sheets put them. Nothing here knows
//! what a booth is.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use svgtypes::{PointsParser, SimplePathSegment, SimplifyingPathParser, Transform};

use crate::base::words::Words;
use crate::exchange::sheet::{clean, one_line};
use crate::say;

/// Most outlines of one drawing.
const OUTLINES_MAX: usize = 20_000;

/// Most elements that are looked at, each copy counted, so that copies of copies end.
const VISITS_MAX: usize = 500_000;

/// A drawing nested deeper was not drawn by anybody.
const DEPTH_MAX: usize = 64;

/// How wide a letter is, in parts of its height, where nothing says.
const LETTER_WIDTH: f64 = 0.55;

/// Corners of a round shape.
const ROUND_CORNERS: u32 = 12;

/// A closed shape.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Its corners in the units of the drawing.
    pub corners: Vec<(f64, f64)>,
    /// The name that it or the groups around it bear, the innermost first; names that the drawing program made are no names.
    pub names: Vec<String>,
}

/// A text.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its middle.
    pub at: (f64, f64),
    /// Its lines from above.
    pub lines: Vec<String>,
}

/// All that a drawing shows.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    /// Closed shapes in the order of the drawing.
    pub outlines: Vec<Outline>,
    /// Texts.
    pub labels: Vec<Label>,
    /// Lines that do not close.
    pub open_lines: usize,
    /// Copies of what is not in the drawing.
    pub lost_copies: usize,
    /// True when there was more than is read.
    pub is_cut: bool,
}

/// Reads the shapes of a drawing.
///
/// # Errors
/// When it is no SVG.
pub fn read_shapes(text: &str) -> Result<Shapes, Words> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: 2_000_000, ..Default::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|fault| say!("Không phải tệp SVG đọc được: {fault}.", "This is no readable SVG: {fault}."))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Words::new("Không phải tệp SVG.", "This is no SVG."));
    }
    let elements = || root.descendants().filter(Node::is_element);
    let reading = Reading {
        classes: elements().filter(|node| node.tag_name().name() == "style").flat_map(rules).collect(),
        ids: elements().filter_map(|node| Some((node.attribute("id")?, node))).collect(),
    };
    let mut shapes = Shapes::default();
    let place = Place { transform: Transform::default(), names: Vec::new(), depth: 0, is_copy: false };
    reading.visit(root, &place, &mut 0, &mut shapes);
    Ok(shapes)
}

/// `.a, .b { font-size: 3px }`: what each class says, as it would stand in `style`.
fn rules(style: Node<'_, '_>) -> Vec<(String, String)> {
    let text: String = style.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    let mut found = Vec::new();
    for rule in text.split('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else { continue };
        for selector in selectors.split(',') {
            if let Some(class) = selector.trim().strip_prefix('.') {
                found.push((class.to_owned(), declarations.to_owned()));
            }
        }
    }
    found
}

/// Where an element stands in the drawing.
#[derive(Clone)]
struct Place {
    transform: Transform,
    names: Vec<String>,
    depth: usize,
    is_copy: bool,
}

struct Reading<'a, 'input> {
    classes: Vec<(String, String)>,
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
}

impl<'a, 'input> Reading<'a, 'input> {
    fn visit(&self, node: Node<'a, 'input>, outer: &Place, visits: &mut usize, found: &mut Shapes) {
        *visits += 1;
        if outer.depth > DEPTH_MAX || found.outlines.len() >= OUTLINES_MAX || *visits > VISITS_MAX {
            found.is_cut = true;
            return;
        }
        let tag = node.tag_name().name();
        if self.is_hidden(node) || matches!(tag, "defs" | "symbol" | "clipPath" | "mask" | "pattern" | "marker") {
            return;
        }
        let here = self.place(node, outer);
        match tag {
            "text" => {
                found.labels.extend(self.label(node, here.transform));
                return;
            }
            "use" => return self.copy(node, here, visits, found),
            _ => {}
        }
        let (rings, open) = drawn(node);
        found.open_lines += open;
        for ring in rings {
            let corners: Vec<(f64, f64)> = ring.into_iter().map(|point| apply(here.transform, point)).collect();
            if corners.len() >= 3 && corners.iter().all(|(x, y)| x.is_finite() && y.is_finite()) {
                found.outlines.push(Outline { corners, names: here.names.clone() });
            }
        }
        for child in node.children().filter(Node::is_element) {
            self.visit(child, &here, visits, found);
        }
    }

    fn place(&self, node: Node<'a, 'input>, outer: &Place) -> Place {
        let own = node.attribute("transform").and_then(|text| text.parse::<Transform>().ok()).unwrap_or_default();
        let mut names = outer.names.clone();
        // What the drawing program calls a layer or an object is told by people in `data-name`, in `inkscape:label`, else in the id.
        let said = node.attributes().find(|attribute| matches!(attribute.name(), "data-name" | "label"));
        let said = said.map(|attribute| attribute.value()).or_else(|| node.attribute("id")).filter(|_| !outer.is_copy);
        if let Some(name) = said.map(|name| one_line(&clean(name.trim_matches('_')))).filter(|name| !is_made(name)) {
            names.insert(0, name);
        }
        Place { transform: product(outer.transform, own), names, depth: outer.depth + 1, is_copy: outer.is_copy }
    }

    /// What a copy shows, at the place of the copy.
    fn copy(&self, node: Node<'a, 'input>, mut here: Place, visits: &mut usize, found: &mut Shapes) {
        let link = node.attributes().find(|attribute| attribute.name() == "href").map(|link| link.value());
        let Some(original) = link.and_then(|link| self.ids.get(link.trim_start_matches('#'))) else {
            found.lost_copies += 1;
            return;
        };
        let to = Transform::new(1.0, 0.0, 0.0, 1.0, number(node, "x"), number(node, "y"));
        here.transform = product(here.transform, to);
        // The original's names are those of all its copies, and so of none.
        here.is_copy = true;
        if original.tag_name().name() == "symbol" {
            for child in original.children().filter(Node::is_element) {
                self.visit(child, &here, visits, found);
            }
        } else {
            self.visit(*original, &here, visits, found);
        }
    }

    fn is_hidden(&self, node: Node<'_, '_>) -> bool {
        let is = |key, value| self.own_style(node, key).as_deref() == Some(value);
        is("display", "none") || is("visibility", "hidden")
    }

    /// A property from the element's own attribute, from its `style` or from its classes.
    fn own_style(&self, node: Node<'_, '_>, key: &str) -> Option<String> {
        let among = |declarations: &str| {
            let mut said = declarations.split(';').filter_map(|part| part.split_once(':'));
            said.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
        };
        if let Some(value) = node.attribute("style").and_then(among) {
            return Some(value);
        }
        let mut classes = node.attribute("class").unwrap_or_default().split_whitespace();
        let by_class = classes.find_map(|class| {
            self.classes.iter().rev().filter(|(name, _)| name == class).find_map(|(_, said)| among(said))
        });
        by_class.or_else(|| node.attribute(key).map(str::to_owned))
    }

    /// A property that elements take from those around them.
    fn style(&self, node: Node<'_, '_>, key: &str) -> Option<String> {
        node.ancestors().filter(Node::is_element).find_map(|node| self.own_style(node, key))
    }

    fn font_size(&self, node: Node<'_, '_>) -> Option<f64> {
        let text = self.style(node, "font-size")?;
        text.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '%').trim().parse().ok()
    }

    /// A text with its middle. Its parts on one line are one word unless a space is drawn between them.
    fn label(&self, node: Node<'a, 'input>, here: Transform) -> Option<Label> {
        let mut rows: Vec<Row> = Vec::new();
        for part in node.descendants().filter(Node::is_text) {
            let Some(parent) = part.parent_element() else { continue };
            let written = part.text().unwrap_or_default();
            // Line ends lay out the file, not the text; nor is a space meant before a part that is set at its own place.
            let is_set = part.next_sibling_element().is_some_and(|next| next.has_attribute("x"));
            if written.trim().is_empty() && (rows.is_empty() || written.contains('\n') || is_set) {
                continue;
            }
            let written = if written.contains('\n') { written.trim() } else { written };
            let size = self.font_size(parent).unwrap_or(1.0);
            let has = |key| parent.has_attribute(key);
            let last = rows.last();
            let y = if has("y") { number(parent, "y") } else { last.map_or(number(node, "y"), |row| row.y) };
            let y = if parent == node { y } else { y + shift(parent, "dy", size) };
            let is_new = last.is_none_or(|row| (row.y - y).abs() > size * 0.1);
            let first_x = if has("x") { number(parent, "x") } else { number(node, "x") };
            if is_new {
                rows.push(Row { y, left: first_x, right: first_x, text: String::new(), size });
            }
            let Some(row) = rows.last_mut() else { continue };
            let from = if has("x") && !is_new { first_x } else { row.right };
            let letters = f64::from(u32::try_from(written.chars().count()).unwrap_or(0));
            row.right = from + letters * size * LETTER_WIDTH;
            row.text.push_str(written);
        }
        for row in &mut rows {
            row.text = one_line(&clean(&row.text));
        }
        rows.retain(|row| !row.text.is_empty());
        let (first, last) = (rows.first()?, rows.last()?);
        let wide = rows.iter().map(|row| row.right - row.left).fold(0.0, f64::max);
        let centre = match self.style(node, "text-anchor").unwrap_or_default().as_str() {
            "middle" => first.left,
            "end" => first.left - wide / 2.0,
            _ => first.left + wide / 2.0,
        };
        // Letters stand on their line; their middle is about a third of their height above it.
        let middle = (centre, f64::midpoint(first.y, last.y) - first.size * 0.35);
        Some(Label { at: apply(here, middle), lines: rows.into_iter().map(|row| row.text).collect() })
    }
}

/// A line of a text.
struct Row {
    y: f64,
    left: f64,
    right: f64,
    text: String,
    size: f64,
}

/// True for names that drawing programs give by themselves: `rect1042`, `path12`, `LWPOLYLINE-6`, `Layer_1`.
fn is_made(name: &str) -> bool {
    const WORDS: [&str; 18] = [
        "rect",
        "rectangle",
        "path",
        "polygon",
        "polyline",
        "lwpolyline",
        "line",
        "group",
        "layer",
        "use",
        "shape",
        "svg",
        "circle",
        "ellipse",
        "symbol",
        "text",
        "tspan",
        "object",
    ];
    let letters: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
    // Inkscape calls groups g12; G12 in capitals is a booth's.
    letters == "g" || name.is_empty() || WORDS.contains(&letters.to_lowercase().as_str())
}

/// The closed rings that an element draws, and how many of its lines stay open.
fn drawn(node: Node<'_, '_>) -> (Vec<Vec<(f64, f64)>>, usize) {
    match node.tag_name().name() {
        "rect" => {
            let (x, y) = (number(node, "x"), number(node, "y"));
            let (w, h) = (number(node, "width"), number(node, "height"));
            let is_seen = w > 0.0 && h > 0.0;
            (if is_seen { vec![vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]] } else { Vec::new() }, 0)
        }
        "circle" | "ellipse" => {
            let (x, y, r) = (number(node, "cx"), number(node, "cy"), number(node, "r"));
            let of = |key| if node.has_attribute(key) { number(node, key) } else { r };
            let (across, down) = (of("rx"), of("ry"));
            let ring = (0..ROUND_CORNERS).map(|at| {
                let angle = std::f64::consts::TAU * f64::from(at) / f64::from(ROUND_CORNERS);
                (x + across * angle.cos(), y + down * angle.sin())
            });
            (if across > 0.0 && down > 0.0 { vec![ring.collect()] } else { Vec::new() }, 0)
        }
        "polygon" => (vec![PointsParser::from(node.attribute("points").unwrap_or_default()).collect()], 0),
        "polyline" => {
            let points: Vec<(f64, f64)> = PointsParser::from(node.attribute("points").unwrap_or_default()).collect();
            if is_closed(&points) { (vec![points], 0) } else { (Vec::new(), 1) }
        }
        "line" => (Vec::new(), 1),
        "path" => rings(node.attribute("d").unwrap_or_default()),
        _ => (Vec::new(), 0),
    }
}

/// The closed parts of a path, and how many are open; a curve counts as the line between its ends.
fn rings(path: &str) -> (Vec<Vec<(f64, f64)>>, usize) {
    let mut rings = Vec::new();
    let mut open_lines = 0;
    let mut line: Vec<(f64, f64)> = Vec::new();
    let mut end = |line: &mut Vec<(f64, f64)>, is_shut: bool| {
        let line = std::mem::take(line);
        if is_shut || is_closed(&line) {
            rings.push(line);
        } else if line.len() > 1 {
            open_lines += 1;
        }
    };
    for segment in SimplifyingPathParser::from(path).map_while(Result::ok) {
        match segment {
            SimplePathSegment::MoveTo { x, y } => {
                end(&mut line, false);
                line.push((x, y));
            }
            SimplePathSegment::LineTo { x, y }
            | SimplePathSegment::CurveTo { x, y, .. }
            | SimplePathSegment::Quadratic { x, y, .. } => line.push((x, y)),
            SimplePathSegment::ClosePath => end(&mut line, true),
        }
    }
    end(&mut line, false);
    (rings, open_lines)
}

/// True when a line ends where it began, as far as rounding lets it.
pub fn is_closed(points: &[(f64, f64)]) -> bool {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return false };
    let size = points.iter().map(|point| (point.0 - first.0).abs() + (point.1 - first.1).abs()).fold(0.0, f64::max);
    points.len() > 3 && (first.0 - last.0).abs() + (first.1 - last.1).abs() <= size * 1e-3
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
    first_number(node.attribute(key).unwrap_or_default()).0
}

/// A distance that may be given in heights of letters.
fn shift(node: Node<'_, '_>, key: &str, size: f64) -> f64 {
    let (value, unit) = first_number(node.attribute(key).unwrap_or_default());
    if unit.starts_with("em") { value * size } else { value }
}

fn first_number(text: &str) -> (f64, &str) {
    let text = text.trim();
    // An e begins an exponent only where a number follows: 1e2, but 1.2em.
    let is_part = |(at, letter): (usize, char)| match letter {
        'e' | 'E' => text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '-')),
        _ => letter.is_ascii_digit() || "+-.".contains(letter),
    };
    let end = text.char_indices().find(|found| !is_part(*found)).map_or(text.len(), |(at, _)| at);
    let (number, unit) = text.split_at_checked(end).unwrap_or((text, ""));
    (number.parse().unwrap_or(0.0), unit)
}
