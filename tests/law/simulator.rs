//! Several people at the real writer over a store that fails and a program that dies: what was acknowledged is there,
//! what was not is there wholly or not at all.

use std::io;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use hoicho::base::dates::Moment;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::engine::{Desk, Engine, Failure, Outside, Receipt, opened, owner};
use hoicho::store::fault::{Interruption, Step};
use hoicho::store::seal::{SealedEntry, SealedPiece};
use hoicho::store::{MemoryStore, NewEntry, OpenMode, Piece, Records, SledStore, Store, StoreFault};

use super::acts::{Act, act};
use super::chance::Chance;
use super::signers::{office, signer_of};
use super::world::{ONE_DAY_MS, day, fields, on, records, text, vnd};

/// What is on the disk, as far as it outlives the program.
pub type Disk = Arc<Mutex<MemoryStore>>;

/// A store in memory that fails when told, as a disk does: nothing of the batch is there, or all of it.
pub struct Failing {
    disk: Disk,
    now: MemoryStore,
    chance: Chance,
    one_in: usize,
    fault: Option<StoreFault>,
}

impl Failing {
    /// `one_in` 0 never fails.
    pub fn new(disk: &Disk, seed: u64, one_in: usize) -> Self {
        let now = disk.lock().unwrap().clone();
        Self { disk: Arc::clone(disk), now, chance: Chance::new(seed), one_in, fault: None }
    }
}

impl Store for Failing {
    fn path(&self) -> &Path {
        Path::new("disk")
    }
    fn last_seq(&self) -> u64 {
        self.now.last_seq()
    }
    fn last_hash(&self) -> [u8; 32] {
        self.now.last_hash()
    }
    fn append(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let fails = self.one_in > 0 && self.chance.one_in(self.one_in);
        if !fails || self.chance.one_in(2) {
            let mut written = self.now.clone();
            written.append(entries)?;
            *self.disk.lock().unwrap() = written.clone();
            if !fails {
                self.now = written;
            }
        }
        if fails {
            let fault = StoreFault::DiskFull { path: "disk".into() };
            self.fault = Some(fault.clone());
            return Err(fault);
        }
        Ok(())
    }
    fn records(&self) -> Records<'_> {
        self.now.records()
    }
    fn touched(&self, kind: &str, id: [u8; 16]) -> Result<Option<u64>, StoreFault> {
        self.now.touched(kind, id)
    }
    fn sealed(&self, seq: u64) -> Result<Option<SealedEntry>, StoreFault> {
        self.now.sealed(seq)
    }
    fn piece(&self, seq: u64, piece: &Piece) -> Result<Option<SealedPiece>, StoreFault> {
        self.now.piece(seq, piece)
    }
    fn read_only(&self) -> Option<&StoreFault> {
        self.fault.as_ref()
    }
}

/// What was acknowledged last, and how the book was then.
pub struct Acknowledged {
    pub seq: u64,
    pub book: Arc<Book>,
}

/// The moment of a session; now and then the machine's clock has gone back.
fn moment(session: i64, chance: &mut Chance) -> Moment {
    let days = if chance.one_in(5) { session - 2 } else { session * 3 };
    Moment(Moment::start_of(day("02/01/2026")).0 + days * ONE_DAY_MS)
}

/// Opens the book after a crash and compares it with what was acknowledged.
pub fn reopen(store: Box<dyn Store>, outside: Outside, known: &Acknowledged, pending: u64) -> Engine {
    let engine = opened(store, outside).unwrap();
    let desk = engine.desk();
    assert_eq!(desk.stopped(), None);
    let book = desk.book();
    assert!((known.seq..=known.seq + pending).contains(&book.seq), "{} of {} and {pending}", book.seq, known.seq);
    if book.seq == known.seq {
        assert_eq!(records(&book), records(&known.book), "what was acknowledged is there, and nothing else");
    }
    whole(&desk);
    engine
}

/// The journal, the records and the laws agree, and the journal alone makes the book.
fn whole(desk: &Desk) {
    desk.wait(|desk, answer| desk.verify(answer)).unwrap();
    let replayed = desk.wait(|desk, answer| desk.past(Moment(i64::MAX), answer)).unwrap();
    assert_eq!(records(&replayed), records(&desk.book()));
}

/// Sends acts without waiting between them, then takes the answers in their order.
fn at_once(desk: &Desk, acts: Vec<Act>) -> Vec<Result<Receipt, Failure>> {
    let answers: Vec<_> = acts
        .into_iter()
        .map(|act| {
            let (answer, answered) = channel();
            let send = move |result| {
                let _ = answer.send(result);
            };
            match act {
                Act::Do(who, intent) => {
                    let signer = if intent.is_signed() { signer_of(who) } else { None };
                    desk.submit_signed(Text::new(who), signer, intent, send);
                }
                Act::Undo(who) => desk.take_back(Text::new(who), false, send),
                Act::Redo(who) => desk.take_back(Text::new(who), true, send),
                Act::Wait(_) => drop(send),
            }
            answered
        })
        .collect();
    answers.into_iter().filter_map(|answered| answered.recv().ok()).collect()
}

/// One session of work until the store fails or the acts are done; gives how many entries may be there
/// unacknowledged at most.
fn session(desk: &Desk, known: &mut Acknowledged, chance: &mut Chance, rounds: usize) -> u64 {
    for _ in 0..rounds {
        let book = desk.book();
        let acts: Vec<Act> = (0..chance.between(1, 4)).map(|_| act(&book, book.at.date(), chance)).collect();
        let mut failed = 0;
        for result in at_once(desk, acts) {
            match result {
                Ok(receipt) => known.seq = known.seq.max(receipt.seq),
                Err(Failure::Refused(refusal)) => super::words::sound(&refusal),
                Err(Failure::Book { code, words }) => {
                    assert!(matches!(code, "disk-full" | "disk-trouble"), "{code}: {words:?}");
                    assert!(words.vi.ends_with('.') && words.en.ends_with('.'), "{words:?}");
                    failed += 1;
                }
            }
        }
        if failed > 0 {
            read_only(desk, known);
            return failed;
        }
        known.book = desk.book();
        assert_eq!(known.book.seq, known.seq, "the newest acknowledged act is seen, and nothing after it");
    }
    0
}

/// After a failed write nothing is stored, the words say why, and what was acknowledged can still be read.
pub fn read_only(desk: &Desk, known: &mut Acknowledged) {
    let book = desk.book();
    assert_eq!(book.seq, known.seq, "nothing unacknowledged is seen");
    known.book = book;
    let add = Intent::Add { kind: Kind::Partner, fields: fields([("name", text("Siêu thị"))]) };
    let failure = desk.act(&Text::new("Mai"), add).unwrap_err();
    assert!(matches!(&failure, Failure::Book { code: "disk-full" | "disk-trouble", .. }), "{failure:?}");
    assert_eq!(desk.book().seq, known.seq);
    desk.wait(|desk, answer| desk.entries(1, known.seq, answer)).unwrap();
}

/// A small office, made through the desk.
pub fn settle_in(desk: &Desk) {
    let who = Text::new("Mai");
    let add = |kind, list| desk.act(&who, Intent::Add { kind, fields: list }).unwrap().touched[0].1;
    add(Kind::Office, fields([("name", text("Trung tâm Xúc tiến thương mại"))]));
    let scheme = add(
        Kind::Scheme,
        fields([
            ("code", text("BT")),
            ("title", text("Hỗ trợ")),
            ("valid_from", on("01/01/2024")),
            ("rate", Value::Number(5_000)),
        ]),
    );
    let budget = add(
        Kind::BudgetLine,
        fields([
            ("code", text("KP")),
            ("title", text("Kinh phí")),
            ("fiscal_year", Value::Number(2026)),
            ("amount", vnd(90_000_000)),
        ]),
    );
    let fair = add(
        Kind::Fair,
        fields([
            ("code", text("HC")),
            ("name", text("Hội chợ")),
            ("opens_on", on("10/03/2026")),
            ("closes_on", on("13/03/2026")),
            ("price_m2", vnd(1_000_000)),
            ("scheme", Value::Link(scheme)),
            ("budget", Value::Link(budget)),
        ]),
    );
    for number in 0..4 {
        let (width, depth) = (Value::Number(300), Value::Number(300));
        let code = text(&format!("A{number}"));
        add(Kind::Booth, fields([("fair", Value::Link(fair)), ("code", code), ("width", width), ("depth", depth)]));
        let business = add(Kind::Business, fields([("name", text(&format!("Hợp tác xã {number}")))]));
        let links = [("fair", Value::Link(fair)), ("business", Value::Link(business))];
        let registration = add(Kind::Registration, fields(links));
        for to in ["under_review", "selected", "confirmed"] {
            desk.act(&who, super::world::step(Kind::Registration, registration, to)).unwrap();
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_whenever_the_disk_fails_and_the_program_dies() {
    for seed in 1..=12_u64 {
        let mut chance = Chance::new(seed);
        let disk = Disk::default();
        let engine =
            opened(Box::new(Failing::new(&disk, seed, 0)), Outside::seeded(moment(0, &mut Chance::new(0)), seed))
                .unwrap();
        settle_in(&engine.desk());
        office(&engine.desk());
        let book = engine.desk().book();
        let mut known = Acknowledged { seq: book.seq, book };
        drop(engine);
        let mut pending = 0;
        for number in 1..8 {
            let outside = Outside::seeded(moment(number, &mut chance), seed * 1_000 + chance.next() % 1_000);
            let store = Failing::new(&disk, chance.next(), 18);
            let engine = reopen(Box::new(store), outside, &known, pending);
            let desk = engine.desk();
            (known.seq, known.book) = (desk.book().seq, desk.book());
            let rounds = chance.below(16);
            pending = session(&desk, &mut known, &mut chance, rounds);
            if pending == 0 && chance.one_in(2) {
                whole(&desk);
            }
        }
    }
}

/// Fails at a random moment of a random commit.
struct Sometimes {
    chance: Chance,
    one_in: usize,
}

impl Interruption for Sometimes {
    fn at(&mut self, _: Step) -> io::Result<()> {
        if self.chance.one_in(self.one_in) { Err(io::Error::other("pulled out")) } else { Ok(()) }
    }
}

fn on_disk(dir: &Path, mode: OpenMode, outside: &Outside) -> SledStore {
    SledStore::open(dir, mode, &owner(&Text::new("Mai"), outside)).unwrap()
}

#[test]
fn a_real_store_interrupted_at_any_moment_of_a_commit_keeps_what_was_acknowledged() {
    let place = TempDir::new().unwrap();
    let dir = place.path().join("book");
    let outside = Outside::seeded(moment(0, &mut Chance::new(0)), 1);
    let engine = opened(Box::new(on_disk(&dir, OpenMode::CreateNew, &outside)), outside).unwrap();
    settle_in(&engine.desk());
    let book = engine.desk().book();
    let mut known = Acknowledged { seq: book.seq, book };
    drop(engine);
    let mut chance = Chance::new(7);
    let mut pending = 0;
    for number in 1..8 {
        let outside = Outside::seeded(moment(number, &mut chance), chance.next());
        let mut store = on_disk(&dir, OpenMode::Existing, &outside);
        store.interrupt(Box::new(Sometimes { chance: Chance::new(chance.next()), one_in: 60 }));
        let engine = reopen(Box::new(store), outside, &known, pending);
        let desk = engine.desk();
        (known.seq, known.book) = (desk.book().seq, desk.book());
        pending = session(&desk, &mut known, &mut chance, 10);
    }
}

#[test]
fn an_act_is_undone_and_redone_after_the_program_was_started_again() {
    let disk = Disk::default();
    let start = |seed| {
        opened(Box::new(Failing::new(&disk, 1, 0)), Outside::seeded(moment(0, &mut Chance::new(0)), seed)).unwrap()
    };
    let who = Text::new("Hà");
    let engine = start(1);
    settle_in(&engine.desk());
    let before = engine.desk().book();
    let add = Intent::Add { kind: Kind::Partner, fields: fields([("name", text("Siêu thị Hàm Luông"))]) };
    engine.desk().act(&who, add).unwrap();
    let after = engine.desk().book();
    drop(engine);
    let engine = start(2);
    let undone = engine.desk().wait(|desk, answer| desk.take_back(who.clone(), false, answer)).unwrap();
    assert!(undone.words.vi.starts_with("Hoàn tác: ") && undone.words.vi.contains("Hàm Luông"), "{undone:?}");
    assert!(super::world::same_records(&before, &engine.desk().book()));
    drop(engine);
    let engine = start(3);
    let redone = engine.desk().wait(|desk, answer| desk.take_back(who.clone(), true, answer)).unwrap();
    assert!(redone.words.vi.starts_with("Làm lại: ") && redone.words.en.contains("Hàm Luông"), "{redone:?}");
    assert!(super::world::same_records(&after, &engine.desk().book()));
    whole(&engine.desk());
    let failure = engine.desk().wait(|desk, answer| desk.take_back(Text::new("Nam"), false, answer)).unwrap_err();
    assert!(matches!(&failure, Failure::Refused(refusal) if refusal.code == "nothing-to-take-back"), "{failure:?}");
}

#[test]
fn the_time_of_the_journal_never_goes_back() {
    let disk = Disk::default();
    let (late, early) = (Moment::start_of(day("05/02/2026")), Moment::start_of(day("01/02/2026")));
    for (seed, now) in [(1, late), (2, early), (3, late)] {
        let engine = opened(Box::new(Failing::new(&disk, 1, 0)), Outside::seeded(now, seed)).unwrap();
        let desk = engine.desk();
        let add = Intent::Add { kind: Kind::Partner, fields: fields([("name", text(&format!("Siêu thị {seed}")))]) };
        desk.act(&Text::new("Mai"), add).unwrap();
        assert_eq!(desk.book().at, late);
        whole(&desk);
    }
}
