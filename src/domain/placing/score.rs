//! What a plan is worth: tiers, of which a higher one always outweighs all lower ones together.

use super::plan::Plan;
use super::problem::{Firm, Problem};
use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::say;

/// What counts in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// How many firms have a place.
    Placed,
    /// The priority points of the firms that have one.
    Priority,
    /// Two for a firm that stands wholly in the zone it wants, one for partly.
    Zone,
    /// Less one for each pair of rivals that stand near each other.
    Separation,
    /// Pairs that asked to stand beside each other and do.
    Partners,
    /// Points for the best wish that was met, weighted by priority.
    Wishes,
    /// How good the places are, and that prime places go round over the years.
    Quality,
    /// How many of those who stand somewhere stay there. Only a placing that is to move few counts it.
    Stays,
}

impl Tier {
    /// How many tiers there are.
    pub const COUNT: usize = 8;
    /// The tiers that a fair orders, in the usual order.
    pub const USUAL: [Self; 7] =
        [Self::Placed, Self::Priority, Self::Zone, Self::Separation, Self::Partners, Self::Wishes, Self::Quality];

    /// The key that is written, in a fair's order and in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Priority => "priority",
            Self::Zone => "zone",
            Self::Separation => "apart",
            Self::Partners => "beside",
            Self::Wishes => "wishes",
            Self::Quality => "quality",
            Self::Stays => "stays",
        }
    }

    /// The tier in words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Placed => Words::new("số đơn vị có gian", "firms placed"),
            Self::Priority => Words::new("điểm ưu tiên", "priority points"),
            Self::Zone => Words::new("đúng khu vực", "zone asked for"),
            Self::Separation => Words::new("tách đối thủ", "rivals apart"),
            Self::Partners => Words::new("cạnh đơn vị đã xin", "neighbours asked for"),
            Self::Wishes => Words::new("nguyện vọng", "wishes"),
            Self::Quality => Words::new("chất lượng vị trí", "quality of places"),
            Self::Stays => Words::new("đơn vị ở yên", "firms that stay"),
        }
    }

    /// What a placing does that counts the tier high.
    #[must_use]
    pub const fn about(self) -> Words {
        match self {
            Self::Placed => Words::new("Càng nhiều đơn vị có gian càng tốt.", "As many firms as possible get a booth."),
            Self::Priority => Words::new(
                "Thiếu gian thì đơn vị nhiều điểm được trước.",
                "Where booths are short, firms with more points come first.",
            ),
            Self::Zone => Words::new("Đơn vị đứng đúng khu vực đã xin.", "Firms stand in the zone they asked for."),
            Self::Separation => Words::new("Đối thủ không đứng gần nhau.", "Rivals do not stand near each other."),
            Self::Partners => {
                Words::new("Ai xin cạnh ai thì được cạnh nhau.", "Those who asked for each other stand side by side.")
            }
            Self::Wishes => Words::new(
                "Được gian đã ghi nguyện vọng, nhiều điểm nặng hơn.",
                "Firms get booths they wished for; more points weigh more.",
            ),
            Self::Quality => {
                Words::new("Chỗ đẹp, và luân phiên qua các năm.", "Good places, and taking turns over the years.")
            }
            Self::Stays => Words::new("Ai đã có chỗ thì ở yên.", "Those who have a place stay there."),
        }
    }

    /// Writes an order so that it reads back: what follows in the usual order is left out.
    #[must_use]
    pub fn write_order(order: &[Self]) -> String {
        let says_all = |named: &usize| Self::with_rest(&order[..*named]) == order;
        let named = (0..=order.len()).find(says_all).unwrap_or(order.len());
        order[..named].iter().map(|tier| tier.key()).collect::<Vec<_>>().join(", ")
    }

    fn with_rest(named: &[Self]) -> Vec<Self> {
        let rest = Self::USUAL.into_iter().filter(|tier| !named.contains(tier));
        named.iter().copied().chain(rest).collect()
    }

    /// Reads an order of tiers by keys or by their words: `placed, zone, priority`. Tiers that are not named follow in their
    /// usual order.
    ///
    /// # Errors
    /// A refusal at the field for a word that is no tier, or one said twice.
    pub fn read_order(text: &str) -> Result<Vec<Self>, Refusal> {
        let fold = crate::base::text::fold;
        let called = |word: &str| {
            let folded = fold(word);
            let is = |tier: &Self| {
                tier.key() == folded || [tier.words().vi, tier.words().en].iter().any(|said| fold(said) == folded)
            };
            Self::USUAL.into_iter().find(is)
        };
        let parts = text.split([',', ';', '>', '›']).map(str::trim).filter(|part| !part.is_empty());
        // What is no name as a whole may be several keys with spaces between.
        let words =
            parts.flat_map(|part| if called(part).is_some() { vec![part] } else { part.split_whitespace().collect() });
        let mut order: Vec<Self> = Vec::new();
        for word in words {
            let Some(tier) = called(word).filter(|tier| !order.contains(tier)) else {
                let (word, keys) = (crate::base::text::Text::new(word), Self::USUAL.map(Self::key).join(", "));
                return Err(Refusal::new(
                    "aim-unknown",
                    say!(
                        "“{word}” không phải là mục tiêu, hoặc ghi hai lần.",
                        "“{word}” is no aim, or stands there twice."
                    ),
                    say!("Chọn trong: {keys}.", "Choose from: {keys}."),
                )
                .at("tiers"));
            };
            order.push(tier);
        }
        Ok(Self::with_rest(&order))
    }
}

/// The value of a plan in each tier, by [`Tier`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Score(pub [i64; Tier::COUNT]);

impl Score {
    /// The value of a tier.
    #[must_use]
    pub const fn get(&self, tier: Tier) -> i64 {
        self.0[tier as usize]
    }

    /// Adds to a tier.
    pub const fn add(&mut self, tier: Tier, by: i64) {
        self.0[tier as usize] += by;
    }

    /// Adds what a column is worth to a firm, so many times.
    pub const fn count(&mut self, firm: &Firm, worth: Worth, times: i64) {
        self.add(Tier::Placed, times);
        self.add(Tier::Priority, firm.priority * times);
        self.add(Tier::Zone, worth.zone as i64 * times);
        self.add(Tier::Wishes, worth.wish as i64 * times);
        self.add(Tier::Quality, worth.quality as i64 * times);
        self.add(Tier::Stays, worth.stays as i64 * times);
    }

    /// The difference to another value, tier by tier.
    #[must_use]
    pub fn less(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own -= other);
        self
    }

    /// Compares in the fair's order of tiers: greater is better.
    #[must_use]
    pub fn compare(&self, other: &Self, order: &[Tier]) -> std::cmp::Ordering {
        order
            .iter()
            .map(|&tier| self.get(tier).cmp(&other.get(tier)))
            .find(|by| by.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    }
}

/// What a column is worth to its firm, apart from neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// 0, 1 or 2.
    pub zone: i8,
    /// Points of the best wish in it.
    pub wish: i32,
    /// Points of quality.
    pub quality: i32,
    /// 1 where the firm stands already.
    pub stays: i8,
}

/// What these booths are worth to a firm.
#[must_use]
pub fn worth(problem: &Problem, firm: &Firm, booths: &[u32]) -> Worth {
    let spots = || booths.iter().filter_map(|booth| problem.spots.get(*booth as usize));
    let matching = spots().filter(|spot| firm.zone.is_some() && spot.zone == firm.zone).count();
    let zone = if matching == 0 { 0 } else { 1 + i8::from(matching == booths.len()) };
    let weight = firm.priority + 10;
    let rank = firm.wishes.iter().position(|wish| booths.iter().any(|booth| *booth as usize == *wish));
    let wish = rank.map_or(0, |rank| (5 - rank as i64) * weight);
    let sum: i64 = spots().map(|spot| spot.attractiveness).sum();
    let again = firm.prime_last_year && spots().any(|spot| spot.prime);
    let quality = rounded(weight, sum, booths.len()) - if again { problem.prime_again } else { 0 };
    let stays =
        firm.stands.len() == booths.len() && firm.stands.iter().zip(booths).all(|(own, booth)| *own == *booth as usize);
    let stays = i8::from(stays && !booths.is_empty());
    Worth { zone, wish: narrow(wish), quality: narrow(quality), stays }
}

/// `weight · (sum / count) / 100`, halves to the even side. The order of the operations is the one of the published scoring
/// rule, whose last bit decides a half; IEEE 754 fixes the result on every machine.
fn rounded(weight: i64, sum: i64, count: usize) -> i64 {
    let mean = sum as f64 / count.max(1) as f64;
    (weight as f64 * mean / 100.0).round_ties_even() as i64
}

/// Points in a column's 32 bits; a sound problem has none that do not fit.
fn narrow(points: i64) -> i32 {
    i32::try_from(points).unwrap_or(if points < 0 { i32::MIN } else { i32::MAX })
}

/// A plan's value from scratch.
#[must_use]
pub fn score(problem: &Problem, plan: &Plan) -> Score {
    let mut score = Score::default();
    let theirs = |firm: usize| plan.spots.get(firm).map_or(&[][..], Vec::as_slice);
    for (index, firm) in problem.firms.iter().enumerate() {
        if !theirs(index).is_empty() {
            let booths: Vec<u32> = theirs(index).iter().map(|spot| *spot as u32).collect();
            score.count(firm, worth(problem, firm, &booths), 1);
        }
    }
    for group in &problem.rivals {
        for (at, &one) in group.iter().enumerate() {
            for &other in group.iter().skip(at + 1) {
                score.add(Tier::Separation, -i64::from(any_pair(problem, theirs(one), theirs(other), near)));
            }
        }
    }
    for &(one, other) in &problem.together {
        score.add(Tier::Partners, i64::from(any_pair(problem, theirs(one), theirs(other), adjacent)));
    }
    score
}

/// True when two booths are near each other.
#[must_use]
pub fn near(problem: &Problem, one: usize, other: usize) -> bool {
    let (Some(a), Some(b)) = (problem.spots.get(one), problem.spots.get(other)) else { return false };
    a.hall == b.hall && a.rect.near(&b.rect)
}

/// True when two booths share a wall.
#[must_use]
pub fn adjacent(problem: &Problem, one: usize, other: usize) -> bool {
    let (Some(a), Some(b)) = (problem.spots.get(one), problem.spots.get(other)) else { return false };
    a.hall == b.hall && a.rect.adjacent(&b.rect)
}

/// True when some booth of the one list stands so to some booth of the other.
fn any_pair(problem: &Problem, one: &[usize], other: &[usize], so: fn(&Problem, usize, usize) -> bool) -> bool {
    one.iter().any(|&a| other.iter().any(|&b| so(problem, a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_follows_in_the_usual_order() {
        assert_eq!(Tier::read_order(""), Ok(Tier::USUAL.to_vec()));
        let order = Tier::read_order("Wishes > placed").unwrap_or_default();
        assert_eq!(order[..3], [Tier::Wishes, Tier::Placed, Tier::Priority]);
        assert_eq!(order.len(), Tier::USUAL.len());
        assert_eq!(Tier::read_order("zone, zone").map_err(|refusal| refusal.code), Err("aim-unknown"));
        assert_eq!(Tier::read_order("luck").map_err(|refusal| refusal.field), Err("tiers".to_owned()));
    }
}
