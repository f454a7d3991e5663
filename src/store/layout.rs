//! The keys of a book and how long values are cut into parts.
//!
//! | key | value |
//! |---|---|
//! | `e` seq | the frame of an entry |
//! | `p` seq `0` | the story of an entry |
//! | `p` seq `1` kind NUL id | the payload an entry left in a record |
//! | `r` kind NUL id | the record as it is now, or the mark of a removed one |
//!
//! Each key is followed by the number of the part (4 bytes). sled puts a page of more than 128 KiB into a file of its own
//! that it never makes durable; a leaf holds about 16 values, so a part is kept at 4 KiB or less.

use super::Piece;
use super::bytes::Reading;
use crate::base::words::Words;
use crate::say;

/// The layout version of every value; a value of another layout is refused by its envelope.
pub(super) const LAYOUT: u16 = 1;

/// The longest part of a value, in bytes.
pub(super) const PART_LEN: usize = 4096;

const ENTRY: u8 = b'e';
const PIECE: u8 = b'p';
const RECORD: u8 = b'r';

/// What all keys of records begin with.
pub(super) const RECORDS: [u8; 1] = [RECORD];
/// What all keys of entries begin with.
pub(super) const ENTRIES: [u8; 1] = [ENTRY];

/// A key without its part number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The frame of an entry.
    Entry(u64),
    /// A piece of an entry.
    Piece(u64, Piece),
    /// A record.
    Record(String, [u8; 16]),
}

impl Key {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(40);
        match self {
            Self::Entry(seq) => {
                bytes.push(ENTRY);
                bytes.extend_from_slice(&seq.to_be_bytes());
            }
            Self::Piece(seq, piece) => {
                bytes.push(PIECE);
                bytes.extend_from_slice(&seq.to_be_bytes());
                match piece {
                    Piece::Story => bytes.push(0),
                    Piece::Change { kind, id } => {
                        bytes.push(1);
                        push_record(&mut bytes, kind, *id);
                    }
                }
            }
            Self::Record(kind, id) => {
                bytes.push(RECORD);
                push_record(&mut bytes, kind, *id);
            }
        }
        bytes
    }

    /// Reads the key of a record, without a part number.
    pub(super) fn record_from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reading = Reading(bytes);
        if reading.byte()? != RECORD {
            return None;
        }
        let end = reading.0.iter().position(|byte| *byte == 0)?;
        let kind = std::str::from_utf8(reading.slice(end)?).ok()?.to_owned();
        reading.byte()?;
        let id = reading.array()?;
        reading.end()?;
        Some(Self::Record(kind, id))
    }

    /// The key in words, for whoever has to be told that its value is damaged.
    pub(super) fn words(&self) -> Words {
        match self {
            Self::Entry(seq) => say!("mục nhật ký {seq}", "journal entry {seq}"),
            Self::Piece(seq, Piece::Story) => {
                say!("lời kể của mục nhật ký {seq}", "the story of journal entry {seq}")
            }
            Self::Piece(seq, Piece::Change { kind, id }) => {
                let id = hex(id);
                say!(
                    "thay đổi của {kind} {id} trong mục nhật ký {seq}",
                    "the change of {kind} {id} in journal entry {seq}"
                )
            }
            Self::Record(kind, id) => {
                let id = hex(id);
                say!("bản ghi {kind} {id}", "record {kind} {id}")
            }
        }
    }
}

fn push_record(bytes: &mut Vec<u8>, kind: &str, id: [u8; 16]) {
    bytes.extend_from_slice(kind.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(&id);
}

/// The key of one part of a value.
pub(super) fn part_key(key: &[u8], part: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len().saturating_add(4));
    bytes.extend_from_slice(key);
    bytes.extend_from_slice(&part.to_be_bytes());
    bytes
}

/// The key of a value and the number of the part, from the key of the part.
pub(super) fn split_part(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let (base, part) = bytes.split_last_chunk::<4>()?;
    Some((base, u32::from_be_bytes(*part)))
}

/// The number of an entry, from the key of one of its parts.
pub(super) fn entry_seq(bytes: &[u8]) -> Option<u64> {
    let mut reading = Reading(bytes);
    (reading.byte()? == ENTRY).then(|| reading.seq())?
}

/// True for what may name a kind: 1 to 64 of `a`–`z`, `0`–`9`, `_` and `-`.
pub(super) fn is_kind(kind: &str) -> bool {
    (1..=64).contains(&kind.len())
        && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
}

/// An id as it is shown: 32 hexadecimal digits.
pub(super) fn hex(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The value of a record: the entry that touched it last, and the payload unless it was removed.
pub(super) fn record_value(seq: u64, payload: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(9_usize.saturating_add(payload.map_or(0, <[u8]>::len)));
    bytes.push(u8::from(payload.is_some()));
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(payload.unwrap_or_default());
    bytes
}

/// Reads what [`record_value`] wrote.
pub(super) fn read_record_value(bytes: &[u8]) -> Option<(u64, Option<&[u8]>)> {
    let mut reading = Reading(bytes);
    let there = reading.byte()?;
    let seq = reading.seq()?;
    match there {
        0 => reading.end().map(|()| (seq, None)),
        1 => Some((seq, Some(reading.0))),
        _ => None,
    }
}
