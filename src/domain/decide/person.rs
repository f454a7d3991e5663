//! Passphrases of people who sign: set by whoever comes first, changed by its owner, set anew by somebody else who signs.

use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::booth::gone;
use crate::domain::person::Person;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::say;

/// Sets a passphrase, of which only the hash is known here. One that exists is changed under a verified signature only.
pub(super) fn passphrase(desk: &mut Desk<'_>, id: Id, hash: &Text) -> Result<Words, Refusal> {
    let before = desk.book.get::<Person>(id).cloned().ok_or_else(|| gone(Kind::Person))?;
    let by = if before.passphrase.is_empty() { desk.env.who.clone() } else { desk.signer()? };
    let after =
        Person { passphrase: hash.clone(), passphrase_on: Some(desk.env.today()), passphrase_by: by, ..before.clone() };
    let name = before.name.clone();
    desk.push(Change::edited(Record::Person(Arc::new(before)), Record::Person(Arc::new(after))));
    Ok(say!("Đặt mật khẩu của {name}", "Set the passphrase of {name}"))
}
