//! The laws of the book. They are held after every decision for what it touched, and over the whole book when it is
//! opened, after every step of the random histories in the tests, and by `verify`.

mod conference;
mod fix;
mod money;
mod people;
mod results;

use std::collections::BTreeSet;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::{Book, MERGED, days_of};
use crate::domain::change::Change;
use crate::domain::field::{Need, Shape, Unique};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::view::money::budget_sums;
use crate::domain::view::title::{holder, title};
use crate::domain::{Booth, BudgetLine, Claim, Conference, Draw, Fair, Placement, Recovery, Registration};
use crate::say;
use money::{carry_law, claim_law, number_laws, recovery_law};

/// A law that does not hold, and the record it does not hold for.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The stable name of the law.
    pub law: &'static str,
    /// What is wrong.
    pub words: Words,
    /// The record.
    pub subject: (Kind, Id),
}

impl Breach {
    /// The breach as the refusal of the intent that would have caused it.
    #[must_use]
    pub fn into_refusal(self) -> Refusal {
        Refusal::new(self.law, self.words, fix::fix(self.law))
    }
}

/// Every law over the whole book.
#[must_use]
pub fn check(book: &Book) -> Vec<Breach> {
    std::thread::scope(|scope| {
        let by_itself = scope.spawn(|| laws_of_each(book));
        let between = laws_between(book);
        let mut breaches = by_itself.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        breaches.extend(between);
        breaches
    })
}

fn laws_of_each(book: &Book) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for kind in Kind::ALL {
        book.each(*kind, &mut |noun| whole_record_laws(book, noun, &mut breaches));
    }
    for (kind, index, id) in book.shared_values() {
        if let Some(noun) = book.noun(kind, id) {
            breaches.push(value_taken(noun, index));
        }
    }
    breaches
}

fn laws_between(book: &Book) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for booth in book.all::<Booth>().iter() {
        booth_law(book, booth.id, &mut breaches);
    }
    for registration in book.all::<Registration>().iter() {
        people::registration_law(book, registration, &mut breaches);
        results::result_law(book, registration.id, &mut breaches);
    }
    for line in book.all::<BudgetLine>().iter() {
        budget_law(book, line.id, &mut breaches);
    }
    for claim in book.all::<Claim>().iter() {
        claim_law(book, claim, &mut breaches);
    }
    for recovery in book.all::<Recovery>().iter() {
        recovery_law(book, recovery, &mut breaches);
    }
    for one in book.all::<Conference>().iter() {
        conference::timetable_law(book, one.id, &mut breaches);
    }
    carry_law(book, &mut breaches);
    number_laws(book, &mut breaches);
    breaches
}

/// The laws around the records that these changes touched; `book` is the book after them.
#[must_use]
pub fn check_around(book: &Book, changes: &[Change]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let (mut booths, mut lines, mut claims) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut registrations: BTreeSet<Id> = BTreeSet::new();
    let (mut recoveries, mut conferences) = (BTreeSet::new(), BTreeSet::new());
    let mut told: BTreeSet<Id> = BTreeSet::new();
    let (mut numbered, mut carried) = (false, false);
    for change in changes {
        for record in [&change.before, &change.after].into_iter().flatten() {
            match record.kind() {
                Kind::Booth => drop(booths.insert(record.id())),
                // Placements without days of their own have those of the fair.
                Kind::Fair => booths.extend(book.pointing_ids(Kind::Booth, record.id())),
                Kind::Placement => {
                    booths.extend(record.value("booth").as_link());
                    registrations.extend(record.value("registration").as_link());
                }
                Kind::Registration => {
                    registrations.insert(record.id());
                    registrations.extend(book.pointing_ids(Kind::Registration, record.id()));
                }
                Kind::BudgetLine => {
                    lines.insert(record.id());
                    carried = true;
                }
                Kind::Claim => {
                    claims.insert(record.id());
                    lines.extend(record.value("budget").as_link());
                    numbered = true;
                }
                Kind::Payment => {
                    let claim = record.value("claim").as_link();
                    claims.extend(claim);
                    // What a voucher leaves open binds the claim's line, which may be a later one than its own.
                    lines.extend(book.follow::<Claim>(claim).and_then(|claim| claim.budget));
                    lines.extend(record.value("budget").as_link());
                    recoveries.extend(record.value("recovery").as_link());
                    numbered = true;
                }
                Kind::Sale | Kind::FairReport => told.extend(record.value("registration").as_link()),
                Kind::Recovery => {
                    claims.extend(record.value("claim").as_link());
                    recoveries.insert(record.id());
                }
                Kind::Meeting => conferences.extend(record.value("conference").as_link()),
                Kind::Conference => drop(conferences.insert(record.id())),
                Kind::PaymentList => numbered = true,
                _ => {}
            }
        }
        if let Some(after) = &change.after {
            record_laws(book, after.as_noun(), &mut breaches);
        } else if let Some(before) = &change.before {
            removed_law(book, before.as_noun(), &mut breaches);
        }
    }
    booths.into_iter().for_each(|id| booth_law(book, id, &mut breaches));
    for registration in registrations.into_iter().filter_map(|id| book.get::<Registration>(id)) {
        people::registration_law(book, registration, &mut breaches);
    }
    told.into_iter().for_each(|id| results::result_law(book, id, &mut breaches));
    lines.into_iter().for_each(|id| budget_law(book, id, &mut breaches));
    claims.into_iter().filter_map(|id| book.get::<Claim>(id)).for_each(|claim| claim_law(book, claim, &mut breaches));
    let recoveries = recoveries.into_iter().filter_map(|id| book.get::<Recovery>(id));
    recoveries.for_each(|recovery| recovery_law(book, recovery, &mut breaches));
    conferences.into_iter().for_each(|id| conference::timetable_law(book, id, &mut breaches));
    if numbered {
        number_laws(book, &mut breaches);
    }
    if carried {
        carry_law(book, &mut breaches);
    }
    breaches
}

/// The laws around one imported row, except those that are held over the whole import: numbers, and what a budget line
/// has left, which its caller keeps as a running sum.
#[must_use]
pub fn check_row(book: &Book, change: &Change) -> Option<Breach> {
    let after = change.after.as_ref()?;
    let mut breaches = Vec::new();
    record_laws(book, after.as_noun(), &mut breaches);
    let link = |key: &str| {
        [&change.before, &change.after]
            .into_iter()
            .flatten()
            .filter_map(|record| record.value(key).as_link())
            .collect::<BTreeSet<Id>>()
    };
    match after.kind() {
        Kind::Booth => booth_law(book, after.id(), &mut breaches),
        Kind::Placement => {
            link("booth").into_iter().for_each(|booth| booth_law(book, booth, &mut breaches));
            let registrations = link("registration").into_iter().filter_map(|id| book.get(id));
            registrations.for_each(|registration| people::registration_law(book, registration, &mut breaches));
        }
        Kind::Registration => {
            let registration = book.get::<Registration>(after.id());
            registration
                .into_iter()
                .for_each(|registration| people::registration_law(book, registration, &mut breaches));
        }
        Kind::Sale | Kind::FairReport => {
            link("registration").into_iter().for_each(|id| results::result_law(book, id, &mut breaches));
        }
        Kind::BudgetLine => budget_law(book, after.id(), &mut breaches),
        Kind::Meeting => {
            link("conference").into_iter().for_each(|id| conference::timetable_law(book, id, &mut breaches));
        }
        Kind::Claim => {
            book.get::<Claim>(after.id()).into_iter().for_each(|claim| claim_law(book, claim, &mut breaches));
        }
        Kind::Payment => {
            let claims = link("claim");
            claims.into_iter().filter_map(|id| book.get(id)).for_each(|claim| claim_law(book, claim, &mut breaches));
        }
        _ => {}
    }
    breaches.into_iter().next()
}

/// What was published of a draw is what is drawn.
fn draw_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(draw) = book.get::<Draw>(id) else { return };
    if let Some(published) = draw.published.as_ref().filter(|rules| **rules != draw.rules_now(&rules.fair)) {
        let hash = crate::domain::placing::draw::rules_hash(published);
        breaches.push(Breach {
            law: "draw-published",
            words: say!(
                "Thể lệ đã công bố (SHA-256 {hash}) thì không đổi được.",
                "Rules that were published (SHA-256 {hash}) stay."
            ),
            subject: (Kind::Draw, id),
        });
    }
}

/// What is required is there, what a link points to exists, what must be unique is.
fn record_laws(book: &Book, noun: &dyn AnyNoun, breaches: &mut Vec<Breach>) {
    whole_record_laws(book, noun, breaches);
    for (index, field) in noun.kind().fields().iter().enumerate() {
        let within = match field.unique {
            Unique::Book => None,
            Unique::Within(key) => noun.value(key).as_link(),
            Unique::No | Unique::Name => continue,
        };
        let value = noun.get(index);
        if !value.is_empty() && book.is_shared(noun.kind(), index, within, value.as_text()) {
            breaches.push(value_taken(noun, index));
        }
    }
}

fn value_taken(noun: &dyn AnyNoun, index: usize) -> Breach {
    let value = noun.get(index);
    let label = noun.kind().fields().get(index).map(crate::domain::field::Field::label).unwrap_or_default();
    let text = value.as_text();
    Breach {
        law: "value-taken",
        words: say!("{} “{text}” đã có.", "{} “{text}” is taken."; label),
        subject: (noun.kind(), noun.id()),
    }
}

/// The laws that one record holds by itself and its links.
fn whole_record_laws(book: &Book, noun: &dyn AnyNoun, breaches: &mut Vec<Breach>) {
    match noun.kind() {
        Kind::Lead => people::introduction_law(book, noun.id(), breaches),
        Kind::Draw => draw_law(book, noun.id(), breaches),
        Kind::Payment => money::payment_law(book, noun.id(), breaches),
        _ => {}
    }
    let subject = (noun.kind(), noun.id());
    for (index, field) in noun.kind().fields().iter().enumerate() {
        // Opening a book comes here for every field of every record; most have no law of their own.
        if field.need != Need::Required && !matches!(field.shape, Shape::Link(_)) {
            continue;
        }
        let value = noun.get(index);
        if value.is_empty() {
            if field.need == Need::Required {
                let label = field.label();
                let words = say!("Thiếu {}.", "{} is missing."; label);
                breaches.push(Breach { law: "field-missing", words, subject });
            }
            continue;
        }
        if let (Shape::Link(kind @ (Kind::Partner | Kind::Contact)), Some(to)) = (field.shape, value.as_link())
            && field.key != MERGED
            && let Some(survivor) = book.noun(kind, to).and_then(|noun| noun.value(MERGED).as_link())
        {
            let (name, survivor) = (title(book, kind, to, Lang::Vi), title(book, kind, survivor, Lang::Vi));
            let words = say!(
                "{name} đã được gộp vào {survivor}; chọn {survivor}.",
                "{name} was merged into {survivor}; choose {survivor}."
            );
            breaches.push(Breach { law: "merged-used", words, subject });
        }
        if let (Shape::Link(kind), Some(to)) = (field.shape, value.as_link())
            && book.noun(kind, to).is_none()
        {
            let label = field.label();
            breaches.push(Breach {
                law: "link-broken",
                words: say!("{} trỏ tới một bản ghi không có trong sổ.", "{} points to a record that is not in the book."; label),
                subject,
            });
        }
    }
}

fn removed_law(book: &Book, noun: &dyn AnyNoun, breaches: &mut Vec<Breach>) {
    if let Some(user) = book.pointing_any(noun.id()).next() {
        breaches.push(still_used(book, user, (noun.kind(), noun.id())));
    }
}

/// The breach of removing a record that another one uses; names are as `book` has them.
#[must_use]
pub fn still_used(book: &Book, user: (Kind, Id), subject: (Kind, Id)) -> Breach {
    let (kind, id) = user;
    let words = kind.words();
    let said = Words {
        vi: format!("Còn {} “{}” dùng bản ghi này.", words.vi, title(book, kind, id, Lang::Vi)).into(),
        en: format!("The {} “{}” still uses this record.", words.en, title(book, kind, id, Lang::En)).into(),
    };
    Breach { law: "still-used", words: said, subject }
}

/// A booth is never used beyond its whole on any day, nor by a registration for another fair; a blocked booth by nobody.
/// A hold whose day is over takes nothing.
fn booth_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(booth) = book.get::<Booth>(id) else { return };
    let today = book.at.date();
    let placements: Vec<&Placement> =
        book.pointing::<Placement>(id).filter(|placement| placement.counts_on(today)).collect();
    let code = &booth.code;
    if let (false, Some(first)) = (booth.is_open(), placements.first()) {
        let who = holder(book, first, Lang::Vi);
        breaches.push(Breach {
            law: "booth-blocked",
            words: say!("Gian {code} đang khóa nhưng có {who}.", "Booth {code} is blocked, yet {who} is on it."),
            subject: (Kind::Booth, id),
        });
    }
    let astray = book
        .pointing::<Placement>(id)
        .find(|placement| book.follow::<Registration>(placement.registration).is_some_and(|of| of.fair != booth.fair));
    if let Some(placement) = astray {
        let who = holder(book, placement, Lang::Vi);
        breaches.push(Breach {
            law: "other-fair",
            words: say!(
                "Gian {code} thuộc hội chợ khác với đăng ký của {who}.",
                "Booth {code} belongs to another fair than the registration of {who}."
            ),
            subject: (Kind::Booth, id),
        });
    }
    people::offer_law(book, booth, &placements, breaches);
    let fair = book.follow::<Fair>(booth.fair);
    let spans: Vec<(Date, Date, u32, &Placement)> = placements
        .iter()
        .map(|placement| {
            let (first, last) = days_of(placement.from_on, placement.to_on, fair);
            (first, last, placement.share_bp(), *placement)
        })
        .collect();
    // The use of a booth rises only where a placement begins, so these days are all that need a look.
    for (day, ..) in &spans {
        let used: u64 =
            spans.iter().filter(|(first, last, ..)| first <= day && day <= last).map(|span| u64::from(span.2)).sum();
        if used > 10_000 {
            let names: Vec<String> = spans
                .iter()
                .filter(|(first, last, ..)| first <= day && day <= last)
                .map(|span| holder(book, span.3, Lang::Vi))
                .collect();
            let names = names.join(", ");
            let words = if *day == Date::MIN {
                say!("Gian {code} đã có người: {names}.", "Booth {code} is taken: {names}.")
            } else {
                let day = show_date(*day);
                say!("Gian {code} ngày {day} đã có người: {names}.", "Booth {code} is taken on {day}: {names}.")
            };
            breaches.push(Breach { law: "booth-taken", words, subject: (Kind::Booth, id) });
            return;
        }
    }
}

/// Amount and adjustments are free, committed and paid less returned; and free is not negative.
fn budget_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(line) = book.get::<BudgetLine>(id) else { return };
    let subject = (Kind::BudgetLine, id);
    match budget_sums(book, line) {
        Err(fault) => breaches.push(Breach { law: "money-fault", words: fault.words(), subject }),
        Ok(sums) if sums.free.is_negative() => {
            breaches.extend(budget_short(book, id, -i128::from(sums.free.minor)));
        }
        Ok(_) => {}
    }
}

/// The breach of a budget line that lacks so many đồng; none when there is no such line.
#[must_use]
pub fn budget_short(book: &Book, id: Id, lacking: i128) -> Option<Breach> {
    let code = &book.get::<BudgetLine>(id)?.code;
    let lacking = Money::vnd(i64::try_from(lacking).unwrap_or(i64::MAX)).show(Lang::Vi);
    let words = say!("Nguồn {code} thiếu {lacking}.", "Budget line {code} is {lacking} short.");
    Some(Breach { law: "budget-short", words, subject: (Kind::BudgetLine, id) })
}

impl From<MoneyFault> for Refusal {
    fn from(fault: MoneyFault) -> Self {
        Self::new("money-fault", fault.words(), say!("Kiểm tra lại các số tiền.", "Check the amounts."))
    }
}
