//! A plan drawn in a workbook: blocks of cells of one colour or within borders are booths, as offices have always drawn
//! their halls.
//!
//! Cells that no line and no change of colour parts are one block. A block with one code is a booth, whatever its shape; in
//! a block with several codes each coded cell is one; a block with other words is a thing on the floor. Words that stand
//! on the bare sheet are titles and legends.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};

use crate::base::words::Words;
use crate::domain::geometry::{Point, Polygon, join, metres};
use crate::exchange::plan_draft::{Laid, Piece};
use crate::exchange::plan_svg::{Drawing, Scale};
use crate::exchange::plan_words::{Written, fixture_named, is_code};
use crate::exchange::read_workbook::{WorkbookKind, read_workbook};
use crate::exchange::sheet::{Grid, Remark, one_line};
use crate::say;

/// Most rows and columns of a drawn sheet.
const SIDE_MAX: usize = 2_000;
/// Most cells that are looked at.
const CELLS_MAX: usize = 400_000;
/// Most bytes of one part of the workbook.
const PART_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The side of the usual booth when nobody says another, in centimetres.
const USUAL_CM: i64 = 300;
/// Longer words than these are a title in a frame, no thing.
const LABEL_CHARS_MAX: usize = 40;

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    /// The number of its colour; 0 is none.
    fill: usize,
    left: bool,
    right: bool,
    top: bool,
    bottom: bool,
}

/// A sheet as it is drawn.
#[derive(Debug, Default)]
struct Drawn {
    looks: BTreeMap<(usize, usize), Look>,
    /// Widths of columns and heights of rows that differ from the usual, in hundredths of what a sheet measures in.
    widths: BTreeMap<usize, i64>,
    heights: BTreeMap<usize, i64>,
    usual_width: i64,
    usual_height: i64,
}

/// A block of cells.
struct Block {
    cells: Vec<(usize, usize)>,
    /// Cells with their lines of text.
    texts: Vec<((usize, usize), Vec<String>)>,
}

/// Reads a drawn sheet.
///
/// # Errors
/// When it is no workbook of Excel since 2007, or nothing in it is a booth.
pub fn read_sheet_plan(bytes: &[u8], sheet: Option<&str>, scale: Scale) -> Result<Drawing, Words> {
    let workbook = read_workbook(WorkbookKind::Xlsx, bytes, sheet).map_err(|fault| fault.words())?;
    let mut grid = workbook.grid;
    grid.rows.truncate(SIDE_MAX);
    for row in &mut grid.rows {
        row.truncate(SIDE_MAX);
    }
    let drawn = read_drawn(bytes, &grid.name).unwrap_or_default();
    let mut remarks = std::mem::take(&mut grid.remarks);
    let blocks = blocks(&grid, &drawn);
    let pieces = pieces(&blocks, &grid, &drawn, scale, &mut remarks);
    if pieces.iter().all(|piece| piece.fixture.is_some()) {
        return Err(Words::new(
            "Trang tính không có ô nào tô màu, kẻ khung hoặc gộp mang mã gian.",
            "No cell of the sheet that is coloured, framed or merged carries the code of a booth.",
        ));
    }
    Ok(Drawing { pieces, remarks })
}

/// The text of a part of the workbook.
fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(PART_BYTES_MAX).read_to_string(&mut text).ok()?;
    Some(text)
}

/// How the cells of a sheet are drawn; none when the workbook does not say.
fn read_drawn(bytes: &[u8], sheet: &str) -> Option<Drawn> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let workbook = part(&mut archive, "xl/workbook.xml")?;
    let links = part(&mut archive, "xl/_rels/workbook.xml.rels")?;
    let styles = part(&mut archive, "xl/styles.xml")?;
    let path = sheet_path(&workbook, &links, sheet)?;
    let looks = read_looks(&styles)?;
    read_cells(&part(&mut archive, &path)?, &looks)
}

fn below<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn sheet_path(workbook: &str, links: &str, sheet: &str) -> Option<String> {
    let (workbook, links) = (Document::parse(workbook).ok()?, Document::parse(links).ok()?);
    let named = below(workbook.root_element(), "sheet").find(|node| node.attribute("name") == Some(sheet))?;
    let id = named.attributes().find(|attribute| attribute.name() == "id")?.value();
    let link = below(links.root_element(), "Relationship").find(|node| node.attribute("Id") == Some(id))?;
    let target = link.attribute("Target")?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

/// The looks that cells name by their number.
fn read_looks(styles: &str) -> Option<Vec<Look>> {
    let document = Document::parse(styles).ok()?;
    let root = document.root_element();
    let children =
        |name: &'static str| below(root, name).next().map(|node| node.children().filter(Node::is_element).collect());
    let fills: Vec<Node<'_, '_>> = children("fills").unwrap_or_default();
    let mut colours: Vec<String> = Vec::new();
    let fills: Vec<usize> = fills
        .iter()
        .map(|fill| {
            let Some(colour) = colour_of(*fill) else { return 0 };
            let known = colours.iter().position(|other| *other == colour).unwrap_or_else(|| {
                colours.push(colour);
                colours.len() - 1
            });
            known + 1
        })
        .collect();
    let borders: Vec<Node<'_, '_>> = children("borders").unwrap_or_default();
    let has = |border: Option<&Node<'_, '_>>, side: &str| {
        let side = border.and_then(|border| border.children().find(|child| child.tag_name().name() == side));
        side.and_then(|side| side.attribute("style").map(|style| style != "none")).unwrap_or(false)
    };
    let formats: Vec<Node<'_, '_>> = children("cellXfs")?;
    let number = |node: &Node<'_, '_>, key: &str| node.attribute(key).and_then(|text| text.parse::<usize>().ok());
    let look = |format: &Node<'_, '_>| {
        let border = number(format, "borderId").and_then(|at| borders.get(at));
        Look {
            fill: number(format, "fillId").and_then(|at| fills.get(at)).copied().unwrap_or(0),
            left: has(border, "left"),
            right: has(border, "right"),
            top: has(border, "top"),
            bottom: has(border, "bottom"),
        }
    };
    Some(formats.iter().map(look).collect())
}

/// The colour of a fill; none for white and for no fill.
fn colour_of(fill: Node<'_, '_>) -> Option<String> {
    let pattern = fill.children().find(|child| child.tag_name().name() == "patternFill")?;
    if matches!(pattern.attribute("patternType"), None | Some("none" | "gray125")) {
        return None;
    }
    let colour = pattern.children().find(|child| child.tag_name().name() == "fgColor")?;
    let told: Vec<String> = colour
        .attributes()
        .map(|attribute| format!("{}={}", attribute.name(), attribute.value().to_uppercase()))
        .collect();
    let told = told.join(" ");
    let is_white = matches!(told.as_str(), "rgb=FFFFFFFF" | "rgb=00FFFFFF" | "theme=0" | "indexed=65" | "indexed=9");
    (!is_white && !told.is_empty()).then_some(told)
}

fn read_cells(sheet: &str, looks: &[Look]) -> Option<Drawn> {
    let document = Document::parse(sheet).ok()?;
    let root = document.root_element();
    let hundredths = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok()).map(whole_hundredths);
    let usual = below(root, "sheetFormatPr").next();
    let usual = |key: &str| usual.and_then(|node| hundredths(node.attribute(key)));
    // A column is measured in digits of seven pixels, a row in points of a pixel and a third.
    let mut drawn = Drawn {
        usual_width: usual("defaultColWidth").unwrap_or(843) * 7,
        usual_height: usual("defaultRowHeight").unwrap_or(1_500) * 4 / 3,
        ..Drawn::default()
    };
    let place = |node: &Node<'_, '_>, key: &str| node.attribute(key).and_then(|text| text.parse::<usize>().ok());
    for column in below(root, "col") {
        let (Some(from), Some(to)) = (place(&column, "min"), place(&column, "max")) else { continue };
        if let Some(width) = hundredths(column.attribute("width")) {
            drawn.widths.extend((from..=to.min(SIDE_MAX)).filter_map(|at| Some((at.checked_sub(1)?, width * 7))));
        }
    }
    for row in below(root, "row") {
        let Some(at) = place(&row, "r").and_then(|at| at.checked_sub(1)).filter(|at| *at < SIDE_MAX) else { continue };
        if let Some(height) = hundredths(row.attribute("ht")) {
            drawn.heights.insert(at, height * 4 / 3);
        }
        for cell in row.children().filter(Node::is_element) {
            let column = cell.attribute("r").and_then(column_of).filter(|column| *column < SIDE_MAX);
            let look = place(&cell, "s").and_then(|at| looks.get(at)).copied().unwrap_or_default();
            if let Some(column) = column.filter(|_| look != Look::default() && drawn.looks.len() < CELLS_MAX) {
                drawn.looks.insert((at, column), look);
            }
        }
    }
    Some(drawn)
}

/// A measure of the sheet in hundredths, at least one.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what 64 bits hold")]
fn whole_hundredths(value: f64) -> i64 {
    if value.is_finite() { (value * 100.0).clamp(1.0, 1e7).round() as i64 } else { 1 }
}

/// The column of a cell named as `AB12`, from 0.
fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.take(4).fold(0_usize, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// The cells that no line and no change of colour parts, without the bare sheet.
fn blocks(grid: &Grid, drawn: &Drawn) -> Vec<Block> {
    let text = |(row, column): (usize, usize)| {
        let cell = grid.rows.get(row).and_then(|cells| cells.get(column));
        let lines = cell?.text.lines().map(one_line).filter(|line| !line.is_empty());
        Some(lines.collect::<Vec<String>>()).filter(|lines| !lines.is_empty())
    };
    let mut merged: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut cells: BTreeSet<(usize, usize)> = drawn.looks.keys().copied().collect();
    for (at, merge) in grid.merges.iter().enumerate() {
        let (bottom, right) = (merge.bottom.min(SIDE_MAX - 1), merge.right.min(SIDE_MAX - 1));
        if merged.len() + (bottom.saturating_sub(merge.top) + 1) * (right.saturating_sub(merge.left) + 1) > CELLS_MAX {
            break;
        }
        for row in merge.top..=bottom {
            merged.extend((merge.left..=right).map(|column| ((row, column), at)));
        }
    }
    cells.extend(merged.keys());
    for (row, line) in grid.rows.iter().enumerate() {
        cells.extend((0..line.len()).map(|column| (row, column)).filter(|place| text(*place).is_some()));
    }
    let look = |place: &(usize, usize)| drawn.looks.get(place).copied().unwrap_or_default();
    let is_one = |from: (usize, usize), to: (usize, usize)| {
        let together = merged.get(&from).is_some_and(|merge| merged.get(&to) == Some(merge));
        let (one, other) = (look(&from), look(&to));
        let line = match (to.0 > from.0, to.1 > from.1, to.0 < from.0) {
            (true, ..) => one.bottom || other.top,
            (_, true, _) => one.right || other.left,
            (.., true) => one.top || other.bottom,
            _ => one.left || other.right,
        };
        together || (one.fill == other.fill && !line)
    };
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut blocks = Vec::new();
    for first in &cells {
        if !seen.insert(*first) {
            continue;
        }
        let (mut block, mut open, mut is_bare) = (Vec::new(), vec![*first], false);
        while let Some(place) = open.pop() {
            block.push(place);
            let (row, column) = place;
            let around = [
                Some((row + 1, column)),
                Some((row, column + 1)),
                row.checked_sub(1).map(|row| (row, column)),
                column.checked_sub(1).map(|column| (row, column)),
            ];
            for next in around {
                let joins = next.is_some_and(|next| is_one(place, next));
                match next {
                    Some(next) if joins && cells.contains(&next) => open.extend(seen.insert(next).then_some(next)),
                    // What runs out onto the empty sheet has no edge of its own there.
                    Some(_) if joins => is_bare = true,
                    None if look(&place).fill == 0 => is_bare = true,
                    _ => {}
                }
            }
        }
        let is_plain = |place: &(usize, usize)| look(place) == Look::default() && !merged.contains_key(place);
        let texts: Vec<_> = block.iter().filter_map(|place| Some((*place, text(*place)?))).collect();
        // Where nothing is drawn at all, a cell with a code is a booth, merged or not.
        let coded = texts.iter().any(|(_, lines)| lines.iter().any(|line| is_code(line)));
        if (is_bare && !coded) || (is_bare && !drawn.looks.is_empty() && block.iter().any(is_plain)) {
            continue;
        }
        blocks.push(Block { cells: block, texts });
    }
    blocks
}

/// The lines between columns and rows, in centimetres.
struct Lines {
    across: Vec<i64>,
    down: Vec<i64>,
}

impl Lines {
    /// The outline of some cells.
    fn outline(&self, cells: &[(usize, usize)]) -> Option<Polygon> {
        let mut sorted = cells.to_vec();
        sorted.sort_unstable();
        // Runs of a row, joined with the run above where both are as wide.
        let mut boxes: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (row, column) in sorted {
            match boxes.last_mut() {
                Some((top, bottom, _, right)) if *top == row && *bottom == row && *right + 1 == column => {
                    *right = column
                }
                _ => boxes.push((row, row, column, column)),
            }
        }
        let mut high: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (top, bottom, left, right) in boxes {
            match high.iter_mut().find(|known| known.1 + 1 == top && (known.2, known.3) == (left, right)) {
                Some(known) => known.1 = bottom,
                None => high.push((top, bottom, left, right)),
            }
        }
        let shapes: Vec<Polygon> = high
            .into_iter()
            .filter_map(|(top, bottom, left, right)| {
                let (x, y) = (*self.across.get(left)?, *self.down.get(top)?);
                let (to_x, to_y) = (*self.across.get(right + 1)?, *self.down.get(bottom + 1)?);
                let corners = [(x, y), (to_x, y), (to_x, to_y), (x, to_y)].map(|(x, y)| Point::new(x, y));
                Polygon::new(&corners).ok()
            })
            .collect();
        if let [one] = shapes.as_slice() { Some(one.clone()) } else { join(&shapes) }
    }
}

/// The size of a booth in what the sheet measures in: the one that is met most often, of several the smaller.
fn usual_size(
    blocks: &[Vec<(usize, usize)>],
    widths: &dyn Fn(usize) -> i64,
    heights: &dyn Fn(usize) -> i64,
) -> (i64, i64) {
    let mut counts: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for cells in blocks {
        let rows: BTreeSet<usize> = cells.iter().map(|(row, _)| *row).collect();
        let columns: BTreeSet<usize> = cells.iter().map(|(_, column)| *column).collect();
        let size = (columns.into_iter().map(widths).sum::<i64>(), rows.into_iter().map(heights).sum::<i64>());
        *counts.entry(size).or_default() += 1;
    }
    let best = counts.into_iter().max_by_key(|((w, h), count)| (*count, -(w.saturating_mul(*h))));
    best.map_or((1, 1), |((w, h), _)| (w.max(1), h.max(1)))
}

/// Booths with their cells, and things.
type Sorted<'a> = (Vec<(Written, Vec<(usize, usize)>)>, Vec<(String, &'a Block)>);

/// What the blocks are; what is neither booth nor thing is told.
fn sorted<'a>(blocks: &'a [Block], grid: &Grid, remarks: &mut Vec<Remark>) -> Sorted<'a> {
    let mut booths: Vec<(Written, Vec<(usize, usize)>)> = Vec::new();
    let mut things: Vec<(String, &Block)> = Vec::new();
    let mut nameless = 0;
    let mut lost: Vec<String> = Vec::new();
    for block in blocks {
        let all = || block.texts.iter().flat_map(|(_, lines)| lines.iter().map(String::as_str));
        let (coded, bare): (Vec<_>, Vec<_>) =
            block.texts.iter().partition(|(_, lines)| lines.iter().any(|line| is_code(line)));
        match coded.as_slice() {
            [] if block.texts.is_empty() => nameless += 1,
            [] => {
                let label = all().collect::<Vec<_>>().join(" ");
                if label.chars().count() <= LABEL_CHARS_MAX {
                    things.push((label, block));
                } else {
                    lost.push(label);
                }
            }
            [_] => booths.push((Written::read(all()), block.cells.clone())),
            several => {
                for (place, lines) in several {
                    booths.push((Written::read(lines.iter().map(String::as_str)), merge_of(grid, *place)));
                }
                lost.extend(bare.iter().map(|(_, lines)| lines.join(" ")));
            }
        }
    }
    if !lost.is_empty() {
        let (count, some) = (lost.len(), lost.iter().take(12).cloned().collect::<Vec<_>>().join(" | "));
        remarks.push(Remark::on_file(say!(
            "{count} đoạn chữ không thuộc gian hay vật nào: {some}.",
            "{count} texts belong to no booth and no thing: {some}."
        )));
    }
    if nameless > 0 {
        remarks.push(Remark::on_file(say!(
            "{nameless} khối ô tô màu hoặc kẻ khung không có chữ, bị bỏ qua.",
            "{nameless} coloured or framed blocks have no words and are left out."
        )));
    }
    (booths, things)
}

fn pieces(blocks: &[Block], grid: &Grid, drawn: &Drawn, scale: Scale, remarks: &mut Vec<Remark>) -> Vec<Piece> {
    let (booths, things) = sorted(blocks, grid, remarks);
    let width = |column: usize| drawn.widths.get(&column).copied().unwrap_or(drawn.usual_width).max(1);
    let height = |row: usize| drawn.heights.get(&row).copied().unwrap_or(drawn.usual_height).max(1);
    let cells: Vec<Vec<(usize, usize)>> = booths.iter().map(|(_, cells)| cells.clone()).collect();
    let (usual_width, usual_height) = usual_size(&cells, &width, &height);
    let all = || cells.iter().flatten().chain(things.iter().flat_map(|(_, block)| &block.cells));
    let (left, top) = (all().map(|at| at.1).min().unwrap_or(0), all().map(|at| at.0).min().unwrap_or(0));
    let (right, bottom) = (all().map(|at| at.1).max().unwrap_or(0), all().map(|at| at.0).max().unwrap_or(0));
    let lines = |first: usize, last: usize, size: &dyn Fn(usize) -> i64, unit: i64, cm: i64| -> Vec<i64> {
        let mut sum = 0_i64;
        (0..=last + 1)
            .map(|at| {
                let line = i128::from(sum) * i128::from(cm) / i128::from(unit.max(1));
                sum = sum.saturating_add(if at < first { 0 } else { size(at) });
                i64::try_from(line).unwrap_or(0)
            })
            .collect()
    };
    let lines = match scale {
        Scale::CmPerUnit(cm) => {
            // A unit of a sheet is a cell.
            let cm = whole_hundredths(cm / 100.0);
            let one = |_: usize| 1;
            Lines { across: lines(left, right, &one, 1, cm), down: lines(top, bottom, &one, 1, cm) }
        }
        Scale::Booth(wide, deep) => Lines {
            across: lines(left, right, &width, usual_width, wide),
            down: lines(top, bottom, &height, usual_height, deep),
        },
        Scale::Guess => {
            let usual = metres(USUAL_CM);
            remarks.push(Remark::on_file(say!(
                "Không ghi tỷ lệ: khối ô gặp nhiều nhất được lấy là {usual} × {usual} m. Nếu khác, ghi --booth 3x3 (kích thước thật) hoặc --cm-per-unit 100 (một ô là 1 m).",
                "No scale was given: the commonest block is taken for {usual} × {usual} m. If it is not, give its real size as --booth 3x3, or --cm-per-unit 100 for cells of 1 m."
            )));
            Lines {
                across: lines(left, right, &width, usual_width, USUAL_CM),
                down: lines(top, bottom, &height, usual_height, USUAL_CM),
            }
        }
    };
    let mut pieces = Vec::new();
    for (written, cells) in booths {
        let fields = written.fields();
        let name = written.code.unwrap_or_default();
        match lines.outline(&cells) {
            Some(shape) => pieces.push(Piece { laid: Laid::polygon(&shape), name, fixture: None, fields }),
            None => remarks.push(Remark::on_file(say!(
                "Các ô của “{name}” không thành một hình, bị bỏ qua.",
                "The cells of “{name}” form no shape and are left out."
            ))),
        }
    }
    for (label, block) in things {
        let kind = fixture_named(&label).unwrap_or_default();
        if let Some(shape) = lines.outline(&block.cells) {
            let laid = Laid::polygon(&shape);
            pieces.push(Piece { laid, name: label, fixture: Some(kind), fields: Vec::new() });
        }
    }
    pieces
}

/// The cells that are shown as one with a cell.
fn merge_of(grid: &Grid, (row, column): (usize, usize)) -> Vec<(usize, usize)> {
    let around = grid
        .merges
        .iter()
        .find(|merge| (merge.top..=merge.bottom).contains(&row) && (merge.left..=merge.right).contains(&column));
    around.map_or_else(
        || vec![(row, column)],
        |merge| {
            (merge.top..=merge.bottom.min(SIDE_MAX))
                .flat_map(|row| (merge.left..=merge.right.min(SIDE_MAX)).map(move |column| (row, column)))
                .collect()
        },
    )
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, FormatBorder, Workbook};

    use super::*;
    use crate::domain::fixture::FixtureKind;

    /// The pieces as name, kind, and left, top, width, depth in metres.
    fn read(workbook: &mut Workbook, scale: Scale) -> Vec<(String, Option<FixtureKind>, [i64; 4], usize)> {
        let bytes = workbook.save_to_buffer().unwrap();
        let drawing = read_sheet_plan(&bytes, None, scale).unwrap();
        let of = |piece: &Piece| {
            let corners = piece.laid.outline.as_ref().map_or(4, |outline| outline.corners().len());
            let Laid { x, y, width, depth, .. } = piece.laid;
            (piece.name.clone(), piece.fixture, [x, y, width, depth], corners)
        };
        drawing.pieces.iter().map(of).collect()
    }

    #[test]
    fn coloured_merged_and_framed_cells_are_booths() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let green = Format::new().set_background_color(0x92_D0_50);
        let grey = Format::new().set_background_color(0xBF_BF_BF);
        let framed = Format::new().set_border(FormatBorder::Thin);
        sheet.write(0, 0, "MẶT BẰNG HỘI CHỢ 2026").unwrap();
        // Four cells of one colour, each with its code; a merged block of two by two; a six-cornered one without a merge.
        for column in 0..4 {
            sheet.write_with_format(2, column, format!("A{}", column + 1), &green).unwrap();
        }
        sheet.merge_range(2, 5, 3, 6, "B1", &green).unwrap();
        for (row, column) in [(5, 0), (5, 1), (6, 0)] {
            sheet.write_blank(row, column, &green).unwrap();
        }
        sheet.write_with_format(5, 0, "C1", &green).unwrap();
        sheet.write_with_format(5, 4, "D1", &framed).unwrap();
        sheet.write_with_format(5, 5, "D2", &framed).unwrap();
        sheet.merge_range(8, 0, 8, 3, "Sân khấu", &grey).unwrap();
        sheet.write(10, 0, "Ghi chú: ô xanh là gian trống").unwrap();
        let found = read(&mut workbook, Scale::CmPerUnit(300.0));
        let of = |name: &str| {
            found.iter().find(|piece| piece.0 == name).cloned().unwrap_or_else(|| panic!("{name}: {found:?}"))
        };
        assert_eq!(of("A2").2, [300, 0, 300, 300]);
        assert_eq!(of("B1").2, [1_500, 0, 600, 600]);
        assert_eq!((of("C1").2, of("C1").3), ([0, 900, 600, 600], 6));
        assert_eq!((of("D1").2, of("D2").2), ([1_200, 900, 300, 300], [1_500, 900, 300, 300]));
        assert_eq!((of("Sân khấu").1, of("Sân khấu").2), (Some(FixtureKind::Stage), [0, 1_800, 1_200, 300]));
        assert_eq!(found.len(), 9, "titles and notes are no things: {found:?}");
    }

    #[test]
    fn the_commonest_block_gives_the_scale_whatever_the_cells_measure() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let blue = Format::new().set_background_color(0x00_B0_F0).set_border(FormatBorder::Medium);
        sheet.set_column_width(4, 2.0).unwrap();
        for (row, letter) in [(0_u32, 'A'), (2, 'B')] {
            for column in [0_u16, 1, 2, 3, 5, 6] {
                sheet.write_with_format(row, column, format!("{letter}{}", column + 1), &blue).unwrap();
            }
        }
        let found = read(&mut workbook, Scale::Booth(300, 200));
        let sizes: Vec<[i64; 2]> = found.iter().map(|piece| [piece.2[2], piece.2[3]]).collect();
        assert!(sizes.iter().all(|size| (size[0] - 300).abs() <= 1 && (size[1] - 200).abs() <= 1), "{found:?}");
        let at = |name: &str| found.iter().find(|piece| piece.0 == name).unwrap().2;
        assert!(at("A6")[0] > 1_200 && at("A6")[0] < 1_350, "the narrow column is a way: {:?}", at("A6"));
        assert_eq!(at("B1")[1], 400);
    }

    #[test]
    fn plain_cells_with_codes_are_booths_where_nothing_is_drawn() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "A1").unwrap();
        sheet.write(0, 1, "A2").unwrap();
        sheet.merge_range(1, 0, 1, 1, "A3", &Format::new()).unwrap();
        let found = read(&mut workbook, Scale::CmPerUnit(300.0));
        let names: Vec<&str> = found.iter().map(|piece| piece.0.as_str()).collect();
        assert_eq!(names.len(), 3, "{found:?}");
        assert!(["A1", "A2", "A3"].iter().all(|name| names.contains(name)), "{names:?}");
    }

    #[test]
    fn a_firm_under_the_code_stays_with_the_booth_and_nothing_written_goes_unsaid() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let green = Format::new().set_background_color(0x92_D0_50).set_border(FormatBorder::Thin);
        let plain = Format::new().set_background_color(0x92_D0_50);
        sheet.write_with_format(0, 0, "A1\nCơ sở Mỏ Cày", &green).unwrap();
        sheet.write_with_format(0, 1, "A2\n9 m2", &green).unwrap();
        for (column, code, firm) in [(4, "B1", "Chợ Lách"), (5, "B2", "Sơn Đốc")] {
            sheet.write_with_format(3, column, code, &plain).unwrap();
            sheet.write_with_format(4, column, firm, &plain).unwrap();
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let drawing = read_sheet_plan(&bytes, None, Scale::Booth(300, 300)).unwrap();
        let fields: Vec<(&str, String)> =
            drawing.pieces.iter().map(|piece| (piece.name.as_str(), format!("{:?}", piece.fields))).collect();
        let of = |name: &str| {
            fields.iter().find(|(code, _)| *code == name).unwrap_or_else(|| panic!("{fields:?}")).1.clone()
        };
        assert!(of("A1").contains("Cơ sở Mỏ Cày") && of("A2").contains("90000"), "{fields:?}");
        assert_eq!(drawing.pieces.len(), 4);
        let told: Vec<&str> = drawing.remarks.iter().map(|remark| &*remark.words.en).collect();
        assert!(told.iter().any(|words| words.contains("2 texts belong") && words.contains("Sơn Đốc")), "{told:?}");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(read_sheet_plan(b"PK\x03\x04", None, Scale::Guess).is_err());
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Danh sách").unwrap();
        assert!(read_sheet_plan(&workbook.save_to_buffer().unwrap(), None, Scale::Guess).is_err());
    }
}
