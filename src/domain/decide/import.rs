//! Many rows as one entry. Rows may bring a history in the state the office's papers show.

use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::check;
use crate::domain::decide::record::{Filling, fill, find, one_office, required};
use crate::domain::decide::{Desk, payment, settle};
use crate::domain::env::Env;
use crate::domain::intent::Draft;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::say;
use std::sync::Arc;

/// Stores all rows, or none: the first that cannot be stored is refused with its line.
pub(super) fn import(desk: &mut Desk<'_>, kind: Kind, drafts: &[Draft], source: &Text) -> Result<Words, Refusal> {
    for draft in drafts {
        let line = draft.line;
        row(desk, kind, draft)
            .map_err(|refusal| Refusal {
                what: say!("Dòng {line}: {}", "Line {line}: {}"; refusal.what), ..refusal
            })?;
    }
    let (count, noun) = (drafts.len(), kind.words());
    Ok(Words {
        vi: format!("Nhập {count} {} từ {source}", noun.vi).into(),
        en: format!("Imported {count} {} from {source}", kind.plural()).into(),
    })
}

/// Tries every row on a copy of the book and says of each why it would be refused; a refused row is left out for the
/// rows after it, so that what remains can be stored.
#[must_use]
pub fn trial(book: &Book, kind: Kind, drafts: &[Draft], env: &Env) -> Vec<Option<Refusal>> {
    let mut desk = Desk { book: book.clone(), changes: Vec::new(), env, seq: book.seq + 1 };
    desk.book.at = env.at;
    drafts
        .iter()
        .map(|draft| {
            let (book, changes) = (desk.book.clone(), desk.changes.len());
            let refusal = row(&mut desk, kind, draft).err();
            if refusal.is_some() {
                desk.book = book;
                desk.changes.truncate(changes);
            }
            refusal
        })
        .collect()
}

fn row(desk: &mut Desk<'_>, kind: Kind, draft: &Draft) -> Result<(), Refusal> {
    let before = draft.id.map(|id| find(desk, kind, id)).transpose()?;
    if before.is_none() {
        one_office(desk, kind)?;
    }
    let mut after = before.clone().unwrap_or_else(|| kind.blank(desk.env.new_id()));
    fill(&mut after, &draft.fields, Filling::Brought)?;
    if let (Record::Payment(payment), None) = (&mut after, &before) {
        payment::complete(desk, Arc::make_mut(payment))?;
    }
    settle::settle(desk, before.as_ref(), &mut after)?;
    required(&after)?;
    let first = desk.changes.len();
    desk.push(match before {
        Some(before) => Change::edited(before, after),
        None => Change::added(after),
    });
    // Numbers may come in any order within a file, so that their law is held at the end of the whole import.
    match check::check_around(&desk.book, &desk.changes[first..]).into_iter().find(|breach| breach.law != "number-gap")
    {
        Some(breach) => Err(breach.into_refusal()),
        None => Ok(()),
    }
}
