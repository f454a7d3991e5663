//! Pages as SVG files: the same marks as on paper, with text that can be searched and edited.

use std::fmt::Write as _;

use super::font::Face;
use super::mark::{Colour, Mark, Page};

/// One page as a file of its own, its lengths in points.
#[must_use]
pub fn write_svg(page: &Page, title: &str) -> String {
    let (width, height) = (page.width, page.height);
    let mut svg = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}pt\" \
         height=\"{height:.2}pt\" viewBox=\"0 0 {width:.2} {height:.2}\">\n<title>{}</title>\n\
         <rect width=\"{width:.2}\" height=\"{height:.2}\" fill=\"#ffffff\"/>\n",
        escaped(title)
    );
    for mark in &page.marks {
        // Writing to a string does not fail.
        let _ = match mark {
            Mark::Text { at, face, size, colour, text } => writeln!(
                svg,
                "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{size:.2}\" fill=\"{}\"{}>{}</text>",
                at.0,
                at.1,
                hex(*colour),
                family(*face),
                escaped(text)
            ),
            Mark::Shape { points, closed, fill, pen } => {
                let tag = if *closed || fill.is_some() { "polygon" } else { "polyline" };
                let corners: Vec<String> = points.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect();
                let fill = fill.map_or("none".to_owned(), hex);
                let stroke = pen.map_or(String::new(), |pen| {
                    format!(" stroke=\"{}\" stroke-width=\"{:.2}\"", hex(pen.colour), pen.width)
                });
                writeln!(svg, "<{tag} points=\"{}\" fill=\"{fill}\"{stroke}/>", corners.join(" "))
            }
        };
    }
    svg.push_str("</svg>\n");
    svg
}

fn hex(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

const fn family(face: Face) -> &'static str {
    match face {
        Face::Serif => " font-family=\"Liberation Serif, Times New Roman, serif\"",
        Face::SerifBold => " font-family=\"Liberation Serif, Times New Roman, serif\" font-weight=\"bold\"",
        Face::SerifItalic => " font-family=\"Liberation Serif, Times New Roman, serif\" font-style=\"italic\"",
        Face::Sans => " font-family=\"Liberation Sans, Arial, sans-serif\"",
        Face::SansBold => " font-family=\"Liberation Sans, Arial, sans-serif\" font-weight=\"bold\"",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_xml_that_reads_back() {
        let marks = vec![Mark::text((10.0, 10.0), Face::Sans, 9.0, "A & B <“Dừa”>")];
        let svg = write_svg(&Page { width: 100.0, height: 50.0, marks }, "Sơ đồ");
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(document.descendants().any(|node| node.text() == Some("A & B <“Dừa”>")));
    }
}
