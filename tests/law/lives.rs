//! Whole lives of offices: random acts of several people over years at the real writer, on a disk that fails and with a
//! program that dies. The laws hold after every step, and the ledger says what the book says.
//!
//! `HOICHO_SIMULATOR_STEPS` asks for so many steps in all (default 1,600), `HOICHO_SIMULATOR_SEED` begins with another life.
//! A life follows from its seed alone: a fault names it, and the life is lived again by `HOICHO_SIMULATOR_SEED=… HOICHO_SIMULATOR_STEPS=1`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use chrono::Datelike as _;

use hoicho::base::dates::{Date, Moment};
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::registration::RegistrationStatus;
use hoicho::domain::{Booth, BudgetLine, Claim, Fair, Registration};
use hoicho::engine::{Desk, Engine, Failure, Outside, Receipt, opened};

use crate::kit::ledger::ledger_agrees;

use super::acts::{Act, act, later};
use super::chance::Chance;
use super::history::{from_env, the_laws};
use super::signers::{office, signer_of};
use super::simulator::{Acknowledged, Disk, Failing, read_only, reopen, settle_in};
use super::words;
use super::world::{ONE_DAY_MS, day, fields, ids, place, step, text, vnd};

/// So many times the program is started in a life.
const SESSIONS: i64 = 20;

#[test]
fn the_laws_hold_through_every_life_of_an_office() {
    let wanted = from_env("HOICHO_SIMULATOR_STEPS", 1_600);
    let mut seed = from_env("HOICHO_SIMULATOR_SEED", 1);
    let (mut steps, mut tally) = (0, BTreeMap::new());
    while steps < wanted {
        let lived = catch_unwind(AssertUnwindSafe(|| life(seed, &mut tally)));
        steps += lived.unwrap_or_else(|fault| {
            eprintln!("life {seed}, after {steps} steps of others");
            resume_unwind(fault)
        });
        if seed.is_multiple_of(10) {
            eprintln!("{steps} steps, lives up to {seed}");
        }
        seed += 1;
    }
    if wanted >= 1_600 {
        for wanted in ["claim", "copy-fair", "death", "decide", "disk", "pay", "place", "undo"] {
            assert!(tally.contains_key(wanted), "no life came to “{wanted}”: {tally:#?}");
        }
    }
    eprintln!("{steps} steps: {tally:?}");
}

type Tally = BTreeMap<String, u64>;

/// One office from its first day to its last; gives how many steps it took.
fn life(seed: u64, tally: &mut Tally) -> u64 {
    let mut chance = Chance::new(seed.wrapping_mul(0x1_0000_0001));
    let (disk, mut today) = (Disk::default(), day("02/01/2026"));
    let begun = opened(Box::new(Failing::new(&disk, seed, 0)), outside(today, &mut chance)).unwrap();
    settle_in(&begun.desk());
    office(&begun.desk());
    let book = begun.desk().book();
    let mut known = Acknowledged { seq: book.seq, book };
    drop(begun);
    let (mut steps, mut pending) = (0, 0);
    for _ in 0..SESSIONS {
        let store = Failing::new(&disk, chance.next(), 60);
        let engine = reopen(Box::new(store), outside(today, &mut chance), &known, pending);
        let (lived, failed) = session(engine, &mut known, &mut chance, tally);
        (steps, pending) = (steps + lived, failed);
        // Mostly days pass, now and then months; the machine's clock may also go back.
        let days = if chance.one_in(4) { chance.between(20, 120) } else { chance.between(-2, 9) };
        today = later(today, days).max(day("02/01/2026"));
    }
    steps
}

fn outside(today: Date, chance: &mut Chance) -> Outside {
    let start = Moment::start_of(today).0;
    Outside::seeded(Moment(start + chance.between(0, ONE_DAY_MS - 1)), chance.next())
}

/// From one start of the program to its end: the steps that were taken, and how many acts may be there unacknowledged.
fn session(engine: Engine, known: &mut Acknowledged, chance: &mut Chance, tally: &mut Tally) -> (u64, u64) {
    let desk = engine.desk();
    (known.seq, known.book) = (desk.book().seq, desk.book());
    let rounds = chance.below(40);
    let mut steps = 0;
    for _ in 0..rounds {
        let book = desk.book();
        let goes_on = if chance.one_in(3) { season(&book, chance) } else { None };
        let next = goes_on.map_or_else(|| act(&book, book.at.date(), chance), |intent| Act::Do("Mai", intent));
        let Some(came) = done(&desk, next) else { continue };
        steps += 1;
        match came {
            Ok(receipt) => {
                let after = desk.book();
                // An act that changes nothing has no entry.
                known.seq = known.seq.max(receipt.seq);
                assert_eq!(after.seq, known.seq, "the newest acknowledged act is seen, and nothing after it");
                known.book = after;
                *tally.entry(name_of(&desk)).or_default() += 1;
                lawful(&known.book);
            }
            Err(Failure::Refused(refusal)) => {
                words::sound(&refusal);
                assert_eq!(desk.book().seq, known.seq, "a refused act moved the book");
                *tally.entry(format!("refused {}", refusal.code)).or_default() += 1;
            }
            Err(Failure::Book { code, .. }) => {
                assert_eq!(code, "disk-full");
                read_only(&desk, known);
                *tally.entry("disk".to_owned()).or_default() += 1;
                return (steps, 1);
            }
        }
    }
    *tally.entry("death".to_owned()).or_default() += 1;
    (steps, 0)
}

fn name_of(desk: &Desk) -> String {
    let seq = desk.book().seq;
    let newest = desk.wait(|desk, answer| desk.entries(seq, seq, answer)).unwrap();
    newest.first().map(|entry| entry.intent.to_string()).unwrap_or_default()
}

fn lawful(book: &Book) {
    assert_eq!(the_laws(book), Ok(()));
    assert_eq!(ledger_agrees(book), Ok(()));
}

/// Each act is answered before the next, so that a life is the same each time.
fn done(desk: &Desk, act: Act) -> Option<Result<Receipt, Failure>> {
    Some(match act {
        Act::Do(who, intent) => {
            let signer = if intent.is_signed() { signer_of(who) } else { None };
            desk.act_signed(&Text::new(who), signer, intent)
        }
        Act::Undo(who) => desk.wait(|desk, answer| desk.take_back(Text::new(who), false, answer)),
        Act::Redo(who) => desk.wait(|desk, answer| desk.take_back(Text::new(who), true, answer)),
        Act::Wait(_) => return None,
    })
}

/// What keeps an office going over the years: money of each year, a new fair on the plan of the last, firms that come.
fn season(book: &Book, chance: &mut Chance) -> Option<Intent> {
    let today = book.at.date();
    let last = book.all::<Fair>().iter().max_by_key(|fair| (fair.opens_on, fair.id))?;
    if last.closes_on.is_none_or(|closes| closes < today) {
        let opens_on = later(today, chance.between(5, 60));
        let year = i64::from(opens_on.year());
        if book.all::<BudgetLine>().iter().any(|line| line.fiscal_year == Some(year)) {
            let code = Text::new(&format!("HC-{}", book.seq));
            let name = Text::new("Hội chợ mùa mới");
            return Some(Intent::CopyFair { fair: last.id, code, name, opens_on, closes_on: later(opens_on, 4) });
        }
        let list = [
            ("code", text(&format!("KP-{year}"))),
            ("title", text("Kinh phí")),
            ("fiscal_year", Value::Number(year)),
            ("amount", vnd(chance.between(10_000_000, 90_000_000))),
        ];
        return Some(Intent::Add { kind: Kind::BudgetLine, fields: fields(list) });
    }
    let comes = |business: &Id| book.pointing::<Registration>(*business).any(|one| one.fair == Some(last.id));
    if let Some(business) = ids(book, Kind::Business).into_iter().take(4).find(|business| !comes(business)) {
        let links = [("fair", Value::Link(last.id)), ("business", Value::Link(business))];
        return Some(Intent::Add { kind: Kind::Registration, fields: fields(links) });
    }
    let onward = |one: &Registration| match one.status {
        RegistrationStatus::Received => Some("under_review"),
        RegistrationStatus::UnderReview => Some("selected"),
        RegistrationStatus::Selected => Some("confirmed"),
        _ => None,
    };
    let stepped = |one: &Registration| onward(one).map(|to| step(Kind::Registration, one.id, to));
    let next = book.pointing::<Registration>(last.id).find_map(stepped);
    next.or_else(|| book.pointing::<Registration>(last.id).find_map(|one| supported(book, one, chance)))
}

/// A booth for who is confirmed, a claim for who has one.
fn supported(book: &Book, registration: &Registration, chance: &mut Chance) -> Option<Intent> {
    let registrations = vec![registration.id];
    match registration.status {
        RegistrationStatus::Confirmed => {
            let fair = registration.fair?;
            let mut booths = book.pointing::<Booth>(fair).filter(|booth| booth.fair == Some(fair) && booth.is_open());
            let free = booths.find(|booth| book.pointing_ids(Kind::Placement, booth.id).next().is_none())?;
            Some(place(registration.id, free.id, None, None, None))
        }
        RegistrationStatus::BoothAssigned
            if !book.pointing::<Claim>(registration.id).any(|claim| claim.status.is_alive()) =>
        {
            let costs = fields([("cost", vnd(chance.between(1_000_000, 20_000_000)))]);
            Some(Intent::Claim { registrations, scheme: None, fields: costs })
        }
        _ => None,
    }
}
