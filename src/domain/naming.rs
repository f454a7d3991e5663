//! How records without a code of their own are named by the records they stand between.
//!
//! | kind | name |
//! |---|---|
//! | claim | its registration, `FAIR/TAX-CODE` |
//! | evidence | its claim and document, `CLAIM/ev05` |
//! | payment | its voucher, `07/2026` |
//! | payment list | its number, `BK 02/2026` or `2/2026` |
//! | placement | its booth, `FAIR/A12` |
//! | consent, data request | its person; the open ones first |
//! | meeting | its slot and table, `CONFERENCE/3/12` |
//! | lead | its business and partner, `BUSINESS/PARTNER`; a request without a business `/PARTNER` |

use crate::base::ids::Id;
use crate::base::text::fold;
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::evidence::EvidenceKind;
use crate::domain::field::Chosen as _;
use crate::domain::record::Kind;
use crate::domain::{Claim, Evidence, Expense, Lead, Meeting, Payment, PaymentList, Placement, Request};

/// The records of a kind that a text names in this way; `find` finds those that it is made of.
pub(super) fn composed(book: &Book, kind: Kind, text: &str, find: &dyn Fn(Kind, &str) -> Vec<Id>) -> Vec<Id> {
    match kind {
        Kind::Claim => {
            let registrations = find(Kind::Registration, text);
            let claims = || registrations.iter().flat_map(|id| book.pointing::<Claim>(*id));
            // One that was given up stands aside for the one that took its place.
            let given_up =
                |status| matches!(status, ClaimStatus::Rejected | ClaimStatus::Withdrawn | ClaimStatus::Cancelled);
            let open: Vec<Id> = claims().filter(|claim| !given_up(claim.status)).map(|claim| claim.id).collect();
            if open.is_empty() { claims().map(|claim| claim.id).collect() } else { open }
        }
        Kind::Evidence => parted(text, |claim, document| {
            let wanted = fold(document);
            let known = EvidenceKind::CHOICES
                .iter()
                .find(|choice| [choice.key, choice.vi, choice.en].iter().any(|name| fold(name) == wanted));
            let Some(document) = known else { return Vec::new() };
            let rows = find(Kind::Claim, claim).into_iter().flat_map(|claim| book.pointing::<Evidence>(claim));
            rows.filter(|row| row.document.key() == document.key).map(|row| row.id).collect()
        }),
        Kind::Expense => parted(text, |claim, what| {
            let wanted = fold(what);
            let own = find(Kind::Claim, claim).into_iter().flat_map(|claim| book.pointing::<Expense>(claim));
            own.filter(|one| [one.kind.as_str(), one.name()].iter().any(|name| fold(name) == wanted))
                .map(|one| one.id)
                .collect()
        }),
        Kind::Payment => numbered(text, |number, year| {
            let all = book.all::<Payment>().iter();
            let found = all.filter(|one| (one.voucher_number, one.voucher_year) == (Some(number), Some(year)));
            found.map(|payment| payment.id).collect()
        }),
        Kind::PaymentList => numbered(text.trim_start_matches(LIST_MARK), |number, year| {
            let all = book.all::<PaymentList>().iter();
            let found = all.filter(|one| (one.number, one.year) == (Some(number), Some(year)));
            found.map(|list| list.id).collect()
        }),
        Kind::Placement => {
            let booths = find(Kind::Booth, text);
            booths.into_iter().flat_map(|booth| book.pointing::<Placement>(booth)).map(|one| one.id).collect()
        }
        Kind::Consent => find(Kind::Contact, text).into_iter().flat_map(|id| book.pointing_ids(kind, id)).collect(),
        Kind::Request => {
            let persons = find(Kind::Contact, text);
            let requests = || persons.iter().flat_map(|id| book.pointing::<Request>(*id));
            let open: Vec<Id> = requests().filter(|one| one.status.is_open()).map(|one| one.id).collect();
            if open.is_empty() { requests().map(|one| one.id).collect() } else { open }
        }
        Kind::Lead => parted(text, |business, partner| {
            let partners = find(Kind::Partner, partner);
            if business.is_empty() {
                let asked = partners.into_iter().flat_map(|id| book.pointing::<Lead>(id));
                return asked.filter(|lead| lead.business.is_none()).map(|lead| lead.id).collect();
            }
            let leads = find(Kind::Business, business).into_iter().flat_map(|id| book.pointing::<Lead>(id));
            leads.filter(|lead| lead.partner.is_some_and(|id| partners.contains(&id))).map(|lead| lead.id).collect()
        }),
        Kind::Meeting => parted(text, |rest, table| {
            let Some((conference, slot)) = rest.rsplit_once('/') else { return Vec::new() };
            let (slot, table) = (slot.trim().parse::<i64>().ok(), table.parse::<i64>().ok());
            let conferences = find(Kind::Conference, conference.trim());
            let meetings = conferences.into_iter().flat_map(|id| book.pointing::<Meeting>(id));
            let here = |one: &&Meeting| slot.is_some() && table.is_some() && (one.slot, one.table) == (slot, table);
            meetings.filter(here).map(|one| one.id).collect()
        }),
        _ => Vec::new(),
    }
}

/// What a payment list's number begins with on paper, in any case.
const LIST_MARK: [char; 4] = ['B', 'K', 'b', 'k'];

/// Tries the text as a number of a year: `07/2026`.
fn numbered(text: &str, found: impl Fn(i64, i64) -> Vec<Id>) -> Vec<Id> {
    parted(text, |number, year| match (number.parse(), year.parse()) {
        (Ok(number), Ok(year)) => found(number, year),
        _ => Vec::new(),
    })
}

/// Tries the text cut at its last slash.
fn parted(text: &str, found: impl Fn(&str, &str) -> Vec<Id>) -> Vec<Id> {
    text.rsplit_once('/').map_or_else(Vec::new, |(before, after)| found(before.trim(), after.trim()))
}
