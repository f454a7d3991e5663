//! The identity of a record: a version 7 UUID (RFC 9562), so that records sort by the moment they were made.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::checked::quoted;
use super::dates::Moment;
use super::words::Words;
use crate::say;

/// The identity of one record; never used twice. Sorts by time, then by chance.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

/// The text or the bytes are not an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an identity of 32 hexadecimal digits")]
pub struct IdFault(String);

impl IdFault {
    /// What is wrong and what would be right.
    #[must_use]
    pub fn words(&self) -> Words {
        let given = &self.0;
        say!(
            "“{given}” không phải mã bản ghi. Mã có 32 chữ số thập lục phân, ví dụ 0194d2a8-1f00-7abc-8def-0123456789ab.",
            "“{given}” is not a record identity. It has 32 hexadecimal digits, as 0194d2a8-1f00-7abc-8def-0123456789ab."
        )
    }
}

impl Id {
    /// No record at all; sorts before every other.
    pub const NIL: Self = Self([0; 16]);

    /// Sorts after every other; no record has it.
    pub const MAX: Self = Self([0xff; 16]);

    /// An identity made at `at`, from ten bytes of chance of which 74 bits are used.
    ///
    /// Moments before 1970 count as 1970, because the format has no sign.
    #[must_use]
    pub fn new(at: Moment, chance: [u8; 10]) -> Self {
        const LAST_MS: i64 = (1 << 48) - 1;
        let ms = at.0.clamp(0, LAST_MS).unsigned_abs();
        Self(*uuid::Builder::from_unix_timestamp_millis(ms, &chance).as_uuid().as_bytes())
    }

    /// The moment at which it was made.
    #[must_use]
    pub fn made_at(&self) -> Moment {
        let [a, b, c, d, e, f, ..] = self.0;
        Moment(i64::from_be_bytes([0, 0, a, b, c, d, e, f]))
    }

    /// The identity with these sixteen bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The sixteen bytes, as they are stored and compared.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The last eight hexadecimal digits: enough to tell records of one list apart, never enough to find one.
    #[must_use]
    pub fn short(&self) -> String {
        let [.., a, b, c, d] = self.0;
        format!("{a:02x}{b:02x}{c:02x}{d:02x}")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(uuid::Uuid::from_bytes(self.0).hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, to)
    }
}

impl FromStr for Id {
    type Err = IdFault;

    /// Reads 32 hexadecimal digits, with or without hyphens, in either case.
    fn from_str(text: &str) -> Result<Self, IdFault> {
        let read = uuid::Uuid::try_parse(text.trim()).map_err(|_| IdFault(quoted(text)))?;
        Ok(Self(read.into_bytes()))
    }
}

impl Serialize for Id {
    /// Sixteen raw bytes, or the hyphenated text in a format for people.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { to.serialize_bytes(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() { from.deserialize_str(IdVisitor) } else { from.deserialize_bytes(IdVisitor) }
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an identity of sixteen bytes")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Id, E> {
        bytes.try_into().map(Id).map_err(|_| E::invalid_length(bytes.len(), &self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Id, A::Error> {
        let mut bytes = [0; 16];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = items.next_element()?.ok_or_else(|| A::Error::invalid_length(place, &self))?;
        }
        match items.next_element::<u8>()? {
            None => Ok(Id(bytes)),
            Some(_) => Err(A::Error::invalid_length(17, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_identity_is_a_version_seven_uuid() {
        let id = Id::new(Moment(1_738_700_000_000), [0xff; 10]);
        let uuid = uuid::Uuid::from_bytes(*id.as_bytes());
        assert_eq!(uuid.get_version(), Some(uuid::Version::SortRand));
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(id.to_string(), "0194d298-8b00-7fff-bfff-ffffffffffff");
        assert_eq!(id.short(), "ffffffff");
        assert_eq!("0194D2988B007FFFBFFFFFFFFFFFFFFF".parse(), Ok(id));
        assert_eq!(Id::NIL.to_string(), "00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn bytes_for_machines_and_text_for_people() {
        let id = Id::new(Moment(1), [7; 10]);
        let packed = rmp_serde::to_vec(&id).unwrap();
        assert_eq!(packed.len(), 18);
        assert_eq!(rmp_serde::from_slice::<Id>(&packed).unwrap(), id);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<Id>(&format!("\"{id}\"")).unwrap(), id);
        assert!(rmp_serde::from_slice::<Id>(&rmp_serde::to_vec(&[1_u8; 15]).unwrap()).is_err());
        assert!(serde_json::from_str::<Id>("\"x\"").is_err());
        let mut map = std::collections::BTreeMap::new();
        map.insert(id, 1);
        assert_eq!(serde_json::to_string(&map).unwrap(), format!("{{\"{id}\":1}}"));
    }

    proptest! {
        #[test]
        fn identities_sort_by_time(early in 0_i64..1 << 47, later in 1_i64..1 << 40, a: [u8; 10], b: [u8; 10]) {
            prop_assert!(Id::new(Moment(early), a) < Id::new(Moment(early + later), b));
        }

        #[test]
        fn reading_never_panics(text: String, bytes: [u8; 16]) {
            if let Err(fault) = text.parse::<Id>() {
                prop_assert!(!fault.words().is_empty());
            }
            let id = Id::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<Id>(), Ok(id));
        }
    }
}
