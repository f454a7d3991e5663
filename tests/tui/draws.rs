//! A public draw at the screen, by keys, from its rules to its minutes; its minutes are verified by a second run.

use hoicho::base::text::Text;
use hoicho::domain::placing::draw::commitment;
use hoicho::domain::placing::draw_check::verify;
use hoicho::domain::record::Kind;
use hoicho::domain::{Draw, Placement};

use super::driver::Driver;
use super::floor::{fair, wait};

fn the_draw(driver: &Driver) -> Draw {
    driver.book().all::<Draw>().iter().next().cloned().unwrap()
}

#[test]
fn a_draw_goes_by_its_stages_and_its_minutes_are_repeated() {
    let mut driver = fair();
    for name in ["Sơn Đốc", "Phú Lễ", "Cái Mơn"] {
        wait(&mut driver, name, &[]);
    }
    driver.keys("2");
    while driver.app.list_kind() != Some(Kind::Draw) {
        driver.keys("tab");
    }
    driver.keys("n").expect("New").fill("Code", "BT1").fill("Public chance from", "Xổ số 25/11");
    driver.keys("ctrl+s").expect("BT1").keys("p y").expect("The rules are not written");
    driver.keys("e").fill("Rules", "Chọn theo số thăm.").keys("ctrl+s");
    driver.expect("BT1").keys("z").expect("it has to be at").keys("p").expect("Publish the rules of BT1?").keys("y");
    let fair = the_draw(&driver).published.unwrap().fair;
    let secrets = [("Organiser", "1a".repeat(32)), ("Association", "2b".repeat(32))];
    for (role, secret) in &secrets {
        let promise = commitment(&fair, role, secret);
        driver.keys("m").fill("Party", role).fill("Commitment", &promise).keys("ctrl+s");
    }
    driver.keys("z").expect("Nobody joins after that").keys("y");
    // Another's secret is no proof.
    driver
        .keys("o")
        .fill("Party", "Organiser")
        .fill("Secret", &secrets[1].1)
        .keys("ctrl+s")
        .expect("Secret")
        .keys("esc");
    for (role, secret) in &secrets {
        driver.keys("o").fill("Party", role).fill("Secret", secret).keys("ctrl+s");
    }
    driver.keys("d").fill("Public chance", "482913").fill("Place", "Sở Công Thương").keys("ctrl+s");
    let drawn = the_draw(&driver);
    assert_eq!(drawn.chance, Text::new("482913"), "{}", driver.screen());
    let minutes = drawn.minutes.unwrap();
    let (again, differs) = verify(&minutes.to_json()).unwrap();
    assert_eq!((again.order.len(), differs), (3, Vec::new()));
    let forged = minutes.to_json().replace("482913", "482914");
    assert!(!verify(&forged).unwrap().1.is_empty(), "another chance is another draw");
    // The result is read at the screen, and the minutes go out to whoever wants to repeat the draw.
    driver
        .keys("enter")
        .expect("Result of the draw")
        .expect(" 1 ")
        .expect("Parties")
        .expect("has shown its secret")
        .keys("esc");
    driver.keys("M").expect("Minutes of BT1").expect("for anybody to verify").keys("enter");
    let file = std::fs::read_to_string(driver.dir().join("BT1.json")).unwrap();
    assert_eq!(verify(&file).unwrap().1, []);
    driver.keys("M ctrl+u").text("to-sign.txt").keys("enter");
    let text = std::fs::read_to_string(driver.dir().join("to-sign.txt")).unwrap();
    assert!(text.contains("How it is drawn:") && text.contains("List, with tickets:"), "{text}");
    driver.keys("u").expect_not("Undid");
    assert_eq!(the_draw(&driver).chance, Text::new("482913"), "what was drawn is not undone");
    // What was drawn is an order; who comes first chooses first.
    driver.keys("w").keys("y").expect("gave an order only");
    assert_eq!(driver.book().all::<Placement>().iter().count(), 0);
}
