//! A person who asks to be forgotten is: no record, entry or past book holds the name, and every figure stays.

use hoicho::base::dates::Moment;
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::change::Entry;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::view::money::budget_sums;
use hoicho::domain::{BudgetLine, Business, Claim, Contact, Evidence, Payment, Placement, Registration};
use hoicho::engine::{Desk, Engine, Failure, Outside, opened};

use super::signers::{office, signed_act};
use super::simulator::{Disk, Failing, settle_in};
use super::world::{day, dong, fields, hold, ids, place, records, step, text};

const NAME: &str = "Nguyễn Thị Bông";
const PHONE: &str = "+84901234567";
const ACCOUNT: &str = "9704221100";
const CITIZEN: &str = "083175001234";

fn start() -> Engine {
    let engine =
        opened(Box::new(Failing::new(&Disk::default(), 1, 0)), Outside::seeded(Moment::start_of(day("02/01/2026")), 1))
            .unwrap();
    settle_in(&engine.desk());
    office(&engine.desk());
    engine
}

fn act(desk: &Desk, who: &str, intent: Intent) -> Id {
    signed_act(desk, who, intent).unwrap().touched[0].1
}

fn erase(kind: Kind, id: Id) -> Intent {
    Intent::Erase { kind, id, reason: Text::new("yêu cầu ngày 02/01") }
}

fn edit<const N: usize>(kind: Kind, id: Id, list: [(&str, hoicho::domain::field::Value); N]) -> Intent {
    Intent::Edit { kind, id, fields: fields(list) }
}

fn journal(desk: &Desk) -> Vec<Entry> {
    desk.wait(|desk, answer| desk.entries(1, u64::MAX, answer)).unwrap()
}

/// Fails when a text of the person is in the book, in an entry or in a book of the past.
pub fn forgotten(desk: &Desk, texts: &[&str]) {
    let past = desk.wait(|desk, answer| desk.past(Moment(i64::MAX), answer)).unwrap();
    let all = format!("{:?}\n{:?}\n{:?}", records(&desk.book()), records(&past), journal(desk));
    for text in texts {
        assert!(!all.contains(text), "“{text}” is still there: …{}…", around(&all, text));
    }
    desk.wait(|desk, answer| desk.verify(answer)).unwrap();
}

fn around(all: &str, text: &str) -> String {
    let at = all.find(text).unwrap_or(0);
    all.char_indices().filter(|(place, _)| place.abs_diff(at) < 300).map(|(_, letter)| letter).collect()
}

fn refused(failure: &Failure, wanted: &str) {
    assert!(matches!(failure, Failure::Refused(refusal) if refusal.code == wanted), "{failure:?}");
}

#[test]
fn a_contact_is_forgotten_everywhere_and_the_past_says_so() {
    let engine = start();
    let desk = engine.desk();
    let business = ids(&desk.book(), Kind::Business)[0];
    let list =
        [("name", text(NAME)), ("phone", text(PHONE)), ("business", hoicho::domain::field::Value::Link(business))];
    let contact = act(&desk, "Mai", Intent::Add { kind: Kind::Contact, fields: fields(list) });
    act(&desk, "Hùng", edit(Kind::Contact, contact, [("name", text("Bông, chị chủ vườn"))]));
    act(&desk, "Hùng", edit(Kind::Contact, contact, [("role", text("chủ nhiệm")), ("name", text(NAME))]));
    let count = desk.book().count(Kind::Contact);
    act(&desk, "Mai", erase(Kind::Contact, contact));
    forgotten(&desk, &[NAME, PHONE, "Bông"]);
    let book = desk.book();
    assert_eq!((book.count(Kind::Contact), book.get::<Contact>(contact).unwrap().name.as_str()), (count, "[erased]"));
    assert_eq!(book.get::<Contact>(contact).unwrap().role, "chủ nhiệm");
    let history = desk.wait(|desk, answer| desk.history(Kind::Contact, contact, answer)).unwrap();
    assert_eq!(history.len(), 4, "that it was edited stays");
    assert!(history[1].words.en.contains("[erased]"), "{:?}", history[1].words);
    let was = history[3].changes[0].after.clone().unwrap();
    assert_eq!(was.value("name").as_text(), "[erased]");
    refused(&desk.wait(|desk, answer| desk.take_back(Text::new("Mai"), false, answer)).unwrap_err(), "erased-for-good");
    refused(&desk.act(&Text::new("Mai"), erase(Kind::Contact, contact)).unwrap_err(), "nothing-to-erase");
    let silent = Intent::Erase { kind: Kind::Contact, id: contact, reason: Text::default() };
    refused(&desk.act(&Text::new("Mai"), silent).unwrap_err(), "reason-missing");
}

#[test]
fn an_erasure_reaches_the_entries_that_wait_for_the_same_flush() {
    let engine = start();
    let desk = engine.desk();
    let business = ids(&desk.book(), Kind::Business)[0];
    let (sent, received) = std::sync::mpsc::channel();
    for intent in [
        edit(Kind::Business, business, [("representative", text(NAME))]),
        edit(Kind::Business, business, [("phone", text(PHONE))]),
        erase(Kind::Business, business),
    ] {
        let sent = sent.clone();
        desk.submit(Text::new("Mai"), intent, move |result| drop(sent.send(result)));
    }
    drop(sent);
    assert!(received.iter().all(|result| result.is_ok()));
    forgotten(&desk, &[NAME, PHONE]);
}

/// What must be the same before and after.
fn figures(book: &Book) -> String {
    let sums: Vec<_> = book.all::<BudgetLine>().iter().map(|line| budget_sums(book, line).unwrap()).collect();
    let grants: Vec<i64> = book.all::<Claim>().iter().map(|claim| dong(claim.grant)).collect();
    let paid: Vec<_> = book
        .all::<Payment>()
        .iter()
        .map(|payment| (dong(payment.amount), payment.voucher_number, payment.status))
        .collect();
    let counts: Vec<usize> = Kind::ALL.iter().map(|kind| book.count(*kind)).collect();
    format!("{sums:?} {grants:?} {paid:?} {counts:?}")
}

#[test]
fn a_household_is_forgotten_in_its_vouchers_too_and_every_figure_stays() {
    let engine = start();
    let desk = engine.desk();
    let registration = desk.book().all::<Registration>().iter().next().cloned().unwrap();
    let (business, booth) = (registration.business.unwrap(), ids(&desk.book(), Kind::Booth)[0]);
    let person = [
        ("representative", text(NAME)),
        ("phone", text(PHONE)),
        ("citizen_no", text(CITIZEN)),
        ("tax_code", text(CITIZEN)),
        ("account", text(ACCOUNT)),
        ("account_holder", text(NAME)),
    ];
    act(&desk, "Mai", edit(Kind::Business, business, person));
    act(&desk, "Mai", place(registration.id, booth, None, None, None));
    let scheme = ids(&desk.book(), Kind::Scheme)[0];
    act(&desk, "Mai", step(Kind::Scheme, scheme, "active"));
    let claim =
        act(&desk, "Mai", Intent::Claim { registrations: vec![registration.id], scheme: None, fields: Vec::new() });
    for to in ["in_check", "appraised"] {
        act(&desk, "Hùng", step(Kind::Claim, claim, to));
    }
    let budget = ids(&desk.book(), Kind::BudgetLine)[0];
    act(&desk, "Nam", Intent::Decide { claims: vec![claim], budget, on: None });
    let rows: Vec<Id> = desk.book().pointing::<Evidence>(claim).map(|row| row.id).collect();
    for row in rows {
        act(&desk, "Hà", step(Kind::Evidence, row, "waived"));
    }
    act(&desk, "Hà", step(Kind::Claim, claim, "accepted"));
    let payment = act(&desk, "Hà", Intent::Pay { claims: vec![claim], on: None });
    assert_eq!(desk.book().get::<Payment>(payment).unwrap().payee, NAME);
    for (who, to) in [("Nam", "signed"), ("Hà", "sent")] {
        act(&desk, who, step(Kind::Payment, payment, to));
    }
    let before = figures(&desk.book());
    act(&desk, "Mai", erase(Kind::Business, business));
    forgotten(&desk, &[NAME, PHONE, ACCOUNT, CITIZEN]);
    assert_eq!(figures(&desk.book()), before);
    let book = desk.book();
    assert_eq!(book.get::<Payment>(payment).unwrap().payee, book.get::<Business>(business).unwrap().name);
}

#[test]
fn who_a_booth_was_held_for_is_forgotten_in_the_words_of_every_entry() {
    let engine = start();
    let desk = engine.desk();
    let booths = ids(&desk.book(), Kind::Booth);
    let both = Intent::Hold {
        booths: booths[..2].to_vec(),
        registration: None,
        held_for: Text::new(NAME),
        until: day("05/02/2026"),
    };
    let first = act(&desk, "Mai", both);
    act(&desk, "Mai", Intent::Move { placement: first, booth: booths[2], reason: Text::default() });
    for placement in ids(&desk.book(), Kind::Placement) {
        act(&desk, "Mai", erase(Kind::Placement, placement));
    }
    forgotten(&desk, &[NAME]);
    let kept = desk.book().get::<Placement>(first).cloned().unwrap();
    assert_eq!((kept.held_for.as_str(), kept.booth), ("[erased]", Some(booths[2])));
    desk.act(&Text::new("Mai"), hold(booths[3], None, "Ông Ba", day("05/02/2026"))).unwrap();
}
