//! The loop: waits for what comes, hands it to the app, does what the app asks for, draws once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use ratatui::layout::Size;

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::form::Signature;
use crate::command::{FileUse, Seek};
use crate::domain::conference::from_book::{Planning, propose};
use crate::domain::env::Env;
use crate::domain::intent::Intent;
use crate::engine::env::from_home;
use crate::engine::import::{Source, preview_file};
use crate::engine::placing::{Effort, reasons, sought};
use crate::engine::{Desk, Failure, News, Outside, Receipt, signing};
use crate::exchange::preview::Preview;
use crate::exchange::read::unreadable;
use crate::tui::app::{App, Start};
use crate::tui::effect::{Effect, Fault, ImportFile, Msg, Stored, Ticket};
use crate::tui::files::look;
use crate::tui::term::{CrashPlan, EndSignal, Screen, TerminalWishes, on_panic, watch_input, watch_signals};
use crate::tui::view;

/// How many messages are taken before a frame is drawn.
const BATCH_MAX: usize = 4_096;

/// How long a placing is looked for at the screen.
const ARRANGE_SECONDS: u32 = 15;
/// How long a placing is looked for that moves few.
const TRY_SECONDS: u32 = 6;

/// What the screen is started with.
pub struct Wishes {
    /// Who sits here.
    pub who: Text,
    /// The language.
    pub lang: Lang,
    /// The theme's name.
    pub theme: String,
    /// `TERM`.
    pub term: String,
    /// Where a crash is reported.
    pub crash_file: PathBuf,
    /// The clock and chance.
    pub outside: Arc<Outside>,
}

/// Runs the screen until it is left.
///
/// # Errors
/// When the terminal cannot be used; the words say why.
pub fn run(desk: &Desk, wishes: &Wishes) -> Result<(), Words> {
    on_panic(crash_plan(wishes));
    let trouble = |error: std::io::Error| {
        crate::say!("Không dùng được màn hình: {error}.", "The terminal cannot be used: {error}.")
    };
    let asked = TerminalWishes { kitty: true, mouse: true }.within(Some(&wishes.term));
    let mut screen = Screen::open(asked).map_err(trouble)?;
    let (send, received) = channel();
    watch(desk, &send).map_err(trouble)?;
    let size = screen.size().map_err(trouble)?;
    let mut app = App::new(Start {
        book: desk.book(),
        now: wishes.outside.now(),
        who: wishes.who.clone(),
        lang: wishes.lang,
        theme: wishes.theme.clone(),
        size: Size::new(size.width, size.height),
        read_only: desk.stopped().cloned(),
    });
    let mut worker = Worker { desk, wishes, send: &send, stop: Arc::default() };
    turn(&mut app, &mut screen, &received, &mut worker).map_err(trouble)
}

/// Input, signals and news of the book all come through one channel.
fn watch(desk: &Desk, send: &Sender<Msg>) -> std::io::Result<()> {
    let input = send.clone();
    watch_input(move |event| match event {
        Ok(event) => input.send(Msg::Input(event)).is_ok(),
        // A terminal that is gone ends the program; everything stored stays.
        Err(_) => {
            let _ = input.send(Msg::End);
            false
        }
    })?;
    let signals = send.clone();
    watch_signals(move |signal| match signal {
        EndSignal::Terminate | EndSignal::HangUp => signals.send(Msg::End).is_ok(),
    })?;
    let news = send.clone();
    desk.watch(move |told| {
        let _ = news.send(match told {
            News::Book(book) => Msg::Book(book),
            News::ReadOnly(why) => Msg::ReadOnly(why),
        });
    });
    Ok(())
}

fn turn(app: &mut App, screen: &mut Screen, received: &Receiver<Msg>, worker: &mut Worker<'_>) -> std::io::Result<()> {
    frame(app, screen)?;
    while let Some(first) = next_message(app, received) {
        app.update(Msg::Now(worker.wishes.outside.now()));
        let mut next = Some(first);
        let mut taken = 0;
        while let Some(msg) = next {
            for effect in app.update(msg) {
                match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Suspend => screen.suspend()?,
                    Effect::Copy(text) => drop(screen.copy(&text)?),
                    other => worker.start(other, app),
                }
            }
            taken += 1;
            next = if taken < BATCH_MAX { received.try_recv().ok() } else { None };
        }
        if app.take_stale() {
            frame(app, screen)?;
        }
    }
    Ok(())
}

/// The next message; until it comes, what later keys will need is made ready. None when nothing can come any more.
fn next_message(app: &mut App, received: &Receiver<Msg>) -> Option<Msg> {
    loop {
        match received.try_recv() {
            Ok(first) => return Some(first),
            Err(TryRecvError::Empty) if app.spare_work() => {}
            Err(TryRecvError::Empty) => return received.recv().ok(),
            Err(TryRecvError::Disconnected) => return None,
        }
    }
}

fn frame(app: &mut App, screen: &mut Screen) -> std::io::Result<()> {
    let mut hits = crate::tui::hit::Hits::new();
    screen.draw(|frame| {
        let (found, cursor) = view::draw(app, frame.buffer_mut());
        hits = found;
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    })?;
    app.hits = hits;
    Ok(())
}

/// Does what the app asks for, each answer coming back through the channel.
struct Worker<'a> {
    desk: &'a Desk,
    wishes: &'a Wishes,
    send: &'a Sender<Msg>,
    /// Set when the search for a placing is to end.
    stop: Arc<AtomicBool>,
}

impl Worker<'_> {
    fn start(&mut self, effect: Effect, app: &App) {
        let send = self.send.clone();
        let who = self.wishes.who.clone();
        match effect {
            Effect::Submit(ticket, intent, signature) => self.submit(ticket, *intent, signature, who),
            Effect::TakeBack(ticket, redo) => self.desk.take_back(who, redo, move |result| {
                let _ = send.send(Msg::Outcome(ticket, result.map(stored).map_err(fault)));
            }),
            Effect::Entries(from, to) => self.desk.entries(from, to, move |result| {
                let _ = send.send(Msg::Entries(result.map_err(|failure| failure.words())));
            }),
            Effect::RecordHistory(kind, id) => self.desk.history(kind, id, move |result| {
                let _ = send.send(Msg::RecordHistory(kind, id, result.map_err(|failure| failure.words())));
            }),
            Effect::Preview(ticket, file) => self.preview(ticket, file, app),
            Effect::Arrange(fair, seek) => self.arrange(fair, seek, app),
            Effect::Explain(fair, registration) => self.explain(fair, registration, app),
            Effect::ReadFile(ticket, wanted, path) => self.read_file(ticket, wanted, path, app),
            Effect::PlanMeetings(conference, planning) => self.plan_meetings(conference, planning, app),
            Effect::EndArranging => self.stop.store(true, Ordering::Relaxed),
            Effect::Write(path, bytes) => {
                let path = from_home(&path);
                let written = write_new(&path, &bytes).map(|()| path);
                let _ = send.send(Msg::Written(written));
            }
            Effect::Copy(_) | Effect::Suspend | Effect::Quit => {}
        }
    }

    /// Looks for a placing in a thread of its own: typing never waits for it.
    fn arrange(&self, fair: Id, seek: Seek, app: &App) {
        let (send, book, today) = (self.send.clone(), Arc::clone(&app.book), self.wishes.outside.now().date());
        let stop = Arc::clone(&self.stop);
        stop.store(false, Ordering::Relaxed);
        let told = send.clone();
        let seconds = if seek == Seek::Rest { ARRANGE_SECONDS } else { TRY_SECONDS };
        let work = move || {
            let heard = std::sync::Mutex::new(0_u32);
            let effort = Effort { seconds, seed: 1, stop: &stop };
            let found = sought(&book, fair, today, &seek, effort, |spent, _| {
                // Every per cent is told once; a better plan may come a thousand times a second.
                if let Ok(mut last) = heard.lock()
                    && spent >= *last + 10
                {
                    *last = spent;
                    let _ = send.send(Msg::Arranging(spent));
                }
            });
            let _ = send.send(Msg::Arranged(Box::new(found.map_err(|refusal| refusal.words()))));
        };
        if let Err(error) = std::thread::Builder::new().name("placing".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::Arranged(Box::new(Err(words))));
        }
    }

    /// Finds the reasons in a thread of its own.
    fn explain(&self, fair: Id, registration: Id, app: &App) {
        let (send, book, today) = (self.send.clone(), Arc::clone(&app.book), self.wishes.outside.now().date());
        let told = send.clone();
        let work = move || {
            let lines = reasons(&book, fair, today, registration).map_err(|refusal| refusal.words());
            let _ = send.send(Msg::Explained(registration, lines));
        };
        if let Err(error) = std::thread::Builder::new().name("reasons".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::Explained(registration, Err(words)));
        }
    }

    /// Looks for a timetable in a thread of its own.
    fn plan_meetings(&self, conference: Id, planning: Planning, app: &App) {
        let (send, book) = (self.send.clone(), Arc::clone(&app.book));
        let told = send.clone();
        let work = move || {
            let found = propose(&book, conference, planning).map_err(|refusal| refusal.words());
            let _ = send.send(Msg::MeetingsPlanned(Box::new(found)));
        };
        if let Err(error) = std::thread::Builder::new().name("timetable".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::MeetingsPlanned(Box::new(Err(words))));
        }
    }

    /// Sends an act; a signature is verified in a thread of its own, because that takes time on purpose.
    fn submit(&self, ticket: Ticket, intent: Intent, signature: Option<Box<Signature>>, who: Text) {
        let send = self.send.clone();
        let answer = move |result: Result<Receipt, Failure>| {
            let _ = send.send(Msg::Outcome(ticket, result.map(stored).map_err(fault)));
        };
        let Some(signature) = signature else { return self.desk.submit(who, intent, answer) };
        let (desk, chance) = (self.desk.clone(), self.wishes.outside.chance());
        let told = self.send.clone();
        let work = move || match signing::signed(&desk.book(), intent, Some(*signature), chance) {
            Ok((signer, intent)) => desk.submit_signed(who, signer, intent, answer),
            Err(refusal) => answer(Err(refusal.into())),
        };
        if let Err(error) = std::thread::Builder::new().name("signing".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::Outcome(ticket, Err(Fault::Failed(words))));
        }
    }

    /// Looks into a file in a thread of its own: typing never waits for it.
    fn read_file(&self, ticket: Ticket, wanted: FileUse, path: PathBuf, app: &App) {
        let (send, book) = (self.send.clone(), Arc::clone(&app.book));
        let told = send.clone();
        let work = move || {
            let path = from_home(&path);
            let path = std::path::absolute(&path).unwrap_or(path);
            let found = look(&book, &wanted, &path, |path| std::fs::read(path));
            let _ = send.send(Msg::FileRead(ticket, Box::new(found)));
        };
        if let Err(error) = std::thread::Builder::new().name("reading".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::FileRead(ticket, Box::new(Err(words))));
        }
    }

    /// Reads and tries a file in a thread of its own: typing never waits for it.
    fn preview(&self, ticket: Ticket, file: ImportFile, app: &App) {
        let (send, book) = (self.send.clone(), Arc::clone(&app.book));
        let outside = &self.wishes.outside;
        let env = Env::new(outside.now(), self.wishes.who.clone(), outside.chance());
        let told = send.clone();
        let work = move || {
            let preview = read_preview(&file, &book, &env);
            let _ = send.send(Msg::Previewed(ticket, Box::new(preview)));
        };
        if let Err(error) = std::thread::Builder::new().name("preview".into()).spawn(work) {
            let words = crate::say!("Máy không cho thêm luồng: {error}.", "The machine gives no thread: {error}.");
            let _ = told.send(Msg::Previewed(ticket, Box::new(Err(words))));
        }
    }
}

fn read_preview(file: &ImportFile, book: &crate::domain::book::Book, env: &Env) -> Result<Preview, Words> {
    let name = file.path.to_string_lossy();
    let bytes = match (std::fs::read(from_home(&file.path)), &file.typed) {
        (Ok(bytes), _) => bytes,
        (Err(_), Some(typed)) => typed.clone().into_bytes(),
        (Err(error), None) => return Err(unreadable(&file.path, &error).words()),
    };
    let source = Source { fair: file.fair, decisions: &file.decisions, ..Source::of(&name, &bytes) };
    preview_file(book, file.kind, source, env).map_err(|refusal| refusal.words())
}

/// Writes a file that is not there yet: an export never takes another file's place.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Words> {
    use std::io::Write as _;
    let made = std::fs::File::create_new(path).and_then(|mut file| file.write_all(bytes));
    made.map_err(|error| {
        let path = path.display();
        crate::say!(
            "Không ghi được {path}: {error}. Chọn tên khác.",
            "{path} cannot be written: {error}. Choose another name."
        )
    })
}

fn stored(receipt: Receipt) -> Stored {
    Stored { words: receipt.words, may_be_undone: receipt.may_be_undone }
}

fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Refused(refusal) => Fault::Refused(refusal),
        Failure::Book { words, .. } => Fault::Failed(words),
    }
}

fn crash_plan(wishes: &Wishes) -> CrashPlan {
    let file = wishes.crash_file.clone();
    let shown = file.display().to_string();
    let words = crate::say!(
        "hoicho gặp lỗi và phải dừng. Mọi việc đã báo xong đều còn trong sổ. Chi tiết ở {shown}.",
        "hoicho met a bug and had to stop. Everything it said was done is in the book. Details are in {shown}."
    );
    CrashPlan {
        file,
        opening: Box::new(|| format!("hoicho {}", env!("CARGO_PKG_VERSION"))),
        paragraph: words.in_lang(wishes.lang).to_owned(),
    }
}
