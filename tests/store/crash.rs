//! Crashes: at every step of a commit, by SIGKILL at any moment, and on a full disk.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use hoicho::store::fault::{Interruption, Step};
use hoicho::store::{MemoryStore, Store, StoreFault};

use super::{append_deeds, assert_sound, content, create, deed, entry_of, reopen};

/// The book a child process appends to.
const CHILD_BOOK: &str = "HOICHO_TEST_CHILD_BOOK";
/// The step at which the child ends itself, and after how many commits.
const CHILD_STEP: &str = "HOICHO_TEST_CHILD_STEP";

struct At {
    step: Step,
    /// How many commits pass first.
    commits: u32,
    fate: fn() -> io::Result<()>,
}

impl Interruption for At {
    fn at(&mut self, step: Step) -> io::Result<()> {
        if step != self.step {
            return Ok(());
        }
        if self.commits > 0 {
            self.commits -= 1;
            return Ok(());
        }
        (self.fate)()
    }
}

fn full() -> io::Result<()> {
    Err(io::ErrorKind::StorageFull.into())
}

/// A store in memory after the first `count` deeds.
fn after(count: u64) -> MemoryStore {
    let mut store = MemoryStore::new();
    append_deeds(&mut store, count);
    store
}

/// What is stored is what the first deeds come to, at least those acknowledged and at most one more.
fn assert_nothing_lost(book: &Path, acknowledged: u64) -> u64 {
    let store = reopen(book).unwrap_or_else(|fault| panic!("{}", fault.words().en));
    let last = store.last_seq();
    assert!(last == acknowledged || last == acknowledged + 1, "{last} stored, {acknowledged} acknowledged");
    assert_sound(&store);
    assert_eq!(content(&store).unwrap(), content(&after(last)).unwrap());
    store.close().unwrap();
    last
}

#[test]
fn a_failure_at_any_step_loses_nothing_and_stops_the_writing() {
    for step in Step::ALL {
        let dir = tempfile::tempdir().unwrap();
        let book = dir.path().join("book");
        let mut store = create(&book);
        append_deeds(&mut store, 5);
        store.interrupt(Box::new(At { step, commits: 0, fate: full }));
        let next = entry_of(&store, &deed(6));
        let fault = store.append(std::slice::from_ref(&next)).unwrap_err();
        assert!(matches!(fault, StoreFault::DiskFull { .. }), "{step:?}: {fault}");
        assert_eq!(store.read_only(), Some(&fault));
        assert_eq!(store.append(std::slice::from_ref(&next)).unwrap_err(), fault, "every later one is refused alike");
        store.close().unwrap();
        let last = assert_nothing_lost(&book, 5);
        assert!(step != Step::BeforeBatch || last == 5);
        let mut store = reopen(&book).unwrap();
        append_deeds(&mut store, 3);
        assert_sound(&store);
    }
}

/// Started again as a process of its own by the tests below.
#[test]
#[ignore = "only runs as the child of another test"]
fn child() {
    let Some(book) = env::var_os(CHILD_BOOK) else { return };
    let mut store = reopen(Path::new(&book)).unwrap();
    if let Some(step) = env::var(CHILD_STEP).ok().and_then(|text| text.parse::<usize>().ok()) {
        store.interrupt(Box::new(At { step: Step::ALL[step], commits: 3, fate: || std::process::abort() }));
    }
    let mut out = io::stdout().lock();
    loop {
        let entry = entry_of(&store, &deed(store.last_seq() + 1));
        if let Err(fault) = store.append(&[entry]) {
            writeln!(out, "fault {fault:?}").unwrap();
            return;
        }
        // One write, so that the parent never reads half a number.
        out.write_all(format!("acknowledged {}\n", store.last_seq()).as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

fn child_command(book: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "store::crash::child", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(CHILD_BOOK, book).env_remove(CHILD_STEP).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn acknowledged_in(line: &str) -> Option<u64> {
    line.rsplit_once("acknowledged ")?.1.trim().parse().ok()
}

#[test]
fn a_process_that_dies_at_any_step_loses_nothing() {
    for step in 0..Step::ALL.len() {
        let dir = tempfile::tempdir().unwrap();
        let book = dir.path().join("book");
        create(&book).close().unwrap();
        let output = child_command(&book).env(CHILD_STEP, step.to_string()).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.lines().filter_map(acknowledged_in).max(), Some(3), "{text}");
        assert_nothing_lost(&book, 3);
    }
}

#[test]
fn a_process_killed_at_any_moment_loses_nothing() {
    let rounds = env::var("HOICHO_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(25_u64);
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    create(&book).close().unwrap();
    let mut last = 0;
    for round in 0..rounds {
        let mut child = child_command(&book).spawn().unwrap();
        let wanted = last + 1 + (round * 7919 + 13) % 17;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut acknowledged = lines.by_ref().filter_map(|line| acknowledged_in(&line)).find(|seq| *seq >= wanted);
        assert!(acknowledged.is_some(), "the child ended by itself in round {round}");
        child.kill().unwrap();
        child.wait().unwrap();
        // What it had printed before it died was acknowledged too.
        acknowledged = lines.filter_map(|line| acknowledged_in(&line)).max().or(acknowledged);
        assert!(book.join("owner").exists(), "its word stayed behind");
        last = assert_nothing_lost(&book, acknowledged.unwrap());
    }
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("book");
    create(&book).close().unwrap();
    // A limit on the size of a file stands in for a full disk; its signal is ignored so that the write fails instead.
    let inner = child_command(&book);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 1400 || exit 77; exec \"$@\"", "sh"]);
    command.arg(inner.get_program()).args(inner.get_args());
    command.env(CHILD_BOOK, &book).env_remove(CHILD_STEP).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(output) = command.output() else { return };
    if output.status.code() == Some(77) {
        return;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("fault DiskFull"), "{}", text.chars().rev().take(400).collect::<String>());
    let acknowledged = text.lines().filter_map(acknowledged_in).max().unwrap();
    assert!(acknowledged > 10);
    assert_nothing_lost(&book, acknowledged);
}
