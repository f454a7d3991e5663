//! What is shown can be typed again: every field of every kind, in both languages.

use proptest::prelude::*;

use hoicho::base::dates::{Date, Moment};
use hoicho::base::ids::Id;
use hoicho::base::words::Lang;
use hoicho::domain::field::{Field, Shape, Value};
use hoicho::domain::reading::Reader;
use hoicho::domain::record::Kind;
use hoicho::domain::showing::{Mask, show};

use super::acts::fitting;
use super::chance::Chance;
use super::world::{World, day, ids, on, text};

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
                    (Shape::Link(to), Value::Link(id)) => reader.write_link(to, *id),
                    _ => show(&world.book, field, &value, lang, Mask::Whole),
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
            let written = reader.write_link(*kind, id);
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
                        let _ = show(&world.book, field, &value, lang, mask);
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
                let _ = show(&world.book, field, &value, Lang::Vi, Mask::Whole);
            }
        }
    }
}

/// The same office for every case.
fn shared() -> &'static World {
    static OFFICE: std::sync::OnceLock<World> = std::sync::OnceLock::new();
    OFFICE.get_or_init(office)
}
