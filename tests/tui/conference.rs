//! A conference by keys alone: wishes from a file, the timetable, somebody who does not come.

use hoicho::command::Screen;
use hoicho::domain::record::Kind;
use hoicho::domain::{Attendance, Meeting};

use super::driver::Driver;

/// Goes to a list.
fn list(driver: &mut Driver, kind: Kind) {
    let screen = Screen::of(kind);
    driver.keys(if screen == Screen::Leads { "6" } else { "9" });
    for _ in 0..screen.lists().len() {
        if driver.app.list_kind() == Some(kind) {
            return;
        }
        driver.keys("tab");
    }
}

#[test]
fn a_conference_goes_from_a_file_to_printed_timetables_with_one_cancellation() {
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
    let driver_dir = driver.dir().to_owned();
    let file = driver_dir.join("wishes.csv");
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
    // What is left is printed for each person, each table and each slot, and goes into a calendar for one buyer.
    let written = |name: &str| driver_dir.join(name);
    for (down, name) in [(0, "people.pdf"), (1, "tables.xlsx"), (2, "slots.txt")] {
        driver.keys("p").expect("Which form").keys(&"down ".repeat(down)).keys("enter");
        driver.keys("ctrl+u").text(&written(name).display().to_string()).keys("enter");
        assert!(written(name).metadata().unwrap().len() > 200, "{name}");
    }
    let slots = std::fs::read_to_string(written("slots.txt")).unwrap();
    assert_eq!((slots.matches("Sieu thi X").count(), slots.matches("HTX").count()), (2, 4), "{slots}");
    driver
        .keys("tab tab x")
        .expect("2 meetings")
        .keys("ctrl+u")
        .text(&written("x.ics").display().to_string())
        .keys("enter");
    let calendar = std::fs::read_to_string(written("x.ics")).unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 2, "{calendar}");
    assert_eq!(
        (calendar.matches("SUMMARY:").count(), calendar.matches("DURATION:PT20M").count()),
        (2, 2),
        "{calendar}"
    );
    driver.keys("esc u").expect("Undid");
    assert_eq!((driver.book().all::<Meeting>().len(), driver.book().all::<Attendance>().len()), (6, 0));
}
