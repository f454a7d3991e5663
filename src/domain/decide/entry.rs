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

/// Why an act is never undone: personal data erased, a request closed, money booked or a number given, a passphrase set, a
/// stage of a draw made public.
#[must_use]
pub fn finality(intent: &str, changes: &[Change]) -> Option<Refusal> {
    let (code, what, fix) = if intent == "erase" {
        (
            "erased-for-good",
            say!("Dữ liệu cá nhân đã xóa không lấy lại được.", "Erased personal data does not come back."),
            say!("Nhập lại nếu người đó đồng ý.", "Enter it anew with the person's consent."),
        )
    } else if intent == "close-request" {
        (
            "request-closed",
            say!("Yêu cầu đã làm xong không mở lại.", "A request that was closed stays closed."),
            say!("Ghi một yêu cầu mới.", "Register a new one."),
        )
    } else if changes.iter().any(books_money) {
        (
            "money-never-undone",
            say!("Tiền đã ghi và số đã cấp không hoàn tác.", "Money booked and numbers given are not undone."),
            say!("Hủy chứng từ hoặc ghi đảo, có lý do.", "Cancel the voucher or reverse it, with a reason."),
        )
    } else if changes.iter().any(sets_passphrase) {
        (
            "passphrase-never-undone",
            say!("Mật khẩu đã đặt không hoàn tác.", "A passphrase that was set is not undone."),
            say!("Đặt mật khẩu khác.", "Set another one."),
        )
    } else if changes.iter().any(is_public_stage) {
        (
            "draw-never-undone",
            say!("Các bước bốc thăm đã công bố không hoàn tác.", "The stages of a draw are public and are not undone."),
            say!("Lập cuộc bốc thăm mới và nói rõ lý do.", "Make a new draw and say why."),
        )
    } else {
        return None;
    };
    Some(Refusal::new(code, what, fix))
}

/// Takes an entry back.
///
/// # Errors
/// When the act is final, when a record was touched since, or when a law would not hold.
pub fn take_back(book: &Book, entry: &Entry, env: &Env, seq: u64) -> Result<Decision, Refusal> {
    if let Some(why) = finality(entry.intent.as_str(), &entry.changes) {
        return Err(why);
    }
    let mut desk = Desk::new(book, env, seq);
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
fn sets_passphrase(change: &Change) -> bool {
    fn of(person: &Option<Record>) -> &str {
        match person {
            Some(Record::Person(person)) => person.passphrase.as_str(),
            _ => "",
        }
    }
    of(&change.before) != of(&change.after)
}
