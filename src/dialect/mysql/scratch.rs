//! Databases in which a revision is tried.
//!
//! One is made beside the live database for each trial and dropped behind it: what changes a schema
//! cannot be taken back.

use std::time::Duration;

use super::borrowed::Borrowed;
use super::lexer::{Mode, Token, tokens_in};
use super::text::{literal, quote};
use super::{Address, MySql, MySqlConnection, inspect, render};
pub(super) use crate::dialect::scratch::unfit;
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
    let inside = MySql { schema: Some(scratch.name.clone()), ..dialect.clone() };
    let mut known = Schema::default();
    scratch.db.execute("SET @limbeck_checks = @@foreign_key_checks, foreign_key_checks = 0")?;
    for op in diff(&Schema::default(), schema) {
        let rendered = render::render(&inside, &op, &known);
        let rendered = rendered.map_err(|error| DbError::Unreadable {
            what: "the schema of the live database".to_owned(),
            message: error.to_string(),
        })?;
        for statement in rendered {
            scratch.execute(&statement.sql)?;
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
    mode: Mode,
    /// The databases beside it.
    others: Vec<String>,
    /// Its name.
    name: String,
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
    fn new(dialect: &MySql, live: &mut dyn Connection) -> Result<Scratch, DbError> {
        let Some(address) = &dialect.address else {
            let why = "the server of the live database is not known".to_owned();
            return Err(DbError::NoScratch { why, hint: None });
        };
        let settings = "SELECT @@sql_mode, CURRENT_USER(), @@character_set_database, \
                        @@collation_database";
        let row = live.query(settings, &[])?.into_iter().next().unwrap_or_default();
        let mut row = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || row.next().unwrap_or_default();
        let (mode, user, charset, collation) = (next(), next(), next(), next());
        let charset = format!("CHARACTER SET {charset} COLLATE {collation}");

        // Whoever interrupts is heard at the next statement, also where none runs: otherwise the
        // program would end at once and leave the database there.
        let listening = interrupt::listen(|| {});
        let (database, name, mut db) = match &address.trials {
            Some(trials) => {
                let borrowed = Borrowed::new(trials, live, &charset, listening)?;
                let name = borrowed.name.clone();
                let db = MySqlConnection::open(&trials.url, &trials.folder)?;
                (Place::Borrowed(borrowed), name, db)
            }
            None => {
                let made = Made::new(address, &charset, &user, listening)?;
                let name = made.name.clone();
                let mut url = address.url.clone();
                url.path.clone_from(&name);
                (Place::Made(made), name, MySqlConnection::open(&url, &address.folder)?)
            }
        };
        let names = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME \
                     NOT IN ('information_schema', 'performance_schema', DATABASE())";
        let others = db.query(names, &[])?.into_iter().flatten().flatten().collect();
        db.execute(&format!("SET SESSION sql_mode = {}", literal(dialect.mode, &mode)))?;
        Ok(Scratch { db, mode: dialect.mode, others, name, _database: database })
    }
}

/// What a statement reaches that is not the database of the trial: another one by its name, or something
/// that all of them share.
fn beyond(sql: &str, mode: Mode, others: &[String]) -> Option<String> {
    /// What is done to the server as a whole.
    const SHARED: [&str; 12] = [
        "grant",
        "revoke",
        "flush",
        "reset",
        "install",
        "uninstall",
        "kill",
        "shutdown",
        "change",
        "purge",
        "restart",
        "clone",
    ];
    const KINDS: [&str; 8] =
        ["database", "schema", "user", "role", "server", "tablespace", "undo", "logfile"];
    const SCOPES: [&str; 6] =
        ["global", "persist", "persist_only", "password", "default", "resource"];
    /// Behind these stands a table, and no column.
    const TABLES: [&str; 16] = [
        "from",
        "join",
        "update",
        "into",
        "table",
        "exists",
        "references",
        "to",
        "like",
        "using",
        "call",
        "truncate",
        "trigger",
        "view",
        "insert",
        "replace",
    ];
    let all: Vec<Token> = tokens_in(sql, mode).collect();
    let is_one_of = |at: usize, words: &[&str]| {
        all.get(at).is_some_and(|token| words.iter().any(|word| token.is(word)))
    };
    let mut behind = 1;
    while is_one_of(behind, &["or", "replace"]) {
        behind += 1;
    }
    let makes = is_one_of(0, &["create", "alter", "drop", "rename"]) && is_one_of(behind, &KINDS);
    let sets = is_one_of(0, &["set"])
        && all.windows(2).any(|it| {
            let begins = it[0].is("set") || it[0].is(",");
            begins && SCOPES.iter().any(|word| it[1].is(word))
        });
    let variable = all.iter().any(|it| {
        let text = it.text.to_lowercase();
        is_one_of(0, &["set"]) && (text.starts_with("@@global.") || text.starts_with("@@persist"))
    });
    if makes || sets || variable || is_one_of(0, &SHARED) {
        return Some("changes what all databases of the server share".to_owned());
    }
    let database = |token: &Token| {
        let name = token.name()?;
        others.iter().find(|it| it.eq_ignore_ascii_case(&name)).cloned()
    };
    let used = all.first().filter(|it| it.is("use")).and_then(|_| database(all.get(1)?));
    let named = || {
        (0..all.len()).find_map(|at| {
            let is_first = at.checked_sub(1).is_none_or(|before| !all[before].is("."));
            let is_qualifier = is_first && all.get(at + 1).is_some_and(|it| it.is("."));
            // A table may be called as a database is: then it stands alone somewhere, and columns are
            // meant elsewhere.
            let stands_for_table = at.checked_sub(1).is_none_or(|before| {
                // Of an index or a trigger, and not of a join.
                let is_on =
                    is_one_of(before, &["on"]) && !all[..before].iter().any(|it| it.is("select"));
                is_on || is_one_of(before, &TABLES)
            });
            if is_qualifier && (stands_for_table || !stands_alone(&all, at)) {
                database(&all[at])
            } else {
                None
            }
        })
    };
    used.or_else(named).map(|name| format!("names the database `{name}`"))
}

/// Whether the name at this place stands elsewhere as a name of its own.
fn stands_alone(all: &[Token], at: usize) -> bool {
    let Some(name) = all[at].name() else { return false };
    all.iter().enumerate().any(|(place, token)| {
        let is_part = |it: Option<&Token>| it.is_some_and(|it| it.is("."));
        let is_qualified = is_part(place.checked_sub(1).and_then(|it| all.get(it)));
        let is_same = || token.name().is_some_and(|it| it.eq_ignore_ascii_case(&name));
        !is_qualified && !is_part(all.get(place + 1)) && is_same()
    })
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

impl Made {
    fn new(
        address: &Address,
        charset: &str,
        user: &str,
        listening: Listening,
    ) -> Result<Made, DbError> {
        let mut owner = MySqlConnection::open(&address.url, &address.folder)?;
        match drop_forgotten(&mut owner) {
            Err(error) if error.is_end() => return Err(error),
            // The next one does it.
            _ => {}
        }
        let name = name();
        let create = format!("CREATE DATABASE {} {charset}", quote(&name));
        owner.execute(&create).map_err(|error| match error {
            DbError::NoRight { what, .. } => {
                DbError::NoScratch { why: what, hint: Some(missing_right(user)) }
            }
            error => error,
        })?;
        Ok(Made { owner, name, _listening: listening })
    }
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

impl Scratch {
    /// Refuses what would reach beyond this database: nothing is tried on the live one.
    fn keep_within(&self, sql: &str) -> Result<(), DbError> {
        match beyond(sql, self.mode, &self.others) {
            None => Ok(()),
            Some(what) => Err(DbError::Beyond { sql: sql.to_owned(), what }),
        }
    }
}

impl Connection for Scratch {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.keep_within(sql)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_stays_in_its_database() {
        let others = ["app".to_owned(), "Shop".to_owned()];
        let names = |name: &str| Some(format!("names the database `{name}`"));
        let shared = || Some("changes what all databases of the server share".to_owned());
        for (sql, expected) in [
            ("UPDATE app.t SET a = 1", names("app")),
            ("update `app` . t set a = 1", names("app")),
            (
                "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW INSERT INTO shop.log VALUES (1)",
                names("Shop"),
            ),
            ("USE app", names("app")),
            ("UPDATE t SET app = 'app.t' -- app.t", None),
            ("SELECT t.app FROM t", None),
            ("CREATE VIEW v AS SELECT shop.id, max(shop.a) FROM shop WHERE shop.id > 1", None),
            ("SELECT app.a FROM t AS app JOIN u ON app.id = u.id", None),
            ("CREATE INDEX i ON app.t (app)", names("app")),
            ("SELECT 1 FROM app JOIN app.t", names("app")),
            ("UPDATE t, app.t SET a = 1", names("app")),
            ("INSERT INTO x.app.t VALUES (1)", None),
            ("CREATE OR REPLACE VIEW v AS SELECT 1", None),
            ("CREATE OR REPLACE DATABASE x", shared()),
            ("DROP USER x", shared()),
            ("SET @a = 1, sql_mode = ''", None),
            ("SET a = 1, GLOBAL b = 2", shared()),
            ("SET @@global.b = 2", shared()),
            ("GRANT SELECT ON t TO x", shared()),
        ] {
            assert_eq!(beyond(sql, Mode::default(), &others), expected, "{sql}");
        }
    }
}
