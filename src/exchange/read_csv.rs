//! Text tables: any encoding, any of four delimiters, any line ends.

use super::encoding::{decode, is_masked_tcvn3, masked_tcvn3_words, unmask_tcvn3};
use super::sheet::{COLUMNS_MAX, Cell, Grid, ROWS_MAX, Remark};
use crate::base::words::Words;
use crate::say;

/// The delimiters that are tried, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// How much of the text is looked at to find the delimiter, in bytes.
const SNIFFED_BYTES: usize = 65_536;

/// Reads any bytes as a text table; nothing is refused, what was guessed or cut is in the remarks.
#[must_use]
pub fn read_csv(bytes: &[u8]) -> Grid {
    let decoded = decode(bytes);
    let mut grid = Grid { remarks: decoded.guess.into_iter().map(Remark::on_file).collect(), ..Grid::default() };
    // The parser counts only line feeds as lines and joins runs of them, so every line end becomes one line feed first.
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    let (delimiter, text) = match stated_delimiter(&text) {
        Some((delimiter, rest)) => {
            grid.rows.push(Vec::new());
            (delimiter, rest)
        }
        None => (sniff_delimiter(&text), text.as_str()),
    };
    let quoting = quotes_are_closed(text);
    if !quoting {
        grid.remarks.push(Remark::on_file(Words::new(
            "Có một dấu nháy kép mở mà không đóng; mọi dấu nháy kép được giữ như chữ thường.",
            "A double quote is opened and never closed; all double quotes were kept as plain characters.",
        )));
    }
    let fields = parse(text, delimiter, quoting, &mut grid);
    let masked = is_masked_tcvn3(fields.iter().flatten().map(String::as_str));
    if masked {
        grid.remarks.push(Remark::on_file(masked_tcvn3_words()));
    }
    grid.rows.extend(fields.into_iter().map(|record| {
        record
            .iter()
            .map(|field| {
                let field = without_guard(field);
                let unmasked = if masked { unmask_tcvn3(field) } else { None };
                Cell::text(unmasked.as_deref().unwrap_or(field))
            })
            .collect()
    }));
    grid
}

/// Takes off the apostrophe that keeps a spreadsheet program from running the text as a formula.
fn without_guard(field: &str) -> &str {
    let rest = field.trim_start_matches('\'');
    match field.strip_prefix('\'') {
        Some(unguarded) if rest.starts_with(['=', '+', '-', '@', '\t']) => unguarded,
        _ => field,
    }
}

/// `sep=;` on the first line, which spreadsheet programs write and obey.
fn stated_delimiter(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let mut chars = line.trim_matches('"').strip_prefix("sep=")?.chars();
    let delimiter = chars.next().filter(char::is_ascii)?;
    chars.next().is_none().then_some((delimiter, rest))
}

fn parse(text: &str, delimiter: char, quoting: bool, grid: &mut Grid) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut cut_columns = false;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        // Reading from memory what is UTF-8 already, with records of any length, has no way to fail.
        if !reader.read_record(&mut record).unwrap_or(false) {
            break;
        }
        // The parser passes over blank lines; they are kept so that rows keep the numbers a spreadsheet shows.
        let blank = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        if rows.len() + blank >= ROWS_MAX {
            grid.remarks.push(Remark::on_file(say!(
                "Tệp dài quá {ROWS_MAX} dòng; phần sau không được đọc.",
                "The file has more than {ROWS_MAX} rows; the rest was not read."
            )));
            break;
        }
        rows.resize(rows.len() + blank, Vec::new());
        cut_columns |= record.len() > COLUMNS_MAX;
        rows.push(record.iter().take(COLUMNS_MAX).map(str::to_owned).collect());
    }
    if cut_columns {
        grid.remarks.push(Remark::on_file(say!(
            "Có dòng dài quá {COLUMNS_MAX} cột; các cột sau không được đọc.",
            "A row has more than {COLUMNS_MAX} columns; the columns beyond were not read."
        )));
    }
    rows
}

/// Follows the quotes through a text: calls `each` with every character outside quotes, returns whether all are closed.
fn outside_quotes(text: &str, mut each: impl FnMut(char)) -> bool {
    let mut quoted = false;
    let mut at_start = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            if c == '"' && chars.next_if_eq(&'"').is_none() {
                quoted = false;
            }
        } else if c == '"' && at_start {
            quoted = true;
            at_start = false;
        } else {
            at_start = c == '\n' || DELIMITERS.contains(&c);
            each(c);
        }
    }
    !quoted
}

fn quotes_are_closed(text: &str) -> bool {
    outside_quotes(text, |_| ())
}

/// The delimiter that cuts most lines into the same number of fields.
fn sniff_delimiter(text: &str) -> char {
    let mut end = text.len().min(SNIFFED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut lines: Vec<[usize; DELIMITERS.len()]> = vec![[0; DELIMITERS.len()]];
    outside_quotes(text.get(..end).unwrap_or(text), |c| {
        if c == '\n' {
            lines.push([0; DELIMITERS.len()]);
        } else if let (Some(place), Some(line)) = (DELIMITERS.iter().position(|d| *d == c), lines.last_mut())
            && let Some(count) = line.get_mut(place)
        {
            *count += 1;
        }
    });
    let scored = DELIMITERS.iter().enumerate().map(|(place, delimiter)| {
        let mut counts: Vec<usize> =
            lines.iter().filter_map(|line| line.get(place).copied()).filter(|n| *n > 0).collect();
        counts.sort_unstable();
        let most = counts.chunk_by(|a, b| a == b).map(|same| (same.len(), same.first().copied())).max();
        (most.unwrap_or((0, None)), *delimiter)
    });
    // Of equal scores the first is kept, hence the reversal: `max_by` would keep the last.
    scored.rev().max_by(|a, b| a.0.cmp(&b.0)).map_or(',', |(_, delimiter)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        read_csv(bytes).rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn every_line_end_and_delimiter() {
        let expected = vec![vec!["Tên", "Số"], vec!["A, B", "1"], vec![], vec!["C", "2"]];
        for file in [
            "Tên,Số\r\n\"A, B\",1\r\n\r\nC,2\r\n",
            "Tên;Số\rA, B;1\r\rC;2",
            "Tên\tSố\nA, B\t1\n\nC\t2\n",
            "Tên|Số\nA, B|1\n\nC|2\n",
        ] {
            assert_eq!(texts(file.as_bytes()), expected, "{file:?}");
        }
        assert_eq!(texts(b"sep=;\na,b;c\n"), vec![vec![], vec!["a,b".to_owned(), "c".to_owned()]]);
    }

    #[test]
    fn a_lone_quote_does_not_swallow_the_file() {
        assert_eq!(texts(b"a,b\n\"5 inch,1\nc,2\n"), vec![vec!["a", "b"], vec!["\"5 inch", "1"], vec!["c", "2"]]);
        assert_eq!(read_csv(b"a,b\n\"5 inch,1\nc,2\n").remarks.len(), 1);
    }

    #[test]
    fn decimal_commas_do_not_beat_semicolons() {
        assert_eq!(texts(b"x;y;z\n1,5;2,5;3,5\n1,5;2,5;3,5\n")[1], vec!["1,5", "2,5", "3,5"]);
    }
}
