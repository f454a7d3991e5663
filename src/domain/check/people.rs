//! Laws about people: offers of booths, those who stand with others, those who are introduced.

use crate::base::ids::Id;
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::check::Breach;
use crate::domain::lead::Answer;
use crate::domain::placement::PlacementStatus;
use crate::domain::record::Kind;
use crate::domain::view::title::{holder, title};
use crate::domain::{Booth, Lead, Placement, Registration};
use crate::say;

/// A booth is offered to one firm at a time, and an offer says to whom and until when. `placements` are those that take
/// the booth.
pub(super) fn offer_law(book: &Book, booth: &Booth, placements: &[&Placement], breaches: &mut Vec<Breach>) {
    let (code, subject) = (&booth.code, (Kind::Booth, booth.id));
    let offers: Vec<&Placement> =
        placements.iter().copied().filter(|placement| placement.status == PlacementStatus::Offered).collect();
    if let [first, .., last] = offers[..] {
        let (one, other) = (holder(book, first, Lang::Vi), holder(book, last, Lang::Vi));
        breaches.push(Breach {
            law: "offered-twice",
            words: say!(
                "Gian {code} đang mời {one}, chưa mời {other} được.",
                "Booth {code} is offered to {one}; it cannot be offered to {other} yet."
            ),
            subject,
        });
    }
    if offers.iter().any(|offer| offer.registration.is_none() || offer.held_until.is_none()) {
        breaches.push(Breach {
            law: "offer-open-ended",
            words: say!(
                "Lời mời gian {code} phải có đăng ký và hạn trả lời.",
                "The offer of booth {code} needs a registration and a day to answer."
            ),
            subject,
        });
    }
}

/// A co-exhibitor stands with a registration for the same fair that stands for itself, and has no booths of its own.
pub(super) fn registration_law(book: &Book, registration: &Registration, breaches: &mut Vec<Breach>) {
    let Some(host) = book.follow::<Registration>(registration.host) else { return };
    let (guest, name) = (
        title(book, Kind::Registration, registration.id, Lang::Vi),
        title(book, Kind::Registration, host.id, Lang::Vi),
    );
    let mut breach = |law, words| breaches.push(Breach { law, words, subject: (Kind::Registration, registration.id) });
    if host.host.is_some() || host.id == registration.id {
        breach(
            "host-is-guest",
            say!("{name} không đứng gian của chính mình.", "{name} does not stand on booths of its own."),
        );
    }
    if host.fair != registration.fair {
        breach(
            "other-fair",
            say!("{name} đăng ký hội chợ khác {guest}.", "{name} is registered for another fair than {guest}."),
        );
    }
    if book.pointing::<Placement>(registration.id).next().is_some() {
        breach(
            "guest-has-booth",
            say!(
                "{guest} đứng chung gian của {name}, không có gian riêng.",
                "{guest} stands with {name} and has no booth of its own."
            ),
        );
    }
}

/// Nobody is introduced twice for one request, an introduction is of somebody, and an answer has its day.
pub(super) fn introduction_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(lead) = book.get::<Lead>(id) else { return };
    let subject = (Kind::Lead, id);
    let Some(request) = lead.request else { return };
    let twice = lead.business.is_none_or(|business| {
        book.pointing::<Lead>(business).any(|other| other.id != id && other.request == Some(request))
    });
    if twice || request == id {
        let name = title(book, Kind::Lead, id, Lang::Vi);
        breaches.push(Breach {
            law: "introduced-twice",
            words: say!(
                "Mỗi đơn vị chỉ được giới thiệu một lần cho một yêu cầu: {name}.",
                "A business is introduced once for a request: {name}."
            ),
            subject,
        });
    }
    let answers = [(lead.seller_answer, lead.seller_answered_on), (lead.buyer_answer, lead.buyer_answered_on)];
    if answers.iter().any(|(answer, day)| matches!(answer, Answer::Accepted | Answer::Declined) != day.is_some()) {
        breaches.push(Breach {
            law: "answer-without-day",
            words: say!("Câu trả lời phải có ngày.", "An answer needs its day."),
            subject,
        });
    }
}
