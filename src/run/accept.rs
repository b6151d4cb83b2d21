//! Standing at a revision that does the work of those that ran.

use crate::dialect::DbError;
use crate::graph::Heads;
use crate::run::stamp::in_transaction;
use crate::run::{Cause, LogEntry, RunError, Session, TOOL};
use crate::script::ScriptFile;

/// What the log says of a revision that was accepted as done.
const DIRECTION: &str = "accept";

/// Puts the rows `to` in the place of `from`, where the database should stand, and writes into
/// the log which revisions were accepted as done. Nothing runs.
///
/// # Errors
/// `RunError::Moved` when it stands elsewhere, and whatever the database says; nothing is changed
/// then.
pub fn accept(
    session: &mut Session,
    from: &Heads,
    to: &Heads,
    accepted: &[ScriptFile],
) -> Result<(), RunError> {
    in_transaction(session, |session| accept_within(session, from, to, accepted))
}

fn accept_within(
    session: &mut Session,
    from: &Heads,
    to: &Heads,
    accepted: &[ScriptFile],
) -> Result<(), RunError> {
    let Session { dialect, db, history, now, who, .. } = session;
    let failed = |cause: Cause| RunError::Stamp { cause: Box::new(cause) };
    let half_done = history.open(*dialect, *db).map_err(|it| failed(it.into()))?;
    let found = history.rows(*dialect, *db).map_err(|it| failed(it.into()))?;
    if found != *from {
        return Err(RunError::Moved { expected: from.clone(), found });
    }
    let mut write = || -> Result<(), DbError> {
        // What is half done stays the last row of the log.
        history.forget_half_done(*dialect, *db)?;
        history.write(*dialect, *db, from, to)?;
        for file in accepted {
            history.record(*dialect, *db, &acceptance(file, now(), who))?;
        }
        half_done.iter().try_for_each(|entry| history.record(*dialect, *db, entry))
    };
    write().map_err(|it| failed(it.into()))
}

/// The row of the log that says that the revision of `file` was accepted as done.
pub fn acceptance(file: &ScriptFile, now: String, who: &str) -> LogEntry {
    LogEntry {
        revision: file.script.header.revision.clone(),
        direction: DIRECTION.to_owned(),
        checksum: crate::script::checksum(&file.source.text),
        script: file.source.text.to_string(),
        started_at: now.clone(),
        finished_at: Some(now),
        duration_ms: 0,
        done: 0,
        operations: 0,
        tool: TOOL.to_owned(),
        applied_by: who.to_owned(),
    }
}
