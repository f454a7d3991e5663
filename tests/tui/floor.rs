//! The map, by keys and by mouse.

use hoicho::base::words::Lang;
use hoicho::domain::record::Kind;
use hoicho::domain::{Booth, Placement};
use ratatui::layout::Size;

use super::driver::Driver;

/// A fair with two rows of six booths and nobody on them, seen whole.
pub fn fair() -> Driver {
    let mut driver = Driver::empty();
    driver.resize(140, 40).fill("Office name", "Trung tâm").keys("ctrl+s");
    driver.fill("Code", "TET").fill("Name", "Phiên chợ").fill("Opens", "+60").fill("Closes", "+64");
    driver.fill("Rent per m²", "1000000").keys("ctrl+s esc");
    driver.keys("3 i").text("A1..A6 3x3 y=0").keys("enter").expect("New 6").keys("enter");
    driver.keys("i").text("B1..B6 3x3 y=6").keys("enter").expect("New 6").keys("enter").expect("free 12");
    driver
}

/// A confirmed registration that waits for a booth.
pub fn wait(driver: &mut Driver, name: &str, fields: &[(&str, &str)]) {
    driver.keys("4 n").fill("Name", name).keys("ctrl+s");
    driver.keys("2");
    while driver.app.list_kind() != Some(Kind::Registration) {
        driver.keys("tab");
    }
    driver.keys("n").fill("Business", name).keys("tab");
    for (label, text) in fields {
        driver.fill(label, text);
    }
    driver.keys("ctrl+s");
    driver.keys("/").text(name).keys("enter");
    for state in ["under review", "selected", "confirmed"] {
        driver.keys(".").expect("Move on to");
        let number = (1..=9).find(|number| driver.screen().contains(&format!("{number} {state}"))).unwrap();
        driver.keys(&number.to_string()).expect(state);
    }
    driver.keys("esc 3");
}

/// Where a text stands on the map, the panel beside it left out.
pub fn on_map(driver: &Driver, words: &str) -> (u16, u16) {
    (3..38)
        .find_map(|y| {
            let line: String = driver.row(y).chars().take(93).collect();
            let byte = line.find(words)?;
            let column = line.get(..byte).map_or(0, |before| before.chars().count());
            Some((u16::try_from(column).ok()?, y))
        })
        .unwrap_or_else(|| panic!("{words} is not on the map\n{}", driver.screen()))
}

/// The codes of the booths on which a business stands, in order.
pub fn stands(driver: &Driver, name: &str) -> Vec<String> {
    let book = driver.book();
    let mut codes: Vec<String> = book
        .all::<Placement>()
        .iter()
        .filter(|placement| {
            let registration = book.follow::<hoicho::domain::Registration>(placement.registration);
            let business = registration.and_then(|one| book.follow::<hoicho::domain::Business>(one.business));
            business.is_some_and(|business| business.name.as_str() == name)
        })
        .filter_map(|placement| book.follow::<Booth>(placement.booth))
        .map(|booth| booth.code.to_string())
        .collect();
    codes.sort();
    codes
}

#[test]
fn a_business_is_picked_up_and_put_on_marked_booths_by_keys() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[("Booths wanted", "2")]);
    driver.keys("home").expect("Without a booth: 1");
    driver.keys("tab enter").expect("Enter: place Sơn Đốc on A1");
    driver.keys("right space right space").expect("on A2, A3").expect("2 marked");
    driver.keys("enter").expect("rented 2").expect_not("Without a booth: 1");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["A2", "A3"]);
    driver.keys("u").expect("free 12");
}

#[test]
fn a_booth_is_found_as_people_write_it_and_by_who_has_it() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    driver.keys("tab enter / b - 0 4 enter").expect("B4  free").keys("enter").expect("B4  rented");
    driver.keys("home").expect("A1  free").keys("/").text("son doc").keys("enter").expect("B4  rented");
    driver.keys("0 home").expect("A1  free");
}

#[test]
fn the_mouse_looks_chooses_places_moves_and_swaps() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    wait(&mut driver, "Phú Lễ", &[]);
    let booth = |driver: &Driver, code: &str| on_map(driver, &format!("{code} "));
    driver.keys("home");
    let b5 = booth(&driver, "B5");
    driver.hover(b5).expect("B5  free").hover((0, 3)).expect("A1  free");
    driver.click("B5 ").expect("B5  free").hover((0, 3)).expect("B5  free");

    let (from, to) = (driver.cell_of("Sơn Đốc"), booth(&driver, "A2"));
    driver.drag(from, to).expect("rented 1");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["A2"]);
    let (from, to) = (driver.cell_of("Phú Lễ"), booth(&driver, "A4"));
    driver.drag(from, to).expect("rented 2");

    let (from, to) = (booth(&driver, "A2"), booth(&driver, "A4"));
    driver.drag(from, to).expect("Swap booths A2 and A4?").keys("esc");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["A2"]);
    driver.drag(from, to).fill("Reason", "gần cửa").keys("ctrl+s").expect("u takes it back");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["A4"]);
    let (from, to) = (booth(&driver, "A4"), booth(&driver, "B6"));
    driver.drag(from, to).expect("Move Sơn Đốc from booth A4 to booth B6?").keys("ctrl+s");
    assert_eq!(stands(&driver, "Sơn Đốc"), ["B6"]);
}

#[test]
fn the_wheel_comes_nearer_at_the_pointer_and_the_floor_is_dragged() {
    let mut driver = fair();
    let b6 = on_map(&driver, "B6 ");
    for _ in 0..8 {
        driver.wheel(b6, true);
    }
    let near = on_map(&driver, "B6");
    assert!(near.0.abs_diff(b6.0) < 45 && near.1.abs_diff(b6.1) < 20, "{near:?} {b6:?}\n{}", driver.screen());
    driver.expect("B6");
    for _ in 0..12 {
        driver.wheel(b6, false);
    }
    driver.expect("A1").expect("B6");
    assert_eq!(on_map(&driver, "B6 "), b6);
    driver.keys("+ +");
    let before = on_map(&driver, "A1");
    driver.drag((30, 24), (33, 23));
    let after = on_map(&driver, "A1");
    assert_eq!((after.0 - before.0, before.1 - after.1), (3, 1), "{}", driver.screen());
}

#[test]
fn the_map_says_why_not_here() {
    let mut driver = fair();
    driver.keys("home e").fill("Power", "1000").keys("ctrl+s");
    wait(&mut driver, "Sơn Đốc", &[("Power wanted", "3000"), ("Booths wanted", "3")]);
    driver.keys("tab enter z z z z").expect("z: does it fit").expect("may not 1").expect("fits 11");
    driver.keys("home").expect("Booth A1 has 1000 W; 3000 W are needed.");
    driver.keys("right").expect("Fits this firm");
    driver.keys("enter z").expect("rented 1");
}

#[test]
fn the_panel_folds_and_everything_works_in_a_small_window() {
    let mut driver = fair();
    wait(&mut driver, "Sơn Đốc", &[]);
    driver.resize(80, 24).expect("Without a booth: 1").keys("\\").expect_not("Without a booth").expect("A1 · free");
    driver.keys("tab").expect("Without a booth: 1").keys("enter right enter").expect("rented 1");
}

#[test]
fn every_booth_of_the_demonstration_is_reached_and_shown() {
    let mut driver = Driver::at(true, Lang::En, Size::new(140, 40));
    driver.keys("3 home + + + + +");
    for key in ["right", "down", "left", "up"] {
        for _ in 0..60 {
            driver.keys(key);
            let code = driver
                .status()
                .rsplit("  ")
                .next()
                .unwrap_or_default()
                .split(" · ")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned();
            let (column, row) = on_map(&driver, &code);
            assert!(column < 94 && (3..38).contains(&row), "{code} is out of sight\n{}", driver.screen());
        }
    }
}
