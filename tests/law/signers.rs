//! People who sign at the real writer: each once on file with a passphrase, each verified once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hoicho::base::secret::Secret;
use hoicho::base::text::Text;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::engine::{Desk, Failure, Receipt, Signer, signing};

use super::world::{fields, text};

/// A passphrase for everybody in the tests.
pub const PASSPHRASE: &str = "correct horse";

/// The people of the random histories, verified once: all their books have the same hashes.
static VERIFIED: OnceLock<BTreeMap<String, Signer>> = OnceLock::new();

/// Does an act as somebody, signed where it has to be.
pub fn signed_act(desk: &Desk, who: &str, intent: Intent) -> Result<Receipt, Failure> {
    let signer = if intent.is_signed() { signer_of(who) } else { None };
    desk.act_signed(&Text::new(who), signer, intent)
}

/// Who signs for this name, once `office` has put the people on file.
pub fn signer_of(who: &str) -> Option<Signer> {
    VERIFIED.get().and_then(|verified| verified.get(who)).cloned()
}

/// Puts the people of the histories on file.
pub fn office(desk: &Desk) {
    let people = signers(desk, &super::acts::PEOPLE);
    let _ = VERIFIED.set(people);
}

/// Puts these people on file with their passphrase and verifies each.
pub fn signers(desk: &Desk, people: &[&str]) -> BTreeMap<String, Signer> {
    let (who, word) = (Text::new("Mai"), Secret::new(PASSPHRASE.to_owned()));
    static HASH: OnceLock<Text> = OnceLock::new();
    let hash = HASH.get_or_init(|| signing::hashed(&word, [3; 32]).unwrap());
    let mut found: BTreeMap<String, Signer> = BTreeMap::new();
    for name in people {
        let add = Intent::Add { kind: Kind::Person, fields: fields([("name", text(name))]) };
        let person = desk.act(&who, add).unwrap().touched[0].1;
        // Whoever is the first lets the others in.
        let first = people.first().and_then(|first| found.get(*first)).cloned();
        desk.act_signed(&who, first, Intent::Passphrase { person, hash: hash.clone() }).unwrap();
        let verified = signer_of(name);
        let signer = verified.unwrap_or_else(|| signing::sign(&desk.book(), &Text::new(name), &word).unwrap());
        found.insert((*name).to_owned(), signer);
    }
    found
}
