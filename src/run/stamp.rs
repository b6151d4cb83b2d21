//! Setting where a database stands, without running anything.

use crate::dialect::DbError;
use crate::graph::{Heads, Stamp};
use crate::run::{Cause, RunError, Session};

/// Sets the heads without running anything, as `stamp` does. `from` is where the database should
/// stand.
///
/// # Errors
/// `RunError::Moved` when it stands elsewhere, and whatever the database says; nothing is changed
/// then.
pub fn stamp(session: &mut Session, from: &Heads, stamps: &[Stamp]) -> Result<(), RunError> {
    in_transaction(session, |session| stamp_within(session, from, stamps))
}

/// Has `work`, which changes only the history, done whole or not at all where the database can.
pub(super) fn in_transaction(
    session: &mut Session,
    work: impl FnOnce(&mut Session) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let failed = |cause: Cause| RunError::Stamp { cause: Box::new(cause) };
    let features = session.dialect.features();
    if !features.transactional_ddl {
        // To make the tables would end the transaction.
        let opened = session.history.open(session.dialect, session.db);
        opened.map_err(|it| failed(it.into()))?;
    }
    let Some(begin) = features.begin else { return work(session) };
    let failed = |it: DbError| failed(it.into());
    session.db.execute(begin).map_err(failed)?;
    let outcome = work(session).and_then(|()| session.db.execute("COMMIT").map_err(failed));
    if outcome.is_err() {
        // As in `Run::roll_back`.
        let _ = session.db.execute("ROLLBACK");
    }
    outcome
}

fn stamp_within(session: &mut Session, from: &Heads, stamps: &[Stamp]) -> Result<(), RunError> {
    let Session { dialect, db, history, .. } = session;
    let failed = |cause: Cause| RunError::Stamp { cause: Box::new(cause) };
    history.open(*dialect, *db).map_err(|it| failed(it.into()))?;
    let found = history.rows(*dialect, *db).map_err(|it| failed(it.into()))?;
    if found != *from {
        return Err(RunError::Moved { expected: from.clone(), found });
    }
    history.forget_half_done(*dialect, *db).map_err(|it| failed(it.into()))?;
    for stamp in stamps {
        let written = history.write(*dialect, *db, &stamp.from, &stamp.to);
        written.map_err(|it| failed(it.into()))?;
    }
    Ok(())
}
