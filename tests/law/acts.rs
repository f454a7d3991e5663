//! Random acts of several people on whatever book there is: mostly what an office would do next, sometimes nonsense.

use hoicho::base::dates::{Date, Moment};
use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::field::{Choice, Chosen, Field, Shape, Value, Wording};
use hoicho::domain::intent::{Draft, Fields, Intent, Meeting};
use hoicho::domain::placement::PlacementStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::{Booth, Claim, Evidence, Payment, Placement, Registration, steps};

use super::chance::Chance;
use super::world::{fields, ids, state, text, vnd};

pub const PEOPLE: [&str; 4] = ["Mai", "Hùng", "Nam", "Hà"];

/// What a person does next.
#[derive(Clone, Debug)]
pub enum Act {
    Do(&'static str, Intent),
    Undo(&'static str),
    Redo(&'static str),
    Wait(i64),
}

/// The act that this chance makes of the book on this day.
pub fn act(book: &Book, today: Date, chance: &mut Chance) -> Act {
    let who = chance.pick(&PEOPLE).unwrap_or("Mai");
    let intent = match chance.below(84) {
        0..=2 => return Act::Undo(who),
        3..=4 => return Act::Redo(who),
        5..=6 => return Act::Wait(chance.between(1, 12)),
        7..=9 => add_registration(book, chance),
        10..=15 => forward(book, Kind::Registration, chance),
        16..=20 => place(book, today, chance),
        21..=22 => hold(book, today, chance),
        23 => offer(book, today, chance),
        24 => release_or_lapse(book, chance),
        25..=26 => {
            let placement = any(book, Kind::Placement, chance);
            let here = book.get::<Placement>(placement).and_then(|placement| placement.booth);
            Intent::Move { placement, booth: booth_beside(book, here, chance), reason: reason(chance) }
        }
        27..=28 => {
            let one = any(book, Kind::Booth, chance);
            Intent::Swap { one, other: booth_beside(book, Some(one), chance), reason: reason(chance) }
        }
        29..=32 => open_claim(book, chance),
        33..=41 => claim_forward(book, today, chance),
        42..=44 => evidence_forward(book, chance),
        45..=48 => forward(book, Kind::Payment, chance),
        49..=50 => Intent::Reverse { payment: any(book, Kind::Payment, chance), reason: reason(chance) },
        51 => adjust(book, chance),
        52..=53 => edit(book, today, chance),
        54 => remove(book, chance),
        55 => import(book, today, chance),
        56 => Intent::Erase { kind: personal(chance), id: Id::NIL, reason: reason(chance) },
        57 => forward(book, Kind::Fair, chance),
        58 => {
            let kind =
                chance.pick(&[Kind::Lead, Kind::Business, Kind::Certificate, Kind::Scheme]).unwrap_or(Kind::Lead);
            forward(book, kind, chance)
        }
        59 => any_step(book, chance),
        60 => forward(book, Kind::Fair, chance),
        61 => about_leads(book, today, chance),
        62..=63 => add(book, today, chance),
        64..=73 => claim_forward(book, today, chance),
        74..=83 => super::money_acts::act(book, today, chance),
        _ => add(book, today, chance),
    };
    // An erasure names its record here, because its kind is drawn first.
    let intent = match intent {
        Intent::Erase { kind, reason, .. } => Intent::Erase { kind, id: any(book, kind, chance), reason },
        other => other,
    };
    Act::Do(somebody_who_may(book, &intent, who, chance), intent)
}

/// For a decision mostly somebody who neither proposed nor appraised the claim.
fn somebody_who_may(book: &Book, intent: &Intent, who: &'static str, chance: &mut Chance) -> &'static str {
    let Intent::Decide { claims, .. } = intent else { return who };
    let Some(claim) = claims.first().and_then(|id| book.get::<Claim>(*id)) else { return who };
    let barred = [claim.proposed_by.as_str(), claim.appraised_by.as_str()];
    let may: Vec<&'static str> = PEOPLE.into_iter().filter(|name| !barred.contains(name)).collect();
    if chance.one_in(5) { who } else { chance.pick(&may).unwrap_or(who) }
}

/// A lead taken down, followed or handed on.
fn about_leads(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let due_on = Some(today).filter(|_| !chance.one_in(4));
    let some = |chance: &mut Chance, words: &[&'static str]| Text::new(chance.pick(words).unwrap_or_default());
    match chance.below(4) {
        3 => {
            let kind = if chance.one_in(2) { Kind::Partner } else { Kind::Contact };
            let from = (0..chance.below(3)).map(|_| any(book, kind, chance)).collect();
            Intent::Merge { kind, into: any(book, kind, chance), from }
        }
        0 => Intent::Capture {
            meeting: Box::new(Meeting {
                business: any(book, Kind::Business, chance),
                partner: Some(any(book, Kind::Partner, chance)).filter(|_| chance.one_in(2)),
                partner_name: some(chance, &["Lotte", "Co.op Mart", "COOPMART", ""]),
                fair: Some(any(book, Kind::Fair, chance)).filter(|_| chance.one_in(2)),
                person: some(chance, &["Chị Hà", "", "anh Tư"]),
                role: some(chance, &["thu mua", ""]),
                phone: some(chance, &["+84938123456", ""]),
                email: Text::default(),
                interest: some(chance, &["kẹo dừa", "bưởi", ""]),
                volume: some(chance, &["2 tấn/tháng", ""]),
                next_step: some(chance, &["gọi", ""]),
                due_on,
                met_on: Some(today).filter(|_| chance.one_in(2)),
                note: some(chance, &["hẹn gửi mẫu", ""]),
            }),
        },
        1 => Intent::Touch {
            lead: any(book, Kind::Lead, chance),
            means: some(chance, &["call", "visit", "", "bồ câu"]),
            note: reason(chance),
            next_step: some(chance, &["gọi lại", ""]),
            due_on,
        },
        _ => Intent::EditAll {
            kind: Kind::Lead,
            ids: ids(book, Kind::Lead).into_iter().take(chance.below(4)).collect(),
            fields: fields([("owner", text("Hùng"))]),
        },
    }
}

pub fn any(book: &Book, kind: Kind, chance: &mut Chance) -> Id {
    chance.pick(&ids(book, kind)).unwrap_or(Id::NIL)
}

/// A booth, mostly of the same fair as this one.
fn booth_beside(book: &Book, here: Option<Id>, chance: &mut Chance) -> Id {
    booth_of(book, book.follow::<Booth>(here).and_then(|booth| booth.fair), chance)
}

/// A booth, mostly of this fair.
fn booth_of(book: &Book, fair: Option<Id>, chance: &mut Chance) -> Id {
    let own: Vec<Id> = fair.map(|fair| book.pointing_ids(Kind::Booth, fair).collect()).unwrap_or_default();
    match chance.pick(&own) {
        Some(booth) if !chance.one_in(12) => booth,
        _ => any(book, Kind::Booth, chance),
    }
}

pub fn reason(chance: &mut Chance) -> Text {
    Text::new(if chance.one_in(12) { "" } else { "đơn vị đề nghị" })
}

fn personal(chance: &mut Chance) -> Kind {
    chance.pick(&[Kind::Contact, Kind::Business, Kind::Placement, Kind::Payment]).unwrap_or(Kind::Contact)
}

fn add_registration(book: &Book, chance: &mut Chance) -> Intent {
    let (fair, business) = (any(book, Kind::Fair, chance), any(book, Kind::Business, chance));
    Intent::Add {
        kind: Kind::Registration,
        fields: fields([("fair", Value::Link(fair)), ("business", Value::Link(business))]),
    }
}

/// A step of some record of a kind, mostly the first that is open.
pub fn forward(book: &Book, kind: Kind, chance: &mut Chance) -> Intent {
    let id = any(book, kind, chance);
    let from = book.record(kind, id).map(|record| state(&record)).unwrap_or_default();
    let open = steps::open_steps(kind, &from);
    let step = if chance.one_in(4) { chance.pick(&open) } else { open.first().copied() };
    let to = step.map_or("", |(choice, _)| choice.key);
    Intent::Step { kind, id, to: Text::new(to), reason: reason(chance) }
}

/// Any state of any record, open or not.
fn any_step(book: &Book, chance: &mut Chance) -> Intent {
    let with_states: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| steps::state_field(*kind).is_some()).collect();
    let kind = chance.pick(&with_states).unwrap_or(Kind::Fair);
    let id = any(book, kind, chance);
    let to = chance.pick(steps::states(kind)).map_or("", |choice: Choice| choice.key);
    Intent::Step { kind, id, to: Text::new(to), reason: reason(chance) }
}

/// Two days around some fair, sometimes the wrong way round.
fn days(book: &Book, today: Date, chance: &mut Chance) -> (Option<Date>, Option<Date>) {
    if chance.below(4) > 0 {
        return (None, None);
    }
    let fair = any(book, Kind::Fair, chance);
    let opens = book.record(Kind::Fair, fair).and_then(|fair| fair.value("opens_on").as_date()).unwrap_or(today);
    (Some(later(opens, chance.between(0, 3))), Some(later(opens, chance.between(1, 6))))
}

pub fn later(day: Date, days: i64) -> Date {
    day.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(day)
}

fn place(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let ready: Vec<&Registration> =
        book.all::<Registration>().iter().filter(|registration| registration.status.may_be_placed()).collect();
    let registration = match chance.pick(&ready) {
        Some(ready) if !chance.one_in(8) => ready.id,
        _ => any(book, Kind::Registration, chance),
    };
    let fair = book.get::<Registration>(registration).and_then(|registration| registration.fair);
    let booths = (0..chance.between(1, 2)).map(|_| booth_of(book, fair, chance)).collect();
    let share = chance.pick(&[None, None, Some(5_000), Some(6_000), Some(2_500)]).flatten().map(BasisPoints);
    let (from_on, to_on) = days(book, today, chance);
    Intent::Place { registration, booths, share, from_on, to_on }
}

fn hold(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let registration = chance.one_in(2).then(|| any(book, Kind::Registration, chance));
    let fair = book.follow::<Registration>(registration).and_then(|registration| registration.fair);
    let booths = (0..chance.between(1, 2)).map(|_| booth_of(book, fair, chance)).collect();
    let held_for = Text::new(if chance.one_in(6) { "" } else { "Bà Nguyễn Thị Sáu" });
    Intent::Hold { booths, registration, held_for, until: later(today, chance.between(-1, 8)) }
}

/// Offers a booth, or answers an offer that stands.
fn offer(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let open = |placement: &&Placement| placement.status == PlacementStatus::Offered;
    let offered: Vec<Id> = book.all::<Placement>().iter().filter(open).map(|placement| placement.id).collect();
    if let (Some(offer), true) = (chance.pick(&offered), chance.one_in(2)) {
        return Intent::Answer { placements: vec![offer], accepts: chance.one_in(2), reason: reason(chance) };
    }
    let registration = (!chance.one_in(3)).then(|| any(book, Kind::Registration, chance));
    let fair = book.follow::<Registration>(registration).and_then(|registration| registration.fair);
    let fair = fair.or_else(|| Some(any(book, Kind::Fair, chance)));
    let booths = (0..chance.between(1, 2)).map(|_| booth_of(book, fair, chance)).collect();
    let until = chance.one_in(2).then(|| later(today, chance.between(-1, 5)));
    Intent::Offer { booths, registration, until }
}

fn release_or_lapse(book: &Book, chance: &mut Chance) -> Intent {
    if chance.one_in(2) {
        return Intent::Lapse { fair: any(book, Kind::Fair, chance) };
    }
    Intent::Release { placements: vec![any(book, Kind::Placement, chance)], reason: reason(chance) }
}

fn open_claim(book: &Book, chance: &mut Chance) -> Intent {
    let rented: Vec<Id> = book.all::<Placement>().iter().filter_map(|placement| placement.registration).collect();
    let registration = match chance.pick(&rented) {
        Some(registration) if !chance.one_in(4) => registration,
        _ => any(book, Kind::Registration, chance),
    };
    let mut list = Fields::new();
    if chance.one_in(2) {
        list.extend(fields([("cost", vnd(chance.between(1, 30_000_001))), ("invoice_no", text("1C26THC/77"))]));
    }
    if chance.one_in(4) {
        list.extend(fields([("other_public", vnd(chance.between(1, 9_000_000)))]));
    }
    Intent::Claim {
        registrations: vec![registration],
        scheme: (!chance.one_in(3)).then(|| any(book, Kind::Scheme, chance)),
        fields: list,
    }
}

/// What comes next for a claim, whatever its state.
fn claim_forward(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    // Half of the time the one that has come farthest, so that money is paid now and then.
    let onward = |claim: &&Claim| claim.status < ClaimStatus::Paid;
    let farthest = book.all::<Claim>().iter().filter(onward).max_by_key(|claim| claim.status);
    let id = match farthest {
        Some(claim) if chance.one_in(2) => claim.id,
        _ => any(book, Kind::Claim, chance),
    };
    let from = book.get::<Claim>(id).map(|claim| claim.status.key());
    let on = chance.one_in(3).then_some(today);
    let step = |to: &str| Intent::Step { kind: Kind::Claim, id, to: Text::new(to), reason: Text::default() };
    match from {
        _ if chance.one_in(10) => forward(book, Kind::Claim, chance),
        Some("submitted") => step("in_check"),
        Some("in_check") => step("appraised"),
        Some("appraised") => {
            let also = chance.one_in(3).then(|| any(book, Kind::Claim, chance));
            Intent::Decide {
                claims: [id].into_iter().chain(also).collect(),
                budget: any(book, Kind::BudgetLine, chance),
                on,
            }
        }
        Some("decided" | "advanced") => {
            let open = book.pointing::<Evidence>(id).find(|row| {
                let needed = matches!(row.document.key(), "ev04" | "ev05" | "ev06" | "ev07");
                needed && !matches!(row.status.key(), "accepted" | "waived")
            });
            match open {
                Some(row) => Intent::Step {
                    kind: Kind::Evidence,
                    id: row.id,
                    to: Text::new("waived"),
                    reason: Text::new("đã đối chiếu bản gốc"),
                },
                None => step("accepted"),
            }
        }
        Some("recovering") => forward(book, Kind::Recovery, chance),
        Some("accepted") => match book.pointing::<Payment>(id).find(|payment| payment.signed_by.is_empty()) {
            Some(payment) if chance.one_in(2) => forward_payment(payment.id, "signed"),
            _ => Intent::Pay { claims: vec![id], on },
        },
        Some("paid") => step("closed"),
        _ => forward(book, Kind::Claim, chance),
    }
}

fn forward_payment(id: Id, to: &str) -> Intent {
    Intent::Step { kind: Kind::Payment, id, to: Text::new(to), reason: Text::default() }
}

fn evidence_forward(book: &Book, chance: &mut Chance) -> Intent {
    forward(book, Kind::Evidence, chance)
}

fn adjust(book: &Book, chance: &mut Chance) -> Intent {
    Intent::Adjust {
        budget: any(book, Kind::BudgetLine, chance),
        amount: Money::vnd(chance.between(1, 40_000_000)),
        lower: chance.one_in(2),
        decision_no: Text::new(if chance.one_in(9) { "" } else { "12/QĐ-SCT" }),
        on: None,
        reason: reason(chance),
    }
}

fn edit(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let kind = chance.pick(Kind::ALL).unwrap_or(Kind::Fair);
    let id = any(book, kind, chance);
    let list = (0..chance.between(1, 3)).map(|_| random_field(book, kind, today, chance)).collect();
    Intent::Edit { kind, id, fields: list }
}

fn random_field(book: &Book, kind: Kind, today: Date, chance: &mut Chance) -> (String, Value) {
    let field = &kind.fields()[chance.below(kind.fields().len())];
    let value = if chance.one_in(6) { Value::Empty } else { fitting(book, field, today, chance) };
    (field.key.to_owned(), value)
}

fn remove(book: &Book, chance: &mut Chance) -> Intent {
    let kind = chance.pick(Kind::ALL).unwrap_or(Kind::Fair);
    Intent::Remove { kind, id: any(book, kind, chance) }
}

/// A new record of a kind that is added by hand, its required fields filled.
fn add(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let own_command = |kind: &Kind| {
        matches!(
            kind,
            Kind::Office
                | Kind::Placement
                | Kind::Claim
                | Kind::Payment
                | Kind::PaymentList
                | Kind::Recovery
                | Kind::Fair
        )
    };
    let typed: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| !own_command(kind)).collect();
    let from = if chance.one_in(9) { Kind::ALL } else { &typed };
    let kind = chance.pick(from).unwrap_or(Kind::Business);
    Intent::Add { kind, fields: filled(book, kind, today, chance) }
}

fn filled(book: &Book, kind: Kind, today: Date, chance: &mut Chance) -> Fields {
    let mut list = Fields::new();
    for field in kind.fields() {
        let wanted = field.need == hoicho::domain::field::Need::Required || (field.is_typed() && chance.one_in(3));
        if wanted {
            list.push((field.key.to_owned(), fitting(book, field, today, chance)));
        }
    }
    // Random plain fields would contradict the rules beside them; then only one of the two ways is taken.
    if list.iter().any(|(key, _)| key == "rules") {
        let one = if chance.one_in(3) { "rate" } else { "rules" };
        list.retain(|(key, _)| key != one);
    }
    list
}

fn import(book: &Book, today: Date, chance: &mut Chance) -> Intent {
    let kind = chance
        .pick(&[
            Kind::Business,
            Kind::Product,
            Kind::Registration,
            Kind::Booth,
            Kind::Contact,
            Kind::Claim,
            Kind::Evidence,
            Kind::Payment,
            Kind::Office,
        ])
        .unwrap_or(Kind::Business);
    let drafts = (1..=chance.between(1, 4))
        .map(|line| {
            let id = chance.one_in(4).then(|| any(book, kind, chance));
            let mut list = filled(book, kind, today, chance);
            // A row about a record on file may ask for a step, and for what only the program sets.
            let field = steps::state_field(kind).and_then(|key| kind.field(key));
            if let (Some(_), Some(field), true) = (id, field, chance.one_in(2)) {
                list.clear();
                list.push((field.key.to_owned(), fitting(book, field, today, chance)));
                list.push(("reason".to_owned(), Value::Text(reason(chance))));
                list.retain(|(key, _)| kind.field(key).is_some());
            }
            Draft { id, fields: list, line: u32::try_from(line).unwrap_or(0) }
        })
        .collect();
    Intent::Import { kind, drafts, source: Text::new("danh-sach.xlsx") }
}

/// Rules that fit a scheme of this code alone; in others they are refused.
const RULES: &str = "code = \"M1-1\"\n\n[[item]]\nkind = \"booth\"\nrate = \"40%\"";

/// A value that a person could have typed into a field.
pub fn fitting(book: &Book, field: &Field, today: Date, chance: &mut Chance) -> Value {
    let number = chance.next();
    match field.shape {
        Shape::Text(Wording::Rules, _) => Value::Text(Text::lines(RULES)),
        Shape::Text(wording, _) => Value::Text(Text::new(&match wording {
            Wording::Outline => "0,0 3,0 3,1.5 1.5,3 0,3".to_owned(),
            Wording::Plain => format!(
                "{} {}",
                chance.pick(&["Dừa sáp", "Kẹo dừa", "Bưởi da xanh", "Sầu riêng"]).unwrap_or("Gạo"),
                number % 97
            ),
            Wording::Notes => "dòng một dòng hai".to_owned(),
            Wording::Code => format!("M{}-{}", number % 7, number % 1_009),
            Wording::TaxCode => tax_code(chance),
            Wording::Phone => format!("+8490{:07}", number % 10_000_000),
            Wording::Ways => format!("+8491{:07}; zalo", number % 10_000_000),
            Wording::Email => format!("hop{}@example.vn", number % 1_000),
            Wording::Citizen => format!("083{:03}{:06}", 70 + number % 30, number % 1_000_000),
            Wording::Account => format!("{:012}", number % 1_000_000_000_000),
            Wording::Gtin => gtin(number),
            Wording::Rules => RULES.to_owned(),
            Wording::Aims => ["placed, zone", "wishes", "apart, beside"][number as usize % 3].to_owned(),
            Wording::Secret => "correct horse".to_owned(),
        })),
        Shape::Choice(choices) => chance.pick(choices).map_or(Value::Empty, |choice| text(choice.key)),
        Shape::Choices(choices) => {
            let keys: Vec<Text> =
                choices.iter().filter(|_| chance.one_in(2)).map(|choice| Text::new(choice.key)).collect();
            if keys.is_empty() { Value::Empty } else { Value::Texts(keys) }
        }
        Shape::Flag => Value::Flag(chance.one_in(2)),
        Shape::Number(least, most, _) => Value::Number(chance.between(least, most)),
        Shape::Money => {
            let most = if chance.one_in(3) { 2_000_000_000 } else { 20_000_000 };
            vnd(chance.between(0, most))
        }
        Shape::Percent => Value::Number(chance.between(0, 10_000)),
        Shape::Length => Value::Number(chance.between(0, 2_000)),
        Shape::Area => Value::Number(chance.between(0, 9_000_000)),
        Shape::Date => Value::Date(later(today, chance.between(-400, 400))),
        Shape::Moment => Value::Moment(Moment(Moment::start_of(today).0 + chance.between(-2_000, 2_000) * 60_000)),
        Shape::Link(kind) => match chance.pick(&ids(book, kind)) {
            Some(id) => Value::Link(id),
            None => Value::Empty,
        },
    }
}

/// A household's number, or a firm's with its check digit.
fn tax_code(chance: &mut Chance) -> String {
    const WEIGHTS: [u64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    loop {
        let prefix = 100_000_000 + chance.next() % 800_000_000;
        let digits = format!("{prefix:09}");
        let sum: u64 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
        let check = 10 - sum % 11;
        if (0..10).contains(&check) {
            return format!("{digits}{check}");
        }
    }
}

fn gtin(number: u64) -> String {
    let digits = format!("893{:09}", number % 1_000_000_000);
    let sum: u64 = digits
        .bytes()
        .enumerate()
        .map(|(place, digit)| u64::from(digit - b'0') * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
