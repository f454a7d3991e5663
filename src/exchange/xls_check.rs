//! A look over the records of an old workbook before it is read: the reader makes room for the rectangle of all cells,
//! so one damaged cell address would ask for more memory than there is, and that cannot be caught.

/// Columns of an xls sheet.
const XLS_COLUMNS: u16 = 256;

/// Rows of an xls sheet.
const XLS_ROWS: u32 = 65_536;

/// The longest record of the format, in bytes.
const RECORD_BYTES_MAX: usize = 8_224;

/// True when a sheet names a cell that no xls sheet has. The records are followed from the start of every sheet as far
/// as they lie together in the file, which for workbooks saved by an office program is all of them.
#[must_use]
pub fn names_impossible_cells(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 2] = [&[0x09, 0x08, 0x10, 0x00, 0x00, 0x06], &[0x09, 0x08, 0x08, 0x00, 0x00, 0x05]];
    starts.iter().any(|start| {
        memchr::memmem::find_iter(bytes, start).any(|at| sheet_is_impossible(bytes.get(at..).unwrap_or_default()))
    })
}

fn sheet_is_impossible(mut rest: &[u8]) -> bool {
    while let [type_low, type_high, length_low, length_high, data @ ..] = rest {
        let record = u16::from_le_bytes([*type_low, *type_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let Some((content, next)) = data.split_at_checked(length).filter(|_| length <= RECORD_BYTES_MAX) else {
            return false;
        };
        match record {
            // Bounds of the sheet: first row, row after the last, first column, column after the last.
            0x0200 if length >= 12 => {
                let half = |at: usize| u16::from_le_bytes([byte(content, at), byte(content, at + 1)]);
                let rows = u32::from(half(4)) | u32::from(half(6)) << 16;
                let first_row = u32::from(half(0)) | u32::from(half(2)) << 16;
                let impossible = rows > XLS_ROWS || first_row > rows || half(10) > XLS_COLUMNS || half(8) > half(10);
                // Until Excel 95 the rows have two bytes each and the record ten in all.
                if length == 14 && impossible {
                    return true;
                }
            }
            // Number, text, truth, number in short, formula, text by number, several numbers: row, column.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x0006 | 0x00fd | 0x00bd
                if length >= 6 && u16::from_le_bytes([byte(content, 2), byte(content, 3)]) >= XLS_COLUMNS =>
            {
                return true;
            }
            0x000a => return false,
            _ => {}
        }
        rest = next;
    }
    false
}

fn byte(content: &[u8], at: usize) -> u8 {
    content.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(record: &[u8]) -> Vec<u8> {
        let start: &[u8] = &[0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        [b"\xd0\xcf\x11\xe0".as_slice(), start, record, &[0x0a, 0, 0, 0]].concat()
    }

    #[test]
    fn only_addresses_beyond_the_format_are_impossible() {
        let cell = |column: u16| [&[0x7e, 0x02, 10, 0, 0xff, 0xff][..], &column.to_le_bytes(), &[0; 6]].concat();
        assert!(!names_impossible_cells(&sheet(&cell(255))));
        assert!(names_impossible_cells(&sheet(&cell(256))));
        let bounds =
            |rows: u32| [&[0x00, 0x02, 14, 0, 0, 0, 0, 0][..], &rows.to_le_bytes(), &[0, 0, 8, 0, 0, 0]].concat();
        assert!(!names_impossible_cells(&sheet(&bounds(65_536))));
        assert!(names_impossible_cells(&sheet(&bounds(65_537))));
        assert!(!names_impossible_cells(b"\x09\x08\x10\x00\x00\x06"));
    }
}
