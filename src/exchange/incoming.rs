//! From the rows of a sheet to drafts: each cell read by its field, each row set against what the book has.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::dates::{Moment, YEARS, show_date};
use crate::base::ids::Id;
use crate::base::money::{Currency, Money, MoneyFault};
use crate::base::tax_code::TaxCode;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::field::{Chosen as _, Field, Shape, Value, Wording};
use crate::domain::intent::{Draft, Fields};
use crate::domain::lead::LeadStage;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::find_table::money_factor;
use crate::exchange::length_unit::{LengthUnit, unit_in};
use crate::exchange::mapping::Mapping;
use crate::exchange::people_in::{Organisations, Workplace};
use crate::exchange::question::{Asking, Decision, Decisions, Question};
use crate::exchange::recognise::Recognition;
use crate::exchange::sheet::{Cell, Remark, Sheet, SheetRow, Typed, hundredfold};
use crate::exchange::spelling::spellings;
use crate::say;
use chrono::Datelike;

/// A row, or one cell of it, that cannot be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRow {
    /// The row's number as a spreadsheet program shows it.
    pub line: u32,
    /// The header of the column; empty when it is about the whole row.
    pub column: String,
    /// What is wrong and what would be right.
    pub refusal: Refusal,
}

/// The rows of a file as drafts.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// What they are.
    pub kind: Kind,
    /// The rows that could be read; those with an identity are about a record that the book has.
    pub drafts: Vec<Draft>,
    /// What could not be read.
    pub refused: Vec<RefusedRow>,
    /// What a person who checks the result should know.
    pub warnings: Vec<Remark>,
    /// The header of the column that fills each field, by the field's key.
    pub headers: BTreeMap<&'static str, String>,
    /// Drafts of other kinds that come along in the same act.
    pub along: Vec<(Kind, Vec<Draft>)>,
    /// What the person who checks the result may decide.
    pub questions: Vec<Question>,
    /// The rows that are left out by a decision.
    pub skipped: BTreeSet<u32>,
}

impl Incoming {
    /// Nothing yet of what is to be read.
    pub(super) const fn of(kind: Kind, warnings: Vec<Remark>) -> Self {
        Self {
            kind,
            drafts: Vec::new(),
            refused: Vec::new(),
            warnings,
            headers: BTreeMap::new(),
            along: Vec::new(),
            questions: Vec::new(),
            skipped: BTreeSet::new(),
        }
    }
}

/// Reads every row. An empty cell says nothing, so that it never clears a value. The reader's fair is the one that is
/// meant where a row names none.
#[must_use]
pub fn rows(sheet: &Sheet, mapping: &Mapping, reader: Reader<'_>, decisions: &Decisions) -> Incoming {
    let (mut columns, mut incoming) = begun(sheet, mapping);
    if mapping.kind == Kind::Lead {
        for column in &mut columns {
            match column.field.key {
                "partner" => column.may_be_new = true,
                "interest" => {
                    let cells = sheet.rows.iter().filter_map(|row| row.cells.get(column.column));
                    let (spellings, told) = spellings(reader.book, cells.map(|cell| cell.text.as_str()));
                    column.spellings = spellings;
                    incoming.warnings.extend(told.into_iter().map(Remark::on_file));
                }
                _ => {}
            }
        }
    }
    let mut read = Rows {
        reader,
        columns,
        id_column: mapping.id_column,
        recognition: Recognition::new(reader.book, mapping.kind),
        partners: Organisations::new(reader.book),
        asking: Asking::new(decisions),
    };
    for row in &sheet.rows {
        read.row(row, &mut incoming);
    }
    let partners = read.partners.into_drafts();
    if !partners.is_empty() {
        incoming.along.push((Kind::Partner, partners));
    }
    (incoming.questions, incoming.skipped) = read.asking.into_asked();
    incoming
}

/// The values of every row that could be read, for a form whose rows are no records themselves.
#[must_use]
pub(super) fn cells(sheet: &Sheet, mapping: &Mapping, reader: Reader<'_>) -> (Vec<(u32, Fields)>, Incoming) {
    let (mut columns, mut incoming) = begun(sheet, mapping);
    let mut found = Vec::new();
    for row in &sheet.rows {
        let mut reader = reader;
        if let Some(fields) = values(&mut columns, &mut reader, row, &mut incoming) {
            found.push((row.line, fields));
        }
    }
    (found, incoming)
}

/// The columns with their fields, and what is to be told before any row is read.
fn begun(sheet: &Sheet, mapping: &Mapping) -> (Vec<Column>, Incoming) {
    let header = |column: usize| sheet.headers.get(column).cloned().unwrap_or_default();
    let mut columns: Vec<Column> = mapping
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, field)| {
            let field = mapping.fields.get((*field)?)?;
            let factor = money_factor(&header(column)).or(sheet.unit_factor).unwrap_or(1);
            let unit = unit_in(&header(column)).filter(|_| matches!(field.shape, Shape::Length));
            let of_one = matches!(field.shape, Shape::Percent) && has_parts_of_one(sheet, column);
            let (read, spellings) = (BTreeMap::new(), BTreeMap::new());
            let (may_be_new, told_century) = (false, false);
            Some(Column { column, field, factor, unit, of_one, read, spellings, may_be_new, told_century })
        })
        .collect();
    let headers = columns.iter().map(|column| (column.field.key, header(column.column))).collect();
    // The fair comes first, since booths and halls are looked up below it.
    columns.sort_by_key(|column| column.field.key != "fair");
    let mut warnings = sheet.remarks.clone();
    warnings.extend(mapping.remarks(&sheet.headers).into_iter().map(Remark::on_file));
    (columns, Incoming { headers, ..Incoming::of(mapping.kind, warnings) })
}

/// True when a number of this column lies between nought and one: then all are parts of one. Cells that a workbook shows as
/// percentages are text by then.
fn has_parts_of_one(sheet: &Sheet, column: usize) -> bool {
    let mut cells = sheet.rows.iter().filter_map(|row| row.cells.get(column));
    cells.any(|cell| matches!(&cell.typed, Typed::Number(decimal) if decimal.starts_with("0.")))
}

/// What the cells of a row say; none when nothing is in them, or something that cannot be read.
fn values(columns: &mut [Column], reader: &mut Reader<'_>, row: &SheetRow, incoming: &mut Incoming) -> Option<Fields> {
    let cell = |column: usize| row.cells.get(column).filter(|cell| !cell.is_empty());
    let refused_before = incoming.refused.len();
    let mut fields: Fields = Vec::new();
    for column in columns {
        let Some(cell) = cell(column.column) else { continue };
        match column.value(reader, cell, row.line, &mut incoming.warnings) {
            Ok(Value::Empty) => {}
            Ok(value) => {
                if column.field.key == "fair" {
                    reader.fair = value.as_link().or(reader.fair);
                }
                fields.push((column.field.key.to_owned(), value));
            }
            Err(refusal) => incoming.refused.push(RefusedRow {
                line: row.line,
                column: incoming.headers.get(column.field.key).cloned().unwrap_or_default(),
                refusal,
            }),
        }
    }
    (incoming.refused.len() == refused_before && !fields.is_empty()).then_some(fields)
}

/// A column with the field that it fills.
struct Column {
    column: usize,
    field: &'static Field,
    /// By how much amounts are multiplied to give đồng.
    factor: i64,
    /// The unit of lengths that the header names.
    unit: Option<LengthUnit>,
    /// True for percentages that the file has as parts of one: 0.5 for 50 %, and then 1 for 100 %.
    of_one: bool,
    /// What was read already, for columns whose few different texts are slow to look up, by the fair that is meant.
    read: BTreeMap<(Option<Id>, String), Result<Value, Refusal>>,
    /// Names of goods that the file spells in several ways, with the one that is kept.
    spellings: BTreeMap<String, Text>,
    /// True where a record that is not on file may come along in the same act.
    may_be_new: bool,
    /// It was told how years of two digits are understood.
    told_century: bool,
}

struct Rows<'a> {
    reader: Reader<'a>,
    columns: Vec<Column>,
    id_column: Option<usize>,
    recognition: Recognition<'a>,
    partners: Organisations<'a>,
    asking: Asking<'a>,
}

impl Rows<'_> {
    fn row(&mut self, row: &SheetRow, incoming: &mut Incoming) {
        let cell = |column: usize| row.cells.get(column).filter(|cell| !cell.is_empty());
        let mut reader = self.reader;
        let Some(mut fields) = values(&mut self.columns, &mut reader, row, incoming) else { return };
        let kind = incoming.kind;
        let given = self.id_column.and_then(cell).and_then(|cell| cell.text.parse::<Id>().ok());
        let known = given.filter(|id| reader.book.noun(kind, *id).is_some());
        let has_fair = fields.iter().any(|(key, _)| key == "fair")
            || known.and_then(|id| reader.book.noun(kind, id)).is_some_and(|noun| !noun.value("fair").is_empty());
        if let (false, Some(fair), Some(_)) = (has_fair, reader.fair, fair_link(kind)) {
            fields.insert(0, ("fair".to_owned(), Value::Link(fair)));
        }
        if !self.find_partner(&mut fields, row.line) {
            return self.asking.skip(row.line);
        }
        if kind == Kind::Lead {
            closed_unsigned(&mut fields, &incoming.headers);
        }
        match self.found(known, &fields, row.line) {
            Ok(Some(id)) => incoming.drafts.push(Draft { id, fields, line: row.line }),
            Ok(None) => self.asking.skip(row.line),
            Err(refusal) => {
                let column = incoming.headers.get(refusal.field.as_str()).cloned().unwrap_or_default();
                incoming.refused.push(RefusedRow { line: row.line, column, refusal });
            }
        }
    }
}

impl Rows<'_> {
    /// The record that a row is about, or a new one; nothing at all when the row is to be left out.
    fn found(&mut self, known: Option<Id>, fields: &Fields, line: u32) -> Result<Option<Option<Id>>, Refusal> {
        let found = self.recognition.find(known, fields, line)?;
        if found.is_some() {
            return Ok(Some(found));
        }
        let (name, near) = self.recognition.alike(fields);
        Ok(match self.asking.ask(self.recognition.kind(), line, &name, near) {
            Decision::New => Some(None),
            Decision::Same(id) => Some(Some(self.recognition.take(id, line)?)),
            Decision::Skip => None,
        })
    }

    /// Finds the partner that a lead names and the book does not have by that name; false when its rows are left out.
    fn find_partner(&mut self, fields: &mut Fields, line: u32) -> bool {
        let named = |(key, value): &&mut (String, Value)| key == "partner" && matches!(value, Value::Text(_));
        let Some((_, value)) = fields.iter_mut().find(named) else { return true };
        let name = Text::new(value.as_text());
        match self.partners.partner(&name, line, Fields::new(), &mut self.asking) {
            Workplace::Partner(id) => *value = Value::Link(id),
            Workplace::LeftOut => return false,
            _ => {}
        }
        true
    }
}

/// Other programs close what was lost as well as what was signed: there a closing is no signing, and goes into the notes.
fn closed_unsigned(fields: &mut Fields, headers: &BTreeMap<&'static str, String>) {
    let stage = fields.iter().find(|(key, _)| key == "stage").map_or("", |(_, value)| value.as_text());
    if [LeadStage::Contract, LeadStage::Delivering, LeadStage::Repeat].iter().any(|signed| signed.key() == stage) {
        return;
    }
    let closing = |key: &str| headers.get(key).filter(|header| fold(header).starts_with("close"));
    let mut said = Vec::new();
    fields.retain(|(key, value)| {
        let Some(header) = closing(key) else { return true };
        match value {
            Value::Date(day) => said.push(format!("{header}: {}", show_date(*day))),
            Value::Money(amount) if amount.minor != 0 => said.push(format!("{header}: {}", amount.show(Lang::Vi))),
            _ => {}
        }
        false
    });
    if said.is_empty() {
        return;
    }
    match fields.iter_mut().find(|(key, _)| key == "note") {
        Some((_, note)) => *note = Value::Text(Text::lines(&format!("{}\n{}", note.as_text(), said.join("\n")))),
        None => fields.push(("note".to_owned(), Value::Text(Text::lines(&said.join("\n"))))),
    }
}

/// The place of the field that a chosen fair fills, for records that lie below a fair.
fn fair_link(kind: Kind) -> Option<usize> {
    matches!(kind, Kind::Hall | Kind::Booth | Kind::Fixture | Kind::Registration | Kind::Lead)
        .then(|| kind.field_index("fair"))
        .flatten()
}

impl Column {
    fn value(
        &mut self,
        reader: &Reader<'_>,
        cell: &Cell,
        line: u32,
        warnings: &mut Vec<Remark>,
    ) -> Result<Value, Refusal> {
        if matches!(self.field.shape, Shape::Choice(_) | Shape::Choices(_) | Shape::Link(_)) {
            let key = (reader.fair, cell.text.clone());
            if let Some(read) = self.read.get(&key) {
                return read.clone();
            }
            let mut read = reader.read(self.field, &cell.text);
            if self.may_be_new && read.as_ref().is_err_and(|refusal| refusal.code == "not-found") {
                read = Ok(Value::Text(Text::new(&cell.text)));
            }
            self.read.insert(key, read.clone());
            return read;
        }
        if let Some(unit) = self.unit {
            return unit.read(&cell.text).map_err(|refusal| refusal.at(self.field.key));
        }
        if let Some(kept) = self.spellings.get(&cell.text) {
            return Ok(Value::Text(kept.clone()));
        }
        let mut warn = |words| warnings.push(Remark { line: Some(line), words });
        let field = self.field;
        match (field.shape, &cell.typed) {
            (Shape::Date, Typed::Date(day)) if YEARS.contains(&day.year()) => Ok(Value::Date(*day)),
            (Shape::Date, Typed::DateTime(moment)) if YEARS.contains(&moment.year()) => Ok(Value::Date(moment.date())),
            (Shape::Date, _) if with_century(&cell.text).is_some() => {
                let whole = with_century(&cell.text).unwrap_or_default();
                if !std::mem::replace(&mut self.told_century, true) {
                    let short = &cell.text;
                    warn(say!(
                        "Năm hai chữ số ở cột này được hiểu là 20…: {short} là {whole}.",
                        "Years of two digits in this column are taken for 20…: {short} is {whole}."
                    ));
                }
                reader.read(field, &whole)
            }
            (Shape::Moment, Typed::DateTime(moment)) => {
                let midnight = moment.date().and_time(chrono::NaiveTime::MIN);
                let since = moment.signed_duration_since(midnight).num_milliseconds();
                Ok(Value::Moment(Moment(Moment::start_of(moment.date()).0.saturating_add(since))))
            }
            (Shape::Flag, Typed::Flag(yes)) => Ok(Value::Flag(*yes)),
            (Shape::Money, Typed::Number(decimal)) => {
                amount(decimal, self.factor).map_err(|refusal| refusal.at(field.key))
            }
            (Shape::Money, _) if self.factor != 1 => {
                scaled_text(&cell.text, self.factor).map_err(|refusal| refusal.at(field.key))
            }
            (Shape::Percent, Typed::Number(decimal)) if decimal != "0" && (self.of_one || decimal == "1") => {
                let percent = if self.of_one { hundredfold(decimal) } else { decimal.clone() };
                warn(say!("{decimal} được hiểu là {percent} %.", "{decimal} is taken for {percent} %."));
                reader.read(field, &percent)
            }
            // A point is no grouping where the file itself says that this is a number.
            (Shape::Number(..), Typed::Number(decimal)) => reader.read(field, &decimal.replace('.', ",")),
            (Shape::Text(Wording::TaxCode, _), _) => {
                let mended = with_lost_zero(&cell.text);
                if let Some(code) = &mended {
                    let text = &cell.text;
                    warn(say!(
                        "Mã số thuế {text} mất số 0 ở đầu; số kiểm tra cho thấy là {code}.",
                        "The tax code {text} lost its first 0; its check digit shows that it is {code}."
                    ));
                }
                reader.read(field, mended.as_deref().unwrap_or(&cell.text))
            }
            _ => reader.read(field, &cell.text),
        }
    }
}

/// `01-03-17` as `01/03/2017`: a file that writes all its years so cannot be asked again, and nothing here is of another century.
fn with_century(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    let fits = year.len() == 2 && [day, month, year].into_iter().all(|part| short(part));
    fits.then(|| format!("{day:0>2}/{month:0>2}/20{year}"))
}

/// A tax code one digit short that is right with a zero before it: a spreadsheet took it for a number.
fn with_lost_zero(text: &str) -> Option<String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let short = matches!(digits, 9 | 12) && TaxCode::read(text).is_err();
    let code = short.then(|| TaxCode::read(&format!("0{text}")).ok()).flatten()?;
    Some(code.to_string())
}

/// An amount from a number in exact decimal notation, in units of so many đồng.
fn amount(decimal: &str, factor: i64) -> Result<Value, Refusal> {
    let dong = scaled(decimal, factor).ok_or_else(|| {
        Refusal::new(
            "money-fraction",
            say!("{decimal} không phải số đồng nguyên.", "{decimal} is no whole number of đồng."),
            say!("Làm tròn trong tệp, rồi nhập lại.", "Round it in the file, then import again."),
        )
    })?;
    Ok(Value::Money(Money::vnd(dong)))
}

fn scaled(decimal: &str, factor: i64) -> Option<i64> {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let negative = whole.starts_with('-');
    if part.len() > 15 || whole.len() > 19 {
        return None;
    }
    let digits: i128 = format!("{}{part}", whole.trim_start_matches('-')).parse().ok()?;
    let unit = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let product = digits.checked_mul(i128::from(factor))?;
    let dong = (product % unit == 0).then_some(product / unit)?;
    i64::try_from(if negative { -dong } else { dong }).ok()
}

/// An amount written as text in a table whose unit is not the đồng: grouped, or with one or two decimals.
fn scaled_text(text: &str, factor: i64) -> Result<Value, Refusal> {
    let fault = |fault: MoneyFault| {
        Refusal::new("money-unreadable", fault.words(), say!("Ghi như 4.500 hoặc 4,5.", "Write it as 4.500 or 4,5."))
    };
    match Money::read(text, Currency::VND) {
        Ok(read) => read.times(factor).map(Value::Money).map_err(fault),
        Err(found) => {
            let decimal = text.trim().replace(',', ".");
            let is_short = decimal.split_once('.').is_some_and(|(whole, part)| {
                !whole.is_empty()
                    && (1..=2).contains(&part.len())
                    && format!("{whole}{part}").bytes().all(|b| b.is_ascii_digit())
            });
            if is_short { amount(&decimal, factor) } else { Err(fault(found)) }
        }
    }
}

impl Incoming {
    /// How many rows could not be read.
    #[must_use]
    pub fn refused_rows(&self) -> usize {
        refused_rows(&self.refused)
    }
}

/// How many rows these refusals are about.
pub(super) fn refused_rows(refused: &[RefusedRow]) -> usize {
    refused.iter().map(|row| row.line).collect::<BTreeSet<u32>>().len()
}

/// A refused row in one sentence: its line, its column and the reason.
impl RefusedRow {
    /// Line, column and reason in words.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { line, column, refusal } = self;
        if column.is_empty() {
            say!("Dòng {line}: {}", "Line {line}: {}"; refusal.what)
        } else {
            say!("Dòng {line}, cột “{column}”: {}", "Line {line}, column “{column}”: {}"; refusal.what)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_every_unit() {
        assert_eq!(scaled("12.5", 1_000_000), Some(12_500_000));
        assert_eq!(scaled("-3", 1), Some(-3));
        assert_eq!(scaled("0.0000001", 1_000_000), None);
        assert_eq!(scaled("9223372036854775807", 1_000), None);
        assert_eq!(scaled_text("1.500", 1_000).unwrap(), Value::Money(Money::vnd(1_500_000)));
        assert_eq!(scaled_text("1,5", 1_000_000).unwrap(), Value::Money(Money::vnd(1_500_000)));
        assert!(scaled_text("khoảng 2", 1_000).is_err());
    }

    #[test]
    fn a_lost_zero_is_put_back_only_where_the_check_digit_proves_it() {
        assert_eq!(with_lost_zero("100112437").as_deref(), Some("0100112437"));
        assert_eq!(with_lost_zero("102641429-066").as_deref(), Some("0102641429-066"));
        assert_eq!(with_lost_zero("100112438"), None);
        assert_eq!(with_lost_zero("0100112437"), None);
    }
}
