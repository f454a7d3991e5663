//! What is typed, and what arrives, while an act or a search is still under way.

use hoicho::domain::record::Kind;
use hoicho::domain::{Business, Lead};

use super::driver::Driver;
use super::sessions::list;

fn firm(driver: &mut Driver, name: &str) {
    driver.keys("4 n").fill("Name", name);
}

fn office(driver: &mut Driver) {
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
}

#[test]
fn a_form_that_is_being_stored_can_not_be_left_as_a_draft() {
    let mut driver = Driver::empty();
    office(&mut driver);
    firm(&mut driver, "Dừa Xanh");
    let asked = driver.unanswered("ctrl+s esc x");
    driver.answer(asked).expect("Dừa Xanh");
    assert_eq!(driver.book().count(Kind::Business), 1);
    firm(&mut driver, "Dừa Vàng");
    driver.keys("ctrl+s");
    let names: Vec<String> = driver.book().all::<Business>().iter().map(|firm| firm.name.to_string()).collect();
    assert_eq!(names, ["Dừa Xanh", "Dừa Vàng"]);
}

#[test]
fn at_the_stand_one_types_on_while_a_line_is_stored() {
    let mut driver = Driver::empty();
    office(&mut driver);
    firm(&mut driver, "Dừa Xanh");
    driver.keys("ctrl+s ctrl+n").text("Lotte | dua | goi mai");
    let asked = driver.unanswered("enter");
    for letter in "Metro | xoai".chars() {
        assert!(driver.unanswered(&if letter == ' ' { "space".to_owned() } else { letter.to_string() }).is_empty());
    }
    driver.answer(asked).expect("1 stored").expect("Metro | xoai").keys("enter").expect("2 stored");
    assert_eq!(driver.book().all::<Lead>().len(), 2);
}

#[test]
fn a_line_that_was_not_stored_stands_again_and_a_line_left_is_not_lost() {
    let mut driver = Driver::empty();
    office(&mut driver);
    firm(&mut driver, "Dừa Xanh");
    driver.keys("ctrl+s ctrl+n").text("Lotte | dua | goi mai").keys("esc").keys("ctrl+n");
    driver.expect("Lotte | dua | goi mai");
    driver.fill_the_disk();
    driver.keys("enter").expect("Lotte | dua | goi mai");
    assert_eq!(driver.book().count(Kind::Lead), 0);
}

#[test]
fn a_draft_is_not_left_behind_unasked() {
    let mut driver = Driver::empty();
    office(&mut driver);
    firm(&mut driver, "Dừa");
    driver.keys("esc q").expect("Unsaved drafts: 1");
    assert!(!driver.over);
    driver.keys("q");
    assert!(driver.over);
}

#[test]
fn what_is_chosen_is_what_the_filter_shows() {
    let mut driver = Driver::demo();
    list(&mut driver, "4", Kind::Business);
    driver.keys("space space space / z z z z enter");
    assert!(driver.chosen().is_empty(), "nothing is shown, so nothing is chosen");
    driver.expect("3 marked hidden by the filter").keys("esc esc");
}

#[test]
fn records_behind_a_record_go_out_as_they_are_shown() {
    let mut driver = Driver::demo();
    list(&mut driver, "4", Kind::Business);
    driver.keys("/").text("Ngàn Điền").keys("enter enter").click("OCOP certificate 2").keys("enter x");
    let count = driver.screen().lines().find_map(|line| {
        let (before, _) = line.split_once(" lines, the columns shown")?;
        before.rsplit([' ', '│', '║']).next()?.parse::<usize>().ok()
    });
    driver.keys("ctrl+u").text("out.csv").keys("enter").expect("Wrote");
    let text = std::fs::read_to_string(driver.dir().join("out.csv")).unwrap();
    assert_eq!(count.map(|count| count + 1), Some(text.lines().count()), "{text}");
}

#[test]
fn a_filter_being_typed_is_given_up_by_escape_and_kept_by_enter() {
    let mut driver = Driver::demo();
    list(&mut driver, "4", Kind::Business);
    let all = driver.status();
    driver.keys("/").text("keo dua").keys("esc");
    assert_eq!(driver.status(), all);
    driver.keys("/").text("keo dua").keys("enter /").text("buoi").keys("enter");
    assert!(driver.status().contains("/buoi"), "{}", driver.status());
}

#[test]
fn whoever_decides_or_pays_sees_what_and_how_much() {
    let mut driver = Driver::demo();
    list(&mut driver, "5", Kind::Claim);
    driver.keys("/").text("status:appraised").keys("enter space space A");
    driver.expect("HS-TN-16").expect("2 in all: ").expect("Budget line 2026-XTTM has");
}

#[test]
fn a_preview_shows_the_rows_as_they_will_be_stored() {
    let mut driver = Driver::empty();
    office(&mut driver);
    std::fs::write(driver.dir().join("firms.csv"), "Tên đơn vị,MST\nDừa Xanh,9900000016\n").unwrap();
    driver.keys("4 i").text("firms.csv").keys("enter").expect("Line 2: Name Dừa Xanh · Tax code 9900000016");
}
