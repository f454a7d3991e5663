//! The board of leads by keys: lanes, walks, marks, filters, and a card that goes to the next lane.

use hoicho::base::ids::Id;
use hoicho::base::words::Lang;
use hoicho::domain::Lead;
use hoicho::domain::lead::LeadStage;
use ratatui::layout::Size;

use super::driver::Driver;

fn board(lang: Lang, size: Size) -> Driver {
    let mut driver = Driver::at(true, lang, size);
    driver.keys("6 b");
    driver
}

fn under_cursor(driver: &Driver) -> Lead {
    let chosen = driver.chosen();
    driver.book().get::<Lead>(chosen[0]).unwrap().clone()
}

fn stage_of(driver: &Driver, id: Id) -> LeadStage {
    driver.book().get::<Lead>(id).unwrap().stage
}

#[test]
fn leads_stand_in_lanes_and_the_cursor_walks_among_them() {
    for size in [Size::new(60, 20), Size::new(80, 24), Size::new(140, 40)] {
        let mut driver = board(Lang::En, size);
        let lanes = usize::from(size.width / 20);
        driver.keys("g").keys(&"left ".repeat(15));
        let mut stages = vec![under_cursor(&driver).stage];
        for _ in 0..15 {
            driver.keys("right");
            let stage = under_cursor(&driver).stage;
            if stages.last() != Some(&stage) {
                stages.push(stage);
            }
            // Whatever lane the cursor walks to is seen.
            assert!(driver.screen().contains('>'), "{}", driver.screen());
        }
        assert!(stages.is_sorted() && stages.len() > lanes, "{stages:?}");
        driver.keys("G");
        assert_eq!(Some(&under_cursor(&driver).stage), stages.last());
        // The same lead under the cursor, as a list and as a board again.
        let before = under_cursor(&driver).id;
        driver.keys("b").expect("Partner").keys("b");
        assert_eq!(under_cursor(&driver).id, before);
    }
}

#[test]
fn a_card_goes_to_the_next_lane_by_the_same_step_as_in_the_list() {
    let mut driver = board(Lang::En, Size::new(80, 24));
    driver.keys("/").text("stage:quoted").keys("enter").expect("quoted");
    let lead = under_cursor(&driver).id;
    driver.keys(">");
    assert_eq!(stage_of(&driver, lead), LeadStage::Negotiating);
    // Undone, it comes back; one lane back asks why.
    driver.keys("u g");
    assert_eq!((stage_of(&driver, lead), under_cursor(&driver).id), (LeadStage::Quoted, lead));
    driver.keys("<").expect("Reason").keys("ctrl+s");
    assert_eq!(stage_of(&driver, lead), LeadStage::Quoted, "without a reason it stays");
    driver.fill("Reason", "chưa có giá").keys("ctrl+s");
    assert_eq!(stage_of(&driver, lead), LeadStage::Sample);
}

#[test]
fn marked_cards_go_together_and_come_back_by_one_undo() {
    let mut driver = board(Lang::En, Size::new(140, 40));
    driver.keys("/").text("stage:contacted").keys("enter g ctrl+a");
    let marked: Vec<Id> = driver.chosen();
    assert!(marked.len() > 1, "{}", driver.screen());
    driver.keys(">");
    assert!(marked.iter().all(|id| stage_of(&driver, *id) == LeadStage::Sample), "{}", driver.screen());
    driver.keys("u");
    assert!(marked.iter().all(|id| stage_of(&driver, *id) == LeadStage::Contacted));

    driver.keys("esc ctrl+a >").expect("stand at several stages");
}

#[test]
fn a_click_takes_a_card_and_a_filter_leaves_its_lanes() {
    let mut driver = board(Lang::Vi, Size::new(140, 40));
    let lead = under_cursor(&driver);
    driver.keys("right").expect("◂ ").keys("G");
    driver.keys("g").keys("/").text("hoa dừa").keys("enter");
    assert!(driver.status().contains("hoa dừa"), "{}", driver.status());
    driver.keys("esc").keys("/").text("xyzxyz").expect("Không có dòng nào khớp").keys("esc esc");
    assert!(driver.book().get::<Lead>(lead.id).is_some());
}
