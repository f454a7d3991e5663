//! A scheme written at the screen: tried on an example as it is typed, its rules pasted whole, and tried on a year.

use hoicho::base::money::{BasisPoints, Money};
use hoicho::domain::record::Kind;
use hoicho::domain::scheme::Scheme;

use super::driver::Driver;

const RULES: &str =
    "code = \"BT-50\"\n\n[[item]]\nkind = \"booth\"\nrate = \"40%\"\n\n[caps]\nper_event = \"3.000.000\"\n";

/// The list of schemes of the demonstration.
fn schemes(driver: &mut Driver) {
    driver.keys("5");
    for _ in 0..9 {
        if driver.book().count(Kind::Scheme) > 0 && driver.screen().contains("BT-2024-NN") {
            return;
        }
        driver.keys("tab");
    }
    panic!("there is no list of schemes\n{}", driver.screen());
}

#[test]
fn the_example_follows_what_is_typed() {
    let mut driver = Driver::demo();
    driver.resize(140, 50);
    schemes(&mut driver);
    driver.keys("n").expect("Rate").fill("Code", "BT-50").fill("Title", "Thử");
    driver.fill("Valid from", "01/01/2027").fill("Rate", "50").expect("Example:").expect("rate 50%");
    let before = driver.screen();
    driver.fill("Cap per fair", "1000000").expect("Example: grant 1.000.000 ₫");
    assert_ne!(before, driver.screen());
    driver.keys("ctrl+s").expect("u takes it back");
}

#[test]
fn rules_are_pasted_whole_and_a_mistake_is_named_with_its_line_while_they_are_written() {
    let mut driver = Driver::demo();
    driver.resize(140, 50);
    schemes(&mut driver);
    driver.keys("n").fill("Code", "BT-50").fill("Title", "Thử").fill("Valid from", "01/01/2027");
    driver.seek("Rules").paste(RULES).expect("per_event = \"3.000.000\"").expect("Grant").expect("Own share");
    driver.keys("up up up").text("x").expect("Line");
    driver.keys("backspace").expect("Own share").keys("esc").expect("Rules (TOML)").keys("ctrl+s");
    driver.expect("u takes it back");
    let book = driver.book();
    let scheme = book.all::<Scheme>().iter().find(|scheme| scheme.code.as_str() == "BT-50").unwrap();
    assert_eq!(scheme.rules.as_str().lines().count(), 8, "{}", scheme.rules);
    assert_eq!((scheme.rate, scheme.cap), (Some(BasisPoints(4_000)), Some(Money::vnd(3_000_000))));
    // An edit of another line leaves all lines as they are.
    driver.keys("/").text("BT-50").keys("enter e").expect("Edit scheme").fill("Legal basis", "01/2027");
    driver.keys("ctrl+s").expect("u takes it back");
    let book = driver.book();
    let scheme = book.all::<Scheme>().iter().find(|scheme| scheme.code.as_str() == "BT-50").unwrap();
    assert_eq!((scheme.rules.as_str().lines().count(), scheme.legal_ref.as_str()), (8, "01/2027"));
    driver.keys("W").expect("BT-50 over the").expect("lose").keys("esc");
}
