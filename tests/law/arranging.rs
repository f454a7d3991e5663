//! A whole placing from the book: what stands stays, needs and pins hold, rivals are apart, one act and one undo.

use std::sync::atomic::AtomicBool;

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::env::Env;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::placing::from_book::{Regard, Wanted, setting, with_booth_like};
use hoicho::domain::placing::proposal::Proposal;
use hoicho::domain::placing::score::near;
use hoicho::domain::record::Kind;
use hoicho::domain::{Booth, Placement};
use hoicho::engine::placing::{Effort, place};

use super::world::{World, day, same_records, text};

fn found(world: &World, fair: Id, wanted: &Wanted) -> Proposal {
    let setting = setting(&world.book, fair, day("02/01/2026"), wanted).unwrap();
    let stop = AtomicBool::new(false);
    place(&world.book, &setting, Effort { seconds: 2, seed: 1, stop: &stop }, |_, _| {})
}

#[test]
fn the_best_placing_keeps_what_stands_and_is_one_act() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let booths: Vec<Id> = (0..5_i64)
        .map(|number| {
            let booth = world.booth(fair, &format!("A{}", number + 1));
            world.edit(Kind::Booth, booth, [("x", Value::Number(number * 300)), ("y", Value::Number(0))]);
            booth
        })
        .collect();
    let firms: Vec<(Id, Id)> = ["Cái Mơn", "Mỏ Cày", "Chợ Lách"]
        .into_iter()
        .map(|name| {
            let business = world.business(name);
            (business, world.registration(fair, business))
        })
        .collect();
    world.edit(Kind::Booth, booths[4], [("water", Value::Flag(true))]);
    world.edit(Kind::Registration, firms[1].1, [("water_wanted", Value::Flag(true)), ("wishes", text("A1"))]);
    world.edit(Kind::Registration, firms[2].1, [("wishes", text("A-2; A1")), ("points", Value::Number(9))]);
    let rivals = [("business", Value::Link(firms[0].0)), ("other", Value::Link(firms[2].0))];
    world.add(Kind::Pairing, rivals);
    world.place(firms[0].1, booths[0]);
    let before = world.book.clone();
    let proposal = found(&world, fair, &Wanted::default());
    let places = proposal.places();
    let to = |firm: Id| places.iter().find(|place| place.registration == firm).map(|place| place.to.clone());
    assert_eq!(to(firms[0].1), None, "who has a booth keeps it");
    assert_eq!(to(firms[1].1), Some(vec![booths[4]]), "the one with water");
    assert_ne!(to(firms[2].1), Some(vec![booths[1]]), "its wish lies beside a rival");
    assert_eq!(proposal.by_booth().len(), 2);
    world.act("Mai", Intent::Arrange { fair, places: places.clone() });
    assert_eq!(world.state(Kind::Registration, firms[2].1), "booth_assigned");
    assert_eq!(world.refused("Mai", Intent::Arrange { fair, places }).code, "nothing-placed");
    world.try_take_back("Mai", false).unwrap();
    assert!(same_records(&before, &world.book));
    let released = Wanted { all_released: true, ..Wanted::default() };
    let pinned = Wanted { pins: [(firms[2].1, vec![booths[0]])].into(), ..released };
    let proposal = found(&world, fair, &pinned);
    world.act("Mai", Intent::Arrange { fair, places: proposal.places() });
    let has =
        |registration: Id| world.placements_of(registration).iter().map(|p: &Placement| p.booth).collect::<Vec<_>>();
    assert_eq!(has(firms[2].1), [Some(booths[0])]);
    assert_ne!(has(firms[0].1), [Some(booths[1])], "the rival has gone elsewhere");
}

/// A fair with so many booths in a row and as many firms as names, the first of them on the first booth.
fn row(count: i64, names: &[&str]) -> (World, Id, Vec<Id>, Vec<Id>) {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let booths: Vec<Id> = (0..count)
        .map(|number| {
            let booth = world.booth(fair, &format!("A{}", number + 1));
            world.edit(Kind::Booth, booth, [("x", Value::Number(number * 300)), ("y", Value::Number(0))]);
            booth
        })
        .collect();
    let firms: Vec<Id> = names
        .iter()
        .map(|name| {
            let business = world.business(name);
            world.registration(fair, business)
        })
        .collect();
    world.place(firms[0], booths[0]);
    (world, fair, booths, firms)
}

#[test]
fn who_was_moved_by_hand_since_the_search_is_not_moved_back() {
    let (mut world, fair, booths, firms) = row(4, &["Cái Mơn", "Mỏ Cày"]);
    let pinned = Wanted { pins: [(firms[0], vec![booths[1]])].into(), all_released: true, ..Wanted::default() };
    let proposal = found(&world, fair, &pinned);
    let placement = world.placements_of(firms[0])[0].id;
    let elsewhere = Intent::Move { placement, booth: booths[2], reason: Text::new("đơn vị đề nghị") };
    world.act("Mai", elsewhere);
    assert_eq!(world.refused("Hà", Intent::Arrange { fair, places: proposal.places() }).code, "moved-since");
}

#[test]
fn who_stands_is_never_put_out_by_what_is_asked_for_another() {
    let (mut world, fair, booths, firms) = row(3, &["Cái Mơn", "Mỏ Cày"]);
    // The office gave the booth; a need that is entered later takes it from nobody.
    world.edit(Kind::Registration, firms[0], [("water_wanted", Value::Flag(true))]);
    let proposal = found(&world, fair, &Wanted::default());
    assert_eq!(proposal.places().len(), 1);
    assert_eq!(proposal.moves(), 0);
    let pinned = Wanted { pins: [(firms[1], vec![booths[0]])].into(), ..Wanted::default() };
    let refusal = setting(&world.book, fair, day("02/01/2026"), &pinned).unwrap_err();
    assert_eq!((refusal.code, refusal.field.as_str()), ("pin-unfit", "pin"));
    let strange = Wanted { pins: [(Id::MAX, vec![booths[0]])].into(), ..Wanted::default() };
    assert_eq!(setting(&world.book, fair, day("02/01/2026"), &strange).unwrap_err().code, "pin-no-part");
    let nowhere = Wanted { pins: [(firms[1], vec![Id::MAX])].into(), ..Wanted::default() };
    assert_eq!(setting(&world.book, fair, day("02/01/2026"), &nowhere).unwrap_err().code, "pin-unfit");
    world.edit(Kind::Registration, firms[0], [("water_wanted", Value::Flag(false))]);
    let few = Wanted { all_released: true, regard: Regard::MoveFew, ..pinned };
    let proposal = found(&world, fair, &few);
    assert_eq!((proposal.moves(), proposal.places().len()), (1, 2));
    assert!(proposal.rows.iter().all(|row| !row.to.is_empty()));
}

#[test]
fn what_is_thought_is_what_would_be_made() {
    let (mut world, fair, booths, firms) = row(3, &["Cái Mơn", "Mỏ Cày", "Chợ Lách", "Ba Tri"]);
    world.place(firms[1], booths[1]);
    world.place(firms[2], booths[2]);
    let today = day("02/01/2026");
    let free = Wanted { all_released: true, regard: Regard::MoveFew, ..Wanted::default() };
    let told = |book: &Book, wanted: &Wanted| {
        let setting = setting(book, fair, today, wanted).unwrap();
        (format!("{:?}", setting.problem), setting.registrations, setting.booths.len(), setting.present)
    };
    // A firm thought away and a firm that has gone.
    let without = told(&world.book, &Wanted { without: [firms[1]].into(), ..free.clone() });
    let mut gone = world.clone();
    gone.step("Mai", Kind::Registration, firms[1], "withdrawn");
    assert_eq!(without, told(&gone.book, &free));
    // A booth thought to be there and a booth that was added.
    let env = Env::new(world.at, Text::new("Mai"), [9; 32]);
    let supposed = with_booth_like(&world.book, booths[2], "A4", &env).unwrap();
    assert!(with_booth_like(&world.book, booths[2], "A3", &env).is_err(), "the code is taken");
    let thought = told(&supposed, &free);
    let added = world.booth(fair, "A4");
    assert_eq!(thought.0, told(&world.book, &free).0);
    assert!(world.book.get::<Booth>(added).is_some());
    let proposal = found(&world, fair, &free);
    assert_eq!((proposal.moves(), proposal.places().len()), (0, 1));
}

#[test]
fn a_booth_without_a_place_on_the_plan_is_near_nothing() {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    for number in 1..4 {
        world.booth(fair, &format!("A{number}"));
    }
    let setting = setting(&world.book, fair, day("02/01/2026"), &Wanted::default()).unwrap();
    assert!((0..3).all(|one| (0..3).all(|other| one == other || !near(&setting.problem, one, other))));
}
