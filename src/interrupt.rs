//! Ctrl-C. The first one stops what a database is doing, so that it can be taken back and said so;
//! a second one, or one while no database is at work, ends the program.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{process, thread};

use crate::terminal::Terminal;

/// How a program ends that was interrupted: 128 and the number of the signal.
const EXIT_CODE: i32 = 130;

type Stop = Arc<dyn Fn() + Send + Sync>;

/// Those at work.
struct Listeners {
    all: BTreeMap<u64, Stop>,
    next: u64,
}

static LISTENERS: Mutex<Listeners> = Mutex::new(Listeners { all: BTreeMap::new(), next: 0 });
/// Whether the person has asked once.
static ASKED: AtomicBool = AtomicBool::new(false);
/// Whether nobody has answered yet.
static PENDING: AtomicBool = AtomicBool::new(false);

/// Someone who is at work, and stops when asked; until dropped.
#[derive(Debug)]
pub(crate) struct Listening(u64);

impl Drop for Listening {
    fn drop(&mut self) {
        listeners().all.remove(&self.0);
    }
}

/// From now on `stop` is called, in a thread of its own, when the person interrupts. Whoever
/// listens asks [`was_asked`] and ends in order.
pub(crate) fn listen(stop: impl Fn() + Send + Sync + 'static) -> Listening {
    let mut listeners = listeners();
    let id = listeners.next;
    listeners.next += 1;
    listeners.all.insert(id, Arc::new(stop));
    Listening(id)
}

/// Whether the person has interrupted and nobody has heard of it.
pub(crate) fn is_pending() -> bool {
    PENDING.load(Ordering::SeqCst)
}

/// Whether the person has interrupted; true once.
pub(crate) fn was_asked() -> bool {
    PENDING.swap(false, Ordering::SeqCst)
}

/// Listens to the keyboard. A program that cannot ends at once, as any other one does.
pub(crate) fn install() {
    let _ = ctrlc::set_handler(|| {
        let all: Vec<Stop> = listeners().all.values().cloned().collect();
        if all.is_empty() || ASKED.swap(true, Ordering::SeqCst) {
            process::exit(EXIT_CODE);
        }
        PENDING.store(true, Ordering::SeqCst);
        Terminal::default().say("Stopping; once more ends at once.");
        for stop in all {
            thread::spawn(move || stop());
        }
    });
}

fn listeners() -> MutexGuard<'static, Listeners> {
    LISTENERS.lock().unwrap_or_else(PoisonError::into_inner)
}
