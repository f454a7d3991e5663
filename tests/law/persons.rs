//! The data of persons: what was agreed to and withdrawn, restriction, requests with their days, and an erasure that finds the
//! person in records that are gone, in what was edited away and in the notes of others.

use hoicho::base::dates::Moment;
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::check::check;
use hoicho::domain::consent::Purpose;
use hoicho::domain::field::{Held, Several, Value};
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::request::RequestStatus;
use hoicho::domain::showing::{Mask, show};
use hoicho::domain::view::consent::{Leave, leave};
use hoicho::domain::view::person_file::{mentions, person_file};
use hoicho::domain::view::title::title;
use hoicho::domain::view::today::{DueKind, due};
use hoicho::domain::{Consent, Contact, Lead, Request, Touch};
use hoicho::engine::{Engine, Failure, Outside, opened};
use hoicho::exchange::outgoing::{Going, all_columns, file, table};

use super::erasure::forgotten;
use super::simulator::{Disk, Failing};
use super::world::{World, day, fields, on, text};

const NAME: &str = "Nguyễn Thị Bông";
const PHONE: &str = "+84901234567";

fn person(world: &mut World) -> (Id, Id) {
    let partner = world.add(Kind::Partner, [("name", text("Lotte"))]);
    let list = [("name", text(NAME)), ("phone", text(PHONE)), ("partner", Value::Link(partner))];
    (partner, world.add(Kind::Contact, list))
}

fn consent<const N: usize>(world: &mut World, contact: Id, purposes: &[Purpose], more: [(&str, Value); N]) -> Id {
    let mut list = fields([
        ("contact", Value::Link(contact)),
        ("purposes", Several(purposes.to_vec()).to_value()),
        ("given_on", on("02/01/2026")),
    ]);
    list.extend(fields(more));
    world.act("Mai", Intent::Add { kind: Kind::Consent, fields: list })
}

fn request(world: &mut World, contact: Id, kind: &str) -> Id {
    let today = Value::Date(world.at.date());
    world.add(Kind::Request, [("contact", Value::Link(contact)), ("kind", text(kind)), ("received_on", today)])
}

fn may(world: &World, contact: Id, purpose: Purpose) -> Leave {
    leave(&world.book, world.get::<Contact>(contact), purpose, world.at.date())
}

fn close(request: Id, outcome: &str) -> Intent {
    Intent::CloseRequest { request, outcome: Text::new(outcome) }
}

#[test]
fn consent_is_for_each_purpose_and_the_newest_word_counts() {
    let mut world = World::new();
    let (_, bong) = person(&mut world);
    assert!(matches!(may(&world, bong, Purpose::Contact), Leave::Unasked(_)));
    let words = world.add(Kind::ConsentText, [("code", text("v1")), ("text", text("Tôi đồng ý…"))]);
    let given = consent(&mut world, bong, &[Purpose::Contact, Purpose::Photos], [("text", Value::Link(words))]);
    assert_eq!(may(&world, bong, Purpose::Contact), Leave::Given);
    assert!(matches!(may(&world, bong, Purpose::Catalogue), Leave::Unasked(_)));
    // Words that somebody agreed to stay; a note beside them may change.
    let other = fields([("text", text("Khác"))]);
    let change = Intent::Edit { kind: Kind::ConsentText, id: words, fields: other };
    assert_eq!(world.refused("Mai", change).code, "consent-text-used");
    world.edit(Kind::ConsentText, words, [("note", text("in sẵn 200 tờ"))]);
    world.wait(1);
    let early = Intent::Edit { kind: Kind::Consent, id: given, fields: fields([("withdrawn_on", on("01/01/2026"))]) };
    assert_eq!(world.refused("Mai", early).code, "days-reversed");
    world.edit(Kind::Consent, given, [("withdrawn_on", on("03/01/2026"))]);
    assert!(may(&world, bong, Purpose::Contact).is_barred() && may(&world, bong, Purpose::Photos).is_barred());
    consent(&mut world, bong, &[Purpose::Contact], [("given_on", on("03/01/2026"))]);
    assert_eq!(may(&world, bong, Purpose::Contact), Leave::Given);
    assert!(may(&world, bong, Purpose::Photos).is_barred());
}

#[test]
fn a_later_no_goes_before_an_earlier_yes_however_many_papers_there_are() {
    let mut world = World::new();
    let (_, bong) = person(&mut world);
    let both = consent(&mut world, bong, &[Purpose::Contact, Purpose::Photos], []);
    consent(&mut world, bong, &[Purpose::Contact], []);
    world.wait(3);
    world.edit(Kind::Consent, both, [("withdrawn_on", on("05/01/2026"))]);
    assert!(may(&world, bong, Purpose::Contact).is_barred(), "the older paper for the same does not stand against it");
    consent(&mut world, bong, &[Purpose::Contact], [("given_on", on("05/01/2026"))]);
    assert_eq!(may(&world, bong, Purpose::Contact), Leave::Given);
}

#[test]
fn somebody_restricted_is_masked_not_called_and_in_no_file() {
    let mut world = World::new();
    let (partner, bong) = person(&mut world);
    let business = world.business("Mộc Mai");
    let lead = world.add(
        Kind::Lead,
        [
            ("business", Value::Link(business)),
            ("partner", Value::Link(partner)),
            ("contact", Value::Link(bong)),
            ("next_step", text("gọi")),
            ("due_on", on("05/01/2026")),
        ],
    );
    let asked = request(&mut world, bong, "restriction");
    world.act("Mai", close(asked, "đã che và báo cho chị"));
    let book = &world.book;
    assert!(may(&world, bong, Purpose::Contact).is_barred());
    assert!(!title(book, Kind::Contact, bong, Lang::Vi).contains("Bông"));
    let dues = due(book, world.at.date());
    let step = dues.iter().find(|due| due.kind == DueKind::LeadStep).unwrap();
    assert!(step.words.en.contains("choose another"), "{:?}", step.words);
    let going = Going { with_personal: true, ..Going::default() };
    let today = world.at.date();
    assert!(table(book, Kind::Contact, &[bong], &all_columns(Kind::Contact), today, going).rows.is_empty());
    for (kind, id, name) in [(Kind::Contact, bong, "a.vcf"), (Kind::Lead, lead, "a.ics"), (Kind::Lead, lead, "a.csv")] {
        let bytes = file(book, (kind, &[id]), &all_columns(kind), today, going, name).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace("\r\n ", "");
        assert!(!text.contains("Bông") && !text.contains("901234567"), "{name}: {text}");
    }
    let touch = |means: &str| Intent::Touch {
        lead,
        means: Text::new(means),
        note: Text::default(),
        next_step: Text::default(),
        due_on: None,
    };
    assert_eq!(world.refused("Mai", touch("call")).code, "person-barred");
    world.act("Mai", touch("meeting"));
    let free = Intent::Restrict { contacts: vec![bong], on: false, reason: Text::new("chị cho phép lại") };
    world.act("Mai", free);
    world.act("Mai", touch("call"));
    world.try_take_back("Mai", false).unwrap();
    assert_eq!(check(&world.book), []);
}

/// What readers see of somebody restricted: neither name nor number, in list, record, history or form.
#[test]
fn nobody_restricted_is_shown_where_others_read() {
    let mut world = World::new();
    let (_, bong) = person(&mut world);
    world.edit(
        Kind::Contact,
        bong,
        [("other_ways", text("+84912345678; wechat bong83")), ("note", text("nhà 0912 345 678"))],
    );
    let shown = |world: &World, key: &str, mask: Mask| {
        let (field, noun) = (Kind::Contact.field(key).unwrap(), world.book.noun(Kind::Contact, bong).unwrap());
        show(&world.book, bong, field, &noun.value(key), Lang::Vi, mask)
    };
    assert_eq!(shown(&world, "name", Mask::Masked), NAME);
    assert_eq!(shown(&world, "phone", Mask::Masked), "0901 *** 567");
    assert_eq!(shown(&world, "other_ways", Mask::Masked), "0912 *** 678; ***");
    assert_eq!(shown(&world, "note", Mask::Masked), "nhà 0912 *** 678");
    world.act("Mai", Intent::Restrict { contacts: vec![bong], on: true, reason: Text::new("chị yêu cầu") });
    assert_eq!(shown(&world, "name", Mask::Masked), title(&world.book, Kind::Contact, bong, Lang::Vi));
    for key in ["phone", "other_ways", "note"] {
        assert_eq!(shown(&world, key, Mask::Masked), "", "{key}");
    }
    // Somebody who asks on purpose still reads it, for the person has a right to know.
    assert_eq!(shown(&world, "name", Mask::Whole), NAME);
}

#[test]
fn a_request_runs_from_its_day_to_what_was_done() {
    let mut world = World::new();
    let (_, bong) = person(&mut world);
    consent(&mut world, bong, &[Purpose::Contact], []);
    let asked = request(&mut world, bong, "withdrawal");
    let kinds =
        |world: &World| -> Vec<DueKind> { due(&world.book, world.at.date()).into_iter().map(|due| due.kind).collect() };
    assert_eq!(kinds(&world), [DueKind::RequestToAnswer]);
    world.step("Mai", Kind::Request, asked, "answered");
    assert_eq!(kinds(&world), []);
    world.wait(10);
    assert_eq!(kinds(&world), [DueKind::RequestToDo]);
    let by_hand = Intent::Step { kind: Kind::Request, id: asked, to: Text::new("done"), reason: Text::default() };
    assert_eq!(world.refused("Mai", by_hand).code, "own-command");
    assert_eq!(world.refused("Mai", close(asked, "")).field, "outcome");
    world.act("Mai", close(asked, "đã rút, không gọi nữa"));
    let done = world.get::<Request>(asked);
    assert_eq!((done.status, done.closed_by.as_str()), (RequestStatus::Done, "Mai"));
    assert!(may(&world, bong, Purpose::Contact).is_barred());
    assert!(world.book.all::<Consent>().iter().all(|consent| consent.withdrawn_on == Some(world.at.date())));
    assert_eq!(kinds(&world), []);
    assert_eq!(world.refused("Mai", close(asked, "lần nữa")).code, "request-closed");
    assert_eq!(world.try_take_back("Mai", false).unwrap_err().code, "request-closed");
    let nobody = Intent::Add { kind: Kind::Request, fields: fields([("received_on", on("02/01/2026"))]) };
    assert_eq!(world.refused("Mai", nobody).code, "request-nobody");
    let refused = request(&mut world, bong, "erasure");
    let step = |reason: &str| Intent::Step {
        kind: Kind::Request,
        id: refused,
        to: Text::new("refused"),
        reason: Text::new(reason),
    };
    assert_eq!(world.refused("Mai", step("")).code, "reason-missing");
    world.act("Mai", step("hồ sơ chi còn phải giữ 10 năm"));
    assert_eq!(world.get::<Request>(refused).outcome.as_str(), "hồ sơ chi còn phải giữ 10 năm");
}

#[test]
fn a_person_gets_everything_and_is_found_everywhere() {
    let mut world = World::new();
    let (partner, bong) = person(&mut world);
    let business = world.business("Mộc Mai");
    let links =
        [("business", Value::Link(business)), ("partner", Value::Link(partner)), ("contact", Value::Link(bong))];
    let lead = world.add(Kind::Lead, links);
    let note =
        [("lead", Value::Link(lead)), ("on", on("02/01/2026")), ("note", text("gọi chị NGUYEN THI BONG 0901.234.567"))];
    let touch = world.add(Kind::Touch, note);
    consent(&mut world, bong, &[Purpose::Contact], []);
    request(&mut world, bong, "access");
    let keys: Vec<&str> =
        person_file(&world.book, bong, world.at.date(), Lang::Vi).iter().map(|part| part.key).collect();
    assert_eq!(keys, ["contacts", "may", "consents", "requests", "leads", "touches"]);
    for wanted in ["nguyen thi bong", "Nguyễn Thị Bông", "0901 234 567", "+84901234567"] {
        let found: Vec<Id> = mentions(&world.book, wanted).into_iter().map(|mention| mention.id).collect();
        assert_eq!(found, [bong, touch], "{wanted}");
    }
}

fn engine() -> Engine {
    let at = Moment::start_of(day("02/01/2026"));
    opened(Box::new(Failing::new(&Disk::default(), 1, 0)), Outside::seeded(at, 1)).unwrap()
}

fn act(engine: &Engine, intent: Intent) -> Id {
    engine.desk().act(&Text::new("Mai"), intent).unwrap().touched.first().map_or(Id::NIL, |touched| touched.1)
}

fn add<const N: usize>(engine: &Engine, kind: Kind, list: [(&str, Value); N]) -> Id {
    act(engine, Intent::Add { kind, fields: fields(list) })
}

fn edit<const N: usize>(engine: &Engine, kind: Kind, id: Id, list: [(&str, Value); N]) {
    act(engine, Intent::Edit { kind, id, fields: fields(list) });
}

fn erase(id: Id) -> Intent {
    Intent::Erase { kind: Kind::Contact, id, reason: Text::new("yêu cầu") }
}

fn code(failure: Failure) -> &'static str {
    match failure {
        Failure::Refused(refusal) => refusal.code,
        Failure::Book { code, .. } => code,
    }
}

#[test]
fn a_person_is_forgotten_after_the_record_was_removed() {
    let engine = engine();
    let partner = add(&engine, Kind::Partner, [("name", text("Lotte")), ("note", text("hỏi Nguyễn Thị Bông"))]);
    let list = [("name", text(NAME)), ("phone", text(PHONE)), ("partner", Value::Link(partner))];
    let bong = add(&engine, Kind::Contact, list);
    act(&engine, Intent::Remove { kind: Kind::Contact, id: bong });
    act(&engine, erase(bong));
    forgotten(&engine.desk(), &[NAME, "901234567"]);
    let mai = Text::new("Mai");
    assert_eq!(code(engine.desk().act(&mai, erase(bong)).unwrap_err()), "nothing-to-erase");
    let nobody: Id = "01a205ea-be80-7000-8002-2dcfcb2de179".parse().unwrap();
    assert_eq!(code(engine.desk().act(&mai, erase(nobody)).unwrap_err()), "not-found");
}

#[test]
fn what_was_edited_away_is_forgotten_too() {
    let engine = engine();
    let business = add(&engine, Kind::Business, [("name", text("Mộc Mai")), ("kind", text("cooperative"))]);
    let partner = add(&engine, Kind::Partner, [("name", text("Lotte"))]);
    let list = [("name", text(NAME)), ("phone", text(PHONE)), ("partner", Value::Link(partner))];
    let bong = add(&engine, Kind::Contact, list);
    let links = [("business", Value::Link(business)), ("partner", Value::Link(partner))];
    let lead = add(&engine, Kind::Lead, links);
    let said =
        [("lead", Value::Link(lead)), ("on", on("02/01/2026")), ("note", text("gặp nguyễn thị bông, 0901 234 567"))];
    let touch = add(&engine, Kind::Touch, said);
    edit(&engine, Kind::Lead, lead, [("note", text("người quyết định: Nguyễn Thị Bông"))]);
    edit(&engine, Kind::Lead, lead, [("note", text("không còn gì"))]);
    // Somebody took the data out by hand and thought that was all.
    edit(&engine, Kind::Contact, bong, [("name", text("(đã nghỉ)")), ("phone", Value::Empty)]);
    act(&engine, erase(bong));
    forgotten(&engine.desk(), &[NAME, "nguyễn thị bông", "901234567", "0901 234 567"]);
    let book = engine.desk().book();
    assert_eq!(book.get::<Touch>(touch).unwrap().note.as_str(), "gặp [erased], [erased]");
    assert_eq!(book.get::<Lead>(lead).unwrap().note.as_str(), "không còn gì");
}

#[test]
fn an_erasure_through_the_register_takes_merged_records_and_keeps_the_register() {
    let engine = engine();
    let partner = add(&engine, Kind::Partner, [("name", text("Lotte"))]);
    let person = |name: &str, phone: &str| {
        add(&engine, Kind::Contact, [("name", text(name)), ("phone", text(phone)), ("partner", Value::Link(partner))])
    };
    let (bong, other) = (person(NAME, PHONE), person("Bông Nguyễn", "+84912345678"));
    act(&engine, Intent::Merge { kind: Kind::Contact, into: bong, from: vec![other] });
    let asked = add(
        &engine,
        Kind::Request,
        [
            ("contact", Value::Link(bong)),
            ("kind", text("erasure")),
            ("received_on", on("02/01/2026")),
            ("note", text("chị Bông Nguyễn gọi điện")),
        ],
    );
    act(&engine, Intent::CloseRequest { request: asked, outcome: Text::new("đã xóa, đã báo") });
    forgotten(&engine.desk(), &[NAME, "Bông Nguyễn", "901234567", "912345678"]);
    let book = engine.desk().book();
    let request = book.get::<Request>(asked).unwrap();
    assert_eq!((request.status, request.outcome.as_str()), (RequestStatus::Done, "đã xóa, đã báo"));
    assert_eq!(book.count(Kind::Contact), 2, "the records stay, so that leads and figures stay");
}
