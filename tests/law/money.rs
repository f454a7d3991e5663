//! The subsidy engine on worked examples, and what holds of every calculation.

use proptest::prelude::*;

use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::domain::business::BusinessKind;
use hoicho::domain::certificate::CertificateStatus;
use hoicho::domain::fair::EventScope;
use hoicho::domain::field::{Several, Value};
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::scheme::{Scheme, VatBasis};
use hoicho::domain::subsidy::{Calculation, Case, CostRow, calculate};
use hoicho::domain::{Certificate, Claim};

use super::world::{World, day, dong, on, text, vnd};

/// Half of the rent, from 2024 on.
fn half() -> Scheme {
    Scheme {
        code: Text::new("BT-2024"),
        valid_from: Some(day("01/01/2024")),
        rate: Some(BasisPoints(5_000)),
        ..Scheme::default()
    }
}

fn row(quantity: i64, net: i64) -> CostRow {
    CostRow { what: Text::new("A1"), quantity, net: Money::vnd(net), vat: Money::ZERO }
}

fn case(costs: Vec<CostRow>) -> Case {
    Case {
        opening: day("20/03/2025"),
        scope: EventScope::Domestic,
        applicant: BusinessKind::Enterprise,
        stars: 0,
        costs,
        other_public: Money::ZERO,
        times_used: 0,
        amount_used: Money::ZERO,
    }
}

fn grant(scheme: &Scheme, case: &Case) -> i64 {
    let made = calculate(scheme, case).unwrap();
    traced(&made);
    made.grant.minor
}

/// The last two steps are the grant and what the firm bears.
fn traced(made: &Calculation) {
    let [.., grant, own] = made.steps.as_slice() else { panic!("{made:?}") };
    assert_eq!((grant.amount, own.amount), (Some(made.grant), Some(made.own_share)));
    assert_eq!(made.own_share, made.cost.minus(made.grant).unwrap());
    assert!(made.steps.iter().all(|step| !step.words.vi.is_empty() && !step.words.en.is_empty()));
}

#[test]
fn half_of_one_booth() {
    let made = calculate(&half(), &case(vec![row(1, 9_000_000)])).unwrap();
    assert_eq!((made.grant, made.own_share), (Money::vnd(4_500_000), Money::vnd(4_500_000)));
}

#[test]
fn a_cap_per_fair_cuts_the_whole_cost_of_a_craft_village() {
    let scheme = Scheme { rate: Some(BasisPoints::WHOLE), cap: Some(Money::vnd(20_000_000)), ..half() };
    let made = calculate(&scheme, &case(vec![row(1, 23_450_000)])).unwrap();
    assert_eq!((made.grant, made.own_share), (Money::vnd(20_000_000), Money::vnd(3_450_000)));
    assert_eq!(
        grant(&Scheme { rate: Some(BasisPoints(5_000)), ..scheme }, &case(vec![row(1, 23_450_000)])),
        11_725_000
    );
}

#[test]
fn two_of_three_booths_count_dearest_first() {
    let scheme = Scheme { booths_max: Some(2), ..half() };
    let made = calculate(&scheme, &case(vec![row(1, 7_000_001); 3])).unwrap();
    assert_eq!((made.basis, made.grant), (Money::vnd(14_000_002), Money::vnd(7_000_001)));
    assert_eq!(made.cost, Money::vnd(21_000_003));
    assert_eq!(grant(&scheme, &case(vec![row(1, 3_000_000), row(1, 8_000_000), row(1, 5_000_000)])), 6_500_000);
    // One invoice for three booths counts two thirds of it.
    assert_eq!(grant(&scheme, &case(vec![row(3, 21_000_003)])), 7_000_001);
}

#[test]
fn the_dearest_booth_is_the_one_with_the_dearest_rent_not_the_largest_invoice() {
    let scheme = Scheme { booths_max: Some(1), ..half() };
    assert_eq!(grant(&scheme, &case(vec![row(3, 15_000_000), row(1, 7_000_000)])), 3_500_000);
}

#[test]
fn half_a_dong_is_rounded_down_and_a_unit_rounds_down_to_its_multiple() {
    assert_eq!(grant(&half(), &case(vec![row(1, 9_555_555)])), 4_777_777);
    let thousand = Scheme { rounding_unit: Some(Money::vnd(1_000)), ..half() };
    assert_eq!(grant(&thousand, &case(vec![row(1, 9_555_555)])), 4_777_000);
}

#[test]
fn tax_belongs_to_the_base_only_where_the_scheme_says_so() {
    let costs = vec![CostRow { vat: Money::vnd(720_000), ..row(1, 9_000_000) }];
    let made = calculate(&half(), &case(costs.clone())).unwrap();
    assert_eq!((made.grant, made.own_share), (Money::vnd(4_500_000), Money::vnd(5_220_000)));
    assert_eq!(grant(&Scheme { vat_basis: VatBasis::Include, ..half() }, &case(costs)), 4_860_000);
}

#[test]
fn other_public_money_leaves_the_base() {
    let declared = Case { other_public: Money::vnd(3_000_000), ..case(vec![row(1, 9_000_000)]) };
    let made = calculate(&half(), &declared).unwrap();
    assert_eq!((made.basis, made.grant), (Money::vnd(6_000_000), Money::vnd(3_000_000)));
    assert_eq!(grant(&half(), &Case { other_public: Money::vnd(10_000_000), ..declared }), 0);
}

#[test]
fn the_year_has_its_own_cap() {
    let scheme = Scheme { cap_year: Some(Money::vnd(10_000_000)), cap: Some(Money::vnd(6_000_000)), ..half() };
    let used = |minor| Case { amount_used: Money::vnd(minor), times_used: 1, ..case(vec![row(1, 20_000_000)]) };
    assert_eq!(grant(&scheme, &used(0)), 6_000_000);
    assert_eq!(grant(&scheme, &used(7_500_000)), 2_500_000);
    assert_eq!(grant(&scheme, &used(10_000_001)), 0);
}

#[test]
fn all_that_bars_a_grant_is_said_at_once() {
    let scheme = Scheme {
        valid_to: Some(day("31/12/2024")),
        scopes: Several(vec![EventScope::InProvince]),
        applicants: Several(vec![BusinessKind::CraftVillage]),
        stars_min: Some(3),
        times_year: Some(2),
        ..half()
    };
    let made = calculate(&scheme, &Case { times_used: 2, ..case(vec![row(1, 9_000_000)]) }).unwrap();
    traced(&made);
    assert_eq!((made.grant, made.own_share), (Money::ZERO, Money::vnd(9_000_000)));
    assert_eq!(made.barred.len(), 5, "{:?}", made.barred);
    let inside = Case {
        opening: day("31/12/2024"),
        scope: EventScope::InProvince,
        applicant: BusinessKind::CraftVillage,
        stars: 3,
        times_used: 1,
        ..case(vec![row(1, 9_000_000)])
    };
    assert_eq!(grant(&scheme, &inside), 4_500_000);
}

/// A firm, and its claim at a fair that opens on this day.
fn claim_at(world: &mut World, business: Id, scheme: Id, code: &str, opens: &str) -> Id {
    let fair = world.fair(code, opens, opens);
    let (booth, registration) = (world.booth(fair, "A1"), world.registration(fair, business));
    world.place(registration, booth);
    world.claim(registration, scheme, [])
}

#[test]
fn the_third_time_in_a_year_gets_nothing_though_one_of_the_two_was_a_no_show() {
    let mut world = World::new();
    let (scheme, budget) = (world.scheme("DT", [("times_year", Value::Number(2))]), world.budget("KP", 100_000_000));
    let business = world.business("Cơ sở Mỏ Cày");
    for (code, opens) in [("H1", "20/02/2026"), ("H2", "20/03/2026")] {
        let claim = claim_at(&mut world, business, scheme, code, opens);
        assert_eq!(dong(world.get::<Claim>(claim).grant), 4_500_000);
        world.appraise(claim);
        world.decide(claim, budget);
        let registration = world.get::<Claim>(claim).registration.unwrap();
        world.step("Mai", Kind::Registration, registration, if code == "H1" { "no_show" } else { "attending" });
    }
    let third = claim_at(&mut world, business, scheme, "H3", "20/04/2026");
    let made = world.get::<Claim>(third).calculation.clone().unwrap();
    assert_eq!(made.grant, Money::ZERO);
    assert!(made.barred.len() == 1 && made.barred[0].vi.contains('2'), "{:?}", made.barred);
    let next_year = claim_at(&mut world, business, scheme, "H4", "20/02/2027");
    assert_eq!(dong(world.get::<Claim>(next_year).grant), 4_500_000);
}

#[test]
fn certificates_are_judged_on_the_opening_day() {
    let mut world = World::new();
    let scheme = world.scheme("OCOP", [("stars_min", Value::Number(3))]);
    let business = world.business("Cơ sở Mỏ Cày");
    let product = world.add(Kind::Product, [("business", Value::Link(business)), ("name", text("Kẹo dừa"))]);
    let stars =
        |stars, issued| [("product", Value::Link(product)), ("stars", Value::Number(stars)), ("issued_on", on(issued))];
    let certificate = world.add(Kind::Certificate, stars(4, "10/03/2023"));
    assert_eq!(world.get::<Certificate>(certificate).valid_until, Some(day("10/03/2026")));
    world.add(Kind::Certificate, stars(2, "10/03/2025"));
    let grants = [("H1", "09/03/2023"), ("H2", "10/03/2023"), ("H3", "10/03/2026"), ("H4", "11/03/2026")].map(
        |(code, opens)| {
            let scheme = if opens.ends_with("2023") {
                let old = [("valid_from", on("01/01/2020")), ("stars_min", Value::Number(3))];
                world.scheme(&format!("CU-{code}"), old)
            } else {
                scheme
            };
            let claim = claim_at(&mut world, business, scheme, code, opens);
            dong(world.get::<Claim>(claim).grant)
        },
    );
    assert_eq!(grants, [0, 4_500_000, 4_500_000, 0]);
    let cancelled = world.step("Mai", Kind::Certificate, certificate, "cancelled");
    assert_eq!(world.get::<Certificate>(cancelled).status, CertificateStatus::Cancelled);
}

#[test]
fn an_invoice_stands_instead_of_the_agreed_rents() {
    let mut world = World::new();
    let scheme = world.scheme("BT", []);
    let business = world.business("Cơ sở Mỏ Cày");
    let claim = claim_at(&mut world, business, scheme, "H1", "20/03/2026");
    world.act(
        "Mai",
        Intent::Edit {
            kind: Kind::Claim,
            id: claim,
            fields: vec![("cost".to_owned(), vnd(10_000_001)), ("vat".to_owned(), vnd(800_000))],
        },
    );
    let claim = world.get::<Claim>(claim);
    assert_eq!((dong(claim.grant), dong(claim.own_share)), (5_000_000, 5_800_001));
}

fn any_scheme() -> impl Strategy<Value = Scheme> {
    let amount = || proptest::option::of(0_i64..50_000_000);
    (
        (0_u32..=10_000, amount(), amount(), proptest::option::of(0_i64..4), proptest::option::of(1_i64..5)),
        (proptest::option::of(1_i64..=5), proptest::option::of(1_i64..10_000), any::<bool>(), any::<bool>()),
    )
        .prop_map(|((rate, cap, cap_year, booths_max, times_year), (stars_min, unit, tax, local))| Scheme {
            rate: Some(BasisPoints(rate)),
            cap: cap.map(Money::vnd),
            cap_year: cap_year.map(Money::vnd),
            booths_max,
            times_year,
            stars_min,
            rounding_unit: unit.map(Money::vnd),
            vat_basis: if tax { VatBasis::Include } else { VatBasis::Exclude },
            scopes: Several(if local { vec![EventScope::InProvince] } else { Vec::new() }),
            ..half()
        })
}

fn any_case() -> impl Strategy<Value = Case> {
    let row = (1_i64..4, 0_i64..60_000_000, 0_i64..5_000_000)
        .prop_map(|(quantity, net, vat)| CostRow { vat: Money::vnd(vat), ..row(quantity, net) });
    (proptest::collection::vec(row, 0..5), 0_i64..40_000_000, 0_i64..5, 0_i64..60_000_000, 0_i64..=5).prop_map(
        |(costs, other, times_used, used, stars)| Case {
            other_public: Money::vnd(other),
            times_used,
            amount_used: Money::vnd(used),
            stars,
            ..case(costs)
        },
    )
}

proptest! {
    #[test]
    fn every_calculation_stays_within_its_limits(scheme in any_scheme(), case in any_case()) {
        let made = calculate(&scheme, &case).unwrap();
        traced(&made);
        prop_assert!(!made.basis.is_negative() && !made.grant.is_negative() && !made.own_share.is_negative());
        prop_assert!(made.grant <= made.basis && made.basis <= made.cost);
        if let Some(cap) = scheme.cap {
            prop_assert!(made.grant <= cap);
        }
        if let Some(cap) = scheme.cap_year {
            prop_assert!(made.grant.is_zero() || made.grant.plus(case.amount_used).unwrap() <= cap);
        }
        let most = made.basis.minor as i128 * i128::from(scheme.rate.unwrap().0) / 10_000;
        prop_assert!(i128::from(made.grant.minor) <= most);
        if !made.barred.is_empty() {
            prop_assert!(made.grant.is_zero());
        }
        prop_assert_eq!(&calculate(&scheme, &case).unwrap(), &made, "the same case gives the same calculation");
    }

    #[test]
    fn a_dearer_booth_never_gets_less(scheme in any_scheme(), case in any_case(), place in 0_usize..5, more in 0_i64..9_000_000) {
        let mut dearer = case.clone();
        if let Some(row) = dearer.costs.get_mut(place) {
            row.net = row.net.plus(Money::vnd(more)).unwrap();
        }
        // Whether tax counts, which booth is dearest is told by the rent, so that only rents are raised here.
        let untaxed = |case: &Case| Case {
            costs: case.costs.iter().map(|row| CostRow { vat: Money::ZERO, quantity: 1, ..row.clone() }).collect(),
            ..case.clone()
        };
        prop_assert!(grant(&scheme, &untaxed(&case)) <= grant(&scheme, &untaxed(&dearer)));
    }

    #[test]
    fn amounts_beyond_all_bounds_are_a_fault_and_no_panic(net in any::<i64>(), vat in any::<i64>(), other in any::<i64>(), scheme in any_scheme()) {
        let costs = vec![CostRow { what: Text::new("A1"), quantity: 2, net: Money::vnd(net), vat: Money::vnd(vat) }; 3];
        let _ = calculate(&scheme, &Case { other_public: Money::vnd(other), ..case(costs) });
    }
}
