//! By what the map is coloured: each booth belongs to a class, each class has a colour, a sign and words. The legend is
//! read from the same classes, so that it is always true.

use crate::base::dates::Date;
use crate::base::money::Money;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::field::Chosen;
use crate::domain::view::derived::{BoothState, rent_of_booth, standing_on};
use crate::domain::view::fit::{Fitting, Grade, fitting};
use crate::domain::view::floor::{Plan, Spot};
use crate::domain::{Booth, Claim, Placement, Registration};
use crate::tui::theme::Role;

/// By what the booths are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    /// Free, held, rented …
    #[default]
    Status,
    /// The zone.
    Zone,
    /// How far the support for whoever stands there has come.
    Support,
    /// The rent.
    Price,
    /// Whether it fits the business that is looked at.
    Fit,
}

impl Colouring {
    const ALL: [Self; 5] = [Self::Status, Self::Zone, Self::Support, Self::Price, Self::Fit];

    /// The next one.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|known| *known == self).unwrap_or(0);
        Self::ALL.get((at + 1) % Self::ALL.len()).copied().unwrap_or_default()
    }

    /// What the legend calls it.
    pub const fn words(self) -> Words {
        match self {
            Self::Status => Words::new("tình trạng", "status"),
            Self::Zone => Words::new("khu vực", "zone"),
            Self::Support => Words::new("hỗ trợ", "support"),
            Self::Price => Words::new("tiền thuê", "rent"),
            Self::Fit => Words::new("có hợp không", "does it fit"),
        }
    }
}

/// One entry of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its colour.
    pub role: Role,
    /// Its sign.
    pub sign: char,
    /// What it means.
    pub words: Words,
    /// How many booths are of it.
    pub count: usize,
}

/// The classes of a plan and the class of each booth, in the order of the plan's booths.
#[derive(Clone, Debug, Default)]
pub struct Shading {
    /// The legend.
    pub classes: Vec<Class>,
    of: Vec<usize>,
}

/// What the colours are made of.
pub struct Ground<'a> {
    /// The book.
    pub book: &'a Book,
    /// The plan.
    pub plan: &'a Plan,
    /// The day.
    pub day: Date,
    /// The registration that is looked at.
    pub looked_at: Option<&'a Registration>,
}

impl Shading {
    /// Colours the booths of a plan.
    pub fn of(colouring: Colouring, ground: &Ground<'_>) -> Self {
        let mut shading = match colouring {
            Colouring::Status => by_status(ground),
            Colouring::Zone => by_zone(ground),
            Colouring::Support => by_support(ground),
            Colouring::Price => by_price(ground),
            Colouring::Fit => by_fit(ground),
        };
        for class in &shading.of {
            if let Some(class) = shading.classes.get_mut(*class) {
                class.count += 1;
            }
        }
        shading
    }

    /// The class of the booth with this number in the plan.
    pub fn class(&self, at: usize) -> Option<&Class> {
        self.classes.get(*self.of.get(at)?)
    }
}

const fn class(role: Role, sign: char, words: Words) -> Class {
    Class { role, sign, words, count: 0 }
}

/// The state as a colour and as a sign, for those who do not see the colours.
const fn look(state: BoothState) -> (Role, char) {
    match state {
        BoothState::Free => (Role::BoothFree, '○'),
        BoothState::Held => (Role::BoothHeld, '?'),
        BoothState::Offered => (Role::BoothOffered, '!'),
        BoothState::Rented => (Role::BoothRented, '●'),
        BoothState::HandedOver => (Role::BoothHanded, '▸'),
        BoothState::Used => (Role::BoothUsed, '■'),
        BoothState::Returned => (Role::BoothReturned, '□'),
        BoothState::Blocked => (Role::BoothBlocked, 'x'),
    }
}

fn by_status(ground: &Ground<'_>) -> Shading {
    let states: Vec<BoothState> =
        BoothState::CHOICES.iter().map(|choice| BoothState::from_key(choice.key).unwrap_or_default()).collect();
    let classes = states.iter().map(|state| class(look(*state).0, look(*state).1, state.words())).collect();
    let of = ground.plan.spots().map(|spot| states.iter().position(|state| *state == spot.status).unwrap_or(0));
    Shading { classes, of: of.collect() }
}

/// Eight colours go round; the letter is each zone's own.
fn by_zone(ground: &Ground<'_>) -> Shading {
    let mut zones: Vec<&str> =
        ground.plan.spots().map(|spot| spot.zone.as_str()).filter(|zone| !zone.is_empty()).collect();
    zones.sort_unstable();
    zones.dedup();
    let letter = |at: usize| u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).filter(u8::is_ascii_uppercase);
    let mut classes: Vec<Class> = zones
        .iter()
        .enumerate()
        .map(|(at, zone)| class(Role::zone(at), letter(at).map_or('+', char::from), Words::same((*zone).to_owned())))
        .collect();
    classes.push(class(Role::BoothBlocked, '-', Words::new("không khu", "no zone")));
    let of = ground.plan.spots().map(|spot| zones.iter().position(|zone| *zone == spot.zone).unwrap_or(zones.len()));
    Shading { of: of.collect(), classes }
}

fn by_support(ground: &Ground<'_>) -> Shading {
    let classes = vec![
        class(Role::BoothBlocked, '·', Words::new("chưa có đơn vị", "nobody there")),
        class(Role::Heat0, '-', Words::new("không xin hỗ trợ", "no claim")),
        class(Role::Heat1, '1', Words::new("hồ sơ đang làm", "claim in work")),
        class(Role::Heat2, '2', Words::new("đã quyết định", "decided")),
        class(Role::Heat3, '3', Words::new("đã chi", "paid")),
        class(Role::BoothHeld, '!', Words::new("bị từ chối", "rejected")),
    ];
    let of = ground.plan.spots().map(|spot| {
        let standing = standing_on(ground.book, spot.id, ground.day).filter_map(|placement| placement.registration);
        let Some(registration) = standing.last() else { return 0 };
        let claims = ground.book.pointing::<Claim>(registration);
        let stage = |status: ClaimStatus| match status {
            ClaimStatus::Paid | ClaimStatus::Closed => 4,
            ClaimStatus::Decided | ClaimStatus::Accepted => 3,
            ClaimStatus::Rejected | ClaimStatus::Withdrawn | ClaimStatus::Cancelled => 5,
            _ => 2,
        };
        claims.map(|claim| stage(claim.status)).last().unwrap_or(1)
    });
    let of = of.collect();
    Shading { classes, of }
}

/// The rent of a booth before tax.
pub fn rent_of(book: &Book, spot: &Spot) -> Option<Money> {
    rent_of_booth(book, spot.id).filter(|rent| rent.minor > 0)
}

/// As many steps as there are rents, at most five, with about as many booths in each.
fn by_price(ground: &Ground<'_>) -> Shading {
    let rents: Vec<Option<Money>> = ground.plan.spots().map(|spot| rent_of(ground.book, spot)).collect();
    let mut known: Vec<i64> = rents.iter().flatten().map(|rent| rent.minor).collect();
    known.sort_unstable();
    let mut steps: Vec<i64> = known.clone();
    steps.dedup();
    if steps.len() > 5 {
        steps = (1..=5).filter_map(|part| known.get(known.len() * part / 5 - 1).copied()).collect();
        steps.dedup();
    }
    let currency = rents.iter().flatten().next().map(|rent| rent.currency);
    let roles = [Role::Heat0, Role::Heat1, Role::Heat2, Role::Heat3, Role::Heat4];
    let mut classes: Vec<Class> = steps
        .iter()
        .zip(roles.into_iter().zip('1'..))
        .filter_map(|(step, (role, sign))| {
            let rent = Money { minor: *step, currency: currency? };
            let (vi, en) = (format!("≤ {}", rent.show(Lang::Vi)), format!("≤ {}", rent.show(Lang::En)));
            Some(class(role, sign, Words { vi: vi.into(), en: en.into() }))
        })
        .collect();
    let unknown = classes.len();
    classes.push(class(Role::BoothBlocked, '-', Words::new("chưa có giá", "no rent")));
    let step_of = |rent: Money| steps.iter().position(|step| rent.minor <= *step).unwrap_or(unknown);
    Shading { of: rents.iter().map(|rent| rent.map_or(unknown, step_of)).collect(), classes }
}

fn by_fit(ground: &Ground<'_>) -> Shading {
    let classes = vec![
        class(Role::BoothMine, '◆', Words::new("của đơn vị này", "its own")),
        class(Role::BoothFree, '+', Words::new("hợp", "fits")),
        class(Role::BoothHeld, '~', Words::new("thiếu nguyện vọng", "a wish unmet")),
        class(Role::BoothRented, '●', Words::new("đã có đơn vị khác", "taken")),
        class(Role::BoothBlocked, 'x', Words::new("không được", "may not")),
    ];
    let of = ground.plan.spots().map(|spot| match fit_of(ground, spot).map(|fitting| fitting.grade) {
        Some(Grade::Own) => 0,
        Some(Grade::Good) => 1,
        Some(Grade::Short) => 2,
        Some(Grade::Taken) => 3,
        Some(Grade::Barred) | None => 4,
    });
    let of = of.collect();
    Shading { classes, of }
}

/// How well the registration that is looked at fits a booth.
pub fn fit_of(ground: &Ground<'_>, spot: &Spot) -> Option<Fitting> {
    let booth = ground.book.get::<Booth>(spot.id)?;
    Some(fitting(ground.book, ground.plan, booth, ground.looked_at?, ground.day))
}

/// The registration that a placement on the booth names, the last one of several.
pub fn standing(book: &Book, spot: &Spot, day: Date) -> Option<crate::base::ids::Id> {
    standing_on(book, spot.id, day).filter_map(|placement: &Placement| placement.registration).last()
}
