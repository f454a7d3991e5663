//! Passphrases of people who sign: the first of an office is set by whoever comes, every other under a signature, so that nobody
//! makes up a second person to sign with.

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

/// Sets a passphrase, of which only the hash is known here.
pub(super) fn passphrase(desk: &mut Desk<'_>, id: Id, hash: &Text) -> Result<Words, Refusal> {
    let before = desk.book.get::<Person>(id).cloned().ok_or_else(|| gone(Kind::Person))?;
    let by = if desk.book.all::<Person>().iter().any(Person::signs) { desk.signer()? } else { desk.env.who.clone() };
    let after =
        Person { passphrase: hash.clone(), passphrase_on: Some(desk.env.today()), passphrase_by: by, ..before.clone() };
    let name = before.name.clone();
    desk.push(Change::edited(Record::Person(Arc::new(before)), Record::Person(Arc::new(after))));
    Ok(say!("Đặt mật khẩu của {name}", "Set the passphrase of {name}"))
}
