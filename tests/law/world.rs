//! An office in memory: acts are decided and journalled as the engine does it, without a store and with a clock in hand.

use std::collections::BTreeMap;

use hoicho::base::dates::{Date, Moment, read_date};
use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::change::Entry;
use hoicho::domain::decide::{Decision, decide, take_back};
use hoicho::domain::env::Env;
use hoicho::domain::evidence::EvidenceStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::{Fields, Intent};
use hoicho::domain::record::{Kind, Noun, Record};
use hoicho::domain::refusal::Refusal;
use hoicho::domain::{Evidence, Payment, Placement};

pub const ONE_DAY_MS: i64 = 86_400_000;

/// A day, as `dd/mm/yyyy`.
pub fn day(text: &str) -> Date {
    read_date(text).unwrap()
}

pub fn vnd(dong: i64) -> Value {
    Value::Money(Money::vnd(dong))
}

pub fn text(text: &str) -> Value {
    Value::Text(Text::new(text))
}

pub fn on(written: &str) -> Value {
    Value::Date(day(written))
}

/// Fields by key.
pub fn fields<const N: usize>(list: [(&str, Value); N]) -> Fields {
    list.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The book, its journal, what each person may undo, and the clock.
#[derive(Clone)]
pub struct World {
    pub book: Book,
    pub journal: Vec<Entry>,
    pub at: Moment,
    /// What of each person's acts stands, and what was undone and may be done again, oldest first.
    pub stacks: BTreeMap<String, (Vec<u64>, Vec<u64>)>,
    drawn: u64,
}

impl World {
    /// An empty book on 2 January 2026.
    pub fn new() -> Self {
        let at = Moment(Moment::start_of(day("02/01/2026")).0 + 8 * 3_600_000);
        Self { book: Book::default(), journal: Vec::new(), at, stacks: BTreeMap::new(), drawn: 0 }
    }

    pub fn wait(&mut self, days: i64) {
        self.at = Moment(self.at.0 + days * ONE_DAY_MS);
    }

    fn env(&mut self, who: &str) -> Env {
        self.drawn += 1;
        self.at = Moment(self.at.0 + 1_000);
        // Whoever acts has signed: passphrases are the engine's to verify.
        let signer = Some(Text::new(who));
        Env::new(self.at, Text::new(who), *blake3::hash(&self.drawn.to_be_bytes()).as_bytes()).signed(signer)
    }

    /// Does an act; gives its entry, or none when nothing changed.
    pub fn try_act(&mut self, who: &str, intent: &Intent) -> Result<Option<Entry>, Refusal> {
        let env = self.env(who);
        let decision = decide(&self.book, intent, &env, self.book.seq + 1)?;
        let entry = self.follow(decision, &env, intent.name());
        if let Some(entry) = &entry {
            let (done, undone) = self.stacks.entry(who.to_owned()).or_default();
            done.push(entry.seq);
            undone.clear();
        }
        Ok(entry)
    }

    /// Takes back a person's newest act, or does again what was last taken back; none when there is nothing.
    pub fn try_take_back(&mut self, who: &str, redo: bool) -> Result<Option<Entry>, Refusal> {
        let (done, undone) = self.stacks.entry(who.to_owned()).or_default();
        let Some(target) = (if redo { undone.last() } else { done.last() }).copied() else { return Ok(None) };
        let target = self.journal[usize::try_from(target).unwrap() - 1].clone();
        let env = self.env(who);
        let decision = take_back(&self.book, &target, &env, self.book.seq + 1)?;
        let entry = self.follow(decision, &env, if redo { "redo" } else { "undo" });
        let (done, undone) = self.stacks.entry(who.to_owned()).or_default();
        let (from, to) = if redo { (undone, done) } else { (done, undone) };
        from.pop();
        if let Some(entry) = &entry {
            to.push(entry.seq);
        }
        Ok(entry)
    }

    fn follow(&mut self, decision: Decision, env: &Env, name: &str) -> Option<Entry> {
        if decision.changes.is_empty() {
            return None;
        }
        let entry = Entry {
            seq: self.book.seq + 1,
            at: env.at,
            who: env.who.clone(),
            words: decision.words,
            intent: Text::new(name),
            takes_back: None,
            changes: decision.changes,
        };
        self.book = decision.next;
        self.journal.push(entry.clone());
        Some(entry)
    }

    /// Does an act that must succeed; gives the first record it changed.
    pub fn act(&mut self, who: &str, intent: Intent) -> Id {
        match self.try_act(who, &intent) {
            Ok(entry) => {
                entry
                    .and_then(|entry| entry.changes.first().and_then(|change| change.subject()))
                    .unwrap_or((Kind::Office, Id::NIL))
                    .1
            }
            Err(refusal) => panic!("{intent:?} was refused: {refusal}"),
        }
    }

    /// Does an act that must be refused; gives the refusal.
    pub fn refused(&mut self, who: &str, intent: Intent) -> Refusal {
        let before = self.book.clone();
        match self.try_act(who, &intent) {
            Ok(_) => panic!("{intent:?} was not refused"),
            Err(refusal) => {
                assert!(same_records(&before, &self.book));
                super::words::sound(&refusal);
                refusal
            }
        }
    }

    pub fn add<const N: usize>(&mut self, kind: Kind, list: [(&str, Value); N]) -> Id {
        self.act("Mai", Intent::Add { kind, fields: fields(list) })
    }

    pub fn edit<const N: usize>(&mut self, kind: Kind, id: Id, list: [(&str, Value); N]) -> Id {
        self.act("Mai", Intent::Edit { kind, id, fields: fields(list) })
    }

    pub fn step(&mut self, who: &str, kind: Kind, id: Id, to: &str) -> Id {
        self.act(who, step(kind, id, to))
    }

    pub fn get<T: Noun>(&self, id: Id) -> &T {
        self.book.get::<T>(id).unwrap()
    }

    /// A fair of six days at 1,000,000 ₫ a square metre, without tax.
    pub fn fair(&mut self, code: &str, opens: &str, closes: &str) -> Id {
        self.add(
            Kind::Fair,
            [
                ("code", text(code)),
                ("name", text(&format!("Hội chợ {code}"))),
                ("opens_on", on(opens)),
                ("closes_on", on(closes)),
                ("price_m2", vnd(1_000_000)),
            ],
        )
    }

    /// A booth of 3 m × 3 m.
    pub fn booth(&mut self, fair: Id, code: &str) -> Id {
        let (width, depth) = (Value::Number(300), Value::Number(300));
        self.add(Kind::Booth, [("fair", Value::Link(fair)), ("code", text(code)), ("width", width), ("depth", depth)])
    }

    pub fn business(&mut self, name: &str) -> Id {
        self.add(Kind::Business, [("name", text(name))])
    }

    /// A registration that is confirmed.
    pub fn registration(&mut self, fair: Id, business: Id) -> Id {
        let links = [("fair", Value::Link(fair)), ("business", Value::Link(business))];
        let id = self.add(Kind::Registration, links);
        for to in ["under_review", "selected", "confirmed"] {
            self.step("Mai", Kind::Registration, id, to);
        }
        id
    }

    /// A scheme in force from 2024 on that pays half.
    pub fn scheme<const N: usize>(&mut self, code: &str, more: [(&str, Value); N]) -> Id {
        let mut all = fields([
            ("code", text(code)),
            ("title", text(&format!("Hỗ trợ {code}"))),
            ("valid_from", on("01/01/2024")),
            ("rate", Value::Number(5_000)),
        ]);
        all.extend(fields(more));
        let id = self.act("Mai", Intent::Add { kind: Kind::Scheme, fields: all });
        self.step("Mai", Kind::Scheme, id, "active");
        id
    }

    pub fn budget(&mut self, code: &str, amount: i64) -> Id {
        self.add(
            Kind::BudgetLine,
            [
                ("code", text(code)),
                ("title", text(&format!("Kinh phí {code}"))),
                ("fiscal_year", Value::Number(2026)),
                ("amount", vnd(amount)),
            ],
        )
    }

    pub fn claim<const N: usize>(&mut self, registration: Id, scheme: Id, list: [(&str, Value); N]) -> Id {
        self.act("Mai", Intent::Claim { registrations: vec![registration], scheme: Some(scheme), fields: fields(list) })
    }

    /// Takes a submitted claim to “appraised”, by Hùng.
    pub fn appraise(&mut self, claim: Id) {
        self.step("Hùng", Kind::Claim, claim, "in_check");
        self.step("Hùng", Kind::Claim, claim, "appraised");
    }

    pub fn decide(&mut self, claim: Id, budget: Id) {
        self.act("Nam", Intent::Decide { claims: vec![claim], budget, on: None });
    }

    /// Accepts every document and the claim.
    pub fn accept(&mut self, claim: Id) {
        let open = |row: &&Evidence| row.status == EvidenceStatus::Missing;
        let rows: Vec<Id> = self.book.pointing::<Evidence>(claim).filter(open).map(|row| row.id).collect();
        for row in rows {
            self.step("Hà", Kind::Evidence, row, "received");
            self.step("Hà", Kind::Evidence, row, "accepted");
        }
        self.step("Hà", Kind::Claim, claim, "accepted");
    }

    /// Prepares, signs and sends the payment of an accepted claim.
    pub fn pay(&mut self, claim: Id) -> Id {
        let payment = self.act("Hà", Intent::Pay { claims: vec![claim], on: None });
        self.step("Nam", Kind::Payment, payment, "signed");
        self.step("Hà", Kind::Payment, payment, "sent");
        payment
    }

    pub fn place(&mut self, registration: Id, booth: Id) -> Id {
        self.act("Mai", place(registration, booth, None, None, None))
    }

    pub fn placements_of(&self, registration: Id) -> Vec<Placement> {
        self.book.pointing::<Placement>(registration).cloned().collect()
    }

    pub fn state(&self, kind: Kind, id: Id) -> String {
        state(&self.book.record(kind, id).unwrap())
    }
}

pub fn step(kind: Kind, id: Id, to: &str) -> Intent {
    Intent::Step { kind, id, to: Text::new(to), reason: Text::new("vì thử nghiệm") }
}

pub fn place(registration: Id, booth: Id, share: Option<u32>, from_on: Option<Date>, to_on: Option<Date>) -> Intent {
    Intent::Place { registration, booths: vec![booth], share: share.map(BasisPoints), from_on, to_on }
}

pub fn hold(booth: Id, registration: Option<Id>, held_for: &str, until: Date) -> Intent {
    Intent::Hold { booths: vec![booth], registration, held_for: Text::new(held_for), until }
}

/// The state of a record, empty for a kind without states.
pub fn state(record: &Record) -> String {
    hoicho::domain::steps::state_field(record.kind())
        .map(|key| record.value(key).as_text().to_owned())
        .unwrap_or_default()
}

/// Every record with the entry that last touched it.
pub fn records(book: &Book) -> BTreeMap<(Kind, Id), (Record, u64)> {
    let mut all = BTreeMap::new();
    for kind in Kind::ALL {
        let mut ids = Vec::new();
        book.each(*kind, &mut |noun| ids.push(noun.id()));
        for id in ids {
            all.insert((*kind, id), (book.record(*kind, id).unwrap(), book.touched(*kind, id)));
        }
    }
    all
}

/// True when two books hold the same records, whichever entry touched them.
pub fn same_records(one: &Book, other: &Book) -> bool {
    let bare = |book| -> Vec<Record> { records(book).into_values().map(|(record, _)| record).collect() };
    bare(one) == bare(other)
}

/// A payment's amount in đồng.
pub fn dong(amount: Option<Money>) -> i64 {
    amount.map_or(0, |amount| amount.minor)
}

/// The ids of one kind, oldest first.
pub fn ids(book: &Book, kind: Kind) -> Vec<Id> {
    let mut found = Vec::new();
    book.each(kind, &mut |noun| found.push(noun.id()));
    found
}

/// Every payment, oldest first.
pub fn payments(book: &Book) -> Vec<Payment> {
    book.all::<Payment>().iter().cloned().collect()
}
