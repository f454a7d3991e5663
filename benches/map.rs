//! From a key to the bytes of the next frame, on the map of a hall of a thousand booths.

use std::fmt::Write as _;

use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::env::Env;
use hoicho::domain::record::Kind;
use hoicho::domain::view::floor::plan;
use hoicho::domain::view::plan_check::check_plan;
use hoicho::engine::import::{Source, preview_file};
use hoicho::exchange::ImportKind;
use hoicho::exchange::plan_json::write_json;
use hoicho::tui::app::{App, Start};
use hoicho::tui::key::{Code, Key};
use ratatui::layout::Size;

use crate::frame::Stage;
use crate::measure::{once, plain, show};
use crate::supply;

/// A thousand booths in two halls, half of them held.
fn files() -> Vec<(Kind, String)> {
    let mut booths = "fair,hall,code,zone,kind,x,y,width,depth\n".to_owned();
    for number in 0..1_000 {
        let (block, place) = (number / 40, number % 40);
        let (hall, column, row) = if block < 18 { ("A", block % 2, block / 2) } else { ("B", 0, block - 18) };
        let (x, y) = (4 + column * 65 + place / 2 * 3, 4 + row * 10 + place % 2 * 3);
        let kind = if !(2..=37).contains(&place) { "corner" } else { "inline" };
        let _ = writeln!(booths, "BIG,BIG/{hall},{hall}{block:02}{place:02},Khu {},{kind},{x},{y},3,3", block % 9);
    }
    let mut held = "booth,held_for,held_until,status\n".to_owned();
    for number in (0..1_000).step_by(2) {
        let (block, place) = (number / 40, number % 40);
        let hall = if block < 18 { "A" } else { "B" };
        let _ = writeln!(held, "BIG/{hall}{block:02}{place:02},Ông Đường {number},2027-01-01,held");
    }
    let fair = "code,name,kind,city,opens_on,closes_on,price_m2,vat\nBIG,Hội chợ lớn,fair_out,Cần Thơ,2027-01-10,2027-01-15,1000000,8\n";
    vec![
        (Kind::Office, "name\nTrung tâm Xúc tiến thương mại\n".to_owned()),
        (Kind::Fair, fair.to_owned()),
        (Kind::Hall, "fair,code,name,width,depth\nBIG,A,Nhà A,133,96\nBIG,B,Nhà B,68,76\n".to_owned()),
        (Kind::Booth, booths),
        (Kind::Placement, held),
    ]
}

/// A plan of a thousand booths into a fair that has none, and what is wrong with it.
fn brought() {
    let mut files = files();
    let other = "code,name,kind,city,opens_on,closes_on\nNEW,Hội chợ mới,fair_out,Cần Thơ,2027-03-10,2027-03-15\n";
    files.insert(2, (Kind::Fair, other.to_owned()));
    let halls = "fair,code,name,width,depth\nNEW,A,Nhà A,133,96\nNEW,B,Nhà B,68,76\n";
    files.push((Kind::Hall, halls.to_owned()));
    let (engine, book) = supply::in_memory(&files);
    let fair = |code: &str| book.named(Kind::Fair, "code", None, code)[0];
    let file = write_json(&book, fair("BIG"));
    let env = Env::new(supply::now(), supply::who(), [3; 32]);
    let source = Source { fair: Some(fair("NEW")), ..Source::of("plan.json", file.as_bytes()) };
    let (tried, preview) = once(|| preview_file(&book, ImportKind::Floor, source, &env).unwrap());
    let desk = engine.desk();
    let (acted, _) = once(|| desk.act(&supply::who(), preview.intent(&Text::new("plan.json"))).unwrap());
    plain("plan of 1,000 booths brought in: preview", "", &show(tried));
    plain("plan of 1,000 booths brought in: stored, in memory", "", &show(acted));
    let book = desk.book();
    let (checked, _) = once(|| check_plan(&book, fair("BIG")));
    plain("plan of 1,000 booths checked", "", &show(checked));
    let (laid, _) = once(|| plan(&book, fair("BIG"), supply::now().date()));
    plain("plan of 1,000 booths laid out for the map", "", &show(laid));
}

/// Measures frames at three nearnesses and two sizes, with and without colours.
pub fn run() {
    brought();
    let (engine, _) = supply::in_memory(&files());
    let desk = engine.desk();
    for (size, theme) in [
        (Size::new(140, 40), "dark"),
        (Size::new(80, 24), "dark"),
        (Size::new(140, 40), "mono"),
        (Size::new(200, 60), "dark"),
    ] {
        let start = Start {
            book: desk.book(),
            now: supply::now(),
            who: supply::who(),
            lang: Lang::Vi,
            theme: theme.to_owned(),
            size,
            read_only: None,
        };
        let mut stage = Stage::new(App::new(start), size);
        let (time, ()) = once(|| {
            stage.key(Key::char('3'));
            stage.frame();
        });
        let name = format!("{}x{} {theme}", size.width, size.height);
        plain(&format!("map of 1,000 booths opened, {name}"), "", &show(time));
        for (what, nearer) in [("whole", 0), ("signs", 3), ("rooms", 4)] {
            (0..nearer).for_each(|_| stage.key(Key::char('+')));
            let ways = [Code::Right, Code::Down, Code::Right, Code::Left, Code::Up];
            let (times, bytes) = stage.keys((0..300).map(|turn| Key::plain(ways[turn % ways.len()])));
            plain(&format!("map, {what}, {name}: arrow to frame, p50"), "≤ 5 ms", &show(times.median()));
            plain(&format!("map, {what}, {name}: p99"), "≤ 5 ms", &show(times.percentile(99)));
            plain(&format!("map, {what}, {name}: bytes a frame"), "", &bytes.to_string());
        }
        let zooms = stage.keys(['0', '+', '+', '+', '+', '-', '-'].into_iter().cycle().take(140).map(Key::char)).0;
        plain(&format!("map, {name}: zoom to frame, p99"), "≤ 5 ms", &show(zooms.percentile(99)));
        let colours = stage.keys(std::iter::repeat_n(Key::char('z'), 40)).0;
        plain(&format!("map, {name}: other colouring to frame, p99"), "≤ 16 ms", &show(colours.percentile(99)));
    }
}
