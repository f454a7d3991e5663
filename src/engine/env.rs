//! The one door for time, chance, the person's name and the settings of the environment.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use crate::base::dates::Moment;
use crate::base::secret::Secret;
use crate::base::text::Text;
use crate::base::words::Lang;

/// Where time and chance come from.
#[derive(Debug, Default)]
pub struct Outside {
    /// A clock that stands still, for tests and demonstrations.
    fixed: Option<Moment>,
    /// Chance that repeats, for tests.
    seed: Option<u64>,
    drawn: AtomicU64,
}

impl Outside {
    /// The machine's clock, unless `now` fixes it, and the machine's chance.
    #[must_use]
    pub const fn new(now: Option<Moment>) -> Self {
        Self { fixed: now, seed: None, drawn: AtomicU64::new(0) }
    }

    /// A clock that stands still and chance that repeats.
    #[must_use]
    pub const fn seeded(now: Moment, seed: u64) -> Self {
        Self { fixed: Some(now), seed: Some(seed), drawn: AtomicU64::new(0) }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.fixed.unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        })
    }

    /// 32 bytes of chance.
    #[must_use]
    pub fn chance(&self) -> [u8; 32] {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut bytes = [0_u8; 32];
        match self.seed {
            Some(seed) => {
                bytes[..8].copy_from_slice(&seed.to_be_bytes());
                bytes[8..16].copy_from_slice(&drawn.to_be_bytes());
            }
            // Without the machine's chance, time and the running number still keep identities apart.
            None if getrandom::fill(&mut bytes).is_err() => {
                bytes[..8].copy_from_slice(&self.now().0.to_be_bytes());
                bytes[8..16].copy_from_slice(&drawn.to_be_bytes());
                bytes[16..20].copy_from_slice(&std::process::id().to_be_bytes());
            }
            None => {}
        }
        *blake3::hash(&bytes).as_bytes()
    }
}

/// What the environment says, read once at the start.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `HOICHO_BOOK`, else the book in the person's data directory.
    pub book: PathBuf,
    /// `HOICHO_LANG`, else the locale, else Vietnamese.
    pub lang: Lang,
    /// `HOICHO_USER`, else the system's name for the person.
    pub who: Text,
    /// `HOICHO_NOW`: a fixed clock.
    pub now: Option<Moment>,
    /// `HOICHO_NOW` was set and could not be read.
    pub now_unreadable: bool,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM`.
    pub term: String,
    /// `HOICHO_PASSPHRASE`: the passphrase of whoever acts, for scripts.
    pub passphrase: Secret,
    /// `HOICHO_NEW_PASSPHRASE`: a new one.
    pub passphrase_new: Secret,
    /// `HOICHO_THEME`.
    pub theme: Option<String>,
    /// Where crash reports and the log go.
    pub state: PathBuf,
}

impl Settings {
    /// Reads the environment.
    #[must_use]
    pub fn from_env() -> Self {
        let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let lang = ["HOICHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| var(name))
            .and_then(|tag| Lang::read(&tag))
            .unwrap_or_default();
        let who = ["HOICHO_USER", "USER", "USERNAME", "LOGNAME"].iter().find_map(|name| var(name)).unwrap_or_default();
        let now = var("HOICHO_NOW");
        let read_now = now.as_deref().and_then(|text| Moment::read(text).ok());
        let (data, state) = directories();
        Self {
            // A path need not be text.
            book: std::env::var_os("HOICHO_BOOK")
                .filter(|path| !path.is_empty())
                .map_or_else(|| data.join("book"), PathBuf::from),
            lang,
            who: Text::new(if who.is_empty() { "?" } else { &who }),
            now_unreadable: now.is_some() && read_now.is_none(),
            now: read_now,
            no_color: var("NO_COLOR").is_some(),
            term: var("TERM").unwrap_or_default(),
            passphrase: Secret::new(var("HOICHO_PASSPHRASE").unwrap_or_default()),
            passphrase_new: Secret::new(var("HOICHO_NEW_PASSPHRASE").unwrap_or_default()),
            theme: var("HOICHO_THEME"),
            state,
        }
    }
}

impl Settings {
    /// The file in which a crash of this process is reported, in the directory for state or else among temporary files.
    #[must_use]
    pub fn crash_file(&self) -> PathBuf {
        let name = format!("hoicho-crash-{}.txt", std::process::id());
        match std::fs::create_dir_all(&self.state) {
            Ok(()) => self.state.join(name),
            Err(_) => std::env::temp_dir().join(name),
        }
    }
}

/// The directories for data and state, by the XDG rules or the system's own.
fn directories() -> (PathBuf, PathBuf) {
    let names = AppStrategyArgs { top_level_domain: "vn".into(), author: "hoicho".into(), app_name: "hoicho".into() };
    choose_app_strategy(names).map_or_else(
        |_| (PathBuf::from(".hoicho"), PathBuf::from(".hoicho")),
        |dirs| (dirs.data_dir(), dirs.state_dir().unwrap_or_else(|| dirs.data_dir())),
    )
}

/// A path as it is typed: `~/` is the person's home, as the shell has it.
#[must_use]
pub fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_path_buf(),
    }
}

/// How long something has taken, by a clock that nothing sets.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// How much of so many seconds is over, in thousandths; 1,000 when all of it is.
    #[must_use]
    pub fn thousandths_of(&self, seconds: u32) -> u32 {
        let over = self.0.elapsed().as_millis() / u128::from(seconds.max(1));
        u32::try_from(over.min(1_000)).unwrap_or(1_000)
    }
}

/// This process, for the note beside an open book: process number and host.
#[must_use]
pub fn process() -> (u32, String) {
    (std::process::id(), rustix::system::uname().nodename().to_string_lossy().into_owned())
}
