//! Bank statements as banks export them, read into movements: debit and credit in two columns or one with a sign, days
//! with or without a time, the other account where the bank names it.

use super::find_table::money_factor;
use super::read::{ReadFault, read_table};
use super::sheet::{Cell, Remark, Sheet, SheetRow, Typed};
use crate::base::dates::{Date, read_date};
use crate::base::money::{Currency, Money};
use crate::base::text::{Text, fold};
use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::domain::view::statement::Movement;
use crate::say;

/// What a column of a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The day on which the bank carried it out.
    Day,
    /// Money that left.
    Out,
    /// Money that came.
    In,
    /// Money with a sign, or with a column that tells the side.
    Amount,
    /// Which side: debit or credit.
    Side,
    Content,
    Reference,
    Account,
    Name,
}

/// The headers by which banks call a column, without marks, the most telling first.
const HEADERS: &[(Part, &[&str])] = &[
    (
        Part::Day,
        &[
            "ngay giao dich",
            "ngay hach toan",
            "ngay hieu luc",
            "ngay gio giao dich",
            "thoi gian giao dich",
            "ngay gd",
            "transaction date",
            "posting date",
            "value date",
            "tnx date",
            "ngay",
            "date",
            "thoi gian",
        ],
    ),
    (
        Part::Out,
        &[
            "so tien ghi no",
            "phat sinh no",
            "ps no",
            "ghi no",
            "so tien no",
            "tien ra",
            "rut ra",
            "so tien rut",
            "debit amount",
            "debit",
            "withdrawal",
            "no",
        ],
    ),
    (
        Part::In,
        &[
            "so tien ghi co",
            "phat sinh co",
            "ps co",
            "ghi co",
            "so tien co",
            "tien vao",
            "gui vao",
            "so tien gui",
            "credit amount",
            "credit",
            "deposit",
            "co",
        ],
    ),
    (Part::Amount, &["so tien giao dich", "so tien gd", "so tien", "transaction amount", "amount"]),
    (Part::Side, &["no co", "co no", "loai giao dich", "loai gd", "dr cr", "d c", "debit credit", "type"]),
    (
        Part::Content,
        &[
            "noi dung giao dich",
            "noi dung chi tiet",
            "noi dung thanh toan",
            "noi dung",
            "dien giai",
            "mo ta",
            "transaction detail",
            "transaction details",
            "description",
            "details",
            "remarks",
            "remark",
            "narrative",
        ],
    ),
    (
        Part::Reference,
        &[
            "so tham chieu",
            "ma tham chieu",
            "so but toan",
            "ma giao dich",
            "so giao dich",
            "so ct",
            "so chung tu",
            "reference no",
            "reference number",
            "reference",
            "transaction id",
            "transaction no",
            "ref no",
            "ref",
        ],
    ),
    (
        Part::Account,
        &[
            "so tai khoan doi ung",
            "tai khoan doi ung",
            "tk doi ung",
            "so tai khoan thu huong",
            "tai khoan thu huong",
            "so tai khoan nhan",
            "tai khoan nhan",
            "beneficiary account",
            "counter account",
            "corresponsive account",
            "remitter account",
        ],
    ),
    (
        Part::Name,
        &[
            "ten tai khoan doi ung",
            "ten tk doi ung",
            "ten doi ung",
            "don vi thu huong",
            "ten nguoi thu huong",
            "nguoi thu huong",
            "ten nguoi nhan",
            "don vi doi ung",
            "beneficiary name",
            "beneficiary",
            "counterparty",
            "corresponsive name",
        ],
    ),
];

/// A statement as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Its lines, in their order.
    pub movements: Vec<Movement>,
    /// What was left out, and why.
    pub remarks: Vec<Remark>,
}

/// Letters and digits in small letters without marks, words apart by one space, and what stands in brackets left out.
fn bare(header: &str) -> String {
    let outside = header.split(['(', '[']).next().unwrap_or_default();
    let folded = fold(if outside.trim().is_empty() { header } else { outside });
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What a header says, and how tellingly: less is better. Banks write both languages in one header, one below the other.
fn part_of(header: &str) -> Option<(usize, Part)> {
    let halves = header.split(['\n', '/', '–']).map(bare).chain([bare(header)]);
    let halves: Vec<String> = halves.filter(|half| !half.is_empty()).collect();
    let found = HEADERS.iter().flat_map(|(part, names)| {
        let rank = |half: &String| names.iter().position(|name| name == half);
        halves.iter().filter_map(rank).map(move |rank| (rank, *part))
    });
    found.min_by_key(|(rank, _)| *rank).or_else(|| {
        // One half may be the other language said behind it without a mark: `Ngày giao dịch Transaction date`.
        let begun = HEADERS.iter().flat_map(|(part, names)| {
            names.iter().enumerate().filter(|(_, name)| name.len() >= 6).map(move |(rank, name)| (rank, *name, *part))
        });
        let whole = bare(header);
        begun
            .filter(|(_, name, _)| whole.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
            .max_by_key(|(_, name, _)| name.len())
            .map(|(rank, _, part)| (100 + rank, part))
    })
}

/// Reads a statement.
///
/// # Errors
/// A file that is no table, and a table without day and amount.
pub fn read_statement(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Statement, Refusal> {
    let sheet = read_table(name, bytes, sheet, &|header| part_of(header).is_some()).map_err(unreadable)?;
    let columns = Columns::of(&sheet)?;
    let mut statement = Statement { movements: Vec::new(), remarks: sheet.remarks.clone() };
    for row in &sheet.rows {
        match columns.movement(row) {
            Ok(Some(movement)) => statement.movements.push(movement),
            // Opening and closing balances have no amount of their own.
            Ok(None) => {}
            Err(words) => statement.remarks.push(Remark { line: Some(row.line), words }),
        }
    }
    if statement.movements.is_empty() {
        return Err(Refusal::new(
            "statement-empty",
            say!("Không đọc được dòng giao dịch nào.", "No line of the statement could be read."),
            say!("Kiểm tra lại tệp sao kê.", "Check the file of the statement."),
        ));
    }
    Ok(statement)
}

fn unreadable(fault: ReadFault) -> Refusal {
    let fix = say!("Xuất sao kê dạng CSV hoặc .xlsx.", "Export the statement as CSV or .xlsx.");
    Refusal::new("statement-unreadable", fault.words(), fix)
}

/// Where each part stands.
struct Columns {
    places: Vec<Option<Part>>,
    factors: Vec<i64>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Result<Self, Refusal> {
        let mut fits: Vec<(usize, usize, Part)> = Vec::new();
        for (column, header) in sheet.headers.iter().enumerate() {
            fits.extend(part_of(header).map(|(rank, part)| (rank, column, part)));
        }
        fits.sort_by_key(|(rank, column, _)| (*rank, *column));
        let mut places: Vec<Option<Part>> = vec![None; sheet.headers.len()];
        for (_, column, part) in fits {
            if !places.contains(&Some(part)) {
                places[column] = Some(part);
            }
        }
        let factors =
            sheet.headers.iter().map(|header| money_factor(header).or(sheet.unit_factor).unwrap_or(1)).collect();
        let has = |part| places.contains(&Some(part));
        if has(Part::Day) && (has(Part::Out) || has(Part::In) || has(Part::Amount)) {
            return Ok(Self { places, factors });
        }
        let headers = sheet.headers.join(", ");
        Err(Refusal::new(
            "statement-columns",
            say!(
                "Không thấy cột ngày và cột số tiền trong: {headers}.",
                "There is no column of days and amounts among: {headers}."
            ),
            say!(
                "Sao kê cần cột Ngày giao dịch và Ghi nợ, Ghi có (hoặc Số tiền).",
                "A statement needs a date and debit and credit (or amount)."
            ),
        ))
    }

    fn cell<'a>(&self, row: &'a SheetRow, part: Part) -> Option<(&'a Cell, i64)> {
        let place = self.places.iter().position(|place| *place == Some(part))?;
        let cell = row.cells.get(place).filter(|cell| !cell.is_empty())?;
        Some((cell, self.factors.get(place).copied().unwrap_or(1)))
    }

    fn text(&self, row: &SheetRow, part: Part) -> Text {
        self.cell(row, part).map(|(cell, _)| Text::new(&cell.text)).unwrap_or_default()
    }

    /// None for a row without an amount.
    fn movement(&self, row: &SheetRow) -> Result<Option<Movement>, Words> {
        let amount = |part| self.cell(row, part).map(|(cell, factor)| dong(cell, factor)).transpose();
        let (out, come, one) = (amount(Part::Out)?, amount(Part::In)?, amount(Part::Amount)?);
        let side = self.cell(row, Part::Side).and_then(|(cell, _)| is_debit(&cell.text));
        let (dong, is_out) = match (out.filter(|out| *out != 0), come.filter(|come| *come != 0), one) {
            (Some(_), Some(_), _) => {
                return Err(Words::new(
                    "Dòng có cả ghi nợ và ghi có; bỏ qua.",
                    "It has both debit and credit; left out.",
                ));
            }
            // A debit with a minus sign is a debit all the same.
            (Some(out), None, _) => (out, true),
            (None, Some(come), _) => (come, false),
            (None, None, Some(one)) if one != 0 => (one, side.unwrap_or(one < 0)),
            (None, None, _) => return Ok(None),
        };
        let Some((cell, _)) = self.cell(row, Part::Day) else {
            return Err(Words::new(
                "Dòng có số tiền nhưng không có ngày; bỏ qua.",
                "It has an amount and no day; left out.",
            ));
        };
        let on = day(cell)?;
        let amount = dong.checked_abs().map(Money::vnd).ok_or_else(too_large)?;
        Ok(Some(Movement {
            line: row.line,
            on,
            amount,
            is_out,
            content: self.text(row, Part::Content),
            reference: self.text(row, Part::Reference),
            account: self.text(row, Part::Account),
            name: self.text(row, Part::Name),
        }))
    }
}

fn too_large() -> Words {
    Words::new("Số tiền quá lớn; bỏ qua.", "The amount is too large; left out.")
}

/// `D`, `Nợ`, `DR`, `-` are debits; `C`, `Có`, `CR`, `+` are credits.
fn is_debit(side: &str) -> Option<bool> {
    match fold(side.trim()).trim_matches('.') {
        "d" | "dr" | "no" | "ghi no" | "debit" | "-" | "chi" | "tien ra" => Some(true),
        "c" | "cr" | "co" | "ghi co" | "credit" | "+" | "thu" | "tien vao" => Some(false),
        _ => None,
    }
}

/// The day in front of whatever time follows.
fn day(cell: &Cell) -> Result<Date, Words> {
    match &cell.typed {
        Typed::Date(day) => Ok(*day),
        Typed::DateTime(moment) => Ok(moment.date()),
        _ => {
            let text = cell.text.trim();
            let first = text.split([' ', 'T', '\n']).find(|part| part.contains(['/', '-', '.'])).unwrap_or(text);
            read_date(first).map_err(|fault| say!("{}; bỏ qua.", "{}; left out."; fault.words()))
        }
    }
}

/// An amount as banks write it: grouped by points, commas or blanks, with `.00` or `,00` behind, with a sign or `VND`.
fn dong(cell: &Cell, factor: i64) -> Result<i64, Words> {
    let wrong = || {
        let text = Text::new(&cell.text);
        say!("“{text}” không phải số tiền; bỏ qua.", "“{text}” is no amount; left out.")
    };
    let written = match &cell.typed {
        Typed::Number(decimal) => decimal.clone(),
        _ => cell.text.trim().trim_start_matches('+').to_owned(),
    };
    let is_negative = written.trim_start().starts_with(['-', '−', '(']) || written.trim_end().ends_with('-');
    let kept = written.trim_matches(|letter: char| !letter.is_ascii_digit());
    // Hundredths of a đồng are always none.
    let whole = [".00", ",00", ".0", ",0"].iter().find_map(|none| {
        kept.strip_suffix(none)
            .filter(|head| none.len() == 3 || head.contains(['.', ',']) || matches!(cell.typed, Typed::Number(_)))
    });
    let read = Money::read(whole.unwrap_or(kept), Currency::VND).map_err(|_| wrong())?;
    let read = read.times(factor).map_err(|_| too_large())?;
    Ok(if is_negative { -read.minor.abs() } else { read.minor })
}
