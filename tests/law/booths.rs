//! Who may stand where: shares, days, holds, moves, and what frees a booth.

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::placement::PlacementStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::registration::RegistrationStatus;
use hoicho::domain::{Booth, Claim, Evidence, Placement, Registration};

use super::world::{World, day, dong, hold, place, same_records, step, text, vnd};

/// A fair from 10 to 13 March with the booths A1 and A2, and two confirmed firms.
fn two_firms() -> (World, [Id; 2], [Id; 2]) {
    let mut world = World::new();
    let fair = world.fair("HC", "10/03/2026", "13/03/2026");
    let booths = ["A1", "A2"].map(|code| world.booth(fair, code));
    let firms = ["Hợp tác xã Cái Mơn", "Cơ sở Mỏ Cày"].map(|name| {
        let business = world.business(name);
        world.registration(fair, business)
    });
    (world, booths, firms)
}

fn swap(one: Id, other: Id) -> Intent {
    Intent::Swap { one, other, reason: Text::default() }
}

fn release(placement: Id) -> Intent {
    Intent::Release { placements: vec![placement], reason: Text::new("nhầm gian") }
}

#[test]
fn two_halves_fill_a_booth_and_more_than_its_whole_is_refused() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    world.act("Mai", place(one, a1, Some(5_000), None, None));
    world.act("Mai", place(other, a1, Some(5_000), None, None));
    assert_eq!(dong(world.placements_of(one)[0].rent), 4_500_000);
    world.act("Mai", place(one, a2, Some(5_000), None, None));
    assert_eq!(world.refused("Mai", place(other, a2, Some(6_000), None, None)).code, "booth-taken");
}

#[test]
fn a_share_is_more_than_nothing_and_at_most_the_whole() {
    let (mut world, [a1, _], [one, _]) = two_firms();
    for share in [0, 10_001] {
        assert_eq!(world.refused("Mai", place(one, a1, Some(share), None, None)).code, "share-out-of-range");
    }
}

#[test]
fn different_firms_stand_on_a_booth_on_different_days() {
    let (mut world, [a1, _], [one, other]) = two_firms();
    let (first, second, last) = (day("10/03/2026"), day("11/03/2026"), day("13/03/2026"));
    world.act("Mai", place(one, a1, None, Some(first), Some(second)));
    assert_eq!(world.refused("Mai", place(other, a1, None, Some(second), Some(last))).code, "booth-taken");
    assert_eq!(world.refused("Mai", place(other, a1, None, Some(last), Some(second))).code, "days-reversed");
    world.act("Mai", place(other, a1, None, Some(day("12/03/2026")), Some(last)));
}

#[test]
fn other_days_of_a_fair_are_refused_when_they_put_two_firms_on_a_booth() {
    let (mut world, [a1, _], [one, other]) = two_firms();
    let fair = world.get::<Booth>(a1).fair.unwrap();
    world.act("Mai", place(one, a1, None, None, None));
    world.act("Mai", place(other, a1, None, Some(day("14/03/2026")), Some(day("15/03/2026"))));
    let longer = vec![("closes_on".to_owned(), Value::Date(day("15/03/2026")))];
    assert_eq!(world.refused("Mai", Intent::Edit { kind: Kind::Fair, id: fair, fields: longer }).code, "booth-taken");
}

#[test]
fn a_booth_given_twice_is_refused_with_the_name_of_who_has_it() {
    let (mut world, [a1, _], [one, other]) = two_firms();
    world.place(one, a1);
    let refusal = world.refused("Mai", place(other, a1, None, None, None));
    assert_eq!(refusal.code, "booth-taken");
    assert!(refusal.what.vi.contains("Hợp tác xã Cái Mơn") && refusal.what.vi.contains("A1"), "{refusal}");
}

#[test]
fn a_blocked_booth_takes_nobody_and_a_taken_one_is_not_blocked() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    world.edit(Kind::Booth, a1, [("blocked", text("cột nhà"))]);
    assert_eq!(world.refused("Mai", place(one, a1, None, None, None)).code, "booth-blocked");
    world.place(other, a2);
    let block = Intent::Edit { kind: Kind::Booth, id: a2, fields: vec![("blocked".to_owned(), text("lối thoát"))] };
    assert_eq!(world.refused("Mai", block).code, "booth-blocked");
}

#[test]
fn a_hold_keeps_the_booth_to_its_last_day_and_not_longer() {
    let (mut world, [a1, _], [one, other]) = two_firms();
    world.act("Mai", hold(a1, Some(one), "", day("05/01/2026")));
    world.wait(3);
    assert_eq!(world.refused("Mai", place(other, a1, None, None, None)).code, "booth-taken");
    world.wait(1);
    world.place(other, a1);
    assert_eq!(world.placements_of(one), Vec::<Placement>::new(), "the hold that lapsed is gone");
    assert_eq!(world.refused("Mai", hold(a1, Some(one), "", day("05/01/2026"))).code, "hold-past");
    assert_eq!(world.refused("Mai", hold(a1, None, "", day("05/02/2026"))).code, "hold-for-nobody");
}

#[test]
fn nothing_is_held_for_a_registration_that_is_over_or_for_another_fair() {
    let (mut world, [a1, _], [one, _]) = two_firms();
    let elsewhere = world.fair("HC-2", "10/04/2026", "13/04/2026");
    let far = world.booth(elsewhere, "B1");
    assert_eq!(world.refused("Mai", hold(far, Some(one), "", day("05/02/2026"))).code, "other-fair");
    world.step("Mai", Kind::Registration, one, "withdrawn");
    assert_eq!(world.refused("Mai", hold(a1, Some(one), "", day("05/02/2026"))).code, "registration-over");
}

#[test]
fn placing_turns_the_own_hold_into_a_rent() {
    let (mut world, [a1, _], [one, _]) = two_firms();
    let held = world.act("Mai", hold(a1, Some(one), "", day("05/02/2026")));
    assert_eq!(world.state(Kind::Registration, one), "confirmed");
    world.place(one, a1);
    let placed = world.placements_of(one);
    assert_eq!(placed.len(), 1);
    assert_eq!((placed[0].id, placed[0].status, placed[0].held_until), (held, PlacementStatus::Rented, None));
    assert_eq!(dong(placed[0].rent), 9_000_000);
    assert_eq!(world.state(Kind::Registration, one), "booth_assigned");
}

#[test]
fn a_swap_done_twice_leaves_all_as_it_was() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    world.edit(Kind::Booth, a2, [("price", vnd(5_000_000))]);
    world.act("Mai", place(one, a1, Some(5_000), None, None));
    world.act("Mai", place(other, a2, None, None, None));
    let before = world.book.clone();
    world.act("Mai", swap(a1, a2));
    assert_eq!(world.placements_of(one)[0].booth, Some(a2));
    assert_eq!(dong(world.placements_of(one)[0].rent), 2_500_000, "the rent is that of the new booth");
    assert!(!same_records(&before, &world.book));
    world.act("Mai", swap(a1, a2));
    assert!(same_records(&before, &world.book));
    assert_eq!(world.refused("Mai", swap(a1, a1)).code, "swap-same");
}

#[test]
fn nobody_is_moved_or_swapped_to_another_fair() {
    let (mut world, [a1, _], _) = two_firms();
    let elsewhere = world.fair("HC-2", "10/04/2026", "13/04/2026");
    let far = world.booth(elsewhere, "B1");
    let held = world.act("Mai", hold(a1, None, "Bà Sáu", day("05/02/2026")));
    assert_eq!(world.refused("Mai", swap(a1, far)).code, "other-fair");
    let move_to = Intent::Move { placement: held, booth: far, reason: Text::default() };
    assert_eq!(world.refused("Mai", move_to).code, "other-fair");
}

#[test]
fn power_and_water_are_hard_rules() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    world.edit(Kind::Booth, a1, [("power", Value::Number(500))]);
    world.edit(Kind::Registration, one, [("power_wanted", Value::Number(501))]);
    world.edit(Kind::Registration, other, [("water_wanted", Value::Flag(true))]);
    assert_eq!(world.refused("Mai", place(one, a1, None, None, None)).code, "power-short");
    assert_eq!(world.refused("Mai", place(other, a2, None, None, None)).code, "water-missing");
}

#[test]
fn a_placement_keeps_its_booth_under_an_edit_and_another_share_has_another_rent() {
    let (mut world, [a1, a2], [one, _]) = two_firms();
    let placement = world.place(one, a1);
    let elsewhere = vec![("booth".to_owned(), Value::Link(a2))];
    let edit = Intent::Edit { kind: Kind::Placement, id: placement, fields: elsewhere };
    assert_eq!(world.refused("Mai", edit).code, "own-command");
    assert_eq!(world.refused("Mai", Intent::Remove { kind: Kind::Placement, id: placement }).code, "own-command");
    world.edit(Kind::Placement, placement, [("share", Value::Number(2_500))]);
    assert_eq!(dong(world.get::<Placement>(placement).rent), 2_250_000);
}

#[test]
fn what_is_released_sends_the_registration_back_and_a_withdrawn_one_frees_its_booths() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    let placement = world.place(one, a1);
    world.act("Mai", release(placement));
    assert_eq!(world.state(Kind::Registration, one), "confirmed");
    assert_eq!(
        world.refused("Mai", Intent::Release { placements: Vec::new(), reason: Text::default() }).code,
        "booth-missing"
    );
    world.place(other, a1);
    world.act("Mai", hold(a2, Some(other), "", day("05/02/2026")));
    world.step("Mai", Kind::Registration, other, "withdrawn");
    assert_eq!(world.placements_of(other), Vec::<Placement>::new());
    world.place(one, a1);
}

#[test]
fn a_cancelled_fair_ends_its_registrations_and_their_claims() {
    let (mut world, [a1, a2], [one, other]) = two_firms();
    let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", 100_000_000));
    world.place(one, a1);
    world.place(other, a2);
    let (decided, open) = (world.claim(one, scheme, []), world.claim(other, scheme, []));
    world.appraise(decided);
    world.decide(decided, budget);
    let fair = world.get::<Booth>(a1).fair.unwrap();
    world.step("Mai", Kind::Fair, fair, "cancelled");
    for registration in [one, other] {
        assert_eq!(world.get::<Registration>(registration).status, RegistrationStatus::EventCancelled);
        assert!(world.placements_of(registration).is_empty());
    }
    assert_eq!(world.get::<Claim>(decided).status, ClaimStatus::Cancelled);
    assert_eq!(world.get::<Claim>(decided).decision_number, Some(1), "the number stays with what was decided");
    assert_eq!(world.get::<Claim>(open).status, ClaimStatus::Withdrawn);
    assert!(world.book.pointing::<Evidence>(open).count() > 0, "the file stays");
    let business = world.business("Trang trại Giồng Trôm");
    let links = vec![("fair".to_owned(), Value::Link(fair)), ("business".to_owned(), Value::Link(business))];
    let late = Intent::Add { kind: Kind::Registration, fields: links };
    assert_eq!(world.refused("Mai", late).code, "fair-cancelled");
}

#[test]
fn an_opening_fair_seats_the_assigned_and_ends_the_waiting_list() {
    let (mut world, [a1, _], [one, _]) = two_firms();
    let fair = world.get::<Booth>(a1).fair.unwrap();
    let business = world.business("Trang trại Giồng Trôm");
    let waiting = world.add(Kind::Registration, [("fair", Value::Link(fair)), ("business", Value::Link(business))]);
    world.step("Mai", Kind::Registration, waiting, "under_review");
    world.step("Mai", Kind::Registration, waiting, "waiting");
    world.place(one, a1);
    for to in ["approved", "open", "closed", "assigned", "running"] {
        world.step("Mai", Kind::Fair, fair, to);
    }
    assert_eq!(world.state(Kind::Registration, one), "attending");
    assert_eq!(world.state(Kind::Registration, waiting), "expired");
    world.step("Mai", Kind::Fair, fair, "finished");
    assert_eq!(world.state(Kind::Registration, one), "attended");
    assert_eq!(world.refused("Mai", step(Kind::Fair, fair, "reported")).code, "result-missing");
}
