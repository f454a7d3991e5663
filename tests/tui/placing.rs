//! Placing at the screen, by keys: a fair from plan to sold out, a thought that is tried, swaps, a cancellation, two screens.

use hoicho::domain::record::Kind;
use hoicho::domain::{Placement, Registration};

use super::driver::Driver;
use super::floor::{fair, stands, wait};

/// Goes to the registrations.
fn registrations(driver: &mut Driver) {
    driver.keys("2");
    while driver.app.list_kind() != Some(Kind::Registration) {
        driver.keys("tab");
    }
}

#[test]
fn a_fair_goes_from_its_plan_to_sold_out_in_one_proposal() {
    let mut driver = fair();
    for name in ["Sơn Đốc", "Phú Lễ", "Cái Mơn", "Mỏ Cày"] {
        wait(&mut driver, name, &[("Booths wanted", "3")]);
    }
    driver.expect("Without a booth: 4").keys("B").expect("TET: proposed placing, 4 firms change, 0 of them move");
    driver.expect("firms placed: 0 → 4  proved: nothing better exists").expect("with the aims above it kept");
    // The difference on the map; its keys still move there.
    driver.keys("m").expect("≈").expect("→Phú Lễ").expect("M list");
    driver.keys("right +").expect("proposed placing").keys("p").expect("A proposal is shown");
    driver.keys("0 a").expect("rented 12").expect_not("→Phú Lễ").expect_not("≈");
    for name in ["Sơn Đốc", "Phú Lễ", "Cái Mơn", "Mỏ Cày"] {
        assert_eq!(stands(&driver, name).len(), 3);
    }
    wait(&mut driver, "Chợ Lách", &[]);
    driver.keys("tab Q").expect("no free place would do").expect("no booth is left that could be used").keys("esc tab");
    driver.keys("B").expect("taken or blocked 12").keys("a").expect("Nothing differs").keys("esc");
    driver.keys("u").expect("Undid");
}

#[test]
fn what_would_be_is_seen_first_then_accepted_or_left() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[("Wishes", "A1")]);
    driver.keys("home tab enter enter").expect("rented 1");
    wait(&mut driver, "Phú Lễ", &[]);
    driver.keys("home tab enter Y").expect("TET: proposed placing, 2 firms change, 1 of them moves");
    driver.expect("A1 → ").expect("wishes -").expect("— → A1").keys("esc");
    assert_eq!((stands(&driver, "Sơn Đốc"), stands(&driver, "Phú Lễ").len()), (vec!["A1".to_owned()], 0));
    driver.keys("Y a").expect("u takes it back");
    assert_eq!(stands(&driver, "Phú Lễ"), ["A1"]);
    assert_eq!(stands(&driver, "Sơn Đốc").len(), 1);
    // A firm that stands is tried elsewhere from its marked booth.
    driver.keys("u").keys("home Y").expect("Pick up a firm").keys("space end Y").expect("A1 → B6").keys("a");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["B6"]);
    driver.keys("Q").expect("Sơn Đốc").expect("none of its wishes").expect("Wish 1 (A1)").expect("is free").keys("esc");
    driver.keys("J").expect("swap that gains 1/1").expect("wishes +").keys("a").expect("u takes it back");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["A1"]);
    driver.keys("J").expect("No swap would make the placing better");
}

#[test]
fn swaps_are_taken_singly() {
    let mut driver = fair();
    for (name, wish, booth) in
        [("Sơn Đốc", "A2", "A1"), ("Phú Lễ", "A1", "A2"), ("Cái Mơn", "B6", "B5"), ("Mỏ Cày", "B5", "B6")]
    {
        wait(&mut driver, name, &[("Wishes", wish)]);
        registrations(&mut driver);
        driver.keys("/").text(name).keys("enter p").fill("Booths", booth).keys("ctrl+s").expect("booth assigned");
        driver.keys("esc");
    }
    driver.keys("3 J").expect("swap that gains 1/2").keys("tab").expect("2/2").keys("a");
    driver.expect("swap that gains 1/1");
    let swapped = |driver: &Driver| stands(driver, "Sơn Đốc") == ["A2"] || stands(driver, "Cái Mơn") == ["B6"];
    assert!(swapped(&driver));
    driver.keys("a").expect_not("swap that gains");
    for (name, wish) in [("Sơn Đốc", "A2"), ("Phú Lễ", "A1"), ("Cái Mơn", "B6"), ("Mỏ Cày", "B5")] {
        assert_eq!(stands(&driver, name), [wish]);
    }
}

#[test]
fn a_proposal_never_takes_a_key_meant_for_a_form() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    driver.keys("4 n").text("Ba");
    driver.found_meanwhile();
    driver.text("aa").expect("Baaa");
    assert_eq!(stands(&driver, "Sơn Đốc").len(), 0);
    driver
        .keys("esc 3")
        .expect("B shows the proposal")
        .keys("B")
        .expect("proposed placing")
        .keys("a")
        .expect("rented 1");
}

#[test]
fn a_freed_booth_goes_to_the_next_in_line_and_what_lapses_goes_on() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    driver.keys("home tab enter enter").expect("rented 1");
    for (name, points) in [("Phú Lễ", "9"), ("Cái Mơn", "5")] {
        driver.keys("4 n").fill("Name", name).keys("ctrl+s");
        registrations(&mut driver);
        driver.keys("n").fill("Business", name).keys("tab").fill("Own points", points).keys("ctrl+s");
        driver.keys("/").text(name).keys("enter");
        for state in ["under review", "waiting"] {
            driver.keys(".").expect("Move on to");
            let number = (1..=9).find(|number| driver.screen().contains(&format!("{number} {state}"))).unwrap();
            driver.keys(&number.to_string()).expect(state);
        }
        driver.keys("esc");
    }
    // The firm cancels; its booth is free, the first of the line is offered it.
    driver.keys("3 home r").fill("Reason", "rút").keys("ctrl+s").expect_not("rented 1");
    driver.keys("O ctrl+s").expect("offered 1");
    let offered = |driver: &Driver, name: &str| stands(driver, name) == ["A1"];
    assert!(offered(&driver, "Phú Lễ"), "{}", driver.screen());
    driver.wait_days(4);
    driver.keys("3 L").expect("Phú Lễ").keys("y").expect("u takes it back");
    assert!(offered(&driver, "Cái Mơn") && !offered(&driver, "Phú Lễ"), "{}", driver.screen());
    let missed = |driver: &Driver| {
        driver.book().all::<Registration>().iter().filter(|registration| registration.offers_missed == Some(1)).count()
    };
    assert_eq!(missed(&driver), 1);
    // One undo takes all of it back.
    driver.keys("u").expect("Undid");
    assert!(offered(&driver, "Phú Lễ") && missed(&driver) == 0, "{}", driver.screen());
    driver.keys("ctrl+r home a").expect("rented 1");
    assert!(offered(&driver, "Cái Mơn"));
}

#[test]
fn two_screens_cannot_give_one_booth_twice() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    wait(&mut driver, "Phú Lễ", &[]);
    let mut second = driver.second();
    // Both pick somebody up and stand before A1; the second does not know yet what the first does.
    drop(driver.at_second(&mut second, "3 home tab down enter home"));
    driver.keys("3 home tab enter home enter").expect("rented 1");
    let told = driver.at_second(&mut second, "enter");
    assert!(told.contains("A1") && !told.contains("u takes it back"), "{told}");
    let on_a1 = driver.book().all::<Placement>().iter().count();
    assert_eq!(on_a1, 1);
}

#[test]
fn aims_and_points_are_changed_by_keys_and_a_registration_says_why() {
    let mut driver = fair();
    for (name, wish) in [("Sơn Đốc", "A1"), ("Phú Lễ", "A1")] {
        wait(&mut driver, name, &[("Wishes", wish)]);
    }
    // The order of aims: wishes go to the top, with what each aim means beside it.
    driver.keys("2");
    while driver.app.list_kind() != Some(Kind::Fair) {
        driver.keys("tab");
    }
    driver.keys("e").seek("Order of placing aims").expect("Enter: choose an aim").keys("enter");
    driver.expect("1  firms placed").expect("As many firms as possible get a booth.").expect("outweighs");
    driver
        .keys("end up + + + + + +")
        .expect("1  wishes")
        .expect("2  firms placed")
        .keys("enter")
        .expect("wishes › firms placed");
    driver.keys("ctrl+s");
    let fair = driver.book().all::<hoicho::domain::Fair>().iter().next().cloned().unwrap();
    assert_eq!(fair.tiers.as_str(), "wishes");
    // Points of their own with a reason, for one or many; the reason stands beside them.
    registrations(&mut driver);
    driver.keys("/").text("Phú Lễ").keys("enter P").fill("Own points", "7").fill("Reason for points", "làng nghề");
    driver
        .keys("ctrl+s")
        .expect("u takes it back")
        .keys("enter")
        .expect("own points (làng nghề)")
        .expect("+7")
        .keys("esc");
    // All of a fair by their points, each with its reasons, to be changed there.
    driver.keys("esc esc 2");
    while driver.app.list_kind() != Some(Kind::Fair) {
        driver.keys("tab");
    }
    driver.keys("P").expect("Priority points: TET").expect("làng nghề").expect("Stars");
    driver
        .keys("down P")
        .fill("Own points", "3")
        .fill("Reason for points", "mới")
        .keys("ctrl+s")
        .expect("mới")
        .keys("esc");
    registrations(&mut driver);
    driver.keys("/").text("Phú Lễ").keys("enter");
    driver.keys("Q").expect("Why: ").expect("Phú Lễ has no booth; 12 free places would do").keys("esc esc");
    driver.keys("3 B").expect("wishes: 0 →").keys("a").expect("rented 2");
    assert_eq!(stands(&driver, "Phú Lễ"), ["A1"]);
    registrations(&mut driver);
    driver.keys("/").text("Sơn Đốc").keys("enter Q").expect("Wish 1 (A1) went to Phú Lễ (priority 7)").keys("esc");
    driver.keys("enter Q").expect("Wish 1 (A1)");
}
