//! Drawing at the plan: booths and fixtures shifted and turned, a booth split, neighbours combined, booths renumbered, and
//! the plan of one fair taken over for the next.
//!
//! Who stands on a booth goes along with it. What would change the floor that somebody has agreed to rent is refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::booth_code::Numbered;
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::decide::record::{find, required};
use crate::domain::decide::{Desk, booth::gone, settle};
use crate::domain::fair::FairStatus;
use crate::domain::geometry::{FARTHEST_CM, Point, Polygon, join, metres, split_along_x, split_along_y, turned_point};
use crate::domain::placement::{Placement, PlacementStatus};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::{holder, title};
use crate::domain::{Booth, Fair, Fixture, Hall};
use crate::say;

/// Most pieces that one booth is split into.
const PARTS_MAX: i64 = 50;

/// Most booths that are combined at once.
const COMBINED_MAX: usize = 60;

/// How far corners of turned booths may lie from each other and still be the same corner.
const SNAP_CM: i64 = 2;

pub(super) fn shift(desk: &mut Desk<'_>, kind: Kind, ids: &[Id], by: (i64, i64)) -> Result<Words, Refusal> {
    some(ids)?;
    let moved = |at: i64, by: i64| at.saturating_add(by);
    for id in ids {
        let before = find(desk, kind, *id)?;
        let mut after = before.clone();
        let (x, y) = match &mut after {
            Record::Booth(booth) => place_of(Arc::make_mut(booth)),
            Record::Fixture(fixture) => {
                let fixture = Arc::make_mut(fixture);
                (&mut fixture.x, &mut fixture.y)
            }
            _ => return Err(gone(kind)),
        };
        let to = (moved(x.unwrap_or(0), by.0), moved(y.unwrap_or(0), by.1));
        if to.0 < 0 || to.1 < 0 || to.0 > FARTHEST_CM || to.1 > FARTHEST_CM {
            let name = title(&desk.book, kind, *id, Lang::Vi);
            return refuse(
                "beyond-the-hall",
                say!("{name} sẽ nằm ngoài nhà trưng bày.", "{name} would lie beyond the hall."),
                say!("Dời ít hơn.", "Move it less far."),
            );
        }
        (*x, *y) = (Some(to.0), Some(to.1));
        desk.push(Change::edited(before, after));
    }
    let (names, right, down) = (names(desk, kind, ids), metres(by.0), metres(by.1));
    Ok(say!("Dời {names} sang phải {right} m, xuống {down} m", "Moved {names} by {right} m right, {down} m down"))
}

const fn place_of(booth: &mut Booth) -> (&mut Option<i64>, &mut Option<i64>) {
    (&mut booth.x, &mut booth.y)
}

pub(super) fn turn(desk: &mut Desk<'_>, kind: Kind, ids: &[Id], degrees: i64) -> Result<Words, Refusal> {
    some(ids)?;
    for id in ids {
        let before = find(desk, kind, *id)?;
        let mut after = before.clone();
        let turn = match &mut after {
            Record::Booth(booth) => &mut Arc::make_mut(booth).turn,
            Record::Fixture(fixture) => &mut Arc::make_mut(fixture).turn,
            _ => return Err(gone(kind)),
        };
        let angle = turn.unwrap_or(0).saturating_add(degrees).rem_euclid(360);
        *turn = (angle != 0).then_some(angle);
        desk.push(Change::edited(before, after));
    }
    let names = names(desk, kind, ids);
    Ok(say!("Xoay {names} {degrees}°", "Turned {names} by {degrees}°"))
}

pub(super) fn split(desk: &mut Desk<'_>, id: Id, parts: i64, stacked: bool) -> Result<Words, Refusal> {
    let booth = booth_of(desk, id)?;
    nobody_on(desk, &booth, &Words::new("chia", "split"))?;
    if !(2..=PARTS_MAX).contains(&parts) {
        return Err(Refusal::new(
            "parts-out-of-range",
            say!("Chia thành 2 đến {PARTS_MAX} gian.", "A booth is split into 2 to {PARTS_MAX}."),
            say!("Ghi lại số gian.", "Write the number again."),
        )
        .at("parts"));
    }
    let pieces = booth.outline().and_then(|outline| pieces(outline, parts, stacked)).ok_or_else(|| {
        let code = &booth.code;
        Refusal::new(
            "split-unclean",
            say!("Gian {code} không chia đều được theo hướng này.", "Booth {code} does not split evenly this way."),
            say!("Chia theo hướng kia, hoặc vẽ từng gian.", "Split it the other way, or draw each booth."),
        )
    })?;
    let mut codes = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        let code = part_code(desk, &booth, place);
        codes.push(code.to_string());
        let mut part = Booth { code, price: None, stated_area: None, ..booth.clone() };
        lay(&mut part, piece, &booth);
        if place == 0 {
            push(desk, Some(booth.clone()), part)?;
        } else {
            part.id = desk.env.new_id();
            push(desk, None, part)?;
        }
    }
    let (code, codes) = (&booth.code, codes.join(", "));
    Ok(say!("Chia gian {code} thành {codes}", "Split booth {code} into {codes}"))
}

/// Equal strips of an outline that begins at its own left upper corner.
fn pieces(outline: Polygon, parts: i64, stacked: bool) -> Option<Vec<Polygon>> {
    let bounds = outline.bounds();
    let side = if stacked { bounds.depth() } else { bounds.width() };
    let mut rest = outline;
    let mut pieces = Vec::new();
    for part in 1..parts {
        let at = side * part / parts;
        let (piece, remains) = if stacked { split_along_y(&rest, at)? } else { split_along_x(&rest, at)? };
        pieces.push(piece);
        rest = remains;
    }
    pieces.push(rest);
    Some(pieces)
}

/// `A12` stays for the first part; the others are `A12b`, `A12c`, … the first that are free.
fn part_code(desk: &Desk<'_>, booth: &Booth, place: usize) -> Text {
    if place == 0 {
        return booth.code.clone();
    }
    let letters = ('b'..='z').map(|letter| format!("{}{letter}", booth.code));
    let numbers = (2..).map(|number: u32| format!("{}.{number}", booth.code));
    letters
        .chain(numbers)
        .find(|code| desk.book.named(Kind::Booth, "code", booth.fair, code).is_empty())
        .map_or_else(Text::default, |code| Text::new(&code))
}

/// Puts a shape, given from the left upper corner of `frame` before that is turned, where it lies when `frame` is turned.
fn lay(booth: &mut Booth, shape: &Polygon, frame: &Booth) {
    let bounds = shape.bounds();
    (booth.width, booth.depth) = (Some(bounds.width()), Some(bounds.depth()));
    booth.outline = if shape.is_rectangle() { Text::default() } else { Text::new(&shape.write()) };
    booth.follow_outline();
    if let (Some(x), Some(y)) = (frame.x, frame.y) {
        let middle = (bounds.left + bounds.right, bounds.top + bounds.bottom);
        let frame_middle = (frame.width.unwrap_or(0), frame.depth.unwrap_or(0));
        // The middle of the part is turned with the whole; the part then turns about its own middle.
        let doubled = turned_point(
            Point::new(middle.0, middle.1),
            (2 * frame_middle.0, 2 * frame_middle.1),
            frame.turn.unwrap_or(0),
        );
        booth.x = Some((x + (doubled.x - bounds.width()).div_euclid(2)).max(0));
        booth.y = Some((y + (doubled.y - bounds.depth()).div_euclid(2)).max(0));
    }
}

pub(super) fn combine(desk: &mut Desk<'_>, ids: &[Id]) -> Result<Words, Refusal> {
    let booths: Vec<Booth> = ids.iter().map(|id| booth_of(desk, *id)).collect::<Result<_, _>>()?;
    let [first, rest @ ..] = booths.as_slice() else { return too_few() };
    if rest.is_empty() || booths.len() > COMBINED_MAX {
        return too_few();
    }
    let codes: Vec<String> = booths.iter().map(|booth| booth.code.to_string()).collect();
    let codes = codes.join(", ");
    let apart = || {
        Refusal::new(
            "not-neighbours",
            say!("Các gian {codes} không kề nhau thành một khối.", "Booths {codes} do not form one block."),
            say!(
                "Chọn các gian chung vách, cùng nhà, không chồng nhau.",
                "Choose booths that share walls in one hall."
            ),
        )
    };
    if rest.iter().any(|booth| (booth.fair, booth.hall) != (first.fair, first.hall)) {
        return Err(apart());
    }
    if let Some(shut) = booths.iter().find(|booth| !booth.is_open()) {
        let code = &shut.code;
        return refuse(
            "booth-blocked",
            say!("Gian {code} đang khóa.", "Booth {code} is blocked."),
            say!("Mở khóa trước khi gộp.", "Open it before combining."),
        );
    }
    let (joined, place) = joined(&booths).ok_or_else(apart)?;
    let kept = same_renter(desk, &booths)?;
    let sum = |of: fn(&Booth) -> Option<i64>| booths.iter().map(of).sum::<Option<i64>>();
    let mut whole = first.clone();
    let bounds = joined.bounds();
    whole.outline = if joined.is_rectangle() { Text::default() } else { Text::new(&joined.write()) };
    (whole.width, whole.depth) = (Some(bounds.width()), Some(bounds.depth()));
    whole.follow_outline();
    (whole.x, whole.y) = (Some(place.0), Some(place.1));
    whole.stated_area = sum(|booth| booth.stated_area);
    whole.power = sum(|booth| booth.power).or(whole.power);
    whole.water = booths.iter().any(|booth| booth.water);
    whole.internet = booths.iter().any(|booth| booth.internet);
    whole.open_sides = None;
    if let Some(prices) = booths.iter().map(|booth| booth.price).collect::<Option<Vec<_>>>() {
        let mut price = Money::ZERO;
        for (place, own) in prices.iter().enumerate() {
            price = if place == 0 { *own } else { price.plus(*own)? };
        }
        whole.price = Some(price);
    } else {
        whole.price = None;
    }
    carry(desk, first.id, kept)?;
    for booth in rest {
        desk.push(Change::removed(Record::Booth(Arc::new(booth.clone()))));
    }
    push(desk, Some(first.clone()), whole)?;
    let code = &first.code;
    Ok(say!("Gộp các gian {codes} thành {code}", "Combined booths {codes} into {code}"))
}

/// The block that booths form, from its own corner before it is turned, and the place of that corner. Booths that are all
/// turned alike are joined as they lie before the turn.
fn joined(booths: &[Booth]) -> Option<(Polygon, (i64, i64))> {
    let angle = booths.first()?.turn.unwrap_or(0);
    if booths.iter().any(|booth| booth.turn.unwrap_or(0) != angle) {
        return None;
    }
    let shapes: Vec<Polygon> = booths.iter().map(Booth::shape).collect::<Option<_>>()?;
    if angle == 0 {
        let whole = join(&shapes)?;
        let bounds = whole.bounds();
        return Some((whole, (bounds.left, bounds.top)));
    }
    let centre = shapes.first()?.doubled_middle();
    let mut corners: Vec<Point> = Vec::new();
    let mut straight = Vec::new();
    for shape in &shapes {
        let turned = shape.turned_about(centre, -angle);
        let snapped: Vec<_> = turned.corners().iter().map(|corner| snap(&mut corners, *corner)).collect();
        straight.push(Polygon::new(&snapped).ok()?);
    }
    let whole = join(&straight)?;
    let bounds = whole.bounds();
    let middle = Point::new(bounds.left + bounds.right, bounds.top + bounds.bottom);
    let doubled = turned_point(middle, (2 * centre.0, 2 * centre.1), angle);
    let place = ((doubled.x - bounds.width()).div_euclid(2), (doubled.y - bounds.depth()).div_euclid(2));
    (place.0 >= 0 && place.1 >= 0).then_some((whole, place))
}

/// The corner with each coordinate taken from one that was seen, where that is near enough.
fn snap(seen: &mut Vec<Point>, corner: Point) -> Point {
    let near = |of: fn(&Point) -> i64| {
        seen.iter().map(of).find(|known| (known - of(&corner)).abs() <= SNAP_CM).unwrap_or(of(&corner))
    };
    let snapped = Point { x: near(|point| point.x), y: near(|point| point.y) };
    seen.push(snapped);
    snapped
}

fn too_few<T>() -> Result<T, Refusal> {
    refuse(
        "combine-count",
        say!("Gộp cần từ 2 đến {COMBINED_MAX} gian.", "Combining takes 2 to {COMBINED_MAX} booths."),
        say!("Đánh dấu các gian kề nhau.", "Mark booths that lie side by side."),
    )
}

/// The placements of the booths when nobody, or one and the same registration, has all of them wholly.
fn same_renter(desk: &Desk<'_>, booths: &[Booth]) -> Result<Vec<Placement>, Refusal> {
    let of = |booth: &Booth| desk.book.pointing::<Placement>(booth.id).cloned().collect::<Vec<_>>();
    let all: Vec<Vec<Placement>> = booths.iter().map(of).collect();
    if all.iter().all(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let one: Option<Vec<Placement>> =
        all.iter().map(|on| if let [one] = &on[..] { Some(one.clone()) } else { None }).collect();
    let same = one.filter(|placements| {
        placements.windows(2).all(|pair| {
            let key = |one: &Placement| {
                (one.registration, one.held_for.clone(), one.from_on, one.to_on, one.held_until, one.status)
            };
            key(&pair[0]) == key(&pair[1])
        }) && placements.iter().all(|one| one.share_bp() == 10_000)
    });
    same.ok_or_else(|| {
        let who: Vec<String> = all.iter().flatten().map(|one| holder(&desk.book, one, Lang::Vi)).collect();
        let who = who.join(", ");
        Refusal::new(
            "combine-taken",
            say!(
                "Các gian này không cùng một đơn vị thuê trọn: {who}.",
                "These booths are not wholly one and the same firm's: {who}."
            ),
            say!("Trả gian hoặc xếp cùng một đơn vị trước.", "Release them, or place one firm on all of them first."),
        )
    })
}

/// One placement on the block in place of one on each booth; what was agreed adds up.
fn carry(desk: &mut Desk<'_>, booth: Id, placements: Vec<Placement>) -> Result<(), Refusal> {
    let [first, rest @ ..] = placements.as_slice() else { return Ok(()) };
    let mut whole = first.clone();
    whole.booth = Some(booth);
    for other in rest {
        whole.rent = added(whole.rent, other.rent)?;
        whole.vat = added(whole.vat, other.vat)?;
        desk.push(Change::removed(Record::Placement(Arc::new(other.clone()))));
    }
    desk.push(Change::edited(Record::Placement(Arc::new(first.clone())), Record::Placement(Arc::new(whole))));
    Ok(())
}

fn added(one: Option<Money>, other: Option<Money>) -> Result<Option<Money>, Refusal> {
    Ok(match (one, other) {
        (Some(one), Some(other)) => Some(one.plus(other)?),
        (one, other) => one.or(other),
    })
}

pub(super) fn renumber(desk: &mut Desk<'_>, ids: &[Id], first: &Text, step: i64) -> Result<Words, Refusal> {
    some(ids)?;
    let mut booths: Vec<Booth> = ids.iter().map(|id| booth_of(desk, *id)).collect::<Result<_, _>>()?;
    booths.sort_by_key(|booth| (booth.hall, booth.y, booth.x));
    let number = Numbered::read(first.as_str()).ok_or_else(|| {
        Refusal::new(
            "code-unnumbered",
            say!("Mã đầu cần có số, như A01.", "The first code needs a number, as A01."),
            say!("Ghi lại mã đầu.", "Write the first code again."),
        )
        .at("first")
    })?;
    let mut last = String::new();
    for (place, before) in booths.iter().enumerate() {
        let by = i64::try_from(place).unwrap_or(0).saturating_mul(step.max(1));
        last = number.plus(by);
        let after = Booth { code: Text::new(&last), ..before.clone() };
        push(desk, Some(before.clone()), after)?;
    }
    let count = booths.len();
    Ok(say!("Đánh số lại {count} gian từ {first} đến {last}", "Renumbered {count} booths from {first} to {last}"))
}

/// A new fair with the halls, booths, fixtures and price rules of another; nobody stands on it yet.
pub(super) fn copy_fair(
    desk: &mut Desk<'_>,
    fair: Id,
    code: &Text,
    name: &Text,
    days: (Date, Date),
) -> Result<Words, Refusal> {
    let old = desk.book.get::<Fair>(fair).cloned().ok_or_else(|| gone(Kind::Fair))?;
    let mut new = Fair {
        id: desk.env.new_id(),
        code: code.clone(),
        name: if name.is_empty() { old.name.clone() } else { name.clone() },
        opens_on: Some(days.0),
        closes_on: Some(days.1),
        register_by: None,
        visits: None,
        turnover: None,
        status: FairStatus::Draft,
        reason: Text::default(),
        ..old.clone()
    };
    // A budget line is of one year.
    new.budget = None;
    let id = new.id;
    let mut record = Record::Fair(Arc::new(new));
    settle::settle(desk, None, &mut record)?;
    required(&record)?;
    desk.push(Change::added(record));
    let mut halls = BTreeMap::new();
    for hall in desk.book.pointing::<Hall>(fair).cloned().collect::<Vec<_>>() {
        let own = desk.env.new_id();
        halls.insert(hall.id, own);
        desk.push(Change::added(Record::Hall(Arc::new(Hall { id: own, fair: Some(id), ..hall }))));
    }
    let there = |hall: Option<Id>| hall.and_then(|hall| halls.get(&hall).copied());
    let booths: Vec<Booth> = desk.book.pointing::<Booth>(fair).cloned().collect();
    let count = booths.len();
    for booth in booths {
        let hall = there(booth.hall);
        let own = Booth { id: desk.env.new_id(), fair: Some(id), hall, blocked: Text::default(), ..booth };
        desk.push(Change::added(Record::Booth(Arc::new(own))));
    }
    for fixture in desk.book.pointing::<Fixture>(fair).cloned().collect::<Vec<_>>() {
        let own = Fixture { id: desk.env.new_id(), fair: Some(id), hall: there(fixture.hall), ..fixture };
        desk.push(Change::added(Record::Fixture(Arc::new(own))));
    }
    let from = &old.code;
    Ok(say!(
        "Lập hội chợ {code} theo mặt bằng của {from}: {count} gian",
        "Made fair {code} on the plan of {from}: {count} booths"
    ))
}

fn booth_of(desk: &Desk<'_>, id: Id) -> Result<Booth, Refusal> {
    desk.book.get::<Booth>(id).cloned().ok_or_else(|| gone(Kind::Booth))
}

fn push(desk: &mut Desk<'_>, before: Option<Booth>, after: Booth) -> Result<(), Refusal> {
    let before = before.map(|booth| Record::Booth(Arc::new(booth)));
    let mut record = Record::Booth(Arc::new(after));
    settle::settle(desk, None, &mut record)?;
    required(&record)?;
    desk.push(Change { before, after: Some(record) });
    Ok(())
}

/// A booth on which somebody stands, or for whom it is held, is not changed under them.
pub(super) fn nobody_on(desk: &Desk<'_>, booth: &Booth, what: &Words) -> Result<(), Refusal> {
    let today = desk.env.today();
    let mut on = desk.book.pointing::<Placement>(booth.id).filter(|placement| placement.counts_on(today));
    let Some(placement) = on.next() else { return Ok(()) };
    let (code, who) = (&booth.code, holder(&desk.book, placement, Lang::Vi));
    let status = crate::domain::field::Chosen::words(placement.status);
    let fix = if placement.status == PlacementStatus::Held {
        say!("Bỏ giữ chỗ trước.", "Give up the hold first.")
    } else {
        say!(
            "Trả gian hoặc chuyển đơn vị sang gian khác trước.",
            "Release it, or move the firm to another booth first."
        )
    };
    refuse(
        "booth-taken",
        Words {
            vi: format!("Gian {code} {} cho {who}, không {} được.", status.vi, what.vi).into(),
            en: format!("Booth {code} is {} for {who}; it cannot be {}.", status.en, what.en).into(),
        },
        fix,
    )
}

fn some(ids: &[Id]) -> Result<(), Refusal> {
    if ids.is_empty() {
        return refuse(
            "nothing-chosen",
            say!("Chưa chọn gì trên sơ đồ.", "Nothing is chosen on the map."),
            say!("Chọn ít nhất một gian.", "Choose at least one booth."),
        );
    }
    Ok(())
}

fn names(desk: &Desk<'_>, kind: Kind, ids: &[Id]) -> String {
    let shown: Vec<String> = ids.iter().take(6).map(|id| title(&desk.book, kind, *id, Lang::Vi)).collect();
    let more = if ids.len() > shown.len() { "…" } else { "" };
    format!("{}{more}", shown.join(", "))
}
