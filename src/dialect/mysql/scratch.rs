//! Databases in which a revision is tried.
//!
//! One is made beside the live database for each trial and dropped behind it: what changes a schema
//! cannot be taken back.

use std::time::Duration;

use super::text::{literal, quote};
use super::{MySql, MySqlConnection, inspect, render};
use crate::dialect::scratch::{is_forgotten, name, unmade};
use crate::dialect::{Connection, DbError, Row, Scope};
use crate::diff::diff;
use crate::interrupt::{self, Listening};
use crate::schema::Schema;

/// A database beside `live` in which nothing is.
///
/// # Errors
/// `DbError::NoScratch` says why there is none, `DbError::Interrupted` that nobody wants one any more.
pub(super) fn empty(
    dialect: &MySql,
    live: &mut dyn Connection,
) -> Result<Box<dyn Connection>, DbError> {
    Ok(Box::new(Scratch::new(dialect, live).map_err(unmade)?))
}

/// A database with the schema of `live`, as far as it is modelled, and without rows.
///
/// # Errors
/// As [`empty`].
pub(super) fn scratch(
    dialect: &MySql,
    live: &mut dyn Connection,
) -> Result<Box<dyn Connection>, DbError> {
    let schema = inspect::inspect(dialect, live, &Scope::default())?;
    Ok(Box::new(filled(dialect, live, &schema).map_err(unmade)?))
}

fn filled(dialect: &MySql, live: &mut dyn Connection, schema: &Schema) -> Result<Scratch, DbError> {
    let mut scratch = Scratch::new(dialect, live)?;
    let inside = MySql { schema: Some(scratch.made.name.clone()), ..dialect.clone() };
    let mut known = Schema::default();
    scratch.db.execute("SET @limbeck_checks = @@foreign_key_checks, foreign_key_checks = 0")?;
    for op in diff(&Schema::default(), schema) {
        let rendered = render::render(&inside, &op, &known);
        let rendered = rendered.map_err(|error| DbError::Unreadable {
            what: "the schema of the live database".to_owned(),
            message: error.to_string(),
        })?;
        for statement in rendered {
            scratch.db.execute(&statement.sql)?;
        }
        // What was made by an operation is there for the next one.
        let _ = known.apply(&op);
    }
    scratch.db.execute("SET foreign_key_checks = @limbeck_checks, @limbeck_checks = NULL")?;
    Ok(scratch)
}

/// A database that is dropped with its connection.
struct Scratch {
    db: MySqlConnection,
    /// Drops it in the end; declared behind `db`, whose connection is closed before.
    made: Made,
}

impl Scratch {
    fn new(dialect: &MySql, live: &mut dyn Connection) -> Result<Scratch, DbError> {
        let Some(address) = &dialect.address else {
            let why = "the server of the live database is not known".to_owned();
            return Err(DbError::NoScratch { why, hint: None });
        };
        let (url, folder) = (&address.url, &address.folder);
        let mut owner = MySqlConnection::open(url, folder)?;
        let settings = "SELECT @@sql_mode, CURRENT_USER(), s.DEFAULT_CHARACTER_SET_NAME, \
                        s.DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA s \
                        WHERE s.SCHEMA_NAME = DATABASE()";
        let row = live.query(settings, &[])?.into_iter().next().unwrap_or_default();
        let mut row = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || row.next().unwrap_or_default();
        let (mode, user, charset, collation) = (next(), next(), next(), next());

        // Whoever interrupts is heard at the next statement, also where none runs: otherwise the
        // program would end at once and leave the database there.
        let _listening = interrupt::listen(|| {});
        drop_forgotten(&mut owner)?;
        let name = name();
        let create =
            format!("CREATE DATABASE {} CHARACTER SET {charset} COLLATE {collation}", quote(&name));
        owner.execute(&create).map_err(|error| match error {
            DbError::NoRight { what, .. } => {
                DbError::NoScratch { why: what, hint: Some(missing_right(&user)) }
            }
            error => error,
        })?;
        let made = Made { owner, name: name.clone(), _listening };
        let mut url = url.clone();
        url.path = name;
        let mut db = MySqlConnection::open(&url, folder)?;
        db.execute(&format!("SET SESSION sql_mode = {}", literal(dialect.mode, &mode)))?;
        Ok(Scratch { db, made })
    }
}

/// What gives a user the right to make such databases, and none of others.
fn missing_right(user: &str) -> String {
    let account = match user.rsplit_once('@') {
        Some((user, host)) => format!("'{user}'@'{host}'"),
        None => format!("'{user}'"),
    };
    format!("``GRANT ALL ON `limbeck\\_scratch\\_%`.* TO {account}`` gives the right")
}

/// Drops what killed processes have left, as far as this user may.
fn drop_forgotten(owner: &mut MySqlConnection) -> Result<(), DbError> {
    let names = "SELECT s.SCHEMA_NAME FROM information_schema.SCHEMATA s \
                 WHERE s.SCHEMA_NAME LIKE 'limbeck|_scratch|_%' ESCAPE '|' AND s.SCHEMA_NAME NOT IN \
                 (SELECT p.DB FROM information_schema.PROCESSLIST p WHERE p.DB IS NOT NULL)";
    for name in owner.query(names, &[])?.into_iter().flatten().flatten() {
        if is_forgotten(&name) {
            // Another one may drop it at the same time, or it is not ours to drop.
            let _ = owner.execute(&format!("DROP DATABASE IF EXISTS {}", quote(&name)));
        }
    }
    Ok(())
}

/// A database that was made for a trial.
struct Made {
    owner: MySqlConnection,
    name: String,
    _listening: Listening,
}

impl Drop for Made {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {}", quote(&self.name));
        // One that is interrupted now ends with nothing left all the same. If it fails, the next trial
        // that is made long after drops it.
        if let Err(DbError::Interrupted { .. }) = self.owner.execute(&drop) {
            let _ = self.owner.execute(&drop);
        }
    }
}

impl Connection for Scratch {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.db.execute(sql)
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.db.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        self.db.refuse(sql, message)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        // Nobody else knows of it.
        Ok(())
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.db.limit(statement_timeout)
    }
}
