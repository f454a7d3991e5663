//! Drawing at the plan: nothing is lost by a cut, nobody loses a floor that was rented, one act is one undo.

use hoicho::base::dates::Date;
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::reading::Reader;
use hoicho::domain::record::Kind;
use hoicho::domain::view::plan_check::{FindingKind, check_plan};
use hoicho::domain::{Booth, Fair, Fixture, Placement};
use hoicho::exchange::floor::typed;
use hoicho::exchange::plan_draft::incoming;
use hoicho::exchange::plan_file::plan_file;
use hoicho::exchange::plan_json::{read_json, write_json};
use hoicho::exchange::print::paper::Size;

use proptest::prelude::*;

use super::world::{World, day, dong, place, same_records, text};

fn lay(world: &mut World, fair: Id, code: &str, at: (i64, i64), size: (i64, i64)) -> Id {
    let number = Value::Number;
    world.add(
        Kind::Booth,
        [
            ("fair", Value::Link(fair)),
            ("code", text(code)),
            ("x", number(at.0)),
            ("y", number(at.1)),
            ("width", number(size.0)),
            ("depth", number(size.1)),
        ],
    )
}

fn booths(world: &World) -> Vec<&Booth> {
    world.book.all::<Booth>().iter().collect()
}

#[test]
fn what_is_split_and_combined_again_is_what_it_was() {
    for turn in [0, 45] {
        let mut world = World::new();
        let fair = world.fair("HC", "10/03/2026", "13/03/2026");
        let booth = lay(&mut world, fair, "A1", (1_000, 1_000), (900, 300));
        if turn > 0 {
            world.act("Mai", Intent::Turn { kind: Kind::Booth, ids: vec![booth], degrees: turn });
        }
        let before = world.get::<Booth>(booth).clone();
        world.act("Mai", Intent::Split { booth, parts: 3, stacked: false });
        assert_eq!(booths(&world).iter().map(|booth| booth.area_cm2()).sum::<i64>(), 270_000);
        let all: Vec<Id> = booths(&world).iter().map(|booth| booth.id).collect();
        assert_eq!(all.len(), 3);
        assert!(check_plan(&world.book, fair).iter().all(|finding| finding.kind != FindingKind::Overlap));
        world.act("Mai", Intent::Combine { booths: all });
        let after = world.get::<Booth>(booth);
        assert_eq!(
            (after.width, after.depth, after.turn, &after.code),
            (Some(900), Some(300), before.turn, &before.code)
        );
        assert!((after.x.unwrap() - 1_000).abs() <= 2 && (after.y.unwrap() - 1_000).abs() <= 2);
    }
}

#[test]
fn a_rented_booth_is_not_split_and_one_firm_goes_along_into_a_block() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (a1, a2) = (lay(&mut world, fair, "A1", (0, 0), (300, 300)), lay(&mut world, fair, "A2", (300, 0), (300, 300)));
    let firm = world.business("Cơ sở Mỏ Cày");
    let registration = world.registration(fair, firm);
    world.act("Mai", place(registration, a1, None, None, None));
    assert_eq!(world.refused("Mai", Intent::Split { booth: a1, parts: 2, stacked: true }).code, "booth-taken");
    let both = || Intent::Combine { booths: vec![a1, a2] };
    assert_eq!(world.refused("Mai", both()).code, "combine-taken");
    world.act("Mai", place(registration, a2, None, None, None));
    let before = world.book.clone();
    let rent: i64 = world.placements_of(registration).iter().map(|placement| dong(placement.rent)).sum();
    world.act("Mai", both());
    let on: Vec<Placement> = world.placements_of(registration);
    assert_eq!((on.len(), dong(on[0].rent), on[0].booth), (1, rent, Some(a1)));
    assert_eq!(world.get::<Booth>(a1).area_cm2(), 180_000);
    world.try_take_back("Mai", false).unwrap();
    assert!(same_records(&world.book, &before));
}

#[test]
fn numbers_follow_the_places_and_a_plan_is_taken_over_for_the_next_fair() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let (b, a) = (lay(&mut world, fair, "A01", (300, 0), (300, 300)), lay(&mut world, fair, "A02", (0, 0), (300, 300)));
    world.act("Mai", Intent::Renumber { booths: vec![b, a], first: Text::new("A01"), step: 1 });
    assert_eq!([a, b].map(|id| world.get::<Booth>(id).code.to_string()), ["A01", "A02"]);
    let (opens_on, closes_on): (Date, Date) = (day("10/03/2027"), day("13/03/2027"));
    let copy =
        Intent::CopyFair { fair, code: Text::new("HC27"), name: Text::new("Hội chợ 2027"), opens_on, closes_on };
    world.act("Mai", copy);
    let new = world.book.named(Kind::Fair, "code", None, "HC27")[0];
    assert_eq!(world.book.pointing::<Booth>(new).count(), 2);
    assert_eq!(world.get::<Fair>(new).price_m2, world.get::<Fair>(fair).price_m2);
    assert_eq!(write_json(&world.book, new), write_json(&world.book, fair));
}

#[test]
fn a_plan_as_json_comes_back_as_it_went() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let first = lay(&mut world, fair, "A1", (0, 0), (305, 300));
    world.edit(Kind::Booth, first, [("zone", text("OCOP")), ("stated_area", Value::Number(91_500))]);
    let six = lay(&mut world, fair, "A2", (400, 100), (300, 300));
    world.edit(Kind::Booth, six, [("outline", text("0,0 3,0 3,1.5 1.5,1.5 1.5,3 0,3")), ("turn", Value::Number(30))]);
    world.add(
        Kind::Fixture,
        [
            ("fair", Value::Link(fair)),
            ("kind", text("stage")),
            ("label", text("Sân khấu")),
            ("x", Value::Number(900)),
            ("y", Value::Number(0)),
            ("width", Value::Number(600)),
            ("depth", Value::Number(400)),
        ],
    );
    let written = write_json(&world.book, fair);
    let other = world.fair("HC2", "10/04/2026", "13/04/2026");
    let reader = Reader { book: &world.book, today: day("01/03/2026"), fair: Some(other) };
    let drawing = read_json(&written, reader).unwrap();
    assert!(drawing.remarks.is_empty(), "{:?}", drawing.remarks);
    let coming = incoming(&world.book, other, None, drawing.pieces, Vec::new());
    let mut parts = vec![(coming.kind, coming.drafts)];
    parts.extend(coming.along);
    world.act("Mai", Intent::Plan { parts, source: Text::new("plan.json") });
    assert_eq!(write_json(&world.book, other), written);
    assert_eq!(world.book.pointing::<Fixture>(other).count(), 1);
    for name in ["a.pdf", "a.svg", "a.txt", "a.csv", "a.xlsx"] {
        let files = plan_file(&world.book, fair, day("01/03/2026"), Lang::Vi, name, Size::A3).unwrap();
        assert!(files.len() == 1 && files[0].1.len() > 100, "{name}");
    }
}

#[test]
fn a_plan_of_another_program_is_taken_where_it_means_the_same_and_the_rest_is_told() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let reader = Reader { book: &world.book, today: day("01/03/2026"), fair: Some(fair) };
    let read = |text: &str| {
        let drawing = read_json(text, reader).unwrap();
        let told: Vec<String> = drawing.remarks.iter().map(|remark| remark.words.en.to_string()).collect();
        (drawing.pieces, told)
    };
    let (pieces, told) = read(
        r#"{"units": "ft", "booths": [
            {"name": "101", "polygon": [[-10, 0], [0, 0], [0, 10], [-10, 10], [-10, 0]]},
            {"number": 102, "points": [{"x": 0.0, "y": 0.0}, {"x": 9.840000000000001, "y": 0}, {"x": 0, "y": 9.84}]},
            {"name": "103", "x": 1e9, "y": 0, "width": 3, "depth": 3}, {"x": 0, "y": 0, "width": 3, "depth": 3}],
            "fixtures": [{"kind": "fountain", "label": "Nước", "x": 0, "y": 20, "width": 5, "depth": 5}]}"#,
    );
    assert_eq!(pieces.iter().map(|piece| piece.name.as_str()).collect::<Vec<_>>(), ["101", "102", "Nước"]);
    assert_eq!((pieces[0].laid.x, pieces[0].laid.width, pieces[1].laid.x), (0, 305, 305));
    let all = told.join(" ");
    for words in [
        "moved 3.05 m to the right",
        "Entry 3 (booths) is left out: its place",
        "Entry 4 (booths) is left out: its code",
        "“fountain” is not known",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    let (pieces, _) = read(
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "A1"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [6, 0], [6, 3], [3, 3], [3, 6], [0, 6], [0, 0]]]}}]}"#,
    );
    assert_eq!(pieces[0].laid.outline.as_ref().map(|outline| outline.corners().len()), Some(6));
    let (pieces, _) = read(r#"[{"code": "A1", "x": 0, "y": 0, "width": 3, "depth": 3}]"#);
    assert_eq!(pieces.len(), 1);
    for bad in ["", "{}", "[]", r#"{"booths": []}"#, r#"{"unit": "league", "booths": [{"code": "A1"}]}"#] {
        assert!(read_json(bad, reader).is_err(), "{bad}");
    }
}

#[test]
fn a_bad_plan_is_told_place_by_place() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    // Eight booths around a ninth, one more upon the first, one too near, and a stated area that nobody drew.
    for (place, (column, row)) in
        [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)].iter().enumerate()
    {
        lay(&mut world, fair, &format!("A{place}"), (500 + column * 300, 500 + row * 300), (300, 300));
    }
    lay(&mut world, fair, "B1", (600, 600), (100, 100));
    let near = lay(&mut world, fair, "B2", (1_500, 500), (300, 300));
    world.edit(Kind::Booth, near, [("stated_area", Value::Number(120_000))]);
    let found = check_plan(&world.book, fair);
    let of = |kind| found.iter().filter(|finding| finding.kind == kind).count();
    assert_eq!(of(FindingKind::Overlap), 1);
    assert_eq!(of(FindingKind::NarrowWay), 1);
    assert_eq!(of(FindingKind::StatedArea), 1);
    assert!(
        found.iter().any(|finding| finding.kind == FindingKind::NoWay && finding.words.vi.contains("A4")),
        "{found:#?}"
    );
}

fn thing(world: &mut World, fair: Id, hall: Id, kind: &str, at: (i64, i64), size: (i64, i64)) -> Id {
    let number = Value::Number;
    world.add(
        Kind::Fixture,
        [
            ("fair", Value::Link(fair)),
            ("hall", Value::Link(hall)),
            ("kind", text(kind)),
            ("label", text(kind)),
            ("x", number(at.0)),
            ("y", number(at.1)),
            ("width", number(size.0)),
            ("depth", number(size.1)),
        ],
    )
}

/// A hall of 20 by 14 metres with two rows of booths along a way of 4 metres that ends at the right wall.
fn hall_with_a_way(world: &mut World) -> (Id, Id, Vec<Id>) {
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let hall = world.add(
        Kind::Hall,
        [
            ("fair", Value::Link(fair)),
            ("code", text("N1")),
            ("width", Value::Number(2_000)),
            ("depth", Value::Number(1_400)),
        ],
    );
    let mut booths = Vec::new();
    for (row, y) in [(0, 200), (1, 900)] {
        for column in 0..5 {
            let code = format!("{}{column}", if row == 0 { "A" } else { "B" });
            let booth = lay(world, fair, &code, (500 + column * 300, y), (300, 300));
            world.edit(Kind::Booth, booth, [("hall", Value::Link(hall))]);
            booths.push(booth);
        }
    }
    (fair, hall, booths)
}

#[test]
fn a_way_that_ends_is_told_once_and_an_open_one_is_not() {
    let mut world = World::new();
    let (fair, hall, _) = hall_with_a_way(&mut world);
    thing(&mut world, fair, hall, "entrance", (0, 600), (50, 200));
    // The rows reach the right wall: the way between them is shut there.
    let found = check_plan(&world.book, fair);
    let ends: Vec<_> = found.iter().filter(|finding| finding.kind == FindingKind::DeadEnd).collect();
    assert_eq!(ends.len(), 1, "{found:#?}");
    assert!(ends[0].at.is_some_and(|at| at.x > 1_800 && (500..900).contains(&at.y)), "{:?}", ends[0]);
    assert!(!ends[0].booths.is_empty());
    world.edit(Kind::Hall, hall, [("width", Value::Number(2_400))]);
    let found = check_plan(&world.book, fair);
    assert_eq!(found.iter().filter(|finding| finding.kind == FindingKind::DeadEnd).count(), 0, "{found:#?}");
}

#[test]
fn a_fire_exit_is_free_before_it() {
    let mut world = World::new();
    let (fair, hall, booths) = hall_with_a_way(&mut world);
    world.edit(Kind::Hall, hall, [("width", Value::Number(2_400))]);
    thing(&mut world, fair, hall, "entrance", (0, 600), (50, 200));
    let exit = thing(&mut world, fair, hall, "exit", (800, 0), (200, 30));
    let blocked = |world: &World| -> Vec<String> {
        let found = check_plan(&world.book, fair);
        let doors = found.into_iter().filter(|finding| finding.kind == FindingKind::BlockedDoor);
        doors.map(|finding| finding.words.en.to_string()).collect()
    };
    let told = blocked(&world);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("1.7 m") && told[0].contains("A1"), "{told:?}");
    // Where the first row stands two metres away, all is well.
    for booth in &booths[..5] {
        world.edit(Kind::Booth, *booth, [("y", Value::Number(240))]);
    }
    assert_eq!(blocked(&world), Vec::<String>::new());
    // A wall of booths around it shuts it altogether.
    world.edit(Kind::Fixture, exit, [("x", Value::Number(2_370)), ("y", Value::Number(600))]);
    world.edit(Kind::Fixture, exit, [("width", Value::Number(30)), ("depth", Value::Number(100))]);
    let around = lay(&mut world, fair, "C1", (2_000, 400), (400, 500));
    world.edit(Kind::Booth, around, [("hall", Value::Link(hall))]);
    let told = blocked(&world);
    assert!(told.len() == 1 && told[0].contains("is blocked"), "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_plan_as_text_comes_back_as_it_went(
        drawn in prop::collection::vec((0..6_000_i64, 0..4_000_i64, 50..900_i64, 50..900_i64, 1..360_i64, 0..6_usize, any::<bool>()), 1..9),
    ) {
        let mut world = World::new();
        let fairs = [world.fair("HC", "10/03/2026", "13/03/2026"), world.fair("HC2", "10/04/2026", "13/04/2026")];
        let halls = fairs.map(|fair| world.add(Kind::Hall, [("fair", Value::Link(fair)), ("code", text("Nhà 1"))]));
        for (place, (x, y, width, depth, turn, kind, in_hall)) in drawn.into_iter().enumerate() {
            let code = if place % 3 == 0 { format!("F-{place} E-{place}") } else { format!("A{place}") };
            let booth = lay(&mut world, fairs[0], &code, (x, y), (width, depth));
            let kinds = ["inline", "corner", "peninsula", "island", "raw", "table"];
            world.edit(Kind::Booth, booth, [("kind", text(kinds[kind])), ("turn", Value::Number(turn))]);
            if in_hall {
                world.edit(Kind::Booth, booth, [("hall", Value::Link(halls[0]))]);
            }
            if place % 2 == 1 {
                world.edit(Kind::Booth, booth, [("outline", text("0,0 3,0 3,1.5 1.5,1.5 1.5,3 0,3"))]);
            }
        }
        let written = plan_file(&world.book, fairs[0], day("01/03/2026"), Lang::Vi, "a.txt", Size::A4).unwrap().remove(0).1;
        let coming = typed(&world.book, fairs[1], None, &String::from_utf8(written).unwrap()).unwrap();
        world.act("Mai", Intent::Import { kind: coming.kind, drafts: coming.drafts, source: Text::new("a.txt") });
        prop_assert_eq!(write_json(&world.book, fairs[1]), write_json(&world.book, fairs[0]));
    }
}
