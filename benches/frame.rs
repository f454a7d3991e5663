//! From a key to the bytes of the next frame, on a list of a hundred thousand businesses.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::tui::app::{App, Start};
use hoicho::tui::effect::Msg;
use hoicho::tui::input::Input;
use hoicho::tui::key::{Code, Key};
use hoicho::tui::view;
use ratatui::layout::{Rect, Size};
use ratatui::prelude::CrosstermBackend;
use ratatui::widgets::{Row, Table};
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::measure::{Samples, line, once, plain, show};
use crate::supply;

const SIZE: Size = Size { width: 120, height: 40 };

/// Counts what a terminal would be sent.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An app and a terminal that only counts.
pub struct Stage {
    app: App,
    terminal: Terminal<CrosstermBackend<Counter>>,
    sent: Counter,
}

fn terminal(sent: &Counter, size: Size) -> Terminal<CrosstermBackend<Counter>> {
    let whole = Rect::new(0, 0, size.width, size.height);
    let options = TerminalOptions { viewport: Viewport::Fixed(whole) };
    Terminal::with_options(CrosstermBackend::new(sent.clone()), options).unwrap()
}

impl Stage {
    /// An app in a window of this size.
    pub fn new(app: App, size: Size) -> Self {
        let sent = Counter::default();
        Self { app, terminal: terminal(&sent, size), sent }
    }

    /// One key.
    pub fn key(&mut self, key: Key) {
        self.app.update(Msg::Input(Input::Key(key)));
    }

    /// One frame.
    pub fn frame(&mut self) {
        let mut hits = None;
        let app = &self.app;
        self.terminal
            .draw(|frame| {
                let (found, cursor) = view::draw(app, frame.buffer_mut());
                hits = Some(found);
                if let Some(cursor) = cursor {
                    frame.set_cursor_position(cursor);
                }
            })
            .unwrap();
        if let Some(hits) = hits {
            self.app.hits = hits;
        }
    }

    /// Key and frame, so often; also the bytes of one frame.
    pub fn keys(&mut self, keys: impl Iterator<Item = Key>) -> (Samples, usize) {
        let before = self.sent.0.get();
        let times: Vec<Duration> = keys
            .map(|key| {
                once(|| {
                    self.key(key);
                    self.frame();
                })
                .0
            })
            .collect();
        let bytes = (self.sent.0.get() - before) / times.len();
        (Samples::of(times), bytes)
    }
}

/// Measures moving, a burst of keys, typing into the filter, and a record that somebody else changed.
pub fn run() {
    let mut files = supply::mixed(200_000);
    files.truncate(6);
    let (engine, book) = supply::in_memory(&files);
    let desk = engine.desk();
    supply::fill(&desk, &[(Kind::Office, "name\nTrung tâm Xúc tiến thương mại\n".to_owned())]);
    drop(book);
    let start = Start {
        book: desk.book(),
        now: supply::now(),
        who: supply::who(),
        lang: Lang::Vi,
        theme: String::new(),
        size: SIZE,
        read_only: None,
    };
    let (time, app) = once(|| App::new(start));
    plain("first screen made", "", &show(time));
    let mut stage = Stage::new(app, SIZE);
    let (time, ()) = once(|| {
        stage.key(Key::char('4'));
        stage.frame();
    });
    plain("list of 100,000 opened", "", &show(time));
    let floor = floor();
    for (what, code) in [("Down", Code::Down), ("PageDown", Code::PageDown)] {
        let (times, bytes) = stage.keys(std::iter::repeat_n(Key::plain(code), 1_000));
        line(
            &format!("{what} to frame, p50"),
            "≤ 1 ms",
            times.median(),
            "ratatui Table of ready strings",
            floor.median(),
        );
        line(
            &format!("{what} to frame, p99"),
            "≤ 10 ms",
            times.percentile(99),
            "ratatui Table of ready strings",
            floor.percentile(99),
        );
        plain(&format!("{what}: bytes a frame"), "", &bytes.to_string());
    }
    let burst = Samples::take(10, |_| {
        (0..300).for_each(|_| stage.key(Key::plain(Code::Down)));
        stage.frame();
    });
    plain("300 keys, then one frame", "≤ 50 ms", &show(burst.median()));
    followed(&desk, &mut stage);
    let (time, pieces) = once(|| std::iter::repeat_with(|| stage.app.spare_work()).take_while(|more| *more).count());
    plain("made ready while nobody waits", "", &show(time));
    let longest = time / u32::try_from(pieces.max(1)).unwrap();
    plain("one piece of that, on average", "≤ 5 ms", &show(longest));
    let (time, ()) = once(|| stage.key(Key::char('/')));
    plain("filter line opened", "≤ 16 ms", &show(time));
    for letter in "keo dua".chars() {
        let (time, ()) = once(|| {
            stage.key(Key::char(letter));
            stage.frame();
        });
        plain(&format!("“{letter}” typed into the filter, to frame"), "≤ 16 ms", &show(time));
    }
    stage.key(Key::plain(Code::Esc));
    stage.key(Key::char('/'));
    for letter in "stars>=4".chars() {
        let (time, ()) = once(|| {
            stage.key(Key::char(letter));
            stage.frame();
        });
        plain(&format!("“{letter}” of “stars>=4” typed, to frame"), "≤ 16 ms", &show(time));
    }
}

/// Somebody else changes one record of the list.
fn followed(desk: &hoicho::engine::Desk, stage: &mut Stage) {
    let id = desk.book().all::<hoicho::domain::Business>().iter().next().unwrap().id;
    let times: Vec<Duration> = (0..7)
        .map(|turn| {
            let fields = vec![("name".to_owned(), Value::Text(Text::new(&format!("Đổi tên {turn}"))))];
            desk.act(&supply::who(), Intent::Edit { kind: Kind::Business, id, fields }).unwrap();
            let book = desk.book();
            once(|| {
                stage.app.update(Msg::Book(book));
                stage.frame();
            })
            .0
        })
        .collect();
    plain("another's change followed, to frame", "≤ 16 ms", &show(Samples::of(times).median()));
}

/// What drawing as many strings takes when nothing has to be looked up.
fn floor() -> Samples {
    let sent = Counter::default();
    let mut terminal = terminal(&sent, SIZE);
    Samples::take(1_000, |turn| {
        let rows = (0..36)
            .map(|line| Row::new((0..7).map(|cell| format!("Công ty {}", turn + line + cell)).collect::<Vec<_>>()));
        let table = Table::default().rows(rows).widths([17; 7]);
        terminal.draw(|frame| frame.render_widget(table, frame.area())).unwrap();
    })
}
