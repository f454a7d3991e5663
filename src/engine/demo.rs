//! The demonstration book: an office's own lists, brought in by the same import that an office uses.

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::Person;
use crate::domain::env::Env;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::engine::import::{Source, preview_file};
use crate::engine::{Desk, Failure, signing};
use crate::exchange::ImportKind;
use crate::say;

macro_rules! files {
    ($($kind:ident $name:literal),+ $(,)?) => {
        &[$((Kind::$kind, concat!($name, ".csv"), include_str!(concat!("../../data/demo/", $name, ".csv")))),+]
    };
}

/// The files of the demonstration book, each after those that it points to.
pub const FILES: &[(Kind, &str, &str)] = files![
    Office "offices",
    Person "persons",
    BudgetLine "budgets",
    Scheme "schemes",
    Partner "partners",
    Fair "fairs",
    Hall "halls",
    Booth "booths",
    Business "businesses",
    Product "products",
    Certificate "certificates",
    Contact "contacts",
    ConsentText "consent-texts",
    Consent "consents",
    Request "requests",
    Registration "registrations",
    Placement "placements",
    Claim "claims",
    Evidence "evidences",
    Payment "payments",
    Lead "leads",
    Sale "sales",
    FairReport "fair-reports",
    Target "targets",
    Conference "conferences",
    Wish "wishes",
    Attendance "attendances",
    Meeting "meetings",
];

/// Fills a book with the demonstration, one entry a file; days written as `+7` are counted from `today`. Gives the
/// words of each entry.
///
/// # Errors
/// At the first row that the book refuses, with its file and line; the files before it are stored.
pub fn fill_demo(desk: &Desk, who: &Text, today: Date) -> Result<Vec<Words>, Failure> {
    let mut said = Vec::with_capacity(FILES.len());
    for (kind, name, text) in FILES {
        let env = Env::new(Moment::start_of(today), who.clone(), [0; 32]);
        let source = Source::of(name, text.as_bytes());
        let found = preview_file(&desk.book(), ImportKind::Records(*kind), source, &env)?;
        if let Some(row) = found.refused.first() {
            let words = row.words();
            let refusal = Refusal { what: say!("{name}: {}", "{name}: {}"; words), ..row.refusal.clone() };
            return Err(refusal.into());
        }
        if let Some(refusal) = found.whole {
            return Err(Refusal { what: say!("{name}: {}", "{name}: {}"; refusal.what), ..refusal }.into());
        }
        if !found.is_empty() {
            said.push(desk.act(who, found.intent(&Text::new(name)))?.words);
        }
    }
    passphrases(desk, who)?;
    Ok(said)
}

/// The passphrase of everybody in the demonstration book; their records say it too.
pub const DEMO_PASSPHRASE: &str = "hoicho-mau";

fn passphrases(desk: &Desk, who: &Text) -> Result<(), Failure> {
    let people: Vec<(Id, Text)> =
        desk.book().all::<Person>().iter().map(|person| (person.id, person.name.clone())).collect();
    let passphrase = || Secret::new(DEMO_PASSPHRASE.to_owned());
    let mut signer = None;
    for (person, name) in people {
        // The same book each time: the salt comes from the name, as nothing here is secret.
        let salt = *blake3::hash(name.as_str().as_bytes()).as_bytes();
        let hash = signing::hashed(&passphrase(), salt)?;
        desk.act_signed(who, signer.clone(), Intent::Passphrase { person, hash })?;
        // The first lets the others in.
        if signer.is_none() {
            signer = Some(signing::sign(&desk.book(), &name, &passphrase())?);
        }
    }
    Ok(())
}
