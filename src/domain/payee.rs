//! To whom the money of a claim goes: the applicant, the organiser, or somebody else who was named.

use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::claim::PayeeMode;
use crate::domain::{Business, Claim, Fair, Partner, Registration};

/// A payee with an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payee {
    /// The name that the bank compares.
    pub name: Text,
    /// The bank.
    pub bank: Text,
    /// The account.
    pub account: Text,
}

/// The payee of a claim as the book has it now.
#[must_use]
pub fn payee_of(book: &Book, claim: &Claim) -> Payee {
    let registration = book.follow::<Registration>(claim.registration);
    let named =
        || Payee { name: claim.payee.clone(), bank: claim.payee_bank.clone(), account: claim.payee_account.clone() };
    match claim.payee_mode {
        PayeeMode::Business => {
            let business = registration.and_then(|registration| book.follow::<Business>(registration.business));
            business.map(of_business).unwrap_or_default()
        }
        PayeeMode::Organiser => {
            let fair = registration.and_then(|registration| book.follow::<Fair>(registration.fair));
            let organiser = fair.and_then(|fair| book.follow::<Partner>(fair.organiser));
            let mut payee = named();
            if payee.name.is_empty() {
                payee.name = organiser.map(|organiser| organiser.name.clone()).unwrap_or_default();
            }
            payee
        }
        PayeeMode::Other => named(),
    }
}

fn of_business(business: &Business) -> Payee {
    let holder = &business.account_holder;
    Payee {
        name: if holder.is_empty() { business.name.clone() } else { holder.clone() },
        bank: business.bank.clone(),
        account: business.account.clone(),
    }
}
