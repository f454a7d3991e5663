//! The forms of the command table: what they come to of what stands in them.

use hoicho::base::text::Text;
use hoicho::command::{Act, Here, Screen, find as command};
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;

use super::world::text;
use crate::kit::{after, env, find, small, today};

/// The form of a command for one record.
fn form(
    book: &hoicho::domain::book::Book,
    id: &str,
    kind: Kind,
    one: hoicho::base::ids::Id,
) -> (Box<hoicho::command::form::Form>, Vec<hoicho::base::ids::Id>) {
    let chosen = vec![one];
    let who = Text::new("Mai");
    let here = here(book, &who, kind, &chosen);
    match (command(id).unwrap().run)(&here) {
        Ok(Act::Ask(form)) => (form, chosen),
        other => panic!("{id}: {other:?}"),
    }
}

fn here<'a>(
    book: &'a hoicho::domain::book::Book,
    who: &'a Text,
    kind: Kind,
    chosen: &'a [hoicho::base::ids::Id],
) -> Here<'a> {
    Here { book, today: today(), who, fair: None, screen: Screen::of(kind), kind: Some(kind), chosen, read_only: None }
}

#[test]
fn an_edit_changes_what_was_typed_and_nothing_else() {
    let book = small();
    let business = find(&book, Kind::Business, "9900003810");
    let (mut form, chosen) = form(&book, "record-edit", Kind::Business, business);
    form.fill("commune", text("Phường An Hội"));
    // Somebody else changes the phone while the form stands open.
    let phone = vec![("phone".to_owned(), text("+84912345678"))];
    let book =
        after(&book, &Intent::Edit { kind: Kind::Business, id: business, fields: phone }, &env(today(), "Hà", 200));
    let who = Text::new("Mai");
    let intent = form.intent(&here(&book, &who, Kind::Business, &chosen)).unwrap();
    let commune = vec![("commune".to_owned(), text("Phường An Hội"))];
    assert_eq!(intent, Intent::Edit { kind: Kind::Business, id: business, fields: commune });
    let book = after(&book, &intent, &env(today(), "Mai", 201));
    assert_eq!(book.record(Kind::Business, business).unwrap().value("phone"), text("+84912345678"));
}

#[test]
fn a_hold_that_lapsed_is_nobody_to_be_moved() {
    let book = small();
    let (booth, other) = (find(&book, Kind::Booth, "OCOP-26/A10"), find(&book, Kind::Booth, "OCOP-26/A2"));
    let registration = find(&book, Kind::Registration, "OCOP-26/9900003810");
    let place = Intent::Place { registration, booths: vec![booth], share: None, from_on: None, to_on: None };
    let book = after(&book, &place, &env(today(), "Mai", 200));
    let (mut form, chosen) = form(&book, "booth-move", Kind::Booth, booth);
    form.fill("other", Value::Link(other));
    let who = Text::new("Mai");
    let intent = form.intent(&here(&book, &who, Kind::Booth, &chosen));
    assert!(matches!(intent, Ok(Intent::Move { booth, .. }) if booth == other), "{intent:?}");
}
