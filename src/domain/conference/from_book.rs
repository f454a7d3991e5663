//! A conference of the book as a problem, and a solution as a proposal that somebody accepts or leaves.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::conference::bound::relax;
use crate::domain::conference::day::{Conference, clock};
use crate::domain::conference::problem::{Held, PAIRS_MAX, Pair, Person, Problem};
use crate::domain::conference::replan::replan;
use crate::domain::conference::solve::{Effort, solve};
use crate::domain::conference::tables::{Seating, seat, walks};
use crate::domain::field::Chosen as _;
use crate::domain::intent::Intent;
use crate::domain::lead::Side;
use crate::domain::meeting::MeetingStatus;
use crate::domain::record::Kind;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::domain::{Attendance, Meeting, Wish};
use crate::say;

/// Buyer and business.
pub type Both = (Id, Id);

/// Somebody who does not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Away {
    /// A buyer.
    Partner(Id),
    /// One of our businesses.
    Business(Id),
}

/// Where and when two meet; both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Seat {
    /// The slot.
    pub slot: i64,
    /// The table.
    pub table: i64,
}

/// One planned meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Planned {
    /// The buyer.
    pub partner: Id,
    /// Our business.
    pub business: Id,
    /// Where and when.
    pub seat: Seat,
}

/// What happens to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    New(Seat),
    /// It goes elsewhere.
    Moved(Seat, Seat),
    /// It is no more.
    Dropped(Seat),
}

/// A timetable as it is proposed, with what it changes and what is proved of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The conference.
    pub conference: Id,
    /// Who does not come, when that is why.
    pub away: Option<Away>,
    /// Every meeting that is to be planned.
    pub meetings: Vec<Planned>,
    /// What changes, in the order of the slots.
    pub changes: Vec<(Both, Change)>,
    /// The meetings by tier, and how many there can be at most.
    pub held: Held,
    /// No timetable has more.
    pub bound: Held,
    /// What is proved of the number of meetings, or of a change that nobody could move less.
    pub proof: Words,
    /// How often a buyer goes to another table.
    pub walks: usize,
    /// The fewest and the most meetings of a business that has a wish.
    pub shares: (usize, usize),
}

/// A conference as a problem.
#[derive(Clone, Debug)]
pub struct Setting {
    conference: Id,
    tables: u32,
    partners: Vec<Id>,
    businesses: Vec<Id>,
    problem: Problem,
    /// The seats of meetings that are over.
    over: Vec<Seating>,
    /// What is planned, by pair.
    planned: BTreeMap<Both, Seat>,
}

/// Reads a conference; `away` counts as absent beside those who are.
///
/// # Errors
/// When there is no conference, its times do not fit, nobody has a wish, or there are too many.
pub fn setting(book: &Book, id: Id, away: Option<Away>) -> Result<Setting, Refusal> {
    let Some(conference) = book.get::<Conference>(id) else {
        return refuse(
            "not-found",
            say!("Không còn hội nghị này trong sổ.", "This conference is no longer in the book."),
            say!("Chọn hội nghị khác.", "Choose another."),
        );
    };
    let slots = conference.slots()?;
    let tables = u32::try_from(conference.tables.unwrap_or(0)).unwrap_or(0);
    let tiers = tiers(book, id);
    let meetings: Vec<&Meeting> = book.pointing::<Meeting>(id).collect();
    let over: BTreeSet<Both> =
        meetings.iter().filter(|one| one.status != MeetingStatus::Planned).filter_map(|one| both(one)).collect();
    let partners: Vec<Id> = tiers.keys().map(|(partner, _)| *partner).collect::<BTreeSet<_>>().into_iter().collect();
    let businesses: Vec<Id> =
        tiers.keys().map(|(_, business)| *business).collect::<BTreeSet<_>>().into_iter().collect();
    let place = |ids: &[Id], id: Id| ids.binary_search(&id).ok();
    let mut problem = Problem {
        tables: vec![tables; slots.len()],
        buyers: partners.iter().map(|id| person(book, conference, Away::Partner(*id), &slots)).collect(),
        sellers: businesses.iter().map(|id| person(book, conference, Away::Business(*id), &slots)).collect(),
        pairs: Vec::new(),
    };
    match away {
        Some(Away::Partner(id)) => place(&partners, id).into_iter().for_each(|at| problem.buyers[at].there = 0),
        Some(Away::Business(id)) => place(&businesses, id).into_iter().for_each(|at| problem.sellers[at].there = 0),
        None => {}
    }
    // What is over stays: it takes its people's time and its table.
    let mut seats_over: Vec<Seating> = Vec::new();
    for meeting in meetings.iter().filter(|one| one.status != MeetingStatus::Planned) {
        let (Some(both), Some(slot)) = (both(meeting), slot_of(meeting, slots.len())) else { continue };
        problem.tables[slot] = problem.tables[slot].saturating_sub(1);
        let buyer = place(&partners, both.0).unwrap_or(partners.len() + seats_over.len());
        let kept = meeting.table.and_then(|table| u32::try_from(table).ok());
        seats_over.push(Seating { slot, buyer, kept });
        let people = [
            place(&partners, both.0).map(|at| &mut problem.buyers[at]),
            place(&businesses, both.1).map(|at| &mut problem.sellers[at]),
        ];
        for person in people.into_iter().flatten() {
            person.there &= !(1 << slot);
            person.most = person.most.saturating_sub(1);
        }
    }
    for ((partner, business), tier) in tiers.iter().filter(|(both, _)| !over.contains(both)) {
        if let (Some(buyer), Some(seller)) = (place(&partners, *partner), place(&businesses, *business)) {
            problem.pairs.push(Pair { buyer, seller, tier: *tier });
        }
    }
    let planned = meetings.iter().filter(|one| one.status == MeetingStatus::Planned).filter_map(|one| {
        let seat = Seat { slot: one.slot?, table: one.table? };
        Some((both(one)?, seat))
    });
    let setting =
        Setting { conference: id, tables, planned: planned.collect(), over: seats_over, partners, businesses, problem };
    if setting.problem.pairs.is_empty() {
        return refuse(
            "no-wishes",
            say!("Hội nghị này chưa có nguyện vọng gặp nào.", "Nobody of this conference has a wish yet."),
            say!("Nhập nguyện vọng trước.", "Bring the wishes in first."),
        );
    }
    if setting.problem.pairs.len() > PAIRS_MAX {
        return refuse(
            "too-many-wishes",
            say!("Quá {PAIRS_MAX} cặp muốn gặp.", "More than {PAIRS_MAX} pairs want to meet."),
            say!("Chia hội nghị thành nhiều buổi.", "Part the conference."),
        );
    }
    Ok(setting)
}

fn both(meeting: &Meeting) -> Option<Both> {
    Some((meeting.partner?, meeting.business?))
}

fn slot_of(meeting: &Meeting, slots: usize) -> Option<usize> {
    meeting.slot.and_then(|slot| usize::try_from(slot - 1).ok()).filter(|slot| *slot < slots)
}

/// The tier of each pair that may meet: both wish it, the more the earlier (0 to 4); one wishes it (5 to 7). A veto of either
/// side ends it.
fn tiers(book: &Book, conference: Id) -> BTreeMap<Both, usize> {
    let mut wishes: BTreeMap<Both, [Option<usize>; 2]> = BTreeMap::new();
    let mut vetoes: BTreeSet<Both> = BTreeSet::new();
    for wish in book.pointing::<Wish>(conference) {
        let (Some(partner), Some(business)) = (wish.partner, wish.business) else { continue };
        let side = usize::from(wish.side == Side::Buyer);
        match wish.grade.rank() {
            Some(rank) => wishes.entry((partner, business)).or_default()[side] = Some(rank),
            None => drop(vetoes.insert((partner, business))),
        }
    }
    let tier = |ranks: [Option<usize>; 2]| match ranks {
        [Some(one), Some(other)] => one + other - 2,
        [one, other] => one.or(other).map_or(7, |rank| rank + 4),
    };
    wishes.into_iter().filter(|(both, _)| !vetoes.contains(both)).map(|(both, ranks)| (both, tier(ranks))).collect()
}

/// True when either side does not want to meet the other.
#[must_use]
pub fn is_vetoed(book: &Book, conference: Id, partner: Id, business: Id) -> bool {
    book.pointing::<Wish>(conference)
        .any(|wish| wish.partner == Some(partner) && wish.business == Some(business) && wish.grade.rank().is_none())
}

/// The attendance of somebody at a conference, where there is one.
#[must_use]
pub fn attendance(book: &Book, conference: Id, who: Away) -> Option<&Attendance> {
    book.pointing::<Attendance>(conference).find(|one| match who {
        Away::Partner(id) => one.partner == Some(id),
        Away::Business(id) => one.business == Some(id),
    })
}

/// When somebody is at a conference, and for how many meetings.
pub(in crate::domain) fn person(book: &Book, conference: &Conference, who: Away, slots: &[u32]) -> Person {
    let found = attendance(book, conference.id, who);
    let most = found.and_then(|one| one.meetings_most).or(conference.meetings_most);
    let from = found.and_then(|one| clock(one.from.as_str())).unwrap_or(0);
    let until = found.and_then(|one| clock(one.until.as_str())).unwrap_or(u32::MAX);
    let minutes = u32::try_from(conference.slot_minutes.unwrap_or(20)).unwrap_or(20);
    let absent = found.is_some_and(|one| one.absent);
    let is_there = |begins: u32| !absent && begins >= from && begins.saturating_add(minutes) <= until;
    let there = (0..slots.len()).filter(|slot| is_there(slots[*slot])).fold(0, |all, slot| all | 1_u64 << slot);
    Person { there, most: most.and_then(|most| u32::try_from(most).ok()).unwrap_or(64) }
}

impl Setting {
    /// The best timetable, as a proposal beside what is planned.
    #[must_use]
    pub fn best(&self, effort: Effort) -> Proposal {
        let found = solve(&self.problem, effort);
        let proof = found.proof.words();
        Proposal { proof, ..self.proposal(&found.slot_of, None, false, (found.held, found.bound)) }
    }

    /// The timetable nearest to what is planned.
    #[must_use]
    pub fn nearest(&self, away: Option<Away>, effort: Effort) -> Proposal {
        let found = replan(&self.problem, &self.now(), effort);
        let held = self.problem.held(&found.slot_of);
        let (lost, moved) = (found.lost.iter().sum::<u32>(), found.moved);
        let proof = if found.is_least {
            say!("bỏ {lost}, dời {moved}: ít nhất có thể", "{lost} dropped, {moved} moved: as few as can be")
        } else {
            say!(
                "bỏ {lost}, dời {moved}: chưa chứng minh là ít nhất",
                "{lost} dropped, {moved} moved: not proved to be the fewest"
            )
        };
        let bound = relax(&self.problem).bound;
        Proposal { proof, ..self.proposal(&found.slot_of, away, true, (held, bound)) }
    }

    fn both(&self, pair: &Pair) -> Both {
        (self.partners[pair.buyer], self.businesses[pair.seller])
    }

    /// The slots of the pairs as they are planned; one that the day no longer has counts as well, so that it is moved.
    fn now(&self) -> Vec<Option<usize>> {
        let slot = |pair: &Pair| usize::try_from(self.planned.get(&self.both(pair))?.slot - 1).ok();
        self.problem.pairs.iter().map(slot).collect()
    }

    fn proposal(
        &self,
        slot_of: &[Option<usize>],
        away: Option<Away>,
        is_mended: bool,
        (held, bound): (Held, Held),
    ) -> Proposal {
        let placed: Vec<(Both, usize, usize)> = self
            .problem
            .pairs
            .iter()
            .zip(slot_of)
            .filter_map(|(pair, slot)| Some((self.both(pair), pair.buyer, (*slot)?)))
            .collect();
        // Who stays in the slot stays at the table, when a timetable is only mended.
        let kept = |both: &Both, slot: usize| {
            let seat = self.planned.get(both).filter(|seat| usize::try_from(seat.slot - 1) == Ok(slot))?;
            u32::try_from(seat.table).ok().filter(|table| *table <= self.tables)
        };
        let seated = placed.iter().map(|(both, buyer, slot)| {
            let kept = kept(both, *slot).filter(|_| is_mended);
            Seating { slot: *slot, buyer: *buyer, kept }
        });
        let seatings: Vec<Seating> = seated.chain(self.over.iter().copied()).collect();
        let table_of = seat(&seatings, self.tables);
        let mut meetings: Vec<Planned> = placed
            .iter()
            .zip(&table_of)
            .map(|((both, _, slot), table)| {
                let seat = Seat { slot: i64::try_from(slot + 1).unwrap_or(0), table: i64::from(*table) };
                Planned { partner: both.0, business: both.1, seat }
            })
            .collect();
        meetings.sort_by_key(|one| (one.seat, one.partner));
        let mut of_business = vec![0_usize; self.businesses.len()];
        for (pair, _) in self.problem.pairs.iter().zip(slot_of).filter(|(_, slot)| slot.is_some()) {
            of_business[pair.seller] += 1;
        }
        let shares = (of_business.iter().copied().min().unwrap_or(0), of_business.iter().copied().max().unwrap_or(0));
        Proposal {
            conference: self.conference,
            away,
            changes: self.changes(&meetings),
            meetings,
            held,
            bound,
            proof: Words::default(),
            walks: walks(&seatings, &table_of),
            shares,
        }
    }

    fn changes(&self, meetings: &[Planned]) -> Vec<(Both, Change)> {
        let then: BTreeMap<Both, Seat> = meetings.iter().map(|one| ((one.partner, one.business), one.seat)).collect();
        let mut changes = Vec::new();
        for (both, seat) in &self.planned {
            match then.get(both) {
                None => changes.push((*both, Change::Dropped(*seat))),
                Some(new) if new != seat => changes.push((*both, Change::Moved(*seat, *new))),
                Some(_) => {}
            }
        }
        changes.extend(
            then.iter()
                .filter(|(both, _)| !self.planned.contains_key(*both))
                .map(|(both, seat)| (*both, Change::New(*seat))),
        );
        changes.sort_by_key(|(both, change)| {
            let seat = match change {
                Change::New(seat) | Change::Dropped(seat) | Change::Moved(_, seat) => *seat,
            };
            (seat, *both)
        });
        changes
    }
}

/// How a timetable is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planning {
    /// The best there is, whatever is planned.
    Anew,
    /// The nearest to what is planned, when somebody does not come or times have changed.
    Mend(Option<Away>),
}

/// Looks for a timetable.
///
/// # Errors
/// As [`setting`].
pub fn propose(book: &Book, conference: Id, planning: Planning) -> Result<Proposal, Refusal> {
    match planning {
        Planning::Anew => Ok(setting(book, conference, None)?.best(Effort::default())),
        Planning::Mend(away) => Ok(setting(book, conference, away)?.nearest(away, Effort::default())),
    }
}

impl Proposal {
    /// The act that stores it.
    #[must_use]
    pub fn intent(&self) -> Intent {
        Intent::Timetable { conference: self.conference, meetings: self.meetings.clone(), away: self.away }
    }

    /// What it comes to, a line each: meetings of each tier beside the most there can be, what is proved, walks, shares.
    #[must_use]
    pub fn told(&self) -> Vec<Words> {
        let (mut lines, mut is_bound) = (Vec::new(), true);
        for (tier, (held, bound)) in self.held.iter().zip(self.bound).enumerate() {
            let words = tier_words(tier);
            // A bound is of a tier whose tiers above have all that they can have; below any other there may be more.
            if is_bound && held + bound > 0 {
                lines.push(say!("{}: {held} trên nhiều nhất {bound} cuộc", "{}: {held} of {bound} at most"; words));
            } else if *held > 0 {
                lines.push(say!("{}: {held} cuộc", "{}: {held}"; words));
            }
            is_bound &= *held == bound;
        }
        lines.push(self.proof.clone());
        let (walks, least, most) = (self.walks, self.shares.0, self.shares.1);
        lines.push(say!(
            "Mỗi doanh nghiệp từ {least} đến {most} cuộc; bên mua đổi bàn {walks} lần",
            "{least} to {most} meetings a business; buyers change tables {walks} times"
        ));
        lines
    }
}

/// The tier of a wish in words.
#[must_use]
pub const fn tier_words(tier: usize) -> Words {
    match tier {
        0 => Words::new("Cả hai rất cần", "Both must"),
        1 => Words::new("Một bên rất cần, bên kia muốn", "One must, the other wants to"),
        2 => Words::new("Cả hai muốn", "Both want to"),
        3 => Words::new("Một bên muốn, bên kia gặp cũng được", "One wants to, the other gladly"),
        4 => Words::new("Cả hai gặp cũng được", "Both gladly"),
        5 => Words::new("Chỉ một bên, rất cần", "One side only, must"),
        6 => Words::new("Chỉ một bên, muốn", "One side only, wants to"),
        _ => Words::new("Chỉ một bên, gặp cũng được", "One side only, gladly"),
    }
}

/// A change in one line: `09:20 bàn 3 → 10:00 bàn 3  Siêu thị · HTX`.
#[must_use]
pub fn change_line(book: &Book, conference: Id, (both, change): &(Both, Change), lang: Lang) -> String {
    let found = book.get::<Conference>(conference);
    let place = |seat: &Seat| {
        let (time, slot, table) = (found.map(|found| found.time(seat.slot)).unwrap_or_default(), seat.slot, seat.table);
        if time.is_empty() {
            return say!("lượt {slot} bàn {table}", "slot {slot} table {table}").in_lang(lang).to_owned();
        }
        say!("{time} bàn {table}", "{time} table {table}").in_lang(lang).to_owned()
    };
    let who = format!("{} · {}", title(book, Kind::Partner, both.0, lang), title(book, Kind::Business, both.1, lang));
    match change {
        Change::New(seat) => format!("+ {}  {who}", place(seat)),
        Change::Moved(from, to) => format!("~ {} → {}  {who}", place(from), place(to)),
        Change::Dropped(seat) => format!("- {}  {who}", place(seat)),
    }
}
