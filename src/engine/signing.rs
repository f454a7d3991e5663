//! Passphrases: hashed with Argon2id at the parameters that its library recommends, and verified here, outside of the
//! decisions, which only learn who has signed.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::command::form::Signature;
use crate::domain::Person;
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::say;

/// The least length of a passphrase, in letters.
const LETTERS_LEAST: usize = 8;

/// Somebody whose passphrase was verified, against the hash that the book had then.
#[derive(Clone, Debug)]
pub struct Signer {
    name: Text,
    hash: Text,
}

impl Signer {
    /// Who it is, as long as the book still has the passphrase that was verified.
    ///
    /// # Errors
    /// When the passphrase was changed since.
    pub(super) fn name_in(&self, book: &Book) -> Result<Text, Refusal> {
        let still = person(book, &self.name).is_some_and(|person| person.passphrase == self.hash);
        if still { Ok(self.name.clone()) } else { Err(wrong(&self.name)) }
    }
}

/// The person of this name.
#[must_use]
pub fn person<'a>(book: &'a Book, name: &Text) -> Option<&'a Person> {
    book.named(Kind::Person, "name", None, name.as_str()).first().and_then(|id| book.get(*id))
}

/// Refuses where nobody of this name has a passphrase yet, and says how one is set.
///
/// # Errors
/// When the person is not on file or has none.
pub fn may_sign(book: &Book, name: &Text) -> Result<(), Refusal> {
    match person(book, name) {
        Some(person) if person.signs() => Ok(()),
        Some(_) => Err(Refusal::new(
            "passphrase-unset",
            say!("{name} chưa đặt mật khẩu để ký.", "{name} has set no passphrase to sign with."),
            say!("Đặt một lần: hoicho person passphrase “{name}”.", "Set it once: hoicho person passphrase “{name}”."),
        )
        .at("signer")),
        None => Err(Refusal::new(
            "person-unknown",
            say!("Danh sách người của cơ quan không có {name}.", "{name} is not among the office's people."),
            say!(
                "Thêm: hoicho person add --name “{name}”, rồi đặt mật khẩu.",
                "Add: hoicho person add --name “{name}”, then set a passphrase."
            ),
        )
        .at("signer")),
    }
}

/// The refusal where somebody of an office that signs already lets nobody in.
#[must_use]
pub fn nobody_vouches() -> Refusal {
    Refusal::new(
        "signature-missing",
        say!("Cơ quan đã có người ký.", "The office has people who sign already."),
        say!(
            "Một người trong số đó ký để thêm người này: hoicho --as TÊN person passphrase …",
            "One of them signs to let this person in: hoicho --as NAME person passphrase …"
        ),
    )
    .at("signer")
}

fn wrong(name: &Text) -> Refusal {
    Refusal::new(
        "passphrase-wrong",
        say!("Mật khẩu của {name} không đúng.", "This is not the passphrase of {name}."),
        say!("Gõ lại; quên thì người khác đặt lại cho.", "Type it again; if forgotten, somebody else sets it anew."),
    )
    .at("passphrase")
}

/// Verifies a passphrase. This takes some hundredths of a second on purpose, so that nobody tries many.
///
/// # Errors
/// When the person has none, or another one.
pub fn sign(book: &Book, name: &Text, passphrase: &Secret) -> Result<Signer, Refusal> {
    may_sign(book, name)?;
    let Some(person) = person(book, name) else { return Err(wrong(name)) };
    let sound = PasswordHash::new(person.passphrase.as_str())
        .is_ok_and(|hash| Argon2::default().verify_password(passphrase.reveal().as_bytes(), &hash).is_ok());
    if !sound {
        return Err(wrong(name));
    }
    Ok(Signer { name: person.name.clone(), hash: person.passphrase.clone() })
}

/// The hash of a new passphrase, with a salt of its own.
///
/// # Errors
/// When it is too short.
pub fn hashed(passphrase: &Secret, chance: [u8; 32]) -> Result<Text, Refusal> {
    if passphrase.reveal().chars().count() < LETTERS_LEAST {
        return Err(Refusal::new(
            "passphrase-short",
            say!("Mật khẩu cần ít nhất {LETTERS_LEAST} ký tự.", "A passphrase has at least {LETTERS_LEAST} letters."),
            say!("Vài từ dễ nhớ là tốt nhất.", "A few words that are easy to remember are best."),
        )
        .at("passphrase_new"));
    }
    let hash = Argon2::default().hash_password_with_salt(passphrase.reveal().as_bytes(), &chance[..16]);
    hash.map(|hash| Text::new(&hash.to_string())).map_err(|_| {
        Refusal::new(
            "passphrase-unhashed",
            say!("Không băm được mật khẩu.", "The passphrase could not be hashed."),
            say!("Đóng bớt chương trình cho đủ bộ nhớ, rồi thử lại.", "Free some memory and try again."),
        )
    })
}

/// Makes an act ready to be sent: verifies the signature that it needs, and hashes a new passphrase. It takes its time,
/// so that it is called outside of the writer and of the screen.
///
/// # Errors
/// When the signature is missing or wrong, or the new passphrase too short.
pub fn signed(
    book: &Book,
    intent: Intent,
    signature: Option<Signature>,
    chance: [u8; 32],
) -> Result<(Option<Signer>, Intent), Refusal> {
    let signature = signature.unwrap_or_default();
    match intent {
        Intent::Passphrase { person, .. } => {
            let own = book.get::<Person>(person).filter(|person| person.signs());
            let signer = match own {
                _ if !book.all::<Person>().iter().any(Person::signs) => None,
                Some(person) if signature.signer.is_empty() => Some(sign(book, &person.name, &signature.passphrase)?),
                None if signature.signer.is_empty() => return Err(nobody_vouches()),
                _ => Some(sign(book, &signature.signer, &signature.passphrase)?),
            };
            Ok((signer, Intent::Passphrase { person, hash: hashed(&signature.fresh, chance)? }))
        }
        intent if intent.is_signed() => {
            let signer = sign(book, &signature.signer, &signature.passphrase)?;
            Ok((Some(signer), intent))
        }
        intent => Ok((None, intent)),
    }
}
