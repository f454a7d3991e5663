//! The calendar of leads: stable identities, Vietnamese time, alarms, text as the standard wants it.

use hoicho::domain::Lead;
use hoicho::domain::view::lead_care::follow_ups;
use hoicho::exchange::content_line::read_lines;
use hoicho::exchange::outgoing::file;

use super::*;

fn calendar(with_personal: bool, today: Date) -> Vec<u8> {
    let book = demo();
    let leads: Vec<_> = book.all::<Lead>().iter().map(|lead| lead.id).collect();
    let going = Going { lang: Lang::Vi, with_personal, ..Going::default() };
    file(&book, (Kind::Lead, &leads), &[], today, going, "viec.ics").unwrap()
}

fn values(bytes: &[u8], name: &str) -> Vec<String> {
    read_lines(bytes).into_iter().filter(|line| line.name == name).map(|line| line.text()).collect()
}

#[test]
fn every_open_step_and_coming_follow_up_is_there_once() {
    let book = demo();
    let bytes = calendar(false, today());
    let steps = book.all::<Lead>().iter().filter(|lead| lead.stage.is_open());
    let steps = steps.filter(|lead| lead.due_on.is_some() || lead.held_until.is_some()).count();
    let later: usize = book.all::<Lead>().iter().map(|lead| follow_ups(&book, lead, today()).len()).sum();
    let ids = values(&bytes, "UID");
    assert!(steps > 0 && later > 0);
    assert_eq!(ids.len(), steps + later);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert_eq!(values(&bytes, "TRIGGER").len(), ids.len() * 2);
    // The same book gives the same file; another day gives the same identities to the steps that stay.
    assert_eq!(bytes, calendar(false, today()));
    let tomorrow = values(&calendar(false, today().succ_opt().unwrap()), "UID");
    assert!(ids.iter().filter(|id| tomorrow.contains(id)).count() >= steps);
}

#[test]
fn times_are_vietnamese_and_lines_are_folded() {
    let bytes = calendar(false, today());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75) && !text.replace("\r\n", "").contains('\n'));
    assert!(text.contains("TZOFFSETTO:+0700\r\n") && text.contains("DTSTART;TZID=Asia/Ho_Chi_Minh:20"));
    assert!(values(&bytes, "DTSTART").iter().skip(1).all(|start| start.ends_with("T083000")));
    // Half past eight in Vietnam of the book's last entry is half past one in UTC, not seven hours later.
    assert_eq!(values(&bytes, "DTSTAMP")[0], "20261123T010000Z");
}

#[test]
fn persons_are_named_only_when_asked_for() {
    let book = demo();
    let persons: Vec<String> = book
        .all::<Lead>()
        .iter()
        .filter_map(|lead| book.follow::<hoicho::domain::Contact>(lead.contact))
        .map(|contact| contact.name.to_string())
        .collect();
    let told = |personal| values(&calendar(personal, today()), "DESCRIPTION").join("\n");
    let (without, with) = (told(false), told(true));
    assert!(!persons.is_empty() && persons.iter().all(|person| !without.contains(person)));
    assert!(persons.iter().any(|person| with.contains(person)));
}
