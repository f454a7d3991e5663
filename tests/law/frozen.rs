//! A book of the first format, kept for ever: every later version must open it, restore it and come to the same figures.
//!
//! Made by `cargo test --test all law::frozen::write -- --ignored`, which replaces `data/store/v1/`. It is made anew only
//! while no version has been released; afterwards a new format gets a directory of its own. Everything in it is invented.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use hoicho::base::dates::Moment;
use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::{Draft, Intent};
use hoicho::domain::record::Kind;
use hoicho::domain::view::money::budget_sums;
use hoicho::domain::{BudgetLine, Claim, Evidence, Payment, Registration};
use hoicho::engine::{Engine, Outside, open, owner};
use hoicho::store::{OpenMode, restore};

use super::signers::{office, signed_act};
use super::simulator::settle_in;
use super::world::{day, dong, fields, hold, ids, on, place, records, state, step, text, vnd};

/// The figures of the frozen book: entries, records of each kind, money, states of claims and registrations.
const FIGURES: &str = include_str!("../../data/store/v1/figures.txt");

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/store/v1")
}

fn outside() -> Outside {
    Outside::seeded(Moment::start_of(day("02/01/2026")), 2026)
}

fn opened(dir: &Path) -> Engine {
    open(dir, OpenMode::Existing, &Text::new("Mai"), outside()).unwrap()
}

fn figures(book: &Book) -> String {
    let mut lines = vec![format!("entries {}", book.seq)];
    // Kinds that came later have no records in an older book.
    let kinds = Kind::ALL.iter().filter(|kind| book.count(**kind) > 0);
    lines.extend(kinds.map(|kind| format!("{} {}", kind.key(), book.count(*kind))));
    for line in book.all::<BudgetLine>().iter() {
        let sums = budget_sums(book, line).unwrap();
        let [whole, committed, paid, returned, free] =
            [sums.whole, sums.committed, sums.paid, sums.returned, sums.free].map(|amount| amount.minor);
        lines.push(format!(
            "{} whole {whole} committed {committed} paid {paid} returned {returned} free {free}",
            line.code
        ));
    }
    for kind in [Kind::Claim, Kind::Payment, Kind::Registration] {
        for id in ids(book, kind) {
            let record = book.record(kind, id).unwrap();
            let amount = dong(record.value(if kind == Kind::Claim { "grant" } else { "amount" }).as_money());
            lines.push(format!("{} {} {} {amount}", kind.key(), id.short(), state(&record)));
        }
    }
    lines.join("\n") + "\n"
}

/// A book with a bit of every kind, an erasure, an undo and a redo.
fn fill(engine: &Engine) {
    let desk = engine.desk();
    settle_in(&desk);
    office(&desk);
    let act = |who: &str, intent: Intent| -> Id { signed_act(&desk, who, intent).unwrap().touched[0].1 };
    let add = |kind, list| act("Mai", Intent::Add { kind, fields: list });
    let book = desk.book();
    let (fair, budget) = (ids(&book, Kind::Fair)[0], ids(&book, Kind::BudgetLine)[0]);
    let (businesses, booths) = (ids(&book, Kind::Business), ids(&book, Kind::Booth));
    let registrations: Vec<Id> = book.all::<Registration>().iter().map(|registration| registration.id).collect();
    let hall =
        add(Kind::Hall, fields([("fair", Value::Link(fair)), ("code", text("N1")), ("name", text("Nhà chính"))]));
    act("Mai", Intent::Edit { kind: Kind::Booth, id: booths[0], fields: fields([("hall", Value::Link(hall))]) });
    let product =
        add(Kind::Product, fields([("business", Value::Link(businesses[0])), ("name", text("Kẹo dừa (mẫu)"))]));
    add(
        Kind::Certificate,
        fields([("product", Value::Link(product)), ("stars", Value::Number(4)), ("issued_on", on("01/02/2025"))]),
    );
    let partner = add(Kind::Partner, fields([("name", text("Siêu thị Mẫu"))]));
    let contact = add(Kind::Contact, fields([("name", text("Người Mẫu")), ("partner", Value::Link(partner))]));
    act("Mai", Intent::Erase { kind: Kind::Contact, id: contact, reason: Text::new("thử") });
    let lead = add(Kind::Lead, fields([("business", Value::Link(businesses[0])), ("partner", Value::Link(partner))]));
    act("Mai", step(Kind::Lead, lead, "contract"));
    let drafts =
        ["Cơ sở Mẫu A", "Cơ sở Mẫu B"].map(|name| Draft { id: None, fields: fields([("name", text(name))]), line: 2 });
    act("Mai", Intent::Import { kind: Kind::Business, drafts: drafts.to_vec(), source: Text::new("mau.csv") });
    for redo in [false, true] {
        desk.wait(|desk, answer| desk.take_back(Text::new("Mai"), redo, answer)).unwrap();
    }
    act(
        "Nam",
        Intent::Adjust {
            budget,
            amount: Money::vnd(5_000_000),
            lower: false,
            decision_no: Text::new("12/QĐ-SCT"),
            on: None,
            reason: Text::new("bổ sung"),
        },
    );
    act("Mai", hold(booths[3], Some(registrations[3]), "", day("05/02/2026")));
    for (number, registration) in registrations.iter().take(3).enumerate() {
        act("Mai", place(*registration, booths[number], (number == 2).then_some(5_000), None, None));
        let list = if number == 1 {
            fields([("cost", vnd(10_000_001)), ("invoice_no", text("1C26TMH/1"))])
        } else {
            Vec::new()
        };
        let claim = act("Mai", Intent::Claim { registrations: vec![*registration], scheme: None, fields: list });
        act("Hùng", step(Kind::Claim, claim, "in_check"));
        act("Hùng", step(Kind::Claim, claim, "appraised"));
        if number < 2 {
            act("Nam", Intent::Decide { claims: vec![claim], budget, on: None });
        }
        if number == 0 {
            let rows: Vec<Id> = desk.book().pointing::<Evidence>(claim).map(|row| row.id).collect();
            for row in rows {
                act("Hà", step(Kind::Evidence, row, "waived"));
            }
            act("Hà", step(Kind::Claim, claim, "accepted"));
            let payment = act("Hà", Intent::Pay { claims: vec![claim], on: None });
            act("Nam", step(Kind::Payment, payment, "signed"));
            act("Hà", step(Kind::Payment, payment, "sent"));
            act("Hà", Intent::Reverse { payment, reason: Text::new("nhầm tài khoản") });
            act("Hà", Intent::Pay { claims: vec![claim], on: None });
        }
    }
    let book = desk.book();
    assert!(Kind::ALL.iter().all(|kind| book.count(*kind) > 0), "a bit of every kind");
    assert_eq!((book.all::<Claim>().len(), book.all::<Payment>().len()), (3, 3));
}

#[test]
#[ignore = "writes data/store/v1 anew"]
fn write() {
    let home = home();
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let dir = home.join("book");
    let engine = open(&dir, OpenMode::CreateNew, &Text::new("Mai"), outside()).unwrap();
    fill(&engine);
    let desk = engine.desk();
    desk.wait(|desk, answer| desk.backup(&home.join("book.hoicho"), answer)).unwrap();
    fs::write(home.join("figures.txt"), figures(&desk.book())).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for found in fs::read_dir(from).unwrap() {
        let found = found.unwrap();
        let target = to.join(found.file_name());
        if found.path().is_dir() {
            copy(&found.path(), &target);
        } else {
            fs::copy(found.path(), target).unwrap();
        }
    }
}

fn sound(dir: &Path) -> Book {
    let engine = opened(dir);
    let desk = engine.desk();
    assert_eq!(desk.stopped(), None);
    desk.wait(|desk, answer| desk.verify(answer)).unwrap();
    assert_eq!(figures(&desk.book()), FIGURES);
    desk.act(&Text::new("Mai"), Intent::Add { kind: Kind::Partner, fields: fields([("name", text("Đối tác mới"))]) })
        .unwrap();
    desk.wait(|desk, answer| desk.take_back(Text::new("Mai"), false, answer)).unwrap();
    desk.wait(|desk, answer| desk.verify(answer)).unwrap();
    (*desk.book()).clone()
}

#[test]
fn the_first_book_opens_and_restores_to_the_figures_it_had() {
    let place = TempDir::new().unwrap();
    let (opened, restored) = (place.path().join("opened"), place.path().join("restored"));
    copy(&home().join("book"), &opened);
    restore(&home().join("book.hoicho"), &restored, &owner(&Text::new("Mai"), &outside())).unwrap();
    assert_eq!(records(&sound(&opened)), records(&sound(&restored)));
}
