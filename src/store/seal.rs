//! The sealed form of an entry: the frame that is hashed into the chain, and the salted pieces it vouches for.
//!
//! `entry hash = BLAKE3(frame)`; the frame holds the number, the hash of the entry before, the head, and the digest of
//! each piece, `BLAKE3(salt · bytes)`. Without its salt the digest of an erased piece tells nothing about what it was.
//! The entry that erases a piece holds the digest of what was put in its place.

use super::bytes::{Reading, put_bytes, put_count, put_kind};
use super::{NewEntry, Piece};

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// A change as the frame vouches for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramedChange {
    /// The kind of record.
    pub kind: String,
    /// The id of the record.
    pub id: [u8; 16],
    /// The entry that touched the record before; 0 when none did.
    pub previous_seq: u64,
    /// The digest of the payload; `None` when the record was removed.
    pub digest: Option<Hash>,
}

/// An erasure as the frame vouches for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramedErasure {
    /// The entry that holds the piece.
    pub seq: u64,
    /// The piece.
    pub piece: Piece,
    /// The digest of the replacement.
    pub digest: Hash,
}

/// The hashed part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its number.
    pub seq: u64,
    /// The hash of the entry before.
    pub previous_hash: Hash,
    /// Who, when, what it takes back.
    pub head: Vec<u8>,
    /// The digest of the story.
    pub story: Hash,
    /// The changes.
    pub changes: Vec<FramedChange>,
    /// The erasures.
    pub erasures: Vec<FramedErasure>,
}

/// A piece as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPiece {
    /// The salt of its digest; `None` once it has been erased.
    pub salt: Option<[u8; 16]>,
    /// The bytes, or the replacement.
    pub bytes: Vec<u8>,
}

/// An entry with its pieces as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEntry {
    /// The hashed part.
    pub frame: Frame,
    /// The story.
    pub story: SealedPiece,
    /// The payload of each change of the frame, in the same order; `None` where the record was removed.
    pub payloads: Vec<Option<SealedPiece>>,
}

impl Frame {
    /// The bytes that are hashed and stored; `None` when a part is too long to be written.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(128_usize.saturating_add(self.head.len()));
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.previous_hash);
        put_bytes(&mut bytes, &self.head)?;
        bytes.extend_from_slice(&self.story);
        put_count(&mut bytes, self.changes.len())?;
        for change in &self.changes {
            put_kind(&mut bytes, &change.kind)?;
            bytes.extend_from_slice(&change.id);
            bytes.extend_from_slice(&change.previous_seq.to_be_bytes());
            bytes.push(u8::from(change.digest.is_some()));
            bytes.extend(change.digest.iter().flatten());
        }
        put_count(&mut bytes, self.erasures.len())?;
        for erasure in &self.erasures {
            bytes.extend_from_slice(&erasure.seq.to_be_bytes());
            match &erasure.piece {
                Piece::Story => bytes.push(0),
                Piece::Change { kind, id } => {
                    bytes.push(1);
                    put_kind(&mut bytes, kind)?;
                    bytes.extend_from_slice(id);
                }
            }
            bytes.extend_from_slice(&erasure.digest);
        }
        Some(bytes)
    }

    /// Reads what [`Frame::to_bytes`] wrote; `None` when it is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reading = Reading(bytes);
        let seq = reading.seq()?;
        let previous_hash = reading.array()?;
        let head = reading.bytes()?.to_vec();
        let story = reading.array()?;
        let mut changes = Vec::new();
        for _ in 0..reading.count()? {
            let kind = reading.kind()?;
            let id = reading.array()?;
            let previous_seq = reading.seq()?;
            let digest = match reading.byte()? {
                0 => None,
                1 => Some(reading.array()?),
                _ => return None,
            };
            changes.push(FramedChange { kind, id, previous_seq, digest });
        }
        let mut erasures = Vec::new();
        for _ in 0..reading.count()? {
            let seq = reading.seq()?;
            let piece = match reading.byte()? {
                0 => Piece::Story,
                1 => Piece::Change { kind: reading.kind()?, id: reading.array()? },
                _ => return None,
            };
            erasures.push(FramedErasure { seq, piece, digest: reading.array()? });
        }
        reading.end()?;
        Some(Self { seq, previous_hash, head, story, changes, erasures })
    }

    /// The hash of the entry; `None` when a part is too long to be written.
    #[must_use]
    pub fn hash(&self) -> Option<Hash> {
        self.to_bytes().map(|bytes| *blake3::hash(&bytes).as_bytes())
    }
}

impl SealedPiece {
    /// A new piece with its salt.
    fn seal(chance: &[u8; 32], number: u64, bytes: &[u8]) -> Self {
        let drawn = blake3::keyed_hash(chance, &number.to_be_bytes());
        let salt = drawn.as_bytes().first_chunk::<16>().copied();
        Self { salt, bytes: bytes.to_vec() }
    }

    /// The digest the entry holds while the piece is whole, or the digest of the replacement once it was erased.
    #[must_use]
    pub fn digest(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        match &self.salt {
            Some(salt) => hasher.update(b"piece\0").update(salt),
            None => hasher.update(b"replacement\0"),
        };
        *hasher.update(&self.bytes).finalize().as_bytes()
    }

    /// What stands in place of an erased piece.
    #[must_use]
    pub fn replacement(bytes: &[u8]) -> Self {
        Self { salt: None, bytes: bytes.to_vec() }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(17_usize.saturating_add(self.bytes.len()));
        bytes.push(u8::from(self.salt.is_some()));
        bytes.extend(self.salt.iter().flatten());
        bytes.extend_from_slice(&self.bytes);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reading = Reading(bytes);
        let salt = match reading.byte()? {
            0 => None,
            1 => Some(reading.array()?),
            _ => return None,
        };
        Some(Self { salt, bytes: reading.0.to_vec() })
    }
}

impl SealedEntry {
    /// Seals a new entry onto the chain.
    #[must_use]
    pub fn seal(entry: &NewEntry, previous_hash: Hash) -> Self {
        let story = SealedPiece::seal(&entry.chance, 0, &entry.story);
        let payloads: Vec<_> = (1_u64..)
            .zip(&entry.changes)
            .map(|(number, change)| change.after.as_ref().map(|bytes| SealedPiece::seal(&entry.chance, number, bytes)))
            .collect();
        let changes = entry
            .changes
            .iter()
            .zip(&payloads)
            .map(|(change, payload)| FramedChange {
                kind: change.kind.clone(),
                id: change.id,
                previous_seq: change.previous_seq,
                digest: payload.as_ref().map(SealedPiece::digest),
            })
            .collect();
        let erasures = entry
            .erasures
            .iter()
            .map(|erasure| FramedErasure {
                seq: erasure.seq,
                piece: erasure.piece.clone(),
                digest: SealedPiece::replacement(&erasure.replacement).digest(),
            })
            .collect();
        let frame =
            Frame { seq: entry.seq, previous_hash, head: entry.head.clone(), story: story.digest(), changes, erasures };
        Self { frame, story, payloads }
    }

    /// A piece of the entry.
    #[must_use]
    pub fn piece(&self, piece: &Piece) -> Option<&SealedPiece> {
        match piece {
            Piece::Story => Some(&self.story),
            Piece::Change { kind, id } => {
                let at = self.frame.changes.iter().position(|change| change.kind == *kind && change.id == *id)?;
                self.payloads.get(at)?.as_ref()
            }
        }
    }

    /// A piece of the entry, to be replaced.
    pub(super) fn piece_mut(&mut self, piece: &Piece) -> Option<&mut SealedPiece> {
        match piece {
            Piece::Story => Some(&mut self.story),
            Piece::Change { kind, id } => {
                let at = self.frame.changes.iter().position(|change| change.kind == *kind && change.id == *id)?;
                self.payloads.get_mut(at)?.as_mut()
            }
        }
    }

    /// The form in a backup; `None` when a part is too long to be written.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        put_bytes(&mut bytes, &self.frame.to_bytes()?)?;
        put_bytes(&mut bytes, &self.story.to_bytes())?;
        for payload in self.payloads.iter().flatten() {
            put_bytes(&mut bytes, &payload.to_bytes())?;
        }
        Some(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reading = Reading(bytes);
        let frame = Frame::from_bytes(reading.bytes()?)?;
        let story = SealedPiece::from_bytes(reading.bytes()?)?;
        let mut payloads = Vec::new();
        for change in &frame.changes {
            payloads.push(match change.digest {
                Some(_) => Some(SealedPiece::from_bytes(reading.bytes()?)?),
                None => None,
            });
        }
        reading.end()?;
        Some(Self { frame, story, payloads })
    }
}
