//! A bank statement against the payments: worked lines, and that nothing is invented whatever a statement says.

use std::collections::BTreeSet;

use proptest::prelude::*;

use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::domain::Payment;
use hoicho::domain::book::Book;
use hoicho::domain::intent::Intent;
use hoicho::domain::payment::PaymentStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::view::statement::{Found, Matching, Movement, match_statement};

use super::world::{World, day, text, vnd};

/// A fair with firms that were paid 4,500,000 each on 2 January 2026, by vouchers 01 and so on.
fn paid(firms: &[(&str, &str)]) -> (World, Vec<Id>) {
    let mut world = World::new();
    let scheme = world.scheme("BT", []);
    let line = world.budget("N-2026", 100_000_000);
    let fair = world.fair("XUAN-26", "10/03/2026", "15/03/2026");
    let mut payments = Vec::new();
    for (name, account) in firms {
        let firm = world.business(name);
        // Firms of one group may have one account.
        let group = ("group", text("Nhóm Ánh"));
        world.edit(Kind::Business, firm, [("bank", text("BIDV")), ("account", text(account)), group]);
        let registration = world.registration(fair, firm);
        let claim = world.claim(registration, scheme, [("cost", vnd(9_000_000))]);
        world.appraise(claim);
        world.decide(claim, line);
        world.accept(claim);
        payments.push(world.pay(claim));
    }
    (world, payments)
}

fn three() -> (World, Vec<Id>) {
    paid(&[("HTX Ánh", "990061295099"), ("HTX Bình", "990003781024"), ("HTX Cúc", "990094684147")])
}

fn out(line: u32, on: &str, dong: i64, content: &str, account: &str) -> Movement {
    Movement {
        line,
        on: day(on),
        amount: Money::vnd(dong),
        is_out: true,
        content: Text::new(content),
        reference: Text::new(&format!("FT{line}")),
        account: Text::new(account),
        name: Text::default(),
    }
}

fn found(book: &Book, movements: Vec<Movement>) -> Vec<Found> {
    match_statement(book, movements).lines.into_iter().map(|(_, found)| found).collect()
}

fn why(found: &Found) -> String {
    let Found::Nearly(_, why) = found else { panic!("{found:?}") };
    why.iter().map(|words| words.en.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn lines_fit_by_amount_with_number_or_account() {
    let (world, ids) = three();
    let lines = vec![
        out(7, "05/01/2026", 4_500_000, "CT03 2026 HO TRO GIAN HANG XUAN 26", ""),
        out(8, "05/01/2026", 4_500_000, "chuyen tien", "9900-6129-5099"),
        out(9, "06/01/2026", 4_500_000, "HOTROCT022026XUAN", ""),
        out(10, "06/01/2026", 88_000, "PHI DICH VU", ""),
    ];
    let matching = match_statement(&world.book, lines);
    let fits: Vec<Option<Id>> = matching.lines.iter().map(|(_, found)| found.payment()).collect();
    assert_eq!(fits, [Some(ids[2]), Some(ids[0]), Some(ids[1]), None]);
    assert!(matching.lines[..3].iter().all(|(_, found)| matches!(found, Found::Fits(_, PaymentStatus::Credited))));
    assert_eq!(matching.missing, []);
}

#[test]
fn what_nearly_fits_says_why() {
    let (world, ids) = three();
    let lines = found(
        &world.book,
        vec![
            out(1, "05/01/2026", 4_000_000, "CT01/2026", ""),
            out(2, "05/01/2026", 4_500_000, "CT02/2026", "123456789"),
            out(3, "05/02/2026", 4_500_000, "CT03/2026", ""),
        ],
    );
    assert_eq!(lines.iter().map(Found::payment).collect::<Vec<_>>(), ids.iter().copied().map(Some).collect::<Vec<_>>());
    assert!(why(&lines[0]).contains("500.000 ₫ less"), "{}", why(&lines[0]));
    assert!(why(&lines[1]).contains("account is not"), "{}", why(&lines[1]));
    assert!(why(&lines[2]).contains("too far"), "{}", why(&lines[2]));
}

#[test]
fn a_day_is_no_voucher_and_the_holder_alone_is_not_enough() {
    let (world, ids) = three();
    let mut named = out(2, "05/01/2026", 4_500_000, "chuyen khoan", "");
    named.name = Text::new("HTX ANH");
    let lines = found(&world.book, vec![out(1, "05/01/2026", 4_500_000, "ngay 05/01/2026", ""), named]);
    assert_eq!(lines[0], Found::Alone, "01/2026 stands in a day");
    assert_eq!(lines[1].payment(), Some(ids[0]));
    assert!(why(&lines[1]).contains("neither voucher nor file"));
}

#[test]
fn two_that_fit_alike_are_left_to_a_person() {
    let (world, ids) = paid(&[("HTX Ánh", "990061295099"), ("HTX Ánh Dương", "990061295099")]);
    let lines = found(&world.book, vec![out(1, "05/01/2026", 4_500_000, "", "990061295099")]);
    assert_eq!(lines[0].payment(), Some(ids[0]));
    assert!(why(&lines[0]).contains("as well be voucher 02/2026"), "{}", why(&lines[0]));
    let twice =
        vec![out(1, "05/01/2026", 4_500_000, "CT01/2026", ""), out(2, "05/01/2026", 4_500_000, "CT01/2026", "")];
    let lines = found(&world.book, twice);
    assert!(why(&lines[0]).contains("Line 2 fits it just as well"));
    assert_eq!(lines[1], Found::Alone, "a voucher is on one line");
}

#[test]
fn what_is_stored_is_known_the_next_time_and_what_comes_back_is_returned() {
    let (mut world, ids) = three();
    let lines = vec![out(1, "05/01/2026", 4_500_000, "CT01/2026", "")];
    let matching = match_statement(&world.book, lines.clone());
    assert_eq!(matching.missing, [], "the others were sent on another day");
    world.act("Hà", Intent::Statement { lines: matching.to_store(), source: Text::new("a.csv") });
    let payment = world.get::<Payment>(ids[0]);
    assert_eq!((payment.status, payment.bank_on), (PaymentStatus::Credited, Some(day("05/01/2026"))));
    let again = match_statement(&world.book, lines);
    assert_eq!((&again.lines[0].1, again.to_store().len()), (&Found::Known(ids[0]), 0));
    let mut back = out(2, "09/01/2026", 4_500_000, "HOAN TRA CT01/2026 SAI TEN", "");
    back.is_out = false;
    let mut given = back.clone();
    given.content = Text::new("nop tien CT01/2026");
    assert!(why(&found(&world.book, vec![given])[0]).contains("does not say that it was sent back"));
    let matching = match_statement(&world.book, vec![back]);
    assert_eq!(matching.lines[0].1, Found::Fits(ids[0], PaymentStatus::Returned));
    world.act("Hà", Intent::Statement { lines: matching.to_store(), source: Text::new("b.csv") });
    let payment = world.get::<Payment>(ids[0]);
    assert_eq!((payment.status, payment.reason.as_str()), (PaymentStatus::Returned, "HOAN TRA CT01/2026 SAI TEN"));
}

#[test]
fn what_was_sent_and_is_not_on_the_statement_is_missing() {
    let (world, ids) = three();
    let lines = vec![out(1, "02/01/2026", 4_500_000, "CT01/2026", ""), out(2, "08/01/2026", 5, "phi", "")];
    assert_eq!(match_statement(&world.book, lines).missing, [ids[1], ids[2]]);
}

/// Nothing of a matching is made up, and what fits can be stored as it stands.
fn sound(book: &Book, movements: &[Movement], matching: &Matching) {
    let kept: Vec<&Movement> = matching.lines.iter().map(|(movement, _)| movement).collect();
    assert_eq!(kept, movements.iter().collect::<Vec<_>>(), "every line is there once, in its order");
    let mut taken = BTreeSet::new();
    for (movement, found) in &matching.lines {
        let Some(id) = found.payment() else { continue };
        assert!(taken.insert(id), "two lines for one payment");
        let payment = book.get::<Payment>(id).unwrap();
        assert_ne!(payment.status, PaymentStatus::Cancelled);
        if !matches!(found, Found::Nearly(..)) {
            assert_eq!(payment.amount.unwrap().minor.abs(), movement.amount.minor, "{found:?}");
        }
    }
    assert!(matching.missing.iter().all(|id| !taken.contains(id) && book.get::<Payment>(*id).is_some()));
}

fn any_movement() -> impl Strategy<Value = Movement> {
    let amount = prop_oneof![Just(4_500_000_i64), Just(4_000_000), 1..9_000_000_i64];
    let content = prop_oneof![
        Just(String::new()),
        Just("CT01/2026".to_owned()),
        Just("ct 02 2026 hoan tra".to_owned()),
        Just("HOTROCT032026".to_owned()),
        "[A-Z0-9 /-]{0,20}",
        any::<String>()
    ];
    let account = prop_oneof![Just(""), Just("990061295099"), Just("990003781024"), Just("1")];
    (1_u32..99, 0_i64..60, amount, any::<bool>(), content, account).prop_map(
        |(line, days, dong, is_out, content, account)| Movement {
            on: day("20/12/2025") + chrono::Days::new(u64::try_from(days).unwrap()),
            is_out,
            ..out(line, "01/01/2026", dong, &content, account)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_statement_invents_anything(movements in prop::collection::vec(any_movement(), 0..14)) {
        let (mut world, _) = three();
        let matching = match_statement(&world.book, movements.clone());
        sound(&world.book, &movements, &matching);
        let lines = matching.to_store();
        if !lines.is_empty() {
            world.act("Hà", Intent::Statement { lines, source: Text::new("a.csv") });
            let again = match_statement(&world.book, movements.clone());
            sound(&world.book, &movements, &again);
            let lines = again.to_store();
            if !lines.is_empty() {
                world.act("Hà", Intent::Statement { lines, source: Text::new("b.csv") });
            }
        }
    }
}
