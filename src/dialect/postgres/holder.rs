//! Who is in the way of a statement.

use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;
use tokio_postgres::SimpleQueryMessage;

use super::driver::Beside;
use super::open::Entry;
use super::types::literal;
use crate::dialect::Row;

/// What is known of a session `a`, as [`shown`] takes it.
pub(super) const FACTS: &str = "a.pid, a.application_name, a.usename, \
     to_char(coalesce(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', \
     'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), a.state, a.query";

/// How many sessions are named.
const FEW: usize = 3;
/// How much of a statement is shown, in characters.
const SHORT: usize = 60;

/// Which session waits.
#[derive(Clone, Debug)]
pub(super) enum Waiting {
    /// The one of this process.
    Process(i32),
    /// The one that runs this statement, where a pooler lends the processes.
    Statement(String),
}

impl Waiting {
    /// The sessions in its way.
    fn query(&self) -> String {
        let me = match self {
            Waiting::Process(pid) => format!("me.pid = {pid}"),
            Waiting::Statement(sql) => format!(
                "me.wait_event_type = 'Lock' AND left(me.query, 500) = left({}, 500)",
                literal(sql)
            ),
        };
        format!(
            "SELECT DISTINCT {FACTS} FROM pg_stat_activity me, \
             unnest(pg_blocking_pids(me.pid)) AS blocking(pid) \
             JOIN pg_stat_activity a ON a.pid = blocking.pid WHERE {me} ORDER BY 4, 1 LIMIT {FEW}"
        )
    }
}

/// Who was seen last.
pub(super) type Seen = Arc<Mutex<Option<String>>>;

/// Looks every `pause` who is in the way, and notes it, as long as it is polled.
pub(super) async fn watch(entry: Entry, waiting: Waiting, pause: Duration, seen: Seen) {
    sleep(pause).await;
    let Some(beside) = Beside::open(&entry).await else {
        return pending().await;
    };
    let query = waiting.query();
    loop {
        let rows = rows(beside.query(&query).await.unwrap_or_default());
        if !rows.is_empty() {
            let all: Vec<String> = rows.iter().map(shown).collect();
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(all.join(" and by "));
        }
        sleep(pause).await;
    }
}

/// The rows among what a server has answered.
pub(super) fn rows(messages: Vec<SimpleQueryMessage>) -> Vec<Row> {
    let row = |message| match message {
        SimpleQueryMessage::Row(row) => {
            Some((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect())
        }
        _ => None,
    };
    messages.into_iter().filter_map(row).collect()
}

/// A session in words: ``process 4711 (`psql` of `me`) since 2026-07-01T12:00:00Z, which runs `...` ``.
pub(super) fn shown(facts: &Row) -> String {
    let fact = |at: usize| facts.get(at).and_then(Option::as_deref).filter(|it| !it.is_empty());
    let mut text = match fact(0) {
        Some(pid) => format!("process {pid}"),
        None => return "another session".to_owned(),
    };
    match (fact(1), fact(2)) {
        (Some(application), Some(user)) => {
            text.push_str(&format!(" (`{application}` of `{user}`)"))
        }
        (Some(one), None) | (None, Some(one)) => text.push_str(&format!(" (`{one}`)")),
        (None, None) => {}
    }
    if let Some(since) = fact(3) {
        text.push_str(&format!(" since {since}"));
    }
    // What others run may hold what is nobody's business.
    let is_secret = |sql: &&str| sql.to_lowercase().contains("password") || sql.starts_with('<');
    if let Some(sql) = fact(5).filter(|sql| !is_secret(sql)) {
        let does = if fact(4) == Some("active") { "runs" } else { "last ran" };
        text.push_str(&format!(", which {does} `{}`", short(sql)));
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
                row(["1", "psql", "me", time, "active", "LOCK\n  TABLE t"]),
                "process 1 (`psql` of `me`) since 2026-07-01T12:00:00Z, which runs `LOCK TABLE t`",
            ),
            (
                row(["1", "", "me", time, "idle in transaction", "SELECT 1"]),
                "process 1 (`me`) since 2026-07-01T12:00:00Z, which last ran `SELECT 1`",
            ),
            (
                row(["1", "psql", "", "", "active", "ALTER ROLE a PASSWORD 'secret'"]),
                "process 1 (`psql`)",
            ),
            (row(["1", "", "", "", "", "<insufficient privilege>"]), "process 1"),
            (row(["", "", "", "", "", ""]), "another session"),
        ];
        for (facts, expected) in cases {
            assert_eq!(shown(&facts), expected);
        }
        assert_eq!(short(&"é".repeat(61)), format!("{}...", "é".repeat(60)));
    }
}
