//! Finds the table in a grid: its header among title blocks and merged cells, its records among column numbers,
//! sections, totals, notes and signatures. Whatever is left out is said in a remark; nothing goes silently but blanks.

use super::sheet::{COLUMNS_MAX, Cell, Grid, Merge, Remark, Sheet, SheetRow, column_letters, line_of, one_line};
use crate::base::words::Words;
use crate::say;

/// How many rows are searched for the header; the longest title block at hand has ten rows.
const HEADER_SEARCH_ROWS: usize = 40;

/// Most rows that one header takes.
const HEADER_ROWS_MAX: usize = 7;

/// Finds the table. `known` says of a header, given on one line, whether it means something to whoever asks; where no
/// row has a known header, the first row of text that spans at least half of the table is taken.
#[must_use]
pub fn find_table(grid: Grid, known: &dyn Fn(&str) -> bool) -> Sheet {
    let Grid { name, rows, merges, remarks } = grid;
    let mut sheet = Sheet { name, remarks, ..Sheet::default() };
    let grid = Lying { rows: &rows, merges: &merges };
    let block = find_header(&grid, known).map(|row| header_block(&grid, row));
    let body = block.map_or(0, |(_, bottom)| bottom + 1);
    let parts = Parts::split(&grid, block, body);
    sheet.headers = headers(&grid, block, &parts.records);
    if let Some((top, bottom)) = block {
        sheet.header_line = line_of(bottom);
        remark_on_title(&grid, top, &mut sheet);
    }
    sheet.remarks.extend(parts.remarks);
    let width = sheet.headers.len();
    let mut numbered: Vec<Option<Vec<Cell>>> = rows.into_iter().map(Some).collect();
    for row in parts.records {
        if let Some(mut cells) = numbered.get_mut(row).and_then(Option::take) {
            cells.resize(width, Cell::default());
            sheet.rows.push(SheetRow { line: line_of(row), cells });
        }
    }
    sheet
}

/// By how much amounts are to be multiplied to give đồng, when the text names a money unit: `triệu đồng`,
/// `1.000 đồng`, `VND million`.
#[must_use]
pub fn money_factor(text: &str) -> Option<i64> {
    let text = one_line(text).to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',').collect();
    // “tỷ” begins words of its own, such as the rate of exchange.
    let is_other = |at: usize| {
        matches!(words.get(at), Some(&("tỷ" | "tỉ")))
            && matches!(words.get(at + 1), Some(&("giá" | "lệ" | "suất" | "trọng" | "số")))
    };
    let has = |any: &[&str]| {
        words.iter().enumerate().any(|(at, word)| any.contains(&word.trim_end_matches(['.', ','])) && !is_other(at))
    };
    if !has(&["đồng", "vnd", "vnđ", "đ"]) {
        return None;
    }
    if has(&["tỷ", "tỉ", "billion", "1.000.000.000", "1,000,000,000"]) {
        Some(1_000_000_000)
    } else if has(&["triệu", "tr", "million", "1.000.000", "1,000,000"]) {
        Some(1_000_000)
    } else if has(&["nghìn", "ngàn", "thousand", "1.000", "1,000", "1000"]) {
        Some(1_000)
    } else {
        Some(1)
    }
}

/// The rows of a grid and what is merged in them.
struct Lying<'a> {
    rows: &'a [Vec<Cell>],
    merges: &'a [Merge],
}

impl<'a> Lying<'a> {
    fn text(&self, row: usize, column: usize) -> &'a str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", |cell| cell.text.as_str())
    }

    fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &'a Cell)> + use<'a> {
        self.rows.get(row).into_iter().flatten().enumerate().filter(|(_, cell)| !cell.is_empty())
    }

    fn is_blank(&self, row: usize) -> bool {
        self.filled(row).next().is_none()
    }

    /// The texts of a row in one line, for a remark, not too long.
    fn shown(&self, row: usize) -> String {
        let all = self.filled(row).map(|(_, cell)| one_line(&cell.text)).collect::<Vec<_>>().join(" | ");
        if all.chars().count() > 80 { all.chars().take(79).chain(['…']).collect() } else { all }
    }

    /// How many columns the widest row fills among those searched for a header.
    fn width(&self) -> usize {
        (0..self.rows.len().min(HEADER_SEARCH_ROWS * 2)).map(|row| self.filled(row).count()).max().unwrap_or(0)
    }

    fn merge_from(&self, row: usize, column: usize) -> Option<&'a Merge> {
        self.merges.iter().find(|merge| merge.top == row && merge.left == column)
    }

    fn merge_over(&self, row: usize, column: usize) -> Option<&'a Merge> {
        self.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&column))
    }
}

fn find_header(grid: &Lying<'_>, known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let searched = grid.rows.len().min(HEADER_SEARCH_ROWS);
    let scores =
        (0..searched).map(|row| (grid.filled(row).filter(|(_, cell)| known(&one_line(&cell.text))).count(), row));
    let best = scores.filter(|(score, _)| *score > 0).max_by_key(|(score, row)| (*score, usize::MAX - row));
    if let Some((_, row)) = best {
        return Some(row);
    }
    let texts = |row: usize| grid.filled(row).filter(|(_, cell)| !cell.looks_numeric()).count();
    let width = grid.width();
    let wide = (0..searched).find(|row| texts(*row) >= 2.min(width).max(1) && texts(*row) * 2 >= width);
    wide.or_else(|| (0..searched).find(|row| texts(*row) >= 2))
}

/// The first and last row of the header to which `row` belongs.
fn header_block(grid: &Lying<'_>, row: usize) -> (usize, usize) {
    let (mut top, mut bottom) = (row, row);
    for merge in
        grid.merges.iter().filter(|m| m.bottom - m.top < HEADER_ROWS_MAX && !grid.text(m.top, m.left).is_empty())
    {
        if merge.top == row {
            bottom = bottom.max(merge.bottom);
        } else if merge.top < row && merge.bottom >= row && grid.filled(merge.top).count() > 1 {
            top = top.min(merge.top);
        }
    }
    if bottom == row && has_children(grid, row) {
        bottom = row + 1;
    }
    if top == row && row > 0 && row == bottom && has_children(grid, row - 1) {
        top = row - 1;
    }
    (top, bottom)
}

/// True when the row below splits some headers of `row` into several: it is text only, and fills columns which `row`
/// leaves empty beside a header, or which lie under one header merged over several columns.
fn has_children(grid: &Lying<'_>, row: usize) -> bool {
    let below: Vec<(usize, &Cell)> = grid.filled(row + 1).collect();
    if grid.filled(row).count() < 2 || below.len() < 2 || below.iter().any(|(_, cell)| cell.looks_numeric()) {
        return false;
    }
    let splits = |column: usize| grid.text(row, column).is_empty() && parent_column(grid, row, column).is_some();
    let heads = |column: usize| splits(column) || (!grid.text(row + 1, column + 1).is_empty() && splits(column + 1));
    below.iter().any(|(column, _)| splits(*column)) && below.iter().all(|(column, _)| heads(*column))
}

/// The column whose header in `row` also stands over `column`.
fn parent_column(grid: &Lying<'_>, row: usize, column: usize) -> Option<usize> {
    if let Some(merge) = grid.merge_over(row, column) {
        return Some(merge.left).filter(|left| !grid.text(merge.top, *left).is_empty());
    }
    if !grid.merges.is_empty() {
        return None;
    }
    let left = (0..column).rev().find(|left| !grid.text(row, *left).is_empty())?;
    (left..=column).all(|between| !grid.text(row + 1, between).is_empty()).then_some(left)
}

/// One name for each column that has a header or a value.
fn headers(grid: &Lying<'_>, block: Option<(usize, usize)>, records: &[usize]) -> Vec<String> {
    let in_header = block.into_iter().flat_map(|(top, bottom)| top..=bottom);
    let width = in_header
        .chain(records.iter().copied())
        .filter_map(|row| grid.filled(row).last().map(|(column, _)| column + 1))
        .max()
        .unwrap_or(0)
        .min(COLUMNS_MAX);
    let mut names: Vec<String> = Vec::with_capacity(width);
    for column in 0..width {
        let name = block.map_or_else(String::new, |block| header(grid, block, column));
        let name = if name.is_empty() { format!("({})", column_letters(column)) } else { name };
        let mut unique = name.clone();
        let mut number = 2_u32;
        while names.contains(&unique) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        names.push(unique);
    }
    names
}

/// The texts over one column from top to bottom, joined.
fn header(grid: &Lying<'_>, (top, bottom): (usize, usize), column: usize) -> String {
    let mut texts: Vec<String> = Vec::new();
    for row in top..=bottom {
        let own = grid.text(row, column);
        let text = match grid.merge_over(row, column) {
            Some(merge) => grid.text(merge.top, merge.left),
            None if own.is_empty() && row < bottom => {
                parent_column(grid, row, column).map_or("", |left| grid.text(row, left))
            }
            None => own,
        };
        let text = one_line(text);
        if !text.is_empty() && texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    texts.join(" – ")
}

fn remark_on_title(grid: &Lying<'_>, top: usize, sheet: &mut Sheet) {
    let titles: Vec<usize> = (0..top).filter(|row| !grid.is_blank(*row)).collect();
    for (row, (_, cell)) in titles.iter().flat_map(|row| grid.filled(*row).map(move |cell| (*row, cell))) {
        if let Some(factor) = unit_line(&cell.text) {
            let text = one_line(&cell.text);
            let words = say!(
                "Đơn vị tính của bảng: “{text}”, số tiền nhân với {factor}.",
                "Unit of the table: “{text}”, amounts are multiplied by {factor}."
            );
            sheet.unit_factor = Some(factor);
            sheet.remarks.push(Remark::on_row(row, words));
        }
    }
    if let Some(first) = titles.first() {
        let (count, shown) = (titles.len(), grid.shown(*first));
        let words = say!(
            "Bỏ qua {count} dòng tiêu đề phía trên bảng, bắt đầu bằng “{shown}”.",
            "Left out {count} title rows above the table, beginning with “{shown}”."
        );
        sheet.remarks.push(Remark::on_row(*first, words));
    }
}

/// The factor of a line that states the unit of the whole table.
fn unit_line(text: &str) -> Option<i64> {
    let text = one_line(text).trim_matches(['(', ')']).to_lowercase();
    let factor = money_factor(&text)?;
    let named = ["đvt", "đơn vị", "đv tính", "unit", "đ/v"].iter().any(|start| text.starts_with(start));
    let bare = text.split_whitespace().count() <= 2 && text.ends_with("đồng") && factor > 1;
    (named || bare).then_some(factor)
}

/// The rows below the header, told apart.
#[derive(Default)]
struct Parts {
    records: Vec<usize>,
    remarks: Vec<Remark>,
}

impl Parts {
    fn split(grid: &Lying<'_>, block: Option<(usize, usize)>, body: usize) -> Self {
        let mut parts = Self::default();
        let columns =
            block.map_or(0, |(top, bottom)| (top..=bottom).map(|row| grid.filled(row).count()).max().unwrap_or(0));
        let tail = tail_start(grid, body, columns);
        let numbered = is_numbered(grid, body, tail);
        let mut first = true;
        for row in (body..tail).filter(|row| !grid.is_blank(*row)) {
            let skipped = if first && block.is_some() && is_column_numbers(grid, row, tail) {
                Some(Words::new("Bỏ qua dòng đánh số cột", "Left out the row of column numbers"))
            } else if block.is_some_and(|(_, bottom)| repeats_header(grid, bottom, row)) {
                Some(Words::new("Bỏ qua tiêu đề lặp lại", "Left out the repeated header"))
            } else if columns > 1 && is_total(grid, row) {
                Some(Words::new("Bỏ qua dòng tổng cộng", "Left out the total"))
            } else if columns > 2 && is_section(grid, row, numbered, columns) {
                Some(Words::new("Bỏ qua dòng tên nhóm", "Left out the section row"))
            } else {
                None
            };
            first = false;
            match skipped {
                Some(why) => {
                    let shown = grid.shown(row);
                    parts.remarks.push(Remark::on_row(row, say!("{}: “{shown}”.", "{}: “{shown}”."; why)));
                }
                None => parts.records.push(row),
            }
        }
        if tail < grid.rows.len() {
            let count = (tail..grid.rows.len()).filter(|row| !grid.is_blank(*row)).count();
            let shown = grid.shown(tail);
            let words = say!(
                "Bỏ qua {count} dòng ghi chú, chữ ký phía dưới bảng, bắt đầu bằng “{shown}”.",
                "Left out {count} rows of notes and signatures below the table, beginning with “{shown}”."
            );
            parts.remarks.push(Remark::on_row(tail, words));
        }
        parts
    }
}

/// True when most rows begin with a whole number, as under "STT".
fn is_numbered(grid: &Lying<'_>, body: usize, tail: usize) -> bool {
    let firsts = (body..tail).filter_map(|row| grid.filled(row).next());
    let (mut whole, mut all) = (0_usize, 0_usize);
    for (column, cell) in firsts {
        all += 1;
        whole += usize::from(column < 2 && cell.text.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit()));
    }
    whole * 2 > all
}

/// The row from which on there are only notes and signatures; the number of rows when there are none.
fn tail_start(grid: &Lying<'_>, body: usize, columns: usize) -> usize {
    let end = grid.rows.len();
    if columns < 3 {
        return end;
    }
    let sparse = |row: usize| grid.filled(row).count() <= (columns / 2).clamp(1, 3);
    let full = |row: usize| !grid.is_blank(row) && !sparse(row) && !begins_tail(grid, row, columns);
    let after_full = (body..end).rev().find(|row| full(*row)).map_or(body, |row| row + 1);
    let mut after_blank = false;
    for row in after_full..end {
        if grid.is_blank(row) {
            after_blank = true;
        } else if begins_tail(grid, row, columns) || (after_blank && only_text(grid, row)) {
            return row;
        }
    }
    end
}

fn only_text(grid: &Lying<'_>, row: usize) -> bool {
    grid.filled(row).all(|(_, cell)| !cell.looks_numeric()) && grid.filled(row).count() <= 2
}

/// Words with which notes, dates of signing and signature blocks begin.
const TAIL_STARTS: [&str; 24] = [
    "ghi chú",
    "nguồn",
    "note",
    "source",
    "người lập",
    "lập biểu",
    "lập bảng",
    "kế toán",
    "thủ trưởng",
    "giám đốc",
    "phó giám đốc",
    "tm. ",
    "kt. ",
    "tl. ",
    "nơi nhận",
    "xác nhận của",
    "(ký",
    "ký tên",
    "chủ tịch",
    "bằng chữ",
    "số tiền bằng chữ",
    "trưởng phòng",
    "(*)",
    "prepared by",
];

/// True when some cell of the row opens a signature block or a note and the row carries no other values. Where every column
/// is filled the first cell decides: an accountant may be a row of a list of people.
fn begins_tail(grid: &Lying<'_>, row: usize, columns: usize) -> bool {
    let mut cells = grid.filled(row).map(|(_, cell)| cell).peekable();
    if cells.peek().is_none_or(|first| first.looks_numeric()) || grid.filled(row).count() > 4 {
        return false;
    }
    let looked_at = if grid.filled(row).count() >= columns { 1 } else { usize::MAX };
    grid.filled(row).all(|(_, cell)| !cell.looks_numeric())
        && cells.take(looked_at).any(|cell| {
            let text = one_line(&cell.text).to_lowercase();
            let starts = TAIL_STARTS
                .iter()
                .any(|start| text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
            starts || (text.contains("ngày ") && text.contains("tháng ") && text.contains("năm "))
        })
}

/// True for `1 2 3 …`, `(1) (2) …` or `A B 1 2 3=1+2` under the header. Bare numbers could be a record, so they need
/// a column that is number here and text in all rows below.
fn is_column_numbers(grid: &Lying<'_>, row: usize, tail: usize) -> bool {
    let cells: Vec<(usize, String)> =
        grid.filled(row).map(|(column, cell)| (column, cell.text.replace(' ', ""))).collect();
    if cells.len() < 2 {
        return false;
    }
    let (mut next_number, mut next_letter, mut marked) = (1_u32, b'A', false);
    for (_, text) in &cells {
        let inner = text.trim_matches(['(', ')', '[', ']']);
        let token = inner.split('=').next().unwrap_or(inner);
        marked |= token != text;
        if token.len() == 1 && token.as_bytes().first().is_some_and(|byte| byte.eq_ignore_ascii_case(&next_letter)) {
            next_letter += 1;
            marked |= cells.len() > 3;
        } else if token.parse() == Ok(next_number) && !token.starts_with(['0', '+']) {
            next_number += 1;
        } else {
            return false;
        }
    }
    let is_text_below = |column: usize| {
        let below =
            (row + 1..tail).filter_map(|below| grid.rows.get(below)?.get(column)).filter(|cell| !cell.is_empty());
        let (mut count, mut numeric) = (0_usize, 0_usize);
        for cell in below {
            count += 1;
            numeric += usize::from(cell.looks_numeric());
        }
        numeric == 0 && (count > 1 || (count == 1 && cells.len() > 4))
    };
    next_number > 1 && (marked || cells.iter().any(|(column, _)| is_text_below(*column)))
}

fn repeats_header(grid: &Lying<'_>, header: usize, row: usize) -> bool {
    let filled = grid.filled(row).count();
    let same =
        grid.filled(row).filter(|(column, cell)| one_line(&cell.text) == one_line(grid.text(header, *column))).count();
    same >= 2 && same * 3 >= filled * 2
}

/// True for a row that begins with "Tổng cộng" and the like and holds no record: "Tổng công ty …" is a name.
fn is_total(grid: &Lying<'_>, row: usize) -> bool {
    const NAMES: [&str; 11] = [
        "tổng cộng",
        "tổng số",
        "tổng",
        "cộng",
        "cộng trang",
        "grand total",
        "subtotal",
        "total",
        "sum",
        "tổng kinh phí",
        "cộng dồn",
    ];
    let mut cells = grid.filled(row);
    let Some((_, first)) = cells.next() else { return false };
    let texts = cells.filter(|(_, cell)| !cell.looks_numeric()).count();
    let first = one_line(&first.text).to_lowercase();
    let is_total = NAMES.iter().filter_map(|name| first.strip_prefix(name)).any(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(|c: char| !c.is_alphabetic())
    });
    is_total && texts <= usize::from(!first.is_ascii())
}

/// True for a row that names a group of rows: merged across the table, or numbered I, II, A, B among rows numbered
/// 1, 2, 3, or one text where the number stands elsewhere.
fn is_section(grid: &Lying<'_>, row: usize, numbered: bool, columns: usize) -> bool {
    let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
    let Some((column, first)) = cells.first() else { return false };
    let texts = cells.iter().filter(|(_, cell)| !cell.looks_numeric()).count();
    if cells.len() == 1 && !first.looks_numeric() {
        let merged = grid.merge_from(row, *column).is_some_and(|merge| (merge.right - merge.left + 1) * 2 > columns);
        return merged || (*column == 0 && (numbered || is_group_number(first.text.split(' ').next().unwrap_or(""))));
    }
    numbered && *column == 0 && is_group_number(&first.text) && texts <= 2 && cells.len() >= 2
}

fn is_group_number(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')', '-', ':']);
    let roman = !bare.is_empty() && bare.len() <= 6 && bare.bytes().all(|byte| b"IVXL".contains(&byte));
    let letter = bare.len() == 1 && bare.bytes().all(|byte| byte.is_ascii_uppercase());
    roman || letter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet_of(text: &str, known: &[&str]) -> Sheet {
        let rows = text.lines().map(|line| line.split('|').map(Cell::text).collect()).collect();
        find_table(Grid { rows, ..Grid::default() }, &|header| known.contains(&header))
    }

    fn firsts(sheet: &Sheet) -> Vec<&str> {
        sheet.rows.iter().map(|row| row.cells[1].text.as_str()).collect()
    }

    const OFFICE: &str = "\
SỞ CÔNG THƯƠNG|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRUNG TÂM XÚC TIẾN|||Độc lập - Tự do - Hạnh phúc

DANH SÁCH HỖ TRỢ GIAN HÀNG
|||Đơn vị tính: 1.000 đồng
STT|Tên doanh nghiệp|Gian hàng||Số tiền|STT
||Mã|Diện tích||
1|2|3|4|5|6
I|Doanh nghiệp|||9.000|
1|Công ty A|A01|9|4.000|1
2|Tổng công ty B|A02|9|5.000|2
||||
II|Hợp tác xã|||1.000|
3|Cộng đồng C|A03|9|1.000|3
Tổng cộng :||||10.000|

|||Vĩnh Long, ngày 5 tháng 3 năm 2026
Người lập biểu|||GIÁM ĐỐC";

    #[test]
    fn an_office_table_is_found_whole() {
        let sheet = sheet_of(OFFICE, &["STT", "Tên doanh nghiệp"]);
        let headers = ["STT", "Tên doanh nghiệp", "Gian hàng – Mã", "Gian hàng – Diện tích", "Số tiền", "STT (2)"];
        assert_eq!(sheet.headers, headers);
        assert_eq!(firsts(&sheet), ["Công ty A", "Tổng công ty B", "Cộng đồng C"]);
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [10, 11, 14]);
        assert_eq!((sheet.unit_factor, sheet.header_line), (Some(1_000), 7));
        assert_eq!(
            sheet.remarks.iter().map(|remark| remark.line).collect::<Vec<_>>(),
            [5, 1, 8, 9, 13, 15, 17].map(Some)
        );
        assert_eq!(sheet_of(OFFICE, &[]).rows, sheet.rows, "without a known header");
    }

    #[test]
    fn numbers_that_are_a_record_stay() {
        assert_eq!(sheet_of("a|b|c\n1|2|3\nx|5|6\n7|8|9", &[]).rows.len(), 3);
        assert_eq!(sheet_of("a|b|c\n(1)|(2)|(3)\nx|5|6", &[]).rows.len(), 1);
        assert_eq!(sheet_of("Tên|Nước|Giá\nTotal|France|5\nTotal||5", &[]).rows.len(), 1);
    }

    #[test]
    fn a_sheet_without_header_or_rows_is_a_sheet() {
        let sheet = sheet_of("1|2\n3|4", &[]);
        assert_eq!((sheet.header_line, sheet.rows.len()), (0, 2));
        assert_eq!(sheet.headers, ["(A)", "(B)"]);
        assert_eq!(find_table(Grid::default(), &|_| true), Sheet::default());
    }

    #[test]
    fn merged_headers_give_their_text_to_every_column() {
        let rows = ["Số|Gian||Tiền", "|Mã|Diện tích|", "1|A1|9|5"];
        let rows = rows.map(|line| line.split('|').map(Cell::text).collect()).into();
        let merges = vec![
            Merge { top: 0, bottom: 1, left: 0, right: 0 },
            Merge { top: 0, bottom: 0, left: 1, right: 2 },
            Merge { top: 0, bottom: 1, left: 3, right: 3 },
        ];
        for known in ["Tiền", "Mã"] {
            let grid = Grid { rows: Vec::clone(&rows), merges: merges.clone(), ..Grid::default() };
            let sheet = find_table(grid, &|header| header == known);
            assert_eq!(sheet.headers, ["Số", "Gian – Mã", "Gian – Diện tích", "Tiền"]);
            assert_eq!(sheet.rows.len(), 1);
        }
    }

    #[test]
    fn units_are_money_only() {
        let units = ["ĐVT: Triệu đồng", "Đơn vị tính: 1.000 đồng", "Unit: VND billion", "ĐVT: đồng", "ĐVT: m2"];
        assert_eq!(units.map(unit_line), [Some(1_000_000), Some(1_000), Some(1_000_000_000), Some(1), None]);
    }
}
