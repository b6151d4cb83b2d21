//! A connection that keeps what it is asked.

use std::time::Duration;

use limbeck::dialect::{Connection, DbError, Row};

/// Another connection, with what it was asked.
pub(crate) struct Noting<'a> {
    db: &'a mut dyn Connection,
    /// What was executed.
    pub(crate) executed: Vec<String>,
    /// The queries, without their values.
    pub(crate) queries: Vec<String>,
}

impl<'a> Noting<'a> {
    pub(crate) fn new(db: &'a mut dyn Connection) -> Noting<'a> {
        Noting { db, executed: Vec::new(), queries: Vec::new() }
    }
}

impl Connection for Noting<'_> {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.executed.push(sql.to_owned());
        self.db.execute(sql)
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.queries.push(sql.to_owned());
        self.db.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        self.queries.push(sql.to_owned());
        self.db.refuse(sql, message)
    }

    fn lock(&mut self, wait: Duration) -> Result<(), DbError> {
        self.db.lock(wait)
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.db.limit(statement_timeout)
    }
}
