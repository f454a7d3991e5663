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
