//! The plan on paper: every hall to scale on a page of its own, zones in colours, codes and short names fitted to the
//! booths, with title, legend, counts and a bar that shows the scale.

use std::collections::BTreeMap;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::geometry::{Bounds, Polygon};
use crate::domain::view::derived::{BoothState, booth_status};
use crate::domain::view::floor::short_holder;
use crate::domain::view::title::days;
use crate::domain::{Booth, Fair, Fixture, Hall};
use crate::exchange::print::font::Face;
use crate::exchange::print::mark::{Colour, Mark, Page, Pen};
use crate::exchange::print::paper::{Size, mm};
use crate::say;

/// Colours of zones, light enough for black text, told apart also on a grey printer by their lightness.
const ZONES: [Colour; 10] = [
    Colour(255, 224, 178),
    Colour(187, 222, 251),
    Colour(200, 230, 201),
    Colour(248, 187, 208),
    Colour(225, 215, 245),
    Colour(255, 245, 157),
    Colour(178, 235, 242),
    Colour(215, 204, 200),
    Colour(220, 237, 150),
    Colour(255, 204, 188),
];

const FREE: Colour = Colour(255, 255, 255);
const THING: Colour = Colour(224, 224, 224);
const WAY: Colour = Colour(245, 245, 245);
const MARGIN: f32 = mm(12.0);
const HEAD: f32 = mm(18.0);
const FOOT: f32 = mm(22.0);

/// The pages of a fair's plan; halls without anything on them have none.
#[must_use]
pub fn poster(book: &Book, fair: Id, today: Date, lang: Lang, size: Size) -> Vec<Page> {
    let mut halls: Vec<Option<&Hall>> = book.pointing::<Hall>(fair).map(Some).collect();
    let code = |hall: &Option<&Hall>| hall.map(|hall| hall.code.to_string()).unwrap_or_default();
    halls.sort_by(|one, other| natural_compare(&code(one), &code(other)));
    halls.push(None);
    let mut zones: Vec<String> = book.pointing::<Booth>(fair).map(|booth| booth.zone.to_string()).collect();
    zones.retain(|zone| !zone.is_empty());
    zones.sort_by(|one, other| natural_compare(one, other));
    zones.dedup();
    let sheet = Sheet { book, fair: book.get::<Fair>(fair), today, lang, size, zones };
    halls.into_iter().filter_map(|hall| sheet.page(fair, hall)).collect()
}

struct Sheet<'a> {
    book: &'a Book,
    fair: Option<&'a Fair>,
    today: Date,
    lang: Lang,
    size: Size,
    zones: Vec<String>,
}

/// From centimetres of the hall to points of the page.
#[derive(Clone, Copy)]
struct View {
    scale: f32,
    left: f32,
    top: f32,
    from: (i64, i64),
}

#[expect(clippy::cast_precision_loss, reason = "halls are some hundred metres, a page some thousand points")]
const fn float(cm: i64) -> f32 {
    cm as f32
}

impl View {
    fn point(self, x: i64, y: i64) -> (f32, f32) {
        (self.left + float(x - self.from.0) * self.scale, self.top + float(y - self.from.1) * self.scale)
    }

    fn points(self, shape: &Polygon) -> Vec<(f32, f32)> {
        shape.corners().iter().map(|corner| self.point(corner.x, corner.y)).collect()
    }
}

impl Sheet<'_> {
    fn page(&self, fair: Id, hall: Option<&Hall>) -> Option<Page> {
        let id = hall.map(|hall| hall.id);
        let booths: Vec<(&Booth, Polygon)> = self
            .book
            .pointing::<Booth>(fair)
            .filter(|booth| booth.hall == id)
            .filter_map(|booth| Some((booth, booth.shape()?)))
            .collect();
        let things: Vec<(&Fixture, Polygon)> = self
            .book
            .pointing::<Fixture>(fair)
            .filter(|thing| thing.hall == id)
            .filter_map(|thing| Some((thing, thing.shape()?)))
            .collect();
        let shapes = booths.iter().map(|(_, shape)| shape).chain(things.iter().map(|(_, shape)| shape));
        let mut bounds = Bounds::around(shapes.map(Polygon::bounds))?;
        let walls = hall.and_then(|hall| hall.width.zip(hall.depth)).filter(|(width, depth)| *width > 0 && *depth > 0);
        if let Some((right, bottom)) = walls {
            let walls = Bounds { left: 0, top: 0, right, bottom };
            bounds = Bounds::around([bounds, walls].into_iter()).unwrap_or(bounds);
        }
        let (short, long) = match self.size {
            Size::A4 => (mm(210.0), mm(297.0)),
            Size::A3 => (mm(297.0), mm(420.0)),
        };
        let wide = bounds.width() >= bounds.depth();
        let (width, height) = if wide { (long, short) } else { (short, long) };
        let room = (width - 2.0 * MARGIN, height - 2.0 * MARGIN - HEAD - FOOT);
        let scale = (room.0 / float(bounds.width().max(1))).min(room.1 / float(bounds.depth().max(1)));
        let spare = (room.0 - float(bounds.width()) * scale) / 2.0;
        let view = View { scale, left: MARGIN + spare, top: MARGIN + HEAD, from: (bounds.left, bounds.top) };
        let mut marks = self.title(hall, width);
        if let Some((right, bottom)) = walls {
            let wall = Pen { width: 1.4, colour: Colour::BLACK };
            let shape = Polygon::rectangle(0, 0, right, bottom);
            marks.push(Mark::Shape { points: view.points(&shape), closed: true, fill: None, pen: Some(wall) });
        }
        // What one walks on lies below what stands on it.
        let (below, above): (Vec<_>, Vec<_>) = things.iter().partition(|(thing, _)| !thing.kind.blocks_way());
        for (thing, shape) in below {
            self.thing(&mut marks, view, thing, shape);
        }
        for (booth, shape) in &booths {
            self.booth(&mut marks, view, booth, shape);
        }
        for (thing, shape) in above {
            self.thing(&mut marks, view, thing, shape);
        }
        self.legend(&mut marks, &booths, view, (width, height));
        Some(Page { width, height, marks })
    }

    fn title(&self, hall: Option<&Hall>, width: f32) -> Vec<Mark> {
        let name = self.fair.map(|fair| fair.name.to_string()).unwrap_or_default();
        let mut below: Vec<String> = Vec::new();
        below.extend(hall.map(|hall| if hall.name.is_empty() { hall.code.to_string() } else { hall.name.to_string() }));
        if let Some(fair) = self.fair {
            below.push(days(fair));
            below
                .extend([&fair.venue, &fair.city].into_iter().filter(|text| !text.is_empty()).map(ToString::to_string));
        }
        let below = below.join(" · ");
        let (large, small) = (fitting(Face::SansBold, &name, width - 2.0 * MARGIN, 17.0), 10.0);
        vec![
            Mark::text((MARGIN, MARGIN + mm(6.0)), Face::SansBold, large, name),
            Mark::text((MARGIN, MARGIN + mm(12.0)), Face::Sans, small, below),
        ]
    }

    fn colour(&self, zone: &str) -> Colour {
        let place = self.zones.iter().position(|known| known == zone);
        place.map_or(FREE, |place| ZONES[place % ZONES.len()])
    }

    fn booth(&self, marks: &mut Vec<Mark>, view: View, booth: &Booth, shape: &Polygon) {
        let fill = Some(self.colour(booth.zone.as_str()));
        let pen = Some(Pen { width: 0.6, colour: Colour::BLACK });
        marks.push(Mark::Shape { points: view.points(shape), closed: true, fill, pen });
        let holder = short_holder(self.book, booth, self.today);
        let at = shape.label_point();
        let middle = view.point(at.x, at.y);
        let (wide, high) = inner_size(shape, view);
        let taken = !holder.is_empty();
        let code_size = fitting(Face::SansBold, booth.code.as_str(), wide, (high * 0.32).min(10.0));
        let up = if taken { high * 0.12 } else { -code_size * 0.35 };
        if code_size >= 1.5 {
            marks.push(Mark::text_around((middle.0, middle.1 - up), Face::SansBold, code_size, booth.code.as_str()));
        }
        if taken {
            let size = (high * 0.2).min(7.0);
            for (row, line) in lines(&holder, wide, size, 2).into_iter().enumerate() {
                let down = size * (1.15 + 1.1 * if row == 0 { 0.0 } else { 1.0 }) - up;
                if size >= 1.2 {
                    marks.push(Mark::text_around((middle.0, middle.1 + down), Face::Sans, size, line));
                }
            }
        }
    }

    fn thing(&self, marks: &mut Vec<Mark>, view: View, thing: &Fixture, shape: &Polygon) {
        let fill = Some(if thing.kind.blocks_way() { THING } else { WAY });
        let pen = Some(Pen { width: 0.4, colour: Colour::GREY });
        marks.push(Mark::Shape { points: view.points(shape), closed: true, fill, pen });
        let kind = thing.kind.words();
        let label = if thing.label.is_empty() { kind.in_lang(self.lang) } else { thing.label.as_str() };
        let at = shape.label_point();
        let middle = view.point(at.x, at.y);
        let (wide, high) = inner_size(shape, view);
        let size = fitting(Face::Sans, label, wide, (high * 0.5).min(9.0));
        if size >= 2.0 {
            marks.push(Mark::text_around((middle.0, middle.1 + size * 0.35), Face::Sans, size, label));
        }
    }

    fn legend(&self, marks: &mut Vec<Mark>, booths: &[(&Booth, Polygon)], view: View, page: (f32, f32)) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (booth, _) in booths {
            *counts.entry(booth.zone.as_str()).or_default() += 1;
        }
        let (mut x, mut y) = (MARGIN, page.1 - MARGIN - FOOT + mm(8.0));
        let unnamed = Words::new("chưa phân khu", "no zone");
        for zone in self.zones.iter().map(String::as_str).chain([""]) {
            let Some(count) = counts.get(zone) else { continue };
            let name = if zone.is_empty() { unnamed.in_lang(self.lang) } else { zone };
            let text = format!("{name} ({count})");
            let wide = mm(6.0) + Face::Sans.width(&text, 8.0) + mm(5.0);
            if x + wide > page.0 - MARGIN && x > MARGIN {
                (x, y) = (MARGIN, y + mm(5.0));
            }
            let pen = Some(Pen { width: 0.4, colour: Colour::GREY });
            marks.push(Mark::rectangle((x, y - mm(3.0)), (mm(4.5), mm(3.5)), Some(self.colour(zone)), pen));
            marks.push(Mark::text((x + mm(6.0), y), Face::Sans, 8.0, text));
            x += wide;
        }
        let of = |wanted: &dyn Fn(BoothState) -> bool| {
            booths.iter().filter(|(booth, _)| wanted(booth_status(self.book, booth, self.today))).count()
        };
        let (whole, free) = (booths.len(), of(&|state| state == BoothState::Free));
        let blocked = of(&|state| state == BoothState::Blocked);
        let taken = whole - free - blocked;
        let foot = page.1 - MARGIN;
        let words = say!(
            "{whole} gian: {taken} đã có đơn vị, {free} còn trống, {blocked} khóa",
            "{whole} booths: {taken} taken, {free} free, {blocked} blocked"
        );
        marks.push(Mark::text((MARGIN, foot), Face::SansBold, 8.0, words.in_lang(self.lang)));
        self.bar(marks, view, (page.0 - MARGIN, foot));
    }

    /// A bar of whole metres, and the scale in numbers.
    fn bar(&self, marks: &mut Vec<Mark>, view: View, end: (f32, f32)) {
        let long = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|metres| float(metres * 100) * view.scale > mm(20.0));
        let long = long.unwrap_or(200);
        let wide = float(long * 100) * view.scale;
        let from = (end.0 - wide, end.1 - mm(1.0));
        marks.push(Mark::rectangle(from, (wide / 2.0, mm(1.5)), Some(Colour::BLACK), Some(Pen::RULE)));
        marks.push(Mark::rectangle(
            (from.0 + wide / 2.0, from.1),
            (wide / 2.0, mm(1.5)),
            Some(Colour::WHITE),
            Some(Pen::RULE),
        ));
        let ratio = mm(10.0) / view.scale;
        marks.push(Mark::text_to((from.0 - mm(2.0), end.1), Face::Sans, 8.0, format!("{long} m · 1 : {ratio:.0}")));
    }
}

/// The width and height that text may take in a shape.
fn inner_size(shape: &Polygon, view: View) -> (f32, f32) {
    let bounds = shape.bounds();
    // A shape with cut corners or turned has less room than its box.
    let fills = shape.is_rectangle();
    let part = if fills { 0.9 } else { 0.6 };
    (float(bounds.width()) * view.scale * part, float(bounds.depth()) * view.scale * part)
}

/// The largest size, at most `most`, at which a text fits.
fn fitting(face: Face, text: &str, wide: f32, most: f32) -> f32 {
    let unit = face.width(text, 1.0);
    if unit <= 0.0 { most } else { (wide / unit).min(most) }
}

/// A text in at most so many lines of a width, cut with an ellipsis.
fn lines(text: &str, wide: f32, size: f32, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match rows.last_mut() {
            Some(row) if Face::Sans.width(&format!("{row} {word}"), size) <= wide => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    let more = rows.len() > most;
    rows.truncate(most);
    let last = rows.len().saturating_sub(1);
    for (place, row) in rows.iter_mut().enumerate() {
        let is_cut = more && place == last;
        if is_cut || Face::Sans.width(row, size) > wide {
            while !row.is_empty() && Face::Sans.width(&format!("{row}…"), size) > wide {
                row.pop();
            }
            let kept = row.trim_end().len();
            row.truncate(kept);
            row.push('…');
        }
    }
    rows
}
