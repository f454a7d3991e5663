//! What a record's fields are: the first of the two tables that carry the program.
//!
//! Forms, list columns, filters, import, export, history, the shell and JSON all read [`Field`]; adding a field to a
//! record is one line in its noun's file.

use serde::{Deserialize, Serialize};

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::limits;
use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::record::Kind;

/// One choice of a closed list: the key that is stored and the words that are shown.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The stable key: stored, in JSON and at the shell.
    pub key: &'static str,
    /// The Vietnamese word.
    pub vi: &'static str,
    /// The English word.
    pub en: &'static str,
    /// What files of other programs call it, folded.
    pub also: &'static [&'static str],
}

impl Choice {
    /// The words of this choice.
    #[must_use]
    pub const fn words(&self) -> Words {
        Words::new(self.vi, self.en)
    }
}

/// How the text of a text field is read, checked and masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Any one-line text.
    Plain,
    /// Text of several lines.
    Notes,
    /// A short code: no spaces at its ends, compared without case.
    Code,
    /// A tax code of ten digits, ten and three, or a household's citizen number.
    TaxCode,
    /// A phone number, stored in international form.
    Phone,
    /// An e-mail address.
    Email,
    /// Ways to reach somebody, between semicolons.
    Ways,
    /// A citizen number of twelve digits.
    Citizen,
    /// A bank account number.
    Account,
    /// A trade item number (EAN-13).
    Gtin,
    /// The corners of an outline in metres: `0,0 3,0 3,2.5 0,3`.
    Outline,
    /// The rules of a scheme in TOML, of several lines.
    Rules,
    /// The order of a fair's aims in placing, as their keys.
    Aims,
    /// A passphrase: never shown, never stored as it is typed.
    Secret,
}

/// The type of a field's value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text of at most so many characters.
    Text(Wording, usize),
    /// One of a closed list.
    Choice(&'static [Choice]),
    /// Any number of a closed list.
    Choices(&'static [Choice]),
    /// Yes or no.
    Flag,
    /// A whole number within bounds, with its unit as shown (`""` where there is none).
    Number(i64, i64, &'static str),
    /// An amount, not negative.
    Money,
    /// A percentage in basis points, 0 to 100 %.
    Percent,
    /// A length in centimetres, shown and typed in metres.
    Length,
    /// An area in square centimetres, shown and typed in square metres.
    Area,
    /// A day.
    Date,
    /// A moment, shown in the office's time.
    Moment,
    /// Another record.
    Link(Kind),
}

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// May stay empty.
    Optional,
    /// A record without it is refused.
    Required,
    /// Set by the program's own acts (a status, a voucher number); shown, never typed.
    Kept,
}

/// Whether a field is personal data (Law 91/2025/QH15 and Decree 356/2025/NĐ-CP).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// About a firm or a thing.
    Public,
    /// Basic personal data: names are shown, numbers and addresses masked wherever they stand; left out of exports unless
    /// asked for.
    Personal,
    /// Sensitive personal data (bank accounts, identity papers): the same, and shown whole only on purpose.
    Sensitive,
}

/// The description of one field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The stable key: JSON, the shell (`tax_code` is `--tax-code`) and the canonical column header.
    pub key: &'static str,
    /// The Vietnamese label.
    pub vi: &'static str,
    /// The English label.
    pub en: &'static str,
    /// Other headers under which offices send it, without marks and in small letters.
    pub also: &'static [&'static str],
    /// The type of its value.
    pub shape: Shape,
    /// Whether it must be filled.
    pub need: Need,
    /// Whether it is personal data.
    pub privacy: Privacy,
    /// Among which records the value is the only one.
    pub unique: Unique,
    /// True when a list shows it without being asked.
    pub listed: bool,
    /// The heading of the group that begins with it in forms; none where the group before goes on.
    pub group: Option<(&'static str, &'static str)>,
}

/// Among which records a value may occur once only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    /// It may repeat, and nobody looks a record up by it.
    No,
    /// It may repeat, yet a record can be named by it (a business by its name).
    Name,
    /// Once in the whole book.
    Book,
    /// Once among the records that share the link with this key (a booth code within its fair).
    Within(&'static str),
}

impl Field {
    /// An optional public field.
    #[must_use]
    pub const fn new(key: &'static str, vi: &'static str, en: &'static str, shape: Shape) -> Self {
        Self {
            key,
            vi,
            en,
            also: &[],
            shape,
            need: Need::Optional,
            privacy: Privacy::Public,
            unique: Unique::No,
            listed: false,
            group: None,
        }
    }

    /// One line of text.
    #[must_use]
    pub const fn text(key: &'static str, vi: &'static str, en: &'static str) -> Self {
        Self::new(key, vi, en, Shape::Text(Wording::Plain, limits::TEXT_CHARS))
    }

    /// Text of several lines.
    #[must_use]
    pub const fn notes(key: &'static str, vi: &'static str, en: &'static str) -> Self {
        Self::new(key, vi, en, Shape::Text(Wording::Notes, limits::NOTE_CHARS))
    }

    /// A text of a special kind.
    #[must_use]
    pub const fn worded(key: &'static str, vi: &'static str, en: &'static str, wording: Wording) -> Self {
        Self::new(key, vi, en, Shape::Text(wording, limits::TEXT_CHARS))
    }

    /// A count from zero.
    #[must_use]
    pub const fn count(key: &'static str, vi: &'static str, en: &'static str, most: i64) -> Self {
        Self::new(key, vi, en, Shape::Number(0, most, ""))
    }

    /// The same field, to be filled.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// The same field, set by the program only.
    #[must_use]
    pub const fn kept(mut self) -> Self {
        self.need = Need::Kept;
        self
    }

    /// The same field, shown in lists from the start.
    #[must_use]
    pub const fn listed(mut self) -> Self {
        self.listed = true;
        self
    }

    /// The same field with other headers by which import knows it.
    #[must_use]
    pub const fn also(mut self, headers: &'static [&'static str]) -> Self {
        self.also = headers;
        self
    }

    /// The same field, marked as basic personal data.
    #[must_use]
    pub const fn personal(mut self) -> Self {
        self.privacy = Privacy::Personal;
        self
    }

    /// The same field, marked as sensitive personal data.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.privacy = Privacy::Sensitive;
        self
    }

    /// The same field with its rule of uniqueness.
    #[must_use]
    pub const fn unique(mut self, unique: Unique) -> Self {
        self.unique = unique;
        self
    }

    /// The same field, beginning a group of its own in forms.
    #[must_use]
    pub const fn group(mut self, vi: &'static str, en: &'static str) -> Self {
        self.group = Some((vi, en));
        self
    }

    /// The label in both languages.
    #[must_use]
    pub const fn label(&self) -> Words {
        Words::new(self.vi, self.en)
    }

    /// True when a person may type it.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        !matches!(self.need, Need::Kept)
    }

    /// True for basic and sensitive personal data.
    #[must_use]
    pub const fn is_personal(&self) -> bool {
        !matches!(self.privacy, Privacy::Public)
    }

    /// True when amounts, numbers and lengths stand at the right edge of a column.
    #[must_use]
    pub const fn is_numeric(&self) -> bool {
        matches!(self.shape, Shape::Money | Shape::Number(..) | Shape::Percent | Shape::Length | Shape::Area)
    }
}

/// The value of a field, whatever its record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing was entered.
    #[default]
    Empty,
    /// Text, or the key of a choice.
    Text(Text),
    /// Several keys of choices.
    Texts(Vec<Text>),
    /// Yes or no.
    Flag(bool),
    /// A whole number, basis points or centimetres, as the field's shape says.
    Number(i64),
    /// An amount.
    Money(Money),
    /// A day.
    Date(Date),
    /// A moment.
    Moment(Moment),
    /// Another record.
    Link(Id),
}

impl Value {
    /// True when nothing was entered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The text, or nothing for other values.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text.as_str(),
            _ => "",
        }
    }

    /// The record this value points to.
    #[must_use]
    pub const fn as_link(&self) -> Option<Id> {
        match self {
            Self::Link(id) => Some(*id),
            _ => None,
        }
    }

    /// The amount, or none for other values.
    #[must_use]
    pub const fn as_money(&self) -> Option<Money> {
        match self {
            Self::Money(money) => Some(*money),
            _ => None,
        }
    }

    /// The day, or none for other values.
    #[must_use]
    pub const fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The number, or none for other values.
    #[must_use]
    pub const fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A Rust type that a record holds and that reads from and writes to a [`Value`].
pub trait Held: Sized + Default + PartialEq {
    /// The value as every table, form and file sees it; a default is [`Value::Empty`] where empty has a meaning.
    fn to_value(&self) -> Value;
    /// The typed value, or `None` when the value has another type.
    fn from_value(value: Value) -> Option<Self>;
}

impl Held for Text {
    fn to_value(&self) -> Value {
        if self.is_empty() { Value::Empty } else { Value::Text(self.clone()) }
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Empty => Some(Self::default()),
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Held for bool {
    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Empty => Some(false),
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

macro_rules! held_option {
    ($($inner:ty => $variant:ident),+) => {$(
        impl Held for Option<$inner> {
            fn to_value(&self) -> Value {
                self.map_or(Value::Empty, Value::$variant)
            }
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Empty => Some(None),
                    Value::$variant(inner) => Some(Some(inner)),
                    _ => None,
                }
            }
        }
    )+};
}

held_option!(i64 => Number, Money => Money, Date => Date, Moment => Moment, Id => Link);

impl Held for Option<BasisPoints> {
    fn to_value(&self) -> Value {
        self.map_or(Value::Empty, |rate| Value::Number(i64::from(rate.0)))
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Empty => Some(None),
            Value::Number(number) => u32::try_from(number).ok().map(|rate| Some(BasisPoints(rate))),
            _ => None,
        }
    }
}

/// A closed list of words as a Rust enum; see [`choices!`](crate::choices).
pub trait Chosen: Sized + Copy + 'static {
    /// The choices in the order in which they are offered.
    const CHOICES: &'static [Choice];
    /// The stable key of this choice.
    fn key(self) -> &'static str;
    /// The choice with this key.
    fn from_key(key: &str) -> Option<Self>;
    /// The words of this choice.
    fn words(self) -> Words {
        let key = self.key();
        Self::CHOICES.iter().find(|choice| choice.key == key).map(Choice::words).unwrap_or_default()
    }
}

/// Several choices of one list, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Several<T>(pub Vec<T>);

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Chosen + PartialEq> Held for Several<T> {
    fn to_value(&self) -> Value {
        if self.0.is_empty() {
            Value::Empty
        } else {
            Value::Texts(self.0.iter().map(|choice| Text::new(choice.key())).collect())
        }
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Empty => Some(Self::default()),
            Value::Text(key) => Some(Self(vec![T::from_key(key.as_str())?])),
            Value::Texts(keys) => keys.iter().map(|key| T::from_key(key.as_str())).collect::<Option<_>>().map(Self),
            _ => None,
        }
    }
}

/// Declares a closed list: an enum that serialises by name and knows its words in both languages.
///
/// The first variant is the default.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $first:ident = $first_key:literal ($first_vi:literal, $first_en:literal $(, $first_also:literal)*)
        $(, $variant:ident = $key:literal ($vi:literal, $en:literal $(, $also:literal)*))* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            #[doc = $first_en]
            #[default]
            #[serde(rename = $first_key)]
            $first,
            $(#[doc = $en] #[serde(rename = $key)] $variant,)*
        }
        impl $crate::domain::field::Chosen for $name {
            const CHOICES: &'static [$crate::domain::field::Choice] = &[
                $crate::domain::field::Choice { key: $first_key, vi: $first_vi, en: $first_en, also: &[$($first_also),*] },
                $($crate::domain::field::Choice { key: $key, vi: $vi, en: $en, also: &[$($also),*] },)*
            ];
            fn key(self) -> &'static str {
                match self { Self::$first => $first_key, $(Self::$variant => $key,)* }
            }
            fn from_key(key: &str) -> Option<Self> {
                match key { $first_key => Some(Self::$first), $($key => Some(Self::$variant),)* _ => None }
            }
        }
        impl $crate::domain::field::Held for $name {
            fn to_value(&self) -> $crate::domain::field::Value {
                use $crate::domain::field::Chosen;
                $crate::domain::field::Value::Text($crate::base::text::Text::new(self.key()))
            }
            fn from_value(value: $crate::domain::field::Value) -> Option<Self> {
                use $crate::domain::field::Chosen;
                match value {
                    $crate::domain::field::Value::Empty => Some(Self::default()),
                    $crate::domain::field::Value::Text(key) => Self::from_key(key.as_str()),
                    _ => None,
                }
            }
        }
    };
}
