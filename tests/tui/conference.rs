//! A conference by keys alone: wishes from a file, the timetable, somebody who does not come.

use hoicho::command::Screen;
use hoicho::domain::record::Kind;
use hoicho::domain::{Attendance, Meeting};

use super::driver::Driver;

/// Goes to a list of the leads' screen.
fn list(driver: &mut Driver, kind: Kind) {
    driver.keys("6");
    for _ in 0..Screen::Leads.lists().len() {
        if driver.app.list_kind() == Some(kind) {
            return;
        }
        driver.keys("tab");
    }
}

#[test]
fn a_conference_is_planned_and_mended() {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
    for name in ["HTX A", "HTX B", "HTX C"] {
        driver.keys("4 n").fill("Name", name).keys("ctrl+s").expect(name);
    }
    for name in ["Sieu thi X", "Chuoi Y"] {
        list(&mut driver, Kind::Partner);
        driver.keys("n").expect("New partner").fill("Name", name).keys("ctrl+s").expect(name);
    }
    list(&mut driver, Kind::Conference);
    driver.keys("n").expect("New conference").fill("Code", "KN").fill("Date", "+10").fill("Tables", "2");
    driver.fill("Starts", "08:00").fill("Ends", "09:20").keys("ctrl+s").expect("KN");
    driver.keys("P").expect("Nobody of this conference has a wish yet");
    let mut wishes = String::from("conference,partner,business,side,grade\n");
    for partner in ["Sieu thi X", "Chuoi Y"] {
        for business in ["HTX A", "HTX B", "HTX C"] {
            for side in ["buyer", "seller"] {
                wishes.push_str(&format!("KN,{partner},{business},{side},must\n"));
            }
        }
    }
    let file = driver.dir().join("wishes.csv");
    std::fs::write(&file, wishes).unwrap();
    driver
        .keys("tab i")
        .expect("Import")
        .text(&file.display().to_string())
        .keys("enter")
        .expect("New 12")
        .keys("enter");
    driver.keys("shift+tab P").expect("Proposed timetable: 6 meetings").expect("Both must: 6 of 6 at most");
    driver.expect("reaches the bound").keys("a").expect("6 meetings new");
    assert_eq!(driver.book().all::<Meeting>().len(), 6);

    driver.keys("T").expect("by tables").expect("08:00").expect("Table 1").expect("HTX");
    driver.keys("tab").expect("by buyers").keys("tab").expect("by businesses").keys("A");
    driver.expect("Absent: HTX").expect("2 dropped, 0 moved: as few as can be").keys("a").expect("2 dropped");
    assert_eq!(driver.book().all::<Meeting>().len(), 4);
    assert!(driver.book().all::<Attendance>().iter().any(|one| one.absent));
    driver.keys("esc u").expect("Undid");
    assert_eq!((driver.book().all::<Meeting>().len(), driver.book().all::<Attendance>().len()), (6, 0));
}
