//! Records that fit what somebody has typed so far.

use crate::base::ids::Id;
use crate::base::search::Query;
use crate::base::text::fold;
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::book::MERGED;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Booth, Hall, Registration};

/// How many records are looked through by their whole titles; beyond that only beginnings of names count.
const WHOLE_MAX: usize = 20_000;

/// At most `limit` records of a kind whose title has every word typed; of a fair where the kind belongs to one. Newest
/// first, those that begin with what was typed before the others.
#[must_use]
pub fn suggest(book: &Book, kind: Kind, fair: Option<Id>, typed: &str, limit: usize) -> Vec<Id> {
    if book.count(kind) > WHOLE_MAX {
        return book.beginning(kind, typed, limit);
    }
    let wanted = fold(typed);
    let query = Query::new(typed);
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    let ids: Vec<Id> = match fair {
        Some(fair) if matches!(kind, Kind::Booth | Kind::Hall | Kind::Registration) => below(book, kind, fair),
        _ => {
            let mut ids = Vec::with_capacity(book.count(kind));
            let merges = kind.field(MERGED).is_some();
            book.each(kind, &mut |noun| {
                if !merges || noun.value(MERGED).is_empty() {
                    ids.push(noun.id());
                }
            });
            ids
        }
    };
    for id in ids.into_iter().rev() {
        let folded = fold(&title(book, kind, id, Lang::Vi));
        if !wanted.is_empty() && folded.starts_with(&wanted) {
            first.push(id);
        } else if query.matches(&folded) {
            rest.push(id);
        }
    }
    first.append(&mut rest);
    first.truncate(limit);
    first
}

fn below(book: &Book, kind: Kind, fair: Id) -> Vec<Id> {
    match kind {
        Kind::Booth => book.pointing::<Booth>(fair).map(|booth| booth.id).collect(),
        Kind::Hall => book.pointing::<Hall>(fair).map(|hall| hall.id).collect(),
        _ => book.pointing::<Registration>(fair).map(|registration| registration.id).collect(),
    }
}
