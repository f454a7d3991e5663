//! What is wrong with a plan, as a list that one can walk along: each finding with its booths and its place.

use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::geometry::{Bounds, Point, Polygon, gap_cm, metres, overlap_beyond};
use crate::domain::showing::show_area;
use crate::domain::view::narrow_way::{Sides, Standing, before_door, middle};
use crate::domain::view::walkable::Ground;
use crate::domain::{Booth, Fair, Fixture, Hall};
use crate::say;

/// The least width of a way when neither hall nor fair says one, in centimetres.
pub const GANGWAY_CM: i64 = 200;

/// Corners of turned booths are rounded: what reaches in no farther touches.
const SLACK_CM: i64 = 2;

/// Most names that a finding tells.
const NAMES_MAX: usize = 3;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// Two booths, or a booth and a thing, lie on the same floor.
    Overlap,
    /// A booth lies beyond the walls.
    BeyondHall,
    /// No way leads along it.
    NoWay,
    /// A door that cannot be reached.
    BlockedDoor,
    /// A way below the set width.
    NarrowWay,
    /// A way that ends at a wall.
    DeadEnd,
    /// The stated area is not the drawn one.
    StatedArea,
    /// A booth without a place on the plan.
    NoPlace,
}

impl FindingKind {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::BeyondHall => "beyond_hall",
            Self::NoWay => "no_way",
            Self::BlockedDoor => "blocked_door",
            Self::NarrowWay => "narrow_way",
            Self::DeadEnd => "dead_end",
            Self::StatedArea => "stated_area",
            Self::NoPlace => "no_place",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(self) -> Words {
        match self {
            Self::Overlap => Words::new("Dời hoặc thu nhỏ một trong hai.", "Move one of the two, or make it smaller."),
            Self::BeyondHall => Words::new(
                "Dời vào trong, hoặc sửa kích thước nhà trưng bày.",
                "Move it inside, or correct the size of the hall.",
            ),
            Self::NoWay => Words::new("Chừa lối đi đến một mặt của gian.", "Leave a way to one side of the booth."),
            Self::BlockedDoor => Words::new("Dời những gì đứng trước cửa.", "Move away what stands before the door."),
            Self::NarrowWay => Words::new(
                "Dời một dãy ra, hoặc ghi lối đi tối thiểu khác cho nhà trưng bày.",
                "Move one row away, or set another least gangway for the hall.",
            ),
            Self::DeadEnd => {
                Words::new("Mở một lối ra ở cuối, hoặc lấp chỗ cụt.", "Open a way out at its end, or fill it.")
            }
            Self::StatedArea => Words::new(
                "Sửa diện tích ghi hoặc hình vẽ: tiền thuê tính theo diện tích ghi.",
                "Correct the stated area or the drawing: the rent follows the stated area.",
            ),
            Self::NoPlace => {
                Words::new("Ghi X và Y của gian, hoặc dời gian trên sơ đồ.", "Give its X and Y, or move it on the map.")
            }
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// In which hall.
    pub hall: Option<Id>,
    /// The booths it is about.
    pub booths: Vec<Id>,
    /// The place within the hall, in centimetres; none for a booth without a place.
    pub at: Option<Point>,
    /// In words.
    pub words: Words,
}

/// Something that lies on the floor.
struct Lying<'a> {
    booth: Option<&'a Booth>,
    name: String,
    shape: Polygon,
    blocks: bool,
}

/// Everything that is wrong with the plan of a fair, the worst first within each hall.
#[must_use]
pub fn check_plan(book: &Book, fair: Id) -> Vec<Finding> {
    let mut halls: Vec<Option<&Hall>> = book.pointing::<Hall>(fair).map(Some).collect();
    halls.sort_by(|one, other| {
        let code = |hall: &Option<&Hall>| hall.map(|hall| hall.code.to_string()).unwrap_or_default();
        natural_compare(&code(one), &code(other))
    });
    halls.push(None);
    let fair_gangway = book.get::<Fair>(fair).and_then(|fair| fair.gangway);
    let mut findings = Vec::new();
    for hall in halls {
        let id = hall.map(|hall| hall.id);
        let mut booths: Vec<&Booth> = book.pointing::<Booth>(fair).filter(|booth| booth.hall == id).collect();
        booths.sort_by(|one, other| natural_compare(one.code.as_str(), other.code.as_str()));
        let fixtures: Vec<&Fixture> = book.pointing::<Fixture>(fair).filter(|fixture| fixture.hall == id).collect();
        let gangway = hall.and_then(|hall| hall.gangway).or(fair_gangway).filter(|cm| *cm > 0).unwrap_or(GANGWAY_CM);
        let size = hall.and_then(|hall| hall.width.zip(hall.depth)).filter(|(width, depth)| *width > 0 && *depth > 0);
        let mut found = check_hall(&booths, &fixtures, size, gangway);
        for finding in &mut found {
            finding.hall = id;
        }
        findings.append(&mut found);
    }
    findings
}

fn check_hall(booths: &[&Booth], fixtures: &[&Fixture], size: Option<(i64, i64)>, gangway: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    for booth in booths {
        own_faults(booth, size, &mut findings);
    }
    let of_booths = booths.iter().filter_map(|booth| {
        Some(Lying { booth: Some(booth), name: booth.code.to_string(), shape: booth.shape()?, blocks: true })
    });
    let of_fixtures = fixtures.iter().filter(|fixture| fixture.kind.blocks_way()).filter_map(|fixture| {
        Some(Lying { booth: None, name: fixture_name(fixture), shape: fixture.shape()?, blocks: true })
    });
    let mut lying: Vec<Lying<'_>> = of_booths.chain(of_fixtures).collect();
    lying.sort_by_key(|one| one.shape.bounds().left);
    overlaps(&lying, &mut findings);
    let standing = lying.iter().map(|one| Standing {
        shape: &one.shape,
        is_booth: one.booth.is_some(),
        open_sides: one.booth.map_or(0, Booth::open_side_count),
    });
    let sides = Sides::of(&standing.collect::<Vec<_>>(), size, gangway);
    narrow_ways(&lying, &sides, gangway, &mut findings);
    let doors: Vec<(String, Polygon)> = fixtures
        .iter()
        .filter(|fixture| fixture.kind.is_door())
        .filter_map(|fixture| Some((fixture_name(fixture), fixture.shape()?)))
        .collect();
    ways(&lying, &doors, &sides, (size, gangway), &mut findings);
    findings.sort_by_key(|finding| finding.kind);
    findings
}

fn fixture_name(fixture: &Fixture) -> String {
    use crate::domain::field::Chosen;
    if fixture.label.is_empty() { fixture.kind.words().vi.into_owned() } else { fixture.label.to_string() }
}

/// What is wrong with a booth by itself.
fn own_faults(booth: &Booth, size: Option<(i64, i64)>, findings: &mut Vec<Finding>) {
    let code = &booth.code;
    let shape = booth.shape();
    let at = shape.as_ref().map(Polygon::label_point);
    let mut find = |kind, words| {
        findings.push(Finding { kind, hall: None, booths: vec![booth.id], at, words });
    };
    let Some(shape) = &shape else {
        find(
            FindingKind::NoPlace,
            say!("Gian {code} chưa có vị trí trên mặt bằng.", "Booth {code} has no place on the plan."),
        );
        return;
    };
    let bounds = shape.bounds();
    let beyond = size.is_some_and(|(width, depth)| bounds.right > width + SLACK_CM || bounds.bottom > depth + SLACK_CM);
    if beyond || bounds.left < -SLACK_CM || bounds.top < -SLACK_CM {
        find(FindingKind::BeyondHall, say!("Gian {code} nằm ngoài tường.", "Booth {code} lies beyond the walls."));
    }
    let (stated, drawn) = (booth.stated_area.unwrap_or(0), booth.drawn_area_cm2());
    // Plans state whole or tenths of square metres.
    if stated > 0 && (stated - drawn).abs() > (drawn / 100).max(1_000) {
        let (stated, drawn) = (show_area(stated), show_area(drawn));
        find(
            FindingKind::StatedArea,
            say!("Gian {code} ghi {stated}, vẽ {drawn}.", "Booth {code} states {stated}, is drawn {drawn}."),
        );
    }
}

fn overlaps(lying: &[Lying<'_>], findings: &mut Vec<Finding>) {
    let boxes: Vec<Bounds> = lying.iter().map(|one| one.shape.bounds()).collect();
    for (place, one) in lying.iter().enumerate() {
        let own = &boxes[place];
        for (other, its) in lying.iter().zip(&boxes).skip(place + 1) {
            if its.left > own.right {
                break;
            }
            if (one.booth.is_none() && other.booth.is_none()) || !overlap_beyond(&one.shape, &other.shape, SLACK_CM) {
                continue;
            }
            let (a, b) = (&one.name, &other.name);
            let booths = [one.booth, other.booth].into_iter().flatten().map(|booth| booth.id).collect();
            let words = say!("{a} và {b} chồng lên nhau.", "{a} and {b} overlap.");
            findings.push(Finding {
                kind: FindingKind::Overlap,
                hall: None,
                booths,
                at: Some(middle(own, its)),
                words,
            });
        }
    }
}

fn narrow_ways(lying: &[Lying<'_>], sides: &Sides<'_>, gangway: i64, findings: &mut Vec<Finding>) {
    for way in sides.narrow(gangway) {
        let of =
            |places: &[usize]| few(places.iter().filter_map(|place| lying.get(*place)).map(|one| one.name.as_str()));
        let (one, gap, least) = (of(&way.one), metres(way.gap_cm), metres(gangway));
        let words = if way.other.is_empty() {
            say!(
                "Lối giữa {one} và tường rộng {gap} m, dưới {least} m.",
                "The way between {one} and the wall is {gap} m wide, below {least} m."
            )
        } else {
            let other = of(&way.other);
            say!(
                "Lối giữa {one} và {other} rộng {gap} m, dưới {least} m.",
                "The way between {one} and {other} is {gap} m wide, below {least} m."
            )
        };
        let booths = way.one.iter().chain(&way.other).filter_map(|place| lying.get(*place)?.booth);
        let booths = booths.map(|booth| booth.id).collect();
        findings.push(Finding { kind: FindingKind::NarrowWay, hall: None, booths, at: Some(way.at), words });
    }
}

/// The first names of many.
fn few<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let more = if names.len() > NAMES_MAX { "…" } else { "" };
    format!("{}{more}", names.iter().take(NAMES_MAX).copied().collect::<Vec<_>>().join(", "))
}

/// Booths that nobody reaches, doors that are shut in, ways that end.
fn ways(
    lying: &[Lying<'_>],
    doors: &[(String, Polygon)],
    sides: &Sides<'_>,
    (size, gangway): (Option<(i64, i64)>, i64),
    findings: &mut Vec<Finding>,
) {
    let shapes: Vec<&Polygon> = lying.iter().filter(|one| one.blocks).map(|one| &one.shape).collect();
    let door_shapes: Vec<&Polygon> = doors.iter().map(|(_, shape)| shape).collect();
    if shapes.is_empty() {
        return;
    }
    let ground = Ground::of(&shapes, &door_shapes, size, gangway);
    for (place, one) in lying.iter().enumerate() {
        let Some(booth) = one.booth else { continue };
        if !ground.is_reached(place) {
            let code = &booth.code;
            findings.push(Finding {
                kind: FindingKind::NoWay,
                hall: None,
                booths: vec![booth.id],
                at: Some(one.shape.label_point()),
                words: say!("Không có lối đến gian {code}.", "No way leads to booth {code}."),
            });
        }
    }
    for (place, (name, shape)) in doors.iter().enumerate() {
        let is_open = ground.is_door_open(place);
        let before = |one: &&Lying<'_>| {
            if is_open {
                before_door(&shape.bounds(), size, &one.shape.bounds(), gangway).is_some()
            } else {
                gap_cm(&one.shape, shape) < gangway / 2
            }
        };
        let near: Vec<&Lying<'_>> = lying.iter().filter(before).collect();
        if is_open && near.is_empty() {
            continue;
        }
        let by = few(near.iter().map(|one| one.name.as_str()));
        let words = if is_open {
            let gaps = near.iter().filter_map(|one| before_door(&shape.bounds(), size, &one.shape.bounds(), gangway));
            let (gap, least) = (metres(gaps.min().unwrap_or(0)), metres(gangway));
            say!(
                "Trước cửa “{name}” chỉ còn {gap} m đến {by}, dưới {least} m.",
                "Before the door “{name}” only {gap} m are left to {by}, below {least} m."
            )
        } else {
            say!("Cửa “{name}” bị chắn.", "The door “{name}” is blocked.")
        };
        findings.push(Finding {
            kind: FindingKind::BlockedDoor,
            hall: None,
            booths: near.iter().filter_map(|one| one.booth).map(|booth| booth.id).collect(),
            at: Some(shape.label_point()),
            words,
        });
    }
    for end in ground.dead_ends() {
        // Behind the backs of booths nobody walks, so that nobody is lost there.
        if !end.beside.iter().any(|place| sides.looks_at(*place, end.at)) {
            continue;
        }
        let near: Vec<&Booth> = end.beside.iter().filter_map(|place| lying.get(*place)?.booth).collect();
        let (names, long) = (few(near.iter().map(|booth| booth.code.as_str())), metres(end.length_cm));
        findings.push(Finding {
            kind: FindingKind::DeadEnd,
            hall: None,
            booths: near.iter().map(|booth| booth.id).collect(),
            at: Some(end.at),
            words: say!("Lối cụt dài {long} m cạnh {names}.", "A dead end of {long} m beside {names}."),
        });
    }
}
