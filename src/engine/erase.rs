//! What an erasure takes out of old entries: the person's fields and the words that may name the person.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::decide::without_person;
use crate::domain::record::Kind;
use crate::engine::codec::{Story, decode, encode};
use crate::engine::{Failure, codec};
use crate::store::{Erasure, Piece, Store};

/// The pieces of earlier entries to replace: of each entry that touched the record, its words and the record.
pub(super) fn erasures(store: &dyn Store, kind: Kind, id: Id) -> Result<Vec<Erasure>, Failure> {
    let mut found = Vec::new();
    let mut seq = store.touched(kind.key(), *id.as_bytes())?.unwrap_or(0);
    while seq > 0 {
        let Some(stored) = store.entry(seq)? else { break };
        let Some(own) = stored.changes.iter().find(|change| change.kind == kind.key() && change.id == *id.as_bytes())
        else {
            break;
        };
        if let Some(after) = own.after.as_ref().filter(|after| !after.erased) {
            let record = decode(kind.key(), &after.bytes, seq)?;
            let replacement = without_person(&record).encode().map_err(|error| Failure::bug(&error))?;
            let piece = Piece::Change { kind: kind.key().to_owned(), id: *id.as_bytes() };
            found.push(Erasure { seq, piece, replacement });
        }
        // The words of an entry about one record may name the person; those of a whole import do not.
        if !stored.story.erased && stored.changes.len() == 1 {
            let entry = codec::entry(&stored)?;
            let noun = kind.words();
            let words =
                Words { vi: format!("[đã xóa] {}", noun.vi).into(), en: format!("[erased] {}", noun.en).into() };
            let replacement = encode(&Story { intent: Text::new(entry.intent.as_str()), words })?;
            found.push(Erasure { seq, piece: Piece::Story, replacement });
        }
        seq = if own.previous_seq < seq { own.previous_seq } else { 0 };
    }
    Ok(found)
}
