//! Passphrases at the shell: from the environment, from a file, or typed at the terminal without being shown.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::base::ids::Id;
use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::cli::Shell;
use crate::cli::exit::Trouble;
use crate::command::form::Signature;
use crate::domain::Person;
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::refusal::Refusal;
use crate::engine::{Signer, signing};
use crate::say;

/// The longest passphrase file that is read.
const FILE_BYTES_MAX: u64 = 4_096;

/// Makes an act ready: whoever acts signs it where it has to be signed.
pub(super) fn signed(shell: &Shell, book: &Book, intent: Intent) -> Result<(Option<Signer>, Intent), Trouble> {
    let who = shell.settings.who.clone();
    let signature = match &intent {
        Intent::Passphrase { person, .. } => new_passphrase(shell, book, *person, &who)?,
        intent if intent.is_signed() => {
            signing::may_sign(book, &who)?;
            Signature { passphrase: own(shell, &who)?, signer: who, fresh: Secret::default() }
        }
        _ => Signature::default(),
    };
    Ok(signing::signed(book, intent, Some(signature), shell.outside().chance())?)
}

/// The passphrase of whoever acts.
fn own(shell: &Shell, who: &Text) -> Result<Secret, Trouble> {
    if let Some(file) = &shell.passphrase_file {
        return from_file(file);
    }
    if !shell.settings.passphrase.is_empty() {
        return Ok(shell.settings.passphrase.clone());
    }
    typed(&say!("Mật khẩu của {who}: ", "Passphrase of {who}: "), shell.lang())
}

fn new_passphrase(shell: &Shell, book: &Book, person: Id, who: &Text) -> Result<Signature, Trouble> {
    let Some(person) = book.get::<Person>(person) else { return Ok(Signature::default()) };
    let mut signature = Signature::default();
    let known = person.signs();
    if book.all::<Person>().iter().any(Person::signs) {
        if !signing::person(book, who).is_some_and(Person::signs) {
            return Err(signing::nobody_vouches().into());
        }
        signature.signer = who.clone();
        signature.passphrase = own(shell, who)?;
    }
    let given = &shell.settings.passphrase_new;
    signature.fresh = if !given.is_empty() {
        given.clone()
    } else if !known && (shell.passphrase_file.is_some() || !shell.settings.passphrase.is_empty()) {
        own(shell, &person.name)?
    } else {
        twice(&person.name, shell.lang())?
    };
    Ok(signature)
}

fn twice(name: &Text, lang: Lang) -> Result<Secret, Trouble> {
    let first = typed(&say!("Mật khẩu mới của {name}: ", "New passphrase of {name}: "), lang)?;
    if typed(&say!("Gõ lại: ", "Again: "), lang)? == first {
        return Ok(first);
    }
    Err(Refusal::new(
        "passphrase-differs",
        say!("Hai lần gõ khác nhau.", "The two are not the same."),
        say!("Gõ lại mật khẩu mới.", "Type the new passphrase again."),
    )
    .into())
}

/// The first line of a file.
fn from_file(path: &Path) -> Result<Secret, Trouble> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(FILE_BYTES_MAX).read_to_string(&mut text));
    read.map_err(|error| Trouble::file(path, &error))?;
    Ok(Secret::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// A line typed at the terminal, which does not show it.
fn typed(prompt: &Words, lang: Lang) -> Result<Secret, Trouble> {
    let asked = || -> std::io::Result<String> {
        let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let shown = tcgetattr(&terminal)?;
        let mut hidden = shown.clone();
        hidden.local_modes &= !LocalModes::ECHO;
        terminal.write_all(prompt.in_lang(lang).as_bytes())?;
        tcsetattr(&terminal, OptionalActions::Flush, &hidden)?;
        let mut line = String::new();
        let read = BufReader::new(&terminal).read_line(&mut line);
        tcsetattr(&terminal, OptionalActions::Flush, &shown)?;
        terminal.write_all(b"\n")?;
        read.map(|_| line.trim_end_matches(['\n', '\r']).to_owned())
    };
    asked().map(Secret::new).map_err(|_| {
        Trouble::wrong_use(
            "passphrase-missing",
            "passphrase-file",
            say!("Không có bàn phím để gõ mật khẩu.", "There is no terminal to type the passphrase at."),
            say!("Dùng HOICHO_PASSPHRASE hoặc --passphrase-file.", "Give HOICHO_PASSPHRASE or --passphrase-file."),
        )
    })
}
