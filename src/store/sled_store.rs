//! The store on a disk: one sled tree, one batch per group of entries, flushed and then made durable by `fdatasync`.
//!
//! sled's own flush does not survive a power cut on Linux, so the file is synced through a second handle. Besides, the
//! last acknowledged entry is noted in a small file after each commit: sled takes a damaged end of its log for a write
//! that was never finished and drops it, and only that note can tell.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::bytes::Reading;
use super::commit::{Left, Plan, plan};
use super::fault::{Interruption, Step};
use super::hold::{DATABASE, LockWait, OwnerFile};
use super::layout::{self, ENTRIES, Key, LAYOUT, PART_LEN, RECORDS, part_key};
use super::record_parts::{RecordParts, malformed};
use super::seal::{Frame, Hash, SealedEntry, SealedPiece};
use super::sled_guard::{guarded, open_sled};
use super::{NewEntry, Owner, Piece, Records, Store, StoreFault, damaged, envelope, migrate, missing};
use crate::base::words::Words;

const NOTE: &str = "acknowledged";

/// How a book is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// A new book, in a directory that does not exist or is empty.
    CreateNew,
    /// A book that is there.
    Existing,
}

/// A book on a disk.
///
/// Dropping it waits until its lock is free; [`SledStore::close`] also tells when that fails.
pub struct SledStore {
    // The order of these three is the order in which they are dropped: the word goes while the lock is still held.
    owner: OwnerFile,
    db: sled::Db,
    lock: LockWait,
    dir: PathBuf,
    durable: File,
    note: File,
    noted: Option<(u64, Hash)>,
    last_seq: u64,
    last_hash: Hash,
    fault: Option<StoreFault>,
    interruption: Option<Box<dyn Interruption>>,
}

impl SledStore {
    /// Opens a book; `owner` is what a second process is told.
    ///
    /// # Errors
    /// Every [`StoreFault`] but `Contract`; nothing panics, whatever is in the directory.
    pub fn open(dir: &Path, mode: OpenMode, owner: &Owner) -> Result<Self, StoreFault> {
        match mode {
            OpenMode::CreateNew => Self::create(dir, owner),
            OpenMode::Existing => {
                is_directory(dir)?;
                let steps = migrate::steps(dir)?;
                let mut store = Self::open_database(dir, owner)?;
                (store.last_seq, store.last_hash) = store.read_last()?;
                store.check_note()?;
                for step in steps {
                    step(&mut store)?;
                }
                if !steps.is_empty() {
                    migrate::mark(dir)?;
                    sync(dir)?;
                }
                store.write_note()?;
                Ok(store)
            }
        }
    }

    /// Opens a book as far as it can be read, without judging what is in it.
    pub(super) fn open_to_rescue(dir: &Path, owner: &Owner) -> Result<Self, StoreFault> {
        is_directory(dir)?;
        match migrate::steps(dir) {
            Ok(_) | Err(StoreFault::Damaged { .. }) => {}
            Err(fault) => return Err(fault),
        }
        let mut store = Self::open_database(dir, owner)?;
        store.last_seq = store.find_last()?.unwrap_or(0);
        store.last_hash = store.read_last().map_or([0; 32], |(_, hash)| hash);
        store.fault = Some(StoreFault::damaged(
            dir,
            Words::new("toàn bộ sổ", "the whole book"),
            Words::new("chỉ mở để cứu.", "it is only open to be rescued."),
        ));
        Ok(store)
    }

    fn create(dir: &Path, owner: &Owner) -> Result<Self, StoreFault> {
        let fails = |error: io::Error| StoreFault::from_io(dir, &error);
        fs::create_dir_all(dir).map_err(fails)?;
        if fs::read_dir(dir).map_err(fails)?.next().is_some() {
            return Err(StoreFault::AlreadyThere { path: dir.to_path_buf() });
        }
        File::create_new(dir.join(DATABASE)).map_err(fails)?;
        let mut store = Self::open_database(dir, owner)?;
        guarded(dir, &Words::same(DATABASE), || store.db.flush())?;
        store.write_note()?;
        for file in [DATABASE, "conf", "blobs", NOTE] {
            sync(&dir.join(file))?;
        }
        migrate::mark(dir)?;
        sync(dir)?;
        sync_parent(dir)?;
        Ok(store)
    }

    fn open_database(dir: &Path, owner: &Owner) -> Result<Self, StoreFault> {
        let path = dir.join(DATABASE);
        let fails = |error: io::Error| StoreFault::from_io(&path, &error);
        // Opened first: sled would make a new file where the old one is gone, or hide why it may not be written.
        let durable = match File::options().read(true).write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreFault::damaged(
                    dir,
                    Words::same(DATABASE),
                    Words::new("tệp không còn ở đó.", "the file is missing."),
                ));
            }
            other => other.map_err(fails)?,
        };
        let db = open_sled(dir)?;
        let lock = LockWait { dir: dir.to_path_buf() };
        let owner = OwnerFile::write(dir, owner)?;
        let mut note =
            File::options().read(true).write(true).create(true).truncate(false).open(dir.join(NOTE)).map_err(fails)?;
        let noted = read_note(&mut note);
        Ok(Self {
            owner,
            db,
            lock,
            dir: dir.to_path_buf(),
            durable,
            note,
            noted,
            last_seq: 0,
            last_hash: [0; 32],
            fault: None,
            interruption: None,
        })
    }

    /// Has every commit from now on interrupted where `interruption` says; for tests.
    pub fn interrupt(&mut self, interruption: Box<dyn Interruption>) {
        self.interruption = Some(interruption);
    }

    /// Closes the book and waits until the next process can open it.
    ///
    /// # Errors
    /// [`StoreFault::Damaged`] when the storage engine fails while closing, [`StoreFault::Busy`] when its lock does not
    /// become free. What was acknowledged is durable all the same.
    pub fn close(self) -> Result<(), StoreFault> {
        let Self { owner, db, lock, dir, .. } = self;
        drop(owner);
        guarded(&dir, &Words::same(DATABASE), || {
            drop(db);
            Ok(())
        })?;
        lock.wait()
    }

    /// Tells the open book that its directory was renamed.
    pub(super) fn moved(&mut self, dir: &Path) {
        self.owner.dir = dir.to_path_buf();
        self.lock.dir = dir.to_path_buf();
        self.dir = dir.to_path_buf();
    }

    /// Whether the journal holds everything that was acknowledged.
    pub(super) fn check_note(&self) -> Result<(), StoreFault> {
        let Some((acknowledged, hash)) = self.noted else { return Ok(()) };
        if acknowledged > self.last_seq {
            return Err(StoreFault::TailLost { path: self.dir.clone(), acknowledged, found: self.last_seq });
        }
        if acknowledged == 0 {
            return Ok(());
        }
        let key = Key::Entry(acknowledged);
        let frame = self.frame(acknowledged)?.ok_or_else(|| missing(&self.dir, &key))?;
        if frame.hash() != Some(hash) {
            let reason =
                Words::new("không phải là mục đã được ghi nhận.", "it is not the entry that was acknowledged.");
            return Err(damaged(&self.dir, &key, reason));
        }
        Ok(())
    }

    /// Writes sealed entries as they are, without records: only into a book that is being built.
    pub(super) fn copy_entries(&mut self, entries: &[SealedEntry]) -> Result<(), StoreFault> {
        let mut batch = sled::Batch::default();
        for entry in entries {
            self.put_entry(&mut batch, entry)?;
        }
        self.commit(batch)?;
        if let Some(last) = entries.last() {
            self.last_seq = last.frame.seq;
            self.last_hash = last.frame.hash().unwrap_or_default();
        }
        self.write_note()
    }

    /// Writes records as they are: only into a book that is being built.
    pub(super) fn copy_records(&mut self, left: &Left) -> Result<(), StoreFault> {
        let mut batch = sled::Batch::default();
        self.put_left(&mut batch, left)?;
        self.commit(batch)
    }

    fn batch(&self, plan: &Plan) -> Result<sled::Batch, StoreFault> {
        let mut batch = sled::Batch::default();
        for entry in &plan.sealed {
            self.put_entry(&mut batch, entry)?;
        }
        for (seq, piece, replacement) in &plan.replaced {
            self.put(&mut batch, &Key::Piece(*seq, piece.clone()), &replacement.to_bytes())?;
        }
        self.put_left(&mut batch, &plan.left)?;
        Ok(batch)
    }

    fn put_left(&self, batch: &mut sled::Batch, left: &Left) -> Result<(), StoreFault> {
        for ((kind, id), (seq, payload)) in left {
            let value = layout::record_value(*seq, payload.as_deref());
            self.put(batch, &Key::Record(kind.clone(), *id), &value)?;
        }
        Ok(())
    }

    fn put_entry(&self, batch: &mut sled::Batch, entry: &SealedEntry) -> Result<(), StoreFault> {
        let seq = entry.frame.seq;
        let key = Key::Entry(seq);
        let frame = entry.frame.to_bytes().ok_or_else(|| too_long(&key))?;
        self.put(batch, &key, &frame)?;
        self.put(batch, &Key::Piece(seq, Piece::Story), &entry.story.to_bytes())?;
        for (change, payload) in entry.frame.changes.iter().zip(&entry.payloads) {
            if let Some(payload) = payload {
                let piece = Piece::Change { kind: change.kind.clone(), id: change.id };
                self.put(batch, &Key::Piece(seq, piece), &payload.to_bytes())?;
            }
        }
        Ok(())
    }

    fn put(&self, batch: &mut sled::Batch, key: &Key, payload: &[u8]) -> Result<(), StoreFault> {
        let base = key.to_bytes();
        let value = envelope::wrap(&base, LAYOUT, payload).map_err(|reason| StoreFault::Contract { reason })?;
        let mut part = 0_u32;
        for chunk in value.chunks(PART_LEN) {
            batch.insert(part_key(&base, part), chunk);
            part = part.checked_add(1).ok_or_else(|| too_long(key))?;
        }
        // A longer value that stood here before leaves no parts behind.
        while self.part(key, &base, part)?.is_some() {
            batch.remove(part_key(&base, part));
            part = part.checked_add(1).ok_or_else(|| too_long(key))?;
        }
        Ok(())
    }

    fn commit(&mut self, batch: sled::Batch) -> Result<(), StoreFault> {
        let place = Words::new("phần cuối của nhật ký", "the end of the journal");
        self.pass(Step::BeforeBatch)?;
        guarded(&self.dir, &place, || self.db.apply_batch(batch))?;
        self.pass(Step::AfterBatch)?;
        guarded(&self.dir, &place, || self.db.flush())?;
        self.pass(Step::AfterFlush)?;
        self.durable.sync_data().map_err(|error| StoreFault::from_io(&self.dir, &error))?;
        self.pass(Step::AfterSync)
    }

    fn pass(&mut self, step: Step) -> Result<(), StoreFault> {
        match &mut self.interruption {
            None => Ok(()),
            Some(interruption) => interruption.at(step).map_err(|error| StoreFault::from_io(&self.dir, &error)),
        }
    }

    /// Notes the last entry as acknowledged. Not synced: after a power cut the note may be older than the journal, never
    /// newer.
    fn write_note(&mut self) -> Result<(), StoreFault> {
        let mut payload = self.last_seq.to_be_bytes().to_vec();
        payload.extend_from_slice(&self.last_hash);
        let value =
            envelope::wrap(NOTE.as_bytes(), LAYOUT, &payload).map_err(|reason| StoreFault::Contract { reason })?;
        let written = self.note.seek(SeekFrom::Start(0)).and_then(|_| self.note.write_all(&value));
        written.map_err(|error| StoreFault::from_io(&self.dir.join(NOTE), &error))?;
        self.noted = Some((self.last_seq, self.last_hash));
        Ok(())
    }

    fn append_checked(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault> {
        let plan = plan(self, entries)?;
        let batch = self.batch(&plan)?;
        self.commit(batch)?;
        (self.last_seq, self.last_hash) = (plan.last_seq, plan.last_hash);
        self.write_note()?;
        self.pass(Step::AfterNote)
    }

    fn find_last(&self) -> Result<Option<u64>, StoreFault> {
        let place = Words::new("mục nhật ký cuối", "the last journal entry");
        let last = guarded(&self.dir, &place, || self.db.scan_prefix(ENTRIES).next_back().transpose())?;
        Ok(last.and_then(|(key, _)| layout::entry_seq(&key)))
    }

    fn read_last(&self) -> Result<(u64, Hash), StoreFault> {
        let Some(seq) = self.find_last()? else { return Ok((0, [0; 32])) };
        let key = Key::Entry(seq);
        let frame = self.frame(seq)?.ok_or_else(|| missing(&self.dir, &key))?;
        Ok((seq, frame.hash().unwrap_or_default()))
    }

    fn frame(&self, seq: u64) -> Result<Option<Frame>, StoreFault> {
        let key = Key::Entry(seq);
        let Some(bytes) = self.get(&key)? else { return Ok(None) };
        let frame = Frame::from_bytes(&bytes).ok_or_else(|| malformed(&self.dir, &key))?;
        if frame.seq != seq {
            return Err(malformed(&self.dir, &key));
        }
        Ok(Some(frame))
    }

    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreFault> {
        let base = key.to_bytes();
        let Some(first) = self.part(key, &base, 0)? else { return Ok(None) };
        let mut bytes = first.to_vec();
        let whole = envelope::announced_len(&bytes).unwrap_or(0);
        let mut part = 1;
        while bytes.len() < whole {
            let Some(more) = self.part(key, &base, part)? else { break };
            bytes.extend_from_slice(&more);
            part = part.checked_add(1).ok_or_else(|| malformed(&self.dir, key))?;
        }
        let payload = envelope::unwrap(&base, LAYOUT, &bytes).map_err(|reason| damaged(&self.dir, key, reason))?;
        Ok(Some(payload.to_vec()))
    }

    fn part(&self, key: &Key, base: &[u8], part: u32) -> Result<Option<sled::IVec>, StoreFault> {
        guarded(&self.dir, &key.words(), || self.db.get(part_key(base, part)))
    }
}

impl Store for SledStore {
    fn path(&self) -> &Path {
        &self.dir
    }

    fn last_seq(&self) -> u64 {
        self.last_seq
    }

    fn last_hash(&self) -> Hash {
        self.last_hash
    }

    fn append(&mut self, entries: &[NewEntry]) -> Result<(), StoreFault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        if entries.is_empty() {
            return Ok(());
        }
        let done = self.append_checked(entries);
        if let Err(fault) = &done
            && !matches!(fault, StoreFault::Contract { .. })
        {
            self.fault = Some(fault.clone());
        }
        done
    }

    fn records(&self) -> Records<'_> {
        let parts = self.db.scan_prefix(RECORDS);
        Box::new(RecordParts::new(&self.dir, parts))
    }

    fn touched(&self, kind: &str, id: [u8; 16]) -> Result<Option<u64>, StoreFault> {
        let key = Key::Record(kind.to_owned(), id);
        let Some(bytes) = self.get(&key)? else { return Ok(None) };
        let (seq, _) = layout::read_record_value(&bytes).ok_or_else(|| malformed(&self.dir, &key))?;
        Ok(Some(seq))
    }

    fn sealed(&self, seq: u64) -> Result<Option<SealedEntry>, StoreFault> {
        let Some(frame) = self.frame(seq)? else { return Ok(None) };
        let whole = |piece: Piece| -> Result<SealedPiece, StoreFault> {
            self.piece(seq, &piece)?.ok_or_else(|| missing(&self.dir, &Key::Piece(seq, piece)))
        };
        let story = whole(Piece::Story)?;
        let mut payloads = Vec::with_capacity(frame.changes.len());
        for change in &frame.changes {
            payloads.push(match change.digest {
                Some(_) => Some(whole(Piece::Change { kind: change.kind.clone(), id: change.id })?),
                None => None,
            });
        }
        Ok(Some(SealedEntry { frame, story, payloads }))
    }

    fn piece(&self, seq: u64, piece: &Piece) -> Result<Option<SealedPiece>, StoreFault> {
        let key = Key::Piece(seq, piece.clone());
        let Some(bytes) = self.get(&key)? else { return Ok(None) };
        SealedPiece::from_bytes(&bytes).map(Some).ok_or_else(|| malformed(&self.dir, &key))
    }

    // Without the pieces: the last entry may be an import of many thousands.
    fn head(&self, seq: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        Ok(self.frame(seq)?.map(|frame| frame.head))
    }

    fn read_only(&self) -> Option<&StoreFault> {
        self.fault.as_ref()
    }
}

fn read_note(note: &mut File) -> Option<(u64, Hash)> {
    let mut bytes = Vec::new();
    note.seek(SeekFrom::Start(0)).ok()?;
    note.take(256).read_to_end(&mut bytes).ok()?;
    // A note that cannot be read is no reason to refuse a book: it is written anew.
    let payload = envelope::unwrap(NOTE.as_bytes(), LAYOUT, &bytes).ok()?;
    let mut reading = Reading(payload);
    Some((reading.seq()?, reading.array()?))
}

fn is_directory(dir: &Path) -> Result<(), StoreFault> {
    let found = fs::metadata(dir).map_err(|error| StoreFault::from_io(dir, &error))?;
    if found.is_dir() { Ok(()) } else { Err(StoreFault::NotABook { path: dir.to_path_buf() }) }
}

/// Makes a file or a directory durable.
pub(super) fn sync(path: &Path) -> Result<(), StoreFault> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| StoreFault::from_io(path, &error))
}

/// Makes the name of a file or directory durable.
pub(super) fn sync_parent(path: &Path) -> Result<(), StoreFault> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync(parent),
        _ => sync(Path::new(".")),
    }
}

fn too_long(key: &Key) -> StoreFault {
    let place = key.words();
    StoreFault::Contract { reason: crate::say!("{} quá dài.", "{} is too long."; place) }
}
