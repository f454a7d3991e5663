//! Payment lists: vouchers prepared, signed, sent and cancelled together.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::claim::Claim;
use crate::domain::decide::{Desk, payment};
use crate::domain::field::Chosen;
use crate::domain::payment::{Payment, PaymentStatus};
use crate::domain::payment_list::{ListStatus, PaymentList};
use crate::domain::person::same_person;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::steps;
use crate::domain::view::derived::claimant;
use crate::domain::view::money::listed;
use crate::domain::view::title::title;
use crate::say;

/// Prepares vouchers for accepted claims on a list of their own.
pub(super) fn pay(desk: &mut Desk<'_>, claims: &[Id], on: Option<Date>, heading: &Text) -> Result<Words, Refusal> {
    no_firm_twice(desk, claims)?;
    let day = desk.day(on)?;
    let year = i64::from(day.year());
    let lines: Vec<Option<Id>> =
        claims.iter().filter_map(|id| desk.book.get::<Claim>(*id)).map(|claim| claim.budget).collect();
    let alone = lines.first().copied().flatten().filter(|line| lines.iter().all(|other| *other == Some(*line)));
    let list = PaymentList {
        id: desk.env.new_id(),
        number: Some(last_number(&desk.book, year) + 1),
        year: Some(year),
        made_on: Some(day),
        title: if heading.is_empty() { Text::new("Chi hỗ trợ tham gia hội chợ") } else { heading.clone() },
        budget: alone,
        prepared_by: desk.env.who.clone(),
        ..PaymentList::default()
    };
    let id = list.id;
    desk.push(Change::added(Record::PaymentList(Arc::new(list))));
    let sum = payment::prepare(desk, claims, Some(day), Some(id))?;
    let (count, sum, no) = (claims.len(), sum.show(Lang::Vi), title(&desk.book, Kind::PaymentList, id, Lang::Vi));
    Ok(say!("Lập bảng kê {no}: {count} chứng từ, {sum}", "Prepared list {no}, vouchers: {count}, {sum}"))
}

/// The last list number of a year; 0 when there is none.
fn last_number(book: &Book, year: i64) -> i64 {
    let of_year = book.all::<PaymentList>().iter().filter(|list| list.year == Some(year));
    of_year.filter_map(|list| list.number).max().unwrap_or(0)
}

/// A firm stands on a list once, unless somebody pays its second claim singly.
fn no_firm_twice(desk: &Desk<'_>, claims: &[Id]) -> Result<(), Refusal> {
    let mut seen: BTreeMap<Id, Id> = BTreeMap::new();
    for id in claims {
        let Some(claim) = desk.book.get::<Claim>(*id) else { continue };
        let Some(business) = claimant(&desk.book, claim).1 else { continue };
        if let Some(first) = seen.insert(business, *id) {
            let name = title(&desk.book, Kind::Business, business, Lang::Vi);
            let (one, two) =
                (title(&desk.book, Kind::Claim, first, Lang::Vi), title(&desk.book, Kind::Claim, *id, Lang::Vi));
            return refuse(
                "listed-twice",
                say!(
                    "{name} đứng hai lần trong bảng kê: {one}; {two}.",
                    "{name} stands twice on the list: {one}; {two}."
                ),
                say!("Bỏ một hồ sơ ra, lập bảng kê hoặc chứng từ riêng.", "Take one out and pay it by itself."),
            );
        }
    }
    Ok(())
}

/// What a step of a list needs, and what it does to its vouchers.
pub(super) fn stepped(desk: &mut Desk<'_>, list: &mut PaymentList) -> Result<(), Refusal> {
    let status = match list.status {
        ListStatus::Signed => {
            let signer = desk.signer()?;
            if same_person(&signer, &list.prepared_by) {
                return refuse(
                    "four-eyes",
                    say!(
                        "{signer} đã lập bảng kê nên không được ký.",
                        "{signer} prepared the list and may not sign it."
                    ),
                    say!(
                        "Người khác ký bằng mật khẩu của mình.",
                        "Somebody else signs with a passphrase of their own."
                    ),
                );
            }
            list.signed_by = signer;
            PaymentStatus::Signed
        }
        ListStatus::Sent => PaymentStatus::Sent,
        ListStatus::Cancelled => PaymentStatus::Cancelled,
        ListStatus::Prepared => return Ok(()),
    };
    let vouchers: Vec<Payment> = listed(&desk.book, list.id).cloned().collect();
    if vouchers.is_empty() && status != PaymentStatus::Cancelled {
        return refuse(
            "list-empty",
            say!("Bảng kê không còn chứng từ nào.", "No voucher is left on the list."),
            say!("Hủy bảng kê.", "Cancel the list."),
        );
    }
    if let Some(left) = vouchers.iter().find(|voucher| status == PaymentStatus::Cancelled && voucher.status.has_left())
    {
        let no = title(&desk.book, Kind::Payment, left.id, Lang::Vi);
        return refuse(
            "list-left",
            say!(
                "Tiền của chứng từ {no} đã đi, bảng kê không hủy được.",
                "The money of voucher {no} has left; the list is not cancelled."
            ),
            say!(
                "Hủy riêng các chứng từ còn lại, ghi đảo chứng từ đã chi.",
                "Cancel the other vouchers one by one; reverse what has left."
            ),
        );
    }
    // The bank may have been ahead of the list: what it said of a voucher stands.
    let takes_part = |voucher: &Payment| steps::find(Kind::Payment, voucher.status.key(), status.key()).is_some();
    for before in vouchers.into_iter().filter(takes_part) {
        let mut after = Payment { status, ..before.clone() };
        match status {
            PaymentStatus::Signed => payment::sign(desk, &mut after, list.signed_by.clone())?,
            PaymentStatus::Sent => after.sent_on = Some(desk.env.today()),
            _ => after.reason = list.reason.clone(),
        }
        let done = after.clone();
        desk.push(Change::edited(Record::Payment(Arc::new(before)), Record::Payment(Arc::new(after))));
        payment::claim_after(desk, &done)?;
    }
    Ok(())
}
