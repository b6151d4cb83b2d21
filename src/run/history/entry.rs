//! A row of the log.

use sea_query::{Alias, Expr};

use super::name;

/// A run of a revision, as the log keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// The revision.
    pub revision: String,
    /// `upgrade` or `downgrade`.
    pub direction: String,
    /// The script's checksum with the name of its algorithm.
    pub checksum: String,
    /// The script as it ran.
    pub script: String,
    /// When it began: RFC 3339, in UTC.
    pub started_at: String,
    /// When it ended; `None` while the revision is half done.
    pub finished_at: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// How many of its operations are done.
    pub done: usize,
    /// How many operations it has.
    pub operations: usize,
    /// The tool and its version.
    pub tool: String,
    /// Who ran it, and on which machine.
    pub applied_by: String,
}

/// The columns of a row of the log and their values, with these for its beginning and its end.
pub(super) fn row(
    entry: &LogEntry,
    [started_at, finished_at]: [Expr; 2],
) -> (Vec<Alias>, Vec<Expr>) {
    let integer = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let values: [(&str, Expr); 11] = [
        ("revision", entry.revision.as_str().into()),
        ("direction", entry.direction.as_str().into()),
        ("checksum", entry.checksum.as_str().into()),
        ("script", entry.script.as_str().into()),
        ("started_at", started_at),
        ("finished_at", finished_at),
        ("duration_ms", i64::try_from(entry.duration_ms).unwrap_or(i64::MAX).into()),
        ("done", integer(entry.done).into()),
        ("operations", integer(entry.operations).into()),
        ("tool", entry.tool.as_str().into()),
        ("applied_by", entry.applied_by.as_str().into()),
    ];
    values.into_iter().map(|(column, value)| (name(column), value)).unzip()
}

/// The entry in a row of the log, which has its columns in their order but for the number.
pub(super) fn entry(row: Vec<Option<String>>) -> LogEntry {
    let mut row = row.into_iter();
    let mut next = || row.next().flatten();
    LogEntry {
        revision: next().unwrap_or_default(),
        direction: next().unwrap_or_default(),
        checksum: next().unwrap_or_default(),
        script: next().unwrap_or_default(),
        started_at: next().unwrap_or_default(),
        finished_at: next(),
        duration_ms: next().and_then(|it| it.parse().ok()).unwrap_or_default(),
        done: next().and_then(|it| it.parse().ok()).unwrap_or_default(),
        operations: next().and_then(|it| it.parse().ok()).unwrap_or_default(),
        tool: next().unwrap_or_default(),
        applied_by: next().unwrap_or_default(),
    }
}
