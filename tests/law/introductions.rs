//! Buyers' requests: who fits, who is introduced, and that nobody is introduced twice.

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::lead::{Answer, LeadStage, Side};
use hoicho::domain::matching::{Finding, Weight, matches};
use hoicho::domain::record::Kind;
use hoicho::domain::{Lead, Product};
use proptest::prelude::*;

use super::world::{World, day, on, text, vnd};

/// Three firms with candy of coconut, one of them with no paper and a high price, one with a pineapple candy.
fn market(world: &mut World) -> (Id, Vec<Id>) {
    let partner = world.add(Kind::Partner, [("name", text("Siêu thị Bình Tây"))]);
    let rows = [
        ("HTX Một", "Kẹo dừa sữa", "2 tấn", 60_000, "haccp"),
        ("HTX Hai", "KẸO DỪA", "200 hộp x 0,5 kg", 70_000, "haccp"),
        ("HTX Ba", "Kẹo dừa mè", "", 95_000, ""),
        ("HTX Bốn", "Kẹo dứa", "9 tấn", 10_000, "haccp"),
    ];
    let mut firms = Vec::new();
    for (firm, goods, capacity, price, papers) in rows {
        let business = world.add(Kind::Business, [("name", text(firm))]);
        let papers = if papers.is_empty() { Value::Empty } else { Value::Texts(vec![Text::new(papers)]) };
        let product = world.add(
            Kind::Product,
            [
                ("business", Value::Link(business)),
                ("name", text(goods)),
                ("capacity", text(capacity)),
                ("price", vnd(price)),
                ("price_per", text("kg")),
                ("papers", papers),
            ],
        );
        world.add(
            Kind::Certificate,
            [("product", Value::Link(product)), ("stars", Value::Number(4)), ("issued_on", on("01/02/2025"))],
        );
        firms.push(business);
    }
    let request = world.add(
        Kind::Lead,
        [
            ("partner", Value::Link(partner)),
            ("interest", text("kẹo dừa")),
            ("volume", text("1 tấn/tháng")),
            ("stars_min", Value::Number(4)),
            ("papers", Value::Texts(vec![Text::new("haccp")])),
            ("price_most", vnd(80_000)),
            ("price_per", text("kg")),
        ],
    );
    (request, firms)
}

fn introduce(request: Id, businesses: Vec<Id>) -> Intent {
    Intent::Introduce { request, businesses, next_step: Text::new("hỏi hai bên"), due_on: Some(day("01/03/2026")) }
}

fn answer(lead: Id, side: Side, answer: Answer) -> Intent {
    Intent::AnswerIntroduction { lead, side, answer, on: None, reason: Text::new("hết hàng") }
}

fn found(book: &Book, request: Id) -> Vec<hoicho::domain::matching::Match> {
    matches(book, book.get::<Lead>(request).unwrap(), day("10/02/2026")).unwrap()
}

#[test]
fn who_fits_comes_first_with_reasons_and_what_is_missing() {
    let mut world = World::new();
    let (request, firms) = market(&mut world);
    let ranked = found(&world.book, request);
    let order: Vec<Id> = ranked.iter().map(|one| one.business).collect();
    assert_eq!(order[..2], firms[..2], "pineapple candy fits by half");
    assert!(ranked[0].is_whole() && !ranked[1].is_whole());
    assert!(ranked[0].findings.contains(&Finding::CapacityCovers(200)));
    assert!(ranked[1].findings.contains(&Finding::CapacityPart(10)));
    let third = ranked.iter().find(|one| one.business == firms[2]).unwrap();
    let missing: Vec<&str> =
        third.findings.iter().filter(|finding| finding.weight() != Weight::Good).map(|finding| finding.key()).collect();
    assert_eq!(missing, ["papers", "capacity", "price"]);
    let pineapple = ranked.iter().find(|one| one.business == firms[3]).unwrap();
    assert!(pineapple.findings.contains(&Finding::Goods(50)));
}

#[test]
fn stars_count_on_the_day_on_which_the_goods_are_needed() {
    let mut world = World::new();
    let (request, _) = market(&mut world);
    let needed =
        |from: &str, until: &str| vec![("needed_from".to_owned(), on(from)), ("needed_until".to_owned(), on(until))];
    world.act("Mai", Intent::Edit { kind: Kind::Lead, id: request, fields: needed("01/01/2028", "01/06/2028") });
    let late = &found(&world.book, request)[0];
    assert!(late.findings.iter().any(|one| matches!(one, Finding::Stars { stars: 4, until: Some(_) })), "{late:?}");
    world.act("Mai", Intent::Edit { kind: Kind::Lead, id: request, fields: needed("01/03/2028", "01/06/2028") });
    let over = &found(&world.book, request)[0];
    assert!(over.findings.contains(&Finding::StarsBelow { stars: 0, least: 4 }), "{over:?}");
}

#[test]
fn nobody_is_introduced_twice_and_both_answers_are_kept() {
    let mut world = World::new();
    let (request, firms) = market(&mut world);
    world.act("Mai", introduce(request, vec![firms[0], firms[1]]));
    let leads: Vec<Lead> =
        world.book.all::<Lead>().iter().filter(|lead| lead.request == Some(request)).cloned().collect();
    assert_eq!(leads.len(), 2, "each has a lead of its own");
    assert_eq!(world.refused("Mai", introduce(request, vec![firms[0]])).code, "introduced-already");
    assert_eq!(world.refused("Mai", introduce(request, vec![firms[2], firms[1]])).code, "introduced-already");
    assert_eq!(world.refused("Mai", introduce(leads[0].id, vec![firms[0]])).code, "introduced-already");
    assert_eq!(world.refused("Mai", introduce(request, vec![firms[2], firms[2]])).code, "introduced-already");
    assert_eq!(world.refused("Mai", introduce(request, Vec::new())).code, "nobody-to-introduce");
    assert_eq!(world.refused("Mai", answer(request, Side::Buyer, Answer::Accepted)).code, "not-introduced");
    assert!(found(&world.book, request).iter().all(|one| one.known.is_some() == firms[..2].contains(&one.business)));

    let (one, other) = (leads[0].id, leads[1].id);
    world.act("Mai", answer(one, Side::Seller, Answer::Accepted));
    assert_eq!(world.book.get::<Lead>(one).unwrap().stage, LeadStage::New, "one side is still to answer");
    world.act("Mai", answer(one, Side::Buyer, Answer::Accepted));
    let met = world.book.get::<Lead>(one).unwrap();
    assert_eq!((met.stage, met.seller_answered_on.is_some()), (LeadStage::Contacted, true));
    world.act("Mai", answer(other, Side::Buyer, Answer::Declined));
    assert_eq!(world.book.get::<Lead>(other).unwrap().stage, LeadStage::Lost);
    world.act("Mai", answer(other, Side::Buyer, Answer::Accepted));
    assert_eq!(world.book.get::<Lead>(other).unwrap().stage, LeadStage::Contacted, "who changes their mind is back");
    // A business that is introduced cannot become another by an edit, either.
    let fields = vec![("business".to_owned(), Value::Link(firms[0]))];
    let refusal = world.refused("Mai", Intent::Edit { kind: Kind::Lead, id: other, fields });
    assert_eq!(refusal.code, "introduced-twice");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the market: each business once, in the order of points, by the product that has most, and only one that
    /// trades; all that is not marked as known can be introduced, and what is marked cannot.
    #[test]
    fn the_list_and_the_introductions_agree(
        goods in prop::collection::vec((0_usize..4, 0_usize..5, 0_usize..4, 10_i64..99, any::<bool>()), 1..12),
        wanted in (0_usize..5, 0_usize..4, 1_i64..6),
        before in prop::collection::vec(0_usize..4, 0..3),
    ) {
        const NAMES: [&str; 5] = ["Kẹo dừa", "kẹo dừa sữa", "KEO DUA", "Bánh dừa", "Kẹo khóm"];
        const AMOUNTS: [&str; 4] = ["", "500 kg", "2 tấn/năm", "100 hộp"];
        let mut world = World::new();
        let partner = world.add(Kind::Partner, [("name", text("Bên mua"))]);
        let firms: Vec<Id> = (0..4).map(|firm| world.add(Kind::Business, [("name", text(&format!("HTX {firm}")))])).collect();
        world.act("Mai", Intent::Step { kind: Kind::Business, id: firms[3], to: Text::new("suspended"), reason: Text::new("x") });
        for (firm, name, amount, price, has_paper) in goods {
            world.add(Kind::Product, [
                ("business", Value::Link(firms[firm])),
                ("name", text(NAMES[name])),
                ("capacity", text(AMOUNTS[amount])),
                ("price", vnd(price * 1_000)),
                ("papers", if has_paper { Value::Texts(vec![Text::new("halal")]) } else { Value::Empty }),
            ]);
        }
        let request = world.add(Kind::Lead, [
            ("partner", Value::Link(partner)),
            ("interest", text(NAMES[wanted.0])),
            ("volume", text(AMOUNTS[wanted.1])),
            ("price_most", vnd(wanted.2 * 20_000)),
            ("papers", Value::Texts(vec![Text::new("halal")])),
        ]);
        for firm in before {
            let _ = world.try_act("Mai", &introduce(request, vec![firms[firm]]));
        }
        let ranked = found(&world.book, request);
        prop_assert!(ranked.windows(2).all(|pair| pair[0].points() >= pair[1].points()));
        let mut seen = std::collections::BTreeSet::new();
        for one in &ranked {
            prop_assert!(seen.insert(one.business));
            prop_assert_eq!(world.book.get::<Product>(one.product).unwrap().business, Some(one.business));
            prop_assert!(one.business != firms[3]);
            let tried = world.clone().try_act("Mai", &introduce(request, vec![one.business]));
            prop_assert_eq!(tried.is_ok(), one.known.is_none());
        }
        // Taking the best product of a firm away leaves the firm with no better one.
        if let Some(best) = ranked.first().filter(|one| one.known.is_none()) {
            world.act("Mai", Intent::Remove { kind: Kind::Product, id: best.product });
            let again = found(&world.book, request);
            let now = again.iter().find(|one| one.business == best.business);
            prop_assert!(now.is_none_or(|now| now.points() <= best.points()));
        }
    }
}
