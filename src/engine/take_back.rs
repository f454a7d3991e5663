//! Which entry a person's undo or redo means, found in the journal, so that it survives a restart.

use std::collections::BTreeSet;

use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::change::{Entry, TakesBack};
use crate::domain::intent::LOOK;
use crate::domain::refusal::Refusal;
use crate::engine::{Failure, codec};
use crate::say;
use crate::store::Store;

/// How far back a person's acts are looked for.
const REACH_ENTRIES: u64 = 1_000;

/// The newest act of this person that still stands; with `redo`, the newest undo that was not done again.
pub(super) fn find(store: &dyn Store, who: &Text, redo: bool) -> Result<Entry, Failure> {
    let mut taken_back = BTreeSet::new();
    let last = store.last_seq();
    for stored in store.entries(last.saturating_sub(REACH_ENTRIES) + 1, last).rev() {
        let stored = stored?;
        let head = codec::head(&stored.head, stored.seq)?;
        if head.who != *who {
            continue;
        }
        let stands = !taken_back.contains(&stored.seq);
        match (head.takes_back, redo) {
            (Some(TakesBack::Undo(undone)), false) => drop(taken_back.insert(undone)),
            (Some(TakesBack::Undo(_)), true) if stands => return codec::entry(&stored),
            (Some(TakesBack::Undo(_)), true) => {}
            (Some(TakesBack::Redo(redone)), true) => drop(taken_back.insert(redone)),
            (Some(TakesBack::Redo(_)), false) if stands => return codec::entry(&stored),
            (Some(TakesBack::Redo(_)), false) => {}
            (None, _) => {
                let entry = codec::entry(&stored)?;
                match (entry.intent.as_str(), redo) {
                    // What was only looked at changed nothing.
                    (LOOK, _) => {}
                    // A new act ends what could be done again.
                    (_, true) => break,
                    (_, false) if stands => return Ok(entry),
                    (_, false) => {}
                }
            }
        }
    }
    let what = if redo {
        say!("Không có gì để làm lại.", "There is nothing to redo.")
    } else {
        say!("Không có việc nào của bạn để hoàn tác.", "There is no act of yours to undo.")
    };
    Err(Refusal::new("nothing-to-take-back", what, say!("Xem màn hình Lịch sử.", "See the History screen.")).into())
}

/// The words of the act that an undo took back.
pub(super) fn undone_words(words: &Words) -> Words {
    let bare = |text: &str, prefix: &str| text.strip_prefix(prefix).unwrap_or(text).to_owned();
    Words { vi: bare(&words.vi, "Hoàn tác: ").into(), en: bare(&words.en, "Undid: ").into() }
}
