//! A fair of the book as the solver sees it.
//!
//! What stands is kept: whoever has booths, a hold or an offer is pinned to them unless it is released. Needs become hard
//! rules. A booth that is shared, or taken on some days only, is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::decide::decide;
use crate::domain::env::Env;
use crate::domain::field::Value;
use crate::domain::intent::Intent;
use crate::domain::needs::wishes;
use crate::domain::pairing::{PairWish, Pairing};
use crate::domain::placing::columns::{Obstacle, obstacle};
use crate::domain::placing::plan::Plan;
use crate::domain::placing::problem::{Firm, Problem, Rect, Spot, Standing};
use crate::domain::placing::score::Tier;
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

/// How those are regarded who stand somewhere and may be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Regard {
    /// As if they came now.
    #[default]
    AsNew,
    /// They want as many booths as they have, and may keep these whatever their needs say.
    AsStanding,
    /// So too, and of the placings that place the most the one is sought that moves the fewest of them.
    MoveFew,
}

/// What a person asks of a placing beside the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How those are regarded who may be moved.
    pub regard: Regard,
    /// Registrations that may be moved though they have a place.
    pub released: BTreeSet<Id>,
    /// True when everybody may be moved whose booth is not handed over yet.
    pub all_released: bool,
    /// Registrations that are thought away, with the booths they have.
    pub without: BTreeSet<Id>,
    /// Registrations that must have these booths, whatever they have now.
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
        problem: Problem { order: order_of(record, wanted.regard)?, ..Problem::default() },
        booths: booths.iter().map(|booth| booth.id).collect(),
        registrations: Vec::new(),
        present: Plan::default(),
    };
    let mut zones: Vec<String> = Vec::new();
    let mut halls: Vec<Option<Id>> = Vec::new();
    for (number, booth) in (0_u32..).zip(&booths) {
        // A booth without a place on the plan is near nothing: it has a hall to itself.
        let placed = booth.x.is_some() && booth.y.is_some();
        let hall = if placed { place_of(&mut halls, booth.hall) } else { u32::MAX - number };
        setting.problem.spots.push(spot(book, record, booth, hall, &mut zones, (today, wanted)));
    }
    for registration in firms.into_iter().filter(|registration| !wanted.without.contains(&registration.id)) {
        let own: Vec<&Placement> =
            book.pointing::<Placement>(registration.id).filter(|placement| placement.counts_on(today)).collect();
        if own.iter().any(|placement| !is_whole(placement)) {
            continue;
        }
        let mut present: Vec<usize> =
            own.iter().filter_map(|placement| places.get(&placement.booth?).copied()).collect();
        present.sort_unstable();
        let mut firm = firm(book, record, registration, &booths, &mut zones, today);
        let is_pinned = wanted.pins.contains_key(&registration.id);
        let stays = !is_pinned && !is_free_to_move(registration, &own, wanted);
        let mut forbidden =
            wanted.forbidden.iter().filter(|(of, _)| *of == registration.id).filter_map(|(_, booth)| places.get(booth));
        if let Some(allowed) = &mut firm.allowed {
            forbidden.clone().for_each(|place| allowed[*place] = false);
        }
        if stays || wanted.regard != Regard::AsNew {
            firm.booths = if present.is_empty() { firm.booths } else { present.len() };
            if !forbidden.any(|place| present.contains(place)) {
                firm.stands.clone_from(&present);
            }
        }
        if stays {
            firm.pinned.clone_from(&present);
        }
        if let Some(pins) = wanted.pins.get(&registration.id) {
            firm.pinned = pins.iter().filter_map(|booth| places.get(booth).copied()).collect();
            firm.pinned.sort_unstable();
            firm.pinned.dedup();
            firm.booths = firm.pinned.len();
        }
        setting.problem.firms.push(firm);
        setting.registrations.push(registration.id);
        setting.present.spots.push(present);
    }
    neighbours(book, record, &mut setting);
    pins_hold(book, &setting, wanted)?;
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

/// The book with one booth more, for thinking: like another in all but its code and its place on the plan.
///
/// # Errors
/// A refusal when the code is taken or empty.
pub fn with_booth_like(book: &Book, like: Id, code: &str, env: &Env) -> Result<Book, Refusal> {
    let own = |key: &str| book.noun(Kind::Booth, like).map(|noun| noun.value(key)).unwrap_or_default();
    let alike = Kind::Booth.fields().iter().filter(|field| !matches!(field.key, "code" | "x" | "y" | "blocked"));
    let mut fields: Vec<(String, Value)> = alike.map(|field| (field.key.to_owned(), own(field.key))).collect();
    fields.push(("code".to_owned(), Value::Text(Text::new(code))));
    Ok(decide(book, &Intent::Add { kind: Kind::Booth, fields }, env, book.seq + 1)?.next)
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
    let of = registration.id;
    let is_released = wanted.all_released || wanted.released.contains(&of);
    early && (is_released || wanted.forbidden.iter().any(|(other, _)| *other == of))
}

/// The fair's order of tiers; who stays counts next to who has a place where few are to move.
fn order_of(fair: &Fair, regard: Regard) -> Result<Vec<Tier>, Refusal> {
    let mut order = Tier::read_order(fair.tiers.as_str())?;
    if regard == Regard::MoveFew {
        order.retain(|tier| *tier != Tier::Placed);
        order.splice(0..0, [Tier::Placed, Tier::Stays]);
    }
    Ok(order)
}

/// Every pin can be kept: the firm takes part, its needs allow the booths, nobody else stays there.
fn pins_hold(book: &Book, setting: &Setting, wanted: &Wanted) -> Result<(), Refusal> {
    for (registration, booths) in &wanted.pins {
        let who = title(book, Kind::Registration, *registration, Lang::Vi);
        let Some(firm) = setting.registrations.iter().position(|known| known == registration) else {
            return Err(Refusal::new(
                "pin-no-part",
                say!("{who} không thuộc lượt xếp gian của hội chợ này.", "{who} takes no part in placing this fair."),
                say!("Chọn hoặc xác nhận đăng ký trước.", "Select or confirm its registration first."),
            )
            .at("pin"));
        };
        let pinned = setting.problem.firms.get(firm).map_or(&[][..], |firm| firm.pinned.as_slice());
        let numbers: Vec<u32> = pinned.iter().filter_map(|spot| u32::try_from(*spot).ok()).collect();
        let others = setting.problem.firms.iter().enumerate().filter(|(other, _)| *other != firm);
        let is_shared = others.flat_map(|(_, other)| &other.pinned).any(|spot| pinned.contains(spot));
        let obstacle = if is_shared {
            Some(Obstacle::PinnedToOther.words())
        } else if pinned.is_empty() || pinned.len() < booths.iter().collect::<BTreeSet<_>>().len() {
            Some(Words::new("không phải gian của hội chợ này", "no booth of this fair"))
        } else {
            obstacle(&setting.problem, firm, &numbers).map(Obstacle::words)
        };
        if let Some(why) = obstacle {
            let codes = booths.iter().map(|booth| title(book, Kind::Booth, *booth, Lang::Vi)).collect::<Vec<_>>();
            let codes = codes.join("+");
            return Err(Refusal::new(
                "pin-unfit",
                say!("{who} không ghim được vào {codes}: {}.", "{who} cannot be pinned to {codes}: {}."; why),
                say!(
                    "Chọn gian khác, hoặc cho đơn vị đang ở đó được chuyển.",
                    "Choose another booth, or release whoever stands there."
                ),
            )
            .at("pin"));
        }
    }
    Ok(())
}

fn spot(
    book: &Book,
    fair: &Fair,
    booth: &Booth,
    hall: u32,
    zones: &mut Vec<String>,
    (today, wanted): (Date, &Wanted),
) -> Spot {
    let stays = |placement: &Placement| match book.follow::<Registration>(placement.registration) {
        Some(registration) if wanted.without.contains(&registration.id) => false,
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
        hall,
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
    let place = |wish: Id| booths.iter().position(|booth| booth.id == wish);
    let wishes = wishes(book, registration).into_iter().filter_map(place).take(WISHES).collect();
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
        stands: Vec::new(),
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
