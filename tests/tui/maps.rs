//! What a plan with shapes of every sort looks like: whole, near and nearer, in two windows and four themes.

use hoicho::base::words::Lang;
use ratatui::layout::Size;

use super::driver::Driver;
use super::pictures::{keep, styles};

/// A fair with turned, stepped and cut booths, a stage, pillars, doors, a way and a zone.
fn fair(size: Size) -> Driver {
    let mut driver = Driver::at(false, Lang::Vi, size);
    driver.fill("Tên cơ quan", "Trung tâm").keys("ctrl+s");
    driver.fill("Mã hội chợ", "HC").fill("Tên hội chợ", "Hội chợ OCOP").fill("Khai mạc", "+60").fill("Bế mạc", "+64");
    std::fs::write(driver.dir().join("plan.json"), include_str!("../data/plan-shapes.json")).unwrap();
    driver.keys("ctrl+s esc 3 i").text("plan.json");
    driver.keys("enter").expect("Mới 27").keys("enter");
    driver.keys("home right");
    driver
}

#[test]
fn shapes_and_things_at_three_zooms() {
    for size in [Size::new(80, 24), Size::new(140, 40)] {
        let mut driver = fair(size);
        for theme in ["dark", "light", "contrast", "mono"] {
            for (zoom, strokes) in [("whole", "0"), ("near", "+ +"), ("nearer", "+ + + +")] {
                driver.keys(strokes);
                let name = format!("map-{zoom}-{}x{}-{theme}", size.width, size.height);
                match theme {
                    "dark" | "mono" => keep(&name, &driver.screen()),
                    // The letters are those of the dark theme.
                    _ => {}
                }
                if zoom == "whole" && size.width == 80 {
                    keep(&format!("{name}-styles"), &styles(driver.buffer()));
                }
            }
            driver.keys("f3");
        }
    }
}

#[test]
fn every_sort_of_thing_is_in_the_key_of_the_map() {
    let mut driver = fair(Size::new(140, 40));
    for words in ["sân khấu", "cột", "cửa vào", "lối thoát hiểm", "lối đi"] {
        driver.expect(words);
    }
    driver.expect("Cửa chính").expect("Sân khấu").expect("Lối đi chính");
}

#[test]
fn a_click_beside_a_slanting_wall_is_a_click_on_the_floor() {
    let mut driver = fair(Size::new(140, 40));
    let middle = driver.cell_of("B1 ");
    driver.hover(middle).expect("B1 · trống");
    // The box of the turned booth reaches three rows up from its name; its corner there is floor.
    let corner = (middle.0.saturating_sub(1), middle.1 - 3);
    driver.hover(corner);
    assert!(!driver.status().contains("B1"), "{}", driver.screen());
}
