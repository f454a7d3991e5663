//! A fair of the book as the solver sees it, and what the solver found as a proposal about the book.
//!
//! What stands is kept: whoever has booths, a hold or an offer is pinned to them unless it is released. Needs become hard
//! rules. A booth that is shared, or taken on some days only, is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::text::fold;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::needs::{bare, wish_codes};
use crate::domain::pairing::{PairWish, Pairing};
use crate::domain::placing::aims::{Aim, read_order};
use crate::domain::placing::columns::{Obstacle, obstacle};
use crate::domain::placing::plan::Plan;
use crate::domain::placing::problem::{Firm, Problem, Rect, Spot, Standing};
use crate::domain::placing::score::{self, Score, Tier, worth};
use crate::domain::record::Kind;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::derived::placements_on;
use crate::domain::view::priority::{order, priority};
use crate::domain::view::title::title;
use crate::domain::{Booth, Business, Fair, Placement, Registration};
use crate::say;

/// So many wishes count.
const WISHES: usize = 5;
/// A place this good is one that nobody should have two fairs running.
const PRIME: i64 = 85;
/// The distance between the halls of a problem; halls are told apart by number as well.
const LARGEST_SIDE_CM: i64 = 100_000_000;

/// What a person asks of a placing beside the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Registrations that may be moved though they have a place.
    pub released: BTreeSet<Id>,
    /// True when everybody may be moved whose booth is not handed over yet.
    pub all_released: bool,
    /// Registrations that must have these booths.
    pub pins: BTreeMap<Id, Vec<Id>>,
    /// Booths that a registration must not have.
    pub forbidden: BTreeSet<(Id, Id)>,
}

/// A fair made ready for the solver, with the records behind its numbers.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The fair.
    pub fair: Id,
    /// What the solver works on.
    pub problem: Problem,
    /// The booth behind each spot.
    pub booths: Vec<Id>,
    /// The registration behind each firm.
    pub registrations: Vec<Id>,
    /// Who stands where now.
    pub present: Plan,
}

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
}

impl Row {
    /// True when the firm is to stand elsewhere than now.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.from != self.to
    }
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
    pub fn places(&self) -> Vec<(Id, Vec<Id>)> {
        self.rows.iter().filter(|row| row.differs()).map(|row| (row.registration, row.to.clone())).collect()
    }

    /// What is proved of a tier: the best there is, or how far from it at most.
    #[must_use]
    pub fn proof(&self, tier: Tier) -> Words {
        let Some(bounds) = self.bounds else { return Words::default() };
        let (value, bound) = (self.after.get(tier), bounds.get(tier));
        if value >= bound {
            return Words::new("đã chứng minh tối ưu", "proved best");
        }
        let gap = i128::from(bound) - i128::from(value);
        let thousandths = gap.saturating_mul(1_000) / i128::from(bound.unsigned_abs().max(1));
        let (whole, part) = (thousandths / 10, thousandths % 10);
        if tier == Tier::Separation || bound == 0 {
            return say!("cách cận tối đa {gap}", "at most {gap} from the bound");
        }
        say!("cách cận tối đa {whole},{part} %", "at most {whole}.{part} % from the bound")
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

/// The tier of an aim.
#[must_use]
pub const fn tier(aim: Aim) -> Tier {
    match aim {
        Aim::Placed => Tier::Placed,
        Aim::Priority => Tier::Priority,
        Aim::Zone => Tier::Zone,
        Aim::Apart => Tier::Separation,
        Aim::Beside => Tier::Partners,
        Aim::Wishes => Tier::Wishes,
        Aim::Quality => Tier::Quality,
    }
}

/// The aim of a tier, for its words.
#[must_use]
pub fn aim(of: Tier) -> Aim {
    Aim::ALL.into_iter().find(|aim| tier(*aim) == of).unwrap_or(Aim::Placed)
}

/// A fair of the book as a problem.
///
/// # Errors
/// A refusal when the fair has no booths, a pin contradicts the book, or figures are beyond what can be counted with.
pub fn setting(book: &Book, fair: Id, today: Date, wanted: &Wanted) -> Result<Setting, Refusal> {
    let Some(record) = book.get::<Fair>(fair) else { return no_fair() };
    let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).collect();
    booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
    if booths.is_empty() {
        let code = &record.code;
        return refuse(
            "no-booths",
            say!("Hội chợ {code} chưa có gian nào.", "Fair {code} has no booths yet."),
            say!("Nhập sơ đồ gian trước.", "Bring in the plan of booths first."),
        );
    }
    let places: BTreeMap<Id, usize> = booths.iter().map(|booth| booth.id).zip(0..).collect();
    let firms = applicants(book, fair, today);
    let mut setting = Setting {
        fair,
        problem: Problem {
            order: read_order(record.tiers.as_str())?.into_iter().map(tier).collect(),
            ..Problem::default()
        },
        booths: booths.iter().map(|booth| booth.id).collect(),
        registrations: Vec::new(),
        present: Plan::default(),
    };
    let mut zones: Vec<String> = Vec::new();
    let mut halls: Vec<Option<Id>> = Vec::new();
    for booth in &booths {
        let hall = place_of(&mut halls, booth.hall);
        setting.problem.spots.push(spot(book, record, booth, hall, &mut zones, today));
    }
    for registration in firms {
        let own: Vec<&Placement> =
            book.pointing::<Placement>(registration.id).filter(|placement| placement.counts_on(today)).collect();
        if own.iter().any(|placement| !is_whole(placement)) {
            continue;
        }
        let mut present: Vec<usize> =
            own.iter().filter_map(|placement| places.get(&placement.booth?).copied()).collect();
        present.sort_unstable();
        let mut firm = firm(book, record, registration, &booths, &mut zones, today);
        if !present.is_empty() && !is_free_to_move(registration, &own, wanted) {
            firm.pinned.clone_from(&present);
        }
        if let Some(pins) = wanted.pins.get(&registration.id) {
            firm.pinned = pins.iter().filter_map(|booth| places.get(booth).copied()).collect();
        }
        if !firm.pinned.is_empty() {
            firm.booths = firm.pinned.len();
        }
        if let Some(allowed) = &mut firm.allowed {
            for (_, booth) in wanted.forbidden.iter().filter(|(of, _)| *of == registration.id) {
                if let Some(allowed) = places.get(booth).and_then(|place| allowed.get_mut(*place)) {
                    *allowed = false;
                }
            }
        }
        setting.problem.firms.push(firm);
        setting.registrations.push(registration.id);
        setting.present.spots.push(present);
    }
    neighbours(book, record, &mut setting);
    match setting.problem.check() {
        Ok(()) => Ok(setting),
        Err(unsound) => refuse(
            "placing-unsound",
            say!(
                "Số liệu của hội chợ không tính được ({unsound:?}).",
                "The fair's figures cannot be counted with ({unsound:?})."
            ),
            say!("Kiểm tra kích thước, giá và điểm.", "Check sizes, prices and points."),
        ),
    }
}

fn no_fair<T>() -> Result<T, Refusal> {
    refuse(
        "not-found",
        say!("Không còn hội chợ này trong sổ.", "This fair is no longer in the book."),
        say!("Chọn hội chợ khác.", "Choose another fair."),
    )
}

/// The registrations that may have a place, most points first.
fn applicants(book: &Book, fair: Id, today: Date) -> Vec<&Registration> {
    let mut found: Vec<(i64, &Registration)> = book
        .pointing::<Registration>(fair)
        .filter(|registration| registration.fair == Some(fair))
        .filter(|registration| registration.status.may_be_placed() && registration.host.is_none())
        .map(|registration| (priority(book, registration, today).points, registration))
        .collect();
    found.sort_by_key(|(points, registration)| order(*points, registration));
    found.into_iter().map(|(_, registration)| registration).collect()
}

fn place_of<T: PartialEq>(known: &mut Vec<T>, item: T) -> u32 {
    let place = known.iter().position(|other| *other == item).unwrap_or_else(|| {
        known.push(item);
        known.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn zone_of(zones: &mut Vec<String>, zone: &str) -> Option<u32> {
    let zone = fold(zone);
    (!zone.is_empty()).then(|| place_of(zones, zone))
}

/// A whole booth for the whole fair; anything else stays as it is.
fn is_whole(placement: &Placement) -> bool {
    placement.share_bp() == 10_000 && placement.from_on.is_none() && placement.to_on.is_none()
}

/// A firm may move when it is released and nobody has handed it the booth yet.
fn is_free_to_move(registration: &Registration, own: &[&Placement], wanted: &Wanted) -> bool {
    use crate::domain::placement::PlacementStatus as Status;
    let early = own.iter().all(|placement| matches!(placement.status, Status::Held | Status::Offered | Status::Rented));
    early && (wanted.all_released || wanted.released.contains(&registration.id))
}

fn spot(book: &Book, fair: &Fair, booth: &Booth, hall: u32, zones: &mut Vec<String>, today: Date) -> Spot {
    let stays = |placement: &Placement| match book.follow::<Registration>(placement.registration) {
        // A firm of the problem that has the whole booth is pinned to it, or may leave it.
        Some(registration) if registration.status.may_be_placed() && registration.host.is_none() => {
            let own = || book.pointing::<Placement>(registration.id).filter(|own| own.counts_on(today));
            own().any(|own| !is_whole(own))
        }
        _ => true,
    };
    let standing = if !booth.is_open() {
        Standing::Blocked
    } else if placements_on(book, booth.id, today).any(stays) {
        Standing::Held
    } else {
        Standing::Free
    };
    let (x, y) = booth.x.zip(booth.y).unwrap_or((0, 0));
    let side = |side: Option<i64>| side.unwrap_or(0).clamp(0, LARGEST_SIDE_CM);
    let attractiveness = attractiveness(booth);
    Spot {
        code: booth.code.to_string(),
        // A booth without a place on the plan is near nothing.
        hall: if booth.x.is_some() && booth.y.is_some() {
            hall
        } else {
            u32::MAX - u32::try_from(zones.len()).unwrap_or(0)
        },
        rect: Rect { x_cm: x, y_cm: y, w_cm: side(booth.width), h_cm: side(booth.depth) },
        zone: zone_of(zones, booth.zone.as_str()),
        water: booth.water,
        power: true,
        accessible: true,
        corner: matches!(booth.kind, BoothKind::Corner | BoothKind::Peninsula | BoothKind::Island),
        prime: attractiveness >= PRIME,
        attractiveness,
        price: booth.rent(fair).map_or(0, |rent| rent.net.minor),
        standing,
    }
}

/// How good a place is, 0 to 100: open sides count, and so does what the plan says of it (an entrance, a main aisle).
fn attractiveness(booth: &Booth) -> i64 {
    let sides = match booth.kind {
        BoothKind::Inline | BoothKind::Table => 50,
        BoothKind::Raw => 60,
        BoothKind::Corner => 75,
        BoothKind::Peninsula => 85,
        BoothKind::Island => 90,
    };
    let features = fold(booth.features.as_str());
    let known = |words: &[&str]| words.iter().any(|word| features.contains(word));
    let near_door = if known(&["cua", "loi vao", "entrance", "san khau", "stage", "main"]) { 10 } else { 0 };
    let in_the_way = if known(&["cot", "pillar", "column", "khuat"]) { 15 } else { 0 };
    (sides + near_door - in_the_way).clamp(0, 100)
}

fn firm(
    book: &Book,
    fair: &Fair,
    registration: &Registration,
    booths: &[&Booth],
    zones: &mut Vec<String>,
    today: Date,
) -> Firm {
    let count = registration.booths_wanted.unwrap_or(1).clamp(1, 1_000);
    let codes: BTreeMap<String, usize> = booths.iter().map(|booth| bare(booth.code.as_str())).zip(0..).collect();
    let mut wishes: Vec<usize> = Vec::new();
    for wish in wish_codes(registration.wishes.as_str()).filter_map(|code| codes.get(&code).copied()) {
        if !wishes.contains(&wish) && wishes.len() < WISHES {
            wishes.push(wish);
        }
    }
    let kinds = &registration.kinds_wanted.0;
    let each_m2 = registration.area_wanted_m2.unwrap_or(0).saturating_add(count - 1) / count;
    let may_use = |booth: &&Booth| {
        (kinds.is_empty() || kinds.contains(&booth.kind))
            && booth.area_cm2() >= each_m2.saturating_mul(10_000)
            && registration.power_wanted.is_none_or(|wanted| booth.power.is_none_or(|power| power >= wanted))
    };
    let business = registration.business.and_then(|id| book.get::<Business>(id));
    Firm {
        name: business.map(|business| business.name.to_string()).unwrap_or_default(),
        booths: usize::try_from(count).unwrap_or(1),
        zone: zone_of(zones, registration.zone_wanted.as_str()),
        priority: priority(book, registration, today).points,
        received: registration.received_at.map_or(i64::MAX, |at| at.0),
        needs_water: registration.water_wanted,
        needs_power: false,
        needs_accessible: false,
        price_limit: registration.rent_most.map(|most| most.minor),
        prime_last_year: had_prime(book, fair, registration),
        wishes,
        pinned: Vec::new(),
        allowed: Some(booths.iter().map(may_use).collect()),
    }
}

/// True when the firm had one of the best places at the edition before.
fn had_prime(book: &Book, fair: &Fair, registration: &Registration) -> bool {
    let Some(business) = registration.business.filter(|_| !fair.series.is_empty()) else { return false };
    let before = |other: &&Registration| {
        book.follow::<Fair>(other.fair)
            .is_some_and(|there| there.id != fair.id && there.series == fair.series && there.closes_on < fair.opens_on)
    };
    let last = book
        .pointing::<Registration>(business)
        .filter(before)
        .max_by_key(|other| book.follow::<Fair>(other.fair).and_then(|there| there.opens_on));
    last.is_some_and(|last| {
        book.pointing::<Placement>(last.id)
            .filter_map(|placement| book.follow::<Booth>(placement.booth))
            .any(|booth| attractiveness(booth) >= PRIME)
    })
}

/// Rivals and partners among the firms of the problem.
fn neighbours(book: &Book, fair: &Fair, setting: &mut Setting) {
    let firms: BTreeMap<Id, usize> = setting
        .registrations
        .iter()
        .zip(0..)
        .filter_map(|(id, place)| Some((book.get::<Registration>(*id)?.business?, place)))
        .collect();
    let mut rivals: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut together: BTreeSet<(usize, usize)> = BTreeSet::new();
    for pairing in book.all::<Pairing>().iter().filter(|pairing| pairing.fair.is_none_or(|of| of == fair.id)) {
        let place = |link: Option<Id>| link.and_then(|id| firms.get(&id).copied());
        let (Some(one), Some(other)) = (place(pairing.business), place(pairing.other)) else { continue };
        if one != other {
            let pair = (one.min(other), one.max(other));
            let _ = if pairing.wish == PairWish::Apart { rivals.insert(pair) } else { together.insert(pair) };
        }
    }
    if fair.groups_apart {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (business, place) in &firms {
            let group =
                book.get::<Business>(*business).map(|business| fold(business.group.as_str())).unwrap_or_default();
            if !group.is_empty() {
                groups.entry(group).or_default().push(*place);
            }
        }
        for group in groups.values() {
            for (at, one) in group.iter().enumerate() {
                rivals.extend(group.iter().skip(at + 1).map(|other| (*one.min(other), *one.max(other))));
            }
        }
    }
    setting.problem.rivals = rivals.into_iter().map(|(one, other)| vec![one, other]).collect();
    setting.problem.together = together.into_iter().collect();
}

/// A plan of the solver as a proposal about the book, each firm with its reasons.
#[must_use]
pub fn proposal(book: &Book, setting: &Setting, plan: &Plan) -> Proposal {
    let holders = plan.holders(setting.problem.spots.len());
    let booths = |spots: &[usize]| spots.iter().filter_map(|spot| setting.booths.get(*spot).copied()).collect();
    let rows = setting
        .registrations
        .iter()
        .enumerate()
        .map(|(place, registration)| {
            let theirs = plan.spots.get(place).map_or(&[][..], Vec::as_slice);
            Row {
                registration: *registration,
                from: setting.present.spots.get(place).map(|spots| booths(spots)).unwrap_or_default(),
                to: booths(theirs),
                why: why(book, setting, &holders, place, theirs),
            }
        })
        .collect();
    Proposal {
        fair: setting.fair,
        rows,
        order: setting.problem.order.clone(),
        before: score::score(&setting.problem, &setting.present),
        after: score::score(&setting.problem, plan),
        bounds: None,
    }
}

/// Points, zone and wish of a firm's place; who has the dearer wishes; what forbids a place when it has none.
fn why(book: &Book, setting: &Setting, holders: &[Option<usize>], place: usize, theirs: &[usize]) -> Words {
    let problem = &setting.problem;
    let Some(firm) = problem.firms.get(place) else { return Words::default() };
    let points = firm.priority;
    let mut said = vec![say!("{points} điểm", "{points} points")];
    if theirs.is_empty() {
        said.push(no_place(problem, place));
    } else {
        let numbers: Vec<u32> = theirs.iter().filter_map(|spot| u32::try_from(*spot).ok()).collect();
        let found = worth(problem, firm, &numbers);
        if firm.zone.is_some() {
            said.push(match found.zone {
                2 => say!("đúng khu", "zone right"),
                1 => say!("một phần đúng khu", "zone in part"),
                _ => say!("khác khu", "other zone"),
            });
        }
        if let Some(rank) = firm.wishes.iter().position(|wish| theirs.contains(wish)) {
            let rank = rank + 1;
            said.push(say!("nguyện vọng {rank}", "wish {rank}"));
        }
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
            let need = need_words(need);
            said.push(say!("{code}: {}", "{code}: {}"; need));
        }
    }
    let joined = |text: fn(&Words) -> &str| said.iter().map(text).collect::<Vec<_>>().join("; ");
    Words { vi: joined(|words| &words.vi).into(), en: joined(|words| &words.en).into() }
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
        needs.iter().map(|(count, need)| format!("{} {count}", text(&need_words(*need)))).collect::<Vec<_>>().join(", ")
    };
    let (vi, en) = (told(|words| &words.vi), told(|words| &words.en));
    say!("không gian nào hợp ({vi})", "no booth would do ({en})")
}

/// A hard need in words.
#[must_use]
pub const fn need_words(need: Obstacle) -> Words {
    match need {
        Obstacle::Taken => Words::new("đã có người hoặc khóa", "taken or blocked"),
        Obstacle::PinnedToOther => Words::new("ghim cho đơn vị khác", "pinned to another"),
        Obstacle::PinnedElsewhere => Words::new("đã ghim ở gian khác", "pinned elsewhere"),
        Obstacle::Shape => Words::new("không liền nhau", "not side by side"),
        Obstacle::Water => Words::new("không có nước", "no water"),
        Obstacle::Power => Words::new("thiếu điện", "too little power"),
        Obstacle::Accessible => Words::new("không có lối tiếp cận", "not accessible"),
        Obstacle::Price => Words::new("quá giá", "too dear"),
        Obstacle::Further => Words::new("sai loại, diện tích hoặc điện", "kind, area or power"),
    }
}
