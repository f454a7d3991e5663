//! The plan drawn by keys, its faults walked through, and the days of the fair.

use hoicho::domain::field::Chosen;
use hoicho::domain::view::plan_check::check_plan;
use hoicho::domain::{Booth, Fair, Fixture};
use ratatui::layout::Size;

use super::driver::Driver;
use super::floor::on_map;

/// A fair without a booth, on the map.
fn bare(size: Size) -> Driver {
    let mut driver = Driver::empty();
    driver.resize(size.width, size.height).fill("Office name", "Trung tâm").keys("ctrl+s");
    driver.fill("Code", "TET").fill("Name", "Phiên chợ").fill("Opens", "+60").fill("Closes", "+62");
    driver.keys("ctrl+s esc 3");
    driver
}

/// Kind, left, upper edge, width, depth and turn of everything that is no booth, by kind.
fn things(driver: &Driver) -> Vec<(&'static str, [i64; 5])> {
    let book = driver.book();
    let of = |thing: &Fixture| {
        let [x, y, width, depth] = [thing.x, thing.y, thing.width, thing.depth].map(|side| side.unwrap_or(-1));
        (thing.kind.key(), [x, y, width, depth, thing.turn.unwrap_or(0)])
    };
    let mut all: Vec<_> = book.all::<Fixture>().iter().map(of).collect();
    all.sort_unstable();
    all
}

/// Code, left, upper edge, width, depth and turn of every booth, by code.
fn booths(driver: &Driver) -> Vec<(String, i64, i64, i64, i64, i64)> {
    let book = driver.book();
    let of = |booth: &Booth| {
        let side = |side: Option<i64>| side.unwrap_or(-1);
        (
            booth.code.to_string(),
            side(booth.x),
            side(booth.y),
            side(booth.width),
            side(booth.depth),
            booth.turn.unwrap_or(0),
        )
    };
    let mut all: Vec<_> = book.all::<Booth>().iter().map(of).collect();
    all.sort();
    all
}

#[test]
fn from_an_empty_fair_to_a_hall_of_twelve_booths_by_keys() {
    let mut driver = bare(Size::new(80, 24));
    driver.expect("draws by keys or mouse").keys("E").expect("Drawing booths").expect("N New");
    // The first booth where it is proposed, the next ones beside it.
    driver.keys("N").expect("New A1 3 × 3 m at 0 × 0").keys("> > right right < < enter");
    driver.expect("New A2 3 × 3 m at 9 × 0").keys("enter enter enter enter enter esc");
    // The second row: its first booth a way of three metres below the first.
    driver
        .keys("home N")
        .expect("New A7")
        .keys("left left left left left left down down down down down down")
        .keys(">");
    driver.keys("> down down down down esc esc");
    assert_eq!(booths(&driver).len(), 6, "what was not stored is gone\n{}", driver.screen());
    driver.keys("E home N down down down down down down down down down down down down left left left left left left");
    driver.expect("New A7 3 × 3 m at 6 × 6").keys("enter enter enter enter enter enter esc");
    let all = booths(&driver);
    assert_eq!(all.len(), 12, "{all:?}");
    let places: Vec<(i64, i64)> = all.iter().map(|(_, x, y, ..)| (*x, *y)).collect();
    for column in 0..6 {
        assert!(places.contains(&(600 + column * 300, 0)) && places.contains(&(600 + column * 300, 600)), "{places:?}");
    }
    let book = driver.book();
    let fair = book.all::<Fair>().iter().next().map(|fair| fair.id).unwrap();
    assert_eq!(check_plan(&book, fair), []);
    driver.keys("esc").expect("free 12").expect_not("Drawing");
    // One Enter is one undo.
    driver.keys("u").expect("free 11");
}

#[test]
fn booths_are_moved_sized_turned_split_combined_and_renumbered_by_keys() {
    let mut driver = bare(Size::new(140, 40));
    driver.keys("i").text("A1..A3 3x3 y=0").keys("enter enter E home");
    driver.keys("M down down").expect("Move A1 to 0 × 1 m").keys("enter");
    assert_eq!(booths(&driver)[0], ("A1".to_owned(), 0, 100, 300, 300, 0));
    driver.keys("T right right down").expect("A1: 4 × 3.5 m").expect("upon A2").keys("esc");
    driver.keys("right right T right right").expect("A3: 4 × 3 m").expect_not("upon").keys("enter");
    assert_eq!(booths(&driver)[2].3, 400);
    driver.keys("R right up").expect("Turn A3: 14°").keys("enter");
    assert_eq!(booths(&driver)[2].5, 14);
    driver.keys("u u u").expect("A3");
    assert_eq!(booths(&driver).iter().map(|booth| (booth.2, booth.3, booth.5)).collect::<Vec<_>>(), [(0, 300, 0); 3]);
    driver.keys("home |").expect("Split").keys("ctrl+s");
    assert_eq!(booths(&driver).iter().map(|booth| booth.0.as_str()).collect::<Vec<_>>(), ["A1", "A1b", "A2", "A3"]);
    driver.keys("home space right space &");
    assert_eq!(booths(&driver).len(), 3, "{}", driver.screen());
    driver.keys("ctrl+a ctrl+a #").fill("First code", "C01").keys("ctrl+s");
    assert_eq!(booths(&driver).iter().map(|booth| booth.0.as_str()).collect::<Vec<_>>(), ["C01", "C02", "C03"]);
    driver.keys("esc esc home D").expect("Remove").keys("y");
    assert_eq!(booths(&driver).len(), 2);
}

#[test]
fn what_is_no_booth_is_drawn_moved_sized_turned_and_removed_by_the_same_keys() {
    let mut driver = bare(Size::new(140, 40));
    driver
        .keys("i")
        .text("A1..A4 3x3 y=0")
        .keys("enter enter E tab")
        .expect("Things on the floor: 0")
        .expect("N draws");
    // A stage below the booths, five metres down; the number of the kind takes it.
    driver.keys("N").expect("Draw what?").expect("1 stage").keys("1").expect("New: stage 8 × 5 m at 0 × 3");
    driver.keys("> > right down < < enter").expect("Things on the floor: 1").expect("stage · 8 × 5 m");
    assert_eq!(things(&driver), [("stage", [300, 600, 800, 500, 0])]);
    driver.keys("N 2").expect("New: pillar 0.6 × 0.6 m at 11 × 6").keys("up enter");
    driver.keys("N 4").expect("entrance").keys("enter N 5").expect("fire exit").keys("enter");
    driver.keys("N").keys("down down down down down enter").expect("New: aisle").keys("esc");
    assert_eq!(things(&driver).len(), 4);
    // Up and down go through them in space; Enter opens, e names.
    driver.keys("home").expect("fire exit · 2 × 1 m").keys("end").expect("pillar · 0.6 × 0.6 m");
    while !driver.status().contains("stage") {
        driver.keys("left");
    }
    driver.keys("M down down").expect("Move stage to 3 × 7 m").keys("enter");
    driver.keys("T right up").expect("stage: 8.5 × 4.5 m").keys("enter");
    driver.keys("R right").expect("Turn stage: 15°").keys("enter");
    assert_eq!(things(&driver)[3], ("stage", [300, 700, 850, 450, 15]));
    driver.keys("u u u");
    assert_eq!(things(&driver)[3], ("stage", [300, 600, 800, 500, 0]));
    driver.keys("e").fill("Label", "Sân khấu lớn").keys("ctrl+s").expect("Sân khấu lớn");
    // What would stand on a booth is told; a way may lie under all.
    driver.keys("M up up up up up up up up").expect("upon A").keys("esc");
    driver.keys("N 6").expect_not("upon").keys("esc D").expect("Remove").keys("y").expect("Things on the floor: 3");
    driver.keys("u").expect("Things on the floor: 4").keys("tab").expect("Drawing booths").keys("esc").expect("free 4");
}

#[test]
fn booths_and_things_are_drawn_by_the_mouse() {
    let mut driver = bare(Size::new(140, 40));
    driver.keys("i").text("A1..A4 3x3 y=0").keys("enter enter E tab N 1 enter > >");
    let stage = on_map(&driver, "stage");
    driver.drag(stage, (stage.0 + 12, stage.1)).expect("Moved");
    let moved = things(&driver)[0].1;
    assert!(moved[0] > 0 && moved[0] % 300 == 0 && moved[1] == 300, "{moved:?}");
    // A booth under the pointer is taken up, whatever layer was drawn; a mere click stores nothing.
    let a4 = on_map(&driver, "A4");
    driver.drag(a4, a4).expect("Drawing booths");
    assert_eq!(booths(&driver)[3], ("A4".to_owned(), 900, 0, 300, 300, 0));
    driver.drag(a4, (a4.0 + 12, a4.1));
    let a4 = booths(&driver)[3].clone();
    assert!(a4.1 > 900 && a4.1 % 300 == 0 && a4.2 == 0, "{a4:?}");
    driver.keys("u u");
    assert_eq!((things(&driver)[0].1[0], booths(&driver)[3].1), (0, 900));
    // What was taken up by a key is pulled too, and waits for Enter.
    driver.keys("N");
    let at = on_map(&driver, "A4");
    let at = (at.0 + 12, at.1 + 1);
    driver.drag(at, (at.0 + 12, at.1 + 6)).expect("New A5");
    assert_eq!(booths(&driver).len(), 4);
    driver.keys("enter");
    assert!(booths(&driver)[4].1 > 1_200, "{:?}", booths(&driver));
}

#[test]
fn the_faults_are_walked_through_on_the_map() {
    let mut driver = bare(Size::new(80, 24));
    driver.keys("i").text("A1..A4 3x3 y=0; B1..B4 3x3 y=4,5; C1 3x3 x=10 y=1").keys("enter enter");
    driver.keys("!").expect("Faults: 1 of 2").expect("A4 and C1 overlap").expect("Move one of the two");
    driver.expect(" ! ").keys("n").expect("2 of 2").expect("is 1.5 m").expect("Move one row away");
    driver.keys("n").expect("1 of 2").keys("N").expect("2 of 2").keys("up").expect("1 of 2");
    // At the place, with all keys of the map: the fault is mended, and the list is another.
    driver.keys("enter E / c 1 enter M > down down down down down down down down enter");
    driver.expect("Faults").expect_not("overlap");
    driver.keys("esc esc").expect_not("Faults");
    driver.keys("!").expect("Faults").keys("!").expect_not("Faults");
}

#[test]
fn each_day_of_the_fair_has_its_own_map() {
    let mut driver = bare(Size::new(140, 40));
    driver.keys("i").text("A1 3x3 y=0").keys("enter enter");
    for (name, from, to) in [("Sơn Đốc", "+60", "+60"), ("Phú Lễ", "+61", "+62")] {
        driver.keys("4 n").fill("Name", name).keys("ctrl+s");
        driver.keys("2");
        while driver.app.list_kind() != Some(hoicho::domain::record::Kind::Registration) {
            driver.keys("tab");
        }
        driver.keys("n").fill("Business", name).keys("tab ctrl+s");
        driver.keys("/").text(name).keys("enter");
        for state in ["under review", "selected", "confirmed"] {
            driver.keys(".").expect("Move on to");
            let number = (1..=9).find(|number| driver.screen().contains(&format!("{number} {state}"))).unwrap();
            driver.keys(&number.to_string()).expect(state);
        }
        driver.keys("esc 3 p").fill("Registration", name).keys("tab").fill("From", from).fill("To", to).keys("ctrl+s");
    }
    driver.expect("Sơn Đốc").expect("Phú Lễ");
    driver.keys(")").expect("( )").expect("Sơn Đốc").expect_not("Phú Lễ");
    driver.keys(")").expect("Phú Lễ").expect_not("Sơn Đốc");
    driver.keys("( (").expect_not("( )").expect("Phú Lễ").expect("Sơn Đốc");
}

#[test]
fn what_was_drawn_and_could_not_be_stored_is_still_drawn() {
    let mut driver = bare(Size::new(140, 40));
    driver.keys("i").text("A1 3x3 y=0").keys("enter enter");
    driver.keys("E N down down down down down down");
    let drawn = driver.screen();
    driver.fill_the_disk();
    driver.keys("enter").expect("READ-ONLY");
    let map = |screen: &str| screen.lines().skip(3).take(30).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(map(&driver.screen()), map(&drawn), "the drawing is gone");
}
