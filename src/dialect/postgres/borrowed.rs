//! A database that a person has named for trials.
//!
//! It is somebody's: it is used only while nothing is in it, by one at a time, and emptied behind a
//! trial.

use super::{Postgres, PostgresConnection, Trials, inspect};
use crate::dialect::scratch::{PATIENCE, require_empty, unfit};
use crate::dialect::{Connection, DbError, Row, Scope};
use crate::interrupt::Listening;

/// Which database of which server a session is in, and how old the server is.
const IDENTITY: &str = "SELECT pg_catalog.current_database(), pg_catalog.pg_postmaster_start_time(), \
     pg_catalog.current_setting('server_version_num')::int / 10000";

/// What drops all that is in a database, extensions apart: whole schemas, and what is in `public`.
const DROPS: &str = include_str!("borrowed.sql");

/// Such a database, for as long as something is tried there.
pub(super) struct Borrowed {
    owner: PostgresConnection,
    /// The extensions that were there before.
    extensions: Vec<String>,
    _listening: Listening,
}

impl Borrowed {
    /// Takes it.
    ///
    /// # Errors
    /// `DbError::NoScratch` when something is in it, or when it is the live one; `DbError::Locked`
    /// when another one tries something there.
    pub(super) fn new(
        trials: &Trials,
        live: &mut dyn Connection,
        listening: Listening,
    ) -> Result<Borrowed, DbError> {
        let mut owner = PostgresConnection::open(&trials.url, &trials.folder)?;
        let first = |db: &mut dyn Connection| -> Result<Row, DbError> {
            Ok(db.query(IDENTITY, &[])?.into_iter().next().unwrap_or_default())
        };
        let (here, there) = (first(&mut owner)?, first(live)?);
        if here.get(..2) == there.get(..2) {
            return Err(unfit("`scratch_url` leads to the live database"));
        }
        if here.get(2) != there.get(2) {
            let version = |row: &Row| row.get(2).cloned().flatten().unwrap_or_default();
            return Err(unfit(format!(
                "the server at `scratch_url` is PostgreSQL {}, and the one of the live database {}",
                version(&here),
                version(&there)
            )));
        }
        owner.lock(PATIENCE)?;
        let dialect = Postgres::of(&mut owner)?;
        require_empty(&inspect::inspect(&dialect, &mut owner, &Scope::default())?)?;
        let extensions = owner.query("SELECT extname FROM pg_catalog.pg_extension", &[])?;
        let extensions = extensions.into_iter().flatten().flatten().collect();
        Ok(Borrowed { owner, extensions, _listening: listening })
    }

    /// Drops all that is there now.
    fn empty(&mut self) -> Result<(), DbError> {
        for extension in self.owner.query("SELECT extname FROM pg_catalog.pg_extension", &[])? {
            let name = extension.into_iter().flatten().next().unwrap_or_default();
            if !self.extensions.contains(&name) {
                self.owner
                    .execute(&format!("DROP EXTENSION {} CASCADE", super::types::quote(&name)))?;
            }
        }
        for sql in self.owner.query(DROPS, &[])?.into_iter().flatten().flatten() {
            self.owner.execute(&sql)?;
        }
        Ok(())
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        // Once more for one that is interrupted now. What stays there is named by the next trial.
        if let Err(DbError::Interrupted { .. }) = self.empty() {
            let _ = self.empty();
        }
    }
}
