//! A backup is the journal in one plain file, from which everything can be made again.
//!
//! `hoicho-backup\n · format (2) · number of entries (8)`, then per entry `length (4) · CRC32C (4) · bytes`, at the end the
//! BLAKE3 hash of all before it (32); numbers big-endian.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::migrate::FORMAT;
use super::rebuild::{build, give_up, put_in_place, settled};
use super::seal::SealedEntry;
use super::sled_store::{sync, sync_parent};
use super::verify::{Flaw, Replay};
use super::{Key, Owner, Store, StoreFault, Verified, missing};
use crate::base::words::Words;
use crate::say;

const MAGIC: &[u8; 14] = b"hoicho-backup\n";

/// How the files of a rotation end.
const ENDING: &str = ".hoicho";

/// What the name of a file ends in until it is proved.
const BROKEN_OFF: &str = ".being-written";

/// A backup that was made and proved by reading it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// The file.
    pub file: PathBuf,
    /// The number of entries in it.
    pub entries: u64,
    /// Its length in bytes.
    pub bytes: u64,
}

impl BackupReport {
    /// What was made, as one sentence.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { entries, bytes, file } = self;
        let (file, kib) = (file.display(), bytes.div_ceil(1024));
        say!(
            "Đã sao lưu {entries} mục nhật ký ({kib} KiB) vào {file} và đã đọc lại để kiểm tra.",
            "{entries} journal entries ({kib} KiB) were backed up to {file}, which was read again to check it."
        )
    }
}

/// Writes the journal to a new file, beside it at first, and proves it by reading it again.
///
/// # Errors
/// A fault of the store, of the file, or the first flaw of what was read again; also when there is a file already.
pub fn backup(store: &dyn Store, file: &Path) -> Result<BackupReport, StoreFault> {
    if fs::symlink_metadata(file).is_ok() {
        return Err(StoreFault::AlreadyThere { path: file.to_path_buf() });
    }
    let mut name: OsString = file.as_os_str().to_owned();
    name.push(BROKEN_OFF);
    let beside = PathBuf::from(name);
    let written = write_all(store, &beside).and_then(|()| {
        let replay = prove(&beside)?;
        if (replay.last_seq, replay.last_hash) == (store.last_seq(), store.last_hash()) {
            return Ok(());
        }
        let reason = Words::new("bản sao không giống sổ.", "the copy is not the same as the book.");
        Err(StoreFault::damaged(&beside, Words::new("phần cuối", "the end"), reason))
    });
    if let Err(fault) = written {
        // What cannot be proved is not kept; that it cannot be removed either would only hide why.
        let _ = fs::remove_file(&beside);
        return Err(fault);
    }
    fs::rename(&beside, file).map_err(|error| StoreFault::from_io(file, &error))?;
    sync_parent(file)?;
    let bytes = fs::metadata(file).map_err(|error| StoreFault::from_io(file, &error))?.len();
    Ok(BackupReport { file: file.to_path_buf(), entries: store.last_seq(), bytes })
}

/// Reads a backup from its beginning to its end; gives the number of entries in it.
///
/// # Errors
/// What is wrong with the file, and where.
pub fn check_backup(file: &Path) -> Result<u64, StoreFault> {
    prove(file).map(|replay| replay.last_seq)
}

/// Makes a book from a backup, in a directory that does not exist or is empty.
///
/// # Errors
/// What is wrong with the file, or why the directory cannot be used; then nothing is left behind there.
pub fn restore(file: &Path, dir: &Path, owner: &Owner) -> Result<Verified, StoreFault> {
    let occupied = || StoreFault::AlreadyThere { path: dir.to_path_buf() };
    let there = match fs::read_dir(dir).map(Iterator::count) {
        Ok(1..) => return Err(occupied()),
        Ok(0) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(occupied()),
        Err(error) => return Err(StoreFault::from_io(dir, &error)),
    };
    // The whole file is proved first, so that a damaged one costs nothing but the reading.
    prove(file)?;
    let mut reader = BackupReader::open(file)?;
    let dir = &settled(dir);
    let (beside, verified) = build(dir, owner, &mut || reader.next())?;
    if there && let Err(error) = fs::remove_dir(dir) {
        give_up(&beside);
        return Err(StoreFault::from_io(dir, &error));
    }
    put_in_place(&beside, dir)?;
    Ok(verified)
}

/// Removes the backups of a directory that come before `oldest` by name, and what is left of those that were broken off.
///
/// Only files that end in `.hoicho` count, so their names have to sort by age, as `2026-11-23.hoicho` does.
///
/// # Errors
/// A fault when the directory cannot be read or a file cannot be removed.
pub fn expire(dir: &Path, oldest: &str) -> Result<(), StoreFault> {
    let fails = |error: io::Error| StoreFault::from_io(dir, &error);
    for found in fs::read_dir(dir).map_err(fails)? {
        let found = found.map_err(fails)?;
        let name = found.file_name().to_string_lossy().into_owned();
        let is_backup = name.strip_suffix(BROKEN_OFF).unwrap_or(&name).ends_with(ENDING);
        if is_backup && name.as_str() < oldest && found.file_type().map_err(fails)?.is_file() {
            fs::remove_file(found.path()).map_err(|error| StoreFault::from_io(&found.path(), &error))?;
        }
    }
    Ok(())
}

fn write_all(store: &dyn Store, path: &Path) -> Result<(), StoreFault> {
    let fails = |error: io::Error| StoreFault::from_io(path, &error);
    let mut file = Hashing { inner: BufWriter::new(File::create(path).map_err(fails)?), hasher: blake3::Hasher::new() };
    let last = store.last_seq();
    file.put(MAGIC).map_err(fails)?;
    file.put(&FORMAT.to_be_bytes()).map_err(fails)?;
    file.put(&last.to_be_bytes()).map_err(fails)?;
    for seq in 1..=last {
        let entry = store.sealed(seq)?.ok_or_else(|| missing(store.path(), &Key::Entry(seq)))?;
        let bytes = entry.to_bytes();
        let sized = bytes.and_then(|bytes| Some((u32::try_from(bytes.len()).ok()?, bytes)));
        let (length, bytes) = sized.ok_or_else(|| StoreFault::Contract {
            reason: say!("mục {seq} quá dài.", "entry {seq} is too long."),
        })?;
        file.put(&length.to_be_bytes()).map_err(fails)?;
        file.put(&crc32c::crc32c(&bytes).to_be_bytes()).map_err(fails)?;
        file.put(&bytes).map_err(fails)?;
    }
    let Hashing { mut inner, hasher } = file;
    inner.write_all(hasher.finalize().as_bytes()).map_err(fails)?;
    inner.flush().map_err(fails)?;
    drop(inner);
    sync(path)
}

struct Hashing<T> {
    inner: T,
    hasher: blake3::Hasher,
}

impl<T: Write> Hashing<T> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.inner.write_all(bytes)
    }
}

/// Reads a whole backup and replays its journal.
fn prove(file: &Path) -> Result<Replay, StoreFault> {
    let mut reader = BackupReader::open(file)?;
    let mut replay = Replay::default();
    let damage = |Flaw { place, reason, .. }| StoreFault::damaged(file, place, reason);
    while let Some(entry) = reader.next()? {
        replay.take(&entry).map_err(damage)?;
    }
    replay.finish().map_err(damage)?;
    Ok(replay)
}

/// Reads the entries of a backup one after the other.
struct BackupReader {
    path: PathBuf,
    file: Hashing<BufReader<File>>,
    entries: u64,
    read: u64,
}

impl BackupReader {
    fn open(path: &Path) -> Result<Self, StoreFault> {
        let file = File::open(path).map_err(|error| StoreFault::from_io(path, &error))?;
        let file = Hashing { inner: BufReader::new(file), hasher: blake3::Hasher::new() };
        let mut reader = Self { path: path.to_path_buf(), file, entries: 0, read: 0 };
        let not_one = |_| {
            StoreFault::damaged(
                path,
                Words::new("phần đầu", "the beginning"),
                Words::new("đây không phải là bản sao lưu.", "this is not a backup."),
            )
        };
        let magic = reader.take(MAGIC.len()).map_err(not_one)?;
        if magic != MAGIC {
            return Err(not_one(magic));
        }
        let found = u16::from_be_bytes(reader.array()?);
        if found > FORMAT {
            return Err(StoreFault::Newer { path: path.to_path_buf(), found, known: FORMAT });
        }
        reader.entries = u64::from_be_bytes(reader.array()?);
        Ok(reader)
    }

    /// The next entry; `None` after the last, when the hash of the whole matches.
    fn next(&mut self) -> Result<Option<SealedEntry>, StoreFault> {
        if self.read == self.entries {
            return self.end().map(|()| None);
        }
        self.read = self.read.saturating_add(1);
        let length = u32::from_be_bytes(self.array()?);
        let checksum = u32::from_be_bytes(self.array()?);
        let Ok(length) = usize::try_from(length) else { return Err(self.cut()) };
        let bytes = self.take(length).map_err(|_| self.cut())?;
        if crc32c::crc32c(&bytes) != checksum {
            return Err(self.damaged(Words::new("mã kiểm tra không khớp.", "the checksum does not match.")));
        }
        let form = || Words::new("nội dung không đúng khuôn dạng.", "what is there does not have its form.");
        SealedEntry::from_bytes(&bytes).map(Some).ok_or_else(|| self.damaged(form()))
    }

    fn end(&mut self) -> Result<(), StoreFault> {
        let expected = *self.file.hasher.finalize().as_bytes();
        let mut rest = Vec::new();
        let read = (&mut self.file.inner).take(33).read_to_end(&mut rest);
        read.map_err(|error| StoreFault::from_io(&self.path, &error))?;
        if rest == expected {
            return Ok(());
        }
        let place = Words::new("phần cuối", "the end");
        let reason = Words::new("mã băm của cả tệp không khớp.", "the hash of the whole file does not match.");
        Err(StoreFault::damaged(&self.path, place, reason))
    }

    /// Reads so many bytes; when there are fewer, gives those as the error.
    fn take(&mut self, length: usize) -> Result<Vec<u8>, Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(length).unwrap_or(u64::MAX);
        let read = (&mut self.file.inner).take(limit).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() != length {
            return Err(bytes);
        }
        self.file.hasher.update(&bytes);
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreFault> {
        let bytes = self.take(N).map_err(|_| self.cut())?;
        bytes.first_chunk().copied().ok_or_else(|| self.cut())
    }

    fn cut(&self) -> StoreFault {
        self.damaged(Words::new("tệp bị cụt.", "the file ends too early."))
    }

    fn damaged(&self, reason: Words) -> StoreFault {
        StoreFault::damaged(&self.path, Key::Entry(self.read).words(), reason)
    }
}
