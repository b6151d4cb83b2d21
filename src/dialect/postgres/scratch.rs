//! Databases in which a revision is tried.
//!
//! One is made beside the live database for each trial and dropped behind it. A schema within a
//! transaction would not do: scripts name schemas, end transactions and make indexes outside of
//! one, and must not touch a live table even for a moment.

use std::time::Duration;

use super::borrowed::Borrowed;
use super::types::{literal, quote};
use super::{Address, Postgres, PostgresConnection, render};
pub(super) use crate::dialect::scratch::unfit;
use crate::dialect::scratch::{is_forgotten, name, unmade};
use crate::dialect::{Connection, DbError, Dialect, Row, Scope};
use crate::diff::diff;
use crate::interrupt::{self, Listening};
use crate::schema::Schema;

/// A database beside `live` in which nothing is.
///
/// # Errors
/// `DbError::NoScratch` says why there is none, `DbError::Interrupted` that nobody wants one any more.
pub(super) fn empty(
    dialect: &Postgres,
    live: &mut dyn Connection,
) -> Result<Box<dyn Connection>, DbError> {
    Ok(Box::new(Scratch::new(dialect, live).map_err(unmade)?))
}

/// A database with the schema of `live`, as far as it is modelled, and without rows.
///
/// # Errors
/// As [`empty`].
pub(super) fn scratch(
    dialect: &Postgres,
    live: &mut dyn Connection,
) -> Result<Box<dyn Connection>, DbError> {
    let schema = dialect.inspect(live, &Scope::default())?;
    Ok(Box::new(filled(dialect, live, &schema).map_err(unmade)?))
}

fn filled(
    dialect: &Postgres,
    live: &mut dyn Connection,
    schema: &Schema,
) -> Result<Scratch, DbError> {
    let mut scratch = Scratch::new(dialect, live)?;
    let mut statements = Vec::new();
    for op in diff(&Schema::default(), schema) {
        let rendered = render::render(dialect, &op, &Schema::default());
        let rendered = rendered.map_err(|error| DbError::Unreadable {
            what: "the schema of the live database".to_owned(),
            message: error.to_string(),
        })?;
        statements.extend(rendered.into_iter().map(|it| it.sql));
    }
    if !statements.is_empty() {
        statements.insert(0, "SET check_function_bodies = off".to_owned());
        statements.push("RESET check_function_bodies".to_owned());
        scratch.db.execute(&statements.join(";\n"))?;
    }
    Ok(scratch)
}

/// A database that is dropped with its connection.
struct Scratch {
    db: PostgresConnection,
    /// Drops it in the end; declared behind `db`, whose connection is closed before.
    _database: Place,
}

/// Where it is.
enum Place {
    /// In a database of its own.
    Made(#[expect(dead_code, reason = "it is dropped with it")] Made),
    /// In one that a person has named.
    Borrowed(#[expect(dead_code, reason = "it is emptied with it")] Borrowed),
}

impl Scratch {
    fn new(dialect: &Postgres, live: &mut dyn Connection) -> Result<Scratch, DbError> {
        let Some(address) = &dialect.address else {
            let why = "the server of the live database is not known".to_owned();
            return Err(DbError::NoScratch { why, hint: None });
        };
        let settings = "SELECT pg_catalog.current_setting('search_path'), \
             pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype, \
             (SELECT CASE WHEN NOT rolcreatedb AND NOT rolsuper THEN pg_catalog.quote_ident(rolname) END \
             FROM pg_catalog.pg_roles WHERE rolname = current_user) \
             FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()";
        let row = live.query(settings, &[])?.into_iter().next().unwrap_or_default();
        let mut row = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || row.next().unwrap_or_default();
        let (path, encoding, collate, ctype) = (next(), next(), next(), next());
        let without_right = Some(next()).filter(|role| !role.is_empty());

        // Whoever interrupts is heard at the next statement, also where none runs: otherwise the
        // program would end at once and leave the database there.
        let listening = interrupt::listen(|| {});
        let (database, mut db) = match &address.trials {
            Some(trials) => {
                let borrowed = Borrowed::new(trials, live, listening)?;
                (Place::Borrowed(borrowed), PostgresConnection::open(&trials.url, &trials.folder)?)
            }
            None => {
                let options = [encoding, collate, ctype].map(|it| literal(&it));
                let made = Made::new(address, dialect.version, &options, without_right, listening)?;
                let mut url = address.url.clone();
                url.path.clone_from(&made.name);
                let db = PostgresConnection::open(&url, &address.folder)?;
                (Place::Made(made), db)
            }
        };
        if dialect.schema != "public" {
            db.execute(&format!("CREATE SCHEMA {}", quote(&dialect.schema)))?;
        }
        db.execute(&format!(
            "SELECT pg_catalog.set_config('search_path', {}, false)",
            literal(&path)
        ))?;
        Ok(Scratch { db, _database: database })
    }
}

/// Drops what killed processes have left, as far as this role may.
fn drop_forgotten(owner: &mut PostgresConnection) -> Result<(), DbError> {
    let names = "SELECT datname FROM pg_catalog.pg_database WHERE datname LIKE 'limbeck\\_scratch\\_%' \
         AND datname NOT IN (SELECT datname FROM pg_catalog.pg_stat_activity WHERE datname IS NOT NULL)";
    for name in owner.query(names, &[])?.into_iter().flatten().flatten() {
        if is_forgotten(&name) {
            // Another one may drop it at the same time, or own it.
            let _ = owner.execute(&format!("DROP DATABASE IF EXISTS {}", quote(&name)));
        }
    }
    Ok(())
}

/// A database that was made for a trial.
struct Made {
    owner: PostgresConnection,
    name: String,
    version: u32,
    _listening: Listening,
}

impl Made {
    fn new(
        address: &Address,
        version: u32,
        [encoding, collate, ctype]: &[String; 3],
        without_right: Option<String>,
        listening: Listening,
    ) -> Result<Made, DbError> {
        let mut owner = PostgresConnection::open(&address.url, &address.folder)?;
        drop_forgotten(&mut owner)?;
        let name = name();
        let create = format!(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING {encoding} LC_COLLATE {collate} LC_CTYPE {ctype}",
            quote(&name)
        );
        owner.execute(&create).map_err(|error| match without_right {
            Some(role) if !matches!(error, DbError::Interrupted { .. }) => DbError::NoScratch {
                why: error.to_string(),
                hint: Some(format!(
                    "`ALTER ROLE {role} CREATEDB` gives the right, or name an empty database: \
                     `scratch_url` in db.toml"
                )),
            },
            _ => error,
        })?;
        Ok(Made { owner, name, version, _listening: listening })
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let force = if self.version >= 130_000 { " WITH (FORCE)" } else { "" };
        let drop = format!("DROP DATABASE IF EXISTS {}{force}", quote(&self.name));
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

    fn execute_all(&mut self, statements: &[&str]) -> Result<(), DbError> {
        self.db.execute_all(statements)
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
