//! What a group of new entries comes to, decided before anything is written: the same for every store.

use std::collections::BTreeMap;

use super::layout::{Key, hex, is_kind};
use super::seal::{Hash, SealedEntry, SealedPiece};
use super::{Erasure, NewChange, NewEntry, Piece, Store, StoreFault};
use crate::base::words::Words;
use crate::say;

/// The record of a kind with an id.
pub(super) type RecordKey = (String, [u8; 16]);

/// The records a group leaves behind: the entry that touched each last, and its payload unless it was removed.
pub(super) type Left = BTreeMap<RecordKey, (u64, Option<Vec<u8>>)>;

/// All that is to be written at once.
#[derive(Default)]
pub(super) struct Plan {
    /// The entries, sealed onto the chain.
    pub(super) sealed: Vec<SealedEntry>,
    /// The pieces of entries already stored that are replaced.
    pub(super) replaced: Vec<(u64, Piece, SealedPiece)>,
    /// The records that are left behind.
    pub(super) left: Left,
    /// The number of the last entry.
    pub(super) last_seq: u64,
    /// The hash of the last entry.
    pub(super) last_hash: Hash,
}

/// Decides what the entries come to, or says why they do not continue the journal.
pub(super) fn plan(store: &dyn Store, entries: &[NewEntry]) -> Result<Plan, StoreFault> {
    let mut plan = Plan { last_seq: store.last_seq(), last_hash: store.last_hash(), ..Plan::default() };
    for entry in entries {
        plan.add(store, entry)?;
    }
    Ok(plan)
}

impl Plan {
    fn add(&mut self, store: &dyn Store, entry: &NewEntry) -> Result<(), StoreFault> {
        let (seq, last) = (entry.seq, self.last_seq);
        if last.checked_add(1) != Some(seq) {
            return Err(contract(say!(
                "mục {seq} không nối tiếp mục {last}.",
                "entry {seq} does not follow entry {last}."
            )));
        }
        for change in &entry.changes {
            self.change(store, seq, change)?;
        }
        for erasure in &entry.erasures {
            self.erase(store, seq, erasure)?;
        }
        let sealed = SealedEntry::seal(entry, self.last_hash);
        let Some(hash) = sealed.frame.hash() else {
            return Err(contract(say!("mục {seq} quá dài.", "entry {seq} is too long.")));
        };
        self.sealed.push(sealed);
        self.last_seq = seq;
        self.last_hash = hash;
        Ok(())
    }

    fn change(&mut self, store: &dyn Store, seq: u64, change: &NewChange) -> Result<(), StoreFault> {
        let NewChange { kind, id, previous_seq, after } = change;
        if !is_kind(kind) {
            let kind: String = kind.escape_debug().take(80).collect();
            return Err(contract(say!("“{kind}” không thể là tên loại.", "“{kind}” cannot name a kind.")));
        }
        let touched = self.touched(store, kind, *id)?;
        if touched == seq {
            let id = hex(id);
            return Err(contract(say!(
                "mục {seq} thay đổi {kind} {id} hai lần.",
                "entry {seq} changes {kind} {id} twice."
            )));
        }
        if touched != *previous_seq {
            let id = hex(id);
            return Err(contract(say!(
                "mục {seq} cho rằng {kind} {id} được thay đổi lần cuối ở mục {previous_seq}, thực tế là {touched}.",
                "entry {seq} takes it that {kind} {id} was last changed by entry {previous_seq}, it was {touched}."
            )));
        }
        self.left.insert((kind.clone(), *id), (seq, after.clone()));
        Ok(())
    }

    fn erase(&mut self, store: &dyn Store, seq: u64, erasure: &Erasure) -> Result<(), StoreFault> {
        let Erasure { seq: held, piece, replacement } = erasure;
        let place = Key::Piece(*held, piece.clone()).words();
        if *held >= seq {
            return Err(contract(say!("{} chưa có để xóa.", "{} is not there yet to be erased."; place)));
        }
        if let Piece::Change { kind, id } = piece
            && self.touched(store, kind, *id)? == *held
        {
            return Err(contract(say!(
                "{} còn là nội dung hiện tại, phải đổi bản ghi trước khi xóa.",
                "{} still is the present record; it has to change before it is erased.";
                place
            )));
        }
        let replacement = SealedPiece::replacement(replacement);
        let nothing = || contract(say!("{} không có gì để xóa.", "{} holds nothing to erase."; place));
        if let Some(entry) = self.sealed.iter_mut().find(|entry| entry.frame.seq == *held) {
            *entry.piece_mut(piece).ok_or_else(nothing)? = replacement;
        } else {
            store.piece(*held, piece)?.ok_or_else(nothing)?;
            self.replaced.push((*held, piece.clone(), replacement));
        }
        Ok(())
    }

    /// The entry that touched a record last, this group included; 0 when none did.
    fn touched(&self, store: &dyn Store, kind: &str, id: [u8; 16]) -> Result<u64, StoreFault> {
        match self.left.get(&(kind.to_owned(), id)) {
            Some((seq, _)) => Ok(*seq),
            None => Ok(store.touched(kind, id)?.unwrap_or(0)),
        }
    }
}

fn contract(reason: Words) -> StoreFault {
    StoreFault::Contract { reason }
}
