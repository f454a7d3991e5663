//! From records to a table that goes out: a column for each field that was asked for, personal data left out unless
//! somebody asks for it.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Currency;
use crate::base::words::{Lang, Words};
use crate::domain::Contact;
use crate::domain::book::Book;
use crate::domain::consent::Purpose;
use crate::domain::field::{Choice, Field, Shape, Value, Wording};
use crate::domain::record::Kind;
use crate::domain::showing::is_restricted;
use crate::domain::view::columns::{Column, column, value};
use crate::domain::view::consent::leave;
use crate::domain::view::title::{reference, title};
use crate::exchange::mapping::ID_HEADER;
use crate::exchange::table::{Out, Table};
use crate::exchange::vcard::write_cards;
use crate::exchange::write_csv::write_csv;
use crate::exchange::write_ics::{write_ics, write_meetings};
use crate::exchange::write_workbook::write_workbook;
use crate::say;

/// How a table goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Going {
    /// The language of headers and choices.
    pub lang: Lang,
    /// Keys in place of labels and words, for programs.
    pub keys: bool,
    /// A first column with each record's identity, so that the file can come back.
    pub ids: bool,
    /// Personal data too.
    pub with_personal: bool,
}

/// The table of these records, in their order, with the columns of these keys, stored or computed for `today`; an
/// unknown key is no column.
#[must_use]
pub fn table(book: &Book, kind: Kind, ids: &[Id], columns: &[&str], today: Date, going: Going) -> Table {
    let shown: Vec<&'static Column> = columns
        .iter()
        .filter_map(|key| column(kind, key))
        .filter(|column| going.with_personal || !names_a_person(&column.field))
        .collect();
    let label =
        |field: &Field| if going.keys { field.key.to_owned() } else { field.label().in_lang(going.lang).to_owned() };
    let headers =
        going.ids.then(|| ID_HEADER.to_owned()).into_iter().chain(shown.iter().map(|column| label(&column.field)));
    // Somebody whose data is restricted goes out in no file.
    let restricted = |id: &&Id| kind == Kind::Contact && is_restricted(book, **id);
    let rows = ids.iter().filter(|id| !restricted(id)).filter_map(|id| book.noun(kind, *id)).map(|noun| {
        let values = shown.iter().map(|column| out(book, &column.field, &value(book, column, noun, today), going));
        going.ids.then(|| Out::Text(noun.id().to_string())).into_iter().chain(values).collect()
    });
    Table { title: Some(kind.words()), headers: headers.collect(), rows: rows.collect() }
}

/// The keys of every field of a kind.
#[must_use]
pub fn all_columns(kind: Kind) -> Vec<&'static str> {
    kind.fields().iter().map(|field| field.key).collect()
}

/// A contact is named by the person's name, wherever it is linked.
const fn names_a_person(field: &Field) -> bool {
    field.is_personal() || matches!(field.shape, Shape::Link(Kind::Contact))
}

fn out(book: &Book, field: &Field, value: &Value, going: Going) -> Out {
    match value {
        Value::Empty | Value::Flag(false) => Out::Empty,
        Value::Text(text) => match field.shape {
            Shape::Choice(choices) | Shape::Choices(choices) => Out::Text(choice(choices, text.as_str(), going)),
            // A household's tax code is its representative's citizen number.
            Shape::Text(Wording::TaxCode, _) if text.as_str().len() == 12 && !going.with_personal => Out::Empty,
            _ => Out::Text(text.to_string()),
        },
        Value::Texts(keys) => {
            let choices: &[Choice] = match field.shape {
                Shape::Choice(choices) | Shape::Choices(choices) => choices,
                _ => &[],
            };
            let words: Vec<String> = keys.iter().map(|key| choice(choices, key.as_str(), going)).collect();
            Out::Text(words.join("; "))
        }
        Value::Flag(true) => Out::Text("x".to_owned()),
        Value::Number(number) => match field.shape {
            // Hundredths of a percent and of a metre; ten thousandths of a square metre.
            Shape::Percent | Shape::Length => decimal(*number, 2),
            Shape::Area => decimal(*number, 4),
            _ => Out::Number(*number),
        },
        Value::Money(amount) if amount.currency == Currency::VND => Out::Money(amount.minor),
        Value::Money(amount) => Out::Text(amount.show(going.lang)),
        Value::Date(day) => Out::Date(*day),
        Value::Moment(moment) => Out::Text(moment.show()),
        Value::Link(id) => match field.shape {
            Shape::Link(Kind::Contact) if is_restricted(book, *id) => {
                Out::Text(title(book, Kind::Contact, *id, going.lang))
            }
            Shape::Link(kind) => Out::Text(reference(book, kind, *id)),
            _ => Out::Text(id.to_string()),
        },
    }
}

fn choice(choices: &[Choice], key: &str, going: Going) -> String {
    let words = choices.iter().find(|choice| choice.key == key).filter(|_| !going.keys);
    words.map_or_else(|| key.to_owned(), |choice| choice.words().in_lang(going.lang).to_owned())
}

/// A number of so many decimal places: whole where it is, else with a decimal comma.
pub(super) fn decimal(number: i64, places: u32) -> Out {
    let unit = 10_i64.saturating_pow(places);
    if number % unit == 0 {
        return Out::Number(number / unit);
    }
    let (sign, number, unit) = (if number < 0 { "-" } else { "" }, number.unsigned_abs(), unit.unsigned_abs());
    let part = format!("{:0width$}", number % unit, width = unit.ilog10() as usize);
    Out::Text(format!("{sign}{},{}", number / unit, part.trim_end_matches('0')))
}

/// The bytes of a file with this name: by its ending a workbook, CSV, cards of contacts (`.vcf`) or a calendar of leads or
/// meetings (`.ics`), with the columns of these keys where it has columns.
///
/// # Errors
/// When the name asks for a format that these records do not come in, or for cards without personal data, of which a
/// card consists.
pub fn file(
    book: &Book,
    (kind, ids): (Kind, &[Id]),
    columns: &[&str],
    today: Date,
    going: Going,
    name: &str,
) -> Result<Vec<u8>, Words> {
    let noun = kind.words();
    match (ending(name).as_str(), kind) {
        ("vcf", Kind::Contact) if going.with_personal => {
            // Nobody goes out on a card who asked not to be contacted.
            let may = |contact: &&Contact| !leave(book, contact, Purpose::Contact, today).is_barred();
            Ok(write_cards(book, ids.iter().filter_map(|id| book.get::<Contact>(*id)).filter(may)))
        }
        ("vcf", Kind::Contact) => Err(Words::new(
            "Danh thiếp toàn là dữ liệu cá nhân. Nếu thật cần, dùng “hoicho export contacts TỆP.vcf --personal”.",
            "A card is nothing but personal data. If it is needed, use “hoicho export contacts FILE.vcf --personal”.",
        )),
        ("ics", Kind::Lead) => Ok(write_ics(book, ids, today, going)),
        ("ics", Kind::Meeting) => Ok(write_meetings(book, ids, going)),
        ("vcf", _) => Err(say!(
            "Danh thiếp (.vcf) chỉ có cho người liên hệ, không cho {}. Chọn .csv hoặc .xlsx.",
            "Cards (.vcf) are for contacts only, not for a {}. Choose .csv or .xlsx.";
            noun
        )),
        ("ics", _) => Err(say!(
            "Lịch (.ics) chỉ có cho đầu mối và cuộc hẹn, không cho {}. Chọn .csv hoặc .xlsx.",
            "A calendar (.ics) is for leads and meetings only, not for a {}. Choose .csv or .xlsx.";
            noun
        )),
        _ => bytes(&table(book, kind, ids, columns, today, going), name, going.lang),
    }
}

/// What stands behind the last point of a file's name, in small letters; `csv` when there is none.
fn ending(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    name.rsplit_once('.').map_or("csv", |(_, ending)| ending).to_owned()
}

/// The bytes of a file with this name: a workbook when it ends in `.xlsx`, CSV when it ends in `.csv` or in nothing.
///
/// # Errors
/// When the name asks for another format, or the table is larger than a workbook can be.
pub fn bytes(table: &Table, name: &str, lang: Lang) -> Result<Vec<u8>, Words> {
    match ending(name).as_str() {
        "csv" => Ok(write_csv(table)),
        "xlsx" => write_workbook(table, lang).map_err(|fault| {
            say!("Không lập được tệp Excel: {fault}. Chọn .csv.", "The workbook cannot be made: {fault}. Choose .csv.")
        }),
        other => Err(say!(
            "Không ghi được dạng .{other}. Chọn .csv hoặc .xlsx.",
            "There is no writing of .{other} files. Choose .csv or .xlsx."
        )),
    }
}
