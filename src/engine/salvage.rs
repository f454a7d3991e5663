//! Saving what can be read of a damaged book into a new one, with an entry that says so.

use std::path::Path;

use crate::base::text::Text;
use crate::base::words::Words;
use crate::engine::codec::{Head, Story, encode};
use crate::engine::{Failure, Outside, owner};
use crate::say;
use crate::store::{self, Closing, Salvaged};

/// Copies the entries before the first bad one into a new book at `into`.
///
/// # Errors
/// When the book cannot be read at all, or the new one cannot be made.
pub fn salvage(dir: &Path, into: &Path, who: &Text, outside: &Outside) -> Result<Salvaged, Failure> {
    let words: Words = say!("Cứu sổ từ bản bị hỏng", "Saved the book from a damaged one");
    let closing = Closing {
        head: encode(&Head { at: outside.now(), who: who.clone(), takes_back: None })?,
        story: encode(&Story { intent: Text::new("salvage"), words })?,
        chance: outside.chance(),
    };
    Ok(store::salvage(dir, into, closing, &owner(who, outside))?)
}
