//! A day at the stand and the week after, by keys alone.

use hoicho::base::dates::Date;
use hoicho::domain::record::Kind;
use hoicho::domain::view::lead_care::{Care, care};
use hoicho::domain::{Contact, Lead, Partner, Touch};

use super::driver::{Driver, now};

fn firm(driver: &mut Driver) {
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
    driver.keys("4 n").fill("Name", "").ime("Hợp tác xã Mộc Mai").keys("ctrl+s").expect("Mộc Mai");
}

fn lead_of(driver: &Driver, goods: &str) -> Lead {
    driver.book().all::<Lead>().iter().find(|lead| lead.interest.as_str() == goods).cloned().unwrap()
}

#[test]
fn leads_are_taken_down_a_line_each() {
    let mut driver = Driver::empty();
    firm(&mut driver);
    driver
        .keys("ctrl+n")
        .expect("Take down a lead")
        .ime("Co.opmart | kẹo dừa | 2 tấn/tháng | gọi T2 | @Chị Hà | 0938123456");
    driver.expect("Co.opmart (new)").expect("2 tấn/tháng").keys("enter").expect("1 stored");
    // The firm stays, and a name written otherwise is the same partner.
    driver.ime("COOP MART | mật hoa dừa | gửi mẫu mai").expect("✓").keys("enter").expect("2 stored");
    driver.ime("Coopmart Cần Thơ | kẹo dừa").expect("names like it").keys("down").expect("✓").expect("one more touch");
    driver.keys("enter").expect("3 stored").keys("esc");
    let book = driver.book();
    assert_eq!((book.count(Kind::Partner), book.count(Kind::Lead), book.count(Kind::Touch)), (1, 2, 3));
    let person = book.all::<Contact>().iter().next().cloned().unwrap();
    assert_eq!((person.name.as_str(), person.phone.as_str()), ("Chị Hà", "+84938123456"));
    assert_eq!(lead_of(&driver, "mật hoa dừa").next_step.as_str(), "gửi mẫu");
    driver.keys("u");
    assert_eq!(driver.book().count(Kind::Touch), 2, "a line is one act and one undo");
}

#[test]
fn a_line_without_a_firm_is_refused_and_stands() {
    let mut driver = Driver::empty();
    driver.fill("Office name", "TTXT").keys("ctrl+s").keys("esc");
    driver.keys("ctrl+n").text("Lotte | dua").keys("enter").expect("Which of our businesses").expect("Lotte | dua");
    assert_eq!(driver.book().count(Kind::Partner), 0);
}

#[test]
fn the_week_after_calls_are_noted_and_many_are_handed_on() {
    let mut driver = Driver::empty();
    firm(&mut driver);
    driver.keys("ctrl+n");
    for line in ["Lotte | dừa | gọi mai", "Metro | bưởi | gọi mai", "Big C | xoài | gọi mai"] {
        driver.ime(line).keys("enter");
    }
    driver.keys("esc 6").keys("ctrl+a O").fill("Owner", "Hùng").keys("ctrl+s").expect("3");
    assert!(driver.book().all::<Lead>().iter().all(|lead| lead.owner.as_str() == "Hùng"));
    driver.keys("ctrl+a w").fill("Due", "+10").keys("ctrl+s").expect("3");
    driver.keys("t").fill("Note", "hẹn gửi mẫu").fill("Next step", "gửi mẫu").fill("Due", "+3").keys("ctrl+s");
    let book = driver.book();
    let touched = book.all::<Touch>().iter().find(|touch| touch.note.as_str() == "hẹn gửi mẫu").cloned().unwrap();
    let lead = book.follow::<Lead>(touched.lead).unwrap();
    assert_eq!((lead.next_step.as_str(), lead.stage), ("gửi mẫu", hoicho::domain::lead::LeadStage::Contacted));
    let later = |days| now().date().checked_add_days(chrono::Days::new(days)).unwrap_or(Date::MAX);
    let on = |days| care(&book, &Lead { due_on: Some(later(400)), ..lead.clone() }, later(days));
    assert_eq!((on(5), on(30), on(50)), (Care::Planned, Care::Quiet, Care::Silent));
    let resting = Lead { stage: hoicho::domain::lead::LeadStage::OnHold, held_until: Some(later(10)), ..lead.clone() };
    let on = |days| care(&book, &resting, later(days));
    assert_eq!((on(9), on(10), on(11)), (Care::Resting, Care::Today, Care::Late));
    assert_eq!(book.all::<Partner>().len(), 3);
}

#[test]
fn two_partners_of_one_name_are_told_while_typed_and_merged_by_key() {
    let mut driver = Driver::empty();
    firm(&mut driver);
    driver.keys("ctrl+n");
    for line in ["Co.opmart | dừa | gọi mai", "Saigon Coop | bưởi | gọi mai"] {
        driver.ime(line).keys("enter");
    }
    driver.keys("esc 6 tab tab").expect("Saigon Coop");
    driver.keys("n").fill("Name", "COOPMART").expect("On file already: Co.opmart").keys("esc");
    driver.keys("ctrl+a M").expect("The one that stays").expect("Co.opmart").keys("ctrl+s").expect("Merged");
    let book = driver.book();
    let leads: Vec<_> = book.all::<Lead>().iter().map(|lead| lead.partner).collect();
    assert_eq!(leads[0], leads[1]);
    driver.keys("u");
    let book = driver.book();
    let leads: Vec<_> = book.all::<Lead>().iter().map(|lead| lead.partner).collect();
    assert_ne!(leads[0], leads[1], "merging is one act and one undo");
}

#[test]
fn whether_a_partner_of_a_file_is_one_on_file_is_decided_row_by_row() {
    let mut driver = Driver::empty();
    firm(&mut driver);
    driver.keys("ctrl+n");
    for line in ["Co.opmart | dừa | gọi mai", "Lotte Mart | bưởi | gọi mai"] {
        driver.ime(line).keys("enter");
    }
    let list =
        "account,product,deal stage\nCo.opmart Ltd,dừa,Won\nLotte,bưởi,Engaging\nBig C,xoài,Lost\nLotte,xoài,Won\n";
    let file = driver.dir().join("leads.csv");
    std::fs::write(&file, list).unwrap();
    driver.keys("esc 6 i").text(&file.display().to_string()).keys("enter");
    driver.expect("Are they the same? (1/2)").expect("“Co.opmart Ltd”: new").expect("New 7");
    driver
        .keys("space")
        .expect("is Co.opmart")
        .expect("Decided since")
        .keys("down space space")
        .expect("“Lotte”: left out");
    // What was decided is looked at again before it is stored.
    driver.keys("enter").expect("New 3").expect("Left out as decided: 2 rows").keys("enter").expect("Imported");
    let book = driver.book();
    assert_eq!((book.count(Kind::Partner), book.count(Kind::Lead)), (3, 4));
    driver.keys("u");
    assert_eq!((driver.book().count(Kind::Partner), driver.book().count(Kind::Lead)), (2, 2));
}

#[test]
fn twenty_leads_of_a_day_cost_little_more_than_their_words() {
    let mut driver = Driver::empty();
    firm(&mut driver);
    driver.keys("ctrl+n");
    let mut keys = 0;
    for number in 0..20 {
        let line = format!("Đối tác {} | mặt hàng {number} | {number} tấn/tháng | gọi +{}", number % 7, number % 5 + 1);
        keys += line.chars().count() + 1;
        driver.ime(&line).keys("enter");
    }
    driver.expect("20 stored").keys("esc");
    let book = driver.book();
    assert_eq!((book.count(Kind::Lead), book.count(Kind::Touch), book.count(Kind::Partner)), (20, 20, 7));
    // What is said, and one key more for each.
    assert!(keys <= 20 * 48, "{keys} keys for twenty leads");
    // The next morning the first call is two keys away.
    driver.keys("1").expect("gọi").keys("6 t").expect("Done, and next");
}
