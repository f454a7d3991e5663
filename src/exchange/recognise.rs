//! Whether the book has a row's record already: by what makes each kind of record the same, not by chance likeness.

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::book::{Book, MERGED, name_key};
use crate::domain::field::{Held, Shape, Unique, Value, Wording};
use crate::domain::intent::Fields;
use crate::domain::record::{AnyNoun, Kind, Record};
use crate::domain::refusal::Refusal;
use crate::domain::{Registration, Target};
use crate::exchange::mapping::same_name;
use crate::exchange::question::Candidate;
use crate::say;

/// What two records must share to be one.
#[derive(Clone, Copy, Debug)]
struct Identity {
    /// The field by which candidates are found: a name or code, or a link.
    anchor: &'static str,
    /// What else must be equal.
    with: &'static [&'static str],
    /// True when a file may hold several such rows: the first is the oldest such record, and so on.
    repeats: bool,
}

const fn once(anchor: &'static str, with: &'static [&'static str]) -> Identity {
    Identity { anchor, with, repeats: false }
}

const fn repeating(anchor: &'static str, with: &'static [&'static str]) -> Identity {
    Identity { anchor, with, repeats: true }
}

/// The identities of a kind, the strongest first. A weaker one counts only where no stronger one says otherwise.
const fn identities(kind: Kind) -> &'static [Identity] {
    match kind {
        Kind::Office => &[],
        Kind::BudgetLine | Kind::Scheme | Kind::Fair => const { &[once("code", &[])] },
        Kind::Partner | Kind::Person => const { &[once("name", &[])] },
        Kind::PaymentList => const { &[once("number", &["year"])] },
        Kind::Pairing => const { &[once("business", &["other", "fair"])] },
        Kind::Recovery => const { &[once("claim", &["decision_no", "amount", "due_on"])] },
        Kind::Fixture => const { &[repeating("fair", &["kind", "hall", "label", "x", "y"])] },
        Kind::Hall | Kind::Booth | Kind::Draw => const { &[once("code", &["fair"])] },
        Kind::Business => const { &[once("tax_code", &[]), once("name", &[])] },
        Kind::Product => const { &[once("code", &[]), once("name", &["business"])] },
        Kind::Certificate => const { &[once("product", &["issued_on"])] },
        Kind::Contact => const { &[once("name", &["partner", "business"])] },
        Kind::ConsentText => const { &[once("code", &[])] },
        Kind::Consent => const { &[repeating("contact", &["given_on", "text"])] },
        Kind::Request => {
            const { &[repeating("contact", &["received_on", "kind"]), repeating("asked_by", &["received_on", "kind"])] }
        }
        Kind::Registration => const { &[repeating("business", &["fair"])] },
        Kind::Placement => const { &[repeating("booth", &["registration", "held_for", "from_on"])] },
        Kind::Claim => const { &[once("file_no", &[]), repeating("registration", &[])] },
        Kind::Expense => const { &[repeating("claim", &["kind", "label", "invoice_no"])] },
        Kind::Evidence => const { &[once("claim", &["document"])] },
        Kind::Payment => {
            const {
                &[
                    repeating("claim", &["voucher_year", "voucher_number"]),
                    once("reference", &[]),
                    repeating("claim", &["kind", "amount", "voucher_on"]),
                ]
            }
        }
        Kind::Target => const { &[once("year", &["measure"])] },
        Kind::Sale => const { &[once("registration", &["on"])] },
        Kind::FairReport => const { &[once("registration", &[])] },
        Kind::Conference => const { &[once("code", &[])] },
        Kind::Wish => const { &[once("partner", &["business", "side", "conference"])] },
        Kind::Attendance => {
            const { &[once("partner", &["conference", "business"]), once("business", &["conference", "partner"])] }
        }
        Kind::Meeting => const { &[once("partner", &["business", "conference"])] },
        Kind::Touch => const { &[repeating("lead", &["on", "means", "note"])] },
        // A buyer's request is of no business yet.
        Kind::Lead => {
            const {
                &[
                    repeating("business", &["partner", "fair", "interest"]),
                    repeating("partner", &["business", "fair", "interest"]),
                ]
            }
        }
    }
}

/// Sets the rows of one file against the book, each record taken once.
pub(super) struct Recognition<'a> {
    book: &'a Book,
    kind: Kind,
    blank: Record,
    /// The first line of each identity within the file, and how many rows had it.
    seen: BTreeMap<String, (u32, usize)>,
    /// The line that took a record.
    taken: BTreeMap<Id, u32>,
}

impl<'a> Recognition<'a> {
    pub(super) fn new(book: &'a Book, kind: Kind) -> Self {
        Self { book, kind, blank: kind.blank(Id::NIL), seen: BTreeMap::new(), taken: BTreeMap::new() }
    }

    /// The record that a row is about; none when it is new. `known` is the identity that the row itself gives.
    ///
    /// # Errors
    /// When two rows of the file are about the same record, or when several records fit.
    pub(super) fn find(&mut self, known: Option<Id>, fields: &Fields, line: u32) -> Result<Option<Id>, Refusal> {
        let found = match known {
            Some(id) => Some(id),
            None if self.kind == Kind::Office => self.book.office().map(AnyNoun::id),
            None => self.by_identity(fields, line)?,
        };
        found.map(|id| self.take(id, line)).transpose()
    }

    /// Takes a record for a row.
    ///
    /// # Errors
    /// When another row of the file is about it.
    pub(super) fn take(&mut self, id: Id, line: u32) -> Result<Id, Refusal> {
        match self.taken.insert(id, line) {
            Some(first) => Err(twice(first)),
            None => Ok(id),
        }
    }

    /// What the rows are.
    pub(super) const fn kind(&self) -> Kind {
        self.kind
    }

    fn by_identity(&mut self, fields: &Fields, line: u32) -> Result<Option<Id>, Refusal> {
        let mut first = true;
        for (place, identity) in identities(self.kind).iter().enumerate() {
            // A voucher without its number is no voucher number.
            if self.value(fields, identity.anchor).is_empty()
                || (identity.with.contains(&"voucher_number") && self.value(fields, "voucher_number").is_empty())
            {
                continue;
            }
            let before = if std::mem::take(&mut first) { self.count(identity, fields, line)? } else { 0 };
            let candidates = self.candidates(place, identity, fields);
            match (candidates.as_slice(), identity.repeats) {
                ([], _) => {}
                ([only], false) => return Ok(Some(*only)),
                (several, false) => return Err(self.unclear(identity, fields, several.len())),
                (several, true) => match several.get(before) {
                    Some(id) => return Ok(Some(*id)),
                    None => return Ok(None),
                },
            }
        }
        Ok(None)
    }

    /// How many rows before this one have the same identity.
    fn count(&mut self, identity: &Identity, fields: &Fields, line: u32) -> Result<usize, Refusal> {
        let mut key = identity.anchor.to_owned();
        for part in std::iter::once(&identity.anchor).chain(identity.with) {
            let value = self.value(fields, part);
            key.push('\u{1f}');
            key.push_str(&self.comparable(part, &value));
        }
        let seen = self.seen.entry(key).or_insert((line, 0));
        let before = seen.1;
        seen.1 += 1;
        if before > 0 && !identity.repeats { Err(twice(seen.0).at(identity.anchor)) } else { Ok(before) }
    }

    fn comparable(&self, key: &str, value: &Value) -> String {
        match (self.kind.field(key).map(|field| field.shape), value) {
            (Some(shape @ Shape::Text(Wording::Code | Wording::TaxCode, _)), Value::Text(text)) => {
                name_key(shape, text.as_str())
            }
            (_, Value::Text(text)) => text.as_str().to_lowercase(),
            _ => format!("{value:?}"),
        }
    }

    /// What the row says of a field, or what a new record would have.
    fn value(&self, fields: &Fields, key: &str) -> Value {
        let said = fields.iter().find(|(said, _)| said == key).map(|(_, value)| value.clone());
        said.unwrap_or_else(|| self.blank.value(key))
    }

    fn candidates(&self, place: usize, identity: &Identity, fields: &Fields) -> Vec<Id> {
        let anchor = self.value(fields, identity.anchor);
        let found: Vec<Id> = match &anchor {
            Value::Link(to) => self.book.pointing_ids(self.kind, *to).collect(),
            Value::Text(text) => {
                let unique = self.kind.field(identity.anchor).map(|field| field.unique);
                let within = match unique {
                    Some(Unique::Within(key)) => self.value(fields, key).as_link(),
                    _ => None,
                };
                self.book.named(self.kind, identity.anchor, within, text.as_str())
            }
            // There are a few targets a year, so that all of them are looked at.
            Value::Number(_) if self.kind == Kind::Target => {
                self.book.all::<Target>().iter().map(AnyNoun::id).collect()
            }
            _ => Vec::new(),
        };
        found.into_iter().filter(|id| self.fits(place, identity, fields, *id)).collect()
    }

    fn fits(&self, place: usize, identity: &Identity, fields: &Fields, id: Id) -> bool {
        let Some(noun) = self.book.noun(self.kind, id) else { return false };
        let equal =
            |key: &str| self.comparable(key, &self.value(fields, key)) == self.comparable(key, &noun.value(key));
        let anchor = self.value(fields, identity.anchor);
        let same_anchor = match &anchor {
            Value::Text(text) => {
                let called = |noun: &dyn AnyNoun| same_name(text.as_str(), noun.value(identity.anchor).as_text());
                let merged = |other: Id| {
                    self.book
                        .noun(self.kind, other)
                        .is_some_and(|other| other.value(MERGED) == Value::Link(id) && called(other))
                };
                equal(identity.anchor) || called(noun) || self.book.pointing_ids(self.kind, id).any(merged)
            }
            value => noun.value(identity.anchor) == *value,
        };
        let stronger = identities(self.kind).iter().take(place);
        let contradicted = stronger.filter(|other| other.with.is_empty()).any(|other| {
            let said = self.value(fields, other.anchor);
            !said.is_empty() && !noun.value(other.anchor).is_empty() && !equal(other.anchor)
        });
        same_anchor && identity.with.iter().all(|key| equal(key)) && !contradicted && self.may_be_meant(fields, id)
    }

    /// A registration that came to nothing is meant only by a row that says the same of it; otherwise the firm applies
    /// anew.
    fn may_be_meant(&self, fields: &Fields, id: Id) -> bool {
        let Some(registration) = self.book.get::<Registration>(id).filter(|_| self.kind == Kind::Registration) else {
            return true;
        };
        let said = fields.iter().find(|(key, _)| key == "status").map(|(_, value)| value);
        registration.status.is_alive() || said == Some(&registration.status.to_value())
    }

    /// The name of a new firm, and those on file that are called like it but for marks and tax code.
    pub(super) fn alike(&self, fields: &Fields) -> (Text, Vec<Candidate>) {
        let name = Text::new(self.value(fields, "name").as_text());
        let near = match self.kind {
            Kind::Business | Kind::Partner => self.book.named(self.kind, "name", None, name.as_str()),
            _ => Vec::new(),
        };
        (name, near.into_iter().map(|id| Candidate::titled(self.book, self.kind, id)).collect())
    }

    fn unclear(&self, identity: &Identity, fields: &Fields, count: usize) -> Refusal {
        let said = self.value(fields, identity.anchor);
        let (text, noun) = (said.as_text(), self.kind.words());
        Refusal::new(
            "not-unique",
            say!("Có {count} {} cùng là “{text}”.", "{count} {} records are called “{text}”."; noun),
            say!(
                "Ghi mã, mã số thuế hoặc cột id để chỉ đúng một.",
                "Write the code, tax code or the id column to mean one."
            ),
        )
        .at(identity.anchor)
    }
}

fn twice(first: u32) -> Refusal {
    Refusal::new(
        "row-twice",
        say!("Trùng với dòng {first} của tệp.", "The same as line {first} of the file."),
        say!("Giữ một dòng.", "Keep one of the two."),
    )
}
