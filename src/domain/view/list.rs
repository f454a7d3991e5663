//! What a list shows: which records, in which order, and which of them a filter leaves.

use std::cmp::Ordering;
use std::fmt::Write as _;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::{natural_key, person_key, sort_key};
use crate::base::phone::Phone;
use crate::base::text::{fold_into, nfc};
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::field::{Field, Privacy, Shape, Value, Wording};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::view::columns::{Column, column, columns, value};
use crate::domain::view::title::title;
use crate::domain::{Booth, Claim, Evidence, Fair, Hall, Lead, Payment, Placement, Registration};

pub use crate::domain::view::filter::{Filter, Sort};

/// Which records a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Their kind.
    pub kind: Kind,
    /// Only those of this fair, where the kind belongs to fairs.
    pub fair: Option<Id>,
    /// Only those that point to this record.
    pub of: Option<Id>,
}

impl Scope {
    /// All records of a kind.
    #[must_use]
    pub const fn all(kind: Kind) -> Self {
        Self { kind, fair: None, of: None }
    }

    /// The records of a kind that belong to a fair.
    #[must_use]
    pub const fn within(kind: Kind, fair: Option<Id>) -> Self {
        Self { kind, fair, of: None }
    }

    /// The records of a kind that point to another record.
    #[must_use]
    pub const fn of(kind: Kind, target: Id) -> Self {
        Self { kind, fair: None, of: Some(target) }
    }
}

/// True for kinds whose records belong to one fair, directly or through another record.
#[must_use]
pub const fn has_fair(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Hall
            | Kind::Booth
            | Kind::Registration
            | Kind::Placement
            | Kind::Claim
            | Kind::Evidence
            | Kind::Payment
            | Kind::Lead
    )
}

/// The fair that a record belongs to; a fair belongs to itself.
#[must_use]
pub fn fair_of(book: &Book, kind: Kind, id: Id) -> Option<Id> {
    let of_claim = |claim: Option<Id>| {
        let claim = book.follow::<Claim>(claim)?;
        book.follow::<Registration>(claim.registration)?.fair
    };
    match kind {
        Kind::Fair => book.get::<Fair>(id).map(|fair| fair.id),
        Kind::Hall => book.get::<Hall>(id)?.fair,
        Kind::Booth => book.get::<Booth>(id)?.fair,
        Kind::Registration => book.get::<Registration>(id)?.fair,
        Kind::Lead => book.get::<Lead>(id)?.fair,
        Kind::Placement => book.follow::<Booth>(book.get::<Placement>(id)?.booth)?.fair,
        Kind::Claim => of_claim(Some(id)),
        Kind::Evidence => of_claim(book.get::<Evidence>(id)?.claim),
        Kind::Payment => of_claim(book.get::<Payment>(id)?.claim),
        _ => None,
    }
}

/// The records of a scope, oldest first.
#[must_use]
pub fn ids(book: &Book, scope: Scope) -> Vec<Id> {
    let fair = scope.fair.filter(|_| has_fair(scope.kind));
    match (scope.of, fair) {
        (Some(target), fair) => book
            .pointing_ids(scope.kind, target)
            .filter(|id| fair.is_none_or(|fair| fair_of(book, scope.kind, *id) == Some(fair)))
            .collect(),
        (None, Some(fair)) => of_fair(book, scope.kind, fair),
        (None, None) => {
            let mut found = Vec::with_capacity(book.count(scope.kind));
            book.each(scope.kind, &mut |noun| found.push(noun.id()));
            found
        }
    }
}

fn of_fair(book: &Book, kind: Kind, fair: Id) -> Vec<Id> {
    let claims = || {
        book.pointing_ids(Kind::Registration, fair)
            .flat_map(|registration| book.pointing_ids(Kind::Claim, registration))
    };
    let mut found: Vec<Id> = match kind {
        Kind::Placement => {
            book.pointing_ids(Kind::Booth, fair).flat_map(|booth| book.pointing_ids(Kind::Placement, booth)).collect()
        }
        Kind::Claim => claims().collect(),
        Kind::Evidence | Kind::Payment => claims().flat_map(|claim| book.pointing_ids(kind, claim)).collect(),
        _ => book.pointing_ids(kind, fair).collect(),
    };
    found.sort_unstable();
    found
}

/// A prepared list: identities in order, and the text to search, built when somebody first searches.
#[derive(Clone, Debug)]
pub struct Rows {
    scope: Scope,
    sort: Sort,
    today: Date,
    seq: u64,
    ids: Vec<Id>,
    folded: Option<Haystack>,
    small: Option<Haystack>,
}

/// The text of all rows one after the other, each ended by a line feed.
#[derive(Clone, Debug, Default)]
struct Haystack {
    text: String,
    ends: Vec<usize>,
}

impl Haystack {
    fn row(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(row).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Rows {
    /// The rows of a scope in an order; computed columns are of `today`.
    #[must_use]
    pub fn new(book: &Book, scope: Scope, sort: Sort, today: Date) -> Self {
        let ids = sorted(book, scope, sort, today);
        Self { scope, sort, today, seq: book.seq, ids, folded: None, small: None }
    }

    /// All rows in their order.
    #[must_use]
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    /// What the list is about.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// Its order.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// Follows the book and the day; `true` when anything may have changed.
    pub fn refresh(&mut self, book: &Book, today: Date) -> bool {
        if self.seq == book.seq && self.today == today {
            return false;
        }
        *self = Self::new(book, self.scope, self.sort, today);
        true
    }

    /// The rows that a filter leaves. Words typed with marks bring the rows that have just these marks first; otherwise
    /// the order stays.
    #[must_use]
    pub fn filtered(&mut self, book: &Book, filter: &Filter, today: Date) -> Vec<Id> {
        self.refresh(book, today);
        if filter.is_empty() {
            return self.ids.clone();
        }
        let mut rows: Vec<usize> = if filter.has_words() {
            let (kind, ids) = (self.scope.kind, &self.ids);
            let hay = self.folded.get_or_insert_with(|| haystack(book, kind, ids, today, fold_into));
            let mut rows = Vec::new();
            filter.query().each_row(&hay.text, &hay.ends, |row| rows.push(row));
            rows.retain(|row| filter.text_fits(hay.row(*row)));
            rows
        } else {
            (0..self.ids.len()).collect()
        };
        if filter.has_terms() {
            rows.retain(|row| {
                let noun = self.ids.get(*row).and_then(|id| book.noun(self.scope.kind, *id));
                noun.is_some_and(|noun| filter.terms_fit(book, noun, today))
            });
        }
        if filter.query().has_marks() {
            let (kind, ids) = (self.scope.kind, &self.ids);
            let small = self.small.get_or_insert_with(|| {
                haystack(book, kind, ids, today, |text, to| to.push_str(&nfc(&text.to_lowercase())))
            });
            rows.sort_by_cached_key(|row| filter.query().rank_small(small.row(*row)));
        }
        rows.into_iter().filter_map(|row| self.ids.get(row).copied()).collect()
    }
}

fn haystack(book: &Book, kind: Kind, ids: &[Id], today: Date, add: impl Fn(&str, &mut String)) -> Haystack {
    let mut hay = Haystack { text: String::with_capacity(ids.len() * 96), ends: Vec::with_capacity(ids.len()) };
    let mut row = String::new();
    for id in ids {
        row.clear();
        if let Some(noun) = book.noun(kind, *id) {
            row_text(book, noun, today, &mut row);
        }
        add(&row, &mut hay.text);
        hay.text.push('\n');
        hay.ends.push(hay.text.len());
    }
    hay
}

/// The text by which a record is found on a day: its texts and the names of the records it points to, stored and
/// computed, parted by tabs. Sensitive personal data is not searched.
pub fn row_text(book: &Book, noun: &dyn AnyNoun, today: Date, row: &mut String) {
    for column in columns(noun.kind()) {
        if column.field.privacy == Privacy::Sensitive || !matches!(column.field.shape, Shape::Text(..) | Shape::Link(_))
        {
            continue;
        }
        match (column.field.shape, value(book, column, noun, today)) {
            (Shape::Text(wording, _), Value::Text(text)) => {
                // A line feed ends a row, so a note of several lines is searched as one.
                text.as_str().split('\n').for_each(|line| {
                    row.push_str(line);
                    row.push(' ');
                });
                if wording == Wording::Phone
                    && let Ok(phone) = Phone::read(text.as_str())
                {
                    let local: String = phone.show().chars().filter(char::is_ascii_digit).collect();
                    let _ = write!(row, "\t{local}");
                }
                row.push('\t');
            }
            (Shape::Link(to), Value::Link(id)) => {
                row.push_str(&title(book, to, id, Lang::Vi));
                row.push('\t');
            }
            _ => {}
        }
    }
}

/// What one row is sorted by; empty values have none.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Bytes(Vec<u8>),
}

fn sorted(book: &Book, scope: Scope, sort: Sort, today: Date) -> Vec<Id> {
    let ids = ids(book, scope);
    let Some(by) = column(scope.kind, sort.key) else { return ids };
    let mut rows: Vec<(Option<Key>, Id)> = ids
        .into_iter()
        .map(|id| {
            let key = book.noun(scope.kind, id).and_then(|noun| key_of(book, by, &value(book, by, noun, today)));
            (key, id)
        })
        .collect();
    // Empty values stand last in both directions; equal ones keep their age.
    rows.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) if sort.descending => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    rows.into_iter().map(|(_, id)| id).collect()
}

fn key_of(book: &Book, column: &Column, value: &Value) -> Option<Key> {
    match value {
        Value::Empty => None,
        Value::Text(text) => Some(text_key(&column.field, text.as_str())),
        Value::Texts(keys) => Some(Key::Number(i64::try_from(keys.len()).unwrap_or(i64::MAX))),
        Value::Flag(flag) => Some(Key::Number(i64::from(!flag))),
        Value::Number(number) => Some(Key::Number(*number)),
        Value::Money(amount) => Some(Key::Number(amount.minor)),
        Value::Date(day) => Some(Key::Number(crate::base::dates::days_until(Date::default(), *day))),
        Value::Moment(moment) => Some(Key::Number(moment.0)),
        Value::Link(id) => match column.field.shape {
            Shape::Link(kind) => {
                let name = title(book, kind, *id, Lang::Vi);
                let is_code = matches!(kind, Kind::Booth | Kind::Hall | Kind::Fair | Kind::Placement | Kind::Claim);
                Some(Key::Bytes(if is_code { natural_key(&name) } else { sort_key(&name) }))
            }
            _ => None,
        },
    }
}

fn text_key(field: &Field, text: &str) -> Key {
    match field.shape {
        Shape::Choice(choices) => {
            let place = choices.iter().position(|choice| choice.key == text).unwrap_or(choices.len());
            Key::Number(i64::try_from(place).unwrap_or(i64::MAX))
        }
        Shape::Text(Wording::Code, _) => Key::Bytes(natural_key(text)),
        Shape::Text(Wording::Plain, _) if field.is_personal() => Key::Bytes(person_key(text)),
        _ => Key::Bytes(sort_key(text)),
    }
}
