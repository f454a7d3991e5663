//! Why a firm stands where it stands: what its place adds to the plan, which booths its needs exclude, and for each better booth
//! that it did not get who has it and what giving it over would cost.

use std::collections::BTreeMap;

use super::columns::{Obstacle, obstacle};
use super::problem::Problem;
use super::proposal::changes;
use super::score::{Score, Tier, worth};
use super::what_if::{Change, WhatIf, codes, name};
use crate::base::words::Words;
use crate::say;

/// Why a firm did not get a booth that it would rather have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// One of its own hard needs speaks against it.
    Need(Obstacle),
    /// The holder is pinned there.
    Pinned,
    /// The holder has as many priority points or more, and the whole would lose.
    Priority,
    /// Fewer firms would stand in the zone they asked for, or fewer would have a place.
    ZoneTotal,
    /// Competitors would come to stand near each other.
    Rivals,
    /// Some who asked to stand beside each other would not.
    Partner,
    /// The holder has fewer points; the whole would lose all the same, and this has to be said.
    JustifiedEnvy,
    /// Nothing would change for the whole: chance decided, or the order of receipt.
    Lot,
    /// The whole would gain: the plan can be improved.
    Open,
}

impl Class {
    /// The key that is written.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Need(_) => "need",
            Self::Pinned => "pinned",
            Self::Priority => "priority",
            Self::ZoneTotal => "zone_total",
            Self::Rivals => "rivals",
            Self::Partner => "partner",
            Self::JustifiedEnvy => "justified_envy",
            Self::Lot => "lot",
            Self::Open => "open",
        }
    }
}

/// A better booth that a firm did not get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The booths.
    pub booths: Vec<usize>,
    /// Which of its wishes this is, from 0.
    pub rank: Option<usize>,
    /// Who stands there.
    pub holders: Vec<usize>,
    /// What the firm itself would add there less what it adds now, all others being where they are.
    pub own_gain: Score,
    /// The best plan in which it stands there; none when it may not, or a holder is pinned.
    pub forced: Option<Change>,
    /// Why not.
    pub class: Class,
}

/// A firm's place and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// Which firm.
    pub firm: usize,
    /// Its booths.
    pub booths: Vec<usize>,
    /// What its place adds, apart from neighbours: summed over all firms this is the plan's value in those tiers.
    pub own: Score,
    /// The wish that was met, from 0.
    pub wish: Option<usize>,
    /// Its rivals that stand near it. Each pair is told at both.
    pub rivals_near: Vec<usize>,
    /// Its partners that stand beside it. Each pair is told at both.
    pub partners: Vec<usize>,
    /// How many bundles each hard need excludes.
    pub excluded: BTreeMap<Obstacle, usize>,
    /// The best booths that it did not get.
    pub lost: Vec<Lost>,
}

/// The reasons of a firm, with the best `most` booths that it did not get.
#[must_use]
pub fn explain(what_if: &WhatIf<'_>, firm: usize, most: usize) -> Reasons {
    let (problem, plan) = (what_if.problem, what_if.plan);
    let booths = plan.spots.get(firm).cloned().unwrap_or_default();
    let wishes = problem.firms.get(firm).map_or(&[][..], |firm| firm.wishes.as_slice());
    let mut own = what_if.share(plan, firm, &booths);
    let here = own;
    own.0[Tier::Separation as usize] = 0;
    own.0[Tier::Partners as usize] = 0;
    let mut better: Vec<(Score, Vec<usize>)> = what_if
        .columns
        .of_firm(firm)
        .map(|column| what_if.columns.booths(column).iter().map(|booth| *booth as usize).collect::<Vec<usize>>())
        .filter(|other| *other != booths)
        .map(|other| (what_if.share(plan, firm, &other), other))
        .filter(|(share, _)| share.compare(&here, &problem.order).is_gt())
        // To a firm without a place every free booth is better; nobody took it from it.
        .filter(|(_, other)| !booths.is_empty() || !holders(what_if, firm, other).is_empty())
        .collect();
    better.sort_by(|(one, _), (two, _)| two.compare(one, &problem.order));
    better.truncate(most);
    let mut lost: Vec<Lost> =
        better.into_iter().map(|(share, other)| alternative(what_if, firm, other, share, here)).collect();
    // A wish that its own needs forbid is no column; it is told all the same.
    for (rank, wish) in
        wishes.iter().enumerate().filter(|_| problem.firms.get(firm).is_some_and(|firm| firm.booths == 1))
    {
        let why = u32::try_from(*wish).ok().and_then(|wish| obstacle(problem, firm, &[wish]));
        if let Some(why) = why.filter(|_| !booths.contains(wish)) {
            lost.push(Lost {
                booths: vec![*wish],
                rank: Some(rank),
                holders: holders(what_if, firm, &[*wish]),
                own_gain: Score::default(),
                forced: None,
                class: Class::Need(why),
            });
        }
    }
    Reasons {
        firm,
        own,
        wish: wishes.iter().position(|wish| booths.contains(wish)),
        rivals_near: what_if.rivals_near(firm, &booths),
        partners: what_if.partners_beside(firm, &booths),
        excluded: what_if.columns.excluded.get(firm).cloned().unwrap_or_default(),
        booths,
        lost,
    }
}

fn holders(what_if: &WhatIf<'_>, firm: usize, booths: &[usize]) -> Vec<usize> {
    let stands = |theirs: &Vec<usize>| theirs.iter().any(|booth| booths.contains(booth));
    let all = what_if.plan.spots.iter().enumerate();
    all.filter(|(other, theirs)| *other != firm && stands(theirs)).map(|(other, _)| other).collect()
}

fn alternative(what_if: &WhatIf<'_>, firm: usize, booths: Vec<usize>, share: Score, here: Score) -> Lost {
    let problem = what_if.problem;
    let holders = holders(what_if, firm, &booths);
    let is_pinned = holders.iter().any(|other| !problem.firms[*other].pinned.is_empty());
    let forced = if is_pinned {
        None
    } else {
        let ways = what_if.pin(firm, &booths, 4).unwrap_or_default();
        ways.into_iter().max_by(|one, two| one.after.compare(&two.after, &problem.order))
    };
    let class = forced.as_ref().map_or(Class::Pinned, |forced| class(what_if, firm, &holders, forced));
    let own_gain = share.less(&here);
    let rank = problem.firms[firm].wishes.iter().position(|wish| booths.contains(wish));
    Lost { booths, rank, holders, own_gain, forced, class }
}

fn class(what_if: &WhatIf<'_>, firm: usize, holders: &[usize], forced: &Change) -> Class {
    let problem = what_if.problem;
    match forced.after.compare(&forced.before, &problem.order) {
        std::cmp::Ordering::Greater => return Class::Open,
        std::cmp::Ordering::Equal => return Class::Lot,
        std::cmp::Ordering::Less => {}
    }
    let own = problem.firms[firm].priority;
    let envies = holders.iter().any(|other| problem.firms[*other].priority < own);
    match problem.order.iter().copied().find(|tier| forced.by(*tier) != 0) {
        Some(Tier::Separation) => Class::Rivals,
        Some(Tier::Partners) => Class::Partner,
        Some(Tier::Placed | Tier::Zone) => Class::ZoneTotal,
        Some(Tier::Priority) => Class::Priority,
        _ if envies => Class::JustifiedEnvy,
        _ => Class::Priority,
    }
}

impl Lost {
    /// In one sentence.
    #[must_use]
    pub fn words(&self, what_if: &WhatIf<'_>) -> Words {
        let problem = what_if.problem;
        let booths = codes(problem, &self.booths);
        let which = self.rank.map_or_else(
            || say!("Gian {booths}", "Booth {booths}"),
            |rank| {
                let rank = rank + 1;
                say!("Nguyện vọng {rank} ({booths})", "Wish {rank} ({booths})")
            },
        );
        let taken = self.holders.first().map_or_else(
            || Words::new("còn trống", "is free"),
            |holder| {
                let (who, points) = (name(problem, *holder), problem.firms[*holder].priority);
                say!("đã giao {who} (ưu tiên {points})", "went to {who} (priority {points})")
            },
        );
        let why = self.why(what_if);
        Words {
            vi: format!("{} {}: {}", which.vi, taken.vi, why.vi).into(),
            en: format!("{} {}: {}", which.en, taken.en, why.en).into(),
        }
    }

    fn why(&self, what_if: &WhatIf<'_>) -> Words {
        let moves = self.forced.as_ref().map_or(0, |forced| forced.moved.len());
        let tiers = &what_if.problem.order;
        let change = self.forced.as_ref().and_then(|forced| {
            let tier = tiers.iter().copied().find(|tier| forced.by(*tier) != 0)?;
            Some((tier.words(), forced.by(tier)))
        });
        let cost = change.map_or_else(
            || say!("đổi {moves} đơn vị, tổng không đổi.", "{moves} firms would move, the whole stays the same."),
            |(what, by)| {
                say!(
                    "cách tốt nhất tìm được để đứng đó dời {moves} đơn vị, {} {by:+}.",
                    "the best way found to stand there moves {moves} firms, {} {by:+}."; what
                )
            },
        );
        let lead = match self.class {
            Class::Need(why) => {
                let why = why.words();
                return say!("không hợp, {}.", "does not suit, {}."; why);
            }
            Class::Pinned => return Words::new("đã ấn định, không đổi.", "it is pinned there and stays."),
            Class::Priority => Words::new("đơn vị kia ưu tiên không thấp hơn;", "the other has no fewer points;"),
            Class::ZoneTotal => Words::new("cả hội chợ xếp kém hơn;", "the fair as a whole would be placed worse;"),
            Class::Rivals => Words::new("đối thủ sẽ đứng gần nhau;", "competitors would stand near each other;"),
            Class::Partner => Words::new("yêu cầu đứng cạnh nhau sẽ hỏng;", "neighbours asked for would part;"),
            Class::JustifiedEnvy => Words::new("đơn vị kia ưu tiên thấp hơn, nhưng", "the other has fewer points, yet"),
            Class::Lot => Words::new("hai bên ngang nhau, quyết định bằng thăm;", "both are equal, the lot decided;"),
            Class::Open => Words::new("có thể cải thiện:", "this would be an improvement:"),
        };
        Words { vi: format!("{} {}", lead.vi, cost.vi).into(), en: format!("{} {}", lead.en, cost.en).into() }
    }
}

/// Points, zone and wish of a firm on these booths, each in a few words.
#[must_use]
pub fn in_short(problem: &Problem, firm: usize, booths: &[usize]) -> Vec<Words> {
    let Some(own) = problem.firms.get(firm) else { return Vec::new() };
    let points = own.priority;
    let mut said = vec![say!("{points} điểm", "{points} points")];
    if booths.is_empty() {
        return said;
    }
    let numbers: Vec<u32> = booths.iter().filter_map(|booth| u32::try_from(*booth).ok()).collect();
    if own.zone.is_some() {
        said.push(match worth(problem, own, &numbers).zone {
            2 => say!("đúng khu", "zone right"),
            1 => say!("một phần đúng khu", "zone in part"),
            _ => say!("khác khu", "other zone"),
        });
    }
    if let Some(rank) = own.wishes.iter().position(|wish| booths.contains(wish)) {
        let rank = rank + 1;
        said.push(say!("nguyện vọng {rank}", "wish {rank}"));
    } else if !own.wishes.is_empty() {
        said.push(say!("không thuộc nguyện vọng", "none of its wishes"));
    }
    said
}

/// Several words as one line.
#[must_use]
pub fn joined(said: &[Words]) -> Words {
    let joined = |text: fn(&Words) -> &str| said.iter().map(text).collect::<Vec<_>>().join("; ");
    Words { vi: joined(|words| &words.vi).into(), en: joined(|words| &words.en).into() }
}

impl Reasons {
    /// The reasons in one line, apart from what was lost.
    #[must_use]
    pub fn summary(&self, problem: &Problem) -> Words {
        let mut said = in_short(problem, self.firm, &self.booths);
        let names = |firms: &[usize]| firms.iter().map(|firm| name(problem, *firm)).collect::<Vec<_>>().join(", ");
        if !self.rivals_near.is_empty() {
            let rivals = names(&self.rivals_near);
            said.push(say!("gần đối thủ {rivals}", "near its competitor {rivals}"));
        }
        if !self.partners.is_empty() {
            let partners = names(&self.partners);
            said.push(say!("cạnh {partners} như đã xin", "beside {partners} as asked for"));
        }
        joined(&said)
    }

    /// The reasons line by line.
    #[must_use]
    pub fn words(&self, what_if: &WhatIf<'_>) -> Vec<Words> {
        let problem = what_if.problem;
        let who = name(problem, self.firm);
        let mut lines = Vec::new();
        if self.booths.is_empty() {
            let holders = what_if.plan.holders(problem.spots.len());
            let is_free = |column: &usize| {
                what_if.columns.booths(*column).iter().all(|booth| holders.get(*booth as usize) == Some(&None))
            };
            let free = what_if.columns.of_firm(self.firm).filter(is_free).count();
            lines.push(if free == 0 {
                say!(
                    "{who} chưa có gian, không còn chỗ trống nào hợp.",
                    "{who} has no booth, and no free place would do."
                )
            } else {
                say!("{who} chưa có gian; {free} chỗ trống hợp.", "{who} has no booth; {free} free places would do.")
            });
        } else {
            let (booths, summary) = (codes(problem, &self.booths), self.summary(problem));
            lines.push(say!("{who} được {booths}: {}.", "{who} has {booths}: {}."; summary));
            let mut own = self.own;
            own.0[Tier::Placed as usize] = 0;
            let adds = changes(&own, &problem.order);
            lines.push(say!("Góp vào tổng điểm: {}.", "It adds to the whole: {}."; adds));
        }
        for (need, count) in &self.excluded {
            let why = need.words();
            lines.push(say!("Loại {count} chỗ: {}.", "{count} places ruled out: {}."; why));
        }
        lines.extend(self.lost.iter().map(|lost| lost.words(what_if)));
        lines
    }
}
