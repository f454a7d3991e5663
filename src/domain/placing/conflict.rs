//! Who is not placed, and the smallest set of demands that forbids it: so many firms need one of so few booths. What was not
//! tried to the end is said to be so.

use std::collections::BTreeMap;

use super::columns::{Columns, Obstacle};
use super::problem::Problem;
use super::what_if::{codes, name};
use super::{Plan, Standing};
use crate::base::words::Words;
use crate::say;

/// What is known of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// They cannot all be placed, and taking any of them out ends the conflict.
    Least,
    /// They cannot all be placed; whether fewer would do was not found out in so many tries.
    Forbidden(u32),
    /// In so many tries no places were found for all of them, and not every way was tried.
    Open(u32),
}

impl Proof {
    /// The key that is written.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Least => "least",
            Self::Forbidden(_) => "forbidden",
            Self::Open(_) => "open",
        }
    }

    /// How many ways were tried where that was not enough.
    #[must_use]
    pub const fn tries(self) -> Option<u32> {
        match self {
            Self::Least => None,
            Self::Forbidden(tries) | Self::Open(tries) => Some(tries),
        }
    }
}

/// Firms that together need more booths than there are for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The firms.
    pub firms: Vec<usize>,
    /// All the booths that any of them may have, apart from those that firms of several booths hold.
    pub booths: Vec<usize>,
    /// The needs that keep them off other booths, with how many booths each excludes for the first of them it holds for.
    pub needs: Vec<(Obstacle, usize)>,
    /// What would end it, the cheapest first.
    pub repairs: Vec<Repair>,
    /// What is known of it.
    pub proof: Proof,
    /// True when some of the booths are left out because firms of several booths hold them.
    pub others_stay: bool,
}

/// One way to end a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A booth that is held or blocked is given free.
    Release(usize),
    /// A booth is equipped with what is lacking there alone.
    Equip(usize, Obstacle),
    /// A firm gives up one need, which opens so many booths to it.
    Relax(usize, Obstacle, usize),
}

impl Repair {
    /// In words.
    #[must_use]
    pub fn words(&self, problem: &Problem) -> Words {
        match self {
            Self::Release(booth) => {
                let code = codes(problem, &[*booth]);
                say!("Mở gian {code} đang giữ hoặc khóa", "Give free booth {code}, which is held or blocked")
            }
            Self::Equip(booth, lacking) => {
                let (code, why) = (codes(problem, &[*booth]), lacking.words());
                say!("Trang bị cho gian {code} (hiện {})", "Equip booth {code} (now: {})"; why)
            }
            Self::Relax(firm, need, opens) => {
                let (firm, why) = (name(problem, *firm), need.words());
                say!(
                    "{firm} bỏ yêu cầu về “{}”: thêm {opens} gian",
                    "{firm} gives up the need behind “{}”: {opens} more booths"; why
                )
            }
        }
    }
}

impl Conflict {
    /// In one sentence, and what is not known in another.
    #[must_use]
    pub fn words(&self, problem: &Problem) -> Words {
        let stay = match self.others_stay {
            true => Words::new(
                " Các đơn vị nhiều gian được coi là giữ nguyên chỗ.",
                " Firms of several booths are taken to stay where they are.",
            ),
            false => Words::default(),
        };
        let rest = match self.proof {
            Proof::Least => Words::default(),
            Proof::Forbidden(tries) => say!(
                " Đã thử {tries} cách; chưa biết có nhóm nhỏ hơn hay không.",
                " {tries} ways were tried; whether a smaller set exists is not known."
            ),
            Proof::Open(_) => Words::default(),
        };
        say!("{}{}{}", "{}{}{}"; self.what_is_short(problem), stay, rest)
    }

    fn what_is_short(&self, problem: &Problem) -> Words {
        if let Proof::Open(tries) = self.proof {
            let all: Vec<&str> = self.firms.iter().take(8).map(|firm| name(problem, *firm)).collect();
            let more = if self.firms.len() > all.len() { "…" } else { "" };
            let names = all.join(", ");
            return say!(
                "Đã thử {tries} cách xếp chung {names}{more} mà không ra chỗ cho tất cả, nhưng chưa thử hết mọi cách: chưa biết có xếp được hay không, và chưa biết nhóm yêu cầu nhỏ nhất.",
                "{tries} ways to place {names}{more} together were tried and none has room for all, but not every way was tried: whether there is room is not known, nor the smallest set of demands."
            );
        }
        let (firms, booths) = (self.firms.len(), self.booths.len());
        let wanted: usize = self.firms.iter().filter_map(|firm| problem.firms.get(*firm)).map(|firm| firm.booths).sum();
        let names: Vec<&str> = self.firms.iter().take(6).map(|firm| name(problem, *firm)).collect();
        let more = if firms > names.len() { "…" } else { "" };
        let (names, codes) = (names.join(", "), codes(problem, &self.booths));
        let codes = if booths > 0 && booths <= 12 { format!(" ({codes})") } else { String::new() };
        let needs: (Vec<String>, Vec<String>) = self
            .needs
            .iter()
            .map(|(need, _)| need.words())
            .map(|words| (words.vi.into_owned(), words.en.into_owned()))
            .unzip();
        let because = if self.needs.is_empty() {
            Words::default()
        } else {
            let (vi, en) = (needs.0.join(", "), needs.1.join(", "));
            say!("; các gian khác: {vi}", "; the other booths: {en}")
        };
        match (firms, booths) {
            (_, 0) => say!(
                "{names}{more}: không còn gian nào dùng được{}.",
                "{names}{more}: no booth is left that could be used{}."; because
            ),
            (_, 1) => say!(
                "{firms} đơn vị ({names}{more}) cần {wanted} gian, chỉ có một gian dùng được{codes}{}.",
                "{firms} firms ({names}{more}) need {wanted} booths and can use only one{codes}{}."; because
            ),
            _ if wanted <= booths => say!(
                "{firms} đơn vị ({names}{more}) cần {wanted} gian liền nhau; {booths} gian dùng được{codes} không chia đủ{}.",
                "{firms} firms ({names}{more}) need {wanted} booths side by side; the {booths} they can use{codes} cannot be shared out so{}.";
                because
            ),
            _ => say!(
                "{firms} đơn vị ({names}{more}) cần {wanted} gian, chỉ có {booths} gian dùng được{codes}{}.",
                "{firms} firms ({names}{more}) need {wanted} booths and can use only {booths}{codes}{}."; because
            ),
        }
    }
}

/// For each firm without a place, why: one conflict names each only once, and none is named for a firm that could still be
/// placed.
///
/// Firms of one booth are judged exactly, those of several staying where they are. A firm of several booths is judged together with
/// those who hold what it could use, by trying every way; where that is too much to try, that is said.
#[must_use]
pub fn conflicts(problem: &Problem, plan: &Plan) -> Vec<Conflict> {
    let columns = Columns::of(problem);
    let mut found: Vec<Conflict> = Vec::new();
    for firm in (0..problem.firms.len()).filter(|firm| plan.spots.get(*firm).is_none_or(Vec::is_empty)) {
        if found.iter().any(|conflict| conflict.firms.contains(&firm)) {
            continue;
        }
        found.extend(why_not(problem, &columns, plan, firm));
    }
    found
}

/// Why a firm has no place; none when it could have one.
fn why_not(problem: &Problem, columns: &Columns, plan: &Plan, firm: usize) -> Option<Conflict> {
    let own = problem.firms.get(firm)?;
    if columns.of_firm(firm).is_empty() {
        return Some(told(problem, columns, vec![firm], &[], Proof::Least));
    }
    if own.booths != 1 {
        let spots = problem.spots.len();
        return match unpackable(columns, plan, firm, spots) {
            Room::ForAll => None,
            Room::Unknown(firms) => Some(told(problem, columns, firms, &[], Proof::Open(TRIES_MAX))),
            Room::TooLittle(firms) => {
                let mut proof = Proof::Least;
                let firms = least(problem, firms, |firms| match packs(columns, firms, spots) {
                    Some(fit) => !fit,
                    None => {
                        proof = Proof::Forbidden(TRIES_MAX);
                        false
                    }
                });
                Some(told(problem, columns, firms, &[], proof))
            }
        };
    }
    let hall = Hall::new(problem, columns, plan);
    let firms = hall.blocked(firm)?;
    Some(told(problem, columns, irreducible(problem, columns, plan, firms), &hall.fixed, Proof::Least))
}

/// For a firm without a place that no conflict keeps out: others would have to move.
#[must_use]
pub fn only_if_others_move(problem: &Problem, plan: &Plan, firm: usize, found: &[Conflict]) -> Option<Words> {
    let stands = plan.spots.get(firm).is_none_or(|booths| !booths.is_empty());
    let who = name(problem, firm);
    let is_kept_out = found.iter().any(|conflict| conflict.firms.contains(&firm));
    let columns = Columns::of(problem);
    let holders = plan.holders(problem.spots.len());
    let is_free = |booth: &u32| holders.get(*booth as usize) == Some(&None);
    let has_free = columns.of_firm(firm).any(|column| columns.booths(column).iter().all(is_free));
    (!stands && !is_kept_out && !has_free).then(|| {
        say!(
            "{who} xếp được nếu dời đơn vị khác; “Xếp lại, ít dời” cho biết dời ai.",
            "{who} can be placed if others move; “Place again, few moves” says who."
        )
    })
}

/// Leaves out every firm without which the rest still cannot all be placed.
fn irreducible(problem: &Problem, columns: &Columns, plan: &Plan, firms: Vec<usize>) -> Vec<usize> {
    least(problem, firms, |fewer| !Hall::new(problem, columns, plan).seats_all(fewer))
}

/// As few of the firms as still are in conflict. Those of the least priority are kept longest: they are the ones an office would
/// ask to give way.
fn least(problem: &Problem, mut firms: Vec<usize>, mut in_conflict: impl FnMut(&[usize]) -> bool) -> Vec<usize> {
    let mut order = firms.clone();
    order.sort_by_key(|firm| std::cmp::Reverse(problem.firms.get(*firm).map_or(0, |firm| firm.priority)));
    for firm in order {
        let fewer: Vec<usize> = firms.iter().copied().filter(|other| *other != firm).collect();
        if in_conflict(&fewer) {
            firms = fewer;
        }
    }
    firms
}

/// Whether firms find room together.
enum Room {
    /// They all do.
    ForAll,
    /// These cannot all be placed.
    TooLittle(Vec<usize>),
    /// It is too much to try.
    Unknown(Vec<usize>),
}

/// Firms, this one among them, that cannot all be placed whatever the others do: those who hold what it could use, and those who
/// hold what these could use, as many as it takes.
fn unpackable(columns: &Columns, plan: &Plan, firm: usize, spots: usize) -> Room {
    let holders = plan.holders(spots);
    let mut firms = vec![firm];
    let mut at = 0;
    while let Some(next) = firms.get(at).copied() {
        at += 1;
        let booths = columns.of_firm(next).flat_map(|column| columns.booths(column));
        for holder in booths.filter_map(|booth| holders.get(*booth as usize).copied().flatten()) {
            if firms.contains(&holder) {
                continue;
            }
            firms.push(holder);
            match packs(columns, &firms, spots) {
                Some(true) => {}
                Some(false) => return Room::TooLittle(firms),
                None => return Room::Unknown(firms),
            }
        }
    }
    Room::ForAll
}

/// So many places are tried before it is left open whether firms find room together.
const TRIES_MAX: u32 = 40_000;

/// True when these firms find room together were nobody else there, false when they do not; none when that is too much to try.
fn packs(columns: &Columns, firms: &[usize], spots: usize) -> Option<bool> {
    fn go(columns: &Columns, firms: &[usize], used: &mut [bool], tries: &mut u32) -> Option<bool> {
        let Some((firm, rest)) = firms.split_first() else { return Some(true) };
        for column in columns.of_firm(*firm) {
            let booths = columns.booths(column);
            if booths.iter().any(|booth| used[*booth as usize]) {
                continue;
            }
            *tries = tries.checked_sub(1)?;
            booths.iter().for_each(|booth| used[*booth as usize] = true);
            let fits = go(columns, rest, used, tries);
            booths.iter().for_each(|booth| used[*booth as usize] = false);
            if fits != Some(false) {
                return fits;
            }
        }
        Some(false)
    }
    // Fewer booths than are wanted need no trying.
    let mut usable = vec![false; spots];
    let all = firms.iter().flat_map(|firm| columns.of_firm(*firm)).flat_map(|column| columns.booths(column));
    all.for_each(|booth| usable[*booth as usize] = true);
    let size = |firm: &usize| columns.of_firm(*firm).map(|column| columns.booths(column).len()).min().unwrap_or(0);
    if firms.iter().map(size).sum::<usize>() > usable.iter().filter(|usable| **usable).count() {
        return Some(false);
    }
    let mut scarcest = firms.to_vec();
    scarcest.sort_by_key(|firm| columns.of_firm(*firm).len());
    go(columns, &scarcest, &mut vec![false; spots], &mut { TRIES_MAX })
}

fn told(problem: &Problem, columns: &Columns, mut firms: Vec<usize>, fixed: &[bool], proof: Proof) -> Conflict {
    firms.sort_unstable();
    let mut booths: Vec<usize> = firms
        .iter()
        .flat_map(|firm| columns.of_firm(*firm))
        .flat_map(|column| columns.booths(column).iter().map(|booth| *booth as usize))
        .collect();
    booths.sort_unstable();
    booths.dedup();
    let of_all = booths.len();
    booths.retain(|booth| fixed.get(*booth) != Some(&true));
    let others_stay = booths.len() < of_all;
    let mut needs: BTreeMap<Obstacle, usize> = BTreeMap::new();
    for excluded in firms.iter().filter_map(|firm| columns.excluded.get(*firm)) {
        for (need, count) in excluded {
            needs.entry(*need).or_insert(*count);
        }
    }
    let repairs = repairs(problem, columns, &firms, &booths);
    Conflict { firms, booths, needs: needs.into_iter().collect(), repairs, proof, others_stay }
}

/// Booths that lack one thing only for one of the firms, and needs that alone keep a firm off booths outside the set.
fn repairs(problem: &Problem, columns: &Columns, firms: &[usize], booths: &[usize]) -> Vec<Repair> {
    let mut releases: Vec<Repair> = Vec::new();
    let mut equips: Vec<Repair> = Vec::new();
    let mut relaxed: BTreeMap<(usize, Obstacle), usize> = BTreeMap::new();
    for (booth, spot) in problem.spots.iter().enumerate().filter(|(booth, _)| !booths.contains(booth)) {
        for firm in firms.iter().copied().filter(|firm| problem.firms[*firm].booths == 1) {
            let lacking = lacking(problem, firm, booth);
            match lacking.as_slice() {
                [Obstacle::Taken] if spot.standing != Standing::Free => releases.push(Repair::Release(booth)),
                [need @ (Obstacle::Water | Obstacle::Power | Obstacle::Accessible)] => {
                    equips.push(Repair::Equip(booth, *need));
                    *relaxed.entry((firm, *need)).or_default() += 1;
                }
                [need @ (Obstacle::Price | Obstacle::Further)] => *relaxed.entry((firm, *need)).or_default() += 1,
                _ => {}
            }
        }
    }
    releases.dedup();
    equips.dedup();
    let mut relaxed: Vec<Repair> =
        relaxed.into_iter().map(|((firm, need), opens)| Repair::Relax(firm, need, opens)).collect();
    relaxed.sort_by_key(|repair| match repair {
        Repair::Relax(firm, _, opens) => (std::cmp::Reverse(*opens), *firm),
        _ => (std::cmp::Reverse(0), 0),
    });
    for firm in firms.iter().copied().filter(|firm| problem.firms[*firm].booths != 1) {
        let excluded = columns.excluded.get(firm).into_iter().flatten();
        relaxed.extend(excluded.map(|(need, count)| Repair::Relax(firm, *need, *count)));
    }
    releases.into_iter().chain(equips.into_iter().take(5)).chain(relaxed.into_iter().take(5)).collect()
}

/// Everything that keeps a firm off one booth.
fn lacking(problem: &Problem, firm: usize, booth: usize) -> Vec<Obstacle> {
    let (Some(own), Some(spot)) = (problem.firms.get(firm), problem.spots.get(booth)) else { return Vec::new() };
    let pinned =
        || problem.firms.iter().enumerate().any(|(other, theirs)| other != firm && theirs.pinned.contains(&booth));
    let needs = [
        (spot.standing != Standing::Free, Obstacle::Taken),
        (pinned(), Obstacle::PinnedToOther),
        (!own.pinned.is_empty() && own.pinned != [booth], Obstacle::PinnedElsewhere),
        (own.needs_water && !spot.water, Obstacle::Water),
        (own.needs_power && !spot.power, Obstacle::Power),
        (own.needs_accessible && !spot.accessible, Obstacle::Accessible),
        (own.price_limit.is_some_and(|limit| spot.price > limit), Obstacle::Price),
        (own.allowed.as_ref().is_some_and(|allowed| allowed.get(booth) != Some(&true)), Obstacle::Further),
    ];
    needs.into_iter().filter(|(lacks, _)| *lacks).map(|(_, need)| need).collect()
}

/// Firms of one booth on booths; those of several stay where they are.
struct Hall<'a> {
    problem: &'a Problem,
    columns: &'a Columns,
    holder: Vec<Option<usize>>,
    fixed: Vec<bool>,
}

impl<'a> Hall<'a> {
    fn new(problem: &'a Problem, columns: &'a Columns, plan: &Plan) -> Self {
        let holder = plan.holders(problem.spots.len());
        let fixed = holder
            .iter()
            .map(|holder| holder.is_some_and(|firm| problem.firms.get(firm).is_none_or(|firm| firm.booths != 1)))
            .collect();
        Self { problem, columns, holder, fixed }
    }

    /// All firms that an augmenting path from this one reaches, when none ends at a free booth.
    fn blocked(&self, firm: usize) -> Option<Vec<usize>> {
        let mut reached = vec![firm];
        let mut seen = self.fixed.clone();
        let mut at = 0;
        while let Some(firm) = reached.get(at).copied() {
            at += 1;
            for booth in self.choices(firm) {
                if !std::mem::replace(&mut seen[booth], true) {
                    match self.holder[booth] {
                        None => return None,
                        Some(holder) => reached.push(holder),
                    }
                }
            }
        }
        Some(reached)
    }

    fn choices(&self, firm: usize) -> Vec<usize> {
        let columns = self.columns.of_firm(firm).map(|column| self.columns.booths(column));
        columns.filter_map(|booths| if let [booth] = booths { Some(*booth as usize) } else { None }).collect()
    }

    /// True when these alone, of the firms of one booth, could all be placed.
    fn seats_all(&mut self, firms: &[usize]) -> bool {
        self.holder = vec![None; self.problem.spots.len()];
        firms.iter().all(|firm| {
            let mut seen = self.fixed.clone();
            self.finds(*firm, &mut seen)
        })
    }

    fn finds(&mut self, firm: usize, seen: &mut [bool]) -> bool {
        for booth in self.choices(firm) {
            if std::mem::replace(&mut seen[booth], true) {
                continue;
            }
            let holder = self.holder[booth];
            if holder.is_none_or(|holder| self.finds(holder, seen)) {
                self.holder[booth] = Some(firm);
                return true;
            }
        }
        false
    }
}
