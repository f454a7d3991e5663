//! A person at the screen: keys go into the real app, what it asks for is done by a real engine over a store in memory,
//! and what is drawn can be read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use hoicho::base::dates::Moment;
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::base::words::{Lang, Words};
use hoicho::command::{FileUse, Seek};
use hoicho::domain::book::Book;
use hoicho::domain::env::Env;
use hoicho::domain::placing::proposal::Proposal;
use hoicho::engine::import::{Source, preview_file};
use hoicho::engine::placing::{Effort, sought};
use hoicho::engine::{Desk, Engine, Failure, News, Outside, Receipt, fill_demo, opened, signing};
use hoicho::exchange::preview::Preview;
use hoicho::store::seal::{Hash, SealedEntry, SealedPiece};
use hoicho::store::{MemoryStore, NewEntry, Piece, Records, Store, StoreFault};
use hoicho::tui::app::{App, Start};
use hoicho::tui::effect::{Effect, Fault, FileRead, ImportFile, Msg, Stored, Ticket};
use hoicho::tui::files::look;
use hoicho::tui::input::{Button, Input, clean_paste, from_crossterm};
use hoicho::tui::key::Key;
use hoicho::tui::view;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect, Size};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization as _;

/// The moment at which every session takes place.
pub const NOW: &str = "2026-11-23T09:00:00+07:00";

/// Who sits at the screen unless a test says otherwise.
pub const WHO: &str = "Lê Thị Mai";

/// A store in memory that can be looked at from outside, and told to fail.
#[derive(Clone, Default)]
pub struct Kept {
    inside: Arc<Mutex<MemoryStore>>,
    full: Arc<AtomicBool>,
}

impl Kept {
    fn inside(&self) -> MutexGuard<'_, MemoryStore> {
        self.inside.lock().unwrap()
    }

    fn over(store: MemoryStore) -> Self {
        Self { inside: Arc::new(Mutex::new(store)), full: Arc::default() }
    }
}

impl Store for Kept {
    fn path(&self) -> &Path {
        Path::new("memory")
    }

    fn last_seq(&self) -> u64 {
        self.inside().last_seq()
    }

    fn last_hash(&self) -> Hash {
        self.inside().last_hash()
    }

    fn append(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault> {
        if self.full.load(Ordering::SeqCst) {
            return Err(StoreFault::DiskFull { path: PathBuf::from("memory") });
        }
        self.inside().append(entries)
    }

    fn records(&self) -> Records<'_> {
        let records: Vec<_> = self.inside().records().collect();
        Box::new(records.into_iter())
    }

    fn touched(&self, kind: &str, id: [u8; 16]) -> Result<Option<u64>, StoreFault> {
        self.inside().touched(kind, id)
    }

    fn sealed(&self, seq: u64) -> Result<Option<SealedEntry>, StoreFault> {
        self.inside().sealed(seq)
    }

    fn piece(&self, seq: u64, piece: &Piece) -> Result<Option<SealedPiece>, StoreFault> {
        self.inside().piece(seq, piece)
    }

    fn read_only(&self) -> Option<&StoreFault> {
        None
    }
}

/// The fixed moment.
pub fn now() -> Moment {
    Moment::read(NOW).unwrap()
}

/// The demonstration as a store, made once.
fn demo_store() -> MemoryStore {
    static DEMO: OnceLock<MemoryStore> = OnceLock::new();
    DEMO.get_or_init(|| {
        let kept = Kept::default();
        let engine = opened(Box::new(kept.clone()), Outside::seeded(now(), 7)).unwrap();
        fill_demo(&engine.desk(), &Text::new(WHO), now().date()).unwrap();
        drop(engine);
        kept.inside().clone()
    })
    .clone()
}

/// A person at the screen.
pub struct Driver {
    /// The app itself.
    pub app: App,
    /// What was last put on the clipboard.
    pub copied: Option<String>,
    /// True once the app asked to end.
    pub over: bool,
    /// How often the app asked to be suspended.
    pub suspended: usize,
    desk: Desk,
    // The writer works as long as this lives.
    _engine: Engine,
    kept: Kept,
    outside: Outside,
    now: Moment,
    news: Receiver<News>,
    who: Text,
    lang: Lang,
    size: Size,
    buffer: Buffer,
    cursor: Option<Position>,
    dir: TempDir,
}

impl Driver {
    /// Somebody at an empty book, in English, in a window of 100 by 30.
    pub fn empty() -> Self {
        Self::over(Kept::default(), Lang::En, Size::new(100, 30))
    }

    /// Somebody at the demonstration.
    pub fn demo() -> Self {
        Self::over(Kept::over(demo_store()), Lang::En, Size::new(100, 30))
    }

    /// Somebody at an empty book or the demonstration, in this language and window.
    pub fn at(demo: bool, lang: Lang, size: Size) -> Self {
        let kept = if demo { Kept::over(demo_store()) } else { Kept::default() };
        Self::over(kept, lang, size)
    }

    fn over(kept: Kept, lang: Lang, size: Size) -> Self {
        let engine = opened(Box::new(kept.clone()), Outside::seeded(now(), 1)).unwrap();
        let desk = engine.desk();
        let (send, news) = channel();
        desk.watch(move |told| drop(send.send(told)));
        let who = Text::new(WHO);
        let app = start(&desk, &who, lang, size, now());
        let mut driver = Self {
            app,
            copied: None,
            over: false,
            suspended: 0,
            desk,
            _engine: engine,
            kept,
            outside: Outside::seeded(now(), 2),
            now: now(),
            news,
            who,
            lang,
            size,
            buffer: Buffer::empty(Rect::default()),
            cursor: None,
            dir: TempDir::new().unwrap(),
        };
        driver.draw();
        driver
    }

    /// Another person sits down at the same book: the screen is started anew.
    pub fn sit(&mut self, who: &str) {
        self.who = Text::new(who);
        self.app = start(&self.desk, &self.who, self.lang, self.size, self.now);
        self.draw();
    }

    /// So many days pass, and the program is started again.
    pub fn wait_days(&mut self, days: i64) {
        self.now = Moment(self.now.0 + days * 86_400_000);
        let engine = opened(Box::new(self.kept.clone()), Outside::seeded(self.now, 3)).unwrap();
        self.desk = engine.desk();
        self._engine = engine;
        let (send, news) = channel();
        self.desk.watch(move |told| drop(send.send(told)));
        self.news = news;
        self.app = start(&self.desk, &self.who, self.lang, self.size, self.now);
        self.draw();
    }

    /// The placing of the fair on the screen is found while something else has the keyboard.
    pub fn found_meanwhile(&mut self) {
        let fair = self.book().all::<hoicho::domain::Fair>().iter().next().unwrap().id;
        let found = self.arrange(fair, &Seek::Rest);
        self.tell(Msg::Arranged(Box::new(found)));
        self.draw();
    }

    /// Another screen over the same book, as it stands before the next news.
    pub fn second(&self) -> App {
        start(&self.desk, &Text::new("Trần Hoài Nam"), self.lang, self.size, self.now)
    }

    /// Gives the keys to the other screen and what this screen did meanwhile to nobody; says how its act ended.
    pub fn at_second(&mut self, app: &mut App, strokes: &str) -> String {
        std::mem::swap(&mut self.app, app);
        self.keys(strokes);
        let screen = self.screen();
        std::mem::swap(&mut self.app, app);
        screen
    }

    /// From now on every write fails, as on a full disk.
    pub fn fill_the_disk(&self) {
        self.kept.full.store(true, Ordering::SeqCst);
    }

    /// The newest book.
    pub fn book(&self) -> Arc<Book> {
        self.desk.book()
    }

    /// Where exports are written.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// One thing a person does, with all that follows from it, and a new frame.
    pub fn input(&mut self, input: Input) {
        let hovers = matches!(input, Input::Hover { .. });
        self.tell(Msg::Input(input));
        let before = self.buffer.clone();
        let was_stale = self.app.take_stale();
        self.draw();
        assert!(was_stale || self.buffer == before, "the frame changed, and the app did not ask for a new one");
        assert!(!hovers || !was_stale || self.buffer != before, "a frame was asked for that changes nothing");
    }

    /// The pointer goes to a cell with no button down.
    pub fn hover(&mut self, (column, row): (u16, u16)) -> &mut Self {
        self.input(Input::Hover { column, row });
        self
    }

    /// The left button goes down at one cell, the pointer to another, the button up.
    pub fn drag(&mut self, from: (u16, u16), to: (u16, u16)) -> &mut Self {
        let button = Button::Left;
        self.input(Input::Click { column: from.0, row: from.1, button });
        self.input(Input::Drag { column: to.0, row: to.1, button });
        self.input(Input::Release { column: to.0, row: to.1, button });
        self
    }

    /// The wheel turns over a cell.
    pub fn wheel(&mut self, (column, row): (u16, u16), up: bool) -> &mut Self {
        self.input(Input::Wheel { column, row, up });
        self
    }

    /// The cell of the first place where the screen says this.
    #[track_caller]
    pub fn cell_of(&self, words: &str) -> (u16, u16) {
        self.find(words).unwrap_or_else(|| panic!("nothing says “{words}”\n{}", self.screen()))
    }

    /// Keys whose acts are not answered yet; what the app asked for meanwhile.
    pub fn unanswered(&mut self, strokes: &str) -> Vec<Effect> {
        let inputs = strokes.split_whitespace().map(|stroke| Input::Key(stroke.parse::<Key>().unwrap()));
        let asked = inputs.flat_map(|input| self.app.update(Msg::Input(input))).collect();
        self.draw();
        asked
    }

    /// The answers come.
    pub fn answer(&mut self, asked: Vec<Effect>) -> &mut Self {
        for effect in asked {
            let answer = self.perform(effect);
            for told in self.news.try_iter().collect::<Vec<_>>() {
                if let News::Book(book) = told {
                    drop(self.app.update(Msg::Book(book)));
                }
            }
            answer.into_iter().for_each(|msg| self.tell(msg));
        }
        self.draw();
        self
    }

    fn tell(&mut self, msg: Msg) {
        let mut waiting = vec![msg];
        while let Some(msg) = waiting.pop() {
            for effect in self.app.update(msg) {
                let answer = self.perform(effect);
                // A book is seen before the answer that brought it, as the writer tells them.
                for told in self.news.try_iter().collect::<Vec<_>>() {
                    let news = match told {
                        News::Book(book) => Msg::Book(book),
                        News::ReadOnly(why) => Msg::ReadOnly(why),
                    };
                    assert!(self.app.update(news).iter().all(|effect| self.is_reading(effect)));
                }
                waiting.extend(answer);
            }
        }
    }

    /// A newer book asks at most for the journal, which the next frame of History asks for again.
    fn is_reading(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::Entries(..))
    }

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        let who = self.who.clone();
        match effect {
            Effect::Submit(ticket, intent, signature) => {
                let made = signing::signed(&self.desk.book(), *intent, signature.map(|found| *found), [7; 32]);
                let came = match made {
                    Ok((signer, intent)) => self.desk.act_signed(&who, signer, intent),
                    Err(refusal) => Err(refusal.into()),
                };
                Some(outcome(ticket, came))
            }
            Effect::TakeBack(ticket, redo) => {
                Some(outcome(ticket, self.desk.wait(|desk, answer| desk.take_back(who, redo, answer))))
            }
            Effect::Entries(from, to) => {
                let entries = self.desk.wait(|desk, answer| desk.entries(from, to, answer));
                Some(Msg::Entries(entries.map_err(|failure| failure.words())))
            }
            Effect::RecordHistory(kind, id) => {
                let entries = self.desk.wait(|desk, answer| desk.history(kind, id, answer));
                Some(Msg::RecordHistory(kind, id, entries.map_err(|failure| failure.words())))
            }
            Effect::Preview(ticket, file) => Some(Msg::Previewed(ticket, Box::new(self.preview(&file)))),
            Effect::ReadFile(ticket, wanted, path) => {
                Some(Msg::FileRead(ticket, Box::new(self.read_file(&wanted, &path))))
            }
            Effect::Write(path, bytes) => Some(Msg::Written(self.write(&path, &bytes))),
            Effect::Arrange(fair, seek) => Some(Msg::Arranged(Box::new(self.arrange(fair, &seek)))),
            Effect::Explain(fair, registration) => {
                let book = self.desk.book();
                let lines = hoicho::engine::placing::reasons(&book, fair, book.at.date(), registration);
                Some(Msg::Explained(registration, lines.map_err(|refusal| refusal.words())))
            }
            Effect::PlanMeetings(conference, planning) => {
                let found = hoicho::domain::conference::from_book::propose(&self.book(), conference, planning);
                Some(Msg::MeetingsPlanned(Box::new(found.map_err(|refusal| refusal.words()))))
            }
            Effect::EndArranging => None,
            Effect::Copy(text) => {
                self.copied = Some(text);
                None
            }
            Effect::Suspend => {
                self.suspended += 1;
                None
            }
            Effect::Quit => {
                self.over = true;
                None
            }
        }
    }

    fn arrange(&self, fair: Id, seek: &Seek) -> Result<Vec<Proposal>, Words> {
        let book = self.desk.book();
        let stop = AtomicBool::new(false);
        let effort = Effort { seconds: 2, seed: 1, stop: &stop };
        sought(&book, fair, book.at.date(), seek, effort, |_, _| {}).map_err(|refusal| refusal.words())
    }

    /// Files lie in the session's own directory; what is no file there is taken as typed.
    fn preview(&self, file: &ImportFile) -> Result<Preview, Words> {
        let name = file.path.to_string_lossy();
        let inside = file.path.file_name().map(|name| self.dir.path().join(name));
        let bytes = match (inside.and_then(|path| std::fs::read(path).ok()), &file.typed) {
            (Some(bytes), _) => bytes,
            (None, Some(typed)) => typed.clone().into_bytes(),
            (None, None) => return Err(Words::same(format!("{name}?"))),
        };
        let env = Env::new(self.outside.now(), self.who.clone(), self.outside.chance());
        let source = Source { fair: file.fair, decisions: &file.decisions, ..Source::of(&name, &bytes) };
        preview_file(&self.desk.book(), file.kind, source, &env).map_err(|refusal| refusal.words())
    }

    /// Looks into a file of the session's own directory.
    fn read_file(&self, wanted: &FileUse, path: &Path) -> Result<FileRead, Words> {
        let inside = |path: &Path| self.dir.path().join(path.file_name().unwrap_or_default());
        look(&self.desk.book(), wanted, &inside(path), |path| std::fs::read(inside(path)))
    }

    /// Only the last part of the path counts, so that no key sequence can write outside the session's directory.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<PathBuf, Words> {
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        std::fs::write(self.dir.path().join(&name), bytes).map_err(|error| Words::same(error.to_string()))?;
        Ok(name)
    }

    fn draw(&mut self) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        let (hits, cursor) = view::draw(&self.app, &mut buffer);
        self.app.hits = hits;
        self.cursor = cursor;
        self.buffer = buffer;
    }

    /// Strokes as a keymap writes them, with spaces between: `2 tab e ctrl+s`.
    pub fn keys(&mut self, strokes: &str) -> &mut Self {
        for stroke in strokes.split_whitespace() {
            let key: Key = stroke.parse().unwrap_or_else(|_| panic!("{stroke} is no key"));
            self.input(Input::Key(key));
        }
        self
    }

    /// A text typed letter by letter.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.nfc() {
            self.input(Input::Key(Key::char(letter)));
        }
        self
    }

    /// A text as an input method for Vietnamese types it: each word first plain, its marks put on by going back over
    /// it with Backspace and typing it again.
    pub fn ime(&mut self, text: &str) -> &mut Self {
        self.ime_with(text, KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE))
    }

    /// The same by an input method that goes back with the byte 0x08, which arrives as Ctrl+H.
    pub fn ime_ctrl_h(&mut self, text: &str) -> &mut Self {
        self.ime_with(text, KeyEvent::new(KeyCode::Char('h'), KeyModifiers::CONTROL))
    }

    fn ime_with(&mut self, text: &str, back: KeyEvent) -> &mut Self {
        let back = from_crossterm(Event::Key(back)).unwrap();
        for (place, word) in text.split(' ').enumerate() {
            if place > 0 {
                self.text(" ");
            }
            let letters: Vec<char> = word.nfc().collect();
            for letter in &letters {
                let plain = plain(*letter);
                self.text(&plain.to_string());
                if plain != *letter {
                    self.input(back.clone());
                    self.text(&letter.to_string());
                }
            }
            // The tone is struck at the end of the word: back to its vowel and over the rest again.
            if let Some(first) = letters.iter().position(|letter| !letter.is_ascii()) {
                let rest: String = letters.iter().skip(first).collect();
                for _ in rest.chars() {
                    self.input(back.clone());
                }
                self.text(&rest);
            }
        }
        self
    }

    /// A bracketed paste.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.input(Input::Text(clean_paste(text)));
        self
    }

    /// Goes to the line of the open form with this label by Tab, and types over what stands there.
    pub fn fill(&mut self, label: &str, text: &str) -> &mut Self {
        self.seek(label);
        self.text(text)
    }

    /// Goes to the line of the open form with this label, by Tab and then by Shift+Tab.
    pub fn seek(&mut self, label: &str) -> &mut Self {
        for stroke in ["tab", "shift+tab"] {
            for _ in 0..40 {
                if self
                    .cursor_line()
                    .is_some_and(|line| line.trim_start_matches(['│', '┃', '║', ' ']).starts_with(label))
                {
                    return self;
                }
                self.keys(stroke);
            }
        }
        panic!("no line {label} in the form\n{}", self.screen())
    }

    fn cursor_line(&self) -> Option<String> {
        self.cursor.map(|cursor| self.row(cursor.y)).map(|row| {
            // A form stands in the middle: what is left of its frame does not count.
            let framed = row.split_once('║').or_else(|| row.split_once(['│', '┃']));
            framed.map_or(row.clone(), |(_, inside)| inside.to_owned())
        })
    }

    /// Clicks on the first place where the screen says this.
    pub fn click(&mut self, words: &str) -> &mut Self {
        let Some((column, row)) = self.find(words) else { panic!("nothing says “{words}”\n{}", self.screen()) };
        self.input(Input::Click { column, row, button: Button::Left });
        self.input(Input::Release { column, row, button: Button::Left });
        self
    }

    fn find(&self, words: &str) -> Option<(u16, u16)> {
        (0..self.size.height).find_map(|y| {
            let mut line = String::new();
            let mut starts = Vec::new();
            for x in 0..self.size.width {
                starts.push((line.len(), x));
                line.push_str(self.buffer[(x, y)].symbol());
            }
            let at = line.find(words)?;
            starts.iter().find(|(start, _)| *start == at).map(|(_, x)| (*x, y))
        })
    }

    /// The window gets another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = Size::new(columns, rows);
        self.input(Input::Resize { columns, rows });
        self
    }

    /// One row of the screen as text.
    pub fn row(&self, y: u16) -> String {
        let mut line = String::new();
        let mut hidden = 0;
        for x in 0..self.size.width {
            let symbol = self.buffer[(x, y)].symbol();
            // The second cell of a wide letter says nothing.
            if hidden == 0 {
                line.push_str(symbol);
                hidden = hoicho::base::text::width(symbol).saturating_sub(1);
            } else {
                hidden -= 1;
            }
        }
        line.trim_end().to_owned()
    }

    /// The whole screen as text.
    pub fn screen(&self) -> String {
        let rows: Vec<String> = (0..self.size.height).map(|y| self.row(y)).collect();
        rows.join("\n")
    }

    /// The status line.
    pub fn status(&self) -> String {
        self.row(self.size.height.saturating_sub(2))
    }

    /// The records that a command would be about.
    pub fn chosen(&self) -> Vec<Id> {
        self.app.chosen()
    }

    /// The last frame, cell by cell.
    pub const fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The screen says this.
    #[track_caller]
    pub fn expect(&mut self, words: &str) -> &mut Self {
        assert!(self.screen().contains(words), "the screen does not say “{words}”\n{}", self.screen());
        self
    }

    /// The screen does not say this.
    #[track_caller]
    pub fn expect_not(&mut self, words: &str) -> &mut Self {
        assert!(!self.screen().contains(words), "the screen says “{words}”\n{}", self.screen());
        self
    }
}

fn start(desk: &Desk, who: &Text, lang: Lang, size: Size, now: Moment) -> App {
    App::new(Start {
        book: desk.book(),
        now,
        who: who.clone(),
        lang,
        theme: "dark".to_owned(),
        size,
        read_only: desk.stopped().cloned(),
    })
}

fn outcome(ticket: Ticket, result: Result<Receipt, Failure>) -> Msg {
    Msg::Outcome(
        ticket,
        result.map(|receipt| Stored { words: receipt.words, may_be_undone: receipt.may_be_undone }).map_err(
            |failure| match failure {
                Failure::Refused(refusal) => Fault::Refused(refusal),
                Failure::Book { words, .. } => Fault::Failed(words),
            },
        ),
    )
}

/// The letter without its marks, in its own case.
fn plain(letter: char) -> char {
    match letter {
        'đ' => 'd',
        'Đ' => 'D',
        _ => letter.nfd().next().filter(char::is_ascii).unwrap_or(letter),
    }
}
