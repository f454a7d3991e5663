//! Passphrases at the shell: from the environment, from a file, or typed at the terminal without being shown.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::base::ids::Id;
use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::cli::Shell;
use crate::cli::exit::Trouble;
use crate::cli::files::read_text;
use crate::command::form::Signature;
use crate::domain::Person;
use crate::domain::book::Book;
use crate::domain::intent::Intent;
use crate::domain::refusal::Refusal;
use crate::engine::{Signer, signing};
use crate::say;

/// The longest passphrase file that is read.
const FILE_BYTES_MAX: usize = 4_096;

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
    let text = read_text(path, FILE_BYTES_MAX)?;
    Ok(Secret::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// A line typed at the terminal, which does not show it.
fn typed(prompt: &Words, lang: Lang) -> Result<Secret, Trouble> {
    let asked = || -> std::io::Result<Option<String>> {
        let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let shown = tcgetattr(&terminal)?;
        let mut hidden = shown.clone();
        // Ctrl-C and Ctrl-Z come as letters, so that the terminal is never left as it is now.
        hidden.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        terminal.write_all(prompt.in_lang(lang).as_bytes())?;
        tcsetattr(&terminal, OptionalActions::Flush, &hidden)?;
        let line = hidden_line(&terminal);
        tcsetattr(&terminal, OptionalActions::Flush, &shown)?;
        terminal.write_all(b"\n")?;
        line
    };
    match asked() {
        Ok(Some(line)) => Ok(Secret::new(line)),
        Ok(None) => Err(Refusal::new(
            "passphrase-given-up",
            say!("Chưa gõ mật khẩu; không có gì được ghi.", "No passphrase was typed; nothing was stored."),
            say!("Chạy lại lệnh khi cần.", "Run the command again when it is needed."),
        )
        .into()),
        Err(_) => Err(Trouble::wrong_use(
            "passphrase-missing",
            "passphrase-file",
            say!("Không có bàn phím để gõ mật khẩu.", "There is no terminal to type the passphrase at."),
            say!("Dùng HOICHO_PASSPHRASE hoặc --passphrase-file.", "Give HOICHO_PASSPHRASE or --passphrase-file."),
        )),
    }
}

/// What is typed up to Enter; none when it is given up (Ctrl-C, Ctrl-D, Ctrl-Z, or nobody types any more).
fn hidden_line(mut terminal: impl Read) -> std::io::Result<Option<String>> {
    let mut line: Vec<u8> = Vec::new();
    let mut byte = [0];
    while terminal.read(&mut byte)? == 1 {
        match byte[0] {
            b'\n' | b'\r' => return Ok(Some(String::from_utf8_lossy(&line).into_owned())),
            0x03 | 0x04 | 0x1a => return Ok(None),
            // Backspace takes a whole letter, Ctrl-U all.
            0x08 | 0x7f => while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
            0x15 => line.clear(),
            byte => line.push(byte),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_unseen_can_be_mended_and_given_up() {
        let typed = |keys: &str| hidden_line(keys.as_bytes()).unwrap();
        assert_eq!(typed("mật khẩu\n").as_deref(), Some("mật khẩu"));
        assert_eq!(typed("mậ\u{7f}ật\r").as_deref(), Some("mật"));
        assert_eq!(typed("\u{7f}sai\u{15}đúng\n").as_deref(), Some("đúng"));
        for keys in ["mật\u{3}khẩu\n", "mật\u{1a}\n", "\u{4}", "mật"] {
            assert_eq!(typed(keys), None, "{keys:?}");
        }
    }
}
