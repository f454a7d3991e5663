//! The kinds of record a book keeps, and the two macros that make a noun's struct from the list of its fields.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::{Book, Table};
use crate::domain::field::{Field, Value};

/// What every record can do, whatever its kind.
pub trait AnyNoun: Send + Sync {
    /// Its kind.
    fn kind(&self) -> Kind;
    /// Its identity.
    fn id(&self) -> Id;
    /// The value of the field at this place in [`Kind::fields`]; [`Value::Empty`] beyond the end.
    fn get(&self, index: usize) -> Value;
}

impl dyn AnyNoun + '_ {
    /// The value of the field with this key; [`Value::Empty`] when there is no such field.
    #[must_use]
    pub fn value(&self, key: &str) -> Value {
        self.kind().field_index(key).map_or(Value::Empty, |index| self.get(index))
    }
}

/// A kind of record as its own Rust type.
pub trait Noun: AnyNoun + Clone + Default + PartialEq + Serialize + DeserializeOwned + Sized + 'static {
    /// The kind of this type.
    const KIND: Kind;
    /// Its fields, in the order of forms and files.
    const FIELDS: &'static [Field];
    /// An empty record with this identity.
    fn blank(id: Id) -> Self;
    /// Sets the field at this place; `false` when the value has another type than the field.
    #[must_use]
    fn set(&mut self, index: usize, value: Value) -> bool;
    /// The table of this type in a book.
    fn table(book: &Book) -> &Table<Self>;
    /// The table of this type in a book, to change it.
    fn table_mut(book: &mut Book) -> &mut Table<Self>;
    /// The record as one of any kind.
    fn wrap(record: Arc<Self>) -> Record;
    /// The record of this type, when it is one.
    fn of(record: &Record) -> Option<&Arc<Self>>;
}

pub(crate) fn is_blank<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares a noun: its struct, and the description of its fields beside each.
///
/// `parts` are kept with the record and shown by screens of their own, not as one field (a frozen calculation).
#[macro_export]
macro_rules! noun {
    ($(#[$meta:meta])* $name:ident {
        $( $(#[$doc:meta])* $field:ident : $type:ty = $description:expr ; )*
    } $(parts { $( $(#[$part_doc:meta])* $part:ident : $part_type:ty ; )* })?) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            /// Its identity, never shown as a document number.
            pub id: $crate::base::ids::Id,
            $( $(#[$doc])* #[serde(skip_serializing_if = "crate::domain::record::is_blank")] pub $field: $type, )*
            $($( $(#[$part_doc])* #[serde(skip_serializing_if = "crate::domain::record::is_blank")] pub $part: $part_type, )*)?
        }
        impl $crate::domain::record::AnyNoun for $name {
            fn kind(&self) -> $crate::domain::record::Kind {
                $crate::domain::record::Kind::$name
            }
            fn id(&self) -> $crate::base::ids::Id {
                self.id
            }
            fn get(&self, index: usize) -> $crate::domain::field::Value {
                let mut at = 0_usize;
                $(
                    if index == at { return $crate::domain::field::Held::to_value(&self.$field); }
                    at += 1;
                )*
                let _ = at;
                $crate::domain::field::Value::Empty
            }
        }
        impl $crate::domain::record::Noun for $name {
            const KIND: $crate::domain::record::Kind = $crate::domain::record::Kind::$name;
            const FIELDS: &'static [$crate::domain::field::Field] = &[$($description),*];
            fn blank(id: $crate::base::ids::Id) -> Self {
                Self { id, ..Self::default() }
            }
            fn set(&mut self, index: usize, value: $crate::domain::field::Value) -> bool {
                let mut at = 0_usize;
                $(
                    if index == at {
                        return match <$type as $crate::domain::field::Held>::from_value(value) {
                            Some(held) => { self.$field = held; true }
                            None => false,
                        };
                    }
                    at += 1;
                )*
                let _ = at;
                false
            }
            fn table(book: &$crate::domain::book::Book) -> &$crate::domain::book::Table<Self> {
                &book.tables.$name
            }
            fn table_mut(book: &mut $crate::domain::book::Book) -> &mut $crate::domain::book::Table<Self> {
                &mut book.tables.$name
            }
            fn wrap(record: std::sync::Arc<Self>) -> $crate::domain::record::Record {
                $crate::domain::record::Record::$name(record)
            }
            fn of(record: &$crate::domain::record::Record) -> Option<&std::sync::Arc<Self>> {
                match record { $crate::domain::record::Record::$name(record) => Some(record), _ => None }
            }
        }
    };
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $plural:literal ($vi:literal, $en:literal);)+) => {
        $(use crate::domain::$name;)+

        /// The kinds of record a book keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($(#[$doc])* #[serde(rename = $key)] $name,)+ }

        impl Kind {
            /// Every kind, those that others point to first.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The noun at the shell, in JSON and in the store.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// The noun in the plural, as `import` takes it.
            #[must_use]
            pub const fn plural(self) -> &'static str {
                match self { $(Self::$name => $plural),+ }
            }

            /// The kind with this key or plural.
            #[must_use]
            pub fn read(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.key() == key || kind.plural() == key)
            }

            /// The noun as a person reads it.
            #[must_use]
            pub const fn words(self) -> Words {
                match self { $(Self::$name => Words::new($vi, $en)),+ }
            }

            /// The fields of this kind.
            #[must_use]
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$name => <$name as Noun>::FIELDS),+ }
            }

            /// An empty record of this kind.
            #[must_use]
            pub fn blank(self, id: Id) -> Record {
                match self { $(Self::$name => Record::$name(Arc::new(<$name as Noun>::blank(id)))),+ }
            }
        }

        /// A record of any kind; cheap to clone.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "each variant holds the noun of its name")]
        pub enum Record { $($name(Arc<$name>),)+ }

        impl Record {
            /// The record as a plain interface.
            #[must_use]
            pub fn as_noun(&self) -> &dyn AnyNoun {
                match self { $(Self::$name(record) => record.as_ref()),+ }
            }

            /// Sets a field; `false` when the value has another type than the field.
            #[must_use]
            pub fn set(&mut self, index: usize, value: Value) -> bool {
                match self { $(Self::$name(record) => Arc::make_mut(record).set(index, value)),+ }
            }

            /// The stored form: named fields, so that later versions can add some.
            ///
            /// # Errors
            /// When a value cannot be encoded, which no field of ours can cause.
            pub fn encode(&self) -> Result<Vec<u8>, rmp_serde::encode::Error> {
                match self { $(Self::$name(record) => rmp_serde::to_vec_named(record.as_ref())),+ }
            }

            /// Reads the stored form.
            ///
            /// # Errors
            /// When the bytes are no record of this kind.
            pub fn decode(kind: Kind, bytes: &[u8]) -> Result<Self, rmp_serde::decode::Error> {
                match kind { $(Kind::$name => Ok(Self::$name(Arc::new(rmp_serde::from_slice(bytes)?)))),+ }
            }
        }

        /// The tables of a book, one a kind.
        #[derive(Clone, Debug, Default)]
        #[expect(non_snake_case, reason = "a table has the name of its noun, so that macros reach it")]
        pub(crate) struct Tables { $(pub(crate) $name: Table<$name>,)+ }

        impl Book {
            /// The record of this kind and identity.
            #[must_use]
            pub fn record(&self, kind: Kind, id: Id) -> Option<Record> {
                match kind { $(Kind::$name => self.tables.$name.kept(id).map(|kept| Record::$name(kept.record.clone()))),+ }
            }

            /// The entry that last touched a record; 0 when there is none.
            #[must_use]
            pub fn touched(&self, kind: Kind, id: Id) -> u64 {
                match kind { $(Kind::$name => self.tables.$name.kept(id).map_or(0, |kept| kept.seq)),+ }
            }

            /// The records of this kind that an entry after `seq` touched, oldest first.
            #[must_use]
            pub fn touched_since(&self, kind: Kind, seq: u64) -> Vec<Id> {
                match kind { $(Kind::$name => self.tables.$name.touched_since(seq)),+ }
            }

            /// How many records of this kind there are.
            #[must_use]
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$name => self.tables.$name.len()),+ }
            }

            /// Calls `visit` for each record of this kind, oldest first.
            pub fn each(&self, kind: Kind, visit: &mut dyn FnMut(&dyn AnyNoun)) {
                match kind { $(Kind::$name => self.tables.$name.iter().for_each(|record| visit(record))),+ }
            }

            /// One record of a kind without cloning it.
            #[must_use]
            pub fn noun(&self, kind: Kind, id: Id) -> Option<&dyn AnyNoun> {
                match kind { $(Kind::$name => self.tables.$name.get(id).map(|record| record as &dyn AnyNoun)),+ }
            }

            pub(crate) fn put_record(&mut self, record: &Record, seq: u64) {
                match record { $(Record::$name(record) => self.tables.$name.put(record.clone(), seq)),+ }
            }

            pub(crate) fn drop_record(&mut self, kind: Kind, id: Id) {
                match kind { $(Kind::$name => self.tables.$name.remove(id)),+ }
            }
        }
    };
}

kinds! {
    /// The office that keeps the book; one record.
    Office = "office", "offices" ("cơ quan", "office");
    /// What the office wants to come to in a year.
    Target = "target", "targets" ("chỉ tiêu", "target");
    /// Somebody of the office who proposes, approves or signs.
    Person = "person", "persons" ("người của cơ quan", "staff member");
    /// Money of one fiscal year and source.
    BudgetLine = "budget", "budgets" ("nguồn kinh phí", "budget line");
    /// One dated version of a subsidy's rules.
    Scheme = "scheme", "schemes" ("chương trình hỗ trợ", "scheme");
    /// A buyer, an organiser or another outside organisation.
    Partner = "partner", "partners" ("đối tác", "partner");
    /// A fair or another event.
    Fair = "fair", "fairs" ("hội chợ", "fair");
    /// A hall of a fair.
    Hall = "hall", "halls" ("nhà trưng bày", "hall");
    /// A booth of a fair.
    Booth = "booth", "booths" ("gian hàng", "booth");
    /// A thing on the floor that is no booth.
    Fixture = "fixture", "fixtures" ("vật trên sàn", "fixture");
    /// An enterprise, cooperative, household or other producer.
    Business = "business", "businesses" ("doanh nghiệp", "business");
    /// A product of a business.
    Product = "product", "products" ("sản phẩm", "product");
    /// An OCOP certificate of a product.
    Certificate = "certificate", "certificates" ("giấy chứng nhận OCOP", "OCOP certificate");
    /// A person at a business or a partner.
    Contact = "contact", "contacts" ("người liên hệ", "contact");
    /// One version of the words that persons agree to.
    ConsentText = "consent-text", "consent-texts" ("văn bản đồng ý", "consent text");
    /// What one person agreed to at one time.
    Consent = "consent", "consents" ("sự đồng ý", "consent");
    /// What one person asked of the office about their data.
    Request = "request", "requests" ("yêu cầu về dữ liệu cá nhân", "data request");
    /// One business's application to one fair.
    Registration = "registration", "registrations" ("đăng ký tham gia", "registration");
    /// What one business sold on one day of a fair.
    Sale = "sale", "sales" ("doanh số ngày", "daily sales");
    /// What one business says of a fair.
    FairReport = "fair-report", "fair-reports" ("báo cáo sau hội chợ", "after-fair report");
    /// A public draw of a fair.
    Draw = "draw", "draws" ("bốc thăm", "draw");
    /// Two firms that ask to stand beside each other, or must not stand near each other.
    Pairing = "pairing", "pairings" ("cặp xếp gian", "pairing");
    /// A booth, or a share of one, held for or rented by somebody.
    Placement = "placement", "placements" ("bố trí gian hàng", "placement");
    /// One registration asking one scheme for money.
    Claim = "claim", "claims" ("hồ sơ hỗ trợ", "claim");
    /// A cost of a claim beside the rent.
    Expense = "expense", "expenses" ("khoản chi phí", "expense");
    /// One document of a claim's file.
    Evidence = "evidence", "evidences" ("chứng từ hồ sơ", "evidence");
    /// Money paid that has to come back.
    Recovery = "recovery", "recoveries" ("khoản thu hồi", "recovery");
    /// Vouchers that are signed and sent together.
    PaymentList = "payment-list", "payment-lists" ("bảng kê chi", "payment list");
    /// Money sent, or to be sent, or its reversal.
    Payment = "payment", "payments" ("thanh toán", "payment");
    /// One of our businesses and one partner, in a stage.
    Lead = "lead", "leads" ("đầu mối giao thương", "lead");
    /// One time that somebody was in touch about a lead.
    Touch = "touch", "touches" ("lần liên hệ", "touch");
    /// A conference at which buyers and businesses meet by a timetable.
    Conference = "conference", "conferences" ("hội nghị kết nối", "conference");
    /// One side's wish to meet the other.
    Wish = "wish", "wishes" ("nguyện vọng gặp", "wish");
    /// When somebody is at a conference.
    Attendance = "attendance", "attendances" ("giờ dự", "attendance");
    /// One buyer and one business in a slot at a table.
    Meeting = "meeting", "meetings" ("cuộc hẹn", "meeting");
}

impl Kind {
    /// The place of the field with this key.
    #[must_use]
    pub fn field_index(self, key: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.key == key)
    }

    /// The field with this key.
    #[must_use]
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }
}

impl Record {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.as_noun().kind()
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> Id {
        self.as_noun().id()
    }

    /// The value of the field with this key.
    #[must_use]
    pub fn value(&self, key: &str) -> Value {
        self.as_noun().value(key)
    }
}
