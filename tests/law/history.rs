//! Random histories of several people, the laws held after every step.
//!
//! `HOICHO_HISTORY_STEPS` asks for about so many steps in all (default 24,000), `HOICHO_HISTORY_SEED` begins elsewhere.
//! A failure prints the seed, and the fewest acts that still fail.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::{Assembly, Book, each_link};
use hoicho::domain::change::{Change, Entry};
use hoicho::domain::check::check;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::{Kind, Record};
use hoicho::domain::view::money::budget_sums;
use hoicho::domain::{BudgetLine, Claim, Payment, PaymentList, steps};

use crate::kit::ledger::ledger_agrees;

use super::acts::{Act, act};
use super::chance::Chance;
use super::words;
use super::world::{World, dong, ids, on, records, same_records, state, text, vnd};

const STEPS: usize = 60;

pub fn from_env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn every_law_holds_after_every_step_of_every_random_history() {
    let histories = from_env("HOICHO_HISTORY_STEPS", 24_000) / STEPS as u64;
    let first = from_env("HOICHO_HISTORY_SEED", 1);
    let start = office();
    let mut tally = BTreeMap::new();
    for seed in first..first + histories.max(1) {
        let mut chance = Chance::new(seed.wrapping_mul(0x1_0000_0001));
        let acts: Vec<u64> = (0..STEPS).map(|_| chance.next()).collect();
        if let Err(fault) = run(&start, &acts, &mut tally) {
            let (acts, fault) = shrunk(&start, acts, fault);
            panic!("seed {seed}, {} acts left: {fault}\n{}", acts.len(), told(&start, &acts));
        }
    }
    assert_variety(&tally);
}

/// The histories must reach what they are meant to try.
fn assert_variety(tally: &BTreeMap<String, u64>) {
    for wanted in [
        "place",
        "hold",
        "release",
        "move",
        "swap",
        "claim",
        "capture",
        "touch",
        "edit-all",
        "expense ",
        "decide",
        "pay",
        "reverse",
        "adjust",
        "advance",
        "accept",
        "supplement",
        "pay-list",
        "attach",
        "carry-over",
        "recover",
        "repay",
        "statement",
        "claim recovering",
        "erase",
        "import",
        "step",
        "edit",
        "remove",
        "add",
        "undo",
        "redo",
        "claim paid",
        "claim closed",
        "payment returned",
        "payment cancelled",
        "registration no_show",
        "fair cancelled",
        "fair running",
    ] {
        assert!(tally.contains_key(wanted), "no history came to “{wanted}”: {tally:#?}");
    }
}

/// A scheme that supports more than the rent.
const SEVERAL_ITEMS: &str = r#"
code = "BT-VC"
[[item]]
kind = "booth"
rate = "50%"
[[item]]
kind = "transport"
rate = "70%"
cap = "2.000.000"
[[item]]
kind = "stay"
rate = "100%"
basis = "norm"
norm = "450.000"
unit_limit = 2
[caps]
per_event = "7.000.000"
allocation = "proportional"
"#;

/// Two fairs with halls and booths, businesses with certificates, schemes, money, partners: where histories begin.
fn office() -> World {
    let mut world = World::new();
    world.add(Kind::Office, [("name", text("Trung tâm Xúc tiến thương mại")), ("document_mark", text("TTXT"))]);
    let tight = [("cap", vnd(4_000_000)), ("times_year", Value::Number(1)), ("stars_min", Value::Number(3))];
    let (scheme, _) = (world.scheme("BT-2026", [("booths_max", Value::Number(2))]), world.scheme("BT-OCOP", tight));
    let several = world.add(
        Kind::Scheme,
        [
            ("code", text("BT-VC")),
            ("title", text("Hỗ trợ nhiều khoản")),
            ("valid_from", on("01/01/2024")),
            ("rules", Value::Text(Text::lines(SEVERAL_ITEMS))),
        ],
    );
    world.step("Mai", Kind::Scheme, several, "active");
    let budget = world.budget("2026-XTTM", 30_000_000);
    world.budget("2026-OCOP", 9_000_000);
    let next = world.budget("2027-XTTM", 12_000_000);
    world.edit(Kind::BudgetLine, next, [("fiscal_year", Value::Number(2027))]);
    for (fair, opens, closes) in [("HC-A", "20/03/2026", "25/03/2026"), ("HC-B", "10/02/2026", "13/02/2026")] {
        let id = world.fair(fair, opens, closes);
        world.edit(
            Kind::Fair,
            id,
            [("scheme", Value::Link(scheme)), ("budget", Value::Link(budget)), ("vat", Value::Number(800))],
        );
        let hall = world.add(Kind::Hall, [("fair", Value::Link(id)), ("code", text("N1"))]);
        for booth in ["A1", "A2", "A3", "A4"] {
            let booth = world.booth(id, booth);
            world.edit(Kind::Booth, booth, [("hall", Value::Link(hall))]);
        }
        for to in ["approved", "open"] {
            world.step("Mai", Kind::Fair, id, to);
        }
    }
    for number in 0..5_u8 {
        let business = world.business(&format!("Hợp tác xã Sông Tiền {number}"));
        let product = world
            .add(Kind::Product, [("business", Value::Link(business)), ("name", text(&format!("Kẹo dừa {number}")))]);
        let stars = Value::Number(3 + i64::from(number % 3));
        world.add(
            Kind::Certificate,
            [("product", Value::Link(product)), ("stars", stars), ("issued_on", on("01/02/2024"))],
        );
        world.add(
            Kind::Contact,
            [("name", text("Trần Văn Bảy")), ("business", Value::Link(business)), ("phone", text("+84901234567"))],
        );
        for fair in ids(&world.book, Kind::Fair) {
            if number < 3 {
                world.registration(fair, business);
            }
        }
    }
    let partner = world.add(Kind::Partner, [("name", text("Siêu thị Hàm Luông"))]);
    let business = ids(&world.book, Kind::Business)[0];
    world.add(Kind::Lead, [("business", Value::Link(business)), ("partner", Value::Link(partner))]);
    spent(&mut world, budget);
    world.stacks.clear();
    world
}

/// Money on its way: one claim paid, one with its voucher prepared, one decided, at the second fair.
fn spent(world: &mut World, budget: Id) {
    let schemes = ids(&world.book, Kind::Scheme);
    let booths: Vec<Id> = ids(&world.book, Kind::Booth).split_off(4);
    let second = ids(&world.book, Kind::Fair)[1];
    let registrations: Vec<Id> = world.book.pointing_ids(Kind::Registration, second).collect();
    for (place, registration) in registrations.into_iter().enumerate() {
        world.place(registration, booths[place]);
        let claim = world.claim(registration, schemes[0], []);
        world.appraise(claim);
        world.decide(claim, budget);
        match place {
            0 => {
                world.accept(claim);
                world.pay(claim);
            }
            1 => {
                world.accept(claim);
                world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
            }
            _ => {}
        }
    }
}

/// Runs a history; the error says at which step which law failed.
fn run(start: &World, acts: &[u64], tally: &mut BTreeMap<String, u64>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| {
        let mut world = start.clone();
        for (place, seed) in acts.iter().enumerate() {
            let act = act(&world.book, world.at.date(), &mut Chance::new(*seed));
            one_step(&mut world, &act, tally).map_err(|fault| format!("step {place}: {act:?}\n{fault}"))?;
        }
        at_the_end(&world)
    }))
    .unwrap_or_else(|panic| {
        let words =
            panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        Err(format!("panicked: {}", words.unwrap_or_default()))
    })
}

/// Leaves acts out, a stretch at a time, while the history still fails.
fn shrunk(start: &World, mut acts: Vec<u64>, mut fault: String) -> (Vec<u64>, String) {
    let mut stretch = acts.len() / 2;
    while stretch > 0 {
        let mut from = 0;
        while from < acts.len() {
            let mut fewer = acts.clone();
            fewer.drain(from..acts.len().min(from + stretch));
            match run(start, &fewer, &mut BTreeMap::new()) {
                Err(other) => (acts, fault) = (fewer, other),
                Ok(()) => from += stretch,
            }
        }
        stretch /= 2;
    }
    (acts, fault)
}

fn told(start: &World, acts: &[u64]) -> String {
    let mut world = start.clone();
    let mut lines = Vec::new();
    for seed in acts {
        let act = act(&world.book, world.at.date(), &mut Chance::new(*seed));
        let came = catch_unwind(AssertUnwindSafe(|| done(&mut world, &act)));
        lines.push(match came {
            Ok(Ok(Some(entry))) => format!("{act:?}\n    → {}", entry.words.en),
            Ok(Ok(None)) => format!("{act:?}\n    → nothing"),
            Ok(Err(refusal)) => format!("{act:?}\n    → {refusal}"),
            Err(_) => format!("{act:?}\n    → a panic"),
        });
    }
    lines.join("\n")
}

fn done(world: &mut World, act: &Act) -> Result<Option<Entry>, hoicho::domain::refusal::Refusal> {
    match act {
        Act::Wait(days) => {
            world.wait(*days);
            Ok(None)
        }
        Act::Do(who, intent) => world.try_act(who, intent),
        Act::Undo(who) => world.try_take_back(who, false),
        Act::Redo(who) => world.try_take_back(who, true),
    }
}

fn one_step(world: &mut World, act: &Act, tally: &mut BTreeMap<String, u64>) -> Result<(), String> {
    let before = world.book.clone();
    match done(world, act) {
        Err(refusal) => {
            words::fault(&refusal)?;
            *tally.entry(format!("refused {}", refusal.code)).or_default() += 1;
            law(before.seq == world.book.seq, || "a refused act moved the book".to_owned())
        }
        Ok(None) => law(before.seq == world.book.seq, || "nothing changed, yet the book moved".to_owned()),
        Ok(Some(entry)) => {
            count(&entry, tally);
            the_laws(&world.book)?;
            ledger(&world.book, &entry)?;
            the_entry(&before, &world.book, &entry)?;
            if matches!(act, Act::Undo(_)) { undo_and_redo(&before, world, act) } else { Ok(()) }
        }
    }
}

fn count(entry: &Entry, tally: &mut BTreeMap<String, u64>) {
    *tally.entry(entry.intent.to_string()).or_default() += 1;
    for after in entry.changes.iter().filter_map(|change| change.after.as_ref()) {
        *tally.entry(format!("{} {}", after.kind().key(), state(after))).or_default() += 1;
    }
}

fn law(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}

/// The laws of the book, and those that are computed here in another way than there.
pub fn the_laws(book: &Book) -> Result<(), String> {
    let breaches = check(book);
    law(breaches.is_empty(), || format!("{breaches:#?}"))?;
    for line in book.all::<BudgetLine>().iter() {
        budget(book, line)?;
    }
    numbers(book)
}

/// Where money moved, the exported ledger comes to the book's sums: every account of every line and year, and each
/// transaction to nothing.
fn ledger(book: &Book, entry: &Entry) -> Result<(), String> {
    let money = [Kind::BudgetLine, Kind::Claim, Kind::Payment, Kind::Recovery];
    let moved = |change: &Change| change.subject().is_some_and(|(kind, _)| money.contains(&kind));
    if entry.changes.iter().any(moved) { ledger_agrees(book) } else { Ok(()) }
}

fn budget(book: &Book, line: &BudgetLine) -> Result<(), String> {
    let sums = budget_sums(book, line).map_err(|fault| fault.to_string())?;
    let whole = dong(line.amount) + line.adjustments.iter().map(|adjustment| adjustment.amount.minor).sum::<i64>();
    let (mut committed, mut net) = (0, 0);
    for payment in book.all::<Payment>().iter().filter(|payment| payment.budget == Some(line.id)) {
        if payment.status.is_alive() {
            net += dong(payment.amount);
        }
    }
    for claim in book.all::<Claim>().iter().filter(|claim| claim.budget == Some(line.id)) {
        if matches!(
            claim.status,
            ClaimStatus::Decided
                | ClaimStatus::Advanced
                | ClaimStatus::Accepted
                | ClaimStatus::Paid
                | ClaimStatus::Recovering
        ) {
            let paid: i64 = book
                .all::<Payment>()
                .iter()
                .filter(|payment| payment.claim == Some(claim.id) && payment.status.is_alive())
                .map(|payment| dong(payment.amount))
                .sum();
            committed += (dong(claim.final_grant.or(claim.grant)) - paid).max(0);
        }
    }
    law(sums.whole.minor == whole, || format!("{} is whole {whole}, said {:?}", line.code, sums.whole))?;
    law(sums.committed.minor == committed, || format!("{} is committed {committed}, said {sums:?}", line.code))?;
    law(sums.paid.minor - sums.returned.minor == net, || format!("{} paid {net}, said {sums:?}", line.code))?;
    law(sums.free.minor == whole - committed - net && sums.free.minor >= 0, || format!("{}: {sums:?}", line.code))
}

/// Numbers of a year are 1, 2, 3 … without gaps.
fn numbers(book: &Book) -> Result<(), String> {
    let mut used: BTreeMap<(Kind, i64), Vec<i64>> = BTreeMap::new();
    let mut made = std::collections::BTreeSet::new();
    for payment in book.all::<Payment>().iter() {
        let (year, number) = (payment.voucher_year.unwrap_or(0), payment.voucher_number.unwrap_or(0));
        used.entry((Kind::Payment, year)).or_default().push(number);
    }
    for claim in book.all::<Claim>().iter() {
        if let (Some(number), Some(day)) = (claim.decision_number, claim.decided_on) {
            let year = i64::from(chrono::Datelike::year(&day));
            // Claims that were decided together have one number.
            if made.insert((year, number, day, claim.decided_by.to_string())) {
                used.entry((Kind::Claim, year)).or_default().push(number);
            }
        }
        for later in &claim.supplements {
            let year = later.on.map_or(0, |day| i64::from(chrono::Datelike::year(&day)));
            used.entry((Kind::Claim, year)).or_default().push(later.number);
        }
    }
    for list in book.all::<PaymentList>().iter() {
        let (year, number) = (list.year.unwrap_or(0), list.number.unwrap_or(0));
        used.entry((Kind::PaymentList, year)).or_default().push(number);
    }
    for ((kind, year), mut numbers) in used {
        numbers.sort_unstable();
        let expected: Vec<i64> = (1..).take(numbers.len()).collect();
        law(numbers == expected, || format!("{kind:?} of {year} has the numbers {numbers:?}"))?;
    }
    Ok(())
}

/// The entry alone brings the book before to the book after, and back; its state changes are legal steps.
fn the_entry(before: &Book, after: &Book, entry: &Entry) -> Result<(), String> {
    let mut followed = before.clone();
    followed.follow_entry(entry);
    let mut back = after.clone();
    for change in entry.changes.iter().rev() {
        back.apply(&change.reversed(), 0);
    }
    for change in &entry.changes {
        let Some((kind, id)) = change.subject() else { return Err("a change of nothing".to_owned()) };
        law(change.before != change.after, || format!("{kind:?} {id} did not change"))?;
        law(before.record(kind, id) == change.before, || format!("{kind:?} {id} was not as the change says"))?;
        law(followed.record(kind, id) == after.record(kind, id), || format!("{kind:?} {id} does not follow"))?;
        law(followed.touched(kind, id) == after.touched(kind, id), || format!("{kind:?} {id} was touched by another"))?;
        law(back.record(kind, id) == before.record(kind, id), || format!("{kind:?} {id} does not come back"))?;
        if !matches!(entry.intent.as_str(), "import" | "undo" | "redo") {
            legal(change.before.as_ref(), change.after.as_ref())?;
        }
    }
    law(followed.seq == after.seq && followed.at == after.at, || "the followed book is at another place".to_owned())?;
    for kind in Kind::ALL {
        law(followed.count(*kind) == after.count(*kind), || format!("{kind:?} does not follow in number"))?;
        law(back.count(*kind) == before.count(*kind), || format!("{kind:?} does not come back in number"))?;
    }
    law(!entry.words.is_empty() && !entry.words.vi.contains("  "), || format!("the words are {:?}", entry.words))
}

/// One step, or two that follow each other at once without a reason (selected, confirmed, placed).
fn legal(before: Option<&Record>, after: Option<&Record>) -> Result<(), String> {
    let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
    let (kind, from, to) = (before.kind(), state(before), state(after));
    let between = || {
        steps::states(kind).iter().any(|middle| {
            steps::find(kind, &from, middle.key).is_some_and(|step| !step.reason)
                && steps::find(kind, middle.key, &to).is_some_and(|step| !step.reason)
        })
    };
    law(from == to || steps::find(kind, &from, &to).is_some() || between(), || {
        format!("{kind:?} went from {from} to {to}, which is no step")
    })
}

/// What an undo took back is there again after its redo.
fn undo_and_redo(before: &Book, world: &World, act: &Act) -> Result<(), String> {
    let Act::Undo(who) = act else { return Ok(()) };
    let mut again = world.clone();
    match again.try_take_back(who, true) {
        Ok(_) => law(same_records(before, &again.book), || "undo and redo came to another book".to_owned()),
        Err(refusal) => Err(format!("what was undone cannot be done again: {refusal}")),
    }
}

/// The journal alone makes the book again, and the book's indexes are what its records say.
fn at_the_end(world: &World) -> Result<(), String> {
    let mut replayed = Book::default();
    for entry in &world.journal {
        replayed.follow_entry(entry);
    }
    law(records(&replayed) == records(&world.book), || "the replayed journal is another book".to_owned())?;
    let mut assembly = Assembly::default();
    records(&world.book).values().for_each(|(record, seq)| assembly.add(record, *seq));
    let loaded = assembly.finish();
    for (kind, id) in records(&world.book).keys() {
        let pointing = |book: &Book| -> Vec<(Kind, Id)> { book.pointing_any(*id).collect() };
        law(pointing(&loaded) == pointing(&world.book), || format!("the links to {kind:?} {id} are wrong"))?;
        let mut broken = None;
        if let Some(record) = world.book.record(*kind, *id) {
            each_link(record.as_noun(), |to| {
                if !world.book.pointing_any(to).any(|(_, from)| from == *id) {
                    broken = Some(to);
                }
            });
        }
        law(broken.is_none(), || format!("{kind:?} {id} is not among those that point to {broken:?}"))?;
    }
    Ok(())
}
