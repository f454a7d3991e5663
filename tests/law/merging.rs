//! Two records of one partner or person made one: nothing that points to them is lost, names lead to the one that stays, and one
//! undo brings both back.

use hoicho::domain::capture::{partners_called, person_at};
use hoicho::domain::check::check;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::reading::Reader;
use hoicho::domain::record::Kind;
use hoicho::domain::view::filter::{Filter, Sort};
use hoicho::domain::view::list::{Rows, Scope};
use hoicho::domain::view::suggest::suggest;
use hoicho::domain::{Contact, Lead, Partner};

use super::world::{World, day, same_records, text};

fn merge(kind: Kind, into: hoicho::base::ids::Id, from: hoicho::base::ids::Id) -> Intent {
    Intent::Merge { kind, into, from: vec![into, from] }
}

#[test]
fn a_merged_partner_leaves_everything_to_the_one_that_stays() {
    let mut world = World::new();
    let business = world.business("Mộc Mai");
    let coop = world.add(Kind::Partner, [("name", text("Co.opmart")), ("note", text("siêu thị"))]);
    let other = world.add(
        Kind::Partner,
        [
            ("name", text("Saigon Coop")),
            ("city", text("Cần Thơ")),
            ("note", text("cần bưởi")),
            ("kind", text("supermarket")),
        ],
    );
    let lead = |world: &mut World, partner, goods: &str| {
        let link = Value::Link(partner);
        world.add(Kind::Lead, [("business", Value::Link(business)), ("partner", link), ("interest", text(goods))])
    };
    let (one, two) = (lead(&mut world, coop, "dừa"), lead(&mut world, other, "bưởi"));
    let person = world.add(Kind::Contact, [("name", text("Chị Hà")), ("partner", Value::Link(other))]);
    let before = world.book.clone();
    world.act("Mai", merge(Kind::Partner, coop, other));
    assert_eq!(check(&world.book), []);
    let kept = world.get::<Partner>(coop);
    assert_eq!((kept.city.as_str(), kept.note.as_str()), ("Cần Thơ", "siêu thị\ncần bưởi"));
    assert_eq!(kept.kind, hoicho::domain::partner::PartnerKind::Supermarket);
    assert_eq!(world.get::<Partner>(other).merged_into, Some(coop));
    for lead in [one, two] {
        assert_eq!(world.get::<Lead>(lead).partner, Some(coop));
    }
    assert_eq!(world.get::<Contact>(person).partner, Some(coop));
    // The old name leads to the one that stays: typed at the stand, written in a file, chosen in a form.
    assert_eq!(partners_called(&world.book, "SAIGON COOP"), (Some(coop), Vec::new()));
    let reader = Reader { book: &world.book, today: day("02/01/2026"), fair: None };
    assert_eq!(reader.read_link(Kind::Partner, "Saigon Coop").unwrap(), coop);
    let mut rows = Rows::new(&world.book, Scope::all(Kind::Partner), Sort::usual(Kind::Partner), day("02/01/2026"));
    assert_eq!(rows.filtered(&world.book, &Filter::default(), day("02/01/2026")), [coop]);
    assert_eq!(suggest(&world.book, Kind::Partner, None, "", 9), [coop]);
    // Nobody points to a merged record any more, and it is not merged twice.
    let link = Intent::Edit { kind: Kind::Lead, id: one, fields: vec![("partner".to_owned(), Value::Link(other))] };
    assert_eq!(world.refused("Mai", link).code, "merged-used");
    assert_eq!(world.refused("Mai", merge(Kind::Partner, other, coop)).code, "merged-already");
    assert_eq!(world.refused("Mai", merge(Kind::Partner, coop, coop)).code, "merge-one");
    assert_eq!(world.refused("Mai", merge(Kind::Business, business, business)).code, "merge-unfit");
    world.try_take_back("Mai", false).unwrap();
    assert!(same_records(&world.book, &before), "one undo brings both back");
    world.try_take_back("Mai", true).unwrap();
    assert_eq!(world.get::<Lead>(two).partner, Some(coop));
}

#[test]
fn merges_follow_each_other_to_the_last_that_stays() {
    let mut world = World::new();
    let names = ["Lotte Mart", "Lotte", "LOTTE MART VN"];
    let [one, two, three] = names.map(|name| world.add(Kind::Partner, [("name", text(name))]));
    world.act("Mai", merge(Kind::Partner, two, one));
    world.act("Mai", merge(Kind::Partner, three, two));
    assert_eq!(world.get::<Partner>(one).merged_into, Some(three));
    for name in names {
        assert_eq!(partners_called(&world.book, name).0, Some(three), "{name}");
    }
}

#[test]
fn a_merged_person_loses_no_number() {
    let mut world = World::new();
    let partner = world.add(Kind::Partner, [("name", text("Lotte"))]);
    let person = |world: &mut World, name: &str, phone: &str| {
        let list = [("name", text(name)), ("phone", text(phone)), ("partner", Value::Link(partner))];
        world.add(Kind::Contact, list)
    };
    let one = person(&mut world, "Nguyễn Thị Hà", "+84938123456");
    let two = person(&mut world, "Chị Hà", "+84912345678");
    world.act("Mai", merge(Kind::Contact, one, two));
    let kept = world.get::<Contact>(one);
    assert_eq!((kept.phone.as_str(), kept.other_ways.as_str()), ("+84938123456", "+84912345678"));
    let empty = hoicho::base::text::Text::default();
    assert_eq!(person_at(&world.book, partner, &hoicho::base::text::Text::new("chị hà"), &empty, &empty), Some(one));
}
