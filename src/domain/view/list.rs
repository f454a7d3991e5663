//! What a list shows: which records, in which order, and which of them a filter leaves.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::{natural_key, person_key, sort_key};
use crate::base::phone::Phone;
use crate::base::text::{fold_into, nfc};
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::book::MERGED;
use crate::domain::field::{Field, Privacy, Shape, Value, Wording};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::view::columns::{Column, column, columns, default_keys, value};
use crate::domain::view::facts::{Facts, is_countable};
use crate::domain::view::filter::Term;
use crate::domain::view::title::title;
use crate::domain::{
    Booth, Claim, Draw, Evidence, Expense, Fair, FairReport, Fixture, Hall, Lead, Payment, Placement, Registration,
    Sale,
};

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
            | Kind::Fixture
            | Kind::Draw
            | Kind::Registration
            | Kind::Placement
            | Kind::Claim
            | Kind::Expense
            | Kind::Evidence
            | Kind::Payment
            | Kind::Lead
            | Kind::Sale
            | Kind::FairReport
    )
}

/// The fair that a record belongs to; a fair belongs to itself.
#[must_use]
pub fn fair_of(book: &Book, kind: Kind, id: Id) -> Option<Id> {
    let of_claim = |claim: Option<Id>| {
        let claim = book.follow::<Claim>(claim)?;
        book.follow::<Registration>(claim.registration)?.fair
    };
    let of_registration = |registration: Option<Id>| book.follow::<Registration>(registration)?.fair;
    match kind {
        Kind::Fair => book.get::<Fair>(id).map(|fair| fair.id),
        Kind::Hall => book.get::<Hall>(id)?.fair,
        Kind::Draw => book.get::<Draw>(id)?.fair,
        Kind::Booth => book.get::<Booth>(id)?.fair,
        Kind::Fixture => book.get::<Fixture>(id)?.fair,
        Kind::Registration => book.get::<Registration>(id)?.fair,
        Kind::Lead => book.get::<Lead>(id)?.fair,
        Kind::Sale => of_registration(book.get::<Sale>(id)?.registration),
        Kind::FairReport => of_registration(book.get::<FairReport>(id)?.registration),
        Kind::Placement => book.follow::<Booth>(book.get::<Placement>(id)?.booth)?.fair,
        Kind::Claim => of_claim(Some(id)),
        Kind::Expense => of_claim(book.get::<Expense>(id)?.claim),
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
            // What was merged is found below the record that stayed.
            let merges = scope.kind.field(MERGED).is_some();
            book.each(scope.kind, &mut |noun| {
                if !merges || noun.value(MERGED).is_empty() {
                    found.push(noun.id());
                }
            });
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
        Kind::Sale | Kind::FairReport => book
            .pointing_ids(Kind::Registration, fair)
            .flat_map(|registration| book.pointing_ids(kind, registration))
            .collect(),
        Kind::Evidence | Kind::Expense | Kind::Payment => {
            claims().flat_map(|claim| book.pointing_ids(kind, claim)).collect()
        }
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
    /// What each row was sorted by, so that a changed record is put in its place without a sort of all.
    keys: Vec<Option<Key>>,
    /// The text to search, of as many of the first rows as are ready.
    folded: Haystack,
    small: Option<Haystack>,
    /// Columns that filters compare, the last used last.
    facts: Vec<Facts>,
}

/// So many columns are kept as numbers: eight bytes a row each.
const FACTS_MAX: usize = 10;
/// So many different values of a column are remembered while a term is tried.
const KNOWN_MAX: usize = 64;

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

    /// Makes at most so many more rows ready; true when some are left.
    fn prepare(&mut self, book: &Book, kind: Kind, ids: &[Id], today: Date, most: usize) -> bool {
        let from = self.ends.len();
        for id in ids.iter().skip(from).take(most) {
            self.add(book, kind, *id, today, fold_into);
            self.ends.push(self.text.len());
        }
        self.ends.len() < ids.len()
    }

    /// The same text for rows in another order: `origins` says where each row stood, if it stood here unchanged.
    fn followed(
        &self,
        book: &Book,
        kind: Kind,
        ids: &[Id],
        origins: &[Option<usize>],
        today: Date,
        add: fn(&str, &mut String),
    ) -> Self {
        let mut hay = Self { text: String::with_capacity(self.text.len() + 1024), ends: Vec::with_capacity(ids.len()) };
        for (id, origin) in ids.iter().zip(origins) {
            match origin {
                Some(row) => hay.text.push_str(self.row(*row)),
                None => hay.add(book, kind, *id, today, add),
            }
            hay.ends.push(hay.text.len());
        }
        hay
    }

    fn add(&mut self, book: &Book, kind: Kind, id: Id, today: Date, add: fn(&str, &mut String)) {
        let mut row = String::new();
        if let Some(noun) = book.noun(kind, id) {
            row_text(book, noun, today, &mut row);
        }
        add(&row, &mut self.text);
        self.text.push('\n');
    }
}

fn small_into(text: &str, to: &mut String) {
    to.push_str(&nfc(&text.to_lowercase()));
}

const fn is_link(column: &Column) -> bool {
    matches!(column.field.shape, Shape::Link(_))
}

/// True for a column whose text is searched.
fn is_searched(column: &Column) -> bool {
    column.field.privacy != Privacy::Sensitive && matches!(column.field.shape, Shape::Text(..) | Shape::Link(_))
}

impl Rows {
    /// The day of which computed columns are.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.today
    }

    /// True when the scope has no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The rows of a scope in an order; computed columns are of `today`.
    #[must_use]
    pub fn new(book: &Book, scope: Scope, sort: Sort, today: Date) -> Self {
        let rows = sorted(book, scope.kind, ids(book, scope), sort, today);
        let (keys, ids) = rows.into_iter().unzip();
        Self {
            scope,
            sort,
            today,
            seq: book.seq,
            ids,
            keys,
            folded: Haystack::default(),
            small: None,
            facts: shown_facts(scope.kind),
        }
    }

    /// Puts the same rows into another order; what was made ready for filters goes along.
    pub fn resort(&mut self, book: &Book, sort: Sort, today: Date) {
        if self.seq != book.seq || self.today != today {
            *self = Self::new(book, self.scope, sort, today);
            return;
        }
        let kind = self.scope.kind;
        let by = column(kind, sort.key);
        let facts = by.and_then(|by| self.facts.iter().find(|facts| facts.column.field.key == by.field.key));
        let facts = facts.filter(|facts| facts.is_ready(self.ids.len()));
        let key = |row: usize, id: Id| match (facts, by) {
            (Some(facts), Some(by)) => key_of(book, by, &facts.value(facts.at(row))),
            (None, Some(by)) => book.noun(kind, id).and_then(|noun| key_of(book, by, &value(book, by, noun, today))),
            (_, None) => None,
        };
        let mut rows: Vec<(Option<Key>, Id, usize)> =
            self.ids.iter().enumerate().map(|(row, id)| (key(row, *id), *id, row)).collect();
        rows.sort_unstable_by(|one, other| in_order((&one.0, one.1), (&other.0, other.1), sort.descending));
        let origins: Vec<Option<usize>> = rows.iter().map(|(.., row)| Some(*row)).collect();
        (self.keys, self.ids) = rows.into_iter().map(|(key, id, _)| (key, id)).unzip();
        self.sort = sort;
        self.carry(book, &origins, today, |_| true);
    }

    /// Takes along what was made ready of rows that stand elsewhere now, or drops what is not whole.
    fn carry(&mut self, book: &Book, origins: &[Option<usize>], today: Date, keeps: fn(&Column) -> bool) {
        let (kind, before) = (self.scope.kind, self.folded.ends.len());
        let whole = before > 0 && origins.iter().flatten().all(|row| *row < before);
        let text_stays = columns(kind).iter().all(|column| !is_searched(column) || keeps(column));
        let (folded, small) = (std::mem::take(&mut self.folded), self.small.take());
        if whole && text_stays {
            self.folded = folded.followed(book, kind, &self.ids, origins, today, fold_into);
            self.small = small.map(|hay| hay.followed(book, kind, &self.ids, origins, today, small_into));
        }
        for facts in &mut self.facts {
            *facts = if keeps(facts.column) && origins.iter().flatten().all(|row| facts.has(*row)) {
                facts.followed(book, kind, &self.ids, origins, today)
            } else {
                Facts::new(facts.column)
            };
        }
    }

    /// Makes ready a piece of what filters will need, while nobody waits; true when there is more to do.
    pub fn prepare(&mut self, book: &Book, most: usize) -> bool {
        if self.seq != book.seq {
            return false;
        }
        let (kind, ids, today) = (self.scope.kind, &self.ids, self.today);
        if self.folded.prepare(book, kind, ids, today, most) {
            return true;
        }
        self.facts.iter_mut().any(|facts| facts.prepare(book, kind, ids, today, most))
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
        if !self.follow(book, today) {
            *self = Self::new(book, self.scope, self.sort, today);
        }
        true
    }

    /// Follows the book by the records that were touched alone, where each row rests on its own record; `false` when
    /// all rows have to be made again.
    fn follow(&mut self, book: &Book, today: Date) -> bool {
        let kind = self.scope.kind;
        let own = column(kind, self.sort.key).is_none_or(|by| !by.is_derived() && !is_link(by));
        let merges = kind.field(MERGED).is_some();
        if self.today != today || book.seq < self.seq || self.scope != Scope::all(kind) || !own || merges {
            return false;
        }
        let touched = book.touched_since(kind, self.seq);
        let is_touched = |id: &Id| touched.binary_search(id).is_ok();
        let stay = self.ids.iter().filter(|id| !is_touched(id)).count();
        // A record that is gone left no trace in the table.
        if stay + touched.len() != book.count(kind) {
            return false;
        }
        let fresh = sorted(book, kind, touched.clone(), self.sort, today);
        let places: Vec<usize> = fresh.iter().map(|row| self.place(row)).collect();
        let mut fresh = places.into_iter().zip(fresh).peekable();
        let old = std::mem::take(&mut self.keys).into_iter().zip(std::mem::take(&mut self.ids)).enumerate();
        let mut origins = Vec::with_capacity(book.count(kind));
        for (place, (key, id)) in old {
            while let Some((_, row)) = fresh.next_if(|(before, _)| *before <= place) {
                self.push(row, None, &mut origins);
            }
            if !is_touched(&id) {
                self.push((key, id), Some(place), &mut origins);
            }
        }
        fresh.for_each(|(_, row)| self.push(row, None, &mut origins));
        // A computed value, or another record's name, may be another now though its own record was not touched.
        self.carry(book, &origins, today, |column| !(column.is_derived() || is_link(column)));
        self.seq = book.seq;
        true
    }

    fn push(&mut self, (key, id): Keyed, origin: Option<usize>, origins: &mut Vec<Option<usize>>) {
        self.keys.push(key);
        self.ids.push(id);
        origins.push(origin);
    }

    /// How many rows stand before this one.
    fn place(&self, (key, id): &Keyed) -> usize {
        let (mut from, mut to) = (0, self.ids.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let (Some(other), Some(other_id)) = (self.keys.get(middle), self.ids.get(middle)) else { break };
            if in_order((other, *other_id), (key, *id), self.sort.descending).is_lt() {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// Keeps the rows that fit a term. Where most rows are asked, the column is made ready whole, so that the next letter
    /// costs next to nothing; a few rows are looked up.
    fn retain(&mut self, book: &Book, term: &Term, rows: &mut Vec<usize>, today: Date) {
        let (kind, count) = (self.scope.kind, self.ids.len());
        if is_countable(term.column()) {
            let place = self.facts.iter().position(|facts| facts.column.field.key == term.column().field.key);
            let mut facts = place.map_or_else(|| Facts::new(term.column()), |place| self.facts.remove(place));
            if rows.len() * 2 > count {
                facts.prepare(book, kind, &self.ids, today, usize::MAX);
            }
            let ready = facts.is_ready(count);
            if ready {
                // Choices and stars are few: each is asked once.
                let mut known: BTreeMap<i64, bool> = BTreeMap::new();
                rows.retain(|row| {
                    let code = facts.at(*row);
                    if known.len() > KNOWN_MAX {
                        return term.takes(book, facts.value(code), today);
                    }
                    *known.entry(code).or_insert_with(|| term.takes(book, facts.value(code), today))
                });
            }
            self.facts.push(facts);
            let over = self.facts.len().saturating_sub(FACTS_MAX);
            self.facts.drain(..over);
            if ready {
                return;
            }
        }
        rows.retain(|row| {
            let noun = self.ids.get(*row).and_then(|id| book.noun(kind, *id));
            noun.is_some_and(|noun| term.fits(book, noun, today))
        });
    }

    /// The rows that a filter leaves. Words typed with marks bring the rows that have just these marks first; otherwise
    /// the order stays.
    #[must_use]
    pub fn filtered(&mut self, book: &Book, filter: &Filter, today: Date) -> Vec<Id> {
        self.refresh(book, today);
        if filter.is_empty() {
            return self.ids.clone();
        }
        let (kind, count) = (self.scope.kind, self.ids.len());
        let mut rows: Vec<usize> = if filter.has_words() {
            let hay = &mut self.folded;
            hay.prepare(book, kind, &self.ids, today, usize::MAX);
            let mut rows = Vec::new();
            filter.query().each_row(&hay.text, &hay.ends, |row| rows.push(row));
            rows.retain(|row| filter.text_fits(hay.row(*row)));
            rows
        } else {
            (0..count).collect()
        };
        for term in filter.terms() {
            self.retain(book, term, &mut rows, today);
        }
        if filter.query().has_marks() {
            let (kind, ids) = (self.scope.kind, &self.ids);
            let small = self.small.get_or_insert_with(|| haystack(book, kind, ids, today, small_into));
            rows.sort_by_cached_key(|row| filter.query().rank_small(small.row(*row)));
        }
        rows.into_iter().filter_map(|row| self.ids.get(row).copied()).collect()
    }
}

/// The columns that a list shows at first and that are numbers: those a person is likeliest to filter by.
fn shown_facts(kind: Kind) -> Vec<Facts> {
    let shown = default_keys(kind).into_iter().filter_map(|key| column(kind, key));
    shown.filter(|column| is_countable(column)).take(FACTS_MAX).map(Facts::new).collect()
}

fn haystack(book: &Book, kind: Kind, ids: &[Id], today: Date, add: fn(&str, &mut String)) -> Haystack {
    let mut hay = Haystack { text: String::with_capacity(ids.len() * 96), ends: Vec::with_capacity(ids.len()) };
    for id in ids {
        hay.add(book, kind, *id, today, add);
        hay.ends.push(hay.text.len());
    }
    hay
}

/// The text by which a record is found on a day: its texts and the names of the records it points to, stored and
/// computed, parted by tabs. Sensitive personal data is not searched.
pub fn row_text(book: &Book, noun: &dyn AnyNoun, today: Date, row: &mut String) {
    for column in columns(noun.kind()) {
        if !is_searched(column) {
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
            (Shape::Choice(choices), Value::Text(key)) => {
                if let Some(choice) = choices.iter().find(|choice| choice.key == key.as_str()) {
                    let _ = write!(row, "{}\t{}\t", choice.vi, choice.en);
                }
            }
            _ => {}
        }
    }
}

/// What one row is sorted by; empty values have none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Bytes(Box<[u8]>),
}

type Keyed = (Option<Key>, Id);

fn sorted(book: &Book, kind: Kind, ids: Vec<Id>, sort: Sort, today: Date) -> Vec<Keyed> {
    let Some(by) = column(kind, sort.key) else { return ids.into_iter().map(|id| (None, id)).collect() };
    let mut rows: Vec<Keyed> = ids
        .into_iter()
        .map(|id| {
            let key = book.noun(kind, id).and_then(|noun| key_of(book, by, &value(book, by, noun, today)));
            (key, id)
        })
        .collect();
    rows.sort_unstable_by(|one, other| in_order((&one.0, one.1), (&other.0, other.1), sort.descending));
    rows
}

/// Empty values stand last in both directions; equal ones by age, which is the order of identities.
fn in_order(one: (&Option<Key>, Id), other: (&Option<Key>, Id), descending: bool) -> Ordering {
    let by_key = match (one.0, other.0) {
        (Some(one), Some(other)) if descending => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_key.then_with(|| one.1.cmp(&other.1))
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
                Some(Key::Bytes(if is_code { natural_key(&name) } else { sort_key(&name) }.into()))
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
        Shape::Text(Wording::Code, _) => Key::Bytes(natural_key(text).into()),
        Shape::Text(Wording::Plain, _) if field.is_personal() => Key::Bytes(person_key(text).into()),
        _ => Key::Bytes(sort_key(text).into()),
    }
}
