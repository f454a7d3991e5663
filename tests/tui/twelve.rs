//! Twelve firms from the plan to the money by keys alone: one budget that is short, one paper sent back, one over-payment
//! that comes back, one payment reversed. The same by shell: `cli/twelve.rs`.

use hoicho::domain::record::Kind;
use hoicho::domain::view::money::{BudgetSums, budget_sums};
use hoicho::domain::{BudgetLine, Evidence};

use super::driver::Driver;
use super::sessions::{line_and_scheme, list, office_and_fair, sign, signer, step};
use crate::kit::ledger::ledger_agrees;

/// The list is narrowed to what fits these words.
fn only(driver: &mut Driver, words: &str) {
    driver.keys("/ ctrl+u").text(words).keys("enter");
}

/// Twelve firms on twelve booths, each with a claim of 4,500,000 that was appraised, on a line of 40,000,000.
fn appraised() -> Driver {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    office_and_fair(&mut driver);
    line_and_scheme(&mut driver, "40000000");
    driver.keys("2 e").fill("Scheme", "BT-50").fill("Budget line", "N-2026").keys("ctrl+s").expect("u takes it back");

    let (mut firms, mut registrations) =
        (String::from("Tên doanh nghiệp,Số tài khoản,Ngân hàng\n"), String::from("Doanh nghiệp,Số gian\n"));
    for number in 1..=12 {
        firms.push_str(&format!("Hợp tác xã {number:02},99006129{number:04},BIDV\n"));
        registrations.push_str(&format!("Hợp tác xã {number:02},1\n"));
    }
    std::fs::write(driver.dir().join("firms.csv"), firms).unwrap();
    std::fs::write(driver.dir().join("list.csv"), registrations).unwrap();
    driver.keys("4 i").text("firms.csv").keys("enter").expect("New 12").keys("enter").expect("Hợp tác xã 12");
    list(&mut driver, "2", Kind::Registration);
    driver.keys("i").text("list.csv").keys("enter").expect("New 12").keys("enter").expect("Hợp tác xã 12");
    for state in ["under review", "selected", "confirmed"] {
        driver.keys("ctrl+a");
        step(&mut driver, state);
        driver.expect(&format!("12 registration: {state}"));
    }
    driver.keys("ctrl+a");
    // One thing is done to one record: nothing happens to the first of twelve that are marked.
    driver.keys("p").expect("12 registration records are marked").keys("esc");
    driver.keys("s g");
    for number in 1..=12 {
        driver.keys("p").expect("Place").fill("Booths", &format!("A{number}")).keys("ctrl+s").expect("booth assigned");
        driver.keys("down");
    }
    driver.keys("ctrl+a C").expect("Open a claim").fill("Cost before tax", "9000000").keys("ctrl+s");
    driver.expect("belongs to one claim").seek("Cost before tax").keys("ctrl+u ctrl+s").expect("Opened 12 claims");
    for name in ["Lê Thị Mai", "Phạm Quốc Hùng", "Trần Hoài Nam", "Võ Thu Hà"] {
        signer(&mut driver, name);
    }
    list(&mut driver, "5", Kind::Claim);
    driver.keys("ctrl+a");
    step(&mut driver, "in check");
    driver.sit("Phạm Quốc Hùng");
    list(&mut driver, "5", Kind::Claim);
    driver.keys("ctrl+a");
    step(&mut driver, "appraised");
    driver
}

fn sums(driver: &Driver) -> BudgetSums {
    let book = driver.book();
    let line = book.all::<BudgetLine>().iter().next().unwrap();
    budget_sums(&book, line).unwrap()
}

/// The papers without which nothing is accepted are received and judged, one of them sent back.
fn papers(driver: &mut Driver) {
    list(driver, "5", Kind::Evidence);
    driver.keys("ctrl+a");
    step(driver, "received");
    only(driver, "document:invoice \"hop tac xa 01\"");
    step(driver, "rejected");
    driver.fill("Reason", "sai mã số thuế").keys("ctrl+s").keys("esc");
    only(driver, "status:received");
    driver.keys("ctrl+a");
    step(driver, "accepted");
    driver.keys("esc esc");
}

#[test]
fn twelve_firms_from_the_plan_to_the_money_by_keys() {
    let mut driver = appraised();
    driver.keys("ctrl+a A").expect("Decide");
    sign(&mut driver, "Trần Hoài Nam");
    driver.expect("14.000.000 ₫ short").keys("esc");
    list(&mut driver, "5", Kind::BudgetLine);
    driver.keys("A").fill("Amount", "10000000").fill("Decision no.", "22/QĐ").keys("ctrl+s").expect("50.000.000");
    list(&mut driver, "5", Kind::Claim);
    driver.keys("esc g v down down down down down down down down down down v").expect("11 marked").keys("A");
    sign(&mut driver, "Trần Hoài Nam");
    driver.expect("Claims decided: 11");
    assert_eq!((sums(&driver).committed.minor, sums(&driver).free.minor), (49_500_000, 500_000));

    papers(&mut driver);
    list(&mut driver, "5", Kind::Claim);
    only(&mut driver, "status:decided");
    driver.keys("ctrl+a N ctrl+s").expect("Not accepted yet: VAT invoice").keys("esc");
    list(&mut driver, "5", Kind::Evidence);
    only(&mut driver, "status:rejected");
    step(&mut driver, "received");
    driver.keys("esc");
    only(&mut driver, "status:received");
    step(&mut driver, "accepted");
    let book = driver.book();
    let waiting = |paper: &&Evidence| paper.reason.is_empty() && paper.checked_by.is_empty();
    assert_eq!(book.all::<Evidence>().iter().filter(waiting).count(), 0);
    list(&mut driver, "5", Kind::Claim);
    driver.keys("N ctrl+s").expect("Accepted 11 claims: 49.500.000");

    driver.sit("Võ Thu Hà");
    list(&mut driver, "5", Kind::Claim);
    only(&mut driver, "status:accepted");
    driver.keys("ctrl+a K").fill("What for", "Đợt 1").keys("ctrl+s").expect("Prepared list BK 01/2026");
    list(&mut driver, "5", Kind::PaymentList);
    step(&mut driver, "signed");
    sign(&mut driver, "Trần Hoài Nam");
    step(&mut driver, "sent");
    assert_eq!((sums(&driver).paid.minor, sums(&driver).committed.minor), (49_500_000, 0));

    // One was paid too much and gives it back, one payment is reversed.
    list(&mut driver, "5", Kind::Claim);
    only(&mut driver, "\"hop tac xa 02\"");
    driver.keys("R").expect("Recover").fill("Amount", "1000000").fill("Cause", "audit").fill("Decision no.", "31/QĐ");
    driver.keys("ctrl+s").expect("recovering");
    list(&mut driver, "5", Kind::Recovery);
    driver.keys("P").expect("1.000.000").fill("Reference", "FT9").keys("ctrl+s").expect("settled");
    list(&mut driver, "5", Kind::Payment);
    only(&mut driver, "\"hop tac xa 03\"");
    driver.keys("R").fill("Reason", "sai tài khoản").keys("ctrl+s").expect("-4.500.000");

    driver.keys("7 o end enter").expect("Register of support in 2026").expect("48.500.000");
    driver.keys("o c c enter").expect("4.500.000");
    let sums = sums(&driver);
    assert_eq!((sums.paid.minor, sums.returned.minor, sums.free.minor), (49_500_000, 5_500_000, 1_500_000));
    assert_eq!(ledger_agrees(&driver.book()), Ok(()));
}
