//! Undo and redo: an entry taken back by its opposite, unless somebody went on from there or money left the house.

use crate::base::words::Lang;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::{Change, Entry};
use crate::domain::decide::{Decision, Desk};
use crate::domain::draw::DrawStatus;
use crate::domain::env::Env;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::say;

/// Takes an entry back.
///
/// # Errors
/// When a record was touched since, when a number was given or money booked, when personal data was erased, or when a
/// law would not hold.
pub fn take_back(book: &Book, entry: &Entry, env: &Env, seq: u64) -> Result<Decision, Refusal> {
    if entry.intent.as_str() == "erase" {
        return refuse(
            "erased-for-good",
            say!("Dữ liệu cá nhân đã xóa không lấy lại được.", "Erased personal data does not come back."),
            say!("Nhập lại nếu người đó đồng ý.", "Enter it anew with the person's consent."),
        );
    }
    if entry.intent.as_str() == "close-request" {
        return refuse(
            "request-closed",
            say!("Yêu cầu đã làm xong không mở lại.", "A request that was closed stays closed."),
            say!("Ghi một yêu cầu mới.", "Register a new one."),
        );
    }
    if entry.changes.iter().any(books_money) {
        return refuse(
            "money-never-undone",
            say!("Tiền đã ghi và số đã cấp không hoàn tác.", "Money booked and numbers given are not undone."),
            say!("Hủy chứng từ hoặc ghi đảo, có lý do.", "Cancel the voucher or reverse it, with a reason."),
        );
    }
    if entry.changes.iter().any(is_public_stage) {
        return refuse(
            "draw-never-undone",
            say!("Các bước bốc thăm đã công bố không hoàn tác.", "The stages of a draw are public and are not undone."),
            say!("Lập cuộc bốc thăm mới và nói rõ lý do.", "Make a new draw and say why."),
        );
    }
    let mut desk = Desk { book: book.clone(), changes: Vec::new(), env, seq };
    desk.book.at = env.at;
    for change in entry.changes.iter().rev() {
        untouched_since(book, change)?;
        desk.push(change.reversed());
    }
    let words = say!("Hoàn tác: {}", "Undid: {}"; entry.words);
    desk.finish(words)
}

/// A record still is as the entry left it, whoever changed it and changed it back since.
fn untouched_since(book: &Book, change: &Change) -> Result<(), Refusal> {
    let Some((kind, id)) = change.subject() else { return Ok(()) };
    if book.record(kind, id) == change.after {
        return Ok(());
    }
    let noun = kind.words();
    let name = Words { vi: title(book, kind, id, Lang::Vi).into(), en: title(book, kind, id, Lang::En).into() };
    refuse(
        "touched-since",
        Words {
            vi: format!("Sau đó {} {} đã được sửa.", noun.vi, name.vi).into(),
            en: format!("The {} {} was changed since.", noun.en, name.en).into(),
        },
        say!("Hoàn tác việc sau trước, hoặc sửa thẳng.", "Undo what came after first, or edit it."),
    )
}

/// True when the change gave a voucher or decision number, or booked money.
fn books_money(change: &Change) -> bool {
    let number = |record: &Option<Record>, key: &str| record.as_ref().map(|record| record.value(key));
    match change.subject() {
        Some((Kind::Payment | Kind::PaymentList, _)) => true,
        Some((Kind::Person, _)) => passphrase(&change.before) != passphrase(&change.after),
        Some((Kind::Claim, _)) => {
            number(&change.before, "decision_number").unwrap_or_default()
                != number(&change.after, "decision_number").unwrap_or_default()
                || supplements(&change.before) != supplements(&change.after)
        }
        _ => false,
    }
}

/// True when a draw went on to a stage that others have seen: rules, commitments, list, secrets, result. That it was
/// carried over to the booths may be taken back.
fn is_public_stage(change: &Change) -> bool {
    let stage = |record: &Option<Record>| match record {
        Some(Record::Draw(draw)) => Some(draw.status),
        _ => None,
    };
    let carried = (stage(&change.before), stage(&change.after)) == (Some(DrawStatus::Drawn), Some(DrawStatus::Placed));
    !carried && stage(&change.after).is_some_and(|now| now != DrawStatus::default())
}

fn supplements(claim: &Option<Record>) -> usize {
    match claim {
        Some(Record::Claim(claim)) => claim.supplements.len(),
        _ => 0,
    }
}

/// A passphrase that was replaced does not come back by an undo.
fn passphrase(person: &Option<Record>) -> &str {
    match person {
        Some(Record::Person(person)) => person.passphrase.as_str(),
        _ => "",
    }
}
