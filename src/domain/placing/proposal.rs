//! What the solver found as a proposal about the book: who is to stand where, what each gains and loses by it, and what the whole
//! is worth beside what stands.

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::intent::Place;
use crate::domain::placing::columns::{Obstacle, obstacle};
use crate::domain::placing::explain::{in_short, joined};
use crate::domain::placing::from_book::Setting;
use crate::domain::placing::plan::Plan;
use crate::domain::placing::problem::Problem;
use crate::domain::placing::score::{Score, Tier, score};
use crate::domain::placing::ties::Ties;
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Business, Registration};
use crate::say;

/// One firm of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The registration.
    pub registration: Id,
    /// The booths it has now.
    pub from: Vec<Id>,
    /// The booths it is to have; none when it gets no place.
    pub to: Vec<Id>,
    /// Why, in words.
    pub why: Words,
    /// What its own place gives it in each tier less what it gave before, neighbours as they stand in either plan. A pair of
    /// neighbours is told at both.
    pub change: Score,
}

impl Row {
    /// True when the firm is to stand elsewhere than now.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.from != self.to
    }

    /// What the firm gains and loses, in words: `wishes +120, zone asked for -1`. Nothing for who does not move.
    #[must_use]
    pub fn gains(&self, order: &[Tier]) -> Words {
        changes(&self.change, order)
    }
}

/// A difference of two values tier by tier, in the fair's order, what is equal left out.
#[must_use]
pub fn changes(by: &Score, order: &[Tier]) -> Words {
    let told = |text: fn(&Words) -> &str| {
        let parts: Vec<String> = order
            .iter()
            .filter(|tier| by.get(**tier) != 0)
            .map(|tier| format!("{} {:+}", text(&tier.words()), by.get(*tier)))
            .collect();
        parts.join(", ")
    };
    Words { vi: told(|words| &words.vi).into(), en: told(|words| &words.en).into() }
}

/// What a placing comes to: a list of firms, and its value beside that of what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The fair.
    pub fair: Id,
    /// Every firm, the most points first.
    pub rows: Vec<Row>,
    /// The order of aims.
    pub order: Vec<Tier>,
    /// The value of what stands.
    pub before: Score,
    /// The value of what is proposed.
    pub after: Score,
    /// What no plan can surpass in each tier, given the tiers above; none where nothing was looked for.
    pub bounds: Option<Score>,
}

impl Proposal {
    /// What the acceptance of the proposal is to store.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let differing = self.rows.iter().filter(|row| row.differs());
        let place = |row: &Row| Place { registration: row.registration, from: row.from.clone(), to: row.to.clone() };
        differing.map(place).collect()
    }

    /// How many of those who stand somewhere are to stand elsewhere, or nowhere.
    #[must_use]
    pub fn moves(&self) -> usize {
        self.rows.iter().filter(|row| row.differs() && !row.from.is_empty()).count()
    }

    /// What is proved of a tier, the tiers above it given: that nothing better exists, or how much better at most.
    #[must_use]
    pub fn proof(&self, tier: Tier) -> Words {
        let Some(bounds) = self.bounds else { return Words::default() };
        let (value, bound) = (self.after.get(tier), bounds.get(tier));
        if value >= bound {
            return Words::new("đã chứng minh: không thể hơn", "proved: nothing better exists");
        }
        let gap = i128::from(bound) - i128::from(value);
        if tier == Tier::Separation || bound == 0 {
            return say!("có thể còn hơn, tối đa {gap}", "might be better by {gap} at most");
        }
        let thousandths = gap.saturating_mul(1_000) / i128::from(bound.unsigned_abs().max(1));
        let (whole, part) = (thousandths / 10, thousandths % 10);
        say!("có thể còn hơn, tối đa {gap} ({whole},{part} %)", "might be better by {gap} at most ({whole}.{part} %)")
    }

    /// Who is to stand on each booth, where that is somebody else than now; the map shows it.
    #[must_use]
    pub fn by_booth(&self) -> BTreeMap<Id, (Option<Id>, Option<Id>)> {
        let mut found: BTreeMap<Id, (Option<Id>, Option<Id>)> = BTreeMap::new();
        for row in &self.rows {
            row.from.iter().for_each(|booth| found.entry(*booth).or_default().0 = Some(row.registration));
            row.to.iter().for_each(|booth| found.entry(*booth).or_default().1 = Some(row.registration));
        }
        found.retain(|_, (from, to)| from != to);
        found
    }
}

/// A plan of the solver as a proposal about the book, each firm with its reasons.
#[must_use]
pub fn proposal(book: &Book, setting: &Setting, plan: &Plan) -> Proposal {
    let holders = plan.holders(setting.problem.spots.len());
    let booths = |spots: &[usize]| spots.iter().filter_map(|spot| setting.booths.get(*spot).copied()).collect();
    let ties = Ties::of(&setting.problem);
    let rows = setting
        .registrations
        .iter()
        .enumerate()
        .map(|(place, registration)| {
            let theirs = plan.spots.get(place).map_or(&[][..], Vec::as_slice);
            let own = setting.present.spots.get(place).map_or(&[][..], Vec::as_slice);
            let change = if own == theirs {
                Score::default()
            } else {
                let before = ties.share(&setting.problem, &setting.present, place, own);
                let mut change = ties.share(&setting.problem, plan, place, theirs).less(&before);
                // That it moves is said already.
                change.0[Tier::Stays as usize] = 0;
                change
            };
            Row {
                registration: *registration,
                from: booths(own),
                to: booths(theirs),
                why: why(book, setting, &holders, place, theirs),
                change,
            }
        })
        .collect();
    Proposal {
        fair: setting.fair,
        rows,
        order: setting.problem.order.clone(),
        before: score(&setting.problem, &setting.present),
        after: score(&setting.problem, plan),
        bounds: None,
    }
}

/// Points, zone and wish of a firm's place; who has the dearer wishes; what forbids a place when it has none.
fn why(book: &Book, setting: &Setting, holders: &[Option<usize>], place: usize, theirs: &[usize]) -> Words {
    let problem = &setting.problem;
    let Some(firm) = problem.firms.get(place) else { return Words::default() };
    let mut said = in_short(problem, place, theirs);
    if theirs.is_empty() {
        said.push(no_place(problem, place));
    }
    let lost = firm.wishes.iter().take_while(|wish| !theirs.contains(wish)).copied();
    for wish in lost {
        let (Some(spot), holder) = (problem.spots.get(wish), holders.get(wish).copied().flatten()) else { continue };
        let code = &spot.code;
        let number = u32::try_from(wish).unwrap_or(u32::MAX);
        if let Some(holder) = holder.and_then(|holder| setting.registrations.get(holder).zip(problem.firms.get(holder)))
        {
            let (who, theirs) = (short_name(book, *holder.0), holder.1.priority);
            said.push(say!("{code} đã giao {who} ({theirs} điểm)", "{code} went to {who} ({theirs} points)"));
        } else if firm.booths == 1
            && let Some(need) = obstacle(problem, place, &[number])
        {
            let need = need.words();
            said.push(say!("{code}: {}", "{code}: {}"; need));
        }
    }
    joined(&said)
}

fn short_name(book: &Book, registration: Id) -> String {
    let business = book.get::<Registration>(registration).and_then(|registration| registration.business);
    match business.and_then(|id| book.get::<Business>(id)) {
        Some(business) if !business.short_name.is_empty() => business.short_name.to_string(),
        Some(business) => title(book, Kind::Business, business.id, Lang::Vi),
        None => String::new(),
    }
}

/// What forbids every place to a firm, the commonest first; or that others came before.
fn no_place(problem: &Problem, place: usize) -> Words {
    let mut needs: BTreeMap<Obstacle, usize> = BTreeMap::new();
    let mut possible = 0_usize;
    if problem.firms.get(place).is_some_and(|firm| firm.booths == 1) {
        for spot in 0..u32::try_from(problem.spots.len()).unwrap_or(0) {
            match obstacle(problem, place, &[spot]) {
                Some(Obstacle::Taken | Obstacle::PinnedToOther) => *needs.entry(Obstacle::Taken).or_default() += 1,
                Some(need) => *needs.entry(need).or_default() += 1,
                None => possible += 1,
            }
        }
    }
    if possible > 0 || needs.is_empty() {
        return say!(
            "chưa có chỗ: {possible} gian hợp đều đã giao",
            "no place: all {possible} booths that would do are given"
        );
    }
    let mut needs: Vec<(usize, Obstacle)> = needs.into_iter().map(|(need, count)| (count, need)).collect();
    needs.sort_unstable_by(|one, other| other.cmp(one));
    let told = |text: fn(&Words) -> &str| {
        needs.iter().map(|(count, need)| format!("{} {count}", text(&need.words()))).collect::<Vec<_>>().join(", ")
    };
    let (vi, en) = (told(|words| &words.vi), told(|words| &words.en));
    say!("không còn gian nào hợp ({vi})", "no booth is left that would do ({en})")
}
