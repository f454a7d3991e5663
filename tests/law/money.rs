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
use hoicho::domain::subsidy::rules::{Applicant, Cost, Day, Event, Past, PlainCase, Rules, Written};
use hoicho::domain::subsidy::{Calculation, calculate};
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

fn row(quantity: i64, net: i64) -> Cost {
    let cost = Written::whole(net);
    Cost { kind: "booth".to_owned(), label: "A1".to_owned(), quantity: Some(quantity), cost, ..Cost::default() }
}

fn case(costs: Vec<Cost>) -> PlainCase {
    PlainCase {
        applicant: Applicant { kind: "enterprise".to_owned(), stars: Some(0), ..Applicant::default() },
        event: event("domestic", "20/03/2025"),
        costs,
        ..PlainCase::default()
    }
}

fn event(scope: &str, opens: &str) -> Event {
    Event { scope: scope.to_owned(), opens_on: Day(Some(day(opens))), ..Event::default() }
}

/// So many earlier grants of the year, together so much.
fn history(times: i64, sum: i64) -> Vec<Past> {
    let part = |place: i64| if place == 0 { sum } else { 0 };
    let past = |place| Past {
        scheme: "BT-2024/2".to_owned(),
        on: Day(Some(day("10/01/2025"))),
        amount: Some(Written::whole(part(place))),
        ..Past::default()
    };
    (0..times).map(past).collect()
}

fn made(scheme: &Scheme, case: &PlainCase) -> Calculation {
    calculate(&Rules::of(scheme).unwrap(), case).unwrap()
}

fn grant(scheme: &Scheme, case: &PlainCase) -> i64 {
    let made = made(scheme, case);
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
    let made = made(&half(), &case(vec![row(1, 9_000_000)]));
    assert_eq!((made.grant, made.own_share), (Money::vnd(4_500_000), Money::vnd(4_500_000)));
}

#[test]
fn a_cap_per_fair_cuts_the_whole_cost_of_a_craft_village() {
    let scheme = Scheme { rate: Some(BasisPoints::WHOLE), cap: Some(Money::vnd(20_000_000)), ..half() };
    let made = made(&scheme, &case(vec![row(1, 23_450_000)]));
    assert_eq!((made.grant, made.own_share), (Money::vnd(20_000_000), Money::vnd(3_450_000)));
    assert_eq!(
        grant(&Scheme { rate: Some(BasisPoints(5_000)), ..scheme }, &case(vec![row(1, 23_450_000)])),
        11_725_000
    );
}

#[test]
fn two_of_three_booths_count_dearest_first() {
    let scheme = Scheme { booths_max: Some(2), ..half() };
    let made = made(&scheme, &case(vec![row(1, 7_000_001); 3]));
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
    let costs = vec![Cost { vat: Some(Written::whole(720_000)), ..row(1, 9_000_000) }];
    let made = made(&half(), &case(costs.clone()));
    assert_eq!((made.grant, made.own_share), (Money::vnd(4_500_000), Money::vnd(5_220_000)));
    assert_eq!(grant(&Scheme { vat_basis: VatBasis::Include, ..half() }, &case(costs)), 4_860_000);
}

#[test]
fn other_public_money_leaves_the_base() {
    let with = |other| case(vec![Cost { other_public: Some(Written::whole(other)), ..row(1, 9_000_000) }]);
    let made = made(&half(), &with(3_000_000));
    assert_eq!((made.basis, made.grant), (Money::vnd(6_000_000), Money::vnd(3_000_000)));
    assert_eq!(grant(&half(), &with(10_000_000)), 0);
    assert_eq!(grant(&half(), &with(-3_000_000)), 4_500_000, "money said to be negative is none");
}

#[test]
fn the_year_has_its_own_cap() {
    let scheme = Scheme { cap_year: Some(Money::vnd(10_000_000)), cap: Some(Money::vnd(6_000_000)), ..half() };
    let used = |minor| PlainCase { history: history(1, minor), ..case(vec![row(1, 20_000_000)]) };
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
    let with = PlainCase { history: history(2, 0), ..case(vec![row(1, 9_000_000)]) };
    let made = made(&scheme, &with);
    traced(&made);
    assert_eq!((made.grant, made.own_share), (Money::ZERO, Money::vnd(9_000_000)));
    assert_eq!(made.barred.len(), 5, "{:?}", made.barred);
    let inside = PlainCase {
        applicant: Applicant { kind: "craft_village".to_owned(), stars: Some(3), ..Applicant::default() },
        event: event("in_province", "31/12/2024"),
        history: history(1, 0),
        ..case(vec![row(1, 9_000_000)])
    };
    assert_eq!(grant(&scheme, &inside), 4_500_000);
}

#[test]
fn a_scheme_without_a_first_day_is_refused_and_one_that_ended_early_has_ended() {
    let open = Scheme { valid_from: None, ..half() };
    assert_eq!(Rules::of(&open).unwrap_err().field, "valid_from");
    let text = "code = \"BT-2024\"\nvalid_to = \"2030-12-31\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n";
    let ended = Scheme { rules: Text::lines(text), valid_to: Some(day("01/03/2025")), ..half() };
    assert_eq!(grant(&ended, &case(vec![row(1, 9_000_000)])), 0);
    assert_eq!(grant(&Scheme { valid_to: None, ..ended }, &case(vec![row(1, 9_000_000)])), 4_500_000);
}

#[test]
fn what_is_paid_is_paid_and_every_cost_keeps_its_name_and_its_amount_in_both_languages() {
    let costs = vec![
        Cost { vat: Some(Written::whole(720_000)), ..row(1, 9_000_000) },
        Cost {
            kind: "transport".to_owned(),
            label: "Xe tải".to_owned(),
            cost: Written::whole(1_000_000),
            ..Cost::default()
        },
    ];
    let made = made(&Scheme { cap: Some(Money::vnd(4_000_000)), ..half() }, &case(costs));
    assert_eq!(
        (made.cost, made.grant, made.own_share),
        (Money::vnd(10_720_000), Money::vnd(4_000_000), Money::vnd(6_720_000))
    );
    let said = |part: &str| made.steps.iter().any(|step| step.words.vi.contains(part));
    assert!(said("A1: trước thuế") && said("Xe tải: chương trình không hỗ trợ") && said("mỗi lần 4.000.000 ₫"));
    assert_eq!((made.items.len(), made.cap), (1, Some(Money::vnd(4_000_000))));
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

fn any_case() -> impl Strategy<Value = PlainCase> {
    let row = (1_i64..4, 0_i64..60_000_000, 0_i64..5_000_000)
        .prop_map(|(quantity, net, vat)| Cost { vat: Some(Written::whole(vat)), ..row(quantity, net) });
    (proptest::collection::vec(row, 0..5), 0_i64..40_000_000, 0_i64..5, 0_i64..60_000_000, 0_i64..=5).prop_map(
        |(mut costs, other, times, used, stars)| {
            if let Some(first) = costs.first_mut() {
                first.other_public = Some(Written::whole(other));
            }
            let plain = case(costs);
            let applicant = Applicant { stars: Some(stars), ..plain.applicant };
            PlainCase { applicant, history: history(times, used), ..plain }
        },
    )
}

proptest! {
    #[test]
    fn every_calculation_stays_within_its_limits(scheme in any_scheme(), case in any_case()) {
        let made = made(&scheme, &case);
        traced(&made);
        prop_assert!(!made.basis.is_negative() && !made.grant.is_negative() && !made.own_share.is_negative());
        prop_assert!(made.grant <= made.basis && made.basis <= made.cost);
        if let Some(cap) = scheme.cap {
            prop_assert!(made.grant <= cap);
        }
        let used: i64 = case.history.first().and_then(|past| past.amount?.to_whole()).unwrap_or(0);
        if let Some(cap) = scheme.cap_year {
            prop_assert!(made.grant.is_zero() || made.grant.minor + used <= cap.minor);
        }
        if let Some(most) = scheme.times_year {
            prop_assert!(made.grant.is_zero() || (case.history.len() as i64) < most);
        }
        // The base that is shown is rounded down, so that the exact one may give a part of a đồng more.
        let most = (made.basis.minor as i128 + 1) * i128::from(scheme.rate.unwrap().0) / 10_000;
        prop_assert!(i128::from(made.grant.minor) <= most);
        if !made.barred.is_empty() {
            prop_assert!(made.grant.is_zero());
        }
    }

    #[test]
    fn plain_fields_and_their_text_are_one_scheme(scheme in any_scheme(), case in any_case()) {
        let text = Rules::of(&scheme).unwrap().to_text().unwrap();
        let written = Scheme { rules: Text::lines(&text), ..half() };
        prop_assert_eq!(made(&written, &case), made(&scheme, &case), "{}", text);
    }

    #[test]
    fn a_dearer_booth_never_gets_less(scheme in any_scheme(), case in any_case(), place in 0_usize..5, more in 0_i64..9_000_000) {
        let mut dearer = case.clone();
        if let Some(row) = dearer.costs.get_mut(place) {
            row.cost = Written::whole(row.cost.to_whole().unwrap() + more);
        }
        prop_assert!(grant(&scheme, &case) <= grant(&scheme, &dearer));
    }

    #[test]
    fn amounts_beyond_all_bounds_are_a_fault_and_no_panic(net in any::<i64>(), vat in any::<i64>(), other in any::<i64>(), scheme in any_scheme()) {
        let cost = Cost { vat: Some(Written::whole(vat)), other_public: Some(Written::whole(other)), ..row(2, net) };
        let _ = calculate(&Rules::of(&scheme).unwrap(), &case(vec![cost; 3]));
    }
}
