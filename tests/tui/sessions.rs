//! Whole pieces of work, by keys alone.

use hoicho::base::text::Text;
use hoicho::domain::record::Kind;
use hoicho::domain::{Business, Claim, Fair, Lead, Payment, Placement, Registration};

use super::driver::Driver;

/// Takes the step with this name from the choice that `.` opens, by its number.
pub fn step(driver: &mut Driver, name: &str) {
    driver.keys(".").expect("Move on to");
    let number = (1..=9).find(|number| driver.screen().contains(&format!("{number} {name}")));
    let Some(number) = number else { panic!("there is no step {name}\n{}", driver.screen()) };
    driver.keys(&number.to_string());
}

/// From an empty book: the office, the first fair, its booths.
pub fn office_and_fair(driver: &mut Driver) {
    driver.expect("Step 1 of 3").fill("Office name", "").ime("Trung tâm Xúc tiến Thương mại");
    driver.fill("Short name", "TTXT").keys("ctrl+s").expect("Step 2 of 3");
    driver.fill("Code", "TET-27").fill("Name", "").ime("Phiên chợ Tết");
    driver.fill("City", "").ime("Bến Tre").fill("Opens", "+60").fill("Closes", "+64");
    driver.fill("Rent per m²", "1000000").fill("VAT", "8").keys("ctrl+s");
    // The third step brings in businesses; here they are typed.
    driver.expect("Import").keys("esc");
    driver.keys("3").expect("no booths yet").keys("i").text("A1..A12 3x3").keys("enter").expect("New 12");
    driver.keys("enter").expect("A12");
}

fn business(driver: &mut Driver, name: &str) {
    driver.keys("4 n").expect("New business").fill("Name", "").ime(name).keys("ctrl+s").expect(name);
}

fn registration(driver: &mut Driver, name: &str) {
    list(driver, "2", Kind::Registration);
    driver.keys("n").expect("New registration").fill("Business", name).keys("tab ctrl+s").expect("u takes it back");
}

/// The chosen registrations are examined, chosen and confirmed.
pub fn confirm(driver: &mut Driver) {
    for state in ["under review", "selected", "confirmed"] {
        step(driver, state);
        driver.expect(state);
    }
}

#[test]
fn an_empty_book_becomes_a_fair_with_its_booths_given() {
    let mut driver = Driver::empty();
    office_and_fair(&mut driver);
    business(&mut driver, "Hợp tác xã Đặng Ngữ");
    registration(&mut driver, "Dang Ngu");
    confirm(&mut driver);
    driver.keys("p").expect("Place").fill("Booths", "A1").keys("ctrl+s").expect("booth assigned");

    driver.keys("3").expect("rented 1");
    driver.keys("right o").expect("Hold").fill("Held for", "").ime("Ông Đường").keys("ctrl+s").expect("held 1");
    driver.keys("w").expect("Swap").fill("Other booth", "A1").keys("ctrl+s").expect("u takes it back");
    let held_at = |driver: &Driver| {
        let book = driver.book();
        let held = book.all::<Placement>().iter().find(|placement| placement.held_for == Text::new("Ông Đường"));
        held.and_then(|held| book.follow::<hoicho::domain::Booth>(held.booth)).map(|booth| booth.code.to_string())
    };
    assert_eq!(held_at(&driver).as_deref(), Some("A1"));
    driver.keys("u").expect("Undid");
    assert_eq!(held_at(&driver).as_deref(), Some("A2"));
    driver.keys("ctrl+r").expect("Redid");
    assert_eq!(held_at(&driver).as_deref(), Some("A1"));
    driver.keys("u").keys("r").expect("Release").fill("Reason", "hết hạn").keys("ctrl+s").expect_not("held 1");
    assert_eq!(held_at(&driver), None);

    let book = driver.book();
    assert_eq!(book.count(Kind::Booth), 12);
    assert_eq!(book.all::<Fair>().iter().next().map(|fair| fair.name.to_string()).as_deref(), Some("Phiên chợ Tết"));
    let names: Vec<String> = book.all::<Business>().iter().map(|business| business.name.to_string()).collect();
    assert_eq!(names, ["Hợp tác xã Đặng Ngữ"]);
    assert_eq!(book.count(Kind::Placement), 1);
}

#[test]
fn an_input_method_may_go_back_with_either_byte() {
    for with_ctrl_h in [false, true] {
        let mut driver = Driver::empty();
        driver.fill("Office name", "");
        if with_ctrl_h {
            driver.ime_ctrl_h("Đặng Thị Thuở")
        } else {
            driver.ime("Đặng Thị Thuở")
        };
        driver.expect("Đặng Thị Thuở").keys("ctrl+s").expect("Step 2 of 3");
        let book = driver.book();
        assert_eq!(book.office().map(|office| office.name.to_string()).as_deref(), Some("Đặng Thị Thuở"));
    }
}

/// Goes to a list of the screen with this number key, by Tab.
pub fn list(driver: &mut Driver, screen: &str, kind: Kind) {
    driver.keys(screen);
    let tabs = (0..Kind::ALL.len()).find(|_| {
        let there = driver.app.list_kind() == Some(kind);
        if !there {
            driver.keys("tab");
        }
        there
    });
    assert!(tabs.is_some() || driver.app.list_kind() == Some(kind), "{kind:?} is not listed\n{}", driver.screen());
}

/// Puts somebody on file and sets a passphrase.
pub fn signer(driver: &mut Driver, name: &str) {
    list(driver, "5", Kind::Person);
    driver.keys("n").fill("Name", name).keys("ctrl+s").expect(name);
    driver.keys("/").text(name).keys("enter P").expect("Signer's passphrase");
    let book = driver.book();
    if let Some(first) = book.all::<hoicho::domain::Person>().iter().find(|person| person.signs()) {
        driver.fill("New passphrase", "correct horse").fill("New passphrase again", "correct horse");
        driver.keys("ctrl+s").expect("people who sign already");
        driver.fill("Signed by", first.name.as_str()).fill("Signer's passphrase", "correct horse");
    }
    driver.fill("New passphrase", "correct horse").fill("New passphrase again", "correct horse");
    assert!(!driver.screen().contains("correct horse"), "{}", driver.screen());
    driver.keys("ctrl+s").expect("Set the passphrase of").keys("esc");
}

/// Signs the form that is open.
pub fn sign(driver: &mut Driver, name: &str) {
    driver.fill("Signed by", name).fill("Passphrase", "correct horse").keys("ctrl+s");
}

/// A budget line of this amount, and a scheme of one half that is in force.
pub fn line_and_scheme(driver: &mut Driver, amount: &str) {
    list(driver, "5", Kind::BudgetLine);
    driver.keys("n").fill("Code", "N-2026").fill("Title", "Xúc tiến 2026").fill("Fiscal year", "2026");
    driver.fill("Amount", amount).keys("ctrl+s").expect("N-2026");
    list(driver, "5", Kind::Scheme);
    driver.keys("n").fill("Code", "BT-50").fill("Title", "Hỗ trợ 50 %").fill("Valid from", "01/01/2024");
    driver.fill("Rate", "50").keys("ctrl+s").expect("BT-50");
    step(driver, "active");
}

#[test]
fn money_is_proposed_by_one_decided_by_another_and_paid_once() {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    office_and_fair(&mut driver);
    line_and_scheme(&mut driver, "100000000");
    business(&mut driver, "Hợp tác xã Dương Hòa");
    registration(&mut driver, "Duong Hoa");
    confirm(&mut driver);
    // Without a booth there is no cost yet.
    driver.keys("C").expect("Open a claim").fill("Scheme", "BT-50").fill("Budget line", "N-2026").keys("ctrl+s");
    driver.expect("There is no cost").keys("esc");
    driver.keys("p").fill("Booths", "A3").keys("ctrl+s").expect("booth assigned");
    driver.keys("C").expect("draft is open again").fill("Invoice", "1C26THD/0001").keys("ctrl+s");
    driver.expect("u takes it back");
    driver.keys("C").fill("Scheme", "BT-50").keys("ctrl+s").expect("has its claim already").keys("esc");

    for name in ["Lê Thị Mai", "Phạm Quốc Hùng", "Trần Hoài Nam"] {
        signer(&mut driver, name);
    }
    list(&mut driver, "5", Kind::Claim);
    driver.expect("4.500.000").expect("submitted");
    step(&mut driver, "in check");
    driver.sit("Phạm Quốc Hùng");
    list(&mut driver, "5", Kind::Claim);
    step(&mut driver, "appraised");
    driver.expect("appraised");

    // Who proposed or appraised may not decide.
    driver.keys("A").expect("Decide");
    sign(&mut driver, "Phạm Quốc Hùng");
    driver.expect("proposed or appraised");
    sign(&mut driver, "Lê Thị Mai");
    driver.expect("proposed or appraised").expect("Somebody else signs");
    driver.fill("Signed by", "Trần Hoài Nam").fill("Passphrase", "wrong horse").keys("ctrl+s");
    driver.expect("not the passphrase");
    sign(&mut driver, "Trần Hoài Nam");
    driver.expect("decided");
    driver.keys("P ctrl+s").expect("not accepted").keys("esc");

    // Acceptance needs its evidence.
    driver.keys("N ctrl+s").expect("Not accepted yet").keys("esc");
    list(&mut driver, "5", Kind::Evidence);
    driver.keys("g");
    for paper in ["contract", "invoice", "Proof", "Acceptance"] {
        let under = driver.screen().lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned();
        assert!(under.contains(paper), "{under}\n{}", driver.screen());
        step(&mut driver, "received");
        step(&mut driver, "accepted");
        driver.keys("down");
    }
    list(&mut driver, "5", Kind::Claim);
    driver.keys("N ctrl+s").expect("Accepted");
    driver.keys("P ctrl+s").expect("Vouchers prepared");
    driver.keys("P ctrl+s").expect("cover the whole grant").keys("esc");

    list(&mut driver, "5", Kind::Payment);
    step(&mut driver, "signed");
    sign(&mut driver, "Phạm Quốc Hùng");
    driver.expect("may not sign it").keys("esc");
    driver.keys("R").fill("Reason", "thử").keys("ctrl+s").expect("has not left the house").keys("esc");
    step(&mut driver, "signed");
    sign(&mut driver, "Trần Hoài Nam");
    driver.expect("signed");
    step(&mut driver, "sent");
    let paid = |driver: &Driver| driver.book().all::<Claim>().iter().map(|claim| claim.status).collect::<Vec<_>>();
    assert_eq!(paid(&driver), [hoicho::domain::claim::ClaimStatus::Paid]);
    driver.keys("R").expect("draft is open again").keys("ctrl+s").expect("Reverse");
    assert_eq!(paid(&driver), [hoicho::domain::claim::ClaimStatus::Accepted]);
    let amounts: Vec<i128> = driver
        .book()
        .all::<Payment>()
        .iter()
        .filter_map(|payment| payment.amount.map(|amount| i128::from(amount.minor)))
        .collect();
    assert_eq!((amounts.len(), amounts.iter().sum::<i128>()), (2, 0));
    driver.expect("-4.500.000");
}

#[test]
fn a_lead_goes_on_step_by_step_and_today_shows_it() {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    office_and_fair(&mut driver);
    business(&mut driver, "Cơ sở Kẹo dừa Đông Á");
    list(&mut driver, "6", Kind::Partner);
    driver.keys("n").expect("New partner").fill("Name", "Siêu thị Bình Tây").keys("ctrl+s").expect("Bình Tây");
    list(&mut driver, "6", Kind::Lead);
    driver.keys("n").expect("New lead");
    driver.fill("Business", "dong a").fill("Partner", "binh tay").fill("Interest", "kẹo dừa").keys("ctrl+s");
    driver.expect("kẹo dừa").expect("new");
    driver.keys("t").fill("Next step", "").ime("Gọi lại").fill("Due", "-2").keys("ctrl+s").expect("Gọi lại");
    step(&mut driver, "quoted");
    driver.expect("quoted");
    driver.keys("1").expect("Gọi lại").expect("Late 1").keys("/").text("goi lai").keys("enter down down down enter");
    driver.expect("kẹo dừa").expect("quoted");
    let book = driver.book();
    assert_eq!(book.all::<Lead>().iter().map(|lead| lead.next_step.to_string()).collect::<Vec<_>>(), ["Gọi lại"]);
}

#[test]
fn the_figures_of_a_year_open_their_records() {
    let mut driver = Driver::demo();
    driver.keys("7 left").expect("support in 2024").expect("34").expect("50%");
    driver.click("34").keys("enter").expect("34");
    assert!(driver.status().ends_with("34"), "{}", driver.status());
    driver.keys("esc").expect("support in 2024").expect("50%");
    driver.keys("y");
    assert!(driver.copied.as_deref().is_some_and(|text| text.contains("34")));
}

#[test]
fn a_list_is_filtered_marked_summed_copied_and_exported() {
    let mut driver = Driver::demo();
    driver.resize(140, 40).keys("4");
    let all = driver.book().count(Kind::Business);
    driver.keys("/").text("ben tre");
    driver.expect("Bến Tre").paste(" keo dua\r\n").keys("enter").expect("Kẹo dừa");
    assert!(driver.status().contains("/ben tre keo dua"), "{}", driver.status());
    assert!(driver.status().ends_with(&format!("/{all}")), "{}", driver.status());
    driver.keys("esc");

    list(&mut driver, "5", Kind::Claim);
    driver.keys("g space space");
    assert!(driver.status().contains("2 marked"), "{}", driver.status());
    assert!(driver.status().contains("000"), "{}", driver.status());
    driver.keys("y");
    let copied = driver.copied.clone().unwrap_or_default();
    assert_eq!(copied.lines().count(), 2);
    assert!(copied.contains('\t'), "{copied}");
    driver.keys("esc ctrl+a").expect("marked").keys("ctrl+a").expect_not("marked");

    driver.keys("4 c").expect("Columns").click("[ ] Goods").expect("[x] Goods").keys("esc").expect("Goods");
    driver
        .keys("/")
        .text("dừa")
        .keys("enter x")
        .expect("Export to a file")
        .keys("ctrl+u")
        .text("dua.csv")
        .keys("enter");
    driver.expect("Wrote dua.csv");
    let written = std::fs::read(driver.dir().join("dua.csv")).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(written.contains("Goods") && written.lines().count() > 1, "{written}");
    let count = driver.status();
    assert!(written.lines().skip(1).all(|line| !line.is_empty()), "{count}\n{written}");
}

#[test]
fn a_record_tells_its_history_and_a_draft_is_kept() {
    let mut driver = Driver::demo();
    driver.keys("4 e").fill("Goods", "mật hoa dừa").keys("ctrl+s").expect("u takes it back");
    driver.keys("H").expect("History:").expect("mật hoa dừa").expect(super::driver::WHO).keys("esc");
    driver.keys("n").fill("Name", "").ime("Cơ sở chưa xong").keys("esc").expect("The draft is kept");
    driver
        .keys("2 4 n")
        .expect("draft is open again")
        .expect("Cơ sở chưa xong")
        .keys("ctrl+s")
        .expect("u takes it back");
    let named = |business: &Business| business.name == Text::new("Cơ sở chưa xong");
    assert_eq!(driver.book().all::<Business>().iter().filter(|business| named(business)).count(), 1);
}

#[test]
fn a_full_disk_keeps_the_form_and_says_why() {
    let mut driver = Driver::demo();
    driver.keys("4 n").fill("Name", "").ime("Cơ sở Đầy Đĩa");
    driver.fill_the_disk();
    let before = driver.book().seq;
    driver.keys("ctrl+s").expect("Cơ sở Đầy Đĩa").expect("New business").expect("READ-ONLY");
    assert!(driver.status().starts_with(" !!"), "{}", driver.status());
    driver.keys("esc").keys("n");
    assert!(driver.status().contains('!'), "{}", driver.status());
    assert_eq!(driver.book().seq, before);
    assert_eq!(driver.book().all::<Registration>().iter().count(), driver.book().count(Kind::Registration));
}
