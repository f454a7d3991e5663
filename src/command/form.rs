//! A form: which fields are asked for, what stands in them, and the intent that they come to.

use crate::base::ids::Id;
use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::Here;
use crate::command::table::asks::is_signature;
use crate::domain::Person;
use crate::domain::book::Book;
use crate::domain::field::{Field, Need, Value};
use crate::domain::intent::Intent;
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::refusal::Refusal;

/// What a filled form becomes.
#[derive(Clone, Copy)]
pub enum Making {
    /// A new record of this kind.
    Add(Kind),
    /// Other values in a record.
    Edit(Kind, Id),
    /// Whatever the command makes of the answers, for the records chosen when it was opened.
    Own(fn(&Here<'_>, &Answers<'_>) -> Result<Intent, Refusal>),
}

impl std::fmt::Debug for Making {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Add(kind) => write!(to, "Add({kind:?})"),
            Self::Edit(kind, id) => write!(to, "Edit({kind:?}, {id})"),
            Self::Own(_) => to.write_str("Own"),
        }
    }
}

/// A form to fill in.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub title: Words,
    /// What is asked for, in order.
    pub fields: Vec<&'static Field>,
    /// What stands in each field.
    pub values: Vec<Value>,
    /// What stood in each field of a record when it was opened: only what differs is changed, whatever was changed by others
    /// since. Nothing for other forms.
    pub opened: Vec<Value>,
    /// What it becomes.
    pub making: Making,
    /// The kind and the records it is about.
    pub subject: Option<(Kind, Vec<Id>)>,
    /// What is said of them above the fields.
    pub about: Vec<Words>,
}

/// What somebody signs with: a name and a passphrase, and a new passphrase where one is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Who signs; empty when the act itself says it.
    pub signer: Text,
    /// The passphrase.
    pub passphrase: Secret,
    /// The new one.
    pub fresh: Secret,
}

/// The answers of a form, by key.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    fields: &'a [&'static Field],
    values: &'a [Value],
}

impl Answers<'_> {
    /// The answer to a question; empty when it was not asked.
    #[must_use]
    pub fn get(&self, key: &str) -> Value {
        let place = self.fields.iter().position(|field| field.key == key);
        place.and_then(|place| self.values.get(place)).cloned().unwrap_or_default()
    }

    /// All answers, as the fields of an intent.
    #[must_use]
    pub fn all(&self) -> Vec<(String, Value)> {
        self.fields.iter().zip(self.values).map(|(field, value)| (field.key.to_owned(), value.clone())).collect()
    }
}

/// What is typed of a kind, with its place among the fields. What must be filled comes first, so that a record can be made in a
/// few keys; editing has the same order.
fn in_order(kind: Kind) -> Vec<(usize, &'static Field)> {
    let mut fields: Vec<_> = kind.fields().iter().enumerate().filter(|(_, field)| field.is_typed()).collect();
    fields.sort_by_key(|(_, field)| field.need != Need::Required);
    fields
}

impl Form {
    /// A form for a new record; the fair that the screens follow stands in it.
    #[must_use]
    pub fn add(kind: Kind, fair: Option<Id>) -> Self {
        let fields: Vec<&'static Field> = in_order(kind).into_iter().map(|(_, field)| field).collect();
        let value = |field: &&Field| match (field.key, fair) {
            ("fair", Some(fair)) => Value::Link(fair),
            _ => Value::Empty,
        };
        let noun = kind.words();
        Self {
            title: crate::say!("Thêm {}", "New {}"; noun),
            values: fields.iter().map(value).collect(),
            fields,
            opened: Vec::new(),
            making: Making::Add(kind),
            subject: None,
            about: Vec::new(),
        }
    }

    /// A form for a record that is there.
    #[must_use]
    pub fn edit(book: &Book, kind: Kind, id: Id) -> Option<Self> {
        let noun: &dyn AnyNoun = book.noun(kind, id)?;
        let (mut fields, mut values) = (Vec::new(), Vec::new());
        for (index, field) in in_order(kind) {
            fields.push(field);
            values.push(noun.get(index));
        }
        let words = kind.words();
        Some(Self {
            title: crate::say!("Sửa {}", "Edit {}"; words),
            fields,
            opened: values.clone(),
            values,
            making: Making::Edit(kind, id),
            subject: Some((kind, vec![id])),
            about: Vec::new(),
        })
    }

    /// Puts a value into the field with this key; `false` when it is not asked for.
    pub fn fill(&mut self, key: &str, value: Value) -> bool {
        let place = self.fields.iter().position(|field| field.key == key);
        place.and_then(|place| self.values.get_mut(place)).map(|slot| *slot = value).is_some()
    }

    /// Takes the signature out of the answers: no passphrase stays with a form.
    pub fn take_signature(&mut self, book: &Book) -> Option<Signature> {
        let mut signature = Signature::default();
        let mut signed = false;
        for (field, value) in self.fields.iter().zip(&mut self.values).filter(|(field, _)| is_signature(field)) {
            signed = true;
            match field.key {
                "signer" => {
                    let person = value.as_link().and_then(|id| book.get::<Person>(id));
                    signature.signer = person.map(|person| person.name.clone()).unwrap_or_default();
                }
                "passphrase" => signature.passphrase = Secret::new(std::mem::take(value).as_text().to_owned()),
                _ => signature.fresh = Secret::new(std::mem::take(value).as_text().to_owned()),
            }
        }
        signed.then_some(signature)
    }

    /// The intent that the form comes to.
    ///
    /// # Errors
    /// A refusal at the field that lacks or misfits.
    pub fn intent(&self, here: &Here<'_>) -> Result<Intent, Refusal> {
        let answers = Answers { fields: &self.fields, values: &self.values };
        match self.making {
            Making::Add(kind) => {
                let given = answers.all().into_iter().filter(|(_, value)| !value.is_empty()).collect();
                Ok(Intent::Add { kind, fields: given })
            }
            Making::Edit(kind, id) => {
                let answered = answers.all().into_iter().zip(&self.opened);
                let changed = answered.filter(|((_, value), opened)| value != *opened).map(|(answer, _)| answer);
                Ok(Intent::Edit { kind, id, fields: changed.collect() })
            }
            Making::Own(make) => {
                let chosen = self.subject.as_ref().map_or(&[][..], |(_, ids)| ids.as_slice());
                let kind = self.subject.as_ref().map(|(kind, _)| *kind);
                make(&Here { chosen, kind, ..*here }, &answers)
            }
        }
    }
}
