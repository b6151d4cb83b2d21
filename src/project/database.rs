use super::Looked;
use crate::dialect::url::Url;
use crate::dialect::{Connection, DbError, Dialect, Limits, Scope};
use crate::graph::Heads;
use crate::run::{self, History, LogEntry, RunError};
use crate::schema::Schema;

/// An open database with what is needed to speak to it.
pub struct Database {
    /// Its language.
    pub dialect: Box<dyn Dialect>,
    /// The connection.
    pub db: Box<dyn Connection>,
    /// The tables of the tool in it.
    pub history: History,
    /// Its address.
    pub url: Url,
    /// What of it is looked at.
    pub filter: Looked,
}

impl Database {
    /// The live schema, less the tool's own tables and what `db.toml` passes over.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn inspect(&mut self) -> Result<Schema, DbError> {
        let scope = Scope { tables: None, except: self.history.tables() };
        let mut schema = self.dialect.inspect(&mut *self.db, &scope)?;
        self.filter.apply(&mut schema);
        Ok(schema)
    }

    /// Where the database stands.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn heads(&mut self) -> Result<Heads, DbError> {
        self.history.heads(&*self.dialect, &mut *self.db)
    }

    /// The revision that is half done, if there is one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn half_done(&mut self) -> Result<Option<LogEntry>, DbError> {
        self.history.half_done(&*self.dialect, &mut *self.db)
    }

    /// Refuses a database that a revision has left half done.
    ///
    /// # Errors
    /// `RunError::HalfDone`, and whatever the database says.
    pub fn require_settled(&mut self) -> Result<(), RunError> {
        run::require_settled(&*self.dialect, &mut *self.db, &self.history)
    }

    /// Refuses a database in which there is nothing to go on with.
    ///
    /// # Errors
    /// `RunError::NothingHalfDone`, and whatever the database says.
    pub fn require_half_done(&mut self) -> Result<(), RunError> {
        run::require_half_done(&*self.dialect, &mut *self.db, &self.history)
    }

    /// Waits in line with other migrators, and readies the session for work.
    ///
    /// # Errors
    /// When another one holds the database for too long, and whatever the database says.
    pub fn prepare(&mut self, limits: &Limits) -> Result<(), DbError> {
        self.dialect.prepare(&mut *self.db, limits)
    }
}
