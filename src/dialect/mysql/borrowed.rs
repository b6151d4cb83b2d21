//! A database that a person has named for trials.
//!
//! It is somebody's: it is used only while nothing is in it, by one at a time, and emptied behind a
//! trial.

use super::text::quote;
use super::{MySql, MySqlConnection, Trials, inspect};
use crate::dialect::scratch::{PATIENCE, require_empty, unfit};
use crate::dialect::{Connection, DbError, Row, Scope};
use crate::interrupt::Listening;

/// Which database of which server a session is in, and what the server says of itself.
const IDENTITY: &str = "SELECT DATABASE(), @@hostname, @@port, @@datadir, VERSION()";

/// What is there, each with the word by which it is dropped: what speaks of others comes first.
const DROPS: &str = include_str!("borrowed.sql");

/// Such a database, for as long as something is tried there.
pub(super) struct Borrowed {
    /// Its name.
    pub(super) name: String,
    owner: MySqlConnection,
    _listening: Listening,
}

impl Borrowed {
    /// Takes it. `charset` is what its tables get unless they say otherwise.
    ///
    /// # Errors
    /// `DbError::NoScratch` when something is in it, or when it is the live one; `DbError::Locked`
    /// when another one tries something there.
    pub(super) fn new(
        trials: &Trials,
        live: &mut dyn Connection,
        charset: &str,
        listening: Listening,
    ) -> Result<Borrowed, DbError> {
        let mut owner = MySqlConnection::open(&trials.url, &trials.folder)?;
        let first = |db: &mut dyn Connection| -> Result<Row, DbError> {
            Ok(db.query(IDENTITY, &[])?.into_iter().next().unwrap_or_default())
        };
        let (here, there) = (first(&mut owner)?, first(live)?);
        if here.get(..4) == there.get(..4) {
            return Err(unfit("`scratch_url` leads to the live database"));
        }
        if here.get(4) != there.get(4) {
            let version = |row: &Row| row.get(4).cloned().flatten().unwrap_or_default();
            return Err(unfit(format!(
                "the server at `scratch_url` is {}, and the one of the live database {}",
                version(&here),
                version(&there)
            )));
        }
        owner.lock(PATIENCE)?;
        let dialect = MySql::of(&mut owner)?;
        require_empty(&inspect::inspect(&dialect, &mut owner, &Scope::default())?)?;
        let name = here.into_iter().next().flatten().unwrap_or_default();
        owner.execute(&format!("ALTER DATABASE {} {charset}", quote(&name)))?;
        Ok(Borrowed { name, owner, _listening: listening })
    }

    /// Drops all that is there now.
    fn empty(&mut self) -> Result<(), DbError> {
        self.owner.execute("SET SESSION foreign_key_checks = 0")?;
        for row in self.owner.query(DROPS, &[])? {
            let mut fields = row.into_iter().map(Option::unwrap_or_default);
            let (kind, name) =
                (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            self.owner.execute(&format!("DROP {kind} IF EXISTS {}", quote(&name)))?;
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
