//! From the headers of a sheet to the fields of a kind: guessed once, then a person may set each column.

use std::collections::BTreeSet;

use crate::base::text::{fold, fold_into};
use crate::base::words::Words;
use crate::domain::field::Field;
use crate::domain::record::Kind;
use crate::exchange::length_unit::unit_called;
use crate::say;

/// Headers of the running number, which means nothing for a record.
const NUMBERING: [&str; 8] = ["stt", "tt", "so tt", "so thu tu", "no", "nr", "s no", "item no"];

/// The header of the record's own identity in files that go out and come back.
pub const ID_HEADER: &str = "id";

/// The shortest name that a longer header may begin with, in characters: shorter ones begin too many words.
const PREFIX_CHARS_MIN: usize = 4;

/// Which field each column of a sheet fills.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// What the rows are.
    pub kind: Kind,
    /// What a column may fill: the fields of the kind, or the columns of a form.
    pub fields: &'static [Field],
    /// The place among these fields for each column; none for a column that is left out.
    pub columns: Vec<Option<usize>>,
    /// The column with the records' identities, in a file that comes back.
    pub id_column: Option<usize>,
}

/// Tells whether a header means something for these fields: what finds the header row of a sheet.
pub fn known(fields: &'static [Field]) -> impl Fn(&str) -> bool {
    let names: BTreeSet<String> = names(fields).into_iter().map(|name| name.text).collect();
    move |header| {
        readings(header)
            .iter()
            .any(|reading| names.contains(reading) || reading == ID_HEADER || NUMBERING.contains(&reading.as_str()))
    }
}

impl Mapping {
    /// The likeliest field of each column. A header is compared without marks, case and punctuation with each field's
    /// key, its labels in both languages and the headers offices use for it, in this order; then a header that begins
    /// with the name of just one field is taken for it. Each field is filled by one column at most.
    #[must_use]
    pub fn guess(kind: Kind, headers: &[String]) -> Self {
        Self::among(kind, kind.fields(), headers)
    }

    /// The likeliest of these fields for each column, for rows that are no records themselves.
    #[must_use]
    pub fn among(kind: Kind, fields: &'static [Field], headers: &[String]) -> Self {
        let names = names(fields);
        let readings: Vec<Vec<String>> = headers.iter().map(|header| readings(header)).collect();
        let mut mapping = Self { kind, fields, columns: vec![None; headers.len()], id_column: None };
        mapping.id_column = readings.iter().position(|reading| reading.iter().any(|text| text == ID_HEADER));
        let mut fits: Vec<(usize, usize, usize)> = Vec::new();
        for (column, readings) in readings.iter().enumerate() {
            if Some(column) == mapping.id_column {
                continue;
            }
            for name in &names {
                // A later reading of the same header says less about it than the whole.
                if let Some(place) = readings.iter().position(|reading| *reading == name.text) {
                    fits.push((name.rank + place * 10, column, name.field));
                }
            }
        }
        mapping.take(fits);
        let begun = readings.iter().enumerate().filter_map(|(column, readings)| {
            let open = mapping.columns[column].is_none() && Some(column) != mapping.id_column;
            let whole = readings.first().filter(|whole| open && !is_numbering(whole))?;
            only_beginning(&names, whole).map(|field| (0, column, field))
        });
        let begun = begun.collect();
        mapping.take(begun);
        mapping
    }

    /// Which of these columns are left out because no field fits.
    #[must_use]
    pub fn remarks(&self, headers: &[String]) -> Vec<Words> {
        let left_out = self
            .columns
            .iter()
            .enumerate()
            .filter(|(column, field)| field.is_none() && Some(*column) != self.id_column);
        let named =
            left_out.filter_map(|(column, _)| headers.get(column)).filter(|header| !is_numbering(&bare(header)));
        let noun = self.kind.words();
        named
            .map(|header| {
                say!(
                    "Cột “{header}” không ứng với trường nào của {}; bỏ qua.",
                    "The column “{header}” fits no field of a {}; it is left out.";
                    noun
                )
            })
            .collect()
    }

    /// Sets the field of a column by hand, or with none leaves the column out. A field that another column filled
    /// moves here.
    pub fn set(&mut self, column: usize, field: Option<usize>) {
        let field = field.filter(|index| *index < self.fields.len());
        if field.is_some() {
            for other in self.columns.iter_mut().filter(|other| **other == field) {
                *other = None;
            }
        }
        if let Some(place) = self.columns.get_mut(column) {
            *place = field;
            if self.id_column == Some(column) {
                self.id_column = None;
            }
        }
    }

    /// The column that fills the field with this key.
    #[must_use]
    pub fn column_of(&self, key: &str) -> Option<usize> {
        let index = self.fields.iter().position(|field| field.key == key)?;
        self.columns.iter().position(|field| *field == Some(index))
    }

    /// Gives each column and each field to the best fit.
    fn take(&mut self, mut fits: Vec<(usize, usize, usize)>) {
        fits.sort_unstable();
        for (_, column, field) in fits {
            if !self.columns.contains(&Some(field))
                && let Some(place @ None) = self.columns.get_mut(column)
            {
                *place = Some(field);
            }
        }
    }
}

/// A name by which a field is known, and how much it says: less is better.
struct Name {
    text: String,
    rank: usize,
    field: usize,
}

fn names(fields: &[Field]) -> Vec<Name> {
    let mut names = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        names.push(Name { text: bare(field.key), rank: 0, field: index });
        names.push(Name { text: bare(field.vi), rank: 100, field: index });
        names.push(Name { text: bare(field.en), rank: 100, field: index });
        // The headers of a field are listed with the most telling first.
        for (place, also) in field.also.iter().enumerate() {
            names.push(Name { text: bare(also), rank: 200 + place, field: index });
        }
    }
    names
}

/// What a header may say: the whole, without what stands in brackets, the last part below a merged header, and without
/// the unit behind it.
fn readings(header: &str) -> Vec<String> {
    let mut readings = vec![bare(header)];
    let mut depth = 0_usize;
    let outside: String = header
        .chars()
        .filter(|letter| {
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    let last = outside.rsplit(" – ").next().unwrap_or_default().to_owned();
    let whole = bare(header);
    let unitless =
        whole.rsplit_once(' ').filter(|(_, unit)| unit_called(unit).is_some()).map(|(name, _)| name.to_owned());
    for reading in [bare(&outside), bare(&last), unitless.unwrap_or_default()] {
        if !reading.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// Letters and digits in small letters without marks, words apart by one space.
fn bare(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn is_numbering(bare: &str) -> bool {
    bare.is_empty() || NUMBERING.contains(&bare)
}

/// The field whose name a longer header begins with; none when two fields share the longest such name.
fn only_beginning(names: &[Name], header: &str) -> Option<usize> {
    let begins = |name: &&Name| {
        name.text.len() >= PREFIX_CHARS_MIN
            && header.strip_prefix(name.text.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    let longest = names.iter().filter(begins).map(|name| name.text.len()).max()?;
    let mut fields = names.iter().filter(begins).filter(|name| name.text.len() == longest).map(|name| name.field);
    let first = fields.next()?;
    fields.all(|field| field == first).then_some(first)
}

/// True when two texts are the same but for case, marks kept: `Hòa Lợi` is not `Hoa Loi`.
#[must_use]
pub(super) fn same_name(one: &str, other: &str) -> bool {
    one == other || (fold(one) == fold(other) && one.to_lowercase() == other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guessed(kind: Kind, headers: &[&str]) -> Vec<&'static str> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let mapping = Mapping::guess(kind, &headers);
        let key = |field: &Option<usize>| field.map_or("", |index| kind.fields()[index].key);
        mapping.columns.iter().map(key).collect()
    }

    #[test]
    fn headers_of_offices_are_known() {
        let headers =
            ["STT", "TÊN DOANH NGHIỆP", "MST", "Địa chỉ – Xã/phường", "Số điện thoại (di động)", "Ý kiến", "id"];
        assert_eq!(guessed(Kind::Business, &headers), ["", "name", "tax_code", "commune", "phone", "", ""]);
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let mapping = Mapping::guess(Kind::Business, &headers);
        let remarks = mapping.remarks(&headers);
        assert_eq!((mapping.id_column, remarks.len()), (Some(6), 1));
        assert!(remarks[0].vi.contains("Ý kiến"));
    }

    #[test]
    fn each_field_is_filled_once_and_the_best_fit_wins() {
        assert_eq!(guessed(Kind::Business, &["Đơn vị", "Tên doanh nghiệp", "name"]), ["", "", "name"]);
        assert_eq!(guessed(Kind::Registration, &["Tên doanh nghiệp", "Mã số thuế"]), ["", "business"]);
        assert_eq!(guessed(Kind::Business, &["Tên doanh nghiệp ghi đầy đủ"]), ["name"]);
    }

    #[test]
    fn every_label_and_key_means_its_own_field() {
        for kind in Kind::ALL {
            for headers in [
                kind.fields().iter().map(|field| field.key.to_owned()).collect::<Vec<_>>(),
                kind.fields().iter().map(|field| field.vi.to_owned()).collect(),
                kind.fields().iter().map(|field| field.en.to_owned()).collect(),
            ] {
                let expected: Vec<_> = (0..headers.len()).map(Some).collect();
                assert_eq!(Mapping::guess(*kind, &headers).columns, expected, "{kind:?} {headers:?}");
            }
        }
    }

    #[test]
    fn a_person_may_set_a_column() {
        let headers: Vec<String> = ["Tên", "Khác"].map(String::from).into();
        let mut mapping = Mapping::guess(Kind::Partner, &headers);
        mapping.set(1, Kind::Partner.field_index("name"));
        assert_eq!(mapping.column_of("name"), Some(1));
        mapping.set(0, Some(usize::MAX));
        mapping.set(9, Some(0));
        assert_eq!(mapping.columns[0], None);
    }

    proptest! {
        #[test]
        fn any_headers_are_mapped(headers in prop::collection::vec(any::<String>(), 0..8)) {
            for kind in Kind::ALL {
                let mapping = Mapping::guess(*kind, &headers);
                let mut fields: Vec<usize> = mapping.columns.iter().flatten().copied().collect();
                let filled = fields.len();
                fields.sort_unstable();
                fields.dedup();
                prop_assert_eq!(fields.len(), filled);
            }
        }
    }
}
