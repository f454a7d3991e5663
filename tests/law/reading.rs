//! What is shown can be typed again: every field of every kind, in both languages.

use proptest::prelude::*;

use hoicho::base::dates::{Date, Moment};
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::Registration;
use hoicho::domain::field::{Field, Shape, Value};
use hoicho::domain::intent::Intent;
use hoicho::domain::needs::wishes;
use hoicho::domain::reading::Reader;
use hoicho::domain::record::Kind;
use hoicho::domain::showing::{Mask, show};
use hoicho::domain::view::title::reference;

use super::acts::fitting;
use super::chance::Chance;
use super::world::{World, day, fields, ids, on, text};

/// A book with one record of every kind that others point to.
fn office() -> World {
    let mut world = World::new();
    let fair = world.fair("HC-2026", "10/03/2026", "13/03/2026");
    let (scheme, budget) = (world.scheme("BT-2024/2", []), world.budget("2026-XTTM", 100_000_000));
    world.edit(Kind::Fair, fair, [("budget", Value::Link(budget))]);
    world.add(Kind::Hall, [("fair", Value::Link(fair)), ("code", text("N1"))]);
    let (booth, business) = (world.booth(fair, "A1"), world.business("Hợp tác xã Cái Mơn"));
    let registration = world.registration(fair, business);
    world.place(registration, booth);
    let claim = world.claim(registration, scheme, [("file_no", text("HS-01"))]);
    world.appraise(claim);
    world.decide(claim, budget);
    world.accept(claim);
    world.pay(claim);
    let product = world.add(Kind::Product, [("business", Value::Link(business)), ("name", text("Kẹo dừa"))]);
    world.add(
        Kind::Certificate,
        [("product", Value::Link(product)), ("stars", Value::Number(4)), ("issued_on", on("01/02/2025"))],
    );
    let partner = world.add(Kind::Partner, [("name", text("Siêu thị Hàm Luông"))]);
    world.add(Kind::Contact, [("name", text("Trần Văn Bảy")), ("partner", Value::Link(partner))]);
    world.add(Kind::Lead, [("business", Value::Link(business)), ("partner", Value::Link(partner))]);
    world
}

fn every_field() -> impl Iterator<Item = (Kind, &'static Field)> {
    Kind::ALL.iter().flat_map(|kind| kind.fields().iter().map(|field| (*kind, field)))
}

/// A value as the reader leaves it: moments to the minute, which is what is shown.
fn typed(value: Value) -> Value {
    match value {
        Value::Moment(moment) => Value::Moment(Moment(moment.0.div_euclid(60_000) * 60_000)),
        // “No” is shown as nothing.
        Value::Flag(false) => Value::Empty,
        other => other,
    }
}

#[test]
fn what_is_shown_whole_is_read_again_as_the_same_value() {
    let world = office();
    let today: Date = day("02/01/2026");
    let reader = Reader { book: &world.book, today, fair: ids(&world.book, Kind::Fair).first().copied() };
    for (kind, field) in every_field() {
        for seed in 0..60 {
            let value = typed(fitting(&world.book, field, today, &mut Chance::new(seed)));
            for lang in Lang::ALL {
                let shown = match (field.shape, &value) {
                    // A link is written as its reference, because two records may have one title.
                    (Shape::Link(to), Value::Link(id)) => reference(&world.book, to, *id),
                    _ => show(&world.book, Id::NIL, field, &value, lang, Mask::Whole),
                };
                let read = reader.read(field, &shown);
                assert_eq!(read.as_ref(), Ok(&value), "{kind:?}.{} shown as {shown:?}", field.key);
            }
        }
    }
}

#[test]
fn every_record_is_found_by_how_it_is_written() {
    let world = office();
    let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: None };
    for kind in Kind::ALL {
        for id in ids(&world.book, *kind) {
            let written = reference(&world.book, *kind, id);
            assert_eq!(reader.read_link(*kind, &written), Ok(id), "{kind:?} {written:?}");
            assert_eq!(reader.read_link(*kind, &id.to_string()), Ok(id));
        }
        super::words::sound(&reader.read_link(*kind, "không có ai như thế").unwrap_err());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_words(
        text in "\\PC{0,40}|[0-9.,+/: -]{0,20}|[a-zđ%m₫★]{0,6}[0-9]{0,25}|\\p{Any}{0,30}",
        fair in any::<bool>()
    ) {
        let world = shared();
        let fair = fair.then(|| ids(&world.book, Kind::Fair)[0]);
        let reader = Reader { book: &world.book, today: day("02/01/2026"), fair };
        for (_, field) in every_field() {
            match reader.read(field, &text) {
                Ok(value) => for lang in Lang::ALL {
                    for mask in [Mask::Masked, Mask::Whole] {
                        let _ = show(&world.book, Id::NIL, field, &value, lang, mask);
                    }
                },
                Err(refusal) => {
                    prop_assert_eq!(super::words::fault(&refusal), Ok(()));
                    prop_assert_eq!(&refusal.field, field.key);
                }
            }
        }
    }

    #[test]
    fn any_value_is_shown_without_a_panic(number in any::<i64>(), bytes in any::<[u8; 16]>()) {
        let world = shared();
        for (_, field) in every_field() {
            for value in [Value::Number(number), Value::Link(Id::from_bytes(bytes)), Value::Moment(Moment(number))] {
                let _ = show(&world.book, Id::NIL, field, &value, Lang::Vi, Mask::Whole);
            }
        }
    }
}

#[test]
fn no_number_or_address_of_a_person_is_shown_unasked() {
    let world = shared();
    let number = "0901234567";
    for (kind, field) in every_field().filter(|(_, field)| field.is_personal()) {
        for written in [number.to_owned(), format!("Bông, {number}"), format!("bong@congty.vn; {number}")] {
            for lang in Lang::ALL {
                let shown = show(&world.book, Id::NIL, field, &text(&written), lang, Mask::Masked);
                assert!(!shown.contains(number) && !shown.contains("bong@"), "{kind:?}.{}: {shown}", field.key);
            }
        }
    }
}

#[test]
fn a_number_is_whole_or_refused() {
    let world = shared();
    let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: None };
    let power = Kind::Booth.field("power").unwrap();
    for (written, watts) in
        [("1025", 1_025), ("1.025", 1_025), ("1 025", 1_025), ("10.250", 10_250), ("1.000.000", 1_000_000), ("0", 0)]
    {
        assert_eq!(reader.read(power, written), Ok(Value::Number(watts)), "{written}");
    }
    for written in ["10.25", "1500.5", "10.2500", "1.02.5", "0.500", "1.000 000", "1..000", ".500", "1.", "1 5", "1,5"]
    {
        assert_eq!(reader.read(power, written).unwrap_err().code, "number-unreadable", "{written}");
    }
}

#[test]
fn a_day_from_today_lies_in_the_years_in_which_days_are_written() {
    let world = shared();
    let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: None };
    let on = Kind::Request.field("received_on").unwrap();
    assert_eq!(reader.read(on, "-3"), Ok(Value::Date(day("30/12/2025"))));
    for written in ["-90000000", "+90000000", "+99999999999999999999", "-50000", "+70000"] {
        assert_eq!(reader.read(on, written).unwrap_err().code, "date-unreadable", "{written}");
    }
}

/// Codes as people write them, and whether a plan may have both: those that are one are taken, those that are two are not.
#[test]
fn booth_codes_are_one_or_two_as_people_write_them() {
    let alike =
        [("F-010", "F010"), ("f 010", "F-010"), ("F010/E019", "f-010/e-019"), ("M12.14", "M12-14"), ("T1", "t-1")];
    let apart = [
        ("1-11", "11-1"),
        ("10-1", "101"),
        ("005", "5"),
        ("F010/E019", "F010"),
        ("J2/3", "J23"),
        ("Đ1", "D1"),
        ("M12-14", "M1214"),
    ];
    for (pairs, one) in [(&alike[..], true), (&apart[..], false)] {
        for (first, second) in pairs {
            let mut world = World::new();
            let fair = world.fair("HC-2026", "10/03/2026", "13/03/2026");
            let booth = world.booth(fair, first);
            let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: Some(fair) };
            assert_eq!(reader.read_link(Kind::Booth, second).ok(), one.then_some(booth), "{first} {second}");
            let side = Value::Number(300);
            let other = [("fair", Value::Link(fair)), ("code", text(second)), ("width", side.clone()), ("depth", side)];
            let added = world.try_act("Mai", &Intent::Add { kind: Kind::Booth, fields: fields(other) });
            assert_eq!(added.is_err(), one, "{first} {second}");
        }
    }
}

#[test]
fn wishes_are_booths_as_people_write_them() {
    let mut world = World::new();
    let fair = world.fair("HC-2026", "10/03/2026", "13/03/2026");
    let codes = ["1-11", "11-1", "M12", "M13", "M14", "F-010/E-019", "J2", "J3", "005"];
    let booths = codes.map(|code| world.booth(fair, code));
    let business = world.business("Hợp tác xã Cái Mơn");
    let registration = world.registration(fair, business);
    for (written, wished) in [
        ("11-1, 1-11", vec![1, 0]),
        ("M12-14", vec![2, 3, 4]),
        ("f010/e019 J2/3", vec![5, 6, 7]),
        ("005; m 13, M-13, Z9", vec![8, 3]),
        ("5", vec![]),
    ] {
        world.edit(Kind::Registration, registration, [("wishes", text(written))]);
        let found = wishes(&world.book, world.get::<Registration>(registration));
        assert_eq!(found, wished.into_iter().map(|place: usize| booths[place]).collect::<Vec<_>>(), "{written}");
    }
}

#[test]
fn a_payment_list_is_named_by_its_number_and_a_draw_below_its_fair() {
    let mut world = office();
    let (registration, scheme) = (ids(&world.book, Kind::Registration)[0], ids(&world.book, Kind::Scheme)[0]);
    let business = world.business("Hợp tác xã Giồng Trôm");
    let (fair, budget) = (world.get::<Registration>(registration).fair.unwrap(), ids(&world.book, Kind::BudgetLine)[0]);
    let registration = world.registration(fair, business);
    let booth = world.booth(fair, "A2");
    world.place(registration, booth);
    let claim = world.claim(registration, scheme, [("file_no", text("HS-02"))]);
    world.appraise(claim);
    world.decide(claim, budget);
    world.accept(claim);
    world.act("Mai", Intent::PayList { claims: vec![claim], on: None, title: Text::new("Đợt 1") });
    let list = ids(&world.book, Kind::PaymentList)[0];
    let draw =
        world.add(Kind::Draw, [("fair", Value::Link(fair)), ("code", text("D1")), ("chance_from", text("xổ số"))]);
    let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: None };
    let number = reference(&world.book, Kind::PaymentList, list);
    assert_eq!(number, "BK 01/2026");
    for written in [number.as_str(), "1/2026", "bk 1/2026"] {
        assert_eq!(reader.read_link(Kind::PaymentList, written), Ok(list), "{written}");
    }
    assert_eq!(reference(&world.book, Kind::Draw, draw), "HC-2026/D1");
    assert_eq!(reader.read_link(Kind::Draw, "HC-2026/D1"), Ok(draw));
}

/// The same office for every case.
fn shared() -> &'static World {
    static OFFICE: std::sync::OnceLock<World> = std::sync::OnceLock::new();
    OFFICE.get_or_init(office)
}
