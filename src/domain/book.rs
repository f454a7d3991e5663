//! The book in memory: a table a kind, and two indexes that follow from the field descriptions.
//!
//! All maps are persistent, so publishing a new book costs a few nodes, not a copy, and whoever holds an older one
//! keeps reading it undisturbed.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::base::booth_code::normal_code;
use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::text::fold;
use crate::base::words::Words;
use crate::domain::change::Change;
use crate::domain::field::{Shape, Unique, Value, Wording};
use crate::domain::office::Office;
use crate::domain::record::{AnyNoun, Kind, Noun, Record, Tables};
use crate::say;

/// A record with the entry that last touched it.
#[derive(Clone, Debug)]
pub struct Kept<T> {
    /// The record.
    pub record: Arc<T>,
    /// The entry of the journal that last touched it.
    pub seq: u64,
}

/// All records of one kind, oldest first.
#[derive(Clone, Debug)]
pub struct Table<T>(OrdMap<Id, Kept<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(OrdMap::new())
    }
}

impl<T: Noun> Table<T> {
    /// The record with this identity.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&T> {
        self.0.get(&id).map(|kept| kept.record.as_ref())
    }

    /// The record and the entry that last touched it.
    #[must_use]
    pub fn kept(&self, id: Id) -> Option<&Kept<T>> {
        self.0.get(&id)
    }

    /// Every record, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.values().map(|kept| kept.record.as_ref())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The records that an entry after `seq` touched, oldest first.
    pub(crate) fn touched_since(&self, seq: u64) -> Vec<Id> {
        self.0.iter().filter(|(_, kept)| kept.seq > seq).map(|(id, _)| *id).collect()
    }

    pub(crate) fn put(&mut self, record: Arc<T>, seq: u64) {
        self.0.insert(record.id(), Kept { record, seq });
    }

    pub(crate) fn remove(&mut self, id: Id) {
        self.0.remove(&id);
    }
}

/// The link of a merged record to the one that stays.
pub const MERGED: &str = "merged_into";

/// A way in which a record can be named: the value of one of its unique or naming fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    kind: Kind,
    field: u8,
    within: Id,
    text: Box<str>,
    id: Id,
}

/// Everything one office keeps.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub(crate) tables: Tables,
    /// Who points to whom: the record pointed to, the kind and identity of the one that points.
    links: OrdSet<(Id, Kind, Id)>,
    names: OrdSet<Name>,
    /// The last entry that was applied.
    pub seq: u64,
    /// When that entry was made.
    pub at: Moment,
}

impl Book {
    /// The table of one noun.
    #[must_use]
    pub fn all<T: Noun>(&self) -> &Table<T> {
        T::table(self)
    }

    /// One record of a noun.
    #[must_use]
    pub fn get<T: Noun>(&self, id: Id) -> Option<&T> {
        T::table(self).get(id)
    }

    /// The record that a link points to.
    #[must_use]
    pub fn follow<T: Noun>(&self, link: Option<Id>) -> Option<&T> {
        self.get(link?)
    }

    /// The office, once it has been named.
    #[must_use]
    pub fn office(&self) -> Option<&Office> {
        self.all::<Office>().iter().next()
    }

    /// The records of a noun that point to this one, oldest first.
    pub fn pointing<T: Noun>(&self, target: Id) -> impl Iterator<Item = &T> {
        self.pointing_ids(T::KIND, target).filter_map(|id| self.get(id))
    }

    /// The identities of the records of a kind that point to this one, oldest first.
    pub fn pointing_ids(&self, kind: Kind, target: Id) -> impl Iterator<Item = Id> {
        self.links.range((target, kind, Id::NIL)..=(target, kind, Id::MAX)).map(|(_, _, id)| *id)
    }

    /// The kind and identity of every record that points to this one.
    pub fn pointing_any(&self, target: Id) -> impl Iterator<Item = (Kind, Id)> {
        self.links
            .range((target, Kind::ALL[0], Id::NIL)..)
            .take_while(move |(to, _, _)| *to == target)
            .map(|(_, kind, id)| (*kind, *id))
    }

    /// The records that carry this value in a unique or naming field, compared without marks, case and punctuation of
    /// codes; `within` narrows to the records below one other (a booth within its fair).
    #[must_use]
    pub fn named(&self, kind: Kind, field_key: &str, within: Option<Id>, value: &str) -> Vec<Id> {
        let Some(index) = kind.field_index(field_key) else { return Vec::new() };
        self.named_at(kind, index, within, value).collect()
    }

    /// True when more than one record carries this value in the unique field at this place.
    pub(crate) fn is_shared(&self, kind: Kind, index: usize, within: Option<Id>, value: &str) -> bool {
        self.named_at(kind, index, within, value).nth(1).is_some()
    }

    fn named_at(&self, kind: Kind, index: usize, within: Option<Id>, value: &str) -> impl Iterator<Item = Id> {
        let shape = kind.fields().get(index).map_or(Shape::Flag, |field| field.shape);
        let text = name_key(shape, value).into_boxed_str();
        let field = u8::try_from(index).unwrap_or(u8::MAX);
        let within = within.unwrap_or(Id::NIL);
        let from = Name { kind, field, within, text: text.clone(), id: Id::NIL };
        let to = Name { kind, field, within, text, id: Id::MAX };
        self.names.range(from..=to).map(|name| name.id)
    }

    /// At most `limit` records one of whose names begins with what was typed, in the order of the names.
    #[must_use]
    pub fn beginning(&self, kind: Kind, typed: &str, limit: usize) -> Vec<Id> {
        let mut found: Vec<Id> = Vec::new();
        for (index, field) in kind.fields().iter().enumerate() {
            if !matches!(field.unique, Unique::Name | Unique::Book) {
                continue;
            }
            let text = name_key(field.shape, typed);
            let field = u8::try_from(index).unwrap_or(u8::MAX);
            let from = Name { kind, field, within: Id::NIL, text: text.clone().into_boxed_str(), id: Id::NIL };
            let names = self.names.range(from..).take_while(|name| {
                name.kind == kind && name.field == field && name.within == Id::NIL && name.text.starts_with(&text)
            });
            for name in names.take(limit) {
                // A record that others were merged into has several names.
                if found.len() < limit && !found.contains(&name.id) {
                    found.push(name.id);
                }
            }
        }
        found
    }

    /// Brings the book forward by one change of the entry `seq`.
    pub fn apply(&mut self, change: &Change, seq: u64) {
        if let Some(before) = &change.before {
            self.unindex(before.as_noun());
        }
        match (&change.before, &change.after) {
            (_, Some(after)) => {
                self.index(after.as_noun());
                self.put_record(after, seq);
            }
            (Some(before), None) => self.drop_record(before.kind(), before.id()),
            (None, None) => {}
        }
    }

    /// The records that share a value which must be theirs alone: kind, field and one of them.
    pub(crate) fn shared_values(&self) -> Vec<(Kind, usize, Id)> {
        let mut shared = Vec::new();
        let mut before: Option<&Name> = None;
        for name in &self.names {
            let same = |one: &Name| {
                (one.kind, one.field, one.within, &one.text) == (name.kind, name.field, name.within, &name.text)
            };
            let index = usize::from(name.field);
            let alone = name
                .kind
                .fields()
                .get(index)
                .is_some_and(|field| matches!(field.unique, Unique::Book | Unique::Within(_)));
            if alone && before.is_some_and(same) {
                shared.push((name.kind, index, name.id));
            }
            before = Some(name);
        }
        shared
    }

    fn index(&mut self, noun: &dyn AnyNoun) {
        let id = noun.id();
        each_link(noun, |to| {
            self.links.insert((to, noun.kind(), id));
        });
        each_name(noun, |name| {
            self.names.insert(name);
        });
    }

    fn unindex(&mut self, noun: &dyn AnyNoun) {
        let id = noun.id();
        each_link(noun, |to| {
            self.links.remove(&(to, noun.kind(), id));
        });
        each_name(noun, |name| {
            self.names.remove(&name);
        });
    }
}

/// A book in the making, of records read from a store. Its indexes are built from sorted lists at the end, which is several
/// times faster than record by record.
#[derive(Debug, Default)]
pub struct Assembly {
    book: Book,
    names: Vec<Name>,
    links: Vec<(Id, Kind, Id)>,
}

impl Assembly {
    /// Adds a record that the entry `seq` last touched.
    pub fn add(&mut self, record: &Record, seq: u64) {
        let (kind, id) = (record.kind(), record.id());
        each_name(record.as_noun(), |name| self.names.push(name));
        each_link(record.as_noun(), |to| self.links.push((to, kind, id)));
        self.book.put_record(record, seq);
    }

    /// The book of all that was added; both indexes are made at the same time.
    #[must_use]
    pub fn finish(self) -> Book {
        let Self { mut book, mut names, mut links } = self;
        std::thread::scope(|scope| {
            let by_name = scope.spawn(move || {
                names.sort_unstable();
                names.into_iter().collect::<OrdSet<Name>>()
            });
            links.sort_unstable();
            book.links = links.into_iter().collect();
            book.names = by_name.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        });
        book
    }
}

/// How far the clock may be behind the last entry before somebody is told: a day, since a clock is set right by hours.
const BEHIND_MAX_MS: i64 = 24 * 3_600_000;

/// A warning when the clock is behind the last entry: the journal's time never goes back, so that what is stored now would carry
/// the time of that entry, and its day as today.
#[must_use]
pub fn clock_behind(book: &Book, now: Moment) -> Option<Words> {
    let behind = book.seq > 0 && now.0 < book.at.0.saturating_sub(BEHIND_MAX_MS);
    let (now, last) = (now.show(), book.at.show());
    behind.then(|| {
        say!(
            "Đồng hồ máy ({now}) chậm hơn mục nhật ký cuối ({last}); việc ghi từ nay mang giờ của mục đó. Kiểm tra giờ của máy.",
            "The clock ({now}) is behind the last journal entry ({last}); what is stored now carries the time of that entry. Check the clock."
        )
    })
}

/// Calls `visit` with each record that this one points to.
pub fn each_link(noun: &dyn AnyNoun, mut visit: impl FnMut(Id)) {
    for (index, field) in noun.kind().fields().iter().enumerate() {
        if matches!(field.shape, Shape::Link(_))
            && let Value::Link(to) = noun.get(index)
        {
            visit(to);
        }
    }
}

/// Calls `visit` with each way to name this record. What a merged record was called names the one that stayed.
fn each_name(noun: &dyn AnyNoun, mut visit: impl FnMut(Name)) {
    let id = noun.value(MERGED).as_link().unwrap_or_else(|| noun.id());
    for (index, field) in noun.kind().fields().iter().enumerate() {
        let within = match field.unique {
            Unique::No => continue,
            Unique::Name | Unique::Book => Id::NIL,
            Unique::Within(key) => noun.value(key).as_link().unwrap_or(Id::NIL),
        };
        if let Value::Text(text) = noun.get(index) {
            visit(Name {
                kind: noun.kind(),
                field: u8::try_from(index).unwrap_or(u8::MAX),
                within,
                text: name_key(field.shape, text.as_str()).into_boxed_str(),
                id,
            });
        }
    }
}

/// How two names are compared: codes as people write them ([`normal_code`]), tax codes by letters and digits alone, other
/// texts without marks and case.
#[must_use]
pub fn name_key(shape: Shape, text: &str) -> String {
    let key = match shape {
        Shape::Text(Wording::Code, _) => normal_code(text),
        Shape::Text(Wording::TaxCode, _) => fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect(),
        _ => String::new(),
    };
    if key.is_empty() { fold(text) } else { key }
}

/// The first and last day of a placement: its own or its fair's.
#[must_use]
pub fn days_of(from: Option<Date>, to: Option<Date>, fair: Option<&crate::domain::Fair>) -> (Date, Date) {
    let first = from.or_else(|| fair.and_then(|fair| fair.opens_on)).unwrap_or(Date::MIN);
    let last = to.or_else(|| fair.and_then(|fair| fair.closes_on)).unwrap_or(Date::MAX);
    (first, last)
}
