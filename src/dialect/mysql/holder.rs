//! Who is in the way of a statement.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Flavour;
use super::driver::Driver;
use super::open::Entry;
use crate::dialect::Row;

/// How many sessions are named.
const FEW: usize = 3;
/// How much of a statement is shown, in characters.
const SHORT: usize = 60;

/// What is known of the session `p`, as [`shown`] takes it, with the table from which it comes.
/// Since when it does what it does, and not since when it is there, is all that is kept.
pub(super) fn facts(flavour: Flavour) -> (&'static str, &'static str) {
    match flavour {
        Flavour::MySql => (
            "p.ID, (SELECT a.ATTR_VALUE FROM performance_schema.session_connect_attrs a \
             WHERE a.PROCESSLIST_ID = p.ID AND a.ATTR_NAME = 'program_name' LIMIT 1), p.USER, \
             p.HOST, DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL p.TIME SECOND, '%Y-%m-%dT%H:%i:%sZ'), \
             p.INFO",
            "performance_schema.processlist p",
        ),
        Flavour::MariaDb => (
            "p.ID, NULL, p.USER, p.HOST, \
             DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL p.TIME SECOND, '%Y-%m-%dT%H:%i:%sZ'), p.INFO",
            "information_schema.PROCESSLIST p",
        ),
    }
}

/// The queries for the sessions in the way of the session `me`: the first one that the server answers
/// with a row counts.
fn queries(flavour: Flavour, me: u32) -> Vec<String> {
    let (facts, sessions) = facts(flavour);
    let few =
        |from: String| format!("SELECT DISTINCT {facts} FROM {from} ORDER BY 5, 1 LIMIT {FEW}");
    match flavour {
        Flavour::MySql => vec![
            few(format!(
                "performance_schema.threads mine \
                 JOIN performance_schema.metadata_locks wanted ON wanted.OWNER_THREAD_ID = mine.THREAD_ID \
                 AND wanted.LOCK_STATUS = 'PENDING' \
                 JOIN performance_schema.metadata_locks held ON held.OBJECT_TYPE = wanted.OBJECT_TYPE \
                 AND held.OBJECT_SCHEMA <=> wanted.OBJECT_SCHEMA AND held.OBJECT_NAME <=> wanted.OBJECT_NAME \
                 AND held.LOCK_STATUS = 'GRANTED' AND held.OWNER_THREAD_ID <> wanted.OWNER_THREAD_ID \
                 JOIN performance_schema.threads others ON others.THREAD_ID = held.OWNER_THREAD_ID \
                 JOIN {sessions} ON p.ID = others.PROCESSLIST_ID WHERE mine.PROCESSLIST_ID = {me}"
            )),
            // A lock of a row may be noted by whoever asks for it, for the transaction that has it.
            few(format!(
                "information_schema.INNODB_TRX mine JOIN performance_schema.data_lock_waits waits \
                 ON waits.REQUESTING_ENGINE_TRANSACTION_ID = mine.trx_id \
                 JOIN information_schema.INNODB_TRX others \
                 ON others.trx_id = waits.BLOCKING_ENGINE_TRANSACTION_ID \
                 JOIN {sessions} ON p.ID = others.trx_mysql_thread_id \
                 WHERE mine.trx_mysql_thread_id = {me}"
            )),
        ],
        Flavour::MariaDb => vec![
            // Where the plugin of this name is there.
            few(format!(
                "information_schema.METADATA_LOCK_INFO held JOIN {sessions} ON p.ID = held.THREAD_ID \
                 WHERE held.THREAD_ID <> {me} AND held.TABLE_SCHEMA = DATABASE() \
                 AND held.LOCK_MODE <> 'MDL_INTENTION_EXCLUSIVE'"
            )),
            few(format!(
                "information_schema.INNODB_TRX mine \
                 JOIN information_schema.INNODB_LOCK_WAITS waits ON waits.requesting_trx_id = mine.trx_id \
                 JOIN information_schema.INNODB_TRX others ON others.trx_id = waits.blocking_trx_id \
                 JOIN {sessions} ON p.ID = others.trx_mysql_thread_id \
                 WHERE mine.trx_mysql_thread_id = {me}"
            )),
            // A transaction keeps the tables that it has touched: whoever has one open in this
            // database is in the way, or may be.
            few(format!(
                "information_schema.INNODB_TRX others \
                 JOIN {sessions} ON p.ID = others.trx_mysql_thread_id \
                 WHERE others.trx_mysql_thread_id <> {me} AND p.DB = DATABASE()"
            )),
            few(format!(
                "{sessions} WHERE p.ID <> {me} AND p.ID <> CONNECTION_ID() AND p.DB = DATABASE() \
                 AND p.COMMAND NOT IN ('Sleep', 'Daemon')"
            )),
        ],
    }
}

/// Someone who looks who is in the way of the statements of a session, as long as it is kept.
#[derive(Debug)]
pub(super) struct Watch {
    running: Arc<Mutex<Running>>,
    _over: Sender<()>,
}

/// The statement that runs, if one does.
#[derive(Debug, Default)]
struct Running {
    since: Option<Instant>,
    /// Who was seen last in its way.
    seen: Option<String>,
}

impl Watch {
    /// Looks every `pause` who is in the way of the session `me`. `None` when the machine gives no
    /// thread.
    pub(super) fn new(entry: &Entry, flavour: Flavour, me: u32, pause: Duration) -> Option<Watch> {
        let (sender, receiver) = channel();
        let running: Arc<Mutex<Running>> = Arc::default();
        let (entry, watched) = (entry.clone(), Arc::clone(&running));
        // A statement is looked at when it runs for half of it: at its end at the latest.
        let step = pause / 2;
        let watching = move || {
            let mut beside = None;
            while receiver.recv_timeout(step) == Err(RecvTimeoutError::Timeout) {
                let since = locked(&watched).since;
                if since.is_none_or(|it| it.elapsed() < step) {
                    beside = None;
                    continue;
                }
                if beside.is_none() {
                    beside = Driver::open(&entry).ok();
                }
                let Some(driver) = &mut beside else { continue };
                let holder = blocking(driver, flavour, me);
                let mut running = locked(&watched);
                if holder.is_some() && running.since == since {
                    running.seen = holder;
                }
            }
        };
        thread::Builder::new().spawn(watching).ok()?;
        Some(Watch { running, _over: sender })
    }

    /// Hears that a statement begins.
    pub(super) fn begin(&self) {
        *locked(&self.running) = Running { since: Some(Instant::now()), seen: None };
    }

    /// Hears that it has ended; who was seen last in its way.
    pub(super) fn end(&self) -> Option<String> {
        std::mem::take(&mut *locked(&self.running)).seen
    }
}

fn locked(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who is in the way of the session `me` now, in words.
fn blocking(beside: &mut Driver, flavour: Flavour, me: u32) -> Option<String> {
    let rows = queries(flavour, me).into_iter().find_map(|query| {
        // Some servers have no such table, and not everybody may look.
        let rows = beside.query(&query).unwrap_or_default();
        (!rows.is_empty()).then_some(rows)
    })?;
    let all: Vec<String> = rows.iter().map(shown).collect();
    Some(all.join(" and by "))
}

/// A session in words: ``connection 12 (`mysql` of `me` from `10.0.0.1`), which since
/// 2026-07-01T12:00:00Z runs `...` ``.
pub(super) fn shown(facts: &Row) -> String {
    let fact = |at: usize| facts.get(at).and_then(Option::as_deref).filter(|it| !it.is_empty());
    let mut text = match fact(0) {
        Some(id) => format!("connection {id}"),
        None => return "another session".to_owned(),
    };
    let host = fact(3).map(|it| it.rsplit_once(':').map_or(it, |(host, _)| host));
    let who = match (fact(1), fact(2)) {
        (Some(program), Some(user)) => Some(format!("`{program}` of `{user}`")),
        (Some(one), None) | (None, Some(one)) => Some(format!("`{one}`")),
        (None, None) => None,
    };
    match (who, host) {
        (Some(who), Some(host)) => text.push_str(&format!(" ({who} from `{host}`)")),
        (Some(who), None) => text.push_str(&format!(" ({who})")),
        (None, _) => {}
    }
    // What others run may hold what is nobody's business.
    let is_secret = |sql: &&str| {
        let sql = sql.to_lowercase();
        sql.contains("password") || sql.contains("identified")
    };
    let since = fact(4).map(|since| format!(" since {since}")).unwrap_or_default();
    match fact(5) {
        Some(sql) if !is_secret(&sql) => {
            text.push_str(&format!(", which{since} runs `{}`", short(sql)));
        }
        Some(_) => text.push_str(&format!(", at work{since}")),
        None if since.is_empty() => {}
        None => text.push_str(&format!(", idle{since}")),
    }
    text
}

/// The beginning of a statement in one line.
fn short(sql: &str) -> String {
    let line = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHORT) {
        Some((at, _)) => format!("{}...", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_in_words() {
        let row = |facts: [&str; 6]| -> Row {
            facts.iter().map(|it| (!it.is_empty()).then(|| (*it).to_owned())).collect()
        };
        let time = "2026-07-01T12:00:00Z";
        let cases = [
            (
                row(["1", "mysql", "me", "10.0.0.1:5000", time, "LOCK\n  TABLES t READ"]),
                "connection 1 (`mysql` of `me` from `10.0.0.1`), which since 2026-07-01T12:00:00Z runs \
                 `LOCK TABLES t READ`",
            ),
            (
                row(["1", "", "me", "localhost", time, ""]),
                "connection 1 (`me` from `localhost`), idle since 2026-07-01T12:00:00Z",
            ),
            (
                row(["1", "mysql", "", "", time, "CREATE USER a IDENTIFIED BY 'secret'"]),
                "connection 1 (`mysql`), at work since 2026-07-01T12:00:00Z",
            ),
            (row(["1", "", "", "", "", ""]), "connection 1"),
            (row(["", "", "", "", "", ""]), "another session"),
        ];
        for (facts, expected) in cases {
            assert_eq!(shown(&facts), expected);
        }
        assert_eq!(short(&"é".repeat(61)), format!("{}...", "é".repeat(60)));
    }
}
