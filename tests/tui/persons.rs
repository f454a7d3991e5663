//! The data of persons by keys: consent asked for at the stand, and a request to be forgotten from its coming to its end.

use hoicho::domain::record::Kind;
use hoicho::domain::request::RequestStatus;
use hoicho::domain::{Consent, Contact, Request};

use super::driver::Driver;

fn person(driver: &mut Driver) {
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
    driver.keys("4 n").fill("Name", "").ime("Hợp tác xã Mộc Mai").keys("ctrl+s").expect("Mộc Mai");
    driver.keys("ctrl+n").ime("Lotte | kẹo dừa | gọi mai | @Nguyễn Thị Bông | 0901234567").keys("enter esc");
    driver.keys("6 tab tab tab").expect("Nguyễn Thị Bông").expect("0901 *** 567");
}

#[test]
fn consent_is_noted_and_seen_with_the_person() {
    let mut driver = Driver::empty();
    person(&mut driver);
    driver.keys("C").fill("Agreed to", "contact; photos").fill("How", "ticked").keys("ctrl+s");
    assert_eq!(driver.book().all::<Consent>().len(), 1);
    driver.keys("enter").expect("May be used for").expect("agreed").keys("esc");
}

#[test]
fn what_is_hidden_is_seen_with_a_reason_that_the_journal_keeps() {
    let mut driver = Driver::empty();
    person(&mut driver);
    let seq = driver.book().seq;
    driver.keys("@").expect("Reason").keys("ctrl+s").expect("is missing").expect_not("0901 234 567").keys("esc");
    assert_eq!(driver.book().seq, seq, "nothing is seen without a reason");
    driver.keys("@").fill("Reason", "chị Bông xin xem").keys("ctrl+s").expect("Data in full").expect("0901 234 567");
    let file = driver.dir().join("bong.json");
    driver.keys("x").expect("Data into a file").keys("ctrl+u").text(&file.display().to_string()).keys("enter esc");
    assert!(std::fs::read_to_string(&file).unwrap().contains("0901 234 567"));
    driver.keys("H").expect("Saw personal data in full: Nguyễn Thị Bông (chị Bông xin xem)").keys("esc");
    // Cards of the list ask why as well; looking is nothing to take back.
    let cards = driver.dir().join("all.vcf");
    driver.keys("x").keys("ctrl+u").text(&cards.display().to_string()).keys("enter").expect("why?");
    driver.fill("Reason", "gửi thư mời").keys("ctrl+s");
    assert!(std::fs::read_to_string(&cards).unwrap().contains("Nguyễn Thị Bông"));
    assert_eq!(driver.book().seq, seq + 2);
    driver.keys("u").expect("Undid");
    assert_eq!(driver.book().count(Kind::Contact), 0, "what was undone is the line at the stand");
}

#[test]
fn a_form_hides_what_the_list_hides_and_takes_no_half_of_it() {
    let mut driver = Driver::empty();
    person(&mut driver);
    driver.keys("e").expect("0901 *** 567").expect_not("0901 234 567");
    driver.fill("Role", "mua hàng").keys("ctrl+s").expect("Edited");
    let phone = |driver: &Driver| driver.book().all::<Contact>().iter().next().unwrap().phone.to_string();
    assert_eq!(phone(&driver), "+84901234567", "what was not touched stays");
    driver.keys("e").fill("Phone", "0901 *** 568").keys("ctrl+s").expect("A part of this value is hidden");
    driver.keys("ctrl+u").text("0901234568").keys("ctrl+s").expect("Edited");
    assert_eq!(phone(&driver), "+84901234568");
}

#[test]
fn somebody_is_found_wherever_the_book_names_them() {
    let mut driver = Driver::empty();
    person(&mut driver);
    driver.keys("1 ctrl+o").text("nguyen thi bong").keys("enter").expect("1 places").keys("enter").expect("Lotte");
    driver.keys("esc ctrl+o").text("0901 234 567").keys("enter").expect("0901 *** 567").keys("esc");
    driver.keys("ctrl+o").text("nobody").keys("enter").expect("nowhere in the book");
}

#[test]
fn an_erasure_runs_from_its_coming_to_its_end() {
    let mut driver = Driver::empty();
    person(&mut driver);
    driver.keys("Q").fill("Asks for", "erasure").fill("How it came", "thư").keys("ctrl+s");
    driver.keys("1").expect("Answer the request: erasure · Nguyễn Thị Bông");
    driver.keys("6 tab tab").expect("received").keys(".").expect("answered").keys("enter").expect("answered");
    driver
        .keys("W")
        .expect("Erase the data for good")
        .fill("What was done", "đã xóa và gửi thư báo")
        .keys("ctrl+s")
        .expect("done");
    let book = driver.book();
    assert_eq!(book.all::<Request>().iter().next().map(|request| request.status), Some(RequestStatus::Done));
    assert_eq!(
        book.all::<Contact>().iter().next().map(|contact| contact.name.to_string()),
        Some("[erased]".to_owned())
    );
    assert_eq!(book.count(Kind::Lead), 1, "what the fair brought stays");
    driver.keys("u").expect("stays closed");
}

#[test]
fn somebody_restricted_is_masked_in_the_list() {
    let mut driver = Driver::empty();
    person(&mut driver);
    driver.keys("R").fill("Reason", "chị yêu cầu").keys("ctrl+s").expect("[restricted]");
    driver.expect_not("Nguyễn Thị Bông").expect_not("0901");
    // Its form holds what it had, unseen, and a change beside it loses nothing.
    driver.keys("e").expect_not("Nguyễn Thị Bông").expect_not("0901").fill("Role", "kế toán").keys("ctrl+s");
    driver.expect_not("Nguyễn Thị Bông").expect_not("0901");
    let kept: Vec<String> =
        driver.book().all::<Contact>().iter().map(|one| format!("{} {}", one.name, one.phone)).collect();
    assert_eq!(kept, ["Nguyễn Thị Bông +84901234567"]);
    driver.keys("Z").fill("Reason", "chị cho phép lại").keys("ctrl+s").expect("Nguyễn Thị Bông");
}
