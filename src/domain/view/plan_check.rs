//! What is wrong with a plan, as a list that one can walk along: each finding with its booths and its place.

use crate::base::ids::Id;
use crate::base::order::natural_compare;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::geometry::{Bounds, Point, Polygon, gap_cm, metres, overlap_beyond};
use crate::domain::showing::show_area;
use crate::domain::view::walkable::Ground;
use crate::domain::{Booth, Fair, Fixture, Hall};
use crate::say;

/// The least width of a way when neither hall nor fair says one, in centimetres.
pub const GANGWAY_CM: i64 = 200;

/// Corners of turned booths are rounded: what reaches in no farther touches.
const SLACK_CM: i64 = 2;

/// A narrower gap is a joint between walls, no way that somebody meant.
const JOINT_CM: i64 = 30;

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
    pairs(&lying, gangway, &mut findings);
    let doors: Vec<(String, Polygon)> = fixtures
        .iter()
        .filter(|fixture| fixture.kind.is_door())
        .filter_map(|fixture| Some((fixture_name(fixture), fixture.shape()?)))
        .collect();
    ways(&lying, &doors, size, gangway, &mut findings);
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

fn middle(one: &Bounds, other: &Bounds) -> Point {
    let between = |a: i64, b: i64, c: i64, d: i64| i64::midpoint(a.max(c), b.min(d));
    Point {
        x: between(one.left, one.right, other.left, other.right),
        y: between(one.top, one.bottom, other.top, other.bottom),
    }
}

/// Overlaps, and ways between two that are too narrow.
fn pairs(lying: &[Lying<'_>], gangway: i64, findings: &mut Vec<Finding>) {
    let boxes: Vec<Bounds> = lying.iter().map(|one| one.shape.bounds()).collect();
    for (place, one) in lying.iter().enumerate() {
        for (other, its) in lying.iter().zip(&boxes).skip(place + 1) {
            let own = &boxes[place];
            if its.left > own.right + gangway {
                break;
            }
            if !own.meets(its, gangway) || (one.booth.is_none() && other.booth.is_none()) {
                continue;
            }
            let (a, b) = (&one.name, &other.name);
            let booths = [one.booth, other.booth].into_iter().flatten().map(|booth| booth.id).collect();
            let at = Some(middle(own, its));
            if overlap_beyond(&one.shape, &other.shape, SLACK_CM) {
                let words = say!("{a} và {b} chồng lên nhau.", "{a} and {b} overlap.");
                findings.push(Finding { kind: FindingKind::Overlap, hall: None, booths, at, words });
                continue;
            }
            let gap = gap_cm(&one.shape, &other.shape);
            let between = middle(own, its);
            let is_between_others = lying
                .iter()
                .any(|third| !std::ptr::eq(third, one) && !std::ptr::eq(third, other) && third.shape.contains(between));
            if (JOINT_CM..gangway).contains(&gap) && faces(own, its) && !is_between_others {
                let (gap, least) = (metres(gap), metres(gangway));
                let words = say!(
                    "Lối giữa {a} và {b} rộng {gap} m, dưới {least} m.",
                    "The way between {a} and {b} is {gap} m wide, below {least} m."
                );
                findings.push(Finding { kind: FindingKind::NarrowWay, hall: None, booths, at, words });
            }
        }
    }
}

/// True when two boxes look at each other along some of a side, not corner to corner.
const fn faces(one: &Bounds, other: &Bounds) -> bool {
    let beside = one.top < other.bottom - JOINT_CM && other.top < one.bottom - JOINT_CM;
    let above = one.left < other.right - JOINT_CM && other.left < one.right - JOINT_CM;
    beside || above
}

/// Booths that nobody reaches, doors that are shut in, ways that end.
fn ways(
    lying: &[Lying<'_>],
    doors: &[(String, Polygon)],
    size: Option<(i64, i64)>,
    gangway: i64,
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
        if ground.is_door_open(place) {
            continue;
        }
        let near = lying.iter().filter(|one| gap_cm(&one.shape, shape) < gangway / 2);
        let booths = near.filter_map(|one| one.booth).map(|booth| booth.id).collect();
        findings.push(Finding {
            kind: FindingKind::BlockedDoor,
            hall: None,
            booths,
            at: Some(shape.label_point()),
            words: say!("Cửa “{name}” bị chắn.", "The door “{name}” is blocked."),
        });
    }
    for end in ground.dead_ends() {
        let near: Vec<&Booth> = end.beside.iter().filter_map(|place| lying.get(*place)?.booth).collect();
        let names: Vec<&str> = near.iter().map(|booth| booth.code.as_str()).collect();
        let (names, long) = (names.join(", "), metres(end.length_cm));
        findings.push(Finding {
            kind: FindingKind::DeadEnd,
            hall: None,
            booths: near.iter().map(|booth| booth.id).collect(),
            at: Some(end.at),
            words: say!("Lối cụt dài {long} m cạnh {names}.", "A dead end of {long} m beside {names}."),
        });
    }
}
