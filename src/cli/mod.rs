//! The shell: from arguments to an exit code. Everything the screens can do, a script can do.
//!
//! The command line is made from the two tables ([`grammar`]); each command gives text or JSON, and one place prints it.

mod bank;
mod board;
mod book;
mod capture;
mod conference;
mod contact;
mod demo;
mod draw;
mod evidence;
pub mod exit;
mod export;
mod fault;
mod files;
mod floor;
pub mod grammar;
mod import;
mod matching;
mod money;
mod noun;
pub mod output;
mod passphrase;
mod place;
mod print;
mod report;
mod scheme;
mod subsidy;
mod verbs;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Lang;
use crate::domain::book::{Book, clock_behind};
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::engine::env::Settings;
use crate::engine::{Desk, Engine, Outside, back_up_daily, open};
use crate::say;
use crate::store::OpenMode;
use exit::{Exit, Trouble};

/// What is left to do when the shell has done its part.
#[derive(Debug)]
pub enum Ending {
    /// Nothing: the program ends with this code.
    Exit(Exit),
    /// Open the screen.
    Screen(Box<Start>),
}

/// What the screen starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The environment, with what the command line said instead.
    pub settings: Settings,
}

/// What a command has to say.
enum Said {
    /// Text or JSON for standard output.
    Text(String),
    /// A file for standard output.
    Bytes(Vec<u8>),
    /// Text, and then the screen.
    Screen(String, Box<Start>),
}

/// What every command knows.
struct Shell {
    settings: Settings,
    json: bool,
    at: Option<Date>,
    /// `--passphrase-file`.
    passphrase_file: Option<PathBuf>,
    /// True when `--book` names a book.
    book_named: bool,
}

/// Does what the command line says.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>, settings: Settings) -> Ending {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = spoken(&args).unwrap_or(settings.lang);
    exit::guard_against_bugs(lang);
    let json = args.iter().any(|arg| arg == "--json");
    let settings = Settings { lang, ..settings };
    let ending = match grammar::grammar(lang).try_get_matches_from(args) {
        Ok(matches) => begin(&matches, settings),
        Err(error) if !error.use_stderr() => Ok(Said::Text(error.render().to_string())),
        Err(error) => Err(fault::of_clap(&error)),
    };
    end(ending, lang, json)
}

/// Prints what there is to say.
fn end(said: Result<Said, Trouble>, lang: Lang, json: bool) -> Ending {
    let (bytes, ending) = match said {
        Ok(Said::Text(text)) => (text.into_bytes(), Ending::Exit(Exit::Done)),
        Ok(Said::Bytes(bytes)) => (bytes, Ending::Exit(Exit::Done)),
        Ok(Said::Screen(text, start)) => (text.into_bytes(), Ending::Screen(start)),
        Err(trouble) => {
            output::print_error(&trouble.told(lang, json));
            return Ending::Exit(trouble.exit);
        }
    };
    match output::print(&bytes) {
        Ok(()) => ending,
        Err(error) => {
            let trouble = Trouble::file(std::path::Path::new("stdout"), &error);
            output::print_error(&trouble.told(lang, json));
            Ending::Exit(Exit::Disk)
        }
    }
}

/// The language that the arguments ask for, found before they are understood, so that mistakes are told in it.
fn spoken(args: &[OsString]) -> Option<Lang> {
    let mut found = None;
    let mut rest = args.iter().map(OsString::as_os_str);
    while let Some(arg) = rest.next() {
        let value = match arg.to_str() {
            Some("--lang") => rest.next().and_then(OsStr::to_str),
            Some(arg) => arg.strip_prefix("--lang="),
            None => None,
        };
        found = value.and_then(Lang::read).or(found);
    }
    found
}

fn begin(matches: &ArgMatches, settings: Settings) -> Result<Said, Trouble> {
    let mut deepest = matches;
    while let Some((_, below)) = deepest.subcommand() {
        deepest = below;
    }
    let shell = Shell::new(deepest, settings)?;
    let Some((name, below)) = matches.subcommand() else {
        return Ok(Said::Screen(String::new(), Box::new(shell.start())));
    };
    match (Kind::read(name), below.subcommand()) {
        (Some(Kind::Contact), Some((verb, below))) if contact::VERBS.contains(&verb) => {
            contact::run(&shell, verb, below)
        }
        (Some(Kind::Scheme), Some((verb, below))) if scheme::VERBS.contains(&verb) => scheme::run(&shell, verb, below),
        (Some(kind), Some((verb, below))) if bank::is_ours(kind, verb) => bank::run(&shell, verb, below),
        (Some(kind), Some((verb, below))) if evidence::is_ours(kind, verb) => evidence::run(&shell, verb, below),
        (Some(kind), Some((verb, below))) if money::is_ours(kind, verb) => money::run(&shell, kind, below),
        (Some(kind), Some((verb, below))) if subsidy::is_ours(kind, verb) => subsidy::run(&shell, kind, verb, below),
        (Some(Kind::Lead), Some((verb, below))) if matching::VERBS.contains(&verb) => {
            matching::run(&shell, verb, below)
        }
        (Some(Kind::Conference), Some((verb, below))) if conference::VERBS.contains(&verb) => {
            conference::run(&shell, verb, below)
        }
        (Some(kind), Some((verb, below))) => noun::run(&shell, kind, verb, below),
        _ => match name {
            "import" => import::run(&shell, below),
            "export" => export::run(&shell, below),
            "floor" => floor::run(&shell, below),
            "report" => report::report(&shell, below),
            "today" => report::today(&shell),
            "capture" => capture::run(&shell, below),
            "place" => place::run(&shell, below),
            "print" => print::run(&shell, below),
            "demo" => demo::run(&shell, below),
            _ => book::run(&shell, name, below),
        },
    }
}

impl Shell {
    fn new(matches: &ArgMatches, mut settings: Settings) -> Result<Self, Trouble> {
        if settings.now_unreadable {
            return Err(Trouble::wrong_use(
                "clock-unreadable",
                "HOICHO_NOW",
                say!("HOICHO_NOW không phải là một thời điểm.", "HOICHO_NOW is no moment."),
                say!("Ghi như 2026-11-23T09:00:00+07:00.", "Write it as 2026-11-23T09:00:00+07:00."),
            ));
        }
        let book_named = matches.contains_id("book");
        if let Some(book) = matches.get_one::<PathBuf>("book") {
            settings.book.clone_from(book);
        }
        if let Some(who) = matches.get_one::<String>("as") {
            settings.who = Text::new(who);
        }
        if let Some(theme) = matches.get_one::<String>("theme") {
            settings.theme = Some(theme.clone());
        }
        let passphrase_file = matches.get_one::<PathBuf>("passphrase-file").cloned();
        let mut shell = Self { settings, json: matches.get_flag("json"), at: None, passphrase_file, book_named };
        if let Some(written) = matches.get_one::<String>("at") {
            shell.at = Some(shell.day("at", written)?);
        }
        Ok(shell)
    }

    /// The day that an argument names.
    fn day(&self, argument: &str, written: &str) -> Result<Date, Trouble> {
        let reader = Reader { book: &Book::default(), today: self.today(), fair: None };
        let Refusal { code, what, fix, .. } = match reader.read_day(written) {
            Ok(day) => return Ok(day),
            Err(refusal) => refusal,
        };
        Err(Trouble::wrong_use(code, argument, what, fix))
    }

    const fn lang(&self) -> Lang {
        self.settings.lang
    }

    fn start(&self) -> Start {
        Start { settings: self.settings.clone() }
    }

    const fn outside(&self) -> Outside {
        Outside::new(self.settings.now)
    }

    /// The day that commands reckon with: today, or the day of `--at`.
    fn today(&self) -> Date {
        self.at.unwrap_or_else(|| self.outside().now().date())
    }

    fn open(&self) -> Result<Engine, Trouble> {
        Ok(open(&self.settings.book, OpenMode::Existing, &self.settings.who, self.outside())?)
    }

    /// Opens the book to store something.
    fn open_to_store(&self) -> Result<Engine, Trouble> {
        self.now_only()?;
        let engine = self.open()?;
        let (desk, now) = (engine.desk(), self.outside().now());
        if let Some(words) = clock_behind(&desk.book(), now).filter(|_| !self.json) {
            output::print_error(&format!("{}\n", words.in_lang(self.lang())));
        }
        back_up_daily(&desk, &self.settings.book, now.date());
        Ok(engine)
    }

    /// Refuses `--at` where a command is not about looking.
    fn now_only(&self) -> Result<(), Trouble> {
        if self.at.is_none() {
            return Ok(());
        }
        Err(Trouble::wrong_use(
            "past-not-changed",
            "at",
            say!("--at chỉ để xem: quá khứ không sửa được.", "--at only looks: the past is not changed."),
            say!("Bỏ --at, hoặc dùng list, show, report, today.", "Leave --at out, or use list, show, report, today."),
        ))
    }

    /// The last moment that is looked at: the end of the day of `--at`.
    fn until(&self) -> Moment {
        let next = self.at.and_then(|day| day.succ_opt());
        next.map_or(Moment(i64::MAX), |next| Moment(Moment::start_of(next).0 - 1))
    }

    /// The book to look at: as it is, or as it was at the end of the day of `--at`.
    fn seen(&self, desk: &Desk) -> Result<Arc<Book>, Trouble> {
        if self.at.is_none() {
            return Ok(desk.book());
        }
        let end = self.until();
        Ok(Arc::new(desk.wait(|desk, answer| desk.past(end, answer))?))
    }

    /// How values are read: with the fair that the command names, if it names one.
    fn reader<'a>(&self, book: &'a Book, matches: &ArgMatches) -> Result<Reader<'a>, Trouble> {
        let reader = Reader { book, today: self.today(), fair: None };
        let fair = match matches.try_get_one::<String>("fair") {
            Ok(Some(written)) if !written.is_empty() => {
                Some(reader.read_link(Kind::Fair, written).map_err(|refusal| refusal.at("fair"))?)
            }
            _ => None,
        };
        Ok(Reader { fair, ..reader })
    }
}

/// The records that a command names.
fn records(reader: &Reader<'_>, kind: Kind, matches: &ArgMatches) -> Result<Vec<Id>, Trouble> {
    let Ok(Some(written)) = matches.try_get_many::<String>(grammar::RECORD) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for text in written {
        let id = reader.read_link(kind, text).map_err(|refusal| refusal.at("record"))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The one record that a command names.
fn one_record(reader: &Reader<'_>, kind: Kind, matches: &ArgMatches) -> Result<Id, Trouble> {
    let written = matches.get_one::<String>(grammar::RECORD).map(String::as_str).unwrap_or_default();
    Ok(reader.read_link(kind, written).map_err(|refusal| refusal.at("record"))?)
}
