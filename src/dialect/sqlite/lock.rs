//! One migrator at a time, and who it is.
//!
//! The lock is one on the folder of the database. A lock on the database file itself would not
//! do: closing any descriptor of it drops the locks SQLite holds on it
//! (<https://www.sqlite.org/howtocorrupt.html>), and a file of its own would be left behind.
//! Where the file system knows no such lock the work goes on: that a revision runs once rests on
//! `BEGIN IMMEDIATE` and on reading the heads again, the lock only lets others wait in line.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::dialect::DbError;

/// How long to sleep between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// Locks the folder of the database in `path`; `None` where that cannot be done.
pub(super) fn folder_of(path: &Path, wait: Duration) -> Result<Option<File>, DbError> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(Ok(folder)) = real.parent().map(File::open) else { return Ok(None) };
    let begin = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => {}
        }
        let left = wait.saturating_sub(begin.elapsed());
        if left.is_zero() {
            let holder = folder.metadata().ok().and_then(|found| holder(&[inode(&found)]));
            return Err(DbError::Locked { holder: holder.unwrap_or_else(unknown) });
        }
        thread::sleep(PAUSE.min(left));
    }
}

/// Who holds the database in `path`, as far as the system tells.
pub(super) fn holder_of_database(path: &Path) -> String {
    // In WAL mode the locks are on the index beside the database.
    let mut index = path.as_os_str().to_owned();
    index.push("-shm");
    let files = [path, Path::new(&index)];
    let inodes: Vec<_> =
        files.iter().filter_map(|path| path.metadata().ok()).map(|it| inode(&it)).collect();
    holder(&inodes).unwrap_or_else(unknown)
}

fn unknown() -> String {
    "another connection".to_owned()
}

/// The process that holds a lock on one of the files: `db (process 4711)`.
#[cfg(target_os = "linux")]
fn holder(inodes: &[u64]) -> Option<String> {
    // The list is read in pieces, and a lock that another process lets go of meanwhile can push
    // one out of sight: not seen once is not yet not there.
    (0..3).find_map(|_| look_for_holder(inodes))
}

#[cfg(target_os = "linux")]
fn look_for_holder(inodes: &[u64]) -> Option<String> {
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let own = std::process::id();
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:131075 0 EOF
    // A line of one that waits has an arrow behind its number.
    let holders = locks.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace().skip(1);
        let (kind, process) = (words.next()?, words.nth(2)?);
        let inode: u64 = words.next()?.rsplit(':').next()?.parse().ok()?;
        let process: u32 = process.parse().ok()?;
        (kind != "->" && inodes.contains(&inode)).then_some(process)
    });
    // SQLite's own locks within this process are no reason to name it while another one has some.
    let process = holders.max_by_key(|process| *process != own)?;
    let name = fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    Some(format!("`{}` (process {process})", name.trim_end()))
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &[u64]) -> Option<String> {
    None
}

#[cfg(unix)]
fn inode(file: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}
