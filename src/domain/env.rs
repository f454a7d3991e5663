//! What a decision may know of the world outside the book: the moment, the person, and chance from a given seed.

use std::cell::Cell;

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::record::Record;

/// The moment, the person and a seed, asked for once and passed down.
#[derive(Clone, Debug)]
pub struct Env {
    /// Now.
    pub at: Moment,
    /// Who acts.
    pub who: Text,
    /// Who has signed this act with a passphrase that was verified; none when nobody has.
    pub signer: Option<Text>,
    /// Of a record that is to be erased, every version that the journal holds, the newest first.
    pub forgotten: Vec<Record>,
    seed: [u8; 32],
    drawn: Cell<u64>,
}

impl Env {
    /// An environment; the same seed gives the same identities.
    #[must_use]
    pub const fn new(at: Moment, who: Text, seed: [u8; 32]) -> Self {
        Self { at, who, signer: None, forgotten: Vec::new(), seed, drawn: Cell::new(0) }
    }

    /// The same environment, the act signed by somebody whose passphrase was verified.
    #[must_use]
    pub fn signed(self, signer: Option<Text>) -> Self {
        Self { signer, ..self }
    }

    /// The same environment, with what the journal holds of a record that is to be erased.
    #[must_use]
    pub fn forgetting(self, forgotten: Vec<Record>) -> Self {
        Self { forgotten, ..self }
    }

    /// Today, in the office's time.
    #[must_use]
    pub fn today(&self) -> Date {
        self.at.date()
    }

    /// A new identity; identities of one environment sort in the order in which they were drawn.
    #[must_use]
    pub fn new_id(&self) -> Id {
        let number = self.drawn.get();
        self.drawn.set(number + 1);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seed);
        hasher.update(&number.to_be_bytes());
        let hash = hasher.finalize();
        let mut chance = [0_u8; 10];
        chance.copy_from_slice(&hash.as_bytes()[..10]);
        // The running number leads, so that the rows of one import keep their order. It takes 26 bits and leaves free
        // the six that a UUID needs for its version and variant.
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let [.., middle, low] = number.to_be_bytes();
        chance[0] = u8::try_from((number >> 22) & 0x0f).unwrap_or(0x0f);
        chance[1] = u8::try_from((number >> 14) & 0xff).unwrap_or(0xff);
        chance[2] = middle & 0x3f;
        chance[3] = low;
        Id::new(self.at, chance)
    }

    /// 32 bytes of chance for the salts of one journal entry.
    #[must_use]
    pub fn salt(&self) -> [u8; 32] {
        *blake3::keyed_hash(&self.seed, b"salt").as_bytes()
    }
}
