//! Opening a book: checksums, sequence, records and laws, before anybody sees it.

use std::path::Path;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Mutex, RwLock};

use crate::base::dates::Moment;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::{Assembly, Book};
use crate::domain::check::check;
use crate::engine::writer::Writer;
use crate::engine::{Desk, Engine, Failure, Outside, codec, env};
use crate::say;
use crate::store::{OpenMode, Owner, SledStore, Store, StoredRecord};

/// Opens the book in a directory, or with [`OpenMode::CreateNew`] makes one.
///
/// # Errors
/// When it is in use, no book, damaged, or written by a newer version; the words say what to do.
pub fn open(dir: &Path, mode: OpenMode, who: &Text, outside: Outside) -> Result<Engine, Failure> {
    let store = SledStore::open(dir, mode, &owner(who, &outside))?;
    opened(Box::new(store), outside)
}

/// Opens the book in a directory, or makes one where there is nothing yet.
///
/// # Errors
/// As [`open`].
pub fn open_or_create(dir: &Path, who: &Text, outside: Outside) -> Result<Engine, Failure> {
    let nothing = std::fs::read_dir(dir).map_or(!dir.exists(), |mut inside| inside.next().is_none());
    open(dir, if nothing { OpenMode::CreateNew } else { OpenMode::Existing }, who, outside)
}

/// What a second process is told of this one.
#[must_use]
pub fn owner(who: &Text, outside: &Outside) -> Owner {
    let (pid, host) = env::process();
    Owner { pid, host, user: who.to_string(), since: outside.now().show() }
}

/// Starts the writer over a store that is open.
///
/// # Errors
/// When a record cannot be read, or the machine gives no thread.
pub fn opened(store: Box<dyn Store>, outside: Outside) -> Result<Engine, Failure> {
    let book = read(store.as_ref())?;
    // A book that breaks its own laws is shown, and takes no acts until somebody has looked at it.
    let stopped = check(&book)
        .into_iter()
        .next()
        .map(|breach| Failure::Book { code: "law-broken", words: said_broken(&breach.words) });
    let (requests, received) = channel();
    let desk = Desk {
        requests,
        book: Arc::new(RwLock::new(Arc::new(book.clone()))),
        watchers: Arc::new(Mutex::new(Vec::new())),
        stopped: stopped.as_ref().map(Failure::words),
    };
    let writer = Writer { store, book, desk: desk.clone(), outside: Arc::new(outside), stopped };
    let thread = std::thread::Builder::new()
        .name("hoicho-book".into())
        .spawn(move || writer.run(&received))
        .map_err(|error| Failure::bug(&error))?;
    Ok(Engine { desk, thread: Some(thread) })
}

fn said_broken(breach: &Words) -> Words {
    say!(
        "Sổ chỉ đọc vì một quy tắc không đúng: {} Chạy “hoicho book verify”, rồi khôi phục bản sao lưu.",
        "The book is read-only because a law does not hold: {} Run “hoicho book verify”, then restore a backup.";
        breach
    )
}

/// Reads every record. The store is read here while another thread decodes what was read and puts it in its table.
fn read(store: &dyn Store) -> Result<Book, Failure> {
    /// How many records are handed over at once.
    const CHUNK: usize = 1_024;
    let (hand_over, chunks) = sync_channel::<Vec<StoredRecord>>(16);
    let assembly = std::thread::scope(|scope| {
        let decoder = scope.spawn(move || -> Result<Assembly, Failure> {
            let mut assembly = Assembly::default();
            for stored in chunks.into_iter().flatten() {
                assembly.add(&codec::record(&stored)?, stored.seq);
            }
            Ok(assembly)
        });
        let mut chunk = Vec::with_capacity(CHUNK);
        for stored in store.records() {
            chunk.push(stored?);
            // A decoder that has stopped says why when it is joined.
            if chunk.len() == CHUNK && hand_over.send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK))).is_err()
            {
                break;
            }
        }
        let _ = hand_over.send(chunk);
        drop(hand_over);
        decoder.join().unwrap_or_else(|_| Err(Failure::bug(&"a record could not be decoded")))
    })?;
    let mut book = assembly.finish();
    book.seq = store.last_seq();
    book.at = match store.head(book.seq)? {
        Some(head) => codec::head(&head, book.seq)?.at,
        None => Moment(0),
    };
    Ok(book)
}
