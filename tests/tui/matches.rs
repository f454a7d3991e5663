//! From a buyer's request to introductions, by keys alone.

use hoicho::domain::Lead;

use super::driver::Driver;

fn firm(driver: &mut Driver, name: &str, goods: &str, capacity: &str) {
    driver.keys("4 n").fill("Name", "").ime(name).keys("ctrl+s").expect(name);
    driver.keys("tab n").expect("New product").fill("Business", name).keys("tab");
    driver
        .fill("Name", "")
        .ime(goods)
        .fill("Monthly capacity", capacity)
        .keys("ctrl+s")
        .expect(goods)
        .keys("shift+tab");
}

#[test]
fn a_request_is_matched_and_businesses_are_introduced() {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
    firm(&mut driver, "HTX Một", "Kẹo dừa sữa", "2 tấn");
    firm(&mut driver, "HTX Hai", "Kẹo dừa", "200 kg");
    firm(&mut driver, "HTX Ba", "Bưởi da xanh", "5 tấn");
    driver.keys("6 tab tab n").expect("New partner").fill("Name", "").ime("Siêu thị Bình Tây").keys("ctrl+s");
    driver.keys("shift+tab shift+tab n").expect("New lead").fill("Partner", "Binh Tay").keys("tab");
    driver.keys("ctrl+s").expect("request → Siêu thị Bình Tây");
    // Without goods nothing can be looked for.
    driver.keys("M").expect("does not say which goods");
    driver.keys("e").fill("Interest", "").ime("kẹo dừa").fill("Volume", "1 tấn/tháng").keys("ctrl+s").expect("kẹo dừa");
    driver.keys("M").expect("2 businesses fit").expect("Kẹo dừa sữa · HTX Một").expect("covers the volume (200 %)");
    driver.keys("down").expect("covers 20 % of the volume only");
    driver.keys("home space space").expect("[x]").keys("enter").expect("Introduced 2 businesses");
    let book = driver.book();
    let introduced: Vec<&Lead> = book.all::<Lead>().iter().filter(|lead| lead.request.is_some()).collect();
    assert_eq!(introduced.len(), 2);
    assert!(introduced.iter().all(|lead| lead.next_step.as_str() == "Ask both sides"));
    driver.keys("end M").expect("✓").keys("enter").expect("have known each other").keys("esc");
    // An answer, and all of it taken back.
    driver.keys("/").text("Mot").keys("enter R").expect("Answer").keys("ctrl+s").expect("accepted");
    driver.keys("u u").expect("Undid");
    assert_eq!(driver.book().all::<Lead>().len(), 1, "introductions are one act and one undo");
}
