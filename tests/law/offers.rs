//! Offers, the waiting list, what lapses and what goes back; co-exhibitors; two screens that want one booth.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::claim::ClaimStatus;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::placement::PlacementStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::view::derived::holders;
use hoicho::domain::view::priority::priority;
use hoicho::domain::view::waiting::{lapse_plan, waiting_line};
use hoicho::domain::{Claim, Placement, Registration};
use hoicho::engine::{Failure, Outside, opened};
use hoicho::store::MemoryStore;

use super::world::{World, day, dong, hold, on, place, same_records, text, vnd};

/// A fair from 10 March with the booths A1 to A4 in a row, and firms that wait in the order of their names.
struct Fairground {
    world: World,
    fair: Id,
    booths: Vec<Id>,
}

impl Fairground {
    fn new() -> Self {
        let mut world = World::new();
        let fair = world.fair("HC", "10/03/2026", "13/03/2026");
        let booths = (0..4_i64)
            .map(|number| {
                let booth = world.booth(fair, &format!("A{}", number + 1));
                world.edit(Kind::Booth, booth, [("x", Value::Number(number * 300)), ("y", Value::Number(0))]);
                booth
            })
            .collect();
        Self { world, fair, booths }
    }

    fn confirmed(&mut self, name: &str) -> Id {
        let business = self.world.business(name);
        self.world.registration(self.fair, business)
    }

    fn waiting(&mut self, name: &str) -> Id {
        let business = self.world.business(name);
        let links = [("fair", Value::Link(self.fair)), ("business", Value::Link(business))];
        let registration = self.world.add(Kind::Registration, links);
        self.world.step("Mai", Kind::Registration, registration, "under_review");
        self.world.step("Mai", Kind::Registration, registration, "waiting");
        registration
    }

    fn line(&self) -> Vec<Id> {
        let line = waiting_line(&self.world.book, self.fair, day("02/01/2026"));
        line.into_iter().map(|waiting| waiting.registration).collect()
    }

    fn offers_to(&self, registration: Id) -> Vec<Id> {
        let placements = self.world.placements_of(registration).into_iter();
        placements
            .filter(|placement| placement.status == PlacementStatus::Offered)
            .filter_map(|placement| placement.booth)
            .collect()
    }
}

fn offer(booth: Id, registration: Option<Id>) -> Intent {
    Intent::Offer { booths: vec![booth], registration, until: None }
}

fn answer(placement: Id, accepts: bool) -> Intent {
    Intent::Answer { placements: vec![placement], accepts, reason: Text::default() }
}

#[test]
fn a_booth_is_offered_to_one_firm_at_a_time_until_it_answers() {
    let mut ground = Fairground::new();
    let (one, other) = (ground.confirmed("Cái Mơn"), ground.confirmed("Mỏ Cày"));
    let a1 = ground.booths[0];
    let offered = ground.world.act("Mai", offer(a1, Some(one)));
    assert_eq!(ground.world.get::<Placement>(offered).held_until, Some(day("05/01/2026")), "three days to answer");
    let code = ground.world.refused("Hà", offer(a1, Some(other))).code;
    assert!(matches!(code, "offered-twice" | "booth-taken"), "{code}");
    assert_eq!(ground.world.refused("Hà", place(other, a1, None, None, None)).code, "booth-taken");
    ground.world.act("Mai", answer(offered, true));
    let placed = &ground.world.placements_of(one)[0];
    assert_eq!((placed.id, placed.status, placed.held_until), (offered, PlacementStatus::Rented, None));
    assert_eq!(dong(placed.rent), 9_000_000, "the rent is frozen with the answer");
    assert_eq!(ground.world.state(Kind::Registration, one), "booth_assigned");
    assert_eq!(ground.world.refused("Mai", answer(offered, true)).code, "no-offer");
}

#[test]
fn an_offer_counts_to_its_last_day_and_cannot_be_accepted_later() {
    let mut ground = Fairground::new();
    let (one, other) = (ground.waiting("Cái Mơn"), ground.confirmed("Mỏ Cày"));
    let a1 = ground.booths[0];
    let offered = ground.world.act("Mai", offer(a1, Some(one)));
    ground.world.wait(4);
    assert_eq!(ground.world.refused("Mai", answer(offered, true)).code, "offer-over");
    ground.world.place(other, a1);
    assert!(ground.world.placements_of(one).is_empty(), "the lapsed offer is gone");
    assert_eq!(ground.world.get::<Registration>(one).offers_missed, Some(1));
}

#[test]
fn a_declined_offer_goes_to_the_next_in_line_and_who_declined_waits_behind() {
    let mut ground = Fairground::new();
    let (first, second) = (ground.waiting("Cái Mơn"), ground.waiting("Mỏ Cày"));
    let a1 = ground.booths[0];
    let offered = ground.world.act("Mai", offer(a1, None));
    assert_eq!(ground.offers_to(first), [a1], "the first received is first in line");
    ground.world.act("Mai", answer(offered, false));
    assert_eq!((ground.offers_to(first), ground.offers_to(second)), (vec![], vec![a1]));
    let third = ground.waiting("Giồng Trôm");
    assert_eq!(ground.line(), [third, first], "who declined waits behind who did not");
}

#[test]
fn points_come_before_the_time_of_receipt_and_needs_before_points() {
    let mut ground = Fairground::new();
    let (early, strong) = (ground.waiting("Cái Mơn"), ground.waiting("Mỏ Cày"));
    ground.world.edit(Kind::Registration, strong, [("points", Value::Number(5))]);
    assert_eq!(ground.line(), [strong, early]);
    ground.world.edit(Kind::Registration, strong, [("water_wanted", Value::Flag(true))]);
    ground.world.act("Mai", offer(ground.booths[0], None));
    assert_eq!(ground.offers_to(early), [ground.booths[0]], "no booth has water for the stronger one");
}

#[test]
fn who_waits_for_two_gets_two_side_by_side_or_nothing() {
    let mut ground = Fairground::new();
    let holder = ground.confirmed("Chợ Lách");
    let pair = ground.waiting("Cái Mơn");
    ground.world.edit(Kind::Registration, pair, [("booths_wanted", Value::Number(2))]);
    let [a1, a2, a3, a4] = ground.booths[..] else { panic!("four booths") };
    for booth in [a1, a3] {
        ground.world.place(holder, booth);
    }
    assert_eq!(ground.world.refused("Mai", offer(a2, None)).code, "nobody-waits", "A2 and A4 do not touch");
    ground.world.step("Mai", Kind::Registration, holder, "withdrawn");
    let offered = ground.offers_to(pair);
    assert_eq!(offered.len(), 2);
    assert!([vec![a1, a2], vec![a2, a3], vec![a3, a4]].contains(&offered), "{offered:?}");
}

#[test]
fn what_lapses_frees_booth_and_money_and_asks_the_next_in_one_step_that_can_be_undone() {
    let mut ground = Fairground::new();
    let (gone, next) = (ground.confirmed("Cái Mơn"), ground.waiting("Mỏ Cày"));
    let world = &mut ground.world;
    let (scheme, budget) = (world.scheme("BT", []), world.budget("KP", 100_000_000));
    let a1 = ground.booths[0];
    world.act("Mai", hold(a1, Some(gone), "", day("05/01/2026")));
    let claim = world.claim(gone, scheme, [("cost", vnd(9_000_000))]);
    world.appraise(claim);
    world.decide(claim, budget);
    let lapse = Intent::Lapse { fair: ground.fair };
    assert_eq!(world.refused("Mai", lapse.clone()).code, "nothing-lapsed");
    world.wait(30);
    let before = world.book.clone();
    world.act("Hà", lapse.clone());
    assert!(world.placements_of(gone).is_empty());
    assert_eq!(world.get::<Claim>(claim).status, ClaimStatus::Cancelled, "the commitment is free again");
    assert_eq!(world.state(Kind::Registration, gone), "confirmed");
    assert_eq!(ground.offers_to(next), [a1]);
    let world = &mut ground.world;
    assert_eq!(world.refused("Hà", lapse).code, "nothing-lapsed");
    world.try_take_back("Hà", false).unwrap();
    assert!(same_records(&before, &world.book));
}

#[test]
fn an_offer_that_lapsed_passes_its_firm_over_and_a_paid_claim_stays() {
    let mut ground = Fairground::new();
    let (first, second) = (ground.waiting("Cái Mơn"), ground.waiting("Mỏ Cày"));
    let a1 = ground.booths[0];
    ground.world.act("Mai", offer(a1, Some(first)));
    ground.world.wait(10);
    let plan = lapse_plan(&ground.world.book, ground.fair, day("12/01/2026"));
    assert_eq!(plan.next, [(second, vec![a1])]);
    ground.world.act("Mai", Intent::Lapse { fair: ground.fair });
    assert_eq!((ground.offers_to(first), ground.offers_to(second)), (vec![], vec![a1]));
}

#[test]
fn from_the_opening_day_on_nobody_is_offered_anything_by_the_program() {
    let mut ground = Fairground::new();
    let (gone, waiting) = (ground.confirmed("Cái Mơn"), ground.waiting("Mỏ Cày"));
    ground.world.act("Mai", hold(ground.booths[0], Some(gone), "", day("05/03/2026")));
    ground.world.wait(70);
    ground.world.act("Mai", Intent::Lapse { fair: ground.fair });
    assert!(ground.world.placements_of(gone).is_empty() && ground.world.placements_of(waiting).is_empty());
}

#[test]
fn a_withdrawal_records_the_refund_of_the_fairs_table_and_asks_the_next() {
    let mut ground = Fairground::new();
    let (gone, next) = (ground.confirmed("Cái Mơn"), ground.waiting("Mỏ Cày"));
    let world = &mut ground.world;
    let table = [("refund_table", text("90:50, 60:25, 30:0")), ("refund_fee", vnd(200_000))];
    world.edit(Kind::Fair, ground.fair, table);
    world.edit(Kind::Registration, gone, [("fee_paid", vnd(10_000_000))]);
    world.place(gone, ground.booths[0]);
    let before = world.book.clone();
    // 67 days before the opening on 10 March.
    world.step("Mai", Kind::Registration, gone, "withdrawn");
    let record = world.get::<Registration>(gone);
    assert_eq!((dong(record.refund), record.withdrawn_on), (2_300_000, Some(day("02/01/2026"))));
    assert_eq!(ground.offers_to(next), [ground.booths[0]]);
    let world = &mut ground.world;
    world.try_take_back("Mai", false).unwrap();
    assert!(same_records(&before, &world.book));
    let wrong = vec![("refund_table".to_owned(), text("90:25, 60:50"))];
    let edit = Intent::Edit { kind: Kind::Fair, id: ground.fair, fields: wrong };
    let refusal = world.refused("Mai", edit);
    assert_eq!((refusal.code, refusal.field.as_str()), ("refund-table-crossed", "refund_table"));
}

#[test]
fn a_firm_with_all_it_asked_for_leaves_the_rest_free() {
    let mut ground = Fairground::new();
    let one = ground.confirmed("Cái Mơn");
    let [a1, a2, ..] = ground.booths[..] else { panic!("booths") };
    ground.world.act("Mai", hold(a2, Some(one), "", day("05/02/2026")));
    ground.world.place(one, a1);
    let booths: Vec<Option<Id>> = ground.world.placements_of(one).iter().map(|placement| placement.booth).collect();
    assert_eq!(booths, [Some(a1)]);
}

#[test]
fn a_co_exhibitor_stands_with_its_host_and_comes_and_goes_with_it() {
    let mut ground = Fairground::new();
    let (host, guest) = (ground.confirmed("Cái Mơn"), ground.confirmed("Mỏ Cày"));
    let a1 = ground.booths[0];
    let world = &mut ground.world;
    world.edit(Kind::Registration, guest, [("host", Value::Link(host))]);
    assert_eq!(world.refused("Mai", place(guest, a1, None, None, None)).code, "stands-with-host");
    world.place(host, a1);
    assert_eq!(world.state(Kind::Registration, guest), "booth_assigned");
    let names = holders(&world.book, a1, day("02/01/2026"));
    assert!(names.contains("Cái Mơn") && names.contains("Mỏ Cày"), "{names}");
    let chain =
        Intent::Edit { kind: Kind::Registration, id: host, fields: vec![("host".to_owned(), Value::Link(guest))] };
    assert_eq!(world.refused("Mai", chain).code, "host-is-guest");
    world.step("Mai", Kind::Registration, host, "withdrawn");
    let alone = world.get::<Registration>(guest);
    assert_eq!((alone.host, world.state(Kind::Registration, guest).as_str()), (None, "confirmed"));
}

#[test]
fn priority_points_are_the_fairs_weights_with_their_reasons() {
    let mut ground = Fairground::new();
    let one = ground.confirmed("Cái Mơn");
    let world = &mut ground.world;
    let weights = [
        ("star_points", Value::Number(10)),
        ("past_points", Value::Number(3)),
        ("absence_points", Value::Number(7)),
        ("early_points", Value::Number(1)),
        ("register_by", on("10/02/2026")),
    ];
    world.edit(Kind::Fair, ground.fair, weights);
    let business = world.get::<Registration>(one).business.unwrap();
    let product = world.add(Kind::Product, [("business", Value::Link(business)), ("name", text("Kẹo dừa"))]);
    let certificate = [("product", Value::Link(product)), ("stars", Value::Number(4)), ("issued_on", on("01/06/2025"))];
    world.add(Kind::Certificate, certificate);
    let received = world.get::<Registration>(one).received_at.unwrap().date();
    assert_eq!(received, day("02/01/2026"));
    let found = priority(&world.book, world.get::<Registration>(one), day("02/01/2026"));
    let points: Vec<i64> = found.reasons.iter().map(|(_, points)| *points).collect();
    assert_eq!((found.points, points), (70, vec![40, 30]), "39 days early count as 30");
    assert!(found.words().vi.contains("OCOP 4 sao +40"), "{:?}", found.words());
}

#[test]
fn two_screens_that_want_one_booth_get_it_once() {
    let mut ground = Fairground::new();
    let firms: Vec<Id> = (0..6).map(|number| ground.waiting(&format!("Hợp tác xã {number}"))).collect();
    for firm in &firms {
        ground.world.step("Mai", Kind::Registration, *firm, "selected");
    }
    for round in 0..6 {
        let engine = opened(Box::new(MemoryStore::default()), Outside::seeded(ground.world.book.at, round)).unwrap();
        let desk = engine.desk();
        super::simulator::settle_in(&desk);
        let book = desk.book();
        let booth = book.all::<hoicho::domain::Booth>().iter().next().unwrap().id;
        let registrations: Vec<Id> = book.all::<Registration>().iter().map(|registration| registration.id).collect();
        let (done, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        std::thread::scope(|scope| {
            for (number, registration) in registrations.iter().enumerate() {
                let (desk, done, refused) = (engine.desk(), Arc::clone(&done), Arc::clone(&refused));
                let intent = match number % 3 {
                    0 => place(*registration, booth, None, None, None),
                    1 => hold(booth, Some(*registration), "", desk.book().at.date()),
                    _ => offer(booth, Some(*registration)),
                };
                scope.spawn(move || match desk.act(&Text::new("Mai"), intent) {
                    Ok(_) => done.fetch_add(1, Ordering::SeqCst),
                    Err(Failure::Refused(refusal)) => {
                        assert!(matches!(refusal.code, "booth-taken" | "offered-twice"), "{refusal}");
                        refused.fetch_add(1, Ordering::SeqCst)
                    }
                    Err(other) => panic!("{other:?}"),
                });
            }
        });
        assert_eq!((done.load(Ordering::SeqCst), refused.load(Ordering::SeqCst)), (1, registrations.len() - 1));
        assert_eq!(desk.book().pointing::<Placement>(booth).count(), 1);
    }
}
