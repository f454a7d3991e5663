//! A whole placing from the book: what stands stays, needs and pins hold, rivals are apart, one act and one undo.

use std::sync::atomic::AtomicBool;

use hoicho::base::ids::Id;
use hoicho::domain::Placement;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::placing::from_book::{Wanted, setting};
use hoicho::domain::placing::proposal::Proposal;
use hoicho::domain::record::Kind;
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
    let places: Vec<(Id, Vec<Id>)> = proposal.places();
    assert!(places.iter().all(|(registration, _)| *registration != firms[0].1), "who has a booth keeps it");
    assert!(places.contains(&(firms[1].1, vec![booths[4]])), "the one with water");
    let third = places.iter().find(|(registration, _)| *registration == firms[2].1).unwrap();
    assert_ne!(third.1, [booths[1]], "its wish lies beside a rival");
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
