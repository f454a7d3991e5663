//! OCOP certificates that end, and what depends on them: registrations for fairs that are later, claims that need stars.

use std::collections::BTreeSet;

use crate::base::dates::{Date, days_until};
use crate::base::ids::Id;
use crate::domain::book::Book;
use crate::domain::certificate::CertificateStatus;
use crate::domain::subsidy::rules::Rules;
use crate::domain::{Certificate, Claim, Fair, Registration, Scheme};

/// How many days ahead certificates are looked for, the nearest first.
pub const WINDOWS: [i64; 3] = [30, 90, 180];

/// What depends on a certificate that ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Registrations for fairs that end after it.
    pub registrations: Vec<Id>,
    /// Claims that are not decided, under schemes that ask for stars.
    pub claims: Vec<Id>,
}

impl Touched {
    /// True when nothing depends on it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.registrations.is_empty() && self.claims.is_empty()
    }
}

/// Days until a certificate ends; none where it has no end, is not valid, or a later one of its product follows it.
#[must_use]
pub fn days_left(book: &Book, certificate: &Certificate, today: Date) -> Option<i64> {
    let until = certificate.valid_until.filter(|_| certificate.status == CertificateStatus::Valid)?;
    let followed = certificate.product.is_some_and(|product| {
        book.pointing::<Certificate>(product)
            .any(|other| other.status == CertificateStatus::Valid && other.valid_until > certificate.valid_until)
    });
    (!followed).then(|| days_until(today, until))
}

/// What depends on a certificate.
#[must_use]
pub fn touched(book: &Book, certificate: &Certificate, today: Date) -> Touched {
    let (Some(business), Some(until)) = (certificate.business, certificate.valid_until) else {
        return Touched::default();
    };
    let mut touched = Touched::default();
    for registration in book.pointing::<Registration>(business) {
        let closes = book.follow::<Fair>(registration.fair).and_then(|fair| fair.closes_on);
        let ahead = registration.status.is_alive() && closes.is_some_and(|closes| closes >= today && until < closes);
        if ahead {
            touched.registrations.push(registration.id);
        }
        let claims = book.pointing::<Claim>(registration.id).filter(|claim| claim.status.may_change_amounts());
        touched.claims.extend(claims.filter(|claim| needs_stars(book, claim)).map(|claim| claim.id));
    }
    touched
}

fn needs_stars(book: &Book, claim: &Claim) -> bool {
    let rules = book.follow::<Scheme>(claim.scheme).and_then(|scheme| Rules::of(scheme).ok());
    rules.is_some_and(|rules| rules.stars_least().is_some())
}

/// Everything that depends on some certificates, each once.
#[must_use]
pub fn touched_by_all<'a>(
    book: &Book,
    certificates: impl IntoIterator<Item = &'a Certificate>,
    today: Date,
) -> Touched {
    let (mut registrations, mut claims) = (BTreeSet::new(), BTreeSet::new());
    for certificate in certificates {
        let one = touched(book, certificate, today);
        registrations.extend(one.registrations);
        claims.extend(one.claims);
    }
    Touched { registrations: registrations.into_iter().collect(), claims: claims.into_iter().collect() }
}
