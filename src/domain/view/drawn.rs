//! What the record of a public draw tells beside its fields: who vouched, who is in the list, who came when.

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::view::detail::{Line, Section, View};
use crate::domain::view::title::title;
use crate::domain::{Draw, Registration};
use crate::say;

/// The parties with what they have shown so far.
pub(super) fn parties(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let draw = book.get::<Draw>(id).filter(|_| kind == Kind::Draw);
    let lines = draw.iter().flat_map(|draw| &draw.parties).map(|party| {
        let text = match party.secret {
            Some(_) => Words::new("đã mở số bí mật", "has shown its secret"),
            None => Words::new("đã cam kết, chưa mở", "committed, not shown yet"),
        };
        Line::new("party", &Words::same(party.role.clone()), text.in_lang(view.lang).to_owned(), view.lang)
    });
    Section { key: "parties", title: Words::new("Các bên", "Parties"), lines: lines.collect() }
}

/// The drawn order, or the frozen list until it is drawn; each line opens its registration.
pub(super) fn result(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let title = Words::new("Kết quả bốc thăm", "Result of the draw");
    let mut section = Section { key: "drawn", title, lines: Vec::new() };
    let Some(draw) = book.get::<Draw>(id).filter(|_| kind == Kind::Draw) else { return section };
    let line = |label: Words, code: &str, more: &str| {
        let registration = draw.registrations.iter().find(|(known, _)| known == code).map(|(_, id)| *id);
        let business = registration.and_then(|id| book.get::<Registration>(id)).and_then(|one| one.business);
        let who = business.map(|id| self::title(book, Kind::Business, id, view.lang)).unwrap_or_default();
        let text =
            [who.as_str(), code, more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let mut line = Line::new("drawn", &label, text, view.lang);
        line.to.extend(registration.map(|id| (Kind::Registration, id)));
        line
    };
    if let Some(minutes) = &draw.minutes {
        section.lines.extend(minutes.order.iter().enumerate().map(|(place, drawn)| {
            let booth = if drawn.booth.is_empty() { String::new() } else { format!("→ {}", drawn.booth) };
            line(Words::same((place + 1).to_string()), &drawn.code, &booth)
        }));
    } else {
        section.title = Words::new("Danh sách đã chốt", "Frozen list");
        section.lines.extend(draw.list.iter().enumerate().map(|(place, entrant)| {
            let tickets = entrant.tickets;
            let tickets = say!("{tickets} thăm", "tickets: {tickets}");
            line(Words::same((place + 1).to_string()), &entrant.code, tickets.in_lang(view.lang))
        }));
    }
    section
}
