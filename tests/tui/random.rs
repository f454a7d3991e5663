//! Whatever is struck, pasted, clicked or resized, the app goes on and can be drawn.

use hoicho::base::words::Lang;
use hoicho::tui::input::{Button, Input, clean_paste};
use hoicho::tui::key::{Code, Key};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ratatui::layout::Size;

use super::driver::Driver;

/// How many things happen in one session.
const INPUTS: usize = 300;

/// One thing that happens; clicks are told in shares of the window, whatever its size is by then.
#[derive(Clone, Debug)]
enum Happening {
    Struck(Key),
    Pasted(String),
    Clicked(u16, u16, bool),
    Turned(u16, u16, bool),
    Hovered(u16, u16),
    Resized(u16, u16),
}

fn key() -> impl Strategy<Value = Key> {
    let codes = [
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Left,
        Code::Right,
        Code::Up,
        Code::Down,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::F(1),
        Code::F(2),
        Code::F(3),
        Code::F(4),
    ];
    prop_oneof![
        6 => proptest::char::range('!', '~').prop_map(Key::char),
        1 => proptest::sample::select(vec![' ', 'đ', 'Ệ', 'ữ', '中', '\u{301}', '👩']).prop_map(Key::char),
        5 => proptest::sample::select(codes.to_vec()).prop_map(Key::plain),
        2 => proptest::sample::select(vec!['a', 'b', 'f', 'k', 'n', 'p', 'r', 's', 'u', 'w', 'z', 'h'])
            .prop_map(Key::ctrl),
        1 => Just(Key::new(Code::Tab, false, false, true)),
        1 => proptest::char::range('a', 'z').prop_map(|letter| Key::new(Code::Char(letter), false, true, false)),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        24 => key().prop_map(Happening::Struck),
        1 => "\\PC{0,40}".prop_map(Happening::Pasted),
        1 => proptest::sample::select(vec!["+7", "31/12/2026", "50", "4.500.000", "A1..A12 3x3", "due<7d", "\u{1b}[31m\t\n"])
            .prop_map(|text| Happening::Pasted(text.to_owned())),
        4 => (0..1000_u16, 0..1000_u16, any::<bool>()).prop_map(|(x, y, drag)| Happening::Clicked(x, y, drag)),
        1 => (0..1000_u16, 0..1000_u16, any::<bool>()).prop_map(|(x, y, up)| Happening::Turned(x, y, up)),
        1 => (0..1000_u16, 0..1000_u16).prop_map(|(x, y)| Happening::Hovered(x, y)),
        1 => (1..200_u16, 1..60_u16).prop_map(|(columns, rows)| Happening::Resized(columns, rows)),
    ]
}

fn go_through(demo: bool, happenings: Vec<Happening>) {
    let mut driver = Driver::at(demo, Lang::Vi, Size::new(100, 30));
    let mut size = (100_u32, 30_u32);
    let cell = |share: u16, of: u32| u16::try_from(u32::from(share) * of / 1000).unwrap_or(0);
    for happening in happenings {
        match happening {
            Happening::Struck(key) => driver.input(Input::Key(key)),
            Happening::Pasted(text) => driver.input(Input::Text(clean_paste(&text))),
            Happening::Clicked(x, y, drag) => {
                let (column, row, button) = (cell(x, size.0), cell(y, size.1), Button::Left);
                driver.input(Input::Click { column, row, button });
                let column = if drag { cell(1000 - x, size.0).saturating_sub(1) } else { column };
                if drag {
                    driver.input(Input::Drag { column, row, button });
                }
                driver.input(Input::Release { column, row, button });
            }
            Happening::Turned(x, y, up) => {
                driver.input(Input::Wheel { column: cell(x, size.0), row: cell(y, size.1), up });
            }
            Happening::Hovered(x, y) => driver.input(Input::Hover { column: cell(x, size.0), row: cell(y, size.1) }),
            Happening::Resized(columns, rows) => {
                size = (u32::from(columns), u32::from(rows));
                driver.resize(columns, rows);
            }
        }
    }
}

/// The same cases in every run: a failure is found again by running again.
fn try_all(demo: bool, cases: u32) {
    let config = Config { cases, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[u8::from(demo); 32]));
    runner
        .run(&proptest::collection::vec(happening(), INPUTS), |happenings| {
            go_through(demo, happenings);
            Ok(())
        })
        .unwrap();
}

#[test]
fn nothing_that_happens_at_an_empty_book_stops_the_app() {
    try_all(false, 24);
}

#[test]
fn nothing_that_happens_at_the_demonstration_stops_the_app() {
    try_all(true, 10);
}
