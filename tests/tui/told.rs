//! What businesses say of a fair, by keys: a day of sales, the report filled beforehand, and the list of who is late.

use hoicho::base::ids::Id;
use hoicho::domain::record::Kind;
use hoicho::domain::registration::RegistrationStatus;
use hoicho::domain::{Fair, FairReport, Registration, Sale};

use super::driver::Driver;

fn registrations(driver: &mut Driver, filter: &str) {
    driver.keys("2");
    while driver.app.list_kind() != Some(Kind::Registration) {
        driver.keys("tab");
    }
    driver.keys("/ ctrl+u").text(filter).keys("enter g");
}

fn chosen(driver: &Driver) -> Id {
    driver.chosen()[0]
}

#[test]
fn a_day_of_sales_and_a_report_are_two_keys_away() {
    let mut driver = Driver::demo();
    driver.resize(140, 40);
    driver.keys("F");
    registrations(&mut driver, "HCDUA sales_missing>=1");
    let there = chosen(&driver);
    let days = driver.book().pointing::<Sale>(there).count();
    driver.keys("d").expect("Daily sales").fill("Sales", "3500000").fill("Orders", "2").keys("ctrl+s");
    driver.expect("u takes it back");
    let book = driver.book();
    assert_eq!(book.pointing::<Sale>(there).count(), days + 1);
    let registration = book.get::<Registration>(there).unwrap();
    let fair = book.follow::<Fair>(registration.fair).unwrap();
    assert!(book.pointing::<Sale>(there).all(|sale| sale.on.is_some_and(|day| fair.is_on(day))));

    driver.keys("esc");
    registrations(&mut driver, "HCNS-TN report:due");
    let owing = chosen(&driver);
    // What its days come to stands in the form.
    driver.keys("r").expect("After-fair report").expect("Turnover").fill("Content", "5").keys("ctrl+s");
    driver.expect("u takes it back");
    let book = driver.book();
    let report = book.pointing::<FairReport>(owing).next().unwrap();
    let sold: i64 = book.pointing::<Sale>(owing).filter_map(|sale| sale.amount).map(|amount| amount.minor).sum();
    assert_eq!((report.turnover.map(|turnover| turnover.minor), report.satisfied), (Some(sold), Some(5)));
    assert_eq!(book.get::<Registration>(owing).unwrap().status, RegistrationStatus::Reported);
    driver.keys("u");
    assert_eq!(driver.book().get::<Registration>(owing).unwrap().status, RegistrationStatus::Attended);
    assert_eq!(driver.book().pointing::<FairReport>(owing).count(), 0);
}

#[test]
fn today_chases_what_is_owed() {
    let mut driver = Driver::demo();
    driver.keys("1 /").text("after-fair").expect("after-fair reports to come").keys("esc");
    driver.keys("/").text("days of sales").expect("are missing");
}
