//! The word to stop what a session does: it goes to the same server by a session of its own.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::driver::Driver;
use super::open::Entry;

/// What a session does at the moment, for those who would stop it.
#[derive(Debug, Default)]
struct Doing {
    /// The number of the statement that runs.
    statement: Option<u64>,
    /// How many statements there were.
    count: u64,
    /// Whether the statement was stopped because its time was over.
    is_late: bool,
}

/// What stops the statements of one session.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    entry: Entry,
    session: u32,
    doing: Arc<Mutex<Doing>>,
}

impl Stop {
    /// For the session of this number.
    pub(super) fn new(entry: &Entry, session: u32) -> Stop {
        Stop { entry: entry.clone(), session, doing: Arc::default() }
    }

    fn doing(&self) -> MutexGuard<'_, Doing> {
        self.doing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears that a statement begins, which is stopped when `limit` is over. The answer must be kept
    /// as long as it runs.
    pub(super) fn begin(&self, limit: Option<Duration>) -> Option<Sender<()>> {
        let number = {
            let mut doing = self.doing();
            doing.count += 1;
            doing.statement = Some(doing.count);
            doing.is_late = false;
            doing.count
        };
        let limit = limit?;
        let (sender, receiver) = channel();
        let stop = self.clone();
        let watching = move || {
            if receiver.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                stop.send(Some(number));
            }
        };
        thread::Builder::new().spawn(watching).ok().map(|_| sender)
    }

    /// Hears that the statement has ended; whether its time was over.
    pub(super) fn end(&self) -> bool {
        let mut doing = self.doing();
        doing.statement = None;
        doing.is_late
    }

    /// Stops the statement that runs, if one does.
    pub(super) fn now(&self) {
        self.send(None);
    }

    /// Stops the statement of this number, or any. Nobody is there whom it could be told that this
    /// failed: the statement then goes on. Whoever is stopped waits until this is said: it must not
    /// hit the next statement.
    fn send(&self, late: Option<u64>) {
        let mut doing = self.doing();
        if doing.statement.is_none() || late.is_some() && late != doing.statement {
            return;
        }
        if let Ok(mut beside) = Driver::open(&self.entry)
            && beside.query(&format!("KILL QUERY {}", self.session)).is_ok()
        {
            doing.is_late = late.is_some();
        }
    }
}
