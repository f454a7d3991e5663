//! Timetables of conferences: the laws of every timetable, the bound beside every way there is, the fewest changes.

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::Meeting;
use hoicho::domain::conference::bound::relax;
use hoicho::domain::conference::from_book::{Away, Planning, propose};
use hoicho::domain::conference::problem::{Held, Pair, Person, Problem, TIERS};
use hoicho::domain::conference::replan::replan;
use hoicho::domain::conference::solve::{Effort, Proof, solve};
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use proptest::prelude::*;

use super::world::{World, on, text};

/// Everybody with times of their own, some with few meetings, few tables.
fn problems(people: usize, slots: usize, pairs: usize) -> impl Strategy<Value = Problem> {
    let person = move || {
        (any::<u64>(), any::<bool>(), 1_u32..5).prop_map(move |(there, all_day, most)| {
            let all = (1_u64 << slots) - 1;
            Person { there: if all_day { all } else { there & all }, most: if most == 4 { 64 } else { most } }
        })
    };
    let both = prop::collection::btree_map((0..people, 0..people), 0..TIERS, 0..pairs);
    (
        prop::collection::vec(1_u32..4, slots),
        prop::collection::vec(person(), people),
        prop::collection::vec(person(), people),
        both,
    )
        .prop_map(|(tables, buyers, sellers, pairs)| {
            let pairs = pairs.into_iter().map(|((buyer, seller), tier)| Pair { buyer, seller, tier }).collect();
            Problem { tables, buyers, sellers, pairs }
        })
}

/// The best of all ways to give each pair a slot or none.
fn best_of_all(problem: &Problem, at: usize, slot_of: &mut Vec<Option<usize>>, best: &mut Held) {
    if at == problem.pairs.len() {
        if problem.is_kept(slot_of) {
            *best = (*best).max(problem.held(slot_of));
        }
        return;
    }
    for slot in (0..problem.slots()).map(Some).chain([None]) {
        slot_of[at] = slot;
        best_of_all(problem, at + 1, slot_of, best);
    }
}

/// The fewest planned meetings lost and then moved, of all ways.
fn nearest_of_all(
    problem: &Problem,
    planned: &[Option<usize>],
    at: usize,
    slot_of: &mut Vec<Option<usize>>,
    best: &mut Option<(Held, usize)>,
) {
    if at == problem.pairs.len() {
        if !problem.is_kept(slot_of) {
            return;
        }
        let (mut lost, mut moved) = ([0; TIERS], 0);
        for ((pair, now), then) in problem.pairs.iter().zip(&*slot_of).zip(planned) {
            lost[pair.tier] += u32::from(then.is_some() && now.is_none());
            moved += usize::from(now.is_some() && now != then);
        }
        *best = Some(best.map_or((lost, moved), |known| known.min((lost, moved))));
        return;
    }
    let ways = planned[at].map_or(0, |_| problem.slots());
    for slot in (0..ways).map(Some).chain([None]) {
        slot_of[at] = slot;
        nearest_of_all(problem, planned, at + 1, slot_of, best);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_small_timetable_is_the_best_of_all_ways(problem in problems(3, 3, 7)) {
        let found = solve(&problem, Effort::default());
        let mut best = [0; TIERS];
        best_of_all(&problem, 0, &mut vec![None; problem.pairs.len()], &mut best);
        prop_assert!(problem.is_kept(&found.slot_of));
        prop_assert_eq!(found.held, best);
        prop_assert!(found.bound >= best);
        prop_assert!(found.proof != Proof::Open);
    }

    #[test]
    fn a_timetable_keeps_every_rule_and_the_bound(problem in problems(12, 8, 70)) {
        let effort = Effort { steps: 2_000, exact_steps: 2_000, ..Effort::default() };
        let found = solve(&problem, effort);
        prop_assert!(problem.is_kept(&found.slot_of));
        prop_assert_eq!(problem.held(&found.slot_of), found.held);
        prop_assert!(found.bound >= found.held);
        prop_assert_eq!(&solve(&problem, effort), &found, "the same seed gives the same timetable");
    }

    /// Where all are there all day and take all meetings, the bound is always reached, however few tables there are.
    #[test]
    fn without_times_the_bound_is_reached(
        pairs in prop::collection::btree_map((0_usize..9, 0_usize..9), 0..TIERS, 1..60), slots in 1_usize..8, tables in 1_u32..9
    ) {
        let all = Person { there: (1 << slots) - 1, most: 64 };
        let pairs = pairs.into_iter().map(|((buyer, seller), tier)| Pair { buyer, seller, tier }).collect();
        let problem = Problem { tables: vec![tables; slots], buyers: vec![all; 9], sellers: vec![all; 9], pairs };
        let found = solve(&problem, Effort::default());
        prop_assert_eq!(found.held, relax(&problem).bound);
        prop_assert_eq!(found.proof, Proof::Bound);
    }

    #[test]
    fn after_an_absence_as_few_move_as_can_be(problem in problems(3, 4, 6), who in 0_usize..6, there in any::<u64>(), gone in any::<bool>()) {
        let planned = solve(&problem, Effort::default()).slot_of;
        let mut changed = problem.clone();
        let person = if who < 3 { &mut changed.buyers[who] } else { &mut changed.sellers[who - 3] };
        person.there &= if gone { 0 } else { there };
        let found = replan(&changed, &planned, Effort::default());
        prop_assert!(changed.is_kept(&found.slot_of));
        let mut best = None;
        nearest_of_all(&changed, &planned, 0, &mut vec![None; planned.len()], &mut best);
        prop_assert_eq!(Some((found.lost, found.moved)), best);
        prop_assert!(found.is_least);
        prop_assert!(!gone || found.moved == 0, "nobody moves for somebody who does not come at all");
    }
}

/// Two buyers, three businesses, two tables, four slots; everybody wants everybody but for one veto.
fn conference(world: &mut World) -> (Id, Vec<Id>, Vec<Id>) {
    let fields = [
        ("code", text("KN-26")),
        ("on", on("10/12/2026")),
        ("starts", text("08:00")),
        ("ends", text("09:20")),
        ("tables", Value::Number(2)),
    ];
    let conference = world.add(Kind::Conference, fields);
    let buyers: Vec<Id> = ["Siêu thị", "Chuỗi"].map(|name| world.add(Kind::Partner, [("name", text(name))])).to_vec();
    let firms: Vec<Id> =
        ["HTX A", "HTX B", "HTX C"].map(|name| world.add(Kind::Business, [("name", text(name))])).to_vec();
    for (place, buyer) in buyers.iter().enumerate() {
        for firm in &firms {
            for side in ["buyer", "seller"] {
                let veto = place == 1 && *firm == firms[2] && side == "seller";
                world.add(
                    Kind::Wish,
                    [
                        ("conference", Value::Link(conference)),
                        ("side", text(side)),
                        ("partner", Value::Link(*buyer)),
                        ("business", Value::Link(*firm)),
                        ("grade", text(if veto { "veto" } else { "want" })),
                    ],
                );
            }
        }
    }
    (conference, buyers, firms)
}

#[test]
fn a_timetable_is_stored_mended_and_taken_back() {
    let mut world = World::new();
    let (conference, buyers, firms) = conference(&mut world);
    let found = propose(&world.book, conference, Planning::Anew).unwrap();
    assert_eq!((found.held[2], found.bound[2], found.walks), (5, 5, 0), "{found:?}");
    world.act("Mai", found.intent());
    assert_eq!(world.book.all::<Meeting>().len(), 5);
    assert!(
        propose(&world.book, conference, Planning::Mend(None)).unwrap().changes.is_empty(),
        "nothing is to be mended"
    );

    let away = propose(&world.book, conference, Planning::Mend(Some(Away::Business(firms[0])))).unwrap();
    assert_eq!(away.changes.len(), 2, "its two meetings are dropped and nobody moves: {:?}", away.changes);
    world.act("Mai", away.intent());
    assert_eq!(world.book.all::<Meeting>().len(), 3);
    assert!(world.book.pointing::<hoicho::domain::Attendance>(conference).any(|one| one.absent));
    world.try_take_back("Mai", false).unwrap();
    assert_eq!((world.book.all::<Meeting>().len(), world.book.count(Kind::Attendance)), (5, 0));

    // What was held stays, and its people's time is taken.
    let held = world.book.all::<Meeting>().iter().next().cloned().unwrap();
    let step = |to: &str, reason: &str| Intent::Step {
        kind: Kind::Meeting,
        id: held.id,
        to: Text::new(to),
        reason: Text::new(reason),
    };
    world.act("Mai", step("held", ""));
    let again = propose(&world.book, conference, Planning::Anew).unwrap();
    world.act("Mai", again.intent());
    assert_eq!(world.book.get::<Meeting>(held.id).unwrap().slot, held.slot);
    assert_eq!(world.book.all::<Meeting>().len(), 5);
    world.act("Mai", step("missed", "đến trễ"));
    let _ = buyers;
}

#[test]
fn a_day_grows_shorter_and_its_timetable_is_mended_after() {
    let mut world = World::new();
    let (conference, ..) = conference(&mut world);
    world.act("Mai", propose(&world.book, conference, Planning::Anew).unwrap().intent());
    world.edit(Kind::Conference, conference, [("ends", text("09:00"))]);
    let outside = world.book.all::<Meeting>().iter().filter(|one| one.slot > Some(3)).count();
    let told = world.journal.last().unwrap().words.en.to_string();
    assert_eq!(told.contains("lie outside"), outside > 0, "{told}");
    let mended = propose(&world.book, conference, Planning::Mend(None)).unwrap();
    assert_eq!(mended.meetings.len(), 5, "three slots at two tables hold five meetings: {:?}", mended.changes);
    world.act("Mai", mended.intent());
    world.edit(Kind::Conference, conference, [("tables", Value::Number(1))]);
    assert!(world.journal.last().unwrap().words.en.contains("hoicho conference mend KN-26"));
    let mended = propose(&world.book, conference, Planning::Mend(None)).unwrap();
    assert_eq!(mended.meetings.len(), 3, "one table, three slots");
    world.act("Mai", mended.intent());
    assert!(world.book.all::<Meeting>().iter().all(|one| one.slot <= Some(3) && one.table == Some(1)));
}

#[test]
fn no_bound_is_told_below_a_tier_that_could_have_more() {
    let mut world = World::new();
    let (conference, ..) = conference(&mut world);
    let mut found = propose(&world.book, conference, Planning::Anew).unwrap();
    (found.held, found.bound) = ([2, 1, 3, 0, 0, 0, 0, 0], [2, 2, 0, 0, 0, 0, 0, 0]);
    let told: Vec<String> = found.told().iter().map(|words| words.en.to_string()).collect();
    assert_eq!(
        told[..3],
        ["Both must: 2 of 2 at most", "One must, the other wants to: 1 of 2 at most", "Both want to: 3"]
    );
}

#[test]
fn a_timetable_looked_for_before_somebody_stayed_away_is_not_accepted() {
    let mut world = World::new();
    let (conference, _, firms) = conference(&mut world);
    let found = propose(&world.book, conference, Planning::Anew).unwrap();
    let one = [("conference", Value::Link(conference)), ("business", Value::Link(firms[0]))];
    let times = world.add(Kind::Attendance, one);
    world.edit(Kind::Attendance, times, [("from", text("09:00"))]);
    assert_eq!(world.refused("Mai", found.intent()).code, "meeting-absent");
    world.edit(Kind::Attendance, times, [("from", Value::Empty), ("absent", Value::Flag(true))]);
    assert_eq!(world.refused("Mai", found.intent()).code, "meeting-absent");
    world.act("Mai", propose(&world.book, conference, Planning::Anew).unwrap().intent());
}

#[test]
fn nobody_is_in_two_places() {
    let mut world = World::new();
    let (conference, buyers, firms) = conference(&mut world);
    let meeting = |buyer: Id, firm: Id, slot: i64, table: i64| Intent::Add {
        kind: Kind::Meeting,
        fields: super::world::fields([
            ("conference", Value::Link(conference)),
            ("partner", Value::Link(buyer)),
            ("business", Value::Link(firm)),
            ("slot", Value::Number(slot)),
            ("table", Value::Number(table)),
        ]),
    };
    world.act("Mai", meeting(buyers[0], firms[0], 1, 1));
    for (intent, law) in [
        (meeting(buyers[0], firms[1], 1, 2), "two-places"),
        (meeting(buyers[1], firms[0], 1, 2), "two-places"),
        (meeting(buyers[1], firms[1], 1, 1), "table-taken"),
        (meeting(buyers[0], firms[0], 2, 1), "meeting-twice"),
        (meeting(buyers[1], firms[1], 5, 1), "meeting-outside"),
        (meeting(buyers[1], firms[1], 2, 3), "meeting-outside"),
    ] {
        assert_eq!(world.refused("Mai", intent).code, law);
    }
    world.act("Mai", meeting(buyers[1], firms[1], 1, 2));
    let twice = Intent::Add {
        kind: Kind::Wish,
        fields: super::world::fields([
            ("conference", Value::Link(conference)),
            ("side", text("buyer")),
            ("partner", Value::Link(buyers[0])),
            ("business", Value::Link(firms[0])),
        ]),
    };
    assert_eq!(world.refused("Mai", twice).code, "wish-twice");
    let nobody =
        Intent::Add { kind: Kind::Attendance, fields: super::world::fields([("conference", Value::Link(conference))]) };
    assert_eq!(world.refused("Mai", nobody).code, "attendance-of-one");
}
