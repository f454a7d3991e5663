//! Pages as a PDF file. Equal pages give equal bytes: no clock, no chance.

use krilla::color::rgb::Color as Ink;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document};

use super::font::Face;
use super::mark::{Colour, Mark, Page, Pen};
use crate::base::words::{Lang, Words};
use crate::say;

/// Writes pages as a file that every reader of PDF opens: fonts inside, only the letters that are used, text that can be
/// searched and copied.
///
/// # Errors
/// A page without width or height, or what the writer of PDF refuses.
pub fn write_pdf(pages: &[Page], title: &str, lang: Lang) -> Result<Vec<u8>, Words> {
    let mut document = Document::new();
    let language = match lang {
        Lang::Vi => "vi-VN",
        Lang::En => "en",
    };
    document.set_metadata(
        Metadata::new().title(title.to_owned()).language(language.to_owned()).creator("hoicho".to_owned()),
    );
    let fonts: Vec<Option<Font>> = Face::ALL.iter().map(|face| Font::new(Data::from(face.bytes()), 0)).collect();
    let font =
        |face: Face| Face::ALL.iter().position(|other| *other == face).and_then(|place| fonts.get(place)?.clone());
    for page in pages {
        let settings = PageSettings::from_wh(page.width, page.height)
            .ok_or_else(|| Words::new("Trang giấy không có kích thước.", "A page has no size."))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for mark in &page.marks {
            draw(&mut surface, mark, &font);
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|fault| say!("Không lập được tệp PDF: {fault:?}.", "The PDF cannot be made: {fault:?}."))
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, font: &dyn Fn(Face) -> Option<Font>) {
    match mark {
        Mark::Text { at, face, size, colour, text } => {
            let Some(font) = font(*face).filter(|_| !text.is_empty()) else { return };
            surface.set_fill(Some(fill(*colour)));
            surface.set_stroke(None);
            surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs(*face, text), font, text, *size, false);
        }
        Mark::Shape { points, closed, fill: ground, pen } => {
            let Some(path) = path(points, *closed || ground.is_some()) else { return };
            surface.set_fill(ground.map(fill));
            surface.set_stroke(pen.map(stroke));
            if ground.is_some() || pen.is_some() {
                surface.draw_path(&path);
            }
        }
    }
}

/// Vietnamese in NFC is one picture a letter, so nothing needs to be shaped, and what is measured is what is drawn.
fn glyphs(face: Face, text: &str) -> Vec<KrillaGlyph> {
    text.char_indices()
        .map(|(start, character)| {
            let (glyph, advance) = face.glyph(character);
            let range = start..start + character.len_utf8();
            KrillaGlyph::new(GlyphId::new(glyph), advance, 0.0, 0.0, 0.0, range, None)
        })
        .collect()
}

fn path(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn paint(colour: Colour) -> Paint {
    Ink::new(colour.0, colour.1, colour.2).into()
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint(colour), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn stroke(pen: Pen) -> Stroke {
    Stroke { paint: paint(pen.colour), width: pen.width, line_join: LineJoin::Miter, ..Stroke::default() }
}

#[cfg(test)]
mod tests {
    use super::super::paper::{Paper, Size};
    use super::*;

    fn page() -> Page {
        let paper = Paper::new(Size::A4, false);
        let marks = vec![
            Mark::text_around((paper.width / 2.0, 60.0), Face::SerifBold, 13.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            Mark::rectangle((paper.left, 80.0), (100.0, 20.0), Some(Colour::PALE), Some(Pen::RULE)),
            Mark::text_to((paper.width - paper.right, 95.0), Face::Sans, 11.0, "4.500.000 ₫ 漢"),
        ];
        Page { width: paper.width, height: paper.height, marks }
    }

    #[test]
    fn equal_pages_are_equal_bytes() {
        let pages = vec![page(), page()];
        let one = write_pdf(&pages, "Quyết định", Lang::Vi).unwrap();
        let two = write_pdf(&pages, "Quyết định", Lang::Vi).unwrap();
        assert!(one.starts_with(b"%PDF-"));
        assert_eq!(one, two);
        assert!(one.len() < 60_000, "only the letters that are used go along: {}", one.len());
    }

    #[test]
    fn a_page_without_size_is_refused() {
        assert!(write_pdf(&[Page::default()], "", Lang::En).is_err());
        assert!(write_pdf(&[], "", Lang::En).is_ok());
    }
}
